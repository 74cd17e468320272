"""Sheets of other people's files as rows of text, whatever program wrote them."""

from __future__ import annotations

import datetime as dt
import zipfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from planning.model.errors import PlanningError


def decoded(raw: bytes) -> str:
    """The text of a file in UTF-8, UTF-16 or the older Windows form.

    >>> decoded("styczeń".encode("utf-8-sig")), decoded("Málaga".encode("cp1252"))
    ('styczeń', 'Málaga')
    """
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16", errors="replace")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")


def of_workbook(path: Path) -> Iterator[tuple[str, list[list[str]]]]:
    """Each sheet of a workbook: its name and its rows, blank ones empty; raises PlanningError for a file that is none."""
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except (InvalidFileException, KeyError, OSError, ValueError, zipfile.BadZipFile) as error:
        raise PlanningError("{file} is a zip or a broken workbook. Unpack it and give the files in it, or save it again as .xlsx.", file=path.name) from error
    with closing(book):
        for sheet in book.worksheets:
            sheet.reset_dimensions()
            rows = [[_cell(value) for value in row] for row in sheet.iter_rows(values_only=True)]
            yield sheet.title, [row if any(row) else [] for row in rows]


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, dt.datetime | dt.date):
        return value.isoformat()[:10]
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value).strip()
