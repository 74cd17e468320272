"""plan.toml: the few facts that are true of the whole plan."""

from __future__ import annotations

import datetime as dt
import tomllib
from dataclasses import replace
from pathlib import Path

from planning.model import schema
from planning.model.cells import read_cell
from planning.model.errors import Problem, Words, nearest
from planning.model.files import text_of

FILE = "plan.toml"
SAVE_AGAIN = "Save it again as plain text in UTF-8."


def read(folder: Path) -> tuple[dict[str, object], list[Problem]]:
    """The facts of a plan with defaults filled in, and every problem found in plan.toml."""
    text, problems = text_of(folder / FILE, SAVE_AGAIN)
    if problems:
        return {}, problems
    try:
        found = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        action = "Put text in quotation marks, write one field a line as name = value, and dates as 2026-06-30."
        return {}, [Problem(FILE, None, None, Words("found a line that cannot be read ({error})", error=error), "lines of the form name = value", action)]
    problems = [_unknown(name) for name in found if name not in schema.facts().columns]
    facts = {}
    for field in schema.facts().fields:
        facts[field.name], problem = _value(field, found.get(field.name))
        problems += [problem] if problem else []
    return facts, problems


def _unknown(name: str) -> Problem:
    close = nearest(name, schema.facts().columns)
    action = Words("Did you mean {close}?", close=close) if close else "Remove the line."
    return Problem(FILE, None, name, "found a field that no plan has", "the fields that docs/data_dictionary.md lists", action)


def _value(field: schema.Field, found: object) -> tuple[object, Problem | None]:
    """The field's value in its own type, also where it was written as text, and the field's problem."""
    if found is None and not field.required:
        return field.default, None
    line = f"{field.name} = {_as_toml(field.example, field.type)}"
    example = Words("Write a line such as {line}.", line=line)
    if found is None:
        return None, Problem(FILE, None, field.name, "found nothing", field.description.rstrip("."), Words("Add a line such as {line}.", line=line))
    if field.type == "string" and not isinstance(found, str):
        return None, Problem(FILE, None, field.name, Words("found {text}", text=found), "text in quotation marks", example)
    text = found.isoformat() if isinstance(found, dt.date) else str(found).lower() if isinstance(found, bool) else str(found).strip()
    value, problem = read_cell(FILE, None, field, text)
    if not problem:
        return value, None
    hint = problem.action if problem.action.startswith("Did you mean") else example
    return None, replace(problem, found=problem.found if text else "found empty text", action=hint)


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
