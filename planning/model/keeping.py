"""Keep this decision: what was agreed goes into the plan, whole or not at all, with its reason, its role and its review."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from planning.model import check, door, facts, schema
from planning.model.differences import Clash, Rows, difference, full, merged
from planning.model.draft_cells import next_id, text_of
from planning.model.drafts import Draft
from planning.model.errors import PlanningError, PlanProblems, Problem, Words
from planning.model.files import csv_text, text_of as text_in
from planning.model.renumbering import Names, renumbered

DECISIONS, CHANGES = "decisions", "decision_changes"
OF_PERSONS = frozenset({"answers", "ratings", "expectations", "goal_votes", "goal_pairs", "allocations", "feedback", "codings", "role_skills", "training_results", "traits"})
"""Tables whose rows are single persons' answers: their cells are not written down a second time."""
UNTOLD = OF_PERSONS | {"stories"}
"""Tables of which a decision's trail counts the rows only; a story may lose its consent later, and then must stand nowhere."""
MOST_ROWS = 12
LONGEST = 200


@dataclass(frozen=True)
class Reason:
    """What was decided, why, by whom as a role or body, on which day, and when to look at it again.

    With `moves_day` the plan's own day moves on to the day of the decision, where that is later.
    """

    what: str
    why: str
    decided_by: str
    date: dt.date
    review: dt.date | None
    step: int
    goal: str = ""
    service: str = ""
    kpi: str = ""
    revokes: str = ""
    mandate: str = ""
    body: str = ""
    moves_day: bool = False
    kpi_then: float | None = None


@dataclass(frozen=True)
class Kept:
    """What was kept: the decision's id, the cells that it changed, and those that others had changed in the plan meanwhile.

    `renamed` holds new ids of rows whose own somebody else had taken: table and id to id.
    """

    decision: str
    difference: pd.DataFrame = field(repr=False)
    others: pd.DataFrame = field(repr=False)
    renamed: Names = field(default_factory=dict)

    @property
    def joined(self) -> bool:
        """Whether others' changes of meanwhile were in the plan already."""
        return not self.others.empty


class ClashError(PlanningError):
    """Two people changed the same cells in different ways; nothing was written. `clashes` names each."""

    def __init__(self, clashes: list[Clash]) -> None:
        self.clashes = clashes
        super().__init__("Nothing was kept: somebody changed the same thing meanwhile.")

    def __str__(self) -> str:
        return "\n".join([super().__str__(), *(f"  {PlanningError(_sentence(clash).template, **_sentence(clash).values)}" for clash in self.clashes)])


def _sentence(clash: Clash) -> Words:
    place = {"file": schema.tables()[clash.table].file, "row": clash.row}
    if clash.column:
        return Words("{file}, {row}, column {column}: you would put {mine}, and meanwhile it became {theirs}. Take in the newer plan, then decide again.",
                     **place, column=clash.column, mine=clash.mine or Words("(nothing)"), theirs=clash.theirs or Words("(nothing)"))
    if clash.mine:
        return Words("{file}, {row}: you changed this row, and meanwhile it was removed. Take in the newer plan, then decide again.", **place)
    return Words("{file}, {row}: you removed this row, and meanwhile it was changed. Take in the newer plan, then decide again.", **place)


def wanting(reason: Reason, as_of: dt.date) -> list[Problem]:
    """What a reason still lacks before the decision can be kept in a plan as of a day."""
    needed = [("what", reason.what, "what was decided, in one sentence"), ("why", reason.why, "the reason, as it was given"),
              ("decided_by", reason.decided_by, "a role or a body, such as Board of Trustees; never a name"), ("review", reason.review, "the day to look at it again"),
              ("date", reason.date, "the day of the decision")]
    found = [_lack(column, Words("found nothing"), Words(allowed), Words("Fill it in.")) for column, value, allowed in needed if not text_of(value)]
    if not reason.date:
        return found
    if reason.review and reason.review <= reason.date:
        found.append(_lack("review", Words("found {text}", text=reason.review), Words("a day after {day}", day=reason.date), Words("Choose a later day.")))
    if reason.date > as_of and not reason.moves_day:
        found.append(_lack("date", Words("found {text}, after the plan's own day", text=reason.date), Words("{day} or earlier", day=as_of),
                           Words("Choose an earlier day, or let the plan's day move on to the day of the decision.")))
    return found


def _lack(column: str, found: Words, allowed: Words, action: Words) -> Problem:
    return Problem("decisions.csv", None, column, found, allowed, action)


class _Now(NamedTuple):
    """The plan's folder as it stands: its facts and its rows by table."""

    facts: dict[str, object]
    rows: dict[str, Rows]


