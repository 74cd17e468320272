"""Controls of step 1 for strengths, weaknesses, opportunities and threats: cards to write, and the moves that pair them."""

from __future__ import annotations

from collections.abc import Callable

import ipywidgets as widgets
import pandas as pd

from planning.analysis import swot
from planning.model.drafts import Draft
from planning.model.errors import Problem, Words
from planning.show import cards as drawn
from planning.show import findings, tables
from planning.show.language import number, say
from planning.workshop.controls import tryit
from planning.workshop.controls.following import Built, answer, button, fields, following, names

RESTS_ON = ("swot", "swot_moves", "goals", "roles", "initiatives")
KINDS = {"strength": "strength (inside, helps)", "weakness": "weakness (inside, hinders)", "opportunity": "opportunity (outside, helps)", "threat": "threat (outside, hinders)"}
NEW = ""


def cards(draft: Draft) -> None:
    """Show the cards by kind, with a form that adds a card, changes one or takes it out."""
    tryit.show(following(draft, RESTS_ON, lambda: tuple(draft.tables["goals"]["name"]), lambda: _cards(draft)))


def moves(draft: Draft) -> None:
    """Show the moves, with a form that pairs an inner with an outer card, names who does it and by when."""
    tryit.show(following(draft, RESTS_ON, lambda: (*draft.tables["roles"]["name"], *draft.tables["initiatives"]["name"]), lambda: _moves(draft)))


def _items(draft: Draft) -> pd.DataFrame:
    return swot.items(draft.tables["swot"], draft.tables["goals"])


def _crossings(draft: Draft, items: pd.DataFrame) -> pd.DataFrame:
    own = draft.tables
    return swot.moves(own["swot_moves"], items, roles=own["roles"], initiatives=own["initiatives"], as_of=draft.library.as_of)


def _offered(field: widgets.Dropdown, options: list[tuple[str, str]]) -> None:
    """Give a drop-down other choices; what was chosen stays chosen where it is still there."""
    held = field.value
    if list(field.options) != options:
        field.options = options
        field.value = held if held in [value for _, value in options] else options[0][1]


def _chooser(label: str, options: list[tuple[str, object]]) -> widgets.Dropdown:
    return widgets.Dropdown(description=label, options=options, style=tryit.WIDE, layout={"width": "auto"})


class Form:
    """Fields of one row of a table, new or chosen: filled from the row, put into the draft as one."""

    def __init__(self, draft: Draft, table: str, own: dict[str, widgets.Widget], chooser: widgets.Dropdown, missing: Callable[[], list[Problem]], fixed: dict[str, object]) -> None:
        self.draft, self.table, self.own, self.chooser, self.missing, self.fixed = draft, table, own, chooser, missing, fixed
        self.empty = {name: field.value for name, field in own.items()}
        chooser.observe(lambda _: self.fill(), "value")

    def fill(self) -> None:
        """Show the chosen row in the fields, or empty ones for a new row."""
        rows = self.draft.tables[self.table]
        row = rows[rows.iloc[:, 0] == self.chooser.value]
        for name, field in self.own.items():
            value = row[name].iloc[0] if len(row) else None
            field.value = self.empty[name] if value is None or pd.isna(value) else value.date() if isinstance(value, pd.Timestamp) else value

    def take(self) -> list[Problem]:
        """Put the fields into the draft as a new row or over the chosen one; returns the problems, none when it was done."""
        cells = {name: field.value for name, field in self.own.items()}
        if problems := self.missing():
            return problems
        if self.chooser.value != NEW:
            return self.draft.change(self.table, self.chooser.value, **cells)
        problems = self.draft.add(self.table, **cells, **self.fixed)[1]
        if not problems:
            self.fill()
        return problems

    def remove(self) -> list[Problem]:
        """Take the chosen row out of the draft; returns the problems, none when it was done."""
        if self.chooser.value == NEW:
            return [Problem(Words("Row"), None, None, Words("found none chosen"), Words("one that is there"), Words("Choose it in the first list."))]
        return self.draft.remove(self.table, self.chooser.value)


def _lacks(field: widgets.Text, what: str) -> list[Problem]:
    return [] if field.value.strip() else [Problem(Words(what), None, None, Words("found no words"), Words("a few words"), Words("Write what it is first."))]


