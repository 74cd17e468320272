"""One cell of a plan: what it may hold, said in words, and checked."""

from __future__ import annotations

from frictionless import Schema

from planning.model.errors import Problem, nearest
from planning.model.schema import Field

KINDS = {"string": "text", "integer": "a whole number", "number": "a number with a point, such as 0.25",
           "date": "a date such as 2026-06-30", "boolean": "true or false"}


def allowed(field: Field) -> str:
    """What a cell of this column may hold, in words.

    >>> allowed(Field("severity", "Severity", "integer", "", constraints={"minimum": 1, "maximum": 5}))
    'a whole number from 1 to 5'
    """
    if field.choices:
        return "one of " + ", ".join(field.choices)
    if field.period:
        return "a period such as 2026, 2026-Q2 or 2026-05"
    low, high = field.constraints.get("minimum"), field.constraints.get("maximum")
    kind = KINDS[field.type]
    if low is not None or high is not None:
        kind = kind.split(",")[0].replace(" with a point", "")
    reach = {(True, True): f" from {low} to {high}", (True, False): f", {low} or more", (False, True): f", {high} or less"}
    kind += reach.get((low is not None, high is not None), "")
    if "pattern" in field.constraints:
        kind = "three capital letters, such as USD" if field.name == "currency" else "letters, digits, dots, hyphens and underscores, without spaces"
    return kind


def action(field: Field, found: str) -> str:
    """What to do about a cell that holds something it may not."""
    if field.choices and (close := nearest(found, field.choices)):
        return f"Did you mean {close}?"
    if field.type == "number" and "," in found:
        return "Write the number without separators of thousands and with a point before decimals."
    if field.type == "date":
        return "Write year, month and day with hyphens; a spreadsheet's own date format can change it when the file is saved."
    if field.type in ("number", "integer") and not found.lstrip("-").replace(".", "", 1).isdigit():
        return "Leave the cell empty when the figure is not known." if not field.required else "Put the figure there, or remove the row."
    return "Correct the cell."


def cell_problem(file: str, row: int | None, field: Field, text: str) -> Problem | None:
    """The problem of one cell, or None when it holds what it may."""
    form = Schema.from_descriptor({"fields": [field.descriptor()], "missingValues": [""]})
    _, notes = form.fields[0].create_cell_reader()(text)
    return wrong_cell(file, row, field, text) if notes else None


def wrong_cell(file: str, row: int | None, field: Field, text: str) -> Problem:
    """The problem of a cell that is known to be wrong."""
    if not text:
        return Problem(file, row, field.name, "found an empty cell", allowed(field), "Fill the cell, or remove the row.")
    values = {"text": text}
    return Problem(file, row, field.name, "found {text}", allowed(field).replace("{", "{{"), action(field, text).replace("{", "{{"), values)
