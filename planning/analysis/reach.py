"""Whom the library reaches, and whose voice is heard among those who answered and spoke."""

from __future__ import annotations

import numpy as np
import pandas as pd

from planning.methods import intervals, suppression

BASES = ("age", "role", "situation")
PARITY = 0.8
SOURCES = ("survey answers", "ratings", "feedback")
REACHED = ["segment", "segment_name", "kind", "inclusion", "people", "active", "share", "whole", "gap", "parity", "short", "below", "hidden"]
VOICE = ["source", "segment", "segment_name", "inclusion", "n", "share", "people_share", "index", "low", "high", "heard", "hidden"]


def by_segment(segments: pd.DataFrame, *, small_group: int) -> pd.DataFrame:
    """Which share of each group of patrons used the library in the past year, the least reached first: segment, segment_name, kind,
    inclusion, people, active (number), share (0-1, active ÷ people), whole (the share of all groups of the base kind
    together), gap (share − whole), parity (share ÷ whole; 1 is as often as the whole), short (active people that are missing
    to the whole's share; 0 above it), below (parity under 0.8), hidden.

    The base kind is age, else role, else situation: the first of which two groups or more have both figures, since groups
    of one kind share the people out between them, while the same person can be in groups of two kinds. A group is hidden
    with fewer people, active people, or people who are not active, than `small_group`, and with it the next smallest of its
    kind where the hidden figures would follow from the kind's total. A size of 0 or none, or more active people than
    people, leaves the share missing. The limit 0.8 is the four-fifths rule of the Uniform Guidelines of 1978, used here as
    a habit and not as a verdict.

    It misleads where people are counted as active in one way and as members of the group in another, and says nothing of
    how often those come who come.

    >>> segments = pd.DataFrame({"segment": ["A", "B"], "name": ["Teens", "Adults"], "kind": "age", "people": [100, 300], "active": [20, 180],
    ...                          "inclusion": [False, False]})
    >>> by_segment(segments, small_group=5)[["segment_name", "share", "whole", "parity", "short"]].values.tolist()
    [['Teens', 0.2, 0.5, 0.4, 30.0], ['Adults', 0.6, 0.5, 1.2, 0.0]]
    """
    found = segments.rename(columns={"name": "segment_name"}).reset_index(drop=True)
    people, active = found["people"].astype(float), found["active"].astype(float)
    usable = (people > 0) & (active <= people)
    found["people"], found["active"], found["share"] = people, active, (active / people.where(usable)).where(usable)
    hidden = [pd.Series(suppression.hidden_shares(rows["people"], rows["active"], small_group), index=rows.index) for _, rows in found.groupby("kind", dropna=False)]
    found["hidden"] = pd.concat(hidden or [pd.Series(dtype=bool)]).reindex(found.index).astype(bool)
    base = next((kind for kind in BASES if (usable & (found["kind"] == kind)).sum() > 1), None)
    whole = active[usable & (found["kind"] == base)].sum() / people[usable & (found["kind"] == base)].sum() if base else np.nan
    found["whole"] = whole if whole > 0 else np.nan
    found["gap"], found["parity"] = found["share"] - found["whole"], found["share"] / found["whole"]
    found["short"] = (people * found["whole"] - active).where(usable).clip(lower=0).round()
    for name in ("active", "share", "gap", "parity", "short"):
        found[name] = found[name].mask(found["hidden"])
    found["people"] = found["people"].mask(found["people"] < small_group)
    found["below"] = found["parity"] < PARITY
    return found.sort_values(["hidden", "parity", "segment"], na_position="last", ignore_index=True)[REACHED]


