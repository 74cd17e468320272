"""Votes of a room: none lost, none counted twice, and nothing kept that leads to a person."""

from __future__ import annotations

import datetime as dt
import errno
import re
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from planning.model import check, create
from planning.model.ballots import file as ballot_file
from planning.model.ballots import rows as ballot_rows
from planning.model.ballots.forms import BallotRefused, Option
from planning.model.ballots import Ballots, Cast, Paper
from planning.model.errors import PlanningError

AB = (Option("A", "Loans"), Option("B", "Rooms"))
CASTS = """
import sys
from planning.model.ballots import Ballots
ballots, mark, upto = Ballots(sys.argv[1]), sys.argv[2], int(sys.argv[3])
for number in range(upto):
    ballots.cast("R1", f"{mark}-token-{number}", {"A": number % 100, "B": 100 - number % 100})
    print(number, flush=True)
"""


@pytest.fixture
def ballots(tmp_path: Path) -> Iterator[Ballots]:
    """A running meeting with an open round R1 in which 100 points are shared out over A and B."""
    made = Ballots(tmp_path)
    made.start_meeting(address="http://192.0.2.7:8123")
    made.prepare(step=1, form="points", question="What counts?", options=AB)
    made.open("R1")
    yield made
    made.close()


def vote(a: int) -> dict[str, int]:
    return {"A": a, "B": 100 - a}


def cast_many(ballots: Ballots, many: int, start: int = 0) -> None:
    for number in range(start, start + many):
        ballots.cast("R1", f"token-{number:03d}", vote(number % 100))


def raw(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.glob("ballots.sqlite*")))


def test_a_second_vote_replaces_the_first(ballots: Ballots) -> None:
    assert ballots.cast("R1", "token-001", vote(60)) == Cast(1, False)
    assert ballots.cast("R1", "token-001", vote(20)) == Cast(2, True)

    assert (ballots.count("R1"), ballots.own("R1", "token-001"), ballots.own("R1", "token-002")) == (1, vote(20), None)


def test_two_votes_of_one_person_at_the_same_moment_are_one_vote(ballots: Ballots) -> None:
    with ThreadPoolExecutor(16) as pool:
        casts = list(pool.map(lambda number: ballots.cast("R1", "token-001", vote(number)), range(40)))

    assert ballots.count("R1") == 1
    assert sorted(one.version for one in casts) == list(range(1, 41)) and sum(not one.replaced for one in casts) == 1


def test_thirty_threads_and_four_processes_at_once_lose_nothing(ballots: Ballots, tmp_path: Path) -> None:
    others = [subprocess.Popen([sys.executable, "-c", CASTS, str(tmp_path), f"process-{number}", "25"], stdout=subprocess.PIPE, text=True) for number in range(4)]
    with ThreadPoolExecutor(30) as pool:
        list(pool.map(lambda number: [ballots.cast("R1", f"thread-{number}-{again}", vote(number)) for again in range(5)], range(30)))
    told = [len(other.communicate(timeout=120)[0].split()) for other in others]

    assert told == [25] * 4 and [other.returncode for other in others] == [0] * 4
    assert ballots.count("R1") == 30 * 5 + 4 * 25


@pytest.mark.skipif(sys.platform == "win32", reason="this system knows no kill -9")
def test_every_vote_that_was_acknowledged_before_kill_9_is_in_the_file(ballots: Ballots, tmp_path: Path) -> None:
    child = subprocess.Popen([sys.executable, "-c", CASTS, str(tmp_path), "child", "100000"], stdout=subprocess.PIPE, text=True)
    seen = [int(child.stdout.readline()) for _ in range(60)]
    child.send_signal(signal.SIGKILL)
    seen += [int(line) for line in child.communicate()[0].splitlines()]

    after = Ballots(tmp_path)
    lost = [number for number in seen if after.own("R1", f"child-token-{number}") != vote(number % 100)]
    assert len(seen) >= 60 and lost == []
    assert after.count("R1") in (len(seen), len(seen) + 1) and after.current().round == "R1"
    assert after.cast("R1", "child-token-0", vote(50)).version == 2


