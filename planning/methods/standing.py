"""Where one value stands among others: shares below, standard scores, an index over measures."""

import numpy as np
from numpy.typing import ArrayLike, NDArray


def share_below(value: float, others: ArrayLike) -> float:
    """Return the share of the others that lie below the value, 0 to 1; those level with it count half.

    (number below + half the number equal) / number known: the percentile rank of a value. Missing
    others are dropped; the result is missing when the value is, or when no other is known. Codes
    that stand for "not reported" have to be made missing before.

    Misleading when read as a percentage of the way to the best: it counts how many are below, not
    how far. With ten others one more or less moves it by a tenth.

    >>> share_below(5, [1, 2, 5, 9])
    0.625
    """
    known = _known(others)
    if np.isnan(value) or not known.size:
        return float("nan")
    return float(((known < value).sum() + (known == value).sum() / 2) / known.size)


def z_scores(values: ArrayLike) -> NDArray[np.float64]:
    """Return each value's distance from the mean of all, in standard deviations: 0 is the mean.

    (value - mean) / standard deviation of the population (divided by n), over the values that are
    known. Missing stays missing. Where all known values are equal there is no spread to measure
    by, and every score is missing.

    Misleading when a few values are very large: they widen the measure, and everyone else looks
    alike. Codes that stand for "not reported" have to be made missing before.

    >>> z_scores([1, 3, np.nan]).tolist()
    [-1.0, 1.0, nan]
    """
    given = np.asarray(values, dtype=float)
    known = _known(given)
    # Equal decimals such as 0.1 leave a spread of rounding error, which would become scores.
    if not known.size or np.ptp(known) <= 1e-12 * np.abs(known).max():
        return np.full(given.shape, np.nan)
    return (given - known.mean()) / known.std()


def z_index(table: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.int_]]:
    """Return each row's mean z-score over the measures (columns), and the number of measures it rests on.

    index_i = mean over known measures of (x_ij - mean_j) / sd_j. 0: as the average of all rows.
    Each measure counts the same, and so does a step of one standard deviation in any of them. A
    measure without spread is left out. A row without any measure has a missing index and rests on
    0. Where every row has every measure this is the sum of standard scores of the LJ Index divided
    by the number of measures, which gives the same order. Source: Lance and Lyons 2008.

    Misleading when rows rest on different measures: a row that reports only what it does well
    stands too high. Show the number beside the index, or compare complete rows only.

    >>> index, measures = z_index([[1, 10], [3, 30], [2, np.nan]])
    >>> index.tolist(), measures.tolist()
    ([-1.1123724356957945, 1.1123724356957945, 0.0], [2, 2, 1])
    """
    given = np.asarray(table, dtype=float)
    scores = np.column_stack([z_scores(column) for column in given.T]) if given.size else given
    known = ~np.isnan(scores)
    number = known.sum(axis=1)
    total = np.where(known, scores, 0).sum(axis=1)
    return np.divide(total, number, out=np.full(len(given), np.nan), where=number > 0), number


def _known(values: ArrayLike) -> NDArray[np.float64]:
    numbers = np.asarray(values, dtype=float)
    return numbers[~np.isnan(numbers)]
