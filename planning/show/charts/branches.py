"""Charts of branches: their change in rank order, and those that left the course of the others."""

from __future__ import annotations

import numpy as np
import pandas as pd

from planning.show import findings, tables
from planning.show.charts import canvas
from planning.show.findings.branches import percent
from planning.show.language import absent, count, inside, period, say, share
from planning.show.records import Chart, Table

FEW, NAMED, PANELS = 15, 12, 9
SHADE = "#e6eaee"
MARKS = {"above": ("^", canvas.ORANGE, canvas.ORANGE), "below": ("v", canvas.ORANGE, canvas.ORANGE), "": ("o", canvas.BLUE, canvas.BLUE), "small": ("o", "white", canvas.GREY)}
STEPS = (-0.95, -0.9, -0.8, -0.7, -0.6, -0.5, -0.4, -0.3, -0.25, -0.2, -0.15, -0.1, -0.05, 0, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.75, 1, 1.5, 2, 3, 4, 6, 9, 19, 49, 99)


def change(rows: pd.DataFrame, moves: pd.DataFrame, *, measure: str) -> Chart | Table:
    """The change of every branch from the year before, in rank order; the bare table where none can be compared."""
    table = tables.branches.standing(rows, moves, measure=measure)
    like = rows[rows["compared"].astype(bool) & (rows["value"] > 0)].sort_values(["change", "branch"], ignore_index=True)
    if like.empty:
        return table
    few = len(like) <= FEW
    figure, axes = canvas.figure(canvas.height_for(len(like), 0.36, 2.2) if few else min(8.2, 1.6 + 0.066 * len(like)))
    if not absent(like["band_low"].iloc[0]):
        axes.axvspan(*np.log1p([like["band_low"].iloc[0], like["band_high"].iloc[0]]), color=SHADE, linewidth=0)
    together = like["value"].sum() / like["before"].sum() - 1
    axes.axvline(np.log1p(together), color=canvas.MUTED, linestyle="--", linewidth=1.1)
    axes.axvline(0, color=canvas.GREY, linewidth=0.8)
    for word, part in like.groupby(like["outside"].mask(like["small"].astype(bool), "small")):
        marker, face, edge = MARKS[word]
        axes.scatter(np.log1p(part["change"]), part.index, marker=marker, s=42 if few else 20, color=face, edgecolor=edge, linewidth=1.1, zorder=3)
    (_named if few else _ranked)(axes, like)
    axes.set_xlabel(canvas.wrapped(_key(like), 96), loc="left", fontsize=8.5)
    alt = say("A dot for each branch in order of its change from the year before; all together {together}. ", together=percent(together)) + "; ".join(
        say("{name} {change}", name=row.branch_name, change=percent(row.change)) for row in _telling(like).itertuples())
    basis = count("{n} branch compared", "{n} branches compared", len(like))
    return Chart(figure, findings.branches.changed(rows), alt, say("change of {measure} from the year before", measure=inside(measure)), basis, table)


def _key(like: pd.DataFrame) -> str:
    parts = [say("change from the year before; dashed: all compared branches together")]
    parts += [say("shaded: the usual range of a branch; triangles: outside it")] if not absent(like["band_low"].iloc[0]) else []
    parts += [say("open: fewer than 100 the year before")] if like["small"].any() else []
    return "; ".join(parts)


def _ticks(axes: object, low: float, high: float, width: float) -> None:
    fitting = [step for step in STEPS if low <= np.log1p(step) <= high]
    kept: list[float] = []
    for step in sorted(fitting, key=lambda one: (one != 0, abs(one))):
        if all(abs(np.log1p(step) - np.log1p(other)) > width / 11 for other in kept):
            kept.append(step)
    axes.set_xticks([np.log1p(step) for step in kept], [percent(step) for step in kept])


