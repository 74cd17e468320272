"""Where KPIs are heading: what to expect when the target is due, the chance of meeting it, and what moved around recorded events."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd

from planning.methods import forecast, interrupted, periods, season as seasons

MONTHS = {"monthly": 1, "quarterly": 3, "yearly": 12}
SEASON = {"monthly": 12, "quarterly": 4, "yearly": 1}
ABOUT = ["kpi", "name", "unit", "direction", "frequency", "target", "target_low", "target_high", "due", "period", "value", "status"]
TOLD = ["by", "steps", "points", "expected", "low", "high", "goal", "goal_low", "goal_high", "chance", "word", "method", "mase", "simple", "better", "draws"]
OUTLOOK = [*ABOUT, "asked", *TOLD, "agrees", "reason"]
COURSE = ["period", "measured", "used", "expected", "low", "high"]
AROUND = ["event", "event_name", "date", "kpi", "name", "unit", "direction", "counted_anew", "before", "after", "level", "low", "high",
          "slope", "slope_low", "slope_high",
          "jumped", "turned", "clear", "good", "others", "against", "against_low", "against_high", "torn", "also"]


def outlook(progress: pd.DataFrame, values: pd.DataFrame, events: pd.DataFrame, *, as_of: dt.date, fiscal_year_start: int = 1, seed: int = 0) -> pd.DataFrame:
    """What to expect of each KPI when its target is due, the least likely to meet it first: kpi, name, unit, direction,
    frequency, target, target_low, target_high, due, period and value (the latest), status (of `kpis.progress`), asked (what
    the straight line asks for in that period), by (the last period that ends by the due day), steps (periods ahead),
    points (values used), expected, low, high (80 % range), goal, goal_low, goal_high (the target as the due month has it),
    chance (0-1 of meeting it), word (likely from two in three, unlikely up to one in three, open between), method, mase
    (error in the back-test; 1 is the usual step), simple (that of the best simple rule), better (than the simple rule),
    draws, agrees (False when a KPI on target has a chance below half, or one that is behind a chance of half or more), reason.

    Takes `kpis.progress`. All figures are in the KPI's unit. Only values after the last recorded change of the process
    count; gaps stay gaps. Four methods are tried out on the past and the one that erred least speaks (forecast.forecast).
    Counts that never fell below 0 are not forecast below it, nor shares of 100 that never rose above it. Where a KPI has a season, its
    target holds for the baseline's month and is put on the footing of the month in which it is due.

    KPIs whose status is no target are left out. reason says why there is no forecast, and is empty where there is one: no target, no due day, baseline and target the
    same, the due day or its period over, no value, an old one, a period that stands twice, fewer than eight values, or a
    due day further ahead than the values reach back. It misleads where something new is about to start: the chance is
    that of going on as before.
    """
    progress = progress[progress["status"] != "no target"].reset_index(drop=True)
    rows = [_told(about, values, events, as_of, fiscal_year_start, seed)[0] for about in progress.to_dict("records")]
    found = progress.reindex(columns=ABOUT).reset_index(drop=True).join(pd.DataFrame(rows, columns=[*TOLD, "reason"], index=range(len(rows))))
    band = found["direction"] == "band"
    asked = progress["baseline"] + progress["expected"] * (progress["target"] - progress["baseline"])
    found["asked"] = asked.reset_index(drop=True).astype(float).mask(band)
    numbers = [name for name in TOLD if name not in ("by", "word", "method", "better")]
    found = found.astype({name: float for name in numbers}).astype({"better": "boolean"})
    said = found["status"].map({"on target": True, "behind": False}).astype("boolean")
    found["agrees"] = (said == (found["chance"] >= 0.5)).mask(found["chance"].isna() | said.isna())
    return found.sort_values(["chance", "kpi"], na_position="last", ignore_index=True)[OUTLOOK]


def course(progress: pd.DataFrame, values: pd.DataFrame, events: pd.DataFrame, *, kpi: str, as_of: dt.date, fiscal_year_start: int = 1, seed: int = 0) -> pd.DataFrame:
    """One KPI from its first value to the period in which its target is due: period, measured (missing in gaps and after the
    latest), used (False before the last change of the process), expected, low, high (80 % range; missing up to the latest).

    The forecast is that of `outlook`. Empty for an empty `kpi` and where there is no forecast; raises ValueError when
    there is no such KPI.
    """
    if not kpi:
        return pd.DataFrame(columns=COURSE)
    about = progress[progress["kpi"] == kpi]
    if about.empty:
        raise ValueError(f"kpi: found {kpi}. There are {', '.join(progress['kpi'])}. Name one of them, or leave it empty.")
    told, rows, first, found = _told(about.to_dict("records")[0], values, events, as_of, fiscal_year_start, seed)
    if found is None:
        return pd.DataFrame(columns=COURSE)
    known = pd.DataFrame({"period": rows["period"], "measured": rows["value"], "used": np.arange(len(rows)) >= first})
    ahead = pd.DataFrame({"period": periods.every([rows["period"].iloc[-1], told[0]])[1:], "used": False, "expected": found.expected,
                          "low": found.low, "high": found.high})
    return pd.concat([known, ahead], ignore_index=True).reindex(columns=COURSE)


def most_telling(outlook: pd.DataFrame, *, chosen: str = "") -> str:
    """The id of the KPI to look at closely: the chosen one, else one whose status and chance disagree, else the one whose chance is
    nearest to half; empty without any forecast. `course` raises ValueError when there is no such KPI.

    >>> most_telling(pd.DataFrame({"kpi": ["K1", "K2"], "chance": [0.1, 0.6], "agrees": [True, True]}))
    'K2'
    """
    told = outlook[outlook["chance"].notna()]
    if chosen or told.empty:
        return chosen
    apart = told.assign(apart=told["agrees"].fillna(True).astype(bool), open=(told["chance"] - 0.5).abs().round(9))
    return str(apart.sort_values(["apart", "open", "kpi"], kind="stable").iloc[0]["kpi"])


def around_events(kpis: pd.DataFrame, values: pd.DataFrame, events: pd.DataFrame, *, uses: pd.DataFrame) -> pd.DataFrame:
    """What a KPI did around each event recorded for it, the clear changes first: event, event_name, date, kpi, name, unit, direction,
    counted_anew (the event changed the process), before, after (values on each side), level, low, high (jump at the event,
    in the KPI's unit, with 95 % interval), slope, slope_low, slope_high (change of the rise from period to period), jumped
    and turned (1 up, −1 down where the interval of the jump, of the change of the rise, leaves out 0 when it is widened for the number
    of events and for the two looks at each; else 0), clear (one of the
    two, and not torn), good (to the better; missing for a band and where jump and rise part), others (services that stand
    beside it), against, against_low, against_high (share by which it moved more than the other services; missing without
    them), torn (the jump clearly goes one way, and against the other services it went the other way without a change of the
    rise that would bring it there), also (names of other events recorded within three months).

    `uses` is `usage.monthly`. Only events that name a KPI, with at least eight values on each side within one process: the
    series is cut at other recorded changes. Segmented regression with errors that allow for values that hang together;
    beside it, for monthly counts of output, the difference in differences to the use of all services that the KPI is not
    about and that were counted in every one of its months. A season is taken out first where the whole series shows one.

    It is association: whatever else happened then is in it. Other services may have moved for reasons of their own.
    """
    named = events[events["kpi"].notna()].merge(kpis[["kpi", "name", "unit", "direction", "frequency", "level", "service"]], on="kpi", suffixes=("_event", ""))
    rows = [_around(about, values, events, uses, 2 * len(named)) for about in named.rename(columns={"name_event": "event_name"}).to_dict("records")]
    forms = {"clear": bool, "torn": bool, "jumped": int, "turned": int, "counted_anew": bool, "good": "boolean"}
    found = pd.DataFrame([row for row in rows if row], columns=AROUND).astype(forms)
    return found.sort_values(["clear", "counted_anew", "date", "event"], ascending=[False, True, False, True], ignore_index=True)


def _told(about: dict[str, object], values: pd.DataFrame, events: pd.DataFrame, as_of: dt.date, start: int, seed: int) -> tuple:
    """The figures of TOLD with a reason, the KPI's rows, the place of the first that counts, and the forecast."""
    own = values[(values["kpi"] == about["kpi"])].dropna(subset=["period", "value"])
    own = own[pd.to_datetime(own["period"].map(lambda period: periods.first_day(period, start))) <= pd.Timestamp(as_of)]
    nothing = [None] * len(TOLD)
    reason = _reason(about, own, as_of)
    if reason:
        return [*nothing, reason], own, 0, None
    rows = pd.DataFrame({"period": periods.every(list(own["period"]))}, dtype=object).merge(own[["period", "value"]], on="period", how="left")
    first = max([0, *periods.starts(list(rows["period"]), _changes(events, about["kpi"]))])
    series, months = rows["value"].astype(float).to_numpy()[first:], MONTHS[about["frequency"]]
    by = periods.ended_by(about["due"], months, start)
    steps = len(periods.every([rows["period"].iloc[-1], by])) - 1 if periods.first_day(by) > periods.first_day(rows["period"].iloc[-1]) else 0
    points = int(np.count_nonzero(~np.isnan(series)))
    reason = _too_little(points, steps, first > 0)
    if reason:
        return [*nothing, reason], own, 0, None
    found = forecast.forecast(series, steps, season=SEASON[about["frequency"]], seed=seed, **_bounds(series, str(about["unit"])))
    goals = _goals(about, series, rows["period"].iloc[first], by)
    chance = forecast.chance(found.last, about["direction"], goals[0], low=goals[1], high=goals[2])
    return [by, steps, points, found.expected[-1], found.low[-1], found.high[-1], *goals, chance, forecast.chance_words(chance), found.method, found.mase, found.simple,
            found.better, found.draws, ""], rows, first, found


def _reason(about: dict[str, object], own: pd.DataFrame, as_of: dt.date) -> str:
    ends = ["target_low", "target_high"] if about["direction"] == "band" else ["target"]
    tests = {"no target": any(pd.isna(about[end]) for end in ends), "no due day": pd.isna(about["due"]),
             "baseline and target are the same": about["direction"] != "band" and about["baseline"] == about["target"],
             "no value yet": own.empty, "a period stands twice": own["period"].duplicated().any(),
             "the due day has passed": not pd.isna(about["due"]) and about["due"] < pd.Timestamp(as_of), "the latest value is too old": about["status"] == "stale"}
    return next((reason for reason, holds in tests.items() if holds), "")


def _too_little(points: int, steps: int, changed: bool) -> str:
    if steps == 0:
        return "its due period is measured"
    if points < forecast.FEWEST:
        return "fewer than eight values since its process changed" if changed else "fewer than eight values"
    return "due further ahead than its values reach back" if steps > points else ""


def _changes(events: pd.DataFrame, kpi: object) -> list[pd.Timestamp]:
    return list(events.loc[(events["kpi"].isna() | (events["kpi"] == kpi)) & events["changes_process"].fillna(False).astype(bool), "date"])


def _bounds(series: np.ndarray, unit: str) -> dict[str, float]:
    return {"low": 0.0 if np.nanmin(series) >= 0 else -np.inf, "high": 100.0 if unit.startswith("%") and np.nanmax(series) <= 100 else np.inf}


def _goals(about: dict[str, object], series: np.ndarray, first: str, by: str) -> list[float]:
    """Target and ends of the band, moved from the baseline's month to the due month where there is a season."""
    goals = [float(about[name]) for name in ("target", "target_low", "target_high")]
    season, base = SEASON[about["frequency"]], str(about["baseline_period"])
    if season != 12 or len(base) != len(by) or "Q" in base:
        return goals
    factors = seasons.factors(series, season)
    place, due = ((pd.Period(period) - pd.Period(first)).n % season for period in (base, by))
    return [goal * float(factors[due] / factors[place]) for goal in goals]


def _around(about: dict[str, object], values: pd.DataFrame, events: pd.DataFrame, uses: pd.DataFrame, looks: int) -> list[object] | None:
    own = values[values["kpi"] == about["kpi"]].dropna(subset=["period", "value"]).drop_duplicates("period")
    names = periods.every(list(own["period"]))
    places = periods.starts(names, [about["date"]])
    if not places:
        return None
    edges = [0, *periods.starts(names, [day for day in _changes(events, about["kpi"]) if day != about["date"]]), len(names)]
    low, high = max(edge for edge in edges if edge <= places[0]), min(edge for edge in edges if edge > places[0])
    series, season = _flat(own.set_index("period")["value"].reindex(names).astype(float).to_numpy(), SEASON[about["frequency"]])
    series = series[low:high]
    found = interrupted.interruption(series, places[0] - low, season=season)
    if not found.enough:
        return None
    counted = about["frequency"] == "monthly" and about["level"] == "output" and about["direction"] != "down" and not str(about["unit"]).startswith("%")
    others = _others(about, uses, names[low:high]) if counted else []
    against = interrupted.difference(series, others, places[0] - low) if len(others) else (np.nan,) * 3
    wide = interrupted.interruption(series, places[0] - low, season=season, confidence=1 - 0.05 / looks)
    jumped, turned, moved = (int(low > 0) - int(high < 0) for low, high in (wide.level[1:], wide.slope[1:], against[1:]))
    torn, way = jumped * moved < 0 and turned != moved, (jumped or turned) if jumped * turned >= 0 else 0
    good = None if about["direction"] == "band" or not way or torn else (way > 0) == (about["direction"] == "up")
    near = events[(events["event"] != about["event"]) & (events["kpi"].isna() | (events["kpi"] == about["kpi"]))
                  & ((events["date"] - about["date"]).abs() <= pd.Timedelta(days=92))]
    known = [about[name] for name in ("event", "event_name", "date", "kpi", "name", "unit", "direction")]
    return [*known, bool(about["changes_process"]), found.before, found.after, *found.level, *found.slope, jumped, turned, bool(jumped or turned) and not torn, good,
            len(others), *against, torn, "; ".join(near["name"])]


def _flat(series: np.ndarray, season: int) -> tuple[np.ndarray, int]:
    """The series without its season where one shows over all its years, and the season that is then left to allow for."""
    factors = seasons.factors(series, season) if season > 1 else np.ones(1)
    return series / factors[np.arange(series.size) % season], season if (factors == 1).all() else 1


def _others(about: dict[str, object], uses: pd.DataFrame, names: list[str]) -> np.ndarray:
    """Monthly use of the services that the KPI is not about, one a row, those counted above 0 in every month."""
    wide = uses.assign(period=uses["month"].dt.strftime("%Y-%m"))
    wide = wide[wide["service"] != about["service"]].pivot(index="service", columns="period", values="uses").astype(float)
    wide = wide.reindex(columns=periods.every(list(wide.columns)))
    flat = pd.DataFrame([_flat(row, 12)[0] for row in wide.to_numpy()], index=wide.index, columns=wide.columns).reindex(columns=names)
    return flat[(flat > 0).all(axis=1)].to_numpy(dtype=float)
