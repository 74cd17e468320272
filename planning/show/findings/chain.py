"""Sentences about the chain: how much of leadership's weight reaches a public sentence, where it stops, what hangs on nothing."""

from __future__ import annotations

import pandas as pd

from planning.analysis import chain
from planning.show.language import count, listed, quoted, say, share
from planning.show.records import Finding

PATH = ("goals", "alignment", "kpis", "messages")
KINDS = {
    "goal": ("{n} goal", "{n} goals"), "need": ("{n} need", "{n} needs"), "service": ("{n} service", "{n} services"), "partner": ("{n} partner", "{n} partners"),
    "objective": ("{n} objective", "{n} objectives"), "initiative": ("{n} initiative", "{n} initiatives"), "agreement": ("{n} agreement", "{n} agreements"),
    "kpi": ("{n} KPI", "{n} KPIs"), "line": ("{n} budget line", "{n} budget lines"), "role": ("{n} role", "{n} roles"),
    "assumption": ("{n} assumption", "{n} assumptions"), "grant": ("{n} grant", "{n} grants"), "pilot": ("{n} pilot", "{n} pilots"),
    "story": ("{n} story", "{n} stories"), "skill": ("{n} skill", "{n} skills"), "standard": ("{n} service standard", "{n} service standards"),
    "trigger": ("{n} trigger point", "{n} trigger points"), "decision": ("{n} decision", "{n} decisions"), "ask": ("{n} decision asked for", "{n} decisions asked for"),
    "subscription": ("{n} subscription", "{n} subscriptions"), "proxy": ("{n} value proxy", "{n} value proxies"), "message": ("{n} message", "{n} messages"),
    "training": ("{n} training", "{n} trainings"), "source": ("{n} source of learning", "{n} sources of learning"),
    "change": ("{n} change", "{n} changes"), "audience": ("{n} audience", "{n} audiences"),
}
NAMES = {"kpi": "KPI", "line": "budget line", "standard": "service standard", "trigger": "trigger point", "ask": "decision asked for", "proxy": "value proxy",
         "source": "source of learning"}
LACKS = {
    ("goal", "service"): "no service clearly supports it", ("goal", "kpi"): "no KPI clearly measures it", ("goal", "message"): "no message clearly speaks for it",
    ("service", "kpi"): "no KPI measures it", ("service", "line"): "no budget line pays for it", ("objective", "kpi"): "no KPI measures it",
    ("initiative", "role"): "no role has hours for it", ("initiative", "kpi"): "no KPI would show whether it works",
    ("partner", "agreement"): "no agreement says what each side gives", ("kpi", "message"): "no message tells it", ("skill", "training"): "no training closes its gap",
}


def kind(name: str) -> str:
    """A kind of thing as people call it.

    >>> kind("line"), kind("goal")
    ('budget line', 'goal')
    """
    return say(NAMES.get(name, name))


def part(value: float) -> str:
    """A share of weight; with one decimal below a tenth, where whole per cent would hide the difference.

    >>> part(0.26), part(0.047), part(0.0001)
    ('26%', '4.7%', 'under 0.1%')
    """
    if 0 < value < 0.0005:
        return say("under {least}", least=share(0.001, 1))
    return share(value, 1 if 0 < value < 0.0995 else 0)


def reach(rows: pd.DataFrame) -> Finding | None:
    """How much of leadership's weight reaches a public sentence."""
    if rows.empty:
        return None
    if not (rows["kind"] == "message").any():
        return Finding(say("No message is on record, so nobody can say which of leadership's goals reach a public sentence."), "unknown", "counted", PATH)
    said = rows[rows["kind"] == "message"].iloc[0]
    whole = rows.loc[rows["kind"] == "goal", "reached"].iloc[0]
    lacking = said["lacking"].split("; ") if said["lacking"] else []
    if not lacking:
        return Finding(say("All of leadership's weight clearly reaches a public sentence that is approved or sent."), "good", "estimated", PATH)
    nothing = say("; {part} reaches no message at all, not even a draft", part=share(whole - said["reached"])) if whole - said["reached"] > 0.0005 else ""
    if not said["firm"]:
        return Finding(say("None of leadership's weight clearly reaches a public sentence that is approved or sent{nothing}.", nothing=nothing), "bad", "estimated", PATH)
    text = say("{part} of leadership's weight clearly reaches a public sentence that is approved or sent; that of {names} does not{nothing}.",
               part=share(said["firm"]), names=quoted(lacking, 3), nothing=nothing)
    return Finding(text, "bad", "estimated", PATH)


