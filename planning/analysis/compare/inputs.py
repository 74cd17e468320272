"""In what two plans differ: every cell, row and goal, before anything is computed from them."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import SequenceMatcher

import pandas as pd

from planning.analysis.compare.reading import Plan, Reading

COLUMNS = ["table", "row", "row_name", "column", "before", "after", "what"]
ALIKE = 0.6
HIDDEN = "not shown"
# what single people or few of them gave or are: told as changed, never with the figures
OF_PEOPLE = {"answers": ("answer",), "ratings": ("quality", "timeliness", "relevance"), "allocations": ("points",), "training_results": ("people", "good"), "message_results": ("reached", "acted"),
             "consultations": ("people",), "exits": ("people",), "vacancies": ("applied",), "formats": ("asked", "prefer")}
OF_ROLES = ("current", "self_rated", "people")
OF_KPIS = {"kpi_values": "value", "kpis": "baseline", "decisions": "kpi_then"}
NAMES = {"services": "service", "goals": "goal", "kpis": "kpi", "initiatives": "initiative", "partners": "partner", "roles": "role", "segments": "segment",
         "skills": "skill", "audiences": "audience", "scenarios": "scenario", "questions": "question"}


def cells(before: Plan, after: Plan, *, keys: Mapping[str, tuple[str, ...]]) -> pd.DataFrame:
    """Every cell in which two plans differ: table (plan for a fact of plan.toml), row (its key, parts with spaces between), row_name
    (missing where nothing names it), column (empty for a whole row), before, after, what (changed, new, gone).

    `keys` names the columns that name the rows of each table. A row that stands in one plan only has one row here. Tables without
    a key are left out. In the order of the tables. before and after are "not shown" for what people gave (answers, ballots, counts of people), for levels of skill
    in roles of few people and for KPI values on which too few answered.
    """
    found = [["plan", "plan", None, name, before.facts.get(name), after.facts.get(name), "changed"]
             for name in sorted({*before.facts, *after.facts}) if not _same(before.facts.get(name), after.facts.get(name))]
    for table, key in keys.items():
        if key and not before.tables[table].equals(after.tables[table]):
            found += _rows(table, list(key), before, after)
    return _shown(pd.DataFrame(found, columns=COLUMNS), before, after)


def _shown(found: pd.DataFrame, before: Plan, after: Plan) -> pd.DataFrame:
    """The cells without figures that point to people."""
    found = found.astype({"before": object, "after": object})
    few = set()
    for plan in (before, after):
        small, roles = int(plan.facts["small_group"]), plan.tables["roles"]
        few |= {("role_skills", role) for role in roles.loc[~(roles["people"] >= small), "role"]}
    if found["table"].isin(OF_KPIS).any():
        few |= {("kpis", kpi) for plan in (before, after) for kpi in (lambda rows: rows.loc[rows["hidden"].astype(bool), "kpi"])(Reading(plan).surveyed)}
    kpi_of = {row.decision: row.kpi for plan in (before, after) for row in plan.tables["decisions"].itertuples()}
    hidden = [row.column in OF_PEOPLE.get(row.table, ()) or (row.table == "role_skills" and row.column in OF_ROLES and ("role_skills", row.row.split(" ")[0]) in few)
              or (OF_KPIS.get(row.table) == row.column and ("kpis", kpi_of.get(row.row) if row.table == "decisions" else row.row.split(" ")[0]) in few) for row in found.itertuples()]
    found.loc[hidden, ["before", "after"]] = HIDDEN
    return found


def _same(one: object, other: object) -> bool:
    return one == other or (pd.isna(one) and pd.isna(other))


def _rows(table: str, key: list[str], before: Plan, after: Plan) -> list[list[object]]:
    old, new = ({row: one for row, one in zip(_keys(frame, key), frame.to_dict("records"))} for frame in (before.tables[table], after.tables[table]))
    found = []
    for row in [*old, *(one for one in new if one not in old)]:
        one, other = old.get(row), new.get(row)
        name = _name(table, key, other or one, after if other else before)
        if one is None or other is None:
            found.append([table, row, name, "", None, None, "gone" if other is None else "new"])
        else:
            found += [[table, row, name, column, one[column], other[column], "changed"] for column in other if not _same(one.get(column), other[column])]
    return found


def _keys(frame: pd.DataFrame, key: list[str]) -> list[str]:
    return [" ".join(str(int(part)) if isinstance(part, float) and part == part else str(part) for part in row) for row in frame[key].itertuples(index=False)]


def _name(table: str, key: list[str], row: Mapping[str, object], plan: Plan) -> str | None:
    """The name of a row: its own, or that of what its key points to."""
    own = isinstance(row.get("name"), str)
    parts = [row["name"]] if own else []
    for column in key[1 if own else 0:]:
        owner = next((one for one, own in NAMES.items() if own == column and one != table), None)
        names = dict(zip(plan.tables[owner][column], plan.tables[owner]["name"])) if owner and "name" in plan.tables[owner] else {}
        parts.append(str(names.get(row[column], row[column])))
    return ", ".join(parts)


def moved(before: Plan, after: Plan, changed: pd.DataFrame) -> set[str]:
    """What two plans differ in, as kinds of results name it: tables, facts of the plan, weights (of goals) and goals (all else about them).

    Takes `cells`. Goals and weights also count as moved when others are in force on the other plan's day.
    """
    found = set()
    for table, column in changed[["table", "column"]].drop_duplicates().itertuples(index=False):
        found |= {column} if table == "plan" else {"weights"} if (table, column) == ("goals", "weight") else {"goals", "weights"} if table == "goals" and not column else {table}
    old, new = (plan.goals_in_force for plan in (before, after))
    return found | ({"goals", "weights"} if set(old["goal"]) != set(new["goal"]) else set())


def goals(before: Plan, after: Plan) -> pd.DataFrame:
    """The goals in force of two plans side by side: goal, name, where (both, first, second), nearest (the name in the other
    plan that is most like it; missing where none is near), replaced (the name of the goal of the first plan that it replaced, as the second says).

    A goal stands in both when its id does and the two names are alike (three fifths of their letters in order). One whose id means another goal
    there is listed for each plan. Those in both come first.

    >>> from types import SimpleNamespace as Plan
    >>> one, two = (Plan(goals_in_force=pd.DataFrame({"goal": ["G1"], "name": [name]})) for name in ("Every child reads", "Good value"))
    >>> goals(one, two)[["name", "where"]].values.tolist()
    [['Every child reads', 'first'], ['Good value', 'second']]
    """
    old, new = ({row.goal: row.name for row in plan.goals_in_force[["goal", "name"]].itertuples(index=False)} for plan in (before, after))
    both = [goal for goal in old if goal in new and alike(old[goal], new[goal])]
    table = after.goals_in_force.reindex(columns=["goal", "replaces"])
    replaced = {new[goal]: old[earlier] for goal, earlier in zip(table["goal"], table["replaces"]) if earlier in old}
    rows = [[goal, old[goal], "both", None, None] for goal in both]
    for where, own, other in (("first", old, new), ("second", new, old)):
        rows += [[goal, name, where, _nearest(name, list(other.values())), replaced.get(name) if where == "second" else None] for goal, name in own.items() if goal not in both]
    return pd.DataFrame(rows, columns=["goal", "name", "where", "nearest", "replaced"]).astype(object)


def alike(one: str, other: str) -> bool:
    """Whether two names could mean the same: three fifths of their letters stand in the same order.

    >>> alike("Newcomers belong here", "Newcomers feel they belong here"), alike("Newcomers belong here", "Good value")
    (True, False)
    """
    return SequenceMatcher(None, str(one).lower(), str(other).lower()).ratio() >= ALIKE


def _nearest(name: str, others: list[str]) -> str | None:
    close = [(SequenceMatcher(None, name.lower(), other.lower()).ratio(), other) for other in others]
    best = max(close, default=(0.0, None))
    return best[1] if best[0] >= ALIKE else None
