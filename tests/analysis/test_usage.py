"""Usage: months, fiscal years, the last twelve months, trend, cost per use, digital and physical."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

from planning.analysis import usage

NOTHING = pd.DataFrame({"service": pd.Series(dtype="str"), "period": pd.Series(dtype="str"), "uses": pd.Series(dtype=float)})


def _months(service, first, uses):
    periods = [str(period) for period in pd.period_range(first, periods=len(uses), freq="M")]
    return pd.DataFrame({"service": service, "period": periods, "uses": [float(one) for one in uses]})


def _rows(**years):
    return pd.DataFrame([[service, int(year[1:]), float(uses), months, months == 12] for service, table in years.items() for year, (uses, months) in table.items()],
                        columns=["service", "fiscal_year", "uses", "months", "full"])


def _spending(*rows):
    return pd.DataFrame(rows, columns=["fiscal_year", "service", "amount"])


SERVICES = pd.DataFrame({"service": ["S1", "S2", "S3"], "name": ["Storytime", "Copier", "Microfilm"], "form": ["physical", "digital", "both"],
                         "status": ["running", "running", "ended"]})


def test_the_finer_count_stands_where_a_month_was_counted_twice():
    both = pd.DataFrame({"service": ["S1", "S1"], "period": ["2026-Q1", "2026-02"], "uses": [30.0, 4.0]})

    assert usage.monthly(both)["uses"].tolist() == [10, 4, 10]


def test_a_month_without_a_row_is_not_a_month_without_use():
    counted = pd.concat([_months("S1", "2026-01", [5]), _months("S1", "2026-03", [0])])

    assert usage.monthly(counted)["month"].dt.month.tolist() == [1, 3]


def test_a_fiscal_year_is_named_after_the_year_in_which_it_ends():
    found = usage.yearly(_months("S1", "2025-06", [1] * 14), fiscal_year_start=7)

    assert found[["fiscal_year", "uses", "months", "full"]].values.tolist() == [[2025, 1, 1, False], [2026, 12, 12, True], [2027, 1, 1, False]]


def test_a_fiscal_year_that_starts_in_january_is_the_calendar_year():
    assert usage.yearly(_months("S1", "2026-01", [1] * 12), fiscal_year_start=1)["fiscal_year"].tolist() == [2026]


def test_a_closure_is_not_read_as_a_fall():
    year, closed = _months("S1", "2024-07", [10] * 12), _months("S1", "2025-07", [10] * 12).drop(index=[3, 4])
    found = usage.recent(pd.concat([year, closed]), as_of=dt.date(2026, 6, 30)).iloc[0]

    assert found[["uses", "months", "before", "months_before", "compared"]].tolist() == [100, 10, 120, 12, 10]
    assert found["change"] == 0


def test_the_last_twelve_months_end_with_the_last_whole_month():
    found = usage.recent(_months("S1", "2025-01", range(1, 19)), as_of=dt.date(2026, 6, 15)).iloc[0]

    assert found["uses"] == sum(range(6, 18))  # June 2025 to May 2026


def test_no_change_is_given_from_few_months_or_from_nothing():
    few = _months("S1", "2024-12", [10] * 13).drop(index=range(6, 12))
    from_nothing = _months("S2", "2024-01", [0] * 12 + [5] * 12)
    found = usage.recent(pd.concat([few, from_nothing]), as_of=dt.date(2025, 12, 31))

    assert found["change"].isna().all()


def test_trend_counts_full_years_only_and_falls_up_to_the_last():
    rows = _rows(S1={"y2022": (800, 12), "y2023": (900, 12), "y2024": (400, 12), "y2025": (100, 12), "y2026": (10, 3)}, S2={"y2026": (5, 12)})
    found = usage.trend(rows).set_index("service")

    assert found.loc["S1", ["years", "last_year", "falling"]].tolist() == [4, 2025, 2]
    assert found.loc["S1", "yearly_change"] == pytest.approx(-0.5)  # 800 to 100 in three steps
    assert pd.isna(found.loc["S2", "yearly_change"])


def test_cost_per_use_is_own_money_over_uses_of_the_same_year():
    rows = _rows(S1={"y2025": (10, 12), "y2026": (20, 12)}, S2={"y2026": (50, 9)})
    found = usage.cost_per_use(_spending([2025, "S1", 40.0], [2026, "S1", 100.0], [2026, "S2", 100.0], [2026, None, 999.0]), rows, SERVICES, fiscal_year=2026)

    assert found[["service_name", "cost", "state"]].values.tolist() == [["Storytime", 5, "counted"], ["Copier", 2, "part of the year"]]
    assert found["change"].tolist()[0] == 0.25
    assert pd.isna(found["change"][1])


def test_no_use_is_never_an_endless_cost():
    rows = _rows(S1={"y2026": (20, 12)}, S2={"y2026": (0, 12)})
    found = usage.cost_per_use(_spending([2026, "S1", 100.0], [2026, "S2", 70.0], [2026, "S3", 5.0]), rows, SERVICES, fiscal_year=2026).set_index("service_name")

    assert found["state"].to_dict() == {"Storytime": "counted", "Copier": "no use", "Microfilm": "not counted"}
    assert found.loc[["Copier", "Microfilm"], "cost"].isna().all()
    assert found.index.tolist()[0] == "Storytime"


def test_a_year_that_nobody_counted_to_its_end_has_no_cost():
    found = usage.cost_per_use(_spending([2026, "S1", 100.0]), _rows(S1={"y2026": (20, 6)}), SERVICES, fiscal_year=2026)

    assert found["state"].tolist()[0] == "year not over"
    assert found["cost"].isna().all()


def test_digital_share_leaves_out_services_that_are_both():
    found = usage.by_form(_rows(S1={"y2026": (30, 12)}, S2={"y2026": (10, 11)}, S3={"y2026": (500, 12)}), SERVICES)

    assert found[["digital_share", "both", "short", "months"]].values.tolist() == [[0.25, 500, 1, 12]]


def test_years_that_are_not_over_have_no_digital_share():
    money = pd.DataFrame({"fiscal_year": [2025, 2026], "digital": [1.0, 1.0], "physical": [3.0, 3.0], "digital_share": [0.25, 0.25], "lines": [2, 2], "known": [2, 0]})
    use = pd.DataFrame({"fiscal_year": [2025, 2026], "digital": [1.0, 1.0], "physical": [1.0, 1.0], "digital_share": [0.5, 0.5], "short": [0, 2], "months": [12, 6]})

    assert usage.digital(money, use)[["fiscal_year", "money_share", "use_share"]].values.tolist() == [[2025, 0.25, 0.5]]


def test_no_counts_give_empty_results_with_their_columns():
    years = usage.yearly(NOTHING, fiscal_year_start=7)

    assert list(years.columns) == ["service", "fiscal_year", "uses", "months", "full"]
    assert "change" in usage.recent(NOTHING, as_of=dt.date(2026, 6, 30)) and usage.trend(years).empty
    assert usage.cost_per_use(_spending([2026, "S1", 100.0]), years, SERVICES, fiscal_year=2026).empty
    assert usage.by_form(years, SERVICES).empty
