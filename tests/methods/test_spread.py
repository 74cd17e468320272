from itertools import product

import numpy as np
import pytest
from scipy.stats import friedmanchisquare

from planning.methods import agreement, spread


def test_agreement_of_van_der_eijks_own_example_of_2001_page_331_is_as_the_r_package_agrmt_gives_it():
    assert spread.ordered_agreement([30, 40, 210, 130, 530, 50, 10]) == pytest.approx(0.6113333, abs=1e-7)


@pytest.mark.parametrize("steps", [3, 4, 5, 7])
def test_agreement_is_one_on_one_step_nought_on_all_and_minus_one_on_both_ends(steps):
    assert spread.ordered_agreement([0] * (steps - 1) + [9]) == 1
    assert spread.ordered_agreement([4] * steps) == 0
    assert spread.ordered_agreement([6] + [0] * (steps - 2) + [6]) == -1


def test_agreement_is_the_same_the_other_way_round_and_lies_between_its_ends():
    for counts in product(range(3), repeat=5):
        if sum(counts):
            found = spread.ordered_agreement(counts)
            assert -1 <= found <= 1
            assert found == pytest.approx(spread.ordered_agreement(counts[::-1]))


def test_agreement_without_answers_is_missing_and_two_steps_are_refused():
    assert np.isnan(spread.ordered_agreement([0, 0, 0]))
    with pytest.raises(ValueError, match="Three steps"):
        spread.ordered_agreement([3, 4])
    with pytest.raises(ValueError, match="0 or more"):
        spread.ordered_agreement([3, -1, 4])


def test_mean_distance_is_the_mean_over_all_pairs_of_people():
    draws = np.random.default_rng(3)
    for n in (2, 3, 8, 9):
        values = draws.integers(0, 11, n).astype(float)
        pairs = [abs(a - b) for place, a in enumerate(values) for b in values[place + 1:]]
        most = 10 * (n // 2) * (n - n // 2)

        assert spread.mean_distance(values, 10) == pytest.approx(sum(pairs) / most)


def test_mean_distance_of_one_person_or_no_scale_is_missing():
    assert np.isnan(spread.mean_distance([4], 4))
    assert np.isnan(spread.mean_distance([4, 5], 0))
    assert spread.mean_distance([2, np.nan, 2], 4) == 0


def test_the_chance_of_kendalls_w_is_that_of_friedmans_test_in_scipy():
    ranks = np.array([[1, 2, 3, 4], [2, 1, 3, 4], [1, 3, 2, 4], [1, 2, 4, 3], [2, 1, 4, 3]])

    found = spread.concordance_chance(agreement.kendalls_w(ranks), raters=5, items=4)

    assert found == pytest.approx(friedmanchisquare(*ranks.T).pvalue)
    with pytest.raises(ValueError, match="Kendall"):
        spread.concordance_chance(1.2, raters=5, items=4)


def test_the_best_cut_is_the_one_that_a_search_over_all_cuts_finds():
    draws = np.random.default_rng(9)
    for _ in range(50):
        values = np.sort(draws.integers(0, 30, 12).astype(float))
        within = {size: values[:size].var() * size + values[size:].var() * (12 - size) for size in range(3, 10) if values[size - 1] < values[size]}
        found = spread.camps(values, reach=30)

        assert within[found.low_n] == pytest.approx(min(within.values()))
        assert found.explained == pytest.approx(1 - min(within.values()) / (values.var() * 12))


def test_two_clear_camps_are_told_and_one_middle_or_a_gap_of_one_person_is_not():
    assert spread.camps([1, 1, 1, 2, 1, 5, 5, 5, 4, 5, 5, 1], reach=4, steps=5).camps
    assert not spread.camps([3, 3, 2, 4, 3, 3, 2, 4, 3, 3], reach=4, steps=5).camps
    assert not spread.camps([1, 5, 5, 5, 5, 5, 5, 5, 5, 5], reach=4, steps=5).camps
    assert not spread.camps([1, 1, 1, 1, 2, 2, 2, 2, 2], reach=4, steps=5).camps
    assert not spread.camps([1, 1, 5, 5], reach=4, steps=5).camps
    assert not spread.camps([4] * 10, reach=4, steps=5).camps


@pytest.mark.parametrize(("n", "steps", "top"), [(8, 5, 0.0), (20, 5, 0.0), (30, 0, 0.0), (20, 0, 0.5), (40, 7, 0.0)])
def test_people_who_answer_at_random_are_called_camps_in_about_the_share_of_rooms_that_is_asked_for(n, steps, top):
    draws = np.random.default_rng(n)
    rooms = draws.integers(0, steps, (600, n)) / (steps - 1) if steps else draws.random((600, n))
    rooms = np.where(draws.random(rooms.shape) < top, 1.0, rooms)

    told = np.mean([spread.camps(room, reach=1, steps=0 if not steps else steps, top=top, chance=0.05).camps for room in rooms])

    assert told <= 0.08


def test_a_chance_outside_nought_to_one_is_refused():
    with pytest.raises(ValueError, match="Chance"):
        spread.camps([1, 2], reach=4, chance=0)
