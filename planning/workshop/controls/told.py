"""What the controls of step 7 rest on, worked out once: figures that may be shown, stories that may be told, messages with what is held back, and what stands."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from planning.analysis import backing, ethics, impact, kpis, message_plans, messages, surveys
from planning.model.drafts import Draft
from planning.workshop.controls.following import Once

MEASURED = ("kpis", "kpi_values", "objectives", "goals", "services", "events", "answers", "questions", "question_options")
STORIES = ("stories", "audiences", "goals", "services", "clearances")
RESTS_ON = tuple(dict.fromkeys((*MEASURED, *STORIES, "messages", "roles", "partners")))

NEW = "(new)"
"""What a message that has no id yet is called while it is looked at."""


class Measured(NamedTuple):
    """Where each KPI stands, the values that may be shown, how many answers stand behind them, and the statements."""

    progress: pd.DataFrame
    values: pd.DataFrame
    surveyed: pd.DataFrame
    statements: pd.DataFrame


def _measured(draft: Draft) -> Measured:
    own, facts = draft.tables, draft.plan.facts
    counted = surveys.counted(own["answers"], own["questions"], own["question_options"], small_group=facts["small_group"])
    surveyed = backing.surveyed(own["kpis"], own["kpi_values"], counted, small_group=facts["small_group"])
    named, values = backing.shown_kpis(own["kpis"], surveyed), backing.shown_values(own["kpi_values"], surveyed)
    progress = kpis.progress(named, values, as_of=draft.plan.as_of, fiscal_year_start=facts["fiscal_year_start"])
    places = impact.places(named, own["objectives"], draft.library.goals_in_force, services=own["services"])
    return Measured(progress, values, surveyed, impact.statements(places, impact.changes(progress, values, own["events"]), surveyed))


def _tellable(draft: Draft) -> pd.DataFrame:
    own = draft.tables
    consented = impact.stories(own["stories"], own["audiences"], own["goals"], services=own["services"], as_of=draft.plan.as_of)
    return ethics.tellable(consented, own["clearances"])


def registered(draft: Draft, rows: pd.DataFrame) -> pd.DataFrame:
    """Rows of the messages table with names in place of ids, and the text held back where it may not be shown."""
    own, known = draft.tables, measured(draft)
    return messages.register(rows, own["audiences"], own["goals"], progress=known.progress, roles=own["roles"], told=tellable(draft), as_of=draft.plan.as_of,
                             stories=own["stories"], surveyed=known.surveyed)


def passing(draft: Draft, register: pd.DataFrame, clearances: pd.DataFrame, told: pd.DataFrame) -> pd.DataFrame:
    """Messages and stories against the four questions (see `ethics.gate`)."""
    said = ethics.outputs(register, told)
    known = (draft.plan.library, *draft.tables["partners"]["name"])
    untold = register.loc[register["told"].eq(False), "message"]
    return ethics.gate(said, ethics.looks(said, clearances, roles=draft.tables["roles"], untold=untold, known=known))


def _shown(draft: Draft) -> pd.DataFrame:
    register = registered(draft, draft.tables["messages"])
    return ethics.shown(register, passing(draft, register, draft.tables["clearances"], tellable(draft)))


measured = Once(MEASURED, _measured)
tellable = Once(STORIES, _tellable)
shown = Once(RESTS_ON, _shown)


class Looked(NamedTuple):
    """One message as it is typed: with its names, what is the matter with it, and how it fares against the four questions."""

    row: pd.DataFrame
    checks: pd.DataFrame
    gate: pd.DataFrame
    register: pd.DataFrame


def looked_at(draft: Draft, cells: dict[str, object], *, changed: bool) -> Looked:
    """Hold a message as it is typed against figures, stories and the four questions; `changed` when its words are other than those that were cleared."""
    own, known = draft.tables, measured(draft)
    cells = cells | {"message": cells["message"] or NEW}
    row = registered(draft, message_plans.typed(own["messages"], cells))
    checks = messages.checks(row, known.progress, known.values, events=own["events"], as_of=draft.plan.as_of)
    clearances = message_plans.still(own["clearances"], message=str(cells["message"]), changed=changed)
    gate = passing(draft, row, clearances, tellable(draft).head(0))
    return Looked(row, ethics.shown(checks, gate), gate, message_plans.with_row(shown(draft), ethics.shown(row, gate)))
