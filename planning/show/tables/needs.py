"""Tables of step 1."""

from __future__ import annotations

import pandas as pd

from planning.show.language import say
from planning.show.records import Column, Table


def goals(rows: pd.DataFrame) -> Table:
    """The register of goals in force."""
    columns = (Column("name", "Goal"), Column("weight", "Weight", "share"), Column("set_by", "Set by"), Column("horizon", "To be reached by", "day"))
    return Table("goals", rows, columns, say("Goals in force and their weights"))


def contribution(rows: pd.DataFrame) -> Table:
    """What each service gives to the goals."""
    columns = (Column("service_name", "Service"), Column("value", "Weighted support", "share"), Column("goals", "Goals supported", "whole"),
               Column("main_goal", "Most for"), Column("only", "Only service that carries"))
    note = "Weighted support is the sum over goals of weight times strength. It does not say what the service costs or how well it is done."
    return Table("contribution", rows.assign(only=rows["only_here"].where(rows["only_here"] != "", None)), columns, say("What each service gives to the goals"), note)


def unmet(rows: pd.DataFrame) -> Table:
    """Needs with their parts, greatest first."""
    columns = (Column("name", "Need"), Column("segment_name", "Who"), Column("severity", "Severity (1 to 5)", "points"), Column("reach", "Have the need", "share"),
               Column("met", "Met for", "share"), Column("people", "People unmet", "whole"), Column("score", "Score (0 to 1)", "number", 2))
    note = "Score = severity ÷ 5 × share who have the need × share of them for whom it is not met."
    return Table("unmet_needs", rows, columns, say("Needs, greatest unmet first"), note, most=12)


def triangulated(rows: pd.DataFrame) -> Table:
    """Needs against kinds of source."""
    columns = (Column("name", "Need"), Column("survey", "Survey", "points"), Column("desk question", "Desk", "points"), Column("focus group", "Focus group", "points"),
               Column("interview", "Interview", "points"), Column("statistics", "Statistics", "points"), Column("sources", "Kinds of source", "whole"))
    return Table("need_sources", rows, columns, say("In which kinds of source each need shows (1 a hint, 2 clear, 3 strong)"), "A dash: nothing was heard there.", most=20)


def peers(rows: pd.DataFrame) -> Table:
    """The peer libraries and how near they are."""
    columns = (Column("name", "Library"), Column("distance", "Distance", "number", 2), Column("population", "People served", "whole"),
               Column("staff_fte", "Staff (FTE)", "number"), Column("spending_total", "Spending", "money"), Column("fiscal_year", "Latest year", "id"))
    note = ("Distance 0 is the same size; 1 is one standard deviation away on every size variable. The variables are people served, spending, staff and "
            "buildings, each as a logarithm and standardised over all libraries, with equal weights; those that a library does not report are left out.")
    return Table("peer_list", rows, columns, say("The peers, nearest in size first"), note, most=15)
