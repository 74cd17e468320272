"""New plans: whole or not at all, and readable by other tools."""

from __future__ import annotations

import os
from pathlib import Path

import pandas as pd
import pytest
from conftest import FACTS
from frictionless import Package

from planning.model import create, files
from planning.model.errors import PlanningError, PlanProblems
from planning.model.plan import open_plan


def test_a_new_plan_keeps_what_was_given(tmp_path: Path) -> None:
    goals = pd.DataFrame({"goal": ["G1"], "name": ['A "quoted", {braced} name'], "weight": [1.0], "valid_from": [pd.Timestamp("2026-01-01")]})

    plan = open_plan(create.new_plan(tmp_path / "p", FACTS | {"library": 'The "Mill" \\ Library'}, {"goals": goals}))

    assert plan.library == 'The "Mill" \\ Library'
    assert plan.goals[["goal", "name", "weight"]].values.tolist() == [["G1", 'A "quoted", {braced} name', 1.0]]
    assert "goals" not in plan.missing


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("mine", encoding="utf-8")

    with pytest.raises(PlanningError, match="is not empty, and nothing in it was changed"):
        create.new_plan(tmp_path, FACTS)

    assert [path.name for path in tmp_path.iterdir()] == ["note.txt"]


def test_a_plan_that_would_have_problems_is_not_written(tmp_path: Path) -> None:
    with pytest.raises(PlanProblems, match="found 2"):
        create.new_plan(tmp_path / "p", FACTS, {"goals": pd.DataFrame({"goal": ["G1"], "name": ["Read"], "weight": [2.0], "valid_from": ["2026-01-01"]})})

    assert list(tmp_path.iterdir()) == []


def test_a_crash_while_writing_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "goals.csv"
    files.write_text(path, "old")
    monkeypatch.setattr(os, "fsync", lambda descriptor: (_ for _ in ()).throw(OSError("disk full")))

    with pytest.raises(OSError, match="disk full"):
        files.write_text(path, "new")

    assert path.read_text(encoding="utf-8") == "old"
    assert [found.name for found in tmp_path.iterdir()] == ["goals.csv"]


def test_the_samples_are_valid_data_packages_for_another_tool(sample: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(sample)
    package = Package("datapackage.json")
    for name in [resource.name for resource in package.resources if not (sample / resource.path).exists()]:
        package.remove_resource(name)

    report = package.validate()

    assert report.valid, report.flatten(["title", "message"])[:3]


def test_a_place_where_nothing_can_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "note").write_text("a file", encoding="utf-8")

    with pytest.raises(PlanningError, match=r"The plan cannot be written to .*note/plan.*Name a folder"):
        create.new_plan(tmp_path / "note" / "plan", FACTS)
