"""A season is found where there is one, and only there."""

import math

import numpy as np
import pytest

from planning.methods import season

QUARTERS = [8, 12, 16, 4]


def test_a_pure_season_is_all_of_the_movement():
    assert season.strength(QUARTERS * 4, season=4) == pytest.approx(1)
    assert season.factors(QUARTERS * 4, season=4).tolist() == pytest.approx([0.8, 1.2, 1.6, 0.4])


def test_noise_without_a_season_gives_factors_of_one():
    noise = 100 + np.random.default_rng(1).normal(0, 5, 60)

    assert season.strength(noise) < 0.25
    assert season.factors(noise).tolist() == [1.0] * 12


def test_fewer_than_three_seasons_cannot_tell():
    assert math.isnan(season.strength(QUARTERS * 2, season=4))
    assert season.factors(QUARTERS * 2, season=4).tolist() == [1.0] * 4


def test_values_below_zero_and_values_that_do_not_move_have_no_season():
    assert math.isnan(season.strength([-1, *QUARTERS * 4], season=4))
    assert math.isnan(season.strength([5] * 16, season=4))


def test_a_gap_does_not_hide_the_season():
    values = [*QUARTERS * 5]
    values[9] = float("nan")

    assert season.strength(values, season=4) > 0.9


def test_a_month_that_is_always_zero_counts_as_no_season():
    assert season.factors([0, 10, 20, 10] * 4, season=4).tolist() == [1.0] * 4
