"""Sentences about how the goals were weighed: agreement, what to talk about, consistency, voting rules."""

from __future__ import annotations

import pandas as pd

from planning.methods.weighting import LIMIT
from planning.show.language import count, day, listed, number, quoted, say, share
from planning.show.records import Finding

VOTES = ("goal_votes", "goal_pairs")
BESIDE = (*VOTES, "goals")
SAME = 0.005
"""Weights that differ by no more than this are the same once rounded to whole percent."""
APART = 0.04
"""A plan's weight that is further than this from every single vote is nobody's view."""


def voters(group: str, n: int) -> str:
    """How many of a group, in words.

    >>> voters("leadership", 7), voters("patrons", 1)
    ('7 members of leadership', '1 patron')
    """
    forms = {"leadership": ("{n} member of leadership", "{n} members of leadership"), "staff": ("{n} member of staff", "{n} members of staff"),
             "patrons": ("{n} patron", "{n} patrons"), "partners": ("{n} partner", "{n} partners")}
    return count(*forms[group], n)


def ended(ended: pd.DataFrame) -> Finding | None:
    """Which goals ended and what replaced them."""
    if ended.empty:
        return None
    last = ended.iloc[0]
    if pd.isna(last["followed_by"]):
        text = say("“{goal}” ended on {day}, and no goal is said to replace it.", goal=last["name"], day=day(last["valid_to"]))
    else:
        text = say("“{goal}” ended on {day} with {old} of the weight; “{new}” took its place, with {weight}.",
                   goal=last["name"], day=day(last["valid_to"]), old=share(last["weight"]), new=last["followed_by"], weight=share(last["followed_weight"]))
    return Finding(text, "plain", "counted", ("goals",))


def agreement(agreement: pd.DataFrame) -> Finding | None:
    """How far the voters of each group put the goals in the same order."""
    if agreement.empty or agreement["goals"].iloc[0] < 2:
        return None
    first, others = agreement.iloc[0], agreement.iloc[1:].dropna(subset=["agreement"])
    if first["voters"] < 2:
        return Finding(say("Only {who} weighed the goals in a way that counts; whether people agree shows once a second one has.",
                           who=voters(first["group"], 1)), "unknown", "counted", VOTES)
    if pd.isna(first["agreement"]):
        text = say("The {who} give every goal the same weight, so there is no order to agree on. Asking which goal they would give up first would tell more.",
                   who=voters(first["group"], first["voters"]))
        return Finding(text, "unknown", "counted", VOTES)
    text = say("The {who} who weighed the goals {words} on their order (Kendall's W {value}, where 1 is the same order for all).",
               who=voters(first["group"], first["voters"]), words=_agree(first["agreement"]), value=number(first["agreement"], 2))
    if len(others):
        rest = listed(say("{who} {words} ({value})", who=voters(row.group, row.voters), words=_agree(row.agreement), value=number(row.agreement, 2))
                      for row in others.itertuples())
        text += " " + say("Among themselves, {rest}.", rest=rest)
    return Finding(text, "good" if first["agreement"] >= 0.7 else "plain" if first["agreement"] >= 0.3 else "bad", "counted", VOTES)


def _agree(value: float) -> str:
    return say("largely agree") if value >= 0.7 else say("partly agree") if value >= 0.5 else say("agree a little") if value >= 0.3 else say("hardly agree")


def discuss(spread: pd.DataFrame) -> Finding | None:
    """The goal on which single voters of the deciding group differ most, with its camps and the minority's view."""
    own = spread[spread["decides"].astype(bool) & spread["spread"].notna()] if len(spread) else spread
    if own.empty:
        return None
    first = own.iloc[0]
    who = voters(first["group"], first["voters"])
    if first["high"] - first["low"] < SAME:
        return Finding(say("The {who} hardly differ on any goal; there is no difference to talk about.", who=who), "good", "counted", BESIDE)
    text = say("Talk first about “{goal}”: the {who} give it from {low} to {high} of the weight.", goal=first["goal_name"], who=who,
               low=share(first["low"]), high=share(first["high"]))
    text += " " + _minority(first)
    if first["nearest"] > APART:
        text += " " + say("The plan's {plan} is near nobody's view.", plan=share(first["plan"]))
    return Finding(text, "bad" if first["camps"] else "plain", "counted", BESIDE)


