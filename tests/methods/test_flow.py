"""Boxes in stages: circles are found, and arrows cross as little as the rule can make them."""

from __future__ import annotations

import random
from itertools import pairwise

import networkx as nx

from planning.methods import flow


def test_each_tangle_gives_one_circle_along_its_arrows():
    links = [("a", "b"), ("b", "c"), ("c", "a"), ("b", "a"), ("x", "y"), ("y", "x"), ("c", "x")]

    assert flow.circles(links) == (("a", "b"), ("x", "y"))


def test_an_arrow_to_the_box_itself_and_a_tree_are_no_circles():
    assert flow.circles([("a", "a"), ("a", "b"), ("a", "c")]) == ()
    assert flow.circles([]) == ()


def test_circles_are_among_all_simple_circles_that_networkx_lists():
    draw = random.Random(7)
    links = [(draw.choice("abcdefgh"), draw.choice("abcdefgh")) for _ in range(14)]
    listed = {frozenset(pairwise([*circle, circle[0]])) for circle in nx.simple_cycles(nx.DiGraph(links)) if len(circle) > 1}

    found = flow.circles(links)

    assert found
    assert {frozenset(pairwise([*circle, circle[0]])) for circle in found} <= listed


def test_two_arrows_that_cross_are_uncrossed():
    found = flow.arranged({"a": 0, "b": 0, "x": 1, "y": 1, "z": 2, "w": 2}, [("a", "y"), ("b", "x"), ("x", "w"), ("y", "z")])

    assert found == (("a", "b"), ("y", "x"), ("z", "w"))


def test_an_arrangement_without_crossings_is_left_as_it_was_given():
    stages = {"c": 0, "a": 0, "b": 0, "y": 1, "x": 1}

    assert flow.arranged(stages, [("c", "y"), ("b", "x")]) == (("c", "a", "b"), ("y", "x"))


def test_of_arrangements_with_as_few_crossings_the_one_that_was_given_is_kept():
    assert flow.arranged({"a": 0, "b": 0, "c": 0, "x": 1, "y": 1, "z": 1}, [("c", "x")]) == (("a", "b", "c"), ("x", "y", "z"))


def test_a_box_without_arrows_keeps_its_height_while_others_are_uncrossed():
    assert flow.arranged({"a": 0, "b": 0, "x": 1, "y": 1, "z": 1}, [("a", "y"), ("b", "x")])[1] == ("y", "x", "z")


def test_an_arrow_over_two_stages_has_a_lane_in_each_and_a_stage_may_be_empty():
    found = flow.arranged({"a": 0, "b": 1, "d": 3}, [("a", "d"), ("b", "d"), ("a", "nowhere"), ("d", "b")])

    assert found[0] == ("a",) and found[3] == ("d",)
    assert set(found[1]) == {"b", ("a", "d")}
    assert set(found[2]) == {("a", "d"), ("b", "d"), ("d", "b")}


def test_nothing_at_all_is_no_stage_at_all():
    assert flow.arranged({}, []) == ()


def test_no_arrangement_crosses_more_than_the_one_it_began_with():
    draw = random.Random(3)
    for _ in range(40):
        stages = {f"b{place}": place // 4 for place in range(12)}
        links = [(f"b{place}", f"b{4 * (place // 4 + 1) + draw.randrange(4)}") for place in range(8) for _ in range(2)]
        given = [[f"b{place}" for place in range(4 * stage, 4 * stage + 4)] for stage in range(3)]

        found = flow.arranged(stages, links)

        assert [sorted(column) for column in found] == [sorted(column) for column in given]
        assert flow.crossings(found, set(links)) <= flow.crossings(given, set(links))


def test_crossings_are_counted_between_the_same_columns_only():
    columns = [["a", "b"], ["x", "y"], ["p", "q"]]

    assert flow.crossings(columns, [("a", "y"), ("b", "x"), ("x", "q"), ("y", "p")]) == 2
    assert flow.crossings(columns, [("a", "x"), ("a", "y"), ("b", "y")]) == 0
