"""Cells of a plan's workbook: what goes into one, and what comes out of it again, without loss or guess."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from typing import NamedTuple

from openpyxl import Workbook
from openpyxl.cell.cell import Cell

from planning.model.cells import NUMBER, day_of, meant, plain
from planning.model.errors import Words
from planning.model.schema import Field

STAMP = (1980, 1, 1, 0, 0, 0)
AGREED = dt.date(1900, 3, 1)
"""The first day on which Excel and LibreOffice count alike; earlier days are written as text."""
LONGEST = 32767
"""Letters that a cell of a workbook holds."""
EXACT = 1e15
"""From here on a workbook's number has lost digits."""
ESCAPED = re.compile(r"(?=_x[0-9A-Fa-f]{4}_)")
SHIELD = re.compile(r"_x005F(?=_x[0-9A-Fa-f]{4}_)")
THOUSANDS = re.compile(r"[+-]?\d{1,3}\.\d{3}")
FORMATS = {"string": "@", "boolean": "@", "integer": "0", "number": "General", "date": "yyyy-mm-dd"}
AS_VALUE = "Copy the cell and paste it in place as a value (Paste Special, Values); a text that begins with = goes into a cell formatted as text."


class Reading(NamedTuple):
    """What a cell holds, as a plan's text; or what is wrong with it and what to do; `loose` when a number or day stood there as text."""

    text: str
    found: str = ""
    action: str = ""
    loose: bool = False


def value(field: Field, text: str) -> str | int | float | dt.date | None:
    """What goes into the workbook's cell for a plan's text; nothing for a missing one.

    >>> value(Field("weight", "Weight", "number", ""), "0.50"), value(Field("id", "Id", "string", ""), "007")
    (0.5, '007')
    """
    text = meant(field, text)
    if not text:
        return None
    if field.type in ("number", "integer") and NUMBER.fullmatch(text):
        number = float(text)
        return int(number) if number.is_integer() else number
    if field.type == "date" and (day := day_of(text)) and day >= AGREED:
        return day
    return ESCAPED.sub("_x005F", text)


def put_text(cell: Cell, text: str) -> None:
    """Put text into a cell, never a formula or an error."""
    cell.value = text
    cell.data_type = "s"


def reading(cell: Cell, field: Field) -> Reading:
    """A workbook's cell as the text of a plan's column, or what is wrong with it."""
    found = cell.value
    if found is None:
        return Reading("")
    if cell.data_type == "f":
        formula = found if isinstance(found, str) else getattr(found, "text", None) or "="
        return Reading("", Words("found the formula {formula}", formula=formula), AS_VALUE)
    if cell.data_type == "e":
        return Reading("", Words("found {error}, what a formula leaves that cannot be worked out", error=found), "Put the value itself there, or empty the cell.")
    if isinstance(found, str):
        return _of_text(found, field)
    if isinstance(found, bool):
        return _of_truth(found, field)
    if isinstance(found, dt.date | dt.time | dt.timedelta):
        return _of_day(found, field)
    return _of_number(found, field, "%" in (cell.number_format or ""))


def _of_text(found: str, field: Field) -> Reading:
    text = meant(field, SHIELD.sub("", found).replace("_x000D_\n", "\n"))
    if field.type in ("number", "integer") and THOUSANDS.fullmatch(found.strip()):
        action = "Format the cell as a number and type it anew."
        return Reading("", Words("found {text} as text, which some read as thousands and others as decimals", text=found.strip()), action)
    as_number = field.type in ("number", "integer") and bool(NUMBER.fullmatch(text))
    day = day_of(text) if field.type == "date" else None
    return Reading(text, loose=as_number or bool(day and day >= AGREED))


def _of_truth(found: bool, field: Field) -> Reading:
    text = str(found).lower()
    if field.type == "boolean":
        return Reading(text)
    return Reading("", Words("found {text} as a truth value", text=text.upper()), "Format the cell as what it should hold, and type it anew.")


def _of_number(found: float, field: Field, percent: bool) -> Reading:
    text = plain(float(found))
    if field.type == "date":
        return Reading("", Words("found the number {text}", text=text), "Format the cell as a date, and see that it shows the day that you mean.")
    if field.type == "boolean":
        return Reading({"1": "true", "0": "false"}.get(text, text))
    if field.type == "string":
        if abs(found) >= EXACT:
            action = "Format the cell as text, then type all digits anew."
            return Reading("", Words("found {text}, a number so long that a spreadsheet drops its last digits", text=text), action)
        return Reading(text)
    if percent and not is_share(field):
        action = "Format the cell as a number, and see that it shows the figure that you mean."
        return Reading("", Words("found {shown}%, which the cell holds as {text}", shown=plain(found * 100), text=text), action)
    return Reading(text)


def _of_day(found: dt.date | dt.time | dt.timedelta, field: Field) -> Reading:
    if not isinstance(found, dt.date):
        return Reading("", "found a time without a day, as a date of 0 leaves it (1900-01-00)", "Put the day there, or empty the cell.")
    day = found.date() if isinstance(found, dt.datetime) else found
    if field.type != "date":
        action = "The spreadsheet took it for a date: format the cell as text or number, and type it anew."
        return Reading("", Words("found the date {day}", day=day.isoformat()), action)
    if day < AGREED:
        action = "Format the cell as text and write the day as year, month and day, such as 1899-12-31."
        return Reading("", Words("found a date before March 1900 ({day}), where spreadsheets disagree", day=day.isoformat()), action)
    if isinstance(found, dt.datetime) and found.time() != dt.time():
        return Reading("", Words("found a day with a time ({text})", text=found.isoformat(" ", "minutes")), "Write the day alone.")
    return Reading(day.isoformat())


def is_share(field: Field) -> bool:
    """Whether a column holds shares from 0 to 1, which a spreadsheet may show as per cent."""
    return field.constraints.get("maximum") == 1 or "share" in field.unit


def packed(made: Workbook, day: str) -> bytes:
    """A workbook's bytes with a day of ours, such as 2026-06-30T00:00:00Z, in place of the clock's, so that the same content gives the same bytes."""
    first, second = io.BytesIO(), io.BytesIO()
    made.save(first)
    with zipfile.ZipFile(first) as source, zipfile.ZipFile(second, "w", zipfile.ZIP_DEFLATED) as target:
        for part in source.infolist():
            data = source.read(part)
            if part.filename == "docProps/core.xml":
                data = re.sub(rb"\d{4}-\d\d-\d\dT[\d:.]+Z?", day.encode(), data)
            target.writestr(zipfile.ZipInfo(part.filename, STAMP), data, zipfile.ZIP_DEFLATED)
    return second.getvalue()
