"""The commands: exit codes, messages, and nothing half written."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT

from planning import begin, cli
from planning.model.errors import UsageError


def test_a_plan_without_problems_leaves_with_0(sample: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["check", str(sample)]) == 0
    assert capsys.readouterr().out == f"{sample}: no problems.\n"


def test_problems_leave_with_1_and_no_traceback(empty_plan: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (empty_plan / "themes.csv").write_text("theme,name\nT1,\n", encoding="utf-8")

    assert cli.run(["check", str(empty_plan)]) == 1
    assert capsys.readouterr().err == (f"{empty_plan}: 1 problem in 1 file.\n"
                                       "  themes.csv, row 2, column name: found an empty cell. Allowed: text. Fill the cell, or remove the row.\n")


def test_json_is_json_and_nothing_else(empty_plan: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (empty_plan / "themes.csv").write_text("theme,name\nT1,\n", encoding="utf-8")

    assert cli.run(["check", str(empty_plan), "--json"]) == 1
    problems = json.loads(capsys.readouterr().out)["problems"]
    assert [(one["file"], one["row"], one["column"]) for one in problems] == [("themes.csv", 2, "name")]


@pytest.mark.parametrize(("words", "hint"), [
    (["reprot", "x"], "Did you mean 'report'"),
    (["report", "x", "--stepz", "1"], "--steps"),
    (["report"], "Missing argument 'DIR'"),
    (["new", "x", "--kind", "publik"], "'public', 'academic', 'corporate'"),
    (["report", "data/riverbend_public", "--steps", "8"], "write steps from 1 to 7"),
    (["report", "data/riverbend_public", "--steps", "3-1"], "the first step of a range comes first"),
    (["report", "data/riverbend_public", "--as-of", "soon"], "Write it as year, month and day"),
    (["new", "x", "--pls", "a.csv"], "--pls and --library go together"),
    (["new", "x", "--sample", "--pls", "a.csv", "--library", "WA0059"], "leave out --sample"),
])
def test_a_wrong_word_leaves_with_2_and_a_hint(words: list[str], hint: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)

    assert cli.run(words) == 2
    assert hint in capsys.readouterr().err


def test_every_wrong_parameter_is_named_at_once_with_the_nearest_name(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    words = ["report", str(ROOT / "data/riverbend_public"), "--steps", "1,2", "--out", str(tmp_path), "-p", "rateed=quality", "-p", "money=lots", "-p", "plan=x", "-p", "odd"]

    assert cli.run(words) == 2
    said = capsys.readouterr().err
    assert "-p rateed: no notebook has this parameter. Did you mean rated?" in said
    assert "-p money=lots: found 'lots'. Allowed for money: a number" in said
    assert "-p plan: this is set with planning report DIR." in said
    assert "-p odd: write it as NAME=VALUE." in said
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", ["check", "report"])
def test_a_missing_folder_leaves_with_1(command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run([command, str(tmp_path / "nowhere")]) == 1
    assert "There is no folder" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("kind", ["public", "academic", "corporate"])
def test_new_plans_pass_their_own_check(kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for more, name in ([], "empty"), (["--sample"], "sample"):
        assert cli.run(["new", str(tmp_path / name), "--kind", kind, *more]) == 0
        assert cli.run(["check", str(tmp_path / name)]) == 0


def test_new_leaves_a_folder_that_holds_something_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")

    assert cli.run(["new", str(tmp_path)]) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


@pytest.mark.parametrize(("key", "name"), [("WA0059", "King County Library System"), ("ID0046", "Idaho Falls Public"), ("AK0033", "Hope Sunrise Community Library")])
def test_a_real_library_starts_from_three_years_of_the_survey(key: str, name: str, survey: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = [str(survey / file) for file in ("PLS_FY17_AE_pud17i.csv", "pls_fy2016_libraries.csv", "pls_fy2018_libraries.csv")]

    assert cli.run(["new", str(tmp_path / "p"), "--pls", *files, "--library", key]) == 0
    assert cli.run(["check", str(tmp_path / "p")]) == 0
    assert f'library = "{name}"' in (tmp_path / "p" / "plan.toml").read_text(encoding="utf-8")
    years = {line.split(",")[0] for line in (tmp_path / "p" / "statistics.csv").read_text(encoding="utf-8").splitlines()[1:]}
    assert years == {"2016", "2017", "2018"}
    peers = {line.split(",")[0] for line in (tmp_path / "p" / "peers.csv").read_text(encoding="utf-8").splitlines()[1:]}
    assert len(peers) == 15 and key not in peers


def test_an_unknown_key_names_the_nearest_and_writes_nothing(survey: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["new", str(tmp_path / "p"), "--pls", str(survey / "PLS_FY17_AE_pud17i.csv"), "--library", "WA00599"]

    assert cli.run(words) == 1
    assert "WA0059" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_a_branch_file_in_place_of_the_library_file_is_named(survey: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["new", str(tmp_path / "p"), "--pls", str(survey / "PLS_FY17_Outlet_pud17i.csv"), "--library", "WA0059"]) == 1
    assert "PLS_FY17_Outlet_pud17i.csv" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("steps", ["7-1", "1-2,7-5", "0", "1,,2", "\uff11"])
def test_steps_that_are_none_or_run_backwards_are_refused(steps: str) -> None:
    with pytest.raises(UsageError, match="--steps"):
        cli.plan.numbers(steps)


def test_a_file_that_cannot_be_written_is_named_without_a_traceback(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device", "goals.csv")

    monkeypatch.setattr(begin, "empty", full)

    assert cli.run(["new", str(tmp_path / "p")]) == 1
    assert capsys.readouterr().err.startswith("goals.csv cannot be read or written: No space left on device.")


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")
def test_stopping_a_report_says_so_and_leaves_nothing_behind(tmp_path: Path, sign: signal.Signals) -> None:
    command = [sys.executable, "-m", "planning", "report", str(ROOT / "data" / "calder_research"), "--out", str(tmp_path / "out")]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler)) as running:
        assert "1 of 7" in running.stderr.readline()
        running.send_signal(sign)
        said = running.stderr.read()

    assert said.splitlines()[-1:] == ["Stopped; nothing was changed."] and "Traceback" not in said
    assert running.returncode == 130
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
def test_a_terminal_that_lacks_a_letter_gets_its_code(empty_plan: Path, encoding: str) -> None:
    (empty_plan / "themes.csv").write_text("theme,name\n\U0001f4da,x\n", encoding="utf-8")
    command = [sys.executable, "-m", "planning", "check", str(empty_plan)]

    done = subprocess.run(command, capture_output=True, env={**os.environ, "PYTHONIOENCODING": encoding}, check=False)

    assert done.returncode == 1 and b"found \\U0001f4da" in done.stderr
    assert json.loads(subprocess.run([*command, "--json"], capture_output=True, env={**os.environ, "PYTHONIOENCODING": encoding}, check=False).stdout)["problems"]


def test_a_report_says_which_page_to_open_and_what_moved_since_the_last(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["report", str(ROOT / "data/calder_research"), "--steps", "7", "--out", str(tmp_path)]

    assert cli.run(words) == 0
    first = capsys.readouterr().out
    assert cli.run(words) == 0
    again = capsys.readouterr().out

    page = tmp_path / "calder_research" / "2026-06-30" / "index.html"
    assert f"Open this page in a browser: {page}\n" in first and page.exists()
    assert "Since the report" not in first
    assert "no table changed. Not moved: step 7." in again
