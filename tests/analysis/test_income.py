"""Sources of income: legs, free and bound money, what ends, planned and received."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

from planning.analysis import income

ROWS = pd.DataFrame({
    "source": ["IN1", "IN2", "IN1", "IN2", "IN3", "IN1"], "fiscal_year": [2025, 2025, 2026, 2026, 2026, 2027], "name": ["City", "Fees", "City", "Fees", "Bequest", "City"],
    "kind": ["local", "fee", "local", "fee", "gift", "local"], "planned": [80.0, 20.0, 80.0, 20.0, None, 85.0], "received": [80.0, 20.0, 82.0, 15.0, 30.0, None],
    "bound": [False, None, False, False, True, False], "until": pd.to_datetime([None, None, None, "2027-01-31", None, None])})


def test_a_bound_gift_makes_income_rise_while_free_money_falls() -> None:
    found = income.yearly(ROWS.assign(bound=[False, False, False, False, True, False])).set_index("fiscal_year")

    assert found.loc[2026, ["amount", "free", "bound"]].tolist() == [127.0, 97.0, 30.0]
    assert found.loc[2026, "change"] == pytest.approx(0.27) and found.loc[2026, "free_change"] == pytest.approx(-0.03)
    assert found.loc[2026, "gap"] == pytest.approx(-0.03)


def test_concentration_counts_equal_legs_and_names_the_largest() -> None:
    found = income.yearly(ROWS).set_index("fiscal_year").loc[2025]

    assert found["index"] == pytest.approx(0.68) and found["effective"] == pytest.approx(1 / 0.68) and found["largest_name"] == "City"
    assert found["unsaid"] == 20


def test_a_source_that_ends_within_a_year_is_marked_and_one_not_received_takes_its_plan() -> None:
    found = income.mix(ROWS, fiscal_year=2026, as_of=dt.date(2026, 6, 30)).set_index("name")

    assert found["ends"].to_dict() == {"City": False, "Bequest": False, "Fees": True}
    assert found.loc["Fees", "days"] == 215 and found.loc["Fees", "gap"] == -5
    assert income.mix(ROWS, fiscal_year=2027, as_of=dt.date(2026, 6, 30))[["amount", "basis"]].values.tolist() == [[85.0, "planned"]]


def test_the_year_is_the_last_full_one_with_money_received() -> None:
    assert income.year_of(ROWS, last_full_year=2026) == 2026 and income.year_of(ROWS, last_full_year=2025) == 2025
    assert income.year_of(ROWS.head(0), last_full_year=2024) == 2024


def test_sums_agree_and_empty_tables_stay_empty() -> None:
    mix, years = income.mix(ROWS, fiscal_year=2026, as_of=dt.date(2026, 6, 30)), income.yearly(ROWS)

    assert income.reconciled(mix, years, fiscal_year=2026)[["expected", "found"]].values.tolist() == [[127.0, 127.0]]
    assert income.yearly(ROWS.head(0)).empty and income.mix(ROWS.head(0), fiscal_year=2026, as_of=dt.date(2026, 6, 30)).empty
