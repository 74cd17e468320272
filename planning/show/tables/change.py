"""Tables of step 5 on change: the change plan, policies, readiness, strategy or rhythm, and what endings mean."""

from __future__ import annotations

import pandas as pd

from planning.show.findings.change import LIMITS, SIDES
from planning.show.language import absent, between, count, day, listed, number, say, share
from planning.show.records import Column, Table


def plan(rows: pd.DataFrame) -> Table:
    """Every change: who, what, by when, how we know."""
    columns = (Column("change_name", "Change"), Column("about", "Of"), Column("owner_name", "Who"), Column("due", "By when", "day"), Column("stands", "Where it stands"),
               Column("shows", "How we know"), Column("informed", "Those concerned"), Column("barrier", "Held back by"))
    records = rows.to_dict("records")
    shown = rows.assign(stands=[_stands(row) for row in records], shows=[_shows(row) for row in records], informed=[_informed(row) for row in records],
                        barrier=[None if row["state"] == "done" or absent(row["barrier"]) else say(row["barrier"]) for row in records])
    return Table("changes", shown, columns, say("The change plan: who does what by when, and how we know"), "A dash: nobody, no day, or nothing written down. What is done stands last.", most=30)


def _stands(row: dict[str, object]) -> str:
    late = "" if absent(row["days_late"]) or not row["days_late"] else count("{n} day", "{n} days", int(row["days_late"]))
    if row["state"] == "done":
        done = say("done on {day}", day=day(row["done"]))
        return say("{done}, {late} late", done=done, late=late) if late else done
    return say("late by {late}", late=late) if row["state"] == "late" else say(row["state"])


def _shows(row: dict[str, object]) -> str | None:
    if row["how"] == "sign":
        return say("a sign, no KPI")
    if row["how"] == "kpi":
        return row["kpi_name"] if absent(row["seen"]) else say("{kpi}, measured since", kpi=row["kpi_name"]) if row["seen"] else say("{kpi}, not measured since", kpi=row["kpi_name"])
    return None


def _informed(row: dict[str, object]) -> str | None:
    if absent(row["concerns"]):
        return None
    if absent(row["told"]):
        return say("{who}: not told", who=row["concerns"])
    told = say("{who}: told on {day}", who=row["concerns"], day=day(row["told"]))
    return say("{told}, after it began", told=told) if row["told_late"] else told


def links(rows: pd.DataFrame) -> Table:
    """From talk to sign, with where it breaks off."""
    columns = (Column("stage", "Step"), Column("part", "How many"), Column("share", "Share", "share"), Column("breaks", "Where it breaks off"))
    shown = rows.assign(stage=[say(name) for name in rows["stage"]], part=[say("{n} of {of}", n=number(row.n), of=number(row.of)) for row in rows.itertuples()],
                        breaks=[listed(names.split("; "), 3) if names else None for names in rows["broken"]])
    return Table("talk_to_sign", shown, columns, say("From talk to decision, change and sign"), "Each step counts its own rows.")


def barriers(rows: pd.DataFrame) -> Table:
    """What holds open changes back."""
    meanings = {"awareness": say("people do not know why"), "desire": say("people do not want it"), "knowledge": say("people do not know how"),
                "ability": say("people cannot do it yet"), "reinforcement": say("it does not last")}
    columns = (Column("barrier", "Barrier"), Column("means", "What it means"), Column("changes", "Open changes", "whole"), Column("late", "Of these late", "whole"), Column("which", "Which"))
    shown = rows.assign(means=[meanings[name] for name in rows["barrier"]], barrier=[say(name) for name in rows["barrier"]],
                        which=[listed(names.split("; "), 2) if names else None for names in rows["names"]])
    return Table("barriers", shown, columns, say("What holds open changes back, in the order in which people get past it"))


def policies(rows: pd.DataFrame) -> Table:
    """Policies, and the subjects without one."""
    columns = (Column("subject", "Subject"), Column("policy_name", "Policy"), Column("adopted_by", "Adopted by"), Column("adopted", "Adopted", "day"), Column("review", "Look again", "day"),
               Column("state", "Where it stands"), Column("open_to", "Open to all"), Column("change_name", "Being changed"))
    open_to = [None if absent(public) else say("yes") if public else say("no") for public in rows["public"]]
    shown = rows.assign(subject=[say(name) for name in rows["subject"]], state=[say(name) for name in rows["state"]], open_to=open_to,
                        adopted_by=[None if absent(name) else say(name) for name in rows["adopted_by"]])
    return Table("policies", shown, columns, say("Policies, those to look at first"), "Not every library needs a policy on each subject.", most=20)


