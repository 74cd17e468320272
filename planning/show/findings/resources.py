"""Sentences of step 6 about money: by goal, planned and spent, for one use, digital and physical, for what was started."""

from __future__ import annotations

import pandas as pd

from planning.show.language import count, listed, money, number, quoted, say, share
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
    text = say("In fiscal year {year} {above}, with {weight} of the weight, takes {much} of the money that reaches goals; "
               "{below}, with {other} of the weight, gets {little}.",
               year=year, above=quoted([above["goal_name"]]), much=share(above["share"]), weight=share(above["weight"]), below=quoted([below["goal_name"]]),
               little=_little(below["share"]), other=share(below["weight"]))
    tone = "bad" if max(above["difference"], -below["difference"]) >= WIDE else "plain"
    return Finding(text, tone, "estimated", MONEY)


def moved(amount: float, source: str, target: str, *, year: int) -> Finding:
    """What a move of money between two services supposes."""
    if source == target or amount == 0:
        return Finding(say("Nothing is moved. Choose two services and a part of the money; this is fiscal year {year} as it is.", year=year), "plain", "counted", ("budget",))
    text = say("Supposed: {money} of fiscal year {year} goes to {target} instead of {source}. What follows is said as if it had.",
               money=money(amount, 0), year=year, target=target, source=source)
    return Finding(text, "plain", "estimated", ("budget",))


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
    text = count("In fiscal year {year}, {money} ({share} of the money) goes to {names}, which supports no goal in force.",
                 "In fiscal year {year}, {money} ({share} of the money) goes to {n} services that support no goal in force: {names}.",
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
    if row["known"] == 0:
        return Finding(say("Nothing is known to be spent yet in fiscal year {year}; its figures are what was planned.", year=year), "unknown", "counted", ("budget",))
    text = count("For {n} of {all} lines of fiscal year {year} no spending is known; what was planned stands in for it.",
                 "For {n} of {all} lines of fiscal year {year} no spending is known; what was planned stands in for them.",
                 int(row["lines"] - row["known"]), all=number(row["lines"]), year=year)
    return Finding(text, "unknown", "counted", ("budget",))


def plan(yearly: pd.DataFrame, *, year: int) -> Finding | None:
    """How spending of the year compares with its plan."""
    found = yearly[yearly["fiscal_year"] == year]
    if found.empty:
        return None
    row = found.iloc[0]
    if pd.isna(row["variance"]):
        return _without_plan(row) if row["known"] == row["lines"] else None
    if abs(row["variance"]) < 0.0005:
        return Finding(say("Spending in fiscal year {year} came out as planned.", year=year), "good", "counted", ("budget",))
    side = say("above") if row["variance"] > 0 else say("below")
    text = say("Spending in fiscal year {year} came out {share} {side} plan ({money}).",
               year=year, share=share(abs(row["variance"]), 1), side=side, money=money(abs(row["difference"])))
    tone = "bad" if row["variance"] > 0.02 else "good" if -0.05 <= row["variance"] <= 0.01 else "plain"
    return Finding(text, tone, "counted", ("budget",))


def _without_plan(row: pd.Series) -> Finding:
    text = say("In fiscal year {year} the library spent {money}; without what was planned, nobody can say whether that was as meant.",
               year=int(row["fiscal_year"]), money=money(row["amount"], 0))
    return Finding(text, "plain", "counted", ("budget",))


def repeated(off_plan: pd.DataFrame, yearly: pd.DataFrame, *, year: int) -> Finding | None:
    """Which lines miss their plan year after year."""
    known = yearly[(yearly["fiscal_year"] == year) & yearly["variance"].notna()]
    if known.empty:
        return None
    if off_plan.empty:
        return Finding(say("No line missed its plan for fiscal year {year} by more than {five}.", year=year, five=share(0.05)), "good", "counted", ("budget",))
    again = off_plan[off_plan["run"] >= 2]
    if again.empty:
        text = count("In fiscal year {year}, {n} line missed its plan by more than {five}, and had not done so on that side the year before: {names}.",
                     "In fiscal year {year}, {n} lines missed their plan by more than {five}, none of them on the same side as the year before: {names}.",
                     len(off_plan), year=year, five=share(0.05), names=quoted(off_plan["name"], most=3))
        return Finding(text, "plain", "counted", ("budget",))
    told = [say("{name} ({run} years in a row {side} plan, this time by {miss})", name=quoted([row.name_of]), run=row.run,
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
    if by_category["moved"].eq(0).all():
        moved = ""
    elif abs(most["moved"]) < 0.01:
        moved = say("No category's share moved by as much as one percentage point since the first year of the budget.")
    else:
        way = say("grew") if most["moved"] > 0 else say("shrank")
        moved = say("The share for {category} {way} most since the first year, from {before} to {now}.",
                    category=say(most["category"]), way=way, before=share(most["share_before"]), now=share(most["share"]))
    text = count("All the money is in one category: {shares}.", "The largest categories are {shares} of the money.", len(top), shares=shares)
    return Finding(f"{text} {moved}".strip(), "plain", "counted", ("budget",))


def cost_per_use(costs: pd.DataFrame, *, year: int) -> Finding | None:
    """Which use costs most and least."""
    known = costs[costs["state"] == "counted"] if len(costs) else costs
    if known.empty:
        return None
    high, low = known.iloc[0], known.iloc[-1]
    if len(known) == 1:
        text = say("In fiscal year {year} one use of {high} cost {much}.", year=year, high=high["service_name"], much=money(high["cost"]))
        return Finding(text, "plain", "counted", ("budget", "usage"))
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
        text += " " + say("The cost of one use also rose by {ten} or more for {names}.", ten=share(WIDE), names=listed(risen["service_name"].iloc[1:], most=3))
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
    if "year not over" in names:
        found.append(Finding(say("Fiscal year {year} is not counted to its end for any service, so no cost per use can be given yet.", year=year),
                             "unknown", "counted", tables))
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
        found.append(Finding(say("The cost per use rests on part of fiscal year {year} for {told}; do not compare it with that of a full year.", year=year, told=told),
                             "unknown", "counted", tables))
    return found


def digital(digital: pd.DataFrame) -> Finding | None:
    """Digital's share of use beside its share of money, now and at first."""
    both = digital.dropna(subset=["use_share", "money_share"])
    if both.empty:
        return _digital_alone(digital)
    first, last = both.iloc[0], both.iloc[-1]
    text = say("In fiscal year {year} digital carried {use} of the use and took {money} of the money that is clearly digital or physical",
               year=int(last["fiscal_year"]), use=share(last["use_share"]), money=share(last["money_share"]))
    if len(both) > 1:
        text += say("; in fiscal year {first} it was {use} and {money}",
                    first=int(first["fiscal_year"]), use=share(first["use_share"]), money=share(first["money_share"]))
    return Finding(say("{told}.", told=text), "plain", "counted", ("budget", "usage", "services"))


def _digital_alone(digital: pd.DataFrame) -> Finding | None:
    if digital.empty:
        return None
    row = digital.iloc[-1]
    if pd.notna(row["use_share"]):
        text = say("In fiscal year {year} digital carried {share} of the use that is clearly digital or physical.",
                   year=int(row["fiscal_year"]), share=share(row["use_share"]))
        return Finding(text, "plain", "counted", ("usage", "services"))
    text = say("In fiscal year {year} digital took {share} of the money that is clearly digital or physical.",
               year=int(row["fiscal_year"]), share=share(row["money_share"]))
    return Finding(text, "plain", "counted", ("budget",))


def under_way(under_way: pd.DataFrame) -> Finding | None:
    """Which goals the hours of chosen and running initiatives serve."""
    goals = under_way[under_way["weight"].notna()] if len(under_way) else under_way
    if goals.empty or goals["hours_share"].isna().all():
        return None
    top, least = goals.iloc[0], goals.iloc[-1]
    text = say("Initiatives that are chosen or running take {hours} hours and {money} in their first year. Of the hours that reach goals, {share} serve {top}, "
               "which weighs {weight}; {least}, which weighs {other}, gets {little}.",
               hours=number(under_way["hours"].sum(), 0), money=money(under_way["cost"].sum(), 0), share=share(top["hours_share"]), top=quoted([top["goal_name"]]),
               weight=share(top["weight"]), least=quoted([least["goal_name"]]), other=share(least["weight"]), little=_little(least["hours_share"]))
    return Finding(text, "plain", "estimated", ("initiatives", "initiative_goals", "goals"))
