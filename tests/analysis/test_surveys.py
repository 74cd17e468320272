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
    # 3 promoters, 3 detractors, 2 in between: the example of the method's own test gives 47.6 points for 4, 2, 2.
    row = surveys.promoter_scores(answers([10, 9, 9, 8, 7, 6, 3, 10], question="Q2"), QUESTIONS, small_group=5).iloc[0]

    assert (row["score"], round(row["margin"], 1), row["promoters"], row["detractors"]) == (25.0, 47.6, 0.5, 0.25)


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


@pytest.mark.parametrize("answer", [1, 3, 5])
def test_where_all_answer_alike_no_segment_differs(answer):
    given = pd.concat([answers([answer] * n, segment=segment, prefix=segment) for segment, n in (("A", 137), ("B", 37), ("C", 31))], ignore_index=True)

    assert not surveys.by_segment(given, QUESTIONS, SEGMENTS, small_group=5)["clear"].any()


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


STEPS = pd.DataFrame({"question": ["Q3", "Q4", "Q5", "Q6"], "text": ["How sure are you", "Did it open", "Borrowed", "Sat down"], "scale": [surveys.STEPS, surveys.YES_NO, surveys.YES_NO, surveys.YES_NO],
                      "group": "patrons", "block": [None, None, "What did you do", "What did you do"]})
WORDS = pd.DataFrame({"question": "Q3", "code": [1, 2, 3], "label": ["Not", "Fairly", "Very"], "good": pd.array([False, True, True], dtype="boolean")})


def test_the_whole_spread_of_a_statement_is_told_with_median_and_mean():
    row = surveys.agreement(answers([5, 5, 4, 3, 1, 1, 2, 4]), QUESTIONS, small_group=5).iloc[0]

    assert row[["strongly_agree", "agree", "neutral", "disagree", "strongly_disagree"]].tolist() == [0.25, 0.5, 0.125, 0.375, 0.25]
    assert (row["median"], row["mean"]) == (3.5, 3.125)


def test_yes_or_no_and_steps_are_told_as_the_share_that_counts_as_good():
    given = pd.concat([answers([1, 2, 3, 3, 1], "Q3"), answers([1, 0, 0, 0, 0, 0, 0, 1], "Q4")], ignore_index=True)
    found = surveys.shares(surveys.counted(given, STEPS, WORDS, small_group=5), WORDS, small_group=5).set_index("question")

    assert found["good"].to_dict() == {"Q4": 0.25, "Q3": 0.6}
    assert found["counts"].to_dict() == {"Q4": "", "Q3": "Fairly; Very"}


def test_steps_of_which_none_is_marked_as_good_have_no_share():
    bare = WORDS.assign(good=pd.array([None] * 3, dtype="boolean"))
    found = surveys.shares(surveys.counted(answers([1, 2, 3, 3, 1], "Q3"), STEPS, bare, small_group=5), bare, small_group=5).iloc[0]

    assert (found["n"], found["counts"]) == (5, "") and pd.isna(found["good"])


def test_options_are_shares_of_those_who_answered_the_block_most_ticked_first():
    # P0 to P5 ticked or left Q5; P6 and P7 have only Q6 on record.
    given = pd.concat([answers([1, 1, 1, 0, 0, 0], "Q5"), answers([1, 1, 1, 1, 1, 0, 1, 1], "Q6")], ignore_index=True)
    found = surveys.ticked(surveys.counted(given, STEPS, WORDS, small_group=5), small_group=5)

    assert found[["text", "n", "share"]].values.tolist() == [["Sat down", 8, 0.875], ["Borrowed", 8, 0.375]]
    assert surveys.ticked(surveys.counted(given, STEPS, WORDS, small_group=5), small_group=9)["share"].isna().all()


def test_a_question_that_nobody_answered_is_named_and_one_skipped_by_all_too():
    asked = pd.concat([QUESTIONS, STEPS], ignore_index=True)
    assert surveys.unanswered(pd.concat([answers([4]), answers([None], "Q4")]), asked)["question"].tolist() == ["Q2", "Q3", "Q4", "Q5", "Q6"]


def test_where_answers_name_surveys_only_the_newest_survey_counts_however_close_the_one_before():
    old, new = answers([1] * 9, date="2025-09-10", prefix="OLD").assign(survey="SV1"), answers([5] * 6, date="2026-08-17").assign(survey="SV2")
    row = surveys.agreement(pd.concat([old, new], ignore_index=True), QUESTIONS, small_group=5).iloc[0]

    assert (row["n"], row["agree"]) == (6, 1.0)


def test_statements_on_one_topic_go_together_or_do_not():
    asked = pd.DataFrame({"question": ["A", "B", "C"], "text": ["one", "two", "three"], "scale": surveys.AGREE, "group": "staff", "topic": "support"})
    level = [1, 2, 3, 4, 5, 4, 3, 2]
    alike = surveys.together(surveys.counted(pd.concat([answers(level, one) for one in "ABC"]), asked, small_group=5), small_group=5).iloc[0]
    apart = surveys.together(surveys.counted(pd.concat([answers(level, "A"), answers(level, "B"), answers([6 - one for one in level], "C")]), asked, small_group=5), small_group=5).iloc[0]

    assert (round(alike["alpha"], 6), alike["enough"], alike["n"]) == (1.0, True, 8)
    assert (apart["enough"], apart["weakest"]) == (False, "three")
