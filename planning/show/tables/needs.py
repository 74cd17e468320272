"""Tables of step 1."""

from __future__ import annotations

import pandas as pd

from planning.show.language import say
from planning.show.records import Column, Table


def goals(rows: pd.DataFrame) -> Table:
    """The register of goals in force."""
    columns = [Column("name", "Goal"), Column("weight", "Weight", "share"), Column("set_by", "Set by"), Column("valid_from", "In force since", "day"),
               Column("horizon", "To be reached by", "day"), Column("replaces_name", "Replaces")]
    one = rows["set_by"].iloc[0] if len(rows) and rows["set_by"].notna().all() and rows["set_by"].nunique() == 1 else None
    plain = [column for column in columns if not (column.name == "set_by" and one) and (column.name != "replaces_name" or rows["replaces_name"].notna().any())]
    return Table("goals", rows, tuple(plain), say("Goals in force and their weights"), say("Set by: {body}.", body=one) if one else "")


def ended_goals(rows: pd.DataFrame) -> Table:
    """Goals that are no longer in force and what followed them."""
    columns = (Column("name", "Goal"), Column("weight", "Weight", "share"), Column("set_by", "Set by"), Column("valid_to", "In force until", "day"),
               Column("followed_by", "Followed by"), Column("followed_weight", "Weight of what followed", "share"))
    note = "Services, decisions and messages that were made for a goal that has ended need a new reason."
    return Table("goals_ended", rows, columns, say("Goals that have ended, and what followed"), note)


def contribution(rows: pd.DataFrame) -> Table:
    """What each service gives to the goals."""
    columns = (Column("service_name", "Service"), Column("value", "Weighted support", "share"), Column("goals", "Goals supported", "whole"),
               Column("added", "Lost without it", "share"), Column("main_goal", "Most for"), Column("only", "Only service that carries"))
    note = ("Weighted support is the sum over goals of weight times strength. Lost without it: what the best support of the weighted goals would fall by, "
            "0% where another service does as much for each goal. Neither says what the service costs or how well it is done.")
    return Table("contribution", rows.assign(only=rows["only_here"].where(rows["only_here"] != "", None)), columns,
                 say("What each service gives to the goals"), note)


def unmet(rows: pd.DataFrame) -> Table:
    """Needs with their parts, greatest first."""
    columns = (Column("name", "Need"), Column("segment_name", "Who"), Column("severity", "Severity (1 to 5)", "points"),
               Column("reach", "Have the need", "share"),
               Column("met", "Met for", "share"), Column("people", "People unmet", "whole"), Column("score", "Score (0 to 1)", "number", 2))
    note = "Score = severity ÷ 5 × share who have the need × share of them for whom it is not met."
    return Table("unmet_needs", rows, columns, say("Needs, greatest unmet first"), note, most=12)


def segments(rows: pd.DataFrame) -> Table:
    """Groups of patrons with what they miss most."""
    columns = (Column("segment_name", "Group"), Column("people", "People", "whole"), Column("active_share", "Used the library", "share"),
               Column("inclusion", "Often missed"),
               Column("needs", "Needs on record", "whole"), Column("greatest", "Misses most"), Column("people_unmet", "People who miss it", "whole"))
    note = ("In the order of the score of what each group misses most. Used the library: at least once in the past year. Often missed: a group "
            "that services often fail to reach.")
    return Table("segments", rows, columns, say("Groups of patrons and what they miss most"), note)


def triangulated(rows: pd.DataFrame) -> Table:
    """Needs against kinds of source."""
    columns = (Column("name", "Need"), Column("survey", "Survey", "points"), Column("desk question", "Desk", "points"),
               Column("focus group", "Focus group", "points"),
               Column("interview", "Interview", "points"), Column("statistics", "Statistics", "points"), Column("sources", "Kinds of source", "whole"))
    return Table("need_sources", rows, columns, say("In which kinds of source each need shows (1 a hint, 2 clear, 3 strong)"),
                 "A dash: nothing was heard there.", most=20)


def peers(rows: pd.DataFrame) -> Table:
    """The peer libraries and how near they are, the library itself first where its own figures are given."""
    columns = (Column("name", "Library"), Column("distance", "Distance", "number", 2), Column("population", "People served", "whole"),
               Column("staff_fte", "Staff (FTE)", "number"), Column("outlets", "Buildings", "whole"), Column("spending_total", "Spending", "money"),
               Column("fiscal_year", "Latest year", "id"))
    note = ("Distance 0 is the same size; 1 is one standard deviation away on every size variable. The variables are people served, spending, staff and "
            "buildings, each as a logarithm and standardised over all libraries. All count alike, a quarter each; where a library does not report "
            "one, it is left out and the others count more.")
    shown = [column for column in columns if column.name not in ("outlets", "spending_total") or rows[column.name].notna().any()]
    named = rows.assign(name=rows["name"].where(rows["peer"].notna(), say("This library")))
    return Table("peer_list", named, tuple(shown), say("The peers, nearest in size first"), note, most=16)
