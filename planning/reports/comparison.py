"""Two states of a plan, or two plans, compared: as a page, as text, as a table and as JSON."""

from __future__ import annotations

import base64
import json
import textwrap
from dataclasses import dataclass, replace
from html import escape
from importlib.resources import files
from pathlib import Path

import pandas as pd
from jinja2 import Environment

from planning.analysis import compare
from planning.model import schema
from planning.model.create import csv_of
from planning.model.errors import PlanningError
from planning.model.files import write_together
from planning.model.plan import Plan
from planning.reports import pages, report
from planning.show import findings, html, language, tables
from planning.show.language import count, say
from planning.show.records import Finding, Table
from planning.show.whys import Sides

PAGE, TABLE, RECORD = "comparison.html", "moves.csv", "moves.json"
SHOWN = 8  # moves of one kind that a terminal shows
OPEN = 10  # moves of one kind that the page shows unfolded
# The last column holds sentences: on wide screens it takes the room that is left; on a phone each move stands as a block, its sentence under its figures.
STYLE = """table[id^=t-move] td:last-child{width:55%}table[id^=t-move] td{min-width:3.6rem}table[id^=t-move] td:nth-child(4):not(:last-child){white-space:nowrap}
@media (max-width:40rem){table[id^=t-move] thead{display:none}table[id^=t-move] tr{display:block;padding:.5rem 0;border-bottom:1px solid var(--line)}
table[id^=t-move] tr>*{display:inline;border:0;padding:0 .3rem 0 0;min-width:0}table[id^=t-move] tr>th{display:block;font-weight:600}table[id^=t-move] tr>td:last-child{display:block;width:auto;color:var(--muted)}
table[id^=t-move] td:nth-child(2)::after{content:" →"}table[id^=t-move] td:nth-child(4):not(:empty):not(:last-child)::before{content:"("}table[id^=t-move] td:nth-child(4):not(:empty):not(:last-child)::after{content:")"}}"""


@dataclass(frozen=True)
class Comparison:
    """What a comparison says: the two sides, what was changed, how much moved in each step, and every move in words."""

    before: Plan
    after: Plan
    sides: Sides
    settings: tuple[str, ...]
    changed: list[Finding]
    differences: pd.DataFrame
    steps: pd.DataFrame
    moves: pd.DataFrame
    brief: list[Finding]


def of(before: Plan, after: Plan, *, sides: Sides, settings: tuple[str, ...] = ()) -> Comparison:
    """Two plans, or two states of one, compared in all seven steps; raises PlanningError where no goal stands in both."""
    language.use(str(after.facts["language"]), str(after.facts["currency"]))
    goals = compare.goals(before, after)
    if len(goals) and not (goals["where"] == "both").any():
        raise PlanningError("The two plans cannot be compared: no goal in force stands in both. In {first}: {one}. In {second}: {other}. A goal stands in both when its id and its name do.",
                            first=sides.before, second=sides.after, one=_names(goals, "first"), other=_names(goals, "second"))
    old = compare.Reading(before)
    new = compare.Reading(after, old)
    cells = compare.cells(before, after, keys={name: table.key for name, table in schema.tables().items()})
    rows = compare.moves(old, new, cells)
    steps = compare.steps(old, new, rows, compare.moved(before, after, cells) | ({"as_of"} if before.as_of != after.as_of else set()))
    worded = findings.compare.worded(rows, sides, dict(zip(after.kpis["kpi"], after.kpis["unit"])))
    changed = [*findings.compare.unlike(before.facts, after.facts, sides), *findings.compare.changed(cells, sides, settings), *findings.compare.apart(goals, sides)]
    staying = findings.compare.staying(compare.regret(old, new, cells)) if len(cells) and len(old.valued) and len(new.valued) else None
    brief = [*(findings.compare.step(row, worded) for row in steps.to_dict("records")), *([staying] if staying else [])]
    if not steps["other"].any():  # nothing was changed: one sentence says it for all steps
        brief = [findings.compare.nothing(sides)]
    return Comparison(before, after, sides, settings, changed, findings.compare.differences(cells) if sides.how != "set" else cells.head(0), steps, worded, brief)


