"""Charts of step 6."""

from __future__ import annotations

import pandas as pd

from planning.show import findings
from planning.show.charts import canvas
from planning.show.findings import skills as skill_findings
from planning.show.language import count, money, number, say, share
from planning.show.records import Chart, Column, Table

STATES = {"no use": "counted, and not used once", "not counted": "use not counted", "no money of its own": "no money of its own", "year not over": "year not over"}


def by_goal(rows: pd.DataFrame, *, year: int) -> Chart:
    """Weight of each goal beside its share of the money."""
    goals = rows[rows["kind"] == "goal"].reset_index(drop=True)
    figure, axes = canvas.figure(canvas.height_for(len(goals), 0.62))
    for place, row in enumerate(goals.itertuples()):
        far = abs(row.difference) >= findings.resources.WIDE
        axes.barh(place - 0.2, row.weight, height=0.36, color=canvas.LIGHT)
        axes.barh(place + 0.2, row.share, height=0.36, color=canvas.ORANGE if far else canvas.BLUE)
        _beside(axes, say("weighs {share}", share=share(row.weight)), row.weight, place - 0.2, color=canvas.MUTED)
        side = "" if not far else say(", far above") if row.difference > 0 else say(", far below")
        text = say("gets no money") if pd.isna(row.share) else say("gets {share}{side}", share=share(row.share), side=side)
        _beside(axes, text, 0 if pd.isna(row.share) else row.share, place + 0.2)
    axes.set_yticks(range(len(goals)), [canvas.wrapped(name, 26) for name in goals["goal_name"]])
    axes.invert_yaxis()
    axes.set_xlim(0, 1.4 * max(goals[["weight", "share"]].max().max(), 0.05))
    _without_scale(axes, say("light: weight of the goal; dark: its share of the money that reaches goals"))
    alt = say("Two bars for each goal: its weight, and its share of the money that reaches goals. ") + "; ".join(
        say("{goal}: weight {weight}, money {share}", goal=row.goal_name, weight=share(row.weight), share=share(row.share)) for row in goals.fillna({"share": 0}).itertuples())
    amounts = rows.groupby("kind")["amount"].sum()
    basis = say("{reaches} reaches goals, {none} supports no goal, {shared} is shared", reaches=money(amounts.get("goal", 0.0), 0),
                none=money(amounts.get("no goal", 0.0), 0), shared=money(amounts.get("shared", 0.0), 0))
    unit = say("share of weight, and of the money that reaches goals, fiscal year {year}", year=year)
    columns = (Column("goal_name", "Goal"), Column("weight", "Weight", "share"), Column("share", "Share of the money that reaches goals", "share"),
               Column("staff_share", "Share of pay that reaches goals", "share"))
    table = Table("money_against_weight", goals, columns, say("Money of each goal against its weight"))
    return Chart(figure, findings.resources.against_weights(rows, year=year), alt, unit, basis, table)


def _beside(axes: object, text: str, x: float, y: float, **style: object) -> None:
    axes.annotate(text, (x, y), xytext=(4, 0), textcoords="offset points", va="center", fontsize=9, **style)


def _without_scale(axes: object, words: str) -> None:
    axes.set_xticks([])
    axes.set_xlabel(words, loc="right")
    axes.spines["bottom"].set_visible(False)
    axes.tick_params(length=0)


def plan_and_spending(rows: pd.DataFrame, *, year: int) -> Chart:
    """Plan and spending, year by year."""
    figure, axes = canvas.figure(3.3)
    for place, row in enumerate(rows.itertuples()):
        spent = row.known == row.lines
        axes.bar(place - 0.2, row.planned, width=0.38, color=canvas.LIGHT)
        axes.bar(place + 0.2, row.amount if row.known else 0, width=0.38, color=canvas.BLUE, hatch=None if spent else "///", edgecolor="white", linewidth=0)
        top = max(row.planned if row.planned > 0 else 0, row.amount if row.known else 0)
        axes.annotate(_plan_label(row), (place, top), xytext=(0, 4), textcoords="offset points", ha="center", fontsize=9)
    axes.set_xticks(range(len(rows)), [str(int(found)) for found in rows["fiscal_year"]])
    axes.set_xlim(-0.6, max(len(rows), 4) - 0.4)
    axes.set_xlabel(say("fiscal year; light: planned, dark: spent"))
    axes.set_ylim(0, 1.12 * rows[["planned", "amount"]].max().max())
    axes.locator_params(axis="y", nbins=5)
    axes.yaxis.set_major_formatter(lambda value, _: money(value, 0))
    axes.tick_params(length=0)
    alt = say("Two bars for each fiscal year: planned and spent. ") + "; ".join(
        say("{year}: planned {planned}, spent {spent}", year=int(row.fiscal_year), planned=money(row.planned, 0),
            spent=money(row.amount, 0) if row.known else say("not known yet")) for row in rows.itertuples())
    shown = rows.assign(year=rows["fiscal_year"].map(lambda found: str(int(found))), spent=rows["amount"].where(rows["known"] > 0))
    columns = (Column("year", "Fiscal year"), Column("planned", "Planned", "money", 0), Column("spent", "Spent", "money", 0),
               Column("variance", "Over plan (minus: under)", "share", 1), Column("change", "Against the year before", "share", 1), Column("lines", "Lines", "whole"), Column("known", "With a spent figure", "whole"))
    table = Table("plan_and_spending", shown, columns, say("Plan and spending by fiscal year"))
    finding = findings.resources.plan(rows, year=year) or findings.resources.basis(rows, year=year)
    basis = count("{n} budget line in the last year shown", "{n} budget lines in the last year shown", int(rows["lines"].iloc[-1]))
    return Chart(figure, finding, alt, say("money as paid"), basis, table)


