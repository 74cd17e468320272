"""Which options come first over many sets of weights (SMAA): the draws, the ranks, who beats whom, whose weights."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]

LEVEL = 12
"""Values that agree to so many decimals are level: a sum of products carries rounding errors beyond them."""
PILOT, BATCH, MOST = 4_000, 50_000, 10_000_000


def drawn_weights(number: int, draws: int, *, low: ArrayLike | None = None, high: ArrayLike | None = None, seed: int) -> Array:
    """Return sets of weights drawn evenly from all that add up to 1 within the bounds: draws x number, each 0 to 1.

    Without bounds each set is equally likely (Dirichlet with all parameters 1). With `low` and
    `high`, one bound a weight, the draws are even within what the bounds allow: some weights are
    drawn from their own range, the widest share out what is left, and sets outside the bounds are
    thrown away, so that nothing but the bounds shapes the result. A missing bound is 0 or 1.
    The same seed gives the same draws. Source: Lahdelma and Salminen 2001 (SMAA-2), Tervonen and
    Lahdelma 2007 for drawing.

    Misleading when read as a chance: even draws say that no weights are preferred, not that all are
    equally likely to be held. With many weights, even draws give most of them little.

    Raises ValueError when the bounds leave no weights that add up to 1, when a low bound is above
    its high one, or when the allowed part is too thin to be met by drawing.

    >>> drawn = drawn_weights(3, 1000, low=[0.5, 0.0, 0.1], high=[0.7, 0.4, 0.5], seed=1)
    >>> drawn.shape, bool((drawn[:, 0] >= 0.5).all()), bool((abs(drawn.sum(axis=1) - 1) < 1e-9).all())
    ((1000, 3), True, True)
    """
    least, most = _bounds(number, low, high)
    generator = np.random.default_rng(seed)
    if np.all(most - least <= 1e-12):
        return np.tile(least, (draws, 1))
    order = np.argsort(most - least, kind="stable")
    tried = [_within(least, most, order, free, PILOT, generator) for free in range(1, number + 1)]
    free = 1 + int(np.argmax([len(kept) for kept in tried]))
    kept, count, proposed = [], 0, 0
    while count < draws:
        if proposed >= MOST:
            raise ValueError(f"Bounds: {count} of {proposed} proposals fit. The bounds leave too thin a part to draw from. Widen them.")
        batch = _within(least, most, order, free, BATCH, generator)
        kept, count, proposed = [*kept, batch], count + len(batch), proposed + BATCH
    return np.concatenate(kept)[:draws]


def rank_acceptability(values: ArrayLike) -> Array:
    """Return for each option (row) the share of draws in which it takes rank 1, 2, ... (columns), 0 to 1.

    `values` is draws x options, more is better, as from `drawn_weights(...) @ table.T`. Options that
    are level in a draw share the ranks that they take up together: two at the top are half first
    and half second. Rows and columns each sum to 1. The sum of the first k columns is the share of draws in which
    an option is among the first k. Source: Lahdelma and Salminen 2001.

    Misleading as a ranking of its own: an option that is never first may be second for everybody,
    so read all ranks. Shares carry the error of drawing, about 0.01 for 10,000 draws.

    Raises ValueError without draws, or when a value is missing.

    >>> rank_acceptability([[3, 2, 1], [2, 3, 1], [3, 3, 1]]).tolist()
    [[0.5, 0.5, 0.0], [0.5, 0.5, 0.0], [0.0, 0.0, 1.0]]
    """
    drawn = _level(values)
    number = drawn.shape[1]
    found = np.zeros((number, number))
    for option in range(number):
        own = drawn[:, [option]]
        above, level = (drawn > own).sum(axis=1), (drawn == own).sum(axis=1)
        places = np.arange(number)
        taken = (places >= above[:, None]) & (places < (above + level)[:, None])
        found[option] = (taken / level[:, None]).mean(axis=0)
    return found


def winning_index(values: ArrayLike) -> Array:
    """Return the share of draws in which the option of the row beats the one of the column, 0 to 1.

    `values` is draws x options, more is better. Draws in which the two are level count half, so
    that a pair always adds up to 1, and an option against itself is 0.5.
    Source: Leskinen, Viitanen, Kangas and Kangas 2006.

    Misleading when chained: that A mostly beats B and B mostly beats C does not say that A mostly
    beats C. Read the pair that is meant.

    Raises ValueError without draws, or when a value is missing.

    >>> winning_index([[3, 2], [2, 3], [3, 3], [4, 1]]).tolist()
    [[0.5, 0.625], [0.375, 0.5]]
    """
    drawn = _level(values)
    won = [((drawn[:, [option]] > drawn) + (drawn[:, [option]] == drawn) / 2).mean(axis=0) for option in range(drawn.shape[1])]
    return np.array(won)


def central_weights(values: ArrayLike, weights: ArrayLike) -> Array:
    """Return the mean weights under which each option is first: options x weights, each row summing to 1.

    Draws in which several options are first count for each of them in equal parts. A row is missing
    when its option is never first. It answers "who would choose this option": somebody with about
    these weights. Source: Lahdelma, Hokkanen and Salminen 1998.

    Misleading when an option is first under weights of two different kinds: the mean of the two may
    suit neither.

    Raises ValueError without draws, when a value is missing, or when values and weights differ in the number of draws.

    >>> central_weights([[1, 0], [1, 0], [0, 1]], [[0.8, 0.2], [0.6, 0.4], [0.1, 0.9]]).round(2).tolist()
    [[0.7, 0.3], [0.1, 0.9]]
    """
    drawn, given = _level(values), np.asarray(weights, dtype=float)
    if len(given) != len(drawn):
        raise ValueError(f"Weights: found {len(given)} draws for {len(drawn)} draws of values. Both come from the same draws. Pass them together.")
    first = drawn == drawn.max(axis=1, keepdims=True)
    parts = first / first.sum(axis=1, keepdims=True)
    held = parts.sum(axis=0)[:, None]
    return np.divide(parts.T @ given, held, out=np.full((drawn.shape[1], given.shape[1]), np.nan), where=held > 0)


def _bounds(number: int, low: ArrayLike | None, high: ArrayLike | None) -> tuple[Array, Array]:
    least = np.nan_to_num(np.zeros(number) if low is None else np.asarray(low, dtype=float), nan=0.0)
    most = np.nan_to_num(np.ones(number) if high is None else np.asarray(high, dtype=float), nan=1.0)
    if least.shape != (number,) or most.shape != (number,):
        raise ValueError(f"Bounds: found {least.size} low and {most.size} high ones for {number} weights. Each weight needs one of each.")
    least, most = least.clip(0, 1), most.clip(0, 1)
    crossed = np.flatnonzero(least > most + 1e-12)
    if crossed.size:
        raise ValueError(f"Bounds: weight {crossed[0] + 1} has {least[crossed[0]]:g} as its lowest and {most[crossed[0]]:g} as its highest value. "
                         "Exchange them.")
    if least.sum() > 1 + 1e-9 or most.sum() < 1 - 1e-9:
        raise ValueError(f"Bounds: the weights add up to {least.sum():.3g} at the least and {most.sum():.3g} at the most. They must be able to add "
                         "up to 1. Widen a bound.")
    reach = np.minimum(most, 1 - (least.sum() - least))
    return np.maximum(least, np.minimum(1 - (most.sum() - most), reach)), np.maximum(reach, least)


def _within(least: Array, most: Array, order: NDArray[np.int_], free: int, number: int, generator: np.random.Generator) -> Array:
    """Proposals that fit: the `free` widest weights share out what the others, drawn from their ranges, leave over."""
    narrow, wide = order[:-free], order[-free:]
    drawn = np.empty((number, len(least)))
    drawn[:, narrow] = generator.uniform(least[narrow], most[narrow], (number, len(narrow)))
    left = 1 - drawn[:, narrow].sum(axis=1) - least[wide].sum()
    largest = 1 - least.sum()
    drawn[:, wide] = least[wide] + left[:, None] * generator.dirichlet(np.ones(free), number)
    # The part that the wide weights share grows with what is left to the power free - 1; accepting in that proportion evens it out.
    fair = generator.random(number) <= (left.clip(0) / largest) ** (free - 1) if free > 1 else np.ones(number, dtype=bool)
    return drawn[fair & (left >= -1e-12) & (drawn <= most + 1e-12).all(axis=1)]


def _level(values: ArrayLike) -> Array:
    drawn = np.asarray(values, dtype=float)
    if drawn.ndim != 2 or not drawn.size or np.isnan(drawn).any():
        raise ValueError(f"Values: found shape {drawn.shape} with {int(np.isnan(drawn).sum())} missing. One row a draw, one value an option. Fill "
                         "or drop the gaps first.")
    return np.round(drawn / max(float(np.abs(drawn).max()), 1e-300), LEVEL)
