"""Tables of step 1's controls: weights beside those of now, and what each service then gives."""

from __future__ import annotations

import pandas as pd

from planning.show.language import number, say, share, signed
from planning.show.records import Column, Table


def weights(rows: pd.DataFrame) -> Table:
    """Each goal's weight as it is, and as it would be."""
    columns = (Column("goal_name", "Goal"), Column("now", "Now", "share"), Column("weight", "Then", "share"), Column("moved", "Change, in percentage points", "number"))
    return Table("try_weights", rows.assign(moved=[signed(100 * one, 0) for one in rows["change"]]), columns, say("The weights that follow"), "Together they make 100%.")


def given(rows: pd.DataFrame) -> Table:
    """What each service gives to the goals, as it is and as it would be."""
    columns = (Column("service_name", "Service"), Column("before", "Now", "share"), Column("after", "Then", "share"),
               Column("moved", "Change, in percentage points", "number"), Column("places", "Place"))
    shown = rows.assign(moved=[signed(100 * one, 1) for one in rows["change"]],
                        places=[_place(*pair) for pair in zip(rows["place_before"], rows["place"])])
    return Table("try_given", shown, columns, say("Weighted support: what each service then gives to the goals"), most=40)


def _place(before: int, after: int) -> str:
    return number(after) if before == after else say("{after} (now {before})", after=number(after), before=number(before))


def matrix(pairs: pd.DataFrame) -> Table:
    """How strongly each service supports each goal: services in rows, goals in columns, a dash where one does not support the other."""
    wide = pairs.pivot(index="service_name", columns="goal", values="strength")
    wide = wide.reindex(index=pairs["service_name"].unique(), columns=pairs["goal"].unique())
    names = dict(zip(pairs["goal"], pairs["goal_name"]))
    weights = dict(zip(pairs["goal"], pairs["weight"]))
    columns = [Column(goal, say("{goal} ({weight})", goal=names[goal], weight=share(weights[goal])), "number", 1) for goal in wide.columns]
    return Table("try_alignment", wide.where(wide > 0).reset_index(), (Column("service_name", "Service"), *columns),
                 say("How strongly each service supports each goal (0 to 1; in brackets the goal's weight)"), "A dash: it does not support the goal.", most=60)
