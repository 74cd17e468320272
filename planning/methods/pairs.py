"""How far the same people stand higher or lower the second time."""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.stats import rankdata, wilcoxon

from planning.methods import intervals

EXACT = 50


class Change(NamedTuple):
    """Pairs, how many rose, fell and stayed, the mean difference with its ends, chance (0 to 1) and effect (-1 to 1)."""

    n: int
    rose: int
    fell: int
    stayed: int
    mean: float
    low: float
    high: float
    chance: float
    effect: float


def change(before: ArrayLike, after: ArrayLike) -> Change:
    """Return how far people stand higher (above 0) or lower after than before, in the unit of the values.

    Each place is one person's two values; pairs with a gap are dropped. mean, low, high: mean of the
    differences with the 95 % interval of Student's t. chance: the two-sided Wilcoxon signed-rank test, which
    asks how often signs given by lot would tip the ranks as far. Differences of 0 are ranked with the others
    and then left out (Pratt 1959); ties share their mean rank. With up to 50 differences other than 0 all
    sign patterns are counted; above that the normal approximation is taken. effect: the matched-pairs rank-biserial correlation, (sum of ranks
    that rose - sum that fell) / their sum. 1 when nobody differs is no change: chance 1, effect 0.
    Sources: Wilcoxon 1945; Pratt 1959; King and Minium 2003, Kerby 2014 for the effect.

    Misleading as proof of a cause: people also change by themselves. When both were asked on one day, the
    first is a memory, which people shift to fit. The mean takes the steps of a scale as equally wide.

    Raises ValueError when the two sides differ in length.

    >>> found = change([1, 2, 2, 3, 1, 2], [3, 3, 2, 4, 2, 4])
    >>> found.n, found.rose, found.fell, found.stayed, round(found.mean, 2), found.chance, found.effect
    (6, 5, 0, 1, 1.17, 0.0625, 1.0)
    """
    first, second = np.asarray(before, dtype=float), np.asarray(after, dtype=float)
    if first.shape != second.shape:
        raise ValueError(f"Pairs: found {first.size} and {second.size} values. Each pair is one person's. Match them by person first.")
    apart = second - first
    apart = apart[~np.isnan(apart)]
    moved = apart[apart != 0]
    mean = intervals.mean_interval(apart)
    if not moved.size:
        return Change(apart.size, 0, 0, apart.size, *mean, 1.0 if apart.size else float("nan"), 0.0 if apart.size else float("nan"))
    ranks = rankdata(np.abs(apart))
    up, down = ranks[apart > 0].sum(), ranks[apart < 0].sum()
    return Change(apart.size, int((apart > 0).sum()), int((apart < 0).sum()), apart.size - moved.size, *mean, _chance(apart, ranks), float((up - down) / (up + down)))


def _chance(apart: NDArray[np.float64], ranks: NDArray[np.float64]) -> float:
    moved = apart != 0
    if moved.sum() > EXACT:
        return float(wilcoxon(apart, zero_method="pratt", method="asymptotic").pvalue)
    # Twice the ranks are whole numbers, ties or not. times[s]: how many sign patterns give the rising ones the sum s.
    whole = np.rint(2 * ranks[moved]).astype(int)
    times = np.ones(1)
    for rank in whole:
        times = np.append(times, np.zeros(rank)) + np.append(np.zeros(rank), times)
    rose = whole[apart[moved] > 0].sum()
    return float(min(2 * min(times[: rose + 1].sum(), times[rose:].sum()) / times.sum(), 1.0))
