"""Charts of the chain: how far leadership's weight gets, and what stands above and below one thing."""

from __future__ import annotations

import re
from typing import NamedTuple

import pandas as pd
from matplotlib.font_manager import FontProperties
from matplotlib.patches import FancyBboxPatch, PathPatch
from matplotlib.path import Path
from matplotlib.textpath import TextToPath

from planning.analysis import chain
from planning.methods import flow
from planning.show import findings, tables
from planning.show.charts import canvas
from planning.show.language import absent, count, listed, number, say, share
from planning.show.records import Chart

MAIN = tuple(kind for kind in chain.KINDS if any(kind in kinds for kinds in chain.STEPS.values()))
SHOWN = (*chain.SPINE, "partner", "objective", "agreement")
HEADS = ("Goals", "Carried by", "Done through", "Shown, paid", "Said, decided", "Heard, learnt")
MOST, LINES, SIZE, LINE, PAD, BETWEEN, LANE, TOP, EDGE, GAP = 7, 3, 8, 0.135, 0.055, 0.1, 0.05, 0.34, 0.03, 0.2
WIDEST = 0.16
FAINT = 0.35


class Box(NamedTuple):
    """A box on the page, in inches from the top left."""

    left: float
    top: float
    wide: float
    height: float

    @property
    def middle(self) -> float:
        return self.top + self.height / 2


def reach(rows: pd.DataFrame, *, step: int) -> Chart:
    """How much of leadership's weight reaches each kind of thing, the step's own kinds marked."""
    own = rows[rows["kind"].isin(MAIN)].reset_index(drop=True)
    figure, axes = canvas.figure(canvas.height_for(len(own), 0.29, 1.8))
    places = range(len(own))
    axes.barh(places, own["reached"], color="white", edgecolor=canvas.GREY, hatch="////", linewidth=0.8, height=0.62)
    axes.barh(places, own["firm"], color=canvas.BLUE, height=0.62)
    for place, row in enumerate(own.itertuples()):
        rest = row.reached - row.firm
        words = say("{firm}, and {rest} weakly or only planned", firm=share(row.firm), rest=share(rest)) if rest > 0.0005 else share(row.firm)
        axes.text(row.reached, place, "  " + words, va="center", fontsize=8, color=canvas.INK if rest > 0.0005 else canvas.MUTED)
    here = own["kind"].isin(chain.STEPS[step])
    names = [count(*findings.chain.KINDS[row.kind], int(row.items)) for row in own.itertuples()]
    axes.set_yticks(places, [say("▸ {name}", name=name) if mine else name for name, mine in zip(names, here)])
    for label, mine in zip(axes.get_yticklabels(), here):
        label.set_fontweight("bold" if mine else "normal")
    axes.invert_yaxis()
    axes.set_xlim(0, 1.62)
    axes.set_xticks([])
    axes.spines[["bottom"]].set_visible(False)
    axes.tick_params(length=0)
    axes.set_xlabel(say("full: clearly (0.5 or more) and through nothing that is only planned\nhatched: weakly or only planned; ▸ what this step is about"),
                    loc="left", fontsize=8.5)
    alt = say("Share of leadership's weight that reaches each kind clearly and in place, and at all. ") + "; ".join(
        say("{kind}: {firm} of {reached}", kind=name, firm=share(row.firm), reached=share(row.reached)) for name, row in zip(names, own.itertuples()))
    basis = count("{n} thing on record", "{n} things on record", int(rows["items"].sum()))
    return Chart(figure, findings.chain.reach(rows), alt, say("share of leadership's weight"), basis, tables.chain.reach(rows))


