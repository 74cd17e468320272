"""Sentences, tables and charts of step 6 about people: wording for one and for many, honest tones, nothing that points to one person."""

from __future__ import annotations

import pandas as pd
import pytest

from planning.show import language
from planning.show.charts import people as charts
from planning.show.findings import people, skills
from planning.show.records import Chart, Table
from planning.show.tables import people as tables

NONE = float("nan")


@pytest.fixture(autouse=True)
def english():
    language.use("en", "USD")


def load(*states: tuple[str, float, str]) -> pd.DataFrame:
    rows = [{"role": f"R{n}", "role_name": name, "hours": 1600.0, "services": 1600 * share, "initiatives": 0.0, "share": share, "low": share / 1.05, "high": share / 0.95, "over": max(share - 1, 0) * 1600,
             "room": max(1 - share, 0) * 1600, "candidates": 0.0, "free_hours": 100.0, "state": state} for n, (name, share, state) in enumerate(states)]
    return pd.DataFrame(rows)


def total(roles: int) -> pd.DataFrame:
    return pd.DataFrame({"roles": [roles]})


def test_a_role_that_is_over_stands_beside_those_with_room():
    found = people.load(load(("Desk", 1.2, "over"), ("Van", 0.5, "room")), total(2))

    assert (found.tone, found.text) == ("bad", "1 of 2 roles is asked for more hours than it has: Desk 120% (range 114% to 126%). That is 320 hours too many a year. Meanwhile 1 role has room, 800 hours a year.")


def test_one_role_and_several_that_fit_read_as_english():
    assert people.load(load(("Desk", 0.95, "full")), total(1)).text == "The role whose hours are known is not asked for clearly more than it has."
    assert people.load(load(("Desk", 0.95, "full"), ("Van", 0.9, "full")), total(2)).tone == "good"
    assert people.load(load(("Desk", NONE, "not known")), total(1).head(0)).tone == "unknown"


def test_hours_that_nobody_wrote_down_are_not_taken_for_free_time():
    unsplit = pd.DataFrame({"open": [60.0, NONE]})

    assert people.unknown_load(load(("Desk", NONE, "not known")), unsplit).text == (
        "What services ask of 1 role is not known (Desk); it is left open and not taken for free time. Of 2 started initiatives 60 hours are given to no role, and burden nobody here.")
    assert people.unknown_load(load(("Desk", 1.0, "full")), unsplit.head(0)) is None


def test_what_would_have_to_wait_and_where_waiting_does_not_help():
    rows = pd.DataFrame({"role_name": ["Desk", "Van"], "names": ["Signs", ""], "left": [0.0, 90.0]})

    assert people.relief(rows).text == ("For the Desk to fit again, “Signs” would have to wait. For the Van no initiative that could wait is enough: services and must-dos alone ask 90 hours too many, "
                                        "so a service or a post has to change.")


def test_promises_to_initiatives_are_held_against_what_services_leave():
    rows = load(("Desk", 0.99, "full"), ("Van", 0.5, "room"))

    assert people.promised(rows).text == "1 of 2 roles promises more hours to initiatives than its services leave it: Desk, with 100 hours promised and 16 left. Step 2 chooses by what is promised."
    assert people.promised(rows.tail(1)).tone == "good"


def posts(*rows: tuple[str, str, float, int]) -> pd.DataFrame:
    found = pd.DataFrame(rows, columns=["role_name", "state", "months", "initiatives"])
    return found.assign(fte=0.5, hours_year=800.0, hours_lost=100.0, waiting=["Signs" if n else "" for n in found["initiatives"]], since=pd.Timestamp("2026-01-01"), expected=pd.NaT, applied=None, services=2)


def test_posts_that_are_open_frozen_late_or_coming():
    assert people.posts(posts(("Desk", "frozen", 12.4, 1))).text == "1 post is open, 0.50 FTE or 800 hours a year; Desk for 12 months, and frozen."
    assert people.posts(posts(("Desk", "open", 3.0, 0), ("Van", "late", 1.2, 0), ("Head", "coming", NONE, 0))).text == (
        "2 posts are open, 1 FTE or 1,600 hours a year together; the one open longest is Desk, for 3 months. For Van the day on which it was to be filled has passed. 1 more post will come open.")
    assert people.posts(posts(("Head", "coming", NONE, 0))).tone == "plain"
    assert people.waiting(posts(("Desk", "frozen", 12.4, 1))).text == "Chosen or running initiatives lean on 1 open post. Desk (frozen): “Signs”."
    assert people.waiting(posts(("Desk", "open", 12.4, 0))).tone == "good"


