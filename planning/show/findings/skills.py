"""Sentences of step 6 about skills: what is short, what hangs on one person, which training helps."""

from __future__ import annotations

import pandas as pd

from planning.show.language import absent, count, listed, money, number, quoted, say, share
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
                 len(none), all=len(needed), names=quoted(none["skill_name"], most=3))
    return Finding(text, "bad", "counted", ("skills", "role_skills"))


def single(coverage: pd.DataFrame) -> Finding | None:
    """Skills that hang on one person."""
    one = coverage[coverage["state"] == "one person"] if len(coverage) else coverage
    if coverage.empty or coverage["state"].isin(["not needed", "not counted"]).all():
        return None
    if one.empty:
        return Finding(say("No skill hangs on one person alone."), "good", "counted", ("skills", "role_skills"))
    text = count("{n} skill hangs on one person: {names}.", "{n} skills hang on one person each: {names}.", len(one), names=quoted(one["skill_name"], most=3))
    stops = int((one["critical"] == 3).sum())
    if stops:
        text += " " + (say("Without it a service stops.") if len(one) == 1 else
                       count("{n} of them is so critical that a service stops without it.", "{n} of them are so critical that a service stops without them.", stops))
    return Finding(text, "bad", "counted", ("skills", "role_skills"))


def alone(points: pd.DataFrame) -> Finding | None:
    """Posts that alone hold a skill, and whether somebody could stand in."""
    if points.empty:
        return None
    bare, tables = points[points["cover"] == "no deputy"], ("skills", "role_skills", "roles")
    if bare.empty:
        other = int((points["cover"] == "deputy without it").sum())
        text = count("The skill that hangs on one person has a post with a deputy", "All {n} skills that hang on one person have a post with a deputy", len(points))
        return Finding(say("{text}.", text=text) if not other else count("{text}; in {n} of them the deputy's post does not ask for the skill.", "{text}; in {n} of them the deputy's post does not ask for the skill.", other, text=text), "plain", "counted", tables)
    told = listed((say("{skill} ({role})", skill=quoted([row.skill_name]), role=row.role_name) for row in bare.itertuples()), most=3)
    return Finding(count("{n} skill that hangs on one person stands in a post without a deputy: {told}.", "{n} skills that hang on one person stand in posts without a deputy: {told}.", len(bare), told=told), "bad", "counted", tables)


def hanging(rows: pd.DataFrame) -> Finding | None:
    """How much goal weight hangs on skills that nobody or one person has, through initiatives."""
    if rows.empty:
        return None
    tables, held = ("skills", "initiative_skills", "initiatives", "initiative_goals", "goals"), rows[rows["weight"] > 0]
    if held.empty:
        return Finding(say("No initiative needs a skill that nobody or only one person has."), "good", "counted", tables)
    started = held[held["started"] > 0]
    text = say("Started initiatives need skills that nobody or one person has:") if len(started) else say("No started initiative needs a skill that nobody or one person has. Those still open do:")
    top = started if len(started) else held
    has = {"nobody": say("nobody has it"), "one person": say("one person has it")}
    told = [say("{skill} ({state}) for {names}, behind goals with {weight} of the weight", skill=quoted([row.skill_name]), state=has[row.state], names=quoted(row.initiative_names.split("; "), most=2), weight=share(row.weight))
            for row in top.head(2).itertuples()]
    told += [count("and {n} more skill", "and {n} more skills", len(top) - 2)] if len(top) > 2 else []
    return Finding(say("{text} {told}.", text=text, told="; ".join(told)), "bad" if len(started) else "plain", "estimated", tables)


def self_view(rows: pd.DataFrame, *, small_group: int) -> Finding | None:
    """Own view of roles against the assessment, where it points to no single person."""
    if rows.empty:
        return None
    shown, tables = rows[~rows["hidden"]], ("role_skills", "roles")
    hidden = rows.loc[rows["hidden"], "role"].nunique()
    rest = count("{n} role with fewer than {least} people is not shown.", "{n} roles with fewer than {least} people are not shown.", hidden, least=small_group) if hidden else ""
    if shown.empty:
        return Finding(say("Own views and assessments are not compared: they would point to single persons. {rest}", rest=rest), "unknown", "told", tables)
    apart = shown[shown["apart"].abs() >= 2]
    if apart.empty:
        text = count("In {n} pair of role and skill, own view and assessment lie less than two levels apart.", "In {n} pairs of role and skill, own view and assessment lie less than two levels apart.", len(shown))
    else:
        one = apart.iloc[0]
        side = say("above") if one["apart"] > 0 else say("below")
        text = say("Those in the role {role} see themselves {levels} levels {side} the assessment in “{skill}”: {own} against {current}.", role=one["role_name"], levels=number(abs(one["apart"])), side=side,
                   skill=one["skill_name"], own=number(one["self_rated"]), current=number(one["current"]))
        more = len(apart) - 1
        text += " " + count("{n} pair more lies as far apart.", "{n} pairs more lie as far apart.", more) if more else ""
    return Finding(" ".join([text, rest]).strip(), "plain" if len(apart) else "good", "told", tables)


