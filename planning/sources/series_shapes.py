"""A sheet of figures over time in one form: label, period, cell; whether months run across, down, or one row a figure."""

from __future__ import annotations

from typing import NamedTuple

from planning.model.errors import PlanningError, nearest
from planning.sources import series_periods as periods

SUMS = {"ytd", "year to date", "year-to-date", "total", "totals", "sum", "annual", "year total", "grand total", "all", "all branches", "system", "systemwide",
        "razem", "suma", "gesamt", "summe", "insgesamt", "total general", "totale", "totaal", "celkem"}
"""Headings and labels of sums, in small letters: what they hold stands in the other cells already."""

NUMBERED = {"id", "_id", "no", "no.", "nr", "nr.", "#", "row"}
"""Headings of running numbers, which say nothing of whose figures a row holds."""

ORDER = {"year", "month", "period", "date", "quarter", "fiscal year", "fy", "rok", "miesiąc", "jahr", "monat", "année", "mois", "año", "mes", "datum", "data"}


class Cell(NamedTuple):
    """One figure as it stands in a file: the spreadsheet's row, the heading, whose it is, when, and the text."""

    row: int
    column: str
    label: str
    period: str
    text: str


class Shape(NamedTuple):
    """A file's figures, its headings of sums, how it is laid out (across, down or grid), and what stands in columns of sums."""

    cells: list[Cell]
    sums: list[str]
    layout: str
    totals: tuple[Cell, ...] = ()


def read(rows: list[list[str]], *, name: str, year: int | None, value: str = "", label: str = "") -> Shape:
    """The figures of a sheet, blank ones too; raises PlanningError where it holds no periods or more than one column of figures.

    `value` names the column of figures and `label` the one that says whose they are, where the sheet has several.
    """
    top = next((place for place, row in enumerate(rows) if _heads(row)), None)
    if top is None:
        raise PlanningError("{file}: no row of headings holds months, quarters, years, or a column of them. Give each column of figures the month as heading, "
                            "or each row its month in a column named period.", file=name)
    head = rows[top]
    body = [(number, row + [""] * (len(head) - len(row))) for number, row in enumerate(rows[top + 1 :], start=top + 2) if any(row)]
    spans = {place: heading for place, heading in enumerate(head) if periods.period(heading, 2000)}
    if len(spans) >= 2:
        months = sum(periods.nameless(row[0]) for _, row in body)
        return _grid(head, body, spans) if 2 * months > len(body) else _across(head, body, spans, name, year, label)
    return _down(head, body, name, year, value, label)


def _heads(row: list[str]) -> bool:
    """Whether a row is one of headings: periods side by side, or a column of them; a row of figures may hold a year by chance."""
    whens = [place for place, cell in enumerate(row) if periods.period(cell, 2000)]
    beside = [cell for cell in row[whens[0] :] if cell] if whens else []
    return (len(whens) >= 2 and 2 * len(whens) >= len(beside)) or any(cell.strip().lower() in ORDER for cell in row)


def _known_year(year: int | None, name: str) -> int:
    found = year or periods.year_in(name)
    if found is None:
        raise PlanningError("{file}: its months have no year, and the file's name does not tell one year. Give it with --year, such as --year 2024.", file=name)
    return found


def _labels(head: list[str], taken: set[int], wanted: str, name: str) -> int | None:
    """The column that says whose figures a row holds: the wanted one, or the first that is none of the others."""
    if wanted:
        return _place(head, wanted, name, "--label")
    return next((place for place, heading in enumerate(head) if place not in taken and heading.strip().lower() not in SUMS | ORDER | NUMBERED), None)


def _place(head: list[str], wanted: str, name: str, option: str) -> int:
    lowered = [heading.strip().lower() for heading in head]
    if wanted.strip().lower() in lowered:
        return lowered.index(wanted.strip().lower())
    close = nearest(wanted, [heading for heading in head if heading])
    raise PlanningError("{file} has no column {wanted} ({option}). It has: {columns}.{hint}", file=name, wanted=wanted, option=option,
                        columns=", ".join(heading for heading in head if heading), hint=f" Did you mean {close}?" if close else "")


