"""A whole table as a grid beside its form: folded away, made when it is opened, in step with the form; without its package there is the form alone."""

from __future__ import annotations

from collections.abc import Callable
from importlib.util import find_spec

import ipywidgets as widgets
import pandas as pd

from planning.model import schema
from planning.show.language import say

WIDEST = 32
"""Letters of a cell that a column has room for."""


class Grid:
    """The grid's place on the page, and the rows that it shows once it was opened."""

    def __init__(self, typed: Callable[[dict[str, str], str, object], None]) -> None:
        self.typed, self.grid, self.own, self.rows = typed, None, None, []
        self.inside = widgets.VBox()
        there = find_spec("ipydatagrid") is not None
        self.box = widgets.Accordion([self.inside], titles=[say("The whole table as a grid")], selected_index=None) if there else widgets.VBox()
        if there:
            self.box.observe(lambda _: self._draw(), "selected_index")

    def show(self, table: schema.Table, rows: list[dict[str, str]]) -> None:
        """Take these rows; they are drawn when the grid is open."""
        self.own, self.rows = table, rows
        self._draw()

    def _frame(self) -> pd.DataFrame:
        titles = [say(column.title) for column in self.own.fields]
        return pd.DataFrame([[row.get(name, "") for name in self.own.columns] for row in self.rows], columns=titles, dtype=object)

    def _draw(self) -> None:
        if getattr(self.box, "selected_index", None) is None or self.own is None:
            return
        if self.grid is None:  # The package takes a while to load, and most never open the grid.
            from ipydatagrid import DataGrid

            self.grid = DataGrid(self._frame(), editable=True, selection_mode="cell", layout={"height": "24em", "width": "100%"})
            self.grid.on_cell_change(self._changed)
            self.inside.children = [self.grid]
        else:
            self.grid.data = self._frame()
        self.grid.column_widths = {name: min(max(map(len, [name, *cells])), WIDEST) * 8 + 40 for name, cells in self._frame().items()}

    def _changed(self, cell: dict[str, object]) -> None:
        titles = [say(column.title) for column in self.own.fields]
        if cell["column"] in titles and 0 <= int(cell["row"]) < len(self.rows):
            self.typed(self.rows[int(cell["row"])], self.own.columns[titles.index(cell["column"])], cell["value"])
