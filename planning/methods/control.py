"""Process limits (XmR charts), signals of a change, assurance against a target, the season."""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

# 2.66 and 3.268 are 3/d2 and D4 for ranges of two points (d2 = 1.128).
LIMIT_FACTOR, RANGE_FACTOR = 2.66, 3.268
RULES = ("beyond_limit", "shift", "trend", "near_limit")


class Limits(NamedTuple):
    """Process limits; `enough` is False, and the limits are missing, when the points are too few."""

    points: int
    mean: float
    moving_range: float
    low: float
    high: float
    range_high: float
    enough: bool


class Seasonal(NamedTuple):
    """Values with the season taken out, and the factors; `enough` is False when there is too little to tell."""

    adjusted: pd.Series | NDArray[np.float64]
    factors: NDArray[np.float64]
    enough: bool


def limits(values: ArrayLike, *, fewest: int = 8) -> Limits:
    """Return the mean and the process limits of a series in time order, in the unit of the values.

    low and high: mean ± 2.66 times the mean moving range; range_high: 3.268 times the mean moving
    range. A moving range is the distance between two neighbouring points; a gap breaks it and is
    never a zero. With fewer than `fewest` points, or fewer than `fewest` - 1 moving ranges,
    `enough` is False and the limits are missing. Source: Wheeler, XmR charts.

    Misleading when the series has a season or a steady trend: the limits then come out too wide
    or too narrow. The lower limit of a count can fall below zero; read it as zero.

    >>> found = limits([10, 12, 11, 13, 12, 11, 12, 11])
    >>> found.mean, round(found.moving_range, 3), round(found.low, 2), round(found.high, 2)
    (11.5, 1.286, 8.08, 14.92)
    >>> limits([10, 12, 11]).enough
    False
    """
    series = np.asarray(values, dtype=float)
    present = series[~np.isnan(series)]
    ranges = _moving_ranges(series)
    ranges = ranges[~np.isnan(ranges)]
    mean = float(present.mean()) if present.size else np.nan
    moving_range = float(ranges.mean()) if ranges.size else np.nan
    if present.size < fewest or ranges.size < fewest - 1:
        return Limits(int(present.size), mean, moving_range, np.nan, np.nan, np.nan, False)
    reach = LIMIT_FACTOR * moving_range
    return Limits(
        int(present.size), mean, moving_range, mean - reach, mean + reach, RANGE_FACTOR * moving_range, True
    )


def segments(values: ArrayLike | pd.Series, starts: Iterable[int] = (), *, fewest: int = 8) -> pd.DataFrame:
    """Return the chart of a series: one row a point, with the limits of the segment it lies in.

    Limits are computed anew only at `starts`: the positions (first point 0) at which a change to
    the process was recorded. Columns: value; moving_range (missing at a gap and at the first
    point of a segment); segment (1, 2, ...); mean, low, high, range_high in the unit of the
    values; enough (False: too few points in the segment for limits). Labels of a Series are kept.

    Misleading when a start is chosen because the points look different from there on: that hides
    the very signal the chart is for.

    Raises ValueError when a start is not a position inside the series.

    >>> chart = segments([1, 2, 1, 2, 5, 6, 5, 6], starts=[4], fewest=4)
    >>> chart[["segment", "mean"]].drop_duplicates().values.tolist()
    [[1.0, 1.5], [2.0, 5.5]]
    """
    series = np.asarray(values, dtype=float)
    edges = _edges(series.size, starts)
    index = values.index if isinstance(values, pd.Series) else pd.RangeIndex(series.size)
    parts = [_segment(series[first:end], number, fewest) for number, (first, end) in enumerate(edges, start=1)]
    return pd.concat(parts, ignore_index=True).set_axis(index, axis="index")


def signals(
    values: ArrayLike | pd.Series,
    starts: Iterable[int] = (),
    *,
    shift: int = 8,
    trend: int = 6,
    near: int = 2,
    near_of: int = 3,
    fewest: int = 8,
) -> pd.DataFrame:
    """Return which points signal a change, rule by rule: 1 upwards, -1 downwards, 0 no signal.

    Columns: beyond_limit (outside the process limits); shift (one of `shift` or more points in a
    row on one side of the mean); trend (one of `trend` or more points in a row, each above, or
    each below, the one before); near_limit (one of `near` among `near_of` neighbours in the outer
    third towards the same limit, or beyond it). A point on the mean, two equal points and a gap
    end a run. Runs stay within a segment; segments with too few points give no signal
    (see `enough` in segments). Source: Wheeler; the Western Electric run rules.

    Misleading when many series are watched at once: about one point in some hundreds signals by
    chance alone, and the four rules together more often than each of them.

    >>> signals([5, 6, 5, 6, 5, 6, 5, 6, 12])["beyond_limit"].tolist()
    [0, 0, 0, 0, 0, 0, 0, 0, 1]
    """
    chart = segments(values, starts, fewest=fewest)
    found = np.zeros((len(chart), len(RULES)), dtype=int)
    for rows in chart.reset_index(drop=True).groupby("segment").groups.values():
        part = chart.iloc[rows]
        if part["enough"].iloc[0]:
            side, outer, beyond = _sides(part)
            trends = _trends(part["value"].to_numpy(), trend)
            found[rows] = np.column_stack([beyond, _long_runs(side, shift), trends, _near(outer, near, near_of)])
    return pd.DataFrame(found, index=chart.index, columns=list(RULES))


