"""How tests lead a room by the facilitator's panel: a draft over a light folder, its buttons and fields, and voters."""

from __future__ import annotations

import shutil
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import ipywidgets as widgets
from conftest import ROOT
from driving import parts

from planning.model import drafts
from planning.model.ballots import Ballots
from planning.model.drafts import Draft
from planning.model.plan import open_plan
from planning.workshop.panels.ask import Asking


@lru_cache
def _read(name: str) -> Draft:
    return drafts.start(open_plan(ROOT / "data" / name))


def draft_in(folder: Path, name: str = "riverbend_public", *, whole: bool = False) -> Draft:
    """A draft over a sample, whose folder is this one: with its facts alone, or with the whole plan for what is kept."""
    found, source = _read(name), ROOT / "data" / name
    if whole:
        shutil.copytree(source, folder, dirs_exist_ok=True)
    else:
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copy(source / "plan.toml", folder)
    return Draft(replace(found.plan, folder=folder), found.base)


def choose(panel: Asking, title: str) -> None:
    """Choose a ready question."""
    panel.prepare.question.value = [one.title for one in panel.prepare.ready].index(title)


def found(panel: Asking, label: str) -> widgets.Button:
    """The button with this label."""
    return next(one for one in parts(panel.box) if isinstance(one, widgets.Button) and one.description.partition(". ")[2] == label or getattr(one, "description", None) == label)


def press(panel: Asking, label: str) -> None:
    """Press a button as a browser lets one: not one that is switched off."""
    button = found(panel, label)
    assert not button.disabled, button.tooltip
    button.click()


def led(panel: Asking, title: str) -> str:
    """A round prepared and opened by the panel's own buttons."""
    choose(panel, title)
    press(panel, "Prepare this question")
    press(panel, "Open the vote")
    return panel.lead.round.value


def vote(ballots: Ballots, round: str, many: int) -> None:
    """Votes in points by so many phones, each giving the first goal some more."""
    options = [option.id for option in ballots.round(round).options]
    for one in range(many):
        first = 20 + one
        ballots.cast(round, f"token-{one:04d}", {options[0]: first, options[1]: 100 - first} | {id: 0 for id in options[2:]}, "leadership")
