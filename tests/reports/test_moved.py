"""What moved since the report that was made before in the same place."""

from __future__ import annotations

import json
from pathlib import Path

from planning.reports import moved

NOW = {"inputs": {"goals.csv": "b", "needs.csv": "n"}, "results": {"1_goals.csv": "2", "1_needs.csv": "1", "2_sheet.csv": "7", "3_new.csv": "9"}}


def last(folder: Path, **manifest: object) -> Path:
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    return folder


def test_changed_tables_and_results_are_counted_by_step(tmp_path: Path) -> None:
    old = last(tmp_path, made="2026-07-01T09:30:00+00:00", inputs={"goals.csv": "a", "needs.csv": "n"}, results={"1_goals.csv": "1", "1_needs.csv": "1", "2_sheet.csv": "7"})

    found = moved.since(old, NOW)

    assert found["inputs"] == ["goals.csv"]
    assert found["steps"] == {"1": {"changed": 1, "all": 2}, "2": {"changed": 0, "all": 1}, "3": {"changed": 1, "all": 1}}
    assert moved.told(found) == ("Since the report made on 2026-07-01 at 09:30, goals.csv changed. "
                                 "Moved: step 1 (1 of 2 results), step 3 (1 of 1 results). Not moved: step 2.")


def test_nothing_is_said_without_a_last_report_or_with_one_that_cannot_be_read(tmp_path: Path) -> None:
    assert moved.told(moved.since(tmp_path, NOW)) == ""
    (tmp_path / "manifest.json").write_text("{", encoding="utf-8")
    assert moved.told(moved.since(tmp_path, NOW)) == ""
    assert moved.told(moved.since(last(tmp_path, made=3), NOW)) == ""


def test_the_same_inputs_move_nothing(tmp_path: Path) -> None:
    old = last(tmp_path, made="2026-07-01T09:30:00+00:00", **NOW)

    assert moved.told(moved.since(old, NOW)) == "Since the report made on 2026-07-01 at 09:30, no table changed. Not moved: steps 1, 2, 3."
