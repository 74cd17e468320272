"""Charts of step 1: the four lists, and the changes outside."""

from __future__ import annotations

import textwrap

import pandas as pd

from planning.show import findings
from planning.show.charts import canvas
from planning.show.findings.outlook import certainty, felt
from planning.show.language import absent, count, number, say
from planning.show.records import Chart, Column, Table
from planning.show.tables.outlook import heard

BOXES = {"strength": ("Strengths", "inside, they help", canvas.BLUE), "weakness": ("Weaknesses", "inside, they hinder", canvas.ORANGE),
         "opportunity": ("Opportunities", "outside, they help", canvas.BLUE), "threat": ("Threats", "outside, they hinder", canvas.ORANGE)}
MOST, LINE, HEAD = 5, 12.5, 26
MARKS = {"helps": ("^", canvas.BLUE, "helps"), "hinders": ("v", canvas.ORANGE, "hinders"), "both": ("D", canvas.SEQUENCE[4], "both")}
UNSAID = ("o", canvas.GREY, "effect not said")


def lists(rows: pd.DataFrame) -> Chart:
    """The four lists in four boxes, the heaviest items of each."""
    written = {kind: _lines(rows[rows["kind"] == kind]) for kind in BOXES}
    sizes = [HEAD + LINE * max(sum(len(lines) for _, lines in written[kind]) for kind in pair) + 6
             for pair in (("strength", "weakness"), ("opportunity", "threat"))]
    figure, axes = canvas.figure(sum(sizes) / 72 + 0.25, columns=2, rows=2, height_ratios=sizes)
    for box, kind in zip(axes.flat, BOXES):
        _box(box, kind, written[kind])
    alt = say("Four boxes with their heaviest items and the weight of each, 1 to 5. ") + " ".join(
        say("{kind}: {items}.", kind=say(BOXES[kind][0]), items="; ".join(_told(row) for row in rows[rows["kind"] == kind].head(MOST).itertuples())
            or say("none is written down")) for kind in BOXES)
    columns = (Column("item_name", "Item"), Column("kind", "List"), Column("weight", "How much it matters (1 to 5)", "points"),
               Column("goal_name", "Goal"), Column("rests", "Rests on"))
    table = Table("swot", rows.assign(rests=rows["basis"].where(rows["basis"].notna(), "an opinion")), columns,
                  say("Strengths, weaknesses, opportunities and threats"), most=60)
    return Chart(figure, findings.outlook.weights(rows), alt, say("weight 1 (little) to 5 (a great deal), as judged"),
                 count("{n} item", "{n} items", len(rows)), table)


def _told(row: object) -> str:
    return say("{item} ({weight})", item=row.item_name, weight=say("no weight") if absent(row.weight) else number(row.weight))


def _lines(items: pd.DataFrame) -> list[tuple[str, list[str]]]:
    found = []
    for row in items.head(MOST).itertuples():
        name = say("{name} (opinion)", name=row.item_name) if row.opinion else row.item_name
        found.append(("–" if absent(row.weight) else number(row.weight), textwrap.wrap(name, 47) or [""]))
    if len(items) > MOST:
        found.append(("", [count("and {n} more in the table", "and {n} more in the table", len(items) - MOST)]))
    return found or [("", [say("none is written down")])]


def _box(axes: object, kind: str, written: list[tuple[str, list[str]]]) -> None:
    title, where, colour = BOXES[kind]
    axes.set(xticks=[], yticks=[], facecolor="#f5f7f9")
    axes.spines[:].set_visible(False)
    axes.plot([0, 1], [1, 1], transform=axes.transAxes, color=colour, linewidth=3, clip_on=False)
    place = {"xycoords": "axes fraction", "textcoords": "offset points", "va": "top", "in_layout": False, "linespacing": 1.22}
    axes.annotate(say(title), (0, 1), (8, -6), fontsize=9.5, fontweight="bold", color=colour, **place)
    axes.annotate(say(where), (1, 1), (-8, -7), fontsize=8.5, color=canvas.MUTED, ha="right", **place)
    down = HEAD
    for weight, lines in written:
        axes.annotate(weight, (0, 1), (8, -down), fontsize=8.5, fontweight="bold", color=colour, **place)
        axes.annotate("\n".join(lines), (0, 1), (22, -down), fontsize=8.5, **place)
        down += LINE * len(lines)


