"""What one use of each subscription costs, and from how many uses on it is worth its price."""

from __future__ import annotations

import datetime as dt

import pandas as pd

CLOSE = 0.10
SOON = 90


def by_use(subscriptions: pd.DataFrame, values: pd.DataFrame, services: pd.DataFrame, *, fiscal_year: int, as_of: dt.date) -> pd.DataFrame:
    """Price, use and break-even of each subscription in one year: subscription, name, service, service_name, line, metric, report, cost
    (currency), uses, per_use (currency a use), elsewhere (currency a use), needed (uses at which it breaks even), met (uses ÷
    needed), instead (uses × elsewhere, currency), excess (cost − instead, currency; above 0 one by one would be cheaper),
    verdict, must_keep, renews, days (from as_of to renews), soon, per_use_before, change (share against the year before), years.

    One use is counted by the one metric of the one report that the subscription names. Keep it when uses ×
    cost elsewhere > price; it breaks even at price ÷ cost elsewhere. verdict: "not used" (counted, and
    0), "dearer" (costs over 10 % more than its uses one by one), "about even" (within 10 %), "pays", "no price
    elsewhere", "uses not counted" (which is not 0), "price not known". soon: renewal within 90 days of as_of. years:
    in a row, up to this one, with a known price and no use. One use elsewhere is an estimate, and people would not ask for each of
    them again; metrics differ, so compare a subscription with its own break-even, not with another.
    Those that cost most above their uses first, those that cannot be judged last.

    >>> subscriptions = pd.DataFrame({"subscription": ["SU1"], "name": ["Cases"], "service": ["S1"], "line": ["B1"], "metric": ["Unique_Item_Requests"],
    ...                               "report": ["TR"], "elsewhere": [20.0], "renews": [pd.Timestamp("2026-08-01")], "must_keep": [False]})
    >>> values = pd.DataFrame({"subscription": ["SU1"], "fiscal_year": [2026], "cost": [900.0], "uses": [30.0]})
    >>> found = by_use(subscriptions, values, pd.DataFrame({"service": [], "name": []}), fiscal_year=2026, as_of=dt.date(2026, 6, 30))
    >>> found[["per_use", "needed", "excess", "verdict", "days"]].values.tolist()
    [[30.0, 45.0, 300.0, 'dearer', 32.0]]
    """
    columns = ["subscription", "name", "service", "service_name", "line", "metric", "report", "cost", "uses", "per_use", "elsewhere", "needed", "met", "instead",
               "excess", "verdict", "must_keep", "renews", "days", "soon", "per_use_before", "change", "years"]
    if subscriptions.empty:
        return pd.DataFrame(columns=columns)
    now, before = (_priced(values, year) for year in (fiscal_year, fiscal_year - 1))
    found = subscriptions.join(now, on="subscription").join(before["per_use"].rename("per_use_before"), on="subscription")
    found = found.assign(elsewhere=found["elsewhere"].astype(float), must_keep=found["must_keep"].eq(True).fillna(False).astype(bool))
    found["service_name"] = found["service"].map(dict(zip(services["service"], services["name"])))
    found["needed"] = found["cost"] / found["elsewhere"].where(found["elsewhere"] > 0)
    found["met"] = found["uses"] / found["needed"].where(found["needed"] > 0)
    found["instead"] = found["uses"] * found["elsewhere"]
    found["excess"] = found["cost"] - found["instead"].mask(found["uses"] == 0, 0.0)
    found["verdict"] = [_verdict(row) for row in found.itertuples()]
    found["days"] = (found["renews"] - pd.Timestamp(as_of)).dt.days.astype(float)
    found["soon"] = found["days"].between(0, SOON)
    found["change"] = found["per_use"] / found["per_use_before"].where(found["per_use_before"] > 0) - 1
    found["years"] = [_unused(values, one, fiscal_year) for one in found["subscription"]]
    return found.sort_values(["excess", "subscription"], ascending=[False, True], na_position="last", ignore_index=True)[columns]


