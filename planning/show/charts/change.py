"""Charts of step 5 on change: the change plan over time, readiness on four sides, strategy or rhythm."""

from __future__ import annotations

import datetime as dt
import textwrap

import pandas as pd

from planning.show import findings, tables
from planning.show.charts import canvas
from planning.show.findings.change import SIDES
from planning.show.language import absent, count, day, month, number, say, share
from planning.show.records import Chart, Table

STATES = {"late": ("▲", canvas.ORANGE), "under way": ("●", canvas.BLUE), "not begun": ("○", canvas.LIGHT), "done": ("✓", canvas.GREY)}
KINDS = {"strategy problem": ("s", canvas.ORANGE), "rhythm problem first": ("h", "#7a5c99"), "luck, or not known": ("D", canvas.GREY), "on its way": ("o", canvas.BLUE)}
BACK = 400


def plan(rows: pd.DataFrame, as_of: dt.date) -> Chart | Table:
    """Bars from start to due, those that are open and those done in the last year; the bare table where no change has its days."""
    table, today = tables.change.plan(rows), pd.Timestamp(as_of)
    known = rows[(rows["start"].notna() | rows["due"].notna()) & ((rows["state"] != "done") | (rows["done"] > today - pd.DateOffset(days=BACK)))]
    known = known[known["state"].isin(list(STATES))].reset_index(drop=True)
    finding = findings.change.plan(rows)
    if known.empty or finding is None:
        return table
    figure, axes = canvas.figure(canvas.height_for(len(known), 0.42, 2.2))
    for place, row in zip(known.index, known.itertuples()):
        _bar(axes, place, row, today)
    axes.axvline(today, color=canvas.INK, linewidth=1.2, linestyle="--")
    _days(axes, known, today)
    axes.set_yticks(known.index, [canvas.wrapped(name, 36) for name in known["change_name"]], fontsize=8)
    axes.set_ylim(len(known) - 0.4, -0.6)
    axes.set_xlabel(canvas.wrapped(say("bar: start to due, or to the day it was done; striped: past due and not done; dashed line: {day}", day=day(today)), 80), loc="left", fontsize=8.5)
    alt = say("A bar for each change from its start to the day by which it is due. ") + "; ".join(
        say("{name}: {state}, due {due}", name=row.change_name, state=_word(row), due=say("on no day") if absent(row.due) else day(row.due)) for row in known.itertuples())
    return Chart(figure, finding, alt, say("days"), count("{n} change, open or done of late", "{n} changes, open or done of late", len(known)), table)


def _bar(axes: object, place: int, row: tuple, today: pd.Timestamp) -> None:
    sign, colour = STATES[row.state]
    end = row.done if row.state == "done" else row.due if pd.notna(row.due) else today
    start = row.start if pd.notna(row.start) else end - pd.Timedelta(days=4)
    axes.barh(place, max((end - start).days, 4), left=start, height=0.5, color=colour)
    if row.state == "late":
        axes.barh(place, (today - row.due).days, left=row.due, height=0.5, color=canvas.SAND, hatch="////", edgecolor="white", linewidth=0)
        end = today
    axes.annotate(say("{sign} {word}", sign=sign, word=_word(row)), (max(end, start), place), xytext=(7, 0), textcoords="offset points", va="center", fontsize=8, color=canvas.INK,
                  bbox={"color": "white", "pad": 0.8, "alpha": 0.85})


def _word(row: tuple) -> str:
    word = say("late by {days}", days=count("{n} day", "{n} days", int(row.days_late))) if row.state == "late" else say(row.state)
    owner = row.owner_name if isinstance(row.owner_name, str) else ""
    return word if owner or row.state == "done" else say("{word}, no owner", word=word)


def _days(axes: object, known: pd.DataFrame, today: pd.Timestamp) -> None:
    first = min(known["start"].min(), known["due"].min()) if known["start"].notna().any() else known["due"].min()
    last = max(known["due"].max() if known["due"].notna().any() else today, today)
    span = max((last - first).days, 1)
    axes.set_xlim(first - pd.Timedelta(days=span * 0.02), last + pd.Timedelta(days=span * 0.42))
    step = max(1, round(span / 30.4 / 6))
    ticks = [tick for tick in pd.date_range(first.replace(day=1), last, freq="MS")][::step]
    axes.set_xticks(ticks, [say("{month}\n{year}", month=month(tick.month), year=tick.year) for tick in ticks], fontsize=8)


