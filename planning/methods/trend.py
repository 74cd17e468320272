"""Two lines through a series: one that odd values hardly move, and one whose slope follows the last values and fades."""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import stdtrit
from scipy.stats import norm

Figures = NDArray[np.float64]

_DAMPING = (0.8, 0.85, 0.9, 0.95, 0.98)


class Line(NamedTuple):
    """A straight line through a series: its value at place 0 and its rise from one place to the next."""

    start: float
    slope: float


class Damped(NamedTuple):
    """A damped trend after the last value: level, trend, the three smoothing numbers, and the errors one step ahead."""

    level: float
    trend: float
    alpha: float
    beta: float
    phi: float
    errors: Figures


def likeness(values: ArrayLike, *, most: float = 0.9) -> float:
    """Return how far each value of a series, or of several in columns, resembles the one before, 0 to `most`.

    r = 1 + 2 x the correlation of neighbouring steps, which is -(1 - r) / 2 where each value is r times
    the one before and chance. The mean step of a series is taken off first, and a lasting
    move is one step only, so neither a trend nor a move passes for likeness. Several series are taken
    together. 0 with fewer than eight pairs of steps.

    Misleading for a single short series, where it is off by some tenths.

    >>> likeness([1, 5, 2, 4, 1, 5, 3, 4, 1, 4, 2]), likeness([1, 2, 3, 3, 2, 1, 1, 2, 3, 4, 4, 3])
    (0.0, 0.9)
    """
    series = np.asarray(values, dtype=float)
    steps = np.diff(series.reshape(len(series), -1), axis=0)
    steps = steps[:, ~np.isnan(steps).all(axis=0)]
    steps = steps - np.nanmean(steps, axis=0) if steps.size else steps
    pairs = (steps[1:] * steps[:-1])[~np.isnan(steps[1:] * steps[:-1])]
    size = float(np.nanmean(steps**2)) if pairs.size >= 8 else 0.0
    return float(np.clip(1 + 2 * pairs.mean() / size, 0, most)) if size > 1e-18 else 0.0


def drift_range(values: ArrayLike, steps: int, *, share: float = 0.8) -> tuple[Figures, Figures]:
    """Return the ends between which `share` of the futures of a series above 0 lie that goes on changing by chance as it did, one a step.

    The logarithm goes up by the mean of its past changes, and each step adds a change by chance: after h steps the ends are
    last x exp(h m ± t s sqrt(h + h^2 / n)), with m and s the mean and the standard deviation of the n changes and t Student's with n - 1
    degrees of freedom. Source: the random walk with drift, Hyndman and Athanasopoulos 2021, section 5.5.

    Misleading where changes hang together, a high one after a high one: of simulated series like that a range of 80 % held 6 to 7 of 10
    two steps ahead. Too wide where values keep to a line.

    Raises ValueError for fewer than three values, and for a value that is missing or not above 0.

    >>> low, high = drift_range([100, 110, 110, 121], 1)
    >>> low.round(1), high.round(1)
    (array([114.4]), array([145.3]))
    """
    series = np.asarray(values, dtype=float)
    if series.size < 3 or not (series > 0).all():
        raise ValueError("Values: a range of changes needs three or more, all above 0. Give more of them, or leave out what is missing.")
    changes, ahead = np.diff(np.log(series)), np.arange(1, steps + 1)
    reach = stdtrit(changes.size - 1, (1 + share) / 2) * changes.std(ddof=1) * np.sqrt(ahead + ahead**2 / changes.size)
    middle = np.log(series[-1]) + ahead * changes.mean()
    return np.exp(middle - reach), np.exp(middle + reach)


def slopes(values: ArrayLike) -> Figures:
    """Return the slopes between all pairs of values of a series in time order, smallest first, in its unit a step.

    (later - earlier) / steps between them. Gaps are skipped and keep their place. Empty with fewer
    than two values. Source: Sen 1968, who reads the range of a slope off this order.

    Misleading as a sample: n values give n (n - 1) / 2 slopes that hang together.

    >>> slopes([1, 2, float("nan"), 7])
    array([1. , 2. , 2.5])
    """
    series = np.asarray(values, dtype=float)
    places = np.flatnonzero(~np.isnan(series))
    first, second = np.triu_indices(places.size, 1)
    return np.sort((series[places[second]] - series[places[first]]) / (places[second] - places[first]))


def theil_sen(values: ArrayLike) -> Line:
    """Return the Theil-Sen line through a series in time order, in its unit; place 0 is the first value.

    slope: the median of the slopes between all pairs of values; start: the median of what is left
    when the slope is taken off. One odd value hardly moves it. Gaps are skipped and keep their
    place. Missing with fewer than two values. Source: Theil 1950; Sen 1968.

    Misleading where the series bends or has a season: take the season out first.

    >>> theil_sen([1, 2, 30, 4, 5])
    Line(start=1.0, slope=1.0)
    """
    series = np.asarray(values, dtype=float)
    places = np.flatnonzero(~np.isnan(series))
    if places.size < 2:
        return Line(np.nan, np.nan)
    slope = float(np.median(slopes(series)))
    return Line(float(np.median(series[places] - slope * places)), slope)


