"""The rows in a workbook's sheets as text in the form of a plan, with every cell that cannot be taken."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from openpyxl.cell.cell import Cell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from planning.model import check, schema
from planning.model.cells import allowed
from planning.model.errors import Problem, Words, nearest
from planning.model.schema import Field, Table
from planning.model.sheet import Sheet
from planning.sources.workbook_cells import reading


@dataclass
class Found:
    """What one sheet holds: the table's rows with the workbook's row numbers, columns that it lacks, and problems.

    `sheet` is None when its headings cannot be read. `told` are sentences on what was read with some care.
    """

    sheet: Sheet | None
    lacking: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    told: list[str] = field(default_factory=list)


def table(page: Worksheet, of: Table) -> Found:
    """One table out of its sheet; rows that are blank are left out, and columns may stand in any order."""
    rows = list(page.iter_rows())
    headings = _headings(rows)
    if problems := _bare(of, headings) + check.heading_problems(of, [name for name in headings if name]):
        return Found(None, problems=[at(of.name, problem) for problem in problems])
    fields = {one.name: one for one in of.fields}
    found = Found(Sheet(of), [name for name in of.columns if name not in headings])
    loose: dict[str, int] = {}
    for cells in rows[1:]:
        if any(cell.value is not None and cell.value != "" for cell in cells):
            found.sheet.rows.append({name: _taken(cell, fields[name], of.name, found.problems, loose) for name, cell in zip(headings, cells)})
            found.sheet.numbers.append(cells[0].row)
    found.problems += _cell_problems(page, found)
    found.told += [Words("Sheet {sheet}, column {column}: {n} cells held text and were read as numbers or days.", sheet=of.name, column=name, n=n) for name, n in loose.items()]
    return found


def _bare(of: Table, headings: list[str]) -> list[Problem]:
    return [Problem(of.file, 1, get_column_letter(place), "found a column without a heading", ", ".join(of.columns), "Put the heading there, or remove the column.")
            for place, name in enumerate(headings, start=1) if not name]


def _cell_problems(page: Worksheet, found: Found) -> list[Problem]:
    """Cells that the table may not hold, but for those that could not be read or that stand in merged cells."""
    said = {(problem.row, problem.column) for problem in found.problems}
    said |= {(row, str(page.cell(1, column).value)) for span in page.merged_cells.ranges for row, column in span.cells}
    of = found.sheet.table
    problems = [problem for problem in check.cell_problems(found.sheet) if not said & {(problem.row, name) for name in (problem.column or "").split(" and ")}]
    return [at(of.name, problem) for problem in problems]


def facts(page: Worksheet, before: dict[str, str]) -> tuple[dict[str, str], dict[str, int], list[Problem]]:
    """The facts out of the sheet plan as text, the row of each, and problems; a field without a row is as it was `before`."""
    where, rows = "plan", list(page.iter_rows())
    headings = _headings(rows)
    if not {"field", "value"} <= set(headings):
        return before, {}, [Problem(Words("sheet {sheet}", sheet=where), 1, None, "found other headings", "field and value", "Put the headings field and value back into the first row.")]
    names, known = headings.index("field"), {one.name: one for one in schema.facts().fields}
    given, numbers, problems = dict(before), {}, []
    for cells in rows[1:]:
        name, cell = str(cells[names].value or "").strip(), cells[headings.index("value")]
        if name in known and name not in numbers:
            numbers[name] = cell.row
            wrong: list[Problem] = []
            given[name] = _taken(cell, known[name], where, wrong, {})
            problems += [replace(problem, column="value") for problem in wrong]
        elif name or cell.value is not None:
            problems.append(_unknown(name, cell.row, [one for one in known if one not in numbers]))
    return given, numbers, problems


def _unknown(name: str, row: int, known: list[str]) -> Problem:
    close = nearest(name, known)
    action = Words("Did you mean {close}?", close=close) if close else "Remove the row, or put the field's name back."
    return Problem(Words("sheet {sheet}", sheet="plan"), row, "field", Words("found {text}", text=name or Words("no name of a field")), "each field of a plan once", action)


def _headings(rows: list[tuple[Cell, ...]]) -> list[str]:
    """The headings as far as any column is filled."""
    width = max((place for row in rows for place, cell in enumerate(row, start=1) if cell.value is not None), default=0)
    return [str(cell.value if cell.value is not None else "").strip() for cell in rows[0][:width]] if rows else []


def _taken(cell: Cell, of: Field, sheet: str, problems: list[Problem], loose: dict[str, int]) -> str:
    found = reading(cell, of)
    if found.found:
        problems.append(Problem(Words("sheet {sheet}", sheet=sheet), cell.row, of.name, found.found, allowed(of), found.action))
    if found.loose:
        loose[of.name] = loose.get(of.name, 0) + 1
    return found.text


def at(sheet: str, problem: Problem) -> Problem:
    """A table's problem, with its place in the workbook."""
    return replace(problem, file=Words("sheet {sheet}", sheet=sheet), allowed=_by_sheet(problem.allowed), action=_by_sheet(problem.action))


def _by_sheet(text: str) -> str:
    """The words with a sheet in place of a table's file."""
    file = str(text.values.get("file", "")) if isinstance(text, Words) else ""
    return Words(text.template, **text.values | {"file": Words("sheet {sheet}", sheet=file.removesuffix(".csv"))}) if file else text
