"""Charts of step 6 about who gets the money: the formula, people's wishes, less or more money, income, grants."""

from __future__ import annotations

import pandas as pd

from planning.show import findings
from planning.show.charts import canvas
from planning.show.language import count, day, listed, money, number, say, share, signed
from planning.show.records import Chart, Column, Table

BAND = "#f2f5f8"
RULES = (("by_points", "most points"), ("by_shares", "equal shares"), ("by_plan", "the plan"))
KINDS = {"free": canvas.BLUE, "bound": canvas.SAND, "unsaid": canvas.GREY}
FIRST = 14


def division(rows: pd.DataFrame, *, sum_to_divide: float) -> Chart:
    """What each unit gets by the formula, beside what it had last year."""
    figure, axes = canvas.figure(canvas.height_for(len(rows), 0.42, 2.2))
    for place, row in enumerate(rows.itertuples()):
        if pd.notna(row.last):
            axes.plot([row.last, row.amount], [place, place], color=canvas.ORANGE if row.change < 0 else canvas.BLUE, linewidth=2.4, zorder=1)
            axes.plot(row.last, place, marker="o", color="white", markeredgecolor=canvas.MUTED, markersize=7, zorder=2)
        axes.plot(row.amount, place, marker="o", color=canvas.INK, markersize=7, zorder=3)
        axes.annotate(_division_label(row), (max(row.amount, row.last if pd.notna(row.last) else 0), place), xytext=(9, 0), textcoords="offset points", va="center", fontsize=8.5)
    _rows(axes, rows["unit_name"], 30)
    axes.set_xlim(0, 1.55 * rows[["amount", "last"]].max().max())
    _money_axis(axes)
    axes.set_xlabel(say("hollow: last year; full: by the formula; blue line: more, orange line: less"))
    alt = say("A line for each unit from last year's money to what the formula gives. ") + "; ".join(
        say("{unit}: {before} last year, {label}", unit=row.unit_name, before=money(row.last, 0), label=_division_label(row)) for row in rows.itertuples())
    columns = (Column("unit_name", "Unit"), Column("last", "Last year", "money", 0), Column("amount", "By the formula", "money", 2), Column("change", "Change", "money", 0),
               Column("moved", "Change, share", "share"), Column("formula", "Before floors and caps", "money", 0), Column("binds", "Decided by"))
    named = rows.assign(binds=[say(side) if side else say("the formula") for side in rows["binds"]])
    return Chart(figure, findings.funding.division(rows, sum_to_divide=sum_to_divide), alt, say("money of each unit, adding up to {money}", money=money(sum_to_divide, 0)),
                 count("{n} unit", "{n} units", len(rows)), Table("fund_division", named, columns, say("The fund divided by the formula"), most=40))


def _division_label(row: tuple) -> str:
    held = "" if not row.binds else say(", on its floor") if row.binds == "floor" else say(", at its cap")
    change = "" if pd.isna(row.moved) else say(" ({share})", share=_percent(row.moved))
    return say("{amount}{change}{held}", amount=money(row.amount, 0), change=change, held=held)


def _percent(moved: float) -> str:
    return say("{points}%", points=signed(100 * moved, 0))


def _rows(axes: object, names: object, width: int) -> None:
    axes.set_yticks(range(len(names)), [canvas.wrapped(name, width) for name in names], fontsize=8.5)
    axes.set_ylim(len(names) - 0.5, -0.6)
    axes.tick_params(length=0)


def _money_axis(axes: object, side: str = "x") -> None:
    axes.locator_params(axis=side, nbins=5)
    (axes.xaxis if side == "x" else axes.yaxis).set_major_formatter(lambda value, _: money(value, 0))
    axes.tick_params(length=0)


