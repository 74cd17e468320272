"""Tables of step 7 on the decisions asked for."""

from __future__ import annotations

import pandas as pd

from planning.show.language import absent, listed, say
from planning.show.records import Column, Table


def brief(rows: pd.DataFrame) -> Table:
    """Every decision asked for: by when, by whom, for which goal, for what, and what it lacks."""
    fits = [None if absent(row.fits) or not row.open else say("yes") if row.fits else say("no") for row in rows.itertuples()]
    state = [say("late") if row.when == "late" else say("no day") if row.when == "no day" else None for row in rows.itertuples()]
    asked = [row.name if row.open else say("{name} (the initiative is {state})", name=row.name, state=say(row.state)) for row in rows.itertuples()]
    lacks = [listed(say(part) for part in row.lacks.split("; ")) if row.lacks else None for row in rows.itertuples()]
    shown = rows.assign(asked=asked, fits_words=fits, stands=state, lacks_words=lacks)
    columns = (Column("asked", "Decision asked for"), Column("decides", "Decided by"), Column("by", "By", "day"), Column("stands", "Stands"), Column("goal_name", "Goal"), Column("money", "Money", "money", 0),
               Column("hours", "Hours", "whole"), Column("fits_words", "Within what is left"), Column("lacks_words", "Lacks"))
    return Table("decisions_asked_for", shown, columns, say("Decisions asked for"), "Each is held against all that is left; together they may need more than there is.", most=40)
