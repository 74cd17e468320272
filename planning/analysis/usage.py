"""How often services are used, over months and years, and what one use costs."""

from __future__ import annotations

import datetime as dt

import pandas as pd

YEAR = 12
COMPARABLE = 6


def monthly(usage: pd.DataFrame) -> pd.DataFrame:
    """Uses month by month: service, month (its first day), uses.

    A month stands as it was counted. The uses of a quarter or a calendar year are spread evenly
    over its months; where a month was counted in two ways, the finer count stands. A month that
    was not counted has no row: that is not the same as no use. The even spread hides the season.

    >>> usage = pd.DataFrame({"service": ["S1"], "period": ["2026-Q1"], "uses": [30.0]})
    >>> monthly(usage)["uses"].tolist()
    [10.0, 10.0, 10.0]
    """
    columns = ["service", "month", "uses"]
    counted = usage.dropna(subset=["uses"])
    if counted.empty:
        return pd.DataFrame({"service": pd.Series(dtype="str"), "month": pd.Series(dtype="datetime64[us]"), "uses": pd.Series(dtype=float)})
    periods = {period: pd.Period(period.replace("-Q", "Q")) for period in counted["period"].unique()}
    months = counted["period"].map({period: pd.period_range(found.start_time, found.end_time, freq="M") for period, found in periods.items()})
    length = months.map(len)
    found = counted.assign(month=months, uses=counted["uses"] / length, length=length).explode("month").sort_values("length", kind="stable")
    found = found.drop_duplicates(["service", "month"])
    found["month"] = pd.PeriodIndex(found["month"]).to_timestamp()
    found["uses"] = found["uses"].astype(float)
    return found[columns].sort_values(["service", "month"], ignore_index=True)


def yearly(usage: pd.DataFrame, *, fiscal_year_start: int) -> pd.DataFrame:
    """Uses by fiscal year: service, fiscal_year (named after the year in which it ends), uses, months
    (counted, 1-12), full (true when all twelve were counted).

    A year with fewer than twelve counted months is marked, not filled up: its uses are too few to
    be set beside a full year. A year without any count has no row.

    >>> usage = pd.DataFrame({"service": ["S1", "S1"], "period": ["2025-06", "2025-07"], "uses": [5, 7]})
    >>> yearly(usage, fiscal_year_start=7).values.tolist()
    [['S1', 2025, 5.0, 1, False], ['S1', 2026, 7.0, 1, False]]
    """
    counted = monthly(usage)
    later = (counted["month"].dt.month >= fiscal_year_start) & (fiscal_year_start > 1)
    counted["fiscal_year"] = counted["month"].dt.year + later
    found = counted.groupby(["service", "fiscal_year"], sort=True)["uses"].agg(["sum", "size"]).reset_index()
    found = found.rename(columns={"sum": "uses", "size": "months"})
    found["full"] = found["months"] == YEAR
    return found.astype({"fiscal_year": int, "months": int, "full": bool})


def recent(usage: pd.DataFrame, *, as_of: dt.date) -> pd.DataFrame:
    """The last twelve whole months against the twelve before: service, uses, months (counted, 0-12), before,
    months_before (0-12), compared (calendar months counted in both, 0-12), change (share, −1 and up).

    change = uses ÷ before − 1 over the calendar months that were counted in both years, so that a
    closure is not read as a fall; missing with fewer than six such months, or with no use before.
    Uses and before are missing where no month was counted. A service counted in neither has no row.

    >>> usage = pd.DataFrame({"service": ["S1", "S1"], "period": ["2024", "2025"], "uses": [120.0, 90.0]})
    >>> recent(usage, as_of=dt.date(2025, 12, 31))[["uses", "before", "change"]].values.tolist()
    [[90.0, 120.0, -0.25]]
    """
    counted = monthly(usage)
    end = (pd.Timestamp(as_of) + pd.Timedelta(days=1)).to_period("M").to_timestamp()
    now = counted[(counted["month"] < end) & (counted["month"] >= end - pd.DateOffset(months=YEAR))]
    then = counted[(counted["month"] < end - pd.DateOffset(months=YEAR)) & (counted["month"] >= end - pd.DateOffset(months=2 * YEAR))]
    then = then.assign(month=then["month"] + pd.DateOffset(years=1))
    both = now.merge(then, on=["service", "month"], how="outer", suffixes=("", "_before"))
    both["shared"] = both["uses"].notna() & both["uses_before"].notna()
    both["like"], both["like_before"] = both["uses"].where(both["shared"]), both["uses_before"].where(both["shared"])
    grouped = both.groupby("service", sort=True)
    found = grouped[["uses", "uses_before", "like", "like_before"]].sum(min_count=1)
    found["months"], found["months_before"], found["compared"] = grouped["uses"].count(), grouped["uses_before"].count(), grouped["shared"].sum()
    known = (found["compared"] >= COMPARABLE) & (found["like_before"] > 0)
    found["change"] = (found["like"] / found["like_before"] - 1).where(known)
    found = found.rename(columns={"uses_before": "before"}).reset_index()
    return found[["service", "uses", "months", "before", "months_before", "compared", "change"]].astype({"compared": int})


