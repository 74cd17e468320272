"""Rules about people: deputies, competencies, people at a level, posts, results of training, lessons, standards."""

from __future__ import annotations

from pathlib import Path

import pytest

from planning.model import catalogues, check


def told(plan: Path, table: str, text: str) -> list[str]:
    (plan / f"{table}.csv").write_text(text, encoding="utf-8")
    return [problem.sentence() for problem in check.problems(plan)]


@pytest.fixture
def plan(empty_plan: Path) -> Path:
    (empty_plan / "roles.csv").write_text("role,name,fte,people,spare\nR1,Desk,2,3,R2\nR2,Van,1,1,\n", encoding="utf-8")
    (empty_plan / "skills.csv").write_text("skill,name,critical,competency\nSK1,Talks,2,communication\n", encoding="utf-8")
    (empty_plan / "trainings.csv").write_text("training,name,skill,level,cost,hours\nT1,Course,SK1,3,90,8\n", encoding="utf-8")
    return empty_plan


def test_a_plan_that_keeps_the_rules_has_no_problem(plan: Path) -> None:
    assert [problem.sentence() for problem in check.problems(plan)] == []


def test_a_role_is_not_its_own_deputy(plan: Path) -> None:
    assert told(plan, "roles", "role,name,fte,people,spare\nR1,Desk,2,3,R1\n") == [
        "roles.csv, row 2, column spare: found R1, the role itself. Allowed: another role. Name the role that stands in for it, or leave the cell empty."]


def test_a_competency_stands_on_the_list_and_the_nearest_is_named(plan: Path) -> None:
    found = told(plan, "skills", "skill,name,critical,competency\nSK1,Talks,2,comunication\n")

    assert len(found) == 1
    assert found[0].startswith("skills.csv, row 2, column competency: found comunication. Allowed: leadership, planning_budgeting, communication, ")
    assert found[0].endswith("Did you mean communication? The list is in docs/catalogues.md.")


def test_no_more_people_have_a_level_than_there_are_in_the_role(plan: Path) -> None:
    assert told(plan, "role_skills", "role,skill,required,current,people\nR1,SK1,3,3,4\nR2,SK1,3,3,1\n") == [
        "role_skills.csv, row 2, column people: found 4 people at the level in a role of 3. Allowed: 3 or fewer. Correct one of the two figures."]


def test_a_post_is_filled_after_it_opened_and_on_a_day(plan: Path) -> None:
    rows = "vacancy,role,fte,since,status,filled\nVA1,R1,0.5,2026-03-01,filled,2026-02-01\nVA2,R1,0.5,2026-03-01,filled,\nVA3,R1,0.5,2026-03-01,chosen,2026-09-01\n"

    assert told(plan, "vacancies", rows) == [
        "vacancies.csv, row 2, column filled: found 2026-02-01, before the post was open on 2026-03-01. Allowed: 2026-03-01 or later. Correct one of the two dates.",
        "vacancies.csv, row 3, column filled: found no day for a post that was filled. Allowed: the day on which it was filled. Fill the cell, or correct the status."]


def test_a_result_holds_for_no_more_people_than_were_asked(plan: Path) -> None:
    assert told(plan, "training_results", "training,date,level,measure,people,good\nT1,2026-03-12,reaction,Liked it,6,7\n") == [
        "training_results.csv, row 2, column good: found 7 of 6 people. Allowed: 6 or fewer. Correct one of the two figures."]


def test_a_lesson_is_passed_on_after_it_was_learnt(plan: Path) -> None:
    (plan / "learning_sources.csv").write_text("source,name,kind\nLS1,Fair,conference\n", encoding="utf-8")

    assert told(plan, "learning_log", "source,date,role,passed_on\nLS1,2026-03-12,R1,2026-03-01\n") == [
        "learning_log.csv, row 2, column passed_on: found 2026-03-01, before the day 2026-03-12. Allowed: 2026-03-12 or later. Correct one of the two dates."]


def test_a_standard_that_is_measured_has_a_mark_and_a_side(plan: Path) -> None:
    (plan / "kpis.csv").write_text("kpi,name,unit,direction,frequency\nK1,Answered,%,up,quarterly\n", encoding="utf-8")

    assert told(plan, "standards", "standard,name,kpi,side,mark\nSD1,Answers,K1,at least,\nSD2,Waits,K1,,9\nSD3,Doors,,,\n") == [
        "standards.csv, row 2, column mark: found no mark for a standard that the KPI K1 measures. Allowed: the value that is promised, in the KPI's unit. Fill the cell, or leave the KPI empty until the promise is a figure.",
        "standards.csv, row 3, column side: found nothing beside the mark 9. Allowed: at least or at most. Say on which side of the mark the promise is kept."]


def test_the_list_holds_eight_competencies_with_four_levels_each() -> None:
    found = catalogues.competencies("public")

    assert list(found.columns) == ["competency", "name", "kinds", "description", "levels", "evidence"]
    assert len(found) == 8 and (found != "").all().all() and found["competency"].is_unique
    assert all([part.split(":")[0] for part in levels.split(" | ")] == ["1", "2", "3", "4"] for levels in found["levels"])
