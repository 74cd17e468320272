"""The library's yearly figures over the years, alone and beside its peers: what rose, what fell, and where a jump is no trend."""

from __future__ import annotations

import pandas as pd

from planning.methods import standing

SHOWN = ("visits", "circulation", "electronic_circulation", "program_attendance", "staff_fte", "income_total", "spending_total")
USE = ("visits_per_head", "circulation_per_head", "attendance_per_1000", "computer_sessions_per_head")
"""What patrons do, per person: the four measures that the LJ Index began with."""
BESIDE = ["measure", "fiscal_year", "own", "median", "relative", "below", "n", "first_year", "last_year", "first", "last", "moved"]
IN_USE = ["fiscal_year", "index", "place", "libraries", "measures"]
FEWEST = 3
COLUMNS = ["measure", "fiscal_year", "value", "first_year", "last_year", "first", "last", "change", "broken", "note"]


def yearly(statistics: pd.DataFrame, breaks: pd.DataFrame, *, measures: tuple[str, ...] = SHOWN) -> pd.DataFrame:
    """The chosen measures year by year, with what changed from the first year to the last: measure, fiscal_year, value,
    first_year, last_year, first, last, change (share of the first value, missing where that is 0), broken (true when the
    measure changed its meaning in between, so that the change is no trend), note (how).

    `breaks` has measure, fiscal_year and note, as sources.pls_columns.series_breaks gives them. A
    measure with a single year stays, without a change. Measures keep the order of
    `measures`. A change from one year to another says nothing of the years between: look at the line.

    >>> statistics = pd.DataFrame({"measure": ["visits", "visits"], "fiscal_year": [2024, 2025], "value": [200.0, 150.0]})
    >>> breaks = pd.DataFrame(columns=["measure", "fiscal_year", "note"])
    >>> yearly(statistics, breaks)[["fiscal_year", "value", "change", "broken"]].values.tolist()
    [[2024, 200.0, -0.25, False], [2025, 150.0, -0.25, False]]
    """
    rows = statistics[statistics["measure"].isin(measures)].sort_values(["measure", "fiscal_year"])
    if rows.empty:
        return pd.DataFrame(columns=COLUMNS)
    ends = rows.groupby("measure").agg(first_year=("fiscal_year", "first"), last_year=("fiscal_year", "last"), first=("value", "first"), last=("value", "last"))
    ends["change"] = (ends["last"] / ends["first"].where(ends["first"] != 0) - 1).where(ends["first_year"] < ends["last_year"])
    notes = breaks.groupby("measure")["note"].agg(" ".join) if len(breaks) else pd.Series(dtype="object")
    ends["note"] = [notes.get(measure, "") for measure in ends.index]
    ends["broken"] = ends["note"] != ""
    found = rows[["measure", "fiscal_year", "value"]].merge(ends.reset_index(), on="measure")
    order = found["measure"].map({measure: place for place, measure in enumerate(measures)})
    return found.assign(order=order).sort_values(["order", "fiscal_year"], ignore_index=True)[COLUMNS]