def voice(segments: pd.DataFrame, answers: pd.DataFrame, feedback: pd.DataFrame, *, ratings: pd.DataFrame, small_group: int) -> pd.DataFrame:
    """Whose voice is heard, against the group's share of people, the least heard first: source (survey answers, ratings or feedback),
    segment, segment_name, inclusion, n (people who answered or rated, entries of feedback), share (0-1, of all that name a
    group), people_share (0-1, the group's people ÷ those of all groups that any source names), index (share ÷
    people_share; 1 is its due), low, high (95 % Wilson interval of share, widened for the number of groups and sources), heard (less,
    more or alike: less when people_share lies above the interval, more when it lies below), hidden.

    Counted is the year up to the newest entry of each source, and only what patrons said: groups that at least one source
    names and whose size is known. Each respondent and rater counts once, in the group named last. Small groups are hidden
    as in `surveys`. A group that no source names has no row: perhaps no form offers it. The interval is not that of a drawn sample, since nobody is drawn to give feedback: it only
    keeps chance from being told as a finding.

    It misleads where people belong to several groups and can name one.

    >>> segments = pd.DataFrame({"segment": ["A", "B"], "name": ["Teens", "Adults"], "people": [500, 500], "inclusion": [False, False]})
    >>> answers = pd.DataFrame({"respondent": [f"V{n}" for n in range(50)], "date": pd.Timestamp("2026-05-04"), "segment": ["A"] * 10 + ["B"] * 40})
    >>> nothing = pd.DataFrame({"feedback": [], "rater": [], "segment": [], "date": pd.to_datetime([])})
    >>> voice(segments, answers, nothing, ratings=nothing, small_group=5)[["segment_name", "share", "index", "heard"]].values.tolist()
    [['Teens', 0.2, 0.4, 'less'], ['Adults', 0.8, 1.6, 'more']]
    """
    tables = zip(SOURCES, (answers, ratings, feedback), ("respondent", "rater", "feedback"))
    named = {source: _of_the_year(rows).dropna(subset=["segment"]).drop_duplicates(key, keep="last")["segment"].value_counts() for source, rows, key in tables}
    known = segments[segments["people"].fillna(0) > 0].rename(columns={"name": "segment_name"})
    known = known[known["segment"].isin({segment for counts in named.values() for segment in counts.index})]
    counted = {source: counts for source, counts in named.items() if len(known) > 1 and counts.reindex(known["segment"]).sum() > 0}
    rows = [_heard(source, counts, known, small_group, len(counted)) for source, counts in counted.items()]
    found = pd.concat(rows, ignore_index=True) if rows else pd.DataFrame(columns=VOICE)
    order = found["source"].map({source: place for place, source in enumerate(SOURCES)})
    return found.assign(order=order).sort_values(["hidden", "order", "index", "segment"], ignore_index=True)[VOICE].astype({"hidden": bool})


def unnamed(segments: pd.DataFrame, voice: pd.DataFrame) -> pd.DataFrame:
    """Groups of patrons that no answer, rating or entry of feedback names: segment, segment_name, people, inclusion. Takes `voice`; empty
    where that is empty."""
    left = segments[~segments["segment"].isin(voice["segment"]) & (len(voice) > 0)]
    return left.rename(columns={"name": "segment_name"})[["segment", "segment_name", "people", "inclusion"]].sort_values("segment", ignore_index=True)


def reconciled(segments: pd.DataFrame, reached: pd.DataFrame) -> pd.DataFrame:
    """That no group is lost: check, expected, found; empty without groups. Takes `by_segment`."""
    rows = [["Groups with their reach, shown or hidden, add up to all groups", len(segments), len(reached)]] if len(segments) else []
    return pd.DataFrame(rows, columns=["check", "expected", "found"])


def _of_the_year(rows: pd.DataFrame) -> pd.DataFrame:
    """What patrons gave in the year up to the newest entry."""
    own = rows[rows["group"] == "patrons"] if "group" in rows else rows
    return own[own["date"] > own["date"].max() - pd.DateOffset(years=1)] if len(own) else own


def _heard(source: str, counts: pd.Series, known: pd.DataFrame, small_group: int, sources: int) -> pd.DataFrame:
    n = counts.reindex(known["segment"]).fillna(0).astype(float).to_numpy()
    due = (known["people"] / known["people"].sum()).to_numpy(dtype=float)
    low, high = intervals.wilson(n, n.sum(), confidence=1 - 0.05 / (len(known) * sources))
    share = n / n.sum()
    hidden = np.asarray(suppression.hidden(n, small_group))
    heard = np.select([hidden, due > high, due < low], ["", "less", "more"], "alike")
    figures = pd.DataFrame({"n": n, "share": share, "index": share / due, "low": low, "high": high}).mask(pd.Series(hidden), np.nan)
    told = known[["segment", "segment_name", "inclusion"]].reset_index(drop=True)
    return told.join(figures).assign(source=source, people_share=due, heard=heard, hidden=hidden)[VOICE]
