"""The control of step 3: what if this prospect became a partner?"""

from __future__ import annotations

import pandas as pd
from IPython.display import display

from planning.analysis import audiences as reach
from planning.show import findings, tables
from planning.show.language import say
from planning.show.records import Finding, Table
from planning.workshop import tryit


def prospect(audiences: pd.DataFrame, partner_audiences: pd.DataFrame, partners: pd.DataFrame) -> None:
    """Show a control that counts one prospect as a partner and tells which audiences would then be reached."""
    now = reach.coverage(audiences, partner_audiences, partners)
    prospects = partners[(partners["status"] == "prospect") & (partners["ethics"] != "veto")]
    if now.empty or prospects.empty:
        return tryit.nothing()

    def answer(partner: str) -> list[Finding | Table]:
        then = reach.coverage(audiences, partner_audiences, partners, adding=[partner])
        moved = reach.change(now, then)
        name = prospects.loc[prospects["partner"] == partner, "name"].iloc[0]
        said = findings.partnerships.joined(name, moved, then)
        return [said, tables.partnerships.change(moved)] if len(moved) else [said]

    display(tryit.panel({"partner": tryit.choice(say("Prospect"), prospects, "partner")}, answer))
