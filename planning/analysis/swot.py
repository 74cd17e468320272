"""Strengths, weaknesses, opportunities and threats, the moves that answer them, and what is left open."""

from __future__ import annotations

import datetime as dt

import pandas as pd

KINDS = ("strength", "weakness", "opportunity", "threat")
PAIRS = {("strength", "opportunity"): "use", ("strength", "threat"): "guard", ("weakness", "opportunity"): "mend", ("weakness", "threat"): "avoid"}
UNPAIRED = "not a pair"
ORDER = (*PAIRS.values(), UNPAIRED)
HEAVY = 4
MOST = 3
GAPS = ("not a pair", "heavy item without a move", "move without an owner", "move without a date", "move past its date",
        "move on a rejected initiative", "owner with many moves")


def items(swot: pd.DataFrame, goals: pd.DataFrame) -> pd.DataFrame:
    """The four lists, heaviest first in each: item, item_name, kind, goal, goal_name, weight (points 1-5, missing when not
    given), basis (what it rests on), opinion (true when it rests on nothing), date.

    Kinds come in the order strength, weakness, opportunity, threat; items without a weight come
    last in their list. `goals` are all goals, ended ones too, since a list may be older than a
    goal. Weights are judgements on an ordered scale: two items of 2 are not one of 4, and the
    weight of a list is not the sum of its items.

    >>> swot = pd.DataFrame({"item": ["SW1", "SW2"], "kind": ["threat", "strength"], "name": ["Flood", "Kind staff"], "goal": ["G1", None],
    ...                      "weight": [5.0, 3.0], "basis": ["Flood of 2024", None], "date": [pd.NaT, pd.NaT]})
    >>> goals = pd.DataFrame({"goal": ["G1"], "name": ["A building for all"]})
    >>> items(swot, goals)[["item_name", "weight", "opinion"]].values.tolist()
    [['Kind staff', 3.0, True], ['Flood', 5.0, False]]
    """
    columns = ["item", "item_name", "kind", "goal", "goal_name", "weight", "basis", "opinion", "date"]
    found = swot.rename(columns={"name": "item_name"})
    found["goal_name"] = found["goal"].map(dict(zip(goals["goal"], goals["name"])))
    found["opinion"] = found["basis"].isna()
    order = found["kind"].map({kind: place for place, kind in enumerate(KINDS)})
    return found.assign(order=order).sort_values(["order", "weight", "item"], ascending=[True, False, True], na_position="last", ignore_index=True)[columns]


def moves(swot_moves: pd.DataFrame, items: pd.DataFrame, *, roles: pd.DataFrame, initiatives: pd.DataFrame, as_of: dt.date) -> pd.DataFrame:
    """What follows from a pair of one inner and one outer item: move, move_name, pair, inside, inside_name, inside_weight
    (points 1-5), outside, outside_name, outside_weight (points 1-5), owner, owner_name, due, initiative, initiative_name,
    initiative_status, done (its initiative is done), past (due before `as_of` and not done).

    pair, by the kinds of the two items: use (a strength for an opportunity), guard (a strength
    against a threat), mend (a weakness for an opportunity), avoid (a weakness that meets a threat);
    "not a pair" where the two are not one inner and one outer item, or one is missing. Source:
    Weihrich 1982, The TOWS matrix, a tool for situational analysis, Long Range Planning 15(2), 54-66.
    A pair says that two items were looked at together, not that the move will work. A move has no
    state of its own: one that was done without an initiative shows as past its date. Kinds of pair
    in that order, in each the pair of the heaviest items first (inner and outer weight together),
    then the earliest date. Takes `items`, and all roles and initiatives.

    >>> lists = pd.DataFrame({"item": ["SW1", "SW2"], "item_name": ["Job desk", "Plants hire"], "kind": ["strength", "opportunity"], "weight": [5.0, 4.0]})
    >>> row = pd.DataFrame({"move": ["MV1"], "name": ["Open late"], "inside": ["SW1"], "outside": ["SW2"], "owner": [None],
    ...                     "due": [pd.Timestamp("2026-05-01")], "initiative": [None]})
    >>> none = pd.DataFrame(columns=["role", "initiative", "name", "status"])
    >>> moves(row, lists, roles=none, initiatives=none, as_of=dt.date(2026, 6, 30))[["pair", "past"]].values.tolist()
    [['use', True]]
    """
    columns = ["move", "move_name", "pair", "inside", "inside_name", "inside_weight", "outside", "outside_name", "outside_weight", "owner", "owner_name",
               "due", "initiative", "initiative_name", "initiative_status", "done", "past"]
    found = swot_moves.rename(columns={"name": "move_name"})
    kinds = dict(zip(items["item"], items["kind"]))
    for side in ("inside", "outside"):
        found[f"{side}_name"] = found[side].map(dict(zip(items["item"], items["item_name"])))
        found[f"{side}_weight"] = found[side].map(dict(zip(items["item"], items["weight"]))).astype(float)
    found["pair"] = pd.Series([PAIRS.get((kinds.get(one), kinds.get(other)), UNPAIRED) for one, other in zip(found["inside"], found["outside"])],
                              index=found.index, dtype="str")
    found["owner_name"] = found["owner"].map(dict(zip(roles["role"], roles["name"])))
    for column in ("name", "status"):
        found[f"initiative_{column}"] = found["initiative"].map(dict(zip(initiatives["initiative"], initiatives[column])))
    found["done"] = found["initiative_status"] == "done"
    found["past"] = (pd.to_datetime(found["due"]) < pd.Timestamp(as_of)) & ~found["done"]
    found["order"] = found["pair"].map({pair: place for place, pair in enumerate(ORDER)})
    found["both"] = found["inside_weight"].fillna(0) + found["outside_weight"].fillna(0)
    return found.sort_values(["order", "both", "due", "move"], ascending=[True, False, True, True], ignore_index=True)[columns]


