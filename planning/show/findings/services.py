"""Sentences of step 2: the tree of objectives, how they are put, and the choice of initiatives."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from planning.show.findings.conflicts import conflicts as conflicts
from planning.show.findings.roadmap import CHOICE, amount, ceiling
from planning.show.language import count, listed, money, number, say, share
from planning.show.records import Finding

TREE = ("goals", "objectives", "kpis", "initiative_kpis")


def ladder(goals: pd.DataFrame) -> Finding | None:
    """How many goals are carried down to an initiative without a break."""
    if goals.empty:
        return None
    broken = goals[~goals["unbroken"]]
    if broken.empty:
        text = count("The one goal in force has an unbroken way from objective to KPI to initiative.",
                     "Each of the {n} goals in force has at least one unbroken way from objective to KPI to initiative.", len(goals))
        return Finding(text, "good", "counted", TREE)
    if len(broken) == len(goals):
        text = count("The one goal in force is not carried down to an initiative.",
                     "None of the {n} goals in force is carried down to an initiative.", len(goals))
        return Finding(text, "bad", "counted", TREE)
    text = count("{names}, with {share} of the weight, is not carried down to an initiative; the other {rest}.",
                 "{names}, with {share} of the weight, are not carried down to an initiative; the other {rest}.", len(broken),
                 names=_named(broken["goal_name"], 3), share=share(broken["weight"].sum()),
                 rest=count("goal is", "{n} goals are", len(goals) - len(broken)))
    return Finding(text, "bad", "counted", TREE)


ENDS = {
    "goals without an objective": ("{n} goal has no objective: {names}.", "{n} goals have no objective: {names}."),
    "objectives without a goal in force": ("{n} objective serves no goal in force: {names}.", "{n} objectives serve no goal in force: {names}."),
    "objectives without a KPI": ("{n} objective has no KPI, so nobody can tell whether it is met: {names}.",
                                 "{n} objectives have no KPI, so nobody can tell whether they are met: {names}."),
    "KPIs without an objective": ("{n} KPI measures no objective: {names}.", "{n} KPIs measure no objective: {names}."),
    "KPIs without an initiative": ("{n} KPI is moved by no initiative: {names}.", "{n} KPIs are moved by no initiative: {names}."),
    "initiatives without a KPI": ("{n} initiative moves no KPI, so its effect will not be seen: {names}.",
                                  "{n} initiatives move no KPI, so their effect will not be seen: {names}."),
}


def loose_ends(ends: pd.DataFrame, paths: pd.DataFrame) -> list[Finding]:
    """Where the tree breaks off, one sentence a kind; of a plan without any objective, or any initiative, it is not said KPI by KPI."""
    if paths.empty:
        return []
    if ends.empty:
        return [Finding(say("Every goal has an objective, every objective a KPI, every KPI an initiative."), "good", "counted", TREE)]
    pointless = {"KPIs without an objective": paths["objective"].isna().all(), "KPIs without an initiative": paths["initiative"].isna().all()}
    return [Finding(count(one, many, len(found), names=_named(found["name"], 3)), "bad", "counted", TREE)
            for kind, (one, many) in ENDS.items() if not pointless.get(kind, False) and len(found := ends[ends["kind"] == kind])]


def _named(names: Iterable[str], most: int = 0) -> str:
    return listed((say("“{name}”", name=name) for name in names), most)


def strength(objectives: pd.DataFrame) -> Finding | None:
    """How many objectives are put strongly, and which one least so."""
    known = objectives.dropna(subset=["strength"])
    if known.empty:
        return None
    weakest, strong = known.iloc[0], int((known["band"] == "strong").sum())
    rests_on = ("objectives", "kpis", "goals")
    if strong == len(known):
        return Finding(count("The one objective is well put.", "All {n} objectives are well put.", len(known)), "good", "counted", rests_on)
    none = "None of {all} is well put; the weakest, “{weakest}”, passes {passed} of {checked}."
    text = count("{n} of {all} is well put; the weakest, “{weakest}”, passes {passed} of {checked}." if strong else none,
                 "{n} of {all} are well put; the weakest, “{weakest}”, passes {passed} of {checked}." if strong else none, strong,
                 all=count("{n} objective", "{n} objectives", len(known)), weakest=weakest["statement"],
                 passed=number(weakest["passed"]), checked=count("{n} check", "{n} checks", int(weakest["checked"])))
    return Finding(text, "bad" if (known["band"] == "weak").any() or 2 * strong < len(known) else "plain", "counted", rests_on)


def most_missed(checked: pd.DataFrame) -> Finding | None:
    """The check that most objectives do not pass."""
    asked = checked[(checked["result"] != "not checked") & checked["objective"].notna()]
    missed = asked.assign(missed=asked["result"] != "pass").groupby("check", sort=False)["missed"].agg(["sum", "count"])
    if missed.empty:
        return None
    if missed["sum"].max() == 0:
        return Finding(say("Every objective passes every check."), "good", "counted", ("objectives", "kpis"))
    first = missed.sort_values("sum", ascending=False, kind="stable").iloc[0]
    text = say("The check that is missed most often is “{check}”: {n} of {all} do not pass it in full.",
               check=say(str(first.name)), n=number(first["sum"]), all=count("{n} objective", "{n} objectives", int(first["count"])))
    return Finding(text, "bad" if first["sum"] * 2 > first["count"] else "plain", "counted", ("objectives", "kpis"))


def nothing(goals: pd.DataFrame, initiatives: pd.DataFrame) -> Finding | None:
    """That a plan has no goals, or no initiatives, from which a choice could be made."""
    if len(goals) and len(initiatives):
        return None
    if len(goals):
        text = say("The plan has no initiatives yet, so there is nothing to choose from. List in initiatives.csv what could be done for the goals.")
    elif len(initiatives):
        text = say("The plan has no goals in force, so it cannot be said what its initiatives are worth. Leadership sets the goals in goals.csv.")
    else:
        text = say("The plan has no goals in force and no initiatives yet, so there is nothing to choose from. It begins with goals.csv and initiatives.csv.")
    return Finding(text, "unknown", "counted", ("goals", "initiatives"))


def choice(chosen: pd.DataFrame, used: pd.DataFrame, *, named: bool = False) -> Finding | None:
    """What the best choice takes, and what it leaves; `named` adds those that give most of its value."""
    if chosen.empty:
        return None
    play = chosen[chosen["part"].isin(["free", "must do", "running"])]
    taken = play[play["chosen"]]
    if taken.empty:
        return Finding(say("No initiative fits into the money and hours there are."), "bad", "estimated", CHOICE)
    whole = used[used["ceiling"].isin(["money", "hours"])].dropna(subset=["limit"])
    left = say(", and leaves {left}", left=_amounts(whole, "left")) if len(whole) else ""
    text = say("Within {limits}, the best choice takes {n} of {all}{fixed}{left}.",
               limits=_amounts(whole, "limit") or say("the hours of single roles"), n=number(len(taken)),
               all=count("{n} initiative", "{n} initiatives", len(play)), left=left, fixed=_fixed(taken))
    if not play["value"].sum() > 0:
        text = say("No initiative that is open contributes to a goal in force (initiative_goals.csv), so the choice holds only what must be done "
                   "or already runs.")
        return Finding(text, "unknown", "counted", CHOICE)
    if used["limit"].isna().all():
        text = say("With no ceiling on money or hours, every initiative that helps a goal is taken, as far as they go together: {n} of {all}.",
                   n=number(len(taken)), all=number(len(play)))
    if named and len(taken) > 3 and taken["value"].sum() > 0:
        first = taken.sort_values("value", ascending=False, kind="stable").head(3)
        text += " " + say("{share} of its value comes from {names}.", share=share(first["value"].sum() / taken["value"].sum()), names=_named(first["initiative_name"]))
    if "gap" in chosen and chosen["gap"].max() > 1e-9:
        text += " " + say("The search was stopped before this was proven to be the best: a better choice could give up to {gap} more value.",
                          gap=share(chosen["gap"].max(), 1))
    return Finding(text, "plain", "estimated", CHOICE)


def _fixed(taken: pd.DataFrame) -> str:
    fixed = int((taken["part"] != "free").sum())
    if 1 < fixed == len(taken):
        return say(", all of which must be done or already run")
    return count(", {n} of which must be done or already runs", ", {n} of which must be done or already run", fixed) if fixed else ""


def _amounts(used: pd.DataFrame, column: str) -> str:
    return listed(amount(row["ceiling"], row[column]) for row in used.to_dict("records"))


def limits(ceilings: pd.DataFrame, valued: pd.DataFrame) -> list[Finding]:
    """Ceilings that are not given, or not the plan's own."""
    found = []
    whole = ceilings[ceilings["ceiling"].isin(["money", "hours"])]
    for row in whole.to_dict("records") if len(valued) else []:
        if pd.isna(row["limit"]):
            text = (say("The plan names no ceiling of money (money_ceiling in plan.toml), so money limits nothing here.") if row["ceiling"] == "money"
                    else say("The plan names no ceiling of staff time (fte_ceiling in plan.toml), so hours limit nothing here."))
            found.append(Finding(text, "unknown", "counted", ("initiatives",)))
        elif pd.notna(row["plan"]) and abs(row["limit"] - row["plan"]) > 1e-9:
            aside = row.get("set_aside", 0.0)
            new, own = (amount(row["ceiling"], row[name] + aside) for name in ("limit", "plan"))
            new = say("at most {new}", new=new) if aside > 0 and row["limit"] == 0 else new
            text = say("This page was asked to use {new} instead of the plan's own {own}.", new=new, own=own)
            found.append(Finding(text, "plain", "counted", ("initiatives",)))
    return found + _empty_roles(ceilings, valued)


