"""The plan on one sheet: what leadership wants, where the library stands, what changed, what is asked for."""

from __future__ import annotations

import textwrap

import pandas as pd

from planning.show import findings
from planning.show.charts import canvas
from planning.show.charts.evaluation import STATUS
from planning.show.language import absent, count, day, number, share, say
from planning.show.records import Chart, Column, Finding, Table

HEIGHT, LINES, BROAD = canvas.WIDTH * 2**0.5, 0.0176, 92  # the sides of a sheet of A4; a line as a share of its height; letters on a line
MOST = {"changed": 3, "against": 2, "asked": 3, "ahead": 3}
TURNS = ("asked", "changed", "against", "ahead")  # who takes the next place on the sheet, so that no part is crowded out by another
HEAD, AFTER, BELOW = 0.031, 0.012, 0.008  # room for a heading, after its part, and below each text
MARKS = {"changed": ("o", canvas.GREEN), "against": ("v", canvas.ORANGE), "asked": ("s", canvas.BLUE), "ahead": (">", canvas.GREY)}
STRONG = {"on target": canvas.BLUE, "behind": canvas.ORANGE}
OWN = 7  # the step whose messages are named by channel, which says nothing on a sheet
LAST = 0.075  # where the foot of the sheet begins


def one_sheet(progress: pd.DataFrame, goals: pd.DataFrame, *, changed: list[Finding], against: list[Finding], asks: pd.DataFrame, ahead: pd.DataFrame, library: str, foot: str) -> Chart:
    """Goals with their weights, the status of all KPIs, statements that stand, what went the wrong way, what leadership is asked, and what comes next.

    `asks` is `asks.brief`, `ahead` is `areas.strategies`. What finds no room on the sheet is left to the report, and each part keeps at
    least one place. Without goals the sheet says so.
    """
    figure, axes = canvas.figure(HEIGHT)
    figure.set_layout_engine("none")
    axes.set_position((0, 0, 1, 1))
    axes.set(xlim=(0, 1), ylim=(0, 1))
    axes.set_axis_off()
    rows = [["goal", row.name, share(row.weight)] for row in goals.sort_values(["weight", "goal"], ascending=[False, True]).itertuples()]
    top = _weights(axes, _heading(axes, 0.965, say("What leadership wants"), library), goals)
    standing = progress["status"].value_counts()
    rows += [["status", say(word), str(int(n))] for word, n in standing.items()]
    top = _standing(axes, _heading(axes, top, say("Where our KPIs stand")), standing)
    shown = _fitting({"changed": [one.text for one in changed], "against": [one.text for one in against], "asked": _asked(asks), "ahead": _ahead(ahead)}, top)
    for kind, title in (("changed", say("What changed")), ("against", say("What did not go as we wished")), ("asked", say("What we ask for")), ("ahead", say("What comes next"))):
        rows += [[kind, text, None] for text in shown[kind]]
        top = _texts(axes, _heading(axes, top, title), shown[kind], kind) if shown[kind] else top
    axes.text(0.05, 0.04, canvas.wrapped(foot, 110), fontsize=8.5, va="center", color=canvas.MUTED, linespacing=1.4)
    table = Table("one_sheet", pd.DataFrame(rows, columns=["part", "text", "figure"]).astype({"figure": object}),
                  (Column("part", "Part"), Column("text", "What it says"), Column("figure", "Figure")), say("What stands on the sheet"), most=60)
    alt = say("One sheet. ") + "; ".join(f"{text} {figure or ''}".strip() for _, text, figure in rows)
    return Chart(figure, _title(goals, standing), alt, say("weights in shares of 100%; KPIs in numbers"), _basis(goals, progress), table)


def _title(goals: pd.DataFrame, standing: pd.Series) -> Finding:
    met, known = int(standing.get("on target", 0)), int(standing.sum())
    if goals.empty and standing.get("no target", 0) == known:
        return Finding(count("No goal and no target is written down; {n} KPI: the plan on one sheet.", "No goal and no target is written down; {n} KPIs: the plan on one sheet.", known),
                       "plain", "counted", ("kpis", "kpi_values"))
    part = count("{met} of {n} KPI on target", "{met} of {n} KPIs on target", known, met=number(met))
    if goals.empty:
        return Finding(say("No goal is written down; {part}: the plan on one sheet.", part=part), "plain", "counted", ("kpis", "kpi_values"))
    text = count("One goal, {part}: the plan on one sheet.", "{n} goals, {part}: the plan on one sheet.", len(goals), part=part)
    return Finding(text, "plain", "counted", ("goals", "kpis", "kpi_values"))


