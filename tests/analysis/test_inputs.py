"""In what two plans differ."""

from __future__ import annotations

from pathlib import Path

from compare_plans import GOALS, KEYS, changed, mill

from planning.analysis.compare import inputs


def test_cells_rows_and_facts_that_differ_are_told_with_names(tmp_path: Path) -> None:
    one = mill(tmp_path / "one")
    two = changed(mill(tmp_path / "two", services="service,name,form,status,essential\nS1,Storytime,physical,running,false\nS2,Job desk,physical,running,false\n"), "plan.money_ceiling=40",
                  "usage.S1.uses=33")

    found = inputs.cells(one, two, keys=KEYS)

    assert found[["table", "row", "row_name", "column", "what"]].fillna("").values.tolist() == [
        ["plan", "plan", "", "money_ceiling", "changed"], ["services", "S3", "Copier", "", "gone"], ["usage", "S1 2025", "Storytime, 2025", "uses", "changed"]]


def test_the_same_plan_twice_differs_in_nothing(tmp_path: Path) -> None:
    plan = mill(tmp_path / "one")

    assert inputs.cells(plan, plan, keys=KEYS).empty
    assert inputs.moved(plan, plan, inputs.cells(plan, plan, keys=KEYS)) == set()


def test_weights_are_told_apart_from_the_goals_themselves(tmp_path: Path) -> None:
    one = mill(tmp_path / "one")
    two = mill(tmp_path / "two", goals=GOALS.replace("Every child reads", "Every child reads well"))

    assert inputs.moved(one, changed(one, "goals.G1.weight=0.5"), inputs.cells(one, changed(one, "goals.G1.weight=0.5"), keys=KEYS)) == {"weights"}
    assert inputs.moved(one, two, inputs.cells(one, two, keys=KEYS)) == {"goals"}


def test_a_goal_stands_in_both_when_id_and_name_do_and_the_nearest_name_is_given(tmp_path: Path) -> None:
    one = mill(tmp_path / "one")
    goals = "goal,name,weight,valid_from,valid_to\nG1,Every child can read,0.6,2025-01-01,\nG2,People find work,0.4,2025-01-01,2025-12-31\nG3,People find jobs,0.4,2026-01-01,\n"

    found = inputs.goals(one, mill(tmp_path / "two", goals=goals))

    assert found[["goal", "where", "nearest"]].fillna("").values.tolist() == [["G1", "both", ""], ["G2", "first", "People find jobs"], ["G3", "second", "People find work"]]


def test_a_goal_that_another_replaced_is_named(tmp_path: Path) -> None:
    goals = "goal,name,weight,valid_from,valid_to,replaces\nG1,Every child reads,0.6,2025-01-01,,\nG2,People find work,0.4,2025-01-01,2025-12-31,\nG3,Belong,0.4,2026-01-01,,G2\n"

    found = inputs.goals(mill(tmp_path / "one"), mill(tmp_path / "two", goals=goals))

    assert found.loc[found["where"] == "second", ["name", "replaced"]].values.tolist() == [["Belong", "People find work"]]