def _plan_label(row: tuple) -> str:
    if row.known == 0:
        return say("plan only")
    if pd.isna(row.variance):
        return say("no plan")
    if abs(row.variance) < 0.0005:
        return say("as planned")
    return say("{share} {side}", share=share(abs(row.variance), 1), side=say("over") if row.variance > 0 else say("under"))


def cost_per_use(rows: pd.DataFrame, *, year: int) -> Chart:
    """What one use of each service cost."""
    figure, axes = canvas.figure(canvas.height_for(len(rows), 0.36))
    top = rows["cost"].max() if rows["cost"].notna().any() else 1.0
    for place, row in enumerate(rows.itertuples()):
        part = row.state == "part of the year"
        cost = 0.0 if pd.isna(row.cost) else row.cost
        risen = row.change >= findings.resources.WIDE
        colour = canvas.GREY if part else canvas.ORANGE if risen else canvas.BLUE
        axes.barh(place, cost, height=0.66, color=colour, hatch="///" if part else None, edgecolor="white", linewidth=0)
        _beside(axes, _cost_label(row), cost, place, color=canvas.INK if row.cost >= 0 else canvas.MUTED)
    axes.set_yticks(range(len(rows)), [canvas.wrapped(name) for name in rows["service_name"]])
    axes.invert_yaxis()
    axes.set_xlim(0, 1.45 * top)
    _without_scale(axes, say("orange: at least {ten} more than the year before; hatched: part of the year", ten=share(findings.resources.WIDE)))
    alt = say("A bar for each service: what one use cost in fiscal year {year}. ", year=year) + "; ".join(
        say("{service}: {label}", service=row.service_name, label=_cost_label(row)) for row in rows.itertuples())
    columns = (Column("service_name", "Service"), Column("cost", "Cost of one use", "money"), Column("cost_before", "The year before", "money"),
               Column("change", "Change", "share"), Column("spent", "Its own money", "money", 0), Column("uses", "Uses", "whole"), Column("state", "Use was"))
    table = Table("cost_per_use", rows, columns, say("Cost of one use by service"))
    known = int(rows["cost"].notna().sum())
    return Chart(figure, findings.resources.dearer(rows) or findings.resources.cost_per_use(rows, year=year) or findings.resources.unpriced(rows, year=year)[0], alt,
                 say("a service's own money ÷ its uses, fiscal year {year}, without shared costs", year=year),
                 say("{n} of {all} services have a cost", n=known, all=len(rows)), table)


def _cost_label(row: tuple) -> str:
    if row.state in STATES:
        return say(STATES[row.state])
    if row.state == "part of the year":
        return say("{cost}, {months} of 12 months counted", cost=money(row.cost), months=row.months)
    change = "" if not abs(row.change) >= 0.05 else say(", {share} more", share=share(row.change)) if row.change > 0 else say(", {share} less", share=share(-row.change))
    return money(row.cost) + change


