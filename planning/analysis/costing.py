"""What each service costs in full: its own lines and its part of the lines that all share."""

from __future__ import annotations

import pandas as pd

SHARED = "Shared, not spread"
KEYS = ("hours", "space", "uses", "evenly")
WITHOUT = {"hours": "no hours known", "space": "no floor area known", "uses": "no uses known", "evenly": "no service runs", "not spread": "kept together", "": "no key"}


def spread(lines: pd.DataFrame, services: pd.DataFrame, shared_keys: pd.DataFrame, *, role_services: pd.DataFrame, used: pd.DataFrame, fiscal_year: int) -> pd.DataFrame:
    """One year's money, line by line, on the services that it pays for: line, line_name, category, service and service_name
    (missing where it stays shared), amount (currency), how (own, hours, space, uses, evenly, shared), why (why it stays shared).

    Takes `budget.amounts` and `usage.yearly`. A line that names a service is that service's own, pay
    included. A shared line is spread in proportion to its key: hours of all roles, floor area, uses
    of the same year, or evenly, over the services that have not ended. A line without a key, or whose
    key has no figures, stays shared. Money is always the budget's: hours divide it and are not priced
    beside it, so that nothing is counted twice and the amounts add up to the year. Hours and
    floor area are today's, also for an earlier year. Uses of unlike services (a loan, a session) favour the one with many small ones.

    >>> lines = pd.DataFrame({"line": ["B1", "B2"], "fiscal_year": [2026] * 2, "name": ["Books", "Heat"], "service": ["S1", None], "category": ["collection", "space"], "amount": [30.0, 10.0]})
    >>> services = pd.DataFrame({"service": ["S1", "S2"], "name": ["Loans", "Rooms"], "status": ["running"] * 2, "space": [100.0, 300.0]})
    >>> keys, none = pd.DataFrame({"line": ["B2"], "key": ["space"]}), pd.DataFrame({"service": [], "hours": []})
    >>> spread(lines, services, keys, role_services=none, used=pd.DataFrame({"service": [], "fiscal_year": [], "uses": []}), fiscal_year=2026)[["service_name", "amount", "how"]].values.tolist()
    [['Loans', 30.0, 'own'], ['Loans', 2.5, 'space'], ['Rooms', 7.5, 'space']]
    """
    columns = ["line", "line_name", "category", "service", "service_name", "amount", "how", "why"]
    year = lines[(lines["fiscal_year"] == fiscal_year) & (lines["amount"] > 0)].rename(columns={"name": "line_name"})
    if year.empty:
        return pd.DataFrame(columns=columns)
    bases = _bases(services, role_services, used[used["fiscal_year"] == fiscal_year])
    keys = dict(zip(shared_keys["line"], shared_keys["key"]))
    parts = [year[year["service"].notna()].assign(how="own", why=None)]
    for row in year[year["service"].isna()].to_dict("records"):
        key = keys.get(row["line"], "")
        base = bases.get(key, pd.Series(dtype=float))
        over = {"service": base.index, "amount": row["amount"] * base / base.sum(), "how": key, "why": None} if len(base) else {"service": [None], "how": "shared", "why": WITHOUT[key]}
        parts.append(pd.DataFrame(row | over))
    found = pd.concat([part.reindex(columns=columns).astype(object) for part in parts if len(part)], ignore_index=True)
    found["service_name"] = found["service"].map(dict(zip(services["service"], services["name"]))).fillna(SHARED)
    return found.astype({"amount": float}).sort_values(["line", "service"], ignore_index=True)[columns]


def _bases(services: pd.DataFrame, role_services: pd.DataFrame, used: pd.DataFrame) -> dict[str, pd.Series]:
    """What each key counts, by service, for those that have not ended and have some of it."""
    running = services[services["status"] != "ended"].set_index("service")
    counts = {"hours": role_services.groupby("service")["hours"].sum(), "space": running["space"].dropna(),
              "uses": used.groupby("service")["uses"].sum(), "evenly": pd.Series(1.0, index=running.index)}
    return {key: found[(found > 0) & found.index.isin(running.index)].astype(float) for key, found in counts.items()}


def full(spread: pd.DataFrame, used: pd.DataFrame, *, fiscal_year: int) -> pd.DataFrame:
    """What each service costs with its part of shared money, dearest first: service, service_name, own, shared, total (currency),
    share (of the year's money, 0-1), more (shared ÷ own, share; missing without money of its own), uses, per_use_own and
    per_use (currency a use, own and in full), by_hours, by_space, by_uses, by_evenly (currency, parts of shared).

    Takes `spread` and `usage.yearly`. A last row holds what stays shared, so that the totals add up to
    the year. Empty when no money reaches a service. One use is counted only where all twelve months were. A full cost is not what closing would save: heat and pay of the director stay.

    >>> rows = pd.DataFrame({"service": ["S1", "S1", None], "service_name": ["Loans", "Loans", "Shared, not spread"], "amount": [30.0, 10.0, 5.0], "how": ["own", "space", "shared"]})
    >>> used = pd.DataFrame({"service": ["S1"], "fiscal_year": [2026], "uses": [20.0], "full": [True]})
    >>> full(rows, used, fiscal_year=2026)[["service_name", "own", "total", "per_use_own", "per_use"]].values.tolist()
    [['Loans', 30.0, 40.0, 1.5, 2.0], ['Shared, not spread', 0.0, 5.0, nan, nan]]
    """
    columns = ["service", "service_name", "own", "shared", "total", "share", "more", "uses", "per_use_own", "per_use", *(f"by_{key}" for key in KEYS)]
    if spread.empty or spread["service"].isna().all():
        return pd.DataFrame(columns=columns)
    kinds = {"own": "own", "shared": "left"} | {key: f"by_{key}" for key in KEYS}
    sums = spread.assign(service=spread["service"].fillna(""), part=spread["how"].map(kinds)).groupby(["service", "service_name", "part"])["amount"].sum()
    found = sums.unstack().reindex(columns=list(kinds.values())).fillna(0.0).astype(float).rename_axis(columns=None).reset_index()
    found["service"] = found["service"].astype(object).where(found["service"] != "", None)
    counted = used[(used["fiscal_year"] == fiscal_year) & used["full"].astype(bool)].set_index("service")["uses"]
    found["shared"] = found[[f"by_{key}" for key in KEYS]].sum(axis=1)
    found["total"] = found["own"] + found["shared"] + found["left"]
    found["share"], found["more"] = found["total"] / found["total"].sum(), found["shared"] / found["own"].where(found["own"] > 0)
    found["uses"] = found["service"].map(counted).astype(float)
    uses = found["uses"].where(found["uses"] > 0)
    found["per_use_own"], found["per_use"] = found["own"].where(found["own"] > 0) / uses, found["total"] / uses
    found["last"] = found["service"].isna()
    return found.sort_values(["last", "total", "service"], ascending=[True, False, True], ignore_index=True)[columns]


