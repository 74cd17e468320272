"""Which items to start in which year: the best programme over several years, solved exactly."""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import Bounds, LinearConstraint
from scipy.sparse import csr_array, vstack

from planning.methods import solver
from planning.methods.conditions import Conditions, Conflict, Infeasible, Pairs, asked, with_needs

NEVER = -1


class Programme(NamedTuple):
    """The year in which each item starts (0 first, -1 never), the value, the use by year (rows) and ceiling, the gap."""

    start: NDArray[np.int_]
    value: float
    used: NDArray[np.float64]
    gap: float


def best_programme(
    value: ArrayLike,
    costs: ArrayLike,
    later: ArrayLike,
    ceilings: ArrayLike,
    *,
    must: ArrayLike = (),
    needs: Pairs = (),
    excludes: Pairs = (),
) -> Programme:
    """Return the starts that give the greatest value over the years and keep to all conditions.

    An item that starts in year t uses `costs` in that year and `later` in each year after it; in
    no year do all of them together use more than that year's row of `ceilings` (infinity for no
    ceiling). It gives its value times the share of the years in which it works, the year of its
    start among them: an early start gives more. must: items that start in the first year, with
    all that they need. needs: pairs (a, b), b starts in the same year as a or before. excludes:
    pairs of which at most one ever starts. Among programmes of equal value the one that uses least
    of the first ceiling over all years, then the one that starts earlier.

    Solved as a 0-1 programme on "started by year t" (scipy's HiGHS): exactly, where gap is 0. Above
    0, gap is the part of the value by which a better programme could still beat this one, because
    the search stops after a number of branches (see solver.best_and_least), so that it ends alike
    on every machine; 200 items over 5 years with 300 needs end so after some seven seconds, with a gap
    of about one in a hundred. Source: choice over periods with precedence, as in Johnson, Optimum
    Open Pit Mine Production Scheduling, 1968.

    Misleading beyond the first year or two: later ceilings, costs and values are the least known.

    Raises Infeasible, with every conflict, when what must be done breaks a condition in any year,
    ValueError for numbers that do not match, TimeoutError when nothing was found before the search stopped.

    >>> found = best_programme([6, 5], [[10], [10]], [[2], [0]], [[10], [12]])
    >>> found.start.tolist(), found.value, found.used.tolist()
    ([0, 1], 8.5, [[10.0], [12.0]])
    """
    question, yearly, limits = check(value, costs, later, ceilings, must=must, needs=needs, excludes=excludes)
    if not question.value.size:
        return Programme(np.zeros(0, int), 0.0, np.zeros(limits.shape), 0.0)
    rows = [*_order_rows(question, len(limits)), *_ceiling_rows(question, yearly, limits)]
    worth = np.tile(question.value / len(limits), len(limits))
    for answer in solver.best_and_least(worth, _thrift(question, yearly, len(limits)), _bounds(question, len(limits)), rows):
        by = answer.whole.reshape(len(limits), -1).astype(bool)
        if _kept(question, yearly, limits, by):
            return Programme(np.where(by.any(axis=0), by.argmax(axis=0), NEVER), float((by @ question.value).sum() / len(limits)),
                             _used(question, yearly, by), answer.gap)
    raise ArithmeticError("Programme: the solver's years break a condition by a rounding error. Give costs and ceilings in larger units.")


def check(
    value: ArrayLike,
    costs: ArrayLike,
    later: ArrayLike,
    ceilings: ArrayLike,
    *,
    must: ArrayLike = (),
    needs: Pairs = (),
    excludes: Pairs = (),
) -> tuple[Conditions, NDArray[np.float64], NDArray[np.float64]]:
    """Return the question of the first year, later costs and ceilings, all checked; arguments as in best_programme.

    Misleading as a promise of a good programme: it says only that what must be done fits.

    Raises Infeasible, with every conflict of every year, and ValueError for numbers that do not match.

    >>> try:
    ...     check([1], [[5]], [[4]], [[9], [3]], must=[0])
    ... except Infeasible as problem:
    ...     print(problem.conflicts[0])
    Conflict(kind='ceiling', items=(0,), ceiling=0, excess=1.0, year=1)
    """
    limits, yearly = np.asarray(ceilings, dtype=float), np.asarray(later, dtype=float)
    question = asked(value, costs, limits[0], must=must, needs=needs, excludes=excludes)
    if yearly.shape != question.costs.shape or not np.isfinite(yearly).all() or (yearly < 0).any():
        raise ValueError("Later costs: they have the shape of the costs, and each is 0 or more. Match them; write 0 where nothing is needed.")
    if found := (*question.conflicts(), *_later_conflicts(question, yearly, limits)):
        raise Infeasible(found)
    return question, yearly, limits


