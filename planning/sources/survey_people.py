"""Traits of respondents without small groups, and comments without what points to a person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from planning.methods import redaction
from planning.model.plan import Plan
from planning.sources.survey_codes import Row

OTHER = "Other"


def traits(rows: Mapping[str, Row], smallest: int) -> tuple[list[tuple[str, str, str]], list[str]]:
    """Respondent, trait and value of each respondent, and what is to be told.

    A value that fewer than `smallest` respondents have becomes Other; where fewer than that are Other in the end, they
    have no value of this trait. A trait that would be left with Other only is left out.

    >>> import datetime as dt
    >>> branches = ["East", "East", "West", "North", "Sea"]
    >>> rows = {f"V{place}": Row(place, dt.date(2026, 5, 4), traits={"Branch": branch}) for place, branch in enumerate(branches)}
    >>> traits(rows, 2)[0]
    [('V0', 'Branch', 'East'), ('V1', 'Branch', 'East'), ('V2', 'Branch', 'Other'), ('V3', 'Branch', 'Other'), ('V4', 'Branch', 'Other')]
    """
    found, told = [], []
    for name in dict.fromkeys(name for row in rows.values() for name in row.traits):
        many = Counter(row.traits[name] for row in rows.values() if name in row.traits)
        small = {value for value, count in many.items() if count < smallest}
        together = sum(many[value] for value in small | ({OTHER} & set(many))) if small else 0
        dropped = 0 < together < smallest
        if small and set(many) <= small | {OTHER}:
            told.append(f"{name}: left out, since each of its values is held by fewer than {smallest} respondents.")
            continue
        if small:
            told.append(f"{name}: {len(small)} {'value' if len(small) == 1 else 'values'} held by fewer than {smallest} respondents "
                        + ("left out for them, since together they are too few as well." if dropped else f"became {OTHER}, {together} respondents together."))
        for respondent, row in rows.items():
            value = row.traits.get(name, "")
            if value and not (dropped and value in small | {OTHER}):
                found.append((respondent, name, OTHER if value in small else value))
    return found, told


def cleaned(plan: Plan, rows: Iterable[Row]) -> tuple[dict[tuple[int, str], str], int]:
    """The comments without what could point to a person, by row number and heading, and in how many of them something was found."""
    names = {str(plan.facts["library"]), *(name for table in ("services", "segments", "partners", "branches") for name in plan.tables[table]["name"].dropna())}
    found = {(row.number, heading): redaction.cleaned(text, names) for row in rows for heading, text in row.comments.items()}
    return {key: one.text for key, one in found.items()}, sum(bool(one.found) for one in found.values())
