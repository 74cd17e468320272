"""What ending a service would mean: who loses, when its cost comes back, and whether the hearing came in time."""

import pandas as pd
import pytest

from planning.analysis import endings

SEGMENTS = pd.DataFrame({"segment": ["SEG1"], "active": [200.0]})
TALK = pd.DataFrame({"consultation": ["CN1"], "kind": ["forum"], "people": [14], "date": [pd.Timestamp("2026-03-05")]})
DECISIONS = pd.DataFrame({"decision": ["D1"], "what": ["Buy no discs"], "date": [pd.Timestamp("2026-04-01")]})
CHANGES = pd.DataFrame({"service": ["S1"], "decision": ["D1"]})


def lost(consulted: str | None = None, consultation: str | None = None, people: float | None = None, changes: pd.DataFrame = CHANGES, **facts: object) -> pd.Series:
    row = {"service": "S1", "service_name": "Discs", "proposal": "stop", "reviewed": True, "segment_name": "Adults", "inclusion": False, "elsewhere": 0.8, "money": 100.0, "hours": 5.0,
           "exit_cost": 250.0, "consulted": pd.to_datetime(consulted)}
    exits = pd.DataFrame({"service": ["S1"], "segment": ["SEG1"], "people": [people], "consultation": [consultation]})
    return endings.losses(pd.DataFrame([row | facts]), exits, SEGMENTS, consultations=TALK, decisions=DECISIONS, changes=changes).iloc[0]


def test_people_are_those_counted_and_else_the_share_of_the_group_that_has_nowhere_to_go():
    assert (lost(people=12)["people"], lost(people=12)["counted"]) == (12, True)
    assert (lost()["people"], lost()["counted"]) == (40, False)


def test_the_cost_comes_back_in_years_and_never_where_no_money_is_released():
    assert lost()["payback"] == 2.5 and pd.isna(lost(money=0.0)["payback"])


@pytest.mark.parametrize(("day", "consultation", "word"), [
    (None, None, "not heard"), ("2026-03-05", "CN1", "heard, on record"), ("2026-03-05", None, "heard, not on record"), ("2026-04-02", "CN1", "heard after it was decided")])
def test_a_hearing_is_before_or_after_the_decision_and_on_record_or_not(day, consultation, word):
    assert lost(day, consultation)["hearing"] == word


def test_a_decision_that_no_change_carries_out_makes_no_hearing_late():
    assert lost("2026-04-02", "CN1", changes=CHANGES.head(0))["hearing"] == "heard, on record"
