"""How libraries of each size do: medians and quartiles by band of population, shipped as a small table.

`peer_bands.csv` beside this module was made from the FY2017 library file, so that a library without
peers has something to stand against. To make it anew from another year's file:

    libraries = pls.read("PLS_FY17_AE_pud17i.csv")
    bands = pls_bands.bands(libraries, peers.per_head(pls.figures(libraries)))
    bands.to_csv("peer_bands.csv", index=False, lineterminator="\\n")
"""

from __future__ import annotations

from importlib.resources import files

import pandas as pd

BANDS: tuple[tuple[int, str], ...] = (
    (0, "under 1,000"),
    (1_000, "1,000 to 2,499"),
    (2_500, "2,500 to 4,999"),
    (5_000, "5,000 to 9,999"),
    (10_000, "10,000 to 24,999"),
    (25_000, "25,000 to 49,999"),
    (50_000, "50,000 to 99,999"),
    (100_000, "100,000 to 249,999"),
    (250_000, "250,000 to 499,999"),
    (500_000, "500,000 or more"),
)
"""Bands of the population served: the first population in the band, and its name."""

COLUMNS = [
    "fiscal_year", "source", "band", "population_from", "population_to",
    "measure", "n", "lower_quartile", "median", "upper_quartile",
]

_DECIMALS = 4


def bands(libraries: pd.DataFrame, ratios: pd.DataFrame) -> pd.DataFrame:
    """Median and quartiles of each ratio among the libraries of each band of population.

    `libraries` is a table from `pls.read`; `ratios` has key, fiscal_year, measure, value. Counted are
    libraries that were open, that meet the survey's definition of a public library, and that have
    the ratio. Medians, because single libraries of a few people have extreme ratios. A ratio that
    fewer than half of a band's libraries have is left out of that band: the survey withholds the
    staff costs of small staffs, so those that remain are not typical. Figures are rounded to 4 decimals.

    Returns fiscal_year, source, band, population_from, population_to (missing for the last band),
    measure, n, lower_quartile, median, upper_quartile; bands from small to large, measures in the
    order of `ratios`.

    >>> libraries = pd.DataFrame({"key": ["A", "B", "C"], "fiscal_year": 2017, "closed": False,
    ...     "meets_definition": "Y", "population": [400.0, 999.0, 1000.0]})
    >>> ratios = pd.DataFrame({"key": ["A", "B", "C"], "fiscal_year": 2017,
    ...     "measure": "visits_per_head", "value": [2.0, 4.0, 9.0]})
    >>> bands(libraries, ratios)[["band", "n", "lower_quartile", "median"]]
                 band  n  lower_quartile  median
    0     under 1,000  2             2.5     3.0
    1  1,000 to 2,499  1             9.0     9.0
    """
    counted = _counted(libraries)
    known = ratios.dropna(subset="value").merge(counted[["key", "fiscal_year", "place"]])
    groups = known.groupby(["fiscal_year", "place", "measure"], sort=False)["value"]
    rows = groups.quantile([0.25, 0.5, 0.75]).unstack().round(_DECIMALS)
    rows = rows.set_axis(COLUMNS[-3:], axis="columns").assign(n=groups.count()).reset_index()
    typical = counted.groupby(["fiscal_year", "place"]).size().rename("libraries").reset_index()
    rows = rows.merge(typical).query("n * 2 >= libraries")
    rank = rows["measure"].map({name: rank for rank, name in enumerate(ratios["measure"].unique())})
    rows = rows.assign(rank=rank).sort_values(["fiscal_year", "place", "rank"], ignore_index=True)
    starts, names = zip(*BANDS, strict=True)
    ends = [start - 1 for start in starts[1:]]
    rows["band"] = rows["place"].map(dict(enumerate(names)))
    rows["population_from"] = rows["place"].map(dict(enumerate(starts)))
    rows["population_to"] = rows["place"].map(dict(enumerate(ends))).astype("Int64")
    rows["source"] = "IMLS Public Libraries Survey FY" + rows["fiscal_year"].astype(str)
    return rows[COLUMNS]


def _counted(libraries: pd.DataFrame) -> pd.DataFrame:
    """The libraries that count, each with the place of its band."""
    counts = ~libraries["closed"].astype(bool) & (libraries["meets_definition"] == "Y")
    counted = libraries[counts].dropna(subset="population")
    edges = [*(start for start, _ in BANDS), float("inf")]
    return counted.assign(place=pd.cut(counted["population"], edges, right=False, labels=False))


def load_bands() -> pd.DataFrame:
    """The shipped medians and quartiles by band of population, as `bands` makes them.

    >>> shipped = load_bands()
    >>> shipped["fiscal_year"].unique().tolist(), shipped["band"].nunique()
    ([2017], 10)
    """
    with files("planning.sources").joinpath("peer_bands.csv").open("rb") as shipped:
        return pd.read_csv(shipped, dtype={"population_to": "Int64"})


def peer_bands(kind: str) -> pd.DataFrame:
    """The shipped medians and quartiles for a kind of library; without rows for a kind that the survey does not cover.

    >>> len(peer_bands("public")) > 0, len(peer_bands("corporate"))
    (True, 0)
    """
    bands = load_bands()
    return bands if kind == "public" else bands.iloc[:0]
