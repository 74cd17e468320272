"""The command `planning workshop`: its sentences, its exit codes, its end."""

from __future__ import annotations

import re
import shutil
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT

from planning.cli import run

SAMPLE = ROOT / "data" / "calder_research"


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    """A copy of the corporate sample."""
    return Path(shutil.copytree(SAMPLE, tmp_path / "calder"))


@pytest.mark.parametrize(("options", "said"), [
    (["--start", "25:00"], "25:00 is no time of day"),
    (["--start", "23:00"], "past midnight"),
    (["--path", "whole-year"], "half-day"),
    (["--address", "library.example"], "--address goes with --network"),
    (["--hours", "0"], "--hours"),
    (["--port", "70000"], "--port"),
    (["--netwrok"], "--network"),
])
def test_what_is_used_wrongly_is_told_with_exit_code_2(plan: Path, options: list[str], said: str, capsys: pytest.CaptureFixture) -> None:
    assert run(["workshop", str(plan), "--no-browser", *options]) == 2

    assert said in capsys.readouterr().err


def test_every_problem_of_the_plan_is_listed_before_anything_is_started(plan: Path, capsys: pytest.CaptureFixture) -> None:
    goals = plan / "goals.csv"
    goals.write_text(goals.read_text(encoding="utf-8").replace("G1,", "G1,,", 1), encoding="utf-8")

    assert run(["workshop", str(plan), "--no-browser"]) == 1

    error = capsys.readouterr().err
    assert "goals.csv" in error and "problem" in error
    assert not (plan / "ballots.sqlite").exists()


def test_no_plan_and_a_port_in_use_are_plain_sentences_with_exit_code_1(plan: Path, capsys: pytest.CaptureFixture) -> None:
    assert run(["workshop", str(plan / "nothing"), "--no-browser"]) == 1
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert run(["workshop", str(plan), "--no-browser", "--port", str(port)]) == 1

    error = capsys.readouterr().err
    assert f"Port {port} cannot be used" in error and "Traceback" not in error


def children(pid: int) -> set[int]:
    """The programs that a program started, and those that they started."""
    listed = subprocess.run(["ps", "-eo", "pid=,ppid="], capture_output=True, text=True, check=True).stdout.split()
    parents = dict(zip(map(int, listed[::2]), map(int, listed[1::2])))
    found: set[int] = set()
    while more := {child for child, parent in parents.items() if parent in found | {pid}} - found:
        found |= more
    return found


@pytest.mark.skipif(not shutil.which("ps"), reason="ps is not on the path")
@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGINT], ids=["SIGTERM", "Ctrl+C"])
def test_the_workshop_tells_its_addresses_and_ends_cleanly(plan: Path, tmp_path: Path, end: signal.Signals) -> None:
    room = subprocess.Popen([sys.executable, "-m", "planning", "workshop", str(plan), "--no-browser"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=tmp_path)
    try:
        lines = []
        while not lines or "Ctrl+C" not in lines[-1]:
            line = room.stdout.readline()
            assert line, room.stderr.read()
            lines.append(line)
        started = children(room.pid)
        room.send_signal(end)
        _, error = room.communicate(timeout=60)
    finally:
        room.kill()
        room.wait()

    text = "".join(lines)
    assert re.search(r"http://127\.0\.0\.1:\d+/[0-9a-f]{40}/home", text) and re.search(r"with the code \w{6}", text)
    assert started and not [pid for pid in started if alive(pid)]
    assert room.returncode == 130
    assert "The workshop has ended" in error and "Traceback" not in error


def alive(pid: int) -> bool:
    return bool(subprocess.run(["ps", "-p", str(pid), "-o", "pid="], capture_output=True, text=True, check=False).stdout.strip())
