"""How much of the weight at the beginnings of a directed graph rests on each item further along."""

from __future__ import annotations

import numpy as np
import pandas as pd

LINK = ["above", "below", "strength"]


def support(links: pd.DataFrame, starts: list[str]) -> pd.DataFrame:
    """Return how strongly each item (row) hangs on each start (column), 0 to 1.

    links has the columns above, below and strength (above 0, up to 1). The strength of a way is the
    product of the strengths of its links, and of all ways from a start to an item the strongest
    counts; an item that no way reaches has 0, a start has 1 on itself. Found in rounds over all links until nothing
    changes; since no link strengthens, going round a circle never helps, so circles do no harm.
    Source: the composition of fuzzy relations, Zadeh 1971, with the product in place of the smaller of two; the rounds, Bellman 1958. Raises ValueError for a strength outside its bounds.

    Misleading where many weak ways lead to an item: they do not add up here.

    >>> links = pd.DataFrame({"above": ["g", "a", "g"], "below": ["a", "b", "b"], "strength": [0.8, 0.5, 0.3]})
    >>> support(links, ["g"])["g"].to_dict()
    {'g': 1.0, 'a': 0.8, 'b': 0.4}
    """
    if not links["strength"].between(0, 1, inclusive="right").all():
        raise ValueError("The strength of a link lies above 0 and is at most 1.")
    names = list(dict.fromkeys([*starts, *links["above"], *links["below"]]))
    place = {name: number for number, name in enumerate(names)}
    ordered = links.assign(above=links["above"].map(place), below=links["below"].map(place)).sort_values("below")
    above, below, strength = (ordered[column].to_numpy() for column in LINK)
    found = np.zeros((len(names), len(starts)))
    found[[place[start] for start in starts], range(len(starts))] = 1.0
    ends, first = np.unique(below, return_index=True)
    while len(links):
        best = np.maximum.reduceat(found[above.astype(int)] * strength.astype(float)[:, None], first)
        better = np.maximum(found[ends.astype(int)], best)
        if np.array_equal(better, found[ends.astype(int)]):
            break
        found[ends.astype(int)] = better
    return pd.DataFrame(found, index=names, columns=starts)


def shared(support: pd.DataFrame, weights: pd.Series, kinds: pd.Series) -> pd.DataFrame:
    """Return the part of each start's weight (column) that rests on each item (row), in the unit of the weights.

    Takes `support`, the weight of each start and the kind of each item. Inside a kind each start's
    weight is divided over the items in proportion to their support, so that for every kind the
    parts of a start add up to its weight, or to 0 where none of that kind hangs on it. Parts of
    different kinds are not to be added up: each kind holds the whole weight once more.

    Misleading where one kind has many small items: each of them then carries little, though the
    kind carries all.

    >>> found = pd.DataFrame({"g": [0.9, 0.3, 0.5]}, index=["a", "b", "m"])
    >>> shared(found, pd.Series({"g": 0.4}), pd.Series({"a": "plan", "b": "plan", "m": "word"}))["g"].round(3).to_dict()
    {'a': 0.3, 'b': 0.1, 'm': 0.4}
    """
    own = kinds.reindex(support.index).fillna("").astype(str)
    total = support.groupby(own.to_numpy()).transform("sum")
    return (support / total.where(total > 0)).fillna(0.0).mul(weights.reindex(support.columns).astype(float), axis=1)


def upward(links: pd.DataFrame, support: pd.DataFrame, parts: pd.Series) -> pd.DataFrame:
    """Return through which links the weight of one item comes down from the starts: start, above, below, amount.

    Takes links and `support`; parts is the item's part of each start (a row of `shared`), whose
    name is the item. What arrives at an item is divided over the links that lead to it in proportion
    to the support of the item above times the strength of the link, and so on up to the start, so that the
    links that leave a start add up to the item's part of it. Raises ValueError where links lead round in a circle.

    Misleading as a record of cause: it divides a weight by a rule, and says nothing of what would happen without a link.

    >>> links = pd.DataFrame({"above": ["g", "g", "a", "b"], "below": ["a", "b", "m", "m"], "strength": [0.6, 0.2, 1.0, 1.0]})
    >>> upward(links, support(links, ["g"]), pd.Series({"g": 0.4}, name="m"))[["above", "below", "amount"]].round(2).values.tolist()
    [['a', 'm', 0.3], ['b', 'm', 0.1], ['g', 'a', 0.3], ['g', 'b', 0.1]]
    """
    leading: dict[str, list[tuple[str, float]]] = {}
    for above, below, strength in links[LINK].itertuples(index=False):
        leading.setdefault(below, []).append((above, strength))
    order = _from_below(str(parts.name), leading)
    rows: list[list[object]] = []
    for start, amount in parts[parts > 0].items():
        held = {str(parts.name): float(amount)}
        for item in order:
            if item == start or held.get(item, 0.0) <= 0:
                continue
            for above, part in _split(leading[item], support[start], held[item]):
                held[above] = held.get(above, 0.0) + part
                rows.append([start, above, item, part])
    return pd.DataFrame(rows, columns=["start", "above", "below", "amount"])


