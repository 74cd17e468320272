"""Boxes in stages with arrows between them: circles, and an order that keeps arrows from crossing."""

from collections.abc import Hashable, Iterable, Mapping
from itertools import combinations, pairwise

import networkx as nx

Links = Iterable[tuple[str, str]]
Entry = str | tuple[str, str]
Columns = list[list[Hashable]]
Steps = list[tuple[Hashable, Hashable]]
SWEEPS = 12


def circles(links: Links) -> tuple[tuple[str, ...], ...]:
    """Return one circle for each tangle of boxes that lead back to themselves, as the boxes on its way round.

    Two boxes belong to one tangle when each can be reached from the other (a strongly connected
    component; Tarjan 1972). Of every tangle one circle is given, from the box that is first in the
    alphabet on; circles stand in the order of their first boxes. A box that leads straight to
    itself is no circle here.

    Misleading as the number of things to mend: a tangle can hold several circles, and only one of
    them is given at a time.

    >>> circles([("a", "b"), ("b", "c"), ("c", "a"), ("c", "d"), ("d", "d")])
    (('a', 'b', 'c'),)
    """
    graph = nx.DiGraph(sorted((a, b) for a, b in links if a != b))
    tangles = sorted(sorted(group) for group in nx.strongly_connected_components(graph) if len(group) > 1)
    return tuple(_around(graph.subgraph(tangle), tangle[0]) for tangle in tangles)


def _around(tangle: nx.DiGraph, first: str) -> tuple[str, ...]:
    """The shortest way from a box round to itself; of several the first in the alphabet."""
    ways = [nx.shortest_path(tangle, after, first) for after in sorted(tangle.successors(first))]
    return (first, *min(ways, key=lambda way: (len(way), way))[:-1])


def arranged(stages: Mapping[str, int], links: Links) -> tuple[tuple[Entry, ...], ...]:
    """Return the boxes of each stage from top to bottom, in an order in which few arrows cross.

    stages: the stage of each box, counted from 0. An arrow that passes over stages gets a lane in
    each of them: an entry (from, to) among the boxes, so that it need not run through one. Again
    and again, forwards and backwards, each stage is sorted by the mean place of what its boxes
    are linked to in the stage beside it (the barycentre rule; Sugiyama, Tagawa and Toda 1981), and
    the arrangement with the fewest crossings is kept; of equals the earlier one, so that boxes
    stay in the order given where that is as good. Arrows inside a stage and arrows to boxes that
    have no stage are left out of it.

    Misleading as "the fewest crossings possible": the rule is quick, not exact.

    >>> arranged({"a": 0, "b": 0, "x": 1, "y": 1}, [("a", "y"), ("b", "x")])
    (('a', 'b'), ('y', 'x'))
    >>> arranged({"a": 0, "b": 1, "c": 2}, [("a", "b"), ("a", "c")])
    (('a',), ('b', ('a', 'c')), ('c',))
    """
    columns, steps = _laid_out(stages, links)
    best, fewest = columns, crossings(columns, steps)
    for sweep in range(SWEEPS):
        places = list(pairwise(range(len(columns))))
        for fixed, moved in places if sweep % 2 == 0 else [(right, left) for left, right in reversed(places)]:
            columns = [_sorted(column, columns[fixed], steps) if place == moved else column for place, column in enumerate(columns)]
        if crossings(columns, steps) < fewest:
            best, fewest = columns, crossings(columns, steps)
    return tuple(tuple(item if isinstance(item, str) else item[:2] for item in column) for column in best)


def crossings(columns: Iterable[Iterable[Hashable]], steps: Iterable[tuple[Hashable, Hashable]]) -> int:
    """Return how many pairs of steps cross, when boxes stand in these columns from top to bottom.

    Each step joins an entry of a column to one of the next, and no entry stands twice; two steps between the same columns cross
    when their ends stand the other way round on one side than on the other.

    Misleading as a measure of how tangled a picture looks: long slanting arrows trouble the eye too.

    >>> crossings([["a", "b"], ["x", "y"]], [("a", "y"), ("b", "x")])
    1
    """
    at = {item: (place, rank) for place, column in enumerate(columns) for rank, item in enumerate(column)}
    ends = [(at[a], at[b]) for a, b in steps]
    return sum(one[0][0] == other[0][0] and (one[0][1] - other[0][1]) * (one[1][1] - other[1][1]) < 0 for one, other in combinations(ends, 2))


def _laid_out(stages: Mapping[str, int], links: Links) -> tuple[Columns, Steps]:
    """Boxes and lanes by stage, and the steps between neighbouring stages from left to right; a lane is (from, to, stage)."""
    columns: Columns = [[box for box, stage in stages.items() if stage == place] for place in range(max(stages.values(), default=-1) + 1)]
    steps: Steps = []
    for a, b in dict.fromkeys(links):
        if a not in stages or b not in stages or stages[a] == stages[b]:
            continue
        left, right = sorted((a, b), key=lambda box: stages[box])
        lanes = [(a, b, place) for place in range(stages[left] + 1, stages[right])]
        for lane in lanes:
            columns[lane[2]].append(lane)
        steps += pairwise([left, *lanes, right])
    return columns, steps


def _sorted(column: list[Hashable], beside: list[Hashable], steps: Steps) -> list[Hashable]:
    """A column sorted by the mean place of its neighbours in the column beside it; what has none keeps its height."""
    height = {item: (rank + 0.5) / len(beside) for rank, item in enumerate(beside)}
    joined: dict[Hashable, list[float]] = {item: [] for item in column}
    for a, b in steps:
        for item, other in ((a, b), (b, a)):
            if item in joined and other in height:
                joined[item].append(height[other])
    own = {item: (rank + 0.5) / len(column) for rank, item in enumerate(column)}
    return sorted(column, key=lambda item: sum(joined[item]) / len(joined[item]) if joined[item] else own[item])
