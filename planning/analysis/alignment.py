"""How strongly services support goals: what is carried, what is left alone, what adds nothing."""

from __future__ import annotations

import pandas as pd

CLEAR = 0.5


def _running(services: pd.DataFrame) -> pd.DataFrame:
    return services[services["status"] != "ended"]


def matrix(goals: pd.DataFrame, services: pd.DataFrame, alignment: pd.DataFrame) -> pd.DataFrame:
    """Every service that has not ended against every goal: service, service_name, goal, goal_name, weight, strength.

    strength is a share from 0 to 1; a pair that is not in the alignment table has strength 0,
    as the table's own rule says. Where the table holds no pair at all, nobody has said anything
    yet: the result is empty. Services and goals keep the order of their tables.

    >>> goals = pd.DataFrame({"goal": ["G1"], "name": ["Read"], "weight": [1.0]})
    >>> services = pd.DataFrame({"service": ["S1", "S2"], "name": ["Storytime", "Copier"], "status": ["running", "running"]})
    >>> alignment = pd.DataFrame({"service": ["S1"], "goal": ["G1"], "strength": [0.7]})
    >>> matrix(goals, services, alignment)["strength"].tolist()
    [0.7, 0.0]
    """
    left = _running(services).head(None if len(alignment) else 0)[["service", "name"]].rename(columns={"name": "service_name"})
    right = goals[["goal", "name", "weight"]].rename(columns={"name": "goal_name"})
    pairs = left.merge(right, how="cross").merge(alignment[["service", "goal", "strength"]], on=["service", "goal"], how="left")
    return pairs.assign(strength=pairs["strength"].fillna(0.0))[["service", "service_name", "goal", "goal_name", "weight", "strength"]]


def coverage(pairs: pd.DataFrame) -> pd.DataFrame:
    """How well each goal is carried: goal, goal_name, weight, services (number with strength 0.5 or more),
    strongest (share 0-1, the best single service), total (sum of strengths), carried_by (its name), served (true or false).

    Takes `matrix`. Coverage of a goal is the strength of its best service, since ten services that
    support a goal a little do not replace one that exists for it; the sum stands beside it. A goal
    is served when at least one service supports it with 0.5 or more. Misleads when strengths were
    rated by one person: they are judgements. Heaviest goal first.

    >>> pairs = pd.DataFrame({"goal": ["G1", "G1", "G2"], "goal_name": ["Read", "Read", "Work"], "weight": [0.4, 0.4, 0.6],
    ...                       "service_name": ["Storytime", "Copier", "Copier"], "strength": [0.7, 0.2, 0.1]})
    >>> coverage(pairs)[["goal_name", "services", "strongest", "served"]].values.tolist()
    [['Work', 0, 0.1, False], ['Read', 1, 0.7, True]]
    """
    columns = ["goal", "goal_name", "weight", "services", "strongest", "total", "carried_by", "served"]
    if pairs.empty:
        return pd.DataFrame(columns=columns)
    best = pairs.sort_values("strength", ascending=False, kind="stable").drop_duplicates("goal").set_index("goal")
    grouped = pairs.groupby("goal", sort=False)
    found = grouped.agg(goal_name=("goal_name", "first"), weight=("weight", "first"), strongest=("strength", "max"),
                        total=("strength", "sum"), services=("strength", lambda values: int((values >= CLEAR).sum()))).reset_index()
    found["carried_by"] = found["goal"].map(best["service_name"]).where(found["strongest"] > 0)
    found["served"] = found["services"] > 0
    return found[columns].sort_values(["weight", "goal"], ascending=[False, True], ignore_index=True)


def contribution(pairs: pd.DataFrame) -> pd.DataFrame:
    """What each service gives to the goals: service, service_name, goals (number with any support),
    value (share 0-1: sum over goals of weight × strength), main_goal (name), only_here (names of goals
    that no other service supports with 0.5 or more), added (share 0-1), goalless (true when it supports no goal).

    Takes `matrix`. Best first. The value says how much of the weighted goals a service touches,
    not how well it is done or what it costs. `added` is what would be lost without it: the sum over
    goals of weight × (strength of the best service − strength of the best other one), so 0 where another
    service does each goal as well. Two services that do the same both add 0, though one of them is
    needed; a goal of weight 0 adds nothing.

    >>> pairs = pd.DataFrame({"service": ["S1", "S2"], "service_name": ["Storytime", "Copier"], "goal": ["G1", "G1"],
    ...                       "goal_name": ["Read", "Read"], "weight": [0.4, 0.4], "strength": [0.5, 0.0]})
    >>> contribution(pairs)[["service_name", "value", "only_here", "added", "goalless"]].values.tolist()
    [['Storytime', 0.2, 'Read', 0.2, False], ['Copier', 0.0, '', 0.0, True]]
    """
    columns = ["service", "service_name", "goals", "value", "main_goal", "only_here", "added", "goalless"]
    if pairs.empty:
        return pd.DataFrame(columns=columns)
    clear = pairs["strength"] >= CLEAR
    alone = clear & (clear.groupby(pairs["goal"]).transform("sum") == 1)
    work = pairs.assign(part=pairs["weight"] * pairs["strength"], supports=pairs["strength"] > 0, alone=pairs["goal_name"].where(alone),
                        added=pairs["weight"] * (pairs["strength"] - _second(pairs)).clip(lower=0))
    top = work[work["supports"]].sort_values("part", ascending=False, kind="stable").drop_duplicates("service").set_index("service")
    found = work.groupby("service", sort=False).agg(
        service_name=("service_name", "first"), goals=("supports", "sum"), value=("part", "sum"),
        only_here=("alone", lambda names: ", ".join(names.dropna())), added=("added", "sum")).reset_index()
    found["main_goal"] = found["service"].map(top["goal_name"])
    found["goalless"] = found["goals"] == 0
    return found[columns].sort_values(["value", "service"], ascending=[False, True], ignore_index=True)


def _second(pairs: pd.DataFrame) -> pd.Series:
    """The strength of each goal's second best service, 0 where there is one service only: what would be left without the best."""
    return pairs.groupby("goal")["strength"].transform(lambda values: values.nlargest(2).iloc[1] if len(values) > 1 else 0.0)


def reconciled(pairs: pd.DataFrame) -> pd.DataFrame:
    """Two ways to add up the weighted support, which must agree: check, expected, found; empty without pairs."""
    if pairs.empty:
        return pd.DataFrame(columns=["check", "expected", "found"])
    by_goal = coverage(pairs)
    row = ["Weighted support is the same by service and by goal", (by_goal["weight"] * by_goal["total"]).sum(), contribution(pairs)["value"].sum()]
    return pd.DataFrame([row], columns=["check", "expected", "found"])
