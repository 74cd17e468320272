from itertools import product

import numpy as np
import pytest
from scipy.stats import rankdata, wilcoxon

from planning.methods.pairs import change


def by_all_signs(differences):
    """The two-sided exact chance after Pratt, all sign patterns counted one by one."""
    apart = np.array(differences, dtype=float)
    ranks = rankdata(np.abs(apart))[apart != 0]
    seen = abs((np.sign(apart[apart != 0]) * ranks).sum())
    sums = [abs((np.array(signs) * ranks).sum()) for signs in product((-1, 1), repeat=ranks.size)]
    return np.mean([total >= seen - 1e-9 for total in sums])


def test_darwins_maize_as_published_with_the_test_in_scipy():
    apart = [6, 8, 14, 16, 23, 24, 28, 29, 41, -48, 49, 56, 60, -67, 75]
    found = change(np.zeros(15), apart)

    assert found.chance == pytest.approx(0.041259765625)
    # Ranks that fell: 10 and 14 of 120.
    assert found.effect == pytest.approx((96 - 24) / 120)
    assert (found.rose, found.fell, found.stayed) == (13, 2, 0)


@pytest.mark.parametrize("apart", [[1] + [-1] * 9 + [0] * 17, [2, -1, -1, -2, 1, 3, -3, -2, -1, 1, -1, -1, -2, 1] + [0] * 20, [1, 1, 0, 2, -1, 0], [1, 0, 0, 0, 1, 1, 2], [-1, 1, 1, 1, 2, 2, -2, 0, 1]])
def test_with_ties_and_zeros_all_sign_patterns_are_counted(apart):
    assert change(np.zeros(len(apart)), apart).chance == pytest.approx(by_all_signs(apart))


def test_without_ties_and_zeros_the_chance_of_many_pairs_is_the_exact_one_of_scipy():
    apart = np.random.default_rng(6).normal(0.2, 1, 50)
    assert change(np.zeros(50), apart).chance == pytest.approx(wilcoxon(apart, method="exact").pvalue)


def test_the_same_pairs_give_the_same_chance_every_time():
    apart = [1] * 4 + [-1] * 7 + [2] * 2 + [0] * 25
    assert len({change(np.zeros(38), apart).chance for _ in range(5)}) == 1


def test_many_pairs_use_the_normal_approximation_of_scipy():
    chance = np.random.default_rng(4)
    before, after = chance.integers(1, 5, 80), chance.integers(1, 6, 80)
    assert change(before, after).chance == pytest.approx(wilcoxon(after - before, zero_method="pratt", method="asymptotic").pvalue)


def test_the_mean_has_students_interval():
    # Differences 1, 2, 0, 1: mean 1, s = sqrt(2/3), t(3) = 3.1824; 3.1824 * 0.8165 / 2 = 1.2992.
    found = change([1, 1, 2, 3], [2, 3, 2, 4])
    assert (found.mean, round(found.low, 3), round(found.high, 3)) == (1.0, -0.299, 2.299)


def test_gaps_are_dropped_and_nobody_who_moved_is_no_change():
    found = change([3, 2, None], [3, 2, 5])
    assert (found.n, found.stayed, found.chance, found.effect) == (2, 2, 1.0, 0.0)
    assert np.isnan(change([], []).chance)


def test_sides_of_different_length_are_refused():
    with pytest.raises(ValueError, match="found 2 and 1 values"):
        change([1, 2], [1])