def downward(links: pd.DataFrame, support: pd.Series, held: pd.Series) -> pd.DataFrame:
    """Return through which links the items below one start get what they hold: above, below, amount.

    Takes links, the column of `support` of the start, and what each item below it holds (a column
    of `shared`). What an item holds is divided over the links that lead to it, as in `upward`, so
    the links to each item add up to what it holds. What leaves an item is not what it holds: each
    kind of item holds the whole weight once more.

    Misleading as a flow that is kept whole from stage to stage: what an item passes on can be more, or less, than what it holds.

    >>> links = pd.DataFrame({"above": ["g", "a", "g"], "below": ["a", "m", "m"], "strength": [0.5, 1.0, 0.5]})
    >>> downward(links, support(links, ["g"])["g"], pd.Series({"a": 0.4, "m": 0.4})).values.tolist()
    [['g', 'a', 0.4], ['a', 'm', 0.2], ['g', 'm', 0.2]]
    """
    own = links[links["above"].isin(support.index[support > 0]) & links["below"].isin(held.index[held > 0])]
    pull = own["above"].map(support) * own["strength"]
    amount = pull / pull.groupby(own["below"]).transform("sum") * own["below"].map(held)
    return own[["above", "below"]].assign(amount=amount.astype(float)).reset_index(drop=True)


def outline(pairs: pd.DataFrame, root: str) -> pd.DataFrame:
    """Return the items linked with a root as an indented list: item, under (the item that it stands under), depth (1 or more), amount.

    pairs has the columns parent, child and amount, and leads away from the root. An item with several parents
    stands once, under the one through which most comes (of equals, the first by name). Under each item the largest amount comes first; amount is what all of the item's
    links bring it together. Items that no way from the root reaches are left out.

    Misleading as the whole picture: links to further parents are not in it.

    >>> pairs = pd.DataFrame({"parent": ["r", "r", "a", "b"], "child": ["a", "b", "x", "x"], "amount": [0.7, 0.3, 0.6, 0.4]})
    >>> outline(pairs, "r").values.tolist()
    [['a', 'r', 1, 0.7], ['x', 'a', 2, 1.0], ['b', 'r', 1, 0.3]]
    """
    total = pairs.groupby("child")["amount"].sum()
    first = pairs.sort_values(["amount", "parent"], ascending=[False, True]).drop_duplicates("child")
    first = first.assign(amount=first["child"].map(total)).sort_values(["amount", "child"], ascending=[True, False])
    under: dict[str, list[tuple[str, float]]] = {}
    for parent, child, amount in first[["parent", "child", "amount"]].itertuples(index=False):
        under.setdefault(parent, []).append((child, float(amount)))
    rows, open_ends = [], [(child, root, 1, amount) for child, amount in under.get(root, [])]
    while open_ends:
        item, parent, depth, amount = open_ends.pop()
        rows.append([item, parent, depth, amount])
        open_ends += [(child, item, depth + 1, part) for child, part in under.get(item, [])]
    return pd.DataFrame(rows, columns=["item", "under", "depth", "amount"])


def _split(above: list[tuple[str, float]], support: pd.Series, amount: float) -> list[tuple[str, float]]:
    pulls = [(item, float(support.get(item, 0.0)) * strength) for item, strength in above]
    total = sum(pull for _, pull in pulls)
    return [(item, amount * pull / total) for item, pull in pulls if pull > 0]


def _from_below(item: str, leading: dict[str, list[tuple[str, float]]]) -> list[str]:
    """The item and all above it, each before those above it."""
    import networkx as nx

    graph, seen, open_ends = nx.DiGraph(), {item}, [item]
    graph.add_node(item)
    while open_ends:
        below = open_ends.pop()
        for above, _ in leading.get(below, []):
            graph.add_edge(below, above)
            open_ends += [above] if above not in seen else []
            seen.add(above)
    if not nx.is_directed_acyclic_graph(graph):
        raise ValueError("These links lead round in a circle, so no weight can be followed up through them.")
    return list(nx.lexicographical_topological_sort(graph))
