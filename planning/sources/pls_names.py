"""Which library was meant, when a key is not in the survey's files."""

from __future__ import annotations

import re
from difflib import get_close_matches

import pandas as pd

from planning.model.errors import PlanningError, nearest

_KEY = re.compile(r"[A-Za-z]{2}\d{4}")
_KEY_LIKE = re.compile(r"([A-Za-z]{0,3})[ -]?(\d+)")
_LISTED = 10


def named(text: str, libraries: pd.DataFrame) -> pd.DataFrame:
    """Libraries whose name, city and state hold every word of `text`, whatever the case.

    Returns name, city, state, key, one row a library, sorted by state and name.

    >>> libraries = pd.DataFrame([
    ...     {"key": "AK0801", "name": "ELM POINT LIBRARY", "city": "ELM POINT", "state": "AK"},
    ...     {"key": "AK0802", "name": "ELMWOOD LIBRARY", "city": "ELMWOOD", "state": "AK"}])
    >>> named("elm point", libraries)["key"].tolist()
    ['AK0801']
    """
    rows = libraries[["name", "city", "state", "key"]].drop_duplicates("key", keep="last")
    text_of = rows[["name", "city", "state"]].fillna("").agg(" ".join, axis="columns").str.upper()
    words = re.findall(r"\w+", text.upper())
    found = pd.Series(bool(words), index=rows.index)
    for word in words:
        found &= text_of.str.contains(rf"\b{re.escape(word)}\b", regex=True)
    return rows[found].sort_values(["state", "name", "key"], ignore_index=True)


def unknown(text: str, libraries: pd.DataFrame) -> PlanningError:
    """The error for a key that no file has: the nearest keys, or the libraries of that name."""
    known = libraries.drop_duplicates("key", keep="last")
    if parts := _KEY_LIKE.fullmatch(text):
        found, intro = _near_keys(parts[1].upper() + parts[2].zfill(4), known), "The nearest keys"
    else:
        found, intro = named(text, known), "Libraries of that name"
        if found.empty:
            found, intro = named(nearest(text, list(known["name"])) or "", known), "The nearest name"
    shown = "; ".join(_line(row) for row in found.head(_LISTED).itertuples(index=False))
    more = f"; and {len(found) - _LISTED} more" if len(found) > _LISTED else ""
    return PlanningError(
        "{given} {what} these survey files. Allowed: a library's FSCSKEY, two letters of the state and "
        "four digits, such as AK0001. {listing}. Give the key of the library you mean.",
        given=text or "An empty text",
        what="has the right form but is not in" if _KEY.fullmatch(text) else "is no key in",
        listing=f"{intro}: {shown}{more}" if shown else "No library of that name or key was found",
    )


def _near_keys(key: str, known: pd.DataFrame) -> pd.DataFrame:
    near = get_close_matches(key, list(known["key"]), n=3, cutoff=0.6)
    return known.set_index("key", drop=False).loc[near]


def _line(row: tuple) -> str:
    place = ", ".join(str(part) for part in (row.name, row.city, row.state) if not pd.isna(part))
    return f"{row.key} ({place})"
