"""One cell of a plan: what it may hold, said in words, and checked."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Callable
from decimal import Decimal

from frictionless import Schema

from planning.model.errors import Problem, Words, nearest
from planning.model.schema import Field

KINDS = {"string": "text", "integer": "a whole number", "number": "a number with a point, such as 0.25",
           "date": "a date such as 2026-06-30", "boolean": "true or false"}
SHORT = KINDS | {"number": "a number"}

NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?", re.ASCII)
LARGEST = 1e15
YEARS = range(1800, 2201)


def allowed(field: Field) -> str:
    """What a cell of this column may hold, in words.

    >>> allowed(Field("severity", "Severity", "integer", "", constraints={"minimum": 1, "maximum": 5}))
    'a whole number from 1 to 5'
    """
    if field.choices:
        return Words("one of {choices}", choices=", ".join(field.choices))
    if field.period:
        return "a period such as 2026, 2026-Q2 or 2026-05"
    if "pattern" in field.constraints:
        return "three capital letters, such as USD" if field.name == "currency" else "letters, digits, dots, hyphens and underscores, without spaces"
    low, high = field.constraints.get("minimum"), field.constraints.get("maximum")
    kind = Words(KINDS[field.type] if low is None and high is None else SHORT[field.type])
    reach = {(True, True): "{kind} from {low} to {high}", (True, False): "{kind}, {low} or more", (False, True): "{kind}, {high} or less"}
    return Words(reach.get((low is not None, high is not None), "{kind}"), kind=kind, low=low, high=high)


def action(field: Field, found: str) -> str:
    """What to do about a cell that holds something it may not."""
    if field.choices and (close := nearest(found, field.choices)):
        return Words("Did you mean {close}?", close=close)
    if field.type in ("number", "integer") and found.endswith("%"):
        return "Write a share as a number from 0 to 1, such as 0.25 for 25%."
    if field.type in ("number", "integer") and NUMBER.fullmatch(found) and abs(float(found)) > LARGEST:
        return "Write it in larger units; no number in a plan goes beyond 1e15."
    if field.type == "number" and "," in found:
        return "Write the number without separators of thousands and with a point before decimals."
    if field.type == "date":
        return "Write year, month and day with hyphens; a spreadsheet's own date format can change it when the file is saved."
    if field.type in ("number", "integer") and not found.lstrip("-").replace(".", "", 1).isdigit():
        return "Leave the cell empty when the figure is not known." if not field.required else "Put the figure there, or remove the row."
    return "Correct the cell."


def read_cell(file: str, row: int | None, field: Field, text: str) -> tuple[object, Problem | None]:
    """The value that one cell's text stands for, and its problem, or None when it holds what it may."""
    value, notes = _reader(field)(text)
    if notes or (text and not holds(field, text)):
        return None, wrong_cell(file, row, field, text)
    return (float(value) if field.type == "number" and text else value), None


_readers: dict[int, tuple[Field, Callable[[str], tuple[object, object]]]] = {}


def _reader(field: Field) -> Callable[[str], tuple[object, object]]:
    """The reader of a column's cells, made once; a field holds a mapping and so has no hash of its own."""
    if id(field) not in _readers:
        form = Schema.from_descriptor({"fields": [field.descriptor()], "missingValues": [""]})
        _readers[id(field)] = field, form.fields[0].create_cell_reader()
    return _readers[id(field)][1]


def holds(field: Field, text: str) -> bool:
    """Whether a text that Table Schema lets pass is one that a plan can work with.

    A number is written in plain digits, finite and not beyond 1e15; a day or
    period has all its digits and lies in the years 1800 to 2200.

    >>> age = Field("age", "Age", "number", "")
    >>> [holds(age, text) for text in ("0.5", "-3", "1e3", "NaN", "inf", "1_0", "1e400")]
    [True, True, True, False, False, False, False]
    >>> born = Field("born", "Born", "date", "")
    >>> [holds(born, text) for text in ("2026-06-30", "2026-6-30", "0206-06-30")]
    [True, False, False]
    """
    if field.type in ("number", "integer"):
        return bool(NUMBER.fullmatch(text)) and abs(float(text)) <= LARGEST
    if field.type == "date":
        return day_of(text) is not None
    return not field.period or (text[:4].isdecimal() and text.isascii() and int(text[:4]) in YEARS)


def meant(field: Field, text: str) -> str:
    """What a cell's text stands for, in one form: two texts of one meaning give the same.

    Numbers in plain digits, 15 of them at most; truths as true and false; text with plain line ends.

    >>> weight, essential = Field("weight", "Weight", "number", ""), Field("essential", "Essential", "boolean", "")
    >>> [meant(weight, text) for text in ("0.50", ".5", "1e3", "12.0")], meant(essential, "Yes")
    (['0.5', '0.5', '1000', '12'], 'true')
    """
    text = text.strip()
    if field.type in ("number", "integer"):
        return plain(float(text)) if NUMBER.fullmatch(text) else text
    if field.type == "boolean":
        form = field.descriptor()
        lower = text.lower()
        return "true" if lower in form["trueValues"] else "false" if lower in form["falseValues"] else text
    return text.replace("\r\n", "\n").replace("\r", "\n")


def plain(number: float) -> str:
    """A number in plain digits, without what binary arithmetic adds at the end.

    >>> plain(0.1 + 0.2), plain(12.0), plain(0.00001), plain(-0.0)
    ('0.3', '12', '0.00001', '0')
    """
    return format(Decimal(f"{number + 0.0:.15g}"), "f")


def number_of(text: str) -> float:
    """The number that a cell holds; missing (nan) for anything else.

    >>> number_of("0.5"), number_of("")
    (0.5, nan)
    """
    try:
        return float(text)
    except ValueError:
        return math.nan


def day_of(text: str) -> dt.date | None:
    """The day that a text such as 2026-06-30 names, or None.

    >>> day_of("2026-06-30"), day_of("20260630"), day_of("2026-02-30")
    (datetime.date(2026, 6, 30), None, None)
    """
    try:
        found = dt.date.fromisoformat(text)
    except (TypeError, ValueError):
        return None
    return found if len(text) == 10 and text[4] == "-" and found.year in YEARS and "W" not in text else None


def wrong_cell(file: str, row: int | None, field: Field, text: str) -> Problem:
    """The problem of a cell that is known to be wrong."""
    if not text:
        return Problem(file, row, field.name, "found an empty cell", allowed(field), "Fill the cell, or remove the row.")
    return Problem(file, row, field.name, Words("found {text}", text=text), allowed(field), action(field, text))