def ready(rows: pd.DataFrame) -> Chart | Table:
    """The four sides of readiness with their intervals; the bare table where nothing can be shown."""
    table, known = tables.change.ready(rows), rows[rows["agree"].notna()].reset_index(drop=True)
    if known.empty:
        return table
    figure, axes = canvas.figure(canvas.height_for(len(known), 0.5, 2.2))
    colours = {"ready": canvas.BLUE, "not ready": canvas.ORANGE, "open": canvas.GREY}
    axes.barh(known.index, known["agree"], height=0.5, color=[colours[word] for word in known["word"]])
    axes.hlines(known.index, known["low"], known["high"], color=canvas.INK, linewidth=1.6)
    axes.axvline(0.5, color=canvas.MUTED, linewidth=1, linestyle=":")
    for place, row in zip(known.index, known.itertuples()):
        axes.text(1.03, place, say("{share} of {n}: {word}", share=share(row.agree), n=number(row.n), word=say(row.word)), va="center", fontsize=8.5)
    axes.set_yticks(known.index, [canvas.wrapped(say(SIDES[side]), 30) for side in known["side"]])
    axes.set_ylim(len(known) - 0.4, -0.6)
    axes.set_xlim(0, 1.4)
    axes.set_xticks([0, 0.5, 1], [share(0), share(0.5), share(1)])
    axes.set_xlabel(say("share of staff who agree; line: 95% interval"), loc="left", fontsize=8.5)
    alt = say("Four bars of the share of staff who agree. ") + "; ".join(
        say("{side}: {share} of {n}, between {low} and {high}, {word}", side=say(SIDES[row.side]), share=share(row.agree), n=number(row.n), low=share(row.low), high=share(row.high),
            word=say(row.word)) for row in known.itertuples())
    return Chart(figure, findings.change.ready(rows), alt, say("share of staff, 0% to 100%"), count("{n} answer at most a side", "{n} answers at most a side", int(known["n"].max())), table)


def rhythm(rows: pd.DataFrame) -> Chart | Table:
    """Score against rhythm of each objective in four fields, numbered; the bare table where none has both."""
    table, known = tables.change.rhythm(rows), rows[rows["kind"] != "cannot be told"].reset_index(drop=True)
    finding = findings.change.rhythm(rows)
    if known.empty or finding is None:
        return table
    names = [textwrap.shorten(text, 62, placeholder=" …") for text in known["statement"]]
    figure, (axes, key) = canvas.figure(canvas.key_height(names, 4.6), columns=2, width_ratios=(1.5, 1))
    spots = _apart(known)
    for (across, up), kind in zip(spots, known["kind"]):
        marker, colour = KINDS[kind]
        axes.scatter([across], [up], s=210, marker=marker, color=colour, zorder=3, clip_on=False)
    canvas.numbered(axes, key, [spot[0] for spot in spots], [spot[1] for spot in spots], names)
    axes.axhline(0.7, color=canvas.MUTED, linewidth=1, linestyle=":")
    axes.axvline(0.8, color=canvas.MUTED, linewidth=1, linestyle=":")
    _fields(axes, known)
    alt = say("Each objective by its rhythm (across) and its score (up). ") + "; ".join(
        say("{name}: score {score}, rhythm {rhythm}, {kind}", name=row.statement, score=share(row.score), rhythm=share(row.rhythm), kind=say(row.kind)) for row in known.itertuples())
    return Chart(figure, finding, alt, say("shares, 0% to 100%"), count("{n} objective", "{n} objectives", len(known)), table)


def _fields(axes: object, known: pd.DataFrame) -> None:
    left = min(0.4, known["rhythm"].min() - 0.1)
    axes.set_xlim(left, 1.07)
    axes.set_ylim(-0.14, 1.2)
    ticks = [tick for tick in (0, 0.2, 0.4, 0.6, 0.8, 1) if tick >= left]
    axes.set_xticks(ticks, [share(tick) for tick in ticks])
    axes.set_yticks([0, 0.35, 0.7, 1], [share(tick) for tick in (0, 0.35, 0.7, 1)])
    for across, up, side, text in ((left + 0.01, 1.15, "left", "luck,\nor not known"), (1.06, 1.15, "right", "on its way"), (left + 0.01, -0.11, "left", "rhythm\nproblem first"),
                                   (1.06, -0.11, "right", "strategy problem")):
        axes.text(across, up, say(text), ha=side, va="top" if up > 1 else "bottom", fontsize=8.5, color=canvas.MUTED)
    axes.set_xlabel(say("rhythm: measured and promised, and done"))
    axes.set_ylabel(say("score: way done against way due by now"))


def _apart(known: pd.DataFrame) -> list[tuple[float, float]]:
    """Places of the points, moved up a little where one would lie on another."""
    taken: list[tuple[float, float]] = []
    for row in known.itertuples():
        across, up = float(row.rhythm), float(row.score)
        while any(abs(across - x) < 0.055 and abs(up - y) < 0.075 for x, y in taken):
            across -= 0.058
        taken.append((across, up))
    return taken
