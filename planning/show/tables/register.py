"""Tables of step 3: the register, roles, the health of each partnership, and whom to think of."""

from __future__ import annotations

import pandas as pd

from planning.analysis.health import LEVELS
from planning.show.findings.register import ROLES
from planning.show.language import absent, listed, number, say
from planning.show.records import Column, Table


def entries(rows: pd.DataFrame) -> Table:
    """The register, entries to check first."""
    columns = (Column("partner_name", "Partner"), Column("kind", "Kind"), Column("status", "Status"), Column("plays", "Roles"), Column("since", "Since", "day"),
               Column("checked", "Last checked", "day"), Column("check", "Entry"))
    plays = [listed(say(ROLES[role]) for role in text.split("; ")) if text else say("none recorded") for text in rows["roles"]]
    return Table("register", rows.assign(plays=plays), columns, say("Partners and prospects, entries to check first"), most=8)


def roles(rows: pd.DataFrame) -> Table:
    """Who plays each role."""
    columns = (Column("does", "Role"), Column("players", "Active partners", "whole"), Column("who", "Who"), Column("could", "Prospects who would"))
    who, could = ([listed(text.split("; "), most=3) if text else say("nobody") for text in rows[name]] for name in ("names", "prospect_names"))
    does = [say(ROLES[role]) for role in rows["role"]]
    return Table("partner_roles", rows.assign(does=does, who=who, could=could), columns, say("Roles of partners, those that nobody plays first"))


def health(rows: pd.DataFrame) -> Table:
    """How each side rates each partnership, and how closely they work together."""
    columns = (Column("partner_name", "Partner"), Column("library", "Library's rating", "points"), Column("partner_side", "Partner's rating", "points"), Column("heading", "Since the first review"),
               Column("views", "The two views"), Column("level", "Working together"), Column("last", "Last review", "day"), Column("reviews", "Reviews", "whole"))
    found = rows.assign(library=[_moved(row.ours_first, row.ours) for row in rows.itertuples()], partner_side=[_moved(row.theirs_first, row.theirs) for row in rows.itertuples()],
                        views=[_views(row) for row in rows.itertuples()], level=[_level(row) for row in rows.itertuples()])
    note = "Ratings: mean of results, trust and contact, points 1 to 5, first review to latest. One rating is one person's view on one day. A dash: not rated in full."
    return Table("partner_health", found, columns, say("How each side rates each partnership"), note)


def _moved(first: float, last: float) -> str | None:
    if absent(last):
        return None
    return number(last, 1) if absent(first) else say("{first} to {last}", first=number(first, 1), last=number(last, 1))


def _views(row: object) -> str | None:
    if absent(row.apart):
        return None
    if not row.apart:
        return say("alike")
    words = say("{points} apart on {measure}", points=number(row.apart), measure=say(row.apart_on))
    return say("differ: {words}", words=words) if row.differ else words


def _level(row: object) -> str | None:
    levels = [level for level in (row.ours_depth, row.theirs_depth) if not absent(level)]
    if not levels:
        return None
    words = [say("{n} {level}", n=number(level), level=say(LEVELS[int(level)])) for level in dict.fromkeys(levels)]
    return words[0] if len(words) == 1 else say("{ours} (library), {theirs} (partner)", ours=words[0], theirs=words[1])


def ideas(rows: pd.DataFrame) -> Table:
    """Kinds of organisation that would bring what is missing, each with its reason."""
    columns = (Column("idea_name", "Kind of organisation"), Column("why", "Why"), Column("brings", "What it has"), Column("first_question", "A first question"))
    note = "Written for this list. Whether such an organisation is near, and reaches just these people, must be asked."
    return Table("partner_ideas", rows.assign(why=[_why(row) for row in rows.itertuples()]), columns, say("Whom to think of, given what today's partners lack"), note)


def _why(row: object) -> str:
    parts = [say("no active partner is of its kind ({kind})", kind=say(row.partner_kind))] if row.unconventional else []
    parts += [say("may reach {names}", names=listed(row.audiences.split("; ")))] if row.audiences else []
    parts += [say("could take on {names}", names=listed(say(ROLES[role]) for role in row.roles.split("; ")))] if row.roles else []
    parts += [say("could give {names}", names=listed(say(form) for form in row.forms.split("; ")))] if row.forms else []
    return say("; ").join(parts)


def distances(rows: pd.DataFrame) -> Table:
    """How far each prospect is from today's partners."""
    columns = (Column("partner_name", "Prospect"), Column("kind", "Kind"), Column("distance", "Distance to the nearest (0 to 1)", "number", 2), Column("nearest", "Nearest active partner"),
               Column("mean", "Mean distance to all", "number", 2), Column("known", "Traits recorded, of 4", "whole"), Column("ethics", "Ethics"))
    return Table("prospect_distance", rows, columns, say("How unlike today's partners each prospect is"), "Traits: kind, audiences reached, goals supported, roles.")
