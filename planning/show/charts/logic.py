"""The drawn logic model of one service."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import pandas as pd
from matplotlib.font_manager import FontProperties
from matplotlib.patches import FancyArrowPatch, FancyBboxPatch
from matplotlib.path import Path
from matplotlib.textpath import TextToPath

from planning.methods import flow
from planning.show import findings
from planning.show.charts import canvas
from planning.show.language import count, listed, say
from planning.show.records import Chart, Column, Table

HEADS = (("Inputs", "what we put in"), ("Activities", "what we do with it"), ("Outputs", "what comes out"),
         ("Outcomes", "what changes for people"), ("Impact", "the wider change"))
SIGNS = {"circle": "leads back", "arrow that goes back": "leads back", "arrow to itself": "leads to itself",
         "arrow to another service": "leads to another service",
         "stands alone": "stands alone", "nothing leads to it": "nothing leads here", "leads nowhere": "leads nowhere", "outcome without a KPI": "no KPI"}
EARLY = {"input": "KPI of an input: {name}", "activity": "KPI of an activity: {name}", "output": "KPI of an output: {name}"}
LOOKS = {"text": (canvas.INK, "normal"), "kpi": (canvas.MUTED, "normal"), "sign": (canvas.ORANGE, "bold")}
SIZE, LINE, PAD, SPACING = 8, 0.138, 0.065, 1.25
EDGE, WIDE, GAP, BETWEEN, TOP = 0.02, 1.2, 0.34, 0.19, 0.54
ROOM = 0.97 * (WIDE - 2 * PAD)
SIDE = 0.09
"""How far below the middle of a box, in inches, arrows that go back or stay in their column begin and end."""


class Box(NamedTuple):
    """A box on the page, in inches from the top left: its left edge, its top, its height, and the texts in it, each with its look."""

    left: float
    top: float
    height: float
    texts: tuple[tuple[str, str], ...]

    @property
    def middle(self) -> float:
        return self.top + self.height / 2


def model(rows: pd.DataFrame, arrows: pd.DataFrame, faults: pd.DataFrame) -> Chart:
    """The boxes of one service's model in five columns with the arrows between them; what is to be mended is outlined and named."""
    signs = _signs(rows, faults)
    boxes, height = _placed(rows, arrows, {row["node"]: _texts(row, signs.get(row["node"], [])) for row in rows.to_dict("records")})
    figure, axes = canvas.figure(height)
    figure.get_layout_engine().set(w_pad=0, h_pad=0, wspace=0, hspace=0)
    axes.set_xlim(0, canvas.WIDTH)
    axes.set_ylim(height, 0)
    axes.set_axis_off()
    _heads(axes, rows)
    own = arrows[arrows["node"].isin(rows["node"]) & arrows["leads_to"].isin(rows["node"]) & (arrows["node"] != arrows["leads_to"])]
    for row in own.itertuples():
        _arrow(axes, boxes, row)
    for node in rows["node"]:
        _box(axes, boxes[node], marked=node in signs)
    basis = say("{boxes} and {arrows}", boxes=count("{n} box", "{n} boxes", len(rows)), arrows=count("{n} arrow", "{n} arrows", len(own)))
    unit = say("boxes and arrows of one service's logic model; what is to be mended has a broken outline and a word")
    return Chart(figure, findings.logic.model(rows, faults), _alt(rows, signs, basis), unit, basis, _table(rows))


def _signs(rows: pd.DataFrame, faults: pd.DataFrame) -> dict[str, list[str]]:
    here = faults[faults["node"].isin(rows["node"]) & faults["kind"].isin(list(SIGNS))]
    return {node: list(dict.fromkeys(say(SIGNS[kind]) for kind in kinds)) for node, kinds in here.groupby("node", sort=False)["kind"]}


