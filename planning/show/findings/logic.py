"""Sentences about logic models: which services have one, what is to be mended, what can be seen of their outcomes, what they assume."""

from __future__ import annotations

import pandas as pd

from planning.show.language import count, listed, number, quoted, say, share
from planning.show.records import Finding

MODELS = ("logic_nodes", "logic_links", "services")
KINDS = {
    "no arrow": ("a model without any arrow", "{n} models without any arrow"),
    "no input": ("a model without an input", "{n} models without an input"),
    "no activity": ("a model without an activity", "{n} models without an activity"),
    "no output": ("a model without an output", "{n} models without an output"),
    "no outcome": ("a model without an outcome", "{n} models without an outcome"),
    "no impact": ("a model without an impact", "{n} models without an impact"),
    "circle": ("a circle of boxes", "{n} circles of boxes"),
    "arrow to another service": ("an arrow to another service", "{n} arrows to another service"),
    "arrow to itself": ("an arrow from a box to itself", "{n} arrows from a box to itself"),
    "arrow that goes back": ("an arrow that goes back", "{n} arrows that go back"),
    "stands alone": ("a box that stands alone", "{n} boxes that stand alone"),
    "nothing leads to it": ("a box to which nothing leads", "{n} boxes to which nothing leads"),
    "leads nowhere": ("a box that leads nowhere", "{n} boxes that lead nowhere"),
    "outcome without a KPI": ("an outcome without a KPI", "{n} outcomes without a KPI"),
}
BARE = {"no arrow": "no arrow joins the boxes", "no input": "there is no input", "no activity": "there is no activity", "no output": "there is no output",
        "no outcome": "there is no outcome", "no impact": "there is no impact"}
CLAUSES = {
    "arrow to itself": ("{names} leads to itself", "{names} lead to themselves"),
    "arrow that goes back": ("{names} leads back to an earlier stage", "{names} lead back to an earlier stage"),
    "stands alone": ("{names} stands alone", "{names} stand alone"),
    "nothing leads to it": ("nothing leads to {names}", "nothing leads to {names}"),
    "leads nowhere": ("{names} leads nowhere", "{names} lead nowhere"),
    "outcome without a KPI": ("{names} has no KPI", "{names} have no KPI"),
}
MOST = 3


def coverage(overview: pd.DataFrame) -> Finding | None:
    """How many services have a logic model, and which without one the goals rest on most."""
    if overview.empty:
        return None
    there, none = overview[overview["boxes"] > 0], overview[overview["boxes"] == 0]
    if there.empty:
        text = say("No service has a logic model yet, so nobody can see how it is meant to lead to change.")
        first = overview[overview["value"] > 0].head(1)
        text += "".join(" " + say("Begin with {name}, which supports the goals most.", name=name) for name in first["service_name"])
        return Finding(text, "unknown", "counted", MODELS)
    if none.empty:
        text = count("The one service has a logic model.", "Each of the {n} services has a logic model.", len(there))
        return Finding(text, "good", "counted", MODELS)
    text = count("{n} of {all} services has a logic model{weight}.", "{n} of {all} services have a logic model{weight}.", len(there), all=number(len(overview)),
                 weight=_support(there, overview))
    return Finding(text + _lacking(none), "plain", "counted", (*MODELS, "goals", "alignment"))


def _support(there: pd.DataFrame, overview: pd.DataFrame) -> str:
    total = overview["value"].sum()
    return count("; it gives {share} of what all services give to the goals", "; they give {share} of what all services give to the goals", len(there),
                 share=share(there["value"].sum() / total)) if total > 0 else ""


def _lacking(none: pd.DataFrame) -> str:
    most = none[none["value"] > 0].head(2)
    return " " + count("Of those without one, {names} supports the goals most.", "Of those without one, {names} support the goals most.", len(most),
                       names=quoted(most["service_name"])) if len(most) else ""


def faults(faults: pd.DataFrame, overview: pd.DataFrame) -> Finding | None:
    """What is to be mended in all models together, and where most."""
    there = overview[overview["boxes"] > 0]
    if there.empty:
        return None
    wrong = faults[~faults["hint"].astype(bool)]
    if wrong.empty:
        text = count("The one logic model is complete: every box leads on to an impact, and every outcome has a KPI.",
                     "All {n} logic models are complete: every box leads on to an impact, and every outcome has a KPI.", len(there))
        return Finding(text, "good", "counted", (*MODELS, "kpis"))
    kinds = wrong["kind"].value_counts().reindex([kind for kind in KINDS if kind in set(wrong["kind"])]).sort_values(ascending=False, kind="stable")
    rest = int(kinds.iloc[MOST:].sum()) if len(kinds) > MOST + 1 else 0
    told = [count(*KINDS[kind], int(n)) for kind, n in kinds.iloc[:MOST if rest else None].items()]
    told += [count("{n} other fault", "{n} other faults", rest)] if rest else []
    sound = int((there["state"] == "complete").sum())
    text = say("{sound}; to mend: {faults}.", faults=listed(told),
               sound=count("{n} of {all} is complete", "{n} of {all} are complete", sound,
                           all=count("{n} logic model", "{n} logic models", len(there))) if sound
               else count("The one logic model is not complete", "None of the {n} logic models is complete", len(there)))
    return Finding(text, "bad", "counted", (*MODELS, "kpis"))