def slope_range(values: ArrayLike, *, confidence: float = 0.95, alike: bool = False) -> tuple[float, float]:
    """Return the ends of the interval of the Theil-Sen slope of a series in time order, in its unit a step.

    From the N ordered slopes of all pairs of n values the one at place (N - c) / 2 and the one as far
    from the other end, c = z sqrt(n (n - 1) (2 n + 5) / 18), z the normal quantile of `confidence`.
    `alike`: neighbours may resemble one another, as months do; c is then multiplied by the root of
    (1 + r) / (1 - r), with r the `likeness` of neighbours. Missing with fewer than two values. Source: Sen
    1968; the rounding of the places is that of scipy; for values alike, the variance of Hamed and Rao 1998
    for a series whose likeness falls off as r, r^2, r^3.

    Misleading where neighbours resemble one another and `alike` is not said: of 100 series without a
    slope 12 (r = 0.3) to 30 (r = 0.6) then show one, not 5. Equal values make it a little too wide.

    >>> slope_range([1, 4, 5, 8, 9, 13, 12, 16])
    (1.5, 2.5)
    """
    ordered, n = slopes(values), int(np.count_nonzero(~np.isnan(np.asarray(values, dtype=float))))
    if n < 2:
        return np.nan, np.nan
    r = likeness(values) if alike else 0.0
    wider = np.sqrt((1 + r) / (1 - r))
    reach = float(norm.ppf((1 + confidence) / 2)) * np.sqrt(n * (n - 1) * (2 * n + 5) / 18) * wider
    low, high = max(round((ordered.size - reach) / 2) - 1, 0), min(round((ordered.size + reach) / 2), ordered.size - 1)
    return float(ordered[low]), float(ordered[high])


def damped(values: ArrayLike) -> Damped:
    """Return the damped trend of a series in time order, in its unit: Holt's method whose trend fades by phi a step.

    level = forecast + alpha error; trend = phi trend + alpha beta error; the forecast h steps
    ahead is level + (phi + phi^2 + ... + phi^h) trend. The start is the least-squares line through
    the first ten values; alpha, beta (0 to 1) and phi (0.8 to 0.98) are those on a fixed grid with
    the smallest squared errors, so that every machine finds the same. At a gap the method goes on
    without an error. Missing with fewer than three values. Source: Gardner and McKenzie 1985;
    Hyndman and Athanasopoulos 2021, section 8.2.

    Misleading for short series, where the numbers are fitted to chance.

    >>> found = damped([10, 12, 14, 16, 18, 20, 22, 24])
    >>> round(found.level, 1), found.phi
    (24.0, 0.98)
    """
    series = np.asarray(values, dtype=float)
    if np.count_nonzero(~np.isnan(series)) < 3:
        return Damped(np.nan, np.nan, np.nan, np.nan, np.nan, np.full(series.size, np.nan))
    alpha, beta, phi = (axis.ravel() for axis in np.meshgrid(np.linspace(0, 1, 21)[1:], np.linspace(0, 1, 11), _DAMPING, indexing="ij"))
    squares = np.nansum(_smoothed(series, alpha, beta, phi)[2] ** 2, axis=0)
    # Rounded to the size of the values, so that a last bit decides nothing; of equal ones the first stands.
    best = int(np.argmin(np.round(squares / max(np.nanmean(series**2), 1e-300), 10)))
    level, trend, errors = _smoothed(series, alpha[[best]], beta[[best]], phi[[best]])
    return Damped(float(level[0]), float(trend[0]), float(alpha[best]), float(beta[best]), float(phi[best]), errors[:, 0])


def _smoothed(series: Figures, alpha: Figures, beta: Figures, phi: Figures) -> tuple[Figures, Figures, Figures]:
    """Level and trend after the last value, and all errors, for many smoothing numbers at once."""
    places = np.flatnonzero(~np.isnan(series[:10])) if np.count_nonzero(~np.isnan(series[:10])) > 1 else np.flatnonzero(~np.isnan(series))[:10]
    rise = np.cov(places, series[places])[0, 1] / np.var(places, ddof=1)
    level = np.full(alpha.size, series[places].mean() - rise * (places.mean() + 1))
    trend, errors = np.full(alpha.size, rise), np.full((series.size, alpha.size), np.nan)
    for place, value in enumerate(series):
        told = level + phi * trend
        errors[place] = value - told
        error = np.nan_to_num(errors[place])
        level, trend = told + alpha * error, phi * trend + alpha * beta * error
    return level, trend, errors
