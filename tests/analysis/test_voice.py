"""Staff's own voice: answers with intervals, beside the survey before, and what stays hidden."""

import pandas as pd
import pytest

from planning.analysis import surveys, voice

BOOK = pd.DataFrame({"theme": ["T1", "T2"], "name": ["Seats", "Hours"]})


def questions(*rows):
    plain = {"text": "I may decide", "scale": "agree 1-5", "group": "staff", "topic": "autonomy", "before": None}
    return pd.DataFrame([{"question": f"Q{place}"} | plain | row for place, row in enumerate(rows, start=1)], columns=["question", *plain])


def given(*sets):
    """The answers that count, as `surveys.counted` returns them."""
    rows = [[f"W{place}", question, float(answer) if answer != "." else None, survey, pd.Timestamp(day)] for question, survey, day, answers in sets for place, answer in enumerate(answers)]
    asked = pd.DataFrame({"question": [f"Q{place}" for place in range(1, 9)]})
    return surveys.counted(pd.DataFrame(rows, columns=["respondent", "question", "answer", "survey", "date"]), asked, small_group=1)


def test_agreement_has_its_wilson_interval_and_skipped_answers_do_not_count():
    row = voice.answers(given(("Q1", None, "2026-05-01", "54421.")), questions({}), small_group=4).iloc[0]

    assert (row["n"], row["agree"]) == (5, 0.6)
    assert (row["low"], row["high"]) == pytest.approx((0.231, 0.882), abs=0.001)
    assert pd.isna(row["before"]) and not row["clear"]


def test_the_question_that_it_repeats_gives_the_change_with_its_interval():
    asked = questions({"before": "Q2"}, {"text": "I might decide"})
    row = voice.answers(given(("Q1", None, "2026-05-01", "5" * 30 + "1" * 20), ("Q2", None, "2025-05-01", "5" * 20 + "1" * 30)), asked, small_group=5)

    assert len(row) == 1, "the question of the year before is no row of its own"
    assert row.loc[0, ["change", "change_low", "change_high"]].tolist() == pytest.approx([0.2, 0.004, 0.375], abs=0.001), "Newcombe 1998, as in methods.comparisons"
    assert not row.loc[0, "clear"], "Fisher's exact test gives 0.07"


def test_a_change_is_clear_only_when_chance_would_rarely_make_it_in_view_of_all_statements_compared():
    one = [("Q1", "SV1", "2025-05-01", "5" * 8 + "1" * 20), ("Q1", "SV2", "2026-05-01", "5" * 18 + "1" * 10)]
    others = [(f"Q{place}", survey, day, "51" * 14) for place in range(2, 9) for survey, day in (("SV1", "2025-05-01"), ("SV2", "2026-05-01"))]

    # Fisher's exact test gives 0.015: clear alone, and not as one of eight.
    assert voice.answers(given(*one), questions({}), small_group=5)["clear"].tolist() == [True]
    assert not voice.answers(given(*one, *others), questions(*[{}] * 8), small_group=5)["clear"].any()


def test_the_same_question_in_two_surveys_compares_the_newest_with_the_one_before():
    row = voice.answers(given(("Q1", "SV1", "2025-05-01", "11115"), ("Q1", "SV2", "2026-05-01", "55551")), questions({}), small_group=5).iloc[0]

    assert (row["n"], row["agree"], row["before"]) == (5, 0.8, 0.2)


def test_few_answers_are_hidden_and_few_before_give_no_comparison():
    found = voice.answers(given(("Q1", None, "2026-05-01", "555"), ("Q2", None, "2026-05-01", "55555"), ("Q3", None, "2025-05-01", "555")), questions({}, {"before": "Q3"}, {}), small_group=5)

    assert found.set_index("question")["hidden"].to_dict() == {"Q2": False, "Q1": True}
    assert found.set_index("question").loc["Q1", ["n", "agree", "low"]].isna().all()
    assert found["before"].isna().all()


def test_only_staffs_questions_on_the_three_topics_count_in_their_order_least_agreed_first():
    asked = questions({}, {"topic": "service standards", "scale": "yes no"}, {"topic": "support"}, {"topic": "support"}, {"topic": None}, {"group": "patrons"})
    found = voice.answers(given(("Q1", None, "2026-05-01", "5"), ("Q2", None, "2026-05-01", "1"), ("Q3", None, "2026-05-01", "5"), ("Q4", None, "2026-05-01", "1"), ("Q5", None, "2026-05-01", "5"), ("Q6", None, "2026-05-01", "5")),
                          asked, small_group=1)

    assert found["question"].tolist() == ["Q4", "Q3", "Q1", "Q2"]
    assert found["agree"].tolist() == [0, 1, 1, 1]


def log(staff, others):
    rows = [["staff", theme, pd.Timestamp("2026-05-01") if closed else pd.NaT, "complaint"] for theme, closed in staff] + [["patrons", "T2", pd.Timestamp("2026-05-01"), "wish"]] * others
    return pd.DataFrame(rows, columns=["group", "theme", "closed", "tone"])


def test_staffs_feedback_stands_beside_that_of_all_others():
    found = voice.beside(log([("T1", True), ("T1", False), ("T1", True), ("T2", False)], 3), BOOK, small_group=3)

    assert found[["who", "entries", "closed", "share", "complaints"]].values.tolist() == [["staff", 4, 2, 0.5, 4], ["others", 3, 3, 1.0, 0]]
    assert found.loc[0, ["theme_name", "theme_entries"]].tolist() == ["Seats", 3]
    assert pd.isna(found.loc[1, "theme_entries"]), "or what staff said of it could be worked out"


def test_where_one_side_is_small_both_are_hidden():
    found = voice.beside(log([("T1", True)], 9), BOOK, small_group=3)

    assert found["hidden"].all() and found[["entries", "share"]].isna().all().all()


def test_empty_tables_give_empty_results():
    assert list(voice.answers(given(), questions(), small_group=5).columns) == voice.VOICE
    assert voice.beside(log([], 0), BOOK, small_group=5).empty
