"""The alignment control: judgements of one service after another, kept until they are put into the draft, in fields and in the grid alike."""

from __future__ import annotations

from pathlib import Path

import driving
import ipywidgets as widgets
import pytest
from conftest import ROOT

from planning.workshop.controls import try_alignment

RIVERBEND = ROOT / "data" / "riverbend_public"
READ, NEWCOMERS = "Every child reads by eight", "Newcomers belong here"


@pytest.fixture
def draft():
    return driving.opened(RIVERBEND)


@pytest.fixture
def box(draft, monkeypatch) -> widgets.Widget:
    return driving.control(monkeypatch, try_alignment.support, draft)


def test_the_fields_show_what_stands_in_the_plan(box):
    driving.pick(driving.field(box, "Service"), "Storytime")

    assert driving.field(box, READ).value == 1.0 and driving.field(box, NEWCOMERS).value == 0.1
    assert dict(driving.field(box, READ).options) == {"0: not at all": 0.0, "0.3: a little": 0.3, "0.7: clearly": 0.7, "1: it exists for this": 1.0}
    assert "Storytime gives 29% of weighted support" in driving.text(box)


def test_a_strength_and_its_reason_go_into_the_draft_together(box, draft):
    driving.pick(driving.field(box, "Service"), "Lending of print")
    driving.pick(driving.field(box, NEWCOMERS), "clearly")
    assert "“Newcomers belong here” would have a service that clearly supports it" in driving.text(box)
    assert "1 judgement is typed and not in the draft yet; it names no reason" in driving.text(box)

    driving.field(box, f"Why, for “{NEWCOMERS}”").value = "Books in eleven languages"
    driving.press(box)

    assert driving.changes(draft)[0][:2] == ["alignment", "S01, G3"]
    row = draft.tables["alignment"].query("service == 'S01' and goal == 'G3'")
    assert row[["strength", "reason"]].values.tolist() == [[0.7, "Books in eleven languages"]]
    assert "typed and not in the draft yet" not in driving.text(box) and len(draft.steps) == 1


def test_judgements_of_another_service_are_not_lost_on_the_way(box, draft):
    service = driving.field(box, "Service")
    for name in ("Storytime", "Homework help"):
        driving.pick(service, name)
        driving.pick(driving.field(box, NEWCOMERS), "a little")

    driving.pick(service, "Storytime")
    assert driving.field(box, NEWCOMERS).value == 0.3
    assert "2 judgements are typed and not in the draft yet" in driving.text(box)
    driving.press(box)
    assert len(draft.tables["alignment"].query("goal == 'G3' and strength == 0.3 and service in ['S03', 'S05']")) == 2


def test_grid_and_fields_are_in_step_and_a_cell_beyond_one_goes_back(box, draft):
    from ipydatagrid import DataGrid

    grid = next(one for one in driving.parts(box) if isinstance(one, DataGrid))
    assert grid.data.loc["Storytime", READ] == 1.0

    grid.set_cell_value(READ, "Storytime", 0.6)
    assert driving.field(box, "Service").label == "Storytime" and driving.field(box, READ).value == 0.6
    driving.pick(driving.field(box, READ), "clearly")
    assert grid.data.loc["Storytime", READ] == 0.7
    grid.set_cell_value(READ, "Storytime", 7.0)
    assert grid.data.loc["Storytime", READ] == 0.7 and driving.field(box, READ).value == 0.7


def test_without_the_package_for_grids_the_fields_are_there_alone(draft, monkeypatch):
    monkeypatch.setattr(try_alignment, "find_spec", lambda _: None)
    box = driving.control(monkeypatch, try_alignment.support, draft)
    driving.pick(driving.field(box, NEWCOMERS), "clearly")

    assert "would have a service" in driving.text(box) and not any(type(one).__name__ in ("Accordion", "DataGrid") for one in driving.parts(box))


def test_nothing_judged_is_nothing_to_take(box, draft):
    driving.press(box)

    assert "found no judgement that differs from the draft" in driving.text(box) and draft.steps == []


def test_a_judgement_of_nought_where_nothing_is_listed_adds_no_row(box, draft):
    driving.pick(driving.field(box, "Service"), "Lending of print")
    field = driving.field(box, NEWCOMERS)
    driving.pick(field, "clearly")
    driving.pick(field, "not at all")
    driving.press(box)

    assert draft.steps == []


def test_a_plan_without_services_says_what_is_missing(empty_plan: Path, monkeypatch):
    assert "it takes a goal in force" in driving.text(driving.control(monkeypatch, try_alignment.support, driving.opened(empty_plan)))


def test_it_works_on_each_sample(sample: Path, monkeypatch):
    draft = driving.opened(sample)
    box = driving.control(monkeypatch, try_alignment.support, draft)
    first = draft.library.goals_in_force["name"].iloc[-1]
    driving.field(box, first).value = next(value for value in (0.3, 0.7) if value != driving.field(box, first).value)
    driving.press(box)

    assert [row[0] for row in driving.changes(draft)] == ["alignment"] * len(driving.changes(draft)) and driving.changes(draft)
