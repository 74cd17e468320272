"""The least that patrons accept, what they wish for and what they find."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from planning.analysis import expectations
from planning.methods.intervals import mean_interval

SERVICES = pd.DataFrame({"service": ["S1", "S2", "S3"], "name": ["Help desk", "Storytime", "Copier"]})
SEGMENTS = pd.DataFrame({"segment": ["A", "B"], "name": ["Newcomers", "Families"]})
NONE = float("nan")

# Means of 17 libraries for "Willingness to help users" (minimum, desired, perceived), published by Lehigh University
# in its comparison of LibQUAL+ surveys of 2002 and 2003, with the mean of all and its two gaps in the last row.
PUBLISHED = [
    (5.70, 7.72, 6.92), (5.88, 7.92, 7.09), (6.11, 8.03, 7.31), (5.64, 7.60, 6.83), (6.06, 7.73, 7.22), (6.58, 7.99, 7.54),
    (6.11, 8.00, 7.01), (6.22, 7.92, 7.11), (6.54, 8.08, 7.38), (6.32, 7.85, 7.10), (6.26, 8.08, 6.92), (6.81, 8.17, 7.42),
    (6.70, 8.13, 7.19), (6.04, 7.88, 6.40), (5.87, 7.89, 6.23), (6.81, 7.90, 6.85), (6.30, 7.88, 6.27),
]
PUBLISHED_MEANS = {"minimum": 6.23, "desired": 7.93, "perceived": 6.99, "adequacy": 0.76, "superiority": -0.94}


def answers(service: str, *levels: tuple[float, float, float], first: int = 0, segment: object = None) -> pd.DataFrame:
    rows = [[f"E{first + place}", segment, pd.Timestamp(2026, 5, 1), service, *three] for place, three in enumerate(levels)]
    return pd.DataFrame(rows, columns=["rater", "segment", "date", "service", "minimum", "desired", "perceived"])


def gaps(rows: pd.DataFrame, small_group: int = 2) -> pd.DataFrame:
    return expectations.gaps(rows, SERVICES, small_group=small_group, seed=1)


def test_levels_and_gaps_are_those_published_for_17_libraries_in_a_libqual_comparison() -> None:
    found = gaps(answers("S1", *PUBLISHED)).iloc[0]

    assert found[list(PUBLISHED_MEANS)].astype(float).round(2).to_dict() == PUBLISHED_MEANS
    assert found["zone"] == pytest.approx(0.76 / (7.93 - 6.23), abs=0.01)


def test_the_interval_agrees_with_students_t_where_the_answers_are_many() -> None:
    chance = np.random.default_rng(4)
    rows = answers("S1", *[(5.0, 9.0, float(found)) for found in chance.integers(3, 9, 200)])
    found, expected = gaps(rows).iloc[0], mean_interval(rows["perceived"] - rows["minimum"])

    assert found[["adequacy", "low", "high"]].tolist() == pytest.approx(list(expected), abs=0.02)


def test_a_service_is_placed_by_its_whole_interval_and_the_worst_comes_first() -> None:
    rows = pd.concat([answers("S1", *[(6, 8, 4), (6, 8, 5), (7, 8, 5), (6, 9, 5)] * 3), answers("S2", *[(5, 8, 7), (5, 8, 6), (4, 7, 6), (5, 8, 6)] * 3),
                      answers("S3", *[(5, 6, 7), (5, 6, 6), (4, 6, 6), (5, 6, 6)] * 3)])
    found = gaps(rows)

    assert found[["service_name", "place"]].values.tolist() == [["Help desk", "below the minimum"], ["Storytime", "above the minimum"], ["Copier", "at the wish"]]
    assert gaps(answers("S1", *[(5, 8, 4), (5, 8, 6)] * 4))["place"].item() == "near the minimum"


def test_answers_with_a_gap_or_a_minimum_above_the_wish_are_left_out_and_counted() -> None:
    rows = answers("S1", (5, 8, 6), (5, 8, 7), (NONE, 8, 1), (5, NONE, 1), (8, 5, 1))
    found = gaps(rows).iloc[0]

    assert found[["n", "perceived", "blank", "reversed"]].tolist() == [2, 6.5, 2, 1]


def test_a_service_with_too_few_usable_answers_is_hidden_with_all_its_figures() -> None:
    found = gaps(answers("S1", (5, 8, 6), (5, 8, 7), (8, 5, 1)), small_group=3).iloc[0]

    assert found["hidden"]
    assert found[["n", "minimum", "desired", "perceived", "adequacy", "low", "high", "superiority", "zone", "place", "blank", "reversed"]].isna().all()


def test_the_newest_answer_of_a_person_counts() -> None:
    old = answers("S1", (1, 9, 1), (1, 9, 1)).assign(date=pd.Timestamp(2025, 5, 1))

    assert gaps(pd.concat([answers("S1", (5, 8, 6), (5, 8, 7)), old]))["perceived"].item() == 6.5


def test_one_answer_or_answers_without_a_spread_give_no_interval_and_no_verdict() -> None:
    one, alike = gaps(answers("S1", (5, 5, 4)), small_group=1).iloc[0], gaps(answers("S1", *[(6, 8, 4)] * 9)).iloc[0]

    assert one["adequacy"] == -1 and pd.isna(one["zone"]) and one["place"] == "no range"
    assert pd.isna(alike["low"]) and alike["place"] == "no range" and alike["zone"] == -1


def test_segments_are_set_beside_everyone_on_the_same_services_and_nobody_counts_twice() -> None:
    rows = pd.concat([answers("S1", (5, 8, 4), (5, 8, 4), segment="A"), answers("S2", (5, 8, 7), segment="A"), answers("S1", (5, 8, 8), (5, 8, 8), first=2, segment="B")])
    found = expectations.by_segment(rows, SEGMENTS, small_group=2, seed=1).set_index("segment_name")

    # E0: gaps -1 and 2, beside their services' means (1 and 2) -2 and 0; E1: gap -1, beside -2. B: gaps 3, beside 2.
    assert found.loc["Newcomers", ["n", "answers", "adequacy", "beside"]].tolist() == [2, 3, -0.25, -1.5]
    assert found.loc["Families", ["adequacy", "beside"]].tolist() == [3, 2]
    assert found.loc["Families", ["beside_low", "beside_high"]].isna().all()  # both answered alike: no spread, no interval


def test_the_interval_of_a_segments_distance_holds_it_and_shrinks_with_more_patrons() -> None:
    few, many = (pd.concat([answers("S1", *[(5, 8, 5), (5, 8, 6), (5, 8, 7)] * times, segment="A"), answers("S1", *[(5, 8, 8)] * 40, first=500, segment="B")]) for times in (3, 30))
    widths = []
    for rows in (few, many):
        one = expectations.by_segment(rows, SEGMENTS, small_group=2, seed=1).set_index("segment_name").loc["Newcomers"]
        assert one["beside_low"] < one["beside"] < one["beside_high"]
        widths.append(one["beside_high"] - one["beside_low"])
    assert widths[1] < widths[0] / 2


def test_segments_leave_out_answers_with_a_gap_or_a_minimum_above_the_wish() -> None:
    rows = answers("S1", (5, 8, 6), (5, 8, 7), (9, 5, 1), (NONE, 8, 1), segment="A")
    found = expectations.by_segment(rows, SEGMENTS, small_group=2, seed=1)

    assert found[["segment_name", "n", "answers", "adequacy"]].values.tolist() == [["Newcomers", 2, 2, 1.5]]


def test_a_small_segment_takes_the_next_smallest_with_it() -> None:
    rows = pd.concat([answers("S1", *[(5, 8, 6)] * 2, segment="A"), answers("S1", *[(5, 8, 6), (5, 8, 7)] * 3, first=5, segment="B"), answers("S1", *[(5, 8, 5)] * 9, first=20)])
    found = expectations.by_segment(rows, SEGMENTS, small_group=5, seed=1).set_index("segment_name")

    assert found["hidden"].to_dict() == {"Families": True, "Newcomers": True, "Not stated": False}
    assert found.loc[["Families", "Newcomers"], ["n", "answers", "perceived", "adequacy", "beside"]].isna().all(axis=None)


def test_nothing_asked_or_no_segments_give_empty_results_with_their_columns() -> None:
    rows = answers("S1", (5, 8, 6), (5, 8, 7))

    assert list(gaps(rows.iloc[:0])) == list(gaps(rows)) == expectations.COLUMNS
    assert list(expectations.by_segment(rows.iloc[:0], SEGMENTS, small_group=2, seed=1)) == expectations.SEGMENTS
    assert expectations.by_segment(rows, SEGMENTS, small_group=2, seed=1).empty
    assert gaps(rows.assign(minimum=None))["hidden"].all()


def test_the_table_that_comes_in_is_left_as_it_was() -> None:
    rows = answers("S1", (5, 8, 6), (5, 8, 7), segment="A")
    before = rows.copy()
    gaps(rows)
    expectations.by_segment(rows, SEGMENTS, small_group=1, seed=1)

    pd.testing.assert_frame_equal(rows, before)
