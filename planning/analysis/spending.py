"""Spending over the years: as paid, at the prices of one year, and ahead."""

from __future__ import annotations

import numpy as np
import pandas as pd

from planning.methods import forecast, trend

APART = 0.01
FEWEST_CHANGES = 3
PLAIN = "range of past changes"


def years(lines: pd.DataFrame, statistics: pd.DataFrame, prices: pd.DataFrame, *, last_full_year: int) -> pd.DataFrame:
    """Spending of each full year: fiscal_year, amount (as paid, currency), source (budget, statistics, partly known, missing), index (price
    level), base_year, real (currency, at the prices of base_year), change and real_change (share against the year before), unbroken.

    Takes `budget.amounts`. A year of the budget counts when every line has a spent figure; else, and for years before the
    budget, the total in the yearly statistics stands, unless the two differ by over 1 % in a year that both hold: then they count
    different things and only the budget is used. Years between without either have a row and no amount. real = amount ×
    index of the base year ÷ index of the year, the base being the newest year that has both. unbroken: belongs to
    the years in a row up to the newest. Consumer prices are not a library's prices: pay and licences may rise faster.

    >>> lines = pd.DataFrame({"fiscal_year": [2025, 2026], "amount": [100.0, 102.0], "basis": ["spent"] * 2})
    >>> prices = pd.DataFrame({"fiscal_year": [2025, 2026], "index": [100.0, 104.0]})
    >>> found = years(lines, pd.DataFrame({"fiscal_year": [], "measure": [], "value": []}), prices, last_full_year=2026)
    >>> found[["amount", "real", "real_change"]].round(3).values.tolist()
    [[100.0, 104.0, nan], [102.0, 102.0, -0.019]]
    """
    columns = ["fiscal_year", "amount", "source", "index", "base_year", "real", "change", "real_change", "unbroken"]
    own, partly = _totals(lines[lines["fiscal_year"] <= last_full_year])
    told = statistics[(statistics["measure"] == "spending_total") & (statistics["fiscal_year"] <= last_full_year)].set_index("fiscal_year")["value"]
    both = own.index.intersection(told.index)
    told = told if (abs(own[both] / told[both].where(told[both] > 0) - 1) <= APART).all() else told.head(0)
    amounts = pd.concat([own, told.drop(both, errors="ignore")]).astype(float).sort_index()
    if amounts.empty:
        return pd.DataFrame(columns=columns)
    found = pd.DataFrame({"fiscal_year": range(int(amounts.index.min()), int(max(amounts.index.max(), *partly, 0)) + 1)})
    found["amount"] = found["fiscal_year"].map(amounts)
    found["source"] = [("budget" if year in own.index else "statistics") if year in amounts.index else "partly known" if year in partly else "missing" for year in found["fiscal_year"]]
    found["index"] = found["fiscal_year"].map(dict(zip(prices["fiscal_year"], prices["index"]))).astype(float)
    based = found[found["amount"].notna() & found["index"].notna()]
    base = based.iloc[-1] if len(based) else None
    found["base_year"] = float("nan") if base is None else float(base["fiscal_year"])
    found["real"] = float("nan") if base is None else found["amount"] * base["index"] / found["index"]
    found["change"], found["real_change"] = (found[name] / found[name].shift().where(found[name].shift() > 0) - 1 for name in ("amount", "real"))
    newest = found["amount"].last_valid_index()
    found["unbroken"] = found["amount"].notna() & (found["amount"].isna()[::-1].where(found.index <= newest, False).cumsum() == 0)
    return found[columns]


def _totals(lines: pd.DataFrame) -> tuple[pd.Series, list[int]]:
    """Totals of the years of which every line is known to be spent, and the years of which only some are."""
    grouped = lines.groupby("fiscal_year")
    whole = grouped["basis"].agg(lambda basis: bool((basis == "spent").all())).astype(bool)
    some = grouped["basis"].agg(lambda basis: bool((basis == "spent").any())).astype(bool)
    return grouped["amount"].sum()[whole], [int(year) for year in some.index[some & ~whole]]


def growth(years: pd.DataFrame) -> pd.DataFrame:
    """How fast spending moved over the years in a row up to the newest: kind (as paid, in real terms), first_year, last_year, first and last
    (currency), rate (share a year), base_year.

    Takes `years`. rate = (last ÷ first)^(1 ÷ years between) − 1. Where prices are known for part of these years only,
    both kinds are told of that part, so that they can be compared. Empty with fewer than two years.

    >>> rows = pd.DataFrame({"fiscal_year": [2025, 2026], "amount": [100.0, 102.0], "real": [104.0, 102.0], "base_year": [2026.0] * 2, "unbroken": [True] * 2})
    >>> growth(rows)[["kind", "rate"]].round(3).values.tolist()
    [['as paid', 0.02], ['in real terms', -0.019]]
    """
    columns = ["kind", "first_year", "last_year", "first", "last", "rate", "base_year"]
    run = years[years["unbroken"].astype(bool)] if len(years) else years
    priced = run[run["real"].notna()] if len(run) else run
    run = priced if len(priced) >= 2 else run
    if len(run) < 2 or run["amount"].iloc[0] <= 0:
        return pd.DataFrame(columns=columns)
    ends, between = run.iloc[[0, -1]], run["fiscal_year"].iloc[-1] - run["fiscal_year"].iloc[0]
    rows = [[kind, *ends["fiscal_year"].astype(int), *ends[name], (ends[name].iloc[1] / ends[name].iloc[0]) ** (1 / between) - 1, ends["base_year"].iloc[1]]
            for kind, name in (("as paid", "amount"), ("in real terms", "real")) if ends[name].notna().all()]
    return pd.DataFrame(rows, columns=columns)


