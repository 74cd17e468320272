"""What a plan held when its workbook was written: a fingerprint of each row, kept in a hidden sheet of the workbook."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass

from openpyxl import Workbook

from planning.model import schema
from planning.model.cells import meant
from planning.model.errors import PlanningError
from planning.model.schema import Field, Table
from planning.model.sheet import Sheet
from planning.sources.workbook_cells import put_text

STATE = "_planning"
PLAN = "plan"
FORM = "1"
FACTS = Table(PLAN, "Facts", 0, "", "", ("field",), (Field("field", "Field", "string", ""), Field("value", "Value", "string", "")))
"""The facts of plan.toml as a table, one row a field."""


@dataclass(frozen=True)
class State:
    """The plan as it was exported: its library, and by table the fingerprint of each row under its key."""

    library: str
    rows: Mapping[str, Mapping[tuple[str, ...], str]]


def key(table: Table, row: Mapping[str, str]) -> tuple[str, ...]:
    """What tells a row from others, so that 2026 and 2026.0 are one."""
    fields = {field.name: field for field in table.fields}
    return tuple(meant(fields[name], row.get(name, "")) for name in table.key)


def fingerprint(table: Table, row: Mapping[str, str]) -> str:
    """A fingerprint of what a row's cells mean, not of how they are written; columns that are empty do not count.

    >>> goals = schema.tables()["goals"]
    >>> fingerprint(goals, {"goal": "G1", "weight": "0.50"}) == fingerprint(goals, {"goal": "G1", "weight": ".5", "replaces": ""})
    True
    """
    held = [[field.name, text] for field in table.fields if (text := meant(field, row.get(field.name, "")))]
    return hashlib.sha256(json.dumps(held, ensure_ascii=False).encode()).hexdigest()[:24]


def fact_rows(given: Mapping[str, str]) -> list[dict[str, str]]:
    """The facts of plan.toml as rows of FACTS."""
    return [{"field": field.name, "value": text} for field in schema.facts().fields if (text := meant(field, given.get(field.name, "")))]


def write(made: Workbook, library: str, sheets: Mapping[str, Sheet], given: Mapping[str, str]) -> None:
    """Write the state into a hidden sheet of the workbook."""
    page = made.create_sheet(STATE)
    page.sheet_state = "veryHidden"
    lines = [("", "form", FORM), ("", "library", library)]
    for name, table, rows in [(PLAN, FACTS, fact_rows(given)), *((name, sheet.table, sheet.rows) for name, sheet in sheets.items())]:
        lines += [(name, json.dumps(key(table, row), ensure_ascii=False), fingerprint(table, row)) for row in rows]
    for number, line in enumerate(lines, start=1):
        for place, text in enumerate(line, start=1):
            if text:
                put_text(page.cell(number, place), text)


def read(book: Workbook, name: str) -> State:
    """The state that a workbook carries; raises PlanningError for one that carries none."""
    lines = [[str(cell or "") for cell in row[:3]] for row in book[STATE].iter_rows(values_only=True)] if STATE in book.sheetnames else []
    told = {row[1]: row[2] for row in lines if not row[0]}
    if told.get("form") != FORM or "library" not in told:
        raise PlanningError("{file} does not carry what the plan held when it was written, so nothing can tell what you changed from what the plan changed since. "
                            "Write a workbook with planning export workbook, paste your rows into it, and bring that one.", file=name)
    rows: dict[str, dict[tuple[str, ...], str]] = {}
    for table, text, digest in lines:
        if table:
            rows.setdefault(table, {})[tuple(json.loads(text))] = digest
    return State(told["library"], rows)
