"""What differs between two states of a plan's tables, and how two people's changes come together."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import pandas as pd

from planning.model import schema
from planning.model.draft_cells import same

Key = tuple[str, ...]
Rows = list[dict[str, str]]
COLUMNS = ["table", "what", "row", "name", "column", "before", "after"]
NAMES = ("name", "what", "text", "topic", "term")
"""Columns by which a row is called, the first one that a table has."""


class Clash(NamedTuple):
    """One cell, or one row, that two people changed in different ways: mine and theirs as text."""

    table: str
    row: str
    column: str
    mine: str
    theirs: str


class Merged(NamedTuple):
    """Rows with the changes of both, and what could not be brought together."""

    rows: Rows
    clashes: list[Clash]


def key_of(table: schema.Table, row: Mapping[str, str]) -> Key:
    """The key of a row as text."""
    return tuple(row.get(column, "") for column in table.key)


def keyed(table: schema.Table, rows: Rows) -> dict[Key, dict[str, str]]:
    """Rows by their key."""
    return {key_of(table, row): row for row in rows}


def full(table: schema.Table, rows: Rows) -> Rows:
    """Rows with a cell for every column of their table, in its order, also where the file lacks the column."""
    return [{column: row.get(column, "") for column in table.columns} for row in rows]


def difference(before: Mapping[str, Rows], after: Mapping[str, Rows]) -> pd.DataFrame:
    """Every cell that differs between two states of tables: table, what (new, changed or removed), row (its key), name, column, before, after.

    A new or a removed row is one line without a column; before or after then holds what it is called.
    """
    lines = [line for name, rows in after.items() for line in _lines(schema.tables()[name], before.get(name, []), rows)]
    return pd.DataFrame(lines, columns=COLUMNS, dtype=object)


def _lines(table: schema.Table, before: Rows, after: Rows) -> list[list[str]]:
    old, new = keyed(table, before), keyed(table, after)
    lines = []
    for key, row in new.items():
        place = [table.name, "changed" if key in old else "new", ", ".join(key), called(row)]
        if key not in old:
            lines.append([*place, "", "", called(row)])
            continue
        cells = [(column.name, old[key].get(column.name, ""), row.get(column.name, ""), column) for column in table.fields]
        lines += [[*place, name, was, now] for name, was, now, column in cells if not same(column, was, now)]
    return lines + [[table.name, "removed", ", ".join(key), called(row), "", called(row), ""] for key, row in old.items() if key not in new]


def called(row: Mapping[str, str]) -> str:
    """What a row is called, or nothing when its table has no such column.

    >>> called({"goal": "G1", "name": "Every child reads"}), called({"service": "S1", "goal": "G1"})
    ('Every child reads', '')
    """
    return next((row[name] for name in NAMES if row.get(name)), "")


def merged(table: schema.Table, base: Rows, mine: Rows, theirs: Rows) -> Merged:
    """Their rows with my changes since the base put in, cell by cell, and the clashes.

    A cell that only one of us changed takes that change; one that both changed alike is the same; one that
    both changed differently is a clash and keeps theirs. A row that one removed and the other changed is a clash too.
    """
    old, own = keyed(table, base), keyed(table, mine)
    found: Rows = []
    clashes: list[Clash] = []
    for row in theirs:
        key = key_of(table, row)
        cells, wrong = _together(table, old.get(key), own.get(key), row)
        clashes += wrong
        found += [cells] if cells is not None else []
    there = keyed(table, theirs)
    for key, row in own.items():
        if key not in there and key not in old:
            found.append(dict(row))
        elif key not in there and row != old[key]:
            clashes.append(Clash(table.name, ", ".join(key), "", called(row) or ", ".join(key), ""))
    return Merged(found, clashes)


def _together(table: schema.Table, old: Mapping[str, str] | None, mine: Mapping[str, str] | None, theirs: Mapping[str, str]) -> tuple[dict[str, str] | None, list[Clash]]:
    """One row of theirs with my changes in it (None when I removed it), and the clashes."""
    row = ", ".join(key_of(table, theirs))
    if mine is None:
        if old is None:
            return dict(theirs), []
        if all(same(column, old.get(column.name, ""), theirs.get(column.name, "")) for column in table.fields):
            return None, []
        return dict(theirs), [Clash(table.name, row, "", "", called(theirs) or row)]
    made, clashes = dict(theirs), []
    for column in table.fields:
        was, ours, other = (cells.get(column.name, "") for cells in (old or {}, mine, theirs))
        if same(column, was, ours) or same(column, other, ours):
            continue
        if same(column, was, other):
            made[column.name] = ours
        else:
            clashes.append(Clash(table.name, row, column.name, ours, other))
    return made, clashes
