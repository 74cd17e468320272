"""What changes around the library and what others tried: trends, cases, and goals that nobody looked out for."""

from __future__ import annotations

import datetime as dt

import pandas as pd

OUTCOMES = ("failed", "mixed", "worked")
IN_PLAY = ("running", "chosen", "candidate")


def trends(trends: pd.DataFrame, goals: pd.DataFrame, *, as_of: dt.date) -> pd.DataFrame:
    """Changes outside, those that count most first: trend, trend_name, kind, goal, goal_name, in_force (the goal stands),
    means, effect (helps, hinders, both), impact (points 1-5), certainty (points 1-3), score (impact × certainty, 1-15;
    missing when either is), years (until felt, 0 and up), source, date, stale (looked at more than a year before `as_of`).

    Ordered by score, then by how soon it is felt, then by id; what has no score comes last. Both
    scales are ordinal: 4 is more than 2, not twice as much, so the score is good for an order and
    for nothing else, and its two parts stand beside it. It puts a rare blow far back: impact 5 that
    may come (5) stands behind impact 3 that is likely (6). A trend without a date is not called
    stale, since nobody can tell. `goals` are those in force.

    >>> rows = pd.DataFrame({"trend": ["T1", "T2"], "name": ["Screens", "Floods"], "kind": ["technology", "environment"], "goal": ["G1", "G9"],
    ...                      "means": [None, None], "effect": ["both", "hinders"], "impact": [3.0, 4.0], "certainty": [3.0, 2.0], "years": [0.0, 3.0],
    ...                      "source": [None, None], "date": pd.to_datetime(["2026-05-01", "2025-01-01"])})
    >>> goals = pd.DataFrame({"goal": ["G1"], "name": ["Every child reads"]})
    >>> trends(rows, goals, as_of=dt.date(2026, 6, 30))[["trend_name", "score", "in_force", "stale"]].values.tolist()
    [['Screens', 9.0, True, False], ['Floods', 8.0, False, True]]
    """
    columns = ["trend", "trend_name", "kind", "goal", "goal_name", "in_force", "means", "effect", "impact", "certainty", "score", "years", "source",
               "date", "stale"]
    found = trends.rename(columns={"name": "trend_name"})
    found["goal_name"] = found["goal"].map(dict(zip(goals["goal"], goals["name"])))
    found["in_force"] = found["goal"].isin(goals["goal"])
    found["score"] = (found["impact"] * found["certainty"]).astype(float)
    found["stale"] = pd.to_datetime(found["date"]) < pd.Timestamp(as_of) - pd.DateOffset(years=1)
    return found.sort_values(["score", "years", "trend"], ascending=[False, True, True], na_position="last", ignore_index=True)[columns]


def cases(cases: pd.DataFrame, goals: pd.DataFrame, *, initiatives: pd.DataFrame) -> pd.DataFrame:
    """What other libraries tried, by goal and failures first: case, library, case_name, outcome (failed, mixed, worked), goal,
    goal_name, in_force (the goal stands), lesson, initiative, initiative_name, initiative_status, source, date.

    Heaviest goal first, what is tied to no goal in force last; in a goal failed, mixed, worked, then
    the newest. `goals` are those in force. One case elsewhere is a hint and no proof: that
    library had other people, another place and another year.

    >>> rows = pd.DataFrame({"case": ["C1", "C2"], "library": ["Mill", "Quay"], "name": ["Tutors", "Hosts"], "outcome": ["worked", "failed"],
    ...                      "goal": ["G1", "G1"],
    ...                      "initiative": [None, "I1"], "lesson": [None, None], "source": [None, None], "date": [pd.NaT, pd.NaT]})
    >>> goals = pd.DataFrame({"goal": ["G1"], "name": ["Every child reads"], "weight": [1.0]})
    >>> plans = pd.DataFrame({"initiative": ["I1"], "name": ["Paid hosts"], "status": ["candidate"]})
    >>> cases(rows, goals, initiatives=plans)[["case_name", "initiative_name"]].values.tolist()[0]
    ['Hosts', 'Paid hosts']
    """
    columns = ["case", "library", "case_name", "outcome", "goal", "goal_name", "in_force", "lesson", "initiative", "initiative_name",
               "initiative_status", "source", "date"]
    found = cases.rename(columns={"name": "case_name"})
    found["goal_name"] = found["goal"].map(dict(zip(goals["goal"], goals["name"])))
    found["in_force"] = found["goal"].isin(goals["goal"])
    for column in ("name", "status"):
        found[f"initiative_{column}"] = found["initiative"].map(dict(zip(initiatives["initiative"], initiatives[column])))
    found["weight"] = found["goal"].map(dict(zip(goals["goal"], goals["weight"]))).astype(float)
    found["place"] = found["goal"].where(found["in_force"])
    found["order"] = found["outcome"].map({outcome: place for place, outcome in enumerate(OUTCOMES)})
    return found.sort_values(["weight", "place", "order", "date", "case"], ascending=[False, True, True, False, True], na_position="last",
                             ignore_index=True)[columns]


