"""Which branch of the plan each label of a file is: as kept, by name, as told, and asked where a name is close."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from pathlib import Path

import pandas as pd

from planning.model.arrival import EVIDENCE
from planning.model.errors import PlanningError, UsageError, nearest
from planning.model.files import csv_text
from planning.model.plan import Plan
from planning.sources.series_files import rows_of

FILE = "branch_labels.csv"
CLOSE = 0.85
NEW = "new"


@dataclass
class Who:
    """The id and name of each label's branch, the branches that are new, what is to be told, and the labels as kept."""

    ids: dict[str, str]
    names: dict[str, str]
    new: pd.DataFrame
    told: list[str] = field(default_factory=list)
    text: str = ""


def asked(plan: Plan, rows: pd.DataFrame, *, names: Path | None = None, same: Iterable[str] = ()) -> Who:
    """Who the labels are. In this order: told with `same` ("LABEL=B02", "LABEL=NAME", "LABEL=new"), kept from an earlier
    import, the same name whatever its case and points, the same id; else a new branch with the next id, in the order of names.

    Raises UsageError, with what to answer, for a label that is close to a known branch or to another label that
    never reports beside it.
    """
    labels = sorted(set(rows["label"]))
    titles = _titles(names, labels) if names else {}
    shown = {label: titles.get(label, label) for label in labels}
    given, kept = _given(plan, labels, same), _kept(plan)
    ids = {label: known for label in labels if (known := _known(plan, label, shown[label], given, kept))}
    alone = [label for label in labels if label not in ids]
    _ask(plan, rows, {label: shown[label] for label in alone if label not in given})
    heads = _heads(alone, shown, given)
    fresh = dict(zip(sorted({head for head in heads.values() if head not in ids}, key=lambda label: (plain(shown[label]), label)), _next(plan)))
    ids |= {label: (ids | fresh)[head] for label, head in heads.items()}
    new = pd.DataFrame([[id, shown[head]] for head, id in fresh.items()], columns=["branch", "name"])
    called = dict(zip(plan.branches["branch"], plan.branches["name"])) | dict(zip(new["branch"], new["name"]))
    text = csv_text(["label", "branch"], sorted((kept | ids).items()))
    return Who(ids, {label: called[ids[label]] for label in labels}, new, _told(names, titles, labels), text)


def _heads(alone: list[str], shown: Mapping[str, str], given: Mapping[str, str]) -> dict[str, str]:
    """The label that stands for each one without a branch: itself, the first of its name, or the one it was told to be."""
    first = {plain(shown[label]): label for label in reversed(alone) if given.get(label, NEW) == NEW}
    heads = {}
    for label in alone:
        way = [label]
        while given.get(way[-1], NEW) not in (NEW, *way) and way[-1] in alone:
            way.append(given[way[-1]])
        heads[label] = first.get(plain(shown[way[-1]]), way[-1]) if way[-1] in alone else way[-1]
    return heads


def plain(name: str) -> str:
    """A name without case, accents of punctuation and doubled blanks, for comparing.

    >>> plain("Whitney M. Young, Jr."), plain("Arts & Crafts  room")
    ('whitney m young jr', 'arts and crafts room')
    """
    return " ".join(re.sub(r"[^\w]+", " ", name.casefold().replace("&", " and ")).split())


def close(one: str, other: str) -> bool:
    """Whether two names are so much alike that they may be one branch; words of up to three letters and figures tell branches apart.

    >>> close("Little Italy", "Littel Italy"), close("Branch 1", "Branch 2"), close("West Town", "West Lawn"), close("Site B", "Site C")
    (True, False, False, False)
    """
    first, second = plain(one), plain(other)
    apart = set(first.split()) ^ set(second.split())
    if min(len(first), len(second)) < 5 or any(len(word) < 4 or word.isdigit() for word in apart):
        return False
    return SequenceMatcher(None, first, second).ratio() >= CLOSE


