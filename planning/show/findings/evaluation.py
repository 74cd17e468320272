"""Sentences of step 4: KPIs, changes, survey answers, feedback."""

from __future__ import annotations

import pandas as pd

from planning.show.language import absent, count, day, listed, number, period, quoted, say, share, signed
from planning.show.records import Finding

KPIS = ("kpis", "kpi_values")
SURVEY = ("questions", "answers")
CHANNELS = {"suggestion box": "in the suggestion box", "online form": "through the online form", "in person": "in person", "focus group": "in focus groups",
            "interview": "in interviews", "staff": "by staff"}
GROUPS = {"patrons": "Patrons", "leadership": "Members of leadership", "staff": "Staff", "partners": "Partners"}


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
    parts = [say("{name} ({event})", name=quoted([row.name]), event=row.event) for row in unlike[["name", "event"]].itertuples(index=False)]
    text = count("{names} has a baseline from before a recorded change, so its share of the way compares unlike figures.",
                 "{n} KPIs have a baseline from before a recorded change, so their shares of the way compare unlike figures: {names}.",
                 unlike["kpi"].nunique(), names=listed(parts))
    return Finding(text, "plain", "counted", (*KPIS, "events"))


def changes(signals: pd.DataFrame) -> Finding | None:
    """How many KPIs moved by more than chance with no event beside the move."""
    alone = signals[~signals["explained"].astype(bool)]
    if alone.empty:
        return None
    first = alone.iloc[0]
    text = count("{name} has moved by more than chance, and no recorded event stands beside the start of the move. {moved}",
                 "{n} KPIs have moved by more than chance with no recorded event beside the start of the move, most suddenly {name}. {moved}",
                 len(alone), name=quoted([first["name"]]), moved=_moved(first))
    return Finding(text, "bad" if (~alone["good"].fillna(True).astype(bool)).any() else "plain", "estimated", (*KPIS, "events"))


def _moved(signal: pd.Series) -> str:
    if signal["points"] == 1:
        then = say("Its figure for {since} is {average}", since=period(signal["since"]), average=measure(signal["average"], signal["unit"]))
    else:
        then = say("Since {since} it has averaged {average}", since=period(signal["since"]), average=measure(signal["average"], signal["unit"]))
    earlier = "" if absent(signal["before"]) else say("; before that, {before}", before=figure(signal["before"], signal["unit"]))
    return then + earlier + (say(", the season taken out.") if signal["seasonal"] else ".")


def _tone(good: object) -> str:
    return "plain" if absent(good) else "good" if good else "bad"


def wrong_way(signals: pd.DataFrame, progress: pd.DataFrame) -> Finding | None:
    """Which KPIs moved the wrong way by more than chance."""
    bad = signals[~signals["good"].fillna(True).astype(bool)]
    if progress["value"].isna().all():
        return None
    if not progress["frequency"].isin(["monthly", "quarterly"]).any():
        return Finding(say("No KPI is measured monthly or quarterly, so a change cannot be told from chance."), "unknown", "counted", (*KPIS, "events"))
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
        return Finding(text, "plain", "estimated", (*KPIS, "events"))
    one = signal.iloc[0]
    beside = say("Recorded beside its start: {event}.", event=one["event"]) if one["explained"] else say("No event is recorded beside its start.")
    text = say("{name} has changed by more than chance. {moved} {beside}", name=name, moved=_moved(one), beside=beside)
    return Finding(text, _tone(one["good"]), "estimated", (*KPIS, "events"))


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


def agreed(agreement: pd.DataFrame, *, group: str = "") -> Finding | None:
    """What one group, or everyone asked, agrees with least and most."""
    shown = agreement[~agreement["hidden"].astype(bool)]
    shown = shown[shown["group"] == group] if group else shown
    if shown.empty:
        return None
    who = say(GROUPS[group]) if group else say("People")
    low, top = shown.iloc[0], shown.iloc[-1]
    if len(shown) == 1:
        text = say("“{statement}”: {share} of {group} agree, between {low} and {high}.", group=say(low["group"]), statement=_bare(low["text"]), **_interval(low))
    else:
        text = say("{who} agree least with “{statement}”: {share}, between {low} and {high}.", who=who, statement=_bare(low["text"]), **_interval(low))
        text += " " + say("They agree most with “{statement}”: {share}, between {low} and {high}.", statement=_bare(top["text"]), **_interval(top))
    return Finding(text, "bad" if low["high"] < 0.5 else "good" if low["low"] > 0.5 else "plain", "estimated", SURVEY)


def by_group(agreement: pd.DataFrame) -> list[Finding | None]:
    """What each group agrees with least and most, the group with most answers first."""
    sizes = agreement.groupby("group")["n"].max().dropna().sort_values(ascending=False, kind="stable")
    return [agreed(agreement, group=group) for group in sizes.index]


def _bare(text: str) -> str:
    return str(text).rstrip(".?! ")


def _interval(row: pd.Series) -> dict[str, str]:
    return {"share": share(row["agree"]), "low": share(row["low"]), "high": share(row["high"])}


