"""What moves an outcome most, one figure at a time and over all draws."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from planning.methods import tornado

BASE, LOW, HIGH = {"price": 10.0, "sold": 100.0, "rent": 300.0}, {"price": 9.0, "sold": 60.0, "rent": 250.0}, {"price": 12.0, "sold": 120.0, "rent": 320.0}


def profit(at: dict[str, float]) -> float:
    return at["price"] * at["sold"] - at["rent"]


def test_each_figure_moves_alone_and_the_widest_swing_comes_first() -> None:
    found = tornado.swings(profit, BASE, LOW, HIGH)

    assert found.index.tolist() == ["sold", "price", "rent"]
    assert found.to_dict("index") == {"sold": {"at_low": 300.0, "at_high": 900.0, "swing": 600.0}, "price": {"at_low": 600.0, "at_high": 900.0, "swing": 300.0},
                                      "rent": {"at_low": 750.0, "at_high": 680.0, "swing": 70.0}}


def test_an_outcome_that_is_best_in_the_middle_has_a_swing_though_both_ends_are_alike() -> None:
    assert tornado.swings(lambda at: -at["x"] ** 2, {"x": 0.0}, {"x": -2.0}, {"x": 2.0})["swing"].tolist() == [4.0]


def test_equal_swings_stand_in_the_order_of_names_and_no_figures_give_no_rows() -> None:
    found = tornado.swings(lambda at: at["b"] + at["a"], {"b": 0.0, "a": 0.0}, {"b": 0.0, "a": 0.0}, {"b": 1.0, "a": 1.0})

    assert found.index.tolist() == ["a", "b"]
    assert tornado.swings(lambda at: 1.0, {}, {}, {}).empty


def test_rank_correlations_are_those_of_scipy() -> None:
    chance = np.random.default_rng(4)
    inputs = pd.DataFrame({"a": chance.normal(size=300), "b": chance.integers(0, 4, 300).astype(float)})
    outcome = inputs["a"] ** 3 - inputs["b"]
    found = tornado.rank_correlations(inputs, outcome)

    assert found.tolist() == pytest.approx([stats.spearmanr(inputs[name], outcome).statistic for name in inputs])


def test_a_figure_that_never_moves_has_no_correlation_and_lengths_must_agree() -> None:
    assert tornado.rank_correlations(pd.DataFrame({"a": [1.0, 1.0]}), [1.0, 2.0]).isna().all()
    with pytest.raises(ValueError, match="Match them first"):
        tornado.rank_correlations(pd.DataFrame({"a": [1.0]}), [1.0, 2.0])
