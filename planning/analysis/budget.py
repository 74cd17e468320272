"""What was planned and spent, for what, and whether it follows the weights of the goals."""

from __future__ import annotations

import pandas as pd

NO_GOAL = "Supports no goal in force"
SHARED = "Shared by all services"
UNDER_WAY = ("chosen", "running")


def amounts(budget: pd.DataFrame, *, last_full_year: int | None = None) -> pd.DataFrame:
    """The budget's lines with the amount to count: every column of the table, amount, basis (spent or planned).

    The amount is what was spent; where that is not known it is what was planned, and basis says so.
    A line with neither has no amount, which is not the same as 0. Spending of years after
    `last_full_year` is not complete: it is left out, and the plan stands.

    >>> budget = pd.DataFrame({"line": ["B1", "B2"], "planned": [10.0, 20.0], "actual": [11.0, None]})
    >>> amounts(budget)[["amount", "basis"]].values.tolist()
    [[11.0, 'spent'], [20.0, 'planned']]
    """
    found = budget.copy()
    if last_full_year is not None:
        found["actual"] = found["actual"].where(found["fiscal_year"] <= last_full_year)
    found["amount"] = found["actual"].fillna(found["planned"])
    words = pd.Series("planned", index=found.index, dtype="str").where(found["actual"].isna(), "spent")
    return found.assign(basis=words.where(found["amount"].notna()))


def year_of(budget: pd.DataFrame, *, wanted: int = 0, last_full_year: int) -> int:
    """The fiscal year to look at: the wanted one, or for 0 the newest full year that has spending.

    Without a full year that has spending: the newest full year of the budget, else its newest year;
    for an empty budget the last full year. Raises ValueError when the wanted year is not in the budget.

    >>> budget = pd.DataFrame({"fiscal_year": [2024, 2025, 2026], "actual": [1.0, 1.0, None]})
    >>> year_of(budget, last_full_year=2026), year_of(budget, wanted=2024, last_full_year=2026)
    (2025, 2024)
    """
    years = sorted(budget["fiscal_year"].unique().tolist())
    if wanted and years and wanted not in years:
        raise ValueError(f"The parameter fiscal_year is {wanted}. The budget holds {', '.join(map(str, years))}. Choose one of them, or 0 for the last full one.")
    if wanted or not years:
        return int(wanted or last_full_year)
    spent = set(budget.loc[budget["actual"].notna(), "fiscal_year"])
    full = [year for year in years if year <= last_full_year]
    return int(([year for year in full if year in spent] or full or years)[-1])


def yearly(lines: pd.DataFrame) -> pd.DataFrame:
    """Plan and spending by fiscal year: fiscal_year, planned, amount, lines, known (lines with a spent figure),
    difference (spent − planned, money), variance (difference as a share of the plan), change (share against the year before).

    Takes `amounts`. Difference and variance count only lines that have both figures; amount takes the
    plan where spending is not known, and known says for how many lines it is. change compares two
    years in a row of which all is known to be spent. Amounts are as paid: prices rise too, so a rise is not all growth.

    >>> lines = amounts(pd.DataFrame({"fiscal_year": [2025, 2026], "planned": [100.0, 110.0], "actual": [105.0, 99.0]}))
    >>> yearly(lines)[["difference", "variance"]].round(2).values.tolist()
    [[5.0, 0.05], [-11.0, -0.1]]
    """
    found = _against_plan(lines, "fiscal_year").sort_values("fiscal_year", ignore_index=True)
    spent = found["amount"].where(found["known"] == found["lines"])
    before = spent.shift().where(found["fiscal_year"].diff() == 1)
    return found.assign(change=spent / before.where(before > 0) - 1)


def by_category(lines: pd.DataFrame, *, fiscal_year: int) -> pd.DataFrame:
    """What the money buys in one year, largest first: category, planned, amount, lines, known, difference, variance,
    share (of the year's money, 0-1), share_before (in the budget's first year), moved (share − share_before).

    Takes `amounts`; difference and variance as in `yearly`.

    >>> lines = amounts(pd.DataFrame({"fiscal_year": [2026, 2026], "category": ["staff", "space"], "planned": [30.0, 10.0], "actual": [30.0, 10.0]}))
    >>> by_category(lines, fiscal_year=2026)[["category", "share"]].values.tolist()
    [['staff', 0.75], ['space', 0.25]]
    """
    found = _against_plan(lines[lines["fiscal_year"] == fiscal_year], "category")
    first = lines[lines["fiscal_year"] == lines["fiscal_year"].min()].groupby("category")["amount"].sum()
    found["share"] = _share(found["amount"])
    found["share_before"] = found["category"].map(_share(first)).astype(float).fillna(0.0 if first.sum() > 0 else float("nan"))
    found["moved"] = found["share"] - found["share_before"]
    return found.sort_values(["amount", "category"], ascending=[False, True], ignore_index=True)


