"""Whether to commit now or to try first: the worth of an imperfect trial before a large step."""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray


class Outlook(NamedTuple):
    """Expected value of committing now and of trying first, what the trial adds, the most that any trial could add, and how likely it passes."""

    now: NDArray[np.float64]
    tried: NDArray[np.float64]
    gain: NDArray[np.float64]
    perfect: NDArray[np.float64]
    passes: NDArray[np.float64]


class Bounds(NamedTuple):
    """The chances between which trying first pays; both missing where it pays at no chance."""

    low: NDArray[np.float64]
    high: NDArray[np.float64]


def outlook(worth: ArrayLike, cost: ArrayLike, chance: ArrayLike, *, hit: ArrayLike, false_pass: ArrayLike, price: ArrayLike = 0.0) -> Outlook:
    """Return what to expect of a step that costs `cost` and is worth `worth` when it works, else nothing, with and without a trial.

    now = chance * worth - cost: what committing without a trial brings; below 0 it is better left.
    With a trial one decides after its result. It passes with the chance `hit` when the step would
    work and `false_pass` when it would not; by Bayes' rule the step is then worth chance * hit *
    worth - passes * cost on the branch that passes, and the rest on the one that fails; a branch
    below 0 is left. tried = the sum of both branches - price. gain = tried less the better of now
    and 0: the value of the trial, net of its price. perfect is the value of perfect information
    (EVPI), chance * (worth - cost) less the better of now and 0: no trial can be worth a higher
    price. Works on numbers and on whole columns; missing where a figure is missing. Source: Raiffa 1968.

    Misleading when waiting itself costs something, when the step could be undone half way, or when
    hit and false_pass are guesses: look at the range of chances too.

    Raises ValueError when a chance lies outside 0 to 1, or when an amount is below 0.

    >>> found = outlook(800, 190, 0.25, hit=0.6, false_pass=0.2, price=30)
    >>> [round(float(part), 2) for part in found]
    [10.0, 33.0, 23.0, 142.5, 0.3]
    """
    value, whole, p, seen, wrong, fee = np.broadcast_arrays(*(np.asarray(part, dtype=float) for part in (worth, cost, chance, hit, false_pass, price)))
    _check((p, seen, wrong), (value, whole, fee))
    passes = p * seen + (1 - p) * wrong
    now, yes = p * value - whole, p * seen * value - passes * whole
    at_best = np.maximum(now, 0)
    tried = np.maximum(yes, 0) + np.maximum(now - yes, 0) - fee
    perfect = p * np.maximum(value - whole, 0) - at_best
    return Outlook(now, tried, tried - at_best, perfect, passes)


def bounds(worth: ArrayLike, cost: ArrayLike, *, hit: ArrayLike, false_pass: ArrayLike, price: ArrayLike = 0.0) -> Bounds:
    """Return the chances of success, 0 to 1, between which a trial is worth its price; below them leave it, above them commit.

    low: where what is gained on the branch that passes just pays the price. high: where what is
    saved on the branch that fails just pays it. A trial that points the wrong way (false_pass above
    hit) is read the other way round. Missing where the trial pays at no chance: it is too dear, tells nothing,
    or the step is not worth its cost even when it works. Follows from `outlook` (Raiffa 1968).

    Misleading as in `outlook`: both ends rest on hit and false_pass.

    Raises ValueError when a chance lies outside 0 to 1, or when an amount is below 0.

    >>> low, high = bounds(800, 190, hit=0.6, false_pass=0.2, price=30)
    >>> round(float(low), 3), round(float(high), 3)
    (0.168, 0.308)
    """
    value, whole, seen, wrong, fee = np.broadcast_arrays(*(np.asarray(part, dtype=float) for part in (worth, cost, hit, false_pass, price)))
    _check((seen, wrong), (value, whole, fee))
    turned = wrong > seen
    seen, wrong = np.where(turned, 1 - seen, seen), np.where(turned, 1 - wrong, wrong)
    net = value - whole
    with np.errstate(divide="ignore", invalid="ignore"):
        low = (fee + wrong * whole) / (seen * net + wrong * whole)
        high = ((1 - wrong) * whole - fee) / ((1 - wrong) * whole + (1 - seen) * net)
    pays = (net > 0) & (high - low > 1e-12)
    return Bounds(np.where(pays, low, np.nan), np.where(pays, high, np.nan))


def _check(chances: tuple[NDArray[np.float64], ...], amounts: tuple[NDArray[np.float64], ...]) -> None:
    if any(((part < 0) | (part > 1)).any() for part in chances):
        raise ValueError("Chances: found one outside 0 to 1. A chance is a share from 0 to 1. Correct it.")
    if any((part < 0).any() for part in amounts):
        raise ValueError("Amounts: found one below 0. Worth, cost and price are 0 or more. Correct it.")
