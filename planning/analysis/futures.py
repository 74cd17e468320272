"""How the choice of initiatives and the cost of use stand up in each named future, and what a fixed plan would lose there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple, Protocol

import pandas as pd

from planning.methods import regret

CEILINGS = ("money_ceiling", "fte_ceiling")
IN_PLAY = ("free", "must do", "running")
WHAT = {(True, False): "drops out", (False, True): "comes in", (True, True): "stays", (False, False): "stays out"}
Facts = Mapping[str, object]


class Chooser(Protocol):
    """What values initiatives and chooses among them: planning.analysis.initiatives."""

    def ceilings(self, facts: Facts, roles: pd.DataFrame | None = None) -> pd.DataFrame: ...

    def values(self, initiatives: pd.DataFrame, initiative_goals: pd.DataFrame, goals: pd.DataFrame, *,
               by_role: pd.DataFrame | None = None) -> pd.DataFrame: ...

    def choice(self, valued: pd.DataFrame, links: pd.DataFrame, limits: pd.DataFrame) -> pd.DataFrame: ...


class World(Protocol):
    """The plan in one future: planning.analysis.scenarios.World."""

    scenario: str
    name: str
    kind: str
    tables: Mapping[str, pd.DataFrame]
    facts: Facts


class _Future(NamedTuple):
    scenario: str
    name: str
    valued: pd.DataFrame
    links: pd.DataFrame
    limits: pd.DataFrame
    chosen: pd.DataFrame

    @property
    def taken(self) -> frozenset[str]:
        return frozenset(self.chosen.loc[self.chosen["chosen"].astype(bool), "initiative"])


def _future(world: World, chooser: Chooser) -> _Future:
    valued, links, limits = asked(world, chooser=chooser)
    return _Future(world.scenario, world.name, valued, links, limits, chooser.choice(valued, links, limits))


class Asked(NamedTuple):
    """What a choice of initiatives is made from, in one future: values, links and ceilings, those of roles among them."""

    valued: pd.DataFrame
    links: pd.DataFrame
    limits: pd.DataFrame


def asked(world: World, *, chooser: Chooser, cut: float = 0.0) -> Asked:
    """What the choice of initiatives is made from in one future, with a share of money and staff time taken away: valued, links, limits.

    Every choice of this step is made from this, so that it is the choice of step 2 where nothing
    moves: with the same ceilings of money, of hours and of each role's hours, which no cut touches.
    Raises ValueError when the cut is not from 0 to 1.
    """
    tables = world.tables
    valued = chooser.values(tables["initiatives"], tables["initiative_goals"], tables["goals"], by_role=tables.get("initiative_hours"))
    return Asked(valued, tables["initiative_links"], chooser.ceilings(lean(world.facts, cut=cut), tables.get("roles")))


def _kept(taken: Iterable[str], future: _Future, chooser: Chooser) -> pd.DataFrame:
    """The best that a fixed list of initiatives can still do in a future: what does not fit there is dropped."""
    out = (future.valued["part"] == "free") & ~future.valued["initiative"].isin(list(taken))
    return chooser.choice(future.valued.assign(part=future.valued["part"].mask(out, "rejected")), future.links, future.limits)


def lean(facts: Facts, *, cut: float) -> dict[str, object]:
    """The plan's facts with a share of the money and of the staff time for initiatives taken away.

    A ceiling that is not given stays so. Raises ValueError when the cut is not from 0 to 1.

    >>> lean({"money_ceiling": 200.0, "fte_ceiling": None}, cut=0.1)
    {'money_ceiling': 180.0, 'fte_ceiling': None}
    """
    if not 0 <= cut <= 1:
        raise ValueError(f"The parameter cut is {cut}. A cut is a share from 0 to 1: a tenth is 0.1. Correct it.")
    return dict(facts) | {name: facts[name] * (1 - cut) for name in CEILINGS if facts.get(name) is not None}


def shift(worlds: Mapping[str, World], *, scenario: str, chooser: Chooser) -> pd.DataFrame:
    """The choice of initiatives today and in one scenario: initiative, initiative_name, part, cost, hours (in the scenario),
    value_before, value (0-1), change, rank_before, rank (1 is best), before, after (chosen or not), kept (in what is
    left of today's choice), what (drops out, comes in, stays, stays out).

    The regret of staying is the sum of value over `after` less the sum over `kept`. kept is today's
    choice under the scenario's weights, without what no longer fits when costs or ceilings move
    too. Only initiatives that can be chosen have a row; what drops out comes first, then what comes
    in. Empty without a scenario, when it is not among the worlds, and when no choice is possible in one of them.
    """
    if not scenario or scenario not in worlds:
        return _rechosen(None, None, chooser)
    return _rechosen(_future(worlds[""], chooser), _future(worlds[scenario], chooser), chooser)


def budget_cut(world: World, *, cut: float, chooser: Chooser) -> pd.DataFrame:
    """The choice of initiatives before and after a cut of money and staff time: columns as in `shift`.

    Values do not move here, so what drops out is what the cut costs. Empty when no choice is
    possible: what must be done then needs more than is left. Raises ValueError when the cut is not from 0 to 1.
    """
    old = _future(world, chooser)
    limits = asked(world, chooser=chooser, cut=cut).limits
    return _rechosen(old, old._replace(limits=limits, chosen=chooser.choice(old.valued, old.links, limits)), chooser)


def _rechosen(old: _Future | None, new: _Future | None, chooser: Chooser) -> pd.DataFrame:
    columns = ["initiative", "initiative_name", "part", "cost", "hours", "value_before", "value", "change", "rank_before", "rank", "before", "after",
               "kept", "what"]
    if old is None or new is None or old.chosen.empty or new.chosen.empty:
        return pd.DataFrame(columns=columns)
    found = new.valued.merge(old.valued[["initiative", "value"]].rename(columns={"value": "value_before"}), on="initiative")
    found = found[found["part"].isin(IN_PLAY)].copy()
    kept = _kept(old.taken, new, chooser)
    for column, taken in (("before", old.taken), ("after", new.taken), ("kept", set(kept.loc[kept["chosen"].astype(bool), "initiative"]))):
        found[column] = found["initiative"].isin(taken)
    found["what"] = [WHAT[pair] for pair in zip(found["before"], found["after"])]
    found["change"] = (found["value"] - found["value_before"]).round(9)
    found["rank_before"], found["rank"] = (found[value].rank(ascending=False, method="min").astype(int) for value in ("value_before", "value"))
    order = found["what"].map({what: place for place, what in enumerate(WHAT.values())})
    found = found.assign(order=order).sort_values(["order", "value", "initiative"], ascending=[True, False, True], ignore_index=True)
    return found[columns]


def across(worlds: Mapping[str, World], *, chooser: Chooser) -> pd.DataFrame:
    """Which initiatives are chosen in which future, today among them: initiative, initiative_name, part, scenario,
    scenario_name, chosen, share (of the futures in which the initiative is chosen, 0-1), place (committed: must be
    done or runs already; in every future; in some; in none).

    Each future has its own best choice. Futures in which no choice is possible are left out, and
    each future counts alike: the share is not a probability. Most often chosen first.
    """
    columns = ["initiative", "initiative_name", "part", "scenario", "scenario_name", "chosen", "share", "place"]
    futures = [future for future in (_future(world, chooser) for world in worlds.values()) if len(future.chosen)]
    if not futures:
        return pd.DataFrame(columns=columns)
    found = pd.concat([future.chosen.assign(scenario=future.scenario, scenario_name=future.name) for future in futures])
    found = found[found["part"].isin(IN_PLAY)].copy()
    found["share"] = found.groupby("initiative")["chosen"].transform("mean").astype(float)
    found["place"] = found["share"].map(lambda share: "in every future" if share >= 1 else "in some" if share > 0 else "in none")
    found["place"] = found["place"].mask(found["part"] != "free", "committed")
    found["column"] = found["scenario"].map({future.scenario: place for place, future in enumerate(futures)})
    free = found["part"] == "free"
    return found.assign(free=free).sort_values(["free", "share", "initiative", "column"], ascending=[True, False, True, True], ignore_index=True)[columns]


def outlook(worlds: Mapping[str, World], *, fiscal_year: int, chooser: Chooser) -> pd.DataFrame:
    """The futures side by side, today first: scenario, scenario_name, kind, money (currency), hours (ceilings for
    initiatives), planned (the whole budget of the year, currency), initiatives (number chosen; missing when no choice is
    possible), value (sum of the chosen, 0-1 each), comes_in, drops_out (names against today,
    separated by "; "), lost (value that today's
    choice would forgo there, as a share of the best, 0-1), possible.

    planned is the budget of `fiscal_year`, or of the newest year before it that the budget holds. Empty where no initiative has a value.
    """
    columns = ["scenario", "scenario_name", "kind", "money", "hours", "planned", "initiatives", "value", "comes_in", "drops_out", "lost", "possible"]
    if worlds[""].tables["initiatives"].empty:
        return pd.DataFrame(columns=columns)
    futures = {key: _future(world, chooser) for key, world in worlds.items()}
    rows = []
    for key, future in futures.items() if len(futures[""].valued) else ():
        limits = future.limits.set_index("ceiling")["limit"]
        start = [key, future.name, worlds[key].kind, limits["money"], limits["hours"], _planned(worlds[key].tables["budget"], fiscal_year)]
        rows.append([*start, *_against(futures[""], future, chooser)])
    return pd.DataFrame(rows, columns=columns).astype({"initiatives": float, "value": float, "lost": float, "possible": bool})


def _planned(budget: pd.DataFrame, fiscal_year: int) -> float:
    years = budget.loc[budget["fiscal_year"] <= fiscal_year, "fiscal_year"]
    return float(budget.loc[budget["fiscal_year"] == years.max(), "planned"].sum(min_count=1)) if len(years) else float("nan")


def _against(today: _Future, future: _Future, chooser: Chooser) -> list[object]:
    if future.chosen.empty or today.chosen.empty:
        return [None, None, "", "", None, bool(len(future.chosen))]
    names = future.valued.set_index("initiative")["initiative_name"]
    new, old = ("; ".join(names[sorted(one - other)]) for one, other in ((future.taken, today.taken), (today.taken, future.taken)))
    best, stayed = _value(future.chosen), _value(_kept(today.taken, future, chooser))
    return [len(future.taken), best, new, old, 1 - stayed / best if best > 0 else None, True]


def _value(chosen: pd.DataFrame) -> float:
    return float(chosen.loc[chosen["chosen"].astype(bool), "value"].sum()) if len(chosen) else float("nan")


def regrets(worlds: Mapping[str, World], *, chooser: Chooser) -> pd.DataFrame:
    """What each plan would lose in each future: plan (ids of the futures that it is best for, comma-separated), plan_name
    (their names, separated by "; "), scenario, scenario_name, value (0-1 a choice's sum), lost (share of the best in that future, 0-1),
    largest (the plan's largest loss, 0-1), least (true for the plan whose largest loss is smallest).

    A plan is the best choice for one future; futures that share a best choice are one plan. In
    another future a plan drops what no longer fits and takes nothing new: it is fixed. Loss is
    regret as a share of the best, so that futures with more money do not weigh more. Source: Savage
    1951, minimax regret. One unlikely future can decide which plan has the least. Futures in which no
    choice is possible are left out. Plans with the least largest loss first.
    """
    columns = ["plan", "plan_name", "scenario", "scenario_name", "value", "lost", "largest", "least"]
    futures = [future for future in (_future(world, chooser) for world in worlds.values()) if len(future.chosen) and _value(future.chosen) > 0]
    if not futures:
        return pd.DataFrame(columns=columns)
    plans: dict[frozenset[str], list[_Future]] = {}
    for future in futures:
        plans.setdefault(future.taken, []).append(future)
    labels = {taken: ", ".join(future.scenario or "today" for future in same) for taken, same in plans.items()}
    values = pd.DataFrame({future.scenario: {labels[taken]: _value(_kept(taken, future, chooser)) for taken in plans} for future in futures})
    found = regret.regret(values / values.max())
    rows = [[labels[taken], "; ".join(future.name for future in same), future.scenario, future.name, values.loc[labels[taken], future.scenario],
             max(0.0, round(found.table.loc[labels[taken], future.scenario], 9)), round(found.largest[labels[taken]], 9), labels[taken] in found.minimax]
            for taken, same in plans.items() for future in futures]
    return pd.DataFrame(rows, columns=columns).sort_values(["largest", "plan"], kind="stable", ignore_index=True)


def robustness(regrets: pd.DataFrame, scenarios: pd.DataFrame, *, tolerance: float = 0.10) -> pd.DataFrame:
    """How each plan stands up over all futures: plan, plan_name, futures (number), good_enough (share of the futures, 0-1, in which it
    forgoes no more than `tolerance` of the best), largest (loss at worst, 0-1), least, expected (mean loss by the chances of the scenarios, 0-1; missing
    without them), likeliest (true where expected is smallest), information (the same for all rows: what it would be worth to know which future comes, as a share of
    the best, 0-1), unseen (chance of scenarios that could not be looked at).

    Takes `regrets`. The chance of staying as today is what the scenarios leave of 1. Where a scenario
    with a chance is not among the futures, the chances of the others are stretched to 1. Sources: Starr 1963 (good enough), Savage
    1951, Raiffa 1968 (information). Most often good enough first, then by the largest loss.
    """
    columns = ["plan", "plan_name", "futures", "good_enough", "largest", "least", "expected", "likeliest", "information", "unseen"]
    if regrets.empty:
        return pd.DataFrame(columns=columns)
    kept = 1 - regrets.pivot(index="plan", columns="scenario", values="lost").astype(float)
    found = regrets.drop_duplicates("plan")[["plan", "plan_name", "largest", "least"]].set_index("plan")
    found = found.assign(futures=kept.shape[1], good_enough=regret.good_enough_share(kept, 1 - tolerance - 1e-9), expected=float("nan"), likeliest=False, information=float("nan"), unseen=0.0)
    if len(scenarios) and scenarios["chance"].notna().all():
        chances = pd.concat([pd.Series({"": max(0.0, 1 - scenarios["chance"].sum())}), scenarios.set_index("scenario")["chance"]])
        seen = chances.reindex(kept.columns).astype(float)
        found["unseen"] = round(float(chances.sum() - seen.sum()), 9)
        if seen.sum() > 0:
            mean = regret.expected(kept, seen / seen.sum())
            found = found.assign(expected=mean.regret, likeliest=found.index.isin(mean.best), information=mean.information)
    return found.reset_index().sort_values(["good_enough", "largest", "plan"], ascending=[False, True, True], ignore_index=True)[columns]


def demand(worlds: Mapping[str, World], services: pd.DataFrame, *, yearly: Callable[..., pd.DataFrame], fiscal_year: int) -> pd.DataFrame:
    """Services whose use moves in a scenario: scenario, scenario_name, service, service_name, months (counted, 1-12), uses,
    uses_then, change (share), cost, cost_then (planned money of the service's own lines), per_use, per_use_then (currency a
    use), dearer (share).

    The year `fiscal_year` as it was, and as it would have been with the scenario's use and budget.
    `yearly` counts uses by fiscal year (planning.analysis.usage.yearly). Where months are missing
    one use looks too dear on both sides alike. Shared costs are not spread, and staff does not follow use by
    itself: more use at the same cost also means fuller desks. In the order of the scenarios, largest change first.
    """
    columns = ["scenario", "scenario_name", "service", "service_name", "months", "uses", "uses_then", "change", "cost", "cost_then", "per_use",
               "per_use_then", "dearer"]
    before = _use(worlds[""], yearly, fiscal_year)
    parts = [_use(world, yearly, fiscal_year).assign(scenario=key, scenario_name=world.name, column=place)
             for place, (key, world) in enumerate(worlds.items()) if key]
    if not parts or before.empty:
        return pd.DataFrame(columns=columns)
    found = before.merge(pd.concat(parts).drop(columns="months"), on="service", suffixes=("", "_then"))
    found = found.merge(services[["service", "name"]].rename(columns={"name": "service_name"}), on="service")
    found = found[(found["uses_then"] - found["uses"]).abs() > 1e-9].copy()
    found["change"] = found["uses_then"] / found["uses"].where(found["uses"] > 0) - 1
    found["dearer"] = found["per_use_then"] / found["per_use"].where(found["per_use"] > 0) - 1
    found["size"] = found["change"].abs()
    return found.sort_values(["column", "size", "service"], ascending=[True, False, True], ignore_index=True)[columns]


def _use(world: World, yearly: Callable[..., pd.DataFrame], fiscal_year: int) -> pd.DataFrame:
    used = yearly(world.tables["usage"], fiscal_year_start=int(world.facts["fiscal_year_start"]))
    used = used.loc[used["fiscal_year"] == fiscal_year, ["service", "months", "uses"]]
    budget = world.tables["budget"]
    cost = budget[budget["fiscal_year"] == fiscal_year].groupby("service")["planned"].sum(min_count=1)
    found = used.assign(cost=used["service"].map(cost).astype(float))
    return found.assign(per_use=found["cost"] / found["uses"].where(found["uses"] > 0))
