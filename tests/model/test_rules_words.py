"""What must hold between the cells about what goes out, told with row, what was found, what is allowed and what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from planning.model import check


@pytest.fixture
def plan(empty_plan: Path) -> Path:
    (empty_plan / "audiences.csv").write_text("audience,name,kind,inclusion\nA1,Families,patrons,false\n", encoding="utf-8")
    (empty_plan / "messages.csv").write_text("message,audience,text,channel,date,status\nM01,A1,Come on Saturdays,poster,2026-05-10,sent\n", encoding="utf-8")
    return empty_plan


def told(plan: Path, table: str, *lines: str) -> list[str]:
    (plan / f"{table}.csv").write_text("\n".join([*lines, ""]), encoding="utf-8")
    return [problem.sentence() for problem in check.problems(plan)]


def test_a_clearance_of_nothing_that_goes_out_names_the_nearest(plan: Path) -> None:
    assert told(plan, "clearances", "item,subject,cleared,date", "M01,privacy,true,2026-05-02", "M1,copyright,true,2026-05-02") == [
        "clearances.csv, row 3, column item: found M1. Allowed: an id of messages.csv or stories.csv. Did you mean M01?"]


def test_no_more_people_can_follow_a_message_than_it_reached(plan: Path) -> None:
    assert told(plan, "message_results", "message,date,reached,acted", "M01,2026-05-20,40,41") == [
        "message_results.csv, row 2, column acted: found 41, more than the 40 reached. Allowed: at most 40. Correct one of the two, or leave empty what was not counted."]


def test_what_was_not_counted_is_not_compared(plan: Path) -> None:
    assert told(plan, "message_results", "message,date,reached,acted", "M01,2026-05-20,,41") == []


def test_no_result_comes_before_its_message(plan: Path) -> None:
    assert told(plan, "message_results", "message,date,reached,acted", "M01,2026-05-09,40,4") == [
        "message_results.csv, row 2, column date: found 2026-05-09, before the message goes out on 2026-05-10. Allowed: 2026-05-10 or later. "
        "Correct the date here, or the message's date."]
