"""How tests drive a control: its fields by their labels, its buttons, and what it says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from html import unescape
from pathlib import Path

import ipywidgets as widgets
import pytest

from planning.model import drafts
from planning.model.drafts import Draft
from planning.model.plan import Plan, open_plan
from planning.show import language
from planning.workshop.controls import tryit


@lru_cache
def _plan(folder: Path) -> Plan:
    return open_plan(folder)


def opened(folder: Path) -> Draft:
    """A draft over a plan, in English and in its own currency."""
    plan = replace(_plan(folder))
    language.use("en", plan.facts["currency"])
    return drafts.start(plan)


def control(monkeypatch: pytest.MonkeyPatch, name: object, *given: object) -> widgets.Widget:
    """What a control puts on the page."""
    shown: list[widgets.Widget] = []
    monkeypatch.setattr(tryit, "display", shown.append)
    name(*given)
    return shown[-1]


def parts(box: widgets.Widget) -> Iterator[widgets.Widget]:
    """The box and all in it."""
    yield box
    for child in getattr(box, "children", ()):
        yield from parts(child)


def field(box: widgets.Widget, label: str) -> widgets.Widget:
    """The field whose label begins with this."""
    return next(one for one in parts(box) if getattr(one, "description", "").startswith(label) and not isinstance(one, widgets.Button))


def press(box: widgets.Widget, label: str = "Put into the draft") -> None:
    """Click the button with this label."""
    next(one for one in parts(box) if isinstance(one, widgets.Button) and one.description == label).click()


def text(box: widgets.Widget) -> str:
    """All that the control says, as plain text."""
    said = " ".join(one.value for one in parts(box) if isinstance(one, widgets.HTML))
    return unescape(re.sub(r"\s+", " ", re.sub(r"<style.*?</style>|<[^>]+>", " ", said, flags=re.S)))


def pick(field: widgets.Widget, words: str) -> None:
    """Choose what is shown with these words in a drop-down."""
    field.value = next(value for label, value in field.options if words in label)


def changes(draft: Draft) -> list[list[object]]:
    """What the draft would change: table, row, column, before, after."""
    return draft.difference()[["table", "row", "column", "before", "after"]].values.tolist()
