"""What would be chosen with less or more money and time: what drops out first, and what comes in."""

from __future__ import annotations

from typing import Protocol

import pandas as pd

STEPS = (-0.10, -0.05, 0.0, 0.05)
IN_PLAY = ("free", "must do", "running")
SCALED = ("money", "hours")


class Chooser(Protocol):
    """What chooses among initiatives: planning.analysis.initiatives."""

    def choice(self, valued: pd.DataFrame, links: pd.DataFrame, limits: pd.DataFrame) -> pd.DataFrame: ...


def grid(valued: pd.DataFrame, links: pd.DataFrame, limits: pd.DataFrame, *, chooser: Chooser, steps: tuple[float, ...] = STEPS) -> pd.DataFrame:
    """The best choice at each level of money and staff time: level (share, 0 as planned), initiative, initiative_name, part, value, cost, hours, chosen, what
    (stays, drops out, comes in or stays out, against level 0), times (levels at which it is chosen).

    Each level is solved anew. Money as planned, before anything is set aside, and staff time move by the same share; what is set aside and the hours of
    single roles stay. Levels at which what must be done no longer fits have no rows; `summary` says so. Whole initiatives only,
    so a small step can move more than one, and one that drops out may come back at a deeper cut. Takes `values`, links and `ceilings`. Most often chosen first.
    """
    columns = ["level", "initiative", "initiative_name", "part", "value", "cost", "hours", "chosen", "what", "times"]
    base = chooser.choice(valued, links, limits)
    if base.empty:
        return pd.DataFrame(columns=columns)
    solved = [chooser.choice(valued, links, at(limits, level)).assign(level=level) for level in steps]
    solved = [one for one in solved if len(one)]
    found = pd.concat(solved)[["level", *columns[1:8]]] if solved else pd.DataFrame(columns=columns)
    found = found[found["part"].isin(IN_PLAY)].copy()
    found["chosen"] = found["chosen"].astype(bool)
    here = set(base.loc[base["chosen"].astype(bool), "initiative"])
    words = {(True, True): "stays", (True, False): "drops out", (False, True): "comes in", (False, False): "stays out"}
    found["what"] = [words[initiative in here, taken] for initiative, taken in zip(found["initiative"], found["chosen"])]
    found["times"] = found.groupby("initiative")["chosen"].transform("sum").astype(int)
    return found.sort_values(["times", "value", "initiative", "level"], ascending=[False, False, True, True], ignore_index=True)[columns]


def at(limits: pd.DataFrame, level: float) -> pd.DataFrame:
    """The ceilings with money and staff time moved by a share; what is set aside and the hours of single roles stay.

    >>> limits = pd.DataFrame({"ceiling": ["money", "hours", "hours of R1"], "limit": [80.0, 200.0, 50.0], "set_aside": [20.0, 0.0, 0.0]})
    >>> at(limits, -0.1)["limit"].tolist()
    [70.0, 180.0, 50.0]
    """
    aside = limits["set_aside"].fillna(0.0)
    moved = ((limits["limit"] + aside) * (1 + level) - aside).clip(lower=0.0)
    return limits.assign(limit=limits["limit"].where(~limits["ceiling"].isin(SCALED), moved))


def summary(grid: pd.DataFrame, limits: pd.DataFrame, *, steps: tuple[float, ...] = STEPS) -> pd.DataFrame:
    """The levels side by side: level, money, hours (ceilings then), possible, initiatives (number chosen), spent (currency), value, kept (share of
    the value at level 0), drops_out, comes_in (names against level 0, semicolons between).

    Takes `grid` and `ceilings`. Not possible: what must be done and what runs needs more than there is. Lowest level first; empty without a choice.
    """
    columns = ["level", "money", "hours", "possible", "initiatives", "spent", "value", "kept", "drops_out", "comes_in"]
    if grid.empty:
        return pd.DataFrame(columns=columns)
    rows = [_level(grid[grid["level"] == level], at(limits, level).set_index("ceiling")["limit"], level) for level in sorted(steps)]
    found = pd.DataFrame(rows, columns=[name for name in columns if name != "kept"])
    base = found.loc[found["level"] == 0, "value"]
    found["kept"] = found["value"] / base.iloc[0] if len(base) and base.iloc[0] > 0 else float("nan")
    return found[columns]


def _level(own: pd.DataFrame, limit: pd.Series, level: float) -> list[object]:
    start = [level, limit.get("money"), limit.get("hours"), bool(len(own))]
    if own.empty:
        return [*start, None, None, None, "", ""]
    taken = own[own["chosen"]]
    names = ("; ".join(own.loc[own["what"] == what, "initiative_name"]) for what in ("drops out", "comes in"))
    return [*start, len(taken), taken["cost"].sum(), taken["value"].sum(), *names]
