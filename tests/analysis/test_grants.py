"""Grants: expected money with its range, days, owners and own shares."""

from __future__ import annotations

import datetime as dt
from itertools import product

import pandas as pd
import pytest

from planning.analysis import grants

TODAY = dt.date(2026, 6, 30)
ROLES, GOALS = pd.DataFrame({"role": ["R1"], "name": ["Director"]}), pd.DataFrame({"goal": ["G1"], "name": ["Read"]})
CHOSEN = pd.DataFrame({"initiative": ["I1", "I2"], "initiative_name": ["Tutors", "Sundays"], "chosen": [True, True], "part": ["free", "running"]})


def rows(**columns: list[object]) -> pd.DataFrame:
    given = {"grant": ["GR1", "GR2", "GR3", "GR4"], "name": ["Tutors", "Van", "Sundays", "Park"], "funder": ["Trust"] * 4, "amount": [1000.0, 500.0, 300.0, 200.0], "own_share": [400.0, 400.0, 0.0, None],
             "chance": [0.5, 0.2, 1.0, None], "status": ["writing", "sent", "won", "idea"], "due": ["2026-08-29", "2026-05-01", "2025-05-01", "2026-06-29"], "answer": [None] * 4, "goal": ["G1"] * 4,
             "initiative": ["I1", None, "I2", None], "owner": ["R1", None, "R1", None], "hours": [20.0, 5.0, 3.0, 0.0]} | columns
    return pd.DataFrame(given).assign(due=lambda found: pd.to_datetime(found["due"]), answer=lambda found: pd.to_datetime(found["answer"]))


def pipeline(free: float = 100.0, **columns: list[object]) -> pd.DataFrame:
    return grants.pipeline(rows(**columns), CHOSEN, GOALS, roles=ROLES, as_of=TODAY, free=free).set_index("grant_name")


def test_days_decide_the_stage_and_sixty_days_are_soon() -> None:
    found = pipeline()

    assert found["stage"].to_dict() == {"Van": "sent", "Park": "overdue", "Tutors": "soon", "Sundays": "won"}
    assert found.loc["Tutors", "days"] == 60 and pipeline(due=["2026-08-30", None, None, None]).loc["Tutors", "stage"] == "later"
    assert pipeline(due=[None] * 4).loc["Park", "stage"] == "no day"


def test_a_chance_that_nobody_judged_is_no_expected_money_and_not_zero() -> None:
    found = pipeline()

    assert found.loc["Tutors", "expected"] == 500 and found.loc["Tutors", "per_hour"] == 25
    assert found.loc[["Park", "Sundays"], "expected"].isna().all()


def test_an_own_share_is_short_only_beside_the_plans_choice_and_beyond_the_free_money() -> None:
    assert pipeline()["short"].to_dict() == {"Van": 300.0, "Park": 0.0, "Tutors": 0.0, "Sundays": 0.0}
    assert pipeline(free=float("nan"))["short"].sum() == 0
    assert pipeline()["running"].to_dict()["Sundays"]


def test_the_range_agrees_with_all_combinations_of_won_and_lost() -> None:
    amounts, chances = [44_000, 25_500, 20_000, 7_500, 6_000], [0.35, 0.45, 0.2, 0.3, 0.6]
    found = grants.outlook(pd.DataFrame({"open": True, "amount": amounts, "chance": chances, "expected": [a * c for a, c in zip(amounts, chances)], "own_share": 0.0, "hours": 1.0})).iloc[0]
    odds: dict[int, float] = {}
    for won in product((0, 1), repeat=5):
        chance = 1.0
        for one, likely in zip(won, chances):
            chance *= likely if one else 1 - likely
        total = sum(amount for amount, one in zip(amounts, won) if one)
        odds[total] = odds.get(total, 0.0) + chance
    reached = pd.Series(odds).sort_index().cumsum()

    assert (found["low"], found["high"]) == (reached[reached >= 0.05].index[0], reached[reached >= 0.95].index[0])
    assert found["none"] == pytest.approx(odds[0]) and found["one"] == pytest.approx(1 - odds[0])
    assert found["expected"] == pytest.approx(sum(total * chance for total, chance in odds.items()))


def test_no_grants_no_outlook() -> None:
    empty = grants.pipeline(rows().head(0), CHOSEN, GOALS, roles=ROLES, as_of=TODAY, free=1.0)

    assert empty.empty and grants.outlook(empty).empty
    assert pd.isna(grants.free_money(pd.DataFrame(columns=["ceiling", "left"])))
