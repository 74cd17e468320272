"""Edit a plan's tables in place: a row by its name, one field a column, checked as one types; nothing is written before the decision is kept."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

import ipywidgets as widgets
import pandas as pd

from planning.analysis import impact
from planning.model import schema
from planning.model.draft_cells import numbered, text_of, wrong_cell
from planning.model.drafts import Draft
from planning.model.errors import PlanningError, Problem
from planning.model.keeping import OF_PERSONS
from planning.show import rows as said_rows
from planning.show.language import say
from planning.workshop.controls import tryit
from planning.workshop.panels import edit_fields, edit_grid
from planning.workshop.panels.keep import names_of

CLOSED = OF_PERSONS | {"kpi_values", "decisions", "decision_changes"}
"""Tables that are not edited here: single persons' answers, measured values, and the decisions, of which rows are only ever added."""


def tables(draft: Draft, *, step: int) -> None:
    """Show the editor of the plan's tables, those of the step first."""
    tryit.show(Editor(draft, step).box)


def offered(step: int) -> list[schema.Table]:
    """The tables that may be edited, those of a step first.

    >>> [table.name for table in offered(7)][:2], "ratings" in [table.name for table in offered(1)]
    (['messages', 'stories'], False)
    """
    own = [table for name, table in schema.tables().items() if name not in CLOSED]
    return sorted(own, key=lambda table: table.step != step)


