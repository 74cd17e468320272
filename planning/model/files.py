"""Plain files of a plan: rows out of a CSV, and files written whole or not at all."""

from __future__ import annotations

import csv
import io
import os
import tempfile
from collections.abc import Iterable
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock

from planning.model.errors import Problem

SAVE_AGAIN = "Save it again as 'CSV UTF-8 (comma delimited)'."
SEPARATORS = {";": "semicolons", "\t": "tabs", "|": "bars"}


def text_of(path: Path) -> tuple[str, list[Problem]]:
    """The text of a file in UTF-8, or the problem that keeps it from being read."""
    raw = path.read_bytes()
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in raw[:200]:
        return "", [_file_problem(path, "text saved as UTF-16", "text saved as UTF-8")]
    try:
        return raw.decode("utf-8-sig"), []
    except UnicodeDecodeError as error:
        row = raw[: error.start].count(b"\n") + 1
        found = "a letter that is not UTF-8; the file was probably saved in the older Windows form (cp1252)"
        return "", [_file_problem(path, found, "text saved as UTF-8", row)]


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
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error:
        return [], [_file_problem(path, "a quotation mark that is never closed", "every quoted cell closed",
                                  action="Open the file in a spreadsheet, look for a cell that swallowed others, and save it again.")]
    stripped = [[cell.strip() for cell in row] for row in rows]
    return [row if any(row) else [] for row in stripped], []


def _separator_problem(path: Path, headings: str) -> Problem | None:
    for mark, name in SEPARATORS.items():
        if mark in headings and "," not in headings:
            return _file_problem(path, f"columns separated by {name}", "columns separated by commas", 1)
    return None


def _file_problem(path: Path, found: str, allowed: str, row: int | None = None, action: str = SAVE_AGAIN) -> Problem:
    return Problem(path.name, row, None, "found " + found, allowed, action)


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
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(path.stat().st_mode & 0o777 if path.exists() else 0o644)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


@contextmanager
def locked(folder: Path, seconds: float = 30):
    """Hold a plan's folder for writing, so that two people at once never lose a row."""
    with FileLock(folder / ".planning.lock", timeout=seconds):
        yield