def _minority(row: pd.Series) -> str:
    few, many = row["minority"], row["voters"] - row["minority"]
    if row["camps"]:
        return say("There are two camps: {few} give it about {low}, {many} about {high}.", few=number(few), low=share(row["minority_share"]),
                   many=number(many), high=share(row["majority_share"]))
    if few == many:
        return count("{n} gives it about {low}, {n} about {high}.", "{n} give it about {low}, {n} about {high}.", few,
                     low=share(row["minority_share"]), high=share(row["majority_share"]))
    return count("One of them stands apart with about {low}; the others give about {high} on average.",
                 "{n} of them stand apart with about {low} on average; the others give about {high}.", few, low=share(row["minority_share"]),
                 high=share(row["majority_share"]))


def plan(by_method: pd.DataFrame, spread: pd.DataFrame) -> Finding | None:
    """Whether the plan's weights are those that the deciding group would give."""
    own = spread[spread["decides"].astype(bool) & (spread["voters"] > 1)] if len(spread) else spread
    if own.empty:
        return None
    group = own["group"].iloc[0]
    known = by_method[(by_method["group"] == group) & ~by_method["hidden"].astype(bool)]
    furthest = known.assign(off=known["difference"].abs()).groupby("method", sort=False)["off"].max()
    same = [method for method, off in furthest.items() if off <= SAME + 1e-9]
    if same:
        text = say("The plan's weights are those that {group} gives by {methods}, in whole percent.", group=say(group),
                   methods=listed(method_words(one) for one in same))
        return Finding(text, "good", "counted", BESIDE)
    apart = own[own["outside"]]
    if apart.empty:
        text = say("Each of the plan's weights lies between the lowest and the highest that the {who} give, yet no method gives just these.", who=_whole(own))
        return Finding(text, "plain", "counted", BESIDE)
    text = say("The plan departs from what every one of the {who} gives: {rows}.", who=_whole(own),
               rows=listed((_outside(row) for row in apart.itertuples()), most=3))
    return Finding(text, "bad", "counted", BESIDE)


def _whole(own: pd.DataFrame) -> str:
    return voters(own["group"].iloc[0], own["voters"].iloc[0])


def _outside(row: object) -> str:
    ends = {"goal": row.goal_name, "plan": share(row.plan), "low": share(row.low), "high": share(row.high)}
    same = ends["low"] == ends["high"]
    return say("“{goal}” has {plan} where they all give {low}",
               **ends) if same else say("“{goal}” has {plan} where their votes run from {low} to {high}", **ends)


def groups(spread: pd.DataFrame, by_method: pd.DataFrame) -> Finding | None:
    """Where another group's mean weight is furthest from the deciding group's."""
    if spread.empty or spread["group"].nunique() < 2:
        return None
    own = spread[spread["decides"].astype(bool)].set_index("goal")
    others = spread[~spread["decides"].astype(bool)]
    off = (others["mean"] - others["goal"].map(own["mean"])).abs()
    first = others.loc[off.idxmax()]
    if off.max() < 0.05:
        return Finding(say("The groups' mean weights are within 5 percentage points of one another on every goal."), "good", "counted", BESIDE)
    text = say("The groups differ most on “{goal}”: {other} would give it {theirs}, {group} {ours}.", goal=first["goal_name"], other=say(first["group"]),
               theirs=share(first["mean"]), group=say(own["group"].iloc[0]), ours=share(own.loc[first["goal"], "mean"]))
    ways = [set(by_method.loc[by_method["group"] == group, "method"]) for group in (first["group"], own["group"].iloc[0])]
    if not ways[0] & ways[1]:
        text += " " + say("They weighed in different ways, which alone moves weights.")
    return Finding(text, "plain", "counted", BESIDE)


