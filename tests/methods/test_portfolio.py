from itertools import product

import numpy as np
import pytest
from scipy.optimize import OptimizeResult

from planning.methods import solver
from planning.methods.conditions import Infeasible
from planning.methods.portfolio import best_choice, core_share, frontier, in_order


def allowed_sets(value, costs, ceilings, must=(), needs=(), excludes=()):
    sets = np.array(list(product([False, True], repeat=len(value))))
    fine = (sets @ costs <= np.asarray(ceilings) + 1e-9).all(axis=1)
    for item in must:
        fine &= sets[:, item]
    for a, b in needs:
        fine &= ~sets[:, a] | sets[:, b]
    for a, b in excludes:
        fine &= ~(sets[:, a] & sets[:, b])
    return sets[fine]


def random_question(seed):
    chance = np.random.default_rng(seed)
    costs = np.column_stack([chance.integers(1, 60, 8) * 1000, chance.integers(1, 20, 8) / 10])
    pairs = {"must": [1], "needs": [(0, 2), (2, 3)], "excludes": [(4, 5)]}
    return chance.integers(1, 30, 8).astype(float), costs, [150_000, 5.5], pairs


def test_the_textbook_knapsack_of_three_items():
    found = best_choice([60, 100, 120], [[10], [20], [30]], [50])
    assert found.chosen.tolist() == [False, True, True]
    assert (found.value, found.used.tolist(), found.gap) == (220, [50], 0)


KREHER_STINSON = [
    (165, [23, 31, 29, 44, 53, 38, 63, 85, 89, 82], [92, 57, 49, 68, 60, 43, 67, 84, 87, 72], "1111010000", 309),
    (26, [12, 7, 11, 8, 9], [24, 13, 23, 15, 16], "01110", 51),
    (750, [70, 73, 77, 80, 82, 87, 90, 94, 98, 106, 110, 113, 115, 118, 120], [135, 139, 149, 150, 156, 163, 173, 184, 192, 201, 210, 214, 221, 229, 240],
     "101010111000011", 1458),
]


@pytest.mark.parametrize("capacity, weights, profits, chosen, value", KREHER_STINSON, ids=["P01", "P02", "P07"])
def test_burkardts_knapsack_instances_p01_p02_and_kreher_and_stinsons_p07(capacity, weights, profits, chosen, value):
    found = best_choice(profits, [[weight] for weight in weights], [capacity])
    assert "".join(str(int(one)) for one in found.chosen) == chosen
    assert (found.value, found.gap) == (value, 0)


def test_petersens_choice_of_research_projects_under_ten_ceilings_1967():
    rows = [[8, 12, 13, 64, 22, 41], [8, 12, 13, 75, 22, 41], [3, 6, 4, 18, 6, 4], [5, 10, 8, 32, 6, 12], [5, 13, 8, 42, 6, 20],
            [5, 13, 8, 48, 6, 20], [0, 0, 0, 0, 8, 0], [3, 0, 4, 0, 8, 0], [3, 2, 4, 0, 8, 4], [3, 2, 4, 8, 8, 4]]
    found = best_choice([100, 600, 1200, 2400, 500, 2000], np.transpose(rows), [80, 96, 20, 36, 44, 48, 10, 18, 22, 24])
    assert (found.value, found.gap) == (3800, 0)


def test_the_frontier_of_burkardts_p02_is_the_one_found_by_trying_every_set():
    weights, profits = np.array(KREHER_STINSON[1][1]), np.array(KREHER_STINSON[1][2])
    sets = np.array(list(product([False, True], repeat=5)))
    best = {budget: (sets[sets @ weights <= budget] @ profits).max() for budget in range(weights.sum() + 1)}
    found = frontier(profits, weights[:, None], [99], points=weights.sum() + 1)
    steps = [budget for budget in best if not budget or best[budget] > best[budget - 1]]
    assert (found.cost.tolist(), found.value.tolist()) == (steps, [best[budget] for budget in steps])


@pytest.mark.parametrize("seed", range(30))
def test_the_best_choice_is_the_one_found_by_trying_every_set(seed):
    value, costs, ceilings, pairs = random_question(seed)
    sets = allowed_sets(value, costs, ceilings, **pairs)
    found = best_choice(value, costs, ceilings, **pairs)
    assert found.chosen.tolist() in sets.tolist()
    assert found.value == (sets @ value).max()
    assert found.value == value[found.chosen].sum()
    assert found.used == pytest.approx(costs[found.chosen].sum(axis=0))


@pytest.mark.parametrize("seed", range(10))
def test_the_naive_order_keeps_the_conditions_and_is_never_better(seed):
    value, costs, ceilings, pairs = random_question(seed)
    found = in_order(value, costs, ceilings, **pairs)
    assert found.chosen.tolist() in allowed_sets(value, costs, ceilings, **pairs).tolist()
    assert found.value <= best_choice(value, costs, ceilings, **pairs).value
    assert np.isnan(found.gap)


