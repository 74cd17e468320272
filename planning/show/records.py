"""What a page is made of: findings, charts and tables, each with all that a reader needs to trust it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

import pandas as pd

if TYPE_CHECKING:
    from matplotlib.figure import Figure

Tone = Literal["good", "bad", "plain", "unknown"]
Grade = Literal["counted", "estimated", "associated", "told"]
Form = Literal["text", "id", "number", "whole", "share", "money", "signed", "day", "period", "points"]


@dataclass(frozen=True)
class Finding:
    """A sentence computed from data.

    `tone`: good news, bad news, plain, or unknown where data are missing.
    `grade` of the evidence: counted, estimated (with an interval), associated, or told (a story).
    `rests_on`: the tables that it was computed from.
    `conflict`: true when nothing more can be worked out from these tables alone until it is settled.
    """

    text: str
    tone: Tone = "plain"
    grade: Grade = "counted"
    rests_on: tuple[str, ...] = ()
    conflict: bool = False


@dataclass(frozen=True)
class Column:
    """How one column of a result is shown."""

    name: str
    title: str
    form: Form = "text"
    digits: int | None = None


@dataclass(frozen=True)
class Table:
    """A table ready to be shown: rows, columns with headings and forms, caption and note.

    `name` is the file name of its result; `most` rows are shown, the others are in the file.
    """

    name: str
    rows: pd.DataFrame
    columns: tuple[Column, ...]
    caption: str
    note: str = ""
    most: int = 25


@dataclass(frozen=True)
class Chart:
    """A chart ready to be shown: its stated finding is its title; the rest stands under it.

    `alt` says in words what the picture shows, with its main numbers; `unit` what is measured;
    `basis` how many cases it rests on; `table` the numbers behind it.
    """

    figure: Figure = field(repr=False)
    finding: Finding
    alt: str
    unit: str
    basis: str
    table: Table

    @property
    def name(self) -> str:
        return self.table.name