def _priced(values: pd.DataFrame, year: int) -> pd.DataFrame:
    rows = values[values["fiscal_year"] == year].set_index("subscription")[["cost", "uses"]].astype(float)
    return rows.assign(per_use=rows["cost"] / rows["uses"].where(rows["uses"] > 0))


def _verdict(row: tuple) -> str:
    if pd.isna(row.cost):
        return "price not known"
    if pd.isna(row.uses):
        return "uses not counted"
    if row.uses == 0:
        return "not used"
    if pd.isna(row.elsewhere):
        return "no price elsewhere"
    if row.cost > row.instead * (1 + CLOSE):
        return "dearer"
    return "about even" if row.cost > row.instead * (1 - CLOSE) else "pays"


def _unused(values: pd.DataFrame, subscription: str, year: int) -> int:
    rows = values[values["subscription"] == subscription].set_index("fiscal_year")
    run = 0
    while year - run in rows.index and rows["uses"][year - run] == 0 and pd.notna(rows["cost"][year - run]):
        run += 1
    return run


def renewals(by_use: pd.DataFrame) -> pd.DataFrame:
    """Subscriptions whose renewal is due within 90 days, the soonest first: subscription, name, renews, days, cost, verdict, excess, must_keep.

    Takes `by_use`. Notice often has to be given earlier than the day of renewal.

    >>> rows = pd.DataFrame({"subscription": ["SU1"], "name": ["Cases"], "renews": [pd.Timestamp("2026-08-01")], "days": [32.0], "cost": [900.0],
    ...                      "verdict": ["dearer"], "excess": [300.0], "must_keep": [False], "soon": [True]})
    >>> renewals(rows)[["name", "days"]].values.tolist()
    [['Cases', 32]]
    """
    columns = ["subscription", "name", "renews", "days", "cost", "verdict", "excess", "must_keep"]
    found = by_use[by_use["soon"].eq(True)].sort_values(["days", "subscription"], ignore_index=True)
    return found[columns].astype({"days": int})


def history(subscriptions: pd.DataFrame, values: pd.DataFrame, *, last_year: int) -> pd.DataFrame:
    """Cost of one use over the years up to `last_year`: subscription, name, first_year, last_year, first and last (currency a use), yearly_change
    (share a year), cost_change and uses_change (share a year), gaps (years between without a count).

    Of each subscription the first and the last year in which price and uses are known and uses are above 0.
    yearly_change: (last ÷ first)^(1 ÷ years between) − 1, as paid. Two end points decide it. Those
    with fewer than two such years have no row. Fastest rise first.

    >>> subscriptions = pd.DataFrame({"subscription": ["SU1"], "name": ["Cases"]})
    >>> values = pd.DataFrame({"subscription": ["SU1"] * 2, "fiscal_year": [2025, 2026], "cost": [800.0, 900.0], "uses": [40.0, 30.0]})
    >>> history(subscriptions, values, last_year=2026)[["first", "last", "yearly_change"]].values.tolist()
    [[20.0, 30.0, 0.5]]
    """
    columns = ["subscription", "name", "first_year", "last_year", "first", "last", "yearly_change", "cost_change", "uses_change", "gaps"]
    known = values[(values["fiscal_year"] <= last_year) & (values["uses"] > 0) & (values["cost"] > 0)].sort_values("fiscal_year")
    rows = []
    for one in subscriptions.itertuples():
        mine = known[known["subscription"] == one.subscription]
        if len(mine) < 2:
            continue
        first, last = mine.iloc[0], mine.iloc[-1]
        between = int(last["fiscal_year"] - first["fiscal_year"])
        cost, uses = (float(last[name] / first[name]) for name in ("cost", "uses"))
        rates = [ratio ** (1 / between) - 1 for ratio in (cost / uses, cost, uses)]
        rows.append([one.subscription, one.name, int(first["fiscal_year"]), int(last["fiscal_year"]), first["cost"] / first["uses"], last["cost"] / last["uses"], *rates, between + 1 - len(mine)])
    return pd.DataFrame(rows, columns=columns).sort_values(["yearly_change", "subscription"], ascending=[False, True], ignore_index=True)
