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


def test_empty_tables_give_empty_results_with_their_columns() -> None:
    assert list(needs.unmet(NEEDS.iloc[:0], SEGMENTS.iloc[:0])) == list(needs.unmet(NEEDS, SEGMENTS))
    assert needs.triangulated(NEEDS.iloc[:0], EVIDENCE.iloc[:0]).empty
    assert needs.triangulated(NEEDS, EVIDENCE.iloc[:0])["sources"].tolist() == [0, 0, 0]
