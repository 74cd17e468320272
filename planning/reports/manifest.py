"""What a report was made from: inputs, parameters, versions, seed, times, and what was not shown."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import platform
from importlib.metadata import version
from pathlib import Path

import planning
from planning.model import schema
from planning.model.plan import Plan

PARTS = ("pandas", "numpy", "scipy", "matplotlib", "seaborn", "papermill", "nbconvert", "frictionless")


def of(plan: Plan, given: str, parameters: dict[str, object], seconds: dict[str, float], work: Path) -> dict[str, object]:
    """The manifest of a report as plain values."""
    records = [json.loads(path.read_text(encoding="utf-8")) for path in sorted((work / "record").glob("*.json"))]
    return {
        "library": plan.library,
        "plan": given,
        "as_of": plan.as_of.isoformat(),
        "invented": bool(plan.facts["invented"]),
        "parameters": parameters,
        "seed": plan.facts["seed"],
        "small_group": plan.facts["small_group"],
        "inputs": inputs(plan.folder),
        "missing_tables": plan.missing,
        "hidden": {name: rows for record in records for name, rows in record["hidden"].items()},
        "pages": [{"step": record["step"], "shows": record["items"], "findings": len(record["findings"])} for record in records],
        "results": {path.name: sha256(path) for path in sorted((work / "results").glob("*.csv"))},
        "versions": {"planning": planning.__version__, "python": platform.python_version()} | {part: version(part) for part in PARTS},
        "made": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        "seconds": {name: round(value, 2) for name, value in seconds.items()},
    }


def inputs(folder: Path) -> dict[str, str]:
    """Every file of the plan that was read, with its sha256."""
    names = ["plan.toml", *(table.file for table in schema.tables().values())]
    return {name: sha256(folder / name) for name in names if (folder / name).is_file()}


def sha256(path: Path) -> str:
    """The sha256 of a file in hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()
