"""Votes of a workshop in DIR/ballots.sqlite: rounds, ballots, and what of them may be seen.

What the file holds: while a meeting runs its code, secret and address; the rounds; and of each vote the round, a key, its
version, the group, the content and whether it came by phone, on paper or from another device. No token, no address of a
participant, no device and no time of day. A key is an HMAC of the participant's token under the meeting's secret and the
series of rounds that ask the same: it links a person's votes within such a series, so that a change of mind can be seen,
and nothing beyond it. Who holds the file and the tokens while the meeting runs could tell whose vote is whose; when the
meeting ends the secret is overwritten, and nobody can any more; where nobody ends it, that is at the first look at the file after its time. The key of a paper comes from its number alone: who knows
which number somebody was given can find that vote, so papers are handed out at random.

What can be inferred: rows lie in the order of their keys, which is the order of nothing. While a round is open the file also
holds the place at which each vote came, since pictures of a running vote take the oldest first, and its log holds votes as
they came; when the round closes the places are wiped, the file is rewritten in key order and the log is emptied. A version
above 1 tells that somebody changed the vote, and a group of one person tells what that person said.
"""

from __future__ import annotations

import datetime as dt
import json
import secrets
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from planning.methods import held_back
from planning.model import facts
from planning.model.ballots import forms as ballot_forms
from planning.model.ballots import merge as ballot_merge
from planning.model.ballots import rows as ballot_rows
from planning.model.ballots.file import FILE, BallotFile
from planning.model.ballots.forms import BallotRefused, Option, Round
from planning.model.ballots.merge import Merged
from planning.model.ballots.papers import Paper
from planning.model.ballots.rows import KEPT, Meeting, round_of
from planning.model.errors import PlanningError

LONGEST_MEETING = 24.0 * 14
SEEN = ("closed", "revealed", "adopted")


@dataclass(frozen=True)
class Cast:
    """What became of a vote: how many times this voter has voted in the round, and whether an earlier vote was replaced."""

    version: int
    replaced: bool


