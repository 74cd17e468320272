"""The fields of one row: a list of names for what has a choice, a line of text for the rest, and the problem under each at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape

import ipywidgets as widgets

from planning.model import cells, schema
from planning.model.errors import Problem
from planning.show.language import say
from planning.workshop.controls import tryit

LAYOUT = {"width": "min(40em, calc(100% - 4px))"}
Choices = Mapping[str, Mapping[str, str]]
"""Table that a column points to, and the names of its rows by id."""


class Line:
    """One column's field with its help and its problem under it."""

    def __init__(self, column: schema.Field, choices: Choices, check: Callable[[schema.Field, str], Problem | None], room: widgets.Layout) -> None:
        self.column, self.check = column, check
        label = say("{title} (needed)", title=say(column.title)) if column.required else say(column.title)
        form = {"description": label, "tooltip": say(column.description), "layout": room, "style": tryit.WIDE}
        options = _options(column, choices)
        self.field = widgets.Dropdown(options=options, **form) if options else widgets.Text(placeholder=_hint(column), **form)
        self.help, self.problem = widgets.HTML(f'<small style="display:block;line-height:1.3">{escape(_help(column))}</small>', layout=room), widgets.HTML(layout=room)
        self.widgets = [self.field, self.help, self.problem]
        self.field.observe(self._typed, "value")

    @property
    def text(self) -> str:
        """What stands in the field."""
        return self.field.value or ""

    def put(self, text: str, *, fixed: bool) -> None:
        """Put a cell's text into the field; one that tells rows apart cannot be changed."""
        if isinstance(self.field, widgets.Dropdown):
            text = cells.meant(self.column, text)
            there = [value for _, value in self.field.options]
            if text not in there:
                self.field.options = [*self.field.options, (text or say("not chosen yet"), text)]
        self.field.value, self.field.disabled, self.problem.value = text, fixed, ""
        if isinstance(self.field, widgets.Text):
            self.field.placeholder = say("given when the row is added") if fixed and not text else _hint(self.column)

    def told(self, problem: Problem | None) -> None:
        """Show a problem under the field, or take it away."""
        text = str(problem.record()["problem"]) if problem else ""
        self.problem.value = status(text[:1].upper() + text[1:]) if text else ""

    def _typed(self, _: object) -> None:
        self.told(self.check(self.column, self.text))


def made(table: schema.Table, choices: Choices, check: Callable[[schema.Field, str], Problem | None]) -> dict[str, Line]:
    """A field for each column of a table."""
    room = widgets.Layout(**LAYOUT)
    return {column.name: Line(column, choices, check, room) for column in table.fields}


def refresh(lines: Mapping[str, Line], table: schema.Table, choices: Choices) -> None:
    """Put the rows of today into the lists, what is chosen staying chosen."""
    for column in table.fields:
        field = lines[column.name].field
        if column.refers and (options := _options(column, choices)) != list(field.options):
            kept = field.value
            field.options = options if kept in [value for _, value in options] else [*options, (kept, kept)]
            field.value = kept


def _options(column: schema.Field, choices: Choices) -> list[tuple[str, str]]:
    """Names and values that a column may be given, and none for a column of free text."""
    nothing = [] if column.required and not column.refers else [(say("nothing"), "")]
    if column.refers:
        names = choices[column.refers]
        twice = [name for name in names.values() if list(names.values()).count(name) > 1]
        return [(say("not chosen yet") if column.required else say("nothing"), ""), *((f"{name} ({id})" if name in twice else name, id) for id, name in names.items())]
    if column.type == "boolean":
        return [*nothing, (say("yes"), "true"), (say("no"), "false")]
    return [*nothing, *((say(choice), choice) for choice in column.choices)] if column.choices else []


def _hint(column: schema.Field) -> str:
    return say("for example {example}", example=column.example) if column.example else ""


def _help(column: schema.Field) -> str:
    if column.type == "string" and not column.period:
        return say(column.description)
    return say("{description} Allowed: {allowed}.", description=say(column.description), allowed=say(str(cells.allowed(column))))


def status(head: str, lines: list[str] | None = None) -> str:
    """A sentence, and those that follow from it, as HTML that a screen reader announces."""
    items = "".join(f"<li>{escape(line)}</li>" for line in lines or [])
    return f'<div role="status" aria-live="polite"><p>{escape(head)}</p>{f"<ul>{items}</ul>" if items else ""}</div>'
