"""Votes on goals as shares, what is counted, where people differ, and what voting rules make of it."""

from __future__ import annotations

import pandas as pd
import pytest

from planning.analysis import weighing

GOALS = pd.DataFrame({"goal": ["G1", "G2", "G3"], "name": ["Read", "Work", "Belong"], "weight": [0.5, 0.3, 0.2]})
NO_PAIRS = pd.DataFrame({"voter": [], "group": [], "date": pd.to_datetime([]), "goal": [], "other": [], "ratio": []})
NO_VOTES = pd.DataFrame({"voter": [], "group": [], "method": [], "date": pd.to_datetime([]), "goal": [], "value": []})


def votes(*rows: tuple[str, list[float | None]], group: str = "leadership", method: str = "points", date: str = "2026-05-01", goals: str = "G1 G2 G3") -> pd.DataFrame:
    cells = [[voter, group, method, pd.Timestamp(date), goal, value] for voter, values in rows for goal, value in zip(goals.split(), values) if value is not None]
    return pd.DataFrame(cells, columns=["voter", "group", "method", "date", "goal", "value"])


def pairs(voter: str, *ratios: tuple[str, str, float], group: str = "leadership", date: str = "2026-05-01") -> pd.DataFrame:
    return pd.DataFrame([[voter, group, pd.Timestamp(date), *row] for row in ratios], columns=["voter", "group", "date", "goal", "other", "ratio"])


def parts(found: pd.DataFrame) -> list[float]:
    return found["share"].round(4).tolist()


def test_points_swings_and_ranks_become_shares_of_one() -> None:
    assert parts(weighing.ballots(votes(("V1", [6, 3, 1])), NO_PAIRS, GOALS)) == [0.6, 0.3, 0.1]
    assert parts(weighing.ballots(votes(("V1", [100, 60, 40]), method="swing"), NO_PAIRS, GOALS)) == [0.5, 0.3, 0.2]
    assert parts(weighing.ballots(votes(("V1", [1, 3, 2]), method="ranks"), NO_PAIRS, GOALS)) == [0.6111, 0.1111, 0.2778]


def test_only_the_latest_round_of_a_voter_and_method_counts() -> None:
    both = pd.concat([votes(("V1", [1, 1, 2]), date="2026-06-01"), votes(("V1", [8, 1, 1]), date="2026-05-01"), votes(("V2", [2, 1, 1]))])

    assert parts(weighing.ballots(both, NO_PAIRS, GOALS)) == [0.25, 0.25, 0.5, 0.5, 0.25, 0.25]


def test_votes_on_goals_no_longer_in_force_are_dropped_and_the_rest_adds_up_to_one() -> None:
    old = votes(("V1", [50, 30, 15, 5]), goals="G0 G1 G2 G3")
    swings = votes(("V2", [100, 50, 30, 20]), goals="G0 G1 G2 G3", method="swing")

    assert parts(weighing.ballots(pd.concat([old, swings]), NO_PAIRS, GOALS)) == [0.6, 0.3, 0.1, 0.5, 0.3, 0.2]
    assert weighing.uncounted(weighing.ballots(votes(("V1", [50, 30]), goals="G8 G9"), NO_PAIRS, GOALS)).values.tolist() == [["no goal in force", "points", 1]]


@pytest.mark.parametrize(("method", "values", "reason"), [
    ("points", [5, 5, None], "a goal left out"), ("ranks", [1, None, 2], "a goal left out"), ("swing", [90, 50, 10], "no swing of 100"), ("points", [0, 0, 0], "nothing above 0")])
def test_a_ballot_that_cannot_be_read_is_not_counted_and_says_why(method: str, values: list[float | None], reason: str) -> None:
    found = weighing.ballots(votes(("V1", values), method=method), NO_PAIRS, GOALS)

    assert set(found["reason"]) == {reason}
    assert not found["counted"].any() and found["share"].isna().all()
    assert weighing.uncounted(found).values.tolist() == [[reason, method, 1]]


def test_pairs_become_eigenvector_shares_from_the_latest_judgement_of_each_pair() -> None:
    first = pairs("V1", ("G1", "G2", 9), ("G2", "G3", 2), ("G3", "G1", 0.25))
    later = pairs("V1", ("G2", "G1", 0.5), date="2026-06-01")

    assert parts(weighing.ballots(NO_VOTES, pd.concat([first, later]), GOALS)) == [0.5714, 0.2857, 0.1429]


