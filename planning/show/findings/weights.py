"""Sentences of step 1's controls: points that are left, swings without a 100, pairs that contradict each other, and what new weights change."""

from __future__ import annotations

import pandas as pd

from planning.methods.weighting import LIMIT
from planning.show.findings.weighing import voters
from planning.show.language import count, listed, number, quoted, say, share
from planning.show.records import Finding

VOTES, GIVEN = ("goal_votes", "goal_pairs"), ("goals", "services", "alignment")


def left(given: int, total: int) -> Finding:
    """How many points are left to share out, or too many."""
    over = given - total
    if not over:
        return Finding(say("All {total} points are shared out.", total=number(total)), "good", "counted", ("goals",))
    if over > 0:
        text = count("{n} point too many is shared out. Take it away from a goal.", "{n} points too many are shared out. Take them away from a goal.", over)
        return Finding(text, "bad", "counted", ("goals",))
    return Finding(count("{n} point of {total} is left to share out.", "{n} points of {total} are left to share out.", -over, total=number(total)), "unknown",
                   "counted", ("goals",))


def no_hundred(most: float) -> Finding:
    """That no goal has a swing of 100, so that nothing can be set against it."""
    text = say("The highest swing is {most}. Give 100 to the goal whose change from worst to best is worth most, and set the others against it.", most=number(most))
    return Finding(text, "unknown", "counted", ("goals",))


def strain(strain: pd.DataFrame) -> list[Finding]:
    """How many pairs are still to be judged, how far the judgements contradict each other, and the pair that is hardest to square."""
    if strain.empty:
        return []
    row = strain.iloc[0]
    if row["missing"]:
        text = count("{n} pair of {all} is not judged yet. Weights follow when all are.", "{n} pairs of {all} are not judged yet. Weights follow when all are.",
                     int(row["missing"]), all=number(row["pairs"]))
        return [Finding(text, "unknown", "counted", ("goals",))]
    if pd.isna(row["ratio"]):
        text = say("For more than ten goals there is no usual measure of how far pairs contradict each other.")
        return [Finding(text, "unknown", "counted", ("goals",)), *_hardest(row)]
    values = {"ratio": number(row["ratio"], 2), "limit": number(LIMIT, 2)}
    text = (say("The judgements contradict each other beyond the usual limit (consistency ratio {ratio}, limit {limit}).", **values) if row["over"]
            else say("The judgements hold together (consistency ratio {ratio}, limit {limit}).", **values))
    return [Finding(text, "bad" if row["over"] else "good", "counted", ("goals",)), *_hardest(row)]


def _hardest(row: pd.Series) -> list[Finding]:
    if not row["goal_name"]:
        return []
    text = say("Hardest to square with the rest is “{goal}” against “{other}”: judged {judged} times as much, while all pairs together say {implied} times.",
               goal=row["goal_name"], other=row["other_name"], judged=number(row["judged"], 1), implied=number(row["implied"], 1))
    return [Finding(text, "plain", "counted", ("goals",))]


def votes(voted: pd.DataFrame, *, small_group: int) -> Finding:
    """Whose votes were filled in, or why none could be."""
    if voted.empty:
        return Finding(say("No group has {n} voters or more whose votes cover every goal in force, so there is nothing to fill in. More votes would help.",
                           n=number(small_group)), "unknown", "counted", VOTES)
    who = voters(voted["group"].iloc[0], int(voted["voters"].iloc[0]))
    text = say("Filled in: the median of what the {who} in the plan's votes give each goal, brought to the same sum.", who=who)
    return Finding(text, "plain", "counted", VOTES)


def change(given: pd.DataFrame) -> Finding | None:
    """Which service then gives most to the goals, and how many services change places."""
    if given.empty or given["after"].max() <= 0:
        return None
    top, before = (given.loc[given[place] == 1] for place in ("place", "place_before"))
    text = count("Most weighted support then comes from {names} ({value}).", "Most weighted support then comes alike from {names} ({value} each).", len(top),
                 names=listed(top["service_name"], most=2), value=share(top["after"].iloc[0]))
    if set(top["service"]) != set(before["service"]):
        text += " " + say("Now it is {names}.", names=listed(before["service_name"], most=2))
    moved = int((given["place"] != given["place_before"]).sum())
    text += " " + (count("{n} service of {all} changes its place.", "{n} services of {all} change their places.", moved, all=number(len(given))) if moved
                   else say("No service changes its place."))
    return Finding(text, "plain", "counted", GIVEN)


def none_left(goals: pd.DataFrame) -> Finding | None:
    """Which goals would weigh nothing."""
    gone = goals[(goals["weight"] <= 0) & (goals["now"] > 0)]
    if gone.empty:
        return None
    return Finding(count("{names} would weigh nothing.", "{names} would weigh nothing.", len(gone), names=quoted(gone["goal_name"], most=3)), "plain", "counted", ("goals",))
