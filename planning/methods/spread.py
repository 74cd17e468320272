"""How far answers on a scale lie together, and whether they part into two camps."""

from __future__ import annotations

from functools import lru_cache
from itertools import combinations
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.stats import chi2

APART, FEWEST_SHARE, DRAWS, SEED = 0.5, 0.2, 10_000, 20240229


class Camps(NamedTuple):
    """The two sides into which answers part best: sizes and means, the share of the spread between them, and whether they are camps."""

    low_n: int
    low_mean: float
    high_n: int
    high_mean: float
    explained: float
    camps: bool


def ordered_agreement(counts: ArrayLike) -> float:
    """Return van der Eijk's A, -1 to 1: how far answers on an ordered scale lie together, from how many chose each step.

    1: all on one step. 0: as many on each step. -1: half on each end. The counts are cut into layers, in each of
    which a step is used or not. A layer with S of K steps used has U (1 - (S - 1) / (K - 1)), where U looks at all
    threes of steps: TU of the kinds used-used-not and not-used-used, TDU of the kind used-not-used, and
    U = ((K - 2) TU - (K - 1) TDU) / ((K - 2) (TU + TDU)); U is 1 with one step used, and a layer with all steps used is 0.
    A is the mean of the layers, each by its number of answers. Missing without answers. Source: van der Eijk 2001.

    Misleading with a handful of answers, and between scales of different length. It looks at the order of
    the steps only, so it does not say what people chose.

    Raises ValueError with fewer than three steps or a count below 0.

    >>> round(ordered_agreement([0, 0, 1, 8, 1]), 2), ordered_agreement([4, 4, 4, 4, 4]), ordered_agreement([5, 0, 0, 0, 5])
    (0.85, 0.0, -1.0)
    """
    left = np.asarray(counts, dtype=float).copy()
    if left.size < 3 or (left < 0).any():
        raise ValueError(f"Counts: found {left.size} steps, the least {left.min(initial=0):g}. Three steps or more are needed, each 0 or more. Correct them.")
    if not left.sum():
        return float("nan")
    everyone, total = left.sum(), 0.0
    while (left > 1e-9).any():
        used = left > 1e-9
        height = left[used].min()
        total += _layer(tuple(used)) * height * used.sum() / everyone
        left[used] -= height
    return float(round(total, 12) + 0.0)


@lru_cache(maxsize=1024)
def _layer(used: tuple[bool, ...]) -> float:
    steps, full = len(used), sum(used)
    if full in (1, steps):
        return 1.0 if full == 1 else 0.0
    threes = list(combinations(used, 3))
    together = sum(three in ((True, True, False), (False, True, True)) for three in threes)
    parted = sum(three == (True, False, True) for three in threes)
    unimodal = ((steps - 2) * together - (steps - 1) * parted) / ((steps - 2) * (together + parted))
    return unimodal * (1 - (full - 1) / (steps - 1))


