"""What COUNTER files have brought into a plan so far: the uses of each platform by month, from which a service's sums are made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pandas as pd

from planning.model.arrival import EVIDENCE
from planning.model.create import csv_of
from planning.model.errors import PlanningError
from planning.sources.counter_choice import listed, plain, span

FILE = "counter_uses.csv"
COLUMNS = ["platform", "service", "period", "report", "metric", "uses", "file"]


@dataclass
class Sums:
    """The uses of each service by month (service, period, uses), rows of the plan's table that are to go, the new record, and what is to be told."""

    rows: pd.DataFrame
    gone: pd.DataFrame
    record: pd.DataFrame
    told: list[str] = field(default_factory=list)


def read(folder: Path) -> pd.DataFrame:
    """The record in a plan's evidence, empty where there is none; raises PlanningError when it was spoilt."""
    place = folder / EVIDENCE / FILE
    if not place.exists():
        return pd.DataFrame({name: pd.Series(dtype=float if name == "uses" else object) for name in COLUMNS})
    try:
        found = pd.read_csv(place, dtype="str", keep_default_na=False)[COLUMNS]
        return found.assign(uses=found["uses"].astype(float))
    except (KeyError, ValueError) as error:
        raise PlanningError("{file} cannot be read: its columns or figures were changed. Put the file back as it was, or remove it and bring in the COUNTER files again.",
                            file=f"{EVIDENCE}/{FILE}") from error


def text(record: pd.DataFrame) -> str:
    """The record as the CSV in which it is kept."""
    return csv_of(record)


def sums(before: pd.DataFrame, new: pd.DataFrame, services: Mapping[str, str], usage: pd.DataFrame) -> Sums:
    """The uses of the services that new figures touch: earlier figures of other platforms are added, those of the same platform and month replaced.

    `before` and `new` are records (platform, service, period, report, metric, uses, file), `services`
    the service of each platform, `usage` the plan's table. A platform that has moved to another
    service takes its earlier months with it.
    """
    to = {plain(name): service for name, service in services.items()}
    old = before.assign(key=before["platform"].map(plain))
    fresh = new.assign(key=new["platform"].map(plain))
    now = old.assign(service=[to.get(key, service) for key, service in zip(old["key"], old["service"])])
    moved = old[now["service"] != old["service"]]
    given = set(zip(fresh["key"], fresh["period"]))
    stay = now[~_among(now, "key", given) & (now["service"] != "")]
    record = pd.concat([part for part in (stay, fresh) if len(part)] or [stay], ignore_index=True).sort_values(["platform", "period"], ignore_index=True)
    touched = {*zip(fresh["service"], fresh["period"]), *zip(moved["service"], moved["period"]), *zip(now.loc[moved.index, "service"], moved["period"])}
    total = record.groupby(["service", "period"], as_index=False)["uses"].sum()
    rows = total[_among(total, "service", touched)].reset_index(drop=True)
    gone, kept = _gone(touched - set(zip(rows["service"], rows["period"])), old, usage)
    told = _moved(moved, to) + kept + _replaced(rows, old, usage) + _other_ways(old, fresh) + _partial(record, set(rows["service"]))
    return Sums(rows, gone, record[COLUMNS], told)


def _among(rows: pd.DataFrame, name: str, pairs: set[tuple[str, str]]) -> np.ndarray:
    """Which rows are of one of the pairs of a name and a month."""
    return np.array([pair in pairs for pair in zip(rows[name], rows["period"])], dtype=bool)


def _gone(left: set[tuple[str, str]], old: pd.DataFrame, usage: pd.DataFrame) -> tuple[pd.DataFrame, list[str]]:
    """Months of a service that no platform has any more: those whose row came from COUNTER go, and others are told of."""
    before = old.groupby(["service", "period"])["uses"].sum()
    mine = usage[_among(usage, "service", left)]
    ours = np.array([before.get((row.service, row.period)) == row.uses for row in mine.itertuples()], dtype=bool)
    other = mine[~ours]
    told = [f"{service}: its uses in {listed(rows['period'])} were changed by hand and stay; correct them in usage.csv." for service, rows in other.groupby("service")]
    return mine[ours], told


def _replaced(rows: pd.DataFrame, old: pd.DataFrame, usage: pd.DataFrame) -> list[str]:
    """Months in which the plan held other figures, from elsewhere, which these replace."""
    before = old.groupby(["service", "period"])["uses"].sum()
    both = rows.merge(usage, on=["service", "period"], suffixes=("", "_held"))
    other = both[(both["uses"] != both["uses_held"]) & ~both["uses_held"].eq(pd.Series([before.get(pair, np.nan) for pair in zip(both["service"], both["period"])], index=both.index, dtype=float))]
    return [f"{service}: other figures that usage.csv held for {listed(of['period'])} are replaced ({of['uses_held'].iloc[0]:,.0f} by {of['uses'].iloc[0]:,.0f} in {of['period'].iloc[0]})."
            for service, of in other.groupby("service")]


def _moved(moved: pd.DataFrame, to: Mapping[str, str]) -> list[str]:
    return [f"{rows['platform'].iloc[0]}: {len(rows)} earlier months moved from {service} " + (f"to {to[key]}." if to[key] else "and left out.")
            for (key, service), rows in moved.groupby(["key", "service"])]


def _other_ways(old: pd.DataFrame, fresh: pd.DataFrame) -> list[str]:
    """Platforms whose earlier months were counted in another way."""
    told = []
    for key, rows in fresh.groupby("key"):
        ways = old[(old["key"] == key) & ((old["report"] != rows["report"].iloc[0]) | (old["metric"] != rows["metric"].iloc[0])) & ~old["period"].isin(rows["period"])]
        for (report, metric), of in ways.groupby(["report", "metric"]):
            told.append(f"{rows['platform'].iloc[0]}: {span(of['period'])} counted as {metric} of {report}, "
                        f"the new months as {rows['metric'].iloc[0]} of {rows['report'].iloc[0]}; a jump between them is no change in use.")
    return told


def _partial(record: pd.DataFrame, services: set[str]) -> list[str]:
    """Services whose platforms do not all have a figure for every month."""
    told = []
    for service, rows in record[record["service"].isin(services)].groupby("service"):
        for _, own in rows.groupby("key"):
            lacks = sorted(set(rows["period"]) - set(own["period"]))
            if lacks:
                told.append(f"{service}: the sums of {listed(lacks)} are without {own['platform'].iloc[0]}, which has no figure there.")
    return told
