"""Files of the Public Libraries Survey as they are downloaded: which kind, which year, which letters.

A download is a CSV in Windows letters (cp1252) or UTF-8, or a zip of several such files.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from pathlib import Path, PurePosixPath

import pandas as pd

from planning.model.errors import PlanningError

_YEAR_IN_NAME = (
    re.compile(r"fy[ _-]?(\d{4}|\d{2})(?!\d)", re.IGNORECASE),
    re.compile(r"(?:pupld[a-z]?|pud)[ _-]?(\d{4}|\d{2})(?!\d)", re.IGNORECASE),
)
_FIRST_SURVEY = 88

_DESCRIPTIONS = {
    "outlet": "an outlet file of the Public Libraries Survey, one row a branch",
    "state": "a state file of the Public Libraries Survey, one row a state",
    "other": "not a library file of the Public Libraries Survey: it lacks FSCSKEY, LIBNAME or POPU_LSA",
}


def table(path: str | Path) -> tuple[pd.DataFrame, list[str]]:
    """The library file at `path` as text, cell by cell, and the names that may hold its year.

    A zip is searched for the one file with a row a library; where the original and the completed
    (imputed) form lie side by side, the completed one is taken, whose name ends in i.

    Raises PlanningError when there is no such file, when it is an outlet or state file, or when a
    zip holds several library files.
    """
    path = Path(path)
    if not path.is_file():
        raise PlanningError("There is no file {file}. Check the name and the folder.", file=path)
    if zipfile.is_zipfile(path):
        member, content = _member(path)
        return _library_table(member, content), [PurePosixPath(member).name, path.name]
    return _library_table(path.name, path.read_bytes()), [path.name]


def fiscal_year(names: list[str], given: int | None = None) -> int:
    """The fiscal year that a file's name tells, or else the one that is given.

    Known forms: `fy2016`, `FY17`, `pupld09a`, `pud17i`. Two digits from 88 on mean the 1900s, since
    the survey began in 1988.

    Raises PlanningError when neither tells a year, or when the two differ.

    >>> fiscal_year(["PLS_FY17_AE_pud17i.csv"]), fiscal_year(["pupld09a.csv"])
    (2017, 2009)
    """
    told = next((year for name in names for year in [_year_in(name)] if year), None)
    if told is None and given is None:
        raise PlanningError(
            "{file}: the name does not say which fiscal year the file is of, and the survey's tables "
            "do not hold it. Allowed: a name with the year in it, such as pls_fy2016.csv. "
            "Give the fiscal year, or rename the file.",
            file=names[0],
        )
    if told is not None and given is not None and told != given:
        raise PlanningError(
            "{file}: the name says fiscal year {told}, but {given} was given. "
            "Give the right year, or rename the file.",
            file=names[0], told=told, given=given,
        )
    return int(told if told is not None else given)


def _year_in(name: str) -> int | None:
    for pattern in _YEAR_IN_NAME:
        if found := pattern.search(name):
            year = int(found.group(1))
            if year >= 100:
                return year
            return year + (1900 if year >= _FIRST_SURVEY else 2000)
    return None


def _member(path: Path) -> tuple[str, bytes]:
    """Name and content of the one library file in a zip."""
    tables = _zipped_tables(path)
    libraries = [name for name, content in tables.items() if _kind(_columns(content)) == "library"]
    completed = [name for name in libraries if PurePosixPath(name).stem.lower().endswith("i")]
    chosen = completed or libraries
    if len(chosen) == 1:
        return chosen[0], tables[chosen[0]]
    if chosen:
        raise PlanningError(
            "{file}: the zip holds {count} library files: {names}. Allowed: one. "
            "Unpack it and give the files you want.",
            file=path.name, count=len(chosen), names=", ".join(chosen),
        )
    raise PlanningError(
        "{file}: the zip holds no library file of the Public Libraries Survey as CSV; found: {names}. "
        "Download the CSV form of the survey; the library file has AE in its name.",
        file=path.name, names=", ".join(tables) or "no CSV file",
    )


def _zipped_tables(path: Path) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(path) as archive:
            return {
                name: archive.read(name)
                for name in archive.namelist()
                if name.lower().endswith(".csv") and not name.startswith("__MACOSX")
            }
    except (zipfile.BadZipFile, RuntimeError) as error:
        raise PlanningError(
            "{file}: the zip cannot be opened: {reason}. Download it again, or give the CSV in it.",
            file=path.name, reason=error,
        ) from error


def _library_table(name: str, content: bytes) -> pd.DataFrame:
    columns = _columns(content)
    kind = _kind(columns)
    if kind != "library":
        raise PlanningError(
            "{file} is {description}. Allowed: the library file, one row a library, with AE in its "
            "name, such as PLS_FY17_AE_pud17i.csv. Give that file.",
            file=name, description=_DESCRIPTIONS[kind],
        )
    text = _text(content)
    try:
        cells = pd.read_csv(
            io.StringIO(text), sep=_separator(text), dtype=str, keep_default_na=False, index_col=False
        )
    except pd.errors.ParserError as error:
        raise PlanningError(
            "{file} cannot be read as a table: {reason}. Download the file again.",
            file=name, reason=error,
        ) from error
    return cells.fillna("").set_axis(columns, axis="columns").apply(lambda column: column.str.strip())


def _text(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _separator(text: str) -> str:
    heading = text.partition("\n")[0]
    return max(",;\t", key=heading.count)


def _columns(content: bytes) -> list[str]:
    heading = _text(content.partition(b"\n")[0]).splitlines()[:1]
    names = next(csv.reader(heading, delimiter=_separator(heading[0])), []) if heading else []
    return [name.strip().upper() for name in names]


def _kind(columns: list[str]) -> str:
    if {"FSCS_SEQ", "C_OUT_TY"} & set(columns):
        return "outlet"
    if {"FSCSKEY", "LIBNAME", "POPU_LSA"} <= set(columns):
        return "library"
    if {"STABR", "POPU_LSA"} <= set(columns) and "FSCSKEY" not in columns:
        return "state"
    return "other"
