"""The four lists, moves by kind of pair, and what is left open."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from planning.analysis import swot

AS_OF = dt.date(2026, 6, 30)
GOALS = pd.DataFrame({"goal": ["G1", "G0"], "name": ["Nobody is left offline", "Memory of the town"]})
ROLES = pd.DataFrame({"role": ["R1", "R2"], "name": ["Director", "Driver"]})
INITIATIVES = pd.DataFrame({"initiative": ["I1", "I2", "I3"], "name": ["Laptops", "Coffee corner", "New page"], "status": ["candidate", "rejected", "done"]})


def written(*rows: tuple[str, str, str, float | None]) -> pd.DataFrame:
    found = pd.DataFrame(rows, columns=["item", "kind", "name", "weight"])
    return found.assign(goal="G1", basis="A count", date=pd.Timestamp("2026-05-01"), weight=found["weight"].astype(float))


LISTS = written(("SW1", "strength", "Job desk", 5), ("SW2", "weakness", "Long waits", 4), ("SW3", "opportunity", "Plants hire", 3), ("SW4", "threat", "Flood", 4))
ITEMS = swot.items(LISTS, GOALS)


def planned(*rows: tuple[str, str, str, str | None, str | None, str | None]) -> pd.DataFrame:
    found = pd.DataFrame(rows, columns=["move", "inside", "outside", "owner", "due", "initiative"])
    return found.assign(name="Do " + found["move"], due=pd.to_datetime(found["due"]))


def moved(*rows: tuple[str, str, str, str | None, str | None, str | None]) -> pd.DataFrame:
    return swot.moves(planned(*rows), ITEMS, roles=ROLES, initiatives=INITIATIVES, as_of=AS_OF)


def test_lists_come_in_their_order_and_the_heaviest_first_with_those_without_a_weight_last() -> None:
    rows = written(("A", "threat", "Flood", 5), ("B", "strength", "Staff", None), ("C", "strength", "Desk", 2), ("D", "weakness", "Waits", 1))

    assert swot.items(rows, GOALS)["item"].tolist() == ["C", "B", "D", "A"]


def test_an_item_that_names_nothing_it_rests_on_is_an_opinion_and_an_ended_goal_keeps_its_name() -> None:
    rows = written(("A", "strength", "Staff", 3)).assign(basis=None, goal="G0")
    found = swot.items(rows, GOALS).iloc[0]

    assert bool(found["opinion"]) and found["goal_name"] == "Memory of the town"


def test_each_pair_of_sides_has_its_kind_of_move_after_weihrich_1982() -> None:
    found = moved(("M1", "SW2", "SW4", "R1", None, None), ("M2", "SW2", "SW3", "R1", None, None), ("M3", "SW1", "SW4", "R1", None, None), ("M4", "SW1", "SW3", "R1", None, None))

    assert found[["move", "pair"]].values.tolist() == [["M4", "use"], ["M3", "guard"], ["M2", "mend"], ["M1", "avoid"]]


def test_two_items_of_one_side_or_the_wrong_way_round_are_not_a_pair() -> None:
    found = moved(("M1", "SW1", "SW2", "R1", None, None), ("M2", "SW3", "SW1", "R1", None, None), ("M3", "SW1", "SW9", "R1", None, None))

    assert found["pair"].tolist() == ["not a pair"] * 3
    assert swot.gaps(ITEMS, found).query("gap == 'not a pair'")["id"].tolist() == ["M1", "M2", "M3"]
    assert swot.cells(ITEMS, found)["moves"].sum() == 0


def test_in_a_kind_of_pair_the_heaviest_items_come_first_then_the_earliest_day() -> None:
    lists = swot.items(pd.concat([LISTS, written(("SW5", "weakness", "No signs", 1))]), GOALS)
    rows = planned(("M1", "SW5", "SW4", None, "2026-08-01", None), ("M2", "SW2", "SW4", None, "2027-01-01", None), ("M3", "SW2", "SW4", None, "2026-09-01", None))
    found = swot.moves(rows, lists, roles=ROLES, initiatives=INITIATIVES, as_of=AS_OF)

    assert found["move"].tolist() == ["M3", "M2", "M1"]


def test_the_outer_items_weight_counts_for_the_order_as_the_inner_ones_does() -> None:
    lists = swot.items(pd.concat([LISTS, written(("SW5", "threat", "Mould", 1), ("SW6", "threat", "Cuts", None))]), GOALS)
    rows = planned(("M1", "SW2", "SW6", None, None, None), ("M2", "SW2", "SW5", None, None, None), ("M3", "SW2", "SW4", None, None, None))

    assert swot.moves(rows, lists, roles=ROLES, initiatives=INITIATIVES, as_of=AS_OF)["move"].tolist() == ["M3", "M2", "M1"]


def test_a_move_is_past_its_day_only_after_that_day_and_not_once_its_initiative_is_done() -> None:
    found = moved(("M1", "SW1", "SW3", "R1", "2026-06-29", None), ("M2", "SW1", "SW3", "R1", "2026-06-30", None), ("M3", "SW1", "SW3", "R1", "2026-06-01", "I3"))

    assert dict(zip(found["move"], found["past"])) == {"M1": True, "M2": False, "M3": False}


def test_cells_count_items_moves_and_those_that_are_ready() -> None:
    found = swot.cells(ITEMS, moved(("M1", "SW1", "SW3", "R1", "2026-09-01", None), ("M2", "SW1", "SW3", "R1", None, None), ("M3", "SW2", "SW4", None, "2026-09-01", None)))

    assert found[["pair", "inner_items", "outer_items", "moves", "ready"]].values.tolist() == [["use", 1, 1, 2, 1], ["guard", 1, 1, 0, 0], ["mend", 1, 1, 0, 0], ["avoid", 1, 1, 1, 0]]


def test_gaps_name_heavy_items_without_a_move_and_moves_without_owner_date_or_ground() -> None:
    found = swot.gaps(ITEMS, moved(("M1", "SW1", "SW3", None, "2026-01-01", None), ("M2", "SW1", "SW3", "R1", None, "I2")))

    assert found[["gap", "id"]].values.tolist() == [
        ["heavy item without a move", "SW2"], ["heavy item without a move", "SW4"], ["move without an owner", "M1"], ["move without a date", "M2"],
        ["move past its date", "M1"], ["move on a rejected initiative", "M2"]]


def test_an_owner_of_four_moves_that_are_not_done_has_many_and_of_three_has_not() -> None:
    four = [(f"M{n}", "SW1", "SW3", "R1", "2026-09-01", None) for n in range(4)]
    three = [*four[:3], ("M3", "SW1", "SW3", "R1", "2026-09-01", "I3")]

    assert swot.gaps(ITEMS, moved(*four)).query("gap == 'owner with many moves'")[["name", "figure"]].values.tolist() == [["Director", 4.0]]
    assert swot.gaps(ITEMS, moved(*three)).query("gap == 'owner with many moves'").empty


def test_no_items_no_moves_and_columns_without_a_value_break_nothing() -> None:
    none = swot.items(LISTS.iloc[:0], GOALS)
    no_moves = swot.moves(planned(), none, roles=ROLES.iloc[:0], initiatives=INITIATIVES.iloc[:0], as_of=AS_OF)
    bare = swot.items(LISTS.assign(goal=None, weight=float("nan"), basis=None, date=pd.NaT), GOALS)

    assert list(none) == list(ITEMS) and list(no_moves) == list(moved(("M1", "SW1", "SW3", None, None, None)))
    assert swot.cells(none, no_moves).empty and swot.gaps(none, no_moves).empty
    assert swot.gaps(bare, no_moves).empty and bare["opinion"].all()
    assert list(swot.gaps(none, no_moves)) == ["gap", "id", "name", "about", "figure"]
