"""Ready-made agendas of a planning workshop: what a facilitator does minute by minute, for a step or for a whole path.

The texts stand in `catalogues/agenda/`: one file of items a step, one for what frames a day, and `paths.toml`,
which puts items into an order. They belong to the suite, not to a plan.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from planning.model.errors import UsageError, nearest

KINDS = ("welcome", "look", "vote alone", "see the spread", "talk", "vote again", "decide", "break", "close")


@dataclass(frozen=True)
class Item:
    """One entry of an agenda.

    `least` is what its minutes can be brought down to (0: it may be left out); `does` is what the facilitator does, `says` what
    may be read aloud; `section` is a heading of the step's notebook; `form` is the ballot, `table` the plan's table whose rows are
    voted on, `into` the table that the votes can be adopted into; `needs` are the tables without which the item has nothing to
    show; `round` binds a vote to its talk; `waits` says that this round may be put off to another day.
    """

    id: str
    step: int
    kind: str
    minutes: int
    least: int
    title: str
    does: tuple[str, ...] = ()
    says: tuple[str, ...] = ()
    section: str = ""
    form: str = ""
    table: str = ""
    into: str = ""
    needs: tuple[str, ...] = ()
    materials: tuple[str, ...] = ()
    room: str = ""
    decide: str = ""
    who: str = ""
    before: tuple[str, ...] = ()
    late: str = ""
    include: tuple[str, ...] = ()
    round: str = ""
    waits: bool = False


@dataclass(frozen=True)
class Part:
    """One meeting of a path: its name (empty where the path has one meeting only), its items, and the homework after it."""

    name: str
    items: tuple[Item, ...]
    homework: tuple[str, ...] = ()

    @property
    def minutes(self) -> int:
        return sum(item.minutes for item in self.items)


@dataclass(frozen=True)
class Path:
    """A way through the steps: what it is for, what it leaves for reading, and its meetings."""

    path: str
    name: str
    what: str
    left: str
    parts: tuple[Part, ...]

    @property
    def minutes(self) -> int:
        return sum(part.minutes for part in self.parts)

    @property
    def steps(self) -> list[int]:
        """The steps that the path takes up, in their order."""
        return sorted({item.step for item in items(self)} - {0})


def paths() -> list[Path]:
    """Every path: half a day, a full day, four meetings, and each step alone.

    >>> [path.path for path in paths()][:3], paths()[0].minutes
    (['half-day', 'full-day', 'four-meetings'], 210)
    """
    return [_path(row) for row in _document("paths")["path"]]


def path(name: str) -> Path:
    """One path by its name; raises UsageError for another name, with the nearest one.

    >>> path("step-3").steps
    [3]
    """
    known = {one.path: one for one in paths()}
    if name in known:
        return known[name]
    if close := nearest(name, list(known)):
        raise UsageError("There is no path {found} through the steps. Did you mean {close}?", found=name, close=close)
    raise UsageError("There is no path {found} through the steps. Allowed: {names}.", found=name, names=", ".join(known))


def items(chosen: Path) -> list[Item]:
    """The items of all meetings of a path, in their order."""
    return [item for part in chosen.parts for item in part.items]


def forms() -> Mapping[str, Mapping[str, object]]:
    """Each form of ballot: its `name` in words, and its `pace`, how many options a person manages in a minute (a rule of thumb)."""
    return MappingProxyType(_document("0_frame")["forms"])


def bring() -> Mapping[str, str]:
    """What to bring first, by the table that is empty."""
    return MappingProxyType(_document("0_frame")["bring"])


def usual(kind: str) -> Mapping[str, object]:
    """What holds for every item of a kind: its `materials`, its `room`, and how everybody can take part (`include`)."""
    return MappingProxyType(_document("0_frame")["kinds"][kind])


def words(kind: str) -> Mapping[str, str]:
    """Words that differ by the kind of library: who the guests of a workshop are."""
    return MappingProxyType(_document("0_frame")["words"][kind])


def _path(row: dict) -> Path:
    return Path(row["path"], row["name"], row["what"], row["left"], tuple(_part(part) for part in row["part"]))


def _part(row: dict) -> Part:
    waits = row.get("waits", [])
    return Part(row.get("name", ""), tuple(_timed(line, waits) for line in row["items"]), tuple(row.get("homework", ())))


def _timed(line: str, waits: list[str]) -> Item:
    """The item that a line of a path names, with the minutes that it has there."""
    name, _, minutes = line.partition(" ")
    item = _items()[name]
    given = int(minutes or item.minutes)
    return replace(item, minutes=given, least=min(item.least, given), waits=bool(item.round) and item.round in waits)


@cache
def _items() -> dict[str, Item]:
    """Every item by its id, with what holds for all items of its kind."""
    names = sorted(file.name.removesuffix(".toml") for file in files(__package__).joinpath("catalogues", "agenda").iterdir() if file.name[0].isdigit())
    return {row["id"]: _item(row, int(name[0])) for name in names for row in _document(name)["item"]}


def _item(row: dict, step: int) -> Item:
    common = usual(row["kind"])
    own = {name: tuple(row.get(name, ())) for name in ("needs", "before")}
    needs = dict.fromkeys([*([row["table"]] if row.get("table") else []), *own["needs"]])
    return Item(row["id"], step, row["kind"], row["minutes"], row["least"], row["title"], tuple(row["do"]), tuple(row.get("say", ())),
                **{name: row.get(name, "") for name in ("section", "form", "table", "into", "decide", "who", "late", "round")},
                needs=tuple(needs), materials=tuple(dict.fromkeys([*common["materials"], *row.get("materials", [])])), room=row.get("room", common["room"]),
                before=own["before"], include=tuple(text for text in (row.get("include", ""), common["include"]) if text))


@cache
def _document(name: str) -> dict:
    return tomllib.loads((files(__package__) / "catalogues" / "agenda" / f"{name}.toml").read_text(encoding="utf-8"))