def test_a_new_start_within_its_time_keeps_the_running_meeting(ballots: Ballots, tmp_path: Path) -> None:
    before = ballots.meeting()

    again = Ballots(tmp_path).start_meeting(address="http://192.0.2.9:8000")

    assert (again.code, again.secret, again.expires, again.address) == (before.code, before.secret, before.expires, "http://192.0.2.9:8000")
    assert len(before.code) == 6 and not set(before.code) & set("0O1ILU")
    assert ballots.new_code().code != before.code and ballots.meeting().secret == before.secret


def test_after_its_time_a_meeting_is_over_and_the_next_has_another_code(ballots: Ballots, monkeypatch: pytest.MonkeyPatch) -> None:
    before = ballots.meeting()
    cast_many(ballots, 1)
    monkeypatch.setattr(ballot_rows, "now", lambda: before.expires + dt.timedelta(seconds=1))

    assert ballots.meeting() is None and ballots.own("R1", "token-000") is None
    with pytest.raises(BallotRefused, match="The meeting is over"):
        ballots.cast("R1", "token-000", vote(1))
    after = ballots.start_meeting()
    assert after.code != before.code and after.secret != before.secret and ballots.round("R1").state == "closed"


@pytest.mark.parametrize("hours", [0, -1, float("nan"), float("inf"), 10_000, "12"])
def test_a_meeting_of_no_sensible_length_is_refused(tmp_path: Path, hours: object) -> None:
    with pytest.raises(PlanningError, match="A meeting runs for up to"):
        Ballots(tmp_path).start_meeting(hours=hours)


def test_after_the_meeting_no_key_can_be_worked_out_again(ballots: Ballots, tmp_path: Path) -> None:
    meeting = ballots.meeting()
    cast_many(ballots, 3)
    key = ballot_rows.voter_key(meeting, ballots.round("R1"), "token-001")
    assert key.encode() in raw(tmp_path) and meeting.secret in raw(tmp_path)

    ballots.end_meeting()

    assert meeting.secret not in raw(tmp_path) and meeting.code.encode() not in raw(tmp_path) and meeting.address.encode() not in raw(tmp_path)
    assert ballots.meeting() is None and ballots.round("R1").state == "closed" and ballots.count("R1") == 3
    ballots.start_meeting()
    assert ballot_rows.voter_key(ballots.meeting(), ballots.round("R1"), "token-001") != key


def test_the_file_holds_no_token_no_clock_time_and_no_order_once_a_round_is_closed(ballots: Ballots, tmp_path: Path) -> None:
    cast_many(ballots, 40)
    ballots.live("R1", small_group=5)
    assert b"token-0" not in raw(tmp_path)

    ballots.end_meeting()
    ballots.close()

    with sqlite3.connect(tmp_path / "ballots.sqlite") as db:
        columns = [row[1] for row in db.execute("PRAGMA table_info(votes)")]
        rows = db.execute("SELECT voter, place FROM votes").fetchall()
        assert db.execute("SELECT COUNT(*) FROM published").fetchone() == (0,)
        with pytest.raises(sqlite3.OperationalError, match="no such column"):
            db.execute("SELECT rowid FROM votes")
    assert columns == ["round", "voter", "version", "speaks_as", "content", "source", "place"]
    assert [voter for voter, _ in rows] == sorted(voter for voter, _ in rows) and {place for _, place in rows} == {None}
    whole = raw(tmp_path)
    places = [whole.index(voter.encode()) for voter, _ in rows]
    assert all(whole.count(voter.encode()) == 1 for voter, _ in rows) and places in (sorted(places), sorted(places, reverse=True))
    assert b"token-0" not in whole and not re.search(rb"\d\d:\d\d", whole)


