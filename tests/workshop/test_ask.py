"""The facilitator's panel leads a round from its preparation to rows of the plan, with phones and paper."""

from __future__ import annotations

import asyncio
import datetime as dt
import shutil
from pathlib import Path

import pytest
from asking import choose, draft_in, found, led, press, vote
from conftest import SAMPLES

from planning.model import check, keeping
from planning.model.ballots import Ballots
from planning.model.drafts import Draft
from planning.model.plan import open_plan
from planning.workshop.controls import tryit
from planning.workshop.panels import ask, questions
from planning.workshop.panels.ask import Asking

POINTS = "Weights of the goals: points"


@pytest.fixture
def draft(tmp_path: Path) -> Draft:
    return draft_in(tmp_path / "plan")


@pytest.fixture
def panel(draft: Draft) -> Asking:
    return Asking(draft, 1)


def reason(draft: Draft) -> keeping.Reason:
    return keeping.Reason("Take the vote over", "So the room voted", "Board of Trustees", draft.plan.as_of, dt.date(2027, 6, 30), 1)


def test_nothing_is_written_before_a_question_is_prepared(panel: Asking, draft: Draft) -> None:
    assert not (draft.plan.folder / "ballots.sqlite").exists()
    assert "Phones can join while `planning workshop` runs" in panel.where.value
    assert "choose a question (1)" in panel.next.value


@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.parametrize("step", range(1, 8))
def test_every_ready_question_of_every_step_can_be_prepared(name: str, tmp_path: Path, step: int) -> None:
    panel = Asking(draft_in(tmp_path, name), step)
    for number, own in enumerate(panel.prepare.ready):
        panel.prepare.question.value = number
        panel.prepare.lines.value = "We open on Sundays\nWe close the café"
        press(panel, "Prepare this question")
        assert "is prepared" in panel.prepare.note.value, (own.title, panel.prepare.note.value)

    assert len(panel.ballots.rounds()) == len(panel.prepare.ready)


def test_a_round_goes_from_its_question_over_votes_to_rows_of_the_plan(tmp_path: Path) -> None:
    panel = Asking(draft_in(tmp_path, whole=True), 1)
    panel.draft.change("services", "S01", status="paused")
    panel.ballots.start_meeting(address="http://10.0.0.5:8000")
    round = led(panel, POINTS)
    assert "Phones join at http://10.0.0.5:8000 with this code:" in panel.where.value
    vote(panel.ballots, round, 7)
    panel.look()
    assert "7 people have voted" in panel.lead.standing.value

    press(panel, "Close the vote")
    assert "Only this page shows it until it is shown to the room (5)." in panel.place.value
    press(panel, "Show the result to the room")
    assert "Only this page" not in panel.place.value and "To discuss" in panel.place.value and "What the room said" in panel.place.value
    press(panel, "Take the votes over into the draft")
    assert "42 rows are in the draft" in panel.lead.note.value and "The votes bear the plan&#x27;s own day" in panel.lead.note.value and "Next: keep the decision below" in panel.next.value
    kept = keeping.keep(panel.draft, reason(panel.draft))

    assert panel.ballots.round(round).state == "adopted" and panel.ballots.round(round).decision == kept.decision
    assert check.problems(tmp_path) == []
    added = open_plan(tmp_path).goal_votes
    assert len(added[added["date"] == panel.draft.plan.as_of.isoformat()]) >= 42


def test_votes_that_were_taken_back_by_undo_can_be_taken_over_again_and_do_not_mark_the_round(tmp_path: Path) -> None:
    panel = Asking(draft_in(tmp_path, whole=True), 1)
    panel.ballots.start_meeting()
    round = led(panel, POINTS)
    vote(panel.ballots, round, 6)
    press(panel, "Close the vote")
    press(panel, "Take the votes over into the draft")
    assert found(panel, "Take the votes over into the draft").disabled
    panel.draft.undo()
    press(panel, "Take the votes over into the draft")
    assert "36 rows are in the draft" in panel.lead.note.value
    panel.draft.undo()
    keeping.keep(panel.draft, reason(panel.draft))

    assert panel.ballots.round(round).state == "closed" and not found(panel, "Take the votes over into the draft").disabled


