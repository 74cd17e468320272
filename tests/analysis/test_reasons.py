"""Why results of steps 1 and 2 moved."""

from __future__ import annotations

from pathlib import Path

import pytest
from compare_plans import KEYS, changed, mill

from planning.analysis.compare import inputs, reasons
from planning.analysis.compare.reading import Reading


def both(folder: Path, *texts: str, **tables: str) -> reasons.Both:
    plan = mill(folder, **tables)
    other = changed(plan, *texts)
    return reasons.Both(Reading(plan), Reading(other), inputs.cells(plan, other, keys=KEYS))


def test_the_parts_of_a_value_add_up_to_its_change(tmp_path: Path) -> None:
    found = reasons.parts(both(tmp_path / "m", "goals.G1.weight=0.2"), "alignment", "service", "S1", "strength")

    assert [(one["goal"], round(one["part"], 6)) for one in found] == [("Every child reads", -0.2), ("People find work", 0.04)]
    assert sum(one["part"] for one in found) == pytest.approx((0.2 * 0.5 + 0.8 * 0.1) - 0.34)


def test_a_rank_names_whom_it_passes(tmp_path: Path) -> None:
    code, told = reasons.order(both(tmp_path / "m", "goals.G1.weight=0.2"), "S2", frame="support", key="service", name="service_name", score="value")

    assert (code, told["passes"], told["passed_by"], round(told["score_after"], 6)) == ("order", ["Storytime"], [], 0.64)


def test_a_service_that_falls_to_the_level_of_another_does_not_pass_it(tmp_path: Path) -> None:
    _, told = reasons.order(both(tmp_path / "m", "alignment.S2.strength=0"), "S3", frame="support", key="service", name="service_name", score="value")

    assert (told["passes"], told["level"]) == ([], ["Job desk"])


def test_an_exchange_weighs_what_comes_in_against_what_drops_out(tmp_path: Path) -> None:
    told = reasons.exchange(both(tmp_path / "m", "goals.G1.weight=0.2"))

    assert (told["ins"], told["outs"], told["broken_after"], told["broken_before"]) == (["Job evenings"], ["Reading tutors"], [], [])
    assert [round(told[name], 6) for name in ("ins_value", "ins_value_after", "outs_value", "outs_value_after")] == [0.28, 0.56, 0.36, 0.12]


def test_a_choice_that_no_longer_fits_names_the_ceiling_that_it_would_break(tmp_path: Path) -> None:
    code, told = reasons.taken(both(tmp_path / "m", "plan.money_ceiling=15"), "I1")

    assert (code, told["broken_after"]) == ("choice", [{"ceiling": "money", "money": True, "needs": 30.0, "limit": 15.0}])
    assert (told["otherwise"], round(told["best"], 6)) == (None, 0.06)  # no choice with it fits


def test_what_the_best_choice_would_be_worth_otherwise_is_worked_out(tmp_path: Path) -> None:
    _, told = reasons.taken(both(tmp_path / "m", "goals.G1.weight=0.2"), "I1")

    assert (round(told["best"], 6), round(told["otherwise"], 6)) == (0.58, 0.14)  # 0.56 + 0.02 for I2 and I3; 0.12 + 0.02 with I1 in place of I2


def test_figures_that_differ_are_counted_and_the_first_two_named(tmp_path: Path) -> None:
    code, told = reasons.inputs(both(tmp_path / "m", "budget.*.planned=*2"), ("budget",))

    assert (code, told["count"], [one["row_name"] for one in told["first"]]) == ("inputs", 2, ["Storytime, 2025", "Job desk, 2025"])
    assert reasons.inputs(both(tmp_path / "n", "budget.*.planned=*2"), ("usage",)) == reasons.NONE


def test_where_no_choice_is_possible_the_ceiling_and_the_excess_are_named(tmp_path: Path) -> None:
    rows = "initiative,name,status,cost,hours,must_do\nI1,Reading tutors,candidate,20,10,true\nI2,Job evenings,candidate,20,10,false\nI3,Paint,candidate,10,5,false\n"

    code, told = reasons.taken(both(tmp_path / "m", "plan.money_ceiling=15", initiatives=rows), "I1")

    assert (code, told) == ("impossible", {"after": True, "over": [{"ceiling": "money", "money": True, "excess": 5.0, "limit": 15.0}]})
