import numpy as np
import pytest

from planning.methods.scoring import weighted_sum
from planning.methods.stability import smallest_change, stable_range

TABLE = [[1.0, 0.0, 0.5], [0.2, 1.0, 0.4], [0.6, 0.6, 0.0]]
WEIGHTS = [0.5, 0.3, 0.2]
"""Values 0.60, 0.48, 0.48. With weight 1 at t the others are 0.6 (1 - t) and 0.4 (1 - t):
option 1: t + 0.2 (1 - t); option 2: 0.2 t + 0.76 (1 - t); option 3: 0.6 t + 0.36 (1 - t)."""


def test_the_range_of_a_weight_ends_where_two_lines_cross_worked_by_hand():
    found = stable_range(TABLE, WEIGHTS, 0)

    assert found.low == pytest.approx(0.56 / 1.36)  # 0.2 + 0.8 t = 0.76 - 0.56 t
    assert (found.out_below, found.in_below) == (0, 1)
    assert (found.high, found.out_above, found.in_above) == (1.0, None, None)


def test_a_tie_at_the_edge_ends_the_range_at_once_worked_by_hand():
    found = stable_range(TABLE, WEIGHTS, 0, first=2)  # options 2 and 3 are level; option 3 gains with the weight

    assert found.high == pytest.approx(0.5) and (found.out_above, found.in_above) == (1, 2)
    assert found.low == pytest.approx(0.16 / 0.56) and (found.out_below, found.in_below) == (0, 2)  # 0.2 + 0.8 t = 0.36 + 0.24 t


def test_the_smallest_change_is_the_nearest_end_that_an_exchange_marks_worked_by_hand():
    which, turn = smallest_change(TABLE, WEIGHTS)  # weight 1 would have to fall by 0.088, weight 2 to rise by 0.075

    assert (which, turn) == (1, pytest.approx(0.375))  # 6 / 7 (1 - t) = t + 1.8 / 7 (1 - t)
    assert smallest_change([[1.0, 0.9], [0.2, 0.3]], [0.5, 0.5]) is None


def first_options(table: np.ndarray, weights: np.ndarray, which: int, at: float, first: int) -> set[int]:
    moved = np.array([at if place == which else weights[place] * (1 - at) / (1 - weights[which]) for place in range(len(weights))])
    return set(np.argsort(-np.asarray(weighted_sum(table, moved)), kind="stable")[:first])


@pytest.mark.parametrize("seed", range(20))
def test_inside_the_range_the_same_options_are_first_and_just_beyond_it_the_named_ones_change_places(seed):
    generator = np.random.default_rng(seed)
    table, weights, first = generator.random((7, 4)), generator.dirichlet(np.ones(4)), int(generator.integers(1, 4))
    now = first_options(table, weights, 0, weights[0], first)
    found = stable_range(table, weights, 0, first=first)

    inside = [at for at in np.linspace(0, 1, 401) if found.low + 1e-6 < at < found.high - 1e-6]
    assert all(first_options(table, weights, 0, at, first) == now for at in inside)
    if found.in_above is not None:
        assert first_options(table, weights, 0, found.high + 1e-6, first) == now - {found.out_above} | {found.in_above}
    if found.in_below is not None:
        assert first_options(table, weights, 0, found.low - 1e-6, first) == now - {found.out_below} | {found.in_below}


def test_options_that_are_alike_in_everything_never_change_places():
    assert stable_range([[0.5, 0.5], [0.5, 0.5]], [0.7, 0.3], 0) == (0.0, 1.0, None, None, None, None)


def test_a_weight_of_zero_can_rise_and_a_weight_of_one_can_fall_to_others_that_share_alike():
    assert stable_range([[1.0, 0.0], [0.0, 1.0]], [1.0, 0.0], 1)[:2] == (0.0, 0.5)
    assert stable_range([[1.0, 0.0, 0.0], [0.0, 1.0, 0.2]], [1.0, 0.0, 0.0], 0).low == pytest.approx(0.6 / 1.6)


@pytest.mark.parametrize("table, weights, which, words", [([[1, np.nan]], [0.5, 0.5], 0, "missing"), ([[1, 2]], [1], 0, "found 1"), ([[1, 2]], [0.5, 0.5], 2, "asked for number 2"),
                                                          ([[1, 2]], [0, 0], 0, "one above 0")])
def test_tables_and_weights_that_cannot_be_used_are_refused(table, weights, which, words):
    with pytest.raises(ValueError, match=words):
        stable_range(table, weights, which)
