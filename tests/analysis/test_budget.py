"""Budget: plan and spending, money by goal, digital and physical, what was started."""

from __future__ import annotations

import pandas as pd
import pytest

from planning.analysis import budget

COLUMNS = ["line", "fiscal_year", "name", "service", "category", "form", "planned", "actual"]
# Two years; storytime and the desk have money of their own, the copier supports nothing, heating is shared.
BUDGET = pd.DataFrame([
    ["B1", 2025, "Storytime staff", "S1", "staff", "physical", 100.0, 100.0],
    ["B2", 2025, "Desk staff", "S2", "staff", "physical", 100.0, 110.0],
    ["B3", 2025, "E-books", "S2", "collection", "digital", 50.0, 60.0],
    ["B1", 2026, "Storytime staff", "S1", "staff", "physical", 120.0, 120.0],
    ["B2", 2026, "Desk staff", "S2", "staff", "physical", 100.0, 90.0],
    ["B3", 2026, "E-books", "S2", "collection", "digital", 50.0, 60.0],
    ["B4", 2026, "Copier", "S3", "technology", "physical", 20.0, 20.0],
    ["B5", 2026, "Heating", None, "space", None, 60.0, 60.0],
], columns=COLUMNS)
SERVICES = pd.DataFrame({"service": ["S1", "S2", "S3"], "name": ["Storytime", "Desk", "Copier"], "form": ["physical", "both", "physical"]})
GOALS = pd.DataFrame({"goal": ["G1", "G2"], "name": ["Read", "Work"], "weight": [0.4, 0.6]})
ALIGNMENT = pd.DataFrame({"service": ["S1", "S2", "S2", "S3"], "goal": ["G1", "G1", "G2", "G0"], "strength": [1.0, 0.2, 0.8, 1.0]})
LINES = budget.amounts(BUDGET)
SPENDING = budget.by_service(LINES, SERVICES)
EMPTY = budget.amounts(BUDGET.head(0))


def test_the_plan_stands_in_where_spending_is_not_known_and_is_named():
    lines = budget.amounts(BUDGET.assign(actual=[100, None, 60, None, None, None, None, None], planned=[100, 100, 50, None, 100, 50, 20, 60]))

    assert lines["amount"].tolist()[:3] == [100, 100, 60]
    assert lines["basis"].tolist()[:3] == ["spent", "planned", "spent"]
    assert pd.isna(lines["amount"][3]) and pd.isna(lines["basis"][3])


def test_spending_of_a_year_that_has_not_ended_is_left_out():
    assert budget.amounts(BUDGET, last_full_year=2025)["basis"].tolist() == ["spent"] * 3 + ["planned"] * 5


def test_the_year_is_the_newest_full_one_that_has_spending():
    running = BUDGET.assign(actual=BUDGET["actual"].where(BUDGET["fiscal_year"] == 2025))

    assert budget.year_of(BUDGET, last_full_year=2026) == 2026
    assert budget.year_of(running, last_full_year=2026) == 2025
    assert budget.year_of(BUDGET, last_full_year=2020) == 2026
    assert budget.year_of(BUDGET.head(0), last_full_year=2024) == 2024


def test_a_year_that_the_budget_does_not_hold_is_refused_with_those_it_holds():
    with pytest.raises(ValueError, match=r"fiscal_year is 2031\. The budget holds 2025, 2026\. Choose one of them, or 0"):
        budget.year_of(BUDGET, wanted=2031, last_full_year=2026)


def test_difference_and_variance_count_only_lines_with_both_figures():
    half = budget.amounts(BUDGET.assign(actual=BUDGET["actual"].mask(BUDGET["line"] == "B1")))
    found = budget.yearly(half).set_index("fiscal_year")

    assert found.loc[2025, "difference"] == 20  # 110 + 60 against 100 + 50
    assert found.loc[2025, "variance"] == pytest.approx(20 / 150)
    assert found.loc[2025, ["amount", "lines", "known"]].tolist() == [270, 3, 2]


def test_growth_is_given_only_between_two_years_that_are_wholly_spent():
    assert budget.yearly(LINES)["change"].round(4).tolist()[1] == pytest.approx(350 / 270 - 1, abs=1e-4)
    assert budget.yearly(budget.amounts(BUDGET, last_full_year=2025))["change"].isna().all()


def test_categories_show_their_share_and_how_it_moved():
    found = budget.by_category(LINES, fiscal_year=2026).set_index("category")

    assert found.index.tolist() == ["staff", "collection", "space", "technology"]
    assert found.loc["staff", "share"] == pytest.approx(210 / 350)
    assert found.loc["staff", "share_before"] == pytest.approx(210 / 270)
    assert found.loc["space", ["share_before", "moved"]].tolist() == pytest.approx([0, 60 / 350])


