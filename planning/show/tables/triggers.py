"""Tables of trigger points and of assumptions."""

from __future__ import annotations

import pandas as pd

from planning.show.findings.triggers import reading
from planning.show.language import absent, day, listed, period, say
from planning.show.records import Column, Table

WHEN = {"now": "now: it fired", "soon": "soon: it is near", "later": "when it fires", "not known": "nobody can tell", "done": "done"}


def states(rows: pd.DataFrame) -> Table:
    """Where each trigger point stands."""
    records = rows.to_dict("records")
    shown = rows.assign(now=[_value(row, row["value"]) for row in records], at=[_mark(row) for row in records], told=[_told(row) for row in records])
    columns = (Column("name", "Trigger point"), Column("kpi_name", "KPI"), Column("now", "Latest"), Column("at", "Mark"), Column("told", "Where it stands"), Column("owner_name", "Owner"))
    return Table("triggers", shown, columns, say("The trigger points and where they stand"), "A dash: no owner, or never measured.")


def _value(row: dict[str, object], value: float) -> str | None:
    return None if absent(value) else say("{value} {unit}, {period}", value=reading(value), unit=row["unit"], period=period(row["period"]))


def _mark(row: dict[str, object]) -> str:
    words = "{mark} or more, {n} periods in a row" if row["side"] == "above" else "{mark} or less, {n} periods in a row"
    once = "{mark} or more, once" if row["side"] == "above" else "{mark} or less, once"
    return say(words if row["window"] > 1 else once, mark=reading(row["mark"]), n=row["window"])


def _told(row: dict[str, object]) -> str:
    if row["state"] == "fired":
        text = say("fired, at the mark or beyond since {since}", since=period(row["since"]))
        text = say("{text}; acted on {day}", text=text, day=day(row["acted"])) if not row["due"] else say("{text}; not acted on", text=text)
    else:
        text = say("cannot be told: {reason}", reason=say(row["reason"])) if row["state"] == "cannot be told" else say(row["state"])
    text = say("{text}; fired last in {period} and went back", text=text, period=period(row["earlier"])) if row["earlier"] else text
    return say("{text}; beyond already when it was agreed", text=text) if row["crossed"] else text


def paths(rows: pd.DataFrame) -> Table:
    """What will be done when: trigger, action, initiative."""
    shown = rows.assign(moment=[say(WHEN[word]) for word in rows["when"]])
    columns = (Column("moment", "When"), Column("name", "If we see"), Column("action", "We do"), Column("initiative_name", "Initiative"), Column("owner_name", "Who"), Column("scenario_name", "Sign of"))
    return Table("pathway", shown, columns, say("What will be done when"), "Agreed beforehand, so that nobody has to begin the talk in a hurry. A dash: none named.")


def assumptions(rows: pd.DataFrame) -> Table:
    """The assumptions, and what guards each of them."""
    shown = rows.assign(lean=[listed(names.split("; ")) or None for names in rows["leans"]], guard=[_guard(row) for row in rows.to_dict("records")])
    columns = (Column("name", "Assumption"), Column("lean", "What leans on it"), Column("carries", "Share of the weighted goals", "share"), Column("bears", "Bears (1 to 5)", "whole"),
               Column("sure", "Sure (1 to 5)", "whole"), Column("state", "Today"), Column("guard", "Hedge or trigger point"), Column("until", "Could break by", "day"), Column("checked", "Looked at", "day"))
    return Table("assumptions", shown, columns, say("What must stay true for the plan to work"), "Shares overlap and must not be added. A dash: none, or not known.")


def _guard(row: dict[str, object]) -> str | None:
    parts = [row["hedge"]] if not absent(row["hedge"]) else []
    if not absent(row["trigger_name"]):
        parts.append(say("“{name}” ({state})", name=row["trigger_name"], state=say(row["trigger_state"])))
    return "; ".join(parts) or None
