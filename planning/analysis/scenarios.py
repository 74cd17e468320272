"""What if goals, money or demand move: the plan as it would be in each named future."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import pandas as pd

KEYS = {"goals": "goal", "initiatives": "initiative", "usage": "service", "budget": "line"}
TODAY = "As today"
SLACK = 0.005
Tables = Mapping[str, pd.DataFrame]
Facts = Mapping[str, object]


class World(NamedTuple):
    """The plan in one future: the scenario's id (empty for today), its name and kind, the tables and the facts."""

    scenario: str
    name: str
    kind: str
    tables: Tables
    facts: Facts


def applied(tables: Tables, facts: Facts, changes: pd.DataFrame, *, scenario: str) -> tuple[dict[str, pd.DataFrame], dict[str, object]]:
    """The plan as it would be in one scenario: new tables and new facts; the old ones stay as they are.

    Each change sets a number, multiplies it or adds to it: in one row of a table, in every row (*),
    or in one fact of the plan. What is not known stays unknown under times and plus, and nothing
    falls below 0. Changes of a table that is not given, or has no rows, are left out. Give the goals in force.
    Raises ValueError when a change names a row that is not there, and when the weights of the goals
    no longer add up to 1: to stretch them would be to decide in leadership's place.

    >>> changes = pd.DataFrame([["SC1", "plan", "plan", "money_ceiling", "times", 0.9], ["SC1", "budget", "*", "planned", "plus", 5.0]],
    ...                        columns=["scenario", "table", "id", "column", "change", "value"])
    >>> tables, facts = applied({"budget": pd.DataFrame({"line": ["B1"], "planned": [10.0]})}, {"money_ceiling": 200}, changes, scenario="SC1")
    >>> tables["budget"]["planned"].tolist(), facts["money_ceiling"]
    ([15.0], 180.0)
    """
    own = changes[changes["scenario"] == scenario]
    new, known = {name: table.copy() for name, table in tables.items()}, dict(facts)
    for change in own.itertuples(index=False):
        if change.table == "plan":
            figure = _moved(pd.Series([known.get(change.column)], dtype=float), change).iloc[0]
            known[change.column] = None if pd.isna(figure) else float(figure)
        elif _given(new, change.table):
            rows = _rows(new[change.table], change)
            if not rows.any():
                raise ValueError(f"Scenario {scenario} changes {change.table}, row {change.id}, which is not there. Correct the change, or leave it out.")
            table = new[change.table].astype({change.column: float})
            table.loc[rows, change.column] = _moved(table.loc[rows, change.column], change)
            new[change.table] = table
    total = new["goals"]["weight"].sum() if _given(new, "goals") and _moves_weights(own) else 1.0
    if abs(total - 1) > SLACK:
        raise ValueError(f"Scenario {scenario} leaves weights of goals that add up to {total:.3g}. They add up to 1. Correct its changes of weights.")
    return new, known


def _given(tables: Tables, name: str) -> bool:
    return name in tables and len(tables[name]) > 0


def _rows(table: pd.DataFrame, change: tuple) -> pd.Series:
    return table[KEYS[change.table]].eq(change.id) | (change.id == "*")


def _moved(figures: pd.Series, change: tuple) -> pd.Series:
    if change.change == "set":
        return pd.Series(float(change.value), index=figures.index)
    return (figures * change.value if change.change == "times" else figures + change.value).clip(lower=0)


def _moves_weights(own: pd.DataFrame) -> bool:
    return bool(((own["table"] == "goals") & (own["column"] == "weight")).any())


def register(scenarios: pd.DataFrame, changes: pd.DataFrame, tables: Tables) -> pd.DataFrame:
    """The scenarios and whether each can be computed: scenario, name, kind, story, changes (number), weights (sum of the
    goals' weights in it; missing where it moves none), unknown (changes of rows that are not there), usable.

    In the order of the table. `tables` as in `applied`.

    >>> scenarios = pd.DataFrame({"scenario": ["SC1"], "name": ["Work first"], "kind": ["goals"], "story": ["A plant closes"]})
    >>> changes = pd.DataFrame([["SC1", "goals", "G1", "weight", "set", 0.7]], columns=["scenario", "table", "id", "column", "change", "value"])
    >>> goals = pd.DataFrame({"goal": ["G1", "G2"], "weight": [0.6, 0.4]})
    >>> register(scenarios, changes, {"goals": goals})[["changes", "weights", "usable"]].round(2).values.tolist()
    [[1, 1.1, False]]
    """
    columns = ["scenario", "name", "kind", "story", "changes", "weights", "unknown", "usable"]
    rows = []
    for scenario in scenarios.itertuples(index=False):
        own = changes[changes["scenario"] == scenario.scenario]
        there = [one.table == "plan" or not _given(tables, one.table) or bool(_rows(tables[one.table], one).any()) for one in own.itertuples(index=False)]
        weights = float("nan")
        if _moves_weights(own) and _given(tables, "goals"):
            goals = tables["goals"].astype({"weight": float})
            for change in own[(own["table"] == "goals") & (own["column"] == "weight")].itertuples(index=False):
                goals.loc[_rows(goals, change), "weight"] = _moved(goals.loc[_rows(goals, change), "weight"], change)
            weights = goals["weight"].sum()
        rows.append([*scenario[:4], len(own), weights, there.count(False), all(there) and not abs(weights - 1) > SLACK])
    return pd.DataFrame(rows, columns=columns)


