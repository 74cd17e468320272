"""What goes wrong, in words a librarian can act on.

PlanningError          the work cannot be done; exit code 1
├── PlanProblems       the plan has problems, all of them listed
│   └── SheetProblems  a workbook has problems, all of them listed
└── UsageError         a command or parameter was used wrongly; exit code 2

Texts are templates with named values. They are worded by the language in use, which hands its
`say` over with `speak`; until then they are worded in English.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from difflib import get_close_matches


def _english(text: str, /, **values: object) -> str:
    return text.format(**values) if values else text


_voice: dict[str, Callable[..., str]] = {"say": _english}


def speak(say: Callable[..., str]) -> None:
    """Word every error from here on with `say`, which takes a template and its values."""
    _voice["say"] = say


class Words(str):
    """A text with its values put in that still knows its template, so that another language can word it.

    >>> Words("found {n} cells", n=3), Words("found {n} cells", n=3).template
    ('found 3 cells', 'found {n} cells')
    """

    template: str
    values: dict[str, object]

    def __new__(cls, template: str, /, **values: object) -> Words:
        """The text in English."""
        made = super().__new__(cls, template.format(**values))
        made.template, made.values = template, values
        return made


def _say(text: str, /, **values: object) -> str:
    if isinstance(text, Words):
        text, values = text.template, text.values
    return _voice["say"](text, **{name: _say(value) if isinstance(value, Words) else value for name, value in values.items()})


class PlanningError(Exception):
    """The work cannot be done, and the text says why and what to do.

    >>> str(PlanningError("There is no folder {folder}.", folder="my-plan"))
    'There is no folder my-plan.'
    """

    exit_code = 1

    def __init__(self, text: str, /, **values: object) -> None:
        super().__init__(text)
        self.text = text
        self.values = values

    def __str__(self) -> str:
        return _say(self.text, **self.values)

    def _render_traceback_(self) -> list[str]:
        """Lines that a notebook shows in place of a traceback."""
        return str(self).splitlines()


class UsageError(PlanningError):
    """A command, option or parameter was used wrongly."""

    exit_code = 2


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong in a plan, and how to mend it.

    `row` is the row as a spreadsheet numbers it: the headings are row 1.

    >>> print(Problem("needs.csv", 14, "severity", "found 7", "a whole number from 1 to 5",
    ...               "Correct the cell.").sentence())
    needs.csv, row 14, column severity: found 7. Allowed: a whole number from 1 to 5. Correct the cell.
    """

    file: str
    row: int | None
    column: str | None
    found: str
    allowed: str
    action: str

    def place(self) -> str:
        """File, row and column, as far as they are known."""
        row = _say("row {row}", row=self.row) if self.row else ""
        form = "field {column}" if self.file.endswith(".toml") else "column {column}"
        column = _say(form, column=self.column) if self.column else ""
        file = _say(self.file) if isinstance(self.file, Words) else self.file
        return ", ".join(part for part in (file, row, column) if part)

    def sentence(self) -> str:
        """The whole problem on one line."""
        found, allowed, action = (_say(part) for part in (self.found, self.allowed, self.action))
        return _say("{place}: {found}. Allowed: {allowed}. {action}", place=self.place(), found=found, allowed=allowed, action=action)

    def record(self) -> dict[str, object]:
        """The problem as plain values, for JSON."""
        return {
            "file": self.file,
            "row": self.row,
            "column": self.column,
            "problem": self.sentence().removeprefix(self.place() + ": "),
        }


class PlanProblems(PlanningError):
    """The plan has problems; `problems` holds all of them, in the order of files and rows."""

    heads = {(True, True): "{folder}: 1 problem in 1 file.", (False, True): "{folder}: {count} problems in 1 file.",
             (False, False): "{folder}: {count} problems in {files} files."}

    def __init__(self, folder: str, problems: list[Problem]) -> None:
        self.folder = folder
        self.problems = sorted(problems, key=lambda p: (p.file, p.row or 0, p.column or ""))
        super().__init__("The plan has problems")

    def __str__(self) -> str:
        count = len(self.problems)
        files = len({problem.file for problem in self.problems})
        head = _say(self.heads[count == 1, files == 1], folder=self.folder, count=count, files=files)
        return "\n".join([head, *(f"  {problem.sentence()}" for problem in self.problems)])


class SheetProblems(PlanProblems):
    """A workbook has problems, named by sheet and row."""

    heads = {(True, True): "{folder}: 1 problem; nothing was taken from it.", (False, True): "{folder}: {count} problems in 1 sheet; nothing was taken from it.",
             (False, False): "{folder}: {count} problems in {files} sheets; nothing was taken from it."}


def nearest(word: str, allowed: list[str]) -> str | None:
    """The allowed word that is most like `word`, or None when none is near.

    >>> nearest("planing_year", ["plan", "planning_year"])
    'planning_year'
    """
    by_lower = {name.lower(): name for name in allowed}
    close = get_close_matches(str(word).lower(), list(by_lower), n=1, cutoff=0.6)
    return by_lower[close[0]] if close else None
