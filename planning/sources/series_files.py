"""A sheet of figures as rows of text, whatever program wrote it: CSV in any form, TSV, or the first sheet of a workbook."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

from planning.model.errors import PlanningError
from planning.sources import grids

MARKS = (",", ";", "\t", "|")


def rows_of(path: Path) -> list[list[str]]:
    """The rows of a file as stripped text; raises PlanningError when it is empty or not a sheet."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise PlanningError("{file} cannot be opened: {why}. Check the name, and that you may read it.", file=path.name, why=error.strerror) from error
    if raw.startswith(b"PK\x03\x04"):
        return next(grids.of_workbook(path))[1]
    if raw.startswith((b"\xd0\xcf\x11\xe0", b"%PDF")):
        raise PlanningError("{file} is an old workbook or a PDF. Save the sheet as .xlsx or as CSV.", file=path.name)
    text = grids.decoded(raw)
    if text.lstrip()[:1] == "<":
        raise PlanningError("{file} is a web page or XML, perhaps a sign-in page that was saved. Save the sheet as .xlsx or as CSV.", file=path.name)
    if not text.strip():
        raise PlanningError("{file} is empty. Save the sheet again.", file=path.name)
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return [[cell.strip() for cell in row] for row in csv.reader(io.StringIO(lines, newline=""), delimiter=_mark(lines))]


def _mark(text: str) -> str:
    """The mark between cells: the one that stands most evenly outside quotation marks in the first lines."""
    lines = [re.sub(r'"[^"]*"', "", line) for line in text.splitlines() if line.strip()][:20]
    counts = {mark: sorted(line.count(mark) for line in lines)[len(lines) // 2] for mark in MARKS}
    return max(MARKS, key=lambda mark: counts[mark])
