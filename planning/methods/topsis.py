"""TOPSIS: options by how near they are to the best and how far from the worst that the set offers."""

import numpy as np
from numpy.typing import ArrayLike, NDArray


def closeness(table: ArrayLike, weights: ArrayLike, *, less_is_better: ArrayLike | None = None) -> NDArray[np.float64]:
    """Return each option's closeness to the ideal, 0 to 1: 1 is best in everything, 0 worst in everything.

    For options (rows) and measures (columns): r = x / sqrt(sum of x^2) in each column, v = w r with
    weights that add up to 1; the ideal takes the best v of each column, the anti-ideal the worst;
    closeness = d- / (d+ + d-) with straight-line distances to the two. `less_is_better` marks the columns where less
    is better. A column of zeros adds nothing. Where all options are alike the result is missing.
    Source: Hwang and Yoon 1981.

    Misleading when options come and go: ideal and scale are made from the options at hand, so that
    leaving one out can change the order of the others. It does not follow the weighted sum: a measure
    on which few options score counts more than its weight, and of two options with the same sum the
    one-sided one comes nearer while both are far from the ideal, the even one once both are close.
    A negative value has no meaning here.

    Raises ValueError when a cell or weight is missing, when the shapes differ, or when no weight is above 0.

    >>> closeness([[1, 0], [0, 1], [1, 1]], [0.5, 0.5]).tolist()
    [0.5, 0.5, 1.0]
    """
    cells, given = np.asarray(table, dtype=float), np.asarray(weights, dtype=float)
    less = np.zeros(given.shape, dtype=bool) if less_is_better is None else np.asarray(less_is_better, dtype=bool)
    _check(cells, given, less)
    if not len(cells):
        return np.zeros(0)
    lengths = np.sqrt((cells**2).sum(axis=0))
    scaled = np.divide(cells, lengths, out=np.zeros_like(cells), where=lengths > 0) * given / given.sum()
    upright = np.where(less, -scaled, scaled)
    to_best, to_worst = (np.sqrt(((upright - end) ** 2).sum(axis=1)) for end in (upright.max(axis=0), upright.min(axis=0)))
    both = to_best + to_worst
    return np.divide(to_worst, both, out=np.full(len(cells), np.nan), where=both > 1e-12)


def _check(cells: NDArray[np.float64], weights: NDArray[np.float64], less: NDArray[np.bool_]) -> None:
    if cells.ndim != 2 or not cells.shape[1:] == weights.shape == less.shape:
        raise ValueError(f"TOPSIS: found {weights.size} weights and {less.size} directions for a table of shape {cells.shape}. Each column needs one of each.")
    if np.isnan(cells).any() or np.isnan(weights).any():
        raise ValueError("TOPSIS: a cell or a weight is missing. Distances need every one. Fill the gap, or leave the option or the measure out.")
    if (weights < 0).any() or not weights.sum() > 0:
        raise ValueError("TOPSIS: the weights must be 0 or more, and one of them above 0. Correct them.")
