"""plan.toml: the few facts that are true of the whole plan."""

from __future__ import annotations

import datetime as dt
import tomllib
from pathlib import Path

from planning.model import schema
from planning.model.cells import cell_problem
from planning.model.errors import Problem, nearest
from planning.model.files import text_of

FILE = "plan.toml"


def read(folder: Path) -> tuple[dict[str, object], list[Problem]]:
    """The facts of a plan with defaults filled in, and every problem found in plan.toml."""
    text, problems = text_of(folder / FILE)
    if problems:
        return {}, problems
    try:
        found = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        action = "Put text in quotation marks, write one field a line as name = value, and dates as 2026-06-30."
        return {}, [Problem(FILE, None, None, f"found a line that cannot be read ({error})", "lines of the form name = value", action)]
    problems = [_unknown(name) for name in found if name not in schema.facts().columns]
    problems += [problem for field in schema.facts().fields if (problem := _field_problem(field, found))]
    facts = {field.name: found.get(field.name, field.default) for field in schema.facts().fields}
    return facts, problems


def _unknown(name: str) -> Problem:
    close = nearest(name, schema.facts().columns)
    action = f"Did you mean {close}?" if close else "Remove the line."
    return Problem(FILE, None, name, "found a field that no plan has", "the fields that docs/data_dictionary.md lists", action)


def _field_problem(field: schema.Field, found: dict[str, object]) -> Problem | None:
    value = found.get(field.name)
    if value is None:
        if not field.required:
            return None
        action = f"Add a line such as {field.name} = {_as_toml(field.example, field.type)}."
        return Problem(FILE, None, field.name, "found nothing", field.description.rstrip("."), action)
    text = value.isoformat() if isinstance(value, dt.date) else str(value).lower() if isinstance(value, bool) else str(value)
    return cell_problem(FILE, None, field, text)


def _as_toml(value: object, kind: str) -> str:
    if kind in ("integer", "number", "date"):
        return str(value)
    if kind == "boolean":
        return str(value).lower()
    text = str(value).replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ")
    return f'"{text}"'


def text(facts: dict[str, object]) -> str:
    """The text of plan.toml for the given facts, each line under its description.

    >>> print(text({"library": "Mill Library"}).splitlines()[1])
    library = "Mill Library"
    """
    lines = []
    for field in schema.facts().fields:
        value = facts.get(field.name)
        setting = f"{field.name} = {_as_toml(value, field.type)}"
        if value is None:
            setting = f"# {field.name} = {_as_toml(field.example, field.type)}"
        unit = f" ({field.unit})" if field.unit else ""
        lines += [f"# {field.description}{unit}", setting, ""]
    return "\n".join(lines)
