"""Sentences about trigger points and assumptions: one and many, good news, bad news and what nobody can tell."""

from __future__ import annotations

import pandas as pd

from planning.show import charts
from planning.show.findings import triggers


def row(**cells: object) -> dict[str, object]:
    return {"trigger": "T1", "name": "Full", "state": "fired", "due": True, "reason": "", "since": "2026-01", "value": 200.0, "unit": "sessions", "mark": 190.0, "action": "Open in the evening",
            "owner_name": "Clerk", "ownerless": False, "crossed": False, "acted": pd.NaT, "window": 2, "run": 1, "distance": float("nan"), "period": "2026-06", "side": "above", "earlier": "", "kpi_name": "Sessions"} | cells


def rows(*cells: dict[str, object]) -> pd.DataFrame:
    return pd.DataFrame([row(**one) for one in cells])


def test_the_overview_counts_each_state_and_says_what_is_left_to_do() -> None:
    found = triggers.overview(rows({}, {"state": "near", "due": False}, {"state": "quiet", "due": False}, {"state": "quiet", "due": False}, {"state": "cannot be told", "due": False}))

    assert found.text == "Of 5 trigger points, 1 has fired, 1 is near, 2 are quiet and 1 cannot be told; for 1 that fired, nothing has been done yet."
    assert found.tone == "bad"
    assert triggers.overview(rows({"state": "quiet", "due": False})).tone == "good"


def test_each_action_that_is_due_is_told_with_figure_mark_and_owner() -> None:
    found = triggers.due(rows({}, {"due": False}, {"ownerless": True, "owner_name": None}))

    assert found[0].text == "“Full” has been at its mark or beyond since January 2026 (200 sessions, mark 190), and what was agreed is not done: “Open in the evening” (in charge: Clerk)."
    assert len(found) == 2 and found[1].text.endswith("(nobody is in charge).")


def test_values_and_marks_keep_the_decimal_that_tells_them_apart() -> None:
    assert triggers.near(rows({"state": "near", "value": 102.2, "mark": 101.5, "unit": "%"})).text == "“Full” (102.2%, mark 101.5) is near its mark: get the agreed action ready."


def test_what_cannot_be_told_says_why_and_who_lacks_an_owner() -> None:
    one = triggers.untold(rows({"state": "cannot be told", "reason": "stale", "ownerless": True}))
    two = triggers.untold(rows({"state": "cannot be told", "reason": "no value"}, {"name": "Empty", "state": "cannot be told", "reason": "too few periods", "ownerless": True}))

    assert (one.text, one.tone) == ("Nobody can tell whether “Full” (its KPI has not been measured lately) has fired. It has no owner.", "unknown")
    assert two.text == "Nobody can tell whether “Full” (its KPI was never measured) and “Empty” (its KPI has gaps in the periods that count) have fired. 1 of them has no owner."


def test_a_mark_that_was_crossed_and_one_that_was_acted_on_are_told() -> None:
    assert triggers.crossed(rows({"crossed": True})).text.startswith("The figure of “Full” was at its mark or beyond already when the mark was agreed")
    assert triggers.acted(rows({"due": False, "acted": pd.Timestamp("2026-02-03")})).text == "1 trigger point fired and was acted on, “Full” on 3 February 2026; its figure is still at the mark or beyond."
    assert triggers.acted(rows({})) is None and triggers.crossed(rows({})) is None


def assumption(**cells: object) -> dict[str, object]:
    return {"assumption": "A1", "name": "It holds", "exposed": True, "unguarded": True, "weight": 20, "carries": 0.17, "state": "holds", "leans": "Read; Storytime", "soon": True, "unlooked": True,
            "days": 90, "until": pd.Timestamp("2026-12-31"), "bears": 5, "sure": 2} | cells


def test_unguarded_assumptions_name_the_heaviest_and_what_leans_on_it() -> None:
    one = triggers.carrying(pd.DataFrame([assumption(), assumption(assumption="A2", exposed=False, unguarded=False)]))
    many = triggers.carrying(pd.DataFrame([assumption(), assumption(assumption="A2", name="It stays", weight=25, carries=float("nan"))]))

    assert one.text == "Of 2 assumptions, 1 carries much and is unsure, and 1 has neither hedge nor trigger point: “It holds” (17% of the weighted goals lean on it)."
    assert many.text == "Of 2 assumptions, 2 carry much and are unsure, and 2 have neither hedge nor trigger point, above all “It stays”."
    assert triggers.carrying(pd.DataFrame([assumption(exposed=False, unguarded=False)])).text == "Of 1 assumption, none carries much and is unsure."
    assert triggers.carrying(pd.DataFrame([assumption(unguarded=False)])).tone == "plain"


def test_broken_soon_and_unlooked_are_told_each_in_a_sentence() -> None:
    table = pd.DataFrame([assumption(), assumption(assumption="A2", name="It stays", state="broken", unlooked=False)])

    assert triggers.broken(table).text == "“It stays” no longer holds. Look again at “Read” and “Storytime”."
    assert triggers.soon(table.assign(days=-9)).text.endswith(" (passed).")
    assert triggers.soon(table).text == "1 assumption could break within a year: “It holds” by 31 December 2026."
    assert triggers.unlooked(table).text == "Nobody has looked for a year at “It holds”."


def test_nothing_is_said_of_nothing() -> None:
    none = pd.DataFrame()

    assert [tell(none) for tell in (triggers.overview, triggers.near, triggers.untold, triggers.crossed, triggers.acted, triggers.unsignalled, triggers.carrying, triggers.broken, triggers.soon,
                                    triggers.unlooked)] == [None] * 10
    assert triggers.due(none) == []


def test_trigger_points_that_no_value_can_place_give_the_bare_table() -> None:
    assert len(charts.triggers.states(rows({"state": "cannot be told", "reason": "no value", "due": False, "value": float("nan")})).rows) == 1
