"""Figures branch by branch: who each label is, which branches come and go, and which were closed."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from planning.model.arrival import EVIDENCE, Arrival, fingerprint
from planning.model.errors import PlanningError
from planning.sources import series_who as who

if TYPE_CHECKING:
    from planning.model.plan import Plan
    from planning.sources.series import Series

MOST = 12


def arrival(plan: Plan, files: list[Path], found: Series, measure: str, *, names: Path | None = None, same: Iterable[str] = ()) -> Arrival:
    """The figures kept branch by branch: rows of branch_values, a row of branches for each new one, and who the labels are.

    Raises UsageError where a label is close to a known branch and nobody has said whether it is the same one,
    PlanningError where the files name no branches, hold figures below 0, or two figures for one branch and period.
    """
    rows = found.rows
    if rows.empty:
        raise PlanningError("{files}: no figure is left to bring in. {told}", files=", ".join(path.name for path in files), told=" ".join(found.told))
    if (rows["label"] == "").any():
        raise PlanningError("{files}: no column says whose figures they are, so they cannot be kept by branch. Name that column with --label.",
                            files=", ".join(sorted(set(rows.loc[rows["label"] == "", "file"]))))
    _refuse_below_zero(rows)
    asked = who.asked(plan, rows, names=names, same=same)
    values = _values(rows, asked.ids, measure)
    shown = rows.assign(label=rows["label"].map(asked.names))
    every = shown.groupby("period")["label"].nunique()
    known = len(set(asked.ids.values())) - len(asked.new)
    told = [f"Kept apart: {shown['label'].nunique()} branches, {known} of them in the plan already; between {every.min()} and {every.max()} of them report in a period."]
    notes = {who.FILE: asked.text}
    seen = {file: fingerprint(plan.folder, file) for file in ("branches.csv", f"{EVIDENCE}/{who.FILE}")}
    given = (*files, names) if names else tuple(files)
    return Arrival("series", {"branches": asked.new, "branch_values": values}, given, (*found.told, *told, *asked.told, *comings(shown), *gaps(shown), *zeros(shown)), seen=seen, notes=notes)


def measure(plan: Plan, name: str) -> str:
    """The measure as the plan writes it already, whatever the case of its letters; a new one as given."""
    known = {one.casefold(): one for one in plan.branch_values["measure"].dropna().unique()}
    return known.get(" ".join(name.split()).casefold(), " ".join(name.split()))


def _refuse_below_zero(rows: pd.DataFrame) -> None:
    wrong = rows[rows["value"] < 0]
    if len(wrong):
        raise PlanningError("Figures by branch are counts of 0 or more; nothing was brought in:\n{lines}", lines="\n".join(
            f"  {row.file}, row {row.row}, {row.period}: found {row.value:g}. Correct the cell, or empty it." for row in wrong.head(30).itertuples()))


def _values(rows: pd.DataFrame, ids: dict[str, str], measure: str) -> pd.DataFrame:
    made = rows.assign(branch=rows["label"].map(ids), measure=measure)
    twice = made[made.duplicated(["branch", "period"], keep=False)].sort_values(["branch", "period"])
    if len(twice):
        raise PlanningError("Two figures for one branch and period; nothing was brought in. Keep one of them, or say with --branch which branch each is:\n{lines}",
                            lines="\n".join(f"  {row.label} {row.period}: {row.value:g} ({row.file}, row {row.row})" for row in twice.head(20).itertuples()))
    return made.sort_values(["branch", "period"])[["branch", "measure", "period", "value"]].reset_index(drop=True)


def comings(rows: pd.DataFrame) -> list[str]:
    """Which labels begin later than the first period, and which end before the last."""
    first, last = rows.groupby("label")["period"].min(), rows.groupby("label")["period"].max()
    begun, ended = sorted(first[first > rows["period"].min()].index), sorted(last[last < rows["period"].max()].index)
    return [f"{say}: {_some(names)}." for say, names in (("Begin later", begun), ("End earlier", ended)) if names]


def gaps(rows: pd.DataFrame) -> list[str]:
    """Which branches have no figure for a period between their first and their last."""
    table = rows.pivot(index="period", columns="label", values="value").sort_index()
    own = {label: table[label].loc[table[label].first_valid_index():table[label].last_valid_index()] for label in table}
    found = [f"{label} {', '.join(figures.index[figures.isna()])}" for label, figures in own.items() if figures.isna().any()]
    return [f"No figure in between, kept as a gap: {_some(found, sep='; ')}."] if found else []


def zeros(rows: pd.DataFrame) -> list[str]:
    """What is told of figures of 0: periods in which half of the branches or more show it, and each branch's own runs of it."""
    table = rows.pivot(index="period", columns="label", values="value").sort_index()
    together = (table == 0).sum(axis=1) >= table.notna().sum(axis=1) / 2
    whole = [f"{period} ({int((table.loc[period] == 0).sum())} of {int(table.loc[period].notna().sum())})" for period in table.index[together]]
    told = [f"Closed together, since most branches show 0: {', '.join(whole)}."] if whole else []
    found: dict[str, list[str]] = {"before": [], "between": [], "after": []}
    for label in table:
        own = table[label].dropna()
        for place, run in _runs(own[~together.reindex(own.index)], own):
            found[place].append(f"{label} {run}")
    for place, say in (("between", "Figures of 0 in between, kept and read as closed"), ("before", "Begin with 0, kept and read as closed"),
                       ("after", "End with 0, kept and read as closed; if they are only not reported yet, remove these rows from branch_values.csv")):
        told += [f"{say}: {_some(found[place], sep='; ')}."] if found[place] else []
    return told


def _runs(own: pd.Series, whole: pd.Series) -> list[tuple[str, str]]:
    """The runs of 0 in one branch's figures, with their place among those above 0."""
    above = whole.index[whole > 0]
    flat = own == 0
    made = []
    for _, run in own[flat].groupby((~flat).cumsum()[flat]):
        first, last = run.index[0], run.index[-1]
        place = "before" if not len(above) or last < above[0] else "after" if first > above[-1] else "between"
        made.append((place, first if first == last else f"{first} to {last}"))
    return made


def _some(names: list[str], most: int = MOST, sep: str = ", ") -> str:
    return sep.join(names[:most]) + (f" and {len(names) - most} more" if len(names) > most else "")
