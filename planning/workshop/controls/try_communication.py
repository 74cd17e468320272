"""The controls of step 7 for audiences: what one is told and could be told, which goals it hears of, and a statement that becomes a message."""

from __future__ import annotations

import ipywidgets as widgets
import pandas as pd

from planning.analysis import impact, message_plans, messages
from planning.model import schema
from planning.model.drafts import Draft
from planning.model.errors import Problem
from planning.show import findings, tables
from planning.show.findings import message_plans as seen
from planning.show.language import say
from planning.show.records import Finding, Table
from planning.show.tables import message_plans as matrix
from planning.workshop.controls import told, tryit
from planning.workshop.controls.following import Built, answer, fields, following, names

WIDE = {"style": tryit.WIDE, "layout": {"width": "auto"}}


def audience(draft: Draft) -> None:
    """Show a drop-down of audiences that tells what each is told, which goals it hears of, and which statements and stories fit it."""
    tryit.show(following(draft, told.RESTS_ON, lambda: tuple(names(draft.tables["audiences"], "audience")), lambda: _audience(draft)))


def no_audience() -> Built:
    """What stands in place of a control while nobody is spoken to."""
    return [widgets.HTML(say("There is nothing to try yet: it takes an audience (audiences.csv)."))], lambda: None


def _audience(draft: Draft) -> Built:
    rows = draft.tables["audiences"]
    if rows.empty:
        return no_audience()
    place, own = widgets.HTML(), widgets.Dropdown(description=say("Audience"), options=names(rows, "audience"), **WIDE)

    def speak(*_: object) -> None:
        register, known = told.shown(draft), told.tellable(draft)
        fitting = impact.fitting(told.measured(draft).statements, register, known, audience=own.value)
        items = said(register[register["audience"] == own.value], fitting)
        coverage = messages.coverage(draft.tables["audiences"], register)
        grid = message_plans.grid(draft.tables["audiences"], draft.library.goals_in_force, register)
        answer(place, [seen.heard(coverage, audience=own.value), *items, *findings.communication.standing(fitting), *findings.communication.voices(known[known["audience"] == own.value]),
                       seen.gap(grid)], folded=[matrix.grid(grid)] if len(grid) else [])

    own.observe(speak, "value")
    speak()
    return [fields([own]), place], speak


def said(own: pd.DataFrame, fitting: pd.DataFrame) -> list[Finding | Table]:
    """The messages of an audience as a table, or a finding that there are none."""
    if own.empty:
        text = say("No message is meant for this audience yet.")
        more = say("These statements stand and could be the first.") if len(fitting) else say("No statement stands that could be the first.")
        return [Finding(f"{text} {more}", "bad", "counted", ("messages",))]
    return [tables.communication.messages(own)]


def statement(draft: Draft) -> None:
    """Show the statements that stand: one of them becomes an idea for a message to an audience at one click, with its figure and its limits."""
    tryit.show(following(draft, told.RESTS_ON, lambda: (tuple(names(draft.tables["audiences"], "audience")), tuple(names(_standing(draft), "kpi"))), lambda: _statement(draft)))


def _standing(draft: Draft) -> pd.DataFrame:
    rows = told.measured(draft).statements
    return rows[rows["stands"].astype(bool)]


def allowed(column: str) -> list[tuple[str, str]]:
    """What a column of the messages may hold, for a drop-down."""
    field = next(field for field in schema.tables()["messages"].fields if field.name == column)
    return [(say(choice), choice) for choice in field.choices]


def _statement(draft: Draft) -> Built:
    if draft.tables["audiences"].empty:
        return no_audience()
    if _standing(draft).empty:
        return [widgets.HTML(say("No statement stands yet: it takes a KPI whose figures changed for the better or kept to their band (kpis.csv, kpi_values.csv)."))], lambda: None
    place, note = widgets.HTML(), widgets.HTML()
    kpi = widgets.Dropdown(description=say("Statement on"), options=names(_standing(draft), "kpi"), **WIDE)
    own = widgets.Dropdown(description=say("Audience"), options=names(draft.tables["audiences"], "audience"), **WIDE)
    channel = widgets.Dropdown(description=say("Channel"), options=allowed("channel"), **WIDE)

    def cells() -> dict[str, object]:
        row = next(_standing(draft)[_standing(draft)["kpi"] == kpi.value].itertuples())
        return {"audience": own.value, "text": seen.text(row), "channel": channel.value, "goal": row.goal if isinstance(row.goal, str) else "", "kpi": row.kpi, "status": "idea"}

    def speak(*_: object) -> None:
        found = told.looked_at(draft, {"message": "", **cells()}, changed=True)
        row = next(_standing(draft)[_standing(draft)["kpi"] == kpi.value].itertuples())
        answer(place, [findings.communication.statement(row), seen.meant(seen.text(row)), seen.matters(found.checks), seen.heard(messages.coverage(draft.tables["audiences"], found.register), audience=own.value)])

    def take() -> list[Problem]:
        return draft.add("messages", say("A statement becomes a message"), **cells())[1]

    for field in (kpi, own, channel):
        field.observe(speak, "value")
    speak()
    return [fields([kpi, own, channel]), tryit.taken(take, note), note, place], speak