def divided(by_segment: pd.DataFrame, question: str) -> Finding | None:
    """Which segments clearly differ from everyone on one statement."""
    rows = by_segment[(by_segment["question"] == question) & ~by_segment["hidden"].astype(bool)]
    if rows.empty:
        return None
    clear = rows[rows["clear"]]
    if clear.empty:
        text = say("On “{statement}”, no segment differs from everyone by more than chance could explain.", statement=_bare(rows.iloc[0]["text"]))
        return Finding(text, "plain", "estimated", (*SURVEY, "segments"))
    parts = [say("{share} among {segment}", share=share(row.agree), segment=row.segment_name) for row in clear.itertuples()]
    text = say("On “{statement}”, agreement clearly differs from the {everyone} of all who answered: {parts}.", statement=_bare(clear.iloc[0]["text"]),
               everyone=share(clear.iloc[0]["everyone"]), parts=listed(parts, most=4))
    return Finding(text, "bad" if (clear["agree"] < clear["everyone"]).any() else "plain", "estimated", (*SURVEY, "segments"))


def recommended(scores: pd.DataFrame) -> list[Finding]:
    """The promoter score of each question on recommending."""
    shown = scores[~scores["hidden"].astype(bool)]
    return [_score(row) for row in shown.sort_values(["n", "question"], ascending=[False, True]).itertuples()]


def _score(row: object) -> Finding:
    text = say("{group} give a promoter score of {score} to “{statement}”; {n} answers put it between {low} and {high}.", statement=_bare(row.text),
               group=say(GROUPS[row.group]), score=signed(round(row.score), 0), n=number(row.n),
               low=signed(round(row.low), 0), high=signed(round(row.high), 0))
    return Finding(text, "good" if row.low > 0 else "bad" if row.high < 0 else "plain", "estimated", SURVEY)


def answered(overall: pd.DataFrame, by_channel: pd.DataFrame) -> Finding | None:
    """How much of the feedback was answered, how fast, and through which channel least."""
    if overall.empty:
        return None
    every, shown = overall.iloc[0], by_channel[~by_channel["hidden"].astype(bool)]
    speed = "" if absent(every["median_days"]) else count(", half of those within {n} day", ", half of those within {n} days", round(every["median_days"]))
    text = count("Of {n} entry of feedback, {share} was answered{speed}.", "Of {n} entries of feedback, {share} were answered{speed}.",
                 int(every["entries"]), share=share(every["share"]), speed=speed)
    least = shown.iloc[0] if len(shown) > 1 else None
    if least is not None and least["share"] < every["share"]:
        text += " " + say("Least often answered is what was said {where}: {share} of {n}.", where=say(CHANNELS[least["part"]]), share=share(least["share"]),
                          n=number(least["entries"]))
    weak = every["share"] < 0.5 or (least is not None and least["share"] < 0.5)
    return Finding(text, "bad" if weak else "good" if every["share"] >= 0.9 else "plain", "counted", ("feedback",))


def overdue(overall: pd.DataFrame, *, days: int) -> Finding | None:
    """How many entries have waited too long."""
    if overall.empty:
        return None
    row = overall.iloc[0]
    if not row["old"]:
        return Finding(say("No entry has waited for an answer for more than {days} days.", days=number(days)), "good", "counted", ("feedback",))
    text = count("{n} entry has waited for an answer for more than {days} days, namely for {oldest}.",
                 "{n} entries have waited for an answer for more than {days} days, the oldest for {oldest}.", int(row["old"]), days=number(days), oldest=number(row["oldest"]))
    return Finding(text, "bad", "counted", ("feedback",))


def loudest(tones: pd.DataFrame) -> Finding | None:
    """What people say most about, and complain of most."""
    shown = tones[~tones["hidden"].astype(bool)]
    if shown.empty:
        return None
    first, worst = shown.iloc[0], shown.sort_values(["complaint", "part"], ascending=[False, True]).iloc[0]
    text = count("People say most about {theme}: {n} entry.", "People say most about {theme}: {n} entries.", int(first["entries"]), theme=first["part"])
    if worst["complaint"] and worst["part"] == first["part"]:
        text += " " + count("They also complain most about it: {n} complaint.", "They also complain most about it: {n} complaints.", int(worst["complaint"]))
    elif worst["complaint"]:
        text += " " + count("They complain most about {theme}: {n} complaint of {all} entries.", "They complain most about {theme}: {n} complaints among {all} entries.",
                            int(worst["complaint"]), theme=worst["part"], all=number(worst["entries"]))
    return Finding(text, "plain", "counted", ("feedback", "themes"))


def told_back(said: pd.DataFrame) -> Finding | None:
    """How many wishes and complaints led to something that can be told."""
    if said.empty:
        return None
    return Finding(count("{n} wish or complaint has an answer that can be told in public.",
                         "{n} wishes and complaints have an answer that can be told in public.", len(said)), "good", "counted", ("feedback",))