def rounds(rounds: pd.DataFrame) -> list[Finding]:
    """Whether a further round brought the same people closer."""
    found = []
    for row in rounds.dropna(subset=["first_spread", "last_spread", "first_agreement", "last_agreement"]).itertuples():
        nearer = row.last_spread < row.first_spread
        words = say("closer together") if nearer else say("further apart") if row.last_spread > row.first_spread else say("no closer")
        text = say("From {first} to {last} the {who} who voted twice by {method} came {words}: the mean spread of a weight went from {before} to "
                   "{after} percentage points, "
                   "agreement on the order from {w_before} to {w_after}.", first=day(row.first_date), last=day(row.last_date),
                   who=voters(row.group, row.voters),
                   method=method_words(row.method), words=words, before=number(100 * row.first_spread, 1), after=number(100 * row.last_spread, 1),
                   w_before=number(row.first_agreement, 2), w_after=number(row.last_agreement, 2))
        found.append(Finding(text, "good" if nearer else "plain", "counted", ("goal_votes",)))
    return found


def consistency(consistency: pd.DataFrame) -> list[Finding]:
    """How many voters of each group contradict themselves in comparing pairs, and the pair to talk about again."""
    found = []
    for row in consistency.itertuples():
        if row.hidden:
            found.append(Finding(say("Too few of {group} compared all pairs of goals to say how consistent they are.", group=say(row.group)),
                                 "unknown", "counted", ("goal_pairs",)))
            continue
        who = voters(row.group, row.voters)
        if pd.isna(row.ratio):
            text = say("For as many goals as the {who} compared in pairs there is no usual measure of consistency; ten is the most. Goals could be "
                       "compared in sets.", who=who)
            found.append(Finding(text, "unknown", "counted", ("goal_pairs",)))
        elif not row.over:
            text = say("None of the {who} who compared all pairs of goals goes beyond the usual limit of contradiction (consistency ratio {limit}).",
                       who=who, limit=number(LIMIT, 2))
            found.append(Finding(text, "good", "counted", ("goal_pairs",)))
        else:
            found.append(Finding(f"{_over(row, who)} {_again(row)}", "bad", "counted", ("goal_pairs",)))
    return found


def _over(row: object, who: str) -> str:
    return count("Of the {who} who compared all pairs of goals, {n} contradicts themselves beyond the usual limit (consistency ratio above {limit}).",
                 "Of the {who} who compared all pairs of goals, {n} contradict themselves beyond the usual limit (consistency ratio above {limit}).",
                 row.over, who=who, limit=number(LIMIT, 2))


def _again(row: object) -> str:
    joint = say("put together, the judgements are consistent ({ratio})", ratio=number(row.ratio, 2)) if row.ratio <= LIMIT else say(
        "put together, the judgements contradict each other too ({ratio})", ratio=number(row.ratio, 2))
    return say("Take up again “{first}” against “{second}”: {span}; {joint}.", first=row.goal_name, second=row.other_name,
               span=_span(row.lowest, row.highest), joint=joint)


def _span(low: float, high: float) -> str:
    if low < 1 < high:
        return say("somebody judges it {back} to 1 for the second goal, somebody else {forth} to 1 for the first", back=number(1 / low, 0),
                   forth=number(high, 0))
    if abs(low - high) < 0.01:
        return say("all judge it {high} to 1", high=number(max(high, 1 / high), 0))
    if high <= 1:
        return say("judgements lie between {low} to 1 and {high} to 1 for the second goal", low=number(1 / high, 0), high=number(1 / low, 0))
    return say("judgements lie between {low} to 1 and {high} to 1 for the first goal", low=number(low, 0), high=number(high, 0))


RULES = {"share": "mean share", "borda": "Borda count", "copeland": "duels won", "first": "first places", "approval": "approval"}


