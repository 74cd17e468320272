"""Drivers: which weigh most, which no scenario moves, and how scenarios differ."""

from __future__ import annotations

import pandas as pd

from planning.analysis import drivers

DRIVERS = pd.DataFrame([["D1", "City money", "money", "cut", "grows", 5, 4], ["D2", "Newcomers", "society", "few", "many", 4, 4], ["D3", "Weather", "environment", "dry", "wet", 2, 5],
                        ["D4", "Law", "law", "strict", "free", 4, 5]], columns=["driver", "name", "kind", "low", "high", "impact", "uncertainty"])
SCENARIOS = pd.DataFrame({"scenario": ["SC1", "SC2", "SC3"], "name": ["Lean", "Rich", "Full"]})
ENDS = pd.DataFrame([["SC1", "D1", "low"], ["SC1", "D2", "as now"], ["SC2", "D1", "high"], ["SC2", "D2", "as now"], ["SC3", "D1", "low"], ["SC3", "D2", "high"]],
                    columns=["scenario", "driver", "end"])


def test_the_heaviest_comes_first_and_a_driver_that_only_stands_as_now_is_never_moved() -> None:
    found = drivers.register(DRIVERS, pd.concat([ENDS, pd.DataFrame([["SC1", "D4", "as now"]], columns=ENDS.columns)])).set_index("driver")

    assert found.index.tolist() == ["D1", "D4", "D2", "D3"]
    assert found["weight"].tolist() == [20, 20, 16, 10]
    assert found["moved"].to_dict() == {"D1": "both ways", "D4": "never", "D2": "one way", "D3": "never"}
    assert found["decisive"].to_dict() == {"D1": True, "D4": True, "D2": True, "D3": False}
    assert found.loc["D1", ["at_low", "at_high"]].tolist() == [2, 1]


def test_scenarios_are_compared_by_the_drivers_that_both_name_and_the_most_alike_come_first() -> None:
    found = drivers.differences(SCENARIOS, ENDS, DRIVERS)

    assert found[["scenario", "other", "drivers", "differ"]].values.tolist() == [["SC1", "SC2", 2, 1], ["SC1", "SC3", 2, 1], ["SC2", "SC3", 2, 2]]
    assert found["names"].tolist() == ["City money", "Newcomers", "City money; Newcomers"]


def test_scenarios_without_a_driver_in_common_have_no_share_and_come_last() -> None:
    found = drivers.differences(SCENARIOS, ENDS[ENDS["scenario"] != "SC3"], DRIVERS)

    assert found["share"].isna().tolist() == [False, True, True]


def test_corners_are_those_of_the_two_heaviest_drivers_that_a_scenario_moves() -> None:
    found = drivers.corners(drivers.register(DRIVERS, ENDS), SCENARIOS, ENDS)

    assert set(found["first"]) == {"City money"} and set(found["second"]) == {"Newcomers"}
    assert found[["first_end", "second_end", "scenarios", "empty"]].values.tolist() == [["low", "low", "", True], ["low", "high", "Full", False], ["high", "low", "", True], ["high", "high", "", True]]


def test_no_drivers_and_no_scenarios_give_empty_frames_with_their_columns() -> None:
    none = drivers.register(DRIVERS.head(0), ENDS.head(0))

    assert none.empty and "moved" in none
    assert drivers.differences(SCENARIOS.head(0), ENDS.head(0), DRIVERS.head(0)).empty
    assert drivers.corners(none, SCENARIOS, ENDS).empty
    assert drivers.corners(drivers.register(DRIVERS, ENDS.head(0)), SCENARIOS, ENDS.head(0)).empty
