"""Tables of step 1: which services stay first when the weights of the goals move."""

from __future__ import annotations

import pandas as pd

from planning.show.findings.priorities import how_many, often
from planning.show.language import number, say
from planning.show.records import Column, Table

SOURCES = {"accepted": "Weights drawn evenly between the lowest and the highest vote on each goal: {draws} draws.",
           "any": "Any weights at all, drawn evenly, because there are not enough votes on the goals: {draws} draws.",
           "none fit": "Any weights at all, drawn evenly, because the votes leave none that add up to 100%: {draws} draws."}


def source(rows: pd.DataFrame) -> str:
    """Where the weights of a result come from, and how many sets were drawn."""
    return say(SOURCES[rows["weights"].iloc[0]], draws=number(rows["draws"].iloc[0]))


def robust(rows: pd.DataFrame) -> Table:
    """Each service's place, how safe it is, and its place by TOPSIS."""
    columns = (Column("service_name", "Service"), Column("value", "Weighted support", "share"), Column("place", "Place", "whole"),
               Column("safe", "Of draws among the first", "points"), Column("ahead", "Of draws ahead of the next", "share"),
               Column("closeness", "TOPSIS (0 to 1)", "number", 2), Column("other_place", "Place by TOPSIS", "whole"))
    note = say("{source} Weighted support and TOPSIS use the plan's own weights.", source=source(rows))
    return Table("priorities", rows.assign(safe=[often(part) for part in rows["among"]]), columns,
                 say("The order of the services, and how often each is among the first {first}", first=how_many(rows["first"].iloc[0])), note, most=15)


def stable(rows: pd.DataFrame) -> Table:
    """How far each goal's weight may move before the first services change."""
    shown = rows.assign(
        falls=rows["low"].where(rows["in_below"].notna()), rises=rows["high"].where(rows["in_above"].notna()),
        below=[_exchange(row.in_below, row.out_below) for row in rows.itertuples()],
        above=[_exchange(row.in_above, row.out_above) for row in rows.itertuples()])
    columns = (Column("goal_name", "Goal"), Column("weight", "Weight", "share", 1), Column("falls", "May fall to", "share", 1), Column("below", "Below that"),
               Column("rises", "May rise to", "share", 1), Column("above", "Above that"))
    caption = say("How far each weight may move before the first {first} change", first=how_many(rows["first"].iloc[0]))
    return Table("stable_weights", shown, columns, caption,
                 "The other weights keep their proportions. A dash: however far the weight goes, the first stay the same.")


def _exchange(into: str | None, out: str | None) -> str | None:
    return None if pd.isna(into) else say("{into} instead of {out}", into=into, out=out)


def favoured(rows: pd.DataFrame) -> Table:
    """What one would have to hold to put each service first."""
    columns = (Column("service_name", "Service"), Column("share", "First in", "share"), Column("goal_name", "Goal that stands out then"),
               Column("weight", "Its mean weight then", "share"), Column("usual", "Its mean weight in all draws", "share"))
    note = say("{source} Services that come first in fewer than 1% of the draws are left out.", source=source(rows))
    return Table("favoured", rows, columns, say("Whose weights put which service first"), note)
