"""Readiness for change is told on four sides, with its interval, and never of a few."""

import pandas as pd

from planning.analysis import readiness

QUESTIONS = pd.DataFrame({"question": ["Q1", "Q2", "Q3"], "text": ["We can", "We know how", "I gain"], "group": "staff", "scale": "agree 1-5",
                          "topic": ["change: we can", "change: we can", "change: good for me"]})


def counted(**answers: list[float]) -> pd.DataFrame:
    rows = [(f"V{place}", question, answer, True) for question, given in answers.items() for place, answer in enumerate(given)]
    return pd.DataFrame(rows, columns=["respondent", "question", "answer", "newest"])


def test_a_person_counts_once_a_side_by_the_mean_of_its_statements():
    found = readiness.sides(counted(Q1=[5, 4, 3, 1], Q2=[4, 2, 4, 1]), QUESTIONS, small_group=3).set_index("side").loc["change: we can"]
    assert (found["questions"], found["n"], found["agree"]) == (2, 4, 0.5)


def test_the_word_follows_from_the_interval_and_not_from_the_share():
    found = readiness.sides(counted(Q1=[5] * 20, Q3=[5, 4, 2, 1, 4]), QUESTIONS, small_group=3).set_index("side")["word"]
    assert found.to_dict() == {"change: needed": "not asked", "change: we can": "ready", "change: we are backed": "not asked", "change: good for me": "open"}
    assert readiness.sides(counted(Q1=[1] * 20), QUESTIONS, small_group=3).set_index("side").loc["change: we can", "word"] == "not ready"


def test_a_few_answers_are_hidden_with_every_figure():
    found = readiness.sides(counted(Q3=[5, 1, 4, 4]), QUESTIONS, small_group=5).set_index("side").loc["change: good for me"]
    assert found["hidden"] and found["word"] == "not shown" and found[["n", "agree", "low", "high"]].isna().all()


def test_older_answers_and_other_groups_do_not_count():
    rows = counted(Q1=[5, 5, 5, 5, 5]).assign(newest=[True, True, True, False, False])
    assert readiness.sides(rows, QUESTIONS, small_group=2).set_index("side").loc["change: we can", "n"] == 3
    assert readiness.sides(rows, QUESTIONS.assign(group="patrons"), small_group=2)["word"].eq("not asked").all()
