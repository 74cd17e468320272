"""What moves in every step when a plan moves."""

from __future__ import annotations

from pathlib import Path

from compare_plans import GOALS, KEYS, changed, mill

from planning.analysis import compare


def compared(one: object, two: object) -> tuple[object, object]:
    old = compare.Reading(one)
    new, cells = compare.Reading(two, old), compare.cells(one, two, keys=KEYS)
    moves = compare.moves(old, new, cells)
    return moves, compare.steps(old, new, moves, compare.moved(one, two, cells))


def test_a_weight_moves_ranks_the_choice_and_money_and_no_kpi(tmp_path: Path) -> None:
    plan = mill(tmp_path / "m")

    moves, steps = compared(plan, changed(plan, "goals.G1.weight=0.2"))

    told = {(row.kind, row.item): (row.before, row.after) for row in moves.itertuples()}
    assert told["Rank of a service", "S2"] == (2, 1)
    assert told["Best choice of initiatives", "I2"] == ("left out", "chosen")
    assert told["Best choice of initiatives", "I1"] == ("chosen", "left out")
    assert not {"Status of a KPI", "Message", "Money that reaches a goal"} & set(moves["kind"])
    assert steps.loc[steps["step"].isin([4, 7]), ["moved", "rests"]].values.tolist() == [[0, ""], [0, ""]]
    assert (moves["reason"] != "").all()


def test_changes_add_up_and_come_step_by_step_the_largest_first(tmp_path: Path) -> None:
    plan = mill(tmp_path / "m")

    moves, steps = compared(plan, changed(plan, "goals.G1.weight=0.2"))

    values = moves[moves["kind"] == "Value of a service"]
    assert values[["item", "change"]].round(6).values.tolist() == [["S2", 0.32], ["S1", -0.16]]
    assert moves["step"].is_monotonic_increasing
    assert steps["moved"].sum() == len(moves)


def test_a_value_of_a_kpi_moves_its_status_and_the_message_that_quotes_it(tmp_path: Path) -> None:
    plan = mill(tmp_path / "m")

    moves, steps = compared(plan, changed(plan, "kpi_values.K1/2025.value=105"))

    told = {(row.kind, row.item): (row.before, row.after) for row in moves.itertuples()}
    assert told["Status of a KPI", "K1"] == ("on target", "behind")
    assert told["Message", "M1"][0] == "nothing is the matter"
    assert steps.set_index("step")["moved"][1] == 0


def test_the_same_plan_twice_moves_nothing(tmp_path: Path) -> None:
    plan = mill(tmp_path / "m")

    moves, steps = compared(plan, plan)

    assert moves.empty and steps["moved"].sum() == 0 and not steps["other"].any()


def test_an_id_that_means_something_else_is_not_the_same_item(tmp_path: Path) -> None:
    goals = GOALS.replace("People find work", "A green library")

    moves, _ = compared(mill(tmp_path / "one"), mill(tmp_path / "two", goals=goals))

    rows = moves[(moves["kind"] == "Weight of a goal") & (moves["item"] == "G2")]
    assert rows[["item_name", "before", "after"]].values.tolist() == [["People find work", 0.4, "not there"], ["A green library", "not there", 0.4]]


def test_nothing_staying_costs_where_the_choice_stays(tmp_path: Path) -> None:
    plan = mill(tmp_path / "m")
    other = changed(plan, "goals.G1.weight=0.55")

    told = compare.regret(compare.Reading(plan), compare.Reading(other), compare.cells(plan, other, keys=KEYS))

    assert round(told["best"] - told["kept"], 9) == 0