def competencies(**states: str) -> pd.DataFrame:
    return pd.DataFrame({"competency_name": list(states), "state": list(states.values()), "skills": [0 if state == "not covered" else 2 for state in states.values()], "nobody": [int(state == "thin") for state in states.values()],
                         "single": 0, "skill_names": "", "people": 1.0, "best": NONE, "gap": NONE})


def test_competencies_that_no_skill_covers_are_named():
    assert people.competencies(competencies(Law="not covered", Plans="thin", Talks="held")).text == (
        "1 of 3 competencies that library directors are asked for is covered by no skill of this plan: “Law”. In “Plans” a skill is held by one person or by nobody.")
    assert people.competencies(competencies(Talks="held")).tone == "good"


def evaluated(used: float, high: float) -> pd.DataFrame:
    return pd.DataFrame({"training": "T1", "training_name": "Course", "level": ["reaction", "learning", "behaviour", "results"], "measure": "Asked", "date": pd.Timestamp("2026-01-01"), "people": [12.0, NONE, 12.0, NONE],
                         "share": [1.0, NONE, used, NONE], "low": [0.7, NONE, 0.0, NONE], "high": [1.0, NONE, high, NONE], "kpi_name": None, "hidden": False, "measured": [True, False, True, False]})


REACH = pd.DataFrame({"training": ["T1"], "training_name": ["Course"], "measured": [2], "highest": ["behaviour"], "missed": ["learning"], "liked": [1.0], "used": [0.0], "changed": [NONE], "state": ["changed nothing at work"]})


def test_a_training_that_all_liked_and_nobody_uses_is_bad_news():
    found = people.evaluation(REACH, evaluated(0.0, 0.24))

    assert (found.tone, found.text) == ("bad", "Of 1 training that was measured, none on all four levels. “Course” changed little at work: done there by none of 12 people (0%, range 0% to 24%), though 100% liked it.")


def test_lessons_that_were_kept_back_are_told_without_a_post():
    rows = pd.DataFrame({"source_name": ["Fair"], "cost": [900.0], "years": [3], "learnt": [3], "visits": [3], "state": ["kept to themselves"]})
    last = pd.DataFrame({"entries": [1], "passed_on": [0], "used": [0]})

    assert people.kept_back(rows, last).text == ("“Fair” was visited in 3 years, at $900 a year; 3 lessons were written down and none was passed on. Of 1 entry in the past year, 0 was passed on and 0 used in an initiative.")
    assert people.kept_back(rows.assign(visits=0), last.head(0)).tone == "unknown"


def standard(name: str, state: str, public: bool, kept: int = 0, n: int = 4) -> dict[str, object]:
    return {"standard": name, "name": name, "service_name": "Desk", "side": "at least", "mark": 80.0, "unit": "%", "source": "own", "public": public, "n": n, "kept": kept, "share": NONE, "latest": 60.0, "period": "2026-Q1", "state": state,
            "reason": "no KPI" if state == "not measured" else ""}


def test_a_broken_public_promise_is_told_first():
    rows = pd.DataFrame([standard("Answer in a week", "missed", True), standard("Short wait", "kept", False, 4)])

    assert people.standards(rows).text == "“Answer in a week” is promised publicly and was kept in none of 4 periods. Of 2 service standards over the last year: 1 kept and 1 missed."
    assert people.standards(rows.tail(1)).tone == "good"
    assert people.standards(rows.tail(1)).text == "Of 1 service standard over the last year: 1 kept."


def test_standards_that_nobody_measures_and_services_without_one():
    rows = pd.DataFrame([standard("Open doors", "not measured", True), standard("Cards", "stale", False)])
    without = pd.DataFrame({"service_name": ["Loans"], "essential": [True]})

    assert people.unmeasured(rows, without).text == ("1 standard is not measured: “Open doors”. It is promised publicly. “Cards” was last measured in Q1 2026. "
                                                     "1 running service has no standard, among them 1 essential one: Loans.")


def test_own_views_point_to_nobody():
    rows = pd.DataFrame({"role": ["R1", "R2"], "role_name": ["Desk", "Head"], "skill_name": "Talks", "current": [2.0, NONE], "self_rated": [4.0, NONE], "apart": [2.0, NONE], "hidden": [False, True]})

    assert skills.self_view(rows, small_group=5).text == "Those in the role Desk see themselves 2 levels above the assessment in “Talks”: 4 against 2. 1 role with fewer than 5 people is not shown."
    assert skills.self_view(rows.tail(1), small_group=5).text == "Own views and assessments are not compared: they would point to single persons. 1 role with fewer than 5 people is not shown."


