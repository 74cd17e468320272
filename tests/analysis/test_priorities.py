"""Services under weights that move: places over draws, exact ranges of weights, a second method, and plans without an order."""

from __future__ import annotations

import pandas as pd
import pytest

from planning.analysis import priorities

NONE = pd.DataFrame(columns=["goal", "low", "high"])
STRENGTHS = {"S1": (1.0, 0.0), "S2": (0.0, 1.0), "S3": (0.6, 0.6), "S4": (0.0, 0.0)}


def matrix(weights: tuple[float, ...] = (0.55, 0.45), strengths: dict[str, tuple[float, ...]] = STRENGTHS) -> pd.DataFrame:
    names = {"S1": "Storytime", "S2": "Job desk", "S3": "Open shelves", "S4": "Copier"}
    rows = [(service, names[service], f"G{place}", ("Read", "Work")[place - 1], weight, strength)
            for service, own in strengths.items() for place, (weight, strength) in enumerate(zip(weights, own), start=1)]
    return pd.DataFrame(rows, columns=["service", "service_name", "goal", "goal_name", "weight", "strength"])


def bounds(low: float, high: float) -> pd.DataFrame:
    return pd.DataFrame({"goal": ["G1", "G2"], "low": [low, 1 - high], "high": [high, 1 - low]})


def test_without_votes_any_weights_are_drawn_and_acceptability_is_a_length_on_the_unit_interval():
    found = priorities.places(matrix(), NONE, draws=20_000, seed=1)
    shares = found.pivot(index="service", columns="place", values="share")

    assert set(found["weights"]) == {"any"} and set(found["draws"]) == {20_000}
    assert shares.loc["S1"].round(2).tolist() == pytest.approx([0.4, 0.1, 0.5, 0.0], abs=0.02)
    assert shares.loc["S3"].round(2).tolist() == pytest.approx([0.2, 0.8, 0.0, 0.0], abs=0.02)
    assert shares.loc["S4"].tolist() == [0, 0, 0, 1]


def test_with_votes_only_weights_between_the_lowest_and_the_highest_vote_are_drawn():
    found = priorities.places(matrix(), bounds(0.5, 0.7), draws=20_000, seed=1)  # S1 is above 0.6 from weight 0.6 on, half of the range
    first = found[found["place"] == 1].set_index("service")["share"]

    assert set(found["weights"]) == {"accepted"}
    assert first["S1"] == pytest.approx(0.5, abs=0.02) and first["S3"] == pytest.approx(0.5, abs=0.02)
    assert first["S2"] == 0


def test_a_goal_without_bounds_may_have_any_weight_and_bounds_of_unknown_goals_play_no_part():
    one = pd.DataFrame({"goal": ["G1", "G9"], "low": [0.5, 0.9], "high": [0.7, 0.9]})

    assert priorities.places(matrix(), one, seed=1).equals(priorities.places(matrix(), bounds(0.5, 0.7), seed=1))


def test_votes_that_leave_no_weights_are_named_and_any_weights_drawn():
    impossible = pd.DataFrame({"goal": ["G1", "G2"], "low": [0.7, 0.6], "high": [0.8, 0.8]})
    blank = pd.DataFrame({"goal": ["G1", "G2"], "low": [None, None], "high": [None, None]})

    assert set(priorities.places(matrix(), impossible, seed=1)["weights"]) == {"none fit"}
    assert set(priorities.places(matrix(), blank, seed=1)["weights"]) == {"any"}


def test_value_stands_on_the_fixed_scale_and_does_not_move_when_a_service_goes():
    whole, less = priorities.robust(matrix(), NONE, seed=1), priorities.robust(matrix(strengths={one: STRENGTHS[one] for one in ("S1", "S2", "S3")}), NONE, seed=1)

    assert whole[["service_name", "value", "place"]].values.tolist() == [["Open shelves", 0.6, 1], ["Storytime", 0.55, 2], ["Job desk", 0.45, 3], ["Copier", 0.0, 4]]
    assert less["value"].tolist() == whole["value"].tolist()[:3]


def test_a_service_is_among_the_first_in_the_share_of_draws_that_its_places_add_up_to():
    found = priorities.robust(matrix(), NONE, first=2, draws=20_000, seed=1).set_index("service")

    assert found["among"].to_dict() == pytest.approx({"S3": 1.0, "S1": 0.5, "S2": 0.5, "S4": 0.0}, abs=0.02)
    assert found["ahead"].iloc[:2].tolist() == pytest.approx([0.6, 0.5], abs=0.02)
    assert pd.isna(found["ahead"].iloc[-1])


def test_the_second_method_rewards_standing_out_on_one_goal():
    found = priorities.robust(matrix(), NONE, seed=1).set_index("service")

    assert found["other_place"].to_dict() == {"S1": 2, "S2": 3, "S3": 1, "S4": 4}
    alone = matrix((0.6, 0.4), {"S1": (0.7, 0.0), "S2": (0.7, 0.0), "S3": (0.0, 0.5), "S4": (0.65, 0.0)})  # only S3 serves Work
    assert priorities.robust(alone, NONE, seed=1).set_index("service").loc["S3", ["place", "other_place"]].tolist() == [4, 1]


