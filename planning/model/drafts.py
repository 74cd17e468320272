"""Changes to a plan that nobody has decided yet: tried on copies of its tables, checked as one types, undone at will."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import pandas as pd

from planning.model import check, facts, rules, schema
from planning.model.differences import Key, Rows, difference, full, key_of, keyed
from planning.model.draft_cells import next_id, numbered, pattern, pointing, same, text_of, wrong
from planning.model.errors import PlanProblems, Problem, UsageError
from planning.model.plan import Plan, frame
from planning.model.sheet import Sheet


@dataclass
class Step:
    """One change that can be undone: what it was, and the rows of its tables before it."""

    label: str
    before: dict[str, Rows]


@dataclass
class Draft:
    """A plan's tables with changes that are not in the folder yet.

    `base` is the folder's rows as text when the draft was begun; `rows` holds those of the tables that
    the draft has touched. `tables` and `library` show the plan as it would be. Every change is one
    step, taken back by `undo`; who asked by `observe` is told of each, and who stands in `kept_told` of each
    decision that was kept (see `keeping.Kept`).
    """

    plan: Plan
    base: dict[str, Rows] = field(repr=False)
    rows: dict[str, Rows] = field(default_factory=dict, repr=False)
    done: list[Step] = field(default_factory=list, repr=False)
    undone: list[Step] = field(default_factory=list, repr=False)
    told: list[Callable[[], None]] = field(default_factory=list, repr=False)
    kept_told: list[Callable[[Any], None]] = field(default_factory=list, repr=False)
    frames: dict[str, pd.DataFrame] = field(default_factory=dict, repr=False)

    @property
    def tables(self) -> dict[str, pd.DataFrame]:
        """Every table of the plan as it would be, as typed frames."""
        for name in self.rows.keys() - self.frames.keys():
            self.frames[name] = frame(schema.tables()[name], self.sheet(name))
        return self.plan.tables | self.frames

    @property
    def library(self) -> Plan:
        """The plan as it would be."""
        return self.plan.with_tables(**{name: self.tables[name] for name in self.rows})

    @property
    def steps(self) -> list[str]:
        """What was changed, oldest first."""
        return [step.label for step in self.done]

    def sheet(self, table: str) -> Sheet:
        """One table as text, with the changes; rows are numbered as they would stand in the file. Raises UsageError for a table that no plan has."""
        own = _own(table)
        rows = self.rows.get(table, self.base.get(table, []))
        return Sheet(own, [dict(row) for row in rows], list(range(2, len(rows) + 2)))

    def row(self, table: str, key: str | Key) -> dict[str, str] | None:
        """One row as text, or None when there is none with this key."""
        return keyed(_own(table), self.sheet(table).rows).get(_key(key))

    def change(self, table: str, key: str | Key, /, label: str = "", **cells: object) -> list[Problem]:
        """Change cells of one row, unless one of them may not hold what it is given; returns the problems, none when it was done (see `alter`)."""
        return self.alter(table, key, cells, label)

    def alter(self, table: str, key: str | Key, cells: Mapping[str, object], label: str = "") -> list[Problem]:
        """Change cells of one row, given by column; returns the problems, none when it was done.

        Raises UsageError when there is no such row, and when the change would give the row another key.
        """
        own = _own(table)
        names = dict(zip(own.key, _key(key)))
        if self.row(table, key) is None:
            raise UsageError("{file} has no row {row}.", file=own.file, row=", ".join(_key(key)))
        if moved := [name for name, text in names.items() if text_of(cells.get(name, text)) != text]:
            raise UsageError("{column} tells the rows of {file} apart and stays as it is. Take the row out and add a new one.", column=moved[0], file=own.file)
        return self.put(table, pd.DataFrame([names | dict(cells)], dtype=object), label)

    def put(self, table: str, rows: pd.DataFrame, label: str = "") -> list[Problem]:
        """Add rows, and change those whose key is there already, in one step; returns the problems, none when it was done.

        Columns that are not given stay as they are. When one cell may not hold what it is given, nothing is changed.
        Raises UsageError for a table or a column that no plan has.
        """
        own = _own(table)
        if strange := [name for name in rows.columns if name not in own.columns]:
            raise UsageError("{file} has no column {column}.", file=own.file, column=strange[0])
        now = self.sheet(table).rows
        place = {key_of(own, row): number for number, row in enumerate(now)}
        touched: dict[int, None] = {}
        for given in rows.to_dict("records"):
            cells = {name: text_of(value) for name, value in given.items()}
            at = place.setdefault(key_of(own, cells), len(now))
            if at == len(now):
                now.append(dict.fromkeys(own.columns, ""))
            now[at] |= {column.name: cells[column.name] for column in own.fields if column.name in cells and not same(column, now[at][column.name], cells[column.name])}
            touched[at] = None
        known = self._known(own, now)
        if problems := [problem for at in touched for problem in wrong(own, now[at], at + 2, known)]:
            return problems
        self._take({table: now}, label or own.title)
        return []

    def wrong(self, table: str, row: Mapping[str, object]) -> list[Problem]:
        """The problems that one row's cells would have, without changing anything."""
        own, cells = _own(table), {name: text_of(value) for name, value in row.items()}
        return wrong(own, cells, 0, self._known(own, [*self.sheet(table).rows, cells]))

    def add(self, table: str, /, label: str = "", **cells: object) -> tuple[str, list[Problem]]:
        """Add a row under the next free id of its table; returns the id and the problems, none when it was done.

        Raises UsageError for a table whose rows have no running id.
        """
        own = _own(table)
        if not numbered(own):
            raise UsageError("The rows of {file} have no running id: put them in with {key}.", file=own.file, key=", ".join(own.key))
        taken = self.sheet(table).values(own.id) | {row[own.id] for row in self.base.get(table, [])}
        new = text_of(cells.pop(own.id, "")) or next_id(taken, pattern(own))
        return new, self.put(table, pd.DataFrame([{own.id: new} | cells], dtype=object), label)

    def remove(self, table: str, key: str | Key, label: str = "") -> list[Problem]:
        """Take a row out, unless another row points to it; returns the problems, none when it was done. Raises UsageError when there is no such row."""
        own, now = _own(table), self.sheet(table).rows
        rest = [row for row in now if key_of(own, row) != _key(key)]
        if len(rest) == len(now):
            raise UsageError("{file} has no row {row}.", file=own.file, row=", ".join(_key(key)))
        if own.id and (problem := pointing(own, _key(key)[0], self.base | self.rows | {table: rest})):
            return [problem]
        self._take({table: rest}, label or own.title)
        return []

    def undo(self) -> str:
        """Take the last step back; returns what it was, and nothing when there is none."""
        return self._swap(self.done, self.undone)

    def redo(self) -> str:
        """Do the step again that was taken back last; returns what it was, and nothing when there is none."""
        return self._swap(self.undone, self.done)

    def forget(self) -> None:
        """Take every change back, for good."""
        for part in (self.rows, self.frames, self.done, self.undone):
            part.clear()
        self._tell()

    def rebase(self, base: Mapping[str, Rows], rows: Mapping[str, Rows], facts: Mapping[str, object]) -> None:
        """Go on from another state of the folder with these rows of the draft; what was done before can no longer be undone."""
        changed = [name for name in base if base[name] != self.base.get(name, [])]
        fresh = {name: frame(schema.tables()[name], Sheet(schema.tables()[name], base[name])) for name in changed}
        self.plan = replace(self.plan.with_tables(**fresh), facts=dict(facts))
        self.base = dict(base)
        self.rows = {name: own for name, own in rows.items() if own != base.get(name, [])}
        self.frames.clear()
        self.done.clear()
        self.undone.clear()
        self._tell()

    def difference(self) -> pd.DataFrame:
        """What would change in the folder (see `differences.difference`)."""
        return difference({name: self.base.get(name, []) for name in self.rows}, self.rows)

    def problems(self) -> list[Problem]:
        """Every problem that the plan would have with the changes; about a tenth of a second on a sample plan."""
        sheets = {name: self.sheet(name) for name in self.base.keys() | self.rows.keys()}
        return [*check.reference_problems(sheets), *rules.broken(sheets, self.plan.facts)]

    def observe(self, callback: Callable[[], None]) -> None:
        """Have a function called after every change."""
        self.told.append(callback)

    def _known(self, table: schema.Table, rows: Rows) -> dict[str, set[str]]:
        """Ids by table, for each that this one points to; `rows` are its own as they would be."""
        found = {}
        for name in {column.refers for column in table.fields if column.refers}:
            id = schema.tables()[name].id
            found[name] = {row[id] for row in rows if row.get(id)} if name == table.name else self.sheet(name).values(id)
        return found

    def _take(self, rows: dict[str, Rows], label: str) -> None:
        now = {name: self.rows.get(name, self.base.get(name, [])) for name in rows}
        if all(now[name] == rows[name] for name in rows):
            return
        self.done.append(Step(label, now))
        self.undone.clear()
        self._show(rows)

    def _swap(self, source: list[Step], target: list[Step]) -> str:
        if not source:
            return ""
        step = source.pop()
        target.append(Step(step.label, {name: self.rows.get(name, self.base.get(name, [])) for name in step.before}))
        self._show(step.before)
        return step.label

    def _show(self, rows: Mapping[str, Rows]) -> None:
        for name, own in rows.items():
            self.frames.pop(name, None)
            self.rows[name] = own
            if own == self.base.get(name, []):
                del self.rows[name]
        self._tell()

    def _tell(self) -> None:
        for callback in list(self.told):
            callback()


def start(library: Plan) -> Draft:
    """A draft over a plan's folder as it stands now, without a change yet.

    The tables are read anew: they may have changed since the plan was opened, or it may have been opened as of
    an earlier day, and what is decided now is about the plan as it is now. Raises PlanProblems when the folder can no longer be read.
    """
    own, sheets = _read(library)
    base = {name: full(sheet.table, sheet.rows) for name, sheet in sheets.items()}
    try:
        tables = {name: frame(table, sheets.get(name)) for name, table in schema.tables().items()}
    except ValueError as error:
        raise PlanProblems(library.folder.name, check.problems(library.folder)) from error
    return Draft(Plan(library.folder, own, tables), base)


def _read(library: Plan) -> tuple[dict[str, object], dict[str, Sheet]]:
    own, wrong = facts.read(library.folder)
    sheets, more = check.sheets(library.folder, cells=False)
    if wrong or more:
        raise PlanProblems(library.folder.name, wrong + more)
    return own, sheets


def _own(table: str) -> schema.Table:
    if table not in schema.tables():
        raise UsageError("A plan has no table {table}.", table=table)
    return schema.tables()[table]


def _key(key: str | Key) -> Key:
    return (key,) if isinstance(key, str) else tuple(map(text_of, key))
