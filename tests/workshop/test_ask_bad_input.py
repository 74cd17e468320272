"""What goes wrong in front of the room: the facilitator's panel says it in a plain sentence, and nothing is lost."""

from __future__ import annotations

import datetime as dt
import sqlite3
from pathlib import Path

import pytest
from asking import choose, draft_in, found, led, press, vote

from planning.model import check, keeping
from planning.model.ballots import file as ballot_file
from planning.model.ballots import Ballots
from planning.model.drafts import Draft
from planning.model.plan import open_plan
from planning.workshop.panels.ask import Asking

POINTS = "Weights of the goals: points"
OWN = "Own statements: agree or disagree"


@pytest.fixture
def draft(tmp_path: Path) -> Draft:
    return draft_in(tmp_path / "plan")


@pytest.fixture
def panel(draft: Draft) -> Asking:
    return Asking(draft, 1)


def reason(draft: Draft) -> keeping.Reason:
    return keeping.Reason("Take the vote over", "So the room voted", "Board of Trustees", draft.plan.as_of, dt.date(2027, 6, 30), 1)


@pytest.mark.parametrize(("title", "field", "typed", "told"), [
    (POINTS, "text", "   ", "Write the question in words first"),
    (POINTS, "text", "How? " * 61, "The question: The text is too long: 304 letters, where 300 fit."),
    (POINTS, "options", ("G1",), "Choose at least 2 lines to vote on."),
    (POINTS, "options", (), "Choose at least 2 lines to vote on."),
    ("Ratings of the services", "options", (), "Choose at least 1 line to vote on."),
    (OWN, "lines", " \n ", "Write at least one line to vote on"),
    (OWN, "lines", f"Short\n\n{'a' * 301}", "Line 3: The text is too long: 301 letters, where 300 fit."),
    (OWN, "lines", "We open\x07 on Sundays", "Line 1: The text holds characters that cannot be shown"),
])
def test_a_question_that_nobody_could_answer_is_refused_and_stays_as_it_was_typed(panel: Asking, title: str, field: str, typed: object, told: str) -> None:
    choose(panel, title)
    getattr(panel.prepare, field).value = typed
    press(panel, "Prepare this question")

    assert told in panel.prepare.note.value and panel.ballots.rounds() == []
    assert getattr(panel.prepare, field).value == typed


def test_markup_and_quotes_are_shown_as_they_were_typed_and_a_line_written_twice_is_asked_once(panel: Asking) -> None:
    panel.ballots.start_meeting()
    choose(panel, OWN)
    panel.prepare.text.value = '<script>alert("x")</script> {who}?'
    panel.prepare.lines.value = '<b>"Open" & \'free\'</b>\n{late}\n{late}  '
    press(panel, "Prepare this question")
    press(panel, "Open the vote")
    for one in range(10):
        panel.ballots.cast("R1", f"token-{one:04d}", {"L1": 1, "L2": -1})
    press(panel, "Close the vote")

    assert [option.label for option in panel.rounds[0].options] == ['<b>"Open" & \'free\'</b>', "{late}"]
    assert "<b>" not in panel.place.value and "&lt;b&gt;" in panel.place.value and "{late}" in panel.place.value
    assert '<script>alert("x")</script> {who}?' in panel.lead.round.options[0][0]


def test_the_same_question_prepared_twice_is_one_round(panel: Asking) -> None:
    choose(panel, "Ratings of the services")
    press(panel, "Prepare this question")
    press(panel, "Prepare this question")

    assert "R1 asks just this, and is prepared already." in panel.prepare.note.value and len(panel.ballots.rounds()) == 1


def test_too_many_goals_in_pairs_are_refused_in_words(tmp_path: Path) -> None:
    panel = Asking(draft_in(tmp_path), 1)
    goals = panel.draft.tables["goals"]
    rows = goals[goals["goal"] == panel.draft.library.goals_in_force["goal"].iloc[0]]
    for number in range(12):
        panel.draft.put("goals", rows.assign(goal=f"G9{number:02d}", name=f"Goal {number}"))
    choose(panel, "Goals in pairs")
    press(panel, "Prepare this question")

    assert len(panel.draft.library.goals_in_force) > 12 and f"takes 2 to 12 options; {len(panel.draft.library.goals_in_force)} were given" in panel.prepare.note.value


def test_an_option_taken_out_while_people_vote_leaves_their_other_votes_and_refuses_a_late_one(panel: Asking) -> None:
    panel.ballots.start_meeting()
    round = led(panel, POINTS)
    vote(panel.ballots, round, 10)
    panel.lead.option.value = "G2"
    press(panel, "Take it out")
    press(panel, "Close the vote")

    assert panel.ballots.count(round) == 10 and "G2" not in set(panel.ballots.votes(round)["option"])
    assert found(panel, "Take it out").tooltip == "Something can be taken out until the vote is closed."


def test_the_last_two_options_stay(panel: Asking) -> None:
    choose(panel, POINTS)
    panel.prepare.options.value = ("G1", "G2")
    press(panel, "Prepare this question")
    panel.lead.option.value = "G1"
    press(panel, "Take it out")

    assert "would have nothing left to choose from" in panel.lead.note.value and len(panel.ballots.round("R1").options) == 2


def test_a_file_that_is_none_of_ours_is_told_and_left_as_it_is(draft: Draft) -> None:
    path = draft.plan.folder / "ballots.sqlite"
    path.write_bytes(b"a shopping list")
    panel = Asking(draft, 1)
    assert "ballots.sqlite" in panel.next.value and "class=\"ask-next\"" in panel.next.value
    press(panel, "Prepare this question")

    assert "ballots.sqlite" in panel.prepare.note.value and path.read_bytes() == b"a shopping list"


