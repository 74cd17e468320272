"""The director's three measures of impact: how patrons engage, whether money follows the goals, whether partnerships grow."""

from __future__ import annotations

import pandas as pd

ENGAGEMENT, EFFICIENCY, PARTNERSHIP = "patron engagement", "allocation efficiency", "partnership growth"
AREAS = (ENGAGEMENT, EFFICIENCY, PARTNERSHIP)
YEARLY = ["area", "measure", "fiscal_year", "value", "unit"]
CHANGES = ["area", "measure", "unit", "first_year", "first", "fiscal_year", "value", "change", "relative", "years"]
PER_HEAD = {"visits_per_head": ("visits_per_head", 1, "visits per person"), "attendance_per_1000": ("attendance_per_head", 1000, "people at programmes per person"),
            "registered_share": ("registered_share", 1, "share")}
MEASURES = ("visits_per_head", "attendance_per_head", "registered_share", "active_share", "goal_share", "followed_share", "cost_per_visit", "cost_per_loan",
            "active_partners")


def engagement(per_head: pd.DataFrame, segments: pd.DataFrame, *, fiscal_year: int) -> pd.DataFrame:
    """How far patrons take up the library, year by year: area, measure, fiscal_year, value, unit. Measures: visits_per_head and
    attendance_per_head (visits, and people at programmes, per person served), registered_share (registered patrons ÷
    people served), and active_share of the one year `fiscal_year` (people who used the library in the past year, 0-1).

    Takes `peers.per_head` of the library's statistics. active_share counts the groups of one kind of `segments`, age else
    role else situation, since a person can be in groups of two kinds. A figure that is missing has no row. It misleads
    where visits are counted in a new way, and where outsiders hold cards.

    >>> per_head = pd.DataFrame({"fiscal_year": [2025, 2026], "measure": "visits_per_head", "value": [3.0, 3.5]})
    >>> segments = pd.DataFrame({"kind": ["age", "age"], "people": [100, 300], "active": [20, 180]})
    >>> engagement(per_head, segments, fiscal_year=2026)[["measure", "fiscal_year", "value"]].values.tolist()
    [['visits_per_head', 2025, 3.0], ['visits_per_head', 2026, 3.5], ['active_share', 2026, 0.5]]
    """
    own = per_head[per_head["measure"].isin(PER_HEAD)].dropna(subset=["value"])
    rows = [[ENGAGEMENT, PER_HEAD[row.measure][0], row.fiscal_year, row.value / PER_HEAD[row.measure][1], PER_HEAD[row.measure][2]] for row in own.itertuples()]
    known = segments[(segments["people"] > 0) & (segments["active"] <= segments["people"])]
    kinds = [kind for kind in ("age", "role", "situation") if (known["kind"] == kind).sum() > 1]
    if kinds:
        base = known[known["kind"] == kinds[0]]
        rows.append([ENGAGEMENT, "active_share", fiscal_year, base["active"].sum() / base["people"].sum(), "share"])
    return _ordered(rows)


