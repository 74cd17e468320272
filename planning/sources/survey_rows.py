"""Which respondent of the plan a row of an export is: numbers that cannot be traced, and stay when the export grows."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from planning.model.arrival import EVIDENCE
from planning.model.errors import PlanningError
from planning.model.files import csv_text
from planning.model.plan import Plan
from planning.sources import survey_dates as dates
from planning.sources.survey_codes import Row
from planning.sources.survey_headings import Export
from planning.sources.survey_map import Form
from planning.sources.survey_words import nothing, plain

FILE = "survey_rows.csv"
COMMENTS = "survey_comments.csv"
SAME = 0.5
"""Share of a survey's earlier rows that have to stand in an export for it to be taken as the same survey, grown."""
WIDTHS = {"V": 3, "Q": 2, "F": 3, "SV": 1}


@dataclass
class State:
    """What earlier imports brought: respondents by survey with the mark of their row, and ids of feedback with the mark of the comment."""

    rows: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    comments: dict[str, list[tuple[str, str]]] = field(default_factory=dict)


@dataclass
class Part:
    """One export with its mapping, the mapping through which its survey came last, its rows, and the mark of each row by number."""

    export: Export
    form: Form
    rows: list[Row]
    date: dt.date | None = None

    @property
    def answered(self) -> list[Row]:
        return [row for row in self.rows if row.codes]

    def marks(self, form: Form | None = None) -> list[str]:
        """The mark of each row that has an answer: of its day and its answers as they were written, which the plan holds anyway."""
        form = form or self.form
        asked = [plain(column.heading) for column in form.of("question", "option", "options")]
        when = next((column for column in form.of("date")), None)
        places = {plain(heading): place for place, heading in enumerate(self.export.headings)}
        cells = dict(self.export.rows)
        found = []
        for row in self.answered:
            day = dates.day(cells[row.number][places[plain(when.heading)]], when.order) if when else None
            basis = "\n".join([str(day or self.date), *(plain(cells[row.number][places[one]]) for one in asked)])
            found.append(hashlib.sha256(basis.encode()).hexdigest()[:16])
        return found

    def fits(self, form: Form) -> bool:
        """Whether every heading by which a form marks its rows is in the export."""
        return {plain(column.heading) for column in form.of("question", "option", "options", "date")} <= self.export.form


def fresh(prefix: str, taken: Iterable[str]) -> Iterator[str]:
    """Ids that go on from the highest one taken, as wide as those that are there.

    >>> ids = fresh("V", ["V001", "V042", "X9"])
    >>> next(ids), next(ids)
    ('V043', 'V044')
    """
    numbers = [found[1] for found in (re.fullmatch(rf"{prefix}(\d+)", str(one)) for one in taken) if found]
    width, last = max(map(len, numbers), default=WIDTHS[prefix]), max(map(int, numbers), default=0)
    while True:
        last += 1
        yield f"{prefix}{last:0{width}}"


def state(folder: Path) -> State:
    """What earlier imports brought into a plan."""
    return State(_read(folder / EVIDENCE / FILE, "respondent"), _read(folder / EVIDENCE / COMMENTS, "feedback"))


def _read(path: Path, id: str) -> dict[str, list[tuple[str, str]]]:
    if not path.exists():
        return {}
    rows = pd.read_csv(path, dtype="str", keep_default_na=False)
    if not {"survey", id, "mark"} <= set(rows.columns):
        raise PlanningError("evidence/{file} is not as planning import survey wrote it. Put back the file from your copies, "
                            "or remove it and bring the surveys in anew.", file=path.name)
    return {survey: list(zip(of["mark"], of[id])) for survey, of in rows.groupby("survey", sort=False)}


def texts(held: State) -> dict[str, str]:
    """The state as the two CSVs in which it is kept, by file."""
    return {file: csv_text(["survey", id, "mark"], [[survey, one, mark] for survey, pairs in sorted(by.items()) for mark, one in pairs])
            for file, id, by in ((FILE, "respondent", held.rows), (COMMENTS, "feedback", held.comments))}


