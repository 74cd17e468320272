"""A survey's export as rows of text: CSV in any form, or the first filled sheet of a workbook."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from planning.model.errors import PlanningError
from planning.sources import grids

MARKS = (",", ";", "\t", "|")
NAMES = {b"%PDF": "a PDF", b"\xd0\xcf\x11\xe0": "an old Excel workbook (.xls)", b"\x89PNG": "a picture", b"\xff\xd8\xff": "a picture", b"GIF8": "a picture"}
AGAIN = "Export the answers again as CSV or Excel (.xlsx)."
csv.field_size_limit(2**31 - 1)


def rows_of(path: Path) -> tuple[list[list[str]], list[str]]:
    """The rows of a file as stripped text, blank ones as empty lists, and what is to be told of the reading.

    Raises PlanningError for a file that is empty, cannot be opened, or is no table of text.
    """
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise PlanningError("{file} cannot be opened: {why}. Check the name, and that you may read it.", file=path.name, why=error.strerror) from error
    if raw.startswith(b"PK\x03\x04"):
        return _of_workbook(path)
    other = next((name for start, name in NAMES.items() if raw.startswith(start)), "")
    text = "" if other else grids.decoded(raw)
    begin = text.lstrip()[:1]
    if not other and begin in ("<", "{"):
        other = "a web page or XML, perhaps a sign-in page that was saved" if begin == "<" else "JSON"
    if not other and "\x00" in text:
        other = "no text"
    if other:
        raise PlanningError("{file} is not what its name says: it is {other}, not a table of answers. {again}", file=path.name, other=other, again=AGAIN)
    if not begin:
        raise PlanningError("{file} is empty. {again}", file=path.name, again=AGAIN)
    return _of_text(path.name, text.replace("\r\n", "\n").replace("\r", "\n")), []


def _of_workbook(path: Path) -> tuple[list[list[str]], list[str]]:
    filled = [(name, rows) for name, rows in grids.of_workbook(path) if any(rows)]
    if not filled:
        raise PlanningError("{file} is empty: none of its sheets holds a row. {again}", file=path.name, again=AGAIN)
    others = [name for name, _ in filled[1:]]
    told = [f"{path.name}: only the first sheet, {filled[0][0]}, was read; left out: {', '.join(others)}."] if others else []
    return [[" ".join(cell.split()) for cell in row] for row in filled[0][1]], told


def _of_text(name: str, text: str) -> list[list[str]]:
    mark = max(MARKS, key=lambda one: _evenness(text, one))
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=mark))
    width = max(len(row) for row in rows)
    for number, row in enumerate(rows, start=1):
        swallowed = [cell for cell in row if any(line.count(mark) >= max(width - 1, 2) for line in cell.split("\n")[1:])]
        if swallowed:
            raise PlanningError("{file}, row {row}: a quotation mark is never closed, and a cell swallowed the rows after it. "
                                "Mend it in a spreadsheet and save the file again as CSV UTF-8.", file=name, row=number)
    stripped = [[" ".join(cell.split()) for cell in row] for row in rows]
    return [row if any(row) else [] for row in stripped]


def _evenness(text: str, mark: str) -> float:
    """How well a mark parts the first rows: the number of cells, counted where rows have as many as most do."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark)
    widths = [len(row) for row, _ in zip(reader, range(60)) if row]
    usual = max(sorted(set(widths), reverse=True), key=widths.count)
    return (usual - 1) * widths.count(usual) / len(widths)
