"""Cards and moves: what is written goes into the draft as rows, and what has no move yet is told."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import driving
import pytest
from conftest import ROOT

from planning.workshop.controls import try_swot

RIVERBEND = ROOT / "data" / "riverbend_public"


@pytest.fixture
def draft():
    return driving.opened(RIVERBEND)


def written(box, kind: str, words: str, weight: str = "5 of 5") -> None:
    driving.pick(driving.field(box, "Kind"), kind)
    driving.field(box, "What it says").value = words
    driving.pick(driving.field(box, "How much it matters"), weight)
    driving.press(box)


def test_a_new_card_gets_the_next_id_and_the_plan_s_day(draft, monkeypatch):
    box = driving.control(monkeypatch, try_swot.cards, draft)
    written(box, "threat", "The mill <b>closes</b>")

    row = draft.tables["swot"].iloc[-1]
    assert (row["item"], row["kind"], row["name"], row["weight"], row["date"].date()) == ("SW17", "threat", "The mill <b>closes</b>", 5, dt.date(2026, 6, 30))
    assert "The mill <b>closes</b> 5 of 5; an opinion; no move" in driving.text(box)
    assert any("&lt;b&gt;" in part.value for part in driving.parts(box) if isinstance(getattr(part, "value", None), str))
    assert driving.field(box, "What it says").value == ""


def test_a_card_is_changed_and_taken_out_again(draft, monkeypatch):
    box = driving.control(monkeypatch, try_swot.cards, draft)
    written(box, "weakness", "No lift")
    driving.pick(driving.field(box, "Card"), "No lift")
    assert driving.field(box, "How much it matters").value == 5
    driving.pick(driving.field(box, "How much it matters"), "2 of 5")
    driving.press(box)
    assert draft.tables["swot"].iloc[-1]["weight"] == 2

    driving.press(box, "Take this card out")
    assert driving.changes(draft) == [] and "No lift" not in driving.text(box)


def test_a_card_with_a_move_stays_and_the_reason_is_told(draft, monkeypatch):
    box = driving.control(monkeypatch, try_swot.cards, draft)
    driving.field(box, "Card").value = draft.tables["swot_moves"]["inside"].iloc[0]
    driving.press(box, "Take this card out")

    assert "a row that no other row points to" in driving.text(box) and draft.steps == []


@pytest.mark.parametrize(("name", "gone"), [(try_swot.cards, "Take this card out"), (try_swot.moves, "Take this move out")])
def test_an_empty_row_is_not_taken_and_none_chosen_is_not_removed(draft, monkeypatch, name, gone):
    box = driving.control(monkeypatch, name, draft)
    driving.press(box)
    assert "found no words" in driving.text(box)
    driving.press(box, gone)
    assert "found none chosen" in driving.text(box) and draft.steps == []


def test_a_card_written_in_one_control_can_be_paired_in_the_other(draft, monkeypatch):
    cards, moves = (driving.control(monkeypatch, name, draft) for name in (try_swot.cards, try_swot.moves))
    written(cards, "threat", "The mill closes")
    assert "“The mill closes”" in driving.text(moves).split("matter much")[0]

    driving.pick(driving.field(moves, "Inner card"), "Patrons trust the staff")
    driving.pick(driving.field(moves, "Outer card"), "The mill closes")
    driving.field(moves, "What would be done").value = "Ask the mill's staff in"
    driving.pick(driving.field(moves, "Who takes it on"), draft.tables["roles"]["name"].iloc[0])
    driving.field(moves, "To be done by").value = dt.date(2026, 12, 1)
    driving.press(moves)

    row = draft.tables["swot_moves"].iloc[-1]
    assert (row["move"], row["outside"], row["due"].date(), row["owner"]) == ("MV11", "SW17", dt.date(2026, 12, 1), draft.tables["roles"]["role"].iloc[0])
    assert "Of 11 moves" in driving.text(moves) and "5 of 5; an opinion; one move" in driving.text(cards)


def test_a_move_that_is_chosen_fills_the_fields(draft, monkeypatch):
    box = driving.control(monkeypatch, try_swot.moves, draft)
    first = draft.tables["swot_moves"].iloc[0]
    driving.field(box, "Move").value = first["move"]

    assert driving.field(box, "What would be done").value == first["name"] and driving.field(box, "Outer card").value == first["outside"]
    driving.press(box, "Take this move out")
    assert driving.changes(draft)[0][:2] == ["swot_moves", first["move"]]


def test_without_cards_no_move_can_be_made(empty_plan: Path, monkeypatch):
    draft = driving.opened(empty_plan)
    cards, moves = (driving.control(monkeypatch, name, draft) for name in (try_swot.cards, try_swot.moves))
    driving.field(moves, "What would be done").value = "Something"
    driving.press(moves)
    assert "found no pair" in driving.text(moves) and "No card yet" in driving.text(cards)

    written(cards, "strength", "A hall")
    assert [label for label, _ in driving.field(moves, "Inner card").options] == ["Strength: A hall"]
