import numpy as np
import pandas as pd
import pytest
from statsmodels.tsa.seasonal import seasonal_decompose

from planning.methods.control import assurance, limits, seasonal_adjusted, segments, signals


def test_limits_of_the_flow_rate_example_of_the_nist_handbook():
    # The handbook uses 3 / 1.128 = 2.6596 where charts by hand use 2.66.
    found = limits([49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1])
    assert found.mean == pytest.approx(50.81)
    assert found.moving_range == pytest.approx(1.8778, abs=5e-5)
    assert (found.low, found.high) == pytest.approx((45.8159, 55.8041), abs=0.002)


def test_limits_of_the_data_for_verifying_software_in_wheelers_making_sense_of_data():
    found = limits([5045, 4350, 4350, 3975, 4290, 4430, 4485, 4285, 3980, 3925, 3645, 3760, 3300, 3685, 3463, 5200])
    assert found.mean == 4135.50
    assert found.moving_range == pytest.approx(355.93, abs=0.005)
    assert (found.low, found.high, found.range_high) == pytest.approx((3188.72, 5082.28, 1163.19), abs=0.005)


def test_limits_of_the_peak_flow_rates_in_wheelers_making_sense_of_data():
    # The book rounds the mean and the mean range first: 43.7, 322.5 and 171.3.
    found = limits([120, 140, 100, 150, 260, 150, 100, 120, 300, 300, 275, 300, 140, 170, 150, 150, 190, 180])
    assert (found.mean, found.moving_range) == pytest.approx((183.1, 52.4), abs=0.05)
    assert (found.low, found.high, found.range_high) == pytest.approx((43.7, 322.5, 171.3), abs=0.25)


def test_the_run_of_eight_among_high_school_smokers_in_wheelers_making_sense_of_data():
    shares = [21.3, 20.2, 20.9, 21.0, 18.8, 19.6, 18.7, 18.6, 18.1, 18.9, 19.2, 18.2, 17.3, 19.0]
    assert signals(shares)["shift"].tolist() == [0] * 6 + [-1] * 8


def test_limits_of_the_example_of_statprocon():
    found = limits([10, 50, 40, 30], fewest=4)
    assert (found.mean, found.moving_range) == (32.5, 20)
    assert (found.low, found.high, found.range_high) == pytest.approx((-20.7, 85.7, 65.36))


def test_limits_of_the_example_of_spc_plotly():
    counts = [2478, 2350, 2485, 2296, 2359, 2567, 3089, 2668, 1788, 2854, 2365, 1883, 1959, 1927, 2640, 2626, 2144, 2409, 4412, 3287,
              3049, 3364, 3078, 2972, 3415, 2753, 3102, 2191, 3693, 4385, 4699, 3031, 2659, 3885, 2628, 2621, 3071, 2002]
    found = limits(counts)
    assert (found.mean, found.moving_range) == pytest.approx((2820.6315789473683, 571.8918918918919))
    assert (found.high, found.range_high) == pytest.approx((4341.864011379801, 1868.9427027027025))


def test_limits_by_hand():
    # Ranges 2 1 2 1 1 1 1: mean 9 / 7.
    found = limits([10, 12, 11, 13, 12, 11, 12, 11])
    assert (found.points, found.mean, found.enough) == (8, 11.5, True)
    assert (found.low, found.high) == pytest.approx((11.5 - 2.66 * 9 / 7, 11.5 + 2.66 * 9 / 7))
    assert found.range_high == pytest.approx(3.268 * 9 / 7)


def test_a_gap_breaks_the_moving_range_and_is_no_zero():
    found = limits([10, 12, 10, 12, 10, np.nan, 20, 22, 20, 22, 20])
    assert found.points == 10
    assert found.moving_range == 2.0
    assert found.mean == 15.8


def test_too_few_points_give_no_limits_and_say_so():
    found = limits([1, 2, 3, 4, 5, 6, 7])
    assert (found.points, found.mean, found.enough) == (7, 4.0, False)
    assert np.isnan([found.low, found.high, found.range_high]).all()
    assert not limits([]).enough
    assert not limits([1, np.nan] * 8).enough


def test_limits_are_computed_anew_only_at_a_recorded_change():
    values = pd.Series([1, 2, 1, 2, 9, 10, 9, 10], index=list("abcdefgh"))
    whole, parted = segments(values, fewest=4), segments(values, starts=[4], fewest=4)
    assert whole["mean"].unique().tolist() == [5.5]
    assert parted["mean"].tolist() == [1.5] * 4 + [9.5] * 4
    assert parted["segment"].tolist() == [1] * 4 + [2] * 4
    assert np.isnan(parted.loc["e", "moving_range"])
    assert parted.index.tolist() == list("abcdefgh")


def test_a_segment_with_too_few_points_says_so():
    chart = segments([1, 2] * 4 + [5, 6], starts=[8])
    assert chart["enough"].tolist() == [True] * 8 + [False] * 2
    assert chart["high"].notna().tolist() == [True] * 8 + [False] * 2
    assert signals([1, 2] * 4 + [50, 60], starts=[8]).to_numpy().any() == np.False_


def test_a_start_outside_the_series_is_refused():
    with pytest.raises(ValueError, match="found 9. A start is a position from 0 to 7"):
        segments([1, 2] * 4, starts=[9])


