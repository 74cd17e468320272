"""Which items to take under several ceilings: the best choice, the naive order, the frontier."""

from dataclasses import replace
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import Bounds, LinearConstraint

from planning.methods import solver
from planning.methods.conditions import Conditions, Pairs, conditions


class Choice(NamedTuple):
    """The items taken, their value, what they use of each ceiling, and the gap to a proven optimum."""

    chosen: NDArray[np.bool_]
    value: float
    used: NDArray[np.float64]
    gap: float


class Frontier(NamedTuple):
    """The choices that no other one beats on both cost and value: one row a choice, cost rising.

    cost: use of the ceiling that was moved; value: total value; used: use of every ceiling (rows:
    choices); chosen: true or false for each item (rows: choices, columns: items).
    """

    cost: NDArray[np.float64]
    value: NDArray[np.float64]
    used: NDArray[np.float64]
    chosen: NDArray[np.bool_]


def best_choice(
    value: ArrayLike,
    costs: ArrayLike,
    ceilings: ArrayLike,
    *,
    must: ArrayLike = (),
    needs: Pairs = (),
    excludes: Pairs = (),
) -> Choice:
    """Return the set of items with the greatest total value that keeps to all conditions.

    Whole items only, solved exactly (0-1 programme, scipy's HiGHS). Among sets of equal value the
    one that uses the least of the ceilings. gap is 0 when the optimum is proven; above 0 it is the
    part of the value by which a better set could still beat this one, because the search stops
    after a number of branches (see solver.best_and_least), so that it ends alike on every machine.
    See conditions() for value, costs, ceilings, must, needs and excludes.
    Source: Kellerer, Pferschy and Pisinger, Knapsack Problems, 2004.

    Misleading when values are guesses: a set that wins by a little is not better. Look at
    core_share, and at the choice under other values.

    Raises Infeasible when no set keeps to the conditions, ValueError for numbers that do not match.

    >>> found = best_choice([60, 100, 120], [[10], [20], [30]], [50])
    >>> found.chosen.tolist(), found.value, found.used.tolist(), found.gap
    ([False, True, True], 220.0, [50.0], 0.0)
    """
    question = conditions(value, costs, ceilings, must=must, needs=needs, excludes=excludes)
    bounded = np.isfinite(question.ceilings) & (question.ceilings > 0)
    thrift = question.costs @ np.where(bounded, 1 / np.where(bounded, question.ceilings, 1), 0)
    return _best(question, thrift)


def in_order(
    value: ArrayLike,
    costs: ArrayLike,
    ceilings: ArrayLike,
    *,
    must: ArrayLike = (),
    needs: Pairs = (),
    excludes: Pairs = (),
    by: int | None = 0,
) -> Choice:
    """Return the set that value for money gives when taken from the top of the list.

    Must-dos come first. Then, again and again, the item with the highest value for each unit of
    cost under ceiling `by` (None: the highest value) that still fits, has what it needs already in
    the set, and is excluded by nothing in it. Items worth 0 or less are left. gap is missing:
    nothing is proven. See conditions() for the other arguments.

    Misleading as a last word: a large item that would fill the ceiling better is passed over.
    Compare it with best_choice.

    Raises Infeasible when the must-dos break a condition, ValueError for numbers that do not match.

    >>> found = in_order([60, 100, 120], [[10], [20], [30]], [50])
    >>> found.chosen.tolist(), found.value
    ([True, True, False], 160.0)
    """
    question = conditions(value, costs, ceilings, must=must, needs=needs, excludes=excludes)
    rate = question.value
    if by is not None:
        cost = question.costs[:, by]
        rate = np.divide(rate, cost, out=np.full(rate.size, np.inf), where=cost > 0)
    order = [item for item in np.argsort(-rate, kind="stable") if question.value[item] > 0]
    chosen = question.must.copy()
    while (item := next((item for item in order if _allowed(question, chosen, item)), None)) is not None:
        chosen[item] = True
    return Choice(chosen, float(chosen @ question.value), chosen @ question.costs, float("nan"))


