"""A choice of initiatives made by hand: what it uses of each ceiling, which rules it breaks, and how near it comes to the best choice."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from planning.methods import selection
from planning.methods.selection import DONE, FREE, MUST, RUNNING

OPEN = ("candidate", "chosen")
OVER, LEFT_OUT, NEEDS, APART, NOT_HAD = "over the ceiling", "must do left out", "needs one that is not taken", "exclude each other", "needs what cannot be had"
KINDS = (OVER, LEFT_OUT, NEEDS, NOT_HAD, APART)


def picked(valued: pd.DataFrame, ids: Iterable[str]) -> pd.DataFrame:
    """`initiatives.values` with `chosen`: true for what runs already, and for those of `ids` that can be chosen (part free or must do).

    >>> valued = pd.DataFrame({"initiative": ["I1", "I2", "I3"], "part": ["running", "free", "rejected"]})
    >>> picked(valued, ["I2", "I3"])["chosen"].tolist()
    [True, True, False]
    """
    can = valued["part"].isin([FREE, MUST]) & valued["initiative"].isin(list(ids))
    return valued.assign(chosen=(can | (valued["part"] == RUNNING)).astype(bool))


def standing(valued: pd.DataFrame) -> list[str]:
    """The ids that the plan has chosen and that can be chosen, and those that must be done.

    >>> standing(pd.DataFrame({"initiative": ["I1", "I2", "I3"], "part": ["free", "must do", "free"], "status": ["chosen", "candidate", "candidate"]}))
    ['I1', 'I2']
    """
    return list(valued.loc[(valued["part"] == MUST) | ((valued["part"] == FREE) & (valued["status"] == "chosen")), "initiative"])


def taken(chosen: pd.DataFrame) -> list[str]:
    """The ids that a choice takes: of `picked`, `initiatives.choice` or `ranking.filled`; none where there is no choice.

    >>> taken(pd.DataFrame({"initiative": ["I1", "I2"], "chosen": [False, True]}))
    ['I2']
    """
    return list(chosen.loc[chosen["chosen"].astype(bool), "initiative"])


def use(picked: pd.DataFrame, limits: pd.DataFrame) -> pd.DataFrame:
    """What a choice by hand uses of each ceiling: ceiling, ceiling_name, limit, used, left (currency or hours; missing where there is no
    limit), over (true when more is used than there is), asked (true when an initiative in play asks for any of it).

    Takes `picked` and `initiatives.ceilings`.

    >>> own = pd.DataFrame({"initiative": ["I1", "I2"], "part": "free", "cost": [80.0, 50.0], "hours": 5.0, "chosen": True})
    >>> limits = pd.DataFrame({"ceiling": ["money", "hours"], "ceiling_name": ["money", "hours"], "limit": [100.0, None]})
    >>> use(own, limits)[["used", "left", "over"]].values.tolist()
    [[130.0, -30.0, True], [10.0, nan, False]]
    """
    found = limits[["ceiling", "ceiling_name", "limit"]].copy()
    play = picked[picked["part"].isin([FREE, MUST, RUNNING])]
    needs = selection.needed(play, limits)
    found["used"] = needs[play["chosen"].to_numpy(bool)].sum(axis=0)
    found["left"] = found["limit"].astype(float) - found["used"]
    return found.assign(over=(found["left"] < -1e-9).astype(bool), asked=(needs > 0).any(axis=0))


def broken(picked: pd.DataFrame, links: pd.DataFrame, limits: pd.DataFrame) -> pd.DataFrame:
    """The rules that a choice by hand breaks: kind, ceiling, ceiling_name, excess (currency or hours), name, other (names of initiatives).

    kind: over the ceiling; must do left out; needs one that is not taken; needs what cannot be had (rejected, or cost or
    hours not known); exclude each other. In that order. What runs already needs nothing more, and a need that is done is
    met. Empty when no rule is broken. Takes `picked`, the links, `initiatives.ceilings`.

    >>> own = pd.DataFrame({"initiative": ["I1", "I2"], "initiative_name": ["Tutors", "Desk"], "part": "free", "cost": 5.0, "hours": 5.0, "chosen": [True, False]})
    >>> links = pd.DataFrame([["I1", "needs", "I2"]], columns=["initiative", "link", "other"])
    >>> broken(own, links, pd.DataFrame({"ceiling": ["money"], "ceiling_name": ["money"], "limit": [9.0]}))[["kind", "name", "other"]].values.tolist()
    [['needs one that is not taken', 'Tutors', 'Desk']]
    """
    used, names = use(picked, limits), dict(zip(picked["initiative"], picked["initiative_name"]))
    rows = [[OVER, row.ceiling, row.ceiling_name, -row.left, "", ""] for row in used[used["over"]].itertuples()]
    left_out = picked[(picked["part"] == MUST) & ~picked["chosen"]]
    rows += [[LEFT_OUT, "", "", float("nan"), name, ""] for name in left_out["initiative_name"]]
    rows += [[kind, "", "", float("nan"), names[one], names[other]] for kind, one, other in _links(picked, links)]
    found = pd.DataFrame(rows, columns=["kind", "ceiling", "ceiling_name", "excess", "name", "other"])
    return found.sort_values("kind", key=lambda kinds: kinds.map(KINDS.index), kind="stable", ignore_index=True)


def _links(picked: pd.DataFrame, links: pd.DataFrame) -> list[tuple[str, str, str]]:
    """Needs that are not met and pairs that exclude each other: kind, one, other."""
    parts, taken = dict(zip(picked["initiative"], picked["part"])), set(picked.loc[picked["chosen"], "initiative"])
    here = set(parts)
    found = {}
    for one, link, other in links[["initiative", "link", "other"]].itertuples(index=False):
        if one == other or not {one, other} <= here:
            continue
        if link == "needs" and one in taken and parts[one] != RUNNING and other not in taken and parts[other] != DONE:
            found[NEEDS if parts[other] in (FREE, MUST) else NOT_HAD, one, other] = True
        if link == "excludes" and {one, other} <= taken | {name for name, part in parts.items() if part == DONE} and {one, other} & taken:
            found[APART, *sorted((one, other))] = True
    return list(found)


def reached(picked: pd.DataFrame, best: pd.DataFrame) -> pd.DataFrame:
    """How near a choice by hand comes to the best one within the same limits, one row: taken (number), value, best (values; best is
    missing when no choice is possible), share (value ÷ best, 0-1 or above where rules are broken), missing and instead
    (names that only the best choice takes, and that only this one takes, most valuable first, semicolons between).

    Takes `picked` and `initiatives.choice`. A difference of a few hundredths says little: values are judgements.

    >>> own = pd.DataFrame({"initiative": ["I1", "I2"], "initiative_name": ["Tutors", "Desk"], "value": [0.3, 0.6], "chosen": [True, False]})
    >>> reached(own, own.assign(chosen=[False, True]))[["share", "missing", "instead"]].values.tolist()
    [[0.5, 'Desk', 'Tutors']]
    """
    own, ideal = (rows[rows["chosen"].astype(bool)].sort_values("value", ascending=False, kind="stable") if len(rows) else rows for rows in (picked, best))
    value, most = float(own["value"].sum()), float(ideal["value"].sum()) if len(best) else float("nan")
    only = [one.loc[~one["initiative"].isin(other["initiative"]), "initiative_name"] for one, other in ((ideal, own), (own, ideal))] if len(best) else [[], []]
    share = value / most if most > 0 else float("nan")
    return pd.DataFrame([[len(own), value, most, share, *("; ".join(names) for names in only)]], columns=["taken", "value", "best", "share", "missing", "instead"])


def statuses(valued: pd.DataFrame, ids: Iterable[str]) -> pd.DataFrame:
    """The rows of the initiatives table that a choice changes: initiative, status (chosen for those of `ids`, candidate for the others).

    Only for initiatives that are candidates or chosen; what runs, is done or was rejected stays as it is. One whose status
    is right already, and one whose cost or hours are not known, is left out.

    >>> valued = pd.DataFrame({"initiative": ["I1", "I2", "I3"], "part": ["free", "free", "running"], "status": ["candidate", "chosen", "running"]})
    >>> statuses(valued, ["I1", "I3"]).values.tolist()
    [['I1', 'chosen'], ['I2', 'candidate']]
    """
    can = valued[valued["part"].isin([FREE, MUST]) & valued["status"].isin(OPEN)]
    then = can["initiative"].isin(list(ids)).map({True: "chosen", False: "candidate"})
    return can.assign(status=then)[then != can["status"]].sort_values("initiative")[["initiative", "status"]].reset_index(drop=True)
