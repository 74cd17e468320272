"""Many series side by side: what they share, which one stands apart, and how many signal by chance."""

from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from planning.methods import control, season

FEWEST = 8


class Polish(NamedTuple):
    """A table taken apart: overall + row + column + what is left over."""

    overall: float
    rows: NDArray[np.float64]
    columns: NDArray[np.float64]
    left: NDArray[np.float64]


class Fences(NamedTuple):
    """The ends of the usual range of many values, and their middle."""

    low: float
    middle: float
    high: float


def median_polish(table: ArrayLike, *, rounds: int = 10) -> Polish:
    """Return a table taken apart into overall + row + column + left over, by medians.

    In turns the median of each row, then of each column, is taken out of what is left and added to
    the row's or column's share, until the rounds are over. One wild cell, or one whole row that
    goes its own way, moves the other shares little. Missing cells are passed over; a row or column
    without any cell has a missing share. Source: Tukey 1977.

    Misleading when what rows and columns do multiplies instead of adding up: pass logarithms then.

    >>> found = median_polish([[1, 2, 3], [4, 5, 6], [7, 8, 90]])
    >>> found.overall, found.rows.tolist(), found.columns.tolist(), found.left[2].tolist()
    (5.0, [-3.0, 0.0, 3.0], [-1.0, 0.0, 1.0], [0.0, 0.0, 81.0])
    """
    left = np.array(table, dtype=float)
    overall, rows, columns = 0.0, np.zeros(left.shape[0]), np.zeros(left.shape[1])
    for _ in range(rounds if left.size else 0):
        step = _medians(left, 1)
        left, rows = left - step[:, None], rows + step
        middle = _middle(columns)
        overall, columns = overall + middle, columns - middle
        step = _medians(left, 0)
        left, columns = left - step, columns + step
        middle = _middle(rows)
        overall, rows = overall + middle, rows - middle
    return Polish(float(overall), rows, columns, left)


def apart(logs: ArrayLike, *, fewest: int = FEWEST) -> NDArray[np.float64]:
    """Return how far each series (column) stands from the movement that the others share, from logarithms, as logarithms.

    Each series' usual distance from the rest is taken out first (by median polish). Then, in every
    row, what the other series do is taken off: their median, or, with fewer than `fewest` others, their mean
    weighted by size, since a median of so few jumps about. So a season, a closure or a long rise that all
    have in common leaves nothing, and of many series one that breaks away does not push the others to the
    other side. A distance of 0.1 is about a tenth. Missing where the series, or every other one, is missing.

    Misleading with few series, where one large one that moves makes all others seem to move the other way; of two,
    one is the other's mirror.

    >>> level = np.log([[10, 20, 30], [11, 22, 33], [12, 24, 18]])
    >>> np.exp(apart(level)).round(2)[:, 2].tolist()
    [1.0, 1.0, 0.5]
    """
    values = np.asarray(logs, dtype=float)
    found = median_polish(values)
    moved = values - (found.overall + found.columns)
    sizes = np.exp(np.nan_to_num(found.columns - np.nanmax(found.columns, initial=0.0), nan=-np.inf))
    others = [_shared(np.delete(moved, place, axis=1), np.delete(sizes, place), fewest) for place in range(values.shape[1])]
    return moved - np.column_stack(others) if others else moved


def _shared(moved: NDArray[np.float64], sizes: NDArray[np.float64], fewest: int) -> NDArray[np.float64]:
    """What several series do in every row: their median, or their mean by size when they are few."""
    if moved.shape[1] >= fewest:
        return _medians(moved, 1)
    weight = np.where(np.isnan(moved), 0.0, sizes)
    total = weight.sum(axis=1)
    return np.divide(np.nansum(moved * weight, axis=1), total, out=np.full(len(moved), np.nan), where=total > 0)


def unseasonal(logs: pd.Series, places: int) -> pd.Series:
    """Return logarithms without their season of `places` places, where that is strong; else as they are.

    The logarithm of season.factors is taken off; the first value is place 0.

    Misleading where season.strength is: when the season changes over the years.

    >>> unseasonal(pd.Series([0.0, 1.0] * 4), 2).round(2).tolist()
    [0.62, 0.62, 0.62, 0.62, 0.62, 0.62, 0.62, 0.62]
    """
    if places < 2:
        return logs
    return logs - np.log(season.factors(np.exp(logs), places))[np.arange(len(logs)) % places]


def signs(values: pd.Series) -> pd.Series:
    """Return which points signal a change by the two plainest rules: 1 upwards, -1 downwards, 0 no signal.

    A point beyond the process limits, or one of eight or more in a row on one side of the mean (see
    control.signals). Two rules instead of four, since each further rule adds signals by chance when many series are
    watched at once. Labels are kept.

    Misleading for a series with a steady trend, which signals because of it.

    >>> signs(pd.Series([5, 7, 5, 7, 5, 7, 5, 7, 15])).tolist()
    [0, 0, 0, 0, 0, 0, 0, 0, 1]
    """
    found = control.signals(values)
    return found["beyond_limit"].where(found["beyond_limit"] != 0, found["shift"])


