"""Sentences, tables and charts of feedback: true in tone, grammatical for one and for many, and silent about what is hidden."""

import datetime as dt

import pandas as pd
import pytest

from planning.analysis import feedback as log
from planning.show import charts, findings, language, tables
from planning.show.records import Chart, Table

told = findings.feedback
NONE = float("nan")


@pytest.fixture(autouse=True)
def english():
    language.use("en", "USD")


def rows(plain, *changes):
    return pd.DataFrame([plain | change for change in changes or ({},)])


OVERALL = {"entries": 20.0, "share": 0.8, "median_days": 1.0, "half": 12.0, "half_low": 9.0, "half_high": 20.0, "old": 3.0, "oldest": 45.0}
SEVERITY = {"severity": "high", "entries": 9, "closed": 6, "share": 0.67, "open": 3, "old": 2, "oldest": 40.0}
QUARTER = {"period": "2026-Q1", "came_in": 9, "answered": 4, "open": 5, "in_time": 0.4, "whole": True}
CLEARANCE = {"feedback": "F1", "date": pd.Timestamp("2026-05-01"), "channel": "in person", "confirmed": False, "found": "", "state": "not confirmed"}
CODINGS = pd.DataFrame({"feedback": ["F1"], "coder": ["A"], "theme": ["T1"]})
READERS = {"one": "A", "other": "B", "entries": 45, "agreed": 0.71, "kappa": 0.67, "low": 0.52, "high": 0.82, "adjusted": 0.68, "few": False, "alpha": 0.67, "readers": 2}
CONFUSED = {"one_name": "Help", "other_name": "Computers", "times": 6.0, "share": 0.46, "one_definition": "Help with forms", "other_definition": "Machines", "hidden": False}
RANKED = {"theme_name": "Seats", "entries": 13.0, "share": 0.5, "low": 0.4, "high": 0.6, "hidden": False, "place": 1.0}
GROWTH = {"theme_name": "Seats", "before": 3.0, "now": 20.0, "share_before": 0.1, "share_now": 0.5, "difference": 0.4, "low": 0.2, "high": 0.6, "clear": True, "few": False, "hidden": False}
EVIDENCE = {"theme_name": "Seats", "consultations": 3.0, "people": 20.0, "channels": 4.0, "strength": "strong", "hidden": False}


def test_feedback_that_waits_is_counted_in_singular_and_plural():
    assert told.overdue(rows(OVERALL, {"old": 1.0}), days=30).text == "1 entry has waited for an answer for more than 30 days, namely for 45."
    assert told.overdue(rows(OVERALL), days=30).text == "3 entries have waited for an answer for more than 30 days, the oldest for 45."
    assert told.overdue(rows(OVERALL, {"old": 0.0}), days=30).tone == "good"


def test_the_least_answered_channel_is_named_and_a_weak_one_is_bad_news():
    channels = pd.DataFrame({"part": ["suggestion box", "in person"], "share": [0.25, 1.0], "entries": [4.0, 16.0], "hidden": False})

    found = told.answered(rows(OVERALL), channels)

    assert found.text == ("Of 20 entries of feedback, 80% were answered, half of those within 1 day. "
                          "Least often answered is what was said in the suggestion box: 1 of 4.")
    assert found.tone == "bad"
    assert told.answered(rows(OVERALL).iloc[:0], channels) is None


def test_half_of_all_is_told_with_its_reach_or_that_it_is_not_reached():
    assert told.half(rows(OVERALL)).text == "With those that still wait counted in, half of all entries are answered after 12 days (95% interval 9 to 20)."
    assert "from 9 on, without an upper end" in told.half(rows(OVERALL, {"half_high": NONE})).text
    assert told.half(rows(OVERALL, {"half": NONE})).tone == "unknown"


def test_what_hinders_most_is_bad_news_while_open_and_not_known_while_nobody_judged_it():
    assert told.hindering(rows(SEVERITY)).text == "3 of 9 entries that hinder people most are still open, the oldest for 40 days."
    assert told.hindering(rows(SEVERITY, {"open": 1})).text == "1 of 9 entries that hinder people most is still open, for 40 days."
    assert [told.hindering(rows(SEVERITY, change)).tone for change in ({}, {"open": 0}, {"severity": None})] == ["bad", "good", "unknown"]
    assert told.hindering(rows(SEVERITY, {"severity": "low"})) is None


@pytest.mark.parametrize(("open_now", "tone"), [(9, "bad"), (5, "plain"), (2, "good")])
def test_more_open_entries_than_a_year_before_are_bad_news(open_now, tone):
    found = told.over_time(rows(QUARTER, {}, {"period": "2026-Q2", "open": open_now}, {"period": "2026-Q3", "open": 99, "whole": False}))

    assert found.text == f"In Q2 2026, 9 entries came in and 4 were answered; {open_now} were open at its end, after 5 at the end of Q1 2026."
    assert found.tone == tone
    assert told.over_time(rows(QUARTER)) is None
    one = {"came_in": 1, "answered": 1, "open": 1}
    assert told.over_time(rows(QUARTER, one, one)).text == "In Q1 2026, 1 entry came in and 1 was answered; 1 was open at its end, after 1 at the end of Q1 2026."


