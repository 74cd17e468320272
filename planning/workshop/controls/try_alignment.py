"""The control of step 1 for the alignment matrix: how strongly a service supports each goal, and why."""

from __future__ import annotations

from collections.abc import Callable
from importlib.util import find_spec

import ipywidgets as widgets
import pandas as pd

from planning.analysis import alignment, strengths, weights
from planning.model.drafts import Draft
from planning.model.errors import Problem, Words
from planning.show import findings
from planning.show.findings import strengths as said
from planning.show.language import number, say
from planning.show.records import Finding, Table
from planning.show.tables import weights as shown
from planning.workshop.controls import tryit
from planning.workshop.controls.following import Built, Once, answer, beside, fields, following, names
from planning.workshop.controls.try_weights import RESTS_ON, given_by



covered_now = Once(RESTS_ON, lambda draft: alignment.coverage(alignment.matrix(draft.library.goals_in_force, draft.tables["services"], draft.tables["alignment"])))


def support(draft: Draft) -> None:
    """Show a control that judges how strongly one service after another supports each goal, with its reason."""
    tryit.show(following(draft, RESTS_ON, lambda: _listed(draft), lambda: _support(draft)))


def _running(draft: Draft) -> pd.DataFrame:
    services = draft.tables["services"]
    return services[services["status"] != "ended"]


def _listed(draft: Draft) -> tuple[object, ...]:
    return tuple(tuple(zip(rows[id], rows["name"])) for rows, id in ((draft.library.goals_in_force, "goal"), (_running(draft), "service")))


def _support(draft: Draft) -> Built:
    goals, services = draft.library.goals_in_force, _running(draft)
    if goals.empty or services.empty:
        return [widgets.HTML(say("There is nothing to judge yet: it takes a goal in force (goals.csv) and a service (services.csv)."))], lambda: None
    form = Form(draft, goals, services)
    return form.parts, form.speak


