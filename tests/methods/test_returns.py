"""Worth given back: adding up, taking off, later years, and draws."""

import math

import numpy as np
import pandas as pd
import pytest

from planning.methods import returns


def test_a_filled_in_library_use_value_calculator_of_the_maine_state_library_adds_up_to_its_published_total():
    # Uses and values as on the filled-in form: books, interlibrary loan, magazines, newspapers, computer hours, questions.
    uses, total = [607, 1, 13, 2, 10, 100], [13354.00, 25.00, 65.00, 17.98, 100.00, 1950.00]
    prices = [22.00, 25.00, 5.00, 8.99, 10.00, 19.50]
    assert returns.adjusted_value(uses, prices).round(2).tolist() == total
    assert round(float(returns.adjusted_value(uses, prices).sum()), 2) == 15511.98


def test_present_value_is_that_of_gitman_2003_as_published_with_numpy():
    # numpy.npv(0.281, [-100, 39, 59, 55, 20]) is published as -0.0084785916384548798.
    factors = returns.discount_factors(5, 0.281)
    assert float(factors @ np.array([-100, 39, 59, 55, 20])) == pytest.approx(-0.0084785916384548798, rel=1e-9)


def test_factors_at_the_rate_of_the_green_book_follow_its_formula():
    # 1.035 x 1.035 = 1.071225; 1 / 1.071225 = 0.93351.
    assert returns.discount_factors(3, 0.035).round(4).tolist() == [1.0, 0.9662, 0.9335]


def test_what_is_taken_off_is_taken_off_one_after_the_other():
    # 200 x 10 = 2,000; half would have come anyway: 1,000; a quarter was done by others: 750; a tenth was moved: 675.
    assert float(returns.adjusted_value(200, 10, deadweight=0.5, attribution=0.25, displacement=0.1)) == pytest.approx(675)


def test_three_years_fade_and_are_discounted():
    # 1 + 0.6/1.1 + 0.36/1.21 = 1 + 0.545455 + 0.297521.
    assert float(returns.years_worth(3, 0.4, 0.1)) == pytest.approx(1.842975, abs=1e-6)
    assert returns.years_worth([1, 2], [0.9, 0.0], 0.0).tolist() == [1.0, 2.0]


def test_a_missing_share_makes_the_worth_missing_not_full():
    assert math.isnan(float(returns.adjusted_value(10, 10, deadweight=math.nan)))


def items(**given):
    usual = {"number": 100.0, "low": 2.0, "likely": 3.0, "high": 4.0, "deadweight": 0.5, "attribution": 0.0, "displacement": 0.0, "drop_off": math.nan, "years": 1.0}
    return pd.DataFrame([usual | given], index=["loans"])


def test_draws_lie_between_the_ends_and_come_back_with_the_seed():
    one, other = returns.drawn_values(items(), 0.035, seed=7), returns.drawn_values(items(), 0.035, seed=7)
    assert (one == other).all() and one.shape == (returns.DRAWS, 1)
    assert 100 <= one.min() and one.max() <= 200
    assert one.mean() == pytest.approx(150, abs=1)


def test_an_item_draws_the_same_whatever_stands_beside_it():
    both = pd.concat([items(number=5.0).set_axis(["visits"]), items()])
    assert (returns.drawn_values(both, 0.0, seed=7)[:, 1] == returns.drawn_values(items(), 0.0, seed=7)[:, 0]).all()


def test_a_share_that_nobody_considered_spreads_the_worth_from_nothing_to_all():
    draws = returns.drawn_values(items(low=math.nan, high=math.nan, deadweight=math.nan), 0.0, seed=7)
    assert draws.min() < 3 and draws.max() > 297
    # Even from 0 to 300: the ends of the middle 95 % are 7.5 and 292.5.
    assert returns.middle_range(draws[:, 0]) == pytest.approx((7.5, 150, 292.5), abs=4)


def test_without_ends_and_with_every_share_the_worth_has_no_range():
    assert returns.drawn_values(items(low=math.nan, high=math.nan), 0.0, seed=7).std() == pytest.approx(0)


def test_no_items_and_no_draws_are_told_as_missing():
    assert returns.drawn_values(items()[:0], 0.0, seed=7).shape == (returns.DRAWS, 0)
    assert all(math.isnan(end) for end in returns.middle_range([]))


@pytest.mark.parametrize("wrong", [
    lambda: returns.discount_factors(0, 0.03), lambda: returns.discount_factors(2, -0.1), lambda: returns.years_worth(2, 1.2, 0.0),
    lambda: returns.adjusted_value(1, 1, deadweight=1.5), lambda: returns.middle_range([1.0], 1.0), lambda: returns.drawn_values(items(low=5.0), 0.0, seed=1)])
def test_figures_outside_their_range_are_refused(wrong):
    with pytest.raises(ValueError):
        wrong()
