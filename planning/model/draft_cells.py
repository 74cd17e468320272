"""The cells of a draft: values as text, texts that mean the same, what a cell may not hold, and the next free id."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterable, Mapping

import numpy as np
import pandas as pd

from planning.model import schema
from planning.model.cells import meant, plain, read_cell
from planning.model.errors import Problem, Words, nearest
from planning.model.files import CLEAN, UNSEEN

LONGEST = 10_000
UNNUMBERED = frozenset({"shared_keys"})
"""Tables whose key is an id that another table gives."""


def text_of(value: object) -> str:
    """A value as the text of a plan's cell.

    >>> text_of(0.1 + 0.2), text_of(3.0), text_of(True), text_of(None), text_of(dt.date(2026, 6, 30)), text_of(" a ")
    ('0.3', '3', 'true', '', '2026-06-30', 'a')
    """
    if value is None or (pd.api.types.is_scalar(value) and pd.isna(value)):
        return ""
    if isinstance(value, bool | np.bool_):
        return str(bool(value)).lower()
    if isinstance(value, dt.date):
        return value.isoformat()[:10]
    if isinstance(value, int | float | np.number):
        return plain(float(value))
    return " ".join(str(value).split())


def same(column: schema.Field, old: str, new: str) -> bool:
    """Whether two texts of a cell mean the same, such as 0.20 and 0.2; a name whose semicolons read as commas is the same too.

    >>> weight, name = schema.tables()["goals"].fields[2], schema.tables()["goals"].fields[1]
    >>> same(weight, "0.20", "0.2"), same(name, "Maps; plans", "Maps, plans"), same(weight, "", "0")
    (True, True, False)
    """
    if old == new:
        return True
    if not old or not new:
        return False
    own, other = (" ".join(meant(column, text).split()) for text in (old, new))
    return own == other or (column.name == "name" and own.replace("; ", ", ") == other)


def numbered(table: schema.Table) -> bool:
    """Whether the rows of a table have running ids of their own, such as SW07.

    >>> [numbered(schema.tables()[name]) for name in ("swot", "alignment", "exits", "prices")]
    [True, False, False, False]
    """
    own = next((column for column in table.fields if column.name == table.id), None)
    return own is not None and own.type == "string" and not own.refers and table.name not in UNNUMBERED


def next_id(taken: Iterable[str], pattern: str) -> str:
    """The next free id: the letters of most ids taken, and one more than their largest number.

    >>> next_id({"SW01", "SW09"}, "SW2"), next_id(set(), "G1"), next_id({"MV9"}, "MV1")
    ('SW10', 'G1', 'MV10')
    """
    taken = set(taken)
    parts = [found for one in taken if (found := re.fullmatch(r"(\D*)([0-9]+)", one))]
    if not parts:
        new = re.sub(r"\d+$", lambda digits: "1".zfill(len(digits[0])), pattern)
        return new if new not in taken else next_id({*taken, f"{new}1"}, pattern)
    letters = max(sorted({part[1] for part in parts}), key=[part[1] for part in parts].count)
    own = [part[2] for part in parts if part[1] == letters]
    return f"{letters}{str(max(map(int, own)) + 1).zfill(max(map(len, own)))}"


def pattern(table: schema.Table) -> str:
    """An id of a table's own form.

    >>> pattern(schema.tables()["goals"])
    'G1'
    """
    return next(column.example for column in table.fields if column.name == table.id) or "X1"


def wrong(table: schema.Table, row: Mapping[str, str], number: int, known: Mapping[str, Collection[str]]) -> list[Problem]:
    """The problems of a row's cells: what they may not hold, and ids that are not among the known ones of their table (table name to ids)."""
    return [problem for column in table.fields if (problem := wrong_cell(table, column, row.get(column.name, ""), number, known))]


def wrong_cell(table: schema.Table, column: schema.Field, text: str, number: int | None, known: Mapping[str, Collection[str]]) -> Problem | None:
    """The problem of one cell, or None when it may hold what it holds."""
    if not text and not column.required:
        return None
    if unseen := UNSEEN.search(text) or re.search(r"[\ud800-\udfff]", text):
        return Problem(table.file, number, column.name, Words("found a control character ({code})", code=f"U+{ord(unseen[0]):04X}"), "text that can be seen", CLEAN)
    if len(text) > LONGEST:
        return Problem(table.file, number, column.name, Words("found {n} characters", n=len(text)), Words("{n} characters or fewer", n=LONGEST), "Say it in fewer words.")
    problem = read_cell(table.file, number, column, text)[1]
    if problem or not column.refers or text in known.get(column.refers, ()):
        return problem
    close = nearest(text, sorted(known.get(column.refers, ())))
    file = schema.tables()[column.refers].file
    action = Words("Did you mean {close}?", close=close) if close else Words("Add it to {file}, or correct the cell.", file=file)
    return Problem(table.file, number, column.name, Words("found {text}", text=text), Words("an id that stands in {file}", file=file), action)


def pointing(table: schema.Table, id: str, rows: Mapping[str, list[dict[str, str]]]) -> Problem | None:
    """The problem of taking a row out to which others point, or None when none does; `rows` are those of every table without it."""
    found = {}
    for name, own in rows.items():
        columns = [column.name for column in schema.tables()[name].fields if column.refers == table.name]
        if columns and (many := sum(any(row.get(column) == id for column in columns) for row in own)):
            found[schema.tables()[name].file] = many
    if not found:
        return None
    return Problem(table.file, None, table.id, Words("found other rows that point to {id}: {where}", id=id, where=", ".join(f"{many} in {file}" for file, many in found.items())),
                   "a row that no other row points to", "Take those rows out first, or let this one end on a day instead of taking it out.")
