"""Skills: gaps by role, people at the level, trainings that close gaps, needs of initiatives."""

from __future__ import annotations

import datetime as dt

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

    assert [len(gaps), len(coverage), len(closures)] == [0] * 3
    assert "score" in gaps and "state" in coverage and "covered" in closures
    assert skills.reconciled(gaps, coverage, closures).empty


def test_levels_of_roles_with_few_people_are_not_shown_nor_what_tells_them():
    found = skills.by_role(skills.closures(GAPS, TRAININGS), small_group=5).set_index(["role_name", "skill_name"])

    assert found["hidden"].all()
    assert found[["current", "gap", "score"]].isna().all().all()
    assert found.loc[("Desk", "Mediation"), ["required", "short", "training_name"]].tolist() == [3, 4, "Course"]
    narrowed = skills.by_role(skills.closures(GAPS, TRAININGS.head(1)), small_group=5).set_index("skill_name")
    assert narrowed.loc["Mediation", "covered"] == "open" and pd.isna(narrowed.loc["Mediation", "training_name"])
    shown = skills.by_role(skills.closures(GAPS, TRAININGS.head(1)), small_group=4).set_index("skill_name")
    assert shown.loc["Mediation", ["current", "covered"]].tolist() == [1, "narrowed"]


def test_a_need_of_level_one_is_left_out_where_it_would_tell_that_somebody_is_at_none():
    held = pd.DataFrame({"role": ["R2"], "skill": ["SK1"], "required": [1], "current": [0.0], "people": [0.0]})
    closures = skills.closures(skills.gaps(held, SKILLS, ROLES), TRAININGS)

    assert len(closures) == 1
    assert skills.by_role(closures, small_group=2).empty
    assert len(skills.by_role(closures, small_group=1)) == 1


def test_the_order_of_gaps_tells_no_score():
    held = pd.DataFrame([["R2", "SK2", 4, 3, 0], ["R1", "SK2", 4, 0, 0]], columns=["role", "skill", "required", "current", "people"]).astype({"current": float, "people": float})

    assert skills.by_role(skills.closures(skills.gaps(held, SKILLS, ROLES), TRAININGS), small_group=5)["role"].tolist() == ["R1", "R2"]


@pytest.mark.parametrize(("people", "hidden"), [(5.0, False), (4.0, True), (1.0, True), (None, True)])
def test_own_views_are_hidden_below_the_small_group_and_where_nobody_counted(people, hidden):
    rows = pd.DataFrame({"role": ["R1"], "skill": ["SK1"], "current": [2.0], "self_rated": [4.0]})
    found = skills.self_view(rows, SKILLS, pd.DataFrame({"role": ["R1"], "name": ["Desk"], "people": [people]}), small_group=5).iloc[0]

    assert found["hidden"] == hidden
    assert pd.isna(found["apart"]) == hidden and pd.isna(found["self_rated"]) == hidden


def test_own_views_need_both_levels_and_the_widest_stand_first():
    rows = pd.DataFrame({"role": ["R1", "R1", "R1"], "skill": ["SK1", "SK2", "SK3"], "current": [2.0, 3.0, None], "self_rated": [3.0, 1.0, 4.0]})
    found = skills.self_view(rows, SKILLS, pd.DataFrame({"role": ["R1"], "name": ["Desk"], "people": [9.0]}), small_group=5)

    assert found[["skill_name", "apart"]].values.tolist() == [["Spanish", -2], ["Mediation", 1]]


def test_a_level_without_a_day_is_neither_fresh_nor_old():
    rows = pd.DataFrame({"current": [2.0, 1.0, 3.0, None], "assessed": pd.to_datetime(["2024-06-29", "2024-06-30", None, "2020-01-01"])})

    assert skills.assessed(rows, as_of=dt.date(2026, 6, 30)).iloc[0, :5].tolist() == [4, 3, 2, 1, 1]


COVER = pd.DataFrame({"skill": ["SK1", "SK2"], "skill_name": ["Mediation", "Spanish"], "critical": [2, 3], "state": ["nobody", "several"], "highest": 1.0, "held_by": "Desk", "unassessed": 0})


def test_the_weight_behind_a_skill_counts_each_goal_once_and_parts_what_has_started():
    initiatives = pd.DataFrame({"initiative": ["I1", "I2", "I3"], "name": ["Circle", "Evening", "Closed"], "status": ["candidate", "running", "rejected"]})
    wanted = pd.DataFrame({"initiative": ["I1", "I2", "I3"], "skill": "SK1", "required": 3})
    needs = skills.initiative_needs(initiatives, wanted, COVER, status=("chosen", "running", "candidate"))
    served = pd.DataFrame({"initiative": ["I1", "I1", "I2", "I3"], "goal": ["G1", "G2", "G1", "G3"], "contribution": [0.6, 0.3, 1.0, 1.0]})
    goals = pd.DataFrame({"goal": ["G1", "G2", "G3"], "name": ["Read", "Work", "Home"], "weight": [0.5, 0.3, 0.2]})

    found = skills.hanging(COVER, needs, served, goals)
    assert found["skill_name"].tolist() == ["Mediation"]  # several people know Spanish: nothing hangs
    assert found.loc[0, ["initiatives", "goals", "started", "weight"]].tolist() == [2, 2, 0.5, 0.8]
    assert found.loc[0, "goal_names"] == "Read; Work"


@pytest.mark.parametrize(("spare", "asks", "cover"), [(None, True, "no deputy"), ("R1", False, "deputy without it"), ("R1", True, "deputy in training")])
def test_a_deputy_helps_as_far_as_the_post_asks_for_the_skill(spare, asks, cover):
    held = pd.DataFrame([["R2", "SK3", 3, 3, 1], ["R1", "SK3", 2 if asks else 0, 1, 0]], columns=["role", "skill", "required", "current", "people"]).astype({"current": float, "people": float})
    gaps = skills.gaps(held, SKILLS, ROLES)

    found = skills.single_points(skills.coverage(gaps, SKILLS), gaps, ROLES.assign(spare=[None, spare]))
    assert found[["role_name", "cover"]].values.tolist() == [["Outreach", cover]]


def test_the_new_results_are_empty_and_have_their_columns_without_skills():
    gaps = skills.gaps(HELD.head(0), SKILLS, ROLES)
    coverage, closures = skills.coverage(gaps, SKILLS), skills.closures(gaps, TRAININGS)
    needs = skills.initiative_needs(pd.DataFrame(columns=["initiative", "name", "status"]), pd.DataFrame(columns=["initiative", "skill", "required"]), coverage)

    assert skills.by_role(closures, small_group=5).empty and "hidden" in skills.by_role(closures, small_group=5)
    assert skills.single_points(coverage, gaps, ROLES.assign(spare=None)).empty
    assert skills.hanging(coverage, needs, pd.DataFrame(columns=["initiative", "goal", "contribution"]), pd.DataFrame(columns=["goal", "name", "weight"])).empty
    assert skills.assessed(HELD.head(0).assign(assessed=None), as_of=dt.date(2026, 6, 30)).empty
    assert skills.self_view(HELD.head(0).assign(self_rated=None), SKILLS, ROLES, small_group=5).empty
