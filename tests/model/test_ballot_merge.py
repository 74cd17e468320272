"""Votes of several devices in one file: none lost, none twice, whatever the order."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from planning.model.ballots.forms import Option
from planning.model.ballots import Ballots, Paper
from planning.model.errors import PlanningError

AB = (Option("A", "Loans"), Option("B", "Rooms"))


def vote(a: int) -> dict[str, int]:
    return {"A": a, "B": 100 - a}


@pytest.fixture
def device(tmp_path: Path) -> Callable[[str], Ballots]:
    """Makes devices by name: each a copy of the folder on which R1 was prepared and opened while the meeting ran."""
    first = tmp_path / "first"
    first.mkdir()
    made = Ballots(first)
    made.start_meeting()
    made.prepare(step=1, form="points", question="What counts?", options=AB)
    made.open("R1")
    made.close()

    def copied(name: str) -> Ballots:
        return Ballots(shutil.copytree(first, tmp_path / name))
    return copied


def values(ballots: Ballots) -> list[float]:
    return sorted(ballots.votes("R1").query("option == 'A'")["value"])


def test_votes_of_both_devices_count_once_each_whoever_merges(device: Callable) -> None:
    one, two, three = device("one"), device("two"), device("three")
    for number in range(4):
        one.cast("R1", f"token-00{number}", vote(number))
        two.cast("R1", f"token-01{number}", vote(50 + number))
    two.cast("R1", "token-000", vote(90))
    two.cast("R1", "token-000", vote(95))
    three.cast("R1", "token-001", vote(77))

    told = one.merge(two.folder)
    assert (told.new, told.replaced, told.same, told.rounds) == (4, 1, 0, ["R1"])
    one.merge(three.folder)
    three.merge(two.folder)
    three.merge(one.folder)
    two.merge(three.folder / "ballots.sqlite")

    for ballots in (one, two, three):
        ballots.close_round("R1")
    assert values(one) == values(two) == values(three) and len(values(one)) == 8
    assert one.votes("R1").equals(two.votes("R1")) and 95 in values(one) and 77 in values(one)


def test_merging_twice_changes_nothing(device: Callable) -> None:
    one, two = device("one"), device("two")
    two.cast("R1", "token-001", vote(30))
    one.merge(two.folder)

    again = one.merge(two.folder)

    assert (again.new, again.replaced, again.same, one.count("R1")) == (0, 0, 1, 1)


def test_a_device_that_was_offline_can_still_be_merged_after_closing(device: Callable) -> None:
    one, two = device("one"), device("two")
    two.cast("R1", "token-001", vote(30))
    one.close_round("R1")

    one.merge(two.folder)

    assert values(one) == [30.0] and one.round("R1").state == "closed"


def test_a_round_that_is_only_prepared_here_and_closed_there_is_closed_here(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    one = Ballots(tmp_path / "one")
    one.start_meeting()
    one.prepare(step=1, form="points", question="What counts?", options=AB)
    one.close()
    two = Ballots(shutil.copytree(tmp_path / "one", tmp_path / "two"))
    two.open("R1")
    two.cast("R1", "token-001", vote(30))
    two.close_round("R1")

    one.merge(two.folder)

    assert one.round("R1").state == "closed" and values(one) == [30.0]


def test_rounds_of_another_plan_are_counted_and_not_taken(device: Callable, tmp_path: Path) -> None:
    one = device("one")
    (tmp_path / "stranger").mkdir()
    stranger = Ballots(tmp_path / "stranger")
    stranger.start_meeting()
    stranger.prepare(step=1, form="points", question="Something else?", options=AB)
    stranger.open("R1")
    stranger.cast("R1", "token-001", vote(30))

    told = one.merge(stranger.folder)

    assert (told.unknown, told.unknown_votes, told.new, one.count("R1")) == (["Something else?"], 1, 0, 0)


def test_nothing_is_added_to_a_round_that_was_taken_over(device: Callable) -> None:
    one, two = device("one"), device("two")
    two.cast("R1", "token-001", vote(30))
    one.close_round("R1")
    one.mark_adopted("R1", "D1")

    told = one.merge(two.folder)

    assert (told.adopted, told.late_votes, one.count("R1")) == (["R1"], 1, 0)


def test_rows_that_nobody_could_have_cast_stay_out(device: Callable) -> None:
    one, two = device("one"), device("two")
    two.cast("R1", "token-001", vote(30))
    rows = [("x", 1, "", '{"A":100}'), ("a" * 32, 0, "", '{"A":100}'), ("b" * 32, 1, "board", '{"A":100}'), ("c" * 32, 1, "", '{"A":1000}'), ("d" * 32, 1, "", '{"A":NaN}'),
            ("e" * 32, 1, "", "no json"), ("f" * 32, 1, None or "", "[]"), ("0" * 32, 1, "", "[" * 100_000)]
    with sqlite3.connect(two.folder / "ballots.sqlite") as db:
        db.executemany("INSERT INTO votes VALUES ('R1', ?, ?, ?, ?, 'phone', NULL)", rows)

    told = one.merge(two.folder)

    assert (told.new, told.unfit, one.count("R1")) == (1, len(rows), 1)


def test_votes_for_an_option_that_was_taken_out_here_come_without_it(device: Callable) -> None:
    one, two = device("one"), device("two")
    one.prepare(step=1, form="dots", question="Where to?", options=(*AB, Option("C", "Talks")))
    one.close()
    two.close()
    shutil.copyfile(one.folder / "ballots.sqlite", two.folder / "ballots.sqlite")
    two.open("R2")
    two.cast("R2", "token-001", {"A": 1, "C": 4})
    one.withdraw("R2", "C")

    one.merge(two.folder)
    one.open("R2")
    one.close_round("R2")

    assert one.votes("R2")[["option", "value"]].values.tolist() == [["A", 1.0], ["B", 0.0]]


def test_the_same_paper_typed_in_on_two_devices_is_one_vote(device: Callable) -> None:
    one, two = device("one"), device("two")
    one.type_in("R1", [Paper("7", vote(40))])
    two.type_in("R1", [Paper("7", vote(40)), Paper("8", vote(41))])

    one.merge(two.folder)

    assert one.count("R1") == 2


def test_merged_votes_show_in_whole_batches_too(device: Callable) -> None:
    one, two = device("one"), device("two")
    for number in range(12):
        two.cast("R1", f"token-{number:03d}", vote(number))

    one.merge(two.folder)

    assert one.live("R1", small_group=5)["voter"].nunique() == 7


def test_the_other_file_stays_as_it_is(device: Callable, tmp_path: Path) -> None:
    one, two = device("one"), device("two")
    two.cast("R1", "token-001", vote(30))
    two.close()
    stick = tmp_path / "votes-of-room-2.sqlite"
    shutil.copyfile(two.folder / "ballots.sqlite", stick)
    before = stick.read_bytes()

    assert one.merge(stick).new == 1
    assert stick.read_bytes() == before and sorted(path.name for path in tmp_path.iterdir()) == ["first", "one", "two", "votes-of-room-2.sqlite"]


@pytest.mark.parametrize("name, said", [("gone", "There is no file"), ("noise", "no file of votes"), ("newer", "newer version"), ("own", "this plan's own file"), ("other", "no file of votes of this suite")])
def test_files_that_cannot_be_merged_are_named_with_what_to_do(device: Callable, tmp_path: Path, name: str, said: str) -> None:
    one, two = device("one"), device("two")
    places = {"gone": tmp_path / "gone.sqlite", "noise": tmp_path / "noise.sqlite", "newer": two.folder / "ballots.sqlite", "own": one.folder, "other": tmp_path / "other.sqlite"}
    places["noise"].write_bytes(b"noise " * 1000)
    with sqlite3.connect(two.folder / "ballots.sqlite") as db:
        db.execute("PRAGMA user_version = 2")
    with sqlite3.connect(places["other"]) as db:
        db.execute("CREATE TABLE books (title)")

    with pytest.raises(PlanningError, match=said):
        one.merge(places[name])

    assert one.count("R1") == 0 and one.cast("R1", "token-001", vote(1)).version == 1


def test_a_result_that_was_shown_takes_no_few_votes_more_but_many_at_once(device: Callable) -> None:
    one, few, many = device("one"), device("few"), device("many")
    for number in range(6):
        one.cast("R1", f"token-00{number}", vote(10))
        many.cast("R1", f"token-02{number}", vote(30))
    for number in range(4):
        few.cast("R1", f"token-01{number}", vote(20))
    few.cast("R1", "token-000", vote(10))
    for ballots in (one, few, many):
        ballots.close_round("R1")
    one.reveal("R1")

    told = one.merge(few.folder)
    assert (told.new, told.few_votes, told.seen, one.count("R1")) == (0, 4, ["R1"], 6)
    told = one.merge(many.folder)
    assert (told.new, told.few_votes, one.count("R1")) == (6, 0, 12)
    assert (one.merge(many.folder).few_votes, one.merge(many.folder).same) == (0, 6)
