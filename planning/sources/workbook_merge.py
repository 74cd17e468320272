"""A table that was edited in a workbook brought together with what became of it in the plan meanwhile."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from planning.model.cells import meant
from planning.model.errors import Problem, Words
from planning.model.schema import Table
from planning.model.sheet import Sheet
from planning.sources.workbook_state import fingerprint, key


@dataclass
class Merge:
    """The table as it should be, with each row's number in the workbook (0 for one that stands in the plan alone).

    `conflicts` are problems of rows that were changed on both sides; `kept` counts rows that the plan alone changed.
    """

    sheet: Sheet
    conflicts: list[Problem] = field(default_factory=list)
    kept: int = 0


def merged(table: Table, was: Mapping[tuple[str, ...], str], now: Sheet, given: Sheet, lacking: Sequence[str] = ()) -> Merge:
    """The plan's table `now` with the workbook's rows `given`, row by row by key.

    `was` are the rows' fingerprints at the export. A row that only one side has changed, added or
    removed is taken from that side; the same change on both is no conflict. Columns that the workbook
    is `lacking` are as the plan has them. A cell whose meaning is unchanged keeps the plan's writing.
    """
    here = {key(table, row): row for row in now.rows}
    there = {key(table, row): (number, row) for number, row in zip(given.numbers, given.rows)}
    found = Merge(Sheet(table))
    for one in [*here, *(other for other in there if other not in here)]:
        number, row = there.get(one, (0, None))
        mine = here.get(one)
        theirs = row and _in_writing_of(table, mine or {}, {name: (mine or {}).get(name, "") for name in lacking} | row)
        before, ours, edited = was.get(one), mine and fingerprint(table, mine), theirs and fingerprint(table, theirs)
        if ours != edited and before not in (ours, edited):
            found.conflicts.append(_conflict(table, one, number, removed=theirs is None))
        stays = ours == edited or edited == before
        found.kept += stays and ours != edited
        taken = mine if stays else theirs
        if taken is not None:
            found.sheet.rows.append(taken)
            found.sheet.numbers.append(number)
    return found


def _in_writing_of(table: Table, mine: Mapping[str, str], row: Mapping[str, str]) -> dict[str, str]:
    """The row, with each cell as the plan writes it wherever both mean the same."""
    return {one.name: mine[one.name] if one.name in mine and meant(one, mine[one.name]) == meant(one, row.get(one.name, "")) else row.get(one.name, "")
            for one in table.fields}


def _conflict(table: Table, one: tuple[str, ...], number: int, *, removed: bool) -> Problem:
    named = ", ".join(part for part in one if part)
    found = (Words("{row} was removed here, and changed in the plan since the export", row=named) if removed else
             Words("{row} was changed here, and otherwise in the plan since the export", row=named))
    return Problem(Words("sheet {sheet}", sheet=table.name), number or None, None, found, "a row changed on one side only",
                   "Write the workbook anew with planning export workbook, and make the change in that one.")
