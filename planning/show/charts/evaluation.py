"""Charts of step 4."""

from __future__ import annotations

import numpy as np
import pandas as pd

from planning.show import findings, tables
from planning.show.charts import canvas
from planning.show.language import absent, between, count, number, period, say, share, signed
from planning.show.records import Chart, Column, Table

STATUS = {"on target": ("●", canvas.BLUE), "near": ("◆", canvas.LIGHT), "behind": ("▲", canvas.ORANGE), "stale": ("■", canvas.GREY), "no data": ("○", canvas.GREY),
          "no target": ("◇", canvas.GREY)}
SHADE = "#e6eaee"


def status(rows: pd.DataFrame) -> Chart | Table:
    """How far each KPI is on its way to target, with its status as a sign and a word; the bare table where no KPI has a target."""
    if rows["status"].isin(["no target", "no data"]).all():
        return tables.evaluation.untargeted(rows)
    figure, axes = canvas.figure(canvas.height_for(len(rows), 0.37))
    places = range(len(rows))
    axes.barh(places, rows["share_done"].fillna(0), height=0.56, color=[STATUS[word][1] for word in rows["status"]])
    for place, row in zip(places, rows.itertuples()):
        axes.text(1.03, place, _verdict(row), va="center", fontsize=8.5)
        if not absent(row.expected):
            axes.plot([row.expected] * 2, [place - 0.42, place + 0.42], color=canvas.INK, linewidth=2)
    axes.set_yticks(list(places), [canvas.wrapped(name) for name in rows["name"]], fontsize=8.5)
    axes.set_ylim(len(rows) - 0.4, -0.6)
    axes.set_xlim(0, 1.6)
    axes.set_xticks([0, 0.5, 1], [share(0), share(0.5), share(1)])
    axes.set_xlabel(canvas.wrapped(say("share of the way from baseline to target; dark mark: where a straight line would be"), 62), loc="left", fontsize=8.5)
    alt = say("Bars for each KPI: its share of the way to target, beside where a straight line would be. ") + "; ".join(
        _told_status(row) for row in rows[["name", "status", "share_done", "expected"]].itertuples(index=False))
    columns = (Column("name", "KPI"), Column("status", "Status"), Column("latest", "Latest"), Column("goal", "Target or band", "points"), Column("due", "Due", "day"),
               Column("share_done", "Of the way", "share"), Column("expected", "Line", "share"))
    told = rows.assign(latest=[_latest(row) for row in rows.to_dict("records")],
                       goal=[between(row.target_low, row.target_high) or (None if absent(row.target) else number(row.target)) for row in rows.itertuples()])
    table = Table("kpi_progress", told, columns, say("Every KPI on its way to target"), most=60)
    return Chart(figure, findings.evaluation.status(rows), alt, say("share of the way, 0% to 100%"), count("{n} KPI", "{n} KPIs", len(rows)), table)


def _latest(row: dict[str, object]) -> str | None:
    if absent(row["value"]):
        return None
    return say("{value} in {period}", value=findings.evaluation.measure(row["value"], row["unit"]), period=period(row["period"]))


def _told_status(row: object) -> str:
    if absent(row.share_done):
        return say("{name}: {status}", name=row.name, status=say(row.status))
    line = "" if absent(row.expected) else say(", line at {line}", line=share(row.expected))
    return say("{name}: {status}, {done} of the way{line}", name=row.name, status=say(row.status), done=share(row.share_done), line=line)


def _verdict(row: object) -> str:
    words = [f"{STATUS[row.status][0]} {say(row.status)}"]
    if row.direction == "band" and not absent(row.achieved):
        words.append(say("in its band") if row.achieved else say("outside its band"))
    elif row.raw < 0:
        words.append(say("went backwards"))
    return ", ".join(words)