def off_plan(lines: pd.DataFrame, *, fiscal_year: int, tolerance: float = 0.05) -> pd.DataFrame:
    """Lines that missed their plan by more than the tolerance: line, name, planned, actual, difference, variance (share of
    the plan), side (over or under), run (years in a row, up to this one, on that side).

    Takes `amounts`. A line counts when both figures are known and the plan is above 0. Longest run
    first, then the largest difference: a miss that comes back every year is a matter of planning.

    >>> lines = amounts(pd.DataFrame({"line": ["B1", "B1"], "name": ["Licences"] * 2, "fiscal_year": [2025, 2026],
    ...                               "planned": [100.0, 100.0], "actual": [110.0, 120.0]}))
    >>> off_plan(lines, fiscal_year=2026)[["name", "side", "run"]].values.tolist()
    [['Licences', 'over', 2]]
    """
    columns = ["line", "name", "planned", "actual", "difference", "variance", "side", "run"]
    known = lines[lines["actual"].notna() & (lines["planned"] > 0) & (lines["fiscal_year"] <= fiscal_year)].copy()
    known["difference"] = known["actual"] - known["planned"]
    known["variance"] = known["difference"] / known["planned"]
    known["side"] = known["variance"].map(lambda miss: "over" if miss > tolerance else "under" if miss < -tolerance else "")
    sides = {key: side for key, side in zip(zip(known["line"], known["fiscal_year"]), known["side"])}
    found = known[(known["fiscal_year"] == fiscal_year) & (known["side"] != "")].copy()
    found["run"] = [_run(sides, line, fiscal_year) for line in found["line"]]
    found["size"] = found["difference"].abs()
    return found.sort_values(["run", "size", "line"], ascending=[False, False, True], ignore_index=True)[columns].astype({"run": int})


def by_service(lines: pd.DataFrame, services: pd.DataFrame) -> pd.DataFrame:
    """Money of each service in each year: fiscal_year, service (missing for shared costs), service_name, form, amount,
    staff (the part of it that pays for people), share (of the year's money, 0-1).

    Takes `amounts`. Only lines that name a service are its own; the rest stands as one row of shared
    costs and is not spread, since any key for spreading it would decide the answer.

    >>> lines = amounts(pd.DataFrame({"fiscal_year": [2026, 2026], "service": ["S1", None], "category": ["staff", "space"],
    ...                               "planned": [30.0, 10.0], "actual": [30.0, 10.0]}))
    >>> services = pd.DataFrame({"service": ["S1"], "name": ["Storytime"], "form": ["physical"]})
    >>> by_service(lines, services)[["service_name", "amount", "staff", "share"]].values.tolist()
    [['Storytime', 30.0, 30.0, 0.75], ['Shared by all services', 10.0, 0.0, 0.25]]
    """
    pay = lines.assign(staff=lines["amount"].where(lines["category"] == "staff", 0.0))
    found = pay.groupby(["fiscal_year", "service"], dropna=False, sort=True)[["amount", "staff"]].sum().reset_index()
    names = services[["service", "name", "form"]].rename(columns={"name": "service_name"})
    found = found.astype({"service": "str"}).merge(names, on="service", how="left")
    found["service_name"] = found["service_name"].mask(found["service"].isna(), SHARED)
    found["share"] = found["amount"] / found.groupby("fiscal_year")["amount"].transform("sum").replace(0.0, float("nan"))
    columns = ["fiscal_year", "service", "service_name", "form", "amount", "staff", "share"]
    return found[columns].sort_values(["fiscal_year", "amount", "service"], ascending=[True, False, True], ignore_index=True)