def test_posts_that_alone_hold_a_skill():
    rows = pd.DataFrame({"skill_name": ["Licences", "Van"], "role_name": ["Stock", "Driver"], "cover": ["no deputy", "deputy without it"]})

    assert skills.alone(rows).text == "1 skill that hangs on one person stands in a post without a deputy: “Licences” (Stock)."
    assert skills.alone(rows.tail(1)).tone == "plain"


def test_weight_that_hangs_on_a_skill_is_bad_news_once_its_initiative_has_started():
    rows = pd.DataFrame({"skill_name": ["Law"], "state": ["nobody"], "initiative_names": ["Signs"], "started": [0.0], "weight": [0.4]})

    assert skills.hanging(rows).text == "No started initiative needs a skill that nobody or one person has. Those still open do: “Law” (nobody has it) for “Signs”, behind goals with 40% of the weight."
    assert skills.hanging(rows.assign(started=0.4)).tone == "bad"
    assert skills.hanging(rows.assign(weight=0.0)).tone == "good"


def test_the_plan_of_trainings_says_what_holds_it_down_and_no_share_that_points_to_few():
    ceilings = pd.DataFrame({"ceiling": ["money", "hours", "seats"], "limit": [500.0, NONE, NONE], "used": [300.0, 8.0, NONE], "gaps": 1, "all": 2, "share": NONE, "binds": [True, False, False], "ahead": False})
    plan = pd.DataFrame({"taken": [True], "short": [3.0], "trained": [2.0]})

    assert skills.booked(ceilings, plan).text == ("Within $500, the choice that closes most books trainings for 1 of 2 gaps that a training can close: $300 and 8 hours. What holds it down: money. 1 person finds no seat.")
    assert "and 40% of what counts in them" in skills.booked(ceilings.assign(share=0.4), plan).text


def test_nothing_to_say_is_none():
    no = pd.DataFrame()

    assert [people.load(no, no), people.unknown_load(no, no), people.relief(no), people.promised(no), people.posts(no), people.waiting(no), people.competencies(no), people.evaluation(no, no), people.unevaluated(no, no),
            people.kept_back(no, no), people.unlearnt(no), people.standards(no), people.unmeasured(no, no), skills.alone(no), skills.hanging(no), skills.self_view(no, small_group=5), skills.assessed(no), skills.booked(no, no)] == [None] * 18


def test_files_that_are_kept_hold_no_level_that_is_not_shown():
    closures = pd.DataFrame({"role_name": ["R"], "skill_name": ["S"], "critical": [2], "required": [3.0], "current": [NONE], "gap": [NONE], "score": [6.0], "short": [1.0], "training_name": ["Course"], "covered": ["closed"]})
    needs = pd.DataFrame({"initiative_name": ["Signs", "Hub"], "status": "chosen", "skill_name": "S", "required": 3.0, "highest": [2.0, 3.0], "held_by": "Desk", "state": ["short", "met"]})

    assert set(tables.gaps(closures).rows) == {"role_name", "skill_name", "critical", "required", "current", "short", "help"}
    assert "highest" not in tables.staffed(needs).rows
    assert tables.staffed(needs).rows["held_by"].fillna("").tolist() == ["", "Desk"]


def test_charts_stand_back_for_the_table_where_nothing_can_be_drawn():
    unknown = load(("Desk", NONE, "not known")).assign(low=NONE, high=NONE)

    assert isinstance(charts.workload(unknown, total(1).head(0)), Table)
    assert isinstance(charts.evaluated(evaluated(NONE, NONE).assign(share=NONE), REACH), Table)
    assert isinstance(charts.standards(pd.DataFrame([standard("Open doors", "not measured", True)]), pd.DataFrame()), Table)


def test_charts_say_their_numbers_in_words():
    made = charts.workload(load(("Desk", 1.2, "over"), ("Van", 0.5, "room")), total(2))
    course = pd.DataFrame({"standard": "Short wait", "year": [2, 1], "until": pd.to_datetime(["2025-06-30", "2026-06-30"]), "n": [0, 4], "kept": [0, 3], "share": [NONE, 0.75]})
    kept = charts.standards(pd.DataFrame([standard("Short wait", "partly kept", True, 3)]), course)

    assert isinstance(made, Chart) and "Desk: 120%, ▲ 120%, 320 h too many" in made.alt
    assert "Short wait: 3 of 4" in kept.alt
    assert "Course, does it at work: 8% of 12 (range 0% to 35%)" in charts.evaluated(evaluated(1 / 12, 0.35), REACH).alt
    assert "Law: no skill of the plan; Plans: 2 skills (nobody: 1)" in charts.competencies(competencies(Law="not covered", Plans="thin")).alt
