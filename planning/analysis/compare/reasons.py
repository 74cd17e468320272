"""Why a result of steps 1 and 2 moved: the parts that make up the move, computed from both plans."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from planning.analysis import initiatives
from planning.analysis.compare.reading import Reading
from planning.methods import selection

Told = dict[str, object]
Reason = tuple[str, Told]
NONE: Reason = ("", {})


class Both(NamedTuple):
    """The two readings, and the cells in which the plans differ."""

    before: Reading
    after: Reading
    cells: pd.DataFrame


def parts(both: Both, links: str, key: str, item: str, strength: str) -> list[Told]:
    """What each goal adds to the change of a weighted sum of one item, the largest in the direction of the change first.

    goal (name), weight and strength before and after, part (after − before of weight × strength); the parts add up to the change.
    """
    given = [{row.goal: getattr(row, strength) for row in reading[links][["goal", key, strength]].itertuples(index=False) if getattr(row, key) == item} for reading in both[:2]]
    weights = [dict(zip(reading.goals["goal"], reading.goals["weight"])) for reading in both[:2]]
    names = dict(zip(both.before.goals["goal"], both.before.goals["name"])) | dict(zip(both.after.goals["goal"], both.after.goals["name"]))
    found = []
    for goal, name in names.items():
        (old, new), (weak, strong) = ([side.get(goal, 0.0) for side in pair] for pair in (weights, given))
        found.append({"goal": name, "weight": old, "weight_after": new, "strength": weak, "strength_after": strong, "part": new * strong - old * weak})
    total = sum(one["part"] for one in found)
    moved = [one for one in found if abs(one["part"]) > 1e-9]
    return sorted(moved, key=lambda one: (one["part"] * total < 0, -abs(one["part"]), one["goal"]))


def value(both: Both, item: str, *, links: str, key: str, strength: str) -> Reason:
    """A weighted sum moved: by which goals."""
    return "value", {"parts": parts(both, links, key, item, strength)}


def order(both: Both, item: str, *, frame: str, key: str, name: str, score: str) -> Reason:
    """A rank moved: whom it passes, who passes it, and who is new or gone above it."""
    old, new = ({row[key]: row for row in getattr(reading, frame)[[key, name, score]].round(9).to_dict("records")} for reading in both[:2])
    above = [{one for one, row in rows.items() if row[score] > rows[item][score]} for rows in (old, new)]
    names = {one: row[name] for one, row in (old | new).items()}
    told = {"score": old[item][score], "score_after": new[item][score], "form": "share" if score == "value" else "number"}
    overtaken = (above[0] - above[1]) & set(new)
    level = {one for one in overtaken if new[one][score] == new[item][score]}
    groups = {"passes": overtaken - level, "level": level, "passed_by": (above[1] - above[0]) & set(old), "new": above[1] - set(old), "gone": above[0] - set(new)}
    by_size = {group: sorted(found, key=lambda one: (-(new | old)[one][score] if one in new else 0, one)) for group, found in groups.items()}
    return "order", told | {group: [names[one] for one in found] for group, found in by_size.items()}


def inputs(both: Both, tables: tuple[str, ...], row: str = "") -> Reason:
    """Figures of the plan that differ: those of the item itself where there are any; how many there are, and the first two."""
    mine = both.cells[both.cells["table"].isin(tables) | ((both.cells["table"] == "plan") & both.cells["column"].isin(tables))]
    if row:
        own = mine[[row in str(one).split(" ") for one in mine["row"]]]
        mine = own if len(own) else mine
    if mine.empty:
        return NONE
    first = mine.head(2)[["table", "row_name", "column", "before", "after", "what"]].to_dict("records")
    return "inputs", {"count": len(mine), "first": first, "own": bool(row) and bool(len(own))}


def weight(both: Both, goal: str) -> Reason:
    """A weight moved: of which goal."""
    return "weight", {"goal": goal}


def need(both: Both, item: str) -> Reason:
    """An unmet need moved: which of its figures."""
    old, new = (reading.unmet.set_index("need").loc[item] for reading in both[:2])
    return "need", {name: (old[name], new[name]) for name in ("severity", "reach", "met") if old[name] != new[name]}


def standing(both: Both, measure: str) -> Reason:
    """A ratio stands elsewhere among the peers: own figure, median and year."""
    old, new = (reading.standing.set_index("measure").loc[measure] for reading in both[:2])
    return "standing", {"measure": measure} | {name: (old[name], new[name]) for name in ("own", "median", "fiscal_year")}


def carried(both: Both, goal: str) -> Reason:
    """A goal gained or lost clear support: its strongest service before and after."""
    old, new = (reading.coverage.set_index("goal").loc[goal] for reading in both[:2])
    return "carried", {side + name: row[name] for side, row in (("", old), ("after_", new)) for name in ("carried_by", "strongest")}


def exchange(both: Both) -> Told:
    """What one best choice has in place of the other: who comes in, who drops out, the values of both lists before and after, and
    each ceiling that the one choice would break in the other's plan."""
    old, new = both.before, both.after
    ins, outs = (sorted(set(one.taken) - set(other.taken)) for one, other in ((new, old), (old, new)))
    names = dict(zip(old.valued["initiative"], old.valued["initiative_name"])) | dict(zip(new.valued["initiative"], new.valued["initiative_name"]))
    told: Told = {"ins": [names[one] for one in ins], "outs": [names[one] for one in outs]}
    for side, reading in (("", old), ("_after", new)):
        worth = dict(zip(reading.valued["initiative"], reading.valued["value"]))
        told |= {f"ins_value{side}": sum(worth.get(one, 0.0) for one in ins), f"outs_value{side}": sum(worth.get(one, 0.0) for one in outs)}
    return told | {"broken_after": _broken(new, old.taken), "broken_before": _broken(old, new.taken),
                   "binds": list(new.used.loc[new.used["binds"].astype(bool), "ceiling_name"])}


