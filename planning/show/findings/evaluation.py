"""Sentences of step 4: KPIs, changes, survey answers, feedback."""

from __future__ import annotations

import pandas as pd

from planning.show.language import absent, count, day, listed, number, period, quoted, say, share, signed
from planning.show.records import Finding

KPIS = ("kpis", "kpi_values")


def figure(value: float, unit: str) -> str:
    """A figure that needs no unit but the percent sign.

    >>> figure(41.0, "% of children"), figure(3.5, "days")
    ('41%', '3.5')
    """
    return number(value) + ("%" if str(unit).startswith("%") else "")


def measure(value: float, unit: str) -> str:
    """A figure with its unit.

    >>> measure(41.0, "% of children"), measure(3.5, "days")
    ('41% of children', '3.5 days')
    """
    rest = str(unit).removeprefix("%").strip()
    return f"{figure(value, unit)} {rest}".strip()


def status(progress: pd.DataFrame) -> Finding | None:
    """How many KPIs are on target, near, behind, stale, without data and without a target."""
    if progress.empty:
        return None
    n = progress["status"].value_counts()
    words = {"on target": ("{n} is on target", "{n} are on target"), "near": ("{n} is near", "{n} are near"), "behind": ("{n} is behind", "{n} are behind"),
             "stale": ("{n} is stale", "{n} are stale"), "no data": ("{n} has no data", "{n} have no data"),
             "no target": ("{n} has no target yet", "{n} have no target yet")}
    parts = [count(one, many, int(n[word])) for word, (one, many) in words.items() if n.get(word, 0)]
    if n.get("no target", 0) == len(progress):
        text = count("The one KPI has been measured but has no target yet, so nobody can say whether it is on its way.",
                     "All {n} KPIs have been measured, but none has a target yet, so nobody can say whether they are on their way.", len(progress))
        return Finding(text, "unknown", "counted", KPIS)
    text = say("Of {kpis}, {parts}.", kpis=count("{n} KPI", "{n} KPIs", len(progress)), parts=listed(parts))
    good, behind, blind = n.get("on target", 0) + n.get("near", 0), n.get("behind", 0), n.get("no data", 0) + n.get("no target", 0)
    tone = "unknown" if blind == len(progress) else "bad" if behind > good else "good" if n.get("on target", 0) == len(progress) else "plain"
    return Finding(text, tone, "counted", KPIS)


def furthest(progress: pd.DataFrame, unlike: pd.DataFrame) -> Finding | None:
    """The KPI that is furthest behind its line, those set aside whose figures cannot be compared."""
    behind = progress[(progress["status"] == "behind") & progress["ahead"].notna() & ~progress["kpi"].isin(unlike["kpi"])]
    if behind.empty:
        return None
    one = behind.iloc[0]
    said = {"name": quoted([one["name"]]), "start": figure(one["baseline"], one["unit"]), "target": measure(one["target"], one["unit"]), "due": day(one["due"]),
            "value": figure(one["value"], one["unit"]), "period": period(one["period"])}
    if one["raw"] < 0:
        text = say("Furthest behind its line is {name}: it was to go from {start} to {target} by {due} and went the other way, to {value} in {period}.", **said)
    else:
        text = say("Furthest behind its line is {name}: on its way from {start} to {target} by {due} it stands at {value} in {period}. "
                   "That is {done} of the way, where a straight line would be at {line}.", **said, done=share(one["share_done"]), line=share(one["expected"]))
    return Finding(text, "bad", "counted", KPIS)


def reached(progress: pd.DataFrame) -> Finding | None:
    """Which KPIs have met a target they were on the way to."""
    met = progress[progress["achieved"].fillna(False).astype(bool) & (progress["direction"] != "band") & (progress["status"] == "on target")]
    if met.empty:
        return None
    text = count("{names} has already met its target: {value} in {period}; the target is {target}.",
                 "{n} KPIs have already met their targets: {names}.", len(met), names=quoted(met["name"], most=3), value=figure(met.iloc[0]["value"], met.iloc[0]["unit"]),
                 period=period(met.iloc[0]["period"]), target=measure(met.iloc[0]["target"], met.iloc[0]["unit"]))
    return Finding(text, "good", "counted", KPIS)


