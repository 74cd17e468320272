"""Sentences about the network of partners, what a departure would cost, whom partners serve, and what interviews told."""

from __future__ import annotations

import pandas as pd

from planning.analysis import interviews
from planning.show.language import absent, count, listed, money, number, quoted, say, share
from planning.show.records import Finding

LINKED = ("partners", "partner_links")
LOST = ("partners", "audiences", "partner_audiences", "partner_goals", "contributions")
TOLD = ("feedback", "consultations", "themes")


def groups(bridges: pd.DataFrame) -> Finding | None:
    """Whether active partners are one network, and who works with no other."""
    if bridges.empty:
        return None
    rows = bridges.sort_values("partner")
    first, alone = rows[rows["group"] == 1], rows[rows["group_size"] == 1]
    between = [own for group, own in rows[(rows["group_size"] > 1) & (rows["group"] > 1)].groupby("group")]
    text = say("On record, {n} of {all} active partners work with one another, directly or through others; {share} of all pairs do so directly.",
               n=number(len(first)), all=number(len(rows)), share=share(rows["density"].iloc[0]))
    if between:
        apart = say("; ").join(say("{names} only with each other", names=listed(own["partner_name"])) for own in between)
        text += " " + say("Apart from them work {apart}.", apart=apart)
    if len(alone):
        text += " " + count("{names} works with no other.", "{names} work with no other.", len(alone), names=listed(alone["partner_name"], most=3))
    return Finding(text, "plain" if between or len(alone) else "good", "counted", LINKED)


def bridging(bridges: pd.DataFrame) -> Finding | None:
    """Which active partners are the only link between others."""
    if bridges.empty:
        return None
    cut = bridges[bridges["cut"].astype(bool)]
    if cut.empty:
        return Finding(say("No active partner is the only link between others: on record, each group would hold together without any one of its members."),
                       "good", "counted", LINKED)
    first, others = cut.iloc[0], cut["partner_name"].iloc[1:]
    more = count("; the other is {names}", "; the others are {names}", len(others), names=listed(others, most=2)) if len(others) else ""
    text = count("{n} active partner is the only link between others: without {name}, {parted} would lose touch with the rest of the group{more}.",
                 "{n} active partners are the only link between others: without {name}, {parted} would lose touch with the rest of the group{more}.",
                 len(cut), name=first["partner_name"], parted=listed(first["parted"].split("; "), most=3), more=more)
    return Finding(text, "bad", "counted", LINKED)


def joining(joining: pd.DataFrame) -> Finding | None:
    """Which prospects would link groups that do not meet, or make up for a partner that is the only link."""
    if joining.empty:
        return None
    useful = joining[joining["joins"].astype(bool) | (joining["relieves_count"] > 0)]
    if useful.empty:
        return Finding(say("On record, no prospect works with partners who do not meet already."), "plain", "counted", LINKED)
    parts = [_joined(row) for row in useful.head(3).itertuples()]
    return Finding(" ".join(parts), "plain", "counted", LINKED)


def _joined(row: tuple) -> str:
    if row.joins:
        return count("{name}, a prospect, already works with {linked}, who do not meet otherwise.", "{name}, a prospect, already works with {linked}, who do not meet otherwise.",
                     row.groups, name=row.partner_name, linked=listed(row.linked.split("; "), most=4))
    return count("With {name}, a prospect that already works with {linked}, the others would depend less on {spared}.",
                 "With {name}, a prospect that already works with {linked}, the others would depend less on {spared}.", row.relieves_count,
                 name=row.partner_name, linked=listed(row.linked.split("; "), most=4), spared=listed(row.relieves.split("; "), most=3))


def departures(departures: pd.DataFrame) -> Finding | None:
    """Whose departure would cost most, and of whom nobody knows it."""
    if departures.empty or departures[["audience_count", "goal_share", "amount"]].isna().all(axis=None):
        return None
    first = departures.iloc[0]
    hurts = bool(first["audience_count"] > 0 or first["goal_share"] > 0)
    if not hurts:
        text = say("No active partner is the only one that reaches an audience or clearly supports a goal.")
        return Finding(text, "plain", "estimated", LOST)
    parts = []
    if first["audience_count"] > 0:
        names = [say("“{name}” (an inclusion group)", name=name) if name in first["inclusion"].split("; ") else say("“{name}”", name=name)
                 for name in first["audiences"].split("; ")]
        parts.append(say("no other active partner reaches {names}", names=listed(names, most=3)))
    if first["goal_share"] > 0:
        parts.append(say("no other clearly supports {goals}", goals=quoted(first["goals"].split("; "), most=2)))
    text = say("On record, the departure of {name} would cost most: {parts}.", name=first["partner_name"], parts=say("; ").join(parts))
    blank = int((departures["audience_count"].isna() & departures["goal_share"].isna()).sum())
    if blank:
        text += " " + count("For {n} active partner, neither reach nor goals are on record.", "For {n} active partners, neither reach nor goals are on record.", blank)
    return Finding(text, "bad", "estimated", LOST)


