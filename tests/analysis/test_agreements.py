import datetime as dt

import pandas as pd
import pytest

from planning.analysis import agreements

DAY = dt.date(2026, 6, 30)
PARTNERS = pd.DataFrame({"partner": ["P1", "P2"], "name": ["School", "Clinic"], "kind": ["education", "government"], "status": ["active", "active"],
                         "since": pd.to_datetime(["2019-01-01", "2015-01-01"])})
FULL = {"agreement": "AG1", "name": "Visits", "partner": "P1", "start": "2024-01-01", "end": "2027-12-31", "review": "2026-12-31",
        "library_gives": "Cards", "partner_gives": "Time", "success": "Four in five borrow", "kpi": "K1", "owner": "R1"}


def table(*rows: dict) -> pd.DataFrame:
    found = pd.DataFrame([FULL | row for row in rows], columns=list(FULL))
    return found.assign(**{name: pd.to_datetime(found[name]) for name in ("start", "end", "review")})


def register(*rows: dict) -> pd.DataFrame:
    return agreements.register(table(*rows), PARTNERS, as_of=DAY)


MORE = {"aim": "Reading", "library_expects": "An answer", "partner_expects": "Readers", "partner_success": "Nine of ten visit", "partner_post": "Head of schools",
        "contact": "A call a month", "ending": "Either side"}


def test_an_older_agreement_is_asked_for_seven_points_and_states_them():
    found = register({}).iloc[0]

    assert (found["points"], found["asked"], found["complete"], found["lacks"], found["partner_name"]) == (7, 7, True, "", "School")


def test_points_that_no_agreement_states_are_told_once_and_lack_nowhere():
    terms = register({}, {"agreement": "AG2", "kpi": None})

    assert terms["lacks"].tolist() == ["", "a KPI"]
    assert terms["not_asked"].unique().tolist() == [
        "a shared aim; what the library expects; what the partner expects; what success means to the partner; a post at the partner; how both sides talk; "
        "somebody who answers for each task"]
    assert len(agreements.lacking(terms)) == 7


def test_a_point_that_one_agreement_states_is_asked_of_all():
    rows = table({}, {"agreement": "AG2"}).assign(aim=["Reading", None], contact=None)
    found = agreements.register(rows, PARTNERS, as_of=DAY).set_index("agreement")

    assert found[["points", "asked", "lacks"]].values.tolist() == [[8, 8, ""], [7, 8, "a shared aim"]]
    assert found["share"].tolist() == [1, 7 / 8]


def test_a_full_agreement_states_fourteen_points():
    tasks = pd.DataFrame({"agreement": ["AG1"], "accountable": ["R1"]})
    found = agreements.register(table({}).assign(**MORE), PARTNERS, as_of=DAY, tasks=tasks).iloc[0]

    assert (found["points"], found["asked"], found["complete"], found["not_asked"]) == (14, 14, True, "")


@pytest.mark.parametrize(("accountable", "lacks"), [(["R1", "R2"], ""), (["R1", None], "somebody who answers for each task"), ([None, None], "somebody who answers for each task")])
def test_every_task_needs_somebody_who_answers_for_it(accountable, lacks):
    tasks = pd.DataFrame({"agreement": "AG1", "accountable": accountable})

    assert agreements.register(table({}), PARTNERS, as_of=DAY, tasks=tasks)["lacks"].tolist() == [lacks]


def test_an_agreement_without_a_task_lacks_somebody_who_answers_once_tasks_are_written_down():
    rows = table({}, {"agreement": "AG2"})
    tasks = pd.DataFrame({"agreement": ["AG1"], "accountable": ["R1"]})

    assert agreements.register(rows, PARTNERS, as_of=DAY, tasks=tasks)["lacks"].tolist() == ["", "somebody who answers for each task"]
    assert agreements.register(rows, PARTNERS, as_of=DAY, tasks=tasks.head(0))["lacks"].tolist() == ["", ""]


def test_a_way_to_end_it_stands_for_an_end_date():
    rows = table({"end": None}, {"agreement": "AG2", "end": None}).assign(ending=["Either side", None])

    assert agreements.register(rows, PARTNERS, as_of=DAY)["lacks"].tolist() == ["", "an end date or a way to end it"]


