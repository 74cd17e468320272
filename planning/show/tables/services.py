"""Tables of step 2."""

from __future__ import annotations

import pandas as pd

from planning.show.language import absent, money, number, say
from planning.show.records import Column, Table

INDENT = "\u2003"


def outline(rows: pd.DataFrame) -> Table:
    """The tree from goal to KPI, with the initiatives that move each KPI."""
    names = [INDENT * depth + say(name) for depth, name in zip(rows["depth"], rows["name"])]
    moved = [below or say(missing) for below, missing in zip(rows["below"], rows["missing"])]
    columns = (Column("branch", "Goal, objective, KPI"), Column("level", "Level"), Column("moved_by", "Moved by, or missing"))
    note = "Initiatives that are done or rejected are left out."
    return Table("objective_tree", rows.assign(branch=names, moved_by=moved), columns, say("From goal to objective to KPI to initiative"), note, most=80)


def strength(rows: pd.DataFrame) -> Table:
    """Objectives with what to mend first."""
    columns = (Column("statement", "Objective"), Column("strength", "Strength", "share"), Column("band", "In a word"), Column("mend", "Mend first"))
    note = "Strength = (passed + half of the warnings) ÷ checked. Strong from 75% with no failed check, weak below 45%."
    return Table("objective_strength", rows, columns, say("Objectives, weakest first"), note, most=6)


def mends(rows: pd.DataFrame) -> Table:
    """Every check that was not passed, and how to mend it."""
    named = rows.assign(statement=rows["statement"].fillna(say("The plan as a whole")))
    columns = (Column("statement", "Objective"), Column("check", "Check"), Column("result", "Result"), Column("mend", "How to mend it"))
    return Table("objective_mends", named, columns, say("Checks that were not passed, and how to mend them"), most=80)


def order(rows: pd.DataFrame) -> Table:
    """The best choice beside the order of value for money."""
    play = rows[rows["part"].isin(["free", "must do", "running"])].sort_values(["rate", "initiative"], ascending=[False, True], ignore_index=True)
    columns = (Column("initiative_name", "Initiative"), Column("rate", "Value for each 1,000 of money", "number", 3), Column("cost", "Cost", "money"),
               Column("hours", "Hours", "whole"), Column("in_order", "In by value for money"), Column("chosen", "In the best choice"))
    note = "The order by value for money takes what must be done or already runs, then goes down this list and takes what still fits."
    return Table("choice_order", play, columns, say("Value for money beside the best choice"), note, most=16)


def use(rows: pd.DataFrame) -> Table:
    """What the choice uses of each ceiling, and what a tenth more would bring; of the roles, those that hold the choice back."""
    shown = rows[rows["ceiling"].isin(["money", "hours"]) | rows["binds"].astype(bool)].reset_index(drop=True)
    names = [{"money": say("Money"), "hours": say("Staff hours")}.get(row["ceiling"]) or say("Hours of {role}", role=row["ceiling_name"])
             for row in shown.to_dict("records")]
    columns = (Column("name", "Ceiling"), Column("amount", "Left of it", "number"), Column("binds", "Holds the choice back"),
               Column("gain", "Value gained", "number", 3), Column("comes", "Would come in"), Column("drops", "Would give way"))
    found = shown.assign(name=names, amount=[_left(row) for row in shown.to_dict("records")],
                         comes=shown["comes_in"].where(shown["comes_in"] != "", None), drops=shown["drops_out"].where(shown["drops_out"] != "", None))
    return Table("choice_use", found, columns, say("What is left of each ceiling, and what a tenth more would bring"),
                 "A ceiling holds the choice back when a better one could be made without it. The last three columns: with a tenth more of this "
                 "ceiling while the others stay. "
                 "Of single roles, only those that hold the choice back.")


def _left(row: dict[str, object]) -> str:
    if absent(row["limit"]):
        return say("no ceiling")
    if row["ceiling"] == "money":
        return say("{left} of {limit}", left=money(row["left"]), limit=money(row["limit"]))
    return say("{left} of {limit} h", left=number(row["left"]), limit=number(row["limit"]))


def by_goal(rows: pd.DataFrame) -> Table:
    """What the choice gives to each goal."""
    columns = (Column("goal_name", "Goal"), Column("weight", "Weight", "share"), Column("initiatives", "Chosen for it", "whole"),
               Column("contribution", "Sum of contributions", "number", 1), Column("value", "Value", "number", 3), Column("names", "Initiatives"))
    note = "Contributions are added up; above 1 they overlap, or more is done than the goal asks for."
    return Table("choice_by_goal", rows.assign(names=rows["names"].where(rows["names"] != "", None)), columns, say("What the choice gives to each goal"), note)


def core(rows: pd.DataFrame) -> Table:
    """How safe each initiative's place is."""
    columns = (Column("initiative_name", "Initiative"), Column("kind", "In a word"), Column("share", "Of the best choices", "share"),
               Column("value", "Value", "number", 3))
    note = say("Out of {n} different best choices, with money and hours each moved from 20% below to 20% above.", n=int(rows["sets"].iloc[0]))
    return Table("choice_core", rows, columns, say("Who stays when the ceilings move"), note, most=12)


def chosen(rows: pd.DataFrame) -> Table:
    """The chosen initiatives only."""
    columns = (Column("initiative_name", "Initiative"), Column("value", "Value", "number", 3), Column("cost", "Cost", "money"),
               Column("hours", "Hours", "whole"),
               Column("why", "Why"))
    return Table("chosen", rows[rows["chosen"].astype(bool)], columns, say("The best choice"), most=40)