def mean_distance(values: ArrayLike, reach: float) -> float:
    """Return how far two people lie apart on average, 0 to 1: 0 all alike, 1 half of them on each end of a scale of length `reach`.

    The mean of |x - y| over all pairs (Gini's mean difference), divided by what it would be with half of the
    people on each end. Missing values are dropped; missing with fewer than two, or where `reach` is not above 0.

    Misleading between scales of different length or forms of question: it ranks the items of one question.

    >>> mean_distance([1, 1, 5, 5], 4), mean_distance([3, 3, 3], 4), round(mean_distance([1, 2, 3, 4, 5], 4), 2)
    (1.0, 0.0, 0.83)
    """
    ordered = np.sort(_present(values))
    n = ordered.size
    if n < 2 or not reach > 0:
        return float("nan")
    between = 2 * (ordered * (2 * np.arange(1, n + 1) - n - 1)).sum()
    return float(min(between / (2 * reach * (n // 2) * (n - n // 2)), 1.0))


def concordance_chance(w: float, *, raters: int, items: int) -> float:
    """Return how often raters who have no order in mind would agree as far as Kendall's W or further, 0 to 1.

    m (n - 1) W of m raters and n items against chi-squared with n - 1 degrees of freedom, as in Friedman's test. Source: Kendall and
    Babington Smith 1939; Friedman 1937.

    Misleading with fewer than about seven items and few raters, where the approximation is rough; and a W that chance does not
    explain can still be low.

    Raises ValueError when W is outside 0 to 1, or with fewer than two raters or items.

    >>> round(concordance_chance(0.5, raters=10, items=4), 4)
    0.0018
    """
    if not 0 <= w <= 1 or min(raters, items) < 2:
        raise ValueError(f"Kendall's W: found {w:g} of {raters} raters and {items} items. It lies from 0 to 1 and needs two of both. Pass the result of kendalls_w.")
    return float(chi2.sf(raters * (items - 1) * w, items - 1))


def camps(values: ArrayLike, *, reach: float, steps: int = 0, top: float = 0.0, fewest: int = 3, chance: float = 0.05) -> Camps:
    """Return the two sides into which answers part best, and whether they are two camps.

    Of all cuts that leave at least `fewest` people and a fifth of them on either side, the one that leaves the
    least spread within the sides (k-means with k = 2 on a line, exact). explained: 1 - spread within / spread of all.
    camps: the means lie apart by half of `reach` (the length of the scale) or more, and `explained` is higher than all
    but the share `chance` of 10,000 draws give in which as many people answer at random, each place of the scale as
    likely (`steps` places, 0: any number; `top`: the share of people drawn who stand on the upper end whatever else, where the question
    makes some do so; the draws have a seed). Answers around one middle give less than such draws.

    Misleading when there are three camps, and with few people: then only very clear camps are told from chance.
    With several items, divide `chance` by their number.

    Raises ValueError when `chance` is not between 0 and 1.

    >>> camps([1, 1, 2, 1, 2, 5, 5, 4, 5, 5], reach=4, steps=5)
    Camps(low_n=5, low_mean=1.4, high_n=5, high_mean=4.8, explained=0.9352750809061489, camps=True)
    """
    if not 0 < chance < 1:
        raise ValueError(f"Chance: found {chance:g}. It lies between 0 and 1. Correct it.")
    ordered = np.sort(_present(values))
    n, least = ordered.size, max(fewest, int(np.ceil(FEWEST_SHARE * ordered.size)), 1)
    if n < 2 * least:
        return Camps(0, float("nan"), n, float(ordered.mean()) if n else float("nan"), float("nan"), False)
    share, cut = (float(found[0]) for found in _parted(ordered[None, :], least))
    low, high = ordered[: int(cut)], ordered[int(cut):]
    far = reach > 0 and high.mean() - low.mean() >= APART * reach - 1e-9
    clear = far and share > _by_chance(n, least, steps, round(top, 6), round(chance, 6))
    return Camps(low.size, float(low.mean()), high.size, float(high.mean()), share, bool(clear))


def _parted(ordered: NDArray[np.float64], least: int) -> tuple[NDArray[np.float64], NDArray[np.int_]]:
    """For each row of ordered values the share of the spread that its best cut explains, and the size of the lower side."""
    n = ordered.shape[1]
    sizes = np.arange(least, n - least + 1)
    sums = ordered.cumsum(axis=1)
    low, everyone = sums[:, sizes - 1], sums[:, -1:]
    between = low**2 / sizes + (everyone - low) ** 2 / (n - sizes) - everyone**2 / n
    spread = (ordered**2).sum(axis=1) - everyone[:, 0] ** 2 / n
    tied = ordered[:, sizes - 1] == ordered[:, np.minimum(sizes, n - 1)]
    best = np.where(tied, -1.0, between).round(9).argmax(axis=1)
    told = np.where(tied, 0.0, between)[np.arange(len(ordered)), best]
    return np.divide(told, spread, out=np.zeros_like(spread), where=spread > 1e-9), sizes[best]


@lru_cache(maxsize=512)
def _by_chance(n: int, least: int, steps: int, top: float, chance: float) -> float:
    return float(np.quantile(_drawn(n, least, steps, top), 1 - chance))


@lru_cache(maxsize=128)
def _drawn(n: int, least: int, steps: int, top: float) -> NDArray[np.float64]:
    draws = np.random.default_rng(SEED)
    answers = draws.integers(0, steps, (DRAWS, n)).astype(float) if steps else draws.random((DRAWS, n))
    answers[draws.random(answers.shape) < top] = max(steps - 1, 1)
    return _parted(np.sort(answers, axis=1), least)[0]


def _present(values: ArrayLike) -> NDArray[np.float64]:
    numbers = np.asarray(values, dtype=float)
    return numbers[~np.isnan(numbers)]
