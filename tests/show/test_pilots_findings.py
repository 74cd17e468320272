"""Sentences on pilots are right for one and for many, and say what was decided against the criteria."""

import pandas as pd

from planning.show import charts, tables
from planning.show.findings import pilots
from planning.show.records import Chart, Table


def shown(*rows: dict) -> pd.DataFrame:
    usual = {"pilot_name": "Tuesdays", "status": "ended", "result": "passed", "verdict": "go on", "against": "", "missed_must": "", "days_over": None, "late": 0, "criteria": 2}
    return pd.DataFrame([usual | {"pilot": f"P{place}"} | row for place, row in enumerate(rows)]).astype({"days_over": float})


def worth(*rows: dict) -> pd.DataFrame:
    usual = {"pilot_name": "Laptops", "status": "planned", "price": 30.0, "chance": 0.25, "now": 10.0, "tried": 33.0, "gain": 23.0, "gain_low": -5.0, "gain_high": 40.0, "perfect": 142.0,
             "from_chance": 0.17, "to_chance": 0.31, "best": "try first", "firm": False, "lacks": ""}
    return pd.DataFrame([usual | {"pilot": f"P{place}"} | row for place, row in enumerate(rows)])


DEAR = {"pilot_name": "Signs", "price": 6500.0, "gain": -6500.0, "perfect": 4050.0, "best": "commit at once", "from_chance": None, "to_chance": None, "chance": 0.85}
LACKING = {"pilot_name": "Van", "gain": None, "gain_low": None, "gain_high": None, "lacks": "chance that it works", "best": "not known"}


def test_what_pilots_showed_counts_passed_failed_and_unjudged():
    found = pilots.shown(shown({}, {"pilot_name": "Sundays", "result": "failed"}, {"result": "not all measured"}))
    assert found.text == "Of 3 pilots that ended, 1 passed its criteria (“Tuesdays”), 1 failed (“Sundays”) and 1 cannot be judged."
    assert pilots.shown(shown({})).tone == "good"
    assert pilots.shown(shown({"status": "running"})).text == "The one pilot has not ended yet, so it shows nothing yet."


def test_a_verdict_against_the_criteria_is_bad_news_with_the_mark_that_was_missed():
    found = pilots.against(shown({"against": "went on though it failed", "missed_must": "Families"}))
    assert (found.text, found.tone) == ("“Tuesdays” went on though it failed: it had to reach its mark for “Families”, and did not.", "bad")
    assert pilots.against(shown({}, {})).text == "All 2 pilots with a verdict were judged as their criteria say."
    assert pilots.against(shown({"verdict": None})) is None


def test_a_pilot_past_its_end_is_named_with_its_days():
    assert pilots.overdue(shown({"days_over": 1})).text == "1 pilot is past its end without a verdict: “Tuesdays”, for 1 day."
    assert pilots.overdue(shown({})) is None


def test_late_criteria_and_no_criteria_are_told_apart():
    found = pilots.late(shown({"late": 1}, {"pilot_name": "Van", "criteria": 0, "result": "no criteria"}))
    assert found.text == "Criteria of “Tuesdays” were set after it began, so they could be drawn around what was seen; “Van” began without any criterion."


def test_a_planned_pilot_that_pays_is_told_with_its_range():
    found = pilots.waited(worth({}, DEAR))
    assert found.text == ("Of 2 planned pilots, 1 is worth its price: “Laptops” is expected to bring about $23 more than deciding now, its own cost of $30.00 paid; "
                          "between −$5 and $40 if chance and worth are misjudged.")
    assert (found.tone, found.grade) == ("plain", "estimated")
    assert pilots.waited(worth({"firm": True})).tone == "good"


def test_a_pilot_that_costs_more_than_perfect_information_is_not_worth_it():
    found = pilots.dear(worth(DEAR))
    assert found.text == "To try “Signs” costs $6,500, and even a pilot that told everything would be worth only $4,050: commit to the whole at once."
    assert pilots.waited(worth(DEAR)).text == "The one planned pilot is not worth its price." and pilots.dear(worth({})) is None


def test_without_planned_pilots_the_past_ones_are_counted():
    assert pilots.waited(worth({"status": "ended"}, {"status": "running", "gain": -1.0})).text == (
        "Judged by the figures from before they began, trying first was worth its price for 1 pilot of 2.")


def test_what_is_lacking_is_said_instead_of_a_value():
    found = pilots.lacking(worth(LACKING))
    assert (found.text, found.tone) == ("What trying first is worth cannot be said of “Van”: nobody put down chance that it works.", "unknown")


def test_the_chart_says_its_numbers_in_words_and_leaves_out_what_is_not_known():
    chart = charts.pilots.chances(worth({}, DEAR, LACKING))
    assert isinstance(chart, Chart) and chart.basis == "2 pilots"
    assert "Laptops: pays at 17% to 31%, judged 25%, try first, +$23 by trying; Signs: pays at never, judged 85%" in chart.alt
    assert isinstance(charts.pilots.chances(worth(LACKING)), Table)


def test_the_table_tells_each_criterion_with_mark_result_and_word():
    marks = pd.DataFrame({"pilot": ["P0", "P0"], "criterion": ["Families", "Cost"], "side": ["at least", "at most"], "mark": [15.0, 3.0], "unit": ["families", "%"], "must": [True, False],
                          "result": [19.0, None], "met": pd.array([True, None], dtype="boolean")})
    rows = shown({"days_over": 2, "late": 1}).assign(undated=0, end=pd.Timestamp("2026-04-30"))
    row = tables.pilots.verdicts(rows, marks).rows.iloc[0]
    assert row["seen"] == "Families: 19 families (must, at least 15 families: met); Cost: not measured (at most 3%: open)"
    assert row["said"] == "no verdict 2 days after its end and 1 criterion set after it began"
