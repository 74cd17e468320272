from itertools import product

import numpy as np
import pandas as pd
import pytest

from planning.analysis import initiatives

NO_LINKS = pd.DataFrame(columns=["initiative", "link", "other"])
GOALS = pd.DataFrame({"goal": ["G1", "G2"], "name": ["Read", "Work"], "weight": [0.75, 0.25]})


def valued(*rows: tuple[str, float, float | None, float | None, str]) -> pd.DataFrame:
    """Rows of id, value, cost, hours, part."""
    found = pd.DataFrame(rows, columns=["initiative", "value", "cost", "hours", "part"])
    return found.assign(initiative_name=["Name " + one for one in found["initiative"]], rate=found["value"] / found["cost"] * 1000, status="candidate",
                        must_do=found["part"] == "must do")


def limits(money: float | None, hours: float | None) -> pd.DataFrame:
    return pd.DataFrame({"ceiling": ["money", "hours"], "ceiling_name": ["money", "hours"], "limit": [money, hours], "plan": [money, hours]}).astype({"limit": float, "plan": float})


def links(*rows: tuple[str, str, str]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["initiative", "link", "other"])


def taken(found: pd.DataFrame) -> list[str]:
    return found.loc[found["chosen"], "initiative"].tolist()


FOUR = valued(("A", 0.60, 10, 10, "free"), ("B", 0.50, 10, 40, "free"), ("C", 0.45, 20, 10, "free"), ("D", 0.10, 5, 5, "free"))


def test_value_adds_weight_times_contribution_over_the_goals_in_force():
    table = pd.DataFrame({"initiative": ["I1", "I2", "I3", "I4"], "name": ["a", "b", "c", "d"], "status": ["candidate", "running", "done", "candidate"],
                          "cost": [500.0, 0.0, 10.0, None], "hours": [1.0, 2.0, 3.0, 4.0], "must_do": [True, True, False, True], "risk": 1.0, "owner": None})
    given = pd.DataFrame({"initiative": ["I1", "I1", "I1", "I2"], "goal": ["G1", "G2", "G9", "G2"], "contribution": [0.4, 1.0, 1.0, 0.2]})
    found = initiatives.values(table, given, GOALS).set_index("initiative")

    assert found["value"].to_dict() == pytest.approx({"I1": 0.55, "I2": 0.05, "I3": 0.0, "I4": 0.0})
    assert found["part"].to_dict() == {"I1": "must do", "I2": "running", "I3": "done", "I4": "cost or hours not known"}
    assert found.loc["I1", ["goals", "main_goal", "rate"]].tolist() == [2, "Read", pytest.approx(1.1)]
    assert pd.isna(found.loc["I2", "rate"]) and pd.isna(found.loc["I3", "main_goal"])


def test_ceilings_turn_posts_into_hours_and_a_given_zero_is_not_the_plans_own():
    facts = {"money_ceiling": None, "fte_ceiling": 2.5, "hours_per_fte": 1600}

    assert initiatives.ceilings(facts)["plan"].tolist()[1] == 4000
    assert pd.isna(initiatives.ceilings(facts)["limit"][0])
    assert initiatives.ceilings(facts, money=0.0, fte=1.0)["limit"].tolist() == [0.0, 1600.0]


def test_the_best_choice_beats_the_order_of_value_for_money_and_says_why():
    found = initiatives.choice(valued(("A", 0.60, 10, 0, "free"), ("B", 1.00, 20, 0, "free"), ("C", 1.20, 30, 0, "free")), NO_LINKS, limits(50, None))

    assert found[["initiative", "chosen", "in_order", "why"]].values.tolist() == [
        ["C", True, False, "best value"], ["B", True, True, "best value"], ["A", False, True, "others give more"]]


def test_hours_limit_the_choice_as_money_does():
    assert taken(initiatives.choice(FOUR, NO_LINKS, limits(100, 25))) == ["A", "C", "D"]


def test_a_need_is_taken_along_and_an_exclusion_kept():
    needs = initiatives.choice(FOUR, links(("A", "needs", "D")), limits(15, 100)).set_index("initiative")
    apart = initiatives.choice(FOUR, links(("B", "excludes", "A")), limits(100, 100)).set_index("initiative")

    assert needs.loc[["A", "D"], "chosen"].all() and not needs["chosen"].drop(["A", "D"]).any()
    assert apart.loc["B", ["chosen", "why"]].tolist() == [False, "excluded by one that is chosen"]


