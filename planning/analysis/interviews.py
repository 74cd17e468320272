"""Interviews and focus groups: which themes came up in how many conversations, without pointing to anybody."""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd

from planning.methods import redaction

GROUPS = ("partners", "leadership", "staff", "patrons")
KINDS = ("interview", "focus group", "forum", "in person")
ASKED = ("partners", "leadership")
SEVERAL, ONE, SOME = "told in several conversations", "told in one conversation", "told in at least one conversation"
CONVERSATIONS = ["group", "conversations", *KINDS, "people", "unrecorded", "latest"]
THEMES = ["group", "theme", "theme_name", "conversations", "of", "people", "strength", "held", "hidden"]
VOICES = ["group", "theme_name", "kind", "date", "comment"]


def conversations(consultations: pd.DataFrame) -> pd.DataFrame:
    """With whom the library sat down, group by group: group, conversations (number), interview, focus group, forum, in
    person (numbers by kind), people (who took part, added up), unrecorded (number of conversations whose people nobody
    counted), latest (day).

    All four groups are listed, since a group that nobody talked with may have been forgotten. Somebody who came twice counts
    twice. Empty without consultations.

    >>> held = pd.DataFrame({"group": ["partners"], "kind": ["forum"], "people": [11.0], "date": pd.to_datetime(["2026-03-17"])})
    >>> conversations(held)[["group", "conversations", "people"]].head(2).values.tolist()
    [['partners', 1, 11.0], ['leadership', 0, nan]]
    """
    if consultations.empty:
        return pd.DataFrame(columns=CONVERSATIONS)
    rows = []
    for group in GROUPS:
        own = consultations[consultations["group"] == group]
        kinds = [int((own["kind"] == kind).sum()) for kind in KINDS]
        rows.append([group, len(own), *kinds, own["people"].astype(float).sum(min_count=1), int(own["people"].isna().sum()), own["date"].max()])
    return pd.DataFrame(rows, columns=CONVERSATIONS)


def themes(feedback: pd.DataFrame, consultations: pd.DataFrame, themes: pd.DataFrame, *, groups: tuple[str, ...] = ASKED, small_group: int) -> pd.DataFrame:
    """Which themes came up in conversations with each group, the most common first: group, theme, theme_name, conversations
    (number in which it came up), of (conversations of that group with any theme on record), people (who took part in them,
    rounded down to a multiple of `small_group`), strength (in words), held (number of themes held back), hidden.

    What is counted is conversations, not sentences: in a focus group of ten, one theme said by three is heard once. Several
    conversations that did not know of one another say more than one. A theme is named only when at least `small_group`
    people sat in the conversations in which it came up. The others stand together in one hidden row of the group, without
    name or figures: a theme told by one interviewee alone would point to that person. A conversation of fewer than
    `small_group` people must not be found out either by adding up: where the figures fit no set of conversations that leaves
    it out, as when all of them told the theme, first people and then conversations are missing, and the strength says
    only "several" or "at least one"; where even that would tell, the theme is held back. A conversation whose people nobody
    counted counts as one person.

    Only feedback that names its consultation and its theme counts, under the group of the consultation. Misleads
    where the same few people were asked again: then several conversations are not independent of one another.

    >>> told = pd.DataFrame({"consultation": ["C1", "C2", "C2"], "theme": ["T1", "T1", "T2"]})
    >>> held = pd.DataFrame({"consultation": ["C1", "C2"], "group": ["partners", "partners"], "people": [5.0, 1.0]})
    >>> names = pd.DataFrame({"theme": ["T1", "T2"], "name": ["Openness", "Hours"]})
    >>> themes(told, held, names, small_group=5)[["theme_name", "of", "strength", "held"]].values.tolist()
    [['Openness', 2.0, 'told in at least one conversation', nan], [nan, nan, nan, 1.0]]
    """
    said = _said(feedback, consultations, themes)
    rows = [row for group in groups for row in _rows(group, said[said["group"] == group], small_group)]
    found = pd.DataFrame(rows, columns=THEMES)
    numbers = ["conversations", "of", "people", "held"]
    return found.astype(dict.fromkeys(numbers, float) | {"hidden": bool})


