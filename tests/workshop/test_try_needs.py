"""The control on ratings tells what a group says, and nothing of a group that is too small."""

from __future__ import annotations

from pathlib import Path

import driving
import pytest
from conftest import ROOT

from planning.model.plan import open_plan
from planning.workshop.controls import try_needs

RIVERBEND = ROOT / "data" / "riverbend_public"


def test_the_means_of_a_group_are_those_of_its_ratings(monkeypatch):
    draft = driving.opened(RIVERBEND)
    box = driving.control(monkeypatch, try_needs.rated, draft)

    driving.pick(driving.field(box, "Service"), "Storytime")
    driving.pick(driving.field(box, "Group"), "leadership")

    own = draft.tables["ratings"].query("service == 'S03' and group == 'leadership'")
    assert f"{len(own)} members of leadership rated “Storytime”: relevance {own['relevance'].mean():.1f}" in driving.text(box)
    assert draft.steps == []


def test_a_group_that_is_too_small_shows_no_mean_and_not_how_many_it_lacks(monkeypatch):
    draft = driving.opened(RIVERBEND)
    size = len(draft.tables["ratings"].query("service == 'S03' and group == 'leadership'"))
    draft.plan.facts = draft.plan.facts | {"small_group": size + 1}
    box = driving.control(monkeypatch, try_needs.rated, draft)

    driving.pick(driving.field(box, "Service"), "Storytime")
    driving.pick(driving.field(box, "Group"), "leadership")

    said = driving.text(box)
    assert f"Fewer than {size + 1} of leadership rated “Storytime”, or nobody did" in said
    assert f"A round in which {size + 1} or more of them rate it" in said
    assert "members of leadership" not in said and f"{size} of" not in said and "leadership 4." not in said


def test_a_group_of_nobody_reads_like_a_group_of_too_few(monkeypatch):
    draft = driving.opened(RIVERBEND)
    ratings = draft.tables["ratings"]
    leaders = (ratings["group"] == "leadership") & (ratings["service"] == "S03")
    said = []
    for kept in (ratings[~leaders], ratings[~leaders | (leaders.cumsum() <= 2)]):
        draft.plan = draft.plan.with_tables(ratings=kept)
        box = driving.control(monkeypatch, try_needs.rated, draft)
        driving.pick(driving.field(box, "Service"), "Storytime")
        driving.pick(driving.field(box, "Group"), "leadership")
        said.append(driving.text(box))

    assert said[0] == said[1]


def test_without_services_the_control_says_what_is_missing(empty_plan: Path, monkeypatch):
    assert "no services" in driving.text(driving.control(monkeypatch, try_needs.rated, driving.opened(empty_plan)))


@pytest.mark.parametrize("name", [try_needs.goal_weight, try_needs.rated])
def test_the_controls_write_nothing_by_being_shown(sample: Path, monkeypatch, name):
    draft = driving.opened(sample)
    driving.control(monkeypatch, name, draft)

    assert draft.difference().empty and len(open_plan(sample).goals_in_force)
