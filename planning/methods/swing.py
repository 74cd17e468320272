"""How far two single values of a series lie apart by chance."""

import numpy as np
from numpy.typing import ArrayLike

from planning.methods import control, season as seasons

SEASON_WORTH = 0.3


def usual_difference(values: ArrayLike, season: int = 1, *, start: int = 0, fewest: int = 8) -> float:
    """Return the distance that two single values of a steady series exceed in one of twenty cases, in their unit.

    1.96 times the square root of 2 times the mean moving range / 1.128, where the mean moving range
    over 1.128 stands for the standard deviation of a single value. Where taking out a season of
    `season` places lowers the moving range by 30 % or more, it is taken out, and the result is
    brought to the level of the last value's place in the season. Only values from position `start` on
    count (a recorded change of the process); the season is learnt from all of them. Missing with
    fewer than `fewest` such values, and where they do not move at all.

    Misleading for a series that drifts slowly: two values years apart then differ by more than
    chance even where nothing was done.

    Source: the estimate of the spread from moving ranges, as in XmR charts (Wheeler).

    >>> round(usual_difference([10, 11, 10, 11, 10, 11, 10, 11]), 2)
    2.46
    >>> usual_difference([10, 11, 10])
    nan
    """
    series = np.asarray(values, dtype=float)
    level = 1.0
    if season > 1 and seasons.strength(series, season) >= SEASON_WORTH:
        found = control.seasonal_adjusted(series, season)
        series, level = found.adjusted, float(found.factors[(series.size - 1) % season])
    limits = control.limits(series[start:], fewest=fewest)
    if not limits.enough or limits.moving_range == 0:
        return float("nan")
    return float(1.96 * np.sqrt(2) * limits.moving_range / 1.128 * level)
