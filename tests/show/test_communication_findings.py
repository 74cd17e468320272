"""The wording of step 7: singular and plural, tone, and no more than the data carry."""

from types import SimpleNamespace

import pandas as pd
import pytest

from planning.show.findings import communication


def coverage(*gaps):
    return pd.DataFrame({"audience_name": [f"Group {place}" for place in range(len(gaps))], "gap": list(gaps), "messages": 1, "backed": 1})


def statement(**given):
    usual = {"name": "Storytime attendance", "unit": "people a month", "verdict": "better", "value": 960.0, "period": "2026-06", "value_from": 657.0,
             "period_from": "2023-06", "year_before": 834.0, "change": 303.0, "usual": 100.0, "band_low": None, "band_high": None, "inside": None, "measured": None,
             "since": "", "note": "", "n": None, "low": None, "high": None, "hidden": False, "sampled": False, "grade": "counted", "limits": None,
             "service_name": "Storytime", "counted_of": None}
    return communication.statement(SimpleNamespace(**usual | given))


def test_one_audience_without_a_message_is_told_in_the_singular():
    found = communication.gaps(coverage("no message", "", ""))
    assert (found.text, found.tone) == ("1 of 3 audiences has no message: “Group 0”.", "bad")


def test_several_audiences_without_a_message_are_told_in_the_plural():
    found = communication.gaps(coverage("no message", "no message", "none approved or sent"))
    assert found.text == "2 of 3 audiences have no message: “Group 0” and “Group 1”. For 1 more, no message is approved or sent yet."


def test_audiences_without_a_gap_are_good_news():
    assert communication.gaps(coverage("", "none with a number behind it")).tone == "good"


def test_there_is_nothing_to_say_of_no_audiences_messages_goals_or_stories():
    empty = pd.DataFrame(columns=["gap", "messages", "backed", "stories", "when", "stands"])
    assert [communication.gaps(empty), communication.goals(empty), communication.proof(empty), communication.coming(empty, ahead=90),
            communication.stories(empty, empty), communication.attention(empty, empty)] == [None] * 6


def test_a_rise_is_told_with_both_figures_both_dates_and_its_limits():
    found = statement(limits="Counts visits, not different people.")
    assert found.text == ("Storytime attendance: 960 people a month in June 2026, up from 657 in June 2023. It concerns those who use Storytime. "
                          "Keep in mind: Counts visits, not different people.")
    assert (found.tone, found.grade) == ("good", "counted")


def test_an_outcome_went_together_with_a_service_and_was_not_caused_by_it():
    text = statement(grade="associated", unit="% of children", value=41.0, value_from=38.0).text
    assert "went together with the work of Storytime" in text and "does not show what caused it" in text
    assert "41% of children in June 2026, up from 38% in June 2023" in text


@pytest.mark.parametrize(("given", "words", "tone"), [
    ({"verdict": "worse", "value": 600.0, "change": -57.0}, "went the wrong way: 600 people a month in June 2026, after 657 in June 2023", "bad"),
    ({"verdict": "same", "value": 700.0, "change": 43.0}, "no larger than the usual ups and downs", "plain"),
    ({"verdict": "same", "value": 657.0, "change": 0.0}, "the same as in June 2023", "plain"),
    ({"verdict": "mixed", "value": 700.0, "change": 43.0}, "but worse than 834 a year earlier", "plain"),
    ({"verdict": "stale"}, "too long ago to speak of today", "unknown"),
    ({"verdict": "no data"}, "not measured yet", "unknown"),
    ({"verdict": "not comparable", "since": "New counters"}, "counted in another way (New counters)", "plain"),
    ({"verdict": "outside", "band_low": 60.0, "band_high": 85.0, "inside": 7, "measured": 12}, "kept in 7 of 12 measurements", "bad"),
    ({"hidden": True}, "too few people answered", "unknown"),
])
def test_what_is_no_success_is_said_plainly(given, words, tone):
    found = statement(**given)
    assert words in found.text and found.tone == tone
    assert "up from" not in found.text


