"""What must hold between the cells of value proxies: ends in order, one number each, and a drop-off with years."""

from __future__ import annotations

from planning.model.cells import number_of
from planning.model.errors import Problem, Words
from planning.model.sheet import Sheet


def broken(sheets: dict[str, Sheet]) -> list[Problem]:
    """Every rule about value proxies that the plan breaks."""
    if "proxies" not in sheets:
        return []
    sheet = sheets["proxies"]
    return [*ends_out_of_order(sheet), *numbers_given(sheet), *lonely_drop_offs(sheet)]


def ends_out_of_order(sheet: Sheet) -> list[Problem]:
    """Proxies whose lowest value lies above the likeliest, or whose highest lies below it."""
    problems = []
    for number, row in zip(sheet.numbers, sheet.rows):
        low, likely, high = (number_of(row.get(name, "")) for name in ("low", "unit_value", "high"))
        for column, wrong, allowed in (("low", low > likely, "a number of {value} or less, the value of one"), ("high", high < likely, "a number of {value} or more, the value of one")):
            if wrong:
                problems.append(Problem("proxies.csv", number, column, Words("found {text}", text=row[column]), Words(allowed, value=row["unit_value"]),
                                        "Correct one of the two figures, or leave the cell empty when nobody knows."))
    return problems


def numbers_given(sheet: Sheet) -> list[Problem]:
    """Proxies that have no number to be multiplied by, or two."""
    problems = []
    for number, row in zip(sheet.numbers, sheet.rows):
        if row.get("number") and row.get("kpi"):
            problems.append(Problem("proxies.csv", number, "number", Words("found {text} beside the KPI {kpi}", text=row["number"], kpi=row["kpi"]), "a number or a KPI, not both",
                                    "Empty one of the two cells."))
        if not any(row.get(name) for name in ("service", "kpi", "number")):
            problems.append(Problem("proxies.csv", number, "number", "found nothing, and no service or KPI either", "a number a year, a KPI, or a service whose uses are counted",
                                    "Fill one of the three cells; a value of one needs something to be multiplied by."))
    return problems


def lonely_drop_offs(sheet: Sheet) -> list[Problem]:
    """Proxies that fade over the years without saying for how many years they last."""
    return [
        Problem("proxies.csv", number, "years", Words("found {text} beside a drop-off of {share}", text=row.get("years") or Words("nothing"), share=row["drop_off"]), "a whole number of 2 or more, or no drop-off",
                "Write for how many years it lasts, or empty the drop-off.")
        for number, row in zip(sheet.numbers, sheet.rows)
        if row.get("drop_off") and not number_of(row.get("years", "")) > 1
    ]