def keep(draft: Draft, reason: Reason) -> Kept:
    """Write a draft's changes into the plan, with a row in decisions.csv and one in decision_changes.csv for each cell.

    What others wrote meanwhile stays: cells that only one side changed come together. The draft then starts anew
    from what is in the folder. A decision without any change of a table, such as to leave something as it is, is kept too.
    Raises PlanProblems when the reason lacks something or the plan would have problems, ClashError when
    somebody else changed the same cell in another way, and PlanningError when the folder cannot be written into;
    nothing is written then, and the draft is as it was.
    """
    folder = draft.plan.folder
    with door.alone(folder):
        now = _now(folder, cells=False)
        if lacks := wanting(reason, now.facts["as_of"]):
            raise PlanProblems(folder.name, lacks)
        after, clashes, names = _joined(draft, now)
        if clashes:
            raise ClashError(clashes)
        changed = difference({name: now.rows[name] for name in after}, after)
        decided = after.get(DECISIONS, now.rows[DECISIONS])
        decision = next_id({row["decision"] for row in decided}, "D01")
        after |= {DECISIONS: [*decided, _row(reason, decision, names)], CHANGES: now.rows[CHANGES] + _trail(decision, changed)}
        texts = {schema.tables()[name].file: _text(schema.tables()[name], rows) for name, rows in after.items() if rows != now.rows[name]}
        moved = {"as_of": reason.date} if reason.date > now.facts["as_of"] else {}
        if moved:
            texts[facts.FILE] = facts.edited(text_in(folder / facts.FILE)[0], moved)
        door.refuse_problems(folder, texts)
        door.write(folder, {file: text.encode("utf-8") for file, text in texts.items()})
    others = _others(draft, now)
    draft.rebase(now.rows | after, {}, now.facts | moved)
    kept = Kept(decision, changed, others, names)
    for callback in list(draft.kept_told):
        callback(kept)
    return kept


def taken_in(draft: Draft) -> list[Clash]:
    """Start a draft anew from the folder as it is now, with its changes put on top; returns the cells where the folder's stand.

    Raises PlanProblems, with the draft as it was, when the folder can no longer be read.
    """
    now = _now(draft.plan.folder, cells=True)
    after, clashes, _ = _joined(draft, now)
    draft.rebase(now.rows, after, now.facts)
    return clashes


def _now(folder: Path, *, cells: bool) -> _Now:
    own, wrong = facts.read(folder)
    sheets, problems = check.sheets(folder, cells=cells)
    if wrong or problems:
        raise PlanProblems(folder.name, wrong + problems)
    return _Now(own, {name: full(table, sheets[name].rows) if name in sheets else [] for name, table in schema.tables().items()})


def _joined(draft: Draft, now: _Now) -> tuple[dict[str, Rows], list[Clash], Names]:
    """The folder's rows with the draft's changes in them, of each table that the draft touched; the clashes; and what was renamed."""
    mine, names = renumbered(draft.base, draft.rows, now.rows)
    made = {name: merged(schema.tables()[name], draft.base.get(name, []), rows, now.rows[name]) for name, rows in mine.items()}
    return {name: one.rows for name, one in made.items()}, [clash for one in made.values() for clash in one.clashes], names


def _others(draft: Draft, now: _Now) -> pd.DataFrame:
    """What others changed in the folder since the draft was begun; decisions themselves and their trail aside."""
    return difference(draft.base, {name: rows for name, rows in now.rows.items() if name != CHANGES})


def _row(reason: Reason, decision: str, names: Names) -> dict[str, str]:
    about = {column: names.get((f"{column}s", text), text) for column in ("goal", "service", "kpi") if (text := getattr(reason, column))}
    known, table = replace(reason, **about), schema.tables()[DECISIONS]
    return {name: decision if name == table.id else text_of(getattr(known, name)) for name in table.columns}


def _trail(decision: str, changed: pd.DataFrame) -> Rows:
    """One row for each cell that a decision changed; many rows of one table, and persons' answers, are counted only."""
    rows: Rows = []
    for (table, what), lines in changed.groupby(["table", "what"], sort=False):
        if table in UNTOLD or (what != "changed" and len(lines) > MOST_ROWS):
            rows.append({"decision": decision, "table": table, "row": "*", "column": "*", "what": what, "before": "", "after": str(lines["row"].nunique())})
            continue
        rows += [{"decision": decision, "table": table, "row": line.row, "column": line.column or "*", "what": what, "before": line.before[:LONGEST], "after": line.after[:LONGEST]}
                 for line in lines.itertuples()]
    return rows


def _text(table: schema.Table, rows: Rows) -> str:
    return csv_text(table.columns, [[row.get(column, "") for column in table.columns] for row in rows])
