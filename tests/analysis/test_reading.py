"""A plan as the seven steps see it."""

from __future__ import annotations

from pathlib import Path

from compare_plans import changed, mill
from conftest import ROOT

from planning.analysis import alignment, budget, initiatives, kpis
from planning.analysis.compare.reading import Reading
from planning.model.plan import open_plan


def test_results_are_those_of_the_pages(tmp_path: Path) -> None:
    plan = open_plan(ROOT / "data" / "riverbend_public")

    found = Reading(plan)

    assert found.support.equals(alignment.contribution(alignment.matrix(plan.goals_in_force, plan.services, plan.alignment)))
    assert found.progress.equals(kpis.progress(plan.kpis, plan.kpi_values, as_of=plan.as_of, fiscal_year_start=7))
    assert found.money["amount"].sum() == budget.amounts(plan.budget, last_full_year=2026).query("fiscal_year == 2026")["amount"].sum()
    assert found.limits.loc[0, "limit"] == 175_000  # 180,000 less 5,000 that an essential service needs to keep its floor
    assert len(initiatives.conflicts(found.valued, plan.initiative_links, found.limits)) == 0


def test_a_forecast_is_taken_over_where_its_rows_are_the_same(tmp_path: Path) -> None:
    plan = mill(tmp_path / "mill")
    first = Reading(plan)

    assert Reading(changed(plan, "goals.G1.weight=0.5"), first).forecast is first.forecast
    assert Reading(changed(plan, "kpis.K1.target=300"), first).forecast is not first.forecast
