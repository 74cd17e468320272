"""How likely the plan stays within its money and hours and meets its targets, and which figure matters most."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple, Protocol

import numpy as np
import pandas as pd

from planning.methods import simulation, tornado

KEYS = {"initiatives": ["initiative"], "initiative_kpis": ["initiative", "kpi"], "budget": ["line"], "income": ["source"], "grants": ["grant"]}
INPUTS = ["key", "table", "id", "column", "name", "other", "plan", "low", "likely", "high", "mean", "basis", "outside"]
OUTCOMES = ("money", "hours", "budget", "income")
Figure = Callable[[str, str, str], object]


class World(Protocol):
    """The plan as it is: planning.analysis.scenarios.World."""

    tables: Mapping[str, pd.DataFrame]
    facts: Mapping[str, object]


class Chooser(Protocol):
    """What values initiatives and chooses among them: planning.analysis.initiatives."""

    def ceilings(self, facts: Mapping[str, object], roles: pd.DataFrame | None = None) -> pd.DataFrame: ...

    def values(self, initiatives: pd.DataFrame, initiative_goals: pd.DataFrame, goals: pd.DataFrame, *, by_role: pd.DataFrame | None = None) -> pd.DataFrame: ...

    def choice(self, valued: pd.DataFrame, links: pd.DataFrame, limits: pd.DataFrame) -> pd.DataFrame: ...


class Trial(NamedTuple):
    """The plan that is tested, its uncertain figures (`inputs`), their draws (a column each), the initiatives that are taken, the year, and the seed."""

    world: World
    inputs: pd.DataFrame
    draws: pd.DataFrame
    taken: tuple[str, ...]
    year: int
    seed: int


def trial(ranges: pd.DataFrame, world: World, *, fiscal_year: int, chooser: Chooser, seed: int, draws: int = 10_000) -> Trial:
    """Draws of every figure that has a range, for the choice of initiatives of today: what `summary` and the others take.

    A figure with a range is drawn from the PERT distribution of its lowest, likeliest and highest
    value, independently of all others; every other figure is what the plan says. `inputs`: key,
    table, id, column, name (of the row; empty for plan), other (name of the KPI), plan (today's figure), low, likely, high, mean
    (low + 4 likely + high over 6), basis, outside (the plan's own figure lies outside its range). Lines of the
    budget and of income are those of `fiscal_year`, or of the newest year before it.
    """
    year = _year(world.tables["budget"], fiscal_year)
    rows = [_input(row, world, fiscal_year) for row in ranges.sort_values(["table", "id", "column"], kind="stable").to_dict("records")]
    inputs = pd.DataFrame(rows, columns=INPUTS)
    made = {row.key: simulation.drawn(row.low, row.likely, row.high, draws=draws, seed=seed, label=row.key) for row in inputs.itertuples()}
    chosen = _choice(world.tables, world.facts, chooser)
    taken = chosen.loc[chosen["chosen"].astype(bool), "initiative"] if len(chosen) else _bound(world.tables["initiatives"])
    return Trial(world, inputs, pd.DataFrame(made, index=range(draws)), tuple(sorted(taken)), year, seed)


def _bound(rows: pd.DataFrame) -> pd.Series:
    """What is done in any case, where no choice can be made: initiatives of known cost and hours that run or must be done."""
    known = rows[["cost", "hours"]].notna().all(axis=1) & ~rows["status"].isin(["done", "rejected"])
    return rows.loc[known & ((rows["status"] == "running") | rows["must_do"].astype("boolean").fillna(False).astype(bool)), "initiative"]


def _input(row: Mapping[str, object], world: World, year: int) -> list[object]:
    table, name = row["table"], row["id"]
    mean = simulation.pert(row["low"], row["likely"], row["high"]).mean
    titles = [_named(world.tables, one, part) for one, part in zip(("initiatives", "kpis") if table == "initiative_kpis" else (table,), str(name).split() or [""])]
    plan = _cell(world, year)(table, name, row["column"])
    return [f"{table} {name} {row['column']}", table, name, row["column"], titles[0], titles[1] if len(titles) > 1 else "", plan, row["low"], row["likely"], row["high"], mean,
            row["basis"], bool(pd.notna(plan) and not row["low"] <= plan <= row["high"])]


def _named(tables: Mapping[str, pd.DataFrame], table: str, name: str) -> str:
    rows = tables.get(table)
    found = rows.loc[rows[rows.columns[0]] == name, "name"] if rows is not None and "name" in rows else []
    return str(found.iloc[-1]) if len(found) else ""


def _cell(world: World, year: int) -> Figure:
    """What the plan itself says in one cell; missing where there is none."""
    def figure(table: str, name: str, column: str) -> float:
        if table == "plan":
            value = world.facts.get(column)
            return float("nan") if value is None else float(value)
        rows = _newest(world.tables[table], year)
        own = rows.loc[rows[KEYS[table]].astype(str).agg(" ".join, axis=1) == name, column] if len(rows) else rows.get(column, [])
        return float(own.iloc[-1]) if len(own) else float("nan")
    return figure


def _year(rows: pd.DataFrame, year: int) -> int:
    years = rows.loc[rows["fiscal_year"] <= year, "fiscal_year"]
    return int(years.max()) if len(years) else year


def _newest(rows: pd.DataFrame, year: int) -> pd.DataFrame:
    return rows[rows["fiscal_year"] == _year(rows, year)] if "fiscal_year" in rows else rows


def _figures(trial: Trial, values: Mapping[str, object]) -> Figure:
    """A cell of the plan, with `values` in place of the figures that have a range."""
    plan = _cell(trial.world, trial.year)
    return lambda table, name, column: values[key] if (key := f"{table} {name} {column}") in values else plan(table, name, column)


def _balance(trial: Trial, outcome: str, values: Mapping[str, object]) -> object:
    """What is left of one outcome: one number, or one a draw."""
    at, world = _figures(trial, values), trial.world
    if outcome == "money":
        return at("plan", "plan", "money_ceiling") - float(world.facts.get("set_aside") or 0.0) - sum(at("initiatives", one, "cost") for one in trial.taken)
    if outcome == "hours":
        return at("plan", "plan", "fte_ceiling") * at("plan", "plan", "hours_per_fte") - sum(at("initiatives", one, "hours") for one in trial.taken)
    lines = _newest(world.tables["budget"], trial.year).dropna(subset=["planned"])
    needs = sum(at("budget", one, "planned") for one in lines["line"])
    if outcome == "budget":
        return lines["planned"].sum() - needs if len(lines) else float("nan")
    sources = _newest(world.tables["income"], trial.year)
    return sum(at("income", one, "planned") for one in sources["source"]) - needs if len(sources) and len(lines) else float("nan")


def _moving(trial: Trial, outcome: str) -> pd.DataFrame:
    """The inputs that the outcome looks at."""
    inputs = trial.inputs
    own = {"money": (inputs["table"] == "initiatives") & (inputs["column"] == "cost") & inputs["id"].isin(trial.taken) | (inputs["column"] == "money_ceiling"),
           "hours": (inputs["table"] == "initiatives") & (inputs["column"] == "hours") & inputs["id"].isin(trial.taken) | inputs["column"].isin(["fte_ceiling", "hours_per_fte"]),
           "budget": (inputs["table"] == "budget") & (inputs["column"] == "planned"), "income": inputs["table"].isin(["budget", "income"]) & (inputs["column"] == "planned")}
    return inputs[own[outcome]]


def summary(trial: Trial) -> pd.DataFrame:
    """How likely each balance stays at 0 or above: outcome (money, hours, budget, income), chance (0-1), low, high (95 % interval for
    the luck of drawing), plan (the balance by the plan's own figures), p10, p50, p90 (of the draws; all four in currency or
    hours), least and most (the ends of three chances: this one, with triangular draws, and with all figures for the worse or the better at once), ranged (inputs with a range), of (initiatives, lines or sources it looks at), year, draws, seed, reason.

    money: the ceiling less what is set aside, less the first-year cost of the initiatives that are
    chosen, must be done or run. hours: the same in hours. budget: the planned money of the newest
    year, less what its lines would need. income: the income of that year, less the same needs; only where the
    plan has income. reason says why there is no chance: *nothing taken* (no initiative to be paid for), *no ceiling*, *no figure* (a planned sum is missing), or *no range*, since without a range nothing can go otherwise.
    Empty where the plan has no range at all. Takes `trial`. low and high are not how sure the chance is: least and most say more of that.
    """
    columns = ["outcome", "chance", "low", "high", "plan", "p10", "p50", "p90", "least", "most", "ranged", "of", "year", "draws", "seed", "reason"]
    n, rows = len(trial.draws), []
    size = {"money": len(trial.taken), "hours": len(trial.taken), **{one: len(_newest(trial.world.tables[one], trial.year)) for one in ("budget", "income")}}
    for outcome in () if trial.inputs.empty else OUTCOMES if size["income"] else OUTCOMES[:3]:
        moving, plan = _moving(trial, outcome), float(_balance(trial, outcome, {}))
        left = np.broadcast_to(np.asarray(_balance(trial, outcome, dict(trial.draws.items())), dtype=float), (n,))
        missing = "no ceiling" if outcome in ("money", "hours") else "no figure"
        reason = "nothing taken" if _idle(trial, outcome) else "no range" if moving.empty else missing if np.isnan(left).any() else ""
        share = simulation.share_of_draws(np.round(left, 6) >= 0) if not reason else (None, None, None)
        ends = _other_chances(trial, outcome, moving, share[0]) if not reason else (None, None)
        rows.append([outcome, *share, plan, *(np.quantile(left, [0.1, 0.5, 0.9]) if not reason else [None] * 3), *ends, len(moving), size[outcome], trial.year, n, trial.seed, reason])
    return pd.DataFrame(rows, columns=columns).astype({name: float for name in columns[1:10]})


def _idle(trial: Trial, outcome: str) -> bool:
    """Whether no initiative is taken whose money or hours the balance could look at."""
    return outcome in ("money", "hours") and not trial.taken


def _other_chances(trial: Trial, outcome: str, moving: pd.DataFrame, chance: float) -> tuple[float, float]:
    """The lowest and highest of three chances: as drawn, with straight lines in place of the curve, and with all figures for the worse or the better at once."""
    n, helps = len(trial.draws), moving["table"].isin(["plan", "income"])
    straight = {row.key: simulation.drawn(row.low, row.likely, row.high, draws=n, seed=trial.seed, label=row.key, shape="triangular") for row in moving.itertuples()}
    as_one = {key: np.sort(trial.draws[key])[::-1 if up else 1] for key, up in zip(moving["key"], helps)}
    found = [chance] + [float((np.round(np.broadcast_to(_balance(trial, outcome, values), (n,)), 6) >= 0).mean()) for values in (straight, as_one)]
    return min(found), max(found)


def targets(trial: Trial, progress: pd.DataFrame) -> pd.DataFrame:
    """How likely each KPI would meet its target by what the taken initiatives are expected to change: kpi, name, unit, direction,
    target, target_low, target_high, now (latest value, on the footing of the baseline), added (sum of the expected changes), then (now + added),
    meets (by the plan's own figures), chance (0-1; missing without a range), low, high (95 %, for the luck of drawing), p10, p90 (of then), ranged, of (initiatives
    with an expected change), unknown (initiatives that name the KPI and no change), initiatives (names, semicolons between).

    Only KPIs with a target and a fresh value that at least one chosen, running or must-do
    initiative names. Everything else is held still, so the trend of the KPI itself is not in
    it. Least likely first; those without a range last. Takes `trial` and planning.analysis.kpis.progress.
    """
    columns = ["kpi", "name", "unit", "direction", "target", "target_low", "target_high", "now", "added", "then", "meets", "chance", "low", "high", "p10", "p90",
               "ranged", "of", "unknown", "initiatives"]
    moved = trial.world.tables["initiative_kpis"]
    moved = moved[moved["initiative"].isin(trial.taken)]
    aim = progress["target"].notna() | progress[["target_low", "target_high"]].notna().all(axis=1)
    fresh = progress[aim & progress["comparable"].notna() & (progress["status"] != "stale") & progress["kpi"].isin(moved["kpi"])]
    names = trial.world.tables["initiatives"].set_index("initiative")["name"]
    rows = [_target(row, moved[moved["kpi"] == row["kpi"]], names, trial) for row in fresh.to_dict("records")]
    found = pd.DataFrame(rows, columns=columns)
    return found.astype({name: float for name in columns[4:10] + columns[11:16]}).sort_values(["chance", "kpi"], na_position="last", ignore_index=True)


def _target(row: Mapping[str, object], moved: pd.DataFrame, names: pd.Series, trial: Trial) -> list[object]:
    ids = [f"{one} {row['kpi']}" for one in moved["initiative"]]
    own = trial.inputs[(trial.inputs["table"] == "initiative_kpis") & trial.inputs["id"].isin(ids)]
    known = [one for one, change in zip(ids, moved["expected_change"]) if pd.notna(change) or one in set(own["id"])]
    plan, drawn = (_figures(trial, values) for values in ({}, dict(trial.draws.items())))
    added = float(moved["expected_change"].sum())
    then = row["comparable"] + np.broadcast_to(sum(drawn("initiative_kpis", one, "expected_change") for one in known), (len(trial.draws),))
    share = simulation.share_of_draws(_met(then, row)) if len(own) else (None, None, None)
    ends = np.quantile(then, [0.1, 0.9]) if len(own) else (None, None)
    start = [row[column] for column in ("kpi", "name", "unit", "direction", "target", "target_low", "target_high")]
    return [*start, row["comparable"], added, row["comparable"] + added, bool(_met(row["comparable"] + added, row)), *share, *ends, len(own), len(known),
            len(ids) - len(known), "; ".join(names[one] for one in moved["initiative"])]


def _met(then: object, row: Mapping[str, object]) -> object:
    reached = np.round(np.asarray(then, dtype=float), 9)
    if row["direction"] == "band":
        return (reached >= row["target_low"]) & (reached <= row["target_high"])
    return reached >= row["target"] if row["direction"] == "up" else reached <= row["target"]


def histogram(trial: Trial, *, outcome: str = "money", bins: int = 30) -> pd.DataFrame:
    """How the draws of one balance spread: low, high (ends of the bin, in currency or hours), draws (number), share (0-1), short (below 0).

    0 is an end of a bin, so that none is half short. Empty where the balance cannot be told or does not move.
    """
    left = np.broadcast_to(np.asarray(_balance(trial, outcome, dict(trial.draws.items())), dtype=float), (len(trial.draws),))
    if _idle(trial, outcome) or np.isnan(left).any() or np.ptp(left) == 0:
        return pd.DataFrame(columns=["low", "high", "draws", "share", "short"])
    width = np.ptp(left) / bins
    edges = width * np.arange(np.floor(left.min() / width), np.floor(left.max() / width) + 2)
    counted, _ = np.histogram(left, edges)
    return pd.DataFrame({"low": edges[:-1], "high": edges[1:], "draws": counted, "share": counted / len(left), "short": edges[1:] <= width / 1e6})


def swings(trial: Trial, *, outcome: str = "money") -> pd.DataFrame:
    """How far each uncertain figure alone moves one balance: the inputs' columns, at_low, at_high (balance with the figure at its lowest and
    highest and all others at their likeliest, in currency or hours), base, swing (the largest less the smallest of these), correlation (of ranks, over all draws, −1 to 1).

    Widest swing first. Takes `trial`. Figures that the balance does not look at have no row.
    """
    moving = _moving(trial, outcome).set_index("key", drop=False)
    if moving.empty or _idle(trial, outcome) or np.isnan(base := float(_balance(trial, outcome, moving["likely"].to_dict()))):
        return pd.DataFrame(columns=[*INPUTS, "at_low", "at_high", "base", "swing", "correlation"])
    found = tornado.swings(lambda at: _balance(trial, outcome, at), *(moving[end].to_dict() for end in ("likely", "low", "high")))
    left = _balance(trial, outcome, dict(trial.draws[list(moving.index)].items()))
    related = tornado.rank_correlations(trial.draws[list(moving.index)], np.broadcast_to(left, (len(trial.draws),)))
    return moving.join(found).assign(base=base, correlation=related).loc[found.index].reset_index(drop=True)


def value_swings(trial: Trial, *, chooser: Chooser) -> pd.DataFrame:
    """How far each uncertain figure alone moves what the best choice of initiatives gives: the inputs' columns, at_low, at_high (value
    of the best choice made anew, the sum of 0-1 each), base, swing, lost (the most that is lost against base, as a share of it, 0-1).

    Only costs and hours of initiatives in play and the two ceilings can move the choice. Widest swing first. A figure without a
    swing can go to either end and nothing has to change.
    """
    inputs = trial.inputs[trial.inputs["table"].isin(["initiatives", "plan"]) & trial.inputs["column"].isin(["cost", "hours", "money_ceiling", "fte_ceiling", "hours_per_fte"])]
    columns = [*INPUTS, "at_low", "at_high", "base", "swing", "lost"]
    if inputs.empty or not trial.taken:
        return pd.DataFrame(columns=columns)
    moving = inputs.set_index("key", drop=False)
    cells = moving[["table", "id", "column"]].to_dict("index")
    worth = lambda at: _worth(trial.world, {tuple(cells[key].values()): value for key, value in at.items()}, chooser)  # noqa: E731
    found = tornado.swings(worth, *(moving[end].to_dict() for end in ("likely", "low", "high")))
    base = worth(moving["likely"].to_dict())
    if np.isnan(base):  # no choice is possible
        return pd.DataFrame(columns=columns)
    found["lost"] = ((base - found[["at_low", "at_high"]].min(axis=1, skipna=False)) / base).clip(lower=0).round(9) if base > 0 else np.nan
    return moving.join(found).assign(base=base).loc[found.index].reset_index(drop=True)[columns]


def _worth(world: World, cells: Mapping[tuple[str, str, str], float], chooser: Chooser) -> float:
    facts, initiatives = dict(world.facts), world.tables["initiatives"].astype({"cost": float, "hours": float})
    for (table, name, column), value in cells.items():
        if table == "plan":
            facts[column] = value
        else:
            initiatives.loc[initiatives["initiative"] == name, column] = value
    chosen = _choice({**world.tables, "initiatives": initiatives}, facts, chooser)
    return float(chosen.loc[chosen["chosen"].astype(bool), "value"].sum()) if len(chosen) else float("nan")


def _choice(tables: Mapping[str, pd.DataFrame], facts: Mapping[str, object], chooser: Chooser) -> pd.DataFrame:
    valued = chooser.values(tables["initiatives"], tables["initiative_goals"], tables["goals"], by_role=tables.get("initiative_hours"))
    return chooser.choice(valued, tables["initiative_links"], chooser.ceilings(facts, tables.get("roles")))


def reconciled(trial: Trial, spread: pd.DataFrame) -> pd.DataFrame:
    """The sum that bins must have: check, expected, found; empty where nothing was drawn. Takes `trial` and `histogram`."""
    rows = [["Draws of the money that is left add up to all draws", len(trial.draws), int(spread["draws"].sum())]] if len(spread) else []
    return pd.DataFrame(rows, columns=["check", "expected", "found"])
