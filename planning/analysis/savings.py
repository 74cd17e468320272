"""Where money could be freed: each possibility with a sum, how sure it is, and no money counted twice."""

from __future__ import annotations

import pandas as pd

FIRM, LIKELY, OPEN = "firm", "likely", "open"
SURE = (FIRM, LIKELY, OPEN)
FEWEST = 3
DEARER = 0.20
NONE = float("nan")
NEARBY = 0.80
COLUMNS = ["kind", "name", "service", "service_name", "line", "money", "once", "hours", "sure", "counted", "within_kind", "within"]


def candidates(lines: pd.DataFrame, subscriptions: pd.DataFrame, sunset: pd.DataFrame, *, shared: pd.DataFrame, prices: pd.DataFrame, fiscal_year: int) -> pd.DataFrame:
    """Possible savings, most money first: kind (unused, dearer than one by one, under plan, ending, grown dearer, shared dearer), name, service and
    service_name (missing for none), line, money (currency a year), once (what it costs once), hours (staff hours released a year, by ending only), sure (firm, likely, open),
    counted (true when its money may be added up), within_kind and within (kind and name of what stands in its place).

    Takes `budget.amounts`, `subscriptions.by_use`, `reviews.sunset`, `pooling.savings` and prices.
      unused: the price of a subscription that was counted and not used. Firm.
      dearer than one by one: its price − what its uses would cost elsewhere, where it is over 10 % dearer. Likely.
      under plan: the smallest sum left over in each of the last three years or more, where a line never used its plan. Firm, but money of the plan only.
      ending: the money, without pay, of a service that the sunset review proposes to stop, transfer or merge, where ending costs no more than a year of it. Likely
        when those concerned were heard and 80 % are served elsewhere, else open.
      grown dearer: what a service costs above its first cost per use at today's prices, where that rose by a fifth or more. Open, since rent and pay do not follow use.
      shared dearer: what a purchase with partners costs above the same alone. Firm with an offer, else likely.
    What must be kept, and essential services, are left out. Of possibilities that lie within one budget line or one service, only the surer side is
    counted, of equals the one with more money. A purchase with partners names no line and may lie within another. None of these is a
    decision: each asks for what would be lost.

    >>> lines = pd.DataFrame({"line": ["B1"] * 3, "name": ["Travel"] * 3, "service": [None] * 3, "fiscal_year": [2024, 2025, 2026], "planned": [9.0, 9.0, 9.0], "amount": [8.0, 6.0, 5.0], "basis": ["spent"] * 3})
    >>> subscriptions = pd.DataFrame({"name": ["Songs"], "service": ["S1"], "service_name": ["Music"], "line": ["B2"], "cost": [40.0], "excess": [40.0], "verdict": ["not used"], "must_keep": [False]})
    >>> sunset = pd.DataFrame(columns=["service", "service_name", "proposal", "essential", "money", "hours", "exit_cost", "consulted", "elsewhere", "cost", "dearer", "cost_years"])
    >>> shared = pd.DataFrame(columns=["name", "saved", "basis"])
    >>> found = candidates(lines, subscriptions, sunset, shared=shared, prices=pd.DataFrame(columns=["fiscal_year", "index"]), fiscal_year=2026)
    >>> found[["kind", "name", "money", "sure"]].values.tolist()
    [['unused', 'Songs', 40.0, 'firm'], ['under plan', 'Travel', 1.0, 'firm']]
    """
    rows = [*_subscriptions(subscriptions), *_under_plan(lines, fiscal_year), *_ending(sunset), *_dearer(sunset, prices, fiscal_year), *_shared(shared)]
    found = pd.DataFrame(rows, columns=COLUMNS[:-3])
    found = found[found["money"] > 0].reset_index(drop=True)
    owner = lines[lines["service"].notna()].drop_duplicates("line").set_index("line")["service"]
    names = {row.service: row.service_name for row in sunset.itertuples()} | {row.service: row.service_name for row in subscriptions.itertuples() if pd.notna(row.service_name)}
    found["service"] = found["service"].astype(object).where(found["service"].notna(), found["line"].map(owner))
    found["service_name"] = found["service"].map(names)
    found = _once(found)
    return found.sort_values(["money", "kind", "name"], ascending=[False, True, True], ignore_index=True)[COLUMNS]


def _subscriptions(rows: pd.DataFrame) -> list[list[object]]:
    kinds = {"not used": ("unused", FIRM), "dearer": ("dearer than one by one", LIKELY)}
    return [[kinds[row.verdict][0], row.name_of, row.service, None, row.line, float(row.excess), 0.0, NONE, kinds[row.verdict][1]]
            for row in rows.rename(columns={"name": "name_of"}).itertuples() if row.verdict in kinds and not row.must_keep]


