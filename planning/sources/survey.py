"""Surveys out of any tool's export: a mapping that is proposed, shown, kept and used again, and answers that point to nobody."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

import pandas as pd

from planning.model import arrival as door
from planning.model.arrival import Arrival
from planning.model.errors import PlanningError, UsageError, nearest
from planning.model.plan import Plan
from planning.sources import survey_codes, survey_columns, survey_headings, survey_map, survey_near, survey_questions
from planning.sources import survey_receipt, survey_rows, survey_surveys, survey_tables
from planning.sources.survey_headings import Export
from planning.sources.survey_map import GROUPS, Column, Form
from planning.sources.survey_rows import Part
from planning.sources.survey_surveys import About, Batch
from planning.sources.survey_words import plain

TABLES = ("questions.csv", "question_options.csv", "surveys.csv", "answers.csv", "traits.csv", "feedback.csv")
ALIKE = 0.5
"""Share of headings that have to be the same for an export to be taken as a form that changed."""


@dataclass(frozen=True)
class Reading:
    """Exports with the form of each, the forms among them that are proposed and not yet agreed, and how they differ from kept ones."""

    exports: list[Export]
    forms: list[Form]
    proposed: list[Form] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)

    @property
    def asks(self) -> list[str]:
        """What has to be decided before the proposal can be taken."""
        return [f"{column.heading}: {column.asks}" for form in self.proposed for column in form.columns if column.asks]


def reading(plan: Plan, files: Iterable[Path], *, mapping: Path | None = None, group: str = "") -> Reading:
    """The exports with their mapping: the one given, the one kept from the last time, or a proposal.

    Raises UsageError for a group that is none; PlanningError for files that cannot be read, and for a mapping with
    other headings than the file.
    """
    if group and group not in GROUPS:
        close = nearest(group, list(GROUPS))
        raise UsageError("--group {found}: {hint}", found=group, hint=f"did you mean {close}?" if close else f"write {', '.join(GROUPS)}.")
    exports = [survey_headings.read(path) for path in {path.resolve(): path for path in files}.values()]
    given, kept = survey_map.read(mapping) if mapping else [], survey_map.kept(plan.folder)
    forms: list[Form | None] = [next((form for form in (*given, *kept) if form.form == export.form), None) for export in exports]
    if mapping and None in forms:
        raise _other_headings(mapping, exports[forms.index(None)], given)
    changed: list[str] = []
    made: dict[frozenset[str], Form] = {}
    for export in (export for export, form in zip(exports, forms) if form is None and export.form not in {one.form for one in made.values()}):
        alike = [one for one in exports if one.form == export.form]
        made[export.form] = _proposal(plan, _together(alike), kept, changed, group)
    found = [replace(form or made[export.form], group=group or (form or made[export.form]).group) for export, form in zip(exports, forms)]
    return Reading(exports, found, list({form.form: form for form in found if form.form in made}.values()), changed)


def _together(exports: list[Export]) -> Export:
    """Exports of one form as one, so that a proposal rests on all of their rows."""
    order = [[plain(heading) for heading in export.headings] for export in exports]
    wanted = [plain(heading) for heading in exports[0].headings]
    rows = [(number, [cells[places.index(one)] for one in wanted]) for export, places in zip(exports, order) for number, cells in export.rows]
    return replace(exports[0], rows=rows)


def _proposal(plan: Plan, export: Export, kept: list[Form], changed: list[str], group: str) -> Form:
    """A form for an export: columns of a kept form that is nearly the same, and proposals for the others."""
    if not export.rows:
        raise PlanningError("{file}: no answer is left in it. {told}", file=export.name, told=" ".join(export.told))
    known = [*survey_near.labels(plan).values(), *(column.steps for form in kept for column in form.columns if column.scale == "steps" and column.ordered)]
    columns = survey_columns.proposed(plan, export, group, known)
    asked = set(plan.questions.loc[plan.questions["question"].isin([column.question for column in columns]), "group"])
    group = group or (asked.pop() if len(asked) == 1 else "")
    near = max(kept, key=lambda form: len(form.form & export.form) / len(form.form | export.form), default=None)
    if not near or len(near.form & export.form) < ALIKE * len(near.form | export.form):
        return Form(tuple(columns), group, export.name)
    before = {plain(column.heading): column for column in near.columns}
    new = [column.heading for column in columns if plain(column.heading) not in before]
    gone = [column.heading for column in near.columns if plain(column.heading) not in export.form]
    changed.append(f"{export.name} is nearly the form of {near.file or 'an earlier survey'}, whose columns are taken over."
                   + (f" New headings: {', '.join(new)}." if new else "") + (f" Missing headings: {', '.join(gone)}." if gone else ""))
    return Form(tuple(_carried(column, before) for column in columns), group or near.group, export.name)


def _carried(column: Column, before: dict[str, Column]) -> Column:
    old = before.get(plain(column.heading))
    return replace(old, heading=column.heading, why="as before", seen=column.seen) if old else column


def _other_headings(mapping: Path, export: Export, given: list[Form]) -> PlanningError:
    near = max(given, key=lambda form: len(form.form & export.form))
    new = [heading for heading in export.headings if plain(heading) not in near.form]
    gone = [column.heading for column in near.columns if plain(column.heading) not in export.form]
    told = (f" The file has {', '.join(new)}, which the mapping lacks." if new else "") + (f" The mapping has {', '.join(gone)}, which the file lacks." if gone else "")
    return PlanningError("{mapping} is a mapping for other headings than those of {file}.{told} Correct the headings in the mapping, "
                         "or leave --mapping out for a new proposal.", mapping=mapping.name, file=export.name, told=told)


def arrival(plan: Plan, found: Reading, about: About = About(), *, date: dt.date | None = None, over: bool = False, keep: bool | None = None) -> Arrival:
    """The surveys as rows of questions, question_options, surveys, answers, traits and feedback, with the mapping to be kept.

    `date` is the day of rows that name none; `over` lets rows that are gone leave the plan; `keep` puts the file into
    evidence or not, and by default a file with personal columns or comments stays out. Raises PlanningError with every
    cell that the mapping does not cover, and when something in the mapping is still to be decided.
    """
    _refuse_open(found)
    parts, told = _parts(plan, found, date)
    kept, held = survey_map.kept(plan.folder), survey_rows.state(plan.folder)
    new = {prefix: survey_rows.fresh(prefix, taken) for prefix, taken in survey_rows.taken(plan, held).items()}
    batches = survey_surveys.batches(plan, parts, about, held, kept, new["SV"])
    questions = survey_questions.opened(plan, new["Q"], [batch.survey for batch in batches])
    tables, forms = survey_tables.Tables(), list(kept)
    for batch in batches:
        placed = [survey_questions.placed(questions, part.form) for part in batch.parts]
        survey_tables.add(tables, plan, batch, [ids for ids, _ in placed], held, kept, new, over=over)
        forms = _with(forms, batch, [form for _, form in placed])
    keep = keep if keep is not None else not survey_receipt.private(parts)
    told += [*questions.told, *tables.told, *_left(parts), *survey_receipt.told(parts, keep)]
    surveys = survey_surveys.frame(plan, batches, about)
    notes = {survey_map.FILE: survey_map.text(forms)} | survey_rows.texts(held)
    made = _made(plan, surveys, questions, tables)
    whole = replace(made, files=tuple(export.path for export in found.exports), told=tuple(told), notes=notes, seen=_seen(plan, notes))
    return whole if keep else survey_receipt.without_files(plan, whole)


def _refuse_open(found: Reading) -> None:
    asks = [f"{form.file}, {column.heading}: {column.asks}" for form in found.forms for column in form.columns if column.asks]
    if asks:
        raise PlanningError("The mapping leaves something open; nothing was brought in. Fill it in, and give it with --mapping:\n{lines}",
                            lines="\n".join(f"  {line}" for line in asks))


def _parts(plan: Plan, found: Reading, date: dt.date | None) -> tuple[list[Part], list[str]]:
    """The exports with their rows as codes, and what is to be told; raises PlanningError for one without an answer."""
    if date and date > plan.as_of:
        raise UsageError("--date {date} lies after the plan's as_of day, {day}. Give an earlier day, or set as_of later in plan.toml.", date=date, day=plan.as_of)
    parts, told = [], []
    for export, form in zip(found.exports, found.forms):
        _refuse_unknown_ids(plan, export, form)
        coded = survey_codes.coded(export, form, as_of=plan.as_of, date=date)
        said = [*export.told, *coded.told]
        if not any(row.codes or row.comments for row in coded.rows):
            told_why = " ".join(said) or "No column became a question, or none of its answers is on the question's scale. Put the mapping into a file with --mapping, and correct it there."
            raise PlanningError("{file}: no answer is left to bring in. {told}", file=export.name, told=told_why)
        parts.append(Part(export, form, coded.rows, date))
        told += said
    return parts, told


def _refuse_unknown_ids(plan: Plan, export: Export, form: Form) -> None:
    for column in form.of("segment", "service"):
        known = list(plan.tables[f"{column.becomes}s"][column.becomes])
        for word, id in column.words.items():
            if id and id not in known:
                close = nearest(str(id), known)
                hint = f"Did you mean {close}?" if close else f"It has: {', '.join(known)}." if known else f"Fill in {column.becomes}s.csv first."
                raise PlanningError("{file}, column {heading}, words, {word}: the plan has no {kind} {id}. {hint}", file=export.name, heading=column.heading,
                                    word=word, id=id, kind=column.becomes, hint=hint)


def _with(forms: list[Form], batch: Batch, used: list[Form]) -> list[Form]:
    """The forms to be kept, with those of one survey as they were used now."""
    now = {form.form: form for form in used}
    rest = [replace(form, surveys=tuple(one for one in form.surveys if one != batch.survey)) for form in forms]
    before = {form.form: form.surveys for form in rest}
    bare = [replace(form, columns=tuple(replace(column, why="", seen="") for column in form.columns), surveys=tuple(sorted({*before.get(key, ()), batch.survey})))
            for key, form in now.items()]
    return [*(form for form in rest if form.form not in now), *bare]


def _left(parts: list[Part]) -> list[str]:
    """Which columns were left out, the personal ones apart."""
    told = []
    for part in {part.export.form: part for part in parts}.values():
        out = part.form.of("nothing")
        personal, other = [column.heading for column in out if column.personal], [column.heading for column in out if not column.personal]
        told += [f"{part.export.name}: columns left out, since they may point to a person: {', '.join(personal)}."] if personal else []
        told += [f"{part.export.name}: other columns left out: {', '.join(other)}."] if other else []
    return told


def _made(plan: Plan, surveys: pd.DataFrame, questions: survey_questions.Questions, tables: survey_tables.Tables) -> Arrival:
    rows, options, all_options = survey_questions.frames(questions)
    found, whole = survey_tables.frames(tables, plan)
    whole |= {"question_options"} if all_options else set()
    brought = {name: frame for name, frame in (("questions", rows), ("question_options", options), ("surveys", surveys)) if len(frame) or name in whole}
    return Arrival("survey", brought | found, (), whole=frozenset(whole))


def _seen(plan: Plan, notes: Iterable[str]) -> dict[str, str]:
    """Fingerprints of the plan's files on which the arrival rests."""
    return {file: door.fingerprint(plan.folder, file) for file in (*TABLES, *(f"{door.EVIDENCE}/{name}" for name in notes))}
