"""New plans: empty templates, a copy of a sample, or tables that were brought in."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

import numpy as np
import pandas as pd

from planning.model import check, facts, schema
from planning.model.ballots import file as ballot_file
from planning.model.errors import PlanningError, PlanProblems
from planning.model.files import csv_text, write_text


def new_plan(folder: Path, plan_facts: Mapping[str, object], tables: Mapping[str, pd.DataFrame] | None = None, *,
             evidence: Iterable[Path] = (), receipt: str = "") -> Path:
    """Write a new plan folder whole or not at all: plan.toml, every table, datapackage.json.

    Tables that are not given hold their headings only. Files of `evidence` are kept untouched in the
    folder evidence, beside the `receipt` that says what was brought in. Raises PlanningError when the folder
    holds something already, PlanProblems when the new plan would have problems.
    """
    refuse_taken(folder)
    given = dict(tables or {})
    built = _beside(folder)
    try:
        write_text(built / facts.FILE, facts.text(dict(plan_facts)))
        for name, table in schema.tables().items():
            write_text(built / table.file, table_text(table, given.get(name)))
        write_text(built / "evidence" / "README.txt", "Files brought into this plan are kept here, untouched.\n")
        if receipt:
            write_text(built / "evidence" / "receipt.txt", receipt)
        for path in evidence:
            shutil.copyfile(path, built / "evidence" / path.name)
        write_text(built / "datapackage.json", package_text(plan_facts))
        if problems := check.problems(built):
            raise PlanProblems(folder.name, problems)
        _put_in_place(built, folder)
    except BaseException:
        shutil.rmtree(built, ignore_errors=True)
        raise
    return folder


def copied_plan(source: Path, folder: Path) -> Path:
    """Write a copy of a plan, such as a sample, whole or not at all; the votes of a room stay where they were cast."""
    refuse_taken(folder)
    built = _beside(folder)
    try:
        shutil.copytree(source, built, dirs_exist_ok=True, ignore=shutil.ignore_patterns(f"{ballot_file.FILE}*"))
        _put_in_place(built, folder)
    except BaseException:
        shutil.rmtree(built, ignore_errors=True)
        raise
    return folder


def refuse_taken(folder: Path) -> None:
    """Raise PlanningError when a new plan cannot go there because something is there already."""
    if folder.is_file():
        raise PlanningError("{folder} is a file. Name a folder that does not exist yet.", folder=folder)
    if folder.is_dir() and any(folder.iterdir()):
        raise PlanningError("The folder {folder} is not empty, and nothing in it was changed. Name a folder that does not exist yet.", folder=folder)


def _beside(folder: Path) -> Path:
    """A folder beside the new plan's, in which it is made; raises PlanningError where none can be."""
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        return Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}."))
    except OSError as error:
        raise PlanningError("The plan cannot be written to {folder}: {why}. Name a folder in a place where you may write.",
                            folder=folder, why=error.strerror) from error


def _put_in_place(built: Path, folder: Path) -> None:
    if folder.is_dir():
        folder.rmdir()
    built.chmod(0o777 & ~_umask())
    built.replace(folder)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def table_text(table: schema.Table, rows: pd.DataFrame | None) -> str:
    """A table as the text of its CSV file: dates in ISO form, true and false, missing as nothing.

    >>> table_text(schema.tables()["alignment"], None)
    'service,goal,strength,reason\\n'
    """
    if rows is None:
        return csv_text(table.columns, [])
    return csv_of(rows.reindex(columns=table.columns))


def csv_of(rows: pd.DataFrame) -> str:
    """A frame as CSV text: dates in ISO form, true and false, missing as nothing, numbers to 10 digits."""
    cells = rows.astype(object)
    return csv_text(rows.columns, [[_cell(value) for value in row] for row in cells.itertuples(index=False, name=None)])


def _cell(value: object) -> object:
    if pd.api.types.is_scalar(value) and pd.isna(value):
        return ""
    if isinstance(value, bool | np.bool_):
        return str(value).lower()
    if isinstance(value, pd.Timestamp):
        return value.date().isoformat()
    if isinstance(value, float):
        return int(value) if value.is_integer() else float(f"{value:.10g}")
    return value


def package_text(plan_facts: Mapping[str, object]) -> str:
    """datapackage.json: the plan as a Data Package that other tools read."""
    library = str(plan_facts.get("library") or "A library's plan")
    slug = "".join(letter if letter.isalnum() and letter.isascii() else "-" for letter in library.lower()).strip("-") or "plan"
    resources = [
        {"name": table.name, "path": table.file, "title": table.title, "description": table.description,
         "format": "csv", "mediatype": "text/csv", "encoding": "utf-8", "schema": table.descriptor()}
        for table in schema.tables().values()
    ]
    package = {"name": slug, "title": library, "resources": resources}
    return json.dumps(package, indent=1, ensure_ascii=False) + "\n"
