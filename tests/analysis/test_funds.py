"""A fund divided by a formula: who gets what, what binds, which factor moves whom, and what stands in the way."""

from __future__ import annotations

import pandas as pd
import pytest

from planning.analysis import funds

UNITS = pd.DataFrame({"unit": ["U1", "U2", "U3"], "name": ["Law", "Art", "Music"], "last": [500.0, 300.0, 200.0], "base": [0.0, 0.0, 0.0], "least": [None, None, 150.0], "most": [600.0, None, None]})
FACTORS = pd.DataFrame({"factor": ["F1", "F2"], "name": ["Loans", "Staff"], "weight": [0.5, 0.5]})
VALUES = pd.DataFrame({"unit": ["U1", "U2", "U3"] * 2, "factor": ["F1"] * 3 + ["F2"] * 3, "value": [80.0, 15.0, 5.0, 60.0, 25.0, 15.0]})


def test_floor_and_cap_hold_and_their_excess_and_lack_are_shared() -> None:
    found = funds.division(UNITS, FACTORS, VALUES, money=1000).set_index("unit")

    assert found["formula"].round(2).to_dict() == {"U1": 700.0, "U2": 200.0, "U3": 100.0}
    assert found["amount"].to_dict() == {"U1": 600.0, "U2": 250.0, "U3": 150.0}
    assert found["binds"].to_dict() == {"U1": "cap", "U2": "", "U3": "floor"}
    assert found["moved"].round(3).to_dict() == {"U1": 0.2, "U2": -0.167, "U3": -0.25}


def test_a_heavier_factor_moves_money_to_those_who_have_more_of_it() -> None:
    free = UNITS.assign(least=None, most=None)
    found = funds.swings(free, FACTORS, VALUES, money=1000).set_index("factor_name")

    assert found.loc["Loans", ["gains", "gain", "loses", "loss", "moved"]].tolist() == ["Law", 20.0, "Art", -10.0, 20.0]
    assert found.loc["Staff", "heavier"] == pytest.approx(0.6)


def test_a_gap_a_factor_of_zeros_and_floors_above_the_sum_each_stand_in_the_way() -> None:
    gap = funds.obstacles(UNITS, FACTORS, VALUES.iloc[1:], money=1000)
    zeros = funds.obstacles(UNITS, FACTORS, VALUES.assign(value=VALUES["value"].where(VALUES["factor"] == "F1", 0.0)), money=1000)

    assert gap[["kind", "names"]].values.tolist() == [["no figure", "Loans; Law"]]
    assert zeros[["kind", "names"]].values.tolist() == [["nothing counted", "Staff"]]
    assert funds.obstacles(UNITS, FACTORS, VALUES, money=100)[["kind", "needed"]].values.tolist() == [["too little", 150.0]]
    assert funds.division(UNITS, FACTORS, VALUES, money=100).empty and funds.swings(UNITS, FACTORS, VALUES.iloc[1:], money=1000).empty


def test_the_sum_is_last_years_unless_one_is_given_and_unknown_where_last_year_is() -> None:
    unknown = UNITS.assign(last=[500.0, None, 200.0])

    assert funds.to_divide(UNITS) == 1000 and funds.to_divide(unknown, money=700) == 700
    assert funds.obstacles(unknown, FACTORS, VALUES, money=funds.to_divide(unknown))["kind"].tolist() == ["no sum"]


def test_what_caps_leave_is_told_and_the_sums_agree() -> None:
    found = funds.division(UNITS.assign(most=300.0), FACTORS, VALUES, money=1000)
    left = funds.left(found, money=1000)

    assert left == 100.0
    assert funds.reconciled(found, money=1000, undivided=left)[["expected", "found"]].values.tolist() == [[1000.0, 1000.0]]


def test_empty_tables_give_an_empty_division_with_its_columns() -> None:
    found = funds.division(UNITS.head(0), FACTORS.head(0), VALUES.head(0), money=float("nan"))

    assert found.empty and "binds" in found and funds.obstacles(UNITS.head(0), FACTORS, VALUES, money=1).empty
