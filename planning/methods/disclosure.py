"""Which groups to hide when the same people are broken down in several ways, and whether anything hidden can be worked out."""

from collections.abc import Iterator

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from planning.methods import suppression

Cell = tuple[str, str]
BOUND = 1_000_000
EXACT = 1e-6
NOTHING = 1e-8  # a square that only rounding has left; what cannot be worked out leaves one part in the number of kinds at least


def hidden_groups(breakdowns: pd.DataFrame, smallest: int, *, kinds: ArrayLike | None = None) -> dict[str, set[str]]:
    """Return for each breakdown the groups to hide, so that no few people can be worked out from all of them together.

    breakdowns: one row a person, one column a breakdown, in it the person's group; a gap is a group of its
    own, named "". Each column by itself keeps the rule of `suppression.hidden`. Then the columns are looked
    at together with their common total: whatever can be worked out from what is shown is a sum or difference
    of shown groups. While such a sum gives fewer than `smallest` people (a hidden group, or those who are left over
    when some groups are taken from others), the smallest shown group that it rests on is hidden, in the later
    column where that helps, so that the columns that stand first lose least. kinds: which kind of answer each person gave, for
    the rule of `suppression.hidden` on answers that are all alike; or several columns, for several ways to part answers.

    Misleading as a full guard: it works out sums, not guesses. Bounds can still be told from what is shown,
    and those who know some of the people can know more.

    Raises ValueError when `smallest` is below zero.

    >>> people = pd.DataFrame({"age": ["old"] * 6 + ["young"] * 8, "town": ["hill"] * 4 + ["dale"] * 10})
    >>> {column: sorted(groups) for column, groups in hidden_groups(people, 3).items()}
    {'age': [], 'town': ['dale', 'hill']}
    """
    people = breakdowns.fillna("").astype(str)
    hide: dict[str, set[str]] = {}
    members: dict[Cell, NDArray[np.float64]] = {}
    for column in people:
        hide[column] = _alone(people[column], smallest, kinds)
        members |= {(column, group): (people[column] == group).to_numpy(dtype=float) for group in sorted(people[column].unique())}
        while len(hide) > 1 and (resting := _resting({cell: own for cell, own in members.items() if cell[1] not in hide[cell[0]]}, members, smallest)):
            own = [cell for cell in resting if cell[0] == column] or resting
            name, group = min(own, key=lambda cell: (members[cell].sum(), cell))
            hide[name].add(group)
    return hide


def _alone(groups: pd.Series, smallest: int, kinds: ArrayLike | None) -> set[str]:
    given = None if kinds is None else pd.DataFrame(np.asarray(kinds))
    return set(suppression.hidden_values(groups.reset_index(drop=True), smallest, kinds=given))


def _resting(shown: dict[Cell, NDArray[np.float64]], members: dict[Cell, NDArray[np.float64]], smallest: int) -> list[Cell]:
    """The shown groups on which the first set of few people rests that can be worked out; none when none can."""
    if not shown or not members:
        return []
    # What can be worked out takes people who are in the same shown groups all in or all out, so one row stands for each such kind of people.
    cells = np.packbits(np.column_stack(list(shown.values())).astype(bool), axis=1)
    _, first, kind, sizes = np.unique(cells, axis=0, return_index=True, return_inverse=True, return_counts=True)
    known = csr_array(np.column_stack([np.ones(len(first)), *(own[first] for own in shown.values())]))
    spread, turned = np.linalg.eigh((known.T @ known).toarray())
    turned = (turned / np.sqrt(np.maximum(spread, 1e-300)))[:, spread > spread[-1] * 1e-10]
    space = known @ turned  # columns at right angles, each of length 1, that span what is known
    few = next(_worked_out(space, [own for own in members.values() if 0 < own.sum() < smallest], first, kind.ravel(), sizes, smallest), None)
    if few is None:
        return []
    parts = turned @ (space.T @ few)
    return [cell for cell, part in zip(shown, parts[1:]) if abs(part) > 1e-6]