def efficiency(per_head: pd.DataFrame, spending: pd.DataFrame, goals: pd.DataFrame, *, alignment: pd.DataFrame) -> pd.DataFrame:
    """Whether money goes where the goals lie, and what it buys, year by year: area, measure, fiscal_year, value, unit. Measures:
    goal_share (0-1 of the year's money that services which support a goal in force have of their own), followed_share (0-1:
    of that money, the part that follows the weights), cost_per_visit, cost_per_loan (all spending ÷ visits, ÷ loans; money).

    Takes `peers.per_head`, `budget.by_service` and the goals in force. A service's money is split over the goals that it
    supports in proportion to its strengths; followed_share is the sum over goals of the smaller of weight and share of
    money: 1 when every goal gets its weight, 0 when only goals without weight get money. Today's goals are laid on all
    years. Costs that all services share follow no goal here, so goal_share is never 1 in a plan that has such costs. Spending per visit
    holds all spending, also that on loans at home.

    >>> spending = pd.DataFrame({"fiscal_year": [2026] * 3, "service": ["S1", "S2", None], "amount": [60.0, 20.0, 20.0]})
    >>> goals = pd.DataFrame({"goal": ["G1", "G2"], "weight": [0.5, 0.5]})
    >>> alignment = pd.DataFrame({"service": ["S1", "S2"], "goal": ["G1", "G2"], "strength": [0.8, 0.4]})
    >>> nothing = pd.DataFrame({"fiscal_year": [], "measure": [], "value": []})
    >>> efficiency(nothing, spending, goals, alignment=alignment)[["measure", "value"]].values.tolist()
    [['goal_share', 0.8], ['followed_share', 0.75]]
    """
    links = alignment[(alignment["strength"] > 0) & alignment["goal"].isin(goals["goal"])]
    parts = links.assign(part=links["strength"] / links.groupby("service")["strength"].transform("sum"))
    split = spending.merge(parts[["service", "goal", "part"]], on="service")
    money = (split["amount"] * split["part"]).groupby([split["fiscal_year"], split["goal"]]).sum()
    weight = goals.set_index("goal")["weight"].astype(float)
    rows = []
    for year, total in spending.groupby("fiscal_year")["amount"].sum().items():
        own = money.get(year, pd.Series(dtype=float)).reindex(weight.index).fillna(0.0)
        if total > 0 and own.sum() > 0:
            rows.append([EFFICIENCY, "goal_share", year, own.sum() / total, "share"])
            rows.append([EFFICIENCY, "followed_share", year, (own / own.sum()).clip(upper=weight).sum(), "share"])
    wide = per_head.dropna(subset=["value"]).pivot_table(index="fiscal_year", columns="measure", values="value", aggfunc="first")
    wide = wide.reindex(columns=["cost_per_visit", "spending_per_head", "circulation_per_head"]).astype(float)
    loans = wide["spending_per_head"] / wide["circulation_per_head"].where(wide["circulation_per_head"] > 0)
    rows += [[EFFICIENCY, name, year, value, "money"] for name, series in (("cost_per_visit", wide["cost_per_visit"]), ("cost_per_loan", loans))
             for year, value in series.dropna().items()]
    return _ordered(rows)


def partnership(growth: pd.DataFrame) -> pd.DataFrame:
    """How many partners were active at the end of each fiscal year: area, measure (active_partners), fiscal_year, value, unit.

    Takes `register.growth` (fiscal_year, active). A partner without a first day counts in no year before today, so early
    years may be too low. It says nothing of what a partnership brings.

    >>> partnership(pd.DataFrame({"fiscal_year": [2025, 2026], "active": [8, 10]}))["value"].tolist()
    [8.0, 10.0]
    """
    known = growth.dropna(subset=["active"])
    return _ordered([[PARTNERSHIP, "active_partners", row.fiscal_year, float(row.active), "partners"] for row in known.itertuples()])


def changes(engagement: pd.DataFrame, efficiency: pd.DataFrame, partnership: pd.DataFrame, *, years: int = 3) -> pd.DataFrame:
    """Each measure's latest value beside that of `years` years before: area, measure, unit, first_year, first, fiscal_year, value
    (latest), change (value − first, in the unit), relative (change ÷ first; missing where that is 0), years (between them).

    Where no value is as old, the oldest within those years stands first; a measure with a single one has no change. Takes
    the three frames of this module. The areas stand in their order. Two end points decide a change: one odd year misleads.

    >>> rows = _ordered([[PARTNERSHIP, "active_partners", year, value, "partners"] for year, value in ((2023, 8.0), (2024, 5.0), (2026, 10.0))])
    >>> changes(_ordered([]), _ordered([]), rows)[["first_year", "first", "value", "change", "relative"]].values.tolist()
    [[2023.0, 8.0, 10.0, 2.0, 0.25]]
    """
    found = pd.concat([part for part in (engagement, efficiency, partnership) if len(part)] or [_ordered([])])
    rows = []
    for (area, measure, unit), own in found.groupby(["area", "measure", "unit"], sort=False):
        last = own.iloc[-1]
        before = own[(own["fiscal_year"] < last["fiscal_year"]) & (own["fiscal_year"] >= last["fiscal_year"] - years)].head(1)
        first_year, first = (before["fiscal_year"].iloc[0], before["value"].iloc[0]) if len(before) else (None, None)
        change = last["value"] - first if len(before) else None
        rows.append([area, measure, unit, first_year, first, last["fiscal_year"], last["value"], change, change / first if first else None,
                     last["fiscal_year"] - first_year if len(before) else None])
    numbers = dict.fromkeys(["first_year", "first", "value", "change", "relative", "years"], float)
    return pd.DataFrame(rows, columns=CHANGES).astype(numbers)


def _ordered(rows: list[list[object]]) -> pd.DataFrame:
    found = pd.DataFrame(rows, columns=YEARLY).astype({"value": float})
    order = found["measure"].map({measure: place for place, measure in enumerate(MEASURES)})
    return found.assign(order=order).sort_values(["order", "fiscal_year"], ignore_index=True)[YEARLY]