def test_silent_channels_are_named_with_their_last_day():
    quiet = pd.DataFrame({"channel": ["focus group", "staff"], "last": [pd.NaT, pd.Timestamp("2025-11-02")], "silent": True})

    assert told.silent(quiet).text == "2 of 6 channels have brought nothing for half a year: focus group (never) and staff (last on 2 November 2025)."
    assert told.silent(quiet.assign(silent=False)).tone == "good"


def test_the_load_names_who_has_most_and_counts_what_nobody_owns():
    found = told.load(pd.DataFrame({"owner_name": ["Caretaker", None, "Clerk"], "open": [4, 1, 0], "high": [2, 0, 0]}))

    assert [one.text for one in found] == ["5 entries are open. The longest list is that of Caretaker: 4, 2 of them of high severity.", "1 open entry has no owner."]
    tied = told.load(pd.DataFrame({"owner_name": ["Caretaker", "Clerk"], "open": [3, 3], "high": [0, 0]}))
    assert [one.text for one in tied] == ["6 entries are open. The longest lists are those of Caretaker and Clerk: 3 each."]


def test_the_theme_answered_least_is_named_in_numbers_of_entries():
    parts = pd.DataFrame({"part": ["Seats", "Hours", "Not coded"], "entries": [7.0, 10.0, 5.0], "closed": [2.0, 9.0, 0.0], "share": [2 / 7, 0.9, 0.0], "hidden": False})

    assert told.neglected(parts).text == "The theme answered least is “Seats” (2 of 7)."
    assert told.neglected(parts).tone == "bad"
    assert told.neglected(parts.head(1)) is None


def test_unconfirmed_comments_are_counted_and_named_by_row_with_what_was_found():
    found = told.cleared(rows(CLEARANCE, {}, {"feedback": "F2", "found": "name, number"}, {"feedback": "F3", "state": "shown"}))

    assert [one.text for one in found] == ["2 comments are not shown yet: somebody has to read them first and confirm that they point to no person. "
                                           "In 1 of them something was found that could: F2 (name and number)."]
    assert told.cleared(rows(CLEARANCE))[0].text == "1 comment is not shown yet: somebody has to read it first and confirm that it points to no person."
    assert told.cleared(rows(CLEARANCE, {"state": "shown"})) == []


def test_a_confirmed_comment_with_a_trace_is_bad_news_with_its_row():
    found = told.cleared(rows(CLEARANCE, {"state": "look again", "found": "e-mail"}))[0]

    assert found.text == ("1 confirmed comment still holds what could point to a person, so it is shown with a mark in its place; somebody should read it again: F1 (e-mail).")
    assert found.tone == "bad"


def test_what_is_complained_of_and_praised_most_is_named_and_a_tie_is_told():
    parts = pd.DataFrame({"part": ["Seats", "Hours"], "entries": [13.0, 6.0], "complaint": [9.0, 2.0], "praise": [0.0, 3.0], "hidden": False})

    assert told.loudest(parts).text == "People complain most about “Seats” (9 of 13 entries). They praise most what concerns “Hours” (3 of 6 entries)."
    assert told.loudest(parts.assign(part="Not coded")) is None
    assert told.loudest(parts.assign(complaint=5.0, praise=0.0)).text == "People complain most about “Seats” (5 of 13 entries) and “Hours” (5 of 6 entries)."


def test_the_largest_theme_says_how_many_come_near_and_a_tie_names_both():
    second = {"theme_name": "Hours", "share": 0.4, "high": 0.5, "low": 0.3, "entries": 9.0}

    assert told.ranked(rows(RANKED, {}, second)).text.endswith("1 more theme comes so near that its place could be another one by chance.")
    assert told.ranked(rows(RANKED, {}, second | {"high": 0.39})).text == "The theme with most entries is “Seats”: 50% of those coded, between 40% and 60%."
    assert told.ranked(rows(RANKED, {}, {"theme_name": "Hours"})).text.startswith("The themes with most entries are “Seats” and “Hours”: 50% of those coded each")
    assert told.ranked(rows(RANKED, {"hidden": True})) is None


def test_growth_is_told_only_beyond_chance_and_too_few_entries_are_said():
    assert told.growing(rows(GROWTH)).text == "1 theme has grown by more than chance in half a year: Seats (from 10% to 50% of entries)."
    calm = told.growing(rows(GROWTH, {"clear": False, "few": True}, {"clear": False}))
    assert calm.text == "No theme has grown by more than chance against the half-year before. 1 of 2 themes has fewer than ten entries in both together, too few to tell."
    assert told.growing(rows(GROWTH, {"clear": False, "few": True})).tone == "unknown"


@pytest.mark.parametrize(("kappa", "words", "tone"), [(0.85, "well", "good"), (0.67, "fairly well", "plain"), (0.4, "poorly", "bad")])
def test_agreement_of_readers_has_a_word_and_a_tone(kappa, words, tone):
    found = told.readers(rows(READERS, {"kappa": kappa}), CODINGS)

    assert found.text.startswith(f"Two readers who coded 45 entries on their own agree {words}: on 71% of them, kappa {kappa:.2f}, between 0.52 and 0.82")
    assert found.tone == tone


