"""The table of step 6's control on next year's money."""

from __future__ import annotations

import pandas as pd

from planning.show.language import say
from planning.show.records import Column, Table


def plan(rows: pd.DataFrame, *, year: int) -> Table:
    """The planned money of each service beside the year before."""
    columns = (Column("service_name", "Service"), Column("before", "The year before", "money"), Column("planned", "Planned", "money"), Column("difference", "Difference", "money"),
               Column("change", "Change", "share", 1))
    note = "The lines of a service grow or shrink in proportion and add up to its amount to the last one. A dash: no year before to set it beside."
    return Table("try_budget", rows, columns, say("What each service gets in fiscal year {year}", year=year), note, most=60)