def trend(yearly: pd.DataFrame) -> pd.DataFrame:
    """Where use goes over the full years: service, years (full ones), first_year, last_year, first_uses, last_uses,
    yearly_change (share a year, −1 and up), falling (full years in a row, up to the last, each below the one before).

    Takes `yearly`. yearly_change is the steady rate that leads from the first full year to the last:
    (last ÷ first)^(1 ÷ years between) − 1; missing with fewer than two full years, or when the
    first had no use. Two end points decide it, so one odd year at either end misleads.

    >>> rows = pd.DataFrame({"service": ["S1"] * 3, "fiscal_year": [2023, 2024, 2025], "uses": [400.0, 300.0, 100.0], "full": [True] * 3})
    >>> trend(rows)[["years", "yearly_change", "falling"]].to_dict("records")
    [{'years': 3, 'yearly_change': -0.5, 'falling': 2}]
    """
    full = yearly[yearly["full"].astype(bool)].sort_values(["service", "fiscal_year"], kind="stable")
    grouped = full.groupby("service", sort=True)
    found = grouped.agg(years=("fiscal_year", "size"), first_year=("fiscal_year", "first"), last_year=("fiscal_year", "last"),
                        first_uses=("uses", "first"), last_uses=("uses", "last")).reset_index()
    between = (found["last_year"] - found["first_year"]).astype(float)
    known = (between > 0) & (found["first_uses"] > 0)
    found["yearly_change"] = (found["last_uses"] / found["first_uses"].where(known)) ** (1 / between.where(known)) - 1
    runs = {service: _fall(uses.tolist()) for service, uses in grouped["uses"]}
    found["falling"] = found["service"].map(runs).astype(int)
    return found.astype({"years": int, "first_year": int, "last_year": int})


def _fall(uses: list[float]) -> int:
    run = 0
    for before, after in zip(uses, uses[1:]):
        run = run + 1 if after < before else 0
    return run


def cost_per_use(spending: pd.DataFrame, yearly: pd.DataFrame, services: pd.DataFrame, *, fiscal_year: int) -> pd.DataFrame:
    """What one use of each service cost in one year: service, service_name, form, spent (money), uses, months (counted, 0-12),
    cost (money a use), cost_before (the year before), change (share), state.

    Takes `budget.by_service` and `yearly`. cost = the service's own money ÷ its uses in the same fiscal
    year. state is "counted", "part of the year" (fewer than twelve months counted, so that the true
    cost is lower or not comparable), "year not over" (no service was counted in all twelve), "no use"
    (counted and zero), "not counted", or "no money of its own"; the last four have no cost, never an
    endless one. change compares two fully counted years. Shared costs are left out, so the figure is less than the whole cost; uses of different
    services (a loan, a session) are different things. Dearest use first, those without a cost last.

    >>> spending = pd.DataFrame({"fiscal_year": [2026, 2026], "service": ["S1", "S2"], "amount": [90.0, 10.0]})
    >>> uses = pd.DataFrame({"service": ["S1", "S2"], "fiscal_year": [2026, 2026], "uses": [30.0, 0.0], "months": [12, 12], "full": [True, True]})
    >>> services = pd.DataFrame({"service": ["S1", "S2"], "name": ["Storytime", "Copier"], "form": ["physical"] * 2, "status": ["running"] * 2})
    >>> cost_per_use(spending, uses, services, fiscal_year=2026)[["service_name", "cost", "state"]].values.tolist()
    [['Storytime', 3.0, 'counted'], ['Copier', nan, 'no use']]
    """
    columns = ["service", "service_name", "form", "spent", "uses", "months", "cost", "cost_before", "change", "state"]
    found, before = (_unit_costs(spending, yearly, services, year) for year in (fiscal_year, fiscal_year - 1))
    found = found[found["spent"].notna() | (found["status"] != "ended")]
    found = found.merge(before[["service", "cost", "state"]], on="service", how="left", suffixes=("", "_before"))
    both = (found["state"] == "counted") & (found["state_before"] == "counted") & (found["cost_before"] > 0)
    found["change"] = (found["cost"] / found["cost_before"] - 1).where(both)
    found = found if found["state"].isin(["counted", "part of the year", "year not over", "no use"]).any() else found.head(0)
    return found[columns].sort_values(["cost", "service"], ascending=[False, True], na_position="last", ignore_index=True)


