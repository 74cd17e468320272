"""The drawn roadmap of step 2."""

from __future__ import annotations

import pandas as pd

from planning.show import findings
from planning.show.charts import canvas
from planning.show.language import count, month, period, say
from planning.show.records import Chart, Column, Finding, Table

BEFORE = 3
"""Months before the first coming year that are drawn; what runs since longer is cut off there."""
LOOKS = {"free": {"color": canvas.BLUE}, "must do": {"color": canvas.SAND, "hatch": "///", "edgecolor": canvas.ORANGE},
         "running": {"color": canvas.LIGHT, "hatch": "...", "edgecolor": canvas.MUTED}}


def months(rows: pd.DataFrame, planned: pd.DataFrame) -> Chart:
    """One bar an initiative over the months, by fiscal year, with owners, must-dos, running ones and what waits for what."""
    end = max(12 * int((planned["fiscal_year"] - planned["fiscal_year"].min() + 1).max()), int((rows["first"] + rows["months"]).max()))
    begin = -BEFORE if (rows["first"] < 0).any() else 0
    figure, axes = canvas.figure(canvas.height_for(len(rows), 0.4, 2.4) + 0.5)
    opens = rows["begins"].iloc[0].to_period("M") - int(rows["first"].iloc[0])
    _years(axes, opens, begin, end, int(rows["fiscal_year"].min()))
    for place, row in enumerate(rows.itertuples()):
        start, stop = max(row.first, begin), row.first + row.months
        axes.barh(place, stop - start, left=start, height=0.5, linewidth=0.6, **LOOKS[row.part])
        left = stop < begin + 0.62 * (end - begin)
        axes.text(stop + 0.4 if left else start - 0.4, place, _beside(row), fontsize=8, va="center", color=canvas.MUTED,
                  ha="left" if left else "right", zorder=3,
                  bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.8})
    _waits(axes, rows, begin)
    axes.set_yticks(range(len(rows)), [canvas.wrapped(name, 34) for name in rows["initiative_name"]], fontsize=8)
    axes.set_ylim(len(rows) - 0.4, -0.6)
    axes.set_xlim(begin, end)
    told = findings.roadmap.spread(planned) or Finding(say("The initiatives by month"))
    return Chart(figure, told, _alt(rows), say("months; hatched: must be done; dotted: runs already; a thin arrow leads from what is needed first"),
                 count("{n} initiative", "{n} initiatives", len(rows)), _table(rows))


def _years(axes: object, opens: pd.Period, begin: int, end: int, first_year: int) -> None:
    step = 3 if end - begin <= 42 else 6
    ticks = list(range(begin, end + 1, step))
    axes.set_xticks(ticks[:-1] if ticks[-1] == end else ticks, [month((opens + tick).month) for tick in ticks if tick != end], fontsize=8, ha="left")
    axes.xaxis.tick_top()
    axes.tick_params(axis="both", length=0)
    axes.spines[["left", "bottom"]].set_visible(False)
    axes.grid(axis="x", linewidth=0.5)
    for year in range((end + 11) // 12):
        axes.axvline(12 * year, color=canvas.GREY, linewidth=1.2, zorder=0.5)
        axes.annotate(say("fiscal year {year}", year=first_year + year), (12 * year, 1), xycoords=axes.get_xaxis_transform(), xytext=(1, 18),
                      textcoords="offset points", fontsize=8.5)


def _beside(row: tuple) -> str:
    kind = {"must do": say("must be done"), "running": say("runs already")}.get(row.part, "")
    return "; ".join(part for part in ("" if pd.isna(row.owner_name) else str(row.owner_name), kind) if part)


def _waits(axes: object, rows: pd.DataFrame, begin: int) -> None:
    place = {name: number for number, name in enumerate(rows["initiative_name"])}
    for number, row in enumerate(rows.itertuples()):
        for name in row.after.split("; ") if row.after else []:
            other = rows.iloc[place[name]]
            start, down = max(begin, other["first"] + other["months"]), 0.27 if place[name] < number else -0.27
            bend, source = ("angle,angleA=0,angleB=90,rad=0", (start, place[name])) if start <= row.first else ("arc3", (row.first + 0.5, place[name] + down))
            axes.annotate("", (row.first + 0.5, number - down), xytext=source, zorder=2,
                          arrowprops={"arrowstyle": "-|>", "color": canvas.INK, "linewidth": 0.7, "shrinkA": 0, "shrinkB": 0, "connectionstyle": bend})


def _alt(rows: pd.DataFrame) -> str:
    parts = [say("{name}: {begin} to {end}", name=row.initiative_name, begin=period(f"{row.begins:%Y-%m}"), end=period(f"{row.ends:%Y-%m}"))
             for row in rows.itertuples()]
    return say("Bars over the months, one an initiative. {parts}.", parts="; ".join(parts))


def _table(rows: pd.DataFrame) -> Table:
    kinds = {"must do": say("must be done"), "running": say("runs already"), "free": say("free to choose")}
    columns = (Column("initiative_name", "Initiative"), Column("owner_name", "Owner"), Column("kind", "In a word"),
               Column("begins", "Begins", "day"), Column("ends", "Ends", "day"),
               Column("late", "Months after its own date", "whole"), Column("waits", "Waits for"), Column("slips", "Slips beyond its year"))
    shown = rows.assign(kind=rows["part"].map(kinds), waits=rows["after"].where(rows["after"] != "", None))
    return Table("roadmap", shown, columns, say("The roadmap by month"), most=40)