def _basis(goals: pd.DataFrame, progress: pd.DataFrame) -> str:
    return say("{goals} and {kpis}", goals=count("{n} goal", "{n} goals", len(goals)), kpis=count("{n} KPI", "{n} KPIs", len(progress)))


def _heading(axes: object, top: float, text: str, library: str = "") -> float:
    """A heading with a line above it; returns where the part below begins."""
    if library:
        axes.text(0.05, top, canvas.wrapped(library, 44), fontsize=19, fontweight="bold", va="center", color=canvas.BLUE)
        top -= 0.05
    axes.plot([0.05, 0.95], [top + 0.016, top + 0.016], color=canvas.LINE, linewidth=1)
    axes.text(0.05, top, text, fontsize=11.5, fontweight="bold", va="center", color=canvas.MUTED)
    return top - HEAD


def _weights(axes: object, top: float, goals: pd.DataFrame) -> float:
    ordered = goals.sort_values(["weight", "goal"], ascending=[False, True]).head(9)
    widest = max(ordered["weight"].max(), 0.01) if len(ordered) else 1.0
    if ordered.empty:
        axes.text(0.05, top, say("not written down yet: no goals, no weights"), fontsize=10, va="center", color=canvas.MUTED)
        return top - 0.043
    for row in ordered.itertuples():
        axes.text(0.05, top, textwrap.shorten(row.name, 48, placeholder=" …"), fontsize=10, va="center")
        axes.barh(top, 0.33 * row.weight / widest, left=0.54, height=0.017, color=canvas.BLUE)
        axes.text(0.55 + 0.33 * row.weight / widest, top, share(row.weight), fontsize=10, va="center")
        top -= 0.025
    if len(goals) > len(ordered):
        axes.text(0.05, top, count("and one more", "and {n} more", len(goals) - len(ordered)), fontsize=9, va="center", color=canvas.MUTED)
        top -= 0.027
    return top - 0.016


def _standing(axes: object, top: float, standing: pd.Series) -> float:
    across = 0.05
    for word, (sign, _) in STATUS.items():
        if word in standing:
            axes.text(across, top - 0.008, str(int(standing[word])), fontsize=21, fontweight="bold", va="center", color=STRONG.get(word, canvas.MUTED))
            axes.text(across, top - 0.036, f"{sign} {say(word)}", fontsize=9, va="center")
            across += 0.155
    return top - 0.078


def _size(text: str) -> float:
    return LINES * len(textwrap.wrap(text, BROAD)) + BELOW


def _fitting(found: dict[str, list[str]], top: float) -> dict[str, list[str]]:
    """As many texts of each part as find room down to the foot of the sheet, each part one text a turn."""
    room, shown = top - LAST, {kind: [] for kind in found}
    for turn in range(max(MOST.values())):
        for kind in TURNS:
            for text in found[kind][turn:min(turn + 1, MOST[kind])]:
                need = _size(text) + (0.0 if shown[kind] else HEAD + AFTER)
                if need <= room:
                    shown[kind].append(text)
                    room -= need
    return shown


def _texts(axes: object, top: float, texts: list[str], kind: str) -> float:
    for text in texts:
        axes.plot([0.055], [top], marker=MARKS[kind][0], color=MARKS[kind][1], markersize=5)
        axes.text(0.08, top + 0.008, "\n".join(textwrap.wrap(text, BROAD)), fontsize=9, va="top", linespacing=1.35)
        top -= _size(text)
    return top - AFTER


def _asked(asks: pd.DataFrame) -> list[str]:
    own = asks[asks["open"].astype(bool)]
    words = {"late": "{what} (an answer was due on {day})"}
    return [row.name if absent(row.by) else say(words.get(row.when, "{what} (answer by {day})"), what=row.name, day=day(row.by)) for row in own.itertuples()]


def _ahead(ahead: pd.DataFrame) -> list[str]:
    own = ahead[ahead["step"] < OWN].dropna(subset=["next_day"]).sort_values("next_day")
    return [say("{day}: {what}", day=day(row.next_day), what=findings.governance.coming(row)) for row in own.itertuples()]
