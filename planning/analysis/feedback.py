"""What people told the library, whether it was answered, and what came of it."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd

from planning.methods import suppression

TONES = ("praise", "wish", "complaint")
FIGURES = ["entries", "closed", "share", "in_time", "median_days", "open", "old", "oldest"]
CLOSURE = ["part", *FIGURES, "hidden"]
TONE = ["part", "entries", *TONES, "not coded", "hidden"]
DONE = ["feedback", "date", "channel", "theme_name", "tone", "comment", "response", "closed", "days"]
WAITING = ["feedback", "date", "days", "channel", "theme_name", "tone", "comment", "owner_name"]
UNCODED = "Not coded"


def closure(feedback: pd.DataFrame, themes: pd.DataFrame, *, by: str, as_of: dt.date, small_group: int, days: int = 30) -> pd.DataFrame:
    """How far the loop is closed by channel or by theme, least closed first: part (name of the channel or theme), entries,
    closed (number answered), share (0-1, closed ÷ entries), in_time (0-1, answered within `days`, of the entries that are
    at least that old), median_days (from entry to answer, of those answered), open, old (open longer than `days`),
    oldest (days that the oldest open entry waits), hidden.

    `by` is channel or theme. Parts with fewer entries than `small_group` are hidden, and the next smallest with them where
    the hidden one would follow from the total. The median leaves out what is still open, so it flatters a part that
    answers little: read it beside the share. Raises ValueError for another `by`.

    >>> feedback = pd.DataFrame({"feedback": ["F1", "F2"], "channel": ["in person", "in person"], "date": pd.to_datetime(["2026-01-01", "2026-06-20"]),
    ...                          "closed": pd.to_datetime(["2026-01-11", None])})
    >>> closure(feedback, pd.DataFrame(), by="channel", as_of=dt.date(2026, 6, 30), small_group=2)[["share", "in_time", "median_days", "old"]].values.tolist()
    [[0.5, 1.0, 10.0, 0.0]]
    """
    rows = [[part, *_figures(entries, as_of, days)] for part, entries in _parts(feedback, themes, by)]
    found = _masked(pd.DataFrame(rows, columns=CLOSURE[:-1]), FIGURES, small_group)
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
    found = _masked(pd.DataFrame(rows, columns=TONE[:-1]), TONE[1:-1], small_group)
    return found.sort_values(["hidden", "entries", "part"], ascending=[True, False, True], ignore_index=True)[TONE]


def said_and_done(feedback: pd.DataFrame, themes: pd.DataFrame, *, small_group: int) -> pd.DataFrame:
    """What people said and what the library did, newest first: feedback, date, channel, theme_name, tone, comment, response,
    closed, days (from entry to answer).

    Wishes and complaints that were answered in words. Who said it is left out, and so is every entry of a group (patrons,
    staff, …) or segment with fewer entries than `small_group`, so that a comment does not point to a person, and every
    entry of a channel or theme that `closure` hides, so that a hidden number cannot be counted here.
    """
    told = _shareable(feedback, small_group)
    told = told[told["closed"].notna() & told["response"].notna() & told["comment"].notna() & (told["tone"] != "praise")]
    found = told.assign(theme_name=_theme_names(told, themes), days=(told["closed"] - told["date"]).dt.days)
    return found.sort_values(["closed", "feedback"], ascending=[False, True], ignore_index=True)[DONE]


def waiting(feedback: pd.DataFrame, themes: pd.DataFrame, roles: pd.DataFrame, *, as_of: dt.date, small_group: int) -> pd.DataFrame:
    """Wishes and complaints that nobody has answered, longest wait first: feedback, date, days (waiting), channel, theme_name,
    tone, comment, owner_name (the role that should answer).

    Entries that few gave are left out as in `said_and_done`.
    """
    told = _shareable(feedback, small_group)
    told = told[told["closed"].isna() & (told["tone"] != "praise")]
    owners = told["owner"].map(dict(zip(roles["role"], roles["name"])))
    found = told.assign(theme_name=_theme_names(told, themes), owner_name=owners, days=(pd.Timestamp(as_of) - told["date"]).dt.days)
    return found.sort_values(["days", "feedback"], ascending=[False, True], ignore_index=True)[WAITING]


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
    if by not in ("channel", "theme"):
        raise ValueError(f"by: found {by}. Feedback is broken down by channel or theme. Write one of them.")
    names = feedback["channel"] if by == "channel" else _theme_names(feedback, themes)
    return [(str(part), entries) for part, entries in feedback.groupby(names.astype(object), sort=True)]


def _theme_names(feedback: pd.DataFrame, themes: pd.DataFrame) -> pd.Series:
    names = dict(zip(themes["theme"], themes["name"])) if len(themes) else {}
    return feedback["theme"].map(names).astype(object).fillna(UNCODED)


def _figures(entries: pd.DataFrame, as_of: dt.date, days: int) -> list[float]:
    age = (pd.Timestamp(as_of) - entries["date"]).dt.days
    took = (entries["closed"] - entries["date"]).dt.days
    unanswered, ripe = entries["closed"].isna(), age >= days
    in_time = (took[ripe] <= days).mean() if ripe.any() else np.nan
    closed = int((~unanswered).sum())
    return [len(entries), closed, closed / len(entries), in_time, took.median(), int(unanswered.sum()), int((unanswered & (age > days)).sum()),
            age[unanswered].max()]


def _masked(rows: pd.DataFrame, columns: list[str], small_group: int) -> pd.DataFrame:
    """The rows with the figures of small parts taken out."""
    hidden = pd.Series(suppression.hidden(rows["entries"].astype(float), small_group), index=rows.index, dtype=bool)
    return rows.assign(hidden=hidden, **{name: rows[name].astype(float).mask(hidden) for name in columns})


def _shareable(feedback: pd.DataFrame, small_group: int) -> pd.DataFrame:
    kept = pd.Series(True, index=feedback.index)
    for column in ("group", "segment"):
        size = feedback[column].map(feedback[column].value_counts())
        kept &= size.isna() | (size.astype(float) >= small_group)
    for column in ("channel", "theme"):
        sizes = feedback[column].value_counts(dropna=False)
        kept &= ~feedback[column].isin(sizes.index[suppression.hidden(sizes, small_group).astype(bool)])
    return feedback[kept]
