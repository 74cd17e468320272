"""How far two groups differ, how far raters agree, and into which two sides they part."""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.stats import kendalltau, rankdata

NEGLIGIBLE, SMALL, MEDIUM = 0.147, 0.33, 0.474


class Sides(NamedTuple):
    """The two sides of the widest gap: size and mean of the smaller one, mean of the larger one, and whether they are camps."""

    few: int
    few_mean: float
    many_mean: float
    camps: bool


def cliffs_delta(x: ArrayLike, y: ArrayLike) -> float:
    """Return Cliff's delta, -1 to 1: how much more often a value of x is above one of y than below.

    delta = (pairs with x > y - pairs with x < y) / all pairs. 1: every x is above every y;
    0: neither side is higher. Needs only an order, so it suits ratings. Missing values are
    dropped; the result is missing when a side is empty. Source: Cliff 1993.

    Misleading when the groups are small: give the sizes, or an interval of the mean difference.
    It says how consistent a difference is, not how large it is in points.

    >>> cliffs_delta([4, 5, 5, 5], [1, 2, 5, 4])
    0.625
    """
    left, right = _present(x), np.sort(_present(y))
    if not (left.size and right.size):
        return float("nan")
    above = np.searchsorted(right, left, side="left").sum()
    below = right.size * left.size - np.searchsorted(right, left, side="right").sum()
    return float((above - below) / (left.size * right.size))


def delta_words(delta: float) -> str:
    """Return the size of a Cliff's delta in a word: negligible, small, medium, large, or not known.

    By its distance from 0: under .147 negligible, under .33 small, under .474 medium, from there
    large (Romano and others 2006). A missing delta is "not known".

    Misleading as a verdict: the limits are a habit of research, and a small difference can matter.

    Raises ValueError when delta is outside -1 to 1.

    >>> delta_words(-0.4)
    'medium'
    """
    if np.isnan(delta):
        return "not known"
    if abs(delta) > 1:
        raise ValueError(f"Cliff's delta: found {delta:g}. It lies from -1 to 1. Pass the result of cliffs_delta.")
    words = ("negligible", "small", "medium", "large")
    return words[int(np.searchsorted((NEGLIGIBLE, SMALL, MEDIUM), abs(delta), side="right"))]


def rank_agreement(x: ArrayLike, y: ArrayLike) -> float:
    """Return Kendall's tau-b between two sets of scores of the same items, -1 to 1.

    1: the same order; -1: the opposite order; 0: no agreement. Ties are allowed for. Items
    missing on a side are left out. The result is missing with fewer than two items, or when a
    side puts all items level. Source: Kendall 1945, as computed by scipy.

    Misleading with few items: with four, one swap moves it by a third.

    Raises ValueError when the two sides differ in length.

    >>> round(rank_agreement([1, 2, 3, 4], [1, 3, 2, 4]), 3)
    0.667
    """
    left, right = np.asarray(x, dtype=float), np.asarray(y, dtype=float)
    if left.shape != right.shape:
        raise ValueError(
            f"Scores: found {left.size} and {right.size}. Both sides score the same items. Match them by item first."
        )
    both = ~(np.isnan(left) | np.isnan(right))
    if both.sum() < 2:
        return float("nan")
    return float(kendalltau(left[both], right[both]).statistic)


def kendalls_w(ranks: ArrayLike) -> float:
    """Return Kendall's W, 0 to 1: how far raters (rows) agree on the order of items (columns).

    W = 12 S / (m^2 (n^3 - n) - m T) for m raters and n items, where S is the sum of squared
    distances of the items' rank sums from their mean and T is the sum of t^3 - t over each
    rater's groups of t tied items. Scores may be given in place of ranks: each row is ranked
    here, ties at their mean rank. A rater with a gap is left out. The result is missing with
    fewer than two raters or items, or when nobody tells items apart.
    Source: Kendall and Babington Smith 1939.

    Misleading when read as agreement on how good the items are: raters who agree on the order
    may still score far apart. A low W can also hide two groups that each agree within themselves.

    >>> kendalls_w([[1, 2, 3], [1, 2, 3], [1, 3, 2]])
    0.7777777777777778
    """
    table = np.asarray(ranks, dtype=float)
    complete = table[~np.isnan(table).any(axis=1)]
    raters, items = complete.shape
    if raters < 2 or items < 2:
        return float("nan")
    ranked = rankdata(complete, axis=1)
    sums = ranked.sum(axis=0)
    spread = ((sums - sums.mean()) ** 2).sum()
    ties = sum(_tie_term(row) for row in ranked)
    most = raters**2 * (items**3 - items) - raters * ties
    return float(12 * spread / most) if most > 0 else float("nan")


def sides(values: ArrayLike, *, apart: float) -> Sides:
    """Return the two sides into which the widest gap between neighbouring values parts them.

    Of equal gaps the lowest, of equal sides the lower one is the smaller. camps: both sides hold at
    least two, and the gap is `apart` or wider and at least half of the whole range. Values without a
    gap have one side only: few is 0 and its mean missing. Missing values are dropped.

    Misleading with a handful of values, where any of them can make the gap, and when there are
    three camps: only the widest gap is looked at.

    >>> sides([1, 2, 7, 9, 8], apart=3)
    Sides(few=2, few_mean=1.5, many_mean=8.0, camps=True)
    """
    ordered = np.sort(_present(values))
    gaps = np.diff(ordered)
    if not gaps.size or gaps.max() < 1e-9:
        return Sides(0, float("nan"), float(ordered.mean()) if ordered.size else float("nan"), False)
    few, many = sorted(np.split(ordered, [int(gaps.argmax()) + 1]), key=len)
    camps = len(few) > 1 and gaps.max() >= max(apart, (ordered[-1] - ordered[0]) / 2) - 1e-9
    return Sides(len(few), float(few.mean()), float(many.mean()), bool(camps))


def _tie_term(row: NDArray[np.float64]) -> float:
    sizes = np.unique(row, return_counts=True)[1]
    return float((sizes**3 - sizes).sum())


def _present(values: ArrayLike) -> NDArray[np.float64]:
    numbers = np.asarray(values, dtype=float)
    return numbers[~np.isnan(numbers)]
