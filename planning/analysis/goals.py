"""What leadership wants, how much each goal counts, and what a shift of weights changes."""

from __future__ import annotations

import pandas as pd


def register(goals: pd.DataFrame) -> pd.DataFrame:
    """Goals in force, heaviest first: goal, name, weight (share 0-1), rank, set_by, horizon.

    Takes the goals in force (`plan.goals_in_force`). Goals of the same weight share the better rank.

    >>> goals = pd.DataFrame({"goal": ["G1", "G2"], "name": ["Read", "Work"], "weight": [0.3, 0.7],
    ...                       "set_by": ["Board", "Board"], "horizon": [pd.NaT, pd.NaT]})
    >>> register(goals)[["name", "weight", "rank"]].values.tolist()
    [['Work', 0.7, 1], ['Read', 0.3, 2]]
    """
    found = goals[["goal", "name", "weight", "set_by", "horizon"]].copy()
    found["rank"] = found["weight"].rank(ascending=False, method="min").astype(int)
    return found.sort_values(["rank", "goal"], ignore_index=True)


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