def wishes(rows: pd.DataFrame, choices: pd.DataFrame) -> Chart:
    """People's points for each initiative, and which rule takes it."""
    own = rows[(rows["group"] == "everyone") & (~rows["hidden"].astype(bool))]
    shown = own.assign(**{column: own["initiative"].map(dict(zip(choices["initiative"], choices[column]))).astype(object) for column, _ in RULES}).reset_index(drop=True)
    first = shown.head(FIRST)
    if first.empty:
        return Chart(None, None, "", "", "", _wish_table(shown))
    figure, axes = canvas.figure(canvas.height_for(len(first), 0.36, 2.4) + 0.5)
    axes.barh(range(len(first)), first["points"], height=0.56, color=canvas.LIGHT)
    axes.hlines(range(len(first)), first["low"], first["high"], color=canvas.MUTED, linewidth=1.2)
    top = max(first["high"].max(), first["points"].max(), 1.0)
    steps = [top * (1.12 + 0.17 * place) for place in range(3)]
    for place, row in enumerate(first.itertuples()):
        for at, (column, _) in zip(steps, RULES):
            axes.plot(at, place, linestyle="none", **_mark(getattr(row, column)))
    for at, (_, name) in zip(steps, RULES):
        axes.text(at, -0.75, canvas.wrapped(say(name), 7), ha="center", va="bottom", fontsize=8, color=canvas.MUTED)
    _rows(axes, first["initiative_name"], 32)
    axes.set_ylim(len(first) - 0.5, -1.7)
    axes.set_xlim(0, top * 1.56)
    axes.set_xticks([tick for tick in range(0, 101, 10) if tick <= top])
    axes.set_xlabel(say("mean points out of 100; line: 95% interval; disc: taken; dash: left out"))
    alt = say("A bar for each initiative: mean points out of 100 with its interval, and which rules take it. ") + "; ".join(
        say("{name}: {points} ({low} to {high}), {rules}", name=row.initiative_name, points=number(row.points, 1), low=number(row.low, 1), high=number(row.high, 1), rules=_taken(row))
        for row in first.itertuples())
    return Chart(figure, findings.funding.wishes(rows, choices), alt, say("mean points out of 100 of each ballot"), count("{n} ballot", "{n} ballots", int(own["n"].iloc[0])), _wish_table(shown))


def _mark(taken: object) -> dict[str, object]:
    if pd.isna(taken):
        return {"marker": ""}
    return {"marker": "o", "color": canvas.BLUE, "markersize": 8} if taken else {"marker": "_", "color": canvas.GREY, "markersize": 8}


def _taken(row: tuple) -> str:
    if pd.isna(row.by_points):
        return say("not voted on")
    names = [say(name) for column, name in RULES if getattr(row, column)]
    return say("taken by {rules}", rules=listed(names)) if names else say("taken by none")


def _wish_table(shown: pd.DataFrame) -> Table:
    columns = (Column("initiative_name", "Initiative"), Column("points", "Mean points", "number", 1), Column("low", "From", "number", 1), Column("high", "To", "number", 1),
               Column("backers", "Gave it points", "share"), Column("by_points", "By most points"), Column("by_shares", "By equal shares"), Column("by_plan", "By the plan"))
    return Table("people_wishes", shown, columns, say("What people would pay for"), most=40)


