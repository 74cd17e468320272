"""The command that writes an agenda, and what it says when it is used wrongly."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import ROOT

from planning import cli

PLAN = str(ROOT / "data" / "northfield_university")


def test_an_agenda_is_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "agenda.html"

    assert cli.run(["export", "agenda", PLAN, str(path), "--path", "four-meetings", "--start", "16:30"]) == 0
    assert capsys.readouterr().out == f"The agenda is {path}. For one sheet for the room, add --room.\n"
    assert "16:30 to 18:30" in path.read_text(encoding="utf-8")


def test_the_sheet_for_the_room_is_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "room.html"

    assert cli.run(["export", "agenda", PLAN, str(path), "--room"]) == 0
    assert capsys.readouterr().out == f"The agenda is {path}. It prints on one sheet.\n"


def test_a_plan_without_goals_has_an_agenda_that_says_what_to_bring(empty_plan: Path, tmp_path: Path) -> None:
    assert cli.run(["export", "agenda", str(empty_plan), str(tmp_path / "a.html")]) == 0
    assert "Bring the goals of the Board of Trustees first" in (tmp_path / "a.html").read_text(encoding="utf-8")


def test_a_file_that_is_there_is_written_over_only_by_force(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "mine.html"
    path.write_text("mine", encoding="utf-8")

    assert cli.run(["export", "agenda", PLAN, str(path)]) == 1
    assert "is there already, and was left as it is. Choose another name, or add --force" in capsys.readouterr().err
    assert path.read_text(encoding="utf-8") == "mine"
    assert cli.run(["export", "agenda", PLAN, str(path), "--force"]) == 0
    assert "Northfield" in path.read_text(encoding="utf-8")


@pytest.mark.parametrize(("words", "said"), [
    (["a.html", "--path", "halfday"], "There is no path halfday through the steps. Did you mean half-day?"),
    (["a.html", "--path", "week"], "Allowed: half-day, full-day, four-meetings, step-1"),
    (["a.html", "--start", "25:00"], "25:00 is no time of day. Write hours and minutes from 00:00 to 23:59, such as 09:00."),
    (["a.html", "--start", "22:00"], "A meeting of 210 minutes that begins at 22:00 would go past midnight. Begin at 20:29 or before."),
    (["agenda.pdf"], "agenda.pdf: the page's name ends in .html, such as agenda.html."),
])
def test_words_that_do_not_fit_are_answered_with_those_that_do(words: list[str], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(tmp_path)

    assert cli.run(["export", "agenda", PLAN, *words]) == 2
    assert said in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
