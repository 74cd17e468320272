"""Weights found at the table add up to 1 as written, and what cannot be weighed is left open."""

from __future__ import annotations

import pandas as pd
import pytest

from planning.analysis import weights

GOALS = pd.DataFrame({"goal": ["G1", "G2", "G3"], "name": ["Read", "Work", "Home"], "weight": [0.5, 0.3, 0.2]})
NONE = GOALS.head(0)


def test_thirds_are_written_so_that_they_make_one():
    found = weights.proposed(GOALS, {"G1": 5, "G2": 5, "G3": 5})

    assert found["weight"].tolist() == [0.34, 0.33, 0.33] and round(found["change"].sum(), 9) == 0


@pytest.mark.parametrize("shares", [{}, {"G1": 1, "G2": 1}, {"G1": 0, "G2": 0, "G3": 0}, {"G1": 2, "G2": -1, "G3": 0}])
def test_shares_that_leave_a_goal_out_or_say_nothing_give_no_weights(shares):
    assert weights.proposed(GOALS, shares).empty


def test_weights_that_are_not_hundredths_become_points_that_make_a_hundred():
    assert weights.points(GOALS.assign(weight=[1 / 3, 1 / 3, 1 / 3]))["points"].tolist() == [34, 33, 33]


def test_goals_without_any_weight_start_at_no_points_and_equal_swings():
    bare = GOALS.assign(weight=0.0)

    assert weights.points(bare)["points"].tolist() == [0, 0, 0] and weights.swings(bare)["swing"].tolist() == [100, 100, 100]


def test_swings_without_a_hundred_say_nothing():
    assert weights.by_swings({"G1": 99, "G2": 10}) == {} and weights.by_swings({"G1": 100, "G2": -1}) == {} and weights.by_swings({}) == {}


def test_ranks_of_four_give_the_published_rank_order_centroid_weights_of_barron_1992():
    assert [round(one, 4) for one in weights.by_order(["a", "b", "c", "d"]).values()] == [0.5208, 0.2708, 0.1458, 0.0625]


def test_a_pair_that_is_missing_leaves_the_weights_open():
    judged = {("G1", "G2"): 3.0, ("G1", "G3"): 3.0}
    row = weights.strain(GOALS, judged).iloc[0]

    assert weights.by_pairs(GOALS, judged) == {}
    assert (row["pairs"], row["missing"], row["over"]) == (3, 1, False) and pd.isna(row["ratio"])


def test_consistent_pairs_name_no_pair_to_square():
    row = weights.strain(GOALS, {("G1", "G2"): 3.0, ("G2", "G3"): 3.0, ("G1", "G3"): 9.0}).iloc[0]

    assert round(row["ratio"], 6) == 0 and not row["over"] and row["goal_name"] is None


def test_a_circle_of_preferences_is_beyond_the_limit():
    row = weights.strain(GOALS, {("G1", "G2"): 5.0, ("G2", "G3"): 5.0, ("G1", "G3"): 1 / 5}).iloc[0]

    assert row["over"] and row["judged"] > row["implied"]


def test_one_extreme_vote_does_not_draw_the_points_of_the_votes():
    shares = [0.5, 0.5, 0.5, 0.5, 1.0]
    views = pd.DataFrame([["leadership", f"V{n}", goal, share if goal == "G1" else (1 - share) / 2, True] for n, share in enumerate(shares) for goal in GOALS["goal"]],
                         columns=["group", "voter", "goal", "share", "decides"])

    assert weights.voted(views, GOALS)["points"].tolist() == [50, 25, 25]
    assert weights.voted(views[views["goal"] != "G3"], GOALS).empty and weights.voted(views.head(0), GOALS).empty


def test_empty_tables_give_empty_results_with_their_columns():
    given = pd.DataFrame(columns=["service", "service_name", "value"])

    assert weights.strain(NONE, {}).empty and weights.points(NONE).empty and weights.swings(NONE).empty and weights.proposed(NONE, {}).empty
    assert list(weights.given(given, given)) == ["service", "service_name", "before", "after", "change", "place_before", "place"]
