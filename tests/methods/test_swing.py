"""The usual difference between two values of a series."""

import math

import numpy as np
import pytest

from planning.methods import swing


def test_the_usual_difference_is_worked_out_from_the_mean_moving_range():
    # Mean moving range 2: 1.96 × 1.41421 × 2 ÷ 1.128 = 4.9146.
    assert swing.usual_difference([5, 7, 5, 7, 5, 7, 5, 7, 5]) == pytest.approx(4.9146, abs=1e-4)


def test_about_one_pair_in_twenty_of_a_steady_series_differs_by_more():
    values = np.random.default_rng(7).normal(100, 10, 4000)
    usual = swing.usual_difference(values)
    gaps = np.abs(values[:2000] - values[2000:])
    assert (gaps > usual).mean() == pytest.approx(0.05, abs=0.015)


def test_only_values_since_the_start_count():
    wild_then_calm = [0, 50, 0, 50, 10, 11, 10, 11, 10, 11, 10, 11]
    assert swing.usual_difference(wild_then_calm, start=4) == pytest.approx(1.96 * math.sqrt(2) / 1.128)


def test_a_season_is_taken_out_and_the_result_brought_to_the_level_of_the_last_month():
    season = [8.0, 12.0, 16.0, 4.0] * 4
    noise = [1.02, 0.98] * 8
    values = [month * factor for month, factor in zip(season, noise)]
    with_season, without = swing.usual_difference(values, season=4), swing.usual_difference(values)
    assert with_season < without / 10


@pytest.mark.parametrize("values", [[], [1, 2, 3], [4] * 12])
def test_few_values_and_values_that_do_not_move_have_no_usual_difference(values):
    assert math.isnan(swing.usual_difference(values))
