import numpy as np
import pandas as pd
import pytest
from scipy.stats import gmean

from planning.methods.weighting import RANDOM_INDEX, group_ratios, least_fitting, pair_matrix, pairwise, rank_order_centroid, swing_weights

DRINKS = ["coffee", "wine", "tea", "beer", "sodas", "milk", "water"]
CONSUMED = [
    [1, 9, 5, 2, 1, 1, 1 / 2],
    [1 / 9, 1, 1 / 3, 1 / 9, 1 / 9, 1 / 9, 1 / 9],
    [1 / 5, 3, 1, 1 / 3, 1 / 4, 1 / 3, 1 / 9],
    [1 / 2, 9, 3, 1, 1 / 2, 1, 1 / 3],
    [1, 9, 4, 2, 1, 2, 1 / 2],
    [1, 9, 3, 1, 1 / 2, 1, 1 / 3],
    [2, 9, 9, 3, 2, 3, 1],
]
HOUSE = [
    [1, 5, 3, 7, 6, 6, 1 / 3, 1 / 4],
    [1 / 5, 1, 1 / 3, 5, 3, 3, 1 / 5, 1 / 7],
    [1 / 3, 3, 1, 6, 3, 4, 6, 1 / 5],
    [1 / 7, 1 / 5, 1 / 6, 1, 1 / 3, 1 / 4, 1 / 7, 1 / 8],
    [1 / 6, 1 / 3, 1 / 3, 3, 1, 1 / 2, 1 / 5, 1 / 6],
    [1 / 6, 1 / 3, 1 / 4, 4, 2, 1, 1 / 5, 1 / 6],
    [3, 5, 1 / 6, 7, 5, 5, 1, 1 / 2],
    [4, 7, 5, 8, 6, 6, 2, 1],
]


def test_swing_weights_of_the_office_of_goodwin_and_wright():
    # Closeness to customers, visibility, image, size, comfort, car parking; published in whole percent.
    assert (100 * swing_weights([100, 80, 70, 30, 20, 10])).round().tolist() == [32, 26, 23, 10, 6, 3]


def test_swing_weights_keep_names_and_leave_a_missing_swing_missing():
    found = swing_weights(pd.Series({"reach": 100.0, "cost": np.nan, "speed": 25.0}))
    assert found.drop("cost").to_dict() == {"reach": 0.8, "speed": 0.2}
    assert np.isnan(found["cost"])


@pytest.mark.parametrize("swings, words", [([90, 30], "best is 90"), ([120, 100], "best is 120"), ([], "best is 0"), ([100, -5], "found -5")])
def test_swings_without_a_best_of_100_or_below_zero_are_refused(swings, words):
    with pytest.raises(ValueError, match=words):
        swing_weights(swings)


@pytest.mark.parametrize("n, published", [
    (2, [0.75, 0.25]),
    (3, [0.6111, 0.2778, 0.1111]),
    (4, [0.5208, 0.2708, 0.1458, 0.0625]),
    (5, [0.4567, 0.2567, 0.1567, 0.0900, 0.0400]),
])
def test_rank_order_centroid_weights_of_barron_and_of_edwards_and_barron(n, published):
    assert rank_order_centroid(range(1, n + 1)) == pytest.approx(published, abs=5e-5)


def test_rank_order_centroid_is_the_mean_of_random_weights_in_that_order():
    drawn = np.sort(np.random.default_rng(1).dirichlet(np.ones(5), 40_000))[:, ::-1].mean(axis=0)
    assert rank_order_centroid([1, 2, 3, 4, 5]) == pytest.approx(drawn, abs=0.004)


def test_tied_ranks_share_their_places_weights_and_gaps_in_ranks_do_not_matter():
    assert rank_order_centroid([2, 1, 2]) == pytest.approx([(5 / 18 + 1 / 9) / 2, 11 / 18, (5 / 18 + 1 / 9) / 2])
    assert rank_order_centroid([3, 9, 20]).tolist() == rank_order_centroid([1, 2, 3]).tolist()
    assert rank_order_centroid([4, 4]).tolist() == [0.5, 0.5]


def test_a_missing_rank_has_no_weight_and_the_others_sum_to_one():
    found = rank_order_centroid(pd.Series({"a": 2.0, "b": np.nan, "c": 1.0}))
    assert found[["a", "c"]].tolist() == [0.25, 0.75]
    assert np.isnan(found["b"])
    assert rank_order_centroid([]).size == 0


def test_pairs_become_ratios_both_ways_and_missing_ones_are_listed():
    found = pair_matrix({("b", "a"): 4, ("a", "c"): 3}, ["a", "b", "c"])
    assert found.ratios.loc["a", ["a", "b", "c"]].tolist() == pytest.approx([1, 0.25, 3])
    assert found.missing == (("b", "c"),)
    assert np.isnan(found.ratios.loc["c", "b"])


def test_a_pair_judged_both_ways_gets_the_geometric_mean():
    assert pair_matrix({("a", "b"): 8, ("b", "a"): 0.5}, ["a", "b"]).ratios.loc["a", "b"] == pytest.approx(4)