def _named(axes: object, like: pd.DataFrame) -> None:
    """Every branch by name, with its change beside the dot."""
    x = np.log1p(like["change"])
    room = max(x.max() - x.min(), 0.1)
    for place, row in enumerate(like.itertuples()):
        axes.annotate(percent(row.change), (x[place], place), xytext=(8, 0), textcoords="offset points", va="center", fontsize=8.5,
                      bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.5})
    axes.set_yticks(range(len(like)), [canvas.wrapped(name, 30) for name in like["branch_name"]], fontsize=8.5)
    axes.set_ylim(-0.6, len(like) - 0.4)
    low, high = min(x.min(), 0) - 0.12 * room, max(x.max(), 0) + 0.25 * room
    axes.set_xlim(low, high)
    axes.grid(axis="y")
    _ticks(axes, low, high, high - low)


def _telling(like: pd.DataFrame) -> pd.DataFrame:
    """The branches that are named: those outside the usual range, and the ends of the rank order."""
    if len(like) <= FEW:
        return like
    edge = like.index.isin([*like.index[:3], *like.index[-3:]])
    size = np.log1p(like["change"]).sub(np.log1p(like["change"]).median()).abs()
    return like[edge | (like["outside"] != "")].loc[lambda rows: size[rows.index].sort_values(ascending=False).head(NAMED).index.sort_values()]


def _ranked(axes: object, like: pd.DataFrame) -> None:
    """Only the outstanding by name: the lowest on the left, the highest on the right, so that no name lies on a dot."""
    x, shown = np.log1p(like["change"]), _telling(like)
    room, each = max(x.max() - x.min(), 0.1), 0.155 * (len(like) + 3) / (axes.figure.get_figheight() - 0.8)
    low, high = x.min() - 0.45 * room, x.max() + 0.5 * room
    below, above = shown[shown.index < len(like) / 2], shown[shown.index >= len(like) / 2].iloc[::-1]
    for rows, side in ((below, -1), (above, 1)):
        spot = side * np.inf
        for place, row in rows.iterrows():
            spot = max(place, spot + each) if side < 0 else min(place, spot - each)
            words = say("{name} {change}", name=canvas.wrapped(row["branch_name"], 60), change=percent(row["change"]))
            axes.annotate(words, (x[place], place), xytext=(x[place] + side * 0.06 * room, spot), textcoords="data", ha="left" if side > 0 else "right", va="center", fontsize=8.5,
                          arrowprops={"arrowstyle": "-", "color": canvas.GREY, "linewidth": 0.7, "shrinkA": 1, "shrinkB": 3, "relpos": (0 if side > 0 else 1, 0.5)})
    axes.set_xlim(low, high)
    axes.set_ylim(-2, len(like) + 1)
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    _ticks(axes, x.min() - 0.05 * room, x.max() + 0.05 * room, high - low)


