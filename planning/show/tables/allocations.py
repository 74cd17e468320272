"""The table of step 6's control on people's ballots, and the meters of what each rule spends."""

from __future__ import annotations

import pandas as pd

from planning.show.language import money as amount
from planning.show.language import say
from planning.show.meters import meter
from planning.show.records import Column, Table

RULES = {"by_points": "Most points", "by_shares": "Equal shares", "by_plan": "The plan's choice"}


def choices(rows: pd.DataFrame) -> Table:
    """What each rule takes for the same money."""
    columns = (Column("initiative_name", "Initiative"), Column("cost", "Cost", "money"), Column("points", "Mean of 100 points", "number", 1),
               *(Column(name, title) for name, title in RULES.items()))
    return Table("try_allocations", rows, columns, say("What each rule takes"), "The plan's choice is made for the plan's own money, hours and rules, and does not move with the sum above.", most=40)


def meters(rows: pd.DataFrame, *, money: float) -> str:
    """What each rule spends of the money that there is, as HTML."""
    return "".join(_meter(say(title), float(rows.loc[rows[name].astype(bool), "cost"].sum()), money) for name, title in RULES.items()) if len(rows) else ""


def _meter(title: str, used: float, money: float) -> str:
    words = {"used": amount(used), "money": amount(money), "left": amount(abs(money - used))}
    return meter(title, used, money, say("{used} of {money}, {left} left", **words) if used <= money else say("{used} of {money}, {left} too much", **words))
