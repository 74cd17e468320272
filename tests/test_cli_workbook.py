"""The commands that send a plan out as a workbook and bring it back."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from planning import cli


@pytest.fixture
def plan(empty_plan: Path) -> Path:
    (empty_plan / "themes.csv").write_text("theme,name,definition\nT1,Rooms,\nT2,Hours,\n", encoding="utf-8")
    return empty_plan


@pytest.fixture
def workbook(plan: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """The plan's workbook."""
    assert cli.run(["export", "workbook", str(plan), str(plan.parent / "out" / "mill.xlsx")]) == 0
    capsys.readouterr()
    return plan.parent / "out" / "mill.xlsx"


def edited(workbook: Path) -> Path:
    book = load_workbook(workbook)
    book["themes"].delete_rows(2)
    book["themes"]["B2"].value = "Opening hours"
    book["themes"]["A4"].value, book["themes"]["B4"].value = "T3", "Noise"
    book["plan"]["B4"].value = "Council"
    book.save(workbook)
    return workbook


def test_a_workbook_is_written_and_what_to_do_with_it_is_said(plan: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = plan.parent / "mill.xlsx"

    assert cli.run(["export", "workbook", str(plan), str(path)]) == 0
    assert path.exists()
    assert capsys.readouterr().out == f"The workbook is {path}.\nWhen it comes back: planning import workbook {path} --into {plan} --dry-run\n"


def test_a_file_that_is_there_is_written_over_only_by_force(plan: Path, workbook: Path, capsys: pytest.CaptureFixture[str]) -> None:
    workbook.write_text("mine", encoding="utf-8")

    assert cli.run(["export", "workbook", str(plan), str(workbook)]) == 1
    assert "is there already, and was left as it is. Choose another name, or add --force" in capsys.readouterr().err
    assert workbook.read_text(encoding="utf-8") == "mine"
    assert cli.run(["export", "workbook", str(plan), str(workbook), "--force"]) == 0
    assert workbook.read_bytes().startswith(b"PK")


def test_another_ending_is_answered_with_the_right_one(plan: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["export", "workbook", str(plan), str(plan.parent / "mill.xls")]) == 2
    assert "the workbook's name ends in .xlsx, such as mill.xlsx" in capsys.readouterr().err


def test_a_dry_run_shows_what_would_change_and_writes_nothing(plan: Path, workbook: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["import", "workbook", str(edited(workbook)), "--into", str(plan), "--dry-run"]) == 0

    assert capsys.readouterr().out == ("plan.toml: leadership changed.\n"
                                       "themes.csv: new 1 (T3), changed 1 (T2), removed 1 (T1), as they were 0.\n"
                                       "Every other table is as it was.\n"
                                       "Nothing was written. Without --dry-run it is brought in.\n")
    assert (plan / "themes.csv").read_text(encoding="utf-8") == "theme,name,definition\nT1,Rooms,\nT2,Hours,\n"
    assert not (plan / "evidence/mill.xlsx").exists()


def test_a_workbook_is_brought_in_and_kept(plan: Path, workbook: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["import", "workbook", str(edited(workbook)), "--into", str(plan)]) == 0

    assert capsys.readouterr().out.endswith("Kept untouched: evidence/mill.xlsx.\n")
    assert (plan / "themes.csv").read_text(encoding="utf-8") == "theme,name,definition\nT2,Opening hours,\nT3,Noise,\n"
    assert (plan / "evidence/mill.xlsx").read_bytes() == workbook.read_bytes()
    assert "mill.xlsx" in (plan / "evidence/receipts.csv").read_text(encoding="utf-8")


def test_a_workbook_that_changes_nothing_says_so(plan: Path, workbook: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["import", "workbook", str(workbook), "--into", str(plan), "--dry-run"]) == 0
    assert capsys.readouterr().out.startswith("The workbook changes nothing.\n")


def test_what_cannot_be_taken_leaves_with_1_and_nothing_is_kept(plan: Path, workbook: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = load_workbook(workbook)
    book["themes"]["B2"].value = "=A2"
    book.save(workbook)

    assert cli.run(["import", "workbook", str(workbook), "--into", str(plan)]) == 1
    assert "sheet themes, row 2, column name: found the formula =A2." in capsys.readouterr().err
    assert not (plan / "evidence/mill.xlsx").exists()


def test_a_file_that_is_not_there_is_said(plan: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["import", "workbook", str(plan / "gone.xlsx"), "--into", str(plan)]) == 1
    assert "There is no file" in capsys.readouterr().err
