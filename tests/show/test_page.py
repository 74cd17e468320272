"""A page: what it says when tables are missing, what it keeps, and that wrong sums stop it."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pandas as pd
import pytest
from matplotlib.figure import Figure

from planning.model.errors import PlanningError, UsageError
from planning.model.plan import open_plan
from planning.show.page import Page, open_page
from planning.show.records import Chart, Column, Finding, Table


@pytest.fixture
def page(empty_plan: Path) -> Page:
    return open_page(open_plan(empty_plan), step=3)


def goals(rows: pd.DataFrame) -> Table:
    return Table("goals", rows, (Column("name", "Goal"),), "Goals")


def test_a_missing_table_is_named_with_what_it_would_add(page: Page, capsys: pytest.CaptureFixture[str]) -> None:
    page.show(goals, pd.DataFrame(), uses="goals alignment")

    said = capsys.readouterr().out
    assert "goals.csv is empty or missing. With it, this section would say which goals count most" in said
    assert "alignment.csv is empty or missing." in said


def test_kept_files_are_named_after_the_step_and_hold_every_row(page: Page, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page.brief(Finding("Goals stand, and hold", "good", "counted", ("goals",)))
    page.show(goals, pd.DataFrame({"name": ["Read", None], "weight": [0.5, 1 / 3]}), uses="goals")
    page.keep(tmp_path / "out")

    assert (tmp_path / "out/results/3_goals.csv").read_text(encoding="utf-8") == "name,weight\nRead,0.5\n,0.3333333333\n"
    assert list(csv.DictReader((tmp_path / "out/results/3_findings.csv").open(encoding="utf-8"))) == [
        {"step": "3", "finding": "Goals stand, and hold", "tone": "good", "grade": "counted", "rests_on": "goals"}]
    record = json.loads((tmp_path / "out/record/3.json").read_text(encoding="utf-8"))
    assert record["items"] == [{"name": "3_goals", "form": "table", "title": "Goals"}]


def test_hidden_rows_are_counted_in_the_record(page: Page, capsys: pytest.CaptureFixture[str]) -> None:
    page.show(goals, pd.DataFrame({"name": ["A", "B", "C"], "hidden": [True, False, True]}), uses="goals")

    assert page.record()["hidden"] == {"3_goals": 2}


def test_a_folded_table_is_kept_like_any_other_and_nothing_stands_where_there_is_none(page: Page, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    page.fold(goals, pd.DataFrame())
    assert capsys.readouterr().out == ""

    page.fold(goals, pd.DataFrame({"name": ["Read"]}))

    assert "Goals\\nGoal\\nRead" in capsys.readouterr().out
    assert [item["name"] for item in page.record()["items"]] == ["3_goals"]


def test_without_a_folder_nothing_is_kept_and_the_page_says_so(page: Page, capsys: pytest.CaptureFixture[str]) -> None:
    page.keep("")

    assert "Nothing was kept." in capsys.readouterr().out


def test_sums_that_do_not_agree_stop_the_page(page: Page, capsys: pytest.CaptureFixture[str]) -> None:
    checks = pd.DataFrame([["All is one", 1.0, 1.0], ["Half is one", 1.0, 0.5]], columns=["check", "expected", "found"])

    with pytest.raises(PlanningError, match="Half is one"):
        page.checks(checks)


@pytest.mark.parametrize(("value", "said"), [("qualty", "Allowed: relevance or quality. Did you mean quality?"), (3, "Allowed: relevance or quality")])
def test_a_parameter_that_is_none_of_the_allowed_words_is_refused(page: Page, value: object, said: str) -> None:
    with pytest.raises(UsageError, match="The parameter rated is") as error:
        page.parameter("rated", value, allowed=("relevance", "quality"))

    assert said in str(error.value)


@pytest.mark.parametrize("value", [1.2, -0.1, "0.5", True])
def test_a_number_out_of_range_or_of_another_kind_is_refused(page: Page, value: object) -> None:
    with pytest.raises(UsageError, match="a number from 0 to 1"):
        page.parameter("cut", value, low=0, high=1)


def test_a_number_with_a_fraction_is_refused_where_whole_ones_are_asked_for(page: Page) -> None:
    page.parameter("days", 30, low=0, whole=True)
    with pytest.raises(UsageError) as error:
        page.parameter("days", 2.5, low=0, whole=True)

    assert str(error.value) == "The parameter days is 2.5. Allowed: a number of 0 or more, without a fraction."


def test_a_page_of_an_invented_library_says_so(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    open_page(open_plan(root / "data/calder_research"), step=1)

    assert "This library is invented; so is every figure about it." in capsys.readouterr().out


def test_what_is_shown_only_where_there_is_something_leaves_no_notice(page: Page, capsys: pytest.CaptureFixture[str]) -> None:
    page.also(goals, pd.DataFrame(), uses="goals")
    assert capsys.readouterr().out == ""

    page.also(goals, pd.DataFrame({"name": ["Reading"]}), uses="goals")
    assert "Reading" in capsys.readouterr().out


def test_a_brief_shows_six_findings_and_keeps_the_rest(page: Page, capsys: pytest.CaptureFixture[str]) -> None:
    page.brief([Finding(f"Finding {n}.") for n in range(1, 9)])

    said = capsys.readouterr().out
    assert "Finding 6." in said and "Finding 7." not in said
    assert len(page.findings_table()) == 8


def test_a_chart_and_a_table_of_one_name_are_refused_since_one_would_be_kept_in_place_of_the_other(page: Page) -> None:
    rows = pd.DataFrame({"goal": ["G1"]})
    named = Table("both", rows, (Column("goal", "Goal"),), "Goals")
    page.fold(lambda rows: named, rows)

    with pytest.raises(ValueError, match="3_both: a chart and a table bear this name"):
        page.show(lambda rows: Chart(Figure(), Finding("Nothing", "plain"), "Nothing", "", "", named), rows, uses="goals")
