"""Sentences and charts of forecasts, reach, voice and the director's measures."""

import pandas as pd
import pytest

from planning.show import language, tables
from planning.show.charts import forecasts as charts
from planning.show.findings import evaluation, forecasts
from planning.show.records import Chart, Table


@pytest.fixture(autouse=True)
def english():
    language.use("en", "USD")


WITH = {"kpi": "K1", "name": "Storytime", "unit": "people", "direction": "up", "frequency": "monthly", "due": pd.Timestamp("2027-06-30"), "period": "2026-06", "value": 960.0,
        "status": "on target", "asked": 950.0, "by": "2027-06", "steps": 12.0, "points": 60.0, "expected": 1013.4, "low": 938.6, "high": 1101.7, "goal": 1050.0, "goal_low": None,
        "goal_high": None, "chance": 0.35, "word": "open", "method": "straight line", "mase": 0.44, "simple": 0.79, "better": True, "draws": 10_000.0, "agrees": False, "reason": ""}
WITHOUT = dict.fromkeys(WITH) | {"kpi": "K9", "name": "Pupils", "unit": "%", "direction": "up", "status": "behind", "reason": "fewer than eight values"}


def outlook(*rows):
    found = pd.DataFrame([WITH | row if row.get("chance", 0) is not None else WITHOUT | row for row in rows])
    numbers = ["value", "asked", "points", "expected", "low", "high", "goal", "goal_low", "goal_high", "chance", "mase", "draws"]
    return found.astype(dict.fromkeys(numbers, float)).astype({"agrees": "boolean", "better": "boolean"})


NONE = {"chance": None}


def test_how_many_are_likely_open_and_unlikely():
    rows = outlook({"chance": 0.9, "word": "likely"}, {}, {"chance": 0.1, "word": "unlikely"}, {"chance": 0.1, "word": "unlikely"}, NONE)

    assert forecasts.overall(rows).text == ("Of 4 KPIs that can be forecast, 1 is likely to meet its target, 1 is open and 2 are unlikely to meet theirs, if things go on as they have.")
    assert forecasts.overall(rows).tone == "bad"
    assert forecasts.overall(outlook(NONE)).tone == "unknown"
    assert forecasts.overall(rows.head(0)) is None


def test_status_and_chance_that_say_different_things_are_told_both_ways():
    rows = outlook({}, {"name": "Budget", "status": "behind", "chance": 0.87, "agrees": False}, {"name": "Loans", "chance": 0.6, "agrees": True})

    assert forecasts.disagree(rows).text == (
        "1 KPI is on target today and yet more likely than not to miss its target when it is due: Storytime (chance 35%). "
        "1 KPI is behind today and yet has an even chance or better: Budget (chance 87%).")
    assert forecasts.disagree(rows.tail(1)).text == "Wherever a KPI is on target or behind and can be forecast, status and chance say the same."
    assert forecasts.disagree(outlook(NONE)) is None


def test_every_reason_for_no_forecast_is_counted():
    rows = outlook({}, NONE, NONE | {"reason": "no target"}, NONE)

    assert forecasts.silent(rows).text == "3 KPIs have no forecast. Why: fewer than eight values (2) and no target (1)."
    assert forecasts.silent(rows.head(1)) is None


def test_one_forecast_says_what_to_expect_the_range_and_the_chance():
    assert forecasts.one(outlook({}), "K1").text == ("If things go on as they have, “Storytime” will stand at about 1,013 in June 2027, with a range from 939 to 1,102. "
                                                     "The chance of meeting the target of 1,050 people is 35%: open.")
    plain = forecasts.one(outlook({"better": False, "method": "same season", "chance": 0.002, "word": "unlikely"}), "K1")
    assert plain.text.endswith("is under 5%: unlikely. No method would have done better in the past than to take the value of a year before again, so this is no better than that.")
    assert plain.tone == "bad"
    assert forecasts.one(outlook(NONE), "K9").text == "“Pupils” has no forecast: fewer than eight values."
    assert forecasts.one(outlook({}), "") is None


def test_a_band_is_told_from_end_to_end():
    rows = outlook({"direction": "band", "goal": None, "goal_low": 70.0, "goal_high": 85.0, "unit": "% of half hours"})

    assert "the target of 70% to 85% of half hours is 35%" in forecasts.one(rows, "K1").text