def picked(register: pd.DataFrame, *, kind: str, wanted: str = "") -> str:
    """The id of the scenario to look at: the wanted one, else the first of the kind; empty when there is none.

    Raises ValueError when the wanted one is not in the table.

    >>> picked(pd.DataFrame({"scenario": ["SC1", "SC2"], "name": ["A", "B"], "kind": ["budget", "goals"]}), kind="goals")
    'SC2'
    """
    if wanted and not (register["scenario"] == wanted).any():
        allowed = ", ".join(f"{one.scenario} ({one.name})" for one in register[["scenario", "name"]].itertuples(index=False)) or "none yet"
        raise ValueError(f"The parameter scenario is {wanted}. The plan's scenarios are: {allowed}. Choose one of them, or leave it empty.")
    found = register.loc[register["kind"] == kind, "scenario"]
    return wanted or (str(found.iloc[0]) if len(found) else "")


def shifted(goals: pd.DataFrame, changes: pd.DataFrame, register: pd.DataFrame, *, scenario: str) -> pd.DataFrame:
    """The goals in force with the weights of one scenario; empty when the scenario cannot be computed or is not there."""
    if not register.loc[register["scenario"] == scenario, "usable"].any():
        return goals.head(0)
    return applied({"goals": goals}, {}, changes, scenario=scenario)[0]["goals"]


def moves(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """How the value of each service moves: service, service_name, before, after (values, share 0-1), change, rank_before,
    rank_after (1 is best), climbs (places won; below 0 lost).

    Takes the contribution of services under the old and the new weights. Largest change first.
    Ranks jump where values lie close together: read them beside the values.

    >>> before = pd.DataFrame({"service": ["S1", "S2"], "service_name": ["Storytime", "Job desk"], "value": [0.4, 0.3]})
    >>> moves(before, before.assign(value=[0.2, 0.5]))[["service_name", "change", "climbs"]].round(2).values.tolist()
    [['Storytime', -0.2, -1], ['Job desk', 0.2, 1]]
    """
    columns = ["service", "service_name", "before", "after", "change", "rank_before", "rank_after", "climbs"]
    found = before[["service", "service_name", "value"]].merge(after[["service", "value"]], on="service", suffixes=("_old", "_new"))
    if found.empty:
        return pd.DataFrame(columns=columns)
    found["before"], found["after"] = found["value_old"].astype(float), found["value_new"].astype(float)
    found["change"] = (found["after"] - found["before"]).round(9)
    for side in ("before", "after"):
        found[f"rank_{side}"] = found[side].round(9).rank(ascending=False, method="min").astype(int)
    found["climbs"] = found["rank_before"] - found["rank_after"]
    found["size"] = found["change"].abs()
    return found.sort_values(["size", "service"], ascending=[False, True], ignore_index=True)[columns]


def worlds(register: pd.DataFrame, changes: pd.DataFrame, tables: Tables, facts: Facts) -> dict[str, World]:
    """The plan as it is (under the empty id) and as it would be in each scenario that can be computed, by scenario id.

    Takes `register`, and tables and facts as in `applied`.

    >>> register = pd.DataFrame({"scenario": ["SC1"], "name": ["Lean"], "kind": ["budget"], "usable": [True]})
    >>> changes = pd.DataFrame([["SC1", "plan", "plan", "money_ceiling", "times", 0.9]], columns=["scenario", "table", "id", "column", "change", "value"])
    >>> [(one.name, one.facts["money_ceiling"]) for one in worlds(register, changes, {}, {"money_ceiling": 100.0}).values()]
    [('As today', 100.0), ('Lean', 90.0)]
    """
    found = {"": World("", TODAY, "today", tables, facts)}
    for one in register[register["usable"].astype(bool)].itertuples(index=False):
        found[one.scenario] = World(one.scenario, one.name, one.kind, *applied(tables, facts, changes, scenario=one.scenario))
    return found


def emptied(worlds: Mapping[str, World]) -> pd.DataFrame:
    """Columns of which a scenario leaves nothing: scenario, name, table, column, rows (that had a figure above 0 today).

    A table whose figures all become 0 is mostly a slip, such as *times 0* in place of *times 0.9*;
    what is computed from it then says nothing. A ceiling that becomes 0 is named too (table: plan). In the order of the scenarios.

    >>> today, none = (pd.DataFrame({"line": ["B1"], "planned": [sum]}) for sum in (9.0, 0.0))
    >>> emptied({"": World("", TODAY, "today", {"budget": today}, {}), "SC1": World("SC1", "Ruin", "budget", {"budget": none}, {})}).values.tolist()
    [['SC1', 'Ruin', 'budget', 'planned', 1]]
    """
    today, rows = worlds[""], []
    for key, world in worlds.items():
        for name in KEYS if key else ():
            columns = today.tables[name].select_dtypes("number").columns if _given(today.tables, name) and name in world.tables else []
            gone = [column for column in columns if today.tables[name][column].sum() > 0 and world.tables[name][column].sum() == 0]
            rows += [[key, world.name, name, column, int((today.tables[name][column] > 0).sum())] for column in gone]
        rows += [[key, world.name, "plan", fact, 1] for fact in ("money_ceiling", "fte_ceiling") if (today.facts.get(fact) or 0) > 0 and world.facts.get(fact) == 0]
    return pd.DataFrame(rows, columns=["scenario", "name", "table", "column", "rows"])


def reconciled(worlds: Mapping[str, World]) -> pd.DataFrame:
    """The sum that weights must have in every future: check, expected, found; empty without goals.

    >>> goals = pd.DataFrame({"weight": [0.6, 0.4]})
    >>> reconciled({"": World("", TODAY, "today", {"goals": goals}, {})})[["expected", "found"]].values.tolist()
    [[1.0, 1.0]]
    """
    rows = [[f"{world.name}: the weights of the goals add up to 1", 1.0, round(world.tables["goals"]["weight"].sum(), 2)]
            for world in worlds.values() if len(world.tables["goals"])]
    return pd.DataFrame(rows, columns=["check", "expected", "found"])
