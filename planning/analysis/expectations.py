"""What patrons would still accept, wish for and find: the distances between the three, service by service and group by group."""

from __future__ import annotations

import pandas as pd

from planning.methods import intervals, suppression

LEVELS = ["minimum", "desired", "perceived"]
PLACES = ("below the minimum", "near the minimum", "above the minimum", "at the wish", "no range")
COLUMNS = ["service", "service_name", "n", *LEVELS, "adequacy", "low", "high", "superiority", "zone", "place", "blank", "reversed", "hidden"]
SEGMENTS = ["segment", "segment_name", "n", "answers", "perceived", "adequacy", "low", "high", "beside", "beside_low", "beside_high", "hidden"]
NOT_STATED = "Not stated"


def gaps(expectations: pd.DataFrame, services: pd.DataFrame, *, small_group: int, seed: int) -> pd.DataFrame:
    """Each service between what patrons would accept and what they wish for, least adequate first: service, service_name,
    n (patrons), minimum, desired, perceived (means, points 1-9), adequacy (perceived − minimum), low, high (its 95 %
    bootstrap interval), superiority (perceived − desired), zone (share of the way from minimum to desired: 0 at the
    minimum, 1 at the wish, below 0 under the minimum; missing where the two are equal), place (one of `PLACES`), blank and
    reversed (answers left out), hidden.

    The newest answer of each patron counts. Answers with an empty level, or with a minimum above the wish, say nothing
    that can be used: they are left out and counted. A service with fewer than `small_group` answers left is hidden, and the next
    smallest with it where its number would follow from the answers of all segments. It is
    *below the minimum* when the whole interval is, *above* when it lies above, *near* when 0 is inside, and *at the wish*
    when the perceived level reaches it; without a spread among the answers there is no interval and no verdict. Sources:
    LibQUAL+ (Cook, Heath and Thompson 2003, on zones of tolerance), after Zeithaml, Berry and Parasuraman 1993.

    It misleads when the gap is read instead of the perceived level: the superiority gap added almost nothing to it in
    telling who was satisfied (Roszkowski, Baky and Jones 2005). Wishes lie near 9 almost always, so superiority is rarely
    above 0. Each interval stands alone: of 20 services exactly at the minimum, about one would come out beside it.

    >>> answers = pd.DataFrame({"rater": ["P1", "P2"], "service": "S1", "date": pd.Timestamp(2026, 5, 1),
    ...                         "minimum": [6, 5], "desired": [8, 9], "perceived": [5, 4]})
    >>> services = pd.DataFrame({"service": ["S1"], "name": ["Help desk"]})
    >>> gaps(answers, services, small_group=2, seed=1)[["adequacy", "superiority", "zone", "place"]].values.tolist()
    [[-1.0, -4.0, -0.3333333333333333, 'no range']]
    """
    newest = _newest(expectations)
    known = newest.dropna(subset=LEVELS)
    usable = known[known["minimum"] <= known["desired"]]
    rows = [[service, *_measured(usable[usable["service"] == service], seed), int(given[LEVELS].isna().any(axis=1).sum()),
             int((given["minimum"] > given["desired"]).sum())] for service, given in newest.groupby("service", sort=True)]
    found = pd.DataFrame(rows, columns=[name for name in COLUMNS if name not in ("service_name", "hidden")])
    found = found.merge(services[["service", "name"]].rename(columns={"name": "service_name"}), on="service")
    found["hidden"] = suppression.hidden(found["n"].astype(float), max(small_group, 1)) | (found["n"] == 0)
    numbers = [name for name in COLUMNS[2:-1] if name != "place"]
    found[numbers] = found[numbers].astype(float).mask(found["hidden"], axis=0)
    found["place"] = found["place"].where(~found["hidden"], None)
    return found.sort_values(["adequacy", "service"], na_position="last", ignore_index=True)[COLUMNS]