def trends(rows: pd.DataFrame) -> Chart | Table:
    """When each change outside is felt, those that count most on top; a table where no trend says when."""
    if rows["years"].isna().all():
        return _trend_table(rows)
    figure, axes = canvas.figure(canvas.height_for(len(rows), 0.42, 2.4) + 0.3)
    reach = max(rows["years"].max(), 1)
    for place, row in enumerate(rows.itertuples()):
        _change(axes, place, row, reach)
    axes.set_yticks(range(len(rows)), [canvas.wrapped(name, 42) for name in rows["trend_name"]], fontsize=8.5)
    axes.set_ylim(len(rows) - 0.4, -0.6)
    axes.set_xlim(-0.06 * reach, reach * 1.75)
    axes.set_xticks([tick for tick in range(int(reach) + 1) if tick % max(1, int(reach) // 6) == 0])
    axes.grid(axis="x")
    axes.set_xlabel(say("years until it is felt (0: now); highest impact × certainty on top"))
    shown = [one for one in (*MARKS.values(), UNSAID) if one is not UNSAID or not rows["effect"].isin(list(MARKS)).all()]
    for marker, colour, words in shown:
        axes.scatter([], [], marker=marker, color=colour, s=60, label=say(words))
    figure.legend(loc="outside upper right", ncols=len(shown))
    alt = say("Changes outside, those with the highest impact × certainty first. ") + "; ".join(
        say("{name}: {effect}, {words}, {felt}", name=row.trend_name, effect=say(_mark(row)[2]), words=_words(row), felt=felt(row.years))
        for row in rows.itertuples())
    return Chart(figure, findings.outlook.trends(rows), alt, say("years; impact 1 to 5 and certainty in words, as judged"),
                 count("{n} trend", "{n} trends", len(rows)), _trend_table(rows))


def _mark(row: object) -> tuple[str, str, str]:
    return UNSAID if absent(row.effect) else MARKS[row.effect]


def _words(row: object) -> str:
    if absent(row.impact):
        return say("impact not given, {certainty}", certainty=certainty(row.certainty))
    return say("impact {impact}, {certainty}", impact=number(row.impact), certainty=certainty(row.certainty))


def _change(axes: object, place: int, row: object, reach: float) -> None:
    marker, colour, _ = _mark(row)
    words = _words(row)
    if absent(row.years):
        axes.text(0, place, say("{words}; not said when", words=words), va="center", fontsize=8.5, color=canvas.MUTED)
        return
    axes.plot([0, row.years], [place, place], color=canvas.LINE, linewidth=1.6, zorder=1)
    axes.scatter([row.years], [place], marker=marker, s=62, color=colour, zorder=3)
    axes.text(row.years + 0.05 * reach, place, words, va="center", fontsize=8.5, color=canvas.MUTED if absent(row.score) else canvas.INK,
              bbox={"facecolor": "white", "edgecolor": "none", "pad": 1})


def _trend_table(rows: pd.DataFrame) -> Table:
    columns = (Column("named", "Trend"), Column("goal_name", "Goal"), Column("means", "What it means"), Column("judged", "Judged"),
               Column("looked", "Looked at"))
    note = "Ordered by impact × certainty (1 may come, 2 is likely, 3 under way), then by how soon. Both are judgements on ordered scales, so the product is good for an order only."
    shown = rows.assign(named=[row.trend_name if absent(row.kind) else say("{name} ({kind})", name=row.trend_name, kind=say(row.kind))
                               for row in rows.itertuples()],
                        judged=[say("{effect}, {words}, {felt}", effect=say(_mark(row)[2]), words=_words(row), felt=felt(row.years))
                                for row in rows.itertuples()],
                        looked=[heard(row.source, row.date) for row in rows[["source", "date"]].itertuples(index=False)])
    return Table("trends", shown, columns, say("Changes outside"), note, most=60)
