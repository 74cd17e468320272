"""Tables of step 3."""

from __future__ import annotations

import pandas as pd

from planning.show.findings.evaluation import figure, measure
from planning.show.language import absent, between, count, listed, number, period, say
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
    columns = (Column("agreement_name", "Agreement"), Column("partner_name", "Partner"), Column("review", "Next review", "day"), Column("standing", "Review"),
               Column("lacks", "Lacks"), Column("end", "Ends", "day"))
    note = "The seven points: what each side gives, what success means, a KPI, an owner, a review date, an end date."
    lacks = [listed(say(point) for point in points.split("; ")) if points else say("nothing") for points in rows["lacks"]]
    rows = rows.assign(lacks=lacks, standing=rows["attention"].where(rows["state"] == "running", rows["state"]))
    return Table("agreements", rows, columns, say("Agreements, those to act on first"), note, most=8)


def working(rows: pd.DataFrame) -> Table:
    """How the KPIs of running agreements are doing."""
    columns = (Column("agreement_name", "Agreement"), Column("partner_name", "Partner"), Column("kpi_name", "Its KPI"), Column("status", "Stands"),
               Column("reading", "Latest figure and target"))
    note = "On target, near and behind compare the KPI with a straight line to its target. A KPI moves for many reasons besides the partner."
    return Table("agreements_working", rows.assign(reading=[_reading(row) for row in rows.to_dict("records")]), columns, say("The KPI that each running agreement names"), note)


def _reading(row: dict[str, object]) -> str | None:
    if absent(row["value"]):
        return None
    band = between(row["target_low"], row["target_high"], lambda value: figure(value, row["unit"]))
    goal = say("band {band}", band=band) if band else None if absent(row["target"]) else say("target {target}", target=figure(row["target"], row["unit"]))
    latest = say("{value} in {period}", value=measure(row["value"], row["unit"]), period=period(row["period"]))
    return say("{latest}; {goal}", latest=latest, goal=goal) if goal else latest


def audience_kinds(rows: pd.DataFrame) -> Table:
    """The five kinds of audience."""
    columns = (Column("kind", "Kind of audience"), Column("audiences", "Audiences", "whole"), Column("reached", "Reached", "whole"),
               Column("inclusion", "Inclusion groups", "whole"), Column("inclusion_reached", "Of them reached", "whole"), Column("unreached", "Not reached"))
    note = "People are not added up, since one person can belong to several audiences."
    return Table("audience_kinds", rows.assign(unreached=rows["unreached"].replace("", say("none"))), columns, say("The five kinds of audience"), note)


def gaps(rows: pd.DataFrame) -> Table:
    """Audiences, those that are missed first, with the prospect that could help."""
    columns = (Column("audience_name", "Audience"), Column("inclusion", "Inclusion group"), Column("people", "People", "whole"), Column("combined", "Reached today", "share"),
               Column("who", "Prospect with the widest reach"), Column("reach", "It could reach", "share"))
    who = [say("{name} (ethics concern)", name=name) if some and concern else name for name, concern, some in zip(rows["prospect"], rows["concern"], rows["prospects"] > 0)]
    return Table("missed_audiences", rows.assign(who=who), columns,
                 say("Audiences, those that are missed first, and the prospect that could help"), "A dash: no prospect reaches them.", most=6)


def additions(rows: pd.DataFrame) -> Table:
    """What each prospect would add."""
    columns = (Column("partner_name", "Prospect"), Column("newly", "Audiences newly reached"), Column("inclusion", "Inclusion groups among them", "whole"),
               Column("raised", "Audiences with a wider reach", "whole"), Column("ethics", "Ethics"))
    rows = rows.assign(newly=rows["newly"].replace("", say("none")))
    return Table("prospects", rows, columns, say("What each prospect would add to the reach"))


def smallest(rows: pd.DataFrame) -> Table:
    """A small set of partners that reaches everyone who is reached."""
    columns = (Column("partner_name", "Partner"), Column("status", "Status"), Column("adds", "Audiences it adds"), Column("so_far", "Reached so far", "points"),
               Column("effort", "Effort (1 to 5)", "points"), Column("ethics", "Ethics"))
    so_far = [say("{n} of {all}", n=number(row.covered), all=number(row.of)) for row in rows.itertuples()]
    return Table("smallest_set", rows.assign(so_far=so_far), columns, say("A small set of partners that reaches all who can be reached, in the order in which they add most"))


def courses(rows: pd.DataFrame) -> Table:
    """What the figures suggest for each partner."""
    columns = (Column("partner_name", "Partner"), Column("course", "The figures suggest"), Column("status", "Status"), Column("score", "Fit (0 to 1)", "number", 2),
               Column("balance", "Balance"), Column("held", "Agreements"))
    return Table("partner_courses", rows.assign(held=[_held(row) for row in rows.itertuples()]), columns, say("What the figures suggest for each partner"))


def _held(row: object) -> str:
    if not row.agreements:
        return say("none")
    parts = [count("{n} running", "{n} running", row.agreements)]
    parts += [count("{n} overdue", "{n} overdue", row.overdue)] if row.overdue else []
    parts += [count("{n} incomplete", "{n} incomplete", row.incomplete)] if row.incomplete else []
    return "; ".join(parts)


def change(rows: pd.DataFrame) -> Table:
    """How reach would change with one more partner."""
    columns = (Column("audience_name", "Audience"), Column("kind", "Kind"), Column("inclusion", "Inclusion group"), Column("people", "People", "whole"),
               Column("before", "Reached today", "share"), Column("after", "Reached with it", "share"), Column("newly", "New"))
    return Table("reach_with_prospect", rows, columns, say("Audiences whose reach would change"))