def _names(goals: pd.DataFrame, where: str) -> str:
    return language.quoted(goals.loc[goals["where"] == where, "name"]) or say("none")


def place(out: Path) -> Path:
    """The folder for the page, asked before anything is computed; raises PlanningError where a file stands in its place."""
    if taken := next((one for one in (out, *out.parents) if one.exists() and not one.is_dir()), None):
        raise PlanningError("{folder} is a file, so no page can be put there. Move it, or name another folder with --out DIR.", folder=taken)
    return out


def write(found: Comparison, out: Path) -> list[Path]:
    """The page, the table and the record of a comparison in a folder, all of them or none."""
    texts = {PAGE: page(found), TABLE: csv_of(found.moves), RECORD: json.dumps(record(found), indent=1, ensure_ascii=False) + "\n"}
    write_together({out / name: text.encode("utf-8") for name, text in texts.items()})
    return [out / name for name in texts]


def record(found: Comparison) -> dict[str, object]:
    """A comparison as plain values, for JSON."""
    steps = [row | {"name": say(findings.compare.STEPS[row["step"]]), "brief": one.text} for row, one in zip(found.steps[["step", "moved", "results"]].to_dict("records"), found.brief * (1 if len(found.brief) > 1 else 7))]
    moves = found.moves.astype(object).where(found.moves.notna(), None).to_dict("records")
    sides = [{"library": plan.library, "as_of": plan.as_of.isoformat(), "called": name} for plan, name in ((found.before, found.sides.before), (found.after, found.sides.after))]
    return {"before": sides[0], "after": sides[1], "settings": list(found.settings), "changed": [one.text for one in found.changed],
            "differences": found.differences.to_dict("records") if found.sides.how != "set" else [], "steps": steps, "staying": [one.text for one in found.brief[len(steps):]], "moves": moves}


def text(found: Comparison, width: int = 100) -> str:
    """A comparison for a terminal: what was changed, then step by step every move with what explains it."""
    lines = [title(found), ""]
    lines += [line for one in found.changed for line in _wrapped(one.text, width, "  ")]
    if len(found.differences) and found.sides.how != "set":
        lines += _wrapped(say("Tables that differ: {tables}.", tables="; ".join(_differing(row) for row in found.differences.itertuples())), width, "  ")
    for row, one in zip(found.steps.itertuples(), found.brief if len(found.brief) > 1 else ()):
        own = found.moves[found.moves["step"] == row.step]
        head = say("{step} {name}: {moved} of {all} results moved", step=row.step, name=say(findings.compare.STEPS[row.step]), moved=row.moved, all=row.results)
        lines += ["", head] if len(own) else ["", *_wrapped(one.text, width, "")]
        for kind, rows in own.groupby("kind", sort=False):
            lines += ["", f"  {kind}", *(line for move in rows.head(SHOWN).itertuples() for line in _move(move, width))]
            if len(rows) > SHOWN:
                lines.append("    " + count("and {n} more; --out DIR writes it too.", "and {n} more; --out DIR writes them too.", len(rows) - SHOWN))
    last = found.brief[len(found.steps):] if len(found.brief) > 1 else found.brief
    return "\n".join([*lines, "", *(line for one in last for line in _wrapped(one.text, width, ""))])


def _differing(row: tuple) -> str:
    """A table with how many of its rows are new or gone, and how many cells of the others changed; what is none is not said."""
    parts = ((row.new, "{n} row new", "{n} rows new"), (row.gone, "{n} row gone", "{n} rows gone"), (row.cells, "{n} cell changed", "{n} cells changed"))
    return say("{table} ({how})", table=row.table, how=", ".join(count(one, many, int(n)) for n, one, many in parts if n))


def _move(move: tuple, width: int) -> list[str]:
    head = say("{item}: {before} to {after}", item=move.item_name, before=move.before, after=move.after) + (f" ({move.change})" if move.change else "")
    return [*_wrapped(head, width, "    "), *_wrapped(move.why, width, "      ")]


