"""How single people weigh the goals, how far they agree, what to talk about, and whether voting rules agree."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pandas as pd

from planning.methods import agreement as agreeing
from planning.methods import scoring, suppression, voting, weighting

METHODS = ("points", "swing", "ranks", "pairs")
GROUPS = ("leadership", "staff", "patrons", "partners")
LEFT_OUT, NO_HUNDRED, NOTHING, PAIRS_MISSING, ENDED = "a goal left out", "no swing of 100", "nothing above 0", "pairs missing", "no goal in force"
BALLOT = ["group", "voter", "method", "date"]
CAMPS = 0.08
"""Two camps lie at least this far apart (share of all weight), with at least half of the whole range between them."""
POINT = 0.01


def ballots(goal_votes: pd.DataFrame, goal_pairs: pd.DataFrame, goals: pd.DataFrame) -> pd.DataFrame:
    """Each person's latest ballot by each method as shares of the goals in force: group, voter, method (points, swing,
    ranks, pairs), date, goal, goal_name, share (0-1, adding up to 1; missing where not counted), counted, reason.

    Points and swings: the goal's part of the sum; ranks: rank-order centroid; pairs: principal eigenvector. Rows on goals not in
    force are dropped. Not counted, with its reason: a goal left out (not 0), swings without a 100, points all 0, pairs incomplete,
    no goal in force.

    >>> votes = pd.DataFrame({"voter": "V1", "group": "staff", "method": "points", "date": pd.Timestamp("2026-05-01"), "goal": ["G1", "G2"],
    ...                       "value": [30.0, 10.0]})
    >>> goals = pd.DataFrame({"goal": ["G1", "G2"], "name": ["Read", "Work"], "weight": [0.5, 0.5]})
    >>> pairs = pd.DataFrame(columns=["voter", "group", "date", "goal", "other", "ratio"])
    >>> ballots(votes, pairs, goals)[["goal_name", "share", "counted"]].values.tolist()
    [['Read', 0.75, True], ['Work', 0.25, True]]
    """
    found = [*_voted(_latest(goal_votes), goals), *_compared(goal_pairs, goals)]
    rows = [[*who, goal, name, share, not reason, reason] for who, parts, reason in found for goal, name, share in zip(goals["goal"], goals["name"], parts)]
    frame = pd.DataFrame(rows, columns=[*BALLOT, "goal", "goal_name", "share", "counted", "reason"])
    return frame.astype({"share": float, "counted": bool})


def _latest(goal_votes: pd.DataFrame) -> pd.DataFrame:
    return goal_votes[goal_votes["date"] == goal_votes.groupby(BALLOT[:3])["date"].transform("max")] if len(goal_votes) else goal_votes


def _voted(goal_votes: pd.DataFrame, goals: pd.DataFrame) -> list[tuple[tuple, list[float], str]]:
    """Every ballot of points, swings or ranks: whose, its shares, and why it is not counted."""
    return [(who, *_parts(rows.set_index("goal")["value"], who[2], list(goals["goal"]))) for who, rows in goal_votes.groupby(BALLOT, sort=True)]


def _parts(values: pd.Series, method: str, goals: list[str]) -> tuple[list[float], str]:
    kept = values.reindex(goals)
    reason = (ENDED if kept.isna().all() else NO_HUNDRED if method == "swing" and values.max() != 100 else LEFT_OUT if kept.isna().any()
              else NOTHING if method != "ranks" and kept.sum() == 0 else "")
    if reason:
        return [np.nan] * len(goals), reason
    if method == "ranks":
        return list(weighting.rank_order_centroid(kept)), ""
    return list(scoring.shares(weighting.swing_weights(values)[goals] if method == "swing" else kept)), ""


def _compared(goal_pairs: pd.DataFrame, goals: pd.DataFrame) -> list[tuple[tuple, list[float], str]]:
    return [((group, voter, "pairs", date), [np.nan] * len(goals) if table.missing else list(weighting.pairwise(table.ratios).weights),
             PAIRS_MISSING if table.missing else "")
            for (group, voter), (table, date) in _pair_tables(goal_pairs, goals).items()]


def _pair_tables(goal_pairs: pd.DataFrame, goals: pd.DataFrame) -> dict[tuple[str, str], tuple[weighting.PairMatrix, pd.Timestamp]]:
    """Each person's latest judgements of pairs of goals in force, and the latest of their days."""
    known = goal_pairs["goal"].isin(goals["goal"]) & goal_pairs["other"].isin(goals["goal"]) & (goal_pairs["goal"] != goal_pairs["other"]) & (goal_pairs["ratio"] > 0)
    rows = goal_pairs[known].sort_values("date", kind="stable")
    pair = pd.Series([tuple(sorted(both)) for both in zip(rows["goal"], rows["other"])], index=rows.index, dtype=object)
    last = rows[rows["date"] == rows.groupby([rows["group"], rows["voter"], pair])["date"].transform("max")] if len(rows) else rows
    return {who: (weighting.pair_matrix({(row.goal, row.other): row.ratio for row in own.itertuples()}, list(goals["goal"])), own["date"].max())
            for who, own in last.groupby(["group", "voter"], sort=True)}


