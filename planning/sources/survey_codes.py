"""The rows of a survey's export as codes, through its mapping, with every cell that the mapping does not cover."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from planning.model.errors import PlanningError, nearest
from planning.sources import survey_dates as dates
from planning.sources.survey_headings import Export
from planning.sources.survey_map import REACH, Column, Form
from planning.sources.survey_words import BARE, TICKED, level, nothing, parted, plain

MOST = 30
Asked = tuple[str, str]
"""A question by the heading of its column and, where a cell holds several answers, the option."""


@dataclass
class Row:
    """One row of an export: its number, day, codes by question, segment, service that it is about, traits, and comments by heading."""

    number: int
    day: dt.date
    codes: dict[Asked, int] = field(default_factory=dict)
    segment: str = ""
    service: str = ""
    traits: dict[str, str] = field(default_factory=dict)
    comments: dict[str, str] = field(default_factory=dict)


@dataclass
class Coded:
    """The rows of an export, cells that were wrong, and what is to be told."""

    rows: list[Row] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)


def coded(export: Export, form: Form, *, as_of: dt.date, date: dt.date | None = None) -> Coded:
    """The rows of an export through its mapping: rows without a day and rows after `as_of` are left out, and told.

    `date` is the day of rows that name none. Raises PlanningError with every cell that the mapping does not cover.
    """
    found = Coded()
    held = [dict(zip(map(plain, export.headings), cells)) for _, cells in export.rows]
    days = _days(export, form, date, found)
    late = sum(bool(day) and day > as_of for day in days)
    for (number, _), cells, day in zip(export.rows, held, days):
        if day and day <= as_of:
            found.rows.append(_row(export.name, form, number, cells, day, found.wrong))
    _once(export, form, held, found)
    if found.wrong:
        more = f"\n  … and {len(found.wrong) - MOST} more" if len(found.wrong) > MOST else ""
        raise PlanningError("Cells that the mapping does not cover; nothing was brought in:\n{lines}{more}",
                            lines="\n".join(f"  {line}" for line in found.wrong[:MOST]), more=more)
    if late:
        found.told.append(f"{export.name}: {_rows(late)} left out, given after the plan's as_of day {as_of}. "
                          "Set as_of later in plan.toml and bring the file in again to have them.")
    if late and not found.rows:
        raise PlanningError("{file}: all answers were given after the plan's as_of day, {day}. Set as_of in plan.toml to a later day, then bring the file in again.",
                            file=export.name, day=as_of)
    _tell_empty(export, form, found)
    return found


def _rows(many: int) -> str:
    return "1 row" if many == 1 else f"{many} rows"


def _days(export: Export, form: Form, date: dt.date | None, found: Coded) -> list[dt.date | None]:
    column = next(iter(form.of("date")), None)
    if column is None and date is None:
        raise PlanningError("{file} has no column with the day of an answer. Give the day with --date, such as --date 2026-05-17.", file=export.name)
    if column is None:
        return [date] * len(export.rows)
    days, blank = [], 0
    for (number, _), cell in zip(export.rows, export.cells(column.heading)):
        day = dates.day(cell, column.order)
        if nothing(cell):
            day, blank = date, blank + 1
        elif day is None:
            found.wrong.append(f"{export.name}, row {number}, column {column.heading}: found {cell}. Allowed: a day, {column.order} where it is in figures. "
                               "Correct the cell, or the order in the mapping.")
        days.append(day)
    if blank and date is None:
        found.told.append(f"{export.name}: {_rows(blank)} left out, without a day, as of answers that were begun and never sent. Give --date to have them.")
    return days


def _row(file: str, form: Form, number: int, cells: Mapping[str, str], day: dt.date, wrong: list[str]) -> Row:
    row = Row(number, day)
    for column in form.columns:
        cell = cells[plain(column.heading)]
        empty = nothing(cell) or plain(cell) in set(map(plain, column.missing))
        if column.becomes == "question" and not empty:
            row.codes[column.heading, ""] = code_of(file, column, number, cell, wrong)
        elif column.becomes == "options" and not empty:
            row.codes |= _codes(file, column, number, cell, wrong)
        elif column.becomes == "trait" and not empty:
            row.traits[column.trait or column.heading] = str(_meant(column, cell, cell))
        elif column.becomes == "segment" and not empty:
            row.segment = _id(file, column, number, cell, wrong)
        elif column.becomes == "service" and not empty:
            row.service = _id(file, column, number, cell, wrong)
        elif column.becomes == "comment" and not empty:
            row.comments[column.heading] = cell
    row.codes |= _ticks(file, form, number, cells, wrong)
    return row


def _meant(column: Column, cell: str, otherwise: object) -> object:
    return {plain(word): meaning for word, meaning in column.words.items()}.get(plain(cell), otherwise)


def _id(file: str, column: Column, number: int, cell: str, wrong: list[str]) -> str:
    found = _meant(column, cell, None)
    if found is None:
        close = nearest(cell, list(column.words))
        hint = f"Did you mean {close}?" if close else "Allowed: the words of the mapping."
        wrong.append(f"{file}, row {number}, column {column.heading}: found {cell}. {hint} Correct the cell, or add it to words or missing in the mapping.")
    return str(found or "")


def code_of(file: str, column: Column, number: int, cell: str, wrong: list[str]) -> int:
    """The code of an answer: by its word or step, by another word of the same agreement, or by its number; a cell that has none is noted as wrong."""
    low, high = (1, len(column.steps)) if column.scale == "steps" else REACH[column.scale]
    words = {plain(step): place for place, step in enumerate(column.steps, start=1)} | {plain(word): int(code) for word, code in column.words.items()}
    figure, word = parted(cell)
    parts = {key: code for known, code in words.items() for key in parted(known) if key not in (None, "")}
    levels = {level(known): code for known, code in words.items()} if column.scale == "agree 1-5" else {}
    code = words.get(plain(cell), parts.get(word))
    if code is None and level(cell) is not None:
        code = levels.get(level(cell))
    if code is None and figure is not None and not word and column.scale == "steps":
        code = parts.get(figure)
    bare = (not word or not words) and not (column.scale == "steps" and any(isinstance(key, int) for key in parts))
    if code is None and figure is not None and low <= figure <= high and bare:
        code = low + high - figure if column.reversed else figure
    if code is not None:
        return code
    close = nearest(cell, [*column.steps, *column.words])
    allowed = f"Did you mean {close}?" if close else f"Allowed: {', '.join([*column.steps, *column.words]) or f'a whole number from {low} to {high}'}."
    wrong.append(f"{file}, row {number}, column {column.heading}: found {cell}. {allowed} Correct the cell, or add it to words or missing in the mapping.")
    return low


def _codes(file: str, column: Column, number: int, cell: str, wrong: list[str]) -> dict[Asked, int]:
    """1 for each option that the cell names and 0 for the others."""
    known = {plain(option): option for option in column.options}
    parts = {plain(part): part.strip() for part in cell.split(column.split or ";") if part.strip()}
    strange = [part for key, part in parts.items() if key not in known]
    if strange and column.rest != "leave out":
        close = nearest(strange[0], list(column.options))
        hint = f"Did you mean {close}?" if close else f"Allowed: {', '.join(column.options)}."
        wrong.append(f"{file}, row {number}, column {column.heading}: found {strange[0]}. {hint} "
                     'Correct the cell, add it to options in the mapping, or write rest = "leave out".')
    return {(column.heading, option): int(key in parts) for key, option in known.items()}


def _ticks(file: str, form: Form, number: int, cells: Mapping[str, str], wrong: list[str]) -> dict[Asked, int]:
    """1 for each option that was ticked and 0 for others of its question; nothing where the whole question was passed over."""
    found: dict[Asked, int] = {}
    blocks: dict[str, list[Column]] = {}
    for column in form.of("option"):
        blocks.setdefault(column.block, []).append(column)
    for columns in blocks.values():
        given = {column.heading: cells[plain(column.heading)] for column in columns}
        if not any(cell and not nothing(cell) for cell in given.values()):
            continue
        for column in columns:
            cell = given[column.heading]
            code = _meant(column, cell, 0 if nothing(cell) or plain(cell) in BARE else 1 if plain(cell) in TICKED | {plain(column.text)} else None)
            if code is None:
                wrong.append(f"{file}, row {number}, column {column.heading}: found {cell}. Allowed: {column.text}, yes, x or 1 for a tick, and nothing. "
                             "Correct the cell, or add it to words in the mapping.")
            found[column.heading, ""] = int(code or 0)
    return found


def _once(export: Export, form: Form, held: list[Mapping[str, str]], found: Coded) -> None:
    """Leave out rows that come twice by the number of the answer; a number with two different rows is noted as wrong."""
    column = next(iter(form.of("respondent")), None)
    first: dict[str, tuple[int, Mapping[str, str]]] = {}
    twice = []
    for (number, _), cells in zip(export.rows, held):
        key = cells[plain(column.heading)] if column else ""
        if not key or first.setdefault(key, (number, cells))[0] == number:
            continue
        twice.append(number)
        if first[key][1] != cells:
            found.wrong.append(f"{export.name}, rows {first[key][0]} and {number}, column {column.heading}: found one number for two different answers. "
                               "Remove one of the rows, or let the column become nothing.")
    found.rows = [row for row in found.rows if row.number not in twice]
    if twice:
        found.told.append(f"{export.name}: {_rows(len(twice))} left out, with the number of an earlier row and the same answers.")


def _tell_empty(export: Export, form: Form, found: Coded) -> None:
    given = {heading for row in found.rows for heading, _ in row.codes}
    empty = [column.heading for column in form.of("question", "option", "options") if column.heading not in given]
    if empty:
        found.told.append(f"{export.name}: nobody answered {', '.join(empty)}.")
    none = sum(not row.codes for row in found.rows)
    if 0 < none < len(found.rows):
        found.told.append(f"{export.name}: {_rows(none)} without an answer to any question; comments in them are taken, and nothing else.")