def _given(plan: Plan, labels: list[str], same: Iterable[str]) -> dict[str, str]:
    """What was told with --branch: an id of the plan, another label of the files, or new."""
    found = {}
    held = {plain(name): branch for branch, name in zip(plan.branches["branch"], plan.branches["name"])} | {plain(branch): branch for branch in plan.branches["branch"]}
    others = {plain(label): label for label in labels}
    for one in same:
        label, mark, to = (part.strip() for part in one.rpartition("="))
        if not mark or plain(label) not in others:
            near = nearest(label, labels)
            raise UsageError("--branch {one}: write LABEL=B02, where LABEL stands in the files.{hint}", one=one, hint=f" Did you mean {near}?" if near else "")
        target = NEW if to.casefold() == NEW else held.get(plain(to)) or others.get(plain(to))
        if not target:
            near = nearest(to, [*plan.branches["branch"], *plan.branches["name"], *labels])
            raise UsageError("--branch {one}: neither the plan nor the files have a branch {to}.{hint}", one=one, to=to, hint=f" Did you mean {near}?" if near else "")
        found[others[plain(label)]] = target
    return found


def _kept(plan: Plan) -> dict[str, str]:
    place = plan.folder / EVIDENCE / FILE
    rows = rows_of(place)[1:] if place.exists() else []
    return {row[0]: row[1] for row in rows if len(row) > 1 and row[1] in set(plan.branches["branch"])}


def _known(plan: Plan, label: str, name: str, given: Mapping[str, str], kept: Mapping[str, str]) -> str:
    """The id of the branch that a label is known to be; empty for none."""
    ids = set(plan.branches["branch"])
    if label in given:
        return given[label] if given[label] in ids else ""
    if label in kept:
        return kept[label]
    by_name = {plain(one): branch for branch, one in zip(plan.branches["branch"], plan.branches["name"])}
    return by_name.get(plain(name)) or by_name.get(plain(label)) or (label if label in ids else "")


def _ask(plan: Plan, rows: pd.DataFrame, alone: Mapping[str, str]) -> None:
    """Raise UsageError with the answers to choose from where a name is close to another."""
    when = rows.groupby("label")["period"].agg(set)
    lines = []
    for label, name in alone.items():
        near = [(branch, held) for branch, held in zip(plan.branches["branch"], plan.branches["name"]) if close(name, held)]
        lines += [f'  Is "{label}" the branch "{held}"? --branch "{label}={branch}", or --branch "{label}={NEW}"' for branch, held in near[:1]]
        later = [other for other, title in alone.items() if other > label and close(name, title) and plain(name) != plain(title) and not when[label] & when[other]]
        lines += [f'  Are "{label}" and "{other}" one branch? --branch "{label}={other}", or --branch "{label}={NEW}" --branch "{other}={NEW}"' for other in later[:1]]
    if lines:
        raise UsageError("Names that are close to one another; nothing was brought in. Give the command again with the answers:\n{lines}", lines="\n".join(lines))


def _next(plan: Plan) -> Iterable[str]:
    numbers = [int(branch[1:]) for branch in plan.branches["branch"] if re.fullmatch(r"B\d+", branch)]
    number = max(numbers, default=0)
    while True:
        number += 1
        yield f"B{number:02}"


def _titles(path: Path, labels: list[str]) -> dict[str, str]:
    """What codes stand for, out of a sheet with a column of codes and a column of names; raises PlanningError when it is none."""
    rows = [row for row in rows_of(path) if any(row)]
    head = rows[0] if rows else []
    body = [row + [""] * (len(head) - len(row)) for row in rows[1:]]
    hits = {place: sum(row[place] in set(labels) for row in body) for place in range(len(head))}
    codes = max(hits, key=lambda place: hits[place], default=None)
    named = [place for place, heading in enumerate(head) if place != codes and re.search(r"name|title|nazwa|nom", heading.casefold())]
    titled = [place for place in named if re.search(r"branch|library|site|filia", head[place].casefold())] or named
    if codes is None or not hits[codes] or not titled:
        raise PlanningError("{file}: --names needs a sheet with a column of the labels that the figures use, and a column of names, such as Branch name. It has: {columns}.",
                            file=path.name, columns=", ".join(head))
    return {row[codes]: row[titled[0]] for row in body if row[codes] and row[titled[0]]}


def _told(names: Path | None, titles: Mapping[str, str], labels: list[str]) -> list[str]:
    if not names:
        return []
    bare = [label for label in labels if label not in titles]
    lacking = f"; it has no name for {', '.join(bare[:12])}" if bare else ""
    return [f"{names.name}: names for {len(labels) - len(bare)} of {len(labels)} labels{lacking}."]