def _unit_costs(spending: pd.DataFrame, yearly: pd.DataFrame, services: pd.DataFrame, year: int) -> pd.DataFrame:
    money = spending.loc[spending["fiscal_year"] == year].set_index("service")["amount"]
    counted = yearly.loc[yearly["fiscal_year"] == year].set_index("service")
    found = services[["service", "name", "form", "status"]].rename(columns={"name": "service_name"})
    found = found.assign(spent=found["service"].map(money[money > 0]).astype(float), uses=found["service"].map(counted["uses"]).astype(float),
                         months=found["service"].map(counted["months"]).fillna(0).astype(int))
    over = bool((counted["months"] == YEAR).any())
    found["cost"] = found["spent"] / found["uses"].where((found["uses"] > 0) & over)
    found["state"] = [_state(row.spent, row.uses, row.months, over) for row in found.itertuples()]
    return found


def _state(spent: float, uses: float, months: int, over: bool) -> str:
    if pd.isna(uses):
        return "not counted"
    if pd.isna(spent):
        return "no money of its own"
    if not over:
        return "year not over"
    if uses == 0:
        return "no use"
    return "counted" if months == YEAR else "part of the year"


def by_form(yearly: pd.DataFrame, services: pd.DataFrame) -> pd.DataFrame:
    """Physical and digital use over the years: fiscal_year, physical, digital, both (uses), digital_share (0-1), short (number
    of physical or digital services with fewer than twelve months counted), months (counted at most by one of them, 0-12).

    Takes `yearly`. The form is the service's own. digital_share = digital ÷ (digital + physical);
    services that patrons meet in both ways stand beside it. Sums of unlike uses, such as loans and
    visits, show a direction, not an amount of service; one large service can decide them.

    >>> uses = pd.DataFrame({"service": ["S1", "S2"], "fiscal_year": [2026, 2026], "uses": [30.0, 10.0], "months": [12, 12], "full": [True, True]})
    >>> services = pd.DataFrame({"service": ["S1", "S2"], "form": ["physical", "digital"]})
    >>> by_form(uses, services)[["digital_share", "short"]].to_dict("records")
    [{'digital_share': 0.25, 'short': 0}]
    """
    formed = yearly.merge(services[["service", "form"]], on="service")
    found = formed.pivot_table(index="fiscal_year", columns="form", values="uses", aggfunc="sum", observed=True)
    found = found.reindex(columns=["physical", "digital", "both"]).fillna(0.0).astype(float)
    total = found["physical"] + found["digital"]
    found["digital_share"] = found["digital"] / total.where(total > 0)
    split = formed[formed["form"].isin(["physical", "digital"])].groupby("fiscal_year")
    found["short"] = (~formed["full"].astype(bool) & formed["form"].isin(["physical", "digital"])).groupby(formed["fiscal_year"]).sum()
    found["months"] = split["months"].max()
    found = found.rename_axis(columns=None).reset_index().fillna({"months": 0})
    return found.astype({"short": int, "months": int})


def digital(money: pd.DataFrame, use: pd.DataFrame) -> pd.DataFrame:
    """Digital's share of money and of use, year by year: fiscal_year, money_share, use_share (0-1), money_total, use_total, short.

    Takes `budget.by_form` and `by_form`. A year's money stands only when every line has a
    spent figure, its use only when some service was counted in all twelve months; short is the
    number of services with months missing. Shares are of what is clearly digital or physical.

    >>> money = pd.DataFrame({"fiscal_year": [2026], "digital": [10.0], "physical": [30.0], "digital_share": [0.25], "lines": [2], "known": [2]})
    >>> use = pd.DataFrame({"fiscal_year": [2026], "digital": [60.0], "physical": [40.0], "digital_share": [0.6], "short": [1], "months": [12]})
    >>> digital(money, use)[["money_share", "use_share", "short"]].values.tolist()
    [[0.25, 0.6, 1.0]]
    """
    spent = money[money["known"] == money["lines"]]
    counted = use[use["months"] == YEAR]
    left = pd.DataFrame({"fiscal_year": spent["fiscal_year"], "money_share": spent["digital_share"], "money_total": spent["digital"] + spent["physical"]})
    right = pd.DataFrame({"fiscal_year": counted["fiscal_year"], "use_share": counted["digital_share"],
                          "use_total": counted["digital"] + counted["physical"], "short": counted["short"]})
    found = left.merge(right, on="fiscal_year", how="outer").sort_values("fiscal_year", ignore_index=True)
    found = found[found["money_share"].notna() | found["use_share"].notna()]
    return found[["fiscal_year", "money_share", "use_share", "money_total", "use_total", "short"]].reset_index(drop=True)
