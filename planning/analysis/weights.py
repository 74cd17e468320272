"""Weights of the goals as a group finds them at the table: by points, by swings, in pairs or in an order, and what they would change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations

import pandas as pd

from planning.methods import scoring, shares, weighting

STEP = 0.01
"""Weights go into the plan in whole hundredths, so that they add up to 1 as written."""
PAIR = tuple[str, str]


def proposed(goals: pd.DataFrame, shares_of: Mapping[str, float]) -> pd.DataFrame:
    """The weights that shares of the goals lead to, beside those of now, in the order of the table: goal, goal_name, now, weight,
    change (shares of 1).

    Takes the goals in force and a share for each. weight: the share over the sum of all, in whole hundredths that add up to
    1 exactly (largest remainders; the first of equal ones). Empty where a goal has no share, one is below 0 or none is above 0.

    >>> goals = pd.DataFrame({"goal": ["G1", "G2", "G3"], "name": ["Read", "Work", "Home"], "weight": [0.5, 0.3, 0.2]})
    >>> proposed(goals, {"G1": 1, "G2": 1, "G3": 1})[["goal_name", "weight", "change"]].values.tolist()
    [['Read', 0.34, -0.16], ['Work', 0.33, 0.03], ['Home', 0.33, 0.13]]
    """
    given = pd.Series([shares_of.get(goal) for goal in goals["goal"]], index=goals.index, dtype=float)
    found = goals[["goal", "name", "weight"]].rename(columns={"name": "goal_name", "weight": "now"})
    if given.isna().any() or (given < 0).any() or not given.sum() > 0:
        return found.assign(weight=float("nan"), change=float("nan")).head(0)
    found["weight"] = shares.rounded(scoring.shares(given), unit=STEP)
    found["change"] = (found["weight"] - found["now"]).round(9)
    return found.reset_index(drop=True)


def points(goals: pd.DataFrame, *, total: int = 100) -> pd.DataFrame:
    """The weights of now as whole points that add up to `total`: goal, goal_name, points. All 0 where no goal has a weight.

    >>> goals = pd.DataFrame({"goal": ["G1", "G2"], "name": ["Read", "Work"], "weight": [0.625, 0.375]})
    >>> points(goals)["points"].tolist(), points(goals, total=8)["points"].tolist()
    ([63, 37], [5, 3])
    """
    held = goals["weight"].sum() > 0
    parts = shares.rounded(scoring.shares(goals["weight"]) * total) if held else [0] * len(goals)
    return pd.DataFrame({"goal": goals["goal"].array, "goal_name": goals["name"].array, "points": pd.array(parts).astype(int)})


def swings(goals: pd.DataFrame) -> pd.DataFrame:
    """The weights of now as swings, the heaviest 100 and the others against it: goal, goal_name, swing (0-100). All 100 where no goal has a weight.

    >>> goals = pd.DataFrame({"goal": ["G1", "G2"], "name": ["Read", "Work"], "weight": [0.6, 0.4]})
    >>> swings(goals)["swing"].tolist()
    [100, 67]
    """
    most = goals["weight"].max()
    parts = (goals["weight"] / most * 100).round().astype(int) if most > 0 else pd.Series(100, index=goals.index)
    return pd.DataFrame({"goal": goals["goal"].array, "goal_name": goals["name"].array, "swing": parts.array})


def by_swings(given: Mapping[str, float]) -> dict[str, float]:
    """The share of each goal (of 1) from how much its swing from worst to best is worth; none unless the weightiest has 100.

    >>> by_swings({"G1": 100, "G2": 60, "G3": 40})
    {'G1': 0.5, 'G2': 0.3, 'G3': 0.2}
    """
    if max(given.values(), default=0) != 100 or min(given.values()) < 0:
        return {}
    return {goal: float(share) for goal, share in weighting.swing_weights(pd.Series(given, dtype=float)).items()}


def by_order(order: Sequence[str]) -> dict[str, float]:
    """The share of each goal (of 1) from its place in an order, the first counting most: rank order centroid.

    >>> {goal: round(share, 2) for goal, share in by_order(["G2", "G1", "G3"]).items()}
    {'G2': 0.61, 'G1': 0.28, 'G3': 0.11}
    """
    places = pd.Series(range(1, len(order) + 1), index=list(order), dtype=float)
    return {goal: float(share) for goal, share in weighting.rank_order_centroid(places).items()}


def by_pairs(goals: pd.DataFrame, judged: Mapping[PAIR, float]) -> dict[str, float]:
    """The share of each goal (of 1) from how many times as much it counts as each other; none until every pair is judged.

    >>> goals = pd.DataFrame({"goal": ["G1", "G2"], "name": ["Read", "Work"]})
    >>> {goal: round(share, 3) for goal, share in by_pairs(goals, {("G1", "G2"): 3}).items()}, by_pairs(goals, {})
    ({'G1': 0.75, 'G2': 0.25}, {})
    """
    table = weighting.pair_matrix(judged, list(goals["goal"]))
    return {} if table.missing else {str(goal): float(share) for goal, share in weighting.pairwise(table.ratios).weights.items()}


def strain(goals: pd.DataFrame, judged: Mapping[PAIR, float]) -> pd.DataFrame:
    """How far judgements of pairs contradict themselves, one row: pairs, missing (numbers), ratio (consistency ratio; missing before
    all pairs are judged and with more than ten goals), over (above 0.10), goal_name, other_name (the pair that is hardest to
    square with the rest), judged, implied (times; what was said of it, and what all judgements together say). Empty with fewer than two goals.

    The named pair is turned so that its first goal was judged too high. It is the one to talk about again, and need not be
    the one that is wrong. Missing where nothing contradicts.

    >>> goals = pd.DataFrame({"goal": ["G1", "G2", "G3"], "name": ["Read", "Work", "Home"]})
    >>> strain(goals, {("G1", "G2"): 3, ("G2", "G3"): 3, ("G1", "G3"): 1})[["missing", "over"]].values.tolist()
    [[0, True]]
    """
    columns = ["pairs", "missing", "ratio", "over", "goal_name", "other_name", "judged", "implied"]
    pairs, names = list(combinations(goals["goal"], 2)), dict(zip(goals["goal"], goals["name"]))
    if not pairs:
        return pd.DataFrame(columns=columns)
    table = weighting.pair_matrix(judged, list(goals["goal"]))
    if table.missing:
        return pd.DataFrame([[len(pairs), len(table.missing), float("nan"), False, None, None, float("nan"), float("nan")]], columns=columns)
    ratio, worst = weighting.pairwise(table.ratios).ratio, weighting.least_fitting(table.ratios)
    about = [names[worst.item], names[worst.other], worst.judged, worst.implied] if worst.judged > worst.implied + 1e-6 else [None, None, float("nan"), float("nan")]
    return pd.DataFrame([[len(pairs), 0, ratio, bool(ratio > weighting.LIMIT), *about]], columns=columns)


def voted(views: pd.DataFrame, goals: pd.DataFrame, *, total: int = 100) -> pd.DataFrame:
    """What the votes in the plan say, as whole points that add up to `total`: goal, goal_name, group, voters, points.

    Takes `weighing.views`, which leaves groups out that are too small, so nothing here comes from fewer people. The points
    are the medians of the shares that single voters of the deciding group give, scaled to the total: a median is not drawn
    by one extreme vote. Empty without enough voters, and where a goal in force has no vote.

    >>> views = pd.DataFrame({"group": "leadership", "voter": list("aabbcc"), "goal": ["G1", "G2"] * 3, "share": [0.6, 0.4, 0.7, 0.3, 0.1, 0.9], "decides": True})
    >>> voted(views, pd.DataFrame({"goal": ["G1", "G2"], "name": ["Read", "Work"]}))[["group", "voters", "points"]].values.tolist()
    [['leadership', 3, 60], ['leadership', 3, 40]]
    """
    columns = ["goal", "goal_name", "group", "voters", "points"]
    own = views[views["decides"].astype(bool)]
    middle = own.groupby("goal")["share"].median().astype(float).reindex(goals["goal"])
    if middle.empty or middle.isna().any() or not middle.sum() > 0:
        return pd.DataFrame(columns=columns)
    parts = shares.rounded(scoring.shares(middle.to_numpy()) * total).astype(int)
    return pd.DataFrame({"goal": goals["goal"].array, "goal_name": goals["name"].array, "group": own["group"].iloc[0],
                         "voters": own["voter"].nunique(), "points": parts})[columns]


def given(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """What each service gives to the goals under two sets of weights or strengths, best after first: service, service_name, before,
    after, change (shares of 1, weighted support), place_before, place (1 best, ties share the better).

    Takes two results of `alignment.contribution`. A service that is in one of them only is left out.

    >>> columns = ["service", "service_name", "value"]
    >>> now, then = (pd.DataFrame([["S1", "Storytime", one], ["S2", "Job desk", 0.3]], columns=columns) for one in (0.4, 0.2))
    >>> given(now, then)[["service_name", "change", "place_before", "place"]].round(2).values.tolist()
    [['Job desk', 0.0, 2, 1], ['Storytime', -0.2, 1, 2]]
    """
    found = after[["service", "service_name", "value"]].merge(before[["service", "value"]], on="service", suffixes=("", "_before"))
    found = found.rename(columns={"value": "after", "value_before": "before"}).astype({"before": float, "after": float})
    found["change"] = found["after"] - found["before"]
    for place, column in (("place_before", "before"), ("place", "after")):
        found[place] = found[column].round(9).rank(ascending=False, method="min").astype(int)
    order = ["service", "service_name", "before", "after", "change", "place_before", "place"]
    return found.sort_values(["after", "service"], ascending=[False, True], ignore_index=True)[order]