def by_category(lines: pd.DataFrame, prices: pd.DataFrame, *, fiscal_year: int) -> pd.DataFrame:
    """What each category cost at first and costs now: category, first_year, last_year, first, last (currency, as paid), share (of the last
    year, 0-1), rate and real_rate (share a year; real_rate is missing without prices of both years), added (last − first, currency).

    Takes `budget.amounts`; the years are the first and the last of the budget, up to `fiscal_year`, of which all is known to be spent.
    A category that began later has no rate. What added most first.

    >>> lines = pd.DataFrame({"fiscal_year": [2025, 2026], "category": ["staff"] * 2, "amount": [100.0, 106.0], "basis": ["spent"] * 2})
    >>> by_category(lines, pd.DataFrame({"fiscal_year": [2025, 2026], "index": [100.0, 104.0]}), fiscal_year=2026)[["rate", "real_rate"]].round(3).values.tolist()
    [[0.06, 0.019]]
    """
    columns = ["category", "first_year", "last_year", "first", "last", "share", "rate", "real_rate", "added"]
    totals, _ = _totals(lines[lines["fiscal_year"] <= fiscal_year])
    if len(totals) < 2:
        return pd.DataFrame(columns=columns)
    first, last = int(totals.index[0]), int(totals.index[-1])
    sums = lines[lines["fiscal_year"].isin([first, last])].pivot_table(index="category", columns="fiscal_year", values="amount", aggfunc="sum", observed=True)
    found = sums.reindex(columns=[first, last]).fillna(0.0).astype(float).set_axis(["first", "last"], axis=1).rename_axis("category").reset_index()
    level = dict(zip(prices["fiscal_year"], prices["index"]))
    dearer = level.get(last, float("nan")) / level.get(first, float("nan"))
    ratio = found["last"] / found["first"].where(found["first"] > 0)
    found = found.assign(first_year=first, last_year=last, share=found["last"] / totals[last] if totals[last] > 0 else float("nan"), added=found["last"] - found["first"])
    found["rate"], found["real_rate"] = (ratio ** (1 / (last - first)) - 1, (ratio / dearer) ** (1 / (last - first)) - 1)
    return found.sort_values(["added", "category"], ascending=[False, True], ignore_index=True)[columns]


def ahead(years: pd.DataFrame, *, steps: int = 2, seed: int = 0) -> pd.DataFrame:
    """What the next years would cost if all went on as it has: fiscal_year, expected, low, high (currency, as paid), method, years (on which it rests).

    Takes `years`, of which the unbroken ones. From eight years on `methods.forecast`; its range of 80 % is made at least as wide as spending
    that goes on changing by chance as it did would need (`methods.trend.drift_range`), since alone it held only 5 to 8 of 10 simulated
    series that grow; together they held 8 to 9 of 10 one year ahead, and 7 to 9 two years ahead. With four to seven years there are too few for
    that: the range runs from the smallest to the largest yearly change seen, year upon year, with the middle change expected. It holds no stated
    share of futures, and of simulated series that grow only 4 to 7 of 10 one year ahead. Empty with fewer. Nothing here knows what will be decided.

    >>> rows = pd.DataFrame({"fiscal_year": [2023, 2024, 2025, 2026], "amount": [100.0, 102.0, 105.06, 105.06], "unbroken": [True] * 4})
    >>> ahead(rows, steps=1)[["expected", "low", "high", "method"]].round(1).values.tolist()
    [[107.2, 105.1, 108.2, 'range of past changes']]
    """
    columns = ["fiscal_year", "expected", "low", "high", "method", "years"]
    run = years[years["unbroken"].astype(bool)] if len(years) else years
    if len(run) <= FEWEST_CHANGES or (run["amount"] <= 0).any():
        return pd.DataFrame(columns=columns)
    values = run["amount"].to_numpy(dtype=float)
    found = forecast.forecast(values, steps, low=0, seed=seed)
    if found is None:
        changes, away = values[1:] / values[:-1], np.arange(1, steps + 1)
        method, expected, low, high = PLAIN, *(values[-1] * rate**away for rate in (np.median(changes), changes.min(), changes.max()))
    else:
        wide = trend.drift_range(values, steps)
        method, expected, low, high = found.method, found.expected, np.minimum(found.low, wide[0]), np.maximum(found.high, wide[1])
    following = int(run["fiscal_year"].iloc[-1]) + np.arange(1, steps + 1)
    return pd.DataFrame({"fiscal_year": following, "expected": expected, "low": low, "high": high, "method": method, "years": len(run)})[columns]
