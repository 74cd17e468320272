"""The seven key areas of aligning services with leadership's goals, each with what this library itself has decided, does and plans."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import pandas as pd

AREAS = ("Assessment", "Implementation", "Partnerships", "Evaluation", "Flexibility", "Resources", "Communication")
COLUMNS = ["step", "area", "doing", "doing_count", "decided", "decided_count", "next", "next_day"]
Tables = Mapping[str, pd.DataFrame]


def strategies(tables: Tables, *, as_of: dt.date) -> pd.DataFrame:
    """What the library does in each key area, one row an area: step (1-7), area, doing (what is under way), doing_count, decided
    (decisions in force that were taken for this step), decided_count, next and next_day (the first thing that is due from as_of on).

    Under way is what the plan's own tables say: goals in force (assessment), initiatives chosen or
    running (implementation), agreements in force (partnerships), consultations and surveys of the last twelve months
    (evaluation), changes begun and not done (flexibility), learning of the last twelve months
    (resources), messages approved or sent (communication). A decision is in force until a later one
    revokes it. Names stand with semicolons between, the heaviest or newest first. That something is
    under way does not say that it works.

    >>> goals = pd.DataFrame({"goal": ["G1"], "name": ["Read"], "weight": [1.0], "valid_from": [pd.Timestamp(2025, 1, 1)], "valid_to": [pd.NaT],
    ...     "horizon": [pd.Timestamp(2028, 6, 30)]})
    >>> strategies({"goals": goals}, as_of=dt.date(2026, 6, 30)).iloc[0][["area", "doing"]].tolist()
    ['Assessment', 'Read']
    """
    day = pd.Timestamp(as_of)
    doing = (_goals, _initiatives, _agreements, _asked, _changes, _learnt, _messages)
    due = _due(tables, day)
    rows = []
    for step, (area, found) in enumerate(zip(AREAS, doing), start=1):
        names, taken = found(tables, day), _decisions(tables, step)
        ahead = due[due["step"] == step].sort_values(["day", "name"]).head(1)
        rows.append([step, area, "; ".join(names), len(names), "; ".join(taken), len(taken), ahead["name"].iloc[0] if len(ahead) else None,
                     ahead["day"].iloc[0] if len(ahead) else pd.NaT])
    return pd.DataFrame(rows, columns=COLUMNS)


def _given(tables: Tables, name: str) -> pd.DataFrame | None:
    found = tables.get(name)
    return found if found is not None and len(found) else None


def _goals(tables: Tables, day: pd.Timestamp) -> list[str]:
    goals = _given(tables, "goals")
    if goals is None:
        return []
    stand = goals[(goals["valid_from"].isna() | (goals["valid_from"] <= day)) & (goals["valid_to"].isna() | (goals["valid_to"] >= day))]
    return stand.sort_values(["weight", "goal"], ascending=[False, True])["name"].tolist()


def _initiatives(tables: Tables, day: pd.Timestamp) -> list[str]:
    rows = _given(tables, "initiatives")
    return [] if rows is None else rows.loc[rows["status"].isin(["chosen", "running"])].sort_values("status", ascending=False, kind="stable")["name"].tolist()


def _agreements(tables: Tables, day: pd.Timestamp) -> list[str]:
    rows = _given(tables, "agreements")
    if rows is None:
        return []
    return rows.loc[(rows["start"].isna() | (rows["start"] <= day)) & (rows["end"].isna() | (rows["end"] >= day)), "name"].tolist()


def _asked(tables: Tables, day: pd.Timestamp) -> list[str]:
    names = []
    for table, date, name in (("surveys", "end", "name"), ("consultations", "date", "kind")):
        rows = _given(tables, table)
        if rows is not None:
            days = pd.to_datetime(rows[date])
            names += rows.loc[(days <= day) & (days > day - pd.DateOffset(years=1))].sort_values(date, ascending=False)[name].tolist()
    return list(dict.fromkeys(names))


def _changes(tables: Tables, day: pd.Timestamp) -> list[str]:
    rows = _given(tables, "changes")
    if rows is None:
        return []
    begun = rows["done"].isna() & (rows["start"].isna() | (pd.to_datetime(rows["start"]) <= day))
    return rows.loc[begun].sort_values("due")["name"].tolist()


def _learnt(tables: Tables, day: pd.Timestamp) -> list[str]:
    names = []
    for table, key in (("training_results", "training"), ("learning_log", "source")):
        rows, offers = _given(tables, table), _given(tables, {"training": "trainings", "source": "learning_sources"}[key])
        if rows is not None and offers is not None:
            days = pd.to_datetime(rows["date"])
            own = rows.loc[(days <= day) & (days > day - pd.DateOffset(years=1))].sort_values("date", ascending=False)
            names += own[key].map(dict(zip(offers[key], offers["name"]))).dropna().tolist()
    return list(dict.fromkeys(names))


def _messages(tables: Tables, day: pd.Timestamp) -> list[str]:
    """Audiences that have a message approved or sent: the texts themselves may tell a story."""
    rows, audiences = _given(tables, "messages"), _given(tables, "audiences")
    if rows is None or audiences is None:
        return []
    heard = rows.loc[rows["status"].isin(["approved", "sent"]), "audience"]
    return audiences.loc[audiences["audience"].isin(heard), "name"].tolist()


def _decisions(tables: Tables, step: int) -> list[str]:
    rows = _given(tables, "decisions")
    if rows is None:
        return []
    stand = rows[(rows["step"] == step) & ~rows["decision"].isin(rows["revokes"].dropna())]
    return stand.sort_values("date", ascending=False)["what"].tolist()


DUE = (("goals", "horizon", 1, "name"), ("initiatives", "start", 2, "name"), ("agreements", "review", 3, "name"), ("surveys", "start", 4, "name"),
       ("changes", "due", 5, "name"), ("grants", "due", 6, "name"))


def _due(tables: Tables, day: pd.Timestamp) -> pd.DataFrame:
    """Days that lie ahead: step, name, day."""
    found = []
    for table, column, step, name in DUE:
        rows = _given(tables, table)
        if rows is None:
            continue
        rows = rows[_unfinished(rows)]
        days = pd.to_datetime(rows[column])
        found.append(pd.DataFrame({"step": step, "name": rows.loc[days >= day, name], "day": days[days >= day]}))
    rows = _given(tables, "messages")
    if rows is not None:
        days = pd.to_datetime(rows["date"])
        own = rows[(days >= day) & (rows["status"] != "sent")]
        found.append(pd.DataFrame({"step": 7, "name": own["channel"], "day": days[own.index]}))
    return pd.concat(found, ignore_index=True) if found else pd.DataFrame({"step": [], "name": [], "day": []})


def _unfinished(rows: pd.DataFrame) -> pd.Series:
    """Rows that still have a day before them: not done, lost, rejected or under way, nor a candidate that nobody has chosen."""
    still = pd.Series(True, index=rows.index)
    if "status" in rows:
        still &= ~rows["status"].isin(["candidate", "done", "rejected", "sent", "won", "lost", "running"])
    return still & rows["done"].isna() if "done" in rows else still