def test_few_entries_three_readers_and_one_theme_are_said():
    assert told.readers(rows(READERS, {"few": True, "readers": 3}), CODINGS).text.endswith("For all 3 readers together, alpha is 0.67. Under thirty entries, the interval is rough.")
    assert told.readers(rows(READERS, {"kappa": NONE}), CODINGS).tone == "unknown"
    assert told.readers(rows(READERS).head(0), CODINGS).text.startswith("No entry has been coded by two readers")
    assert told.readers(rows(READERS).head(0), CODINGS.head(0)) is None


def test_the_pair_to_sharpen_is_named_with_definitions_that_are_missing():
    found = told.sharpen(rows(CONFUSED, {"other_definition": None}))

    assert found.text == ("Readers take “Help” and “Computers” for each other most often: in 6 of 13 disagreements. "
                          "Say in both definitions where a comment on both belongs. “Computers” has no definition yet.")
    assert told.sharpen(rows(CONFUSED, {"times": 1.0})) is None
    assert told.sharpen(rows(CONFUSED, {"hidden": True})) is None


def test_proposals_that_are_no_better_than_the_largest_theme_are_bad_news():
    tried = pd.DataFrame({"part": ["all", "fairly sure"], "tried": [40, 20], "share": [0.5, 0.7], "low": [0.35, 0.5], "high": [0.65, 0.85], "most_used": 0.2})

    assert told.assisted(tried).tone == "plain"
    assert told.assisted(tried.assign(most_used=0.4)).tone == "bad"
    assert told.assisted(tried).text.endswith("always naming the largest theme would be right in 20%. Where it was fairly sure, in 70%.")


def test_strong_and_thin_evidence_are_named():
    found = told.evidence(rows(EVIDENCE, {}, {"theme_name": "Hours", "strength": "thin"}))

    assert found.text == "The evidence is strong for “Seats”. It is thin for “Hours”."
    assert told.evidence(rows(EVIDENCE, {"strength": "some"})).text == "For no theme is the evidence strong."
    assert told.evidence(rows(EVIDENCE, {"hidden": True})) is None


def test_loose_entries_and_silent_consultations_are_told_each_on_its_own():
    assert [one.tone for one in told.unlinked(pd.DataFrame({"entries": [9], "loose": [2], "held": [4], "silent": [1]}))] == ["unknown", "bad"]
    assert told.unlinked(pd.DataFrame({"entries": [9], "loose": [0], "held": [4], "silent": [0]})) == []


LOG = {"feedback": "F1", "date": pd.Timestamp("2026-05-01"), "channel": "in person", "group": "patrons", "segment": None, "theme": "T1", "tone": "wish", "severity": "high", "comment": "Open late",
       "confirmed": None, "owner": "R1", "response": None, "closed": pd.NaT}
BOOK = pd.DataFrame({"theme": ["T1"], "name": ["Hours"]})


def test_an_unconfirmed_comment_is_in_no_cell_of_the_table_and_in_no_file():
    secret = rows(LOG, {"comment": "Jola with the red hat"})
    secret["closed"] = pd.to_datetime(secret["closed"])
    waiting = log.waiting(secret, BOOK, pd.DataFrame({"role": ["R1"], "name": ["Clerk"]}), as_of=dt.date(2026, 6, 30), small_group=1)
    shown = tables.feedback.waiting(waiting).rows, tables.feedback.clearance(log.clearance(secret)).rows

    assert shown[0]["comment"].tolist() == ["Not shown: nobody has confirmed it yet"]
    assert not any("Jola" in table.to_csv() for table in shown)


def test_where_every_part_is_hidden_the_chart_is_a_table():
    hidden = rows(RANKED, {"hidden": True})
    parts = pd.DataFrame({"part": ["in person"], "hidden": [True], "half_low": [NONE], "half_high": [NONE]})

    assert isinstance(charts.feedback.closure(parts, parts, days=30), Table)
    assert isinstance(charts.feedback.ranked(hidden), Table)
    assert isinstance(charts.feedback.quarters(rows(QUARTER), days=30), Table)


def test_the_chart_of_quarters_tells_every_figure_in_words_and_marks_a_running_one():
    chart = charts.feedback.quarters(rows(QUARTER, {}, {"period": "2026-Q2"}, {"period": "2026-Q3", "whole": False}), days=30)

    assert isinstance(chart, Chart) and chart.basis == "27 entries"
    assert chart.alt.endswith("Q1 2026: 9 came in, 4 answered, 5 open; Q2 2026: 9 came in, 4 answered, 5 open; Q3 2026: 9 came in, 4 answered, 5 open")
    assert chart.table.note == "The last quarter still runs."


def test_the_chart_of_themes_leaves_hidden_ones_out():
    chart = charts.feedback.ranked(rows(RANKED, {}, {"theme_name": "Hours", "hidden": True, "share": NONE, "entries": NONE}))

    assert "Hours" not in chart.alt and chart.basis == "13 entries shown"
