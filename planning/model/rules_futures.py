"""What must hold between the cells about futures: chances of scenarios, ranges of figures, trigger points."""

from __future__ import annotations

import math

from planning.model import schema
from planning.model.cells import number_of
from planning.model.errors import Problem, Words, nearest
from planning.model.sheet import Sheet

WHOLE, SLACK = 1.0, 0.005


def broken(sheets: dict[str, Sheet]) -> list[Problem]:
    """Every rule about futures that the plan breaks."""
    checks = {"scenarios": chances, "triggers": near_marks, "ranges": lambda sheet: out_of_order(sheet) + targets(sheet, sheets)}
    return [problem for name, check in checks.items() if name in sheets for problem in check(sheets[name])]


def chances(sheet: Sheet) -> list[Problem]:
    """Chances that are given for some scenarios only, or that add up to more than 1."""
    given = [number_of(row.get("chance", "")) for row in sheet.rows]
    empty = [number for number, row in zip(sheet.numbers, sheet.rows) if not row.get("chance")]
    if len(empty) == len(sheet.rows):
        return []
    if empty:
        return [Problem(sheet.table.file, number, "chance", "found no chance, while other scenarios have one", "a chance for every scenario, or for none",
                        "Give this one a chance too, or empty the column.") for number in empty]
    total = sum(given)
    if math.isnan(total) or total <= WHOLE + SLACK:
        return []
    named = ", ".join(f"{row['scenario']} {row['chance']}" for row in sheet.rows)
    return [Problem(sheet.table.file, None, "chance", Words("found chances that add up to {total} ({named})", total=f"{total:.3g}", named=named), "chances that add up to 1 or less",
                    "Lower some of them. What is left of 1 is the chance that all stays as it is today.")]


def near_marks(sheet: Sheet) -> list[Problem]:
    """Trigger points that count as near only at their mark or beyond it."""
    problems = []
    for number, row in zip(sheet.numbers, sheet.rows):
        near, mark = number_of(row.get("near", "")), number_of(row.get("mark", ""))
        above = row.get("side") == "above"
        if row.get("side") in ("above", "below") and (near >= mark if above else near <= mark):
            allowed = Words("a value below the mark {mark}, since it fires above", mark=row["mark"]) if above else Words("a value above the mark {mark}, since it fires below", mark=row["mark"])
            problems.append(Problem(sheet.table.file, number, "near", Words("found {near}", near=row["near"]), allowed, "Correct near, the mark or the side; leave near empty when it is never near."))
    return problems


def out_of_order(sheet: Sheet) -> list[Problem]:
    """Ranges whose three figures are not in order."""
    problems = []
    for number, row in zip(sheet.numbers, sheet.rows):
        low, likely, high = (number_of(row.get(name, "")) for name in ("low", "likely", "high"))
        if low > high:
            problems.append(Problem(sheet.table.file, number, "high", Words("found {high}, below the lowest {low}", high=row["high"], low=row["low"]), Words("{low} or more", low=row["low"]), "Correct one of the two figures."))
        elif likely < low or likely > high:
            problems.append(Problem(sheet.table.file, number, "likely", Words("found {likely}", likely=row["likely"]), Words("a figure from {low} to {high}", low=row["low"], high=row["high"]), "Correct one of the three figures."))
    return problems


def targets(sheet: Sheet, sheets: dict[str, Sheet]) -> list[Problem]:
    """Ranges of a row or a column that is not there, or of a column that holds no numbers."""
    problems = []
    for number, row in zip(sheet.numbers, sheet.rows):
        table = schema.facts() if row.get("table") == "plan" else schema.tables().get(row.get("table", ""))
        if table is None:
            continue
        numeric = [field.name for field in table.fields if field.type in ("number", "integer")]
        if row["column"] not in numeric:
            problems.append(Problem(sheet.table.file, number, "column", Words("found {text}", text=row["column"]), Words("a column of numbers in {table}: {columns}", table=row["table"], columns=", ".join(numeric)),
                                    _advice(row["column"], numeric)))
        known = _ids(row["table"], sheets)
        if row["id"] not in known:
            allowed = "plan, for a field of plan.toml" if row["table"] == "plan" else Words("the initiative and the KPI of a row in {file}, such as I04 K07", file=table.file) if row["table"] == "initiative_kpis" else Words("an id that stands in {file}", file=table.file)
            problems.append(Problem(sheet.table.file, number, "id", Words("found {text}", text=row["id"]), allowed, _advice(row["id"], known)))
    return problems


def _ids(table: str, sheets: dict[str, Sheet]) -> list[str]:
    if table == "plan":
        return ["plan"]
    keys = ["initiative", "kpi"] if table == "initiative_kpis" else schema.tables()[table].key[:1]
    rows = sheets[table].rows if table in sheets else []
    return sorted({" ".join(row.get(key, "") for key in keys) for row in rows})


def _advice(found: str, known: list[str]) -> str:
    close = nearest(found, known)
    return Words("Did you mean {close}?", close=close) if close else "Correct the cell, or remove the row."
