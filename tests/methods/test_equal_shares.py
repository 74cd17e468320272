"""What ballots choose by most points and by equal shares."""

from __future__ import annotations

import numpy as np
import pytest

from planning.methods import equal_shares

COSTS = np.array([700, 400, 250, 200, 100])
PARK, PLAYGROUND, KIDS = [1, 3, 4, 6, 9], [6, 7, 8, 9], [6, 8, 9]


def approved(*backers: list[int]) -> np.ndarray:
    """Eleven approval ballots on bike path, outdoor gym, new park, playground and children's library, counted by cost."""
    ballots = np.zeros((11, 5))
    for item, who in enumerate(backers):
        ballots[who, item] = COSTS[item]
    return ballots


def test_the_first_worked_example_of_equalshares_net_takes_bike_path_playground_and_kids() -> None:
    ballots = approved([0, 1, 2, 3, 4, 5, 10], [0, 1, 2, 3, 4, 5], PARK, PLAYGROUND, KIDS)

    found = equal_shares.equal_shares(ballots, COSTS, 1100, completion=False)

    assert found.order == [0, 3, 4]
    assert (100 - found.payments.sum(axis=1)).round(1).tolist() == [0, 0, 0, 0, 0, 0, 16.7, 50, 16.7, 16.7, 0]
    assert equal_shares.most_points((ballots > 0).astype(float), COSTS, 1100) == [0, 1]


def test_the_second_worked_example_of_equalshares_net_takes_gym_park_and_playground() -> None:
    ballots = approved([0, 1, 2, 3, 4, 5], [0, 1, 2, 3, 4, 5, 10], PARK, PLAYGROUND, KIDS)

    found = equal_shares.equal_shares(ballots, COSTS, 1100, completion=False)

    assert found.order == [1, 2, 3]
    assert (100 - found.payments.sum(axis=1)).round(0).tolist() == [43, 0, 43, 0, 0, 43, 0, 39, 39, 0, 43]


def test_supporters_pay_in_proportion_to_their_points_and_never_more_than_they_have() -> None:
    found = equal_shares.equal_shares([[3.0], [1.0], [0.0]], [24.0], 60, completion=False)

    assert found.payments[:, 0].tolist() == pytest.approx([18, 6, 0])
    assert equal_shares.equal_shares([[3.0], [1.0], [0.0]], [36.0], 60, completion=False).payments[:, 0].tolist() == pytest.approx([20, 16, 0])


def test_a_part_of_the_voters_gets_its_part_of_the_money() -> None:
    large, small = [[1, 1, 1, 0, 0]] * 6, [[0, 0, 0, 1, 1]] * 4
    costs = [30, 30, 40, 20, 20]

    assert equal_shares.most_points(large + small, costs, 100) == [0, 1, 2]
    assert sorted(equal_shares.equal_shares(np.array(large + small) * costs, costs, 100).order) == [0, 1, 3, 4]


def test_what_is_left_after_equal_shares_goes_by_most_points_and_never_above_the_money() -> None:
    found = equal_shares.equal_shares([[1, 0, 1], [1, 0, 0], [0, 1, 0]], [60, 30, 9], 100)

    assert found.order == [0, 1, 2] or sum([60, 30, 9][item] for item in found.order) <= 100
    assert set(found.how) <= {"shares", "raised", "filled"} and found.how[0] == "shares"


def test_what_is_left_goes_to_the_item_with_more_points_and_not_to_the_dearer_one() -> None:
    # After the first item 70 are left: the third has 60 points and costs 70, the fourth has 70 points and costs 50.
    points, costs = np.array([[40, 40, 20, 0], [30, 10, 20, 40], [50, 30, 20, 0], [50, 20, 0, 30]]), [30, 90, 70, 50]

    found = equal_shares.equal_shares(points * costs, costs, 100)

    assert (found.order, found.how) == ([0, 3], ["shares", "filled"])


def test_nobody_voting_and_no_money_choose_nothing() -> None:
    assert equal_shares.equal_shares(np.zeros((0, 2)), [10, 20], 100).order == []
    assert equal_shares.equal_shares([[1, 1]], [10, 20], 0).order == []


@pytest.mark.parametrize(("ballots", "costs", "money"), [([[1, -1]], [1, 1], 5), ([[1, 1]], [1, 0], 5), ([[1, 1]], [1, 1], -5)])
def test_negative_points_costs_and_money_are_refused(ballots: list[list[float]], costs: list[float], money: float) -> None:
    with pytest.raises(ValueError, match="found"):
        equal_shares.equal_shares(ballots, costs, money)
