"""The door through which everything is written into a plan: one at a time, and only what leaves it whole."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from planning.model import check
from planning.model.errors import Problem, PlanningError, PlanProblems
from planning.model.files import write_text
from planning.model.journal import FILE, LOCK, alone, write

__all__ = ["APART", "LOCK", "alone", "problems_with", "refuse_problems", "write"]
APART = ("evidence", LOCK, FILE, "reports", "ballots.sqlite*", "datapackage.json", ".planning.new.*", ".git")
"""What stands in a plan's folder and takes no part in its check."""


def problems_with(folder: Path, texts: Mapping[str, str]) -> list[Problem]:
    """Every problem that the plan would have with these files in the place of its own (file name to text).

    Raises PlanningError when there is no room for trying it.
    """
    try:
        with tempfile.TemporaryDirectory(prefix="planning-") as built:
            trial = Path(built) / folder.name
            shutil.copytree(folder, trial, ignore=shutil.ignore_patterns(*APART))
            for file, text in texts.items():
                write_text(trial / file, text)
            return check.problems(trial)
    except (OSError, shutil.Error) as error:
        raise PlanningError("Nothing was written: there is no room for trying the change first ({why}). Make room on the disk, then try again.", why=error) from error


def refuse_problems(folder: Path, texts: Mapping[str, str]) -> None:
    """Raise PlanProblems when the plan with these files would have problems."""
    if problems := problems_with(folder, texts):
        raise PlanProblems(folder.name, problems)
