"""Sentences of step 6: money by goal, plan and spending, cost of a use, digital and physical, skills and training."""

from __future__ import annotations

import pandas as pd

from planning.show.language import count, listed, money, number, say, share
from planning.show.records import Finding

MONEY = ("budget", "services", "alignment", "goals")
WIDE, NARROW = 0.10, 0.05


def against_weights(by_goal: pd.DataFrame, *, year: int) -> Finding | None:
    """Whether money is shared among the goals as their weights are."""
    goals = by_goal[by_goal["kind"] == "goal"] if len(by_goal) else by_goal
    if goals.empty:
        return None
    if goals["share"].isna().all():
        return Finding(say("No service with money of its own supports a goal in force, so money cannot be set against weights."), "unknown", "counted", MONEY)
    above, below = goals.loc[goals["difference"].idxmax()], goals.loc[goals["difference"].idxmin()]
    if max(above["difference"], -below["difference"]) < NARROW:
        text = say("In fiscal year {year} every goal's share of the money lies within {points} percentage points of its weight.",
                   year=year, points=number(NARROW * 100))
        return Finding(text, "good", "estimated", MONEY)
    text = say("In fiscal year {year} {above}, with {weight} of the weight, takes {much} of the money that reaches goals; {below}, with {other} of the weight, gets {little}.",
               year=year, above=above["goal_name"], much=share(above["share"]), weight=share(above["weight"]), below=below["goal_name"],
               little=_little(below["share"]), other=share(below["weight"]))
    tone = "bad" if max(above["difference"], -below["difference"]) >= WIDE else "plain"
    return Finding(text, tone, "estimated", MONEY)


def _little(value: float) -> str:
    if value == 0:
        return say("nothing")
    return say("less than {one}", one=share(0.01)) if value < 0.005 else share(value)


def outside(by_goal: pd.DataFrame, goalless: pd.DataFrame, *, year: int) -> Finding | None:
    """How much money goes to services that support no goal, and how much all services share."""
    if by_goal.empty:
        return None
    shared = by_goal.loc[by_goal["kind"] == "shared", "share_of_all"].sum()
    rest = say("Costs that all services share take another {shared}.", shared=_little(shared))
    if goalless.empty:
        rest = say("Costs that all services share take {shared} of the money and belong to no single goal.", shared=_little(shared))
        return Finding(say("Every service with money of its own supports a goal in force.") + " " + rest, "good", "counted", MONEY)
    text = count("In fiscal year {year} {money} ({share} of the money) goes to {names}, which supports no goal in force.",
                 "In fiscal year {year} {money} ({share} of the money) goes to {n} services that support no goal in force: {names}.",
                 len(goalless), year=year, money=money(goalless["amount"].sum()), share=_little(goalless["share"].sum()),
                 names=listed(goalless["service_name"], most=3))
    return Finding(text + " " + rest, "bad" if goalless["share"].sum() >= 0.01 else "plain", "counted", MONEY)


def basis(yearly: pd.DataFrame, *, year: int) -> Finding | None:
    """Whether the year's figures are what was spent, or partly what was planned."""
    found = yearly[yearly["fiscal_year"] == year]
    if found.empty:
        return None
    row = found.iloc[0]
    if row["known"] == row["lines"]:
        text = count("All figures of fiscal year {year} are what was spent, on {n} line.", "All figures of fiscal year {year} are what was spent, on {n} lines.",
                     int(row["lines"]), year=year)
        return Finding(text, "plain", "counted", ("budget",))
    text = count("For {n} of {all} lines of fiscal year {year} no spending is known; what was planned stands in for it.",
                 "For {n} of {all} lines of fiscal year {year} no spending is known; what was planned stands in for them.",
                 int(row["lines"] - row["known"]), all=number(row["lines"]), year=year)
    return Finding(text, "unknown", "counted", ("budget",))