def test_incomplete_pairs_are_not_counted_and_the_missing_one_is_named() -> None:
    some = pairs("V1", ("G1", "G2", 2), ("G3", "G1", 0.5), ("G1", "G1", 3))

    assert set(weighing.ballots(NO_VOTES, some, GOALS)["reason"]) == {"pairs missing"}
    assert weighing.pairs_missing(some, GOALS).values.tolist() == [["Work", "Belong", 1]]


def test_a_voter_with_two_methods_counts_once_with_the_mean() -> None:
    both = pd.concat([votes(("V1", [6, 3, 1])), votes(("V1", [100, 50, 50]), method="swing")])

    assert parts(weighing.views(weighing.ballots(both, NO_PAIRS, GOALS), small_group=1)) == [0.55, 0.275, 0.175]


def test_a_group_below_the_smallest_plays_no_part_and_the_largest_other_group_decides() -> None:
    mixed = pd.concat([votes(("V1", [1, 1, 8])), votes(("S1", [6, 3, 1]), ("S2", [6, 3, 1]), group="staff")])
    found = weighing.views(weighing.ballots(mixed, NO_PAIRS, GOALS), small_group=2)

    assert set(found["group"]) == {"staff"} and found["decides"].all()
    assert weighing.accepted(mixed, NO_PAIRS, GOALS, small_group=2)[["low", "high", "voters"]].values.tolist() == [[0.6, 0.6, 2], [0.3, 0.3, 2], [0.1, 0.1, 2]]


def test_accepted_weights_run_from_the_lowest_to_the_highest_of_leadership_alone() -> None:
    mixed = pd.concat([votes(("V1", [6, 3, 1]), ("V2", [2, 3, 5])), votes(("S1", [0, 0, 1]), ("S2", [0, 0, 1]), group="staff")])

    assert weighing.accepted(mixed, NO_PAIRS, GOALS, small_group=2).values.tolist() == [
        ["G1", "Read", 0.2, 0.6, 2], ["G2", "Work", 0.3, 0.3, 2], ["G3", "Belong", 0.1, 0.5, 2]]
    assert weighing.accepted(mixed, NO_PAIRS, GOALS, small_group=3).empty
    assert list(weighing.accepted(NO_VOTES, NO_PAIRS, GOALS, small_group=1).columns) == ["goal", "goal_name", "low", "high", "voters"]


def test_each_groups_weights_stand_beside_the_plans_and_small_cells_are_hidden() -> None:
    given = pd.concat([votes(("V1", [6, 3, 1]), ("V2", [4, 3, 3])), votes(("S1", [1, 1, 2]), group="staff")])
    found = weighing.by_method(weighing.ballots(given, NO_PAIRS, GOALS), NO_PAIRS, GOALS, small_group=2)

    assert found.loc[0, ["group", "method", "goal_name", "plan", "share", "low", "high", "hidden"]].tolist() == ["leadership", "points", "Read", 0.5, 0.5, 0.4, 0.6, False]
    assert found["difference"].head(3).round(6).tolist() == [0, 0, 0]
    assert found.loc[found["group"] == "staff", "hidden"].all()
    assert found.loc[found["group"] == "staff", ["voters", "share", "low", "high", "difference"]].isna().all(axis=None)


def test_two_who_alone_ranked_do_not_follow_from_the_groups_mean_and_those_who_gave_points() -> None:
    points = votes(*[(f"V{one}", [6, 3, 1]) for one in range(4)])
    ranked = votes(("V8", [1, 2, 3]), ("V9", [3, 2, 1]), method="ranks")
    also = votes(("V0", [1, 2, 3]), ("V1", [3, 2, 1]), method="ranks")

    shown = [weighing.by_method(weighing.ballots(pd.concat([points, more]), NO_PAIRS, GOALS), NO_PAIRS, GOALS, small_group=3) for more in (ranked, also)]
    assert [found.groupby("method")["hidden"].all().to_dict() for found in shown] == [{"points": True, "ranks": True}, {"points": False, "ranks": True}]


def test_a_groups_pairs_are_joined_by_their_geometric_mean() -> None:
    nine, one = pairs("V1", ("G1", "G2", 9), ("G1", "G3", 9), ("G2", "G3", 1)), pairs("V2", ("G1", "G2", 1), ("G1", "G3", 1), ("G2", "G3", 1))
    both = pd.concat([nine, one])

    # The joint judgement of the first goal is 3 against each other: 3 : 1 : 1. The mean of the two voters' shares would be 0.58.
    assert parts(weighing.by_method(weighing.ballots(NO_VOTES, both, GOALS), both, GOALS, small_group=2)) == [0.6, 0.2, 0.2]


