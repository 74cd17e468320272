"""Numbers of a plan set anew: what may be set, how weights give way, and every refusal in words."""

from __future__ import annotations

from pathlib import Path

import pytest
from compare_plans import mill

from planning.model import settings
from planning.model.errors import PlanProblems, UsageError


@pytest.mark.parametrize(("text", "words"), [
    ("goal.G1.weight=0.5", "there is no table goal. Did you mean goals?"),
    ("goals.G1.wieght=0.5", "goals has no wieght. Did you mean weight?"),
    ("goals.G3.weight=0.5", "goals.csv has no row G3"),
    ("goals.G1.name=0.5", "goals.name cannot be set"),
    ("plan.small_group=1", "protects people"),
    ("plan.money_ceilng=5", "Did you mean money_ceiling?"),
    ("plan.money_ceiling=-5", "the value would be -5. Allowed: a number, 0 or more."),
    ("goals.G1.weight=1.2", "Allowed: a number from 0 to 1."),
    ("goals.G1.weight=much", "the value would be much"),
    ("goals.G1.weight=*half", "half is not a number"),
    ("goals.G1=0.5", "write table.row.column=value"),
    ("needs.N1.met=0.5", "the plan has no row in needs.csv"),
    ("initiatives.I1.cost_later=*2", "is not known"),
    ("goals.*.weight=*0.9", "add up to 0.9"),
    ("segments.A.people=2.5", "the plan has no row"),
    ("budget.*.planned=*1e300", "would go beyond 1e15"),
    ("budget.B9.planned=5", "budget.csv has no row B9"),
])
def test_what_cannot_be_set_is_refused_in_words_with_the_nearest_right_one(text: str, words: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=".") as caught:
        settings.applied(mill(tmp_path / "mill"), [text])

    assert words in str(caught.value)


def test_goals_that_are_not_named_give_way_in_proportion(tmp_path: Path) -> None:
    goals = "goal,name,weight,valid_from\nG1,Read,0.5,2025-01-01\nG2,Work,0.3,2025-01-01\nG3,Belong,0.2,2025-01-01\n"
    plan = mill(tmp_path / "mill", goals=goals)

    made, _ = settings.applied(plan, ["goals.G1.weight=0.6"])

    assert made.tables["goals"]["weight"].round(6).tolist() == [0.6, 0.24, 0.16]  # 0.4 left, shared as 3 to 2
    assert plan.tables["goals"]["weight"].tolist() == [0.5, 0.3, 0.2]


def test_goals_that_all_weigh_nothing_cannot_give_way(tmp_path: Path) -> None:
    goals = "goal,name,weight,valid_from\nG1,Read,1,2025-01-01\nG2,Work,0,2025-01-01\n"

    with pytest.raises(UsageError, match="the other goals weigh 0"):
        settings.applied(mill(tmp_path / "mill", goals=goals), ["goals.G1.weight=0.6"])


def test_a_goal_that_has_ended_has_no_weight_to_set(tmp_path: Path) -> None:
    goals = "goal,name,weight,valid_from,valid_to\nG1,Read,1,2025-01-01,\nG2,Work,0.4,2021-01-01,2024-12-31\n"

    with pytest.raises(UsageError, match="is not in force on 2026-01-31"):
        settings.applied(mill(tmp_path / "mill", goals=goals), ["goals.G2.weight=0.6"])


def test_numbers_are_set_multiplied_and_added_to_in_one_row_or_in_all(tmp_path: Path) -> None:
    plan = mill(tmp_path / "mill")

    made, _ = settings.applied(plan, ["plan.money_ceiling=+5", "budget.*.planned=*0.5", "budget.B1/2025.actual=70", "usage.S1.uses=*2"])

    assert made.facts["money_ceiling"] == 35
    assert made.tables["budget"][["planned", "actual"]].values.tolist() == [[30, 70], [20, 40]]
    assert made.tables["usage"]["uses"].tolist() == [60, 20]


def test_the_same_cell_set_twice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"usage.\*.uses=2 sets a number anew that --set usage.S1.uses=\*2"):
        settings.applied(mill(tmp_path / "mill"), ["usage.S1.uses=*2", "usage.*.uses=2"])


def test_a_number_that_breaks_a_rule_between_cells_is_a_problem_of_the_plan(tmp_path: Path) -> None:
    kpis = ("kpi,name,unit,level,timing,direction,frequency,target_low,target_high\nK1,Noise,points,output,lagging,band,yearly,10,20\n")

    with pytest.raises(PlanProblems, match="target_low smaller than target_high"):
        settings.applied(mill(tmp_path / "mill", kpis=kpis), ["kpis.K1.target_low=30"])


def test_a_rule_holds_in_a_table_whose_rows_are_named_by_a_day(tmp_path: Path) -> None:
    tables = {"audiences": "audience,name,kind,inclusion\nA1,Patrons,patrons,false\n", "messages": "message,audience,text,channel,status\nM1,A1,Come and read,poster,sent\n",
              "message_results": "message,date,reached,acted\nM1,2026-01-20,100,40\n"}
    plan = mill(tmp_path / "mill", **tables)

    assert settings.applied(plan, ["message_results.M1 2026-01-20.acted=90"])[0].tables["message_results"]["acted"].tolist() == [90]
    with pytest.raises(PlanProblems, match="found 900, more than the 100 reached"):
        settings.applied(plan, ["message_results.*.acted=900"])


def test_a_row_of_several_parts_is_found_by_one_of_them(tmp_path: Path) -> None:
    plan = mill(tmp_path / "mill", ranges="table,id,column,low,likely,high\nplan,plan,money_ceiling,1,2,3\n")

    with pytest.raises(UsageError, match=r"ranges.csv has no row money_ceiling. Did you mean plan plan money_ceiling\?"):
        settings.applied(plan, ["ranges.money_ceiling.low=1"])
