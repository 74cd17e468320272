"""Judgements of strengths change the rows that they differ from, and no others."""

from __future__ import annotations

import pandas as pd

from planning.analysis import strengths

ALIGNMENT = pd.DataFrame({"service": ["S1", "S1"], "goal": ["G1", "G2"], "strength": [0.7, 0.3], "reason": ["Reading", None]})


def test_a_row_that_is_judged_nought_stays_listed_with_its_new_reason():
    rows = strengths.changed(ALIGNMENT, {("S1", "G1"): (0.0, "Ended")})

    assert rows.values.tolist() == [["S1", "G1", 0.0, "Ended"]]
    assert strengths.merged(ALIGNMENT, rows).query("goal == 'G1'")["strength"].tolist() == [0.0]


def test_a_new_reason_alone_is_a_change_and_the_same_judgement_is_none():
    assert len(strengths.changed(ALIGNMENT, {("S1", "G2"): (0.3, "By the way")})) == 1
    assert strengths.changed(ALIGNMENT, {("S1", "G2"): (0.3, "")}).empty
    assert strengths.merged(ALIGNMENT, strengths.changed(ALIGNMENT, {})).equals(ALIGNMENT)


def test_judgements_on_an_empty_table_become_its_first_rows():
    rows = strengths.changed(ALIGNMENT.head(0), {("S1", "G1"): (1.0, ""), ("S2", "G1"): (0.0, "")})

    assert strengths.merged(ALIGNMENT.head(0), rows)[["service", "strength"]].values.tolist() == [["S1", 1.0]]


def test_a_strength_between_two_words_stands_among_them():
    assert list(strengths.steps(0.9)) == [0.0, 0.3, 0.7, 0.9, 1.0] and list(strengths.steps(0.3)) == [0.0, 0.3, 0.7, 1.0]
