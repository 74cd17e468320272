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
    two = evaluation.changes(changed(change(), change(name="Loans", good=False, seasonal=True)))

    assert one.text == ("“Visits” has moved by more than chance, and no recorded event stands beside the start of the move. "
                        "Since October 2025 it has averaged 20 visits; before that, 10.")
    assert two.text == ("Of 2 KPIs that moved by more than chance with no recorded event beside the start, 1 moved the wrong way: “Loans”. "
                        "Since October 2025 it has averaged 20 visits; before that, 10, the season taken out.")
    assert (one.tone, two.tone) == ("plain", "bad")
    assert evaluation.changes(changed(change(explained=True))) is None


def test_no_move_the_wrong_way_is_said_only_where_something_was_measured():
    some, none = pd.DataFrame({"kpi": ["K01"]}), pd.DataFrame({"kpi": []})
    assert evaluation.wrong_way(changed(), progress(kpi()), some).tone == "good"
    assert evaluation.wrong_way(changed(), progress(kpi()), none).text == ("No KPI has eight values since the last change of its process and both of its latest periods measured, "
                                                                           "so no change can be told from chance.")
    assert evaluation.wrong_way(changed(), progress(kpi(value=None)), some) is None
    assert evaluation.wrong_way(changed(change(good=False, event="Fewer staff")), progress(kpi()), none).text == (
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


def test_a_kpi_without_a_target_is_neither_behind_nor_without_data():
    aimless = kpi("no target", target=None)

    assert evaluation.status(progress(kpi("on target"), aimless)).text == "Of 2 KPIs, 1 is on target and 1 has no target yet."
    assert evaluation.status(progress(aimless, aimless)).text == (
        "All 2 KPIs have been measured, but none has a target yet, so nobody can say whether they are on their way.")
    assert evaluation.status(progress(aimless)).tone == "unknown"


def test_yearly_kpis_alone_do_not_count_as_free_of_bad_news():
    found = evaluation.wrong_way(changed(), progress(kpi(frequency="yearly")), pd.DataFrame())

    assert (found.tone, found.text) == ("unknown", "No KPI is measured monthly or quarterly, so a change cannot be told from chance.")
