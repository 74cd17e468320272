import numpy as np
import pytest

from planning.methods.topsis import closeness


def test_closeness_of_three_options_as_in_the_tests_of_the_r_package_decision_of_jbytecode():
    table = [[9, 7, 6, 7], [8, 7, 9, 6], [7, 8, 6, 6]]

    np.testing.assert_allclose(closeness(table, [4, 2, 6, 8]), [0.3876870, 0.6503238, 0.0834767], atol=1e-6)


def test_the_facility_location_of_papathanasiou_and_ploskas_2018_as_computed_by_pymcdm_1_4():
    table = [[8, 7, 2, 1], [5, 3, 7, 5], [7, 5, 6, 4], [9, 9, 7, 3], [11, 10, 3, 7], [6, 9, 5, 4]]

    np.testing.assert_allclose(closeness(table, [0.4, 0.3, 0.1, 0.2]), [0.38721471, 0.32716969, 0.39066999, 0.61466034, 0.86849538, 0.49284834], atol=1e-8)


def test_four_cars_with_a_cost_as_computed_by_pymcdm_1_4():
    cars = [[7, 9, 9, 8], [8, 7, 8, 7], [9, 6, 8, 9], [6, 7, 8, 6]]

    np.testing.assert_allclose(closeness(cars, [0.1, 0.4, 0.3, 0.2], less_is_better=[False, False, False, True]),
                               [0.74269409, 0.40359933, 0.17586999, 0.44142927], atol=1e-8)


def test_best_in_everything_is_1_and_worst_in_everything_is_0():
    assert closeness([[3, 0.2], [1, 0.1], [2, 0.15]], [1, 1]).round(9).tolist() == [1, 0, 0.5]


def test_of_two_with_the_same_sum_the_one_sided_is_nearer_far_from_the_ideal_and_the_even_one_close_to_it():
    ends = [[1, 1, 1], [0, 0, 0]]
    far, close = ([[1, 0, 0], [1 / 3] * 3], [[1, 1, 0], [2 / 3] * 3])
    assert closeness([*far, *ends], [1, 1, 1])[0] > closeness([*far, *ends], [1, 1, 1])[1]
    assert closeness([*close, *ends], [1, 1, 1])[0] < closeness([*close, *ends], [1, 1, 1])[1]


def test_a_column_of_zeros_and_a_weight_of_zero_add_nothing():
    assert closeness([[1, 0, 5], [2, 0, 1]], [1, 1, 0]).tolist() == [0, 1]


def test_options_that_are_all_alike_have_no_closeness():
    assert np.isnan(closeness([[1, 2], [1, 2]], [0.5, 0.5])).all()
    assert np.isnan(closeness([[0.0, 0.0]], [0.5, 0.5])).all()
    assert closeness(np.empty((0, 2)), [1, 1]).size == 0


@pytest.mark.parametrize("table, weights, words", [([[1, np.nan]], [1, 1], "missing"), ([[1, 2]], [1], "found 1 weights"), ([[1, 2]], [0, 0], "one of them above 0"),
                                                   ([[1, 2]], [2, -1], "0 or more")])
def test_tables_and_weights_that_cannot_be_used_are_refused(table, weights, words):
    with pytest.raises(ValueError, match=words):
        closeness(table, weights)
