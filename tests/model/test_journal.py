"""Files that are written together are all old or all new, wherever the machine stops."""

from __future__ import annotations

import datetime as dt
import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pandas as pd
import pytest

from planning.model import create, door, drafts, journal, keeping
from planning.model.errors import PlanningError
from planning.model.plan import open_plan

OLD, NEW = {"a.txt": b"old a", "b.txt": b"old b"}, {"a.txt": b"new a", "b.txt": b"new b", "evidence/c.txt": b"new c"}
FACTS = {"library": "Mill", "kind": "public", "leadership": "Board", "as_of": dt.date(2026, 6, 30), "currency": "USD"}
STOPS = """
import os, sys
from pathlib import Path
from planning.model import journal
folder, stop = Path(sys.argv[1]), int(sys.argv[2])
done = [0]
def stopping(real):
    def step(*args, **kwargs):
        if done[0] == stop:
            os._exit(9)
        done[0] += 1
        return real(*args, **kwargs)
    return step
Path.replace, Path.unlink = stopping(Path.replace), stopping(Path.unlink)
with journal.alone(folder):
    journal.write(folder, {"a.txt": b"new a", "b.txt": b"new b", "evidence/c.txt": b"new c"})
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, content in OLD.items():
        (tmp_path / name).write_bytes(content)
    return tmp_path


def held(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file() and path.name != journal.LOCK}


def test_files_are_written_together_and_nothing_is_left_beside(folder: Path) -> None:
    journal.write(folder, NEW)

    assert held(folder) == NEW


def test_wherever_the_writing_stops_all_files_are_old_or_all_are_new(folder: Path) -> None:
    seen = set()
    for stop in range(8):
        for name in held(folder):
            (folder / name).unlink()
        for name, content in OLD.items():
            (folder / name).write_bytes(content)
        code = subprocess.run([sys.executable, "-c", STOPS, folder, str(stop)], timeout=60, check=False).returncode
        with journal.alone(folder):
            assert held(folder) in (OLD, NEW), stop
            seen.add((code, held(folder) == NEW))

    assert seen == {(9, False), (9, True), (0, True)}


def test_a_file_that_cannot_be_put_in_place_sets_all_back(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put = Path.replace

    def shut(path: Path, target: Path) -> Path:
        if target == folder / "evidence/c.txt":
            raise PermissionError(13, "Permission denied")
        return put(path, target)

    monkeypatch.setattr(Path, "replace", shut)
    with pytest.raises(PlanningError, match="Permission denied"):
        journal.write(folder, NEW)

    assert held(folder) == OLD


def test_opening_a_plan_finishes_what_a_crash_left(tmp_path: Path) -> None:
    plan = create.new_plan(tmp_path / "mill", FACTS)
    (plan / f"{journal.BESIDE}x").write_text("goal,name,weight,valid_from\nG1,Read,1,2024-01-01\n", encoding="utf-8")
    (plan / journal.FILE).write_text(json.dumps({"goals.csv": f"{journal.BESIDE}x"}), encoding="utf-8")

    assert open_plan(plan).goals["name"].tolist() == ["Read"]
    assert not (plan / journal.FILE).exists() and not (plan / f"{journal.BESIDE}x").exists()


@pytest.mark.parametrize("text", ["{", "[1]", '{"../x": ".planning.new.1"}', '{"a.txt": "../b"}', '{"/etc/x": null}', '{"a.txt": "b.txt"}'])
def test_a_journal_that_the_suite_did_not_write_is_not_followed(folder: Path, text: str) -> None:
    (folder / journal.FILE).write_text(text, encoding="utf-8")

    with pytest.raises(PlanningError, match="was not written by this suite"):
        journal.settle(folder)
    assert {name: content for name, content in held(folder).items() if name in OLD} == OLD


def test_reading_a_plan_where_nothing_was_left_touches_nothing(folder: Path) -> None:
    journal.settle(folder)

    assert sorted(path.name for path in folder.iterdir()) == ["a.txt", "b.txt"]


def decide(plan: Path, ready: int) -> None:
    """Keep one decision after another, each with two tables, until somebody ends it."""
    door.refuse_problems = lambda *_: None  # The check takes most of the time, and here the moments of writing are looked for.
    draft = drafts.start(open_plan(plan))
    day = draft.library.as_of
    os.write(ready, b"1")
    while True:
        low = 0.4 if draft.tables["goals"]["weight"].iloc[0] > 0.5 else 0.6
        draft.put("goals", pd.DataFrame({"goal": ["G1", "G2"], "weight": [low, round(1 - low, 1)]}))
        draft.change("services", "S1", name=f"Story hour {low}")
        keeping.keep(draft, keeping.Reason(f"Weight {low}", "Because", "Board", day, day + dt.timedelta(days=9), 1))


@pytest.mark.skipif(sys.platform == "win32", reason="this system has no fork")
def test_a_decision_killed_at_any_moment_is_there_whole_or_not_at_all(tmp_path: Path) -> None:
    plan = create.new_plan(tmp_path / "mill", FACTS)
    (plan / "goals.csv").write_text("goal,name,weight,valid_from\nG1,Read,0.6,2024-01-01\nG2,Work,0.4,2024-01-01\n", encoding="utf-8")
    (plan / "services.csv").write_text("service,name,form,status,essential\nS1,Story hour 0.6,physical,running,false\n", encoding="utf-8")
    dice, counts = random.Random(6), []
    for _ in range(20):
        here, ready = os.pipe()
        child = os.fork()
        if not child:
            decide(plan, ready)
        os.read(here, 1)
        time.sleep(dice.uniform(0.0, 0.4))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        os.close(here), os.close(ready)
        counts.append(whole(plan))

    assert counts[-1] > 5 and counts == sorted(counts)


def whole(plan: Path) -> int:
    """The number of decisions of a plan that passes its check and agrees with the last of them in every table."""
    now = open_plan(plan)
    weight = now.goals["weight"].iloc[0]
    assert now.services["name"].iloc[0] == f"Story hour {weight}" and len(now.decision_changes) == 3 * len(now.decisions)
    assert now.decisions.empty or now.decisions["what"].iloc[-1] == f"Weight {weight}"
    return len(now.decisions)
