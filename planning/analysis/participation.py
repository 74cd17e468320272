"""What people would pay for: their points, and what they choose by most points, by equal shares, and beside the plan's own choice."""

from __future__ import annotations

import numpy as np
import pandas as pd

from planning.methods import equal_shares, intervals, suppression

EVERYONE = "everyone"
GROUPS = ("patrons", "leadership", "staff", "partners")
RULES = {"by_points": "most points", "by_shares": "equal shares", "by_plan": "the plan's choice"}
COMMITTED = ("must do", "running")


def ballots(allocations: pd.DataFrame) -> pd.DataFrame:
    """The ballots with their points out of 100: ballot, group, initiative, points (0-100), given (sum of the ballot as given), state.

    state: as asked; brought to 100 (its points did not add up to the sum that most ballots have, and were stretched or shrunk); nothing given
    (no point at all: it stays in with no points and counts nowhere). A ballot counts the same, whatever its sum.

    >>> rows = pd.DataFrame({"ballot": ["B1", "B1", "B2", "B3"], "initiative": ["I1", "I2", "I1", "I1"], "group": "patrons", "points": [60.0, 40.0, 50.0, 100.0]})
    >>> ballots(rows)[["points", "given", "state"]].values.tolist()
    [[60.0, 100.0, 'as asked'], [40.0, 100.0, 'as asked'], [100.0, 50.0, 'brought to 100'], [100.0, 100.0, 'as asked']]
    """
    columns = ["ballot", "group", "initiative", "points", "given", "state"]
    if allocations.empty:
        return pd.DataFrame(columns=columns)
    given = allocations.groupby("ballot")["points"].transform("sum").astype(float)
    sums = given.groupby(allocations["ballot"]).first().round(6)
    usual = sums[sums > 0].mode()
    state = np.select([given <= 0, (given - (usual.iloc[-1] if len(usual) else 0)).abs() > 1e-6], ["nothing given", "brought to 100"], "as asked")
    points = allocations["points"].astype(float) / given.where(given > 0) * 100
    return allocations.assign(given=given, points=points, state=state)[columns].reset_index(drop=True)


def groups(cast: pd.DataFrame, *, small_group: int) -> pd.DataFrame:
    """Who gave a ballot: group, n (ballots with points), hidden, stretched (ballots brought to 100), nothing (ballots without a point); everyone first.

    Groups with fewer ballots than `small_group` are hidden, and the next smallest with them where they could be worked out. Hidden groups have no
    figures. Everyone is hidden where all together are fewer. So are more where the total would tell that every ballot in the hidden ones asked for one initiative. Takes `ballots`.
    """
    columns = ["group", "n", "hidden", "stretched", "nothing"]
    if cast.empty:
        return pd.DataFrame(columns=columns)
    by = cast.drop_duplicates("ballot")
    counted = by[by["state"] != "nothing given"]
    sizes = counted["group"].value_counts().reindex([group for group in GROUPS if group in set(by["group"])]).fillna(0)
    few = _few(counted, sizes, small_group)
    stretched, nothing = int((by["state"] == "brought to 100").sum()), int((by["state"] == "nothing given").sum())
    rows = [[EVERYONE, float(len(counted)), len(counted) < max(small_group, 1), stretched, nothing]]
    rows += [[group, sizes[group], bool(few[group]) or sizes[group] == 0, np.nan, np.nan] for group in sizes.index]
    found = pd.DataFrame(rows, columns=columns).astype({"n": float, "stretched": float, "nothing": float, "hidden": bool})
    found.loc[found["hidden"], ["n", "stretched", "nothing"]] = np.nan
    return found


def _few(counted: pd.DataFrame, sizes: pd.Series, small_group: int) -> pd.Series:
    """Which groups are hidden: more where the total would tell that every ballot in them asked for one initiative (that none did is the rule, and no answer)."""
    hidden = suppression.hidden(sizes, small_group)
    points = counted.pivot_table(index="ballot", columns="initiative", values="points", aggfunc="sum").fillna(0.0).round(6)
    of = counted.groupby("ballot")["group"].first().reindex(points.index)
    for initiative in points:
        asked = points[initiative] > 0
        if asked[of.map(hidden).to_numpy(dtype=bool)].all():
            hidden = hidden | suppression.hidden(sizes, small_group, answers=pd.crosstab(of, asked).reindex(sizes.index).fillna(0).to_numpy())
    return hidden