def stretches(flags: ArrayLike) -> list[NDArray[np.int_]]:
    """Return the places of each unbroken run of true flags, in order.

    Misleading for flags of unlike steps: a run is of neighbours in the list, whatever lies between.

    >>> [run.tolist() for run in stretches([True, True, False, True])]
    [[0, 1], [3]]
    """
    places = np.flatnonzero(np.asarray(flags))
    return np.split(places, np.flatnonzero(np.diff(places) > 1) + 1) if places.size else []


def fences(values: ArrayLike, *, reach: float = 1.5, fewest: int = FEWEST) -> Fences:
    """Return the usual range of many values: their quartiles, widened by `reach` times the distance between them.

    low: lower quartile - reach x (upper - lower quartile); high the same upwards; middle: the median.
    Of values that scatter by chance in the normal form, 7 in 1,000 lie outside. Missing values are
    dropped; with fewer than `fewest` the ends are missing, for so few have no usual range.
    Source: Tukey 1977.

    Misleading where the values fall into two clusters: nothing is unusual then.

    >>> fences([1, 2, 3, 4, 5, 6, 7, 8, 40])
    Fences(low=-3.0, middle=5.0, high=13.0)
    """
    known = np.asarray(values, dtype=float)
    known = known[~np.isnan(known)]
    middle = float(np.median(known)) if known.size else np.nan
    if known.size < fewest:
        return Fences(np.nan, middle, np.nan)
    lower, upper = np.percentile(known, [25, 75])
    return Fences(float(lower - reach * (upper - lower)), middle, float(upper + reach * (upper - lower)))


def false_alarms(points: int, latest: int, *, alike: float = 0.0, every_rule: bool = False, draws: int = 2000, seed: int = 0) -> float:
    """Return the share of series in which nothing happens that still signal in their latest points, 0 to 1.

    Series of `points` normal values are drawn, each value `alike` times the one before and chance (see
    trend.likeness), and each series gets its own process limits. Counted are those in which one of the
    `latest` points lies beyond a limit or ends eight or more in a row on one side of the mean; with
    `every_rule` also those with six in a row that rise or fall, or two of three in the outer third of a
    side (see control.signals). Times the number of series watched this is how many signals to expect by
    chance. Missing with fewer than eight points. Same result for the same seed.

    Misleading where neighbouring points resemble one another and `alike` is left at 0: with 0.4, three
    times as many signal.

    >>> 0.03 < false_alarms(36, 12) < 0.15 < false_alarms(36, 12, alike=0.4)
    True
    """
    if points < FEWEST:
        return float("nan")
    drawn = np.random.default_rng(seed).normal(size=(draws, points))
    for place in range(1, points):
        drawn[:, place] = alike * drawn[:, place - 1] + np.sqrt(1 - alike**2) * drawn[:, place]
    away = drawn - drawn.mean(axis=1, keepdims=True)
    reach = control.LIMIT_FACTOR * np.abs(np.diff(drawn)).mean(axis=1, keepdims=True)
    found = (np.abs(away) > reach) | (_runs(np.sign(away)) >= 8)
    if every_rule:
        outer = np.sign(away) * (np.abs(away) > reach * 2 / 3)
        found[:, 1:] |= (_runs(np.sign(np.diff(drawn))) >= 5) | ((outer[:, 1:] != 0) & (outer[:, 1:] == outer[:, :-1]))
        found[:, 2:] |= (outer[:, 2:] != 0) & (outer[:, 2:] == outer[:, :-2])
    return float(found[:, -latest:].any(axis=1).mean())


def _runs(signs: NDArray[np.float64]) -> NDArray[np.int_]:
    """How many equal signs in a row end at each place of each series (a row)."""
    found = np.ones(signs.shape, dtype=int)
    for place in range(1, signs.shape[1]):
        found[:, place] = np.where(signs[:, place] == signs[:, place - 1], found[:, place - 1] + 1, 1)
    return found


def _medians(table: NDArray[np.float64], axis: int) -> NDArray[np.float64]:
    empty = np.isnan(table).all(axis=axis)
    filled = np.where(np.expand_dims(empty, axis), 0.0, table)
    found = np.nanmedian(filled, axis=axis) if table.shape[axis] else np.zeros(table.shape[1 - axis])
    return np.where(empty, np.nan, found)


def _middle(values: NDArray[np.float64]) -> float:
    known = values[~np.isnan(values)]
    return float(np.median(known)) if known.size else 0.0
