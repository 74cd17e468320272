"""Charts of trigger points and of assumptions."""

from __future__ import annotations

import pandas as pd

from planning.show import findings, tables
from planning.show.charts import canvas
from planning.show.findings.triggers import reading
from planning.show.language import absent, count, number, period, say, signed
from planning.show.records import Chart, Table

LOOKS = {"fired": ("X", canvas.ORANGE), "near": ("D", "#b88a1a"), "quiet": ("o", canvas.BLUE), "cannot be told": ("o", "white")}
FAR = 0.6


def states(rows: pd.DataFrame) -> Chart | Table:
    """Each trigger point's latest value on one scale: how far it is from its mark; the bare table where none can be placed."""
    table, known = tables.triggers.states(rows), rows[rows["distance"].notna()].reset_index(drop=True)
    if known.empty:
        return table
    figure, axes = canvas.figure(canvas.height_for(len(known), 0.46, 2.2))
    axes.axvline(0, color=canvas.INK, linewidth=1.5, zorder=1)
    for place, row in enumerate(known.to_dict("records")):
        _row(axes, place, row)
    shown = known[["distance", "start_distance"]].clip(-FAR, FAR).stack()
    low, high = min(-0.1, shown.min()) - 0.06, max(0.08, shown.max()) + 0.04
    axes.axvspan(0, high, color="#faf0e6", linewidth=0, zorder=0)
    for place, row in enumerate(known.to_dict("records")):
        axes.text(high + (high - low) * 0.02, place, _said(row), va="center", fontsize=8.5, fontweight="bold" if row["due"] else "normal")
    axes.set_xlim(low, high + (high - low) * 0.72)
    axes.set_yticks(range(len(known)), [canvas.wrapped(name, 32) for name in known["name"]], fontsize=8.5)
    axes.set_ylim(len(known) - 0.4, -0.75)
    ticks = [tick for tick in (-0.6, -0.4, -0.2, 0, 0.2, 0.4, 0.6) if low <= tick <= high]
    axes.set_xticks(ticks, [say("mark") if not tick else signed(round(tick * 100), 0) + "%" for tick in ticks])
    axes.spines["bottom"].set_visible(False)
    said = say("distance from the mark, in % of it; ring: when it was agreed; bar: near; cross: fired, diamond: near, disc: quiet, empty: cannot be told")
    axes.set_xlabel(canvas.wrapped(said, 92), loc="left", fontsize=8.5)
    alt = say("Each trigger point's latest value against its mark. ") + "; ".join(
        say("{name}: {value} {unit}, mark {mark}, {state}", name=row["name"], value=reading(row["value"]), unit=row["unit"], mark=reading(row["mark"]), state=say(row["state"])) for row in known.to_dict("records"))
    basis = count("{n} trigger point", "{n} trigger points", len(known))
    basis = basis if len(known) == len(rows) else say("{basis}; {n} without a value", basis=basis, n=len(rows) - len(known))
    return Chart(figure, findings.triggers.overview(rows), alt, say("% of the mark"), basis, table)


def _row(axes: object, place: int, row: dict[str, object]) -> None:
    sign = 1 if row["side"] == "above" else -1
    now, start = (min(max(row[name], -FAR), FAR) if not absent(row[name]) else None for name in ("distance", "start_distance"))
    if not absent(row["near"]):
        axes.plot([sign * (row["near"] - row["mark"]) / abs(row["mark"]), 0], [place, place], color=canvas.SAND, linewidth=7, solid_capstyle="butt", zorder=1)
    if start is not None:
        axes.annotate("", (now, place), (start, place), arrowprops={"arrowstyle": "-", "color": canvas.GREY, "linewidth": 1.3}, zorder=2)
        axes.scatter([start], [place], s=34, facecolor="white", edgecolor=canvas.GREY, linewidth=1.3, zorder=2)
    marker, colour = LOOKS[row["state"]]
    axes.scatter([now], [place], s=80, marker=marker, facecolor=colour, edgecolor=canvas.MUTED if colour == "white" else colour, linewidth=1.5, zorder=4)


def _said(row: dict[str, object]) -> str:
    value = say("{value}, mark {mark}", value=reading(row["value"]), mark=reading(row["mark"]))
    if row["state"] == "fired":
        return say("{value}; fired, to do", value=value) if row["due"] else say("{value}; fired, acted on", value=value)
    if row["state"] == "cannot be told":
        return say("{value}\n{period}; cannot be told", value=value, period=period(row["period"]))
    if row["run"]:
        return say("{value}\n{state}, {n} of {all} periods", value=value, state=say(row["state"]), n=row["run"], all=row["window"])
    return say("{value}; {state}", value=value, state=say(row["state"]))


def assumptions(rows: pd.DataFrame) -> Chart:
    """How much each assumption bears against how sure it is; those without a guard stand out."""
    figure, (axes, key) = canvas.figure(canvas.key_height(rows["name"], 4.6), columns=2, width_ratios=[1.25, 1])
    axes.axhspan(3.5, 5.6, xmin=0, xmax=0.45, color="#faf0e6", linewidth=0, zorder=0)
    spots = pd.Series(zip(rows["sure"], rows["bears"]))
    order, size = spots.groupby(spots).cumcount(), spots.map(spots.value_counts())
    across, up = rows["sure"] + 0.42 * (order - (size - 1) / 2), rows["bears"].astype(float)
    for x, y, row in zip(across, up, rows.to_dict("records")):
        marker, colour = ("D", canvas.INK) if row["state"] == "broken" else ("s", canvas.ORANGE) if row["unguarded"] else ("o", canvas.BLUE)
        axes.scatter([x], [y], s=260 if marker == "D" else 300, marker=marker, color=colour, zorder=3)
    canvas.numbered(axes, key, across, up, rows["name"])
    axes.set_xlim(0.4, 5.6)
    axes.set_ylim(0.4, 5.6)
    axes.set_xticks(range(1, 6))
    axes.set_yticks(range(1, 6))
    axes.set_xlabel(canvas.wrapped(say("how sure it is to hold: 1 a hope, 5 as good as certain; square: neither hedge nor trigger point, diamond: broken, disc: the others"), 52), loc="left", fontsize=8.5)
    axes.set_ylabel(say("what fails with it: 1 a detail, 5 all that leans on it"))
    axes.text(0.5, 5.42, say("carries much, unsure"), fontsize=8.5, color=canvas.ORANGE, va="center")
    alt = say("A map of assumptions by how much they bear and how sure they are. ") + "; ".join(
        say("{name}: bears {bears}, sure {sure}", name=row["name"], bears=number(row["bears"]), sure=number(row["sure"])) + (say(", without a guard") if row["unguarded"] else "") for row in rows.to_dict("records"))
    return Chart(figure, findings.triggers.carrying(rows), alt, say("points 1 to 5"), count("{n} assumption", "{n} assumptions", len(rows)), tables.triggers.assumptions(rows))
