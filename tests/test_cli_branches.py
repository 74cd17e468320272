"""planning import series --to branches: exit codes, what is told, and nothing half written."""

from __future__ import annotations

from pathlib import Path

import pytest

from planning import cli

LOANS = "branch,january,february,ytd\nEast branch,120,100,220\nWest branch,30,0,30\n"


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    path = tmp_path / "2025_loans.csv"
    path.write_text(LOANS, encoding="utf-8")
    return path


def held(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file() and path.name != ".planning.lock"}


def test_branches_are_kept_and_a_second_time_changes_nothing(empty_plan: Path, sheet: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["import", "series", str(sheet), "--into", str(empty_plan), "--to", "branches:Loans"]

    assert cli.run(words) == 0
    assert capsys.readouterr().out == (
        "2025_loans.csv: 4 cells read; sums left out: ytd.\n"
        "Kept apart: 2 branches, 0 of them in the plan already; between 2 and 2 of them report in a period.\n"
        "Closed together, since most branches show 0: 2025-02 (1 of 2).\n"
        "branches.csv: 2 rows new, 0 changed, 0 as they were.\nbranch_values.csv: 4 rows new, 0 changed, 0 as they were.\n"
        "Kept untouched: evidence/2025_loans.csv.\n")
    assert (empty_plan / "branches.csv").read_text(encoding="utf-8") == "branch,name,opened,closed\nB01,East branch,,\nB02,West branch,,\n"
    assert (empty_plan / "evidence" / "branch_labels.csv").read_text(encoding="utf-8") == "label,branch\nEast branch,B01\nWest branch,B02\n"

    before = held(empty_plan)
    assert cli.run(words) == 0
    assert "branch_values.csv: 0 rows new, 0 changed, 4 as they were." in capsys.readouterr().out
    assert held(empty_plan) == before
    assert cli.run(["check", str(empty_plan)]) == 0


def test_a_close_name_leaves_with_2_asks_and_writes_nothing_and_the_answer_is_taken(empty_plan: Path, sheet: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["import", "series", str(sheet), "--into", str(empty_plan), "--to", "branches:Loans"]
    cli.run(words)
    later = tmp_path / "2026_loans.csv"
    later.write_text("branch,january,february\nEast brnach,90,80\nWest branch,20,10\n", encoding="utf-8")
    before, words = held(empty_plan), [*words[:2], str(later), *words[3:]]
    capsys.readouterr()

    assert cli.run(words) == 2
    assert 'Is "East brnach" the branch "East branch"? --branch "East brnach=B01", or --branch "East brnach=new"' in capsys.readouterr().err
    assert held(empty_plan) == before
    assert cli.run([*words, "--branch", "East brnach=B01"]) == 0
    assert "B01,Loans,2026-01,90\n" in (empty_plan / "branch_values.csv").read_text(encoding="utf-8")


@pytest.mark.parametrize(("options", "code", "said"), [
    (["--to", "branchs:Loans"], 2, "Did you mean branches:Loans?"), (["--to", "branches:"], 2, "branches:MEASURE"), (["--to", "statistics:visits", "--branch", "East=new"], 2, "--names and --branch go with"),
    (["--to", "branches:Loans", "--only", "East brnch"], 2, "Did you mean East branch?"), (["--to", "branches:Loans", "--names", "gone.csv"], 1, "gone.csv cannot be opened"),
])
def test_wrong_options_are_named_and_nothing_is_written(empty_plan: Path, sheet: Path, options: list[str], code: int, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    before = held(empty_plan)

    assert cli.run(["import", "series", str(sheet), "--into", str(empty_plan), *options]) == code
    assert said in capsys.readouterr().err
    assert held(empty_plan) == before
