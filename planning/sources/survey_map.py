"""The mapping of a survey's export: what each column becomes, as a TOML file that people read, correct and keep."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path

from planning.model.arrival import EVIDENCE
from planning.model.errors import PlanningError, nearest
from planning.model.files import text_of
from planning.model.schema import tables
from planning.sources.survey_words import plain

FILE = "survey_map.toml"
KEYS = {
    "respondent": (), "date": ("order",), "nothing": ("personal",), "comment": ("service", "channel"), "segment": ("words", "missing"),
    "service": ("words", "missing"), "trait": ("trait", "words", "missing"),
    "question": ("text", "question", "scale", "topic", "service", "before", "steps", "ordered", "good", "words", "reversed", "missing"),
    "option": ("text", "block", "service", "words", "missing"), "options": ("block", "service", "split", "options", "rest", "missing"),
}
SCALES = ("agree 1-5", "recommend 0-10", "yes no", "steps")
REACH = {"agree 1-5": (1, 5), "recommend 0-10": (0, 10), "yes no": (0, 1), "steps": (1, 10)}
GROUPS = ("patrons", "leadership", "staff", "partners")
CHOICES = {"scale": SCALES, "order": ("month first", "day first"), "rest": ("leave out",),
           **{name: tuple(next(one.choices for one in tables()[table].fields if one.name == name)) for table, name in (("questions", "topic"), ("feedback", "channel"))}}
HEAD = """# What each column becomes. Look through it, correct it, and give it with --mapping.
# becomes is one of: question, option (one ticked answer), options (several in one cell), trait (a group such
# as an age band), segment, service (that comments are about), comment, date, respondent (a number of the answer, which is not kept), nothing.
# An empty text that a remark asks about has to be filled in. Lines that begin with # are remarks.
"""


@dataclass(frozen=True)
class Column:
    """What one column becomes: its heading, its kind, the settings of that kind, and why it was proposed so."""

    heading: str
    becomes: str
    text: str = ""
    question: str = ""
    scale: str = ""
    topic: str = ""
    service: str = ""
    before: str = ""
    block: str = ""
    trait: str = ""
    order: str = ""
    split: str = ""
    channel: str = ""
    rest: str = ""
    steps: tuple[str, ...] = ()
    ordered: bool = True
    good: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    words: Mapping[str, object] = field(default_factory=dict)
    reversed: bool = False
    missing: tuple[str, ...] = ()
    personal: bool = False
    why: str = field(default="", compare=False)
    seen: str = field(default="", compare=False)

    @property
    def asks(self) -> str:
        """What a person has to decide before the column can be brought in; empty when nothing is open."""
        if self.becomes == "question" and not self.scale:
            return f"scale: one of {', '.join(SCALES)}"
        if self.becomes == "question" and self.scale == "steps" and not self.ordered:
            return "steps: put them in order, lowest first, name in good those that count as good, then write ordered = true; once is enough for the same words"
        return "order: month first or day first" if self.becomes == "date" and not self.order else ""


@dataclass(frozen=True)
class Form:
    """The columns of one form of export, whom it asked, and the surveys that were brought in through it last."""

    columns: tuple[Column, ...]
    group: str = ""
    file: str = ""
    surveys: tuple[str, ...] = ()

    @property
    def form(self) -> frozenset[str]:
        """The headings in the one form in which they are compared."""
        return frozenset(plain(column.heading) for column in self.columns)

    def of(self, *kinds: str) -> list[Column]:
        """The columns that become one of these kinds."""
        return [column for column in self.columns if column.becomes in kinds]


def text(forms: Iterable[Form], *, head: str = HEAD) -> str:
    """Forms as the TOML in which they are proposed and kept.

    >>> print(text([Form((Column("Branch", "trait", trait="Branch"),), "patrons", "a.csv")], head=""), end="")
    [[form]]
    file = "a.csv"
    group = "patrons"
    <BLANKLINE>
    [[form.column]]
    heading = "Branch"
    becomes = "trait"
    trait = "Branch"
    <BLANKLINE>
    """
    return head + "\n".join(_form_text(form) for form in forms)


def _form_text(form: Form) -> str:
    ask = "" if form.group else f"  # fill in: {', '.join(GROUPS)}"
    lines = ["[[form]]", f"file = {_toml(form.file)}", f"group = {_toml(form.group)}{ask}", *([f"surveys = {_toml(form.surveys)}"] if form.surveys else []), ""]
    for column in form.columns:
        lines += ["[[form.column]]", *(f"# {line}" for line in (column.why, column.seen and f"seen: {column.seen}", column.asks and f"OPEN: {column.asks}") if line)]
        lines += [f"heading = {_toml(column.heading)}", f"becomes = {_toml(column.becomes)}", *_settings(column), ""]
    return "\n".join(lines) + "\n"


def _settings(column: Column) -> list[str]:
    empty = Column("", "")
    always = {"question": ("text", "scale"), "trait": ("trait",), "date": ("order",), "option": ("text", "block"), "options": ("block", "split", "options")}
    shown = {*always.get(column.becomes, ()), *(("good",) if column.scale == "steps" else ())}
    return [f"{key} = {_toml(getattr(column, key))}" for key in KEYS[column.becomes] if key in shown or getattr(column, key) != getattr(empty, key)]


def _toml(value: object) -> str:
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{_toml(str(key))} = {_toml(one)}" for key, one in value.items()) + " }"
    if isinstance(value, tuple | list):
        return "[" + ", ".join(map(_toml, value)) + "]"
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def kept(folder: Path) -> list[Form]:
    """The forms kept in a plan's evidence; none where nothing was brought in yet."""
    place = folder / EVIDENCE / FILE
    return read(place) if place.exists() else []


