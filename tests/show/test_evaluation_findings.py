"""Sentences of step 4: true in tone, and grammatical for one and for many."""

import pandas as pd
import pytest

from planning.show import language
from planning.show.findings import evaluation


@pytest.fixture(autouse=True)
def english():
    language.use("en", "USD")


def kpi(status="behind", **changes):
    return {"kpi": "K1", "name": "Visits", "unit": "visits", "status": status, "frequency": "monthly", "direction": "up", "baseline": 10.0, "target": 20.0,
            "due": pd.Timestamp("2027-06-30"), "value": 12.0, "period": "2026-06", "share_done": 0.2, "raw": 0.2, "expected": 0.5, "ahead": -0.3, "achieved": False} | changes


def progress(*rows):
    return pd.DataFrame(list(rows))


def change(**changes):
    return {"kpi": "K1", "name": "Visits", "unit": "visits", "signal": "shift", "moved": "up", "good": True, "since": "2025-10", "until": "2026-06", "points": 9,
            "average": 20.0, "before": 10.0, "event": "", "explained": False, "seasonal": False} | changes


def changed(*rows):
    return pd.DataFrame(list(rows), columns=list(change())).astype({"good": "boolean", "explained": bool})


NOTHING = pd.DataFrame({"kpi": []})


def test_status_counts_in_singular_and_plural():
    one = evaluation.status(progress(kpi("on target")))
    many = evaluation.status(progress(kpi("behind"), kpi("behind"), kpi("stale"), kpi("no data"), kpi("on target"), kpi("near"), kpi("near")))

    assert (one.text, one.tone) == ("Of 1 KPI, 1 is on target.", "good")
    assert many.text == "Of 7 KPIs, 1 is on target, 2 are near, 2 are behind, 1 is stale and 1 has no data."
    assert many.tone == "plain"
    assert evaluation.status(progress(kpi("behind"), kpi("on target"), kpi("behind"))).tone == "bad"
    assert evaluation.status(progress(kpi("no data"))).tone == "unknown"


def test_the_furthest_behind_is_told_with_its_way_or_that_it_went_the_other_way():
    assert evaluation.furthest(progress(kpi()), NOTHING).text == (
        "Furthest behind its line is “Visits”: on its way from 10 to 20 visits by 30 June 2027 it stands at 12 in June 2026. "
        "That is 20% of the way, where a straight line would be at 50%.")
    assert evaluation.furthest(progress(kpi(raw=-0.3, value=7.0)), NOTHING).text.endswith("and went the other way, to 7 in June 2026.")
    assert evaluation.furthest(progress(kpi()), pd.DataFrame({"kpi": ["K1"]})) is None


def test_percent_stands_by_its_figure():
    text = evaluation.furthest(progress(kpi(unit="% of entries")), NOTHING).text

    assert "from 10% to 20% of entries" in text and "stands at 12% in June" in text


def test_a_met_target_is_good_news_for_one_and_for_many():
    met = {"status": "on target", "achieved": True, "value": 21.0}

    assert evaluation.reached(progress(kpi(**met))).text == "“Visits” has already met its target: 21 in June 2026; the target is 20 visits."
    assert evaluation.reached(progress(kpi(**met), kpi(**met, name="Loans"))).text == "2 KPIs have already met their targets: “Visits” and “Loans”."
    assert evaluation.reached(progress(kpi())) is None


def test_an_unexplained_change_is_told_and_the_tone_follows_the_worst():
    one = evaluation.changes(changed(change()))
    two = evaluation.changes(changed(change(seasonal=True), change(good=False)))

    assert one.text == ("“Visits” has moved by more than chance, and no recorded event stands beside the start of the move. "
                        "Since October 2025 it has averaged 20 visits; before that, 10.")
    assert two.text.startswith("2 KPIs have moved by more than chance") and two.text.endswith("before that, 10, the season taken out.")
    assert (one.tone, two.tone) == ("plain", "bad")
    assert evaluation.changes(changed(change(explained=True))) is None


def test_no_move_the_wrong_way_is_said_only_where_something_was_measured():
    assert evaluation.wrong_way(changed(), progress(kpi())).tone == "good"
    assert evaluation.wrong_way(changed(), progress(kpi(value=None))) is None
    assert evaluation.wrong_way(changed(change(good=False, event="Fewer staff")), progress(kpi())).text == (
        "1 KPI moved the wrong way by more than chance: Visits (recorded beside it: Fewer staff).")


