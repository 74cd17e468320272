"""A notebook run cell by cell in this process, with every control that it shows at hand, to be driven without a screen."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from pathlib import Path
from typing import NamedTuple
from unittest.mock import patch

import ipywidgets as widgets
import nbformat
from ipywidgets.widgets.widget import CallbackDispatcher

from planning.show import page
from planning.workshop.controls import tryit

BUTTONS = (widgets.Button, widgets.ToggleButton)
VALUES = (widgets.Checkbox, widgets.BoundedIntText, widgets.BoundedFloatText, widgets.IntText, widgets.FloatText, widgets.FloatSlider, widgets.IntSlider,
          widgets.Dropdown, widgets.RadioButtons, widgets.Select, widgets.SelectMultiple, widgets.Text, widgets.Textarea, widgets.Combobox, widgets.DatePicker)


class Control(NamedTuple):
    """One control of a notebook: the call that showed it, and its outermost widget."""

    call: str
    box: widgets.Widget

    @property
    def name(self) -> str:
        """Module and function of the call, such as try_weights.points."""
        return self.call.strip().splitlines()[-1].partition("(")[0]


def controls(notebook: Path, plan: Path, *, upto: str = "## Checks") -> tuple[list[Control], dict[str, object]]:
    """Every control that the notebook shows on a plan, and the names that its cells made; what its page shows is not drawn."""
    shown: list[widgets.Widget] = []
    found: list[Control] = []
    names: dict[str, object] = {}
    with patch.object(page, "display", lambda *_, **__: None), patch.object(page.Page, "show", lambda *_, **__: None), patch.object(tryit, "display", shown.append):
        for cell in nbformat.read(notebook, as_version=4).cells:
            if cell.cell_type == "markdown" and cell.source.startswith(upto):
                break
            if cell.cell_type == "code":
                tags = cell.metadata.get("tags", [])
                exec(cell.source + (f"\nplan = {str(plan)!r}" if "parameters" in tags else ""), names)
                found += [Control(cell.source, box) for box in shown]
                shown.clear()
    return found, names


def inside(widget: widgets.Widget) -> Iterator[widgets.Widget]:
    """A widget and all that stand in it."""
    yield widget
    for child in getattr(widget, "children", ()):
        yield from inside(child)


def fields(box: widgets.Widget) -> list[widgets.Widget]:
    """The fields of a control that can be changed now."""
    return [widget for widget in inside(box) if isinstance(widget, VALUES) and not getattr(widget, "disabled", False)]


def buttons(box: widgets.Widget) -> list[widgets.Button]:
    """The buttons of a control that can be pressed now."""
    return [widget for widget in inside(box) if isinstance(widget, widgets.Button) and not widget.disabled]


def said(box: widgets.Widget) -> str:
    """All that a control says, as plain text: its sentences and tables, the names of its fields, and its choices."""
    texts = [re.sub(r"<style.*?</style>|<[^>]+>", " ", widget.value, flags=re.S) for widget in inside(box) if isinstance(widget, widgets.HTML)]
    names = [str(getattr(widget, "description", "")) for widget in inside(box)]
    choices = [str(label) for widget in inside(box) for label, *_ in getattr(widget, "_options_full", ())]
    return unescape(re.sub(r"\s+", " ", "\n".join([*texts, *names, *choices])))


@contextmanager
def loud() -> Iterator[None]:
    """What goes wrong behind a button is raised, where ipywidgets would only write it down."""

    def call(self: CallbackDispatcher, *given: object, **named: object) -> object:
        found = None
        for callback in self.callbacks:
            found = callback(*given, **named) or found
        return found

    with patch.object(CallbackDispatcher, "__call__", call):
        yield


def other(widget: widgets.Widget) -> object:
    """Another value that a field may hold; the same one where there is no other."""
    if isinstance(widget, widgets.Checkbox):
        return not widget.value
    if isinstance(widget, widgets.SelectMultiple):
        values = [value for _, value in widget._options_full]
        return tuple(widget.value[1:]) if widget.value else tuple(values[:1])
    if isinstance(widget, (widgets.Dropdown, widgets.RadioButtons, widgets.Select)):
        values = [value for _, value in widget._options_full]
        return next((value for value in reversed(values) if value != widget.value), widget.value)
    if isinstance(widget, widgets.DatePicker):
        return (widget.value or dt.date(2027, 1, 1)) + dt.timedelta(days=30)
    if hasattr(widget, "max") and hasattr(widget, "step"):
        step = widget.step or 1
        return widget.value - step if widget.value - step >= widget.min else min(widget.value + step, widget.max)
    if isinstance(widget, (widgets.Text, widgets.Textarea, widgets.Combobox)):
        return f"{widget.value} again".strip()
    return widget.value
