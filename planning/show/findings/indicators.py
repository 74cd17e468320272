"""Sentences of step 2 on KPIs: whether they can be trusted, what they look at, which targets are met, what is missing."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from planning.show.language import count, listed, number, quoted, say, share, signed
from planning.show.records import Finding


def perspectives(sides: pd.DataFrame) -> Finding | None:
    """Whether the KPIs look at all sides of the library."""
    if sides.empty:
        return None
    empty, first = sides[sides["kpis"] == 0], sides.sort_values("kpis", ascending=False, kind="stable").iloc[0]
    total = count("{n} KPI", "{n} KPIs", int(sides["kpis"].sum()))
    if len(empty):
        text = say("No KPI looks at {empty}; {share} of the {total} look at {first}.", empty=_either(say(name) for name in empty["perspective"]),
                   share=share(first["share"]), total=total, first=say(first["perspective"]))
        return Finding(text, "bad", "counted", ("kpis",))
    text = say("The {total} look at all four sides of the library, most often at {first} ({share}).", total=total, first=say(first["perspective"]),
               share=share(first["share"]))
    return Finding(text, "good", "counted", ("kpis",))


LACKS = {"definition": "definition", "formula": "formula", "source": "source", "limits": "limits", "baseline": "start", "target": "target", "due": "due day"}


def _either(names: Iterable[str]) -> str:
    """Names as a list after a "no"."""
    *before, last = names
    return say("{names} or {last}", names=", ".join(before), last=last) if before else last


def sheet(kpis: pd.DataFrame) -> Finding | None:
    """Whether every KPI has what a reader needs to trust it."""
    if kpis.empty:
        return None
    lacking = kpis[kpis["missing"] > 0]
    if lacking.empty:
        return Finding(say("Every KPI has a definition, a formula, a source, its limits, a start, a target and a day."), "good", "counted", ("kpis",))
    first = lacking.iloc[0]
    lacks = _either(say(words) for name, words in LACKS.items() if name in first["lacks"].split(", "))
    text = count("{n} of {all} lacks something: “{first}” has no {lacks}.", "{n} of {all} lack something, most of all “{first}”: no {lacks}.",
                 len(lacking), all=count("{n} KPI", "{n} KPIs", len(kpis)), first=first["kpi_name"], lacks=lacks)
    if len(lacking) == len(kpis) > 1:
        text = say("Each of the {n} KPIs lacks something, most of all “{first}”: no {lacks}.", n=number(len(kpis)), first=first["kpi_name"], lacks=lacks)
    return Finding(text, "plain" if len(lacking) * 4 <= len(kpis) else "bad", "counted", ("kpis",))


MET = ("kpis", "kpi_values")


def scorecard(sides: pd.DataFrame) -> Finding | None:
    """How many targets are met in full, in part and not, as one figure."""
    if sides.empty:
        return None
    row = sides.iloc[0]
    met, partly, missed, early = (int(row[name]) for name in ("met", "partly", "missed", "early"))
    parts = [count("{n} meets its target", "{n} meet their target", met) if met else say("none meets its target")]
    parts += [count("{n} meets it in part", "{n} meet it in part", partly)] if partly else []
    parts += [count("{n} does not", "{n} do not", missed)] if missed else []
    text = say("Of {all} with a value and a target, {parts}: a composite of {composite} on a scale from −1 to 1.", parts=listed(parts),
               all=count("{n} KPI", "{n} KPIs", int(row["measured"])), composite=signed(row["composite"], 2))
    when = _early(early, missed) if early else ""
    tone = "good" if row["composite"] >= 0.5 else "bad" if row["composite"] < 0 and early < missed else "plain"
    return Finding(text + when, tone, "counted", MET)


def _early(early: int, missed: int) -> str:
    if early == missed:
        return count(" It is not due yet.", " None of these {n} is due yet.", missed)
    return count(" {n} of these {missed} is not due yet.", " {n} of these {missed} are not due yet.", early, missed=number(missed))


def unscored(progress: pd.DataFrame) -> list[Finding]:
    """What keeps targets from being judged: no target, no value, no partial target."""
    if progress.empty:
        return [Finding(say("There is no KPI yet, so no target can be met or missed."), "unknown", "counted", MET)]
    found = []
    aimless, unmeasured = (int((progress["met"] == word).sum()) for word in ("no target", "not measured"))
    if aimless == len(progress):
        return [Finding(say("No KPI has a target yet, so nothing can be met or missed: leadership sets target and due in kpis.csv, and partial "
                            "where a part of the way counts."), "unknown", "counted", MET)]
    if aimless:
        found.append(Finding(count("{n} KPI has no target and is left out: set one in kpis.csv.",
                                   "{n} KPIs have no target and are left out: set one in kpis.csv.", aimless), "unknown", "counted", MET))
    if unmeasured:
        names = quoted(progress.loc[progress["met"] == "not measured", "name"], 3)
        found.append(Finding(count("{names} has a target, but was not measured lately.", "{names} have a target, but were not measured lately.",
                                   unmeasured, names=names), "unknown", "counted", MET))
    if progress["partial"].isna().all():
        found.append(Finding(say("No KPI has a partial target, so a near miss counts as a miss."), "plain", "counted", ("kpis",)))
    return found


REASONS = {
    "goal without an objective": "No objective and no KPI stands for the goal “{name}”.",
    "objective without a KPI": "No KPI shows whether “{name}” is met.",
    "side without a KPI": "No KPI looks at {name}.",
    "no result": "No KPI of the plan shows an outcome or an impact.",
    "no impact": "No KPI of the plan shows an impact.",
    "no partners": "No KPI speaks of partners.",
    "objective without a result": "No KPI shows what changes for people when “{name}” is met.",
    "objective without a leading KPI": "No KPI under “{name}” moves early.",
    "objective without a lagging KPI": "No KPI under “{name}” shows the result itself.",
    "objective with one KPI": "One KPI alone stands for “{name}”.",
    "side with one KPI": "One KPI alone looks at {name}.",
}


def reason(kind: str, name: str) -> str:
    """What a gap is, in a sentence."""
    side = kind in ("side without a KPI", "side with one KPI")
    return say(REASONS[kind], name=say(name) if side else name)


def suggested(rows: pd.DataFrame, gaps: pd.DataFrame, kpis: pd.DataFrame) -> Finding | None:
    """What the KPIs leave out most, and how far the list of library KPIs can fill it."""
    rests_on = ("kpis", "objectives", "goals")
    if gaps.empty:
        return Finding(say("The KPIs leave none of the gaps that are looked for here."), "good", "counted", rests_on)
    if rows.empty:
        text = say("The KPIs leave gaps for which the list of library KPIs has no proposal. {first}", first=reason(gaps["kind"].iloc[0], gaps["name"].iloc[0]))
        return Finding(text, "unknown", "counted", rests_on)
    if kpis.empty:
        text = say("The plan has no KPI yet. The list of library KPIs has {n} to begin from; two to five for each objective are enough.", n=number(len(rows)))
        return Finding(text, "unknown", "counted", rests_on)
    helped, first = len(rows.drop_duplicates(["kind", "id", "about"])), reason(gaps["kind"].iloc[0], gaps["name"].iloc[0])
    text = count("The KPIs leave {n} gap, and the list of library KPIs offers something for it. {first}",
                 "The KPIs leave {n} gaps, and the list of library KPIs offers something for each of them. {first}" if helped == len(gaps) else
                 "The KPIs leave {n} gaps; the list of library KPIs offers something for {helped} of them. {first}", len(gaps),
                 helped=number(helped), first=first)
    return Finding(text, "plain", "counted", rests_on)
