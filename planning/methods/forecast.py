"""Where a series is heading: simple methods, the one that would have erred least, a range, and the chance of meeting a target."""

from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from planning.methods import season as seasons, trend

Figures = NDArray[np.float64]

LAST, YEAR, TREND, LINE = "last value", "same season", "damped trend", "straight line"
METHODS = (LAST, YEAR, TREND, LINE)
FEWEST, DRAWS, WANDERS = 8, 10_000, 0.999
LIKELY, UNLIKELY = 2 / 3, 1 / 3


class Trial(NamedTuple):
    """What a back-test found for one method: its mean absolute scaled error, that error in the unit, and on how many errors it rests."""

    method: str
    mase: float
    error: float
    errors: int


class Forecast(NamedTuple):
    """The chosen method, its back-test and that of the best simple one, what it expects, the ends of the range, the last draws."""

    method: str
    mase: float
    simple: float
    better: bool
    tested: int
    expected: Figures
    low: Figures
    high: Figures
    last: Figures
    draws: int
    points: int


def ahead_by(values: ArrayLike, steps: int, method: str, *, season: int = 1) -> Figures:
    """Return what one method expects for the next steps, in the unit of the values.

    "last value": the last one again; "same season": the last one of the same place in the season;
    "damped trend": trend.damped; "straight line": trend.theil_sen. The last two work on the values without
    their season where it is worth taking out (see season.factors), and put it back. Source: Hyndman
    and Athanasopoulos 2021, chapters 5 and 8.

    Misleading far ahead: nothing here knows what will be done differently.

    Raises ValueError for another method.

    >>> ahead_by([1, 2, 3, 4], 2, "last value"), ahead_by([1, 2, 3, 4, 5, 6], 2, "straight line")
    (array([4., 4.]), array([7., 8.]))
    """
    series = np.asarray(values, dtype=float)
    if method == LAST:
        return np.full(steps, series[~np.isnan(series)][-1] if np.any(~np.isnan(series)) else np.nan)
    if method == YEAR:
        return _same_place(series, season)[np.arange(steps) % season]
    if method not in METHODS:
        raise ValueError(f'Method: found "{method}". There are {", ".join(METHODS)}. Name one of them.')
    factors = _factors(series, season)
    flat = series / factors[np.arange(series.size) % season]
    told = _line_ahead(flat, steps) if method == LINE else _trend_ahead(trend.damped(flat), steps)
    return told * factors[(series.size + np.arange(steps)) % season]


def trials(values: ArrayLike, steps: int, *, season: int = 1) -> list[Trial]:
    """Return how far each method would have erred, the best first; of equals the simpler one stands first.

    From the first half of the series (three full seasons where there are more) the end is moved on
    value by value. Each time every method sees only what came before and says the next `steps`.
    mase: the mean absolute error ÷ the mean absolute step of the first part, from one value to the
    next, or to the same place a season later where there is a season. Below 1: smaller errors than
    the simple rule makes one step ahead; missing where nothing moves. "same season" takes part when there are one and a half
    seasons. Source: rolling origins, Hyndman and Athanasopoulos 2021, section 5.10; mase, Hyndman
    and Koehler 2006.

    Misleading with few values: the winner may have been lucky. Errors far ahead weigh as much as
    those one step ahead.

    >>> [(one.method, round(one.mase, 2)) for one in trials([1, 2, 3, 4, 5, 6, 7, 8], 1)][:2]
    [('straight line', 0.0), ('damped trend', 0.02)]
    """
    series = np.asarray(values, dtype=float)
    methods = [method for method in METHODS if method != YEAR or (season > 1 and series.size >= 1.5 * season)]
    first = _first_origin(series, season if YEAR in methods else 1)
    errors = {method: np.concatenate([_errors(series, origin, steps, method, season) for origin in range(first, series.size)] or [np.array([])]) for method in methods}
    known = ~np.isnan(np.sum([errors[method] for method in methods], axis=0))
    scale = _scale(series, first, season)
    missed = {method: float(np.abs(errors[method][known]).mean()) if known.any() else np.nan for method in methods}
    found = [Trial(method, round(missed[method] / scale, 3) if scale > 0 else np.nan, missed[method], int(known.sum())) for method in methods]
    return sorted(found, key=lambda one: np.nan_to_num(one.error if np.isnan(one.mase) else one.mase, nan=np.inf))