def left(spread: pd.DataFrame) -> pd.DataFrame:
    """Shared lines that are not spread, dearest first: line, line_name, amount (currency), why (no key, kept together, no hours known …).

    Takes `spread`.

    >>> rows = pd.DataFrame({"line": ["B1"], "line_name": ["Insurance"], "amount": [5.0], "how": ["shared"], "why": ["no key"]})
    >>> left(rows).values.tolist()
    [['B1', 'Insurance', 5.0, 'no key']]
    """
    found = spread[spread["how"] == "shared"].sort_values(["amount", "line"], ascending=[False, True], ignore_index=True)
    return found[["line", "line_name", "amount", "why"]]


def by_time(role_services: pd.DataFrame, roles: pd.DataFrame, spread: pd.DataFrame, services: pd.DataFrame) -> pd.DataFrame:
    """Work by the clock against pay by the book: service, service_name, hours (a year), cost (hours × cost an hour, currency),
    time_share (of that cost, 0-1), pay (the service's own staff lines, currency), pay_share (of all of them, 0-1), difference (time_share − pay_share).

    Takes `spread`. Each role's hours count at its cost an hour, as in time-driven activity-based costing (Kaplan and Anderson
    2004); where a role has none, at the mean of the roles, weighed by posts. Shares are compared and not
    amounts, since an hour's cost leaves out leave and illness. A gap means that pay is booked where people do not work, or
    that hours are guessed. Empty without hours, or without a staff line of any service. Services that take more time than pay first.

    >>> hours = pd.DataFrame({"role": ["R1", "R1"], "service": ["S1", "S2"], "hours": [300.0, 100.0]})
    >>> roles = pd.DataFrame({"role": ["R1"], "fte": [1.0], "hourly_cost": [20.0]})
    >>> lines = pd.DataFrame({"service": ["S1"], "category": ["staff"], "amount": [900.0], "how": ["own"]})
    >>> services = pd.DataFrame({"service": ["S1", "S2"], "name": ["Loans", "Rooms"]})
    >>> by_time(hours, roles, lines, services)[["service_name", "time_share", "pay_share"]].values.tolist()
    [['Rooms', 0.25, 0.0], ['Loans', 0.75, 1.0]]
    """
    columns = ["service", "service_name", "hours", "cost", "time_share", "pay", "pay_share", "difference"]
    pay = spread[(spread["how"] == "own") & (spread["category"] == "staff")].groupby("service")["amount"].sum() if len(spread) else pd.Series(dtype=float)
    known = roles.dropna(subset=["fte", "hourly_cost"])
    mean = (known["fte"] * known["hourly_cost"]).sum() / known["fte"].sum() if known["fte"].sum() > 0 else float("nan")
    rows = role_services.assign(cost=role_services["hours"] * role_services["role"].map(roles.set_index("role")["hourly_cost"]).astype(float).fillna(mean))
    if rows["cost"].sum() <= 0 or pay.sum() <= 0:
        return pd.DataFrame(columns=columns)
    found = rows.groupby("service")[["hours", "cost"]].sum().join(pay.rename("pay"), how="outer").fillna(0.0).rename_axis("service").reset_index()
    found["service_name"] = found["service"].map(dict(zip(services["service"], services["name"])))
    found["time_share"], found["pay_share"] = found["cost"] / found["cost"].sum(), found["pay"] / found["pay"].sum()
    found["difference"] = found["time_share"] - found["pay_share"]
    return found.sort_values(["difference", "service"], ascending=[False, True], ignore_index=True)[columns]


def reconciled(lines: pd.DataFrame, full: pd.DataFrame, *, fiscal_year: int) -> pd.DataFrame:
    """The year's lines against the full costs of all services and what stays shared: check, expected, found; empty where there is nothing to add.

    >>> lines = pd.DataFrame({"fiscal_year": [2026], "amount": [5.0]})
    >>> reconciled(lines, pd.DataFrame({"total": [5.0]}), fiscal_year=2026).values.tolist()
    [['Full costs of services and what stays shared add up to all lines', 5.0, 5.0]]
    """
    total = lines.loc[lines["fiscal_year"] == fiscal_year, "amount"].sum()
    rows = [] if full.empty else [["Full costs of services and what stays shared add up to all lines", total, full["total"].sum()]]
    return pd.DataFrame(rows, columns=["check", "expected", "found"])
