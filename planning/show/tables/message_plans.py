"""The table of step 7's control on audiences and goals."""

from __future__ import annotations

import pandas as pd

from planning.show.language import number, say
from planning.show.records import Column, Table


def grid(rows: pd.DataFrame) -> Table:
    """Which audience hears of which goal."""
    cells = rows.assign(cell=[_cell(row.messages, row.going) for row in rows.itertuples()])
    shown = cells.pivot(index="audience", columns="goal", values="cell").reindex(index=rows["audience"].drop_duplicates(), columns=rows["goal"].drop_duplicates())
    shown["audience_name"] = rows.drop_duplicates("audience").set_index("audience")["audience_name"]
    goals = rows.drop_duplicates("goal")
    columns = (Column("audience_name", "Audience"), *(Column(goal, name) for goal, name in zip(goals["goal"], goals["goal_name"])))
    return Table("try_messages", shown.reset_index(drop=True), columns, say("Which audience hears of which goal"), "In brackets: approved or sent. A dash: no message.", most=60)


def _cell(messages: int, going: int) -> str | None:
    return say("{n} ({going})", n=number(messages), going=number(going)) if messages else None
