"""Sentences about futures: drivers, how plans stand up over all futures, and how likely money, hours and targets hold."""

from __future__ import annotations

import math

import pandas as pd

from planning.show.findings.forecasts import chance
from planning.show.language import absent, count, listed, money, number, quoted, say, share
from planning.show.records import Finding

DRIVEN = ("drivers", "scenario_drivers", "scenarios")
FUTURES = ("scenarios", "scenario_changes", "initiatives", "initiative_goals", "goals")
DRAWN = ("ranges", "initiatives", "budget", "income")
FIGURES = {("initiatives", "cost"): "cost of “{name}”", ("initiatives", "hours"): "hours of “{name}”", ("budget", "planned"): "budget line “{name}”",
           ("income", "planned"): "income from “{name}”", ("initiative_kpis", "expected_change"): "what “{name}” changes in “{other}”",
           ("plan", "money_ceiling"): "money for initiatives", ("plan", "fte_ceiling"): "posts for initiatives", ("plan", "hours_per_fte"): "hours of a post"}
ENDS = {"low": "at its low end", "high": "at its high end"}
OF = {"money": "money for initiatives", "hours": "hours for initiatives", "budget": "the budget's own lines", "income": "income"}
BALANCES = {"money": "The chance that the money for initiatives is enough for those that are chosen, must be done or run is {chance}",
            "hours": "The chance that the hours for initiatives are enough for those that are chosen, must be done or run is {chance}",
            "budget": "The chance that the sums budgeted for {year} are enough for the same lines is {chance}",
            "income": "The chance that the income of {year} pays for the same lines is {chance}"}
WHY = {"money": {"no ceiling": "The plan names no ceiling of money (in plan.toml), so nobody can tell whether the initiatives stay within it.",
                 "no range": "No cost of a chosen initiative has a range (in ranges.csv), so a chance that the money is enough cannot be given.",
                 "nothing taken": "No initiative of known cost and hours is chosen, must be done or runs, so a chance that the money is enough cannot be given."},
       "hours": {"no ceiling": "The plan names no ceiling of staff time (in plan.toml), so nobody can tell whether the initiatives stay within it.",
                 "no range": "No hours of a chosen initiative have a range (in ranges.csv), so a chance that the hours are enough cannot be given.",
                 "nothing taken": "No initiative of known cost and hours is chosen, must be done or runs, so a chance that the hours are enough cannot be given."},
       "budget": {"no figure": "The plan has no budget, so nobody can tell whether it is enough.",
                  "no range": "No line of the budget has a range (in ranges.csv), so a chance that the budget is enough cannot be given."},
       "income": {"no figure": "A source of income of {year} has no planned sum (in income.csv), so a chance that income pays for the budget cannot be given.",
                  "no range": "Neither income nor budget has a range (in ranges.csv), so a chance that income pays for the budget cannot be given."}}
HALF, SAFE = 0.5, 0.8


def figure(row: object) -> str:
    """An uncertain figure in words, such as: cost of “Storytime”."""
    words = FIGURES.get((row["table"], row["column"]), "“{name}”")
    return say(words, name=row["name"], other=row["other"])


def drivers(rows: pd.DataFrame) -> Finding | None:
    """Which heavy and open drivers no scenario moves."""
    if rows.empty:
        return None
    decisive = rows[rows["decisive"].astype(bool)]
    if decisive.empty:
        return Finding(say("None of the drivers is rated 4 or more in both impact and uncertainty, so none calls for a scenario of its own."), "plain", "estimated", DRIVEN)
    never, one = (decisive[decisive["moved"] == word] for word in ("never", "one way"))
    head = count("{n} driver would change much and is open", "{n} drivers would change much and are open", len(decisive))
    if len(never):
        text = count("{head}; no scenario moves {names}, so nobody has looked at that future.", "{head}; no scenario moves {names}, so nobody has looked at those futures.",
                     len(never), head=head, names=quoted(never["name"], 2))
        return Finding(text, "bad", "estimated", DRIVEN)
    if len(one):
        return Finding(say("{head}; the scenarios move {names} to one end only.", head=head, names=quoted(one["name"], 2)), "plain", "estimated", DRIVEN)
    return Finding(say("{head}; the scenarios move each of them to both ends.", head=head), "good", "estimated", DRIVEN)


