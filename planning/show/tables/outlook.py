"""Tables of step 1: moves, open ends, what was looked at for each goal, cases from other libraries."""

from __future__ import annotations

import pandas as pd

from planning.show.language import absent, day, period, quoted, say
from planning.show.records import Column, Table

PAIRS = {"use": "use: strength and opportunity", "guard": "guard: strength and threat", "mend": "mend: weakness and opportunity",
         "avoid": "avoid: weakness and threat", "not a pair": "not a pair"}
WORDS = {"use": "Use “{inner}” for “{outer}”", "guard": "Guard against “{outer}” with “{inner}”", "mend": "Mend “{inner}” to take “{outer}”",
         "avoid": "Avoid that “{inner}” meets “{outer}”",
         "not a pair": "Not a pair: “{inner}” and “{outer}”"}
NONE = "nobody yet"


def moves(rows: pd.DataFrame) -> Table:
    """Moves by kind of pair, with owner and date."""
    columns = (Column("move_name", "Move"), Column("words", "What it pairs"), Column("who", "Who, and by when"), Column("carried", "Initiative"))
    shown = rows.assign(words=[_paired(row) for row in rows.to_dict("records")], who=[_held(row) for row in rows.to_dict("records")],
                        carried=[_carried(row) for row in rows.to_dict("records")])
    return Table("swot_moves", shown, columns, say("Moves by kind of pair, those on the heaviest items first"), "A dash: no initiative carries it.", most=40)


def _paired(row: dict[str, object]) -> str:
    inner, outer = (say("not named") if absent(row[side]) else row[side] for side in ("inside_name", "outside_name"))
    return say(WORDS[str(row["pair"])], inner=inner, outer=outer)


def _held(row: dict[str, object]) -> str:
    owner = say(NONE) if absent(row["owner_name"]) else row["owner_name"]
    return say("{owner}, no date", owner=owner) if absent(row["due"]) else say("{owner}, {day}", owner=owner, day=day(row["due"]))


def _carried(row: dict[str, object]) -> str | None:
    if absent(row["initiative_name"]):
        return None
    return say("{name} ({status})", name=row["initiative_name"], status=say(str(row["initiative_status"])))


def gaps(rows: pd.DataFrame) -> Table:
    """What lists and moves leave open."""
    columns = (Column("gap", "What is open"), Column("name", "Item, move or owner"), Column("kind", "Kind"), Column("figure", "Weight, or moves held", "whole"))
    note = "Weight (1 to 5) for an item, number of moves that are not done for an owner."
    return Table("swot_gaps", rows.assign(kind=rows["about"].map(lambda about: PAIRS.get(about, about))), columns,
                 say("What lists and moves leave open"), note, most=30)


def by_goal(rows: pd.DataFrame) -> Table:
    """Trends and cases for each goal."""
    columns = (Column("goal_name", "Goal"), Column("helping", "Trends that help", "whole"), Column("hindering", "That hinder", "whole"),
               Column("both", "That do both", "whole"),
               Column("strongest", "First among them"), Column("failed", "Cases that failed", "whole"), Column("mixed", "Mixed", "whole"),
               Column("worked", "Worked", "whole"))
    note = "First is the trend with the highest impact × certainty. Numbers of trends are not their force."
    return Table("goal_scan", rows, columns, say("What was looked at for each goal, heaviest goal first"), note)


def cases(rows: pd.DataFrame) -> Table:
    """Cases from other libraries."""
    columns = (Column("tried", "What was tried"), Column("outcome", "Outcome"), Column("lesson", "Lesson"), Column("ours", "Ours, or our goal"),
               Column("heard", "Heard"))
    shown = rows.assign(tried=[row.case_name if absent(row.library) else say("{case} ({library})", case=row.case_name, library=row.library)
                               for row in rows.itertuples()],
                        ours=[_ours(row) for row in rows.to_dict("records")],
                        heard=[heard(row.source, row.date) for row in rows[["source", "date"]].itertuples(index=False)])
    return Table("cases", shown, columns, say("What other libraries tried, by goal and failures first"),
                 "Ours: the initiative that is like it; where there is none, the goal it bears on in quotation marks.", most=40)


def _ours(row: dict[str, object]) -> str | None:
    if not absent(row["initiative_name"]):
        return str(row["initiative_name"])
    return None if absent(row["goal_name"]) else quoted([str(row["goal_name"])])


def heard(source: str | None, date: object) -> str | None:
    """Where something was heard and in which month, as far as it is known; a month that the source names is not repeated."""
    where = "" if absent(source) else str(source)
    month = "" if absent(date) else period(f"{date:%Y-%m}")
    return ", ".join(part for part in (where, "" if month in where else month) if part) or None
