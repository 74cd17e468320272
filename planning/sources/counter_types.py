"""The report types of COUNTER Releases 5 and 5.1: what each counts, by whose name it goes, and what it may hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from planning.model.errors import PlanningError, nearest

REQUESTS = ("Total_Item_Requests", "Unique_Item_Requests")
INVESTIGATIONS = ("Total_Item_Investigations", "Unique_Item_Investigations")
TITLES = ("Unique_Title_Requests", "Unique_Title_Investigations")
DENIED = ("Limit_Exceeded", "No_License")
SEARCHES = ("Searches_Regular", "Searches_Automated", "Searches_Federated")
METRICS = (*REQUESTS, *INVESTIGATIONS, *TITLES, *DENIED, *SEARCHES, "Searches_Platform")
JOURNALS = frozenset({"Journal"})
BOOKS = frozenset({"Book", "Book_Segment", "Reference_Work"})
LEVELS = {"PR": "Platform", "DR": "Database", "TR": "Title", "IR": "Item"}
ATTRIBUTES = ("data_type", "section_type", "yop", "access_type", "access_method")
COLUMNS = ["file", "report", "release", "platform", "database", "title", "item", "id", *ATTRIBUTES, "metric", "period", "uses"]


@dataclass(frozen=True)
class Kind:
    """A report type: its name, the metrics it may hold, the attributes that set its rows apart, and its data types (empty: any)."""

    name: str
    metrics: tuple[str, ...]
    attributes: tuple[str, ...] = ()
    data_types: frozenset[str] = frozenset()


KINDS: dict[str, Kind] = {
    "PR": Kind("Platform Report", (*REQUESTS, *INVESTIGATIONS, *TITLES, "Searches_Platform"), ATTRIBUTES),
    "TR": Kind("Title Report", (*REQUESTS, *INVESTIGATIONS, *TITLES, *DENIED), ATTRIBUTES),
    "DR": Kind("Database Report", (*REQUESTS, *INVESTIGATIONS, *TITLES, *DENIED, *SEARCHES), ATTRIBUTES),
    "IR": Kind("Item Report", (*REQUESTS, *INVESTIGATIONS, *TITLES, *DENIED), ATTRIBUTES),
    "PR_P1": Kind("Platform Usage", (*REQUESTS, "Unique_Title_Requests", "Searches_Platform")),
    "DR_D1": Kind("Database Search and Item Usage", (*SEARCHES, *INVESTIGATIONS, *REQUESTS)),
    "DR_D2": Kind("Database Access Denied", DENIED),
    "TR_J1": Kind("Journal Requests", REQUESTS, (), JOURNALS),
    "TR_J2": Kind("Journal Access Denied", DENIED, (), JOURNALS),
    "TR_J3": Kind("Journal Usage by Access Type", (*REQUESTS, *INVESTIGATIONS), ("access_type",), JOURNALS),
    "TR_J4": Kind("Journal Requests by YOP", REQUESTS, ("yop",), JOURNALS),
    "TR_B1": Kind("Book Requests", (*REQUESTS, "Unique_Title_Requests"), ("yop",), BOOKS),
    "TR_B2": Kind("Book Access Denied", DENIED, ("yop",), BOOKS),
    "TR_B3": Kind("Book Usage by Access Type", (*REQUESTS, *INVESTIGATIONS, *TITLES), ("yop", "access_type"), BOOKS),
    "IR_A1": Kind("Journal Article Requests", REQUESTS, ("access_type",)),
    "IR_M1": Kind("Multimedia Item Requests", REQUESTS),
}
"""In the order in which one is taken where several count the same use: master reports first."""

OLDER = {"JR1": "TR_J1", "JR2": "TR_J2", "JR3": "TR_J3", "JR4": "TR", "JR5": "TR_J4", "DB1": "DR_D1", "DB2": "DR_D2", "PR1": "PR_P1",
         "BR1": "TR_B1", "BR2": "TR_B1", "BR3": "TR_B2", "BR4": "TR_B2", "BR5": "TR_B3", "BR7": "TR_B1", "TR1": "TR", "TR2": "TR", "MR1": "IR_M1"}
"""Reports of Release 4 and what took their place."""


@dataclass(frozen=True)
class Report:
    """One report: its type, its release (5 or 5.1; empty where nothing says it), its rows, and what is to be told of them."""

    file: str
    report: str
    release: str
    rows: pd.DataFrame
    told: list[str] = field(default_factory=list)


def is_master(report: str) -> bool:
    """Whether a report type is a master report, of which the standard views are extracts.

    >>> is_master("TR"), is_master("TR_J1")
    (True, False)
    """
    return "_" not in report


def level(report: str) -> str:
    """The column that names what a row of this report is about.

    >>> level("TR_J1"), level("PR")
    ('Title', 'Platform')
    """
    return LEVELS[report[:2]]


def release(file: str, header: Mapping[str, str]) -> str:
    """The release that a header claims, 5 or 5.1; raises PlanningError for any other."""
    text = str(header.get("release", "")).strip()
    name = "".join(str(header.get("report_id", "")).split()).upper()
    if text.startswith("4") or name in OLDER:
        raise older(file, name)
    if text and text.split(".")[0] != "5":
        raise PlanningError("{file}: it says it is of COUNTER release {release}. Releases 5 and 5.1 can be read; ask the publisher for one of these.", file=file, release=text)
    return "5.1" if text.startswith("5.1") else "5" if text else ""


def older(file: str, name: str = "") -> PlanningError:
    """The refusal of a Release 4 report, with the report that took its place."""
    if name in OLDER:
        return PlanningError("{file} is {name}, a report of COUNTER Release 4, which counted in another way. Ask the publisher for {now} of Release 5.1, which took its place.",
                             file=file, name=name, now=OLDER[name])
    return PlanningError("{file} is a report of COUNTER Release 4, which counted in another way. Ask the publisher for a report of Release 5.1, such as TR or PR.", file=file)


def identified(file: str, header: Mapping[str, str]) -> str:
    """The report type that a header claims, empty where it claims none; raises PlanningError for one that is not of COUNTER."""
    found = "".join(str(header.get("report_id", "")).split()).upper().replace("-", "_")
    found = next((name for name in KINDS if name.replace("_", "") == found.replace("_", "")), found)
    if found and found not in KINDS:
        close = nearest(found, list(KINDS))
        hint = f"Did the publisher mean {close}?" if close else f"The types are: {', '.join(KINDS)}."
        raise PlanningError("{file}: the header names the report {found}, which is no report type of COUNTER. {hint} Ask for one of these.", file=file, found=found, hint=hint)
    return found


def metric(text: str) -> str:
    """A metric as COUNTER writes it, whatever its capitals and spaces; any other text as it is.

    >>> metric("total item requests "), metric("EBSCOhost:Total_Linkouts")
    ('Total_Item_Requests', 'EBSCOhost:Total_Linkouts')
    """
    plain = "_".join(str(text).replace("_", " ").split())
    return next((name for name in METRICS if name.lower() == plain.lower()), str(text).strip())


def guessed(columns: set[str], metrics: set[str]) -> str:
    """The report type that columns and metrics speak for, where no header names it: the first that may hold them all.

    >>> guessed({"title", "yop", "isbn"}, {"Total_Item_Requests"}), guessed({"database"}, {"No_License"}), guessed({"platform", "access_method"}, set())
    ('TR_B1', 'DR_D2', 'PR')
    """
    own = _about(columns)
    family = next(name for name, about in LEVELS.items() if about == own)
    apart = columns & {"yop", "access_type"}
    books = BOOKS if "isbn" in columns else JOURNALS
    fits = [name for name, kind in KINDS.items() if not is_master(name) and name.startswith(family) and metrics <= set(kind.metrics)
            and apart == set(kind.attributes) and kind.data_types in (frozenset(), books)]
    return fits[0] if fits and "access_method" not in columns else family


def _about(columns: set[str]) -> str:
    """What the rows are about, by the columns there are."""
    return next((name for name in ("Item", "Title", "Database") if name.lower() in columns), "Platform")


def refuse_claim(file: str, report: str, columns: set[str], rows: pd.DataFrame, *, table: bool = False) -> None:
    """Raise PlanningError when a report is not of the type that its header claims, by its columns, metrics or data types.

    In a table every column stands there, so that one for ISBN is looked for in a report on books.
    """
    kind = KINDS[report]
    strange = [f"the metric {name}" for name in rows["metric"].unique() if name not in kind.metrics and ":" not in name]
    strange += [f"rows of the data type {name}" for name in rows["data_type"].unique() if name and kind.data_types and name not in kind.data_types]
    strange += [f"rows split by {name}" for name in ("yop", "access_type") if name not in kind.attributes and (rows[name] != "").any()]
    strange += ["no column ISBN"] if table and kind.data_types == BOOKS and "isbn" not in columns else []
    if _about(columns) != level(report):
        strange = [f"a row for each {_about(columns).lower()}", *strange]
    if strange:
        raise PlanningError("{file}: the header says {report} ({name}), but the file holds {strange}, unlike that report. "
                            "Ask the publisher for the report again, or give the file with the right Report_ID.", file=file, report=report, name=kind.name, strange=strange[0])
