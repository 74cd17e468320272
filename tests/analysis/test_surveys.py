"""Survey answers: shares with intervals, promoter scores, and groups that stay hidden."""

import pandas as pd
import pytest

from planning.analysis import surveys

QUESTIONS = pd.DataFrame({"question": ["Q1", "Q2"], "text": ["I found it", "Would you recommend us"], "scale": [surveys.AGREE, surveys.RECOMMEND],
                          "group": "patrons", "service": None})
SEGMENTS = pd.DataFrame({"segment": ["A", "B", "C"], "name": ["Families", "Teens", "Seniors"]})


def answers(given, question="Q1", segment=None, date="2026-05-04", prefix="P"):
    rows = [(f"{prefix}{place}", pd.Timestamp(date), segment, question, answer) for place, answer in enumerate(given)]
    return pd.DataFrame(rows, columns=["respondent", "date", "segment", "question", "answer"]).astype({"segment": "str", "answer": float})


def test_agreement_is_the_share_of_fours_and_fives_with_its_wilson_interval():
    # 81 of 263: Wilson 95 % interval 0.2553 to 0.3662, as published for this example.
    row = surveys.agreement(answers([4] * 81 + [2] * 100 + [3] * 82), QUESTIONS, small_group=5).iloc[0]

    assert row["agree"] == pytest.approx(81 / 263)
    assert (round(row["low"], 4), round(row["high"], 4)) == (0.2553, 0.3662)
    assert row["neutral"] + row["disagree"] + row["agree"] == pytest.approx(1)


def test_a_small_group_is_hidden_and_its_figures_are_missing():
    row = surveys.agreement(answers([5, 5, 4]), QUESTIONS, small_group=4).iloc[0]

    assert row["hidden"]
    assert row[surveys.SHARES].isna().all()


def test_skipped_questions_do_not_count_and_the_newest_answer_of_a_person_does():
    again = pd.concat([answers([1, 1, 1, 1, 1], date="2026-04-01"), answers([5, 5, None], date="2026-05-04")], ignore_index=True)
    row = surveys.agreement(again, QUESTIONS, small_group=5).iloc[0]

    assert (row["n"], row["agree"]) == (5, 0.4)


def test_answers_of_an_earlier_round_are_left_out():
    rounds = pd.concat([answers([1] * 9, date="2024-05-04", prefix="OLD"), answers([5] * 6)], ignore_index=True)
    row = surveys.agreement(rounds, QUESTIONS, small_group=5).iloc[0]

    assert (row["n"], row["agree"]) == (6, 1.0)


def test_promoter_score_has_a_margin():
    # 3 promoters, 3 detractors, 2 in between: the example of the method's own test gives 57.5 points for 4, 2, 2.
    row = surveys.promoter_scores(answers([10, 9, 9, 8, 7, 6, 3, 10], question="Q2"), QUESTIONS, small_group=5).iloc[0]

    assert (row["score"], round(row["margin"], 1), row["promoters"], row["detractors"]) == (25.0, 57.5, 0.5, 0.25)


def test_the_hidden_segment_takes_the_next_smallest_with_it():
    given = pd.concat([answers([5] * 20, segment="A", prefix="A"), answers([4] * 7, segment="B", prefix="B"), answers([1] * 3, segment="C", prefix="C")], ignore_index=True)
    rows = surveys.by_segment(given, QUESTIONS, SEGMENTS, small_group=5).set_index("segment_name")

    assert rows["hidden"].to_dict() == {"Families": False, "Teens": True, "Seniors": True}
    assert rows.loc[["Teens", "Seniors"], surveys.SHARES].isna().all().all()


def test_hidden_segments_that_all_agree_take_another_one_with_them():
    # 3 Seniors and 6 who gave no segment all agree: the total less Families and Teens would say so of each Senior.
    parts = [answers([5] * 10 + [2] * 10, segment="A", prefix="A"), answers([4, 4, 3, 3, 1, 1, 1], segment="B", prefix="B"),
             answers([5] * 3, segment="C", prefix="C"), answers([4] * 6, prefix="N")]
    rows = surveys.by_segment(pd.concat(parts, ignore_index=True), QUESTIONS, SEGMENTS, small_group=5).set_index("segment_name")

    assert rows["hidden"].to_dict() == {"Families": False, "Teens": True, "Seniors": True, "Not stated": True}


def test_answers_without_a_segment_stand_as_not_stated():
    given = pd.concat([answers([5] * 8, segment="A", prefix="A"), answers([2] * 8, prefix="N")], ignore_index=True)

    assert set(surveys.by_segment(given, QUESTIONS, SEGMENTS, small_group=5)["segment_name"]) == {"Families", "Not stated"}


def test_a_segment_is_clearly_different_only_beyond_chance():
    given = pd.concat([answers([5] * 60, segment="A", prefix="A"), answers([1] * 20, segment="B", prefix="B"), answers([5] * 5 + [1], segment="C", prefix="C")], ignore_index=True)
    rows = surveys.by_segment(given, QUESTIONS, SEGMENTS, small_group=5).set_index("segment_name")

    assert rows["clear"].to_dict() == {"Teens": True, "Families": True, "Seniors": False}
    assert surveys.most_divided(rows.reset_index()) == "Q1"


def test_an_unknown_statement_is_refused_with_those_there_are():
    rows = surveys.by_segment(answers([5] * 8, segment="A"), QUESTIONS, SEGMENTS, small_group=5)

    with pytest.raises(ValueError, match="found Q9. Statements with answers by segment: Q1"):
        surveys.most_divided(rows, chosen="Q9")


def test_no_answers_or_no_questions_give_empty_tables():
    for given, asked in ((answers([]), QUESTIONS), (answers([5] * 8), QUESTIONS.iloc[:0])):
        by_segment = surveys.by_segment(given, asked, SEGMENTS, small_group=5)

        assert list(surveys.agreement(given, asked, small_group=5).columns) == surveys.AGREEMENT
        assert list(surveys.promoter_scores(given, asked, small_group=5).columns) == surveys.SCORES
        assert by_segment.empty and list(by_segment.columns) == surveys.SEGMENTS
        assert surveys.most_divided(by_segment) == ""