def test_the_goal_with_the_widest_spread_comes_first_with_its_camps_and_minority() -> None:
    given = votes(("V1", [50, 10, 40]), ("V2", [50, 12, 38]), ("V3", [50, 40, 10]), ("V4", [50, 38, 12]), ("V5", [50, 39, 11]))
    found = weighing.to_discuss(weighing.views(weighing.ballots(given, NO_PAIRS, GOALS), small_group=1), GOALS)

    assert found["goal_name"].tolist() == ["Work", "Belong", "Read"]
    assert found.loc[0, ["low", "high", "minority", "camps", "outside"]].tolist() == [0.1, 0.4, 2, True, False]
    assert found.loc[0, ["minority_share", "majority_share", "nearest"]].astype(float).round(3).tolist() == [0.11, 0.39, 0.08]
    assert found.loc[2, ["spread", "minority", "camps"]].tolist() == [0, 0, False]


def test_one_voter_apart_is_a_minority_and_no_camp() -> None:
    given = votes(("V1", [5, 3, 2]), ("V2", [5, 3, 2]), ("V3", [5, 3, 2]), ("V4", [1, 3, 6]))
    first = weighing.to_discuss(weighing.views(weighing.ballots(given, NO_PAIRS, GOALS), small_group=1), GOALS).iloc[0]

    assert (first["minority"], first["camps"]) == (1, False)


def test_a_plan_weight_that_nobody_gives_lies_outside() -> None:
    given = votes(("V1", [70, 20, 10]), ("V2", [68, 21, 11]))
    found = weighing.to_discuss(weighing.views(weighing.ballots(given, NO_PAIRS, GOALS), small_group=1), GOALS).set_index("goal_name")

    assert found["outside"].to_dict() == {"Read": True, "Work": True, "Belong": True}


def test_a_plan_weight_less_than_a_percentage_point_outside_all_votes_is_not_called_outside() -> None:
    given = votes(("V1", [505, 280, 215]), ("V2", [515, 294, 191]))
    found = weighing.to_discuss(weighing.views(weighing.ballots(given, NO_PAIRS, GOALS), small_group=1), GOALS).set_index("goal_name")

    assert found["outside"].to_dict() == {"Read": False, "Work": False, "Belong": False}
    assert found.loc["Read", "nearest"] == pytest.approx(0.005)


def test_agreement_is_one_for_one_order_zero_for_opposite_ones_and_missing_for_level_votes() -> None:
    def agreed(*rows: tuple[str, list[float]]) -> float:
        return weighing.agreement(weighing.views(weighing.ballots(votes(*rows), NO_PAIRS, GOALS), small_group=1))["agreement"].iloc[0]

    assert agreed(("V1", [6, 3, 1]), ("V2", [50, 30, 20])) == 1
    assert agreed(("V1", [6, 3, 1]), ("V2", [1, 3, 6])) == 0
    assert pd.isna(agreed(("V1", [1, 1, 1]), ("V2", [2, 2, 2])))
    assert pd.isna(agreed(("V1", [6, 3, 1])))


def test_rounds_compare_the_same_people_at_their_first_and_last_ballot() -> None:
    first = votes(("V1", [8, 1, 1]), ("V2", [1, 1, 8]), ("V3", [1, 8, 1]), date="2026-04-01")
    last = votes(("V1", [5, 3, 2]), ("V2", [4, 3, 3]), date="2026-05-01")
    found = weighing.rounds(pd.concat([last, first]), GOALS, small_group=2).iloc[0]

    assert (found["voters"], found["first_date"], found["last_date"]) == (2, pd.Timestamp("2026-04-01"), pd.Timestamp("2026-05-01"))
    # Standard deviations of (0.8, 0.1), (0.1, 0.1), (0.1, 0.8) and of (0.5, 0.4), (0.3, 0.3), (0.2, 0.3).
    assert (round(found["first_spread"], 4), round(found["last_spread"], 4)) == (0.33, 0.0471)
    assert weighing.rounds(pd.concat([last, first]), GOALS, small_group=3).empty


def test_voters_who_contradict_themselves_are_counted_and_their_hardest_pair_is_named() -> None:
    four = pd.concat([GOALS, pd.DataFrame({"goal": ["G4"], "name": ["Open"], "weight": [0.0]})])
    sound = [("G1", "G2", 2), ("G2", "G3", 2), ("G3", "G4", 2), ("G1", "G3", 4), ("G2", "G4", 4), ("G1", "G4", 8)]
    given = pd.concat([pairs("V1", *sound), pairs("V2", *sound), pairs("V3", *sound[:4], ("G4", "G2", 5), sound[5])])
    found = weighing.consistency(given, four, small_group=3).iloc[0]

    assert (found["voters"], found["incomplete"], found["over"], found["named"]) == (3, 0, 1, 1)
    assert (found["goal_name"], found["other_name"]) == ("Work", "Open")
    assert (found["lowest"], found["highest"]) == (0.2, 4)
    assert weighing.consistency(given, four, small_group=4)["hidden"].tolist() == [True]


