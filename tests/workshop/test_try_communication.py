"""The controls of step 7 for audiences say only what stands, and make a statement a message."""

from __future__ import annotations

import shutil
from pathlib import Path

import pandas as pd
import pytest

from planning.model import drafts
from planning.model.plan import open_plan
from planning.show import language
from planning.workshop.controls import told, try_communication, tryit

NONE, ONE = pd.DataFrame({"message": []}), pd.DataFrame({"kpi": ["K1"]})


@pytest.fixture
def draft(sample: Path, tmp_path: Path) -> drafts.Draft:
    plan = open_plan(shutil.copytree(sample, tmp_path / "plan"))
    language.use("en", plan.facts["currency"])
    return drafts.start(plan)


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list:
    language.use("en", "USD")
    kept: list = []
    monkeypatch.setattr(tryit, "display", kept.append)
    return kept


def test_an_audience_without_a_message_is_offered_only_statements_that_stand():
    language.use("en", "USD")

    assert try_communication.said(NONE, ONE)[0].text == "No message is meant for this audience yet. These statements stand and could be the first."
    assert try_communication.said(NONE, NONE)[0].text == "No message is meant for this audience yet. No statement stands that could be the first."


def test_another_audience_answers_at_once_beside_the_matrix_of_goals(draft: drafts.Draft, shown: list) -> None:
    try_communication.audience(draft)
    field, place = shown[0].children[1].children[0].children[0], shown[0].children[2]
    before = place.value
    field.value = field.options[-1][1]

    assert place.value != before and "Which audience hears of which goal" in place.value


def test_a_statement_becomes_a_message_at_one_click_and_others_see_it(draft: drafts.Draft, shown: list) -> None:
    try_communication.statement(draft)
    try_communication.audience(draft)
    (kpi, own, channel), take = shown[0].children[1].children[0].children, shown[0].children[2]
    seen = shown[1].children[2]
    before = seen.value
    channel.value = "poster"
    take.click()

    row = draft.tables["messages"].iloc[-1]
    assert (row["audience"], row["kpi"], row["channel"], row["status"]) == (own.value, kpi.value, "poster", "idea")
    assert "caused" not in row["text"] and row["text"].startswith(dict(map(reversed, kpi.options))[kpi.value])
    assert seen.value != before and draft.problems() == []
    assert set(draft.difference()["table"]) == {"messages"}


def test_only_statements_that_stand_can_be_chosen(draft: drafts.Draft, shown: list) -> None:
    try_communication.statement(draft)
    rows = told.measured(draft).statements

    assert {id for _, id in shown[0].children[1].children[0].children[0].options} == set(rows.loc[rows["stands"], "kpi"])


def test_a_story_that_may_not_be_told_is_shown_to_no_audience(draft: drafts.Draft, shown: list) -> None:
    try_communication.audience(draft)
    field, place = shown[0].children[1].children[0].children[0], shown[0].children[2]
    closed = draft.tables["stories"][~draft.tables["stories"]["story"].isin(told.tellable(draft)["story"])]
    assert len(closed)
    for _, audience in field.options:
        field.value = audience
        assert not [text for text in (*closed["text"], *closed["name"]) if text in place.value]


def test_an_empty_plan_says_what_it_takes(empty_plan: Path, shown: list) -> None:
    draft = drafts.start(open_plan(empty_plan))
    try_communication.audience(draft)
    try_communication.statement(draft)

    assert all("it takes an audience" in box.children[1].value for box in shown)
