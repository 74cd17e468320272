import numpy as np
import pytest

from planning.methods.forecast import ahead_by, chance, chance_words, forecast, trials

QUARTERS = [8.0, 12, 16, 4]


def noisy(n, seed=1):
    return np.random.default_rng(seed).normal(100, 5, n)


def test_the_simple_methods_repeat_the_last_value_and_that_of_the_same_season():
    assert ahead_by([3, 5, np.nan, 7, np.nan], 2, "last value").tolist() == [7, 7]
    assert ahead_by([1, 2, 3, 4, 5, 6, 7], 6, "same season", season=4).tolist() == [4, 5, 6, 7, 4, 5]
    assert ahead_by([1, 2, 3, 4, np.nan, 6], 4, "same season", season=4).tolist() == [3, 4, 1, 6]


def test_the_straight_line_goes_on_and_the_damped_trend_fades():
    line, fading = (ahead_by(range(1, 11), 30, method) for method in ("straight line", "damped trend"))

    assert line == pytest.approx(np.arange(11, 41))
    assert (np.diff(fading) > 0).all() and np.diff(fading)[-1] < np.diff(fading)[0]


def test_a_season_is_put_back_after_the_line():
    flat = 10 + np.arange(20) / 10
    told = ahead_by(flat * np.tile(np.array(QUARTERS) / 10, 5), 4, "straight line", season=4)

    assert told == pytest.approx([12 * 0.8, 12.1 * 1.2, 12.2 * 1.6, 12.3 * 0.4], rel=0.01)


def test_an_unknown_method_is_refused():
    with pytest.raises(ValueError, match='found "guess". There are last value'):
        ahead_by([1, 2], 1, "guess")


def test_the_back_test_by_hand():
    # Five values are seen first: their steps are 1, 1, 1 and 1. Then the last value errs by 2, 2 and 2.
    found = {one.method: one for one in trials([1, 2, 3, 4, 5, 7, 9, 11], 1)}

    assert (found["last value"].mase, found["last value"].errors) == (2.0, 3)
    # The line through 1 to 5 says 6 (missing by 1), through six values 7 (by 2), through seven values 8.4.
    assert found["straight line"].error == pytest.approx((1 + abs(9 - ahead_by([1, 2, 3, 4, 5, 7], 1, "straight line")[0])
                                                          + abs(11 - ahead_by([1, 2, 3, 4, 5, 7, 9], 1, "straight line")[0])) / 3)


def test_the_method_that_erred_least_speaks_and_says_so():
    rising = forecast(np.arange(20.0), 5, draws=200)
    wandering = forecast([5, 6, 5, 7, 6, 8, 9, 8, 7, 9, 8, 8, 8, 8, 8, 8], 2, draws=200)

    assert (rising.method, rising.better, rising.mase) == ("straight line", True, 0.0)
    assert rising.expected == pytest.approx(np.arange(20, 25))
    assert (wandering.method, wandering.better) == ("last value", False)
    assert wandering.mase == wandering.simple


def test_fewer_than_eight_values_make_no_forecast():
    assert forecast([1, 2, 3, 4, 5, 6, 7], 1) is None
    assert forecast([1, 2, 3, 4, 5, 6, 7, np.nan, np.nan], 1) is None
    assert forecast([1, 2, 3, 4, 5, np.nan, 6, 7, 8], 1, draws=50).points == 8


def test_what_never_moved_is_expected_to_stay():
    found = forecast([7.0] * 12, 3, draws=100)

    assert found.expected.tolist() == found.low.tolist() == found.high.tolist() == [7, 7, 7]
    assert chance(found.last, "up", 7) == 1.0


def test_a_falling_count_is_never_forecast_below_zero():
    found = forecast([40, 36, 31, 27, 22, 18, 13, 9, 5, 2], 6, low=0, draws=300)

    assert found.expected.min() == found.low.min() == found.last.min() == 0


def test_the_same_seed_gives_the_same_draws_and_another_one_others():
    one, same, other = (forecast(noisy(30), 3, seed=seed, draws=300) for seed in (1, 1, 2))

    assert one.last.tolist() == same.last.tolist() != other.last.tolist()
    assert (one.draws, forecast(noisy(10), 1).draws) == (300, 10_000)


def test_a_thousand_times_the_values_is_a_thousand_times_the_forecast():
    small, large = forecast(noisy(24), 4, draws=400), forecast(1000 * noisy(24), 4, draws=400)

    assert (large.method, large.mase) == (small.method, small.mase)
    assert large.low == pytest.approx(1000 * small.low)


@pytest.mark.parametrize(("make", "least"), [(lambda chance, n: chance.normal(100, 5, n), 0.7), (lambda chance, n: 100 + np.arange(n) + chance.normal(0, 5, n), 0.7),
                                             (lambda chance, n: 100 + chance.normal(0, 1, n).cumsum(), 0.6)], ids=["level", "rise", "wandering"])
def test_a_range_of_80_percent_holds_what_comes_about_as_often_as_it_says(make, least):
    hits = 0
    for seed in range(60):
        series = make(np.random.default_rng(seed), 36)
        found = forecast(series[:30], 6, draws=400)
        hits += found.low[-1] <= series[-1] <= found.high[-1]

    assert least < hits / 60 < 0.95


def test_a_seasonal_series_is_forecast_season_by_season():
    found = forecast(QUARTERS * 5, 4, season=4, draws=200)

    assert found.expected == pytest.approx(QUARTERS)


def test_the_chance_counts_draws_on_the_good_side_of_the_target_and_on_it():
    drawn = [1, 2, 2, 3]

    assert chance(drawn, "up", 2) == 0.75
    assert chance(drawn, "down", 1) == 0.25
    assert chance(drawn, "band", low=2, high=2.5) == 0.5
    assert chance([0.1 + 0.2], "down", 0.3) == 1.0
    assert np.isnan(chance([], "up", 2)) and np.isnan(chance(drawn, "up")) and np.isnan(chance(drawn, "band", low=1))
    with pytest.raises(ValueError, match='found "more"'):
        chance(drawn, "more", 2)


def test_a_chance_of_two_in_three_is_likely_and_one_in_three_unlikely():
    assert [chance_words(share) for share in (1, 2 / 3, 0.66, 0.34, 1 / 3, 0)] == ["likely", "likely", "open", "open", "unlikely", "unlikely"]
