"""The timed agenda of a workshop for one plan: what is on at which minute, what the facilitator does, and what gives way when it is late."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from importlib.resources import files

import pandas as pd
from jinja2 import Environment

from planning.model import agendas
from planning.model.agendas import Item
from planning.model.errors import UsageError
from planning.model.plan import Plan
from planning.show.language import count, listed, say

START = "09:00"
DAY = 24 * 60
GIVES = ("look", "vote again", "welcome", "talk", "see the spread", "close", "decide", "vote alone")
OVER = ("ended", "done", "rejected", "sent")  # a status with which a row is no longer there to vote on
COLUMNS = ("part", "step", "begin", "end", "minutes", "least", "kind", "title", "notes", "says", "materials", "room", "decide", "who", "form", "ballot",
           "table", "into", "heading", "bring", "before", "late", "include", "waits", "item")


def minute(start: str) -> int:
    """The minutes since midnight of a time of day; raises UsageError for what is none.

    >>> minute("09:00"), minute("9:05"), minute("18:30")
    (540, 545, 1110)
    """
    found = re.fullmatch(r"(\d{1,2}):(\d{2})", start.strip())
    if not found or int(found[1]) > 23 or int(found[2]) > 59:
        raise UsageError("{found} is no time of day. Write hours and minutes from 00:00 to 23:59, such as {example}.", found=start, example=START)
    return 60 * int(found[1]) + int(found[2])


def clock(items: Sequence[Item], start: str) -> list[tuple[str, str]]:
    """Begin and end of each item, when the first begins at `start` and nothing is late.

    Raises UsageError when the last one would end after midnight, with the latest start.

    >>> clock(agendas.path("half-day").parts[0].items, "09:00")[:2]
    [('09:00', '09:10'), ('09:10', '09:18')]
    """
    at, every = minute(start), sum(item.minutes for item in items)
    if at + every >= DAY:
        raise UsageError("A meeting of {minutes} minutes that begins at {start} would go past midnight. Begin at {latest} or before.",
                         minutes=every, start=start, latest=_time(DAY - 1 - every))
    found = []
    for item in items:
        found.append((_time(at), _time(at + item.minutes)))
        at += item.minutes
    return found


def _time(at: int) -> str:
    return f"{at // 60:02}:{at % 60:02}"


def late(items: Sequence[Item], minutes_late: int) -> tuple[list[Item], int]:
    """The items that are still to come, shortened so that the meeting ends in time, and the minutes that are lacking even so.

    Items are shortened down to their least: looking gives way first, then the second vote, welcome, talk, the spread, the close, and
    last the decisions and the first vote; of a kind, the item that can give most. An item whose least is 0 goes altogether.
    Breaks never give way. When this is not enough, a whole round that may wait goes, the last one first, and with it its votes,
    talk and decision; then no more is shortened than is still needed.

    >>> coming = agendas.path("half-day").parts[0].items
    >>> shorter, lacking = late(coming, 6)
    >>> [(item.id, item.minutes) for item, before in zip(shorter, coming) if item != before], lacking
    ([('weights_look', 7), ('choice_look', 5)], 0)
    >>> late(coming, 200)[1]
    100
    """
    kept, owed = list(items), minutes_late
    waiting = list(dict.fromkeys(item.round for item in reversed(kept) if item.waits))
    while True:
        shorter, lacking = _shortened(kept, owed)
        if not lacking or not waiting:
            return shorter, lacking
        gone = waiting.pop(0)
        owed -= sum(item.minutes for item in kept if item.round == gone)
        kept = [item for item in kept if item.round != gone]


def _shortened(items: list[Item], owed: int) -> tuple[list[Item], int]:
    """The items without the minutes that are owed, as far as they can give them, and what is still owed."""
    made = list(items)
    places = sorted((place for place, item in enumerate(made) if item.kind in GIVES),
                    key=lambda place: (GIVES.index(made[place].kind), made[place].least - made[place].minutes, place))
    for place in places:
        given = max(0, min(owed, made[place].minutes - made[place].least))
        given = made[place].minutes if made[place].least == 0 and given else given
        made[place] = replace(made[place], minutes=made[place].minutes - given)
        owed -= given
    return [item for item in made if item.minutes], max(0, owed)


def timed(plan: Plan, path: str = "half-day", start: str = START) -> pd.DataFrame:
    """The agenda of a path for this plan, a row an item: each meeting begins at `start`.

    Columns: part (name of the meeting), step (0: the frame), begin, end (HH:MM), minutes, least, kind, title, notes and says (tuples
    of texts), materials (tuple), room, decide, who, form (id of the ballot's form), ballot (the same in words, with the number of
    options), table, into, heading (of the step's notebook), bring (tuple: what to bring first, where a table is empty), before,
    late, include, waits and item (its id). Raises UsageError for another path or a start that is no time of day.
    """
    rows = []
    for part in agendas.path(path).parts:
        times = clock(part.items, start)
        rows += [{"part": say(part.name), "begin": begin, "end": end, **_row(plan, item)} for item, (begin, end) in zip(part.items, times)]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _row(plan: Plan, item: Item) -> dict[str, object]:
    """One item in the words of this plan."""
    named = values(plan) | {"minutes": item.minutes}
    many = {name: tuple(say(text, **named) for text in getattr(item, own)) for name, own in
            {"notes": "does", "says": "says", "materials": "materials", "before": "before", "include": "include"}.items()}
    one = {name: say(getattr(item, name), **named) for name in ("title", "room", "decide", "who", "late")}
    plain = {name: getattr(item, name) for name in ("step", "minutes", "least", "kind", "form", "table", "into", "waits")}
    empty = tuple(say(agendas.bring()[table], **named) for table in item.needs if options(plan, table).empty)
    return many | one | plain | {"heading": item.section, "ballot": ballot(plan, item), "bring": empty, "item": item.id}


def values(plan: Plan) -> dict[str, object]:
    """What the agenda's texts name of a plan: its library, those who lead it, who its guests are, and the smallest group that shows.

    >>> from planning.model.plan import open_plan
    >>> values(open_plan("data/riverbend_public"))["leadership"]
    'Board of Trustees'
    """
    facts = plan.facts
    leadership = re.sub(r"^the ", "", str(facts["leadership"]), flags=re.IGNORECASE)
    return {"library": plan.library, "leadership": leadership, "small_group": facts["small_group"], "guests": say(agendas.words(str(facts["kind"]))["guests"])}


def options(plan: Plan, table: str) -> pd.DataFrame:
    """The rows of a table that a room would vote on or look at: goals in force, and nothing that has ended, is done, rejected or sent."""
    if table == "goals":
        return plan.goals_in_force
    rows = plan.tables[table]
    return rows[~rows["status"].isin(OVER)] if "status" in rows else rows


def ballot(plan: Plan, item: Item) -> str:
    """The ballot of an item in words: its form, how many options it has here, and how many fit into the minutes; empty without a vote."""
    if not item.form:
        return ""
    form, there = say(str(agendas.forms()[item.form]["name"])), len(options(plan, item.table)) if item.table else 0
    if not there:
        return say("Ballot: {form}.", form=form)
    fits = int(float(agendas.forms()[item.form]["pace"]) * item.minutes)
    told = say("Ballot: {form}; {options} to vote on.", form=form, options=count("{n} option", "{n} options", there))
    if there <= fits or item.kind == "vote again":
        return told
    return " ".join([told, say("In {minutes} minutes a person manages about {fits}: choose these beforehand, or give each half of the room one half.", minutes=item.minutes, fits=fits)])


def winnable(rows: pd.DataFrame) -> str:
    """What gives way in a meeting that runs late, as one sentence: the minutes that can be won, and the round that may wait."""
    gives = rows[rows["kind"] != "break"]
    won, waits = int((gives["minutes"] - gives["least"]).sum()), rows[rows["waits"]]
    told = count("When you are late: shortening wins up to {n} minute, first from looking and second votes, then from welcome and talk.",
                 "When you are late: shortening wins up to {n} minutes, first from looking and second votes, then from welcome and talk.", won)
    if waits.empty:
        return told
    spans = [say("{begin} to {end}", begin=one["begin"].iloc[0], end=one["end"].iloc[-1]) for _, one in waits.groupby((~rows["waits"]).cumsum()[waits.index])]
    return " ".join([told, say("If that is not enough, what stands from {spans} may wait for another day, as a whole. Breaks stay.", spans=listed(spans))])


def shortened(items: Sequence[Item], minutes_late: int) -> str:
    """What `late` takes when a meeting begins so many minutes late, as one sentence with the titles.

    >>> shortened(agendas.path("step-3").parts[0].items, 5)
    '5 minutes late: “Look: which partners fit our goals?” in 4 minutes and “Look: whom do our partners reach, and whom do we miss?” in 7 minutes.'
    """
    shorter, lacking = late(items, minutes_late)
    kept = {item.id: item.minutes for item in shorter}
    changed = [item for item in items if kept.get(item.id) != item.minutes]
    told = [say("without “{title}”", title=say(item.title)) if item.id not in kept else say("“{title}” in {time}", title=say(item.title), time=length(kept[item.id])) for item in changed]
    parts = say("{time} late: {changes}.", time=length(minutes_late), changes=listed(told))
    return " ".join([parts, *([say("It still ends {time} late.", time=length(lacking))] if lacking else [])])


def fragment(rows: pd.DataFrame, *, notes: bool = True, title: str = "") -> str:
    """The agenda of one meeting as a piece of HTML: a list of items with their times; with `notes` all that the facilitator needs.

    What holds for every item of a kind is not repeated in it; `kinds` tells it.
    """
    shown = [row | _own(row) for row in rows.to_dict("records")]
    return _template().render(rows=shown, notes=notes, title=title, say=say, listed=listed, minutes=length)


def _own(row: dict[str, object]) -> dict[str, object]:
    """What holds for this item only, and not for all of its kind."""
    usual = agendas.usual(str(row["kind"]))
    common = {say(text) for text in (*usual["materials"], usual["room"], usual["include"])}
    gives = "" if row["kind"] == "break" or row["least"] == row["minutes"] else say("May be left out.") if not row["least"] else say("At least {time}.", time=length(row["least"]))
    return {"own_materials": [text for text in row["materials"] if text not in common], "own_include": [text for text in row["include"] if text not in common],
            "own_room": "" if row["room"] in common else row["room"], "gives": gives}


def length(minutes: int) -> str:
    """A number of minutes in words.

    >>> length(1), length(45), length(120), length(210), length(61)
    ('1 minute', '45 minutes', '2 hours', '3 hours 30 minutes', '1 hour 1 minute')
    """
    hours, rest = divmod(int(minutes), 60)
    told = [count("{n} hour", "{n} hours", hours)] if hours else []
    return " ".join([*told, *([count("{n} minute", "{n} minutes", rest)] if rest or not hours else [])])


def kinds(rows: pd.DataFrame) -> list[dict[str, str]]:
    """What holds for every item of each kind in an agenda: kind, room, include, and materials as one text; in the order of the kinds."""
    there = [kind for kind in agendas.KINDS if kind in set(rows["kind"])]
    found = [agendas.usual(kind) for kind in there]
    return [{"kind": say(kind), "room": say(one["room"]), "include": say(one["include"]), "materials": listed(map(say, one["materials"]))} for kind, one in zip(there, found)]


@cache
def _template():
    text = (files(__package__) / "agenda.html.j2").read_text(encoding="utf-8")
    return Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True).from_string(text)
