"""Every control of the seven notebooks used once, without a screen: what it says, what it puts into the draft, and what the plan's folder holds once it is kept."""

from __future__ import annotations

import csv
import datetime as dt
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import ipywidgets as widgets
import pandas as pd
import pytest
from conftest import ROOT
from live_notebook import Control, buttons, controls, fields, inside, loud, other, said

from planning import cli
from planning.model import schema
from planning.model.ballots import forms as ballot_forms
from planning.model.ballots.forms import Round
from planning.model.ballots import Ballots
from planning.model.drafts import Draft
from planning.model.keeping import UNTOLD
from planning.workshop.panels import questions

NOTEBOOKS = sorted((ROOT / "notebooks").glob("0*.ipynb"))
TAKE = "Put into the draft"
ODD = re.compile(r"\b(?:nan|NaN|NaT|Traceback|inf|dtype)\b|<NA>|\bNone\b(?! of)|\{\w*\}")
"""What no control may say."""


def share_out(box: widgets.Widget) -> None:
    """Points over the goals that add up to 100."""
    own = fields(box)
    for place, field in enumerate(own):
        field.value = 100 - 10 * (len(own) - 1) if place == 0 else 10


def swing(box: widgets.Widget) -> None:
    """100 for the last goal, less for the others."""
    own = fields(box)
    for place, field in enumerate(own):
        field.value = 100 if field is own[-1] else 20 + place


def judge(box: widgets.Widget) -> None:
    """Every pair judged: the first counts somewhat more."""
    for field in fields(box):
        field.value = 3.0


def tick_another(box: widgets.Widget) -> None:
    """What the plan has chosen, but for one box."""
    next(one for one in buttons(box) if one.description == "Tick what the plan has chosen").click()
    first = fields(box)[0]
    first.value = not first.value


def some(box: widgets.Widget) -> None:
    """Words in every line of text that is empty."""
    for field in fields(box):
        if isinstance(field, widgets.Text) and not field.value:
            field.value = "As the room said"


def change_last(box: widgets.Widget) -> None:
    """Another value in the last field as it stands now."""
    last = fields(box)[-1]
    last.value = other(last)


