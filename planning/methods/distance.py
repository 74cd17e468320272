"""How far two things are apart when they are described by words, numbers and lists at once."""

from collections.abc import Collection, Mapping

import numpy as np
import pandas as pd


def jaccard(first: Collection[object], second: Collection[object]) -> float:
    """Return how much two lists overlap, 0 to 1: what both hold, divided by what either holds.

    J = |A and B| / |A or B|. 1: the same items; 0: none in common. What neither holds does not
    count, and an item counts once. Missing when both lists are empty. Source: Jaccard 1912.

    Misleading when one list is much longer than the other: a short list that lies wholly inside a
    long one still scores low.

    >>> jaccard({"read", "work"}, {"work", "save", "meet"})
    0.25
    """
    one, other = set(first), set(second)
    return len(one & other) / len(one | other) if one | other else float("nan")


def gower(first: Mapping[str, object], second: Mapping[str, object], *, ranges: Mapping[str, float] | None = None) -> float:
    """Return how far two things are apart, 0 to 1: the mean of their distances in each trait.

    Words: 0 when equal, 1 when not. Numbers: |x - y| divided by the range of that trait, which
    `ranges` names. Lists (set, frozenset, list or tuple): 1 less their Jaccard overlap. A trait that
    is missing or an empty list on either side is left out, and the mean is taken over the others;
    with none left the result is missing. Every trait weighs the same. Sources: Gower 1971; for
    traits with several answers at once, Pavoine and others 2009.

    Misleading when few traits are known: a distance over one trait of four looks as exact as one
    over all. A trait of words alone is all or nothing and so moves the mean most.

    Raises ValueError when a number has no range above 0, or lies further from the other than its range.

    >>> school = {"kind": "education", "size": 40, "serves": {"children", "parents"}}
    >>> clinic = {"kind": "health", "size": 60, "serves": {"parents", "carers"}}
    >>> round(gower(school, clinic, ranges={"size": 80}), 3)
    0.639
    """
    parts = [_part(trait, first[trait], second[trait], ranges or {}) for trait in first if trait in second]
    known = [part for part in parts if not np.isnan(part)]
    return float(np.mean(known)) if known else float("nan")


def _part(trait: str, one: object, other: object, ranges: Mapping[str, float]) -> float:
    if _absent(one) or _absent(other):
        return float("nan")
    if _listed(one):
        return 1 - jaccard(one, other)
    if isinstance(one, str):
        return float(one != other)
    span, apart = ranges.get(trait, 0), abs(one - other)
    if not span > 0 or apart > span:
        raise ValueError(f"Trait {trait}: found {one:g} and {other:g} with a range of {span:g}. The range is above 0 and holds both. Name it in ranges.")
    return apart / span


def _absent(value: object) -> bool:
    return not value if _listed(value) else bool(pd.isna(value))


def _listed(value: object) -> bool:
    return isinstance(value, set | frozenset | list | tuple)
