"""The controls of step 7 on one message check it as one types, show nothing that is held back, and put it into the draft."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest
from conftest import ROOT

from planning.model import drafts
from planning.model.plan import open_plan
from planning.show import language
from planning.workshop.controls import told, try_messages, tryit


def started(name: str, folder: Path) -> drafts.Draft:
    plan = open_plan(shutil.copytree(ROOT / "data" / name, folder / "plan"))
    language.use("en", plan.facts["currency"])
    return drafts.start(plan)


@pytest.fixture
def draft(sample: Path, tmp_path: Path) -> drafts.Draft:
    return started(sample.name, tmp_path)


@pytest.fixture
def river(tmp_path: Path) -> drafts.Draft:
    return started("riverbend_public", tmp_path)


def test_a_figure_that_is_not_the_kpis_is_named_as_it_is_typed(river: drafts.Draft) -> None:
    form = try_messages.Form(river)
    form.field["kpi"].value, form.field["goal"].value, form.field["owner"].value = "K02", "G1", "R02"
    form.field["date"].value = dt.date(2026, 9, 1)
    form.field["text"].value = "Storytime had 4321 visits in June"
    assert "It should not go out like this: check the number" in form.place.value

    form.field["text"].value = "Storytime had 960 visits in June"
    assert "Nothing is the matter with its figures" in form.place.value and "Nobody has looked at" in form.place.value
    form.field["text"].value = "Storytime had 960 visits thanks to us"
    assert "claims a cause" in form.place.value


def test_a_name_in_the_text_fails_on_privacy(river: drafts.Draft) -> None:
    form = try_messages.Form(river)
    form.field["text"].value = "Ask for Mrs Adamska at the desk"

    assert "It fails on privacy: it could point to a person." in form.place.value


def test_a_new_message_goes_into_the_draft_and_is_then_the_one_that_is_changed(draft: drafts.Draft) -> None:
    form = try_messages.Form(draft)
    many = len(draft.tables["messages"])
    form.field["text"].value, form.field["date"].value = "Come  and see", dt.date(2026, 9, 1)
    form.parts[2].click()
    row = draft.tables["messages"].iloc[-1]
    assert (row["text"], row["audience"], row["status"], row["date"].date()) == ("Come and see", form.audience.value, "idea", dt.date(2026, 9, 1))
    assert form.message.value == row["message"] and draft.problems() == []

    form.field["status"].value = "draft"
    form.parts[2].click()
    assert len(draft.tables["messages"]) == many + 1 and draft.tables["messages"].iloc[-1]["status"] == "draft"


def test_a_message_without_words_changes_nothing(draft: drafts.Draft) -> None:
    form = try_messages.Form(draft)
    form.parts[2].click()

    assert "Nothing was changed" in form.parts[3].value and draft.difference().empty


def test_other_words_lose_what_was_cleared_and_another_day_does_not(river: drafts.Draft) -> None:
    form = try_messages.Form(river)
    cleared = set(river.tables["clearances"]["item"])
    form.message.value = next(id for _, id in form.message.options if id in cleared)
    form.field["date"].value = dt.date(2026, 10, 1)
    form.parts[2].click()
    assert set(river.difference()["table"]) == {"messages"}

    form.field["text"].value = form.field["text"].value + " and see"
    assert "Nobody has looked at" in form.place.value
    form.parts[2].click()
    assert form.message.value not in set(river.tables["clearances"]["item"])


def test_no_text_that_is_held_back_and_no_story_without_consent_is_anywhere_in_the_controls(draft: drafts.Draft) -> None:
    rows, stories = draft.tables["messages"], draft.tables["stories"]
    held = rows[rows["message"].isin(told.shown(draft).loc[lambda shown: shown["text"].str.startswith("Text held back"), "message"])]
    closed = stories[~stories["story"].isin(told.tellable(draft)["story"])]
    assert len(held) and len(closed)
    form, four = try_messages.Form(draft), try_messages.Questions(draft)
    for message in held.itertuples():
        form.audience.value = message.audience
        form.message.value = four.item.value = message.message
        seen = [form.place.value, four.place.value, form.field["text"].value, *(label for field in (form.message, form.field["story"], four.item) for label, _ in field.options)]
        assert not [text for text in seen for secret in (message.text, *closed["name"], *closed["text"]) if secret[:40] in text]
        form.field["status"].value = "idea" if message.status != "idea" else "draft"
        form.parts[2].click()
        assert draft.row("messages", message.message)["text"] == message.text


def test_four_answers_make_it_pass_and_one_that_speaks_against_it_does_not(river: drafts.Draft) -> None:
    four = try_messages.Questions(river)
    known = set(river.tables["clearances"]["item"])
    four.item.value = next(id for _, id in four.item.options if id.startswith("M") and id not in known)
    for field in four.look.values():
        field.value = "true"
    assert "It passes all four questions." in four.place.value
    four.look["copyright"].value, four.note.value, four.role.value = "false", "The picture is not ours", "R01"
    assert "It fails on copyright" in four.place.value

    four.parts[2].click()
    rows = river.tables["clearances"]
    own = rows[rows["item"] == four.item.value].set_index("subject")
    assert len(own) == 4 and not own.loc["copyright", "cleared"] and own.loc["copyright", "note"] == "The picture is not ours" and river.problems() == []
    four.look["copyright"].value = ""
    four.parts[2].click()
    assert len(river.tables["clearances"]) == len(rows) - 1


def test_an_empty_plan_says_what_it_takes(empty_plan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list = []
    monkeypatch.setattr(tryit, "display", shown.append)
    draft = drafts.start(open_plan(empty_plan))
    try_messages.message(draft)
    try_messages.questions(draft)

    assert "it takes an audience" in shown[0].children[1].value and "it takes a message" in shown[1].children[1].value