def outcomes(boxes: pd.DataFrame, faults: pd.DataFrame) -> Finding | None:
    """How many outcomes can be seen in a KPI, and how many of these KPIs count something else."""
    here = boxes[boxes["stage"] == "outcome"]
    if here.empty:
        return None
    blind, seen = here[here["kpi_name"].isna()], int(here["kpi_name"].notna().sum())
    names = quoted(blind["name"], most=3)
    off = int((faults["kind"] == "outcome with a KPI of an earlier stage").sum())
    if blind.empty:
        text = count("The one outcome in these models has a KPI.", "Each of the {n} outcomes in these models has a KPI.", len(here))
    elif not seen:
        text = count("The one outcome in these models has no KPI, so nobody can tell whether it comes about: {names}.",
                     "None of the {n} outcomes in these models has a KPI, so nobody can tell whether they come about: {names}.", len(here), names=names)
    else:
        text = count("{n} of {all} outcomes in these models has a KPI; nobody can tell whether the others come about: {names}.",
                     "{n} of {all} outcomes in these models have a KPI; nobody can tell whether the others come about: {names}.", seen,
                     all=number(len(here)), names=names)
    if off:
        text += " " + (say("But that KPI counts what the library does or gives out, not what changes for people.") if seen == 1 else
                       count("{n} of these KPIs counts what the library does or gives out, not what changes for people.",
                             "{n} of these KPIs count what the library does or gives out, not what changes for people.", off))
    return Finding(text, "bad" if len(blind) else "plain" if off else "good", "counted", ("logic_nodes", "kpis"))


def assumptions(arrows: pd.DataFrame) -> Finding | None:
    """How many of the steps that the library does not make alone say what must hold."""
    late = arrows[arrows["stage"].isin(["output", "outcome", "impact"]) & (arrows["node"] != arrows["leads_to"])]
    if late.empty:
        return None
    bare = late[~late["told"].astype(bool)]
    if bare.empty:
        text = count("The one arrow from an output or outcome on says what must hold for it.",
                     "Each of the {n} arrows from outputs and outcomes on says what must hold for it.", len(late))
        return Finding(text, "good", "counted", ("logic_links",))
    first = bare.iloc[0]
    if len(bare) == len(late):
        text = count("The one arrow from an output or outcome on does not say what must hold for it.",
                     "None of the {n} arrows from outputs and outcomes on says what must hold for it.", len(late))
        return Finding(text, "bad", "counted", ("logic_links",))
    text = count("{n} of {all} arrows from outputs and outcomes on does not say what must hold for it: the one from “{start}” to “{end}”.",
                 "{n} of {all} arrows from outputs and outcomes on do not say what must hold for them, among them the one from “{start}” to “{end}”.", len(bare),
                 all=number(len(late)), start=first["name"], end=first["to_name"])
    return Finding(text, "bad" if 2 * len(bare) > len(late) else "plain", "counted", ("logic_links",))


def undrawn(rows: pd.DataFrame, overview: pd.DataFrame, *, service: str) -> Finding | None:
    """That the service which the page was asked to draw has no logic model, and which ones have."""
    if not service or len(rows):
        return None
    named, there = overview.loc[overview["service"] == service, "service_name"], overview.loc[overview["boxes"] > 0, "service_name"]
    if named.empty:
        text = say("The service that this page was asked to draw has ended.")
    else:
        text = say("{name}, which this page was asked to draw, has no logic model yet.", name=named.iloc[0])
    if len(there):
        text += " " + count("There is a model of {names}.", "There are models of {names}.", len(there), names=listed(there))
    return Finding(text, "unknown", "counted", ("logic_nodes",))


def model(rows: pd.DataFrame, faults: pd.DataFrame) -> Finding | None:
    """What one service's logic model lacks."""
    if rows.empty:
        return None
    name = rows["service_name"].iloc[0]
    wrong = faults[(faults["service"] == rows["service"].iloc[0]) & ~faults["hint"].astype(bool)]
    if wrong.empty:
        text = say("The logic model of {name} is complete: every box leads on to an impact, and every outcome has a KPI.", name=name)
        return Finding(text, "good", "counted", MODELS)
    told = [_clause(kind, one) for kind, one in wrong.groupby("kind", sort=False)]
    rest = len(wrong) - int(wrong["kind"].isin(wrong["kind"].unique()[:MOST]).sum())
    told = told[:MOST] + ([count("{n} more thing is to be mended", "{n} more things are to be mended", rest)] if rest else [])
    text = say("In the logic model of {name}, {faults}.", name=name, faults="; ".join(told))
    return Finding(text, "bad", "counted", MODELS)


def _clause(kind: str, rows: pd.DataFrame) -> str:
    """One kind of fault of a model as part of a sentence."""
    first, names, n = rows.iloc[0], quoted(rows["name"], most=2) if rows["name"].notna().all() else "", len(rows)
    if kind in BARE:
        return say(BARE[kind])
    if kind == "circle":
        return say("{names} lead round in a circle", names=quoted(first["name"].split("; "), most=3))
    if kind == "arrow to another service":
        return count("{names} leads to a box of {service}", "{names} lead to boxes of other services", n, names=names, service=first["to_service_name"])
    return count(*CLAUSES[kind], n, names=names)
