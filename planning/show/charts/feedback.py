"""Charts of feedback: what is answered, whether answers keep up, and what people talk about."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.ticker import MaxNLocator

from planning.show import findings, tables
from planning.show.charts import canvas
from planning.show.language import count, number, period, say, share
from planning.show.records import Chart, Table

MOST = 12


def closure(rows: pd.DataFrame, overall: pd.DataFrame, *, days: int) -> Chart | Table:
    """Entries answered, open, and open for long, by channel; the bare table where every row is hidden."""
    table = tables.feedback.closure(rows, by="channel", days=days)
    if rows["hidden"].all():
        return table
    known = rows[~rows["hidden"].astype(bool)].reset_index(drop=True)
    figure, axes = canvas.figure(canvas.height_for(len(known), 0.42))
    left = np.zeros(len(known))
    parts = ((known["closed"], canvas.BLUE, "", say("answered")), (known["open"] - known["old"], canvas.SAND, "", say("open")),
             (known["old"], canvas.ORANGE, "///", say("open for more than {days} days", days=number(days))))
    for values, colour, hatch, label in parts:
        axes.barh(known.index, values, left=left, height=0.6, color=colour, hatch=hatch, edgecolor="white", linewidth=0, label=label)
        left = left + values.to_numpy()
    for place, row in zip(known.index, known.itertuples()):
        axes.text(row.entries + left.max() * 0.015, place, say("{done} of {n} answered", done=number(row.closed), n=number(row.entries)), va="center", fontsize=8.5)
    axes.set_yticks(known.index, [canvas.wrapped(say(part)) for part in known["part"]])
    axes.invert_yaxis()
    axes.set_xlim(0, left.max() * 1.22)
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.set_xlabel(say("entries"))
    axes.legend(loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=3)
    alt = say("Bars of entries answered and open, least answered first. ") + "; ".join(
        say("{part}: {closed} of {entries} answered, {old} open for long", part=say(row.part), closed=number(row.closed), entries=number(row.entries), old=number(row.old))
        for row in known.itertuples())
    basis = count("{n} entry", "{n} entries", int(overall.iloc[0]["entries"]))
    return Chart(figure, findings.feedback.answered(overall, rows), alt, say("number of entries"), basis, table)


def quarters(rows: pd.DataFrame, *, days: int) -> Chart | Table:
    """What came in and what was answered each quarter, and what stayed open; the bare table with fewer than two whole quarters."""
    table, finding = tables.feedback.quarters(rows, days=days), findings.feedback.over_time(rows)
    if finding is None:
        return table
    shown = rows.tail(MOST).reset_index(drop=True)
    figure, (top, below) = canvas.figure(3.9, rows=2, height_ratios=[1.5, 1], sharex=True)
    for values, shift, colour, hatch, label in ((shown["came_in"], -0.2, canvas.LIGHT, "", say("came in")), (shown["answered"], 0.2, canvas.BLUE, "", say("answered"))):
        bars = top.bar(shown.index + shift, values, width=0.38, color=colour, hatch=hatch, label=label)
        top.bar_label(bars, [number(value) for value in values], fontsize=8, padding=1)
    top.legend(loc="lower left", bbox_to_anchor=(0, 1.0), ncols=2, borderaxespad=0)
    top.set_ylim(0, max(shown["came_in"].max(), shown["answered"].max()) * 1.15 + 0.5)
    top.set_ylabel(say("entries"))
    below.plot(shown.index, shown["open"], color=canvas.ORANGE, marker="o", markersize=5)
    for place, value in zip(shown.index, shown["open"]):
        below.annotate(number(value), (place, value), xytext=(0, 6), textcoords="offset points", ha="center", fontsize=8)
    below.set_ylim(0, shown["open"].max() * 1.35 + 1)
    below.set_ylabel(say("open at the end"))
    names = [period(row.period) + ("" if row.whole else say(" (still runs)")) for row in shown.itertuples()]
    below.set_xticks(shown.index, [canvas.wrapped(name, 9) for name in names], fontsize=8.5)
    for axes in (top, below):
        axes.yaxis.set_major_locator(MaxNLocator(4, integer=True))
    alt = say("Entries that came in and were answered by quarter, and those open at its end. ") + "; ".join(
        say("{period}: {came} came in, {done} answered, {open} open", period=period(row.period), came=number(row.came_in), done=number(row.answered), open=number(row.open)) for row in shown.itertuples())
    return Chart(figure, finding, alt, say("number of entries"), count("{n} entry", "{n} entries", int(rows["came_in"].sum())), table)


def ranked(rows: pd.DataFrame) -> Chart | Table:
    """Themes by their share of the entries, with interval; the bare table where every row is hidden."""
    table = tables.feedback.ranked(rows)
    known = rows[~rows["hidden"].astype(bool)].reset_index(drop=True)
    if known.empty:
        return table
    figure, axes = canvas.figure(canvas.height_for(len(known), 0.36))
    axes.barh(known.index, known["share"], height=0.56, color=canvas.LIGHT)
    axes.hlines(known.index, known["low"], known["high"], color=canvas.BLUE, linewidth=2)
    edge = known["high"].max()
    for place, row in zip(known.index, known.itertuples()):
        axes.text(edge * 1.03, place, say("{share}, {n}", share=share(row.share), n=count("{n} entry", "{n} entries", int(row.entries))), va="center", fontsize=8.5)
    axes.set_yticks(known.index, [canvas.wrapped(name) for name in known["theme_name"]])
    axes.set_ylim(len(known) - 0.4, -0.6)
    axes.set_xlim(0, edge * 1.3)
    ticks = [tick for tick in MaxNLocator(5).tick_values(0, edge) if 0 <= tick <= edge]
    axes.set_xticks(ticks, [share(tick) for tick in ticks])
    axes.set_xlabel(say("share of coded entries; line: 95% interval"))
    alt = say("Bars of each theme's share of the coded entries, with 95% interval. ") + "; ".join(
        say("{theme}: {share}, {low} to {high}", theme=row.theme_name, share=share(row.share), low=share(row.low), high=share(row.high)) for row in known.itertuples())
    return Chart(figure, findings.feedback.ranked(rows), alt, say("share 0% to 100%"), count("{n} entry shown", "{n} entries shown", int(known["entries"].sum())), table)
