"""The panel that keeps a decision says what changes, refuses with a sentence, loses nothing, and writes when it is right."""

from __future__ import annotations

import asyncio
import datetime as dt
import shutil
from pathlib import Path

import ipywidgets as widgets
import pandas as pd
import pytest

from planning.model import check, drafts
from planning.model.plan import open_plan
from planning.show import language
from planning.workshop.controls import tryit
from planning.workshop.panels import keep


@pytest.fixture
def plan(sample: Path, tmp_path: Path) -> Path:
    return shutil.copytree(sample, tmp_path / sample.name, ignore=shutil.ignore_patterns("evidence"))


class Panel:
    """The panel's widgets by what they are called."""

    def __init__(self, draft: drafts.Draft, step: int = 1) -> None:
        kept: list[widgets.Widget] = []
        language.use("en", "USD")
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(tryit, "display", kept.append)
            keep.decision(draft, step=step)
        self.box = kept[0]
        _, self.changes, self.problems, turning, *fields, self.button, self.note = self.box.children
        self.undo, self.redo, self.forget, self.newer = turning.children
        self.fields = {field.description: field for field in fields}

    def fill(self, **more: object) -> Panel:
        given = {"What was decided": "Reading first", "Why": "The shelves were full", "Decided by": "Board"} | more
        for label, value in given.items():
            self.fields[label].value = value
        return self


def moved(draft: drafts.Draft, by: float = 0.02) -> list[str]:
    """Two goals in force whose weights were moved against each other."""
    first, second = draft.library.goals_in_force.sort_values("weight", ascending=False).head(2).to_dict("records")
    draft.put("goals", pd.DataFrame({"goal": [first["goal"], second["goal"]], "weight": [first["weight"] + by, second["weight"] - by]}), "Weights")
    return [first["name"], second["name"]]


def test_the_difference_follows_the_draft_in_names_and_the_undo_takes_it_back(plan: Path) -> None:
    draft = drafts.start(open_plan(plan))
    panel = Panel(draft)
    assert "changes nothing yet" in panel.changes.value and panel.undo.disabled

    names = moved(draft)
    assert "2 changes are in the draft" in panel.changes.value and panel.problems.value == "" and not panel.undo.disabled
    assert all(f"Goals: “{name}”: weight from 0." in panel.changes.value.replace("&#x27;", "'") for name in names)

    panel.undo.click()
    assert "Taken back: Weights" in panel.note.value and draft.rows == {}
    panel.redo.click()
    assert len(draft.difference()) == 2
    panel.forget.click()
    assert "Press the button again" in panel.note.value and len(draft.difference()) == 2
    panel.forget.click()
    assert draft.rows == {} and panel.forget.description == "Take everything back"


def test_a_kept_decision_is_in_the_plan_with_its_reason(plan: Path) -> None:
    draft = drafts.start(open_plan(plan))
    panel, today = Panel(draft, step=2), draft.library.as_of
    goal, kpi = draft.tables["goals"]["goal"].iloc[-1], draft.tables["kpis"]["kpi"].iloc[0]
    moved(draft)
    assert panel.fields["Day"].value == today and panel.fields["Look again on"].value.year == today.year + 1

    panel.fill(**{"About the goal": goal, "Resting on the KPI": kpi, "Level": "board"}).button.click()

    now = open_plan(plan)
    last = now.decisions.iloc[-1]
    assert (last["what"], last["why"], last["decided_by"], last["step"], last["goal"], last["kpi"], last["body"]) == ("Reading first", "The shelves were full", "Board", 2, goal, kpi, "board")
    assert pd.notna(last["kpi_then"]) or draft.tables["kpi_values"].query("kpi == @kpi").empty
    assert f"Kept as {last['decision']}" in panel.note.value and "weight from" in panel.note.value
    assert (panel.fields["What was decided"].value, panel.fields["Why"].value, draft.rows) == ("", "", {})
    assert len(now.decision_changes.query("decision == @last.decision")) == 2 and check.problems(plan) == []


def test_a_refused_decision_keeps_what_was_typed_and_writes_nothing(plan: Path) -> None:
    draft = drafts.start(open_plan(plan))
    panel, before = Panel(draft), {path.name: path.read_bytes() for path in plan.glob("*.csv")}
    heaviest = draft.library.goals_in_force.sort_values("weight").iloc[-1]
    draft.change("goals", heaviest["goal"], weight=heaviest["weight"] + 0.1)
    assert "The plan would have 1 problem" in panel.problems.value and "add up to 1.1" in panel.problems.value

    panel.fill().button.click()
    assert "Nothing was written" in panel.note.value and "add up to 1.1" in panel.note.value and panel.fields["What was decided"].value == "Reading first"

    panel.undo.click()
    panel.fill(**{"Why": "", "Day": draft.library.as_of + dt.timedelta(days=14)}).button.click()
    assert "column why: found nothing" in panel.note.value and "after the plan&#x27;s own day" in panel.note.value
    assert {path.name: path.read_bytes() for path in plan.glob("*.csv")} == before


def test_two_panels_that_change_one_cell_are_told_and_taking_in_keeps_the_rest(plan: Path) -> None:
    here, there = drafts.start(open_plan(plan)), drafts.start(open_plan(plan))
    panel, other = Panel(here), Panel(there)
    moved(here), here.add("swot", kind="strength", name="Quiet <rooms>")
    (name, _) = moved(there, 0.04)
    other.fill().button.click()
    assert "Kept as" in other.note.value

    panel.fill().button.click()
    assert "somebody changed the same thing meanwhile" in panel.note.value and panel.fields["Why"].value == "The shelves were full"

    panel.newer.click()
    assert "is gone from the draft" in panel.note.value and name in panel.note.value.replace("&#x27;", "'")
    assert here.difference()["table"].tolist() == ["swot"] and "Quiet &lt;rooms&gt;" in panel.changes.value

    panel.button.click()
    assert "Kept as" in panel.note.value and open_plan(plan).swot["name"].iloc[-1] == "Quiet <rooms>"


def test_what_others_changed_meanwhile_is_told_after_keeping(plan: Path) -> None:
    here, there = drafts.start(open_plan(plan)), drafts.start(open_plan(plan))
    panel, other = Panel(here), Panel(there)
    here.add("swot", kind="strength", name="Quiet rooms")
    there.add("swot", kind="weakness", name="Dark stairs")
    other.fill().button.click()
    panel.fill().button.click()

    assert "was taken meanwhile; the new row is" in panel.note.value and "Meanwhile others had changed the plan" in panel.note.value
    assert "“Dark stairs” is new" in panel.note.value


def test_single_answers_are_counted_in_words_and_never_shown(plan: Path) -> None:
    draft = drafts.start(open_plan(plan))
    panel, row = Panel(draft), draft.tables["ratings"].iloc[0]
    draft.change("ratings", (row["rater"], row["service"], f"{row['date']:%Y-%m-%d}"), quality=1 + row["quality"] % 5)

    assert "Ratings: 1 row changed." in panel.changes.value and row["rater"] not in panel.changes.value


def test_where_a_loop_runs_the_plan_is_looked_through_once_after_a_rest(plan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keep, "PAUSE", 0.01)
    looks: list[int] = []

    async def three() -> int:
        later = keep._rested(lambda: looks.append(1))
        for _ in range(3):
            later()
        at_once = len(looks)
        await asyncio.sleep(0.1)
        return at_once

    assert asyncio.run(three()) == 0 and looks == [1]
