"""Tables of step 3."""

from __future__ import annotations

import pandas as pd

from planning.show.findings.evaluation import figure, measure
from planning.show.language import absent, between, listed, number, period, say
from planning.show.records import Column, Table

OLD = "its last review is over a year old"


def kinds(rows: pd.DataFrame) -> Table:
    """Partners by kind and status."""
    columns = (Column("kind", "Kind of partner"), Column("active", "Active", "whole"), Column("now", "Who"), Column("prospect", "Prospects", "whole"),
               Column("could", "Who"), Column("ended", "Ended", "whole"))
    now, could = ([listed(text.split("; ")) if text else "" for text in rows[name]] for name in ("active_names", "prospect_names"))
    return Table("partner_kinds", rows.assign(now=now, could=could), columns, say("Partners by kind"), "A prospect with an ethics veto is counted and not named.")


def criteria(rows: pd.DataFrame) -> Table:
    """What counts in the fit score."""
    columns = (Column("criterion_name", "Criterion"), Column("weight", "Weight", "share"), Column("meaning", "What the value from 0 to 1 says"), Column("known", "Known for", "points"))
    known = [say("{n} of {all}", n=number(row.known), all=number(row.of)) for row in rows.itertuples()]
    return Table("fit_criteria", rows.assign(known=known), columns, say("What counts in the fit, and how much"))


def fit(rows: pd.DataFrame) -> Table:
    """How well each partner and prospect fits."""
    columns = (Column("partner_name", "Partner"), Column("status", "Status"), Column("score", "Fit (0 to 1)", "number", 2), Column("low", "At least", "number", 2),
               Column("high", "At most", "number", 2), Column("rated", "Rated, of 8", "whole"), Column("main_goal_name", "Supports most"))
    return Table("partner_fit", rows, columns, say("How well partners and prospects fit"), "At least and at most: the score once all is rated, at its worst and at its best.")


def forms(rows: pd.DataFrame) -> Table:
    """What each side gave, by form."""
    columns = (Column("kind", "Form"), Column("library_gives", "Library gave", "money"), Column("partner_gives", "Partners gave", "money"),
               Column("library_hours", "Library's hours", "whole"), Column("partner_hours", "Partners' hours", "whole"))
    return Table("contribution_forms", rows, columns, say("Cash, goods and time from each side"), "A dash: nothing is recorded.")


def agreements(rows: pd.DataFrame) -> Table:
    """Agreements, those to act on first."""
    columns = (Column("agreement_name", "Agreement"), Column("partner_name", "Partner"), Column("review", "Next review", "day"), Column("standing", "Review"),
               Column("states", "States", "points"), Column("end", "Ends", "day"))
    note = "States: how many of the points asked for stand in the agreement."
    states = [say("{n} of {all}", n=number(row.points), all=number(row.asked)) for row in rows.itertuples()]
    rows = rows.assign(states=states, standing=rows["attention"].where(rows["state"] == "running", rows["state"]))
    return Table("agreements", rows, columns, say("Agreements, those to act on first"), note, most=8)


def working(rows: pd.DataFrame) -> Table:
    """How the KPIs of running agreements are doing."""
    columns = (Column("agreement_name", "Agreement"), Column("partner_name", "Partner"), Column("kpi_name", "Its KPI"), Column("status", "Stands"),
               Column("reading", "Latest figure and target"))
    note = "On target, near and behind compare the KPI with a straight line to its target. A KPI moves for many reasons besides the partner."
    return Table("agreements_working", rows.assign(reading=[_reading(row) for row in rows.to_dict("records")]), columns, say("The KPI that each running agreement names"), note, most=8)


def _reading(row: dict[str, object]) -> str | None:
    if absent(row["value"]):
        return None
    band = between(row["target_low"], row["target_high"], lambda value: figure(value, row["unit"]))
    goal = say("band {band}", band=band) if band else None if absent(row["target"]) else say("target {target}", target=figure(row["target"], row["unit"]))
    latest = say("{value} in {period}", value=measure(row["value"], row["unit"]), period=period(row["period"]))
    return say("{latest}; {goal}", latest=latest, goal=goal) if goal else latest


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
    """What the figures suggest for each partner, and why."""
    columns = (Column("named", "Partner"), Column("course", "The figures suggest"), Column("why", "Why"), Column("score", "Fit (0 to 1)", "number", 2),
               Column("rated_by_both", "Rated by library, partner", "points"))
    named = [row.partner_name if row.status == "active" else say("{name} (prospect)", name=row.partner_name) for row in rows.itertuples()]
    both = [None if absent(row.ours) and absent(row.theirs) else f"{_rating(row.ours)}, {_rating(row.theirs)}" for row in rows.itertuples()]
    found = rows.assign(named=named, why=[_why(row) for row in rows.itertuples()], rated_by_both=both)
    note = "Ratings: mean of results, trust and contact, points 1 to 5. Low: under 2.5. Not recorded: what the suggestion had to do without."
    return Table("partner_courses", found, columns, say("What the figures suggest for each partner"), note)


def _rating(points: float) -> str:
    return "–" if absent(points) else number(points, 1)


def _why(row: object) -> str:
    alone = say("it alone reaches {names}", names=listed(row.alone.split("; ")))
    parts = [alone if word == "it alone reaches an audience" else say(word) for word in row.reasons.split("; ")]
    gaps = [say(word) for word in row.missing.split("; ") if word and not (word == "health" and OLD in row.reasons)]
    parts += [say("not recorded: {names}", names=listed(gaps))] if gaps else []
    return "; ".join(parts)


def change(rows: pd.DataFrame) -> Table:
    """How reach would change with one more partner."""
    columns = (Column("audience_name", "Audience"), Column("kind", "Kind"), Column("inclusion", "Inclusion group"), Column("people", "People", "whole"),
               Column("before", "Reached today", "share"), Column("after", "Reached with it", "share"), Column("newly", "New"))
    return Table("reach_with_prospect", rows, columns, say("Audiences whose reach would change"))
