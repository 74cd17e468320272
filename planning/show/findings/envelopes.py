"""Sentences of step 6's controls on next year's money: what is left of it, what moves, which floors break, and what falls first."""

from __future__ import annotations

import pandas as pd

from planning.show.language import count, listed, money, quoted, say
from planning.show.records import Finding

PLAN = ("budget", "services")
CENT = 0.005


def left(room: pd.DataFrame, *, year: int) -> Finding:
    """Whether what is planned fits into the money that there is."""
    row = room.iloc[0]
    words = {"year": year, "planned": money(row["planned"]), "total": money(row["total"]), "left": money(abs(row["left"]))}
    if row["left"] < -CENT:
        return Finding(say("For fiscal year {year}, {planned} is planned, {left} more than the {total} that there is.", **words), "bad", "counted", PLAN)
    if row["left"] > CENT:
        return Finding(say("For fiscal year {year}, {planned} of {total} is planned; {left} is left.", **words), "plain", "counted", PLAN)
    return Finding(say("For fiscal year {year}, all of {total} is planned, to the last amount.", **words), "good", "counted", PLAN)


def used(room: pd.DataFrame) -> str:
    """What is planned of the money that there is, in the words of a meter."""
    row = room.iloc[0]
    words = {"planned": money(row["planned"]), "total": money(row["total"]), "left": money(abs(row["left"]))}
    return say("{planned} of {total}, {left} too much", **words) if row["left"] < -CENT else say("{planned} of {total}, {left} left", **words)


def changed(tried: pd.DataFrame) -> Finding:
    """Which services get most more and most less than the year before."""
    more, less = (rows.sort_values("difference", key=abs, ascending=False) for rows in (tried[tried["difference"] > CENT], tried[tried["difference"] < -CENT]))
    if more.empty and less.empty:
        return Finding(say("Every service gets what it had the year before."), "plain", "counted", PLAN)
    parts = [say(text, names=_amounts(rows)) for text, rows in (("More goes to {names}.", more), ("Less goes to {names}.", less)) if len(rows)]
    return Finding(" ".join(parts), "plain", "counted", PLAN)


def _amounts(rows: pd.DataFrame) -> str:
    return listed((say("{name} ({amount})", name=say(row.service_name), amount=money(abs(row.difference))) for row in rows.itertuples()), 3)


def floors(floors: pd.DataFrame) -> Finding | None:
    """Essential services that would get less than their floor."""
    short = floors[floors["short"] > CENT]
    if short.empty:
        return None
    named = listed((say("{name} by {short}", name=row.service_name, short=money(row.short)) for row in short.itertuples()), 3)
    return Finding(count("{n} essential service falls below its floor: {named}.", "{n} essential services fall below their floors: {named}.", len(short), named=named), "bad", "counted", PLAN)


def falls(summary: pd.DataFrame, room: pd.DataFrame) -> Finding | None:
    """Which initiatives drop out first when too much is planned, or come in with what is left; nothing where the money is even."""
    row = room.iloc[0]
    if summary.empty or pd.isna(row["initiatives"]) or abs(row["left"]) <= CENT:
        return None
    rests, words = ("initiatives", "budget"), {"left": money(abs(row["left"]))}
    level = summary.iloc[0]
    out, new = ([name for name in str(level[column]).split("; ") if name] for column in ("drops_out", "comes_in"))
    if row["left"] > 0:
        text = say("If the {left} that is left went to initiatives, the best choice would take up {names}.", names=quoted(new, 3), **words) if new else say(
            "If the {left} that is left went to initiatives, the best choice would take up no other.", **words)
        return Finding(text, "plain", "estimated", rests)
    if not level["possible"]:
        return Finding(say("If the {left} that lacks came from initiatives, what must be done and what runs could no longer be paid.", **words), "bad", "estimated", rests)
    text = say("If the {left} that lacks came from initiatives, these would fall first: {names}.", names=quoted(out, 3), **words) if out else say(
        "If the {left} that lacks came from initiatives, none of them would fall.", **words)
    return Finding(text, "bad" if out else "plain", "estimated", rests)
