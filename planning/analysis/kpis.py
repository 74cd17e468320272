"""Key performance indicators: how far each is on its way to target, and whether a change in it is real."""

from __future__ import annotations

import datetime as dt
from functools import partial

import numpy as np
import pandas as pd

from planning.methods import control, panel, periods, progress as way, season, trend

STATUSES = ("behind", "stale", "no data", "no target", "near", "on target")
VERDICTS = ("cannot meet", "may or may not meet", "always meets", "moving")
RULES = {"beyond_limit": "beyond a limit", "trend": "trend", "shift": "shift", "near_limit": "near a limit"}
MONTHS = {"monthly": 1, "quarterly": 3, "yearly": 12}
OFTEN = ("monthly", "quarterly")
PATIENCE_DAYS = 1.5 * 365.25 / 12

ABOUT = ["kpi", "name", "objective", "service", "unit", "direction", "frequency", "level", "timing", "perspective",
         "baseline", "baseline_period", "target", "partial", "target_low", "target_high", "due"]
PROGRESS = [*ABOUT, "value", "period", "year_before", "comparable", "days", "share_done", "raw", "expected", "ahead", "achieved", "met", "status", "reason"]
CHART = ["period", "measured", "value", "seasonal", "year_before", "mean", "low", "high", "enough", "segment", "signal", "moved", "event", "note"]
SIGNALS = ["kpi", "name", "unit", "frequency", "signal", "moved", "good", "since", "until", "points", "average", "before", "distance", "sudden", "event",
           "explained", "seasonal", "watched", "by_chance"]
STEPS = ["kpi", "name", "unit", "period_before", "before", "period", "value", "step", "most", "beyond", "seasonal"]
ASSURED = ["kpi", "name", "unit", "direction", "target", "target_low", "target_high", "mean", "low", "high", "points", "since", "seasonal", "verdict"]


