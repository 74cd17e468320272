"""What the room is doing now, read from the store a few times a second at the most, however many phones ask."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from planning.model.ballots.forms import BallotRefused, Round
from planning.model.ballots.rows import Meeting
from planning.model.ballots import Ballots, Cast

FRESH = 0.2
"""Seconds for which one reading of the store serves everybody."""


@dataclass(frozen=True)
class Now:
    """The running meeting and its round at one moment; `version` changes whenever a page has to be drawn anew."""

    meeting: Meeting | None
    round: Round | None
    count: int
    version: str


class Room:
    """The store of one plan's folder, as the two applications need it."""

    def __init__(self, folder: Path) -> None:
        self.ballots = Ballots(folder)
        self.pool = ThreadPoolExecutor(4, thread_name_prefix="ballots")
        self._read: tuple[float, Now] | None = None
        self._made: dict[str, tuple[str, asyncio.Future[str]]] = {}

    def now(self) -> Now:
        """The room's standing, at most a fifth of a second old."""
        if self._read is None or time.monotonic() - self._read[0] > FRESH:
            self._read = (time.monotonic(), self.fresh())
        return self._read[1]

    def fresh(self) -> Now:
        """The room's standing at this moment."""
        meeting = self.ballots.meeting()
        found = self.ballots.current() if meeting else None
        count = self.ballots.count(found.round) if found else 0
        after = count if found and found.state != "open" else 0
        seen = repr((meeting and meeting.expires, found, after))
        return Now(meeting, found, count, sha256(seen.encode()).hexdigest()[:12])

    def opened(self, number: str) -> Round:
        """The round of this number, if it is the one that is open; raises BallotRefused otherwise."""
        for now in (self.now, self.fresh):
            found = now().round
            if found and found.state == "open" and found.round == number:
                return found
        raise BallotRefused("This round is closed, so the vote was not counted.")

    async def once(self, key: str, make: Callable[[], str]) -> str:
        """What `make` gives, made once for as long as the key stays the same, however many ask at once."""
        kind = key.split()[0]
        known, made = self._made.get(kind, ("", None))
        if known != key or (made.done() and (made.cancelled() or made.exception())):  # what failed is made anew for the next who asks
            self._made[kind] = (key, asyncio.get_running_loop().run_in_executor(self.pool, make))
        return await asyncio.shield(self._made[kind][1])

    async def cast(self, number: str, token: str, content: object, group: str) -> Cast:
        """Write a vote down, on a thread of its own so that the disk keeps nobody waiting."""
        return await asyncio.get_running_loop().run_in_executor(self.pool, lambda: self.ballots.cast(number, token, content, group=group))

    async def own(self, number: str, token: str) -> object:
        """The participant's own vote in a round, or None."""
        return await asyncio.get_running_loop().run_in_executor(self.pool, self.ballots.own, number, token)

    def close(self) -> None:
        """Let go of the store."""
        self.pool.shutdown(wait=True)
        self.ballots.close()
