"""What a comparison looks at: every result of the seven steps, one row each, with the tables it rests on."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import pandas as pd

from planning.analysis import asks, messages
from planning.analysis.compare.reading import Reading

COLUMNS = ["step", "kind", "item", "item_name", "value", "form"]
GOALS = ("goals", "weights")
CHOICE = (*GOALS, "initiatives", "initiative_goals", "initiative_links", "initiative_hours", "roles", "services", "budget", "money_ceiling", "fte_ceiling", "hours_per_fte")
WAY = ("kpis", "kpi_values", "as_of", "fiscal_year_start")
SPENT = ("budget", "services", "as_of", "fiscal_year_start")
SKILLS = ("role_skills", "skills", "roles")
CLEAR = 0.5
Found = list[tuple[str, str, object]]


class Kind(NamedTuple):
    """A kind of result: its step, the form of its values and what it rests on (tables, facts of the plan, weights, as_of)."""

    step: int
    form: str
    rests: tuple[str, ...]
    of: Callable[[Reading], Found]


def every(reading: Reading) -> pd.DataFrame:
    """Every result of one plan that a comparison looks at: step (1-7), kind, item (id), item_name, value (a number in the
    form's unit, or text), form (text, whole, number, share, money, signed).

    Kinds stand in the order in which a reader looks at them, the results of a kind in that of the page. A figure that is not known is missing.
    """
    rows = [[kind.step, name, *found, kind.form] for name, kind in KINDS.items() for found in kind.of(reading)]
    return pd.DataFrame(rows, columns=COLUMNS).astype({"value": object})


def kept_back(rows: pd.DataFrame, before: Reading, after: Reading) -> pd.DataFrame:
    """Results of one side without a name that tells a story which may not be told on the later side, or on either of them.

    A comparison is read on the later side, when a consent may have run out: then the story of the earlier side is not named either, nor a message
    or a decision that tells it again; a message whose text is held back on the later side has the same words on the earlier one.
    """
    mine = [one["stories"][~one["stories"]["story"].isin(one.told["story"])] for one in (before, after)]
    ended = before["stories"][before["stories"]["story"].isin(mine[1]["story"])]
    closed = pd.concat([mine[0][~mine[0]["story"].isin(after.told["story"])], mine[1], ended])
    held = after.said.loc[after.said["text"].str.startswith("Text held back"), ["message", "text"]]
    words = rows["item"].map(dict(zip(held["message"], held["text"]))).where(rows["kind"] == "Message")
    untold = asks.retelling(rows["item_name"], closed) | ((rows["kind"] == "Story") & rows["item_name"].isin(closed["name"]))
    return rows.assign(item_name=rows["item_name"].mask(untold, asks.HELD).where(words.isna(), words))


def _column(rows: pd.DataFrame, key: str, name: str, value: str) -> Found:
    return [(one[0], one[1], one[2]) for one in rows[[key, name, value]].itertuples(index=False)]


def _places(rows: pd.DataFrame, key: str, name: str, value: str) -> Found:
    return _column(rows.assign(place=rows[value].astype(float).round(9).rank(ascending=False, method="min")), key, name, "place")


def _served(reading: Reading) -> Found:
    return [(row.goal, row.goal_name, "served" if row.served else "no service supports it clearly") for row in reading.coverage.itertuples()]


def _standing(reading: Reading) -> Found:
    return [(row.measure, row.measure, row.place) for row in reading.standing.itertuples() if row.kind == "ratio"]


def _taken(reading: Reading) -> Found:
    taken = dict(zip(reading.chosen["initiative"], reading.chosen["chosen"]))
    return [(row.initiative, row.initiative_name, row.part if row.part in ("done", "rejected", "cost or hours not known") else
             "no choice is possible" if row.initiative not in taken else "chosen" if taken[row.initiative] else "left out") for row in reading.valued.itertuples()]


def _worth(reading: Reading) -> Found:
    chosen = reading.chosen
    return [("choice", "The best choice of initiatives", float(chosen.loc[chosen["chosen"].astype(bool), "value"].sum()))] if len(chosen) else []


def _binds(reading: Reading) -> Found:
    return [(row.ceiling, row.ceiling_name, "not given" if pd.isna(row.limit) else "binds" if row.binds else "does not bind") for row in reading.used.itertuples()]


def _limits(reading: Reading) -> Found:
    return [(row.ceiling, row.ceiling_name, row.limit) for row in reading.limits.itertuples()]


def _starts(reading: Reading) -> Found:
    return [(row.initiative, row.initiative_name, "not in these years" if pd.isna(row.fiscal_year) else str(int(row.fiscal_year)))
            for row in reading.planned.itertuples()]


def goal_of_kpi(reading: Reading) -> dict[str, str]:
    """The goal behind each KPI, by id, over its objective; KPIs without one are left out."""
    goals = dict(zip(reading["objectives"]["objective"], reading["objectives"]["goal"]))
    pairs = zip(reading["kpis"]["kpi"], reading["kpis"]["objective"])
    return {kpi: goals[objective] for kpi, objective in pairs if not pd.isna(objective) and not pd.isna(goals.get(objective))}


def _behind(reading: Reading) -> Found:
    goals, standing = goal_of_kpi(reading), set(reading.goals["goal"])
    return [(row.kpi, row.name, "no goal named" if row.kpi not in goals else "its goal stands" if goals[row.kpi] in standing else "its goal is not in force")
            for row in reading["kpis"][["kpi", "name"]].itertuples(index=False)]


def _agreed(reading: Reading) -> Found:
    goals, standing = goal_of_kpi(reading), set(reading.goals["goal"])
    about, own = reading["agreements"].set_index("agreement"), reading.pairs
    clear = own.loc[own["strength"] > 0].groupby("service")["goal"].agg(set).to_dict()
    found = []
    for row in reading.terms[reading.terms["state"] == "running"].itertuples():
        named = [goals.get(about["kpi"][row.agreement]), *clear.get(about["service"][row.agreement], ())]
        word = "serves a goal in force" if set(named) & standing else "serves no goal in force" if any(named) or about["service"][row.agreement] in clear else "names no goal"
        found.append((row.agreement, row.agreement_name, word))
    return found


def _terms(reading: Reading) -> Found:
    return [(row.agreement, row.agreement_name, row.state if row.state != "running" else f"running, review {row.attention}" if row.attention in ("overdue", "due soon") else "running")
            for row in reading.terms.itertuples()]


def _staying(reading: Reading) -> Found:
    lost = dict(zip(reading.outlook["scenario"], reading.outlook["lost"]))
    return [(row.scenario, row.name, lost.get(row.scenario) if row.usable else "cannot be computed") for row in reading.scenarios[["scenario", "name", "usable"]].itertuples(index=False)]


def _money(column: str) -> Callable[[Reading], Found]:
    return lambda reading: _column(reading.money[reading.money["kind"] == "goal"], "goal", "goal_name", column)


def _skills(reading: Reading) -> Found:
    return [(f"{row.initiative} {row.skill}", f"{row.skill_name} ({row.initiative_name})", row.state) for row in reading.staffed.itertuples()]


def _messages(reading: Reading) -> Found:
    first = reading.matters.drop_duplicates("message").set_index("message")
    return [(row.message, row.text, first["matter"].get(row.message, "nothing is the matter")) for row in reading.said.itertuples()]


def _statements(reading: Reading) -> Found:
    return [(row.kpi, row.name, "may not be shown" if row.hidden else "stands" if row.stands else f"does not stand ({row.verdict})") for row in reading.statements.itertuples()]


def _heard(reading: Reading) -> Found:
    rows = messages.by_goal(reading.goals, reading.said)
    return _column(rows.assign(word=rows["messages"].map(lambda number: "spoken for" if number else "no message")), "goal", "goal_name", "word")


def _audiences(reading: Reading) -> Found:
    return [(row.audience, row.audience_name, row.gap or "no gap") for row in messages.coverage(reading["audiences"], reading.said).itertuples()]


def _stories(reading: Reading) -> Found:
    return [(row.story, row.name, "may be told") for row in reading.told.itertuples()]


KINDS = {
    "Goal and its services": Kind(1, "text", (*GOALS[:1], "services", "alignment"), _served),
    "Rank of a service": Kind(1, "whole", (*GOALS, "services", "alignment"), lambda reading: _places(reading.support, "service", "service_name", "value")),
    "Value of a service": Kind(1, "share", (*GOALS, "services", "alignment"), lambda reading: _column(reading.support, "service", "service_name", "value")),
    "Weight of a goal": Kind(1, "share", GOALS, lambda reading: _column(reading.goals, "goal", "name", "weight")),
    "Unmet need": Kind(1, "number", ("needs", "segments"), lambda reading: _column(reading.unmet, "need", "name", "score")),
    "Standing among peers": Kind(1, "text", ("statistics", "peers", "as_of"), _standing),
    "Best choice of initiatives": Kind(2, "text", CHOICE, _taken),
    "Worth of the best choice": Kind(2, "number", CHOICE, _worth),
    "What binds": Kind(2, "text", CHOICE, _binds),
    "Ceiling": Kind(2, "number", ("money_ceiling", "fte_ceiling", "hours_per_fte", "roles", "services", "budget"), _limits),
    "Year of start": Kind(2, "text", (*CHOICE, "ceilings", "as_of"), _starts),
    "Value of an initiative": Kind(2, "share", (*GOALS, "initiatives", "initiative_goals"), lambda reading: _column(reading.valued, "initiative", "initiative_name", "value")),
    "Goal behind a KPI": Kind(2, "text", ("goals", "objectives", "kpis"), _behind),
    "Course with a partner": Kind(3, "text", (*GOALS, "partners", "partner_goals", "partner_audiences", "contributions", "partner_reviews", "agreements", "agreement_tasks", "audiences",
                                              "as_of"), lambda reading: _column(reading.courses, "partner", "partner_name", "course")),
    "Rank of a partner": Kind(3, "whole", (*GOALS, "partners", "partner_goals", "partner_audiences"), lambda reading: _places(reading.fitting, "partner", "partner_name", "score")),
    "Fit of a partner": Kind(3, "number", (*GOALS, "partners", "partner_goals", "partner_audiences"), lambda reading: _column(reading.fitting, "partner", "partner_name", "score")),
    "Goal of an agreement": Kind(3, "text", ("goals", "agreements", "kpis", "objectives", "services", "alignment", "as_of"), _agreed),
    "State of an agreement": Kind(3, "text", ("agreements", "as_of"), _terms),
    "Status of a KPI": Kind(4, "text", WAY, lambda reading: _column(reading.progress, "kpi", "name", "status")),
    "Chance to meet the target": Kind(4, "share", (*WAY, "events", "seed"), lambda reading: _column(reading.forecast, "kpi", "name", "chance")),
    "Latest value of a KPI": Kind(4, "number", WAY, lambda reading: _column(reading.progress, "kpi", "name", "value")),
    "Sunset review": Kind(5, "text", (*GOALS, "services", "alignment", "usage", "budget", "ratings", "exits", "roles", "segments", "partners", "as_of"),
                          lambda reading: _column(reading.sunset, "service", "service_name", "proposal")),
    "Past decision": Kind(5, "text", ("decisions", "goals", "services", "events", *WAY), lambda reading: _column(reading.past, "decision", "what", "state")),
    "Loss by staying, in a scenario": Kind(5, "share", (*CHOICE, "scenarios", "scenario_changes"), _staying),
    "Money against weight": Kind(6, "signed", (*GOALS, *SPENT, "alignment"), _money("difference")),
    "Money that reaches a goal": Kind(6, "money", ("goals", *SPENT, "alignment"), _money("amount")),
    "Cost of one use": Kind(6, "money", (*SPENT, "usage"), lambda reading: _column(reading.costs, "service", "service_name", "cost")),
    "Skill for the best choice": Kind(6, "text", (*CHOICE, "initiative_skills", *SKILLS), _skills),
    "Skill": Kind(6, "text", SKILLS, lambda reading: _column(reading.held, "skill", "skill_name", "state")),
    "Training to book": Kind(6, "money", (*SKILLS, "trainings"), lambda reading: _column(reading.booked, "training", "training_name", "cost")),
    "Message": Kind(7, "text", ("messages", "goals", "stories", "roles", "audiences", "events", *WAY), _messages),
    "Statement": Kind(7, "text", ("goals", "objectives", "events", "answers", "questions", *WAY), _statements),
    "Goal and its messages": Kind(7, "text", ("goals", "messages"), _heard),
    "Audience": Kind(7, "text", ("audiences", "messages", *WAY), _audiences),
    "Story": Kind(7, "text", ("stories", "as_of"), _stories),
}
