"""Step 2's control: the choice of initiatives solved anew for other money and other staff time."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
from IPython.display import display

from planning.analysis import initiatives
from planning.show import findings, tables
from planning.show.language import say
from planning.show.records import Finding, Table
from planning.workshop.tryit import nothing, panel, slider


def ceilings(valued: pd.DataFrame, links: pd.DataFrame, facts: Mapping[str, object], roles: pd.DataFrame | None = None, *, set_aside: float = 0.0) -> None:
    """Show controls for money and full-time posts, and tell what the best choice then is; the hours of roles stay."""
    if valued.empty:
        return nothing()
    plan = initiatives.ceilings(facts)["plan"]
    money_now = plan[0] if plan.notna()[0] else float(valued["cost"].sum())
    fte_now = facts.get("fte_ceiling") or float(valued["hours"].sum()) / float(facts["hours_per_fte"])

    def answer(money: float, fte: float) -> list[Finding | Table]:
        limits = initiatives.ceilings(facts, roles, money=money, fte=fte, set_aside=set_aside)
        chosen, aside = initiatives.choice(valued, links, limits), findings.roadmap.set_aside(limits)
        if chosen.empty:
            return [aside, *findings.services.conflicts(initiatives.conflicts(valued, links, limits))]
        used = initiatives.use(chosen, links, limits)
        return [aside, findings.services.choice(chosen, used), findings.services.binding(used), tables.services.chosen(chosen)]

    display(panel({"money": slider(say("Money"), 0, _end(money_now), _step(money_now), money_now),
                   "fte": slider(say("Full-time posts"), 0, _end(fte_now), _step(fte_now), fte_now)}, answer))


def _end(now: float) -> float:
    return max(2 * now, 1.0)


def _step(now: float) -> float:
    """A fortieth of the way, which the starting point is a multiple of."""
    return max(now, 1.0) / 20
