"""Sentences about futures are right for one and for many, and say what cannot be said and why."""

from __future__ import annotations

import pandas as pd

from planning.show import charts
from planning.show.findings import futures


def driver(name: str, moved: str, *, decisive: bool = True) -> dict[str, object]:
    return {"name": name, "moved": moved, "decisive": decisive}


def test_decisive_drivers_that_no_scenario_moves_are_bad_news_in_the_singular_and_the_plural() -> None:
    one = futures.drivers(pd.DataFrame([driver("Law", "never"), driver("Money", "both ways")]))
    two = futures.drivers(pd.DataFrame([driver("Law", "never"), driver("Heat", "never")]))

    assert (one.text, one.tone) == ("2 drivers would change much and are open; no scenario moves “Law”, so nobody has looked at that future.", "bad")
    assert two.text == "2 drivers would change much and are open; no scenario moves “Law” and “Heat”, so nobody has looked at those futures."


def test_drivers_that_are_moved_to_both_ends_are_good_news_and_one_end_is_plain() -> None:
    assert futures.drivers(pd.DataFrame([driver("Money", "both ways")])).text == "1 driver would change much and is open; the scenarios move each of them to both ends."
    assert futures.drivers(pd.DataFrame([driver("Money", "one way")])).tone == "plain"
    assert futures.drivers(pd.DataFrame([driver("Money", "never", decisive=False)])).tone == "plain"
    assert futures.drivers(pd.DataFrame()) is None


def test_one_story_told_twice_is_said_so() -> None:
    rows = pd.DataFrame([["Lean", "Dear", 4, 0, 0.0]], columns=["scenario_name", "other_name", "drivers", "differ", "share"])

    assert futures.alike(rows).text == "“Lean” and “Dear” differ in none of the 4 drivers that both name: they are one story told twice."
    assert futures.alike(rows.assign(drivers=1, differ=1, share=1.0)).text == "The two scenarios that are most alike, “Lean” and “Dear”, differ in 1 of 1 driver."
    assert futures.alike(rows.assign(share=None)) is None


def test_a_scenario_that_empties_a_table_is_named_with_what_to_do() -> None:
    rows = pd.DataFrame([["SC1", "Ruin", "budget", "planned", 3], ["SC1", "Ruin", "plan", "money_ceiling", 1]], columns=["scenario", "name", "table", "column", "rows"])

    assert [one.text for one in futures.emptied(rows)] == ["The scenario “Ruin” sets every line of the budget and the money for initiatives to nothing. "
                                                           "If that is not meant, correct scenario_changes.csv: a tenth less is times 0.9."]


def plan(ids: str, name: str, good: float, **cells: object) -> dict[str, object]:
    return {"plan": ids, "plan_name": name, "futures": 4, "good_enough": good, "largest": 0.2, "least": False, "expected": float("nan"), "likeliest": False, "information": float("nan"), "unseen": 0.0} | cells


def test_todays_choice_is_set_beside_a_plan_that_is_good_enough_more_often() -> None:
    rows = pd.DataFrame([plan("SC1, SC2", "Lean; Dear", 1.0), plan("today", "As today", 0.5)])

    assert futures.robust(rows).text == "Today's choice of initiatives is good enough in 2 of 4 futures: there it forgoes at most 10% of the best; a plan made for “Lean” is so in 4."
    assert futures.robust(rows.tail(1)).text.endswith("10% of the best, and no other plan does better.")
    assert futures.robust(rows.tail(1).assign(good_enough=1.0)).tone == "good"
    assert futures.robust(rows.head(0)) is None


def test_without_chances_no_average_is_given_and_with_them_the_worth_of_knowing_is() -> None:
    rows = pd.DataFrame([plan("SC1", "Lean", 1.0, expected=0.02, likeliest=True, information=0.02), plan("today", "As today", 0.5, expected=0.05, information=0.02)])

    assert futures.information(rows.assign(expected=float("nan"))).tone == "unknown"
    assert futures.information(rows).text == "By the chances that leadership gives, a plan made for “Lean” loses least on average: 2.0% of the best, where today's choice loses 5.0%."
    assert futures.information(rows.assign(unseen=0.2)).text.endswith("Scenarios with a chance of 20% together cannot be computed and are not in it.")
    assert "no more than that" in futures.information(rows.assign(likeliest=[False, True])).text


def balance(**cells: object) -> pd.DataFrame:
    return pd.DataFrame([{"outcome": "money", "chance": 0.3, "low": 0.29, "high": 0.31, "plan": 3.0, "p10": -900.0, "p50": -200.0, "p90": 100.0, "least": 0.3, "most": 0.3, "ranged": 2, "of": 4, "year": 2026, "draws": 10000, "seed": 7,
                          "reason": ""} | cells])


def test_a_balance_says_the_chance_the_draws_the_seed_and_how_far_it_may_fall_short() -> None:
    short, = futures.balances(balance())
    enough, = futures.balances(balance(outcome="hours", chance=0.9, p10=1.0, p50=40.0))

    assert (short.text, short.tone) == ("The chance that the money for initiatives is enough for those that are chosen, must be done or run is 30%; "
                                        "the middle one of 10,000 draws (seed 7) falls about $200 short, and one in ten falls $900 or more short.", "bad")
    assert enough.text.endswith("the middle one of 10,000 draws (seed 7) leaves about 40 hours, and nine in ten leave 1 hour or more.") and enough.tone == "good"


def test_chances_that_hang_on_how_the_ranges_are_read_say_between_what_they_lie() -> None:
    both = pd.concat([balance(least=0.03, most=0.34), balance(outcome="hours", least=0.131, most=0.448), balance(outcome="budget", least=0.5, most=0.501)])

    assert futures.spans(both).text.endswith("The chances then lie within these limits: money for initiatives under 5% to 34% and hours for initiatives 13% to 45%.")
    assert futures.spans(balance()) is None and futures.spans(balance(reason="no range")) is None


def test_where_nothing_can_be_said_of_a_balance_the_sentence_says_what_would_help() -> None:
    both = pd.concat([balance(reason="no ceiling"), balance(outcome="hours", reason="no range")])

    assert [one.tone for one in futures.balances(both)] == ["unknown", "unknown"]
    assert [word in one.text for word, one in zip(("plan.toml", "ranges.csv"), futures.balances(both))] == [True, True]
    assert len(futures.balances(pd.concat([balance(reason="no range"), balance(outcome="hours", reason="no range")]))) == 1
    assert [one.text.split(" (")[0] for one in futures.balances(pd.concat([balance(), balance(outcome="hours", reason="no range")]), known=False)] == ["No hours of a chosen initiative have a range"]


def test_targets_count_those_more_likely_than_not_and_name_those_that_never_are() -> None:
    rows = pd.DataFrame({"name": ["Wait", "Visits"], "chance": [0.0, 0.7]})

    assert futures.targets(rows).text == "Of 2 KPIs whose expected changes have a range, 1 is more likely than not to meet its target, if nothing else moves; “Wait” meets it in no draw."
    assert futures.targets(rows.assign(chance=None)).tone == "unknown"
    assert futures.targets(rows.head(0)) is None


def test_charts_without_rows_give_the_bare_table() -> None:
    summary = balance(reason="no ceiling", chance=float("nan"))

    assert charts.futures.balance(pd.DataFrame(), summary).rows.empty
    assert charts.futures.swings(pd.DataFrame(columns=["table", "column", "name", "other", "low", "high", "at_low", "at_high", "swing", "base", "correlation", "basis"])).rows.empty
