"""Who does what under the agreements with partners: the tasks, who answers for each, and what is open, late or done."""

from __future__ import annotations

import datetime as dt

import pandas as pd

NOBODY = "the partner does it, and nobody here answers for it"
GAPS = {(True, True): NOBODY, (True, False): "nobody answers for it", (False, False): ""}
ORDER = ("overdue", "open", "no date", "done late", "done")


def matrix(tasks: pd.DataFrame, register: pd.DataFrame, roles: pd.DataFrame, *, as_of: dt.date) -> pd.DataFrame:
    """Who does what, one row a task of an agreement that has not ended, those to act on first: task, task_name, agreement,
    agreement_name, partner_name, agreement_state (running, or not begun), done_by (library, partner, both), responsible, responsible_name (the role that does the
    library's part), accountable, accountable_name (the one role that answers for it), consulted, informed (in words), due,
    done, state (overdue, open, no date, done late, done), days (past the due day; below 0 before it; missing when done or
    without a date), gap (in words; empty where somebody answers).

    Takes `agreements.register`. A task is overdue the day after it was due. A task that comes back each week has no due day
    and is shown as *no date*, which is no fault. The four columns follow the common responsibility matrix: responsible,
    accountable, consulted, informed, with exactly one accountable. A filled cell says that a role is named, not that the
    person in it knows.

    >>> tasks = pd.DataFrame({"task": ["T1"], "agreement": ["AG1"], "name": ["Lists of topics"], "done_by": ["partner"], "responsible": [None], "accountable": [None],
    ...     "consulted": [None], "informed": [None], "due": pd.to_datetime(["2026-06-20"]), "done": pd.to_datetime([None])})
    >>> register = pd.DataFrame({"agreement": ["AG1"], "agreement_name": ["Visits"], "partner_name": ["School"], "state": ["running"]})
    >>> matrix(tasks, register, pd.DataFrame({"role": ["R1"], "name": ["Librarian"]}), as_of=dt.date(2026, 6, 30))[["state", "days", "gap"]].values.tolist()
    [['overdue', 10.0, 'the partner does it, and nobody here answers for it']]
    """
    columns = ["task", "task_name", "agreement", "agreement_name", "partner_name", "agreement_state", "done_by", "responsible", "responsible_name", "accountable", "accountable_name",
               "consulted", "informed", "due", "done", "state", "days", "gap"]
    stands = register.loc[register["state"] != "ended", ["agreement", "agreement_name", "partner_name", "state"]].rename(columns={"state": "agreement_state"})
    found = tasks.rename(columns={"name": "task_name"}).merge(stands, on="agreement")
    if found.empty:
        return pd.DataFrame(columns=columns)
    names = roles.set_index("role")["name"]
    for post in ("responsible", "accountable"):
        found[f"{post}_name"] = found[post].map(names)
    day = pd.Timestamp(as_of)
    found["state"] = [_state(row.due, row.done, day) for row in found.itertuples()]
    found["days"] = (day - found["due"]).dt.days.astype(float).mask(found["done"].notna())
    unanswered = found["accountable"].isna()
    found["gap"] = [GAPS[bool(none), bool(none and side == "partner")] for none, side in zip(unanswered, found["done_by"])]
    found = found.assign(order=found["state"].map({state: place for place, state in enumerate(ORDER)}), answers=~unanswered)
    return found.sort_values(["answers", "order", "days", "task"], ascending=[True, True, False, True], ignore_index=True)[columns]


def _state(due: pd.Timestamp, done: pd.Timestamp, day: pd.Timestamp) -> str:
    if pd.notna(done):
        return "done late" if done > due else "done"
    return "no date" if pd.isna(due) else "overdue" if due < day else "open"


def load(matrix: pd.DataFrame) -> pd.DataFrame:
    """How many tasks that are not done each role carries, the one that answers for most first: role, role_name, answers
    (tasks it answers for), does (tasks whose library part it does), overdue (number of those it answers for), next_due (the
    earliest day among them that is still to come or past; missing when none has a date).

    Takes `matrix`. Roles without an open task are left out. Counts tasks, not hours: a letter and a yearly fair count alike.

    >>> rows = pd.DataFrame({"responsible": ["R1", None], "responsible_name": ["Librarian", None], "accountable": ["R1", "R1"], "accountable_name": ["Librarian"] * 2,
    ...                      "state": ["open", "overdue"], "due": pd.to_datetime(["2026-07-01", "2026-06-01"])})
    >>> load(rows)[["role_name", "answers", "does", "overdue"]].values.tolist()
    [['Librarian', 2, 1, 1]]
    """
    columns = ["role", "role_name", "answers", "does", "overdue", "next_due"]
    left = matrix[~matrix["state"].isin(["done", "done late"])]
    named = pd.concat([left[[post, f"{post}_name"]].set_axis(["role", "role_name"], axis=1) for post in ("accountable", "responsible")]).dropna().drop_duplicates("role")
    if named.empty:
        return pd.DataFrame(columns=columns)
    own = left.groupby("accountable")
    figures = {"answers": own.size(), "does": left.groupby("responsible").size(), "overdue": left[left["state"] == "overdue"].groupby("accountable").size()}
    for name, numbers in figures.items():
        named[name] = named["role"].map(numbers).fillna(0).astype(int)
    named["next_due"] = own["due"].min().reindex(named["role"]).to_numpy()
    return named.sort_values(["answers", "does", "role"], ascending=[False, False, True], ignore_index=True)[columns]


def without(register: pd.DataFrame, matrix: pd.DataFrame) -> pd.DataFrame:
    """Running agreements for which no task is written down, in the order of `register`: agreement, agreement_name, partner_name.

    Takes `agreements.register` and `matrix`.

    >>> register = pd.DataFrame({"agreement": ["AG1"], "agreement_name": ["Visits"], "partner_name": ["School"], "state": ["running"]})
    >>> without(register, pd.DataFrame(columns=["agreement"]))["agreement_name"].tolist()
    ['Visits']
    """
    bare = (register["state"] == "running") & ~register["agreement"].isin(matrix["agreement"])
    return register.loc[bare, ["agreement", "agreement_name", "partner_name"]].reset_index(drop=True)


def reconciled(tasks: pd.DataFrame, register: pd.DataFrame, matrix: pd.DataFrame) -> pd.DataFrame:
    """The sum that tasks by agreement must have: check, expected, found; empty without tasks."""
    columns = ["check", "expected", "found"]
    if tasks.empty:
        return pd.DataFrame(columns=columns)
    ended = tasks["agreement"].isin(register.loc[register["state"] == "ended", "agreement"]).sum()
    return pd.DataFrame([["Tasks shown and tasks of ended agreements add up to all tasks", len(tasks), len(matrix) + int(ended)]], columns=columns)
