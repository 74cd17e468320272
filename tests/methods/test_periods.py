"""Periods written as text keep their days and their order."""

import pandas as pd
import pytest

from planning.methods import periods


@pytest.mark.parametrize(("period", "first", "last"), [
    ("2026-02", "2026-02-01", "2026-02-28"), ("2024-02", "2024-02-01", "2024-02-29"),
    ("2026-Q4", "2026-10-01", "2026-12-31"), ("2026", "2026-01-01", "2026-12-31")])
def test_a_period_knows_its_first_and_last_day(period, first, last):
    assert periods.first_day(period) == pd.Timestamp(first)
    assert periods.last_day(period) == pd.Timestamp(last)


def test_the_middle_of_a_month_falls_on_its_sixteenth_day_or_near_it():
    assert periods.middle("2026-01").date().isoformat() == "2026-01-16"
    assert periods.middle("2026-02").date().isoformat() == "2026-02-14"


def test_every_period_between_two_is_named_in_order():
    assert periods.every(["2026-02", "2025-11"]) == ["2025-11", "2025-12", "2026-01", "2026-02"]
    assert periods.every(["2025-Q3", "2026-Q1"]) == ["2025-Q3", "2025-Q4", "2026-Q1"]
    assert periods.every(["2024", "2026"]) == ["2024", "2025", "2026"]
    assert periods.every([]) == []


@pytest.mark.parametrize(("day", "place"), [("2026-02-14", [1]), ("2026-02-15", [2]), ("2026-01-02", []), ("2026-03-20", [])])
def test_something_new_begins_with_the_period_whose_middle_is_still_ahead(day, place):
    assert periods.starts(["2026-01", "2026-02", "2026-03"], [pd.Timestamp(day)]) == place


def test_two_days_in_one_period_begin_one_thing():
    assert periods.starts(["2026-Q1", "2026-Q2"], [pd.Timestamp("2026-04-02"), pd.Timestamp("2026-04-20")]) == [1]


@pytest.mark.parametrize(("day", "months", "start", "period"), [
    ("2026-06-30", 1, 1, "2026-06"), ("2026-06-29", 1, 1, "2026-05"), ("2026-06-30", 3, 1, "2026-Q2"), ("2026-06-29", 3, 1, "2026-Q1"),
    ("2026-12-31", 12, 1, "2026"), ("2026-12-30", 12, 1, "2025"), ("2026-06-30", 12, 7, "2026"), ("2026-06-29", 12, 7, "2025"), ("2026-12-31", 12, 7, "2026")])
def test_the_last_period_that_has_ended_by_a_day(day, months, start, period):
    assert periods.ended_by(pd.Timestamp(day), months, start) == period
