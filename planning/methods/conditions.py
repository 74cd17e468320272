"""What a choice of items must keep to: ceilings, must-dos, needs and exclusions."""

from collections.abc import Iterable
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

Pairs = Iterable[tuple[int, int]]


class Conflict(NamedTuple):
    """One reason why no choice is possible.

    kind: circle (needs run in a circle), apart (two that must be taken exclude each other), or
    ceiling (what must be taken breaks ceiling `ceiling` by `excess`, in the unit of the ceiling).
    items: the positions of the items to look at. year: the year of the ceiling, 0 for the first.
    """

    kind: str
    items: tuple[int, ...]
    ceiling: int = -1
    excess: float = 0.0
    year: int = 0


class Infeasible(ValueError):
    """No choice keeps to the conditions; `conflicts` holds every reason."""

    def __init__(self, conflicts: Iterable[Conflict]) -> None:
        self.conflicts = tuple(conflicts)
        super().__init__(" ".join(_told(conflict) for conflict in self.conflicts))


def _told(conflict: Conflict) -> str:
    if conflict.kind == "circle":
        text = " needs ".join(str(item) for item in (*conflict.items, conflict.items[0]))
        return f"Needs: found a circle, {text}. An item cannot wait for itself. Drop one of these needs."
    if conflict.kind == "apart":
        return (
            f"Must-dos: items {conflict.items[0]} and {conflict.items[1]} exclude each other, yet both are needed. "
            "At most one can be taken. Lift one must-do, one need, or the exclusion."
        )
    when = f" in year {conflict.year + 1}" if conflict.year else ""
    return (
        f"Must-dos: with all they need they break ceiling {conflict.ceiling} by {conflict.excess:g}{when}. "
        "They have to fit under every ceiling. Raise the ceiling, or lift a must-do."
    )


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

    def conflicts(self) -> tuple[Conflict, ...]:
        """Return every reason why no choice is possible; nothing when one is.

        >>> asked([1, 1], [[5], [1]], [3], must=[0], needs=[(0, 1), (1, 0)]).conflicts()[1]
        Conflict(kind='ceiling', items=(0, 1), ceiling=0, excess=3.0, year=0)
        """
        found = [Conflict("circle", around) for around in circles(self.needs)]
        found += [Conflict("apart", (a, b)) for a, b in self.excludes if self.must[a] and self.must[b]]
        return (*found, *(Conflict("ceiling", self.users(k), k, excess) for k, excess in self.excess(self.must)))

    def users(self, ceiling: int) -> tuple[int, ...]:
        """Return the positions of the must-dos that use a ceiling.

        >>> asked([1, 1], [[5, 0], [1, 2]], [9, 9], must=[0, 1]).users(1)
        (1,)
        """
        return tuple(int(item) for item in np.flatnonzero(self.must & (self.costs[:, ceiling] > 0)))

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
    excludes: pairs of which at most one is taken; an item paired with itself says nothing.

    Raises ValueError for numbers that are missing or do not match, and Infeasible, with every
    conflict, when needs run in a circle, when the must-dos exclude each other, or when they break
    a ceiling.

    >>> conditions([5, 1], [[2], [3]], [9], must=[0], needs=[(0, 1)]).must.tolist()
    [True, True]
    """
    question = asked(value, costs, ceilings, must=must, needs=needs, excludes=excludes)
    if found := question.conflicts():
        raise Infeasible(found)
    return question


def asked(
    value: ArrayLike,
    costs: ArrayLike,
    ceilings: ArrayLike,
    *,
    must: ArrayLike = (),
    needs: Pairs = (),
    excludes: Pairs = (),
) -> Conditions:
    """Return the question as in conditions(), its numbers checked, whether or not a choice is possible.

    Raises ValueError for numbers that are missing or do not match.

    >>> len(asked([1], [[5]], [3], must=[0]).conflicts())
    1
    """
    worth, spent, limit = (np.asarray(numbers, dtype=float) for numbers in (value, costs, ceilings))
    _check_numbers(worth, spent, limit)
    needed, apart = (tuple((int(a), int(b)) for a, b in pairs) for pairs in (needs, excludes))
    wanted = _positions(must)
    beyond = [item for item in {*sum(needed + apart, ()), *wanted} if not 0 <= item < worth.size]
    if beyond:
        raise ValueError(f"Items: found position {beyond[0]}. Positions run from 0 to {worth.size - 1}. Correct it.")
    return Conditions(worth, spent, limit, with_needs(wanted, needed, worth.size), needed, tuple((a, b) for a, b in apart if a != b))


def circles(needs: Pairs) -> list[tuple[int, ...]]:
    """Return the circles in which needs run; when one need of each is dropped, none may be left.

    Each circle starts at its smallest position. After one is found, its last need is set aside
    and the search goes on, so circles that share needs are not all listed.

    >>> circles([(0, 1), (1, 0), (1, 2), (3, 3)])
    [(0, 1), (3,)]
    """
    graph: dict[int, set[int]] = {}
    for item, other in needs:
        graph.setdefault(item, set()).add(other)
    found = []
    while around := _circle(graph):
        start = around.index(min(around))
        found.append(around[start:] + around[:start])
        graph[found[-1][-1]].discard(found[-1][0])
    return sorted(found)


def _circle(graph: dict[int, set[int]]) -> tuple[int, ...]:
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as circle:
        return tuple(reversed(circle.args[1]))[:-1]
    return ()


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


def with_needs(wanted: Iterable[int], needs: Pairs, size: int) -> NDArray[np.bool_]:
    """Return true for each of `size` items that is wanted or that a wanted one needs, directly or not.

    >>> with_needs([0], [(0, 1), (1, 2)], 4).tolist()
    [True, True, True, False]
    """
    chosen, waiting, pairs = np.zeros(size, dtype=bool), list(wanted), list(needs)
    while waiting:
        item = waiting.pop()
        if not chosen[item]:
            chosen[item] = True
            waiting += [other for first, other in pairs if first == item]
    return chosen
