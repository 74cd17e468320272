"""One control a step, over a call that its page already shows: what if this were different?"""

from __future__ import annotations

from collections.abc import Callable

import ipywidgets as widgets
import pandas as pd
from IPython.display import display

from planning.analysis import alignment, goals
from planning.show import findings, html, tables
from planning.show.language import say
from planning.show.records import Finding, Table


def panel(controls: dict[str, widgets.Widget], answer: Callable[..., list[Finding | Table]]) -> widgets.VBox:
    """Controls above what `answer` says to their values, said anew at every change."""
    place = widgets.HTML()

    def speak(*_: object) -> None:
        items = answer(**{name: control.value for name, control in controls.items()})
        place.value = "".join(html.table(item) if isinstance(item, Table) else html.findings([item]) for item in items if item)

    for control in controls.values():
        control.observe(speak, "value")
    speak()
    return widgets.VBox([*controls.values(), place])


def choice(label: str, rows: pd.DataFrame, id: str, name: str = "name") -> widgets.Dropdown:
    """A drop-down over the rows of a table: shows the name, gives the id."""
    return widgets.Dropdown(description=label, options=list(zip(rows[name], rows[id])), style={"description_width": "initial"},
                            layout={"width": "max-content"})


def slider(label: str, low: float, high: float, step: float, start: float) -> widgets.FloatSlider:
    """A slider that speaks when it is let go."""
    return widgets.FloatSlider(description=label, min=low, max=high, step=step, value=start, continuous_update=False,
                               style={"description_width": "initial"}, layout={"width": "28em"})


def nothing() -> None:
    """Say that there is nothing to try yet."""
    display(widgets.HTML(say("There is nothing to try yet: the tables that this control works on are empty.")))


def goal_weight(in_force: pd.DataFrame, services: pd.DataFrame, pairs: pd.DataFrame) -> None:
    """Show a control that moves one goal's weight and tells what each service then gives to the goals."""
    if in_force.empty or services.empty:
        return nothing()

    def answer(goal: str, weight: float) -> list[Finding | Table]:
        moved = alignment.matrix(goals.shifted(in_force, goal=goal, weight=weight), services, pairs)
        given, name = alignment.contribution(moved), in_force.loc[in_force["goal"] == goal, "name"].iloc[0]
        return [findings.needs.most_support(given, goal=name, weight=weight), findings.needs.coverage(alignment.coverage(moved)), tables.needs.contribution(given)]

    controls = {"goal": choice(say("Goal"), in_force, "goal"), "weight": slider(say("Its weight"), 0, 1, 0.05, 0.5)}
    display(panel(controls, answer))
