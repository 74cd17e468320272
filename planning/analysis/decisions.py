"""Past decisions, looked at again: does the goal still stand, has the evidence moved, is the day of review past."""

from __future__ import annotations

import datetime as dt

import pandas as pd

STATES = ("no longer holds", "look again", "holds")
MOVED = 0.25
GROUNDS = ("revoked", "goal ended")


def evidence(decisions: pd.DataFrame, progress: pd.DataFrame, values: pd.DataFrame, *, events: pd.DataFrame) -> pd.DataFrame:
    """What the figure behind each decision said then and says now: decision, kpi_name, unit, then (as written down), before and
    before_period (the value that is set against today's), now, now_period, like (true when the two periods are the same time
    of the year), moved (share of the way from baseline to target, above 0 towards it), broken_by (event), stale.

    The newest value is set against the last one of the same month or quarter that was known on the
    day of the decision, so that a season is not read as a change. An event that changed the process
    between the two rules a pair out; then an older pair is taken, not more than a year back. Without
    any pair the figure that was written down is set against the newest one, and `like` is false.
    broken_by names an event since the decision that changed the process: then figures before and
    after are not one series, and what moved is missing. For a band the way is its width, and
    distance from the band counts. moved is also missing without baseline or target. Takes
    `kpis.progress` and the tables of values and of events. Decisions without a KPI have no row.
    """
    columns = ["decision", "kpi_name", "unit", "then", "before", "before_period", "now", "now_period", "like", "moved", "broken_by", "stale"]
    about = decisions.dropna(subset=["kpi"]).merge(progress, on="kpi", suffixes=("_taken", ""))
    rows = []
    for one in about.itertuples(index=False):
        known = values[(values["kpi"] == one.kpi) & values["value"].notna()]
        breaks = events[events["changes_process"].astype(bool) & (events["kpi"].isna() | (events["kpi"] == one.kpi))]
        before, now, like, broken = _pair(known, one.date, one.kpi_then, breaks)
        moved = float("nan") if broken else _moved(before[1], now[1], one)
        rows.append([one.decision, one.name, one.unit, one.kpi_then, before[1], before[0], now[1], now[0], like, moved, broken, one.status == "stale"])
    found = pd.DataFrame(rows, columns=columns)
    return found.astype({"then": float, "before": float, "now": float, "moved": float, "like": bool, "stale": bool})


Reading = tuple[str | None, float]


def _pair(known: pd.DataFrame, date: pd.Timestamp, then: float, breaks: pd.DataFrame) -> tuple[Reading, Reading, bool, str | None]:
    """The reading then, the reading now, whether they are of the same time of the year, and the event that parts them."""
    if known.empty:
        return (None, then), (None, float("nan")), False, None
    readings = sorted((pd.Period(text.replace("-Q", "Q")), text, float(value)) for text, value in zip(known["period"], known["value"]))
    old, new = ([one for one in readings if (one[0].end_time < date) == earlier] for earlier in (True, False))
    newest, start = readings[-1], old[-1] if old else None
    parted = _between(start[0], newest[0], breaks) if start else []
    for period, text, value in [] if parted else reversed(new):
        same = [one for one in old if _season(one[0]) == _season(period) and not _between(one[0], period, breaks)]
        if same and period > newest[0] - _year(period):
            return same[-1][1:], (text, value), True, None
    return (start[1] if start else None, then), newest[1:], False, parted[-1] if parted else None


def _season(period: pd.Period) -> int:
    return period.month if period.freqstr.startswith("M") else period.quarter if period.freqstr.startswith("Q") else 0


def _year(period: pd.Period) -> int:
    return 12 if period.freqstr.startswith("M") else 4 if period.freqstr.startswith("Q") else 1


def _between(early: pd.Period, late: pd.Period, breaks: pd.DataFrame) -> list[str]:
    """Names of the events after one period and before the end of another, by date."""
    return breaks[(breaks["date"] > early.end_time) & (breaks["date"] <= late.end_time)].sort_values("date")["name"].tolist()


