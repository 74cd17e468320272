"""Tables of step 3."""

from __future__ import annotations

import pandas as pd

from planning.show.language import say
from planning.show.records import Column, Table


def kinds(rows: pd.DataFrame) -> Table:
    """Partners by kind and status."""
    columns = (Column("kind", "Kind of partner"), Column("active", "Active", "whole"), Column("prospect", "Prospects", "whole"),
               Column("ended", "Ended", "whole"), Column("all", "All", "whole"))
    return Table("partner_kinds", rows, columns, say("Partners by kind"))


def criteria(rows: pd.DataFrame) -> Table:
    """What counts in the fit score."""
    columns = (Column("criterion_name", "Criterion"), Column("weight", "Weight", "share"), Column("meaning", "What the value from 0 to 1 says"))
    return Table("fit_criteria", rows, columns, say("What counts in the fit, and how much"))


def forms(rows: pd.DataFrame) -> Table:
    """What each side gave, by form."""
    columns = (Column("kind", "Form"), Column("library_gives", "Library gave", "money"), Column("partner_gives", "Partners gave", "money"),
               Column("library_hours", "Library's hours", "whole"), Column("partner_hours", "Partners' hours", "whole"))
    return Table("contribution_forms", rows, columns, say("Cash, goods and time from each side"), "A dash: nothing is recorded.")


def agreements(rows: pd.DataFrame) -> Table:
    """Agreements, those to act on first."""
    columns = (Column("agreement_name", "Agreement"), Column("partner_name", "Partner"), Column("state", "State"), Column("review", "Next review", "day"),
               Column("attention", "Review"), Column("lacks", "Lacks"), Column("points", "Points stated, of 7", "whole"), Column("end", "Ends", "day"))
    note = "The seven points: what each side gives, what success means, a KPI, an owner, a review date, an end date."
    rows = rows.assign(lacks=rows["lacks"].replace("", say("nothing")))
    return Table("agreements", rows, columns, say("Agreements, those to act on first"), note)


def working(rows: pd.DataFrame) -> Table:
    """How the KPIs of running agreements are doing."""
    columns = (Column("agreement_name", "Agreement"), Column("partner_name", "Partner"), Column("status", "Its KPI"), Column("kpi_name", "KPI"),
               Column("value", "Latest", "number"), Column("target", "Target", "number"), Column("unit", "Unit"), Column("period", "Period", "period"))
    note = "On target, near and behind compare the KPI with a straight line to its target. A KPI moves for many reasons besides the partner."
    return Table("agreements_working", rows, columns, say("The KPI that each running agreement names"), note)


def audience_kinds(rows: pd.DataFrame) -> Table:
    """The five kinds of audience."""
    columns = (Column("kind", "Kind of audience"), Column("audiences", "Audiences", "whole"), Column("reached", "Reached", "whole"),
               Column("inclusion", "Inclusion groups", "whole"), Column("inclusion_reached", "Of them reached", "whole"), Column("unreached", "Not reached"))
    note = "People are not added up, since one person can belong to several audiences."
    return Table("audience_kinds", rows.assign(unreached=rows["unreached"].replace("", say("none"))), columns, say("The five kinds of audience"), note)


def gaps(rows: pd.DataFrame) -> Table:
    """Audiences, those that are missed first, with the prospect that could help."""
    columns = (Column("audience_name", "Audience"), Column("combined", "Reached today", "share"), Column("kind", "Kind"), Column("inclusion", "Inclusion group"),
               Column("people", "People", "whole"), Column("prospect", "Prospect with the widest reach"), Column("reach", "It could reach", "share"), Column("concern", "Ethics concern"))
    return Table("missed_audiences", rows.assign(concern=rows["concern"].where(rows["prospects"] > 0)), columns,
                 say("Audiences, those that are missed first, and the prospect that could help"), "A dash: no prospect reaches them.", most=10)


def additions(rows: pd.DataFrame) -> Table:
    """What each prospect would add."""
    columns = (Column("partner_name", "Prospect"), Column("newly", "Audiences newly reached"), Column("inclusion", "Inclusion groups among them", "whole"),
               Column("raised", "Audiences with a wider reach", "whole"), Column("ethics", "Ethics"))
    rows = rows.assign(newly=rows["newly"].replace("", say("none")))
    return Table("prospects", rows, columns, say("What each prospect would add to the reach"))


def smallest(rows: pd.DataFrame) -> Table:
    """A small set of partners that reaches everyone who is reached."""
    columns = (Column("place", "Order", "whole"), Column("partner_name", "Partner"), Column("status", "Status"), Column("adds", "Audiences it adds"),
               Column("covered", "Reached so far", "whole"), Column("of", "Audiences", "whole"), Column("effort", "Effort (1 to 5)", "points"), Column("ethics", "Ethics"))
    return Table("smallest_set", rows, columns, say("A small set of partners that reaches all who can be reached"))


def courses(rows: pd.DataFrame) -> Table:
    """What the figures suggest for each partner."""
    columns = (Column("partner_name", "Partner"), Column("course", "The figures suggest"), Column("status", "Status"), Column("score", "Fit (0 to 1)", "number", 2),
               Column("rated", "Criteria rated, of 8", "whole"), Column("balance", "Balance"), Column("agreements", "Running agreements", "whole"),
               Column("overdue", "Overdue", "whole"), Column("incomplete", "Incomplete", "whole"))
    return Table("partner_courses", rows, columns, say("What the figures suggest for each partner"), "A start for the talk, not its end.")


def change(rows: pd.DataFrame) -> Table:
    """How reach would change with one more partner."""
    columns = (Column("audience_name", "Audience"), Column("kind", "Kind"), Column("inclusion", "Inclusion group"), Column("people", "People", "whole"),
               Column("before", "Reached today", "share"), Column("after", "Reached with it", "share"), Column("newly", "New"))
    return Table("reach_with_prospect", rows, columns, say("Audiences whose reach would change"))
