"""A question of choice put together from tables: what is in play, what is shut out, and the numbers to solve."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from planning.methods import portfolio
from planning.methods.conditions import Conflict, asked

FREE, MUST, RUNNING, UNKNOWN, DONE, REJECTED = "free", "must do", "running", "cost or hours not known", "done", "rejected"
COST = {"money": "cost", "hours": "hours"}
DONE_APART, NOT_HAD = "excluded by one that is done", "needs what cannot be had"


class Question(NamedTuple):
    """The items in play, why others are shut out (by id), the must-dos that are stuck, and the numbers to solve."""

    items: pd.DataFrame
    shut: dict[str, str]
    stuck: pd.DataFrame
    terms: dict[str, object]

    @property
    def conflicts(self) -> tuple[Conflict, ...]:
        """Every reason why no choice is possible, besides must-dos that are stuck."""
        return asked(**self.terms).conflicts()

    @property
    def possible(self) -> bool:
        """True when there is something to choose and nothing stands in the way."""
        return (len(self.items) > 0 or len(self.shut) > 0) and self.stuck.empty and not self.conflicts


def needed(items: pd.DataFrame, limits: pd.DataFrame) -> np.ndarray:
    """Return what each item (rows) needs of each ceiling (columns, in the order of `limits`).

    limits: a column `ceiling`. Of the ceiling money an item needs its cost, of any other the
    column of the same name; a column that is not there needs nothing.

    Misleading when a need is missing rather than none: missing counts as none here.

    >>> items = pd.DataFrame({"cost": [5.0], "hours": [2.0]})
    >>> needed(items, pd.DataFrame({"ceiling": ["money", "hours", "hours of R1"]})).tolist()
    [[5.0, 2.0, 0.0]]
    """
    columns = [COST.get(ceiling, ceiling) for ceiling in limits["ceiling"]]
    return items.reindex(columns=columns).astype(float).fillna(0.0).to_numpy()


def question(valued: pd.DataFrame, links: pd.DataFrame, limits: pd.DataFrame) -> Question:
    """Return the question that tables of items, of links and of ceilings put.

    valued: initiative, value, part (running, must do, free, done, rejected, cost or hours not
    known), cost, hours and what else a ceiling is about. links: initiative, link (needs or
    excludes), other. limits: ceiling, limit (missing limits nothing). A need of what is done is
    met, and what runs already needs nothing more. An item that excludes a done one, or needs one
    that is rejected, unknown or shut out itself, is shut out.

    Misleading when two ids name the same thing: links follow ids.

    >>> valued = pd.DataFrame({"initiative": ["A", "B"], "value": 1.0, "cost": 1.0, "hours": 1.0, "part": ["free", "rejected"]})
    >>> links = pd.DataFrame([["A", "needs", "B"]], columns=["initiative", "link", "other"])
    >>> question(valued, links, pd.DataFrame({"ceiling": ["money"], "limit": [9.0]})).shut
    {'A': 'needs what cannot be had'}
    """
    parts = dict(zip(valued["initiative"], valued["part"]))
    pairs = [(kind, one, other) for one, kind, other in links[["initiative", "link", "other"]].itertuples(index=False)
             if one != other and not (kind == "needs" and parts.get(one) == RUNNING)]
    shut = _shut(parts, pairs)
    items = valued[valued["part"].isin([FREE, MUST, RUNNING]) & ~valued["initiative"].isin(list(shut))].reset_index(drop=True)
    place = {initiative: row for row, initiative in enumerate(items["initiative"])}
    kept = {link: [(place[one], place[other]) for kind, one, other in pairs if kind == link and one in place and other in place]
            for link in ("needs", "excludes")}
    kept["excludes"] = sorted({(min(pair), max(pair)) for pair in kept["excludes"]})
    terms = {"value": items["value"].to_numpy(float), "costs": needed(items, limits), "ceilings": limits["limit"].astype(float).fillna(np.inf).to_numpy(),
             "must": np.flatnonzero(items["part"] != FREE), **kept}
    stuck = valued[valued["initiative"].isin(list(shut)) & (valued["part"] == MUST)]
    lacking = [_lacking(one, pairs, parts, shut) for one in stuck["initiative"]]
    stuck = stuck.assign(lacks=[valued.loc[valued["initiative"] == one, "initiative_name"].iloc[0] for one, _ in lacking]
                         if "initiative_name" in valued else "", state=[state for _, state in lacking])
    return Question(items, shut, stuck, terms)


def _lacking(one: str, pairs: list[tuple[str, str, str]], parts: dict[str, str], shut: dict[str, str]) -> tuple[str, str]:
    """The item at the end of a chain of needs that cannot be had, and its state: rejected, unknown or excluded by one that is done."""
    seen = set()
    while shut.get(one) == NOT_HAD and one not in seen:
        seen.add(one)
        others = [other for kind, first, other in pairs if kind == "needs" and first == one and (other in shut or parts.get(other) in (UNKNOWN, REJECTED))]
        one = sorted(others, key=lambda other: other in seen)[0]
    return one, shut.get(one, parts.get(one, ""))


def _shut(parts: dict[str, str], pairs: list[tuple[str, str, str]]) -> dict[str, str]:
    both = [pair for kind, one, other in pairs if kind == "excludes" for pair in ((one, other), (other, one))]
    shut = {one: DONE_APART for one, other in both if parts.get(one) == FREE and parts.get(other) == DONE}
    while True:
        more = [one for kind, one, other in pairs if kind == "needs" and one not in shut and parts.get(one) in (FREE, MUST)
                and (other in shut or parts.get(other) in (UNKNOWN, REJECTED))]
        if not more:
            return shut
        shut |= dict.fromkeys(more, NOT_HAD)


def reasons(question: Question, limits: pd.DataFrame, conflicts: tuple[Conflict, ...]) -> pd.DataFrame:
    """Return conflicts as rows: kind, year (0 the first), ceiling, ceiling_name, limit, excess, names (semicolons between), lacks, state.

    kind: over the ceiling (what must be done and what runs already need more than there is, by
    `excess`), exclude each other, needs run in a circle, needs what cannot be had (then `lacks`
    names what cannot be had, and `state` says why: rejected, cost or hours not known, or excluded
    by one that is done). An exclusion that is given from both sides is one conflict. limits:
    ceiling, ceiling_name, limit, and year where there are several.

    Misleading as a list of guilty rows: any of the names could give way.

    >>> valued = pd.DataFrame({"initiative": ["A"], "initiative_name": ["Doors"], "value": 1.0, "cost": 7.0, "part": ["must do"]})
    >>> limits = pd.DataFrame({"ceiling": ["money"], "ceiling_name": ["money"], "limit": [5.0]})
    >>> asked_for = question(valued, pd.DataFrame(columns=["initiative", "link", "other"]), limits)
    >>> reasons(asked_for, limits, asked_for.conflicts)[["kind", "limit", "excess", "names"]].values.tolist()
    [['over the ceiling', 5.0, 2.0, 'Doors']]
    """
    kinds = {"circle": "needs run in a circle", "apart": "exclude each other", "ceiling": "over the ceiling"}
    rows = [[NOT_HAD, 0, "", "", np.nan, np.nan, one["initiative_name"], one["lacks"], one["state"]] for one in question.stuck.to_dict("records")]
    years = limits.get("year", pd.Series(1, index=limits.index)) - 1
    for conflict in conflicts:
        names = "; ".join(question.items["initiative_name"].iloc[list(conflict.items)])
        about = ["", "", np.nan, np.nan]
        if conflict.kind == "ceiling":
            row = limits[years == conflict.year].iloc[conflict.ceiling]
            about = [row["ceiling"], row["ceiling_name"], row["limit"], conflict.excess]
        rows.append([kinds[conflict.kind], conflict.year, *about, names, "", ""])
    return pd.DataFrame(rows, columns=["kind", "year", "ceiling", "ceiling_name", "limit", "excess", "names", "lacks", "state"])


def chosen(valued: pd.DataFrame, links: pd.DataFrame, limits: pd.DataFrame, *, ceiling: int, limit: float) -> pd.DataFrame | None:
    """Return the items of the best choice when one ceiling (its row in `limits`, the first is 0) is moved, or None when no choice is possible.

    The question is put as in `question`, with `limit` in place of that ceiling's own (infinity lifts
    it) and all others as they are, and solved exactly.

    Misleading as a cause: what comes in may have waited for another item, not for room.

    >>> valued = pd.DataFrame({"initiative": ["A", "B"], "value": [2.0, 1.0], "cost": [5.0, 3.0], "part": "free"})
    >>> none, limits = pd.DataFrame(columns=["initiative", "link", "other"]), pd.DataFrame({"ceiling": ["money"], "limit": [5.0]})
    >>> chosen(valued, none, limits, ceiling=0, limit=8.0)["initiative"].tolist()
    ['A', 'B']
    """
    moved = limits["limit"].astype(float).to_numpy(copy=True)
    moved[ceiling] = limit
    asked_for = question(valued, links, limits.assign(limit=moved))
    return asked_for.items[portfolio.best_choice(**asked_for.terms).chosen] if asked_for.possible else None


def exchanged(before: pd.DataFrame, after: pd.DataFrame) -> tuple[str, str]:
    """Return the names of the items that come in between two choices and of those that drop out, semicolons between.

    Misleading where two choices are worth the same: then the exchange says nothing about either.

    >>> before = pd.DataFrame({"initiative": ["A", "B"], "initiative_name": ["Doors", "Lifts"]})
    >>> exchanged(before, pd.DataFrame({"initiative": ["B", "C"], "initiative_name": ["Lifts", "Lamps"]}))
    ('Lamps', 'Doors')
    """
    new, gone = after[~after["initiative"].isin(before["initiative"])], before[~before["initiative"].isin(after["initiative"])]
    return "; ".join(new["initiative_name"]), "; ".join(gone["initiative_name"])