def levels(rows: pd.DataFrame, summary: pd.DataFrame) -> Chart:
    """Every initiative at each level of money and time: chosen there or not."""
    ever = rows[rows["times"] > 0]
    order = ever.drop_duplicates("initiative").reset_index(drop=True)
    steps, places = summary["level"].tolist(), {name: place for place, name in enumerate(order["initiative"])}
    figure, axes = canvas.figure(canvas.height_for(len(order), 0.34, 2.2) + 0.5)
    for place in range(0, len(order), 2):
        axes.axhspan(place - 0.5, place + 0.5, color=BAND, linewidth=0, zorder=0)
    for row in ever.itertuples():
        axes.plot(steps.index(row.level), places[row.initiative], linestyle="none", **_look(row))
    for place, row in enumerate(summary.itertuples()):
        if not row.possible:
            axes.text(place, (len(order) - 1) / 2, say("not possible"), rotation=90, ha="center", va="center", fontsize=9, color=canvas.ORANGE)
    _rows(axes, order["initiative_name"], 40)
    axes.set_xticks(range(len(steps)), [_level_name(step) for step in steps], fontsize=9)
    axes.xaxis.tick_top()
    axes.tick_params(length=0)
    axes.spines[["left", "bottom"]].set_visible(False)
    axes.set_xlim(-0.5, len(steps) - 0.5)
    axes.set_xlabel(say("disc: chosen; square: must be done or runs already; orange ring: comes in; dash: left out"))
    alt = say("A grid of initiatives by levels of money and staff time. ") + "; ".join(_level_alt(row) for row in summary.itertuples())
    columns = (Column("initiative_name", "Initiative"), Column("level_name", "Money and time"), Column("what", "Then"), Column("value", "Value", "number", 3),
               Column("cost", "Money", "money", 0), Column("hours", "Hours", "whole"))
    named = rows.assign(level_name=[_level_name(step) for step in rows["level"]], what=[say(what) for what in rows["what"]])
    table = Table("choice_at_levels", named, columns, say("The choice at each level of money and staff time"), most=120)
    return Chart(figure, findings.funding.levels(summary), alt, say("best choice at each level of money and staff time"), count("{n} initiative chosen at some level", "{n} initiatives chosen at some level", len(order)), table)


def _look(row: tuple) -> dict[str, object]:
    if not row.chosen:
        return {"marker": "_", "color": canvas.GREY, "markersize": 8}
    if row.part != "free":
        return {"marker": "s", "color": canvas.MUTED, "markersize": 8}
    edge = {"markerfacecolor": "white", "markeredgecolor": canvas.ORANGE, "markeredgewidth": 2} if row.what == "comes in" else {}
    return {"marker": "o", "color": canvas.BLUE, "markersize": 9, **edge}


def _level_name(step: float) -> str:
    return say("as planned") if step == 0 else _percent(step)


def _level_alt(row: tuple) -> str:
    if not row.possible:
        return say("{level}: no choice possible", level=_level_name(row.level))
    return say("{level}: {n} chosen, {kept} of the value; out: {out}; in: {into}", level=_level_name(row.level), n=int(row.initiatives), kept=share(row.kept),
               out=row.drops_out or say("none"), into=row.comes_in or say("none"))


def income(rows: pd.DataFrame, *, year: int) -> Chart:
    """Income year by year: free to follow a plan, and bound to one purpose."""
    figure, axes = canvas.figure(3.5)
    names = {"free": say("free"), "bound": say("bound"), "unsaid": say("not said")}
    under = pd.Series(0.0, index=rows.index)
    for column, colour in KINDS.items():
        if rows[column].sum() > 0:
            axes.bar(range(len(rows)), rows[column], bottom=under, width=0.62, color=colour, edgecolor="white", linewidth=0.6, label=names[column])
            under = under + rows[column]
    for place, row in enumerate(rows.itertuples()):
        text = money(row.amount, 0) + ("" if row.known == row.lines else "\n" + (say("planned") if not row.known else say("part planned")))
        axes.annotate(text, (place, 0 if pd.isna(row.amount) else row.amount), xytext=(0, 4), textcoords="offset points", ha="center", fontsize=8.5)
    axes.set_xticks(range(len(rows)), [say("{year}\n{bound} bound", year=int(row.fiscal_year), bound=share(row.bound / row.amount) if row.amount else share(None)) for row in rows.itertuples()])
    axes.set_ylim(0, 1.22 * max(rows["amount"].fillna(0.0).max(), 1.0))
    _money_axis(axes, "y")
    if under.any():
        axes.legend(loc="upper left", ncols=3, fontsize=8.5, borderaxespad=0.1, handlelength=1.2)
    axes.set_xlabel(say("fiscal year"))
    alt = say("A bar for each fiscal year, free and bound money on top of each other. ") + "; ".join(
        say("{year}: {amount}, of it {bound} bound", year=int(row.fiscal_year), amount=money(row.amount, 0), bound=money(row.bound, 0)) for row in rows.itertuples())
    columns = (Column("year", "Fiscal year"), Column("amount", "Income", "money", 0), Column("free", "Free", "money", 0), Column("bound", "Bound", "money", 0), Column("change", "All, on the year before", "share", 1),
               Column("free_change", "Free, on the year before", "share", 1), Column("gap", "Received against plan", "share", 1), Column("largest_name", "Largest source"),
               Column("largest", "Its share", "share"), Column("effective", "As if on equal sources", "number", 1))
    shown = rows.assign(year=rows["fiscal_year"].map(lambda found: str(int(found))))
    return Chart(figure, findings.funders.free(rows, year=year) or findings.funders.legs(rows, year=year), alt, say("money received; where it is not known yet, planned"),
                 count("{n} source in fiscal year {year}", "{n} sources in fiscal year {year}", int(rows.loc[rows["fiscal_year"] == year, "lines"].sum()), year=year),
                 Table("income_by_year", shown, columns, say("Income by year")))


