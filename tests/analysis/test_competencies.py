"""Competencies: which are covered by skills of the plan, how thin they are, and whose level is not shown."""

from __future__ import annotations

import pandas as pd
import pytest

from planning.analysis import competencies

CATALOGUE = pd.DataFrame({"competency": ["a", "b", "c"], "name": ["Lead", "Plan", "Speak"]})
SKILLS = pd.DataFrame({"skill": ["SK1", "SK2", "SK3", "SK4"], "name": ["Teams", "Budgets", "Talks", "Driving"], "critical": [1, 2, 2, 3], "competency": ["a", "b", "b", None]})
GAPS = pd.DataFrame([["R1", "SK1", 3, 3.0, 0.0, 4.0, 4.0], ["R2", "SK1", 2, 1.0, 1.0, 0.0, 1.0], ["R2", "SK2", 3, 1.0, 2.0, 0.0, 1.0], ["R2", "SK3", 3, None, None, 1.0, 1.0], ["R3", "SK3", 0, 4.0, 0.0, 9.0, 9.0]],
                    columns=["role", "skill", "required", "current", "gap", "people", "headcount"])
PEOPLE = pd.DataFrame({"skill": ["SK1", "SK2", "SK3"], "people": [4.0, 0.0, 1.0], "state": ["several", "nobody", "one person"]})


def found(**changes: object) -> pd.DataFrame:
    return competencies.coverage(**({"catalogue": CATALOGUE, "skills": SKILLS, "gaps": GAPS, "people": PEOPLE, "small_group": 5} | changes)).set_index("competency_name")


def test_competencies_without_a_skill_come_first_then_thin_ones():
    assert found()["state"].to_dict() == {"Speak": "not covered", "Plan": "thin", "Lead": "held"}
    assert found().loc["Plan", ["skills", "skill_names", "nobody", "single", "people"]].tolist() == [2, "Budgets; Talks", 1, 1, 1]


def test_levels_are_those_of_roles_that_enough_people_hold():
    rows = found(small_group=4)

    # Lead is needed in a role of four and in one of one, Plan in a role of one; a role that needs no level is not counted.
    assert rows.loc["Lead", ["needing", "hidden", "best", "gap"]].tolist() == [5, False, 3, 0]
    assert rows.loc["Plan", ["needing", "hidden"]].tolist() == [1, True] and rows.loc["Plan", ["best", "gap"]].isna().all()
    assert found(small_group=5)["best"].isna().all()


@pytest.mark.parametrize(("states", "state"), [(["nobody", "nobody"], "missing"), (["nobody", "several"], "thin"), (["several", "several"], "held"), (["not counted", "not counted"], "not known"), (["not counted", "nobody"], "missing")])
def test_a_competency_is_as_thin_as_its_skills(states, state):
    assert found(people=PEOPLE.assign(state=["several", *states])).loc["Plan", "state"] == state


def test_without_a_skill_that_names_a_competency_nothing_is_told():
    assert found(skills=SKILLS.assign(competency=None)).empty
