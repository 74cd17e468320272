"""New rows whose id somebody else took meanwhile: they get the next free one, with all that points to them."""

from __future__ import annotations

from collections.abc import Mapping

from planning.model import schema
from planning.model.differences import Rows, key_of, keyed
from planning.model.draft_cells import next_id, numbered

Names = dict[tuple[str, str], str]
"""Table and old id (or key) to new id (or key)."""
PERSONS = {"goal_votes": "voter", "goal_pairs": "voter", "ratings": "rater", "expectations": "rater", "allocations": "ballot", "answers": "respondent"}
"""Columns with a running number of a person, several rows of whom stand together."""


def renumbered(base: Mapping[str, Rows], mine: Mapping[str, Rows], theirs: Mapping[str, Rows]) -> tuple[dict[str, Rows], Names]:
    """My rows, where a new row whose id others took meanwhile has the next free one; and what was renamed.

    A row that both of us added with the same cells is one row. Rows of tables without running ids keep their
    keys, so that two of them are told as a clash.

    >>> row = lambda name: {"item": "SW01", "kind": "strength", "name": name}
    >>> renumbered({}, {"swot": [row("Quiet rooms")]}, {"swot": [row("Long hours")]})[1]
    {('swot', 'SW01'): 'SW02'}
    """
    made = {name: [dict(row) for row in rows] for name, rows in mine.items()}
    names: Names = {}
    for name in made:
        table = schema.tables()[name]
        if not numbered(table):
            continue
        old, there = keyed(table, base.get(name, [])), keyed(table, theirs.get(name, []))
        taken = {key[0] for key in there} | {row[table.id] for row in made[name]}
        for row in list(made[name]):
            key = key_of(table, row)
            if key not in old and key in there and any(row.get(column, "") != there[key].get(column, "") for column in table.columns):
                names[name, key[0]] = next_id(taken, key[0])
                taken.add(names[name, key[0]])
    for name in made.keys() & PERSONS.keys():
        names |= _moved(name, base.get(name, []), made[name], theirs.get(name, []))
    for name, rows in made.items():
        made[name] = [_renamed(schema.tables()[name], row, names) for row in rows]
    return made, names


def _moved(name: str, base: Rows, mine: Rows, theirs: Rows) -> Names:
    """Persons whom both of us added under one number: mine get the next free ones, in the rows given; returns old keys to new."""
    table, column = schema.tables()[name], PERSONS[name]
    old, there = ({row[column] for row in rows} for rows in (base, theirs))
    same = {key_of(table, row) for row in theirs if row in mine}
    twice = sorted({row[column] for row in mine if key_of(table, row) not in same} & (there - old))
    taken, names = there | {row[column] for row in mine}, {}
    for person in twice:
        new = next_id(taken, person)
        taken.add(new)
        for row in mine:
            if row[column] == person:
                before = ", ".join(key_of(table, row))
                row[column] = new
                names[name, before] = ", ".join(key_of(table, row))
    return names


def _renamed(table: schema.Table, row: Mapping[str, str], names: Names) -> dict[str, str]:
    """A row with the new ids in its own id, in its references and where a pair of columns names a table and a row of it."""
    refers = {column.name: column.refers for column in table.fields if column.refers} | ({table.id: table.name} if table.id else {})
    made = {column: names.get((refers.get(column, ""), text), text) for column, text in row.items()}
    if row.get("table") and row.get("id"):
        made["id"] = " ".join(names.get((row["table"], part), part) for part in row["id"].split(" "))
    return made