def test_what_must_be_done_and_what_runs_uses_up_room_whatever_its_value():
    items = valued(("A", 0.9, 10, 0, "free"), ("B", 0.0, 8, 0, "must do"), ("C", 0.1, 5, 0, "running"))
    found = initiatives.choice(items, NO_LINKS, limits(20, None))

    assert sorted(taken(found)) == ["B", "C"]
    assert found.set_index("initiative")["why"].to_dict() == {"A": "others give more", "B": "must do", "C": "running"}


def test_what_a_must_do_needs_is_taken_for_its_sake():
    found = initiatives.choice(valued(("A", 0.0, 5, 0, "free"), ("B", 0.1, 5, 0, "must do"), ("C", 0.9, 5, 0, "free")), links(("B", "needs", "A")), limits(10, None))

    assert found.set_index("initiative")["why"].to_dict() == {"A": "needed by a must-do", "B": "must do", "C": "others give more"}


def test_a_need_that_is_done_is_met_and_one_that_is_rejected_or_unknown_shuts_out_all_that_wait():
    items = valued(("A", 0.5, 1, 1, "free"), ("B", 0.5, 1, 1, "free"), ("C", 0.5, 1, 1, "free"), ("D", 0.5, 1, 1, "done"), ("E", 0.5, 1, 1, "rejected"))
    found = initiatives.choice(items, links(("A", "needs", "D"), ("B", "needs", "E"), ("C", "needs", "B")), limits(9, 9)).set_index("initiative")

    assert found["chosen"].to_dict() == {"A": True, "B": False, "C": False, "D": False, "E": False}
    assert found.loc[["B", "C", "D", "E"], "why"].tolist() == ["needs what cannot be had"] * 2 + ["done", "rejected"]


def test_an_initiative_that_excludes_one_that_is_done_stays_out_either_way_round():
    items = valued(("A", 0.5, 1, 1, "free"), ("B", 0.5, 1, 1, "free"), ("D", 0.5, 1, 1, "done"))
    found = initiatives.choice(items, links(("A", "excludes", "D"), ("D", "excludes", "B")), limits(9, 9))

    assert taken(found) == []
    assert set(found["why"]) == {"excluded by one that is done", "done"}


def test_what_runs_already_needs_nothing_more():
    found = initiatives.choice(valued(("A", 0.5, 1, 1, "running"), ("B", 0.0, 1, 1, "rejected")), links(("A", "needs", "B")), limits(9, 9))

    assert taken(found) == ["A"]


def test_must_dos_over_the_ceiling_leave_no_choice_and_say_by_how_much():
    items = valued(("A", 0.9, 30, 7, "must do"), ("B", 0.5, 25, 5, "running"), ("C", 0.5, 1, 1, "free"))

    assert initiatives.choice(items, NO_LINKS, limits(50, 10)).empty
    assert initiatives.conflicts(items, NO_LINKS, limits(50, 10))[["kind", "ceiling", "limit", "excess", "names"]].values.tolist() == [
        ["over the ceiling", "money", 50.0, 5.0, "Name A; Name B"], ["over the ceiling", "hours", 10.0, 2.0, "Name A; Name B"]]


@pytest.mark.parametrize("parts, pairs, kind", [
    (("must do", "must do"), [("A", "excludes", "B")], "exclude each other"),
    (("free", "free"), [("A", "needs", "B"), ("B", "needs", "A")], "needs run in a circle"),
    (("must do", "rejected"), [("A", "needs", "B")], "needs what cannot be had"),
])
def test_links_that_cannot_be_kept_are_conflicts(parts, pairs, kind):
    items = valued(("A", 0.5, 1, 1, parts[0]), ("B", 0.5, 1, 1, parts[1]))

    assert initiatives.conflicts(items, links(*pairs), limits(9, 9))["kind"].tolist() == [kind]
    assert initiatives.choice(items, links(*pairs), limits(9, 9)).empty


def test_use_says_which_ceiling_binds_and_what_a_tenth_more_brings():
    items = valued(("A", 0.6, 10, 10, "free"), ("B", 0.3, 1, 1, "free"))
    found = initiatives.use(initiatives.choice(items, NO_LINKS, limits(10, 50)), NO_LINKS, limits(10, 50)).set_index("ceiling")

    assert found.loc["money", ["used", "left", "share", "binds"]].tolist() == [10, 0, 1.0, True]
    assert found.loc["money", "gain"] == pytest.approx(0.3)
    assert found.loc["money", ["comes_in", "drops_out"]].tolist() == ["Name B", ""]
    assert found.loc["hours", ["used", "left", "binds", "gain"]].tolist() == [10, 40, False, 0.0]