def traced(rows: pd.DataFrame, ways: pd.DataFrame, standing: pd.DataFrame, *, item: str, step: int) -> Chart:
    """One thing with what stands above and below it, from the goals on the left to those who hear of it on the right."""
    own = standing.set_index("key", drop=False).loc[item]
    boxes = _boxes(rows, own, {*SHOWN, *chain.STEPS[step], *(("role",) if step == 6 else ())})
    used = sorted(set(boxes["stage"]))
    boxes["place"] = boxes["stage"].map(used.index)
    links = _links(ways, boxes)
    columns = flow.arranged(boxes.drop_duplicates("box").set_index("box")["place"].to_dict(), zip(links["above"], links["below"]))
    texts = {row.box: (_fitted(row.text, _wide(len(used))), _fitted(row.note, _wide(len(used)))) for row in boxes.drop_duplicates("box").itertuples()}
    placed, height = _placed(columns, texts)
    figure, axes = canvas.figure(height)
    figure.get_layout_engine().set(w_pad=0, h_pad=0, wspace=0, hspace=0)
    axes.set_xlim(0, canvas.WIDTH)
    axes.set_ylim(height, 0)
    axes.set_axis_off()
    for place, stage in enumerate(used):
        axes.text(_left(place, len(used)), 0.06, say(HEADS[stage]), fontsize=8.5, weight="bold", va="top", color=canvas.MUTED)
    for row in links.itertuples():
        lanes = [placed[row.above, row.below, place] for place in range(len(columns)) if (row.above, row.below, place) in placed]
        _band(axes, [placed[row.above], *lanes, placed[row.below]], row.share)
    for box, text in texts.items():
        _box(axes, placed[box], *text, mine=box == item)
    basis = say("{above} above, {below} below", above=int((rows["side"] == "up").sum()), below=int((rows["side"] == "down").sum()))
    unit = say("share of leadership's weight that passes through; a band is as wide as its share of what rests on the thing with the thick edge")
    return Chart(figure, findings.chain.traced(rows, standing, item=item), _alt(rows, own), unit, basis, tables.chain.traced(rows, own))


def _boxes(rows: pd.DataFrame, own: pd.Series, kinds: set[str]) -> pd.DataFrame:
    """Every thing with the box that it stands in: key, box, stage, text, note; what a column has no room for shares one box."""
    shown = rows[rows["kind"].isin(kinds)]
    weighed = shown["share"] * shown["kind"].isin(chain.SPINE).map({True: 3.0, False: 1.0})
    shown = shown.loc[weighed.sort_values(ascending=False, kind="stable").index]
    shown = pd.concat([own.to_frame().T[["key", "kind", "name", "part"]], shown[["key", "kind", "name", "part"]]], ignore_index=True)
    shown["stage"] = [chain.KINDS[kind][2] for kind in shown["kind"]]
    crowd = shown.groupby("stage")["key"].transform("size")
    rest = (shown.groupby("stage").cumcount() >= MOST - 1) & (crowd > MOST)
    shown["box"] = shown["key"].mask(rest, "rest:" + shown["stage"].astype(str))
    note = [say("{kind} {part}", kind=findings.chain.kind(kind), part=findings.chain.part(part)) if part > 0 else findings.chain.kind(kind)
            for kind, part in zip(shown["kind"], shown["part"])]
    shown["note"] = pd.Series(note, dtype=object).mask(rest, "")
    more = [say("and {n} more", n=number(n)) for n in crowd - MOST + 1]
    return shown.assign(text=shown["name"].astype(object).mask(rest, pd.Series(more, dtype=object)))


def _links(ways: pd.DataFrame, boxes: pd.DataFrame) -> pd.DataFrame:
    """The links between boxes, each with its share; those that bring a box less than a third of its weight are left out."""
    box = boxes.set_index("key")["box"]
    pairs = ways.assign(above=ways["above"].map(box), below=ways["below"].map(box)).dropna(subset=["above", "below"])
    found = pairs.groupby(["side", "above", "below"], sort=False)["share"].sum(min_count=1).reset_index()
    away = found["below"].where(found["side"] == "down", found["above"])
    by, into = found.groupby(away)["share"], found.groupby("below")["share"]
    broad = (by.transform("max") == found["share"]) | (into.transform("max") == found["share"]) | (found["share"] >= FAINT * by.transform("sum"))
    return found[found["share"].isna() | broad].assign(share=lambda rows: rows["share"].clip(upper=1.0)).reset_index(drop=True)


def _placed(columns: tuple, texts: dict[str, tuple[str, str]]) -> tuple[dict[object, Box], float]:
    """Every box and every lane on the page, and the height of the page: columns spread over the height of the fullest."""
    tall = {entry: _height(*texts[entry]) if entry in texts else 0.0 for column in columns for entry in column}
    full = max(sum(tall[entry] + (BETWEEN if entry in texts else LANE) for entry in column) for column in columns)
    placed: dict[object, Box] = {}
    for place, column in enumerate(columns):
        spare = full - sum(tall[entry] + (BETWEEN if entry in texts else LANE) for entry in column)
        top = TOP + spare / 2 / max(len(column), 1)
        for entry in column:
            placed[entry if entry in texts else (*entry, place)] = Box(_left(place, len(columns)), top, _wide(len(columns)), tall[entry])
            top += tall[entry] + (BETWEEN if entry in texts else LANE) + spare / len(column)
    return placed, TOP + full


