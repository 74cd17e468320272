"""Which services to keep, improve, merge, transfer or stop: the sunset review of services."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product
from typing import NamedTuple

import pandas as pd


class Limits(NamedTuple):
    """Where the rule of the review draws its lines."""

    little_fit: float = 0.10
    falls: float = -0.05
    dearer: float = 0.20
    middle: float = 3.0
    elsewhere: float = 0.80


USUAL = Limits()
TRIED = {"little_fit": (0.05, 0.10, 0.15), "falls": (-0.08, -0.05, -0.03), "dearer": (0.10, 0.20, 0.30), "middle": (2.5, 3.0, 3.5), "elsewhere": (0.70, 0.80, 0.90)}
GROWS = 0.05
VALUED = 4.0
HALF = 0.50
ENDING = ("stop", "transfer", "merge")
PROPOSALS = (*ENDING, "improve", "keep")
SIGNS = ("use falls", "one use costs more", "rated low", "matters little")


def window(yearly: pd.DataFrame, *, last_year: int, years: int = 3) -> pd.DataFrame:
    """The rows of the last `years` fiscal years up to `last_year`.

    >>> window(pd.DataFrame({"fiscal_year": [2022, 2023, 2024, 2025]}), last_year=2024, years=2)["fiscal_year"].tolist()
    [2023, 2024]
    """
    return yearly[yearly["fiscal_year"].between(last_year - years + 1, last_year)].reset_index(drop=True)


def costs(spending: pd.DataFrame, yearly: pd.DataFrame, roles: pd.DataFrame) -> pd.DataFrame:
    """What each service costs and would release: service, cost (currency in its newest year here), money (the part that does
    not pay for people), hours (the staff part ÷ mean cost of an hour), per_use, per_use_before (currency a use), cost_years
    (years between the two), dearer (share).

    Takes `budget.by_service`, `usage.yearly` and roles; the years are those of `spending`, so give it a
    `window`. One use is counted in full years only. The mean cost of an hour weighs the roles by
    their posts; hours are missing without it. Staff money is released as hours for other work, not
    as cash. Shared costs are in neither, so ending a service releases no more than stands here.

    >>> spending = pd.DataFrame({"fiscal_year": [2026], "service": ["S1"], "amount": [900.0], "staff": [600.0]})
    >>> used = pd.DataFrame({"service": ["S1"], "fiscal_year": [2026], "uses": [300.0], "full": [True]})
    >>> costs(spending, used, pd.DataFrame({"fte": [1.0], "hourly_cost": [30.0]}))[["money", "hours", "per_use"]].values.tolist()
    [[300.0, 20.0, 3.0]]
    """
    columns = ["service", "cost", "money", "hours", "per_use", "per_use_before", "cost_years", "dearer"]
    own = spending[spending["service"].notna()] if len(spending) else spending
    if own.empty:
        return pd.DataFrame(columns=columns)
    full = yearly.loc[yearly["full"].astype(bool), ["service", "fiscal_year", "uses"]]
    years = own.merge(full, on=["service", "fiscal_year"], how="left").sort_values(["service", "fiscal_year"], kind="stable")
    years["per_use"] = years["amount"] / years["uses"].where(years["uses"] > 0)
    newest = own["fiscal_year"].max()
    found = years[years["fiscal_year"] == newest].rename(columns={"amount": "cost"})
    first = years.dropna(subset=["per_use"]).drop_duplicates("service").set_index("service")
    found["money"], found["hours"] = found["cost"] - found["staff"], found["staff"] / _hour(roles)
    found["cost_years"] = newest - found["service"].map(first["fiscal_year"])
    found["per_use_before"] = found["service"].map(first["per_use"]).where(found["cost_years"] > 0)
    found["dearer"] = found["per_use"] / found["per_use_before"] - 1
    return found[columns].reset_index(drop=True)


def _hour(roles: pd.DataFrame) -> float:
    """Mean cost of an hour of work over the posts; missing when no role has both."""
    known = roles.dropna(subset=["fte", "hourly_cost"])
    posts = known["fte"].sum()
    return float((known["fte"] * known["hourly_cost"]).sum() / posts) if posts > 0 else float("nan")


def dossier(services: pd.DataFrame, exits: pd.DataFrame, *, contribution: pd.DataFrame, trend: pd.DataFrame, costs: pd.DataFrame,
            ratings: pd.DataFrame, segments: pd.DataFrame, partners: pd.DataFrame) -> pd.DataFrame:
    """What is known of each service that has not ended, one row a service: service, service_name, status, essential, fit (0-1,
    weighted support of goals in force), only_here (goals that it alone carries), yearly_change (share a year), years, cost,
    money, hours, per_use, per_use_before, cost_years, dearer, quality, relevance (patrons, points 1-5), n, hidden, reviewed
    (stands in exits), alternative, elsewhere (share 0-1), segment_name, inclusion, partner_name, merge_name, exit_cost, consulted.

    Takes `alignment.contribution`, `usage.trend` and `costs` of the window looked at, `ratings.summary`.
    A partner that has ended or is vetoed, and a service that has ended, is not offered. What is not
    known is missing; so is every fit as long as no support of any goal is rated. In the order of the services.
    """
    found = services.loc[services["status"] != "ended", ["service", "name", "status", "essential"]].rename(columns={"name": "service_name"})
    rated = ratings.loc[ratings["group"] == "patrons", ["service", "quality", "relevance", "n", "hidden"]]
    left = exits.rename(columns={"alternative_share": "elsewhere", "cost": "exit_cost"}).assign(reviewed=True)
    offered = partners[(partners["status"] != "ended") & (partners["ethics"] != "veto")]
    left["partner_name"] = left["partner"].map(dict(zip(offered["partner"], offered["name"])))
    left["merge_name"] = left["merge_with"].map(dict(zip(found["service"], found["service_name"])))
    left["segment_name"] = left["segment"].map(dict(zip(segments["segment"], segments["name"])))
    left["inclusion"] = left["segment"].isin(segments.loc[segments["inclusion"].eq(True), "segment"])
    fit = contribution[["service", "value", "only_here"]].rename(columns={"value": "fit"})
    fit["fit"] = fit["fit"] if fit["fit"].sum() > 0 else float("nan")
    for part in (fit, trend[["service", "yearly_change", "years"]], costs, rated, left.drop(columns=["segment", "partner", "merge_with", "people", "consultation"], errors="ignore")):
        found = found.merge(part, on="service", how="left")
    for column in ("reviewed", "inclusion", "hidden"):
        found[column] = found[column].eq(True)
    numbers = ["fit", "yearly_change", "years", *list(costs.columns[1:]), "quality", "relevance", "n", "elsewhere", "exit_cost"]
    return found.astype({column: float for column in numbers}).reset_index(drop=True)


def sunset(dossier: pd.DataFrame, *, limits: Limits = USUAL) -> pd.DataFrame:
    """What the rule proposes for each service: all columns of `dossier`, proposal (stop, transfer, merge, improve, keep),
    first (consult first, or empty), against and speaks_for (what speaks against and for the service: texts, separated by "; "),
    unknown_end (it fits little, is not protected, and exits says nothing of it).

    Signs against a service: use falls by 5 % or more a year; one use costs a fifth more or worse
    than at the start of the window; patrons rate its quality below 3 of 5 (rated low), or its
    relevance (matters little). It fits little when it gives less than a tenth of the weighted goals.
    An essential service, and one that alone carries a goal, is never proposed to end. A service that
    fits little and shows a sign, or supports no goal at all, is proposed to

      stop      when 80 % of its patrons or more would be served elsewhere, and those who lose most
                are no group that services often miss;
      transfer  else, when a partner could take it over;
      merge     else, when it could become part of another service.

    Any other is to be improved when it is rated low, or its use falls while one use costs more; else it
    is kept. What speaks for a service (use grows by 5 % or more a year, relevance from 4 of 5, less than
    half of its patrons served elsewhere, a group often missed would lose) stands beside the proposal and
    does not change it. Ending without the day on which those concerned were heard says: consult first. Where a
    figure is missing there is no sign, which is not the same as good. The limits are a rule to start
    a talk with, not a verdict; `limits` moves them, see `firmness`. Proposals to end first.
    """
    columns = [*dossier.columns, "proposal", "first", "against", "speaks_for", "unknown_end"]
    rows = []
    for service in dossier.itertuples(index=False):
        signs = _signs(service, limits)
        proposal = _proposal(service, signs, limits)
        first = "consult first" if proposal in ENDING and pd.isna(service.consulted) else ""
        unknown = service.fit < limits.little_fit and not service.reviewed and not _protected(service)
        rows.append([*service, proposal, first, "; ".join(_against(service, signs, limits)), "; ".join(_for(service)), unknown])
    found = pd.DataFrame(rows, columns=columns)
    order = found["proposal"].map({proposal: place for place, proposal in enumerate(PROPOSALS)})
    return found.assign(order=order).sort_values(["order", "fit", "service"], ignore_index=True)[columns]


def _signs(service: tuple, limits: Limits) -> list[str]:
    seen = (service.yearly_change <= limits.falls, service.dearer >= limits.dearer, service.quality < limits.middle, service.relevance < limits.middle)
    return [sign for sign, holds in zip(SIGNS, seen) if holds]


def _protected(service: tuple) -> bool:
    return bool(service.essential) or bool(_text(service.only_here))


def _text(value: object) -> str:
    return "" if pd.isna(value) else str(value)


def _proposal(service: tuple, signs: list[str], limits: Limits) -> str:
    little = service.fit < limits.little_fit and (bool(signs) or not service.fit > 0)
    if little and not _protected(service):
        if service.elsewhere >= limits.elsewhere and not service.inclusion:
            return "stop"
        if _text(service.partner_name):
            return "transfer"
        if _text(service.merge_name):
            return "merge"
    return "improve" if "rated low" in signs or {"use falls", "one use costs more"} <= set(signs) else "keep"


def _against(service: tuple, signs: list[str], limits: Limits) -> list[str]:
    facts = {"supports no goal": service.fit == 0, "fits little": 0 < service.fit < limits.little_fit, **{sign: sign in signs for sign in SIGNS},
             "served elsewhere": service.elsewhere >= limits.elsewhere}
    return [fact for fact, holds in facts.items() if holds]


def _for(service: tuple) -> list[str]:
    facts = {"essential": bool(service.essential), "alone carries a goal": bool(_text(service.only_here)), "fits": service.fit >= USUAL.little_fit,
             "use grows": service.yearly_change >= GROWS, "patrons value it": service.relevance >= VALUED,
             "few served elsewhere": service.elsewhere < HALF, "would hurt a group often missed": bool(service.inclusion)}
    return [fact for fact, holds in facts.items() if holds]


def firmness(dossier: pd.DataFrame) -> pd.DataFrame:
    """How firm each proposal of the review is when its limits move, the least firm first: service, service_name, proposal, same (share of all sets of limits
    with this proposal, 0-1), tried (number of sets), stands (True when it is the same in all), other (what else comes out, most often first,
    separated by "; "), turned_by (the limits that change it when moved alone, separated by "; ").

    Takes `dossier`. Each of the five limits is tried low, as it is, and high, in all combinations: little fit 5, 10, 15 %; use falls by 8, 5, 3 %
    a year; one use dearer by 10, 20, 30 %; rated below 2.5, 3, 3.5; served elsewhere 70, 80, 90 %. A proposal that stands under all of them
    can still be wrong: the figures may be, and the rule.
    """
    sets = [Limits(*chosen) for chosen in product(*TRIED.values())]
    found = pd.concat([sunset(dossier, limits=limits)[["service", "proposal"]].assign(number=number) for number, limits in enumerate(sets)], ignore_index=True)
    rows = []
    for one in sunset(dossier).itertuples():
        own = found.loc[found["service"] == one.service].set_index("number")["proposal"]
        others = own[own != one.proposal].value_counts().sort_index().sort_values(ascending=False, kind="stable")
        alone = {name for number, limits in enumerate(sets) if own[number] != one.proposal for name in _moved_alone(limits)}
        rows.append([one.service, one.service_name, one.proposal, float((own == one.proposal).mean()), len(sets), others.empty, "; ".join(others.index),
                     "; ".join(name.replace("_", " ") for name in Limits._fields if name in alone)])
    columns = ["service", "service_name", "proposal", "same", "tried", "stands", "other", "turned_by"]
    return pd.DataFrame(rows, columns=columns).sort_values(["same", "service"], ignore_index=True)


def _moved_alone(limits: Limits) -> list[str]:
    moved = [name for name, value, usual in zip(Limits._fields, limits, USUAL) if value != usual]
    return moved if len(moved) == 1 else []


def paths(proposals: pd.DataFrame, yearly: pd.DataFrame, *, last_year: int, years: int = 5) -> pd.DataFrame:
    """Use of each reviewed service over the last full years: service, service_name, proposal, fiscal_year, uses, index (its first
    full year here is 100), first_year, change (share, first to last full year here).

    Takes `sunset` and `usage.yearly`. Years that were not counted in full are left out, and services
    with a single full year. An index hides size: a small service can rise steeply by a few uses.

    >>> proposals = pd.DataFrame({"service": ["S1"], "service_name": ["Discs"], "proposal": ["stop"]})
    >>> used = pd.DataFrame({"service": ["S1", "S1"], "fiscal_year": [2025, 2026], "uses": [80.0, 60.0], "full": [True, True]})
    >>> paths(proposals, used, last_year=2026)[["index", "change"]].values.tolist()
    [[100.0, -0.25], [75.0, -0.25]]
    """
    columns = ["service", "service_name", "proposal", "fiscal_year", "uses", "index", "first_year", "change"]
    full = window(yearly[yearly["full"].astype(bool)], last_year=last_year, years=years)
    found = full.merge(proposals[["service", "service_name", "proposal"]], on="service").sort_values(["service", "fiscal_year"], ignore_index=True)
    grouped = found.groupby("service")
    found["index"] = found["uses"] / grouped["uses"].transform("first").where(lambda first: first > 0) * 100
    found["first_year"], found["change"] = grouped["fiscal_year"].transform("first"), grouped["index"].transform("last") / 100 - 1
    found = found[(grouped["uses"].transform("size") > 1) & found["index"].notna()]
    return found.sort_values(["change", "service", "fiscal_year"], ignore_index=True)[columns]


def released(proposals: pd.DataFrame) -> pd.DataFrame:
    """What ending would release: service, service_name, proposal, first, money and hours a year, exit_cost, and a last row with the sums.

    Only for stop and transfer: what a merger releases is not known before it is planned. The last
    row has no service. Empty when nothing is proposed to stop or to transfer.

    >>> rows = pd.DataFrame({"service": ["S1", "S2"], "service_name": ["Discs", "Desk"], "proposal": ["stop", "keep"], "first": ["", ""],
    ...                      "money": [300.0, 9.0], "hours": [20.0, 1.0], "exit_cost": [50.0, None]})
    >>> released(rows)[["service_name", "money", "hours"]].values.tolist()
    [['Discs', 300.0, 20.0], ['Together', 300.0, 20.0]]
    """
    columns = ["service", "service_name", "proposal", "first", "money", "hours", "exit_cost"]
    found = proposals.loc[proposals["proposal"].isin(["stop", "transfer"]), columns]
    if found.empty:
        return pd.DataFrame(columns=columns)
    sums = found[["money", "hours", "exit_cost"]].sum(min_count=1)
    total = pd.DataFrame([{"service": None, "service_name": "Together", "proposal": None, "first": None, **sums}])
    return pd.concat([found, total], ignore_index=True)[columns]


def judged(proposals: pd.DataFrame, verdicts: Mapping[str, str]) -> pd.DataFrame:
    """The proposals with a room's own verdict in the place of the rule's: all columns of `sunset`, and rule (what the rule proposes).

    `verdicts` gives a word of PROPOSALS for a service; services that are not in it keep the rule's. Ending without
    a day on which those concerned were heard says: consult first. Raises ValueError for any other word.

    >>> rows = pd.DataFrame({"service": ["S1", "S2"], "proposal": ["stop", "keep"], "first": ["", ""], "consulted": [None, None]})
    >>> judged(rows, {"S2": "stop", "S1": "keep"})[["service", "rule", "proposal", "first"]].values.tolist()
    [['S1', 'stop', 'keep', ''], ['S2', 'keep', 'stop', 'consult first']]
    """
    if strange := sorted(set(verdicts.values()) - set(PROPOSALS)):
        raise ValueError(f"a verdict is one of {', '.join(PROPOSALS)}, not {strange[0]}")
    found = proposals.assign(rule=proposals["proposal"])
    found["proposal"] = found["service"].map(verdicts).fillna(found["rule"])
    first = found["proposal"].isin(list(ENDING)) & found["consulted"].isna()
    return found.assign(first=first.map({True: "consult first", False: ""}))


def reconciled(released: pd.DataFrame, spending: pd.DataFrame) -> pd.DataFrame:
    """Money released, against the budget's own lines of these services: check, expected, found; empty without a release.

    Takes `released` and the rows of `budget.by_service` that `costs` took.
    """
    columns = ["check", "expected", "found"]
    if released.empty or spending.empty or released["money"].isna().all():
        return pd.DataFrame(columns=columns)
    year = spending[(spending["fiscal_year"] == spending["fiscal_year"].max()) & spending["service"].isin(released["service"].dropna())]
    lines = (year["amount"] - year["staff"]).sum()
    return pd.DataFrame([["Money released is what the services spend on other things than staff", lines, released["money"].iloc[-1]]], columns=columns)
