import math

import pytest

from planning.methods.sampling import answers_needed, margin

TWO = 0.9544997361036416  # the confidence at which z is 2, as Cochran rounds it


def test_cochran_1977_section_4_needs_400_answers_and_356_of_3200_islanders():
    assert answers_needed(0.05, confidence=TWO) == 400
    assert answers_needed(0.05, people=3200, confidence=TWO) == 356


def test_the_margin_is_the_number_of_answers_the_other_way_round():
    for people in (math.inf, 20_000, 1_000, 60):
        n = answers_needed(0.05, people=people)
        assert margin(n, people=people) <= 0.05 < margin(n - 1, people=people)


def test_a_margin_by_hand():
    # 1.96 * sqrt(0.25 / 100 * (400 - 100) / 399) = 1.96 * 0.05 * 0.86711
    assert margin(100, people=400) == pytest.approx(0.0849739, abs=1e-5)


def test_when_everybody_answered_nothing_is_left_to_chance_and_without_answers_nothing_is_known():
    assert margin(31, people=31) == 0 and margin(1, people=1) == 0
    assert math.isnan(margin(0, people=31)) and math.isnan(margin(math.nan))


def test_never_more_answers_than_people():
    assert [answers_needed(0.03, people=people) for people in (1, 2, 9, 38)] == [1, 2, 9, 37]


def test_more_answers_than_people_and_a_margin_of_five_are_refused():
    with pytest.raises(ValueError, match="found 40 of 31 people"):
        margin(40, people=31)
    with pytest.raises(ValueError, match="Write 5 points as 0.05"):
        answers_needed(5)
    with pytest.raises(ValueError, match="At least one person"):
        answers_needed(0.05, people=0)
