"""A draft changes copies: checked as one types, undone at will, and the folder stays as it is."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from planning.model import create, drafts, schema
from planning.model.draft_cells import next_id, numbered, text_of
from planning.model.errors import PlanProblems, UsageError
from planning.model.plan import open_plan

FACTS = {"library": "Mill Library", "kind": "public", "leadership": "Board of Trustees", "as_of": dt.date(2026, 6, 30), "currency": "USD"}
GOALS = "goal,name,weight,valid_from\nG1,Every child reads,0.60,2024-01-01\nG2,Nobody is left offline,0.40,2024-01-01\n"


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    folder = create.new_plan(tmp_path / "mill", FACTS)
    (folder / "goals.csv").write_text(GOALS, encoding="utf-8")
    (folder / "services.csv").write_text("service,name,form,status,essential\nS1,Story hour,physical,running,false\n", encoding="utf-8")
    (folder / "alignment.csv").write_text("service,goal,strength\nS1,G1,0.5\n", encoding="utf-8")
    return folder


@pytest.fixture
def draft(plan: Path) -> drafts.Draft:
    return drafts.start(open_plan(plan))


def cells(draft: drafts.Draft) -> list[list[str]]:
    return draft.difference()[["table", "what", "row", "column", "before", "after"]].values.tolist()


def test_a_change_is_in_the_draft_and_not_in_the_folder(plan: Path, draft: drafts.Draft) -> None:
    before = (plan / "goals.csv").read_bytes()

    assert draft.change("goals", "G1", weight=0.7) == []

    assert draft.tables["goals"].loc[0, "weight"] == 0.7 and draft.library.goals.loc[0, "weight"] == 0.7
    assert draft.plan.goals.loc[0, "weight"] == 0.6
    assert cells(draft) == [["goals", "changed", "G1", "weight", "0.60", "0.7"]]
    assert (plan / "goals.csv").read_bytes() == before


@pytest.mark.parametrize(("column", "value", "told"), [
    ("weight", 1.5, "found 1.5. Allowed: a number from 0 to 1"), ("weight", "much", "found much. Allowed: a number from 0 to 1"), ("weight", float("inf"), "found Infinity"),
    ("weight", None, "found an empty cell"), ("valid_from", "1.1.2026", "Allowed: a date such as 2026-06-30"), ("name", "a\x00b", "control character (U+0000)"),
    ("name", "a\ud800b", "control character (U+D800)"), ("name", "x" * 10_001, "found 10001 characters"), ("replaces", "G9", "Allowed: an id that stands in goals.csv")])
def test_a_cell_that_does_not_fit_is_refused_with_a_sentence_and_nothing_changes(draft: drafts.Draft, column: str, value: object, told: str) -> None:
    problems = draft.change("goals", "G2", **{column: value})

    assert len(problems) == 1 and told in problems[0].sentence() and problems[0].row == 3
    assert (cells(draft), draft.steps) == ([], [])


def test_one_bad_cell_keeps_all_rows_of_a_put_out(draft: drafts.Draft) -> None:
    rows = pd.DataFrame({"goal": ["G1", "G3"], "name": ["Other", "New"], "weight": [0.1, 7.0], "valid_from": ["2024-01-01", "2024-01-01"]})

    assert [problem.column for problem in draft.put("goals", rows)] == ["weight"]
    assert cells(draft) == []


def test_putting_a_row_back_as_it_reads_is_no_change(draft: drafts.Draft) -> None:
    draft.put("goals", draft.tables["goals"])
    draft.change("goals", "G1", weight="0.6", replaces="", valid_to=None)

    assert (draft.steps, draft.rows) == ([], {})


def test_an_optional_column_that_the_file_lacks_can_be_filled_and_emptied_again(draft: drafts.Draft) -> None:
    draft.change("goals", "G1", valid_to="2027-01-01")
    assert cells(draft) == [["goals", "changed", "G1", "valid_to", "", "2027-01-01"]]

    draft.change("goals", "G1", valid_to="")
    assert cells(draft) == []


def test_a_row_gets_the_next_free_id_also_after_another_was_taken_out(draft: drafts.Draft) -> None:
    new, problems = draft.add("goals", name="Third", weight=0, valid_from=dt.date(2026, 1, 1))
    draft.remove("goals", "G3")

    assert (new, problems) == ("G3", [])
    assert draft.remove("goals", "G2") == []
    assert draft.add("goals", name="Fourth", weight=0, valid_from=dt.date(2026, 1, 1))[0] == "G3"


def test_a_row_without_what_it_needs_is_not_added(draft: drafts.Draft) -> None:
    new, problems = draft.add("goals", name="Third")

    assert new == "G3" and {problem.column for problem in problems} == {"weight", "valid_from"}
    assert draft.row("goals", "G3") is None


def test_a_row_that_others_point_to_stays_and_the_sentence_counts_them(draft: drafts.Draft) -> None:
    (problem,) = draft.remove("goals", "G1")

    assert "found other rows that point to G1: 1 in alignment.csv" in problem.sentence()
    assert draft.row("goals", "G1")

    assert draft.remove("alignment", ("S1", "G1")) == [] and draft.remove("goals", "G1") == []
    assert [line[:3] for line in cells(draft)] == [["alignment", "removed", "S1, G1"], ["goals", "removed", "G1"]]


def test_steps_are_undone_and_done_again_in_their_order(draft: drafts.Draft) -> None:
    draft.change("goals", "G1", "Reading more", weight=0.7)
    draft.change("goals", "G2", "Offline less", weight=0.3)
    assert draft.steps == ["Reading more", "Offline less"]

    assert (draft.undo(), draft.undo(), draft.undo()) == ("Offline less", "Reading more", "")
    assert cells(draft) == []

    assert (draft.redo(), draft.redo(), draft.redo()) == ("Reading more", "Offline less", "")
    assert [line[-1] for line in cells(draft)] == ["0.7", "0.3"]


def test_a_new_change_forgets_what_was_undone_and_forgetting_takes_everything_back(draft: drafts.Draft) -> None:
    draft.change("goals", "G1", weight=0.7)
    draft.undo()
    draft.change("goals", "G1", weight=0.8)
    assert draft.redo() == ""

    draft.forget()
    assert (cells(draft), draft.steps, draft.undo(), draft.redo()) == ([], [], "", "")


def test_who_watches_is_told_of_every_change_and_of_nothing_else(draft: drafts.Draft) -> None:
    told = []
    draft.observe(lambda: told.append(len(draft.steps)))

    draft.change("goals", "G1", weight=9)
    draft.change("goals", "G1", weight="0.60")
    draft.change("goals", "G1", weight=0.5)
    draft.undo()
    draft.undo()
    draft.forget()

    assert told == [1, 0, 0]


def test_all_problems_of_the_plan_as_it_would_be_are_told(draft: drafts.Draft) -> None:
    assert draft.problems() == []

    draft.change("goals", "G1", weight=0.7)
    draft.change("goals", "G2", valid_to="2023-01-01")

    assert [problem.column for problem in draft.problems()] == ["valid_to", "weight"]


@pytest.mark.parametrize("call", [lambda d: d.change("goals", "G9", weight=1), lambda d: d.change("goals", "G1", colour="red"), lambda d: d.change("gaols", "G1", weight=1),
                                  lambda d: d.remove("goals", "G9"), lambda d: d.change("alignment", ("S1", "G1"), goal="G2"), lambda d: d.add("alignment", service="S1"),
                                  lambda d: d.put("goals", pd.DataFrame({"x": [1]}))])
def test_a_call_that_makes_no_sense_is_a_usage_error_and_changes_nothing(draft: drafts.Draft, call: object) -> None:
    with pytest.raises(UsageError):
        call(draft)

    assert cells(draft) == []


def test_the_draft_begins_with_the_folder_as_it_is_now_not_as_it_was_opened(plan: Path) -> None:
    opened = open_plan(plan)
    (plan / "goals.csv").write_text(GOALS.replace("0.60", "0.50").replace("0.40", "0.50"), encoding="utf-8")

    assert drafts.start(opened).tables["goals"]["weight"].tolist() == [0.5, 0.5]
    assert drafts.start(open_plan(plan, as_of="2025-06-30")).library.as_of == dt.date(2026, 6, 30)


@pytest.mark.parametrize("text", ["goal;name\nG1;x\n", GOALS.replace("0.60", "lots"), GOALS.replace("2024-01-01", "1.1.24")])
def test_a_folder_that_can_no_longer_be_read_is_told_with_its_problems(plan: Path, text: str) -> None:
    opened = open_plan(plan)
    (plan / "goals.csv").write_text(text, encoding="utf-8")

    with pytest.raises(PlanProblems, match="goals.csv"):
        drafts.start(opened)


def test_columns_that_are_called_as_a_parameter_is_can_be_changed_too(draft: drafts.Draft) -> None:
    row = {"table": "initiatives", "id": "I01", "column": "cost", "low": 0.1, "likely": 0.2, "high": 0.3}
    assert draft.put("ranges", pd.DataFrame([row])) == []

    assert draft.change("ranges", ("initiatives", "I01", "cost"), table="initiatives", low=0.15) == []
    assert draft.alter("ranges", ("initiatives", "I01", "cost"), {"high": 0.4}) == []
    assert draft.row("ranges", ("initiatives", "I01", "cost"))["low"] == "0.15"


def test_what_a_cell_may_not_hold_is_told_before_anything_changes(draft: drafts.Draft) -> None:
    row = draft.row("goals", "G1") | {"weight": "2", "replaces": "G1"}

    assert [problem.column for problem in draft.wrong("goals", row)] == ["weight"]
    assert cells(draft) == []


def test_values_of_any_type_become_the_text_of_a_cell() -> None:
    given = [np.bool_(True), np.int64(3), np.float64(0.1) + 0.2, pd.Timestamp(2026, 6, 30), pd.NaT, pd.NA, "two\nlines", 10**15, -0.0]

    assert list(map(text_of, given)) == ["true", "3", "0.3", "2026-06-30", "", "", "two lines", "1000000000000000", "0"]


def test_ids_go_on_in_the_form_that_most_have() -> None:
    assert next_id({"G1", "G2", "X99"}, "G1") == "G3"
    assert next_id({"quiet", "loud"}, "B01") == "B01"
    assert next_id({"S09"}, "S1") == "S10"
    assert [name for name, table in schema.tables().items() if table.id and not numbered(table)] == ["ceilings", "exits", "shared_keys", "prices"]


def test_every_row_of_the_samples_put_back_as_text_or_as_frame_makes_no_difference(sample: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(sample, tmp_path / sample.name, ignore=shutil.ignore_patterns("evidence"))
    draft = drafts.start(open_plan(folder))

    for name, rows in draft.tables.items():
        assert draft.put(name, rows.head(120)) == [] and draft.put(name, pd.DataFrame(draft.sheet(name).rows[-60:], columns=schema.tables()[name].columns)) == []

    assert (draft.steps, draft.problems()) == ([], [])
