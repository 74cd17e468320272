"""What must hold between the cells about pilots, changes, consultations on endings and what decisions changed."""

from __future__ import annotations

import datetime as dt

from planning.model import schema
from planning.model.cells import day_of
from planning.model.errors import Problem, Words, nearest
from planning.model.sheet import Sheet

KINDS = {"service": ("a service", "the id of a service"), "policy": ("a policy", "the id of a policy")}


def broken(sheets: dict[str, Sheet], as_of: dt.date) -> list[Problem]:
    """Every rule about pilots, changes and endings that the plan breaks."""
    checks = {"pilots": lambda sheet: early_verdicts(sheet, as_of) + blind_pilots(sheet), "pilot_criteria": lambda sheet: early_results(sheet, sheets.get("pilots")),
              "changes": about_nothing, "decision_changes": strange_tables, "exits": lambda sheet: other_days(sheet, sheets.get("consultations"))}
    return [problem for name, check in checks.items() if name in sheets for problem in check(sheets[name])]


def early_verdicts(sheet: Sheet, as_of: dt.date) -> list[Problem]:
    """Pilots with a verdict before they ended, and pilots that are called ended before their last day."""
    problems = []
    for number, row in zip(sheet.numbers, sheet.rows):
        end = day_of(row.get("end", ""))
        if row.get("verdict") and row["status"] in ("planned", "running"):
            problems.append(Problem("pilots.csv", number, "verdict", Words("found {verdict} for a pilot that is {status}", verdict=Words(row["verdict"]), status=Words(row["status"])),
                                    "empty until the pilot has ended", "Empty the cell, or call the pilot ended."))
        if row["status"] == "ended" and end and end > as_of:
            problems.append(Problem("pilots.csv", number, "end", Words("found {day}, after the plan's as_of day, for a pilot that has ended", day=end), Words("nothing later than {day}", day=as_of),
                                    "Correct the date, or call the pilot running."))
    return problems


def blind_pilots(sheet: Sheet) -> list[Problem]:
    """Pilots that pass as often when the whole would not work as when it would."""
    return [Problem("pilots.csv", number, "false_pass", Words("found {wrong}, where hit is {hit}: such a pilot tells nothing, or the wrong thing", wrong=row["false_pass"], hit=row["hit"]),
                    Words("less than {hit}", hit=row["hit"]), "Correct one of the two chances, or leave both empty when nobody can say.")
            for number, row in zip(sheet.numbers, sheet.rows) if _share(row.get("false_pass", "")) >= _share(row.get("hit", "")) >= 0]


def _share(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return float("nan")


def early_results(sheet: Sheet, pilots: Sheet | None) -> list[Problem]:
    """Results of pilots that have not begun."""
    planned = {row["pilot"] for row in pilots.rows if row["status"] == "planned"} if pilots else set()
    return [Problem("pilot_criteria.csv", number, "result", Words("found {result} for the pilot {pilot}, which is planned", result=row["result"], pilot=row["pilot"]),
                    "empty until the pilot runs", "Empty the cell, or correct the pilot's status in pilots.csv.")
            for number, row in zip(sheet.numbers, sheet.rows) if row.get("result") and row["pilot"] in planned]


def about_nothing(sheet: Sheet) -> list[Problem]:
    """Changes of a service or a policy that do not say which."""
    return [Problem("changes.csv", number, row["kind"], Words("found nothing, for a change of {kind}", kind=Words(KINDS[row["kind"]][0])), KINDS[row["kind"]][1],
                    "Name it, or correct the kind.")
            for number, row in zip(sheet.numbers, sheet.rows) if row["kind"] in KINDS and not row.get(row["kind"])]


def strange_tables(sheet: Sheet) -> list[Problem]:
    """Changes by decisions in a table that no plan has."""
    problems = []
    for number, row in zip(sheet.numbers, sheet.rows):
        if row["table"] not in schema.tables():
            close = nearest(row["table"], list(schema.tables()))
            action = Words("Did you mean {close}?", close=close) if close else "Correct the cell."
            problems.append(Problem(sheet.table.file, number, "table", Words("found {text}", text=row["table"]), "the name of one of the plan's tables, such as goals", action))
    return problems


def other_days(sheet: Sheet, consultations: Sheet | None) -> list[Problem]:
    """Hearings on the end of a service that are dated otherwise than the consultation they name."""
    days = {row["consultation"]: row["date"] for row in consultations.rows} if consultations else {}
    return [Problem("exits.csv", number, "consulted", Words("found {found}, where the consultation {id} took place on {day}", found=row.get("consulted") or Words("nothing"), id=row["consultation"], day=days[row["consultation"]]),
                    Words("{day}", day=days[row["consultation"]]), "Correct the date, or name the consultation in which those concerned were heard.")
            for number, row in zip(sheet.numbers, sheet.rows) if days.get(row.get("consultation", "")) and days[row["consultation"]] != row.get("consulted", "")]
