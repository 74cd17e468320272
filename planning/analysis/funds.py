"""Who gets what when a fund is divided by a formula, what binds, and which factor moves whom."""

from __future__ import annotations

import numpy as np
import pandas as pd

from planning.methods import shares

STEP = 0.10


def to_divide(units: pd.DataFrame, *, money: float = 0.0) -> float:
    """The sum to divide: `money`, or for 0 what all units had last year together; missing where that is not known.

    >>> to_divide(pd.DataFrame({"last": [100.0, 50.0]})), to_divide(pd.DataFrame({"last": [100.0, None]}), money=90)
    (150.0, 90.0)
    """
    return float(money) if money else float(units["last"].sum(skipna=False)) if len(units) else float("nan")


def obstacles(units: pd.DataFrame, factors: pd.DataFrame, values: pd.DataFrame, *, money: float) -> pd.DataFrame:
    """Why the fund cannot be divided, one row a reason: kind, names (semicolons between), needed (currency), money (currency).

    kind: no figure (units without a figure for a factor; a gap is not 0), nothing counted (a factor
    that is 0 for every unit), too little (bases and floors together need more than there is), no sum
    (neither a sum is given nor last year's money of each unit). Empty where the fund can be divided, and without units or factors.

    >>> units = pd.DataFrame({"unit": ["U1"], "name": ["Law"], "last": [100.0], "base": [0.0], "least": [120.0], "most": [None]})
    >>> factors = pd.DataFrame({"factor": ["F1"], "name": ["Loans"], "weight": [1.0]})
    >>> obstacles(units, factors, pd.DataFrame({"unit": ["U1"], "factor": ["F1"], "value": [5.0]}), money=100)[["kind", "needed"]].values.tolist()
    [['too little', 120.0]]
    """
    rows = []
    if len(units) and len(factors):
        figures = _figures(units, factors, values)
        gaps = figures.isna()
        rows += [["no figure", "; ".join([factor, *units.loc[gaps[factor].to_numpy(), "name"]]), np.nan, money] for factor in figures if gaps[factor].any()]
        rows += [["nothing counted", factor, np.nan, money] for factor in figures if not gaps[factor].any() and figures[factor].sum() <= 0]
        low, high, base = _bounds(units)
        needed = float(np.clip(base, low, high).sum())
        rows += [["no sum", "", needed, money]] if pd.isna(money) else [["too little", "", needed, money]] if needed > money + 0.005 else []
    return pd.DataFrame(rows, columns=["kind", "names", "needed", "money"])


def division(units: pd.DataFrame, factors: pd.DataFrame, values: pd.DataFrame, *, money: float) -> pd.DataFrame:
    """Who gets what: unit, unit_name, amount (currency, exact to the cent), share (of the sum, 0-1), last, change (currency),
    moved (change as a share of last year), formula (before floors and caps), least, most, binds (floor, cap or empty).

    amount = base + what remains × the sum over factors of weight × the unit's share of the factor's total, held
    within floor and cap; what a cap cuts off goes to the others in proportion (see planning.methods.shares.division).
    Empty where `obstacles` has a reason. Most money first.

    >>> units = pd.DataFrame({"unit": ["U1", "U2"], "name": ["Law", "Art"], "last": [60.0, 40.0], "base": [10.0, 10.0], "least": [None, 40.0], "most": [None, None]})
    >>> factors = pd.DataFrame({"factor": ["F1"], "name": ["Loans"], "weight": [1.0]})
    >>> values = pd.DataFrame({"unit": ["U1", "U2"], "factor": ["F1", "F1"], "value": [30.0, 10.0]})
    >>> division(units, factors, values, money=100)[["unit_name", "amount", "formula", "binds"]].values.tolist()
    [['Law', 60.0, 70.0, ''], ['Art', 40.0, 30.0, 'floor']]
    """
    columns = ["unit", "unit_name", "amount", "share", "last", "change", "moved", "formula", "least", "most", "binds"]
    if units.empty or factors.empty or len(obstacles(units, factors, values, money=money)):
        return pd.DataFrame(columns=columns)
    divided = _divided(units, factors, values, money, factors["weight"].to_numpy(float))
    found = units.rename(columns={"name": "unit_name"}).assign(amount=divided.amounts, formula=divided.formula, binds=divided.binds)
    found["last"] = found["last"].astype(float)
    found["share"] = found["amount"] / money if money > 0 else np.nan
    found["change"] = found["amount"] - found["last"]
    found["moved"] = found["change"] / found["last"].where(found["last"] > 0)
    return found[columns].sort_values(["amount", "unit"], ascending=[False, True], ignore_index=True)


