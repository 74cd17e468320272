"""Votes of the room as rows of the plan: they pass the checks, and the pages read the numbers that were cast."""

from __future__ import annotations

import datetime as dt
import shutil
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path

import pandas as pd
import pytest
from conftest import ROOT, SAMPLES

from planning.analysis import participation, ratings, surveys, weighing
from planning.model import arrival
from planning.model.ballots import adoption
from planning.model.ballots.forms import Option, Round
from planning.model.ballots import Ballots
from planning.model.errors import PlanningError
from planning.model.plan import Plan, open_plan

GROUPS = ("leadership", "staff")


@dataclass
class Adopted:
    """A sample plan before and after twelve votes of each kind were put in, and the rows that each round gave."""

    before: Plan
    after: Plan
    made: dict[str, dict[str, pd.DataFrame]]
    rounds: dict[str, tuple[Round, pd.DataFrame]]

    @property
    def goals(self) -> list[str]:
        return self.before.goals_in_force["goal"].tolist()

    def own(self, table: str, kind: str, column: str) -> pd.DataFrame:
        """The rows of the plan's table that came from a round."""
        rows = getattr(self.after, table)
        return rows[rows[column].isin(self.made[kind][table][column])]


def pairs_of(rows: pd.DataFrame, *columns: str) -> list[tuple[str, str]]:
    return list(rows[list(columns)].itertuples(index=False, name=None))


def asked(plan: Plan) -> dict[str, tuple]:
    """By kind: form, table, options, what the voter with a number casts, settings."""
    goals, over = plan.goals_in_force["goal"].tolist(), pairs_of(plan.goals_in_force, "goal", "name")
    services, known = pairs_of(plan.services, "service", "name"), plan.swot.iloc[0]
    one, two, three = (id for id, _ in services[:3])
    money, ideas = plan.initiatives["initiative"].tolist()[:4], ["A quiet room", "a quiet  room!", "Few evening hours"]
    pairs = list(combinations(goals, 2))
    return {
        "points": ("points", "goal_votes", over, lambda n: {goals[0]: 60 + n, goals[1]: 40 - n}, {}),
        "swing": ("swing", "goal_votes", over, lambda n: {goal: 100 - 10 * place for place, goal in enumerate(goals)}, {}),
        "ranks": ("ranks", "goal_votes", over, lambda n: {goal: place for place, goal in enumerate(goals, 1)}, {}),
        "pairs": ("pairs", "goal_pairs", over, lambda n: {f"{a}|{b}": 2 if a == goals[0] else 1 for a, b in pairs}, {}),
        "ninths": ("pairs", "goal_pairs", over[:2], lambda n: {f"{goals[0]}|{goals[1]}": 1 / 9}, {}),
        "ratings": ("scales", "ratings", services[:3], lambda n: {f"{one}|quality": 1 + n % 5, f"{one}|relevance": 4, f"{two}|quality": 2},
                    {"asked": (("quality", "How good is it?"), ("relevance", "How much does it matter?"))}),
        "dots": ("dots", "allocations", [(id, id) for id in money], lambda n: {money[0]: 3, money[2]: 1}, {}),
        "ideas": ("ideas", "swot", [], lambda n: [{"text": ideas[n % 3], "kind": "strength"}, {"text": known["name"], "kind": known["kind"]}],
                  {"kinds": ("strength", "weakness", "opportunity", "threat"), "most": 5}),
        "statements": ("statements", "answers", [("ST1", "We are open long enough"), ("ST2", "We can try things out")], lambda n: {"ST1": 1 if n < 4 else -1, "ST2": 0}, {}),
        "steps": ("scales", "answers", services[:1], lambda n: {one: n % 7 - 3}, {"low": -3, "high": 3, "ends": ("Stop it", "Keep it")}),
        "matrix": ("scales", "alignment", services[2:3], lambda n: {f"{three}|{goals[0]}": 2 + (n > 8), f"{three}|{goals[1]}": n % 2}, {"low": 0, "high": 3, "asked": ((goals[0], "A"), (goals[1], "B"))}),
    }


