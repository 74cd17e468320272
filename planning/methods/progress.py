"""Share of the way to a target, its status, the share of time passed, and targets met in full or in part."""

from datetime import date
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

DIRECTIONS = ("up", "down", "band")
MET, PARTLY, MISSED, UNMEASURED, AIMLESS = "met", "partly met", "not met", "not measured", "no target"
Figures = float | NDArray[np.float64]
Dates = str | date | pd.Series | None


class Done(NamedTuple):
    """The share of the way that is done, 0 to 1, and the raw share before it was held to 0 to 1."""

    share: Figures
    raw: Figures


def share_done(
    value: ArrayLike,
    baseline: ArrayLike,
    target: ArrayLike,
    direction: ArrayLike,
    low: ArrayLike | None = None,
    high: ArrayLike | None = None,
) -> Done:
    """Return the share of the way from the baseline to the target that is done.

    up and down: (value - baseline) / (target - baseline). band (best between low and high): 1
    inside; outside, 1 - the value's distance from the band / the baseline's distance from it, and
    0 when the baseline was inside. share is held to 0 to 1; raw is below 0 when things got worse
    and above 1 past the target. Missing: where a number needed is missing, where baseline and
    target are equal, and where the target lies on the wrong side of the baseline. Works on single
    numbers and on whole columns, one direction a row.

    Source: the linear rule of key results; distance from a band is counted in our own way, since
    published rules for it differ. Misleading when the way is not straight: the last part is often
    the slow one.

    Raises ValueError for a direction other than up, down, band.

    >>> share_done(365, baseline=310, target=420, direction="up").share
    0.5
    >>> share_done(50, None, None, "band", low=40, high=60).share
    1.0
    >>> share_done([8, 30], [10, 20], [4, 20], ["down", "up"]).share
    array([0.33333333,        nan])
    """
    directions = _directions(direction)
    now, before, goal = _figures(value), _figures(baseline), _figures(target)
    sign = np.where(directions == "down", -1.0, 1.0)
    way = np.where(sign * (goal - before) > 0, goal - before, np.nan)
    raw = np.where(directions == "band", _band_share(now, before, _figures(low), _figures(high)), (now - before) / way)
    # Adding 0 turns -0.0, which a page would print as "-0", into 0.
    return Done(_plain(np.clip(raw, 0, 1) + 0.0), _plain(np.where(np.isinf(raw), np.nan, raw) + 0.0))


def status(
    share: ArrayLike, stale: ArrayLike = False, *, on_target: float = 0.90, near: float = 0.70
) -> str | NDArray[np.str_]:
    """Return the status in words: "on target", "near", "behind", "stale" or "no data".

    On target from `on_target`, near from `near`, behind below. A missing share is "no data". A
    stale figure is "stale" whatever it says; a missing one stays "no data". Works on single
    numbers and on whole columns.

    Misleading close to the two limits, where a small step changes the word: show the share too.

    >>> status(0.72), status(0.95, stale=True), status(float("nan"))
    ('near', 'stale', 'no data')
    """
    # Rounding at the ninth place: (9.7 - 7) / (10 - 7) is 0.8999... in a computer, and means 0.9.
    figures, old = np.broadcast_arrays(np.round(_figures(share), 9), np.asarray(stale, dtype=bool))
    words = np.select(
        [np.isnan(figures), old, figures >= on_target, figures >= near],
        ["no data", "stale", "on target", "near"],
        default="behind",
    )
    return words if words.ndim else str(words)


def expected_share(start: Dates, due: Dates, as_of: Dates) -> Figures:
    """Return the share of the time from start to due that has passed by as_of, 0 to 1.

    (as_of - start) / (due - start), held to 0 to 1: what a straight line would have done by then.
    Dates, texts such as 2026-06-30, or whole columns of them. Missing where a date is missing and
    where due is not after start.

    Misleading when work comes in steps or with the season: a straight line is only a yardstick.

    >>> expected_share("2026-01-01", "2026-12-31", "2026-07-02")
    0.5
    """
    moments = [_moment(dates) for dates in (start, due, as_of)]
    begun, ended, now = (np.where(np.isnat(moment), np.nan, moment.astype("int64")) for moment in moments)
    length = np.where(ended > begun, ended - begun, np.nan)
    return _plain(np.clip((now - begun) / length, 0, 1) + 0.0)


