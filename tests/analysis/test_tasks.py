import datetime as dt

import pandas as pd
import pytest

from planning.analysis import tasks

DAY = dt.date(2026, 6, 30)
ROLES = pd.DataFrame({"role": ["R1", "R2"], "name": ["Librarian", "Assistant"]})
TERMS = pd.DataFrame({"agreement": ["AG1", "AG2", "AG3"], "agreement_name": ["Visits", "Loans", "Films"], "partner_name": ["School", "Clinic", "Cinema"],
                      "state": ["running", "running", "ended"]})
PLAIN = {"task": "T1", "agreement": "AG1", "name": "Cards", "done_by": "library", "responsible": "R2", "accountable": "R1", "consulted": None, "informed": None, "due": None, "done": None}


def table(*rows: dict) -> pd.DataFrame:
    found = pd.DataFrame([PLAIN | {"task": f"T{place}"} | row for place, row in enumerate(rows, start=1)], columns=list(PLAIN))
    return found.assign(due=pd.to_datetime(found["due"]), done=pd.to_datetime(found["done"]))


def matrix(*rows: dict) -> pd.DataFrame:
    return tasks.matrix(table(*rows), TERMS, ROLES, as_of=DAY)


@pytest.mark.parametrize(("due", "done", "state", "days"), [
    ("2026-06-29", None, "overdue", 1), ("2026-06-30", None, "open", 0), ("2026-07-10", None, "open", -10), (None, None, "no date", None),
    ("2026-06-01", "2026-06-01", "done", None), ("2026-06-01", "2026-06-02", "done late", None), (None, "2026-06-02", "done", None)])
def test_a_task_is_overdue_the_day_after_and_done_late_the_day_after(due, done, state, days):
    found = matrix({"due": due, "done": done}).iloc[0]

    assert found["state"] == state
    assert found["days"] == days or (days is None and pd.isna(found["days"]))


@pytest.mark.parametrize(("done_by", "accountable", "gap"), [
    ("library", "R1", ""), ("partner", "R1", ""), ("library", None, "nobody answers for it"), ("both", None, "nobody answers for it"),
    ("partner", None, "the partner does it, and nobody here answers for it")])
def test_each_task_needs_one_role_here_that_answers_also_when_the_partner_does_it(done_by, accountable, gap):
    assert matrix({"done_by": done_by, "accountable": accountable})["gap"].tolist() == [gap]


def test_roles_are_named_and_tasks_of_ended_agreements_left_out():
    found = matrix({}, {"agreement": "AG3"})

    assert found[["task", "agreement_name", "partner_name", "responsible_name", "accountable_name"]].values.tolist() == [["T1", "Visits", "School", "Assistant", "Librarian"]]


def test_tasks_that_nobody_answers_for_come_first_then_the_longest_overdue():
    found = matrix({"due": "2026-06-20"}, {"due": "2026-06-10"}, {"done": "2026-06-01"}, {"accountable": None, "done": "2026-01-01"}, {"due": "2026-07-01"})

    assert found["task"].tolist() == ["T4", "T2", "T1", "T5", "T3"]


def test_the_load_counts_what_is_not_done_for_those_who_answer_and_those_who_do():
    found = tasks.load(matrix({"due": "2026-06-20"}, {"responsible": "R1", "due": "2026-07-20"}, {"done": "2026-06-01"}, {"accountable": None}))

    assert found[["role_name", "answers", "does", "overdue"]].values.tolist() == [["Librarian", 2, 1, 1], ["Assistant", 0, 2, 0]]
    assert found.loc[0, "next_due"] == pd.Timestamp("2026-06-20") and pd.isna(found.loc[1, "next_due"])


def test_nobody_who_answers_gives_a_load_of_those_who_do_and_nobody_at_all_an_empty_one():
    assert tasks.load(matrix({"accountable": None}))[["role_name", "answers", "does"]].values.tolist() == [["Assistant", 0, 1]]
    assert tasks.load(matrix({"accountable": None, "responsible": None})).empty


def test_running_agreements_without_a_task_are_named():
    assert tasks.without(TERMS, matrix({}))["agreement_name"].tolist() == ["Loans"]


def test_tasks_of_running_and_of_ended_agreements_add_up():
    rows = table({}, {"agreement": "AG3"}, {"agreement": "AG2"})

    assert tasks.reconciled(rows, TERMS, tasks.matrix(rows, TERMS, ROLES, as_of=DAY))[["expected", "found"]].values.tolist() == [[3, 3]]


def test_no_tasks_give_empty_results():
    none = table()
    found = tasks.matrix(none, TERMS, ROLES, as_of=DAY)

    assert [len(rows) for rows in (found, tasks.load(found), tasks.reconciled(none, TERMS, found))] == [0, 0, 0]
    assert "gap" in found and "next_due" in tasks.load(found)
