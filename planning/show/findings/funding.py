"""Sentences of step 6 about who gets the money: a fund, people's choice, more or less money, income, grants, the public budget."""

from __future__ import annotations

import pandas as pd

from planning.show.language import count, listed, money, number, quoted, say, share
from planning.show.records import Finding

FUND = ("fund_units", "fund_factors", "fund_values")
PEOPLE = ("allocations", "initiatives")
CHOICE = ("initiatives", "initiative_goals", "goals")
MUCH = 0.10


def obstacles(rows: pd.DataFrame) -> list[Finding]:
    """Why the fund cannot be divided."""
    return [Finding(_obstacle(row), "unknown", "counted", FUND, conflict=True) for row in rows.to_dict("records")]


def _obstacle(row: dict[str, object]) -> str:
    names = str(row["names"]).split("; ")
    if row["kind"] == "no figure":
        return say("The fund cannot be divided: “{factor}” has no figure for {units}. A gap is not 0; fill it, or take the factor out.", factor=names[0], units=listed(names[1:], most=3))
    if row["kind"] == "nothing counted":
        return say("The fund cannot be divided: “{factor}” is 0 for every unit, so its part of the money has no taker. Correct the figures, or take the factor out.", factor=names[0])
    if row["kind"] == "no sum":
        return say("The fund cannot be divided: last year's money is not known for every unit, and no sum is given. Give the sum as the parameter fund.")
    return say("The fund cannot be divided: bases and floors together need {needed}, and there is {money}. Lower them, or divide more.",
               needed=money(row["needed"], 0), money=money(row["money"], 0))


def division(rows: pd.DataFrame, *, sum_to_divide: float) -> Finding | None:
    """What the formula moves against last year."""
    if rows.empty:
        return None
    known = rows.dropna(subset=["change"])
    start = say("The formula divides {money} among {n} units.", money=money(sum_to_divide, 0), n=len(rows))
    if known.empty:
        return Finding(say("{start} What they had last year is not known.", start=start), "plain", "counted", FUND)
    up, down = known.loc[known["change"].idxmax()], known.loc[known["change"].idxmin()]
    far = int((known["moved"].abs() >= MUCH).sum())
    parts = [say("{unit} gets {gain} more{moved}", unit=up["unit_name"], gain=money(up["change"], 0), moved=_moved(up)) if up["change"] > 0.5 else "",
             say("{unit} gets {loss} less{moved}", unit=down["unit_name"], loss=money(-down["change"], 0), moved=_moved(down)) if down["change"] < -0.5 else ""]
    if not any(parts):
        return Finding(say("{start} Each gets what it had last year.", start=start), "good", "counted", FUND)
    wide = count("{n} unit moves by {ten} or more.", "{n} units move by {ten} or more.", far, ten=share(MUCH)) if far else say("No unit moves by {ten} or more.", ten=share(MUCH))
    return Finding(say("{start} Against last year {changes}. {wide}", start=start, changes=listed(part for part in parts if part), wide=wide),
                   "plain", "counted", FUND)


def _moved(row: pd.Series) -> str:
    return "" if pd.isna(row["moved"]) else say(" ({share})", share=share(abs(row["moved"])))


def binds(rows: pd.DataFrame, *, undivided: float) -> Finding | None:
    """Which floors and caps decide, and what they move."""
    if rows.empty:
        return None
    low, high = (rows[rows["binds"] == side] for side in ("floor", "cap"))
    if low.empty and high.empty:
        return Finding(say("No floor and no cap decides: every unit gets what the formula gives."), "plain", "counted", FUND)
    parts = []
    if len(low):
        told = listed((say("{unit} ({amount}, where the formula alone would give {formula})", unit=row.unit_name, amount=money(row.amount, 0), formula=money(row.formula, 0))
                       for row in low.itertuples()), most=2)
        parts.append(count("{told} stands on its floor.", "{told} stand on their floors.", len(low), told=told))
    if len(high):
        told = listed((say("{unit} ({amount}, where the formula alone would give {formula})", unit=row.unit_name, amount=money(row.amount, 0), formula=money(row.formula, 0))
                       for row in high.itertuples()), most=2)
        parts.append(count("{told} is at its cap.", "{told} are at their caps.", len(high), told=told))
        if not undivided >= 0.5:
            parts.append(say("What a cap cuts off goes to the others."))
    if undivided >= 0.5:
        parts.append(say("{left} stays undivided, since every unit that could take more is at its cap.", left=money(undivided, 0)))
    return Finding(" ".join(parts), "bad" if undivided > 0 else "plain", "counted", FUND)


