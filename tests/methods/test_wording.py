import pytest

from planning.methods.wording import figures, months, opening


@pytest.mark.parametrize(
    "sentence, kind",
    [("Cut the wait to 4 days", "clear"), ("  raise it", "clear"), ("Become the trusted place", "vague"), ("Zwiększyć liczbę", "unknown"), ("", "unknown"), ("50 %", "unknown")],
)
def test_only_the_first_word_decides_what_a_sentence_opens_with(sentence, kind):
    assert opening(sentence) == kind


def test_years_months_and_days_are_no_figures():
    assert figures("Raise it from 9.7 days in June 2023 to 4 by 2027-06-30, or 2027-07") == [9.7, 4.0]


def test_thousands_separators_and_percent_signs_are_read():
    assert figures("from 11,748 to 1,234,567.5, and 38 % or 50%") == [11748.0, 1234567.5, 38.0, 50.0]


def test_an_amount_that_looks_like_a_year_counts_when_it_is_expected():
    assert figures("from 1950 to 2050") == []
    assert figures("from 1950 to 2050 by 2027", known=[1950.0, 2050.0]) == [1950.0, 2050.0]


def test_a_number_inside_a_word_is_no_figure():
    assert figures("Move the A4 prints of FY2026 to room B12") == []


@pytest.mark.parametrize(
    "sentence, named",
    [("by June 2027", ["2027-06"]), ("from spring 2025 to DECEMBER 2026.", ["2025", "2026-12"]), ("by 2027-06-30", ["2027-06"]), ("by the end of 2027, at last", ["2027"]),
     ("from 11,748 to 13800 visits", []), ("to 2.2027 or A2027", []), ("2027.5", []), ("", [])],
)
def test_months_and_years_are_read_and_amounts_are_not(sentence, named):
    assert months(sentence) == named
