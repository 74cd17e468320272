"""Assumptions that carry the plan: how much leans on each, how sure it is, and what guards against its break."""

from __future__ import annotations

import datetime as dt

import pandas as pd

BEARING, UNSURE, YEAR = 4, 2, 365
COLUMNS = ["assumption", "name", "leans", "carries", "bears", "sure", "weight", "load_bearing", "exposed", "unguarded", "state", "until", "days", "soon", "hedge", "trigger",
           "trigger_name", "trigger_state", "owner_name", "checked", "unlooked"]


def register(assumptions: pd.DataFrame, *, goals: pd.DataFrame, contribution: pd.DataFrame, valued: pd.DataFrame, states: pd.DataFrame, roles: pd.DataFrame,
             as_of: dt.date, months: int = 12) -> pd.DataFrame:
    """Each assumption and what it carries: assumption, name, leans (names of the goal, service and initiative that lean on it,
    semicolons between), carries (share of the weighted goals that leans on it, 0-1; missing where nothing is named), bears, sure
    (points 1-5), weight (bears × (6 − sure), 1-25), load_bearing (bears 4 or more), exposed (load-bearing, and sure 2 or less or no longer holding),
    unguarded (exposed, with neither hedge nor trigger point), state, until, days (from as_of to until), soon (it could break within `months`), hedge,
    trigger, trigger_name, trigger_state (as in planning.analysis.triggers.states), owner_name, checked, unlooked (not looked at for a year, or never).

    carries: the weight of the goal, the value of the service (planning.analysis.alignment.contribution) or
    of the initiative (planning.analysis.initiatives.values), the largest where several are named. Shares
    of different assumptions overlap and must not be added. What is broken comes first, then what weighs
    most. Source: Dewar 2002, assumption-based planning; the points are this suite's own.

    Misleads when nobody wrote down what everybody takes for granted: the worst assumption is mostly not in the list.

    >>> none = pd.DataFrame({"assumption": ["A1"], "name": ["The bus runs"], "goal": ["G1"], "service": [None], "initiative": [None], "bears": [5], "sure": [2], "until": [pd.NaT],
    ...                      "hedge": [None], "trigger": [None], "owner": [None], "state": ["holds"], "checked": [pd.NaT]})
    >>> found = register(none, goals=pd.DataFrame({"goal": ["G1"], "name": ["Read"], "weight": [0.4]}), contribution=pd.DataFrame({"service": [], "service_name": [], "value": []}),
    ...                  valued=pd.DataFrame({"initiative": [], "initiative_name": [], "value": []}), states=pd.DataFrame({"trigger": [], "name": [], "state": []}),
    ...                  roles=pd.DataFrame({"role": [], "name": []}), as_of=dt.date(2026, 6, 30))
    >>> found[["leans", "carries", "weight", "exposed", "unguarded", "unlooked"]].values.tolist()
    [['Read', 0.4, 20, True, True, True]]
    """
    if assumptions.empty:
        return pd.DataFrame(columns=COLUMNS)
    found, today = assumptions.reset_index(drop=True).copy(), pd.Timestamp(as_of)
    sides = [(found["goal"], goals, "goal", "name", "weight"), (found["service"], contribution, "service", "service_name", "value"),
             (found["initiative"], valued, "initiative", "initiative_name", "value")]
    names = pd.concat([ids.map(table.set_index(key)[name].to_dict()) for ids, table, key, name, _ in sides], axis=1)
    shares = pd.concat([ids.map(table.set_index(key)[share].to_dict()) for ids, table, key, _, share in sides], axis=1)
    found["leans"] = ["; ".join(name for name in row if isinstance(name, str)) for row in names.to_numpy()]
    found["carries"] = shares.astype(float).max(axis=1)
    found["weight"] = found["bears"] * (6 - found["sure"])
    found["load_bearing"] = found["bears"] >= BEARING
    found["exposed"] = found["load_bearing"] & ((found["sure"] <= UNSURE) | (found["state"] != "holds"))
    found["unguarded"] = found["exposed"] & found["hedge"].isna() & found["trigger"].isna()
    found["days"] = (pd.to_datetime(found["until"]) - today).dt.days
    found["soon"] = pd.to_datetime(found["until"]) <= today + pd.DateOffset(months=months)
    found["unlooked"] = ~((today - pd.to_datetime(found["checked"])).dt.days <= YEAR)
    for name, column in (("trigger_name", "name"), ("trigger_state", "state")):
        found[name] = found["trigger"].map(states.set_index("trigger")[column].to_dict())
    found["owner_name"] = found["owner"].map(roles.set_index("role")["name"].to_dict())
    order = found["state"].map({"broken": 0}).fillna(1)
    return found.assign(order=order).sort_values(["order", "weight", "assumption"], ascending=[True, False, True], ignore_index=True)[COLUMNS]
