from itertools import product

import numpy as np
import pytest
from scipy.optimize import OptimizeResult

from planning.methods import solver
from planning.methods.conditions import Infeasible
from planning.methods.programme import best_programme, check


def tried(value, costs, later, ceilings, must=(), needs=(), excludes=()):
    """Value, money and lateness of every allowed programme, by trying every year for every item: an independent count."""
    years, found = len(ceilings), []
    for start in product(range(years + 1), repeat=len(value)):
        when = np.array(start)
        if any(when[item] for item in must) or any(when[a] < years and when[b] > when[a] for a, b in needs) or any(when[a] < years and when[b] < years for a, b in excludes):
            continue
        used = np.array([costs[when == year].sum(axis=0) + later[when < year].sum(axis=0) for year in range(years)])
        if (used <= np.asarray(ceilings) + 1e-9).all():
            found.append((round(float((value * (years - when)).sum() / years), 9), round(float(used[:, 0].sum()), 9), start))
    return found


def random_question(seed, items=6, years=3):
    chance = np.random.default_rng(seed)
    role = np.where(chance.random(items) < 0.6, chance.integers(1, 9, items) * 10, 0)
    costs = np.column_stack([chance.integers(1, 40, items) * 1000, chance.integers(2, 30, items) * 10, role]).astype(float)
    later = (costs * chance.choice([0, 0.3, 0.8], items)[:, None]).round()
    ceilings = costs.sum(axis=0) * chance.uniform(0.3, 0.6, (years, 1)) + later[1]
    ceilings[:, 2] = ceilings[:, 2].max() + role[1]
    ceilings[0] = np.maximum(ceilings[0], costs[1])
    return chance.integers(1, 30, items).astype(float), costs, later, ceilings, {"must": [1], "needs": [(0, 2), (2, 3)], "excludes": [(4, 5)]}


@pytest.mark.parametrize("seed", range(25))
def test_the_best_programme_under_money_hours_and_a_role_is_the_one_found_by_trying_every_year(seed):
    value, costs, later, ceilings, pairs = random_question(seed)
    every = tried(value, costs, later, ceilings, **pairs)
    found = best_programme(value, costs, later, ceilings, **pairs)
    start = tuple(int(one) if one >= 0 else 3 for one in found.start)
    best = max(worth for worth, _, _ in every)
    cheapest = min(money for worth, money, _ in every if worth == best)
    assert found.value == pytest.approx(best)
    assert (best, cheapest, start) in every
    assert found.gap == 0


def test_an_early_start_gives_its_value_in_more_years():
    found = best_programme([9, 6], [[10], [10]], [[0], [0]], [[10], [10], [10]])
    assert (found.start.tolist(), found.value) == ([0, 1], 9 + 6 * 2 / 3)


def test_of_equal_programmes_the_one_that_uses_less_money_then_starts_earlier():
    assert best_programme([5, 5], [[9], [4]], [[0], [0]], [[10]], excludes=[(0, 1)]).start.tolist() == [-1, 0]
    # What is worth nothing but needed may start in either year: it starts with the one that needs it, or before.
    assert best_programme([0, 5], [[1], [9]], [[0], [0]], [[9], [10]], needs=[(1, 0)]).start.tolist() == [0, 1]


def test_what_is_worth_nothing_never_starts_unless_it_must_or_is_needed():
    assert best_programme([0, 0, 3], [[0], [0], [1]], [[0]] * 3, [[9], [9]], must=[1]).start.tolist() == [-1, 0, 0]


def test_a_needed_one_starts_no_later_and_exclusions_hold_over_all_years():
    found = best_programme([9, 0, 4], [[5], [5], [5]], [[0]] * 3, [[5], [5], [9]], needs=[(0, 1)], excludes=[(0, 2)])
    assert found.start.tolist() == [1, 0, -1]


def test_a_missing_ceiling_limits_nothing_and_one_of_nothing_allows_only_what_is_free():
    assert best_programme([1, 1], [[5], [6]], [[1], [1]], [[np.inf], [np.inf]]).start.tolist() == [0, 0]
    assert best_programme([1, 1], [[0], [6]], [[0], [0]], [[0], [0]]).start.tolist() == [0, -1]


def test_every_year_that_must_dos_break_is_told_with_the_first_years_conflicts():
    with pytest.raises(Infeasible) as found:
        check([1, 1], [[5, 1], [2, 0]], [[4, 0], [3, 0]], [[6, 9], [3, 9], [9, 9]], must=[0, 1])
    assert [(one.year, one.ceiling, one.excess, one.items) for one in found.value.conflicts] == [(0, 0, 1.0, (0, 1)), (1, 0, 4.0, (0, 1))]


def test_a_ceiling_broken_in_the_third_year_alone_is_told_too():
    with pytest.raises(Infeasible) as found:
        check([1], [[5]], [[4]], [[9], [9], [3]], must=[0])
    assert [(one.year, one.excess) for one in found.value.conflicts] == [(2, 1.0)]


def test_an_item_that_excludes_itself_may_start():
    assert best_programme([1, 2], [[1], [1]], [[0], [0]], [[5]], excludes=[(0, 0)]).start.tolist() == [0, 0]


def test_numbers_that_cannot_be_used_are_refused_and_nothing_gives_nothing():
    with pytest.raises(ValueError, match="write 0 where nothing is needed"):
        best_programme([1], [[1]], [[np.nan]], [[9]])
    assert best_programme([], np.empty((0, 1)), np.empty((0, 1)), [[9], [9]]).value == 0


def test_a_programme_from_the_solver_that_breaks_a_ceiling_is_never_returned(monkeypatch):
    monkeypatch.setattr(solver, "milp", lambda *args, **options: OptimizeResult(x=np.ones(4), fun=-1000.0, mip_gap=0.0, status=0))
    with pytest.raises(ArithmeticError, match="break a condition"):
        best_programme([1, 1], [[2], [2]], [[0], [0]], [[3], [9]])
