"""Kappa and alpha against published examples and another implementation."""

import numpy as np
import pytest
from statsmodels.stats import inter_rater

from planning.methods import kappa

COHEN = [[88, 14, 18], [10, 40, 10], [2, 6, 12]]
"""Cohen 1968, table 1: 200 cases in three diagnoses by two judges, read as counts."""
OBSERVERS = ("1 2 3 3 2 1 4 1 2 . . .", "1 2 3 3 2 2 4 1 2 5 . 3", ". 3 3 3 2 3 4 2 2 5 1 .", "1 2 3 3 2 4 4 1 2 5 1 .")


def test_the_diagnoses_of_cohen_1968_have_the_kappa_of_492_that_he_reports():
    found = kappa.cohens_kappa(COHEN)

    assert (found.n, round(found.agreed, 2), round(found.chance, 2), round(found.kappa, 3)) == (200, 0.70, 0.41, 0.492)
    assert found.adjusted == pytest.approx((3 * 0.7 - 1) / 2)


@pytest.mark.parametrize("seed", range(6))
def test_kappa_and_its_interval_equal_those_of_statsmodels(seed):
    table = np.random.default_rng(seed).integers(0, 12, (4, 4)) + 6 * np.eye(4, dtype=int)
    found, other = kappa.cohens_kappa(table), inter_rater.cohens_kappa(table)

    assert found.kappa == pytest.approx(other.kappa)
    assert (found.low, found.high) == pytest.approx((other.kappa_low, other.kappa_upp))


def test_a_category_that_takes_nearly_all_items_gives_a_low_kappa_and_the_adjusted_value_says_so():
    found = kappa.cohens_kappa([[90, 4], [4, 2]])

    assert found.agreed == 0.92
    assert found.kappa < 0.3 < 0.8 < found.adjusted


def test_no_items_and_one_category_have_no_kappa():
    assert np.isnan(kappa.cohens_kappa([[0, 0], [0, 0]]).kappa)
    assert np.isnan(kappa.cohens_kappa([[7, 0], [0, 0]]).kappa)
    assert kappa.cohens_kappa([[7, 0], [0, 0]]).agreed == 1.0


def test_full_agreement_is_1_without_a_reach():
    assert kappa.cohens_kappa([[5, 0], [0, 5]])[3:6] == pytest.approx((1.0, 1.0, 1.0))


def test_a_table_that_is_not_square_is_refused():
    with pytest.raises(ValueError, match="found no square table"):
        kappa.cohens_kappa([[1, 2, 3], [4, 5, 6]])


def test_agreement_by_category_by_hand():
    found = kappa.by_category(list("aabbc"), list("abbba")).set_index("category")

    assert found["used"].to_dict() == {"b": 5, "a": 4, "c": 1}
    assert found["agreement"].round(2).to_dict() == {"b": 0.8, "a": 0.5, "c": 0.0}
    with pytest.raises(ValueError, match="found 1 and 2 items"):
        kappa.by_category(["a"], ["a", "b"])


def test_two_observers_of_krippendorff_2007_have_the_alpha_of_692():
    assert round(kappa.alpha(zip("aabbdcccedda", "babbbccceddd")), 3) == 0.692


def test_four_observers_with_gaps_of_krippendorff_2007_have_the_alpha_of_743():
    units = zip(*[[None if code == "." else code for code in row.split()] for row in OBSERVERS])

    assert round(kappa.alpha(units), 3) == 0.743


def test_alpha_is_missing_without_pairs_or_with_one_category():
    assert np.isnan(kappa.alpha([("a", None), (None, None)]))
    assert np.isnan(kappa.alpha([("a", "a"), ("a", "a")]))
