"""A workshop for the tests of its app: `planning workshop` as a program of its own, and what it started."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path



@dataclass(frozen=True)
class Room:
    """A workshop that runs: the facilitator's page, the address and the code to join, and its program."""

    home: str
    join: str
    code: str
    process: subprocess.Popen

    @property
    def pid(self) -> int:
        """The number of its program."""
        return self.process.pid

    @property
    def port(self) -> int:
        """The port that phones join at."""
        return int(self.join.rstrip("/").rsplit(":", 1)[1])


def started(plan: Path, *more: str) -> Room:
    """The command on a plan, once it says that all is there; who calls this ends it."""
    process = subprocess.Popen([sys.executable, "-m", "planning", "workshop", str(plan), "--no-browser", *more], stdout=subprocess.PIPE, text=True,
                               cwd=plan.parent, env=os.environ | {"TMPDIR": str(plan.parent)})
    text = ""
    try:
        while "Ctrl+C" not in text:
            line = process.stdout.readline()
            assert line, f"the workshop ended before it began: {text}"
            text += line
    except BaseException:
        ended(process)
        raise
    join = re.search(r"To join: (\S+) with the code (\w+)", text)
    return Room(re.search(r"http://\S+/home", text)[0], join[1], join[2], process)


def ended(process: subprocess.Popen) -> None:
    """A program ended at once, and what it started with it."""
    mine = below(process.pid)
    process.kill()
    process.wait()
    process.stdout.close()
    assert left(mine) == set()


@contextmanager
def running(plan: Path, *more: str) -> Iterator[Room]:
    """A workshop on a plan, ended in good order afterwards: with the usual word, and with nothing left of it."""
    room = started(plan, *more)
    try:
        yield room
        mine = below(room.pid)
        room.process.send_signal(signal.SIGTERM)
        assert room.process.wait(60) == 130
        assert left(mine) == set()
    finally:
        ended(room.process)


def below(pid: int) -> set[int]:
    """The programs that a program started, and those that they started."""
    listed = subprocess.run(["ps", "-eo", "pid=,ppid="], capture_output=True, text=True, check=True).stdout.split()
    parents = dict(zip(map(int, listed[::2]), map(int, listed[1::2])))
    found: set[int] = set()
    while more := {child for child, parent in parents.items() if parent in found | {pid}} - found:
        found |= more
    return found


def direct(pid: int) -> set[int]:
    """The programs that a program itself started."""
    listed = subprocess.run(["ps", "--ppid", str(pid), "-o", "pid="], capture_output=True, text=True, check=False).stdout.split()
    return set(map(int, listed))


def left(programs: set[int]) -> set[int]:
    """Those of the programs that still run, once a few seconds were given them."""
    for _ in range(50):
        listed = set(map(int, subprocess.run(["ps", "-eo", "pid="], capture_output=True, text=True, check=True).stdout.split()))
        if not programs & listed:
            break
        time.sleep(0.2)
    return programs & listed
