"""Sentences and the chart of dialogue and of staff's own voice."""

import pandas as pd
import pytest

from planning.show import charts, findings, language, tables
from planning.show.records import Table

told = findings.dialogue
NONE = float("nan")
INSIDE = {"between": "staff and leadership"}


@pytest.fixture(autouse=True)
def english():
    language.use("en", "USD")


def rows(plain, *changes):
    return pd.DataFrame([plain | change for change in changes or ({},)])


RHYTHM = {"form": "all", "talks": 15, "topics": 20, "first": pd.Timestamp("2025-02-18"), "last": pd.Timestamp("2026-06-10"), "gap": 119.0, "gap_from": pd.Timestamp("2025-11-18"),
          "gap_to": pd.Timestamp("2026-03-17"), "since": 20.0}
KEPT = {"promised": 6, "due": 4, "kept": 3, "share": 0.75, "low": 0.3, "high": 0.95, "in_time": 0.5, "overdue": 1, "open": 1, "no_day": 0}
PROMISE = {"dialogue": "DL1", "commitment": "Costs", "state": "overdue", "late": 30.0, "due": pd.Timestamp("2026-05-31"), "kept": pd.NaT, "owner_name": "Director", "with_name": None, "topic": "Sunday"}
GOAL = {"goal_name": "Read", "weight": 0.26, "topics": 0, "last": pd.NaT, "never": True}
VOICE = {"topic": "autonomy", "question": "Q1", "text": "I may decide.", "n": 27.0, "agree": 0.3, "low": 0.2, "high": 0.45, "before": NONE, "change": NONE, "change_low": NONE, "change_high": NONE,
         "clear": False, "hidden": False}
BESIDE = {"who": "staff", "entries": 12.0, "closed": 8.0, "share": 0.67, "low": 0.4, "high": 0.85, "theme_name": None, "hidden": False}


def rhythm(**changes):
    return rows(RHYTHM, changes, {"form": "formal", "talks": 7}, {"form": "informal", "talks": 8})


def test_the_rhythm_tells_both_forms_and_the_longest_gap():
    found = told.rhythm(rhythm(), **INSIDE)

    assert found.text == ("Staff and leadership talked on 15 occasions since 18 February 2025, 7 formal and 8 informal. The longest gap was 119 days, from 18 November 2025 to 17 March 2026.")
    assert [told.rhythm(rhythm(**change), **INSIDE).tone for change in ({}, {"gap": 60.0}, {"since": 119.0})] == ["plain", "good", "bad"]
    assert told.rhythm(rhythm(since=119.0), **INSIDE).text.endswith("The last time was 119 days ago, the longest gap of all.")


def test_the_share_kept_has_its_interval_and_those_without_a_day_are_named():
    assert told.kept(rows(KEPT, {"no_day": 1}), **INSIDE).text == (
        "Staff and leadership: of 4 commitments whose day has come, 3 were kept (75%, between 30% and 95%), 2 of them in time. 1 more has no day, so it can never be late.")
    assert [told.kept(rows(KEPT, {"share": share, "due": due}), **INSIDE).tone for share, due in ((0.95, 20), (1.0, 2), (0.8, 20), (0.5, 20))] == ["good", "plain", "plain", "bad"]
    undated = told.kept(rows(KEPT, {"due": 0, "no_day": 6}), **INSIDE)
    assert (undated.text, undated.tone) == ("Staff and leadership: 6 commitments were made, none with a day, so none can ever be late.", "bad")
    assert told.overdue(rows(PROMISE, {"state": "no day set"})) is None
    assert told.kept(rows(KEPT, {"due": 0, "share": NONE}), **INSIDE).tone == "unknown"


def test_the_oldest_overdue_commitment_names_who_made_it():
    assert told.overdue(rows(PROMISE)).text == "1 commitment is overdue: “Costs”, promised by the director for 31 May 2026."
    assert "promised by School for" in told.overdue(rows(PROMISE, {"owner_name": None, "with_name": "School"})).text
    assert told.overdue(rows(PROMISE, {"owner_name": None}, {"late": 2.0})).text == "2 commitments are overdue. The oldest is “Costs”, promised by leadership for 31 May 2026."
    assert told.overdue(rows(PROMISE, {"state": "kept"})).tone == "good"


