"""What must hold between the cells about partners: referrals, tasks of agreements, links between partners."""

from __future__ import annotations

import datetime as dt
import re

from planning.methods import periods
from planning.model.cells import YEARS, day_of
from planning.model.errors import Problem, Words
from planning.model.schema import PERIOD_PATTERN
from planning.model.sheet import Sheet


def broken(sheets: dict[str, Sheet], as_of: dt.date, start: int) -> list[Problem]:
    """Every rule about partners that the plan breaks; `start` is the month in which the fiscal year begins."""
    checks = {"partners": lambda sheet: otherwise_dated(sheet, as_of), "referrals": lambda sheet: more_arrived(sheet) + counted_twice(sheet, start), "agreement_tasks": lambda sheet: done_before(sheet, sheets.get("agreements")), "partner_links": odd_links}
    return [problem for name, check in checks.items() if name in sheets for problem in check(sheets[name])]


def otherwise_dated(sheet: Sheet, as_of: dt.date) -> list[Problem]:
    """Partners whose first or last day says another thing than their status."""
    problems = []
    for number, row in zip(sheet.numbers, sheet.rows):
        status, since, until = row["status"], day_of(row.get("since", "")), day_of(row.get("until", ""))
        if status == "active" and since and since > as_of:
            problems.append(Problem("partners.csv", number, "since", Words("found {day}, after the plan's as_of day, for an active partner", day=since), Words("nothing later than {day}", day=as_of),
                                    "Correct the date, or call it a prospect."))
        if status == "active" and until and until < as_of:
            problems.append(Problem("partners.csv", number, "until", Words("found {day}, before the plan's as_of day, for an active partner", day=until), Words("empty, or {day} or later", day=as_of),
                                    "Correct the date, or call the partnership ended."))
        if status == "ended" and until and until > as_of:
            problems.append(Problem("partners.csv", number, "until", Words("found {day}, after the plan's as_of day, for a partnership that has ended", day=until), Words("nothing later than {day}", day=as_of),
                                    "Correct the date, or call the partner active until then."))
    return problems


def more_arrived(sheet: Sheet) -> list[Problem]:
    """Referrals of which more people arrived than were sent."""
    return [
        Problem("referrals.csv", number, "arrived", Words("found {arrived} who arrived of {people} who were sent", arrived=row["arrived"], people=row["people"]),
                Words("{people} or fewer", people=row["people"]), "Correct one of the two figures; leave arrived empty when nobody counted.")
        for number, row in zip(sheet.numbers, sheet.rows)
        if row.get("arrived", "").isdecimal() and row["people"].isdecimal() and int(row["arrived"]) > int(row["people"])
    ]


def counted_twice(sheet: Sheet, start: int) -> list[Problem]:
    """Referrals whose period lies within, or overlaps, another of the same partner and direction, so that people would count twice."""
    problems, said = [], {}
    for number, row in zip(sheet.numbers, sheet.rows):
        days = _days(row["period"], start)
        if not days:
            continue
        earlier = said.setdefault((row["partner"], row["direction"]), [])
        other = next((one for one in earlier if one[2] != row["period"] and one[0][0] <= days[1] and days[0] <= one[0][1]), None)
        if other:
            problems.append(Problem("referrals.csv", number, "period", Words("found {period}, part of which row {other} counts already as {earlier}", period=row["period"], other=other[1], earlier=other[2]),
                                    "periods of one partner and direction that do not overlap", "Keep the month, the quarter or the year, and remove the other row."))
        earlier.append((days, number, row["period"]))
    return problems


def _days(period: str, start: int) -> tuple[dt.date, dt.date] | None:
    if not re.fullmatch(PERIOD_PATTERN, period) or int(period[:4]) not in YEARS:
        return None
    return periods.first_day(period, start).date(), periods.last_day(period, start).date()


def done_before(sheet: Sheet, agreements: Sheet | None) -> list[Problem]:
    """Tasks that were done before the agreement they stand under began."""
    begins = {row["agreement"]: day_of(row.get("start", "")) for row in agreements.rows} if agreements else {}
    problems = []
    for number, row in zip(sheet.numbers, sheet.rows):
        done, begin = day_of(row.get("done", "")), begins.get(row["agreement"])
        if done and begin and done < begin:
            problems.append(Problem("agreement_tasks.csv", number, "done", Words("found {done}, before the agreement {agreement} began on {begin}", done=done, agreement=row["agreement"], begin=begin),
                                    Words("{begin} or later", begin=begin), "Correct the date, or name the agreement under which it was done."))
    return problems


def odd_links(sheet: Sheet) -> list[Problem]:
    """Partners that are linked to themselves, and pairs that stand a second time the other way round."""
    problems, said = [], {}
    for number, row in zip(sheet.numbers, sheet.rows):
        partner, other = row["partner"], row["other"]
        if partner and partner == other:
            problems.append(Problem("partner_links.csv", number, "other", Words("found {text}, the partner itself", text=other), "another partner", "Correct the cell, or remove the row."))
        elif (other, partner) in said:
            problems.append(Problem("partner_links.csv", number, "other", Words("found {partner} and {other}, the pair of row {first} the other way round", partner=partner, other=other, first=said[other, partner]),
                                    "each pair of partners once", "Remove one of the two rows."))
        said.setdefault((partner, other), number)
    return problems
