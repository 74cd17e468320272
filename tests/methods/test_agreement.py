import numpy as np
import pytest
from scipy.stats import friedmanchisquare, mannwhitneyu

from planning.methods.agreement import cliffs_delta, delta_words, kendalls_w, rank_agreement, sides


def test_cliffs_delta_of_the_example_of_the_r_package_effsize():
    treatment = [10, 10, 20, 20, 20, 30, 30, 30, 40, 50]
    control = [10, 20, 30, 40, 40, 50]
    assert cliffs_delta(treatment, control) == pytest.approx(-0.25)
    assert delta_words(-0.25) == "small"


def test_cliffs_delta_follows_from_scipys_mann_whitney_statistic():
    chance = np.random.default_rng(3)
    x, y = chance.integers(1, 6, 40), chance.integers(2, 6, 25)
    u = mannwhitneyu(x, y).statistic
    assert cliffs_delta(x, y) == pytest.approx(2 * u / (40 * 25) - 1)


def test_cliffs_delta_turns_its_sign_when_the_sides_change_and_ends_at_one():
    assert cliffs_delta([4, 5], [1, 2]) == 1
    assert cliffs_delta([1, 2], [4, 5]) == -1
    assert cliffs_delta([3, 3], [3]) == 0


def test_cliffs_delta_drops_missing_values_and_is_missing_for_an_empty_side():
    assert cliffs_delta([5, np.nan], [1]) == 1
    assert np.isnan(cliffs_delta([np.nan], [1, 2]))


@pytest.mark.parametrize(
    "delta, word",
    [
        (0.0, "negligible"),
        (0.146, "negligible"),
        (0.147, "small"),
        (-0.329, "small"),
        (0.33, "medium"),
        (0.474, "large"),
        (-1.0, "large"),
        (float("nan"), "not known"),
    ],
)
def test_the_words_change_at_the_thresholds_of_romano_2006(delta, word):
    assert delta_words(delta) == word


def test_words_are_refused_for_what_is_no_delta():
    with pytest.raises(ValueError, match="found 1.5"):
        delta_words(1.5)


def test_rank_agreement_of_the_tuna_example_of_hollander_and_wolfe_as_in_r():
    lightness = [44.4, 45.9, 41.9, 53.3, 44.7, 44.1, 50.7, 45.2, 60.1]
    panel = [2.6, 3.1, 2.5, 5.0, 3.6, 4.0, 5.2, 2.8, 3.8]
    assert rank_agreement(lightness, panel) == pytest.approx(0.4444444)


def test_rank_agreement_allows_for_ties():
    # 4 pairs agree, 0 disagree, one is tied on each side: 4 / sqrt(5 * 5).
    assert rank_agreement([1, 1, 2, 3], [1, 2, 3, 3]) == pytest.approx(0.8)


def test_rank_agreement_leaves_out_items_missing_on_a_side():
    assert rank_agreement([1, 2, 3, np.nan], [1, 2, 3, 0]) == 1
    assert np.isnan(rank_agreement([1, np.nan], [2, 2]))


def test_rank_agreement_refuses_sides_of_different_length():
    with pytest.raises(ValueError, match="found 2 and 3"):
        rank_agreement([1, 2], [1, 2, 3])


def test_kendalls_w_of_the_anxiety_ratings_with_ties_as_in_the_r_package_desctools():
    anxiety = [
        [3, 3, 3, 4, 5, 5, 2, 3, 5, 2, 2, 6, 1, 5, 2, 2, 1, 2, 4, 3],
        [3, 6, 4, 6, 2, 4, 2, 4, 3, 3, 2, 3, 3, 3, 2, 2, 1, 3, 3, 4],
        [2, 1, 4, 4, 3, 2, 1, 6, 1, 1, 1, 2, 3, 3, 1, 1, 3, 3, 2, 2],
    ]
    assert kendalls_w(anxiety) == pytest.approx(0.5396569, abs=1e-7)


def test_kendalls_w_follows_from_scipys_friedman_statistic():
    ratings = np.random.default_rng(5).integers(1, 6, (7, 4))
    chi_square = friedmanchisquare(*ratings.T).statistic
    assert kendalls_w(ratings) == pytest.approx(chi_square / (7 * 3))


def test_kendalls_w_is_one_for_one_order_and_zero_for_two_opposite_ones():
    assert kendalls_w([[1, 2, 3], [10, 20, 30]]) == 1
    assert kendalls_w([[1, 2, 3], [3, 2, 1]]) == 0


def test_kendalls_w_leaves_out_a_rater_with_a_gap_and_is_missing_without_two_raters():
    assert kendalls_w([[1, 2, 3], [1, 2, 3], [3, np.nan, 1]]) == 1
    assert np.isnan(kendalls_w([[1, 2, 3], [np.nan, 2, 3]]))
    assert np.isnan(kendalls_w([[2, 2, 2], [3, 3, 3]]))


def test_the_widest_gap_parts_two_sides_and_both_need_two_to_be_camps():
    assert sides([5, 1, 2, 6, np.nan, 7], apart=3) == (2, 1.5, 6, True)
    assert sides([1, 5, 6, 7], apart=3) == (1, 1, 6, False)


def test_sides_are_no_camps_when_the_gap_is_narrow_or_less_than_half_of_the_range():
    assert sides([1, 2, 5, 6], apart=3.5).camps is False
    assert sides([0, 2, 4, 7, 9], apart=3).camps is False
    assert sides([0, 1, 4, 6], apart=3).camps is True


def test_equal_values_have_one_side_and_no_values_none():
    assert sides([3, 3], apart=1)[0::2] == (0, 3)
    assert np.isnan(sides([3, 3], apart=1).few_mean) and np.isnan(sides([], apart=1).many_mean)
