"""Service standards: kept, missed, stale, not measured, and services without any."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

from planning.analysis import standards

DAY = dt.date(2026, 6, 30)
KPIS = pd.DataFrame({"kpi": ["K1", "K2", "K3"], "name": ["Answered", "Wait", "Lists"], "unit": ["%", "days", "%"], "frequency": ["quarterly", "monthly", "yearly"]})
SERVICES = pd.DataFrame({"service": ["S1", "S2", "S3"], "name": ["Desk", "Help", "Clips"], "status": ["running", "pilot", "ended"], "essential": [False, True, True]})


def values(kpi: str, **given: float) -> pd.DataFrame:
    return pd.DataFrame({"kpi": kpi, "period": [period.replace("_", "-").removeprefix("p") for period in given], "value": list(given.values())})


def standard(kpi: object = "K1", side: object = "at least", mark: object = 80.0, public: object = True) -> pd.DataFrame:
    return pd.DataFrame({"standard": ["SD1"], "name": ["Promise"], "service": ["S1"], "kpi": [kpi], "side": [side], "mark": [mark], "source": ["own"], "public": [public]})


def kept(rows: pd.DataFrame, known: pd.DataFrame, start: int = 1) -> pd.Series:
    return standards.kept(rows, KPIS, known, SERVICES, as_of=DAY, fiscal_year_start=start).iloc[0]


@pytest.mark.parametrize(("last", "n", "state"), [((80, 81, 82, 80), 4, "kept"), ((79, 81, 82, 80), 3, "partly kept"), ((79, 79, 82, 80), 2, "partly kept"), ((79, 79, 79, 80), 1, "missed"), ((1, 2, 3, 4), 0, "missed")])
def test_the_mark_itself_keeps_the_promise_and_half_of_the_periods_keep_it_in_part(last, n, state):
    row = kept(standard(), values("K1", p2025_Q3=last[0], p2025_Q4=last[1], p2026_Q1=last[2], p2026_Q2=last[3]))

    assert row[["n", "kept", "state"]].tolist() == [4, n, state]


def test_only_the_last_twelve_months_count():
    assert kept(standard(), values("K1", p2025_Q1=0, p2025_Q2=0, p2025_Q3=90, p2026_Q2=90))[["n", "kept", "state"]].tolist() == [2, 2, "kept"]


def test_at_most_is_kept_below_the_mark():
    assert kept(standard("K2", "at most", 10.0), values("K2", p2026_05=10.0, p2026_06=10.1))[["n", "kept", "state"]].tolist() == [2, 1, "partly kept"]


def test_a_yearly_standard_is_held_to_its_last_year_by_fiscal_year():
    # A year that begins in July and is named after its end: 2025 ended on 30 June 2025, a year before the day.
    row = kept(standard("K3"), values("K3", p2024=70.0, p2025=85.0), start=7)

    assert row[["n", "kept", "period", "state"]].tolist() == [1, 1, "2025", "kept"]


@pytest.mark.parametrize(("period", "state"), [("2026-05", "kept"), ("2026-04", "stale")])
def test_a_value_older_than_one_and_a_half_periods_is_stale(period, state):
    assert kept(standard("K2", "at most", 10.0), pd.DataFrame({"kpi": ["K2"], "period": [period], "value": [1.0]}))["state"] == state


@pytest.mark.parametrize(("rows", "reason"), [(standard(kpi=None), "no KPI"), (standard(kpi="K9"), "no KPI"), (standard(mark=None), "no mark"), (standard(side=None), "no mark"), (standard("K2"), "no value yet")])
def test_a_promise_that_nobody_measures_says_why(rows, reason):
    row = kept(rows, values("K1", p2026_Q2=90))

    assert row[["n", "state", "reason"]].tolist() == [0, "not measured", reason]
    assert pd.isna(row["share"]) and pd.isna(row["latest"])


def test_broken_public_promises_stand_before_worse_ones_that_nobody_was_told():
    rows = pd.concat([standard(public=False).assign(standard="SD1"), standard("K2", "at most", 10.0, public=True).assign(standard="SD2"), standard(None, public=None).assign(standard="SD3")])
    known = pd.concat([values("K1", p2026_Q2=1), values("K2", p2026_05=11, p2026_06=9)])

    found = standards.kept(rows, KPIS, known, SERVICES, as_of=DAY)
    assert found[["standard", "state", "public"]].values.tolist() == [["SD2", "partly kept", True], ["SD1", "missed", False], ["SD3", "not measured", False]]


def test_years_run_back_from_the_day_and_a_year_without_values_is_not_a_broken_one():
    found = standards.course(standard(), KPIS, values("K1", p2023_Q3=90, p2025_Q3=70, p2026_Q2=90), as_of=DAY, years=3)

    assert found[["year", "n", "kept"]].values.tolist() == [[3, 1, 1], [2, 0, 0], [1, 2, 1]]
    assert pd.isna(found["share"].iloc[1]) and found["until"].iloc[1] == pd.Timestamp("2025-06-30")


def test_a_running_service_without_a_standard_is_named_and_an_ended_one_is_not():
    assert standards.without(SERVICES, standard())["service_name"].tolist() == ["Help"]


def test_nothing_is_told_without_standards():
    none = standards.kept(standard().head(0), KPIS, values("K1", p2026_Q2=90), SERVICES, as_of=DAY)

    assert none.empty and list(none.columns) == standards.COLUMNS
    assert standards.course(standard().head(0), KPIS, values("K1", p2026_Q2=90), as_of=DAY).empty
    assert standards.without(SERVICES, standard().head(0)).empty
    assert standards.course(standard(), KPIS, values("K1").head(0), as_of=DAY).empty
