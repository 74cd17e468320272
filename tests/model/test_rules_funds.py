"""What must hold between the cells about money, told with row, what was found, what is allowed and what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from planning.model import check

TABLES = {
    "roles": "role,name,team,fte\nR1,Finance manager,Administration,1\n",
    "fund_units": "unit,name\nU1,Law\nU2,Art\n",
    "fund_factors": "factor,name,weight\nF1,Loans,0.5\nF2,Staff,0.5\n",
    "initiatives": "initiative,name,status,cost,hours,must_do\nI1,Tutors,candidate,10,5,false\nI2,Hosts,candidate,10,5,false\n",
}


@pytest.fixture
def plan(empty_plan: Path) -> Path:
    for table, text in TABLES.items():
        (empty_plan / f"{table}.csv").write_text(text, encoding="utf-8")
    return empty_plan


def told(plan: Path, table: str, *lines: str) -> list[str]:
    (plan / f"{table}.csv").write_text("\n".join([*lines, ""]), encoding="utf-8")
    return [problem.sentence() for problem in check.problems(plan) if problem.file == f"{table}.csv"]


def test_weights_of_factors_add_up_to_one(plan: Path) -> None:
    assert told(plan, "fund_factors", "factor,name,weight", "F1,Loans,0.5", "F2,Staff,0.4") == [
        "fund_factors.csv, column weight: found weights that add up to 0.9 (F1 0.5, F2 0.4). Allowed: weights that add up to 1. Divide each weight by the sum."]
    assert told(plan, "fund_factors", "factor,name,weight", "F1,Loans,0.333", "F2,Staff,0.333", "F3,Price,0.333") == []


def test_a_floor_and_a_base_lie_under_the_cap(plan: Path) -> None:
    assert told(plan, "fund_units", "unit,name,base,least,most", "U1,Law,10,90,80", "U2,Art,90,,80", "U3,Nursing,,80,80") == [
        "fund_units.csv, row 2, column least: found 90, above the most of 80. Allowed: 80 or less. Lower the floor, or raise the cap.",
        "fund_units.csv, row 3, column base: found 90, above the most of 80. Allowed: 80 or less. Lower the base, or raise the cap."]


def test_a_factor_that_is_zero_everywhere_has_no_taker(plan: Path) -> None:
    found = told(plan, "fund_values", "unit,factor,value", "U1,F1,0", "U2,F1,0", "U1,F2,0", "U2,F2,3")

    assert len(found) == 1 and "found 0 for every unit under the factor F1" in found[0]


def test_a_ballot_stands_under_one_group(plan: Path) -> None:
    assert told(plan, "allocations", "ballot,initiative,group,points", "B1,I1,patrons,60", "B1,I2,staff,40", "B2,I1,staff,100") == [
        "allocations.csv, row 3, column group: found staff for the ballot B1, which is patrons in row 2. Allowed: one group for each ballot. "
        "Correct the group, or give the second ballot a number of its own."]


def test_a_source_keeps_its_name_and_brings_nothing_after_its_end(plan: Path) -> None:
    found = told(plan, "income", "source,fiscal_year,name,kind,planned,received,bound,until", "IN1,2020,City,local,5,5,,", "IN1,2021,Town,local,5,5,,", "IN2,2021,Trust,project,5,,true,2018-01-31")

    assert len(found) == 2
    assert "found “Town” for IN1, which is “City” in row 2" in found[0]
    assert "found 2018-01-31, before the fiscal year 2021 begins" in found[1]


def grants(plan: Path, *rows: str) -> list[str]:
    return told(plan, "grants", "grant,name,amount,chance,status,due,answer", *rows)


def test_an_answer_comes_after_the_day_it_was_due(plan: Path) -> None:
    assert grants(plan, "GR1,Tutors,100,0.5,sent,2026-05-01,2026-04-01", "GR2,Hosts,100,0.5,sent,2026-05-01,2026-05-01") == [
        "grants.csv, row 2, column answer: found 2026-04-01, before due 2026-05-01. Allowed: the same day as due or later. Correct one of the two dates."]


def test_what_was_won_or_lost_is_certain_has_an_amount_and_lies_in_the_past(plan: Path) -> None:
    found = grants(plan, "GR1,Tutors,0,1,won,,", "GR2,Hosts,50,0.4,lost,,", "GR3,Van,50,,won,,2099-01-01", "GR4,Hub,50,,lost,,")

    assert [text.split(":")[1].split(".")[0].strip() for text in found] == [
        "found 0 for a grant that was won", "found 0", "found 2099-01-01, after the plan's as_of day, for a grant that was won"]
