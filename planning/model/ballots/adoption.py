"""Votes of a closed round as rows of the plan's tables, ready to be put into a draft."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

import pandas as pd

from planning.methods import suppression
from planning.model.ballots.forms import BETWEEN, Round
from planning.model.errors import PlanningError

TAKES = {"goal_votes": ("points", "swing", "ranks", "dots"), "goal_pairs": ("pairs",), "ratings": ("scales",), "allocations": ("points", "dots"), "swot": ("ideas",),
         "answers": ("statements", "scales"), "alignment": ("scales",)}
OLDEST_NAMES = {"voter": "V", "rater": "P", "ballot": "B", "respondent": "V", "question": "Q", "item": "SW"}
LEAST_RATIO = 0.11
STRENGTHS = (0.0, 0.3, 0.7, 1.0)  # not at all, a little, clearly, it exists for this


class Votes(NamedTuple):
    """A round with its votes, the plan's tables, and the day that the rows are to bear."""

    round: Round
    votes: pd.DataFrame
    tables: Mapping[str, pd.DataFrame]
    day: pd.Timestamp


def rows(round: Round, votes: pd.DataFrame, *, tables: Mapping[str, pd.DataFrame], day: dt.date, group: str = "") -> dict[str, pd.DataFrame]:
    """The votes (see Ballots.votes) as rows of the plan's tables by table name, without those that have no place in them.

    goal_votes: points, swings and ranks as they were cast, dots as points. goal_pairs: each pair's ratio, to 0.01. ratings: quality and
    relevance in one row a person and service. allocations: points or dots, stretched to the sum that most ballots
    of the plan have (100 where there are none). swot: each idea once, without those that the plan has already. answers:
    statements as yes no questions (agree 1, disagree 0; who passed has no row), other scales as questions in steps; with `questions` and,
    for steps, `question_options`, one question for each group and line. alignment: the median of a service and goal, a scale of four steps as 0, 0.3, 0.7, 1.

    Voters get new running numbers after the highest that stands in any table under the same column; the order is that of Ballots.votes,
    so they point to nobody and do not join two rounds. `day` must not lie after the plan's as_of. `group` is as whom the room speaks where the
    round asked nobody. A round with fewer voters than the plan's small group gives rows too: the pages hide them.

    Raises PlanningError for a round that no table takes, without votes, or whose table needs a group that is not known.
    """
    if round.table not in TAKES or round.form not in TAKES[round.table]:
        raise PlanningError("{round} ({form}) has no table of the plan to go into: its result is for the talk in the room.", round=round.round, form=round.form)
    if votes.empty:
        raise PlanningError("Nobody voted in {round}, so there is nothing to take over.", round=round.round)
    given = votes.assign(group=votes["group"].where(votes["group"] != "", group))
    allowed = ("patrons", "leadership", "staff") if round.table == "ratings" else ("patrons", "leadership", "staff", "partners")
    if round.table not in ("swot", "alignment") and (strange := sorted(set(given["group"]) - set(allowed))):
        told = "{table} says of each vote whether patrons, leadership, staff or partners gave it, and {round} did not ask. Say as whom the room speaks." if strange == [""] else \
            "{table} has no place for votes of {group}."
        raise PlanningError(told, table=round.table, round=round.round, group=", ".join(strange))
    return MAKERS[round.table](Votes(round, given, tables, pd.Timestamp(day)))


def told_by_rest(votes: pd.DataFrame, *, fewest: int) -> list[str]:
    """The groups of a round that are hidden in the plan's pages, and yet follow from the room's picture less the groups that the pages show.

    >>> votes = pd.DataFrame({"voter": [f"V{n}" for n in range(9)], "group": ["staff"] * 6 + ["patrons"] * 3})
    >>> told_by_rest(votes, fewest=5), told_by_rest(votes, fewest=3), told_by_rest(votes.head(6), fewest=5)
    (['patrons'], [], [])
    """
    sizes = votes.drop_duplicates("voter").groupby("group").size()
    small = sizes < fewest
    return list(sizes.index[small]) if (suppression.hidden(sizes, fewest) & ~small).any() else []


