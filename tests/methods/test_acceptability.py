from itertools import combinations

import numpy as np
import pytest
from scipy.spatial import ConvexHull

from planning.methods.acceptability import central_weights, drawn_weights, rank_acceptability, winning_index

DRUGS = ("fluoxetine", "paroxetine", "sertraline", "venlafaxine")
EFFICACY = [(0.0, 0.0), (0.086, 0.056), (0.095, 0.044), (0.113, 0.048)]
HARMS = [[(11.7, 2.5), (9.2, 1.86), (15.4, 2.65), (5.5, 2.32)], [(7.2, 1.45), (10.6, 1.58), (7.5, 1.48), (15.7, 4.44)],
         [(16.6, 3.27), (21.2, 5.15), (20.2, 3.78), (12.8, 2.45)], [(13.7, 1.89), (14.3, 2.93), (15.0, 3.21), (11.2, 3.98)],
         [(18.6, 1.79), (18.3, 3.7), (19.5, 2.6), (31.0, 1.68)]]
"""Logarithm of the relative efficacy, and percent with diarrhea, dizziness, headache, insomnia and nausea: mean and standard deviation of each drug."""


def antidepressants(draws: int) -> tuple[np.ndarray, np.ndarray]:
    """Values of the four drugs in each draw, criteria drawn too and put on scales that span the 95% intervals; and the weights."""
    generator = np.random.default_rng(11)
    columns = []
    for measured, turn in [(EFFICACY, np.exp), *[(one, lambda drawn: -drawn) for one in HARMS]]:
        drawn = np.column_stack([turn(generator.normal(mean, spread, draws)) for mean, spread in measured])
        ends = [turn(mean + side * 1.96 * spread) for mean, spread in measured for side in (-1, 1)]
        columns.append((drawn - min(ends)) / (max(ends) - min(ends)))
    weights = drawn_weights(6, draws, seed=11)
    return np.einsum("dc,cdo->do", weights, np.array(columns)), weights


def test_rank_acceptabilities_of_four_antidepressants_as_published_for_smaa_by_tervonen_and_others_2010():
    """Their model (SOM research report 10001), with the figures to which JSMAA, their program, is tested."""
    values, _ = antidepressants(40_000)
    published = [[0.20, 0.28, 0.30, 0.22], [0.25, 0.29, 0.27, 0.19], [0.17, 0.25, 0.29, 0.30], [0.39, 0.18, 0.15, 0.29]]

    np.testing.assert_allclose(rank_acceptability(values), published, atol=0.015)


def test_central_weights_of_four_antidepressants_as_published_for_smaa_by_tervonen_and_others_2010():
    published = [[0.08, 0.14, 0.23, 0.18, 0.16, 0.22], [0.18, 0.17, 0.15, 0.13, 0.15, 0.22], [0.21, 0.10, 0.22, 0.13, 0.15, 0.20], [0.18, 0.21, 0.12, 0.21, 0.19, 0.09]]

    np.testing.assert_allclose(central_weights(*antidepressants(40_000)), published, atol=0.015)


def test_with_two_weights_acceptability_is_a_length_on_the_unit_interval():
    table = np.array([[1.0, 0.0], [0.0, 1.0], [0.6, 0.6]])  # with w on the first: w, 1 - w, 0.6, crossing at 0.4, 0.5 and 0.6
    weights = drawn_weights(2, 50_000, seed=4)
    values = weights @ table.T

    np.testing.assert_allclose(rank_acceptability(values), [[0.4, 0.1, 0.5], [0.4, 0.1, 0.5], [0.2, 0.8, 0.0]], atol=0.01)
    np.testing.assert_allclose(central_weights(values, weights), [[0.8, 0.2], [0.2, 0.8], [0.5, 0.5]], atol=0.01)
    np.testing.assert_allclose(winning_index(values), [[0.5, 0.5, 0.4], [0.5, 0.5, 0.4], [0.6, 0.6, 0.5]], atol=0.01)


def area(rows: np.ndarray, limits: np.ndarray) -> float:
    """The area of rows @ w <= limits for the first two of three weights: corners by solving pairs of lines, then their hull."""
    corners = []
    for pair in combinations(range(len(rows)), 2):
        if abs(np.linalg.det(rows[list(pair)])) > 1e-12:
            corner = np.linalg.solve(rows[list(pair)], limits[list(pair)])
            corners += [corner] if (rows @ corner <= limits + 1e-9).all() else []
    return ConvexHull(np.array(corners)).volume if len({tuple(np.round(one, 9)) for one in corners}) > 2 else 0.0


def test_with_three_weights_acceptability_is_an_area_of_the_triangle_also_within_bounds():
    table = np.array([[0.9, 0.1, 0.3], [0.2, 0.8, 0.4], [0.3, 0.4, 0.9], [0.6, 0.55, 0.4]])
    low, high = np.array([0.1, 0.2, 0.05]), np.array([0.6, 0.5, 0.45])
    sides = np.array([[-1, 0], [1, 0], [0, -1], [0, 1], [1, 1], [-1, -1]], dtype=float)
    ends = np.array([-low[0], high[0], -low[1], high[1], 1 - low[2], high[2] - 1])
    exact = []
    for option in range(4):
        gap = table - table[option]  # others are not above: (g1 - g3) w1 + (g2 - g3) w2 <= -g3
        better = np.delete(np.arange(4), option)
        exact.append(area(np.vstack([sides, gap[better, :2] - gap[better, 2:]]), np.append(ends, -gap[better, 2])) / area(sides, ends))

    weights = drawn_weights(3, 60_000, low=low, high=high, seed=5)
    assert sum(exact) == pytest.approx(1)
    np.testing.assert_allclose(rank_acceptability(weights @ table.T)[:, 0], exact, atol=0.008)


