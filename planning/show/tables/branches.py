"""Tables of branches."""

from __future__ import annotations

import pandas as pd

from planning.show.findings.branches import percent
from planning.show.language import absent, period, say, share
from planning.show.records import Column, Table

MOST = 20


def standing(rows: pd.DataFrame, moves: pd.DataFrame, *, measure: str) -> Table:
    """Every branch: its latest year, its change, and how it moves beside the others."""
    until, base = rows["until"].iloc[0], rows["base_until"].iloc[0]
    then = say("Of {year}", year=_then(base)) if base else say("Of an earlier year")
    columns = (Column("branch_name", "Branch"), Column("value", _year(until), "whole"), Column("share", "Of all", "share"), Column("before", "Year before", "whole"),
               Column("changed", "Change", "points"), Column("beside", "Against the others", "points"), Column("back", then, "share"),
               Column("rate", "Trend a year", "points"), Column("unlike", "Off the course of the others"), Column("note", "Note"))
    words = dict(zip(moves["branch"], [_unlike(row) for row in moves.to_dict("records")])) if len(moves) else {}
    shown = rows.assign(changed=[percent(value) for value in rows["change"]], beside=[percent(value) for value in rows["against"]], back=rows["recovered"],
                        rate=[_rate(row) for row in rows.to_dict("records")], unlike=rows["branch"].map(words).where(rows["branch"].map(words).notna(), None),
                        note=[_note(row) for row in rows.to_dict("records")])
    note = "Compared are branches that were counted in every period of both years. Against the others: its change beside that of the others together. Trend: with its 95% interval."
    return Table("branch_standing", shown, columns, say("{measure} by branch, largest first", measure=measure), note, most=MOST)


def _year(until: str) -> str:
    return period(until) if len(str(until)) == 4 else say("Year to {month}", month=period(until))


def _then(base: str) -> str:
    return period(base) if len(str(base)) == 4 else say("the year to {month}", month=period(base))


def _rate(row: dict[str, object]) -> str | None:
    if absent(row["trend"]):
        return None
    return say("{rate} ({low} to {high})", **{name: percent(row[column], 1) for name, column in (("rate", "trend"), ("low", "trend_low"), ("high", "trend_high"))})


def _unlike(row: dict[str, object]) -> str | None:
    if not row["moved"]:
        return None
    way = {"up": say("above"), "down": say("below")}[row["moved"]]
    if row["lasting"]:
        return say("{gap} {way} since {since}", gap=share(abs(row["gap"])), way=way, since=period(row["since"]))
    return say("for a time {gap} {way}, from {since}", gap=share(abs(row["gap"])), way=way, since=period(row["since"]))


def moves(rows: pd.DataFrame) -> Table:
    """How each branch watched stands beside the course of the others, and what its own figures say."""
    columns = (Column("branch_name", "Branch"), Column("share", "Of all", "share"), Column("off", "Off the course of the others"), Column("itself", "Its own figures"),
               Column("beside", "Recorded beside its start"))
    dicts = rows.to_dict("records")
    own = [say("{way} since {since}", way=say(row["own"]), since=period(row["own_since"])) if row["own"] else None for row in dicts]
    shown = rows.assign(off=[_unlike(row) for row in dicts], itself=own, beside=[row["event"] or None for row in dicts])
    note = "Its own figures: up or down by more than chance, whatever the others do. An event beside a start is not shown to be its cause."
    return Table("branch_moves", shown, columns, say("Branches beside the course of the others, those furthest off first"), note, most=MOST)


def _note(row: dict[str, object]) -> str | None:
    parts = [say(row["why"])] if row["why"] else []
    if row["small"] and row["compared"]:
        parts.append(say("fewer than 100 the year before: percentages say little"))
    return "; ".join(parts) or None


def closures(rows: pd.DataFrame) -> Table:
    """When branches were closed, came or went, newest first."""
    columns = (Column("name", "Branch"), Column("kind", "What"), Column("since", "From", "period"), Column("until", "To", "period"), Column("periods", "Periods", "whole"))
    names = rows["branch_name"].where(rows["branch_name"].notna(), say("Most branches"))
    n = int((rows["kind"] == "not counted").sum())
    note = say("Closed: a figure of 0, or next to nothing, where the branch usually counts more. Not counted: a gap without a figure, which may be a closure too.")
    return Table("branch_closures", rows.assign(name=names), columns, say("When branches were closed, came or went, newest first"), note, most=MOST)
