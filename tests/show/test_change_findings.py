"""Sentences on change are right for one and for many, and say good news, bad news and gaps as what they are."""

import datetime as dt

import pandas as pd
import pytest

from planning.show import charts, tables
from planning.show.findings import change
from planning.show.records import Chart, Table

DAY = pd.Timestamp("2026-03-01")


def planned(*rows: dict) -> pd.DataFrame:
    usual = {"change_name": "Fines end", "about": "Fines", "state": "late", "days_late": 12.0, "lacks": "", "concerns": "children", "told": DAY, "told_late": False, "start": DAY, "due": DAY,
             "done": pd.NaT, "how": "kpi", "kpi_name": "Visits", "seen": None, "owner_name": "Head", "barrier": None}
    return pd.DataFrame([usual | {"change": f"CH{place}"} | row for place, row in enumerate(rows)]).astype({"seen": "boolean"})


def test_late_changes_name_the_longest():
    assert change.plan(planned({}, {"state": "done"})).text == "Of 2 changes that were due, 1 is late: “Fines end”, by 12 days."
    assert change.plan(planned({}, {"change_name": "Rota", "days_late": 40.0})).text == "Of 2 changes that were due, 2 are late, longest “Rota”, by 40 days."
    assert change.plan(planned({"state": "done"})).tone == "good"
    assert change.plan(planned({"state": "under way"})).text == "The one change in the plan is not due yet."


def test_a_change_that_nobody_owns_and_one_that_nothing_would_show_are_named():
    found = change.lacking(planned({"lacks": "owner; due day"}, {"change_name": "Rota", "lacks": "sign"}))
    assert found.text == "Nobody owns “Fines end”; no day is set for “Fines end”; nothing would show whether “Rota” works."
    assert change.lacking(planned({})).text == "The one open change has an owner, a day and a sign."
    assert change.lacking(planned({"state": "done", "lacks": "owner"})) is None


def test_those_told_late_are_named_and_those_never_told_counted():
    late = {"told_late": True}
    assert change.told(planned(late)).text == "1 change began before those concerned were told: “Fines end” (children)."
    assert change.told(planned(late | {"told": pd.NaT})).text.endswith("Nobody has told them to this day.")
    assert change.told(planned(late, late | {"told": pd.NaT})).text.endswith("For 1 of these, nobody has told them to this day.")
    assert change.told(planned({})).tone == "good"


def test_a_done_change_that_was_not_measured_since_is_named_with_its_kpi():
    found = change.unseen(planned({"state": "done", "seen": False}, {"state": "done", "seen": True}))
    assert found.text == "1 change is done, and the KPI that should show it was not measured since: “Fines end” (Visits)."
    assert change.unseen(planned({})) is None


def test_decisions_that_nothing_carries_out_are_named_and_none_is_good_news():
    past = pd.DataFrame({"state": ["holds"]})
    assert change.undone(pd.DataFrame({"what": ["Open late"]}), past).text == "Nothing on record carries out 1 decision that still stands: “Open late”."
    assert change.undone(pd.DataFrame({"what": []}), past).tone == "good"
    assert change.undone(pd.DataFrame({"what": []}), past.head(0)) is None


def test_the_way_from_talk_to_sign_is_bad_news_when_one_step_loses_half():
    rows = pd.DataFrame({"stage": ["changes done of those due", "decisions that are carried out"], "n": [1, 3], "of": [4, 4], "share": [0.25, 0.75], "broken": ["a; b; c", "d"]})
    found = change.links(rows)
    assert (found.text, found.tone) == ("From talk to sign: changes done of those due (1 of 4) and decisions that are carried out (3 of 4).", "bad")
    assert tables.change.links(rows).rows["breaks"].tolist() == ["a, b and c", "d"]


def test_what_holds_changes_back_is_one_thing_or_no_one_thing():
    rows = pd.DataFrame({"barrier": ["desire", "ability"], "changes": [1, 2]})
    assert change.stuck(rows).text == "What holds open changes back most often is ability: 2 of 3."
    assert change.stuck(rows.assign(changes=1)).text == "No one thing holds open changes back: desire and ability each hold back 1 of 2."


def test_policies_overdue_and_subjects_without_one_are_said():
    rows = pd.DataFrame({"policy": ["PO1", "PO2", None], "policy_name": ["Cards", "Rooms", None], "subject": ["access", "access", "privacy"], "review": [DAY, pd.NaT, pd.NaT],
                         "state": ["overdue", "no day of review", "no policy"]})
    assert change.policies(rows).text == "1 policy is overdue for a look, “Cards”, since 1 March 2026; 1 has no day of review; these subjects have no policy: privacy."
    assert change.policies(rows.iloc[[1]]).text == "1 policy has no day of review."
    assert change.policies(rows.iloc[[0]].assign(state="stands")).tone == "good"


def sides(*rows: tuple) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["side", "n", "agree", "low", "high", "word"]).assign(hidden=[row[5] == "not shown" for row in rows], texts="We can", questions=1)


def test_readiness_names_the_lowest_and_the_highest_side_with_intervals():
    rows = sides(("change: we can", 28.0, 0.25, 0.13, 0.43, "not ready"), ("change: needed", 28.0, 0.82, 0.64, 0.92, "ready"))
    found = change.ready(rows)
    assert found.text == "The fewest staff say that they can do it: 25% of 28, between 13% and 43%. The most say that the change is needed: 82% of 28, between 64% and 92%."
    assert found.tone == "bad" and change.ready(rows.tail(1)).tone == "good"
    assert "they can do it: 25% of 28, between 13% and 43%, not ready" in charts.change.ready(rows).alt


