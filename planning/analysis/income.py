"""Where the money comes from: how many legs it stands on, what may be spent freely, what ends."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from planning.methods import concentration

SOON = 365


def year_of(income: pd.DataFrame, *, last_full_year: int) -> int:
    """The newest year, up to the last full one, of which money received is known; else the newest year; else the last full one.

    >>> year_of(pd.DataFrame({"fiscal_year": [2025, 2026], "received": [5.0, None]}), last_full_year=2026)
    2025
    """
    known = income.loc[income["received"].notna() & (income["fiscal_year"] <= last_full_year), "fiscal_year"]
    return int(known.max()) if len(known) else int(income["fiscal_year"].max()) if len(income) else last_full_year


def mix(income: pd.DataFrame, *, fiscal_year: int, as_of: dt.date) -> pd.DataFrame:
    """The sources of one year: source, name, kind, amount (received, or planned while that is not known), basis (received or
    planned), share (0-1), planned, gap (received − planned), before (a year earlier), change (share), bound (yes, no or not said),
    until, days (to the end), ends (true when it ends within a year).

    A source without either figure is left in with no amount. Largest first. Income says nothing of what it costs to earn.

    >>> income = pd.DataFrame({"source": ["IN1", "IN2"], "fiscal_year": [2026, 2026], "name": ["City", "Gift"], "kind": ["local", "gift"], "planned": [90.0, 10.0],
    ...                        "received": [90.0, None], "bound": [False, True], "until": pd.to_datetime([None, "2026-12-31"])})
    >>> mix(income, fiscal_year=2026, as_of=dt.date(2026, 6, 30))[["name", "share", "bound", "days", "ends"]].values.tolist()
    [['City', 0.9, 'no', nan, False], ['Gift', 0.1, 'yes', 184.0, True]]
    """
    columns = ["source", "name", "kind", "amount", "basis", "share", "planned", "gap", "before", "change", "bound", "until", "days", "ends"]
    lines = _amounts(income)
    found = lines[lines["fiscal_year"] == fiscal_year].copy()
    if found.empty:
        return pd.DataFrame(columns=columns)
    earlier = lines[lines["fiscal_year"] == fiscal_year - 1].set_index("source")["amount"]
    found["before"] = found["source"].map(earlier).astype(float)
    found["change"] = found["amount"] / found["before"].where(found["before"] > 0) - 1
    found["share"] = found["amount"] / found["amount"].sum() if found["amount"].sum() > 0 else float("nan")
    found["gap"] = found["received"].astype(float) - found["planned"].astype(float)
    found["bound"] = found["bound"].astype(object).map({True: "yes", False: "no"}).fillna("not said")
    found["days"] = (pd.to_datetime(found["until"]) - pd.Timestamp(as_of)).dt.days.astype(float)
    found["ends"] = found["days"].between(0, SOON)
    return found.sort_values(["amount", "source"], ascending=[False, True], ignore_index=True)[columns]


def yearly(income: pd.DataFrame) -> pd.DataFrame:
    """Income by year: fiscal_year, amount (received, or planned where not known), known and lines (sources received, all), planned,
    gap (received − planned, over sources with both, as a share of that plan), free (money that is not bound), bound, unsaid (currency),
    change and free_change (shares against the year before), index (Herfindahl-Hirschman, 0-1), effective (number of equal legs), largest (share 0-1), largest_name.

    Bound money pays for one purpose, so free is what can follow a plan. Changes compare years in a row. Oldest year first.

    >>> income = pd.DataFrame({"source": ["IN1", "IN2"], "fiscal_year": [2026, 2026], "name": ["City", "Gift"], "planned": [80.0, 20.0],
    ...                        "received": [80.0, 20.0], "bound": [False, True]})
    >>> yearly(income)[["amount", "free", "index", "effective", "largest_name"]].round(2).values.tolist()
    [[100.0, 80.0, 0.68, 1.47, 'City']]
    """
    columns = ["fiscal_year", "amount", "known", "lines", "planned", "gap", "free", "bound", "unsaid", "change", "free_change", "index", "effective", "largest", "largest_name"]
    if income.empty:
        return pd.DataFrame(columns=columns)
    lines = _amounts(income)
    rows = [[year, *_year(own)] for year, own in lines.groupby("fiscal_year", sort=True)]
    found = pd.DataFrame(rows, columns=[name for name in columns if name not in ("change", "free_change")])
    for column, change in (("amount", "change"), ("free", "free_change")):
        before = found["fiscal_year"].map(dict(zip(found["fiscal_year"] + 1, found[column]))).astype(float)
        found[change] = found[column] / before.where(before > 0) - 1
    return found[columns]


def reconciled(mix: pd.DataFrame, by_year: pd.DataFrame, *, fiscal_year: int) -> pd.DataFrame:
    """Income of the year by source against the sum of what is free, bound and not said: check, expected, found; empty without income."""
    own = by_year[by_year["fiscal_year"] == fiscal_year]
    rows = [["Income by source adds up to free, bound and unsaid income", mix["amount"].sum(), float(own[["free", "bound", "unsaid"]].sum(axis=1).iloc[0])]] if len(mix) and len(own) else []
    return pd.DataFrame(rows, columns=["check", "expected", "found"])


def _amounts(income: pd.DataFrame) -> pd.DataFrame:
    received, planned = income["received"].astype(float), income["planned"].astype(float)
    words = pd.Series("planned", index=income.index, dtype="str").where(received.isna(), "received")
    amount = received.fillna(planned)
    return income.assign(amount=amount, basis=words.where(amount.notna()))


def _year(own: pd.DataFrame) -> list[object]:
    both = own[own["received"].notna() & (own["planned"] > 0)]
    kind = own["bound"].astype(object).map({True: "bound", False: "free"}).fillna("unsaid")
    sums = own.groupby(kind)["amount"].sum().reindex(["free", "bound", "unsaid"]).fillna(0.0)
    found = concentration.concentration(own["amount"])
    top = own.sort_values(["amount", "source"], ascending=[False, True])["name"].iloc[0]
    gap = both["received"].sum() / both["planned"].sum() - 1 if len(both) else float("nan")
    return [own["amount"].sum(min_count=1), int(own["received"].notna().sum()), len(own), own["planned"].astype(float).sum(min_count=1), gap, *sums, *found[:2], found.largest, top]
