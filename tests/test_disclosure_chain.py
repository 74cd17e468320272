"""The attacker reads the chain, the comparison and the new parts of steps 5 to 7: no story that may not be told, no figure of a few people."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest
from conftest import SAMPLES, ROOT

from planning import backing, chain, competencies, endings, ethics, participation, readiness, recruitment
from planning.analysis import compare
from planning.methods import retold
from planning.model import schema
from planning.model.plan import open_plan
from planning.reports import comparison
from planning.show.whys import Sides

STATES = ["asked", "refused", "withdrawn", "expired", "points to a person"]


def opened(name: str, **tables: pd.DataFrame):
    plan = open_plan(ROOT / "data" / name)
    return plan.with_tables(**tables) if tables else plan


def closed(name: str, state: str):
    """A sample whose first story that may be told no longer may, with a message and a request that tell it without naming it, and a message that points to a person."""
    plan = opened(name)
    told = compare.Reading(plan).told.iloc[0]
    stories, words, asked, clearances = plan.stories.copy(), plan.messages.copy(), plan.asks.copy(), plan.clearances.copy()
    own = stories["story"] == told["story"]
    if state == "expired":
        stories.loc[own, "expires"] = pd.Timestamp(plan.as_of) - pd.Timedelta(days=1)
    elif state == "points to a person":
        failed = {"item": told["story"], "subject": "privacy", "cleared": False}
        clearances = pd.concat([clearances[~((clearances["item"] == told["story"]) & (clearances["subject"] == "privacy"))], pd.DataFrame([failed])], ignore_index=True)
    else:
        stories.loc[own, "consent"] = state
    words.loc[words.index[0], ["text", "story"]] = [f"Hear it: {told['text']}", None]
    words.loc[words.index[1], "text"] = "Ask at the desk for Mrs Adamska"
    asked.loc[asked.index[0], "name"] = f"Go on with {told['text']}"
    return told, plan.with_tables(stories=plan.stories, messages=words, asks=asked), plan.with_tables(stories=stories, messages=words, asks=asked, clearances=clearances)


def tells(text: str, story: pd.Series) -> bool:
    return story["name"] in text or retold.retells(text, "", story["text"]) or "Adamska" in text


def names(plan) -> str:
    return "\n".join(chain.items(plan.tables, as_of=plan.as_of)["name"])


@pytest.mark.parametrize(("state", "name"), [*zip(STATES, SAMPLES * 2)])
def test_a_story_that_may_not_be_told_stands_nowhere_in_the_chain(name, state):
    story, before, after = closed(name, state)

    assert story["text"] in names(before)
    assert not tells(names(after), story)


@pytest.mark.parametrize("name", SAMPLES)
def test_stories_and_messages_of_the_samples_that_are_held_back_stand_nowhere_in_the_chain(name):
    plan = opened(name)
    told = compare.Reading(plan).told
    hidden = plan.stories[~plan.stories["story"].isin(told["story"])]

    assert len(hidden) and not [row.name_ for row in hidden.rename(columns={"name": "name_"}).itertuples() if row.name_ in names(plan) or row.text in names(plan)]


@pytest.mark.parametrize(("name", "state"), [(SAMPLES[0], "expired"), (SAMPLES[1], "withdrawn"), (SAMPLES[2], "points to a person")])
def test_a_story_that_may_no_longer_be_told_stands_nowhere_in_a_comparison(name, state):
    story, before, after = closed(name, state)
    found = comparison.of(before, after, sides=Sides("plans", "the first plan", "the second plan"))
    text = "\n".join([comparison.text(found, 10_000), json.dumps(comparison.record(found), ensure_ascii=False), found.moves.to_csv()])

    assert "may be told" in text
    assert not tells(text, story)


def test_no_level_of_a_role_that_few_hold_stands_in_a_comparison():
    plan = opened(SAMPLES[0])
    small = plan.roles.loc[plan.roles["people"] < plan.facts["small_group"], "role"]
    rows = plan.role_skills.copy()
    rows.loc[rows["role"].isin(small), "current"] = 0.0
    cells = compare.cells(plan, plan.with_tables(role_skills=rows), keys={name: table.key for name, table in schema.tables().items()})

    assert len(cells) and (cells[["before", "after"]] == "not shown").all(axis=None)


def test_a_figure_of_few_answers_stands_in_no_decision_and_no_message_of_the_chain():
    plan = opened(SAMPLES[0])
    kpi = plan.messages["kpi"].dropna().iloc[0]
    words = plan.messages.assign(text=plan.messages["text"].mask(plan.messages["kpi"] == kpi, "73.19% of us agree"))
    few = pd.DataFrame({"kpi": [kpi], "period": ["2026-05"], "hidden": [True]})
    shown = backing.shown_tables(plan.tables | {"messages": words}, few)

    assert not chain.items(plan.tables | shown, as_of=plan.as_of)["name"].str.contains("73.19").any()
    assert shown["decisions"].loc[shown["decisions"]["kpi"] == kpi, "kpi_then"].isna().all()


def test_the_level_of_one_person_cannot_be_taken_out_of_a_mean_over_roles():
    """Six people share a level that is shown; a seventh, alone in a post, must not follow from the mean and the best of both."""
    gaps = pd.DataFrame({"role": ["R1", "R2"], "skill": ["SK1"] * 2, "required": [3, 3], "current": [2.0, 0.0], "gap": [1.0, 3.0], "people": [0.0, 0.0], "headcount": [6.0, 1.0]})
    people = pd.DataFrame({"skill": ["SK1"], "people": [0.0], "state": ["nobody"]})
    own = pd.DataFrame({"skill": ["SK1"], "name": ["Leading"], "competency": ["projects"]})
    found = competencies.coverage(pd.DataFrame({"competency": ["projects"], "name": ["Projects"]}), own, gaps, people, small_group=5)

    assert found[["best", "gap"]].values.tolist() == [[2.0, 1.0]]


@pytest.mark.parametrize("seed", range(20))
def test_what_every_hidden_ballot_asked_for_does_not_follow_from_the_totals(seed):
    """Ballots of small groups are the total less the groups that are shown: never fewer than the small group, never all for one initiative while others did not ask for it."""
    draws = np.random.default_rng(seed)
    sizes = {group: int(n) for group, n in zip(("patrons", "staff", "leadership", "partners"), draws.integers([8, 1, 0, 0], [30, 12, 8, 5]))}
    liked = {group: draws.integers(1, 5) for group in sizes}
    rows = [[f"{group}{one}", f"I{liked[group]}" if draws.random() < 0.9 else f"I{draws.integers(1, 5)}", group, 100.0] for group, n in sizes.items() for one in range(n)]
    cast = participation.ballots(pd.DataFrame(rows, columns=["ballot", "initiative", "group", "points"]))
    initiatives = pd.DataFrame({"initiative": [f"I{n}" for n in range(1, 6)], "name": [f"I{n}" for n in range(1, 6)]})
    found = participation.wishes(cast, initiatives, small_group=5)
    known = participation.groups(cast, small_group=5).set_index("group")
    parts = known.drop(index="everyone")
    left = known.loc["everyone", "n"] - parts["n"].sum()

    assert left == 0 or left >= 5 or known.loc["everyone", "hidden"]
    for _, own in found.groupby("initiative") if left else ():
        asked = (own["n"] * own["backers"]).round()
        total, shown = asked[own["group"] == "everyone"].sum(), asked[own["group"] != "everyone"].sum()
        assert total - shown < left or total == known.loc["everyone", "n"] or parts["hidden"].all()


def test_a_statement_that_few_answered_is_left_out_of_its_side():
    asked = pd.DataFrame({"question": ["Q1", "Q2"], "text": ["We can", "I can"], "group": ["staff"] * 2, "scale": ["agree 1-5"] * 2, "topic": ["change: we can"] * 2})
    given = pd.DataFrame({"respondent": [*"abcdef", *"ab"], "question": ["Q1"] * 6 + ["Q2"] * 2, "answer": [4.0] * 6 + [1.0] * 2, "newest": True})
    side = readiness.sides(given, asked, small_group=5).set_index("side").loc["change: we can"]

    assert side[["n", "agree"]].tolist() == [6, 1.0]


@pytest.mark.parametrize("name", SAMPLES)
def test_counts_of_few_people_stand_in_no_list_of_endings_or_posts(name):
    plan = opened(name)
    small = plan.facts["small_group"]
    posts = recruitment.posts(plan.vacancies.assign(applied=[1.0] * len(plan.vacancies)), plan.roles, as_of=plan.as_of, hours_per_fte=1600, small_group=small)
    proposals = pd.DataFrame({"service": plan.exits["service"], "service_name": plan.exits["service"], "proposal": "keep", "reviewed": True, "segment": None, "segment_name": None, "inclusion": False,
                              "elsewhere": 0.5, "money": None, "hours": None, "exit_cost": None, "consulted": plan.exits["consulted"]})
    rooms = plan.consultations.assign(people=1.0)
    found = endings.losses(proposals, plan.exits.assign(people=2.0), plan.segments, consultations=rooms, decisions=plan.decisions, changes=plan.changes, small_group=small)
    seated = found["service"].isin(plan.exits.loc[plan.exits["consultation"].notna(), "service"])

    assert posts["applied"].isna().all()
    assert found["people"].isna().all() and found.loc[seated, ["consulted", "consultation_kind", "consultation_people"]].isna().all(axis=None)


def test_what_the_gate_holds_back_is_held_back_in_every_table_of_messages():
    rows = pd.DataFrame({"message": ["M1"], "text": ["Her blue gate"]})
    gate = pd.DataFrame({"item": ["M1"], "text": [ethics.HELD]})

    assert ethics.shown(rows, gate)["text"].tolist() == [ethics.HELD]