def plan(yearly: pd.DataFrame, *, year: int) -> Finding | None:
    """How spending of the year compares with its plan."""
    found = yearly[(yearly["fiscal_year"] == year) & yearly["variance"].notna()]
    if found.empty:
        return None
    row = found.iloc[0]
    if abs(row["variance"]) < 0.0005:
        return Finding(say("Spending in fiscal year {year} came out as planned.", year=year), "good", "counted", ("budget",))
    side = say("above") if row["variance"] > 0 else say("below")
    text = say("Spending in fiscal year {year} came out {share} {side} plan ({money}).",
               year=year, share=share(abs(row["variance"]), 1), side=side, money=money(abs(row["difference"])))
    tone = "bad" if row["variance"] > 0.02 else "plain" if row["variance"] < -0.05 else "good"
    return Finding(text, tone, "counted", ("budget",))


def trend(yearly: pd.DataFrame, *, year: int) -> Finding | None:
    """How spending moved from the first year to this one."""
    known = yearly[(yearly["known"] == yearly["lines"]) & (yearly["fiscal_year"] <= year)]
    if len(known) < 2 or known.iloc[0]["amount"] <= 0:
        return None
    first, last = known.iloc[0], known.iloc[-1]
    rate = (last["amount"] / first["amount"]) ** (1 / (last["fiscal_year"] - first["fiscal_year"])) - 1
    way = say("rose") if rate > 0 else say("fell")
    text = say("From fiscal year {first} to {last} spending {way} by {rate} a year, from {low} to {high}, before any rise in prices is taken out.",
               first=int(first["fiscal_year"]), last=int(last["fiscal_year"]), way=way, rate=share(abs(rate), 1),
               low=money(first["amount"], 0), high=money(last["amount"], 0))
    return Finding(text, "plain", "counted", ("budget",))


def repeated(off_plan: pd.DataFrame, yearly: pd.DataFrame, *, year: int) -> Finding | None:
    """Which lines miss their plan year after year."""
    known = yearly[(yearly["fiscal_year"] == year) & (yearly["known"] > 0)]
    if known.empty:
        return None
    if off_plan.empty:
        return Finding(say("No line missed its plan for fiscal year {year} by more than {five}.", year=year, five=share(0.05)), "good", "counted", ("budget",))
    again = off_plan[off_plan["run"] >= 2]
    if again.empty:
        text = count("In fiscal year {year}, {n} line missed its plan by more than {five}, and had not done so on that side the year before: {names}.",
                     "In fiscal year {year}, {n} lines missed their plan by more than {five}, none of them on the same side as the year before: {names}.",
                     len(off_plan), year=year, five=share(0.05), names=listed(off_plan["name"], most=4))
        return Finding(text, "plain", "counted", ("budget",))
    told = [say("{name} ({run} years in a row {side} plan, this time by {miss})", name=row.name_of, run=row.run,
                side=say("over") if row.side == "over" else say("under"), miss=share(abs(row.variance)))
            for row in again.rename(columns={"name": "name_of"}).head(3).itertuples()]
    text = count("{n} line misses its plan by more than {five} again and again: {told}.", "{n} lines miss their plan by more than {five} again and again: {told}.",
                 len(again), five=share(0.05), told=listed(told) if len(again) <= 3 else say("among them {told}", told=listed(told)))
    return Finding(text, "bad", "counted", ("budget",))


def categories(by_category: pd.DataFrame) -> Finding | None:
    """What most of the money buys, and what moved."""
    if by_category.empty or pd.isna(by_category.iloc[0]["share"]):
        return None
    top = by_category.head(2)
    shares = listed(say("{category} with {share}", share=share(row.share), category=say(row.category)) for row in top.itertuples())
    most = by_category.loc[by_category["moved"].abs().idxmax()]
    if abs(most["moved"]) < 0.01:
        moved = say("No category's share moved by as much as one percentage point since the first year of the budget.")
    else:
        way = say("grew") if most["moved"] > 0 else say("shrank")
        moved = say("The share for {category} {way} most since the first year, from {before} to {now}.",
                    category=say(most["category"]), way=way, before=share(most["share_before"]), now=share(most["share"]))
    return Finding(count("All the money is in one category: {shares}.", "The largest categories are {shares} of the money.", len(top), shares=shares) + " " + moved, "plain", "counted", ("budget",))


