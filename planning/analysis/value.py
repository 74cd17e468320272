"""What the uses of services may be worth, as a range with what must be taken off, beside the plain figure that takes nothing off."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from planning.methods import periods, returns, tornado

TAKEN_OFF = ["deadweight", "attribution", "displacement"]
PARTS = {"monthly": 12, "quarterly": 4}
STEP, MANY = 0.1, 0.1
NUMBERED = ["proxy", "name", "service", "service_name", "kpi_name", "unit", "source", "number", "number_from", "when", "months", "state", "counted", "double", "beside",
            "unit_value", "low", "high", *TAKEN_OFF, "years", "drop_off", "not_considered", "ranged", "classic"]
WORTH = [*NUMBERED, "adjusted_low", "adjusted", "adjusted_high", "share"]
TOTAL = ["basis", "money", "proxies", "services", "covered", "classic", "low", "middle", "high", "classic_returned", "returned_low", "returned", "returned_high"]
BY_SERVICE = ["service", "service_name", "money", "proxies", "classic", "low", "middle", "high", "returned_low", "returned", "returned_high"]
SENSITIVITY = ["proxy", "name", "assumption", "base", "from_value", "to_value", "at_from", "at_to", "swing"]


def spent(by_service: pd.DataFrame, statistics: pd.DataFrame) -> pd.DataFrame:
    """Money spent by fiscal year and service: fiscal_year, service (missing for what all share), amount (currency).

    Takes `budget.by_service` and the table of statistics. Where the budget holds no amount for a year, the statistic of all spending stands
    in as one row that all services share, as in a plan that was brought in from a national survey.

    >>> statistics = pd.DataFrame({"fiscal_year": [2018, 2018], "measure": ["spending_total", "visits"], "value": [900.0, 50.0]})
    >>> spent(pd.DataFrame(columns=["fiscal_year", "service", "amount"]), statistics)[["fiscal_year", "amount"]].values.tolist()
    [[2018.0, 900.0]]
    """
    own = by_service[by_service["amount"] > 0]
    rest = statistics[(statistics["measure"] == "spending_total") & ~statistics["fiscal_year"].isin(own["fiscal_year"])]
    rest = pd.DataFrame({"fiscal_year": rest["fiscal_year"], "service": None, "amount": rest["value"].astype(float)})
    parts = [part for part in (own[["fiscal_year", "service", "amount"]], rest) if len(part)]
    return pd.concat(parts, ignore_index=True) if parts else rest.astype({"amount": float})


def year_of(spent: pd.DataFrame, *, last_full_year: int) -> int:
    """The fiscal year to set worth beside: the newest full one with money spent, else the last full year; takes `spent`.

    >>> year_of(pd.DataFrame({"fiscal_year": [2025, 2026], "amount": [9.0, 9.0]}), last_full_year=2025)
    2025
    """
    full = spent.loc[(spent["fiscal_year"] <= last_full_year) & (spent["amount"] > 0), "fiscal_year"]
    return int(full.max()) if len(full) else last_full_year


def numbered(proxies: pd.DataFrame, services: pd.DataFrame, yearly: pd.DataFrame, *, progress: pd.DataFrame, values: pd.DataFrame, fiscal_year: int) -> pd.DataFrame:
    """Each value proxy with the number that it is multiplied by, in the order of its table: proxy, name, service, service_name, kpi_name, unit (of
    the KPI), source, number (a year), number_from (own number, KPI or uses), when (period, or fiscal year of the uses), months
    (of the year in which uses were counted), state, counted, double, beside, unit_value, low, high (value of one, currency), deadweight,
    attribution, displacement, drop_off (shares 0-1), years, not_considered (shares left empty, semicolons between), ranged (low and
    high are both given), classic (number × unit value; currency).

    Takes `usage.yearly`, `kpis.progress` and the KPI values. The number is the proxy's own, else that of its KPI, else its service's uses
    in the fiscal year. A KPI counted a month or a quarter is added up over the newest twelve months or four
    quarters; a KPI that is a share of people is no number. state: empty, or why there is no number: *a share or rate is no number*, *KPI without a value*, *KPI out
    of date*, *KPI not measured all year*, *uses not counted*, *no service, KPI or number*. Of proxies that value the same uses of one service only the one that stands
    first in the table is counted; for the others double names it. beside: other counted proxies of the service, which may
    value in part the same. An empty share is not 0: nobody considered it.

    >>> proxies = pd.DataFrame({"proxy": ["PX1"], "name": ["A loan"], "service": ["S1"], "kpi": None, "number": None, "unit_value": [8.0], "source": ["Prices"], "deadweight": [0.3]})
    >>> services = pd.DataFrame({"service": ["S1"], "name": ["Lending"]})
    >>> yearly = pd.DataFrame({"service": ["S1"], "fiscal_year": [2026], "uses": [500.0], "months": [12]})
    >>> none = pd.DataFrame(columns=["kpi", "name", "unit", "frequency", "value", "period", "status"])
    >>> numbered(proxies, services, yearly, progress=none, values=none, fiscal_year=2026)[["number", "classic", "not_considered"]].values.tolist()
    [[500.0, 4000.0, 'attribution; displacement']]
    """
    found = proxies.reindex(columns=["proxy", "name", "service", "kpi", "number", "unit_value", "low", "high", "source", *TAKEN_OFF, "years", "drop_off"]).reset_index(drop=True)
    about, used = progress.drop_duplicates("kpi").set_index("kpi"), yearly[yearly["fiscal_year"] == fiscal_year].set_index("service")
    rows = [_number(row, about, used, values, fiscal_year) for row in found.itertuples()]
    found[["number", "number_from", "when", "months", "state"]] = pd.DataFrame(rows, index=found.index, columns=range(5), dtype=object)
    figures = ["number", "months", "unit_value", "low", "high", *TAKEN_OFF, "drop_off"]
    found = found.astype(dict.fromkeys(figures, float)).assign(years=found["years"].astype(float).fillna(1.0))
    found["service_name"] = found["service"].map(dict(zip(services["service"], services["name"]))).astype(object)
    for name, column in (("kpi_name", "name"), ("unit", "unit")):
        found[name] = found["kpi"].map(about[column]).astype(object)
    found["not_considered"] = ["; ".join(_empty(row)) for row in found.itertuples()]
    found["ranged"] = found["low"].notna() & found["high"].notna()
    found["classic"] = found["number"] * found["unit_value"]
    return _told_apart(found)[NUMBERED]


def _number(row: object, about: pd.DataFrame, used: pd.DataFrame, values: pd.DataFrame, fiscal_year: int) -> list[object]:
    if pd.notna(row.number):
        return [row.number, "own number", None, None, ""]
    if pd.notna(row.kpi):
        return _of_kpi(about.loc[row.kpi], values[values["kpi"] == row.kpi]) if row.kpi in about.index else [None, "KPI", None, None, "KPI without a value"]
    if pd.isna(row.service):
        return [None, None, None, None, "no service, KPI or number"]
    if row.service not in used.index:
        return [None, "uses", str(fiscal_year), None, "uses not counted"]
    return [used.at[row.service, "uses"], "uses", str(fiscal_year), used.at[row.service, "months"], ""]


def _of_kpi(about: pd.Series, values: pd.DataFrame) -> list[object]:
    unit, parts = str(about["unit"] or ""), PARTS.get(about["frequency"], 1)
    state = "a share or rate is no number" if unit.startswith("%") or " per " in unit else "KPI without a value" if pd.isna(about["value"]) else "KPI out of date" if about["status"] == "stale" else ""
    if state or parts == 1 or not unit.endswith(("a month", "a quarter")):
        return [None if state else about["value"], "KPI", about["period"], None, state]
    newest = periods.last_day(about["period"])
    days = pd.to_datetime(values["period"].map(periods.last_day))
    year = values.loc[(days <= newest) & (days > newest - pd.DateOffset(years=1)), "value"].dropna()
    whole = len(year) == parts
    return [year.sum() if whole else None, "KPI", about["period"], None, "" if whole else "KPI not measured all year"]


def _empty(row: object) -> list[str]:
    asked = [*TAKEN_OFF, *(["drop_off"] if row.years > 1 else [])]
    return [name for name in asked if pd.isna(getattr(row, name))]


def _told_apart(found: pd.DataFrame) -> pd.DataFrame:
    """Which proxies count, and which value the same uses as another, or may."""
    uses = found[(found["number_from"] == "uses") & (found["state"] == "")]
    first = uses.drop_duplicates("service").set_index("service")
    double = uses[~uses["proxy"].isin(first["proxy"])]
    found["double"] = found["proxy"].map(dict(zip(double["proxy"], double["service"].map(first["name"])))).astype(object)
    found["counted"] = (found["state"] == "") & found["double"].isna()
    own = found[found["counted"] & found["service"].notna()]
    found["beside"] = [(own.loc[(own["service"] == row.service) & (own["proxy"] != row.proxy), "name"].str.cat(sep="; ") if row.counted else "") for row in found.itertuples()]
    return found


def worth(numbered: pd.DataFrame, *, rate: float, seed: int) -> pd.DataFrame:
    """What each proxy may be worth, most first: the columns of `numbered`, adjusted_low, adjusted, adjusted_high (currency; ends of 95 % of
    the draws and their median) and share (of the medians of those counted, 0-1).

    The draws are those of `returns.drawn_values`: the value of one lies between its lowest and highest, an empty share anywhere
    from 0 to 1, and given shares are taken as exact. Later years fade by the drop-off and are discounted by `rate` a year.
    Misleads as a range of everything that is not known: it leaves out that a proxy may be the wrong one.
    """
    draws = _draws(numbered, rate, seed)
    ends = [returns.middle_range(draws[:, place]) for place in range(len(numbered))]
    found = numbered.assign(**{name: [one[place] for one in ends] for place, name in enumerate(("adjusted_low", "adjusted", "adjusted_high"))})
    found = found.astype({"adjusted_low": float, "adjusted": float, "adjusted_high": float})
    known = found["adjusted"].where(found["counted"].astype(bool))
    found["share"] = known / (known.sum() or np.nan)
    order = (~found["counted"].astype(bool)).astype(int) + found["adjusted"].isna()
    return found.assign(order=order).sort_values(["order", "adjusted", "proxy"], ascending=[True, False, True], ignore_index=True)[WORTH]


def _draws(rows: pd.DataFrame, rate: float, seed: int) -> np.ndarray:
    items = rows.rename(columns={"unit_value": "likely"})[["number", "low", "likely", "high", *TAKEN_OFF, "drop_off", "years"]]
    return returns.drawn_values(items.set_axis(list(rows["proxy"])), rate, seed=seed)


def total(numbered: pd.DataFrame, spending: pd.DataFrame, *, fiscal_year: int, rate: float, seed: int) -> pd.DataFrame:
    """What all counted proxies may be worth together, and for each unit of money: basis, money (currency), proxies, services (number valued),
    covered (share of the basis' money that is the own spending of valued services, 0-1), classic, low, middle, high (currency; 95 % of the draws), classic_returned,
    returned_low, returned, returned_high (currency for each unit of money).

    Takes `numbered` and `spent`. Two rows: *all spending* of the year, shared costs included, and *valued services*, their own
    spending alone. The second leaves out the roof and the staff that all services share, so it looks better than it is.
    Empty without a proxy that counts; money and what is returned are missing where the year has no spending. An estimate of worth to
    people: nobody earned it, and it cannot be spent.
    """
    own = numbered[numbered["counted"].astype(bool)]
    if own.empty:
        return pd.DataFrame(columns=TOTAL)
    year, valued = spending[spending["fiscal_year"] == fiscal_year], set(own["service"].dropna())
    low, middle, high = returns.middle_range(_draws(own, rate, seed).sum(axis=1))
    mine, rows = year[year["service"].isin(valued)], []
    for basis, part in (("all spending", year), ("valued services", mine)):
        money = part["amount"].sum(min_count=1)
        money = float(money) if money > 0 else np.nan
        worths = [own["classic"].sum(), low, middle, high]
        rows.append([basis, money, len(own), len(valued), mine["amount"].sum() / money, *worths, *(worth / money for worth in worths)])
    return pd.DataFrame(rows, columns=TOTAL)


def by_service(numbered: pd.DataFrame, spending: pd.DataFrame, *, fiscal_year: int, rate: float, seed: int) -> pd.DataFrame:
    """What the counted proxies of each service may be worth beside what it costs, most returned first: service, service_name, money (own
    spending, currency), proxies, classic, low, middle, high (currency; 95 % of the draws), returned_low, returned, returned_high (currency
    for each unit of money; missing without spending).

    Takes `numbered` and `spent`. A service returns little here also because little of what it does was valued: the column
    says nothing of which service is better.
    """
    money = spending[spending["fiscal_year"] == fiscal_year].groupby("service")["amount"].sum()
    own = numbered[numbered["counted"].astype(bool) & numbered["service"].notna()]
    rows = []
    for service, part in own.groupby("service", sort=True):
        spent = float(money.get(service, np.nan)) or np.nan
        ends = returns.middle_range(_draws(part, rate, seed).sum(axis=1))
        rows.append([service, part["service_name"].iloc[0], spent, len(part), part["classic"].sum(), *ends, *(end / spent for end in ends)])
    found = pd.DataFrame(rows, columns=BY_SERVICE)
    return found.sort_values(["returned", "service"], ascending=[False, True], ignore_index=True)


def sensitivity(numbered: pd.DataFrame, *, rate: float) -> pd.DataFrame:
    """Which assumption moves the worth of all counted proxies most, widest first: proxy, name, assumption, base, from_value and to_value (of the
    assumption, in its own unit), at_from, at_to (worth of all together, currency), swing (currency).

    Takes `numbered`. One assumption moves at a time: the value of one from lowest to highest; a given share by ten points to either
    side; an empty share from 0 to 1 (base: one half); the number by a tenth; the discount rate from nothing to twice itself. Those that move
    nothing have no row. Misleads when several are off together.
    """
    own = numbered[numbered["counted"].astype(bool)].set_index("proxy")
    ends = {name: end for row in own.itertuples() for name, end in _ends(row).items()}
    ends |= {("", "discount rate"): (rate, 0.0, 2 * rate)} if (own["years"] > 1).any() else {}
    base, low, high = ({name: end[place] for name, end in ends.items()} for place in range(3))
    found = tornado.swings(lambda at: _together(own, at, rate), base, low, high) if ends else pd.DataFrame(columns=["at_low", "at_high", "swing"])
    names = own["name"].to_dict()
    rows = [[proxy, names.get(proxy), what, *ends[proxy, what], row.at_low, row.at_high, row.swing] for (proxy, what), row in zip(found.index, found.itertuples()) if row.swing > 0]
    return pd.DataFrame(rows, columns=SENSITIVITY)


def _ends(row: object) -> dict[tuple[str, str], tuple[float, float, float]]:
    """Base, low and high of every assumption about one proxy."""
    found = {(row.Index, "number"): (row.number, row.number * (1 - MANY), row.number * (1 + MANY))}
    sides = [row.unit_value if pd.isna(end) else end for end in (row.low, row.high)]
    found[row.Index, "unit_value"] = (row.unit_value, *sides)
    for name in [*TAKEN_OFF, *(["drop_off"] if row.years > 1 else [])]:
        share = getattr(row, name)
        found[row.Index, name] = (0.5, 0.0, 1.0) if pd.isna(share) else (share, max(share - STEP, 0.0), min(share + STEP, 1.0))
    return found


def _together(own: pd.DataFrame, at: Mapping[tuple[str, str], float], rate: float) -> float:
    given = {name: np.array([at.get((proxy, name), 0.0) for proxy in own.index]) for name in ("number", "unit_value", *TAKEN_OFF, "drop_off")}
    return float(returns.adjusted_value(**given, years=own["years"].to_numpy(), rate=at.get(("", "discount rate"), rate)).sum())


def reconciled(total: pd.DataFrame, by_service: pd.DataFrame, numbered: pd.DataFrame) -> pd.DataFrame:
    """The sum that worth must have: check, expected, found; empty without a counted proxy."""
    loose = numbered.loc[numbered["counted"].astype(bool) & numbered["service"].isna(), "classic"].sum()
    rows = [["Plain value of services and of proxies without a service adds up to the total", one.classic, by_service["classic"].sum() + loose] for one in total.head(1).itertuples()]
    return pd.DataFrame(rows, columns=["check", "expected", "found"])
