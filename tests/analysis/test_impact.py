"""Statements that say no more than the data carry, and stories that may be told."""

import datetime as dt
import math

import pandas as pd
import pytest

from planning.analysis import impact

DAY = dt.date(2026, 6, 30)
NO_EVENTS = pd.DataFrame({"event": [], "date": pd.to_datetime([]), "name": [], "kpi": [], "changes_process": pd.Series([], dtype=bool)})
SERVICES = pd.DataFrame({"service": ["S1"], "name": ["Storytime"]})
GOALS = pd.DataFrame({"goal": ["G1"], "name": ["Read"], "weight": [0.6]})
OBJECTIVES = pd.DataFrame({"objective": ["O1", "O2"], "goal": ["G1", "G0"]})


def kpi(**given):
    usual = {"kpi": "K1", "name": "Attendance", "objective": "O1", "service": "S1", "level": "output", "unit": "people a month", "definition": "Counted",
             "source": "Sheets", "limits": "Counts visits", "direction": "up", "frequency": "yearly", "baseline": 657.0, "baseline_period": "2023",
             "target_low": None, "target_high": None, "value": 960.0, "period": "2026", "year_before": 834.0, "status": "on target"}
    return pd.DataFrame([usual | given])


def values(**measured):
    rows = [["K1", period.lstrip("p").replace("_", "-"), value, None] for period, value in measured.items()]
    return pd.DataFrame(rows, columns=["kpi", "period", "value", "note"])


def event(day, **given):
    return pd.DataFrame([{"event": "E1", "date": pd.Timestamp(day), "name": "New counters", "kpi": "K1", "changes_process": True} | given])


def change(progress, known=values(), events=NO_EVENTS):
    return impact.changes(progress, known, events).iloc[0]


def test_a_value_is_set_beside_a_baseline_of_the_same_part_of_the_year():
    found = change(kpi())
    assert [found["value_from"], found["period_from"], found["change"], found["verdict"]] == [657.0, "2023", 303.0, "better"]


def test_a_baseline_of_another_month_gives_way_to_the_year_before():
    found = change(kpi(frequency="monthly", baseline_period="2023-01", period="2026-06"))
    assert [found["value_from"], found["period_from"]] == [834.0, "2025-06"]


@pytest.mark.parametrize(("given", "verdict"), [
    ({"value": 600.0, "year_before": 610.0}, "worse"),
    ({"value": 657.0}, "same"),
    ({"value": 700.0}, "mixed"),
    ({"direction": "down", "value": 600.0, "year_before": 650.0}, "better"),
    ({"direction": "down", "value": 700.0}, "worse"),
    ({"status": "stale"}, "stale"),
    ({"value": float("nan"), "period": None}, "no data"),
    ({"baseline": float("nan"), "year_before": float("nan")}, "not comparable"),
])
def test_the_verdict_follows_from_the_two_figures_and_the_year_before(given, verdict):
    assert change(kpi(**given))["verdict"] == verdict


def test_nothing_is_compared_across_a_change_of_counting():
    found = change(kpi(frequency="monthly", baseline_period="2025-06", period="2026-06"), events=event("2025-10-01"))
    assert [found["verdict"], found["since"]] == ["not comparable", "New counters"]
    assert math.isnan(found["value_from"]) and math.isnan(found["year_before"])


@pytest.mark.parametrize("harmless", [event("2025-10-01", changes_process=False), event("2025-10-01", kpi="K2"), event("2024-10-01")])
def test_other_events_leave_the_comparison_alone(harmless):
    found = change(kpi(frequency="monthly", baseline_period="2025-06", period="2026-06"), events=harmless)
    assert found["verdict"] == "better"


def test_a_difference_within_the_usual_ups_and_downs_is_no_change():
    swinging = values(**{f"p2025_{month:02d}": 100.0 + 40 * (month % 2) for month in range(1, 13)})
    about = {"frequency": "monthly", "baseline": 100.0, "baseline_period": "2024-12", "period": "2025-12", "value": 160.0, "year_before": 100.0}
    # Mean moving range 40: 1.96 × 1.41421 × 40 ÷ 1.128 = 98.3, more than the change of 60.
    found = change(kpi(**about), swinging)
    assert found["usual"] == pytest.approx(98.29, abs=0.01)
    assert found["verdict"] == "same"
    assert change(kpi(**about | {"value": 220.0}), swinging)["verdict"] == "better"


def test_a_band_is_held_only_when_the_whole_year_kept_to_it():
    band = {"direction": "band", "target_low": 60.0, "target_high": 85.0, "frequency": "quarterly", "baseline": 61.0, "baseline_period": "2025-Q2", "period": "2026-Q2",
            "value": 66.0, "year_before": 65.0}
    held = change(kpi(**band), values(p2025_Q2=99, p2025_Q3=70, p2025_Q4=80, p2026_Q1=85, p2026_Q2=66))
    broken = change(kpi(**band), values(p2025_Q3=70, p2025_Q4=97, p2026_Q1=80, p2026_Q2=66))
    assert [held["verdict"], held["inside"], held["measured"]] == ["held", 4, 4]
    assert [broken["verdict"], broken["inside"], broken["measured"]] == ["outside", 3, 4]


def test_inputs_and_activities_make_no_statement():
    frames = [kpi(level=level) for level in ("input", "activity", "output", "outcome", "impact", None)]
    found = impact.places(pd.concat(frames), OBJECTIVES, GOALS, services=SERVICES)
    assert found["level"].tolist() == ["output", "outcome", "impact"]


