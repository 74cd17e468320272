"""Answers behind KPI values, and what too few answers hide."""

import pandas as pd
import pytest

from planning.analysis import backing


def counted(agree, of, *, wave="SV2", day="2026-03-01", question="Q1", scale="agree 1-5"):
    return pd.DataFrame({"respondent": [f"{wave}{place}" for place in range(of)], "question": question, "scale": scale, "wave": wave, "date": pd.Timestamp(day),
                         "good": pd.array([place < agree for place in range(of)], dtype="boolean")})


def kpis(**given):
    return pd.DataFrame([{"kpi": "K1", "definition": "Share who agree", "source": "Question Q1", "baseline": None, "baseline_period": None} | given])


def values(*rows):
    return pd.DataFrame([["K1", *row, None] for row in rows] or None, columns=["kpi", "period", "value", "note"])


def surveyed(given, *rows, small_group=5, about=None):
    return backing.surveyed(kpis() if about is None else about, values(*rows), given, small_group=small_group)


def test_a_survey_share_has_wilsons_interval():
    # Wilson for 60 of 100 by hand: middle (0.6 + 3.8415/200)/1.038415 = 0.5963, reach 0.0941.
    found = surveyed(counted(60, 100), ("2026", 60.0)).iloc[0]
    assert [found["n"], round(found["low"], 1), round(found["high"], 1), found["newest"]] == [100, 50.2, 69.1, True]


def test_answers_that_do_not_give_the_value_are_not_taken_for_its_survey():
    assert surveyed(counted(70, 100), ("2026", 60.0)).empty
    assert surveyed(counted(60, 100, question="Q10"), ("2026", 60.0)).empty


@pytest.mark.parametrize("value", [75.0, 60.0, 12.0])
def test_a_value_of_a_survey_that_few_answered_is_hidden_whatever_it_says(value):
    found = surveyed(counted(3, 4), ("2026", value))
    assert found["hidden"].tolist() == [True] and found[["n", "low", "high"]].isna().all(axis=None)


def test_a_value_of_a_few_answers_of_a_large_survey_is_hidden():
    # Three of the answers fell into the first quarter; the survey's other 97 came in April.
    given = pd.concat([counted(3, 3, day="2026-03-30"), counted(57, 97, day="2026-04-10")], ignore_index=True)
    assert surveyed(given, ("2026-Q1", 100.0))["hidden"].tolist() == [True]
    assert surveyed(given, ("2026-Q2", 60.0))[["n", "hidden"]].values.tolist() == [[100.0, False]]


def test_only_the_two_newest_surveys_are_told_of_as_on_the_pages_of_surveys():
    given = pd.concat([counted(60, 100, wave=f"SV{year}", day=f"{year}-05-04") for year in (2024, 2025, 2026)])
    found = surveyed(given, ("2024", 60.0), ("2025", 60.0), ("2026", 60.0))
    assert found["period"].tolist() == ["2025", "2026"] and found["newest"].tolist() == [False, True]


def test_a_baseline_that_rests_on_few_is_left_empty():
    given = pd.concat([counted(3, 4, wave="SV1", day="2025-05-04"), counted(60, 100)])
    about = kpis(baseline=75.0, baseline_period="2025")
    found = surveyed(given, ("2026", 60.0), about=about)
    assert found[["period", "hidden", "newest"]].values.tolist() == [["2025", True, False], ["2026", False, True]]
    assert backing.shown_kpis(about, found)["baseline"].isna().all()
    assert backing.shown_values(values(("2025", 75.0), ("2026", 60.0)), found)["period"].tolist() == ["2026"]


def test_yes_or_no_and_steps_back_a_kpi_too():
    assert surveyed(counted(12, 20, scale="yes no"), ("2026-03", 60.0))["n"].tolist() == [20.0]


def test_empty_tables_give_empty_results():
    assert backing.surveyed(kpis()[:0], values(), counted(0, 0), small_group=5).columns.tolist() == backing.SURVEYED
    nothing = backing.surveyed(kpis()[:0], values(), counted(0, 0), small_group=5)
    assert backing.shown_values(values(), nothing).empty and backing.shown_kpis(kpis()[:0], nothing).empty