def _under_plan(lines: pd.DataFrame, year: int) -> list[list[object]]:
    """Lines that left money over in every year since at least three, as far back as they go without a gap."""
    found = []
    known = lines[(lines["basis"] == "spent") & lines["planned"].notna() & (lines["fiscal_year"] <= year)].sort_values("fiscal_year")
    for line, rows in known.groupby("line"):
        last = rows.tail(FEWEST)
        left = last["planned"] - last["amount"]
        if list(last["fiscal_year"]) == list(range(year - FEWEST + 1, year + 1)) and (left > 0.05 * last["planned"]).all():
            found.append(["under plan", last["name"].iloc[-1], None, None, line, float(left.min()), 0.0, NONE, FIRM])
    return found


def _ending(sunset: pd.DataFrame) -> list[list[object]]:
    rows = sunset[sunset["proposal"].isin(["stop", "transfer", "merge"]) & (sunset["exit_cost"] <= sunset["money"])]
    return [["ending", row.service_name, row.service, None, None, float(row.money), float(row.exit_cost), float(row.hours),
             LIKELY if pd.notna(row.consulted) and row.elsewhere >= NEARBY else OPEN] for row in rows.itertuples()]


def _dearer(sunset: pd.DataFrame, prices: pd.DataFrame, year: int) -> list[list[object]]:
    """What services cost above their first cost per use, that first cost raised by the rise in prices where it is known."""
    level, found = dict(zip(prices["fiscal_year"], prices["index"])), []
    for row in sunset[(sunset["dearer"] > 0) & ~sunset["essential"].eq(True).fillna(False).astype(bool)].itertuples():
        rise = level.get(year, float("nan")) / level.get(year - int(row.cost_years), float("nan"))
        now = (1 + row.dearer) / (1.0 if pd.isna(rise) else rise)
        if now >= 1 + DEARER:
            found.append(["grown dearer", row.service_name, row.service, None, None, float(row.cost * (1 - 1 / now)), 0.0, NONE, OPEN])
    return found


def _shared(shared: pd.DataFrame) -> list[list[object]]:
    return [["shared dearer", row.name_of, None, None, None, float(-row.saved), 0.0, NONE, FIRM if row.basis == "offer" else LIKELY]
            for row in shared.rename(columns={"name": "name_of"}).itertuples() if row.saved < 0]


def _once(found: pd.DataFrame) -> pd.DataFrame:
    """The possibilities with counted and what stands in their place: of those that share a line, and then of those that share a service."""
    found = found.assign(counted=True, within_kind=None, within=None)
    inner = found["kind"].isin(["unused", "dearer than one by one"])
    for _, rows in found[found["line"].notna()].groupby("line"):
        _settle(found, [[place] for place in rows.index[~inner[rows.index]]] + [list(rows.index[inner[rows.index]])])
    whole = found["kind"].isin(["ending", "grown dearer"])
    for _, rows in found[found["service"].notna()].groupby("service"):
        parts = rows.index[~whole[rows.index] & found.loc[rows.index, "counted"]]
        _settle(found, [[place] for place in rows.index[whole[rows.index]]] + [list(parts)])
    return found


def _settle(found: pd.DataFrame, sides: list[list[int]]) -> None:
    sides = sorted((side for side in sides if side), key=lambda side: (min(map(SURE.index, found.loc[side, "sure"])), -found.loc[side, "money"].sum()))
    for side in sides[1:]:
        found.loc[side, "counted"] = False
        found.loc[side, "within_kind"], found.loc[side, "within"] = found.loc[sides[0][0], "kind"], found.loc[sides[0][0], "name"]


def by_sureness(candidates: pd.DataFrame) -> pd.DataFrame:
    """The money that may be added up, by how sure it is: sure (firm, likely, open), candidates (number), money (currency a year), once (currency).

    Takes `candidates`. Empty without any.

    >>> rows = pd.DataFrame({"sure": ["firm", "firm", "open"], "money": [4.0, 2.0, 9.0], "once": [0.0] * 3, "counted": [True, False, True]})
    >>> by_sureness(rows).values.tolist()
    [['firm', 1, 4.0, 0.0], ['open', 1, 9.0, 0.0]]
    """
    groups = candidates[candidates["counted"].eq(True)].groupby("sure")
    found = groups.size().rename("candidates").to_frame().join(groups[["money", "once"]].sum().astype(float))
    order = [sure for sure in SURE if sure in found.index]
    return found.reindex(order).astype({"candidates": int}).rename_axis("sure").reset_index()


def reconciled(candidates: pd.DataFrame, by_sureness: pd.DataFrame) -> pd.DataFrame:
    """What may be added up, one by one and by sureness: check, expected, found; empty without any.

    >>> rows = pd.DataFrame({"money": [4.0, 2.0], "counted": [True, False]})
    >>> reconciled(rows, pd.DataFrame({"money": [4.0]}))[["expected", "found"]].values.tolist()
    [[4.0, 4.0]]
    """
    total = candidates.loc[candidates["counted"].eq(True), "money"].sum()
    rows = [] if candidates.empty else [["Possible savings add up by sureness", float(total), float(by_sureness["money"].sum())]]
    return pd.DataFrame(rows, columns=["check", "expected", "found"])
