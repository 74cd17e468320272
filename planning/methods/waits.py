"""How long until half are done, when some are not done yet."""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import ndtri


class Half(NamedTuple):
    """The time until half are done, with the ends of its interval; missing where it has not come yet."""

    time: float
    low: float
    high: float


def half_done(times: ArrayLike, done: ArrayLike, confidence: float = 0.95) -> Half:
    """Return the time by which half are done, in the unit of the times, counting those not done as still waiting.

    times: for each case, the time until it was done, or the time that it has waited so far; done says
    which. The share still waiting falls at each time t by the factor (1 - done at t / waiting until t)
    (Kaplan and Meier 1958); the result is the first time at which it is a half or less. Interval:
    the times at which that share, on the log(-log) scale with Greenwood's variance, cannot be told from
    a half (Brookmeyer and Crowley 1982). high is missing where it is not reached yet.

    Misleading when those that wait are of another kind than those that are done, such as wishes that
    nobody means to answer: it takes all cases for alike. With fewer than about ten cases it is rough.

    Raises ValueError when the two differ in length or a time is below zero.

    >>> half_done([1, 3, 10, 40, 50], [True, True, True, False, False]).time
    10.0
    """
    spans, ends = np.asarray(times, dtype=float), np.asarray(done, dtype=bool)
    if spans.shape != ends.shape or (spans < 0).any():
        raise ValueError("Times: found one below 0, or not one for each case. Each case has a time of 0 or more. Correct them.")
    moments = np.unique(spans[ends])
    if not moments.size:
        return Half(float("nan"), float("nan"), float("nan"))
    waiting = np.array([(spans >= moment).sum() for moment in moments])
    finished = np.array([(spans[ends] == moment).sum() for moment in moments])
    left = np.cumprod(1 - finished / waiting)
    return Half(_first(moments, left <= 0.5 + 1e-12), *_ends(moments, left, waiting, finished, float(ndtri((1 + confidence) / 2))))


def _ends(moments: np.ndarray, left: np.ndarray, waiting: np.ndarray, finished: np.ndarray, z: float) -> tuple[float, float]:
    with np.errstate(divide="ignore", invalid="ignore"):
        spread = np.sqrt(np.cumsum(finished / (waiting * (waiting - finished)))) / np.abs(np.log(left))
        apart = (np.log(-np.log(left)) - np.log(np.log(2))) / spread
    open_end = np.isnan(apart) | (left <= 0)
    within = (np.abs(apart) <= z) & ~open_end
    high = _first(moments, (apart > z) | open_end) if (within | (apart > z) | open_end).any() else float("nan")
    return (float(moments[within][0]) if within.any() else _first(moments, left <= 0.5 + 1e-12)), high


def _first(moments: np.ndarray, true: np.ndarray) -> float:
    return float(moments[true.argmax()]) if true.any() else float("nan")
