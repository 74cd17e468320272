"""Response, margins and how many answers are needed."""

import pandas as pd
import pytest

from planning.analysis import response

COLUMNS = ["survey", "name", "group", "start", "end", "people", "invited", "chosen", "mode", "missing"]


def survey(**changes):
    row = {"survey": "SV1", "name": "Spring", "group": "patrons", "start": None, "end": pd.Timestamp("2026-05-12"), "people": 1000.0, "invited": 400.0, "chosen": "chance", "mode": None, "missing": None}
    return pd.DataFrame([row | changes], columns=COLUMNS)


def answers(n, survey="SV1"):
    return pd.DataFrame({"survey": survey, "respondent": [f"P{i // 2}" for i in range(2 * n)], "date": pd.Timestamp("2026-05-01"), "question": ["Q1", "Q2"] * n, "answer": 4.0})


def rated(n, **changes):
    return response.rates(survey(**changes), answers(n)).iloc[0]


def test_people_are_counted_once_and_the_margin_is_corrected_for_how_many_there_are():
    row = rated(100)
    # 1.96 sqrt(.25 / 100 * 900 / 999)
    assert (row["answered"], row["rate"], row["claim"], row["main"]) == (100, 0.25, "chance", True)
    assert row["margin"] == pytest.approx(0.093019, abs=1e-5)


def test_an_open_survey_gets_no_margin_and_no_rate_however_many_answered():
    row = rated(900, chosen="open", invited=None)
    assert row["claim"] == "open" and pd.isna(row["margin"]) and pd.isna(row["rate"])


def test_everyone_asked_and_everyone_answered_leaves_nothing_to_chance():
    row = rated(9, chosen="everyone", people=9.0, invited=None)
    assert (row["rate"], row["margin"]) == (1.0, 0.0)


@pytest.mark.parametrize(("n", "changes", "claim"), [(0, {}, "no answers"), (401, {}, "too many"), (1001, {"chosen": "open", "invited": None}, "too many"), (50, {"chosen": None}, "not told"), (50, {"people": None}, "not told")])
def test_what_is_not_known_or_cannot_be_gives_no_margin(n, changes, claim):
    row = rated(n, **changes)
    assert row["claim"] == claim and pd.isna(row["margin"])


def test_empty_answers_do_not_count():
    given = answers(3)
    given.loc[given["respondent"] == "P0", "answer"] = None
    assert response.rates(survey(), given)["answered"].iloc[0] == 2


def test_the_main_survey_of_a_group_is_the_newest_that_speaks_for_many():
    both = pd.concat([survey(), survey(survey="SV2", people=52.0, end=pd.Timestamp("2026-06-16")), survey(survey="SV0", end=pd.Timestamp("2025-05-12"))], ignore_index=True)
    found = response.rates(both, answers(9))
    assert found.set_index("survey")["main"].to_dict() == {"SV2": False, "SV1": True, "SV0": False}


def test_the_planner_counts_answers_and_whom_to_ask_at_the_last_response():
    plan = response.planner(response.rates(survey(people=19800.0, invited=1200.0), answers(232))).iloc[0]
    assert plan[["within_3", "within_5", "within_10"]].tolist() == [1013, 377, 96]
    assert plan["invite_5"] == 1950  # 377 / (232 / 1200)
    assert not plan["reached"]


def test_a_survey_whose_people_are_not_known_is_not_planned_and_nothing_is_an_empty_table():
    assert response.planner(response.rates(survey(people=None), answers(9))).empty
    assert list(response.rates(survey().iloc[:0], answers(0)).columns) == response.RATES
    assert list(response.planner(response.rates(survey().iloc[:0], answers(0))).columns) == response.PLAN


def test_the_people_of_all_surveys_add_up_to_those_in_the_answers():
    both = pd.concat([answers(5), answers(7, "SV2")], ignore_index=True)
    checked = response.reconciled(response.rates(pd.concat([survey(), survey(survey="SV2")], ignore_index=True), both), both).iloc[0]
    assert (checked["expected"], checked["found"]) == (12, 12)
    assert response.reconciled(response.rates(survey().iloc[:0], both), both).empty
