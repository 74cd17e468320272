"""Decisions asked for: what each needs, what the ceilings leave, what is late and what lacks."""

import datetime as dt

import pandas as pd
import pytest

from planning.analysis import asks

DAY = dt.date(2026, 6, 30)
GOALS = pd.DataFrame({"goal": ["G1"], "name": ["Read"], "weight": [0.3]})
INITIATIVES = pd.DataFrame({"initiative": ["I1", "I2", "I3"], "name": ["Storytime", "Ramp", "Coffee"], "status": ["candidate", "running", "rejected"], "cost": [40.0, 30.0, 5.0],
                            "hours": [10.0, 20.0, 1.0], "risk": [2.0, 1.0, 1.0], "risks": ["Few readers", None, None]})
VALUED = pd.DataFrame({"initiative": ["I1", "I2"], "value": [0.2, 0.1], "cost": [40.0, 30.0], "hours": [10.0, 20.0], "part": ["free", "running"]})
LIMITS = pd.DataFrame({"ceiling": ["money", "hours"], "limit": [80.0, 40.0]})
STORIES = pd.DataFrame({"story": ["ST1"], "name": ["A lease not signed"], "text": ["Figures showed a founder that a shop would not carry itself"]})
FULL = {"ask": "AK1", "name": "Start Storytime", "mandate": "MA1", "goal": "G1", "initiative": "I1", "service": "S1", "kpi": "K1", "money": None, "hours": None, "by": "2026-07-15",
        "otherwise": "Nothing changes", "option": "Start small"}


def brief(*given, told=(), limits=LIMITS):
    rows = pd.DataFrame([FULL | one for one in given])
    tables = {"asks": rows.assign(by=pd.to_datetime(rows["by"])), "initiatives": INITIATIVES, "services": pd.DataFrame({"service": ["S1"], "name": ["Storytime"]}), "stories": STORIES,
              "kpis": pd.DataFrame({"kpi": ["K1"], "name": ["Attendance"]}), "mandates": pd.DataFrame({"mandate": ["MA1"], "name": ["Services"], "decides": ["board"], "prepares": ["management"]})}
    return asks.brief(tables, GOALS, VALUED, limits=limits, told=pd.DataFrame({"story": list(told)}), as_of=DAY)


def test_money_and_hours_are_the_requests_own_else_those_of_its_initiative():
    found = brief({}, {"ask": "AK2", "money": 7.0})
    assert found[["money", "hours"]].values.tolist() == [[40.0, 10.0], [7.0, 10.0]]


def test_what_runs_already_is_taken_from_the_ceilings_first():
    found = brief({}).iloc[0]
    assert found[["money_left", "hours_left", "fits"]].tolist() == [50.0, 20.0, True]
    assert not brief({"money": 51.0})["fits"].iloc[0]
    assert not brief({"hours": 21.0})["fits"].iloc[0]


def test_a_request_for_what_runs_already_does_not_pay_for_it_twice():
    assert brief({"initiative": "I2"})[["money_left", "fits"]].values.tolist() == [[80.0, True]]


def test_without_ceilings_nobody_can_say_whether_it_fits():
    assert brief({}, limits=LIMITS.assign(limit=None))["fits"].isna().all()


@pytest.mark.parametrize(("by", "when", "days"), [("2026-06-29", "late", -1), ("2026-06-30", "soon", 0), ("2026-07-30", "soon", 30), ("2026-07-31", "later", 31), (None, "no day", None)])
def test_the_day_says_whether_a_request_is_late(by, when, days):
    found = brief({"by": by}).iloc[0]
    assert [found["when"], None if pd.isna(found["days"]) else found["days"]] == [when, days]


def test_late_requests_come_first_and_those_with_nothing_to_decide_last():
    found = brief({"ask": "AK1", "by": None}, {"ask": "AK2", "by": "2026-06-01", "initiative": "I3"}, {"ask": "AK3"}, {"ask": "AK4", "by": "2026-06-15"})
    assert found[["ask", "open"]].values.tolist() == [["AK4", True], ["AK3", True], ["AK1", True], ["AK2", False]]
    assert found["state"].tolist()[-1] == "rejected"


def test_what_a_request_lacks_is_named():
    bare = dict.fromkeys(("mandate", "initiative", "kpi", "by", "otherwise", "option"))
    assert brief({})["lacks"].tolist() == [""]
    assert brief(bare | {"goal": "G0"})["lacks"].tolist() == ["goal; figure; money or hours; last day; what happens otherwise; another way; who decides"]


def test_a_text_that_tells_a_story_without_consent_is_held_back():
    text = {"otherwise": "Last year figures showed a founder that a shop would not pay"}
    assert brief(text)["otherwise"].tolist() == [asks.HELD]
    assert brief(text, told=["ST1"])["otherwise"].tolist() == [text["otherwise"]]


def test_all_requests_together_are_held_against_what_is_left():
    found = asks.together(brief({}, {"ask": "AK2", "money": 20.0}, {"ask": "AK3", "initiative": "I3", "money": 900.0}))
    assert found.values.tolist() == [["money", 60.0, 50.0, 10.0, 2], ["hours", 20.0, 20.0, 0.0, 2]]


def test_empty_tables_give_empty_results():
    found = brief({})[:0]
    assert asks.together(found).columns.tolist() == ["what", "asked", "left", "over", "requests"]
    nothing = {name: rows[:0] for name, rows in {"asks": pd.DataFrame([FULL]), "initiatives": INITIATIVES, "services": SERVICES_NONE, "stories": STORIES, "kpis": KPIS_NONE, "mandates": MANDATES_NONE}.items()}
    empty = asks.brief(nothing, GOALS[:0], VALUED[:0], limits=LIMITS[:0], told=STORIES[:0], as_of=DAY)
    assert empty.columns.tolist() == asks.BRIEF and asks.together(empty).empty


SERVICES_NONE, KPIS_NONE = pd.DataFrame(columns=["service", "name"]), pd.DataFrame(columns=["kpi", "name"])
MANDATES_NONE = pd.DataFrame(columns=["mandate", "name", "decides", "prepares"])
