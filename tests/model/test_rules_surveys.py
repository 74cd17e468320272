"""Rules about surveys, each with what was found, what is allowed and what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from planning.model import check
from planning.model.errors import PlanProblems

QUESTIONS = "question,text,scale,group,service,topic,before,block\n"
ANSWERS = "respondent,date,segment,question,answer,survey\n"


def said(folder: Path, **tables: str) -> list[str]:
    for name, text in tables.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return [line.strip() for line in str(PlanProblems("p", check.problems(folder))).splitlines()[1:]]


@pytest.mark.parametrize(("scale", "answer", "allowed"), [("agree 1-5", 0, "a whole number from 1 to 5, the scale of this question"), ("yes no", 2, "1 for yes or 0 for no, the scale of this question")])
def test_an_answer_off_its_scale_is_named_with_what_the_scale_allows(empty_plan: Path, scale: str, answer: int, allowed: str) -> None:
    told = said(empty_plan, questions=f"{QUESTIONS}Q1,Open?,{scale},patrons,,,,\n", answers=f"{ANSWERS}A,2026-05-04,,Q1,{answer},\n")

    assert told == [f"answers.csv, row 2, column answer: found {answer}. Allowed: {allowed}. Correct the answer, or leave it empty."]


def test_an_answer_that_is_no_step_of_its_question_is_named_with_the_steps(empty_plan: Path) -> None:
    told = said(empty_plan, questions=f"{QUESTIONS}Q1,Sure?,steps,patrons,,,,\n", question_options="question,code,label,good\nQ1,1,Not sure,false\nQ1,2,Sure,true\n",
                answers=f"{ANSWERS}A,2026-05-04,,Q1,2,\nB,2026-05-04,,Q1,3,\nC,2026-05-04,,Q1,,\n")

    assert told == ["answers.csv, row 3, column answer: found 3. Allowed: one of the steps of this question: 1 Not sure, 2 Sure. Correct the answer, or leave it empty."]


def test_steps_need_their_words(empty_plan: Path) -> None:
    told = said(empty_plan, questions=f"{QUESTIONS}Q1,Sure?,steps,patrons,,,,\n")

    assert told == ["questions.csv, row 2, column scale: found steps for Q1, whose words stand nowhere. Allowed: a row for each step in question_options.csv. "
                    "Add the words of the steps, lowest first, or choose another scale."]


def test_a_second_answer_in_one_survey_is_named_and_one_in_the_next_survey_is_not(empty_plan: Path) -> None:
    told = said(empty_plan, questions=f"{QUESTIONS}Q1,Open?,yes no,patrons,,,,\n", surveys="survey,name,group\nSV1,Spring,patrons\nSV2,Autumn,patrons\n",
                answers=f"{ANSWERS}A,2026-05-04,,Q1,1,SV1\nA,2026-05-05,,Q1,0,SV1\nA,2026-05-06,,Q1,0,SV2\nB,2026-05-04,,Q1,1,\nB,2026-05-05,,Q1,1,\n")

    assert told == ["answers.csv, row 3, column respondent: found a second answer of A to Q1 in the survey SV1, after row 2. Allowed: one answer a respondent, question and survey. "
                    "Remove the row that does not count, or name the other survey."]


def test_a_question_is_not_asked_before_by_itself_in_a_circle_or_on_another_scale(empty_plan: Path) -> None:
    told = said(empty_plan, questions=f"{QUESTIONS}Q1,a,yes no,patrons,,,Q1,\nQ2,b,yes no,patrons,,,Q3,\nQ3,c,yes no,patrons,,,Q2,\nQ4,d,agree 1-5,patrons,,,,\nQ5,e,yes no,patrons,,,Q4,\n")

    assert [line.split(". Allowed")[0] for line in told] == [
        "questions.csv, row 2, column before: found the question itself",
        "questions.csv, row 3, column before: found a question that leads back to this one",
        "questions.csv, row 4, column before: found a question that leads back to this one",
        "questions.csv, row 6, column before: found Q4, which is answered on the scale agree 1-5"]


def test_a_follow_up_of_a_follow_up_is_no_circle(empty_plan: Path) -> None:
    assert said(empty_plan, questions=f"{QUESTIONS}Q1,a,yes no,patrons,,,,\nQ2,b,yes no,patrons,,,Q1,\nQ3,c,yes no,patrons,,,Q2,\n") == []


def test_a_survey_does_not_end_before_it_starts(empty_plan: Path) -> None:
    told = said(empty_plan, surveys="survey,name,group,start,end\nSV1,Spring,patrons,2026-05-10,2026-05-01\n")

    assert told == ["surveys.csv, row 2, column end: found 2026-05-01, before start 2026-05-10. Allowed: the same day as start or later. Correct one of the two dates."]


def test_known_shares_that_do_not_add_up_are_left_to_the_page(empty_plan: Path) -> None:
    assert said(empty_plan, trait_shares="group,trait,value,share,source\npatrons,Age,old,0.5,\n") == []