TAKEN: dict[str, tuple[set[str], Callable[[widgets.Widget], None]]] = {
    "try_weights.points": ({"goals"}, share_out),
    "try_weights.swings": ({"goals"}, swing),
    "try_weights.pairs": ({"goals"}, judge),
    "try_ranking.goals": ({"goals"}, some),
    "try_needs.goal_weight": ({"goals"}, some),
    "try_alignment.support": ({"alignment"}, some),
    "try_needs.rated": (set(), some),
    "try_swot.cards": ({"swot"}, some),
    "try_swot.moves": ({"swot_moves"}, some),
    "try_services.choice": ({"initiatives"}, tick_another),
    "try_services.ceilings": (set(), some),
    "try_ranking.initiatives": ({"initiatives"}, some),
    "try_partnerships.fit": ({"partners"}, some),
    "try_partnerships.prospect": ({"partners"}, some),
    "try_evaluation.control_chart": (set(), some),
    "try_flexibility.budget_cut": (set(), some),
    "try_verdicts.verdicts": ({"changes", "services"}, some),
    "try_resources.budgets": ({"budget"}, some),
    "try_resources.moved_money": ({"budget"}, some),
    "try_allocations.people": ({"initiatives"}, some),
    "try_skills.levels": ({"role_skills"}, change_last),
    "try_skills.places": ({"trainings"}, some),
    "try_communication.audience": (set(), some),
    "try_communication.statement": ({"messages"}, some),
    "try_messages.message": ({"messages"}, some),
    "try_messages.questions": ({"clearances"}, some),
}
"""Each control: the tables that its button changes (none where it only shows), and how it is filled in before it is pressed."""
ROOM = {"ask.room", "edit.tables", "keep.decision"}
EDITED = {1: "goals", 2: "roles", 3: "partners", 4: "themes", 5: "scenarios", 6: "skills", 7: "asks"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return shutil.copytree(ROOT / "data" / "riverbend_public", tmp_path / "riverbend", ignore=shutil.ignore_patterns("evidence"))


@pytest.fixture(autouse=True)
def faults_are_raised() -> Iterator[None]:
    with loud():
        yield


def tables_of(draft: Draft) -> dict[str, list[dict[str, str]]]:
    """The tables that the draft changes, each with its rows as they would be."""
    return {table: draft.sheet(table).rows for table in sorted(set(draft.difference()["table"]))}


def press(box: widgets.Widget, label: str) -> None:
    """Press a button as a browser lets one: not one that is switched off."""
    found = [one for one in buttons(box) if one.description.partition(". ")[2] == label or one.description == label]
    assert found, f"{label} cannot be pressed"
    found[0].click()


def tried(control: Control) -> None:
    """Give every field another value, and press every button but the one that takes; nothing odd may be said."""
    assert not ODD.search(said(control.box)), control.name
    for field in fields(control.box):
        field.value = other(field)
        assert not (odd := ODD.search(said(control.box))), f"{control.name}: {odd[0]} after {field.description}"
    if control.name not in ROOM:
        for button in [one for one in buttons(control.box) if one.description != TAKE]:
            button.click()
            assert not ODD.search(said(control.box)), f"{control.name}: {button.description}"


def taken(control: Control, draft: Draft) -> None:
    """Fill the control in, press its button, and look for what it has changed in the draft."""
    tables, fill = TAKEN[control.name]
    own = [one for one in buttons(control.box) if one.description == TAKE]
    assert bool(own) == bool(tables), f"{control.name} and the table of this test differ on whether it puts something into the draft"
    if not own:
        return
    for field in fields(control.box):
        field.value = other(field)
    fill(control.box)
    before = tables_of(draft)
    own[0].click()
    after = tables_of(draft)

    changed = {table for table in before | after if before.get(table) != after.get(table)}
    assert changed and changed <= tables, f"{control.name} changed {changed or 'nothing'}: {said(control.box)[:600]}"
    assert "It is in the draft" in said(control.box)


def vote_of(asked: Round, first: bool) -> dict[str, float]:
    """A vote that fits a round: in points and dots all for one option, in the middle of a scale, agreement to statements."""
    keys = [box.key for box in ballot_forms.boxes(asked)]
    if asked.form in ("points", "dots"):
        most = asked.settings.get("total", 100) if asked.form == "points" else 2
        return {key: most if key == keys[0 if first else 1] else 0 for key in keys}
    return dict.fromkeys(keys, 1 if asked.form == "statements" else 3)


def asked_and_taken_over(control: Control, draft: Draft, step: int) -> str:
    """A question whose votes the plan has a table for: prepared, opened, voted on, closed, shown, and taken over; returns the round's number."""
    ballots = Ballots(draft.plan.folder)
    ballots.start_meeting()
    title = next((one.title for one in questions.ready(draft.library, step) if one.into and one.rows), "")
    chooser = next(one for one in fields(control.box) if one.description == "Question")
    chooser.value = next((value for label, value in chooser.options if label == title), chooser.options[0][1])
    press(control.box, "Prepare this question")
    press(control.box, "Open the vote")
    asked = ballots.rounds()[-1]
    assert asked.state == "open", said(control.box)
    for one in range(6):
        ballots.cast(asked.round, f"token-{one:04d}", vote_of(asked, one < 4), asked.groups[0] if asked.groups else "")
    press(control.box, "Close the vote")
    press(control.box, "Show the result to the room")
    speaks = [one for one in fields(control.box) if one.description == "As whom the room speaks"]
    if speaks and speaks[0].layout.display != "none":
        speaks[0].value = "staff"
    before = tables_of(draft)
    press(control.box, "Take the votes over into the draft")
    new = [rows for table, rows in tables_of(draft).items() if len(rows) > len(before.get(table, []))]
    assert new and "6 people have voted" in said(control.box), said(control.box)
    assert not ODD.search(said(control.box))
    ballots.close()
    return asked.round


def edited(control: Control, draft: Draft, step: int) -> tuple[str, str, str]:
    """A cell of the step's own table changed by its field and button; returns table, column and new text."""
    table = schema.tables()[EDITED[step]]
    column = next(one for one in table.fields if one.type == "string" and one.name not in table.key and not one.refers and not one.choices and not one.period)
    chooser = next(one for one in fields(control.box) if one.description == "Table")
    chooser.value = table.name
    row = next(one for one in fields(control.box) if one.description == "Row")
    row.value = row.options[1][1]
    field = next(one for one in fields(control.box) if one.description.removesuffix(" (needed)") == column.title)
    field.value = f"{field.value}, as mended in the room"
    press(control.box, "Change the row")
    assert "The change is in the draft" in said(control.box), said(control.box)
    return table.name, column.name, field.value


def kept(control: Control, step: int) -> str:
    """The decision kept by the panel's own fields and button; returns what the panel then says."""
    given = {"What was decided": f"What the room tried in step {step}", "Why": "The room was of one mind", "Decided by": "Board of Trustees", "Day": dt.date(2026, 6, 29),
             "Look again on": dt.date(2027, 1, 15)}
    for field in fields(control.box):
        if field.description in given:
            field.value = given[field.description]
        elif isinstance(field, widgets.Dropdown):
            field.value = ""
    press(control.box, "Keep this decision")
    return said(control.box)


def rows_in(folder: Path, table: str) -> list[dict[str, str]]:
    """The rows of one of the plan's files as they stand on the disk."""
    with (folder / schema.tables()[table].file).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def check_on_disk(folder: Path, changed: pd.DataFrame) -> None:
    """Each changed cell stands in its own file, new rows are there, and removed ones are gone."""
    for table, lines in changed.groupby("table"):
        own = schema.tables()[table]
        there = {", ".join(row[name] for name in own.key): row for row in rows_in(folder, table)}
        for line in lines.itertuples():
            if line.what == "removed":
                assert line.row not in there
            elif line.column:
                assert there[line.row][line.column] == line.after
            else:
                assert line.row in there


def check_trail(folder: Path, decision: str, changed: pd.DataFrame) -> None:
    """The decision's trail names every table, and every changed cell of those that are not single persons' answers."""
    trail = [row for row in rows_in(folder, "decision_changes") if row["decision"] == decision]
    cells = {(row["table"], row["row"], row["column"]) for row in trail}
    told = changed[~changed["table"].isin(UNTOLD) & (changed["what"] == "changed")]

    assert {row["table"] for row in trail} == set(changed["table"])
    assert {(line.table, line.row, line.column) for line in told.itertuples()} <= cells


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_each_control_is_tried_taken_and_kept_and_the_folder_holds_it(notebook: Path, folder: Path) -> None:
    step = int(notebook.stem[:2])
    shown, names = controls(notebook, folder)
    draft, own = names["draft"], {control.name: control for control in shown}
    unknown = own.keys() - TAKEN.keys() - ROOM
    assert not unknown, f"{sorted(unknown)} stands in the notebook and not in the table of this test"
    assert own.keys() >= ROOM and len(own) > len(ROOM)

    for control in shown:
        tried(control)
    draft.forget()
    for control in shown:
        if control.name in TAKEN:
            taken(control, draft)
    round = asked_and_taken_over(own["ask.room"], draft, step)
    cell = edited(own["edit.tables"], draft, step)
    changed, before = draft.difference(), rows_in(folder, "decisions")
    told = kept(own["keep.decision"], step)
    after = rows_in(folder, "decisions")

    assert len(after) == len(before) + 1, told
    assert f"Kept as {after[-1]['decision']}" in told
    assert {name: after[-1][name] for name in ("why", "decided_by", "review")} == {"why": "The room was of one mind", "decided_by": "Board of Trustees", "review": "2027-01-15"}
    assert cell[2] in [row[cell[1]] for row in rows_in(folder, cell[0])]
    check_on_disk(folder, changed)
    check_trail(folder, after[-1]["decision"], changed)
    assert Ballots(folder).round(round).state == "adopted"
    assert cli.run(["check", str(folder)]) == 0


def test_every_control_of_the_table_stands_in_a_notebook() -> None:
    text = "\n".join(path.read_text(encoding="utf-8") for path in NOTEBOOKS)

    assert [name for name in TAKEN if f"{name}(" not in text] == []
