"""The controls of step 6 for money: amounts of a year under a live meter, and money moved, on the draft of each sample plan."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from planning.model import check, drafts
from planning.model.plan import open_plan
from planning.show import language
from planning.workshop.controls import try_resources, tryit


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


def put(form: try_resources.Budgets) -> None:
    form.parts[3].click()


def test_it_begins_with_the_year_before_and_nothing_is_left(draft: drafts.Draft) -> None:
    form = try_resources.Budgets(draft)

    assert form.year.value == draft.plan.last_full_year + 1 + (draft.plan.last_full_year + 1 in set(draft.plan.tables["budget"]["fiscal_year"]))
    assert "is planned, to the last amount" in form.place.value and "Every service gets what it had the year before." in form.place.value


def test_an_amount_moves_the_meter_at_once_and_a_whole_year_goes_into_the_draft_to_the_cent(draft: drafts.Draft) -> None:
    form = try_resources.Budgets(draft)
    service = next(iter(form.amount))
    form.amount[service].value += 1000.01

    assert "too much" in form.place.value and "more than the" in form.place.value and draft.difference().empty
    put(form)
    rows = draft.tables["budget"]
    own = rows[rows["fiscal_year"] == form.year.value]
    assert own.loc[own["service"] == service, "planned"].sum() == pytest.approx(form.amount[service].value, abs=1e-6)
    assert own["planned"].sum() == pytest.approx(form.total.value + 1000.01, abs=1e-6)
    assert own["actual"].isna().all() and set(draft.difference()["what"]) == {"new"} and draft.problems() == []
    assert "It is in the draft" in form.parts[4].value


def test_the_draft_can_be_kept_and_checked(draft: drafts.Draft, tmp_path: Path) -> None:
    form = try_resources.Budgets(draft)
    form.fit()
    put(form)

    assert check.problems(draft.plan.folder) == [] and draft.problems() == [] and draft.undo().startswith("Budget of fiscal year")
    assert draft.difference().empty


def test_all_are_brought_to_a_smaller_total_and_what_lacks_falls_on_initiatives_first(draft: drafts.Draft) -> None:
    form = try_resources.Budgets(draft)
    form.total.value = round(form.total.value - 0.6 * draft.plan.facts["money_ceiling"], 2)
    assert "would fall first" in form.place.value or "none of them would fall" in form.place.value or "could no longer be paid" in form.place.value

    form.parts[2].children[0].click()
    assert sum(form.wanted.values()) == pytest.approx(form.total.value, abs=1e-6) and "is planned, to the last amount" in form.place.value
    form.parts[2].children[1].click()
    assert "Every service gets what it had the year before." in form.place.value


def test_sliders_and_fields_stay_in_step(draft: drafts.Draft) -> None:
    form = try_resources.Budgets(draft)
    service = next(iter(form.amount))
    form.slide[service].value = form.slide[service].min + 5 * form.slide[service].step
    assert form.amount[service].value == form.slide[service].value

    form.amount[service].value = 10 * form.slide[service].max
    assert form.slide[service].value == form.slide[service].max and form.amount[service].value == 10 * form.slide[service].max


def test_an_amount_that_another_control_put_into_the_draft_is_followed_unless_one_was_typed(draft: drafts.Draft, shown: list) -> None:
    try_resources.budgets(draft)
    try_resources.moved_money(draft)
    fields = {field.description: field for field in shown[0].children[2].children[0].children}
    (source, target, part), take = shown[1].children[1].children[0].children, shown[1].children[2]
    names = {id: label for label, id in source.options}
    before = fields[names[source.value]].value
    part.value = 0.5
    take.click()

    assert fields[names[source.value]].value == pytest.approx(before / 2, abs=0.01)
    take.click()
    assert fields[names[source.value]].value == pytest.approx(before / 4, abs=0.01)


def test_money_that_stays_where_it_is_is_not_said_to_move(draft: drafts.Draft, shown: list) -> None:
    try_resources.moved_money(draft)
    source, target, part = shown[0].children[1].children[0].children
    place = shown[0].children[4]

    assert "Supposed:" in place.value
    part.value = 0
    assert "Nothing is moved." in place.value and "Supposed" not in place.value
    part.value, target.value = 0.5, source.value
    assert "Nothing is moved." in place.value


def test_amounts_that_stand_already_are_not_put_in_twice(draft: drafts.Draft) -> None:
    form = try_resources.Budgets(draft)
    put(form)
    steps = list(draft.steps)
    put(form)

    assert draft.steps == steps and "found the amounts that stand in the draft already" in form.parts[4].value


def test_without_a_budget_it_says_what_it_takes(empty_plan: Path, shown: list) -> None:
    draft = drafts.start(open_plan(empty_plan))
    try_resources.budgets(draft)
    try_resources.moved_money(draft)

    assert "it takes a budget line" in shown[0].children[1].value and "it takes two services with money" in shown[1].children[1].value
