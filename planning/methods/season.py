"""Whether a series has a season that is worth taking out, and its factors."""

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from planning.methods import control


def strength(values: ArrayLike | pd.Series, season: int = 12) -> float:
    """Return by which share the mean moving range falls when the season is taken out, below 1.

    1 - mean moving range of the seasonally adjusted values / that of the values themselves, each
    divided by the mean of its values. 0.5 means that half of the movement from one point to the
    next is the season. Taking out a season that is not there still lowers the range a little
    (about a tenth with five seasons), so small shares mean nothing. Missing with fewer than three
    full seasons, with a value below zero, and where nothing moves.

    Misleading when the season changes over the years: it is then told too weak.

    >>> round(strength([8, 12, 16, 4] * 4, season=4), 2)
    1.0
    >>> strength([8, 12, 16, 4] * 2, season=4)
    nan
    """
    series = np.asarray(values, dtype=float)
    if np.count_nonzero(~np.isnan(series)) < 3 * season or (series < 0).any():
        return float("nan")
    found = control.seasonal_adjusted(series, season)
    raw, adjusted = control.limits(series), control.limits(found.adjusted)
    if not (found.enough and raw.moving_range > 0 and raw.mean > 0 and adjusted.mean > 0):
        return float("nan")
    return float(1 - (adjusted.moving_range / adjusted.mean) / (raw.moving_range / raw.mean))


def factors(values: ArrayLike | pd.Series, season: int = 12, *, cut: float = 1 / 3) -> NDArray[np.float64]:
    """Return the factor of each place in the season, the first value being place 0; all 1 without a season worth taking out.

    A season is worth it when its strength is at least `cut`. The factors are those of
    control.seasonal_adjusted: 1.2 means a fifth above the mean of a full season.

    Misleading where strength is. A place with a factor of 0 counts as no season, for nothing can
    be divided by it.

    >>> factors([8, 12, 16, 4] * 4, season=4).tolist()
    [0.8, 1.2, 1.6, 0.4]
    >>> factors([5, 6, 5, 6, 6, 5], season=2).tolist()
    [1.0, 1.0]
    """
    if not strength(values, season) >= cut:
        return np.ones(season)
    found = control.seasonal_adjusted(values, season).factors
    return found if (found > 0).all() else np.ones(season)