def test_the_panel_says_what_comes_next_and_switches_off_what_does_not(panel: Asking) -> None:
    def off() -> dict[str, str]:
        return {name: one.tooltip for name, one in panel.lead.buttons.items() if one.disabled}

    assert set(off().values()) == {"Prepare a question first (1)."} and len(off()) == 6
    choose(panel, POINTS)
    press(panel, "Prepare this question")
    assert "read R1 out, then open the vote (2)" in panel.next.value and off().keys() == {"close", "reveal", "repeat", "withdraw", "adopt"}
    panel.ballots.start_meeting()
    press(panel, "Open the vote")
    assert "close the vote (3) when everybody has voted" in panel.next.value and off()["repeat"] == "Close the vote first (3)."
    vote(panel.ballots, "R1", 5)
    press(panel, "Close the vote")
    assert "then show the result to the room (5)" in panel.next.value and off().keys() == {"open", "close", "withdraw"}
    assert off()["open"] == "A closed vote is not opened again. Ask once more instead (6)."
    press(panel, "Show the result to the room")
    assert "Then ask once more (6), or take the votes over (7)." in panel.next.value


def test_votes_without_a_table_stay_in_the_room(panel: Asking) -> None:
    led(panel, "Needs that come first")
    press(panel, "Close the vote")

    assert found(panel, "Take the votes over into the draft").tooltip == "The plan has no table for these votes: their result is for the talk in the room."


def test_a_round_that_did_not_ask_who_speaks_wants_to_know_it_before_it_is_taken_over(panel: Asking) -> None:
    panel.ballots.start_meeting()
    choose(panel, "Own statements: agree or disagree")
    panel.prepare.lines.value = "We open on Sundays"
    press(panel, "Prepare this question")
    press(panel, "Open the vote")
    panel.ballots.cast("R1", "token-0001", {"L1": 1})
    press(panel, "Close the vote")
    adopt = found(panel, "Take the votes over into the draft")
    assert adopt.tooltip == "Say first as whom the room speaks." and panel.lead.speaks.layout.display == ""

    panel.lead.speaks.value = "staff"
    press(panel, "Take the votes over into the draft")
    assert "2 rows are in the draft" in panel.lead.note.value
    assert sorted(set(panel.draft.difference()["table"])) == ["answers", "questions"]


def test_below_the_small_group_nothing_of_the_result_shows(panel: Asking) -> None:
    panel.ballots.start_meeting()
    round = led(panel, POINTS)
    vote(panel.ballots, round, 4)
    press(panel, "Close the vote")

    assert "24" not in panel.place.value and "too few votes to show" in panel.place.value


def test_a_paper_is_typed_in_by_its_number_and_typed_again_replaces_it(panel: Asking) -> None:
    round = led(panel, "Needs that come first")
    form = panel.typing
    assert form.cells == {}
    form.parts[0].selected_index = 0
    first = next(iter(form.cells.values()))
    first.value = "3"
    press(panel, "Type this paper in")
    assert "Paper 1 is counted." in form.note.value and form.number.value == 2 and first.value == ""

    form.number.value, first.value = 1, "2"
    press(panel, "Type this paper in")
    assert panel.ballots.count(round) == 1 and "in place of what was typed for it before" in form.note.value
    first.value = "many"
    press(panel, "Type this paper in")
    assert f"{first.description}: many is no number" in form.note.value and panel.ballots.count(round) == 1 and first.value == "many"


def test_what_is_typed_of_a_paper_stays_while_the_room_votes(panel: Asking) -> None:
    panel.ballots.start_meeting()
    round = led(panel, POINTS)
    panel.typing.parts[0].selected_index = 0
    cells = list(panel.typing.cells.values())
    cells[0].value = "60"
    vote(panel.ballots, round, 2)
    panel.look()

    assert list(panel.typing.cells.values()) == cells and cells[0].value == "60"


def test_an_option_can_be_taken_out_and_the_same_asked_again(panel: Asking) -> None:
    round = led(panel, "Needs that come first")
    assert found(panel, "Take it out").tooltip == "Choose first what is taken out of the vote."
    panel.lead.option.value = panel.lead.option.options[1][1]
    press(panel, "Take it out")
    assert "is out of" in panel.lead.note.value
    press(panel, "Close the vote")
    press(panel, "Ask once more")

    again = panel.ballots.round(panel.lead.round.value)
    assert again.repeats == round and len(again.options) == len(panel.ballots.round(round).options)


def test_what_is_voted_on_follows_the_draft_and_keeps_what_was_chosen(panel: Asking) -> None:
    options = panel.prepare.options
    panel.prepare.text.value, options.value = "In my words?", options.value[1:]
    panel.draft.change("goals", options.value[0], name="Work for everybody")

    assert options.options[1][0] == "Work for everybody" and len(options.value) == len(options.options) - 1
    assert panel.prepare.text.value == "In my words?" and f"{len(options.value)} of {len(options.options)} chosen." in panel.prepare.chosen.value


