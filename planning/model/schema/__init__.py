"""What each table of a plan is: columns, types, units, allowed values, keys and references.

The tables are written down in the `.toml` files beside this module, one file a step, in the words
of the open Table Schema standard with four more: `refers` (the table whose id the column holds),
`unit`, `past` (not later than the plan's as_of day) and `period` (2026, 2026-Q2 or 2026-05).
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

PERIOD_PATTERN = r"\d{4}(-Q[1-4]|-(0[1-9]|1[0-2]))?"
ID_PATTERN = r"[A-Za-z0-9][A-Za-z0-9_.-]*"


@dataclass(frozen=True)
class Field:
    """One column of a table, or one line of plan.toml."""

    name: str
    title: str
    type: str
    description: str
    example: str = ""
    unit: str = ""
    refers: str = ""
    past: bool = False
    period: bool = False
    default: object = None
    constraints: dict[str, object] = field(default_factory=dict)

    @property
    def required(self) -> bool:
        return bool(self.constraints.get("required"))

    @property
    def choices(self) -> list[str]:
        return list(self.constraints.get("enum", []))

    def descriptor(self) -> dict[str, object]:
        """The field in Table Schema form."""
        constraints = dict(self.constraints)
        if self.period:
            constraints["pattern"] = PERIOD_PATTERN
        form = {"name": self.name, "title": self.title, "type": self.type, "description": self.description}
        if self.type == "boolean":
            form |= {"trueValues": ["true", "TRUE", "True", "yes", "1"], "falseValues": ["false", "FALSE", "False", "no", "0"]}
        extras = {"example": self.example, "unit": self.unit, "constraints": constraints}
        return form | {name: value for name, value in extras.items() if value}


@dataclass(frozen=True)
class Table:
    """One table of a plan."""

    name: str
    title: str
    step: int
    description: str
    adds: str
    key: tuple[str, ...]
    fields: tuple[Field, ...]

    @property
    def file(self) -> str:
        return f"{self.name}.csv"

    @property
    def columns(self) -> list[str]:
        return [field.name for field in self.fields]

    @property
    def id(self) -> str | None:
        """Name of the column that other tables refer to, if there is one."""
        return self.key[0] if len(self.key) == 1 else None

    def descriptor(self, with_references: bool = True) -> dict[str, object]:
        """The table in Table Schema form; with its foreign keys unless told otherwise."""
        form: dict[str, object] = {
            "fields": [field.descriptor() for field in self.fields],
            "missingValues": [""],
            "primaryKey": list(self.key),
        }
        if with_references:
            form["foreignKeys"] = [reference(self, field) for field in self.fields if field.refers]
        return form


def reference(table: Table, field: Field) -> dict[str, object]:
    """The foreign key of one column in Table Schema form ("" as resource means the table itself)."""
    target = "" if field.refers == table.name else field.refers
    return {"fields": [field.name], "reference": {"resource": target, "fields": [tables()[field.refers].id]}}


def _table(name: str, step: int, form: dict) -> Table:
    key = tuple(form.get("primaryKey", ()))
    fields = tuple(
        Field(**(line | ({"constraints": {"pattern": ID_PATTERN} | line.get("constraints", {})} if (line["name"],) == key and line["type"] == "string" else {})))
        for line in form["fields"]
    )
    return Table(name, form["title"], step, form["description"], form.get("adds", ""), key, fields)


@cache
def _documents() -> dict[str, Table]:
    found = {}
    for path in sorted(files(__package__).iterdir(), key=lambda path: path.name):
        if path.name.endswith(".toml"):
            document = tomllib.loads(path.read_text(encoding="utf-8"))
            found |= {name: _table(name, int(path.name[0]), form) for name, form in document.items()}
    return found


def tables() -> dict[str, Table]:
    """Every table of a plan by name, in the order of the steps.

    >>> tables()["goals"].id
    'goal'
    """
    return {name: table for name, table in _documents().items() if table.step > 0}


def facts() -> Table:
    """The fields of plan.toml, in the same form as a table."""
    return _documents()["plan"]
