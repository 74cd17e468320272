import numpy as np
import pytest

from planning.methods import opinion_groups


def room(n: int, statements: int, noise: float, seed: int, gaps: float = 0.0) -> tuple[np.ndarray, np.ndarray]:
    """Two groups that answer the first two thirds of the statements the opposite way, with some noise."""
    draws = np.random.default_rng(seed)
    member = np.arange(n) % 2
    side = np.ones((2, statements))
    side[1, : 2 * statements // 3] = -1
    votes = side[member] * np.where(draws.random((n, statements)) < noise, -1, 1)
    return np.where(draws.random(votes.shape) < gaps, np.nan, votes), member


def test_the_test_of_two_shares_is_that_of_the_cliffsnotes_example_which_polis_tests_itself_with():
    """15 of 24 and 56 of 71, plus one each: 16 of 25 and 57 of 72 people; z is -1.518."""
    found = opinion_groups.marks([[15], [56]], [[24], [71]])

    assert found.against[0, 0] == pytest.approx(-1.518, abs=0.01)
    assert found.against[1, 0] == pytest.approx(1.518, abs=0.01)


def test_both_tests_give_the_values_in_polis_own_tests_of_its_python_version():
    assert opinion_groups.marks([[70], [50]], [[100], [100]]).against[0, 0] == pytest.approx(2.88, abs=0.01)
    assert opinion_groups.marks([[70], [50]], [[100], [100]]).own[0, 0] == pytest.approx(2 * 101**0.5 * (71 / 101 - 0.5))
    assert opinion_groups.marks([[10]], [[50]]).own[0, 0] == pytest.approx(-4.06, abs=0.01)
    assert opinion_groups.marks([[25], [25]], [[50], [50]]).against[0, 0] == 0


def test_shares_ratios_and_the_shared_product_follow_the_formulas_of_small_and_others_2021():
    found = opinion_groups.marks([[3, 0], [1, 4], [0, 0]], [[4, 4], [2, 4], [0, 2]])

    assert found.share.tolist() == [[4 / 6, 1 / 6], [2 / 4, 5 / 6], [1 / 2, 1 / 4]]
    assert found.ratio[0].tolist() == pytest.approx([(4 / 6) / (2 / 4), (1 / 6) / (5 / 8)])
    assert found.shared.tolist() == pytest.approx([4 / 6 * 1 / 2 * 1 / 2, 1 / 6 * 5 / 6 * 1 / 4])


def test_all_agreeing_everywhere_gives_no_difference_and_no_warning():
    assert opinion_groups.marks([[5], [5]], [[5], [5]]).against.tolist() == [[0], [0]]


def test_more_who_agree_than_answered_is_refused():
    with pytest.raises(ValueError, match="more agree"):
        opinion_groups.marks([[5]], [[4]])


def test_places_are_the_scores_of_a_singular_value_decomposition_moved_out_by_the_gaps():
    votes, _ = room(12, 6, 0.2, seed=4, gaps=0.2)
    filled = np.where(np.isnan(votes), np.nanmean(votes, axis=0), votes)
    left, sizes, _ = np.linalg.svd(filled - filled.mean(axis=0), full_matrices=False)
    out = np.sqrt(6 / (~np.isnan(votes)).sum(axis=1))

    found = opinion_groups.places(votes)

    assert np.abs(found) == pytest.approx(np.abs((left * sizes)[:, :2] * out[:, None]))


def test_the_silhouette_and_the_groups_are_those_of_a_search_by_hand_over_all_ways_to_part_a_small_room():
    """Two groups of at least two out of seven people: every way is tried, and the within spread is least for the one found."""
    votes, _ = room(7, 6, 0.1, seed=2)
    found = opinion_groups.found(votes, fewest=2, seed=1, chance=0.99)
    spots = opinion_groups.places(votes)
    apart = np.linalg.norm(spots[:, None] - spots[None], axis=2)

    def within(labels: np.ndarray) -> float:
        return sum(((spots[labels == one] - spots[labels == one].mean(axis=0)) ** 2).sum() for one in (0, 1))

    ways = [np.array([number >> place & 1 for place in range(7)]) for number in range(1, 2**6)]
    ways = [way for way in ways if 2 <= way.sum() <= 5]
    assert set(found.members) == {0, 1}
    assert within(found.members) == pytest.approx(min(within(way) for way in ways))
    own = [apart[i][(found.members == found.members[i]) & (np.arange(7) != i)].mean() for i in range(7)]
    other = [apart[i][found.members != found.members[i]].mean() for i in range(7)]
    assert found.silhouette == pytest.approx(np.mean([(b - a) / max(a, b) for a, b in zip(own, other)]))


@pytest.mark.parametrize("seed", range(5))
def test_two_groups_are_found_again_whatever_the_order_of_people(seed):
    votes, member = room(24, 9, 0.08, seed, gaps=0.1)
    order = np.random.default_rng(seed).permutation(24)

    found, again = opinion_groups.found(votes, fewest=5, seed=7), opinion_groups.found(votes[order], fewest=5, seed=7)

    assert found.why == ""
    assert max((found.members == member).sum(), (found.members == 1 - member).sum()) >= 22
    assert np.bincount(found.members).tolist() == np.bincount(again.members).tolist()


def test_the_same_seed_gives_the_same_groups_and_the_larger_comes_first():
    votes, _ = room(25, 9, 0.1, seed=3)

    one, other = (opinion_groups.found(votes, fewest=5, seed=11) for _ in range(2))

    assert one.members.tolist() == other.members.tolist() and one.chance == other.chance
    assert np.bincount(one.members)[0] >= np.bincount(one.members)[-1]


def test_rooms_that_answer_at_random_are_told_to_have_groups_in_fewer_than_one_of_ten():
    draws, told = np.random.default_rng(17), []
    for number in range(90):
        n, statements = [(16, 7), (24, 10), (36, 14)][number % 3]
        lean = draws.random(statements)
        votes = np.where(draws.random((n, statements)) < lean, 1.0, -1.0)
        votes[draws.random(votes.shape) < 0.15] = draws.choice([0.0, np.nan])
        told.append(opinion_groups.found(votes, fewest=5, seed=number).why == "")

    assert np.mean(told) < 0.1


def test_no_group_is_smaller_than_the_fewest():
    votes = np.vstack([np.tile([1.0, 1, 1, -1, -1, -1], (16, 1)), np.tile([-1.0, -1, -1, 1, 1, 1], (4, 1))])

    found = opinion_groups.found(votes, fewest=5, seed=1)

    assert (found.why, set(found.members)) == ("no pattern", {-1})


@pytest.mark.parametrize(("votes", "why"), [
    ([[1, -1]] * 40, "few statements"), ([[1, -1, 0]] * 14, "few people"), ([[1, 1, 1]] * 20, "no pattern"), ([[np.nan] * 4] * 20, "few statements"),
    ([[1, np.nan, np.nan, np.nan, np.nan]] * 10 + [[1, 1, 1, -1, -1]] * 10, "few people")])
def test_why_there_are_no_groups_is_said(votes, why):
    found = opinion_groups.found(votes, fewest=5, seed=1)

    assert found.why == why
    assert set(found.members) == {-1}


def test_people_who_answered_little_are_in_no_group():
    votes, _ = room(24, 9, 0.05, seed=1)
    votes[3, 2:] = np.nan

    assert opinion_groups.found(votes, fewest=5, seed=1).members[3] == -1


def test_an_answer_that_is_none_of_three_is_refused():
    with pytest.raises(ValueError, match="none of 1, 0 and -1"):
        opinion_groups.found([[2, 0, 1]], fewest=5, seed=1)
