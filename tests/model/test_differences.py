"""What differs between two states of a plan, and how the changes of two people come together."""

from __future__ import annotations

from planning.model import schema
from planning.model.differences import Clash, difference, merged

GOALS = schema.tables()["goals"]


def rows(*lines: tuple[str, str, str]) -> list[dict[str, str]]:
    return [dict(zip(("goal", "name", "weight"), line)) for line in lines]


BASE = rows(("G1", "Read", "0.60"), ("G2", "Work", "0.40"))


def test_each_changed_cell_and_each_row_that_came_or_went_is_one_line() -> None:
    after = rows(("G1", "Read on", "0.50"), ("G3", "Meet", "0.5"))

    found = difference({"goals": BASE}, {"goals": after})

    assert found.values.tolist() == [["goals", "changed", "G1", "Read on", "name", "Read", "Read on"], ["goals", "changed", "G1", "Read on", "weight", "0.60", "0.50"],
                                     ["goals", "new", "G3", "Meet", "", "", "Meet"], ["goals", "removed", "G2", "Work", "", "Work", ""]]


def test_a_number_written_otherwise_and_a_column_that_the_file_lacks_are_no_difference() -> None:
    after = [row | {"weight": f"{float(row['weight']):g}", "description": ""} for row in BASE]

    assert difference({"goals": BASE}, {"goals": after}).empty


def test_changes_of_other_cells_come_together_and_equal_changes_are_one() -> None:
    mine = rows(("G1", "Read", "0.50"), ("G2", "Work", "0.50"))
    theirs = rows(("G1", "Reading", "0.60"), ("G2", "Work", "0.5"))

    found = merged(GOALS, BASE, mine, theirs)

    assert ([(row["name"], row["weight"]) for row in found.rows], found.clashes) == ([("Reading", "0.50"), ("Work", "0.5")], [])


def test_a_cell_that_both_changed_is_a_clash_and_theirs_stands() -> None:
    found = merged(GOALS, BASE, rows(("G1", "Read", "0.7"), ("G2", "Work", "0.3")), rows(("G1", "Read", "0.8"), ("G2", "Work", "0.40")))

    assert found.clashes == [Clash("goals", "G1", "weight", "0.7", "0.8")]
    assert [row["weight"] for row in found.rows] == ["0.8", "0.3"]


def test_rows_that_came_and_went_on_both_sides_stay_and_go() -> None:
    mine = rows(("G1", "Read", "0.60"), ("G3", "Meet", "0"))
    theirs = rows(("G1", "Read", "0.60"), ("G2", "Work", "0.4"), ("G4", "Play", "0"))

    found = merged(GOALS, BASE, mine, theirs)

    assert ([row["goal"] for row in found.rows], found.clashes) == (["G1", "G4", "G3"], [])


def test_a_row_that_one_took_out_and_the_other_changed_is_a_clash_both_ways_round() -> None:
    changed, gone = rows(("G1", "Read", "0.60"), ("G2", "Work", "0.1")), rows(("G1", "Read", "0.60"))

    out, changed_here = merged(GOALS, BASE, gone, changed), merged(GOALS, BASE, changed, gone)

    assert (out.clashes, [row["goal"] for row in out.rows]) == ([Clash("goals", "G2", "", "", "Work")], ["G1", "G2"])
    assert (changed_here.clashes, [row["goal"] for row in changed_here.rows]) == ([Clash("goals", "G2", "", "Work", "")], ["G1"])


def test_two_new_rows_with_one_key_that_say_different_things_are_a_clash() -> None:
    pairs = schema.tables()["alignment"]
    row = {"service": "S1", "goal": "G1"}

    assert merged(pairs, [], [row | {"strength": "0.5"}], [row | {"strength": "1"}]).clashes == [Clash("alignment", "S1, G1", "strength", "0.5", "1")]
    assert merged(pairs, [], [row | {"strength": "0.5"}], [row | {"strength": "0.50"}]).clashes == []
