"""Subscriptions: one metric, no use is not the same as no count, and a stated break-even."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from planning.analysis import subscriptions

DAY = dt.date(2026, 6, 30)
SERVICES = pd.DataFrame({"service": ["S1"], "name": ["Databases"]})


def held(**columns: list[object]) -> pd.DataFrame:
    size = len(next(iter(columns.values())))
    rows = {"subscription": [f"SU{place}" for place in range(1, size + 1)], "name": [f"Product {place}" for place in range(1, size + 1)], "service": "S1", "line": "B1", "metric": "Uses", "report": "TR",
            "elsewhere": 10.0, "renews": pd.NaT, "must_keep": None}
    return pd.DataFrame(rows | columns).astype({"renews": "datetime64[us]"})


def values(*rows: tuple[object, ...]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["subscription", "fiscal_year", "cost", "uses"]).astype({"cost": float, "uses": float})


def judged(rows: pd.DataFrame, *paid: tuple[object, ...]) -> pd.DataFrame:
    return subscriptions.by_use(rows, values(*paid), SERVICES, fiscal_year=2026, as_of=DAY)


def test_a_subscription_is_kept_when_its_uses_one_by_one_would_cost_more_than_its_price() -> None:
    found = judged(held(elsewhere=[10.0, 10.0, 10.0]), ("SU1", 2026, 100.0, 8.0), ("SU2", 2026, 100.0, 12.0), ("SU3", 2026, 100.0, 10.0))

    assert found[["subscription", "per_use", "needed", "instead", "excess", "verdict"]].values.tolist() == [
        ["SU1", 12.5, 10, 80, 20, "dearer"], ["SU3", 10, 10, 100, 0, "about even"], ["SU2", 100 / 12, 10, 120, -20, "pays"]]


def test_no_use_costs_its_whole_price_and_is_shown_while_no_count_is_not_zero() -> None:
    found = judged(held(elsewhere=[None, 10.0]), ("SU1", 2026, 100.0, 0.0), ("SU2", 2026, 100.0, None)).set_index("subscription")

    assert found.loc["SU1", ["excess", "verdict"]].tolist() == [100, "not used"] and pd.isna(found.loc["SU1", "per_use"])
    assert found.loc["SU2", "verdict"] == "uses not counted" and found.loc["SU2", ["uses", "per_use", "instead", "excess"]].isna().all()


def test_what_cannot_be_judged_says_what_is_missing() -> None:
    found = judged(held(elsewhere=[None, 10.0]), ("SU1", 2026, 100.0, 20.0), ("SU2", 2025, 100.0, 20.0)).set_index("subscription")["verdict"]

    assert found.to_dict() == {"SU1": "no price elsewhere", "SU2": "price not known"}


def test_years_without_a_use_are_counted_up_to_this_one() -> None:
    found = judged(held(elsewhere=[10.0]), ("SU1", 2023, 9.0, 0.0), ("SU1", 2024, 9.0, 3.0), ("SU1", 2025, 9.0, 0.0), ("SU1", 2026, 9.0, 0.0))

    assert found["years"].tolist() == [2]


def test_a_renewal_is_due_within_ninety_days_and_not_when_it_is_past() -> None:
    days = pd.to_datetime(["2026-06-29", "2026-06-30", "2026-09-28", "2026-09-29"])
    found = judged(held(renews=list(days)), *[(f"SU{place}", 2026, 9.0, 1.0) for place in range(1, 5)])

    assert subscriptions.renewals(found)[["subscription", "days"]].values.tolist() == [["SU2", 0], ["SU3", 90]]


def test_the_change_of_one_use_leaves_out_years_without_a_count() -> None:
    found = subscriptions.history(held(elsewhere=[10.0, 10.0]), values(("SU1", 2023, 100.0, 50.0), ("SU1", 2024, 100.0, None), ("SU1", 2025, 162.0, 36.0), ("SU1", 2026, 99.0, 0.0), ("SU2", 2026, 9.0, 9.0)), last_year=2026)

    assert found[["subscription", "first_year", "last_year", "first", "last", "yearly_change", "gaps"]].round(6).values.tolist() == [["SU1", 2023, 2025, 2, 4.5, 0.5, 1]]


def test_without_subscriptions_every_result_is_empty_and_has_its_columns() -> None:
    found = subscriptions.by_use(held(elsewhere=[1.0]).head(0), values().head(0), SERVICES, fiscal_year=2026, as_of=DAY)

    assert found.empty and "verdict" in found and subscriptions.renewals(found).empty
    assert "yearly_change" in subscriptions.history(held(elsewhere=[1.0]).head(0), values().head(0), last_year=2026)
