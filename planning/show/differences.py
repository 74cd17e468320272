"""What a decision changes, said in sentences: by name, each cell before and after."""

from __future__ import annotations

import pandas as pd

from planning.model import schema
from planning.model.differences import Clash
from planning.model.keeping import UNTOLD
from planning.show.language import count, inside, say
from planning.show.rows import Named, cell, decimals

LONGEST = 90
MOST = 30


def sentences(difference: pd.DataFrame, names: Named) -> list[str]:
    """One sentence for each cell that changed and each row that came or went; what persons answered is counted only.

    Takes the result of a draft's difference and the names of rows (`rows.named`). The first thirty are said, the others counted.

    >>> changed = pd.DataFrame([["goals", "changed", "G1", "Every child reads", "weight", "0.26", "0.3"]], columns=["table", "what", "row", "name", "column", "before", "after"])
    >>> sentences(changed, {})
    ['Goals: “Every child reads”: weight from 0.26 to 0.30.']
    """
    told = difference[~difference["table"].isin(UNTOLD)]
    said = [_line(line, names) for line in told.head(MOST).itertuples()]
    if len(told) > MOST:
        said.append(count("{n} more change.", "{n} more changes.", len(told) - MOST))
    for (table, what), lines in difference[difference["table"].isin(UNTOLD)].groupby(["table", "what"], sort=False):
        said.append(say("{table}: {rows}.", table=say(schema.tables()[table].title), rows=_counted(what, lines["row"].nunique())))
    return said


def trail(kept: pd.DataFrame, names: Named) -> list[str]:
    """One sentence for each row of decision_changes.csv, in its order; many rows at once are counted.

    >>> kept = pd.DataFrame([["D7", "ratings", "*", "*", "new", None, "12"]], columns=["decision", "table", "row", "column", "what", "before", "after"])
    >>> trail(kept, {})
    ['Ratings: 12 new rows.']
    """
    whole = kept["column"] == "*"
    own = [names.get(table, {}).get(row, "") for table, row in zip(kept["table"], kept["row"])]
    texts = kept[["before", "after"]].fillna("").astype(str)
    called = [name or (after or before if star else "") for name, before, after, star in zip(own, texts["before"], texts["after"], whole)]
    lines = kept.assign(before=texts["before"], after=texts["after"], name=called, column=kept["column"].mask(whole, ""))
    return [_many(line) if line.row == "*" else _line(line, names) for line in lines.itertuples()]


def _many(line: object) -> str:
    return say("{table}: {rows}.", table=say(schema.tables()[line.table].title), rows=_counted(line.what, int(line.after or 0)))


def _counted(what: str, n: int) -> str:
    if what == "new":
        return count("{n} new row", "{n} new rows", n)
    return count("{n} row taken out", "{n} rows taken out", n) if what == "removed" else count("{n} row changed", "{n} rows changed", n)


def _line(line: object, names: Named) -> str:
    table = schema.tables()[line.table]
    place = {"table": say(table.title), "row": _row(table, line, names)}
    if line.what == "new":
        return say("{table}: {row} is new.", **place)
    if line.what == "removed":
        return say("{table}: {row} is taken out.", **place)
    column = next((one for one in table.fields if one.name == line.column), None)
    if column is None:
        return say("{table}: {row} is changed.", **place)
    digits = max(decimals(line.before), decimals(line.after)) if column.type in ("number", "integer") else None
    before, after = (_short(cell(column, text, names, digits)) for text in (line.before, line.after))
    if column.type == "string" and not column.choices:
        before, after = (f"“{text}”" if given else text for text, given in ((before, line.before), (after, line.after)))
    return say("{table}: {row}: {column} from {before} to {after}.", **place, column=inside(say(column.title)), before=before, after=after)


def _row(table: schema.Table, line: object, names: Named) -> str:
    fields = {column.name: column for column in table.fields}
    parts = [cell(fields[name], text, names) if fields[name].refers or fields[name].type == "date" else text for name, text in zip(table.key, line.row.split(", "))]
    if line.name and (table.id or line.name not in parts):
        return f"“{line.name}”" if table.id else ", ".join([f"“{line.name}”", *parts])
    return ", ".join(f"“{text}”" if fields[name].refers else text for name, text in zip(table.key, parts))


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1].rstrip()}…"


def clash(one: Clash, names: Named) -> str:
    """One thing that two people changed in different ways, in one sentence.

    >>> clash(Clash("goals", "G1", "weight", "0.4", "0.3"), {"goals": {"G1": "Every child reads"}})
    'Goals: “Every child reads”: weight: you had put 0.4, and 0.3 stands there.'
    """
    table = schema.tables()[one.table]
    name = names.get(one.table, {}).get(one.row, one.row)
    place = {"table": say(table.title), "row": f"“{name}”"}
    if not one.column:
        return say("{table}: {row}: one of you changed it and the other took it out; it is as the plan has it.", **place)
    column = next(column for column in table.fields if column.name == one.column)
    mine, theirs = (_short(cell(column, text, names)) for text in (one.mine, one.theirs))
    return say("{table}: {row}: {column}: you had put {mine}, and {theirs} stands there.", **place, column=inside(say(column.title)), mine=mine, theirs=theirs)
