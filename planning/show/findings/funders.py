"""Sentences of step 6 about those who give the money: sources of income, and grants."""

from __future__ import annotations

import pandas as pd

from planning.show.language import count, day, listed, money, number, quoted, say, share
from planning.show.records import Finding

INCOME, GRANTS = ("income",), ("grants",)
LEG, SHORT, APART = 0.50, 0.10, 0.01


def legs(by_year: pd.DataFrame, *, year: int) -> Finding | None:
    """How many legs the income stands on."""
    own = by_year[by_year["fiscal_year"] == year] if len(by_year) else by_year
    if own.empty or pd.isna(own["effective"].iloc[0]):
        return None
    row = own.iloc[0]
    text = say("In fiscal year {year} {name} brought {share} of the income. The {n} sources carry the library as {legs} of equal size would.",
               year=year, name=quoted([row["largest_name"]]), share=share(row["largest"]), legs=number(row["effective"], 1), n=row["lines"])
    return Finding(text, "plain" if row["largest"] > LEG else "good", "counted", INCOME)


def free(by_year: pd.DataFrame, *, year: int) -> Finding | None:
    """How much of the income may follow a plan, and whether bound money hides how it moves."""
    own = by_year[by_year["fiscal_year"] == year] if len(by_year) else by_year
    if own.empty or not own["amount"].iloc[0] > 0:
        return None
    row = own.iloc[0]
    if row["unsaid"] >= row["amount"]:
        return Finding(say("For no source of income is it said whether the money is bound to one purpose."), "unknown", "counted", INCOME)
    text = say("{bound} of the income, {share}, is bound to one purpose.", bound=money(row["bound"], 0), share=share(row["bound"] / row["amount"]))
    if row["unsaid"] > 0:
        text += " " + say("For {unsaid} it is not said.", unsaid=money(row["unsaid"], 0))
    if pd.isna(row["change"]) or pd.isna(row["free_change"]):
        return Finding(text, "plain", "counted", INCOME)
    apart = row["change"] - row["free_change"]
    moves = say("All income {all} on the year before, and the money that is free to follow a plan {free}.", all=_move(row["change"]), free=_move(row["free_change"]))
    warning = " " + say("Whoever counts bound money as free sees more than there is.") if apart >= APART else ""
    return Finding(f"{text} {moves}{warning}", "bad" if apart >= APART else "plain", "counted", INCOME)


def _move(change: float) -> str:
    return say("rose by {share}", share=share(change, 1)) if change > 0.0005 else say("fell by {share}", share=share(-change, 1)) if change < -0.0005 else say("stayed level")


def against_spending(by_year: pd.DataFrame, spending: pd.DataFrame, *, year: int) -> Finding | None:
    """Whether income and spending of the year agree, since both stand on one page."""
    own, spent = (rows[rows["fiscal_year"] == year] if len(rows) else rows for rows in (by_year, spending))
    if own.empty or spent.empty or spent["known"].iloc[0] < spent["lines"].iloc[0] or own["known"].iloc[0] < own["lines"].iloc[0] or not spent["amount"].iloc[0] > 0:
        return None
    more = own["amount"].iloc[0] - spent["amount"].iloc[0]
    if abs(more) < APART * spent["amount"].iloc[0]:
        return Finding(say("Income and spending of fiscal year {year} agree within {one}.", year=year, one=share(APART)), "plain", "counted", ("income", "budget"))
    text = say("In fiscal year {year} {more} more came in than was spent; what is not spent is not free if it is bound.", year=year, more=money(more, 0)) if more > 0 else \
        say("In fiscal year {year} {more} more was spent than came in.", year=year, more=money(-more, 0))
    return Finding(text, "plain" if more > 0 else "bad", "counted", ("income", "budget"))


def ends(mix: pd.DataFrame) -> Finding | None:
    """Which sources end within a year."""
    if mix.empty or mix["until"].isna().all():
        return None
    own = mix[mix["ends"].astype(bool)]
    if own.empty:
        return Finding(say("No source of income is known to end within a year."), "good", "counted", INCOME)
    told = listed((say("{name} ({amount}, until {day})", name=quoted([row.name_of]), amount=money(row.amount, 0), day=day(row.until)) for row in own.rename(columns={"name": "name_of"}).itertuples()), most=3)
    text = count("{n} source of income ends within a year: {told}.", "{n} sources of income end within a year: {told}.", len(own), told=told)
    if len(own) > 1:
        text += " " + say("Together they bring {share} of the income.", share=share(own["share"].sum()))
    return Finding(text, "bad", "counted", INCOME)


def promised(mix: pd.DataFrame, *, year: int) -> Finding | None:
    """Which sources brought clearly less than was planned."""
    known = mix.dropna(subset=["gap"]) if len(mix) else mix
    known = known[known["planned"] > 0] if len(known) else known
    if known.empty:
        return None
    short = known[known["gap"] / known["planned"] <= -SHORT].sort_values("gap")
    if short.empty:
        return Finding(say("No source brought less than planned by {ten} or more in fiscal year {year}.", ten=share(SHORT), year=year), "good", "counted", INCOME)
    told = listed((say("{name} ({miss} less, {part})", name=quoted([row.name_of]), miss=money(-row.gap, 0), part=share(-row.gap / row.planned))
                   for row in short.rename(columns={"name": "name_of"}).itertuples()), most=3)
    return Finding(count("{n} source brought at least {ten} less than planned in fiscal year {year}: {told}.", "{n} sources brought at least {ten} less than planned in fiscal year {year}: {told}.",
                         len(short), ten=share(SHORT), year=year, told=told), "bad", "counted", INCOME)


