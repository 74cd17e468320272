"""Which trainings to book within money, hours and seats, and what came of those that were held."""

from __future__ import annotations

import numpy as np
import pandas as pd

from planning.methods import intervals, portfolio

LEVELS = ("reaction", "learning", "behaviour", "results")
PLAN = ["role", "role_name", "skill", "skill_name", "training", "training_name", "provider", "seats", "score", "headcount", "short", "trained", "worth", "cost_all", "hours_all", "taken", "first"]
WAYS = {"money": "cost_all", "hours": "hours_all"}


def options(gaps: pd.DataFrame, trainings: pd.DataFrame) -> pd.DataFrame:
    """Every training that closes a gap, one row a pair of gap and training: role, role_name, skill, skill_name, training, training_name, provider,
    seats, score (levels × criticality of the gap), headcount (people of the role), short (people), trained (of them, as far as seats go), worth (score × trained ÷ short), cost_all
    (currency), hours_all (for those trained; missing where the number of people is not known).

    A training closes a gap when it reaches the needed level. Takes skills.gaps.

    >>> gaps = pd.DataFrame({"role": ["R1"], "role_name": ["Desk"], "skill": ["SK1"], "skill_name": ["Mediation"], "required": [3], "gap": [2.0], "score": [4.0], "short": [4.0], "headcount": [6.0]})
    >>> trainings = pd.DataFrame({"training": ["T1"], "name": ["Course"], "provider": ["State"], "skill": ["SK1"], "level": [3], "cost": [90.0], "hours": [12.0], "seats": [2.0]})
    >>> options(gaps, trainings)[["trained", "worth", "cost_all", "hours_all"]].values.tolist()
    [[2.0, 2.0, 180.0, 24.0]]
    """
    offered = trainings[["training", "name", "provider", "skill", "level", "cost", "hours", "seats"]].rename(columns={"name": "training_name"})
    found = gaps[gaps["gap"] > 0].merge(offered, on="skill")
    found = found[found["level"] >= found["required"]].sort_values(["role", "skill", "training"], ignore_index=True)
    seats = found["seats"].astype(float)
    found["trained"] = found["short"].astype(float).clip(upper=seats.where(seats.notna(), np.inf))
    found["worth"] = (found["score"].astype(float) * found["trained"] / found["short"].astype(float)).where(found["short"].notna(), found["score"].astype(float))
    found["cost_all"], found["hours_all"] = found["cost"] * found["trained"], found["hours"] * found["trained"]
    return found[PLAN[:-2]]


def plan(options: pd.DataFrame, *, money: float = 0.0, hours: float = 0.0) -> pd.DataFrame:
    """The trainings to book, one row a gap that some training closes: the columns of `options`, taken (true when it is booked), first (true when
    taking the cheapest first would book it). Taken first, then by skill.

    Booked is what closes the greatest sum of criticality × levels (for part of the people, that part of it), each gap by one training at most, within
    `money`, `hours` and each training's seats; 0 sets no ceiling. Solved exactly. Of equal choices the one that uses least. A gap that is not booked
    stands with its cheapest training. One whose number of people is not known has no price, and is not booked
    under a ceiling. A course does not make a practitioner: the level reached is what its provider says.

    >>> rows = pd.DataFrame({"role": ["R1", "R2"], "skill": ["A", "B"], "training": ["T1", "T2"], "score": [6.0, 4.0], "worth": [6.0, 4.0], "short": 1.0, "trained": 1.0,
    ...                      "seats": None, "cost_all": [900.0, 300.0], "hours_all": [8.0, 8.0]}).reindex(columns=PLAN[:-2])
    >>> plan(rows, money=500)[["role", "taken", "first"]].values.tolist()
    [['R2', True, True], ['R1', False, False]]
    """
    rows = options.reset_index(drop=True)
    rows["taken"], rows["first"] = _booked(rows, money, hours, cheapest=False), _booked(rows, money, hours, cheapest=True)
    best = rows.sort_values(["taken", "cost_all", "hours_all", "training"], ascending=[False, True, True, True], kind="stable")
    first = rows.groupby(["role", "skill"])["first"].transform("any") if len(rows) else rows["first"]
    found = best.assign(first=first.loc[best.index]).drop_duplicates(["role", "skill"])
    return found[PLAN].sort_values(["taken", "skill", "role"], ascending=[False, True, True], ignore_index=True)


