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
