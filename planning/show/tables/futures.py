"""Tables of futures: drivers, plans over all futures, balances, targets, and what moves them."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from planning.show.findings.forecasts import chance
from planning.show.findings.futures import ENDS, figure, rounded
from planning.show.language import absent, between, listed, money, number, say
from planning.show.records import Column, Table


def drivers(rows: pd.DataFrame, scenario_drivers: pd.DataFrame, scenarios: pd.DataFrame) -> Table:
    """The drivers, heaviest first, and where each stands in each scenario."""
    columns = [Column("name", "Driver"), Column("low", "Low end"), Column("high", "High end"), Column("impact", "Impact (1 to 5)", "whole"), Column("uncertainty", "Open (1 to 5)", "whole")]
    stands, shown = scenario_drivers.set_index(["driver", "scenario"])["end"].to_dict(), rows.copy()
    for place in ("low", "high"):
        names = {key: [name for one, name in zip(scenarios["scenario"], scenarios["name"]) if stands.get((key, one)) == place] for key in rows["driver"]}
        shown[f"in_{place}"] = [listed(names[key]) or None for key in rows["driver"]]
    columns += [Column("in_low", "At its low end in"), Column("in_high", "At its high end in")]
    return Table("drivers", shown, tuple(columns), say("What moves the future, and which scenarios move it"), "Impact and openness are judgements. A dash: no scenario.")


def corners(rows: pd.DataFrame) -> Table:
    """The four corners of the two heaviest drivers."""
    shown = rows.assign(first_side=[say(ENDS[end]) for end in rows["first_end"]], second_side=[say(ENDS[end]) for end in rows["second_end"]], scenarios=rows["scenarios"].mask(rows["scenarios"] == ""))
    columns = (Column("first_story", str(rows["first"].iloc[0]) if len(rows) else "First driver"), Column("second_story", str(rows["second"].iloc[0]) if len(rows) else "Second driver"),
               Column("scenarios", "Scenarios that stand here"))
    return Table("corners", shown, columns, say("The four corners of the two heaviest drivers that scenarios move"), "A dash: no scenario stands here. Some corners cannot be; most can.")


def regrets(rows: pd.DataFrame, robustness: pd.DataFrame) -> Table:
    """What each plan would forgo in each future, and how it stands up over all."""
    names = rows.drop_duplicates("scenario").set_index("scenario")["scenario_name"]
    found = rows.pivot(index="plan", columns="scenario", values="lost").reset_index().merge(robustness, on="plan")
    found = found.set_index("plan").loc[robustness["plan"]].reset_index()
    found["plan_name"] = [listed(name.split("; ")) for name in found["plan_name"]]
    expected = (Column("expected", "On average", "share", 1),) if found["expected"].notna().any() else ()
    columns = (Column("plan_name", "Plan made for"), *(Column(key, name, "share") for key, name in names.items()), Column("largest", "At worst", "share"), *expected,
               Column("good_enough", "Futures in which it is good enough", "share"))
    note = "Each cell is the share of the best choice's value in that future that the plan forgoes. A plan drops what no longer fits and takes nothing new."
    return Table("regrets", found, columns, say("What a fixed plan would forgo in each future"), note)


def balances(rows: pd.DataFrame) -> Table:
    """How likely money, hours, budget and income are enough."""
    words = {"money": "Money for initiatives", "hours": "Hours for initiatives", "budget": "Budgeted sums for the same lines", "income": "Income for the same lines"}
    forms = {name: (lambda sum: money(sum, 0)) if name != "hours" else lambda hours: number(hours, 0) for name in words}
    known = rows["reason"] == ""
    shown = rows.assign(what=[say(words[one]) for one in rows["outcome"]], likely=[chance(row.chance) if not absent(row.chance) else None for row in rows.itertuples()],
                        left=[forms[row.outcome](row.plan) if not absent(row.plan) else None for row in rows.itertuples()],
                        span=[_span(rounded(row.p10), rounded(row.p90), forms[row.outcome]) for row in rows.itertuples()],
                        inputs=[say("{n} of {all}", n=row.ranged, all=row.of) if row.outcome in ("money", "hours") else number(row.ranged) for row in rows.itertuples()]).loc[known]
    columns = (Column("what", "What must be enough"), Column("likely", "Chance"), Column("left", "Left by the plan's figures"), Column("span", "In eight draws of ten"),
               Column("ranged", "Figures with a range", "whole"))
    note = say("{draws} draws, seed {seed}. With another seed the chances move by a point or less.", draws=number(rows["draws"].iloc[0]) if len(rows) else "0", seed=rows["seed"].iloc[0] if len(rows) else 0)
    return Table("balances", shown.reset_index(drop=True), columns, say("How likely money and hours are enough"), note)


def _span(low: float, high: float, form: Callable[[float], str]) -> str | None:
    if absent(low) or absent(high):
        return None
    ends = {"low": form(abs(low)), "high": form(abs(high))}
    return say("{low} to {high} short", **ends) if high < 0 else say("{low} short to {high} over", **ends) if low < 0 else say("{low} to {high} over", **ends)


def targets(rows: pd.DataFrame) -> Table:
    """What the chosen initiatives would make of each KPI."""
    aims = [between(row.target_low, row.target_high) if row.direction == "band" else number(row.target) for row in rows.itertuples()]
    shown = rows.assign(aim=aims, likely=[chance(row.chance) if not absent(row.chance) else None for row in rows.itertuples()], span=[between(row.p10, row.p90) for row in rows.itertuples()],
                        named=[say("{name}, {unit}", name=row.name, unit=row.unit) for row in rows.itertuples()])
    columns = (Column("named", "KPI"), Column("now", "Now", "number"), Column("then", "With the initiatives", "number"), Column("span", "In eight draws of ten"),
               Column("aim", "Target"), Column("likely", "Chance"))
    note = "Now is put on the footing of the baseline's month. Everything else is held still. A dash: no expected change has a range."
    return Table("targets_drawn", shown, columns, say("Would the chosen initiatives bring the targets?"), note)


def swings(rows: pd.DataFrame, name: str = "swings") -> Table:
    """How far each uncertain figure alone moves the money that is left."""
    records = rows.to_dict("records")
    shown = rows.assign(what=[figure(row) for row in records], span=[between(row["low"], row["high"]) for row in records])
    columns = (Column("what", "Figure"), Column("span", "Its range"), Column("at_low", "Left at its lowest", "money"), Column("at_high", "Left at its highest", "money"), Column("swing", "Swing", "money"),
               Column("correlation", "Rank correlation", "number", 2), Column("basis", "Where the range comes from"))
    return Table(name, shown, columns, say("How far each uncertain figure alone moves the money that is left"), "One figure moves at a time; all others stand at their likeliest value.")


def worth(rows: pd.DataFrame) -> Table:
    """How far each uncertain figure alone moves the value of the best choice."""
    shown = rows.assign(what=[figure(row) for row in rows.to_dict("records")])
    columns = (Column("what", "Figure"), Column("at_low", "Value at its lowest", "number", 2), Column("at_high", "Value at its highest", "number", 2), Column("lost", "Lost at worst", "share", 1))
    return Table("value_swings", shown, columns, say("How far each uncertain figure alone moves the best choice"), "The choice is made anew each time. Lost at worst: how much less value the best choice gives then.")
