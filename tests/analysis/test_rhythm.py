"""Strategy and rhythm are told apart by a rule that is written down."""

import datetime as dt

import pandas as pd
import pytest

from planning.analysis import rhythm

TODAY = dt.date(2026, 6, 30)
GOALS = pd.DataFrame({"goal": ["G1"], "name": ["Reading"], "weight": [1.0]})
OBJECTIVES = pd.DataFrame({"objective": ["O1"], "goal": ["G1"], "statement": ["Raise visits"]})
TALKS = pd.DataFrame({"goal": ["G1"] * 3, "commitment": ["a", "b", "c"], "due": pd.to_datetime(["2026-01-31", "2026-02-28", "2024-02-28"]),
                      "kept": pd.to_datetime(["2026-01-30", "2026-03-05", None])})


def progress(**facts: object) -> pd.DataFrame:
    row = {"kpi": "K1", "objective": "O1", "due": pd.Timestamp("2027-06-30"), "share_done": 0.2, "expected": 0.5, "achieved": False, "status": "behind"}
    return pd.DataFrame([row | facts])


def told(about: pd.DataFrame, made: float, talks: pd.DataFrame = TALKS) -> pd.Series:
    measured = pd.DataFrame({"kpi": ["K1"], "due": [12.0], "made": [made]})
    return rhythm.objectives(OBJECTIVES, about, measured, goals=GOALS, dialogues=talks, as_of=TODAY).iloc[0]


@pytest.mark.parametrize(("done", "made", "kind"), [(0.2, 12, "strategy problem"), (0.2, 4, "rhythm problem first"), (0.5, 4, "luck, or not known"), (0.5, 12, "on its way")])
def test_score_and_rhythm_make_four_kinds(done, made, kind):
    assert told(progress(share_done=done), made)["kind"] == kind


def test_score_is_the_way_done_against_the_way_due_and_rhythm_counts_values_and_promises_of_a_year():
    found = told(progress(), 12)
    assert found["score"] == 0.4 and (found["promised"], found["kept"]) == (2, 1)
    assert found["rhythm"] == 13 / 14


def test_a_met_target_scores_1_a_stale_figure_has_no_score_and_a_band_counts_its_way():
    assert told(progress(achieved=True), 12)["score"] == 1
    assert told(progress(status="stale"), 12)["kind"] == "cannot be told"
    assert told(progress(expected=None, share_done=0.6), 12)["score"] == 0.6


def test_a_monthly_kpi_owes_twelve_months_of_which_the_last_has_half_a_month_of_grace():
    kpis = pd.DataFrame({"kpi": ["K1"], "frequency": ["monthly"], "baseline_period": [None]})
    values = pd.DataFrame({"kpi": "K1", "period": ["2025-06", "2025-05", "2026-05", "2026-06"], "value": [1.0, 1.0, 1.0, 1.0]})
    assert rhythm.measured(kpis, values, as_of=TODAY).values.tolist() == [["K1", 12.0, 2.0]]


def test_nothing_is_owed_before_the_baseline_and_a_year_is_the_fiscal_one():
    kpis = pd.DataFrame({"kpi": ["K1", "K2"], "frequency": ["quarterly", "yearly"], "baseline_period": ["2025-Q4", None]})
    values = pd.DataFrame({"kpi": ["K2"], "period": ["2025"], "value": [1.0]})
    assert rhythm.measured(kpis, values, as_of=TODAY, fiscal_year_start=7).values.tolist() == [["K1", 2.0, 0.0], ["K2", 1.0, 1.0]]


def test_an_objective_without_kpis_cannot_be_told():
    found = rhythm.objectives(OBJECTIVES, progress().head(0), pd.DataFrame({"kpi": ["K1"], "due": [12.0], "made": [3.0]}).head(0), goals=GOALS, dialogues=TALKS.head(0), as_of=TODAY)
    assert found["kind"].tolist() == ["cannot be told"] and found["rhythm"].isna().all()
