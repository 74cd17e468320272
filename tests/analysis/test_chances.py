"""How likely money, hours and targets hold: by hand where the sum is simple, by integration where it is not."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from planning.analysis import chances, initiatives
from planning.analysis.scenarios import World

RANGES = ["table", "id", "column", "low", "likely", "high", "basis"]
TODAY = {"money_ceiling": 100.0, "fte_ceiling": 1.0, "hours_per_fte": 100.0}


def world(facts: dict[str, object] = TODAY, *, income: tuple[float, ...] = ()) -> World:
    tables = {
        "initiatives": pd.DataFrame([["I1", "Hall", "candidate", 60.0, 40.0, False], ["I2", "Desk", "candidate", 30.0, 50.0, False], ["I3", "Van", "rejected", 10.0, 1.0, False]],
                                    columns=["initiative", "name", "status", "cost", "hours", "must_do"]),
        "initiative_goals": pd.DataFrame({"initiative": ["I1", "I2"], "goal": "G1", "contribution": [0.6, 0.3]}),
        "goals": pd.DataFrame({"goal": ["G1"], "name": ["Read"], "weight": [1.0]}),
        "initiative_links": pd.DataFrame(columns=["initiative", "link", "other"]),
        "initiative_kpis": pd.DataFrame({"initiative": ["I1", "I2", "I3"], "kpi": ["K1", "K1", "K1"], "expected_change": [10.0, None, 99.0]}),
        "kpis": pd.DataFrame({"kpi": ["K1"], "name": ["Visits"]}),
        "budget": pd.DataFrame({"line": ["B1", "B2", "B1"], "fiscal_year": [2026, 2026, 2025], "name": ["Staff", "Print", "Staff"], "planned": [50.0, 20.0, 1.0]}),
        "income": pd.DataFrame({"source": [f"IN{n}" for n, _ in enumerate(income)], "fiscal_year": 2026, "name": "City", "planned": list(income)}),
    }
    return World("", "As today", "today", tables, facts)


def tried(*rows: list[object], draws: int = 20_000, seed: int = 1, **facts: object) -> chances.Trial:
    ranges = pd.DataFrame([[*row, None] for row in rows], columns=RANGES).astype({name: float for name in ("low", "likely", "high")})
    income = facts.pop("income", ())
    return chances.trial(ranges, world(TODAY | facts, income=income), fiscal_year=2026, chooser=initiatives, seed=seed, draws=draws)


def of(trial: chances.Trial, outcome: str) -> pd.Series:
    return chances.summary(trial).set_index("outcome").loc[outcome]


def test_one_uncertain_cost_leaves_enough_as_often_as_its_beta_distribution_says() -> None:
    row = of(tried(["initiatives", "I1", "cost", 50, 60, 100]), "money")

    assert row["plan"] == 10.0
    assert row["chance"] == pytest.approx(stats.beta(1.8, 4.2, loc=50, scale=50).cdf(70), abs=0.01)
    assert row["low"] < row["chance"] < row["high"] and row["high"] - row["low"] < 0.02
    assert (row["ranged"], row["of"], row["draws"], row["seed"]) == (1, 2, 20_000, 1)


def test_money_that_is_set_aside_is_not_there_for_initiatives() -> None:
    assert of(tried(["initiatives", "I1", "cost", 50, 60, 100], set_aside=5.0), "money")["plan"] == 5.0


def test_hours_are_posts_times_hours_less_those_of_what_is_taken() -> None:
    row = of(tried(["plan", "plan", "fte_ceiling", 0.8, 0.8, 1.0]), "hours")

    assert row["plan"] == 10.0
    assert row["chance"] == pytest.approx(1 - stats.beta(1, 5, loc=0.8, scale=0.2).cdf(0.9), abs=0.01)


def test_the_budget_is_that_of_the_newest_year_and_lines_without_a_range_need_what_is_planned() -> None:
    row = of(tried(["budget", "B1", "planned", 40, 50, 60]), "budget")

    assert (row["plan"], row["year"], row["of"]) == (0.0, 2026, 2)
    assert row["chance"] == pytest.approx(0.5, abs=0.015)


def test_income_stands_against_the_same_needs_only_where_there_is_income() -> None:
    assert "income" not in chances.summary(tried(["budget", "B1", "planned", 40, 50, 60]))["outcome"].tolist()
    assert of(tried(["budget", "B1", "planned", 40, 50, 60], income=(72.0,)), "income")["plan"] == 2.0
    assert of(tried(["budget", "B1", "planned", 40, 50, 60], income=(72.0, None)), "income")["reason"] == "no figure"


def test_without_a_range_or_a_ceiling_the_reason_stands_in_place_of_a_chance() -> None:
    rows = chances.summary(tried(["initiatives", "I1", "cost", 50, 60, 100], money_ceiling=None)).set_index("outcome")

    assert rows["reason"].to_dict() == {"money": "no ceiling", "hours": "no range", "budget": "no range"}
    assert rows["chance"].isna().all()
    assert chances.histogram(tried(["initiatives", "I1", "cost", 50, 60, 100], money_ceiling=None)).empty


def test_a_range_of_what_is_not_taken_moves_nothing() -> None:
    trial = tried(["initiatives", "I3", "cost", 5, 10, 900])

    assert of(trial, "money")["reason"] == "no range" and chances.swings(trial).empty


def test_the_same_seed_gives_the_same_and_a_range_more_leaves_the_draws_of_the_others() -> None:
    first, more = tried(["initiatives", "I1", "cost", 50, 60, 100]), tried(["initiatives", "I1", "cost", 50, 60, 100], ["budget", "B1", "planned", 1, 2, 3])

    assert (first.draws["initiatives I1 cost"] == more.draws["initiatives I1 cost"]).all()
    assert not (first.draws["initiatives I1 cost"] == tried(["initiatives", "I1", "cost", 50, 60, 100], seed=2).draws["initiatives I1 cost"]).any()


def progress(**cells: object) -> pd.DataFrame:
    return pd.DataFrame([{"kpi": "K1", "name": "Visits", "unit": "visits", "direction": "up", "target": 110.0, "target_low": np.nan, "target_high": np.nan, "comparable": 100.0, "status": "behind"} | cells])


def test_a_target_is_met_as_often_as_the_drawn_change_is_large_enough() -> None:
    row = chances.targets(tried(["initiative_kpis", "I1 K1", "expected_change", 0, 5, 20]), progress()).iloc[0]

    assert row["chance"] == pytest.approx(1 - stats.beta(2, 4, scale=20).cdf(10), abs=0.012)
    assert (row["now"], row["added"], row["then"], bool(row["meets"]), row["unknown"], row["initiatives"]) == (100.0, 10.0, 110.0, True, 1, "Hall; Desk")


def test_a_target_downwards_and_a_band_are_met_from_their_own_side() -> None:
    trial = tried(["initiative_kpis", "I1 K1", "expected_change", 0, 5, 20])
    down, band = (chances.targets(trial, progress(**cells)).iloc[0]["chance"] for cells in ({"direction": "down"}, {"direction": "band", "target": np.nan, "target_low": 105.0, "target_high": 110.0}))
    cdf = stats.beta(2, 4, scale=20).cdf

    assert down == pytest.approx(cdf(10), abs=0.012) and band == pytest.approx(cdf(10) - cdf(5), abs=0.012)


def test_a_target_that_is_met_to_the_last_figure_is_met_though_binary_sums_fall_short() -> None:
    rows = progress(comparable=0.7, target=0.8)
    found = chances.targets(tried(["initiative_kpis", "I1 K1", "expected_change", 0.1, 0.1, 0.1]), rows)

    assert 0.7 + 0.1 < 0.8 and found["chance"].tolist() == [1.0]


def test_a_stale_kpi_one_without_a_target_and_one_that_nothing_moves_have_no_row() -> None:
    trial = tried(["initiative_kpis", "I1 K1", "expected_change", 0, 5, 20])

    assert all(chances.targets(trial, progress(**cells)).empty for cells in ({"status": "stale"}, {"target": np.nan}, {"kpi": "K2"}, {"comparable": np.nan}))
    assert chances.targets(tried(["initiatives", "I1", "cost", 50, 60, 100]), progress())["chance"].isna().tolist() == [True]


def test_bins_part_at_nought_and_hold_every_draw() -> None:
    trial = tried(["initiatives", "I1", "cost", 50, 60, 100])
    rows = chances.histogram(trial)

    assert rows["draws"].sum() == 20_000 and rows["share"].sum() == pytest.approx(1)
    assert rows.loc[rows["short"], "share"].sum() == pytest.approx(1 - of(trial, "money")["chance"], abs=0.001)
    assert np.isclose(rows["low"], 0).any()


def test_the_tornado_moves_one_figure_at_a_time_from_the_likeliest() -> None:
    rows = chances.swings(tried(["initiatives", "I1", "cost", 50, 60, 100], ["initiatives", "I2", "cost", 25, 35, 40], ["plan", "plan", "money_ceiling", 90, 100, 110])).set_index("id")

    assert rows[["at_low", "at_high", "base", "swing"]].values.tolist() == [[15.0, -35.0, 5.0, 50.0], [-5.0, 15.0, 5.0, 20.0], [15.0, 0.0, 5.0, 15.0]]
    assert rows.index.tolist() == ["I1", "plan", "I2"] and rows.loc["I1", "correlation"] < -0.7 < 0 < rows.loc["plan", "correlation"]


def test_the_choice_is_made_anew_at_both_ends() -> None:
    rows = chances.value_swings(tried(["initiatives", "I1", "cost", 50, 60, 80], ["initiatives", "I2", "cost", 25, 30, 40]), chooser=initiatives)

    assert rows[["id", "at_low", "at_high", "base"]].round(9).values.tolist() == [["I1", 0.9, 0.6, 0.9], ["I2", 0.9, 0.9, 0.9]]
    assert rows["lost"].round(3).tolist() == [0.333, 0.0]


def test_a_figure_outside_its_own_range_is_marked() -> None:
    assert tried(["initiatives", "I1", "cost", 70, 80, 100], ["initiatives", "I2", "cost", 25, 30, 40]).inputs["outside"].tolist() == [True, False]


def test_an_empty_plan_gives_frames_with_their_columns() -> None:
    empty = World("", "As today", "today", {name: table.head(0) for name, table in world().tables.items()}, {})
    trial = chances.trial(pd.DataFrame(columns=RANGES), empty, fiscal_year=2026, chooser=initiatives, seed=1, draws=10)

    assert chances.summary(trial).empty and "chance" in chances.summary(trial)
    assert chances.histogram(trial).empty and chances.swings(trial).empty and chances.value_swings(trial, chooser=initiatives).empty
    assert chances.targets(trial, progress()).empty


def test_the_check_says_how_many_draws_there_should_be() -> None:
    trial = tried(["initiatives", "I1", "cost", 50, 60, 100], draws=500)

    assert chances.reconciled(trial, chances.histogram(trial))[["expected", "found"]].values.tolist() == [[500, 500]]
    assert chances.reconciled(trial, chances.histogram(trial).head(0)).empty


def test_the_chance_stands_between_those_of_thicker_tails_and_of_figures_that_move_as_one() -> None:
    row = of(tried(["initiatives", "I1", "cost", 55, 60, 90], ["initiatives", "I2", "cost", 25, 30, 55]), "money")
    one = np.array([stats.beta(*ends, loc=loc, scale=scale).ppf(np.linspace(0.0005, 0.9995, 1000))
                    for ends, loc, scale in (((1 + 4 * 5 / 35, 1 + 4 * 30 / 35), 55, 35), ((1 + 4 * 5 / 30, 1 + 4 * 25 / 30), 25, 30))])

    assert row["least"] <= row["chance"] <= row["most"] and row["least"] < row["most"] - 0.01
    assert row["least"] - 0.01 <= (one.sum(axis=0) <= 100).mean() <= row["most"] + 0.01


def test_money_and_costs_move_for_the_worse_together_when_all_move_as_one() -> None:
    row = of(tried(["initiatives", "I1", "cost", 50, 60, 70], ["plan", "plan", "money_ceiling", 90, 100, 110]), "money")

    assert row["least"] < row["chance"] - 0.03


def test_where_no_choice_can_be_made_what_runs_or_must_be_done_is_paid_for_all_the_same() -> None:
    ranges = pd.DataFrame([["initiatives", "I1", "cost", 50.0, 60.0, 100.0, None]], columns=RANGES)
    plan = world(TODAY | {"money_ceiling": 40.0})  # I1 costs 60 and must be done
    plan.tables["initiatives"]["must_do"] = [True, False, False]

    row = of(chances.trial(ranges, plan, fiscal_year=2026, chooser=initiatives, seed=1, draws=2000), "money")
    assert (row["plan"], row["chance"]) == (-20.0, 0.0)


def test_where_nothing_is_taken_no_chance_is_given_that_the_money_is_enough() -> None:
    ranges = pd.DataFrame([["plan", "plan", "money_ceiling", 90.0, 100.0, 120.0, None]], columns=RANGES)
    plan = world()
    plan.tables["initiatives"]["cost"] = None

    trial = chances.trial(ranges, plan, fiscal_year=2026, chooser=initiatives, seed=1, draws=2000)
    assert of(trial, "money")["reason"] == "nothing taken" and np.isnan(of(trial, "money")["chance"])
    assert chances.histogram(trial).empty and chances.swings(trial).empty and chances.value_swings(trial, chooser=initiatives).empty
