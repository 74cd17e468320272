import numpy as np
import pytest
import statsmodels.api as sm
from scipy.stats import t as student

from planning.methods.interrupted import difference, interruption


def robust(columns, values):
    """Least squares with the errors of Newey and West, as statsmodels has them."""
    lags = int(4 * (len(values) / 100) ** (2 / 9))
    return sm.OLS(values, columns).fit(cov_type="HAC", cov_kwds={"maxlags": lags, "use_correction": True}, use_t=True)


def wider(found, expected, at):
    """Whether the change is that of statsmodels, with ends as far on both sides, and at least as far as Student's t puts them."""
    low, high = expected.conf_int()[at]
    assert found.change == pytest.approx(expected.params[at])
    assert found.high - found.change == pytest.approx(found.change - found.low)
    assert found.high >= high - 1e-9 and found.low <= low + 1e-9
    return (found.high - found.change) / expected.bse[at] / student.ppf(0.975, expected.df_resid)


def series(n=40, start=25, jump=6.0, turn=0.5):
    chance = np.random.default_rng(8)
    places, drift = np.arange(n), np.zeros(n)
    for place in range(1, n):
        drift[place] = 0.6 * drift[place - 1] + chance.normal()
    return 50 + 0.2 * places + jump * (places >= start) + turn * np.maximum(places - start, 0) + drift


def test_jump_and_change_of_rise_are_those_of_statsmodels_with_its_robust_errors():
    values, places = series(), np.arange(40)
    expected = robust(np.column_stack([np.ones(40), places, places >= 25, np.maximum(places - 25, 0)]).astype(float), values)
    found = interruption(values, 25)

    # Neighbours resemble one another here, so the ends lie further out than Student's t.
    assert 1.2 < wider(found.level, expected, 2) < 4
    assert 1.2 < wider(found.slope, expected, 3) < 4
    assert (found.before, found.after, found.seasonal, found.enough) == (25, 15, False, True)


def test_a_season_of_two_years_is_allowed_for_by_waves_as_statsmodels_has_them():
    places = np.arange(40)
    values = series() + 4 * np.sin(2 * np.pi * places / 12)
    waves = [wave(2 * np.pi * turn * places / 12) for turn in (1, 2) for wave in (np.sin, np.cos)]
    expected = robust(np.column_stack([np.ones(40), places, places >= 25, np.maximum(places - 25, 0), *waves]).astype(float), values)
    found = interruption(values, 25, season=12)

    assert found.seasonal
    assert 1.2 < wider(found.level, expected, 2) < 4


def test_a_gap_is_skipped_and_keeps_its_place():
    values = 10 + 2.0 * np.arange(24) + 5 * (np.arange(24) >= 12)
    values[[3, 15]] = np.nan
    found = interruption(values, 12)

    assert (found.level.change, found.slope.change) == pytest.approx((5, 0), abs=1e-9)
    assert (found.before, found.after) == (11, 11)


def test_fewer_than_eight_values_on_a_side_say_nothing():
    found = interruption(np.arange(20.0), 13)

    assert (found.after, found.enough) == (7, False)
    assert np.isnan([*found.level, *found.slope]).all()


def test_the_difference_in_differences_by_hand_and_with_the_errors_of_statsmodels():
    own, other = np.array([10, 11] * 6 + [13, 14] * 6, dtype=float), np.array([20, 22] * 6 + [22, 24] * 6, dtype=float)
    apart = np.log(own / other)
    expected = robust(np.column_stack([np.ones(24), np.arange(24) >= 12]).astype(float), apart)
    found = difference(own, [other], 12)

    # 0.5 times the other before; after it 13 / 22 and 14 / 24 in turn.
    assert found.change == pytest.approx(np.sqrt(13 / 22 * 14 / 24) / 0.5 - 1)
    logs = type(found)(*np.log1p(found))
    assert 1 <= wider(logs, expected, 1) < 3


@pytest.mark.parametrize("likeness", [0.0, 0.3, 0.6])
def test_a_change_that_is_not_there_is_found_in_about_one_of_twenty_series(likeness):
    chance, found = np.random.default_rng(3), []
    for _ in range(80):
        drift = np.zeros(74)
        for place in range(1, 74):
            drift[place] = likeness * drift[place - 1] + chance.normal()
        changes = interruption(drift[50:], 12)
        found += [low > 0 or high < 0 for _, low, high in (changes.level, changes.slope)]

    # With Student's t alone it is one of six or seven (0.0) to one of three (0.6).
    assert np.mean(found) < 0.11


def test_each_series_beside_it_counts_alike_whatever_its_size():
    own = [10.0] * 20
    small, large = [1.0] * 10 + [2.0] * 10, [1000.0] * 20

    # The one doubled, the other stayed: together they rose by the root of two.
    assert difference(own, [small, large], 10).change == pytest.approx(1 / np.sqrt(2) - 1)


def test_a_place_without_the_others_does_not_count():
    others = [[5.0] * 7 + [0.0] * 3 + [5.0] * 10]

    assert np.isnan(difference([10.0] * 20, others, 10).change)