def ready(rows: pd.DataFrame) -> Table:
    """Readiness of staff on four sides."""
    columns = (Column("side", "Side"), Column("texts", "As it was asked"), Column("n", "Staff", "whole"), Column("agree", "Agree", "share"), Column("span", "Interval"), Column("word", "So"))
    shown = rows.assign(side=[say(SIDES[name]) for name in rows["side"]], texts=[text or None for text in rows["texts"]], word=[say(word) for word in rows["word"]],
                        span=[between(row.low, row.high, share) for row in rows.itertuples()])
    return Table("readiness", shown, columns, say("Readiness of staff for the planned changes"), "Ready: the 95% interval lies above one half. Open: it holds one half.")


def rhythm(rows: pd.DataFrame) -> Table:
    """Score and rhythm of each objective."""
    columns = (Column("statement", "Objective"), Column("goal_name", "Goal"), Column("score", "Score", "share"), Column("measured", "Measured"), Column("promises", "Promises kept"),
               Column("rhythm", "Rhythm", "share"), Column("kind", "So"))
    shown = rows.assign(measured=[_of(row.made, row.due) for row in rows.itertuples()], promises=[_of(row.kept, row.promised) for row in rows.itertuples()], kind=[say(kind) for kind in rows["kind"]])
    note = "Score: the way done against the way due by now. Rhythm: measurements made and promises kept in a year, of those due. A dash: none, or not known."
    return Table("rhythm", shown, columns, say("Strategy or rhythm, objective by objective"), note, most=30)


def _of(part: float, whole: float) -> str | None:
    return say("{part} of {whole}", part=number(part), whole=number(whole)) if whole else None


def endings(rows: pd.DataFrame, firm: pd.DataFrame) -> Table:
    """What ending each service would mean, where somebody looked into it, and how firm the proposal is."""
    columns = (Column("service_name", "Service"), Column("proposal", "Proposal"), Column("firmness", "How firm"), Column("who", "Who would lose"), Column("money", "Money a year", "money"),
               Column("hours", "Hours a year", "whole"), Column("exit_cost", "Cost, once", "money"), Column("back", "Comes back in years", "number", 1), Column("hearing", "Those concerned"))
    held = firm.set_index("service")
    shown = rows.assign(firmness=[_firmness(held.loc[service]) for service in rows["service"]], who=[_who(row) for row in rows.to_dict("records")], back=rows["payback"],
                        proposal=[say(word) for word in rows["proposal"]], hearing=[_hearing(row) for row in rows.to_dict("records")])
    note = ("Who would lose: patrons with nowhere else to go, counted; “up to”: worked out from the group that loses most. How firm: share of the sets of limits tried that give this proposal. "
            "Hours are time for other work, not cash.")
    return Table("endings", shown, columns, say("What ending would mean, for the services that were looked into"), note)


def _firmness(row: pd.Series) -> str:
    if row["stands"]:
        return say("under all limits tried")
    else_ = listed(say("{word}", word=say(word)) for word in row["other"].split("; "))
    return say("{same}; else {other}, by {limits}", same=share(row["same"]), other=else_, limits=listed(say(LIMITS[name]) for name in row["turned_by"].split("; ")) if row["turned_by"] else say("more than one limit"))


def _who(row: dict[str, object]) -> str | None:
    group = None if absent(row["segment_name"]) else say("{group}, often missed", group=row["segment_name"]) if row["inclusion"] else row["segment_name"]
    if absent(row["people"]):
        return group
    people = number(row["people"]) if row["counted"] else say("up to {people}", people=number(row["people"]))
    return people if group is None else say("{people} ({group})", people=people, group=group)


def _hearing(row: dict[str, object]) -> str:
    if row["hearing"] == "heard, on record":
        return say("heard on {day}: {kind} with {people}", day=day(row["consulted"]), kind=say(row["consultation_kind"]), people=number(row["consultation_people"]))
    return say(row["hearing"]) if absent(row["consulted"]) else say("{words}, on {day}", words=say(row["hearing"]), day=day(row["consulted"]))