def test_level_services_share_a_place():
    found = priorities.robust(matrix(strengths={"S1": (0.3, 0.3), "S2": (0.3, 0.3), "S3": (0.1, 0.2)}), NONE, first=1, seed=1)

    assert found["place"].tolist() == [1, 1, 3] and found["among"].tolist() == [0.5, 0.5, 0.0]


def test_the_range_of_each_weight_worked_by_hand_with_who_comes_and_who_goes():
    found = priorities.stable(matrix(), first=1).set_index("goal_name")

    assert found.loc["Read", ["low", "high"]].tolist() == pytest.approx([0.4, 0.6])
    assert found.loc["Read", ["in_below", "out_below", "in_above", "out_above"]].tolist() == ["Job desk", "Open shelves", "Storytime", "Open shelves"]
    assert found["change"].tolist() == pytest.approx([0.05, -0.05])
    assert found["nearest"].tolist() == [True, False]


def test_where_no_weight_changes_the_first_there_is_no_change_to_name():
    found = priorities.stable(matrix(strengths={"S1": (0.9, 0.8), "S2": (0.1, 0.2)}), first=1)

    assert found[["low", "high"]].values.tolist() == [[0, 1], [0, 1]]
    assert found[["in_below", "in_above", "change"]].isna().all().all() and not found["nearest"].any()


def test_who_would_put_a_service_first_is_told_by_the_goal_that_stands_out():
    found = priorities.favoured(matrix(), NONE, draws=20_000, seed=1).set_index("service_name")

    assert found.loc["Storytime", ["goal_name"]].tolist() == ["Read"] and found.loc["Job desk", "goal_name"] == "Work"
    assert found.loc["Storytime", ["share", "weight", "usual"]].tolist() == pytest.approx([0.4, 0.8, 0.5], abs=0.02)
    assert "Copier" not in found.index


def test_the_goal_that_stands_out_is_the_one_above_its_usual_weight_and_not_the_heaviest():
    # Read always weighs more, but Open shelves are first where it weighs least: below 0.7 of 0.6 to 0.9.
    found = priorities.favoured(matrix(strengths={"S1": (1.0, 0.0), "S3": (0.7, 0.7)}), bounds(0.6, 0.9), draws=20_000, seed=1).set_index("service_name")

    assert found["goal_name"].to_dict() == {"Storytime": "Read", "Open shelves": "Work"}
    assert found.loc["Open shelves", ["share", "weight", "usual"]].tolist() == pytest.approx([1 / 3, 0.35, 0.25], abs=0.02)


def test_a_goal_of_weight_0_has_no_part_in_the_plans_order_and_does_no_harm():
    found = priorities.robust(matrix((1.0, 0.0)), NONE, seed=1)

    assert found["value"].tolist() == [1.0, 0.6, 0.0, 0.0] and found.drop(columns="ahead").notna().all().all()
    assert priorities.stable(matrix((1.0, 0.0)), first=1).set_index("goal")["high"].to_dict() == pytest.approx({"G1": 1.0, "G2": 0.4})


@pytest.mark.parametrize(("pairs", "word"), [
    (matrix().head(0), "nothing"), (matrix(strengths={"S1": (1.0, 0.0)}), "one service"), (matrix((1.0,), {"S1": (1.0,), "S2": (0.3,)}), "one goal"),
    (matrix((0.0, 0.0)), "no weight"), (matrix(strengths={"S1": (0.7, 0.3), "S2": (0.7, 0.3)}), "all alike"),
    (matrix((1.0, 0.0), {"S1": (0.7, 0.0), "S2": (0.7, 1.0)}), "all alike"), (matrix((None, None)), "no weight")])
def test_plans_without_an_order_to_test_say_why_and_give_empty_results_with_their_columns(pairs, word):
    assert priorities.obstacle(pairs) == word
    for made, whole in ((priorities.places(pairs, NONE, seed=1), priorities.places(matrix(), NONE, seed=1)), (priorities.robust(pairs, NONE, seed=1), priorities.robust(matrix(), NONE, seed=1)),
                        (priorities.stable(pairs), priorities.stable(matrix())), (priorities.favoured(pairs, NONE, seed=1), priorities.favoured(matrix(), NONE, seed=1))):
        assert made.empty and list(made) == list(whole)


def test_the_shares_of_draws_add_up_to_the_number_of_services():
    checked = priorities.reconciled(priorities.places(matrix(), NONE, draws=500, seed=1))

    assert checked[["expected", "found"]].values.tolist()[0] == pytest.approx([4, 4])
    assert priorities.reconciled(priorities.places(matrix().head(0), NONE, seed=1)).empty
