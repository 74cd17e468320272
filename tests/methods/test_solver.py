import numpy as np
import pytest
from scipy.optimize import Bounds, LinearConstraint, OptimizeResult

from planning.methods import solver
from planning.methods.solver import best_and_least, most_branches


def test_of_equal_values_the_first_answer_is_the_thrifty_one():
    rows = [LinearConstraint([[1, 1]], -np.inf, 1)]
    assert next(best_and_least([5, 5], [9, 4], Bounds(0, 1), rows)).whole.tolist() == [0, 1]


def test_no_answer_is_told_as_such():
    rows = [LinearConstraint([[1, 1]], 3, 3)]
    with pytest.raises(ValueError, match="no set keeps to the conditions"):
        next(best_and_least([1, 1], [0, 0], Bounds(0, 1), rows))


def test_an_answer_not_found_in_time_is_told_as_such(monkeypatch):
    monkeypatch.setattr(solver, "milp", lambda *args, **options: OptimizeResult(x=None, status=1))
    with pytest.raises(TimeoutError, match="no set was found in 0.5 seconds"):
        next(best_and_least([1], [0], Bounds(0, 1), [], seconds=0.5))


def test_thrift_is_left_when_the_best_was_not_proven(monkeypatch):
    monkeypatch.setattr(solver, "milp", lambda *args, **options: OptimizeResult(x=np.ones(2), fun=-1000.0, mip_gap=0.02, status=1))
    answers = list(best_and_least([1, 1], [5, 0], Bounds(0, 1), []))
    assert [(answer.whole.tolist(), answer.gap) for answer in answers] == [([1, 1], 0.02)]


def hard(items=40):
    """A question of many ceilings that takes more than a few branches."""
    chance = np.random.default_rng(3)
    costs = chance.integers(5, 60, (8, items))
    return chance.integers(20, 60, items), [LinearConstraint(costs, -np.inf, costs.sum(axis=1) // 3)]


def test_a_search_stopped_after_its_branches_gives_the_same_answer_again_and_says_how_far_it_may_be_off():
    value, rows = hard()
    stopped, again = (list(best_and_least(value, np.zeros(40), Bounds(0, 1), rows, branches=1)) for _ in range(2))
    best = next(best_and_least(value, np.zeros(40), Bounds(0, 1), rows, branches=10**6))
    assert [(one.whole.tolist(), one.gap) for one in stopped] == [(one.whole.tolist(), one.gap) for one in again]
    assert best.gap < 1e-9 < stopped[0].gap
    assert value @ stopped[0].whole <= value @ best.whole <= value @ stopped[0].whole * (1 + stopped[0].gap) + 1e-6


def test_the_number_of_branches_not_the_clock_ends_a_search(monkeypatch):
    asked = []
    monkeypatch.setattr(solver, "milp", lambda *args, options, **more: asked.append(options) or OptimizeResult(x=np.ones(2), fun=-1000.0, mip_gap=0.0, status=0))
    list(best_and_least([1, 1], [5, 0], Bounds(0, 1), []))
    assert [(one["node_limit"], one["time_limit"] >= 60) for one in asked] == [(most_branches(2), True)] * 2


def test_nothing_found_before_the_last_branch_is_told_as_such(monkeypatch):
    monkeypatch.setattr(solver, "milp", lambda *args, **options: OptimizeResult(x=None, status=4))
    with pytest.raises(TimeoutError, match="no set was found in 7 branches"):
        next(best_and_least([1], [0], Bounds(0, 1), [], branches=7))
