"""What must hold between the cells about what things cost, told with row, what was found, what is allowed and what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from planning.model import check


@pytest.fixture
def plan(empty_plan: Path) -> Path:
    (empty_plan / "services.csv").write_text("service,name,form,status,essential,space\nS01,Loans,physical,running,true,\n", encoding="utf-8")
    (empty_plan / "budget.csv").write_text("line,fiscal_year,name,service,category\nB01,2026,Books,S01,collection\nB12,2026,Heat,,space\n", encoding="utf-8")
    return empty_plan


def told(plan: Path, table: str, *rows: str) -> list[str]:
    (plan / f"{table}.csv").write_text("\n".join([*rows, ""]), encoding="utf-8")
    return [problem.sentence() for problem in check.problems(plan)]


def formats(plan: Path, *rows: str) -> list[str]:
    return told(plan, "formats", "material,form,spent,prefer,asked,floor", *rows)


def test_a_key_names_a_line_of_the_budget_and_the_nearest_is_offered(plan: Path) -> None:
    assert told(plan, "shared_keys", "line,key", "B112,evenly", "B12,evenly") == [
        "shared_keys.csv, row 2, column line: found B112. Allowed: an id that stands in budget.csv. Did you mean B12?"]


def test_a_subscription_names_a_line_of_the_budget_or_none(plan: Path) -> None:
    assert told(plan, "subscriptions", "subscription,name,line,metric", "SU1,Cases,B01,Uses", "SU2,Songs,,Uses", "SU3,News,XX,Uses") == [
        "subscriptions.csv, row 4, column line: found XX. Allowed: an id that stands in budget.csv. Add it to budget.csv, or correct the cell."]


def test_a_line_that_names_a_service_needs_no_key(plan: Path) -> None:
    assert told(plan, "shared_keys", "line,key", "B01,evenly") == [
        "shared_keys.csv, row 2, column line: found B01, which names the service S01 in budget.csv. Allowed: a line that names no service. "
        "Remove the row: the line is that service's own; or empty the service in budget.csv, if all share it."]


def test_floor_area_spreads_only_where_some_is_known(plan: Path) -> None:
    rows = ("line,key", "B12,space")
    assert told(plan, "shared_keys", *rows) == [
        "shared_keys.csv, row 2, column key: found space, and no service has a floor area in services.csv. Allowed: a key that has figures. "
        "Fill in the column space in services.csv, or choose another key."]

    (plan / "services.csv").write_text("service,name,form,status,essential,space\nS01,Loans,physical,running,true,120\n", encoding="utf-8")
    assert told(plan, "shared_keys", *rows) == []


def test_hours_may_be_named_as_a_key_before_they_are_known(plan: Path) -> None:
    assert told(plan, "shared_keys", "line,key", "B12,hours") == []


def test_no_more_people_prefer_a_form_than_were_asked(plan: Path) -> None:
    assert formats(plan, "Novels,physical,10,41,40,") == [
        "formats.csv, row 2, column prefer: found 41 who prefer one of the forms of Novels, of 40 asked. Allowed: 40 or fewer, both forms together. "
        "Correct one of the figures; who prefers neither stands in neither row."]
    assert formats(plan, "Novels,physical,10,20,40,", "Novels,digital,10,20,40,") == []
    assert [one[:34] for one in formats(plan, "Novels,physical,10,20,40,", "Novels,digital,10,21,40,")] == ["formats.csv, row 3, column prefer:"]


def test_who_prefers_a_form_was_asked(plan: Path) -> None:
    assert formats(plan, "Novels,physical,10,20,,") == [
        "formats.csv, row 2, column asked: found nothing, while 20 prefer it. Allowed: how many people were asked. Fill it in, or leave prefer empty."]


def test_two_floors_cannot_keep_more_than_all(plan: Path) -> None:
    assert formats(plan, "Novels,physical,10,,,0.6", "Novels,digital,10,,,0.5", "Plays,physical,10,,,0.5", "Plays,digital,10,,,0.5") == [
        "formats.csv, row 3, column floor: found floors of Novels that add up to 1.1. Allowed: 1 or less, both forms together. "
        "Lower one of the two floors: together they cannot keep more than all the money."]


def test_years_may_be_missing_from_the_price_index(plan: Path) -> None:
    assert told(plan, "prices", "fiscal_year,index,source", "2020,100,Office", "2026,120,Office") == []


def test_money_and_uses_are_never_below_zero(plan: Path) -> None:
    (plan / "subscriptions.csv").write_text("subscription,name,metric\nSU1,Cases,Uses\n", encoding="utf-8")
    found = told(plan, "subscription_values", "subscription,fiscal_year,cost,uses", "SU1,2026,-1,5", "SU1,2025,1,-5")

    assert len(found) == 2 and "found -1" in found[0] and "found -5" in found[1]
