"""Trigger points: which agreed figure has crossed its mark, since when, and whether what was agreed was done."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import pandas as pd

from planning.methods import periods

STATES = ("fired", "near", "cannot be told", "quiet")
Tables = Mapping[str, pd.DataFrame]
COLUMNS = ["trigger", "name", "kpi", "kpi_name", "unit", "side", "mark", "near", "window", "value", "period", "distance", "start_distance", "run", "since", "state",
           "reason", "earlier", "crossed", "action", "owner_name", "agreed", "scenario", "scenario_name", "initiative", "initiative_name", "acted", "due", "ownerless"]


def states(tables: Tables, progress: pd.DataFrame, *, as_of: dt.date, fiscal_year_start: int = 1) -> pd.DataFrame:
    """Where each trigger point stands: trigger, name, kpi, kpi_name, unit, side, mark, near, window, value and period (the
    latest), distance (how far the value is beyond its mark, as a share of the mark; below 0 it is short of it; missing when the mark
    is 0), start_distance (the same on the day it was agreed), run (periods in a row at the mark or beyond, up to the latest), since (first of them), state, reason (why it cannot be
    told), earlier (a period since it was agreed in which it fired before; empty without one), crossed (the figure was at
    the mark or beyond when it was agreed), action, owner_name, agreed, scenario, scenario_name, initiative,
    initiative_name, acted, due (fired and not acted on), ownerless.

    state: *fired* when the last `window` periods were all measured and all at the mark or beyond; else
    *cannot be told* when the KPI has no value, is stale (takes the status of planning.analysis.kpis.progress) or has
    fewer measured periods in a row than the window; *near* when the latest value is at `near` or
    beyond; *quiet* otherwise. A period that was not measured ends a row of periods. An action counts
    as done when it was carried out on or after the first day of the row. Source: signposts and
    triggers of Walker, Rahman and Cave 2001 and Haasnoot and others 2013.

    Takes the plan's tables triggers, kpis, kpi_values, roles, scenarios and initiatives. Fired and not acted on comes first, then
    fired, near, cannot be told and quiet. Values are read as measured: a KPI with a season may cross its mark each
    year at the same time, which a longer window does not mend.
    """
    triggers = tables["triggers"].astype({"mark": float, "near": float})
    if triggers.empty:
        return pd.DataFrame(columns=COLUMNS)
    known = progress.set_index("kpi")
    rows = [_state(row, tables["kpi_values"], known, as_of, fiscal_year_start) for row in triggers.to_dict("records")]
    found = triggers.reset_index(drop=True).join(pd.DataFrame(rows))
    found["kpi_name"], found["unit"] = (found["kpi"].map(known[column]) for column in ("name", "unit"))
    for key, table in (("owner", "roles"), ("scenario", "scenarios"), ("initiative", "initiatives")):
        own = tables[table].set_index({"owner": "role"}.get(key, key))["name"]
        found[f"{key}_name"] = found[key].map(own)
    found["ownerless"] = found["owner_name"].isna()
    acted = pd.to_datetime(found["acted"])
    begun = pd.to_datetime(found["since"].map(lambda one: periods.first_day(one, fiscal_year_start), na_action="ignore"))
    found["due"] = (found["state"] == "fired") & ~(acted >= begun)
    order = found["state"].map({word: place for place, word in enumerate(STATES)})
    return found.assign(order=order).sort_values(["due", "order", "trigger"], ascending=[False, True, True], ignore_index=True)[COLUMNS]


def _state(row: Mapping[str, object], values: pd.DataFrame, known: pd.DataFrame, as_of: dt.date, start: int) -> dict[str, object]:
    own = values[(values["kpi"] == row["kpi"]) & values["value"].notna()]
    ended = {one: periods.last_day(one, start) for one in own["period"] if periods.first_day(one, start) <= pd.Timestamp(as_of)}
    figures = own.set_index("period")["value"].reindex(periods.every(list(ended)))
    sign = 1 if row["side"] == "above" else -1
    lengths = _runs(figures, sign, row["mark"])
    run, value = (int(lengths.iloc[-1]), figures.iloc[-1]) if len(figures) else (0, float("nan"))
    agreed = pd.Timestamp(row["agreed"]) if pd.notna(row["agreed"]) else pd.NaT
    before = figures[[ended.get(one, pd.Timestamp.max) <= agreed for one in figures.index]].dropna() if pd.notna(agreed) else figures.head(0)
    reason = _reason(figures, row["window"], known["status"].get(row["kpi"]))
    state = "fired" if run >= row["window"] else "cannot be told" if reason else "near" if sign * value >= sign * row["near"] else "quiet"
    filled = [one for one, length in lengths.items() if length == row["window"] and not (pd.notna(agreed) and ended[one] < agreed)]
    return {"value": value, "period": figures.index[-1] if len(figures) else None, "distance": _beyond(value, row["mark"], sign),
            "start_distance": _beyond(before.iloc[-1], row["mark"], sign) if len(before) else float("nan"), "run": run,
            "since": figures.index[-run] if run else None, "state": state, "reason": reason if state == "cannot be told" else "",
            "earlier": filled[-1] if filled and state != "fired" else "", "crossed": bool(len(before) and sign * before.iloc[-1] >= sign * row["mark"])}


def _runs(figures: pd.Series, sign: int, mark: float) -> pd.Series:
    """How many periods in a row, up to each one, are at the mark or beyond; a gap begins anew."""
    there = (sign * figures >= sign * mark) & figures.notna()
    return there.astype(int).groupby((~there).cumsum()).cumsum()


def _reason(figures: pd.Series, window: int, status: object) -> str:
    if figures.empty:
        return "no value"
    if status == "stale":
        return "stale"
    return "too few periods" if figures.tail(window).notna().sum() < window else ""


def _beyond(value: float, mark: float, sign: int) -> float:
    return float(sign * (value - mark) / abs(mark)) if mark else float("nan")


def paths(states: pd.DataFrame, initiatives: pd.DataFrame) -> pd.DataFrame:
    """What will be done when: all columns of `states`, when (done, now, soon, later or not known) and begun (status of the initiative that
    the action begins, stops or changes; missing without one).

    now: it fired and nothing was done. done: it fired and was acted on. soon: near. Ordered by that.
    Source: the adaptation pathways of Haasnoot and others 2013, as a list. Takes `states`.
    """
    words = {"near": "soon", "quiet": "later", "cannot be told": "not known"}
    found = states.assign(when=states["state"].map(words), begun=states["initiative"].map(initiatives.set_index("initiative")["status"]))
    found["when"] = found["when"].mask(states["state"] == "fired", states["due"].map({True: "now", False: "done"}))
    order = found["when"].map({word: place for place, word in enumerate(("now", "soon", "not known", "later", "done"))})
    return found.assign(order=order).sort_values(["order", "trigger"], kind="stable", ignore_index=True).drop(columns="order")


def unsignalled(scenarios: pd.DataFrame, triggers: pd.DataFrame) -> pd.DataFrame:
    """Scenarios that no trigger point is a sign of: scenario, name.

    >>> unsignalled(pd.DataFrame({"scenario": ["SC1", "SC2"], "name": ["Lean", "Rich"]}), pd.DataFrame({"scenario": ["SC1", None]}))["name"].tolist()
    ['Rich']
    """
    return scenarios.loc[~scenarios["scenario"].isin(triggers["scenario"].dropna()), ["scenario", "name"]].reset_index(drop=True)
