"""A sheet of figures as rows of text, whatever program wrote it: CSV in any form, TSV, or the first sheet of a workbook."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import zipfile
from pathlib import Path

from planning.model.errors import PlanningError

MARKS = (",", ";", "\t", "|")


def rows_of(path: Path) -> list[list[str]]:
    """The rows of a file as stripped text; raises PlanningError when it is empty or not a sheet."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise PlanningError("{file} cannot be opened: {why}. Check the name, and that you may read it.", file=path.name, why=error.strerror) from error
    if raw.startswith(b"PK\x03\x04"):
        return _workbook(path)
    if raw.startswith((b"\xd0\xcf\x11\xe0", b"%PDF")):
        raise PlanningError("{file} is an old workbook or a PDF. Save the sheet as .xlsx or as CSV.", file=path.name)
    text = _text(raw)
    if not text.strip():
        raise PlanningError("{file} is empty. Save the sheet again.", file=path.name)
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return [[cell.strip() for cell in row] for row in csv.reader(io.StringIO(lines, newline=""), delimiter=_mark(lines))]


def _text(raw: bytes) -> str:
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")


def _mark(text: str) -> str:
    """The mark between cells: the one that stands most evenly outside quotation marks in the first lines."""
    lines = [re.sub(r'"[^"]*"', "", line) for line in text.splitlines() if line.strip()][:20]
    counts = {mark: sorted(line.count(mark) for line in lines)[len(lines) // 2] for mark in MARKS}
    return max(MARKS, key=lambda mark: counts[mark])


def _workbook(path: Path) -> list[list[str]]:
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        sheet = load_workbook(path, read_only=True, data_only=True).worksheets[0]
    except (InvalidFileException, KeyError, IndexError, OSError, zipfile.BadZipFile) as error:
        raise PlanningError("{file} is not a workbook that can be read. Save the sheet as CSV.", file=path.name) from error
    return [[_cell(value) for value in row] for row in sheet.iter_rows(values_only=True)]


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, dt.datetime | dt.date):
        return value.isoformat()[:10]
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value).strip()
