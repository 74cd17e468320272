"""The controls of step 6 for skills tell what levels bring, and nothing of posts that few people hold."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from conftest import ROOT

from planning.model import drafts
from planning.model.plan import open_plan
from planning.show import language
from planning.workshop.controls import try_skills, tryit


def started(name: str, folder: Path) -> drafts.Draft:
    plan = open_plan(shutil.copytree(ROOT / "data" / name, folder / "plan"))
    language.use("en", plan.facts["currency"])
    return drafts.start(plan)


@pytest.fixture
def draft(sample: Path, tmp_path: Path) -> drafts.Draft:
    return started(sample.name, tmp_path)


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list:
    language.use("en", "USD")
    kept: list = []
    monkeypatch.setattr(tryit, "display", kept.append)
    return kept


def roles(draft: drafts.Draft, *, small: bool) -> list[str]:
    rows, fewest = draft.plan.tables["roles"], draft.plan.facts["small_group"]
    held = rows[rows["role"].isin(draft.plan.tables["role_skills"]["role"])]
    return list(held.loc[(held["people"] < fewest) == small, "role"])


def test_a_higher_level_makes_a_gap_of_a_role_that_many_hold(tmp_path: Path) -> None:
    draft = started("riverbend_public", tmp_path)
    form = try_skills.Levels(draft)
    assert form.role.value == roles(draft, small=False)[0] and "has 2 gaps." in form.place.value

    skill = list(form.level)[-1]
    form.level[skill].value = 4
    assert "would have 3 gaps; before, 2. New: “Plain language" in form.place.value and "counted anew" in form.place.value


def test_whatever_is_tried_for_a_post_that_few_hold_no_answer_tells_its_level(draft: drafts.Draft) -> None:
    form = try_skills.Levels(draft)
    for role in roles(draft, small=True):
        form.role.value = role
        for skill, field in form.level.items():
            for level in (0, 2, 4):
                field.value = level
                text = form.place.value
                assert "or nobody has counted them" in text and "gap" not in text and "Level today" not in text, (role, skill, level)


def test_places_do_not_move_with_the_levels_of_posts_that_few_hold(draft: drafts.Draft, shown: list) -> None:
    try_skills.places(draft)
    place = shown[0].children[4]
    before, form = place.value, try_skills.Levels(draft)
    for role in roles(draft, small=True):
        form.role.value = role
        for field in form.level.values():
            field.value = 4 if field.value != 4 else 1
        form.parts[2].click()

    assert len(draft.difference()) and place.value == before


def test_levels_go_into_the_draft_with_the_old_count_taken_out_and_back_again(draft: drafts.Draft) -> None:
    form = try_skills.Levels(draft)
    skill, field = next(iter(form.level.items()))
    old, kept = field.value, draft.row("role_skills", (form.role.value, skill))
    field.value = 4 if old != 4 else 3
    form.parts[2].click()
    row = draft.row("role_skills", (form.role.value, skill))
    assert (row["required"], row["people"], row["current"]) == (str(field.value), "", kept["current"]) and draft.problems() == []

    field.value = old
    form.parts[2].click()
    assert draft.difference().empty
    form.parts[2].click()
    assert "found the levels that stand in the draft already" in form.parts[3].value


def test_places_in_a_training_go_into_the_draft_and_nobody_is_left_without_one(tmp_path: Path, shown: list) -> None:
    draft = started("riverbend_public", tmp_path)
    try_skills.places(draft)
    fields, take, place = shown[0].children[1].children[0].children, shown[0].children[2], shown[0].children[4]
    spanish = next(field for field in fields if field.description.startswith("Spanish for the desk, twelve"))
    assert "10 in “Spanish for the desk, twelve evenings”" in place.value

    spanish.value = -1
    assert "10 in “Spanish" not in place.value
    take.click()
    assert draft.difference()[["table", "column", "after"]].values.tolist() == [["trainings", "seats", ""]]
    take.click()
    assert "found the places that stand in the draft already" in shown[0].children[3].value


def test_an_empty_plan_says_what_it_takes(empty_plan: Path, shown: list) -> None:
    draft = drafts.start(open_plan(empty_plan))
    try_skills.levels(draft)
    try_skills.places(draft)

    assert "it takes roles (roles.csv)" in shown[0].children[1].value and "it takes trainings" in shown[1].children[1].value
