"""Sentences of step 4 about those who answered a survey: how many, who is missing, and what weighting to known shares does."""

from __future__ import annotations

import pandas as pd

from planning.show.findings import surveys
from planning.show.language import absent, count, inside, listed, number, quoted, say, share
from planning.show.records import Finding

WEIGHTS = (*surveys.TRAITS, "trait_shares")
WIDEST = 0.3  # a margin as wide as this says next to nothing


def missing(composition: pd.DataFrame, rates: pd.DataFrame, *, group: str = "patrons") -> Finding | None:
    """Who is over- and underrepresented among those who answered, and who could not answer at all."""
    clear = composition[(composition["group"] == group) & composition["clear"].astype(bool)]
    parts = [say("“{value}” ({share} of answers, {known} of all)", value=row["value"], share=share(row["share"]), known=share(row["known"])) for row in clear.to_dict("records")]
    text = say("Those who answered are not like all {group}: {parts}.", group=say(group), parts=listed(parts, most=3)) if parts else ""
    main = rates[(rates["group"] == group) & rates["main"].astype(bool)]
    left_out = main["missing"].iloc[0] if len(main) else None
    if not absent(left_out):
        text += (" " if text else "") + say("The survey could not hear: {people}.", people=inside(str(left_out).rstrip(".")))
    if not text:
        return None
    return Finding(text, "bad" if parts else "unknown", "estimated" if parts else "told", ("surveys", *WEIGHTS) if parts else ("surveys",))


def moved(weighted: pd.DataFrame, margins: pd.DataFrame) -> Finding | None:
    """How far weighting to known shares moves what was answered."""
    known = weighted[(weighted["status"] == "weighted") & ~weighted["hidden"].astype(bool)]
    if known.empty:
        return None
    first = known.iloc[0]
    used = margins.loc[(margins["status"] == "used") & (margins["group"] == first["group"]), "trait"]
    said = {"traits": listed(inside(trait) for trait in used), "statement": surveys.bare(first["text"]), "plain": share(first["plain"]), "weighted": share(first["weighted"])}
    if abs(first["moved"]) < 0.02:
        text = say("Weighted to the known shares by {traits}, no share moves by as much as 2 points.", **said)
        return Finding(text, "good", "estimated", WEIGHTS)
    text = say("Weighted to the known shares by {traits}, “{statement}” moves most: from {plain} to {weighted}.", **said)
    text += " " + say("Weights cost certainty: its {n} answers then tell as much as {worth} would.", n=number(first["n"]), worth=number(round(first["effective_n"])))
    return Finding(text, "plain", "estimated", WEIGHTS)


WHY_NOT = {
    "sum": "The answers of {group} cannot be weighted by {trait}: its known shares add up to {found}, not to 100%. Correct them in trait_shares.csv.",
    "empty cell": "The answers of {group} cannot be weighted by {trait}: “{value}” is {found} of all, and nobody who answered. Ask them, or merge it with another value in traits.csv and trait_shares.csv.",
    "unknown value": "The answers of {group} cannot be weighted by {trait}: some who answered are “{value}”, which has no known share above 0. Add or correct it in trait_shares.csv.",
    "not asked": "The answers of {group} cannot be weighted by {trait}: it is on record for nobody who answered. Ask for it in the next survey, and add it to traits.csv.",
    "hardly known": "The answers of {group} cannot be weighted by {trait}: it is known for only {found} of those who answered.",
    "too few": "The answers of {group} cannot be weighted by {trait}: {people} answered, and weights need 30 or more.",
}


def unweighted(margins: pd.DataFrame) -> list[Finding]:
    """Why answers cannot be weighted by a trait, one sentence each."""
    rows = margins[margins["status"] != "used"].to_dict("records")
    return [Finding(say(WHY_NOT[row["status"]], group=say(row["group"]), trait=inside(row["trait"]), value=row["value"], found=share(row["found"]), people=count("{n} person", "{n} people", int(row["people"]))),
                    "unknown", "counted", WEIGHTS) for row in rows]


def answered(rates: pd.DataFrame, *, group: str = "patrons") -> Finding | None:
    """How many answered a group's main survey, and which margin that allows."""
    main = rates[(rates["group"] == group) & rates["main"].astype(bool)]
    if main.empty:
        return None
    row = main.iloc[0]
    said = {"survey": row["survey_name"], "people": count("{n} person", "{n} people", int(row["answered"]))}
    if row["claim"] == "no answers":
        return Finding(say("{survey}: no answer names it.", **said), "unknown", "counted", surveys.WAVES)
    if row["claim"] == "too many":
        return Finding(say("{survey}: {people} answered, more than were asked or than there are. Correct the numbers in surveys.csv.", **said), "unknown", "counted", surveys.WAVES)
    if row["claim"] == "open":
        return Finding(say("{survey}: {people} answered who wanted to. No margin can be given, since nothing says how the others would have answered.", **said), "unknown", "counted", surveys.WAVES)
    of = "" if absent(row["rate"]) else say(" of {invited} asked, {rate}", invited=number(row["invited"]), rate=share(row["rate"]))
    if row["claim"] == "not told":
        return Finding(say("{survey}: {people} answered{of}. How they were chosen, or how many there are, is not put down, so no margin can be given.", **said, of=of), "unknown", "counted", surveys.WAVES)
    if row["margin"] == 0:
        return Finding(say("{survey}: {people} answered{of}: everyone.", **said, of=of), "good", "counted", surveys.WAVES)
    if row["margin"] >= WIDEST:
        return Finding(say("{survey}: {people} answered{of}. So few leave open what any share would be among all.", **said, of=of), "unknown", "counted", surveys.WAVES)
    text = say("{survey}: {people} answered{of}. Chance leaves a share near one half open by {margin} points either way.", **said, of=of, margin=number(100 * row["margin"], 0))
    few = not absent(row["rate"]) and row["rate"] < 0.5
    if few:
        text += " " + say("Most of those asked stayed away, and the margin knows nothing of them.")
    return Finding(text, "plain", "estimated", surveys.WAVES)


def needed(planner: pd.DataFrame) -> Finding | None:
    """How many answers the largest survey would need for a margin of five points."""
    if planner.empty:
        return None
    row = planner.iloc[0]
    said = {"survey": quoted([row["survey_name"]]), "n": number(row["within_5"]), "answered": number(row["answered"])}
    if row["answered"] > row["people"]:
        return None
    if row["claim"] == "open":
        text = say("Asked of people drawn by lot, a survey such as {survey} would need {n} answers for a margin of 5 points. More answers from whoever wants to give them do not make up for that.", **said)
        return Finding(text, "plain", "estimated", surveys.WAVES)
    if row["reached"]:
        return Finding(say("{survey} has the {n} answers that a margin of 5 points asks for.", **said), "good", "estimated", surveys.WAVES)
    text = say("For a margin of 5 points a survey such as {survey} needs {n} answers; it had {answered}.", **said)
    if not absent(row["invite_5"]):
        text += " " + say("At the last response that means asking {invite} people.", invite=number(row["invite_5"]))
    return Finding(text, "plain", "estimated", surveys.WAVES)