def views(ballots: pd.DataFrame, *, small_group: int) -> pd.DataFrame:
    """Each voter's own weights, one row a voter and goal: group, voter, goal, goal_name, share (0-1), decides.

    Takes `ballots`; a voter who weighed by several methods counts once, with the mean of the shares. Groups with fewer
    counted voters than `small_group` are left out and play no part in anything that follows, so that nothing about
    them can be worked out. Single voters of the other groups are shown without a name. `decides` marks the group whose
    weights these are to be: leadership; where it is too small, the largest group.
    """
    columns = ["group", "voter", "goal", "goal_name", "share", "decides"]
    counted = ballots[ballots["counted"].astype(bool)]
    sizes = counted.groupby("group")["voter"].nunique()
    shown = sizes[sizes >= small_group]
    if shown.empty:
        return pd.DataFrame(columns=columns)
    decides = "leadership" if "leadership" in shown else shown.idxmax()
    own = counted[counted["group"].isin(shown.index)].groupby(["group", "voter", "goal"],
                                                              sort=False).agg(goal_name=("goal_name", "first"), share=("share", "mean")).reset_index()
    return own.assign(decides=own["group"] == decides)[columns]


def accepted(goal_votes: pd.DataFrame, goal_pairs: pd.DataFrame, goals: pd.DataFrame, *, small_group: int) -> pd.DataFrame:
    """The weights between which single voters of the deciding group differ, one row a goal: goal, goal_name, low, high
    (shares of 1), voters.

    The group is leadership; where fewer than `small_group` of it have a ballot that counts, the largest other group.
    Low and high are the lowest and highest weight that one of its voters gives the goal (the mean over the voter's
    methods). Any one set of weights adds up to 1; the lows and highs do not. Empty without enough voters. Misleads as
    a promise: it says what was voted, not what anyone would live with.

    >>> day = pd.Timestamp("2026-05-01")
    >>> votes = pd.DataFrame({"voter": ["V1", "V1", "V2", "V2"], "group": "leadership", "method": "points", "date": day, "goal": ["G1", "G2"] * 2,
    ...                       "value": [30.0, 10, 20, 20]})
    >>> goals = pd.DataFrame({"goal": ["G1", "G2"], "name": ["Read", "Work"], "weight": [0.5, 0.5]})
    >>> pairs = pd.DataFrame(columns=["voter", "group", "date", "goal", "other", "ratio"])
    >>> accepted(votes, pairs, goals, small_group=2).values.tolist()
    [['G1', 'Read', 0.5, 0.75, 2], ['G2', 'Work', 0.25, 0.5, 2]]
    """
    own = views(ballots(goal_votes, goal_pairs, goals), small_group=small_group)
    deciding = own[own["decides"].astype(bool)]
    found = deciding.groupby("goal", sort=True).agg(goal_name=("goal_name", "first"), low=("share", "min"), high=("share", "max"),
                                                    voters=("voter", "nunique")).reset_index()
    return found.astype({"low": float, "high": float, "voters": int})


