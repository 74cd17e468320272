"""Sentences of step 6 about skills: what is short, what hangs on one person, which training helps."""

from __future__ import annotations

import pandas as pd

from planning.show.language import count, listed, money, number, say
from planning.show.records import Finding


def nobody(coverage: pd.DataFrame) -> Finding | None:
    """Skills that nobody has at the needed level."""
    if coverage.empty:
        return None
    needed = coverage[~coverage["state"].isin(["not needed", "not counted"])]
    if needed.empty:
        return Finding(say("How many people have the needed level was not counted for any skill."), "unknown", "counted", ("skills", "role_skills"))
    none = needed[needed["state"] == "nobody"]
    if none.empty:
        return Finding(say("Every skill that was counted is there at the needed level in at least one person."), "good", "counted", ("skills", "role_skills"))
    text = count("Nobody has the needed level in {n} of {all} skills: {names}.", "Nobody has the needed level in {n} of {all} skills: {names}.",
                 len(none), all=len(needed), names=listed(none["skill_name"], most=4))
    return Finding(text, "bad", "counted", ("skills", "role_skills"))


def single(coverage: pd.DataFrame) -> Finding | None:
    """Skills that hang on one person."""
    one = coverage[coverage["state"] == "one person"] if len(coverage) else coverage
    if coverage.empty or coverage["state"].isin(["not needed", "not counted"]).all():
        return None
    if one.empty:
        return Finding(say("No skill hangs on one person alone."), "good", "counted", ("skills", "role_skills"))
    text = count("{n} skill hangs on one person: {names}.", "{n} skills hang on one person each: {names}.", len(one), names=listed(one["skill_name"], most=4))
    stops = int((one["critical"] == 3).sum())
    if stops:
        text += " " + (say("Without it a service stops.") if len(one) == 1 else
                       count("{n} of them is so critical that a service stops without it.", "{n} of them are so critical that a service stops without them.", stops))
    return Finding(text, "bad", "counted", ("skills", "role_skills"))


def training(closures: pd.DataFrame, trainings: pd.DataFrame) -> Finding | None:
    """How many gaps the listed trainings close, at what cost, and which none closes."""
    if closures.empty:
        return None
    tables = ("role_skills", "trainings")
    if trainings.empty:
        text = count("{n} gap in skills is known, and no training is listed.", "{n} gaps in skills are known, and no training is listed.", len(closures))
        return Finding(text, "unknown", "counted", tables)
    closed, left = closures[closures["covered"] == "closed"], closures[closures["covered"] != "closed"]
    text = say("Trainings on the list close {n} of {all} gaps", n=len(closed), all=len(closures))
    priced = closed.dropna(subset=["cost_all"])
    if len(priced):
        text += say("; for all who are short the lowest fees come to {money}, with {hours} hours of staff time",
                    money=money(priced["cost_all"].sum(), 0), hours=number(priced["hours_all"].sum(), 0))
    text = say("{told}.", told=text)
    if len(priced) < len(closed):
        text += " " + count("For {n} of these gaps the number of people is not known, so its price is not in the sum.",
                            "For {n} of these gaps the number of people is not known, so their price is not in the sum.", len(closed) - len(priced))
    for covered, words in (("open", "None of them helps with {skills}."), ("narrowed", "In {skills} they stop short of the level that {roles} needs.")):
        rows = left[left["covered"] == covered]
        if len(rows):
            text += " " + say(words, skills=listed(rows["skill_name"].drop_duplicates(), most=3), roles=listed(rows["role_name"].drop_duplicates(), most=2))
    return Finding(text, "bad" if len(left) else "good", "estimated", tables)


def within(plan: pd.DataFrame, *, money_for_training: float) -> Finding | None:
    """What a sum of money for training closes."""
    if plan.empty or money_for_training <= 0:
        return None
    taken = plan[plan["taken"]]
    text = say("Within {money}, the choice that closes most takes {n} of the {all} gaps that a training can close, for {cost}.",
               money=money(money_for_training, 0), n=len(taken), all=len(plan), cost=money(taken["cost_all"].sum(), 0))
    return Finding(text, "good" if len(taken) == len(plan) else "plain", "estimated", ("role_skills", "trainings"))


def staffed(needs: pd.DataFrame) -> Finding | None:
    """Whether chosen and running initiatives find the skills that they need."""
    if needs.empty:
        return None
    tables = ("initiatives", "initiative_skills", "role_skills")
    short, unknown = needs[needs["state"] == "short"], needs[needs["state"] == "not known"]
    if len(short):
        told = listed((say("{skill} for {initiative}", skill=row.skill_name, initiative=row.initiative_name) for row in short.itertuples()), most=3)
        return Finding(say("No role has the level that initiatives already chosen or running need: {told}.", told=told), "bad", "counted", tables)
    if len(unknown):
        return Finding(say("Whether the initiatives already chosen or running can be staffed is not known: {names} was not assessed everywhere.",
                           names=listed(unknown["skill_name"].drop_duplicates(), most=3)), "unknown", "counted", tables)
    return Finding(say("Every skill that the chosen and running initiatives need is there in some role."), "good", "counted", tables)
