import numpy as np
import pandas as pd
import pytest
from scipy import stats
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import confint_proportions_2indep

from planning.methods.comparisons import benjamini_hochberg, epsilon_words, exact_test, holm, rank_test, rank_test_of_several, share_difference


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


def test_kruskal_wallis_of_hollander_and_wolfe_1973_on_mucociliary_efficiency():
    found = rank_test_of_several([[2.9, 3.0, 2.5, 2.6, 3.2], [3.8, 2.7, 4.0, 2.4], [2.8, 3.4, 3.7, 2.2, 2.0]])
    # Published H = 0.7714 with 2 degrees of freedom, p = 0.68; epsilon squared = H / 13.
    assert found.epsilon == pytest.approx(0.77143 / 13, abs=1e-5)
    assert found.chance == pytest.approx(0.68, abs=0.001)


def test_kruskal_wallis_drops_gaps_and_empty_groups():
    assert np.isnan(rank_test_of_several([[1, 2], [], [np.nan]]).chance)
    assert rank_test_of_several([[3, 3], [3], [3]]) == (1.0, 0.0)
    assert [epsilon_words(size) for size in (0.005, 0.01, 0.06, 0.14, np.nan)] == ["negligible", "small", "medium", "large", "not known"]


def test_fishers_lady_tasting_tea():
    # Three of four cups right: one-sided 17/70, two-sided 34/70; all right: 2/70.
    assert exact_test([[3, 1], [1, 3]]) == pytest.approx(34 / 70)
    assert exact_test([[4, 0], [0, 4]]) == pytest.approx(2 / 70)


def test_the_exact_test_of_an_empty_row_is_missing_and_of_an_empty_column_one():
    assert np.isnan(exact_test([[0, 0], [3, 4]])) and exact_test([[3, 0], [4, 0]]) == 1.0
    with pytest.raises(ValueError, match="two rows and two columns"):
        exact_test([[1, 2, 3]])


def test_newcombe_1998_example_a_of_method_ten():
    assert [round(end, 4) for end in share_difference(56, 70, 48, 80)] == [0.2, 0.0524, 0.3339]


def test_share_difference_agrees_with_statsmodels_and_is_missing_without_answers():
    low, high = confint_proportions_2indep(9, 40, 15, 33, method="newcomb")
    assert share_difference(9, 40, 15, 33)[1:] == pytest.approx((low, high))
    assert np.isnan(share_difference(0, 0, 3, 9)).all()


def test_benjamini_and_hochberg_1995_reject_four_of_their_fifteen():
    published = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0]
    assert (benjamini_hochberg(published) < 0.05).sum() == 4
    assert (holm(published) < 0.05).sum() == 3
    assert benjamini_hochberg(published) == pytest.approx(multipletests(published, method="fdr_bh")[1])


def test_benjamini_and_hochberg_leave_missing_ones_out_and_keep_labels():
    found = benjamini_hochberg(pd.Series({"a": 0.02, "b": np.nan, "c": 0.5}))
    assert found.fillna(-1).to_dict() == {"a": 0.04, "b": -1, "c": 0.5}
