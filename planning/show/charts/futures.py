"""Charts of futures: what each plan forgoes, the money that is left over all draws, and what moves it."""

from __future__ import annotations

import pandas as pd
from matplotlib.patches import Rectangle

from planning.show import findings, tables
from planning.show.charts import canvas
from planning.show.findings.forecasts import chance
from planning.show.findings.futures import figure
from planning.show.language import absent, count, listed, money, number, say, share
from planning.show.records import Chart, Column, Table

STEPS = ((0.005, "white", canvas.INK), (0.10, "#e3edf4", canvas.INK), (0.25, canvas.SAND, canvas.INK), (10.0, canvas.ORANGE, "white"))


def regrets(rows: pd.DataFrame, robustness: pd.DataFrame, *, tolerance: float = 0.10) -> Chart:
    """What each plan would forgo in each future: one cell each, darker where it forgoes more."""
    futures = rows.drop_duplicates("scenario")[["scenario", "scenario_name"]]
    lost = rows.pivot(index="plan", columns="scenario", values="lost").loc[robustness["plan"], list(futures["scenario"])]
    figure, axes = canvas.figure(canvas.height_for(len(lost), 0.62, 2.2) + 0.5)
    for up, row in enumerate(lost.to_numpy()):
        for across, value in enumerate(row):
            fill, ink = next((fill, ink) for limit, fill, ink in STEPS if value < limit)
            axes.add_patch(_cell(across, up, fill))
            axes.text(across, up, share(value), ha="center", va="center", fontsize=9, color=ink)
    for up, row in enumerate(robustness.itertuples()):
        axes.text(len(futures) - 0.3, up, say("{n} of {all}", n=round(row.good_enough * row.futures), all=row.futures), va="center", fontsize=9, fontweight="bold" if row.good_enough == 1 else "normal")
    axes.text(len(futures) - 0.3, -0.62, say("good\nenough"), va="bottom", fontsize=8.5, color=canvas.MUTED)
    axes.set_xticks(range(len(futures)), [canvas.wrapped(say(name), 11) for name in futures["scenario_name"]], fontsize=8.5)
    axes.set_yticks(range(len(lost)), [canvas.wrapped(listed([say(one) for one in name.split("; ")], 2), 30) for name in robustness["plan_name"]], fontsize=8.5)
    axes.xaxis.tick_top()
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)
    axes.set_xlim(-0.5, len(futures) + 0.35)
    axes.set_ylim(len(lost) - 0.5, -0.55)
    axes.set_xlabel(say("rows: plans by the future they are best for; columns: the future that comes"), loc="left", fontsize=8.5)
    alt = say("A grid of {plans} plans by {n} futures, with what each plan forgoes there. ", plans=len(lost), n=len(futures)) + "; ".join(
        say("plan made for {plan}: at worst {largest}, good enough in {n}", plan=name, largest=share(row.largest), n=round(row.good_enough * row.futures))
        for row, name in zip(robustness.itertuples(), robustness["plan_name"]))
    finding = findings.futures.robust(robustness, tolerance=tolerance) or findings.flexibility.one_future()
    return Chart(figure, finding, alt, say("share of the best choice's value in that future; good enough: {tolerance} or less forgone", tolerance=share(tolerance)),
                 count("{n} future", "{n} futures", len(futures)), tables.futures.regrets(rows, robustness))


def _cell(across: int, up: int, fill: str) -> Rectangle:
    return Rectangle((across - 0.47, up - 0.44), 0.94, 0.88, facecolor=fill, edgecolor=canvas.LINE, linewidth=0.8)


def balance(rows: pd.DataFrame, summary: pd.DataFrame) -> Chart | Table:
    """All draws of the money that is left, with the line below which it is not enough; the bare table where nothing can be drawn."""
    table = tables.futures.balances(summary)
    if rows.empty:
        return table
    one = summary[summary["outcome"] == "money"].iloc[0]
    figure, axes = canvas.figure(3.5)
    axes.bar(rows["low"], rows["share"], width=0.94 * (rows["high"] - rows["low"]), align="edge", color=[canvas.ORANGE if short else canvas.BLUE for short in rows["short"]],
             hatch=["///" if short else "" for short in rows["short"]], edgecolor="white", linewidth=0)
    _shares(axes, rows, one)
    axes.xaxis.set_major_formatter(lambda tick, _: money(tick))
    axes.yaxis.set_major_formatter(lambda tick, _: share(tick))
    axes.locator_params(axis="x", nbins=6)
    axes.set_xlabel(say("money for initiatives that is left; striped: not enough"), loc="left")
    axes.set_ylabel(say("share of draws"))
    alt = say("A histogram of {draws} draws of the money that is left: {short} of them below 0, middle {middle}, eight in ten from {low} to {high}; the plan's own figures leave {plan}.",
              draws=number(one["draws"]), short=share(1 - one["chance"]), middle=money(one["p50"]), low=money(one["p10"]), high=money(one["p90"]), plan=money(one["plan"]))
    columns = (Column("low", "Left, from", "money"), Column("high", "to", "money"), Column("draws", "Draws", "whole"), Column("share", "Share", "share", 1))
    spread = Table("money_left", rows, columns, say("How the draws of the money that is left spread"), most=12)
    basis = say("{draws} draws, seed {seed}; {n} figures with a range", draws=number(one["draws"]), seed=one["seed"], n=one["ranged"])
    return Chart(figure, findings.futures.balances(summary[summary["outcome"] == "money"])[0], alt, say("currency"), basis, spread)


