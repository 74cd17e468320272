"""What must hold between the cells about partners, told with row, what was found, what is allowed and what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from planning.model import check

PARTNERS = "partner,name,kind,status,ethics\nP1,School,education,active,clear\nP2,Clinic,government,active,clear\n"


@pytest.fixture
def plan(empty_plan: Path) -> Path:
    (empty_plan / "partners.csv").write_text(PARTNERS, encoding="utf-8")
    (empty_plan / "agreements.csv").write_text("agreement,partner,name,start\nAG1,P1,Visits,2025-09-01\n", encoding="utf-8")
    return empty_plan


def told(plan: Path, table: str, text: str) -> list[str]:
    (plan / f"{table}.csv").write_text(text, encoding="utf-8")
    return [problem.sentence() for problem in check.problems(plan)]


def referrals(plan: Path, *rows: str) -> list[str]:
    return told(plan, "referrals", "\n".join(["partner,period,direction,people,arrived", *rows, ""]))


def test_no_more_people_can_arrive_than_were_sent(plan: Path) -> None:
    assert referrals(plan, "P1,2026-Q1,to the library,34,35", "P2,2026-Q1,to the library,34,34", "P2,2025-Q4,to the library,34,") == [
        "referrals.csv, row 2, column arrived: found 35 who arrived of 34 who were sent. Allowed: 34 or fewer. "
        "Correct one of the two figures; leave arrived empty when nobody counted."]


@pytest.mark.parametrize(("first", "second"), [("2026-Q1", "2026-02"), ("2026-02", "2026-Q1"), ("2025", "2025-Q3"), ("2025-12", "2025")])
def test_a_period_within_another_would_count_people_twice(plan: Path, first: str, second: str) -> None:
    assert referrals(plan, f"P1,{first},to the library,34,", f"P1,{second},to the library,12,") == [
        f"referrals.csv, row 3, column period: found {second}, part of which row 2 counts already as {first}. "
        "Allowed: periods of one partner and direction that do not overlap. Keep the month, the quarter or the year, and remove the other row."]


def test_periods_beside_each_other_and_the_other_direction_are_fine(plan: Path) -> None:
    assert referrals(plan, "P1,2026-Q1,to the library,34,", "P1,2026-04,to the library,12,", "P1,2026-02,to the partner,5,", "P2,2026-02,to the library,5,") == []


def test_a_period_twice_is_told_once_as_a_key_that_stands_twice(plan: Path) -> None:
    found = referrals(plan, "P1,2026-Q1,to the library,34,", "P1,2026-Q1,to the library,12,")

    assert len(found) == 1 and "a second time" in found[0]


def test_cells_that_are_wrong_already_break_no_rule(plan: Path) -> None:
    found = referrals(plan, "P1,spring,to the library,x,y", "P1,2026-Q1,to the library,²,9", "P1,2026-02,to the partner,9,²")

    assert len(found) == 5 and not any("who arrived of" in one or "counts already" in one for one in found)


def test_a_task_is_not_done_before_its_agreement_begins(plan: Path) -> None:
    rows = ("task,agreement,name,done_by,due,done\nT1,AG1,Cards,library,,2025-08-31\nT2,AG1,Room,library,,2025-09-01\nT3,AG1,Logs,library,2025-01-01,\n")

    assert told(plan, "agreement_tasks", rows) == [
        "agreement_tasks.csv, row 2, column done: found 2025-08-31, before the agreement AG1 began on 2025-09-01. Allowed: 2025-09-01 or later. "
        "Correct the date, or name the agreement under which it was done."]


def test_a_task_without_somebody_who_answers_breaks_no_rule(plan: Path) -> None:
    assert told(plan, "agreement_tasks", "task,agreement,name,done_by,accountable\nT1,AG1,Cards,partner,\n") == []


def test_a_partner_is_not_linked_to_itself(plan: Path) -> None:
    assert told(plan, "partner_links", "partner,other\nP1,P1\nP1,P2\n") == [
        "partner_links.csv, row 2, column other: found P1, the partner itself. Allowed: another partner. Correct the cell, or remove the row."]


def test_a_pair_stands_once_and_not_the_other_way_round_as_well(plan: Path) -> None:
    assert told(plan, "partner_links", "partner,other\nP1,P2\nP2,P1\n") == [
        "partner_links.csv, row 3, column other: found P2 and P1, the pair of row 2 the other way round. Allowed: each pair of partners once. Remove one of the two rows."]


@pytest.mark.parametrize(("row", "says"), [
    ("active,2029-01-01,", "column since: found 2029-01-01, after the plan's as_of day, for an active partner. Allowed: nothing later than 2026-06-30. Correct the date, or call it a prospect."),
    ("active,2019-01-01,2020-01-01", "column until: found 2020-01-01, before the plan's as_of day, for an active partner. Allowed: empty, or 2026-06-30 or later. Correct the date, or call the partnership ended."),
    ("ended,2019-01-01,2027-01-01", "column until: found 2027-01-01, after the plan's as_of day, for a partnership that has ended. Allowed: nothing later than 2026-06-30. "
                                    "Correct the date, or call the partner active until then."),
    ("ended,2019-01-01,2018-01-01", "column until: found 2018-01-01, before since 2019-01-01. Allowed: the same day as since or later. Correct one of the two dates.")])
def test_the_days_of_a_partnership_fit_its_status(plan: Path, row: str, says: str) -> None:
    assert told(plan, "partners", f"partner,name,kind,ethics,status,since,until\nP1,School,education,clear,{row}\nP2,Clinic,government,clear,active,2026-06-30,2027-01-01\n") == [f"partners.csv, row 2, {says}"]


def test_partners_that_are_active_and_those_that_have_ended_may_bear_one_name(plan: Path) -> None:
    heads, kind = "partner,name,kind,ethics,status", "education,clear"

    assert told(plan, "partners", f"{heads}\nP1,School,{kind},active\nP2,School,{kind},ended\n") == []
    assert told(plan, "partners", f"{heads}\nP1,School,{kind},active\nP2,School,{kind},prospect\n") == [
        "partners.csv, row 3, column name: found “School”, as in row 2. Allowed: a name of its own for each row that stands, so that readers can tell them apart. Add a word to one of the two names."]
