"""Scenarios change copies of the plan, cell by cell, and refuse what does not add up."""

import pandas as pd
import pytest

from planning.analysis import scenarios

COLUMNS = ["scenario", "table", "id", "column", "change", "value"]


def changes(*rows: list) -> pd.DataFrame:
    return pd.DataFrame([["SC1", *row] for row in rows], columns=COLUMNS)


def named(*rows: list) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["scenario", "name", "kind", "story"])


GOALS = pd.DataFrame({"goal": ["G1", "G2"], "name": ["Read", "Work"], "weight": [0.6, 0.4]})
USAGE = pd.DataFrame({"service": ["S1", "S1", "S2"], "period": ["2026-01", "2026-02", "2026-01"], "uses": [10, 20, 7]})


def test_set_times_and_plus_change_the_rows_they_name():
    moved = changes(["usage", "S1", "uses", "times", 1.5], ["usage", "S2", "uses", "plus", -3], ["goals", "G1", "weight", "set", 0.3], ["goals", "G2", "weight", "set", 0.7])
    tables, _ = scenarios.applied({"usage": USAGE, "goals": GOALS}, {}, moved, scenario="SC1")
    assert tables["usage"]["uses"].tolist() == [15.0, 30.0, 4.0]
    assert tables["goals"]["weight"].tolist() == [0.3, 0.7]


def test_the_tables_and_facts_that_were_given_stay_as_they_are():
    facts = {"money_ceiling": 100.0}
    scenarios.applied({"usage": USAGE}, facts, changes(["usage", "*", "uses", "times", 2.0], ["plan", "plan", "money_ceiling", "times", 0.5]), scenario="SC1")
    assert USAGE["uses"].tolist() == [10, 20, 7]
    assert facts == {"money_ceiling": 100.0}


def test_a_star_changes_every_row_of_a_budget_line():
    budget = pd.DataFrame({"line": ["B1", "B2", "B1"], "fiscal_year": [2025, 2025, 2026], "planned": [10.0, 20.0, None]})
    tables, _ = scenarios.applied({"budget": budget}, {}, changes(["budget", "*", "planned", "times", 0.9]), scenario="SC1")
    assert tables["budget"]["planned"].fillna(-1).tolist() == [9.0, 18.0, -1]


def test_an_unknown_fact_stays_unknown_under_times_and_is_known_when_set():
    facts = {"money_ceiling": None, "fte_ceiling": None}
    _, found = scenarios.applied({}, facts, changes(["plan", "plan", "money_ceiling", "times", 0.9], ["plan", "plan", "fte_ceiling", "set", 2.0]), scenario="SC1")
    assert found == {"money_ceiling": None, "fte_ceiling": 2.0}


def test_nothing_falls_below_zero():
    _, found = scenarios.applied({}, {"money_ceiling": 30000.0}, changes(["plan", "plan", "money_ceiling", "plus", -40000]), scenario="SC1")
    assert found["money_ceiling"] == 0.0


def test_weights_that_do_not_add_up_are_refused_with_their_sum():
    with pytest.raises(ValueError, match=r"add up to 1\.1\. They add up to 1"):
        scenarios.applied({"goals": GOALS}, {}, changes(["goals", "G1", "weight", "set", 0.7]), scenario="SC1")


def test_a_row_that_is_not_there_is_refused_by_name():
    with pytest.raises(ValueError, match="changes usage, row S9, which is not there"):
        scenarios.applied({"usage": USAGE}, {}, changes(["usage", "S9", "uses", "times", 2.0]), scenario="SC1")


def test_a_missing_optional_table_leaves_the_rest_of_a_scenario_standing():
    moved = changes(["usage", "S1", "uses", "times", 2.0], ["plan", "plan", "money_ceiling", "times", 0.9])
    tables = {"usage": USAGE.head(0)}
    assert scenarios.register(named(["SC1", "Lean", "budget", "…"]), moved, tables)["usable"].tolist() == [True]
    assert scenarios.applied(tables, {"money_ceiling": 100.0}, moved, scenario="SC1")[1]["money_ceiling"] == 90.0


