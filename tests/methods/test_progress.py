from datetime import date

import numpy as np
import pandas as pd
import pytest

from planning.methods.progress import composite, expected_share, share_done, status, two_targets


@pytest.mark.parametrize(
    "value, baseline, target, direction, share, raw",
    [
        (365, 310, 420, "up", 0.5, 0.5),
        (430, 330, 410, "up", 1.0, 1.25),
        (290, 310, 410, "up", 0.0, -0.2),
        (8, 10, 6, "down", 0.5, 0.5),
        (12, 10, 6, "down", 0.0, -0.5),
        (310, 310, 410, "up", 0.0, 0.0),
    ],
)
def test_share_done_by_hand(value, baseline, target, direction, share, raw):
    assert share_done(value, baseline, target, direction) == pytest.approx((share, raw))


@pytest.mark.parametrize(
    "value, baseline, target, direction", [(5, 5, 5, "up"), (None, 1, 2, "up"), (1, None, 2, "up"), (1, 1, 0, "up"), (1, 1, 2, "down")]
)
def test_share_done_is_missing_without_a_way_to_go(value, baseline, target, direction):
    assert np.isnan(share_done(value, baseline, target, direction)).all()


@pytest.mark.parametrize(
    "value, baseline, share",
    [(60, 100, 1.0), (80, 100, 1.0), (90, 100, 0.5), (50, 100, 0.5), (110, 100, 0.0), (90, 70, 0.0), (70, None, 1.0)],
)
def test_a_band_counts_the_distance_from_its_nearer_end(value, baseline, share):
    assert share_done(value, baseline, None, "band", low=60, high=80).share == share


def test_a_band_is_missing_outside_without_a_baseline_or_an_end():
    assert np.isnan(share_done(90, None, None, "band", low=60, high=80).share)
    assert np.isnan(share_done(90, 100, None, "band", low=60).share)


def test_columns_may_mix_directions():
    table = pd.DataFrame(
        {"value": [15, 8, 70], "baseline": [10, 10, None], "target": [20, 6, None], "low": [None, None, 60], "high": [None, None, 80]}
    )
    found = share_done(table["value"], table["baseline"], table["target"], ["up", "down", "band"], table["low"], table["high"])
    assert found.share.tolist() == [0.5, 0.5, 1.0]


def test_an_unknown_direction_is_refused():
    with pytest.raises(ValueError, match='found "higher"'):
        share_done(1, 2, 3, "higher")


@pytest.mark.parametrize(
    "share, stale, words",
    [
        (1.0, False, "on target"),
        (0.9, False, "on target"),
        (0.899, False, "near"),
        (0.7, False, "near"),
        (0.699, False, "behind"),
        (1.0, True, "stale"),
        (float("nan"), False, "no data"),
        (float("nan"), True, "no data"),
    ],
)
def test_status_changes_at_the_two_limits_and_stale_overrides(share, stale, words):
    assert status(share, stale) == words


def test_a_rounding_error_does_not_cost_the_target():
    share = share_done(9.7, 7, 10, "up").share
    assert share < 0.9
    assert status(share) == "on target"


def test_status_of_columns_and_with_other_limits():
    assert status(pd.Series([0.8, 0.4]), pd.Series([False, True])).tolist() == ["near", "stale"]
    assert status(0.8, on_target=0.8) == "on target"
    assert status(0.6, near=0.5) == "near"


@pytest.mark.parametrize(
    "as_of, share", [("2026-01-01", 0.0), ("2026-01-06", 0.5), ("2026-01-11", 1.0), ("2027-01-01", 1.0), ("2025-01-01", 0.0)]
)
def test_expected_share_is_the_part_of_the_days_that_has_passed(as_of, share):
    assert expected_share("2026-01-01", date(2026, 1, 11), as_of) == share


def test_expected_share_is_missing_without_a_date_or_with_no_time_between():
    starts, dues = pd.Series(["2026-01-01", None, "2026-01-01"]), pd.Series(["2026-01-05", "2026-01-05", "2026-01-01"])
    np.testing.assert_array_equal(expected_share(starts, dues, "2026-01-02"), [0.25, np.nan, np.nan])
    assert np.isnan(expected_share(None, "2026-01-05", "2026-01-02"))


@pytest.mark.parametrize("value, raw", [(80, 0.5), (70, 0.75), (50, 1.25)])
def test_falling_bugs_as_worked_in_the_gtmhub_help_on_key_results(value, raw):
    # "Decrease the number of open bugs from 100 to 60"
    assert share_done(value, 100, 60, "down").raw == raw


@pytest.mark.parametrize("value, raw", [(16, 0.6), (22, 1.2)])
def test_a_rising_figure_as_worked_in_the_feedback4e_help_on_key_results(value, raw):
    assert share_done(value, 10, 20, "up").raw == pytest.approx(raw)


@pytest.mark.parametrize(
    "value, target, partial, direction, word",
    [
        (4.0, 4.0, 3.9, "up", "met"),
        (3.9, 4.0, 3.9, "up", "partly met"),
        (3.89, 4.0, 3.9, "up", "not met"),
        (3.95, 4.0, None, "up", "not met"),
        (7, 7, 9, "down", "met"),
        (9, 7, 9, "down", "partly met"),
        (9.1, 7, 9, "down", "not met"),
        (None, 4.0, 3.9, "up", "not measured"),
        (4.0, None, 3.9, "up", "no target"),
        (None, None, None, "up", "no target"),
    ],
)
def test_the_first_target_is_full_success_and_the_second_partial_success(value, target, partial, direction, word):
    assert two_targets(value, target, partial, direction) == word


@pytest.mark.parametrize("value, low, high, word", [(60, 60, 80, "met"), (80, 60, 80, "met"), (81, 60, 80, "not met"), (70, 60, None, "no target"), (None, 60, 80, "not measured")])
def test_a_band_is_held_or_not_whatever_stands_as_its_partial_target(value, low, high, word):
    assert two_targets(value, None, 81, "band", low, high) == word


def test_two_targets_of_a_column_take_a_direction_a_row():
    table = pd.DataFrame({"value": [5.0, 5.0], "target": [6.0, 6.0], "partial": [5.0, 7.0]})

    assert two_targets(table["value"], table["target"], table["partial"], ["up", "down"]).tolist() == ["partly met", "met"]
    assert two_targets([], [], [], []).tolist() == []


def test_two_targets_refuse_an_unknown_direction():
    with pytest.raises(ValueError, match='found "higher"'):
        two_targets(1, 2, 1, "higher")


@pytest.mark.parametrize("met, partly, missed, unmeasured, published", [(4, 4, 1, 5, 0.33), (1, 2, 2, 0, -0.20)])
def test_the_composite_equals_the_rows_published_by_the_university_of_virginia_library_for_2002(met, partly, missed, unmeasured, published):
    words = ["met"] * met + ["partly met"] * partly + ["not met"] * missed + ["not measured"] * unmeasured

    assert round(composite(words), 2) == published


def test_a_composite_of_nothing_measured_is_missing():
    assert np.isnan(composite(["not measured", "no target"]))
    assert np.isnan(composite([]))


def test_a_target_is_met_when_only_the_computers_rounding_is_in_the_way():
    assert two_targets(0.1 + 0.2, 0.3, 0.4, "down") == "met"
    assert two_targets(0.7, 0.1 + 0.7, 0.1 + 0.6, "up") == "partly met"