def forecast(
    values: ArrayLike,
    steps: int,
    *,
    season: int = 1,
    low: float = -np.inf,
    high: float = np.inf,
    share: float = 0.8,
    draws: int = DRAWS,
    seed: int = 0,
) -> Forecast | None:
    """Return the forecast of the method that did best in `trials`: expected values and a range that holds `share` of the draws.

    The range comes from `draws` possible futures: the method goes on step by step, each time with
    one of its own past errors drawn by chance (centred, and widened for the numbers fitted). The
    size of the errors is drawn as well, as chi-squared has it, since few errors tell little of it;
    so is the straight line's slope, from the pairs' slopes at the rank that chance gives Kendall's
    statistic (Sen 1968). Where the back-test erred by more than these futures spread, they are
    spread as wide; and the straight line's and the damped trend's at least as wide as they would err
    in a series that wanders like this one: each value r times the one before and chance, with r = 1 + 2
    x the correlation of neighbouring steps, 0 to 0.999. What lies below `low` or above `high` is set to it. better: False when no method
    beat the simple ones, "last value" and "same season"; then one of those speaks. None with fewer
    than eight values. Source: bootstrapped residuals, Hyndman and Athanasopoulos 2021, section 5.5;
    Efron 1979.

    Misleading where the future is not like the past. Somewhat too narrow where the level wanders or
    the season is strong: in simulated series a range of 80 % held what came in 72 to 90 of 100, and in
    62 to 77 where the level wanders, for the choice of the method is not in it.

    >>> found = forecast([10, 12, 11, 13, 12, 14, 13, 15, 14, 16], 4, draws=500)
    >>> found.method, round(float(found.expected[-1]), 1), bool(found.low[-1] < found.expected[-1] < found.high[-1])
    ('damped trend', 17.1, True)
    >>> forecast([1, 2, 3], 4) is None
    True
    """
    series = np.asarray(values, dtype=float)
    points = int(np.count_nonzero(~np.isnan(series)))
    if points < FEWEST:
        return None
    found = trials(series, steps, season=season)
    simple = [one for one in found if one.method in (LAST, YEAR)]
    best = found[0] if found[0].mase < simple[0].mase else simple[0]
    told = ahead_by(series, steps, best.method, season=season)
    apart = _futures(series, steps, best.method, season, draws, np.random.default_rng(seed)) - told
    if best.method in (TREND, LINE):
        apart = _at_least(apart, _wandering(series, steps, best.method, season))
    futures = np.clip(told + _widened(apart, best), low, high)
    expected = np.clip(told, low, high)
    ends = np.quantile(futures, [(1 - share) / 2, (1 + share) / 2], axis=0)
    return Forecast(best.method, best.mase, simple[0].mase, best is not simple[0], best.errors, expected, ends[0], ends[1], futures[:, -1], draws, points)


