"""What must hold between the cells about money that is divided, voted on, received or asked for."""

from __future__ import annotations

import datetime as dt
import math

from planning.methods import periods
from planning.model.cells import YEARS, day_of, number_of
from planning.model.errors import Problem, Words
from planning.model.sheet import Sheet

ANSWERED = {"won": 1.0, "lost": 0.0}


def broken(sheets: dict[str, Sheet], as_of: dt.date, start: int) -> list[Problem]:
    """Every rule about such money that the plan breaks; `start` is the month in which the fiscal year begins."""
    checks = {"fund_factors": factor_weights, "fund_units": crossed_bounds, "fund_values": nothing_counted, "allocations": two_groups,
              "income": lambda sheet: two_names(sheet) + ended_before(sheet, start), "grants": lambda sheet: answered_early(sheet) + odd_chances(sheet) + not_yet(sheet, as_of)}
    return [problem for name, check in checks.items() if name in sheets for problem in check(sheets[name])]


def factor_weights(sheet: Sheet) -> list[Problem]:
    """Weights of the fund's factors that do not add up to 1."""
    total = sum(number_of(row["weight"]) for row in sheet.rows)
    if not sheet.rows or math.isnan(total) or abs(total - 1) <= 0.005:
        return []
    named = ", ".join(f"{row['factor']} {row['weight']}" for row in sheet.rows)
    return [Problem("fund_factors.csv", None, "weight", Words("found weights that add up to {total} ({named})", total=f"{total:.3g}", named=named), "weights that add up to 1",
                    "Divide each weight by the sum.")]


def crossed_bounds(sheet: Sheet) -> list[Problem]:
    """Units whose floor or base lies above their cap."""
    problems = []
    for number, row in zip(sheet.numbers, sheet.rows):
        cap = number_of(row.get("most", ""))
        for column, name in (("least", "floor"), ("base", "base")):
            if number_of(row.get(column, "")) > cap:
                problems.append(Problem("fund_units.csv", number, column, Words("found {found}, above the most of {cap}", found=row[column], cap=row["most"]), Words("{cap} or less", cap=row["most"]),
                                        Words("Lower the {name}, or raise the cap.", name=Words(name))))
    return problems


def nothing_counted(sheet: Sheet) -> list[Problem]:
    """Factors that are 0 for every unit, so that their part of the money has no taker."""
    values: dict[str, list[float]] = {}
    for row in sheet.rows:
        values.setdefault(row["factor"], []).append(number_of(row["value"]))
    return [
        Problem("fund_values.csv", None, "value", Words("found 0 for every unit under the factor {factor}", factor=factor), "at least one figure above 0 for each factor",
                "Correct the figures, or take the factor out and give its weight to the others.")
        for factor, found in values.items() if all(value == 0 for value in found)
    ]


def two_groups(sheet: Sheet) -> list[Problem]:
    """Ballots that stand under two groups."""
    problems, said = [], {}
    for number, row in zip(sheet.numbers, sheet.rows):
        first, group = said.setdefault(row["ballot"], (number, row["group"]))
        if row["group"] != group:
            problems.append(Problem("allocations.csv", number, "group", Words("found {group} for the ballot {ballot}, which is {other} in row {first}", group=row["group"], ballot=row["ballot"], other=group, first=first),
                                    "one group for each ballot", "Correct the group, or give the second ballot a number of its own."))
    return problems


def two_names(sheet: Sheet) -> list[Problem]:
    """Sources of income whose id bears another name or kind in another year."""
    problems, said = [], {}
    for number, row in zip(sheet.numbers, sheet.rows):
        for column in ("name", "kind"):
            first, word = said.setdefault((row["source"], column), (number, row[column]))
            if row[column] != word:
                problems.append(Problem("income.csv", number, column, Words("found “{found}” for {source}, which is “{word}” in row {first}", found=row[column], source=row["source"], word=word, first=first),
                                        "one name and one kind for each source", "Correct the cell, or give the other source an id of its own."))
    return problems


def ended_before(sheet: Sheet, start: int) -> list[Problem]:
    """Money that is planned or received in a year that begins after its source has ended."""
    problems = []
    for number, row in zip(sheet.numbers, sheet.rows):
        until = day_of(row.get("until", ""))
        if not until or not row["fiscal_year"].isdecimal() or int(row["fiscal_year"]) not in YEARS:
            continue
        begins = periods.first_day(row["fiscal_year"], start).date()
        if until < begins and any(number_of(row.get(column, "")) > 0 for column in ("planned", "received")):
            problems.append(Problem("income.csv", number, "until", Words("found {until}, before the fiscal year {year} begins on {begins}", until=until, year=row["fiscal_year"], begins=begins),
                                    Words("{begins} or later for a year that still has money", begins=begins), "Correct the day, or take the money out of that year."))
    return problems


def answered_early(sheet: Sheet) -> list[Problem]:
    """Grants whose answer lies before the day they are due."""
    problems = []
    for number, row in zip(sheet.numbers, sheet.rows):
        due, answer = day_of(row.get("due", "")), day_of(row.get("answer", ""))
        if due and answer and answer < due:
            problems.append(Problem("grants.csv", number, "answer", Words("found {answer}, before due {due}", answer=answer, due=due), "the same day as due or later", "Correct one of the two dates."))
    return problems


def odd_chances(sheet: Sheet) -> list[Problem]:
    """Grants that were won or lost, but whose chance says otherwise, and grants won without an amount."""
    problems = []
    for number, row in zip(sheet.numbers, sheet.rows):
        sure, chance = ANSWERED.get(row["status"]), number_of(row.get("chance", ""))
        if sure is not None and not math.isnan(chance) and chance != sure:
            problems.append(Problem("grants.csv", number, "chance", Words("found {chance} for a grant that was {status}", chance=row["chance"], status=row["status"]), Words("empty, or {sure}", sure=f"{sure:g}"),
                                    "Correct the chance, or the status."))
        if row["status"] == "won" and number_of(row["amount"]) == 0:
            problems.append(Problem("grants.csv", number, "amount", "found 0 for a grant that was won", "an amount above 0", "Enter what was given."))
    return problems


def not_yet(sheet: Sheet, as_of: dt.date) -> list[Problem]:
    """Grants that are called won or lost before the answer's day."""
    problems = []
    for number, row in zip(sheet.numbers, sheet.rows):
        answer = day_of(row.get("answer", ""))
        if row["status"] in ANSWERED and answer and answer > as_of:
            problems.append(Problem("grants.csv", number, "answer", Words("found {answer}, after the plan's as_of day, for a grant that was {status}", answer=answer, status=row["status"]),
                                    Words("nothing later than {day}", day=as_of), "Correct the date, or call the grant sent."))
    return problems
