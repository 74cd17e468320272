"""COUNTER reports as the uses of a plan's subscriptions, year by year: the metric and the report that each subscription names."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from planning.methods import periods
from planning.model import arrival as door
from planning.model.arrival import Arrival
from planning.model.errors import PlanningError, UsageError, nearest
from planning.model.files import csv_text
from planning.model.plan import Plan, fiscal_year
from planning.sources import counter
from planning.sources.counter_choice import chosen, listed, plain
from planning.sources.series_files import rows_of

FILE = "counter_subscriptions.csv"
MONTHS = 12


def arrival(plan: Plan, files: list[Path], *, subscription: str = "", mapping: Path | None = None, sheet: str = "") -> Arrival:
    """The uses of the platforms in the files, as rows of the plan's subscription_values by subscription and fiscal year.

    Each subscription is counted by the metric and the report that it names in subscriptions.csv; figures of
    another report or metric are left out. A platform belongs to `subscription`, to the one that the CSV
    `mapping` or the one kept the last time gives, or to the one of the same name. Only full years that have
    ended are taken: a year with months missing is named and left out. Prices in the table stay.

    Raises UsageError when a platform has no subscription yet, and PlanningError when no full year can be taken.
    """
    rows, told = counter.read(files, sheet)
    pairs = _pairs(plan, list(rows["platform"].unique()), subscription, mapping)
    owner = {plain(name): one for name, one in pairs.items() if one}
    rows = rows.assign(subscription=rows["platform"].map(lambda name: owner.get(plain(name), "")))
    found = []
    for one in plan.subscriptions[plan.subscriptions["subscription"].isin(rows["subscription"])].itertuples():
        found += _years(plan, one, rows[rows["subscription"] == one.subscription], told)
    if not found:
        raise PlanningError("No use can be brought in. {told}", told=" ".join(told))
    table = pd.DataFrame(found, columns=["subscription", "fiscal_year", "uses"])
    seen = {file: door.fingerprint(plan.folder, file) for file in ("subscription_values.csv", f"{door.EVIDENCE}/{FILE}")}
    return Arrival("counter", {"subscription_values": table}, tuple({path.resolve(): path for path in files}.values()), tuple(told), seen=seen,
                   notes={FILE: csv_text(["platform", "subscription"], sorted(pairs.items()))})


def _years(plan: Plan, one: tuple, rows: pd.DataFrame, told: list[str]) -> list[list[object]]:
    """The uses of one subscription in each full year that has ended; what is left out is told."""
    wanted = f"{one.metric}" if pd.isna(one.report) else f"{one.metric} of {one.report}"
    fits = rows[(rows["metric"].str.casefold() == one.metric.casefold()) & (pd.isna(one.report) or rows["report"].str.casefold() == str(one.report).casefold())]
    if fits.empty:
        held = listed(sorted({f"{metric} of {report}" for report, metric in zip(rows["report"], rows["metric"])}))
        told.append(f"{one.name}: left out, since it is counted as {wanted} and the files hold {held}.")
        return []
    uses, more = chosen(fits, fits["metric"].iloc[0])
    months = uses.groupby("period", as_index=False)["uses"].sum()
    months["year"] = [fiscal_year(periods.last_day(period).date(), int(plan.facts["fiscal_year_start"])) for period in months["period"]]
    found = []
    for year, own in months.groupby("year"):
        if len(own) == MONTHS and year <= plan.last_full_year:
            found.append([one.subscription, int(year), float(own["uses"].sum())])
            more.append(f"Taken: {one.name}, {wanted}, fiscal year {year}, {own['uses'].sum():,.0f} uses.")
        else:
            why = "it has not ended on the plan's as_of day" if len(own) == MONTHS else f"{len(own)} of 12 months are in the files"
            more.append(f"{one.name}: fiscal year {year} left out, since {why}.")
    told += more
    return found


def _pairs(plan: Plan, platforms: list[str], subscription: str, path: Path | None) -> dict[str, str]:
    """The subscription of each platform; raises UsageError for one that the plan does not have, and, with a proposal, for platforms without one."""
    if subscription and path:
        raise UsageError("--subscription and --map do not go together: the one is for all platforms, the other names a subscription for each.")
    place = plan.folder / door.EVIDENCE / FILE
    kept = _read(place) if place.exists() else {}
    named = {plain(name): one for one, name in zip(plan.subscriptions["subscription"], plan.subscriptions["name"])}
    given = dict.fromkeys(platforms, subscription) if subscription else _read(path) if path else {}
    known = named | {plain(name): one for name, one in {**kept, **given}.items()}
    ids = list(plan.subscriptions["subscription"])
    for one in given.values():
        if one and one not in ids:
            close = nearest(one, ids)
            raise UsageError("The plan has no subscription {one}. {hint}", one=one, hint=f"Did you mean {close}?" if close else f"It has: {', '.join(ids)}." if ids else "Fill in subscriptions.csv first.")
    without = [name for name in platforms if plain(name) not in known]
    if without:
        lines = "\n".join(f"  {one}  {name}" for one, name in zip(ids, plan.subscriptions["name"]))
        raise UsageError("Which subscription does each platform belong to? Nothing was written.\n\nSubscriptions of the plan:\n{lines}\n\nSave this as map.csv, fill it in, and give the same command with --map map.csv:\n{table}\n"
                         "A platform without a subscription is left out. When all belongs to one, give --subscription ID instead.",
                         lines=lines or "  (none: fill in subscriptions.csv first)", table=csv_text(["platform", "subscription"], [[name, ""] for name in without]))
    return kept | {name: known[plain(name)] for name in platforms}


def _read(path: Path) -> dict[str, str]:
    rows = [row for row in rows_of(path) if any(row)] or [[]]
    headings = [cell.strip().lower() for cell in rows[0]]
    if not {"platform", "subscription"} <= set(headings):
        raise PlanningError("{file}: found the columns {found}. Allowed: platform and subscription, with a row for each platform.", file=path.name, found=", ".join(rows[0]))
    cells = [row + [""] * (len(headings) - len(row)) for row in rows[1:]]
    return {row[headings.index("platform")]: row[headings.index("subscription")].strip() for row in cells if row[headings.index("platform")]}
