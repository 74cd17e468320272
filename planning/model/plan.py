"""A plan, read and checked: its facts and its tables."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace
from pathlib import Path

import pandas as pd

from planning.methods import periods
from planning.model import check, facts, rules, schema
from planning.model.cells import day_of
from planning.model.errors import PlanningError, PlanProblems, UsageError
from planning.model.sheet import Sheet

PROJECT = Path(__file__).resolve().parents[2]


@dataclass
class Plan:
    """A library's plan: `facts` from plan.toml and one frame a table.

    A table is an attribute: `plan.goals`, `plan.kpi_values`. A table that the folder lacks is an
    empty frame with its columns, so that no step breaks; `missing` names it.
    """

    folder: Path
    facts: dict[str, object]
    tables: dict[str, pd.DataFrame] = field(repr=False)

    def __getattr__(self, name: str) -> pd.DataFrame:
        try:
            return self.__dict__["tables"][name]
        except KeyError:
            raise AttributeError(f"A plan has no table {name}.") from None

    @property
    def library(self) -> str:
        return str(self.facts["library"])

    @property
    def as_of(self) -> dt.date:
        return self.facts["as_of"]

    @property
    def fiscal_year(self) -> int:
        """The fiscal year in which as_of lies, named after the calendar year in which it ends."""
        return fiscal_year(self.as_of, int(self.facts["fiscal_year_start"]))

    @property
    def last_full_year(self) -> int:
        """The newest fiscal year that has ended on or before as_of."""
        tomorrow = self.as_of + dt.timedelta(days=1)
        return fiscal_year(tomorrow, int(self.facts["fiscal_year_start"])) - 1

    @property
    def missing(self) -> list[str]:
        """Names of the tables that are absent or hold no row."""
        return [name for name, table in self.tables.items() if table.empty]

    @property
    def goals_in_force(self) -> pd.DataFrame:
        """The goals that stand on the as_of day."""
        goals, day = self.tables["goals"], pd.Timestamp(self.as_of)
        stands = (goals["valid_from"] <= day) & (goals["valid_to"].isna() | (goals["valid_to"] >= day))
        return goals[stands].reset_index(drop=True)

    def with_tables(self, **tables: pd.DataFrame) -> Plan:
        """The plan with other rows in some of its tables; the folder and this plan stay as they are."""
        strange = [name for name in tables if name not in self.tables]
        if strange:
            raise AttributeError(f"A plan has no table {strange[0]}.")
        return replace(self, tables=self.tables | tables)


def fiscal_year(day: dt.date, start: int) -> int:
    """The fiscal year of a day, named after the calendar year in which it ends.

    >>> fiscal_year(dt.date(2026, 6, 30), 7), fiscal_year(dt.date(2026, 7, 1), 7), fiscal_year(dt.date(2026, 7, 1), 1)
    (2026, 2027, 2026)
    """
    return day.year + (1 if start > 1 and day.month >= start else 0)


def open_plan(folder: str | Path, as_of: str | dt.date | None = None) -> Plan:
    """The plan in a folder, checked; raises PlanProblems with every problem when there are any.

    A relative folder is looked for here, in every folder above and beside the package, so that a
    notebook finds it from wherever it is run. With an earlier `as_of` the plan is read as it was known on that day.
    """
    path = find(folder)
    plan_facts, sheets, problems = check.examined(path)
    if problems:
        raise PlanProblems(str(folder), problems)
    day = _day(as_of) if as_of else plan_facts["as_of"]
    if "goals" in sheets and (problems := rules.weights(sheets["goals"], day)):
        raise PlanProblems(str(folder), problems)
    tables = {name: frame(table, sheets.get(name)) for name, table in schema.tables().items()}
    if day < plan_facts["as_of"]:
        tables = {name: known_by(rows, schema.tables()[name], day, int(plan_facts["fiscal_year_start"])) for name, rows in tables.items()}
        tables["partners"] = partners_then(tables["partners"], day)
    return Plan(path, plan_facts | {"as_of": day}, tables)


def find(folder: str | Path) -> Path:
    """The plan's folder, looked for from here upwards and then beside the package; raises PlanningError when there is none."""
    given = Path(folder)
    places = [given] if given.is_absolute() else [above / given for above in (Path.cwd(), *Path.cwd().parents, PROJECT)]
    for place in places:
        if (place / facts.FILE).is_file():
            return place.resolve()
    if any(place.is_dir() for place in places):
        raise PlanningError("The folder {folder} holds no plan.toml, so it is not a plan. Name a plan's folder, "
                            "or start one with: planning new {folder}", folder=given)
    raise PlanningError("There is no folder {folder}. Check the spelling, or start a plan with: planning new {folder}", folder=given)


def _day(value: str | dt.date) -> dt.date:
    day = day_of(str(value))
    if day is None:
        raise UsageError("The day as_of is {found!r}. Write it as year, month and day, such as 2026-06-30.", found=value)
    return day


def frame(table: schema.Table, sheet: Sheet | None) -> pd.DataFrame:
    """A checked sheet as a typed frame with every column of its table.

    Text is text; whole numbers that may be missing are floats with gaps; dates are timestamps. A semicolon
    in a name reads as a comma, since results list names with semicolons between them.
    """
    rows = sheet.rows if sheet else []
    cells = {column.name: [row.get(column.name, "") for row in rows] for column in table.fields}
    if "name" in cells:
        cells["name"] = [name.replace("; ", ", ") for name in cells["name"]]
    return pd.DataFrame({column.name: _typed(column, cells[column.name]) for column in table.fields})


def _typed(column: schema.Field, cells: list[str]) -> pd.Series:
    texts = pd.Series(cells, dtype="str").replace("", None)
    if column.type == "date":
        return pd.to_datetime(texts, format="%Y-%m-%d")
    if column.type == "number":
        return pd.to_numeric(texts).astype(float)
    if column.type == "integer":
        numbers = pd.to_numeric(texts)
        return numbers.astype(int if column.required else float)
    if column.type == "boolean":
        truth = texts.str.lower().isin(["true", "yes", "1"])
        return truth if column.required else truth.astype("boolean").mask(texts.isna())
    return texts


def partners_then(partners: pd.DataFrame, day: dt.date) -> pd.DataFrame:
    """Partners with their status on an earlier day: who began later was a prospect then, and who ended later was active."""
    now, began, ended = pd.Timestamp(day), partners["since"], partners["until"]
    status = partners["status"].mask((partners["status"] == "ended") & (ended >= now), "active")
    return partners.assign(status=status.mask((status == "active") & (began > now), "prospect"), until=ended.mask(ended >= now))


def known_by(rows: pd.DataFrame, table: schema.Table, day: dt.date, start: int) -> pd.DataFrame:
    """The rows as they were known on an earlier day: what had not happened yet is left out."""
    known = rows.copy()
    for column in (column for column in table.fields if column.past):
        ends = known[column.name]
        if column.period:
            ends = pd.to_datetime(ends.map(lambda period: periods.last_day(period, start)))
        later = ends > pd.Timestamp(day)
        if column.required:
            known = known[~later]
        else:
            known[column.name] = known[column.name].mask(later)
    return known.reset_index(drop=True)
