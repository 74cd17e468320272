"""What uses may be worth: numbers, what is taken off, totals, and what moves them."""

import math

import pandas as pd
import pytest

from planning.analysis import value

SERVICES = pd.DataFrame({"service": ["S1", "S2"], "name": ["Lending", "Desk"]})
YEARLY = pd.DataFrame({"service": ["S1", "S1", "S2"], "fiscal_year": [2025, 2026, 2026], "uses": [400.0, 500.0, 90.0], "months": [12, 12, 10]})
PROGRESS = pd.DataFrame([["K1", "Card holders", "% of newcomers", "yearly", 15.9, "2026", "behind"], ["K2", "Sessions", "sessions a month", "monthly", 12.0, "2026-06", "on target"],
                         ["K3", "People with an alert", "people", "monthly", 512.0, "2026-06", "on target"], ["K4", "Old count", "people", "yearly", 7.0, "2021", "stale"],
                         ["K5", "Loans a person", "loans per person", "yearly", 14.6, "2026", "no target"], ["K6", "Never", "people", "yearly", math.nan, None, "no data"]],
                        columns=["kpi", "name", "unit", "frequency", "value", "period", "status"])
MONTHS = pd.DataFrame([["K2", f"{year}-{month:02d}", 10.0] for year, month in [*((2025, m) for m in range(1, 13)), *((2026, m) for m in range(1, 7))]], columns=["kpi", "period", "value"])
SPENT = pd.DataFrame({"fiscal_year": [2026, 2026, 2025], "service": ["S1", None, "S1"], "amount": [1000.0, 3000.0, 9.0]})


def proxy(**given):
    usual = {"proxy": "PX1", "name": "A loan", "service": "S1", "kpi": None, "number": None, "unit_value": 8.0, "low": None, "high": None, "source": "Prices",
             "deadweight": 0.5, "attribution": 0.0, "displacement": 0.0, "years": None, "drop_off": None}
    return pd.DataFrame([usual | given])


def numbered(*proxies, values=MONTHS, year=2026):
    return value.numbered(pd.concat(proxies, ignore_index=True), SERVICES, YEARLY, progress=PROGRESS, values=values, fiscal_year=year)


@pytest.mark.parametrize(("given", "number", "state"), [
    ({}, 500.0, ""),
    ({"number": 7.0}, 7.0, ""),
    ({"kpi": "K2"}, 120.0, ""),
    ({"kpi": "K3"}, 512.0, ""),
    ({"kpi": "K1"}, None, "a share or rate is no number"),
    ({"kpi": "K5"}, None, "a share or rate is no number"),
    ({"kpi": "K4"}, None, "KPI out of date"),
    ({"kpi": "K6"}, None, "KPI without a value"),
    ({"kpi": "K9"}, None, "KPI without a value"),
    ({"service": "S9"}, None, "uses not counted"),
    ({"service": None}, None, "no service, KPI or number"),
])
def test_the_number_is_the_proxys_own_or_its_kpis_or_the_uses_of_its_service(given, number, state):
    found = numbered(proxy(**given)).iloc[0]
    assert [None if pd.isna(found["number"]) else found["number"], found["state"], bool(found["counted"])] == [number, state, state == ""]


def test_a_monthly_kpi_that_was_not_counted_all_year_gives_no_number():
    assert numbered(proxy(kpi="K2"), values=MONTHS.iloc[:-1])["state"].tolist() == ["KPI not measured all year"]


def test_uses_are_those_of_the_year_looked_at():
    assert numbered(proxy(), year=2025)["number"].tolist() == [400.0]


def test_of_two_proxies_on_the_same_uses_only_the_first_is_counted():
    found = numbered(proxy(), proxy(proxy="PX2", name="The way saved"), proxy(proxy="PX3", name="A job", number=3.0))
    assert found["counted"].tolist() == [True, False, True]
    assert found["double"].tolist()[1] == "A loan"
    assert found["beside"].tolist() == ["A job", "", "A loan"]


def test_an_empty_share_is_named_and_a_drop_off_only_beyond_one_year():
    assert numbered(proxy(deadweight=None, displacement=None))["not_considered"].tolist() == ["deadweight; displacement"]
    assert numbered(proxy(years=3))["not_considered"].tolist() == ["drop_off"]
    assert numbered(proxy())["not_considered"].tolist() == [""]


def test_worth_without_a_range_is_the_plain_figure_less_what_is_taken_off():
    found = value.worth(numbered(proxy()), rate=0.035, seed=1).iloc[0]
    assert found[["classic", "adjusted_low", "adjusted", "adjusted_high", "share"]].tolist() == pytest.approx([4000, 2000, 2000, 2000, 1])


