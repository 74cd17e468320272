import numpy as np
import pandas as pd
import pytest

from planning.methods.raking import CannotWeigh, design_effect, raked


def people(table, rows, columns):
    """One row a person from a table of counts."""
    pairs = [(row, column) for row, line in zip(rows, table) for column, n in zip(columns, line) for _ in range(n)]
    return pd.DataFrame(pairs, columns=["row", "column"])


def fitted(table, row_totals, column_totals):
    """Iterative proportional fitting on the table of counts, written apart from the module."""
    cells = np.array(table, dtype=float)
    for _ in range(2000):
        cells = cells * (np.array(row_totals) / cells.sum(axis=1))[:, None]
        cells = cells * (np.array(column_totals) / cells.sum(axis=0))[None, :]
    return cells


def cells(sample, weights, rows, columns, total):
    grouped = sample.assign(weight=weights).groupby(["row", "column"])["weight"].sum().unstack(fill_value=0)
    return grouped.loc[list(rows), list(columns)].to_numpy() * total / len(sample)


def test_the_worked_example_of_the_encyclopaedia_and_of_the_documentation_of_proportional_fitting():
    table, rows, columns = [[40, 30, 20, 10], [35, 50, 100, 75], [30, 80, 70, 120], [20, 30, 40, 50]], "ABCD", "wxyz"
    sample = people(table, rows, columns)
    targets = {"row": dict(zip(rows, np.array([150, 300, 400, 150]) / 1000)), "column": dict(zip(columns, np.array([200, 300, 400, 100]) / 1000))}

    found = cells(sample, raked(sample, targets, most=100).weights, rows, columns, 1000)

    published = [[64.5585, 46.2325, 35.3843, 3.82473], [49.9679, 68.1594, 156.499, 25.3742], [56.7219, 144.428, 145.082, 53.7673], [28.7516, 41.18, 63.0347, 17.0337]]
    assert found == pytest.approx(np.array(published), rel=1e-4)


def test_the_two_way_example_of_hunsinger():
    table = [[1, 2, 1], [3, 5, 5], [6, 2, 2]]
    sample = people(table, "ABC", "xyz")
    targets = {"row": {"A": 5 / 28, "B": 15 / 28, "C": 8 / 28}, "column": {"x": 11 / 28, "y": 9 / 28, "z": 8 / 28}}

    found = cells(sample, raked(sample, targets).weights, "ABC", "xyz", 28)

    assert found == pytest.approx(np.array([[1.5129424, 2.3095188, 1.1775388], [4.2025351, 5.3460034, 5.4514615], [5.2845225, 1.3444778, 1.3709997]]), abs=1e-5)


def test_random_tables_agree_with_fitting_written_apart():
    chance = np.random.default_rng(5)
    for _ in range(10):
        table = chance.integers(1, 9, (3, 4))
        rows, columns = chance.dirichlet([4] * 3), chance.dirichlet([4] * 4)
        sample = people(table, "ABC", "wxyz")
        found = cells(sample, raked(sample, {"row": dict(zip("ABC", rows)), "column": dict(zip("wxyz", columns))}, most=100).weights, "ABC", "wxyz", 1)
        assert found == pytest.approx(fitted(table, rows, columns), abs=1e-6)


def test_the_design_effect_by_hand():
    # Two of weight 3 and four of weight 0.75 (mean 1.5): 6 * (18 + 2.25) / 9^2 = 1.5.
    assert design_effect([3, 3, 0.75, 0.75, 0.75, 0.75]) == pytest.approx(1.5)
    found = raked(pd.DataFrame({"age": ["old"] * 8 + ["young"] * 2}), {"age": {"old": 0.5, "young": 0.5}})
    assert found.design_effect == pytest.approx(10 * (8 * 0.625**2 + 2 * 2.5**2) / 100)
    assert found.effective_n == pytest.approx(10 / found.design_effect)


def test_a_heavy_weight_is_cut_and_what_that_misses_is_told():
    sample = pd.DataFrame({"age": ["old"] * 19 + ["young"]})
    found = raked(sample, {"age": {"old": 0.5, "young": 0.5}}, most=4)

    assert found.weights.max() == pytest.approx(4)
    assert found.weights.mean() == pytest.approx(1, abs=1e-6)
    assert (found.cut, round(found.missed, 3)) == (1, 0.3)


@pytest.mark.parametrize(("targets", "reason", "says"), [
    ({"age": {"old": 0.5, "young": 0.4}}, "sum", "add up to 0.9"),
    ({"age": {"old": 0.5, "young": 0.3, "child": 0.2}}, "empty cell", "share of child is 0.2, and nobody"),
    ({"age": {"old": 1.0}}, "unknown value", "found young, which has no known share"),
    ({"town": {"hill": 1.0}}, "missing trait", "Trait town: not known for everybody"),
])
def test_what_cannot_be_weighted_is_refused_with_its_reason(targets, reason, says):
    with pytest.raises(CannotWeigh, match=says) as refused:
        raked(pd.DataFrame({"age": ["old", "young", "young"]}), targets)
    assert refused.value.reason == reason


def test_a_gap_is_a_missing_trait_and_a_target_of_nothing_needs_nobody():
    with pytest.raises(CannotWeigh, match="Each person needs a value"):
        raked(pd.DataFrame({"age": ["old", None]}), {"age": {"old": 1.0}})
    assert raked(pd.DataFrame({"age": ["old", "old"]}), {"age": {"old": 1.0, "child": 0.0}}).weights.tolist() == [1.0, 1.0]


def test_margins_that_contradict_each_other_in_the_sample_do_not_converge():
    # Every old person lives on the hill: half old and a tenth on the hill cannot both be.
    sample = pd.DataFrame({"age": ["old", "old", "young", "young"], "town": ["hill", "hill", "dale", "dale"]})
    with pytest.raises(CannotWeigh, match="cannot be met together") as refused:
        raked(sample, {"age": {"old": 0.5, "young": 0.5}, "town": {"hill": 0.1, "dale": 0.9}})
    assert refused.value.reason == "no convergence"
