"""One control for step 5: how much less money and staff time, and what then drops out."""

from __future__ import annotations

import pandas as pd

from planning.analysis import futures
from planning.analysis.scenarios import World
from planning.show import findings, tables
from planning.show.language import say
from planning.show.records import Finding, Table
from planning.workshop.controls.tryit import nothing, panel, show, slider


def budget_cut(world: World, *, chooser: object, cut: float = 0.1) -> None:
    """Show a control that cuts money and staff time for initiatives and tells what drops out of the best choice."""
    if world.tables["initiatives"].empty:
        return nothing()

    def answer(cut: float) -> list[Finding | Table]:
        rows = futures.budget_cut(world, cut=cut, chooser=chooser)
        question = futures.asked(world, chooser=chooser, cut=cut)
        clash, limits = chooser.conflicts(*question), question.limits
        return [findings.flexibility.cut(rows, clash, limits, cut=cut), _changed(rows)]

    show(panel({"cut": slider(say("Less money and staff time (share)"), 0, 0.5, 0.05, min(cut, 0.5))}, answer))


def _changed(rows: pd.DataFrame) -> Table | None:
    return tables.flexibility.cut(rows, "try_cut") if len(rows) else None
