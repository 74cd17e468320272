import numpy as np
import pytest

from planning.methods.reliability import cronbach_alpha, item_total

GAP = None
MISSING = [[1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1], [1, 1, 1, 1, 1, 1, 1, 1, 0, 1, 0], [GAP, 0, 1, 1, GAP, 1, 1, 1, 1, 0, 0], [1, 1, 1, 0, 1, 1, 0, 1, 1, 0, 0],
           [1, 1, 1, 1, 1, 0, 0, 0, 1, 0, 0], [0, 1, GAP, 0, 1, 1, 1, 1, 0, 0, 0], [1, 1, 1, 1, 0, 0, 1, 0, 0, 0, 0], [1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0],
           [0, 1, 0, 1, 1, 0, 0, 0, 0, 1, 0], [1, 0, 0, 1, 0, 1, 0, 0, GAP, 0, 0], [1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0], [1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0]]


def test_the_published_example_of_pingouin_and_psych_with_gaps_left_out():
    found = cronbach_alpha(np.array(MISSING, dtype=float))

    assert found.alpha == pytest.approx(0.8016949152542373)
    assert (found.n, found.items) == (9, 11)


def test_the_published_interval_of_pingouin_with_gaps_filled_by_the_median():
    table = np.array(MISSING, dtype=float)
    found = cronbach_alpha(np.where(np.isnan(table), np.nanmedian(table, axis=0), table))

    assert found.alpha == pytest.approx(0.7380191693290734)
    assert (round(found.low, 3), round(found.high, 3)) == (0.447, 0.911)


def test_alpha_by_hand():
    # Sums 4, 7, 12, 14: variance 20.9167; questions 10/3, 2.25... added: 3.3333 + 1.3333 + 2.9167 = 7.5833.
    assert cronbach_alpha([[1, 2, 1], [2, 2, 3], [4, 4, 4], [5, 4, 5]]).alpha == pytest.approx(3 / 2 * (1 - 7.583333 / 20.916667), abs=1e-6)


def test_the_interval_is_narrower_with_more_people():
    chance = np.random.default_rng(1)
    mood = chance.normal(size=400)[:, None]
    answers = mood + chance.normal(size=(400, 4))
    few, many = cronbach_alpha(answers[:40]), cronbach_alpha(answers)
    assert many.high - many.low < few.high - few.low


def test_item_total_leaves_the_question_itself_out():
    table = np.array([[1, 2, 1], [2, 2, 3], [4, 4, 4], [5, 4, 5]])
    assert item_total(table)[0] == pytest.approx(np.corrcoef(table[:, 0], table[:, 1] + table[:, 2])[0, 1])


def test_one_question_one_person_or_no_spread_give_no_alpha():
    for answers in ([[1], [2]], [[1, 2]], [[3, 3], [3, 3]]):
        assert np.isnan(cronbach_alpha(answers).alpha)
    assert np.isnan(item_total([[3, 1], [3, 2]])).all()
