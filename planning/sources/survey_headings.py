"""The headings of a survey's export, in one row or in two or three, with the options that stand under a question."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from pathlib import Path

from planning.model.errors import PlanningError
from planning.sources.survey_files import AGAIN, rows_of
from planning.sources.survey_words import plain

ANSWERED = {"", "response", "open-ended response", "odpowiedź", "antwort", "réponse", "respuesta"}
QUALTRICS = {"startdate", "enddate", "recordeddate", "responseid", "ipaddress", "progress"}
TRIALS = {"survey preview", "survey test", "spam"}
PAIRED = (re.compile(r"^(?P<stem>.*?\S)\s*\[(?P<option>[^\[\]]+)\](?:\s*\[[^\[\]]+\])?$"),)
PARTS = (" - ", " – ", " — ", ": ", " | ")


@dataclass(frozen=True)
class Export:
    """An export: its place, its columns' headings, the question and option in each heading, its rows by number, and what is to be told.

    A row's number is that of a spreadsheet. `pairs` holds question and option of a column that is one of several under
    a question, and empty texts for others.
    """

    path: Path
    headings: list[str]
    pairs: list[tuple[str, str]]
    rows: list[tuple[int, list[str]]]
    told: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        return self.path.name

    @property
    def form(self) -> frozenset[str]:
        """The headings in the one form in which they are compared."""
        return frozenset(map(plain, self.headings))

    def cells(self, heading: str) -> list[str]:
        """The cells under a heading, from the first row to the last."""
        place = [plain(one) for one in self.headings].index(plain(heading))
        return [cells[place] for _, cells in self.rows]


def read(path: Path) -> Export:
    """An export of a survey; raises PlanningError when it holds no answers or its headings cannot be told apart."""
    rows, told = rows_of(path)
    start = _first(rows)
    headings, pairs, used = _joined(rows, start)
    answers = [(number, row) for number, row in enumerate(rows[start + used:], start=start + used + 1) if row]
    if not answers:
        raise PlanningError("{file} holds headings only, and no answers. {again}", file=path.name, again=AGAIN)
    long = next((number for number, row in answers if any(row[len(headings):])), None)
    if long:
        raise PlanningError("{file}, row {row}: more cells than the {n} headings; perhaps a comma stands in a cell without quotation marks. Mend it in a spreadsheet.",
                            file=path.name, row=long, n=len(headings))
    padded = [(number, [*row, *[""] * (len(headings) - len(row))][:len(headings)]) for number, row in answers]
    kept = [place for place, heading in enumerate(headings) if heading or any(row[place] for _, row in padded)]
    export = Export(path, [headings[place] or f"column {letters(place)}" for place in kept], [pairs[place] for place in kept],
                    [(number, [row[place] for place in kept]) for number, row in padded], told)
    _refuse_twins(export, kept)
    return _without_trials(_paired(export))


def letters(place: int) -> str:
    """A column's letters in a spreadsheet.

    >>> letters(0), letters(25), letters(26)
    ('A', 'Z', 'AA')
    """
    return (letters(place // 26 - 1) if place >= 26 else "") + chr(ord("A") + place % 26)


def _first(rows: list[list[str]]) -> int:
    """The place of the first row of headings: lines of a title above it have one filled cell only."""
    width = max(sum(map(bool, row)) for row in rows)
    return next(place for place, row in enumerate(rows) if sum(map(bool, row)) >= min(width, 2))


def _joined(rows: list[list[str]], start: int) -> tuple[list[str], list[tuple[str, str]], int]:
    """The headings, the question and option of each, and how many rows they take."""
    first = rows[start]
    second = rows[start + 1] if len(rows) > start + 1 else []
    third = rows[start + 2] if len(rows) > start + 2 else []
    if _is_import(second):
        return [*first], [("", "")] * len(first), 2
    named = len(QUALTRICS & {plain(cell) for cell in first}) >= 3 and plain(next(iter(second), "")) in ("start date", "end date", "recorded date", "response id")
    if _is_import(third) or named:
        texts = [text or code for text, code in zip([*second, *[""] * len(first)], first)]
        many = Counter(map(plain, texts))
        return [text if many[plain(text)] == 1 else f"{text} ({code})" for text, code in zip(texts, first)], [("", "")] * len(first), 3 if _is_import(third) else 2
    if _is_two(first, second):
        return _below(first, second)
    return [*first], [("", "")] * len(first), 1


def _is_import(row: list[str]) -> bool:
    return any(cell.replace(" ", "").startswith('{"ImportId"') for cell in row)


def _is_two(first: list[str], second: list[str]) -> bool:
    """Whether a second row holds the options of the questions in the first."""
    width = max(len(first), len(second))
    above, below = [*first, *[""] * (width - len(first))], [*second, *[""] * (width - len(second))]
    if {plain(cell) for cell in below} & {"response", "open-ended response"}:
        return True
    begun = next((place for place, cell in enumerate(above) if cell), width)
    options = [place for place in range(begun + 1, width) if not above[place] and below[place]]
    bare = [place for place in range(begun + 1, width) if not above[place] and not below[place]]
    return bool(options) and not bare and any(above[place] and not below[place] for place in range(width))


def _below(first: list[str], second: list[str]) -> tuple[list[str], list[tuple[str, str]], int]:
    width = max(len(first), len(second))
    stem, headings, pairs = "", [], []
    for place in range(width):
        above, below = (row[place] if place < len(row) else "" for row in (first, second))
        stem = above or stem
        alone = plain(below) in ANSWERED
        headings.append(stem if alone else f"{stem} - {below}")
        pairs.append(("", "") if alone else (stem, below))
    return headings, pairs, 2


def _refuse_twins(export: Export, kept: list[int]) -> None:
    places: dict[str, list[int]] = {}
    for place, heading in zip(kept, export.headings):
        places.setdefault(plain(heading), []).append(place)
    for found in places.values():
        if len(found) > 1:
            raise PlanningError("{file}: columns {columns} have the same heading, {heading}. Rename one of them in the file.", file=export.name,
                                columns=" and ".join(map(letters, found)), heading=export.headings[kept.index(found[0])])


def _paired(export: Export) -> Export:
    """The export with questions and options told apart where one heading holds both and others share the question."""
    found = [pair if pair[0] else _pair(heading) for heading, pair in zip(export.headings, export.pairs)]
    many = Counter(stem for stem, _ in found if stem)
    for place, heading in enumerate(export.headings):
        if not found[place][0]:
            cuts = [(stem, option) for mark in PARTS for stem, cut, option in [heading.rpartition(mark)] if cut and stem and option]
            found[place] = next(((stem, option) for stem, option in cuts if sum(other.startswith(stem) for other in export.headings) > 1), ("", ""))
            many.update([found[place][0]])
    chosen = [(stem.removesuffix(" - Selected Choice"), option) if stem and (many[stem] > 1 or export.pairs[place][0]) else ("", "")
              for place, (stem, option) in enumerate(found)]
    return replace(export, pairs=chosen)


def _pair(heading: str) -> tuple[str, str]:
    return next(((match["stem"].strip(), match["option"].strip()) for pattern in PAIRED if (match := pattern.match(heading))), ("", ""))


def _without_trials(export: Export) -> Export:
    """The export without rows that its maker gave as a trial, which Qualtrics marks in a column of states."""
    place = next((place for place, heading in enumerate(export.headings) if plain(heading) in ("status", "response type")), None)
    trials = [number for number, row in export.rows if place is not None and plain(row[place]) in TRIALS]
    if not trials:
        return export
    told = f"{export.name}: {len(trials)} {'row' if len(trials) == 1 else 'rows'} left out, marked as a preview, a test or spam."
    return replace(export, rows=[(number, row) for number, row in export.rows if number not in trials], told=[*export.told, told])
