"""Which initiatives to choose within money and hours: their value, the best choice, what limits it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
import pandas as pd

from planning.methods import portfolio, selection
from planning.methods.conditions import conditions
from planning.methods.selection import COST, DONE, FREE, MUST, REJECTED, RUNNING, UNKNOWN

COSTS = ["cost", "hours"]
LATER = ["cost_later", "hours_later", "start", "end"]


def ceilings(facts: Mapping[str, object], roles: pd.DataFrame | None = None, *, money: float = -1.0, fte: float = -1.0, set_aside: float = 0.0) -> pd.DataFrame:
    """What may go into initiatives in the coming year: ceiling (money, hours, hours of R01), ceiling_name (money, hours, or the role's name),
    limit and plan (in currency and in hours), set_aside (currency; 0 but for money).

    plan: what the plan says, less what is set aside; hours are full-time posts times productive hours
    of one post, and the hours of a role are its free hours a year. limit: the same, or what `money`
    and `fte` put in its place, less what is set aside; below 0 they leave the plan's own. set_aside:
    money that essential services need to keep their floors; `facts` may carry it under that name
    for steps that choose anew. A ceiling that is not given is missing, and then limits nothing; a
    role without free hours has no row.

    >>> roles = pd.DataFrame({"role": ["R1", "R2"], "name": ["Caretaker", "Clerk"], "free_hours": [120.0, None]})
    >>> found = ceilings({"money_ceiling": 900, "fte_ceiling": None, "hours_per_fte": 1600}, roles, fte=0.5, set_aside=100)
    >>> found[["ceiling", "limit", "plan"]].values.tolist()
    [['money', 800.0, 800.0], ['hours', 800.0, nan], ['hours of R1', 120.0, 120.0]]
    """
    each, aside = _figure(facts.get("hours_per_fte")), set_aside or float(facts.get("set_aside") or 0.0)
    plan = [_figure(facts.get("money_ceiling")), _figure(facts.get("fte_ceiling")) * each]
    limit = [money if money >= 0 else plan[0], fte * each if fte >= 0 else plan[1]]
    rows = [["money", "money", np.maximum(limit[0] - aside, 0), np.maximum(plan[0] - aside, 0), aside], ["hours", "hours", limit[1], plan[1], 0.0]]
    if roles is not None and "free_hours" in roles:
        given = roles[roles["free_hours"].notna()].sort_values("role")
        rows += [[f"hours of {role}", name, float(free), float(free), 0.0]
                 for role, name, free in given[["role", "name", "free_hours"]].itertuples(index=False)]
    kinds = {"limit": float, "plan": float, "set_aside": float}
    return pd.DataFrame(rows, columns=["ceiling", "ceiling_name", *kinds]).astype(kinds)


def _figure(value: object) -> float:
    return float("nan") if value is None else float(value)


def values(initiatives: pd.DataFrame, initiative_goals: pd.DataFrame, goals: pd.DataFrame, *, by_role: pd.DataFrame | None = None) -> pd.DataFrame:
    """What each initiative would give to the goals in force: initiative, initiative_name, value (sum over goals of
    weight × contribution, 0-1), goals (number), main_goal (name), cost (currency), hours, rate (value for each 1,000 of
    money), risk (points 1-5), must_do, owner, status, cost_later and hours_later (a year after the first; may be missing),
    start, end (its own dates), part; and from `by_role` a column "hours of R01" for each role, with the role's hours in the first year.

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
    columns = ["initiative", "initiative_name", "value", "goals", "main_goal", "cost", "hours", "rate", "risk", "must_do", "owner", "status", *LATER, "part"]
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
    if by_role is not None and len(by_role):
        shares = by_role.pivot_table(index="initiative", columns="role", values="hours", aggfunc="sum").rename(columns=lambda role: f"hours of {role}")
        found, columns = found.merge(shares.fillna(0.0), left_on="initiative", right_index=True, how="left"), [*columns, *shares.columns]
        found = found.fillna(dict.fromkeys(shares.columns, 0.0)).copy()  # in one piece, however many roles
    return found.reindex(columns=columns).sort_values(["value", "initiative"], ascending=[False, True], ignore_index=True)


def conflicts(valued: pd.DataFrame, links: pd.DataFrame, limits: pd.DataFrame) -> pd.DataFrame:
    """Every reason why no choice is possible; empty when one is: kind, ceiling (as in `ceilings`), ceiling_name, limit, excess, names, lacks, state.

    kind: over the ceiling (what must be done and what runs already need more than there is, by
    `excess`, of money, of hours or of one role's hours), exclude each other, needs run in a circle,
    needs what cannot be had (`lacks` names that, and `state` says why: rejected, cost or hours not
    known, or excluded by one that is done), nothing to choose (names: those whose cost or hours are
    not known; none where all are done or rejected). names: the initiatives concerned, with
    semicolons between. Takes `values`, the table of links, and `ceilings`.
    """
    columns = ["kind", "ceiling", "ceiling_name", "limit", "excess", "names", "lacks", "state"]
    if valued.empty:
        return pd.DataFrame(columns=columns)
    question = selection.question(valued, links, limits)
    if not len(question.items) and not question.shut:
        unknown = valued.loc[valued["part"] == UNKNOWN, "initiative_name"]
        return pd.DataFrame([["nothing to choose", "", "", np.nan, np.nan, "; ".join(unknown), "", ""]], columns=columns)
    return selection.reasons(question, limits, question.conflicts)[columns]


def choice(valued: pd.DataFrame, links: pd.DataFrame, limits: pd.DataFrame) -> pd.DataFrame:
    """The choice of greatest value within the ceilings, one row an initiative: all columns of `values`, chosen,
    in_order (true when taking them by value for money would choose it), why, gap (0 when proven best, else the part of the value
    by which a better choice could still beat this one).

    What must be done and what runs already is in; an initiative comes only with those it needs and
    never with one it excludes; whole initiatives only. A need that is done is met;
    what runs already needs nothing more. Of two sets of equal value the one that uses less is taken.
    Empty when no choice is possible (see `conflicts`) or nothing is in play. A set that wins by a
    little is not better: values are judgements. Chosen first, then by value. Takes `values`, links, `ceilings`.

    >>> valued = pd.DataFrame({"initiative": ["I1", "I2", "I3"], "value": [0.6, 1.0, 1.2], "cost": [10.0, 20.0, 30.0], "hours": 0.0, "part": "free"})
    >>> limits = pd.DataFrame({"ceiling": ["money", "hours"], "limit": [50.0, None]})
    >>> found = choice(valued, pd.DataFrame(columns=["initiative", "link", "other"]), limits)
    >>> found[["initiative", "chosen", "in_order"]].values.tolist()
    [['I3', True, False], ['I2', True, True], ['I1', False, True]]
    """
    columns = [*valued.columns, "chosen", "in_order", "why", "gap"]
    question = selection.question(valued, links, limits) if len(valued) else None
    if question is None or not question.possible:
        return pd.DataFrame(columns=columns)
    best, naive = portfolio.best_choice(**question.terms), portfolio.in_order(**question.terms)
    names = question.items["initiative"]
    taken, forced = set(names[best.chosen]), set(names[conditions(**question.terms).must])
    found = valued.assign(chosen=valued["initiative"].isin(taken), in_order=valued["initiative"].isin(set(names[naive.chosen])), gap=best.gap)
    found["why"] = [_why(row, question, taken, forced) for row in found.itertuples()]
    return found[columns].sort_values(["chosen", "value", "initiative"], ascending=[False, False, True], ignore_index=True)


def _why(row: NamedTuple, question: selection.Question, taken: set[str], forced: set[str]) -> str:
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
    """What the choice uses of each ceiling, and what a little more would bring: ceiling, ceiling_name, limit, used, left
    (currency or hours), share (used, 0-1), gain and lifted (value gained with a tenth more of this ceiling, and without it),
    binds, comes_in and drops_out (names with a tenth more, semicolons between).

    A ceiling binds when lifting it alone would raise the value of the best choice. left, share and
    gain are missing where a ceiling is not given. Takes `choice`, links and `ceilings`.
    """
    columns = ["ceiling", "ceiling_name", "limit", "used", "left", "share", "gain", "lifted", "binds", "comes_in", "drops_out"]
    if chosen.empty:
        return pd.DataFrame(columns=columns)
    taken, rows = chosen[chosen["chosen"].astype(bool)], []
    needs, used_up = (selection.needed(found, limits).sum(axis=0) for found in (chosen[chosen["part"].isin([FREE, MUST, RUNNING])], taken))
    for k, (ceiling, name, limit) in enumerate(limits[["ceiling", "ceiling_name", "limit"]].itertuples(index=False)):
        # A ceiling above all that anyone could ask for limits nothing: no need to solve anew.
        wider, free = (selection.chosen(chosen, links, limits, ceiling=k, limit=more) if limit < needs[k] else taken for more in (1.1 * limit, np.inf))
        gain, lifted = (max(0.0, other["value"].sum() - taken["value"].sum()) for other in (wider, free))
        names = selection.exchanged(taken, wider) if gain > 1e-9 else ("", "")
        share = used_up[k] / limit if limit > 0 else float("nan")
        rows.append([ceiling, name, limit, used_up[k], limit - used_up[k], share, gain, lifted, lifted > 1e-9, *names])
    return pd.DataFrame(rows, columns=columns)


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
    rows = [[words, limit[ceiling], taken[COST[ceiling]].sum() + left[ceiling]] for words, ceiling in (
        ("Money of the chosen initiatives and what is left make the ceiling", "money"),
        ("Hours of the chosen initiatives and what is left make the ceiling", "hours")) if pd.notna(limit[ceiling])]
    rows.append(["Value of the choice is the same by initiative and by goal", taken["value"].sum(), goals["value"].sum()])
    return pd.DataFrame(rows, columns=["check", "expected", "found"])
