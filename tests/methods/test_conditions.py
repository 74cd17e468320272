import numpy as np
import pandas as pd
import pytest

from planning.methods.conditions import Infeasible, asked, circles, conditions


def test_must_dos_bring_everything_they_need_with_them():
    found = conditions([1, 1, 1, 1], [[1]] * 4, [9], must=[0], needs=[(0, 1), (1, 3)])
    assert found.must.tolist() == [True, True, False, True]


def test_must_dos_may_be_given_as_true_and_false():
    for must in (np.array([False, True]), pd.Series([False, True], dtype="boolean")):
        assert conditions([1, 1], [[1], [1]], [9], must=must).must.tolist() == [False, True]


def test_the_broken_ceilings_are_named_with_their_excess():
    with pytest.raises(Infeasible, match="they break ceiling 0 by 20.*they break ceiling 1 by 0.5") as found:
        conditions([1, 1, 1], [[70, 1], [50, 1.5], [9, 9]], [100, 2], must=[0], needs=[(0, 1)])
    assert [(one.kind, one.ceiling, one.excess, one.items) for one in found.value.conflicts] == [("ceiling", 0, 20.0, (0, 1)), ("ceiling", 1, 0.5, (0, 1))]


def test_a_circle_of_needs_is_named():
    with pytest.raises(Infeasible, match="circle, ") as found:
        conditions([1] * 4, [[1]] * 4, [9], needs=[(0, 1), (1, 2), (2, 0), (3, 0)])
    assert [(one.kind, one.items) for one in found.value.conflicts] == [("circle", (0, 1, 2))]


def test_must_dos_that_exclude_each_other_through_a_need_are_named():
    with pytest.raises(Infeasible, match="items 1 and 2 exclude each other") as found:
        conditions([1] * 3, [[1]] * 3, [9], must=[0, 2], needs=[(0, 1)], excludes=[(1, 2)])
    assert found.value.conflicts[0].items == (1, 2)


def test_all_conflicts_are_told_at_once():
    found = asked([1] * 6, [[5, 0]] * 5 + [[0, 1]], [12, 9], must=[0, 1, 2], needs=[(3, 4), (4, 3)], excludes=[(0, 1), (1, 2), (3, 5)]).conflicts()
    assert [(one.kind, one.items) for one in found] == [("circle", (3, 4)), ("apart", (0, 1)), ("apart", (1, 2)), ("ceiling", (0, 1, 2))]
    assert (found[-1].ceiling, found[-1].excess) == (0, 3.0)


def test_two_circles_are_both_found_and_a_chain_is_none():
    assert circles([(0, 1), (1, 2), (3, 4), (4, 3), (5, 5)]) == [(3, 4), (5,)]
    assert circles([(0, 1), (1, 0), (1, 2), (2, 1)]) == [(0, 1), (1, 2)]


def test_cents_that_add_up_to_the_ceiling_break_nothing():
    assert conditions([1, 1], [[0.1], [0.2]], [0.3], must=[0, 1]).must.all()


@pytest.mark.parametrize(
    "value, costs, ceilings, words",
    [
        ([1, 2], [[1]], [9], "Match the three"),
        ([1], [[np.nan]], [9], "An unknown cost is not 0"),
        ([np.nan], [[1]], [9], "a number is missing"),
        ([1], [[-5]], [9], "found -5"),
    ],
)
def test_numbers_that_cannot_be_used_are_refused(value, costs, ceilings, words):
    with pytest.raises(ValueError, match=words):
        conditions(value, costs, ceilings)


def test_a_position_that_does_not_exist_is_refused():
    with pytest.raises(ValueError, match="found position 5. Positions run from 0 to 1"):
        conditions([1, 1], [[1], [1]], [9], needs=[(0, 5)])


def test_an_exclusion_of_an_item_that_is_not_there_is_refused():
    with pytest.raises(ValueError, match="found position 2"):
        conditions([1, 1], [[1], [1]], [9], excludes=[(0, 2)])