def assurance(target: float, low: float, high: float, direction: str) -> str:
    """Return whether the process as it stands meets the target.

    "always meets" when both limits lie on the good side of the target, or on it; "cannot meet" when
    both lie on its bad side; else "may or may not meet"; "not known" when a number is missing.
    direction: "up" when more is better, "down" when less is better. Numbers are compared
    unrounded. Source: the idea of the NHS programme Making Data Count.

    Misleading after a change: it speaks of the process that the limits were computed from.

    Raises ValueError for another direction.

    >>> assurance(60, low=62, high=80, direction="up")
    'always meets'
    >>> assurance(60, low=62, high=80, direction="down")
    'cannot meet'
    """
    if direction not in ("up", "down"):
        raise ValueError(f'Direction: found "{direction}". It is "up" or "down". Say which way is better.')
    if np.isnan([target, low, high]).any():
        return "not known"
    worst, best = (low, high) if direction == "up" else (-high, -low)
    goal = target if direction == "up" else -target
    if worst >= goal:
        return "always meets"
    return "cannot meet" if best < goal else "may or may not meet"


def seasonal_adjusted(values: ArrayLike | pd.Series, season: int = 12) -> Seasonal:
    """Return the values divided by the factor of their place in the season, in their own unit.

    A value's ratio is itself over the mean of one full season centred on it, so that a trend does
    not pass for a season. The factor of a place (the first value is place 0) is the median of its
    ratios, all factors scaled to a mean of 1. Gaps stay gaps. With less than two full seasons, or
    a place without any ratio, `enough` is False and the adjusted values are missing.
    Source: the classical multiplicative decomposition, with medians in place of means.

    Misleading with only two or three seasons (one odd month becomes part of the season, and the
    limits computed afterwards come out too narrow), when the season itself changes, and when some
    months are zero because the doors were closed.

    Raises ValueError when a value is below zero or the season is shorter than two.

    >>> quarters = [8, 12, 16, 4] * 3
    >>> found = seasonal_adjusted(quarters, season=4)
    >>> found.factors.tolist(), found.adjusted.tolist()[:4]
    ([0.8, 1.2, 1.6, 0.4], [10.0, 10.0, 10.0, 10.0])
    """
    series = np.asarray(values, dtype=float)
    if season < 2 or (series < 0).any():
        raise ValueError(
            "Season: it has two or more places, and no value is below 0. Correct the values or the season."
        )
    factors = np.full(season, np.nan)
    if series.size >= 2 * season:
        usual = _centred_means(series, season)
        ratios = pd.Series(np.divide(series, usual, out=np.full_like(series, np.nan), where=usual > 0))
        factors = ratios.groupby(np.arange(series.size) % season).median().to_numpy()
        factors = factors / factors.mean()
    adjusted = series / np.where(factors > 0, factors, np.nan)[np.arange(series.size) % season]
    if isinstance(values, pd.Series):
        adjusted = pd.Series(adjusted, index=values.index, name=values.name)
    return Seasonal(adjusted, factors, not bool(np.isnan(factors).any()))


def _edges(size: int, starts: Iterable[int]) -> list[tuple[int, int]]:
    inner = sorted({int(start) for start in starts} - {0})
    outside = [start for start in inner if not 0 < start < size]
    if outside:
        raise ValueError(
            f"Starts: found {outside[0]}. A start is a position from 0 to {size - 1}. Drop it, or correct it."
        )
    return list(zip([0, *inner], [*inner, size]))


def _segment(series: NDArray[np.float64], number: int, fewest: int) -> pd.DataFrame:
    found = limits(series, fewest=fewest)
    columns = {"value": series, "moving_range": _moving_ranges(series), "segment": number}
    return pd.DataFrame(columns).assign(
        mean=found.mean, low=found.low, high=found.high, range_high=found.range_high, enough=found.enough
    )


def _moving_ranges(series: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.abs(np.diff(series, prepend=np.nan)) if series.size else series


def _sides(part: pd.DataFrame) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    series, mean = part["value"].to_numpy(), part["mean"].to_numpy()
    reach = part["high"].to_numpy() - mean
    # A mean of equal values can miss them by a rounding error; that is no distance.
    away = np.nan_to_num(np.where(np.isclose(series, mean, rtol=1e-9, atol=0), 0.0, series - mean))
    side = np.sign(away)
    return side, np.where(np.abs(away) > reach * 2 / 3, side, 0), np.where(np.abs(away) > reach, side, 0)


def _long_runs(signs: NDArray[np.float64], length: int) -> NDArray[np.float64]:
    runs = np.split(signs, np.flatnonzero(np.diff(signs)) + 1)
    return np.concatenate([run if len(run) >= length else np.zeros(len(run)) for run in runs])


def _trends(series: NDArray[np.float64], length: int) -> NDArray[np.float64]:
    steps = _long_runs(np.sign(np.nan_to_num(np.diff(series))), length - 1)
    ends, begins = np.append(0, steps), np.append(steps, 0)
    return np.where(ends != 0, ends, begins)


def _near(outer: NDArray[np.float64], near: int, near_of: int) -> NDArray[np.float64]:
    found = np.zeros(outer.size)
    window = np.ones(near_of)
    for side in (1, -1):
        hits = outer == side
        full = np.convolve(hits, window) >= near
        found[hits & (np.convolve(full, window, mode="valid") > 0)] = side
    return found


def _centred_means(series: NDArray[np.float64], season: int) -> NDArray[np.float64]:
    kernel = np.ones(season) if season % 2 else np.array([0.5, *np.ones(season - 1), 0.5])
    half = kernel.size // 2
    return np.pad(np.convolve(series, kernel / season, mode="valid"), half, constant_values=np.nan)
