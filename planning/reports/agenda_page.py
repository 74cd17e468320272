"""The agenda of a planning workshop as a printed page: all that the facilitator needs, or one sheet for the wall and the tables."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from itertools import accumulate
from pathlib import Path

import pandas as pd
from jinja2 import Environment
from markupsafe import Markup

from planning.model import agendas
from planning.model.errors import PlanningError, UsageError
from planning.model.files import write_text
from planning.model.plan import Plan
from planning.show import language
from planning.show.language import count, day, listed, number, say
from planning.workshop import agenda

SIZES = ((10, 22), (8.5, 34), (8, 10_000))  # of the type on the sheet for the room, in points, and up to how many items it is taken
LONGEST_NAME = 70
LATE = (5, 10, 20)  # minutes for which the page says what gives way


def write(plan: Plan, file: Path, *, path: str = "half-day", start: str = agenda.START, room: bool = False, over: bool = False) -> Path:
    """Write the page of an agenda; a file that is there is written over only when asked to.

    Raises UsageError for a path that there is not, and for a start that is no time of day.
    """
    if file.suffix.lower() not in (".html", ".htm"):
        raise UsageError("{file}: the page's name ends in .html, such as {example}.", file=file, example=file.with_suffix(".html").name)
    made = page(plan, path, start, room=room)
    if file.is_dir() or (file.exists() and not over):
        raise PlanningError("{file} is there already, and was left as it is. Choose another name, or add --force to write over it.", file=file)
    write_text(file, made)
    return file


def page(plan: Plan, path: str = "half-day", start: str = agenda.START, *, room: bool = False) -> str:
    """The agenda of a path for this plan as a whole HTML page: with the facilitator's notes, or with `room` one sheet without them."""
    language.use(str(plan.facts["language"]), str(plan.facts["currency"]))
    chosen, rows = agendas.path(path), agenda.timed(plan, path, start)
    ends = list(accumulate((len(part.items) for part in chosen.parts), initial=0))
    parts = [_part(part, rows.iloc[ends[place]: ends[place + 1]], known=rows.iloc[:ends[place]], room=room) for place, part in enumerate(chosen.parts)]
    words = {"title": say("Agenda: {path}", path=language.inside(say(chosen.name))), "library": plan.library[:LONGEST_NAME], "what": say(chosen.what), "left": say(chosen.left),
             "parts": parts, "total": _total(rows, len(parts)), "room": room, "size": next(size for size, most in SIZES if len(rows) <= most), "day": day(plan.as_of), "lang": language.code(), "say": say,
             "invented": bool(plan.facts["invented"])}
    return _template().render(**words, **({} if room else _beforehand(rows)))


def _part(part: agendas.Part, rows: pd.DataFrame, *, known: pd.DataFrame, room: bool) -> dict[str, object]:
    """One meeting as it stands on the page, with what it adds to what was prepared for the meetings before it."""
    span = say("{begin} to {end}", begin=rows["begin"].iloc[0], end=rows["end"].iloc[-1])
    return {"name": say(part.name), "span": span, "length": agenda.length(part.minutes), "late": [] if room else [agenda.winnable(rows), *(agenda.shortened(part.items, minutes) for minutes in LATE)], "before": [text for text in _once(rows["before"]) if text not in _once(known["before"])],
            "list": Markup(agenda.fragment(rows, notes=not room, title=say(part.name) or span)), "homework": [say(text) for text in part.homework]}


def _total(rows: pd.DataFrame, meetings: int) -> str:
    """How long it takes in all, and how much of it is breaks."""
    breaks = int(rows.loc[rows["kind"] == "break", "minutes"].sum())
    whole = agenda.length(int(rows["minutes"].sum()))
    told = count("{n} meeting, {whole} in all", "{n} meetings, {whole} in all", meetings, whole=whole)
    rests = say("{breaks} of it are breaks", breaks=agenda.length(breaks)) if breaks else say("without a break")
    steps = [number(step) for step in sorted(set(rows["step"]) - {0})]
    taken = count("It takes up step {steps}.", "It takes up steps {steps}.", len(steps), steps=listed(steps))
    return " ".join([say("{told}; {rests}.", told=told, rests=rests), taken])


def _beforehand(rows: pd.DataFrame) -> dict[str, object]:
    """What is brought, and how the room is set up for each kind of item."""
    return {"first": _once(rows["bring"]), "materials": _once(rows["materials"]), "kinds": agenda.kinds(rows)}


def _once(texts: pd.Series) -> list[str]:
    """Each text of a column of tuples once, in the order in which they come."""
    return list(dict.fromkeys(text for some in texts for text in some))


@cache
def _template():
    text = (files(__package__) / "template" / "agenda.html.j2").read_text(encoding="utf-8")
    return Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True).from_string(text)
