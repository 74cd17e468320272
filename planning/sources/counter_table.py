"""COUNTER reports as tables: a header of names and values, the row of columns, and a column for each month."""

from __future__ import annotations

import re
from collections.abc import Iterable

import numpy as np
import pandas as pd

from planning.model.errors import PlanningError, PlanProblems, Problem, Words
from planning.sources import counter_notes as notes
from planning.sources.counter_files import Sheet, column_row, normal
from planning.sources.counter_types import ATTRIBUTES, COLUMNS, Report, guessed, identified, metric, older, refuse_claim, release
from planning.sources.series_periods import period

IDS = ("doi", "proprietary_id", "isbn", "print_issn", "online_issn", "linking_issn", "uri")
TOTAL = "reporting_period_total"
GROUPED = r"\d{1,3}([, \u00a0\u202f'’]\d{3})+"
FOURTH = re.compile(r"^(journal|database|platform|book|multimedia|title|consortium) report (\d)|^(jr|db|pr|br|mr|tr|cr)(\d)\b(?!_)|\(r4\)", re.IGNORECASE)
SHORT = {"journal": "JR", "database": "DB", "platform": "PR", "book": "BR", "multimedia": "MR", "title": "TR", "consortium": "CR"}


def report(sheet: Sheet) -> Report:
    """The report that a table holds; raises PlanningError, or PlanProblems with every cell, when it is not what it should be."""
    place = column_row(sheet.rows)
    header = {normal(row[0]): " ".join(cell for cell in row[1:] if cell) for row in sheet.rows[: 40 if place is None else place] if row}
    said = notes.of_cell(header.get("exceptions", ""))
    if place is None:
        raise _no_columns(sheet, header, said)
    told = [f"{sheet.name}: the publisher notes {note}." for note in said]
    names = [normal(name) for name in sheet.rows[place]]
    of, kind = release(sheet.name, header), identified(sheet.name, header)
    months = _months(sheet, place, header.get("reporting_period", ""))
    wide, lines = _wide(sheet, place, told)
    figures = _figures(sheet, wide, lines, months, place)
    _compare_totals(sheet.name, names, wide, lines, figures, told)
    rows = _long(wide, names, list(months.values()), figures, header.get("created_by", ""))
    if rows.empty:
        raise notes.empty(sheet.name, kind or "without a header", said)
    if not kind:
        kind = guessed(set(names), set(rows["metric"]))
        told.append(f"{sheet.name}: it has no header; by its columns it is taken as {kind}.")
    refuse_claim(sheet.name, kind, set(names), rows, table=True)
    return Report(sheet.name, kind, of, rows.assign(file=sheet.name, report=kind, release=of)[COLUMNS], told)


def _no_columns(sheet: Sheet, header: dict[str, str], said: list[notes.Note]) -> PlanningError:
    for row in sheet.rows[:10]:
        if row and (found := FOURTH.search(row[0])):
            return older(sheet.name, f"{SHORT[found[1].lower()]}{found[2]}" if found[1] else f"{found[3] or ''}{found[4] or ''}".upper())
    if "report_id" in header:
        release(sheet.name, header)
        return notes.empty(sheet.name, identified(sheet.name, header), said)
    return notes.stranger(sheet.name)