def test_a_kpi_of_a_goal_that_is_not_in_force_has_no_goal():
    assert pd.isna(impact.places(kpi(objective="O2"), OBJECTIVES, GOALS, services=SERVICES)["goal_name"].iloc[0])


ASKED = kpi(unit="% of those asked", source="Question Q1 of the survey", value=60.0, baseline=48.0)


def sure(n=None, low=None, high=None, hidden=False):
    """What `backing.surveyed` says of K1; nothing without n."""
    rows = [["K1", "2026", "Q1", n, low, high, hidden, True]] if n or hidden else []
    return pd.DataFrame(rows, columns=["kpi", "period", "question", "n", "low", "high", "hidden", "newest"]).astype({"n": float, "low": float, "high": float, "hidden": bool, "newest": bool})


SIXTY = sure(100, 50.2, 69.1)


def test_a_survey_below_the_smallest_group_leaves_no_figure_in_its_statement():
    found = statements(ASKED, sure(hidden=True))
    assert found[["value", "value_from", "year_before", "change", "n", "low", "high"]].isna().all() and not found["stands"]


def statements(progress, sure=sure(), known=values()):
    places = impact.places(progress, OBJECTIVES, GOALS, services=SERVICES)
    return impact.statements(places, impact.changes(progress, known, NO_EVENTS), sure).iloc[0]


@pytest.mark.parametrize(("baseline", "verdict"), [(55.0, "same"), (48.0, "same"), (44.0, "better"), (76.0, "worse"), (70.0, "same")])
def test_two_survey_shares_differ_only_when_the_error_of_both_allows_it(baseline, verdict):
    # 60 and 48 of 100: z = 0.12 / sqrt(0.24/100 + 0.2496/100) = 1.71, no difference at 95 %; 60 and 44: z = 2.28, a difference.
    before = ASKED.assign(baseline=baseline, year_before=float("nan"))
    assert statements(before, SIXTY)["verdict"] == verdict


def test_a_sample_without_a_range_makes_no_success():
    found = statements(ASKED.assign(year_before=float("nan")))
    assert [found["verdict"], found["stands"], found["grade"]] == ["unsure", False, "estimated"]


@pytest.mark.parametrize(("given", "grade"), [
    ({}, "counted"), ({"level": "outcome"}, "associated"), ({"level": "impact", "value": 600.0}, "associated"), ({"level": "outcome", "value": 657.0}, "counted")])
def test_the_grade_says_what_kind_of_claim_it_is(given, grade):
    assert statements(kpi(**given))["grade"] == grade


def test_statements_that_stand_come_first_and_impact_before_output():
    progress = pd.concat([kpi(kpi="K1", value=600.0), kpi(kpi="K2"), kpi(kpi="K3", level="impact")])
    places = impact.places(progress, OBJECTIVES, GOALS, services=SERVICES)
    found = impact.statements(places, impact.changes(progress, values(), NO_EVENTS), sure())
    assert found[["kpi", "stands"]].values.tolist() == [["K3", True], ["K2", True], ["K1", False]]


STORIES = pd.DataFrame({
    "story": ["ST1", "ST2", "ST3", "ST4", "ST5", "ST6"], "name": list("abcdef"), "text": list("uvwxyz"), "service": None, "goal": "G1", "audience": "A1",
    "consent": ["given", "given", "given", "asked", "refused", "withdrawn"], "collected": pd.to_datetime(["2026-01-01"] * 6),
    "expires": pd.to_datetime(["2026-06-30", "2026-06-29", None, None, "2028-01-01", "2028-01-01"])})
AUDIENCES = pd.DataFrame({"audience": ["A1"], "name": ["Readers"]})


def test_only_stories_with_consent_that_has_not_run_out_are_told():
    told = impact.stories(STORIES, AUDIENCES, GOALS, services=SERVICES, as_of=DAY)
    assert told[["story", "days_left"]].fillna(-1).values.tolist() == [["ST1", 0], ["ST3", -1]]


def test_stories_left_out_are_counted_by_reason_and_hold_nothing_of_the_story():
    left = impact.left_out(STORIES, as_of=DAY)
    assert left.columns.tolist() == ["reason", "stories"]
    assert left["stories"].tolist() == [1, 1, 1, 1]
    told = impact.stories(STORIES, AUDIENCES, GOALS, services=SERVICES, as_of=DAY)
    assert impact.reconciled(STORIES, told, left)[["expected", "found"]].values.tolist() == [[6, 6]]


def test_an_audience_gets_the_statements_of_the_goals_it_hears_of_and_all_when_it_hears_of_none():
    statements = pd.DataFrame({"kpi": ["K1", "K2", "K3"], "goal": ["G1", "G2", "G1"], "stands": [True, True, False]})
    register = pd.DataFrame({"audience": ["A1"], "goal": ["G1"]})
    told = pd.DataFrame({"audience": [], "goal": []})
    assert impact.fitting(statements, register, told, audience="A1")["kpi"].tolist() == ["K1"]
    assert impact.fitting(statements, register, told, audience="A2")["kpi"].tolist() == ["K1", "K2"]


def test_empty_tables_give_empty_results():
    none = kpi()[:0]
    places, changes = impact.places(none, OBJECTIVES[:0], GOALS[:0], services=SERVICES[:0]), impact.changes(none, values(), NO_EVENTS)
    assert impact.statements(places, changes, sure()).columns.tolist() == impact.STATEMENTS
    assert impact.stories(STORIES[:0], AUDIENCES, GOALS, services=SERVICES, as_of=DAY).columns.tolist() == impact.STORIES
    assert impact.left_out(STORIES[:0], as_of=DAY).empty
