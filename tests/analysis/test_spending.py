"""Spending over the years: real terms, gaps that break the series, and a range ahead that says what it rests on."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from planning.analysis import spending

NOTHING = pd.DataFrame({"fiscal_year": pd.Series(dtype=int), "measure": pd.Series(dtype="str"), "value": pd.Series(dtype=float)})
NO_PRICES = pd.DataFrame({"fiscal_year": pd.Series(dtype=int), "index": pd.Series(dtype=float)})


def lines(amounts: dict[int, float], basis: str = "spent") -> pd.DataFrame:
    return pd.DataFrame({"fiscal_year": list(amounts), "category": "staff", "amount": list(amounts.values()), "basis": basis})


def told(amounts: dict[int, float]) -> pd.DataFrame:
    return pd.DataFrame({"fiscal_year": list(amounts), "measure": "spending_total", "value": list(amounts.values())})


def prices(index: dict[int, float]) -> pd.DataFrame:
    return pd.DataFrame({"fiscal_year": list(index), "index": list(index.values())})


def test_money_that_grows_as_paid_can_shrink_in_real_terms() -> None:
    found = spending.growth(spending.years(lines({2024: 100, 2025: 104, 2026: 108.16}), NOTHING, prices({2024: 100, 2025: 110, 2026: 121}), last_full_year=2026))

    assert found[["kind", "first_year", "last_year"]].values.tolist() == [["as paid", 2024, 2026], ["in real terms", 2024, 2026]]
    assert found["rate"].tolist() == pytest.approx([0.04, 1.04 / 1.1 - 1])
    assert found["first"].tolist() == pytest.approx([100, 121])


def test_the_prices_of_any_base_give_the_same_real_terms() -> None:
    first, other = (spending.years(lines({2025: 100, 2026: 104}), NOTHING, prices(index), last_full_year=2026)["real"].tolist() for index in ({2025: 100, 2026: 102}, {2025: 250, 2026: 255}))

    assert first == pytest.approx([102, 104]) and other == pytest.approx(first)


def test_a_missing_year_is_named_and_breaks_the_series() -> None:
    years = spending.years(lines({2022: 90, 2023: 95, 2025: 100, 2026: 110}), NOTHING, NO_PRICES, last_full_year=2026)

    assert years[["fiscal_year", "source", "unbroken"]].values.tolist() == [[2022, "budget", False], [2023, "budget", False], [2024, "missing", False], [2025, "budget", True], [2026, "budget", True]]
    assert spending.growth(years)[["first_year", "last_year"]].values.tolist() == [[2025, 2026]]


def test_a_year_of_which_some_lines_are_not_known_to_be_spent_does_not_count() -> None:
    rows = pd.concat([lines({2024: 80, 2025: 90, 2026: 70}), lines({2025: 10}, "planned")])
    years = spending.years(rows, NOTHING, NO_PRICES, last_full_year=2026)

    assert years["source"].tolist() == ["budget", "partly known", "budget"] and pd.isna(years["amount"][1])
    assert spending.years(lines({2026: 5}), NOTHING, NO_PRICES, last_full_year=2025).empty


def test_yearly_statistics_stand_for_years_before_the_budget_and_only_where_both_agree() -> None:
    own = lines({2025: 100, 2026: 110})

    alike = spending.years(own, told({2023: 80, 2024: 90, 2025: 100.5}), NO_PRICES, last_full_year=2026)
    assert alike[["amount", "source"]].values.tolist() == [[80, "statistics"], [90, "statistics"], [100, "budget"], [110, "budget"]]
    apart = spending.years(own, told({2023: 80, 2024: 90, 2025: 120}), NO_PRICES, last_full_year=2026)
    assert apart["fiscal_year"].tolist() == [2025, 2026]


def test_prices_of_part_of_the_years_shorten_both_rates() -> None:
    years = spending.years(lines({2023: 50, 2024: 100, 2025: 104, 2026: 108.16}), NOTHING, prices({2025: 100, 2026: 102}), last_full_year=2026)

    assert spending.growth(years)[["kind", "first_year"]].values.tolist() == [["as paid", 2025], ["in real terms", 2025]]


def test_four_to_seven_years_give_the_range_of_past_changes_and_eight_a_forecast() -> None:
    years = spending.years(lines({2023: 100, 2024: 110, 2025: 110, 2026: 115.5}), NOTHING, NO_PRICES, last_full_year=2026)
    found = spending.ahead(years, steps=2)
    assert found[["fiscal_year", "expected", "low", "high"]].round(6).values.tolist() == [[2027, 121.275, 115.5, 127.05], [2028, 127.33875, 115.5, 139.755]]
    assert set(found["method"]) == {spending.PLAIN}

    longer = spending.ahead(spending.years(lines({2015 + place: 100 + 3 * place + place % 2 for place in range(12)}), NOTHING, NO_PRICES, last_full_year=2026), seed=7)
    assert spending.PLAIN not in set(longer["method"]) and (longer["low"] < longer["expected"]).all() and (longer["expected"] < longer["high"]).all()


def test_a_forecast_of_spending_is_at_least_as_wide_as_past_changes_make_it() -> None:
    # Yearly changes of 1 % and 5 % in turn: mean 3 %, so a change by chance can take the next year from 1 % to 6 % in four cases of five.
    spent = {2015: 100.0}
    for year in range(2016, 2027):
        spent[year] = spent[year - 1] * (1.01 if year % 2 else 1.05)
    found = spending.ahead(spending.years(lines(spent), NOTHING, NO_PRICES, last_full_year=2026), steps=1).iloc[0]
    assert found["low"] <= 1.002 * spent[2026] and found["high"] >= 1.058 * spent[2026]


def test_three_years_are_too_few_to_look_ahead() -> None:
    assert spending.ahead(spending.years(lines({2024: 1, 2025: 2, 2026: 3}), NOTHING, NO_PRICES, last_full_year=2026)).empty


def test_categories_are_set_against_the_first_year_of_the_budget() -> None:
    rows = pd.DataFrame({"fiscal_year": [2024, 2026, 2026, 2024], "category": ["staff", "staff", "technology", "space"], "amount": [100.0, 121.0, 10.0, 20.0], "basis": "spent"})
    found = spending.by_category(rows, prices({2024: 100, 2026: 121}), fiscal_year=2026).set_index("category")

    assert found.loc["staff", ["rate", "real_rate", "added"]].tolist() == pytest.approx([0.1, 0, 21])
    assert pd.isna(found.loc["technology", "rate"]) and found.loc["space", "rate"] == -1
    assert np.isclose(found["share"].sum(), 1)


def test_an_empty_plan_has_no_years_no_growth_and_nothing_ahead() -> None:
    years = spending.years(lines({}), NOTHING, NO_PRICES, last_full_year=2026)

    assert years.empty and spending.growth(years).empty and spending.ahead(years).empty and spending.by_category(lines({}), NO_PRICES, fiscal_year=2026).empty
