"""Reach of groups and whose voice is heard; small groups cannot be worked out."""

import numpy as np
import pandas as pd

from planning.analysis import reach


def groups(*rows):
    return pd.DataFrame(rows, columns=["segment", "name", "kind", "people", "active", "inclusion"])


AGES = groups(("A", "Teens", "age", 200, 20, False), ("B", "Adults", "age", 600, 180, False), ("C", "Seniors", "age", 200, 100, True))


def by_name(rows, column):
    return rows.set_index("segment_name")[column].to_dict()


def test_the_whole_is_all_groups_of_the_base_kind_together():
    rows = reach.by_segment(pd.concat([AGES, groups(("D", "Newcomers", "situation", 100, 12, True))]), small_group=5)

    # 300 of 1,000 people of all ages.
    assert rows["whole"].unique().tolist() == [0.3]
    assert rows["segment_name"].tolist() == ["Teens", "Newcomers", "Adults", "Seniors"]
    assert by_name(rows.round(9), "gap") == {"Teens": -0.2, "Newcomers": -0.18, "Adults": 0.0, "Seniors": 0.2}
    assert by_name(rows, "short") == {"Teens": 40.0, "Newcomers": 18.0, "Adults": 0.0, "Seniors": 0.0}
    assert by_name(rows, "below") == {"Teens": True, "Newcomers": True, "Adults": False, "Seniors": False}


def test_four_fifths_as_often_is_not_below():
    rows = reach.by_segment(groups(("A", "A", "age", 100, 40, False), ("B", "B", "age", 100, 60, False)), small_group=5)

    assert by_name(rows, "parity")["A"] == 0.8
    assert not rows["below"].any()


def test_without_ages_the_roles_are_the_base_and_one_group_is_no_whole():
    roles = groups(("A", "Staff", "role", 100, 10, False), ("B", "Students", "role", 100, 30, False), ("C", "Late", "age", 50, 40, False))

    assert reach.by_segment(roles, small_group=5)["whole"].unique().tolist() == [0.2]
    assert reach.by_segment(roles.head(1), small_group=5)["parity"].isna().all()


def test_an_impossible_or_unknown_size_leaves_the_share_missing():
    rows = reach.by_segment(pd.concat([AGES, groups(("D", "Nobody", "role", 0, 0, False), ("E", "Too many", "role", 10, 20, False), ("F", "Unknown", "role", np.nan, 5, False))]),
                            small_group=5)

    assert rows.loc[rows["segment"].isin(["D", "E", "F"]), "share"].isna().all()
    assert rows["whole"].iloc[0] == 0.3


def test_a_small_group_is_hidden_and_the_next_smallest_with_it():
    rows = reach.by_segment(groups(("A", "Tiny", "age", 300, 3, False), ("B", "Next", "age", 200, 20, False), ("C", "Large", "age", 900, 400, False)), small_group=5)
    hidden = rows[rows["hidden"]]

    assert set(hidden["segment_name"]) == {"Tiny", "Next"}
    assert hidden[["active", "share", "gap", "parity", "short"]].isna().all(axis=None)
    assert hidden["people"].tolist() == [300, 200]


def test_a_group_of_one_shows_neither_its_people_nor_its_use():
    rows = reach.by_segment(groups(("A", "One", "age", 1, 1, False), ("B", "Next", "age", 200, 20, False), ("C", "Large", "age", 900, 400, False)), small_group=5)

    assert pd.isna(by_name(rows, "people")["One"]) and pd.isna(by_name(rows, "active")["Next"])


def test_what_is_hidden_cannot_be_worked_out_from_the_whole():
    table = groups(("A", "Tiny", "age", 50, 2, False), ("B", "Next", "age", 80, 30, False), ("C", "Large", "age", 900, 400, False))
    rows = reach.by_segment(table, small_group=5)
    left = rows["whole"].iloc[0] * table["people"].sum() - rows["active"].sum()

    # All that is left over is what the two hidden groups have together.
    assert round(left) == 32
    assert rows["hidden"].sum() == 2


def voices(counts, key="respondent", day="2026-05-04"):
    rows = [(segment, place) for segment, n in counts.items() for place in range(n)]
    return pd.DataFrame({key: [f"{segment}{place}" for segment, place in rows], "date": pd.Timestamp(day), "segment": [segment for segment, _ in rows], "group": "patrons"})


def heard(answers, feedback=None, ratings=None, table=AGES):
    return reach.voice(table, answers, voices({}, "feedback") if feedback is None else feedback, ratings=voices({}, "rater") if ratings is None else ratings, small_group=5)


def test_a_group_is_less_heard_when_its_share_of_people_lies_above_the_interval():
    rows = heard(voices({"A": 20, "B": 30, "C": 50}))

    assert by_name(rows, "share") == {"Teens": 0.2, "Adults": 0.3, "Seniors": 0.5}
    assert by_name(rows, "people_share") == {"Teens": 0.2, "Adults": 0.6, "Seniors": 0.2}
    assert by_name(rows, "heard") == {"Teens": "alike", "Adults": "less", "Seniors": "more"}
    assert by_name(rows, "index")["Adults"] == 0.5


def test_a_respondent_counts_once_and_last_years_answers_do_not():
    twice = pd.concat([voices({"A": 20, "B": 20})] * 3)
    rows = heard(pd.concat([twice, voices({"A": 90}, day="2024-05-04").assign(respondent=lambda part: "old" + part["respondent"])]))

    assert by_name(rows, "n") == {"Teens": 20.0, "Adults": 20.0}


def test_only_patrons_are_voices_of_patrons():
    staff = voices({"A": 50}).assign(group="staff")

    assert heard(staff).empty
    assert list(heard(staff).columns) == reach.VOICE


def test_a_group_with_few_voices_is_hidden_with_the_next_smallest():
    rows = heard(voices({"A": 2, "B": 30, "C": 12}))

    assert by_name(rows, "hidden") == {"Adults": False, "Seniors": True, "Teens": True}
    assert rows.loc[rows["hidden"], ["n", "share", "index", "low", "high"]].isna().all(axis=None)


def test_each_source_stands_for_itself():
    rows = heard(voices({"A": 20, "B": 20}), feedback=voices({"B": 10, "C": 10}, "feedback"))

    assert rows.groupby("source")["n"].sum().to_dict() == {"survey answers": 40.0, "feedback": 20.0}


def test_groups_that_nobody_names_are_listed_apart():
    rows = heard(voices({"A": 20, "B": 20}))

    assert reach.unnamed(AGES, rows)["segment_name"].tolist() == ["Seniors"]
    assert reach.unnamed(AGES, rows.head(0)).empty


def test_no_groups_give_the_columns_and_no_row():
    assert reach.by_segment(AGES.head(0), small_group=5).columns.tolist() == reach.REACHED
    assert heard(voices({}), table=AGES.head(0)).empty
    assert reach.reconciled(AGES.head(0), AGES.head(0)).empty
    assert reach.reconciled(AGES, reach.by_segment(AGES, small_group=5)).values.tolist() == [["Groups with their reach, shown or hidden, add up to all groups", 3, 3]]
