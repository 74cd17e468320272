"""Ranges as distributions: means, shapes, draws and the luck of drawing."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from planning.methods import simulation


@pytest.mark.parametrize(("three", "mean"), [((4, 6, 14), 7.0), ((1, 2, 3), 2.0), ((2, 2, 8), 3.0), ((8, 8, 8), 8.0)])
def test_the_mean_is_that_of_the_rule_of_1959(three: tuple[float, float, float], mean: float) -> None:
    assert simulation.pert(*three).mean == pytest.approx(mean)


@pytest.mark.parametrize("three", [(0.0, 10.0, 100.0), (-5.0, 0.0, 2.0), (3.0, 3.0, 9.0), (1.0, 9.0, 9.0)])
def test_the_shapes_are_those_of_the_package_mc2d_and_its_moments_those_of_scipy(three: tuple[float, float, float]) -> None:
    low, likely, high = three
    found = simulation.pert(low, likely, high)
    mean = (low + 4 * likely + high) / 6
    alpha = 3.0 if mean == likely else (mean - low) * (2 * likely - low - high) / ((likely - mean) * (high - low))

    assert found.alpha == pytest.approx(alpha) and found.beta == pytest.approx(alpha * (high - mean) / (mean - low))
    scipys = stats.beta(found.alpha, found.beta, loc=low, scale=high - low)
    assert (found.mean, found.deviation) == (pytest.approx(scipys.mean()), pytest.approx(scipys.std()))


@pytest.mark.parametrize(("shape", "mean", "deviation"), [("pert", 7.0, np.sqrt(3)), ("triangular", 8.0, np.sqrt(14 / 3))])
def test_draws_have_the_mean_and_the_spread_of_their_distribution(shape: str, mean: float, deviation: float) -> None:
    found = simulation.drawn(4, 6, 14, draws=40_000, seed=7, shape=shape)

    assert found.mean() == pytest.approx(mean, abs=0.05) and found.std() == pytest.approx(deviation, abs=0.03)
    assert found.min() >= 4 and found.max() <= 14


def test_draws_follow_the_distribution_over_its_whole_length() -> None:
    found, about = simulation.drawn(0, 2, 10, draws=20_000, seed=3), simulation.pert(0, 2, 10)

    assert stats.kstest(found, stats.beta(about.alpha, about.beta, scale=10).cdf).statistic < 0.015


def test_the_same_seed_and_label_draw_the_same_and_another_label_draws_independently() -> None:
    first, again, other = (simulation.drawn(0, 1, 5, draws=5000, seed=9, label=label) for label in ("cost", "cost", "rent"))

    assert (first == again).all()
    assert abs(np.corrcoef(first, other)[0, 1]) < 0.05


def test_a_figure_without_a_range_is_certain() -> None:
    assert set(simulation.drawn(3, 3, 3, draws=10, seed=1)) == {3.0}
    assert simulation.pert(3, 3, 3).deviation == 0


@pytest.mark.parametrize("three", [(2, 1, 3), (1, 4, 3), (float("nan"), 1, 2)])
def test_figures_out_of_order_are_refused(three: tuple[float, float, float]) -> None:
    with pytest.raises(ValueError, match="They stand in this order"):
        simulation.pert(*three)


def test_unknown_shapes_and_no_draws_are_refused() -> None:
    with pytest.raises(ValueError, match="pert, triangular"):
        simulation.drawn(1, 2, 3, draws=5, seed=1, shape="normal")
    with pytest.raises(ValueError, match="At least one"):
        simulation.drawn(1, 2, 3, draws=0, seed=1)
    with pytest.raises(ValueError, match="at least one"):
        simulation.share_of_draws([])


def test_nine_seeds_in_ten_fall_into_the_interval_of_the_share() -> None:
    truth = 1 - stats.triang(0.2, 0, 10).cdf(6)
    inside = []
    for seed in range(100):
        found = simulation.share_of_draws(simulation.drawn(0, 2, 10, draws=500, seed=seed, shape="triangular") >= 6)
        inside.append(found.low <= truth <= found.high)

    assert 0.9 <= np.mean(inside) <= 1