def by_goal(spending: pd.DataFrame, goals: pd.DataFrame, alignment: pd.DataFrame, *, fiscal_year: int) -> pd.DataFrame:
    """Money of one year by goal against the goal's weight: goal, goal_name, kind (goal, no goal, shared), weight (share 0-1),
    amount, share (of the money that reaches goals, 0-1), difference (share − weight), staff, staff_share, share_of_all (0-1).

    Takes `by_service` and the goals in force. Each service's money is split over the goals that it
    supports in proportion to its strengths: amount × strength ÷ sum of its strengths. Two last rows
    hold what reaches no goal: services that support none in force, and costs that all share; weight,
    share and difference are missing there. With these rows the amounts add up to the year's total.
    Empty when no service supports a goal in force. A service that supports one goal only a little has all its money counted there. Goals whose share
    lies furthest above their weight come first.

    >>> spending = pd.DataFrame({"fiscal_year": [2026] * 2, "service": ["S1", None], "amount": [90.0, 10.0], "staff": [60.0, 0.0]})
    >>> goals = pd.DataFrame({"goal": ["G1", "G2"], "name": ["Read", "Work"], "weight": [0.5, 0.5]})
    >>> alignment = pd.DataFrame({"service": ["S1", "S1"], "goal": ["G1", "G2"], "strength": [0.8, 0.4]})
    >>> by_goal(spending, goals, alignment, fiscal_year=2026)[["goal_name", "amount", "difference"]].round(2).values.tolist()
    [['Read', 60.0, 0.17], ['Work', 30.0, -0.17], ['Supports no goal in force', 0.0, nan], ['Shared by all services', 10.0, nan]]
    """
    columns = ["goal", "goal_name", "kind", "weight", "amount", "share", "difference", "staff", "staff_share", "share_of_all"]
    year = spending[spending["fiscal_year"] == fiscal_year]
    if year.empty or _supporting(goals, alignment).empty:
        return pd.DataFrame(columns=columns)
    own = year[year["service"].notna()]
    split = _split(own, goals, alignment.rename(columns={"strength": "part"}), "service", ["amount", "staff"])
    found = goals[["goal", "name", "weight"]].rename(columns={"name": "goal_name"}).merge(split, on="goal", how="left").fillna({"amount": 0.0, "staff": 0.0})
    found["share"], found["staff_share"] = _share(found["amount"]), _share(found["staff"])
    found = found.assign(kind="goal", difference=found["share"] - found["weight"])
    found = found.sort_values(["difference", "goal"], ascending=[False, True])
    rest = own[~own["service"].isin(_supporting(goals, alignment))]
    outside = pd.DataFrame({"goal_name": [NO_GOAL, SHARED], "kind": ["no goal", "shared"],
                            "amount": [rest["amount"].sum(), year.loc[year["service"].isna(), "amount"].sum()],
                            "staff": [rest["staff"].sum(), year.loc[year["service"].isna(), "staff"].sum()]})
    found = pd.concat([found, outside], ignore_index=True)
    return found.assign(share_of_all=_share(found["amount"]))[columns]


def goalless(spending: pd.DataFrame, goals: pd.DataFrame, alignment: pd.DataFrame, *, fiscal_year: int) -> pd.DataFrame:
    """Services with money of their own that support no goal in force, dearest first: service, service_name, amount,
    share (0-1, of the year's money).

    Takes `by_service` and the goals in force.

    >>> spending = pd.DataFrame({"fiscal_year": [2026], "service": ["S1"], "service_name": ["Copier"], "amount": [90.0], "share": [1.0]})
    >>> goalless(spending, pd.DataFrame({"goal": ["G1"]}), pd.DataFrame({"service": [], "goal": [], "strength": []}), fiscal_year=2026).values.tolist()
    [['S1', 'Copier', 90.0, 1.0]]
    """
    own = spending[(spending["fiscal_year"] == fiscal_year) & spending["service"].notna() & (spending["amount"] > 0)]
    found = own[~own["service"].isin(_supporting(goals, alignment))] if len(goals) else own.head(0)
    found = found.sort_values(["amount", "service"], ascending=[False, True], ignore_index=True)
    return found[["service", "service_name", "amount", "share"]]


def by_form(lines: pd.DataFrame) -> pd.DataFrame:
    """Physical and digital money over the years: fiscal_year, physical, digital, neither (money), total, digital_share (0-1), lines, known (lines with a spent figure).

    Takes `amounts`. The form is the budget line's own. digital_share = digital ÷ (digital + physical):
    lines that are neither, such as insurance, stand beside it and are not counted in it.

    >>> lines = amounts(pd.DataFrame({"fiscal_year": [2026] * 3, "form": ["physical", "digital", None],
    ...                               "planned": [30.0, 10.0, 5.0], "actual": [30.0, 10.0, 5.0]}))
    >>> by_form(lines)[["digital_share", "neither"]].values.tolist()
    [[0.25, 5.0]]
    """
    named = lines.assign(form=lines["form"].fillna("neither"))
    found = named.pivot_table(index="fiscal_year", columns="form", values="amount", aggfunc="sum", observed=True)
    found = found.reindex(columns=["physical", "digital", "neither"]).fillna(0.0).astype(float)
    found["total"] = found.sum(axis=1)
    formed = found["physical"] + found["digital"]
    found["digital_share"] = found["digital"] / formed.where(formed > 0)
    grouped = lines.groupby("fiscal_year")["actual"]
    found["lines"], found["known"] = grouped.size(), grouped.count()
    return found.rename_axis(columns=None).reset_index().astype({"lines": int, "known": int})


