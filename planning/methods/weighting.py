"""Weights from swings, from ranks and from comparing items two at a time."""

from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy.stats import rankdata

from planning.methods.scoring import Numbers, shares

RANDOM_INDEX = {3: 0.58, 4: 0.90, 5: 1.12, 6: 1.24, 7: 1.32, 8: 1.41, 9: 1.45, 10: 1.49}
"""Mean consistency index of random pair matrices, by number of items (Saaty 1980); later simulations differ in the second decimal."""
LIMIT = 0.10


class PairMatrix(NamedTuple):
    """How many times as much each item (row) counts as each other (column), and the pairs nobody judged."""

    ratios: pd.DataFrame
    missing: tuple[tuple[str, str], ...]


class Pairwise(NamedTuple):
    """Weights (shares of 1), the largest eigenvalue, the consistency index and the consistency ratio."""

    weights: pd.Series
    lambda_max: float
    index: float
    ratio: float


class Misfit(NamedTuple):
    """The pair whose judgement fits the weights least: what was judged, and what the weights imply."""

    item: str
    other: str
    judged: float
    implied: float


def swing_weights(swings: ArrayLike | pd.Series) -> Numbers:
    """Return each item's weight, a share of 1, from how much its swing from worst to best is worth.

    w_i = s_i / sum of s, where the swing worth most is given 100 and the others are set against
    it, from 0 to 100. A missing swing counts as no entry: its weight stays missing.
    Sources: von Winterfeldt and Edwards 1986; Edwards and Barron 1994 (SMARTS).

    Misleading when people rate how important an item sounds: a swing is worth little when worst
    and best lie close together, whatever the item's name.

    Raises ValueError when the best swing is not 100 or a swing is below 0.

    >>> swing_weights([100, 60, 40])
    array([0.5, 0.3, 0.2])
    """
    given = np.asarray(swings, dtype=float)
    best = np.nanmax(given, initial=0)
    if best != 100:
        raise ValueError(f"Swings: the best is {best:g}. The swing worth most is 100. Set it to 100 and the others against it.")
    return shares(swings)


def rank_order_centroid(ranks: ArrayLike | pd.Series) -> Numbers:
    """Return each item's weight, a share of 1, from ranks alone (1 counts most).

    w_k = (1/n) * (1/k + 1/(k+1) + ... + 1/n): the centre of all weights that keep the order.
    Only the order of the ranks counts, so 1, 2, 4 is 1, 2, 3. Items of one rank share the mean
    of their places' weights. A missing rank counts as no entry: its weight stays missing.
    Sources: Barron 1992; Edwards and Barron 1994 (SMARTER).

    Misleading when items are close: the first of four gets more than half of all weight,
    however little sets it apart from the second.

    >>> rank_order_centroid([1, 2, 3, 4]).round(4)
    array([0.5208, 0.2708, 0.1458, 0.0625])
    >>> rank_order_centroid([1, 2, 2]).round(4)
    array([0.6111, 0.1944, 0.1944])
    """
    given = np.asarray(ranks, dtype=float)
    known = ~np.isnan(given)
    n = int(known.sum())
    places = np.cumsum(1 / np.arange(n, 0, -1))[::-1] / n if n else np.array([])
    first, last = (rankdata(given[known], method=side).astype(int) for side in ("min", "max"))
    weights = np.full(given.shape, np.nan)
    weights[known] = [places[low - 1:high].mean() for low, high in zip(first, last)]
    return pd.Series(weights, index=ranks.index, name=ranks.name) if isinstance(ranks, pd.Series) else weights


def pair_matrix(pairs: Mapping[tuple[str, str], float], items: Sequence[str]) -> PairMatrix:
    """Return single judgements of pairs as a square table of ratios, and the pairs that are missing.

    A judgement (a, b): r says that a counts r times as much as b; b against a is then 1/r, and
    each item against itself is 1. A pair judged both ways gets the geometric mean of the two.
    A pair nobody judged is missing in the table and listed. Source: Saaty 1977.

    Misleading when a few pairs are missing and are filled in by guess: ask for them.

    Raises ValueError when a ratio is not above 0, or a pair is not of two of the items.

    >>> found = pair_matrix({("a", "b"): 2, ("c", "a"): 0.25}, ["a", "b", "c"])
    >>> found.ratios.loc["a"].tolist(), found.missing
    ([1.0, 2.0, 4.0], (('b', 'c'),))
    """
    logs: dict[tuple[str, str], list[float]] = {pair: [] for pair in combinations(items, 2)}
    for (first, second), ratio in pairs.items():
        turned = (second, first) in logs
        if not ratio > 0 or not (turned or (first, second) in logs):
            raise ValueError(f"Pairs: found {ratio:g} for {first} against {second}. A ratio is above 0 and joins two of the items. Correct it, or "
                             "leave it out.")
        logs[(second, first) if turned else (first, second)].append(-np.log(ratio) if turned else np.log(ratio))
    ratios = pd.DataFrame(np.eye(len(items)), index=list(items), columns=list(items)).replace(0.0, np.nan)
    for (first, second), found in logs.items():
        if found:
            ratios.loc[first, second], ratios.loc[second, first] = np.exp(np.mean(found)), np.exp(-np.mean(found))
    return PairMatrix(ratios, tuple(pair for pair, found in logs.items() if not found))


