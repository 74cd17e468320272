"""The table of step 1's control on ratings."""

from __future__ import annotations

import pandas as pd

from planning.show.language import say
from planning.show.records import Column, Table


def groups(rows: pd.DataFrame, *, service: str) -> Table:
    """What each group that can be shown says of one service."""
    shown = rows[~rows["hidden"].astype(bool)].reset_index(drop=True)
    columns = (Column("group", "Group"), Column("n", "Raters", "whole"), Column("relevance", "Relevance", "number", 1), Column("quality", "Quality", "number", 1))
    return Table("try_ratings", shown, columns, say("Mean ratings of “{service}”, 1 to 5", service=service), "Groups that are too small to be shown are left out.")