def _said(feedback: pd.DataFrame, consultations: pd.DataFrame, themes: pd.DataFrame) -> pd.DataFrame:
    """Each theme of each conversation once, with the people in it."""
    said = feedback.loc[feedback["consultation"].notna() & feedback["theme"].notna(), ["consultation", "theme"]].drop_duplicates()
    said = said.merge(consultations[["consultation", "group", "people"]], on="consultation")
    names = themes[["theme", "name"]].rename(columns={"name": "theme_name"})
    return said.merge(names, on="theme").assign(people=lambda rows: rows["people"].astype(float).fillna(1.0))


def _rows(group: str, said: pd.DataFrame, small_group: int) -> list[list[object]]:
    people = dict(zip(said["consultation"], said["people"]))
    rows, held = [], 0
    for (theme, name), own in said.groupby(["theme", "theme_name"]):
        told = [people[one] for one in own["consultation"]]
        shown = _shown(told, [people[one] for one in people if one not in set(own["consultation"])], small_group)
        held += shown is None
        if shown:
            rows.append(([-len(told), -sum(told), theme], [group, theme, name, shown[0], len(people), shown[1], shown[2], None, False]))
    ordered = [row for _, row in sorted(rows, key=lambda row: row[0])]
    return ordered + ([[group, None, None, None, None, None, None, held, True]] if held else [])


def _shown(told: list[float], others: list[float], small_group: int) -> tuple[int | None, float | None, str] | None:
    """Conversations, people and strength of a theme, as far as they point to no small conversation; None when it is held back."""
    many, total, step = len(told), sum(told), max(small_group, 1)
    if total < small_group:
        return None
    band, word = total // step * step, SEVERAL if many > 1 else ONE
    levels = [(many, band, word, {many}, (band, band + step)), (many, None, word, {many}, (small_group, float("inf")))]
    if many > 1:
        levels.append((None, None, SEVERAL, set(range(2, len(told + others) + 1)), (small_group, float("inf"))))
    levels.append((None, None, SOME, set(range(1, len(told + others) + 1)), (small_group, float("inf"))))
    small = [place for place, people in enumerate(told) if people < small_group]
    ways = [_ways(told[:place] + told[place + 1:] + others) for place in small]
    for conversations, people, strength, numbers, (low, high) in levels:
        if all(any(number in numbers and low <= people < high for number, people in found) for found in ways):
            return conversations, people, strength
    return None


def _ways(people: list[float]) -> set[tuple[int, float]]:
    """How many conversations with how many people together can be picked from these."""
    found = {(0, 0.0)}
    for one in people:
        found |= {(number + 1, total + one) for number, total in found}
    return found


def voices(feedback: pd.DataFrame, consultations: pd.DataFrame, themes: pd.DataFrame, *, groups: tuple[str, ...] = ASKED, small_group: int, known: Collection[str] = ()) -> pd.DataFrame:
    """What was said in conversations, in the words noted down, theme by theme, newest first: group, theme_name, kind, date, comment.

    Only comments that a person has confirmed to point to nobody and in which the patterns find nothing to cut (`known`: names that point to nobody; see
    methods.redaction), and only from conversations of at least `small_group` people:
    what a single interviewee said could be known by whoever knows that there was an interview.

    >>> told = pd.DataFrame({"feedback": ["F1", "F2"], "consultation": ["C1", "C2"], "theme": ["T1", "T1"], "comment": ["Tell us sooner", "Call me"], "confirmed": [True, True]})
    >>> held = pd.DataFrame({"consultation": ["C1", "C2"], "group": "partners", "kind": ["forum", "interview"], "people": [9.0, 1.0], "date": pd.to_datetime(["2026-03-17", "2026-03-19"])})
    >>> voices(told, held, pd.DataFrame({"theme": ["T1"], "name": ["Openness"]}), small_group=5)["comment"].tolist()
    ['Tell us sooner']
    """
    open_ones = feedback[feedback["confirmed"].eq(True) & feedback["comment"].notna()]
    open_ones = open_ones.loc[pd.Series([not redaction.cleaned(comment, known).found for comment in open_ones["comment"]], index=open_ones.index, dtype=bool)]
    large = consultations[consultations["group"].isin(groups) & (consultations["people"] >= max(small_group, 1))]
    told = open_ones[["feedback", "consultation", "theme", "comment"]].merge(large[["consultation", "group", "kind", "date"]], on="consultation")
    told = told.merge(themes[["theme", "name"]].rename(columns={"name": "theme_name"}), on="theme")
    told = told.assign(order=[groups.index(group) for group in told["group"]])
    return told.sort_values(["order", "theme_name", "date", "feedback"], ascending=[True, True, False, True], ignore_index=True)[VOICES]
