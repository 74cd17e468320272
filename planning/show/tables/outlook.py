"""Tables of step 1: moves, open ends, what was looked at for each goal, cases from other libraries."""

from __future__ import annotations

import pandas as pd

from planning.show.language import absent, say
from planning.show.records import Column, Table

PAIRS = {"use": "use: strength and opportunity", "guard": "guard: strength and threat", "mend": "mend: weakness and opportunity", "avoid": "avoid: weakness and threat", "not a pair": "not a pair"}
NONE = "nobody yet"


def moves(rows: pd.DataFrame) -> Table:
    """Moves by kind of pair, with owner and date."""
    columns = (Column("move_name", "Move"), Column("words", "Kind of pair"), Column("inside_name", "Inner item"), Column("outside_name", "Outer item"), Column("who", "Owner"),
               Column("due", "Due", "day"), Column("carried", "Initiative"))
    shown = rows.assign(words=rows["pair"].map(PAIRS), who=rows["owner_name"].where(rows["owner_name"].notna(), NONE), carried=[_carried(row) for row in rows.to_dict("records")])
    return Table("swot_moves", shown, columns, say("Moves by kind of pair, those on the heaviest items first"), "A dash: none is named.", most=40)


def _carried(row: dict[str, object]) -> str | None:
    if absent(row["initiative_name"]):
        return None
    return say("{name} ({status})", name=row["initiative_name"], status=say(str(row["initiative_status"])))


def gaps(rows: pd.DataFrame) -> Table:
    """What lists and moves leave open."""
    columns = (Column("gap", "What is open"), Column("name", "Item, move or owner"), Column("kind", "Kind"), Column("figure", "Weight, or moves held", "whole"))
    note = "Weight (1 to 5) for an item, number of moves that are not done for an owner."
    return Table("swot_gaps", rows.assign(kind=rows["about"].map(lambda about: PAIRS.get(about, about))), columns, say("What lists and moves leave open"), note, most=30)


def by_goal(rows: pd.DataFrame) -> Table:
    """Trends and cases for each goal."""
    columns = (Column("goal_name", "Goal"), Column("helping", "Trends that help", "whole"), Column("hindering", "That hinder", "whole"), Column("both", "That do both", "whole"),
               Column("strongest", "First among them"), Column("failed", "Cases that failed", "whole"), Column("mixed", "Mixed", "whole"), Column("worked", "Worked", "whole"))
    note = "First is the trend with the highest impact × certainty. Numbers of trends are not their force."
    return Table("goal_scan", rows, columns, say("What was looked at for each goal, heaviest goal first"), note)


def cases(rows: pd.DataFrame) -> Table:
    """Cases from other libraries."""
    columns = (Column("case_name", "What was tried"), Column("library", "Where"), Column("outcome", "Outcome"), Column("lesson", "Lesson"), Column("goal_name", "Our goal"),
               Column("initiative_name", "Our initiative"), Column("source", "Source"), Column("date", "Heard", "day"))
    return Table("cases", rows, columns, say("What other libraries tried, by goal and failures first"), "A dash: none is named, or the goal is no longer in force.", most=40)