def _goal_votes(cast: Votes) -> dict[str, pd.DataFrame]:
    method = "points" if cast.round.form == "dots" else cast.round.form
    found = cast.votes.assign(voter=_renamed(cast, "voter"), method=method, date=cast.day, goal=cast.votes["option"])
    return {"goal_votes": found[["voter", "group", "method", "date", "goal", "value"]]}


def _goal_pairs(cast: Votes) -> dict[str, pd.DataFrame]:
    pairs = cast.votes["option"].str.split(BETWEEN, regex=False)
    found = cast.votes.assign(voter=_renamed(cast, "voter"), date=cast.day, goal=pairs.str[0], other=pairs.str[1], ratio=cast.votes["value"].round(2).clip(lower=LEAST_RATIO))
    return {"goal_pairs": found[["voter", "group", "date", "goal", "other", "ratio"]]}


def _ratings(cast: Votes) -> dict[str, pd.DataFrame]:
    round, columns = cast.round, ["quality", "relevance"]
    asked = [name for name, _ in round.settings["asked"]]
    if set(asked) - set(columns) or (round.settings["low"], round.settings["high"]) != (1, 5):
        raise PlanningError("Ratings ask for quality and relevance from 1 to 5; {round} asked something else. Take it over as answers.", round=round.round)
    wide = cast.votes.assign(rater=_renamed(cast, "rater")).pivot(index=["rater", "group", "option"], columns="asked", values="value").reset_index()
    found = wide.rename(columns={"option": "service"}).rename_axis(columns=None).assign(segment=None, date=cast.day)
    return {"ratings": found.reindex(columns=["rater", "group", "segment", "date", "service", *columns])}


def _allocations(cast: Votes) -> dict[str, pd.DataFrame]:
    before = cast.tables["allocations"]
    sums = before.groupby("ballot")["points"].sum().round(6)
    usual = sums[sums > 0].mode()
    total = float(usual.iloc[-1]) if len(usual) else 100.0
    own = cast.votes.groupby("voter")["value"].transform("sum")
    found = cast.votes.assign(ballot=_renamed(cast, "ballot"), initiative=cast.votes["option"], points=(cast.votes["value"] / own.where(own > 0) * total).fillna(0.0))
    return {"allocations": found[["ballot", "initiative", "group", "points"]]}


def _swot(cast: Votes) -> dict[str, pd.DataFrame]:
    before = cast.tables["swot"]
    known = {_alike(kind, name) for kind, name in zip(before["kind"], before["name"])}
    ideas = cast.votes[cast.votes["kind"].isin(["strength", "weakness", "opportunity", "threat"])]
    ideas = ideas.assign(alike=[_alike(kind, text) for kind, text in zip(ideas["kind"], ideas["text"])])
    ideas = ideas[~ideas["alike"].isin(known)].drop_duplicates("alike").sort_values(["kind", "alike"])
    found = pd.DataFrame({"item": _numbers(cast.tables, "item", len(ideas)), "kind": ideas["kind"].to_numpy(), "name": ideas["text"].to_numpy(), "date": cast.day})
    return {"swot": found.assign(goal=None, weight=None, basis=None)[["item", "kind", "name", "goal", "weight", "basis", "date"]]}


def _alike(kind: str, text: str) -> str:
    return f"{kind} {re.sub(r'[^0-9a-z]+', ' ', str(text).casefold()).strip() or text}"


def _answers(cast: Votes) -> dict[str, pd.DataFrame]:
    round = cast.round
    given = cast.votes[cast.votes["value"] != 0] if round.form == "statements" else cast.votes
    lines = given[["group", "option", "asked"]].drop_duplicates()
    order = {option.id: place for place, option in enumerate(round.options)}
    lines = lines.assign(place=lines["option"].map(order)).sort_values(["group", "place", "asked"], kind="stable")
    ids = _numbers(cast.tables, "question", len(lines))
    key = {(row.group, row.option, row.asked): id for row, id in zip(lines.itertuples(), ids)}
    services = set(cast.tables["services"]["service"])
    questions = pd.DataFrame([[id, _line(round, option, asked), "yes no" if round.form == "statements" else "steps", group, option if option in services else None]
                              for (group, option, asked), id in key.items()], columns=["question", "text", "scale", "group", "service"])
    found = given.assign(respondent=_renamed(cast, "respondent").loc[given.index], date=cast.day, segment=None, survey=None, answer=_codes(round, given["value"]),
                         question=[key[who] for who in zip(given["group"], given["option"], given["asked"])])
    made = {"questions": questions.assign(topic=None, before=None, block=None), "answers": found[["respondent", "date", "segment", "question", "answer", "survey"]]}
    return made if round.form == "statements" else {"questions": made["questions"], "question_options": _steps(round, ids), "answers": made["answers"]}