def alike(rows: pd.DataFrame) -> Finding | None:
    """The two scenarios that differ least, where that is in one driver or in none."""
    known = rows.dropna(subset=["share"]) if len(rows) else rows
    if known.empty:
        return None
    first = known.iloc[0]
    names = {"one": first["scenario_name"], "two": first["other_name"], "all": count("{n} driver", "{n} drivers", int(first["drivers"]))}
    if first["differ"] > 1:
        return None
    if not first["differ"]:
        return Finding(say("“{one}” and “{two}” differ in none of the {all} that both name: they are one story told twice.", **names), "bad", "counted", DRIVEN)
    return Finding(say("The two scenarios that are most alike, “{one}” and “{two}”, differ in {n} of {all}.", n=int(first["differ"]), **names),
                   "plain", "counted", DRIVEN)


def corners(rows: pd.DataFrame) -> Finding | None:
    """Corners of the two heaviest drivers where no scenario stands."""
    if rows.empty:
        return None
    first, second, empty = rows["first"].iloc[0], rows["second"].iloc[0], rows[rows["empty"].astype(bool)]
    if empty.empty:
        return Finding(say("The scenarios stand in all four corners of “{first}” and “{second}”.", first=first, second=second), "good", "counted", DRIVEN)
    if len(empty) == 4:
        return Finding(say("No scenario moves both “{first}” and “{second}”, the two heaviest drivers that any scenario moves.", first=first, second=second), "bad", "counted", DRIVEN)
    one = empty.iloc[0]
    text = count("Of the four corners of “{first}” and “{second}”, {n} holds no scenario; for example “{one}” together with “{two}”.",
                 "Of the four corners of “{first}” and “{second}”, {n} hold no scenario; for example “{one}” together with “{two}”.", len(empty), first=first, second=second,
                 one=one["first_story"], two=one["second_story"])
    return Finding(text, "plain", "counted", DRIVEN)


def emptied(rows: pd.DataFrame) -> list[Finding]:
    """Scenarios that leave nothing of a table."""
    words = {"weight": "every weight of a goal", "planned": "every line of the budget", "uses": "every count of use", "cost": "every cost of an initiative", "hours": "all hours of initiatives",
             "money_ceiling": "the money for initiatives", "fte_ceiling": "the posts for initiatives"}
    found = []
    for name, own in rows.groupby("name", sort=False):
        what = listed(dict.fromkeys(say(words.get(column, "a whole column of figures")) for column in own["column"]))
        text = say("The scenario “{name}” sets {what} to nothing. If that is not meant, correct scenario_changes.csv: a tenth less is times 0.9.", name=name, what=what)
        found.append(Finding(text, "bad", "counted", ("scenarios", "scenario_changes")))
    return found


def robust(rows: pd.DataFrame, *, tolerance: float = 0.10) -> Finding | None:
    """In how many futures today's choice is good enough, beside the others."""
    if rows.empty or rows["futures"].iloc[0] < 2:
        return None
    today = rows[rows["plan"].str.split(", ").map(lambda ids: "today" in ids)]
    if today.empty:
        return None
    one, futures = today.iloc[0], int(rows["futures"].iloc[0])
    good = round(one["good_enough"] * futures)
    if good == futures:
        return Finding(say("Today's choice of initiatives is good enough in all {all} futures: nowhere does it forgo more than {tolerance} of the best.", all=futures, tolerance=share(tolerance)), "good", "estimated", FUTURES)
    text = say("Today's choice of initiatives is good enough in {good} of {all} futures: there it forgoes at most {tolerance} of the best", good=good, all=futures, tolerance=share(tolerance))
    better = rows[rows["good_enough"] > one["good_enough"] + 1e-9]
    if better.empty:
        return Finding(say("{head}, and no other plan does better.", head=text), "plain", "estimated", FUTURES)
    plan = better.iloc[0]
    return Finding(say("{head}; a plan made for “{plan}” is so in {more}.", head=text, plan=plan["plan_name"].split("; ")[0], more=round(plan["good_enough"] * futures)), "bad", "estimated", FUTURES)


