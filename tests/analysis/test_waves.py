"""What changed from survey to survey, and from before to after for the same people."""

import pandas as pd
import pytest

from planning.analysis import surveys, waves

QUESTIONS = pd.DataFrame({"question": ["Q1", "Q2", "Q3", "Q4"], "text": ["It opened", "Before", "After", "Later"], "scale": ["yes no", "steps", "steps", "steps"], "group": "patrons",
                          "service": None, "topic": None, "before": [None, None, "Q2", "Q3"], "block": None})
OPTIONS = pd.DataFrame({"question": ["Q2"] * 4 + ["Q3"] * 4 + ["Q4"] * 4, "code": [1, 2, 3, 4] * 3, "label": ["Anxious", "Unsure", "Comfortable", "Sure"] * 3, "good": [False, False, True, True] * 3})
SURVEYS = pd.DataFrame({"survey": ["SV1", "SV2"], "name": ["Spring 2025", "Spring 2026"]})


def given(question, values, date="2026-05-04", survey="SV2", prefix="P"):
    rows = [(f"{prefix}{place}", pd.Timestamp(date), None, question, value, survey) for place, value in enumerate(values)]
    return pd.DataFrame(rows, columns=["respondent", "date", "segment", "question", "answer", "survey"]).astype({"answer": float})


def counted(*parts, small_group=5):
    return surveys.counted(pd.concat(parts, ignore_index=True), QUESTIONS, OPTIONS, small_group=small_group)


def test_a_change_is_the_newest_survey_less_the_one_before_with_newcombes_interval():
    rows = counted(given("Q1", [1] * 48 + [0] * 32, "2025-05-04", "SV1", "U"), given("Q1", [1] * 56 + [0] * 14))
    found = waves.changes(rows, SURVEYS, small_group=5).iloc[0]

    assert (found["earlier_name"], found["earlier_n"], found["later_name"], found["later_n"]) == ("Spring 2025", 80, "Spring 2026", 70)
    assert (round(found["difference"], 4), round(found["low"], 4), round(found["high"], 4)) == (0.2, 0.0524, 0.3339)
    assert found["clear"]


def test_the_same_people_in_both_surveys_are_counted_and_the_two_sides_still_stand_apart():
    rows = counted(given("Q1", [0] * 10, "2025-05-04", "SV1"), given("Q1", [1] * 8))
    found = waves.changes(rows, SURVEYS, small_group=5).iloc[0]

    assert (found["same_people"], found["later_share"] - found["earlier_share"]) == (8, 1.0)


def test_a_survey_with_too_few_answers_hides_the_change():
    found = waves.changes(counted(given("Q1", [1, 0, 1], "2025-05-04", "SV1", "U"), given("Q1", [1] * 8)), SURVEYS, small_group=5).iloc[0]

    assert found["hidden"] and not found["clear"]
    assert found[["earlier_n", "earlier_share", "later_share", "difference", "chance"]].isna().all()


def test_answers_that_name_no_survey_are_told_apart_by_year_and_a_year_is_not_torn_at_new_year():
    old, new = given("Q1", [1] * 9, "2024-06-01", None, "A"), pd.concat([given("Q1", [0] * 6, "2025-12-20", None, "B"), given("Q1", [0] * 6, "2026-01-10", None, "C")])
    found = waves.changes(counted(old, new), SURVEYS, small_group=5).iloc[0]

    assert (found["earlier_name"], found["earlier_n"], found["later_name"], found["later_n"]) == ("2024", 9, "2026", 12)


def test_a_question_asked_once_has_no_change():
    assert waves.changes(counted(given("Q1", [1] * 8)), SURVEYS, small_group=5).empty


def test_pairs_are_the_same_peoples_answers_in_steps():
    # Differences 1, 1, 1, 1, 1, 0: five rose; all signs alike, two-sided 2 / 2^5.
    found = waves.pairs(counted(given("Q2", [1, 1, 2, 2, 2, 3], "2026-02-01"), given("Q3", [2, 2, 3, 3, 3, 3], "2026-03-01")), small_group=5).iloc[0]

    assert found[["n", "rose", "fell", "stayed", "gap_days"]].tolist() == [6, 5, 0, 1, 28]
    assert (found["before_good"], found["after_good"], found["chance"]) == (pytest.approx(1 / 6), pytest.approx(4 / 6), 0.0625)
    assert not found["clear"]


def test_a_follow_up_is_compared_with_the_end_and_each_pair_is_corrected_for_the_others():
    end = given("Q3", [4] * 20, "2026-03-01")
    rows = counted(given("Q2", [1] * 20, "2026-02-01"), end, given("Q4", [3] * 9, "2026-06-01"))
    found = waves.pairs(rows, small_group=5).set_index("question")

    assert found.loc["Q4", ["before_text", "n", "difference", "fell"]].tolist() == ["After", 9, -1, 9]
    assert found["clear"].tolist() == [True, True]


def test_those_who_left_early_are_left_out_of_everything_when_they_are_few():
    # Two answered only before: with them in the share before, and out of the pairs, their answers would follow.
    rows = counted(given("Q2", [1] * 6 + [4, 4], "2026-02-01"), given("Q3", [3] * 6, "2026-03-01"))

    assert sorted(set(rows["respondent"])) == [f"P{place}" for place in range(6)]
    assert waves.pairs(rows, small_group=5)["before_good"].tolist() == [0.0]


def test_pairs_of_too_few_people_are_hidden():
    found = waves.pairs(counted(given("Q2", [1, 1, 2], "2026-02-01"), given("Q3", [4, 4, 4], "2026-03-01")), small_group=5).iloc[0]

    assert found["hidden"] and found[waves.FIGURES].isna().all() and not found["clear"]


def test_the_newest_survey_that_has_pairs_is_taken():
    first = [given("Q2", [1] * 6, "2025-02-01", "SV1", "U"), given("Q3", [3] * 6, "2025-02-01", "SV1", "U")]
    found = waves.pairs(counted(*first, given("Q3", [4] * 9, "2026-02-01", "SV2", "V")), small_group=5).iloc[0]

    assert (found["n"], found["gap_days"], found["day"]) == (6, 0, pd.Timestamp("2025-02-01"))


def test_no_answers_give_tables_with_their_columns():
    rows = counted(given("Q1", []))
    assert list(waves.changes(rows, SURVEYS, small_group=5).columns) == waves.CHANGES
    assert list(waves.pairs(rows, small_group=5).columns) == waves.PAIRS


def test_pairs_that_hold_all_but_a_few_of_a_survey_are_hidden():
    early = given("Q2", [1] * 8, "2025-05-04", "SV1"), given("Q3", [4, 4], "2025-05-05", "SV1")
    rows = counted(*early, given("Q3", [4] * 6, "2026-05-04", "SV2", "P"), small_group=3)
    assert not waves.pairs(rows, small_group=3).set_index("question").loc["Q3", "hidden"]
    two_surveys = counted(given("Q2", [1] * 6, "2026-05-01"), given("Q2", [4, 4], "2025-05-01", "SV1", "U"), given("Q3", [4] * 6), given("Q3", [2, 2], prefix="U"), small_group=3)
    found = waves.pairs(two_surveys, small_group=3).iloc[0]

    assert found["hidden"] and pd.isna(found["n"]), "the eight less the six of the newest survey are two"