def share_known(parts: list[Part], survey: str, held: State, kept: list[Form]) -> float:
    """The share of a survey's earlier rows that stand in the exports, 0 to 1."""
    earlier = [mark for mark, _ in held.rows.get(survey, [])]
    for mark in _marks(parts, survey, kept):
        if mark in earlier:
            earlier.remove(mark)
    many = len(held.rows.get(survey, []))
    return 1 - len(earlier) / many if many else 0.0


def _marks(parts: list[Part], survey: str, kept: list[Form]) -> list[str]:
    """The marks of all rows, each made as it was made when the survey came last."""
    found = []
    for part in parts:
        forms = [form for form in kept if survey in form.surveys and part.fits(form)]
        last = next((form for form in forms if form.form == part.export.form), next(iter(forms), None))
        found += part.marks(last)
    return found


def same_survey(parts: list[Part], held: State, kept: list[Form]) -> str:
    """The survey of which the exports hold at least half of the earlier rows, the one with most of them; empty when there is none."""
    shares = {survey: share_known(parts, survey, held, kept) for survey in held.rows}
    best = max(sorted(shares), key=lambda survey: shares[survey], default="")
    return best if best and shares[best] >= SAME else ""


def numbered(parts: list[Part], survey: str, held: State, kept: list[Form], new: Iterator[str], *, over: bool) -> tuple[list[str], list[str]]:
    """The respondent of each row with an answer, and the respondents whose rows are gone; the state is brought up to date.

    A row that came before keeps its number. Raises PlanningError, unless `over`, when earlier rows are gone or have changed.
    """
    earlier = held.rows.get(survey, [])
    pool: dict[str, list[str]] = {}
    for mark, respondent in earlier:
        pool.setdefault(mark, []).append(respondent)
    found = [pool[mark].pop(0) if pool.get(mark) else next(new) for mark in _marks(parts, survey, kept)]
    gone = [respondent for left in pool.values() for respondent in left]
    if gone and not over:
        files = " and ".join(part.export.name for part in parts)
        raise PlanningError("{files}: {n} of the {all} rows that were brought in for {survey} before are not there any more, or have changed. "
                            "Give all files of the survey together. If rows were corrected or taken back, add --replace: their answers as they were leave the plan. "
                            "If this is another survey, name it with --survey.",
                            files=files, n=len(gone), all=len(earlier), survey=survey)
    now = [mark for part in parts for mark in part.marks()]
    if now:
        held.rows[survey] = sorted(zip(now, found), key=lambda pair: (len(pair[1]), pair[1]))
    return found, gone


def comments(part: Part, survey: str, cleaned: Mapping[tuple[int, str], str], held: State, new: Iterator[str]) -> list[tuple[str, Row, str, str]]:
    """The comments that have not come before, each with a new id, its row, its heading and its text; the state is brought up to date.

    They stand in the order of their marks, so that their order does not tell whose answers stand beside them.
    """
    earlier = list(held.comments.get(survey, []))
    known = [mark for mark, _ in earlier]
    told = [(_mark(heading, row, cleaned[row.number, heading]), row, heading, cleaned[row.number, heading]) for row in part.rows for heading in row.comments]
    found = []
    for mark, row, heading, text in sorted(told, key=lambda one: (one[1].day, one[0])):
        if mark in known:
            known.remove(mark)
        elif not nothing(text):
            found.append((next(new), row, heading, text))
            earlier.append((mark, found[-1][0]))
    if earlier:
        held.comments[survey] = earlier
    return found


def _mark(heading: str, row: Row, text: str) -> str:
    return hashlib.sha256("\n".join([plain(heading), row.day.isoformat(), plain(text)]).encode()).hexdigest()[:16]


def taken(plan: Plan, held: State) -> dict[str, set[str]]:
    """Ids that are taken in the plan or were given by earlier imports, by the letters before their number."""
    given = {one for pairs in held.rows.values() for _, one in pairs}
    told = {one for pairs in held.comments.values() for _, one in pairs}
    return {"V": set(plan.answers["respondent"]) | set(plan.traits["respondent"]) | given, "F": set(plan.feedback["feedback"]) | told,
            "Q": set(plan.questions["question"]), "SV": set(plan.surveys["survey"]) | set(plan.answers["survey"].dropna()) | set(held.rows)}
