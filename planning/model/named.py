"""One thing of a plan, found by its id, by kind:ID or by its name; where there is none, the nearest."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pandas as pd

from planning.model.errors import UsageError, nearest

ZEROS = r"(?<=[a-z])0+(?=\d)"  # of S03: those between letters and number
WORD = 4  # letters from which a part of a name is looked for

def key_of(items: pd.DataFrame, wanted: str) -> str:
    """The key of the one item that is meant: its key is kind:ID, such as "kpi:K07".

    Takes rows of key, kind, id and name. Capital letters do not matter. Raises UsageError when nothing has that id or name, with the
    nearest, and when several have it, with all of them.

    >>> rows = pd.DataFrame({"key": ["kpi:K07"], "kind": ["kpi"], "id": ["K07"], "name": ["Storytime attendance"]})
    >>> key_of(rows, "k07"), key_of(rows, "storytime attendance")
    ('kpi:K07', 'kpi:K07')
    """
    word = wanted.strip().lower()
    for column in ("key", "id", "name"):
        found = items[items[column].astype(str).str.lower() == word]
        if len(found) == 1:
            return str(found["key"].iloc[0])
        if len(found):
            raise UsageError("{found} stands in several tables: {all}. Write the kind before it, such as {example}.",
                             found=wanted, all=_told(found), example=found["key"].iloc[0])
    near = _near(items, word)
    if near.empty:
        raise UsageError("Nothing in this plan has the id or the name {found}. Ids stand in the first column of each table.", found=wanted)
    raise UsageError("Nothing in this plan has the id or the name {found}. Did you mean {near}?", found=wanted, near=_told(near))


def _near(items: pd.DataFrame, word: str) -> pd.DataFrame:
    """At most three items that may be meant: the same id but for zeros, names that hold the word, or else the nearest by spelling."""
    ids, names = items["id"].astype(str).str.lower(), items["name"].astype(str).str.lower()
    same = items[ids.str.replace(ZEROS, "", regex=True) == re.sub(ZEROS, "", word)]
    within = items[names.str.contains(word, regex=False)] if len(word) >= WORD else items.head(0)
    close = [name for column in ("key", "id", "name") if (name := nearest(word, items[column].astype(str).tolist()))]
    near = items[items["key"].isin(close[:1] if ":" in word else []) | items["id"].isin(close) | items["name"].isin(close)]
    return next((rows.head(3) for rows in (same, within, near) if len(rows)), near)


def _told(rows: pd.DataFrame) -> str:
    parts: Sequence[str] = [f"{row.key} “{row.name_}”" for row in rows.rename(columns={"name": "name_"}).itertuples()]
    return ", ".join(parts)
