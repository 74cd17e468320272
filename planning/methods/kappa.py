"""How far readers who sorted the same items into categories agree beyond chance."""

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtri


class Kappa(NamedTuple):
    """Agreement of two readers: items, share agreed on, share that chance would give, kappa, the ends of its interval, its value without lopsidedness."""

    n: int
    agreed: float
    chance: float
    kappa: float
    low: float
    high: float
    adjusted: float


def cohens_kappa(table: ArrayLike, confidence: float = 0.95) -> Kappa:
    """Return Cohen's kappa of a square table of counts: one reader's categories in rows, the other's in columns.

    kappa = (p_o - p_e) / (1 - p_e), p_o the share agreed on, p_e the sum over categories of the two
    readers' shares multiplied: 1 full agreement, 0 what chance would give. Interval: kappa ± z times
    the large-sample standard error of Fleiss, Cohen and Everitt 1969, cut off at -1 and 1. adjusted =
    (k p_o - 1) / (k - 1) for k categories, what kappa would be if both readers used all categories
    alike often (Byrt, Bishop and Carlin 1993 for two categories; Brennan and Prediger 1981 for more).
    Source: Cohen 1960. Missing without items, or when both readers put all items into one category;
    adjusted is missing with one category.

    Misleading when one category takes nearly all items: kappa is then low though readers agree, and
    the adjusted value beside it says so. With fewer than about thirty items the interval is rough.

    Raises ValueError when the table is not square or a count is below zero.

    >>> found = cohens_kappa([[20, 5], [10, 15]])
    >>> round(found.agreed, 2), round(found.kappa, 2), round(found.low, 2), round(found.high, 2)
    (0.7, 0.4, 0.15, 0.65)
    """
    counts = np.asarray(table, dtype=float)
    if counts.ndim != 2 or counts.shape[0] != counts.shape[1] or (counts < 0).any():
        raise ValueError("Counts: found no square table of counts. Rows and columns are the same categories, each cell is 0 or more. Correct it.")
    n, k = counts.sum(), len(counts)
    if n == 0:
        return Kappa(0, *[float("nan")] * 6)
    shares = counts / n
    rows, columns = shares.sum(axis=1), shares.sum(axis=0)
    agreed, chance = float(np.trace(shares)), float(rows @ columns)
    adjusted = (k * agreed - 1) / (k - 1) if k > 1 else float("nan")
    if chance > 1 - 1e-12:
        return Kappa(int(n), agreed, chance, float("nan"), float("nan"), float("nan"), adjusted)
    kappa = (agreed - chance) / (1 - chance)
    reach = float(ndtri((1 + confidence) / 2)) * _standard_error(shares, agreed, chance, n)
    return Kappa(int(n), agreed, chance, kappa, max(kappa - reach, -1.0), min(kappa + reach, 1.0), adjusted)


def _standard_error(shares: NDArray[np.float64], agreed: float, chance: float, n: float) -> float:
    rows, columns, own = shares.sum(axis=1), shares.sum(axis=0), np.diag(shares)
    both = rows[:, None] + columns[None, :]
    on = (own * ((1 - chance) - np.diag(both) * (1 - agreed)) ** 2).sum()
    crossed = shares * (columns[:, None] + rows[None, :]) ** 2
    off = (1 - agreed) ** 2 * (crossed.sum() - np.trace(crossed))
    rest = (agreed * chance - 2 * chance + agreed) ** 2
    return float(np.sqrt(max(on + off - rest, 0.0) / n) / (1 - chance) ** 2)


def by_category(first: Sequence[Hashable], second: Sequence[Hashable]) -> pd.DataFrame:
    """Return for each category how far two readers agree on it, most used first: category, used (times, by both together), both, agreement.

    agreement (0-1) = 2 times the items that both put there, divided by the times that either did: how
    often the other reader goes along when one uses the category. Also called specific agreement.
    Source: Dice 1945; for readers, Cicchetti and Feinstein 1990.

    Misleading for a category used a handful of times: one item moves it by much.

    Raises ValueError when the two readers differ in length.

    >>> by_category(["a", "a", "b"], ["a", "b", "b"]).values.tolist()
    [['a', 3, 1, 0.6666666666666666], ['b', 3, 1, 0.6666666666666666]]
    """
    if len(first) != len(second):
        raise ValueError(f"Readers: found {len(first)} and {len(second)} items. Both read the same items. Match them by item first.")
    used, both = Counter([*first, *second]), Counter(one for one, other in zip(first, second) if one == other)
    rows = [[category, times, both[category], 2 * both[category] / times] for category, times in used.items()]
    found = pd.DataFrame(rows, columns=["category", "used", "both", "agreement"])
    return found.sort_values(["used", "category"], ascending=[False, True], ignore_index=True)


def alpha(items: Iterable[Sequence[Hashable | None]]) -> float:
    """Return Krippendorff's alpha for categories, up to 1: agreement beyond chance of any number of readers.

    Each item is the list of the categories that its readers gave, None where one gave none; items
    with fewer than two are left out. alpha = 1 - (observed disagreement / disagreement by chance),
    both counted over pairs of readings; each item's pairs weigh 1 / (its readings - 1). 1: full agreement,
    0: chance. Missing without pairs, or when all readings are one category. Source: Krippendorff 2004.

    Misleading when nearly all readings are of one category: a few others then decide it.

    >>> round(alpha([("a", "a", "a"), ("a", "b", None), ("b", "b", "b")]), 3)
    0.562
    """
    pairs: Counter[tuple[Hashable, Hashable]] = Counter()
    for item in items:
        given = Counter(one for one in item if one is not None)
        size = sum(given.values())
        if size > 1:
            for one, times in given.items():
                for other, more in given.items():
                    pairs[one, other] += times * (more - (one == other)) / (size - 1)
    totals: Counter[Hashable] = Counter()
    for (one, _), weight in pairs.items():
        totals[one] += weight
    n = sum(totals.values())
    expected = n * n - sum(total**2 for total in totals.values())
    observed = sum(weight for (one, other), weight in pairs.items() if one != other)
    return float(1 - (n - 1) * observed / expected) if expected > 1e-12 else float("nan")
