"""A whole round in a real browser: the facilitator's step page, five phones, the projector, and the plan's folder afterwards; and a room whose program is killed."""

from __future__ import annotations

import csv
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import ROOT
from room_app import Room, below, ended, left, running, started

from planning import cli
from planning.model.ballots import Ballots

PHONE = {"width": 380, "height": 740}
READY = 180_000
"""Milliseconds that a step page may take on a busy machine."""
SOON = 20_000
FOLLOWS = 10_000
"""Milliseconds within which the panel has to tell who has voted; on an idle machine it takes about one second."""
SHARES = ((30, 20, 20, 10, 10, 10), (10, 10, 50, 10, 10, 10), (40, 20, 10, 10, 10, 10), (20, 20, 20, 20, 10, 10), (15, 15, 40, 10, 10, 10))
PAPER = (60, 0, 20, 10, 5, 5)


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    """A copy of a sample."""
    return shutil.copytree(ROOT / "data" / "riverbend_public", tmp_path / "riverbend", ignore=shutil.ignore_patterns("evidence"))


@pytest.fixture
def windows(browser: object) -> Iterator[object]:
    """Makes pages, each with cookies of its own; what goes wrong in their programs is in `faults`."""
    contexts: list[object] = []

    def window(width: int, height: int) -> object:
        contexts.append(browser.new_context(viewport={"width": width, "height": height}))
        page = contexts[-1].new_page()
        contexts[-1].on("page", lambda opened: opened.on("pageerror", lambda error: window.faults.append(str(error))))
        page.on("pageerror", lambda error: window.faults.append(str(error)))
        return page

    window.faults = []
    yield window
    for context in contexts:
        context.close()


def rows(plan: Path, file: str) -> list[dict[str, str]]:
    """The rows of one of the plan's files."""
    with (plan / file).open(encoding="utf-8-sig", newline="") as found:
        return list(csv.DictReader(found))


def joined(page: object, room: Room) -> object:
    """A phone on which the code was typed."""
    page.goto(room.join)
    page.get_by_label("Code on the screen").fill(room.code.lower())
    page.keyboard.press("Enter")
    page.wait_for_selector("text=You are in")
    return page


def vote(page: object, points: tuple[int, ...]) -> None:
    """Share points out on a phone, and wait until they count."""
    page.wait_for_selector("main form", timeout=SOON)
    boxes = page.locator("input[name^='v:']")
    assert boxes.count() == len(points)
    for place, own in enumerate(points):
        boxes.nth(place).fill(str(own))
    with page.expect_response(lambda answer: answer.url.endswith("/vote"), timeout=SOON) as sent:
        page.locator("#send").click()
    assert sent.value.status == 200
    page.wait_for_selector("#said.good", timeout=SOON)


def press(step: object, label: str, then: str) -> None:
    """Press a button of the step page, and wait until it says this."""
    step.get_by_role("button", name=label, exact=True).click()
    step.locator("#workshop").get_by_text(then).first.wait_for(timeout=SOON)


def step_page(home: object, room: Room) -> object:
    """Step 1, opened from the home page, once its controls are alive."""
    home.goto(room.home)
    with home.context.expect_page() as opened:
        home.locator(".steps a").first.click()
    opened.value.wait_for_selector("body.ready", timeout=READY)
    return opened.value


def typed_in(step: object) -> None:
    """One ballot on paper."""
    step.get_by_text("4. Type in ballots from paper").click()
    step.get_by_label("Number printed on the paper").wait_for(timeout=SOON)
    names = [row["name"] for row in rows(ROOT / "data" / "riverbend_public", "goals.csv")]
    fields = [found.last for name in names if (found := step.locator(".plan-ask input[type=text]").and_(step.get_by_label(name, exact=True))).count()]
    assert len(fields) == len(PAPER)
    for field, points in zip(fields, PAPER):
        field.fill(str(points))
        field.blur()
    press(step, "Type this paper in", "Paper 1 is counted")


def decided(step: object) -> None:
    """The decision kept by the panel's fields and its button."""
    for label, text in {"What was decided": "The room's weights stand beside those of the board", "Why": "Newcomers split the room", "Decided by": "Board of Trustees"}.items():
        field = step.get_by_label(label, exact=True)
        field.fill(text)
        field.blur()
    step.get_by_label("Day", exact=True).fill("2026-06-29")
    step.get_by_label("Look again on", exact=True).fill("2027-01-15")
    press(step, "Keep this decision", "Kept as D")


