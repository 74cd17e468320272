"""Whether several questions measure one thing."""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.stats import f as f_distribution

ENOUGH = 0.7


class Alpha(NamedTuple):
    """Cronbach's alpha with the ends of its interval, and the number of people and of questions behind it."""

    alpha: float
    low: float
    high: float
    n: int
    items: int


def cronbach_alpha(answers: ArrayLike, confidence: float = 0.95) -> Alpha:
    """Return Cronbach's alpha of answers, people (rows) by questions (columns), with the ends of its interval.

    alpha = k / (k - 1) x (1 - sum of the questions' variances / variance of the sums), k questions. 1: they
    rise and fall together; around 0: they have nothing in common; below 0: some point the other way. Under
    .7 (`ENOUGH`) their mean should not be shown as one figure. People with a gap are left out. The interval
    is 1 - (1 - alpha) F with n - 1 and (n - 1)(k - 1) degrees of freedom. Missing with fewer than two people
    or questions, or when the sums do not vary. Sources: Cronbach 1951; interval Feldt, Woodruff and Salih 1987.

    Misleading as a sign of quality: it rises with the number of questions, and with questions that ask the
    same twice. It does not show that they measure what they are meant to.

    >>> found = cronbach_alpha([[1, 2, 1], [2, 2, 3], [4, 4, 4], [5, 4, 5]])
    >>> round(found.alpha, 3), found.n, found.items
    (0.956, 4, 3)
    """
    table = _complete(answers)
    n, items = table.shape
    if n < 2 or items < 2 or not table.sum(axis=1).var(ddof=1) > 0:
        return Alpha(float("nan"), float("nan"), float("nan"), n, items)
    alpha = items / (items - 1) * (1 - table.var(axis=0, ddof=1).sum() / table.sum(axis=1).var(ddof=1))
    tail = (1 - confidence) / 2
    ends = f_distribution.ppf([1 - tail, tail], n - 1, (n - 1) * (items - 1))
    return Alpha(float(alpha), *(float(1 - (1 - alpha) * end) for end in ends), n, items)


def item_total(answers: ArrayLike) -> NDArray[np.float64]:
    """Return for each question (column) how it goes with the sum of the others, -1 to 1.

    The correlation of its answers with the sum of all other questions. Low, or below 0: it asks about
    something else, or the other way round. People with a gap are left out. Missing where a question or the
    sum of the others does not vary. Source: Nunnally 1978, the corrected item-total correlation.

    Misleading with few people: with twenty, .2 and .6 can be chance.

    >>> item_total([[1, 2, 1], [2, 2, 3], [4, 4, 4], [5, 4, 5]]).round(2).tolist()
    [0.99, 0.91, 0.93]
    """
    table = _complete(answers)
    sums = table.sum(axis=1)
    return np.array([_correlation(column, sums - column) for column in table.T])


def _correlation(x: NDArray[np.float64], y: NDArray[np.float64]) -> float:
    if x.size < 2 or not (x.std() > 0 and y.std() > 0):
        return float("nan")
    return float(np.corrcoef(x, y)[0, 1])


def _complete(answers: ArrayLike) -> NDArray[np.float64]:
    table = np.atleast_2d(np.asarray(answers, dtype=float))
    return table[~np.isnan(table).any(axis=1)]