def _booked(rows: pd.DataFrame, money: float, hours: float, *, cheapest: bool, seats: bool = True) -> pd.Series:
    """Which rows are booked: the best set, or what fits when the cheapest is taken first."""
    booked = pd.Series(False, index=rows.index)
    open_end = rows[rows["cost_all"].isna()].drop_duplicates(["role", "skill"]).index if money <= 0 and hours <= 0 else []
    booked.loc[open_end] = True
    priced = rows[rows["cost_all"].notna()]
    if priced.empty:
        return booked
    limited = priced.dropna(subset=["seats"]).drop_duplicates("training") if seats else priced.head(0)
    used = [priced["cost_all"], priced["hours_all"], *(priced["trained"].where(priced["training"] == one, 0.0) for one in limited["training"])]
    limits = [money if money > 0 else np.inf, hours if hours > 0 else np.inf, *limited["seats"].astype(float)]
    terms = {"costs": np.column_stack(used).astype(float), "ceilings": limits, "excludes": _pairs(priced)}
    value = priced["cost_all"].max() + 1 - priced["cost_all"] if cheapest else priced["worth"]
    found = portfolio.in_order(value, by=None, **terms) if cheapest else portfolio.best_choice(value, **terms)
    booked.loc[priced.index] = found.chosen
    return booked


def _pairs(rows: pd.DataFrame) -> list[tuple[int, int]]:
    """Places of trainings for one and the same gap."""
    places = pd.Series(range(len(rows))).groupby([rows["role"].to_numpy(), rows["skill"].to_numpy()]).apply(list)
    return [(one, other) for group in places for at, one in enumerate(group) for other in group[at + 1:]]


def ceilings(options: pd.DataFrame, *, money: float = 0.0, hours: float = 0.0, small_group: int) -> pd.DataFrame:
    """What each ceiling costs the plan, one row a ceiling: ceiling (money, hours or seats), limit (missing when there is none), used (by the
    plan; missing where the number of people of a booked gap is not known), gaps (number it closes, for some of the people at least), all (gaps that some training closes), share (0-1, of the sum of criticality × levels), binds (true
    when more could be closed if this ceiling alone were lifted), ahead (true when the plan closes more than the cheapest first).

    share is missing where the roles whose gaps are closed, or those whose gaps are left, hold fewer than `small_group` people: it
    would tell their levels. Two ceilings can both look loose, each held down by the other. Takes `options`.

    >>> rows = pd.DataFrame({"role": ["R1", "R2"], "skill": ["A", "B"], "training": ["T1", "T2"], "score": [6.0, 4.0], "worth": [6.0, 4.0], "short": 1.0, "trained": 1.0,
    ...                      "headcount": 9.0, "seats": None, "cost_all": [900.0, 300.0], "hours_all": [8.0, 8.0]}).reindex(columns=PLAN[:-2])
    >>> ceilings(rows, money=500, small_group=5)[["ceiling", "used", "share", "binds"]].values.tolist()
    [['money', 300.0, 0.4, True], ['hours', 8.0, 0.4, False], ['seats', nan, 0.4, False]]
    """
    columns = ["ceiling", "limit", "used", "gaps", "all", "share", "binds", "ahead"]
    if options.empty:
        return pd.DataFrame(columns=columns)
    rows = options.reset_index(drop=True)
    booked, lifted = rows[_booked(rows, money, hours, cheapest=False)], _lifted(rows, money, hours)
    worth, first = booked["worth"].sum(), rows.loc[_booked(rows, money, hours, cheapest=True), "worth"].sum()
    every = rows.drop_duplicates(["role", "skill"])
    left = every.merge(booked[["role", "skill"]], on=["role", "skill"], how="left", indicator=True).query("_merge == 'left_only'")
    told = min(one.drop_duplicates("role")["headcount"].sum() if len(one) else np.inf for one in (booked, left)) >= small_group
    share = worth / every["score"].sum() if told else np.nan
    found = [[name, limit if limit > 0 else np.nan, booked[WAYS[name]].sum(skipna=False) if name in WAYS else np.nan, len(booked), len(every), share,
              lifted[name] > worth + 1e-9, worth > first + 1e-9] for name, limit in (("money", money), ("hours", hours), ("seats", 0))]
    return pd.DataFrame(found, columns=columns).astype({"limit": float, "used": float, "share": float})


