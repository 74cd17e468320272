"""Which service of the plan a platform's uses belong to: given, kept in the plan's evidence, and proposed where it is not known."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from planning.model.arrival import EVIDENCE
from planning.model.errors import PlanningError, UsageError, nearest
from planning.model.files import csv_text
from planning.model.plan import Plan
from planning.sources.counter_choice import plain, span
from planning.sources.series_files import rows_of

FILE = "counter_map.csv"
HINTS = {"Journal": {"journal", "article", "periodical"}, "Article": {"journal", "article"}, "Book": {"book", "ebook"}, "Database": {"database"}, "Newspaper_or_Newsletter": {"new", "newspaper"},
         "Multimedia": {"video", "film", "streaming", "audio"}, "Audiovisual": {"video", "film", "streaming"}, "Sound": {"music", "audio"}, "Reference_Work": {"book", "reference"},
         "TR_J": {"journal", "article", "periodical"}, "TR_B": {"book", "ebook"}, "DR": {"database"}, "IR_A": {"journal", "article"}, "IR_M": {"video", "film", "streaming"}}


def mapping(plan: Plan, rows: pd.DataFrame, *, service: str = "", path: Path | None = None) -> dict[str, str]:
    """The service of each platform, by platform: as given, or as kept the last time; an empty service leaves the platform out.

    `service` takes every platform of the rows, `path` names a CSV with the columns platform and service.
    Raises UsageError for a service that the plan does not have, and, with a proposal, when a platform
    of the rows has no service yet.
    """
    if service and path:
        raise UsageError("--service and --map do not go together: the one is for all platforms, the other names a service for each.")
    platforms = list(rows["platform"].unique())
    place = plan.folder / EVIDENCE / FILE
    kept = read(place) if place.exists() else {}
    own = dict.fromkeys(platforms, service) if service else read(path) if path else {}
    known = {plain(name): (name, to) for name, to in (kept | own).items()}
    known |= {plain(name): (name, to) for name, to in own.items()}
    _refuse_unknown(plan, [to for key, (_, to) in known.items() if to and key in set(map(plain, [*platforms, *own]))])
    if any(plain(name) not in known for name in platforms):
        raise _proposal(plan, rows, {key: to for key, (_, to) in known.items()})
    return dict(sorted(known.values()))


def text(services: Mapping[str, str]) -> str:
    """A mapping as the CSV in which it is kept.

    >>> text({"JSTOR": "S02"})
    'platform,service\\nJSTOR,S02\\n'
    """
    return csv_text(["platform", "service"], services.items())


def read(path: Path) -> dict[str, str]:
    """The services by platform out of a CSV; raises PlanningError when it is no such mapping."""
    rows = [row for row in rows_of(path) if any(row)] or [[]]
    headings = [cell.lower() for cell in rows[0]]
    if not {"platform", "service"} <= set(headings):
        raise PlanningError("{file}: found the columns {found}. Allowed: platform and service, with a row for each platform.", file=path.name, found=", ".join(rows[0]))
    cells = [row + [""] * (len(headings) - len(row)) for row in rows[1:]]
    pairs = [(row[headings.index("platform")], row[headings.index("service")]) for row in cells]
    named: dict[str, str] = {}
    for platform, service in pairs:
        if platform and named.setdefault(plain(platform), service) != service:
            raise PlanningError("{file}: {platform} stands there with two services, {one} and {other}. Keep one of them.",
                                file=path.name, platform=platform, one=named[plain(platform)], other=service)
    return {platform: service for platform, service in pairs if platform}


def _refuse_unknown(plan: Plan, services: list[str]) -> None:
    known = list(plan.services["service"])
    for service in services:
        if service not in known:
            close = next((id for id in known if _bare(id) == _bare(service)), None) or nearest(service, known)
            hint = f"Did you mean {close}?" if close else f"It has: {', '.join(known)}." if known else "Fill in services.csv first."
            raise UsageError("The plan has no service {service}. {hint}", service=service, hint=hint)


def _bare(id: str) -> str:
    """An id without the zeros that lead its number, in small letters."""
    return re.sub(r"(?<!\d)0+(?=\d)", "", id).casefold()


def _proposal(plan: Plan, rows: pd.DataFrame, known: Mapping[str, str]) -> UsageError:
    platforms = list(rows["platform"].unique())
    lines = [[name, known.get(plain(name), "") or proposed(plan.services, rows[rows["platform"] == name])] for name in platforms]
    seen = [f"  {name}: {', '.join(of['report'].unique())}, {span(of['period'])}" for name, of in rows.groupby("platform", sort=False)]
    names = plan.services.set_index("service")["name"].to_dict()
    services = [f"  {id}  {names[id]}" for id in plan.services["service"]]
    return UsageError("Which service does each platform belong to? Nothing was written.\n\nPlatforms in the files:\n{seen}\n\nServices of the plan:\n{services}\n\n"
                      "Proposed, by their words; correct it, save it as map.csv, and give the same command with --map map.csv:\n{table}\n"
                      "A platform without a service is left out. When all belongs to one service, give --service ID instead. "
                      "The mapping is kept in evidence/{file}, so that the next time needs neither.",
                      seen="\n".join(seen), services="\n".join(services), table=csv_text(["platform", "service"], lines), file=FILE)


def proposed(services: pd.DataFrame, rows: pd.DataFrame) -> str:
    """The service whose words are most like a platform's name and content, among those that are not physical; empty when none is.

    >>> services = pd.DataFrame([["S1", "E-journals", "", "digital"], ["S2", "E-books", "", "digital"]], columns=["service", "name", "description", "form"])
    >>> proposed(services, pd.DataFrame([["Shelf", "TR_B1", ""]], columns=["platform", "report", "data_type"]))
    'S2'
    """
    about = {one for key in [*rows["data_type"].unique(), *(name for kind in rows["report"].unique() for name in (kind[:4], kind[:2]))] for one in HINTS.get(key, ())}
    name, best, found = _words(rows["platform"].iloc[0]), 0, ""
    for row in services[services["form"] != "physical"].itertuples():
        title, rest = _words(row.name), _words(row.description) - _words(row.name)
        score = 3 * len(title & name) + 2 * len(title & about) + len(rest & (name | about))
        if score > best:
            best, found = score, row.service
    return found


def _words(text: object) -> set[str]:
    return {word.removesuffix("s") for word in re.findall(r"[^\W\d_]{3,}", str(text).casefold())} if isinstance(text, str) else set()
