"""Assumptions: what leans on each, which are exposed, and which nobody guards or looks at."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from planning.analysis import assumptions

COLUMNS = ["assumption", "name", "goal", "service", "initiative", "bears", "sure", "until", "hedge", "trigger", "owner", "state", "checked"]
GOALS = pd.DataFrame({"goal": ["G1"], "name": ["Read"], "weight": [0.4]})
CONTRIBUTION = pd.DataFrame({"service": ["S1"], "service_name": ["Storytime"], "value": [0.15]})
VALUED = pd.DataFrame({"initiative": ["I1"], "initiative_name": ["Hall"], "value": [0.55]})
STATES = pd.DataFrame({"trigger": ["T1"], "name": ["Full"], "state": ["near"]})


def found(*rows: dict[str, object]) -> pd.DataFrame:
    plain = {"assumption": "A1", "name": "It holds", "goal": None, "service": None, "initiative": None, "bears": 5, "sure": 2, "until": pd.NaT, "hedge": None, "trigger": None, "owner": None,
             "state": "holds", "checked": pd.Timestamp("2026-06-01")}
    table = pd.DataFrame([plain | row for row in rows], columns=COLUMNS)
    return assumptions.register(table, goals=GOALS, contribution=CONTRIBUTION, valued=VALUED, states=STATES, roles=pd.DataFrame({"role": ["R1"], "name": ["Clerk"]}), as_of=dt.date(2026, 6, 30))


def test_what_leans_on_it_carries_the_largest_share_and_nothing_carries_none() -> None:
    rows = found({"goal": "G1", "service": "S1", "initiative": "I1"}, {"assumption": "A2", "service": "S1"}, {"assumption": "A3"}, {"assumption": "A4", "goal": "G9"})

    assert rows["carries"].tolist()[:2] == [0.55, 0.15] and rows["carries"].isna().tolist() == [False, False, True, True]
    assert rows["leans"].tolist() == ["Read; Storytime; Hall", "Storytime", "", ""]


def test_exposed_bears_much_and_is_unsure_or_no_longer_holds() -> None:
    rows = found({}, {"assumption": "A2", "sure": 3}, {"assumption": "A3", "bears": 3}, {"assumption": "A4", "sure": 5, "state": "in doubt"}).set_index("assumption")

    assert rows["exposed"].to_dict() == {"A1": True, "A2": False, "A3": False, "A4": True}
    assert rows["weight"].to_dict() == {"A1": 20, "A2": 15, "A3": 12, "A4": 5}


def test_a_hedge_or_a_trigger_point_guards() -> None:
    rows = found({}, {"assumption": "A2", "hedge": "A second driver"}, {"assumption": "A3", "trigger": "T1"}).set_index("assumption")

    assert rows["unguarded"].to_dict() == {"A1": True, "A2": False, "A3": False}
    assert rows.loc["A3", ["trigger_name", "trigger_state"]].tolist() == ["Full", "near"]


def test_soon_and_unlooked_go_by_the_day_of_the_plan() -> None:
    rows = found({"until": pd.Timestamp("2027-06-30"), "checked": pd.Timestamp("2025-06-30")}, {"assumption": "A2", "until": pd.Timestamp("2027-07-01"), "checked": pd.Timestamp("2025-06-29")},
                 {"assumption": "A3", "checked": pd.NaT}).set_index("assumption")

    assert rows["soon"].to_dict() == {"A1": True, "A2": False, "A3": False}
    assert rows["unlooked"].to_dict() == {"A1": False, "A2": True, "A3": True}
    assert rows["days"].tolist()[:2] == [365, 366]


def test_the_broken_come_first_then_the_heaviest() -> None:
    assert found({}, {"assumption": "A2", "sure": 1}, {"assumption": "A3", "bears": 1, "sure": 5, "state": "broken"})["assumption"].tolist() == ["A3", "A2", "A1"]


def test_no_assumptions_give_an_empty_frame_with_its_columns() -> None:
    assert found().columns.tolist() == assumptions.COLUMNS