def month(text: str) -> str:
    """The month that a heading means, such as 2022-01; empty when it means none.

    >>> month("Jan-2022"), month("Feb-19"), month("2022-03-01 00:00:00"), month("01-Apr-22")
    ('2022-01', '2019-02', '2022-03', '2022-04')
    >>> month("2022-13"), month("2022"), month("2022-01-01 to 2022-02-28")
    ('', '', '')
    """
    if len(re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", text)) > 1:
        return ""
    found = period(re.sub(r"^0?1[-/ ](?=[^\W\d])", "", text.strip())) or ""
    return found if re.fullmatch(r"(199|20\d)\d-(0[1-9]|1[0-2])", found) else ""


def refuse_months(file: str, found: Iterable[str], begin_end: list[str]) -> None:
    """Raise PlanningError for months outside the period that the header names."""
    outside = [one for one in found if begin_end and not begin_end[0][:7] <= one <= begin_end[-1][:7]]
    if outside:
        raise PlanningError("{file}: it has a figure for {months}, but its header says that it covers {begin} to {end}. Ask the publisher for the report again.",
                            file=file, months=", ".join(outside), begin=begin_end[0][:7], end=begin_end[-1][:7])


def _months(sheet: Sheet, place: int, covered: str) -> dict[int, str]:
    """The months by the place of their column; raises PlanningError for headings that are no month, and for a month that stands twice."""
    headings = sheet.rows[place]
    after = next(spot for spot, name in enumerate(headings) if normal(name) == "metric_type")
    spots = [spot for spot, name in enumerate(headings) if spot > after and name and normal(name) not in (TOTAL, *ATTRIBUTES)]
    found = {spot: month(headings[spot]) for spot in spots}
    wrong = [headings[spot] for spot in spots if not found[spot]]
    twice = sorted({name for name in found.values() if list(found.values()).count(name) > 1 and name})
    if wrong or twice:
        raise PlanningError("{file}, row {row}: found {headings} among the months. Allowed: each month once, such as Jan-2022 or 2022-01. Correct the headings, or download the report again.",
                            file=sheet.name, row=place + 1, headings=", ".join(wrong or [f"{name} twice" for name in twice]))
    if not found:
        raise PlanningError("{file}: it has no column for a month. Ask the publisher for the report by month, not for totals only.", file=sheet.name)
    refuse_months(sheet.name, found.values(), re.findall(r"\d{4}-\d{2}-\d{2}", covered))
    return found


def _wide(sheet: Sheet, place: int, told: list[str]) -> tuple[pd.DataFrame, np.ndarray]:
    """The rows below the columns, one cell a place, and their row numbers; rows without a metric and rows that stand twice left out."""
    width = len(sheet.rows[place])
    kept = [(number, row) for number, row in enumerate(sheet.rows[place + 1:], start=place + 2) if any(row)]
    wide = pd.DataFrame([(row + [""] * (width - len(row)))[:width] for _, row in kept], columns=range(width), dtype=object)
    lines = np.array([number for number, _ in kept], dtype=int)
    metrics = wide[[normal(name) for name in sheet.rows[place]].index("metric_type")].to_numpy(object)
    _refuse_misfits(sheet, place, kept, metrics)
    unnamed, twice = metrics == "", wide.duplicated().to_numpy()
    for what, rows in (("without a metric, such as sums, left out", unnamed), ("that stand twice, with the same figures, taken once", twice & ~unnamed)):
        if rows.any():
            told.append(f"{sheet.name}: rows {what}: {int(rows.sum())} (the first is row {lines[rows][0]}).")
    return wide[~(unnamed | twice)].reset_index(drop=True), lines[~(unnamed | twice)]


def _refuse_misfits(sheet: Sheet, place: int, kept: list[tuple[int, list[str]]], metrics: np.ndarray) -> None:
    """Raise PlanningError for a second report below the first, and for cells that stand under no heading."""
    width, bare = len(sheet.rows[place]), [spot for spot, name in enumerate(sheet.rows[place]) if not name]
    again = [number for (number, _), name in zip(kept, metrics) if normal(name) == "metric_type"]
    loose = [number for number, row in kept if any(row[width:]) or any(row[spot] for spot in bare if spot < len(row))]
    if again or loose:
        raise PlanningError("{file}, row {row}: found {what}. Give each report as a file of its own, as the publisher sent it.", file=sheet.name, row=(again or loose)[0],
                            what=Words("a second row of column headings") if again else Words("a cell that stands under no heading"))


def _figures(sheet: Sheet, wide: pd.DataFrame, lines: np.ndarray, months: dict[int, str], place: int) -> np.ndarray:
    """The figures, a row a row and a column a month, missing where a cell is blank; raises PlanProblems for cells that are no count."""
    problems, columns = [], []
    for spot in months:
        values, wrong = _counts(wide[spot])
        columns.append(values)
        if wrong.any():
            template = "found {text}, and {more} more such cells below" if wrong.sum() > 1 else "found {text}"
            problems.append(Problem(sheet.name, int(lines[wrong][0]), sheet.rows[place][spot], Words(template, text=wide[spot].to_numpy()[wrong][0], more=int(wrong.sum()) - 1),
                                    "a whole number, 0 or more, or nothing", "Correct the cell, or download the report again."))
    if problems:
        raise PlanProblems(sheet.name, problems)
    return np.column_stack(columns)


def _counts(cells: pd.Series) -> tuple[np.ndarray, np.ndarray]:
    """Cells as counts, missing where blank, and which are no count."""
    values = pd.to_numeric(cells, errors="coerce").to_numpy(float, copy=True)
    filled = (cells != "").to_numpy(bool)
    odd = np.isnan(values) & filled
    if odd.any():
        texts = cells[odd].astype(str)
        values[odd] = pd.to_numeric(texts.str.replace(r"\D", "", regex=True).where(texts.str.fullmatch(GROUPED)), errors="coerce")
    return values, filled & (np.isnan(values) | (values < 0) | (values != np.floor(values)) | np.isinf(values))


def _compare_totals(file: str, names: list[str], wide: pd.DataFrame, lines: np.ndarray, figures: np.ndarray, told: list[str]) -> None:
    """Tell of rows whose total is not the sum of their months."""
    if TOTAL not in names:
        return
    cells = wide[names.index(TOTAL)]
    totals, wrong = _counts(cells)
    sums = np.nansum(figures, axis=1)
    apart = (cells != "").to_numpy(bool) & (wrong | (totals != sums))
    if apart.any():
        first = int(np.flatnonzero(apart)[0])
        told.append(f"{file}: the total differs from the sum of the months in {int(apart.sum())} of {len(wide)} rows, first in row {lines[first]} "
                    f"({cells.iloc[first]} against {sums[first]:.0f}); the months were taken.")


def _long(wide: pd.DataFrame, names: list[str], months: list[str], figures: np.ndarray, maker: str) -> pd.DataFrame:
    """One row a figure, with what describes it."""
    places = {name: spot for spot, name in reversed(list(enumerate(names)))}
    blank = pd.Series("", index=wide.index, dtype=object)
    texts = {name: wide[places[name]] if name in places else blank for name in ("platform", "database", "title", "item", "parent_title", *ATTRIBUTES, *IDS)}
    texts["id"] = blank
    for name in IDS:
        texts["id"] = texts["id"].where(texts["id"] != "", texts[name])
    texts["title"] = texts["title"].where(texts["title"] != "", texts["parent_title"])
    texts["platform"] = texts["platform"].where(texts["platform"] != "", maker)
    metrics = wide[places["metric_type"]]
    texts["metric"] = metrics.map({name: metric(name) for name in metrics.unique()})
    row, column = np.nonzero(~np.isnan(figures))
    wanted = [name for name in COLUMNS if name not in ("file", "report", "release", "period", "uses")]
    made = {name: texts[name].to_numpy(object)[row] for name in wanted}
    return pd.DataFrame(made | {"period": np.array(months, dtype=object)[column], "uses": figures[row, column]})
