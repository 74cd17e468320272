"""Unmet needs and the kinds of source they rest on."""

from __future__ import annotations

import pandas as pd

from planning.analysis import needs

NEEDS = pd.DataFrame({"need": ["N1", "N2", "N3"], "name": ["Quiet", "Help", "Warmth"], "segment": ["A", "B", None], "goal": ["G1", "G1", None],
                      "severity": [2, 5, 3], "reach": [0.5, 0.4, 1.0], "met": [0.5, 0.0, 1.0]})
SEGMENTS = pd.DataFrame({"segment": ["A", "B"], "name": ["Students", "Seekers"], "people": [1000.0, None], "inclusion": [False, True]})
EVIDENCE = pd.DataFrame({"need": ["N1", "N1", "N1", "N2"], "source": ["survey", "survey", "interview", "statistics"], "strength": [1, 3, 2, 2]})


def test_needs_come_greatest_first_with_their_parts() -> None:
    found = needs.unmet(NEEDS, SEGMENTS)

    assert found["name"].tolist() == ["Help", "Quiet", "Warmth"]
    assert found["score"].tolist() == [0.4, 0.1, 0.0]


def test_people_are_missing_where_the_size_of_the_segment_is() -> None:
    found = needs.unmet(NEEDS, SEGMENTS).set_index("need")

    assert found.loc["N1", "people"] == 250
    assert pd.isna(found.loc["N2", "people"]) and pd.isna(found.loc["N3", "people"])


def test_many_hints_of_one_kind_are_one_kind() -> None:
    found = needs.triangulated(NEEDS, EVIDENCE).set_index("need")

    assert found["sources"].to_dict() == {"N1": 2, "N2": 1, "N3": 0}
    assert found.loc["N1", "survey"] == 3


GROUPS = SEGMENTS.assign(kind="role", active=[250.0, 90.0])
THIRD = pd.DataFrame({"segment": ["C"], "name": ["Founders"], "kind": ["role"], "people": [40.0], "active": [50.0], "inclusion": [None]})


def test_a_group_shows_the_worst_of_its_needs_and_does_not_add_up_people() -> None:
    two = pd.concat([NEEDS, NEEDS.iloc[:1].assign(need="N4", name="Sockets", severity=4)])
    found = needs.by_segment(needs.unmet(two, GROUPS), GROUPS).set_index("segment")

    assert found.loc["A", ["needs", "greatest", "score", "people_unmet", "active_share"]].tolist() == [2, "Sockets", 0.2, 250, 0.25]
    assert found.loc["B", "greatest"] == "Help" and pd.isna(found.loc["B", "people_unmet"]) and pd.isna(found.loc["B", "active_share"])


def test_groups_that_nobody_asked_come_last_and_more_active_people_than_people_give_no_share() -> None:
    found = needs.by_segment(needs.unmet(NEEDS, GROUPS), pd.concat([GROUPS, THIRD]))

    assert found["segment"].tolist() == ["B", "A", "C"]
    assert found.iloc[2]["needs"] == 0
    assert found.iloc[2][["greatest", "score", "active_share"]].isna().all()


def test_a_group_whose_needs_are_all_met_misses_nothing() -> None:
    found = needs.by_segment(needs.unmet(NEEDS.assign(met=1.0), GROUPS), GROUPS)

    assert found["greatest"].isna().all()
    assert found["score"].tolist() == [0.0, 0.0] and found["needs"].tolist() == [1, 1]


def test_a_need_without_a_segment_belongs_to_no_group() -> None:
    found = needs.by_segment(needs.unmet(NEEDS, GROUPS), GROUPS)

    assert found["needs"].sum() == 2 and "Warmth" not in set(found["greatest"])


def test_groups_without_any_needs_table_are_all_unasked() -> None:
    none = needs.unmet(NEEDS.iloc[:0], GROUPS)

    assert needs.by_segment(none, GROUPS)["needs"].tolist() == [0, 0]
    assert list(needs.by_segment(none, GROUPS.iloc[:0])) == list(needs.by_segment(needs.unmet(NEEDS, GROUPS), GROUPS))


def test_empty_tables_give_empty_results_with_their_columns() -> None:
    assert list(needs.unmet(NEEDS.iloc[:0], SEGMENTS.iloc[:0])) == list(needs.unmet(NEEDS, SEGMENTS))
    assert needs.triangulated(NEEDS.iloc[:0], EVIDENCE.iloc[:0]).empty
    assert needs.triangulated(NEEDS, EVIDENCE.iloc[:0])["sources"].tolist() == [0, 0, 0]


def test_use_is_missing_where_few_of_a_group_use_the_library_and_beside_it() -> None:
    groups = pd.DataFrame({"segment": list("ABC"), "name": ["Teens", "Adults", "Elders"], "kind": "age", "people": [100, 200, 300], "active": [2, 90, 150], "inclusion": False})
    found = needs.by_segment(needs.unmet(NEEDS, groups), groups, small_group=5).set_index("segment")

    assert found["active_share"].isna().to_dict() == {"A": True, "B": True, "C": False}
    assert needs.by_segment(needs.unmet(NEEDS, groups, small_group=1), groups, small_group=1)["active_share"].notna().all()
