"""Figures over time out of any sheet, as values of a service's use, of a KPI, of a yearly statistic, or of each branch."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from planning.methods.periods import last_day
from planning.model.arrival import Arrival
from planning.model.errors import PlanningError, UsageError, nearest
from planning.model.plan import Plan
from planning.model.schema import tables
from planning.sources import series_branches as branches
from planning.sources import series_numbers as numbers
from planning.sources import series_shapes as shapes
from planning.sources.series_files import rows_of

INTO = {"usage": ("services", "service", "uses"), "kpi": ("kpis", "kpi", "value"), "statistics": ("", "measure", "value"),
        "branches": ("", "measure", "value")}
FORMS = {4: "yearly", 7: "monthly"}


@dataclass
class Series:
    """The figures of some files: rows (file, label, period, value) and what is to be told of them."""

    rows: pd.DataFrame
    told: list[str] = field(default_factory=list)


def arrival(plan: Plan, files: list[Path], *, to: str, only: Iterable[str] = (), year: int | None = None, value: str = "", label: str = "",
            names: Path | None = None, same: Iterable[str] = ()) -> Arrival:
    """The figures of the files as rows for one service, KPI or statistic of the plan, added up over labels such as branches; or one row a branch.

    `to` is usage:S01, kpi:K07, statistics:visits or branches:Loans. `only` keeps the labels named. For branches, `names` is a
    sheet that tells what codes stand for, and `same` says who a label is, such as "East=B02". Raises UsageError for
    a target that the plan does not have, PlanningError for files that cannot be read as such figures.
    """
    table, name = _target(plan, to)
    if table != "branches" and (names or list(same)):
        raise UsageError("--names and --branch go with --to branches:MEASURE only, where every branch is kept.")
    found = read(files, year=year, value=value, label=label)
    _keep(found, list(only))
    _leave_later(found, plan)
    if table == "branches":
        return branches.arrival(plan, files, found, name, names=names, same=same)
    made = _rows(plan, table, name, added_up(found), found)
    if made.empty:
        raise _nothing(files, found)
    return Arrival("series", {"kpi_values" if table == "kpi" else table: made}, tuple(files), tuple(found.told))


def _nothing(files: list[Path], found: Series) -> PlanningError:
    return PlanningError("{files}: no figure is left to bring in. {told}", files=", ".join(path.name for path in files), told=" ".join(found.told))


def read(files: list[Path], *, year: int | None = None, value: str = "", label: str = "") -> Series:
    """Every figure of the files, sums left out; raises PlanningError with every cell that cannot be read."""
    found, wrong, told = [], [], []
    for path in files:
        shape = shapes.read(rows_of(path), name=path.name, year=year, value=value, label=label)
        mark = numbers.decimal_mark(cell.text for cell in shape.cells)
        own, bad, sums = _read(shape, path.name, mark)
        found, wrong = found + own, wrong + bad
        told += [_told(path.name, shape, mark, sums), *_apart(path.name, shape, own, mark)]
    if wrong:
        raise PlanningError("Cells that hold no number; nothing was brought in:\n{lines}", lines="\n".join(f"  {line}" for line in wrong[:30]))
    rows = pd.DataFrame(found, columns=["file", "row", "label", "period", "value"])
    result = Series(_once(rows), told)
    _unreported(result)
    return result


def _read(shape: shapes.Shape, name: str, mark: str) -> tuple[list[list[object]], list[str], int]:
    found, wrong, sums = [], [], 0
    for cell in shape.cells:
        if cell.label.strip().lower() in shapes.SUMS:
            sums += 1
            continue
        try:
            figure = numbers.number(cell.text, mark)
        except numbers.NoNumber:
            wrong.append(f"{name}, row {cell.row}, column {cell.column}: found {cell.text!r}. Allowed: a number, or nothing. Correct the cell, or empty it.")
            continue
        if not cell.period and figure is not None:
            wrong.append(f"{name}, row {cell.row}: no month or year could be read for the figure {cell.text}. Write it such as 2026-05.")
        elif figure is not None:
            found.append([name, cell.row, cell.label.strip(), cell.period, figure])
    return found, wrong, sums


def _told(name: str, shape: shapes.Shape, mark: str, sums: int) -> str:
    parts = [f"{name}: {sum(bool(cell.text) for cell in shape.cells)} cells read"]
    parts += [f"sums left out: {', '.join(dict.fromkeys(shape.sums))}"] if shape.sums else []
    parts += [f"{sums} cells of total rows left out"] if sums else []
    texts = [cell.text for cell in shape.cells]
    parts += [f"{'comma' if mark == ',' else 'point'} taken as the decimal mark"] if any("," in text or "." in text for text in texts) else []
    parts += ["percent signs dropped: 37% is 37"] if any("%" in text for text in texts) else []
    return "; ".join(parts) + "."


def _apart(name: str, shape: shapes.Shape, own: list[list[object]], mark: str) -> list[str]:
    """What is told where a row's own sum is not the sum of its figures, which are what is taken."""
    figures: dict[int, float] = {}
    for _, row, _, _, figure in own:
        figures[row] = figures.get(row, 0.0) + figure
    wrong = []
    for cell in shape.totals:
        try:
            total = numbers.number(cell.text, mark)
        except numbers.NoNumber:
            total = None
        if total is not None and cell.row in figures and abs(total - figures[cell.row]) > 0.5:
            wrong.append(f"{cell.label or f'row {cell.row}'} ({cell.column} {total:g}, its figures {figures[cell.row]:g})")
    more = f" and {len(wrong) - 5} more" if len(wrong) > 5 else ""
    return [f"{name}: sums that are not those of their own row, whose figures were taken ({len(wrong)}): {'; '.join(wrong[:5])}{more}."] if wrong else []