def _lifted(rows: pd.DataFrame, money: float, hours: float) -> dict[str, float]:
    """What could be closed if one ceiling alone were lifted; with all seats there would be, all people of a gap could be trained."""
    full = rows.assign(worth=rows["score"], trained=rows["short"], **{name: rows[name] * rows["short"] / rows["trained"].where(rows["trained"] > 0) for name in WAYS.values()})
    asked = {"money": (rows, 0, hours, True), "hours": (rows, money, 0, True), "seats": (full, money, hours, False)}
    return {name: own.loc[_booked(own, limit, time, cheapest=False, seats=seats), "worth"].sum() for name, (own, limit, time, seats) in asked.items()}


def offers(plan: pd.DataFrame) -> pd.DataFrame:
    """Trainings of the plan, the most gaps closed first: training, training_name, provider, skill_name, roles (names, semicolons between), gaps (number),
    people, waiting (people for whom there is no seat), cost, hours (for those trained; missing where people are not known).

    Takes `plan`; only what is booked counts. What is closed is not given by training: for one post it would tell its level.

    >>> rows = pd.DataFrame({"training": ["T1"], "training_name": ["Course"], "provider": ["State"], "skill_name": ["Mediation"], "role_name": ["Desk"], "short": [4.0],
    ...                      "trained": [3.0], "cost_all": [270.0], "hours_all": [36.0], "taken": [True]})
    >>> offers(rows)[["training_name", "roles", "people", "waiting", "cost"]].values.tolist()
    [['Course', 'Desk', 3.0, 1.0, 270.0]]
    """
    taken = plan[plan["taken"].astype(bool)]
    grouped = taken.assign(waiting=taken["short"] - taken["trained"]).groupby("training", sort=True)
    found = grouped.agg(training_name=("training_name", "first"), provider=("provider", "first"), skill_name=("skill_name", "first"), roles=("role_name", "; ".join), gaps=("role_name", "size"))
    for name, source in (("people", "trained"), ("waiting", "waiting"), ("cost", "cost_all"), ("hours", "hours_all")):
        found[name] = grouped[source].sum().where(grouped[source].count() == grouped.size())
    return found.reset_index().sort_values(["gaps", "people", "training"], ascending=[False, False, True], ignore_index=True)