def grants(rows: pd.DataFrame, outlook: pd.DataFrame) -> Chart:
    """Open grants: what is asked for, what it is worth by its chance, and the day it is due."""
    own = rows[rows["open"].astype(bool)].reset_index(drop=True)
    table = _grant_table(rows)
    if own.empty:
        return Chart(None, None, "", "", "", table)
    figure, axes = canvas.figure(canvas.height_for(len(own), 0.5, 2.2))
    for place, row in enumerate(own.itertuples()):
        axes.barh(place, row.amount, height=0.6, color="white", edgecolor=canvas.MUTED, linewidth=1)
        axes.barh(place, 0 if pd.isna(row.expected) else row.expected, height=0.6, color=canvas.ORANGE if row.stage in ("soon", "overdue") else canvas.BLUE)
        axes.annotate(_grant_label(row), (row.amount, place), xytext=(5, 0), textcoords="offset points", va="center", fontsize=8.5)
    _rows(axes, own["grant_name"], 28)
    axes.set_xlim(0, 1.9 * max(own["amount"].max(), 1.0))
    _money_axis(axes)
    axes.set_xlabel(say("frame: asked for; filled: times its chance; orange: must be sent within 60 days, or the day has passed"))
    alt = say("A bar for each open grant: what is asked for, what it is worth by its chance, and its day. ") + "; ".join(
        say("{grant}: {amount} asked, {label}", grant=row.grant_name, amount=money(row.amount, 0), label=_grant_label(row).replace("\n", ", ")) for row in own.itertuples())
    return Chart(figure, findings.funders.expected(outlook), alt, say("money asked for, and money asked for × chance"), count("{n} open grant", "{n} open grants", len(own)), table)


def _grant_label(row: tuple) -> str:
    worth = say("chance not judged") if pd.isna(row.chance) else say("{chance}: {expected}", chance=share(row.chance), expected=money(row.expected, 0))
    when = {"sent": say("sent, answer by {day}", day=day(row.answer)) if pd.notna(row.answer) else say("sent"), "no day": say("no day known"),
            "overdue": say("was due {day}", day=day(row.due))}.get(row.stage) or say("due {day}", day=day(row.due))
    return f"{worth}\n{when}" if pd.notna(row.owner_name) else say("{worth}\n{when}, nobody answers", worth=worth, when=when)


def _grant_table(rows: pd.DataFrame) -> Table:
    columns = (Column("grant_name", "Grant"), Column("funder", "Funder"), Column("stands", "Stands"), Column("amount", "Amount", "money", 0), Column("chance", "Chance", "share"),
               Column("expected", "Amount × chance", "money", 0), Column("own_share", "Own share", "money", 0), Column("due", "To be sent by", "day"), Column("answer", "Answer", "day"),
               Column("owner_name", "Answers for it"), Column("goal_name", "Goal"), Column("initiative_name", "Initiative"), Column("hours", "Hours to ask", "whole"))
    return Table("grant_pipeline", rows.assign(stands=[say(status) for status in rows["status"]]), columns, say("Grants, open ones first"), most=40)
