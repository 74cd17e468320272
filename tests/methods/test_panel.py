"""Many series side by side: what they share, which stands apart, and how many signal by chance."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from planning.methods import control, panel

DEATHS = [[14, 15, 14], [7, 4, 7], [8, 2, 10], [15, 9, 10], [0, 2, 0]]


def test_median_polish_of_the_parachuting_deaths_in_tukey_1977_as_in_the_help_page_of_r() -> None:
    found = panel.median_polish(DEATHS)

    assert found.overall == 8
    assert found.rows.tolist() == [6, -1, 0, 2, -8]
    assert found.columns.tolist() == [0, -1, 0]
    assert np.abs(found.left).sum() == 19
    assert np.median(found.left, axis=0).tolist() == [0, 0, 0] and np.median(found.left, axis=1).tolist() == [0] * 5


def test_a_polished_table_adds_up_again_and_passes_over_missing_cells() -> None:
    table = np.array([[1.0, 2, np.nan], [4, np.nan, 6], [7, 8, 9]])
    found = panel.median_polish(table)

    again = found.overall + found.rows[:, None] + found.columns + found.left
    assert np.allclose(again[~np.isnan(table)], table[~np.isnan(table)])
    assert np.isnan(found.left[0, 2])


def test_what_all_series_share_leaves_nothing() -> None:
    season = np.array([1.0, 3, 0.5, 2, 1, 3])
    table = np.log(np.outer(season, [10, 200, 3000]))

    assert np.allclose(panel.apart(table), 0)


def test_of_many_series_one_that_breaks_away_does_not_push_the_others() -> None:
    table = np.log(np.full((6, 10), 100.0))
    table[4:, 0] += np.log(5)

    found = np.exp(panel.apart(table))

    assert found[:, 0].round(6).tolist() == [1, 1, 1, 1, 5, 5]
    assert np.allclose(found[:, 1:], 1)


def test_of_few_series_the_largest_weighs_most_in_what_the_others_do() -> None:
    table = np.log(np.array([[1000.0, 10, 10]] * 3 + [[1000.0, 10, 5]] * 2))

    found = np.exp(panel.apart(table))

    assert found[:, 2].round(2).tolist() == [1, 1, 1, 0.5, 0.5]
    assert found[3, 1] == pytest.approx(2 ** (10 / 1010), abs=1e-9)


def test_a_gap_of_one_series_stays_its_own() -> None:
    table = np.log(np.array([[10.0, 20, 40], [10, np.nan, 40], [10, 20, 40]]))
    found = panel.apart(table)

    assert np.isnan(found).tolist() == [[False] * 3, [False, True, False], [False] * 3]
    assert np.allclose(found[~np.isnan(found)], 0)


def test_fences_by_hand_and_none_for_fewer_than_eight() -> None:
    assert panel.fences([10, 20, 30, 40, 50, 60, 70, 80, 90]) == (-30, 50, 130)
    few = panel.fences([1, 2, 3])
    assert np.isnan([few.low, few.high]).all() and few.middle == 2


def test_false_alarms_are_as_many_as_the_control_chart_gives_on_drawn_series() -> None:
    drawn = np.random.default_rng(7).normal(size=(300, 30))
    alarms = [(control.signals(row)[["beyond_limit", "shift"]].tail(12) != 0).any(axis=None) for row in drawn]

    assert panel.false_alarms(30, 12) == pytest.approx(np.mean(alarms), abs=0.04)
    assert panel.false_alarms(30, 12) == panel.false_alarms(30, 12)
    assert np.isnan(panel.false_alarms(7, 7))


def test_a_season_is_taken_out_only_where_it_is_strong() -> None:
    strong, none = pd.Series(np.log([80.0, 120, 160, 40] * 4)), pd.Series(np.log([100.0, 101, 99, 100] * 4))

    assert np.allclose(panel.unseasonal(strong, 4), np.log(100))
    assert panel.unseasonal(none, 1) is none
    assert panel.unseasonal(pd.Series([0.0, 1.0, 0.0]), 2).tolist() == [0.0, 1.0, 0.0]


def test_signs_take_limits_and_shifts_and_leave_trends_out() -> None:
    shift = pd.Series([10, 12] * 6 + [20, 22] * 6)
    rising = pd.Series([1.0, 2, 3, 4, 5, 6, 7])

    assert panel.signs(shift).tolist() == [-1] * 12 + [1] * 12
    assert panel.signs(rising).tolist() == [0] * 7


def test_stretches_are_the_unbroken_runs() -> None:
    assert [run.tolist() for run in panel.stretches([False, True, True, False, True])] == [[1, 2], [4]]
    assert panel.stretches([False, False]) == []


def test_more_series_signal_by_chance_where_neighbours_are_alike() -> None:
    assert panel.false_alarms(48, 12, alike=0.4) > 2.5 * panel.false_alarms(48, 12)


def test_with_every_rule_false_alarms_are_as_many_as_the_control_chart_gives_on_drawn_series() -> None:
    drawn = np.random.default_rng(9).normal(size=(300, 30))
    alarms = [bool((control.signals(series).to_numpy()[-12:] != 0).any()) for series in drawn]

    assert panel.false_alarms(30, 12, every_rule=True) == pytest.approx(np.mean(alarms), abs=0.05)
