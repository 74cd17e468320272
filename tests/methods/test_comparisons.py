import numpy as np
import pandas as pd
import pytest
from scipy import stats
from statsmodels.stats.multitest import multipletests

from planning.methods.comparisons import holm, rank_test


def test_rank_test_by_hand():
    # U = 9 of 9 pairs, mean 4.5, no ties: variance 3 * 3 * 7 / 12 = 5.25; z = (9 - 4.5 - 0.5) / 2.2913 = 1.7457.
    assert rank_test([4, 5, 6], [1, 2, 3]) == pytest.approx(2 * stats.norm.sf(4 / np.sqrt(5.25)))


def test_rank_test_drops_missing_values_and_does_not_mind_the_order_of_the_sides():
    x, y = [5, 4, 4, np.nan, 5], [2, 3, 3, 4]
    assert rank_test(x, y) == pytest.approx(rank_test(y, [5, 4, 4, 5]))


def test_rank_test_of_groups_alike_is_one_and_of_an_empty_side_missing():
    assert rank_test([3, 3, 3], [3, 3]) == 1.0
    assert np.isnan(rank_test([3, 4], [np.nan]))


def test_holm_agrees_with_statsmodels():
    chances = np.random.default_rng(2).uniform(0, 0.1, 15)
    assert holm(chances) == pytest.approx(multipletests(chances, method="holm")[1])


def test_holm_leaves_missing_ones_out_of_the_count_and_keeps_labels():
    found = holm(pd.Series({"S1": 0.02, "S2": np.nan, "S3": 0.03}))
    assert found.fillna(-1).to_dict() == {"S1": 0.04, "S2": -1, "S3": 0.04}


def test_holm_refuses_what_is_no_share():
    with pytest.raises(ValueError, match="0 to 1"):
        holm([0.2, 5.0])


def test_of_many_sets_without_any_difference_one_in_twenty_shows_one():
    chance = np.random.default_rng(7)
    sets = chance.uniform(0, 1, (2000, 15))
    assert np.mean([holm(one).min() < 0.05 for one in sets]) == pytest.approx(0.05, abs=0.015)
