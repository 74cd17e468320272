"""Tables of the network of partners, of departures, of whom partners serve and of what interviews told."""

from __future__ import annotations

import pandas as pd

from planning.show.findings.network import times
from planning.show.findings.register import ROLES
from planning.show.language import absent, count, listed, money, number, say, share
from planning.show.records import Column, Table


def bridges(rows: pd.DataFrame) -> Table:
    """Where each active partner stands in the network."""
    columns = (Column("partner_name", "Partner"), Column("kind", "Kind"), Column("with", "Works with"), Column("betweenness", "Stands between, of pairs", "share"),
               Column("constraint", "Constraint", "number", 2), Column("without", "Would lose touch without it"))
    note = ("Stands between: the share of all pairs of other partners whose shortest way to each other runs through it (betweenness). Constraint: low where "
            "those it works with do not work with one another, so that it bridges.")
    named = rows.assign(**{"with": _lists(rows["linked"]), "without": _lists(rows["parted"])})
    return Table("network", named, columns, say("Where each active partner stands"), note, most=40)


def links(rows: pd.DataFrame) -> Table:
    """Every link between partners, and what links them."""
    columns = (Column("partner_name", "Partner"), Column("other_name", "Works with"), Column("through", "Through"), Column("prospect", "A prospect among them"))
    return Table("network_links", rows, columns, say("Who works with whom, and through what"), most=60)


def joining(rows: pd.DataFrame) -> Table:
    """What each prospect would join."""
    columns = (Column("partner_name", "Prospect"), Column("kind", "Kind"), Column("with", "Already works with"), Column("joins", "Links groups that do not meet"),
               Column("less", "Would make less indispensable"), Column("ethics", "Ethics"))
    named = rows.assign(**{"with": _lists(rows["linked"]), "less": _lists(rows["relieves"])})
    return Table("network_prospects", named, columns, say("What each prospect would join"))


def departures(rows: pd.DataFrame) -> Table:
    """What the departure of each active partner would cost."""
    columns = (Column("partner_name", "Partner"), Column("reached", "Audiences no other reaches"), Column("carried", "Goals no other clearly supports, and their weight"),
               Column("rests", "Services with a running agreement"), Column("given", "Gave in a year"), Column("played", "Roles only it plays"), Column("without", "Would lose touch"))
    note = ("Order: inclusion groups (◆) that no other reaches, then audiences, then the weight of goals, then what it gave in the last full fiscal year. "
            "A dash: not on record, which is not the same as none.")
    reached = [_marked(row.audiences, row.inclusion) for row in rows.itertuples()]
    named = rows.assign(reached=reached, carried=[_carried(row) for row in rows.itertuples()], rests=[_rests(row) for row in rows.itertuples()],
                        given=[_given(row) for row in rows.itertuples()], played=_lists(rows["roles"], ROLES), without=_lists(rows["parted"]))
    return Table("departures", named, columns, say("What the departure of each active partner would cost, the costliest first"), note, most=8)


def _lists(cells: pd.Series, words: dict[str, str] | None = None) -> list[str | None]:
    """Names that stand in one cell, as a list to read: "none" where there are none, nothing where that is not known."""
    return [(listed(say((words or {}).get(name, name)) for name in cell.split("; ")) if cell else say("none")) if isinstance(cell, str) else None for cell in cells]


def _marked(names: object, inclusion: object) -> str | None:
    if not isinstance(names, str) or not names:
        return say("none") if names == "" else None
    groups = set(inclusion.split("; "))
    return listed(say("◆ {name}", name=name) if name in groups else name for name in names.split("; "))


def _carried(row: tuple) -> str | None:
    if not isinstance(row.goals, str) or not row.goals:
        return say("none") if row.goals == "" else None
    return say("{goals} ({weight})", goals=listed(row.goals.split("; ")), weight=share(row.goal_share))


def _given(row: tuple) -> str | None:
    hours = [] if absent(row.hours) else [count("{n} hour", "{n} hours", round(row.hours))]
    return say(", ").join(([] if absent(row.amount) else [money(row.amount)]) + hours) or None


