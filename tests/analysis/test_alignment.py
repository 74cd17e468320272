"""Which goals are carried, by what, and which services carry none."""

from __future__ import annotations

import pandas as pd

from planning.analysis import alignment

GOALS = pd.DataFrame({"goal": ["G1", "G2", "G3"], "name": ["Read", "Work", "Meet"], "weight": [0.5, 0.3, 0.2]})
SERVICES = pd.DataFrame({"service": ["S1", "S2", "S3", "S4"], "name": ["Storytime", "Job desk", "Copier", "Old bus"],
                         "status": ["running", "pilot", "running", "ended"]})
ALIGNMENT = pd.DataFrame({"service": ["S1", "S1", "S2", "S4"], "goal": ["G1", "G2", "G2", "G3"], "strength": [0.8, 0.5, 0.5, 1.0]})
PAIRS = alignment.matrix(GOALS, SERVICES, ALIGNMENT)


def test_a_service_that_has_ended_carries_nothing() -> None:
    assert "Old bus" not in set(PAIRS["service_name"])
    assert len(PAIRS) == 9


def test_a_goal_is_served_by_one_service_of_half_strength_or_more() -> None:
    found = alignment.coverage(PAIRS).set_index("goal")

    assert found["served"].to_dict() == {"G1": True, "G2": True, "G3": False}
    assert found["services"].to_dict() == {"G1": 1, "G2": 2, "G3": 0}
    assert found.loc["G1", "carried_by"] == "Storytime"
    assert pd.isna(found.loc["G3", "carried_by"])


def test_a_services_value_is_the_sum_of_weight_times_strength() -> None:
    found = alignment.contribution(PAIRS).set_index("service")

    assert found["value"].round(6).to_dict() == {"S1": 0.5 * 0.8 + 0.3 * 0.5, "S2": 0.15, "S3": 0.0}
    assert found["goalless"].to_dict() == {"S1": False, "S2": False, "S3": True}
    assert found.loc["S1", "main_goal"] == "Read"


def test_being_alone_means_that_no_other_service_clearly_supports_the_goal() -> None:
    assert alignment.contribution(PAIRS).set_index("service")["only_here"].to_dict() == {"S1": "Read", "S2": "", "S3": ""}


def test_what_a_service_adds_is_what_coverage_loses_when_the_service_is_taken_out() -> None:
    def covered(pairs: pd.DataFrame) -> float:
        by_goal = alignment.coverage(pairs)
        return float((by_goal["weight"] * by_goal["strongest"]).sum())

    found = alignment.contribution(PAIRS).set_index("service")["added"]

    assert found.round(9).to_dict() == {name: round(covered(PAIRS) - covered(PAIRS[PAIRS["service"] != name]), 9) for name in ("S1", "S2", "S3")}
    assert found.round(9).to_dict() == {"S1": 0.4, "S2": 0.0, "S3": 0.0}


def test_a_service_alone_adds_all_that_is_covered_and_a_goal_of_weight_0_adds_nothing() -> None:
    one = PAIRS[PAIRS["service"] == "S1"]

    assert round(alignment.contribution(one)["added"].item(), 9) == 0.55
    assert alignment.contribution(one.assign(weight=0.0))["added"].item() == 0


def test_a_goal_of_weight_0_is_still_served_or_not() -> None:
    pairs = alignment.matrix(GOALS.assign(weight=[1.0, 0.0, 0.0]), SERVICES, ALIGNMENT)

    assert alignment.coverage(pairs)["served"].tolist() == [True, True, False]


def test_both_ways_to_add_up_agree() -> None:
    found = alignment.reconciled(PAIRS).iloc[0]

    assert round(found["expected"], 9) == round(found["found"], 9) == 0.7


def test_without_goals_everything_is_empty_with_its_columns() -> None:
    pairs = alignment.matrix(GOALS.iloc[:0], SERVICES, ALIGNMENT.iloc[:0])

    assert pairs.empty and "strength" in pairs
    assert list(alignment.coverage(pairs)) == list(alignment.coverage(PAIRS))
    assert list(alignment.contribution(pairs)) == list(alignment.contribution(PAIRS))
    assert alignment.reconciled(pairs).empty


def test_an_alignment_table_without_a_pair_says_nothing_rather_than_that_nothing_is_supported() -> None:
    assert alignment.matrix(GOALS, SERVICES, ALIGNMENT.iloc[:0]).empty