@pytest.mark.parametrize(("word", "start"), [("not shown", "Too few staff answered"), ("not asked", "Nobody asked staff")])
def test_readiness_that_cannot_be_shown_says_why(word, start):
    rows = sides(("change: we can", None, None, None, None, word)).astype({"agree": float})
    assert change.ready(rows).text.startswith(start) and change.ready(rows).tone == "unknown"
    assert isinstance(charts.change.ready(rows), Table)


def objectives(*kinds: str) -> pd.DataFrame:
    return pd.DataFrame({"statement": [f"Raise {place}" for place, _ in enumerate(kinds)], "goal_name": "Reading", "kind": kinds, "score": 0.4, "rhythm": 0.9, "made": 12.0, "due": 12.0,
                         "kept": 0, "promised": 0})


def test_strategy_and_rhythm_are_counted_apart():
    found = change.rhythm(objectives("strategy problem", "rhythm problem first", "on its way", "on its way", "cannot be told"))
    assert found.text == ("Of 4 objectives, 1 is followed steadily and yet far behind, so the work itself is in question; 1 is behind and followed loosely, so the rhythm comes first; "
                          "2 are on their way.")
    assert change.rhythm(objectives("on its way")).tone == "good"
    assert change.rhythm(objectives("cannot be told")).tone == "unknown"


def test_objectives_on_one_spot_are_drawn_apart():
    chart = charts.change.rhythm(objectives("strategy problem", "strategy problem"))
    spots = [tuple(drawn.get_offsets()[0]) for drawn in chart.figure.axes[0].collections]
    assert len(set(spots)) == 2 and chart.basis == "2 objectives"


def firm(**facts: object) -> pd.DataFrame:
    return pd.DataFrame([{"service": "S1", "service_name": "Discs", "proposal": "stop", "same": 0.6667, "tried": 243, "stands": False, "other": "merge", "turned_by": "elsewhere"} | facts])


def test_a_proposal_that_hangs_on_a_limit_says_so():
    assert change.firm(firm()).text == ("Of 1 proposal to end a service, none stands under all 243 sets of limits tried; "
                                        "Discs (stop) holds in 67% of them and hangs on how many must be served elsewhere.")
    assert change.firm(firm(stands=True)).text == "The one proposal to end a service stands under all 243 sets of limits tried."
    assert change.firm(firm(proposal="keep")) is None


def lost(**facts: object) -> pd.DataFrame:
    return pd.DataFrame([{"service": "S1", "service_name": "Discs", "proposal": "stop", "people": 40.0, "counted": False, "segment_name": "Adults", "inclusion": False, "payback": 0.25, "money": 9.0,
                          "hours": 1.0, "exit_cost": 2.0, "hearing": "not heard", "consulted": pd.NaT, "consultation_kind": None, "consultation_people": None} | facts])


def test_who_would_lose_is_told_with_a_bound_where_nobody_counted():
    assert change.losers(lost()).text == "With these services ended, these patrons have nowhere else to go: up to 40 of “Adults” for Discs."
    assert change.losers(lost(counted=True, payback=4.2, inclusion=True)).text.endswith(": 40 of “Adults” for Discs.")
    assert change.losers(lost(inclusion=True)).tone == "bad"
    assert change.losers(lost(segment_name=None)).text == "With these services ended, these patrons have nowhere else to go: up to 40 for Discs."


def test_a_hearing_after_the_decision_is_bad_news():
    late = change.heard(lost(hearing="heard after it was decided", consulted=DAY))
    assert (late.text, late.tone) == ("For Discs, those concerned were heard only after a decision on it was carried out.", "bad")
    assert change.heard(lost(hearing="heard, on record", consulted=DAY)) is None


def test_the_table_of_endings_tells_firmness_people_and_hearing():
    row = tables.change.endings(lost(hearing="heard, on record", consulted=DAY, consultation_kind="forum", consultation_people=14.0), firm()).rows.iloc[0]
    assert (row["firmness"], row["who"], row["hearing"]) == ("in 67% of the sets; else merge, by how many must be served elsewhere", "up to 40 (Adults)", "heard on 1 March 2026: forum with 14")


def test_the_timeline_says_state_and_day_of_each_change():
    chart = charts.change.plan(planned({}, {"change_name": "Rota", "owner_name": None, "due": pd.NaT, "start": pd.Timestamp("2026-05-01"), "state": "under way", "days_late": None}), dt.date(2026, 6, 30))
    assert isinstance(chart, Chart) and "Fines end: late by 12 days, due 1 March 2026; Rota: under way, no owner, due on no day" in chart.alt
    assert isinstance(charts.change.plan(planned({}).head(0), dt.date(2026, 6, 30)), Table)


def test_the_plan_table_tells_late_not_told_and_not_measured():
    rows = planned({"told": pd.NaT}, {"state": "done", "done": DAY, "days_late": 0.0, "seen": False})
    shown = tables.change.plan(rows).rows
    assert shown["stands"].tolist() == ["late by 12 days", "done on 1 March 2026"]
    assert shown["informed"].tolist() == ["children: not told", "children: told on 1 March 2026"] and shown["shows"].tolist() == ["Visits", "Visits, not measured since"]