def _broken(reading: Reading, taken: list[str]) -> list[Told]:
    """The ceilings that a list of initiatives would break in a plan: ceiling (name), needs, limit."""
    rows = reading.valued[reading.valued["initiative"].isin(taken) & reading.valued["part"].isin(["free", "must do", "running"])]
    if rows.empty:
        return []
    needs = selection.needed(rows, reading.limits).sum(axis=0)
    limits = reading.limits[["ceiling", "ceiling_name", "limit"]].itertuples(index=False)
    return [{"ceiling": name, "money": ceiling == "money", "needs": float(need), "limit": float(limit)} for need, (ceiling, name, limit) in zip(needs, limits)
            if limit == limit and need > limit + 1e-6]


def taken(both: Both, item: str) -> Reason:
    """An initiative came into the best choice or dropped out of it."""
    old, new = (reading.valued.set_index("initiative").loc[item] for reading in both[:2])
    if old["part"] != new["part"]:
        return "part", {"part": old["part"], "part_after": new["part"]}
    if not len(both.before.chosen) or not len(both.after.chosen):
        return impossible(both)
    own = {"value": old["value"], "value_after": new["value"], "parts": parts(both, "initiative_goals", "initiative", item, "contribution"), "in": item in both.after.taken}
    return "choice", own | exchange(both) | {"best": _sum(both.after.chosen), "otherwise": _otherwise(both.after, item)}


def impossible(both: Both) -> Reason:
    """No choice is possible in one of the plans: the first ceiling that what must be done and what runs breaks, and by how much."""
    after = not len(both.after.chosen)
    reading = both.after if after else both.before
    rows = initiatives.conflicts(reading.valued, reading["initiative_links"], reading.limits)
    over = rows[rows["kind"] == "over the ceiling"].head(1).to_dict("records")
    return "impossible", {"after": after, "over": [{"ceiling": one["ceiling_name"], "money": one["ceiling"] == "money", "excess": one["excess"], "limit": one["limit"]} for one in over]}


def _sum(chosen: pd.DataFrame) -> float | None:
    return float(chosen.loc[chosen["chosen"].astype(bool), "value"].sum()) if len(chosen) else None


def _otherwise(reading: Reading, item: str) -> float | None:
    """What the best choice would be worth with an initiative that is left out, or without one that is chosen; None where no such choice fits."""
    other = "rejected" if item in reading.taken else "must do"
    part = reading.valued["part"].mask(reading.valued["initiative"] == item, other)
    return _sum(initiatives.choice(reading.valued.assign(part=part), reading["initiative_links"], reading.limits))


def worth(both: Both, item: str) -> Reason:
    """The best choice is worth more or less: what the former choice is worth by the new figures, and what choosing anew adds."""
    new = dict(zip(both.after.valued["initiative"], both.after.valued["value"]))
    return "worth", {"former": sum(new.get(one, 0.0) for one in both.before.taken), "chosen": sum(new.get(one, 0.0) for one in both.after.taken)} | exchange(both)


def binding(both: Both, ceiling: str) -> Reason:
    """A ceiling began or ceased to bind: what is used of it, and what lifting it would bring."""
    old, new = (reading.used.set_index("ceiling").loc[ceiling] for reading in both[:2])
    return "binding", {"money": ceiling == "money"} | {name + side: row[name] for side, row in (("", old), ("_after", new)) for name in ("used", "limit", "lifted")}


def _ceilings(both: Both) -> list[Told]:
    """The ceilings whose limit moved: ceiling (name), money (whether it is one of money), before, after."""
    rows = both.before.limits.merge(both.after.limits, on="ceiling", suffixes=("", "_after"))
    rows = rows[(rows["limit"] - rows["limit_after"]).abs() > 1e-6]
    return [{"ceiling": row.ceiling_name, "money": row.ceiling == "money", "before": row.limit, "after": row.limit_after} for row in rows.itertuples()]


def start(both: Both, item: str) -> Reason:
    """An initiative starts in another year: its own value, and which others start now in the year in which it did."""
    old, new = (reading.planned.set_index("initiative") for reading in both[:2])
    mine, there = old["fiscal_year"][item], new[new["fiscal_year"] == old["fiscal_year"][item]].index
    others = [new["initiative_name"][one] for one in there if one in old.index and old["fiscal_year"][one] != mine]
    return "start", {"value": old["value"][item], "value_after": new["value"][item], "others": sorted(others), "year": mine, "ceilings": _ceilings(both), "first": (both.before.plan.fiscal_year + 1, both.after.plan.fiscal_year + 1),
                     "parts": parts(both, "initiative_goals", "initiative", item, "contribution")}