def test_the_register_says_which_scenarios_can_be_computed_and_why_not():
    known = named(["SC1", "Shift", "goals", "…"], ["SC2", "Odd", "goals", "…"], ["SC3", "Gone", "demand", "…"])
    moved = pd.DataFrame([["SC1", "goals", "G1", "weight", "set", 0.5], ["SC1", "goals", "G2", "weight", "set", 0.5], ["SC2", "goals", "G1", "weight", "set", 0.9],
                          ["SC3", "usage", "S9", "uses", "times", 2.0]], columns=COLUMNS)
    found = scenarios.register(known, moved, {"goals": GOALS, "usage": USAGE})
    assert found["usable"].tolist() == [True, False, False]
    assert found["weights"].round(2).fillna(-1).tolist() == [1.0, 1.3, -1]
    assert found["unknown"].tolist() == [0, 0, 1]


def test_only_scenarios_that_can_be_computed_become_worlds_beside_today():
    register = named(["SC1", "Shift", "goals", "…"], ["SC2", "Odd", "goals", "…"]).assign(usable=[True, False])
    moved = changes(["goals", "G1", "weight", "set", 0.5], ["goals", "G2", "weight", "set", 0.5])
    worlds = scenarios.worlds(register, moved, {"goals": GOALS}, {})
    assert list(worlds) == ["", "SC1"]
    assert worlds["SC1"].tables["goals"]["weight"].tolist() == [0.5, 0.5]
    assert scenarios.reconciled(worlds)["found"].tolist() == [1.0, 1.0]


def test_a_scenario_that_is_not_in_the_plan_is_refused_with_those_that_are():
    with pytest.raises(ValueError, match=r"scenario is SC9.*SC1 \(Shift\)"):
        scenarios.picked(named(["SC1", "Shift", "goals", "…"]), kind="goals", wanted="SC9")


def test_without_a_scenario_of_the_kind_none_is_picked_and_no_weight_moves():
    register = named(["SC1", "Lean", "budget", "…"]).assign(usable=True)
    assert scenarios.picked(register, kind="goals") == ""
    assert scenarios.shifted(GOALS, changes(), register, scenario="").empty


def test_services_move_by_value_and_place_the_largest_change_first():
    before = pd.DataFrame({"service": ["S1", "S2", "S3"], "service_name": ["A", "B", "C"], "value": [0.5, 0.3, 0.1]})
    found = scenarios.moves(before, before.assign(value=[0.4, 0.45, 0.1]))
    assert found[["service", "rank_before", "rank_after", "climbs"]].values.tolist() == [["S2", 2, 1, 1], ["S1", 1, 2, -1], ["S3", 3, 3, 0]]


def test_empty_tables_give_empty_frames_with_their_columns():
    empty = scenarios.register(named(), changes(), {})
    assert empty.columns.tolist() == ["scenario", "name", "kind", "story", "changes", "weights", "unknown", "usable"]
    assert scenarios.moves(pd.DataFrame(columns=["service", "service_name", "value"]), pd.DataFrame(columns=["service", "value"])).empty
    assert list(scenarios.worlds(empty, changes(), {}, {})) == [""]


def test_a_scenario_that_leaves_nothing_of_a_column_is_named_with_its_rows():
    budget = pd.DataFrame({"line": ["B1", "B2", "B3"], "planned": [10.0, 5.0, None]})
    usage = pd.DataFrame({"service": ["S1", "S2"], "uses": [7.0, 3.0]})
    changes = pd.DataFrame([["SC1", "budget", "*", "planned", "times", 0.0], ["SC1", "usage", "S1", "uses", "times", 0.0], ["SC1", "plan", "plan", "money_ceiling", "set", 0.0], ["SC2", "usage", "*", "uses", "plus", -9.0]],
                           columns=["scenario", "table", "id", "column", "change", "value"])
    register = pd.DataFrame({"scenario": ["SC1", "SC2"], "name": ["Ruin", "Empty desks"], "kind": "budget", "usable": True})
    worlds = scenarios.worlds(register, changes, {"budget": budget, "usage": usage}, {"money_ceiling": 100.0})
    assert scenarios.emptied(worlds).values.tolist() == [["SC1", "Ruin", "budget", "planned", 2], ["SC1", "Ruin", "plan", "money_ceiling", 1], ["SC2", "Empty desks", "usage", "uses", 2]]
    assert scenarios.emptied({"": worlds[""]}).empty
