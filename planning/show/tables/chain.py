"""Tables of the chain."""

from __future__ import annotations

import pandas as pd

from planning.analysis import chain
from planning.show import findings
from planning.show.language import quoted, say
from planning.show.records import Column, Table


def step(rows: pd.DataFrame, ends: pd.DataFrame) -> Table:
    """The things of one step: what rests on them, for which goals, and where the weight stops. Takes `chain.standing` of the step and `chain.dead_ends`."""
    lacks = ends.assign(words=[say(findings.chain.LACKS[pair]) for pair in zip(ends["kind"], ends["lacks"])]).groupby("key")["words"].agg("; ".join)
    stops = [_stops(row, lacks) for row in rows.itertuples()]
    shown = rows.assign(what=[findings.chain.kind(kind) for kind in rows["kind"]], weight=[findings.chain.part(part) if part else None for part in rows["part"]],
                         rests=[quoted(names.split("; "), 3) if names else None for names in rows["goal_names"]], stops=stops)
    columns = (Column("name", "Thing"), Column("what", "Kind"), Column("weight", "Leadership's weight", "share"), Column("rests", "For which goals"),
               Column("in_place", "In place"), Column("stops", "Where it stops"))
    note = ("In each kind, leadership's weight is divided once over all that hangs on a goal. In place: not only planned; of messages, "
            "those approved or sent that no look before held back.")
    return Table("chain", shown, columns, say("What rests on the things of this step"), note, most=80)


def _stops(row: object, lacks: pd.Series) -> str | None:
    if row.orphan:
        return say("hangs on no goal in force")
    return lacks.get(row.key)


def reach(rows: pd.DataFrame) -> Table:
    """How much of leadership's weight reaches each kind."""
    named = rows.assign(what=[findings.chain.kind(kind) for kind in rows["kind"]], names=[quoted(names.split("; "), 3) if names else None for names in rows["lacking"]])
    columns = (Column("what", "Kind"), Column("items", "On record", "whole"), Column("firm", "Clearly and in place", "share"), Column("reached", "At all", "share"),
               Column("orphans", "Hang on no goal", "whole"), Column("names", "Goals that lack it"))
    return Table("chain_reach", named, columns, say("How far leadership's weight gets"), most=40)


def traced(rows: pd.DataFrame, own: pd.Series) -> Table:
    """What stands above and below one item. Takes `chain.trace` and the item's row of `chain.standing`."""
    sides = {"up": say("above"), "down": say("below")}
    names = {**dict(zip(rows["key"], rows["name"])), own["key"]: own["name"]}
    shown = rows.assign(what=[findings.chain.kind(kind) for kind in rows["kind"]], where=rows["side"].map(sides), via=rows["under"].map(names),
                        weight=[findings.chain.part(part) if part else None for part in rows["part"]])
    columns = (Column("where", "Where"), Column("name", "Thing"), Column("what", "Kind"), Column("weight", "Weight through it", "share"), Column("via", "By way of"))
    return Table("chain_traced", shown, columns, say("Above and below"), most=60)
