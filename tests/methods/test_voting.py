import numpy as np
import pandas as pd
import pytest
from scipy.stats import rankdata

from planning.methods.voting import RULES, tally


def ballots(items: str, *orders: tuple[int, str]) -> pd.DataFrame:
    """So many voters with that order of items, best first, as scores of 0 upwards."""
    rows = [{item: len(items) - 1 - order.index(item) for item in items} for voters, order in orders for _ in range(voters)]
    return pd.DataFrame(rows)


TENNESSEE = ballots("MNCK", (42, "MNCK"), (26, "NCKM"), (15, "CKNM"), (17, "KCNM"))


def test_the_capital_of_tennessee_by_borda_by_duels_and_by_first_places():
    found = tally(TENNESSEE)
    assert found.scores["borda"].to_dict() == {"M": 126, "N": 194, "C": 173, "K": 107}
    assert found.scores["first"].to_dict() == {"M": 42, "N": 26, "C": 15, "K": 17}
    assert found.scores["copeland"].to_dict() == {"M": 0, "N": 3, "C": 2, "K": 1}
    assert (found.condorcet, found.voters) == ("N", 100)
    assert found.places["first"].to_dict() == {"M": 1, "N": 2, "C": 4, "K": 3}


def test_a_majoritys_first_choice_can_lose_by_borda_as_in_the_example_of_66_and_34_voters():
    # 66 voters a > b > c, 34 voters b > c > a: from the election-methods list, February 2003.
    found = tally(ballots("abc", (66, "abc"), (34, "bca")))
    assert found.scores["borda"].tolist() == [132, 134, 34]
    assert found.condorcet == "a"
    assert found.places.loc["b", "borda"] == 1


def test_condorcets_circle_has_no_winner():
    found = tally(ballots("abc", (1, "abc"), (1, "bca"), (1, "cab")))
    assert found.condorcet is None
    assert found.places["copeland"].tolist() == [1, 1, 1]


def test_borda_points_follow_from_ranks_with_ties():
    scores = pd.DataFrame(np.random.default_rng(2).integers(0, 4, (9, 5)) + 0.0)
    below = rankdata(scores, axis=1) - 1
    assert tally(scores).scores["borda"].tolist() == pytest.approx(below.sum(axis=0).tolist())


def test_points_are_shared_within_each_voter_before_the_mean():
    found = tally(pd.DataFrame({"a": [10, 1], "b": [30, 1]}))
    assert found.scores["share"].tolist() == [0.375, 0.625]


def test_approval_counts_voters_who_give_at_least_an_equal_share():
    found = tally(pd.DataFrame({"a": [50, 34], "b": [30, 33], "c": [20, 33], "d": [0, 0]}))
    assert found.scores["approval"].tolist() == [2, 2, 1, 0]
    assert tally(pd.DataFrame([[1, 1, 1]] * 2)).scores["approval"].tolist() == [2, 2, 2]


def test_shared_first_places_are_split_and_ties_share_the_better_place():
    found = tally(pd.DataFrame({"a": [4, 5], "b": [4, 1], "c": [2, 1]}))
    assert found.scores["first"].tolist() == [1.5, 0.5, 0]
    assert tally(pd.DataFrame({"a": [2], "b": [2], "c": [1]})).places["borda"].tolist() == [1, 1, 3]


def test_voters_with_a_gap_or_without_a_score_above_zero_are_left_out():
    found = tally(pd.DataFrame({"a": [3, np.nan, 0], "b": [1, 5, 0]}))
    assert found.voters == 1
    assert found.condorcet == "a"


def test_without_voters_there_is_no_place_and_no_winner():
    found = tally(pd.DataFrame({"a": [], "b": []}))
    assert (found.voters, found.condorcet, list(found.scores.columns)) == (0, None, list(RULES))
    assert np.isnan(found.scores["share"]).all()


def test_a_score_below_zero_is_refused():
    with pytest.raises(ValueError, match="found -1"):
        tally(pd.DataFrame({"a": [-1], "b": [2]}))
