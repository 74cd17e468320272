"""Tables of step 2 on KPIs: their sheets, their targets, and what the list of library KPIs has to offer."""

from __future__ import annotations

import textwrap

import pandas as pd

from planning.show.findings.evaluation import figure, measure
from planning.show.findings.indicators import LACKS, reason
from planning.show.language import absent, day, inside, say
from planning.show.records import Column, Table

WAYS = {"up": "More is better.", "down": "Less is better.", "band": "Best within its band."}
TIMES = {"leading": "It moves before the objective does.", "lagging": "It moves after the work is done."}
LEVELS = {"input": "It shows what goes in.", "activity": "It shows what is done.", "output": "It shows what comes out, not yet what changes.",
          "outcome": "It shows what changes for people.", "impact": "It shows what changes in the long run, where others have a part, too."}
RESULTS = {"not met": "Not met", "partly met": "Partly met", "met": "Target met", "not measured": "Not measured", "no target": "No target"}


def sheet(rows: pd.DataFrame) -> Table:
    """The KPI sheet: what each KPI is, how it is worked out, and what it cannot show."""
    columns = (Column("kpi_name", "KPI"), Column("counted", "What is counted, and how"), Column("limits", "What it cannot show"),
               Column("origin", "Where it comes from, how often"), Column("way", "From start to target"))
    work = rows.to_dict("records")
    filled = rows.assign(way=[_way(row) for row in work], origin=[_origin(row) for row in work], counted=[_counted(row) for row in work])
    return Table("kpi_sheet", filled, columns, say("What each KPI is, those that lack something first"), most=60)


def _counted(row: dict[str, object]) -> str:
    """Definition and formula in one cell; the formula alone where it begins with the definition."""
    what, how = (None if absent(row[name]) else str(row[name]).rstrip(" .,") for name in ("definition", "formula"))
    if how and what and how.startswith(what):
        return say("{how}.", how=how)
    return " ".join([say("{what}.", what=what) if what else say("Not defined."), say("Worked out: {how}.", how=inside(how)) if how else say("No formula.")])


def _origin(row: dict[str, object]) -> str:
    return say("{source}; {frequency}", source=say("no source") if absent(row["source"]) else row["source"], frequency=say(row["frequency"]))


def _way(row: dict[str, object]) -> str | None:
    """From where, to where and by when a KPI is to go, in its unit."""
    unit = row["unit"]
    if row["direction"] == "band" and not absent(row["target_low"]) and not absent(row["target_high"]):
        end = say(", then within {low} to {high}", low=figure(row["target_low"], unit), high=measure(row["target_high"], unit))
    else:
        end = say(", no target") if absent(row["target"]) else say(" to {target}", target=measure(row["target"], unit))
    start = say("no start") if absent(row["baseline"]) else say("from {start}", start=figure(row["baseline"], unit))
    part = "" if absent(row["partial"]) else say(", partly met from {partial}", partial=figure(row["partial"], unit))
    return start + end + ("" if absent(row["due"]) else say(" by {day}", day=day(row["due"]))) + part


def readings(rows: pd.DataFrame) -> Table:
    """How to read each KPI, and what its sheet lacks."""
    told = [" ".join(say(words[row[name]]) for name, words in (("direction", WAYS), ("timing", TIMES), ("level", LEVELS)) if row[name] in words)
            for row in rows.to_dict("records")]
    lacks = [", ".join(say(LACKS[name]) for name in text.split(", ")) if text else None for text in rows["lacks"]]
    columns = (Column("kpi_name", "KPI"), Column("reading", "How to read it"), Column("perspective", "Side"),
               Column("service_name", "Service that moves it"), Column("lacking", "Lacks"))
    return Table("kpi_readings", rows.assign(reading=told, lacking=lacks), columns, say("How to read each KPI"), most=60)


def two_targets(rows: pd.DataFrame) -> Table:
    """Each KPI against its full and its partial target."""
    shown = {name: [None if absent(value) else figure(value, unit) for value, unit in zip(rows[name], rows["unit"])] for name in ("comparable", "partial")}
    ends = [_target(row) for row in rows.to_dict("records")]
    columns = (Column("name", "KPI"), Column("unit", "Unit"), Column("now", "Latest", "number"), Column("part", "Partial target", "number"),
               Column("end", "Target", "number"),
               Column("result", "Result"), Column("due", "Due", "day"))
    filled = rows.assign(now=shown["comparable"], part=shown["partial"], end=ends, result=rows["met"].map(RESULTS))
    filled = filled.sort_values("met", key=lambda words: words.map({word: place for place, word in enumerate(RESULTS)}), kind="stable", ignore_index=True)
    note = "The latest value stands on the footing of its baseline: a season is taken out."
    return Table("two_targets", filled, columns, say("Each KPI against its two targets"), note, most=60)


def _target(row: dict[str, object]) -> str | None:
    if row["direction"] == "band" and not absent(row["target_low"]) and not absent(row["target_high"]):
        return say("{low} to {high}", low=figure(row["target_low"], row["unit"]), high=figure(row["target_high"], row["unit"]))
    return None if absent(row["target"]) else figure(row["target"], row["unit"])


def suggested(rows: pd.DataFrame) -> Table:
    """Library KPIs that would fill a gap of the plan, and which one."""
    columns = (Column("name", "KPI to think of"), Column("why", "Why here"), Column("counted", "What is counted, and how"),
               Column("limits", "What it cannot show"))
    why = [reason(kind, textwrap.shorten(about, 60, placeholder=" …")) for kind, about in zip(rows["kind"], rows["about"])]
    note = "A KPI belongs to a goal or an objective here because they share words: a hint to talk about, no more."
    return Table("suggested_kpis", rows.assign(why=why, counted=[_counted(row) for row in rows.to_dict("records")]), columns,
                 say("Library KPIs that would fill a gap"), note, most=6)


def catalogue(rows: pd.DataFrame) -> Table:
    """The whole list of library KPIs for this kind of library."""
    columns = (Column("name", "KPI"), Column("family", "About"), Column("level", "Level"), Column("timing", "Timing"), Column("perspective", "Side"),
               Column("unit", "Unit"),
               Column("definition", "What is counted"), Column("formula", "How it is worked out"), Column("limits", "What it cannot show"))
    return Table("kpi_catalogue", rows, columns, say("The list of library KPIs for this kind of library"), most=100)
