"""A plan with some numbers set anew, as `planning compare --set` asks: checked as the plan's own cells are."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple

import pandas as pd

from planning.model import check, rules, schema
from planning.model.cells import LARGEST, NUMBER, allowed, holds, plain
from planning.model.errors import PlanningError, PlanProblems, UsageError, nearest
from planning.model.plan import Plan

FORM = re.compile(r"(?P<table>[^.=\s]+)\.(?:(?P<row>[^=]+)\.)?(?P<column>[^.=\s]+)=(?P<value>.*)")
KEPT = ("small_group",)
SLACK = 0.005


class Setting(NamedTuple):
    """One `--set`: the cells that it means, how (=, * or +) and by which number."""

    text: str
    table: str
    row: str
    column: schema.Field
    how: str
    value: float | str


def applied(plan: Plan, texts: Iterable[str]) -> tuple[Plan, list[Setting]]:
    """The plan with its numbers set anew, and the settings; the plan given stays as it is.

    Where weights of goals are set, the weights of the goals in force that are not named give way in proportion, so that all
    add up to 1. Raises UsageError for a table, row, column or value that cannot be, and PlanProblems where the plan would break a rule.
    """
    settings = [parsed(text) for text in texts]
    facts, tables, touched = dict(plan.facts), {name: rows.copy() for name, rows in plan.tables.items()}, {}
    for one in settings:
        for place in _known(one, _places(one, plan), plan):
            if before := touched.get((one.table, place, one.column.name)):
                raise UsageError("--set {text} sets a number anew that --set {before} sets already. Leave one of them out.", text=one.text, before=before)
            touched[one.table, place, one.column.name] = one.text
            value = _value(one, facts.get(one.column.name) if one.table == "plan" else tables[one.table].at[place, one.column.name])
            if one.table == "plan":
                facts[one.column.name] = value
            else:
                tables[one.table] = tables[one.table].astype({one.column.name: float})
                tables[one.table].at[place, one.column.name] = float(value)
    named = [place for table, place, column in touched if (table, column) == ("goals", "weight")]
    if named:
        tables["goals"] = balanced(tables["goals"], plan.goals_in_force, named)
    made = replace(plan, facts=facts, tables=tables)
    _hold(plan, made, touched)
    return made, settings


def parsed(text: str) -> Setting:
    """One setting such as goals.G2.weight=0.4, usage.S03.uses=*0.8 or plan.money_ceiling=+5000; raises UsageError.

    >>> parsed("usage.S03.uses=*0.8")[1:3], parsed("plan.money_ceiling=+5000").how
    (('usage', 'S03'), '+')
    """
    found = FORM.fullmatch(text.strip())
    if not found or bool(found["row"]) == (found["table"] == "plan"):
        raise UsageError("--set {text}: write table.row.column=value, such as goals.G2.weight=0.4, or a field of the plan, such as plan.money_ceiling=150000.", text=text)
    tables = schema.tables() | {"plan": schema.facts()}
    table = tables.get(found["table"])
    if table is None:
        raise UsageError("--set {text}: there is no table {table}.{hint}", text=text, table=found["table"], hint=_hint(found["table"], list(tables)))
    column = _number_column(text, table, found["column"])
    how, value = (found["value"][:1], found["value"][1:]) if found["value"][:1] in ("*", "+") else ("=", found["value"])
    if how != "=" and not NUMBER.fullmatch(value):
        raise UsageError("--set {text}: {value} is not a number. Write {how} and a number with a point, such as *0.9 or +5000.", text=text, value=value or "''", how=how)
    return Setting(text, table.name, found["row"] or "", column, how, value if how == "=" else float(value))


def _hint(word: str, allowed: list[str]) -> str:
    close = nearest(word, allowed) or (allowed[0] if len(allowed) == 1 else "")
    return f" Did you mean {close}?" if close else ""


def _number_column(text: str, table: schema.Table, name: str) -> schema.Field:
    numbers = {column.name: column for column in table.fields if column.type in ("number", "integer") and column.name not in (*table.key, *KEPT)}
    if name in numbers:
        return numbers[name]
    listed = ", ".join(numbers)
    if name in table.columns:
        raise UsageError("--set {text}: {table}.{column} cannot be set, since it holds no number, or one that names the row or protects people. Numbers there: {listed}.",
                         text=text, table=table.name, column=name, listed=listed or "-")
    raise UsageError("--set {text}: {table} has no {column}.{hint} Numbers there: {listed}.", text=text, table=table.name, column=name,
                     hint=_hint(name, list(numbers)), listed=listed or "-")


def _places(one: Setting, plan: Plan) -> list[int]:
    """The rows that a setting means, by their place in the table."""
    if one.table == "plan":
        return [0]
    rows, key = plan.tables[one.table], list(schema.tables()[one.table].key)
    if rows.empty:
        raise UsageError("--set {text}: the plan has no row in {table}.", text=one.text, table=f"{one.table}.csv")
    whole = [" ".join(_text(part) for part in row) for row in rows[key].itertuples(index=False)]
    first = rows[key[0]].astype(str).tolist()
    asked = one.row.replace("/", " ")
    found = [place for place, names in enumerate(zip(first, whole)) if one.row == "*" or asked in names]
    if not found:
        raise UsageError("--set {text}: {table} has no row {row}.{hint}", text=one.text, table=f"{one.table}.csv", row=one.row, hint=_hint(asked, [name for name in whole if asked in name.split()] or sorted({*first, *whole})))
    standing = set(plan.goals_in_force["goal"])
    if (one.table, one.column.name) == ("goals", "weight"):
        if one.row != "*" and one.row not in standing:
            raise UsageError("--set {text}: the goal {goal} is not in force on {day}, so its weight counts nowhere. Goals in force: {goals}.",
                             text=one.text, goal=one.row, day=plan.as_of, goals=", ".join(sorted(standing)))
        return [place for place in found if first[place] in standing]
    return found


def _known(one: Setting, places: list[int], plan: Plan) -> list[int]:
    """Of several rows, those with a number there: under times and plus what is not known stays unknown."""
    if one.table == "plan" or one.how == "=":
        return places
    return [place for place in places if not pd.isna(plan.tables[one.table].at[place, one.column.name])] or places


def _text(part: object) -> str:
    """What names a row, as the file writes it: a day without its hours, a year without a point."""
    if isinstance(part, dt.date):
        return part.isoformat()[:10]
    return str(int(part)) if isinstance(part, float) and part == part else str(part)


def _value(one: Setting, old: object) -> float | int:
    """The new number of one cell, checked as a cell of the plan; raises UsageError."""
    text = one.value
    if one.how != "=":
        if old is None or pd.isna(old):
            raise UsageError("--set {text}: a number there is not known, so it cannot be changed by {how}. Set it to a number instead.", text=one.text, how=one.how)
        moved = float(old) * one.value if one.how == "*" else float(old) + one.value
        text = plain(round(moved) if one.column.type == "integer" else moved)
    if NUMBER.fullmatch(text) and abs(float(text)) > LARGEST:
        raise UsageError("--set {text}: the value would go beyond 1e15, and no number in a plan does.", text=one.text)
    if not _fits(one.column, text):
        raise UsageError("--set {text}: the value would be {found}. Allowed: {allowed}.", text=one.text, found=text or "''", allowed=allowed(one.column))
    return int(text) if one.column.type == "integer" else float(text)


def _fits(column: schema.Field, text: str) -> bool:
    if not holds(column, text) or (column.type == "integer" and not re.fullmatch(r"[+-]?\d+", text)):
        return False
    return column.constraints.get("minimum", float("-inf")) <= float(text) <= column.constraints.get("maximum", float("inf"))


def balanced(goals: pd.DataFrame, standing: pd.DataFrame, named: list[int]) -> pd.DataFrame:
    """All goals, the weights in force that are not named scaled so that the weights in force add up to 1; raises UsageError where they cannot.

    >>> goals = pd.DataFrame({"goal": ["G1", "G2", "G3"], "weight": [0.6, 0.3, 0.2]})
    >>> balanced(goals, goals, [0])["weight"].round(2).tolist()
    [0.6, 0.24, 0.16]
    """
    rest = goals.index[goals["goal"].isin(standing["goal"]) & ~goals.index.isin(named)]
    set_to, left = goals.loc[named, "weight"].sum(), goals.loc[rest, "weight"].sum()
    if (abs(set_to - 1) <= SLACK and not len(rest)) or (len(rest) and abs(set_to + left - 1) <= 1e-9):
        return goals
    if set_to > 1 + 1e-9 or not len(rest):
        raise UsageError("The weights that are set add up to {total}, and weights of goals add up to 1. Set weights that do, or leave a goal unnamed that can give way.",
                         total=f"{set_to:.3g}")
    if not left > 0:
        raise UsageError("The weights that are set add up to {total}; the other goals weigh 0, so that nothing can give way in proportion. Set their weights too.", total=f"{set_to:.3g}")
    found = goals.astype({"weight": float})
    found.loc[rest, "weight"] *= (1 - set_to) / left
    return found


def _hold(plan: Plan, made: Plan, touched: dict[tuple[str, int, str], str]) -> None:
    """Raise PlanProblems where the numbers set break a rule between cells that the plan keeps."""
    facts = plan.facts | {"as_of": plan.as_of}
    sheets, _ = check.sheets(plan.folder, cells=False)  # the plan was opened, so its cells are right
    before = {problem.sentence() for problem in rules.broken(sheets, facts)}
    touched = touched | {("goals", place, "weight"): "" for place in made.tables["goals"].index}
    for name in {table for table, _, _ in touched} & set(sheets):
        key = list(schema.tables()[name].key)
        rows = {tuple(_text(part) for part in row): place for place, row in enumerate(made.tables[name][key].itertuples(index=False))}
        for row in sheets[name].rows:
            place = rows.get(tuple(row.get(column, "") for column in key))
            row.update({column: plain(made.tables[name].at[place, column]) for table, at, column in touched if table == name and at == place})
    if broken := [problem for problem in rules.broken(sheets, made.facts | {"as_of": plan.as_of}) if problem.sentence() not in before]:
        raise PlanProblems("--set", broken)


def opened_on(plan: Plan) -> Plan:
    """The plan, when a goal was in force on its day; raises PlanningError with the first such day when none was."""
    if plan.goals_in_force.empty and len(plan.tables["goals"]):
        first = plan.tables["goals"]["valid_from"].min()
        raise PlanningError("On {day} no goal of {library} was in force; the first one is from {first} on. Choose a later day.", day=plan.as_of, library=plan.library, first=first.date())
    return plan
