"""Ballots on paper: the sheet that they are typed into, and the sheet read back."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from planning.model.ballots import forms as ballot_forms
from planning.model.ballots.forms import BallotRefused, Box, Round
from planning.model.cells import NUMBER
from planning.model.errors import Problem, SheetProblems, Words, nearest
from planning.model.files import csv_text, rows_of

ROUND, NUMBERED, SPEAKS = "round", "paper", "group"
FRACTION = re.compile(r"([1-9]\d?)/([1-9]\d?)", re.ASCII)
WORDS = {"agree": "1", "disagree": "-1", "pass": "0"}


@dataclass(frozen=True)
class Paper:
    """A ballot on paper, typed in: the number printed on it, the vote, and as whom it speaks."""

    number: str
    content: dict | list
    group: str = ""


def heading(round: Round, box: Box) -> str:
    """What stands above a box's column: its words, and its key in brackets, by which it is read back."""
    labels = {option.id: option.label for option in round.options}
    words = " | ".join(labels[id] for id in box.option.split(ballot_forms.BETWEEN)) if box.option else ""
    asked = dict(round.settings.get("asked", ())).get(box.asked, "") if box.asked else ""
    told = ": ".join(part for part in (words, asked) if part)
    if round.form == "pairs":
        told = f"{told} (3: the first; -3: the second)"
    return f"{told} [{box.key}]" if told else box.key


def entry_sheet(round: Round, numbers: Iterable[int]) -> str:
    """The sheet as CSV text: one line a paper with its number, a column for as whom it speaks where several can, and one for each box."""
    columns = [ROUND, NUMBERED, *([SPEAKS] if len(round.groups) > 1 else []), *(heading(round, box) for box in ballot_forms.boxes(round))]
    return csv_text(columns, [[round.round, number, *[""] * (len(columns) - 2)] for number in numbers])


def vote(round: Round, cells: Mapping[str, str]) -> dict | list:
    """What texts typed into a ballot's boxes (by their keys) mean as a vote, to be checked after; empty boxes are left out.

    Pairs may be typed with a minus where the second counts more, -3 for 1/3, which a spreadsheet would take for a day; statements
    as agree, disagree or pass.

    >>> import datetime as dt
    >>> asked = Round("R1", 1, "statements", "?", (ballot_forms.Option("A", "It is loud"), ballot_forms.Option("B", "It is far")), {}, "", (), "", "open", dt.date(2026, 6, 30))
    >>> vote(asked, {"A": "agree", "B": "-1"})
    {'A': 1, 'B': -1}
    """
    filled = {key: text.strip() for key, text in cells.items() if text and text.strip()}
    if round.form == "ideas":
        numbers = range(1, round.settings["most"] + 1)
        return [{"text": filled[f"idea {number}"], "kind": filled.get(f"kind {number}", "")} for number in numbers if f"idea {number}" in filled]
    return {key: _number(round, text) for key, text in filled.items()}


def _number(round: Round, text: str) -> int | float:
    text = WORDS.get(text.lower(), text) if round.form == "statements" else text
    if round.form == "pairs" and (parts := FRACTION.fullmatch(text)):
        return int(parts[1]) / int(parts[2])
    if not NUMBER.fullmatch(text) or len(text) > 15:
        raise BallotRefused("Found {found}, where a number is expected.", found=text[:40])
    value = float(text)
    if round.form == "pairs" and value < 0:
        value = 1 / -value
    return int(value) if value.is_integer() else value


def read(path: Path, round_of: Callable[[str], Round]) -> dict[str, list[Paper]]:
    """The papers of a typed-in sheet by round; a line on which nothing is filled in is a paper that did not come back.

    Raises SheetProblems with every problem, by row and column, and then nothing of the sheet is to be taken.
    """
    rows, problems = rows_of(path)
    if problems:
        raise SheetProblems(path.name, problems)
    columns = rows[0] if rows else []
    for name in (ROUND, NUMBERED):
        if name not in columns:
            problems.append(Problem(path.name, 1, name, "found no such heading", "the sheet that planning export ballots writes", "Type the ballots into that sheet, and leave its headings as they are."))
    lines = [(number, dict(zip(columns, row))) for number, row in enumerate(rows[1:], start=2) if row]
    filled = [(number, line) for number, line in lines if any(text.strip() for name, text in line.items() if name not in (ROUND, NUMBERED))]
    if problems or not filled:
        raise SheetProblems(path.name, problems or [Problem(path.name, None, None, "found no ballot that is filled in", "one line a ballot", "Type the ballots in, save the sheet, and bring it in again.")])
    return _papers(path.name, columns, filled, round_of)


def _papers(file: str, columns: list[str], filled: list[tuple[int, dict[str, str]]], round_of: Callable[[str], Round]) -> dict[str, list[Paper]]:
    found: dict[str, list[Paper]] = {}
    problems: list[Problem] = []
    for id in dict.fromkeys(line[ROUND] for _, line in filled):
        mine = [(number, line) for number, line in filled if line[ROUND] == id]
        round = round_of(id)
        keys, strange = _keys(file, columns, round)
        problems += strange + _twice(file, mine)
        for number, line in [] if strange else mine:
            try:
                found.setdefault(id, []).append(_paper(round, line, keys))
            except BallotRefused as error:
                problems.append(Problem(file, number, None, Words(error.text, **error.values), "what is printed on the ballot", "Look at the paper, and correct the line."))
    if problems:
        raise SheetProblems(file, problems)
    return found


def _paper(round: Round, line: Mapping[str, str], keys: Mapping[str, str]) -> Paper:
    content = vote(round, {key: line.get(name, "") for name, key in keys.items()})
    group = line.get(SPEAKS, "").strip().lower()
    return Paper(line[NUMBERED], ballot_forms.checked(round, content, group), group)


def _keys(file: str, columns: list[str], round: Round) -> tuple[dict[str, str], list[Problem]]:
    """Which box each column is, by its heading, and the headings that are none."""
    known = {name: box.key for box in ballot_forms.boxes(round) for name in (box.key, heading(round, box))}
    found, problems = {}, []
    for name in (name for name in columns if name not in (ROUND, NUMBERED, SPEAKS)):
        inside = re.search(r"\[([^][]+)\]$", name)
        key = known.get(name) or (inside[1] if inside and inside[1] in known else None)
        if key:
            found[name] = key
        else:
            close = nearest(name, list(known))
            action = Words("Did you mean {close}?", close=close) if close else "Use the sheet that was exported for this round, or remove the column."
            problems.append(Problem(file, 1, name, Words("found a heading that is not on the ballot {round}", round=round.round), ", ".join(box.key for box in ballot_forms.boxes(round)), action))
    return found, problems


def _twice(file: str, lines: list[tuple[int, dict[str, str]]]) -> list[Problem]:
    seen: set[str] = set()
    problems = []
    for number, line in lines:
        paper = line[NUMBERED].strip()
        if not paper or paper in seen:
            found = Words("found the paper {number} a second time", number=paper) if paper else "found no number"
            problems.append(Problem(file, number, NUMBERED, found, "the number on each paper, once", "Look at the paper, and correct the number."))
        seen.add(paper)
    return problems
