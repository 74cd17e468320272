"""Tables of step 4."""

from __future__ import annotations

import pandas as pd

from planning.show.language import count, number, say
from planning.show.records import Column, Table


def signals(rows: pd.DataFrame) -> Table:
    """KPIs that moved by more than chance, unexplained first."""
    columns = (Column("name", "KPI"), Column("moved", "Moved"), Column("good", "For the better"), Column("since", "Since", "period"), Column("until", "Until", "period"),
               Column("average", "Average since", "number"), Column("before", "Before", "number"), Column("unit", "Unit"), Column("signal", "Signal"),
               Column("event", "Recorded beside its start"))
    note = "Where a KPI has a season, its figures are without it. An event beside the start of a move is not shown to be its cause."
    return Table("kpi_signals", rows.assign(event=rows["event"].replace("", None)), columns, say("KPIs that moved by more than chance"), note)


def assurance(rows: pd.DataFrame) -> Table:
    """What each process can meet if nothing changes."""
    columns = (Column("name", "KPI"), Column("verdict", "Its process"), Column("target", "Target", "number"), Column("target_low", "Band from", "number"),
               Column("target_high", "Band to", "number"), Column("low", "Process from", "number"), Column("high", "Process to", "number"), Column("unit", "Unit"),
               Column("since", "Limits since", "period"), Column("points", "Points", "whole"))
    note = "Moving: one of the last twelve points lies beyond a limit or in a trend, so the limits say little about what comes."
    return Table("kpi_assurance", rows, columns, say("What each process can meet if nothing changes"), note, most=12)


def control(rows: pd.DataFrame) -> Table:
    """One KPI period by period, newest first."""
    columns = (Column("period", "Period", "period"), Column("measured", "Measured", "number"), Column("year_before", "A year before", "number"),
               Column("value", "As charted", "number"), Column("low", "Lower limit", "number"), Column("high", "Upper limit", "number"),
               Column("signal", "Signal"), Column("event", "Recorded"), Column("note", "Note"))
    return Table("kpi_control", rows.iloc[::-1].reset_index(drop=True), columns, say("One KPI period by period, newest first"), most=18)


def closure(rows: pd.DataFrame, *, by: str, days: int) -> Table:
    """How far the loop is closed, by channel or by theme."""
    columns = (Column("part", {"channel": "Channel", "theme": "Theme"}[by]), Column("entries", "Entries", "whole"), Column("share", "Answered", "share"),
               Column("in_time", say("Within {days} days", days=number(days)), "share"), Column("median_days", "Median days to answer", "number"),
               Column("open", "Open", "whole"), Column("old", say("Open over {days} days", days=number(days)), "whole"), Column("oldest", "Oldest waits (days)", "whole"))
    caption = {"channel": say("How far the loop is closed, by channel"), "theme": say("How far the loop is closed, by theme")}[by]
    n = int(rows["hidden"].sum())
    note = count("{n} row has too few entries and is not shown.", "{n} rows have too few entries, or would give away one that has, and are not shown.", n) if n else ""
    return Table(f"feedback_by_{by}", rows, columns, caption, note)


def tones(rows: pd.DataFrame) -> Table:
    """What people praise, wish and complain about."""
    columns = (Column("part", "Theme"), Column("entries", "Entries", "whole"), Column("praise", "Praise", "whole"), Column("wish", "Wishes", "whole"),
               Column("complaint", "Complaints", "whole"), Column("not coded", "Tone not coded", "whole"))
    return Table("feedback_tones", rows, columns, say("What people talk about"), "A dash: too few entries to be shown, or a group that would give them away.")


def said_and_done(rows: pd.DataFrame) -> Table:
    """What people said, and what the library did."""
    columns = (Column("comment", "You said"), Column("response", "We did"), Column("theme_name", "Theme"), Column("closed", "Answered", "day"), Column("days", "After days", "whole"))
    return Table("you_said_we_did", rows, columns, say("You said, we did: newest answers first"), "Wishes and complaints in the words of the log. Who said it is left out.", most=10)


def waiting(rows: pd.DataFrame) -> Table:
    """What nobody has answered yet."""
    columns = (Column("comment", "You said"), Column("theme_name", "Theme"), Column("channel", "Came in by"), Column("date", "On", "day"), Column("days", "Waiting days", "whole"),
               Column("owner_name", "Who should answer"))
    return Table("feedback_waiting", rows, columns, say("Wishes and complaints without an answer, longest wait first"), most=8)
