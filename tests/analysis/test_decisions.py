"""Past decisions are looked at again by their goal, their figure and their day of review."""

import datetime as dt

import pandas as pd
import pytest

from planning.analysis import decisions

DAY = dt.date(2026, 6, 30)
GOALS = pd.DataFrame({"goal": ["G0", "G1"], "name": ["Old", "New"], "replaces": [None, "G0"], "valid_to": pd.to_datetime(["2025-06-30", None])})
SERVICES = pd.DataFrame({"service": ["S1"], "name": ["Reels"], "status": ["ended"]})
EVENTS = pd.DataFrame({"date": pd.to_datetime([]), "name": pd.Series(dtype="str"), "kpi": pd.Series(dtype="str"), "changes_process": pd.Series(dtype=bool)})
TAKEN = {"decision": "D1", "date": pd.Timestamp("2025-03-15"), "step": 5.0, "what": "Keep it", "why": "It served", "decided_by": "Board", "goal": "G1", "service": None,
         "kpi": "K1", "kpi_then": 20.0, "review": pd.NaT, "revokes": None}
PROGRESS = {"kpi": "K1", "name": "Visits", "unit": "visits a month", "direction": "up", "baseline": 10.0, "target": 30.0, "target_low": float("nan"), "target_high": float("nan"), "status": "near"}


def taken(*changes: dict) -> pd.DataFrame:
    return pd.DataFrame([TAKEN | change for change in changes])


def told(values: dict[str, float], *, decision: dict | None = None, kpi: dict | None = None, events: pd.DataFrame = EVENTS) -> pd.Series:
    table = pd.DataFrame({"kpi": "K1", "period": list(values), "value": list(values.values())})
    return decisions.evidence(taken(decision or {}), pd.DataFrame([PROGRESS | (kpi or {})]), table, events=events).iloc[0]


def state(values: dict[str, float] | None = None, *, events: pd.DataFrame = EVENTS, kpi: dict | None = None, more: tuple = (), **change: object) -> tuple[str, str]:
    table = pd.DataFrame({"kpi": "K1", "period": list(values or {}), "value": list((values or {}).values())})
    rows = taken(change, *more)
    evidence = decisions.evidence(rows, pd.DataFrame([PROGRESS | (kpi or {})]), table, events=events)
    found = decisions.revalidated(rows, GOALS, evidence, services=SERVICES, as_of=DAY).set_index("decision").loc["D1"]
    return found["state"], found["reasons"]


def event(day: str, kpi: str | None = "K1") -> pd.DataFrame:
    return pd.DataFrame({"date": [pd.Timestamp(day)], "name": ["New counters"], "kpi": [kpi], "changes_process": [True]})


def test_the_newest_month_is_set_against_the_same_month_before_the_decision():
    found = told({"2024-06": 12.0, "2025-02": 20.0, "2026-02": 21.0, "2026-06": 18.0})
    assert found[["before", "before_period", "now", "now_period", "like"]].tolist() == [12.0, "2024-06", 18.0, "2026-06", True]
    assert found["moved"] == pytest.approx(0.3)


def test_an_event_before_the_decision_rules_out_older_months():
    found = told({"2024-06": 12.0, "2025-02": 20.0, "2026-02": 21.0, "2026-06": 18.0}, events=event("2025-01-06"))
    assert found[["before_period", "now_period"]].tolist() == ["2025-02", "2026-02"]
    assert found["moved"] == pytest.approx(0.05)


def test_an_event_since_the_decision_breaks_the_comparison():
    found = told({"2024-06": 12.0, "2025-02": 20.0, "2026-06": 99.0}, events=event("2025-10-01", kpi=None))
    assert (found["broken_by"], pd.isna(found["moved"])) == ("New counters", True)
    assert state({"2024-06": 12.0, "2025-02": 20.0, "2026-06": 99.0}, events=event("2025-10-01")) == ("look again", "series broken")


def test_an_event_of_another_kpi_breaks_nothing():
    assert pd.isna(told({"2024-06": 12.0, "2026-06": 18.0}, events=event("2025-10-01", kpi="K2"))["broken_by"])


def test_without_a_like_month_the_figure_written_down_is_compared_and_marked():
    found = told({"2025-02": 20.0, "2026-06": 26.0})
    assert found[["before", "now", "like"]].tolist() == [20.0, 26.0, False]
    assert found["moved"] == pytest.approx(0.3)


def test_towards_a_target_that_lies_lower_counts_as_above_zero():
    assert told({"2025-02": 20.0, "2026-02": 15.0}, kpi={"baseline": 20.0, "target": 10.0, "direction": "down"})["moved"] == pytest.approx(0.5)


def test_leaving_a_band_is_told_in_widths_of_the_band():
    band = {"direction": "band", "baseline": float("nan"), "target": float("nan"), "target_low": 45.0, "target_high": 60.0}
    assert told({"2025-02": 58.0, "2026-02": 66.0}, kpi=band)["moved"] == pytest.approx(-0.4)


def test_without_a_target_nothing_moved_can_be_told():
    assert pd.isna(told({"2025-02": 20.0, "2026-02": 90.0}, kpi={"target": float("nan")})["moved"])


def test_a_figure_that_moved_by_a_quarter_of_the_way_calls_for_another_look():
    assert state({"2025-02": 20.0, "2026-02": 25.0}) == ("look again", "evidence moved")
    assert state({"2025-02": 20.0, "2026-02": 24.9}) == ("holds", "")
    assert state({"2025-02": 20.0, "2026-02": 15.0}) == ("look again", "evidence moved")


def test_a_decision_whose_goal_has_ended_no_longer_holds():
    assert state(goal="G0") == ("no longer holds", "goal ended")


def test_a_revoked_decision_no_longer_holds_and_the_one_that_revoked_it_does():
    later = {"decision": "D2", "what": "End it", "revokes": "D1", "date": pd.Timestamp("2026-01-10")}
    assert state(more=(later,)) == ("no longer holds", "revoked")


def test_a_day_of_review_that_has_come_calls_for_another_look_and_tomorrow_does_not():
    assert state(review=pd.Timestamp("2026-06-30")) == ("look again", "review is due")
    assert state(review=pd.Timestamp("2026-07-01")) == ("holds", "")


def test_a_stale_figure_and_an_ended_service_call_for_another_look():
    assert state({"2025-02": 20.0}, kpi={"status": "stale"}) == ("look again", "not measured of late")
    assert state(service="S1") == ("look again", "service has ended")


def test_empty_tables_give_empty_frames_with_their_columns():
    none = taken({}).head(0)
    evidence = decisions.evidence(none, pd.DataFrame([PROGRESS]).head(0), pd.DataFrame(columns=["kpi", "period", "value"]), events=EVENTS)
    found = decisions.revalidated(none, GOALS.head(0), evidence, services=SERVICES.head(0), as_of=DAY)
    assert found.empty and {"state", "reasons", "revoked_by"} <= set(found.columns)
