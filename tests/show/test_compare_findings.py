"""The sentences of a comparison: what was changed, what moved, and why."""

from __future__ import annotations

import gettext
from pathlib import Path

import pandas as pd
import pytest
from compare_plans import changed, mill
from test_language import Marked, words

from planning.reports import comparison
from planning.show import charts, findings, language, whys
from planning.show.whys import Sides

SET = Sides("set", "the plan", "the plan as changed", ("G1",))


@pytest.fixture
def moved(tmp_path: Path) -> comparison.Comparison:
    """A small plan whose heaviest goal loses its weight."""
    plan = mill(tmp_path / "m")
    return comparison.of(plan, changed(plan, "goals.G1.weight=0.2"), sides=SET, settings=("goals.G1.weight=0.2",))


def why(found: comparison.Comparison, kind: str, item: str) -> str:
    return found.moves.set_index(["kind", "item"])["why"][kind, item]


def test_what_was_changed_is_told_from_what_to_what_with_the_weights_that_gave_way(moved: comparison.Comparison) -> None:
    assert [one.text for one in moved.changed] == [
        "Weight of “Every child reads”: from 60.0% to 20.0%.",
        "The weights of the other goals give way in proportion, so that all add up to 1: “People find work” from 40.0% to 80.0%."]


def test_every_move_has_a_sentence_that_says_why(moved: comparison.Comparison) -> None:
    assert why(moved, "Value of a service", "S1") == ("“Every child reads” counts 20.0% instead of 60.0%, which it supports with 0.5 (−20.0 points); the other goals together +4.0 points.")
    assert why(moved, "Rank of a service", "S2") == "Its value is 64.0% (32.0% before). It passes Storytime."
    assert why(moved, "Best choice of initiatives", "I2") == ("Its own value is 56.0% (28.0% before): “People find work” counts 80.0% instead of 40.0%, which it supports with 0.7 (+28.0 points). "
                                                              "Without it the best choice would give 0.140 in place of 0.580. Not all fit, since these bind: money.")
    assert why(moved, "Money against weight", "G1") == "Its weight went from 60.0% to 20.0%, and its money stays at 50.0% of what reaches goals."
    assert why(moved, "Weight of a goal", "G1") == "Set so." and why(moved, "Weight of a goal", "G2").startswith("It gives way in proportion")
    assert moved.moves["why"].str.endswith(".").all()


def test_a_step_that_does_not_rest_on_what_was_changed_says_so(moved: comparison.Comparison) -> None:
    assert moved.brief[3].text == "Step 4, Evaluation: nothing moves, since none of the results compared here rests on the weights of the goals."


def test_staying_with_the_former_choice_has_its_price(moved: comparison.Comparison) -> None:
    assert moved.brief[-1].text == ("Staying with the former choice of initiatives would give 0.14 of the 0.58 that the best choice gives by the new figures: 75.9% less.")
    assert moved.brief[-1].tone == "bad"


def test_a_step_that_rests_on_it_and_stays_says_that_too() -> None:
    row = {"step": 1, "moved": 0, "results": 7, "rests": "statistics", "other": "statistics; usage"}

    assert findings.compare.still(row) == "nothing moves. It rests on the table “Yearly statistics”, but none of its 7 results crosses a line."
    assert findings.compare.still(row | {"other": "", "rests": ""}) == "nothing moves, since nothing was changed."
    assert findings.compare.still(row | {"results": 0}) == "nothing to compare: the plans hold nothing for this step."


def test_goals_of_one_plan_only_are_named_with_the_nearest_name() -> None:
    rows = pd.DataFrame([["G2", "Work", "first", "Find work", None], ["G8", "Green", "second", None, "Work"]], columns=["goal", "name", "where", "nearest", "replaced"])

    told = [one.text for one in findings.compare.apart(rows, Sides("plans", "the first plan", "the second plan"))]

    assert told == ["“Work” (G2) is in force only in the first plan. The goal of the other plan that is most like it: “Find work”. Give both the same id if they mean the same.",
                    "“Green” (G8) is in force only in the second plan. It replaced “Work”."]


def test_another_currency_is_said_and_nothing_is_converted() -> None:
    told = findings.compare.unlike({"currency": "USD", "kind": "public"}, {"currency": "EUR", "kind": "public"}, Sides("plans", "the first plan", "the second plan"))

    assert [one.text for one in told] == ["The plans speak in different currencies (the first plan: USD, the second plan: EUR). Amounts are set side by side as they are, in EUR; nothing is converted."]


def test_values_and_changes_take_the_form_of_their_kind() -> None:
    assert [whys.figure(0.118, "share"), whys.figure(-0.04, "signed"), whys.figure(None, "money"), whys.figure(12.0, "number", "visits a month")] == [
        "11.8%", "−4.0 points", "not known", "12 visits a month"]


def test_the_chart_shows_the_seven_steps_side_by_side(moved: comparison.Comparison) -> None:
    made = charts.compare.steps(moved.steps, moved.sides)

    assert "step 4, Evaluation: 0 of 3" in made.alt
    assert made.finding.text.startswith(f"{len(moved.moves)} of ")


def test_every_text_goes_through_the_language(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(language.gettext, "translation", lambda *_, **__: Marked())
    plan = mill(tmp_path / "m")
    made = comparison.of(plan, changed(plan, "goals.G1.weight=0.2", "kpi_values.K1/2025.value=105", "plan.money_ceiling=15", "usage.S1.uses=*2"), sides=SET)

    told = [comparison.text(made), *made.moves["why"], *made.moves["item_name"]]

    assert isinstance(language._voice.catalogue, gettext.NullTranslations)
    assert words(told, plan) - {"plan", "as", "changed", "the"} == set()
