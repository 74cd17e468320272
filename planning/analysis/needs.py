"""What people need, how far it is met, and on how many kinds of source that rests."""

from __future__ import annotations

import pandas as pd

from planning.methods import suppression

SOURCES = ("survey", "desk question", "focus group", "interview", "statistics")


def unmet(needs: pd.DataFrame, segments: pd.DataFrame, *, small_group: int = 5) -> pd.DataFrame:
    """Needs with what is still missing, greatest first: need, name, segment, segment_name, goal, severity (points 1-5),
    reach (share 0-1), met (share 0-1), people (number whose need is not met), score (0-1), inclusion.

    people = people of the segment × reach × (1 − met), missing when the segment's size is, and where it has fewer
    people than `small_group`. The score
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
    found["people"] = found["people"].mask(found["people"] < small_group)
    found["people"] = (found["people"] * gap).round()
    found["score"] = (found["severity"] / 5 * gap).round(6)
    columns = ["need", "name", "segment", "segment_name", "goal", "severity", "reach", "met", "people", "score", "inclusion"]
    return found[columns].sort_values(["score", "need"], ascending=[False, True], ignore_index=True)


def by_segment(unmet: pd.DataFrame, segments: pd.DataFrame, *, small_group: int = 5) -> pd.DataFrame:
    """Segments with the worst of what they miss, worst first: segment, segment_name, kind, people (number), active_share
    (share 0-1 who used the library in the past year), inclusion, needs (number on record), greatest (name of the need with
    the highest score), score (0-1), people_unmet (number for whom that one need is not met).

    Takes `unmet`. People are not added up over needs, since the same person may have several, nor over
    segments, since somebody can belong to two. Segments without a need on record come last: perhaps
    nobody asked them. `greatest` is missing there, and where every need is met. A size of 0 or none, or
    more active people than people, leaves the share missing, and so does a group that `reach.by_segment`
    hides: with fewer people, active people, or people who are not active, than `small_group`, or next to
    such a one of its kind. It misleads where one segment was asked about many needs and another about one.

    >>> rows = pd.DataFrame({"need": ["N1"], "name": ["Evening help"], "segment": ["A"], "score": [0.3], "people": [300.0]})
    >>> segments = pd.DataFrame({"segment": ["A", "B"], "name": ["Job seekers", "Readers"], "kind": "situation",
    ...                          "people": [1000, 500], "active": [250, 400], "inclusion": [True, False]})
    >>> by_segment(rows, segments)[["segment_name", "active_share", "needs", "greatest"]].values.tolist()
    [['Job seekers', 0.25, 1, 'Evening help'], ['Readers', 0.8, 0, nan]]
    """
    found = segments.rename(columns={"name": "segment_name"})
    share = found["active"] / found["people"].where(found["people"] > 0)
    hidden = [pd.Series(suppression.hidden_shares(rows["people"], rows["active"], small_group), index=rows.index) for _, rows in found.groupby("kind", dropna=False)]
    found["active_share"] = share.where((share <= 1) & ~pd.concat(hidden or [share.notna()]).reindex(found.index).astype(bool))
    found["people"] = found["people"].mask(found["people"] < small_group)
    found["needs"] = found["segment"].map(unmet["segment"].value_counts()).fillna(0).astype(int)
    ordered = unmet[unmet["score"] > 0].sort_values(["score", "need"], ascending=[False, True])
    worst = ordered.drop_duplicates("segment").set_index("segment")
    for ours, theirs in (("greatest", "name"), ("score", "score"), ("people_unmet", "people")):
        found[ours] = found["segment"].map(worst[theirs])
    found["score"] = found["score"].astype(float).where(found["greatest"].notna(), found["needs"].map(lambda number: 0.0 if number else None))
    columns = ["segment", "segment_name", "kind", "people", "active_share", "inclusion", "needs", "greatest", "score", "people_unmet"]
    return found[columns].sort_values(["score", "segment"], ascending=[False, True], na_position="last", ignore_index=True)


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