def _once(rows: pd.DataFrame) -> pd.DataFrame:
    """One row a label and period; raises PlanningError when two files or rows tell different figures."""
    apart = rows.groupby(["label", "period"])["value"].nunique()
    twice = apart[apart > 1]
    if len(twice):
        places = [rows[(rows["label"] == label) & (rows["period"] == period)] for label, period in twice.index[:20]]
        lines = [f"  {' '.join(part for part in (one['label'].iloc[0], one['period'].iloc[0]) if part)}: "
                 + ", ".join(f"{row.value:g} ({row.file}, row {row.row})" for row in one.itertuples()) for one in places]
        raise PlanningError("Two figures for the same period; nothing was brought in. Keep one of them, or name the column of labels with --label:\n{lines}",
                            lines="\n".join(lines))
    return rows.drop_duplicates(["label", "period"]).reset_index(drop=True)


def _unreported(found: Series) -> None:
    """Leave out the last months in which every label shows 0: they were not reported yet."""
    sums = found.rows.groupby("period")["value"].apply(lambda values: values.abs().sum())
    last = sums[sums > 0].index.max() if (sums > 0).any() else ""
    empty = [period for period in sums.index if period > last]
    if empty and last:
        found.rows = found.rows[~found.rows["period"].isin(empty)].reset_index(drop=True)
        found.told.append(f"Taken as not reported yet, since all figures are 0: {', '.join(empty)}.")


def _keep(found: Series, only: list[str]) -> None:
    """Keep the labels named; raises UsageError for one that the files do not have."""
    labels = sorted(set(found.rows["label"]))
    for name in only:
        if name not in labels:
            close = nearest(name, labels)
            hint = f"Did you mean {close}?" if close else f"They have: {', '.join(labels[:20])}."
            raise UsageError("--only {name}: the files have no such row. {hint}", name=name, hint=hint)
    if only:
        found.rows = found.rows[found.rows["label"].isin(only)].reset_index(drop=True)


