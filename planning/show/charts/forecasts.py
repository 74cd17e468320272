"""Charts of step 4: the chance of meeting each target, one KPI with its range, reach, voice, the director's measures."""

from __future__ import annotations

import numpy as np
import pandas as pd

from planning.show import findings, tables
from planning.show.charts import canvas
from planning.show.charts.evaluation import SHADE
from planning.show.findings.forecasts import MEASURES, chance, target, value
from planning.show.language import absent, count, day, number, period, say, share, signed
from planning.show.records import Chart, Table

WORDS = {"likely": ("●", canvas.BLUE), "open": ("◆", canvas.LIGHT), "unlikely": ("▲", canvas.ORANGE)}
HEARD = {"less": ("▼", canvas.ORANGE), "more": ("▲", canvas.BLUE), "alike": ("●", canvas.GREY)}


def chances(rows: pd.DataFrame) -> Chart | Table:
    """The chance of each KPI to meet its target when it is due; the bare table where no KPI can be forecast."""
    table, known = tables.forecasts.chances(rows), rows[rows["chance"].notna()].reset_index(drop=True)
    if known.empty:
        return table
    figure, axes = canvas.figure(canvas.height_for(len(known), 0.37, 2.2))
    axes.barh(known.index, known["chance"], height=0.56, color=[WORDS[word][1] for word in known["word"]])
    for limit in (1 / 3, 2 / 3):
        axes.axvline(limit, color=canvas.MUTED, linewidth=1, linestyle=":")
    for place, row in zip(known.index, known.itertuples()):
        said = say("{sign} {chance}, {word}; today {status}", sign=WORDS[row.word][0], chance=chance(row.chance), word=say(row.word), status=say(row.status))
        axes.text(1.03, place, said, va="center", fontsize=8.5, fontweight="normal" if absent(row.agrees) or row.agrees else "bold")
    axes.set_yticks(known.index, [canvas.wrapped(name) for name in known["name"]], fontsize=8.5)
    axes.set_ylim(len(known) - 0.4, -0.6)
    axes.set_xlim(0, 1.95)
    axes.set_xticks([0, 1 / 3, 2 / 3, 1], [share(0), share(1 / 3), share(2 / 3), share(1)])
    axes.set_xlabel(canvas.wrapped(say("chance of meeting the target when it is due; bold: status and chance say different things"), 66), loc="left", fontsize=8.5)
    alt = say("Bars of the chance of each KPI to meet its target when it is due. ") + "; ".join(
        say("{name}: {chance}, today {status}", name=row.name, chance=chance(row.chance), status=say(row.status))
        for row in known[["name", "chance", "status"]].itertuples(index=False))
    return Chart(figure, findings.forecasts.overall(rows), alt, say("chance, 0% to 100%"), count("{n} KPI", "{n} KPIs", len(known)), table)


def course(rows: pd.DataFrame, outlook: pd.DataFrame, kpi: str) -> Chart | Table:
    """One KPI: its history, the range of what to expect, and the target on its day; the table of all where there is no forecast."""
    if rows.empty:
        return tables.forecasts.chances(outlook[outlook["kpi"] == kpi] if kpi else outlook)
    one, places = outlook[outlook["kpi"] == kpi].iloc[0], np.arange(len(rows))
    figure, axes = canvas.figure(4.2)
    last = rows["measured"].last_valid_index()
    used = rows["measured"].where(rows["used"].astype(bool))
    if not rows["used"].loc[:last].astype(bool).all():
        axes.plot(places, rows["measured"], color=canvas.GREY, linewidth=1, linestyle=":")
    axes.plot(places, used, color=canvas.BLUE, marker="o", markersize=3, linewidth=1.3, zorder=3)
    ahead = [last, *range(last + 1, len(rows))]
    fan = rows.loc[ahead, ["expected", "low", "high"]].astype(float).fillna(float(rows["measured"].loc[last]))
    axes.fill_between(ahead, fan["low"], fan["high"], color=SHADE, linewidth=0)
    axes.plot(ahead, fan["expected"], color=canvas.BLUE, linestyle="--", linewidth=1.3)
    _goal(axes, one, places[-1])
    _axes(axes, rows, one)
    alt = say("A line of {n} values of {name}, the latest {latest} in {period}, then a fan up to {by}: expected {expected}, range {low} to {high}. "
              "Target {goal}. Chance of meeting it {chance}.", n=number(rows["measured"].count()), name=one["name"], latest=number(one["value"]),
              period=period(one["period"]), by=period(one["by"]), expected=number(one["expected"]), low=number(one["low"]), high=number(one["high"]),
              goal=target(one), chance=chance(one["chance"]))
    basis = count("{n} value", "{n} values", int(one["points"])) + say(", {draws} possible futures", draws=number(one["draws"]))
    return Chart(figure, findings.forecasts.one(outlook, kpi), alt, str(one["unit"]), basis, tables.forecasts.course(rows))


