"""Every problem of a plan at once: file, spreadsheet row, column, what was found, what is allowed, what to do."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

from frictionless import Resource, Schema

from planning.model import facts, journal, rules, schema
from planning.model.cells import holds, wrong_cell
from planning.model.errors import Problem, Words, nearest
from planning.model.files import rows_of
from planning.model.sheet import Sheet

WORKBOOKS = (".xlsx", ".xls", ".ods", ".numbers")


def sheets(folder: Path, *, cells: bool = True) -> tuple[dict[str, Sheet], list[Problem]]:
    """Every table that the folder holds as checked text, and the problems of files, headings and, unless they are known to be right, cells."""
    journal.settle(folder)
    found, problems = {}, []
    for name, table in schema.tables().items():
        path = folder / table.file
        if os.path.lexists(path):
            found[name], wrong = sheet(path, table, cells=cells)
            problems += wrong
    return found, problems + _strangers(folder)


def sheet(path: Path, table: schema.Table, *, cells: bool = True) -> tuple[Sheet, list[Problem]]:
    """One table as checked text, and its problems."""
    rows, problems = rows_of(path)
    if problems:
        return Sheet(table), problems
    problems = heading_problems(table, rows[0])
    if problems:
        return Sheet(table), problems
    numbered = [(number, row) for number, row in enumerate(rows[1:], start=2) if row]
    problems = [_too_long(table, number, row, rows[0]) for number, row in numbered if len(row) > len(rows[0]) and any(row[len(rows[0]):])]
    records = [dict(zip(rows[0], row + [""] * (len(rows[0]) - len(row)))) for _, row in numbered]
    found = Sheet(table, records, [number for number, _ in numbered])
    return found, problems + (cell_problems(found) if cells else [])


def heading_problems(table: schema.Table, headings: list[str]) -> list[Problem]:
    """Headings that no such table has, that stand twice, or that must be there and are not."""
    problems = []
    for place, name in enumerate(headings):
        if name not in table.columns:
            close = nearest(name, [column for column in table.columns if column not in headings])
            action = Words("Did you mean {close}?", close=close) if close else "Remove the column, or rename it."
            found = "found a column without a heading" if not name else "found a heading that this table does not have"
            problems.append(Problem(table.file, 1, name or None, found, ", ".join(table.columns), action))
        elif name in headings[:place]:
            problems.append(Problem(table.file, 1, name, "found this heading twice", "each heading once", "Remove one of the two columns."))
    missing = [column.name for column in table.fields if column.required and column.name not in headings]
    return problems + [
        Problem(table.file, 1, name, "found no such heading", "this column, since it is required", Words("Add the column {name}.", name=name))
        for name in missing
    ]


def cell_problems(found: Sheet) -> list[Problem]:
    """Cells of the wrong type or outside their range, empty cells that must be filled, and keys that stand twice."""
    if not found.rows:
        return []
    table = found.table
    rows = [[row.get(column, "") for column in table.columns] for row in found.rows]
    form = Schema.from_descriptor(table.descriptor(with_references=False))
    report = Resource(data=[table.columns, *rows], schema=form).validate(limit_errors=10_000_000)
    fields = {column.name: column for column in table.fields}
    problems: dict[tuple[int, str], Problem] = {}
    for error in report.tasks[0].errors:
        number = found.numbers[error.row_number - 2]
        if error.type == "primary-key":
            problems[number, ""] = _twice(table, number, found.rows[error.row_number - 2])
        else:
            column = fields[error.field_name]
            problems.setdefault((number, column.name), wrong_cell(table.file, number, column, str(error.cell or "")))
    return list((_unfit(found) | problems).values())


def _unfit(found: Sheet) -> dict[tuple[int, str], Problem]:
    """Cells that Table Schema lets pass and a plan cannot work with, such as NaN for a number."""
    columns = [column for column in found.table.fields if column.period or column.type in ("number", "integer", "date")]
    cells = [(number, column, row.get(column.name)) for number, row in zip(found.numbers, found.rows) for column in columns]
    return {(number, column.name): wrong_cell(found.table.file, number, column, text) for number, column, text in cells if text and not holds(column, text)}


def reference_problems(found: dict[str, Sheet]) -> list[Problem]:
    """Ids that stand in one table and do not exist in the table that they point to."""
    problems = []
    for table_sheet in found.values():
        for column in table_sheet.table.fields:
            if column.refers:
                problems += _dangling(table_sheet, column, found)
    return problems


def _dangling(table_sheet: Sheet, column: schema.Field, found: dict[str, Sheet]) -> list[Problem]:
    target = schema.tables()[column.refers]
    known = sorted(found[column.refers].values(target.id)) if column.refers in found else []
    problems = []
    for number, row in zip(table_sheet.numbers, table_sheet.rows):
        value = row.get(column.name, "")
        if value and value not in known:
            close = nearest(value, known)
            action = Words("Did you mean {close}?", close=close) if close else Words("Add it to {file}, or correct the cell.", file=target.file)
            allowed = Words("an id that stands in {file}", file=target.file)
            problems.append(Problem(table_sheet.table.file, number, column.name, Words("found {text}", text=value), allowed, action))
    return problems


def problems(folder: Path) -> list[Problem]:
    """Every problem of the plan in a folder; an empty list when there is none."""
    return examined(folder)[2]


def examined(folder: Path) -> tuple[dict[str, object], dict[str, Sheet], list[Problem]]:
    """The facts, the tables as text and every problem of the plan in a folder."""
    plan_facts, wrong = facts.read(folder)
    found, more = sheets(folder)
    wrong += more + reference_problems(found)
    if isinstance(plan_facts.get("as_of"), dt.date):
        said = {(problem.file, problem.row, problem.column) for problem in wrong}
        broken = rules.broken(found, plan_facts)
        wrong += [problem for problem in broken if (problem.file, problem.row, problem.column) not in said]
    return plan_facts, found, wrong


def _twice(table: schema.Table, number: int, row: dict[str, str]) -> Problem:
    found = Words("found {text} a second time", text=", ".join(row.get(column) or "(empty)" for column in table.key))
    return Problem(table.file, number, " and ".join(table.key), found, "each only once", "Give the row an id of its own, or remove it.")


def _too_long(table: schema.Table, number: int, row: list[str], headings: list[str]) -> Problem:
    found = Words("found {cells} cells under {headings} headings", cells=len(row), headings=len(headings))
    action = "A comma inside a text may have split it: put the text in quotation marks, or save the file from a spreadsheet."
    return Problem(table.file, number, None, found, "one cell a heading", action)


def _strangers(folder: Path) -> list[Problem]:
    files = [table.file for table in schema.tables().values()]
    problems = []
    for path in sorted(folder.iterdir()):
        table = f"{path.stem}.csv".lower()
        if path.suffix.lower() == ".csv" and path.name not in files and not path.name.startswith("."):
            close = nearest(path.name, files)
            action = Words("Did you mean {close}?", close=close) if close else "Move it into the folder evidence, or remove it."
            problems.append(Problem(path.name, None, None, "found a table that no plan has", "the tables that docs/data_dictionary.md lists", action))
        elif path.suffix.lower() in WORKBOOKS and table in files and not (folder / table).exists():
            problems.append(Problem(path.name, None, None, "found a workbook in place of a table", table, "Save the sheet as 'CSV UTF-8 (comma delimited)'."))
    return problems