def rules(orders: pd.DataFrame) -> Finding | None:
    """Whether five voting rules put the same goal first and the goals in the same order."""
    if len(orders) < 2 or orders["voters"].iloc[0] < 2:
        return None
    if (orders["share_place"] == 1).all():
        return Finding(say("The votes leave all goals level, so no voting rule can put them in an order."), "unknown", "counted", BESIDE)
    firsts = {rule: orders.loc[orders[f"{rule}_place"] == 1, "goal_name"].tolist() for rule in RULES}
    shared = set.intersection(*(set(names) for names in firsts.values()))
    if not shared:
        sides = {}
        for rule, names in firsts.items():
            sides.setdefault(tuple(names), []).append(say(RULES[rule]))
        text = say("The voting rules disagree on what comes first: {sides}.", sides="; ".join(_side(names, by) for names, by in sides.items()))
        return Finding(f"{text} {_duels(orders)}", "plain", "counted", BESIDE)
    top = orders.loc[orders["goal_name"].isin(shared), "goal_name"].iloc[0]
    if not orders["disputed"].any():
        return Finding(say("Whatever the voting rule, “{top}” comes first and no two goals change places.", top=top), "good", "counted", BESIDE)
    return Finding(say("All five voting rules put “{top}” first, but not the rest in one order: {moved}.", top=top, moved=_moved(orders)), "plain",
                   "counted", BESIDE)


def _moved(orders: pd.DataFrame) -> str:
    """The goal whose place depends most on the rule; a place that rests on no vote at all is not counted."""
    told = pd.DataFrame({rule: orders[f"{rule}_place"].where(orders[rule] > 0) for rule in RULES})[orders["disputed"] > 0]
    width = told.max(axis=1) - told.min(axis=1)
    most = told.loc[width.idxmax()]
    return say("“{goal}” is number {low} by one rule and number {high} by another", goal=orders.loc[width.idxmax(), "goal_name"],
               low=number(most.min()), high=number(most.max()))


def _side(names: tuple[str, ...], by: list[str]) -> str:
    return say("{rules}: {goals}", rules=listed(by), goals=quoted(names, most=2))


def _duels(orders: pd.DataFrame) -> str:
    winner = orders.loc[orders["beats_all"].astype(bool), "goal_name"]
    if winner.empty:
        return say("No goal wins against every other one to one.")
    return say("One to one, “{goal}” wins against every other goal.", goal=winner.iloc[0])


METHOD_WORDS = {"points": "points", "swing": "swings", "ranks": "ranks", "pairs": "pairs"}


def method_words(method: str) -> str:
    """A way of weighing in a word."""
    return say(METHOD_WORDS[method])


WHY = {
    "a goal left out": ("{n} ballot that leaves a goal out (which is not 0)", "{n} ballots that leave a goal out (which is not 0)"),
    "no swing of 100": ("{n} ballot of swings without a 100", "{n} ballots of swings without a 100"),
    "nothing above 0": ("{n} ballot that gives every goal 0", "{n} ballots that give every goal 0"),
    "no goal in force": ("{n} ballot on goals that are no longer in force", "{n} ballots on goals that are no longer in force"),
    "pairs missing": ("{n} comparison of goals that leaves pairs out", "{n} comparisons of goals that leave pairs out"),
}


def uncounted(uncounted: pd.DataFrame, pairs_missing: pd.DataFrame) -> Finding | None:
    """Ballots that are not counted, why, and what would help."""
    if uncounted.empty:
        return None
    reasons = uncounted.groupby("reason", sort=False)["ballots"].sum()
    text = say("Not counted: {why}.", why=listed(count(*WHY[one], int(n)) for one, n in reasons.items()))
    if len(pairs_missing):
        pair = pairs_missing.iloc[0]
        text += " " + count("The missing pair is “{first}” against “{second}”.", "Among the missing pairs is “{first}” against “{second}”.", len(pairs_missing),
                            first=pair["goal_name"], second=pair["other_name"])
    return Finding(f"{text} {say('Ask for what is missing, or for these ballots anew.')}", "unknown", "counted", VOTES)


def too_few(ballots: pd.DataFrame, views: pd.DataFrame, *, small_group: int) -> Finding | None:
    """That too few people weighed the goals to show what single people think."""
    if ballots.empty or len(views):
        return None
    text = say("In no group did {n} people or more weigh the goals in a way that counts, so nothing is shown about their agreement; single votes "
               "could be traced to a person. "
               "More votes from one group would help.", n=number(small_group))
    return Finding(text, "unknown", "counted", VOTES)
