"""Rows out of other people's files, taken into a plan: the file kept untouched, a receipt, and all or nothing."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from planning.model import check, door, facts, schema
from planning.model.create import csv_of
from planning.model.errors import PlanningError, PlanProblems
from planning.model.files import csv_text, text_of, write_bytes
from planning.model.sheet import Sheet

EVIDENCE = "evidence"
RECEIPTS = "receipts.csv"
COLUMNS = ["file", "sha256", "kind", "brought_in", "into", "rows", "said"]
TOUCHED = ["table", "what", "row"]


@dataclass(frozen=True)
class Arrival:
    """What a file brings: the kind of file, rows for the plan's tables, the files themselves, and what is to be told.

    `told` are sentences for the receipt and the screen: what was read, what was left out and why.
    Tables named in `whole` come in full: a row that is not among theirs leaves the plan. `facts` are
    fields of plan.toml set anew, None for one that is to go. `seen` are fingerprints of the plan's files
    as they were when the arrival was made from them; a file that has changed since is not written over.
    `notes` are texts that the suite itself keeps in evidence/ by name and reads again, such as a mapping.
    """

    kind: str
    tables: Mapping[str, pd.DataFrame]
    files: tuple[Path, ...]
    told: tuple[str, ...] = ()
    whole: frozenset[str] = frozenset()
    facts: Mapping[str, object] = field(default_factory=dict)
    seen: Mapping[str, str] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Taken:
    """What an arrival changed: rows by table (table, new, changed, same), the evidence files and the receipt's place.

    `touched` names each row that is new, changed or removed (table, what, row: its key), and `facts` the fields of plan.toml that changed.
    """

    rows: pd.DataFrame
    kept: list[Path] = field(default_factory=list)
    receipt: Path | None = None
    touched: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=TOUCHED))
    facts: tuple[str, ...] = ()


class Merged(NamedTuple):
    """A table's new text, how many rows are new, changed and the same, and every row that is not (what, row)."""

    text: str
    counts: tuple[int, int, int]
    touched: list[tuple[str, str]]


def take(folder: Path, arrival: Arrival, *, trial: bool = False) -> Taken:
    """Take an arrival into a plan, whole or not at all: rows of the same key are replaced, others are added.

    The files go untouched into evidence/, with a line each in evidence/receipts.csv. The same
    arrival a second time changes nothing, and a table none of whose rows changes is not written.
    With `trial` nothing is written at all. Raises PlanProblems, and changes nothing, when the plan
    would have problems afterwards, and PlanningError when another one is at work on the plan or has
    changed a file that the arrival has seen.
    """
    with door.alone(folder):
        _refuse_stale(folder, arrival.seen)
        found, problems = check.sheets(folder)
        if problems:
            raise PlanProblems(folder.name, problems)
        merged = {name: _merged(found.get(name) or Sheet(schema.tables()[name]), rows, name in arrival.whole) for name, rows in arrival.tables.items()}
        texts = {schema.tables()[name].file: one.text for name, one in merged.items() if one.touched}
        if arrival.facts:
            texts[facts.FILE] = facts.edited(text_of(folder / facts.FILE)[0], arrival.facts)
        door.refuse_problems(folder, texts)
        rows = pd.DataFrame([[name, *one.counts] for name, one in merged.items()], columns=["table", "new", "changed", "same"])
        touched = pd.DataFrame([[name, *row] for name, one in merged.items() for row in one.touched], columns=TOUCHED)
        kept, receipt = ([], None) if trial else _written(folder, arrival, texts, touched)
    return Taken(rows, kept, receipt, touched, tuple(arrival.facts))


def fingerprint(folder: Path, file: str) -> str:
    """The SHA-256 of one of a plan's files, and nothing for one that is not there."""
    return _digest(folder / file) if (folder / file).is_file() else ""