def test_a_question_goes_from_the_step_page_to_the_phones_the_wall_and_into_the_plan(windows: object, plan: Path) -> None:
    before = {file: len(rows(plan, file)) for file in ("goal_votes.csv", "decisions.csv")}
    with running(plan) as room:
        phones = [joined(windows(**PHONE), room) for _ in SHARES]
        wall = windows(1280, 720)
        wall.goto(room.home.replace("/home", "/screen"))
        step = step_page(windows(1400, 900), room)
        press(step, "Prepare this question", "is prepared")
        press(step, "2. Open the vote", "The room votes")
        for phone, points in zip(phones, SHARES):
            vote(phone, points)
        step.locator(".plan-ask").get_by_text(f"R1, open: {len(SHARES)} people have voted.").wait_for(timeout=FOLLOWS)
        wall.wait_for_selector(f"#count:text-is('{len(SHARES)}')", timeout=FOLLOWS)
        press(step, "3. Close the vote", "R1 is closed")
        typed_in(step)
        press(step, "5. Show the result to the room", "is shown on the big screen")
        for shown in (wall, phones[0]):
            shown.wait_for_selector(".room-bars", timeout=SOON)
            assert "Newcomers belong here" in shown.locator("main").inner_text()
        press(step, "7. Take the votes over into the draft", "rows are in the draft")
        decided(step)
        leave(step, room)

    assert windows.faults == []
    check_folder(plan, before)


def leave(step: object, room: Room) -> None:
    """A page on which nothing is left to keep is left without a question."""
    asked: list[str] = []
    step.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    step.goto(room.home)
    assert asked == []


def check_folder(plan: Path, before: dict[str, int]) -> None:
    """The votes, the decision with its trail and the adopted round stand in the folder, and the plan is without a problem."""
    votes, decisions = rows(plan, "goal_votes.csv")[before["goal_votes.csv"]:], rows(plan, "decisions.csv")[before["decisions.csv"]:]
    ballots = Ballots(plan)
    round = ballots.round("R1")
    ballots.close()
    shares = sorted(tuple(float(row["value"]) for row in votes if row["voter"] == voter) for voter in {row["voter"] for row in votes})

    assert shares == sorted(tuple(map(float, own)) for own in (*SHARES, PAPER))
    assert {(row["group"], row["date"]) for row in votes} == {("leadership", "2026-06-30")}
    assert [(row["what"], row["why"], row["decided_by"], row["date"], row["review"]) for row in decisions] == [
        ("The room's weights stand beside those of the board", "Newcomers split the room", "Board of Trustees", "2026-06-29", "2027-01-15")]
    assert ("goal_votes", decisions[0]["decision"]) in {(row["table"], row["decision"]) for row in rows(plan, "decision_changes.csv")}
    assert round.state == "adopted"
    assert cli.run(["check", str(plan)]) == 0


def test_a_killed_workshop_takes_the_round_up_again_and_phones_need_not_join_anew(windows: object, plan: Path) -> None:
    first = started(plan)
    try:
        ballots = Ballots(plan)
        round = opened(ballots)
        phones = [joined_late(windows(**PHONE), first) for _ in SHARES[:2]]
        vote(phones[0], SHARES[0])
        mine = below(first.pid)
        first.process.kill()
        first.process.wait()
        assert left(mine) == set(), "what the workshop had started goes on without it"
        phones[1].locator("input[name^='v:']").first.fill("100")
        phones[1].locator("#send").click()
        phones[1].wait_for_selector("#said.bad", timeout=SOON)
        with running(plan, "--port", str(first.port)) as again:
            assert (again.code, again.join) == (first.code, first.join)
            phones[1].wait_for_selector("#said.good", timeout=SOON)
            vote(phones[0], SHARES[1])
            assert ballots.count(round) == 2
            ballots.close_round(round)
        votes = ballots.votes(round)
        ballots.close()
    finally:
        ended(first.process)

    assert sorted(sorted(own["value"].tolist(), reverse=True) for _, own in votes.groupby("voter")) == sorted(sorted(map(float, own), reverse=True) for own in (SHARES[1], (100, 0, 0, 0, 0, 0)))
    assert windows.faults == []


def opened(ballots: Ballots) -> str:
    """A round of points over six things, open."""
    from planning.model.ballots.forms import Option

    options = [Option(f"G{number}", f"Goal {number}") for number in range(1, 7)]
    return ballots.open(ballots.prepare(step=1, form="points", question="How much should each count?", options=options, table="goal_votes", groups=("leadership",)).round).round


def joined_late(page: object, room: Room) -> object:
    """A phone that joins while a round is open."""
    page.goto(room.join)
    page.get_by_label("Code on the screen").fill(room.code)
    page.keyboard.press("Enter")
    page.wait_for_selector("main form")
    return page
