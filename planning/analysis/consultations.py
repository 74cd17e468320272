"""What was said where the library sat down with patrons and staff, and how strong the evidence behind each theme is."""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd

from planning.methods import redaction, suppression

GROUPS = ("patrons", "staff")
SEATED = ("focus group", "interview")
HELD = ["consultation", "date", "kind", "group", "segment_name", "people", "questions", "entries", "theme_names", "notes", "hidden"]
EVIDENCE = ["theme", "theme_name", "consultations", "people", "channels", "strength", "hidden"]
STRENGTHS = ("strong", "some", "thin")


def held(consultations: pd.DataFrame, feedback: pd.DataFrame, segments: pd.DataFrame, themes: pd.DataFrame, *, small_group: int,
         known: Collection[str] = ()) -> pd.DataFrame:
    """The consultations with patrons and staff, newest first: consultation, date, kind, group, segment_name, people, questions (the
    guide, cleaned, one question a line), entries (noted in the feedback log), theme_names, notes (cleaned), hidden.

    Where fewer people than `small_group` took part, or nobody knows how many, the row is hidden: its day, segment, notes and
    themes are missing, since they could point to a person. How many sat there and how many entries were noted says nothing
    of what they said, and would follow from other tables. What was said there still counts in `evidence`.
    """
    own = consultations[consultations["group"].isin(GROUPS)]
    said = feedback.merge(themes[["theme", "name"]], on="theme", how="left")
    names = said.groupby("consultation")["name"].agg(lambda found: ", ".join(sorted(set(found.dropna()))))
    found = own.assign(
        segment_name=own["segment"].map(dict(zip(segments["segment"], segments["name"]))), questions=[_questions(redaction.cleaned(guide, known).text) if isinstance(guide, str) else None for guide in own["guide"]],
        entries=own["consultation"].map(feedback["consultation"].value_counts()).fillna(0.0).astype(float), theme_names=own["consultation"].map(names).replace("", None),
        notes=[redaction.cleaned(text, known).text if isinstance(text, str) else None for text in own["notes"]], hidden=~(own["people"] >= small_group))
    for name in ("date", "segment_name", "theme_names", "notes"):
        found[name] = found[name].mask(found["hidden"])
    return found.sort_values(["hidden", "date", "kind", "consultation"], ascending=[True, False, True, True], ignore_index=True)[HELD]


def evidence(feedback: pd.DataFrame, consultations: pd.DataFrame, themes: pd.DataFrame, *, small_group: int) -> pd.DataFrame:
    """How strong the evidence behind each theme is, strongest first: theme, theme_name, consultations (in how many it came up at
    least), people (who sat in those of them that `held` shows), channels (through which it came in, of six), strength (strong, some, thin), hidden.

    Of what patrons and staff said. Strong: in three consultations or more and through three channels or more; some: in one
    consultation and through one other channel at least; thin: otherwise. Consultations are independent
    of each other, voices in one room are not, so rooms are counted before people. people counts all who sat there, not those
    who said it. Where a theme came up in every talk that `held` hides, one of these is not counted: else it would be told what
    somebody said who sat there alone. Hidden are the themes that `feedback.closure` hides, and those with fewer such entries than `small_group`.

    >>> feedback = pd.DataFrame({"theme": ["T1", "T1"], "group": "patrons", "channel": ["focus group", "online form"], "consultation": ["CN1", None]})
    >>> rooms = pd.DataFrame({"consultation": ["CN1"], "group": ["patrons"], "people": [8.0]})
    >>> evidence(feedback, rooms, pd.DataFrame({"theme": ["T1"], "name": ["Hours"]}), small_group=1)[["consultations", "people", "channels", "strength"]].values.tolist()
    [[1.0, 8.0, 2.0, 'some']]
    """
    said = feedback[feedback["group"].isin(GROUPS) & feedback["theme"].notna()]
    own = consultations[consultations["group"].isin(GROUPS)]
    people = dict(zip(own["consultation"], own["people"]))
    few = {room for room, seated in people.items() if not seated >= small_group}
    rows = []
    for theme, entries in said.groupby("theme", sort=True):
        rooms = set(entries["consultation"].dropna()) & set(people)
        number, seats = len(rooms - few) + min(len(rooms & few), max(len(few) - 1, 0)), sum(people[room] for room in rooms - few)
        rows.append([theme, number, seats, entries["channel"].nunique(), len(entries), _strength(number, set(entries["channel"]))])
    found = pd.DataFrame(rows, columns=["theme", "consultations", "people", "channels", "entries", "strength"]).merge(themes[["theme", "name"]].rename(columns={"name": "theme_name"}), on="theme")
    kinds = feedback.reindex(columns=["tone", "closed"]).assign(closed=lambda rows: rows["closed"].notna())
    unseen = suppression.hidden_values(feedback["theme"], small_group, kinds=kinds)
    found["hidden"] = (found["theme"].isin(unseen) | (found["entries"] < small_group)).astype(bool)
    for name in ("consultations", "people", "channels"):
        found[name] = found[name].astype(float).mask(found["hidden"])
    found["strength"] = found["strength"].astype(object).mask(found["hidden"], None)
    order = found["strength"].map({word: place for place, word in enumerate(STRENGTHS)})
    found = found.assign(order=order).sort_values(["hidden", "order", "consultations", "entries", "theme"], ascending=[True, True, False, False, True], ignore_index=True)
    return found[EVIDENCE]


def unlinked(feedback: pd.DataFrame, consultations: pd.DataFrame) -> pd.DataFrame:
    """How well log and consultations hang together, in one row: entries (of patrons and staff from focus groups and interviews),
    loose (of those, without a consultation), held (consultations with patrons and staff), silent (of those, without an entry).

    A loose entry cannot be counted as evidence from a room; a silent consultation was held and nothing of it was put down.
    """
    said = feedback[feedback["group"].isin(GROUPS) & feedback["channel"].isin(SEATED)]
    rooms = consultations[consultations["group"].isin(GROUPS)]
    loose = ~said["consultation"].isin(consultations["consultation"])
    silent = ~rooms["consultation"].isin(feedback["consultation"])
    rows = [[len(said), int(loose.sum()), len(rooms), int(silent.sum())]] if len(said) or len(rooms) else []
    return pd.DataFrame(rows, columns=["entries", "loose", "held", "silent"])


def _strength(rooms: int, channels: set[str]) -> str:
    if rooms >= 3 and len(channels) >= 3:
        return "strong"
    return "some" if rooms and len(channels) > 1 else "thin"


def _questions(guide: object) -> str | None:
    return "\n".join(part.strip() + "?" for part in guide.split("?") if part.strip()) if isinstance(guide, str) else None