def swings(rows: pd.DataFrame) -> Finding | None:
    """Which factor's weight decides most."""
    if rows.empty:
        return None
    top = rows.iloc[0]
    if top["moved"] < 0.5:
        return Finding(say("No factor's weight matters: with more weight on any of them every unit gets the same."), "plain", "estimated", FUND)
    text = say("The weight of “{factor}” matters most: at {heavier} instead of {weight}, {moved} would change hands, with {gain} more for {gains} and {loss} less for {loses}.",
               factor=top["factor_name"], heavier=share(top["heavier"]), weight=share(top["weight"]), moved=money(top["moved"], 0), gain=money(top["gain"], 0),
               gains=top["gains"], loss=money(-top["loss"], 0), loses=top["loses"])
    return Finding(text, "plain", "estimated", FUND)


def voters(rows: pd.DataFrame) -> Finding | None:
    """Who gave a ballot, what was put right, and who is hidden."""
    if rows.empty:
        return None
    everyone, parts = rows.iloc[0], rows.iloc[1:]
    if everyone["hidden"]:
        return Finding(say("Too few ballots were given to show what people would pay for."), "unknown", "told", PEOPLE, conflict=True)
    shown, few = parts[~parts["hidden"]], parts[parts["hidden"]]
    told = listed(say("{group} {n}", group=say(row.group), n=number(row.n)) for row in shown.itertuples())
    text = [count("{n} ballot was counted{told}.", "{n} ballots were counted{told}.", int(everyone["n"]), told=say(" ({groups})", groups=told) if told else "")]
    if everyone["stretched"]:
        text.append(count("On {n} of them the points did not add up to the same sum as on the others; they were brought to 100.",
                          "On {n} of them the points did not add up to the same sum as on the others; they were brought to 100.", int(everyone["stretched"])))
    if everyone["nothing"]:
        text.append(count("{n} more gave no point to anything and is left out.", "{n} more gave no point to anything and are left out.", int(everyone["nothing"])))
    if len(few):
        text.append(count("{groups} are not shown apart: too few ballots.", "{groups} are not shown apart, since at least one of these groups gave too few ballots.",
                          len(few), groups=listed(say(group.capitalize()) if not place else say(group) for place, group in enumerate(few["group"]))))
    return Finding(" ".join(text), "plain", "told", PEOPLE)


def wishes(rows: pd.DataFrame, choices: pd.DataFrame) -> Finding | None:
    """What people would pay for first, and whether the plan's choice takes it."""
    own = rows[(rows["group"] == "everyone") & ~rows["hidden"].astype(bool)] if len(rows) else rows
    if own.empty:
        return None
    told = listed(say("{name} ({points} of 100 points, {low} to {high})", name=quoted([row.initiative_name]), points=number(row.points, 0), low=number(row.low, 0), high=number(row.high, 0))
                  for row in own.head(3).itertuples())
    text = say("People would give most to {told}, on {n} ballots.", told=told, n=number(own["n"].iloc[0]))
    first = choices[choices["initiative"].isin(own.head(3)["initiative"])] if len(choices) else choices
    out = first.loc[~first["by_plan"].astype(bool), "initiative_name"] if len(first) else []
    if len(out):
        return Finding(say("{text} The plan's own choice leaves out {names}.", text=text, names=_of_these(out)), "bad", "told", PEOPLE)
    return Finding(text, "plain", "told", PEOPLE)


def _of_these(out: pd.Series) -> str:
    """The first wishes that are left out: all three in a word, otherwise by name."""
    return say("all three") if len(out) == 3 else quoted(out)


def fairness(rows: pd.DataFrame, unheard: pd.DataFrame) -> Finding | None:
    """How many ballots get something under each rule."""
    own = rows[(rows["group"] == "everyone") & ~rows["hidden"].astype(bool)].set_index("rule") if len(rows) else rows
    if own.empty:
        return None
    points, shared, plan = (own.loc[rule] for rule in ("most points", "equal shares", "the plan's choice"))
    text = say("The plan's own choice gives something that they asked for to {plan} of the ballots on initiatives; if the ballots decided, it would be {some} by most points and {fair} by equal shares.",
               some=share(points["something"]), fair=share(shared["something"]), plan=share(plan["something"]))
    lost = unheard[unheard["by_shares"].astype(bool)] if len(unheard) else unheard
    if len(lost):
        row = lost.iloc[0]
        text += " " + say("{n} ballots whose first wish is {name} get nothing by most points, and their part by equal shares.", n=number(row["n"]), name=quoted([row["initiative_name"]]))
    worse = max(points["something"], shared["something"]) - plan["something"] >= MUCH or len(lost) > 0
    return Finding(text, "bad" if worse else "good", "counted", PEOPLE)