def under_way(initiatives: pd.DataFrame, goals: pd.DataFrame, contributions: pd.DataFrame) -> pd.DataFrame:
    """First-year money and hours of initiatives that are chosen or running, by goal: goal, goal_name, weight (share 0-1),
    cost, hours, hours_share (of the hours that reach goals, 0-1), difference (hours_share − weight), initiatives (number).

    Takes the goals in force. Money and hours of each initiative are split over its goals in
    proportion to its contributions; one that serves no goal in force goes to a last row. A cost or
    a number of hours that is not known is left out. With few initiatives shares jump.

    >>> initiatives = pd.DataFrame({"initiative": ["I1"], "status": ["chosen"], "cost": [900.0], "hours": [30.0]})
    >>> goals = pd.DataFrame({"goal": ["G1"], "name": ["Read"], "weight": [1.0]})
    >>> contributions = pd.DataFrame({"initiative": ["I1"], "goal": ["G1"], "contribution": [0.6]})
    >>> under_way(initiatives, goals, contributions)[["goal_name", "hours", "difference"]].values.tolist()
    [['Read', 30.0, 0.0]]
    """
    columns = ["goal", "goal_name", "weight", "cost", "hours", "hours_share", "difference", "initiatives"]
    taken = initiatives[initiatives["status"].isin(UNDER_WAY)]
    if taken.empty or goals.empty:
        return pd.DataFrame(columns=columns)
    parts = contributions.rename(columns={"contribution": "part"})
    split = _split(taken, goals, parts, "initiative", ["cost", "hours"])
    found = goals[["goal", "name", "weight"]].rename(columns={"name": "goal_name"}).merge(split, on="goal", how="left")
    found[["cost", "hours"]] = found[["cost", "hours"]].fillna(0.0)
    found["hours_share"] = _share(found["hours"])
    supporting = parts[parts["initiative"].isin(taken["initiative"]) & (parts["part"] > 0)]
    found["initiatives"] = found["goal"].map(supporting.groupby("goal").size()).fillna(0).astype(int)
    found = found.assign(difference=found["hours_share"] - found["weight"]).sort_values(["difference", "goal"], ascending=[False, True])
    rest = taken[~taken["initiative"].isin(supporting.loc[supporting["goal"].isin(goals["goal"]), "initiative"])]
    outside = pd.DataFrame({"goal_name": [NO_GOAL], "cost": [rest["cost"].sum()], "hours": [rest["hours"].sum()], "initiatives": [len(rest)]})
    return pd.concat([found, outside.head(len(rest))], ignore_index=True)[columns]


def reconciled(lines: pd.DataFrame, by_goal: pd.DataFrame, by_category: pd.DataFrame, *, fiscal_year: int) -> pd.DataFrame:
    """Two ways to add up the year's money, each against its lines: check, expected, found; empty where there is nothing to add."""
    total = lines.loc[lines["fiscal_year"] == fiscal_year, "amount"].sum()
    parts = [("Money by goal, without a goal and shared add up to all lines", by_goal), ("Money by category adds up to all lines", by_category)]
    rows = [[check, total, rows["amount"].sum()] for check, rows in parts if not rows.empty]
    return pd.DataFrame(rows, columns=["check", "expected", "found"])


def _against_plan(lines: pd.DataFrame, key: str) -> pd.DataFrame:
    both = lines["actual"].notna() & lines["planned"].notna()
    work = lines.assign(difference=(lines["actual"] - lines["planned"]).where(both), base=lines["planned"].where(both), known=lines["actual"].notna())
    grouped = work.groupby(key, sort=True)
    found = grouped[["planned", "amount", "difference", "base"]].sum(min_count=1).astype(float)
    found["lines"], found["known"] = grouped.size(), grouped["known"].sum()
    found["variance"] = found["difference"] / found["base"].where(found["base"] > 0)
    columns = [key, "planned", "amount", "lines", "known", "difference", "variance"]
    return found.reset_index()[columns].astype({"lines": int, "known": int})


def _run(sides: dict[tuple[str, int], str], line: str, year: int) -> int:
    run, side = 0, sides[line, year]
    while sides.get((line, year - run)) == side:
        run += 1
    return run


def _supporting(goals: pd.DataFrame, alignment: pd.DataFrame) -> pd.Series:
    return alignment.loc[alignment["goal"].isin(goals["goal"]) & (alignment["strength"] > 0), "service"]


def _split(items: pd.DataFrame, goals: pd.DataFrame, parts: pd.DataFrame, key: str, figures: list[str]) -> pd.DataFrame:
    used = parts.loc[parts["goal"].isin(goals["goal"]) & (parts["part"] > 0), [key, "goal", "part"]]
    pairs = used.assign(part=used["part"] / used.groupby(key)["part"].transform("sum")).merge(items[[key, *figures]], on=key)
    pairs[figures] = pairs[figures].astype(float).mul(pairs["part"].astype(float), axis=0)
    return pairs.groupby("goal")[figures].sum().reset_index()


def _share(amounts: pd.Series) -> pd.Series:
    total = amounts.sum()
    return amounts / total if total > 0 else amounts * float("nan")
