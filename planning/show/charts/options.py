"""The chart of step 2 on what could start now."""

from __future__ import annotations

import pandas as pd

from planning.analysis.assets import NOW
from planning.show import findings
from planning.show.charts import canvas
from planning.show.language import absent, count, inside, number, say
from planning.show.records import Chart, Column, Table


def starts(rows: pd.DataFrame) -> Chart:
    """Hours of each first step; filled when all it needs is there, open when it waits, with what for."""
    figure, axes = canvas.figure(canvas.height_for(len(rows), 0.5, 2.0))
    reach = max(rows["hours"].max(), 1.0) if rows["hours"].notna().any() else 1.0
    for place, row in enumerate(rows.to_dict("records")):
        now, hours = row["state"] == NOW, 0.0 if absent(row["hours"]) else row["hours"]
        axes.barh(place, hours, height=0.56, color=canvas.BLUE if now else "white", edgecolor=canvas.BLUE if now else canvas.GREY)
        axes.text(hours + reach * 0.02, place, canvas.wrapped(_label(row), 38), va="center", fontsize=8, color=canvas.INK if now else canvas.MUTED)
    axes.set_yticks(range(len(rows)), [canvas.wrapped(name, 38) for name in rows["initiative_name"]], fontsize=8.5)
    axes.set_ylim(len(rows) - 0.4, -0.6)
    axes.set_xlim(0, reach * 2.25)
    axes.set_xticks([tick for tick in axes.get_xticks() if tick <= reach * 1.05])
    axes.set_xlabel(say("hours of the first step (filled: all it needs is there; open: it waits)"))
    return Chart(figure, findings.options.ready(rows), _alt(rows), say("staff hours, as estimated by the library"),
                 count("{n} first step", "{n} first steps", len(rows)), _table(rows))


def _label(row: dict[str, object]) -> str:
    hours = say("hours not known") if absent(row["hours"]) else say("{hours} h", hours=number(row["hours"]))
    if row["state"] == NOW:
        return say("{hours}, {role}", hours=hours, role=inside(row["role"])) if row["role"] else say("{hours}, no owner yet", hours=hours)
    waits = "; ".join(name for name in (row["waits_for"], row["missing"]) if name)
    return say("{hours}, waits for: {what}", hours=hours, what=waits) if waits else say("{hours}, its assets are not listed", hours=hours)


def _alt(rows: pd.DataFrame) -> str:
    return say("Bars of hours for {n}, {ready} of which can be made now. ", n=count("{n} first step", "{n} first steps", len(rows)),
               ready=number(int((rows["state"] == NOW).sum()))) + "; ".join(
        say("{name}: {label}", name=row["initiative_name"], label=_label(row)) for row in rows.to_dict("records"))


def _table(rows: pd.DataFrame) -> Table:
    shown = rows.assign(**{column: rows[column].where(rows[column] != "", None) for column in ("role", "assets", "missing", "waits_for")})
    columns = (Column("initiative_name", "Initiative"), Column("first_step", "First step"), Column("hours", "Hours", "whole"),
               Column("role", "Led by"), Column("state", "State"),
               Column("assets", "What is there"), Column("missing", "Not ready"), Column("waits_for", "Waits for"))
    return Table("first_steps", shown, columns, say("First steps, smallest start first"), most=40)