def by_method(ballots: pd.DataFrame, goal_pairs: pd.DataFrame, goals: pd.DataFrame, *, small_group: int) -> pd.DataFrame:
    """Each group's weights by each method beside the plan's: group, method, goal, goal_name, plan (weight), voters, share,
    low, high (single voters), difference (share − plan; all shares of 1), hidden. Heaviest goal first.

    Takes `ballots`. A group's share is the mean of its voters' shares; for pairs the principal eigenvector of the
    geometric mean of their judgements. Where fewer than `small_group` voters of a group used a method the row is
    hidden and its figures are missing, and the next smallest method with it where the few would follow from the group's mean. Methods ask different things, so their weights need not agree.
    """
    columns = ["group", "method", "goal", "goal_name", "plan", "voters", "share", "low", "high", "difference", "hidden"]
    counted = ballots[ballots["counted"].astype(bool)]
    found = counted.groupby(["group", "method", "goal"], sort=False).agg(
        goal_name=("goal_name", "first"), voters=("voter", "nunique"), share=("share", "mean"), low=("share", "min"), high=("share", "max")).reset_index()
    joint = _joint_weights(goal_pairs, goals)
    found["share"] = [joint[row.group][row.goal] if row.method == "pairs" else row.share for row in found.itertuples()]
    found["plan"] = found["goal"].map(goals.set_index("goal")["weight"])
    found["difference"] = found["share"] - found["plan"]
    parts = {group: suppression.hidden_parts(own.groupby("method")["voter"].unique().to_dict(), small_group) for group, own in counted.groupby("group")}
    found["hidden"] = np.array([method in parts[group] for group, method in zip(found["group"], found["method"])], dtype=bool)
    found[columns[5:10]] = found[columns[5:10]].astype(float).mask(found["hidden"])
    order = found.assign(group=found["group"].map(GROUPS.index), method=found["method"].map(METHODS.index), plan=-found["plan"].astype(float))
    return found.loc[order.sort_values(["group", "method", "plan", "goal"], kind="stable").index, columns].reset_index(drop=True)


def _joint_weights(goal_pairs: pd.DataFrame, goals: pd.DataFrame) -> dict[str, pd.Series]:
    tables: dict[str, list[pd.DataFrame]] = {}
    for (group, _), (table, _) in _pair_tables(goal_pairs, goals).items():
        if not table.missing:
            tables.setdefault(group, []).append(table.ratios)
    return {group: weighting.pairwise(weighting.group_ratios(own)).weights for group, own in tables.items()}


def uncounted(ballots: pd.DataFrame) -> pd.DataFrame:
    """Ballots that are not counted and why, most frequent reason first: reason, method, ballots (number). Takes `ballots`."""
    lost = ballots[~ballots["counted"].astype(bool)].drop_duplicates(BALLOT)
    found = lost.groupby(["reason", "method"]).size().rename("ballots").reset_index()
    return found.sort_values(["ballots", "reason", "method"], ascending=[False, True, True], ignore_index=True)


def reconciled(ballots: pd.DataFrame) -> pd.DataFrame:
    """The sum that shares must have: check, expected (counted ballots), found (all their shares); empty without ballots."""
    counted = ballots[ballots["counted"].astype(bool)]
    rows = [["The shares of each counted ballot on the goals add up to 1", len(counted.drop_duplicates(BALLOT)), counted["share"].sum()]]
    return pd.DataFrame(rows if len(counted) else [], columns=["check", "expected", "found"])


def to_discuss(views: pd.DataFrame, goals: pd.DataFrame) -> pd.DataFrame:
    """How far single voters differ on each goal, one row a group and goal: group, decides, goal, goal_name, plan, voters, mean,
    low, lower_quartile, upper_quartile, high, spread (standard deviation; all shares of 1), minority (voters on the smaller
    side of the widest gap between two neighbouring votes), minority_share, majority_share (means of the two sides),
    camps, outside (the plan's weight lies a percentage point or more outside all votes), nearest (distance of the plan's weight
    from the nearest single vote).

    Takes `views`. The deciding group comes first, then the goal with the widest spread: the one to talk about.
    `camps` is true when both sides of the gap hold at least two voters and the gap is at least 0.08 and half of the whole range.

    >>> views = pd.DataFrame({"group": "staff", "decides": True, "voter": list("abcd"), "goal": "G1", "goal_name": "Read", "share": [0.1, 0.1, 0.3, 0.3]})
    >>> to_discuss(views, pd.DataFrame({"goal": ["G1"], "weight": [0.5]}))[["low", "high", "minority", "camps", "outside"]].values.tolist()
    [[0.1, 0.3, 2, True, True]]
    """
    columns = ["group", "decides", "goal", "goal_name", "plan", "voters", "mean", "low", "lower_quartile", "upper_quartile", "high", "spread",
               "minority", "minority_share", "majority_share", "camps", "outside", "nearest"]
    plan = goals.set_index("goal")["weight"]
    rows = [[group, own["decides"].iloc[0], goal, own["goal_name"].iloc[0], plan[goal], len(own), own["share"].mean(), own["share"].min(),
             own["share"].quantile(0.25), own["share"].quantile(0.75), own["share"].max(), own["share"].std(),
             *agreeing.sides(own["share"], apart=CAMPS), False, (own["share"] - plan[goal]).abs().min()]
            for (group, goal), own in views.groupby(["group", "goal"], sort=True)]
    found = pd.DataFrame(rows, columns=columns)
    found["outside"] = (found["plan"] < found["low"] - POINT) | (found["plan"] > found["high"] + POINT)
    return found.sort_values(["decides", "group", "spread", "goal"], ascending=[False, True, False, True], ignore_index=True)