def _goal(axes: object, one: pd.Series, place: int) -> None:
    ends = [end for end in (one["goal"], one["goal_low"], one["goal_high"]) if not absent(end)]
    axes.plot([place] * len(ends), ends, color=canvas.GREEN, marker="D", markersize=7, linewidth=2, zorder=4, clip_on=False)
    axes.annotate(canvas.wrapped(say("target {goal}, {day}", goal=target(one), day=day(one["due"])), 24), (place, max(ends)), xytext=(10, 0), textcoords="offset points",
                  va="center", fontsize=8.5, color=canvas.GREEN, annotation_clip=False)


def _axes(axes: object, rows: pd.DataFrame, one: pd.Series) -> None:
    year = {"monthly": 12, "quarterly": 4, "yearly": 1}[one["frequency"]]
    shown = np.arange(len(rows))[::year * int(np.ceil(len(rows) / year / 5))]
    axes.set_xticks(shown, [period(rows["period"].iloc[place]) for place in shown], fontsize=8.5)
    axes.set_xlim(-0.5, len(rows) * 1.24)
    known = pd.concat([rows["measured"], rows["low"]]).astype(float)
    axes.set_ylim(bottom=0 if known.min() >= 0 and known.min() < 0.5 * known.max() else None)
    axes.set_ylabel(canvas.wrapped(one["unit"], 40))
    axes.yaxis.set_major_formatter(lambda tick, _: number(tick))
    left = say("; dotted: before its process changed, not used") if not rows["used"].loc[:rows["measured"].last_valid_index()].astype(bool).all() else ""
    said = say("solid: measured; dashed: expected; shaded: where it will lie with a chance of 80%; diamond: target") + left
    axes.set_xlabel(canvas.wrapped(said, 96), loc="left", fontsize=8.5)


def reach(rows: pd.DataFrame) -> Chart | Table:
    """The share of each group that used the library in the past year, beside the whole; the bare table where nothing can be told."""
    table, known = tables.forecasts.reach(rows), rows[rows["parity"].notna()].reset_index(drop=True)
    if known.empty:
        return table
    figure, axes = canvas.figure(canvas.height_for(len(known), 0.37, 2.2))
    missed = known["inclusion"].fillna(False).astype(bool)
    axes.barh(known.index, known["share"], height=0.56, color=[canvas.ORANGE if below else canvas.BLUE for below in known["below"]],
              hatch=["///" if flag else "" for flag in missed], edgecolor="white", linewidth=0)
    whole, most = known["whole"].iloc[0], max(known["share"].max(), known["whole"].iloc[0])
    axes.axvline(whole, color=canvas.INK, linewidth=1.4, linestyle="--")
    for place, row, flag in zip(known.index, known.itertuples(), missed):
        said = say("{share}; {n} short", share=share(row.share), n=number(row.short)) if row.below else share(row.share)
        axes.text(most * 1.03, place, say("{said}; often missed", said=said) if flag else said, va="center", fontsize=8.5)
    axes.set_yticks(known.index, [canvas.wrapped(name) for name in known["segment_name"]], fontsize=8.5)
    axes.set_ylim(len(known) - 0.4, -0.6)
    axes.set_xlim(0, most * 1.62)
    ticks = [tick for tick in (0, 0.25, 0.5, 0.75, 1) if tick <= most * 1.01]
    axes.set_xticks(ticks, [share(tick) for tick in ticks])
    said = say("share who used the library in the past year; dashed: all together, {whole}; short: people missing to that share; striped: often missed",
               whole=share(whole))
    axes.set_xlabel(canvas.wrapped(said, 70), loc="left", fontsize=8.5)
    alt = say("Bars of the share of each group that used the library in the past year; all together {whole}. ", whole=share(whole)) + "; ".join(
        say("{name}: {share}", name=row.segment_name, share=share(row.share)) for row in known.itertuples())
    return Chart(figure, findings.forecasts.reached(rows), alt, say("share 0% to 100%"), count("{n} group", "{n} groups", len(known)), table)


