import numpy as np
import pandas as pd
import pytest

from planning.methods.suppression import apart_by_few, hidden, hidden_parts, hidden_shares, hidden_values


@pytest.mark.parametrize(
    "counts, mask",
    [
        ([9, 20], [False, False]),
        ([5, 20], [False, False]),
        ([4, 20, 9], [True, False, True]),
        ([4, 3, 20], [True, True, False]),
        ([1, 2, 30, 8], [True, True, False, True]),
        ([4, 0, 20, 9], [True, False, False, True]),
        ([3], [True]),
        ([1, 1, 1, 1, 1, 9, 20], [True] * 6 + [False]),
        ([3, 0], [True, False]),
        ([], []),
    ],
)
def test_small_groups_are_hidden_with_what_would_give_them_away(counts, mask):
    assert hidden(counts, smallest=5).tolist() == mask


def test_no_hidden_group_follows_from_the_total_in_any_table_of_three_groups():
    for counts in np.ndindex(9, 9, 9):
        sizes = np.array(counts)
        mask = hidden(sizes, smallest=5)
        shown_small = (sizes > 0) & (sizes < 5) & ~mask
        everything = mask[sizes > 0].all()
        assert not shown_small.any()
        assert everything or not mask.any() or (mask.sum() > 1 and sizes[mask].sum() >= 5)


def test_of_equal_groups_the_first_is_hidden_with_the_small_one():
    assert hidden([7, 7, 2], smallest=5).tolist() == [True, False, True]


def test_a_group_of_unknown_size_is_hidden_and_not_alone():
    assert hidden([np.nan, 20, 9], smallest=5).tolist() == [True, False, True]


def test_when_all_that_is_hidden_answered_alike_the_next_smallest_is_hidden_too():
    # 34 asked, 19 yes; shown would be 10 of 20 and 4 of 9: the 5 hidden ones said yes, each of them.
    sizes, answers = [3, 2, 9, 20], [[3, 0], [2, 0], [4, 5], [10, 10]]
    assert hidden(sizes, smallest=5).tolist() == [True, True, False, False]
    assert hidden(sizes, smallest=5, answers=answers).tolist() == [True, True, True, False]
    assert hidden(sizes, smallest=5, answers=[[3, 0], [0, 2], [4, 5], [10, 10]]).tolist() == [True, True, False, False]
    assert hidden([9, 20], smallest=5, answers=[[9, 0], [10, 10]]).tolist() == [False, False]


def test_labels_are_kept():
    assert hidden(pd.Series({"teens": 3, "adults": 40, "seniors": 12}), 5).to_dict() == {
        "teens": True,
        "adults": False,
        "seniors": True,
    }


def test_counts_below_zero_are_refused():
    with pytest.raises(ValueError, match="found one below 0"):
        hidden([-1, 3], smallest=5)


def test_the_few_whose_ballots_are_in_a_hidden_part_alone_take_the_next_smallest_with_them():
    # Eleven gave points, eight swings, three ranks alone: points and swings from the mean of all would leave the three.
    parts = {"points": range(11), "swing": range(11, 19), "ranks": range(19, 22)}
    assert hidden_parts(parts, 5) == {"ranks", "swing"}
    assert hidden_parts(parts | {"ranks": range(19, 24)}, 5) == set()
    assert hidden_parts(parts | {"ranks": range(8, 11)}, 5) == {"ranks"}
    assert hidden_parts({"points": range(4)}, 5) == {"points"} and hidden_parts({}, 5) == set()


def test_parts_that_share_nobody_are_hidden_by_the_rule_for_groups_and_a_total():
    for counts in np.ndindex(9, 9, 9):
        members = {str(place): [(place, one) for one in range(size)] for place, size in enumerate(counts)}
        by_total = hidden(list(counts), smallest=5)
        assert {part for part in hidden_parts(members, 5) if members[part]} == {str(place) for place in range(3) if by_total[place]}


def test_where_everybody_answered_alike_the_total_tells_it_and_no_more_is_hidden():
    assert hidden([3, 9, 20], smallest=5, answers=[[3, 0], [9, 0], [20, 0]]).tolist() == [True, True, False]


def test_values_are_hidden_so_that_no_kind_is_told_and_gaps_are_no_group():
    groups = pd.Series(["a"] * 2 + ["b"] * 6 + ["c"] * 9 + ["d"] * 9 + [None])
    state = pd.DataFrame({"open": [True] * 8 + [False, True] * 9 + [False]})
    assert hidden_values(groups, 5) == {"a", "b"}
    assert hidden_values(groups, 5, kinds=state) == {"a", "b", "c"}, "a and b are open, all of them"
    assert hidden_values(pd.Series([], dtype=object), 5) == set()


def test_a_share_is_hidden_when_few_are_in_it_or_few_are_not():
    assert hidden_shares([100, 200, 300], [3, 100, 120], 5).tolist() == [True, True, False]
    assert hidden_shares([100, 200, 300], [97, 100, 220], 5).tolist() == [True, False, True], "3, 100 and 80 do not"
    assert hidden_shares([100, 200, 300], [50, 100, 100], 5).tolist() == [False, False, False]
    assert hidden_shares([100, np.nan, 300], [50, 10, 100], 5).tolist() == [False, False, False]


@pytest.mark.parametrize("one, other, few", [("abcdef", "abcd", True), ("abcd", "abcdef", True), ("abcd", "abcd", False), ("abcx", "abcd", False), ("abcdefghi", "abcd", False)])
def test_two_shown_sets_tell_of_a_few_only_when_one_holds_the_other(one, other, few):
    assert apart_by_few(one, [other], 3) is few
