"""The program that serves the step pages: what it is told, how it is started and ended."""

from __future__ import annotations

import json
import os
import secrets
import socket
import subprocess
import sys
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from planning.model.errors import PlanningError
from planning.model.plan import Plan
from planning.show import language
from planning.show.language import say

TRIES = 3
WAIT_SECONDS = 20
PLAIN = ("PlanningError", "PlanProblems", "SheetProblems", "UsageError", "BallotRefused")
"""Errors whose text is written for people."""


@dataclass(frozen=True)
class StepPages:
    """The program at work: one kernel for each page that is open."""

    port: int
    token: str
    process: subprocess.Popen

    def address(self, name: str) -> str:
        """Where the facilitator's browser opens the page of a notebook."""
        return f"http://127.0.0.1:{self.port}/voila/render/{name}.ipynb?token={self.token}"

    def ended(self) -> bool:
        """Whether the program is gone although nobody ended it."""
        return self.process.poll() is not None

    def stop(self) -> None:
        """End the program and with it every kernel; it ends by itself when its input closes."""
        self.process.stdin.close()
        try:
            self.process.wait(WAIT_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process.stdout.close()


def start(folder: Path, page: dict[str, object]) -> StepPages:
    """Serve the notebooks of a folder with what their pages need to know; raises PlanningError when that cannot be done.

    The token goes through a pipe, so that no other program reads it out of a list of processes.
    """
    token, log = secrets.token_urlsafe(32), folder / "pages.log"
    for _ in range(TRIES):
        port = _free()
        with log.open("ab") as told:
            process = subprocess.Popen([sys.executable, "-m", "planning.workshop.app.voila"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=told,
                                       cwd=folder, env=_surroundings())
        made = StepPages(port, token, process)
        try:
            process.stdin.write(json.dumps({"port": port, "token": token, "folder": str(folder), "page": page, "errors": faults()}).encode() + b"\n")
            process.stdin.flush()
            if process.stdout.readline():
                return made
        except BaseException:
            made.stop()
            raise
        made.stop()
    last = log.read_text(encoding="utf-8", errors="replace").strip().splitlines()[-1:]
    raise PlanningError("The pages of the steps could not be started: {why}", why=" ".join(last) or say("their program ended without a word."))


def _free() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _surroundings() -> dict[str, str]:
    """The environment of the program: Voilà finds a template by its name in a data folder of Jupyter, so ours is made one."""
    paths = [str(files(__package__) / "template"), os.environ.get("JUPYTER_PATH", "")]
    return {**os.environ, "JUPYTER_PATH": os.pathsep.join(path for path in paths if path), "JUPYTER_PREFER_ENV_PATH": "1", "PYDEVD_DISABLE_FILE_VALIDATION": "1"}


def page(plan: Plan, steps: list[dict[str, str]], *, home: str, style: str, footer: str) -> dict[str, object]:
    """What every step page needs to know: its library, the steps, the way home, the style, and all texts in the language in use.

    `steps` holds number, file, short name and title of each step's page in a report.
    """
    named = {Path(step["file"]).stem: {"number": step["number"], "short": step["short"]} for step in steps}
    return {"lang": language.code(), "library": plan.library, "home": home, "style": style, "footer": footer, "steps": named, "texts": texts(), "plain": list(PLAIN)}


def texts() -> dict[str, str]:
    """The texts of a step page by their place."""
    return {
        "skip": say("Skip to the workshop"), "home": say("Home"), "steps": say("Steps"), "parts": say("Parts of this page"),
        "brief": say("In brief"), "workshop": say("Try it"), "decide": say("Decide together"), "whole": say("The whole page"), "contents": say("On this page"),
        "far": say("How far the page is"), "starting": say("The plan is being read."), "making": say("Making the page: {n} of {all}", n="{n}", all="{all}"),
        "waking": say("The controls are being connected."), "ready": say("Ready. Nothing is written to the plan before a decision is kept."),
        "short": say("The page could not be made to its end; the reason stands in it."),
        "lost": say("This page is no longer connected: its controls do nothing. Reload it, or start the workshop again. What was not kept is gone."),
        "waiting": say("The controls come here as soon as the whole page is made. You can read on meanwhile."),
        "stopped": say("The page stops here."), "odd": say("This part of the page could not be made. What stands above it holds. Please report the line below."),
        "late": say("This part of the page took longer than 10 minutes and was stopped."),
    }


def faults() -> dict[str, str]:
    """What a page says that cannot be shown, by the answer's number."""
    return {"403": say("This page opens from the home page of the workshop only. Its address stands in the window in which the workshop was started."),
            "404": say("There is nothing here. Open the steps from the home page of the workshop; its address stands in the window in which the workshop was started."),
            "500": say("This page could not be made. Reload it; if that does not help, end the workshop and start it again.")}
