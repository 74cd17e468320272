"""What a publisher says in place of figures or beside them: the exceptions of COUNTER and SUSHI, with what to do."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from planning.model.errors import PlanningError, Words

LATER = "Ask the publisher's server again later."
KEYS = "Check the customer id, the requestor id and the API key with the publisher, and ask again."
ACTIONS = {1000: LATER, 1010: LATER, 1011: "The report was not ready yet. Ask again in an hour.", 1020: "Ask again tomorrow; the server limits how often it answers.",
           1030: "Give the customer id, the requestor id and the dates when you ask.", 2000: KEYS, 2010: KEYS, 2020: KEYS,
           3000: "Ask which reports the publisher has, and take one of those.", 3010: "Ask for Release 5 or 5.1.", 3020: "Ask again with whole months that are over.",
           3030: "The publisher has no use for these months. Leave the file out, or ask for other months.",
           3031: "The publisher has not worked out these months yet. Ask again later.", 3032: "The publisher keeps these months no longer. Ask for later ones."}
ELSE = "Ask the publisher for the report again, as a file that holds figures."


class Note(NamedTuple):
    """One exception: its code (0 when it has none) and its message."""

    code: int
    message: str

    def __str__(self) -> str:
        return f"{self.code}: {self.message}" if self.code else self.message


def of_json(found: object) -> list[Note]:
    """The exceptions in a piece of SUSHI JSON: one, a list, or one under a name.

    >>> of_json({"Code": 2000, "Message": "Requestor Not Authorized"})
    [Note(code=2000, message='Requestor Not Authorized')]
    """
    if isinstance(found, list):
        return [note for one in found for note in of_json(one)]
    if not isinstance(found, Mapping):
        return []
    plain = {str(name).lower(): value for name, value in found.items()}
    if "message" in plain and ("code" in plain or "number" in plain or "severity" in plain):
        code = str(plain.get("code", plain.get("number", "")))
        data = f" ({plain['data']})" if plain.get("data") else ""
        return [Note(int(code) if code.isdigit() else 0, f"{plain['message']}{data}")]
    return [note for name in ("exception", "exceptions", "error", "errors") if name in plain for note in of_json(plain[name])]


def of_cell(text: str) -> list[Note]:
    """The exceptions in the header cell of a table.

    >>> of_cell("3031: Usage Not Ready for Requested Dates (to 2022-08-31); 3040: Partial Data Returned")
    [Note(code=3031, message='Usage Not Ready for Requested Dates (to 2022-08-31)'), Note(code=3040, message='Partial Data Returned')]
    """
    parts = [part.strip() for part in re.split(r";\s*(?=\d{1,4}\s*:)", text) if part.strip()]
    found = [re.fullmatch(r"(\d{1,4})\s*:\s*(.+)", part, re.DOTALL) for part in parts]
    return [Note(int(match[1]), match[2].strip()) if match else Note(0, part) for part, match in zip(parts, found)]


def refusal(file: str, notes: list[Note]) -> PlanningError:
    """The refusal of an answer that holds an exception and no report."""
    first = notes[0]
    return PlanningError("{file} holds no report: the publisher's server answered {code} ({message}). {action}",
                         file=file, code=first.code or Words("without a code"), message=first.message, action=Words(ACTIONS.get(first.code, ELSE)))


def empty(file: str, report: str, notes: list[Note]) -> PlanningError:
    """The refusal of a report without a single figure."""
    if notes:
        return PlanningError("{file}: the report {report} holds no figures; the publisher says {note}. {action}",
                             file=file, report=report, note=str(notes[0]), action=Words(ACTIONS.get(notes[0].code, ELSE)))
    return PlanningError("{file}: the report {report} holds no figures, and a blank cell is not a 0. Leave the file out, or ask the publisher for it again.", file=file, report=report)


def stranger(file: str) -> PlanningError:
    """The refusal of a file that is no COUNTER report."""
    return PlanningError("{file} is not a COUNTER report: it has no columns Platform and Metric_Type, and no Report_Header. "
                         "Give the report as the publisher sent it (TSV, CSV, XLSX or JSON); for other figures use planning import series.", file=file)