def test_several_years_fade_by_the_drop_off_and_the_rate():
    # 2,000 x (1 + 0.6 / 1.1).
    found = value.worth(numbered(proxy(years=2, drop_off=0.4)), rate=0.1, seed=1)
    assert found["adjusted"].tolist() == pytest.approx([3090.909])


def test_the_total_is_set_beside_all_spending_and_beside_that_of_the_valued_services():
    found = value.total(numbered(proxy(), proxy(proxy="PX2", name="Again")), SPENT, fiscal_year=2026, rate=0.0, seed=1)
    assert found[["basis", "money", "covered", "classic_returned", "returned"]].values.tolist() == [["all spending", 4000.0, 0.25, 1.0, 0.5], ["valued services", 1000.0, 1.0, 4.0, 2.0]]


def test_without_spending_what_is_returned_is_missing_and_the_worth_stands():
    found = value.total(numbered(proxy()), SPENT[:0], fiscal_year=2026, rate=0.0, seed=1)
    assert found[["money", "returned", "classic_returned"]].isna().all(axis=None) and found["middle"].tolist() == pytest.approx([2000, 2000])


def test_the_total_of_several_has_a_narrower_range_than_its_parts_added_end_to_end():
    rows = numbered(proxy(low=2.0, high=16.0), proxy(proxy="PX2", name="A question", service="S2", low=2.0, high=16.0, number=500.0))
    parts, whole = value.worth(rows, rate=0.0, seed=1), value.total(rows, SPENT, fiscal_year=2026, rate=0.0, seed=1).iloc[0]
    assert parts["adjusted_low"].sum() < whole["low"] < whole["high"] < parts["adjusted_high"].sum()


def test_a_share_nobody_considered_moves_the_result_by_all_of_it():
    found = value.sensitivity(numbered(proxy(deadweight=None, low=6.0, high=10.0)), rate=0.0)
    top = found.iloc[0]
    assert top[["assumption", "from_value", "to_value", "at_from", "at_to", "swing"]].tolist() == ["deadweight", 0.0, 1.0, 4000.0, 0.0, 4000.0]
    assert "drop_off" not in set(found["assumption"]) and "discount rate" not in set(found["assumption"])


def test_the_discount_rate_moves_the_result_only_where_something_lasts():
    found = value.sensitivity(numbered(proxy(years=2, drop_off=0.0)), rate=0.1).set_index("assumption")
    # At no rate 2 years count in full: 4,000; at 20 %: 2,000 + 2,000 / 1.2.
    assert found.loc["discount rate", ["at_from", "at_to"]].tolist() == pytest.approx([4000, 3666.667])


def test_services_are_told_with_their_own_spending_and_add_up():
    rows = numbered(proxy(), proxy(proxy="PX2", name="A question", service="S2"), proxy(proxy="PX3", name="A talk", service=None, number=10.0))
    by, whole = (make(rows, SPENT, fiscal_year=2026, rate=0.0, seed=1) for make in (value.by_service, value.total))
    assert by[["service_name", "money"]].fillna(0).values.tolist() == [["Lending", 1000.0], ["Desk", 0.0]]
    assert value.reconciled(whole, by, rows)[["expected", "found"]].values.tolist() == [[4800.0, 4800.0]]


def test_spending_of_a_plan_from_the_survey_comes_from_its_statistics():
    statistics = pd.DataFrame({"fiscal_year": [2018, 2026], "measure": "spending_total", "value": [900.0, 5.0]})
    found = value.spent(SPENT, statistics)
    assert found[found["fiscal_year"] == 2018]["amount"].tolist() == [900.0] and 5.0 not in found["amount"].tolist()
    assert [value.year_of(found, last_full_year=last) for last in (2026, 2020, 2010)] == [2026, 2018, 2010]


def test_empty_tables_give_empty_results():
    rows = value.numbered(proxy()[:0], SERVICES, YEARLY, progress=PROGRESS[:0], values=MONTHS[:0], fiscal_year=2026)
    assert rows.columns.tolist() == value.NUMBERED
    assert value.worth(rows, rate=0.0, seed=1).columns.tolist() == value.WORTH
    whole = value.total(rows, SPENT, fiscal_year=2026, rate=0.0, seed=1)
    by = value.by_service(rows, SPENT, fiscal_year=2026, rate=0.0, seed=1)
    assert [whole.columns.tolist(), by.columns.tolist(), value.sensitivity(rows, rate=0.0).columns.tolist()] == [value.TOTAL, value.BY_SERVICE, value.SENSITIVITY]
    assert value.reconciled(whole, by, rows).empty
