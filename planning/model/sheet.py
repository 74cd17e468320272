"""One table of a plan as it stands in its file: text, with the rows as a spreadsheet numbers them."""

from __future__ import annotations

from dataclasses import dataclass, field

from planning.model import schema


@dataclass
class Sheet:
    """One table as text: rows by column name, each with its spreadsheet row."""

    table: schema.Table
    rows: list[dict[str, str]] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)

    def values(self, column: str) -> set[str]:
        return {row[column] for row in self.rows if row.get(column)}