@pytest.fixture(scope="module", params=SAMPLES)
def room(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Adopted:
    """Each sample plan with every kind of round adopted into a copy of it; the first six of twelve voters are leadership."""
    before = open_plan(shutil.copytree(ROOT / "data" / request.param, tmp_path_factory.mktemp("plans") / request.param))
    ballots, tables, made, rounds = Ballots(before.folder), dict(before.tables), {}, {}
    ballots.start_meeting()
    for kind, (form, table, options, content, settings) in asked(before).items():
        id = ballots.prepare(step=1, form=form, question="How is it?", options=[Option(*one) for one in options], settings=settings, table=table, groups=GROUPS).round
        ballots.open(id)
        for number in range(12):
            ballots.cast(id, f"token-{number:02d}", content(number), GROUPS[number // 6])
        rounds[kind] = ballots.close_round(id), ballots.votes(id)
        made[kind] = adoption.rows(*rounds[kind], tables=tables, day=before.as_of)
        tables |= {name: pd.concat([tables[name], rows]) for name, rows in made[kind].items()}
    ballots.close()
    new = {name: pd.concat([rows[name] for rows in made.values() if name in rows]) for name in {name for rows in made.values() for name in rows}}
    arrival.take(before.folder, arrival.Arrival("votes", new, ()))
    return Adopted(before, open_plan(before.folder), made, rounds)


def weighed(room: Adopted, kind: str, table: str = "goal_votes") -> pd.DataFrame:
    ballots = weighing.ballots(room.after.goal_votes, room.after.goal_pairs, room.after.goals_in_force)
    return ballots[ballots["voter"].isin(room.made[kind][table]["voter"]) & ballots["counted"]]


def test_points_on_goals_are_weighed_as_they_were_cast(room: Adopted) -> None:
    found = weighed(room, "points")

    assert sorted(found[found["goal"] == room.goals[0]]["share"].round(6)) == [(60 + number) / 100 for number in range(12)]
    assert found.drop_duplicates("voter")["group"].value_counts().to_dict() == {"leadership": 6, "staff": 6}
    assert not set(found["voter"]) & set(room.before.goal_votes["voter"])


@pytest.mark.parametrize("kind", ["swing", "ranks"])
def test_swings_and_ranks_count_as_their_method(room: Adopted, kind: str) -> None:
    found = weighed(room, kind)

    assert set(found["method"]) == {kind} and found["voter"].nunique() == 12
    assert set(found.loc[found.groupby("voter")["share"].idxmax(), "goal"]) == {room.goals[0]}


def test_pairs_of_goals_give_the_weights_that_were_meant(room: Adopted) -> None:
    found = weighed(room, "pairs", "goal_pairs")

    assert found[found["goal"] == room.goals[0]]["share"].round(6).tolist() == [round(2 / (len(room.goals) + 1), 6)] * 12


def test_a_ninth_is_written_as_the_plan_writes_it(room: Adopted) -> None:
    assert set(room.made["ninths"]["goal_pairs"]["ratio"]) == {0.11}


def test_ratings_of_services_keep_quality_and_relevance_in_one_row(room: Adopted) -> None:
    one, two = room.before.services["service"].tolist()[:2]

    own = room.own("ratings", "ratings", "rater")

    found = ratings.summary(own, room.after.services, small_group=5).set_index(["service", "group"])
    assert found.loc[(one, "leadership"), ["n", "quality", "relevance"]].tolist() == [6, sum(1 + n % 5 for n in range(6)) / 6, 4]
    assert found.loc[(two, "staff"), "quality"] == 2 and len(own) == 24


def test_dots_on_initiatives_become_ballots_of_the_sum_that_the_plan_uses(room: Adopted) -> None:
    ids = room.before.initiatives["initiative"].tolist()[:4]

    cast = participation.ballots(room.after.allocations)

    own = cast[cast["ballot"].isin(room.made["dots"]["allocations"]["ballot"])]
    assert set(own["state"]) == {"as asked"}
    assert own.groupby("initiative")["points"].sum().loc[ids].tolist() == [900, 0, 300, 0]


def test_ideas_become_items_once_each_and_not_those_that_the_plan_has(room: Adopted) -> None:
    names = room.made["ideas"]["swot"]["name"].tolist()

    assert len(names) == 2 and {name.lower().split()[0] for name in names} == {"a", "few"}
    assert len(room.after.swot) == len(room.before.swot) + 2


def test_statements_become_questions_with_answers_and_a_pass_has_none(room: Adopted) -> None:
    questions = room.made["statements"]["questions"]

    counted = surveys.counted(room.after.answers, room.after.questions, room.after.question_options, small_group=5)

    assert questions["text"].tolist() == ["We are open long enough"] * 2 and questions["group"].tolist() == list(GROUPS)
    assert counted[counted["question"].isin(questions["question"])].groupby("group")["good"].sum().to_dict() == {"leadership": 4, "staff": 0}


def test_other_scales_become_questions_in_steps(room: Adopted) -> None:
    made = room.made["steps"]
    first = made["questions"].iloc[0]

    assert made["question_options"][made["question_options"]["question"] == first["question"]]["label"].tolist() == ["-3: Stop it", "-2", "-1", "0", "1", "2", "3: Keep it"]
    assert sorted(made["answers"]["answer"]) == sorted(number % 7 for number in range(12))
    assert first["service"] == room.before.services["service"].iloc[0]


def test_a_matrix_of_services_and_goals_becomes_its_medians(room: Adopted) -> None:
    service = room.before.services["service"].iloc[2]

    own = room.after.alignment[room.after.alignment["service"] == service].set_index("goal")["strength"]

    assert own[room.goals[0]] == 0.7 and own[room.goals[1]] == 0.15


def test_rounds_that_no_table_takes_are_refused_in_words(room: Adopted) -> None:
    closed, votes = room.rounds["dots"]

    with pytest.raises(PlanningError, match="no table of the plan"):
        adoption.rows(replace(closed, table="swot"), votes, tables=room.before.tables, day=room.before.as_of)
    with pytest.raises(PlanningError, match="Nobody voted"):
        adoption.rows(closed, votes.head(0), tables=room.before.tables, day=room.before.as_of)
    with pytest.raises(PlanningError, match="ratings has no place for votes of partners"):
        adoption.rows(room.rounds["ratings"][0], room.rounds["ratings"][1].assign(group="partners"), tables=room.before.tables, day=room.before.as_of)


def test_where_nobody_was_asked_the_room_has_to_be_named(room: Adopted) -> None:
    closed, votes = room.rounds["points"]

    with pytest.raises(PlanningError, match="Say as whom the room speaks"):
        adoption.rows(closed, votes.assign(group=""), tables=room.before.tables, day=room.before.as_of)
    assert set(adoption.rows(closed, votes.assign(group=""), tables=room.before.tables, day=room.before.as_of, group="staff")["goal_votes"]["group"]) == {"staff"}


def test_the_rows_bear_the_day_that_was_given_and_numbers_that_are_free(room: Adopted) -> None:
    tables = room.before.tables | {"goal_pairs": pd.DataFrame({"voter": ["V912"]})}

    made = adoption.rows(*room.rounds["points"], tables=tables, day=dt.date(2026, 1, 5))["goal_votes"]

    assert set(made["date"]) == {pd.Timestamp("2026-01-05")} and list(made) == ["voter", "group", "method", "date", "goal", "value"]
    assert made["voter"].iloc[0] == "V913"