def beside_peers(own: pd.DataFrame, peers: pd.DataFrame) -> pd.DataFrame:
    """The library's ratios year by year beside the same peers, the measure that moved furthest first: measure, fiscal_year,
    own, median (of the peers), relative (own ÷ median, times), below (share of peers below, 0-1), n (peers), first_year,
    last_year, first, last (relative in those years), moved (last − first).

    Takes `peers.per_head` of the library's and of the peers' figures. For each measure only the years that the library
    has count, and only peers that have all of them: a median that moves because another library reports is no news. A
    measure with a single year, fewer than three such peers, or a median of 0 in one of the years is left out. A
    change of a definition hits the peers as well, so it moves the multiple less than the figure. It misleads with few peers,
    whose median jumps, and when a fall against peers is read as a fall.

    >>> own = pd.DataFrame({"measure": "visits_per_head", "fiscal_year": [2024, 2025], "value": [2.0, 3.0]})
    >>> peers = pd.DataFrame({"peer": ["A", "B", "C"] * 2, "measure": "visits_per_head", "fiscal_year": [2024] * 3 + [2025] * 3,
    ...                       "value": [1.0, 2.0, 4.0, 2.0, 2.0, 4.0]})
    >>> beside_peers(own, peers)[["fiscal_year", "relative", "below", "moved"]].values.tolist()
    [[2024.0, 1.0, 0.5, 0.5], [2025.0, 1.5, 0.6666666666666666, 0.5]]
    """
    tables = [_beside(measure, mine, peers[peers["measure"] == measure].dropna(subset=["value"]))
              for measure, mine in own.dropna(subset=["value"]).groupby("measure", sort=True)]
    rows = pd.DataFrame([row for table in tables for row in table], columns=BESIDE[:7])
    if rows.empty:
        return pd.DataFrame(columns=BESIDE)
    ends = rows.groupby("measure").agg(first_year=("fiscal_year", "first"), last_year=("fiscal_year", "last"), first=("relative", "first"),
                                       last=("relative", "last"))
    found = rows.merge(ends.assign(moved=ends["last"] - ends["first"]).reset_index(), on="measure")
    furthest = -found["moved"].abs().round(9)
    return found.assign(furthest=furthest).sort_values(["furthest", "measure", "fiscal_year"], ignore_index=True)[BESIDE]


def _beside(measure: str, mine: pd.DataFrame, theirs: pd.DataFrame) -> list[list[object]]:
    """One measure's rows of years, over the peers that have all of them."""
    years = sorted(set(mine["fiscal_year"]) & set(theirs["fiscal_year"]))
    wide = theirs[theirs["fiscal_year"].isin(years)].pivot(index="peer", columns="fiscal_year", values="value").dropna()
    if len(years) < 2 or len(wide) < FEWEST or (wide.median() <= 0).any():
        return []
    value = mine.set_index("fiscal_year")["value"]
    return [[measure, year, value[year], wide[year].median(), value[year] / wide[year].median(), standing.share_below(value[year], wide[year]), len(wide)]
            for year in years]


def use_among_peers(own: pd.DataFrame, peers: pd.DataFrame) -> pd.DataFrame:
    """The library's place among its peers in use, year by year: fiscal_year, index (mean standard score; 0 the average of
    all), place (1 most used; equal ones share it), libraries (number, itself included), measures (their names, with commas).

    Takes `peers.per_head` of both. The measures of `USE` that the library has in every one of its years are brought to
    standard scores over the library and its peers and averaged, all alike; only peers that have them all in every year
    count. With fewer than three such measures the latest year stands alone; with fewer than three there, or fewer than
    three peers, the result is empty. Source: after the LJ Index (Lance and Lyons 2008), which adds the scores up.

    It misleads when read as quality: it counts use and says nothing of what use changed for people, and one very high
    figure can outweigh the others. Money, staff and hours are left out, since they are what a library is given.
    """
    mine = own[own["measure"].isin(USE)].dropna(subset=["value"]).assign(peer="")
    theirs = peers[peers["measure"].isin(USE)].dropna(subset=["value"]) if len(peers) else mine.iloc[:0]
    shared = mine.merge(theirs[["measure", "fiscal_year"]].drop_duplicates())
    years = sorted(set(shared["fiscal_year"]))
    for chosen in (years, years[-1:]):
        counted = shared[shared["fiscal_year"].isin(chosen)].groupby("measure")["fiscal_year"].nunique()
        measures = [measure for measure in USE if counted.get(measure, 0) == len(chosen)]
        rows = pd.concat([mine, theirs]).query("measure in @measures and fiscal_year in @chosen")
        wide = rows.pivot(index="peer", columns=["fiscal_year", "measure"], values="value").dropna()
        if len(measures) >= FEWEST and len(wide) > FEWEST and "" in wide.index:
            return pd.DataFrame([_in_use(year, wide[year], measures) for year in chosen], columns=IN_USE)
    return pd.DataFrame(columns=IN_USE)


def _in_use(year: int, wide: pd.DataFrame, measures: list[str]) -> list[object]:
    index = pd.Series(standing.z_index(wide)[0], index=wide.index).round(9)
    return [year, index[""], int((index > index[""]).sum()) + 1, len(wide), ", ".join(measures)]
