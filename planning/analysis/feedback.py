"""What people told the library, whether it was answered, and what came of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

import numpy as np
import pandas as pd

from planning.methods import redaction, suppression, tfidf, waits

TONES = ("praise", "wish", "complaint")
CHANNELS = ("suggestion box", "online form", "in person", "focus group", "interview", "staff")
SEVERITIES = ("high", "medium", "low")
SILENT = 182
FIGURES = ["entries", "closed", "share", "in_time", "median_days", "half", "half_low", "half_high", "open", "old", "oldest"]
CLOSURE = ["part", *FIGURES, "hidden"]
TONE = ["part", "entries", *TONES, "not coded", "hidden"]
DONE = ["feedback", "date", "channel", "theme_name", "tone", "comment", "response", "closed", "days"]
WAITING = ["feedback", "date", "days", "severity", "channel", "theme_name", "tone", "comment", "owner_name"]
QUOTES = ["theme_name", "comment", "tone", "comments"]
CLEARANCE = ["feedback", "date", "confirmed", "found", "state"]
LOAD = ["owner", "owner_name", "entries", "open", "old", "high", "oldest"]
UNCODED = "Not coded"


def closure(feedback: pd.DataFrame, themes: pd.DataFrame, *, by: str, as_of: dt.date, small_group: int, days: int = 30) -> pd.DataFrame:
    """How far the loop is closed by channel or by theme, least closed first: part (name of the channel or theme), entries,
    closed (number answered), share (0-1, closed ÷ entries), in_time (0-1, answered within `days`, of the entries that are
    at least that old), median_days (from entry to answer, of those answered), half (days until half of all entries were
    answered, the open ones counted as still waiting) with half_low and half_high (95 % interval), open, old (open longer
    than `days`), oldest (days that the oldest open entry waits), hidden.

    `by` is channel or theme. Parts with fewer entries than `small_group` are hidden, and the next smallest with them where
    the hidden one, or what all hidden ones have in common in tone or state, would follow from the total; entries that nobody
    has coded yet are no group and never hidden. The median
    leaves out what is still open, so it flatters a part that answers little; `half` does not (Kaplan and Meier 1958), and
    is missing where half have not been answered yet. Raises ValueError for another `by`.

    >>> feedback = pd.DataFrame({"feedback": ["F1", "F2"], "channel": ["in person", "in person"], "date": pd.to_datetime(["2026-01-01", "2026-06-20"]),
    ...                          "closed": pd.to_datetime(["2026-01-11", None])})
    >>> closure(feedback, pd.DataFrame(), by="channel", as_of=dt.date(2026, 6, 30), small_group=2)[["share", "in_time", "median_days", "old"]].values.tolist()
    [[0.5, 1.0, 10.0, 0.0]]
    """
    rows = [[part, *_figures(entries, as_of, days)] for part, entries in _parts(feedback, themes, by)]
    found = _masked(pd.DataFrame(rows, columns=CLOSURE[:-1]), FIGURES, _unseen_parts(feedback, themes, by, small_group))
    return found.sort_values(["hidden", "share", "part"], ignore_index=True)[CLOSURE]


def overall(feedback: pd.DataFrame, *, as_of: dt.date, days: int = 30) -> pd.DataFrame:
    """The figures of `closure` for all entries together, in one row; empty without entries."""
    rows = [_figures(feedback, as_of, days)] if len(feedback) else []
    return pd.DataFrame(rows, columns=FIGURES)


def tones(feedback: pd.DataFrame, themes: pd.DataFrame, *, by: str = "theme", small_group: int) -> pd.DataFrame:
    """How many entries praise, wish and complain, the loudest theme first: part, entries, praise, wish, complaint, not coded, hidden.

    Tone was decided by a person who read the entry. Small parts are hidden as in `closure`.

    >>> feedback = pd.DataFrame({"theme": ["T1", "T1"], "tone": ["wish", "praise"]})
    >>> themes = pd.DataFrame({"theme": ["T1"], "name": ["Seats"]})
    >>> tones(feedback, themes, small_group=2)[["part", "entries", "praise", "wish", "complaint"]].values.tolist()
    [['Seats', 2.0, 1.0, 1.0, 0.0]]
    """
    rows = [[part, len(entries), *[int((entries["tone"] == tone).sum()) for tone in TONES], int(entries["tone"].isna().sum())]
            for part, entries in _parts(feedback, themes, by)]
    found = _masked(pd.DataFrame(rows, columns=TONE[:-1]), TONE[1:-1], _unseen_parts(feedback, themes, by, small_group))
    return found.sort_values(["hidden", "entries", "part"], ascending=[True, False, True], ignore_index=True)[TONE]


def severity(feedback: pd.DataFrame, *, as_of: dt.date, days: int = 30) -> pd.DataFrame:
    """How far wishes and complaints are answered by how much they hinder people, high first: severity (missing where nobody
    put it down), entries, closed, share (0-1), open, old (open longer than `days`), oldest (days).

    Praise is left out. Severity is one person's judgement of an entry, and says nothing of how many have the trouble.
    """
    said = feedback[feedback["tone"] != "praise"]
    parts = [(level, said[said["severity"] == level]) for level in SEVERITIES] + [(None, said[said["severity"].isna()])]
    rows = [[level, *_figures(entries, as_of, days)] for level, entries in parts if len(entries)]
    return pd.DataFrame(rows, columns=["severity", *FIGURES])[["severity", "entries", "closed", "share", "open", "old", "oldest"]]


def quarters(feedback: pd.DataFrame, *, as_of: dt.date, days: int = 30) -> pd.DataFrame:
    """The loop quarter by quarter, oldest first: period, came_in, answered (closed in that quarter), open (at its end), in_time
    (0-1, of what came in then and is at least `days` old, answered within `days`), whole (false for a quarter still running).

    The sum of came_in is the number of entries. A rising number of open entries means that answers do not keep up.

    >>> feedback = pd.DataFrame({"date": pd.to_datetime(["2026-01-05", "2026-02-05", "2026-04-05"]), "closed": pd.to_datetime(["2026-01-15", "2026-04-06", None])})
    >>> quarters(feedback, as_of=dt.date(2026, 6, 30))[["period", "came_in", "answered", "open"]].values.tolist()
    [['2026-Q1', 2, 1, 1], ['2026-Q2', 1, 1, 1]]
    """
    columns = ["period", "came_in", "answered", "open", "in_time", "whole"]
    if feedback.empty:
        return pd.DataFrame(columns=columns)
    day, came, closed = pd.Timestamp(as_of), feedback["date"].dt.to_period("Q"), feedback["closed"].dt.to_period("Q")
    rows = []
    for quarter in pd.period_range(came.min(), max(came.max(), day.to_period("Q")), freq="Q"):
        here = feedback[came == quarter]
        waiting = (came <= quarter) & ~(closed <= quarter)
        in_time = _figures(here, as_of, days)[3] if len(here) else np.nan
        rows.append([f"{quarter.year}-Q{quarter.quarter}", len(here), int((closed == quarter).sum()), int(waiting.sum()), in_time, quarter.end_time.normalize() <= day])
    return pd.DataFrame(rows, columns=columns)


def channels(feedback: pd.DataFrame, *, as_of: dt.date) -> pd.DataFrame:
    """Each of the six channels, longest silent first: channel, last (day of its newest entry; missing where there is none),
    silent (true when nothing came in for half a year). Empty without feedback."""
    last = feedback.groupby("channel")["date"].max()
    found = pd.DataFrame({"channel": CHANNELS if len(feedback) else [], "last": pd.Series(last.reindex(CHANNELS).to_numpy() if len(feedback) else [], dtype="datetime64[us]")})
    found["silent"] = ~((pd.Timestamp(as_of) - found["last"]).dt.days <= SILENT)
    return found.sort_values(["last", "channel"], na_position="first", ignore_index=True)


def load(feedback: pd.DataFrame, roles: pd.DataFrame, *, as_of: dt.date, days: int = 30) -> pd.DataFrame:
    """What each role has to answer, most open first: owner, owner_name (missing where nobody was named), entries, open, old (open
    longer than `days`), high (open and of high severity), oldest (days).

    A role with many open entries may have most of the difficult ones, or no say in them.
    """
    rows = []
    for owner, entries in feedback.groupby("owner", dropna=False, sort=True):
        figures = dict(zip(FIGURES, _figures(entries, as_of, days)))
        high = int((entries["closed"].isna() & (entries["severity"] == "high")).sum())
        rows.append([owner, None, figures["entries"], figures["open"], figures["old"], high, figures["oldest"]])
    found = pd.DataFrame(rows, columns=LOAD)
    found["owner_name"] = found["owner"].map(dict(zip(roles["role"], roles["name"])))
    return found.sort_values(["open", "old", "owner"], ascending=[False, False, True], ignore_index=True)


def known_names(*tables: pd.DataFrame, library: str = "") -> list[str]:
    """The names of a plan's services, branches, partners and the like, which point to nobody when they stand in a comment."""
    return ["Library", library, *(str(name) for table in tables for name in table["name"].dropna())]


