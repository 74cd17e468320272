"""Numbers as people type them: with thousands marks, currencies, percent signs, or words for nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable

NOTHING = {"", "-", "–", "—", "..", "...", "*", "?", "n/a", "na", "n.a.", "nan", "null", "none", "x", "closed", "not reported", "no data", "b.d.", "k. a.", "k.a."}
"""Cells that say that there is no figure, in small letters."""

UNIT = r"(?:[^\W\d_]{1,4}\.?|[^\w\s.,()+\-−%])?"
CORE = re.compile(rf"^\(?[+\-−]?\s*{UNIT}\s*([+\-−]?\d[\d.,\s'’]*)\s*{UNIT}\s*%?\)?$")
MARKS = ".,"


class NoNumber(ValueError):
    """A cell that holds neither a number nor a word for nothing."""


def decimal_mark(cells: Iterable[str]) -> str:
    """The decimal mark that a file's cells use, "." or ","; "." where nothing tells.

    In a cell with both marks the last one is the decimal mark. A mark that is followed by anything but
    three figures is one, too. A single mark before three figures is a thousands mark, so a file of nothing but
    three decimals is read wrongly: its receipt says how the marks were taken.

    >>> decimal_mark(["€ 36.357,74", "1.200"]), decimal_mark(["1,234", "12"]), decimal_mark(["0,5", "3"])
    (',', '.', ',')
    """
    votes = {mark: 0 for mark in MARKS}
    for cell in cells:
        figures = re.sub(r"[^\d.,]", "", cell).strip(MARKS)
        present = [mark for mark in MARKS if mark in figures]
        if len(present) == 2:
            votes[max(present, key=figures.rfind)] += 1
        elif len(present) == 1 and figures.count(present[0]) == 1 and len(figures.partition(present[0])[2]) != 3:
            votes[present[0]] += 1
        elif present:
            votes[MARKS.replace(present[0], "")] += 0.1
    return "," if votes[","] > votes["."] else "."


def number(cell: str, mark: str = ".") -> float | None:
    """The number in a cell, None where it says that there is none; raises NoNumber for anything else.

    >>> number("1,234"), number("€ 36.357,74", ","), number("37.00%"), number("(12)"), number("N/A"), number("0")
    (1234.0, 36357.74, 37.0, -12.0, None, 0.0)
    """
    text = cell.replace("\u00a0", " ").replace("\u202f", " ").strip()
    if text.lower() in NOTHING:
        return None
    found = CORE.match(text)
    if not found:
        raise NoNumber(cell)
    figures = re.sub(r"[\s'’]", "", found[1]).rstrip(MARKS)
    plain = figures.replace(MARKS.replace(mark, ""), "").replace(mark, ".")
    if not re.fullmatch(r"[+\-−]?\d+(\.\d+)?", plain):
        raise NoNumber(cell)
    size = float(plain.lstrip("+-−"))
    below = (text.startswith("(") and text.endswith(")")) or bool(re.match(r"\W*[\-−]", text))
    return -size if below and size else size
