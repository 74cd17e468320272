"""Which services stay first when the weights of the goals move, and what would change the order."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from planning.methods import acceptability, scoring, stability, topsis

ACCEPTED, ANY, NONE_FIT = "accepted", "any", "none fit"


class _Sheet(NamedTuple):
    services: pd.DataFrame
    goals: pd.DataFrame
    strengths: np.ndarray
    weights: np.ndarray


def obstacle(pairs: pd.DataFrame) -> str:
    """Why there is no order of services to test, in a word: nothing, one service, one goal, no weight, all alike; else empty.

    Takes `alignment.matrix`. All alike: every service supports each goal that has weight equally strongly.

    >>> obstacle(pd.DataFrame({"service": ["S1", "S1"], "goal": ["G1", "G2"], "weight": [0.5, 0.5], "strength": [1.0, 0.3]}))
    'one service'
    """
    if pairs.empty:
        return "nothing"
    for column, word in (("service", "one service"), ("goal", "one goal")):
        if pairs[column].nunique() < 2:
            return word
    weighty = pairs[pairs["weight"] > 0]
    if weighty.empty:
        return "no weight"
    return "all alike" if (weighty.groupby("goal")["strength"].nunique() < 2).all() else ""


def _sheet(pairs: pd.DataFrame) -> _Sheet:
    services = pairs.drop_duplicates("service")[["service", "service_name"]].reset_index(drop=True)
    goals = pairs.drop_duplicates("goal")[["goal", "goal_name", "weight"]].reset_index(drop=True)
    grid = pairs.pivot(index="service", columns="goal", values="strength").loc[services["service"], goals["goal"]]
    return _Sheet(services, goals, grid.to_numpy(dtype=float), scoring.shares(goals["weight"].fillna(0.0).to_numpy(dtype=float)))


def _drawn(sheet: _Sheet, accepted: pd.DataFrame, draws: int, seed: int) -> tuple[np.ndarray, str]:
    """Sets of weights, and where they come from: the votes where these leave any, else any weights at all."""
    number, known = len(sheet.goals), accepted.dropna(subset=["low", "high"]) if len(accepted) else accepted
    inside = known[known["goal"].isin(sheet.goals["goal"])].set_index("goal") if len(known) else known
    if inside.empty:
        return acceptability.drawn_weights(number, draws, seed=seed), ANY
    bounds = inside.reindex(sheet.goals["goal"])
    try:
        return acceptability.drawn_weights(number, draws, low=bounds["low"].to_numpy(dtype=float), high=bounds["high"].to_numpy(dtype=float),
                                           seed=seed), ACCEPTED
    except ValueError:  # votes that leave no weights are a finding about the votes, which the page tells, not a fault of the plan
        return acceptability.drawn_weights(number, draws, seed=seed), NONE_FIT


def places(pairs: pd.DataFrame, accepted: pd.DataFrame, *, draws: int = 10_000, seed: int) -> pd.DataFrame:
    """How often each service takes each place, one row a service and place: service, service_name, place (1 best), share (0-1, of
    the draws), among (0-1, share of the draws in which it has this place or a better one), weights, draws.

    Takes `alignment.matrix` and the weights that the group would accept (`weighing.accepted`: goal, low, high; may be
    empty; a goal without bounds may have any weight). Weights are drawn evenly from all that lie within these bounds
    and add up to 1; in each draw the services stand by weighted support. `weights` says which: accepted; any (no
    votes: any weights at all); none fit (the bounds leave no weights, so any are drawn). Level services share their
    places. Empty where there is no order to test (`obstacle`). Source: rank acceptability of SMAA-2, Lahdelma and
    Salminen 2001. Misleads as a chance: it counts weights, not people.

    >>> pairs = pd.DataFrame({"service": ["S1", "S1", "S2", "S2"], "service_name": ["Storytime"] * 2 + ["Job desk"] * 2, "goal": ["G1", "G2"] * 2,
    ...                       "goal_name": ["Read", "Work"] * 2, "weight": [0.6, 0.4] * 2, "strength": [1.0, 0.3, 0.2, 0.2]})
    >>> places(pairs, pd.DataFrame(), draws=100, seed=1)[["service_name", "place", "share", "weights"]].values.tolist()[:2]
    [['Storytime', 1, 1.0, 'any'], ['Storytime', 2, 0.0, 'any']]
    """
    columns = ["service", "service_name", "place", "share", "among", "weights", "draws"]
    if obstacle(pairs):
        return pd.DataFrame(columns=columns)
    sheet = _sheet(pairs)
    drawn, source = _drawn(sheet, accepted, draws, seed)
    shares = acceptability.rank_acceptability(drawn @ sheet.strengths.T)
    number = len(sheet.services)
    found = sheet.services.loc[sheet.services.index.repeat(number)].reset_index(drop=True)
    found = found.assign(place=np.tile(np.arange(1, number + 1), number), share=shares.ravel(), among=shares.cumsum(axis=1).round(12).ravel(),
                         weights=source, draws=draws)
    return found[columns]


def robust(pairs: pd.DataFrame, accepted: pd.DataFrame, *, first: int = 3, draws: int = 10_000, seed: int) -> pd.DataFrame:
    """Each service's place and how safe it is: service, service_name, value (0-1, weighted support), place (1 best, level ones
    share it), among (0-1, share of draws in which it is among the first `first`), ahead (0-1, share of draws in which
    it comes before the next service of this table; level half; missing for the last), closeness (0-1), other_place
    (place by TOPSIS), weights, draws, first. Best first.

    Value is the sum over goals of weight × strength on the fixed scale of the alignment table, 0 to 1. It is never
    stretched between the weakest and the strongest service at hand: one service more or less would then change what
    the others are worth, and could turn their order. `weights` and `draws` as in `places`. TOPSIS, the second method,
    does depend on the set: it rewards what is near the best and far from the worst of these services.
    """
    columns = ["service", "service_name", "value", "place", "among", "ahead", "closeness", "other_place", "weights", "draws", "first"]
    if obstacle(pairs):
        return pd.DataFrame(columns=columns)
    sheet = _sheet(pairs)
    drawn, source = _drawn(sheet, accepted, draws, seed)
    values = drawn @ sheet.strengths.T
    found = sheet.services.assign(value=scoring.weighted_sum(sheet.strengths, sheet.weights), weights=source, draws=draws, first=first,
                                  closeness=topsis.closeness(sheet.strengths, sheet.weights))
    found["among"] = acceptability.rank_acceptability(values)[:, :first].sum(axis=1).round(12)
    found["place"], found["other_place"] = _placed(found["value"]), _placed(found["closeness"])
    found = found.sort_values(["place", "service"])
    wins, order = acceptability.winning_index(values), found.index
    found["ahead"] = [*(wins[one, other] for one, other in zip(order, order[1:])), np.nan]
    return found[columns].reset_index(drop=True)


def _placed(values: pd.Series) -> pd.Series:
    return values.round(9).rank(ascending=False, method="min").astype(int)


def stable(pairs: pd.DataFrame, *, first: int = 3) -> pd.DataFrame:
    """How far each goal's weight may move before the first services change: goal, goal_name, weight, low, high (0-1), out_below,
    in_below, out_above, in_above (names of services; missing where the weight may go to the end), change (signed,
    share of 1: the smaller move that changes them; missing when none does), nearest (the goal with the least change of all), first.

    Exact, not drawn: the other weights keep their proportions, and the ends are where two services draw level. Beyond
    `low` the service in_below takes the place of out_below among the first `first`. Least change first. Misleads when
    several weights may move at once: `places` moves them all. Source: sensitivity analysis in the multi-criteria
    analysis manual of the UK government (Dodgson and others 2009).

    >>> pairs = pd.DataFrame({"service": ["S1", "S1", "S2", "S2"], "service_name": ["Storytime"] * 2 + ["Job desk"] * 2, "goal": ["G1", "G2"] * 2,
    ...                       "goal_name": ["Read", "Work"] * 2, "weight": [0.6, 0.4] * 2, "strength": [1.0, 0.0, 0.0, 1.0]})
    >>> stable(pairs, first=1)[["goal_name", "low", "high", "in_below", "in_above"]].values.tolist()
    [['Read', 0.5, 1.0, 'Job desk', None], ['Work', 0.0, 0.5, None, 'Job desk']]
    """
    columns = ["goal", "goal_name", "weight", "low", "high", "out_below", "in_below", "out_above", "in_above", "change", "nearest", "first"]
    if obstacle(pairs):
        return pd.DataFrame(columns=columns)
    sheet = _sheet(pairs)
    names = sheet.services["service_name"]
    ranges = [stability.stable_range(sheet.strengths, sheet.weights, which, first=first) for which in range(len(sheet.goals))]
    named = [[one.low, one.high, *(None if row is None else names[row] for row in one[2:])] for one in ranges]
    found = sheet.goals.assign(weight=sheet.weights).join(pd.DataFrame(named, columns=columns[3:9], dtype=object))
    found = found.astype({"low": float, "high": float})
    down, up = (found["low"] - found["weight"]).where(found["in_below"].notna()), (found["high"] - found["weight"]).where(found["in_above"].notna())
    found["change"] = up.where(down.isna() | (up < down.abs()), down)
    least = stability.smallest_change(sheet.strengths, sheet.weights, first=first)
    found = found.assign(nearest=[least is not None and which == least[0] for which in range(len(found))], first=first, size=found["change"].abs().round(9))
    return found.sort_values(["nearest", "size", "goal"], ascending=[False, True, True], ignore_index=True)[columns]


def favoured(pairs: pd.DataFrame, accepted: pd.DataFrame, *, draws: int = 10_000, seed: int) -> pd.DataFrame:
    """Who would put each service first: service, service_name, share (0-1, of the draws in which it is first), goal_name, weight
    (0-1), usual (0-1), weights, draws. Only services that are first in at least one draw in a hundred, most often first.

    goal_name is the goal that stands out most in the weights under which the service is first: `weight` is its mean
    there (the central weight of SMAA), `usual` its mean over all draws. It says what one would have to hold to choose
    this service, not who does. Source: Lahdelma, Hokkanen and Salminen 1998.
    """
    columns = ["service", "service_name", "share", "goal_name", "weight", "usual", "weights", "draws"]
    if obstacle(pairs):
        return pd.DataFrame(columns=columns)
    sheet = _sheet(pairs)
    drawn, source = _drawn(sheet, accepted, draws, seed)
    values = drawn @ sheet.strengths.T
    share, centre, usual = acceptability.rank_acceptability(values)[:, 0], acceptability.central_weights(values, drawn), drawn.mean(axis=0)
    out = np.nan_to_num(centre - usual, nan=-1.0).argmax(axis=1)
    found = sheet.services.assign(share=share, goal_name=sheet.goals["goal_name"].to_numpy()[out], weight=centre[np.arange(len(out)), out],
                                  usual=usual[out], weights=source, draws=draws)
    return found[found["share"] >= 0.01].sort_values(["share", "service"], ascending=[False, True], ignore_index=True)[columns]


def reconciled(places: pd.DataFrame) -> pd.DataFrame:
    """The sum that shares of draws must have: check, expected, found; empty without places. Takes `places`."""
    if places.empty:
        return pd.DataFrame(columns=["check", "expected", "found"])
    row = ["Over all places, the shares of draws of each service add up to 1", float(places["service"].nunique()), places["share"].sum()]
    return pd.DataFrame([row], columns=["check", "expected", "found"])
