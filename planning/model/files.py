"""Plain files of a plan: rows out of a CSV, and files written whole or not at all."""

from __future__ import annotations

import csv
import io
import os
import re
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from planning.model.errors import Problem, Words

SAVE_AGAIN = "Save it again as 'CSV UTF-8 (comma delimited)'."
CLEAN = "Retype the text around it; it often comes along when text is copied from another program."
OTHERS = {b"PK\x03\x04": "a workbook or zip file under the name of a table", b"\xd0\xcf\x11\xe0": "an old Excel workbook under the name of a table",
          b"%PDF": "a PDF under the name of a table"}
UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
SEPARATORS = {";": "semicolons", "\t": "tabs", "|": "bars"}


def text_of(path: Path, again: str = SAVE_AGAIN) -> tuple[str, list[Problem]]:
    """The text of a file in UTF-8, or the problem that keeps it from being read; `again` says how to save it."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        found = "a folder" if path.is_dir() else Words("a file that cannot be opened ({why})", why=error.strerror)
        return "", [_file_problem(path, found, "a file that can be read", action="Put the file itself there, and see that you may read it.")]
    for start, found in OTHERS.items():
        if raw.startswith(start):
            return "", [_file_problem(path, found, "plain text", action=again)]
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in raw[:2]:
        return "", [_file_problem(path, "text saved as UTF-16", "text saved as UTF-8", action=again)]
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = raw[: error.start].count(b"\n") + 1
        found = "a letter that is not UTF-8; the file was probably saved in the older Windows form (cp1252)"
        return "", [_file_problem(path, found, "text saved as UTF-8", row, again)]
    if unseen := UNSEEN.search(text):
        row = text[: unseen.start()].count("\n") + 1
        return "", [_file_problem(path, Words("a control character ({code})", code=f"U+{ord(unseen[0]):04X}"), "text that can be seen", row, CLEAN)]
    return text, []


def rows_of(path: Path) -> tuple[list[list[str]], list[Problem]]:
    """The rows of a CSV file as stripped text, headings first, or the problem that keeps it from being read.

    Blank rows stay in their place as empty lists, so that row numbers agree with a spreadsheet's.
    """
    text, problems = text_of(path)
    if problems:
        return [], problems
    if not text.strip():
        return [], [_file_problem(path, "an empty file", "at least the row of headings",
                                  action="Start again from data/templates, or remove the file.")]
    if problem := _separator_problem(path, text.splitlines()[0]):
        return [], [problem]
    rows = []
    try:
        rows.extend([cell.strip() for cell in row] for row in csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error as error:
        return [], [_quotation_problem(path, str(error), len(rows) + 1)]
    return _trimmed(rows), []


def _trimmed(rows: list[list[str]]) -> list[list[str]]:
    """The rows without the empty columns that a spreadsheet can leave at the right, blank rows as empty lists."""
    width = max((place for row in rows for place, cell in enumerate(row, start=1) if cell), default=0)
    return [row[:width] if any(row) else [] for row in rows]


def _quotation_problem(path: Path, error: str, row: int) -> Problem:
    if "expected after" in error:
        action = "Write a quotation mark inside a quoted cell twice, or save the file from a spreadsheet."
        return _file_problem(path, "a quotation mark inside a quoted cell", "quotation marks around a whole cell", row, action)
    action = "Open the file in a spreadsheet, look for a cell that swallowed others, and save it again."
    return _file_problem(path, "a quotation mark that is never closed", "every quoted cell closed", row, action)


def _separator_problem(path: Path, headings: str) -> Problem | None:
    for mark, name in SEPARATORS.items():
        if headings.count(mark) > headings.count(","):
            return _file_problem(path, Words("columns separated by {name}", name=Words(name)), "columns separated by commas", 1)
    return None


def _file_problem(path: Path, found: str, allowed: str, row: int | None = None, action: str = SAVE_AGAIN) -> Problem:
    return Problem(path.name, row, None, Words("found {what}", what=found if isinstance(found, Words) else Words(found)), allowed, action)


def csv_text(columns: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    """Columns and rows as CSV text with plain line ends.

    >>> csv_text(["goal", "weight"], [["G1", 0.5]])
    'goal,weight\\nG1,0.5\\n'
    """
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(list(columns))
    writer.writerows(list(row) for row in rows)
    return buffer.getvalue()


def write_text(path: Path, text: str) -> None:
    """Write a text file whole: after a crash the old file or the new one is there, never half of it."""
    write_bytes(path, text.encode("utf-8"))


def write_bytes(path: Path, data: bytes) -> None:
    """Write a file whole: after a crash the old file or the new one is there, never half of it."""
    write_together({path: data})


def write_together(files: Mapping[Path, bytes]) -> None:
    """Write several files, all of them or none: each is written beside its place before any is put there.

    When one cannot be put in place, those that were are set back to what they held.
    """
    beside: dict[Path, Path] = {}
    before: dict[Path, bytes | None] = {}
    try:
        for path, data in files.items():
            _write_beside(path, data, beside)
        for path, temporary in beside.items():
            held = path.read_bytes() if path.exists() else None
            temporary.replace(path)
            before[path] = held
    except BaseException:
        for path, held in before.items():
            if held is None:
                path.unlink(missing_ok=True)
            else:
                path.write_bytes(held)
        raise
    finally:
        for temporary in beside.values():
            temporary.unlink(missing_ok=True)


def _write_beside(path: Path, data: bytes, beside: dict[Path, Path]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    beside[path] = Path(name)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    beside[path].chmod(path.stat().st_mode & 0o777 if path.exists() else 0o644)
