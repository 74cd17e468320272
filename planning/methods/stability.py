"""How far a weight may move before the first options of a weighted sum change: exact, from crossing points."""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]
LEVEL = 1e-9


class StableRange(NamedTuple):
    """Where a weight may lie (low to high, each 0 to 1), and which option would give way to which beyond (row numbers, or none)."""

    low: float
    high: float
    out_below: int | None
    in_below: int | None
    out_above: int | None
    in_above: int | None


def stable_range(table: ArrayLike, weights: ArrayLike, which: int, *, first: int = 1) -> StableRange:
    """Return how far one weight may move, the others keeping their proportions, while the same options are the first `first`.

    With weight i at t and the others at w_j (1 - t) / (1 - w_i), the value of an option is a
    straight line, t a_i + (1 - t) R, with R its value on the other measures alone. Two options change places where
    their lines cross; the range ends at the nearest crossing of one of the first with one of the
    rest, or at 0 and 1 where there is none. When all other weights are 0 they share alike. Of
    level options the one that stands earlier in the table counts as ahead; a level pair that the move parts
    ends the range at once. Source: sensitivity analysis of weighted sums as in the multi-criteria
    analysis manual of the UK government (Dodgson, Spackman, Pearman and Phillips 2009).

    Misleading when several weights may move together: each range holds while the others keep their
    proportions. Rank acceptability looks at all of them at once.

    Raises ValueError when a cell is missing, when shapes do not match, when there is no such weight, or when no weight is above 0.

    >>> stable_range([[1.0, 0.0], [0.0, 1.0]], [0.6, 0.4], 0)
    StableRange(low=0.5, high=1.0, out_below=0, in_below=1, out_above=None, in_above=None)
    """
    cells, given = _checked(table, weights, which, first)
    others = np.delete(given, which)
    rest = others / others.sum() if others.sum() > 0 else np.full(others.shape, 1 / max(others.size, 1))
    start = np.delete(cells, which, axis=1) @ rest
    slope = cells[:, which] - start
    now = float(given[which])
    order = np.argsort(-np.round(start + now * slope, 12), kind="stable")
    ahead, behind = (side.ravel() for side in np.meshgrid(order[:first], order[first:], indexing="ij"))
    steeper = slope[behind] - slope[ahead]
    crossing = np.divide(start[ahead] - start[behind], steeper, out=np.full(steeper.shape, np.nan), where=np.abs(steeper) > LEVEL)
    below, above = ((crossing > LEVEL) & (crossing < 1 - LEVEL) & (sign * steeper > 0) for sign in (-1, 1))
    down = max(np.flatnonzero(below), key=lambda pair: crossing[pair], default=None)
    up = min(np.flatnonzero(above), key=lambda pair: crossing[pair], default=None)
    low, out_below, in_below = (0.0, None, None) if down is None else (min(float(crossing[down]), now), int(ahead[down]), int(behind[down]))
    high, out_above, in_above = (1.0, None, None) if up is None else (max(float(crossing[up]), now), int(ahead[up]), int(behind[up]))
    return StableRange(low, high, out_below, in_below, out_above, in_above)


def smallest_change(table: ArrayLike, weights: ArrayLike, *, first: int = 1) -> tuple[int, float] | None:
    """Return the weight whose least move changes the first `first` options, and where it would then stand; None when none does.

    Of all ends of `stable_range` that an exchange marks, the one nearest to the present weight; of
    equal ones the earlier weight, and the lower end. Weights are taken as shares of their sum.
    Source: as for `stable_range`.

    Misleading as "the critical weight" when two weights move together: a smaller move of each may
    do the same.

    Raises ValueError as `stable_range` does.

    >>> smallest_change([[1.0, 0.0], [0.0, 1.0]], [0.6, 0.4])
    (0, 0.5)
    """
    shares = np.asarray(weights, dtype=float) / np.sum(np.asarray(weights, dtype=float))
    ends = []
    for which, now in enumerate(shares):
        found = stable_range(table, weights, which, first=first)
        ends += [(abs(end - now), which, end) for end, into in ((found.low, found.in_below), (found.high, found.in_above)) if into is not None]
    return min(ends, key=lambda end: (round(end[0], 9), end[1], end[2]))[1:] if ends else None


def _checked(table: ArrayLike, weights: ArrayLike, which: int, first: int) -> tuple[Array, Array]:
    cells, given = np.asarray(table, dtype=float), np.asarray(weights, dtype=float)
    if cells.ndim != 2 or cells.shape[1:] != given.shape or not 0 <= which < given.size:
        raise ValueError(f"Weights: found {given.size} for a table of shape {cells.shape}, and asked for number {which}. Each column needs one weight.")
    if np.isnan(cells).any() or np.isnan(given).any():
        raise ValueError("Weights: a cell or a weight is missing. Fill the gap, or leave the option or the measure out.")
    if (given < 0).any() or not given.sum() > 0 or first < 1:
        raise ValueError("Weights: they must be 0 or more with one above 0, and at least one option must be among the first. Correct them.")
    return cells, given / given.sum()