def _worked_out(space: NDArray[np.float64], groups: list[NDArray[np.float64]], first: NDArray[np.int_], kind: NDArray[np.int_], sizes: NDArray[np.int_], smallest: int) -> Iterator[NDArray[np.float64]]:
    """Sets of a few people that are sums and differences of what is known: small groups, those alike, two kinds of them; by kinds of people."""
    for own in groups:
        if (own[first][kind] == own).all() and np.abs(own[first] - space @ (space.T @ own[first])).max() < EXACT:
            yield own[first]
    small = np.flatnonzero(sizes < smallest)
    apart = 1 - (space[small] ** 2).sum(axis=1)  # the square of what is left of one kind once all that is known is taken out of it
    # Of two kinds that are known together, neither alone, at least half of each is known: few are.
    near = np.flatnonzero((apart >= NOTHING) & (apart < 0.5 + EXACT))
    one, other = (near[place] for place in np.triu_indices(len(near), 1))
    both = (apart[one] + apart[other] - 2 * (space[small[one]] * space[small[other]]).sum(axis=1) < NOTHING) & (sizes[small[one]] + sizes[small[other]] < smallest)
    for chosen in [*np.flatnonzero(apart < NOTHING)[:, None], *np.column_stack([one, other])[both]]:
        yield np.isin(np.arange(len(first)), small[chosen]).astype(float)


def ranges(known: ArrayLike, figures: ArrayLike, cells: ArrayLike) -> pd.DataFrame:
    """Return what somebody who has all published figures can work out about hidden counts, one row a protected cell:
    lowest, highest (the whole numbers between which it must lie), found_out (one value only, and not 0).

    known: one row a published figure, one column an unknown count, in it how often the figure takes the count in.
    figures: the figure itself, or a row of two, the lowest and the highest that a rounded one can stand for.
    cells: the sums of unknown counts that are to stay hidden, in rows as in `known`. Formula: the least and the
    greatest of cell · x over all whole x of 0 or more with figures low ≤ known · x ≤ high. A known 0 says what
    nobody in a cell is, not what anybody is: it is not counted as found out; where all but one of a group's
    cells are 0, look at the group less that cell. Source: the attacker's problem of cell suppression (Cox 1980;
    Fischetti and Salazar-González 2001), solved with branch and cut by HiGHS (Huangfu and Hall 2018).

    Misleading as a proof of safety: it knows the figures given to it and nothing else. Who was there can know more,
    and so can who knows by which rule cells are hidden.

    Raises ValueError when the figures contradict one another, so that no counts fit.

    >>> ranges([[1, 1, 0], [0, 1, 1]], [5, 3], [[1, 0, 0], [0, 0, 1], [1, 0, -1]]).values.tolist()
    [[2, 5, False], [0, 3, False], [2, 2, True]]
    """
    table, sums = (np.atleast_2d(np.asarray(rows, dtype=float)) for rows in (known, cells))
    told = np.asarray(figures, dtype=float)
    low, high = (told, told) if told.ndim == 1 else (told[:, 0], told[:, 1])
    ends = []
    for one in sums:
        facts, counts = _about(one, table)
        rows = LinearConstraint(table[np.ix_(facts, counts)], low[facts], high[facts])
        ends.append([round(float(one[counts] @ _fitting(sign * one[counts], rows))) for sign in (1, -1)])
    found = pd.DataFrame(ends, columns=["lowest", "highest"], dtype=int)
    return found.assign(found_out=(found["lowest"] == found["highest"]) & (found["lowest"] != 0))


def _about(cell: NDArray[np.float64], table: NDArray[np.float64]) -> tuple[NDArray[np.int_], NDArray[np.int_]]:
    """The figures and the unknown counts that hang together with a cell."""
    counts, before = cell != 0, -1
    while counts.sum() != before:
        before, facts = counts.sum(), (table[:, counts] != 0).any(axis=1)
        counts = counts | (table[facts] != 0).any(axis=0)
    return np.flatnonzero(facts), np.flatnonzero(counts)


def _fitting(costs: NDArray[np.float64], rows: LinearConstraint) -> NDArray[np.float64]:
    """The whole counts that fit the rows, of least cost."""
    for presolve in (True, False):  # presolve at times takes what can be fitted for what cannot
        found = milp(costs, integrality=1, bounds=Bounds(0, BOUND), constraints=rows, options={"presolve": presolve})
        if found.x is not None:
            return np.round(found.x)
    raise ValueError("Published figures: no counts fit all of them. They contradict one another. Look for a figure from other people.")