def progress(kpis: pd.DataFrame, values: pd.DataFrame, *, as_of: dt.date, fiscal_year_start: int = 1) -> pd.DataFrame:
    """Where each KPI stands on the way to its target, one row a KPI, those that need a look first: kpi, name, objective,
    service, unit, direction, frequency, level, timing, perspective, baseline, baseline_period, target, partial, target_low,
    target_high, due, value and period (the latest measured), year_before (value of the same period a year earlier),
    comparable (the value on the footing of the baseline), days (from the end of that period to as_of), share_done (0-1),
    raw (the share before it is held to 0-1: below 0 it went backwards), expected (0-1, where a straight line would
    stand), ahead (raw − expected, in shares of the way), achieved (True when the target is met now), met (met, partly met,
    not met, not measured or no target, against the full and the partial target; a stale value is not measured), status,
    reason (why share_done is not available; empty when it is).

    Values, baseline and target are in the KPI's unit. Where a monthly KPI has a season, the latest value is put on the
    footing of the baseline's month (value × that month's seasonal factor ÷ its own) before it is compared. The line runs
    from the end of the baseline period to due, and is read at the end of the latest period, or at as_of if that is
    earlier; a band has no line, it is held or not. status is *stale* when as_of is more than one and a half periods of
    the KPI's frequency after the end of the latest period; else *on target* when the target is met or the share done is
    at least 90 % of what the line asks for, *near* from 70 %, *behind* below. After due the line asks for the whole way; a band that is not held is
    near at best. Where the share is not available, a target that is met is *on target*, one that is missed in spite of a baseline is
    *behind*; *no target* stands where a KPI was measured but nobody has set a target yet, and *no data* where nothing can be told.

    A yearly period is the fiscal year that begins in month `fiscal_year_start` and is named after its end. Misleads early
    on, when the line asks for little.

    >>> kpis = pd.DataFrame({"kpi": ["K1"], "name": ["Sessions"], "direction": ["up"], "frequency": ["monthly"], "baseline": [10.0],
    ...     "baseline_period": ["2025-06"], "target": [20.0], "due": [pd.Timestamp("2027-06-30")]}).reindex(columns=ABOUT)
    >>> values = pd.DataFrame({"kpi": ["K1", "K1"], "period": ["2025-06", "2026-06"], "value": [10.0, 16.0]})
    >>> progress(kpis, values, as_of=dt.date(2026, 6, 30))[["value", "year_before", "share_done", "expected", "status"]].values.tolist()
    [[16.0, 10.0, 0.6, 0.5, 'on target']]
    """
    begins, ends = (partial(day, start=fiscal_year_start) for day in (periods.first_day, periods.last_day))
    known = values[pd.to_datetime(values["period"].map(begins, na_action="ignore")) <= pd.Timestamp(as_of)]
    latest = pd.DataFrame([_latest(about, known) for about in kpis.itertuples()], columns=["kpi", "value", "period", "year_before", "comparable"])
    found = kpis[ABOUT].merge(latest.astype({"value": float, "year_before": float, "comparable": float}), on="kpi", how="left")
    end = pd.to_datetime(found["period"].map(ends, na_action="ignore")).clip(upper=pd.Timestamp(as_of))
    found["days"] = (pd.Timestamp(as_of) - end).dt.days
    done = way.share_done(found["comparable"], found["baseline"], found["target"], found["direction"], found["target_low"], found["target_high"])
    found["share_done"], found["raw"] = done.share, done.raw
    started = pd.to_datetime(found["baseline_period"].map(ends, na_action="ignore"))
    line = pd.Series(way.expected_share(started, found["due"], end), index=found.index, dtype=float)
    found["expected"] = line.where((found["direction"] != "band") & found["share_done"].notna())
    found["ahead"] = found["raw"] - found["expected"]
    met = pd.Series(way.two_targets(*(found[name] for name in ("comparable", "target", "partial", "direction", "target_low", "target_high"))),
                    index=found.index, dtype=object)
    found["achieved"] = met.map({way.MET: True, way.PARTLY: False, way.MISSED: False}).astype("boolean")
    found["status"] = _status(found)
    found["met"] = met.mask((found["status"] == "stale") & (met != way.AIMLESS), way.UNMEASURED)
    found["reason"] = _reason(found)
    order = found["status"].map({word: place for place, word in enumerate(STATUSES)})
    return found.assign(order=order).sort_values(["order", "ahead", "kpi"], ignore_index=True)[PROGRESS]


def counts(progress: pd.DataFrame) -> pd.DataFrame:
    """How many KPIs have each status, all six words: status, kpis. Takes `progress`.

    >>> counts(pd.DataFrame({"status": ["behind", "near", "behind"]}))["kpis"].tolist()
    [2, 0, 0, 0, 1, 0]
    """
    return progress["status"].value_counts().reindex(list(STATUSES), fill_value=0).rename_axis("status").rename("kpis").reset_index()


def reconciled(progress: pd.DataFrame, kpis: pd.DataFrame) -> pd.DataFrame:
    """The sum that statuses must have: check, expected, found; empty without KPIs."""
    rows = [["KPIs by status add up to all KPIs", len(kpis), counts(progress)["kpis"].sum()]] if len(kpis) else []
    return pd.DataFrame(rows, columns=["check", "expected", "found"])


def series(values: pd.DataFrame, kpi: str) -> pd.DataFrame:
    """All periods of one KPI from its first to its last, oldest first: period, value (missing where nothing was measured), note.

    A period without a row stays a gap; it is not zero. Empty when the KPI has no value.

    >>> values = pd.DataFrame({"kpi": ["K1", "K1"], "period": ["2026-01", "2026-03"], "value": [4.0, 6.0], "note": [None, None]})
    >>> series(values, "K1")["value"].tolist()
    [4.0, nan, 6.0]
    """
    own = values[values["kpi"] == kpi].dropna(subset=["period", "value"])
    frame = pd.DataFrame({"period": periods.every(list(own["period"]))}, dtype=object)
    return frame.merge(own.reindex(columns=["period", "value", "note"]), on="period", how="left")


