"""What people need, how far it is met, and on how many kinds of source that rests."""

from __future__ import annotations

import pandas as pd

SOURCES = ("survey", "desk question", "focus group", "interview", "statistics")


def unmet(needs: pd.DataFrame, segments: pd.DataFrame) -> pd.DataFrame:
    """Needs with what is still missing, greatest first: need, name, segment, segment_name, goal, severity (points 1-5),
    reach (share 0-1), met (share 0-1), people (number whose need is not met), score (0-1), inclusion.

    people = people of the segment × reach × (1 − met), missing when the segment's size is. The score
    severity ÷ 5 × reach × (1 − met) orders the needs; severity is an ordinal rating that is used as
    a number here, so the parts stand beside it. A small segment can have a high score.

    >>> needs = pd.DataFrame({"need": ["N1"], "name": ["Evening help"], "segment": ["A"], "goal": ["G1"],
    ...                       "severity": [5], "reach": [0.4], "met": [0.25]})
    >>> segments = pd.DataFrame({"segment": ["A"], "name": ["Job seekers"], "people": [1000], "inclusion": [True]})
    >>> unmet(needs, segments)[["people", "score"]].values.tolist()
    [[300.0, 0.3]]
    """
    sizes = segments[["segment", "name", "people", "inclusion"]].rename(columns={"name": "segment_name"})
    found = needs.merge(sizes, on="segment", how="left")
    gap = found["reach"] * (1 - found["met"])
    found["people"] = (found["people"] * gap).round()
    found["score"] = (found["severity"] / 5 * gap).round(6)
    columns = ["need", "name", "segment", "segment_name", "goal", "severity", "reach", "met", "people", "score", "inclusion"]
    return found[columns].sort_values(["score", "need"], ascending=[False, True], ignore_index=True)


def triangulated(needs: pd.DataFrame, evidence: pd.DataFrame) -> pd.DataFrame:
    """Needs against kinds of source: need, name, one column a kind of source (strength 1-3, missing where nothing
    was heard), sources (number of kinds), strongest (points 1-3).

    The strongest evidence of a kind counts, since ten hints of one kind are still one kind. Needs
    that rest on fewest kinds come last, in the order of the needs table.

    >>> needs = pd.DataFrame({"need": ["N1", "N2"], "name": ["Evening help", "Quiet"]})
    >>> evidence = pd.DataFrame({"need": ["N1", "N1"], "source": ["survey", "interview"], "strength": [2, 3]})
    >>> triangulated(needs, evidence)[["name", "survey", "sources"]].values.tolist()
    [['Evening help', 2.0, 2], ['Quiet', nan, 0]]
    """
    best = evidence.pivot_table(index="need", columns="source", values="strength", aggfunc="max")
    best = best.reindex(index=needs["need"], columns=list(SOURCES)).astype(float)
    found = needs[["need", "name"]].merge(best.reset_index(), on="need", how="left")
    found["sources"] = found[list(SOURCES)].notna().sum(axis=1)
    found["strongest"] = found[list(SOURCES)].max(axis=1)
    return found.sort_values("sources", ascending=False, kind="stable", ignore_index=True)
