"""Needed levels as they are tried tell nothing new of posts that few people hold."""

from __future__ import annotations

import pandas as pd

from planning.analysis import skill_plans

ROLES = pd.DataFrame({"role": ["R1", "R2", "R3"], "people": [6.0, 1.0, None]})
KEPT = pd.DataFrame({"role": ["R1", "R2", "R3"], "skill": "A", "required": [2, 2, 2], "current": [1.0, 1.0, 1.0], "people": [4.0, 1.0, None]})
TRAININGS = pd.DataFrame({"training": ["T1", "T2"], "name": ["Taster", "Course"], "skill": ["A", "A"], "level": [2, 3], "cost": [20.0, 90.0], "hours": [3.0, 12.0], "seats": [None, 2.0]})


def test_of_small_and_uncounted_posts_the_answers_rest_on_the_plan_whatever_is_tried():
    tried = KEPT.assign(required=[4, 4, 4])

    assert skill_plans.guarded(tried, KEPT, ROLES, small_group=5).set_index("role")["required"].to_dict() == {"R1": 4, "R2": 2, "R3": 2}


def test_another_level_takes_the_count_out_and_the_plans_own_level_brings_it_back():
    rows = skill_plans.changed(KEPT, KEPT, role="R1", required={"A": 3})
    draft = skill_plans.merged(KEPT, rows)

    assert rows.values.tolist() == [["R1", "A", 3, None]]
    assert draft["required"].tolist() == [3, 2, 2] and pd.isna(draft["people"].iloc[0]) and draft["people"].iloc[1] == 1.0
    assert skill_plans.changed(draft, KEPT, role="R1", required={"A": 2}).values.tolist() == [["R1", "A", 2, 4]]
    assert skill_plans.changed(KEPT, KEPT, role="R1", required={"A": 2, "B": 4}).empty


def test_the_cheapest_training_that_reaches_the_level_is_named_and_where_none_does_it_is_missing():
    skills = pd.DataFrame({"skill": ["A", "B"], "name": ["Mediation", "Law"]})
    rows = skill_plans.ways(TRAININGS, skills, {"A": 2, "B": 1})

    assert rows["training_name"].tolist()[0] == "Taster" and pd.isna(rows["training_name"].iloc[1])
    assert skill_plans.ways(TRAININGS, skills, {"A": 0}).empty


def test_places_are_filled_as_far_as_they_go_and_gaps_of_unknown_size_stay_unknown():
    closures = pd.DataFrame({"training": ["T2", "T1", "T2"], "skill_name": "Mediation", "short": [3.0, None, 2.0], "covered": ["closed", "closed", "narrowed"]})
    rows = skill_plans.places(closures, TRAININGS).set_index("training")

    assert rows.loc["T2", ["needed", "going", "waiting", "cost", "hours"]].tolist() == [3.0, 2.0, 1.0, 180.0, 24.0]
    assert rows.loc["T1", ["needed", "cost"]].isna().all()


def test_only_places_that_differ_become_rows():
    tried = skill_plans.seated(TRAININGS, {"T1": 4, "T2": 2})

    assert skill_plans.seats_changed(TRAININGS, tried).values.tolist() == [["T1", 4]]
    assert skill_plans.seats_changed(TRAININGS, skill_plans.seated(TRAININGS, {"T1": -1, "T2": -1})).values.tolist() == [["T2", None]]
