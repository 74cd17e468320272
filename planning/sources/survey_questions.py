"""The questions of a survey as questions of the plan: the ones that it has already, and new ones with their steps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

import pandas as pd

from planning.model.errors import PlanningError, nearest
from planning.model.plan import Plan
from planning.sources.survey_map import Column, Form
from planning.sources.survey_words import plain

COLUMNS = ["question", "text", "scale", "group", "service", "topic", "before", "block"]


@dataclass(frozen=True)
class Wanted:
    """A question as a column asks it: heading, option within its cells, text, block, and the column."""

    heading: str
    option: str
    text: str
    block: str
    column: Column

    @property
    def scale(self) -> str:
        return self.column.scale if self.column.becomes == "question" else "yes no"


@dataclass
class Questions:
    """The plan's questions while surveys are brought in: ids by form and column, rows that are new or changed, steps by question, and what is told.

    `own` are questions that only the surveys at hand have answered, so that they may still change.
    """

    plan: Plan
    new: Iterator[str]
    own: set[str]
    rows: dict[str, dict[str, object]] = field(default_factory=dict)
    steps: dict[str, dict[int, str]] = field(default_factory=dict)
    good: dict[str, dict[int, object]] = field(default_factory=dict)
    touched: set[str] = field(default_factory=set)
    stepped: set[str] = field(default_factory=set)
    told: list[str] = field(default_factory=list)


def opened(plan: Plan, new: Iterator[str], surveys: Iterable[str]) -> Questions:
    """The plan's questions as they stand, for surveys that are brought in."""
    others = set(plan.answers.loc[~plan.answers["survey"].isin(list(surveys)), "question"])
    mine = set(plan.answers["question"]) - others
    rows = {row["question"]: {key: None if pd.isna(value) else value for key, value in row.items()} for row in plan.questions[COLUMNS].to_dict("records")}
    found = Questions(plan, new, mine, rows)
    for row in plan.question_options.itertuples():
        found.steps.setdefault(row.question, {})[int(row.code)] = row.label
        found.good.setdefault(row.question, {})[int(row.code)] = None if pd.isna(row.good) else bool(row.good)
    return found


def wanted(form: Form) -> list[Wanted]:
    """The questions that a form's columns ask."""
    found = []
    for column in form.of("question", "option", "options"):
        if column.becomes == "options":
            found += [Wanted(column.heading, option, option, column.block or column.heading, column) for option in column.options]
        else:
            found.append(Wanted(column.heading, "", column.text or column.heading, column.block, column))
    return found


def placed(questions: Questions, form: Form) -> tuple[dict[tuple[str, str], str], Form]:
    """The id of each question by heading and option, and the form with the ids of its questions filled in."""
    if not form.group:
        raise PlanningError("{file}: nothing tells who was asked. Give --group patrons, staff, leadership or partners, or fill in group in the mapping.",
                            file=form.file)
    ids: dict[tuple[str, str], str] = {}
    for one in wanted(form):
        id = _named(questions, one, form.group) if one.column.question else _found(questions, one, form.group, set(ids.values()))
        if id in ids.values():
            other = next(key[0] for key, given in ids.items() if given == id)
            raise PlanningError("The columns {one} and {other} both go to question {id}. Name another one for one of them, or leave question empty.",
                                one=other, other=one.heading, id=id)
        ids[one.heading, one.option] = id
        _step(questions, one, id)
    for column in form.of("question"):
        _tie(questions, form, column, ids)
    return ids, replace(form, columns=tuple(replace(column, question=ids[column.heading, ""]) if column.becomes == "question" else column for column in form.columns))


def _named(questions: Questions, one: Wanted, group: str) -> str:
    """The question that the mapping names; raises PlanningError when it is not there, or was asked otherwise."""
    id = one.column.question
    if id not in questions.rows:
        close = nearest(id, list(questions.rows))
        raise PlanningError("Column {heading}: the plan has no question {id}. {hint}", heading=one.heading, id=id,
                            hint=f"Did you mean {close}?" if close else "Leave question empty, and it is added.")
    row = questions.rows[id]
    if row["group"] != group:
        raise PlanningError("Column {heading}: question {id} is asked of {group}, and this survey of {other}. Leave question empty, and one is added.",
                            heading=one.heading, id=id, group=row["group"], other=group)
    if id in questions.own and id not in questions.touched:
        if row["scale"] != one.scale:
            questions.rows[id]["scale"] = one.scale
            questions.touched.add(id)
    elif not _like(questions, one, id):
        raise PlanningError("Column {heading}: question {id} was answered on {scale}{steps} before, and the mapping says {other}{now}. "
                            "Leave question empty, and one is added.", heading=one.heading, id=id, scale=row["scale"], other=one.scale,
                            steps=_listed(questions.steps.get(id, {}).values()), now=_listed(one.column.steps))
    return id