def clearance(feedback: pd.DataFrame, *, known: Collection[str] = ()) -> pd.DataFrame:
    """For every comment, whether it may be shown, what needs a person's look first: feedback, date, confirmed (true when a
    person made sure that it points to nobody), found (what the patterns find in it, in words; empty for nothing),
    state (look again: confirmed, but something is found; not confirmed; shown).

    The comment itself is not in the result, nor is the channel, whose entries could be counted here when they are hidden
    elsewhere. The patterns miss much (see methods.redaction): an unconfirmed comment in
    which nothing is found is not safe, only unread.

    >>> feedback = pd.DataFrame({"feedback": ["F1", "F2"], "date": pd.to_datetime(["2026-01-05"] * 2), "channel": "in person",
    ...                          "comment": ["Mrs Adamska helped", "Open on Sunday"], "confirmed": [True, None]})
    >>> clearance(feedback)[["feedback", "found", "state"]].values.tolist()
    [['F1', 'name', 'look again'], ['F2', '', 'not confirmed']]
    """
    told = feedback[feedback["comment"].notna()]
    found = told.assign(confirmed=_confirmed(told), found=[_traces(comment, known) for comment in told["comment"]])
    states = np.select([found["confirmed"] & (found["found"] != ""), ~found["confirmed"]], ["look again", "not confirmed"], "shown")
    found = found.assign(state=pd.Series(states, index=found.index, dtype=object))
    order = found["state"].map({"look again": 0, "not confirmed": 1, "shown": 2})
    return found.assign(order=order).sort_values(["order", "date", "feedback"], ignore_index=True)[CLEARANCE]