def unlike(moves: pd.DataFrame, distances: pd.DataFrame) -> Chart:
    """How far the branches with most to say stand from the course that the others share, period by period."""
    shown = _panels(moves)
    columns = 2 if len(shown) in (2, 4) else min(3, len(shown))
    lines = -(-len(shown) // columns)
    figure, grid = canvas.figure(0.9 + 1.75 * lines, columns=columns, rows=lines, sharex=True, sharey=True, squeeze=False)
    every = list(dict.fromkeys(distances["period"]))
    for axes, row in zip(grid.flat, shown.to_dict("records")):
        _panel(axes, distances[distances["branch"] == row["branch"]].set_index("period").reindex(every), row)
    for axes in grid.flat[len(shown):]:
        axes.set_axis_off()
    _frame(grid, distances[distances["branch"].isin(shown["branch"])], every)
    figure.supxlabel(canvas.wrapped(_unlike_key(shown), 116),
                     fontsize=8.5, color=canvas.MUTED, x=0.01, ha="left")
    alt = count("A line for one branch, its distance from the course of the others. ", "A line for each of {n} branches, its distance from the course of the others. ", len(shown)) + "; ".join(
        say("{name}: {words}", name=row["branch_name"], words=_words(row)) for row in shown.to_dict("records"))
    basis = count("{n} branch watched", "{n} branches watched", len(moves))
    return Chart(figure, findings.branches.unlike(moves), alt, say("distance in percent, by period"), basis, tables.branches.moves(moves))


def _unlike_key(shown: pd.DataFrame) -> str:
    parts = [say("0: where the branch would be, had it moved as the others did")]
    parts += [say("triangles: off their course by more than chance; level lines: its place before and since")] if (shown["moved"] != "").any() else []
    parts += [say("shaded: the usual range of a branch that moves as the others do")] if (shown["moved"] == "").any() else []
    return "; ".join(parts)


def _panels(moves: pd.DataFrame) -> pd.DataFrame:
    """Lasting moves first; of two branches one, since the other is its mirror; all of a few."""
    if len(moves) == 2:
        return moves.head(1)
    return moves.head(PANELS) if len(moves) <= PANELS else moves[moves["moved"] != ""].head(PANELS) if (moves["moved"] != "").any() else moves.head(PANELS)


def _words(row: dict[str, object]) -> str:
    if not row["moved"]:
        return say("on the course of the others")
    way = {"up": say("above"), "down": say("below")}[row["moved"]]
    parts = {"gap": share(abs(row["gap"])), "way": way, "since": period(row["since"])}
    return say("{gap} {way} since {since}", **parts) if row["lasting"] else say("{gap} {way} for a time, from {since}", **parts)


def _panel(axes: object, own: pd.DataFrame, row: dict[str, object]) -> None:
    places, logs = np.arange(len(own)), np.log1p(own[["distance", "low", "high"]].astype(float).clip(lower=-0.9999))
    axes.axhline(0, color=canvas.GREY, linewidth=0.8)
    axes.plot(places, logs["distance"], color=canvas.BLUE, linewidth=1.2)
    if row["moved"]:
        run = (own.index >= row["since"]) & (own.index <= row["until"])
        axes.scatter(places[run], logs["distance"][run], marker="^" if row["moved"] == "up" else "v", s=13, color=canvas.ORANGE, zorder=3)
        level, start = logs["distance"][run].median(), np.argmax(run)
        axes.hlines([level - np.log1p(row["gap"]), level], [0, start], [start, places[run][-1]], color=canvas.INK, linewidth=1.3, zorder=4)
    else:
        known = logs["low"].notna().to_numpy()
        axes.fill_between(places[known], logs["low"][known], logs["high"][known], color=SHADE, linewidth=0)
    name, words = canvas.wrapped(row["branch_name"], 30), canvas.wrapped(_words(row), 34)
    axes.set_title(f"{name}\n{words}", fontsize=8.5, color=canvas.INK)


def _frame(grid: object, shown: pd.DataFrame, every: list[str]) -> None:
    reach = max(float(np.log1p(shown["distance"].astype(float)).abs().quantile(0.99)) * 1.15, 0.1)
    grid[0, 0].set_ylim(-reach, reach)
    steps = [step for step in (-0.9, -0.75, -0.5, -0.25, -0.1, 0, 0.1, 0.3, 1, 3, 9) if abs(np.log1p(step)) <= reach]
    kept: list[float] = []
    for step in sorted(steps, key=abs):
        if all(abs(np.log1p(step) - np.log1p(other)) > reach / 3.5 for other in kept):
            kept.append(step)
    grid[0, 0].set_yticks([np.log1p(step) for step in kept], [percent(step) for step in kept], fontsize=8)
    years = [place for place, one in enumerate(every) if one[4:] in ("", "-01", "-Q1")]
    years = years[::max(1, -(-len(years) // 5))]
    for axes in grid.flat:
        axes.set_xticks(years, [every[place][:4] for place in years], fontsize=8)
        axes.tick_params(labelbottom=True, labelsize=8)
