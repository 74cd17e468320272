"""Charts of step 7 on worth."""

from __future__ import annotations

import pandas as pd

from planning.show import findings
from planning.show.charts import canvas
from planning.show.findings.value import assumption, in_words, left, rough
from planning.show.language import absent, count, money, say, unit_of_money
from planning.show.records import Chart, Column, Table

MOST = 8


def ranges(worth: pd.DataFrame) -> Chart:
    """Plain worth of each proxy as a light bar, and what is left of it as a point with its range."""
    every = worth[worth["counted"].astype(bool) & worth["adjusted"].notna()].reset_index(drop=True)
    rows = every.head(MOST)
    figure, axes = canvas.figure(canvas.height_for(len(rows), 0.5) + 0.2)
    for place, row in enumerate(rows.itertuples()):
        axes.barh(place, row.classic, height=0.56, color=canvas.LIGHT)
        axes.plot([row.adjusted_low, row.adjusted_high], [place, place], color=canvas.BLUE, linewidth=3, solid_capstyle="butt", zorder=3)
        axes.scatter([row.adjusted], [place], s=38, color=canvas.BLUE, edgecolor="white", linewidth=0.8, zorder=4)
        axes.annotate(_left(row), (max(row.classic, row.adjusted_high), place), xytext=(5, 0), textcoords="offset points", va="center", fontsize=8.5)
    axes.set_yticks(range(len(rows)), [canvas.wrapped(name, 30) for name in rows["name"]], fontsize=8.5)
    axes.invert_yaxis()
    axes.set_xlim(0, 2.0 * max(rows[["classic", "adjusted_high"]].max().max(), 1.0))
    axes.set_xticks([])
    axes.spines["bottom"].set_visible(False)
    axes.tick_params(length=0)
    axes.set_xlabel(say("light bar: nothing taken off; dark line: 95 of 100 draws, with the rest taken off; dot: their middle"))
    alt = say("A light bar for the plain worth of each proxy and a dark line for what is left of it. ") + "; ".join(
        say("{name}: plain {classic}, left {left}", name=row.name, classic=rough(row.classic), left=left(row)) for row in rows.itertuples())
    basis = count("{n} proxy that counts", "{n} proxies that count", len(every)) + (say("; the {n} largest are drawn", n=MOST) if len(every) > MOST else "")
    return Chart(figure, findings.value.per_proxy(worth), alt, say("worth to people a year, in money"), basis, _ranges_table(worth))


def _left(row: object) -> str:
    star = "" if not row.not_considered else "\n" + say("not all considered")
    return say("{classic}, left {left}{star}", classic=rough(row.classic), left=left(row), star=star)


def _ranges_table(worth: pd.DataFrame) -> Table:
    columns = (Column("name", "What is valued"), Column("classic", "Nothing taken off", "money", 0), Column("adjusted_low", "Lowest", "money", 0),
               Column("adjusted", "Middle", "money", 0), Column("adjusted_high", "Highest", "money", 0), Column("share", "Share of the total", "share"))
    return Table("value_ranges", worth, columns, say("Worth of each proxy, with nothing and with all taken off"), most=40)


def moves(sensitivity: pd.DataFrame, total: pd.DataFrame) -> Chart:
    """How far each assumption alone moves the result."""
    spent = total.iloc[0]["money"] if len(total) else float("nan")
    by = 1.0 if absent(spent) else spent / unit_of_money()
    base = _base(sensitivity, by)
    rows = sensitivity.head(MOST).reset_index(drop=True)
    figure, axes = canvas.figure(canvas.height_for(len(rows), 0.52) + 0.3)
    for place, row in enumerate(rows.to_dict("records")):
        low, high = sorted((row["at_from"] / by, row["at_to"] / by))
        axes.barh(place, high - low, left=low, height=0.5, color=canvas.LIGHT, edgecolor=canvas.BLUE, linewidth=0.8)
        axes.annotate(say("{start} to {stop}", start=in_words(row["assumption"], row["from_value"]), stop=in_words(row["assumption"], row["to_value"])),
                      (high, place), xytext=(5, 0), textcoords="offset points", va="center", fontsize=8.5)
    axes.axvline(base, color=canvas.INK, linewidth=1)
    axes.set_yticks(range(len(rows)), [canvas.wrapped(assumption(row), 36) for row in rows.to_dict("records")], fontsize=8.5)
    axes.invert_yaxis()
    ends = pd.concat([rows["at_from"], rows["at_to"]]) / by
    axes.set_xlim(0, ends.max() * 1.35)
    axes.xaxis.set_major_formatter(lambda value, _: money(value, 2 if by != 1.0 else 0))
    axes.locator_params(axis="x", nbins=5)
    axes.tick_params(axis="y", length=0)
    axes.set_xlabel(_scale(by) + "\n" + say("bar: one assumption moved as its label says; line: as it stands"))
    alt = say("A bar for each assumption from the lowest to the highest result that it gives alone. ") + "; ".join(
        say("{what}: {low} to {high}", what=assumption(row), low=money(min(row["at_from"], row["at_to"]) / by, 2), high=money(max(row["at_from"], row["at_to"]) / by, 2)) for row in rows.to_dict("records"))
    basis = count("{n} assumption that moves the result", "{n} assumptions that move the result", len(sensitivity))
    return Chart(figure, findings.value.most_moving(sensitivity, total), alt, _scale(by), basis, _moves_table(sensitivity, by))


def _scale(by: float) -> str:
    return say("worth to people a year, in money") if by == 1.0 else say("worth for each {one} of all spending", one=money(unit_of_money(), 2))


def _base(sensitivity: pd.DataFrame, by: float) -> float:
    """The result with every assumption as it stands: for an assumption that moves it evenly, the point between its ends."""
    row = sensitivity.iloc[0]
    part = (row["base"] - row["from_value"]) / (row["to_value"] - row["from_value"])
    return (row["at_from"] + part * (row["at_to"] - row["at_from"])) / by


def _moves_table(sensitivity: pd.DataFrame, by: float) -> Table:
    rows = sensitivity.assign(what=[assumption(row) for row in sensitivity.to_dict("records")], low=sensitivity[["at_from", "at_to"]].min(axis=1) / by, high=sensitivity[["at_from", "at_to"]].max(axis=1) / by)
    for name, column in (("stands", "base"), ("start", "from_value"), ("stop", "to_value")):
        rows[name] = [in_words(row["assumption"], row[column]) for row in rows.to_dict("records")]
    columns = (Column("what", "Assumption"), Column("stands", "Stands at"), Column("start", "From"), Column("stop", "To"), Column("low", "Lowest result", "money", 2), Column("high", "Highest result", "money", 2))
    return Table("value_assumptions", rows, columns, say("What each assumption alone does to the result"), most=15)
