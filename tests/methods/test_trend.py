import numpy as np
import pytest
from scipy.stats import theilslopes
from statsmodels.tsa.holtwinters import ExponentialSmoothing

from planning.methods.trend import damped, drift_range, likeness, slope_range, slopes, theil_sen

# The example of Sen 1968: values at the places 1, 2, 3, 4, 10, 12 and 18.
SEN = np.full(18, np.nan)
SEN[[0, 1, 2, 3, 9, 11, 17]] = [9, 15, 19, 20, 45, 55, 78]


def test_the_slope_of_the_worked_example_of_sen_1968_is_four():
    assert theil_sen(SEN).slope == 4.0


def test_the_interval_of_the_worked_example_of_sen_1968_lies_between_its_ordered_slopes():
    # His 93 % interval runs from 26 / 7 to 35 / 8, the fourth slope from either end of 21.
    ordered = slopes(SEN)

    assert len(ordered) == 21
    assert (ordered[3], ordered[-4]) == pytest.approx((26 / 7, 35 / 8))
    assert slope_range(SEN, confidence=0.93) == pytest.approx((26 / 7, 35 / 8))


def test_slope_and_start_are_those_of_scipy():
    values = np.random.default_rng(4).normal(50, 9, 30).round(1)
    expected = theilslopes(values, method="joint")

    assert theil_sen(values) == pytest.approx((expected.intercept, expected.slope))


@pytest.mark.parametrize("n", [8, 11, 30])
def test_the_interval_of_the_slope_is_that_of_scipy(n):
    values = np.random.default_rng(n).normal(50, 9, n)
    expected = theilslopes(values)

    assert slope_range(values) == pytest.approx((expected.low_slope, expected.high_slope))
    assert np.isnan(slope_range([5, np.nan])).all()


def wandering_months(likeness, seed, n=60):
    found = np.random.default_rng(seed).normal(size=n + 30)
    for place in range(1, n + 30):
        found[place] += likeness * found[place - 1]
    return found[30:]


@pytest.mark.parametrize("likeness", [0.0, 0.4, 0.7])
def test_months_that_resemble_one_another_seldom_show_a_slope_that_is_not_there(likeness):
    ends = [slope_range(wandering_months(likeness, seed), alike=True) for seed in range(120)]

    # Without `alike` it is 5, 16 and 40 of 100.
    assert np.mean([low > 0 or high < 0 for low, high in ends]) < 0.1


def test_the_interval_of_a_slope_widens_only_where_neighbours_are_alike():
    zigzag = np.arange(20.0) + np.tile([0, 3.0], 10)

    assert slope_range(zigzag, alike=True) == slope_range(zigzag)


def test_one_odd_value_hardly_moves_the_line_and_a_gap_keeps_its_place():
    assert theil_sen([2, 4, 6, 8, 1000, 12, 14]) == (2.0, 2.0)
    assert theil_sen([2, 4, np.nan, np.nan, 10, 12]) == (2.0, 2.0)
    assert np.isnan(theil_sen([5, np.nan])).all()


@pytest.fixture(scope="module")
def wandering():
    return np.random.default_rng(3).normal(1, 2, 30).cumsum() + 50


def test_the_damped_trend_with_its_numbers_is_that_of_statsmodels(wandering):
    found = damped(wandering)
    rise, start = np.polyfit(np.arange(10), wandering[:10], 1)
    model = ExponentialSmoothing(wandering, trend="add", damped_trend=True, initialization_method="known", initial_level=start - rise, initial_trend=rise)
    expected = model.fit(smoothing_level=found.alpha, smoothing_trend=found.beta, damping_trend=found.phi, optimized=False)

    ahead = found.level + found.trend * np.cumsum(found.phi ** np.arange(1, 7))
    assert ahead == pytest.approx(expected.forecast(6))
    assert np.square(found.errors).sum() == pytest.approx(expected.sse)


def test_the_grid_comes_within_a_twentieth_of_the_best_fit_of_statsmodels(wandering):
    rise, start = np.polyfit(np.arange(10), wandering[:10], 1)
    model = ExponentialSmoothing(wandering, trend="add", damped_trend=True, initialization_method="known", initial_level=start - rise, initial_trend=rise)

    assert np.square(damped(wandering).errors).sum() < 1.05 * model.fit().sse


def test_a_gap_makes_no_error_and_too_few_values_make_no_trend():
    found = damped([10, 12, np.nan, 16, 18, 20, np.nan, 24])

    assert np.isnan(found.errors).tolist() == [False, False, True, False, False, False, True, False]
    assert np.isnan(damped([1, 2]).level)


def test_a_hundred_times_the_values_is_a_hundred_times_the_trend(wandering):
    small, large = damped(wandering), damped(100 * wandering)

    assert (small.alpha, small.beta, small.phi) == (large.alpha, large.beta, large.phi)
    assert large.trend == pytest.approx(100 * small.trend)


@pytest.mark.parametrize("alike", [0.0, 0.3, 0.6])
def test_the_likeness_of_neighbours_is_found_and_a_lasting_move_does_not_pass_for_it(alike) -> None:
    drawn = np.random.default_rng(2).normal(size=(200, 8))
    for place in range(1, 200):
        drawn[place] += alike * drawn[place - 1]
    moved = drawn + 6 * (np.arange(200) >= 100)[:, None] + 0.5 * np.arange(200)[:, None]

    assert likeness(drawn) == pytest.approx(alike, abs=0.08)
    assert likeness(moved) == pytest.approx(alike, abs=0.12)
    assert likeness([1, 2, 1, 2]) == 0


def test_the_range_of_a_drift_is_that_of_a_mean_of_past_changes_for_a_new_one():
    # For one step it is the prediction interval of a further change, as statsmodels gives it for a constant.
    from statsmodels.api import OLS

    changes = np.array([0.02, 0.05, -0.01, 0.03, 0.04])
    low, high = drift_range(100 * np.exp(np.r_[0, changes.cumsum()]), 2)
    ends = OLS(changes, np.ones(5)).fit().get_prediction([1.0]).conf_int(obs=True, alpha=0.2)[0] + changes.sum()

    assert (low[0], high[0]) == pytest.approx(tuple(100 * np.exp(ends)))
    assert high[1] / low[1] > high[0] / low[0]


def test_the_range_of_a_drift_holds_eight_of_ten_simulated_futures():
    chance, held = np.random.default_rng(4), 0
    for _ in range(2000):
        series = 100 * np.exp(chance.normal(0.03, 0.02, 11).cumsum())
        low, high = drift_range(series[:9], 2)
        held += low[1] <= series[10] <= high[1]

    assert held / 2000 == pytest.approx(0.8, abs=0.03)


@pytest.mark.parametrize("values", [[100, 110], [100, 0, 110], [100, np.nan, 110]])
def test_a_drift_of_too_few_values_or_of_one_that_is_not_above_0_is_refused(values):
    with pytest.raises(ValueError, match="three or more"):
        drift_range(values, 1)