def cost_per_use(costs: pd.DataFrame, *, year: int) -> Finding | None:
    """Which use costs most and least."""
    known = costs[costs["cost"].notna()] if len(costs) else costs
    if known.empty:
        return None
    high, low = known.iloc[0], known.iloc[-1]
    if len(known) == 1:
        return Finding(say("In fiscal year {year} one use of {high} cost {much}.", year=year, high=high["service_name"], much=money(high["cost"])), "plain", "counted", ("budget", "usage"))
    text = say("In fiscal year {year} one use cost most for {high} ({much}) and least for {low} ({little}).",
               year=year, high=high["service_name"], much=money(high["cost"]), low=low["service_name"], little=money(low["cost"]))
    return Finding(text, "plain", "counted", ("budget", "usage"))


def dearer(costs: pd.DataFrame) -> Finding | None:
    """Services whose use became clearly dearer within a year."""
    risen = costs[costs["change"] >= WIDE].sort_values("change", ascending=False) if len(costs) else costs
    if costs.empty or costs["change"].isna().all():
        return None
    if risen.empty:
        return Finding(say("No service's cost per use rose by {ten} or more on the year before.", ten=share(WIDE)), "good", "counted", ("budget", "usage"))
    first = risen.iloc[0]
    text = say("One use of {name} costs {now}, {change} more than a year before.", name=first["service_name"], now=money(first["cost"]), change=share(first["change"]))
    if len(risen) > 1:
        text += " " + say("It also rose by {ten} or more for {names}.", ten=share(WIDE), names=listed(risen["service_name"].iloc[1:], most=3))
    return Finding(text, "bad", "counted", ("budget", "usage"))


def cheaper(costs: pd.DataFrame) -> Finding | None:
    """Services whose use became clearly cheaper within a year."""
    fallen = costs[costs["change"] <= -WIDE].sort_values("change") if len(costs) else costs
    if fallen.empty:
        return None
    told = listed((say("{name} ({before} to {now})", name=row.service_name, before=money(row.cost_before), now=money(row.cost)) for row in fallen.itertuples()), most=3)
    return Finding(say("One use became at least {ten} cheaper within a year for {told}.", ten=share(WIDE), told=told), "good", "counted", ("budget", "usage"))


def unpriced(costs: pd.DataFrame, *, year: int) -> list[Finding]:
    """Services without a cost per use, or with one that rests on part of a year, and why."""
    tables = ("budget", "usage")
    names = {state: rows["service_name"] for state, rows in costs.groupby("state")} if len(costs) else {}
    found = []
    if "no use" in names:
        spent = costs.loc[costs["state"] == "no use", "spent"].sum()
        found.append(Finding(count("{names} was counted in fiscal year {year} and not used once; {money} went into it. No cost per use can be given.",
                                   "{names} were counted in fiscal year {year} and not used once; {money} went into them. No cost per use can be given.",
                                   len(names["no use"]), names=listed(names["no use"]), year=year, money=money(spent)), "bad", "counted", tables))
    if "not counted" in names:
        found.append(Finding(say("No use was counted in fiscal year {year} for {names}, so no cost per use can be given.",
                                 year=year, names=listed(names["not counted"])), "unknown", "counted", tables))
    if "no money of its own" in names:
        found.append(Finding(count("{names} has no budget line of its own: what its use costs is part of the shared costs.",
                                   "{names} have no budget line of their own: what their use costs is part of the shared costs.",
                                   len(names["no money of its own"]), names=listed(names["no money of its own"])), "unknown", "counted", tables))
    if "part of the year" in names:
        rows = costs[costs["state"] == "part of the year"]
        told = listed(say("{name} ({months} of 12 months counted)", name=row.service_name, months=row.months) for row in rows.itertuples())
        found.append(Finding(say("The cost per use rests on part of fiscal year {year} for {told}; set it beside no full year.", year=year, told=told), "unknown", "counted", tables))
    return found


