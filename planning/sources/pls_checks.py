"""What may be wrong inside a file of the Public Libraries Survey."""

from __future__ import annotations

import pandas as pd

from planning.model.errors import PlanningError, PlanProblems, Problem, Words
from planning.sources import pls_columns

_FIRST_ROW = 2


def check(raw: pd.DataFrame, year_ends: pd.Series, year: int, file: str) -> None:
    """Nothing, when the file can be trusted.

    Raises PlanProblems with every key that is empty or comes twice and every column with cells that
    are neither a figure nor a code; PlanningError when the fiscal years end in other years than the
    file's name says.
    """
    if problems := _key_problems(raw["FSCSKEY"], file) + _cell_problems(raw, file):
        raise PlanProblems(file, problems)
    ended = year_ends.dt.year.mode()
    if not ended.empty and abs(int(ended[0]) - year) > 1:
        raise PlanningError(
            "{file}: read as fiscal year {year}, but most fiscal years in it end in {ended}. "
            "Give the right year, or rename the file.",
            file=file, year=year, ended=int(ended[0]),
        )


def _key_problems(keys: pd.Series, file: str) -> list[Problem]:
    wrong = keys[(keys == "") | keys.duplicated()]
    return [
        Problem(
            file, row + _FIRST_ROW, "FSCSKEY",
            Words("found {text} a second time", text=key) if key else "found no key",
            "one row a library, each with its own key",
            "Use the file as the survey published it.",
        )
        for row, key in wrong.items()
    ]


def _cell_problems(raw: pd.DataFrame, file: str) -> list[Problem]:
    """One problem for each column, at its first wrong cell."""
    options = [option for measure in pls_columns.MEASURES.values() for option in measure]
    columns = [column for option in options for column in option.split("+") if column in raw]
    problems = []
    for column in columns:
        wrong = raw[column][_unreadable(raw[column])]
        if not wrong.empty:
            template = "found {text}, and {more} more such cells below" if len(wrong) > 1 else "found {text}"
            problems.append(
                Problem(
                    file, wrong.index[0] + _FIRST_ROW, column, Words(template, text=wrong.iloc[0], more=len(wrong) - 1),
                    "0 or a positive number without commas, or a code: -1, -3, -4, -9, M or blank",
                    "Correct the cell, or download the file again.",
                )
            )
    return problems


def _unreadable(cells: pd.Series) -> pd.Series:
    numbers = pd.to_numeric(cells, errors="coerce")
    worded = cells.str.upper().isin(pls_columns.WORDS)
    return (numbers.isna() & ~worded) | ((numbers < 0) & ~numbers.isin(pls_columns.CODES))
