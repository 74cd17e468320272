"""Tables of step 4."""

from __future__ import annotations

import pandas as pd

from planning.show.findings.evaluation import figure, measure
from planning.show.language import absent, between, number, say
from planning.show.records import Column, Table


def untargeted(rows: pd.DataFrame) -> Table:
    """KPIs of a plan that sets no target yet: what was measured, and from where."""
    columns = (Column("name", "KPI"), Column("baseline", "Baseline", "number"), Column("baseline_period", "For", "period"),
               Column("value", "Latest", "number"), Column("period", "For", "period"), Column("unit", "Unit"))
    note = say("No KPI has a target yet. With a target and a due day in kpis.csv, this section would show how far each is on its way.")
    return Table("kpi_progress", rows, columns, say("What was measured so far"), note, most=60)


def signals(rows: pd.DataFrame) -> Table:
    """KPIs that moved by more than chance, unexplained first."""
    columns = (Column("name", "KPI"), Column("move", "Moved"), Column("since", "Since", "period"), Column("averages", "Average before and since"),
               Column("signal", "Signal"), Column("beside", "Recorded beside its start"))
    note = "Where a KPI has a season, its figures are without it. An event beside the start of a move is not shown to be its cause."
    shown = rows.assign(beside=rows["event"].where(rows["event"] != "", None), move=[_move(row) for row in rows.to_dict("records")],
                        averages=[_averages(row) for row in rows.to_dict("records")])
    return Table("kpi_signals", shown, columns, say("KPIs that moved by more than chance"), note)


def _move(row: dict[str, object]) -> str:
    if absent(row["good"]):
        return say(row["moved"])
    return say("{way}, for the better", way=say(row["moved"])) if row["good"] else say("{way}, for the worse", way=say(row["moved"]))


def _averages(row: dict[str, object]) -> str:
    since = measure(row["average"], row["unit"])
    return since if absent(row["before"]) else say("{before}, then {since}", before=figure(row["before"], row["unit"]), since=since)


def assurance(rows: pd.DataFrame) -> Table:
    """What each process can meet if nothing changes."""
    columns = (Column("name", "KPI"), Column("verdict", "Its process"), Column("goal", "Target or band", "points"), Column("limits", "Process limits", "points"),
               Column("unit", "Unit"), Column("since", "Limits since", "period"))
    note = "Moving: one of the last twelve points lies beyond a limit or in a trend, so the limits say little about what comes."
    goals = [between(row.target_low, row.target_high) or (None if absent(row.target) else number(row.target)) for row in rows.itertuples()]
    shown = rows.assign(goal=goals, limits=[between(low, high) for low, high in zip(rows["low"], rows["high"])])
    return Table("kpi_assurance", shown, columns, say("What each process can meet if nothing changes"), note, most=10)


def control(rows: pd.DataFrame) -> Table:
    """One KPI period by period, newest first."""
    columns = (Column("period", "Period", "period"), Column("measured", "Measured", "number"), Column("year_before", "A year before", "number"),
               Column("value", "As charted", "number"), Column("limits", "Limits", "points"), Column("signal", "Signal"), Column("event", "Recorded"))
    shown = rows.assign(limits=[between(low, high) for low, high in zip(rows["low"], rows["high"])])
    return Table("kpi_control", shown.iloc[::-1].reset_index(drop=True), columns, say("One KPI period by period, newest first"), most=18)
