"""The change plan says who, what, by when and how we know, and where the way from talk to sign breaks off."""

import datetime as dt

import pandas as pd
import pytest

from planning.analysis import changes

TODAY = dt.date(2026, 6, 30)
ROOMS = {"services": pd.DataFrame({"service": ["S1"], "name": ["Discs"]}), "policies": pd.DataFrame({"policy": ["PO1"], "name": ["Cards"]}),
         "decisions": pd.DataFrame({"decision": ["D1", "D2"], "what": ["End discs", "Sunday trial"]}), "goals": pd.DataFrame({"goal": ["G1"], "name": ["Reading"]}),
         "roles": pd.DataFrame({"role": ["R1"], "name": ["Head"]}), "kpis": pd.DataFrame({"kpi": ["K1"], "name": ["Visits"]})}
EMPTY = {name: None for name in ("service", "policy", "decision", "dialogue", "goal", "owner", "start", "due", "done", "concerns", "told", "kpi", "sign", "barrier")}
VALUES = pd.DataFrame({"kpi": ["K1", "K1"], "period": ["2026-03", "2026-05"], "value": [10.0, None]})


def planned(*rows: dict) -> pd.DataFrame:
    table = pd.DataFrame([{"change": f"CH{place}", "name": f"Change {place}", "kind": "service", "service": "S1"} | EMPTY | {"service": "S1"} | row for place, row in enumerate(rows, 1)])
    for column in ("start", "due", "done", "told"):
        table[column] = pd.to_datetime(table[column])
    return table


def plan(*rows: dict) -> pd.DataFrame:
    return changes.plan(planned(*rows), VALUES, **ROOMS, as_of=TODAY)


@pytest.mark.parametrize(("row", "state"), [
    ({"due": "2026-06-29"}, "late"), ({"due": "2026-06-30", "start": "2026-05-01"}, "under way"), ({"start": "2026-07-01", "due": "2026-08-01"}, "not begun"),
    ({}, "no day"), ({"due": "2026-01-01", "done": "2026-02-01"}, "done"), ({"due": "2026-08-01"}, "not begun")])
def test_where_a_change_stands_follows_from_its_days(row, state):
    assert plan(row)["state"].tolist() == [state]


def test_days_late_count_to_today_or_to_the_day_it_was_done():
    found = plan({"due": "2026-06-20"}, {"due": "2026-01-01", "done": "2026-01-11"}, {"due": "2026-01-01", "done": "2025-12-11"}).set_index("change")["days_late"]
    assert found.to_dict() == {"CH1": 10, "CH2": 10, "CH3": 0}


def test_a_change_lacks_an_owner_a_day_or_a_sign():
    found = plan({"due": "2026-12-01"}, {"owner": "R1", "sign": "Fewer calls"}, {"owner": "R1", "kpi": "K1", "due": "2026-12-01"}).set_index("change")
    assert found["lacks"].to_dict() == {"CH1": "owner; sign", "CH2": "due day", "CH3": ""}
    assert found["how"].to_dict() == {"CH1": "", "CH2": "sign", "CH3": "kpi"}


def test_those_concerned_are_told_late_after_the_start_and_not_before_it():
    who = {"concerns": "readers"}
    found = plan({"start": "2026-03-01", "told": "2026-03-02"} | who, {"start": "2026-03-01", "told": "2026-03-01"} | who, {"start": "2026-03-01"} | who,
                 {"start": "2026-08-01"} | who, {"start": "2026-03-01"}, {"done": "2026-03-01"} | who).set_index("change")["told_late"]
    assert found.to_dict() == {"CH1": True, "CH2": False, "CH3": True, "CH4": False, "CH5": False, "CH6": True}


