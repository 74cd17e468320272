"""A plan's workbook brought back: what was changed in it, as an arrival for the plan."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pandas as pd

from planning.model import check, rules, schema
from planning.model import facts as plan_facts
from planning.model.arrival import Arrival, fingerprint
from planning.model.cells import meant, read_cell
from planning.model.errors import PlanningError, PlanProblems, Problem, SheetProblems, Words
from planning.model.schema import Table
from planning.model.sheet import Sheet
from planning.sources import workbook_open, workbook_read, workbook_state
from planning.sources.workbook_merge import Merge, merged
from planning.sources.workbook_state import FACTS, PLAN, State


def arrival(path: Path, folder: Path) -> Arrival:
    """What a workbook changes in the plan that it was written from.

    Every table with a sheet comes in full: rows removed there leave the plan, unless the plan alone
    changed them since. Raises PlanningError for a file that is not such a workbook or is that of another
    library, PlanProblems when the plan has problems, and SheetProblems with every sheet, row and column
    that cannot be taken.
    """
    seen = {file: fingerprint(folder, file) for file in [plan_facts.FILE, *(table.file for table in schema.tables().values())]}
    known, now, problems = check.examined(folder)
    if problems:
        raise PlanProblems(folder.name, problems)
    book = workbook_open.opened(path)
    state = workbook_state.read(book, path.name)
    if state.library != known["library"]:
        raise PlanningError("{file} was written from the plan of {theirs}, and this is the plan of {ours}. Name the other plan's folder, or write a workbook from this one.",
                            file=path.name, theirs=state.library, ours=known["library"])
    pages, problems = workbook_open.pages(book)
    found = {name: workbook_read.table(page, schema.tables()[name]) for name, page in pages.items() if name != PLAN}
    problems += [problem for one in found.values() for problem in one.problems]
    tables = {name: _merge(table, state, now.get(name) or Sheet(table), found.get(name)) for name, table in schema.tables().items()}
    facts, typed, wrong = _facts(pages, state, folder)
    problems += wrong + [problem for one in tables.values() for problem in one.conflicts]
    problems += _between({name: one.sheet for name, one in tables.items()}, typed, {name for name, one in found.items() if one.sheet}, problems)
    if problems:
        raise SheetProblems(path.name, problems)
    return _arrival(path, tables, {name: now.get(name) or Sheet(table) for name, table in schema.tables().items()}, facts, seen, _told(pages, found, tables))


def _merge(table: Table, state: State, now: Sheet, found: workbook_read.Found | None) -> Merge:
    if found is None or found.sheet is None:
        return Merge(now)
    return merged(table, state.rows.get(table.name, {}), now, found.sheet, found.lacking)


def _facts(pages: Mapping[str, object], state: State, folder: Path) -> tuple[dict[str, object], dict[str, object], list[Problem]]:
    """The facts that change, all facts with their defaults, and problems."""
    before = plan_facts.written(folder)
    given, numbers, problems = workbook_read.facts(pages[PLAN], before) if PLAN in pages else (before, {}, [])
    now, sheet = Sheet(FACTS, workbook_state.fact_rows(before)), Sheet(FACTS, workbook_state.fact_rows(given))
    sheet.numbers = [numbers.get(row["field"], 0) for row in sheet.rows]
    found = merged(FACTS, state.rows.get(PLAN, {}), now, sheet)
    texts = {row["field"]: row["value"] for row in found.sheet.rows}
    changes, typed, said = {}, {}, {problem.row for problem in problems}
    for field in schema.facts().fields:
        text, number = texts.get(field.name, ""), numbers.get(field.name)
        value, problem = read_cell(PLAN, number, field, text)
        if problem and number not in said:
            problems.append(replace(workbook_read.at(PLAN, problem), column="value"))
        value = int(value) if isinstance(value, float) and value.is_integer() else value
        typed[field.name] = field.default if not text else value
        if text != meant(field, before.get(field.name, "")):
            changes[field.name] = value if text else None
    return changes, typed, problems + found.conflicts


def _between(sheets: dict[str, Sheet], facts: dict[str, object], in_workbook: set[str], before: list[Problem]) -> list[Problem]:
    """What does not fit between the cells of the plan as it would be, said by the workbook's rows."""
    wrong = check.reference_problems(sheets)
    if facts.get("as_of"):
        wrong += rules.broken(sheets, facts)
    placed = [workbook_read.at(name, problem) if (name := problem.file.removesuffix(".csv")) in in_workbook and problem.row != 0 else problem for problem in wrong]
    said = {(problem.file, problem.row, problem.column) for problem in before}
    return _gathered([problem for problem in placed if (problem.file, problem.row, problem.column) not in said])


def _gathered(problems: list[Problem]) -> list[Problem]:
    """The problems, one in place of all that say the same of a column, such as an id that is gone."""
    alike: dict[tuple[str, ...], list[Problem]] = {}
    for problem in problems:
        alike.setdefault((problem.file, problem.column, str(problem.found)), []).append(problem)
    more = {2: "{found}, and the same in 1 row more"}
    return [some[0] if len(some) == 1 else replace(some[0], found=Words(more.get(len(some), "{found}, and the same in {n} rows more"), found=some[0].found, n=len(some) - 1))
            for some in alike.values()]


def _told(pages: Mapping[str, object], found: dict[str, workbook_read.Found], tables: dict[str, Merge]) -> list[str]:
    absent = [name for name in (PLAN, *schema.tables()) if name not in pages]
    told = [Words("The workbook has no sheet {names}; what the plan has there stays as it is.", names=", ".join(absent))] if absent else []
    for name, one in found.items():
        if one.lacking:
            told.append(Words("Sheet {sheet} has no column {columns}; what the plan has there stays as it is.", sheet=name, columns=", ".join(one.lacking)))
        told += one.told
        if kept := tables[name].kept:
            told.append(Words("Sheet {sheet}: {n} rows changed in the plan since the export and not here; they stay as the plan has them.", sheet=name, n=kept))
    return told


def _arrival(path: Path, tables: dict[str, Merge], now: dict[str, Sheet], facts: dict[str, object], seen: dict[str, str], told: list[str]) -> Arrival:
    """The tables that change, in full."""
    frames = {}
    for name, one in tables.items():
        columns = now[name].table.columns
        rows, before = ([[row.get(column, "") for column in columns] for row in sheet.rows] for sheet in (one.sheet, now[name]))
        if rows != before:
            frames[name] = pd.DataFrame(rows, columns=columns, dtype=object)
    return Arrival("workbook", frames, (path,), tuple(told), frozenset(frames), facts, seen)