def _controls(form: Form, gone: str, place: widgets.HTML) -> list[widgets.Widget]:
    """The form's fields, its two buttons, what came of them, and the place where the lists answer."""
    note = widgets.HTML()

    def remove() -> None:
        note.value = tryit.told(form.remove())

    buttons = widgets.HBox([tryit.taken(form.take, note), button(gone, remove)], layout={"flex_flow": "row wrap"})
    return [fields([form.chooser]), fields(form.own.values()), buttons, note, place]


def _cards(draft: Draft) -> Built:
    goals = draft.tables["goals"]
    points = [(say("no weight yet"), NEW), *((say("{n} of 5", n=number(n)), n) for n in range(1, 6))]
    own = {"kind": _chooser(say("Kind"), [(say(words), kind) for kind, words in KINDS.items()]), "name": tryit.words(say("What it says"), hint=say("in a few words")),
           "weight": _chooser(say("How much it matters"), points), "goal": _chooser(say("Goal it bears on most"), [(say("no goal"), NEW), *names(goals, "goal")]),
           "basis": tryit.words(say("What it rests on"), hint=say("a figure, a survey, a conversation; empty for an opinion"))}
    chooser, place = _chooser(say("Card"), [(say("A new card"), NEW)]), widgets.HTML()
    form = Form(draft, "swot", own, chooser, lambda: _lacks(own["name"], "Card"), {"date": draft.library.as_of})

    def speak() -> None:
        items = _items(draft)
        _offered(chooser, [(say("A new card"), NEW), *names(_labelled(items), "item", "label")])
        answer(place, [findings.outlook.weights(items), *findings.outlook.lists(items)], above=drawn.swot(items, draft.tables["swot_moves"]))

    speak()
    return _controls(form, say("Take this card out"), place), speak


def _labelled(items: pd.DataFrame) -> pd.DataFrame:
    return items.assign(label=[say("{kind}: {name}", kind=say(kind.capitalize()), name=name) for kind, name in zip(items["kind"], items["item_name"])])


def _moves(draft: Draft) -> Built:
    roles, initiatives = draft.tables["roles"], draft.tables["initiatives"]
    due = widgets.DatePicker(description=say("To be done by"), style=tryit.WIDE, layout={"width": "auto"})
    own = {"inside": _chooser(say("Inner card"), [(say("none yet"), NEW)]), "outside": _chooser(say("Outer card"), [(say("none yet"), NEW)]),
           "name": tryit.words(say("What would be done"), hint=say("in a few words")), "owner": _chooser(say("Who takes it on"), [(say("nobody yet"), NEW), *names(roles, "role")]),
           "due": due, "initiative": _chooser(say("Initiative that carries it out"), [(say("no initiative"), NEW), *names(initiatives, "initiative")])}
    chooser, place = _chooser(say("Move"), [(say("A new move"), NEW)]), widgets.HTML()

    def missing() -> list[Problem]:
        unpaired = [Problem(Words("Move"), None, None, Words("found no pair"), Words("an inner and an outer card"), Words("Write the cards first."))]
        return _lacks(own["name"], "Move") or (unpaired if NEW in (own["inside"].value, own["outside"].value) else [])

    form = Form(draft, "swot_moves", own, chooser, missing, {})

    def speak(*_: object) -> None:
        items = _labelled(_items(draft))
        for side, kinds in (("inside", ["strength", "weakness"]), ("outside", ["opportunity", "threat"])):
            _offered(own[side], names(items[items["kind"].isin(kinds)], "item", "label") or [(say("none yet"), NEW)])
        form.empty |= {side: own[side].options[0][1] for side in ("inside", "outside")}
        crossings = _crossings(draft, items)
        _offered(chooser, [(say("A new move"), NEW), *names(crossings, "move", "move_name")])
        cells = swot.cells(items, crossings)
        answer(place, [findings.outlook.moves(cells), *findings.outlook.gaps(swot.gaps(items, crossings), cells), tables.outlook.moves(crossings) if len(crossings) else None])

    speak()
    return _controls(form, say("Take this move out"), place), speak