def control(rows: pd.DataFrame, about: pd.DataFrame, signal: pd.DataFrame) -> Chart:
    """The control chart of one KPI: values, mean, process limits, signals and events."""
    one, places = about.iloc[0], np.arange(len(rows))
    figure, axes = canvas.figure(4.4)
    axes.plot(places, rows["value"], color=canvas.BLUE, marker="o", markersize=3.5, linewidth=1.3, zorder=3)
    for _, part in rows[rows["enough"].astype(bool)].groupby("segment"):
        spot = part.index.to_numpy()
        axes.fill_between(spot, part["low"], part["high"], color=SHADE, linewidth=0)
        axes.plot(spot, part["mean"], color=canvas.MUTED, linewidth=1.2)
    marked = _signals(axes, rows, signal)
    marks = _events(axes, rows)
    goal = say("dashed: target") if _target(axes, rows, one) else ""
    year = {"monthly": 12, "quarterly": 4, "yearly": 1}[one["frequency"]]
    shown = places[::year * int(np.ceil(len(rows) / year / 6))]
    axes.set_xticks(shown, [period(rows["period"].iloc[place]) for place in shown], fontsize=8.5)
    key = [say("shaded: what the process does by itself, with its mean") if rows["enough"].any() else "", marked, goal, *marks]
    axes.set_xlabel(canvas.wrapped("; ".join(part for part in key if part), 96), loc="left", fontsize=8.5)
    axes.set_ylabel(canvas.wrapped(one["unit"], 40))
    axes.yaxis.set_major_formatter(lambda value, _: number(value))
    known = rows["value"].dropna()
    alt = say("A line of {n} values of {name} from {first} to {last}, lowest {low}, highest {high}, latest {latest}; {limits}{points}.",
              n=len(known), name=one["name"], first=period(rows["period"].iloc[0]), last=period(rows["period"].iloc[-1]), low=number(known.min()), high=number(known.max()),
              latest=number(known.iloc[-1]),
              limits=say("process limits {low} to {high}; ", low=number(rows["low"].iloc[-1]), high=number(rows["high"].iloc[-1])) if rows["enough"].iloc[-1] else "",
              points=say("too few to tell a change from chance") if not rows["enough"].iloc[-1] else say("no change beyond chance in the past year") if signal.empty else say("a change by more than chance since {since}", since=period(signal.iloc[0]["since"])))
    finding = findings.evaluation.control(rows, about, signal)
    return Chart(figure, finding, alt, _unit(rows, one), count("{n} period measured", "{n} periods measured", len(known)), tables.evaluation.control(rows))


def _signals(axes: object, rows: pd.DataFrame, signal: pd.DataFrame) -> str:
    if signal.empty:
        return ""
    since, until = (rows.index[rows["period"] == signal.iloc[0][end]][0] for end in ("since", "until"))
    points = rows.loc[since:until].dropna(subset=["value"])
    axes.scatter(points.index, points["value"], marker="^" if signal.iloc[0]["moved"] == "up" else "v", s=34, color=canvas.ORANGE, zorder=4)
    return say("triangles: the change by more than chance")


def _events(axes: object, rows: pd.DataFrame) -> list[str]:
    named = rows[rows["event"] != ""]
    for letter, place in zip("ABCDEFGHIJKLMNOPQRSTUVWXYZ", named.index):
        axes.axvline(place, color=canvas.MUTED, linewidth=0.9, linestyle=":")
        axes.text(place, 1.01, letter, transform=axes.get_xaxis_transform(), ha="center", fontsize=8.5, color=canvas.MUTED)
    return [f"{letter}: {event}" for letter, event in zip("ABCDEFGHIJKLMNOPQRSTUVWXYZ", named["event"])]


def _target(axes: object, rows: pd.DataFrame, one: pd.Series) -> bool:
    goals = [goal for goal in (one["target"], one["target_low"], one["target_high"]) if not absent(goal)]
    for goal in goals:
        axes.axhline(goal, color=canvas.GREEN, linewidth=1.3, linestyle="--")
    return bool(goals)


def _unit(rows: pd.DataFrame, one: pd.Series) -> str:
    if not rows["seasonal"].any():
        return str(one["unit"])
    base = str(one["baseline_period"])
    month = period(base).split(" ")[0] if len(base) == 7 else say("mean month")
    return say("{unit}, season taken out: each month as if it were {month}", unit=one["unit"], month=month)