def _later_conflicts(question: Conditions, later: NDArray[np.float64], limits: NDArray[np.float64]) -> list[Conflict]:
    needed = question.must @ later
    return [Conflict("ceiling", tuple(int(item) for item in np.flatnonzero(question.must & (later[:, k] > 0))), k, float(needed[k] - limit[k]), year)
            for year, limit in enumerate(limits) if year for k in range(limit.size) if needed[k] > limit[k] + 1e-9 * max(1, abs(limit[k]))]


def _bounds(question: Conditions, years: int) -> Bounds:
    # What is worth nothing, and is needed by nothing of worth, never starts.
    useful = with_needs([*np.flatnonzero(question.value > 0), *np.flatnonzero(question.must)], question.needs, question.value.size)
    return Bounds(np.tile(question.must, years).astype(float), np.tile(useful, years).astype(float))


def _order_rows(question: Conditions, years: int) -> list[LinearConstraint]:
    """Once started, started; a needed one no later; two that exclude each other not both. Unknowns: year by year, started by then."""
    size = question.value.size
    ahead = [(year * size + item, (year + 1) * size + item) for year in range(years - 1) for item in range(size)]
    ahead += [(year * size + a, year * size + b) for year in range(years) for a, b in question.needs]
    rows = [LinearConstraint(_pairs(ahead, years * size, -1.0), -np.inf, 0)] if ahead else []
    apart = [((years - 1) * size + a, (years - 1) * size + b) for a, b in question.excludes]
    return rows + ([LinearConstraint(_pairs(apart, years * size, 1.0), -np.inf, 1)] if apart else [])


def _pairs(pairs: list[tuple[int, int]], size: int, second: float) -> csr_array:
    place = np.arange(len(pairs)).repeat(2)
    return csr_array((np.tile([1.0, second], len(pairs)), (place, np.ravel(pairs))), shape=(len(pairs), size))


def _ceiling_rows(question: Conditions, later: NDArray[np.float64], limits: NDArray[np.float64]) -> list[LinearConstraint]:
    size, rows, most = question.value.size, [], []
    for year, limit in enumerate(limits):
        for k in np.flatnonzero(np.isfinite(limit)):
            scale = limit[k] if limit[k] > 0 else 1.0
            row = np.zeros(limits.shape[0] * size)
            row[year * size : (year + 1) * size] = question.costs[:, k] / scale
            if year:
                row[(year - 1) * size : year * size] = (later[:, k] - question.costs[:, k]) / scale
            rows.append(csr_array(row[None, :]))
            most.append(limit[k] / scale)
    return [LinearConstraint(vstack(rows), -np.inf, most)] if rows else []


def _thrift(question: Conditions, later: NDArray[np.float64], years: int) -> NDArray[np.float64]:
    spent = np.tile(later[:, 0], years)
    spent[-question.value.size :] = question.costs[:, 0]
    return spent / (spent.max() or 1) - 1e-6


def _used(question: Conditions, later: NDArray[np.float64], by: NDArray[np.bool_]) -> NDArray[np.float64]:
    before = np.vstack([np.zeros(by.shape[1], bool), by[:-1]])
    return (by & ~before) @ question.costs + before @ later


def _kept(question: Conditions, later: NDArray[np.float64], limits: NDArray[np.float64], by: NDArray[np.bool_]) -> bool:
    slack = 1e-9 * np.maximum(1, np.where(np.isfinite(limits), np.abs(limits), 1))
    inside = (_used(question, later, by) <= limits + slack).all()
    return bool(inside and (by[1:] >= by[:-1]).all() and by[0][question.must].all() and all((by[:, b] | ~by[:, a]).all() for a, b in question.needs)
                and not any(by[-1, a] and by[-1, b] for a, b in question.excludes))
