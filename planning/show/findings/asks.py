"""Sentences of step 7 on the decisions asked for: one short paragraph a decision, and what the requests still lack."""

from __future__ import annotations

import pandas as pd

from planning.show.findings import communication
from planning.show.language import absent, count, day, inside, listed, money, number, quoted, say, share
from planning.show.records import Finding

RESTS = ("asks", "initiatives", "kpis", "kpi_values", "goals")
MOST = 3
UNSAID = ("what happens otherwise", "another way", "who decides")
BODIES = {"board": "the board", "management": "management", "staff": "staff"}


def cards(brief: pd.DataFrame, statements: pd.DataFrame) -> list[Finding]:
    """The decisions asked for that are most pressing, three at most, to be read aloud together in two minutes."""
    open_ones = brief[brief["open"].astype(bool)].head(MOST)
    return [card(row, statements) for row in open_ones.itertuples()]


def card(row: object, statements: pd.DataFrame) -> Finding:
    """One decision: the question, by when and by whom, why, with what evidence, for what, and what happens otherwise."""
    parts = [say("{question}?", question=row.name.rstrip(".?")), _when(row), _why(row), _evidence(row, statements), _cost(row)]
    parts += [] if absent(row.otherwise) else [say("Otherwise: {text}.", text=inside(row.otherwise.rstrip(".")))]
    parts += [] if absent(row.option) else [say("Another way: {text}.", text=inside(row.option.rstrip(".")))]
    parts += [] if absent(row.risks) else [say("Risk: {text}.", text=inside(row.risks.rstrip(".")))]
    missing = [part for part in row.lacks.split("; ") if part in UNSAID]
    parts += [say("Still missing: {parts}.", parts=listed(say(part) for part in missing))] if missing else []
    tone = "bad" if row.when == "late" or (not absent(row.fits) and not row.fits) else "plain"
    known = statements[(statements["kpi"] == row.kpi) & ~statements["hidden"].astype(bool)]
    return Finding(" ".join(part for part in parts if part), tone, known["grade"].iloc[0] if len(known) else "counted", RESTS)


def _when(row: object) -> str:
    who = "" if absent(row.decides) else say("{who} decides", who=_capital(say(BODIES[row.decides])))
    if absent(row.by):
        return say("{who}; no day is set.", who=who) if who else say("No day is set.")
    if row.when == "late":
        return say("{who}; an answer was due on {day}.", who=who, day=day(row.by)) if who else say("An answer was due on {day}.", day=day(row.by))
    return say("{who}, by {day}.", who=who, day=day(row.by)) if who else say("An answer is needed by {day}.", day=day(row.by))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _why(row: object) -> str:
    if absent(row.goal_name):
        return say("It names no goal in force.")
    text = say("It serves “{goal}”, {share} of the weight", goal=row.goal_name, share=share(row.weight))
    return say("{text} (its value for all goals is judged at {value} of 100).", text=text, value=number(100 * row.value, 0 if row.value >= 0.01 else 1)) if not absent(row.value) and row.value > 0 else f"{text}."


def _evidence(row: object, statements: pd.DataFrame) -> str:
    if absent(row.kpi):
        return say("No figure is named for it.")
    found = statements[statements["kpi"] == row.kpi]
    return say("Evidence: {statement}", statement=communication.short(next(found.itertuples()))) if len(found) else say("Its KPI, {name}, says what the library does, not what changed.", name=row.kpi_name)


def _cost(row: object) -> str:
    if absent(row.money) and absent(row.hours):
        return say("What it would bind is not known.")
    binds = [] if absent(row.money) else [money(row.money, 0)]
    binds += [] if absent(row.hours) else [count("{n} staff hour", "{n} staff hours", int(row.hours))]
    text = say("It binds {what}", what=listed(binds))
    if absent(row.fits):
        return f"{text}."
    if row.fits:
        return say("{text}, within what is left.", text=text)
    left = [] if absent(row.money) or absent(row.money_left) else [money(max(row.money_left, 0), 0)]
    left += [] if absent(row.hours) or absent(row.hours_left) else [count("{n} hour", "{n} hours", int(max(row.hours_left, 0)))]
    return say("{text}, more than the {left} that are left.", text=text, left=listed(left))


def standing(brief: pd.DataFrame) -> Finding | None:
    """How many decisions are asked for, which are late, and which are no longer open."""
    if brief.empty:
        return None
    own, shut = brief[brief["open"].astype(bool)], brief[~brief["open"].astype(bool)]
    late = own[own["when"] == "late"]
    text = count("{n} decision is asked for", "{n} decisions are asked for", len(own))
    text += count("; {n} is late: {names}.", "; {n} are late: {names}.", len(late), names=quoted(late["name"], most=3)) if len(late) else say("; none is late.") if len(own) else "."
    for row in shut.itertuples():
        text += " " + say("“{name}” asks for an initiative that is {state}: take it off the list.", name=row.name, state=say(row.state))
    return Finding(text, "bad" if len(late) or len(shut) else "plain", "counted", RESTS[:2])


def lacking(brief: pd.DataFrame) -> Finding | None:
    """Which open requests still lack what."""
    own = brief[brief["open"].astype(bool)]
    if own.empty:
        return None
    short = own[own["lacks"] != ""]
    if short.empty:
        return Finding(count("The {n} open request has all that a decision needs.", "All {n} open requests have all that a decision needs.", len(own)), "good", "counted", RESTS[:1])
    parts = [say("“{name}” ({lacks})", name=row.name, lacks=listed(say(part) for part in row.lacks.split("; "))) for row in short.itertuples()]
    text = count("{n} of {all} open requests lacks something that a decision needs: {parts}.", "{n} of {all} open requests lack something that a decision needs: {parts}.", len(short), all=number(len(own)),
                 parts=listed(parts, most=3))
    return Finding(text, "bad", "counted", RESTS[:1])


def together(sums: pd.DataFrame) -> Finding | None:
    """Whether the ceilings hold all open requests together."""
    known = sums[sums["left"].notna() & (sums["requests"] > 0)]
    if known.empty:
        return None
    form = {"money": lambda value: money(value, 0), "hours": lambda value: say("{n} hours", n=number(value, 0))}
    asked, left = (listed(form[row.what](max(getattr(row, side), 0)) for row in known.itertuples()) for side in ("asked", "left"))
    over = known[known["over"] > 0]
    text = say("All open requests together would bind {asked}; must-dos and running work leave {left}.", asked=asked, left=left)
    if over.empty:
        return Finding(say("{text} All can be granted, if nothing else is chosen.", text=text), "good", "counted", ("asks", "initiatives"))
    more = listed(form[row.what](row.over) for row in over.itertuples())
    return Finding(say("{text} That is {more} too much: not all of them can be granted.", text=text, more=more), "bad", "counted", ("asks", "initiatives"))