def _shares(axes: object, rows: pd.DataFrame, one: pd.Series) -> None:
    """The line of nothing left, the plan's own figure, and how many draws lie on either side."""
    top, first, last, plan = rows["share"].max(), rows["low"].iloc[0], rows["high"].iloc[-1], one["plan"]
    axes.axvline(0, color=canvas.INK, linewidth=1.5)
    if not absent(plan):
        axes.axvline(plan, color=canvas.MUTED, linewidth=1.2, linestyle="--")
        axes.text(plan, top * 1.26, say(" the plan's own figures: {sum} ", sum=money(plan)), ha="left" if plan >= 0 else "right", fontsize=8.5, color=canvas.MUTED)
    if one["chance"] < 1:
        axes.text(min(0, last), top * 1.1, say("not enough, {share} of draws  ", share=chance(1 - one["chance"])), ha="right", fontsize=9, color=canvas.ORANGE, zorder=5)
    if one["chance"] > 0:
        axes.text(max(0, first), top * 1.1, say("  enough, {share} of draws", share=chance(one["chance"])), ha="left", fontsize=9, color=canvas.BLUE, zorder=5, bbox={"color": "white", "pad": 1})
    axes.set_ylim(0, top * 1.4)
    reach, ends = last - first, [0 if absent(plan) else plan]
    axes.set_xlim(min(first, -0.45 * reach if one["chance"] < 1 else 0, *ends), max(last, 0.5 * reach, ends[0] + 0.35 * reach))


def swings(rows: pd.DataFrame, *, most: int = 10) -> Chart | Table:
    """A tornado: how far each uncertain figure alone moves the money that is left; the bare table where none does."""
    table, shown = tables.futures.swings(rows), rows[rows["swing"] > 0].head(most)
    if shown.empty:
        return table
    drawn, axes = canvas.figure(canvas.height_for(len(shown), 0.42, 2.2))
    base = shown["base"].iloc[0]
    for place, row in enumerate(shown.to_dict("records")):
        _bar(axes, place, row, base)
    axes.axvline(base, color=canvas.MUTED, linewidth=1)
    axes.axvline(0, color=canvas.INK, linewidth=1.5)
    axes.set_yticks(range(len(shown)), [canvas.wrapped(figure(row), 36) for row in shown.to_dict("records")], fontsize=8.5)
    axes.set_ylim(len(shown) - 0.4, -0.6)
    ends = [shown[["at_low", "at_high"]].to_numpy().min(), shown[["at_low", "at_high"]].to_numpy().max(), 0]
    reach = max(ends) - min(ends)
    axes.set_xlim(min(ends) - reach * 0.2, max(ends) + reach * 0.16)
    axes.xaxis.set_major_formatter(lambda tick, _: money(tick))
    axes.locator_params(axis="x", nbins=5)
    axes.set_xlabel(canvas.wrapped(say("money that is left; plain: figure at its lowest, striped: at its highest; thick line: nothing left; thin line: all at their likeliest"), 90), loc="left", fontsize=8.5)
    alt = say("Bars from {base}, what is left with all figures at their likeliest. ", base=money(base)) + "; ".join(
        say("{figure}: {low} at its lowest, {high} at its highest", figure=figure(row), low=money(row["at_low"]), high=money(row["at_high"])) for row in shown.to_dict("records"))
    finding = findings.futures.swings(rows)
    return Chart(drawn, finding, alt, say("currency"), count("{n} figure with a range", "{n} figures with a range", len(rows)), table)


def _bar(axes: object, place: int, row: dict[str, object], base: float) -> None:
    """One figure's bar, plain to its lowest and striped to its highest, with these two at its ends."""
    for end, other, colour, hatch in (("at_low", "at_high", canvas.BLUE, ""), ("at_high", "at_low", canvas.ORANGE, "///")):
        axes.barh(place, row[end] - base, left=base, height=0.56, color=colour, hatch=hatch, edgecolor="white", linewidth=0)
        right = row[end] > base or (row[end] == base and row[other] < base)
        axes.annotate(number(row[end.removeprefix("at_")]), (row[end], place), xytext=(4 if right else -4, 0), textcoords="offset points", ha="left" if right else "right", va="center", fontsize=8.5,
                      color=canvas.MUTED, zorder=4, bbox={"color": "white", "pad": 0.6})
