"""Groups of people who answer statements alike, what marks each group, and what all of them share."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

CLEAR = 1.2816
MOST_GROUPS, DRAWS = 5, 199
Array = NDArray[np.float64]


class Groups(NamedTuple):
    """Each person's group (0 the largest; -1 none), the silhouette (-1 to 1), how often chance does as well (0 to 1), and why there are none."""

    members: NDArray[np.int_]
    silhouette: float
    chance: float
    why: str


class Marks(NamedTuple):
    """By group (row) and statement (column): smoothed share who agree, its ratio to the others', and both tests; shared: the product over groups."""

    share: Array
    ratio: Array
    own: Array
    against: Array
    shared: Array


def found(votes: ArrayLike, *, fewest: int, seed: int, chance: float = 0.05) -> Groups:
    """Return the groups of people (rows) who answer statements (columns; 1 agree, -1 disagree, 0 pass, missing no answer) alike.

    As in Polis: gaps are filled with the statement's mean, people are placed on the first two principal components and
    moved out by the root of (statements / own answers), k-means parts them, and of 2 to 5 groups the number with the
    best silhouette is taken. Counted are people who answered half of the statements or seven. Beyond Polis, which always finds
    groups: each group holds at least `fewest` people, and the silhouette has to be higher than in all but the share `chance` of
    199 draws in which the answers to each statement are dealt out anew among those who gave them. Else there are no groups, and
    `why` says: "few statements" (under three), "few people" (under three times `fewest`), or "no pattern". With 199 draws a chance is told to half a percent;
    the drawing ends early when it cannot be reached any more (Besag and Clifford 1991). Same seed, same groups.
    Sources: Small, Bjorkegren, Erkkila, Shaw and Megill 2021; Rousseeuw 1987 for the silhouette.

    Misleading as a picture of fixed camps: the groups are of these statements and this room, and people near a border could be in
    either. Opinions along one line, without a gap, can be cut in two as well.

    Raises ValueError when an answer is none of 1, 0 and -1.

    >>> room = [[1, 1, 1, -1, -1, -1]] * 6 + [[-1, -1, -1, 1, 1, 1]] * 5
    >>> found(room, fewest=3, seed=1).members.tolist()
    [0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1]
    """
    table = np.atleast_2d(np.asarray(votes, dtype=float))
    if not np.isin(table[~np.isnan(table)], (-1.0, 0.0, 1.0)).all():
        raise ValueError("Answers: found one that is none of 1, 0 and -1. Statements are answered by agree, pass or disagree. Correct it.")
    none = np.full(len(table), -1)
    table = table[:, ~np.isnan(table).all(axis=0)] if table.size else table
    counted = (~np.isnan(table)).sum(axis=1) >= max(min(7, -(-table.shape[1] // 2)), 1)
    if table.shape[1] < 3:
        return Groups(none, float("nan"), float("nan"), "few statements")
    if counted.sum() < max(3 * fewest, 4):
        return Groups(none, float("nan"), float("nan"), "few people")
    answers = table[counted]
    labels, silhouette = _best(answers, max(fewest, 1))
    level = _chance(answers, silhouette, max(fewest, 1), np.random.default_rng(seed), chance) if labels is not None else 1.0
    if labels is None or level > chance:
        return Groups(none, silhouette, level, "no pattern")
    none[counted] = labels
    return Groups(none, silhouette, level, "")


def places(votes: ArrayLike) -> Array:
    """Return each person's place on the first two principal components of the answers, as `found` uses it.

    Gaps are filled with the statement's mean; each place is moved out by the root of (statements / own answers), so that
    people with few answers do not crowd in the middle. The larger loading of each component is positive. Source: Small and others 2021.

    Misleading as a map with distances: two components leave out the rest of what people said.

    >>> places([[1, 1, 0], [1, 1, 0], [-1, -1, 0]]).round(2).tolist()
    [[0.94, 0.0], [0.94, 0.0], [-1.89, 0.0]]
    """
    table = np.asarray(votes, dtype=float)
    given = ~np.isnan(table)
    means = np.where(given, table, 0).sum(axis=0) / np.maximum(given.sum(axis=0), 1)
    centred = np.where(given, table, means) - means
    spread, turned = np.linalg.eigh(centred.T @ centred)
    main = turned[:, ::-1][:, :2]
    main = main * np.where(main[np.abs(main).round(9).argmax(axis=0), np.arange(main.shape[1])] < 0, -1, 1)
    main = main * (spread[::-1][:2] > 1e-9)
    return centred @ main * np.sqrt(table.shape[1] / np.maximum(given.sum(axis=1), 1))[:, None] + 0.0


def marks(agree: ArrayLike, answered: ArrayLike) -> Marks:
    """Return what marks each group (row) on each statement (column), from how many agree and how many answered.

    share: (A + 1) / (S + 2) for A who agree of S who answered, passes with them. ratio: that share over the same of all other
    groups together. own: the test of the share against a half, 2 root(n) (a / n - 1/2). against: the test of two
    proportions, group against the others, with the common share in the error. Both count one more success and one more case on each
    side, as Polis does, and are clear above 1.2816 (90 %, one-sided). shared: the product of the shares over all groups,
    the group-informed consensus. Give disagreements for `agree` to learn the same of disagreement. Source: Small and others 2021.

    Misleading as tests of a hypothesis: the groups were made from the same answers. They put statements in order.

    Raises ValueError when more agree than answered, or the shapes differ.

    >>> told = marks([[9, 5], [1, 6]], [[10, 10], [10, 10]])
    >>> told.share.round(2).tolist(), told.ratio[0].round(2).tolist(), told.shared.round(2).tolist()
    ([[0.83, 0.5], [0.17, 0.58]], [5.0, 0.86], [0.14, 0.29])
    """
    inside, size = (np.atleast_2d(np.asarray(numbers, dtype=float)) for numbers in (agree, answered))
    if inside.shape != size.shape or (inside > size).any() or (inside < 0).any():
        raise ValueError("Answers: more agree than answered, or the two tables differ in shape. Count both by group and statement.")
    out, others = inside.sum(axis=0) - inside, size.sum(axis=0) - size
    share = (inside + 1) / (size + 2)
    a, b, n, m = inside + 1, out + 1, size + 1, others + 1
    pooled = (a + b) / (n + m)
    error = np.sqrt(np.maximum(pooled * (1 - pooled), 0) * (1 / n + 1 / m))
    against = np.divide(a / n - b / m, error, out=np.zeros_like(error), where=error > 0)
    return Marks(share, share / ((out + 1) / (others + 2)), 2 * np.sqrt(n) * (a / n - 0.5), against, share.prod(axis=0))


def _chance(answers: Array, reached: float, fewest: int, draws: np.random.Generator, chance: float) -> float:
    """How often answers dealt out anew give groups that are as clear."""
    given, as_clear, enough = ~np.isnan(answers), 0, int(chance * (DRAWS + 1))
    for draw in range(1, DRAWS + 1):
        dealt = answers.copy()
        for column in range(answers.shape[1]):
            rows = given[:, column]
            dealt[rows, column] = draws.permutation(answers[rows, column])
        as_clear += _best(dealt, fewest)[1] >= reached - 1e-9
        if as_clear >= enough:
            return (as_clear + 1) / (draw + 1)
    return (as_clear + 1) / (DRAWS + 1)


def _best(answers: Array, fewest: int) -> tuple[NDArray[np.int_] | None, float]:
    """The labels with the best silhouette of 2 to 5 groups that are large enough, the largest group first; none when there are none."""
    spots = places(answers)
    apart = np.sqrt(((spots[:, None] - spots[None]) ** 2).sum(axis=2))
    best, reached = None, -1.0
    for number in range(2, min(MOST_GROUPS, len(spots) // fewest) + 1):
        labels = _parted(spots, apart, number)
        sizes = np.bincount(labels, minlength=number)
        if sizes.min() >= fewest and (score := _silhouette(apart, labels, number)) > reached + 1e-9:
            best, reached = labels, score
    if best is None:
        return None, reached
    order = np.argsort(-np.bincount(best), kind="stable")
    return np.argsort(order)[best], reached


def _parted(spots: Array, apart: Array, number: int) -> NDArray[np.int_]:
    """k-means from the people who lie farthest from one another, beginning with the one farthest out."""
    first = [int((spots**2).sum(axis=1).round(9).argmax())]
    while len(first) < number:
        first.append(int(apart[first].min(axis=0).round(9).argmax()))
    middles, labels = spots[first], np.full(len(spots), -1)
    for _ in range(100):
        nearest = ((spots[:, None] - middles[None]) ** 2).sum(axis=2).round(9).argmin(axis=1)
        if (nearest == labels).all():
            break
        labels = nearest
        held = np.eye(number)[labels]
        sizes = held.sum(axis=0)[:, None]
        middles = np.where(sizes > 0, held.T @ spots / np.maximum(sizes, 1), middles)
    return labels


def _silhouette(apart: Array, labels: NDArray[np.int_], number: int) -> float:
    """The mean over people of (nearest other group - own) / the larger, by mean distances."""
    held = np.eye(number)[labels]
    sizes, people = held.sum(axis=0), np.arange(len(labels))
    sums = apart @ held
    own = sums[people, labels] / np.maximum(sizes[labels] - 1, 1)
    others = sums / np.maximum(sizes, 1)
    others[people, labels] = np.inf
    near = others.min(axis=1)
    larger = np.maximum(own, near)
    each = np.divide(near - own, larger, out=np.zeros_like(own), where=(larger > 1e-12) & (sizes[labels] > 1))
    return float(each.mean())
