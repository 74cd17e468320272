"""What something gives back for the money put in: values added up, what must be taken off, later years, and how far it may be off."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from planning.methods import simulation

Numbers = NDArray[np.float64]
SHARES = ("deadweight", "attribution", "displacement", "drop_off")
DRAWS = 10_000


def discount_factors(years: int, rate: float) -> Numbers:
    """Return what one unit of worth in each year counts for today, the first year first: 1, then ever less.

    1 / (1 + r)^t for t = 0, 1, 2 and so on: the first year is the year in which the money is spent, and is
    not discounted. Source: the present value of every textbook of finance; the UK Green Book (HM Treasury) takes 3.5 % a
    year for the first 30 years.

    Misleading beside figures that discount the first year too: those are lower by one year's rate. A rate net of
    inflation belongs to worth at today's prices.

    Raises ValueError for fewer years than one, or a rate below 0.

    >>> discount_factors(3, 0.035).round(4)
    array([1.    , 0.9662, 0.9335])
    """
    if years < 1 or rate < 0:
        raise ValueError(f"Years and rate: found {years} and {rate:g}. Years are 1 or more and the rate is 0 or more. Correct them.")
    return (1 + rate) ** -np.arange(years, dtype=float)


def years_worth(years: ArrayLike, drop_off: ArrayLike, rate: float) -> Numbers:
    """Return how many first years a change is worth that lasts and fades, in today's worth: 1 for a single year.

    Sum over t = 0 to years - 1 of ((1 - d) / (1 + r))^t: each later year holds the share 1 - d of the year before and is
    discounted. Source: the drop-off of social return on investment (Nicholls and others 2012). Works on columns.

    Misleading where a change does not fade evenly, such as one that holds for two years and then ends.

    Raises ValueError for a drop-off that is not a share from 0 to 1.

    >>> years_worth([1, 3], [0.4, 0.4], 0.0)
    array([1.  , 1.96])
    """
    lasts, fades = np.broadcast_arrays(np.asarray(years, dtype=float), np.asarray(drop_off, dtype=float))
    if ((fades < 0) | (fades > 1)).any():
        raise ValueError("Drop-off: found one that is not a share from 0 to 1. Correct it.")
    factors = discount_factors(int(np.nanmax(lasts, initial=1)), rate)
    terms = [np.where(lasts > place, (1 - fades) ** place * factor, 0.0) for place, factor in enumerate(factors)]
    return np.sum(terms, axis=0)


def adjusted_value(number: ArrayLike, unit_value: ArrayLike, *, deadweight: ArrayLike = 0.0, attribution: ArrayLike = 0.0, displacement: ArrayLike = 0.0,
                   years: ArrayLike = 1, drop_off: ArrayLike = 0.0, rate: float = 0.0) -> Numbers:
    """Return what a number of changes is worth once what would have come anyway, what others did and what was only moved are taken off.

    number × unit value × (1 - deadweight)(1 - attribution)(1 - displacement) × `years_worth`. Source: the impact of social
    return on investment (Nicholls and others 2012). With nothing taken off and one year it is the plain calculator, uses ×
    price of one, that many calculators on the web add up. Missing where an input is missing. Works on columns.

    Misleading as precision: it is as good as the weakest share put in, and those are mostly judged, not measured. Worth is not money
    that anybody earned.

    Raises ValueError for a share that is not from 0 to 1.

    >>> adjusted_value(100, 8.0, deadweight=0.5, attribution=0.25)
    array(300.)
    """
    kept = [1 - np.asarray(share, dtype=float) for share in (deadweight, attribution, displacement)]
    if any(((part < 0) | (part > 1)).any() for part in kept):
        raise ValueError("Shares to take off: found one that is not from 0 to 1. Correct it.")
    return np.asarray(np.asarray(number, dtype=float) * np.asarray(unit_value, dtype=float) * kept[0] * kept[1] * kept[2] * years_worth(years, drop_off, rate))


def drawn_values(items: pd.DataFrame, rate: float, *, seed: int, draws: int = DRAWS) -> Numbers:
    """Return what each item may be worth, one row a draw, one column an item.

    items: one row an item, its name in the index; number, low, likely, high (value of one), deadweight, attribution,
    displacement, drop_off (shares 0-1), years. The value of one is drawn by `simulation.drawn` (PERT); where low or high is
    missing, the likely value stands on that side. A share that is missing was not considered, and is drawn evenly from 0 to
    1: that says no more than that nobody knows it. A drop-off counts only beyond one year. Everything else is `adjusted_value`.
    An item's draws hang on the seed and its name alone, not on the other items. Source: Metropolis and Ulam 1949 (the method of drawing).

    Misleading as a range that holds the truth: shares that are given are taken as exact, and items as independent of each
    other. When they are off together, the range of their sum is wider.

    Raises ValueError when low, likely and high are not in order, and as `adjusted_value` does.

    >>> items = pd.DataFrame({"number": [100.0], "low": [2.0], "likely": [3.0], "high": [4.0], "deadweight": [0.5], "attribution": [0.0],
    ...                       "displacement": [0.0], "drop_off": [None], "years": [1]}, index=["loans"])
    >>> round(float(drawn_values(items, 0.035, seed=1).mean()))
    150
    """
    columns = [_drawn(row, rate, seed, draws) for row in items.astype(float).itertuples()]
    return np.column_stack(columns) if columns else np.zeros((draws, 0))


def _drawn(row: object, rate: float, seed: int, draws: int) -> Numbers:
    low, high = (row.likely if np.isnan(end) else end for end in (row.low, row.high))
    label = str(row.Index)
    worth = simulation.drawn(low, row.likely, high, draws=draws, seed=seed, label=label)
    even = np.random.default_rng([seed, *label.encode(), 1]).random((len(SHARES), draws))  # a 0 would be the draws of `worth` where the label is short
    off = {name: even[place] if np.isnan(getattr(row, name)) else getattr(row, name) for place, name in enumerate(SHARES)}
    return adjusted_value(row.number, worth, **off, years=row.years, rate=rate)


def middle_range(draws: ArrayLike, share: float = 0.95) -> tuple[float, float, float]:
    """Return the ends between which the middle share of the draws lies, and their median: low, median, high; missing without draws.

    The quantiles (1 - share) / 2, 1/2 and 1 - (1 - share) / 2. Source: the percentile interval of simulation.

    Misleading when few draws were made: the ends then move from seed to seed.

    Raises ValueError for a share that is not between 0 and 1.

    >>> low, median, high = middle_range(range(101), 0.9)
    >>> round(low), round(median), round(high)
    (5, 50, 95)
    """
    if not 0 < share < 1:
        raise ValueError(f"Share: found {share:g}. It lies between 0 and 1. Correct it.")
    given = np.asarray(draws, dtype=float)
    if given.size == 0 or np.isnan(given).any():
        return np.nan, np.nan, np.nan
    low, median, high = np.quantile(given, [(1 - share) / 2, 0.5, (1 + share) / 2])
    return float(low), float(median), float(high)
