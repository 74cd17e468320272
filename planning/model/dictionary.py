"""The data dictionary: every table and column of a plan in words, made from the schema."""

from __future__ import annotations

from planning.model import schema
from planning.model.cells import allowed

STEP_NAMES = {1: "Needs assessment", 2: "Service design", 3: "Partnerships", 4: "Evaluation", 5: "Flexibility", 6: "Resources", 7: "Communication"}

INTRODUCTION = """# Data dictionary

A plan is a folder: `plan.toml` with the facts that are true of the whole plan, and one CSV file a
table. Every table is optional; a page that misses one says what it would add. Files are saved as
"CSV UTF-8 (comma delimited)". Ids are text without spaces, such as `G1` or `S03`. Shares run from 0
to 1, dates are written 2026-06-30, amounts are numbers in the plan's currency. A cell that is not
known stays empty: missing is not zero.

This page is made from the schema in `planning/model/schema/`; `planning check DIR` holds a plan to it.
"""


def text() -> str:
    """The data dictionary as Markdown."""
    parts = [INTRODUCTION, _section(schema.facts(), "plan.toml")]
    step = 0
    for table in schema.tables().values():
        if table.step != step:
            step = table.step
            parts.append(f"# Step {step}: {STEP_NAMES[step]}\n")
        parts.append(_section(table, table.file))
    return "\n".join(parts)


def _section(table: schema.Table, file: str) -> str:
    lines = [f"## `{file}` – {table.title}", "", table.description, ""]
    if table.key:
        lines += ["One row for each " + " and ".join(f"`{name}`" for name in table.key) + f". It adds {table.adds}.", ""]
    lines += ["| Column | What it holds | Allowed | Unit | Example |", "|---|---|---|---|---|"]
    return "\n".join([*lines, *(_line(field) for field in table.fields), ""])


def _line(field: schema.Field) -> str:
    must = " **Required.**" if field.required else ""
    refers = f"an id in `{field.refers}.csv`" if field.refers else allowed(field)
    usual = f" If left out: {str(field.default).lower()}." if field.default is not None else ""
    cells = [f"`{field.name}`", field.description + must + usual, refers, field.unit, f"`{field.example}`" if field.example else ""]
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"