def _empty_roles(ceilings: pd.DataFrame, valued: pd.DataFrame) -> list[Finding]:
    """Roles whose hours for initiatives are 0 although initiatives that are free to choose ask for them."""
    free = valued[valued["part"] == "free"] if len(valued) else valued
    asked = [name for name in free if name.startswith("hours of ") and (free[name] > 0).any()]
    none = ceilings[(ceilings["limit"] == 0) & ceilings["ceiling"].isin(asked)]
    if none.empty:
        return []
    shut = int((free[none["ceiling"].tolist()] > 0).any(axis=1).sum())
    text = count("{names} has 0 hours for initiatives (free_hours in roles.csv), so {shut} cannot be chosen. Leave the cell empty where nobody has set a limit.",
                 "{names} have 0 hours for initiatives (free_hours in roles.csv), so {shut} cannot be chosen. Leave the cell empty where nobody has set a limit.", len(none),
                 names=_named(none["ceiling_name"], 3), shut=count("{n} initiative that asks for them", "{n} initiatives that ask for them", shut))
    return [Finding(text, "bad", "counted", ("roles", "initiative_hours"))]


def binding(used: pd.DataFrame) -> Finding | None:
    """Which ceilings hold the choice back, which of them most, and what a little more would bring."""
    tight = used[used["binds"].astype(bool)] if len(used) else used
    known = used.dropna(subset=["limit"]) if len(used) else used
    if known.empty:
        return None
    if tight.empty:
        return Finding(say("No ceiling holds the choice back: more money or staff time would add nothing."), "good", "estimated", CHOICE)
    tight = tight.sort_values(["gain", "lifted"], ascending=False, kind="stable")
    names = [ceiling(row["ceiling"], row["ceiling_name"]) for row in tight.to_dict("records")]
    head = (say("The choice is held back by {first} alone.", first=names[0]) if len(names) == 1
            else say("The choice is held back most by {first}, and also by {others}.", first=names[0], others=listed(names[1:], 2)))
    return Finding(say("{head} {tail}", head=head, tail=_tenth(tight.iloc[0], names)), "plain", "estimated", CHOICE)