def test_with_a_loop_the_count_follows_by_itself_and_the_following_ends_with_the_meeting(draft: Draft, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ask, "EVERY", 0.02)

    async def room() -> None:
        away = Ballots(draft.plan.folder)
        away.start_meeting()
        earlier, panel = Asking(draft, 1), Asking(draft, 1)
        round = led(panel, POINTS)
        vote(away, round, 3)
        await asyncio.sleep(0.2)
        assert "3 people have voted" in panel.lead.standing.value and earlier.task.cancelled()
        listed, drawn = panel.lead.round.options, panel.place.value
        await asyncio.sleep(0.1)
        assert panel.lead.round.options is listed and panel.place.value is drawn
        away.end_meeting()
        await asyncio.sleep(0.2)
        assert panel.task.done() and panel.task.exception() is None and "R1, closed" in panel.lead.standing.value

    asyncio.run(room())


def test_the_panel_is_shown_through_the_one_door(draft: Draft, monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list = []
    monkeypatch.setattr(tryit, "display", shown.append)
    ask.room(draft, step=5)

    assert len(shown) == 1 and questions.ready(draft.library, 5)[0].title == "Which future is most likely?"
    assert shown[0].children[0].value.startswith("<style>")


def test_the_votes_of_another_device_are_taken_in_from_its_file(panel: Asking, tmp_path: Path) -> None:
    panel.ballots.start_meeting()
    round = led(panel, POINTS)
    vote(panel.ballots, round, 2)
    panel.ballots.close()
    away = shutil.copytree(panel.ballots.folder, tmp_path / "away")
    far = Ballots(away)
    far.cast(round, "another-token", far.own(round, "token-0000"), "leadership")
    far.close_round(round)
    far.close()
    devices = panel.box.children[3].children[1].children[-1].children[0]
    devices.children[0].value = ({"name": "ballots.sqlite", "type": "", "size": 1, "content": (away / "ballots.sqlite").read_bytes(), "last_modified": dt.datetime(2026, 6, 30)},)
    press(panel, "Take them in")

    assert panel.ballots.count(round) == 3
    assert "1 new, 0 in place of an earlier one, 2 were here already" in devices.children[2].value


def test_a_panel_opened_anew_takes_up_the_round_that_is_open(panel: Asking, tmp_path: Path) -> None:
    round = led(panel, "Needs that come first")
    led(panel, POINTS)
    press(panel, "Close the vote")
    panel.lead.round.value = round
    press(panel, "Ask once more")
    press(panel, "Open the vote")

    assert Asking(panel.draft, 4).lead.round.value == "R3"


def test_a_result_that_was_shown_takes_no_single_vote_of_another_device(panel: Asking, tmp_path: Path) -> None:
    panel.ballots.start_meeting()
    round = led(panel, POINTS)
    vote(panel.ballots, round, 6)
    panel.ballots.close()
    away = shutil.copytree(panel.ballots.folder, tmp_path / "away")
    far = Ballots(away)
    far.cast(round, "another-token", far.own(round, "token-0000"), "leadership")
    far.close_round(round)
    far.close()
    press(panel, "Close the vote")
    press(panel, "Show the result to the room")
    before = panel.place.value
    devices = panel.box.children[3].children[1].children[-1].children[0]
    devices.children[0].value = ({"name": "ballots.sqlite", "type": "", "size": 1, "content": (away / "ballots.sqlite").read_bytes(), "last_modified": dt.datetime(2026, 6, 30)},)
    press(panel, "Take them in")

    assert "1 vote stayed out: the room has seen the result already" in devices.children[2].value
    assert panel.ballots.count(round) == 6 and panel.place.value == before


@pytest.mark.parametrize(("patrons", "warned"), [(3, True), (5, False), (0, False)])
def test_who_speaks_for_a_small_group_is_thought_of_before_the_votes_are_kept(panel: Asking, patrons: int, warned: bool) -> None:
    panel.ballots.start_meeting()
    choose(panel, POINTS)
    panel.prepare.groups.value = panel.prepare.groups.options[-1][1]
    press(panel, "Prepare this question")
    press(panel, "Open the vote")
    asked = panel.ballots.round("R1")
    for number in range(6 + patrons):
        panel.ballots.cast("R1", f"token-{number:04}", {asked.options[0].id: 100}, "staff" if number < 6 else "patrons")
    press(panel, "Close the vote")
    press(panel, "Take the votes over into the draft")

    assert ("Fewer than 5 people spoke as patrons." in panel.lead.note.value) == warned and "in the draft" in panel.lead.note.value