def silent(progress: pd.DataFrame) -> Finding | None:
    """Which KPIs have no figure, or an old one."""
    stale, never = progress[progress["status"] == "stale"], progress[progress["value"].isna()]
    parts = [say("{name} (last measured for {period})", name=row.name, period=period(row.period)) for row in stale[["name", "period"]].itertuples(index=False)]
    parts += [say("{name} (never measured)", name=name) for name in never["name"]]
    if not parts:
        return None
    return Finding(count("{n} KPI has no current figure: {names}.", "{n} KPIs have no current figure: {names}.", len(parts), names=listed(parts, most=4)),
                   "unknown", "counted", KPIS)


def recounted(unlike: pd.DataFrame) -> Finding | None:
    """Which KPIs compare figures from both sides of a change of the process."""
    if unlike.empty:
        return None
    parts = [say("{name} ({event})", name=quoted([row.name]), event=row.event) for row in unlike[["name", "event"]].drop_duplicates("name").itertuples(index=False)]
    text = count("{names} has a baseline from before a recorded change, so its share of the way compares unlike figures.",
                 "{n} KPIs have a baseline from before a recorded change, so their shares of the way compare unlike figures: {names}.",
                 unlike["kpi"].nunique(), names=listed(parts, most=3))
    return Finding(text, "plain", "counted", (*KPIS, "events"))


def changes(signals: pd.DataFrame) -> Finding | None:
    """How many KPIs moved by more than chance with no event beside the move."""
    alone = signals[~signals["explained"].astype(bool)]
    if alone.empty:
        return None
    worse = alone[~alone["good"].fillna(True).astype(bool)]
    first = (worse if len(worse) else alone).iloc[0]
    said = {"name": quoted([first["name"]]), "moved": _moved(first)}
    if len(alone) == 1 or worse.empty:
        text = count("{name} has moved by more than chance, and no recorded event stands beside the start of the move. {moved}",
                     "{n} KPIs have moved by more than chance with no recorded event beside the start, most suddenly {name}. {moved}", len(alone), **said)
    else:
        text = count("Of {all} KPIs that moved by more than chance with no recorded event beside the start, {n} moved the wrong way: {name}. {moved}",
                     "Of {all} KPIs that moved by more than chance with no recorded event beside the start, {n} moved the wrong way, most suddenly {name}. {moved}",
                     len(worse), all=number(len(alone)), **said)
    return Finding(text + _by_chance(first), "bad" if len(worse) else "plain", "estimated", (*KPIS, "events"))


def _by_chance(signal: pd.Series) -> str:
    watched, chance = signal.get("watched"), signal.get("by_chance")
    if absent(watched) or absent(chance) or watched < 2:
        return ""
    few = say("fewer than one") if chance < 1 else say("about {n}", n=number(chance, 0))
    return say(" Of the {watched} KPIs watched, {few} would signal by chance alone.", watched=number(int(watched)), few=few)


def _moved(signal: pd.Series) -> str:
    if signal["points"] == 1:
        then = say("Its figure for {since} is {average}", since=period(signal["since"]), average=measure(signal["average"], signal["unit"]))
    else:
        then = say("Since {since} it has averaged {average}", since=period(signal["since"]), average=measure(signal["average"], signal["unit"]))
    earlier = "" if absent(signal["before"]) else say("; before that, {before}", before=figure(signal["before"], signal["unit"]))
    return then + earlier + (say(", the season taken out.") if signal["seasonal"] else ".")


def _tone(good: object) -> str:
    return "plain" if absent(good) else "good" if good else "bad"


def wrong_way(signals: pd.DataFrame, progress: pd.DataFrame, steps: pd.DataFrame) -> Finding | None:
    """Which KPIs moved the wrong way by more than chance; `steps` holds those of which that can be told."""
    bad = signals[~signals["good"].fillna(True).astype(bool)]
    if progress["value"].isna().all():
        return None
    if not progress["frequency"].isin(["monthly", "quarterly"]).any():
        return Finding(say("No KPI is measured monthly or quarterly, so a change cannot be told from chance."), "unknown", "counted", (*KPIS, "events"), conflict=True)
    if signals.empty and steps.empty:
        text = say("No KPI has eight values since the last change of its process and both of its latest periods measured, so no change can be told from chance.")
        return Finding(text, "unknown", "counted", (*KPIS, "events"), conflict=True)
    if bad.empty:
        return Finding(say("No KPI moved the wrong way by more than chance."), "good", "estimated", (*KPIS, "events"))
    parts = [say("{name} (recorded beside it: {event})", name=row.name, event=row.event) if row.event else row.name
             for row in bad[["name", "event"]].itertuples(index=False)]
    return Finding(count("{n} KPI moved the wrong way by more than chance: {names}.", "{n} KPIs moved the wrong way by more than chance: {names}.",
                         len(bad), names=listed(parts, most=3)), "bad", "estimated", (*KPIS, "events"))


