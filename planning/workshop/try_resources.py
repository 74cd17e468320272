"""The control of step 6: what if a part of one service's money went to another?"""

from __future__ import annotations

import pandas as pd
from IPython.display import display

from planning.analysis import budget
from planning.show import findings, tables
from planning.show.language import say
from planning.show.records import Finding, Table
from planning.workshop.tryit import choice, nothing, panel, slider


def moved_money(lines: pd.DataFrame, services: pd.DataFrame, goals: pd.DataFrame, alignment: pd.DataFrame, *, fiscal_year: int) -> None:
    """Show a control that moves money between two services and tells which goals it then reaches.

    Takes `budget.amounts`, the services, the goals in force and the alignment.
    """
    own = lines[lines["fiscal_year"] == fiscal_year].groupby("service")["amount"].sum()
    choices = services[services["service"].isin(own[own > 0].index)]
    names = dict(zip(choices["service"], choices["name"]))
    if budget.by_goal(budget.by_service(lines, services), goals, alignment, fiscal_year=fiscal_year).empty or len(choices) < 2:
        return nothing()

    def answer(source: str, target: str, part: float) -> list[Finding | Table]:
        after = budget.moved(lines, source=source, target=target, part=part, fiscal_year=fiscal_year)
        rows = budget.by_goal(budget.by_service(after, services), goals, alignment, fiscal_year=fiscal_year)
        said = findings.resources.moved(part * float(own[source]), names[source], names[target], year=fiscal_year)
        return [said, findings.resources.against_weights(rows, year=fiscal_year), tables.resources.moved(rows)]

    target = choice(say("To"), choices, "service")
    target.value = choices["service"].iloc[-1]
    controls = {"source": choice(say("Money from"), choices, "service"), "target": target, "part": slider(say("Part of its money"), 0, 1, 0.05, 0.2)}
    display(panel(controls, answer))
