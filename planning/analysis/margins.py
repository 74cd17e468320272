"""What more or less money and time would bring: the next amount, the whole staircase, and whose place is safe."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from planning.methods import portfolio, selection
from planning.methods.conditions import Infeasible
from planning.methods.selection import FREE

SHIFTS = (0.8, 0.9, 1.0, 1.1, 1.2)


def next_amount(chosen: pd.DataFrame, links: pd.DataFrame, limits: pd.DataFrame, *, more: float = 10_000.0) -> pd.DataFrame:
    """What `more` money would buy and what as much less would cost, two rows: amount (currency, + and −), limit (the ceiling then), value
    (of the best choice then), gain (against now), comes_in and drops_out (names, semicolons between), possible, binding (true
    when money without any ceiling would raise the value).

    The choice is solved anew with the ceiling of money moved and all others as they are. Not
    possible: what must be done and what runs already no longer fits; value and gain are missing then.
    Empty without a choice or without a ceiling of money. A gain is for the first year; what comes
    in may cost money later. Takes `choice`, links and `ceilings`. Raises ValueError when `more` is not above 0.
    """
    columns = ["amount", "limit", "value", "gain", "comes_in", "drops_out", "possible", "binding"]
    if not more > 0:
        raise ValueError(f"The parameter more is {more:g}. An amount of money is above 0. Give a positive number.")
    if chosen.empty or pd.isna(limits["limit"].iloc[0]):
        return pd.DataFrame(columns=columns)
    taken, rows = chosen[chosen["chosen"].astype(bool)], []
    lifted = selection.chosen(chosen, links, limits, ceiling=0, limit=np.inf)
    for amount in (more, -more):
        limit = max(0.0, limits["limit"].iloc[0] + amount)
        found = selection.chosen(chosen, links, limits, ceiling=0, limit=limit)
        possible = found is not None
        value = found["value"].sum() if possible else np.nan
        names = selection.exchanged(taken, found) if possible else ("", "")
        rows.append([amount, limit, value, round(value - taken["value"].sum(), 9), *names, possible, lifted["value"].sum() > taken["value"].sum() + 1e-9])
    return pd.DataFrame(rows, columns=columns)


def frontier(valued: pd.DataFrame, links: pd.DataFrame, limits: pd.DataFrame, *, points: int = 25) -> pd.DataFrame:
    """How the best value grows with money while hours, those of single roles too, stay: money (currency), hours, value, initiatives (number), here
    (true for the best choice within the plan's money).

    One row for each choice that no other one beats on both money and value; money rises from what
    must be done in `points` equal steps. Empty when hours do not even suffice for what must be
    done. Between two rows there can be choices that were not tried. Takes `values`, links, `ceilings`.
    """
    columns = ["money", "hours", "value", "initiatives", "here"]
    question = selection.question(valued, links, limits.assign(limit=[np.nan, *limits["limit"].iloc[1:]])) if len(valued) else None
    if question is None or not question.possible:
        return pd.DataFrame(columns=columns)
    found = portfolio.frontier(**question.terms, points=points)
    rows = pd.DataFrame({"money": found.cost, "hours": found.used[:, 1], "value": found.value.round(9), "initiatives": found.chosen.sum(axis=1), "here": False})
    limit = limits["limit"].iloc[0]
    if (taken := selection.chosen(valued, links, limits, ceiling=0, limit=limit)) is not None:
        rows.loc[len(rows)] = [taken["cost"].sum(), taken["hours"].sum(), round(taken["value"].sum(), 9), len(taken), False]
    rows = rows.sort_values(["money", "value"], ascending=[True, False], ignore_index=True)
    rows = rows[rows["value"] > rows["value"].shift().cummax().fillna(-1)].reset_index(drop=True)
    rows["here"] = (rows["money"] <= limit) & (rows.index == (rows["money"] <= limit).sum() - 1)
    return rows.astype({"initiatives": int})


def core(valued: pd.DataFrame, links: pd.DataFrame, limits: pd.DataFrame) -> pd.DataFrame:
    """How safe each initiative's place is when the ceilings move: initiative, initiative_name, value, share (0-1 of the
    best choices that hold it), kind (committed, always in, borderline, never in), sets (number of different choices).

    Money and hours each move by −20, −10, 0, 10 and 20 %; every pair gives a best choice, and
    choices found twice count once; pairs too small for what must be done are passed over.
    committed: must be done or runs already. The hours of single roles stay. Source: the core index of Liesiö, Mild and Salo 2007,
    over moved ceilings; values stay. Empty when no choice is possible. Safest first.
    """
    columns = ["initiative", "initiative_name", "value", "share", "kind", "sets"]
    question = selection.question(valued, links, limits) if len(valued) else None
    if question is None or not question.possible:
        return pd.DataFrame(columns=columns)
    held, items = list(_moved(question)), question.items
    found = items[["initiative", "initiative_name", "value"]].assign(share=portfolio.core_share(held), sets=len(np.unique(held, axis=0)))
    kinds = np.select([found["share"] >= 1, found["share"] > 0], ["always in", "borderline"], "never in")
    found["kind"] = np.where(items["part"] != FREE, "committed", kinds)
    order = found["kind"].map({"always in": 0, "borderline": 1, "never in": 2, "committed": 3})
    return found.assign(order=order).sort_values(["order", "share", "value", "initiative"], ascending=[True, False, False, True], ignore_index=True)[columns]


def _moved(question: selection.Question) -> Iterator[np.ndarray]:
    for money in SHIFTS:
        for hours in SHIFTS:
            limit = question.terms["ceilings"] * np.array([money, hours, *[1.0] * (len(question.terms["ceilings"]) - 2)])
            try:
                yield portfolio.best_choice(**question.terms | {"ceilings": limit}).chosen
            except Infeasible:
                continue