def information(rows: pd.DataFrame) -> Finding | None:
    """What the plans lose on average, and what knowing the future would be worth."""
    if rows.empty or rows["futures"].iloc[0] < 2:
        return None
    if rows["expected"].isna().all():
        return Finding(say("The scenarios have no chances, so no average over the futures can be given; the largest loss and the number of futures stand without them."), "unknown", "counted", FUTURES)
    best, today = rows[rows["likeliest"].astype(bool)].iloc[0], rows[rows["plan"].str.split(", ").map(lambda ids: "today" in ids)]
    worth = share(rows["information"].iloc[0], 1)
    if len(today) and bool(today["likeliest"].iloc[0]):
        text = say("By the chances that leadership gives, today's choice loses least on average: {lost} of the best. Knowing which future comes is worth no more than that.", lost=worth)
        return Finding(_stretched(text, rows), "good", "estimated", FUTURES)
    text = say("By the chances that leadership gives, a plan made for “{plan}” loses least on average: {lost} of the best", plan=best["plan_name"].split("; ")[0], lost=worth)
    text = say("{head}, where today's choice loses {today}.", head=text, today=share(today["expected"].iloc[0], 1)) if len(today) else say("{head}.", head=text)
    return Finding(_stretched(text, rows), "plain", "estimated", FUTURES)


def _stretched(text: str, rows: pd.DataFrame) -> str:
    lost = rows["unseen"].iloc[0]
    return say("{text} Scenarios with a chance of {lost} together cannot be computed and are not in it.", text=text, lost=share(lost)) if lost > 0 else text


def balances(rows: pd.DataFrame, *, known: bool = True) -> list[Finding]:
    """How likely money, hours, budget and income are enough; without `known` only those that cannot be told, beside a table of the others."""
    if len(rows) and (rows["reason"] == "no range").all():
        return [Finding(say("No figure that could be drawn has a range (in ranges.csv), so no chance that money and hours are enough can be given."), "unknown", "counted", DRAWN)]
    return [_balance(row) for row in rows.to_dict("records") if (known or row["reason"]) and (row["outcome"] != "budget" or row["reason"] != "no figure")]


def _balance(row: dict[str, object]) -> Finding:
    if row["reason"]:
        return Finding(say(WHY[row["outcome"]][row["reason"]], year=row["year"]), "unknown", "counted", DRAWN)
    head = say(BALANCES[row["outcome"]], chance=chance(row["chance"]), year=row["year"])
    sums = {"middle": _rough(row["p50"], row["outcome"]), "worst": _rough(row["p10"], row["outcome"]), "draws": number(row["draws"]), "seed": row["seed"]}
    middle = (say("the middle one of {draws} draws (seed {seed}) leaves about {middle}", **sums) if row["p50"] >= 0
              else say("the middle one of {draws} draws (seed {seed}) falls about {middle} short", **sums))
    worst = say("one in ten falls {worst} or more short", **sums) if row["p10"] < 0 else say("nine in ten leave {worst} or more", **sums)
    tone = "good" if row["chance"] >= SAFE else "bad" if row["chance"] < HALF else "plain"
    return Finding(say("{head}; {middle}, and {worst}.", head=head, middle=middle, worst=worst), tone, "estimated", DRAWN)


def spans(rows: pd.DataFrame) -> Finding | None:
    """How far each chance hangs on the way in which the ranges are read."""
    wide = [row for row in rows[rows["reason"] == ""].to_dict("records") if chance(row["least"]) != chance(row["most"])]
    if not wide:
        return None
    parts = listed(say("{what} {least} to {most}", what=say(OF[row["outcome"]]), least=chance(row["least"]), most=chance(row["most"])) for row in wide)
    text = say("The same ranges can be read in other ways, with thicker tails or with all figures moving as one. The chances then lie within these limits: {parts}.", parts=parts)
    return Finding(text, "unknown", "estimated", DRAWN)


def rounded(value: float) -> float:
    """An estimate with the two figures that it can bear.

    >>> rounded(7652.0), rounded(-18049.0), rounded(0.0), rounded(66.62)
    (7700.0, -18000.0, 0.0, 67.0)
    """
    return value if absent(value) or not value else round(float(value), 1 - math.floor(math.log10(abs(value))))


