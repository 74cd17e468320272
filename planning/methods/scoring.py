"""Weights, weighted sums and scales."""

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

Numbers = pd.Series | NDArray[np.float64]


def shares(points: ArrayLike | pd.Series) -> Numbers:
    """Return each item's share of all points, 0 to 1, summing to 1.

    w_i = p_i / sum of p. A missing entry counts as no entry: its share stays missing and the
    others sum to 1. A Series keeps its labels; anything else becomes an array.

    Misleading when the points were given without looking at what each item could change: points
    then say how important an item sounds, not what moving it is worth.

    Raises ValueError when a point is below zero or infinite, or when no point is above zero.

    >>> shares([50, 30, 20])
    array([0.5, 0.3, 0.2])
    >>> shares(pd.Series({"G1": 3, "G2": 1})).to_dict()
    {'G1': 0.75, 'G2': 0.25}
    """
    given = np.asarray(points, dtype=float)
    unusable = given[(given < 0) | np.isinf(given)]
    if unusable.size:
        raise ValueError(
            f"Points: found {unusable[0]:g}. Points are 0 or more. Correct the entry, or leave the item out."
        )
    total = np.nansum(given)
    if total == 0:
        raise ValueError(
            "Points: none is above 0. At least one item needs points. Give points, or use equal ones."
        )
    return _labelled(given / total, points)


def weighted_sum(
    values: ArrayLike | pd.DataFrame, weights: ArrayLike | pd.Series, *, missing: float | None = None
) -> Numbers:
    """Return the weighted sum of each row: one number an option, in the unit of the values.

    V_s = sum over columns of w_i a_si (the additive value model; Keeney and Raiffa 1976). A row
    with a missing cell is missing, unless `missing` states what an empty cell counts as. A
    column with weight 0 plays no part, so its gaps do no harm. A table with column names and
    weights with labels are matched by name, whatever their order.

    Misleading when a very bad value in one column must not be made up for by good ones in others,
    and when columns measure the same thing twice.

    Raises ValueError when a weight is missing, or when weights and columns do not match.

    >>> weighted_sum([[1.0, 0.0], [0.5, 0.5]], [0.7, 0.3])
    array([0.7, 0.5])
    >>> weighted_sum([[1.0, np.nan]], [0.7, 0.3])
    array([nan])
    >>> weighted_sum([[1.0, np.nan]], [0.7, 0.3], missing=0)
    array([0.7])
    """
    cells = np.asarray(values, dtype=float)
    factors = np.asarray(_matched(weights, values), dtype=float)
    if cells.ndim != 2 or factors.shape != cells.shape[1:]:
        raise ValueError(
            f"Weights: found {factors.size} for a table of shape {cells.shape}. "
            "Each column needs one weight. Add or drop weights."
        )
    if np.isnan(factors).any():
        raise ValueError("Weights: one is missing. Every column needs a weight. Use 0 to leave a column out.")
    if missing is not None:
        cells = np.where(np.isnan(cells), missing, cells)
    return _labelled(np.where(factors == 0, 0.0, cells) @ factors, values)


def rescaled(values: ArrayLike | pd.Series, low: float, high: float) -> Numbers:
    """Return the values on a scale of 0 to 1: `low` becomes 0, `high` becomes 1.

    (value - low) / (high - low). The ends are fixed by the scale, not by the values at hand, so
    that one option more or less does not change the others. When less is better, give the larger
    number as `low`. Missing stays missing.

    Misleading when a step at one end of the scale is worth more than the same step at the other:
    the line is straight.

    Raises ValueError when the ends are equal or a value lies outside them.

    >>> rescaled([1, 3, 5], low=1, high=5)
    array([0. , 0.5, 1. ])
    >>> rescaled([20.0, 5.0], low=20, high=0)
    array([0.  , 0.75])
    """
    if not abs(high - low) > 0:
        raise ValueError(f"Scale: found ends {low:g} and {high:g}. The ends must differ. Give both ends of the scale.")
    given = _within(values, low, high)
    # Adding 0 turns -0.0, which a page would print as "-0", into 0.
    return _labelled((given - low) / (high - low) + 0.0, values)


def _within(values: ArrayLike | pd.Series, low: float, high: float) -> NDArray[np.float64]:
    given = np.asarray(values, dtype=float)
    least, most = min(low, high), max(low, high)
    outside = given[(given < least) | (given > most)]
    if outside.size:
        raise ValueError(
            f"Scale: found {outside[0]:g}. Values lie from {least:g} to {most:g}. "
            "Correct the value, or widen the ends."
        )
    return given


def _matched(weights: ArrayLike | pd.Series, values: ArrayLike | pd.DataFrame) -> ArrayLike | pd.Series:
    if not (isinstance(weights, pd.Series) and isinstance(values, pd.DataFrame)):
        return weights
    apart = sorted(map(str, set(weights.index) ^ set(values.columns)))
    if apart or len(weights) != len(values.columns):
        raise ValueError(
            f"Weights: {', '.join(apart) or 'a name'} does not stand once on both sides. "
            "Each column needs one weight of the same name. Add the weight, or drop it."
        )
    return weights.reindex(values.columns)


def _labelled(numbers: NDArray[np.float64], given: ArrayLike | pd.Series | pd.DataFrame) -> Numbers:
    if isinstance(given, (pd.Series, pd.DataFrame)):
        return pd.Series(numbers, index=given.index, name=getattr(given, "name", None))
    return numbers