def test_values_apart_by_one_in_a_hundred_thousand_are_told_apart():
    assert best_choice([100_000, 100_001], [[1], [1]], [1]).chosen.tolist() == [False, True]


def test_of_equal_values_the_set_that_uses_less_is_taken():
    assert best_choice([5, 5, 0], [[9], [4], [1]], [10]).chosen.tolist() == [False, True, False]


def test_a_missing_ceiling_is_infinite_and_a_zero_ceiling_allows_only_what_is_free():
    assert best_choice([1, 2], [[5], [6]], [np.inf]).chosen.all()
    assert best_choice([1, 2], [[0], [6]], [0]).chosen.tolist() == [True, False]


def test_nothing_to_choose_from_gives_an_empty_choice():
    assert best_choice([], np.empty((0, 2)), [1, 1]).chosen.tolist() == []


def test_must_dos_that_break_a_ceiling_raise_in_every_way_of_choosing():
    for choose in (best_choice, in_order):
        with pytest.raises(Infeasible, match="ceiling 0 by 2"):
            choose([1, 1], [[5], [1]], [3], must=[0])
    with pytest.raises(Infeasible, match="ceiling 1 by 2"):
        frontier([1, 1], [[5, 5], [1, 1]], [3, 3], along=0, must=[0])


def test_the_naive_order_takes_value_for_money_from_the_top():
    found = in_order([60, 100, 120], [[10], [20], [30]], [50])
    assert (found.chosen.tolist(), found.value, found.used.tolist()) == ([True, True, False], 160, [30])


def test_the_naive_order_by_value_alone_or_by_another_ceiling():
    value, costs, ceilings = [60, 100, 120], [[10, 1], [20, 9], [30, 2]], [50, 99]
    assert in_order(value, costs, ceilings, by=None).chosen.tolist() == [False, True, True]
    assert in_order(value, costs, ceilings, by=1).chosen.tolist() == [True, False, True]


def test_the_naive_order_takes_an_item_only_after_what_it_needs():
    # Item 0 comes first by value for money, waits for item 2, and is taken after it.
    found = in_order([90, 10, 20], [[10], [10], [10]], [20], needs=[(0, 2)])
    assert found.chosen.tolist() == [True, False, True]


@pytest.mark.parametrize("seed", range(5))
def test_each_row_of_the_frontier_is_the_best_value_for_its_cost(seed):
    value, costs, ceilings, pairs = random_question(seed)
    found = frontier(value, costs, ceilings, points=12, **pairs)
    assert len(found.value) > 3
    for cost, worth, chosen in zip(found.cost, found.value, found.chosen):
        sets = allowed_sets(value, costs, [cost, ceilings[1]], **pairs)
        assert worth == (sets @ value).max() == value[chosen].sum()
        assert cost == pytest.approx((sets[sets @ value == worth] @ costs[:, 0]).min())
    assert (np.diff(found.cost) > 0).all() and (np.diff(found.value) > 0).all()


def test_core_share_counts_each_set_once():
    assert core_share([[0, 1, 1], [0, 1, 0], [0, 1, 0]]).tolist() == [0, 1, 0.5]


def test_the_solver_writes_nothing_to_standard_output(capfd):
    # With these numbers HiGHS 1.12 prints a stray line of its own.
    chance = np.random.default_rng(137)
    value = np.array([chance.integers(1, 6, 12), np.round(chance.random(12), 4), chance.integers(1, 10**6, 12)][2], float)
    costs = np.column_stack([np.round(chance.random(12) * 250000, 2), np.round(chance.random(12), 2), np.round(chance.random(12) * 100)])
    best_choice(value, costs, np.round(costs.sum(axis=0) * chance.uniform(0.2, 0.7, 3), 2))
    print("still here")
    assert capfd.readouterr().out == "still here\n"


def test_a_set_from_the_solver_that_breaks_a_ceiling_is_never_returned(monkeypatch):
    wrong = OptimizeResult(x=np.ones(2), fun=-1000.0, mip_gap=0.0, status=0)
    monkeypatch.setattr(solver, "milp", lambda *args, **options: wrong)
    with pytest.raises(ArithmeticError, match="breaks a condition"):
        best_choice([1, 1], [[2], [2]], [3])


def test_an_item_that_excludes_itself_may_be_taken():
    assert best_choice([1, 2], [[1], [1]], [5], excludes=[(0, 0)]).chosen.tolist() == [True, True]
    assert in_order([1, 2], [[1], [1]], [5], must=[0], excludes=[(0, 0)]).chosen.tolist() == [True, True]
