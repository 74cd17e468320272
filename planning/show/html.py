"""Findings, tables and charts as HTML: escaped, with headings that a screen reader can follow."""

from __future__ import annotations

from html import escape

import pandas as pd

from planning.show import language
from planning.show.language import say
from planning.show.records import Chart, Column, Finding, Table

LIVE = """<style>
.jp-OutputArea .scroll table th, .jp-OutputArea .scroll table td {text-align: left; vertical-align: top}
.jp-OutputArea .scroll table .num {text-align: right}
.jp-OutputArea .scroll caption {text-align: left; font-weight: bold}
.jp-OutputArea .findings {list-style: none; padding-left: 0}
.jp-OutputArea .finding {border-left: 4px solid #7d8a96; padding: 0.2em 0.8em; margin: 0.4em 0}
.jp-OutputArea .finding.good {border-color: #2c664c}
.jp-OutputArea .finding.bad {border-color: #974406}
.jp-OutputArea .facts, .jp-OutputArea .note, .jp-OutputArea .grade {color: #536270}
</style>"""
"""How findings and tables look in a live notebook; the pages of a report bring a style of their own."""

INDENT = "\u2003"
NUMERIC = {"number", "whole", "share", "money", "signed", "points"}
TONES = {"good": "Going well", "bad": "To act on", "plain": "To know", "unknown": "Not known"}
GRADES = {"counted": "counted", "estimated": "estimated", "associated": "associated, not shown to be a cause", "told": "told"}


def cell(value: object, column: Column) -> str:
    """One value as text in the form of its column; what is missing is an en dash, and a figure that is text already stays as it is.

    >>> cell(0.25, Column("weight", "Weight", "share")), cell(None, Column("weight", "Weight"))
    ('25%', '–')
    """
    if language.absent(value):
        return "–"
    if column.form in NUMERIC and isinstance(value, str):
        return value
    forms = {"number": language.number, "share": language.share, "money": language.money, "signed": language.signed}
    if column.form in forms:
        return forms[column.form](value, column.digits) if column.digits is not None else forms[column.form](value)
    if column.form in ("whole", "points"):
        return language.number(value, column.digits or 0)
    if column.form == "day":
        return language.day(value)
    if column.form == "period":
        return language.period(value)
    if isinstance(value, bool) or type(value).__name__ == "bool":
        return say("yes") if value else say("no")
    return say(str(value))


def findings(items: list[Finding]) -> str:
    """Findings as a list; each says in words whether it is good news, and how far it can be trusted."""
    lines = [
        f'<li class="finding {item.tone}"><strong class="tone">{escape(say(TONES[item.tone]))}:</strong> '
        f'{escape(item.text)} <span class="grade">({escape(say(GRADES[item.grade]))})</span></li>'
        for item in items
    ]
    return f'<ul class="findings">{"".join(lines)}</ul>'


def table(item: Table, *, caption: str = "") -> str:
    """A table with caption, column headings and, in its first column, row headings.

    `caption` is code that takes the place of the table's own caption.
    """
    shown = item.rows.head(item.most)
    head = "".join(f'<th scope="col"{_align(column)}>{escape(say(column.title))}</th>' for column in item.columns)
    body = "".join(_row(item, row) for row in shown.to_dict("records"))
    notes = [say(item.note)] if item.note else []
    if len(item.rows) > len(shown):
        notes.append(say("The first {shown} of {all} rows; all of them are in results/{name}.csv.",
                         shown=len(shown), all=language.number(len(item.rows)), name=item.name))
    title = caption or f"<caption><span>{escape(item.caption)}</span></caption>"
    note = f'<p class="note">{escape(" ".join(notes))}</p>' if notes else ""
    return (f'<div class="scroll" tabindex="0" role="region" aria-label="{escape(item.caption)}"><table id="t-{escape(item.name)}">{title}'
            f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>{note}")


def _align(column: Column) -> str:
    return ' class="num"' if column.form in NUMERIC else ""


def _row(item: Table, row: dict[str, object]) -> str:
    first, *rest = item.columns
    cells = "".join(f"<td{_align(column)}>{escape(cell(row[column.name], column))}</td>" for column in rest)
    head = cell(row[first.name], first)
    depth = len(head) - len(head.lstrip(INDENT))
    inset = f' style="padding-left:{1.2 * depth:g}rem"' if depth else ""
    return f'<tr><th scope="row"{_align(first)}{inset}>{escape(head.lstrip(INDENT))}</th>{cells}</tr>'


def facts(item: Chart, as_of: str, tables: str) -> str:
    """Unit, basis, date and source of a chart, on one line."""
    parts = [item.unit, item.basis, say("as of {day}", day=as_of), say("from {tables}", tables=tables)]
    return " · ".join(part for part in parts if part)


def under_chart(item: Chart, as_of: str, tables: str) -> str:
    """What stands under a chart: its facts, and the numbers behind it."""
    words = escape(say("The numbers behind the chart"))
    numbers = table(item.table, caption=f'<caption class="quiet">{words}</caption>')
    return f'<p class="facts">{escape(facts(item, as_of, tables))}</p><details><summary>{words}</summary>{numbers}</details>'


def folded(item: Table) -> str:
    """A table that stays folded away under its caption until a reader asks for it."""
    words = escape(item.caption)
    rows = table(item, caption=f'<caption class="heard">{words}</caption>')
    return f'<details class="fold"><summary>{words}</summary>{rows}</details>'


def records(rows: pd.DataFrame, columns: tuple[Column, ...]) -> str:
    """Rows as plain text, for a notebook read without HTML."""
    lines = [" | ".join(say(column.title) for column in columns)]
    lines += [" | ".join(cell(row[column.name], column) for column in columns) for row in rows.to_dict("records")]
    return "\n".join(lines)
