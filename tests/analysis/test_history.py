"""Yearly figures over the years."""

from __future__ import annotations

import pandas as pd

from planning.analysis import history

NONE = pd.DataFrame(columns=["measure", "fiscal_year", "note"])


def table(*rows: tuple[str, int, float]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["measure", "fiscal_year", "value"])


def test_change_is_a_share_of_the_first_value_and_missing_where_that_is_zero() -> None:
    found = history.yearly(table(("visits", 2024, 200), ("visits", 2026, 150), ("circulation", 2024, 0), ("circulation", 2026, 9)), NONE)

    assert found.drop_duplicates("measure").set_index("measure")["change"].round(6).fillna(-9).to_dict() == {"visits": -0.25, "circulation": -9}


def test_a_measure_with_one_year_stays_without_a_change() -> None:
    found = history.yearly(table(("visits", 2024, 4), ("visits", 2026, 5), ("spending_total", 2026, 9)), NONE).set_index("measure")

    assert found.loc["spending_total", ["value", "first_year", "last_year"]].tolist() == [9, 2026, 2026]
    assert pd.isna(found.loc["spending_total", "change"]) and found.loc["visits", "change"].tolist() == [0.25, 0.25]


def test_a_changed_definition_is_said() -> None:
    breaks = pd.DataFrame([["visits", 2025, "Counted anew."]], columns=["measure", "fiscal_year", "note"])
    found = history.yearly(table(("visits", 2024, 2), ("visits", 2026, 1)), breaks)

    assert found["broken"].all() and set(found["note"]) == {"Counted anew."}


def test_no_figures_give_an_empty_table_with_its_columns() -> None:
    assert list(history.yearly(table(), NONE)) == history.COLUMNS