def digital(digital: pd.DataFrame) -> Finding | None:
    """Digital's share of use beside its share of money, now and at first."""
    use, spent = digital.dropna(subset=["use_share"]), digital.dropna(subset=["money_share"])
    both = digital.dropna(subset=["use_share", "money_share"])
    if both.empty:
        one, tables = (use, ("usage", "services")) if len(use) else (spent, ("budget",))
        if one.empty:
            return None
        row = one.iloc[-1]
        text = (say("In fiscal year {year} digital carried {share} of the use that is clearly digital or physical.", year=int(row["fiscal_year"]), share=share(row["use_share"]))
                if len(use) else say("In fiscal year {year} digital took {share} of the money that is clearly digital or physical.",
                                     year=int(row["fiscal_year"]), share=share(row["money_share"])))
        return Finding(text, "plain", "counted", tables)
    first, last = both.iloc[0], both.iloc[-1]
    text = say("In fiscal year {year} digital carried {use} of the use and took {money} of the money that is clearly digital or physical",
               year=int(last["fiscal_year"]), use=share(last["use_share"]), money=share(last["money_share"]))
    if len(both) > 1:
        text += say("; in fiscal year {first} it was {use} and {money}", first=int(first["fiscal_year"]), use=share(first["use_share"]), money=share(first["money_share"]))
    return Finding(say("{told}.", told=text), "plain", "counted", ("budget", "usage", "services"))


def under_way(under_way: pd.DataFrame) -> Finding | None:
    """Which goals the hours of chosen and running initiatives serve."""
    goals = under_way[under_way["weight"].notna()] if len(under_way) else under_way
    if goals.empty or goals["hours_share"].isna().all():
        return None
    top, least = goals.iloc[0], goals.iloc[-1]
    text = say("Initiatives that are chosen or running take {hours} hours and {money} in their first year. Of the hours that reach goals, {share} serve {top}, "
               "which weighs {weight}; {least}, which weighs {other}, gets {little}.",
               hours=number(under_way["hours"].sum(), 0), money=money(under_way["cost"].sum(), 0), share=share(top["hours_share"]), top=top["goal_name"],
               weight=share(top["weight"]), least=least["goal_name"], other=share(least["weight"]), little=_little(least["hours_share"]))
    return Finding(text, "plain", "estimated", ("initiatives", "initiative_goals", "goals"))


def nobody(coverage: pd.DataFrame) -> Finding | None:
    """Skills that nobody has at the needed level."""
    needed = coverage[~coverage["state"].isin(["not needed", "not counted"])] if len(coverage) else coverage
    if needed.empty:
        return None
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
        text += " " + (say("Where it is missing, a service stops.") if len(one) == 1 else
                       count("For {n} of them a service stops when it is missing.", "For {n} of them a service stops when they are missing.", stops))
    return Finding(text, "bad", "counted", ("skills", "role_skills"))


def training(closures: pd.DataFrame, trainings: pd.DataFrame) -> Finding | None:
    """How many gaps the listed trainings close, at what cost, and which none closes."""
    if closures.empty:
        return None
    tables = ("role_skills", "trainings")
    if trainings.empty:
        return Finding(count("{n} gap in skills is known, and no training is listed.", "{n} gaps in skills are known, and no training is listed.", len(closures)), "unknown", "counted", tables)
    closed, left = closures[closures["covered"] == "closed"], closures[closures["covered"] != "closed"]
    text = say("Trainings on the list close {n} of {all} gaps", n=len(closed), all=len(closures))
    if len(closed):
        text += say("; for all who are short the lowest fees come to {money}, with {hours} hours of staff time", money=money(closed["cost_all"].sum(), 0), hours=number(closed["hours_all"].sum(), 0))
    text = say("{told}.", told=text)
    for covered, words in (("none", "None of them helps with {skills}."), ("narrowed", "In {skills} they stop short of the level that {roles} needs.")):
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
