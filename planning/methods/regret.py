"""What each option loses in each future against the best one there."""

from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike


class Regret(NamedTuple):
    """Regret by option and future, each option's largest regret, and the options where it is smallest."""

    table: pd.DataFrame
    largest: pd.Series
    minimax: tuple[object, ...]


def regret(values: ArrayLike | pd.DataFrame) -> Regret:
    """Return the regret of each option (row) in each future (column), in the unit of the values.

    Regret: the best value in that future minus the option's own; more is better in `values`.
    largest: each option's largest regret over the futures. minimax: the labels of the options
    whose largest regret is smallest; more than one when they tie. A missing value makes its own
    regret and the option's largest regret missing; such an option cannot be minimax.
    Source: Savage 1951.

    Misleading when one unlikely future decides everything, and when an option that nobody would
    take is in the table: it can change which other one is minimax.

    >>> futures = {"rise": [-4, -2, 3], "still": [4, 3, 2], "fall": [12, 8, 1]}
    >>> found = regret(pd.DataFrame(futures, index=["A", "B", "C"]))
    >>> found.largest.to_dict(), found.minimax
    ({'A': 7.0, 'B': 5.0, 'C': 11.0}, ('B',))
    """
    table = pd.DataFrame(values).astype(float)
    lost = table.max() - table
    largest = lost.max(axis="columns", skipna=False)
    least = largest.index[np.isclose(largest, largest.min())] if largest.notna().any() else []
    return Regret(lost, largest, tuple(least))


def good_enough_share(values: ArrayLike | pd.DataFrame, threshold: float | pd.Series) -> pd.Series:
    """Return for each option (row) the share of futures (columns), 0 to 1, in which it is good enough.

    Good enough: the value is at or above the threshold, one for all futures or one for each (a
    Series by future). An option with a missing value has a missing share. Source: Starr 1963.

    Misleading when the futures are not equally likely, or are many versions of one story: each
    counts the same here.

    >>> good_enough_share([[3, 5, 1], [4, 4, 4]], threshold=3).round(2).tolist()
    [0.67, 1.0]
    """
    table = pd.DataFrame(values).astype(float)
    return table.ge(threshold, axis="columns").mean(axis="columns").where(table.notna().all(axis="columns"))


class Expected(NamedTuple):
    """Each option's expected regret, the options where it is smallest, and the value of perfect information."""

    regret: pd.Series
    best: tuple[object, ...]
    information: float


def expected(values: ArrayLike | pd.DataFrame, chances: ArrayLike | pd.Series) -> Expected:
    """Return what each option (row) loses on average over the futures (columns), and what knowing the future would be worth.

    regret: sum over futures of chance times regret. best: the options where it is smallest, which
    are those of the greatest expected value. information: the expected value of perfect information,
    E[max] - max E, and so the smallest expected regret. Chances are shares that add up to 1; a
    Series is matched to the columns by name. A missing value makes the option's figure missing.
    Source: Raiffa 1968.

    Misleading when the chances are guesses that nobody would bet on: look at the largest regret
    beside it. Information is worth this much only if it comes in time to act on it, and is certain.

    Raises ValueError when a chance is missing or below 0, or when they do not add up to 1.

    >>> found = expected(pd.DataFrame({"rise": [30.0, 10.0], "fall": [-10.0, 10.0]}, index=["A", "B"]), [0.4, 0.6])
    >>> found.regret.round(6).to_dict(), found.best, round(found.information, 6)
    ({'A': 12.0, 'B': 8.0}, ('B',), 8.0)
    """
    table = pd.DataFrame(values).astype(float)
    given = chances.reindex(table.columns) if isinstance(chances, pd.Series) else chances
    shares = np.asarray(given, dtype=float)
    if shares.shape != (table.shape[1],) or not (shares >= 0).all() or abs(shares.sum() - 1) > 0.005:
        raise ValueError(f"Chances: found {', '.join(f'{share:g}' for share in shares)}. Each future needs one, from 0, and they add up to 1. Correct them.")
    lost = pd.Series((table.max() - table).to_numpy() @ shares, index=table.index)
    best = lost.index[np.isclose(lost, lost.min())] if lost.notna().any() else []
    return Expected(lost, tuple(best), float(lost.min()))