def said_and_done(feedback: pd.DataFrame, themes: pd.DataFrame, *, small_group: int, known: Collection[str] = (),
                  consultations: pd.DataFrame | None = None) -> pd.DataFrame:
    """What people said and what the library did, newest first: feedback, date, channel, theme_name, tone, comment, response,
    closed, days (from entry to answer).

    Wishes and complaints that were answered in words and whose comment a person has confirmed; comment and answer are
    cleaned again on the way (`known`: names that point to nobody). Who said it is left out, and so is every entry of a
    group (patrons, staff, …) or segment with fewer entries than `small_group`, so that a comment does not point to a
    person, and every entry of a channel or theme that `closure` hides, so that a hidden number cannot be counted here. Entries
    from interviews, and from talks on record in which fewer than `small_group` sat or nobody knows how many, are left out
    too: whoever knows of the talk would know who said it. `consultations` tells how many sat there.
    """
    told = _readable(_shareable(feedback, consultations, small_group), known)
    told = told[told["closed"].notna() & told["response"].notna() & told["comment"].notna() & (told["tone"] != "praise")]
    found = told.assign(theme_name=_theme_names(told, themes), days=(told["closed"] - told["date"]).dt.days)
    return found.sort_values(["closed", "feedback"], ascending=[False, True], ignore_index=True)[DONE]