def _tenth(first: pd.Series, names: list[str]) -> str:
    if first["gain"] <= 1e-9:
        return say("A tenth more of it would change nothing yet.") if len(names) == 1 else say("A tenth more of any one of them would change nothing yet.")
    comes = _named(first["comes_in"].split("; "), 2)
    out = say(" in place of {names}", names=_named(first["drops_out"].split("; "), 2)) if first["drops_out"] else ""
    return say("A tenth more of {what} would bring in {comes}{out}.", what=names[0], comes=comes, out=out)


def order(chosen: pd.DataFrame) -> Finding | None:
    """What taking initiatives by value for money would lose."""
    if chosen.empty:
        return None
    best, naive = (chosen.loc[chosen[column], "value"].sum() for column in ("chosen", "in_order"))
    if best <= 0:
        return None
    if best - naive <= 1e-9:
        text = say("Taking initiatives in the order of value for money gives the same value as the best choice.")
        return Finding(text, "plain", "estimated", CHOICE)
    gap = chosen.loc[chosen["chosen"], "cost"].sum() - chosen.loc[chosen["in_order"], "cost"].sum()
    text = say("Taking initiatives in the order of value for money would reach {share} of the value of the best choice{spent}.", share=share(naive / best),
               spent=say(", and spend {less} less", less=money(gap)) if gap > 0 else "")
    return Finding(text, "plain", "estimated", CHOICE)