def no_money() -> Finding:
    """That there is no money to divide, so no rule takes anything."""
    return Finding(say("There is no money to divide, so no rule takes anything."), "unknown", "counted", PEOPLE)


def beyond(rows: pd.DataFrame, use: pd.DataFrame) -> Finding | None:
    """Whether the hours for what people choose are there."""
    hours = use[use["ceiling"] == "hours"] if len(use) else use
    if rows.empty or hours.empty or pd.isna(hours["limit"].iloc[0]):
        return None
    taken = rows.loc[rows["by_shares"].astype(bool), "hours"].sum()
    free = hours["limit"].iloc[0] - (hours["used"].iloc[0] - rows.loc[rows["by_plan"].astype(bool), "hours"].sum())
    if taken <= free:
        return Finding(say("What people choose by equal shares takes {hours} hours of staff, and {free} are free for it.", hours=number(taken), free=number(free)), "good", "counted", PEOPLE)
    return Finding(say("Ballots divide money and not time: what people choose by equal shares takes {hours} hours of staff, and {free} are free for it.",
                       hours=number(taken), free=number(free)), "bad", "counted", PEOPLE)


def stuck(rows: pd.DataFrame, clash: pd.DataFrame) -> Finding | None:
    """Why levels of money cannot be compared; nothing where they can."""
    if len(rows) or clash.empty:
        return None
    text = say("No choice of initiatives is possible with the money and staff time as planned, so levels cannot be compared; step 2 says why.")
    return Finding(text, "bad", "counted", CHOICE, conflict=True)


def levels(rows: pd.DataFrame) -> Finding | None:
    """What drops out first with less money and time, and what more would bring."""
    if rows.empty:
        return None
    if rows[["money", "hours"]].isna().all(axis=None):
        return Finding(say("The plan names no ceiling of money or staff time (in plan.toml), so more or less of it changes nothing here."), "unknown", "counted", CHOICE)
    parts = [_level(row) for row in rows.assign(more=rows["level"] > 0, size=rows["level"].abs()).sort_values(["more", "size"]).to_dict("records") if row["level"]]
    bad = any(not row["possible"] or row["drops_out"] for row in rows[rows["level"] < 0].to_dict("records"))
    return Finding(" ".join(parts), "bad" if bad else "good", "estimated", CHOICE)


def _level(row: dict[str, object]) -> str:
    much = say("{share} less money and staff time", share=share(-row["level"])) if row["level"] < 0 else say("{share} more", share=share(row["level"]))
    if not row["possible"]:
        return say("With {much}, what must be done and what runs already no longer fits.", much=much)
    out, into = ([name for name in row[column].split("; ") if name] for column in ("drops_out", "comes_in"))
    if not out and not into:
        return say("With {much} the choice stays as it is.", much=much)
    parts = [count("{names} drops out", "{names} drop out", len(out), names=quoted(out, most=2)) if out else "",
             count("{names} comes in", "{names} come in", len(into), names=quoted(into, most=2)) if into else ""]
    return say("With {much}, {changes}; {kept} of the value remains.", much=much, changes=say(", and ").join(part for part in parts if part), kept=share(row["kept"])) if row["level"] < 0 \
        else say("With {much}, {changes}.", much=much, changes=say(", and ").join(part for part in parts if part))


def public(rows: pd.DataFrame, *, year: int) -> Finding | None:
    """The year's money in one sentence for the public."""
    if rows.empty:
        return None
    whole, first = rows.iloc[-1], rows.iloc[0]
    word = say("plans to spend") if whole["planned"] else say("spent")
    head = "" if pd.isna(whole["per_head"]) else say(", {each} for each person it serves", each=money(whole["per_head"]))
    change = "" if pd.isna(whole["change"]) else say(", {share} more than the year before", share=share(whole["change"], 1)) if whole["change"] > 0 \
        else say(", {share} less than the year before", share=share(-whole["change"], 1))
    text = say("In fiscal year {year} the library {word} {total}{head}{change}.", year=year, word=word, total=money(whole["amount"], 0), head=head, change=change)
    if first["kind"] == "service":
        text += " " + say("The largest part, {share}, goes to {what}.", share=share(first["share"]), what=first["what"])
    return Finding(text, "plain", "counted", ("budget", "services"))
