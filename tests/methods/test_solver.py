import numpy as np
import pytest
from scipy.optimize import Bounds, LinearConstraint, OptimizeResult

from planning.methods import solver
from planning.methods.solver import best_and_least


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
