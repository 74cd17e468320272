"""A proposed mapping as a table that people read before they agree."""

from __future__ import annotations

import textwrap
from pathlib import Path

from planning.sources.survey import Reading
from planning.sources.survey_map import Column, Form

HEADING, KIND, WIDTH = 34, 11, 112


def table(found: Reading) -> str:
    """The proposed forms, a column a line: what it becomes, how, and why; then what is open."""
    blocks = [*found.changed, *(_form(form, sum(len(export.rows) for export in found.exports if export.form == form.form)) for form in found.proposed)]
    asks = [f"  {line}" for line in found.asks]
    asks += [f"  {form.file}: group, or give --group patrons, staff, leadership or partners" for form in found.proposed if not form.group]
    if asks:
        blocks.append("To be decided by you:\n" + "\n".join(asks))
    private = [column.heading for form in found.proposed for column in form.columns if column.personal]
    if private:
        blocks.append(f"Left out, since they may point to a person: {', '.join(dict.fromkeys(private))}. "
                      "The file itself then stays out of evidence/, unless --keep-file is given.")
    return "\n\n".join(blocks)


def whole(found: Reading, place: Path, command: str) -> str:
    """What is shown when a mapping has been proposed and written down: the table, and the ways to go on."""
    ways = [f"The proposal is in {place}. Look it through and correct it, then:", f"  {command} --mapping {place}"]
    ways += [] if found.asks else ["To take it as it is:", f"  {command} --accept"]
    return "\n".join([table(found), "", *ways, "Nothing was written into the plan. The mapping is kept with it, so that the next export of this form needs none."])


def _form(form: Form, rows: int) -> str:
    head = f"{form.file}: {rows} {'row' if rows == 1 else 'rows'}, {len(form.columns)} columns. Proposed:"
    return "\n".join([head, "", *(line for column in form.columns for line in _line(column))])


def _line(column: Column) -> list[str]:
    """One column: heading and kind at the left, the rest wrapped beside them."""
    parts = [_settings(column), column.why, column.seen and f"seen: {column.seen}", column.asks and f"OPEN, {column.asks}"]
    told = " ".join(f"{part[0].upper()}{part[1:]}{'' if part.endswith(('…', '?')) else '.'}" for part in parts if part)
    beside = textwrap.wrap(told, WIDTH - HEADING - KIND) or [""]
    left = textwrap.wrap(column.heading, HEADING - 4) or [column.heading]
    rows = max(len(left), len(beside))
    left, beside = [*left, *[""] * (rows - len(left))], [*beside, *[""] * (rows - len(beside))]
    return [f"  {name:<{HEADING - 2}}{column.becomes if not place else '':<{KIND}}{text}".rstrip() for place, (name, text) in enumerate(zip(left, beside))]


def _settings(column: Column) -> str:
    if column.becomes == "question":
        named = "" if column.text == column.heading else f" as “{column.text}”"
        steps = ": " + (" < " if column.ordered else ", ").join(column.steps) if column.steps else ""
        words = f" ({', '.join(f'{word} {code}' for word, code in column.words.items())})" if column.words else ""
        return f"{column.scale or 'scale not known'}{named}{steps}{words}"
    if column.becomes in ("segment", "service"):
        return ", ".join(f"{word} is {id}" for word, id in column.words.items() if id)
    return {"option": f"of: {column.block}", "options": f"parted by {column.split!r}: {', '.join(column.options)}"}.get(column.becomes, "")
