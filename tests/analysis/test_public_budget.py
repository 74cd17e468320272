"""The budget for everybody: whole amounts that add up exactly."""

from __future__ import annotations

import pandas as pd

from planning.analysis import public_budget

SERVICES = pd.DataFrame({"service": ["S1", "S2"], "name": ["Storytime", "Desk"], "description": ["Reading hour", "Questions answered"]})
LINES = pd.DataFrame({"fiscal_year": [2025, 2026, 2026, 2026, 2026], "service": ["S1", "S1", "S2", None, "S1"], "category": ["staff", "staff", "staff", "space", "collection"],
                      "amount": [30.0, 33.4, 33.4, 33.2, None], "basis": ["spent", "spent", "planned", "spent", None]})


def test_rounded_amounts_and_shares_add_up_to_the_sum() -> None:
    found = public_budget.lines(LINES, SERVICES, fiscal_year=2026, population=50)

    assert found["what"].tolist() == ["Storytime", "Desk", "space", ""]
    assert found["amount"].tolist() == [34.0, 33.0, 33.0, 100.0]
    assert round(found["share"].iloc[:-1].sum(), 9) == 1.0 and found["per_head"].iloc[-1] == 2.0
    assert found["planned"].tolist() == [False, True, False, True]
    assert public_budget.reconciled(found, LINES, fiscal_year=2026)[["expected", "found"]].values.tolist() == [[100.0, 100.0]]


def test_a_service_without_the_year_before_has_no_change() -> None:
    found = public_budget.lines(LINES, SERVICES, fiscal_year=2026).set_index("what")

    assert found["change"].isna().to_dict() == {"Storytime": False, "Desk": True, "space": True, "": False}
    assert found["per_head"].isna().all()


def test_a_year_without_money_has_no_lines() -> None:
    assert public_budget.lines(LINES, SERVICES, fiscal_year=2030).empty
    assert public_budget.reconciled(public_budget.lines(LINES, SERVICES, fiscal_year=2030), LINES, fiscal_year=2030).empty