def waiting(feedback: pd.DataFrame, themes: pd.DataFrame, roles: pd.DataFrame, *, as_of: dt.date, small_group: int, known: Collection[str] = (),
            consultations: pd.DataFrame | None = None) -> pd.DataFrame:
    """Wishes and complaints that nobody has answered, high severity first, then longest wait: feedback, date, days (waiting),
    severity, channel, theme_name, tone, comment (missing where nobody has confirmed it), owner_name (the role that should answer).

    Comments are cleaned, and entries that few gave are left out, as in `said_and_done`.
    """
    told = _readable(_shareable(feedback, consultations, small_group), known)
    told = told[told["closed"].isna() & (told["tone"] != "praise")]
    owners = told["owner"].map(dict(zip(roles["role"], roles["name"])))
    found = told.assign(theme_name=_theme_names(told, themes), owner_name=owners, days=(pd.Timestamp(as_of) - told["date"]).dt.days, first=told["severity"] != "high")
    return found.sort_values(["first", "days", "feedback"], ascending=[True, False, True], ignore_index=True)[WAITING]


def quotes(feedback: pd.DataFrame, themes: pd.DataFrame, *, small_group: int, known: Collection[str] = (),
           consultations: pd.DataFrame | None = None) -> pd.DataFrame:
    """One comment for each theme that is most like the others in its words, largest theme first: theme_name, comment, tone,
    comments (number that it was chosen from).

    Confirmed and cleaned as in `said_and_done`, without those in which something had to be cut; only themes with
    `small_group` such comments or more. It stands for the words that people use, and proves nothing about their number.
    """
    told = _readable(_shareable(feedback, consultations, small_group), known)
    told = told[told["comment"].notna() & (told["comment"] == feedback["comment"].reindex(told.index)) & told["theme"].notna()].sort_values("feedback")
    rows = []
    for theme, entries in told.groupby(_theme_names(told, themes), sort=True):
        if len(entries) >= max(small_group, 1):
            one = entries.iloc[tfidf.central(entries["comment"].tolist())]
            rows.append([theme, one["comment"], one["tone"], len(entries)])
    return pd.DataFrame(rows, columns=QUOTES).sort_values(["comments", "theme_name"], ascending=[False, True], ignore_index=True)


def reconciled(feedback: pd.DataFrame, themes: pd.DataFrame, rows: pd.DataFrame, *, by: str) -> pd.DataFrame:
    """The sum that a breakdown must have, shown and hidden parts together: check, expected, found; empty without entries.

    Takes a result of `closure` or `tones` by channel or theme.
    """
    if feedback.empty:
        return pd.DataFrame(columns=["check", "expected", "found"])
    unseen = set(rows.loc[rows["hidden"], "part"])
    hidden = sum(len(entries) for part, entries in _parts(feedback, themes, by) if part in unseen)
    check = {"channel": "Feedback by channel adds up to all entries", "theme": "Feedback by theme adds up to all entries"}[by]
    return pd.DataFrame([[check, len(feedback), rows["entries"].sum() + hidden]], columns=["check", "expected", "found"])


def _parts(feedback: pd.DataFrame, themes: pd.DataFrame, by: str) -> list[tuple[str, pd.DataFrame]]:
    """The parts by name, in the order of their ids, so that every table hides the same ones."""
    if by not in ("channel", "theme"):
        raise ValueError(f"by: found {by}. Feedback is broken down by channel or theme. Write one of them.")
    names = feedback["channel"] if by == "channel" else _theme_names(feedback, themes)
    return [(str(names.loc[entries.index[0]]), entries) for _, entries in feedback.groupby(by, sort=True, dropna=False)]


