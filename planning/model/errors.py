"""What goes wrong, in words a librarian can act on.

PlanningError          the work cannot be done; exit code 1
├── PlanProblems       the plan has problems, all of them listed
└── UsageError         a command or parameter was used wrongly; exit code 2

Texts are templates with named values, so that a second language can replace the template.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from difflib import get_close_matches


class PlanningError(Exception):
    """The work cannot be done, and the text says why and what to do.

    >>> str(PlanningError("There is no folder {folder}.", folder="my-plan"))
    'There is no folder my-plan.'
    """

    exit_code = 1

    def __init__(self, text: str, **values: object) -> None:
        super().__init__(text)
        self.text = text
        self.values = values

    def __str__(self) -> str:
        return self.text.format(**self.values) if self.values else self.text

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
    values: dict[str, object] = field(default_factory=dict, compare=False)

    def place(self) -> str:
        """File, row and column, as far as they are known."""
        row = f"row {self.row}" if self.row else ""
        column = f"column {self.column}" if self.column else ""
        return ", ".join(part for part in (self.file, row, column) if part)

    def sentence(self) -> str:
        """The whole problem on one line."""
        found, allowed, action = (
            part.format(**self.values) if self.values else part
            for part in (self.found, self.allowed, self.action)
        )
        return f"{self.place()}: {found}. Allowed: {allowed}. {action}"

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

    def __init__(self, folder: str, problems: list[Problem]) -> None:
        self.folder = folder
        self.problems = sorted(problems, key=lambda p: (p.file, p.row or 0, p.column or ""))
        super().__init__("The plan has problems")

    def __str__(self) -> str:
        count = len(self.problems)
        files = len({problem.file for problem in self.problems})
        head = f"{self.folder}: {count} problem{'s' * (count != 1)} in {files} file{'s' * (files != 1)}."
        return "\n".join([head, *(f"  {problem.sentence()}" for problem in self.problems)])


def nearest(word: str, allowed: list[str]) -> str | None:
    """The allowed word that is most like `word`, or None when none is near.

    >>> nearest("planing_year", ["plan", "planning_year"])
    'planning_year'
    """
    by_lower = {name.lower(): name for name in allowed}
    close = get_close_matches(str(word).lower(), list(by_lower), n=1, cutoff=0.6)
    return by_lower[close[0]] if close else None
