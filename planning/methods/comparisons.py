"""Whether two groups differ by more than chance, also when several differences are looked at together."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy.stats import fisher_exact, kruskal, mannwhitneyu

from planning.methods import intervals


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
    given = _chances(chances)
    order = np.argsort(given)[: np.count_nonzero(~np.isnan(given))]
    found = np.full(given.shape, np.nan)
    found[order] = np.minimum(np.maximum.accumulate(given[order] * np.arange(order.size, 0, -1)), 1.0)
    return pd.Series(found, index=chances.index) if isinstance(chances, pd.Series) else found


class Several(NamedTuple):
    """How often chance alone would part groups so far (0 to 1), and how much of the order the groups explain (0 to 1)."""

    chance: float
    epsilon: float


def rank_test_of_several(groups: Sequence[ArrayLike]) -> Several:
    """Return how often chance alone would part several groups at least as far, 0 to 1, with epsilon squared, 0 to 1.

    The Kruskal-Wallis test, corrected for ties; epsilon squared = H / (n - 1): 0, the groups tell nothing of
    a value's place in the order; 1, everything. Missing values are dropped, and so are groups left empty;
    missing with fewer than two groups, and chance 1 when all values are equal. Sources: Kruskal and Wallis
    1952, as computed by scipy; Kelley 1935 for epsilon squared.

    Misleading as a hint at which group differs: it says only that they are not all alike. With groups of
    fewer than five the chance is rough.

    >>> found = rank_test_of_several([[1, 2, 2, 1], [3, 3, 4, 3], [5, 4, 5, 5]])
    >>> round(found.chance, 3), round(found.epsilon, 2)
    (0.007, 0.9)
    """
    sides = [numbers[~np.isnan(numbers)] for numbers in (np.asarray(side, dtype=float) for side in groups)]
    sides = [side for side in sides if side.size]
    if len(sides) < 2:
        return Several(float("nan"), float("nan"))
    values = np.concatenate(sides)
    if np.unique(values).size == 1:
        return Several(1.0, 0.0)
    found = kruskal(*sides)
    return Several(float(found.pvalue), float(found.statistic / (values.size - 1)))


def epsilon_words(epsilon: float) -> str:
    """Return the size of an epsilon squared in a word: negligible, small, medium, large, or not known.

    Under .01 negligible, under .06 small, under .14 medium, from there large: the habit of research for
    shares of variance (Cohen 1988). A missing one is "not known".

    Misleading as a verdict: a small difference can matter, and with few values a large one can be chance.

    >>> epsilon_words(0.08)
    'medium'
    """
    if np.isnan(epsilon):
        return "not known"
    return ("negligible", "small", "medium", "large")[int(np.searchsorted((0.01, 0.06, 0.14), epsilon, side="right"))]


def exact_test(table: ArrayLike) -> float:
    """Return how often chance alone would make a table of two rows and two columns at least as uneven, 0 to 1.

    Fisher's exact test, two-sided: with the totals held, all tables that are no more likely than this one are
    added up. It holds for any size, so it suits a yes or no from a few dozen people. Missing when a row is
    empty, and 1 when a column is. Source: Fisher 1935, as computed by scipy.

    Misleading when totals were not fixed beforehand: then it is strict, and finds somewhat less than there is.

    Raises ValueError when the table is not two by two or a count is below zero.

    >>> round(exact_test([[8, 2], [1, 9]]), 4)
    0.0055
    """
    counts = np.asarray(table, dtype=float)
    if counts.shape != (2, 2) or (counts < 0).any():
        raise ValueError("Counts: found no table of two rows and two columns of counts. Each cell is 0 or more. Correct it.")
    if (counts.sum(axis=1) == 0).any():
        return float("nan")
    return float(fisher_exact(counts).pvalue)


def share_difference(hits: int, n: int, other_hits: int, other_n: int, confidence: float = 0.95) -> tuple[float, float, float]:
    """Return share minus other share, -1 to 1, with the low and the high end of its interval.

    d = p - q; low = d - sqrt((p - low of p)^2 + (high of q - q)^2), high the other way round, with the Wilson
    ends of each share. The two sides are different people. Missing where a side has nobody. Source: Newcombe
    1998, method 10.

    Misleading when the same people stand on both sides: then use their differences.

    Raises ValueError when hits lie outside 0 to n.

    >>> [round(end, 3) for end in share_difference(30, 50, 20, 50)]
    [0.2, 0.005, 0.375]
    """
    (low, high), (other_low, other_high) = intervals.wilson(hits, n, confidence), intervals.wilson(other_hits, other_n, confidence)
    if not (n > 0 and other_n > 0):
        return float("nan"), float("nan"), float("nan")
    share, other = hits / n, other_hits / other_n
    below, above = np.hypot(share - low, other_high - other), np.hypot(high - share, other - other_low)
    return share - other, float(share - other - below), float(share - other + above)


def benjamini_hochberg(chances: ArrayLike | pd.Series) -> pd.Series | NDArray[np.float64]:
    """Return p-values corrected so that few of those called different are so by chance, 0 to 1.

    The largest of m is left as it is, the one before is multiplied by m / (m - 1), and so on down to the
    smallest times m; none may come out larger than the one after. Of those under .05, at most one in twenty
    is then expected to be chance, where `holm` allows hardly any. Missing ones stay missing and are not
    counted. A Series keeps its labels. Source: Benjamini and Hochberg 1995.

    Misleading when a single mistake is dear: then use `holm`. And when comparisons were made and not given.

    Raises ValueError when a p-value lies outside 0 to 1.

    >>> benjamini_hochberg([0.01, 0.04, 0.03]).round(3).tolist()
    [0.03, 0.04, 0.04]
    """
    given = _chances(chances)
    order = np.argsort(given)[: np.count_nonzero(~np.isnan(given))]
    scaled = given[order] * order.size / np.arange(1, order.size + 1)
    found = np.full(given.shape, np.nan)
    found[order] = np.minimum(np.minimum.accumulate(scaled[::-1])[::-1], 1.0)
    return pd.Series(found, index=chances.index) if isinstance(chances, pd.Series) else found


def _chances(chances: ArrayLike | pd.Series) -> NDArray[np.float64]:
    given = np.asarray(chances, dtype=float)
    outside = given[(given < 0) | (given > 1)]
    if outside.size:
        raise ValueError(f"P-values: found {outside[0]:g}. A p-value lies from 0 to 1. Pass the results of a test.")
    return given
