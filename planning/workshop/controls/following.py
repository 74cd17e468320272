"""Controls that follow the draft: built anew when what they list has changed, and answering anew when what they rest on has."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence

import ipywidgets as widgets
import pandas as pd

from planning.model.drafts import Draft
from planning.show import html
from planning.show.language import say
from planning.show.records import Finding, Table
from planning.workshop.controls import tryit

Built = tuple[Sequence[widgets.Widget], Callable[[], None]]
STYLE = """<style>
.plan-fields .widget-label {white-space: normal; overflow: visible; height: auto; line-height: 1.3; text-align: left; max-width: 100%}
.plan-fields .widget-inline-hbox {flex-wrap: wrap; height: auto; min-height: 44px; width: calc(100% - 4px); max-width: calc(100% - 4px); align-content: flex-start}
.plan-fields input[type=text] {min-width: min(16em, 100%)}
.plan-fields .widget-checkbox label {white-space: normal; line-height: 1.3; height: auto; display: flex; align-items: center; gap: 0.4em}
.plan-fields select, .plan-fields input {max-width: 100%}
.plan-fields select:not([multiple]) {min-height: 28px}
.plan-fields input[type=checkbox] {flex: none; width: 1.4em; height: 1.4em}
.plan-control .widget-html, .plan-control .widget-html-content {min-width: 0; max-width: 100%}
.plan-control .scroll {overflow-x: auto}
.plan-control .widget-box, .plan-control .widget-gridbox {margin: 0; box-sizing: border-box}
.plan-fields .slider-container {min-width: 3em; flex: 1 1 3em}
.plan-fields .widget-readout {flex: none; min-width: 5em; overflow: visible}
.plan-control caption.heard {position: absolute; left: -9999px}
@media (max-width: 600px) {.plan-control button, .plan-fields select, .plan-fields input:not([type=checkbox]) {min-height: 44px !important}}
</style>"""


def following(draft: Draft, rests_on: Sequence[str], listed: Callable[[], Hashable], build: Callable[[], Built]) -> widgets.VBox:
    """A control that stays in step with the draft.

    `build` makes the control's parts and the function that answers anew. When a table that it rests on has changed in the
    draft, the control answers anew and keeps what was typed; it is built anew only when what it lists (names, ids) is another.
    """
    box, style = widgets.VBox(layout={"width": "100%"}, _dom_classes=("plan-control",)), widgets.HTML(STYLE, layout={"display": "none"})
    state: dict[str, object] = {}

    def made() -> None:
        before = _notes(box)
        state["listed"] = listed()
        parts, state["answer"] = build()
        box.children = [style, *parts]
        _carried_on(before, _notes(box))

    def changed() -> None:
        now = [draft.tables[name] for name in rests_on]
        if all(one is other for one, other in zip(now, state["tables"])):
            return
        state["tables"] = now
        if listed() != state["listed"]:
            made()
        else:
            state["answer"]()

    state["tables"] = [draft.tables[name] for name in rests_on]
    made()
    draft.observe(changed)
    return box


def _notes(box: widgets.Widget) -> list[widgets.HTML]:
    """The places beside the buttons of a control that say what came of them."""
    own = [box.note] if hasattr(box, "note") else []
    return own + [note for child in getattr(box, "children", ()) for note in _notes(child)]


def _carried_on(before: list[widgets.HTML], after: list[widgets.HTML]) -> None:
    """Say in the new places what comes of a button whose click builds its own control anew."""
    for old, new in zip(before, after):
        widgets.dlink((old, "value"), (new, "value"))


class Once:
    """What is worked out from tables of a draft, and worked out anew only when one of them is another; the last answer is kept."""

    def __init__(self, rests_on: Sequence[str], work: Callable[[Draft], object]) -> None:
        self.rests_on, self.work, self.seen, self.found = rests_on, work, [], None

    def __call__(self, draft: Draft) -> object:
        now = [draft.plan.facts, *(draft.tables[name] for name in self.rests_on)]
        if len(now) != len(self.seen) or any(one is not other for one, other in zip(now, self.seen)):
            self.found, self.seen = self.work(draft), now
        return self.found


def fields(parts: Iterable[widgets.Widget], *, least: str = "32em") -> widgets.VBox:
    """Fields in two columns where there is room, in one where there is not; long labels wrap."""
    grid = widgets.GridBox(list(parts), layout={"grid_template_columns": f"repeat(auto-fit, minmax(min({least}, 100%), 1fr))", "width": "100%", "grid_gap": "4px 16px",
                                                "max_width": "70em"})
    box = widgets.VBox([grid], layout={"width": "100%"})
    box.add_class("plan-fields")
    return box


def button(label: str, click: Callable[[], None], hint: str = "") -> widgets.Button:
    """A button that does one thing."""
    made = widgets.Button(description=label, tooltip=hint or label, layout={"width": "max-content", "max_width": "100%", "min_height": "32px"})
    made.on_click(lambda _: click())
    return made


def beside(title: str, widget: widgets.Widget | None) -> list[widgets.Widget]:
    """What stands beside the plain form, folded away under its title until somebody asks for it; nothing where it is not there."""
    return [widgets.Accordion([widget], titles=[title], selected_index=None, layout={"width": "100%"})] if widget else []


def answer(place: widgets.HTML, items: Iterable[Finding | Table | None], *, above: str = "", folded: Iterable[Table] = ()) -> None:
    """Say findings and tables in a place that a screen reader announces: what has changed first, long tables folded away."""
    parts = [item for item in items if item]
    said = above + tryit.spoken([item for item in parts if isinstance(item, Finding)])
    rest = tryit.spoken([item for item in parts if isinstance(item, Table)]) + "".join(html.folded(table) for table in folded)
    place.value = f'<div role="status" aria-live="polite">{said}</div>{rest}'


def names(rows: pd.DataFrame, id: str, name: str = "name") -> list[tuple[str, str]]:
    """Choices for a drop-down over the rows of a table, each name once: those that share one get a number."""
    seen: dict[str, int] = {}
    found = []
    for own, label in zip(rows[id], rows[name]):
        seen[label] = seen.get(label, 0) + 1
        found.append((label if seen[label] == 1 else say("{name} ({n})", name=label, n=seen[label]), own))
    return found


def filled(own: dict[Hashable, widgets.Widget], values: dict[Hashable, object], speak: Callable[..., None]) -> None:
    """Put values into fields and answer once, not once a field."""
    for key, value in values.items():
        own[key].unobserve(speak, "value")
        own[key].value = value
        own[key].observe(speak, "value")
    speak()
