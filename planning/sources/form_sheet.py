"""The sheet into which paper forms are typed: one row a form, one column a question, with the codes that are allowed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from planning.sources.workbook_cells import packed, put_text

ROOM = 1000
"""Rows that are ready for forms."""
LONGEST = 255
"""Letters that a drop-down holds in itself."""
HEADING = {"font": Font(name="Calibri", size=11, bold=True), "fill": PatternFill("solid", start_color="FFDCE6EC"), "alignment": Alignment(wrap_text=True, vertical="top")}
DAY = "date"

Question = tuple[str, str, tuple[tuple[str, str], ...]]


def book(title: str, questions: Iterable[Question], *, day: dt.date) -> bytes:
    """The sheet as the bytes of an .xlsx file.

    `questions` are (text, scale, options); options are (what is written down, what it means). The first
    column takes the day on which a form was filled in.
    """
    made = Workbook()
    page, key = made.active, made.create_sheet("codes")
    page.title, key.title = "answers", "codes"
    asked = list(questions)
    _texts(page, 1, [DAY, *[text for text, *_ in asked]])
    _texts(key, 1, ["column", "write", "meaning"])
    _dated(page)
    row = 2
    for number, (text, scale, options) in enumerate(asked, start=2):
        row = _column(page, key, number, text, scale, options, row)
    for sheet, wide in ((page, 18), (key, 42)):
        _dressed(sheet, wide)
    made.properties.creator, made.properties.title = "planning", title
    return packed(made, f"{day}T00:00:00Z")


def _texts(sheet: Worksheet, row: int, texts: list[str]) -> None:
    for number, text in enumerate(texts, start=1):
        put_text(sheet.cell(row, number), text)


def _dated(page: Worksheet) -> None:
    page.cell(1, 1).comment = Comment("The day on which the form was filled in, such as 2026-05-04.", "planning")
    for row in range(2, ROOM + 2):
        page.cell(row, 1).number_format = "yyyy-mm-dd"


def _column(page: Worksheet, key: Worksheet, number: int, text: str, scale: str, options: tuple[tuple[str, str], ...], row: int) -> int:
    """One question's column with its drop-down, and its codes in the sheet beside; returns the next free row there."""
    if not options:
        page.column_dimensions[get_column_letter(number)].width = 60
        return row
    for place, (code, meaning) in enumerate(options, start=row):
        _texts(key, place, [text, code, meaning])
        if code.isdigit():
            key.cell(place, 2).value = int(code)
    last = row + len(options) - 1
    allowed = DataValidation(type="list", formula1=f"codes!$B${row}:$B${last}", allow_blank=True, showErrorMessage=True)
    allowed.error = "Write one of the codes in the sheet codes, or leave the cell empty."
    allowed.add(f"{get_column_letter(number)}2:{get_column_letter(number)}{ROOM + 1}")
    page.add_data_validation(allowed)
    page.cell(1, number).comment = Comment("\n".join(f"{code}: {meaning}" if code != meaning else code for code, meaning in options)[:LONGEST], "planning")
    return last + 1


def _dressed(sheet: Worksheet, wide: int) -> None:
    for cell in sheet[1]:
        cell.font, cell.fill, cell.alignment = HEADING["font"], HEADING["fill"], HEADING["alignment"]
        letter = cell.column_letter
        if sheet.column_dimensions[letter].width < wide:
            sheet.column_dimensions[letter].width = wide
    sheet.freeze_panes = "B2" if sheet.title == "answers" else "A2"
