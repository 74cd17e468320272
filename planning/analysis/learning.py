"""What staff learn from associations, conferences and publications, and whether it comes back to the library."""

from __future__ import annotations

import datetime as dt

import pandas as pd

STATES = ("never visited", "nothing written down", "kept to themselves", "passed on", "used")
COLUMNS = ["source", "source_name", "kind", "skill_name", "goal_name", "thin", "cost", "visits", "years", "hours", "learnt", "passed_on", "used", "initiative_names", "days", "next", "state"]


def sources(learning_sources: pd.DataFrame, learning_log: pd.DataFrame, coverage: pd.DataFrame, goals: pd.DataFrame, initiatives: pd.DataFrame) -> pd.DataFrame:
    """Each source with what came back from it, what was kept back first: source, source_name, kind, skill_name, goal_name, thin (true when nobody or
    one person has the skill), cost (currency a year), visits (entries in the log), years (calendar years with one), hours, learnt (entries that
    say what), passed_on (entries told to colleagues), used (entries used in an initiative), initiative_names, days (median from the day to
    passing on), next, state.

    state: never visited, nothing written down (visited, and no entry says what was learnt), kept to themselves (learnt, and never passed on), passed on, or
    used. The log names posts; this table does not. Takes skills.coverage. Misleads where people pass on by talk and write nothing down.

    >>> sources_ = pd.DataFrame({"source": ["LS1"], "name": ["Conference"], "kind": ["conference"], "skill": [None], "goal": [None], "cost": [900.0], "next": [pd.NaT]})
    >>> log = pd.DataFrame({"source": ["LS1"], "date": [pd.Timestamp("2025-10-01")], "role": ["R1"], "hours": [16.0], "learnt": ["Shelve by mood"], "passed_on": [pd.NaT], "initiative": [None]})
    >>> nothing = pd.DataFrame(columns=["skill", "skill_name", "state", "goal", "name", "initiative"])
    >>> sources(sources_, log, nothing, nothing, nothing)[["visits", "learnt", "passed_on", "state"]].values.tolist()
    [[1, 1, 0, 'kept to themselves']]
    """
    found = learning_sources.rename(columns={"name": "source_name"})
    skill = coverage.drop_duplicates("skill").set_index("skill")
    found["skill_name"], found["goal_name"] = found["skill"].map(skill["skill_name"]), found["goal"].map(dict(zip(goals["goal"], goals["name"])))
    found["thin"] = found["skill"].map(skill["state"]).isin(["nobody", "one person"])
    log = learning_log.assign(year=pd.to_datetime(learning_log["date"]).dt.year, days=(pd.to_datetime(learning_log["passed_on"]) - pd.to_datetime(learning_log["date"])).dt.days,
                              named=learning_log["initiative"].map(dict(zip(initiatives["initiative"], initiatives["name"]))))
    by = log.groupby("source")
    for name, values in (("visits", by.size()), ("years", by["year"].nunique()), ("learnt", by["learnt"].count()), ("passed_on", by["passed_on"].count()), ("used", by["initiative"].count())):
        found[name] = found["source"].map(values).fillna(0).astype(int)
    found["hours"], found["days"] = found["source"].map(by["hours"].sum(min_count=1)).astype(float), found["source"].map(by["days"].median()).astype(float)
    named = {source: "; ".join(dict.fromkeys(names.dropna())) for source, names in by["named"]}
    found["initiative_names"] = [named.get(source, "") for source in found["source"]]
    told = (found[["visits", "learnt", "passed_on", "used"]] > 0).to_numpy()
    found["state"] = [STATES[4] if use else STATES[3] if tell else STATES[2] if learn else STATES[1] if visit else STATES[0] for visit, learn, tell, use in told]
    order = found["state"].map({word: place for place, word in enumerate(("kept to themselves", "nothing written down", "passed on", "used", "never visited"))}).astype(float)
    return found.assign(order=order).sort_values(["order", "visits", "cost", "source"], ascending=[True, False, False, True], ignore_index=True)[COLUMNS]


def uncovered(learning_sources: pd.DataFrame, trainings: pd.DataFrame, coverage: pd.DataFrame, goals: pd.DataFrame) -> pd.DataFrame:
    """Skills that nobody or one person has, and goals, for which no source of learning is listed: kind (skill or goal), name, critical (1-3, of a
    skill), weight (0-1, of a goal), state (of the skill), training (true when a training is offered). Most critical and heaviest first.

    Empty without sources, since then the sentence is that there are none. Takes skills.coverage.

    >>> listed = pd.DataFrame({"skill": ["SK1"], "goal": ["G1"]})
    >>> coverage = pd.DataFrame({"skill": ["SK1", "SK2"], "skill_name": ["Mediation", "Latin"], "critical": [2, 1], "state": ["nobody", "nobody"]})
    >>> goals = pd.DataFrame({"goal": ["G1", "G2"], "name": ["Read", "Work"], "weight": [0.6, 0.4]})
    >>> uncovered(listed, pd.DataFrame({"skill": ["SK2"]}), coverage, goals)[["kind", "name", "training"]].values.tolist()
    [['skill', 'Latin', True], ['goal', 'Work', False]]
    """
    columns = ["kind", "name", "critical", "weight", "state", "training"]
    if learning_sources.empty:
        return pd.DataFrame(columns=columns)
    thin = coverage[coverage["state"].isin(["nobody", "one person"]) & ~coverage["skill"].isin(learning_sources["skill"])]
    rows = [["skill", row.skill_name, row.critical, None, row.state, row.skill in set(trainings["skill"])] for row in thin.itertuples()]
    rows += [["goal", row.name, None, row.weight, None, False] for row in goals.loc[~goals["goal"].isin(learning_sources["goal"]), ["name", "weight"]].itertuples(index=False)]
    found = pd.DataFrame(rows, columns=columns).astype({"critical": float, "weight": float})
    return found.sort_values(["kind", "critical", "weight", "name"], ascending=[False, False, False, True], ignore_index=True)


def yearly(learning_log: pd.DataFrame, learning_sources: pd.DataFrame, *, as_of: dt.date) -> pd.DataFrame:
    """The log of the last twelve months in one row: entries, hours, sources (visited), listed (sources), cost (currency a year, of sources with a
    known cost), unpriced (sources), passed_on, used (entries).

    >>> log = pd.DataFrame({"source": ["LS1"], "date": [pd.Timestamp("2026-01-09")], "hours": [6.0], "passed_on": [pd.NaT], "initiative": [None]})
    >>> yearly(log, pd.DataFrame({"source": ["LS1", "LS2"], "cost": [220.0, None]}), as_of=dt.date(2026, 6, 30)).values.tolist()
    [[1.0, 6.0, 1.0, 2.0, 220.0, 1.0, 0.0, 0.0]]
    """
    columns = ["entries", "hours", "sources", "listed", "cost", "unpriced", "passed_on", "used"]
    if learning_log.empty and learning_sources.empty:
        return pd.DataFrame(columns=columns)
    days = pd.to_datetime(learning_log["date"])
    last = learning_log[(days > pd.Timestamp(as_of) - pd.DateOffset(years=1)) & (days <= pd.Timestamp(as_of))]
    row = [len(last), last["hours"].sum(min_count=1), last["source"].nunique(), len(learning_sources), learning_sources["cost"].sum(min_count=1),
           int(learning_sources["cost"].isna().sum()), int(last["passed_on"].notna().sum()), int(last["initiative"].notna().sum())]
    return pd.DataFrame([row], columns=columns).astype({"hours": float, "cost": float})
