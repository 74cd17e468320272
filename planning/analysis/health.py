"""The health of each partnership over time: how both sides rate it, where it is heading, and how closely they work together."""

from __future__ import annotations

import datetime as dt

import pandas as pd

MEASURES = ("results", "trust", "contact")
SIDES = {"ours": "library", "theirs": "partner"}
LEVELS = ("no contact", "networking", "cooperation", "coordination", "coalition", "collaboration")
HEADINGS = ("worse", "both ways", "steady", "better", "no comparison yet", "never reviewed")
STEP, WEAK, APART, TOGETHER = 0.5, 2.5, 2, 183


def reviews(partner_reviews: pd.DataFrame, partners: pd.DataFrame) -> pd.DataFrame:
    """Each review of an active partnership, oldest first: partner, partner_name, date, rated_by (library, partner), results, trust,
    contact (points 1-5), mean (of the three, points 1-5), depth (level 0-5), note.

    The mean is missing where one of the three is, so that no two means rest on different questions.
    Each row is one person's view on one day and speaks for a whole organisation: treat a point up or
    down as a reason to ask, not as a measurement. Means of a rating scale treat its steps as equal.

    >>> rows = pd.DataFrame({"partner": ["P1", "P1"], "date": pd.to_datetime(["2025-05-01", "2026-05-01"]), "rated_by": ["library", "library"],
    ...                      "results": [4.0, 3.0], "trust": [5.0, 4.0], "contact": [3.0, None], "depth": [2.0, 2.0], "note": [None, None]})
    >>> partners = pd.DataFrame({"partner": ["P1"], "name": ["School"], "status": ["active"]})
    >>> reviews(rows, partners)[["partner_name", "rated_by", "mean"]].values.tolist()
    [['School', 'library', 4.0], ['School', 'library', nan]]
    """
    columns = ["partner", "partner_name", "date", "rated_by", *MEASURES, "mean", "depth", "note"]
    names = partners.loc[partners["status"] == "active", ["partner", "name"]].rename(columns={"name": "partner_name"})
    found = partner_reviews.merge(names, on="partner")
    points = found[list(MEASURES)].astype(float)
    found["mean"] = points.mean(axis=1, skipna=False).round(12)
    return found[columns].sort_values(["date", "partner", "rated_by"], ignore_index=True)


def standing(reviews: pd.DataFrame, partners: pd.DataFrame, *, as_of: dt.date, old: int = 365) -> pd.DataFrame:
    """How each active partnership stands, those to talk about first: partner, partner_name, reviews (number of times a side rated it,
    the side that did so more often), last (day of the newest review), days (since then), age (recent, old, never); for each side, `ours` the library's and
    `theirs` the partner's, the latest mean (points 1-5) and with _first, _previous, _change (latest less first) and _date what it
    moved from; gap (ours less theirs, points), apart (points of the measure on which they differ most), apart_on (that measure), differ;
    ours_depth, theirs_depth (level 0-5), heading (worse, better, both ways, steady, no comparison yet, never reviewed), weak.

    Takes `reviews`. Only ratings of all three measures have a mean. *Worse*: the latest mean of a side is half a point or
    more below its first, and no side's is above; *better* the other way round. Two sides are compared when their latest ratings lie
    within 183 days of each other; they *differ* when a measure lies 2 points or more apart. *Weak*: a side's last two
    means are both under 2.5. A review older than `old` days is *old*. Sources: Frey and others 2006 for the levels;
    Himmelman 2002. The latter puts coordinating before cooperating. More depth is not better for every partnership: it
    should fit what the two want.

    Empty while no active partnership was reviewed. One rating is one person's view. A change may be a change of the person who rated.

    >>> partners = pd.DataFrame({"partner": ["P1"], "name": ["School"], "status": ["active"]})
    >>> rows = pd.DataFrame({"partner": "P1", "partner_name": "School", "date": pd.to_datetime(["2024-05-01", "2026-05-01", "2026-06-01"]),
    ...     "rated_by": ["library", "library", "partner"], "results": [4.0, 2.0, 4.0], "trust": [4.0, 3.0, 4.0], "contact": [4.0, 1.0, 4.0],
    ...     "mean": [4.0, 2.0, 4.0], "depth": [2.0, 2.0, 3.0]})
    >>> standing(rows, partners, as_of=dt.date(2026, 6, 30))[["ours", "theirs", "ours_change", "heading", "apart", "apart_on", "weak"]].values.tolist()
    [[2.0, 4.0, -2.0, 'worse', 3.0, 'contact', False]]
    """
    columns = ["partner", "partner_name", "reviews", "last", "days", "age", *_columns("ours"), *_columns("theirs"), "gap", "apart", "apart_on", "differ",
               "ours_depth", "theirs_depth", "heading", "weak"]
    found = partners.loc[partners["status"] == "active", ["partner", "name"]].rename(columns={"name": "partner_name"})
    if found.empty or reviews.empty:
        return pd.DataFrame(columns=columns)
    found = found.join(reviews.groupby("partner")["date"].max().rename("last"), on="partner")
    found["reviews"] = found["partner"].map(reviews.groupby(["partner", "rated_by"]).size().groupby("partner").max()).fillna(0).astype(int)
    found["days"] = (pd.Timestamp(as_of) - pd.to_datetime(found["last"])).dt.days.astype(float)
    found["age"] = ["never" if pd.isna(days) else "old" if days > old else "recent" for days in found["days"]]
    for side, rated_by in SIDES.items():
        found = found.join(_side(reviews[reviews["rated_by"] == rated_by], side), on="partner")
    found = found.join(_apart(reviews), on="partner")
    found["gap"] = (found["ours"] - found["theirs"]).where(found["apart"].notna())
    found["differ"] = found["apart"] >= APART
    found["heading"] = [_heading(row) for row in found.itertuples()]
    found["weak"] = _twice(found, "ours") | _twice(found, "theirs")
    order = found["heading"].map({word: place for place, word in enumerate(HEADINGS)})
    found = found.assign(calm=~(found["weak"] | found["differ"]), order=order, least=found[["ours", "theirs"]].min(axis=1))
    return found.sort_values(["calm", "order", "least", "partner"], ignore_index=True)[columns]


