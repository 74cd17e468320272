import numpy as np
import pandas as pd
import pytest

from planning.analysis import opinions

STATEMENTS = pd.DataFrame({"option": [f"T{n}" for n in range(7)], "label": ["Sundays", "Fines end", "Quiet", "Print", "Tools", "Time to learn", "Ramps"]})


def votes(answers: np.ndarray) -> pd.DataFrame:
    rows = [(f"V{row + 1:02}", "", f"T{column}", "", value, "", "") for row, line in enumerate(answers) for column, value in enumerate(line) if not np.isnan(value)]
    return pd.DataFrame(rows, columns=["voter", "group", "option", "asked", "value", "text", "kind"])


def parted(n: int = 15, m: int = 9) -> np.ndarray:
    """Two groups: apart on five statements, together on the last two."""
    room = np.vstack([np.tile([1.0, 1, -1, -1, 1, 1, 1], (n, 1)), np.tile([-1.0, -1, 1, 1, -1, 1, 1], (m, 1))])
    room[0, 0], room[1, 2], room[n, 3], room[n + 1, 5] = -1, 0, 0, -1
    return room


@pytest.fixture
def found() -> tuple[pd.DataFrame, pd.DataFrame]:
    made = votes(parted())
    return made, opinions.groups(made, STATEMENTS, small_group=5, seed=1)


def test_each_person_is_in_the_group_that_answers_alike_and_the_larger_is_called_a(found):
    groups = found[1]

    assert groups["group"].tolist() == ["A"] * 15 + ["B"] * 9
    assert groups["people"].tolist() == [15] * 15 + [9] * 9
    assert (groups.attrs["voters"], groups.attrs["counted"], groups.attrs["why"]) == (24, 24, "")
    assert groups.attrs["chance"] <= 0.05


def test_a_group_below_the_small_group_is_never_told():
    made = votes(parted(20, 4))

    groups = opinions.groups(made, STATEMENTS, small_group=5, seed=1)

    assert set(groups["group"]) == {""} and groups.attrs["why"] == "no pattern"
    assert opinions.divides(made, STATEMENTS, groups, small_group=5).empty


def test_what_sets_a_group_apart_is_what_more_of_it_says_than_of_the_others(found):
    told = opinions.divides(*found[:1], STATEMENTS, found[1], small_group=5)

    assert set(told["option"]) == {"T0", "T1", "T2", "T3", "T4"}
    assert set(zip(told["group"], told["option"], told["side"])) >= {("A", "T1", "agree"), ("B", "T1", "disagree"), ("A", "T3", "disagree")}
    row = told[(told["group"] == "A") & (told["option"] == "T0")].iloc[0]
    assert (row["n"], row["share"], row["others"]) == (15, 14 / 15, 0)
    assert row["ratio"] == pytest.approx((15 / 17) / (1 / 11))
    assert told.groupby("group").size().max() <= 5


def test_what_all_groups_share_comes_first_and_the_product_is_that_of_the_groups(found):
    told = opinions.consensus(*found[:1], STATEMENTS, found[1], small_group=5).set_index("option")

    assert told.index[:2].tolist() == ["T6", "T5"]
    assert told["holds"].to_dict() == {name: name in ("T5", "T6") for name in told.index}
    assert told.loc["T6", "shared"] == pytest.approx(16 / 17 * 10 / 11)
    assert (told.loc["T5", "lowest"], told.loc["T5", "side"], told.loc["T5", "groups"]) == (8 / 9, "agree", 2)
    assert told.loc["T0", "shared"] == pytest.approx(max(15 / 17 * 1 / 11, 2 / 17 * 10 / 11))


def test_without_groups_the_room_is_one_and_disagreement_is_shared_too():
    room = np.tile([1.0, -1, 1, -1, 1, 1, 0], (10, 1))
    room[:5, 2] = -1
    made = votes(room)

    told = opinions.consensus(made, STATEMENTS, opinions.groups(made, STATEMENTS, small_group=5, seed=1), small_group=5).set_index("option")

    assert set(told["groups"]) == {1}
    assert (told.loc["T1", "side"], told.loc["T1", "lowest"], told.loc["T1", "holds"]) == ("disagree", 1, True)
    assert not told.loc["T2", "holds"] and not told.loc["T6", "holds"]


def test_a_statement_that_few_answered_is_hidden_and_does_not_hold():
    room = np.ones((10, 7))
    room[4:, 0] = np.nan
    made = votes(room)

    told = opinions.consensus(made, STATEMENTS, opinions.groups(made, STATEMENTS, small_group=5, seed=1), small_group=5).set_index("option")

    assert told.loc["T0", "hidden"] and not told.loc["T0", "holds"] and told.index[-1] == "T0"
    assert told.loc["T0", ["n", "agree", "disagree", "lowest", "shared"]].isna().all()


def test_a_statement_that_few_of_one_group_answered_is_shared_by_nobody(found):
    room = parted()
    room[15:20, 6] = np.nan
    made = votes(room)

    told = opinions.consensus(made, STATEMENTS, found[1], small_group=5).set_index("option")

    assert not told.loc["T6", "holds"] and not told.loc["T6", "hidden"]


def test_no_votes_and_no_statements_give_empty_frames_and_a_reason():
    none = votes(np.zeros((0, 7)))
    groups = opinions.groups(none, STATEMENTS, small_group=5, seed=1)

    assert groups.empty and groups.attrs["why"] == "few people"
    assert opinions.divides(none, STATEMENTS, groups, small_group=5).empty
    assert opinions.consensus(none, STATEMENTS, groups, small_group=5).columns.tolist()[:3] == ["option", "name", "n"]


def test_the_order_of_rows_changes_nothing(found):
    mixed = opinions.groups(found[0].sample(frac=1, random_state=3), STATEMENTS, small_group=5, seed=1)

    pd.testing.assert_frame_equal(mixed, found[1])