@pytest.mark.parametrize("pairs", [{("a", "b"): 0}, {("a", "z"): 2}, {("a", "a"): 1}])
def test_pairs_that_cannot_be_are_refused(pairs):
    with pytest.raises(ValueError, match="A ratio is above 0 and joins two of the items"):
        pair_matrix(pairs, ["a", "b"])


def test_pairwise_weights_and_ratio_of_the_drinks_of_saaty_2008():
    found = pairwise(pd.DataFrame(CONSUMED, DRINKS, DRINKS))
    assert found.weights.round(3).tolist() == [0.177, 0.019, 0.042, 0.116, 0.190, 0.129, 0.327]
    assert found.ratio == pytest.approx(0.022, abs=5e-4)
    assert found.weights.idxmax() == "water"


def test_pairwise_of_the_house_of_saaty_1990_is_not_consistent():
    found = pairwise(HOUSE)
    assert found.weights.round(3).tolist() == [0.173, 0.054, 0.188, 0.018, 0.031, 0.036, 0.167, 0.333]
    assert (round(found.lambda_max, 3), round(found.index, 3), round(found.ratio, 3)) == (9.669, 0.238, 0.169)


def test_the_judgement_to_revisit_in_the_house_of_saaty_is_neighbourhood_against_condition():
    rooms = ["size", "transport", "neighbourhood", "age", "yard", "modern", "condition", "financing"]
    found = least_fitting(pd.DataFrame(HOUSE, rooms, rooms))
    assert found[:3] == ("neighbourhood", "condition", 6)
    assert found.implied == pytest.approx(0.188 / 0.167, abs=0.01)


def test_pairwise_weights_agree_with_the_package_pymcdm():
    # Computed with pymcdm's AHP from the same matrix, to six decimals.
    assert pairwise(HOUSE).weights.tolist() == pytest.approx(
        [0.173017, 0.053976, 0.188110, 0.017508, 0.031044, 0.036322, 0.166834, 0.333189], abs=1e-6)


def test_pairwise_weights_agree_with_power_iteration():
    vector = np.ones(8)
    for _ in range(200):
        vector = np.array(HOUSE) @ vector
        vector /= vector.sum()
    assert pairwise(HOUSE).weights.to_numpy() == pytest.approx(vector)


def test_a_consistent_table_gives_its_weights_back_and_a_ratio_of_zero():
    weights = np.array([0.5, 0.3, 0.15, 0.05])
    found = pairwise(weights[:, None] / weights)
    assert found.weights.to_numpy() == pytest.approx(weights)
    assert found.ratio == pytest.approx(0, abs=1e-9)


def test_random_indices_are_those_that_saaty_printed_in_1980():
    assert RANDOM_INDEX == {3: 0.58, 4: 0.9, 5: 1.12, 6: 1.24, 7: 1.32, 8: 1.41, 9: 1.45, 10: 1.49}


def test_the_ratio_of_three_items_worked_by_hand():
    # For three items the largest eigenvalue is 1 + k + 1/k with k the third root of a12 a23 / a13: here 8, so 3.5.
    found = pairwise([[1, 4, 2], [1 / 4, 1, 4], [1 / 2, 1 / 4, 1]])
    assert found.lambda_max == pytest.approx(3.5)
    assert found.ratio == pytest.approx(0.25 / 0.58)


def test_two_items_cannot_contradict_and_eleven_have_no_ratio():
    assert pairwise([[1, 9], [1 / 9, 1]]).ratio == 0
    assert pairwise([[1.0]]).weights.tolist() == [1]
    assert np.isnan(pairwise(np.ones((11, 11))).ratio)
    assert sorted(RANDOM_INDEX) == list(range(3, 11))


def test_pairwise_names_a_missing_pair_and_refuses_what_is_not_reciprocal():
    with pytest.raises(ValueError, match="a against c is missing"):
        pairwise(pair_matrix({("a", "b"): 2, ("b", "c"): 2}, ["a", "b", "c"]).ratios)
    with pytest.raises(ValueError, match="not the inverse"):
        pairwise([[1, 2], [2, 1]])


def test_a_groups_ratios_are_geometric_means_and_stay_reciprocal():
    chance = np.random.default_rng(4)
    logs = [np.triu(chance.normal(size=(4, 4)), 1) for _ in range(3)]
    tables = [pd.DataFrame(np.exp(one - one.T)) for one in logs]
    found = group_ratios(tables)
    assert found.to_numpy() == pytest.approx(gmean([table.to_numpy() for table in tables]))
    assert (found * found.T).to_numpy() == pytest.approx(np.ones((4, 4)))


def test_a_group_without_members_is_refused():
    with pytest.raises(ValueError, match="at least one member"):
        group_ratios([])


def test_the_least_fitting_of_a_consistent_table_is_any_pair_that_fits():
    found = least_fitting([[1, 2], [0.5, 1]])
    assert found.judged == pytest.approx(found.implied)
    with pytest.raises(ValueError, match="A pair needs two"):
        least_fitting([[1.0]])