def _columns(side: str) -> list[str]:
    return [side, f"{side}_first", f"{side}_previous", f"{side}_change", f"{side}_date"]


def _side(own: pd.DataFrame, side: str) -> pd.DataFrame:
    """One side's latest, first and previous mean of each partnership, the change, the day of the latest, and its depth."""
    rows = {}
    for partner, one in own.sort_values("date").groupby("partner"):
        whole, depth = one.dropna(subset=["mean"]), one["depth"].dropna()
        means = whole["mean"].tolist()
        first, previous = (means[0], means[-2]) if len(means) > 1 else (None, None)
        latest, day = (means[-1], whole["date"].iloc[-1]) if means else (None, None)
        rows[partner] = [latest, first, previous, latest - first if first is not None else None, day, depth.iloc[-1] if len(depth) else None]
    found = pd.DataFrame.from_dict(rows, orient="index", columns=[*_columns(side), f"{side}_depth"])
    numbers = found.columns.drop(f"{side}_date")
    return found.astype(dict.fromkeys(numbers, float)).assign(**{f"{side}_date": pd.to_datetime(found[f"{side}_date"])})


def _apart(reviews: pd.DataFrame) -> pd.DataFrame:
    """How far the sides' latest ratings of each partnership lie apart at most, and on which measure; only where both fall in one half-year."""
    rows = {}
    whole = reviews.dropna(subset=["mean"]).sort_values("date").drop_duplicates(["partner", "rated_by"], keep="last")
    for partner, one in whole.groupby("partner"):
        if one["rated_by"].nunique() == 2 and (one["date"].max() - one["date"].min()).days <= TOGETHER:
            points = (one[list(MEASURES)].astype(float).max() - one[list(MEASURES)].astype(float).min())
            rows[partner] = [points.max(), points.idxmax() if points.max() > 0 else None]
    return pd.DataFrame.from_dict(rows, orient="index", columns=["apart", "apart_on"]).astype({"apart": float})


def _heading(row: tuple) -> str:
    if not row.reviews:
        return "never reviewed"
    changes = [change for change in (row.ours_change, row.theirs_change) if not pd.isna(change)]
    if not changes:
        return "no comparison yet"
    worse, better = min(changes) <= -STEP, max(changes) >= STEP
    return "both ways" if worse and better else "worse" if worse else "better" if better else "steady"


def _twice(found: pd.DataFrame, side: str) -> pd.Series:
    return (found[side] < WEAK) & (found[f"{side}_previous"] < WEAK)