def _wide(columns: int) -> float:
    return min(1.9, (canvas.WIDTH - 2 * EDGE - (columns - 1) * GAP) / columns)


def _left(place: int, columns: int) -> float:
    wide = _wide(columns)
    return EDGE + place * (wide + (canvas.WIDTH - 2 * EDGE - columns * wide) / max(columns - 1, 1))


def _height(text: str, note: str) -> float:
    return (text.count("\n") + 1 + (note.count("\n") + 1 if note else 0)) * LINE + 2 * PAD


def _fitted(text: str, wide: float) -> str:
    """A name in three lines at most that fit into a box, by their measured width; a longer one is cut, since the table has it in full."""
    room, lines, line = wide - 2 * PAD, [], ""
    for word in str(text).split():
        pieces = [word] if _width(word) <= room + PAD else re.findall(r"[^-]{1,11}-?", word)
        for place, piece in enumerate(pieces):
            piece = piece if piece.endswith("-") or place == len(pieces) - 1 else f"{piece}-"
            longer = f"{line}{'' if place or not line else ' '}{piece}"
            if line and _width(longer) > room:
                lines.append(line)
                longer = piece
            line = longer
    lines.append(line)
    if len(lines) <= LINES:
        return "\n".join(lines)
    last = lines[LINES - 1]
    while _width(f"{last} …") > room and " " in last:
        last = last.rsplit(" ", 1)[0]
    return "\n".join([*lines[:LINES - 1], f"{last} …"])


def _width(text: str) -> float:
    """The width of a text in inches, with a little room for how a screen rounds letters."""
    return TextToPath().get_text_width_height_descent(text, FontProperties(family="DejaVu Sans", size=SIZE), False)[0] / 72 * 1.06


def _box(axes: object, box: Box, text: str, note: str, *, mine: bool) -> None:
    axes.add_patch(FancyBboxPatch((box.left, box.top), box.wide, box.height, boxstyle="round,pad=0,rounding_size=0.04", facecolor="white",
                                  edgecolor=canvas.INK if mine else canvas.BLUE, linewidth=2.2 if mine else 0.8, zorder=3))
    axes.text(box.left + PAD, box.top + PAD + 0.01, text, fontsize=SIZE, color=canvas.INK, va="top", linespacing=1.2, zorder=4)
    axes.text(box.left + PAD, box.top + box.height - PAD, note, fontsize=SIZE, color=canvas.MUTED, va="bottom", linespacing=1.2, zorder=4)


def _band(axes: object, stops: list[Box], part: float) -> None:
    """A band from the right edge of one box to the left edge of another, as wide as its share; a thin line where no weight flows."""
    points, codes = [(stops[0].left + stops[0].wide, stops[0].middle)], [Path.MOVETO]
    for here, there in zip(stops, stops[1:]):
        out, into = points[-1], (there.left, there.middle)
        middle = (out[0] + into[0]) / 2
        points += [(middle, out[1]), (middle, into[1]), into]
        codes += [Path.CURVE4] * 3
        if there is not stops[-1]:
            points.append((there.left + there.wide, there.middle))
            codes.append(Path.LINETO)
    width = 0.6 if absent(part) else max(WIDEST * 72 * part, 0.7)
    colour = canvas.GREY if absent(part) else canvas.LIGHT
    axes.add_patch(PathPatch(Path(points, codes), facecolor="none", edgecolor=colour, linewidth=width, alpha=0.75, capstyle="butt", zorder=1))


def _alt(rows: pd.DataFrame, own: pd.Series) -> str:
    first = say("Boxes in columns from goals to those who hear of them, linked by bands as wide as the weight; in the middle “{name}”. ", name=own["name"])
    told = []
    for side, words in (("up", "Above it: {names}. "), ("down", "Below it: {names}.")):
        here = rows[rows["side"] == side].sort_values("share", ascending=False, kind="stable")
        names = [say("{name} ({part})", name=name, part=findings.chain.part(part)) if part > 0 else name for name, part in zip(here["name"], here["part"])]
        told += [say(words, names=listed(names, 12))] if names else []
    return first + "".join(told)