def expected(outlook: pd.DataFrame) -> Finding | None:
    """What the open grants are likely to bring."""
    if outlook.empty:
        return None
    row = outlook.iloc[0]
    start = count("{n} grant is open, for {asked}.", "{n} grants are open, for {asked} in all.", int(row["grants"]), asked=money(row["asked"], 0))
    if not row["judged"]:
        return Finding(say("{start} Nobody has judged how likely any of them is, so no sum can be expected.", start=start), "unknown", "told", GRANTS)
    text = say("{start} By the chances given they are worth {expected}; nine times in ten between {low} and {high} would come, and with a chance of {none} nothing. "
               "That takes each answer as independent of the others.", start=start, expected=money(row["expected"], 0), low=money(row["low"], 0), high=money(row["high"], 0), none=share(row["none"]))
    out = int(row["grants"] - row["judged"])
    if out:
        text += " " + count("{n} without a chance is left out.", "{n} without a chance are left out.", out)
    return Finding(text, "plain", "estimated", GRANTS)


def due(pipeline: pd.DataFrame) -> list[Finding]:
    """What must be sent soon, and by whom; what has passed unsent."""
    if pipeline.empty:
        return []
    soon, late = (pipeline[pipeline["stage"] == stage] for stage in ("soon", "overdue"))
    found = []
    if len(soon):
        told = listed((say("{grant} ({day}, {owner})", grant=quoted([row.grant_name]), day=day(row.due), owner=_owner(row)) for row in soon.itertuples()), most=3)
        text = count("{n} grant must be sent within 60 days: {told}.", "{n} grants must be sent within 60 days: {told}.", len(soon), told=told)
        found.append(Finding(text, "bad" if soon["owner_name"].isna().any() else "plain", "counted", GRANTS))
    if len(late):
        told = listed((say("{grant} ({day})", grant=quoted([row.grant_name]), day=day(row.due)) for row in late.itertuples()), most=3)
        found.append(Finding(say("Not sent, though the day has passed: {told}.", told=told), "bad", "counted", GRANTS))
    return found


def _owner(row: tuple) -> str:
    return say("nobody answers for it") if pd.isna(row.owner_name) else row.owner_name


def strings(pipeline: pd.DataFrame, *, free: float) -> Finding | None:
    """Grants whose own share is more than the free money."""
    short = pipeline[pipeline["short"] > 0] if len(pipeline) else pipeline
    if short.empty or pd.isna(free):
        return None
    told = listed((say("{grant} asks for {own} of own money", grant=quoted([row.grant_name]), own=money(row.own_share, 0)) for row in short.itertuples()), most=3)
    return Finding(say("Winning can cost more than there is: {told}, and {free} is left beside the plan's choice.", told=told, free=money(free, 0)),
                   "bad", "counted", ("grants", "initiatives"))


def results(pipeline: pd.DataFrame) -> Finding | None:
    """What was won and lost, and what won money keeps running."""
    won, lost = (pipeline[pipeline["status"] == status] for status in ("won", "lost")) if len(pipeline) else (pipeline, pipeline)
    if won.empty and lost.empty:
        return None
    parts = [count("{n} grant was won ({amount})", "{n} grants were won ({amount})", len(won), amount=money(won["amount"].sum(), 0)) if len(won) else say("no grant was won"),
             count("{n} was lost ({amount})", "{n} were lost ({amount})", len(lost), amount=money(lost["amount"].sum(), 0)) if len(lost) else say("none was lost")]
    text = say("On record, {won} and {lost}.", won=parts[0], lost=parts[1])
    running = won.loc[won["running"].astype(bool), "initiative_name"] if len(won) else []
    if len(running):
        text += " " + count("Won money pays for {names}, which runs already and has to be paid for when the grant ends.",
                            "Won money pays for {names}, which run already and have to be paid for when the grants end.", len(running), names=quoted(running, most=2))
    return Finding(text, "plain", "counted", GRANTS)


def effort(pipeline: pd.DataFrame) -> Finding | None:
    """Which grant asks most time for the money that it is likely to bring."""
    known = pipeline[pipeline["open"].astype(bool)].dropna(subset=["per_hour"]).sort_values("per_hour") if len(pipeline) else pipeline
    if len(known) < 2:
        return None
    least, most = known.iloc[0], known.iloc[-1]
    text = say("Asking takes {hours} hours in all; an hour is worth most for {most} ({high}) and least for {least} ({low}).", hours=number(known["hours"].sum()),
               most=quoted([most["grant_name"]]), high=money(most["per_hour"], 0), least=quoted([least["grant_name"]]), low=money(least["per_hour"], 0))
    return Finding(text, "plain", "estimated", GRANTS)