def chance(drawn: ArrayLike, direction: str, target: float = np.nan, *, low: float = np.nan, high: float = np.nan) -> float:
    """Return the share of draws, 0 to 1, that meet the target: "up" from it upwards, "down" from it downwards, "band" from low to high.

    Missing when there is no draw, or the target, or an end of the band, is missing. Draws are
    rounded to nine figures before they are compared. Source: Efron 1979.

    Misleading as a promise: it is the chance if things go on as they have.

    Raises ValueError for another direction.

    >>> chance([8, 9, 10, 11], "up", 10), chance([8, 9, 10, 11], "down", 8), chance([8, 9, 10, 11], "band", low=9, high=10)
    (0.5, 0.25, 0.5)
    """
    if direction not in ("up", "down", "band"):
        raise ValueError(f'Direction: found "{direction}". It is "up", "down" or "band". Correct the direction.')
    ends = {"up": (target, np.inf), "down": (-np.inf, target), "band": (low, high)}[direction]
    found = np.asarray(drawn, dtype=float)
    if found.size == 0 or np.isnan(ends).any():
        return float("nan")
    room = 1e-9 * max(1e-300, *(abs(end) for end in ends if np.isfinite(end)))
    return float(((found >= ends[0] - room) & (found <= ends[1] + room)).mean())


def chance_words(chance: float) -> str:
    """Return a chance in a word: "likely" from two in three, "unlikely" up to one in three, "open" between; "not known" when missing.

    Source: the limits of the guidance note of the Intergovernmental Panel on Climate Change
    (Mastrandrea and others 2010), whose word between them is "about as likely as not".

    Misleading close to the limits: show the chance too.

    >>> [chance_words(share) for share in (0.9, 0.5, 0.1, float("nan"))]
    ['likely', 'open', 'unlikely', 'not known']
    """
    if np.isnan(chance):
        return "not known"
    return "likely" if chance >= LIKELY else "unlikely" if chance <= UNLIKELY else "open"


def _futures(series: Figures, steps: int, method: str, season: int, draws: int, random: np.random.Generator) -> Figures:
    """Possible futures, one a row."""
    if method in (LAST, YEAR):
        lag = season if method == YEAR else 1
        drawn = _drawn(_spread(series[lag:] - series[:-lag], 1), draws, steps, random)
        cycles = np.concatenate([drawn[:, place::lag].cumsum(axis=1) for place in range(min(lag, steps))], axis=1)
        order = np.argsort(np.concatenate([np.arange(place, steps, lag) for place in range(min(lag, steps))]))
        return ahead_by(series, steps, method, season=season) + cycles[:, order]
    factors = _factors(series, season)
    flat = series / factors[np.arange(series.size) % season]
    told = _lines(flat, steps, draws, random) if method == LINE else _trends(flat, steps, draws, random)
    return told * factors[(series.size + np.arange(steps)) % season]


def _trends(flat: Figures, steps: int, draws: int, random: np.random.Generator) -> Figures:
    found = trend.damped(flat)
    drawn = _drawn(_spread(found.errors, 5), draws, steps, random)
    level, slope, futures = np.full(draws, found.level), np.full(draws, found.trend), np.empty((draws, steps))
    for step in range(steps):
        told = level + found.phi * slope
        futures[:, step] = told + drawn[:, step]
        level, slope = told + found.alpha * drawn[:, step], found.phi * slope + found.alpha * found.beta * drawn[:, step]
    return futures


def _lines(flat: Figures, steps: int, draws: int, random: np.random.Generator) -> Figures:
    line, ordered = trend.theil_sen(flat), trend.slopes(flat)
    places = np.flatnonzero(~np.isnan(flat))
    n, middle = places.size, places.mean()
    errors = _spread(flat - line.start - line.slope * np.arange(flat.size), 2)
    ranks = (ordered.size + random.standard_normal(draws) * np.sqrt(n * (n - 1) * (2 * n + 5) / 18)) / 2
    slope = np.interp(ranks, np.arange(ordered.size) + 0.5, ordered)
    centre = line.start + line.slope * middle + random.standard_normal(draws) * errors.std() / np.sqrt(n)
    return centre[:, None] + slope[:, None] * (flat.size + np.arange(steps) - middle) + _drawn(errors, draws, steps, random)


def _spread(errors: Figures, fitted: int) -> Figures:
    """The known errors around 0, widened for the numbers that were fitted to them."""
    known = errors[~np.isnan(errors)]
    return (known - known.mean()) * np.sqrt(known.size / max(known.size - fitted, 1))


