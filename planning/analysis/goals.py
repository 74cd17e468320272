"""What leadership wants, how much each goal counts, and what a shift of weights changes."""

from __future__ import annotations

import datetime as dt

import pandas as pd


def register(goals: pd.DataFrame, earlier: pd.DataFrame | None = None) -> pd.DataFrame:
    """Goals in force, heaviest first: goal, name, weight (share 0-1), rank, set_by, valid_from, horizon, replaces (id of the
    earlier goal), replaces_name (its name; missing where `earlier` does not hold it).

    Takes the goals in force (`plan.goals_in_force`) and, for the names of what they replaced, all goals. Goals of the
    same weight share the better rank.

    >>> goals = pd.DataFrame({"goal": ["G1", "G2"], "name": ["Read", "Work"], "weight": [0.3, 0.7], "set_by": ["Board", "Board"],
    ...                       "valid_from": pd.Timestamp("2025-07-01"), "horizon": [pd.NaT, pd.NaT], "replaces": [None, "G0"]})
    >>> register(goals, pd.DataFrame({"goal": ["G0"], "name": ["Skills"]}))[["name", "weight", "rank", "replaces_name"]].values.tolist()
    [['Work', 0.7, 1, 'Skills'], ['Read', 0.3, 2, None]]
    """
    found = goals.reindex(columns=["goal", "name", "weight", "set_by", "valid_from", "horizon", "replaces"])
    names = {} if earlier is None else dict(zip(earlier["goal"], earlier["name"]))
    found["replaces_name"] = pd.Series([names.get(one) for one in found["replaces"]], index=found.index, dtype=object)
    found["rank"] = found["weight"].rank(ascending=False, method="min").astype(int)
    return found.sort_values(["rank", "goal"], ignore_index=True)


def ended(goals: pd.DataFrame, *, as_of: dt.date) -> pd.DataFrame:
    """Goals that are no longer in force and what followed: goal, name, weight (share 0-1, while it stood), set_by, valid_to,
    followed_by (names of the goals that replaced it, missing where none did), followed_weight (their weights added up).

    Takes all goals (`plan.goals`). Latest ended first. A goal without a follower was dropped, or nobody wrote down what
    replaced it.

    >>> goals = pd.DataFrame({"goal": ["G0", "G1"], "name": ["Memory", "Newcomers"], "weight": [0.2, 0.25], "set_by": "Board",
    ...                       "valid_to": pd.to_datetime(["2025-06-30", None]), "replaces": [None, "G0"]})
    >>> ended(goals, as_of=dt.date(2026, 6, 30))[["name", "followed_by", "followed_weight"]].values.tolist()
    [['Memory', 'Newcomers', 0.25]]
    """
    over = goals[goals["valid_to"] < pd.Timestamp(as_of)].sort_values(["valid_to", "goal"], ascending=[False, True])
    after = [goals[goals["replaces"] == goal] for goal in over["goal"]]
    found = over[["goal", "name", "weight", "set_by", "valid_to"]].assign(
        followed_by=pd.Series([", ".join(one["name"]) or None for one in after], index=over.index, dtype=object),
        followed_weight=pd.Series([one["weight"].sum() if len(one) else float("nan") for one in after], index=over.index, dtype=float))
    return found.reset_index(drop=True)


def shifted(goals: pd.DataFrame, *, goal: str, weight: float) -> pd.DataFrame:
    """The same goals with one weight set, and the others scaled so that all still add up to 1.

    The others keep their proportions to each other: w' = w · (1 − new) ÷ (1 − old). When all the
    others weigh 0 the rest is spread evenly. Raises ValueError when the goal is not there or the
    weight is not from 0 to 1.

    >>> goals = pd.DataFrame({"goal": ["G1", "G2", "G3"], "weight": [0.5, 0.3, 0.2]})
    >>> shifted(goals, goal="G1", weight=0.0)["weight"].round(3).tolist()
    [0.0, 0.6, 0.4]
    """
    chosen = goals["goal"] == goal
    if not chosen.any() or not 0 <= weight <= 1:
        raise ValueError(f"There is no goal {goal}, or {weight} is not a weight from 0 to 1.")
    found = goals.copy()
    others = found.loc[~chosen, "weight"]
    rest = others / others.sum() if others.sum() > 0 else others * 0 + 1 / max(len(others), 1)
    found.loc[~chosen, "weight"] = rest * (1 - weight)
    found.loc[chosen, "weight"] = float(weight)
    return found


def reconciled(goals: pd.DataFrame) -> pd.DataFrame:
    """The sum that weights must have: check, expected, found; empty without goals."""
    if goals.empty:
        return pd.DataFrame(columns=["check", "expected", "found"])
    return pd.DataFrame([["The weights of the goals in force add up to 1", 1.0, round(goals["weight"].sum(), 2)]],
                        columns=["check", "expected", "found"])