def test_while_another_program_holds_the_votes_nothing_is_lost_and_it_works_again_after(draft: Draft, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ballot_file, "PATIENCE", 50)
    panel = Asking(draft, 1)
    choose(panel, POINTS)
    press(panel, "Prepare this question")
    holder = sqlite3.connect(draft.plan.folder / "ballots.sqlite", isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    press(panel, "Open the vote")
    assert "R1" in panel.lead.round.value and panel.ballots.round("R1").state == "prepared"
    assert "ask-note" in panel.lead.note.value and "is open" not in panel.lead.note.value
    holder.execute("ROLLBACK")
    holder.close()
    press(panel, "Open the vote")

    assert "R1 is open" in panel.lead.note.value


def test_a_meeting_that_ended_meanwhile_leaves_the_votes_and_says_so(panel: Asking) -> None:
    panel.ballots.start_meeting()
    round = led(panel, POINTS)
    vote(panel.ballots, round, 6)
    Ballots(panel.ballots.folder).end_meeting()
    press(panel, "Close the vote")
    assert "R1 is closed" in panel.lead.note.value and "Phones can join while" in panel.where.value
    press(panel, "Ask once more")
    press(panel, "Open the vote")

    assert panel.ballots.count(round) == 6 and "No phone can vote in R2: no meeting is running" in panel.next.value


def test_two_panels_that_lead_the_same_round_do_not_get_in_each_others_way(tmp_path: Path) -> None:
    mine, other = Asking(draft_in(tmp_path), 1), Asking(draft_in(tmp_path), 2)
    mine.ballots.start_meeting()
    round = led(mine, POINTS)
    other.look()
    press(other, "Close the vote")
    press(mine, "Close the vote")
    assert mine.ballots.round(round).state == "closed" and "R1 is closed" in mine.lead.note.value
    choose(other, "Initiatives: dots")
    press(other, "Prepare this question")
    press(other, "Open the vote")
    mine.look()

    assert mine.lead.round.value == round and "The room is voting on R2 just now." in mine.lead.standing.value


def test_two_panels_that_take_the_same_votes_over_are_told_before_they_count_twice(tmp_path: Path) -> None:
    mine, other = (Asking(draft_in(tmp_path, whole=True), step) for step in (1, 2))
    mine.ballots.start_meeting()
    round = led(mine, POINTS)
    vote(mine.ballots, round, 6)
    press(mine, "Close the vote")
    other.look()
    for panel in (mine, other):
        press(panel, "Take the votes over into the draft")
    keeping.keep(mine.draft, reason(mine.draft))
    other.look()
    assert "would count twice: take them back with Undo" in other.next.value
    other.draft.undo()

    assert "R1 is in the plan." in other.next.value and found(other, "Take the votes over into the draft").tooltip == "Its votes are in the plan already."


def test_votes_that_do_not_fit_the_draft_any_more_leave_it_as_it_was(panel: Asking) -> None:
    panel.ballots.start_meeting()
    choose(panel, OWN)
    panel.prepare.lines.value = "We open on Sundays"
    press(panel, "Prepare this question")
    round = led(panel, POINTS)
    vote(panel.ballots, round, 6)
    press(panel, "Close the vote")
    panel.draft.base = panel.draft.base | {"goals": [row for row in panel.draft.base["goals"] if row["goal"] != "G2"]}
    press(panel, "Take the votes over into the draft")

    assert "Nothing was taken over:" in panel.lead.note.value and "G2" in panel.lead.note.value
    assert panel.draft.difference().empty and panel.draft.steps == []


@pytest.fixture
def taken(tmp_path: Path) -> Asking:
    """A panel whose 36 rows of votes wait in the draft."""
    panel = Asking(draft_in(tmp_path, whole=True), 1)
    panel.ballots.start_meeting()
    vote(panel.ballots, led(panel, POINTS), 6)
    press(panel, "Close the vote")
    press(panel, "Take the votes over into the draft")
    return panel


def added(folder: Path, voter: str, draft: Draft) -> int:
    """Put a vote into the plan by hand; returns how many there are."""
    path = folder / "goal_votes.csv"
    path.write_text(path.read_text(encoding="utf-8") + f"{voter},staff,points,{draft.plan.as_of},G1,100\n", encoding="utf-8")
    return len(open_plan(folder).goal_votes)


def test_rows_added_to_the_plan_meanwhile_stand_beside_the_votes_that_are_kept(taken: Asking, tmp_path: Path) -> None:
    before = added(tmp_path, "V99", taken.draft)
    keeping.keep(taken.draft, reason(taken.draft))

    assert len(open_plan(tmp_path).goal_votes) == before + 36 and check.problems(tmp_path) == []
    assert taken.ballots.round("R1").state == "adopted"


def test_votes_whose_number_somebody_took_meanwhile_are_kept_under_the_next_one(taken: Asking, tmp_path: Path) -> None:
    before = added(tmp_path, taken.draft.tables["goal_votes"].iloc[-1]["voter"], taken.draft)
    keeping.keep(taken.draft, reason(taken.draft))

    votes = open_plan(tmp_path).goal_votes
    assert len(votes) == before + 36 and votes.duplicated(["voter", "method", "date", "goal"]).sum() == 0
    assert taken.ballots.round("R1").state == "adopted"