def _wrapped(line: str, width: int, indent: str) -> list[str]:
    return textwrap.wrap(line, width, initial_indent=indent, subsequent_indent=indent) or [""]


def title(found: Comparison) -> str:
    """What is compared, as a question."""
    if found.sides.how == "plans" and found.before.library == found.after.library:
        return say("Two plans of {library}: what differs, and what follows?", library=found.after.library)
    if found.sides.how == "plans":
        return say("{one} and {other}: what differs, and what follows?", one=found.before.library, other=found.after.library)
    if found.sides.how == "dates":
        return say("What moved from {before} to {after}?", before=found.sides.before, after=found.sides.after)
    return say("What moves when the plan changes?")


def page(found: Comparison) -> str:
    """A comparison as one self-contained HTML page."""
    about = [say("{library}, as of {day}.", library=found.after.library, day=language.day(found.after.as_of))]
    if found.sides.how == "plans":
        about = [say("The first plan: {library}, as of {day}.", library=found.before.library, day=language.day(found.before.as_of)),
                 say("The second plan: {library}, as of {day}.", library=found.after.library, day=language.day(found.after.as_of))]
    if found.before.facts["invented"] or found.after.facts["invented"]:
        about.append(say("This library is invented; so is every figure about it.") if found.sides.how != "plans" else say("Invented libraries are among them."))
    steps = [{"number": row.step, "name": say(findings.compare.STEPS[row.step]), "body": _step(found, row.step, one)} for row, one in zip(found.steps.itertuples(), found.brief) if len(found.brief) > 1]
    caution = say("Each result is that of the page of its step, computed once for each side. What explains a move is worked out from both sides; the parts named are the largest, and the rest "
                  "is added up. Initiatives are chosen together, and their years are planned together, each time for the greatest value: so one can move although nothing about it changed. A rank can jump where values lie close together, and a text changes when a figure crosses a line: read both beside the values. Weights, supports and "
                  "contributions are judgements.")
    return _template().render(lang=language.code(), title=title(found), library=found.after.library, about=" ".join(about), changed=html.findings(found.changed) if found.changed else "",
                              differences=_differences(found), brief=html.findings([*found.brief]), chart=_chart(found) if steps else "", steps=steps, caution=caution,
                              footer=report.footer_of(found.after), style=pages.style(), more=STYLE, say=say)


def _differences(found: Comparison) -> str:
    if found.differences.empty:
        return ""
    return html.folded(tables.compare.differences(found.differences))


def _step(found: Comparison, number: int, brief: Finding) -> str:
    own = found.moves[found.moves["step"] == number]
    if own.empty:
        return f"<p>{escape(brief.text)}</p>"
    return "".join(_kind(one) for one in tables.compare.kinds(found.moves, number=number))


def _kind(item: Table) -> str:
    """The moves of one kind: the largest in view, the others folded away."""
    shown = html.table(replace(item, rows=item.rows.head(OPEN)))
    rest = item.rows.iloc[OPEN:]
    caption = count("{n} more", "{n} more", len(rest))
    return shown + (html.folded(replace(item, name=f"{item.name}_more", rows=rest, caption=caption)) if len(rest) else "")


def _chart(found: Comparison) -> str:
    from planning.show import charts
    from planning.show.charts import canvas

    item = charts.compare.steps(found.steps, found.sides)
    picture = base64.b64encode(canvas.svg(item.figure, item.finding.text, item.alt).encode("utf-8")).decode("ascii")
    image = f'<img class="chart" alt="{escape(item.alt, quote=True)}" src="data:image/svg+xml;base64,{picture}">'
    hint = f'<p class="swipe">{escape(say("Swipe sideways to see the whole chart."))}</p>'
    under = html.under_chart(item, language.day(found.after.as_of), say("the seven pages"))
    return f'<h3 class="chart">{escape(item.finding.text)}</h3>{hint}<div class="scroll" tabindex="0" role="region" aria-label="{escape(say("Chart"))}">{image}</div>{under}'


def _template():
    source = (files(__package__) / "template" / "comparison.html.j2").read_text(encoding="utf-8")
    return Environment(autoescape=True).from_string(source)
