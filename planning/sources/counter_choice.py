"""One metric of one report for each platform, so that no use is counted twice."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from planning.methods.periods import every
from planning.model.errors import PlanningError, UsageError, nearest
from planning.sources.counter_types import DENIED, KINDS, METRICS, is_master, metric

PREFERRED = ("Unique_Item_Requests", "Total_Item_Requests")
COLUMNS = ["platform", "report", "metric", "period", "uses", "file"]
MINING = "tdm"


def plain(platform: str) -> str:
    """A platform's name in the one form in which names are compared.

    >>> plain(" EBSCOhost  Web ") == plain("ebscohost web")
    True
    """
    return " ".join(str(platform).split()).casefold()


def chosen(rows: pd.DataFrame, wanted: str = "") -> tuple[pd.DataFrame, list[str]]:
    """The uses of each platform by month, out of one report type and one metric, and what is to be told of what was left out.

    Of the report types that hold the metric a master report goes before a standard view, then the one
    with more months, then PR, TR, DR, IR. The metric is `wanted`, or Unique_Item_Requests, or else
    Total_Item_Requests. Rows by data type, access type or year of publication are added up; those of
    text and data mining (Access_Method TDM) are left out, as in the standard views.

    Returns platform, report, metric, period, uses (1 or more rows a platform), file (where they stand).
    Raises UsageError for a metric that no file has, PlanningError when no platform has one that counts
    uses, or when two files tell different figures for the same month.
    """
    metrics = _metrics(rows, wanted)
    names = {key: name for name in reversed(list(rows["platform"].unique())) for key in [plain(name)]}
    keys = rows["platform"].map({name: plain(name) for name in rows["platform"].unique()})
    mined = rows["access_method"].str.casefold() == MINING
    told, found = [], []
    for key, of in rows.assign(mined=mined).groupby(keys, sort=True):
        picked = _picked(of[~of["mined"]], metrics)
        if not picked:
            told.append(_without(names[key], of, metrics))
            continue
        report, name = picked
        own = of[(of["report"] == report) & (of["metric"] == name)]
        found.append(_by_month(own[~own["mined"]], names[key], told))
        told += _left_out(names[key], of, report, name, found[-1])
    if not found:
        raise PlanningError("No use can be brought in. {told}", told=" ".join(told))
    return pd.concat(found, ignore_index=True)[COLUMNS], told


def _metrics(rows: pd.DataFrame, wanted: str) -> tuple[str, ...]:
    known = sorted(rows["metric"].unique())
    if not wanted:
        return PREFERRED
    if metric(wanted) in known:
        return (metric(wanted),)
    close = nearest(wanted, known)
    hint = f"Did you mean {close}?" if close else f"They hold: {', '.join(known)}."
    what = "the files do not hold this metric" if metric(wanted) in METRICS else "COUNTER has no such metric"
    raise UsageError("--metric {wanted}: {what}. {hint}", wanted=wanted, what=what, hint=hint)


def _picked(of: pd.DataFrame, metrics: tuple[str, ...]) -> tuple[str, str] | None:
    """The report type and the metric to take for one platform; None when no report has one of the metrics."""
    held = of[of["metric"].isin(metrics)]
    if held.empty:
        return None
    months = held.groupby("report")["period"].nunique()
    report = min(months.index, key=lambda name: (not is_master(name), -months[name], list(KINDS).index(name)))
    own = set(held.loc[held["report"] == report, "metric"])
    return report, next(name for name in metrics if name in own)


def _without(platform: str, of: pd.DataFrame, metrics: tuple[str, ...]) -> str:
    held = sorted(set(of["metric"]))
    why = "only requests that were turned away" if set(held) <= set(DENIED) else f"only {listed(held)}"
    way = "" if len(metrics) == 1 else " Name another with --metric, or bring in a report on requests, such as TR or PR."
    return f"{platform}: left out, since {listed(of['report'].unique())} holds no {' or '.join(metrics)} for it, {why}.{way}"


def _by_month(own: pd.DataFrame, platform: str, told: list[str]) -> pd.DataFrame:
    """The uses of one platform by month, each taken from one file; raises PlanningError when two files tell different figures."""
    sums = own.groupby(["period", "file"], sort=True)["uses"].sum().reset_index()
    apart = sums.groupby("period")["uses"].nunique()
    if (apart > 1).any():
        month = apart.index[apart > 1][0]
        figures = [f"{row.uses:,.0f} in {row.file}" for row in sums[sums["period"] == month].itertuples()]
        raise PlanningError("{platform}, {report}, {month}: {figures}. Two files of the same report tell different figures for {many}. Give the newer one only.",
                            platform=platform, report=own["report"].iloc[0], month=month, figures=" but ".join(figures),
                            many=f"{(apart > 1).sum()} months" if (apart > 1).sum() > 1 else "this month")
    taken = sums.drop_duplicates("period")
    again = sorted(set(sums["file"]) - set(taken["file"]))
    if again:
        told.append(f"{platform}: {listed(again)} tells the same as {listed(taken['file'].unique())}; taken once.")
    return taken.assign(platform=platform, report=own["report"].iloc[0], metric=own["metric"].iloc[0])


def _left_out(platform: str, of: pd.DataFrame, report: str, name: str, taken: pd.DataFrame) -> list[str]:
    """What was left out for one platform, and why."""
    told, held = [], set(of["report"].unique())
    others = [one for one in KINDS if one in held - {report}]
    if others:
        master = "" if is_master(report) else f" The master report {report[:2]} would hold more than one view of it."
        told.append(f"{platform}: {listed(others)} left out, since a use would count a second time beside {report}.{master}")
    metrics = sorted(set(of.loc[of["report"] == report, "metric"]) - {name})
    if metrics:
        told.append(f"{platform}: of {report}, only {name} was taken; left out, since they count the same visits in other ways: {listed(metrics)}.")
    mined = of.loc[of["mined"] & (of["report"] == report) & (of["metric"] == name), "uses"].sum()
    told += [f"{platform}: {mined:,.0f} uses by text and data mining left out, as in COUNTER's standard views."] if mined else []
    elsewhere = sorted(set(of.loc[of["metric"] == name, "period"]) - set(taken["period"]))
    told += [f"{platform}: {listed(elsewhere)} left out, since only other reports have them."] if elsewhere else []
    gaps = sorted(set(every(list(taken["period"]))) - set(taken["period"]))
    told += [f"{platform}: no figure for {listed(gaps)}; left empty, not 0."] if gaps else []
    databases = of.loc[(of["report"] == report) & (of["metric"] == name) & (of["database"] != ""), "database"].nunique()
    if name.startswith("Searches_") and databases > 1:
        told.append(f"{platform}: a search that runs over several of its {databases} databases counts in each of them. Searches_Platform of PR counts it once.")
    return told


def listed(names: Iterable[str], most: int = 12) -> str:
    """Names in a row, and how many more there are.

    >>> listed(["a", "b"]), listed([str(n) for n in range(15)], 3)
    ('a, b', '0, 1, 2 and 12 more')
    """
    every_name = list(names)
    return ", ".join(every_name[:most]) + (f" and {len(every_name) - most} more" if len(every_name) > most else "")


def span(months: Iterable[str]) -> str:
    """The first and the last of some months.

    >>> span(["2025-03", "2025-01"]), span(["2025-01"])
    ('2025-01 to 2025-03', '2025-01')
    """
    first, last = min(months := list(months)), max(months)
    return first if first == last else f"{first} to {last}"