def _across(head: list[str], body: list[tuple[int, list[str]]], spans: dict[int, str], name: str, year: int | None, label: str) -> Shape:
    years = [place for place, heading in enumerate(head) if heading.strip().lower() in ("year", "rok", "jahr", "fiscal year")]
    whose = _labels(head, set(spans) | set(years), label, name)
    fixed = None if years or not any(periods.nameless(heading) for heading in spans.values()) else _known_year(year, name)
    cells = []
    for number, row in body:
        of = int(float(row[years[0]])) if years and periods.period(row[years[0]]) else fixed
        cells += [Cell(number, heading, row[whose] if whose is not None else "", periods.period(heading, of) or "", row[place]) for place, heading in spans.items()]
    added = {place: heading for place, heading in enumerate(head) if heading.strip().lower() in SUMS}
    totals = tuple(Cell(number, heading, row[whose] if whose is not None else "", "", row[place]) for number, row in body for place, heading in added.items())
    return Shape(cells, list(added.values()), "across", totals)


def _grid(head: list[str], body: list[tuple[int, list[str]]], spans: dict[int, str]) -> Shape:
    """Months down and years across."""
    cells = [Cell(number, heading, "", periods.period(row[0], int(periods.period(heading)[:4])) or "", row[place])
             for number, row in body for place, heading in spans.items() if periods.nameless(row[0])]
    sums = [row[0] for _, row in body if not periods.nameless(row[0])] + [heading for heading in head if heading.strip().lower() in SUMS]
    return Shape(cells, sums, "grid")


def _down(head: list[str], body: list[tuple[int, list[str]]], name: str, year: int | None, value: str, label: str) -> Shape:
    order = [place for place, heading in enumerate(head) if heading.strip().lower() in ORDER]
    figures = _place(head, value, name, "--value") if value else _figures(head, body, order, name)
    whose = _labels(head, {*order, figures}, label, name) if label or _repeats(body, order) else None
    needs_year = len(order) == 1 and any(periods.nameless(row[order[0]]) for _, row in body)
    fixed = _known_year(year, name) if needs_year else year
    cells = [Cell(number, head[figures], row[whose] if whose is not None else "", _when([row[place] for place in order], fixed), row[figures])
             for number, row in body]
    return Shape(cells, [], "down")


def _repeats(body: list[tuple[int, list[str]]], order: list[int]) -> bool:
    whens = [tuple(row[place] for place in order) for _, row in body]
    return len(set(whens)) < len(whens)


def _when(parts: list[str], year: int | None) -> str:
    """The period that one or two cells mean together: a date, or a year and a month."""
    if len(parts) == 1:
        return periods.period(parts[0], year) or ""
    of = next((int(found[:4]) for part in parts if (found := periods.period(part)) and len(found) == 4), year)
    rest = [part for part in parts if not (periods.period(part) or "").isdigit()]
    return next((found for part in rest if (found := _month_alone(part, of))), str(of) if of and not any(rest) else "")


def _month_alone(text: str, year: int | None) -> str | None:
    if text.strip().isdigit() and 1 <= int(text) <= 12:
        return f"{year}-{int(text):02}" if year else None
    return periods.period(text, year)


def _figures(head: list[str], body: list[tuple[int, list[str]]], order: list[int], name: str) -> int:
    from planning.sources.series_numbers import NoNumber, number

    def holds(place: int) -> bool:
        try:
            return any([number(row[place]) is not None for _, row in body])
        except NoNumber:
            return False

    able = [place for place in range(len(head)) if place not in order and holds(place) and head[place].strip().lower() not in NUMBERED]
    if len(able) == 1:
        return able[0]
    raise PlanningError("{file}: {found}. Name the column with --value. Columns: {columns}.", file=name,
                        found="no column holds figures only" if not able else "more than one column could hold the figures",
                        columns=", ".join(head[place] for place in able or range(len(head))))