def two_targets(
    value: ArrayLike,
    target: ArrayLike,
    partial: ArrayLike,
    direction: ArrayLike,
    low: ArrayLike | None = None,
    high: ArrayLike | None = None,
) -> str | NDArray[np.object_]:
    """Return whether a target is "met", "partly met" or "not met", or else "not measured" or "no target".

    up: met from the target upwards, partly met from the partial target upwards; down: the other
    way round. band: met from low to high; a band has no partial target. Without a partial target
    there is no "partly met". "no target": the target, or an end of the band, is missing; "not
    measured": there is a target but no value. Works on single numbers and on whole columns, one
    direction a row. Source: the balanced scorecard of the University of Virginia from 2001 on
    (Self 2003), where each measure has a target for full and one for partial success.

    Misleading before the day on which the target is due: what is not met yet is not yet missed.

    Raises ValueError for a direction other than up, down, band.

    >>> two_targets([420, 390, 350, None], 420, 380, "up").tolist()
    ['met', 'partly met', 'not met', 'not measured']
    >>> two_targets(5, 4, 6, "down"), two_targets(50, None, None, "band", low=40, high=60)
    ('partly met', 'met')
    """
    directions = _directions(direction)
    now, goal, part, bottom, top = (_figures(one) for one in (value, target, partial, low, high))
    sign = np.where(directions == "down", -1.0, 1.0)
    band = directions == "band"
    # Rounding at the ninth place: a computer's 0.1 + 0.2 is a little more than 0.3.
    reached, half_way = (np.round(sign * (now - end), 9) >= 0 for end in (goal, part))
    met = np.where(band, (now >= bottom) & (now <= top), reached)
    aimless = np.where(band, np.isnan(bottom) | np.isnan(top), np.isnan(goal))
    words = np.select(
        [aimless, np.isnan(now), met, ~band & half_way],
        [AIMLESS, UNMEASURED, MET, PARTLY],
        default=MISSED,
    )
    return words.astype(object) if words.ndim else str(words)


def composite(words: ArrayLike) -> float:
    """Return one figure for many targets: (met - not met) / measured, from -1 (none met) to 1 (all met).

    Takes the words of `two_targets`. Measured are those that are met, partly met or not met; a
    target that is partly met counts in the base only. Missing when nothing was measured. Source:
    the summaries of the University of Virginia's balanced scorecard; the formula is inferred from
    their published rows, which it gives again.

    Misleading when targets are set low, and as a mean over unlike things: show the counts beside it.

    >>> composite(["met", "met", "partly met", "not met", "not measured"])
    0.25
    """
    found = np.asarray(words, dtype=object).ravel()
    met, partly, missed = (int((found == word).sum()) for word in (MET, PARTLY, MISSED))
    measured = met + partly + missed
    return (met - missed) / measured if measured else float("nan")


def _directions(direction: ArrayLike) -> NDArray[np.object_]:
    directions = np.asarray(direction, dtype=object)
    unknown = set(directions.ravel()) - set(DIRECTIONS)
    if unknown:
        raise ValueError(f'Direction: found "{unknown.pop()}". It is "up", "down" or "band". Correct the direction.')
    return directions


def _moment(dates: Dates) -> NDArray[np.datetime64]:
    found = pd.NaT if dates is None else pd.to_datetime(dates)
    return np.asarray(found.to_numpy()).astype("datetime64[ns]")


def _band_share(
    now: NDArray[np.float64], before: NDArray[np.float64], low: NDArray[np.float64], high: NDArray[np.float64]
) -> NDArray[np.float64]:
    apart, apart_before = _distance(now, low, high), _distance(before, low, high)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(apart == 0, 1.0, 1 - apart / apart_before)


def _distance(
    value: NDArray[np.float64], low: NDArray[np.float64], high: NDArray[np.float64]
) -> NDArray[np.float64]:
    return np.maximum(np.maximum(low - value, value - high), 0)


def _plain(numbers: NDArray[np.float64]) -> Figures:
    return numbers if np.ndim(numbers) else float(numbers)


def _figures(numbers: ArrayLike | None) -> NDArray[np.float64]:
    return np.asarray(np.nan if numbers is None else numbers, dtype=float)