@pytest.mark.parametrize("token", ["", "short", "x" * 201, None, 12345678])
def test_a_page_without_a_proper_token_is_told_to_join_again(ballots: Ballots, token: object) -> None:
    with pytest.raises(BallotRefused, match="join with the code"):
        ballots.cast("R1", token, vote(1))


def test_a_vote_is_taken_only_while_its_round_is_open(ballots: Ballots) -> None:
    ballots.prepare(step=1, form="points", question="And then?", options=AB)
    with pytest.raises(BallotRefused, match="not open yet"):
        ballots.cast("R2", "token-001", vote(1))
    cast_many(ballots, 1)
    ballots.close_round("R1")

    with pytest.raises(BallotRefused, match="This round is closed, so the vote was not counted"):
        ballots.cast("R1", "token-000", vote(1))
    with pytest.raises(PlanningError, match="There is no round R9"):
        ballots.cast("R9", "token-000", vote(1))
    assert ballots.own("R1", "token-000") == vote(0)


def test_a_refused_vote_leaves_the_earlier_one_as_it_was(ballots: Ballots) -> None:
    ballots.cast("R1", "token-001", vote(70))

    with pytest.raises(BallotRefused, match="Share out 30 more"):
        ballots.cast("R1", "token-001", {"A": 70})

    assert ballots.own("R1", "token-001") == vote(70)


def test_an_option_that_was_taken_out_counts_no_longer_and_cannot_be_voted_for(ballots: Ballots) -> None:
    ballots.prepare(step=1, form="dots", question="Where to?", options=(*AB, Option("C", "Talks")))
    ballots.open("R2")
    ballots.cast("R2", "token-001", {"A": 2, "C": 3})

    ballots.withdraw("R2", "C")

    with pytest.raises(BallotRefused, match="no longer, a line C"):
        ballots.cast("R2", "token-002", {"C": 1})
    assert ballots.own("R2", "token-001") == {"A": 2, "B": 0}
    ballots.close_round("R2")
    assert ballots.votes("R2")[["option", "value"]].values.tolist() == [["A", 2.0], ["B", 0.0]]
    with pytest.raises(PlanningError, match="until a round is closed"):
        ballots.withdraw("R2", "A")


def test_the_last_two_options_stay(ballots: Ballots) -> None:
    with pytest.raises(PlanningError, match="nothing left to choose from"):
        ballots.withdraw("R1", "A")


def test_opening_a_round_closes_the_other_and_a_closed_one_stays_closed(ballots: Ballots) -> None:
    ballots.prepare(step=1, form="points", question="And then?", options=AB)
    assert ballots.current().round == "R1"

    ballots.open("R2")

    assert [one.state for one in ballots.rounds()] == ["closed", "open"] and ballots.current().round == "R2"
    with pytest.raises(PlanningError, match="R1 is closed, and cannot be opened again. Repeat it"):
        ballots.open("R1")
    ballots.close_round("R2")
    ballots.reveal("R2")
    assert (ballots.current().round, ballots.current().state) == ("R2", "revealed")


def test_a_round_of_an_earlier_meeting_is_not_current(ballots: Ballots) -> None:
    ballots.end_meeting()
    ballots.start_meeting()

    assert ballots.current() is None and ballots.round("R1").state == "closed"


def test_repeats_link_a_persons_votes_and_other_rounds_do_not(ballots: Ballots, tmp_path: Path) -> None:
    for number, a in enumerate((10, 20, 30)):
        ballots.cast("R1", f"token-00{number}", vote(a))
    ballots.close_round("R1")
    again = ballots.repeat("R1")
    ballots.open(again.round)
    for number, a in enumerate((15, 25, 35)):
        ballots.cast(again, f"token-00{number}", vote(a))
    ballots.prepare(step=1, form="points", question="Another?", options=AB)
    ballots.open("R3")
    ballots.cast("R3", "token-000", vote(10))
    ballots.close_round("R3")

    before, after = (ballots.votes(id).query("option == 'A'").set_index("voter")["value"] for id in ("R1", "R2"))

    assert (again.round, again.repeats, again.state) == ("R2", "R1", "prepared") and (after - before).tolist() == [5.0, 5.0, 5.0]
    with sqlite3.connect(tmp_path / "ballots.sqlite") as db:
        keys = {id: {voter for (voter,) in db.execute("SELECT voter FROM votes WHERE round = ?", (id,))} for id in ("R1", "R2", "R3")}
    assert keys["R1"] == keys["R2"] and not keys["R1"] & keys["R3"]


