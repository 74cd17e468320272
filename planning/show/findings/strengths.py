"""Sentences of step 1's alignment control."""

from __future__ import annotations

import pandas as pd

from planning.show.language import count, quoted, say, share
from planning.show.records import Finding

GIVEN = ("goals", "services", "alignment")


def typed(rows: pd.DataFrame) -> Finding | None:
    """How many judgements are typed that the draft does not hold yet, and how many of them have no reason."""
    if rows.empty:
        return None
    text = count("{n} judgement is typed and not in the draft yet", "{n} judgements are typed and not in the draft yet", len(rows))
    bare = int((rows["reason"] == "").sum())
    rest = say("; it names no reason, so nobody can question it") if bare == len(rows) == 1 else count("; {n} of them names no reason, so nobody can question it", "; {n} of them name no reason, so nobody can question them", bare) if bare else ""
    return Finding(say("{text}{rest}.", text=text, rest=rest), "plain", "told", ("alignment",))


def service(before: pd.DataFrame, after: pd.DataFrame, *, name: str) -> Finding | None:
    """What one service gives to the goals, and what it would give."""
    if after.empty:
        return None
    now, then = (float(rows.loc[rows["service_name"] == name, "value"].sum()) for rows in (before, after))
    text = (say("{service} gives {now} of weighted support.", service=name, now=share(now)) if abs(now - then) < 0.0005
            else say("{service} would give {then} of weighted support; now it is {now}.", service=name, now=share(now), then=share(then)))
    return Finding(text, "plain", "counted", GIVEN)


def coverage(before: pd.DataFrame, after: pd.DataFrame) -> list[Finding]:
    """Goals that would gain a service that clearly supports them, or lose their last one."""
    if before.empty or after.empty:
        return []
    was, served = (set(rows.loc[rows["served"].astype(bool), "goal_name"]) for rows in (before, after))
    found = []
    if gained := sorted(served - was):
        text = count("{goals} would have a service that clearly supports it.", "{goals} would have a service that clearly supports them.", len(gained), goals=quoted(gained))
        found.append(Finding(text, "good", "counted", GIVEN))
    if lost := sorted(was - served):
        text = count("{goals} would lose the last service that clearly supports it.", "{goals} would lose the last service that clearly supports them.", len(lost), goals=quoted(lost))
        found.append(Finding(text, "bad", "counted", GIVEN))
    return found
