"""Which questions of the plan a survey asks again, by their texts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from difflib import SequenceMatcher

from planning.model.plan import Plan
from planning.sources import survey_scales as scales
from planning.sources.survey_codes import code_of
from planning.sources.survey_map import Column
from planning.sources.survey_words import nothing, plain

LEAST = 0.85
"""How alike two texts have to be, 0 to 1, to be proposed as one question."""
TURNING = {"not", "no", "never", "before", "after", "nie", "przed", "po", "nicht", "kein", "vor", "nach", "pas", "ne", "avant", "après", "antes", "después"}


def likeness(one: str, other: str) -> float:
    """How alike two questions are, 0 to 1; 0 where a number or a word such as not or after stands in one of them only.

    >>> likeness("I found what I came for", "I found what I came for today") > 0.85
    True
    >>> likeness("Session 1 was useful", "Session 2 was useful"), likeness("I was helped", "I was not helped")
    (0.0, 0.0)
    """
    words = [set(re.findall(r"\w+", plain(text))) for text in (one, other)]
    apart = words[0] ^ words[1]
    if apart & TURNING or any(any(letter.isdigit() for letter in word) for word in apart):
        return 0.0
    return SequenceMatcher(None, plain(one), plain(other)).ratio()


def labels(plan: Plan) -> dict[str, tuple[str, ...]]:
    """The steps of the plan's questions, lowest first, by question; those whose codes do not count from 1 are left out."""
    rows = plan.question_options.sort_values(["question", "code"])
    found = {id: list(zip(of["code"].astype(int), of["label"])) for id, of in rows.groupby("question", sort=True)}
    return {id: tuple(label for _, label in pairs) for id, pairs in found.items() if [code for code, _ in pairs] == list(range(1, len(pairs) + 1))}


def again(plan: Plan, heading: str, cells: list[str], group: str) -> Column | None:
    """The column as a question that the plan asks in the very same words and on a scale that the cells fit; None where it has none, or several."""
    rows = [row for row in plan.questions.itertuples() if plain(str(row.text)) == plain(heading) and (not group or row.group == group)]
    if len(rows) != 1 or (rows[0].scale == "steps" and rows[0].question not in labels(plan)):
        return None
    row, found = rows[0], scales.of(heading, cells)
    steps = labels(plan).get(row.question, ()) if row.scale == "steps" else ()
    words = {} if not found or row.scale == "steps" or found.scale != row.scale else found.words
    column = Column(heading, "question", text=heading, question=row.question, scale=row.scale, steps=steps, words=words, missing=found.missing if found else (),
                    why=f"question {row.question} of the plan, in the same words")
    wrong: list[str] = []
    filled = [cell for cell in cells if not nothing(cell)]
    for cell in filled:
        code_of("", column, 0, cell, wrong)
    return column if filled and len(wrong) <= (1 - scales.LEAST_KNOWN) * len(filled) else None


def near(plan: Plan, columns: list[Column], group: str) -> list[Column]:
    """The columns, where a question that the plan has already, with nearly the same text and the same scale, is named."""
    steps = labels(plan)
    known = [row for row in plan.questions.itertuples() if (not group or row.group == group) and not isinstance(row.block, str)]
    pairs = [(likeness(column.text, row.text), place, row) for place, column in enumerate(columns) if column.becomes == "question" and not column.question
             for row in known if _fits(column, row.question, row.scale, steps)]
    taken, found = {column.question for column in columns}, list(columns)
    for likely, place, row in sorted(pairs, key=lambda pair: (-pair[0], pair[1], pair[2].question)):
        if likely >= LEAST and row.question not in taken and not found[place].question:
            same = "" if plain(found[place].text) == plain(row.text) else f", which reads: {row.text}"
            found[place] = replace(found[place], question=row.question, why=f"{found[place].why}; question {row.question} of the plan{same}")
            taken.add(row.question)
    return found


def _fits(column: Column, question: str, scale: str, steps: Mapping[str, tuple[str, ...]]) -> bool:
    return column.scale == scale and (scale != "steps" or tuple(map(plain, steps.get(question, ()))) == tuple(map(plain, column.steps)))
