"""What every control is made of: fields, what is said to their values, and the button that puts them into the draft."""

from __future__ import annotations

from collections.abc import Callable

from html import escape

import ipywidgets as widgets
import pandas as pd
from IPython.display import display

from planning.model.drafts import Draft
from planning.model.errors import Problem
from planning.show import html
from planning.show.language import say
from planning.show.records import Finding, Table


WIDE = {"description_width": "initial"}


def show(widget: widgets.Widget) -> None:
    """Put a control on the page: the one way in which every control gets there."""
    display(widget)


def panel(controls: dict[str, widgets.Widget], answer: Callable[..., list[Finding | Table]], *, take: Callable[..., list[Problem]] | None = None,
          draft: Draft | None = None) -> widgets.VBox:
    """Controls above what `answer` says to their values, said anew at every change of them or of the draft.

    With `take` a button puts the values into the draft; what may not stand there is told beside it, and nothing is changed.
    """
    place, note = widgets.HTML(), widgets.HTML()

    def values() -> dict[str, object]:
        return {name: control.value for name, control in controls.items()}

    def speak(*_: object) -> None:
        place.value = spoken(answer(**values()))

    for control in controls.values():
        control.observe(speak, "value")
    if draft:
        draft.observe(speak)
    speak()
    taking = [taken(lambda: take(**values()), note), note] if take else []
    return widgets.VBox([*controls.values(), *taking, place])


def taken(take: Callable[[], list[Problem]], note: widgets.HTML) -> widgets.Button:
    """The button that puts what is tried into the draft, and says beside it, in its `note`, what came of that."""
    button = widgets.Button(description=say("Put into the draft"), tooltip=say("Nothing is written to the plan before the decision is kept."), layout={"width": "max-content"})

    def click(_: object) -> None:
        note.value = told(take())

    button.on_click(click)
    button.note = note
    return button


def told(problems: list[Problem]) -> str:
    """What came of a change of the draft, as HTML that a screen reader announces."""
    lines = "".join(f"<li>{escape(problem.sentence())}</li>" for problem in problems)
    text = f"<p>{escape(say('Nothing was changed:'))}</p><ul>{lines}</ul>" if problems else f"<p>{escape(say('It is in the draft. Keep the decision below to write it into the plan.'))}</p>"
    return f'<div role="status" aria-live="polite">{text}</div>'


def spoken(items: list[Finding | Table | None]) -> str:
    """Findings and tables as HTML."""
    return "".join(html.table(item) if isinstance(item, Table) else html.findings([item]) for item in items if item)


def whole(label: str, low: int, high: int, start: int, step: int = 1) -> widgets.BoundedIntText:
    """A field for a whole number within bounds, with its arrows."""
    return widgets.BoundedIntText(description=label, min=low, max=high, value=start, step=step, style=WIDE, layout={"width": "max-content"})


def words(label: str, start: str = "", hint: str = "") -> widgets.Text:
    """A field for one line of text."""
    return widgets.Text(description=label, value=start, placeholder=hint, style=WIDE, layout={"width": "min(36em, 100%)"}, continuous_update=False)


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