def agreement(views: pd.DataFrame) -> pd.DataFrame:
    """How far each group's voters agree on the order of the goals: group, decides, voters, goals, agreement (Kendall's W, 0-1).

    Takes `views`; ties count as ties. Missing with one voter or one goal, and where nobody tells goals apart. A low
    value can hide two camps that each agree.

    >>> views = pd.DataFrame({"group": "staff", "decides": True, "voter": list("aabb"), "goal": ["G1", "G2"] * 2, "share": [0.6, 0.4, 0.9, 0.1]})
    >>> agreement(views)[["voters", "agreement"]].values.tolist()
    [[2.0, 1.0]]
    """
    grids = {who: own.pivot(index="voter", columns="goal", values="share") for who, own in views.groupby(["group", "decides"], sort=True)}
    found = pd.DataFrame([[*who, *grid.shape, agreeing.kendalls_w(grid.round(9))] for who, grid in grids.items()],
                         columns=["group", "decides", "voters", "goals", "agreement"])
    return found.sort_values(["decides", "group"], ascending=[False, True], ignore_index=True)


def rounds(goal_votes: pd.DataFrame, goals: pd.DataFrame, *, small_group: int) -> pd.DataFrame:
    """What a further round changed, for the same people: group, method, voters, first_date, last_date, first_spread, last_spread
    (mean over goals of the standard deviation, shares of 1), first_agreement, last_agreement (Kendall's W, 0-1).

    Only people whose ballots count in two rounds or more by one method, at their first and their last; groups of
    fewer than `small_group` such people are left out. Coming closer is not being right: people also give way.
    """
    columns = ["group", "method", "voters", "first_date", "last_date", "first_spread", "last_spread", "first_agreement", "last_agreement"]
    cast = pd.DataFrame([[*who, parts] for who, parts, reason in _voted(goal_votes, goals) if not reason], columns=[*BALLOT, "parts"])
    again = cast[cast.duplicated(BALLOT[:3], keep=False)].sort_values("date", kind="stable")
    rows = []
    for (group, method), own in again.groupby(["group", "method"], sort=True):
        ends = own.drop_duplicates("voter"), own.drop_duplicates("voter", keep="last")
        if len(ends[0]) >= small_group:
            tables = [np.array(end["parts"].tolist()) for end in ends]
            rows.append([group, method, len(ends[0]), ends[0]["date"].min(), ends[1]["date"].max(),
                         *[np.std(table, axis=0, ddof=1).mean() if len(table) > 1 else np.nan for table in tables],
                         *[agreeing.kendalls_w(table.round(9)) for table in tables]])
    return pd.DataFrame(rows, columns=columns)


def consistency(goal_pairs: pd.DataFrame, goals: pd.DataFrame, *, small_group: int) -> pd.DataFrame:
    """How far pair judgements contradict themselves, one row a group: group, voters (who judged every pair), incomplete (who left
    pairs out), over (voters with a consistency ratio above 0.10), ratio (of the group's geometric mean), goal_name,
    other_name (the pair to talk about again: the one that fits least most often among those above 0.10), named
    (voters for whom it is), lowest, highest (judgements of that pair, times), hidden.

    With more than ten goals no ratio is known and `ratio` is missing. Groups with fewer complete voters than
    `small_group` are hidden. Contradicting oneself is common and no fault: it shows which pair was hard to judge.
    """
    columns = ["group", "voters", "incomplete", "over", "ratio", "goal_name", "other_name", "named", "lowest", "highest", "hidden"]
    tables, names, rows = _pair_tables(goal_pairs, goals), goals.set_index("goal")["name"], []
    for group in [one for one in GROUPS if any(who[0] == one for who in tables)]:
        own = [table for (whose, _), (table, _) in tables.items() if whose == group]
        whole = [table.ratios for table in own if not table.missing]
        if len(whole) < small_group:
            rows.append([group, *[None] * 9, True])
            continue
        over = [table for table in whole if weighting.pairwise(table).ratio > weighting.LIMIT]
        rows.append([group, len(whole), len(own) - len(whole), len(over), weighting.pairwise(weighting.group_ratios(whole)).ratio,
                     *_hardest(over, whole, names), False])
    return pd.DataFrame(rows, columns=columns)


