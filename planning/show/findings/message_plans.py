"""Sentences of step 7's controls: what is the matter with a message as it is typed, what nobody has looked at, and what its audience then hears."""

from __future__ import annotations

import pandas as pd

from planning.show.findings.communication import short
from planning.show.language import count, listed, number, quoted, say
from planning.show.records import Finding

def text(row: object) -> str:
    """A statement as the text of a message: what changed, how sure, and no word of a cause, not even to rule it out, which a check of words would stop."""
    return short(row).replace(say("The figure does not show what caused it."), say("Many things may have moved it."))


def meant(text: str) -> Finding:
    """What a message would say."""
    return Finding(say("The message would say: {text}", text=quoted([text])), "plain", "counted", ("kpis", "kpi_values"))


def matters(checks: pd.DataFrame) -> Finding:
    """Whether a message can go out as it is typed, and what is the matter with it."""
    rests = ("messages", "kpis", "kpi_values", "stories")
    if checks.empty:
        return Finding(say("Nothing is the matter with its figures, its goal, its owner or its day."), "good", "counted", rests)
    stops, rest = checks[checks["stops"].astype(bool)], checks[~checks["stops"].astype(bool)]
    parts = [say("It should not go out like this: {matters}.", matters=_matters(stops))] if len(stops) else []
    parts += [say("To look at: {matters}.", matters=_matters(rest))] if len(rest) else []
    return Finding(" ".join(parts), "bad" if len(stops) else "plain", "counted", rests)


def _matters(rows: pd.DataFrame) -> str:
    return "; ".join(say("{matter} ({to_do})", matter=say(row.matter), to_do=_small(say(row.to_do))) for row in rows.itertuples())


def _small(text: str) -> str:
    return text[:1].lower() + text[1:]


def four(gate: pd.DataFrame) -> Finding | None:
    """How one message or story fares against the four questions."""
    if gate.empty:
        return None
    row, rests = gate.iloc[0], ("messages", "stories", "clearances")
    if row["passes"]:
        return Finding(say("It passes all four questions."), "good", "counted", rests)
    parts = []
    if row["fails"]:
        why = "; ".join(say(part) for part in row["why"].split("; ")) if row["why"] else say("nothing is written down about why")
        parts.append(say("It fails on {subjects}: {why}.", subjects=listed(say(one) for one in row["fails"].split("; ")), why=why))
    if row["waits"]:
        parts.append(say("Nobody has looked at {subjects} of these words yet.", subjects=listed(say(one) for one in row["waits"].split("; "))))
    return Finding(" ".join(parts), "bad" if row["fails"] else "unknown", "counted", rests)


def heard(coverage: pd.DataFrame, *, audience: str) -> Finding | None:
    """What one audience hears, and what is missing."""
    own = coverage[coverage["audience"] == audience]
    if own.empty:
        return None
    row, rests = own.iloc[0], ("audiences", "messages")
    n, words = int(row["messages"]), {"audience": row["audience_name"], "going": number(int(row["going"]))}
    if not n:
        return Finding(say("Nothing is said to “{audience}” yet.", **words), "bad", "counted", rests)
    if row["gap"] == "none approved or sent":
        text = count("To “{audience}”, {n} message is meant; it is not approved or sent yet.", "To “{audience}”, {n} messages are meant; none is approved or sent yet.", n, **words)
        return Finding(text, "bad", "counted", rests)
    text = count("To “{audience}”, {n} message is meant; {going} approved or sent.", "To “{audience}”, {n} messages are meant; {going} approved or sent.", n, **words)
    if row["gap"]:
        return Finding(say("{text} None rests on a measured KPI.", text=text), "bad", "counted", rests)
    return Finding(text, "good", "counted", rests)


def gap(grid: pd.DataFrame) -> Finding | None:
    """Which goals the fewest audiences hear of."""
    if grid.empty:
        return None
    hearing = grid.assign(heard=grid["messages"] > 0).groupby("goal", sort=False).agg(name=("goal_name", "first"), audiences=("heard", "sum"), of=("heard", "size"))
    least = hearing[hearing["audiences"] == hearing["audiences"].min()]
    n = int(least["audiences"].iloc[0])
    text = count("{n} of {all} audiences hears of {goals}: no goal is told to fewer.", "{n} of {all} audiences hear of {goals}: no goal is told to fewer.", n, all=number(int(hearing["of"].iloc[0])),
                 goals=quoted(least["name"], 3)) if n else say("No audience hears of {goals}.", goals=quoted(least["name"], 3))
    return Finding(text, "plain" if n else "bad", "counted", ("audiences", "messages", "goals"))