def test_votes_are_tidy_and_shown_only_after_closing(ballots: Ballots) -> None:
    ballots.prepare(step=1, form="ideas", question="What helps?", settings={"kinds": ("strength", "threat")}, groups=("staff",))
    ballots.open("R2")
    ballots.cast("R2", "token-001", [{"text": "Rooms", "kind": "strength"}, {"text": "<b>Noise</b>"}])
    with pytest.raises(PlanningError, match="R2 is open; its votes can be seen when it is closed"):
        ballots.votes("R2")
    ballots.close_round("R2")

    found = ballots.votes("R2")

    assert list(found) == ["voter", "group", "option", "asked", "value", "text", "kind"]
    assert found.drop(columns="value").values.tolist() == [["V1", "staff", "", "", "Rooms", "strength"], ["V1", "staff", "", "", "<b>Noise</b>", ""]]
    assert found["value"].isna().all() and ballots.votes("R1").dtypes.equals(found.dtypes)


def test_the_picture_of_a_running_vote_grows_only_by_five_and_always_lacks_five(ballots: Ballots) -> None:
    sizes = []
    for number in range(23):
        cast_many(ballots, 1, start=number)
        sizes.append(ballots.live("R1", small_group=5)["voter"].nunique())

    assert sizes == [0] * 9 + [5] * 5 + [10] * 5 + [15] * 4


def test_a_changed_vote_waits_for_the_next_batch_and_groups_wait_for_closing(ballots: Ballots) -> None:
    ballots.prepare(step=1, form="points", question="As whom?", options=AB, groups=("staff", "patrons"))
    ballots.open("R2")
    for number in range(10):
        ballots.cast("R2", f"token-{number:03d}", vote(10), "staff")
    first = ballots.live("R2", small_group=5)

    ballots.cast("R2", "token-000", vote(90), "patrons")

    assert ballots.live("R2", small_group=5).equals(first) and set(first["group"]) == {""}
    ballots.close_round("R2")
    assert sorted(ballots.live("R2", small_group=5).query("option == 'A'")["value"]) == [10.0] * 9 + [90.0]


def test_several_screens_see_the_same_picture(ballots: Ballots, tmp_path: Path) -> None:
    cast_many(ballots, 30)

    with ThreadPoolExecutor(8) as pool:
        pictures = list(pool.map(lambda _: Ballots(tmp_path).live("R1", small_group=5), range(16)))

    assert all(one.equals(pictures[0]) for one in pictures) and pictures[0]["voter"].nunique() == 25


def test_papers_count_beside_phones_and_a_paper_typed_in_twice_counts_once(ballots: Ballots) -> None:
    cast_many(ballots, 2)
    ballots.close_round("R1")

    assert ballots.type_in("R1", [Paper("7", vote(5)), Paper("8", vote(6))]) == 2
    assert ballots.type_in("R1", [Paper(" 7", vote(55))]) == 1

    assert sorted(ballots.votes("R1").query("option == 'A'")["value"]) == [0.0, 1.0, 6.0, 55.0]


def test_one_paper_that_does_not_fit_keeps_all_of_them_out(ballots: Ballots) -> None:
    with pytest.raises(BallotRefused, match="Paper 8: The points add up to 160"):
        ballots.type_in("R1", [Paper("7", vote(5)), Paper("8", {"A": 60, "B": 100})])

    assert ballots.count("R1") == 0


