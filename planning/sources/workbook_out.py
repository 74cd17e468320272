"""A plan as one workbook: a sheet a table with drop-downs, notes and locked keys, to be edited and brought back."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, NamedStyle, PatternFill, Protection
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from planning.model import check, facts, schema
from planning.model.cells import allowed
from planning.model.errors import PlanningError, PlanProblems
from planning.model.schema import Field, Table
from planning.model.sheet import Sheet
from planning.sources import workbook_state, workbook_text
from planning.sources.workbook_cells import FORMATS, LONGEST, packed, put_text, value

CHOICES = "_choices"
ROOM = 500
"""Empty rows below a table for which drop-downs are ready; more can be added all the same."""
DROPPED = 255
"""Letters of choices that a drop-down itself holds; longer lists stand in a hidden sheet."""
TAKEN_FOR_MORE = re.compile(r"[=+\-@'\t]")
KEY_FILL = PatternFill("solid", start_color="FFF0F0F0")
HEADING_FILL = PatternFill("solid", start_color="FFDCE6EC")
LINE = 15
"""Height of one line of text, in points."""
PLAIN = Font(name="Calibri", size=11)
TOP = Alignment(vertical="top", wrap_text=True)


def book(folder: Path) -> bytes:
    """A plan's workbook as the bytes of an .xlsx file; the same plan gives the same bytes.

    Raises PlanProblems when the plan has problems, and PlanningError for a cell that no workbook can hold.
    """
    plan_facts, sheets, problems = check.examined(folder)
    if problems:
        raise PlanProblems(str(folder), problems)
    found = {name: sheets.get(name) or Sheet(table) for name, table in schema.tables().items()}
    given = facts.written(folder)
    made = Workbook()
    for style in _styles():
        made.add_named_style(style)
    workbook_text.read_me(made.active, str(plan_facts["library"]))
    _plan_sheet(made.create_sheet(workbook_state.PLAN), given)
    long = _choices(made)
    for name, sheet in found.items():
        _fill(made.create_sheet(name), sheet, found, long)
    made.move_sheet(CHOICES, len(made.sheetnames))
    workbook_state.write(made, str(plan_facts["library"]), found, given)
    made.properties.creator, made.properties.title = "planning", str(plan_facts["library"])
    return packed(made, f"{plan_facts['as_of']}T00:00:00Z")


def _styles() -> Iterable[NamedStyle]:
    open_cell, shut = Protection(locked=False), Protection(locked=True)
    for kind, form in FORMATS.items():
        yield NamedStyle(f"planning {kind}", number_format=form, protection=open_cell, alignment=TOP, font=PLAIN)
        yield NamedStyle(f"planning key {kind}", number_format=form, protection=shut, alignment=TOP, fill=KEY_FILL, font=PLAIN)
    yield NamedStyle("planning heading", number_format="@", font=Font(name="Calibri", size=11, bold=True), fill=HEADING_FILL, alignment=TOP)


def _fill(page: Worksheet, sheet: Sheet, found: dict[str, Sheet], long: dict[tuple[str, str], str]) -> None:
    """One table's sheet: headings with notes, rows, drop-downs, and everything but headings and keys open."""
    table, last = sheet.table, len(sheet.rows) + 1 + ROOM
    _headings(page, table)
    for place, row in enumerate(sheet.rows, start=2):
        for number, field in enumerate(table.fields, start=1):
            text = row.get(field.name, "")
            if len(text) > LONGEST:
                raise PlanningError("{file}, row {row}, column {column}: a cell of a workbook holds {most} letters at most. Shorten the text.",
                                    file=table.file, row=sheet.numbers[place - 2], column=field.name, most=LONGEST)
            put(page.cell(place, number), field, text, key=field.name in table.key)
    for number, field in enumerate(table.fields, start=1):
        letter = get_column_letter(number)
        column = page.column_dimensions[letter]
        column.number_format, column.protection = FORMATS[field.type], Protection(locked=False)
        column.width = _width(field, [row.get(field.name, "") for row in sheet.rows])
        if rule := drop_down(table, field, found, long):
            rule.add(f"{letter}2:{letter}{last}")
            page.add_data_validation(rule)
    _heights(page)
    page.freeze_panes = "B2"
    shut(page)