def _hardest(over: list[pd.DataFrame], whole: list[pd.DataFrame], names: pd.Series) -> list[object]:
    if not over:
        return [None] * 5
    found = [weighting.least_fitting(table) for table in over]
    times = pd.Series([tuple(sorted(one[:2])) for one in found]).value_counts(sort=False)
    strain = {pair: max(one.judged / one.implied for one in found if set(one[:2]) == set(pair)) for pair in times.index}
    first, second = max(times.index, key=lambda pair: (times[pair], strain[pair]))
    said = [table.loc[first, second] for table in whole]
    return [names[first], names[second], int(times[first, second]), min(said), max(said)]


def pairs_missing(goal_pairs: pd.DataFrame, goals: pd.DataFrame) -> pd.DataFrame:
    """Pairs of goals that people who judged others left out: goal_name, other_name, voters (who left it out). Most often first."""
    names = goals.set_index("goal")["name"]
    left = [pair for table, _ in _pair_tables(goal_pairs, goals).values() for pair in table.missing]
    rows = [[names[first], names[second], left.count((first, second))] for first, second in combinations(goals["goal"], 2) if (first, second) in left]
    return pd.DataFrame(rows, columns=["goal_name", "other_name", "voters"]).sort_values("voters", ascending=False, kind="stable", ignore_index=True)


def orders(views: pd.DataFrame, goals: pd.DataFrame) -> pd.DataFrame:
    """The goals of the deciding group by five voting rules, best by mean share first: group, voters, goal, goal_name, plan
    (weight), plan_place, and for each rule its score and `_place` (1 best, ties share the better): share (mean share of
    points, 0-1), borda (goals put below, summed over voters), copeland (goals beaten one to one), first (first places, ties
    split), approval (voters who give at least an equal share); beats_all (true for a goal that wins every duel); disputed
    (number of other goals that one rule puts above it and another below).

    Takes `views`. Where rules disagree the order is a choice, not a fact.

    >>> views = pd.DataFrame({"group": "staff", "decides": True, "voter": list("aabbcc"), "goal": ["G1", "G2"] * 3, "goal_name": ["Read", "Work"] * 3,
    ...                       "share": [0.51, 0.49, 0.51, 0.49, 0.1, 0.9]})
    >>> orders(views, pd.DataFrame({"goal": ["G1", "G2"], "weight": [0.5, 0.5]}))[["goal_name", "share_place", "borda_place", "beats_all"]].values.tolist()
    [['Work', 1, 2, False], ['Read', 2, 1, True]]
    """
    own = views[views["decides"].astype(bool)]
    count = voting.tally(own.pivot(index="voter", columns="goal", values="share"))
    found = count.scores.join(count.places.add_suffix("_place")).rename_axis("goal").reset_index()
    found = found.merge(own.drop_duplicates("goal")[["goal", "goal_name", "group"]],
                        on="goal").merge(goals[["goal", "weight"]].rename(columns={"weight": "plan"}), on="goal")
    found["plan_place"] = found["plan"].rank(ascending=False, method="min").astype(int)
    found = found.assign(voters=count.voters, beats_all=found["goal"] == count.condorcet)
    by_rule = [name for rule in voting.RULES for name in (rule, f"{rule}_place")]
    places = found[[f"{rule}_place" for rule in voting.RULES]].to_numpy()
    above = (places[:, None, :] < places[None, :, :]).any(axis=2)
    found["disputed"] = (above & above.T).sum(axis=1)
    return found.sort_values(["share_place", "goal"], ignore_index=True)[["group", "voters", "goal", "goal_name", "plan", "plan_place", *by_rule,
                                                                          "beats_all", "disputed"]]
