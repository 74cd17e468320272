"""Which survey of the plan each export is, and its row in surveys.csv."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import pandas as pd

from planning.model.errors import PlanningError, UsageError, nearest
from planning.model.plan import Plan
from planning.sources import survey_rows as rows
from planning.sources.survey_map import Form
from planning.sources.survey_rows import Part, State
from planning.sources.survey_words import plain

COLUMNS = ["survey", "name", "group", "start", "end", "people", "invited", "chosen", "mode"]
CHOSEN = ("everyone", "chance", "open")
MODE = "online"
NO_SURVEY = "feedback"
"""What exports go by that hold comments only: they make no survey."""
ID = re.compile(r"[A-Za-z]{1,4}\d+")


@dataclass(frozen=True)
class About:
    """What is told of the surveys by the command: their ids or names, and how many people, how many invited, and how chosen."""

    surveys: Sequence[str] = ()
    people: int | None = None
    invited: int | None = None
    chosen: str = ""


@dataclass
class Batch:
    """The exports of one survey: its id, its name, and whether it stands in the plan or came before."""

    survey: str
    name: str
    parts: list[Part] = field(default_factory=list)
    known: bool = False


def batches(plan: Plan, parts: list[Part], about: About, held: State, kept: list[Form], new: Iterator[str]) -> list[Batch]:
    """The surveys of the exports: as named, or the one that the export has grown from, or a new one for each file.

    Raises UsageError for options that do not fit together, PlanningError when one export holds the answers of another.
    """
    wanted = list(about.surveys)
    if len(wanted) not in (0, 1, len(parts)):
        raise UsageError("--survey is given {n} times for {files} files. Give it once for all files, or once for each, in their order.",
                         n=len(wanted), files=len(parts))
    if about.chosen and about.chosen not in CHOSEN:
        close = nearest(about.chosen, list(CHOSEN))
        raise UsageError("--chosen {found}: {hint}", found=about.chosen, hint=f"did you mean {close}?" if close else f"write {', '.join(CHOSEN)}.")
    if not wanted:
        _refuse_grown(parts)
    found: dict[str, Batch] = {}
    for place, part in enumerate(parts):
        name = wanted[place % len(wanted)] if wanted else ""
        batch = _batch(plan, part, name, held, kept, new, list(found.values()))
        found.setdefault(batch.survey, batch).parts.append(part)
    if len(found) > 1 and (about.people or about.invited):
        raise UsageError("--people and --invited belong to one survey, and these files are {n}. Bring them in one at a time, or fill in surveys.csv.", n=len(found))
    return list(found.values())


def _refuse_grown(parts: list[Part]) -> None:
    for place, part in enumerate(parts):
        for other in parts[place + 1:]:
            small, large = sorted((part, other), key=lambda one: len(one.answered))
            mine, more = small.marks(), large.marks()
            if part.export.form == other.export.form and mine and sum(mark in more for mark in mine) >= rows.SAME * len(mine):
                raise PlanningError("{large} holds answers of {small} again: they seem to be the same survey, exported twice. Give the newer file only, "
                                    "or name the surveys with --survey.", large=large.export.name, small=small.export.name)


def _batch(plan: Plan, part: Part, wanted: str, held: State, kept: list[Form], new: Iterator[str], begun: list[Batch]) -> Batch:
    if not part.answered:
        return Batch(NO_SURVEY, "")
    names = dict(zip(plan.surveys["survey"], plan.surveys["name"])) | {batch.survey: batch.name for batch in begun}
    if not wanted:
        same = rows.same_survey([part], held, kept)
        return Batch(same, names.get(same) or _name(part), known=True) if same else Batch(next(new), _name(part))
    id = wanted if wanted in names or wanted in held.rows else next((id for id, name in names.items() if plain(str(name)) == plain(wanted)), "")
    if id:
        return Batch(id, names.get(id) or _name(part), known=True)
    return Batch(wanted, _name(part)) if ID.fullmatch(wanted) else Batch(next(new), wanted)


def _name(part: Part) -> str:
    """A name from the file and the months of its answers."""
    months = sorted({row.day.isoformat()[:7] for row in part.rows})
    span = months[0] if len(months) == 1 else f"{months[0]} to {months[-1]}" if months else ""
    stem = " ".join(re.sub(r"[_-]+", " ", part.export.path.stem).split()) or part.export.name
    return f"{stem} ({span})" if span else stem


def frame(plan: Plan, found: list[Batch], about: About) -> pd.DataFrame:
    """The rows of surveys.csv: what stands there stays; days are widened, and options fill in what they name."""
    held = {row["survey"]: row for row in plan.surveys[COLUMNS].to_dict("records")}
    made = []
    for batch in (one for one in found if one.survey != NO_SURVEY):
        group = batch.parts[0].form.group
        row = {key: None if pd.isna(value) else value for key, value in held.get(batch.survey, {}).items()}
        if row and row["group"] != group:
            raise PlanningError("The survey {survey} asked {group}, and this import says {other}. Give another --survey, or --group {group}.",
                                survey=batch.survey, group=row["group"], other=group)
        days = [pd.Timestamp(row.day) for part in batch.parts for row in part.rows]
        row = {"survey": batch.survey, "name": batch.name, "group": group, "mode": MODE if any(_timed(part) for part in batch.parts) else None} | row
        row["start"], row["end"] = min([*days, *filter(None, [row.get("start")])]), max([*days, *filter(None, [row.get("end")])])
        given = {"people": about.people, "invited": about.invited, "chosen": about.chosen}
        made.append(row | {key: value for key, value in given.items() if value})
    return pd.DataFrame(made, columns=COLUMNS)


def _timed(part: Part) -> bool:
    """Whether the export tells the time of day of answers, which only a form on a screen does."""
    return any(":" in cell for column in part.form.of("date") for cell in part.export.cells(column.heading))