def _line(round: Round, option: str, asked: str) -> str:
    """The text of a question: a statement as it stands, otherwise what was asked and about what."""
    label = next(one.label for one in round.options if one.id == option)
    return label if round.form == "statements" else f"{dict(round.settings['asked'])[asked]} ({label})"


def _codes(round: Round, values: pd.Series) -> pd.Series:
    """Votes as the codes of a question: yes 1 and no 0, or the place of a step, 1 the lowest."""
    if round.form == "statements":
        return (values > 0).astype(int)
    return (values - _first(round)).astype(int)


def _first(round: Round) -> int:
    """What is taken from a step of a scale so that it is a code from 0 or 1 to 10."""
    low, high = round.settings["low"], round.settings["high"]
    if high - low > 10:
        raise PlanningError("Answers of the plan have at most 11 steps; the scale of {round} has {steps}.", round=round.round, steps=high - low + 1)
    return 0 if low >= 0 and high <= 10 else low


def _steps(round: Round, questions: list[str]) -> pd.DataFrame:
    low, high, shift = round.settings["low"], round.settings["high"], _first(round)
    ends = dict(zip((low, high), round.settings["ends"]))
    steps = [(step - shift, f"{step}: {ends[step]}" if ends.get(step) else str(step)) for step in range(low, high + 1)]
    return pd.DataFrame([[question, code, label, None] for question in questions for code, label in steps], columns=["question", "code", "label", "good"])


def _alignment(cast: Votes) -> dict[str, pd.DataFrame]:
    low, high = cast.round.settings["low"], cast.round.settings["high"]
    middle = cast.votes.groupby(["option", "asked"], sort=True)["value"].median().reset_index()
    share = (middle["value"] - low) / (high - low)
    if high - low == len(STRENGTHS) - 1:
        share = (middle["value"] - low).map(lambda step: (STRENGTHS[math.floor(step)] + STRENGTHS[math.ceil(step)]) / 2)
    return {"alignment": pd.DataFrame({"service": middle["option"], "goal": middle["asked"], "strength": share.round(2)})}


def _renamed(cast: Votes, column: str) -> pd.Series:
    """New running numbers in place of the round's voters."""
    voters = list(dict.fromkeys(cast.votes["voter"]))
    return cast.votes["voter"].map(dict(zip(voters, _numbers(cast.tables, column, len(voters)))))


def _numbers(tables: Mapping[str, pd.DataFrame], column: str, many: int) -> list[str]:
    """The next free ids of a column, in the pattern that its ids have so far."""
    ids = [str(id) for table in tables.values() if column in table for id in table[column].dropna().unique()]
    parts = [found.groups() for id in ids if (found := re.fullmatch(r"([A-Za-z]+)(\d+)", id))]
    prefix = pd.Series([letters for letters, _ in parts]).mode().iloc[0] if parts else OLDEST_NAMES[column]
    mine = [digits for letters, digits in parts if letters == prefix]
    last, width = max(map(int, mine), default=0), max(map(len, mine), default=2)
    return [f"{prefix}{number:0{width}d}" for number in range(last + 1, last + many + 1)]


MAKERS: dict[str, Callable[[Votes], dict[str, pd.DataFrame]]] = {
    "goal_votes": _goal_votes, "goal_pairs": _goal_pairs, "ratings": _ratings, "allocations": _allocations, "swot": _swot, "answers": _answers, "alignment": _alignment}
