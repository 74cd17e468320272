"""The command that writes an agreement's page, and what it says when it is used wrongly."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import ROOT

from planning import cli

PLAN = str(ROOT / "data" / "riverbend_public")


def test_the_page_of_an_agreement_is_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "AG01.html"

    assert cli.run(["export", "agreement", PLAN, "AG01", str(path)]) == 0
    assert capsys.readouterr().out == f"The page is {path}. It prints on one sheet.\n"
    assert "Summer challenge sign-up at the school gate" in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("words", [[], ["--blank"]])
def test_without_an_id_the_form_is_empty(tmp_path: Path, words: list[str]) -> None:
    assert cli.run(["export", "agreement", PLAN, str(tmp_path / "empty.html"), *words]) == 0
    assert "Agreement on:" in (tmp_path / "empty.html").read_text(encoding="utf-8")


def test_a_file_that_is_there_is_written_over_only_by_force(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "mine.html"
    path.write_text("mine", encoding="utf-8")

    assert cli.run(["export", "agreement", PLAN, "AG01", str(path)]) == 1
    assert "is there already, and was left as it is. Choose another name, or add --force" in capsys.readouterr().err
    assert path.read_text(encoding="utf-8") == "mine"
    assert cli.run(["export", "agreement", PLAN, "AG01", str(path), "--force"]) == 0
    assert "Riverbend" in path.read_text(encoding="utf-8")


@pytest.mark.parametrize(("words", "said"), [
    (["AG1", "x.html"], "There is no agreement AG1 in agreements.csv. Did you mean AG01, “Summer challenge sign-up at the school gate”?"),
    (["ag08", "x.html"], "Did you mean AG08, “Care of the photograph collection”?"),
    (["library", "x.html"], "There is no agreement library in agreements.csv. Allowed: AG01, AG02,"),
    (["AG01"], "AG01: the page's name ends in .html, such as AG01.html."),
    (["AG01", "AG02", "x.html"], "takes one agreement and one file, and found AG01 AG02"),
    (["AG01", "x.html", "--blank"], "--blank writes an empty form: leave out AG01, or leave out --blank."),
])
def test_words_that_do_not_fit_are_answered_with_those_that_do(words: list[str], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(tmp_path)

    assert cli.run(["export", "agreement", PLAN, *words]) == 2
    assert said in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_a_plan_without_agreements_says_so(empty_plan: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["export", "agreement", str(empty_plan), "AG01", str(tmp_path / "x.html")]) == 2
    assert "This plan has no agreements yet" in capsys.readouterr().err
