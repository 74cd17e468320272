"""Money that is or could be asked for: what it is likely to bring, by when, and what it asks of the library."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd

OPEN = ("idea", "writing", "sent")
SOON = 60
GRAINS = 1_000_000


def pipeline(grants: pd.DataFrame, chosen: pd.DataFrame, goals: pd.DataFrame, *, roles: pd.DataFrame, as_of: dt.date, free: float) -> pd.DataFrame:
    """Grants with what they are worth and ask: grant, grant_name, funder, status, open, amount, own_share, chance (0-1), expected (amount × chance,
    currency), hours, per_hour (expected money for each hour of asking), due, answer, days (to the day it must be sent), stage (overdue, soon, later, no day, sent,
    won, lost), goal_name, initiative, initiative_name, chosen, running, owner_name, short (own share beyond the free money, currency).

    A grant without a chance has no expected value; that is not 0. overdue: the day has passed and it is not sent; soon: it must be sent within
    60 days. free: money left beside the plan's choice; the own share of a grant for an initiative of the choice is in that choice already, so it is not
    short. Takes the choice of initiatives. Open grants first, by the day they are due.

    >>> grants = pd.DataFrame({"grant": ["GR1"], "name": ["Tutors"], "funder": ["Trust"], "amount": [1000.0], "own_share": [300.0], "chance": [0.4], "status": ["idea"],
    ...                        "due": pd.to_datetime(["2026-07-30"]), "answer": pd.NaT, "goal": ["G1"], "initiative": [None], "owner": [None], "hours": [10.0]})
    >>> none = pd.DataFrame(columns=["initiative", "initiative_name", "chosen", "part"])
    >>> found = pipeline(grants, none, pd.DataFrame({"goal": ["G1"], "name": ["Read"]}), roles=pd.DataFrame(columns=["role", "name"]), as_of=dt.date(2026, 6, 30), free=100.0)
    >>> found[["expected", "per_hour", "days", "stage", "short"]].values.tolist()
    [[400.0, 40.0, 30.0, 'soon', 200.0]]
    """
    columns = ["grant", "grant_name", "funder", "status", "open", "amount", "own_share", "chance", "expected", "hours", "per_hour", "due", "answer", "days", "stage",
               "goal_name", "initiative", "initiative_name", "chosen", "running", "owner_name", "short"]
    if grants.empty:
        return pd.DataFrame(columns=columns)
    found = grants.rename(columns={"name": "grant_name"}).copy()
    found["open"] = found["status"].isin(OPEN)
    figures = ["amount", "own_share", "chance", "hours"]
    found[figures] = found[figures].astype(float)
    found["expected"] = (found["amount"] * found["chance"]).where(found["open"])
    found["per_hour"] = found["expected"] / found["hours"].where(found["hours"] > 0)
    found["days"] = (pd.to_datetime(found["due"]) - pd.Timestamp(as_of)).dt.days.astype(float)
    found["stage"] = [_stage(status, days) for status, days in zip(found["status"], found["days"])]
    found["goal_name"], found["owner_name"] = found["goal"].map(dict(zip(goals["goal"], goals["name"]))), found["owner"].map(dict(zip(roles["role"], roles["name"])))
    for column, given in (("initiative_name", chosen["initiative_name"]), ("chosen", chosen["chosen"]), ("running", chosen["part"] == "running")):
        found[column] = found["initiative"].map(dict(zip(chosen["initiative"], given)))
    found[["chosen", "running"]] = found[["chosen", "running"]].eq(True)
    beyond = found["own_share"] - (free if pd.notna(free) else np.inf)
    found["short"] = beyond.where(found["open"] & ~found["chosen"] & (beyond > 0), 0.0)
    return found.sort_values(["open", "due", "grant"], ascending=[False, True, True], na_position="last", ignore_index=True)[columns]


def _stage(status: str, days: float) -> str:
    if status not in ("idea", "writing"):
        return status
    return "no day" if np.isnan(days) else "overdue" if days < 0 else "soon" if days <= SOON else "later"


def free_money(used: pd.DataFrame) -> float:
    """The money left beside the plan's choice of initiatives (currency); missing without a ceiling of money or without a choice.

    Takes `initiatives.use`.

    >>> free_money(pd.DataFrame({"ceiling": ["money", "hours"], "left": [900.0, 10.0]}))
    900.0
    """
    left = used.loc[used["ceiling"] == "money", "left"] if len(used) else pd.Series(dtype=float)
    return float(left.iloc[0]) if len(left) else float("nan")


def outlook(pipeline: pd.DataFrame) -> pd.DataFrame:
    """What the open grants are likely to bring, one row: grants (open), judged (those with a chance), asked, expected (currency), low, high (the 5th and
    95th per cent of what may come), none (chance that nothing comes, 0-1), one (that at least one comes), own (own money of the expected grants), hours.

    expected = sum of amount × chance. The range is worked out from all combinations of won and lost, to a whole unit of
    money (above a million, to a millionth of the sum). It takes the grants as independent of each other, which they are not when one funder or one year decides. Grants
    without a chance are left out and counted. own = sum of own share × chance. Empty without open grants. Misleading as a budget: the expected sum itself hardly ever comes.

    >>> rows = pd.DataFrame({"open": [True, True], "amount": [100.0, 50.0], "chance": [0.5, 0.2], "expected": [50.0, 10.0], "own_share": [0.0, 10.0], "hours": [5.0, None]})
    >>> outlook(rows)[["expected", "low", "high", "none", "own", "hours"]].values.tolist()
    [[60.0, 0.0, 150.0, 0.4, 2.0, 5.0]]
    """
    columns = ["grants", "judged", "asked", "expected", "low", "high", "none", "one", "own", "hours"]
    own = pipeline[pipeline["open"].astype(bool)] if len(pipeline) else pipeline
    if own.empty:
        return pd.DataFrame(columns=columns)
    known = own.dropna(subset=["chance"])
    none = float((1 - known["chance"]).prod()) if len(known) else float("nan")
    low, high = _range(known["amount"].to_numpy(float), known["chance"].to_numpy(float))
    row = [len(own), len(known), own["amount"].sum(), known["expected"].sum(min_count=1), low, high, none, 1 - none,
           (known["own_share"] * known["chance"]).sum(), own["hours"].sum(min_count=1)]
    return pd.DataFrame([row], columns=columns)


def _range(amounts: np.ndarray, chances: np.ndarray) -> tuple[float, float]:
    """The 5th and the 95th per cent of the sum of what comes, each amount by itself with its chance."""
    if not amounts.sum() > 0:
        return (0.0, 0.0) if len(amounts) else (float("nan"), float("nan"))
    grain = max(1.0, amounts.sum() / GRAINS)
    steps = np.rint(amounts / grain).astype(int)
    odds = np.zeros(steps.sum() + 1)
    odds[0] = 1.0
    for step, chance in zip(steps, chances):
        shifted = np.concatenate([np.zeros(step), odds[: len(odds) - step]])
        odds = (1 - chance) * odds + chance * shifted
    below = np.cumsum(odds) + 1e-12
    return tuple(float(np.searchsorted(below, part) * grain) for part in (0.05, 0.95))
