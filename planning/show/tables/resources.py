"""Tables of step 6."""

from __future__ import annotations

import pandas as pd

from planning.show.language import say
from planning.show.records import Column, Table


def by_goal(rows: pd.DataFrame) -> Table:
    """Money by goal, with what reaches no goal."""
    columns = (Column("goal_name", "Goal"), Column("weight", "Weight", "share"), Column("share", "Share of the money that reaches goals", "share"),
               Column("amount", "Money", "money", 0), Column("share_of_all", "Share of all money", "share", 1))
    note = "Each service's money is split over its goals in proportion to its strengths. A dash: a row without a weight."
    return Table("money_by_goal", rows, columns, say("Where the money goes, down to the last amount"), note)


def moved(rows: pd.DataFrame) -> Table:
    """Money by goal after an amount was moved."""
    columns = (Column("goal_name", "Goal"), Column("weight", "Weight", "share"), Column("share", "Share of the money that reaches goals", "share"),
               Column("amount", "Money", "money", 0))
    return Table("money_moved", rows, columns, say("Money by goal after the move"))


def by_category(rows: pd.DataFrame) -> Table:
    """What the money buys."""
    columns = (Column("category", "Category"), Column("planned", "Planned", "money", 0), Column("amount", "Spent", "money", 0),
               Column("variance", "Over plan (minus: under)", "share", 1), Column("share", "Share of the year", "share"), Column("share_before", "Share in the first year", "share"))
    return Table("money_by_category", rows, columns, say("What the money buys"), "Where spending is not known, the plan stands under Spent.")


def off_plan(rows: pd.DataFrame) -> Table:
    """Lines that missed their plan."""
    columns = (Column("name", "Budget line"), Column("planned", "Planned", "money", 0), Column("actual", "Spent", "money", 0),
               Column("variance", "Over plan (minus: under)", "share"), Column("run", "Years in a row", "whole"))
    return Table("off_plan", rows, columns, say("Lines more than 5% off their plan"), most=12)


def under_way(rows: pd.DataFrame) -> Table:
    """Money and hours of initiatives by goal."""
    columns = (Column("goal_name", "Goal"), Column("weight", "Weight", "share"), Column("hours_share", "Share of the hours that reach goals", "share"),
               Column("hours", "Hours", "whole"), Column("cost", "Money", "money", 0), Column("initiatives", "Initiatives", "whole"))
    return Table("initiatives_under_way", rows, columns, say("What chosen and running initiatives take in their first year"),
                 "An initiative that serves several goals is counted with each of them, its hours and money only once.")