def test_a_run_off_plan_ends_where_the_side_changes():
    found = budget.off_plan(LINES, fiscal_year=2026)

    assert found[["name", "side", "run"]].values.tolist() == [["E-books", "over", 2], ["Desk staff", "under", 1]]


def test_money_of_a_service_is_split_in_proportion_to_its_strengths():
    found = budget.by_goal(SPENDING, GOALS, ALIGNMENT, fiscal_year=2026).set_index("goal_name")

    # Desk: 150, of which 0.2 ÷ 1.0 for Read = 30 and 0.8 ÷ 1.0 for Work = 120; storytime: all 120 for Read.
    assert found["amount"].to_dict() == pytest.approx({"Read": 150, "Work": 120, budget.NO_GOAL: 20, budget.SHARED: 60})
    assert found.loc["Read", "share"] == pytest.approx(150 / 270)
    assert found.loc["Work", "difference"] == pytest.approx(120 / 270 - 0.6)
    assert found.loc["Work", "staff_share"] == pytest.approx(0.8 * 90 / 210)
    assert found["share_of_all"].sum() == pytest.approx(1)


def test_a_service_of_an_ended_goal_supports_none_in_force():
    assert budget.goalless(SPENDING, GOALS, ALIGNMENT, fiscal_year=2026)[["service_name", "amount"]].values.tolist() == [["Copier", 20]]


def test_shares_are_missing_when_no_money_reaches_a_goal():
    found = budget.by_goal(SPENDING[SPENDING["service"].isna()], GOALS, ALIGNMENT, fiscal_year=2026)

    assert found["share"].isna().all()
    assert found["amount"].tolist() == [0, 0, 0, 60]


def test_without_alignment_money_cannot_be_set_against_goals():
    assert budget.by_goal(SPENDING, GOALS, ALIGNMENT.head(0), fiscal_year=2026).empty


def test_money_by_goal_and_by_category_adds_up_to_all_lines():
    by_goal, bought = budget.by_goal(SPENDING, GOALS, ALIGNMENT, fiscal_year=2026), budget.by_category(LINES, fiscal_year=2026)
    found = budget.reconciled(LINES, by_goal, bought, fiscal_year=2026)

    assert found["expected"].tolist() == [350, 350]
    assert found["found"].tolist() == pytest.approx([350, 350])


def test_digital_share_leaves_out_what_is_neither():
    found = budget.by_form(LINES).set_index("fiscal_year")

    assert found.loc[2026, "digital_share"] == pytest.approx(60 / 290)
    assert found.loc[2026, ["neither", "total"]].tolist() == [60, 350]


def test_hours_of_started_initiatives_are_split_by_contribution():
    initiatives = pd.DataFrame({"initiative": ["I1", "I2", "I3", "I4"], "status": ["chosen", "running", "candidate", "chosen"],
                                "cost": [100.0, None, 900.0, 50.0], "hours": [30.0, 40.0, 900.0, 5.0]})
    parts = pd.DataFrame({"initiative": ["I1", "I1", "I2", "I3"], "goal": ["G1", "G2", "G2", "G1"], "contribution": [0.2, 0.4, 0.5, 1.0]})
    found = budget.under_way(initiatives, GOALS, parts).set_index("goal_name")

    assert found["hours"].to_dict() == pytest.approx({"Work": 60, "Read": 10, budget.NO_GOAL: 5})
    assert found["cost"].to_dict() == pytest.approx({"Work": 100 * 2 / 3, "Read": 100 / 3, budget.NO_GOAL: 50})
    assert found.loc["Work", "hours_share"] == pytest.approx(60 / 70)
    assert found["initiatives"].to_dict() == {"Work": 2, "Read": 1, budget.NO_GOAL: 1}


def test_an_empty_budget_gives_empty_results_with_their_columns():
    spending = budget.by_service(EMPTY, SERVICES)
    results = [budget.yearly(EMPTY), budget.by_category(EMPTY, fiscal_year=2026), budget.off_plan(EMPTY, fiscal_year=2026), spending,
               budget.by_goal(spending, GOALS, ALIGNMENT, fiscal_year=2026), budget.goalless(spending, GOALS, ALIGNMENT, fiscal_year=2026), budget.by_form(EMPTY)]

    assert [len(result) for result in results] == [0] * 7
    assert "variance" in results[0] and "moved" in results[1] and "run" in results[2] and "difference" in results[4] and "digital_share" in results[6]
    assert budget.reconciled(EMPTY, results[4], results[1], fiscal_year=2026).empty
