"""COUNTER reports (Releases 5 and 5.1) as the use of a plan's services: one metric of one report for each platform."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from planning.methods.periods import last_day
from planning.model import arrival as door
from planning.model.arrival import Arrival
from planning.model.errors import PlanningError
from planning.model.plan import Plan
from planning.sources import counter_json, counter_map, counter_table, counter_uses
from planning.sources.counter_choice import chosen, listed, plain, span
from planning.sources.counter_files import Sheet, contents
from planning.sources.counter_types import COLUMNS, Report

USAGE = ["service", "period", "uses"]


def read(files: list[Path], sheet: str = "") -> tuple[pd.DataFrame, list[str]]:
    """Every figure of the reports, one row each, and what is to be told of the reading.

    A file is TSV, CSV, XLSX or SUSHI JSON; of a workbook, every sheet that holds a report is read, or the
    one named `sheet`. Blank cells and months left out have no row. The same path twice is read once.

    Returns file, report (such as TR_J1), release (5 or 5.1; empty where no header says it), platform,
    database, title (of the parent for an item), item, id (DOI or another identifier), data_type,
    section_type, yop, access_type, access_method (texts as in the file, empty where it has none),
    metric, period (YYYY-MM), uses (0 or more).

    Misleads when added up over metrics or reports: they count the same use in several ways.

    Raises PlanningError for a file that is no such report, with what to do; UsageError for a sheet that is not there.
    """
    paths = list({path.resolve(): path for path in files}.values())
    named = [path.name for path in paths]
    found: list[Report] = []
    for path in paths:
        held = contents(path, sheet)
        own = [counter_table.report(one) for one in held] if _is_table(held) else counter_json.reports(path.name, held)
        found += [_placed(one, path) if named.count(path.name) > 1 else one for one in own]
    nowhere = [one.file for one in found if (one.rows["platform"] == "").any()]
    if nowhere:
        raise PlanningError("{files}: rows name no platform, and neither does the header (Created_By). Fill in the column Platform.", files=", ".join(nowhere))
    told = [_told(one) for one in found] + [line for one in found for line in one.told]
    return pd.concat([one.rows for one in found], ignore_index=True)[COLUMNS], told


def arrival(plan: Plan, files: list[Path], *, service: str = "", mapping: Path | None = None, metric: str = "", sheet: str = "") -> Arrival:
    """The uses of the platforms in the files, as rows of the plan's usage table by service and month.

    The service of each platform is `service`, or stands in the CSV `mapping` or in the one kept the
    last time. Platforms of one service are added up, with what earlier files brought of others.
    Months that end after the plan's as_of day are left out.

    Raises UsageError with a proposal when a platform has no service yet, and for words that fit nothing;
    PlanningError for files that cannot be taken.
    """
    rows, told = read(files, sheet)
    services = counter_map.mapping(plan, rows, service=service, path=mapping)
    to = {plain(name): one for name, one in services.items()}
    out = [name for name in rows["platform"].unique() if not to[plain(name)]]
    told += [f"Left out, since the mapping gives no service: {listed(out)}."] if out else []
    uses, more = chosen(_within(plan, rows[~rows["platform"].isin(out)], told), metric)
    new = uses.assign(service=uses["platform"].map(lambda name: to[plain(name)]))[counter_uses.COLUMNS]
    sums = counter_uses.sums(counter_uses.read(plan.folder), new, services, plan.usage)
    told += [*more, *_taken(new), *sums.told]
    table, whole = sums.rows[USAGE], frozenset()
    if len(sums.gone):
        keys = set(zip([*sums.gone["service"], *table["service"]], [*sums.gone["period"], *table["period"]]))
        stays = plan.usage[np.array([pair not in keys for pair in zip(plan.usage["service"], plan.usage["period"])], dtype=bool)]
        table, whole = pd.concat([stays[USAGE], table], ignore_index=True), frozenset({"usage"})
    kept = {counter_map.FILE: counter_map.text(services), counter_uses.FILE: counter_uses.text(sums.record)}
    seen = {file: door.fingerprint(plan.folder, file) for file in ("usage.csv", *(f"{door.EVIDENCE}/{name}" for name in kept))}
    return Arrival("counter", {"usage": table}, tuple({path.resolve(): path for path in files}.values()), tuple(told), whole, seen=seen, notes=kept)


def _is_table(held: object) -> bool:
    return isinstance(held, list) and bool(held) and isinstance(held[0], Sheet)


def _placed(one: Report, path: Path) -> Report:
    """A report called by its folder too, where two files have the same name."""
    name = one.file.replace(path.name, f"{path.parent.name}/{path.name}", 1)
    return Report(name, one.report, one.release, one.rows.assign(file=name), [line.replace(one.file, name) for line in one.told])


def _told(one: Report) -> str:
    months, platforms = one.rows["period"], one.rows["platform"].unique()
    release = f" of Release {one.release}" if one.release else ""
    return f"{one.file}: {one.report}{release}, {listed(platforms)}, {span(months)}, {len(one.rows):,} figures read."


def _within(plan: Plan, rows: pd.DataFrame, told: list[str]) -> pd.DataFrame:
    """The rows of months that are over on the plan's as_of day; raises PlanningError when none is left."""
    if rows.empty:
        raise PlanningError("The mapping leaves out every platform of the files. Give a service to one of them, with --map or --service.")
    late = sorted(month for month in rows["period"].unique() if last_day(month).date() > plan.as_of)
    if len(late) == rows["period"].nunique():
        raise PlanningError("All months of the files ({months}) end after the plan's as_of day, {day}. Set as_of in plan.toml to a later day, then bring the files in again.",
                            months=span(late), day=plan.as_of)
    if late:
        told.append(f"Left out, since they end after the plan's as_of day {plan.as_of}: {listed(late)}. Set as_of later in plan.toml and bring the files in again to have them.")
    return rows[~rows["period"].isin(late)]


def _taken(new: pd.DataFrame) -> list[str]:
    """What was taken of each platform, with its total."""
    return [f"Taken: {platform} into {of['service'].iloc[0]}, {of['metric'].iloc[0]} of {of['report'].iloc[0]}, {span(of['period'])}, {of['uses'].sum():,.0f} uses."
            for platform, of in new.groupby("platform")]