def test_a_group_is_hidden_when_enough_compared_some_pairs_but_too_few_compared_all() -> None:
    whole = [("G1", "G2", 2), ("G2", "G3", 2), ("G1", "G3", 4)]
    given = pd.concat([pairs("V1", *whole), pairs("V2", *whole), pairs("V3", *whole[:2])])

    assert weighing.consistency(given, GOALS, small_group=3)["hidden"].tolist() == [True]
    assert weighing.consistency(given, GOALS, small_group=2)[["voters", "incomplete", "hidden"]].values.tolist() == [[2, 1, False]]


def test_of_pairs_that_are_hardest_for_as_many_voters_the_most_strained_is_named() -> None:
    four = pd.concat([GOALS, pd.DataFrame({"goal": ["G4"], "name": ["Open"], "weight": [0.0]})])
    sound = {("G1", "G2"): 2, ("G2", "G3"): 2, ("G3", "G4"): 2, ("G1", "G3"): 4, ("G2", "G4"): 4, ("G1", "G4"): 8}
    mild, sharp = ([(*pair, ratio) for pair, ratio in (sound | turned).items()] for turned in ({("G2", "G4"): 0.25}, {("G1", "G3"): 1 / 9}))
    found = weighing.consistency(pd.concat([pairs("V1", *mild), pairs("V2", *sharp)]), four, small_group=2).iloc[0]

    assert found[["over", "goal_name", "other_name", "named"]].tolist() == [2, "Read", "Belong", 1]


def test_rules_can_put_different_goals_first_and_the_table_tells() -> None:
    given = votes(("V1", [51, 49, 0]), ("V2", [51, 49, 0]), ("V3", [51, 49, 0]), ("V4", [0, 60, 40]), ("V5", [0, 60, 40]))
    found = weighing.orders(weighing.views(weighing.ballots(given, NO_PAIRS, GOALS), small_group=1), GOALS).set_index("goal_name")

    assert found.loc["Read", ["first_place", "copeland_place", "share_place", "borda_place"]].tolist() == [1, 1, 2, 2]
    assert found.loc["Read", ["plan_place", "beats_all", "disputed"]].tolist() == [1, True, 1]
    assert found.loc["Work", ["share", "borda", "copeland", "first", "approval"]].astype(float).round(3).tolist() == [0.534, 7, 1, 2, 5]
    assert found.loc["Belong", "disputed"] == 0


def test_the_shares_of_all_counted_ballots_add_up_to_their_number() -> None:
    cast = weighing.ballots(votes(("V1", [6, 3, 1]), ("V2", [2, 3, 5]), ("V3", [2, None, 5])), NO_PAIRS, GOALS)

    assert weighing.reconciled(cast)[["expected", "found"]].values.tolist() == [[2, pytest.approx(2)]]
    assert weighing.reconciled(cast.head(0)).empty


def test_nothing_breaks_without_votes_or_without_goals() -> None:
    for given, goals in ((NO_VOTES, GOALS), (votes(("V1", [6, 3, 1])), GOALS.head(0))):
        cast = weighing.ballots(given, NO_PAIRS, goals)
        own = weighing.views(cast, small_group=5)
        frames = [cast, own, weighing.by_method(cast, NO_PAIRS, goals, small_group=5), weighing.uncounted(cast), weighing.to_discuss(own, goals), weighing.agreement(own),
                  weighing.rounds(given, goals, small_group=5), weighing.consistency(NO_PAIRS, goals, small_group=5), weighing.pairs_missing(NO_PAIRS, goals),
                  weighing.orders(own, goals)]

        assert [len(frame) for frame in frames] == [0] * len(frames)
        assert all(len(frame.columns) for frame in frames)


def test_the_samples_votes_are_counted_as_their_readme_says(sample) -> None:
    from planning.model.plan import open_plan

    plan = open_plan(sample)
    found = weighing.accepted(plan.goal_votes, plan.goal_pairs, plan.goals_in_force, small_group=plan.facts["small_group"])

    assert found["goal"].tolist() == sorted(plan.goals_in_force["goal"])
    assert (found["voters"] == 7).all() and (found["low"] < found["high"]).all()
    assert found["low"].sum() < 1 < found["high"].sum()