def chart(kpis: pd.DataFrame, values: pd.DataFrame, events: pd.DataFrame, *, kpi: str) -> pd.DataFrame:
    """The control chart of one KPI, one row a period, gaps kept: period, measured (as counted), value (as charted), seasonal,
    year_before (measured a year earlier), mean, low, high (process limits), enough, segment (1, 2, …), signal (the rule in
    words, empty without one), moved (1 up, −1 down, 0), event (what was recorded for the period), note.

    All figures are in the KPI's unit. Limits are mean ± 2.66 mean moving ranges, for at least eight monthly or quarterly points, and are computed
    anew only where an event of this KPI, or of all, is recorded to change the process: from its period on when it falls
    in the first half of it, else from the next. Where a monthly KPI has a season (taking it out lowers the movement from
    month to month by a third or more), the charted values are put on the footing of the baseline's month, or of a mean
    month without one, and `seasonal` is true. A lower limit below 0 is shown as 0 when no value is. Signals: beyond a
    limit; six in a row up, or down; eight in a row on one side of the mean; two of three near a limit.

    Misleads for a KPI that was meant to grow all the time: its points cross the limits because of the growth. Empty
    for an empty `kpi`; raises ValueError when there is no such KPI.
    """
    if not kpi:
        return pd.DataFrame(columns=CHART)
    rows, about = series(values, kpi), _of(kpis, kpi)
    charted, seasonal = _on_footing(rows, about)
    own = events[events["kpi"].isna() | (events["kpi"] == kpi)]
    starts = periods.starts(list(rows["period"]), list(own.loc[own["changes_process"].astype(bool), "date"]))
    fewest = 8 if about["frequency"] in OFTEN else len(rows) + 1
    signs = control.signals(charted, starts, fewest=fewest).rename(columns=RULES)[list(RULES.values())]
    rows = rows.rename(columns={"value": "measured"}).assign(value=charted, seasonal=seasonal)
    rows["year_before"] = rows["measured"].shift(12 // MONTHS[about["frequency"]])
    limits = ["mean", "low", "high", "enough", "segment"]
    rows[limits] = control.segments(charted, starts, fewest=fewest)[limits].set_axis(rows.index)
    rows["low"] = rows["low"].clip(lower=0) if rows["measured"].min() >= 0 else rows["low"]
    rows["signal"] = [next((rule for rule in signs if row[rule]), "") for row in signs.to_dict("records")]
    rows["moved"] = [row.get(rule, 0) for rule, row in zip(rows["signal"], signs.to_dict("records"))]
    rows["event"] = [_during(own, periods.first_day(period), periods.last_day(period)) for period in rows["period"]]
    return rows[CHART]


def signals(kpis: pd.DataFrame, values: pd.DataFrame, events: pd.DataFrame, *, as_of: dt.date, months: int = 12) -> pd.DataFrame:
    """Signals of change in the last months, at most one a KPI, the unexplained, monthly and most sudden first: kpi, name, unit,
    frequency, signal (the rule in words), moved (up or down), good (True when that is better; missing for a band), since, until (periods),
    points, average (of these points), before (mean of the earlier points of the segment), distance (largest distance from
    the segment's mean, 1 is the limit), sudden (the step with which it began, 1 is the usual step from point to point),
    event (recorded beside its start), explained, seasonal, watched (number of KPIs with limits), by_chance (how many of
    these would signal if nothing happened anywhere).

    A signal is a run of neighbouring points of `chart` that all point one way; the last run of a KPI counts, if it ends
    within `months` before as_of. It is explained when an event of this KPI, or of all, is recorded in its first period
    or up to two months before. Misleads when many KPIs are watched: some signal by chance, and by_chance says how many, in
    series whose values resemble one another as much as these do (panel.false_alarms). An event beside a signal is
    not its cause.
    """
    charts = [(about, chart(kpis, values, events, kpi=about.kpi)) for about in kpis.itertuples() if about.frequency in OFTEN]
    rows = [_signal(about, points, events) for about, points in charts]
    found = pd.DataFrame([row for row in rows if row], columns=SIGNALS[:-2])
    found["watched"], found["by_chance"] = _chance_signals(charts, months)
    floor = pd.Timestamp(as_of) - pd.DateOffset(months=months)
    recent = pd.Series([periods.last_day(period) > floor for period in found["until"]], index=found.index, dtype=bool)
    found = found[recent].astype({"explained": bool, "seasonal": bool, "good": "boolean"})
    return found.sort_values(["explained", "frequency", "sudden", "kpi"], ascending=[True, True, False, True], ignore_index=True)


def assurance(kpis: pd.DataFrame, values: pd.DataFrame, events: pd.DataFrame) -> pd.DataFrame:
    """What each process can meet if nothing changes: kpi, name, unit, direction, target, target_low, target_high, mean, low,
    high (of the last segment), points, since (its first period), seasonal, verdict.

    verdict: *always meets*, *cannot meet*, *may or may not meet* by chance from period to period, or *moving* when one of
    the last twelve points lies beyond a limit or in a trend, for then the limits say little about what comes. KPIs with
    fewer than eight points since the last change of the process are left out, and so are those without a target.
    """
    rows = [_assured(about, chart(kpis, values, events, kpi=about.kpi)) for about in kpis.itertuples() if about.frequency in OFTEN]
    found = pd.DataFrame([row for row in rows if row], columns=ASSURED)
    found = found[found["verdict"] != "not known"].astype({"seasonal": bool})
    order = found["verdict"].map({word: place for place, word in enumerate(VERDICTS)})
    return found.assign(order=order).sort_values(["order", "kpi"], ignore_index=True)[ASSURED]


def steps(kpis: pd.DataFrame, values: pd.DataFrame, events: pd.DataFrame) -> pd.DataFrame:
    """The latest value of each KPI against the one before it, the largest step for its process first: kpi, name, unit,
    period_before, before, period, value (as charted), step (value − before), most (the largest step that the process makes
    by itself: 3.268 mean moving ranges), beyond (the step is larger), seasonal.

    Monthly and quarterly KPIs with at least eight points since the last change of the process whose last two periods were
    both measured. Two points are the usual comparison and mostly say nothing: read it as a caution, not as a ranking.
    """
    rows = [_step(about, chart(kpis, values, events, kpi=about.kpi)) for about in kpis.itertuples() if about.frequency in OFTEN]
    found = pd.DataFrame([row for row in rows if row], columns=STEPS).astype({"beyond": bool, "seasonal": bool})
    size = (found["step"].astype(float).abs() / found["most"].astype(float)).round(9)
    return found.assign(size=size).sort_values(["size", "kpi"], ascending=[False, True], ignore_index=True)[STEPS]


def most_telling(signals: pd.DataFrame, progress: pd.DataFrame, *, chosen: str = "") -> str:
    """The id of the KPI to look at closely: the chosen one, else the one whose unexplained signal began most suddenly, else
    the first of `progress`; monthly KPIs come before quarterly ones, and empty stands for none. Yearly KPIs have too few
    values to be looked at in this way.

    Raises ValueError when the chosen KPI is not there.

    >>> rows = pd.DataFrame({"kpi": ["K1", "K2"], "frequency": ["yearly", "monthly"], "value": [1.0, 2.0]})
    >>> most_telling(pd.DataFrame({"kpi": [], "explained": []}), rows)
    'K2'
    """
    if chosen:
        return str(_of(progress, chosen)["kpi"])
    measured = [progress.loc[(progress["frequency"] == word) & progress["value"].notna(), "kpi"] for word in OFTEN]
    return str(next(iter([*signals.loc[~signals["explained"].astype(bool), "kpi"], *measured[0], *measured[1]]), ""))


def unlike(progress: pd.DataFrame, events: pd.DataFrame) -> pd.DataFrame:
    """KPIs whose baseline and latest value lie on two sides of a change of the process: kpi, name, event, date.

    Their share of the way sets unlike figures against each other. Takes `progress`.
    """
    breaks = events[events["changes_process"].astype(bool)].rename(columns={"event": "id", "name": "event"})
    every = progress.dropna(subset=["baseline_period", "period"])[["kpi", "name", "baseline_period", "period"]]
    pairs = every.merge(breaks[["kpi", "event", "date"]].rename(columns={"kpi": "of"}), how="cross")
    pairs = pairs[pairs["of"].isna() | (pairs["of"] == pairs["kpi"])]
    before, after = (pd.to_datetime(pairs[column].map(periods.last_day)) for column in ("baseline_period", "period"))
    return pairs.loc[(before < pairs["date"]) & (pairs["date"] <= after), ["kpi", "name", "event", "date"]].sort_values("kpi", ignore_index=True)


def _of(rows: pd.DataFrame, kpi: str) -> pd.Series:
    own = rows[rows["kpi"] == kpi]
    if own.empty:
        raise ValueError(f"kpi: found {kpi}. There are {', '.join(rows['kpi'])}. Name one of them, or leave it empty.")
    return own.iloc[0]


def _latest(about: object, values: pd.DataFrame) -> list[object]:
    rows = series(values, about.kpi)
    if rows.empty:
        return [about.kpi, np.nan, None, np.nan, np.nan]
    year = 12 // MONTHS[about.frequency]
    before = rows["value"].iloc[-1 - year] if len(rows) > year else np.nan
    return [about.kpi, rows["value"].iloc[-1], rows["period"].iloc[-1], before, _on_footing(rows, about._asdict())[0].iloc[-1]]


def _on_footing(rows: pd.DataFrame, about: object) -> tuple[pd.Series, bool]:
    """The values as if every month were the baseline's month, and whether there is a season at all."""
    numbers = rows["value"].astype(float)
    if about["frequency"] != "monthly" or rows.empty:
        return numbers, False
    factors = season.factors(numbers)
    base = str(about["baseline_period"])
    place = (pd.Period(base) - pd.Period(rows["period"].iloc[0])).n % 12 if len(base) == 7 and "Q" not in base else None
    return numbers / factors[np.arange(len(numbers)) % 12] * (1.0 if place is None else factors[place]), bool((factors != 1).any())


def _during(events: pd.DataFrame, first: pd.Timestamp, last: pd.Timestamp) -> str:
    return "; ".join(events.loc[events["date"].between(first, last), "name"])


def _chance_signals(charts: list[tuple[object, pd.DataFrame]], months: int) -> tuple[int, float]:
    """How many KPIs have limits, and how many of them would signal by chance."""
    last = [(about, rows[rows["segment"] == rows["segment"].iloc[-1]]) for about, rows in charts if len(rows) and rows["enough"].iloc[-1]]
    if not last:
        return 0, 0.0
    steps = [(rows["value"].astype(float) / (rows["value"].astype(float).diff().abs().mean() or np.nan)).to_numpy() for _, rows in last]
    longest = max(map(len, steps))
    alike = round(trend.likeness(np.column_stack([np.append(step, np.full(longest - len(step), np.nan)) for step in steps])), 1)
    lengths = [(int(rows["value"].count()), max(1, months // MONTHS[about.frequency])) for about, rows in last]
    alarms = {pair: panel.false_alarms(*pair, alike=alike, every_rule=True) for pair in set(lengths)}
    return len(last), float(sum(alarms[pair] for pair in lengths))


def _signal(about: object, rows: pd.DataFrame, events: pd.DataFrame) -> list[object] | None:
    signs = rows["moved"].astype(int)
    if not signs.any():
        return None
    run = (signs != signs.shift()).cumsum()
    points = rows[run == run[signs[signs != 0].index[-1]]]
    first, since, up = points.index[0], points["period"].iloc[0], signs[points.index[0]] > 0
    segment = rows[rows["segment"] == points["segment"].iloc[0]]
    steps = segment["value"].diff().abs()
    reach = (points["high"] - points["mean"]).where(lambda width: width > 0)
    own = events[events["kpi"].isna() | (events["kpi"] == about.kpi)]
    event = _during(own, periods.first_day(since) - pd.DateOffset(months=2), periods.last_day(since))
    return [about.kpi, about.name, about.unit, about.frequency, points["signal"].mode()[0], "up" if up else "down",
            None if about.direction == "band" else bool(up == (about.direction == "up")), since, points["period"].iloc[-1], len(points),
            points["value"].mean(), segment.loc[segment.index < first, "value"].mean(), ((points["value"] - points["mean"]).abs() / reach).max(),
            steps.loc[first - 1:first + 1].max() / steps.mean(), event, bool(event), bool(points["seasonal"].iloc[0])]


def _assured(about: object, rows: pd.DataFrame) -> list[object] | None:
    if rows.empty or not rows["enough"].iloc[-1]:
        return None
    last = rows[rows["segment"] == rows["segment"].iloc[-1]]
    low, high = last["low"].iloc[-1], last["high"].iloc[-1]
    goals = [(about.target_low, "up"), (about.target_high, "down")] if about.direction == "band" else [(about.target, about.direction)]
    words = {control.assurance(goal, low, high, direction) for goal, direction in goals}
    verdict = next(word for word in ("not known", *VERDICTS) if word in words)
    moving = rows["signal"].tail(12).isin(["beyond a limit", "trend"]).any()
    return [about.kpi, about.name, about.unit, about.direction, about.target, about.target_low, about.target_high, last["mean"].iloc[-1], low, high,
            int(last["value"].count()), last["period"].iloc[0], bool(last["seasonal"].iloc[-1]), "moving" if moving and verdict != "not known" else verdict]


def _step(about: object, rows: pd.DataFrame) -> list[object] | None:
    if len(rows) < 2 or not rows["enough"].iloc[-1] or rows["segment"].iloc[-1] != rows["segment"].iloc[-2] or rows["value"].tail(2).isna().any():
        return None
    before, last = rows.iloc[-2], rows.iloc[-1]
    most = (last["high"] - last["mean"]) * control.RANGE_FACTOR / control.LIMIT_FACTOR
    step = last["value"] - before["value"]
    return [about.kpi, about.name, about.unit, before["period"], before["value"], last["period"], last["value"], step, most, abs(step) > most, last["seasonal"]]


def _status(rows: pd.DataFrame) -> pd.Series:
    line = rows["expected"].fillna(1.0)
    kept = pd.Series(np.where(line > 0, rows["share_done"] / line.where(line > 0), (rows["raw"] >= 0).astype(float)), index=rows.index)
    told = rows["achieved"].notna() & (rows["baseline"].notna() | (rows["direction"] == "band"))
    pace = kept.where(rows["share_done"].notna(), told.map({True: 0.0, False: np.nan})).mask(rows["achieved"].fillna(False).astype(bool), 1.0)
    pace = pace.mask(rows["direction"].eq("band") & rows["achieved"].eq(False).fillna(False), pace.clip(upper=0.89))
    stale = rows["days"] > PATIENCE_DAYS * rows["frequency"].map(MONTHS)
    words = pd.Series(way.status(pace, stale), index=rows.index, dtype=object).mask(rows["value"].notna() & _aimless(rows), "no target")
    return words.mask(stale, "stale")


def _aimless(rows: pd.DataFrame) -> pd.Series:
    """True where nobody has set a target yet."""
    return rows["target"].isna().mask(rows["direction"] == "band", rows["target_low"].isna() | rows["target_high"].isna())


def _reason(rows: pd.DataFrame) -> pd.Series:
    tests = {"": rows["share_done"].notna(), "no value yet": rows["value"].isna(), "no target": _aimless(rows), "no baseline": rows["baseline"].isna(),
             "baseline and target are the same": rows["baseline"] == rows["target"]}
    return pd.Series(np.select(list(tests.values()), list(tests), "target on the wrong side of the baseline"), index=rows.index, dtype=object)
