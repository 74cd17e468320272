"""Whoever keeps every picture that a room was shown works out nobody's vote from two of them."""

from __future__ import annotations

import random
from collections.abc import Callable
from itertools import combinations
from pathlib import Path

import pytest

from planning.model.ballots.forms import BallotRefused, Option
from planning.model.ballots import Ballots, Paper

FEWEST, TOTAL = 5, 10_000
OPTIONS = (Option("A", "Loans"), Option("B", "Rooms"), Option("C", "Books"))


class Room:
    """A room whose every vote is unlike every other, so that a picture tells which votes it holds: (voter, version)."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.ballots, self.draws = Ballots(folder), random.Random(seed)
        self.voters: list[str] = []
        self.cast_by: dict[float, str] = {}
        self.pictures: list[dict[str, float]] = []
        self.left = [option.id for option in OPTIONS]
        self.ballots.start_meeting()
        self.round = self.ballots.open(self.ballots.prepare(step=1, form="points", question="?", options=OPTIONS, settings={"total": TOTAL}).round).round

    def content(self, voter: str) -> dict[str, int]:
        mark = len(self.cast_by) + 1
        self.cast_by[mark] = voter
        return {"A": mark, "B": TOTAL - mark}

    def votes(self) -> None:
        self.voters.append(f"token-{len(self.voters):04}")
        self.ballots.cast(self.round, self.voters[-1], self.content(self.voters[-1]))

    def votes_on_paper(self) -> None:
        name = f"paper {len(self.cast_by)}"
        self.ballots.type_in(self.round, [Paper(name, self.content(name))])

    def changes(self) -> None:
        if self.voters:
            voter = self.draws.choice(self.voters)
            self.ballots.cast(self.round, voter, self.content(voter))

    def loses_an_option(self) -> None:
        if "C" in self.left:
            self.ballots.withdraw(self.round, self.left.pop())

    def looks(self) -> None:
        seen = self.ballots.live(self.round, small_group=FEWEST)
        marks = seen.loc[seen["option"] == "A", "value"]
        self.pictures.append({self.cast_by[mark]: mark for mark in marks})


@pytest.mark.parametrize("seed", range(12))
def test_no_two_pictures_of_a_running_vote_or_of_its_end_differ_by_a_few(tmp_path: Path, seed: int) -> None:
    room = Room(tmp_path, seed)
    acts: list[Callable[[], None]] = [room.votes, room.votes, room.votes, room.votes_on_paper, room.changes, room.loses_an_option if seed % 2 else room.looks]
    for _ in range(45):
        room.draws.choice(acts)()
        room.looks()
    room.ballots.close_round(room.round)
    room.looks()

    shown = [picture for picture in room.pictures if picture]
    assert len(shown) > 2 and all(len(picture) >= FEWEST for picture in shown)
    for one, other in combinations(shown, 2):
        differing = sum(one.get(voter) != other.get(voter) for voter in one.keys() | other.keys())
        assert differing == 0 or differing >= FEWEST


def test_who_is_late_by_a_paper_or_a_device_adds_to_no_result_that_was_shown(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    room, other = Room(tmp_path / "one", 1), tmp_path / "other"
    for _ in range(8):
        room.votes()
    other.mkdir()
    (other / "ballots.sqlite").write_bytes(_copy(room.ballots))
    late = Ballots(other)
    late.cast(room.round, "token-late", room.content("token-late"))
    late.close_round(room.round)
    room.ballots.close_round(room.round)
    room.ballots.reveal(room.round)
    room.looks()

    room.ballots.merge(other)
    with pytest.raises(BallotRefused):
        room.votes_on_paper()
    room.looks()

    assert room.pictures[0] == room.pictures[1] and len(room.pictures[0]) == 8


def _copy(ballots: Ballots) -> bytes:
    ballots.file.tidy()
    return ballots.file.path.read_bytes()