def _refuse_stale(folder: Path, seen: Mapping[str, str]) -> None:
    changed = [file for file, digest in seen.items() if fingerprint(folder, file) != digest]
    if changed:
        raise PlanningError("{files} changed while the file was being read. Give the same command again.", files=", ".join(changed))


def _merged(sheet: Sheet, rows: pd.DataFrame, whole: bool) -> Merged:
    """The table with the rows taken in, and without those that a whole table leaves out."""
    table, columns = sheet.table, sheet.table.columns
    place = {_key(table, row): number for number, row in enumerate(sheet.rows)}
    now: list[dict[str, str] | None] = [dict(row) for row in sheet.rows]
    kinds: dict[tuple[str, ...], str] = {}
    for line in _cells(rows.reindex(columns=columns)):
        given = {column: cell for column, cell in zip(columns, line) if column in rows.columns}
        key = _key(table, given)
        here = place.get(key)
        if here is None:
            now.append(given)
            kinds[key] = "new"
        else:
            kinds[key] = "same" if all(now[here].get(column, "") == cell for column, cell in given.items()) else "changed"
            now[here] |= given
    for key, here in place.items() if whole else ():
        if key not in kinds:
            kinds[key], now[here] = "removed", None
    text = csv_text(columns, [[row.get(column, "") for column in columns] for row in now if row is not None])
    counts = tuple(list(kinds.values()).count(kind) for kind in ("new", "changed", "same"))
    return Merged(text, counts, [(kind, ", ".join(key)) for key, kind in kinds.items() if kind != "same"])


def _key(table: schema.Table, row: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(row.get(column, "") for column in table.key)


def _cells(rows: pd.DataFrame) -> list[list[str]]:
    """Rows as text cells in the form of a plan's files."""
    return list(csv.reader(io.StringIO(csv_of(rows), newline="")))[1:]


def _written(folder: Path, arrival: Arrival, texts: Mapping[str, str], touched: pd.DataFrame) -> tuple[list[Path], Path]:
    """Keep the files and write the tables with the receipt, all of it or nothing."""
    kept: list[Path] = []
    fresh: list[Path] = []
    try:
        for path in arrival.files:
            kept.append(_evidence(folder, path))
            if not kept[-1].exists():
                fresh.append(kept[-1])
                write_bytes(kept[-1], path.read_bytes())
        receipts = _receipts(folder, arrival, kept, touched) | {f"{EVIDENCE}/{name}": text for name, text in arrival.notes.items()}
        door.write(folder, {file: text.encode("utf-8") for file, text in (texts | receipts).items()})
    except BaseException:
        for place in fresh:
            place.unlink(missing_ok=True)
        raise
    return kept, folder / EVIDENCE / RECEIPTS


def _evidence(folder: Path, path: Path) -> Path:
    """The file's place among the evidence, where another of the same name stays as it is."""
    place = folder / EVIDENCE / path.name
    if place.exists() and _digest(place) != _digest(path):
        return place.with_name(f"{path.stem}-{_digest(path)[:8]}{path.suffix}")
    return place


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _receipts(folder: Path, arrival: Arrival, kept: list[Path], touched: pd.DataFrame) -> dict[str, str]:
    """The receipts with a line for each file, unless nothing changed and the files are known."""
    place = folder / EVIDENCE / RECEIPTS
    before = pd.read_csv(place, dtype="str", keep_default_na=False) if place.exists() else pd.DataFrame(columns=COLUMNS)
    into = [*arrival.tables, *(["plan"] if arrival.facts else [])]
    many = len(touched) + len(arrival.facts)
    if not many and set(map(_digest, kept)) <= set(before["sha256"]):
        return {}
    lines = [[path.name, _digest(path), arrival.kind, dt.date.today().isoformat(), " ".join(into), str(many), " ".join(arrival.told)] for path in kept]
    return {f"{EVIDENCE}/{RECEIPTS}": csv_of(pd.concat([before, pd.DataFrame(lines, columns=COLUMNS)], ignore_index=True))}
