"""Why results of steps 3 to 7 moved."""

from __future__ import annotations

from pathlib import Path

import pytest
from compare_plans import KEYS, changed, mill
from conftest import ROOT

from planning.analysis.compare import inputs, later_reasons, reasons
from planning.analysis.compare.reading import Reading
from planning.model.plan import open_plan


def both(plan: object, *texts: str) -> reasons.Both:
    other = changed(plan, *texts)
    return reasons.Both(Reading(plan), Reading(other), inputs.cells(plan, other, keys=KEYS))


def test_a_status_rests_on_the_value_the_target_and_the_line(tmp_path: Path) -> None:
    code, told = later_reasons.way(both(mill(tmp_path / "m"), "kpis.K1.target=400"), "K1")

    assert (code, told["moved"], told["target"], told["status"]) == ("way", ["target"], (200, 400), ("on target", "behind"))
    assert told["share_done"] == (0.5, pytest.approx(50 / 300))


def test_money_against_weight_tells_both_apart(tmp_path: Path) -> None:
    _, told = later_reasons.against_weight(both(mill(tmp_path / "m"), "goals.G1.weight=0.5"), "G1")

    assert told["weight"] == (0.6, 0.5)
    assert told["share"][0] == told["share"][1] == pytest.approx(0.5)  # 60 × 0.5/0.6 of 100


def test_money_that_reaches_a_goal_is_told_service_by_service(tmp_path: Path) -> None:
    _, told = later_reasons.money(both(mill(tmp_path / "m"), "budget.B1.actual=120"), "G1")

    assert told["services"] == [{"service": "Storytime", "before": pytest.approx(50.0), "after": pytest.approx(100.0)}]


def test_a_cost_rests_on_money_and_uses(tmp_path: Path) -> None:
    _, told = later_reasons.cost(both(mill(tmp_path / "m"), "usage.S1.uses=*0.5"), "S1")

    assert (told["spent"], told["uses"]) == ((60.0, 60.0), (30.0, 15.0))


def test_a_message_names_the_figure_of_its_kpi_that_moved(tmp_path: Path) -> None:
    _, told = later_reasons.message(both(mill(tmp_path / "m"), "kpi_values.K1/2025.value=160"), "M1")

    assert (told["before"], told["after"]["matter"], told["way"]["value"]) == (None, "check the number", (150.0, 160.0))


def test_the_regret_of_staying_is_what_the_former_choice_forgoes(tmp_path: Path) -> None:
    told = later_reasons.regret(both(mill(tmp_path / "m"), "goals.G1.weight=0.2"))

    assert (round(told["best"], 6), round(told["kept"], 6), told["ins"]) == (0.58, 0.14, ["Job evenings"])


def test_a_fit_names_the_goal_against_the_heaviest_one() -> None:
    pair = both(open_plan(ROOT / "data" / "riverbend_public"), "goals.G1.weight=0.4")

    _, told = later_reasons.fit(pair, "P09")

    assert told["criteria"] == [{"criterion": "Support of our goals", "before": 1.0, "after": pytest.approx(0.527, abs=1e-3)}]
    assert (told["goal"]["goal"], told["goal"]["heaviest"], round(told["goal"]["weight"], 3)) == ("Newcomers belong here", "Every child reads by eight", 0.846)  # 0.22 of 0.26