def by_segment(expectations: pd.DataFrame, segments: pd.DataFrame, *, small_group: int, seed: int) -> pd.DataFrame:
    """Groups of patrons with how far the services reach what they would accept, worst first: segment, segment_name, n
    (patrons), answers (number), perceived (mean, points 1-9), adequacy (perceived − minimum), low, high (its 95 % bootstrap
    interval), beside (points above or below all patrons' adequacy for the same services), beside_low, beside_high (its 95 %
    bootstrap interval, the services' means held still), hidden.

    Answers are used as in `gaps`; those without a segment stand as "Not stated". A patron's answers are averaged first,
    so that nobody counts twice. A segment with fewer patrons than `small_group` is hidden, and the next smallest with it
    where the hidden one would follow from the others. Segments rate different services: `beside` sets each
    answer against the mean of its own service, and is the fairer figure. It misleads where nobody else rated a service; and
    the lowest of several groups lies low by chance as well.

    >>> answers = pd.DataFrame({"rater": ["P1", "P2", "P3"], "segment": ["A", "A", "B"], "service": "S1", "date": pd.Timestamp(2026, 5, 1),
    ...                         "minimum": [6, 5, 5], "desired": [8, 9, 8], "perceived": [5, 5, 7]})
    >>> segments = pd.DataFrame({"segment": ["A", "B"], "name": ["Newcomers", "Families"]})
    >>> by_segment(answers, segments, small_group=1, seed=1)[["segment_name", "n", "adequacy"]].values.tolist()
    [['Newcomers', 2.0, -0.5], ['Families', 1.0, 2.0]]
    """
    known = _newest(expectations).dropna(subset=LEVELS)
    usable = known[known["minimum"] <= known["desired"]]
    usable = usable.assign(gap=usable["perceived"] - usable["minimum"], segment=usable["segment"] if "segment" in usable else None)
    if usable["segment"].isna().all():
        return pd.DataFrame(columns=SEGMENTS)
    usable["beside"] = usable["gap"] - usable.groupby("service")["gap"].transform("mean")
    named = usable.merge(segments[["segment", "name"]].rename(columns={"name": "segment_name"}), on="segment", how="left")
    named["segment_name"] = named["segment_name"].fillna(NOT_STATED)
    rows = [_group(name, one, seed) for name, one in named.groupby("segment_name", sort=True)]
    found = pd.DataFrame(rows, columns=SEGMENTS[:-1])
    found["hidden"] = suppression.hidden(found["n"], small_group)
    found[SEGMENTS[2:-1]] = found[SEGMENTS[2:-1]].astype(float).mask(found["hidden"], axis=0)
    return found.sort_values(["adequacy", "segment_name"], na_position="last", ignore_index=True)


def _newest(expectations: pd.DataFrame) -> pd.DataFrame:
    ordered = expectations.sort_values(["date", "rater"], kind="stable")
    return ordered.drop_duplicates(["rater", "service"], keep="last").astype({level: float for level in LEVELS})


def _measured(one: pd.DataFrame, seed: int) -> list[object]:
    """n, the three means, adequacy with its interval, superiority, zone and place of one service's usable answers."""
    minimum, desired, perceived = (one[level].mean() for level in LEVELS)
    adequacy, low, high = _range(one["perceived"] - one["minimum"], seed)
    width = desired - minimum
    zone = adequacy / width if width > 0 else None
    return [len(one), minimum, desired, perceived, adequacy, low, high, perceived - desired, zone, _place(low, high, perceived >= desired)]


def _range(apart: pd.Series, seed: int) -> tuple[float, float, float]:
    # Set against nothing but zeros, the difference of two sides is the mean of one, with the same widening for small groups.
    return intervals.mean_difference(apart, [0.0] * max(len(apart), 2), seed=seed)


def _place(low: float, high: float, reached: bool) -> str:
    if pd.isna(low) or pd.isna(high):
        return PLACES[4]
    return PLACES[0] if high < 0 else PLACES[1] if low <= 0 else PLACES[3] if reached else PLACES[2]


def _group(name: str, one: pd.DataFrame, seed: int) -> list[object]:
    each = one.groupby("rater")[["perceived", "gap", "beside"]].mean()
    return [one["segment"].iloc[0], name, len(each), len(one), each["perceived"].mean(), *_range(each["gap"], seed), *_range(each["beside"], seed)]