def wishes(cast: pd.DataFrame, initiatives: pd.DataFrame, *, small_group: int) -> pd.DataFrame:
    """Mean points by initiative and group: initiative, initiative_name, group (everyone or one group), n (ballots), points (mean out of 100), low, high (95 %
    interval), backers (share of ballots that gave it points, 0-1), hidden.

    A ballot that gave an initiative nothing counts as 0 for it. The interval is that of a mean by Student's t, cut at 0 and 100; it holds only the error of
    chance, not who stayed away, and those who vote are seldom drawn by chance. Hidden groups (see `groups`) have no figures.
    Most points of everyone first. Takes `ballots`.

    >>> cast = ballots(pd.DataFrame({"ballot": ["B1", "B2", "B3"], "initiative": ["I1", "I1", "I2"], "group": "patrons", "points": 100.0}))
    >>> found = wishes(cast, pd.DataFrame({"initiative": ["I1", "I2"], "name": ["Hosts", "Tutors"]}), small_group=2)
    >>> found[found["group"] == "everyone"][["initiative_name", "points", "backers"]].round(2).values.tolist()
    [['Hosts', 66.67, 0.67], ['Tutors', 33.33, 0.33]]
    """
    columns = ["initiative", "initiative_name", "group", "n", "points", "low", "high", "backers", "hidden"]
    known = groups(cast, small_group=small_group)
    if known.empty or not (cast["state"] != "nothing given").any():
        return pd.DataFrame(columns=columns)
    grid, of = _grid(cast)
    rows = []
    for group in known.itertuples():
        own = grid if group.group == EVERYONE else grid[of == group.group]
        rows += [[initiative, group.group, *([np.nan] * 5 if group.hidden else [group.n, *_mean(own[initiative])]), group.hidden] for initiative in grid]
    found = pd.DataFrame(rows, columns=["initiative", "group", "n", "points", "low", "high", "backers", "hidden"])
    found["initiative_name"] = found["initiative"].map(dict(zip(initiatives["initiative"], initiatives["name"])))
    all_points = found[found["group"] == EVERYONE].set_index("initiative")["points"]
    place = found["group"].map({group: place for place, group in enumerate((EVERYONE, *GROUPS))})
    found = found.assign(order=found["initiative"].map(all_points), place=place)
    return found.sort_values(["order", "initiative", "place"], ascending=[False, True, True], ignore_index=True)[columns]


def _mean(points: pd.Series) -> list[float]:
    found = intervals.mean_interval(points)
    return [found.mean, max(found.low, 0.0), min(found.high, 100.0), float((points > 0).mean())]


def _grid(cast: pd.DataFrame) -> tuple[pd.DataFrame, pd.Series]:
    """Points of each counted ballot (rows) for each initiative (columns), and the ballots' groups."""
    counted = cast[cast["state"] != "nothing given"]
    grid = counted.pivot_table(index="ballot", columns="initiative", values="points", aggfunc="sum").fillna(0.0)
    return grid, counted.groupby("ballot")["group"].first().reindex(grid.index)


def money_for(chosen: pd.DataFrame, limits: pd.DataFrame) -> float:
    """The money that people's ballots are about: the ceiling less what must be done and what runs already (currency); missing without a ceiling.

    >>> chosen = pd.DataFrame({"part": ["must do", "free"], "cost": [30.0, 50.0]})
    >>> money_for(chosen, pd.DataFrame({"ceiling": ["money"], "limit": [100.0]}))
    70.0
    """
    ceiling = limits.loc[limits["ceiling"] == "money", "limit"]
    if ceiling.empty or pd.isna(ceiling.iloc[0]):
        return float("nan")
    return max(0.0, float(ceiling.iloc[0] - chosen.loc[chosen["part"].isin(COMMITTED), "cost"].sum()))


def choices(cast: pd.DataFrame, chosen: pd.DataFrame, *, money: float, small_group: int) -> pd.DataFrame:
    """What the ballots choose for the same money by two rules, beside the plan's own choice: initiative, initiative_name, cost, hours, points (mean out of 100), by_points,
    by_shares, by_plan (chosen or not), how (shares, raised or filled: how equal shares came to it).

    Only initiatives that compete: what must be done and what runs is paid first (see `money_for`). by_points goes down the list of mean points and
    takes what the money left still pays for. by_shares is the Method of Equal Shares with its completion (see planning.methods.equal_shares): what a
    ballot gains from an initiative is its points times the cost, so that both rules go by points and differ only in whose. Both look at money alone; the plan's choice keeps to hours, to what needs what, and to weights of goals. Empty without ballots, without money
    to divide, and with fewer ballots than `small_group`. Takes `ballots` and the choice of initiatives. Most points first.
    """
    columns = ["initiative", "initiative_name", "cost", "hours", "points", "by_points", "by_shares", "by_plan", "how"]
    play = chosen[(chosen["part"] == "free") & (chosen["cost"] > 0)].sort_values("initiative", ignore_index=True)
    counted = cast.loc[cast["state"] != "nothing given", "ballot"].nunique() if len(cast) else 0
    if play.empty or counted < max(small_group, 1) or not money > 0:
        return pd.DataFrame(columns=columns)
    grid = _grid(cast)[0].reindex(columns=play["initiative"]).fillna(0.0)
    plain, fair = equal_shares.most_points(grid, play["cost"], money), equal_shares.equal_shares(grid * play["cost"].to_numpy(), play["cost"], money)
    ways = dict(zip(fair.order, fair.how))
    found = play.assign(points=grid.mean().to_numpy(), by_points=play.index.isin(plain), by_shares=play.index.isin(fair.order), by_plan=play["chosen"].astype(bool),
                        how=[ways.get(place, "") for place in play.index])
    return found[columns].sort_values(["points", "initiative"], ascending=[False, True], ignore_index=True)


