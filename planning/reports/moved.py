"""What moved since the report that was made before in the same place."""

from __future__ import annotations

import json
from pathlib import Path

from planning.show.language import count, say


def since(last: Path, now: dict[str, object]) -> dict[str, object]:
    """What differs between the last report's manifest and the new one; empty without a last report that can be read.

    made: when the last one was made; inputs: files of the plan that changed; steps: for each step,
    how many of its results changed and how many there are.

    >>> since(Path("nowhere"), {})
    {}
    """
    try:
        old = json.loads((last / "manifest.json").read_text(encoding="utf-8"))
        inputs = [name for name in sorted({*old["inputs"], *now["inputs"]}) if old["inputs"].get(name) != now["inputs"].get(name)]
        return {"made": old["made"], "inputs": inputs, "steps": _by_step(old["results"], now["results"])}
    except (OSError, ValueError, KeyError, AttributeError):
        return {}


def of(report: Path) -> str:
    """What moved, as one sentence, from the manifest of a finished report."""
    return told(json.loads((report / "manifest.json").read_text(encoding="utf-8"))["moved"])


def _by_step(old: dict[str, str], now: dict[str, str]) -> dict[str, dict[str, int]]:
    steps: dict[str, dict[str, int]] = {}
    for name, checksum in now.items():
        step = steps.setdefault(name.partition("_")[0], {"changed": 0, "all": 0})
        step["all"] += 1
        step["changed"] += old.get(name) != checksum
    return steps


def told(moved: dict[str, object]) -> str:
    """What moved, as one sentence; nothing without a last report.

    >>> told({"made": "2026-07-01T09:00:00+00:00", "inputs": ["goals.csv"], "steps": {"1": {"changed": 2, "all": 9}, "3": {"changed": 0, "all": 8}}})
    'Since the report made on 2026-07-01 at 09:00, goals.csv changed. Moved: step 1 (2 of 9 results). Not moved: step 3.'
    """
    if not moved:
        return ""
    made = moved["made"]
    changed = {step: counts for step, counts in moved["steps"].items() if counts["changed"]}
    still = [step for step in moved["steps"] if step not in changed]
    parts = [say("Since the report made on {day} at {time}, {files} changed.", day=made[:10], time=made[11:16],
                 files=", ".join(moved["inputs"]) or say("no table"))]
    if changed:
        parts.append(say("Moved: {steps}.", steps=", ".join(say("step {step} ({changed} of {all} results)", step=step, **counts) for step, counts in changed.items())))
    if still:
        parts.append(count("Not moved: step {steps}.", "Not moved: steps {steps}.", len(still), steps=", ".join(still)))
    return " ".join(parts)
