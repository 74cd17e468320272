"""Whether two groups differ by more than chance, also when several differences are looked at together."""

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy.stats import mannwhitneyu


def rank_test(x: ArrayLike, y: ArrayLike) -> float:
    """Return how often chance alone would part two groups at least as far as this, 0 to 1 (a p-value).

    The two-sided Mann-Whitney test with its normal approximation, corrected for ties and continuity:
    it looks only at which of two values is the higher, so it suits ratings. Missing values are
    dropped; missing when a side is empty, and 1 when all values are equal.
    Source: Mann and Whitney 1947, as computed by scipy.

    Misleading with fewer than about five values a side, and as a measure of size: with many values
    a tiny difference is rarely chance. Give the difference with its interval beside it.

    >>> round(rank_test([4, 5, 5, 4, 5, 4], [2, 3, 2, 3, 1, 2]), 3)
    0.004
    """
    sides = [numbers[~np.isnan(numbers)] for numbers in (np.asarray(side, dtype=float) for side in (x, y))]
    if not all(side.size for side in sides):
        return float("nan")
    if np.unique(np.concatenate(sides)).size == 1:
        return 1.0
    return float(mannwhitneyu(*sides, alternative="two-sided", method="asymptotic").pvalue)


def holm(chances: ArrayLike | pd.Series) -> pd.Series | NDArray[np.float64]:
    """Return p-values corrected for the number of comparisons made together, 0 to 1.

    The smallest of m is multiplied by m, the next by m - 1, and so on; none may come out smaller than
    the one before, or above 1. Calling those under .05 different then goes wrong, anywhere among
    them, in at most one of twenty such sets. Missing ones stay missing and are not counted. A
    Series keeps its labels. Source: Holm 1979.

    Misleading when comparisons were made and not given: all that were looked at count.

    Raises ValueError when a p-value lies outside 0 to 1.

    >>> holm([0.01, 0.04, 0.03]).round(2).tolist()
    [0.03, 0.06, 0.06]
    """
    given = np.asarray(chances, dtype=float)
    outside = given[(given < 0) | (given > 1)]
    if outside.size:
        raise ValueError(f"P-values: found {outside[0]:g}. A p-value lies from 0 to 1. Pass the results of a test.")
    order = np.argsort(given)[: np.count_nonzero(~np.isnan(given))]
    found = np.full(given.shape, np.nan)
    found[order] = np.minimum(np.maximum.accumulate(given[order] * np.arange(order.size, 0, -1)), 1.0)
    return pd.Series(found, index=chances.index) if isinstance(chances, pd.Series) else found
