"""What must hold between branches and what was counted at them."""

from __future__ import annotations

import datetime as dt
import re

from planning.methods import periods
from planning.model.cells import YEARS, day_of
from planning.model.errors import Problem, Words
from planning.model.schema import PERIOD_PATTERN
from planning.model.sheet import Sheet


def broken(sheets: dict[str, Sheet], start: int) -> list[Problem]:
    """Every rule about branches that the plan breaks; `start` is the month in which the fiscal year begins."""
    return counted_while_closed(sheets["branch_values"], sheets["branches"], start) if {"branches", "branch_values"} <= set(sheets) else []


def counted_while_closed(sheet: Sheet, branches: Sheet, start: int) -> list[Problem]:
    """Branches with figures above 0 from after their last day, or from before their first; the first such row of each."""
    days = {row["branch"]: (day_of(row.get("opened", "")), day_of(row.get("closed", ""))) for row in branches.rows}
    problems: dict[tuple[str, str], Problem] = {}
    for number, row in zip(sheet.numbers, sheet.rows):
        opened, closed = days.get(row["branch"], (None, None))
        first, last = _days(row["period"], start)
        if not first or row["value"].strip("0.") == "":
            continue
        if closed and first > closed:
            problems.setdefault((row["branch"], "closed"), _problem(number, row, Words("after its last day {day}", day=closed), "closed"))
        if opened and last < opened:
            problems.setdefault((row["branch"], "opened"), _problem(number, row, Words("before its first day {day}", day=opened), "opened"))
    return list(problems.values())


def _problem(number: int, row: dict[str, str], when: Words, column: str) -> Problem:
    return Problem("branch_values.csv", number, "period", Words("found {value} counted at {branch} in {period}, {when}", value=row["value"], branch=row["branch"], period=row["period"], when=when),
                   "figures of the time in which the branch was open", Words("Correct the period, or the day under {column} in branches.csv.", column=column))


def _days(period: str, start: int) -> tuple[dt.date | None, dt.date | None]:
    if not re.fullmatch(PERIOD_PATTERN, period) or int(period[:4]) not in YEARS:
        return None, None
    return periods.first_day(period, start).date(), periods.last_day(period, start).date()
