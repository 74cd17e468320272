"""What moves in every step when a plan moves: other weights, money, demand or goals, another plan, another day."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pandas as pd

from planning.analysis.compare import later_reasons as later
from planning.analysis.compare import reasons
from planning.analysis.compare.inputs import alike, cells, goals, moved
from planning.analysis.compare.reading import Plan, Reading
from planning.analysis.compare.results import KINDS, every, kept_back

__all__ = ["Reading", "cells", "goals", "moved", "moves", "regret", "steps"]

COLUMNS = ["step", "kind", "item", "item_name", "before", "after", "change", "form", "reason", "told", "size"]
SAME, SHARE = 1e-9, 0.0005
STEPS = range(1, 8)
NOT_THERE = "not there"
CHOSEN = ("Worth of the best choice", "What binds", "Year of start")
ABSENT = {"Skill for the best choice": "not needed", "Story": "may not be told", "Goal of an agreement": "not running", **dict.fromkeys(CHOSEN, "no choice is possible"), "Training to book": "not to book"}
Explained = Callable[[reasons.Both, str], reasons.Reason]
WHY: dict[str, Explained] = {
    "Goal and its services": reasons.carried, "Weight of a goal": reasons.weight, "Unmet need": reasons.need, "Standing among peers": reasons.standing,
    "Rank of a service": partial(reasons.order, frame="support", key="service", name="service_name", score="value"),
    "Value of a service": partial(reasons.value, links="alignment", key="service", strength="strength"),
    "Best choice of initiatives": reasons.taken, "Worth of the best choice": reasons.worth, "What binds": reasons.binding, "Year of start": reasons.start,
    "Goal behind a KPI": later.behind, "Value of an initiative": partial(reasons.value, links="initiative_goals", key="initiative", strength="contribution"),
    "Course with a partner": later.course, "Fit of a partner": later.fit, "Goal of an agreement": later.agreed, "State of an agreement": later.terms,
    "Rank of a partner": partial(reasons.order, frame="fitting", key="partner", name="partner_name", score="score"),
    "Status of a KPI": later.way, "Latest value of a KPI": later.way, "Chance to meet the target": later.chance,
    "Sunset review": later.proposal, "Past decision": later.decision, "Loss by staying, in a scenario": later.staying,
    "Money against weight": later.against_weight, "Money that reaches a goal": later.money, "Cost of one use": later.cost, "Skill for the best choice": later.needed,
    "Message": later.message, "Statement": later.statement,
    "Goal and its messages": partial(later.heard, column="goal"), "Audience": partial(later.heard, column="audience"),
}


def moves(before: Reading, after: Reading, changed: pd.DataFrame) -> pd.DataFrame:
    """Every result that moves between two plans, step by step: step (1-7), kind (of result, in words), item (id), item_name, before, after (numbers in the
    form's unit or texts; missing where not known, "not there" where the plan does not hold the item), change (after − before; missing for texts),
    form (text, whole, number, share, money, signed), reason (what explains it), told (the figures of the reason), size (for ordering: change of a number, 1 of a text).

    Each result is the one of the page of its step. A share moves by 0.05 points or more, another number by more than rounding. `changed` is `cells`. Items are matched by
    id; where two plans give one id to things whose names are unlike, each has a row of its own. What the reason is computed from is in
    both plans, never a guess; where no rule explains a move, the figures of the plan that the result rests on and that differ are told. In the order of the
    steps, kinds as a reader looks at them, largest first.
    """
    both = reasons.Both(before, after, changed)
    rows = _pairs(*(kept_back(every(one), before, after) for one in (before, after)))
    found = []
    for row in rows.itertuples(index=False):
        size = abs(row.change) if not pd.isna(row.change) else 1.0
        found.append([*row[:8], *_why(both, row), size])
    made = pd.DataFrame(found, columns=COLUMNS).astype({"change": float, "size": float})
    place = made["kind"].map({kind: place for place, kind in enumerate(KINDS)})
    return made.assign(place=place).sort_values(["step", "place", "size", "item"], ascending=[True, True, False, True], ignore_index=True)[COLUMNS]


def _pairs(old: pd.DataFrame, new: pd.DataFrame) -> pd.DataFrame:
    """The results that differ: step, kind, item, item_name, before, after, change, form."""
    sides = [{(row.kind, row.item): row for row in rows.itertuples(index=False)} for rows in (old, new)]
    found = []
    for key in [*sides[0], *(key for key in sides[1] if key not in sides[0])]:
        one, other = sides[0].get(key), sides[1].get(key)
        if one and other and not alike(one.item_name, other.item_name):
            found += [_row(one, one.value, NOT_THERE), _row(other, NOT_THERE, other.value)]
        else:
            absent = ABSENT.get(key[0], NOT_THERE)
            found.append(_row(other or one, one.value if one else absent, other.value if other else absent))
    rows = pd.DataFrame(found, columns=["step", "kind", "item", "item_name", "before", "after", "change", "form"]).astype({"before": object, "after": object})
    return rows[[_differ(one, other, SHARE if form in ("share", "signed") else SAME) for one, other, form in zip(rows["before"], rows["after"], rows["form"])]]


def _row(row: tuple, before: object, after: object) -> list[object]:
    numbers = [value for value in (before, after) if isinstance(value, int | float) and not pd.isna(value)]
    return [row.step, row.kind, row.item, row.item_name, before, after, numbers[1] - numbers[0] if len(numbers) == 2 else None, row.form]


def _differ(one: object, other: object, least: float) -> bool:
    if pd.isna(one) or pd.isna(other):
        return not (pd.isna(one) and pd.isna(other))
    if isinstance(one, str) or isinstance(other, str):
        return one != other
    return abs(one - other) >= max(least, SAME * abs(one))


def _why(both: reasons.Both, row: tuple) -> reasons.Reason:
    rests = KINDS[row.kind].rests
    absent = {NOT_THERE, ABSENT.get(row.kind)}
    if row.kind != "Skill for the best choice" and absent & {one for one in (row.before, row.after) if isinstance(one, str)}:
        if row.kind in CHOSEN and bool(len(both.before.chosen)) != bool(len(both.after.chosen)):
            return reasons.impossible(both)
        return "only", {"first": row.after in absent, "inputs": reasons.inputs(both, rests, row.item)[1]}
    return WHY[row.kind](both, row.item) if row.kind in WHY else reasons.inputs(both, rests, row.item)


def regret(before: Reading, after: Reading, changed: pd.DataFrame) -> dict[str, object] | None:
    """What the former best choice would forgo by the new figures: best, kept (values), lost (number), ins, outs (names); None where no choice is possible.

    The regret of staying is best less kept: what is left of the former choice, without what no longer fits; `lost` counts that.
    """
    return later.regret(reasons.Both(before, after, changed))


def steps(before: Reading, after: Reading, moved_rows: pd.DataFrame, changed: set[str]) -> pd.DataFrame:
    """How much moved in each step: step (1-7), moved, results (numbers of results that moved, and of all that were looked at), rests (what the step rests on
    among what was changed, in words of `moved`, with semicolons between; empty where it rests on none of it), other (what was changed all in all, the same way).

    Takes `moves` and `moved`. A step that rests on what was changed and does not move has results that stay on their side of every line.
    """
    keys = pd.concat([every(before), every(after)])[["step", "kind", "item"]].drop_duplicates()
    counts, alls = moved_rows.groupby("step").size(), keys.groupby("step").size()
    rows = []
    for step in STEPS:
        rests = {one for kind in KINDS.values() if kind.step == step for one in kind.rests}
        rows.append([step, int(counts.get(step, 0)), int(alls.get(step, 0)), "; ".join(sorted(rests & changed)), "; ".join(sorted(changed))])
    return pd.DataFrame(rows, columns=["step", "moved", "results", "rests", "other"])