def digital(rows: pd.DataFrame) -> Chart:
    """Digital's share of use and of money over the years."""
    figure, axes = canvas.figure(3.2)
    _two_shares(axes, rows)
    years = sorted(rows["fiscal_year"].astype(int))
    axes.set_xticks(years, [str(year) for year in years])
    axes.set_xlim(years[0] - 0.4, years[-1] + 0.9)
    axes.set_ylim(0, min(1.12, 1.25 * rows[["use_share", "money_share"]].max().max()))
    axes.yaxis.set_major_formatter(lambda value, _: share(value) if value <= 1 else "")
    axes.grid(axis="y")
    axes.set_xlabel(say("fiscal year; hollow point: some service has months without a count"))
    said = {"use_share": say("Digital's share of use: "), "money_share": say("Digital's share of money: ")}
    alt = " ".join(words + _by_year(rows.dropna(subset=[column]), column) + "." for column, words in said.items() if rows[column].notna().any())
    shown = rows.assign(year=rows["fiscal_year"].map(lambda found: str(int(found))))
    columns = (Column("year", "Fiscal year"), Column("use_share", "Digital share of use", "share"), Column("money_share", "Digital share of money", "share"),
               Column("use_total", "Digital and physical uses", "whole"), Column("money_total", "Digital and physical money", "money", 0),
               Column("short", "Services with months missing", "whole"))
    table = Table("digital_and_physical", shown, columns, say("Digital and physical, year by year"))
    return Chart(figure, findings.resources.digital(rows), alt, say("share of what is clearly digital or physical"),
                 count("{n} fiscal year", "{n} fiscal years", len(rows)), table)


def _two_shares(axes: object, rows: pd.DataFrame) -> None:
    """A line for the share of use and one for the share of money, each named at its end."""
    styles = (("use_share", say("of use"), canvas.BLUE, "o", "-"), ("money_share", say("of money"), canvas.ORANGE, "s", "--"))
    last = rows.iloc[-1]
    for column, words, colour, marker, line in styles:
        known = rows.dropna(subset=[column])
        if known.empty:
            continue
        above = column == ("money_share" if last["money_share"] > last["use_share"] else "use_share")
        side = {"textcoords": "offset points", "va": "bottom" if above else "top"}
        axes.plot(known["fiscal_year"], known[column], color=colour, marker=marker, linestyle=line, markersize=6)
        gaps = known[known["short"] > 0] if column == "use_share" else known.head(0)
        axes.scatter(gaps["fiscal_year"], gaps[column], color="white", edgecolor=colour, s=36, zorder=3)
        ends = known.iloc[[0, -1]] if len(known) > 1 else known
        for row in ends.itertuples():
            axes.annotate(share(getattr(row, column)), (row.fiscal_year, getattr(row, column)), xytext=(0, 8 if above else -8), ha="center", fontsize=9, **side)
        axes.annotate(words, (known["fiscal_year"].iloc[-1], known[column].iloc[-1]), xytext=(18, 4 if above else -4), color=colour, fontsize=9.5, **side)


def _by_year(rows: pd.DataFrame, column: str) -> str:
    return "; ".join(say("{year} {share}", year=int(row.fiscal_year), share=share(getattr(row, column))) for row in rows.itertuples())


def skills(rows: pd.DataFrame) -> Chart:
    """How many people have each skill at the needed level."""
    needed = rows[rows["state"] != "not needed"].reset_index(drop=True)
    figure, axes = canvas.figure(canvas.height_for(len(needed), 0.34))
    words = {"nobody": say("nobody"), "one person": say("one person"), "not counted": say("not counted")}
    for place, row in enumerate(needed.itertuples()):
        thin = row.state in ("nobody", "one person")
        people = 0.0 if pd.isna(row.people) else row.people
        axes.barh(place, people, height=0.62, color=canvas.ORANGE if thin else canvas.BLUE)
        label = words.get(row.state) or count("{n} person", "{n} people", int(people))
        _beside(axes, label, people, place, fontweight="bold" if thin else "normal")
    names = [canvas.wrapped(row.skill_name, 40) + " " + "•" * int(row.critical) for row in needed.itertuples()]
    axes.set_yticks(range(len(needed)), names)
    axes.invert_yaxis()
    axes.set_xlim(0, 1.2 * max(needed["people"].max() if needed["people"].notna().any() else 1, 1))
    _without_scale(axes, say("people at the level that their role needs; •••: without the skill a service stops"))
    alt = say("A bar for each skill: how many people have the level that their role needs. ") + "; ".join(
        say("{skill}: {people}", skill=row.skill_name, people=say("not counted") if pd.isna(row.people) else number(row.people)) for row in needed.itertuples())
    columns = (Column("skill_name", "Skill"), Column("critical", "Criticality (1 to 3)", "points"), Column("people", "People at the level", "whole"),
               Column("state", "That is"), Column("roles", "Roles that need it", "whole"))
    table = Table("skill_coverage", needed[[column.name for column in columns]], columns, say("People at the needed level, by skill"))
    finding = skill_findings.nobody(rows)
    return Chart(figure, finding, alt, say("people at the needed level, levels 0 to 4"), count("{n} skill", "{n} skills", len(needed)), table)
