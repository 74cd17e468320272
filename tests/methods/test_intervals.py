import numpy as np
import pytest
from scipy import stats
from statsmodels.stats.proportion import proportion_confint

from planning.methods.intervals import (
    bootstrap_above,
    bootstrap_quadrants,
    mean_difference,
    mean_interval,
    promoter_score,
    wilson,
)


@pytest.mark.parametrize(
    "successes, n, low, high",
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilson_gives_the_intervals_of_newcombe_1998(successes, n, low, high):
    assert wilson(successes, n) == pytest.approx((low, high), abs=0.00005)


def test_wilson_agrees_with_statsmodels_at_other_confidences():
    for confidence in (0.8, 0.9, 0.99):
        expected = proportion_confint(7, 23, alpha=1 - confidence, method="wilson")
        assert wilson(7, 23, confidence) == pytest.approx(expected)


def test_wilson_works_on_columns_and_is_missing_without_answers():
    low, high = wilson([81, 0], [263, 0])
    assert (round(low[0], 4), round(high[0], 4)) == (0.2553, 0.3662)
    assert np.isnan(low[1]) and np.isnan(high[1])


def test_wilson_refuses_more_successes_than_answers_and_a_confidence_in_percent():
    with pytest.raises(ValueError, match="above n"):
        wilson(5, 4)
    with pytest.raises(ValueError, match="Write 95 % as 0.95"):
        wilson(1, 4, confidence=95)


def test_mean_interval_agrees_with_scipys_t_distribution():
    values = [3.0, 4.5, 2.0, 5.0, 4.0, 3.5]
    expected = stats.t.interval(0.9, 5, loc=np.mean(values), scale=stats.sem(values))
    assert mean_interval([*values, np.nan], 0.9)[1:] == pytest.approx(expected)


def test_a_single_value_has_a_mean_and_no_interval():
    found = mean_interval([4.0])
    assert found.mean == 4.0
    assert np.isnan(found.low) and np.isnan(found.high)
    assert np.isnan(mean_interval([np.nan]).mean)


def test_mean_difference_of_larger_groups_agrees_with_scipys_percentile_bootstrap():
    chance = np.random.default_rng(11)
    x, y = chance.integers(1, 6, 60), chance.integers(2, 6, 45)
    expected = stats.bootstrap(
        (x, y),
        lambda a, b, axis: a.mean(axis=axis) - b.mean(axis=axis),
        n_resamples=20000,
        method="percentile",
        rng=np.random.default_rng(2),
    ).confidence_interval
    found = mean_difference(x, y, draws=20000, seed=1)
    assert found.difference == pytest.approx(x.mean() - y.mean())
    assert (found.low, found.high) == pytest.approx((expected.low, expected.high), abs=0.02)


def test_mean_difference_of_a_small_group_is_as_wide_as_scipys_welch_interval():
    x, y = [2, 3, 3, 4, 4, 4, 5, 5, 3, 2] * 5, [1, 2, 2, 3, 4, 5]
    expected = stats.ttest_ind(x, y, equal_var=False).confidence_interval(0.95)
    found = mean_difference(x, y, seed=3)
    assert found.high - found.low == pytest.approx(expected.high - expected.low, rel=0.06)
    assert (found.low, found.high) == pytest.approx((expected.low, expected.high), abs=0.2)


def test_the_interval_of_a_difference_holds_the_truth_in_nine_of_ten_surveys_of_seven():
    chance = np.random.default_rng(5)
    held = 0
    for draw in range(300):
        x, y = (chance.choice([1, 2, 3, 4, 5], size, p=[0.05, 0.1, 0.25, 0.35, 0.25]) for size in (50, 7))
        found = mean_difference(x, y, draws=1000, seed=draw)
        held += found.low <= 0 <= found.high
    assert held / 300 >= 0.91


def test_two_groups_that_do_not_vary_have_no_interval():
    found = mean_difference([4, 4, 4, 4, 4], [3, 3, 3, 3, 3])
    assert found.difference == 1.0
    assert np.isnan(found.low) and np.isnan(found.high)


def test_mean_difference_is_the_same_for_the_same_seed_only():
    x, y = [1, 2, 3, 5, 5, 4], [2, 2, 1, 3]
    assert mean_difference(x, y, seed=4) == mean_difference(x, y, seed=4)
    assert mean_difference(np.pi * np.array(x), y, seed=4) != mean_difference(np.pi * np.array(x), y, seed=5)


def test_a_higher_confidence_gives_a_wider_difference():
    x, y = [1, 2, 3, 5, 5, 4], [2, 2, 1, 3]
    narrow, wide = mean_difference(x, y, confidence=0.5), mean_difference(x, y, confidence=0.99)
    assert wide.low < narrow.low < narrow.high < wide.high


def test_a_difference_with_one_answer_on_a_side_has_no_interval():
    found = mean_difference([4], [1, 2, 3])
    assert found.difference == 2.0
    assert np.isnan(found.low) and np.isnan(found.high)
    assert np.isnan(mean_difference([], [1]).difference)


def test_promoter_score_by_hand():
    # 50 promoters, 30 passives, 20 detractors: 30 points. With 0.75, 1.5 and 0.75 answers more: 30 / 103, variance (71.5 / 103 - (30 / 103)^2) / 103.
    found = promoter_score([9] * 25 + [10] * 25 + [7] * 15 + [8] * 15 + [6] * 10 + [0] * 10)
    assert found.score == pytest.approx(30)
    assert found.margin == pytest.approx(195.9964 * np.sqrt((71.5 / 103 - (30 / 103) ** 2) / 103), abs=1e-4)
    assert (found.low, found.high, found.n) == pytest.approx((29.1262 - 15.0751, 29.1262 + 15.0751, 100), abs=1e-3)


def test_the_promoter_score_of_1162_answers_published_on_talkstats_is_minus_9_give_or_take_4_point_4():
    # 291 promoters, 476 passives and 395 detractors.
    found = promoter_score([9] * 291 + [7] * 476 + [3] * 395)
    assert (round(found.score), round(found.margin, 1)) == (-9, 4.4)


def test_promoter_margin_is_that_of_the_published_ticket_model_of_cross_validated():
    # Half promoters, a third passives, a sixth detractors: score 1/3, variance 5/9 of a ticket; with so many answers three more do not matter.
    found = promoter_score([10] * 162_000 + [8] * 108_000 + [1] * 54_000)
    assert found.score == pytest.approx(100 / 3)
    assert found.margin == pytest.approx(195.9964 * np.sqrt(5 / 9) / np.sqrt(324_000), rel=1e-4)


def test_the_promoter_interval_is_that_of_answers_of_plus_one_zero_and_minus_one_with_three_added():
    scored = np.array([1, 1, 1, 0, 0, 0, -1, -1, 1, 1, -1, 1, -1, 0, 0])
    weights = np.array([1.0] * 11 + [0.75, 0.75, 0.75, 0.75])
    middle = np.average(scored, weights=weights)
    expected = 195.9964 * np.sqrt(np.average((scored - middle) ** 2, weights=weights) / weights.sum())
    found = promoter_score([10, 10, 9, 8, 7, 7, 6, 2, 9, 10, 5])
    assert (found.margin, found.low) == pytest.approx((expected, 100 * middle - expected), rel=1e-6)


@pytest.mark.parametrize("shares", [(0.5, 0.3, 0.2), (0.85, 0.12, 0.03)])
def test_the_promoter_interval_of_twenty_answers_holds_the_truth_in_about_95_of_100_surveys(shares):
    drawn = np.random.default_rng(5).multinomial(20, shares, 1000)
    found = [promoter_score(np.repeat([10, 8, 2], counts)) for counts in drawn]
    truth = 100 * (shares[0] - shares[2])
    assert np.mean([one.low <= truth <= one.high for one in found]) > 0.93


def test_promoter_ends_stop_at_one_hundred_and_missing_answers_do_not_count():
    found = promoter_score([10, 10, 10, 9, np.nan])
    assert (found.score, found.high, found.n) == (100.0, 100.0, 4)
    assert 0 < found.low < 100, "four alike do not tell what the next will say"


def test_promoter_score_without_enough_answers_says_so_with_missing_numbers():
    assert np.isnan(promoter_score([]).score)
    assert np.isnan(promoter_score([9]).margin)
    with pytest.raises(ValueError, match="found 11"):
        promoter_score([11])


def test_quadrant_shares_agree_with_drawing_the_people_one_by_one():
    chance = np.random.default_rng(8)
    importance, performance = chance.integers(1, 6, 12), chance.integers(1, 6, 12)
    cuts = {"importance_cut": 3.2, "performance_cut": 2.9}
    found = bootstrap_quadrants(importance, performance, draws=20000, seed=1, **cuts)
    people = chance.integers(0, 12, (20000, 12))
    matters, works = importance[people].mean(axis=1) >= 3.2, performance[people].mean(axis=1) >= 2.9
    expected = [(matters & ~works).mean(), (matters & works).mean(), (~matters & ~works).mean(), (~matters & works).mean()]
    assert found.tolist() == pytest.approx(expected, abs=0.02)
    assert found.sum() == pytest.approx(1)


@pytest.mark.parametrize(
    "importance, performance, quadrant",
    [(5, 1, "concentrate here"), (5, 5, "keep up"), (1, 1, "low priority"), (1, 5, "possible overkill"), (3, 3, "keep up")],
)
def test_ratings_all_alike_fall_in_one_quadrant(importance, performance, quadrant):
    found = bootstrap_quadrants([importance] * 3, [performance] * 3, importance_cut=3, performance_cut=3, draws=50)
    assert found[quadrant] == 1


def test_quadrants_drop_pairs_with_a_gap_and_need_two_pairs():
    found = bootstrap_quadrants([5, 5, np.nan], [5, 5, 1], importance_cut=3, performance_cut=3, draws=50)
    assert found["keep up"] == 1
    assert bootstrap_quadrants([5, np.nan], [5, 1], importance_cut=3, performance_cut=3).isna().all()


def test_the_share_of_draws_above_agrees_with_drawing_the_people_one_by_one():
    chance = np.random.default_rng(8)
    x, y = chance.integers(1, 6, 12), chance.integers(1, 6, 12)
    drawn = (x - y)[chance.integers(0, 12, (20000, 12))].sum(axis=1)
    assert bootstrap_above(x, y, draws=20000, seed=1) == pytest.approx(((drawn > 0) + (drawn == 0) / 2).mean(), abs=0.01)


def test_turning_the_pairs_round_gives_the_rest_of_the_draws():
    x, y = [5, 4, 3, 4, 2], [4, 4, 3, 3, 4]
    assert bootstrap_above(x, y, seed=3) + bootstrap_above(y, x, seed=3) == pytest.approx(1, abs=0.03)


def test_pairs_with_a_gap_are_dropped_two_are_needed_and_both_sides_must_be_as_long():
    assert bootstrap_above([5, 5, np.nan], [4, 4, 9], draws=50) == 1
    assert np.isnan(bootstrap_above([5, np.nan], [1, 2]))
    with pytest.raises(ValueError, match="found 2 and 1 values"):
        bootstrap_above([1, 2], [1])


@pytest.mark.parametrize("n", [1, 5, 9, 20, 137, 205, 183.4])
def test_a_share_of_none_or_of_all_lies_within_its_own_wilson_interval(n):
    assert wilson(n, n)[1] == 1 and wilson(0, n)[0] == 0
