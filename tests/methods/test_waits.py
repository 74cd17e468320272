"""Time until half are done: a published example, and another implementation."""

import numpy as np
import pytest
from statsmodels.duration.survfunc import SurvfuncRight

from planning.methods.waits import half_done

DRUG = [6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35]
ENDED = [1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0]
PLACEBO = [1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23]


def test_remissions_of_freireich_and_others_1963_have_medians_of_23_and_8_weeks():
    assert half_done(DRUG, ENDED).time == 23
    assert half_done(PLACEBO, [True] * 21).time == 8
    assert np.isnan(half_done(DRUG, ENDED).high)


@pytest.mark.filterwarnings("ignore::RuntimeWarning")
@pytest.mark.parametrize("seed", range(6))
def test_the_time_and_its_interval_equal_those_of_statsmodels(seed):
    chance = np.random.default_rng(seed)
    times, done = chance.integers(1, 40, 45), chance.random(45) < 0.8
    found, other = half_done(times, done), SurvfuncRight(times, done.astype(int))
    low, high = other.quantile_ci(0.5, method="cloglog")

    assert found.time == other.quantile(0.5)
    assert (found.low, found.high) == pytest.approx((low, np.nan if np.isinf(high) else high), nan_ok=True)


def test_where_fewer_than_half_are_done_there_is_no_time():
    assert np.isnan(half_done([3, 50, 60, 70], [True, False, False, False]).time)
    assert np.isnan(half_done([5, 9], [False, False]).low)
    assert np.isnan(half_done([], []).time)


def test_times_that_do_not_match_or_lie_below_zero_are_refused():
    with pytest.raises(ValueError, match="Each case has a time of 0 or more"):
        half_done([1, -2], [True, True])
    with pytest.raises(ValueError, match="not one for each case"):
        half_done([1, 2], [True])