class Form:
    """The judgements that are typed and not in the draft yet, the fields of one service, and the grid of all."""

    def __init__(self, draft: Draft, goals: pd.DataFrame, services: pd.DataFrame) -> None:
        self.draft, self.goals = draft, goals
        self.typed: dict[tuple[str, str], tuple[float, str]] = {}
        self.quiet = False
        self.place, note = widgets.HTML(), widgets.HTML()
        self.service = widgets.Dropdown(description=say("Service"), options=names(services, "service"), style=tryit.WIDE, layout={"width": "min(36em, 100%)"})
        self.strength = {goal: widgets.Dropdown(description=name, style=tryit.WIDE, layout={"width": "auto"}) for name, goal in names(goals, "goal")}
        self.reason = {goal: tryit.words(say("Why, for “{goal}”", goal=name)) for name, goal in names(goals, "goal")}
        self.service.observe(lambda _: self.speak(), "value")
        for field in (*self.strength.values(), *self.reason.values()):
            field.observe(lambda _: self.type(), "value")
        self.grid = _grid(goals, services, self.edited)
        pairs = [part for goal in self.strength for part in (self.strength[goal], self.reason[goal])]
        self.parts = [fields([self.service]), fields(pairs), tryit.taken(self.take, note), note, self.place,
                      *beside(say("All services and goals as a grid to type into"), self.grid)]
        self.speak()

    def type(self) -> None:
        """Remember what the fields of the chosen service say."""
        if not self.quiet:
            self.typed |= {(self.service.value, goal): (float(self.strength[goal].value), " ".join(self.reason[goal].value.split())) for goal in self.strength}
            self.speak()

    def edited(self, cell: dict[str, object]) -> None:
        """Remember a cell that was typed into the grid, and show its service in the fields; what is no share goes back."""
        if self.quiet:
            return
        service, goal = self.service.options[cell["row"]][1], dict(names(self.goals, "goal")).get(cell["column"])
        try:
            value = float(cell["value"])
        except (TypeError, ValueError):
            value = -1.0
        if goal and 0 <= value <= 1:
            self.typed[service, goal] = (round(value, 2), self.now.get((service, goal), (0.0, ""))[1])
        self.quiet = True
        self.service.value = service
        self.quiet = False
        self.speak()

    @property
    def now(self) -> dict[tuple[str, str], tuple[float, str]]:
        """What stands in the draft, with what is typed over it."""
        return strengths.standing(self.draft.tables["alignment"]) | self.typed

    def speak(self) -> None:
        """Show the chosen service's judgements in the fields and in the grid, and what they would change."""
        now, held, service = self.now, strengths.standing(self.draft.tables["alignment"]), self.service.value
        if not self.quiet:
            self.quiet = True
            for goal in self.strength:
                strength, reason = now.get((service, goal), (0.0, ""))
                self.strength[goal].options = [(_words(step, words), step) for step, words in strengths.steps(strength, held.get((service, goal), (0.0, ""))[0]).items()]
                self.strength[goal].value, self.reason[goal].value = strength, reason
            _show(self.grid, self.service.options, names(self.goals, "goal"), now)
            self.quiet = False
        items, matrix = self.said()
        answer(self.place, items, folded=[shown.matrix(matrix)] if len(matrix) else [])

    def said(self) -> tuple[list[Finding | Table | None], pd.DataFrame]:
        """What the judgements change, and the whole matrix with them."""
        own = self.draft.tables
        rows = strengths.changed(own["alignment"], self.typed)
        after = alignment.matrix(self.draft.library.goals_in_force, own["services"], strengths.merged(own["alignment"], rows))
        given, covered = (given_by(self.draft, self.draft.library.goals_in_force), alignment.contribution(after)), (covered_now(self.draft), alignment.coverage(after))
        name = next(label for label, id in self.service.options if id == self.service.value)
        change = weights.given(*given)
        return [said.typed(rows), said.service(*given, name=name), *said.coverage(*covered), findings.needs.coverage(covered[1]),
                shown.given(change.head(8)) if len(change) and len(rows) else None], after

    def take(self) -> list[Problem]:
        """Put all that is typed into the draft, in one step; returns the problems, none when it was done."""
        rows = strengths.changed(self.draft.tables["alignment"], self.typed)
        if rows.empty:
            return [Problem(Words("Alignment"), None, None, Words("found no judgement that differs from the draft"), Words("at least one"), Words("Choose a strength first."))]
        problems = self.draft.put("alignment", rows, say("Alignment"))
        if not problems:
            self.typed.clear()
            self.speak()
        return problems


def _words(strength: float, words: str) -> str:
    figure = number(strength, 0 if strength in (0.0, 1.0) else 1 if round(strength, 1) == strength else 2)
    return say("{strength}: {words}", strength=figure, words=say(words) if words else say("in between"))


def _grid(goals: pd.DataFrame, services: pd.DataFrame, edited: Callable[[dict[str, object]], None]) -> widgets.Widget | None:
    """The whole matrix to type into, where the package for it is there."""
    if not find_spec("ipydatagrid"):
        return None
    from ipydatagrid import DataGrid

    labels = [label for label, _ in names(services, "service")]
    rows = pd.DataFrame(0.0, index=pd.Index(labels, name=say("Service")), columns=[label for label, _ in names(goals, "goal")])
    grid = DataGrid(rows, editable=True, base_row_header_size=220, base_column_size=180, layout={"height": f"{min(60 + 20 * len(rows), 460)}px", "width": "100%"})
    grid.on_cell_change(edited)
    return grid


def _show(grid: widgets.Widget | None, services: list[tuple[str, str]], goals: list[tuple[str, str]], now: dict[tuple[str, str], tuple[float, str]]) -> None:
    """Bring the grid's cells in step with the judgements, those only that differ."""
    if grid is None:
        return
    held = grid.data
    for row, (_, service) in enumerate(services):
        for name, goal in goals:
            strength = now.get((service, goal), (0.0, ""))[0]
            if held[name].iloc[row] != strength:
                grid.set_cell_value_by_index(name, row, strength)