def frontier(
    value: ArrayLike,
    costs: ArrayLike,
    ceilings: ArrayLike,
    *,
    along: int = 0,
    points: int = 25,
    must: ArrayLike = (),
    needs: Pairs = (),
    excludes: Pairs = (),
) -> Frontier:
    """Return how the best total value grows with one ceiling, and the set behind each step.

    The ceiling `along` is moved in `points` equal steps from the cost of the must-dos to the cost
    of everything; the other ceilings stay. At each step the best set is found, the cheapest one
    among equals; sets found twice are shown once. See conditions() for the other arguments.

    Misleading when read between two rows: between the steps there can be sets that were not tried.

    Raises Infeasible when the must-dos break another condition, ValueError for numbers that do not
    match.

    >>> found = frontier([60, 100, 120], [[10], [20], [30]], [50], points=7)
    >>> found.cost.tolist(), found.value.tolist()
    ([0.0, 10.0, 20.0, 30.0, 40.0, 50.0, 60.0], [0.0, 60.0, 100.0, 160.0, 180.0, 220.0, 280.0])
    """
    limits = np.asarray(ceilings, dtype=float).copy()
    limits[along] = np.inf
    question = conditions(value, costs, limits, must=must, needs=needs, excludes=excludes)
    cost = question.costs[:, along]
    steps = []
    for level in np.linspace(question.must @ cost, cost.sum(), points):
        limits = limits.copy()
        limits[along] = level
        found = _best(replace(question, ceilings=limits), cost)
        if not steps or found.value > steps[-1].value + 1e-9 * max(1, abs(found.value)):
            steps.append(found)
    chosen, used = np.array([step.chosen for step in steps]), np.array([step.used for step in steps])
    return Frontier(used[:, along], np.array([step.value for step in steps]), used, chosen)


def core_share(chosen: ArrayLike) -> NDArray[np.float64]:
    """Return for each item the share, 0 to 1, of the sets that contain it.

    chosen: true or false, one row a set, one column an item, as in Frontier.chosen; a set that
    stands there twice counts once. 1: in every set, a safe choice; 0: in none. Source: the core
    index of Liesiö, Mild and Salo 2007, here over the sets of the frontier.

    Misleading when the frontier reaches far below or above any likely ceiling: drop those rows.

    >>> core_share([[False, True], [True, True], [True, True]])
    array([0.5, 1. ])
    """
    return np.unique(np.asarray(chosen, dtype=bool), axis=0).mean(axis=0)


def _allowed(question: Conditions, chosen: NDArray[np.bool_], item: int) -> bool:
    grown = chosen.copy()
    grown[item] = True
    return not chosen[item] and question.kept_by(grown)


def _best(question: Conditions, thrift: NDArray[np.float64]) -> Choice:
    if not question.value.size:
        return Choice(question.must, 0.0, np.zeros(question.ceilings.size), 0.0)
    bounds, rows = Bounds(question.must.astype(float), 1), _rows(question)
    for found in solver.best_and_least(question.value, thrift, bounds, rows):
        if question.kept_by(chosen := found.whole.astype(bool)):
            return Choice(chosen, float(chosen @ question.value), chosen @ question.costs, found.gap)
    raise ArithmeticError(
        "Choice: the solver's set breaks a condition by a rounding error. "
        "Costs and ceilings of very different size cause this. Give them in larger units."
    )


def _rows(question: Conditions) -> list[LinearConstraint]:
    bounded = np.isfinite(question.ceilings)
    limit = question.ceilings[bounded]
    # Rows are divided by their ceiling, so that the solver's tolerance means the same in each.
    size = np.where(limit > 0, limit, 1)
    rows = [LinearConstraint(question.costs[:, bounded].T / size[:, None], -np.inf, limit / size)] if limit.size else []
    unit = np.eye(question.value.size)
    rows += [LinearConstraint(unit[a] - unit[b], -np.inf, 0) for a, b in question.needs]
    rows += [LinearConstraint(unit[a] + unit[b], -np.inf, 1) for a, b in question.excludes]
    return rows