class Editor:
    """The editor's widgets and what stands in them: a table, one of its rows, and the row's fields."""

    def __init__(self, draft: Draft, step: int) -> None:
        self.draft, self.busy, self.shown, self.made = draft, False, {}, {}
        others = say("Step {step}: {table}")
        options = [(say(one.title) if one.step == step else others.format(step=one.step, table=say(one.title)), one.name) for one in offered(step)]
        self.table = widgets.Dropdown(description=say("Table"), options=options, style=tryit.WIDE, layout=edit_fields.LAYOUT)
        self.row = widgets.Dropdown(description=say("Row"), style=tryit.WIDE, layout=edit_fields.LAYOUT)
        self.form, self.about, self.note = widgets.VBox(), widgets.HTML(), widgets.HTML()
        words = {"add": say("Add the row"), "change": say("Change the row"), "remove": say("Take the row out"), "undo": say("Undo")}
        self.buttons = {name: widgets.Button(description=text, layout={"width": "max-content"}) for name, text in words.items()}
        for name, button in self.buttons.items():
            button.on_click(self._clicked(name))
        self.grid = edit_grid.Grid(self._typed_in_grid)
        self.box = widgets.VBox([self.table, self.about, self.row, self.form, widgets.HBox([*self.buttons.values()], layout={"flex_flow": "row wrap"}), self.note, self.grid.box])
        self.table.observe(lambda _: self._turn(), "value")
        self.row.observe(lambda _: self.busy or self._fill(), "value")
        draft.observe(self.follow)
        self._turn()

    @property
    def own(self) -> schema.Table:
        """The table that is edited."""
        return schema.tables()[self.table.value]

    def rows(self) -> list[dict[str, str]]:
        """The rows that may be chosen, as text; of stories, those that may be told."""
        found = self.draft.sheet(self.own.name).rows
        if self.own.name != "stories":
            return found
        every = self.draft.tables
        told = set(impact.stories(every["stories"], every["audiences"], every["goals"], services=every["services"], as_of=self.draft.library.as_of)["story"])
        return [row for row in found if row["story"] in told]

    def follow(self) -> None:
        """Show what the draft holds now; what is typed stays where the row did not change."""
        key, before = self.row.value, self.shown
        self._offer(key)
        edit_fields.refresh(self.fields, self.own, self._choices())
        if self.row.value != key or (key and self.draft.row(self.own.name, key) != before):
            self._fill()
        self.buttons["undo"].disabled = not self.draft.done
        self.grid.show(self.own, self.rows())

    def _turn(self) -> None:
        self.note.value = ""
        self.about.value = f"<p>{escape(say(self.own.description))}</p>"
        if self.own.name not in self.made:
            self.made[self.own.name] = edit_fields.made(self.own, self._choices(), self._check)
        self.fields = self.made[self.own.name]
        edit_fields.refresh(self.fields, self.own, self._choices())
        self.form.children = [widget for one in self.fields.values() for widget in one.widgets]
        self._offer(())
        self._fill()
        self.buttons["undo"].disabled = not self.draft.done
        self.grid.show(self.own, self.rows())

    def _choices(self) -> edit_fields.Choices:
        names = names_of(self.draft) if any(column.refers for column in self.own.fields) else {}
        return {column.refers: {id: names[column.refers][id] for id in sorted(self.draft.sheet(column.refers).values(schema.tables()[column.refers].id))}
                for column in self.own.fields if column.refers}

    def _offer(self, key: tuple[str, ...]) -> None:
        names = names_of(self.draft)
        keys = [(tuple(row[name] for name in self.own.key), said_rows.row_name(self.own, row, names)) for row in self.rows()]
        twice = pd.Series([name for _, name in keys], dtype=object).duplicated(keep=False).tolist()
        options = [(say("a new row"), ()), *((f"{name} ({', '.join(one)})" if double else name, one) for (one, name), double in zip(keys, twice))]
        self.busy = True
        if tuple(self.row.options) != tuple(options):
            self.row.options = options
        self.row.value = key if key in {one for one, _ in keys} else ()
        self.busy = False

    def _fill(self) -> None:
        """Put the chosen row into the fields, empty ones for a new row."""
        key = self.row.value
        self.shown = self.draft.row(self.own.name, key) if key else {}
        self.busy = True
        for name, one in self.fields.items():
            one.put(self.shown.get(name, ""), fixed=bool(key) and name in self.own.key or name == self.own.id and numbered(self.own))
        self.busy = False
        self.buttons["add"].disabled, self.buttons["change"].disabled, self.buttons["remove"].disabled = bool(key), not key, not key

    def _check(self, column: schema.Field, text: str) -> Problem | None:
        """The problem of what stands in one field."""
        known = {column.refers: self.draft.sheet(column.refers).values(schema.tables()[column.refers].id)} if column.refers else {}
        return None if self.busy else wrong_cell(self.own, column, text_of(text), None, known)

    def _clicked(self, name: str) -> Callable[[object], None]:
        def click(_: object) -> None:
            try:
                self.note.value = getattr(self, f"_{name}")()
            except PlanningError as error:
                self.note.value = edit_fields.status(str(error))
        return click

    def _add(self) -> str:
        cells = {name: one.text for name, one in self.fields.items()}
        if numbered(self.own):
            cells.pop(self.own.id)
            new, problems = self.draft.add(self.own.name, self._label(say("new row")), **cells)
            key = (new,)
        else:
            key = tuple(cells[name] for name in self.own.key)
            if self.draft.row(self.own.name, key):
                return edit_fields.status(say("There is such a row already. Choose it above to change it."))
            problems = self.draft.put(self.own.name, pd.DataFrame([cells], dtype=object), self._label(say("new row")))
        if not problems:
            self._offer(key)
            self._fill()
        return self._answer(problems, say("The row is in the draft."))

    def _change(self) -> str:
        cells = {name: one.text for name, one in self.fields.items() if name not in self.own.key}
        problems = self.draft.alter(self.own.name, self.row.value, cells, self._label(say("row changed")))
        return self._answer(problems, say("The change is in the draft."))

    def _remove(self) -> str:
        return self._answer(self.draft.remove(self.own.name, self.row.value, self._label(say("row taken out"))), say("The row is out of the draft."))

    def _undo(self) -> str:
        return edit_fields.status(say("Taken back: {step}", step=self.draft.undo()))

    def _label(self, what: str) -> str:
        return say("{table}: {what}", table=say(self.own.title), what=what)

    def _answer(self, problems: list[Problem], done: str) -> str:
        """What came of a button; each problem of a column also stands under its field."""
        for problem in problems:
            if problem.column in self.fields:
                self.fields[problem.column].told(problem)
        if not problems:
            return edit_fields.status(done + " " + say("Keep the decision to write it into the plan."))
        return edit_fields.status(say("Nothing was changed:"), [problem.sentence() for problem in problems])

    def _typed_in_grid(self, row: dict[str, str], column: str, value: object) -> None:
        key = tuple(row[name] for name in self.own.key)
        try:
            problems = self.draft.alter(self.own.name, key, {column: value}, self._label(say("row changed")))
        except PlanningError as error:
            self.note.value = edit_fields.status(str(error))
        else:
            self.note.value = self._answer(problems, say("The change is in the draft."))
        self.grid.show(self.own, self.rows())
