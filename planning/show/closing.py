"""The closing table of a step: its key areas, what was found in each, and the decision that it asks for."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from html import escape

import pandas as pd

from planning.model.schema import tables as all_tables
from planning.show import html
from planning.show.language import absent, listed, say
from planning.show.records import Column, Finding, Table

PRESSING = ("bad", "unknown", "plain", "good")
COLUMNS = (Column("area", "Key area"), Column("standing", "In a word"), Column("finding", "What was found"), Column("grade", "How sure"), Column("decision", "To decide"))


@dataclass(frozen=True)
class Area:
    """A key area of a step: the word by which a page names it, its title, the decision that it asks for, and the tables that speak of it."""

    key: str
    title: str
    decision: str
    tables: tuple[str, ...]


AREAS: dict[int, tuple[Area, ...]] = {
    3: (
        Area("fit", "Fit with our goals", "With which partners to work more closely, and for which goal.", ("partners", "partner_goals")),
        Area("fairness", "Fairness", "With whom to talk about what each side gives.", ("contributions",)),
        Area("agreements", "Agreements", "Which agreement to complete, renew or end, by when, and who sees to it.", ("agreements",)),
        Area("coverage", "Whom partners reach", "Which audience to reach next, and through whom.", ("audiences", "partner_audiences")),
        Area("network", "Network", "Where a second way is needed, before somebody leaves.", ("partner_links",)),
        Area("health", "Health", "Which partnership to talk over with the partner, and who does.", ("partner_reviews",)),
        Area("prospects", "Prospects", "Whom to approach first, and with what question.", ("partners",)),
    ),
    7: (
        Area("assessment", "Assessment: needs and priorities", "Which need or weight to look at again, and when.", ("goals",)),
        Area("implementation", "Implementation: services with objectives and KPIs", "Which initiative to begin, and which to leave.", ("initiatives",)),
        Area("partnerships", "Partnerships, inside and outside", "With whom to begin, renew or end.", ("agreements",)),
        Area("evaluation", "Evaluation: feedback and data", "What to ask, of whom, and who answers for what was said.", ("surveys", "consultations")),
        Area("flexibility", "Flexibility: shifting priorities", "What to stop, to change or to decide anew.", ("changes", "decisions")),
        Area("resources", "Resources: training and development", "Where money, hours and learning should go next.", ("trainings", "learning_log")),
        Area("communication", "Communication: impact and stories", "Who is told what next, by whom, and what is left unsaid.", ("messages", "audiences")),
    ),
}


def summary(step: int, findings: Mapping[str, Finding | list[Finding] | None], missing: Collection[str]) -> Table:
    """One row a key area of the step, in their order: the most pressing of its findings, or what is missing to say one.

    `findings` holds the page's own findings under the words of `AREAS`; nothing is computed here. Of several, those that
    call for action come first, then what is not known. `missing` names the plan's tables that are empty.
    """
    known = [area.key for area in AREAS[step]]
    strange = [key for key in findings if key not in known]
    if strange:
        raise ValueError(f"Key areas: found {strange[0]}. Step {step} has {', '.join(known)}. Write one of them.")
    rows = [_row(area, findings.get(area.key), missing) for area in AREAS[step]]
    columns = ["area", "tone", "standing", "finding", "grade", "decision", "rests_on"]
    return Table("closing", pd.DataFrame(rows, columns=columns), COLUMNS, say("Key areas, what was found, and what to decide"))


def _row(area: Area, found: Finding | list[Finding] | None, missing: Collection[str]) -> list[object]:
    given = [one for one in (found if isinstance(found, list) else [found]) if one]
    if not given:
        return [say(area.title), "unknown", say(html.TONES["unknown"]), _lacking(area, missing), None, None, " ".join(area.tables)]
    first = min(given, key=lambda one: PRESSING.index(one.tone))
    return [say(area.title), first.tone, say(html.TONES[first.tone]), first.text, say(html.GRADES[first.grade]), say(area.decision), " ".join(first.rests_on)]


def _lacking(area: Area, missing: Collection[str]) -> str:
    empty = [name for name in area.tables if name in missing]
    if empty:
        lines = (say("{file} is empty or missing. With it, this section would say {adds}.", file=f"{name}.csv", adds=say(all_tables()[name].adds)) for name in empty)
        return " ".join(lines)
    return say("Nothing can be said here: no row of these tables can be used for it: {tables}.", tables=listed(say(all_tables()[name].title) for name in area.tables))


def code(item: Table) -> str:
    """The closing table as HTML in two columns, which a narrow screen can hold: the area, and under its finding what to decide."""
    if item.rows["decision"].isna().all():
        return f'<p class="missing">{escape(say("No key area can be judged yet: the tables that each rests on are empty or missing. Each section says which, and what they would add."))}</p>'
    heads = "".join(f'<th scope="col">{escape(text)}</th>' for text in (say("Key area"), say("What was found, and what to decide")))
    body = "".join(f'<tr><th scope="row">{escape(row["area"])}</th><td>{_found(row)}</td></tr>' for row in item.rows.to_dict("records"))
    return (f'<div class="scroll" tabindex="0" role="region" aria-label="{escape(item.caption)}"><table id="t-{escape(item.name)}"><caption><span>{escape(item.caption)}</span></caption>'
            f"<thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table></div>")


def _found(row: dict[str, object]) -> str:
    sure = "" if absent(row["grade"]) else f' <span class="grade">({escape(row["grade"])})</span>'
    found = f'<div class="finding {row["tone"]}"><strong class="tone">{escape(row["standing"])}:</strong> {escape(row["finding"])}{sure}</div>'
    return found if absent(row["decision"]) else found + f'<p>{escape(say("To decide: {decision}", decision=row["decision"]))}</p>'