def test_a_ceiling_of_nothing_binds_and_a_missing_one_does_not():
    nothing = initiatives.use(initiatives.choice(FOUR, NO_LINKS, limits(0, None)), NO_LINKS, limits(0, None)).set_index("ceiling")

    assert nothing["binds"].to_dict() == {"money": True, "hours": False}
    assert pd.isna(nothing.loc["hours", "left"]) and pd.isna(nothing.loc["money", "share"])


def test_value_by_goal_adds_up_to_the_value_of_the_choice():
    given = pd.DataFrame({"initiative": ["A", "B", "B"], "goal": ["G1", "G1", "G2"], "contribution": [0.8, 0.4, 0.8]})
    items = valued(("A", 0.6, 10, 10, "free"), ("B", 0.5, 10, 10, "free"))
    found = initiatives.choice(items, NO_LINKS, limits(100, 100))
    goals = initiatives.by_goal(found, given, GOALS)
    checks = initiatives.reconciled(found, initiatives.use(found, NO_LINKS, limits(100, 100)), goals)

    assert goals[["goal_name", "initiatives", "names"]].values.tolist() == [["Read", 2, "Name A; Name B"], ["Work", 1, "Name B"]]
    assert goals["value"].tolist() == pytest.approx([0.9, 0.2])
    assert checks["expected"].tolist() == pytest.approx([100, 100, 1.1])
    assert checks["found"].tolist() == pytest.approx([100, 100, 1.1])


def test_empty_tables_give_empty_results():
    nothing = initiatives.values(pd.DataFrame(), pd.DataFrame(), GOALS)
    found = initiatives.choice(nothing, NO_LINKS, limits(1, 1))

    assert [len(one) for one in (
        nothing, found, initiatives.use(found, NO_LINKS, limits(1, 1)), initiatives.conflicts(nothing, NO_LINKS, limits(1, 1)),
        initiatives.by_goal(found, pd.DataFrame(), GOALS))] == [0] * 5


def test_nothing_can_be_chosen_when_no_cost_is_known():
    items = valued(("A", 0.9, None, 7, "cost or hours not known"), ("B", 0.5, 1, 1, "done"))

    assert initiatives.choice(items, NO_LINKS, limits(9, 9)).empty


def test_a_goal_that_no_chosen_initiative_serves_has_no_names():
    found = initiatives.choice(valued(("A", 0.6, 1, 1, "free")), NO_LINKS, limits(9, 9))
    goals = initiatives.by_goal(found, pd.DataFrame({"initiative": ["B"], "goal": ["G1"], "contribution": [0.8]}), GOALS)

    assert goals[["names", "initiatives", "contribution"]].values.tolist() == [["", 0, 0.0], ["", 0, 0.0]]


ROLES = pd.DataFrame({"role": ["R1", "R2", "R3"], "name": ["Clerk", "Driver", "Guide"], "free_hours": [12.0, None, 0.0]})


def by_role(items: pd.DataFrame, *rows: tuple[float, ...]) -> pd.DataFrame:
    return items.assign(**{"hours of R1": [row[0] for row in rows]})


def role_limits(money: float | None, hours: float | None, clerk: float) -> pd.DataFrame:
    return pd.concat([limits(money, hours), pd.DataFrame({"ceiling": ["hours of R1"], "ceiling_name": ["Clerk"], "limit": [clerk], "plan": [clerk]})], ignore_index=True)


def test_roles_with_free_hours_are_ceilings_and_those_without_are_not():
    found = initiatives.ceilings({"money_ceiling": 50, "fte_ceiling": 1, "hours_per_fte": 1600}, ROLES)

    assert found[["ceiling", "ceiling_name", "limit"]].values.tolist() == [
        ["money", "money", 50.0], ["hours", "hours", 1600.0], ["hours of R1", "Clerk", 12.0], ["hours of R3", "Guide", 0.0]]


@pytest.mark.parametrize("facts, given, limit", [({}, {"set_aside": 20.0}, 30.0), ({"set_aside": 20.0}, {}, 30.0), ({}, {"set_aside": 80.0}, 0.0), ({}, {"money": 100.0, "set_aside": 20.0}, 80.0)])
def test_what_is_set_aside_is_taken_off_the_money_by_keyword_or_fact_and_never_below_nothing(facts, given, limit):
    found = initiatives.ceilings({"money_ceiling": 50, "fte_ceiling": 1, "hours_per_fte": 1600} | facts, **given)

    assert found["limit"].tolist() == [limit, 1600.0]