def _drawn(errors: Figures, draws: int, steps: int, random: np.random.Generator) -> Figures:
    freedom = max(errors.size - 1, 1)
    return random.choice(errors, (draws, steps)) * np.sqrt(freedom / random.chisquare(freedom, (draws, 1)))


def _widened(apart: Figures, best: Trial) -> Figures:
    """The futures' distances from what is expected, widened where the back-test erred by more."""
    usual = float(np.abs(apart).mean())
    return apart * max(1.0, best.error / usual) if usual > 0 and best.errors else apart


def _wandering(series: Figures, steps: int, method: str, season: int) -> Figures:
    """How far off each step is to be expected when the level wanders as much as neighbouring steps of the series say."""
    factors, ahead = _factors(series, season), series.size + np.arange(steps)
    flat = series / factors[np.arange(series.size) % season]
    alike = trend.likeness(flat, most=WANDERS)
    known = np.flatnonzero(~np.isnan(flat)) if method == LINE else np.array([series.size - 1])
    weights = alike ** (ahead - known[0])[:, None]
    if method == LINE:
        weights = np.column_stack([np.ones(steps), ahead]) @ np.linalg.pinv(np.column_stack([np.ones(known.size), known]))
    near, far = alike ** np.abs(known[:, None] - known), alike ** (ahead[:, None] - known)
    squares = 1 + np.einsum("hi,ij,hj->h", weights, near, weights) - 2 * (weights * far).sum(axis=1)
    return np.sqrt(np.nanvar(np.diff(flat)) / (2 * (1 - alike)) * np.maximum(squares, 0)) * factors[ahead % season]


def _at_least(apart: Figures, spread: Figures) -> Figures:
    """The futures' distances, spread at each step at least as far as told."""
    low, high = np.quantile(apart, [0.1, 0.9], axis=0)
    own = (high - low) / 2.563
    return apart * np.maximum(1.0, np.divide(spread, own, out=np.ones_like(own), where=own > 0))


def _factors(series: Figures, season: int) -> Figures:
    return _season(series.tobytes(), season) if season > 1 else np.ones(1)


@lru_cache(maxsize=1024)
def _season(series: bytes, season: int) -> Figures:
    # Two methods look at each part of a series, one after the other.
    found = seasons.factors(np.frombuffer(series), season)
    found.flags.writeable = False
    return found


def _same_place(series: Figures, season: int) -> Figures:
    """The last known value of each place in the season, in the order in which they come next."""
    padded = np.concatenate([np.full(-series.size % season, np.nan), series]).reshape(-1, season)
    rows = np.where(np.isnan(padded), -1, np.arange(len(padded))[:, None]).max(axis=0)
    return np.where(rows >= 0, padded[rows, np.arange(season)], np.nan)


def _line_ahead(flat: Figures, steps: int) -> Figures:
    line = trend.theil_sen(flat)
    return line.start + line.slope * (flat.size + np.arange(steps))


def _trend_ahead(found: trend.Damped, steps: int) -> Figures:
    return found.level + found.trend * np.cumsum(found.phi ** np.arange(1, steps + 1))


def _first_origin(series: Figures, season: int) -> int:
    half = max(5, series.size // 2)
    return max(half, 3 * season) if season > 1 and series.size > 3 * season + 2 else max(half, season if season > 1 else 0)


def _errors(series: Figures, origin: int, steps: int, method: str, season: int) -> Figures:
    told = ahead_by(series[:origin], steps, method, season=season)
    later = series[origin:origin + steps]
    return later - told[:later.size]


def _scale(series: Figures, first: int, season: int) -> float:
    lag = season if season > 1 and (_factors(series, season) != 1).any() else 1
    for part in (series[:first], series):
        steps = np.abs(part[lag:] - part[:-lag])
        if np.any(steps > 0):
            return float(np.nanmean(steps))
    return 0.0