def test_a_point_beyond_the_limit_signals_with_its_side():
    # Mean 67 / 11, mean range 15 / 10: the limits are 6.1 ± 4.0.
    found = signals([5, 6, 5, 6, 5, 6, 5, 6, 5, 6, 12])["beyond_limit"]
    assert found.tolist() == [0] * 10 + [1]
    assert signals([5, 6, 5, 6, 5, 6, 5, 6, 5, 6, 0])["beyond_limit"].tolist() == [0] * 10 + [-1]


def test_eight_points_on_one_side_are_a_shift_and_seven_are_not():
    eight, seven = [4, 6] * 4 + [7, 8] * 4, [4, 6] * 4 + [4] + [8, 7] * 3 + [8]
    assert signals(eight)["shift"].tolist() == [-1] * 8 + [1] * 8
    assert signals(seven)["shift"].iloc[-7:].tolist() == [0] * 7
    assert signals(seven, shift=7)["shift"].iloc[-7:].tolist() == [1] * 7


def test_a_point_on_the_mean_and_a_gap_end_a_shift():
    for between in (5, np.nan):
        found = signals([4] * 4 + [between] + [4] * 4 + [6] * 8)
        assert found["shift"].tolist() == [0] * 9 + [1] * 8


def test_six_rising_points_are_a_trend_and_five_are_not():
    six = [5, 4, 5, 4, 1, 2, 3, 4, 5, 6, 5, 6]
    assert signals(six)["trend"].tolist() == [0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 0, 0]
    assert signals(six, trend=7)["trend"].eq(0).all()
    falling = [-value for value in six]
    assert signals(falling)["trend"].tolist() == [0, 0, 0, 0, -1, -1, -1, -1, -1, -1, 0, 0]


def test_equal_points_and_gaps_end_a_trend():
    assert signals([1, 2, 3, 3, 4, 5, 6, 1, 5])["trend"].eq(0).all()
    assert signals([1, 2, 3, np.nan, 4, 5, 6, 1, 5, 2, 4])["trend"].eq(0).all()


def test_two_of_three_points_near_a_limit_signal():
    # Mean 6; ranges sum to 25 over 15: limit 4.43 away, outer third from 2.96 on, so 9.5 is near.
    values = [5, 6, 5, 6, 5, 6, 5, 6, 5, 6, 5, 6, 9.5, 7, 9.5, 4]
    found = signals(values)
    assert found["near_limit"].tolist() == [0] * 12 + [1, 0, 1, 0]
    assert found["beyond_limit"].eq(0).all()
    assert signals(values, near=3)["near_limit"].eq(0).all()


def test_two_of_three_points_short_of_the_outer_third_are_no_signal():
    # Mean 5.81, limit 3.37 away, outer third from 2.25 on: 8 is 2.19 away.
    found = signals([5, 6, 5, 6, 5, 6, 5, 6, 5, 6, 5, 6, 8, 7, 8, 4])
    assert found["near_limit"].eq(0).all()


def test_one_point_near_each_limit_is_no_signal():
    found = signals([5, 6, 5, 6, 5, 6, 5, 6, 5, 6, 5, 6, 9, 2, 5, 6])
    assert found["near_limit"].eq(0).all()


def test_a_series_that_never_moves_gives_no_signal():
    assert not signals([0.1] * 12).to_numpy().any()


@pytest.mark.parametrize(
    "target, direction, words",
    [
        (10, "up", "always meets"),
        (10.01, "up", "may or may not meet"),
        (20, "up", "may or may not meet"),
        (20.01, "up", "cannot meet"),
        (20, "down", "always meets"),
        (19.99, "down", "may or may not meet"),
        (10, "down", "may or may not meet"),
        (9.99, "down", "cannot meet"),
        (float("nan"), "up", "not known"),
    ],
)
def test_assurance_compares_the_target_with_both_limits(target, direction, words):
    assert assurance(target, low=10, high=20, direction=direction) == words


def test_assurance_refuses_an_unknown_direction():
    with pytest.raises(ValueError, match='found "higher"'):
        assurance(1, 2, 3, "higher")


def test_season_factors_of_three_years_are_those_of_statsmodels_decomposition():
    # With three years each month has two ratios, and the median of two is their mean.
    months = np.arange(36)
    noise = np.random.default_rng(6).normal(1, 0.03, 36)
    values = (100 + months) * (1 + 0.3 * np.sin(2 * np.pi * months / 12)) * noise
    expected = seasonal_decompose(values, model="multiplicative", period=12).seasonal
    found = seasonal_adjusted(values)
    assert found.factors == pytest.approx(expected[:12])
    assert found.adjusted == pytest.approx(values / expected)


def test_a_gap_stays_a_gap_and_labels_stay_when_the_season_is_taken_out():
    quarters = pd.Series([8, 12, 16, 4.0] * 5, index=range(2000, 2020))
    quarters[2006] = np.nan
    found = seasonal_adjusted(quarters, season=4)
    assert np.isnan(found.adjusted[2006])
    assert found.adjusted.drop(2006).tolist() == pytest.approx([10.0] * 19)


def test_less_than_two_seasons_are_not_enough():
    found = seasonal_adjusted([8, 12, 16, 4, 8, 12, 16], season=4)
    assert not found.enough
    assert np.isnan(found.adjusted).all()


def test_values_below_zero_have_no_season_factor():
    with pytest.raises(ValueError, match="no value is below 0"):
        seasonal_adjusted([-1] * 24)


@pytest.mark.filterwarnings("error")
def test_a_series_of_zeros_has_no_season_and_no_warning():
    found = seasonal_adjusted([0.0] * 36, season=12)

    assert not found.enough and np.isnan(found.adjusted).all()
