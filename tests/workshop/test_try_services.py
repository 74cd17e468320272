"""The controls of step 2: the choice solved anew for other ceilings, a choice ticked by hand, and an order of wishes."""

from __future__ import annotations

from pathlib import Path

import driving
import ipywidgets as widgets
import pandas as pd
import pytest
from conftest import ROOT

from planning.analysis import initiatives, options
from planning.workshop.controls import try_ranking, try_services

RIVERBEND = ROOT / "data" / "riverbend_public"
REFIT, REPAIR = "Full refit of the reading room", "Light repair of the reading room"


@pytest.fixture
def draft():
    return driving.opened(RIVERBEND)


def best(draft) -> pd.DataFrame:
    """The best choice, as the page works it out."""
    own = draft.tables
    limits = initiatives.ceilings(draft.plan.facts, own["roles"], set_aside=options.floors(own["services"], own["budget"])["short"].sum())
    valued = initiatives.values(own["initiatives"], own["initiative_goals"], draft.library.goals_in_force, by_role=own["initiative_hours"])
    chosen = initiatives.choice(valued, own["initiative_links"], limits)
    return chosen[chosen["chosen"]]


def ticked(box) -> list[str]:
    return [one.description.split(":")[0] for one in driving.parts(box) if isinstance(one, widgets.Checkbox) and one.value]


def statuses(draft) -> dict[str, str]:
    return dict(zip(draft.tables["initiatives"]["initiative"], draft.tables["initiatives"]["status"]))


def test_moving_money_answers_at_once_and_what_is_set_aside_is_off_it(draft, monkeypatch):
    box = driving.control(monkeypatch, try_services.ceilings, draft)
    assert "$5,000 is set aside" in driving.text(box) and "Within $175,000 and 4,000 hours, the best choice takes 8 of 23 initiatives" in driving.text(box)

    driving.field(box, "Money").value = 360_000
    assert "Within $355,000" in driving.text(box)
    driving.field(box, "Money").value = 90_000
    assert "No choice is possible" in driving.text(box) and "needs $22,500 more than the ceiling of $85,000" in driving.text(box)
    assert draft.steps == []


def test_what_holds_the_choice_back_is_asked_for_and_forgotten_at_the_next_move(draft, monkeypatch):
    box = driving.control(monkeypatch, try_services.ceilings, draft)
    assert "held back" not in driving.text(box)

    driving.press(box, "What holds this choice back?")
    assert "The choice is held back" in driving.text(box)
    driving.field(box, "Full-time posts").value = 5
    assert "held back" not in driving.text(box)


def test_the_best_choice_can_be_ticked_and_goes_into_the_draft_as_status(sample: Path, monkeypatch):
    draft = driving.opened(sample)
    box = driving.control(monkeypatch, try_services.choice, draft)
    before, ideal = statuses(draft), best(draft)

    driving.press(box, "Tick the best choice")
    assert sorted(ticked(box)) == sorted(ideal["initiative_name"])
    assert "This is the best choice within these limits" in driving.text(box) and "breaks no rule" in driving.text(box)
    driving.press(box)

    now = statuses(draft)
    can = {one for one, status in before.items() if status in ("candidate", "chosen")}
    assert {one for one in can if now[one] == "chosen"} == set(ideal["initiative"]) & can
    assert {one: now[one] for one in now if one not in can} == {one: status for one, status in before.items() if one not in can}
    assert len(draft.steps) == 1


def test_meters_and_rules_follow_each_tick(draft, monkeypatch):
    box = driving.control(monkeypatch, try_services.choice, draft)
    driving.field(box, REFIT).value = driving.field(box, REPAIR).value = True
    assert f"“{REFIT}” and “{REPAIR}” exclude each other" in driving.text(box)
    assert "Money : $" in driving.text(box) and "of $175,000" in driving.text(box)

    must = "Step-free entrance with automatic doors"
    driving.field(box, must).value = False
    assert f"“{must}” must be done and is not taken" in driving.text(box)

    for one in driving.parts(box):
        if isinstance(one, widgets.Checkbox) and not one.disabled:
            one.value = True
    said = driving.text(box)
    assert "The choice needs $415,300 more of money than there is" in said and "12 roles are asked for more hours than they have" in said
    assert "which keeps to the rules that this one breaks" in said


def test_what_needs_another_says_which(draft, monkeypatch):
    box = driving.control(monkeypatch, try_services.choice, draft)
    names = dict(zip(draft.tables["initiatives"]["initiative"], draft.tables["initiatives"]["name"]))

    driving.field(box, names["I10"]).value = True

    assert f"“{names['I10']}” needs “{names['I07']}”, which is not taken" in driving.text(box)


def test_what_runs_and_what_is_not_known_cannot_be_ticked(draft, monkeypatch):
    box = driving.control(monkeypatch, try_services.choice, draft)
    shut = {one.description.split(":")[0]: one.value for one in driving.parts(box) if isinstance(one, widgets.Checkbox) and one.disabled}

    assert shut == {"Sunday opening of the central library": True, next(name for name in shut if "Sunday" not in name): False}
    assert sum("(must be done)" in getattr(one, "description", "") for one in driving.parts(box)) == 2


def test_the_choice_that_stands_is_not_taken_twice(draft, monkeypatch):
    box = driving.control(monkeypatch, try_services.choice, draft)
    driving.press(box, "Tick the best choice")
    driving.press(box)
    driving.press(box)

    assert "found the choice that stands in the draft already" in driving.text(box) and len(draft.steps) == 1


def test_another_weight_of_a_goal_changes_what_is_best(draft, monkeypatch):
    box = driving.control(monkeypatch, try_services.choice, draft)
    driving.press(box, "Tick the best choice")
    kept = ticked(box)

    in_force = draft.library.goals_in_force
    draft.put("goals", in_force.assign(weight=[0.0, 1.0, 0.0, 0.0, 0.0, 0.0])[["goal", "weight"]])

    assert ticked(box) == kept and "This is the best choice" not in driving.text(box)
    driving.press(box, "Tick the best choice")
    assert sorted(ticked(box)) == sorted(best(draft)["initiative_name"]) != sorted(kept)


def test_an_order_of_wishes_is_filled_from_the_top_and_compared(draft, monkeypatch):
    box = driving.control(monkeypatch, try_ranking.initiatives, draft)
    driving.field(box, REFIT).value = 1

    said = driving.text(box)
    assert "Going down this order" in said and "of the value of the best choice within the same limits" in said
    assert f"“{REFIT}” is wished for in place 1" in said
    driving.press(box)
    chosen = {one for one, status in statuses(draft).items() if status == "chosen"}
    assert chosen and sum(draft.tables["initiatives"].set_index("initiative").loc[sorted(chosen), "cost"]) <= 175_000


@pytest.mark.parametrize("name", [try_services.ceilings, try_services.choice, try_ranking.initiatives])
def test_without_initiatives_there_is_nothing_to_choose_from(empty_plan: Path, monkeypatch, name):
    assert "There is nothing to choose from yet" in driving.text(driving.control(monkeypatch, name, driving.opened(empty_plan)))


def test_a_role_with_fewer_hours_in_the_draft_limits_what_is_tried_as_it_limits_the_page(draft, monkeypatch):
    box = driving.control(monkeypatch, try_services.ceilings, draft)
    role = draft.tables["roles"].set_index("name").loc["Branch manager", "role"]

    draft.change("roles", role, free_hours=0)

    assert "the best choice takes 8 of 23" not in driving.text(box)
    assert f"the best choice takes {len(best(draft))} of 23" in driving.text(box)
