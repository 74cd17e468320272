"""Weight that flows along a directed graph, against hand-worked figures, a textbook's composition and another implementation."""

from __future__ import annotations

import math

import networkx as nx
import numpy as np
import pandas as pd
import pytest

from planning.methods import chains


def links(*rows: tuple[str, str, float]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["above", "below", "strength"])


# two plans under a goal, a word under both: the way through a is 0.6 x 1, the one through b 0.2 x 1
FORK = links(("g", "a", 0.6), ("g", "b", 0.2), ("a", "m", 1.0), ("b", "m", 1.0))


def test_the_strongest_way_counts_and_weak_ways_do_not_add_up() -> None:
    assert chains.support(FORK, ["g"])["g"].to_dict() == {"g": 1.0, "a": 0.6, "b": 0.2, "m": 0.6}


def test_support_is_the_max_product_composition_of_a_textbook_example() -> None:
    first, second = [[0.1, 0.3], [0.4, 0.2], [0.8, 0.6]], [[0.1, 0.3, 0.2], [0.6, 0.4, 0.5]]
    rows = [(f"x{i}", f"y{j}", value) for i, row in enumerate(first) for j, value in enumerate(row)]
    rows += [(f"y{j}", f"z{k}", value) for j, row in enumerate(second) for k, value in enumerate(row)]

    found = chains.support(links(*rows), ["x0", "x1", "x2"]).loc[["z0", "z1", "z2"]].T.to_numpy()

    assert found.tolist() == pytest.approx(np.array([[0.18, 0.12, 0.15], [0.12, 0.12, 0.10], [0.36, 0.24, 0.30]]))


def test_support_equals_the_shortest_way_by_networkx_when_lengths_are_negative_logarithms() -> None:
    draw = np.random.default_rng(7)
    rows = [(f"n{a}", f"n{b}", float(draw.uniform(0.05, 1))) for a in range(40) for b in draw.choice(40, 4, replace=False) if a != b]
    graph = nx.DiGraph()
    graph.add_weighted_edges_from((a, b, -math.log(strength)) for a, b, strength in rows)
    lengths = nx.single_source_dijkstra_path_length(graph, "n0")

    found = chains.support(links(*rows), ["n0"])["n0"]

    assert {name: value for name, value in found.items() if value > 0} == pytest.approx({name: math.exp(-length) for name, length in lengths.items()})


def test_a_circle_does_no_harm_to_support_and_is_named_when_weight_is_followed_up() -> None:
    round_again = links(("g", "a", 0.5), ("a", "b", 1.0), ("b", "a", 1.0))

    assert chains.support(round_again, ["g"])["g"].to_dict() == {"g": 1.0, "a": 0.5, "b": 0.5}
    with pytest.raises(ValueError, match="in a circle"):
        chains.upward(round_again, chains.support(round_again, ["g"]), pd.Series({"g": 0.4}, name="b"))


@pytest.mark.parametrize("strength", [0.0, 1.2, float("nan")])
def test_a_strength_out_of_bounds_is_refused(strength: float) -> None:
    with pytest.raises(ValueError, match="strength"):
        chains.support(links(("g", "a", strength)), ["g"])


def test_each_kind_holds_the_whole_weight_once() -> None:
    kinds = pd.Series({"g": "goal", "a": "plan", "b": "plan", "m": "word"})

    parts = chains.shared(chains.support(FORK, ["g"]), pd.Series({"g": 0.4}), kinds)

    assert parts["g"].to_dict() == pytest.approx({"g": 0.4, "a": 0.3, "b": 0.1, "m": 0.4})


def test_what_reaches_no_item_of_a_kind_rests_on_none() -> None:
    support = chains.support(links(("g", "a", 0.5)), ["g", "h"])

    parts = chains.shared(support, pd.Series({"g": 0.4, "h": 0.6}), pd.Series({"g": "goal", "h": "goal", "a": "plan"}))

    assert parts.loc["a"].tolist() == [0.4, 0.0]


def test_weight_followed_up_arrives_whole_at_the_start() -> None:
    found = chains.upward(FORK, chains.support(FORK, ["g"]), pd.Series({"g": 0.4}, name="m"))

    assert found[found["above"] == "g"]["amount"].sum() == pytest.approx(0.4)
    assert found.set_index(["above", "below"])["amount"].to_dict() == pytest.approx({("a", "m"): 0.3, ("b", "m"): 0.1, ("g", "a"): 0.3, ("g", "b"): 0.1})


def test_links_to_an_item_add_up_to_what_it_holds() -> None:
    found = chains.downward(FORK, chains.support(FORK, ["g"])["g"], pd.Series({"a": 0.3, "b": 0.1, "m": 0.4}))

    assert found.groupby("below")["amount"].sum().to_dict() == pytest.approx({"a": 0.3, "b": 0.1, "m": 0.4})


def test_in_an_outline_each_item_stands_once_under_the_one_that_brings_most() -> None:
    pairs = pd.DataFrame({"parent": ["r", "r", "a", "b", "z"], "child": ["a", "b", "x", "x", "y"], "amount": [0.7, 0.3, 0.6, 0.4, 1.0]})

    assert chains.outline(pairs, "r")[["item", "under", "depth"]].values.tolist() == [["a", "r", 1], ["x", "a", 2], ["b", "r", 1]]


def test_nothing_hangs_on_nothing() -> None:
    none = links()
    support = chains.support(none.astype({"strength": float}), [])

    assert support.empty
    assert chains.shared(support, pd.Series(dtype=float), pd.Series(dtype=object)).empty