def test_a_change_is_seen_only_when_its_kpi_has_a_value_for_a_period_that_began_after_it():
    found = plan({"done": "2026-02-15", "kpi": "K1"}, {"done": "2026-03-15", "kpi": "K1"}, {"done": "2026-02-15", "sign": "Calm"}, {"kpi": "K1"}).set_index("change")["seen"]
    assert found["CH1"] and not found["CH2"] and pd.isna(found["CH3"]) and pd.isna(found["CH4"])


def test_open_changes_are_counted_by_what_holds_them_back_in_the_order_of_the_five():
    found = changes.barriers(plan({"barrier": "ability", "due": "2026-01-01"}, {"barrier": "ability"}, {"barrier": "desire", "done": "2026-01-01"}))
    assert found["barrier"].tolist() == list(changes.BARRIERS)
    assert found.set_index("barrier")["changes"].to_dict() == {"awareness": 0, "desire": 0, "knowledge": 0, "ability": 2, "reinforcement": 0}
    assert found.set_index("barrier").loc["ability", "late"] == 1


PAST = pd.DataFrame({"decision": ["D1", "D2", "D3", "D4", "D5", "D6"], "what": list("abcdef"), "date": pd.Timestamp("2026-01-01"), "step": [5, 2, 4, 1, 5, 6],
                     "decided_by": "Board", "goal_name": "Reading", "state": ["holds", "look again", "holds", "holds", "no longer holds", "holds"]})
TALKS = pd.DataFrame({"dialogue": ["DL1", "DL2", "DL3"], "kind": ["services", "policies", "staff"], "topic": ["Discs", "Cards", "Rota"], "decision": ["D3", None, "D6"],
                      "initiative": ["I1", None, None]})


def test_a_decision_is_carried_out_by_a_change_a_pilot_or_the_initiative_of_its_talk():
    carried = planned({"decision": "D1"})
    found = changes.undone(PAST, carried, dialogues=TALKS, pilots=pd.DataFrame({"decision": ["D2"]}), as_of=TODAY)
    assert found[["decision", "days", "from_talk"]].values.tolist() == [["D6", 180.0, True]]


def test_each_step_from_talk_to_sign_counts_its_own_rows():
    rows = ({"decision": "D1", "due": "2026-01-01", "done": "2026-01-01", "kpi": "K1"}, {"due": "2026-02-01", "dialogue": "DL2"})
    left = changes.undone(PAST, planned(*rows), dialogues=TALKS, pilots=pd.DataFrame({"decision": []}), as_of=TODAY)
    found = changes.links(TALKS, plan(*rows), changes=planned(*rows), past=PAST, undone=left)
    assert found[["n", "of"]].values.tolist() == [[2, 2], [2, 4], [1, 2], [1, 1]]
    assert found["broken"].tolist() == ["", "b; f", "Change 2", ""]


def test_policies_are_overdue_from_their_day_on_and_subjects_without_one_come_first():
    table = pd.DataFrame({"policy": ["PO1", "PO2", "PO3"], "name": ["Cards", "Privacy", "Rooms"], "subject": ["access", "privacy", "access"], "adopted_by": None, "adopted": pd.NaT,
                          "review": pd.to_datetime(["2026-06-30", "2026-07-01", None]), "public": True})
    found = changes.rules(table, planned({"policy": "PO1"}), as_of=TODAY)
    assert found["state"].tolist() == ["no policy"] * 8 + ["overdue", "no day of review", "stands"]
    assert found.loc[8, ["policy", "days_over", "change_name"]].tolist() == ["PO1", 0, "Change 1"]


def test_without_any_policy_nothing_is_said_of_subjects():
    none = pd.DataFrame(columns=["policy", "name", "subject", "adopted_by", "adopted", "review", "public"])
    assert changes.rules(none, planned({}), as_of=TODAY).empty


def test_a_plan_without_any_value_has_seen_nothing():
    found = changes.plan(planned({"done": "2026-02-15", "kpi": "K1"}), VALUES.head(0), **ROOMS, as_of=TODAY)
    assert not found["seen"].iloc[0] and found["state"].tolist() == ["done"]