def test_nothing_is_added_to_a_round_that_was_taken_over(ballots: Ballots) -> None:
    with pytest.raises(PlanningError, match="only a closed round"):
        ballots.mark_adopted("R1", "D1")
    ballots.close_round("R1")
    assert ballots.mark_adopted("R1", "D12").decision == "D12"

    with pytest.raises(BallotRefused, match="taken over into the plan already"):
        ballots.type_in("R1", [Paper("7", vote(5))])
    with pytest.raises(PlanningError, match="R1 is adopted"):
        ballots.mark_adopted("R1", "D13")
    assert ballots.round("R1").state == "adopted" and ballots.current().round == "R1" and ballots.repeat("R1").state == "prepared"


def test_reading_a_plan_without_votes_makes_no_file(tmp_path: Path) -> None:
    empty = Ballots(tmp_path)

    assert (empty.rounds(), empty.meeting(), empty.current(), empty.count("R1")) == ([], None, None, 0)
    empty.end_meeting()
    with pytest.raises(PlanningError, match="There is no round R1"):
        empty.round("R1")
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_no_database_is_named_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "ballots.sqlite").write_text("not a database" * 100)

    with pytest.raises(PlanningError, match="no file of votes, or it is damaged"):
        Ballots(tmp_path).rounds()
    assert (tmp_path / "ballots.sqlite").read_text() == "not a database" * 100


def test_another_programs_database_is_not_touched(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "ballots.sqlite") as db:
        db.execute("CREATE TABLE books (title)")

    with pytest.raises(PlanningError, match="is no file of votes of this suite"):
        Ballots(tmp_path).start_meeting()


def test_a_file_from_a_newer_version_is_refused(ballots: Ballots, tmp_path: Path) -> None:
    ballots.close()
    with sqlite3.connect(tmp_path / "ballots.sqlite") as db:
        db.execute("PRAGMA user_version = 9")

    with pytest.raises(PlanningError, match="written by a newer version"):
        Ballots(tmp_path).rounds()


def test_a_folder_that_is_not_there_gives_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(PlanningError, match="cannot be read or written: No such file or directory"):
        Ballots(tmp_path / "gone").start_meeting()


@pytest.mark.parametrize("error, said", [
    (sqlite3.OperationalError("database or disk is full"), "The disk is full"), (OSError(errno.ENOSPC, "No space left on device"), "The disk is full"),
    (sqlite3.OperationalError("attempt to write a readonly database"), "cannot be read or written: attempt to write a readonly database"),
    (PermissionError(errno.EACCES, "Permission denied"), "cannot be read or written: Permission denied"),
    (sqlite3.OperationalError("database is locked"), "Somebody else is writing"), (sqlite3.DatabaseError("database disk image is malformed"), "damaged")])
def test_what_the_disk_refuses_is_said_in_words_and_nothing_is_counted(ballots: Ballots, monkeypatch: pytest.MonkeyPatch, error: Exception, said: str) -> None:
    cast_many(ballots, 2)
    with monkeypatch.context() as patch:
        patch.setattr(ballot_rows, "put", lambda *_: (_ for _ in ()).throw(error))
        with pytest.raises(PlanningError, match=said):
            ballots.cast("R1", "token-000", vote(99))

    assert ballots.count("R1") == 2 and ballots.own("R1", "token-000") == vote(0)


def test_a_full_disk_keeps_the_votes_that_were_cast(ballots: Ballots, tmp_path: Path) -> None:
    cast_many(ballots, 3)
    with ballots.file.reading() as db:
        pages = db.execute("PRAGMA page_count").fetchone()[0]
    ballots.prepare(step=1, form="ideas", question="What helps?", settings={"most": 20})
    ballots.open("R2")
    for connection in ballots.file._idle:
        connection.execute(f"PRAGMA max_page_count = {pages}")

    with pytest.raises(PlanningError, match="The disk is full"):
        for number in range(200):
            ballots.cast("R2", f"token-{number:03d}", [{"text": f"{place} " + "x" * 130} for place in range(20)])

    assert Ballots(tmp_path).count("R1") == 3 and Ballots(tmp_path).count("R2") == number