def test_hours_by_role_stand_beside_the_values_and_unsplit_hours_are_nobodys():
    table = pd.DataFrame({"initiative": ["I1", "I2"], "name": ["a", "b"], "status": "candidate", "cost": 1.0, "hours": 9.0, "must_do": False, "risk": 1.0, "owner": None,
                          "cost_later": [5.0, None], "hours_later": 2.0})
    given = pd.DataFrame({"initiative": ["I1", "I2"], "goal": "G1", "contribution": [0.4, 0.2]})
    found = initiatives.values(table, given, GOALS, by_role=pd.DataFrame({"initiative": ["I1", "I1"], "role": ["R2", "R1"], "hours": [3.0, 4.0]}))

    assert found[["hours of R1", "hours of R2"]].values.tolist() == [[4.0, 3.0], [0.0, 0.0]]
    assert found["cost_later"].tolist()[0] == 5.0 and pd.isna(found["cost_later"][1])


def test_a_role_without_hours_left_changes_the_choice_as_a_ceiling_does():
    items = by_role(FOUR, (9.0,), (9.0,), (3.0,), (0.0,))

    assert taken(initiatives.choice(items, NO_LINKS, role_limits(100, 100, 12.0))) == ["A", "C", "D"]
    assert taken(initiatives.choice(items, NO_LINKS, role_limits(100, 100, 3.0))) == ["C", "D"]
    assert taken(initiatives.choice(FOUR, NO_LINKS, role_limits(100, 100, 3.0))) == ["A", "B", "C", "D"]


def test_must_dos_over_a_roles_hours_name_the_role_beside_every_other_conflict():
    items = by_role(valued(("A", 0.9, 60, 7, "must do"), ("B", 0.5, 1, 1, "running"), ("C", 0.5, 1, 1, "free"), ("D", 0.5, 1, 1, "free")), (9.0,), (4.0,), (0.0,), (0.0,))
    found = initiatives.conflicts(items, links(("C", "needs", "D"), ("D", "needs", "C")), role_limits(50, 100, 12.0))

    assert found[["kind", "ceiling_name", "excess", "names"]].fillna(0).values.tolist() == [
        ["needs run in a circle", "", 0, "Name C; Name D"], ["over the ceiling", "money", 11.0, "Name A; Name B"], ["over the ceiling", "Clerk", 1.0, "Name A; Name B"]]


def test_use_tells_of_every_role_whether_it_binds():
    items = by_role(FOUR, (9.0,), (9.0,), (3.0,), (0.0,))
    found = initiatives.use(initiatives.choice(items, NO_LINKS, role_limits(100, 100, 12.0)), NO_LINKS, role_limits(100, 100, 12.0)).set_index("ceiling")

    assert found.loc["hours of R1", ["ceiling_name", "used", "left", "binds"]].tolist() == ["Clerk", 12.0, 0.0, True]
    assert found.loc["hours of R1", "lifted"] == pytest.approx(0.5)
    assert not found.loc["money", "binds"]


@pytest.mark.parametrize("seed", range(15))
def test_the_choice_under_roles_is_the_one_found_by_trying_every_set(seed):
    chance = np.random.default_rng(seed)
    size = 9
    items = valued(*[(f"I{n}", float(chance.integers(1, 90)) / 100, float(chance.integers(1, 40)), float(chance.integers(1, 30)), "free") for n in range(size)])
    items["hours of R1"] = chance.integers(0, 9, size).astype(float)
    bounds = role_limits(90, 70, 14)
    sets = np.array(list(product([False, True], repeat=size)))
    fine = (sets @ items[["cost", "hours", "hours of R1"]].to_numpy() <= [90, 70, 14]).all(axis=1) & (sets[:, 1] | ~sets[:, 0]) & ~(sets[:, 2] & sets[:, 3])
    found = initiatives.choice(items, links(("I0", "needs", "I1"), ("I2", "excludes", "I3")), bounds)

    assert found.loc[found["chosen"], "value"].sum() == pytest.approx((sets[fine] @ items["value"].to_numpy()).max())


@pytest.mark.parametrize("parts, names", [(("done", "rejected"), ""), (("done", "cost or hours not known"), "Name B")])
def test_where_nothing_is_open_that_has_cost_and_hours_there_is_nothing_to_choose(parts, names):
    items = valued(("A", 0.5, 1, 1, parts[0]), ("B", 0.5, 1, 1, parts[1]))

    assert initiatives.conflicts(items, NO_LINKS, limits(9, 9))[["kind", "names"]].values.tolist() == [["nothing to choose", names]]
