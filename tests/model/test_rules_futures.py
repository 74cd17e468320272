"""What must hold between the cells about futures, told with row, what was found, what is allowed and what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from planning.model import check

NEEDED = {
    "kpis.csv": "kpi,name,unit,direction,frequency\nK07,Attendance,people,up,monthly\n",
    "initiatives.csv": "initiative,name,status,cost,hours,must_do\nI04,Storytime,candidate,9000,200,false\n",
    "initiative_kpis.csv": "initiative,kpi,expected_change\nI04,K07,40\n",
    "budget.csv": "line,fiscal_year,name,category,planned\nB01,2026,Staff,staff,1000\n",
}


@pytest.fixture
def plan(empty_plan: Path) -> Path:
    for name, text in NEEDED.items():
        (empty_plan / name).write_text(text, encoding="utf-8")
    return empty_plan


def told(plan: Path, table: str, *rows: str) -> list[str]:
    heads = {"scenarios": "scenario,name,kind,story,chance", "triggers": "trigger,name,kpi,side,mark,near,window,action", "ranges": "table,id,column,low,likely,high"}
    (plan / f"{table}.csv").write_text("\n".join([heads[table], *rows, ""]), encoding="utf-8")
    return [problem.sentence() for problem in check.problems(plan)]


def test_the_plan_of_these_tests_has_no_problem(plan: Path) -> None:
    assert told(plan, "ranges", "initiatives,I04,cost,8000,9000,12000", "initiative_kpis,I04 K07,expected_change,10,40,60", "budget,B01,planned,900,1000,1000", "plan,plan,money_ceiling,1,1,1") == []


def test_chances_of_scenarios_add_up_to_one_at_most(plan: Path) -> None:
    assert told(plan, "scenarios", "SC1,Lean,budget,A cut,0.7", "SC2,Rich,budget,A gift,0.4") == [
        "scenarios.csv, column chance: found chances that add up to 1.1 (SC1 0.7, SC2 0.4). Allowed: chances that add up to 1 or less. "
        "Lower some of them. What is left of 1 is the chance that all stays as it is today."]
    assert told(plan, "scenarios", "SC1,Lean,budget,A cut,0.6", "SC2,Rich,budget,A gift,0.4") == []


def test_chances_are_given_for_all_scenarios_or_for_none(plan: Path) -> None:
    assert told(plan, "scenarios", "SC1,Lean,budget,A cut,0.7", "SC2,Rich,budget,A gift,") == [
        "scenarios.csv, row 3, column chance: found no chance, while other scenarios have one. Allowed: a chance for every scenario, or for none. Give this one a chance too, or empty the column."]
    assert told(plan, "scenarios", "SC1,Lean,budget,A cut,", "SC2,Rich,budget,A gift,") == []


def test_a_trigger_point_is_near_before_its_mark(plan: Path) -> None:
    assert told(plan, "triggers", "T1,Full,K07,above,480,480,3,Move", "T2,Empty,K07,below,100,90,3,Close", "T3,Full,K07,above,480,450,3,Move", "T4,Empty,K07,below,100,,3,Close") == [
        "triggers.csv, row 2, column near: found 480. Allowed: a value below the mark 480, since it fires above. Correct near, the mark or the side; leave near empty when it is never near.",
        "triggers.csv, row 3, column near: found 90. Allowed: a value above the mark 100, since it fires below. Correct near, the mark or the side; leave near empty when it is never near."]


def test_the_figures_of_a_range_stand_in_order(plan: Path) -> None:
    assert told(plan, "ranges", "initiatives,I04,cost,12000,9000,8000", "initiatives,I04,hours,100,400,300") == [
        "ranges.csv, row 2, column high: found 8000, below the lowest 12000. Allowed: 12000 or more. Correct one of the two figures.",
        "ranges.csv, row 3, column likely: found 400. Allowed: a figure from 100 to 300. Correct one of the three figures."]


def test_a_range_names_a_row_and_a_column_of_numbers_that_are_there(plan: Path) -> None:
    found = told(plan, "ranges", "initiatives,I05,cost,1,2,3", "initiatives,I04,coast,1,2,3", "initiative_kpis,I04,expected_change,1,2,3", "plan,I04,money_ceiling,1,2,3", "initiatives,I04,name,1,2,3")

    assert found[0] == "ranges.csv, row 2, column id: found I05. Allowed: an id that stands in initiatives.csv. Did you mean I04?"
    assert found[1].startswith("ranges.csv, row 3, column column: found coast. Allowed: a column of numbers in initiatives: cost, hours,") and found[1].endswith("Did you mean cost?")
    assert found[2] == "ranges.csv, row 4, column id: found I04. Allowed: the initiative and the KPI of a row in initiative_kpis.csv, such as I04 K07. Did you mean I04 K07?"
    assert found[3] == "ranges.csv, row 5, column id: found I04. Allowed: plan, for a field of plan.toml. Correct the cell, or remove the row."
    assert found[4].startswith("ranges.csv, row 6, column column: found name.")


def test_cells_that_are_wrong_already_break_no_rule(plan: Path) -> None:
    found = told(plan, "ranges", "initiatives,I04,cost,x,2,3", "nowhere,I04,cost,1,2,3")

    assert len(found) == 2 and not any("figure from" in one for one in found)
    (plan / "ranges.csv").unlink()
    assert len(told(plan, "scenarios", "SC1,Lean,budget,A cut,much", "SC2,Rich,budget,A gift,0.2")) == 1