def test_the_check_of_a_plan_knows_the_file(empty_plan: Path) -> None:
    before = check.problems(empty_plan)
    made = Ballots(empty_plan)
    made.prepare(step=1, form="points", question="What counts?", options=AB)

    assert check.problems(empty_plan) == before and (empty_plan / ballot_file.FILE).stat().st_mode & 0o077 == 0


def test_a_copy_of_a_plan_has_no_votes(empty_plan: Path, tmp_path: Path) -> None:
    made = Ballots(empty_plan)
    made.start_meeting()

    copy = create.copied_plan(empty_plan, tmp_path / "copy")

    assert list(empty_plan.glob("ballots.sqlite*")) and not list(copy.glob("ballots*")) and (copy / "goals.csv").exists()


def test_rounds_come_back_as_they_were_prepared(ballots: Ballots, tmp_path: Path) -> None:
    made = ballots.prepare(step=3, form="scales", question="How  is it?", options=[("S1", "Loans")], settings={"ends": ("poor", "good"), "asked": (("quality", "How good?"),)}, table="ratings", groups=["staff"])

    assert Ballots(tmp_path).round("R2") == made and made.settings["asked"] == (("quality", "How good?"),) and made.question == "How is it?"


def test_no_paper_is_typed_in_once_the_result_was_shown(ballots: Ballots) -> None:
    ballots.type_in("R1", [Paper("7", vote(5))])
    ballots.close_round("R1")
    ballots.type_in("R1", [Paper("8", vote(6))])
    ballots.reveal("R1")

    with pytest.raises(BallotRefused, match="was shown already: one ballot more would tell what stood on it"):
        ballots.type_in("R1", [Paper("9", vote(7))])
    assert ballots.count("R1") == 2


def test_the_secret_of_a_meeting_that_nobody_ended_is_overwritten_at_the_first_look_after_its_time(ballots: Ballots, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = ballots.meeting()
    cast_many(ballots, 2)
    assert before.secret in raw(tmp_path)
    monkeypatch.setattr(ballot_rows, "now", lambda: before.expires + dt.timedelta(seconds=1))

    assert Ballots(tmp_path).meeting() is None

    assert before.secret not in raw(tmp_path) and before.code.encode() not in raw(tmp_path)
    assert ballots.round("R1").state == "closed" and ballots.count("R1") == 2


def test_a_look_at_a_meeting_that_was_started_anew_meanwhile_does_not_end_it(ballots: Ballots) -> None:
    running = ballots.meeting()

    ballots.end_meeting(expired=True)

    assert ballots.meeting() == running and ballots.round("R1").state == "open"


def test_who_chose_an_option_that_is_taken_out_cannot_be_told_from_two_running_pictures(tmp_path: Path) -> None:
    ballots = Ballots(tmp_path)
    ballots.start_meeting()
    ballots.open(ballots.prepare(step=1, form="swing", question="?", options=(*AB, Option("C", "Books"))).round)
    for number in range(12):
        ballots.cast("R1", f"token-{number:03d}", {"A": 100, "B": 50, "C": 0} if number else {"A": 20, "B": 50, "C": 100})
    before = ballots.live("R1", small_group=5)

    ballots.withdraw("R1", "C")
    between = ballots.live("R1", small_group=5)
    for number in range(12, 17):
        ballots.cast("R1", f"token-{number:03d}", {"A": 100, "B": 50})
    after = ballots.live("R1", small_group=5)

    assert before["voter"].nunique() == 7 and between.empty
    assert after["voter"].nunique() == 12 and set(after["option"]) == {"A", "B"}
