"""Ranges around shares, means, promoter scores and quadrants."""

from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtr, ndtri, stdtrit

QUADRANTS = ("concentrate here", "keep up", "low priority", "possible overkill")


class Difference(NamedTuple):
    """A difference of two means with the ends of its interval."""

    difference: float
    low: float
    high: float


class Mean(NamedTuple):
    """A mean with the ends of its interval."""

    mean: float
    low: float
    high: float


class PromoterScore(NamedTuple):
    """A promoter score with its margin, the ends of its interval and the number of answers."""

    score: float
    margin: float
    low: float
    high: float
    n: int


def wilson(
    successes: ArrayLike, n: ArrayLike, confidence: float = 0.95
) -> tuple[float, float] | tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the low and high end of the Wilson interval of a share, 0 to 1.

    (p + z^2/2n ± z sqrt(p(1 - p)/n + z^2/4n^2)) / (1 + z^2/n). Works on single numbers and on
    whole columns. n may be an effective sample size, so it need not be whole. Missing where n is
    0 or missing. Source: Wilson 1927.

    Misleading when those who answered were not drawn by chance: the interval holds only the error
    of chance, not who stayed away.

    Raises ValueError when successes lie outside 0 to n.

    >>> low, high = wilson(81, 263)
    >>> round(low, 4), round(high, 4)
    (0.2553, 0.3662)
    """
    hits, size = np.asarray(successes, dtype=float), np.asarray(n, dtype=float)
    if (hits < 0).any() or (hits > size).any():
        raise ValueError("Successes: found one below 0 or above n. Successes lie from 0 to n. Check both columns.")
    size = np.where(size > 0, size, np.nan)
    share, z = hits / size, _z(confidence)
    middle = share + z**2 / (2 * size)
    reach = z * np.sqrt(share * (1 - share) / size + z**2 / (4 * size**2))
    whole = 1 + z**2 / size
    # At the ends rounding would leave 0 or 1 itself outside its own interval.
    low, high = np.where(share <= 0, 0.0, np.clip((middle - reach) / whole, 0, 1)), np.where(share >= 1, 1.0, np.clip((middle + reach) / whole, 0, 1))
    return (float(low), float(high)) if low.ndim == 0 else (low, high)


def mean_interval(values: ArrayLike, confidence: float = 0.95) -> Mean:
    """Return the mean of the values with the ends of its interval, in their unit.

    mean ± t s / sqrt(n), with Student's t at n - 1 degrees of freedom. Missing values are
    dropped. Fewer than two values give no ends. For pairs (before and after) pass the
    differences. Source: Student 1908.

    Misleading with few values and a long tail, and close to the end of a rating scale, where an
    end of the interval can lie beyond the scale.

    >>> [round(end, 2) for end in mean_interval([3, 4, 5, 4])]
    [4.0, 2.7, 5.3]
    """
    numbers = _present(values)
    if numbers.size == 0:
        return Mean(np.nan, np.nan, np.nan)
    mean = float(numbers.mean())
    if numbers.size < 2:
        return Mean(mean, np.nan, np.nan)
    t = stdtrit(numbers.size - 1, (1 + _checked(confidence)) / 2)
    reach = float(t * numbers.std(ddof=1) / np.sqrt(numbers.size))
    return Mean(mean, mean - reach, mean + reach)


def mean_difference(
    x: ArrayLike, y: ArrayLike, *, draws: int = 10_000, seed: int = 0, confidence: float = 0.95
) -> Difference:
    """Return mean of x minus mean of y with the ends of its interval, in their unit.

    The ends are bootstrap percentiles, widened for small groups: each side is drawn anew with
    replacement `draws` times; its means are moved apart by the root of n / (n - 1); and the tails
    cut off are those that Student's t, with Welch's degrees of freedom, would leave beyond the
    normal limits. The two sides are different people; for pairs use mean_interval on the
    differences. Missing values are dropped. No ends with fewer than two values on a side, or when
    neither side varies. Source: Efron 1979, widened after the expanded percentile interval of
    Hesterberg 2015; Welch 1947.

    Misleading when all on the smaller side gave the same value: they are then taken for certain,
    and the interval comes out too narrow. With five values on a side it held the truth in 91 of
    100 simulated surveys, not in 95.

    >>> found = mean_difference([5, 4, 5, 4], [2, 3, 2, 3], draws=500, seed=1)
    >>> found.difference, found.low > 0
    (2.0, True)
    """
    left, right = _present(x), _present(y)
    if not (left.size and right.size):
        return Difference(np.nan, np.nan, np.nan)
    difference = float(left.mean() - right.mean())
    tail = _small_tail(left, right, _checked(confidence)) if min(left.size, right.size) > 1 else np.nan
    if np.isnan(tail):
        return Difference(difference, np.nan, np.nan)
    chance = np.random.default_rng(seed)
    wide = [np.sqrt(side.size / (side.size - 1)) * (_drawn_means(side, draws, chance) - side.mean()) for side in (left, right)]
    low, high = np.quantile(difference + wide[0] - wide[1], [tail, 1 - tail])
    return Difference(difference, float(low), float(high))


def _small_tail(left: NDArray[np.float64], right: NDArray[np.float64], confidence: float) -> float:
    """The share to cut off each end, smaller for small groups; missing when neither side varies."""
    parts = np.array([side.var(ddof=1) / side.size for side in (left, right)])
    if parts.sum() == 0:
        return float("nan")
    freedom = parts.sum() ** 2 / (parts**2 / np.array([left.size - 1, right.size - 1])).sum()
    return float(ndtr(stdtrit(freedom, (1 - confidence) / 2)))


def promoter_score(answers: ArrayLike, confidence: float = 0.95) -> PromoterScore:
    """Return the promoter score of answers from 0 to 10, with its margin: score -100 to 100.

    score = 100 (p - d), p the share of answers 9 and 10, d the share of 0 to 6. For the interval
    three answers are added, a quarter of each to the two outer classes and half to the middle one:
    with p, d and n after that, its middle is 100 (p - d) and the margin on either side
    100 z sqrt((p + d - (p - d)^2) / n). The ends stop at -100 and 100. Missing answers are dropped;
    fewer than two answers give no margin. Source: the adjusted Wald interval, best of six in Rocks
    2016; without the three answers, twenty answers of which most are 9 or 10 hold the truth in 84 of 100.

    Misleading with few answers: two rooms of thirty can differ by 30 points by chance. The score does
    not stand in the middle of its interval.

    Raises ValueError when an answer lies outside 0 to 10.

    >>> found = promoter_score([10, 9, 9, 8, 7, 6, 3, 10])
    >>> found.score, round(found.low, 1), round(found.high, 1), found.n
    (25.0, -29.4, 65.8, 8)
    """
    given = _present(answers)
    outside = given[(given < 0) | (given > 10)]
    if outside.size:
        raise ValueError(f"Answers: found {outside[0]:g}. An answer lies from 0 to 10. Correct or drop it.")
    n = given.size
    if n == 0:
        return PromoterScore(np.nan, np.nan, np.nan, np.nan, 0)
    promoters, detractors = int((given >= 9).sum()), int((given <= 6).sum())
    score = 100 * (promoters - detractors) / n
    if n < 2:
        return PromoterScore(score, np.nan, np.nan, np.nan, n)
    middle = (promoters - detractors) / (n + 3)
    margin = float(100 * _z(confidence) * np.sqrt(((promoters + detractors + 1.5) / (n + 3) - middle**2) / (n + 3)))
    return PromoterScore(score, margin, max(100 * middle - margin, -100.0), min(100 * middle + margin, 100.0), n)


def bootstrap_quadrants(
    importance: ArrayLike,
    performance: ArrayLike,
    *,
    importance_cut: float,
    performance_cut: float,
    draws: int = 2000,
    seed: int = 0,
) -> pd.Series:
    """Return the share of draws, 0 to 1, in which one item falls in each of four quadrants.

    Each pair is one person's rating of importance and performance. The pairs are drawn anew with
    replacement; each draw's two means are put beside the cuts; a mean on a cut counts as high.
    High importance: "concentrate here" (low performance) or "keep up" (high performance); low
    importance: "low priority" (low) or "possible overkill" (high). Pairs with a gap are dropped;
    fewer than two pairs give missing shares. Source of the grid: Martilla and James 1977.

    Misleading when the cuts are means of the same data: they are held still here, though they
    too would move.

    Raises ValueError when the two sides differ in length.

    >>> bootstrap_quadrants(
    ...     [5, 5, 4, 5], [1, 2, 2, 1], importance_cut=3, performance_cut=3, draws=100
    ... ).to_dict()
    {'concentrate here': 1.0, 'keep up': 0.0, 'low priority': 0.0, 'possible overkill': 0.0}
    """
    sides = [np.asarray(side, dtype=float) for side in (importance, performance)]
    if sides[0].shape != sides[1].shape:
        raise ValueError(
            f"Ratings: found {sides[0].size} of importance and {sides[1].size} of performance. "
            "Each pair is one person's. Match them by person first."
        )
    pairs = np.column_stack(sides)
    pairs = pairs[~np.isnan(pairs).any(axis=1)]
    if len(pairs) < 2:
        return pd.Series(np.nan, index=list(QUADRANTS))
    means = _drawn_means(pairs, draws, np.random.default_rng(seed))
    matters, works = means[:, 0] >= importance_cut, means[:, 1] >= performance_cut
    quadrants = (matters & ~works, matters & works, ~matters & ~works, ~matters & works)
    return pd.Series([float(part.mean()) for part in quadrants], index=list(QUADRANTS))


def bootstrap_above(x: ArrayLike, y: ArrayLike, *, draws: int = 2000, seed: int = 0) -> float:
    """Return the share of draws, 0 to 1, in which the mean of x lies above the mean of y; a draw with equal means counts half.

    Each pair is one person's two values. The pairs are drawn anew with replacement. With importance
    as x and performance as y it says how surely an item lies above the diagonal of their grid, a line
    that does not move with the other items. Pairs with a gap are dropped; fewer than two pairs give a
    missing share. Source: Efron 1979.

    Misleading when read as the chance that x is above y among everyone: it says how far those who
    answered would answer alike if drawn anew, and with few pairs that are all alike it is too sure.

    Raises ValueError when the two sides differ in length.

    >>> bootstrap_above([5, 4, 5, 5], [1, 2, 2, 1], draws=100), bootstrap_above([3, 3], [3, 3], draws=100)
    (1.0, 0.5)
    """
    first, second = np.asarray(x, dtype=float), np.asarray(y, dtype=float)
    if first.shape != second.shape:
        raise ValueError(f"Pairs: found {first.size} and {second.size} values. Each pair is one person's. Match them by person first.")
    apart = _present(first - second)
    if apart.size < 2:
        return float("nan")
    means = _drawn_means(apart, draws, np.random.default_rng(seed))
    return float(((means > 0) + (means == 0) / 2).mean())


def _drawn_means(values: NDArray[np.float64], draws: int, chance: np.random.Generator) -> NDArray[np.float64]:
    # Drawing n values with replacement is a multinomial draw over the distinct ones: the same
    # law, and a rating scale has only a handful of distinct values however many answered.
    distinct, counts = np.unique(values, axis=0, return_counts=True)
    size = int(counts.sum())
    return chance.multinomial(size, counts / size, size=draws) @ distinct / size


def _z(confidence: float) -> float:
    return float(ndtri((1 + _checked(confidence)) / 2))


def _checked(confidence: float) -> float:
    if not 0 < confidence < 1:
        raise ValueError(f"Confidence: found {confidence:g}. It lies between 0 and 1. Write 95 % as 0.95.")
    return confidence


def _present(values: ArrayLike) -> NDArray[np.float64]:
    numbers = np.asarray(values, dtype=float)
    return numbers[~np.isnan(numbers)]
