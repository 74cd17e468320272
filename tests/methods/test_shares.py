"""How a sum is divided by a formula with bases, floors and caps."""

from __future__ import annotations

import numpy as np
import pytest

from planning.methods import shares


def step_by_step(total: float, part: np.ndarray, base: np.ndarray, most: np.ndarray) -> np.ndarray:
    """The rule as a treasurer would do it by hand: who is over the cap is held there, and the excess is spread anew."""
    amounts, held = base + (total - base.sum()) * part, np.zeros(len(part), dtype=bool)
    while (amounts > most + 1e-12).any():
        held |= amounts > most
        amounts = np.where(held, most, base)
        amounts[~held] += (total - amounts.sum()) * part[~held] / part[~held].sum()
    return amounts


def test_daytons_rule_of_a_base_four_weighted_factors_and_a_cap_of_base_and_a_tenth_divides_as_by_hand() -> None:
    rng = np.random.default_rng(24)
    figures = rng.gamma(1.2, 40, size=(24, 4)) * np.where(np.arange(24) == 3, 6, 1)[:, None]
    base, total = np.full(24, 1000.0), 160_000.0
    cap = base + 0.10 * (total - base.sum())
    part = figures / figures.sum(axis=0) @ [0.2, 0.4, 0.2, 0.2]

    found = shares.division(total, figures, [0.2, 0.4, 0.2, 0.2], base=base, most=cap)

    assert found.binds.count("cap") >= 1
    assert found.amounts == pytest.approx(step_by_step(total, part, base, cap), abs=0.011)
    assert round(found.amounts.sum(), 2) == total and found.left == 0


def test_a_floor_takes_from_the_others_in_proportion_to_their_parts() -> None:
    found = shares.division(100, [[70], [20], [10]], [1.0], least=[0, 0, 28])

    assert found.amounts.tolist() == [56.0, 16.0, 28.0]
    assert found.formula.tolist() == pytest.approx([70, 20, 10]) and found.binds == ["", "", "floor"]


def test_a_floor_and_a_cap_hold_at_once_and_the_sum_stays_exact_to_the_cent() -> None:
    found = shares.division(1000.01, [[60], [25], [10], [5]], [1.0], least=[0, 0, 0, 100], most=[400, np.inf, np.inf, np.inf])

    assert found.amounts.tolist() == [400.0, 357.15, 142.86, 100.0]
    assert found.binds == ["cap", "", "", "floor"] and round(found.amounts.sum(), 2) == 1000.01


def test_what_nobody_may_take_is_left_over() -> None:
    found = shares.division(100, [[50], [50]], [1.0], most=[30, 40])

    assert found.amounts.tolist() == [30.0, 40.0] and found.left == 30.0 and found.binds == ["cap", "cap"]


@pytest.mark.parametrize(("given", "word"), [
    (dict(total=100, figures=[[1, 2]], weights=[0.5, 0.4]), "Weights"), (dict(total=100, figures=[[1, 0], [2, 0]], weights=[0.5, 0.5]), "Figures"),
    (dict(total=100, figures=[[1], [np.nan]], weights=[1.0]), "Figures"), (dict(total=100, figures=[[1], [2]], weights=[1.0], least=[60, 60]), "Sum"),
    (dict(total=100, figures=[[1], [2]], weights=[1.0], least=[50, 0], most=[40, 99]), "Floors")])
def test_what_cannot_be_divided_is_named(given: dict[str, object], word: str) -> None:
    with pytest.raises(ValueError, match=word):
        shares.division(**given)


def test_rounded_amounts_add_up_as_hamilton_apportioned_seats() -> None:
    assert shares.rounded([33.4, 33.4, 33.2]).sum() == 100
    assert shares.rounded([10.6, 10.5, 0.9]).tolist() == [11.0, 10.0, 1.0]
    assert np.isnan(shares.rounded([1.4, np.nan])).tolist() == [False, True]
