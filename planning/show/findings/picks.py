"""Sentences of step 2's controls: a choice by hand against its limits, its rules and the best choice; and an order of wishes."""

from __future__ import annotations

import pandas as pd

from planning.analysis import picks as rules
from planning.show.findings.roadmap import CHOICE, amount, ceiling
from planning.show.language import count, listed, number, quoted, say, share
from planning.show.records import Finding

LINKS = {
    rules.NEEDS: "“{name}” needs “{other}”, which is not taken.",
    rules.NOT_HAD: "“{name}” needs “{other}”, which was rejected or whose cost or hours are not known.",
    rules.APART: "“{name}” and “{other}” exclude each other, and both are taken or done.",
}


def broken(broken: pd.DataFrame) -> list[Finding]:
    """Each rule that a choice breaks, in a sentence, roles that lack hours in one; a good sentence when none is."""
    if broken.empty:
        return [Finding(say("The choice keeps to every ceiling and breaks no rule."), "good", "counted", CHOICE)]
    role = (broken["kind"] == rules.OVER) & ~broken["ceiling"].isin(["money", "hours"])
    texts = [_rule(row) for row in broken[~role].to_dict("records")]
    at = int((broken.loc[~role, "kind"] == rules.OVER).sum())
    return [Finding(text, "bad", "counted", CHOICE) for text in [*texts[:at], *_roles(broken[role]), *texts[at:]]]


def _roles(over: pd.DataFrame) -> list[str]:
    if over.empty:
        return []
    most = over.sort_values("excess", ascending=False, kind="stable")
    named = listed((say("“{role}” ({excess})", role=row.ceiling_name, excess=amount(row.ceiling, row.excess)) for row in most.itertuples()), 3)
    return [count("{n} role is asked for more hours than it has: {named}.", "{n} roles are asked for more hours than they have: {named}.", len(over), named=named)]


def _rule(row: dict[str, object]) -> str:
    if row["kind"] == rules.OVER:
        return say("The choice needs {excess} more of {what} than there is.", excess=amount(row["ceiling"], row["excess"]), what=ceiling(row["ceiling"], row["ceiling_name"]))
    if row["kind"] == rules.LEFT_OUT:
        return say("“{name}” must be done and is not taken.", name=row["name"])
    return say(LINKS[row["kind"]], name=row["name"], other=row["other"])


def reached(reached: pd.DataFrame, *, breaks: bool) -> Finding:
    """How much of the value of the best choice this one reaches, and what parts them; a choice that breaks a rule is not compared."""
    row = reached.iloc[0]
    head = count("{n} initiative is taken.", "{n} initiatives are taken.", int(row["taken"])) if row["taken"] else say("No initiative is taken.")
    if pd.isna(row["share"]):
        return Finding(say("{head} No best choice can be set beside it.", head=head), "unknown", "estimated", CHOICE)
    if breaks:
        text = say("{head} Their value is {share} of the best choice's, which keeps to the rules that this one breaks.", head=head, share=share(row["share"]))
        return Finding(text, "plain", "estimated", CHOICE)
    if not row["missing"] and not row["instead"]:
        return Finding(say("{head} This is the best choice within these limits.", head=head), "good", "estimated", CHOICE)
    text = say("{head} They reach {share} of the value of the best choice within the same limits.", head=head, share=share(row["share"]))
    if row["missing"]:
        text += " " + say("The best choice would take {names} as well.", names=quoted(row["missing"].split("; "), 3)) if not row["instead"] else " " + say(
            "The best choice would take {names} instead of {others}.", names=quoted(row["missing"].split("; "), 3), others=quoted(row["instead"].split("; "), 3))
    return Finding(text, "plain", "estimated", CHOICE)


def order(filled: pd.DataFrame) -> Finding | None:
    """How far down an order of wishes the money and hours reach."""
    free = filled[filled["place"].notna()]
    if free.empty:
        return None
    taken, passed = free[free["chosen"]], free[~free["chosen"]]
    text = say("Going down this order, {n} of {all} fit.", n=number(len(taken)), all=count("{n} initiative", "{n} initiatives", len(free)))
    if len(passed) and len(taken) and passed["place"].min() < taken["place"].max():
        text += " " + say("The first that does not fit is “{name}”, in place {place}.", name=passed["initiative_name"].iloc[0], place=number(passed["place"].iloc[0]))
    return Finding(text, "plain", "estimated", CHOICE)


def apart(filled: pd.DataFrame) -> Finding | None:
    """Which initiative stands furthest above its place by value for money in the order of wishes."""
    free = filled[filled["place"].notna() & filled["rate_place"].notna()]
    lift = free["rate_place"] - free["place"]
    if free.empty or lift.max() < 3:
        return None
    row = free.loc[lift.idxmax()]
    text = say("“{name}” is wished for in place {place}; by value for money it is number {rate}.", name=row["initiative_name"], place=number(row["place"]),
               rate=number(row["rate_place"]))
    return Finding(text, "plain", "estimated", CHOICE)