def read(path: Path) -> list[Form]:
    """The forms of a mapping; raises PlanningError with every line that is wrong, and with what would be right."""
    found, problems = text_of(path, "Save it as plain text in UTF-8.")
    if problems:
        raise PlanningError("{problem}", problem=problems[0].sentence())
    try:
        told = tomllib.loads(found)
    except tomllib.TOMLDecodeError as error:
        raise PlanningError("{file} cannot be read ({error}). Write texts in quotation marks, and lists in brackets with commas.",
                            file=path.name, error=error) from error
    wrong = [_unknown(path.name, key, ("form",)) for key in told if key != "form"]
    blocks = told.get("form")
    if not isinstance(blocks, list) or not blocks or not all(isinstance(one, dict) and isinstance(one.get("column"), list) for one in blocks):
        raise PlanningError("{file} is not a mapping of a survey: it has no [[form]] with [[form.column]]. "
                            "Give the file that planning import survey proposed.", file=path.name)
    forms = [_form(path.name, block, wrong) for block in blocks]
    if wrong:
        raise PlanningError("The mapping has lines that cannot be followed; nothing was brought in:\n{lines}", lines="\n".join(f"  {line}" for line in wrong[:30]))
    return [replace(form, columns=_same_order(form.columns, [one for other in forms for one in other.columns])) for form in forms]


def _form(file: str, block: Mapping[str, object], wrong: list[str]) -> Form:
    wrong += [_unknown(file, key, ("file", "group", "surveys", "column")) for key in block if key not in ("file", "group", "surveys", "column")]
    group = str(block.get("group", ""))
    if group and group not in GROUPS:
        wrong.append(f"{file}, group: found {group}. {_allowed(group, GROUPS)}")
    return Form(tuple(_column(file, one, wrong) for one in block["column"]), group, str(block.get("file", "")), tuple(map(str, block.get("surveys", ()))))


def _column(file: str, block: object, wrong: list[str]) -> Column:
    block = block if isinstance(block, dict) else {}
    heading, becomes = str(block.get("heading", "")), str(block.get("becomes", ""))
    where = f"{file}, column {heading or '(without a heading)'}"
    if not heading or becomes not in KEYS:
        wrong.append(f"{where}: found becomes = {becomes!r}. {_allowed(becomes, KEYS)}" if heading else f"{where}: found no heading. Write it as it stands in the export.")
        return Column(heading, "nothing")
    known, given = ("heading", "becomes", *KEYS[becomes]), {}
    types = {one.name: type(one.default) for one in fields(Column)} | {"words": dict}
    for key, value in block.items():
        value = tuple(map(str, value)) if isinstance(value, list) else value
        if key not in known:
            wrong.append(_unknown(where, key, known))
        elif key not in ("heading", "becomes") and not isinstance(value, types[key]):
            wrong.append(f"{where}, {key}: found {value!r}. Allowed: {WRITTEN[types[key]]}.")
        elif key in CHOICES and value and value not in CHOICES[key]:
            wrong.append(f"{where}, {key}: found {value}. {_allowed(str(value), CHOICES[key])}")
        else:
            given[key] = value
    column = Column(**given | {"heading": heading})
    wrong += [f"{where}: {one}" for one in _contrary(column)]
    return column


WRITTEN = {str: "a text in quotation marks", bool: "true or false", tuple: "a list of texts in brackets", dict: 'words and what they mean, such as { "Agree" = 4 }'}


def _contrary(column: Column) -> list[str]:
    """What in a column's settings cannot go together."""
    found = []
    low, high = (1, len(column.steps)) if column.scale == "steps" else REACH.get(column.scale, (0, 1))
    for word, code in column.words.items() if column.becomes == "option" or column.scale else ():
        if not isinstance(code, int) or isinstance(code, bool) or not low <= code <= high:
            found.append(f"words, {word}: found the code {code!r}. Allowed: a whole number from {low} to {high}, the reach of {column.scale or 'a tick'}.")
    if column.becomes == "question" and column.scale == "steps" and not 2 <= len(column.steps) <= 10:
        found.append(f"steps: found {len(column.steps)}. Allowed: 2 to 10 steps, lowest first.")
    if len(set(map(plain, column.steps))) < len(column.steps):
        found.append("steps: found a step twice. Keep it once.")
    strange = [one for one in column.good if plain(one) not in set(map(plain, column.steps))]
    found += [f"good: found {one}. {_allowed(one, column.steps)}" for one in strange if column.scale == "steps"]
    return found + (["options: found none. Name the answers that could be ticked."] if column.becomes == "options" and not column.options else [])


def _unknown(where: str, key: str, known: Iterable[str]) -> str:
    return f"{where}: found {key}, which no mapping has here. {_allowed(key, known)}"


def _allowed(found: str, known: Iterable[str]) -> str:
    names = list(known)
    close = nearest(found, names) if found else None
    return f"Did you mean {close}?" if close else f"Allowed: {', '.join(names)}."


def _same_order(columns: tuple[Column, ...], others: list[Column]) -> tuple[Column, ...]:
    """The columns, where steps that were put in order once are in order wherever the same words stand."""
    done = [other for other in others if other.scale == "steps" and other.ordered]
    found = []
    for column in columns:
        mine = set(map(plain, column.steps)) if column.scale == "steps" and column.asks else set()
        like = next((other for other in done if mine and set(map(plain, other.steps)) >= mine), None)
        found.append(replace(column, steps=like.steps, good=column.good or like.good, ordered=True) if like else column)
    return tuple(found)