def test_what_lacks_is_grouped_and_the_agreement_that_states_least_comes_first():
    rows = table({}, {"agreement": "AG2", "owner": None, "review": None}, {"agreement": "AG3", "end": "2020-01-01"}).assign(aim=["Reading", None, None])
    found = agreements.completeness(agreements.register(rows, PARTNERS, as_of=DAY))

    assert found[["agreement", "expectations", "given", "measures", "care", "close"]].values.tolist() == [["AG2", "aim", "", "", "owner; review", ""], ["AG1", "", "", "", "", ""]]


def test_what_an_agreement_lacks_is_named_in_words():
    found = register({"success": None, "owner": None, "end": None}).iloc[0]

    assert (found["points"], found["complete"], found["lacks"]) == (4, False, "what success means; an owner; an end date or a way to end it")


@pytest.mark.parametrize(("review", "attention", "days"), [
    ("2026-06-29", "overdue", -1), ("2026-06-30", "due soon", 0), ("2026-09-28", "due soon", 90), ("2026-09-29", "later", 91)])
def test_a_review_is_overdue_the_day_after_and_due_soon_within_ninety_days(review, attention, days):
    assert register({"review": review})[["attention", "days"]].values.tolist() == [[attention, days]]


def test_a_review_without_a_date_is_said_so():
    assert register({"review": None})["attention"].tolist() == ["no date"]


def test_an_agreement_runs_on_its_last_day_and_asks_nothing_once_it_has_ended():
    found = register({"end": "2026-06-30"}, {"agreement": "AG2", "end": "2026-06-29"}, {"agreement": "AG3", "start": "2026-07-01"}).set_index("agreement")

    assert found["state"].to_dict() == {"AG1": "running", "AG2": "ended", "AG3": "not begun"}
    assert pd.isna(found.loc["AG2", "attention"]) and pd.isna(found.loc["AG2", "days_left"])
    assert found.loc["AG1", "days_left"] == 0


def test_those_to_act_on_come_first():
    found = register({"review": "2027-01-01"}, {"agreement": "AG2", "review": None}, {"agreement": "AG3", "review": "2026-06-01"}, {"agreement": "AG4", "review": "2026-01-01"})

    assert found["agreement"].tolist() == ["AG4", "AG3", "AG2", "AG1"]


def test_points_that_running_agreements_lack_are_counted():
    found = agreements.lacking(register({"kpi": None}, {"agreement": "AG2", "kpi": None, "owner": None}, {"agreement": "AG3", "owner": None, "end": "2020-01-01"}))

    assert found.head(2)[["point_name", "lacking", "of"]].values.tolist() == [["a KPI", 2, 2], ["an owner", 1, 2]]


def test_an_active_partner_whose_only_agreement_has_ended_is_without_one():
    found = agreements.without(PARTNERS, register({}, {"agreement": "AG2", "partner": "P2", "end": "2025-12-31"}))

    assert found[["partner_name", "last_ended"]].values.tolist() == [["Clinic", pd.Timestamp("2025-12-31")]]


def test_a_partner_of_the_past_needs_no_agreement():
    assert agreements.without(PARTNERS.assign(status="ended"), register({})).empty


def test_the_kpi_of_each_running_agreement_is_looked_up():
    progress = pd.DataFrame({"kpi": ["K1"], "name": ["Borrowers"], "unit": ["%"], "value": [60.0], "period": ["2026-05"], "target": [80.0],
                             "target_low": [None], "target_high": [None], "status": ["behind"]})
    terms = register({}, {"agreement": "AG2", "kpi": None}, {"agreement": "AG3", "kpi": "K9"}, {"agreement": "AG4", "end": "2020-01-01"})

    found = agreements.working(terms, progress)

    assert found[["agreement", "kpi_name", "status"]].fillna("").values.tolist() == [["AG1", "Borrowers", "behind"], ["AG3", "", "no data"], ["AG2", "", "no KPI named"]]


def test_states_add_up_to_all_agreements():
    rows = table({}, {"agreement": "AG2", "end": "2020-01-01"})

    assert agreements.reconciled(rows, agreements.register(rows, PARTNERS, as_of=DAY))[["expected", "found"]].values.tolist() == [[2, 2]]


def test_no_agreements_give_empty_results_and_partners_without_one():
    none = table()
    terms = agreements.register(none, PARTNERS, as_of=DAY)
    progress = pd.DataFrame(columns=["kpi", "name", "unit", "value", "period", "target", "target_low", "target_high", "status"])

    assert [len(rows) for rows in (terms, agreements.lacking(terms), agreements.completeness(terms), agreements.working(terms, progress), agreements.reconciled(none, terms))] == [0] * 5
    assert agreements.without(PARTNERS, terms)["partner"].tolist() == ["P2", "P1"]
