"""What must hold between branches and their figures, told with row, what was found, what is allowed and what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from planning.model import check


def told(plan: Path, branches: str, *values: str) -> list[str]:
    (plan / "branches.csv").write_text(f"branch,name,opened,closed\n{branches}\n", encoding="utf-8")
    (plan / "branch_values.csv").write_text("\n".join(["branch,measure,period,value", *values, ""]), encoding="utf-8")
    return [problem.sentence() for problem in check.problems(plan)]


def test_figures_of_a_closed_branch_are_told_once_with_their_first_row(empty_plan: Path) -> None:
    assert told(empty_plan, "B1,East,,2022-01-15", "B1,Loans,2022-01,20", "B1,Loans,2022-02,12", "B1,Loans,2022-03,9") == [
        "branch_values.csv, row 3, column period: found 12 counted at B1 in 2022-02, after its last day 2022-01-15. "
        "Allowed: figures of the time in which the branch was open. Correct the period, or the day under closed in branches.csv."]


def test_figures_from_before_the_opening_are_told_and_zeros_are_not(empty_plan: Path) -> None:
    assert told(empty_plan, "B1,East,2024-07-01,", "B1,Loans,2024-06,0", "B1,Loans,2024-05,0.0", "B1,Loans,2024,9", "B1,Loans,2024-Q1,5") == [
        "branch_values.csv, row 5, column period: found 5 counted at B1 in 2024-Q1, before its first day 2024-07-01. "
        "Allowed: figures of the time in which the branch was open. Correct the period, or the day under opened in branches.csv."]


@pytest.mark.parametrize("second", ["B2,East,,2020-05-31", "B2,East side,,"])
def test_a_branch_may_bear_the_name_of_one_that_has_closed(empty_plan: Path, second: str) -> None:
    assert told(empty_plan, f"B1,East,2020-06-01,\n{second}") == []


def test_two_open_branches_of_one_name_are_told(empty_plan: Path) -> None:
    assert [line.split(" Allowed")[0] for line in told(empty_plan, "B1,East,,\nB2,East,,")] == ["branches.csv, row 3, column name: found “East”, as in row 2."]
