"""The rows of ballots.sqlite: rounds and votes as they are kept, the keys of voters, and votes as a tidy frame."""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import json
import random
import secrets
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, replace

import pandas as pd

from planning.methods import held_back
from planning.model.ballots import forms as ballot_forms
from planning.model.ballots.forms import Option, Round
from planning.model.errors import PlanningError

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # no 0 O 1 I L U
CODE_LENGTH = 6
COLUMNS = ["voter", "group", "option", "asked", "value", "text", "kind"]
KEPT = "round, uid, series, step, form, question, options, settings, plan_table, groups, repeats, state, date, decision"


@dataclass(frozen=True)
class Meeting:
    """The running meeting: the code to join with, when it expires (UTC), the secret behind the voters' keys, and where to join."""

    code: str
    expires: dt.datetime
    secret: bytes
    address: str
    id: str = ""


def now() -> dt.datetime:
    """This moment, in UTC."""
    return dt.datetime.now(dt.UTC)


def code() -> str:
    """A new code to join with, out of letters and digits that nobody mistakes for others."""
    return "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))


def running(db: sqlite3.Connection) -> Meeting | None:
    """The meeting whose time is not over."""
    row = db.execute("SELECT code, expires, secret, address, id FROM meeting").fetchone()
    found = Meeting(row[0], dt.datetime.fromisoformat(row[1]), row[2], row[3], row[4]) if row else None
    return found if found and found.expires > now() else None


def kept_meeting(db: sqlite3.Connection) -> bool:
    """Whether the file holds a meeting, running or not."""
    return db.execute("SELECT 1 FROM meeting").fetchone() is not None


def voter_key(meeting: Meeting, found: Round, token: str) -> str:
    """A participant's key within the rounds that ask the same; without the secret it leads to nobody."""
    return hmac.new(meeting.secret, f"{found.series}\0{token}".encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()[:32]


def paper_key(found: Round, number: object) -> str:
    """The key of a ballot on paper: its number leads to it, as typing it in again has to replace it."""
    return hashlib.sha256(f"paper\0{found.uid}\0{str(number).strip()}".encode("utf-8", "surrogatepass")).hexdigest()[:32]


def round_of(db: sqlite3.Connection, id: object) -> Round:
    """One round by its id; raises PlanningError when there is none."""
    row = db.execute(f"SELECT {KEPT} FROM rounds WHERE round = ?", (str(id),)).fetchone()
    if row is None:
        raise unknown(id)
    return read(row)


def unknown(id: object) -> PlanningError:
    """That there is no such round, in words."""
    return PlanningError("There is no round {round} in this plan.", round=str(id)[:20])


def read(row: tuple) -> Round:
    """A round out of its row."""
    round, uid, series, step, form, question, options, settings, table, groups, repeats, state, day, decision = row
    return Round(round, step, form, question, tuple(Option(*one) for one in json.loads(options)), {name: _tuples(value) for name, value in json.loads(settings).items()}, table,
                 tuple(json.loads(groups)), repeats, state, dt.date.fromisoformat(day), uid, series, decision)


def added(db: sqlite3.Connection, new: Round) -> Round:
    """A prepared round, kept under the next free id."""
    last = max((int(id[1:]) for (id,) in db.execute("SELECT round FROM rounds")), default=0)
    new = replace(new, round=f"R{last + 1}")
    values = (new.round, new.uid, new.series, new.step, new.form, new.question, options_text(new.options), text(dict(new.settings)), new.table, text(new.groups), new.repeats,
              new.state, new.date.isoformat(), new.decision)
    db.execute(f"INSERT INTO rounds ({KEPT}) VALUES ({', '.join('?' * len(values))})", values)
    return round_of(db, new.round)


def close_open(db: sqlite3.Connection, *, only: str = "", but: str = "") -> bool:
    """Close what is open, wipe the order in which its votes came and what was published of it; whether there was any."""
    ids = [id for (id,) in db.execute("SELECT round FROM rounds WHERE state = 'open'") if only in ("", id) and id != but]
    for id in ids:
        db.execute("UPDATE rounds SET state = 'closed' WHERE round = ?", (id,))
        db.execute("UPDATE votes SET place = NULL WHERE round = ?", (id,))
        db.execute("DELETE FROM published WHERE round = ?", (id,))
    return bool(ids)


def kept(db: sqlite3.Connection, found: Round, key: str, content: object, group: object, source: str) -> int:
    """Keep a vote in place of an earlier one with the same key; returns its version. Raises BallotRefused when it does not fit."""
    clean, speaks = text(ballot_forms.checked(found, content, group)), ballot_forms.speaking(found, group)
    row = db.execute("SELECT version FROM votes WHERE round = ? AND voter = ?", (found.round, key)).fetchone()
    version = row[0] + 1 if row else 1
    put(db, found, key, version, speaks, clean, source)
    return version


def put(db: sqlite3.Connection, found: Round, key: str, version: int, group: str, content: str, source: str) -> None:
    """Write a vote; while the round can still be open its place among the others is kept, and a changed vote keeps the place it had."""
    place = None
    if found.state in ("prepared", "open"):
        place = db.execute("SELECT COALESCE((SELECT place FROM votes WHERE round = ?1 AND voter = ?2), (SELECT MAX(place) FROM votes WHERE round = ?1) + 1, 1)", (found.round, key)).fetchone()[0]
    db.execute("REPLACE INTO votes VALUES (?, ?, ?, ?, ?, ?, ?)", (found.round, key, version, group, content, source, place))


def next_picture(db: sqlite3.Connection, found: Round, small_group: int) -> None:
    """Let the next batch of an open round's votes into its picture, where one is due; in an order that tells nothing."""
    shown, cast = (db.execute(f"SELECT COUNT(*) FROM {table} WHERE round = ?", (found.round,)).fetchone()[0] for table in ("published", "votes"))
    upto = held_back.batch(shown, cast, fewest=small_group)
    if upto > shown and round_of(db, found.round).state == "open":
        batch = [row[0] for row in db.execute("SELECT content FROM votes WHERE round = ? ORDER BY place LIMIT ?", (found.round, upto))]
        random.SystemRandom().shuffle(batch)
        db.execute("DELETE FROM published WHERE round = ?", (found.round,))
        db.executemany("INSERT INTO published VALUES (?, ?, ?)", [(found.round, number, content) for number, content in enumerate(batch, start=1)])


def frame(found: Round, votes: Iterable[tuple[str, str, str]]) -> pd.DataFrame:
    """Votes (voter, group, content) as one tidy frame, one row a number or an idea; texts that do not apply are empty."""
    rows = [(voter, group, *row) for voter, group, content in votes for row in ballot_forms.tidy(found, json.loads(content))]
    return pd.DataFrame(rows, columns=COLUMNS).astype({name: "float" if name == "value" else "str" for name in COLUMNS})


def options_text(options: Iterable[Option]) -> str:
    """Options as they are kept."""
    return text([[one.id, one.label] for one in options])


def text(value: object) -> str:
    """A value as JSON in one form."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def _tuples(value: object) -> object:
    return tuple(_tuples(one) for one in value) if isinstance(value, list) else value
