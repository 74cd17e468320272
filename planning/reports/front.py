"""The front page of a report: what the seven steps found, and what the plan does not hold yet."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from pathlib import Path

from jinja2 import Environment

from planning.model import schema
from planning.model.plan import Plan
from planning.reports import pages
from planning.show import html, language
from planning.show.language import say
from planning.show.records import Finding

MOST = 3
BRIEF = 6
FEW = 12
SHEET = "one_page.svg"


def page(plan: Plan, steps: list[dict[str, str]], records: Path, footer: str, since: str) -> str:
    """The front page as HTML; `since` says what moved since the last report. Beside the folder of records may lie the plan on one sheet."""
    shown = [step | {"findings": findings(records / f"{step['number']}.json")} for step in steps]
    missing = [{"file": schema.tables()[name].file, "adds": say(schema.tables()[name].adds)} for name in plan.missing]
    about = [say("As of {day}.", day=language.day(plan.as_of)), say("The first findings of each step; each page gives all of them, with charts, tables and limits.")]
    if plan.facts["invented"]:
        about.append(say("This library is invented; so is every figure about it."))
    return _template().render(lang=language.code(), title=say("{library}: the plan in seven steps", library=plan.library), library=plan.library,
                              about=" ".join(about), steps=shown, missing=missing, since=since, few=FEW,
                              many=say("{n} tables are empty or missing, and what each would add", n=len(missing)), sheet=(records.parent / SHEET).exists(), footer=footer, style=pages.style(), say=say)


def findings(record: Path) -> str:
    """The first findings of a step as HTML."""
    items = json.loads(record.read_text(encoding="utf-8"))["findings"]
    return html.findings([Finding(item["finding"], item["tone"], item["grade"]) for item in chosen(items)])


def chosen(items: list[dict[str, str]]) -> list[dict[str, str]]:
    """The first findings of a step; the last of them gives way to good news from the step's brief when there is none among them.

    >>> [item["finding"] for item in chosen([{"finding": name, "tone": tone} for name, tone in [("a", "bad"), ("b", "bad"), ("c", "bad"), ("d", "good")]])]
    ['a', 'b', 'd']
    """
    first = items[:MOST]
    good = [item for item in items[MOST:BRIEF] if item["tone"] == "good"]
    return [*first[:-1], good[0]] if good and all(item["tone"] != "good" for item in first) else first


@cache
def _template():
    text = (files(__package__) / "template" / "index.html.j2").read_text(encoding="utf-8")
    return Environment(autoescape=True).from_string(text)
