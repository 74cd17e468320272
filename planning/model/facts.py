"""plan.toml: the few facts that are true of the whole plan."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from planning.model import journal, schema
from planning.model.cells import read_cell
from planning.model.errors import Problem, Words, nearest
from planning.model.files import text_of

FILE = "plan.toml"
SAVE_AGAIN = "Save it again as plain text in UTF-8."


def read(folder: Path) -> tuple[dict[str, object], list[Problem]]:
    """The facts of a plan with defaults filled in, and every problem found in plan.toml."""
    journal.settle(folder)
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
    text = _as_text(found)
    value, problem = read_cell(FILE, None, field, text)
    if not problem:
        return value, None
    hint = problem.action if problem.action.startswith("Did you mean") else example
    return None, replace(problem, found=problem.found if text else "found empty text", action=hint)


def _as_text(found: object) -> str:
    return found.isoformat() if isinstance(found, dt.date) else str(found).lower() if isinstance(found, bool) else str(found).strip()


def written(folder: Path) -> dict[str, str]:
    """The fields that stand in a plan's plan.toml, as text; the file is one that `read` found no problem in."""
    return {name: _as_text(value) for name, value in tomllib.loads(text_of(folder / FILE)[0]).items()}


def edited(toml: str, changes: Mapping[str, object]) -> str:
    """The text of a plan.toml with some fields set anew, None taking one out; every other line and remark stays.

    >>> print(edited('library = "Mill"  # for now\\nseed = 1\\n', {"library": "Mill Library", "seed": None, "small_group": 4}), end="")
    library = "Mill Library"  # for now
    # seed = 1
    small_group = 4
    """
    fields = {field.name: field for field in schema.facts().fields}
    wanted = tomllib.loads(toml) | dict(changes)
    for name, value in changes.items():
        toml = _line_set(toml, name, None if value is None else _as_toml(value, fields[name].type))
    wanted = {name: value for name, value in wanted.items() if value is not None}
    return toml if _readable(toml) == wanted else text(wanted)


def _line_set(toml: str, name: str, setting: str | None) -> str:
    line = re.compile(rf"""^(?P<start>[ \t]*{name}[ \t]*=[ \t]*)("(?:[^"\\\n]|\\.)*"|'[^'\n]*'|[^#\r\n]*?)(?P<end>[ \t]*(?:#.*)?\r?)$""", re.MULTILINE)
    if setting is None:
        return line.sub(lambda found: f"# {found[0]}", toml, count=1)
    if line.search(toml):
        return line.sub(lambda found: found["start"] + setting + found["end"], toml, count=1)
    remark = re.compile(rf"^[ \t]*#[ \t]*{name}[ \t]*=[^\r\n]*", re.MULTILINE)
    if remark.search(toml):
        return remark.sub(lambda _: f"{name} = {setting}", toml, count=1)
    return toml.rstrip("\n") + f"\n{name} = {setting}\n"


def _readable(toml: str) -> dict[str, object] | None:
    try:
        return tomllib.loads(toml)
    except tomllib.TOMLDecodeError:
        return None


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
