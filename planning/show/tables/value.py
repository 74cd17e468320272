"""Tables of step 7 on worth."""

from __future__ import annotations

import pandas as pd

from planning.show.findings.value import OFF, left, rough
from planning.show.language import absent, between, listed, money, number, say, share
from planning.show.records import Column, Table


def proxies(rows: pd.DataFrame) -> Table:
    """Each value proxy: how many, the value of one with its source, what is taken off, and what is left."""
    shown = rows.assign(many=[_many(row) for row in rows.itertuples()], one=[_one(row) for row in rows.itertuples()], off=[_off(row) for row in rows.itertuples()],
                        left=[left(row) if row.counted else say("not counted") for row in rows.itertuples()])
    columns = (Column("name", "What is valued"), Column("many", "How many a year"), Column("one", "Value of one"), Column("source", "Where the value comes from"), Column("off", "Taken off"),
               Column("classic", "Nothing taken off", "money", 0), Column("left", "Left, 95 of 100 draws"))
    return Table("value_proxies", shown, columns, say("What was valued, and on what grounds"), "Deadweight: what would have come anyway. Attribution: what others did. Displacement: what was only moved here.", most=40)


def _many(row: object) -> str | None:
    if not absent(row.double):
        return say("{n}, as in “{other}”", n=number(row.number, 0), other=row.double)
    if row.state:
        return say("none: {why}", why=say(row.state))
    words = {"n": number(row.number, 0), "kpi": "" if absent(row.kpi_name) else row.kpi_name, "service": "" if absent(row.service_name) else row.service_name, "when": "" if absent(row.when) else row.when}
    texts = {"uses": "{n} (uses of {service}, fiscal {when})", "KPI": "{n} ({kpi})", "own number": "{n} (own number)"}
    return say(texts[row.number_from], **words)


def _one(row: object) -> str:
    ends = between(row.low, row.high, money)
    return say("{value}, no range", value=money(row.unit_value)) if ends is None else say("{value} ({ends})", value=money(row.unit_value), ends=ends)


def _off(row: object) -> str:
    given = [say("{what} {share}", what=say(OFF[name]), share=share(getattr(row, name))) for name in OFF if not absent(getattr(row, name))]
    empty = [say(OFF[name]) for name in row.not_considered.split("; ") if name]
    parts = [listed(given)] if given else []
    parts += [say("not considered: {names}", names=listed(empty))] if empty else []
    parts += [say("lasts {n} years", n=number(row.years, 0))] if row.years > 1 else []
    return "; ".join(parts)


def services(rows: pd.DataFrame) -> Table:
    """What was valued of each service beside what it costs."""
    shown = rows.assign(left=[between(row.low, row.high, rough) for row in rows.itertuples()],
                        each=[between(row.returned_low, row.returned_high, lambda value: money(value, 2)) for row in rows.itertuples()])
    columns = (Column("service_name", "Service"), Column("money", "Own spending", "money", 0), Column("classic", "Nothing taken off", "money", 0), Column("left", "Left"), Column("each", "For each unit of its own spending"))
    return Table("value_by_service", shown, columns, say("What was valued of each service"), "A low figure can mean that little of the service was valued. It says nothing of which service is better.", most=40)
