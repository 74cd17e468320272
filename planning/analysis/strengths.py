"""How strongly services support goals, as a group judges it anew at the table, beside what stands in the plan."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

WORDS = {0.0: "not at all", 0.3: "a little", 0.7: "clearly", 1.0: "it exists for this"}
COLUMNS = ["service", "goal", "strength", "reason"]
Judged = Mapping[tuple[str, str], tuple[float, str]]


def changed(alignment: pd.DataFrame, judged: Judged) -> pd.DataFrame:
    """The rows of the alignment table that judgements change or add: service, goal, strength (share 0-1), reason (a text, maybe empty).

    A pair that is judged as it stands is left out, and so is one that is not listed and judged 0, since a pair that is not
    listed does not support. Rows come in the order in which they were judged.

    >>> alignment = pd.DataFrame({"service": ["S1"], "goal": ["G1"], "strength": [0.7], "reason": ["Reading"]})
    >>> changed(alignment, {("S1", "G1"): (0.7, "Reading"), ("S1", "G2"): (0.0, ""), ("S2", "G1"): (0.3, "By the way")}).values.tolist()
    [['S2', 'G1', 0.3, 'By the way']]
    """
    now = standing(alignment)
    rows = [[*pair, float(strength), reason] for pair, (strength, reason) in judged.items()
            if (float(strength), reason) != now.get(pair, (0.0, "")) and not (pair not in now and strength <= 0)]
    return pd.DataFrame(rows, columns=COLUMNS)


def standing(alignment: pd.DataFrame) -> dict[tuple[str, str], tuple[float, str]]:
    """What the alignment table says of each pair that it lists: strength (share 0-1) and reason (empty where there is none).

    >>> standing(pd.DataFrame({"service": ["S1"], "goal": ["G1"], "strength": [0.7], "reason": [None]}))
    {('S1', 'G1'): (0.7, '')}
    """
    reasons = alignment["reason"].fillna("").astype(str)
    return {(service, goal): (float(strength), reason) for service, goal, strength, reason in zip(alignment["service"], alignment["goal"], alignment["strength"], reasons)}


def merged(alignment: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """The alignment table with `changed` rows in place of its own or added: service, goal, strength, reason.

    >>> alignment = pd.DataFrame({"service": ["S1"], "goal": ["G1"], "strength": [0.7], "reason": ["Reading"]})
    >>> merged(alignment, changed(alignment, {("S1", "G1"): (0.0, "")})).values.tolist()
    [['S1', 'G1', 0.0, '']]
    """
    if rows.empty:
        return alignment[COLUMNS]
    kept = alignment.merge(rows[["service", "goal"]], on=["service", "goal"], how="left", indicator=True)
    kept = kept[kept["_merge"] == "left_only"][COLUMNS]
    return pd.concat([kept, rows], ignore_index=True) if len(kept) else rows.reset_index(drop=True)


def steps(*strengths: float) -> dict[float, str]:
    """The words of the scale by their strength, with the given strengths among them where they lie between two words.

    >>> list(steps(0.5)), steps(0.5)[0.5]
    ([0.0, 0.3, 0.5, 0.7, 1.0], '')
    """
    return dict(sorted({**{float(strength): "" for strength in strengths}, **WORDS}.items()))