def test_too_few_points_are_not_known_rather_than_calm():
    rows = pd.DataFrame({"period": ["2026-05", "2026-06"], "value": [1.0, 2.0], "segment": 1, "enough": False, "low": None, "high": None})

    found = evaluation.control(rows, progress(kpi()), changed())

    assert (found.tone, found.text) == ("unknown", "“Visits” has 2 figures: too few to tell a change from chance.")


def test_a_process_that_cannot_meet_its_target_is_bad_news():
    rows = pd.DataFrame({"name": ["Visits", "Loans"], "verdict": ["cannot meet", "moving"]})

    assert evaluation.assured(rows).tone == "bad"
    assert evaluation.assured(rows).text == "Visits: as things work today its target lies outside what the process does by itself."
    assert evaluation.assured(rows.tail(1)) is None


def test_agreement_gives_the_interval_and_hidden_rows_say_nothing():
    rows = pd.DataFrame({"text": ["It is warm.", "It is quiet."], "group": "staff", "agree": [0.2, 0.9], "low": [0.1, 0.8], "high": [0.3, 0.95], "n": 40.0, "hidden": False})

    assert evaluation.agreed(rows, group="staff").text == (
        "Staff agree least with “It is warm”: 20%, between 10% and 30%. They agree most with “It is quiet”: 90%, between 80% and 95%.")
    assert evaluation.agreed(rows, group="staff").tone == "bad"
    assert evaluation.agreed(rows.head(1), group="staff").text == "“It is warm”: 20% of staff agree, between 10% and 30%."
    assert evaluation.agreed(rows.assign(hidden=True)) is None


def test_a_promoter_score_that_may_be_zero_is_neither_good_nor_bad():
    scores = pd.DataFrame({"question": ["Q1"], "text": ["Would you recommend us?"], "group": ["patrons"], "n": [200.0], "score": [4.0], "low": [-0.3], "high": [9.0], "hidden": [False]})

    found = evaluation.recommended(scores)[0]

    assert found.text == "Patrons give a promoter score of +4 to “Would you recommend us”; 200 answers put it between 0 and +9."
    assert found.tone == "plain"


def test_feedback_that_waits_is_counted_in_singular_and_plural():
    assert evaluation.overdue(pd.DataFrame({"old": [1.0], "oldest": [45.0]}), days=30).text == "1 entry has waited for an answer for more than 30 days, namely for 45."
    assert evaluation.overdue(pd.DataFrame({"old": [3.0], "oldest": [45.0]}), days=30).text == "3 entries have waited for an answer for more than 30 days, the oldest for 45."
    assert evaluation.overdue(pd.DataFrame({"old": [0.0], "oldest": [None]}), days=30).tone == "good"


def test_the_least_answered_channel_is_named_and_a_weak_one_is_bad_news():
    overall = pd.DataFrame({"entries": [20.0], "share": [0.8], "median_days": [1.0]})
    channels = pd.DataFrame({"part": ["suggestion box", "in person"], "share": [0.25, 1.0], "entries": [4.0, 16.0], "hidden": False})

    found = evaluation.answered(overall, channels)

    assert found.text == ("Of 20 entries of feedback, 80% were answered, half of those within 1 day. "
                          "Least often answered is what was said in the suggestion box: 25% of 4.")
    assert found.tone == "bad"
    assert evaluation.answered(overall.iloc[:0], channels) is None


def test_the_loudest_theme_is_not_named_twice():
    rows = pd.DataFrame({"part": ["Seats", "Hours"], "entries": [13.0, 6.0], "complaint": [9.0, 2.0], "hidden": False})

    assert evaluation.loudest(rows).text == "People say most about Seats: 13 entries. They also complain most about it: 9 complaints."
    assert evaluation.loudest(rows.assign(complaint=[1.0, 5.0])).text.endswith("They complain most about Hours: 5 complaints among 6 entries.")


def test_a_kpi_without_a_target_is_neither_behind_nor_without_data():
    aimless = kpi("no target", target=None)

    assert evaluation.status(progress(kpi("on target"), aimless)).text == "Of 2 KPIs, 1 is on target and 1 has no target yet."
    assert evaluation.status(progress(aimless, aimless)).text == (
        "All 2 KPIs have been measured, but none has a target yet, so nobody can say whether they are on their way.")
    assert evaluation.status(progress(aimless)).tone == "unknown"


def test_yearly_kpis_alone_do_not_count_as_free_of_bad_news():
    found = evaluation.wrong_way(changed(), progress(kpi(frequency="yearly")))

    assert (found.tone, found.text) == ("unknown", "No KPI is measured monthly or quarterly, so a change cannot be told from chance.")
