"""What must hold between the cells about what things cost: budget lines that are named, keys that can spread, shares of material."""

from __future__ import annotations

import math

from planning.model.cells import number_of
from planning.model.errors import Problem, Words, nearest
from planning.model.sheet import Sheet


def broken(sheets: dict[str, Sheet]) -> list[Problem]:
    """Every rule about costs that the plan breaks."""
    budget = sheets.get("budget")
    found = [problem for name in ("shared_keys", "subscriptions") if name in sheets for problem in unknown_lines(sheets[name], budget)]
    if "shared_keys" in sheets:
        found += idle_keys(sheets["shared_keys"], sheets)
    if "formats" in sheets:
        found += more_prefer(sheets["formats"]) + floors(sheets["formats"])
    return found


def unknown_lines(sheet: Sheet, budget: Sheet | None) -> list[Problem]:
    """Rows that name a budget line which the budget does not have."""
    known = sorted(budget.values("line")) if budget else []
    problems = []
    for number, row in zip(sheet.numbers, sheet.rows):
        line = row.get("line", "")
        if line and line not in known:
            close = nearest(line, known)
            action = Words("Did you mean {close}?", close=close) if close else Words("Add it to {file}, or correct the cell.", file="budget.csv")
            problems.append(Problem(sheet.table.file, number, "line", Words("found {text}", text=line), Words("an id that stands in {file}", file="budget.csv"), action))
    return problems


def idle_keys(sheet: Sheet, sheets: dict[str, Sheet]) -> list[Problem]:
    """Keys of lines that name a service already, and the key space where no floor area is known."""
    own = {row["line"]: row["service"] for row in sheets["budget"].rows if row.get("service")} if "budget" in sheets else {}
    measured = any(number_of(row.get("space", "")) > 0 for row in (sheets["services"].rows if "services" in sheets else []))
    problems = []
    for number, row in zip(sheet.numbers, sheet.rows):
        line, key = row.get("line", ""), row.get("key", "")
        if line in own and line not in _shared(sheets):
            problems.append(Problem(sheet.table.file, number, "line", Words("found {line}, which names the service {service} in budget.csv", line=line, service=own[line]), "a line that names no service",
                                    "Remove the row: the line is that service's own; or empty the service in budget.csv, if all share it."))
        if key == "space" and not measured:
            problems.append(Problem(sheet.table.file, number, "key", "found space, and no service has a floor area in services.csv", "a key that has figures", "Fill in the column space in services.csv, or choose another key."))
    return problems


def _shared(sheets: dict[str, Sheet]) -> set[str]:
    """Lines that name no service in some year."""
    return {row["line"] for row in sheets["budget"].rows if not row.get("service")}


def more_prefer(sheet: Sheet) -> list[Problem]:
    """Materials that more people prefer than were asked, or that people prefer whom nobody counted."""
    problems, named, asked = [], {}, {}
    for number, row in zip(sheet.numbers, sheet.rows):
        material, prefer, people = row["material"], number_of(row.get("prefer", "")), number_of(row.get("asked", ""))
        if math.isnan(prefer):
            continue
        named[material], asked[material] = named.get(material, 0) + prefer, max(asked.get(material, 0), 0 if math.isnan(people) else people)
        if math.isnan(people):
            problems.append(Problem(sheet.table.file, number, "asked", Words("found nothing, while {prefer} prefer it", prefer=row["prefer"]), "how many people were asked", "Fill it in, or leave prefer empty."))
        elif prefer > people or named[material] > asked[material]:
            text = Words("found {prefer} who prefer one of the forms of {material}, of {asked} asked", prefer=f"{max(prefer, named[material]):g}", material=material, asked=f"{asked[material]:g}")
            problems.append(Problem(sheet.table.file, number, "prefer", text, Words("{asked} or fewer, both forms together", asked=f"{asked[material]:g}"), "Correct one of the figures; who prefers neither stands in neither row."))
    return problems


def floors(sheet: Sheet) -> list[Problem]:
    """Materials whose two floors add up to more than all their money."""
    kept: dict[str, float] = {}
    problems = []
    for number, row in zip(sheet.numbers, sheet.rows):
        floor = number_of(row.get("floor", ""))
        if math.isnan(floor):
            continue
        kept[row["material"]] = kept.get(row["material"], 0.0) + floor
        if kept[row["material"]] > 1 + 1e-9:
            problems.append(Problem(sheet.table.file, number, "floor", Words("found floors of {material} that add up to {sum}", material=row["material"], sum=f"{kept[row['material']]:.3g}"), "1 or less, both forms together",
                                    "Lower one of the two floors: together they cannot keep more than all the money."))
    return problems
