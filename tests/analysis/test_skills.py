"""Skills: gaps by role, people at the level, trainings that close gaps, needs of initiatives."""

from __future__ import annotations

import pandas as pd
import pytest

from planning.analysis import skills

SKILLS = pd.DataFrame({"skill": ["SK1", "SK2", "SK3", "SK4"], "name": ["Mediation", "Spanish", "Driving", "Latin"], "critical": [2, 3, 3, 1]})
ROLES = pd.DataFrame({"role": ["R1", "R2"], "name": ["Desk", "Outreach"], "people": [4.0, 1.0]})
HELD = pd.DataFrame([["R1", "SK1", 3, 1, 0], ["R1", "SK2", 2, 1, 1], ["R2", "SK1", 1, 3, 1], ["R2", "SK2", 3, None, None], ["R2", "SK3", 3, 3, 1]],
                    columns=["role", "skill", "required", "current", "people"]).astype({"current": float, "people": float})
TRAININGS = pd.DataFrame([["T1", "Taster", "SK1", 2, 10.0, 2.0], ["T2", "Course", "SK1", 3, 90.0, 12.0], ["T3", "Long course", "SK1", 4, 90.0, 20.0]],
                         columns=["training", "name", "skill", "level", "cost", "hours"]).assign(provider="State library")
GAPS = skills.gaps(HELD, SKILLS, ROLES)
CLOSURES = skills.closures(GAPS, TRAININGS)


def test_a_gap_weighs_missing_levels_by_criticality_and_is_never_below_zero():
    found = GAPS.set_index(["role_name", "skill_name"])

    assert found.loc[("Desk", "Mediation"), ["gap", "score", "short"]].tolist() == [2, 4, 4]
    assert found.loc[("Outreach", "Mediation"), ["gap", "score", "short"]].tolist() == [0, 0, 0]
    assert GAPS["score"].tolist()[:2] == [4, 3]


def test_a_level_that_was_not_assessed_is_no_gap_and_comes_last():
    assert GAPS.iloc[-1][["role_name", "skill_name"]].tolist() == ["Outreach", "Spanish"]
    assert GAPS.iloc[-1][["gap", "score", "short"]].isna().all()


def test_where_a_gap_is_known_at_least_one_person_is_short():
    all_there = HELD[HELD["skill"] == "SK1"].assign(people=9.0)

    assert skills.gaps(all_there, SKILLS, ROLES)["short"].tolist() == [1, 0]


def test_coverage_tells_one_person_from_nobody_and_from_not_counted():
    found = skills.coverage(GAPS, SKILLS).set_index("skill_name")

    assert found["state"].to_dict() == {"Driving": "one person", "Spanish": "not counted", "Mediation": "one person", "Latin": "not needed"}
    assert found.loc["Mediation", ["people", "highest", "held_by"]].tolist() == [1, 3, "Outreach"]
    nobody = skills.coverage(skills.gaps(HELD.assign(people=0.0), SKILLS, ROLES), SKILLS)
    assert nobody.loc[nobody["skill_name"] != "Latin", "state"].tolist() == ["nobody"] * 3


def test_one_person_at_the_level_counts_for_the_best_level_of_a_role():
    found = skills.coverage(GAPS, SKILLS).set_index("skill_name")

    assert found.loc["Spanish", ["highest", "held_by"]].tolist() == [2, "Desk"]  # the role is at 1, one person in it at 2


def test_the_cheapest_training_that_reaches_the_level_closes_the_gap():
    found = CLOSURES.set_index("skill_name")

    # Course and long course cost the same and both reach level 3: fewer hours decide.
    assert found.loc["Mediation", ["training_name", "cost_all", "hours_all", "covered"]].tolist() == ["Course", 360, 48, "closed"]
    assert found.loc["Spanish", "covered"] == "open"
    assert pd.isna(found.loc["Spanish", "training_name"])


def test_a_training_that_stops_short_narrows_the_gap():
    found = skills.closures(GAPS, TRAININGS.head(1)).set_index("skill_name")

    assert found.loc["Mediation", ["training_name", "covered"]].tolist() == ["Taster", "narrowed"]


def test_the_plan_takes_what_closes_most_within_the_money():
    closures = pd.DataFrame({"role": ["R1", "R2", "R3"], "skill": ["A", "B", "C"], "score": [6.0, 4.0, 3.0], "cost_all": [900.0, 500.0, None], "covered": "closed"})

    assert skills.plan(closures, money=899).loc[lambda rows: rows["taken"], "role"].tolist() == ["R2"]
    assert skills.plan(closures, money=1400).loc[lambda rows: rows["taken"], "role"].tolist() == ["R1", "R2"]
    assert skills.plan(closures)["taken"].tolist() == [True] * 3


def test_offers_add_up_what_was_taken():
    found = skills.offers(skills.plan(CLOSURES))

    assert found[["training_name", "roles", "gaps", "people", "cost", "hours"]].values.tolist() == [["Course", "Desk", 1, 4, 360, 48]]


def test_an_offer_for_an_unknown_number_of_people_has_no_price():
    unknown = skills.closures(skills.gaps(HELD, SKILLS, ROLES.assign(people=float("nan"))), TRAININGS)

    assert skills.offers(skills.plan(unknown))[["people", "cost", "hours"]].isna().all().all()


@pytest.mark.parametrize(("skill", "required", "state"), [("SK1", 3, "met"), ("SK1", 4, "short"), ("SK2", 3, "not known"), ("SK4", 1, "not known")])
def test_needs_of_initiatives_are_met_short_or_not_known(skill, required, state):
    initiatives = pd.DataFrame({"initiative": ["I1", "I2"], "name": ["Evening desk", "Later"], "status": ["running", "candidate"]})
    wanted = pd.DataFrame({"initiative": ["I1", "I2"], "skill": skill, "required": required})

    found = skills.initiative_needs(initiatives, wanted, skills.coverage(GAPS, SKILLS))

    assert found[["initiative_name", "state"]].values.tolist() == [["Evening desk", state]]


def test_counts_by_role_and_by_skill_agree():
    found = skills.reconciled(GAPS, skills.coverage(GAPS, SKILLS), CLOSURES)

    assert found["expected"].tolist() == [3, 2]
    assert found["found"].tolist() == [3, 2]


def test_without_skills_of_roles_every_result_is_empty_with_its_columns():
    gaps = skills.gaps(HELD.head(0), SKILLS, ROLES)
    coverage, closures = skills.coverage(gaps, SKILLS), skills.closures(gaps, TRAININGS)

    assert [len(gaps), len(coverage), len(closures), len(skills.offers(skills.plan(closures)))] == [0] * 4
    assert "score" in gaps and "state" in coverage and "covered" in closures
    assert skills.reconciled(gaps, coverage, closures).empty