def _heights(page: Worksheet) -> None:
    """Give the rows whose text runs over several lines room for all of them."""
    widths = [page.column_dimensions[get_column_letter(number)].width for number in range(1, page.max_column + 1)]
    for cells in page.iter_rows(min_row=2):
        lines = max(sum(1 + int(max(len(line) - 1, 0) // width) for line in str(cell.value or "").split("\n")) for cell, width in zip(cells, widths))
        if lines > 1:
            page.row_dimensions[cells[0].row].height = LINE * lines


def _headings(page: Worksheet, table: Table) -> None:
    for number, field in enumerate(table.fields, start=1):
        cell = page.cell(1, number)
        put_text(cell, field.name)
        cell.style = "planning heading"
        cell.comment = Comment(workbook_text.note(field, key=field.name in table.key), "planning", height=170, width=320)


def put(cell: Cell, field: Field, text: str, *, key: bool) -> None:
    """Put a plan's text into a cell in its type; text is never taken for a formula."""
    held = value(field, text)
    cell.style = f"planning key {field.type}" if key else f"planning {field.type}"
    if isinstance(held, str):
        put_text(cell, held)
        if FORMATS[field.type] != "@":
            cell.number_format = "@"
        if TAKEN_FOR_MORE.match(held):
            cell.quotePrefix = True
    elif held is not None:
        cell.value = held
        if field.type == "date":
            cell.number_format = FORMATS["date"]


def shut(page: Worksheet) -> None:
    """Protect a sheet without a password: locked cells cannot be changed by accident, looks and widths can."""
    page.protection.sheet = True
    page.protection.formatCells = page.protection.formatColumns = page.protection.formatRows = False
    page.protection.insertRows = page.protection.deleteRows = page.protection.sort = page.protection.autoFilter = False


def drop_down(table: Table, field: Field, found: dict[str, Sheet], long: dict[tuple[str, str], str]) -> DataValidation | None:
    """The drop-down of a column: its choices, true and false, or the ids of the table that it refers to."""
    if field.refers:
        target = found[field.refers]
        letter = get_column_letter(target.table.columns.index(target.table.id) + 1)
        ids = f"'{field.refers}'!${letter}$2:${letter}${len(target.rows) + 1 + ROOM}"
        formula = f"OFFSET('{field.refers}'!${letter}$2,0,0,MAX(1,COUNTA({ids})),1)"
    elif field.choices:
        formula = long.get((table.name, field.name)) or f'"{",".join(field.choices)}"'
    elif field.type == "boolean":
        formula = '"true,false"'
    else:
        return None
    rule = DataValidation(type="list", formula1=formula, allow_blank=True, showErrorMessage=True)
    rule.errorTitle, rule.error = field.title, workbook_text.refusal(field)
    return rule


def _choices(made: Workbook) -> dict[tuple[str, str], str]:
    """The lists that are too long for a drop-down itself, in a hidden sheet: where each stands."""
    page = made.create_sheet(CHOICES)
    page.sheet_state = "veryHidden"
    long = [(table.name, field) for table in (schema.facts(), *schema.tables().values()) for field in table.fields if len(",".join(field.choices)) > DROPPED]
    places = {}
    for number, (name, field) in enumerate(long, start=1):
        for row, choice in enumerate(field.choices, start=1):
            put_text(page.cell(row, number), choice)
        letter = get_column_letter(number)
        places[name, field.name] = f"'{CHOICES}'!${letter}$1:${letter}${len(field.choices)}"
    return places


def _plan_sheet(page: Worksheet, given: dict[str, str]) -> None:
    """The facts of plan.toml, one a row, with only the values open."""
    for number, heading in enumerate(("field", "value", "what it is", "allowed"), start=1):
        put_text(page.cell(1, number), heading)
        page.cell(1, number).style = "planning heading"
    for row, field in enumerate(schema.facts().fields, start=2):
        for number, text in ((1, field.name), (3, workbook_text.described(field)), (4, allowed(field))):
            put_text(page.cell(row, number), str(text))
            page.cell(row, number).style = "planning key string"
        put(page.cell(row, 2), field, given.get(field.name, ""), key=False)
        page.cell(row, 2).alignment = Alignment(horizontal="left", vertical="top", wrap_text=True)
        if rule := drop_down(schema.facts(), field, {}, {}):
            rule.add(f"B{row}")
            page.add_data_validation(rule)
    for letter, width in zip("ABCD", (20, 34, 60, 40)):
        page.column_dimensions[letter].width = width
    _heights(page)
    page.freeze_panes = "B2"
    shut(page)


def _width(field: Field, cells: list[str]) -> int:
    longest = max((len(line) for cell in cells for line in cell.split("\n")), default=0)
    return max(len(field.name) + 3, min(longest + 2, 60), 10)
