"""What services cost in full: every amount lands once, by a stated key, and the year adds up."""

from __future__ import annotations

import pandas as pd
import pytest

from planning.analysis import costing

SERVICES = pd.DataFrame({"service": ["S1", "S2", "S3"], "name": ["Loans", "Rooms", "Reels"], "status": ["running", "running", "ended"], "space": [100.0, 300.0, 50.0]})
HOURS = pd.DataFrame({"role": ["R1", "R2", "R1"], "service": ["S1", "S1", "S3"], "hours": [60.0, 40.0, 500.0]})
USED = pd.DataFrame({"service": ["S1", "S2", "S1"], "fiscal_year": [2026, 2026, 2025], "uses": [10.0, 40.0, 999.0], "full": [True, False, True]})
BUDGET = pd.DataFrame([["B1", "Books", "S1", "collection", 200.0], ["B2", "Director", None, "staff", 100.0], ["B3", "Heat", None, "space", 80.0], ["B4", "System", None, "technology", 50.0],
                       ["B5", "Fees", None, "other", 20.0], ["B6", "Insurance", None, "other", 7.0], ["B7", "Audit", None, "other", 3.0]], columns=["line", "name", "service", "category", "amount"]).assign(fiscal_year=2026)
KEYS = pd.DataFrame({"line": ["B2", "B3", "B4", "B5", "B6"], "key": ["hours", "space", "uses", "evenly", "not spread"]})


def spread(keys: pd.DataFrame = KEYS, **other: pd.DataFrame) -> pd.DataFrame:
    tables = {"role_services": HOURS, "used": USED} | other
    return costing.spread(BUDGET, SERVICES, keys, **tables, fiscal_year=2026)


def test_each_line_goes_where_its_key_says_and_never_to_a_service_that_has_ended() -> None:
    found = spread().set_index(["line", "service_name"])["amount"].to_dict()

    assert found == {("B1", "Loans"): 200, ("B2", "Loans"): 100, ("B3", "Loans"): 20, ("B3", "Rooms"): 60, ("B4", "Loans"): 10, ("B4", "Rooms"): 40,
                     ("B5", "Loans"): 10, ("B5", "Rooms"): 10, ("B6", costing.SHARED): 7, ("B7", costing.SHARED): 3}


def test_full_costs_and_what_stays_shared_add_up_to_the_budget() -> None:
    found = costing.full(spread(), USED, fiscal_year=2026)

    assert found[["service_name", "own", "shared", "total"]].values.tolist() == [["Loans", 200, 140, 340], ["Rooms", 0, 110, 110], [costing.SHARED, 0, 0, 10]]
    check = costing.reconciled(BUDGET, found, fiscal_year=2026).iloc[0]
    assert check["expected"] == check["found"] == 460


def test_one_use_is_priced_in_full_years_only_and_more_is_missing_without_own_money() -> None:
    found = costing.full(spread(), USED, fiscal_year=2026).set_index("service_name")

    assert found.loc["Loans", ["per_use_own", "per_use"]].tolist() == [20, 34]
    assert found.loc["Rooms", ["per_use_own", "per_use", "more"]].isna().all()


def test_a_line_stays_shared_and_says_why() -> None:
    none = HOURS.head(0)
    found = costing.left(spread(role_services=none, used=USED.head(0)))

    assert found[["line_name", "why"]].values.tolist() == [["Director", "no hours known"], ["System", "no uses known"], ["Insurance", "kept together"], ["Audit", "no key"]]


def test_without_keys_and_services_of_its_own_no_cost_is_made_up() -> None:
    shared = BUDGET[BUDGET["service"].isna()]
    rows = costing.spread(shared, SERVICES, KEYS.head(0), role_services=HOURS, used=USED, fiscal_year=2026)

    assert len(rows) == 6 and costing.full(rows, USED, fiscal_year=2026).empty
    empty = costing.spread(BUDGET.head(0), SERVICES, KEYS, role_services=HOURS, used=USED, fiscal_year=2026)
    assert empty.empty and costing.full(empty, USED, fiscal_year=2026).empty and costing.left(empty).empty
    assert costing.by_time(HOURS, pd.DataFrame({"role": [], "fte": [], "hourly_cost": []}), empty, SERVICES).empty


def test_work_by_the_clock_is_set_beside_booked_pay() -> None:
    hours = pd.DataFrame({"role": ["R1", "R2"], "service": ["S1", "S2"], "hours": [100.0, 100.0]})
    roles = pd.DataFrame({"role": ["R1", "R2"], "fte": [1.0, 1.0], "hourly_cost": [30.0, None]})
    lines = pd.DataFrame({"service": ["S1", "S2"], "category": "staff", "amount": [300.0, 100.0], "how": "own"})

    found = costing.by_time(hours, roles, lines, SERVICES)

    assert found[["service_name", "cost", "time_share", "pay_share", "difference"]].values.tolist() == [["Rooms", 3000, 0.5, 0.25, 0.25], ["Loans", 3000, 0.5, 0.75, -0.25]]


def test_hours_cost_what_they_cost_in_the_example_of_kaplan_and_anderson_2004() -> None:
    """A minute of customer service costs 0.80: 49,000 orders of 8 minutes, 1,400 inquiries of 44, 2,500 credit checks of 50."""
    services = pd.DataFrame({"service": ["O", "I", "C"], "name": ["Orders", "Inquiries", "Checks"]})
    hours = pd.DataFrame({"role": "R1", "service": ["O", "I", "C"], "hours": [49_000 * 8 / 60, 1_400 * 44 / 60, 2_500 * 50 / 60]})
    lines = pd.DataFrame({"service": ["O"], "category": ["staff"], "amount": [1.0], "how": ["own"]})

    found = costing.by_time(hours, pd.DataFrame({"role": ["R1"], "fte": [1.0], "hourly_cost": [48.0]}), lines, services).set_index("service_name")["cost"]

    assert found.to_dict() == pytest.approx({"Orders": 313_600, "Inquiries": 49_280, "Checks": 100_000})