def evaluated(training_results: pd.DataFrame, trainings: pd.DataFrame, kpis: pd.DataFrame, *, small_group: int) -> pd.DataFrame:
    """What was measured of each training, one row a training and level, all four levels: training, training_name, level (reaction, learning,
    behaviour, results), measure, date, people (asked or tested), share (0-1, of them good), low, high (95 % Wilson interval), kpi_name, hidden, measured.

    Levels: liked it, can do it, does it at work, changed something for patrons (Kirkpatrick 1959, 1994). Of several measurements of one level the
    last counts. Fewer than `small_group` people: hidden, and the figures are missing. A level without a measurement has
    measured false. A higher level does not follow from a lower one: training that is liked can change nothing.

    >>> results = pd.DataFrame({"training": ["T1"], "date": [pd.Timestamp("2026-03-01")], "level": ["reaction"], "measure": ["Liked it"], "people": [10], "good": [9.0], "kpi": [None]})
    >>> found = evaluated(results, pd.DataFrame({"training": ["T1"], "name": ["Course"]}), pd.DataFrame({"kpi": [], "name": []}), small_group=5)
    >>> found[["level", "share", "measured"]].values.tolist()[:2], found["low"].round(2).tolist()[0]
    ([['reaction', 0.9, True], ['learning', nan, False]], 0.6)
    """
    columns = ["training", "training_name", "level", "measure", "date", "people", "share", "low", "high", "kpi_name", "hidden", "measured"]
    if training_results.empty:
        return pd.DataFrame(columns=columns)
    last = training_results.sort_values(["date", "measure"]).drop_duplicates(["training", "level"], keep="last")
    grid = pd.MultiIndex.from_product([sorted(last["training"].unique()), LEVELS], names=["training", "level"]).to_frame(index=False)
    found = grid.merge(last, on=["training", "level"], how="left").merge(trainings[["training", "name"]].rename(columns={"name": "training_name"}), on="training")
    found["kpi_name"] = found["kpi"].map(dict(zip(kpis["kpi"], kpis["name"])))
    people, good = found["people"].astype(float), found["good"].astype(float)
    found["measured"] = people.notna()
    found["hidden"] = found["measured"] & (people < small_group)
    shown = ~found["hidden"] & people.gt(0) & good.notna()
    found["people"], found["share"] = people.where(~found["hidden"]), (good / people).where(shown)
    low, high = intervals.wilson(good.where(shown, 0), people.where(shown, 0))
    return found.assign(low=low, high=high)[columns]


def reach(evaluated: pd.DataFrame) -> pd.DataFrame:
    """How far the evidence of each training goes, the most telling first: training, training_name, measured (number of levels), highest (the last level
    measured), missed (levels below it that nobody measured), liked, used, changed (shares 0-1 at reaction, behaviour and results), state.

    state: changed nothing at work (at behaviour the whole interval lies under a half), proven to results (all four levels measured, and at behaviour and
    results half or more), reaction only (nothing beyond it was measured), or in part. Takes `evaluated`.

    >>> rows = pd.DataFrame({"training": "T1", "training_name": "Course", "level": list(LEVELS), "share": [0.9, None, 0.1, None], "high": [1.0, None, 0.4, None],
    ...                      "measured": [True, False, True, False], "hidden": False})
    >>> reach(rows)[["highest", "missed", "state"]].values.tolist()
    [['behaviour', 'learning', 'changed nothing at work']]
    """
    rows = [_reach(own) for _, own in evaluated.groupby("training", sort=True)]
    found = pd.DataFrame(rows, columns=["training", "training_name", "measured", "highest", "missed", "liked", "used", "changed", "state"])
    order = found["state"].map({"changed nothing at work": 0, "reaction only": 1, "in part": 2, "proven to results": 3}).astype(float)
    return found.astype({"liked": float, "used": float, "changed": float}).assign(order=order).sort_values(["order", "training"], ignore_index=True).drop(columns="order")


def _reach(own: pd.DataFrame) -> list[object]:
    by = own.set_index("level")
    done = [level for level in LEVELS if by.loc[level, "measured"]]
    missed = [level for level in LEVELS[:LEVELS.index(done[-1])] if level not in done]
    liked, used, changed = (by.loc[level, "share"] for level in ("reaction", "behaviour", "results"))
    idle = by.loc["behaviour", "high"] < 0.5
    proven = len(done) == 4 and min(used, changed) >= 0.5
    state = "changed nothing at work" if idle else "proven to results" if proven else "reaction only" if done == ["reaction"] else "in part"
    return [own["training"].iloc[0], own["training_name"].iloc[0], len(done), done[-1], "; ".join(missed), liked, used, changed, state]


def unevaluated(trainings: pd.DataFrame, training_results: pd.DataFrame) -> pd.DataFrame:
    """Trainings on the list of which nothing was measured: training, training_name. Some were never held: the list holds offers.

    >>> unevaluated(pd.DataFrame({"training": ["T1", "T2"], "name": ["Course", "Taster"]}), pd.DataFrame({"training": ["T1"]}))["training_name"].tolist()
    ['Taster']
    """
    found = trainings.loc[~trainings["training"].isin(training_results["training"]), ["training", "name"]].rename(columns={"name": "training_name"})
    return found.reset_index(drop=True)
