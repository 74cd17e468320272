"""Sentences of step 6's controls for skills: what another needed level brings, and who finds no place in a training."""

from __future__ import annotations

import pandas as pd

from planning.show.language import count, listed, money, number, quoted, say
from planning.show.records import Finding

SKILLS = ("role_skills", "skills", "trainings")


def gaps(before: pd.DataFrame, after: pd.DataFrame, *, role: str, tried: int) -> Finding:
    """How many gaps the levels leave one role, beside how many it had; takes the closures of that role."""
    if not tried:
        text = count("“{role}” has {n} gap.", "“{role}” has {n} gaps.", len(after), role=role) if len(after) else say("“{role}” has no gap.", role=role)
        return Finding(text, "bad" if len(after) else "good", "counted", SKILLS)
    new = after.loc[~after["skill"].isin(before["skill"]), "skill_name"]
    gone = before.loc[~before["skill"].isin(after["skill"]), "skill_name"]
    parts = [count("With these levels “{role}” would have {n} gap; before, {before}.", "With these levels “{role}” would have {n} gaps; before, {before}.", len(after), role=role,
                   before=number(len(before)))]
    parts += [say("New: {skills}.", skills=quoted(new, 3))] if len(new) else []
    parts += [say("No longer a gap: {skills}.", skills=quoted(gone, 3))] if len(gone) else []
    return Finding(" ".join(parts), "plain", "estimated", SKILLS)


def few(role: str, *, small_group: int) -> Finding:
    """That a role is held by too few people to tell which levels it lacks."""
    text = say("Fewer than {n} people hold “{role}”, or nobody has counted them, so it is not told which levels are there: they would be those of single people. "
               "What the post needs can be set all the same.", n=small_group, role=role)
    return Finding(text, "unknown", "counted", SKILLS)


def uncounted(rows: pd.DataFrame) -> Finding | None:
    """That the number of people at another level has to be counted anew."""
    new = int(rows["people"].isna().sum())
    if not new:
        return None
    text = count("For {n} changed level the number of people who have it is not known and has to be counted anew; the count for the old level is taken out.",
                 "For {n} changed levels the number of people who have them is not known and has to be counted anew; the counts for the old levels are taken out.", new)
    return Finding(text, "unknown", "counted", ("role_skills",))


def unreached(ways: pd.DataFrame) -> Finding | None:
    """Skills for which no training reaches the level."""
    none = ways[ways["training_name"].isna()]
    return Finding(say("No training on the list reaches the needed level in {skills}.", skills=quoted(none["skill_name"], 3)), "bad", "counted", SKILLS) if len(none) else None


def places(rows: pd.DataFrame) -> Finding | None:
    """Who finds no place, and what the places that are taken cost."""
    used = rows[rows["needed"].isna() | (rows["needed"] > 0)]
    if used.empty:
        return Finding(say("No training on the list closes a gap that is known."), "plain", "counted", SKILLS)
    going = used.dropna(subset=["going"])
    text = count("{n} training closes a known gap; those who go pay {money} in fees and spend {hours} hours.",
                 "{n} trainings close known gaps; those who go pay {money} in fees and spend {hours} hours.", len(used), money=money(going["cost"].sum(), 0), hours=number(going["hours"].sum(), 0))
    waiting = going[going["waiting"] > 0]
    if len(waiting):
        named = listed((say("{n} in {training}", n=number(row.waiting), training=quoted([row.training_name])) for row in waiting.itertuples()), 3)
        text += " " + count("{n} person finds no place: {named}.", "{n} people find no place: {named}.", int(waiting["waiting"].sum()), named=named)
    if len(going) < len(used):
        text += " " + count("For {n} of them it is not known how many people would go.", "For {n} of them it is not known how many people would go.", len(used) - len(going))
    return Finding(text, "bad" if len(waiting) else "good", "estimated", SKILLS)