AROUND = {"event": "E1", "event_name": "Longer hours", "date": pd.Timestamp("2023-10-02"), "name": "Job sessions", "counted_anew": False, "before": 27, "after": 33, "level": 12.0,
          "low": 8.0, "high": 16.0, "slope": 0.2, "slope_low": -0.4, "slope_high": 0.8, "jumped": 1, "turned": 0, "clear": True, "good": True, "against": 0.51, "against_low": 0.3,
          "against_high": 0.75, "torn": False, "also": ""}


def test_a_clear_move_at_an_event_is_association_and_never_a_cause():
    finding = forecasts.around(pd.DataFrame([AROUND]))

    assert finding.text == ("One recorded event goes together with a clear move of its KPI: “Longer hours”. “Job sessions” moved by +12 at that point (between +8 and +16); "
                            "against the use of the other services it moved by +51%. That is association, not proof of a cause.")
    assert (finding.grade, finding.tone) == ("associated", "good")


def test_a_change_of_the_rise_alone_is_told_as_such():
    row = AROUND | {"jumped": 0, "turned": 1, "slope": 2.3, "slope_low": 1.4, "slope_high": 3.1, "against": None, "good": None}

    assert "“Job sessions” did not jump, but from then on it moved by +2.3 a period against its earlier course (between +1.4 and +3.1). That" in forecasts.around(pd.DataFrame([row])).text


def test_an_event_that_only_counts_anew_is_no_finding():
    assert forecasts.around(pd.DataFrame([AROUND | {"counted_anew": True}])) is None
    assert forecasts.around(pd.DataFrame([AROUND | {"clear": False}])).text == "Around the one recorded event with enough values on both sides, its KPI made no clear move."


def test_the_table_around_events_says_how_to_read_each_row():
    rows = pd.DataFrame([AROUND, AROUND | {"torn": True, "clear": False}, AROUND | {"counted_anew": True}, AROUND | {"jumped": 0, "turned": -1, "also": "Flood"}, AROUND | {"jumped": 0, "against": -0.2, "against_low": -0.3, "against_high": -0.1}])

    assert tables.forecasts.around_events(rows).rows["reading"].tolist() == [
        "a jump up", "the two ways of looking contradict each other", "counted in a new way: no change of the service",
        "no clear jump; its course turned downwards; also recorded: Flood", "no clear jump; it lost against the other services"]
    assert tables.forecasts.around_events(rows).rows["told"][0] == "Longer hours (2 October 2023)"


REACH = {"segment_name": "Teens", "inclusion": False, "kind": "age", "people": 200.0, "active": 20.0, "share": 0.1, "whole": 0.3, "parity": 0.33, "short": 40.0, "below": True, "hidden": False}


def test_groups_below_four_fifths_are_named_and_those_often_missed_counted():
    rows = pd.DataFrame([REACH, REACH | {"segment_name": "Newcomers", "share": 0.12, "inclusion": True}, REACH | {"segment_name": "Seniors", "share": 0.5, "parity": 1.7, "below": False}])

    assert forecasts.reached(rows).text == ("2 of 3 groups are reached clearly less than all together, 30% of whom used the library in the past year; least teens (10%) and newcomers (12%). "
                                            "1 of them is often missed when libraries plan.")
    assert forecasts.reached(rows.tail(1)).tone == "good"
    assert forecasts.reached(rows.assign(parity=None)) is None


VOICE = {"source": "survey answers", "segment_name": "Teens", "n": 20.0, "share": 0.1, "people_share": 0.3, "index": 0.33, "low": 0.05, "high": 0.18, "heard": "less", "hidden": False}


def test_who_is_clearly_less_and_more_heard_is_told_with_where():
    rows = pd.DataFrame([VOICE, VOICE | {"source": "feedback"}, VOICE | {"segment_name": "Seniors", "heard": "more"}, VOICE | {"segment_name": "Newcomers", "heard": "", "hidden": True}])

    assert forecasts.heard(rows).text == ("Among those who answered and spoke, clearly less heard than their share of people: teens (in survey answers and feedback). "
                                          "Clearly more heard: seniors (in survey answers).")
    assert forecasts.heard(rows.iloc[[0, 2]].replace("Teens", "Technicians, night shift")).text == (
        "In survey answers, clearly less heard than their share of people: “technicians, night shift”. Clearly more heard: seniors.")
    assert forecasts.heard(rows.tail(1)) is None
    assert forecasts.heard(rows.head(1).assign(heard="alike", n=40.0)).tone == "good"
    assert forecasts.heard(rows.head(1).assign(heard="alike", n=3.0)).text == "Too few people answered or spoke to say whether a group of patrons is heard less than its share of people."


