"""Trends by impact, certainty and nearness; cases by goal; goals that nobody looked out for."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from planning.analysis import scan

AS_OF = dt.date(2026, 6, 30)
GOALS = pd.DataFrame({"goal": ["G1", "G2", "G3"], "name": ["Read", "Work", "Belong"], "weight": [0.3, 0.5, 0.2]})
INITIATIVES = pd.DataFrame({"initiative": ["I1", "I2", "I3"], "name": ["Tutors", "Hub", "Coffee"], "status": ["candidate", "running", "rejected"]})


def changing(*rows: tuple[str, str | None, str | None, float | None, float | None, float | None, str | None]) -> pd.DataFrame:
    found = pd.DataFrame(rows, columns=["trend", "goal", "effect", "impact", "certainty", "years", "date"])
    found = found.assign(name="Change " + found["trend"], kind="society", means=None, source=None, date=pd.to_datetime(found["date"]))
    return found.astype({"impact": float, "certainty": float, "years": float})


def tried(*rows: tuple[str, str, str | None, str | None, str | None]) -> pd.DataFrame:
    found = pd.DataFrame(rows, columns=["case", "outcome", "goal", "initiative", "date"])
    return found.assign(name="Try " + found["case"], library="Mill", lesson="Ask first", source=None, date=pd.to_datetime(found["date"]))


TRENDS = scan.trends(changing(("T1", "G1", "helps", 4, 2, 2, "2026-05-01"), ("T2", "G2", "hinders", 5, 3, 0, "2026-05-01"), ("T3", "G2", "both", 4, 2, 1, "2026-05-01")), GOALS, as_of=AS_OF)
CASES = scan.cases(tried(("C1", "worked", "G2", "I1", "2026-01-01"), ("C2", "failed", "G2", "I1", "2025-01-01"), ("C3", "failed", "G1", "I2", "2026-01-01"), ("C4", "mixed", "G9", "I3", "2026-01-01")),
                   GOALS, initiatives=INITIATIVES)


def test_trends_are_ordered_by_impact_times_certainty_then_by_how_soon() -> None:
    assert TRENDS[["trend", "score", "years"]].values.tolist() == [["T2", 15.0, 0.0], ["T3", 8.0, 1.0], ["T1", 8.0, 2.0]]


def test_a_trend_without_impact_or_certainty_has_no_score_and_comes_last() -> None:
    rows = changing(("T1", "G1", None, None, 3, 0, None), ("T2", "G1", None, 5, None, 0, None), ("T3", "G1", None, 1, 1, None, None))
    found = scan.trends(rows, GOALS, as_of=AS_OF)

    assert found["trend"].tolist() == ["T3", "T1", "T2"]
    assert found["score"].isna().tolist() == [False, True, True]


def test_a_trend_is_stale_after_a_year_and_one_without_a_date_is_not_called_so() -> None:
    rows = changing(("T1", "G1", None, 1, 1, 0, "2025-06-29"), ("T2", "G1", None, 1, 1, 0, "2025-06-30"), ("T3", "G1", None, 1, 1, 0, None))

    assert scan.trends(rows, GOALS, as_of=AS_OF)["stale"].tolist() == [True, False, False]


def test_cases_come_by_weight_of_their_goal_with_failures_first_and_those_without_a_goal_in_force_last() -> None:
    assert CASES[["case", "goal_name"]].fillna("none").values.tolist() == [["C2", "Work"], ["C1", "Work"], ["C3", "Read"], ["C4", "none"]]


def test_cases_of_goals_no_longer_in_force_stand_together_with_failures_first() -> None:
    found = scan.cases(tried(("C1", "worked", "G8", None, None), ("C2", "failed", "G9", None, None), ("C3", "mixed", None, None, None)), GOALS, initiatives=INITIATIVES)

    assert found["case"].tolist() == ["C2", "C3", "C1"]


def test_each_goal_counts_what_helps_hinders_worked_and_failed() -> None:
    found = scan.by_goal(GOALS, TRENDS, CASES).set_index("goal")

    assert found.loc["G2", ["helping", "hindering", "both", "trends", "worked", "failed", "cases"]].tolist() == [0, 1, 1, 2, 1, 1, 2]
    assert found.loc["G2", "strongest"] == "Change T2"
    assert found.loc["G3", ["trends", "cases"]].tolist() == [0, 0] and pd.isna(found.loc["G3", "strongest"])
    assert found.index.tolist() == ["G2", "G1", "G3"]


def test_trends_and_cases_of_goals_in_force_are_counted_once_each() -> None:
    check = scan.reconciled(scan.by_goal(GOALS, TRENDS, CASES), TRENDS, CASES).iloc[0]

    assert (check["expected"], check["found"]) == (6, 6)


def test_the_share_of_failures_is_of_all_cases_written_down() -> None:
    assert scan.outcomes(CASES)[["outcome", "cases", "share"]].values.tolist() == [["failed", 2, 0.5], ["mixed", 1, 0.25], ["worked", 1, 0.25]]


def test_only_initiatives_in_play_are_warned_of_and_those_that_run_come_first() -> None:
    found = scan.warnings(CASES)

    assert found[["initiative", "case", "worked"]].values.tolist() == [["I2", "C3", 0], ["I1", "C2", 1]]
    assert scan.warnings(scan.cases(tried(("C1", "failed", "G1", "I3", None), ("C2", "failed", "G1", None, None)), GOALS, initiatives=INITIATIVES)).empty


def test_no_trends_no_cases_and_no_goals_give_empty_results_with_their_columns() -> None:
    trends, cases = scan.trends(changing(), GOALS, as_of=AS_OF), scan.cases(tried(), GOALS, initiatives=INITIATIVES)

    assert list(trends) == list(TRENDS) and list(cases) == list(CASES)
    assert scan.by_goal(GOALS, trends, cases).empty and scan.outcomes(cases).empty and scan.warnings(cases).empty
    assert scan.reconciled(scan.by_goal(GOALS, trends, cases), trends, cases).empty
    assert scan.by_goal(GOALS.iloc[:0], TRENDS, CASES).empty


def test_trends_whose_columns_hold_no_value_break_nothing() -> None:
    found = scan.trends(changing(("T1", None, None, None, None, None, None)), GOALS, as_of=AS_OF)

    assert not found.loc[0, "in_force"] and not found.loc[0, "stale"]
    assert scan.by_goal(GOALS, found, CASES.iloc[:0])["trends"].sum() == 0