def by_goal(goals: pd.DataFrame, trends: pd.DataFrame, cases: pd.DataFrame) -> pd.DataFrame:
    """What was looked at for each goal, heaviest goal first: goal, goal_name, weight (share 0-1), helping, hindering, both
    (numbers of trends), trends (all, those without an effect too), strongest (the trend with the highest score; missing
    when none has one), worked, mixed, failed (numbers of cases), cases. Empty where there is neither a trend nor a case at all.

    Takes the goals in force, `trends` and `cases`. A goal without trend and case was not looked
    at: that is a gap in the scan and does not say that nothing changes there. Numbers of trends
    are not their force; one that hinders may outweigh three that help.

    >>> goals = pd.DataFrame({"goal": ["G1", "G2"], "name": ["Read", "Work"], "weight": [0.4, 0.6]})
    >>> moving = pd.DataFrame({"trend_name": ["Screens"], "goal": ["G1"], "effect": ["both"], "score": [9.0]})
    >>> tried = pd.DataFrame({"goal": ["G1"], "outcome": ["failed"]})
    >>> by_goal(goals, moving, tried)[["goal_name", "both", "trends", "strongest", "failed", "cases"]].values.tolist()[1]
    ['Read', 1, 1, 'Screens', 1, 1]
    """
    columns = ["goal", "goal_name", "weight", "helping", "hindering", "both", "trends", "strongest", "worked", "mixed", "failed", "cases"]
    if trends.empty and cases.empty:
        return pd.DataFrame(columns=columns)
    found = goals[["goal", "name", "weight"]].rename(columns={"name": "goal_name"})
    for column, effect in (("helping", "helps"), ("hindering", "hinders"), ("both", "both")):
        found[column] = _number(found["goal"], trends[trends["effect"] == effect])
    for outcome in OUTCOMES:
        found[outcome] = _number(found["goal"], cases[cases["outcome"] == outcome])
    found["trends"], found["cases"] = _number(found["goal"], trends), _number(found["goal"], cases)
    first = trends.dropna(subset=["score"]).sort_values("score", ascending=False, kind="stable").drop_duplicates("goal")
    found["strongest"] = found["goal"].map(dict(zip(first["goal"], first["trend_name"])))
    return found[columns].sort_values(["weight", "goal"], ascending=[False, True], ignore_index=True)


def _number(goals: pd.Series, rows: pd.DataFrame) -> pd.Series:
    return goals.map(rows["goal"].value_counts()).fillna(0).astype(int)


def outcomes(cases: pd.DataFrame) -> pd.DataFrame:
    """How many cases failed, were mixed or worked: outcome, cases, share (0-1 of all cases written down); empty without cases.

    Takes `cases`. The share is that of the list, not of libraries: who asks and who answers decide
    what is on it, and successes are told more readily.

    >>> outcomes(pd.DataFrame({"outcome": ["worked", "failed", "worked", "worked"]}))[["outcome", "share"]].values.tolist()
    [['failed', 0.25], ['mixed', 0.0], ['worked', 0.75]]
    """
    if cases.empty:
        return pd.DataFrame(columns=["outcome", "cases", "share"])
    counted = cases["outcome"].value_counts().reindex(OUTCOMES, fill_value=0)
    return pd.DataFrame({"outcome": list(OUTCOMES), "cases": counted.to_numpy(), "share": counted.to_numpy() / len(cases)})


def warnings(cases: pd.DataFrame) -> pd.DataFrame:
    """Initiatives still in play whose like failed elsewhere: initiative, initiative_name, initiative_status, case, library,
    case_name, lesson, worked (cases of the same initiative that worked elsewhere).

    Takes `cases`; one row a failed case. Initiatives that run come first, then those chosen, then candidates.
    A failure elsewhere is a reason to ask what we would do another way, not a reason to stop.

    >>> rows = pd.DataFrame({"case": ["C1", "C2"], "library": ["Mill", "Quay"], "case_name": ["Hosts", "Hub"], "outcome": ["failed", "failed"],
    ...                      "lesson": ["Pay them", None],
    ...                      "initiative": ["I1", "I2"], "initiative_name": ["Paid hosts", "Hub"], "initiative_status": ["candidate", "rejected"]})
    >>> warnings(rows)[["initiative_name", "lesson", "worked"]].values.tolist()
    [['Paid hosts', 'Pay them', 0]]
    """
    columns = ["initiative", "initiative_name", "initiative_status", "case", "library", "case_name", "lesson", "worked"]
    found = cases[(cases["outcome"] == "failed") & cases["initiative_status"].isin(IN_PLAY)].copy()
    found["worked"] = found["initiative"].map(cases.loc[cases["outcome"] == "worked", "initiative"].value_counts()).fillna(0).astype(int)
    order = found["initiative_status"].map({status: place for place, status in enumerate(IN_PLAY)})
    return found.assign(order=order).sort_values(["order", "initiative", "case"], ignore_index=True)[columns]


def reconciled(by_goal: pd.DataFrame, trends: pd.DataFrame, cases: pd.DataFrame) -> pd.DataFrame:
    """Two ways to count what was looked at, which must agree: check, expected, found; empty where `by_goal` is."""
    if by_goal.empty:
        return pd.DataFrame(columns=["check", "expected", "found"])
    tied = int(trends["in_force"].sum()) + int(cases["in_force"].sum())
    row = ["Trends and cases counted by goal are those tied to a goal in force", tied, int(by_goal["trends"].sum() + by_goal["cases"].sum())]
    return pd.DataFrame([row], columns=["check", "expected", "found"])