def _rough(value: float, outcome: str) -> str:
    size = abs(rounded(value))
    return count("{n} hour", "{n} hours", round(size)) if outcome == "hours" else money(size, 0)


def targets(rows: pd.DataFrame) -> Finding | None:
    """Which targets the chosen initiatives would bring."""
    rests_on = ("ranges", "initiative_kpis", "kpis", "kpi_values")
    if rows.empty:
        return None
    known = rows.dropna(subset=["chance"])
    if known.empty:
        return Finding(say("No expected change of a KPI has a range (in ranges.csv), so a chance to meet its target cannot be given."), "unknown", "counted", rests_on)
    met, last = known[known["chance"] >= HALF], known.iloc[0]
    head = count("Of {all} whose expected changes have a range, {n} is more likely than not to meet its target, if nothing else moves",
                 "Of {all} whose expected changes have a range, {n} are more likely than not to meet their targets, if nothing else moves", len(met), all=count("{n} KPI", "{n} KPIs", len(known)))
    never = known[known["chance"] == 0]
    tail = (count("{names} meets it in no draw", "{names} meet theirs in no draw", len(never), names=quoted(never["name"], 2)) if len(never) else
            say("least likely is “{name}”, with {chance}", name=last["name"], chance=chance(last["chance"])))
    return Finding(say("{head}; {tail}.", head=head, tail=tail), "bad" if len(met) < len(known) / 2 else "plain" if len(met) < len(known) else "good", "estimated", rests_on)


def swings(rows: pd.DataFrame) -> Finding | None:
    """The figure that moves the balance of money most."""
    if rows.empty:
        return None
    first = rows.iloc[0]
    ends = sorted([first["at_low"], first["at_high"]])
    text = say("The money left for initiatives depends most on the {figure}: alone it moves what is left from {low} to {high}.", figure=figure(first), low=money(ends[0]), high=money(ends[1]))
    return Finding(text, "plain", "estimated", DRAWN)


def worth(rows: pd.DataFrame) -> Finding | None:
    """The figure that the choice itself hangs on."""
    if rows.empty or rows["swing"].isna().all():
        return None
    first, moving = rows.sort_values("lost", ascending=False, kind="stable").iloc[0], rows[rows["swing"] > 1e-9]
    if moving.empty:
        return Finding(say("No single figure within its range would change the best choice of initiatives."), "good", "estimated", FUTURES)
    if absent(first["lost"]) or first["lost"] <= 0:
        text = count("{n} of {all} uncertain figures could change the best choice, and none could cost it any of its value.", "{n} of {all} uncertain figures could change the best choice, and none could cost it any of its value.", len(moving), all=len(rows))
        return Finding(text, "good", "estimated", FUTURES)
    level = rows[(rows["lost"] - first["lost"]).abs() < 1e-9]
    most = say("the {figure}", figure=figure(first)) if len(level) == 1 else count("{n} figure", "{n} figures alike", len(level))
    text = count("Taken one at a time, {n} of {all} uncertain figures can change which initiatives are best; none alone costs the best choice more than {lost} of its value ({most}).",
                 "Taken one at a time, {n} of {all} uncertain figures can change which initiatives are best; none alone costs the best choice more than {lost} of its value ({most}).",
                 len(moving), all=len(rows), lost=share(first["lost"], 1), most=most)
    return Finding(text, "plain" if first["lost"] < 0.1 else "bad", "estimated", FUTURES)


def outside(inputs: pd.DataFrame) -> Finding | None:
    """Figures of the plan that lie outside their own range."""
    rows = inputs[inputs["outside"].astype(bool)] if len(inputs) else inputs
    if rows.empty:
        return None
    text = count("The plan's own figure lies outside its range in {n} case: {names}. One of the two is out of date.", "The plan's own figure lies outside its range in {n} cases: {names}. One of the two is out of date.",
                 len(rows), names=listed((figure(row) for row in rows.to_dict("records")), 3))
    return Finding(text, "bad", "counted", ("ranges",))