class Ballots:
    """The rounds and votes of a plan's folder, safe to use from many threads and processes at once.

    A vote is on the disk before `cast` returns. The file is made with the first round or meeting; reading makes none.
    Every method raises PlanningError with a plain sentence when the file cannot be used.
    """

    def __init__(self, folder: str | Path) -> None:
        self.folder = Path(folder)
        self.file = BallotFile(self.folder / FILE)

    def close(self) -> None:
        """Let go of the file."""
        self.file.close()

    def meeting(self) -> Meeting | None:
        """The running meeting; None when there is none or its time is over."""
        if not self.file.path.exists():
            return None
        with self.file.reading() as db:
            found, kept = ballot_rows.running(db), ballot_rows.kept_meeting(db)
        if kept and not found:
            with suppress(PlanningError):  # where it cannot be done now, the next look does it
                self.end_meeting(expired=True)
        return found

    def start_meeting(self, *, hours: float = 12.0, address: str = "") -> Meeting:
        """The running meeting, with a new address where one is given; or a new one, with a new code and secret, for so many hours."""
        if not (isinstance(hours, int | float) and 0 < hours <= LONGEST_MEETING):
            raise PlanningError("A meeting runs for up to {most} hours; {found} were asked for.", most=f"{LONGEST_MEETING:g}", found=hours)
        with self.file.writing() as db:
            running = ballot_rows.running(db)
            if running and not address:
                return running
            until = ballot_rows.now() + dt.timedelta(hours=hours)
            new = replace(running, address=address) if running else Meeting(ballot_rows.code(), until, secrets.token_bytes(32), address, secrets.token_hex(8))
            if not running:
                ballot_rows.close_open(db)
            db.execute("REPLACE INTO meeting VALUES (1, ?, ?, ?, ?, ?)", (new.id, new.code, new.expires.isoformat(), new.secret, new.address))
        if not running:
            self.file.tidy()
        return new

    def new_code(self) -> Meeting:
        """The running meeting under a new code; the old one no longer lets anybody in. Votes and voters stay."""
        with self.file.writing() as db:
            db.execute("UPDATE meeting SET code = ?", (ballot_rows.code(),))
            running = ballot_rows.running(db)
        if not running:
            raise PlanningError("No meeting is running, so there is no code to change. Start one first.")
        return running

    def end_meeting(self, *, expired: bool = False) -> None:
        """Close what is open, and forget code and secret: no key can be traced to a participant's token from here on. With `expired` only where its time is over."""
        if self.file.path.exists():
            with self.file.writing() as db:
                if expired and ballot_rows.running(db):
                    return
                ballot_rows.close_open(db)
                db.execute("DELETE FROM meeting")
            self.file.tidy()

    def prepare(self, *, step: int, form: str, question: str, options: Iterable[Option] = (), settings: Mapping[str, object] | None = None,
                table: str = "", groups: Iterable[str] = ()) -> Round:
        """A new round, to be opened later; raises PlanningError for one that nobody could answer."""
        uid = secrets.token_hex(8)
        new = ballot_forms.prepared(Round("", step, form, question, tuple(options), settings or {}, table, tuple(groups), "", "prepared", dt.date.today(), uid, uid))
        with self.file.writing() as db:
            return ballot_rows.added(db, new)

    def repeat(self, id: str) -> Round:
        """The same question once more, prepared; who voted before is linked to the earlier vote."""
        with self.file.writing() as db:
            before = round_of(db, id)
            if before.state not in SEEN:
                raise PlanningError("{round} is {state}; close it before it is repeated.", round=before.round, state=before.state)
            return ballot_rows.added(db, replace(before, repeats=before.round, state="prepared", date=dt.date.today(), uid=secrets.token_hex(8), decision=""))

    def rounds(self) -> list[Round]:
        """Every round in the order in which they were prepared."""
        found = [ballot_rows.read(row) for row in self._rows(f"SELECT {KEPT} FROM rounds")]
        return sorted(found, key=lambda one: int(one.round[1:]))

    def round(self, id: str) -> Round:
        """One round by its id; raises PlanningError when there is none."""
        if not self.file.path.exists():
            raise ballot_rows.unknown(id)
        with self.file.reading() as db:
            return round_of(db, id)

    def current(self) -> Round | None:
        """The round that is open; otherwise the one of the running meeting that was opened last; otherwise None."""
        running = self.meeting()
        found = self._rows(f"SELECT {KEPT} FROM rounds WHERE state = 'open' OR (state IN ('closed', 'revealed', 'adopted') AND meeting = ? AND meeting <> '') "
                           "ORDER BY state = 'open' DESC, opened DESC LIMIT 1", running.id if running else "")
        return ballot_rows.read(found[0]) if found else None

    def open(self, id: str) -> Round:
        """The round, open; another one that was open is closed. A closed round is never opened again: it is repeated."""
        with self.file.writing() as db:
            found, running = round_of(db, id), ballot_rows.running(db)
            if found.state not in ("prepared", "open"):
                raise PlanningError("{round} is {state}, and cannot be opened again. Repeat it: that asks the same once more.", round=found.round, state=found.state)
            closed = ballot_rows.close_open(db, but=found.round)
            if found.state == "prepared":
                db.execute("UPDATE rounds SET state = 'open', date = ?, meeting = ?, opened = (SELECT MAX(opened) + 1 FROM rounds) WHERE round = ?",
                           (dt.date.today().isoformat(), running.id if running else "", found.round))
            found = round_of(db, id)
        if closed:
            self.file.tidy()
        return found

    def close_round(self, id: str) -> Round:
        """The round, closed: no phone can vote in it any more, and the order in which votes came is wiped."""
        with self.file.writing() as db:
            found = round_of(db, id)
            if found.state == "prepared":
                raise PlanningError("{round} was never opened, so there is nothing to close.", round=found.round)
            ballot_rows.close_open(db, only=found.round)
            found = round_of(db, id)
        self.file.tidy()
        return found

    def reveal(self, id: str) -> Round:
        """The round, with its result shown to the room."""
        return self._moved(id, "revealed", {"closed", "revealed"}, "{round} is {state}; close it before its result is shown.")

    def mark_adopted(self, id: str, decision: str = "") -> Round:
        """The round, taken over into the plan by a decision; no ballot is added to it after that."""
        return self._moved(id, "adopted", {"closed", "revealed"}, "{round} is {state}; only a closed round that was not taken over yet can be taken over.", decision)

    def withdraw(self, id: str, option: str) -> Round:
        """The round without an option: what was given to it no longer counts, and a new vote for it is refused. A running picture waits for the next batch."""
        with self.file.writing() as db:
            found = round_of(db, id)
            if found.state not in ("prepared", "open"):
                raise PlanningError("{round} is {state}; an option can be taken out until a round is closed.", round=found.round, state=found.state)
            left = tuple(one for one in found.options if one.id != option)
            if not left or (len(left) < 2 and found.form in ("points", "swing", "dots", "ranks", "pairs")):
                raise PlanningError("{round} would have nothing left to choose from. Close it, and prepare another one.", round=found.round)
            db.execute("UPDATE rounds SET options = ? WHERE round = ?", (ballot_rows.options_text(left), found.round))
            db.execute("UPDATE published SET content = '{}' WHERE round = ?", (found.round,))
            return replace(found, options=left)

    def cast(self, round: str | Round, token: str, content: object, group: str = "") -> Cast:
        """Keep a participant's vote, in place of an earlier one; it is on the disk when this returns.

        Raises BallotRefused, and keeps nothing, when the round is not open, no meeting runs, or the vote does not fit.
        """
        if not isinstance(token, str) or not 8 <= len(token) <= 200:
            raise BallotRefused("This page is out of date. Open it again and join with the code.")
        with self.file.writing() as db:
            running, found = ballot_rows.running(db), round_of(db, _id(round))
            if not running:
                raise BallotRefused("The meeting is over, so the vote was not counted.")
            if found.state != "open":
                raise BallotRefused("This round is not open yet. Wait for the facilitator." if found.state == "prepared" else "This round is closed, so the vote was not counted.")
            version = ballot_rows.kept(db, found, ballot_rows.voter_key(running, found, token), content, group, "phone")
        return Cast(version, version > 1)

    def own(self, round: str | Round, token: str) -> dict | list | None:
        """The voter's own vote, as far as it is still on the ballot; None when there is none, or the meeting is over."""
        running = self.meeting()
        if not running:
            return None
        found = self.round(_id(round))
        rows = self._rows("SELECT content FROM votes WHERE round = ? AND voter = ?", found.round, ballot_rows.voter_key(running, found, token))
        return ballot_forms.remaining(found, json.loads(rows[0][0])) if rows else None

    def count(self, round: str | Round) -> int:
        """How many have voted."""
        found = self._rows("SELECT COUNT(*) FROM votes WHERE round = ?", _id(round))
        return found[0][0] if found else 0

    def votes(self, round: str | Round) -> pd.DataFrame:
        """Every vote of a closed round, one row a number or an idea: voter, group, option, asked, value, text, kind.

        Voters are V1, V2 … in the order of their keys, which is no order at all; one voter has the same number in all rounds that
        ask the same. Raises PlanningError while the round is open or only prepared.
        """
        found = self.round(_id(round))
        if found.state not in SEEN:
            raise PlanningError("{round} is {state}; its votes can be seen when it is closed.", round=found.round, state=found.state)
        keys = self._rows("SELECT DISTINCT voter FROM votes JOIN rounds USING (round) WHERE series = ? ORDER BY voter", found.series)
        names = {key: f"V{number}" for number, (key,) in enumerate(keys, start=1)}
        rows = self._rows("SELECT voter, speaks_as, content FROM votes WHERE round = ? ORDER BY voter", found.round)
        return ballot_rows.frame(found, [(names[key], group, content) for key, group, content in rows])

    def live(self, round: str | Round, *, small_group: int) -> pd.DataFrame:
        """What of a running vote may be seen, with the columns of `votes`; all of it once the round is closed.

        The picture grows by whole batches only and always lacks the newest (see methods/held_back.py), so no two pictures, the last one
        after closing among them, differ by fewer people than the small group. A changed vote shows with the next batch. Groups
        are left out, since within a group two pictures could differ by one person. What was published is kept, so every screen sees the same.
        """
        found = self.round(_id(round))
        if found.state in SEEN:
            return self.votes(found)
        rows = self._published(found, small_group)
        return ballot_rows.frame(found, [(f"V{number}", "", content) for number, content in rows])

    def type_in(self, round: str | Round, papers: Iterable[Paper]) -> int:
        """Keep ballots from paper, all of them or none; returns how many. A number typed in before is replaced.

        Allowed until the result is shown, also after closing: a result seen before and after one paper tells what stood on it. Raises BallotRefused with the paper's number where one does not fit.
        """
        with self.file.writing() as db:
            found = round_of(db, _id(round))
            if found.state == "adopted":
                raise BallotRefused("{round} was taken over into the plan already, so no ballot can be added. Repeat the round.", round=found.round)
            if found.state == "revealed":
                raise BallotRefused("{round} was shown already: one ballot more would tell what stood on it. Repeat the round.", round=found.round)
            papers = list(papers)
            for paper in papers:
                try:
                    ballot_rows.kept(db, found, ballot_rows.paper_key(found, paper.number), paper.content, paper.group, "paper")
                except BallotRefused as error:
                    raise BallotRefused("Paper {number}: {why}", number=paper.number, why=str(error)) from error
        return len(papers)

    def merge(self, other: Path | bytes) -> Merged:
        """Take the votes of another device's file, its content, or its plan folder; see ballot_merge."""
        take = ballot_merge.merge_content if isinstance(other, bytes) else ballot_merge.merge
        return take(self.file, other, fewest=int(facts.read(self.folder)[0].get("small_group") or 5))

    def _moved(self, id: str, state: str, allowed: set[str], refused: str, decision: str = "") -> Round:
        with self.file.writing() as db:
            found = round_of(db, id)
            if found.state not in allowed:
                raise PlanningError(refused, round=found.round, state=found.state)
            db.execute("UPDATE rounds SET state = ?, decision = ? WHERE round = ?", (state, decision, found.round))
            return replace(found, state=state, decision=decision)

    def _published(self, found: Round, small_group: int) -> list[tuple[int, str]]:
        kept = "SELECT number, content FROM published WHERE round = ? ORDER BY number"
        shown = self._rows(kept, found.round)
        if held_back.batch(len(shown), max(self.count(found), len(shown)), fewest=small_group) == len(shown):
            return shown
        with self.file.writing() as db:
            ballot_rows.next_picture(db, found, small_group)
            return db.execute(kept, (found.round,)).fetchall()

    def _rows(self, query: str, *values: object) -> list[tuple]:
        if not self.file.path.exists():
            return []
        with self.file.reading() as db:
            return db.execute(query, values).fetchall()


def _id(round: str | Round) -> str:
    return round.round if isinstance(round, Round) else str(round)