def _rests(row: tuple) -> str | None:
    if isinstance(row.services, str) and row.services:
        return listed(row.services.split("; "))
    if absent(row.agreement_count):
        return None
    return count("{n} agreement, for no service", "{n} agreements, for no service", int(row.agreement_count)) if row.agreement_count else say("none")


def benefits(rows: pd.DataFrame) -> Table:
    """Which partner serves which kind of audience, and which audiences."""
    columns = (Column("kind", "Kind of audience"), Column("partner_name", "Partner"), Column("audiences", "Audiences it reaches"), Column("inclusion", "Inclusion groups among them", "whole"))
    return Table("audience_benefits", rows.assign(audiences=_lists(rows["names"])), columns, say("Who serves whom"), most=60)


def purposes(rows: pd.DataFrame) -> Table:
    """Who serves each of the five kinds of audience, and for what."""
    columns = (Column("kind", "Kind of audience"), Column("who", "Served by"), Column("what", "Services in agreements with them"), Column("reached_of", "Audiences reached", "points"),
               Column("inclusion_of", "Inclusion groups reached", "points"), Column("missed", "Reached by nobody"))
    note = "An agreement does not say for whom it is: the services are those of the partners. People are not added up, since one person can belong to several audiences."
    pairs = {"reached_of": ("reached", "audiences"), "inclusion_of": ("inclusion_reached", "inclusion")}
    shown = {name: [_of(some, every) for some, every in zip(rows[part], rows[whole])] for name, (part, whole) in pairs.items()}
    named = rows.assign(who=_lists(rows["partner_names"]), what=_lists(rows["services"]), missed=_lists(rows["unreached"]), **shown)
    return Table("audience_purposes", named, columns, say("The five kinds of audience: who serves them, and for what"), note)


def _of(some: int, every: int) -> str:
    return say("{n} of {all}", n=number(some), all=number(every)) if every else say("none on record")


def conversations(rows: pd.DataFrame) -> Table:
    """With whom the library sat down."""
    columns = (Column("group", "With"), Column("conversations", "Conversations", "whole"), Column("interview", "Interviews", "whole"), Column("focus group", "Focus groups", "whole"),
               Column("forum", "Forums", "whole"), Column("in person", "In person", "whole"), Column("people", "People in all", "whole"), Column("latest", "Latest", "day"))
    note = "Somebody who came twice counts twice." + (" Where nobody counted the people, they are left out of the sum." if rows["unrecorded"].any() else "")
    return Table("conversations", rows, columns, say("With whom the library sat down"), note)


def themes(rows: pd.DataFrame) -> Table:
    """Themes of conversations, the most common first, with what is held back."""
    columns = (Column("name", "Theme"), Column("group", "Conversations with"), Column("came_up", "Came up in", "points"), Column("least", "People there, at least", "whole"), Column("strength", "Strength"))
    note = ("A theme is named only when enough people sat in the conversations in which it came up; people are rounded down. Where a number would point to a single "
            "interview it is a dash, or a word.")
    names = [count("{n} theme held back", "{n} themes held back", int(row.held)) if row.hidden else row.theme_name for row in rows.itertuples()]
    came = [None if row.hidden else say("{n} of {all}", n=times(row.conversations, row.strength), all=number(row.of)) for row in rows.itertuples()]
    named = rows.assign(name=names, came_up=came, least=rows["people"], strength=rows["strength"].where(~rows["hidden"], say("too few people")))
    return Table("interview_themes", named, columns, say("What came up in conversations, the most common first"), note, most=16)


def voices(rows: pd.DataFrame) -> Table:
    """What was said in conversations of many people."""
    columns = (Column("comment", "What was said"), Column("theme_name", "Theme"), Column("group", "With"), Column("kind", "In a"), Column("date", "On", "day"))
    note = "Only from conversations with enough people, and only what a person has confirmed to point to nobody."
    return Table("interview_voices", rows, columns, say("In their own words"), note, most=8)
