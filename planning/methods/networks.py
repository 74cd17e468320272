"""Who is linked with whom: groups, who stands between others, and whose loss would part a group."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import networkx as nx

Links = Iterable[tuple[str, str]]


def groups(names: Sequence[str], links: Links) -> tuple[tuple[str, ...], ...]:
    """Return the groups of names that are linked with one another, directly or through others; the largest group first.

    These are the connected components. Inside a group the names keep the order given, and groups of
    one size stand in the order of their first names; a name without a link is a group of its own.
    Links to names that are not listed and links to oneself are left out, and a link that is given
    twice, or both ways round, counts once. This holds for every function here.

    Misleading when links are missing from the list: who looks alone may only not have been asked.

    >>> groups(["a", "b", "c", "d"], [("c", "a"), ("b", "b")])
    (('a', 'c'), ('b',), ('d',))
    """
    import networkx as nx

    place = {name: number for number, name in enumerate(names)}
    found = [tuple(sorted(group, key=place.__getitem__)) for group in nx.connected_components(_graph(names, links))]
    return tuple(sorted(found, key=lambda group: (-len(group), place[group[0]])))


def betweenness(names: Sequence[str], links: Links) -> dict[str, float]:
    """Return for each name the share of pairs of others that it stands between, 0 to 1.

    For every two others that are linked at all: the share of the shortest ways from one to the other
    that run through the name; added up and divided by (n - 1)(n - 2) / 2, the number of pairs of
    others. 1 is the middle of a star; with fewer than three names everybody has 0. Source: Freeman 1977.

    Misleading where people do not take the shortest way, and in small networks, where one link more
    or less changes it much.

    >>> betweenness(["a", "b", "c"], [("a", "b"), ("b", "c")])
    {'a': 0.0, 'b': 1.0, 'c': 0.0}
    """
    import networkx as nx

    found = nx.betweenness_centrality(_graph(names, links))
    return {name: round(float(found[name]), 12) for name in names}


def constraint(names: Sequence[str], links: Links) -> dict[str, float]:
    """Return for each name how far those it is linked with are linked among themselves: low for somebody who bridges.

    The sum over the others j of (p_ij + sum over q of p_iq p_qj) squared, where p_ij is the share of
    the links of i that go to j, and q stands for those that both are linked with. 1 with a single
    link; 1 / k with k links to others who are not linked among themselves. Missing without a link.
    Source: Burt 1992.

    Misleading beside names with few links: it can rise above 1, and it falls with every further link.

    >>> constraint(["a", "b", "c", "d"], [("a", "b"), ("a", "c")])
    {'a': 0.5, 'b': 1.0, 'c': 1.0, 'd': nan}
    """
    import networkx as nx

    found = nx.constraint(_graph(names, links))
    return {name: round(float(found[name]), 12) for name in names}


def cut_points(names: Sequence[str], links: Links) -> dict[str, tuple[tuple[str, ...], ...]]:
    """Return the names without which their group would fall apart, each with the parts that would be left, the largest first.

    These are the articulation points of the network (Hopcroft and Tarjan 1973). They stand in the
    order given. Empty when every group would hold together without any one of its members.

    Misleading as the whole risk: two names can each be spared, and both together not.

    >>> cut_points(["a", "b", "c", "d"], [("a", "b"), ("b", "c"), ("a", "c"), ("c", "d")])
    {'c': (('a', 'b'), ('d',))}
    """
    import networkx as nx

    pairs = list(links)
    cut = set(nx.articulation_points(_graph(names, pairs)))
    own = {name: group for group in groups(names, pairs) for name in group}
    return {name: groups([other for other in own[name] if other != name], pairs) for name in names if name in cut}


def density(names: Sequence[str], links: Links) -> float:
    """Return the share of all pairs that are linked, 0 to 1; missing with fewer than two names.

    2 m / (n (n - 1)) for m links among n names.

    Misleading between networks of different size: nobody can keep up links with everybody, so it
    falls as a network grows.

    >>> density(["a", "b", "c"], [("a", "b"), ("b", "a")])
    0.3333333333333333
    """
    graph = _graph(names, links)
    pairs = len(graph) * (len(graph) - 1) / 2
    return graph.number_of_edges() / pairs if pairs else float("nan")


def line(names: Sequence[str], links: Links) -> tuple[str, ...]:
    """Return the names in an order in which those that are linked stand near each other, group by group, the largest first.

    Two starts are tried, the order given and the order in which the links lead from the first name
    on. From each, one name after the other is moved to the place where the links are shortest
    together, until nothing gets shorter; the shorter result stays, turned so that the first name of
    the group stands in its first half. The task is known as the minimum linear arrangement (Harper 1964).

    Misleading as "the shortest possible": the rule is quick, not exact. Neighbours in the order need
    not be linked.

    >>> line(["a", "b", "c", "d", "e"], [("a", "c"), ("c", "b"), ("d", "d")])
    ('a', 'c', 'b', 'd', 'e')
    """
    import networkx as nx

    graph = _graph(names, links)
    found: list[str] = []
    for group in groups(names, graph.edges):
        own = graph.subgraph(group)
        led = [group[0], *(other for _, other in nx.bfs_edges(own, group[0], sort_neighbors=lambda near: sorted(near, key=group.index)))]
        best = min((_settled(list(start), own) for start in (group, led)), key=lambda order: _length(order, own))
        found += best if 2 * best.index(group[0]) < len(best) else best[::-1]
    return tuple(found)


def _graph(names: Sequence[str], links: Links) -> nx.Graph:
    import networkx as nx

    graph = nx.Graph()
    graph.add_nodes_from(names)
    graph.add_edges_from((one, other) for one, other in links if one != other and one in graph and other in graph)
    return graph


def _length(order: Sequence[str], graph: nx.Graph) -> int:
    place = {name: number for number, name in enumerate(order)}
    return sum(abs(place[one] - place[other]) for one, other in graph.edges)


def _settled(order: list[str], graph: nx.Graph) -> list[str]:
    """The order after moving one name after the other to where the links are shortest, while that helps."""
    at = np.arange(len(order))
    number = {name: place for place, name in enumerate(order)}
    ends = np.array([(number[one], number[other]) for one, other in graph.edges], dtype=int).reshape(-1, 2)
    moved = True
    while moved:
        moved = False
        for name in range(len(order)):
            rest = at - (at > at[name])
            ways = rest + (rest >= np.arange(len(order))[:, None])
            ways[:, name] = np.arange(len(order))
            lengths = np.abs(ways[:, ends[:, 0]] - ways[:, ends[:, 1]]).sum(axis=1)
            if lengths.min() < lengths[at[name]]:
                at, moved = ways[lengths.argmin()], True
    return [order[place] for place in np.argsort(at)]