def test_a_statement_that_is_not_comparable_or_out_of_date_states_no_earlier_figure():
    assert "657" not in statement(verdict="stale").text + statement(verdict="not comparable", since="New counters").text


def test_a_survey_share_is_told_with_its_range():
    text = statement(unit="% of those asked", value=60.0, value_from=48.0, n=100.0, low=50.2, high=69.1, sampled=True).text
    assert "100 people answered; by chance alone the share could lie between 50% and 69%." in text


def test_one_story_left_out_is_told_in_the_singular():
    told, left = pd.DataFrame({"name": ["A job"]}), pd.DataFrame({"reason": ["consent refused"], "stories": [1]})
    assert communication.stories(told, left).text == "1 of 2 stories may be told. 1 is left out (consent refused: 1)."


def test_messages_to_stop_are_bad_news_and_others_only_need_a_look():
    checks = pd.DataFrame({"message": ["M1", "M1", "M2"], "matter": ["its story may not be told", "no day", "no day"], "stops": [True, False, False]})
    register = pd.DataFrame({"message": ["M1", "M2", "M3"]})
    found = communication.attention(checks, register)
    assert (found.text, found.tone) == ("1 of 3 messages should not be told as it stands (its story may not be told). 1 other needs a look.", "bad")
    assert communication.attention(checks[2:], register).text == "No message has to be stopped; 1 of 3 needs a look."
    assert communication.attention(checks[:0], register).tone == "good"


def test_a_statement_whose_unit_says_whom_it_counts_does_not_say_it_twice():
    assert "It concerns" not in statement(unit="% of newcomers", counted_of="newcomers").text


def test_the_short_form_keeps_the_range_and_never_a_cause():
    row = SimpleNamespace(**{"name": "Welcome", "unit": "% of those asked", "verdict": "better", "value": 70.2, "period": "2026-Q2", "value_from": 60.0, "period_from": "2025-Q2", "year_before": 60.0, "change": 10.2,
                             "usual": float("nan"), "band_low": None, "band_high": None, "inside": None, "measured": None, "since": "", "n": 225.0, "low": 63.9, "high": 75.8, "hidden": False, "sampled": True, "grade": "associated"})
    assert communication.short(row).endswith("By chance alone it could lie between 64% and 76%. The figure does not show what caused it.")
    row.n = None
    assert communication.short(row).endswith("It is an estimate without a range. The figure does not show what caused it.")


def statements(*lacks, stands=True):
    return pd.DataFrame({"lacks": list(lacks), "stands": stands})


def test_parts_that_statements_lack_are_counted_most_often_first():
    found = communication.whole(statements("range", "goal; range", ""))
    assert (found.text, found.tone) == ("2 of 3 statements that can be told lack a part: how far it may be off (2) and its goal (1). Fill it in, or leave the statement out.", "bad")
    assert communication.whole(statements("", "")).tone == "good"
    assert communication.whole(statements("range", stands=False)) is None


def test_stories_are_told_with_how_many_have_a_figure_beside_them():
    bank = pd.DataFrame({"name": ["A job", "A map"], "beside": ["Sessions", ""], "stands": [True, False], "lacks": ["", "last day; figure beside it"]})
    found = communication.bank(bank)
    assert found.text == ("Beside 1 of 2 stories that may be told stands a measured figure; for 1 it can be told as a success. "
                          "1 lacks something: “A map” (last day and figure beside it).")
    assert found.tone == "bad" and communication.bank(bank[:0]) is None


def test_values_with_too_few_answers_are_counted_and_not_named():
    surveyed = pd.DataFrame({"kpi": ["K1", "K2"], "hidden": [True, False]})
    assert communication.few_answers(surveyed).text == "1 KPI value rests on too few answers and is shown nowhere on this page."
    assert communication.few_answers(surveyed[1:]) is None
