import numpy as np
import pytest
from scipy.stats import percentileofscore, zscore

from planning.methods.standing import share_below, z_index, z_scores

VISITS = [11.4, 0.0, 6.7 + np.sqrt(25.33), 6.7 - np.sqrt(25.33)]
"""Four visits per head whose mean is 6.2 and whose standard deviation is 5.4, as in the LJ Index's example."""


def test_the_standard_score_of_the_lj_index_score_calculation_algorithm():
    assert np.mean(VISITS) == pytest.approx(6.2) and np.std(VISITS) == pytest.approx(5.4)
    assert round(z_scores(VISITS)[0], 2) == 0.96


def test_the_z_index_orders_as_the_sum_of_standard_scores_of_the_lj_index():
    table = [[11.4, 8.0, 0.3], [6.2, 12.0, 0.5], [2.0, 4.0, 0.1], [5.0, 5.0, 0.9]]
    index, measures = z_index(table)

    np.testing.assert_allclose(index, zscore(table, axis=0).sum(axis=1) / 3)
    assert measures.tolist() == [3, 3, 3, 3]


def test_the_percentile_rank_of_a_grade_as_on_the_page_mathsisfun_percentile_rank():
    grades = ["D"] * 12 + ["C"] * 50 + ["B"] * 30 + ["A"] * 8

    assert share_below(3, ["DCBA".index(grade) + 1 for grade in grades]) == 0.77


def test_share_below_agrees_with_scipy_where_ties_count_half():
    others = np.random.default_rng(3).integers(0, 20, 200)

    assert [share_below(value, others) for value in range(20)] == pytest.approx([percentileofscore(others, value, kind="mean") / 100 for value in range(20)])


def test_missing_values_are_left_out_and_nothing_known_gives_no_share():
    assert share_below(5, [1, np.nan, 9]) == 0.5
    assert np.isnan(share_below(5, [np.nan])) and np.isnan(share_below(5, [])) and np.isnan(share_below(np.nan, [1, 2]))


def test_scores_keep_gaps_and_are_missing_where_nothing_varies():
    np.testing.assert_allclose(z_scores([2.0, np.nan, 4.0]), [-1, np.nan, 1])
    assert np.isnan(z_scores([0.1 + 0.2, 0.3, 0.3])).all()
    assert np.isnan(z_scores([np.nan, np.nan])).all() and z_scores([]).size == 0


def test_an_index_rests_on_the_measures_that_a_row_has_and_that_vary():
    index, measures = z_index([[1.0, 7.0, np.nan], [3.0, 7.0, np.nan], [np.nan, 7.0, np.nan]])

    np.testing.assert_allclose(index, [-1, 1, np.nan])
    assert measures.tolist() == [1, 1, 0]
