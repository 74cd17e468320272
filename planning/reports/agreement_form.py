"""An agreement with a partner on one printed page, to be read by both sides, completed by hand and signed."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

from jinja2 import Environment

from planning.model.errors import PlanningError, UsageError, nearest
from planning.model.files import write_text
from planning.model.plan import Plan
from planning.show import language
from planning.show.findings.evaluation import figure
from planning.show.language import absent, between, day, listed, period, say

WIDTH, NARROW, HEIGHT = 186.0, 34.0, 253.0  # mm: the printed page, the column of headings, and the height that A4 and Letter both have
SIZES, ALL = (10.0, 9.5, 9.0, 8.5, 8.0, 7.5, 7.0), 10_000
CUTS = ((900, 14), (600, 14), (450, 14), (330, 14), (240, 14), (240, 10), (170, 10), (120, 10), (90, 8), (60, 8), (40, 6), (30, 4))
# Size of the type, letters of a text, letters of a cell of the tasks, tasks: the first that fits is taken.
STEPS = (*((size, ALL, ALL, ALL) for size in SIZES), *((size, ALL, 60, 14) for size in SIZES), *((SIZES[-1], most, max(16, most // 4), number) for most, number in CUTS))
LINE, POINT = 1.25, 0.3528  # height of a line, of the size of the type; mm of a point
WIDTHS = ((" .,;:'|!()[]/-ijltfrI", 0.33), ("mwMW@%&", 0.93))  # of a letter, of the size of the type; others below
SMALL, CAPITAL, BROAD = 0.56, 0.71, 1.02
BY_HAND, PADDING, FIXED = 6.2, 1.9, 60.0  # mm: a line to write on; above and below a row's text; captions, signatures, foot and gaps
COLUMNS = {"task": 0.24, "by": 0.09, "responsible": 0.14, "accountable": 0.14, "consulted": 0.145, "informed": 0.115, "due": 0.13}
BLANK_TASKS, LONGEST_NAME = 5, 70
SIGNED = ("Name and post", "Day", "Signature")


@dataclass(frozen=True)
class Row:
    """A row of the form: what it is called, and what stands in it for each side, or once for both; None is still to be agreed."""

    title: str
    texts: tuple[str | None, ...]
    lines: int = 1


def write(plan: Plan, file: Path, *, agreement: str = "", over: bool = False) -> Path:
    """Write the page of an agreement, or an empty one when none is named; a file that is there is written over only when asked to.

    Raises UsageError for an agreement that the plan does not have, with the nearest one.
    """
    if file.suffix.lower() not in (".html", ".htm"):
        raise UsageError("{file}: the page's name ends in .html, such as {example}.", file=file, example=file.with_suffix(".html").name)
    made = page(plan, agreement)
    if file.is_dir() or (file.exists() and not over):
        raise PlanningError("{file} is there already, and was left as it is. Choose another name, or add --force to write over it.", file=file)
    write_text(file, made)
    return file


def page(plan: Plan, agreement: str = "") -> str:
    """The page of one agreement, or an empty one, as a whole HTML page that prints on one sheet of A4 or Letter."""
    language.use(str(plan.facts["language"]), str(plan.facts["currency"]))
    found = _named(plan, agreement) if agreement else {}
    title = _cut(str(found["name"]) if found else "", 2 * LONGEST_NAME)
    partner = _cut(str(plan.partners.set_index("partner")["name"][found["partner"]]) if found else "", LONGEST_NAME)
    every = _tasks(plan, agreement)
    rows, tasks, size, cut = _fitted(_rows(plan, found), every, HEIGHT - FIXED - _text(title or say("Agreement on:"), WIDTH - 60, 13) - _text(partner, (WIDTH - NARROW) / 2, 10))
    lacks = any(None in row.texts for row in rows) or any(None in task.values() for task in tasks)
    foot = [say("□ stands where nothing is agreed yet: to be filled in by hand, and then in the plan.")] if found and lacks else []
    foot += [say("A text that ends in … is longer in the plan.")] if cut else []
    foot += [say("This library is invented; so is every figure about it.")] if plan.facts["invented"] and found else []
    words = {"title": title, "library": _cut(plan.library, LONGEST_NAME), "partner": partner, "id": agreement, "rows": rows, "tasks": tasks, "left": len(every) - len(tasks),
             "columns": COLUMNS, "size": size, "foot": " ".join(foot), "signed": SIGNED, "blank": not found, "day": day(plan.as_of), "lang": language.code(), "say": say}
    return _template().render(**words)


def _named(plan: Plan, agreement: str) -> dict[str, object]:
    rows = plan.agreements.set_index("agreement", drop=False)
    if agreement in rows.index:
        return {name: None if absent(value) else value for name, value in rows.loc[agreement].to_dict().items()}
    if rows.empty:
        raise UsageError("This plan has no agreements yet: agreements.csv is empty or missing. For an empty form, leave out {found}.", found=agreement)
    same = [one for one in rows.index if re.sub(r"(?<!\d)0+", "", one).lower() == re.sub(r"(?<!\d)0+", "", agreement).lower()]
    close = same[0] if same else nearest(agreement, list(rows.index))
    if close:
        raise UsageError("There is no agreement {found} in agreements.csv. Did you mean {close}, “{name}”?", found=agreement, close=close, name=rows.loc[close, "name"])
    raise UsageError("There is no agreement {found} in agreements.csv. Allowed: {ids}.", found=agreement, ids=", ".join(rows.index))


def _rows(plan: Plan, found: dict[str, object]) -> list[Row]:
    """What stands in the form, row by row."""
    post = plan.roles.set_index("role")["name"].get(found.get("owner"))
    service = plan.services.set_index("service")["name"].get(found.get("service"))
    end, start = found.get("end"), found.get("start")
    ends = [say("On {day}.", day=day(end))] if end is not None else []
    ends += [str(found["ending"])] if found.get("ending") else []
    rows = [
        Row(say("Shared aim"), (found.get("aim"),)), Row(say("Expects"), (found.get("library_expects"), found.get("partner_expects")), 2),
        Row(say("Gives"), (found.get("library_gives"), found.get("partner_gives")), 2), Row(say("Success means"), (found.get("success"), found.get("partner_success")), 2),
        Row(say("Measured by"), (_measured(plan, found.get("kpi")),)), Row(say("Looked after by"), (post, found.get("partner_post"))),
        Row(say("How both sides talk"), (found.get("contact"),)),
        Row(say("Begins"), (day(start) if start is not None else None,)), Row(say("Next review"), (day(found["review"]) if found.get("review") is not None else None,)),
        Row(say("How it ends"), (" ".join(ends) or None,)),
    ]
    return [*([Row(say("Supports"), (service,))] if service else []), *rows]


def _measured(plan: Plan, kpi: object) -> str | None:
    """The KPI of an agreement in words, with its baseline and its target."""
    known = plan.kpis.set_index("kpi")
    if kpi not in known.index:
        return None
    row = known.loc[kpi].to_dict()
    band = between(row["target_low"], row["target_high"], lambda value: figure(value, row["unit"]))
    goal = band or (None if absent(row["target"]) else figure(row["target"], row["unit"]))
    parts = [] if absent(row["baseline"]) else [say("it was {value} in {period}", value=figure(row["baseline"], row["unit"]), period=period(row["baseline_period"])) if not absent(row["baseline_period"])
                                                else say("it was {value}", value=figure(row["baseline"], row["unit"]))]
    parts += [say("no target is set")] if goal is None else [say("the target is {goal} by {day}", goal=goal, day=day(row["due"])) if not absent(row["due"]) else say("the target is {goal}", goal=goal)]
    return say("{name} ({unit}): {parts}.", name=row["name"], unit=row["unit"], parts=listed(parts))


def _tasks(plan: Plan, agreement: str) -> list[dict[str, str | None]]:
    """The tasks of an agreement as they stand in the form; empty lines where there are none."""
    own = plan.agreement_tasks[plan.agreement_tasks["agreement"] == agreement].sort_values(["due", "task"], na_position="last")
    posts = plan.roles.set_index("role")["name"]
    made = []
    for row in own.to_dict("records"):
        due = say("done on {day}", day=day(row["done"])) if not absent(row["done"]) else None if absent(row["due"]) else day(row["due"])
        role = posts.get(row["responsible"]) or (say("the partner") if row["done_by"] == "partner" else None)
        made.append({"task": row["name"], "by": say(row["done_by"]), "responsible": role, "accountable": posts.get(row["accountable"]),
                     "consulted": "–" if absent(row["consulted"]) else row["consulted"], "informed": "–" if absent(row["informed"]) else row["informed"], "due": due or "–"})
    return made or [dict.fromkeys(COLUMNS)] * (3 if agreement else BLANK_TASKS)


def _fitted(rows: list[Row], tasks: list[dict[str, str | None]], room: float) -> tuple[list[Row], list[dict[str, str | None]], float, bool]:
    """Rows and tasks that fit into the room of a page, in mm, the size of type in points, and whether a text was cut.

    The type gets smaller first; then what is said of tasks is cut, and only then texts are cut and tasks left out.
    """
    for size, most, most_of_task, number in STEPS:
        short = [Row(row.title, tuple(_cut(text, most) for text in row.texts), row.lines) for row in rows]
        shown = [{name: _cut(text, most_of_task) for name, text in task.items()} for task in tasks[:number]]
        if _height(short, shown, size) <= room:
            break
    cut = short != rows or shown != tasks[:number]
    return _spread(short, shown, size, room), shown, size, cut


def _spread(rows: list[Row], tasks: list[dict[str, str | None]], size: float, room: float) -> list[Row]:
    """The rows with more lines to write on, as long as the page has room for them."""
    made = list(rows)
    for most in (2, 3, 4):
        for place, row in enumerate(made):
            more = [*made[:place], Row(row.title, row.texts, row.lines + 1), *made[place + 1:]]
            if None in row.texts and row.lines < most - (len(row.texts) == 1) and _height(more, tasks, size) <= room:
                made = more
    return made


def _cut(text: str | None, most: int) -> str | None:
    if text is None or len(text) <= most:
        return text
    short = text[: most - 1]
    return (short.rpartition(" ")[0] if " " in short[-20:] else short).rstrip(" .,;…") + " …"


def _height(rows: list[Row], tasks: list[dict[str, str | None]], size: float) -> float:
    """How high rows and tasks are at a size of type, in mm, rather too much than too little."""
    own = (_text(row.title, NARROW, size) for row in rows)
    one = sum(max(title, *(_text(text, (WIDTH - NARROW) / len(row.texts), size, row.lines) for text in row.texts)) + PADDING for title, row in zip(own, rows))
    return one + sum(max(_text(text, WIDTH * part, size - 0.5) for text, part in zip(task.values(), COLUMNS.values())) + PADDING for task in tasks)


def _text(text: str | None, width: float, size: float, lines: int = 1) -> float:
    """How high a text is in a cell of this width; a text that is not there is as high as the lines to write it on."""
    if text is None:
        return BY_HAND * lines
    room, at, found = (width - 2.8) / (size * POINT), 0.0, 1
    for word in text.split():
        broad = sum(_broad(letter) for letter in word)
        if at and at + broad + SMALL / 2 > room:
            found, at = found + 1, 0.0
        found += int(broad // room)
        at += broad % room + SMALL / 2
    return found * size * POINT * LINE


def _broad(letter: str) -> float:
    """How broad a letter is, of the size of the type."""
    if unicodedata.east_asian_width(letter) in "WF":
        return BROAD
    return next((width for letters, width in WIDTHS if letter in letters), CAPITAL if letter.isupper() else SMALL)


@cache
def _template():
    text = (files(__package__) / "template" / "agreement.html.j2").read_text(encoding="utf-8")
    return Environment(autoescape=True).from_string(text)
