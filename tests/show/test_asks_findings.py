"""The wording of decisions asked for: a question, evidence that says no more than its figure, and what is left of money and hours."""

import math

import pandas as pd

from planning.analysis import asks as analysis
from planning.show import tables
from planning.show.findings import asks

STATEMENTS = pd.DataFrame([{"kpi": "K1", "name": "Attendance", "unit": "people a month", "verdict": "better", "value": 960.0, "period": "2026-06", "value_from": 657.0, "period_from": "2025-06", "year_before": 657.0, "change": 303.0,
                            "usual": 100.0, "band_low": math.nan, "band_high": math.nan, "inside": math.nan, "measured": math.nan, "since": "", "n": math.nan, "low": math.nan, "high": math.nan, "hidden": False,
                            "sampled": False, "grade": "associated"}])


def brief(*given):
    usual = {"ask": "AK1", "name": "Start Storytime", "otherwise": "Nothing changes", "option": "Start small", "matter": "Services", "decides": "board", "prepares": "management", "goal": "G1", "goal_name": "Read", "weight": 0.26,
             "initiative_name": "Storytime", "state": "candidate", "service_name": "Storytime", "kpi": "K1", "kpi_name": "Attendance", "money": 40.0, "hours": 10.0, "money_left": 50.0, "hours_left": 20.0, "fits": True, "value": 0.2,
             "risk": 2.0, "risks": "Few readers", "by": pd.Timestamp(2026, 7, 15), "days": 15.0, "when": "soon", "open": True, "lacks": ""}
    return pd.DataFrame([usual | one for one in given], columns=analysis.BRIEF)


def card(**given):
    return asks.cards(brief(given), STATEMENTS)[0]


def test_a_decision_is_read_out_as_one_paragraph():
    assert card().text == (
        "Start Storytime? The board decides, by 15 July 2026. It serves “Read”, 26% of the weight (its value for all goals is judged at 20 of 100). "
        "Evidence: Attendance: 960 people a month in June 2026, up from 657 in June 2025. The figure does not show what caused it. "
        "It binds $40 and 10 staff hours, within what is left. Otherwise: nothing changes. Another way: start small. Risk: few readers.")
    assert card().grade == "associated"


def test_what_is_late_or_does_not_fit_is_bad_news():
    late, over = card(when="late", days=-3.0, by=pd.Timestamp(2026, 6, 27)), card(fits=False, money=60.0)
    assert late.tone == "bad" and "The board decides; an answer was due on 27 June 2026." in late.text
    assert over.tone == "bad" and "It binds $60 and 10 staff hours, more than the $50 and 20 hours that are left." in over.text


def test_what_is_not_known_is_said_and_never_made_up():
    text = card(goal=None, goal_name=None, weight=math.nan, kpi=None, kpi_name=None, money=math.nan, hours=math.nan, fits=None, decides=None, by=pd.NaT, days=math.nan, when="no day", otherwise=None, option=None, risks=None,
                value=math.nan, lacks="goal; figure; money or hours; last day; what happens otherwise; another way; who decides").text
    assert text == "Start Storytime? No day is set. It names no goal in force. No figure is named for it. What it would bind is not known. Still missing: what happens otherwise, another way and who decides."


def test_a_kpi_that_shows_no_change_is_not_turned_into_evidence():
    assert "Its KPI, Training hours, says what the library does, not what changed." in card(kpi="K9", kpi_name="Training hours").text


def test_three_cards_at_most_and_none_for_what_is_done():
    rows = brief({"ask": "AK1"}, {"ask": "AK2"}, {"ask": "AK3"}, {"ask": "AK4"}, {"ask": "AK5", "open": False, "state": "done"})
    assert len(asks.cards(rows, STATEMENTS)) == 3
    found = asks.standing(rows)
    assert found.text == "4 decisions are asked for; none is late. “Start Storytime” asks for an initiative that is done: take it off the list." and found.tone == "bad"


def test_the_cards_can_be_read_aloud_in_two_minutes():
    assert sum(len(one.text.split()) for one in asks.cards(brief({}, {}, {}), STATEMENTS)) < 300


def test_requests_that_lack_something_are_named():
    found = asks.lacking(brief({}, {"name": "Buy a machine", "lacks": "figure; another way"}))
    assert (found.tone, found.text) == ("bad", "1 of 2 open requests lacks something that a decision needs: “Buy a machine” (figure and another way).")
    assert asks.lacking(brief({})).text == "The 1 open request has all that a decision needs."


def test_all_requests_together_may_be_too_much():
    sums = pd.DataFrame([["money", 114.0, 72.0, 42.0, 3], ["hours", 16.0, 25.0, 0.0, 4]], columns=["what", "asked", "left", "over", "requests"])
    assert asks.together(sums).text == (
        "All open requests together would bind $114 and 16 hours; must-dos and running work leave $72 and 25 hours. That is $42 too much: not all of them can be granted.")
    assert asks.together(sums.assign(over=0.0)).tone == "good" and asks.together(sums.assign(left=math.nan)) is None


def test_there_is_nothing_to_say_of_no_requests():
    none = brief({})[:0]
    assert [asks.standing(none), asks.lacking(none), asks.together(analysis.together(none)), asks.cards(none, STATEMENTS)] == [None, None, None, []]


def test_the_table_names_what_is_no_longer_open():
    rows = tables.asks.brief(brief({"open": False, "state": "rejected"}, {"fits": None})).rows
    assert rows["asked"].tolist()[0] == "Start Storytime (the initiative is rejected)" and rows["fits_words"].isna().all()
