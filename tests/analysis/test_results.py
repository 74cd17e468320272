"""Every result that a comparison looks at."""

from __future__ import annotations

from pathlib import Path

from compare_plans import mill

from planning.analysis.compare import results
from planning.analysis.compare.reading import Reading
from planning.model.plan import open_plan


def test_every_step_has_its_results_in_the_form_of_its_page(tmp_path: Path) -> None:
    found = results.every(Reading(mill(tmp_path / "mill")))

    values = {kind: dict(zip(rows["item"], rows["value"])) for kind, rows in found.groupby("kind")}
    assert {one: round(value, 6) for one, value in values["Value of a service"].items()} == {"S1": 0.34, "S2": 0.32, "S3": 0.0}  # 0.6·0.5 + 0.4·0.1; 0.4·0.8
    assert values["Rank of a service"] == {"S1": 1, "S2": 2, "S3": 3}
    assert values["Best choice of initiatives"] == {"I1": "chosen", "I2": "left out", "I3": "chosen"}  # 0.36 + 0.06 against 0.28 + 0.06 for 30 of money
    assert values["Status of a KPI"] == {"K1": "on target"}
    assert [round(values["Cost of one use"][one], 9) for one in ("S1", "S2")] == [2.0, 2.0]
    assert values["Message"] == {"M1": "nothing is the matter"}
    assert set(found["step"]) == {1, 2, 4, 5, 6, 7}


def test_an_empty_plan_has_hardly_a_result(empty_plan: Path) -> None:
    assert set(results.every(Reading(open_plan(empty_plan)))["kind"]) <= {"Ceiling"}


def test_the_goal_behind_a_kpi_is_that_of_its_objective(tmp_path: Path) -> None:
    assert results.goal_of_kpi(Reading(mill(tmp_path / "mill"))) == {"K1": "G1"}
