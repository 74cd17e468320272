"""The answers, traits and comments of surveys as rows of the plan, with what earlier imports brought of them taken back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import pandas as pd

from planning.model.plan import Plan
from planning.sources import survey_people as people
from planning.sources import survey_rows
from planning.sources.survey_codes import Row
from planning.sources.survey_map import Form
from planning.sources.survey_rows import State
from planning.sources.survey_surveys import NO_SURVEY, Batch

ANSWERS = ["respondent", "date", "segment", "question", "answer", "survey"]
TRAITS = ["respondent", "trait", "value"]
FEEDBACK = ["feedback", "date", "channel", "group", "segment", "service", "comment", "confirmed"]
CHANNEL = "online form"
Ids = dict[tuple[str, str], str]


@dataclass
class Tables:
    """Rows for answers, traits and feedback; the respondents whose rows are taken back; and what is to be told."""

    answers: list[list[object]] = field(default_factory=list)
    traits: list[tuple[str, str, str]] = field(default_factory=list)
    feedback: list[list[object]] = field(default_factory=list)
    back: set[str] = field(default_factory=set)
    told: list[str] = field(default_factory=list)


def add(tables: Tables, plan: Plan, batch: Batch, ids: list[Ids], held: State, kept: list[Form], new: dict[str, Iterator[str]], *, over: bool) -> None:
    """Add what one survey brings, `ids` being the questions of each of its exports; the state is brought up to date."""
    earlier = {respondent for _, respondent in held.rows.get(batch.survey, [])}
    respondents, gone = survey_rows.numbered(batch.parts, batch.survey, held, kept, new["V"], over=over)
    tables.back |= earlier
    by: dict[str, Row] = {}
    place = 0
    for part, asked in zip(batch.parts, ids):
        for row in part.answered:
            respondent = respondents[place]
            place, by[respondent] = place + 1, row
            tables.answers += [[respondent, pd.Timestamp(row.day), row.segment or None, asked[key], code, batch.survey] for key, code in row.codes.items()]
    traits, told = people.traits(by, int(plan.facts["small_group"]))
    tables.traits += traits
    again = sum(respondent in earlier for respondent in respondents)
    tables.told += [*([_told(batch, respondents, again, len(gone))] if batch.survey != NO_SURVEY else []), *(f"{batch.survey}: {line}" for line in told)]
    _add_comments(tables, plan, batch, held, new["F"])


def _told(batch: Batch, respondents: list[str], again: int, gone: int) -> str:
    rows = sum(len(part.rows) for part in batch.parts)
    parts = [f"{batch.survey}, {batch.name}: {rows} {'row' if rows == 1 else 'rows'}, {len(respondents)} with answers"]
    parts += [f"{again} of them brought in before, with the same numbers"] if again else []
    parts += [f"{gone} earlier ones taken back, since their rows are gone or have changed"] if gone else []
    return "; ".join(parts) + "."


def _add_comments(tables: Tables, plan: Plan, batch: Batch, held: State, new: Iterator[str]) -> None:
    fresh, marked = 0, 0
    for part in batch.parts:
        texts, found = people.cleaned(plan, part.rows)
        about = {column.heading: (column.service or None, column.channel or CHANNEL) for column in part.form.of("comment")}
        rows = survey_rows.comments(part, batch.survey, texts, held, new)
        tables.feedback += [[id, pd.Timestamp(row.day), about[heading][1], part.form.group, row.segment or None, about[heading][0] or row.service or None, text, False]
                            for id, row, heading, text in rows]
        fresh, marked = fresh + len(rows), marked + (found if rows else 0)
    if fresh:
        taken_out = f"; in {marked} something that could point to a person was taken out" if marked else ""
        where = f"{batch.survey}: " if batch.survey != NO_SURVEY else ""
        tables.told.append(f"{where}{fresh} {'comment' if fresh == 1 else 'comments'} into feedback.csv, not confirmed{taken_out}. "
                           "Read each one, take out what is left, and write confirmed = true; only then is it shown.")


def frames(tables: Tables, plan: Plan) -> tuple[dict[str, pd.DataFrame], set[str]]:
    """The rows by table, and the tables that come whole, since rows of an earlier import leave them."""
    found: dict[str, pd.DataFrame] = {}
    whole: set[str] = set()
    for name, columns, key, rows in (("answers", ANSWERS, ANSWERS[0:1] + ["question", "date"], tables.answers), ("traits", TRAITS, TRAITS[:2], tables.traits)):
        mine, held = pd.DataFrame(rows, columns=columns), plan.tables[name]
        ours = held["respondent"].isin(list(tables.back))
        if set(map(tuple, held.loc[ours, key].itertuples(index=False, name=None))) - set(map(tuple, mine[key].itertuples(index=False, name=None))):
            mine = pd.concat([held.loc[~ours, columns].astype(object), mine.astype(object)], ignore_index=True)
            whole.add(name)
        found[name] = mine
    found["feedback"] = pd.DataFrame(tables.feedback, columns=FEEDBACK)
    return {name: rows for name, rows in found.items() if len(rows) or name in whole}, whole
