"""What a group prefers by five voting rules, which need not agree."""

from typing import NamedTuple

import numpy as np
import pandas as pd

from planning.methods.scoring import shares

RULES = ("share", "borda", "copeland", "first", "approval")


class Tally(NamedTuple):
    """Each item's score and place (1 best) by each rule, the Condorcet winner if there is one, and the voters counted."""

    scores: pd.DataFrame
    places: pd.DataFrame
    condorcet: str | None
    voters: int


def tally(scores: pd.DataFrame) -> Tally:
    """Return what voters' scores (rows voters, columns items; more is better) give by each of five rules.

    share: mean over voters of the item's share of the voter's own total, 0 to 1.
    borda: items that the voter puts below it, half for each put level, summed over voters (Borda 1781).
    copeland: other items it beats one to one, half for each it ties with (Copeland 1951). It beats
    another when more voters put it above than below.
    first: first places; a voter's shared first place is split.
    approval: voters who give it at least an equal share, 1/n of their own total.
    condorcet: the item that beats every other one to one, or None (Condorcet 1785).
    Places count from 1; items level by a rule share the better place. A voter with a gap, or with
    no score above 0, is left out.

    Misleading when read as a way to pick the rule that suits: agree on the rule before counting.
    That rules differ is no error; no rule is fair in every respect (Arrow 1951).

    Raises ValueError when a score is below 0.

    >>> found = tally(pd.DataFrame({"a": [5, 5, 0], "b": [4, 4, 6], "c": [1, 1, 4]}))
    >>> found.scores["borda"].tolist(), found.places["share"].tolist(), found.condorcet
    ([4.0, 4.0, 1.0], [2, 1, 3], 'a')
    """
    given = scores.astype(float)
    given = given[given.notna().all(axis=1) & ~(given == 0).all(axis=1)]
    parts = pd.DataFrame([shares(row) for _, row in given.iterrows()], columns=given.columns, dtype=float).round(9)
    cells = parts.to_numpy()
    above = (cells[:, :, None] > cells[:, None, :]).sum(axis=0)
    beats, level = above > above.T, above == above.T
    best = cells == cells.max(axis=1, keepdims=True, initial=0.0)
    counted = pd.DataFrame({
        "share": cells.mean(axis=0) if len(cells) else np.nan,
        "borda": above.sum(axis=1) + 0.5 * (len(cells) * (len(above) - 1) - above.sum(axis=1) - above.sum(axis=0)),
        "copeland": beats.sum(axis=1) + 0.5 * (level.sum(axis=1) - 1),
        "first": (best / np.maximum(best.sum(axis=1, keepdims=True), 1)).sum(axis=0),
        "approval": (cells >= round(1 / max(cells.shape[1], 1), 9) - 1e-9).sum(axis=0),
    }, index=given.columns, columns=list(RULES), dtype=float)
    places = counted.round(9).rank(ascending=False, method="min")
    winner = next((item for item, won in zip(given.columns, beats.sum(axis=1)) if len(cells) and won == len(above) - 1), None)
    return Tally(counted, places.astype(int) if len(cells) else places, winner, len(cells))
