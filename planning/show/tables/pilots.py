"""Tables of step 5 on pilots."""

from __future__ import annotations

import pandas as pd

from planning.show.findings.pilots import between, value
from planning.show.language import absent, count, day, listed, money, say
from planning.show.records import Column, Table


def verdicts(rows: pd.DataFrame, marks: pd.DataFrame) -> Table:
    """What each pilot showed, criterion by criterion, and what was decided."""
    columns = (Column("pilot_name", "Pilot"), Column("result", "By its criteria"), Column("seen", "What was seen"), Column("decided", "Decided"), Column("said", "To be said"))
    shown = rows.assign(result=[say(word) for word in rows["result"]], seen=[_seen(marks[marks["pilot"] == pilot]) for pilot in rows["pilot"]],
                        decided=[_decided(row) for row in rows.to_dict("records")], said=[_said(row) for row in rows.to_dict("records")])
    return Table("pilots", shown, columns, say("What each pilot showed"), "Must: the pilot fails without it. A dash: nothing to be said.", most=20)


def _seen(own: pd.DataFrame) -> str | None:
    return "; ".join(_mark(row) for row in own.to_dict("records")) or None


def _mark(row: dict[str, object]) -> str:
    must = say("must, ") if row["must"] else ""
    seen = say("not measured") if absent(row["result"]) else value(row["result"], row["unit"])
    words = say("open") if absent(row["met"]) else say("met") if row["met"] else say("missed")
    return say("{criterion}: {seen} ({must}{side} {mark}: {words})", criterion=row["criterion"], seen=seen, must=must, side=say(row["side"]),
               mark=value(row["mark"], row["unit"]), words=words)


def _decided(row: dict[str, object]) -> str | None:
    return None if absent(row["verdict"]) else say(row["verdict"])


def _said(row: dict[str, object]) -> str | None:
    over = None if absent(row["days_over"]) else count("no verdict {n} day after its end", "no verdict {n} days after its end", int(row["days_over"]))
    late = count("{n} criterion set after it began", "{n} criteria set after it began", int(row["late"])) if row["late"] else None
    undated = count("{n} criterion without a day", "{n} criteria without a day", int(row["undated"])) if row["undated"] else None
    parts = [say(row["against"]) if row["against"] else None, over, late, undated, say("ends on {day}", day=day(row["end"])) if row["status"] == "running" and not over and not absent(row["end"]) else None]
    return listed(part for part in parts if part) or None


def waited(rows: pd.DataFrame) -> Table:
    """What trying first is worth, for each pilot."""
    columns = (Column("pilot_name", "Pilot"), Column("chance", "Chance that it works", "share"), Column("now", "Commit at once", "money"), Column("tried", "Try first", "money"),
               Column("gain", "Gain of trying", "money"), Column("span", "If misjudged"), Column("perfect", "Most a pilot could be worth", "money"), Column("pays", "Pays at a chance of"),
               Column("best", "Best on these figures"))
    span = [None if absent(row.gain_low) else say("{low} to {high}", low=money(row.gain_low), high=money(row.gain_high)) for row in rows.itertuples()]
    shown = rows.assign(span=span, pays=[None if absent(row.gain) else between(row.from_chance, row.to_chance) for row in rows.itertuples()],
                        best=[say(word) for word in rows["best"]])
    note = ("Expected value in money, as judged before the pilot. Gain: trying first less the better of committing at once and leaving it, the pilot's cost paid. "
            "If misjudged: chance off by 15 percentage points, worth by a quarter.")
    return Table("pilots_worth", shown, columns, say("What trying first is worth"), note, most=20)
