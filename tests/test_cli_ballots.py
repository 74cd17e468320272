"""planning export ballots and planning import ballots: what is written, what is told, exit codes, and nothing half taken."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from planning import cli
from planning.model.ballots.forms import Option
from planning.model.ballots import Ballots

AB = (Option("A", "Loans"), Option("B", "Rooms"))


@pytest.fixture
def plan(empty_plan: Path) -> Path:
    """A plan with an open round R1 of points, asked of two groups, and R2 of pairs, prepared."""
    ballots = Ballots(empty_plan)
    ballots.start_meeting()
    ballots.prepare(step=1, form="points", question="What counts?", options=AB, groups=("staff", "patrons"))
    ballots.prepare(step=1, form="pairs", question="Which more?", options=AB)
    ballots.open("R1")
    ballots.close()
    return empty_plan


def exported(plan: Path, out: Path, *words: str) -> int:
    return cli.run(["export", "ballots", str(plan), str(out), *words])


def brought(plan: Path, file: Path) -> int:
    return cli.run(["import", "ballots", str(file), "--into", str(plan)])


def typed(sheet: Path, *lines: str) -> Path:
    """The sheet with these lines typed in, after its headings."""
    sheet.write_text("\n".join([sheet.read_text(encoding="utf-8-sig").splitlines()[0], *lines]), encoding="utf-8-sig")
    return sheet


def test_ballots_are_printed_typed_in_and_counted(plan: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert exported(plan, tmp_path / "out", "--copies", "3") == 0
    assert [line.rsplit("/")[-1] for line in capsys.readouterr().out.splitlines()[:4]] == ["R1_ballots.html", "R1_entry.csv", "R2_ballots.html", "R2_entry.csv"]

    assert brought(plan, typed(tmp_path / "out" / "R1_entry.csv", "R1,1,staff,60,40", "R1,2,Patrons,100,", "R1,3,,,")) == 0

    assert "R1: 2 ballots on paper were taken; with them 2 have voted." in capsys.readouterr().out
    ballots = Ballots(plan)
    ballots.close_round("R1")
    assert sorted(ballots.votes("R1")[["group", "option", "value"]].values.tolist()) == [["patrons", "A", 100.0], ["patrons", "B", 0.0], ["staff", "A", 60.0], ["staff", "B", 40.0]]
    assert not (plan / "evidence").exists() or not list((plan / "evidence").glob("*entry*"))


def test_pairs_are_typed_with_a_minus_for_the_second(plan: Path, tmp_path: Path) -> None:
    exported(plan, tmp_path / "out", "--round", "R2")

    assert brought(plan, typed(tmp_path / "out" / "R2_entry.csv", "R2,1,-4", "R2,2,1/2", "R2,3,9")) == 0

    ballots = Ballots(plan)
    ballots.open("R2")
    ballots.close_round("R2")
    assert sorted(ballots.votes("R2")["value"]) == [0.25, 0.5, 9.0]


def test_every_problem_of_a_sheet_is_told_and_none_of_it_is_taken(plan: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    exported(plan, tmp_path / "out")
    sheet = typed(tmp_path / "out" / "R1_entry.csv", "R1,1,staff,60,40", "R1,2,staff,60,50", "R1,3,board,60,40", "R1,4,staff,many,1", "R1,1,staff,1,99", "R1,,staff,1,99")

    assert brought(plan, sheet) == 1

    said = capsys.readouterr().err
    assert "R1_entry.csv: 5 problems in 1 sheet; nothing was taken from it." in said
    for part in ("row 3: The points add up to 110", "row 4: Nobody is asked as board", "row 5: Found many, where a number is expected", "row 6, column paper: found the paper 1 a second time", "row 7, column paper: found no number"):
        assert part in said
    assert Ballots(plan).count("R1") == 0


@pytest.mark.parametrize("text, said", [
    ("name,vote\nA,1\n", "found no such heading"), ("round,paper,A\n", "found no ballot that is filled in"), ("", "an empty file"), ("round,paper,Aa [A],B\nR9,1,5,95\n", "There is no round R9"),
    ("round,paper,Z,B\nR1,1,5,95\n", "found a heading that is not on the ballot R1"), ("round;paper;A;B\nR1;1;5;95\n", "columns separated by semicolons")])
def test_a_sheet_of_another_shape_is_refused_in_words(plan: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, said: str) -> None:
    (tmp_path / "sheet.csv").write_text(text, encoding="utf-8")

    assert brought(plan, tmp_path / "sheet.csv") == 1
    assert said in capsys.readouterr().err and Ballots(plan).count("R1") == 0


def test_another_devices_votes_come_in_with_an_account_of_them(plan: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = Ballots(shutil.copytree(plan, tmp_path / "other"))
    other.cast("R1", "token-001", {"A": 100}, "staff")
    other.prepare(step=1, form="ideas", question="What is new?")
    other.open("R3")
    other.cast("R3", "token-001", [{"text": "A quiet room"}])
    other.close()

    assert brought(plan, tmp_path / "other") == 0

    said = capsys.readouterr().out
    assert "Votes: 1 new, 0 in place of an earlier one, 0 that were here already. Rounds: R1, R2." in said
    assert "1 vote stayed out, since this plan does not know its round: “What is new?”. Prepare rounds on one device" in said
    assert Ballots(plan).count("R1") == 1


def test_files_that_cannot_be_used_leave_with_1_and_a_sentence(plan: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "noise.sqlite").write_bytes(b"noise" * 999)

    assert [brought(plan, tmp_path / "noise.sqlite"), brought(plan, tmp_path / "gone.sqlite"), brought(plan, tmp_path / "gone.csv")] == [1, 1, 1]
    said = capsys.readouterr().err
    assert "no file of votes" in said and "There is no file" in said and "cannot be opened" in said


def test_ballots_that_are_there_are_not_written_over(plan: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert exported(plan, tmp_path / "out") == 0
    assert exported(plan, tmp_path / "out") == 1
    assert "add --force to write over them" in capsys.readouterr().err
    assert exported(plan, tmp_path / "out", "--force", "--first", "31") == 0
    assert (tmp_path / "out" / "R1_entry.csv").read_text(encoding="utf-8-sig").splitlines()[1].startswith("R1,31,")


def test_there_is_a_sentence_where_nothing_can_be_printed(plan: Path, empty_plan: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ballots = Ballots(plan)
    ballots.close_round("R1")

    assert exported(plan, tmp_path / "a", "--round", "R1") == 1 and exported(plan, tmp_path / "a", "--round", "R7") == 1
    assert exported(plan, tmp_path / "a", "--copies", "0") == 2
    said = capsys.readouterr().err
    assert "R1 is closed, so no new ballots are printed for it" in said and "There is no round R7" in said and not (tmp_path / "a").exists()
