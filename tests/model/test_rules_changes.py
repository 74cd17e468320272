"""What must hold between the cells about pilots, changes and endings, told with row, what was found, what is allowed and what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from planning.model import check

HEAD = "pilot,name,start,end,hit,false_pass,status,verdict"


@pytest.fixture
def plan(empty_plan: Path) -> Path:
    (empty_plan / "services.csv").write_text("service,name,form,status,essential\nS1,Discs,physical,running,false\n", encoding="utf-8")
    (empty_plan / "consultations.csv").write_text("consultation,date,kind,group\nCN1,2026-03-05,forum,patrons\n", encoding="utf-8")
    return empty_plan


def told(plan: Path, table: str, *rows: str) -> list[str]:
    (plan / f"{table}.csv").write_text("\n".join([*rows, ""]), encoding="utf-8")
    return [problem.sentence() for problem in check.problems(plan)]


def test_a_verdict_before_the_end_is_named_with_its_row(plan: Path) -> None:
    assert told(plan, "pilots", HEAD, "PI1,Hall,2026-02-01,2026-05-31,,,running,go on", "PI2,Van,2026-02-01,2026-05-31,,,ended,go on") == [
        "pilots.csv, row 2, column verdict: found go on for a pilot that is running. Allowed: empty until the pilot has ended. Empty the cell, or call the pilot ended."]


def test_a_pilot_cannot_have_ended_on_a_day_to_come(plan: Path) -> None:
    found = told(plan, "pilots", HEAD, "PI1,Hall,2026-02-01,2036-05-31,,,ended,")
    assert len(found) == 1 and "column end: found 2036-05-31, after the plan's as_of day, for a pilot that has ended" in found[0]


def test_a_pilot_that_passes_as_often_when_the_whole_does_not_work_tells_nothing(plan: Path) -> None:
    assert told(plan, "pilots", HEAD, "PI1,Hall,,,0.6,0.6,planned,", "PI2,Van,,,0.6,0.2,planned,", "PI3,Desk,,,,0.2,planned,") == [
        "pilots.csv, row 2, column false_pass: found 0.6, where hit is 0.6: such a pilot tells nothing, or the wrong thing. Allowed: less than 0.6. "
        "Correct one of the two chances, or leave both empty when nobody can say."]


def test_a_planned_pilot_has_no_result(plan: Path) -> None:
    told(plan, "pilots", HEAD, "PI1,Hall,,,,,planned,", "PI2,Van,,,,,ended,")
    found = told(plan, "pilot_criteria", "pilot,criterion,side,mark,unit,weight,result", "PI1,Families,at least,15,families,true,19", "PI2,Stops,at least,3,stops,true,")
    assert found == ["pilot_criteria.csv, row 2, column result: found 19 for the pilot PI1, which is planned. Allowed: empty until the pilot runs. "
                     "Empty the cell, or correct the pilot's status in pilots.csv."]


def test_a_change_says_which_service_or_policy_changes(plan: Path) -> None:
    found = told(plan, "changes", "change,name,kind,service,policy", "CH1,Fines end,policy,S1,", "CH2,Discs end,service,S1,")
    assert found == ["changes.csv, row 2, column policy: found nothing, for a change of a policy. Allowed: the id of a policy. Name it, or correct the kind."]


@pytest.mark.parametrize("last", ["due", "done"])
def test_a_change_is_not_done_or_due_before_it_begins(plan: Path, last: str) -> None:
    found = told(plan, "changes", f"change,name,kind,service,start,{last}", "CH1,Discs end,service,S1,2026-03-01,2026-02-01")
    assert found == [f"changes.csv, row 2, column {last}: found 2026-02-01, before start 2026-03-01. Allowed: the same day as start or later. Correct one of the two dates."]


def test_a_hearing_is_dated_like_the_consultation_that_it_names(plan: Path) -> None:
    found = told(plan, "exits", "service,alternative,alternative_share,consulted,consultation", "S1,Streaming,0.8,2026-03-06,CN1")
    assert found == ["exits.csv, row 2, column consulted: found 2026-03-06, where the consultation CN1 took place on 2026-03-05. Allowed: 2026-03-05. "
                     "Correct the date, or name the consultation in which those concerned were heard."]


def test_a_change_by_a_decision_in_a_table_that_no_plan_has_is_named_with_the_nearest(plan: Path) -> None:
    (plan / "decisions.csv").write_text("decision,date,what,decided_by\nD01,2026-03-01,Keep it,Board\n", encoding="utf-8")

    assert told(plan, "decision_changes", "decision,table,row,column,what", "D01,services,S1,name,changed", "D01,sevices,S1,name,changed", "D02,goals,*,*,new") == [
        "decision_changes.csv, row 4, column decision: found D02. Allowed: an id that stands in decisions.csv. Did you mean D01?",
        "decision_changes.csv, row 3, column table: found sevices. Allowed: the name of one of the plan's tables, such as goals. Did you mean services?"]