def voice(rows: pd.DataFrame, *, source: str = "survey answers") -> Chart | Table:
    """Each group's share of voices in one source against its share of people; the bare table where all are hidden."""
    table = tables.forecasts.voice(rows)
    known = rows[(rows["source"] == source) & ~rows["hidden"].astype(bool)].reset_index(drop=True)
    if known.empty:
        return table
    figure, axes = canvas.figure(canvas.height_for(len(known), 0.42, 2.2))
    most = float(known[["high", "people_share"]].max().max())
    axes.hlines(known.index, known["low"], known["high"], color=SHADE, linewidth=8)
    axes.scatter(known["people_share"], known.index, marker="|", s=220, color=canvas.INK, linewidth=2, zorder=3)
    for place, row in zip(known.index, known.itertuples()):
        axes.scatter(row.share, place, marker={"▼": "v", "▲": "^", "●": "o"}[HEARD[row.heard][0]], color=HEARD[row.heard][1], s=46, zorder=4)
        words = {"less": say("clearly less heard"), "more": say("clearly more heard"), "alike": ""}[row.heard]
        said = say("{share} of voices, {people} of people", share=share(row.share), people=share(row.people_share))
        axes.text(most * 1.04, place, f"{said}\n{HEARD[row.heard][0]} {words}" if words else said, va="center", fontsize=8.5)
    axes.set_yticks(known.index, [canvas.wrapped(name) for name in known["segment_name"]], fontsize=8.5)
    axes.set_ylim(len(known) - 0.4, -0.6)
    axes.set_xlim(0, most * 1.75)
    ticks = [tick for tick in (0, 0.1, 0.2, 0.3, 0.4, 0.6, 0.8) if tick <= most * 1.01]
    axes.set_xticks(ticks, [share(tick) for tick in ticks])
    axes.set_xlabel(canvas.wrapped(say("sign: share of voices, with what chance leaves open; upright mark: share of people"), 70), loc="left", fontsize=8.5)
    alt = say("Share of voices against share of people by group, in {source}. ", source=say(source)) + "; ".join(
        say("{name}: {share} of voices, {people} of people", name=row.segment_name, share=share(row.share), people=share(row.people_share)) for row in known.itertuples())
    return Chart(figure, findings.forecasts.heard(rows[rows["source"] == source]), alt, say("share 0% to 100%, {source}", source=say(source)),
                 count("{n} voice", "{n} voices", int(known["n"].sum())), table)


def impact(rows: pd.DataFrame) -> Chart | Table:
    """By how much each of the director's measures moved; the bare table where none has an earlier value."""
    table, known = tables.forecasts.impact(rows), rows[rows["relative"].notna()].reset_index(drop=True)
    if known.empty:
        return table
    figure, axes = canvas.figure(canvas.height_for(len(known), 0.5, 2.2))
    axes.barh(known.index, known["relative"], height=0.5, color=[canvas.ORANGE if name.startswith("cost") else canvas.BLUE for name in known["measure"]])
    axes.axvline(0, color=canvas.MUTED, linewidth=1)
    low, high = min(0.0, known["relative"].min()), max(0.0, known["relative"].max())
    room = max(high - low, 0.01)
    for place, row in zip(known.index, known.itertuples()):
        said = say("{change}: {before} in {first}, {now} in {year}", change=signed(row.relative * 100, 0) + "%", before=value(row.measure, row.first, row.unit),
                   first=int(row.first_year), now=value(row.measure, row.value, row.unit), year=int(row.fiscal_year))
        axes.text(high + room * 0.04, place, canvas.wrapped(said, 36), va="center", fontsize=8.5)
    axes.set_yticks(known.index, [canvas.wrapped(say(MEASURES[name]), 30) for name in known["measure"]], fontsize=8.5)
    axes.set_ylim(len(known) - 0.4, -0.6)
    axes.set_xlim(low - room * 0.05, high + room * 1.25)
    ticks = [0.0, *(end for end in (low, high) if abs(end) > room * 0.12)]
    axes.set_xticks(ticks, [share(tick) for tick in ticks])
    axes.set_xlabel(canvas.wrapped(say("change as a share of the earlier value; orange: spending, as paid"), 70), loc="left", fontsize=8.5)
    alt = say("Bars of the change of each of the director's measures. ") + "; ".join(
        say("{name}: {change}, from {before} to {now}", name=say(MEASURES[row.measure]), change=signed(row.relative * 100, 0) + "%", before=value(row.measure, row.first, row.unit),
            now=value(row.measure, row.value, row.unit)) for row in known.itertuples())
    return Chart(figure, findings.forecasts.moved(rows), alt, say("change, in per cent of the earlier value"), count("{n} measure", "{n} measures", len(known)), table)