def test_what_talks_led_to_names_tied_kinds_and_kinds_never_talked_about():
    topics = pd.DataFrame({"kind": ["projects", "staff", "policies"], "topics": [2, 2, 0], "promised": 0, "led": [1, 0, 0], "nothing": [0, 1, 0]})

    assert told.led(topics).text == ("Of 4 topics, 1 led to a decision or an initiative; from 1 nothing came at all. They talked most about projects and staff. Never about policies.")
    unnamed = pd.DataFrame({"kind": ["staff", None], "topics": [0, 3], "promised": 0, "led": 0, "nothing": 0})
    assert told.led(unnamed).text == "Of 3 topics, 0 led to a decision or an initiative."


def test_a_heavy_goal_that_nobody_talks_about_is_bad_news():
    assert told.unspoken(rows(GOAL, {}, {"never": False}), **INSIDE).text == "Staff and leadership never talked about 1 goal in force: “Read” (weight 26%)."
    assert [told.unspoken(rows(GOAL, change, {"never": False}), **INSIDE).tone for change in ({}, {"weight": 0.05}, {"never": False})] == ["bad", "plain", "good"]
    assert told.unspoken(rows(GOAL, {}, {}), **INSIDE).tone == "unknown"


def test_staffs_voice_names_what_is_agreed_with_least_and_what_nobody_asked():
    found = told.voice(rows(VOICE, {}, {"question": "Q2", "text": "I know why", "agree": 0.8, "low": 0.6, "high": 0.9, "topic": "support"}))

    assert found[0].text == ("Staff agree least with “I may decide” (autonomy): 30% of 27, between 20% and 45%. They agree most with “I know why” (support): 80% of 27, between 60% and 90%.")
    assert found[0].tone == "bad"
    assert found[1].text == "Nobody asked staff about service standards, or too few answered."
    assert told.voice(rows(VOICE, {"hidden": True}))[0].tone == "unknown"
    assert told.voice(rows(VOICE, {}, {"question": "Q2"}))[0].text == "Staff agree alike with all 2 statements: 30%."


def test_a_change_since_the_survey_before_is_told_with_its_interval_only_beyond_chance():
    changed = {"before": 0.6, "change": -0.3, "change_low": -0.5, "change_high": -0.1, "clear": True}

    assert told.voice(rows(VOICE, changed))[-1].text == ("Since the survey before, agreement has changed by more than chance on 1 statement: "
                                                         "“I may decide” (−30 percentage points, between −50 and −10).")
    assert told.voice(rows(VOICE, changed))[-1].tone == "bad"
    assert told.voice(rows(VOICE, changed | {"clear": False}))[-1].text == "1 statement was asked before; its share has not changed by more than chance."


def test_staffs_feedback_beside_the_others_says_whether_the_gap_is_chance():
    near, apart = {"who": "others", "share": 0.7, "low": 0.6}, {"who": "others", "share": 0.95, "low": 0.9, "high": 0.98}

    assert told.beside(rows(BESIDE, {}, near)).text == "Unasked, staff put down 12 entries of feedback, of which 8 (67%) were answered; of the entries of all others, 70%. The gap is within chance."
    assert told.beside(rows(BESIDE, {"theme_name": "Hours"}, apart)).text.endswith("They say most about Hours.")
    assert told.beside(rows(BESIDE, {}, apart)).tone == "bad"
    assert told.beside(rows(BESIDE, {"hidden": True}, near)) is None


def test_the_chart_of_staffs_voice_tells_the_survey_before_and_leaves_hidden_statements_out():
    chart = charts.dialogue.voice(rows(VOICE, {"before": 0.6}, {"question": "Q2", "text": "I know why", "hidden": True}))

    assert chart.alt.endswith("I may decide.: 30%, 20% to 45%, before 60%") and chart.basis == "27 answers"
    assert isinstance(charts.dialogue.voice(rows(VOICE, {"hidden": True})), Table)


def test_a_commitment_without_an_owner_is_leaderships_and_a_partner_is_named():
    shown = tables.dialogue.promises(rows(PROMISE, {}, {"owner_name": None}, {"owner_name": None, "with_name": "School"}), **INSIDE)

    assert shown.rows["who"].tolist() == ["Director", "leadership", "School"]
    assert shown.name == "commitments_staff"
