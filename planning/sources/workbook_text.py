"""The words in a plan's workbook: its first sheet, the notes on headings, and what a drop-down says."""

from __future__ import annotations

from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.worksheet import Worksheet

from planning.model.cells import allowed
from planning.model.errors import Words
from planning.model.schema import Field
from planning.sources.workbook_cells import put_text

READ_ME = "Read me"
SHOWN = 225
"""Letters that a spreadsheet shows in an error's box."""
LINES = (
    ("What this is", "The whole plan of {library}: the sheet plan holds its facts, and every other sheet is one table. The first row of a sheet holds the headings; "
                     "a note on each says what the column holds."),
    ("How to fill it in", "Write into the white cells and the empty rows below. Many cells have a list to choose from; an id that another sheet should offer is added there first. "
                          "Leave a cell empty when the figure is not known: missing is not zero. Shares run from 0 to 1. A text that begins with = stays text."),
    ("What is locked", "Headings and, in rows that stand already, the columns that tell rows apart. To remove such a row, or change its id, unprotect the sheet first: "
                       "in Excel under Review, Unprotect Sheet; in LibreOffice under Tools, Protect Sheet. There is no password."),
    ("What counts", "The workbook is the whole plan: a row that is removed here is removed from the plan when the workbook comes back. A sheet that is removed leaves its table as it is. "
                    "The order of rows, sheets and columns does not matter. Formulas, pictures, merged cells and sheets of your own are refused."),
    ("How to send it back", "Save it as Excel Workbook (.xlsx), see first what would change, then bring it in:"),
    ("", "planning import workbook FILE.xlsx --into DIR --dry-run"),
    ("", "planning import workbook FILE.xlsx --into DIR"),
    ("When the plan moved on", "Rows that changed in the plan meanwhile stay as the plan has them. A row that was changed in both is refused, with its place."),
)


def read_me(page: Worksheet, library: str) -> None:
    """Fill the first sheet."""
    page.title = READ_ME
    for row, (head, text) in enumerate(LINES, start=1):
        for number, words in ((1, head), (2, text.replace("{library}", library))):
            cell = page.cell(row, number)
            if words:
                put_text(cell, words)
            cell.alignment = Alignment(vertical="top", wrap_text=True)
            cell.font = Font(name="Calibri", size=11, bold=number == 1)
        page.row_dimensions[row].height = 15 * (1 + len(text) // 95)
    page.column_dimensions["A"].width, page.column_dimensions["B"].width = 24, 100


def note(field: Field, *, key: bool) -> str:
    """The note on a heading: title, what it holds, unit, what is allowed."""
    lines = [field.title, described(field), Words("Allowed: {allowed}.", allowed=_allowed(field))]
    if field.unit:
        lines.append(Words("Unit: {unit}.", unit=field.unit))
    if key:
        lines.append("Tells the rows apart; locked in rows that stand already.")
    lines.append("Required." if field.required else "May stay empty.")
    return "\n".join(lines)


def described(field: Field) -> str:
    """What a column or field holds, with its unit and what counts when it is left out."""
    usual = Words(" If left out: {usual}.", usual=str(field.default).lower()) if field.default is not None else ""
    return field.description + usual


def refusal(field: Field) -> str:
    """What a drop-down says to a word that it does not offer."""
    text = Words("Choose from the list: {allowed}.", allowed=", ".join(field.choices) or _allowed(field))
    return text if len(text) <= SHOWN else "Choose one of the words in the list."


def _allowed(field: Field) -> str:
    return Words("an id that stands in the sheet {sheet}", sheet=field.refers) if field.refers else "true or false" if field.type == "boolean" else allowed(field)
