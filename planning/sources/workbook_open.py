"""A workbook as it comes back: whether it is one at all, which sheet is which table, and what no table can hold."""

from __future__ import annotations

import re
import warnings
import zipfile
import zlib
from pathlib import Path

from openpyxl import Workbook, load_workbook
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.worksheet import Worksheet

from planning.model import schema
from planning.model.errors import PlanningError, Problem, Words, nearest
from planning.sources.workbook_out import CHOICES
from planning.sources.workbook_state import PLAN, STATE
from planning.sources.workbook_text import READ_ME

LARGEST = 1_000_000_000
"""Bytes to which a workbook may unpack."""
COPY = re.compile(r"( \(\d+\)|_\d+)$")
OWN = (READ_ME, CHOICES, STATE)
BROKEN = (KeyError, ValueError, TypeError, AttributeError, IndexError, EOFError, OSError, SyntaxError, NotImplementedError, zlib.error, zipfile.BadZipFile, InvalidFileException)
SAVE_AS = "Open it in the program that made it and save it as Excel Workbook (.xlsx)."


def opened(path: Path) -> Workbook:
    """The workbook in a file; raises PlanningError, with what to do, for a file that is none."""
    if path.is_dir() or not path.exists():
        raise PlanningError("There is no file {file}. Check the spelling.", file=path)
    found = _other_kind(path)
    if found:
        raise PlanningError("{file} is {found}, not a workbook (.xlsx). {action}", file=path.name, found=found[0], action=found[1])
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return load_workbook(path)
    except BROKEN as error:
        raise PlanningError("{file} cannot be read as a workbook; it seems to be damaged ({error}). Open it in Excel or LibreOffice, let it be repaired, and save it anew.",
                            file=path.name, error=error) from error


def _other_kind(path: Path) -> tuple[Words, Words] | None:
    """What a file is that is not an .xlsx workbook, and what to do; None for one that seems to be."""
    with path.open("rb") as file:
        start = file.read(8)
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        if "EncryptedPackage".encode("utf-16-le") in path.read_bytes():
            return Words("protected by a password"), Words("Open it, take the password off (File, Info, Protect Workbook), and save it.")
        return Words("an old Excel workbook (.xls)"), Words(SAVE_AS)
    if not zipfile.is_zipfile(path):
        empty = not path.stat().st_size
        return Words("an empty file" if empty else "another kind of file"), Words("Send the file that planning export workbook wrote, saved as Excel Workbook (.xlsx).")
    with zipfile.ZipFile(path) as held:
        names = held.namelist()
        if "mimetype" in names and held.read("mimetype").startswith(b"application/vnd.oasis.opendocument"):
            return Words("an OpenDocument file (.ods)"), Words(SAVE_AS)
        if sum(part.file_size for part in held.infolist()) > LARGEST:
            return Words("larger than 1 GB when unpacked"), Words("Remove what does not belong to the plan, and save it.")
        if "xl/workbook.xml" not in names:
            return Words("a zip file without a workbook in the form of .xlsx"), Words(SAVE_AS)
    return None


def pages(book: Workbook) -> tuple[dict[str, Worksheet], list[Problem]]:
    """The sheets by table (and the facts as `plan`), and the problems of sheets that stand for none or twice."""
    names, found, problems = [PLAN, *schema.tables()], {}, []
    own = [name.lower() for name in OWN]
    for page in book.worksheets:
        title = page.title.strip()
        name = title.lower() if title.lower() in names else COPY.sub("", title).lower()
        if title.lower() in own or (name not in names and _blank(page)):
            continue
        if name in names and name not in found and (title.lower() == name or name not in map(str.lower, book.sheetnames)):
            found[name] = page
        else:
            problems.append(_stranger(title, name, [one for one in names if one not in found], twice=name in names))
    for name, page in found.items():
        problems += shape_problems(page, name)
    return found, problems


def _stranger(title: str, name: str, names: list[str], *, twice: bool) -> Problem:
    where = Words("sheet {sheet}", sheet=title)
    if twice:
        return Problem(where, None, None, Words("found a second sheet of {name}", name=name), "one sheet a table", "Bring the rows together in one sheet and remove the other.")
    close = nearest(title, names)
    action = Words("Did you mean {close}?", close=close) if close else "Remove the sheet, or rename it."
    return Problem(where, None, None, "found a sheet that no plan has", "the sheets that planning export workbook writes", action)


def _blank(page: Worksheet) -> bool:
    return all(cell is None for row in page.iter_rows(values_only=True) for cell in row)


def shape_problems(page: Worksheet, name: str) -> list[Problem]:
    """Merged cells and pictures, which no table can hold."""
    where = Words("sheet {sheet}", sheet=name)
    merged = [Problem(where, span.min_row, _heading(page, span.min_col), Words("found the merged cells {span}", span=span.coord), "one value a cell",
                      "Take the merging back (Home, Merge and Center) and fill each cell.") for span in page.merged_cells.ranges]
    corners = [image.anchor._from for image in page._images if hasattr(image.anchor, "_from")]  # noqa: SLF001 - openpyxl has no other way to a picture
    return merged + [Problem(where, corner.row + 1, _heading(page, corner.col + 1), "found a picture", "text, numbers and dates in cells",
                             "Type what it shows into the cells, and remove the picture.") for corner in corners]


def _heading(page: Worksheet, column: int) -> str:
    found = page.cell(1, column)
    return str(found.value or found.column_letter)
