import random
from itertools import combinations

import pytest

from planning.methods.coverage import smallest_cover


def test_the_option_that_adds_most_comes_first():
    found = smallest_cover({"P1": ["a", "b"], "P2": ["b", "c", "d"], "P3": ["d"]})
    assert found.chosen == ("P2", "P1")
    assert found.added == (("b", "c", "d"), ("a",))
    assert found.unreached == ()


def test_weights_turn_the_choice_to_the_cheaper_options():
    reach = {"wide": ["a", "b", "c"], "one": ["a"], "two": ["b", "c"]}
    assert smallest_cover(reach, {"wide": 3, "one": 1, "two": 1}).chosen == ("two", "one")
    assert smallest_cover(reach, {"wide": 1, "one": 1, "two": 1}).chosen == ("wide",)


def test_the_worst_case_of_chvatal_1979_costs_the_harmonic_sum():
    # Single elements at 1/1, 1/2, 1/3 and all three for 1.1: greedy takes the singles, 1.83 in all.
    reach = {"a": [1], "b": [2], "c": [3], "all": [1, 2, 3]}
    assert smallest_cover(reach, {"a": 1, "b": 1 / 2, "c": 1 / 3, "all": 1.1}).chosen == ("c", "b", "a")


def test_what_no_option_reaches_is_listed():
    found = smallest_cover({"P1": ["a"], "P2": []}, wanted=["a", "z", "y"])
    assert (found.chosen, found.unreached) == (("P1",), ("y", "z"))
    assert smallest_cover({}).chosen == ()


def test_ties_go_to_the_option_that_adds_more_and_then_to_the_first():
    assert smallest_cover({"P1": ["a"], "P2": ["b", "c"]}, {"P1": 1, "P2": 2}).chosen == ("P2", "P1")
    assert smallest_cover({"P2": ["a"], "P1": ["a"]}).chosen == ("P2",)


def test_an_option_without_a_weight_above_zero_is_refused():
    with pytest.raises(ValueError, match="for P2"):
        smallest_cover({"P1": ["a"], "P2": ["b"]}, {"P1": 1})
    with pytest.raises(ValueError, match="for P1"):
        smallest_cover({"P1": ["a"]}, {"P1": 0})


@pytest.mark.parametrize("seed", range(40))
def test_the_greedy_cost_stays_within_the_bound_of_chvatal_1979_of_the_best_found_by_trying_all(seed):
    draw = random.Random(seed)
    reach = {f"P{number}": draw.sample("abcdefgh", draw.randint(1, 5)) for number in range(9)}
    weights = {option: draw.choice([1, 1, 2, 3, 5]) for option in reach}
    wanted = set().union(*reach.values())
    covers = [some for size in range(1, 10) for some in combinations(reach, size) if wanted == set().union(*(reach[option] for option in some))]
    best = min(sum(weights[option] for option in some) for some in covers)

    found = smallest_cover(reach, weights)
    cost = sum(weights[option] for option in found.chosen)

    assert set().union(*found.added) == wanted
    assert best <= cost <= best * sum(1 / size for size in range(1, max(map(len, reach.values())) + 1))
