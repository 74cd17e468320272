"""What a row and a cell of a plan are called: names in place of ids, figures, days and truths in the language's form."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from planning.model import schema
from planning.model.cells import NUMBER, day_of, meant
from planning.model.differences import called
from planning.show.language import day, money, number, say, share

Named = Mapping[str, Mapping[str, str]]
"""Table and id to name."""


def named(tables: Mapping[str, Iterable[Mapping[str, str]]]) -> dict[str, dict[str, str]]:
    """What the rows of each table with an id are called (table and id to name); rows are text.

    >>> named({"goals": [{"goal": "G1", "name": "Every child reads"}], "alignment": [{"service": "S1", "goal": "G1"}]})
    {'goals': {'G1': 'Every child reads'}}
    """
    own = {name: schema.tables()[name].id for name in tables}
    return {name: {row[id]: called(row) or row[id] for row in tables[name] if row.get(id)} for name, id in own.items() if id}


def row_name(table: schema.Table, row: Mapping[str, str], names: Named) -> str:
    """What one row is called: its own name, or the names of all that its key points to.

    >>> row_name(schema.tables()["alignment"], {"service": "S1", "goal": "G1"}, {"services": {"S1": "Story hour"}, "goals": {"G1": "Every child reads"}})
    '“Story hour”, “Every child reads”'
    """
    fields = {column.name: column for column in table.fields}
    if table.id and not fields[table.id].refers and (own := called(row)):
        return f"“{own}”"
    parts = [f"“{cell(fields[name], row.get(name, ''), names)}”" if fields[name].refers else cell(fields[name], row.get(name, ""), names) for name in table.key]
    own = called(row)
    return ", ".join(([f"“{own}”"] if own and not table.id and own not in parts else []) + parts)


def cell(column: schema.Field, text: str, names: Named, digits: int | None = None) -> str:
    """One cell for reading: the name of what it points to, money, shares, numbers, days, yes and no; words as they stand.

    >>> weight, cost = schema.tables()["goals"].fields[2], next(one for one in schema.tables()["initiatives"].fields if one.name == "cost")
    >>> cell(weight, "0.3", {}, 2), cell(cost, "1500", {}), cell(weight, "", {})
    ('0.30', '$1,500', 'nothing')
    """
    if not text:
        return say("nothing")
    if column.refers:
        return names.get(column.refers, {}).get(text, text)
    if column.type == "boolean":
        return say("yes") if meant(column, text) == "true" else say("no")
    if column.type == "date":
        return day(day_of(text)) if day_of(text) else text
    if column.type in ("number", "integer") and NUMBER.fullmatch(text):
        return _figure(column, text, digits)
    return say(text) if column.choices else text


def _figure(column: schema.Field, text: str, digits: int | None) -> str:
    value, places = float(text), decimals(text) if digits is None else digits
    if column.unit.startswith("currency"):
        return money(value, 0) if not places else money(value, 2)
    if column.unit == "share 0-1" and column.name != "weight":
        return share(value, max(places - 2, 0))
    if column.unit == "year" or "year" in column.name:
        return text
    return number(value, places)


def decimals(text: str) -> int:
    """How many figures stand behind the point of a number, six at most.

    >>> decimals("0.26"), decimals("12"), decimals("lots")
    (2, 0, 0)
    """
    return min(len(text.partition(".")[2].rstrip("0")), 6) if NUMBER.fullmatch(text) else 0
