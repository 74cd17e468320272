"""Peers: libraries of like size, and where one library stands among them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from planning.methods import standing as place_among

SIZE = ("population", "spending_total", "staff_fte", "outlets")
"""What makes a library large or small. What patrons do with it is the question, so it is left out."""


class Ratio(NamedTuple):
    """A figure set against another one: `over` divided by `base`, times `times`."""

    measure: str
    over: str
    base: str
    times: int
    unit: str


RATIOS = (
    Ratio("visits_per_head", "visits", "population", 1, "visits per person"),
    Ratio("circulation_per_head", "circulation", "population", 1, "loans per person"),
    Ratio("registered_share", "registered_patrons", "population", 1, "share of population"),
    Ratio("programs_per_1000", "programs", "population", 1000, "programs per 1,000 people"),
    Ratio("attendance_per_1000", "program_attendance", "population", 1000, "attended per 1,000 people"),
    Ratio("attendance_per_program", "program_attendance", "programs", 1, "people per program"),
    Ratio("computer_sessions_per_head", "computer_sessions", "population", 1, "sessions per person"),
    Ratio("electronic_share", "electronic_circulation", "circulation", 1, "share of circulation"),
    Ratio("hours_per_outlet", "hours_open", "outlets", 1, "hours a year per outlet"),
    Ratio("staff_fte_per_10000", "staff_fte", "population", 10_000, "full-time staff per 10,000 people"),
    Ratio("spending_per_head", "spending_total", "population", 1, "money per person"),
    Ratio("collection_spending_per_head", "spending_collection", "population", 1, "money per person"),
    Ratio("collection_share", "spending_collection", "spending_total", 1, "share of spending"),
    Ratio("staff_share", "spending_staff", "spending_total", 1, "share of spending"),
    Ratio("cost_per_visit", "spending_total", "visits", 1, "money per visit"),
)
"""The ratios by which libraries of unlike size are compared."""

_STANDING = ["lower_quartile", "median", "upper_quartile"]


def per_head(statistics: pd.DataFrame) -> pd.DataFrame:
    """The ratios in `RATIOS` from yearly figures: per person, per program, per outlet, per visit.

    `statistics` has measure and value, and fiscal_year, peer or key to tell rows apart. A ratio is
    missing when either figure is missing or the base is 0.

    Returns the columns that tell rows apart, measure (name of the ratio), value, unit; all ratios for
    each year and library. Shares run from 0 to 1, `registered_share` higher where outsiders hold
    cards. It misleads for very small populations, where ratios explode: use medians, not means.

    >>> year = pd.DataFrame({"fiscal_year": 2025, "measure": ["visits", "population"], "value": [9, 3]})
    >>> per_head(year).dropna()
       fiscal_year          measure  value               unit
    0         2025  visits_per_head    3.0  visits per person
    """
    ids = [column for column in ("key", "peer", "fiscal_year") if column in statistics]
    columns = [*ids, "measure", "value", "unit"]
    if statistics.empty:
        return pd.DataFrame(columns=columns)
    wide = statistics.pivot_table("value", ids, "measure", aggfunc="first").astype(float)
    needed = {name for ratio in RATIOS for name in (ratio.over, ratio.base)}
    wide = wide.reindex(columns=sorted(needed))
    tables = []
    for place, ratio in enumerate(RATIOS):
        value = wide[ratio.over] / wide[ratio.base].where(wide[ratio.base] > 0) * ratio.times
        named = value.rename("value").reset_index()
        tables.append(named.assign(measure=ratio.measure, unit=ratio.unit, place=place))
    return pd.concat(tables).sort_values([*ids, "place"], ignore_index=True)[columns]


def comparison(libraries: pd.DataFrame, key: str, *, measures: Sequence[str] = SIZE, weights: Mapping[str, float] | None = None) -> pd.DataFrame:
    """The variables by which peers are chosen, the library's own figures, and their weights.

    A variable for which the library has no figure is left out; the weights of the others are scaled
    to add up to 1. Without `weights` all count alike. The figures are those of the latest year in
    which the library was open.

    Returns one row a variable: measure, own, weight (0 to 1; 0 when left out), used, reason (why it
    is left out, else empty). Raises ValueError for a key that is not in `libraries`, a weight for
    another variable, a negative weight, or weights that are all 0.

    >>> libraries = pd.DataFrame({"key": ["A"], "fiscal_year": 2025, "population": 900.0})
    >>> comparison(libraries, "A", measures=("population", "staff_fte"))[["measure", "weight", "reason"]]
          measure  weight                     reason
    0  population     1.0                           
    1   staff_fte     0.0  no figure for the library
    """
    weights = dict(weights or {})
    _check_weights(weights, measures)
    rows = pd.DataFrame({"measure": list(measures)})
    own = _own(libraries, key)
    rows["own"] = [float(own.get(measure, np.nan)) for measure in measures]
    rows["used"] = rows["own"] >= 0
    wanted = pd.Series([float(weights.get(measure, 1)) for measure in measures])
    weight = wanted.where(rows["used"], 0.0)
    rows["weight"] = weight / weight.sum() if weight.sum() > 0 else 0.0
    rows["reason"] = np.where(rows["used"], "", "no figure for the library")
    return rows[["measure", "own", "weight", "used", "reason"]]


def nearest(libraries: pd.DataFrame, key: str, *, measures: Sequence[str] = SIZE, weights: Mapping[str, float] | None = None, k: int = 15) -> pd.DataFrame:
    """The `k` libraries most like one library in size, nearest first.

    Each variable is taken as log(1 + figure), so that doubling counts the same for large and small,
    and standardised over all libraries of the year (mean 0, standard deviation 1). The distance is
    the root of the weighted sum of squared differences, with weights that add up to 1. Left out are
    the library itself, closed libraries, and libraries with a missing figure among the variables
    used. Ties go by key. The year is the latest in which the library was open.

    `libraries` has key, name, city, state, fiscal_year, closed and a column for each measure.
    Returns peer, name, city, state, fiscal_year, distance (0 the same size; 1 when each variable is
    one standard deviation away), compared_on (the variables used and their weights), and the peers'
    figures, one column for each of `measures`.

    It misleads for the very largest and smallest libraries, whose nearest peers may be far: look at
    the distance. Size says nothing about need or wealth. Raises ValueError as `comparison` does, and
    for `k` below 1.

    >>> libraries = pd.DataFrame({"key": list("ABC"), "name": ["Ash", "Birch", "Cedar"],
    ...     "fiscal_year": 2025, "population": [900.0, 5000.0, 1000.0]})
    >>> nearest(libraries, "A", measures=("population",), k=1)[["peer", "name", "compared_on"]]
      peer   name   compared_on
    0    C  Cedar  population 1
    """
    columns = ["peer", "name", "city", "state", "fiscal_year", "distance", "compared_on", *measures]
    if k < 1:
        raise ValueError(f"k: found {k}. Allowed: a whole number from 1. Ask for at least one peer.")
    if libraries.empty:
        return pd.DataFrame(columns=columns)
    chosen = comparison(libraries, key, measures=measures, weights=weights).query("weight > 0")
    if chosen.empty:
        return pd.DataFrame(columns=columns)
    year = _opened(libraries[libraries["key"] == key])["fiscal_year"].max()
    rows = _opened(libraries[libraries["fiscal_year"] == year])
    rows = rows[(rows[list(chosen["measure"])] >= 0).all(axis="columns")]
    rows = rows.assign(distance=_distances(rows, key, chosen.set_index("measure")["weight"]))
    rows["compared_on"] = ", ".join(f"{row.measure} {row.weight:.2g}" for row in chosen.itertuples())
    rows = rows[rows["key"] != key].sort_values(["distance", "key"], ignore_index=True).head(k)
    return rows.rename(columns={"key": "peer"}).reindex(columns=columns)


def standing(own: pd.DataFrame, peers: pd.DataFrame) -> pd.DataFrame:
    """Where the library stands among its peers, for each figure and each ratio of `RATIOS`.

    `own` has fiscal_year, measure, value; `peers` also peer. Compared is the latest year for which
    both have the measure. The percentile is the share of peers below, plus half of those with the
    same figure. Quartiles are interpolated between peers.

    Returns measure, unit, kind (figure or ratio), fiscal_year, own, n (peers with a figure),
    lower_quartile, median, upper_quartile, percentile (0 to 1), place (lowest quarter, below the
    middle, at the median, above the middle, highest quarter; missing when it cannot be told). It
    misleads with few peers (look at n), and when high is read as good.

    >>> own = pd.DataFrame({"fiscal_year": 2025, "measure": ["visits"], "value": [30]})
    >>> peers = pd.DataFrame({"peer": list("ABCD"), "fiscal_year": 2025, "measure": "visits",
    ...                       "value": [10, 20, 30, 40]})
    >>> standing(own, peers)[["measure", "own", "n", "median", "percentile", "place"]]
      measure   own  n  median  percentile             place
    0  visits  30.0  4    25.0       0.625  above the middle
    """
    columns = ["measure", "unit", "kind", "fiscal_year", "own", "n", *_STANDING, "percentile", "place"]
    mine, theirs = _with_ratios(own), _with_ratios(peers)
    rows = _compared_years(mine, theirs)
    if rows.empty:
        return pd.DataFrame(columns=columns)
    pair = ["measure", "fiscal_year"]
    rows = rows.merge(mine[[*pair, "value"]].rename(columns={"value": "own"}), on=pair, how="left")
    values = rows.merge(theirs[[*pair, "value"]], on=pair, how="left")
    spread = values.groupby("measure")["value"].quantile([0.25, 0.5, 0.75]).unstack()
    rows["n"] = rows["measure"].map(values.groupby("measure")["value"].count())
    rows[_STANDING] = spread.reindex(rows["measure"]).to_numpy()
    others = dict(list(values.groupby("measure")["value"]))
    rows["percentile"] = [place_among.share_below(row.own, others[row.measure]) for row in rows.itertuples()]
    return _described(rows)[columns]


def compared(standing: pd.DataFrame) -> pd.DataFrame:
    """The ratios of `standing` or `by_band` as parts of the peers' median, highest first: measure, unit, fiscal_year, own,
    n, lower_quartile, median, upper_quartile, place, and relative, relative_low, relative_high (own figure and quartiles ÷ median).

    Ratios without a median, or with a median of 0, are left out: nothing can be a part of them.

    >>> rows = pd.DataFrame([["visits_per_head", "visits per person", "ratio", 2025, 3.0, 8, 1.0, 2.0, 4.0, "above the middle"]],
    ...     columns=["measure", "unit", "kind", "fiscal_year", "own", "n", "lower_quartile", "median", "upper_quartile", "place"])
    >>> compared(rows)[["relative", "relative_low", "relative_high"]].values.tolist()
    [[1.5, 0.5, 2.0]]
    """
    known = standing[(standing["kind"] == "ratio") & (standing["median"] > 0) & standing["own"].notna()]
    known = known.drop(columns=["kind"]).reset_index(drop=True)
    for ours, theirs in (("relative", "own"), ("relative_low", "lower_quartile"), ("relative_high", "upper_quartile")):
        known[ours] = known[theirs].astype(float) / known["median"].astype(float)
    return known.sort_values(["relative", "measure"], ascending=[False, True], ignore_index=True)


def listed(peers: pd.DataFrame, own: pd.DataFrame | None = None) -> pd.DataFrame:
    """The peer libraries, nearest first: peer, name, distance, fiscal_year (their latest), and a column for each of `SIZE`.

    With `own`, the library's own figures, it stands first, without peer, name and distance.

    >>> rows = pd.DataFrame({"peer": ["B", "A"], "name": ["Bay", "Ash"], "distance": [0.2, 0.1], "fiscal_year": [2025, 2025],
    ...                      "measure": ["population", "population"], "value": [900.0, 800.0]})
    >>> listed(rows, rows[:1].assign(value=850.0))[["name", "distance", "population"]].values.tolist()
    [[nan, nan, 850.0], ['Ash', 0.1, 800.0], ['Bay', 0.2, 900.0]]
    """
    columns = ["peer", "name", "distance", "fiscal_year", *SIZE]
    if peers.empty:
        return pd.DataFrame(columns=columns)
    self = pd.DataFrame() if own is None else own.assign(peer="", name="", distance=-1.0)
    every = pd.concat([self, peers])
    latest = every[every["measure"].isin(SIZE)].sort_values("fiscal_year").drop_duplicates(["peer", "measure"], keep="last")
    wide = latest.pivot(index="peer", columns="measure", values="value").reindex(columns=list(SIZE)).reset_index()
    about = every.groupby("peer").agg(name=("name", "last"), distance=("distance", "min"), fiscal_year=("fiscal_year", "max")).reset_index()
    found = about.merge(wide, on="peer", how="left").sort_values(["distance", "peer"], ignore_index=True)
    mine = found["peer"] == ""
    return found.assign(peer=found["peer"].mask(mine, None), name=found["name"].mask(mine, None), distance=found["distance"].mask(mine))[columns]


def by_band(own: pd.DataFrame, bands: pd.DataFrame, *, population: float | None = None) -> pd.DataFrame:
    """Where the library's ratios stand among all libraries in its band of population.

    `bands` has fiscal_year, source, band, population_from, measure, n, lower_quartile, median,
    upper_quartile. The band is that of `population`, or else of the library's latest population;
    each ratio is of its latest year.

    Returns measure, unit, kind, fiscal_year (of the library), own, band, n, lower_quartile, median,
    upper_quartile, place (as in `standing`), bands_fiscal_year, source. It misleads when the band
    figures are much older than the library's own, since prices rise: show both years.

    >>> bands = pd.DataFrame([{"fiscal_year": 2017, "source": "survey", "band": "under 1,000",
    ...     "population_from": 0, "measure": "visits_per_head", "n": 8, "lower_quartile": 1.0,
    ...     "median": 2.0, "upper_quartile": 4.0}])
    >>> own = pd.DataFrame({"fiscal_year": 2025, "measure": ["visits", "population"], "value": [9, 3]})
    >>> by_band(own, bands)[["measure", "own", "band", "median", "place"]]
               measure  own         band  median             place
    0  visits_per_head  3.0  under 1,000     2.0  above the middle
    """
    told = ["unit", "kind", "fiscal_year", "own", "band", "n", *_STANDING, "place", "bands_fiscal_year"]
    columns = ["measure", *told, "source"]
    if population is None:
        people = own[own["measure"] == "population"].sort_values("fiscal_year")["value"].dropna()
        population = None if people.empty else float(people.iloc[-1])
    if population is None or bands.empty:
        return pd.DataFrame(columns=columns)
    start = bands["population_from"][bands["population_from"] <= population].max()
    band = bands[bands["population_from"] == start].rename(columns={"fiscal_year": "bands_fiscal_year"})
    ratios = per_head(own).dropna(subset="value").sort_values("fiscal_year", kind="stable")
    latest = ratios.drop_duplicates("measure", keep="last").rename(columns={"value": "own"})
    rows = band.merge(latest[["measure", "fiscal_year", "own"]], on="measure")
    return _described(rows)[columns]


def _check_weights(weights: Mapping[str, float], measures: Sequence[str]) -> None:
    if strange := [name for name in weights if name not in measures]:
        raise ValueError(f"weights: found {strange[0]}. Allowed: {', '.join(measures)}.")
    if wrong := [name for name, weight in weights.items() if not weight >= 0]:
        raise ValueError(f"weights: found {weights[wrong[0]]} for {wrong[0]}. Allowed: 0 or more.")
    if not any(weights.get(name, 1) for name in measures):
        raise ValueError("weights: all are 0. Allowed: 0 or more, and at least one above 0.")


def _own(libraries: pd.DataFrame, key: str) -> pd.Series:
    rows = libraries[libraries["key"] == key]
    if rows.empty:
        raise ValueError(f"key: found {key}, which no library has. Give the key of one of them.")
    opened = _opened(rows).sort_values("fiscal_year")
    return pd.Series(dtype=float) if opened.empty else opened.iloc[-1]


def _opened(libraries: pd.DataFrame) -> pd.DataFrame:
    return libraries[~libraries["closed"].astype(bool)] if "closed" in libraries else libraries


def _distances(rows: pd.DataFrame, key: str, weights: pd.Series) -> pd.Series:
    logs = np.log1p(rows[list(weights.index)])
    scores = logs.apply(place_among.z_scores).fillna(0.0)  # where all are alike, a variable tells nobody apart
    own = scores[rows["key"] == key].iloc[0]
    return np.sqrt(((scores - own) ** 2 * weights).sum(axis="columns"))


def _with_ratios(figures: pd.DataFrame) -> pd.DataFrame:
    """Known figures and the ratios made from them."""
    return pd.concat([figures, per_head(figures)]).dropna(subset="value").astype({"value": float})


def _compared_years(mine: pd.DataFrame, theirs: pd.DataFrame) -> pd.DataFrame:
    """For each measure the latest year that both have, or else the latest that one has."""
    one, other = (rows[["measure", "fiscal_year"]].drop_duplicates() for rows in (mine, theirs))
    ranked = pd.concat([other.assign(rank=0), one.assign(rank=1), one.merge(other).assign(rank=2)])
    ranked = ranked.sort_values(["rank", "fiscal_year"], kind="stable")
    chosen = ranked.drop_duplicates("measure", keep="last").drop(columns="rank")
    order = list(dict.fromkeys([*one["measure"], *other["measure"]]))
    return chosen.set_index("measure").loc[order].reset_index()


def _described(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows with unit, kind and place."""
    units = {ratio.measure: ratio.unit for ratio in RATIOS}
    rows = rows.assign(
        unit=[units.get(measure) or _unit(measure) for measure in rows["measure"]],
        kind=["ratio" if measure in units else "figure" for measure in rows["measure"]],
    )
    own, low, middle, high = (rows[column] for column in ("own", *_STANDING))
    places = {
        "lowest quarter": own < low,
        "below the middle": own < middle,
        "at the median": own == middle,
        "above the middle": own <= high,
        "highest quarter": own > high,
    }
    place = pd.Series(np.select(list(places.values()), list(places), ""), rows.index, dtype=object)
    return rows.assign(place=place.where(own.notna() & middle.notna(), None))


def _unit(measure: str) -> str:
    if measure.startswith(("income_", "spending_")):
        return "money"
    units = {"hours_open": "hours", "population": "people", "registered_patrons": "people"}
    return "full-time staff" if measure.endswith("_fte") else units.get(measure, "count")
