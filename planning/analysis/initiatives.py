"""Which initiatives to choose within money and hours: their value, the best choice, what limits it, how safe it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

import numpy as np
import pandas as pd

from planning.methods import portfolio
from planning.methods.conditions import Infeasible, conditions

CEILINGS = ("money", "hours")
COSTS = ["cost", "hours"]
FREE, MUST, RUNNING, UNKNOWN, DONE, REJECTED = "free", "must do", "running", "cost or hours not known", "done", "rejected"
SHIFTS = (0.8, 0.9, 1.0, 1.1, 1.2)


def ceilings(facts: Mapping[str, object], *, money: float = -1.0, fte: float = -1.0) -> pd.DataFrame:
    """Money and hours that may go into initiatives: ceiling (money, hours), limit and plan (in currency and in hours).

    plan: what the plan's facts say; hours are full-time posts times productive hours of one post.
    limit: the same, or what `money` and `fte` put in its place; below 0 they leave the plan's own.
    A ceiling that is not given is missing, and then limits nothing.

    >>> ceilings({"money_ceiling": 900, "fte_ceiling": None, "hours_per_fte": 1600}, fte=0.5)["limit"].tolist()
    [900.0, 800.0]
    """
    each = _figure(facts.get("hours_per_fte"))
    plan = [_figure(facts.get("money_ceiling")), _figure(facts.get("fte_ceiling")) * each]
    limit = [money if money >= 0 else plan[0], fte * each if fte >= 0 else plan[1]]
    return pd.DataFrame({"ceiling": list(CEILINGS), "limit": limit, "plan": plan}).astype({"limit": float, "plan": float})


def _figure(value: object) -> float:
    return float("nan") if value is None else float(value)


def values(initiatives: pd.DataFrame, initiative_goals: pd.DataFrame, goals: pd.DataFrame) -> pd.DataFrame:
    """What each initiative would give to the goals in force: initiative, initiative_name, value (sum over goals of
    weight × contribution, 0-1), goals (number), main_goal (name), cost (currency), hours, rate (value for each 1,000 of
    money), risk (points 1-5), must_do, owner, status, part.

    part says how an initiative enters the choice. running: it is committed, so its money and hours
    count in full. must do: taken first. free: candidates and those chosen earlier, which compete
    anew. cost or hours not known: cannot be chosen, since unknown is not 0. done, rejected: left
    out. Values add up as if contributions to one goal never overlapped, and say nothing of risk.
    Empty when one of the tables is. Most valuable first, then by id.

    >>> initiatives = pd.DataFrame({"initiative": ["I1"], "name": ["Storytime"], "status": ["candidate"], "cost": [500.0],
    ...                             "hours": [80.0], "must_do": [False], "risk": [2.0], "owner": ["R1"]})
    >>> given = pd.DataFrame({"initiative": ["I1", "I1"], "goal": ["G1", "G2"], "contribution": [0.5, 0.2]})
    >>> goals = pd.DataFrame({"goal": ["G1", "G2"], "name": ["Read", "Work"], "weight": [0.6, 0.4]})
    >>> values(initiatives, given, goals)[["value", "main_goal", "rate", "part"]].round(2).values.tolist()
    [[0.38, 'Read', 0.76, 'free']]
    """
    columns = ["initiative", "initiative_name", "value", "goals", "main_goal", "cost", "hours", "rate", "risk", "must_do", "owner", "status", "part"]
    if initiatives.empty or initiative_goals.empty or goals.empty:
        return pd.DataFrame(columns=columns)
    given = initiative_goals.merge(goals[["goal", "name", "weight"]], on="goal")
    given = given.assign(part=given["weight"] * given["contribution"])
    given = given[given["part"] > 0].sort_values(["part", "goal"], ascending=[False, True], kind="stable")
    by = given.groupby("initiative")
    found = initiatives.rename(columns={"name": "initiative_name"}).copy()
    found["value"] = found["initiative"].map(by["part"].sum()).fillna(0.0).astype(float).round(9)
    found["goals"] = found["initiative"].map(by.size()).fillna(0).astype(int)
    found["main_goal"] = found["initiative"].map(by["name"].first())
    found["rate"] = found["value"] / found["cost"].where(found["cost"] > 0) * 1000
    unknown = found[COSTS].isna().any(axis=1)
    found["part"] = np.select([found["status"] == DONE, found["status"] == REJECTED, unknown, found["status"] == RUNNING, found["must_do"].astype(bool)],
                              [DONE, REJECTED, UNKNOWN, RUNNING, MUST], FREE)
    return found[columns].sort_values(["value", "initiative"], ascending=[False, True], ignore_index=True)


class _Question(NamedTuple):
    """A question of choice: the initiatives in play, why others are shut out, and the numbers to solve."""

    items: pd.DataFrame
    shut: dict[str, str]
    terms: dict[str, object]


def _question(valued: pd.DataFrame, links: pd.DataFrame, limits: pd.DataFrame, times: tuple[float, float] = (1.0, 1.0)) -> _Question:
    parts = dict(zip(valued["initiative"], valued["part"]))
    pairs = [(kind, one, other) for one, kind, other in links[["initiative", "link", "other"]].itertuples(index=False)
             if one != other and not (kind == "needs" and parts.get(one) == RUNNING)]
    shut = _shut(parts, pairs)
    items = valued[valued["part"].isin([FREE, MUST, RUNNING]) & ~valued["initiative"].isin(list(shut))].reset_index(drop=True)
    place = {initiative: row for row, initiative in enumerate(items["initiative"])}
    kept = {link: [(place[one], place[other]) for kind, one, other in pairs if kind == link and one in place and other in place]
            for link in ("needs", "excludes")}
    limit = limits["limit"].astype(float).fillna(np.inf).to_numpy() * np.asarray(times)
    return _Question(items, shut, {"value": items["value"].to_numpy(float), "costs": items[COSTS].to_numpy(float), "ceilings": limit,
                                   "must": np.flatnonzero(items["part"] != FREE), **kept})


def _shut(parts: dict[str, str], pairs: list[tuple[str, str, str]]) -> dict[str, str]:
    """Initiatives that cannot come in, with the reason: they exclude one that is done, or need one that cannot be had."""
    both = [pair for kind, one, other in pairs if kind == "excludes" for pair in ((one, other), (other, one))]
    shut = {one: "excluded by one that is done" for one, other in both if parts.get(one) == FREE and parts.get(other) == DONE}
    while True:
        more = [one for kind, one, other in pairs if kind == "needs" and one not in shut and parts.get(one) in (FREE, MUST)
                and (other in shut or parts.get(other) in (UNKNOWN, REJECTED))]
        if not more:
            return shut
        shut |= dict.fromkeys(more, "needs what cannot be had")


def conflicts(valued: pd.DataFrame, links: pd.DataFrame, limits: pd.DataFrame) -> pd.DataFrame:
    """Why no choice is possible at all; empty when one is: kind, ceiling (money or hours), limit, excess, names.

    kind: over the ceiling (what must be done and what runs already need more than there is, by
    `excess`), exclude each other, needs run in a circle, needs what cannot be had. names: the
    initiatives concerned, with semicolons between. Takes `values`, the table of links, and `ceilings`.
    """
    columns = ["kind", "ceiling", "limit", "excess", "names"]
    if valued.empty:
        return pd.DataFrame(columns=columns)
    question = _question(valued, links, limits)
    stuck = valued[valued["initiative"].isin(question.shut) & (valued["part"] == MUST)]
    rows = [["needs what cannot be had", "", np.nan, np.nan, "; ".join(stuck["initiative_name"])]] if len(stuck) else []
    try:
        conditions(**question.terms)
    except Infeasible as problem:
        names = "; ".join(question.items["initiative_name"].iloc[list(problem.items)])
        apart = {frozenset(pair) for pair in question.terms["excludes"]}
        kind = "exclude each other" if frozenset(problem.items) in apart else "needs run in a circle"
        rows += [["over the ceiling", CEILINGS[k], question.terms["ceilings"][k], excess, names] for k, excess in problem.broken]
        rows += [] if problem.broken else [[kind, "", np.nan, np.nan, names]]
    return pd.DataFrame(rows, columns=columns)


def _possible(valued: pd.DataFrame, links: pd.DataFrame, limits: pd.DataFrame) -> bool:
    return bool(valued["part"].isin([FREE, MUST, RUNNING]).any()) and conflicts(valued, links, limits).empty


def choice(valued: pd.DataFrame, links: pd.DataFrame, limits: pd.DataFrame) -> pd.DataFrame:
    """The choice of greatest value within the ceilings, one row an initiative: all columns of `values`, chosen,
    in_order (true when taking them by value for money would choose it), why.

    What must be done and what runs already is in; an initiative comes only with those it needs and
    never with one it excludes; whole initiatives only, solved exactly. A need that is done is met;
    what runs already needs nothing more. Of two sets of equal value the one that uses less is taken.
    Empty when no choice is possible (see `conflicts`) or nothing is in play. A set that wins by a
    little is not better: values are judgements. Chosen first, then by value. Takes `values`, links, `ceilings`.

    >>> valued = pd.DataFrame({"initiative": ["I1", "I2", "I3"], "value": [0.6, 1.0, 1.2], "cost": [10.0, 20.0, 30.0], "hours": 0.0, "part": "free"})
    >>> limits = pd.DataFrame({"ceiling": ["money", "hours"], "limit": [50.0, None]})
    >>> found = choice(valued, pd.DataFrame(columns=["initiative", "link", "other"]), limits)
    >>> found[["initiative", "chosen", "in_order"]].values.tolist()
    [['I3', True, False], ['I2', True, True], ['I1', False, True]]
    """
    columns = [*valued.columns, "chosen", "in_order", "why"]
    if not _possible(valued, links, limits):
        return pd.DataFrame(columns=columns)
    question = _question(valued, links, limits)
    best, naive = portfolio.best_choice(**question.terms), portfolio.in_order(**question.terms)
    names = question.items["initiative"]
    taken, forced = set(names[best.chosen]), set(names[conditions(**question.terms).must])
    found = valued.assign(chosen=valued["initiative"].isin(taken), in_order=valued["initiative"].isin(set(names[naive.chosen])))
    found["why"] = [_why(row, question, taken, forced) for row in found.itertuples()]
    return found[columns].sort_values(["chosen", "value", "initiative"], ascending=[False, False, True], ignore_index=True)


def _why(row: NamedTuple, question: _Question, taken: set[str], forced: set[str]) -> str:
    if row.part != FREE:
        return row.part
    if row.initiative in question.shut:
        return question.shut[row.initiative]
    if row.chosen:
        return "needed by a must-do" if row.initiative in forced else "best value"
    names = question.items["initiative"].to_list()
    here = names.index(row.initiative)
    if any(here in pair and taken & {names[place] for place in pair} for pair in question.terms["excludes"]):
        return "excluded by one that is chosen"
    if row.value <= 0:
        return "supports no goal in force"
    waits = any(one == here and names[other] not in taken for one, other in question.terms["needs"])
    return "needs one that is not chosen" if waits else "others give more"


def use(chosen: pd.DataFrame, links: pd.DataFrame, limits: pd.DataFrame) -> pd.DataFrame:
    """What the choice uses of each ceiling, and what a little more would bring: ceiling, limit, used, left (currency or
    hours), share (used, 0-1), gain and lifted (value gained with a tenth more of this ceiling, and without it), binds,
    comes_in and drops_out (names with a tenth more, semicolons between).

    A ceiling binds when lifting it alone would raise the value of the best choice. left, share and
    gain are missing where a ceiling is not given. Takes `choice`, links and `ceilings`.
    """
    columns = ["ceiling", "limit", "used", "left", "share", "gain", "lifted", "binds", "comes_in", "drops_out"]
    if chosen.empty:
        return pd.DataFrame(columns=columns)
    taken = chosen[chosen["chosen"]]
    rows = []
    for k, ceiling in enumerate(CEILINGS):
        limit, used = float(limits["limit"].iloc[k]), float(taken[COSTS[k]].sum())
        wider, free = (_taken(chosen, links, limits, k, times) for times in (1.1, np.inf))
        gain, lifted = (max(0.0, other["value"].sum() - taken["value"].sum()) for other in (wider, free))
        names = ["; ".join(one.loc[~one["initiative"].isin(two["initiative"]), "initiative_name"]) if gain > 1e-9 else ""
                 for one, two in ((wider, taken), (taken, wider))]
        share = used / limit if limit > 0 else float("nan")
        rows.append([ceiling, limit, used, limit - used, share, gain, lifted, lifted > 1e-9, *names])
    return pd.DataFrame(rows, columns=columns)


def _taken(valued: pd.DataFrame, links: pd.DataFrame, limits: pd.DataFrame, k: int, times: float) -> pd.DataFrame:
    moved = [limit if row != k else limit * times if np.isfinite(times) else np.inf for row, limit in enumerate(limits["limit"])]
    wider = limits.assign(limit=moved)
    question = _question(valued, links, wider)
    return question.items[portfolio.best_choice(**question.terms).chosen]


def frontier(valued: pd.DataFrame, links: pd.DataFrame, limits: pd.DataFrame, *, points: int = 25) -> pd.DataFrame:
    """How the best value grows with money while hours stay: money (currency), hours, value, initiatives (number), here
    (true for the best choice within the plan's money).

    One row for each choice that no other one beats on both money and value; money rises from what
    must be done in `points` equal steps. Empty when hours do not even suffice for what must be
    done. Between two rows there can be choices that were not tried. Takes `values`, links, `ceilings`.
    """
    columns = ["money", "hours", "value", "initiatives", "here"]
    if not _possible(valued, links, limits.assign(limit=[np.nan, limits["limit"].iloc[1]])):
        return pd.DataFrame(columns=columns)
    found = portfolio.frontier(**_question(valued, links, limits).terms, points=points)
    rows = pd.DataFrame({"money": found.cost, "hours": found.used[:, 1], "value": found.value.round(9), "initiatives": found.chosen.sum(axis=1), "here": False})
    best, limit = choice(valued, links, limits), limits["limit"].iloc[0]
    if len(best):
        taken = best[best["chosen"]]
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
    committed: must be done or runs already. Source: the core index of Liesiö, Mild and Salo 2007,
    over moved ceilings; values stay. Empty when no choice is possible. Safest first.
    """
    columns = ["initiative", "initiative_name", "value", "share", "kind", "sets"]
    if not _possible(valued, links, limits):
        return pd.DataFrame(columns=columns)
    held = list(_moved(valued, links, limits))
    items = _question(valued, links, limits).items
    found = items[["initiative", "initiative_name", "value"]].assign(share=portfolio.core_share(held), sets=len(np.unique(held, axis=0)))
    kinds = np.select([found["share"] >= 1, found["share"] > 0], ["always in", "borderline"], "never in")
    found["kind"] = np.where(items["part"] != FREE, "committed", kinds)
    order = found["kind"].map({"always in": 0, "borderline": 1, "never in": 2, "committed": 3})
    return found.assign(order=order).sort_values(["order", "share", "value", "initiative"], ascending=[True, False, False, True], ignore_index=True)[columns]


def _moved(valued: pd.DataFrame, links: pd.DataFrame, limits: pd.DataFrame) -> Iterator[np.ndarray]:
    for money in SHIFTS:
        for hours in SHIFTS:
            question = _question(valued, links, limits, (money, hours))
            try:
                yield portfolio.best_choice(**question.terms).chosen
            except Infeasible:
                continue


def by_goal(chosen: pd.DataFrame, initiative_goals: pd.DataFrame, goals: pd.DataFrame) -> pd.DataFrame:
    """What the choice gives to each goal in force: goal, goal_name, weight (share 0-1), initiatives (number chosen that
    contribute), names (semicolons between), contribution (sum, each 0-1), value (weight × contribution).

    Contributions are added, so above 1 they overlap or overshoot. Heaviest goal first. Takes `choice`.
    """
    columns = ["goal", "goal_name", "weight", "initiatives", "names", "contribution", "value"]
    if chosen.empty:
        return pd.DataFrame(columns=columns)
    taken = chosen.loc[chosen["chosen"], ["initiative", "initiative_name"]]
    given = initiative_goals[initiative_goals["contribution"] > 0].merge(taken, on="initiative")
    given = given.sort_values(["contribution", "initiative"], ascending=[False, True], kind="stable").groupby("goal")
    names = {goal: "; ".join(rows["initiative_name"]) for goal, rows in given}
    found = goals[["goal", "name", "weight"]].rename(columns={"name": "goal_name"})
    found["initiatives"] = found["goal"].map(given.size()).fillna(0).astype(int)
    found["names"] = [names.get(goal, "") for goal in found["goal"]]
    found["contribution"] = found["goal"].map(given["contribution"].sum()).fillna(0.0).astype(float)
    found["value"] = found["weight"] * found["contribution"]
    return found[columns].sort_values(["weight", "goal"], ascending=[False, True], ignore_index=True)


def reconciled(chosen: pd.DataFrame, used: pd.DataFrame, goals: pd.DataFrame) -> pd.DataFrame:
    """Sums that must agree: check, expected, found. Takes `choice`, `use` and `by_goal`; empty without a choice."""
    if chosen.empty:
        return pd.DataFrame(columns=["check", "expected", "found"])
    taken = chosen[chosen["chosen"]]
    left, limit = (used.set_index("ceiling")[column] for column in ("left", "limit"))
    rows = [[words, limit[ceiling], taken[cost].sum() + left[ceiling]] for words, ceiling, cost in (
        ("Money of the chosen initiatives and what is left make the ceiling", "money", "cost"),
        ("Hours of the chosen initiatives and what is left make the ceiling", "hours", "hours")) if pd.notna(limit[ceiling])]
    rows.append(["Value of the choice is the same by initiative and by goal", taken["value"].sum(), goals["value"].sum()])
    return pd.DataFrame(rows, columns=["check", "expected", "found"])