def dead_end(rows: pd.DataFrame, *, step: int = 0) -> Finding | None:
    """The dead end in which most weight stops, among the kinds of the step, or among all."""
    own = rows[rows["kind"].isin(chain.STEPS[step])] if step else rows
    if own.empty:
        return None
    first, more = own.iloc[0], own["key"].nunique() - 1
    others = count("; {n} other thing of this step stops short too", "; {n} other things of this step stop short too", more) if step else count(
        "; {n} other thing stops short too", "; {n} other things stop short too", more)
    text = say("The heaviest dead end: {part} of leadership's weight rests on the {kind} “{name}”, and {lack}{others}.",
               part=part(first["part"]), kind=kind(first["kind"]), name=first["name"], lack=say(LACKS[first["kind"], first["lacks"]]), others=others if more else "")
    return Finding(text, "bad", "estimated", PATH)


def orphans(rows: pd.DataFrame) -> Finding | None:
    """What hangs on no goal in force."""
    known = rows[rows["state"] == ""] if len(rows) else rows
    if known.empty or not (rows["goals"] > 0).any():
        return None
    bare = known[known["orphan"]]
    if bare.empty:
        return Finding(say("Everything that this step is about hangs on a goal in force."), "good", "counted", PATH)
    names = (say("“{name}” ({kind})", name=row.name_, kind=kind(row.kind)) for row in bare.rename(columns={"name": "name_"}).itertuples())
    text = count("{n} thing that this step is about hangs on no goal in force: {names}.", "{n} things that this step is about hang on no goal in force: {names}.",
                 len(bare), names=listed(names, 3))
    return Finding(text, "bad", "counted", PATH)


def alone(rows: pd.DataFrame, standing: pd.DataFrame, *, item: str) -> Finding | None:
    """What is said of an item above and below which nothing stands, where there is nothing to draw."""
    return traced(rows, standing, item=item) if item and rows.empty else None


def traced(rows: pd.DataFrame, standing: pd.DataFrame, *, item: str) -> Finding:
    """What rests on one item, for which goals, and what hangs on it. Takes `chain.trace`, `chain.standing` and the item's key."""
    own = standing.set_index("key").loc[item]
    if own["state"]:
        return Finding(say("“{name}” ({kind}) {state}, so it stands outside the chain.",
                           name=own["name"], kind=kind(own["kind"]), state=say(own["state"])), "plain", "counted", PATH)
    below = rows.loc[rows["side"] == "down", "kind"].value_counts()
    first = [one for one in ("service", "initiative", "partner", "kpi", "line", "message", "audience") if one in below][:4] or list(below.index[:4])
    rest = int(below.sum() - below.reindex(first).sum()) if first else 0
    hanging = [count(*KINDS[one], int(below[one])) for one in first] + ([count("{n} other thing", "{n} other things", rest)] if rest else [])
    tail = count("; {names} hangs on it", "; {names} hang on it", int(below.sum()), names=listed(hanging)) if hanging else say("; nothing hangs on it")
    if own["kind"] == "goal":
        return Finding(say("“{name}” holds {part} of leadership's weight{tail}.", name=own["name"], part=share(own["part"]), tail=tail), "plain", "estimated", PATH)
    if not own["goals"]:
        return Finding(say("No goal in force reaches “{name}” ({kind}){tail}.", name=own["name"], kind=kind(own["kind"]), tail=tail), "bad", "counted", PATH)
    goals = own["goal_names"].split("; ")
    most = say("all of it for {goal}", goal=quoted(goals)) if len(goals) == 1 else say("most of it for {goal}", goal=quoted(goals[:1]))
    return Finding(say("{part} of leadership's weight rests on “{name}” ({kind}), {most}{tail}.",
                       part=part(own["part"]), name=own["name"], kind=kind(own["kind"]), most=most, tail=tail), "plain", "estimated", PATH)
