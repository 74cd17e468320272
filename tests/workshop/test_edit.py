"""A plan's tables edited in place: every row put back is no change, every kind of column takes a right value and refuses a wrong one at once."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from planning.model import drafts, schema
from planning.model.plan import open_plan
from planning.show import language
from planning.workshop.controls import tryit
from planning.workshop.panels import edit, edit_grid


@pytest.fixture
def draft(sample: Path, tmp_path: Path) -> drafts.Draft:
    language.use("en", "USD")
    return drafts.start(open_plan(shutil.copytree(sample, tmp_path / sample.name, ignore=shutil.ignore_patterns("evidence"))))


@pytest.fixture
def goals(tmp_path: Path) -> edit.Editor:
    language.use("en", "USD")
    folder = shutil.copytree(Path(__file__).parents[2] / "data/riverbend_public", tmp_path / "plan", ignore=shutil.ignore_patterns("evidence"))
    editor = edit.Editor(drafts.start(open_plan(folder)), 1)
    editor.table.value = "goals"
    return editor


def choose(editor: edit.Editor, name: str) -> None:
    editor.row.value = next(key for label, key in editor.row.options if label == name)


def test_choosing_each_row_of_each_table_and_putting_it_back_makes_no_difference(draft: drafts.Draft) -> None:
    editor = edit.Editor(draft, 1)
    for table in edit.offered(1):
        editor.table.value = table.name
        for _, key in editor.row.options[1:60]:
            editor.row.value = key
            editor.buttons["change"].click()
            assert "in the draft" in editor.note.value and [one.problem.value for one in editor.fields.values() if one.problem.value] == [], (table.name, key)

    assert (draft.steps, draft.difference().empty) == ([], True)


def test_persons_answers_values_and_decisions_are_not_offered_and_the_steps_own_tables_come_first(draft: drafts.Draft) -> None:
    kept = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tryit, "display", kept.append)
        edit.tables(draft, step=3)
    names = [value for _, value in kept[0].children[0].options]

    assert not {"ratings", "answers", "goal_votes", "feedback", "kpi_values", "decisions", "decision_changes", "traits"} & set(names)
    assert {schema.tables()[name].step for name in names[:5]} == {3} and len(names) == len(edit.offered(3)) > 70
    assert kept[0].children[0].options[-1][0].startswith("Step 7: ")


def test_only_stories_that_may_be_told_can_be_chosen(draft: drafts.Draft) -> None:
    editor = edit.Editor(draft, 7)
    editor.table.value = "stories"
    refused = draft.tables["stories"].query("consent != 'given'")

    assert not refused.empty and not {(story,) for story in refused["story"]} & {key for _, key in editor.row.options}


KINDS = [("goals", "weight", "0.31", "1.31", "a number from 0 to 1"), ("goals", "horizon", "2029-06-30", "30.6.2029", "a date such as 2026-06-30"), ("goals", "name", "Every child reads on", "", "text"),
         ("swot", "weight", "2", "2.5", "a whole number"), ("swot", "name", "Friendly", "a\u0007b", "text that can be seen"), ("initiatives", "cost", "1200", "1,200 or so", "0 or more"),
         ("referrals", "period", "2026-Q1", "spring", "a period such as 2026")]


@pytest.mark.parametrize(("table", "column", "right", "wrong", "allowed"), KINDS)
def test_a_wrong_value_is_told_under_its_field_at_once_and_a_right_one_goes_into_the_draft(draft: drafts.Draft, table: str, column: str, right: str, wrong: str, allowed: str) -> None:
    editor = edit.Editor(draft, 1)
    editor.table.value = table
    key = editor.row.options[1][1] if len(editor.row.options) > 1 else ()
    if not key or column in schema.tables()[table].key:
        field = editor.fields[column]
        field.field.value = wrong
        assert allowed in field.problem.value
        field.field.value = right
        assert field.problem.value == ""
        return
    editor.row.value = key
    field = editor.fields[column]

    field.field.value = wrong
    assert allowed in field.problem.value and 'aria-live="polite"' in field.problem.value and draft.steps == []
    editor.buttons["change"].click()
    assert "Nothing was changed" in editor.note.value and draft.steps == []

    field.field.value = right
    assert field.problem.value == ""
    editor.buttons["change"].click()
    assert draft.row(table, key)[column] == right and draft.difference()["column"].tolist() == [column]


def test_choices_references_and_truths_are_lists_of_names(draft: drafts.Draft) -> None:
    editor = edit.Editor(draft, 2)
    editor.table.value = "initiatives"
    editor.row.value = editor.row.options[1][1]
    services = dict(zip(draft.tables["services"]["service"], draft.tables["services"]["name"]))
    offered = editor.fields["service"].field.options

    assert {id: name.split(" (S")[0] for name, id in offered if id} == services
    for column, value in (("status", "rejected"), ("service", list(services)[-1]), ("must_do", "true" if editor.fields["must_do"].text == "false" else "false")):
        editor.fields[column].field.value = value
    editor.buttons["change"].click()

    assert {"status", "must_do"} <= set(draft.difference()["column"]) <= {"status", "must_do", "service"}


def test_a_new_row_gets_its_id_and_what_is_needed_is_told_under_each_field(goals: edit.Editor) -> None:
    goals.buttons["add"].click()
    assert [name for name, one in goals.fields.items() if one.problem.value] == ["name", "weight", "valid_from"] and goals.draft.steps == []

    for name, value in (("name", "A quiet place"), ("weight", "0"), ("valid_from", "2026-01-01")):
        goals.fields[name].field.value = value
    goals.buttons["add"].click()

    assert goals.draft.difference()[["what", "row", "name"]].values.tolist() == [["new", "G7", "A quiet place"]]
    assert goals.row.label == "“A quiet place”" and goals.fields["goal"].field.disabled


def test_a_row_that_others_point_to_stays_and_one_that_stands_alone_goes_and_comes_back(goals: edit.Editor) -> None:
    choose(goals, "“Every child reads by eight”")
    goals.buttons["remove"].click()
    assert "found other rows that point to G1" in goals.note.value and goals.draft.steps == []

    goals.table.value = "alignment"
    goals.row.value = goals.row.options[1][1]
    many, kept = len(goals.row.options), goals.row.value
    goals.buttons["remove"].click()
    assert len(goals.row.options) == many - 1 and goals.row.value == ()

    goals.buttons["undo"].click()
    assert "Taken back: Alignment: row taken out" in goals.note.value and kept in {key for _, key in goals.row.options} and goals.buttons["undo"].disabled


def test_a_row_that_is_there_already_is_not_added_a_second_time(goals: edit.Editor) -> None:
    goals.table.value = "alignment"
    service, goal = goals.row.options[1][1]
    for name, value in (("service", service), ("goal", goal), ("strength", "0.5")):
        goals.fields[name].field.value = value
    goals.buttons["add"].click()

    assert "There is such a row already" in goals.note.value and goals.draft.steps == []


def test_a_change_from_elsewhere_is_in_the_form_and_what_is_typed_in_another_row_stays(goals: edit.Editor) -> None:
    choose(goals, "“Every child reads by eight”")
    goals.fields["name"].field.value = "Typed"
    goals.draft.change("goals", "G2", weight=0.19)
    assert goals.fields["name"].text == "Typed"

    goals.draft.change("goals", "G1", weight=0.33)
    assert goals.fields["weight"].text == "0.33"
    goals.draft.forget()
    assert goals.fields["weight"].text == "0.26"


def test_the_grid_is_made_when_it_is_opened_and_both_ways_in_step_with_the_form(goals: edit.Editor) -> None:
    assert goals.grid.inside.children == () and goals.grid.box.get_title(0) == "The whole table as a grid"
    goals.grid.box.selected_index = 0
    grid, = goals.grid.inside.children
    choose(goals, "“Every child reads by eight”")
    place = [key for _, key in goals.row.options[1:]].index(("G1",))

    grid.set_cell_value_by_index("Weight", place, "0.3")
    assert goals.draft.row("goals", "G1")["weight"] == "0.3" and goals.fields["weight"].text == "0.3"

    grid.set_cell_value_by_index("Weight", place, "lots")
    assert "Nothing was changed" in goals.note.value and goals.draft.row("goals", "G1")["weight"] == "0.3"
    assert grid.data["Weight"].iloc[place] == "0.3"

    grid.set_cell_value_by_index("Id", place, "G99")
    assert "stays as it is" in goals.note.value and grid.data["Id"].iloc[place] == "G1"

    goals.draft.change("goals", "G1", weight=0.35)
    assert grid.data["Weight"].iloc[place] == "0.35"


def test_without_the_grids_package_the_form_is_there_alone(monkeypatch: pytest.MonkeyPatch, draft: drafts.Draft) -> None:
    monkeypatch.setattr(edit_grid, "find_spec", lambda _: None)
    editor = edit.Editor(draft, 1)

    assert editor.grid.box.children == () and len(editor.row.options) > 1
    draft.change("goals", draft.tables["goals"]["goal"].iloc[-1], name="Other")
    assert "“Other”" in [label for label, _ in editor.row.options]