def _texts(row: dict[str, object], signs: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """What stands in a box, wrapped to its width, each with its look: text, KPI or sign."""
    found = [(row["name"], "text")]
    if row["kpi_name"]:
        words = EARLY.get(row["kpi_level"], "KPI: {name}") if row["stage"] == "outcome" else "KPI: {name}"
        found.append((say(words, name=row["kpi_name"]), "kpi"))
    return tuple((_wrapped(text, bold=look == "sign"), look) for text, look in [*found, *((sign, "sign") for sign in signs)])


def _height(texts: Iterable[tuple[str, str]]) -> float:
    return sum(text.count("\n") + 1 for text, _ in texts) * LINE + 2 * PAD


def _wrapped(text: str, *, bold: bool = False) -> str:
    """A text in lines that fit into a box, by their measured width."""
    lines, line = [], ""
    for word in _pieces(text, bold):
        longer = f"{line} {word}".strip()
        if line and _width(longer, bold) > ROOM:
            lines.append(line)
            longer = word
        line = longer
    return "\n".join([*lines, line])


def _pieces(text: str, bold: bool) -> Iterator[str]:
    """The words of a text; one that is wider than a box comes in parts, cut at a hyphen where it has one."""
    for word in str(text).split():
        while len(word) > 2 and _width(word, bold) > ROOM:
            cuts = [word[:size] for size in range(len(word) - 1, 0, -1)]
            part = next((cut for cut in cuts if cut.endswith("-") and _width(cut, bold) <= ROOM), None)
            part = part or next((cut for cut in cuts if _width(f"{cut}-", bold) <= ROOM), cuts[-1])
            yield part if part.endswith("-") else f"{part}-"
            word = word[len(part):]
        yield word


def _width(text: str, bold: bool) -> float:
    """The width of a text in inches."""
    font = FontProperties(family="DejaVu Sans", size=SIZE, weight="bold" if bold else "normal")
    return TextToPath().get_text_width_height_descent(text, font, False)[0] / 72


def _placed(rows: pd.DataFrame, arrows: pd.DataFrame, texts: dict[str, tuple[tuple[str, str], ...]]) -> tuple[dict[object, Box], float]:
    """Every box and every lane on the page, and the height of the page: columns spread over the height of the fullest."""
    columns = flow.arranged(dict(zip(rows["node"], rows["order"])), zip(arrows["node"], arrows["leads_to"]))
    tall = {item: _height(texts[item]) if item in texts else 0.0 for column in columns for item in column}
    full = max(sum(tall[item] + BETWEEN for item in column) for column in columns)
    boxes: dict[object, Box] = {}
    for stage, column in enumerate(columns):
        space = (full - sum(tall[item] for item in column)) / max(len(column), 1)
        top = TOP + space / 2
        for item in column:
            boxes[item if item in texts else (*item, stage)] = Box(_left(stage), top, tall[item], texts.get(item, ()))
            top += tall[item] + space
    return boxes, TOP + full


def _left(stage: int) -> float:
    return EDGE + stage * (WIDE + GAP)


def _heads(axes: object, rows: pd.DataFrame) -> None:
    for stage, (head, words) in enumerate(HEADS):
        left = _left(stage)
        axes.text(left + PAD, 0.06, say(head), fontsize=9.5, weight="bold", va="top", color=canvas.INK)
        axes.text(left + PAD, 0.24, _wrapped(say(words)), fontsize=SIZE, va="top", color=canvas.MUTED, linespacing=SPACING)
        if stage not in set(rows["order"]):
            axes.text(left + PAD, TOP + 0.2, say("no box yet"), fontsize=SIZE, weight="bold", color=canvas.ORANGE)


def _box(axes: object, box: Box, *, marked: bool) -> None:
    edge, style, width = (canvas.ORANGE, (0, (4, 2)), 1.6) if marked else (canvas.BLUE, "solid", 0.9)
    axes.add_patch(FancyBboxPatch((box.left, box.top), WIDE, box.height, boxstyle="round,pad=0,rounding_size=0.05", facecolor="white", edgecolor=edge,
                                  linestyle=style, linewidth=width, zorder=3))
    top = box.top + PAD
    for text, look in box.texts:
        colour, weight = LOOKS[look]
        axes.text(box.left + PAD, top + 0.012, text, fontsize=SIZE, color=colour, weight=weight, va="top", linespacing=SPACING, zorder=4)
        top += (text.count("\n") + 1) * LINE


def _arrow(axes: object, boxes: dict[object, Box], row: object) -> None:
    """One arrow: from a box's right edge to the next one's left, through lanes where it passes over stages; one that goes back runs the other way."""
    back, start, end = row.to_order < row.order, boxes[row.node], boxes[row.leads_to]
    if row.order == row.to_order:
        points, codes = _beside(start, end, [box for box in boxes.values() if box.left == start.left])
    else:
        between = range(row.order - 1, row.to_order, -1) if back else range(row.order + 1, row.to_order)
        points, codes = _way([start, *(boxes[(row.node, row.leads_to, stage)] for stage in between), end], back)
    colour, style, head = (canvas.ORANGE, (0, (3, 1.5)), canvas.ORANGE) if back else (canvas.GREY, "solid", canvas.MUTED)
    axes.add_patch(FancyArrowPatch(path=Path(points, codes), arrowstyle="-", color=colour, linestyle=style, linewidth=1.1, zorder=2))
    axes.add_patch(FancyArrowPatch(path=Path([_before(points), points[-1]]), arrowstyle="-|>", mutation_scale=8, color=head, linewidth=0.6, zorder=5))


def _before(points: list[tuple[float, float]]) -> tuple[float, float]:
    """A point just before the end of a line, in the direction from which it comes."""
    (x, y), (left, top) = points[-1], points[-2]
    length = max(((x - left) ** 2 + (y - top) ** 2) ** 0.5, 1e-9)
    return x - 0.1 * (x - left) / length, y - 0.1 * (y - top) / length


def _beside(start: Box, end: Box, column: list[Box]) -> tuple[list[tuple[float, float]], list[int]]:
    """The line of an arrow inside a column: straight between neighbours, round the side past others."""
    upper, lower = sorted((start, end), key=lambda box: box.top)
    if not any(upper.top < box.top < lower.top for box in column):
        across, ends = start.left + WIDE / 2, (upper.top + upper.height, lower.top)
        return [(across, one) for one in (ends if start is upper else ends[::-1])], [Path.MOVETO, Path.LINETO]
    right, bend = start.left + WIDE, start.left + WIDE + 0.8 * GAP
    points = [(right, start.middle + SIDE), (bend, start.middle), (bend, end.middle), (right, end.middle + SIDE)]
    return points, [Path.MOVETO] + [Path.CURVE4] * 3


def _way(stops: list[Box], back: bool) -> tuple[list[tuple[float, float]], list[int]]:
    """A smooth line that leaves each stop on one side and reaches the next on the other."""
    sides, down = ((0.0, WIDE), SIDE) if back else ((WIDE, 0.0), 0.0)
    points, codes = [(stops[0].left + sides[0], stops[0].middle + down)], [Path.MOVETO]
    for here, there in zip(stops, stops[1:]):
        out, into = (here.left + sides[0], here.middle + down), (there.left + sides[1], there.middle + down)
        middle = (out[0] + into[0]) / 2
        points += [(middle, out[1]), (middle, into[1]), into]
        codes += [Path.CURVE4] * 3
        if there is not stops[-1]:
            points.append((there.left + sides[0], there.middle + down))
            codes.append(Path.LINETO)
    return points, codes


def _alt(rows: pd.DataFrame, signs: dict[str, list[str]], basis: str) -> str:
    parts = [say("{name} ({signs})", name=name, signs=listed(signs[node])) if node in signs else name for node, name in zip(rows["node"], rows["name"])]
    told = []
    for stage, (head, _) in enumerate(HEADS):
        here = [part for part, order in zip(parts, rows["order"]) if order == stage]
        told.append(say("{head} ({n}): {boxes}", head=say(head), n=len(here), boxes="; ".join(here) or say("none")))
    marked = count("{n} box is marked", "{n} boxes are marked", len(signs))
    return say("A logic model in five columns, with {basis}; {marked}. ", basis=basis, marked=marked) + ". ".join(told)


def _table(rows: pd.DataFrame) -> Table:
    empty = {name: rows[name].where(rows[name].fillna("") != "", None) for name in ("leads_to", "comes_from", "orphan", "kpi_name")}
    columns = (Column("name", "Box"), Column("stage", "Stage"), Column("kpi_name", "KPI"), Column("comes_from", "Comes from"), Column("leads_to", "Leads to"),
               Column("orphan", "Loose end"))
    return Table("logic_model", rows.assign(**empty), columns, say("The boxes of the model"), most=60)