def cells(items: pd.DataFrame, moves: pd.DataFrame) -> pd.DataFrame:
    """How many moves each kind of pair has: pair, inner, outer (kinds of item), inner_items, outer_items (numbers), moves,
    ready (of them with an owner and a date).

    Always the four kinds of pair where there is any item, so that a kind without a move shows as 0.
    Takes `items` and `moves`; moves that are not a pair are in none. Empty without items.

    >>> lists = pd.DataFrame({"kind": ["strength", "threat"]})
    >>> one = pd.DataFrame({"pair": ["guard"], "owner": ["R1"], "due": [pd.NaT]})
    >>> cells(lists, one)[["pair", "inner_items", "outer_items", "moves", "ready"]].values.tolist()
    [['use', 1, 0, 0, 0], ['guard', 1, 1, 1, 0], ['mend', 0, 0, 0, 0], ['avoid', 0, 1, 0, 0]]
    """
    columns = ["pair", "inner", "outer", "inner_items", "outer_items", "moves", "ready"]
    listed = items["kind"].value_counts()
    ready = moves["owner"].notna() & moves["due"].notna()
    rows = [[pair, inner, outer, int(listed.get(inner, 0)), int(listed.get(outer, 0)), int((moves["pair"] == pair).sum()),
             int((ready & (moves["pair"] == pair)).sum())]
            for (inner, outer), pair in PAIRS.items()]
    return pd.DataFrame(rows if len(items) else [], columns=columns)


def gaps(items: pd.DataFrame, moves: pd.DataFrame) -> pd.DataFrame:
    """What the lists and the moves leave open: gap, id, name, about (kind of item or pair; missing for an owner),
    figure (an item's points, an owner's number of moves; missing otherwise).

    gap is one of: not a pair; heavy item without a move (4 points or more and in no move);
    move without an owner; move without a date; move past its date; move on a rejected initiative;
    owner with many moves (more than 3 that are not done). In that order, then by figure and
    id. Takes `items` and `moves`. A strength without a move may be right to leave alone: the
    rule says that nobody wrote a move down, not that one is needed.

    >>> lists = pd.DataFrame({"item": ["SW1", "SW2"], "item_name": ["Flood", "Kind staff"], "kind": ["threat", "strength"], "weight": [5.0, 2.0]})
    >>> none = pd.DataFrame(columns=["move", "move_name", "pair", "inside", "outside", "owner", "owner_name", "due", "initiative_status", "done", "past"])
    >>> gaps(lists, none)[["gap", "name", "figure"]].values.tolist()
    [['heavy item without a move', 'Flood', 5.0]]
    """
    left = items[(items["weight"] >= HEAVY) & ~items["item"].isin([*moves["inside"], *moves["outside"]])]
    held = moves[~moves["done"].astype(bool)].groupby("owner", sort=True).agg(name=("owner_name", "first"), figure=("move", "size")).reset_index()
    open_moves = {"not a pair": moves["pair"] == UNPAIRED, "move without an owner": moves["owner"].isna(), "move without a date": moves["due"].isna(),
                  "move past its date": moves["past"].astype(bool), "move on a rejected initiative": moves["initiative_status"] == "rejected"}
    named = moves.rename(columns={"move": "id", "move_name": "name", "pair": "about"})
    parts = [named[holds.to_numpy()].assign(gap=gap, figure=float("nan")) for gap, holds in open_moves.items()]
    parts += [left.rename(columns={"item": "id", "item_name": "name", "kind": "about", "weight": "figure"}).assign(gap="heavy item without a move"),
              held[held["figure"] > MOST].rename(columns={"owner": "id"}).assign(gap="owner with many moves", about=None)]
    columns = ["gap", "id", "name", "about", "figure"]
    filled = [part[columns].astype({"figure": float, "about": object}) for part in parts if len(part)]
    found = pd.concat(filled, ignore_index=True) if filled else pd.DataFrame(columns=columns)
    order = found["gap"].map({gap: place for place, gap in enumerate(GAPS)})
    return found.assign(order=order).sort_values(["order", "figure", "id"], ascending=[True, False, True], ignore_index=True)[columns]
