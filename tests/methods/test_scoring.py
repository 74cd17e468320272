import numpy as np
import pandas as pd
import pytest

from planning.methods.scoring import rescaled, shares, weighted_sum


def test_shares_are_each_items_part_of_all_points():
    assert shares([50, 30, 20]).tolist() == [0.5, 0.3, 0.2]


def test_shares_of_swing_points_as_in_smarts():
    swings = pd.Series({"reach": 100, "cost": 60, "speed": 40})
    assert shares(swings).to_dict() == {"reach": 0.5, "cost": 0.3, "speed": 0.2}


def test_a_missing_entry_has_no_share_and_the_others_sum_to_one():
    found = shares([3, np.nan, 1])
    assert np.isnan(found[1])
    assert found[[0, 2]].tolist() == [0.75, 0.25]


@pytest.mark.parametrize("points, words", [([1, -2], "found -2"), ([0, 0], "none is above 0"), ([], "none is above 0")])
def test_shares_refuse_points_that_cannot_be_shared(points, words):
    with pytest.raises(ValueError, match=words):
        shares(points)


def test_weighted_sum_adds_each_cell_times_its_columns_weight():
    assert weighted_sum([[5, 1, 3], [2, 2, 2]], [0.5, 0.3, 0.2]).tolist() == pytest.approx([3.4, 2.0])


def test_weighted_sum_matches_weights_to_columns_by_name():
    options = pd.DataFrame({"fit": [1.0, 0.0], "reach": [0.0, 1.0]}, index=["A", "B"])
    weights = pd.Series({"reach": 0.8, "fit": 0.2})
    assert weighted_sum(options, weights).to_dict() == {"A": 0.2, "B": 0.8}


def test_weighted_sum_names_a_column_without_weight():
    with pytest.raises(ValueError, match="Weights: reach does not stand once on both sides"):
        weighted_sum(pd.DataFrame({"fit": [1.0], "reach": [1.0]}), pd.Series({"fit": 1.0}))


def test_a_row_with_a_missing_cell_is_missing_unless_it_is_stated_what_it_counts_as():
    rows = [[1.0, np.nan], [1.0, 1.0]]
    np.testing.assert_array_equal(weighted_sum(rows, [0.5, 0.5]), [np.nan, 1.0])
    np.testing.assert_array_equal(weighted_sum(rows, [0.5, 0.5], missing=0), [0.5, 1.0])


def test_a_gap_in_a_column_without_weight_does_no_harm():
    assert weighted_sum([[2.0, np.nan]], [1, 0]).tolist() == [2.0]


def test_weighted_sum_refuses_a_missing_weight_and_a_wrong_number_of_weights():
    with pytest.raises(ValueError, match="one is missing"):
        weighted_sum([[1, 2]], [0.5, np.nan])
    with pytest.raises(ValueError, match="found 3"):
        weighted_sum([[1, 2]], [0.5, 0.2, 0.3])


def test_rescaling_uses_the_ends_of_the_scale_and_not_the_values_at_hand():
    assert rescaled([2, 3], low=1, high=5).tolist() == [0.25, 0.5]


def test_rescaling_from_a_larger_low_makes_less_better():
    np.testing.assert_array_equal(rescaled([20, 15, np.nan], low=20, high=0), [0, 0.25, np.nan])


def test_rescaling_refuses_values_outside_the_ends_and_equal_ends():
    with pytest.raises(ValueError, match="found 7. Values lie from 1 to 5"):
        rescaled([2, 7], low=1, high=5)
    with pytest.raises(ValueError, match="The ends must differ"):
        rescaled([2], low=2, high=2)


def test_a_series_keeps_its_labels_when_rescaled():
    assert rescaled(pd.Series({"A": 5, "B": 1}), 1, 5).to_dict() == {"A": 1.0, "B": 0.0}
