"""COUNTER reports as SUSHI JSON: Release 5 by period and instance, Release 5.1 by metric and month, items under their parents."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import pandas as pd

from planning.model.errors import PlanningError, PlanProblems, Problem, Words
from planning.sources import counter_notes as notes
from planning.sources.counter_files import normal
from planning.sources.counter_table import IDS, month, refuse_months
from planning.sources.counter_types import ATTRIBUTES, COLUMNS, Report, guessed, identified, metric, refuse_claim, release

NESTED = ("items", "item_component", "components", "component", "attribute_performance")
TEXTS = ("platform", "database", "title", "item")
SHOWN = 30


@dataclass
class Found:
    """What is found on the way through a report: a row a figure, and what is wrong."""

    file: str
    rows: list[tuple[object, ...]] = field(default_factory=list)
    wrong: list[Problem] = field(default_factory=list)
    months: dict[str, None] = field(default_factory=dict)


def reports(file: str, data: object) -> list[Report]:
    """The reports in a piece of JSON; raises PlanningError when it is an error body, or no report at all."""
    if isinstance(data, list) and data and all(isinstance(one, dict) and "Report_Header" in one for one in data):
        return [report(file if len(data) == 1 else f"{file} (report {number})", one) for number, one in enumerate(data, start=1)]
    if isinstance(data, Mapping) and isinstance(data.get("Report"), Mapping):
        data = data["Report"]
    if not isinstance(data, Mapping) or "Report_Header" not in data:
        said = notes.of_json(data)
        raise notes.refusal(file, said) if said else notes.stranger(file)
    return [report(file, data)]


def report(file: str, data: Mapping[str, object]) -> Report:
    """One report; raises PlanningError, or PlanProblems with every figure, when it is not what it should be."""
    held = data["Report_Header"] if isinstance(data["Report_Header"], Mapping) else {}
    header = {normal(name): value for name, value in held.items()}
    said = notes.of_json(header.get("exceptions", header.get("exception"))) + notes.of_json({"Exceptions": data.get("Exceptions")})
    items = _mappings(data.get("Report_Items"))
    if not items and said:
        raise notes.refusal(file, said)
    of, kind = release(file, header), identified(file, header)
    if not items:
        raise notes.empty(file, kind or "without a name", said)
    told = [f"{file}: the publisher notes {note}." for note in said]
    found = Found(file)
    for number, item in enumerate(_once(file, items, told), start=1):
        _walk(found, item, {"platform": ""}, f"item {number}")
    _refuse_wrong(found, header)
    rows = pd.DataFrame(found.rows, columns=[name for name in COLUMNS if name not in ("file", "report", "release")])
    if rows.empty:
        raise notes.empty(file, kind or "without a name", said)
    columns = {name for name in (*TEXTS, "yop", "access_type", "access_method") if (rows[name] != "").any()}
    kind = kind or guessed(columns, set(rows["metric"]))
    refuse_claim(file, kind, columns, rows)
    rows["platform"] = rows["platform"].where(rows["platform"] != "", str(header.get("created_by") or ""))
    return Report(file, kind, of, rows.assign(file=file, report=kind, release=of)[COLUMNS], told)


def _once(file: str, items: list[object], told: list[str]) -> list[object]:
    """The items, those that stand twice in all they hold only once."""
    seen = {json.dumps(item, sort_keys=True): item for item in items}
    if len(seen) < len(items):
        told.append(f"{file}: items that stand twice, with the same figures, taken once: {len(items) - len(seen)}.")
    return list(seen.values())


def _walk(found: Found, node: object, above: Mapping[str, str], where: str) -> None:
    """Take the figures of an item and of what lies under it, which inherits what describes it."""
    if not isinstance(node, Mapping):
        return
    plain = {normal(name): value for name, value in node.items()}
    own = {name: _text(plain[name]) for name in (*TEXTS, *ATTRIBUTES) if plain.get(name) not in (None, "")}
    below = {name: text for name, text in above.items() if name not in ATTRIBUTES or "performance" in plain} | own
    if isinstance(parent := plain.get("item_parent"), Mapping | list):
        first = parent[0] if isinstance(parent, list) and parent else parent
        below["title"] = below.get("title") or (_text(first.get("Item_Name", first.get("Title", ""))) if isinstance(first, Mapping) else "")
    below["id"] = _id(plain.get("item_id")) or below.get("id", "")
    name = below.get("item") or below.get("title") or below.get("database") or below.get("platform") or ""
    for metric_type, period, count in _performance(plain.get("performance")):
        _take(found, below, metric_type, period, count, f"{where} ({name})" if name else where)
    for key in NESTED:
        for child in plain.get(key) or [] if isinstance(plain.get(key), list) else []:
            _walk(found, child, below, where)


def _performance(found: object) -> Iterator[tuple[str, str, object]]:
    """Each figure as metric, period and count, in the form of either release."""
    if isinstance(found, Mapping):
        for name, months in found.items():
            yield from ((name, str(period), count) for period, count in (months if isinstance(months, Mapping) else {"no month": months}).items())
    for one in _mappings(found):
        span = one.get("Period") if isinstance(one.get("Period"), Mapping) else {}
        begin, end = str(span.get("Begin_Date", "")), str(span.get("End_Date", ""))
        period = begin[:7] if begin[:7] == end[:7] else f"{begin} to {end}"
        yield from ((str(instance.get("Metric_Type", "")), period, instance.get("Count")) for instance in _mappings(one.get("Instance")))


def _mappings(found: object) -> list[Mapping[str, object]]:
    """The named values in a list, and nothing else that may stand there."""
    return [one for one in found if isinstance(one, Mapping)] if isinstance(found, list) else []


def _take(found: Found, told: Mapping[str, str], metric_type: str, period: str, count: object, where: str) -> None:
    of = month(period) if period[:4].isdigit() else ""
    if not of:
        found.months[period] = None
    elif count is not None and count != "":
        number = _count(count)
        if number is None:
            found.wrong.append(Problem(found.file, None, f"{where}, {metric_type} {of}", Words("found {text}", text=count), "a whole number, 0 or more", "Download the report again."))
            return
        found.rows.append((*(told.get(name, "") for name in (*TEXTS, "id", *ATTRIBUTES)), metric(metric_type), of, number))


def _refuse_wrong(found: Found, header: Mapping[str, object]) -> None:
    if found.months:
        raise PlanningError("{file}: found figures for {periods}, which is no single month. Allowed: months such as 2022-01. Ask the publisher for the report by month (Granularity=Month).",
                            file=found.file, periods=", ".join(list(found.months)[:5]))
    if found.wrong:
        raise PlanProblems(found.file, found.wrong[:SHOWN])
    filters = header.get("report_filters") or {}
    pairs = filters if isinstance(filters, Mapping) else {str(one.get("Name")): one.get("Value") for one in _mappings(filters)}
    span = [str(pairs[name]) for name in ("Begin_Date", "End_Date") if pairs.get(name)]
    refuse_months(found.file, sorted({row[-2] for row in found.rows}), span if len(span) == 2 else [])


def _count(value: object) -> float | None:
    """A count as a number; None for anything that is none."""
    try:
        number = float(value) if not isinstance(value, bool) else -1.0
    except (TypeError, ValueError, OverflowError):
        return None
    return number if number >= 0 and number.is_integer() else None


def _text(value: object) -> str:
    return "" if value is None or isinstance(value, Mapping | list) else str(value).strip()


def _id(found: object) -> str:
    """The first identifier, in the order in which tables name them."""
    pairs = found if isinstance(found, Mapping) else {str(one.get("Type")): one.get("Value") for one in _mappings(found)}
    plain = {normal(name): _text(value) for name, value in pairs.items()}
    plain["proprietary_id"] = plain.get("proprietary_id") or plain.get("proprietary", "")
    return next((plain[name] for name in IDS if plain.get(name)), "")