def swings(units: pd.DataFrame, factors: pd.DataFrame, values: pd.DataFrame, *, money: float) -> pd.DataFrame:
    """What a heavier factor would move: factor, factor_name, weight (0-1), heavier (weight then, 0-1), moved (currency that would
    change hands), gains, gain (the unit that gains most, and how much), loses, loss (the one that loses most, below 0).

    One factor at a time gets 0.10 more weight, at most 1; the others shrink in proportion. Floors and caps hold.
    A factor that moves much is where the argument will be; one that moves nothing is not worth arguing over.
    A factor that has all the weight is left out. Empty where the fund cannot be divided. Most moved first.

    >>> units = pd.DataFrame({"unit": ["U1", "U2"], "name": ["Law", "Art"], "last": [60.0, 40.0], "base": [0.0, 0.0], "least": [None, None], "most": [None, None]})
    >>> factors = pd.DataFrame({"factor": ["F1", "F2"], "name": ["Loans", "Staff"], "weight": [0.5, 0.5]})
    >>> values = pd.DataFrame({"unit": ["U1", "U2"] * 2, "factor": ["F1", "F1", "F2", "F2"], "value": [30.0, 10.0, 5.0, 5.0]})
    >>> swings(units, factors, values, money=100)[["factor_name", "moved", "gains", "gain"]].values.tolist()
    [['Loans', 2.5, 'Law', 2.5], ['Staff', 2.5, 'Art', 2.5]]
    """
    columns = ["factor", "factor_name", "weight", "heavier", "moved", "gains", "gain", "loses", "loss"]
    if units.empty or factors.empty or len(obstacles(units, factors, values, money=money)):
        return pd.DataFrame(columns=columns)
    weights, rows = factors["weight"].to_numpy(float), []
    now = _divided(units, factors, values, money, weights).amounts
    for place, factor in enumerate(factors.itertuples()):
        if weights[place] >= 1 - 1e-9:
            continue
        heavier = min(1.0, weights[place] + STEP)
        then = weights * (1 - heavier) / (1 - weights[place])
        then[place] = heavier
        change = np.round(_divided(units, factors, values, money, then).amounts - now, 2)
        up, down = int(np.argmax(change)), int(np.argmin(change))
        names = units["name"].to_list()
        rows.append([factor.factor, factor.name, weights[place], heavier, round(change[change > 0].sum(), 2), names[up], change[up], names[down], change[down]])
    return pd.DataFrame(rows, columns=columns).sort_values(["moved", "factor"], ascending=[False, True], ignore_index=True)


def left(divided: pd.DataFrame, *, money: float) -> float:
    """What stays undivided because every unit that could take more is at its cap (currency); missing without a division.

    >>> left(pd.DataFrame({"amount": [40.0, 50.0]}), money=100)
    10.0
    """
    return round(float(money - divided["amount"].sum()), 2) if len(divided) else float("nan")


def reconciled(divided: pd.DataFrame, *, money: float, undivided: float) -> pd.DataFrame:
    """What units get and what stays undivided, against the sum: check, expected, found; empty without a division."""
    rows = [["Money of all units and what stays undivided add up to the fund", round(money, 2), round(divided["amount"].sum() + undivided, 2)]] if len(divided) else []
    return pd.DataFrame(rows, columns=["check", "expected", "found"])


def _figures(units: pd.DataFrame, factors: pd.DataFrame, values: pd.DataFrame) -> pd.DataFrame:
    grid = values.pivot_table(index="unit", columns="factor", values="value", aggfunc="sum").reindex(index=units["unit"], columns=factors["factor"])
    return grid.set_axis(factors["name"].to_list(), axis=1).astype(float)


def _bounds(units: pd.DataFrame) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    return tuple(units[column].astype(float).fillna(empty).to_numpy() for column, empty in (("least", 0.0), ("most", np.inf), ("base", 0.0)))


def _divided(units: pd.DataFrame, factors: pd.DataFrame, values: pd.DataFrame, money: float, weights: np.ndarray) -> shares.Division:
    low, high, base = _bounds(units)
    return shares.division(money, _figures(units, factors, values).to_numpy(), weights, base=base, least=low, most=high)
