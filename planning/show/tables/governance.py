"""Tables of who decides, of the ethics gate, and of what came of messages."""

from __future__ import annotations

import pandas as pd

from planning.show.language import absent, between, day, listed, number, say, share
from planning.show.records import Column, Table


def matters(rows: pd.DataFrame) -> Table:
    """Who prepares, decides, is heard and is told, matter by matter."""
    shown = rows.assign(before=[_before(row) for row in rows.itertuples()], rule=[_rule(row) for row in rows.itertuples()], often=[_often(row) for row in rows.itertuples()],
                        decides=[say(level) for level in rows["decides"]])
    columns = (Column("matter", "What is decided"), Column("decides", "Decides"), Column("before", "Prepares; is heard; is told"), Column("often", "Decisions so far"), Column("rule", "Policy"))
    return Table("mandates", shown, columns, say("Who decides what"), most=30)


def _before(row: object) -> str | None:
    parts = (None if absent(row.prepares) else say(row.prepares), None if absent(row.heard) else say("heard: {who}", who=row.heard), None if absent(row.told) else say("told: {who}", who=row.told))
    return "; ".join(part for part in parts if part) or None


def _rule(row: object) -> str | None:
    if absent(row.policy_name):
        return None
    return say("{name} (its day of review has passed)", name=row.policy_name) if not absent(row.policy_due) and row.policy_due else row.policy_name


def _often(row: object) -> str:
    return say("none") if not row.decisions else say("{n}, the last on {day}", n=number(row.decisions), day=day(row.last))


def taken(rows: pd.DataFrame) -> Table:
    """Each decision with the level that took it and the level that may."""
    shown = rows.assign(standing=[_standing(row) for row in rows.itertuples()])
    columns = (Column("what", "Decision"), Column("date", "Day", "day"), Column("decided_by", "Taken by"), Column("matter", "What it belongs to"), Column("standing", "Who may take it"))
    return Table("decisions_by_level", shown, columns, say("Who took which decision"), say("What was taken below the level that decides on it comes first."), most=12)


def _standing(row: object) -> str:
    if row.verdict in ("matter not named", "level not written down"):
        return say(row.verdict)
    return say("{level} ({verdict})", level=say(row.decides), verdict=say(row.verdict))


def gate(rows: pd.DataFrame) -> Table:
    """Messages and stories that do not pass all four questions, those that go out all the same first."""
    shown = rows[~rows["passes"].astype(bool)].copy()
    shown["failing"] = [_failing(row) for row in shown.itertuples()]
    shown["open"] = [listed(say(one) for one in row.waits.split("; ")) if row.waits else None for row in shown.itertuples()]
    shown["where"] = [say("out, or about to go") if row.going else say("not out yet") for row in shown.itertuples()]
    columns = (Column("text", "Message or story"), Column("where", "Where it stands"), Column("failing", "Fails"), Column("open", "Nobody has looked at"))
    return Table("ethics_gate", shown, columns, say("What does not pass, and why"), say("What fails and is out all the same comes first. What passes is in the file alone."), most=20)


def _failing(row: object) -> str | None:
    if not row.fails:
        return None
    subjects = listed(say(one) for one in row.fails.split("; "))
    return say("{subjects}: {why}", subjects=subjects, why="; ".join(say(part) for part in row.why.split("; "))) if row.why else subjects


def channels(rows: pd.DataFrame) -> Table:
    """What each channel brought, with ranges."""
    shown = rows.assign(rated=[_rate(row) for row in rows.itertuples()], effort=[_effort(row) for row in rows.itertuples()], known=[_known(row) for row in rows.itertuples()])
    columns = (Column("channel", "Channel"), Column("rated", "Did what was asked"), Column("reached", "Reached", "whole"), Column("known", "Messages counted"), Column("effort", "For an hour of work"))
    note = "Channels ask for different things, so the rates compare kinds of asking as much as channels. One person may be reached twice."
    return Table("channels", shown.assign(channel=[_title(channel) for channel in rows["channel"]]), columns, say("What came of messages, by channel"), say(note))


def _title(channel: str) -> str:
    text = say(channel)
    return text[:1].upper() + text[1:]


def _rate(row: object) -> str | None:
    return None if absent(row.rate) else say("{share} ({range})", share=share(row.rate), range=between(row.low, row.high, share))


def _effort(row: object) -> str | None:
    return None if absent(row.per_hour) else say("{n} people", n=number(row.per_hour, 0 if row.per_hour >= 10 else 1))


def _known(row: object) -> str:
    text = say("{n} of {all} sent", n=number(row.counted), all=number(row.sent))
    return text if not row.hidden else say("{text}; {hidden} too small to show", text=text, hidden=number(row.hidden))
