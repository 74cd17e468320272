"""Things put in an order by hand: one moved to another place, and what an order of initiatives would fill the year with."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from planning.methods import portfolio, selection


def moved(order: Sequence[str], item: str, place: int) -> list[str]:
    """The same order with one item at another place (1 the first); the others close up. A place beyond an end is that end.

    >>> moved(["a", "b", "c"], "c", 1), moved(["a", "b", "c"], "a", 9)
    (['c', 'a', 'b'], ['b', 'c', 'a'])
    """
    rest = [one for one in order if one != item]
    at = min(max(place, 1), len(order)) - 1
    return [*rest[:at], item, *rest[at:]]


def filled(valued: pd.DataFrame, links: pd.DataFrame, limits: pd.DataFrame, order: Sequence[str]) -> pd.DataFrame:
    """What a hand-made order takes when one goes down it as far as money and hours go: place (1 first; missing for what must be done or runs
    already, which comes before), initiative, initiative_name, value, cost, hours, rate (value for each 1,000 of money), rate_place (1 best),
    chosen (true or false), part.

    Takes `initiatives.values`, the links and `initiatives.ceilings`; `order` are ids, first to last, and those that it leaves
    out come last by id. An initiative is taken when it still fits into every ceiling, has all it needs before it and is
    excluded by none that is taken; one that does not fit is passed over, and the next is tried. Empty when no
    choice is possible. An order of wishes is not a choice by value: compare it with `initiatives.choice`.

    >>> valued = pd.DataFrame({"initiative": ["I1", "I2"], "initiative_name": ["Tutors", "Desk"], "value": [0.6, 0.3], "cost": [100.0, 60.0], "hours": 0.0,
    ...                        "rate": [6.0, 5.0], "part": "free"})
    >>> limits, none = pd.DataFrame({"ceiling": ["money"], "limit": [100.0]}), pd.DataFrame(columns=["initiative", "link", "other"])
    >>> filled(valued, none, limits, ["I2", "I1"])[["place", "initiative_name", "rate_place", "chosen"]].values.tolist()
    [[1.0, 'Desk', 2.0, True], [2.0, 'Tutors', 1.0, False]]
    """
    columns = ["place", "initiative", "initiative_name", "value", "cost", "hours", "rate", "rate_place", "chosen", "part"]
    asked = selection.question(valued, links, limits) if len(valued) else None
    if asked is None or not asked.possible:
        return pd.DataFrame(columns=columns)
    play = asked.items.assign(chosen=False)
    ranks = {one: number for number, one in enumerate([*order, *sorted(set(play["initiative"]) - set(order))], start=1)}
    wish = len(ranks) + 1 - play["initiative"].map(ranks).to_numpy(float)
    play["chosen"] = portfolio.in_order(**{**asked.terms, "value": wish}, by=None).chosen
    free = play["part"] == selection.FREE
    play["place"] = play["initiative"].map(ranks).where(free).rank()
    play["rate_place"] = play["rate"].where(free).rank(ascending=False, method="min")
    return play.sort_values(["place", "initiative"], na_position="first", ignore_index=True)[columns].astype({"chosen": bool, "rate": float}).replace({np.inf: np.nan})
