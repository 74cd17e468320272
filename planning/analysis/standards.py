"""Which service standards are kept, which are missed, and which nobody measures."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from planning.methods import periods

MONTHS = {"monthly": 1, "quarterly": 3, "yearly": 12}
DAYS_A_MONTH = 365.25 / 12
STATES = ("missed", "partly kept", "stale", "not measured", "kept")
COLUMNS = ["standard", "name", "service", "service_name", "kpi", "kpi_name", "unit", "side", "mark", "source", "public", "n", "kept", "share", "latest", "period", "state", "reason"]


def kept(standards: pd.DataFrame, kpis: pd.DataFrame, kpi_values: pd.DataFrame, services: pd.DataFrame, *, as_of: dt.date, fiscal_year_start: int = 1) -> pd.DataFrame:
    """How each standard was kept over the last year, promised publicly and missed first: standard, name, service, service_name, kpi, kpi_name, unit,
    side, mark, source, public, n (periods measured in the year up to `as_of`), kept (of them at the mark or better), share (0-1),
    latest, period (last value and its period), state, reason (why it is not measured; empty when it is).

    state: kept (in every period measured), partly kept (in half or more), missed (in fewer than half), stale (the last value
    is older than one and a half of its periods) or not measured. Counted are periods that end in the twelve months up to
    `as_of`; for a yearly KPI the last one, if it is not stale. A mark is the library's promise, not a target to grow
    towards. Misleads where the KPI is a mean: a kept mean leaves room for patrons for whom the promise was broken.

    >>> standards = pd.DataFrame({"standard": ["SD1"], "name": ["Answer in two days"], "service": ["S1"], "kpi": ["K1"], "side": ["at least"],
    ...                           "mark": [90.0], "source": ["own"], "public": [True]})
    >>> kpis = pd.DataFrame({"kpi": ["K1"], "name": ["Answered in time"], "unit": ["%"], "frequency": ["quarterly"]})
    >>> values = pd.DataFrame({"kpi": "K1", "period": ["2026-Q1", "2026-Q2"], "value": [92.0, 84.0]})
    >>> services = pd.DataFrame({"service": ["S1"], "name": ["Desk"]})
    >>> kept(standards, kpis, values, services, as_of=dt.date(2026, 6, 30))[["n", "kept", "share", "state"]].values.tolist()
    [[2, 1, 0.5, 'partly kept']]
    """
    about = kpis[["kpi", "name", "unit", "frequency"]].rename(columns={"name": "kpi_name"})
    found = standards.merge(about, on="kpi", how="left").merge(services[["service", "name"]].rename(columns={"name": "service_name"}), on="service", how="left")
    told = [_told(row, kpi_values[kpi_values["kpi"] == row["kpi"]], pd.Timestamp(as_of), fiscal_year_start) for row in found.to_dict("records")]
    found[["n", "kept", "latest", "period", "state", "reason"]] = pd.DataFrame(told, index=found.index, columns=["n", "kept", "latest", "period", "state", "reason"])
    found["share"] = (found["kept"].astype(float) / found["n"].astype(float).where(found["n"] > 0))
    found["public"] = found["public"].astype("boolean").fillna(False).astype(bool)
    order = found["state"].map({word: place for place, word in enumerate(STATES)})
    quiet = ~(found["public"] & found["state"].isin(STATES[:2]))
    return found.assign(order=order, quiet=quiet).sort_values(["quiet", "order", "share", "standard"], ignore_index=True)[COLUMNS]


def _told(row: dict[str, object], values: pd.DataFrame, day: pd.Timestamp, start: int) -> list[object]:
    lacks = "no KPI" if pd.isna(row["kpi"]) or pd.isna(row["frequency"]) else "no mark" if pd.isna(row["mark"]) or pd.isna(row["side"]) else ""
    known = values.dropna(subset=["value", "period"])
    ends = known["period"].map(lambda period: periods.last_day(period, start)) if len(known) else pd.Series(dtype="datetime64[ns]")
    known = known.assign(end=pd.to_datetime(ends))
    known = known[known["end"] <= day].sort_values("end")
    if lacks or known.empty:
        return [0, 0, None, None, "not measured", lacks or "no value yet"]
    last, months = known.iloc[-1], MONTHS[row["frequency"]]
    recent = known.tail(1) if months == 12 else known[known["end"] > day - pd.DateOffset(years=1)]
    held = recent["value"] >= row["mark"] if row["side"] == "at least" else recent["value"] <= row["mark"]
    if (day - last["end"]).days > 1.5 * months * DAYS_A_MONTH:
        return [len(recent), int(held.sum()), last["value"], last["period"], "stale", ""]
    state = "kept" if held.all() else "partly kept" if held.mean() >= 0.5 else "missed"
    return [len(recent), int(held.sum()), last["value"], last["period"], state, ""]


def course(standards: pd.DataFrame, kpis: pd.DataFrame, kpi_values: pd.DataFrame, *, as_of: dt.date, fiscal_year_start: int = 1, years: int = 4) -> pd.DataFrame:
    """How each measured standard was kept, year by year back from `as_of`: standard, name, year (1 the last twelve months), until (its
    last day), n (periods measured), kept (of them), share (0-1; missing where nothing was measured).

    Years run back from `as_of`, so that the last is whole whatever the fiscal year. Today's mark is laid over earlier values: it
    says how they would stand today, not what was promised then.

    >>> standards = pd.DataFrame({"standard": ["SD1"], "name": ["Answer in two days"], "kpi": ["K1"], "side": ["at most"], "mark": [2.0]})
    >>> kpis = pd.DataFrame({"kpi": ["K1"]})
    >>> values = pd.DataFrame({"kpi": "K1", "period": ["2025-05", "2026-05"], "value": [3.0, 2.0]})
    >>> course(standards, kpis, values, as_of=dt.date(2026, 6, 30), years=2)[["year", "share"]].values.tolist()
    [[2.0, 0.0], [1.0, 1.0]]
    """
    day, columns = pd.Timestamp(as_of), ["standard", "name", "year", "until", "n", "kept", "share"]
    asked = standards.dropna(subset=["kpi", "side", "mark"])
    measured = asked[asked["kpi"].isin(kpis["kpi"])].merge(kpi_values.dropna(subset=["value", "period"])[["kpi", "period", "value"]], on="kpi")
    if measured.empty:
        return pd.DataFrame(columns=columns)
    end = measured["period"].map(lambda period: periods.last_day(period, fiscal_year_start))
    measured["year"] = [_years_back(day, one) for one in end]
    measured["kept"] = ((measured["value"] >= measured["mark"]).where(measured["side"] == "at least", measured["value"] <= measured["mark"]))
    inside = measured[measured["year"].between(1, years)]
    counted = inside.groupby(["standard", "year"])["kept"].agg(n="size", kept="sum")
    grid = pd.MultiIndex.from_product([measured["standard"].drop_duplicates(), range(years, 0, -1)], names=["standard", "year"])
    found = counted.reindex(grid, fill_value=0).reset_index().merge(standards[["standard", "name"]], on="standard")
    found["until"] = [day - pd.DateOffset(years=int(year) - 1) for year in found["year"]]
    found["share"] = found["kept"] / found["n"].where(found["n"] > 0)
    return found[columns].sort_values(["standard", "year"], ascending=[True, False], ignore_index=True)


def _years_back(day: pd.Timestamp, end: pd.Timestamp) -> int:
    """1 for a period that ends in the twelve months up to the day, 2 for the twelve before; 0 for one after it."""
    if end > day:
        return 0
    back = 1
    while end <= day - pd.DateOffset(years=back):
        back += 1
    return back


def without(services: pd.DataFrame, standards: pd.DataFrame) -> pd.DataFrame:
    """Running services without any standard: service, service_name, essential; essential ones first. Empty without standards, since then
    the sentence is that there are none.

    >>> services = pd.DataFrame({"service": ["S1", "S2"], "name": ["Desk", "Van"], "status": "running", "essential": [True, False]})
    >>> without(services, pd.DataFrame({"standard": ["SD1"], "service": ["S1"]}))["service_name"].tolist()
    ['Van']
    """
    open_ones = services[(services["status"] != "ended") & ~services["service"].isin(standards["service"])].head(None if len(standards) else 0)
    found = open_ones[["service", "name", "essential"]].rename(columns={"name": "service_name"})
    return found.sort_values(["essential", "service"], ascending=[False, True], ignore_index=True)
