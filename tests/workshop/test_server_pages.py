"""What the room's pages say goes through the language in use; limits and results by themselves."""

from __future__ import annotations

import asyncio
import gettext
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from room_guests import ASKED, VOTES, Guest, joined, opened, plan_folder

from planning.model.ballots import Ballots
from planning.model.errors import PlanningError
from planning.show import language
from planning.workshop.server import address, limits, results, serve
from planning.workshop.server.room import Room


class Marked(gettext.NullTranslations):
    """A catalogue that puts every text it gives into brackets."""

    def gettext(self, message: str) -> str:
        return f"⟦{message}⟧"

    def ngettext(self, one: str, many: str, n: int) -> str:
        return f"⟦{one if n == 1 else many}⟧"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return plan_folder(tmp_path)


@pytest.fixture
def ballots(folder: Path) -> Iterator[Ballots]:
    found = Ballots(folder)
    found.start_meeting()
    yield found
    found.close()


def outside(html: str) -> set[str]:
    """Words on a page that stand in no bracket."""
    spoken = re.sub(r'(?:aria-label|data-(?:earlier|later|sending|again|lost|back|over|left|even|letters|long|place|of|noplace|away))="([^"]*)"', r">\1<", html)
    text, before = re.sub(r"<[^>]+>|&#?\w+;", " ", re.sub(r"<(style|script).*?</\1>", "", spoken)), None
    while before != text:
        before, text = text, re.sub(r"⟦[^⟦⟧]*⟧", "", text)
    return set(re.findall(r"[^\W\d_]{2,}", text))


@pytest.mark.parametrize("form", ASKED)
def test_every_text_of_the_pages_goes_through_the_language(monkeypatch: pytest.MonkeyPatch, folder: Path, form: str) -> None:
    monkeypatch.setattr("planning.workshop.server.room.FRESH", 0)
    monkeypatch.setattr(language.gettext, "translation", lambda *_, **__: Marked())
    language.use("en", "USD")
    served = serve.start(folder)
    ballots, guest, stranger = Ballots(folder), joined(served.participants_url, served.code), Guest(served.participants_url)
    wall = Guest("http://" + served.facilitator_url.split("/")[2])
    key = served.facilitator_url.split("/")[3]
    try:
        pages = [stranger.get().text, stranger.join("x").text, stranger.get("/nothing").text, guest.get().text, wall.get(f"/{key}/screen").text]
        asked = opened(ballots, form, settings=dict(ASKED[form].get("settings", {})) | {"live": True})
        pages += [guest.get().text, json.loads(guest.vote(asked.round, {}).text)["text"], wall.get(f"/{key}/screen").text]
        guest.vote(asked.round, VOTES[form])
        for other in range(4):
            joined(served.participants_url, served.code).vote(asked.round, VOTES[form])
        ballots.close_round(asked.round)
        pages += [guest.get().text, wall.get(f"/{key}/screen").text]
        ballots.reveal(asked.round)
        pages += [guest.get().text, wall.get(f"/{key}/screen").text]
        own = set(re.findall(r"[^\W\d_]{2,}", repr(asked))) | {served.code} | set(re.findall(r"[^\W\d_]+", served.code)) | {"Warm", "welcome", "at", "the", "desk"}
    finally:
        served.stop()
        monkeypatch.undo()
        language.use("en", "USD")

    assert set().union(*map(outside, pages)) - own == set()


def test_fewer_votes_than_the_small_group_show_nothing(ballots: Ballots, folder: Path) -> None:
    asked = opened(ballots, "points")
    for voter in ("first-one", "second-one"):
        ballots.cast(asked, voter, {"G1": 100})
    ballots.close_round(asked.round)
    shown = results.revealed(ballots, ballots.reveal(asked.round))

    assert results.small_group(folder) == 3
    assert "too few votes" in shown and "Fewer than 3 people voted" in shown
    assert "100" not in shown


def test_what_the_room_said_names_the_lead_what_to_discuss_and_what_moved(ballots: Ballots) -> None:
    asked = opened(ballots, "points")
    for voter, first in enumerate((80, 80, 80, 20, 20, 20)):
        ballots.cast(asked, f"voter-{voter:03}", {"G1": first, "G2": 100 - first})
    ballots.close_round(asked.round)
    ballots.reveal(asked.round)
    again = ballots.open(ballots.repeat(asked.round).round)
    for voter in range(6):
        ballots.cast(again, f"voter-{voter:03}", {"G1": 70, "G2": 30})
    ballots.close_round(again.round)

    before, after = results.revealed(ballots, asked), results.revealed(ballots, ballots.reveal(again.round))

    assert "To discuss" in before and "two camps" in before
    assert "comes first with 70 points" in after and "closer" in after


def test_a_running_picture_lacks_the_newest_votes(ballots: Ballots) -> None:
    asked = opened(ballots, "dots")
    shown = []
    for voter in range(7):
        ballots.cast(asked, f"voter-{voter:03}", {"S01": 1})
        shown.append(results.live(ballots, asked))

    assert ["room-bars" in picture for picture in shown] == [False] * 5 + [True] * 2
    assert "The picture holds 3 votes" in shown[5] and "The picture holds 3 votes" in shown[6]


def test_an_allowance_forgets_who_was_longest_away_beyond_its_bound() -> None:
    kept = limits.Allowance(burst=1, rate=0, most=3, clock=lambda: 0)

    used = [kept.take(key) for key in "abcd"]

    assert used == [True] * 4
    assert [kept.take(key) for key in "da"] == [False, True]


def test_this_computers_address_is_a_number_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    assert re.fullmatch(r"\d+\.\d+\.\d+\.\d+", address.on_the_network())
    monkeypatch.setattr(address.socket.socket, "connect", lambda *_: (_ for _ in ()).throw(OSError("no network")))
    assert address.on_the_network() == "127.0.0.1"


def test_a_second_picture_never_tells_what_one_late_person_said(ballots: Ballots) -> None:
    def voted(asked: object, late: dict[str, int]) -> str:
        for voter in range(6):
            ballots.cast(asked, f"voter-{voter:03}", {"G1": 60, "G2": 40})
        for name, points in late.items():
            ballots.cast(asked, name, {"G1": points, "G2": 100 - points})
        ballots.close_round(asked.round)
        return results.revealed(ballots, ballots.reveal(asked.round), full=True)

    asked = opened(ballots, "points")
    first = voted(asked, {})
    one_more = voted(ballots.open(ballots.repeat(asked.round).round), {"late-one-1": 7})
    many_more = voted(ballots.open(ballots.repeat("R2").round), {"late-one-1": 7, "late-one-2": 7, "late-one-3": 7})

    assert "6 people" in first and "still the one from before" not in first
    assert "still the one from before: fewer than 3 people" in one_more and first.split("<ul>")[0] == one_more.split("<ul>")[0]
    assert "Between the two votes" not in one_more
    assert "9 people" in many_more and "still the one from before" not in many_more and "Between the two votes" in many_more


def test_a_picture_that_could_not_be_drawn_once_is_drawn_for_the_next_who_asks(folder: Path) -> None:
    room, tries = Room(folder), []

    def make() -> str:
        tries.append(1)
        if len(tries) == 1:
            raise PlanningError("The plan cannot be read just now.")
        return "drawn"

    async def asked() -> list[str]:
        with pytest.raises(PlanningError):
            await room.once("phone v1", make)
        return [await room.once("phone v1", make) for _ in range(2)]

    assert asyncio.run(asked()) == ["drawn", "drawn"] and len(tries) == 2
    room.close()
