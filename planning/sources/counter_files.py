"""COUNTER files as they come: text in tabs or commas, sheets of a workbook, or SUSHI JSON."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import dataclass
from pathlib import Path

from planning.model.errors import PlanningError, UsageError, nearest
from planning.sources import grids

MARKS = "\t,;|"
csv.field_size_limit(2**31 - 1)


@dataclass(frozen=True)
class Sheet:
    """A table of text cells: the name to call it by, and its rows, blank ones as empty lists."""

    name: str
    rows: list[list[str]]


def normal(text: object) -> str:
    """A heading in the one form in which headings are compared.

    >>> normal("Reporting_ Period_Total"), normal(" Metric Type"), normal(None)
    ('reporting_period_total', 'metric_type', '')
    """
    return re.sub(r"[\s_]+", "_", str(text or "").strip()).lower()


def column_row(rows: list[list[str]]) -> int | None:
    """The place of the row of column headings, found by what it holds; None where there is none."""
    for place, row in enumerate(rows[:200]):
        if {"platform", "metric_type"} <= {normal(cell) for cell in row}:
            return place
    return None


def contents(path: Path, sheet: str = "") -> list[Sheet] | object:
    """A file's tables, or what its JSON holds; raises PlanningError when it can be neither, UsageError for a sheet that is not there."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise PlanningError("{file} cannot be opened: {why}. Check the name, and that you may read it.", file=path.name, why=error.strerror) from error
    if raw.startswith(b"PK\x03\x04"):
        return _workbook(path, sheet)
    if raw.startswith((b"\xd0\xcf\x11\xe0", b"%PDF")):
        raise PlanningError("{file} is an old workbook or a PDF, not a COUNTER report that can be read. Save it as .xlsx, or ask the publisher for TSV or JSON.", file=path.name)
    text = grids.decoded(raw)
    begin = text.lstrip()[:1]
    if not begin:
        raise PlanningError("{file} is an empty file. Download the report again.", file=path.name)
    if sheet:
        raise UsageError("--sheet {sheet}: {file} is no workbook. Leave --sheet out.", sheet=sheet, file=path.name)
    if begin in "{[":
        return _json(path.name, text)
    if begin == "<":
        raise _marked_up(path.name, text)
    return [Sheet(path.name, _rows(path.name, text))]


def _json(name: str, text: str) -> object:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise PlanningError("{file} begins like JSON but breaks off or is broken at line {line}. Download the report again.", file=name, line=error.lineno) from error


def _marked_up(name: str, text: str) -> PlanningError:
    if "counter" in text[:5000].lower() and "<html" not in text[:5000].lower():
        return PlanningError("{file} is XML, the form of COUNTER Release 4. Ask the publisher for a report of Release 5.1 as TSV, XLSX or JSON.", file=name)
    return PlanningError("{file} is a web page or XML, not a COUNTER report; perhaps a sign-in page was saved. Download the report again.", file=name)


def _rows(name: str, text: str) -> list[list[str]]:
    """The rows of a text; a quotation mark that opens a cell and is never closed counts as a letter where cells are parted by tabs."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    head = next((line for line in lines.splitlines()[:200] if "metric_type" in normal(line) and "platform" in line.lower()), lines.splitlines()[0])
    mark = max(MARKS, key=head.count)
    rows = list(csv.reader(io.StringIO(lines, newline=""), delimiter=mark))
    swallowed = next((place for place, row in enumerate(rows, start=1) for cell in row if "\n" in cell and re.search(rf"\n[^\n]*{re.escape(mark)}", cell)), None)
    if swallowed is not None and mark != "\t":
        raise PlanningError("{file}, row {row}: a quotation mark is never closed, and a cell swallowed the rows after it. Mend it in a spreadsheet, or ask for TSV or JSON.",
                            file=name, row=swallowed)
    if swallowed is not None:
        rows = [line.split("\t") for line in lines.split("\n")]
    return [[cell.strip() for cell in row] for row in rows]


def _workbook(path: Path, wanted: str) -> list[Sheet]:
    """The sheets of a workbook that hold a report: the one wanted, or all that have COUNTER's columns."""
    sheets = list(grids.of_workbook(path))
    names = [name for name, _ in sheets]
    if wanted and wanted not in names:
        close = nearest(wanted, names)
        hint = f"Did you mean {close}?" if close else f"It has: {', '.join(names)}."
        raise UsageError("--sheet {wanted}: {file} has no such sheet. {hint}", wanted=wanted, file=path.name, hint=hint)
    found = [(name, rows) for name, rows in sheets if (name == wanted if wanted else column_row(rows) is not None or len(sheets) == 1)]
    if not found:
        raise PlanningError("{file}: none of its sheets ({names}) has the columns of a COUNTER report, Platform and Metric_Type. Give the workbook that the publisher sent.",
                            file=path.name, names=", ".join(names))
    return [Sheet(path.name if len(found) == 1 else f"{path.name} ({name})", rows) for name, rows in found]
