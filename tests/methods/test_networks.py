"""Networks against published examples, and against rules written out in full."""

from __future__ import annotations

import math
import random
from itertools import combinations, permutations

import numpy as np
import pytest

from planning.methods import networks

NAMES = ("Andre", "Beverly", "Carol", "Diane", "Ed", "Fernando", "Garth", "Heather", "Ike", "Jane")
KITE = [("Andre", "Beverly"), ("Andre", "Carol"), ("Andre", "Diane"), ("Andre", "Fernando"), ("Beverly", "Diane"), ("Beverly", "Ed"), ("Beverly", "Garth"),
        ("Carol", "Diane"), ("Carol", "Fernando"), ("Diane", "Ed"), ("Diane", "Fernando"), ("Diane", "Garth"), ("Ed", "Garth"), ("Fernando", "Garth"),
        ("Fernando", "Heather"), ("Garth", "Heather"), ("Heather", "Ike"), ("Ike", "Jane")]
BORGATTI = [("A", "B"), ("A", "F"), ("A", "G"), ("A", "E"), ("E", "G"), ("F", "G"), ("B", "G"), ("B", "D"), ("D", "G"), ("G", "C")]


def drawn(seed: int, size: int = 9, links: int = 11) -> tuple[list[str], list[tuple[str, str]]]:
    """A network drawn at random, the same for the same seed."""
    names = [chr(97 + number) for number in range(size)]
    return names, random.Random(seed).sample(list(combinations(names, 2)), links)


def joined(name: str, names: list[str], links: list[tuple[str, str]]) -> set[str]:
    """Everybody that can be reached from a name, by asking again and again whom those found are linked with."""
    found = {name}
    while more := {b for pair in links for a, b in (pair, pair[::-1]) if a in found and b in names} - found:
        found |= more
    return found


def test_betweenness_of_the_kite_of_krackhardt_1990_is_as_published() -> None:
    found = networks.betweenness(NAMES, KITE)

    assert {name: round(value, 3) for name, value in found.items()} == {
        "Andre": 0.023, "Beverly": 0.023, "Carol": 0.0, "Diane": 0.102, "Ed": 0.0, "Fernando": 0.231, "Garth": 0.231, "Heather": 0.389, "Ike": 0.222, "Jane": 0.0}


def test_in_the_kite_the_one_with_most_links_is_not_the_one_who_bridges() -> None:
    links = {name: sum(name in pair for pair in KITE) for name in NAMES}
    between = networks.betweenness(NAMES, KITE)

    assert max(links, key=links.__getitem__) == "Diane" and links["Diane"] == 6
    assert max(between, key=between.__getitem__) == "Heather"
    assert networks.cut_points(NAMES, KITE) == {"Heather": (NAMES[:7], ("Ike", "Jane")), "Ike": (NAMES[:8], ("Jane",))}


def test_constraint_in_the_network_of_borgatti_1997_is_as_ucinet_gives_it() -> None:
    found = networks.constraint("ABCDEFG", BORGATTI)

    assert [round(found[name], 3) for name in "GAC"] == [0.4, 0.595, 1.0]


@pytest.mark.parametrize("seed", range(20))
def test_constraint_is_the_matrix_formula_written_out(seed: int) -> None:
    names, links = drawn(seed)
    near = np.array([[float((a, b) in links or (b, a) in links) for b in names] for a in names])
    with np.errstate(invalid="ignore"):
        share = near / near.sum(axis=1, keepdims=True)
    found = networks.constraint(names, links)

    for place, name in enumerate(names):
        if not near[place].any():
            assert math.isnan(found[name])
            continue
        through = [sum(share[place, q] * share[q, other] for q in range(len(names)) if near[place, q] and q not in (place, other)) for other in range(len(names))]
        assert found[name] == pytest.approx(sum((share[place, other] + through[other]) ** 2 for other in range(len(names)) if near[place, other]))


@pytest.mark.parametrize("seed", range(40))
def test_cut_points_are_those_whose_removal_parts_a_group_when_each_is_tried(seed: int) -> None:
    names, links = drawn(seed)
    expected = {}
    for name in names:
        group = joined(name, names, links) - {name}
        rest = [other for other in names if other in group]
        parts = {frozenset(joined(other, rest, [pair for pair in links if name not in pair])) for other in rest}
        if len(parts) > 1:
            expected[name] = parts

    found = networks.cut_points(names, links)

    assert {name: {frozenset(part) for part in parts} for name, parts in found.items()} == expected
    assert all(len(first) >= len(second) for parts in found.values() for first, second in zip(parts, parts[1:]))


def test_groups_stand_largest_first_and_keep_the_order_given() -> None:
    assert networks.groups(["d", "c", "b", "a"], [("a", "c"), ("a", "x"), ("b", "b")]) == (("c", "a"), ("d",), ("b",))
    assert networks.groups([], []) == ()


def test_a_link_given_both_ways_counts_once() -> None:
    assert networks.density(["a", "b", "c"], [("a", "b"), ("b", "a"), ("a", "a"), ("a", "z")]) == pytest.approx(1 / 3)
    assert math.isnan(networks.density(["a"], []))


def test_density_of_the_kite_is_18_of_45_pairs() -> None:
    assert networks.density(NAMES, KITE) == 0.4


def test_a_chain_is_laid_out_as_a_chain_whatever_order_it_is_given_in() -> None:
    chain = list(zip("abcdefg", "bcdefg"))

    assert networks.line(list("dagcfbe"), chain) in (tuple("abcdefg"), tuple("gfedcba"))


@pytest.mark.parametrize("seed", range(8))
def test_the_line_of_a_small_network_is_hardly_longer_than_the_shortest_of_all_orders(seed: int) -> None:
    names, links = drawn(seed, size=6, links=8)

    def length(order: tuple[str, ...]) -> int:
        return sum(abs(order.index(a) - order.index(b)) for a, b in links)

    found = networks.line(names, links)
    assert sorted(found) == names
    assert length(found) <= 1.25 * min(length(order) for order in permutations(names))


def test_the_same_network_gives_the_same_line() -> None:
    assert networks.line(NAMES, KITE) == networks.line(NAMES, [pair[::-1] for pair in reversed(KITE)])