def added_up(found: Series) -> pd.DataFrame:
    """The figures added up over labels: period, value, labels (number); tells which labels come and go."""
    rows = found.rows
    summed = rows.groupby("period").agg(value=("value", "sum"), labels=("label", "nunique")).reset_index()
    if rows["label"].nunique() > 1:
        every = rows["label"].nunique()
        found.told.append(f"Added up over {every} rows such as branches; between {summed['labels'].min()} and {summed['labels'].max()} of them report in a period.")
        found.told += branches.comings(rows)
    return summed


def _after(period: str, plan: Plan) -> bool:
    return last_day(period, int(plan.facts["fiscal_year_start"]) if len(period) == 4 else 1).date() > plan.as_of


def _leave_later(found: Series, plan: Plan) -> None:
    late = sorted({period for period in found.rows["period"] if _after(period, plan)})
    if late:
        found.rows = found.rows[~found.rows["period"].isin(late)].reset_index(drop=True)
        found.told.append(f"Left out, since they end after the plan's as_of day {plan.as_of}: {', '.join(late)}.")


def _target(plan: Plan, to: str) -> tuple[str, str]:
    """Where the figures go: usage, kpi or statistics, and which one; raises UsageError with the nearest right word."""
    table, _, name = to.partition(":")
    if table not in INTO or not name:
        close = nearest(table, list(INTO))
        hint = f" Did you mean {close}:{name or 'ID'}?" if close else ""
        raise UsageError("--to {to}: write usage:ID of a service, kpi:ID of a KPI, statistics:MEASURE, or branches:MEASURE.{hint}", to=to, hint=hint)
    if table == "branches":
        return table, branches.measure(plan, name)
    holder, id, _ = INTO[table]
    known = list(plan.tables[holder][id]) if holder else next(one.choices for one in tables()["statistics"].fields if one.name == "measure")
    if name not in known:
        close = nearest(name, known)
        raise UsageError("--to {to}: the plan has no {id} {name}. {hint}", to=to, id=id, name=name,
                         hint=f"Did you mean {close}?" if close else f"It has: {', '.join(known)}." if known else f"Fill in {holder}.csv first.")
    return table, name


def _rows(plan: Plan, table: str, name: str, summed: pd.DataFrame, found: Series) -> pd.DataFrame:
    _, id, figure = INTO[table]
    if table == "statistics":
        return _yearly(plan, name, summed, found)
    if table == "kpi":
        due = plan.kpis.set_index("kpi")["frequency"][name]
        other = sorted({"quarterly" if "Q" in period else FORMS[len(period)] for period in summed["period"]} - {due})
        if other:
            raise PlanningError("The KPI {name} is measured {due}; the files hold {other} figures. Bring in figures of that kind, or change its frequency in kpis.csv.",
                                name=name, due=due, other=" and ".join(other))
    return pd.DataFrame({id: name, "period": summed["period"], figure: summed["value"]})


def _yearly(plan: Plan, name: str, summed: pd.DataFrame, found: Series) -> pd.DataFrame:
    """Figures by fiscal year: yearly ones as they are, monthly ones added up where all twelve months are there."""
    start = int(plan.facts["fiscal_year_start"])
    monthly = summed[summed["period"].str.len() == 7]
    if len(monthly) and monthly["period"].str.contains("Q").any():
        raise PlanningError("Quarterly figures cannot become a yearly statistic here. Bring in monthly or yearly ones.")
    fiscal = [int(period[:4]) + (1 if start > 1 and int(period[5:]) >= start else 0) for period in monthly["period"]]
    years = monthly.assign(year=fiscal).groupby("year")["value"].agg(["sum", "size"])
    short = years.index[years["size"] < 12]
    if len(short):
        found.told.append(f"Left out, since not all twelve months are there: {', '.join(f'FY{year}' for year in short)}.")
    whole = years[years["size"] == 12]
    yearly = summed[summed["period"].str.len() == 4]
    rows = [*zip(whole.index, whole["sum"]), *((int(period), value) for period, value in zip(yearly["period"], yearly["value"]))]
    return pd.DataFrame([[year, name, value] for year, value in rows], columns=["fiscal_year", "measure", "value"])
