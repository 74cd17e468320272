"""Goals in force and shifts of their weights."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

from planning.analysis import goals


def table(*weights: float) -> pd.DataFrame:
    names = [f"G{place}" for place in range(1, len(weights) + 1)]
    return pd.DataFrame({"goal": names, "name": names, "weight": list(weights), "set_by": "Board", "horizon": pd.NaT})


def test_goals_of_the_same_weight_share_the_better_rank() -> None:
    assert goals.register(table(0.2, 0.4, 0.4))[["goal", "rank"]].values.tolist() == [["G2", 1], ["G3", 1], ["G1", 3]]


def test_a_shift_keeps_the_sum_and_the_proportions_of_the_others() -> None:
    moved = goals.shifted(table(0.5, 0.3, 0.2), goal="G1", weight=0.75)

    assert moved["weight"].round(6).tolist() == [0.75, 0.15, 0.1]


def test_a_shift_spreads_the_rest_evenly_when_the_others_weigh_nothing() -> None:
    assert goals.shifted(table(1.0, 0.0, 0.0), goal="G1", weight=0.4)["weight"].round(6).tolist() == [0.4, 0.3, 0.3]


def test_a_shift_does_not_change_the_table_it_was_given() -> None:
    given = table(0.5, 0.5)
    goals.shifted(given, goal="G1", weight=0.9)

    assert given["weight"].tolist() == [0.5, 0.5]


@pytest.mark.parametrize(("goal", "weight"), [("G9", 0.5), ("G1", 1.5), ("G1", -0.1)])
def test_a_goal_that_is_not_there_or_a_weight_out_of_range_is_refused(goal: str, weight: float) -> None:
    with pytest.raises(ValueError, match=r"There is no goal|is not a weight from 0 to 1"):
        goals.shifted(table(1.0), goal=goal, weight=weight)


def test_no_goals_give_an_empty_register_and_no_check() -> None:
    assert goals.register(table()).empty
    assert goals.reconciled(table()).empty


def history() -> pd.DataFrame:
    return pd.DataFrame({"goal": ["G0", "G1", "G2", "G9"], "name": ["Memory", "Belong", "Work", "Old"], "weight": [0.3, 0.2, 0.1, 0.4], "set_by": "Board",
                         "valid_from": pd.to_datetime(["2021-07-01", "2025-07-01", "2025-07-01", "2015-07-01"]), "horizon": pd.NaT,
                         "valid_to": pd.to_datetime(["2025-06-30", None, None, "2021-06-30"]), "replaces": [None, "G0", "G0", None]})


def test_the_register_names_what_a_goal_replaced() -> None:
    known = history()
    found = goals.register(known[known["valid_to"].isna()], known)

    assert found[["name", "replaces_name"]].values.tolist() == [["Belong", "Memory"], ["Work", "Memory"]]
    assert goals.register(known)["replaces_name"].isna().all()


def test_goals_that_ended_come_with_all_that_followed_and_their_weight() -> None:
    found = goals.ended(history(), as_of=dt.date(2026, 6, 30))

    assert found["name"].tolist() == ["Memory", "Old"]
    assert (found.loc[0, "followed_by"], round(found.loc[0, "followed_weight"], 6)) == ("Belong, Work", 0.3)
    assert found.loc[1, ["followed_by", "followed_weight"]].isna().all()


def test_a_goal_is_in_force_on_its_last_day() -> None:
    assert goals.ended(history(), as_of=dt.date(2025, 6, 30))["name"].tolist() == ["Old"]
    assert goals.ended(history().head(0), as_of=dt.date(2025, 6, 30)).empty
