"""Which of several uncertain figures moves an outcome most."""

from collections.abc import Callable, Mapping

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from scipy.stats import rankdata


def swings(outcome: Callable[[Mapping[str, float]], float], base: Mapping[str, float], low: Mapping[str, float], high: Mapping[str, float]) -> pd.DataFrame:
    """Return how far each figure alone moves the outcome: index (the figures' names), at_low, at_high, swing, widest first.

    One figure at a time goes to its low and to its high end while all others stay at base.
    swing = the largest minus the smallest of the outcomes at low, at base and at high, so that an
    outcome that jumps between them is seen. Ties stand in the order of the names. Source: the
    tornado diagram of Clemen 1996.

    Misleading when figures act together, since no two ever move at once, and when the ends are not
    equally far out for each figure: a wide range then looks like a strong figure.

    Raises KeyError when a figure of base has no low or no high end.

    >>> found = swings(lambda at: at["income"] - at["cost"], {"income": 10, "cost": 6}, {"income": 9, "cost": 3}, {"income": 11, "cost": 12})
    >>> found["swing"].to_dict()
    {'cost': 9.0, 'income': 2.0}
    """
    middle = float(outcome(base))
    rows = {name: [float(outcome({**base, name: end[name]})) for end in (low, high)] for name in base}
    found = pd.DataFrame.from_dict(rows, orient="index", columns=["at_low", "at_high"], dtype=float)
    ends = found.assign(middle=middle)
    found["swing"] = ends.max(axis="columns", skipna=False) - ends.min(axis="columns", skipna=False)
    return found.sort_index().sort_values("swing", ascending=False, kind="stable")


def rank_correlations(inputs: pd.DataFrame, outcome: ArrayLike) -> pd.Series:
    """Return Spearman's rank correlation of each column of draws with the outcome, -1 to 1.

    The correlation of the ranks, ties at their mean rank. 1: whenever the figure is higher, so is
    the outcome. A figure, or an outcome, that never moves has no correlation: missing.
    Source: Spearman 1904.

    Misleading when the outcome first rises and then falls with a figure: it may be near 0 although
    the figure decides everything.

    Raises ValueError when a column and the outcome differ in length.

    >>> rank_correlations(pd.DataFrame({"cost": [1.0, 2.0, 3.0], "rent": [5.0, 5.0, 5.0]}), [9.0, 4.0, 1.0]).to_dict()
    {'cost': -1.0, 'rent': nan}
    """
    values = np.asarray(outcome, dtype=float)
    if len(inputs) != values.size:
        raise ValueError(f"Draws: found {len(inputs)} of the figures and {values.size} of the outcome. Each draw has both. Match them first.")
    ranked = rankdata(values)
    return pd.Series({name: _correlation(rankdata(inputs[name]), ranked) for name in inputs.columns}, dtype=float)


def _correlation(x: ArrayLike, y: ArrayLike) -> float:
    return float(np.corrcoef(x, y)[0, 1]) if np.ptp(x) > 0 and np.ptp(y) > 0 else float("nan")
