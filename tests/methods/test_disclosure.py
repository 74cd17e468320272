import numpy as np
import pandas as pd
import pytest

from planning.methods import suppression
from planning.methods.disclosure import hidden_groups, ranges


def worked_out(people, hide, smallest):
    """The small groups of each column that follow from what is shown, found by solving for them anew."""
    shown = [np.ones(len(people)), *((people[column] == value).to_numpy(float) for column in people for value in people[column].unique() if value not in hide[column])]
    known = np.column_stack(shown)
    found = []
    for column in people:
        for value in people[column].unique():
            one = (people[column] == value).to_numpy(float)
            if one.sum() < smallest and np.linalg.matrix_rank(np.column_stack([known, one])) == np.linalg.matrix_rank(known):
                found.append((column, value))
    return found


def test_one_breakdown_keeps_the_rule_of_suppression():
    groups = ["A"] * 3 + ["B"] * 9 + ["C"] * 20
    assert hidden_groups(pd.DataFrame({"part": groups}), 5) == {"part": {"A", "B"}}
    assert list(suppression.hidden([3, 9, 20], 5)) == [True, True, False]


def test_a_hidden_group_is_not_told_by_the_same_people_under_another_name():
    # Teens are the five youngest; by segment two homebound and the teens are hidden, by age the teens would stand alone and give the two away.
    people = pd.DataFrame({"segment": ["home"] * 2 + ["teens"] * 5 + ["adults"] * 20, "age": ["adult"] * 2 + ["young"] * 5 + ["adult"] * 20})
    alone = {column: hidden_groups(people[[column]], 5)[column] for column in people}
    assert worked_out(people, alone, 5) == [("segment", "home")]

    hide = hidden_groups(people, 5)

    assert worked_out(people, hide, 5) == []
    assert hide["age"] == {"adult", "young"} and hide["segment"] == {"home", "teens"}


def test_a_group_that_holds_all_but_two_of_another_is_hidden():
    people = pd.DataFrame({"site": ["A"] * 20 + ["B"] * 20, "team": ["one"] * 18 + ["two"] * 22})
    assert hidden_groups(people, 5) == {"site": set(), "team": {"one", "two"}}


def test_breakdowns_that_cross_freely_hide_nothing():
    people = pd.DataFrame({"site": ["A", "B"] * 30, "team": ["one"] * 30 + ["two"] * 30})
    assert hidden_groups(people, 5) == {"site": set(), "team": set()}


def test_a_gap_is_a_group_of_its_own_and_an_empty_table_hides_nothing():
    people = pd.DataFrame({"site": ["A"] * 9 + [None] * 3 + ["B"] * 9})
    assert hidden_groups(people, 5)["site"] == {"", "A"}
    assert hidden_groups(people.iloc[:0], 5) == {"site": set()}


@pytest.mark.parametrize("seed", range(12))
def test_nothing_small_can_be_worked_out_from_many_random_breakdowns(seed):
    chance = np.random.default_rng(seed)
    base = chance.integers(0, 6, 70)
    people = pd.DataFrame({"a": base, "b": np.where(chance.random(70) < 0.9, base // 2, 7), "c": chance.integers(0, 9, 70), "d": base % 3}).astype(str)
    assert worked_out(people, hidden_groups(people, 5), 5) == []


def test_those_left_over_beside_two_groups_are_not_told_by_taking_both_from_all():
    people = pd.DataFrame({"segment": ["home"] * 9 + ["away"] * 9 + ["new"] * 6, "age": ["old"] * 6 + ["young"] * 16 + ["old"] * 2})
    shown = hidden_groups(people, 5)
    assert worked_out(people, shown, 5) == []
    beside = pd.DataFrame({"a": ["one"] * 10 + ["rest"] * 12, "b": ["rest"] * 10 + ["two"] * 9 + ["rest"] * 3})
    hide = hidden_groups(beside, 5)
    assert hide["b"] == {"rest", "two"}, "all less one less two would be the three who are in neither"


def attacked(table, hidden):
    """What the row and column totals of a table tell of its hidden cells."""
    table, cells = np.array(table), sorted(hidden)
    known = [[float(cell[axis] == place) for cell in cells] for axis in (0, 1) for place in range(table.shape[axis])]
    left = [sum(table[cell] for cell in cells if cell[axis] == place) for axis in (0, 1) for place in range(table.shape[axis])]
    return ranges(known, left, np.eye(len(cells))).set_index(pd.Index(cells))


COUNTIES = [[15, 1, 3, 1], [20, 10, 10, 15], [3, 10, 10, 2], [12, 14, 7, 2]]  # by county and education of the household head


def test_the_badly_hidden_table_of_the_federal_committees_working_paper_22_gives_one_cell_away():
    # Two cells or more are hidden in each row and column, and yet rows 1 and 2 less columns 2 and 3 leave the last cell of row 1.
    hidden = {(0, 1), (0, 2), (0, 3), (1, 1), (1, 2), (2, 0), (2, 3), (3, 0), (3, 3)}
    found = attacked(COUNTIES, hidden)

    assert [found.index[place] for place in np.flatnonzero(found["found_out"])] == [(0, 3)]
    assert found.loc[[(0, 3)], ["lowest", "highest"]].values.tolist() == [[1, 1]]


def test_a_square_of_hidden_cells_leaves_each_of_them_open():
    # By hand: of 30 in the second row and 29 in the third, the corner takes from 30 - 25 up to 30.
    found = attacked([[20, 50, 10], [8, 19, 22], [17, 32, 12]], {(1, 0), (1, 2), (2, 0), (2, 2)})

    assert found.loc[[(1, 2)], ["lowest", "highest"]].values.tolist() == [[5, 30]]
    assert not found["found_out"].any()


def test_rounded_figures_tell_less_than_exact_ones_and_whole_counts_more_than_fractions():
    assert ranges([[1, 1]], [[7, 9]], [[1, 0]]).values.tolist() == [[0, 9, False]]
    assert ranges([[2, 3]], [7], [[1, 0]]).values.tolist() == [[2, 2, True]], "7 is 2 twos and 1 three, and nothing else"


def test_a_known_nought_is_not_found_out_and_figures_that_contradict_are_named():
    assert ranges([[1, 1], [1, 0]], [3, 0], np.eye(2)).values.tolist() == [[0, 0, False], [3, 3, True]]
    with pytest.raises(ValueError, match="contradict"):
        ranges([[1.0], [1.0]], [3, 4], [[1.0]])


def test_thousands_of_people_are_looked_through_kind_by_kind():
    chance = np.random.default_rng(1)
    people = pd.DataFrame({f"t{n}": chance.integers(0, n + 2, 3000) for n in range(5)}).astype(str)
    people.loc[:2, "t3"] = "rare"
    people["site"] = people["t4"].where(people["t3"] != "rare", "0")

    hide = hidden_groups(people, 5)

    assert "rare" in hide["t3"] and len(hide["t3"]) > 1
    assert worked_out(people, hide, 5) == []
