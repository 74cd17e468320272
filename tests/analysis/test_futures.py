"""The best choice in each future, and what a fixed plan would forgo."""

import pandas as pd
import pytest

from planning.analysis import futures, initiatives, usage
from planning.analysis.scenarios import World

GOALS = pd.DataFrame({"goal": ["G1", "G2"], "name": ["Read", "Work"], "weight": [0.6, 0.4]})
INITIATIVES = pd.DataFrame({
    "initiative": ["I1", "I2", "I3"], "name": ["Tutors", "Evening desk", "Law"], "service": None, "status": "candidate", "cost": [100.0, 100.0, 50.0],
    "hours": [10.0, 10.0, 10.0], "must_do": [False, False, True], "risk": 2.0, "owner": None})
GIVEN = pd.DataFrame({"initiative": ["I1", "I2", "I3"], "goal": ["G1", "G2", "G2"], "contribution": [0.5, 0.5, 0.1]})
LINKS = pd.DataFrame(columns=["initiative", "link", "other"])
BUDGET = pd.DataFrame({"line": ["B1"], "fiscal_year": [2026], "service": ["S1"], "planned": [600.0]})
USAGE = pd.DataFrame({"service": ["S1"], "period": ["2026"], "uses": [300.0]})
SERVICES = pd.DataFrame({"service": ["S1"], "name": ["Discs"]})


def world(scenario: str = "", name: str = "As today", money: float | None = 150.0, weights: tuple = (0.6, 0.4), uses: float = 300.0) -> World:
    tables = {"goals": GOALS.assign(weight=list(weights)), "initiatives": INITIATIVES, "initiative_goals": GIVEN, "initiative_links": LINKS, "budget": BUDGET,
              "usage": USAGE.assign(uses=uses)}
    return World(scenario, name, "mixed", tables, {"money_ceiling": money, "fte_ceiling": None, "hours_per_fte": 1600, "fiscal_year_start": 1})


def worlds(*others: World) -> dict[str, World]:
    return {one.scenario: one for one in (world(), *others)}


def test_a_goal_shift_swaps_what_serves_the_heavier_goal_and_tells_the_regret_of_staying():
    # Today I1 is worth 0.30 and I2 0.20; then 0.10 and 0.40. The must-do is worth 0.08 then. One of the two fits beside it.
    found = futures.shift(worlds(world("SC1", "Work first", weights=(0.2, 0.8))), scenario="SC1", chooser=initiatives).set_index("initiative")
    assert found["what"].to_dict() == {"I1": "drops out", "I2": "comes in", "I3": "stays"}
    best, stayed = found.loc[found["after"], "value"].sum(), found.loc[found["kept"], "value"].sum()
    assert (round(best, 3), round(stayed, 3)) == (0.48, 0.18)


def test_a_cut_drops_what_no_longer_fits_and_keeps_the_must_do():
    found = futures.budget_cut(world(), cut=0.4, chooser=initiatives).set_index("initiative")
    assert found["what"].to_dict() == {"I1": "drops out", "I3": "stays", "I2": "stays out"}


def test_a_cut_below_the_must_do_leaves_no_choice():
    assert futures.budget_cut(world(), cut=0.7, chooser=initiatives).empty


def test_a_cut_of_a_ceiling_that_is_not_given_changes_nothing():
    found = futures.budget_cut(world(money=None), cut=0.5, chooser=initiatives)
    assert (found["before"] == found["after"]).all() and found["before"].all()


@pytest.mark.parametrize("cut", [-0.1, 1.5, float("nan")])
def test_a_cut_that_is_no_share_is_refused(cut):
    with pytest.raises(ValueError, match="A cut is a share from 0 to 1"):
        futures.lean({"money_ceiling": 100.0}, cut=cut)


def test_initiatives_are_placed_by_how_many_futures_choose_them():
    found = futures.across(worlds(world("SC1", "Work first", weights=(0.2, 0.8)), world("SC2", "Rich", money=250.0)), chooser=initiatives)
    shares = found.drop_duplicates("initiative").set_index("initiative")[["share", "place"]].round(2).values.tolist()
    assert found.drop_duplicates("initiative")["initiative"].tolist() == ["I3", "I1", "I2"]
    assert shares == [[1.0, "committed"], [0.67, "in some"], [0.67, "in some"]]


def test_a_future_without_a_possible_choice_is_told_and_left_out_of_the_grid():
    both = worlds(world("SC1", "Ruin", money=10.0))
    assert futures.outlook(both, fiscal_year=2026, chooser=initiatives)["possible"].tolist() == [True, False]
    assert futures.across(both, chooser=initiatives)["scenario"].unique().tolist() == [""]


def test_the_outlook_names_what_moves_against_today():
    found = futures.outlook(worlds(world("SC1", "Work first", weights=(0.2, 0.8))), fiscal_year=2027, chooser=initiatives).iloc[1]
    assert (found["comes_in"], found["drops_out"], found["planned"], found["money"]) == ("Evening desk", "Tutors", 600.0, 150.0)
    assert found["lost"] == pytest.approx(1 - 0.18 / 0.48)


