"""Tables of step 5 on change: the change plan, policies, readiness, strategy or rhythm, and what endings mean."""

from __future__ import annotations

import pandas as pd

from planning.show.findings.change import ENDING, LIMITS, SIDES, years
from planning.show.language import absent, between, count, day, listed, money, number, say, share
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
    columns = (Column("subject", "Subject"), Column("policy_name", "Policy"), Column("taken", "Adopted"), Column("review", "Look again", "day"),
               Column("state", "Where it stands"), Column("change_name", "Being changed"))
    shown = rows.assign(subject=[say(name) for name in rows["subject"]], state=[say(name) for name in rows["state"]], taken=[_taken(row) for row in rows.itertuples()])
    return Table("policies", shown, columns, say("Policies, those to look at first"), "Not every library needs a policy on each subject.", most=20)


def _taken(row: tuple) -> str | None:
    when, who = (None if absent(row.adopted) else day(row.adopted)), (None if absent(row.adopted_by) else say(row.adopted_by))
    return say("{day}, by {who}", day=when, who=who) if when and who else when or who


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
    columns = (Column("what", "Service"), Column("firmness", "How firm"), Column("who", "Who would lose"), Column("released", "Released a year"), Column("once", "Cost, once"), Column("hearing", "Those concerned"))
    held, ending = firm.set_index("service"), int(rows["proposal"].isin(list(ENDING)).sum())
    shown = rows.assign(firmness=[_firmness(held.loc[service]) for service in rows["service"]], who=[_who(row) for row in rows.to_dict("records")],
                        what=[say("{service}: {proposal}", service=row.service_name, proposal=say(row.proposal)) for row in rows.itertuples()], released=[_released(row) for row in rows.to_dict("records")],
                        once=[_once(row) for row in rows.to_dict("records")], hearing=[_hearing(row) for row in rows.to_dict("records")])
    note = ("Who would lose: patrons with nowhere else to go, counted; “up to”: worked out from the group that loses most. How firm: in how many sets of limits this proposal comes out. "
            "Hours are time for other work, not cash.")
    return Table("endings", shown, columns, say("What ending would mean, for the services that were looked into"), note, most=ending or 5)


def _released(row: dict[str, object]) -> str | None:
    parts = [None if absent(row["money"]) else money(row["money"]), None if absent(row["hours"]) or not round(row["hours"]) else count("{n} hour", "{n} hours", round(row["hours"]))]
    return listed(part for part in parts if part) or None


def _once(row: dict[str, object]) -> str | None:
    if absent(row["exit_cost"]):
        return None
    cost = money(row["exit_cost"])
    return cost if absent(row["payback"]) else say("{cost}, back in {time}", cost=cost, time=years(row["payback"]))


def _firmness(row: pd.Series) -> str:
    if row["stands"]:
        return say("in every set")
    else_ = listed(say("{word}", word=say(word)) for word in row["other"].split("; "))
    return say("in {same} of the sets; else {other}, by {limits}", same=share(row["same"]), other=else_, limits=listed(say(LIMITS[name]) for name in row["turned_by"].split("; ")) if row["turned_by"] else say("more than one limit"))


def _who(row: dict[str, object]) -> str | None:
    group = None if absent(row["segment_name"]) else say("{group}, often missed", group=row["segment_name"]) if row["inclusion"] else row["segment_name"]
    if absent(row["people"]):
        return group
    people = number(row["people"]) if row["counted"] else say("up to {people}", people=number(row["people"]))
    return people if group is None else say("{people} ({group})", people=people, group=group)


def _hearing(row: dict[str, object]) -> str:
    if row["hearing"] == "heard, on record" and not absent(row["consulted"]):
        return say("heard on {day}: {kind} with {people}", day=day(row["consulted"]), kind=say(row["consultation_kind"]), people=number(row["consultation_people"]))
    return say(row["hearing"]) if absent(row["consulted"]) else say("{words} ({day})", words=say(row["hearing"]), day=day(row["consulted"]))