LITTLE = 0.3
"""Up to this sum of contributions a goal gets little: on the scale of the plan, 0.3 is what one initiative that helps a little gives."""


def untouched(goals: pd.DataFrame) -> Finding | None:
    """Goals to which the choice gives nothing, or little."""
    if goals.empty:
        return None
    left = goals[goals["contribution"] <= LITTLE]
    nothing, little = left.loc[left["initiatives"] == 0, "goal_name"], left.loc[left["initiatives"] > 0, "goal_name"]
    if left.empty:
        return Finding(say("Every goal in force gets more than a little from the choice."), "good", "estimated", CHOICE)
    parts = [say("nothing to {names}", names=_named(nothing))] if len(nothing) else []
    parts += [say("little to {names}", names=_named(little))] if len(little) else []
    text = count("The choice gives {what}, a goal with {share} of the weight.", "The choice gives {what}; these {n} goals hold {share} of the weight.",
                 len(left), what=say(", and ").join(parts), share=share(left["weight"].sum()))
    return Finding(text, "bad", "estimated", CHOICE)


def changed(chosen: pd.DataFrame) -> Finding | None:
    """Initiatives that were chosen earlier and that the best choice now leaves out."""
    out = chosen[(chosen["status"] == "chosen") & ~chosen["chosen"].astype(bool)] if len(chosen) else chosen
    if out.empty:
        return None
    text = count("{names} was chosen earlier; the best choice now leaves it out.", "{names} were chosen earlier; the best choice now leaves them out.",
                 len(out), names=_named(out["initiative_name"], 3))
    return Finding(text, "plain", "estimated", CHOICE)


def unknown(valued: pd.DataFrame) -> Finding | None:
    """Initiatives that cannot be chosen because their cost or hours are not known."""
    here = valued[valued["part"] == "cost or hours not known"] if len(valued) else valued
    if here.empty:
        return None
    forced = here[here["must_do"].astype(bool) | (here["status"] == "running")]
    if len(forced):
        text = count("{names} must be done or already runs, but its cost or hours are not known: the choice leaves it out and shows more room than there is.",
                     "{names} must be done or already run, but their cost or hours are not known: the choice leaves them out and shows more room "
                     "than there is.",
                     len(forced), names=_named(forced["initiative_name"], 3))
        return Finding(text, "bad", "counted", ("initiatives",))
    text = count("{names} cannot be chosen, because its cost or hours are not known.", "{names} cannot be chosen, because their cost or hours are not known.",
                 len(here), names=_named(here["initiative_name"], 3))
    return Finding(text, "unknown", "counted", ("initiatives",))


def nearly(steps: pd.DataFrame) -> pd.DataFrame:
    """The cheapest choice that gives at least nine tenths of the value of the best one now; no row when there is none."""
    now = steps[steps["here"]]
    return steps[(steps["value"] >= 0.9 * now["value"].max()) & (steps["money"] < now["money"].max()) & (steps["value"] > 0)].head(1)


def frontier(steps: pd.DataFrame) -> Finding | None:
    """How much of the value less money would already give."""
    if steps.empty:
        return None
    here, less = steps[steps["here"]], nearly(steps)
    if len(steps) == 1:
        text = say("With the hours there are, more money would add no value.")
    elif here.empty:
        text = say("Value grows up to {money}; more money than that would add nothing.", money=money(steps["money"].iloc[-1]))
    elif less.empty:
        text = say("Nine tenths of the value of the choice need all of its money.")
    else:
        text = say("{share} of the value of the choice could be had for {less} instead of {money}.", less=money(less["money"].iloc[0]),
                   share=share(less["value"].iloc[0] / here["value"].iloc[0]), money=money(here["money"].iloc[0]))
    return Finding(text, "plain", "estimated", CHOICE)


def core(held: pd.DataFrame) -> Finding | None:
    """Which initiatives are chosen whatever the ceilings."""
    if held.empty or held["sets"].iloc[0] < 2:
        return None
    safe, never = held[held["kind"] == "always in"], held[held["kind"] == "never in"]
    names = (count("{names} is chosen", "{names} are chosen", len(safe), names=_named(safe["initiative_name"], 3)) if len(safe)
             else say("Of the initiatives that are free to choose, none is chosen"))
    text = say("{names} wherever the ceilings stand from 20% below to 20% above; {never}.", names=names,
               never=count("{n} initiative is never chosen", "{n} initiatives are never chosen", len(never)) if len(never) else say("none is never chosen"))
    return Finding(text, "plain", "estimated", CHOICE)
