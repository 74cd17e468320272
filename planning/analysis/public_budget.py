"""The budget as anybody can read it: what it pays for, how much, for each person, and against the year before."""

from __future__ import annotations

import pandas as pd

from planning.methods import shares


def lines(amounts: pd.DataFrame, services: pd.DataFrame, *, fiscal_year: int, population: float | None = None) -> pd.DataFrame:
    """What the money of a year pays for, in whole units of money that add up exactly: what (a service's name, or the kind of shared cost), about (the service's description),
    kind (service, shared, all), amount (whole currency), share (0-1, to a tenth of a per cent; adds up to 1), per_head (currency for each person served),
    before (a year earlier, whole currency), change (share), planned (true where any part of it is a plan, not spending).

    Lines that name a service go to it; the others go by category, such as staff or space. Amounts are rounded down, and the units still missing go to the largest
    remainders (see planning.methods.shares.rounded); so are shares. The last row is the sum. Takes `budget.amounts`. Lines
    without an amount are left out. Largest service first, then what all share.

    >>> rows = pd.DataFrame({"fiscal_year": [2026, 2026], "service": ["S1", None], "category": ["staff", "space"], "amount": [30.4, 10.4], "basis": ["spent", "planned"]})
    >>> services = pd.DataFrame({"service": ["S1"], "name": ["Storytime"], "description": ["Weekly reading hour"]})
    >>> lines(rows, services, fiscal_year=2026, population=10)[["what", "amount", "share", "per_head"]].values.tolist()
    [['Storytime', 31.0, 0.745, 3.1], ['space', 10.0, 0.255, 1.0], ['', 41.0, 1.0, 4.1]]
    """
    columns = ["what", "about", "kind", "amount", "share", "per_head", "before", "change", "planned"]
    now, before = (_sums(amounts, year) for year in (fiscal_year, fiscal_year - 1))
    if now.empty or not now["amount"].sum() > 0:
        return pd.DataFrame(columns=columns)
    found = now.merge(before[["kind", "key", "amount"]].rename(columns={"amount": "before"}), on=["kind", "key"], how="left")
    described = services.set_index("service")
    found["what"], found["about"] = (found["key"].where(found["kind"] != "service", found["key"].map(described[column])) for column in ("name", "description"))
    found["about"] = found["about"].where(found["kind"] == "service")
    exact = found["amount"] / found["amount"].sum()
    found["amount"], found["share"], found["before"] = shares.rounded(found["amount"]), shares.rounded(exact, unit=0.001), shares.rounded(found["before"])
    found = found.assign(shared=found["kind"] == "shared").sort_values(["shared", "amount", "what"], ascending=[True, False, True])
    whole = {"what": "", "kind": "all", "amount": found["amount"].sum(), "share": 1.0, "planned": found["planned"].any(),
             "before": float(round(before["amount"].sum())) if len(before) else float("nan")}
    found = pd.concat([found, pd.DataFrame([whole])], ignore_index=True)
    found["change"] = found["amount"] / found["before"].where(found["before"] > 0) - 1
    found["per_head"] = found["amount"] / population if population and population > 0 else float("nan")
    return found[columns].astype({"planned": bool})


def _sums(amounts: pd.DataFrame, year: int) -> pd.DataFrame:
    own = amounts[(amounts["fiscal_year"] == year) & amounts["amount"].notna()]
    own = own.assign(kind=own["service"].notna().map({True: "service", False: "shared"}), key=own["service"].fillna(own["category"]), planned=own["basis"] == "planned")
    return own.groupby(["kind", "key"], sort=True).agg(amount=("amount", "sum"), planned=("planned", "any")).reset_index()


def reconciled(lines: pd.DataFrame, amounts: pd.DataFrame, *, fiscal_year: int) -> pd.DataFrame:
    """The rounded lines of the public budget against the year's money, rounded: check, expected, found; empty without lines."""
    own = lines[lines["kind"] != "all"] if len(lines) else lines
    total = float(round(amounts.loc[amounts["fiscal_year"] == fiscal_year, "amount"].sum()))
    rows = [["Whole amounts of the public budget add up to the year's money", total, float(own["amount"].sum())]] if len(own) else []
    return pd.DataFrame(rows, columns=["check", "expected", "found"])
