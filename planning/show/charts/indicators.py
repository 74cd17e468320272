"""Charts of step 2 on KPIs: the sides that they look at, and the targets that are met."""

from __future__ import annotations

import pandas as pd

from planning.show import findings
from planning.show.charts import canvas
from planning.show.language import absent, count, number, say, signed
from planning.show.records import Chart, Column, Table

PARTS = (("met", "met", canvas.BLUE, "white", ""), ("partly", "partly met", canvas.LIGHT, canvas.INK, ""),
         ("missed", "not met", canvas.SAND, canvas.INK, "////"),
         ("unmeasured", "not measured", "white", canvas.MUTED, ""), ("aimless", "no target", "white", canvas.MUTED, "...."))


def perspectives(rows: pd.DataFrame) -> Chart:
    """How many KPIs look at each side of the library."""
    figure, axes = canvas.figure(2.0)
    axes.barh(range(len(rows)), rows["kpis"], height=0.6, color=canvas.BLUE)
    for place, row in enumerate(rows.itertuples()):
        axes.text(row.kpis + 0.1, place, number(row.kpis) if row.kpis else say("none"), va="center", color=canvas.INK if row.kpis else canvas.ORANGE)
    axes.set_yticks(range(len(rows)), [say(name) for name in rows["perspective"]])
    axes.invert_yaxis()
    axes.set_xlim(0, rows["kpis"].max() * 1.12)
    axes.xaxis.get_major_locator().set_params(integer=True)
    axes.set_xlabel(say("number of KPIs"))
    alt = say("Number of KPIs by side of the library: ") + ", ".join(say("{side} {n}", side=say(row.perspective), n=row.kpis) for row in rows.itertuples())
    columns = (Column("perspective", "Side"), Column("kpis", "KPIs", "whole"), Column("share", "Share", "share"))
    table = Table("perspectives", rows, columns, say("Sides of the library that the KPIs look at"))
    return Chart(figure, findings.indicators.perspectives(rows), alt, say("number of KPIs"), count("{n} KPI", "{n} KPIs", int(rows["kpis"].sum())), table)


def scorecard(rows: pd.DataFrame) -> Chart:
    """How many targets are met, in full or in part, on each side of the library."""
    figure, axes = canvas.figure(canvas.height_for(len(rows), 0.46, 2.2))
    for place, row in enumerate(rows.itertuples()):
        _bar(axes, place, row, rows["kpis"].max())
    used = [part for part in PARTS if rows[part[0]].sum()]
    for _, words, colour, _, hatch in used:
        axes.barh([0], [0], color=colour, edgecolor=canvas.GREY, hatch=hatch, label=say(words))
    axes.legend(loc="lower left", bbox_to_anchor=(0, 1.0), ncols=len(used), fontsize=8.5, handlelength=1.4, columnspacing=1.2, borderaxespad=0)
    axes.set_yticks(range(len(rows)), [say("all KPIs") if name == "all" else say(name) for name in rows["perspective"]])
    axes.set_ylim(len(rows) - 0.45, -0.75)
    axes.set_xlim(0, rows["kpis"].max() * 1.24)
    axes.xaxis.get_major_locator().set_params(integer=True)
    axes.set_xlabel(say("number of KPIs"))
    alt = say("Number of KPIs by result and side of the library. ") + "; ".join(_told(row) for row in rows.itertuples())
    columns = (Column("perspective", "Side"), Column("met", "Met", "whole"), Column("partly", "Partly met", "whole"), Column("missed", "Not met", "whole"),
               Column("early", "Not met, not due yet", "whole"), Column("unmeasured", "Not measured", "whole"), Column("aimless", "No target", "whole"),
               Column("composite", "Composite (−1 to 1)", "signed", 2))
    table = Table("scorecard", rows, columns, say("Targets met, by side of the library"))
    basis = count("{n} KPI", "{n} KPIs", int(rows["kpis"].iloc[0]))
    return Chart(figure, findings.indicators.scorecard(rows), alt, say("number of KPIs; composite = (met − not met) ÷ measured"), basis, table)


def _bar(axes: object, place: int, row: object, most: float) -> None:
    left = 0
    for name, _, colour, ink, hatch in PARTS:
        size = getattr(row, name)
        axes.barh(place, size, left=left, height=0.62, color=colour, edgecolor=canvas.GREY, linewidth=0.7, hatch=hatch)
        if size:
            axes.text(left + size / 2, place, number(size), ha="center", va="center", fontsize=8.5, color=ink,
                      bbox={"facecolor": colour, "edgecolor": "none", "pad": 1.2} if hatch else None)
        left += size
    words = say("none measured") if absent(row.composite) else say("composite {value}", value=signed(row.composite, 2))
    axes.text(left + most * 0.015, place, words, va="center", fontsize=8.5, weight="bold" if row.perspective == "all" else "normal")


def _told(row: object) -> str:
    side = say("all KPIs") if row.perspective == "all" else say(row.perspective)
    score = "" if absent(row.composite) else say(", composite {value}", value=signed(row.composite, 2))
    return say("{side}: {met} met, {partly} partly met, {missed} not met, {unmeasured} not measured, {aimless} without a target{score}", side=side,
               met=row.met, partly=row.partly,
               missed=row.missed, unmeasured=row.unmeasured, aimless=row.aimless, score=score)
