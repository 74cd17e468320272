"""Tables of dialogue: what was promised, what came of it, which goals were talked about, and what staff say of their work."""

from __future__ import annotations

import pandas as pd

from planning.show.language import between as span
from planning.show.language import number, say, share
from planning.show.records import Column, Table

NAMES = {"staff and leadership": ("staff", "Between staff and leadership"), "library and partner": ("partners", "Between the library and its partners")}


def promises(rows: pd.DataFrame, *, between: str) -> Table:
    """Commitments, overdue ones first."""
    who = rows["owner_name"].where(rows["owner_name"].notna(), rows["with_name"]).where(lambda names: names.notna(), say("leadership"))
    columns = (Column("commitment", "What was promised"), Column("who", "By"), Column("topic", "About"), Column("due", "For", "day"), Column("kept", "Done", "day"), Column("state", "State"), Column("late", "Days late", "whole"))
    return Table(f"commitments_{NAMES[between][0]}", rows.assign(who=who), columns, say("{sides}: what was promised, overdue first", sides=say(NAMES[between][1])), most=8)


def topics(rows: pd.DataFrame, *, between: str) -> Table:
    """What the talks are about."""
    columns = (Column("kind", "About"), Column("topics", "Topics", "whole"), Column("promised", "With a commitment", "whole"), Column("led", "Led to a decision or initiative", "whole"), Column("nothing", "Nothing came of it", "whole"))
    shown = rows.assign(kind=rows["kind"].where(rows["kind"].notna(), say("not put down")))
    return Table(f"topics_{NAMES[between][0]}", shown, columns, say("{sides}: what the talks are about", sides=say(NAMES[between][1])))


def outcomes(rows: pd.DataFrame, *, between: str) -> Table:
    """What came of the talks."""
    columns = (Column("topic", "Topic"), Column("date", "Talked on", "day"), Column("outcome", "What came of it"), Column("decision_name", "Decision"), Column("initiative_name", "Initiative"))
    return Table(f"outcomes_{NAMES[between][0]}", rows, columns, say("{sides}: what came of it, newest first", sides=say(NAMES[between][1])), most=8)


def unspoken(rows: pd.DataFrame, *, between: str) -> Table:
    """How often each goal was talked about."""
    columns = (Column("goal_name", "Goal"), Column("weight", "Weight", "share"), Column("topics", "Topics that bear on it", "whole"), Column("last", "Last talked about", "day"))
    return Table(f"goals_talked_{NAMES[between][0]}", rows, columns, say("{sides}: how often each goal was talked about, least first", sides=say(NAMES[between][1])))


def voice(rows: pd.DataFrame) -> Table:
    """Staff's answers on support, autonomy and service standards."""
    columns = (Column("topic", "About"), Column("text", "Statement"), Column("n", "Answers", "whole"), Column("agree", "Agree", "share"), Column("interval", "95% interval", "points"), Column("before", "Before", "share"),
               Column("moved", "Change, 95% interval (points)", "points"))
    plain = [column for column in columns if column.name not in ("before", "moved") or rows["before"].notna().any()]
    shown = rows.assign(interval=[span(row.low, row.high, share) for row in rows.itertuples()],
                        moved=[span(100 * row.change_low, 100 * row.change_high, lambda value: number(round(value), 0)) for row in rows.itertuples()])
    return Table("staff_voice", shown, tuple(plain), say("Staff on support, autonomy and service standards, least agreed first within each"),
                 "Agree: answers 4 and 5 of 5, or yes. A dash: too few answers to be shown, or not asked before.")
