"""An imperfect trial is worth what published decision trees say, and never more than perfect information."""

import numpy as np
import pytest

from planning.methods import waiting


def test_the_seismic_test_of_samuelson_and_marks_adds_20_to_the_120_of_drilling_at_once():
    # Managerial Economics, chapter on the value of information: oil at 40 %, worth 800 against a cost of 200; after a good test 60 %, after a bad one 20 %.
    found = waiting.outlook(800, 200, 0.4, hit=0.75, false_pass=1 / 3)
    assert [round(float(part), 6) for part in found] == [120, 140, 20, 120, 0.5]


def test_the_goferbroke_survey_of_hillier_and_lieberman_is_worth_23_net_and_perfect_information_142_and_a_half():
    # Drill: 700 or -100; sell: 90. Against selling, drilling brings 610 or -190. The survey costs 30.
    found = waiting.outlook(800, 190, 0.25, hit=0.6, false_pass=0.2, price=30)
    assert round(float(found.gain), 6) == 23 and round(float(found.perfect), 6) == 142.5 and round(float(found.passes), 6) == 0.3


def test_a_trial_that_always_tells_the_truth_is_worth_perfect_information():
    chances = np.linspace(0, 1, 11)
    found = waiting.outlook(100, 40, chances, hit=1, false_pass=0)
    assert np.allclose(found.gain, found.perfect)


def test_no_trial_is_worth_more_than_perfect_information_and_a_free_one_never_costs():
    draws = np.random.default_rng(7).uniform(0, 1, (4, 500))
    found = waiting.outlook(100 * draws[0], 60, draws[1], hit=draws[2], false_pass=draws[3])
    assert (found.gain >= -1e-9).all() and (found.gain <= found.perfect + 1e-9).all()


def test_the_gain_is_nothing_at_both_ends_of_the_bounds_and_positive_between():
    low, high = waiting.bounds(800, 190, hit=0.6, false_pass=0.2, price=30)
    gains = waiting.outlook(800, 190, [low - 0.02, low, (low + high) / 2, high, high + 0.02], hit=0.6, false_pass=0.2, price=30).gain
    assert gains[0] < 0 and gains[4] < 0 and gains[2] > 0 and np.allclose(gains[[1, 3]], 0)


@pytest.mark.parametrize("terms", [{"hit": 0.5, "false_pass": 0.5, "price": 1}, {"hit": 0.9, "false_pass": 0.1, "price": 500}])
def test_a_trial_that_tells_nothing_or_costs_too_much_pays_at_no_chance(terms):
    assert np.isnan(waiting.bounds(800, 190, **terms)).all()


def test_a_step_that_is_not_worth_its_cost_needs_no_trial():
    assert np.isnan(waiting.bounds(100, 190, hit=0.9, false_pass=0.1)).all()


def test_a_trial_that_points_the_wrong_way_is_read_the_other_way_round():
    assert np.allclose(waiting.bounds(800, 190, hit=0.2, false_pass=0.6, price=5), waiting.bounds(800, 190, hit=0.8, false_pass=0.4, price=5))


def test_chances_outside_0_to_1_and_amounts_below_0_are_refused():
    with pytest.raises(ValueError, match="outside 0 to 1"):
        waiting.outlook(800, 190, 1.2, hit=0.6, false_pass=0.2)
    with pytest.raises(ValueError, match="below 0"):
        waiting.bounds(800, -1, hit=0.6, false_pass=0.2)