def _listed(steps: Iterable[str]) -> str:
    found = ", ".join(steps)
    return f" ({found})" if found else ""


def _like(questions: Questions, one: Wanted, id: str) -> bool:
    """Whether a question was answered on the same scale, with the same words on steps that both have."""
    row, now = questions.rows[id], dict(enumerate(one.column.steps, start=1))
    before = questions.steps.get(id, {}) if one.scale == "steps" else {}
    return row["scale"] == one.scale and all(plain(now[code]) == plain(label) for code, label in before.items() if code in now)


def _found(questions: Questions, one: Wanted, group: str, used: set[str]) -> str:
    """The question with the same text, block and scale; a new one where there is none."""
    for id, row in questions.rows.items():
        same = plain(str(row["text"])) == plain(one.text) and plain(str(row["block"] or "")) == plain(one.block) and row["group"] == group
        if same and id not in used and _like(questions, one, id):
            return id
        if same and id not in used:
            if id in questions.own and id not in questions.touched:
                row["scale"] = one.scale
                questions.touched.add(id)
                return id
            questions.told.append(f"{one.text}: the plan has {id} with these words but another scale, so a question was added.")
    id = next(questions.new)
    questions.rows[id] = {"question": id, "text": one.text, "scale": one.scale, "group": group, "service": one.column.service or None,
                          "topic": one.column.topic or None, "before": None, "block": one.block or None}
    questions.touched.add(id)
    return id


def _step(questions: Questions, one: Wanted, id: str) -> None:
    """Take in the steps of a question, and which of them count as good; steps of a question that others answered stay."""
    now = dict(enumerate(one.column.steps, start=1)) if one.scale == "steps" else {}
    before = questions.steps.get(id, {})
    if id not in questions.own and before:
        now = now | before
    if now != before:
        questions.steps[id] = now
        questions.stepped.add(id)
    good = set(map(plain, one.column.good))
    if now and good and not any(flag is not None for flag in questions.good.get(id, {}).values()):
        questions.good[id] = {code: plain(label) in good for code, label in now.items()}
        questions.stepped.add(id)


def _tie(questions: Questions, form: Form, column: Column, ids: dict[tuple[str, str], str]) -> None:
    """Tie a question to the one that asked the same before."""
    if not column.before:
        return
    headings = {plain(heading): id for (heading, option), id in ids.items() if not option}
    first = headings.get(plain(column.before)) or (column.before if column.before in questions.rows else "")
    mine = ids[column.heading, ""]
    if not first or first == mine:
        close = nearest(column.before, [one.heading for one in form.of("question") if one is not column])
        raise PlanningError("Column {heading}, before: found {found}. {hint}", heading=column.heading, found=column.before,
                            hint=f"Did you mean {close}?" if close else "Allowed: the heading of another question of this export, or the id of one in the plan.")
    if not questions.rows[mine]["before"]:
        questions.rows[mine]["before"] = first
        questions.touched.add(mine)


def frames(questions: Questions) -> tuple[pd.DataFrame, pd.DataFrame, bool]:
    """Rows for questions.csv and question_options.csv, and whether the second is the whole table, since steps left it."""
    rows = pd.DataFrame([questions.rows[id] for id in sorted(questions.touched)], columns=COLUMNS)
    before = {(row.question, int(row.code)) for row in questions.plan.question_options.itertuples()}
    now = {(id, code) for id, steps in questions.steps.items() for code in steps}
    whole = bool(before - now)
    chosen = questions.steps if whole else {id: questions.steps[id] for id in questions.stepped}
    options = [[id, code, label, questions.good.get(id, {}).get(code)] for id in sorted(chosen) for code, label in sorted(chosen[id].items())]
    return rows, pd.DataFrame(options, columns=["question", "code", "label", "good"]), whole
