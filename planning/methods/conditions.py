"""What a choice of items must keep to: ceilings, must-dos, needs and exclusions."""

from collections.abc import Iterable
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter

import numpy as np
from numpy.typing import ArrayLike, NDArray

Pairs = Iterable[tuple[int, int]]


class Infeasible(ValueError):
    """No choice keeps to the conditions.

    items: the positions of the items to look at. broken: (ceiling, excess) for each ceiling that
    the must-dos and what they need break; the excess is in the unit of the ceiling.
    """

    def __init__(
        self, message: str, *, items: tuple[int, ...] = (), broken: tuple[tuple[int, float], ...] = ()
    ) -> None:
        super().__init__(message)
        self.items = items
        self.broken = broken


@dataclass(frozen=True)
class Conditions:
    """A question of choice, checked: `must` holds the must-dos and everything they need."""

    value: NDArray[np.float64]
    costs: NDArray[np.float64]
    ceilings: NDArray[np.float64]
    must: NDArray[np.bool_]
    needs: tuple[tuple[int, int], ...]
    excludes: tuple[tuple[int, int], ...]

    def fits(self, chosen: NDArray[np.bool_]) -> bool:
        """Return whether the chosen items stay under every ceiling.

        >>> conditions([1, 1], [[2], [3]], [4]).fits(np.array([True, True]))
        False
        """
        return not self.excess(chosen)

    def kept_by(self, chosen: NDArray[np.bool_]) -> bool:
        """Return whether the chosen items keep to all conditions.

        >>> question = conditions([1, 1], [[2], [3]], [4], needs=[(0, 1)])
        >>> question.kept_by(np.array([True, False])), question.kept_by(np.array([False, True]))
        (False, True)
        """
        return (
            bool(chosen[self.must].all())
            and self.fits(chosen)
            and all(chosen[b] or not chosen[a] for a, b in self.needs)
            and not any(chosen[a] and chosen[b] for a, b in self.excludes)
        )

    def excess(self, chosen: NDArray[np.bool_]) -> tuple[tuple[int, float], ...]:
        """Return (ceiling, excess) for each ceiling that the chosen items break.

        >>> conditions([1, 1], [[2], [3]], [4]).excess(np.array([True, True]))
        ((0, 1.0),)
        """
        used = chosen @ self.costs
        # Sums of amounts such as 0.1 + 0.2 overshoot in the last place; that breaks no ceiling.
        over = np.flatnonzero(used > self.ceilings + 1e-9 * np.maximum(1, np.abs(self.ceilings)))
        return tuple((int(k), float(used[k] - self.ceilings[k])) for k in over)


def conditions(
    value: ArrayLike,
    costs: ArrayLike,
    ceilings: ArrayLike,
    *,
    must: ArrayLike = (),
    needs: Pairs = (),
    excludes: Pairs = (),
) -> Conditions:
    """Return the checked question of choice among n items under k ceilings.

    value: one number an item. costs: n rows, k columns, none below 0 (add what an item frees to
    the ceiling instead). ceilings: k numbers; infinity for no ceiling. must: positions of items
    (first is 0), or true or false for each. needs: pairs (a, b), a only together with b.
    excludes: pairs of which at most one is taken.

    Raises ValueError for numbers that are missing or do not match, and Infeasible when needs run
    in a circle, when the must-dos exclude each other, or when they break a ceiling.

    >>> conditions([5, 1], [[2], [3]], [9], must=[0], needs=[(0, 1)]).must.tolist()
    [True, True]
    """
    worth, spent, limit = (np.asarray(numbers, dtype=float) for numbers in (value, costs, ceilings))
    _check_numbers(worth, spent, limit)
    needed, apart = (tuple((int(a), int(b)) for a, b in pairs) for pairs in (needs, excludes))
    wanted = _positions(must)
    beyond = [item for item in {*sum(needed + apart, ()), *wanted} if not 0 <= item < worth.size]
    if beyond:
        raise ValueError(f"Items: found position {beyond[0]}. Positions run from 0 to {worth.size - 1}. Correct it.")
    _check_circle(needed)
    chosen = _with_needs(wanted, needed, worth.size)
    question = Conditions(worth, spent, limit, chosen, needed, apart)
    _check_must(question)
    return question


def _positions(must: ArrayLike) -> list[int]:
    marked = np.asarray(must)
    # A nullable column of true and false arrives as objects, not as booleans.
    if marked.size and all(isinstance(mark, (bool, np.bool_)) for mark in marked):
        return np.flatnonzero(marked).tolist()
    return [int(item) for item in marked]


def _check_numbers(
    value: NDArray[np.float64], costs: NDArray[np.float64], ceilings: NDArray[np.float64]
) -> None:
    if value.ndim != 1 or ceilings.ndim != 1 or costs.shape != (value.size, ceilings.size):
        raise ValueError(
            f"Costs: found a table of shape {costs.shape} for {value.size} items and {ceilings.size} ceilings. "
            "Costs have a row an item and a column a ceiling. Match the three."
        )
    if not np.isfinite(value).all() or not np.isfinite(costs).all() or np.isnan(ceilings).any():
        raise ValueError(
            "Value, costs or ceilings: a number is missing. "
            "An unknown cost is not 0. Estimate it, or leave the item out."
        )
    if (costs < 0).any():
        raise ValueError(
            f"Costs: found {costs.min():g}. A cost is 0 or more. Add what an item frees to the ceiling instead."
        )


def _check_circle(needs: tuple[tuple[int, int], ...]) -> None:
    graph: dict[int, set[int]] = {}
    for item, other in needs:
        graph.setdefault(item, set()).add(other)
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as circle:
        around = tuple(reversed(circle.args[1]))
        text = " needs ".join(str(item) for item in around)
        raise Infeasible(
            f"Needs: found a circle, {text}. An item cannot wait for itself. Drop one of these needs.",
            items=around[:-1],
        ) from None


def _with_needs(wanted: list[int], needs: tuple[tuple[int, int], ...], size: int) -> NDArray[np.bool_]:
    chosen, waiting = np.zeros(size, dtype=bool), list(wanted)
    while waiting:
        item = waiting.pop()
        if not chosen[item]:
            chosen[item] = True
            waiting += [other for first, other in needs if first == item]
    return chosen


def _check_must(question: Conditions) -> None:
    items = tuple(int(item) for item in np.flatnonzero(question.must))
    for a, b in question.excludes:
        if question.must[a] and question.must[b]:
            raise Infeasible(
                f"Must-dos: items {a} and {b} exclude each other, yet both are needed. "
                "At most one can be taken. Lift one must-do, one need, or the exclusion.",
                items=(a, b),
            )
    broken = question.excess(question.must)
    if broken:
        by = ", ".join(f"ceiling {k} by {excess:g}" for k, excess in broken)
        raise Infeasible(
            f"Must-dos: with all they need they break {by}. "
            "They have to fit under every ceiling. Raise the ceiling, or lift a must-do.",
            items=items,
            broken=broken,
        )