def fairness(cast: pd.DataFrame, choices: pd.DataFrame, *, small_group: int) -> pd.DataFrame:
    """How many ballots get something by each rule: rule (most points, equal shares, the plan's choice), group (everyone or one group), n (ballots), something
    (share of ballots that gave points to at least one initiative taken, 0-1), met (mean share of a ballot's points that goes to what is taken, 0-1),
    initiatives and cost of what is taken, hidden.

    Points for what is paid in any case (must be done, runs already) or cannot be had count as not met by any rule. Hidden groups (see `groups`) have no
    figures. A rule that gives something to more ballots can meet fewer points in all: that is its price. Takes `ballots` and `choices`.
    """
    columns = ["rule", "group", "n", "something", "met", "initiatives", "cost", "hidden"]
    if choices.empty:
        return pd.DataFrame(columns=columns)
    grid, of = _grid(cast)
    known, rows = list(groups(cast, small_group=small_group).itertuples()), []
    for column, rule in RULES.items():
        taken = choices[choices[column]]
        got = grid.reindex(columns=taken["initiative"]).fillna(0.0).sum(axis=1)
        for group in known:
            own = got if group.group == EVERYONE else got[of == group.group]
            figures = [np.nan] * 3 if group.hidden else [group.n, float((own > 0).mean()), float(own.mean() / 100)]
            rows.append([rule, group.group, *figures, len(taken), taken["cost"].sum(), group.hidden])
    return pd.DataFrame(rows, columns=columns)


def unheard(cast: pd.DataFrame, choices: pd.DataFrame, *, small_group: int) -> pd.DataFrame:
    """Ballots that get nothing by most points, by what they wish most: initiative, initiative_name, n (ballots), cost, by_shares (whether equal shares takes it),
    something (share of these ballots that get something by equal shares, 0-1).

    A wish held by fewer such ballots than `small_group` is left out. Of a ballot's wishes with equal points the one with the lower id counts.
    Largest number first. Takes `ballots` and `choices`.
    """
    columns = ["initiative", "initiative_name", "n", "cost", "by_shares", "something"]
    if choices.empty:
        return pd.DataFrame(columns=columns)
    grid = _grid(cast)[0]
    plain, fair = (grid.reindex(columns=choices.loc[choices[column], "initiative"]).fillna(0.0).sum(axis=1) for column in ("by_points", "by_shares"))
    none = grid[plain <= 0]
    rows = pd.DataFrame({"initiative": none.idxmax(axis=1) if len(none) else pd.Series(dtype=str), "something": (fair.reindex(none.index) > 0).astype(float)})
    found = rows.groupby("initiative")["something"].agg(["size", "mean"]).rename(columns={"size": "n", "mean": "something"}).reset_index()
    found = found.merge(choices[["initiative", "initiative_name", "cost", "by_shares"]], on="initiative")
    return found[found["n"] >= small_group].sort_values(["n", "initiative"], ascending=[False, True], ignore_index=True)[columns]


def taken(choices: pd.DataFrame, valued: pd.DataFrame, *, rule: str) -> list[str]:
    """The ids that one rule (by_points, by_shares, by_plan) takes, with those that must be done in any case. Takes `choices` and the initiatives with their part.

    >>> taken(pd.DataFrame({"initiative": ["I1", "I2"], "by_points": [True, False]}), pd.DataFrame({"initiative": ["I1", "I2", "I3"], "part": ["free", "free", "must do"]}), rule="by_points")
    ['I1', 'I3']
    """
    own = list(choices.loc[choices[rule].astype(bool), "initiative"]) if len(choices) else []
    return [*own, *valued.loc[valued["part"] == "must do", "initiative"]]


def reconciled(wishes: pd.DataFrame) -> pd.DataFrame:
    """Mean points of everyone over all initiatives against 100: check, expected, found; empty without points."""
    own = wishes[(wishes["group"] == EVERYONE) & ~wishes["hidden"].astype(bool)] if len(wishes) else wishes
    rows = [["People's points add up to 100 over all initiatives", 100.0, float(own["points"].sum())]] if len(own) else []
    return pd.DataFrame(rows, columns=["check", "expected", "found"])