def changes(*rows):
    start = {"area": "patron engagement", "measure": "visits_per_head", "unit": "visits per person", "first_year": 2023, "first": 3.5, "fiscal_year": 2026, "value": 3.4, "change": -0.1,
             "relative": -0.03, "years": 3}
    return pd.DataFrame([start | row for row in rows])


COSTS = {"area": "allocation efficiency", "measure": "cost_per_visit", "unit": "money", "first": 12.0, "value": 14.08, "change": 2.08, "relative": 0.17}


def test_spending_as_paid_is_neither_good_nor_bad_and_a_hundredth_is_no_move():
    rows = changes({"relative": 0.04}, COSTS, {"measure": "active_partners", "relative": -0.004}, {"measure": "active_share", "relative": -0.2})

    assert forecasts.moved(rows).text == ("Of 3 figures of engagement, allocation and partnership, 1 rose, 1 fell (people who used the library in the past year) and "
                                          "1 stayed about the same. Spending as paid: spending per visit (+17%).")
    assert forecasts.moved(rows).tone == "plain"
    assert forecasts.moved(rows.assign(relative=None)) is None
    assert forecasts.moved(changes(COSTS)) is None


def test_every_measure_says_what_it_does_not_show():
    from planning.analysis.director import MEASURES

    assert set(forecasts.MEASURES) == set(forecasts.BLIND) == set(MEASURES)


def steps(*beyond):
    return pd.DataFrame({"name": [f"KPI {n}" for n in range(len(beyond))], "unit": "visits", "period_before": "2026-05", "before": 10.0, "period": "2026-06", "value": 12.0, "beyond": beyond})


def test_two_points_within_the_usual_step_call_for_neither_praise_nor_blame():
    assert evaluation.two_points(steps(False, False)).text == (
        "The latest value against the one before: none of the 2 KPIs whose usual steps are known moved by more than it does by itself. Nothing to praise or to blame.")
    assert evaluation.two_points(steps(True, False, False)).text == (
        "Of 3 KPIs whose usual steps are known, 1 moved by more than it does by itself: “KPI 0”, from 10 in May 2026 to 12 visits in June 2026. "
        "For the other 2, this period against the last says nothing.")
    assert evaluation.two_points(steps()) is None


def test_the_chart_of_chances_gives_sign_word_and_status_and_is_a_table_without_any():
    chart = charts.chances(outlook({}, {"name": "Loans", "chance": 0.0, "word": "unlikely", "status": "behind", "agrees": True}, NONE))
    texts = chart.figure.axes[0].texts

    assert [text.get_text() for text in texts] == ["◆ 35%, open; today on target", "▲ under 5%, unlikely; today behind"]
    assert [text.get_fontweight() for text in texts] == ["bold", "normal"]
    assert chart.alt.endswith("Storytime: 35%, today on target; Loans: under 5%, today behind")
    assert chart.basis == "2 KPIs"
    assert isinstance(charts.chances(outlook(NONE)), Table)


def test_the_fan_tells_its_numbers_in_words():
    course = pd.DataFrame({"period": ["2026-05", "2026-06", "2026-07"], "measured": [950.0, 960.0, None], "used": [True, True, False], "expected": [None, None, 970.0], "low": [None, None, 900.0],
                           "high": [None, None, 1040.0]})
    chart = charts.course(course, outlook({}), "K1")

    assert isinstance(chart, Chart)
    assert "expected 1,013, range 939 to 1,102. Target 1,050 people. Chance of meeting it 35%." in chart.alt
    assert chart.basis == "60 values, 10,000 possible futures"
    assert isinstance(charts.course(course.head(0), outlook(NONE), "K9"), Table)


def test_charts_of_reach_voice_and_impact_give_way_to_tables_where_nothing_can_be_drawn():
    assert isinstance(charts.reach(pd.DataFrame([REACH | {"parity": None, "hidden": True}])), Table)
    assert isinstance(charts.voice(pd.DataFrame([VOICE | {"hidden": True, "heard": ""}])), Table)
    assert isinstance(charts.impact(changes({"relative": None, "change": None})), Table)


def test_hidden_groups_are_neither_drawn_nor_told():
    chart = charts.voice(pd.DataFrame([VOICE, VOICE | {"segment_name": "Homebound", "hidden": True, "heard": ""}]))

    assert "Homebound" not in chart.alt
    assert chart.basis == "20 voices"