def group_ratios(tables: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Return one table of ratios for a group: cell by cell the geometric mean of its members' tables.

    The only mean that keeps b against a the inverse of a against b (Aczél and Saaty 1983). Each
    member counts the same; the tables have the same items.

    Misleading when members contradict each other: the mean of 5 times and one fifth is "the same",
    which nobody said. Look at the spread too.

    Raises ValueError when no table is given.

    >>> group_ratios([pd.DataFrame([[1, 4], [1 / 4, 1]]), pd.DataFrame([[1, 9], [1 / 9, 1]])]).round(3).values.tolist()
    [[1.0, 6.0], [0.167, 1.0]]
    """
    if not tables:
        raise ValueError("Pairs: found no table of ratios. A group has at least one member. Give one table a member.")
    logs = np.mean([np.log(np.asarray(table, dtype=float)) for table in tables], axis=0)
    return pd.DataFrame(np.exp(logs), index=tables[0].index, columns=tables[0].columns)


def pairwise(ratios: ArrayLike | pd.DataFrame) -> Pairwise:
    """Return the weights behind a table of pair ratios, shares of 1, and how consistent the table is.

    Weights: the principal eigenvector. Consistency index = (lambda_max - n) / (n - 1); consistency
    ratio = index / the same index of random tables (RANDOM_INDEX, Saaty 1980), where up to 0.10
    is taken as consistent enough. With one or two items nothing can contradict: the ratio is 0.
    With more than ten items the ratio is missing. Source: Saaty 1977, 1980.

    Misleading as proof of truth: a consistent table can be consistently wrong, and the limit of
    0.10 is a habit.

    Raises ValueError when a pair is missing, or when the table is not reciprocal.

    >>> found = pairwise([[1, 2, 4], [1 / 2, 1, 2], [1 / 4, 1 / 2, 1]])
    >>> found.weights.round(3).tolist(), round(found.ratio, 6) + 0
    ([0.571, 0.286, 0.143], 0.0)
    """
    table = pd.DataFrame(ratios).astype(float)
    cells = _reciprocal(table)
    n = len(cells)
    values, vectors = np.linalg.eig(cells)
    main = int(np.argmax(values.real))
    largest = float(max(values[main].real, n))
    index = (largest - n) / (n - 1) if n > 1 else 0.0
    ratio = 0.0 if n < 3 else index / RANDOM_INDEX.get(n, float("nan"))
    weights = pd.Series(shares(np.abs(vectors[:, main].real)), index=table.index)
    return Pairwise(weights, largest, index, ratio)


def least_fitting(ratios: ArrayLike | pd.DataFrame) -> Misfit:
    """Return the judgement of a table of pair ratios that fits the weights least: the one to look at again.

    The pair with the largest a_ij * w_j / w_i, turned so that the first item was judged too high;
    the ratio that the weights imply is w_i / w_j. Of equal ones the first. Source: Saaty 2003.

    Misleading with three items, whose three judgements are always strained alike, and when read as
    an order to change a judgement: it may be the others that are wrong.

    Raises ValueError when a pair is missing, the table is not reciprocal or has fewer than two items.

    >>> judged = {("a", "b"): 2, ("b", "c"): 2, ("c", "d"): 2, ("a", "c"): 4, ("d", "b"): 3, ("a", "d"): 8}
    >>> least_fitting(pair_matrix(judged, "abcd").ratios)[:2]
    ('d', 'b')
    """
    table = pd.DataFrame(ratios).astype(float)
    if len(table) < 2:
        raise ValueError(f"Pairs: found {len(table)} item. A pair needs two. Add the items.")
    weights = pairwise(table).weights.to_numpy()
    strain = table.to_numpy() * weights / weights[:, None]
    row, column = np.unravel_index(int(np.argmax(strain.round(9))), strain.shape)
    if row == column:  # nothing is strained: any pair fits
        row, column = 0, 1
    return Misfit(table.index[row], table.columns[column], float(table.iloc[row, column]), float(weights[row] / weights[column]))


def _reciprocal(table: pd.DataFrame) -> NDArray[np.float64]:
    cells = table.to_numpy()
    if table.shape[0] != table.shape[1] or not np.allclose(np.nan_to_num(cells * cells.T, nan=1.0), 1.0, atol=1e-6):
        raise ValueError("Pairs: b against a is not the inverse of a against b. Build the table with pair_matrix.")
    if np.isnan(cells).any():
        row, column = np.argwhere(np.isnan(cells))[0]
        raise ValueError(f"Pairs: {table.index[row]} against {table.columns[column]} is missing. Every pair needs a judgement. Ask for it.")
    return cells
