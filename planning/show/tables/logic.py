"""Tables of logic models."""

from __future__ import annotations

import pandas as pd

from planning.show.language import absent, count, quoted, say
from planning.show.records import Column, Table

STAGES = (("input", "Inputs"), ("activity", "Activities"), ("output", "Outputs"), ("outcome", "Outcomes"), ("impact", "Impacts"))
MEND = {
    "no arrow": "Draw an arrow from each box to what it makes possible.",
    "no input": "Add what is put in: people, money, rooms, collections, partners.",
    "no activity": "Add what is done with the inputs.",
    "no output": "Add what comes out of the work and can be counted.",
    "no outcome": "Add what changes for people, and the KPI that shows it.",
    "no impact": "Add the wider change that the outcomes serve; often it is the goal itself.",
    "circle": "Drop one arrow of the circle, such as the one that leads back to {to}, or draw what comes back as a box of its own.",
    "arrow to another service": "Add that step to this model too, or drop the arrow: {to} belongs to {service}.",
    "arrow to itself": "Drop the arrow.",
    "arrow that goes back": "Turn the arrow round, or move {name} or {to} to another stage.",
    "stands alone": "Join it to what it serves, or leave it out.",
    "nothing leads to it": "Say what makes it possible: who does it, and with what.",
    "leads nowhere": "Say with an arrow what it leads to. If it leads to nothing, ask whether it is still needed.",
    "outcome without a KPI": "Find a KPI that would show it, or agree whom to ask and when.",
    "arrow that passes over a stage": "Name the step between, if there is one.",
    "outcome with a KPI of an earlier stage": "Find a KPI of what changes for people; {kpi} counts what is done or given out.",
}


def overview(rows: pd.DataFrame) -> Table:
    """Every service and how far its logic model goes."""
    there = rows["boxes"] > 0
    words = [count("{n} to mend", "{n} to mend", int(row["faults"])) if row["state"] == "to mend" else say(row["state"]) for row in rows.to_dict("records")]
    shown = rows.assign(word=words, **{stage: rows[stage].where(there) for stage in (*(stage for stage, _ in STAGES), "faults", "hints")})
    columns = (Column("service_name", "Service"), Column("value", "Support", "share"), *(Column(stage, title, "whole") for stage, title in STAGES),
               Column("measured", "Outcomes with KPI", "share"), Column("word", "In a word"))
    if not there.any():
        columns = (*columns[:2], columns[-1])
    note = "Support: the sum over goals of weight times strength. A dash: there is no model."
    return Table("logic_overview", shown, columns, say("Services and their logic models, those that support the goals most first"), note)


def faults(rows: pd.DataFrame) -> Table:
    """What is to be mended in the models, and how."""
    work = rows.to_dict("records")
    shown = rows.assign(what=[_what(row) for row in work], where=[_where(row) for row in work], mend=[_mend(row) for row in work])
    columns = (Column("service_name", "Service"), Column("what", "What"), Column("where", "Where"), Column("mend", "How to mend it"))
    note = "A hint may be as it should be: look at it and decide."
    return Table("logic_faults", shown, columns, say("What is to be mended in the logic models"), note, most=20)


def _what(row: dict[str, object]) -> str:
    return say("hint: {kind}", kind=say(row["kind"])) if row["hint"] else say(row["kind"])


def _where(row: dict[str, object]) -> str | None:
    if absent(row["name"]):
        return None
    if row["kind"] == "circle":
        return say(" → ").join([*row["name"].split("; "), row["to_name"]])
    if absent(row["to_name"]) or row["kind"] == "arrow to itself":
        return row["name"]
    return say("{start} → {end}", start=row["name"], end=row["to_name"])


def _mend(row: dict[str, object]) -> str:
    names = {key: "" if absent(row[column]) else quoted([row[column]]) for key, column in (("name", "name"), ("to", "to_name"), ("kpi", "kpi_name"))}
    return say(MEND[row["kind"]], **names, service="" if absent(row["to_service_name"]) else row["to_service_name"])


def assumptions(rows: pd.DataFrame) -> Table:
    """What must hold for each arrow, first for those that the library does not make alone."""
    columns = (Column("service_name", "Service"), Column("name", "From"), Column("to_name", "To"), Column("assumption", "What must hold"))
    note = "Arrows from outputs and outcomes on come first, those that say nothing before the others. A dash: nothing is said."
    return Table("logic_assumptions", rows, columns, say("What each arrow of the logic models rests on"), note, most=10)
