"""Votes of another device's ballots.sqlite, taken into this one: no vote lost, none counted twice."""

from __future__ import annotations

import json
import os
import re
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple

from planning.model.ballots import forms as ballot_forms
from planning.model.ballots import rows as ballot_rows
from planning.model.ballots.file import BESIDE, FILE, BallotFile
from planning.model.ballots.forms import BallotRefused, Round
from planning.model.errors import PlanningError

KEY = re.compile(r"[0-9a-f]{32}")
MOST_VERSIONS = 1_000_000


@dataclass
class Merged:
    """What came of another device's votes: how many are new, replaced an earlier vote of the same voter, or were here already or are older.

    `rounds` are the ids of those that both know; `unknown` the questions of rounds with votes that only the other device
    knows; `adopted` the ids of rounds that were taken over already, so that nothing is added; `seen` those whose result was shown
    and to which so few votes would come that the result would tell them; `unknown_votes`, `late_votes` and `few_votes` how
    many votes stayed out for these reasons; `unfit` how many do not fit their round.
    """

    new: int = 0
    replaced: int = 0
    same: int = 0
    rounds: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    unknown_votes: int = 0
    adopted: list[str] = field(default_factory=list)
    late_votes: int = 0
    seen: list[str] = field(default_factory=list)
    few_votes: int = 0
    unfit: int = 0


def merge(mine: BallotFile, other: Path, *, fewest: int) -> Merged:
    """Take the votes of another file of ballots, all of them or none, and leave that file as it is.

    A round is the same where its own random id is. Of two votes with one key the higher version counts; where
    both are as high, the one whose text comes last, so that the order of merging does not matter and merging twice changes
    nothing. A round that is only prepared here and closed there is closed here. Options removed here no longer count. A round whose
    result was shown takes none or at least `fewest` new and changed votes at once: the result before and after fewer would tell what they said.
    Raises PlanningError when the other file is none of ours or cannot be read.
    """
    place = other / FILE if other.is_dir() else other
    if not place.is_file():
        raise PlanningError("There is no file {file}. Name the other device's plan folder, or the file {name} in it.", file=place, name=FILE)
    if mine.path.exists() and place.samefile(mine.path):
        raise PlanningError("{file} is this plan's own file of votes. Name the one of the other device.", file=place)
    told = Merged()
    theirs = _theirs(place)
    with mine.writing() as db:
        known = {found.uid: found for (id,) in db.execute("SELECT round FROM rounds").fetchall() for found in [ballot_rows.round_of(db, id)]}
        for their, votes in theirs:
            _round(db, their, votes, known, told, fewest)
    mine.tidy()
    told.rounds.sort(key=lambda id: int(id[1:]))
    return told


def merge_content(mine: BallotFile, content: bytes, *, fewest: int) -> Merged:
    """Take the votes of another file of ballots that was handed over as bytes (see `merge`)."""
    with tempfile.TemporaryDirectory(prefix="planning-") as folder:
        place = Path(folder) / FILE
        place.write_bytes(content)
        return merge(mine, place, fewest=fewest)


class Their(NamedTuple):
    """What is taken from the other device's account of a round."""

    uid: str
    round: str
    question: str
    state: str
    date: str


def _theirs(place: Path) -> list[tuple[Their, list[tuple]]]:
    """The other device's rounds with their votes, in an order that does not depend on the device."""
    with _readable(place) as source, source.reading() as db:
        rounds = [Their(*map(str, row)) for row in db.execute("SELECT uid, round, question, state, date FROM rounds ORDER BY uid")]
        return [(one, db.execute("SELECT voter, version, speaks_as, content, source FROM votes WHERE round = ? ORDER BY voter", (one.round,)).fetchall()) for one in rounds]


@contextmanager
def _readable(place: Path) -> Iterator[BallotFile]:
    """The other file; where nothing may be written beside it, as on a stick that is locked, a copy of it."""
    with tempfile.TemporaryDirectory(prefix="planning-") as folder:
        if not os.access(place.parent, os.W_OK) or place.name != FILE:
            for ours, its in zip(BESIDE[:2], (place, place.with_name(f"{place.name}-wal"))):
                if its.exists():
                    shutil.copyfile(its, Path(folder) / ours)
            place = Path(folder) / FILE
        source = BallotFile(place)
        try:
            yield source
        finally:
            source.close()


def _round(db: sqlite3.Connection, their: Their, votes: list[tuple], known: dict[str, Round], told: Merged, fewest: int) -> None:
    """Take the votes of one of the other device's rounds."""
    here = known.get(their.uid)
    if here is None:
        told.unknown += [their.question] if votes else []
        told.unknown_votes += len(votes)
    elif here.state == "adopted":
        told.adopted.append(here.round)
        told.late_votes += sum(not _held(db, here, *vote) for vote in votes)
    elif here.state == "revealed" and 0 < (few := sum(_wanted(db, here, *vote) for vote in votes)) < fewest:
        told.seen.append(here.round)
        told.few_votes += few
    else:
        told.rounds.append(here.round)
        for vote in votes:
            _vote(db, here, vote, told)
        if here.state == "prepared" and their.state in ("closed", "revealed", "adopted"):
            db.execute("UPDATE rounds SET state = 'closed' WHERE round = ?", (here.round,))
            db.execute("UPDATE votes SET place = NULL WHERE round = ?", (here.round,))


def _held(db: sqlite3.Connection, here: Round, voter: str, version: int, *_: object) -> bool:
    """Whether this vote, or a later one of the same voter, is here already."""
    row = db.execute("SELECT version FROM votes WHERE round = ? AND voter = ?", (here.round, voter)).fetchone()
    return bool(row) and row[0] >= version


def _wanted(db: sqlite3.Connection, here: Round, *vote: object) -> bool:
    """Whether this vote fits and would change what is here."""
    return _fitting(here, *vote) is not None and not _held(db, here, *vote)


def _vote(db: sqlite3.Connection, here: Round, vote: tuple, told: Merged) -> None:
    voter, version, group, content, source = vote
    clean = _fitting(here, *vote)
    if clean is None:
        told.unfit += 1
        return
    content = ballot_rows.text(clean) if isinstance(clean, list) else content
    row = db.execute("SELECT version, content, speaks_as FROM votes WHERE round = ? AND voter = ?", (here.round, voter)).fetchone()
    if row and row >= (version, content, group):
        told.same += 1
        return
    ballot_rows.put(db, here, voter, version, group, content, "paper" if source == "paper" else "device")
    if row:
        told.replaced += 1
    else:
        told.new += 1


def _fitting(here: Round, voter: object, version: object, group: object, content: object, source: object) -> dict | list | None:
    """A row out of another file as a vote that could have been cast in this round, or None when it could not."""
    if not (isinstance(voter, str) and KEY.fullmatch(voter) and isinstance(version, int) and 1 <= version <= MOST_VERSIONS and isinstance(content, str)):
        return None
    try:
        ballot_forms.speaking(replace(here, groups=here.groups if group else ()), group)
        return ballot_forms.remaining(here, json.loads(content))
    except (BallotRefused, ValueError, RecursionError):
        return None