def assessed(rows: pd.DataFrame) -> Finding | None:
    """How fresh the assessed levels are."""
    if rows.empty or not rows["levels"].iloc[0]:
        return None
    one, parts = rows.iloc[0], []
    if one["old"]:
        parts.append(count("{n} was assessed more than two years ago", "{n} were assessed more than two years ago", int(one["old"])))
    if one["undated"]:
        parts.append(count("{n} has no date", "{n} have no date", int(one["undated"])))
    if one["pairs"] > one["levels"]:
        parts.append(count("{n} was never assessed", "{n} were never assessed", int(one["pairs"] - one["levels"])))
    if not parts:
        return Finding(count("The {n} level was assessed in the last two years.", "All {n} levels were assessed in the last two years.", int(one["levels"])), "good", "counted", ("role_skills",))
    return Finding(count("Of {n} level of a skill in a role, {parts}.", "Of {n} levels of skills in roles, {parts}.", int(one["pairs"]), parts=listed(parts)), "unknown", "counted", ("role_skills",))


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
    if len(left):
        text += " " + say("None of them reaches the needed level in {skills}.", skills=quoted(left["skill_name"].drop_duplicates(), most=3))
    return Finding(text, "bad" if len(left) else "good", "estimated", tables)


def _hours(value: float) -> str:
    return count("{n} hour", "{n} hours", value)


def booked(ceilings: pd.DataFrame, plan: pd.DataFrame) -> Finding | None:
    """What the training plan closes within money, hours and seats, and which ceiling holds it down."""
    if ceilings.empty:
        return None
    by, taken = ceilings.set_index("ceiling"), plan[plan["taken"].astype(bool)]
    within = [words for name, words in (("money", money(by.loc["money", "limit"], 0)), ("hours", _hours(by.loc["hours", "limit"]))) if not absent(by.loc[name, "limit"])]
    one = ceilings.iloc[0]
    text = say("Within {limits}, the", limits=listed(within)) if within else say("Without a ceiling on money or hours, the")
    share_told = "" if absent(one["share"]) else say(" and {share} of what counts in them", share=share(one["share"]))
    used = say("nobody can tell the cost, since the number of people to be trained is not counted everywhere") if absent(by.loc["money", "used"]) else say(
        "{cost} and {hours}", cost=money(by.loc["money", "used"], 0), hours=_hours(round(by.loc["hours", "used"])))
    text += " " + count("choice that closes most books trainings for {n} of {all} gaps that a training can close{share}: {used}.",
                        "choice that closes most books trainings for {n} of {all} gaps that a training can close{share}: {used}.", int(one["gaps"]), all=number(one["all"]), share=share_told, used=used)
    if one["ahead"]:
        text += " " + say("Taking the cheapest first would close less.")
    holds = [say({"money": "money", "hours": "hours", "seats": "seats"}[name]) for name in by.index[by["binds"].astype(bool)]]
    if holds:
        text += " " + say("What holds it down: {names}.", names=listed(holds))
    waiting = (taken["short"] - taken["trained"]).sum()
    if waiting > 0:
        text += " " + count("{n} person finds no seat.", "{n} people find no seat.", int(waiting))
    return Finding(text, "plain" if holds or one["gaps"] < one["all"] else "good", "estimated", ("role_skills", "trainings"))


def staffed(needs: pd.DataFrame) -> Finding | None:
    """Whether chosen and running initiatives find the skills that they need."""
    if needs.empty:
        return None
    tables = ("initiatives", "initiative_skills", "role_skills")
    short, unknown = needs[needs["state"] == "short"], needs[needs["state"] == "not known"]
    if len(short):
        told = listed((say("{skill} for {initiative}", skill=quoted([row.skill_name]), initiative=quoted([row.initiative_name])) for row in short.itertuples()), most=3)
        return Finding(say("No role has the level that initiatives already chosen or running need: {told}.", told=told), "bad", "counted", tables)
    if len(unknown):
        return Finding(say("Whether the initiatives already chosen or running can be staffed is not known: {names} was not assessed everywhere.",
                           names=quoted(unknown["skill_name"].drop_duplicates(), most=3)), "unknown", "counted", tables)
    return Finding(say("Every skill that the chosen and running initiatives need is there in some role."), "good", "counted", tables)
