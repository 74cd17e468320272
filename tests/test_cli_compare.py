"""The command planning compare: what it prints and writes, and every refusal."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from compare_plans import GOALS, mill

from planning import cli


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    """The folder of a small plan."""
    return mill(tmp_path / "mill").folder


def test_a_set_weight_prints_every_step_with_the_reasons(plan: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["compare", str(plan), "--set", "goals.G1.weight=0.2"]) == 0

    out = capsys.readouterr().out
    assert "Weight of “Every child reads”: from 60.0% to 20.0%." in out
    assert "Job desk: 2 to 1 (1 place up)" in out
    assert "Step 4, Evaluation: nothing moves, since none of the results compared here rests on the weights of the goals." in out


def test_json_is_json_and_nothing_else(plan: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["compare", str(plan), "--set", "plan.money_ceiling=*0.5", "--json"]) == 0

    found = json.loads(capsys.readouterr().out)
    assert found["settings"] == ["plan.money_ceiling=*0.5"]
    assert {"step", "kind", "item", "item_name", "before", "after", "change", "why"} <= set(found["moves"][0])
    assert [one["step"] for one in found["steps"]] == [1, 2, 3, 4, 5, 6, 7]


def test_the_page_stands_alone_and_holds_every_move(plan: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["compare", str(plan), "--set", "goals.G1.weight=0.2", "--out", str(tmp_path / "out")]) == 0
    capsys.readouterr()

    page = (tmp_path / "out" / "comparison.html").read_text(encoding="utf-8")
    moves = json.loads((tmp_path / "out" / "moves.json").read_text(encoding="utf-8"))["moves"]
    assert "http" not in page.replace("http://www.w3.org", "") and "<script" not in page
    assert all(f">{one['why']}</td>" in page.replace("&#x27;", "'") for one in moves)
    assert len((tmp_path / "out" / "moves.csv").read_text(encoding="utf-8").splitlines()) == len(moves) + 1
    assert page.count("<h2") == 10  # changed, brief, seven steps, how to read


def test_where_the_page_cannot_be_written_nothing_is(plan: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")

    assert cli.run(["compare", str(plan), "--set", "goals.G1.weight=0.2", "--out", str(tmp_path / "file")]) == 1
    assert "is a file, so no page can be put there" in capsys.readouterr().err


def test_a_file_in_place_of_the_folder_is_named_before_anything_is_computed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")

    assert cli.run(["compare", str(tmp_path / "no plan"), "--set", "goals.G1.weight=0.2", "--out", str(tmp_path / "file" / "deeper")]) == 1
    assert f"{tmp_path / 'file'} is a file" in capsys.readouterr().err


def test_a_plan_beside_itself_differs_in_nothing(plan: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["compare", str(plan), str(plan)]) == 0
    assert "Nothing differs: every table and every fact is the same on both sides." in capsys.readouterr().out


def test_two_plans_with_other_goals_go_on_with_what_they_share(plan: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = mill(tmp_path / "other", goals=GOALS.replace("People find work", "A green library")).folder

    assert cli.run(["compare", str(plan), str(other)]) == 0
    out = " ".join(capsys.readouterr().out.split())
    assert "“People find work” (G2) is in force only in the first plan. No goal of the other plan has a name like it." in out
    assert "Two plans of Mill Library" in out


def test_two_plans_without_a_common_goal_are_refused(plan: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = mill(tmp_path / "other", goals=GOALS.replace("People find work", "A green library").replace("Every child reads", "Money well used")).folder

    assert cli.run(["compare", str(plan), str(other)]) == 1
    assert "no goal in force stands in both" in capsys.readouterr().err


def test_two_dates_compare_one_plan(plan: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["compare", str(plan), "--as-of", "2025-06-30", "--as-of", "2026-01-31"]) == 0
    out = capsys.readouterr().out
    assert "What moved from 30 June 2025 to 31 January 2026?" in out
    assert "Attendance: 100 people to 150 people" in out


@pytest.mark.parametrize(("extra", "code", "words"), [
    ([], 2, "Nothing is asked"),
    (["--as-of", "2026-01-31"], 2, "Nothing is asked"),
    (["--set", "goals.G1.wieght=1"], 2, "Did you mean weight?"),
    (["--set", "x"], 2, "write table.row.column=value"),
    (["--as-of", "2020-01-01", "--as-of", "2026-01-31"], 1, "no goal of Mill Library was in force; the first one is from 2025-01-01 on"),
    (["--as-of", "soon", "--as-of", "2026-01-31"], 2, "Write it as year, month and day"),
    (["--as-of", "2025-06-30", "--as-of", "2026-01-31", "--set", "goals.G1.weight=1"], 2, "--as-of is given once, or twice"),
    (["DIR_B", "--set", "goals.G1.weight=1"], 2, "not both"),
    (["DIR_B", "DIR_C"], 2, "takes one plan or two, and found 3"),
    (["DIR_B"], 1, "There is no folder DIR_B"),
])
def test_a_wrong_use_is_refused_in_words(extra: list[str], code: int, words: str, plan: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["compare", str(plan), *extra]) == code
    assert words in capsys.readouterr().err
