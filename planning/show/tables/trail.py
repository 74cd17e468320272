"""What each decision changed in the plan, cell by cell, as a table."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from planning.model.differences import NAMES
from planning.model.schema import tables as schema_tables
from planning.show import differences, rows
from planning.show.language import say
from planning.show.records import Column, Table


def cells(kept: pd.DataFrame, decisions: pd.DataFrame, tables: Mapping[str, pd.DataFrame]) -> Table:
    """Each cell that a decision changed, newest decision first; takes decision_changes, decisions and all tables of the plan."""
    shown = kept.merge(decisions[["decision", "what", "date", "decided_by"]].rename(columns={"what": "decided"}), on="decision")
    shown = shown.sort_values(["date", "decision"], ascending=False, kind="stable", ignore_index=True)
    shown["change"] = differences.trail(shown, _names(tables))
    columns = (Column("decided", "Decision"), Column("date", "Day", "day"), Column("decided_by", "Decided by"), Column("change", "What it changed"))
    return Table("decision_changes", shown, columns, say("What each decision changed in the plan"), "From decisions that were kept in a workshop, or written down by hand.", most=40)


def _names(tables: Mapping[str, pd.DataFrame]) -> rows.Named:
    """What the rows of the tables are called, from typed frames."""
    own = {name: [schema_tables()[name].id, *(column for column in NAMES if column in table)] for name, table in tables.items() if schema_tables()[name].id}
    return rows.named({name: tables[name][list(dict.fromkeys(columns))].fillna("").astype(str).to_dict("records") for name, columns in own.items()})
