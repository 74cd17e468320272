"""The control of step 6 for people's ballots, on the draft of each sample plan."""

from __future__ import annotations

import shutil
from pathlib import Path

import pandas as pd
import pytest

from planning.analysis import participation
from planning.model import drafts
from planning.model.plan import open_plan
from planning.show import language
from planning.workshop.controls import try_allocations, try_services, tryit


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


def test_less_money_changes_what_each_rule_takes_and_no_money_takes_nothing(draft: drafts.Draft, shown: list) -> None:
    try_allocations.people(draft)
    (money, rule), place = shown[0].children[1].children[0].children, shown[0].children[4]
    before = place.value
    assert "What each rule takes" in before and "Get something" in before

    money.value = money.value / 2
    assert place.value != before
    money.value = 0
    assert "There is no money to divide" in place.value and "What each rule takes" not in place.value


def test_a_rules_choice_goes_into_the_draft_as_the_status_of_the_initiatives(draft: drafts.Draft, shown: list) -> None:
    try_allocations.people(draft)
    (money, rule), take = shown[0].children[1].children[0].children, shown[0].children[2]
    small, best = draft.plan.facts["small_group"], try_services.best(draft)
    choices = participation.choices(participation.ballots(draft.tables["allocations"]), best, money=money.value, small_group=small)
    rule.value = "by_points"
    take.click()

    status = draft.tables["initiatives"].set_index("initiative")["status"]
    assert {status[one] for one in choices.loc[choices["by_points"], "initiative"]} == {"chosen"}
    assert {status[one] for one in choices.loc[~choices["by_points"], "initiative"]} <= {"candidate"}
    assert set(draft.difference()["table"]) == {"initiatives"} and set(draft.difference()["column"]) == {"status"}


def test_too_few_ballots_show_nothing_of_what_they_say(draft: drafts.Draft, shown: list) -> None:
    rows = draft.plan.tables["allocations"]
    few = rows[rows["ballot"].isin(rows["ballot"].unique()[:draft.plan.facts["small_group"] - 1])]
    short = drafts.start(draft.plan)
    short.plan = short.plan.with_tables(allocations=few)
    try_allocations.people(short)

    assert "it takes enough ballots" in shown[0].children[1].value and "What each rule takes" not in shown[0].children[1].value


def test_a_group_that_is_too_small_is_not_in_the_table(draft: drafts.Draft, shown: list) -> None:
    rows = draft.plan.tables["allocations"]
    ids = rows["ballot"].unique()
    mine = rows.assign(group=["partners" if ballot in ids[:2] else "patrons" for ballot in rows["ballot"]])
    short = drafts.start(draft.plan)
    short.plan = short.plan.with_tables(allocations=pd.DataFrame(mine))
    try_allocations.people(short)
    place = shown[0].children[4].value

    assert "partners" not in place.split("What the ballots get under each rule")[-1] and "partners 2" not in place


def test_an_empty_plan_says_what_it_takes(empty_plan: Path, shown: list) -> None:
    try_allocations.people(drafts.start(open_plan(empty_plan)))

    assert "it takes enough ballots of people" in shown[0].children[1].value