def hanging(departures: pd.DataFrame) -> Finding | None:
    """Inclusion groups that one active partner alone reaches."""
    if departures.empty or departures["inclusion_count"].isna().all():
        return None
    only = departures[departures["inclusion_count"] > 0]
    if only.empty:
        return Finding(say("No inclusion group is reached through one active partner alone; each has several ways, or none."), "plain", "estimated", LOST[:3])
    pairs = [say("“{name}” ({partner})", name=name, partner=row.partner_name) for row in only.itertuples() for name in row.inclusion.split("; ")]
    text = count("{n} inclusion group is reached through one active partner alone: {names}.", "{n} inclusion groups are reached through one active partner alone: {names}.",
                 len(pairs), names=listed(pairs, most=3))
    return Finding(text, "bad", "estimated", LOST[:3])


def served(purposes: pd.DataFrame) -> Finding | None:
    """Which of the five kinds of audience no active partner serves, or one alone."""
    if purposes.empty:
        return None
    blank = purposes[purposes["audiences"] == 0]
    none = purposes[(purposes["audiences"] > 0) & (purposes["partners"] == 0)]
    one = purposes[purposes["partners"] == 1]
    parts = []
    if len(none):
        parts.append(say("no active partner serves {kinds}", kinds=listed((say(kind) for kind in none["kind"]))))
    if len(one):
        parts.append(say("one alone serves {kinds}", kinds=listed(say("{kind} ({partner})", kind=say(row.kind), partner=row.partner_names) for row in one.itertuples())))
    if parts:
        text = say("Of the five kinds of audience: {parts}.", parts=say("; ").join(parts))
    else:
        text = say("Each kind of audience on record is served by at least two active partners.")
    if len(blank):
        text += " " + say("No audience is on record among {kinds}.", kinds=listed(say(kind) for kind in blank["kind"]))
    tone = "bad" if len(none) else "plain" if len(one) or len(blank) else "good"
    return Finding(text, tone, "estimated", ("audiences", "partner_audiences", "agreements"))


def heard(conversations: pd.DataFrame) -> Finding | None:
    """With whom the library sat down, and with whom it did not."""
    if conversations.empty:
        return None
    some, none = conversations[conversations["conversations"] > 0], conversations[conversations["conversations"] == 0]
    parts = [count("{n} with {group}", "{n} with {group}", row.conversations, group=say(row.group)) for row in some.itertuples()]
    text = count("{n} conversation is on record: {parts}.", "{n} conversations are on record: {parts}.", int(some["conversations"].sum()), parts=listed(parts))
    if len(none):
        text += " " + say("None is on record with {groups}.", groups=listed(say(group) for group in none["group"]))
    return Finding(text, "bad" if len(none) else "plain", "counted", ("consultations",))


def themes(themes: pd.DataFrame) -> list[Finding]:
    """What came up most in conversations with each group, and how much of it is held back."""
    return [_themes(group, own) for group, own in themes.groupby("group", sort=False)]


def _themes(group: str, own: pd.DataFrame) -> Finding:
    shown, held = own[~own["hidden"].astype(bool)], own[own["hidden"].astype(bool)]
    kept = int(held["held"].sum())
    if shown.empty:
        return Finding(count("What {group} said in conversations is not shown by theme: {n} theme came up, among too few people.",
                             "What {group} said in conversations is not shown by theme: {n} themes came up, each among too few people.", kept, group=say(group)),
                       "unknown", "told", TOLD)
    first = shown.iloc[0]
    text = say("In conversations with {group}, “{theme}” came up most: in {n} of {all}.", group=say(group), theme=first["theme_name"],
               n=times(first["conversations"], first["strength"]), all=number(first["of"]))
    if len(shown) > 1:
        rest = (say("“{theme}” ({n})", theme=row.theme_name, n=times(row.conversations, row.strength)) for row in shown.iloc[1:].itertuples())
        text += " " + say("Then {names}.", names=listed(rest, most=3))
    if kept:
        text += " " + count("{n} more theme came up among too few people to be named.", "{n} more themes came up among too few people to be named.", kept)
    return Finding(text, "plain", "told", TOLD)


def times(conversations: float, strength: str) -> str:
    """In how many conversations a theme came up; in a word where the number would point to somebody."""
    if not absent(conversations):
        return number(conversations)
    return say("more than one") if strength == interviews.SEVERAL else say("at least one")