def _theme_names(feedback: pd.DataFrame, themes: pd.DataFrame) -> pd.Series:
    names = dict(zip(themes["theme"], themes["name"])) if len(themes) else {}
    return feedback["theme"].map(names).astype(object).fillna(UNCODED)


def _figures(entries: pd.DataFrame, as_of: dt.date, days: int) -> list[float]:
    age = (pd.Timestamp(as_of) - entries["date"]).dt.days
    took = (entries["closed"] - entries["date"]).dt.days
    unanswered, ripe = entries["closed"].isna(), age >= days
    in_time = (took[ripe] <= days).mean() if ripe.any() else np.nan
    closed = int((~unanswered).sum())
    half = waits.half_done(took.where(~unanswered, age).clip(lower=0), ~unanswered)
    return [len(entries), closed, closed / len(entries), in_time, took.median(), *half, int(unanswered.sum()), int((unanswered & (age > days)).sum()),
            age[unanswered].max()]


def _unseen(feedback: pd.DataFrame, column: str, small_group: int) -> set[str]:
    """The channels or themes that every table hides."""
    kinds = feedback.reindex(columns=["tone", "closed"]).assign(closed=lambda rows: rows["closed"].notna())
    return suppression.hidden_values(feedback[column], small_group, kinds=kinds)


def _unseen_parts(feedback: pd.DataFrame, themes: pd.DataFrame, by: str, small_group: int) -> set[str]:
    unseen = _unseen(feedback, by, small_group) if len(feedback) else set()
    return {part for part, entries in _parts(feedback, themes, by) if entries[by].iloc[0] in unseen} - {UNCODED}


def _masked(rows: pd.DataFrame, columns: list[str], unseen: set[str]) -> pd.DataFrame:
    """The rows with the figures of parts that are not to be seen taken out."""
    hidden = rows["part"].isin(unseen)
    return rows.assign(hidden=hidden, **{name: rows[name].astype(float).mask(hidden) for name in columns})


def _shareable(feedback: pd.DataFrame, consultations: pd.DataFrame | None, small_group: int) -> pd.DataFrame:
    kept = ~_from_few(feedback, consultations, small_group)
    for column in ("group", "segment"):
        size = feedback[column].map(feedback[column].value_counts())
        kept &= size.isna() | (size.astype(float) >= small_group)
    for column in ("channel", "theme"):
        kept &= ~feedback[column].isin(_unseen(feedback, column, small_group))
    return feedback[kept]


def _from_few(feedback: pd.DataFrame, consultations: pd.DataFrame | None, small_group: int) -> pd.Series:
    """Entries from an interview or a talk in which fewer people sat than the smallest group, or nobody knows how many."""
    rooms = feedback.reindex(columns=["consultation"])["consultation"]
    people = {} if consultations is None else dict(zip(consultations["consultation"], consultations["people"]))
    seats = rooms.map(people).astype(float)
    return (rooms.notna() | (feedback["channel"] == "interview")) & ~(seats >= small_group)


def _confirmed(feedback: pd.DataFrame) -> pd.Series:
    return feedback["confirmed"].map(lambda value: value is True or value is np.True_).astype(bool)


def _readable(feedback: pd.DataFrame, known: Collection[str]) -> pd.DataFrame:
    """The entries with their comments cleaned where a person has confirmed them and missing where not, and their answers cleaned."""
    texts = {name: [redaction.cleaned(text, known).text if isinstance(text, str) else None for text in feedback[name]] for name in ("comment", "response")}
    cleaned = {name: pd.Series(values, index=feedback.index, dtype=object) for name, values in texts.items()}
    return feedback.assign(comment=cleaned["comment"].where(_confirmed(feedback), None), response=cleaned["response"])


def _traces(comment: str, known: Collection[str]) -> str:
    return ", ".join(dict.fromkeys(trace.kind for trace in redaction.cleaned(comment, known).found))
