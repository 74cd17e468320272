"""The control of step 5 for verdicts: what it says, and what it puts into the draft."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from asking import draft_in

from planning.model import drafts
from planning.show import language
from planning.workshop.controls import try_verdicts, tryit

NONE = float("nan")
ROWS = pd.DataFrame({
    "service": ["S11", "S03"], "service_name": ["DVD lending", "Storytime"], "status": "running", "proposal": ["stop", "keep"], "first": "", "against": ["use falls", ""],
    "speaks_for": ["", "essential"], "fit": [0.0, 0.2], "yearly_change": [-0.2, 0.1], "dearer": NONE, "quality": NONE, "relevance": NONE, "elsewhere": NONE, "only_here": None, "segment_name": None,
    "consulted": [pd.Timestamp("2026-05-12"), pd.NaT], "partner_name": None, "merge_name": ["Lending of print", None], "money": [300.0, 100.0], "hours": [20.0, 40.0], "exit_cost": NONE})
LOSSES = pd.DataFrame(columns=["service", "service_name", "proposal", "people", "counted", "segment_name", "inclusion"])


@pytest.fixture
def draft(tmp_path: Path) -> drafts.Draft:
    return draft_in(tmp_path)


@pytest.fixture
def control(draft: drafts.Draft, monkeypatch: pytest.MonkeyPatch) -> try_verdicts.Verdicts:
    language.use("en", "USD")
    monkeypatch.setattr(tryit, "display", lambda _: None)
    return try_verdicts.Verdicts(draft, ROWS, LOSSES)


def test_it_begins_with_what_the_rule_proposes(control: try_verdicts.Verdicts) -> None:
    assert "For DVD lending the rule proposes the same: to stop it." in control.place.value


def test_another_verdict_stands_beside_the_rules_and_counts_what_all_of_them_release(control: try_verdicts.Verdicts) -> None:
    control.service.value, control.verdict.value = "S03", "stop"

    assert "For Storytime the rule proposes to keep it as it is; your verdict is to stop it. Those concerned have not been heard: consult them first." in control.place.value
    assert "would release $400 a year and about 60 staff hours" in control.place.value


def test_a_verdict_becomes_a_change_with_its_owner_and_its_day_and_a_second_one_takes_its_place(control: try_verdicts.Verdicts, draft: drafts.Draft) -> None:
    control.owner.value, control.now.value = "R07", True
    control.box.children[2].click()
    made = draft.tables["changes"].iloc[-1]
    assert (made["name"], made["service"], made["owner"]) == ("DVD lending ends", "S11", "R07")
    assert draft.row("services", "S11")["status"] == "ended"

    control.verdict.value, control.now.value = "merge", False
    control.box.children[2].click()
    assert draft.tables["changes"].iloc[-1]["name"] == "DVD lending becomes part of Lending of print"
    assert draft.difference()["table"].tolist() == ["changes"]


def test_to_keep_it_after_all_takes_the_change_out_again(control: try_verdicts.Verdicts, draft: drafts.Draft) -> None:
    control.now.value = True
    control.box.children[2].click()
    control.verdict.value = "keep"
    control.box.children[2].click()

    assert draft.difference().empty


def test_each_service_has_its_own_owner_and_words_and_a_verdict_taken_back_by_undo_is_forgotten(control: try_verdicts.Verdicts, draft: drafts.Draft) -> None:
    control.owner.value, control.concerns.value = "R07", "Those who still have a player"
    control.box.children[2].click()
    control.service.value = "S03"
    assert (control.owner.value, control.concerns.value, control.note.value) == ("", "", "") and control.owner.disabled
    control.verdict.value = "improve"
    control.box.children[2].click()
    control.service.value = "S11"
    assert (control.owner.value, control.concerns.value) == ("R07", "Those who still have a player") and not control.owner.disabled

    control.service.value = "S03"
    draft.undo()
    control.look()
    assert control.verdict.value == "keep" and list(control.given) == ["S11"]


def test_without_a_service_it_says_that_there_is_nothing_to_try(draft: drafts.Draft, monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[object] = []
    monkeypatch.setattr(tryit, "display", shown.append)
    try_verdicts.verdicts(draft, ROWS.head(0), LOSSES)

    assert "nothing to try yet" in shown[0].value
