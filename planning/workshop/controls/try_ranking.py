"""Controls that put things in an order: the goals, from which weights follow, and the initiatives, down which money and hours are spent."""

from __future__ import annotations

from collections.abc import Callable
from importlib.util import find_spec

import ipywidgets as widgets
import pandas as pd

from planning.analysis import initiatives as choosing
from planning.analysis import picks, ranking, weights
from planning.model.drafts import Draft
from planning.model.errors import Problem
from planning.show import findings
from planning.show.findings import picks as said
from planning.show.language import say
from planning.show.tables import picks as shown
from planning.workshop.controls import try_services, tryit
from planning.workshop.controls.following import Built, answer, beside, fields, following, names
from planning.workshop.controls.try_weights import RESTS_ON, consequences, goals_listed, no_goals, taken


class Ranking:
    """An order of things: a number beside each, and a list to drag beside that, each in step with the other."""

    def __init__(self, items: list[tuple[str, str]], speak: Callable[[], None]) -> None:
        self.labels, self.speak, self.quiet = {id: label for label, id in items}, speak, False
        self.order = list(self.labels)
        self.number = {id: tryit.whole(label, 1, len(items), place) for place, (id, label) in enumerate(self.labels.items(), start=1)}
        for id, field in self.number.items():
            field.observe(lambda change, id=id: self.put(ranking.moved(self.order, id, change["new"])), "value")
        self.dragged = _list(list(self.labels.values()), self.drag)
        self.parts = [fields(self.number.values()), *beside(say("The same order as a list to drag"), self.dragged)]

    def put(self, order: list[str]) -> None:
        """Take another order, and show it in the numbers and in the list."""
        if self.quiet:
            return
        self.quiet, self.order = True, order
        for place, id in enumerate(order, start=1):
            self.number[id].value = place
        if self.dragged:
            self.dragged.value = [self.labels[id] for id in order]
        self.quiet = False
        self.speak()

    def drag(self, change: dict[str, object]) -> None:
        """Take the order of the list that was dragged."""
        ids = {label: id for id, label in self.labels.items()}
        if sorted(change["new"]) == sorted(ids):
            self.put([ids[label] for label in change["new"]])


def _list(labels: list[str], dragged: Callable[[dict[str, object]], None]) -> widgets.Widget | None:
    """The list to drag, where the package for it is there."""
    if not find_spec("wigglystuff"):
        return None
    from wigglystuff import SortableList

    made = SortableList(labels)
    made.observe(dragged, "value")
    return made


def goals(draft: Draft) -> None:
    """Show the goals to put in an order, the weights that follow from places alone, and what each service then gives."""
    tryit.show(following(draft, RESTS_ON, lambda: goals_listed(draft), lambda: _goals(draft)))


def _goals(draft: Draft) -> Built:
    in_force = draft.library.goals_in_force.sort_values(["weight", "goal"], ascending=[False, True])
    if in_force.empty:
        return no_goals()
    place, note = widgets.HTML(), widgets.HTML()

    def speak() -> None:
        items, folded = consequences(draft, weights.by_order(ranked.order))
        answer(place, items, folded=folded)

    def take() -> list[Problem]:
        return taken(draft, weights.by_order(ranked.order), say("Weights by an order"))

    ranked = Ranking(names(in_force, "goal"), speak)
    speak()
    return [ranked.parts[0], tryit.taken(take, note), note, place, *ranked.parts[1:]], speak


def initiatives(draft: Draft) -> None:
    """Show the initiatives to put in an order, how far down it money and hours reach, and each one's value for money beside it."""
    tryit.show(following(draft, try_services.RESTS_ON, lambda: try_services.listed(draft), lambda: _initiatives(draft)))


def _initiatives(draft: Draft) -> Built:
    valued = try_services.asked(draft).valued
    free = valued[valued["part"] == "free"].sort_values(["rate", "initiative"], ascending=[False, True])
    if free.empty:
        return try_services.nothing()
    place, note = widgets.HTML(), widgets.HTML()

    def speak() -> None:
        question, filled = try_services.asked(draft), taken_in_order()
        if filled.empty:
            return answer(place, findings.services.conflicts(choosing.conflicts(*question)))
        picked = picks.picked(question.valued, picks.taken(filled))
        return answer(place, [said.order(filled), said.reached(picks.reached(picked, try_services.best(draft)), breaks=False), said.apart(filled), shown.order(filled)])

    def taken_in_order() -> pd.DataFrame:
        return ranking.filled(*try_services.asked(draft), ranked.order)

    ranked = Ranking(names(free, "initiative", "initiative_name"), speak)
    speak()
    take = tryit.taken(lambda: try_services.chosen(draft, picks.taken(taken_in_order())), note)
    return [ranked.parts[0], take, note, place, *ranked.parts[1:]], speak