def control(rows: pd.DataFrame, about: pd.DataFrame, signal: pd.DataFrame) -> Finding | None:
    """What the control chart of one KPI says; `about` is its row of progress, `signal` its row of signals if it has one."""
    if rows.empty or about.empty:
        return None
    name, unit, last = quoted([about.iloc[0]["name"]]), about.iloc[0]["unit"], rows.iloc[-1]
    if not last["enough"]:
        n = int(rows.loc[rows["segment"] == last["segment"], "value"].count())
        since = say(" since its process changed") if last["segment"] > 1 else ""
        text = count("{name} has {n} figure{since}: too few to tell a change from chance.", "{name} has {n} figures{since}: too few to tell a change from chance.",
                     n, name=name, since=since)
        return Finding(text, "unknown", "counted", (*KPIS, "events"))
    if signal.empty:
        text = say("{name} shows no change beyond chance in the past year: its process moves between {low} and {high} by itself.",
                   name=name, low=figure(last["low"], unit), high=measure(last["high"], unit))
        if last["low"] == last["high"]:
            text = say("{name} has not moved at all: every value is {value}. Make sure that somebody counts it.", name=name, value=measure(last["high"], unit))
        return Finding(text, "plain", "estimated", (*KPIS, "events"))
    one = signal.iloc[0]
    beside = say("Recorded beside its start: {event}.", event=one["event"]) if one["explained"] else say("No event is recorded beside its start.")
    text = say("{name} has changed by more than chance. {moved} {beside}", name=name, moved=_moved(one), beside=beside)
    return Finding(text, _tone(one["good"]), "estimated", (*KPIS, "events"))


def two_points(steps: pd.DataFrame) -> Finding | None:
    """How many KPIs moved from one period to the next by no more than their process does by itself."""
    if steps.empty:
        return None
    beyond, rests = steps[steps["beyond"]], (*KPIS, "events")
    if beyond.empty:
        text = count("The latest value against the one before: the KPI whose usual steps are known moved by no more than it does by itself. Nothing to praise or to blame.",
                     "The latest value against the one before: none of the {n} KPIs whose usual steps are known moved by more than it does by itself. Nothing to praise or to blame.",
                     len(steps))
        return Finding(text, "plain", "estimated", rests)
    first = beyond.iloc[0]
    text = count("Of {all} KPIs whose usual steps are known, {n} moved by more than it does by itself: {name}, from {before} in {earlier} to {value} in {period}.",
                 "Of {all} KPIs whose usual steps are known, {n} moved by more than they do by themselves, most of all {name}, from {before} in {earlier} to {value} in {period}.",
                 len(beyond), all=number(len(steps)), name=quoted([first["name"]]), before=figure(first["before"], first["unit"]), earlier=period(first["period_before"]),
                 value=measure(first["value"], first["unit"]), period=period(first["period"]))
    rest = len(steps) - len(beyond)
    if rest:
        text += " " + count("For the other one, this period against the last says nothing.", "For the other {n}, this period against the last says nothing.", rest)
    return Finding(text, "plain", "estimated", rests)


def assured(assurance: pd.DataFrame) -> Finding | None:
    """Which steady processes cannot meet their target."""
    steady = assurance[assurance["verdict"] != "moving"]
    if steady.empty:
        return None
    cannot, always = steady[steady["verdict"] == "cannot meet"], steady[steady["verdict"] == "always meets"]
    if len(cannot):
        text = count("{names}: as things work today its target lies outside what the process does by itself.",
                     "As things work today, {n} KPIs have a target that lies outside what their process does by itself: {names}.",
                     len(cannot), names=listed(cannot["name"], most=3))
        return Finding(text, "bad", "estimated", (*KPIS, "events"))
    if len(always):
        text = count("{names}: its process meets the target in every period, unless something changes.",
                     "{n} KPIs meet their targets in every period, unless something changes: {names}.", len(always), names=listed(always["name"], most=3))
        return Finding(text, "good", "estimated", (*KPIS, "events"))
    text = count("For {names}, it is chance whether a single period meets the target.", "For {n} KPIs it is chance whether a single period meets the target: {names}.",
                 len(steady), names=listed(steady["name"], most=3))
    return Finding(text, "plain", "estimated", (*KPIS, "events"))
