"""Tables of a comparison."""

from __future__ import annotations

import pandas as pd

from planning.show.findings.compare import STEPS
from planning.show.language import say
from planning.show.records import Column, Table

MOST = 500


def kinds(rows: pd.DataFrame, *, number: int) -> list[Table]:
    """What moved in one step, a table for each kind of result, each move with what explains it; takes the worded moves."""
    own = rows[rows["step"] == number]
    columns = (Column("item_name", "What"), Column("before", "Before"), Column("after", "After"), Column("change", "Change"), Column("why", "Why"))
    return [Table(f"move_{number}_{place}", found.reset_index(drop=True), tuple(one for one in columns if one.name != "change" or found["change"].any()), say("{kind}: {n} moved", kind=kind, n=len(found)), most=MOST)
            for place, (kind, found) in enumerate(own.groupby("kind", sort=False), start=1)]


def steps(rows: pd.DataFrame) -> Table:
    """How much moved in each step."""
    named = rows.assign(name=[say("{step} {name}", step=step, name=say(STEPS[step])) for step in rows["step"]])
    columns = (Column("name", "Step"), Column("moved", "Moved", "whole"), Column("results", "Of results", "whole"))
    return Table("steps", named, columns, say("Results that moved, by step"))


def differences(rows: pd.DataFrame) -> Table:
    """In which tables two plans differ."""
    columns = (Column("table", "Table"), Column("cells", "Cells changed", "whole"), Column("new", "Rows new", "whole"), Column("gone", "Rows gone", "whole"), Column("columns", "Columns that changed"))
    return Table("differences", rows, columns, say("Where the two sides differ"), most=MOST)
