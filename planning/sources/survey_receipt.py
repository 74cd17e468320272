"""Whether a survey's export is kept in the evidence, and the receipt of one that is not."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import replace

import pandas as pd

from planning.model import arrival as door
from planning.model.arrival import Arrival
from planning.model.create import csv_of
from planning.model.plan import Plan
from planning.sources.survey_rows import Part

PLACE = f"{door.EVIDENCE}/{door.RECEIPTS}"
LEFT = "left-file"


def private(parts: list[Part]) -> list[str]:
    """The headings of columns that may point to a person: personal ones, and comments as they were written."""
    return list(dict.fromkeys(column.heading for part in parts for column in part.form.columns if column.personal or column.becomes == "comment"))


def told(parts: list[Part], keep: bool) -> list[str]:
    """What is told of the file itself."""
    headings = private(parts)
    if not keep:
        why = f", since it may point to persons ({', '.join(headings)})" if headings else ""
        return [f"The file itself is not kept in the plan{why}; the receipt holds its fingerprint. "
                "Keep it where only those may read it who should. --keep-file puts it into evidence/."]
    what = f"what may point to persons ({', '.join(headings)})" if headings else "each person's answers in one row"
    return [f"The file in evidence/ holds {what}. Take it out before the plan's folder is given to others, or use --leave-file."]


def without_files(plan: Plan, arrival: Arrival) -> Arrival:
    """The arrival without its files: their fingerprints stand in receipts.csv, unless nothing changes and they are known."""
    bare = replace(arrival, files=())
    changed = len(door.take(plan.folder, bare, trial=True).touched)
    place = plan.folder / PLACE
    before = pd.read_csv(place, dtype="str", keep_default_na=False) if place.exists() else pd.DataFrame(columns=door.COLUMNS)
    prints = [hashlib.sha256(path.read_bytes()).hexdigest() for path in arrival.files]
    if not changed and set(prints) <= set(before["sha256"]):
        return bare
    said = [arrival.kind, dt.date.today().isoformat(), " ".join(arrival.tables), str(changed), " ".join(arrival.told)]
    lines = [[f"{path.name} (not kept)", one, *said] for path, one in zip(arrival.files, prints)]
    text = csv_of(pd.concat([before, pd.DataFrame(lines, columns=door.COLUMNS)], ignore_index=True))
    return replace(bare, notes={**arrival.notes, door.RECEIPTS: text}, seen={**arrival.seen, PLACE: door.fingerprint(plan.folder, PLACE)})