def test_regret_is_the_share_of_the_best_that_a_fixed_plan_forgoes():
    # Today: plan A (I1) 0.34, plan B (I2) 0.24. Work first: A 0.18, B 0.48. B loses 0.10 of 0.34 at most, A 0.30 of 0.48.
    found = futures.regrets(worlds(world("SC1", "Work first", weights=(0.2, 0.8))), chooser=initiatives)
    lost = found.pivot(index="plan", columns="scenario", values="lost").round(3)
    assert lost.loc["today"].tolist() == [0.0, 0.625]
    assert lost.loc["SC1"].tolist() == [0.294, 0.0]
    assert found.loc[found["least"], "plan"].unique().tolist() == ["SC1"]


def test_futures_with_the_same_best_choice_are_one_plan():
    found = futures.regrets(worlds(world("SC1", "Louder", uses=900.0)), chooser=initiatives)
    assert found["plan_name"].unique().tolist() == ["As today; Louder"]


def test_half_the_use_at_the_same_cost_makes_one_use_twice_as_dear():
    found = futures.demand(worlds(world("SC1", "Quiet", uses=150.0)), SERVICES, yearly=usage.yearly, fiscal_year=2026)
    assert found[["service_name", "per_use", "per_use_then", "change", "dearer"]].values.tolist() == [["Discs", 2.0, 4.0, -0.5, 1.0]]


def test_use_that_does_not_move_has_no_row():
    assert futures.demand(worlds(world("SC1", "Same")), SERVICES, yearly=usage.yearly, fiscal_year=2026).empty


def test_without_initiatives_every_result_is_empty_with_its_columns():
    bare = world()
    bare = bare._replace(tables=bare.tables | {"initiatives": INITIATIVES.head(0), "initiative_goals": GIVEN.head(0)})
    both = {"": bare, "SC1": bare._replace(scenario="SC1")}
    for found in (futures.across(both, chooser=initiatives), futures.outlook(both, fiscal_year=2026, chooser=initiatives), futures.regrets(both, chooser=initiatives),
                  futures.budget_cut(bare, cut=0.1, chooser=initiatives), futures.shift(both, scenario="SC1", chooser=initiatives), futures.shift(both, scenario="", chooser=initiatives)):
        assert found.empty and len(found.columns) > 7


def test_every_future_keeps_to_the_hours_of_roles_as_step_2_does():
    roles = pd.DataFrame({"role": ["R1"], "name": ["Clerk"], "free_hours": [5.0]})
    split = pd.DataFrame({"initiative": ["I1", "I2"], "role": ["R1", "R1"], "hours": [8.0, 4.0]})
    one = world(money=500.0)
    one = one._replace(tables=one.tables | {"roles": roles, "initiative_hours": split})
    asked = futures.asked(one, chooser=initiatives)

    assert asked.limits["limit"].tolist()[-1] == 5.0
    assert initiatives.choice(*asked).query("chosen")["initiative"].tolist() == ["I2", "I3"]
    assert futures.across({"": one}, chooser=initiatives).query("chosen")["initiative"].tolist() == ["I3", "I2"]
    assert futures.budget_cut(one, cut=0.1, chooser=initiatives).query("after")["initiative"].tolist() == ["I2", "I3"]


def test_money_set_aside_in_the_facts_is_missing_in_every_future():
    one = world()
    one = one._replace(facts=dict(one.facts) | {"set_aside": 60.0})

    assert futures.outlook({"": one}, fiscal_year=2026, chooser=initiatives)["money"].tolist() == [90.0]


REGRETS = pd.DataFrame([["today", "As today", "", 0.0, 0.3, False], ["today", "As today", "SC1", 0.3, 0.3, False], ["SC1", "Lean", "", 0.12, 0.12, True], ["SC1", "Lean", "SC1", 0.0, 0.12, True]],
                       columns=["plan", "plan_name", "scenario", "lost", "largest", "least"])


def test_robustness_counts_futures_that_are_good_enough_and_weighs_losses_by_chance():
    found = futures.robustness(REGRETS, pd.DataFrame({"scenario": ["SC1"], "chance": [0.25]}), tolerance=0.15).set_index("plan")
    assert found["good_enough"].to_dict() == {"SC1": 1.0, "today": 0.5}
    assert found["expected"].round(6).to_dict() == {"SC1": 0.09, "today": 0.075}
    assert found["likeliest"].to_dict() == {"SC1": False, "today": True} and found["information"].round(6).tolist() == [0.075, 0.075]


def test_a_loss_of_just_the_tolerance_is_good_enough():
    found = futures.robustness(REGRETS, pd.DataFrame({"scenario": ["SC1"], "chance": [None]}), tolerance=0.3)
    assert found["good_enough"].tolist() == [1.0, 1.0] and found["plan"].tolist() == ["SC1", "today"]
    assert found["expected"].isna().all() and found["information"].isna().all() and not found["likeliest"].any()


def test_chances_of_scenarios_that_cannot_be_computed_are_told_and_the_others_stretched():
    found = futures.robustness(REGRETS, pd.DataFrame({"scenario": ["SC1", "SC9"], "chance": [0.25, 0.5]})).set_index("plan")
    assert found["unseen"].tolist() == [0.5, 0.5]
    assert found["expected"].round(6).to_dict() == {"SC1": 0.06, "today": 0.15}


def test_robustness_of_nothing_is_an_empty_frame():
    assert futures.robustness(REGRETS.head(0), pd.DataFrame({"scenario": [], "chance": []})).empty