@pytest.mark.parametrize(("low", "high"), [([0.1, 0.1, 0.1, 0.1, 0.1], [0.4, 0.4, 0.4, 0.4, 0.4]), ([0.0, 0.0, 0.0, 0.3, 0.1], [1.0, 1.0, 1.0, 0.32, 0.11]),
                                           ([0.18, 0.18, 0.18, 0.18, 0.0], [0.22, 0.22, 0.22, 0.22, 0.9]), ([0.0, 0.0, 0.3, 0.0, 0.0], [0.3, 0.9, 0.35, 0.2, 0.2])])
def test_draws_within_bounds_are_as_even_as_plain_rejection_from_all_weights(low, high):
    """Compared with what remains of even draws over all weights, thrown away outside the bounds: the same means and spreads."""
    plain = np.random.default_rng(8).dirichlet(np.ones(5), 4_000_000)
    kept = plain[((plain >= low) & (plain <= high)).all(axis=1)]
    drawn = drawn_weights(5, 40_000, low=low, high=high, seed=9)

    assert len(kept) > 100
    error = 4 * kept.std(axis=0) * np.sqrt(1 / len(kept) + 1 / len(drawn))
    assert (np.abs(kept.mean(axis=0) - drawn.mean(axis=0)) <= error).all()
    for part in (0.1, 0.5, 0.9):
        below = (drawn <= np.quantile(kept, part, axis=0)).mean(axis=0)
        assert np.abs(below - part).max() <= 4 * 0.5 / np.sqrt(len(kept)) + 0.01
    assert ((drawn >= np.array(low) - 1e-9) & (drawn <= np.array(high) + 1e-9)).all() and np.allclose(drawn.sum(axis=1), 1)


def test_the_same_seed_gives_the_same_draws_and_another_seed_others():
    bounds = {"low": [0.1, 0.1, 0.1], "high": [0.7, 0.5, 0.7]}

    assert (drawn_weights(3, 50, **bounds, seed=2) == drawn_weights(3, 50, **bounds, seed=2)).all()
    assert (drawn_weights(3, 50, **bounds, seed=2) != drawn_weights(3, 50, **bounds, seed=3)).any()


def test_bounds_that_leave_one_set_of_weights_give_that_set_and_missing_bounds_bind_nothing():
    assert drawn_weights(2, 3, low=[0.4, 0.6], high=[0.4, 0.6], seed=1).tolist() == [[0.4, 0.6]] * 3
    assert drawn_weights(3, 2, low=[0.2, 0.3, 0.5], high=[0.9, 0.9, 0.9], seed=1).round(12).tolist() == [[0.2, 0.3, 0.5]] * 2
    assert drawn_weights(2, 1000, low=[np.nan, 0.2], high=[np.nan, np.nan], seed=1)[:, 0].max() > 0.75
    assert drawn_weights(1, 2, seed=1).tolist() == [[1.0], [1.0]]


@pytest.mark.parametrize(("low", "high", "words"), [([0.6, 0.6], None, "add up to 1.2 at the least"), (None, [0.3, 0.3], "0.6 at the most"), ([0.5, 0.2], [0.4, 1.0], "weight 1 has 0.5"),
                                                    ([0.1], None, "found 1 low and 2 high")])
def test_bounds_that_allow_no_weights_are_refused(low, high, words):
    with pytest.raises(ValueError, match=words):
        drawn_weights(2, 10, low=low, high=high, seed=1)


def test_level_options_share_their_ranks_and_their_wins():
    values = [[1.0, 0.1 + 0.2, 0.3], [0.0, 0.0, 0.0]]

    np.testing.assert_allclose(rank_acceptability(values), [[2 / 3, 1 / 6, 1 / 6], [1 / 6, 5 / 12, 5 / 12], [1 / 6, 5 / 12, 5 / 12]])
    assert winning_index(values)[1].tolist() == [0.25, 0.5, 0.5]


def test_an_option_that_is_never_first_has_no_central_weights_as_in_the_tests_of_the_r_package_smaa():
    values, weights = [[1.0, 0.0]] * 4, [[1 / 3] * 3] * 4

    found = central_weights(values, weights)
    assert found[0].tolist() == [1 / 3] * 3 and np.isnan(found[1]).all()


@pytest.mark.parametrize("values", [[], [[np.nan, 1.0]], [1.0, 2.0]])
def test_values_with_gaps_or_without_draws_are_refused(values):
    with pytest.raises(ValueError, match="One row a draw"):
        rank_acceptability(values)


def test_weights_of_other_draws_are_refused():
    with pytest.raises(ValueError, match="found 1 draws for 2"):
        central_weights([[1.0, 2.0], [2.0, 1.0]], [[0.5, 0.5]])


def test_a_weight_drawn_from_its_own_narrow_range_still_lies_evenly_among_all_allowed_sets():
    # Of four weights drawn evenly, the first has a density in proportion to (1 - w)^2; held to 0 to 0.2 its mean is 0.0452 / 0.488.
    drawn = drawn_weights(4, 40_000, high=[0.2, 1, 1, 1], seed=3)

    assert drawn[:, 0].mean() == pytest.approx(0.0452 / 0.488, abs=0.0015)


def test_a_draw_in_which_two_are_first_counts_half_for_each_in_their_central_weights():
    found = central_weights([[1, 1], [1, 0]], [[0, 1], [1, 0]])

    assert found.round(6).tolist() == [[0.666667, 0.333333], [0, 1]]
