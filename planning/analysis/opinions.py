"""Groups of opinion in the room, what marks each of them, and what all of them share: from votes on statements."""

from __future__ import annotations

import numpy as np
import pandas as pd

from planning.methods import opinion_groups

SHARED, ROOM = 0.6, ""
LETTERS = "ABCDE"


def groups(votes: pd.DataFrame, options: pd.DataFrame, *, small_group: int, seed: int) -> pd.DataFrame:
    """Which opinion group each person of a round of statements is in: voter, group (A the largest, B, …; "" none), people (in that group). For
    computing further, not for showing.

    `attrs`: voters, counted (those in a group), silhouette (-1 to 1), chance (0-1, how often answers dealt out anew give groups as
    clear), and why there are none: "few statements", "few people", "no pattern", or "" where there are groups. Groups are found as in Polis, but
    only told where they hold at least `small_group` people each and are clearer than in 95 of 100 dealings (see `opinion_groups.found`).
    They say nothing of who the people are, and a person near a border could be in either group.

    >>> rows = [(f"V{person}", f"T{item}", "", 1.0 if (person < 4) == (item < 3) else -1.0) for person in range(8) for item in range(6)]
    >>> votes = pd.DataFrame(rows, columns=["voter", "option", "asked", "value"])
    >>> found = groups(votes, pd.DataFrame({"option": [f"T{item}" for item in range(6)]}), small_group=2, seed=1)
    >>> found["group"].tolist(), found.attrs["why"]
    (['A', 'A', 'A', 'A', 'B', 'B', 'B', 'B'], '')
    """
    table = _answers(votes, options)
    if table.empty:
        made = opinion_groups.Groups(np.zeros(0, dtype=int), float("nan"), float("nan"), "few people")
    else:
        made = opinion_groups.found(table.to_numpy(), fewest=max(small_group, 1), seed=seed)
    letters = [LETTERS[place] if place >= 0 else ROOM for place in made.members]
    found = pd.DataFrame({"voter": table.index.astype(str), "group": letters})
    found["people"] = found.groupby("group")["voter"].transform("size").astype(int) if len(found) else pd.Series(dtype=int)
    found.attrs = {"voters": len(table), "counted": sum(letter != ROOM for letter in letters), "silhouette": made.silhouette, "chance": made.chance, "why": made.why}
    return found


def divides(votes: pd.DataFrame, options: pd.DataFrame, groups: pd.DataFrame, *, small_group: int) -> pd.DataFrame:
    """What each opinion group says that the others do not: group, people, option, name, side (agree, disagree), n (of the group who answered), share (0-1, of them
    on that side), others (0-1, share of all other groups), ratio. Up to five statements a group, the most telling first.

    Listed is what passes both tests of Polis: more than half of the group on that side, and more of it than of the others, each clear
    at 90 %. Order: ratio times test times share times test. The groups were made from these very answers, so the tests put statements in order
    and prove nothing. A statement that fewer than `small_group` of a group, or of all others together, answered is left out. Empty without groups.
    """
    columns = ["group", "people", "option", "name", "side", "n", "share", "others", "ratio"]
    letters, names, answered, sided = _counted(votes, options, groups)
    rows = []
    for side, counts in sided.items():
        if len(letters) < 2:
            break
        told, out, rest = opinion_groups.marks(counts, answered), counts.sum(axis=0) - counts, answered.sum(axis=0) - answered
        clear = (told.own > opinion_groups.CLEAR) & (told.against > opinion_groups.CLEAR) & (answered >= max(small_group, 1)) & (rest >= max(small_group, 1))
        weight = told.ratio * told.against * told.share * told.own
        rows += [(letters[row], int(_size(groups, letters[row])), *names[column], side, float(answered[row, column]), counts[row, column] / answered[row, column],
                  out[row, column] / rest[row, column], told.ratio[row, column], weight[row, column]) for row, column in np.argwhere(clear)]
    found = pd.DataFrame(rows, columns=[*columns, "weight"]).sort_values(["group", "weight", "option"], ascending=[True, False, True], kind="stable")
    return found.groupby("group", sort=False).head(5)[columns].reset_index(drop=True)


def consensus(votes: pd.DataFrame, options: pd.DataFrame, groups: pd.DataFrame, *, small_group: int) -> pd.DataFrame:
    """What all opinion groups share: option, name, n, agree, disagree (0-1, shares of all who answered), side (agree, disagree), lowest (0-1, share on that side in the group
    where it is lowest), shared (0-1, the group-informed consensus), groups (their number; 1 is the whole room), holds, hidden. Most shared first.

    shared: the product over groups of (A + 1) / (S + 2), as in Polis, so that a large group does not outvote a small one. It falls with
    the number of groups; compare statements with it, not rooms. holds: in every group that smoothed share is 60 % or more. Without opinion groups the
    room is one group. Hidden where fewer than `small_group` people answered; where fewer than that of one group did, it does not hold.
    """
    columns = ["option", "name", "n", "agree", "disagree", "side", "lowest", "shared", "groups", "holds", "hidden"]
    letters, names, answered, sided = _counted(votes, options, groups)
    if not len(letters):
        return pd.DataFrame(columns=columns)
    told = {side: opinion_groups.marks(counts, answered) for side, counts in sided.items()}
    table, rows = _answers(votes, options), []
    for column, (option, name) in enumerate(names):
        values = table[option].dropna()
        side = max(sided, key=lambda one: (told[one].shared[column].round(9), one == "agree"))
        enough, fits = (answered[:, column] >= max(small_group, 1)).all(), (told[side].share[:, column] >= SHARED).all()
        lowest = (sided[side][:, column] / np.maximum(answered[:, column], 1)).min()
        rows.append((option, name, float(len(values)), (values > 0).mean(), (values < 0).mean(), side, lowest, told[side].shared[column], len(letters), bool(enough and fits),
                     len(values) < max(small_group, 1)))
    found = pd.DataFrame(rows, columns=columns)
    found.loc[found["hidden"], ["n", "agree", "disagree", "lowest", "shared"]] = np.nan
    return found.sort_values("shared", ascending=False, kind="stable", na_position="last", ignore_index=True)


def _answers(votes: pd.DataFrame, options: pd.DataFrame) -> pd.DataFrame:
    """One row a voter, one column a statement."""
    table = votes.pivot_table(index="voter", columns="option", values="value", aggfunc="last") if len(votes) else pd.DataFrame()
    return table.reindex(columns=options["option"]).dropna(how="all")


def _size(groups: pd.DataFrame, letter: str) -> int:
    return int((groups["group"] == letter).sum())


def _counted(votes: pd.DataFrame, options: pd.DataFrame, groups: pd.DataFrame) -> tuple[list[str], list[tuple[str, str]], np.ndarray, dict[str, np.ndarray]]:
    """The groups, or the room as one; the statements; and by group and statement how many answered, agreed and disagreed."""
    table, member = _answers(votes, options), groups.set_index("voter")["group"]
    letters = sorted(set(member) - {ROOM}) or ([ROOM] if len(table) else [])
    parts = [table[member.reindex(table.index).to_numpy() == letter] for letter in letters]
    answered = np.array([part.notna().sum() for part in parts], dtype=float).reshape(len(letters), len(options))
    sided = {side: np.array([(part == value).sum() for part in parts], dtype=float).reshape(answered.shape) for side, value in (("agree", 1), ("disagree", -1))}
    return letters, list(zip(options["option"], options["label"])), answered, sided