def _moved(before: float, now: float, kpi: tuple) -> float:
    if kpi.direction == "band":
        width = kpi.target_high - kpi.target_low
        return (_outside(before, kpi) - _outside(now, kpi)) / width if width > 0 else float("nan")
    way = kpi.target - kpi.baseline
    return (now - before) / way if way and not pd.isna(way) else float("nan")


def _outside(value: float, kpi: tuple) -> float:
    return float("nan") if pd.isna(value) else max(kpi.target_low - value, value - kpi.target_high, 0.0)


def revalidated(decisions: pd.DataFrame, goals: pd.DataFrame, evidence: pd.DataFrame, *, services: pd.DataFrame, as_of: dt.date, moved: float = MOVED) -> pd.DataFrame:
    """Which past decisions still hold: decision, what, date, step, decided_by, why, goal_name, goal_ended (day, missing while it
    stands), replaced_by (name), service_name, the columns of `evidence`, review, overdue, revoked_by (what was decided
    instead), revoked_on, state (no longer holds, look again, holds), reasons (texts, separated by "; ").

    No longer holds: a later decision revoked it, or the goal that it served has ended. Look again:
    its figure moved by `moved` or more of the way from baseline to target, to either side; an event
    broke its series, or it has not been measured of late; its day of review has come; or the
    service that it is about has ended. Else it holds. That a decision holds does not make it
    right: a rule can only look at what was written down. Takes all goals, ended ones too.
    What no longer holds comes first, then by date.
    """
    columns = ["decision", "what", "date", "step", "decided_by", "why", "goal_name", "goal_ended", "replaced_by", "service_name", *evidence.columns[1:],
               "review", "overdue", "revoked_by", "revoked_on", "state", "reasons"]
    day = pd.Timestamp(as_of)
    found = decisions[["decision", "what", "date", "step", "decided_by", "why", "goal", "service", "review"]].merge(evidence, on="decision", how="left")
    found["goal_name"] = found["goal"].map(dict(zip(goals["goal"], goals["name"])))
    ends = pd.to_datetime(found["goal"].map(dict(zip(goals["goal"], goals["valid_to"]))))
    found["goal_ended"] = ends.where(ends < day)
    found["replaced_by"] = found["goal"].map(dict(zip(goals["replaces"], goals["name"])))
    found["service_name"] = found["service"].map(dict(zip(services["service"], services["name"])))
    found["overdue"] = found["review"] <= day
    found["revoked_by"] = found["decision"].map(dict(zip(decisions["revokes"], decisions["what"])))
    found["revoked_on"] = pd.to_datetime(found["decision"].map(dict(zip(decisions["revokes"], decisions["date"]))))
    for column in ("like", "stale"):
        found[column] = found[column].eq(True)
    ended = set(services.loc[services["status"] == "ended", "service"])
    reasons = [_reasons(one, one.service in ended, moved) for one in found.itertuples(index=False)]
    found["state"] = [_state(grounds) for grounds in reasons]
    found["reasons"] = pd.Series(["; ".join(grounds) for grounds in reasons], index=found.index, dtype="str")
    order = found["state"].map({state: place for place, state in enumerate(STATES)})
    return found.assign(order=order).sort_values(["order", "date", "decision"], ignore_index=True)[columns]


def _reasons(one: tuple, service_ended: bool, moved: float) -> list[str]:
    facts = {"revoked": not pd.isna(one.revoked_on), "goal ended": not pd.isna(one.goal_ended),
             "evidence moved": abs(one.moved) >= moved - 1e-9, "series broken": not pd.isna(one.broken_by), "not measured of late": one.stale,
             "review is due": one.overdue, "service has ended": service_ended}
    return [reason for reason, holds in facts.items() if holds]


def _state(reasons: list[str]) -> str:
    if set(reasons) & set(GROUNDS):
        return STATES[0]
    return STATES[1] if reasons else STATES[2]
