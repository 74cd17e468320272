"""Charts of step 3: how the number of partners grew, and how both sides rate each partnership over time."""

from __future__ import annotations

import pandas as pd

from planning.show import findings, tables
from planning.show.charts import canvas
from planning.show.language import count, day, number, say
from planning.show.records import Chart, Column, Table

LANES = (("ours", -0.17, "o", canvas.BLUE), ("theirs", 0.17, "D", canvas.GREEN))
LOW = 2.5
MOST = 16


def growth(rows: pd.DataFrame) -> Chart:
    """Active partners at the end of each fiscal year."""
    figure, axes = canvas.figure(2.5)
    places = range(len(rows))
    axes.bar(places, rows["active"].fillna(rows["low"]), width=0.62, color=[canvas.BLUE if done else canvas.LIGHT for done in rows["complete"]])
    axes.bar(places, rows["high"] - rows["low"], bottom=rows["low"], width=0.62, color="white", edgecolor=canvas.GREY, hatch="///", linewidth=0.8)
    for place, row in enumerate(rows.itertuples()):
        axes.text(place, row.high + 0.02 * max(rows["high"].max(), 1), _counted(row), ha="center", va="bottom", fontsize=9)
    axes.set_xticks(list(places), [_year(row) for row in rows.itertuples()])
    axes.set_ylim(0, max(rows["high"].max(), 1) * 1.18)
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    axes.tick_params(length=0)
    alt = say("Bars of the active partners at the end of each fiscal year. ") + "; ".join(
        say("{year}: {active} active, {started} began, {ended} ended", year=row.fiscal_year, active=_counted(row), started=number(row.started), ended=number(row.ended)) for row in rows.itertuples())
    columns = (Column("fiscal_year", "Fiscal year", "id"), Column("end", "On", "day"), Column("counted", "Active partners", "points"), Column("started", "Began in the year", "whole"),
               Column("ended", "Ended in the year", "whole"), Column("change", "Change", "signed"), Column("growth", "Growth", "share"))
    table = Table("partner_growth", rows.assign(counted=[_counted(row) for row in rows.itertuples()]), columns, say("Active partners at the end of each fiscal year"))
    return Chart(figure, findings.register.growth(rows), alt, say("active partners at the end of the fiscal year; below: partnerships that began and ended in the year"),
                 count("{n} year-end", "{n} year-ends", len(rows)), table)


def _counted(row: object) -> str:
    return number(row.low) if row.low == row.high else say("{low} to {high}", low=number(row.low), high=number(row.high))


def _year(row: object) -> str:
    year = str(row.fiscal_year) if row.complete else say("{year}, so far", year=row.fiscal_year)
    begun = [count("{n} began", "{n} began", row.started)] if row.started else []
    return "\n".join([year, ", ".join(begun + ([count("{n} ended", "{n} ended", row.ended)] if row.ended else []))])


def health(rows: pd.DataFrame) -> Chart:
    """How each side rated each partnership, from the first review to the latest."""
    shown = rows[rows["ours"].notna() | rows["theirs"].notna()].head(MOST)
    table = tables.register.health(rows)
    if shown.empty:
        return Chart(canvas.figure(1)[0], None, "", "", "", table)
    figure, axes = canvas.figure(canvas.height_for(len(shown), 0.5) + 0.2)
    axes.axvline(LOW, color=canvas.GREY, linewidth=1, linestyle=(0, (4, 3)), zorder=0)
    for place, row in enumerate(shown.to_dict("records")):
        for side, lane, mark, colour in LANES:
            _drawn(axes, row, side, place + lane, mark, colour)
        axes.text(5.25, place, canvas.wrapped(_remark(row), 21), va="center", fontsize=8.5, color=canvas.ORANGE if _alarm(row) else canvas.MUTED,
                  fontweight="bold" if _alarm(row) else "normal")
    axes.set_yticks(range(len(shown)), [canvas.wrapped(name) for name in shown["partner_name"]])
    axes.set_ylim(len(shown) - 0.5, -0.75)
    axes.set_xlim(0.9, 7.2)
    axes.set_xticks(range(1, 6))
    axes.set_xlabel(canvas.wrapped(say("mean rating, 1 to 5; ● library, ◆ partner; hollow: first review, filled: latest; broken line: 2.5"), 58))
    axes.tick_params(axis="y", length=0)
    alt = say("Dots and arrows of how each side rated each partnership, first review to latest. ") + "; ".join(
        say("{name}: library {ours}, partner {theirs}, {remark}", name=row["partner_name"], ours=_path(row, "ours"), theirs=_path(row, "theirs"), remark=_remark(row))
        for row in shown.to_dict("records"))
    return Chart(figure, findings.register.health(rows), alt, say("mean of results, trust and contact, points 1 to 5; each rating is one person's view"),
                 say("{n} of {all} active partnerships", n=len(shown), all=len(rows)), table)


def _drawn(axes: object, row: dict[str, object], side: str, height: float, mark: str, colour: str) -> None:
    last, first = row[side], row[f"{side}_first"]
    if pd.isna(last):
        return
    if not pd.isna(first) and abs(last - first) > 1e-9:
        axes.plot([first], [height], mark, color="white", markeredgecolor=colour, markersize=5, zorder=2)
        axes.annotate("", (last, height), (first, height), arrowprops={"arrowstyle": "-", "color": colour, "linewidth": 1.4, "shrinkA": 3, "shrinkB": 0})
    axes.plot([last], [height], mark, color=colour, markersize=6.5, zorder=3)


def _alarm(row: dict[str, object]) -> bool:
    return bool(row["weak"] or row["differ"] or row["heading"] == "worse")


def _remark(row: dict[str, object]) -> str:
    parts = [say("low twice in a row")] if row["weak"] else []
    parts += [say("views differ")] if row["differ"] else []
    parts += [say(row["heading"])] if row["heading"] != "steady" or not parts else []
    parts += [say("last on {day}", day=day(row["last"]))] if row["age"] == "old" else []
    return say(", ").join(parts)


def _path(row: dict[str, object], side: str) -> str:
    last, first = row[side], row[f"{side}_first"]
    if pd.isna(last):
        return say("not rated")
    return number(last, 1) if pd.isna(first) else say("{first} to {last}", first=number(first, 1), last=number(last, 1))
