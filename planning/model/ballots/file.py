"""The file ballots.sqlite: its tables, safe transactions from many threads and processes, and its failures in words."""

from __future__ import annotations

import os
import sqlite3
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from planning.model.errors import PlanningError

FILE = "ballots.sqlite"
BESIDE = (FILE, f"{FILE}-wal", f"{FILE}-shm")
VERSION = 1
MARK = 0x706C616E  # the application id that tells our file from another program's
PATIENCE = 10_000  # milliseconds to wait for another one who is writing
TABLES = """
CREATE TABLE meeting (one INTEGER PRIMARY KEY CHECK (one = 1), id TEXT NOT NULL, code TEXT NOT NULL, expires TEXT NOT NULL, secret BLOB NOT NULL, address TEXT NOT NULL);
CREATE TABLE rounds (round TEXT PRIMARY KEY, uid TEXT NOT NULL UNIQUE, series TEXT NOT NULL, step INTEGER NOT NULL, form TEXT NOT NULL, question TEXT NOT NULL, options TEXT NOT NULL,
  settings TEXT NOT NULL, plan_table TEXT NOT NULL, groups TEXT NOT NULL, repeats TEXT NOT NULL, state TEXT NOT NULL, date TEXT NOT NULL,
  meeting TEXT NOT NULL DEFAULT '', opened INTEGER NOT NULL DEFAULT 0, decision TEXT NOT NULL DEFAULT '') WITHOUT ROWID;
CREATE TABLE votes (round TEXT NOT NULL, voter TEXT NOT NULL, version INTEGER NOT NULL, speaks_as TEXT NOT NULL, content TEXT NOT NULL, source TEXT NOT NULL, place INTEGER,
  PRIMARY KEY (round, voter)) WITHOUT ROWID;
CREATE TABLE published (round TEXT NOT NULL, number INTEGER NOT NULL, content TEXT NOT NULL, PRIMARY KEY (round, number)) WITHOUT ROWID;
"""


class BallotFile:
    """Connections to one file of ballots, each used by one thread at a time and kept for the next.

    A commit is on the disk before `writing` ends (synchronous=FULL), and what is deleted is overwritten (secure_delete).
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._idle: list[sqlite3.Connection] = []
        self._process = os.getpid()
        self._turn = threading.Lock()

    def close(self) -> None:
        """Close every connection that is not in use."""
        while self._idle:
            self._idle.pop().close()

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """A connection that sees one state of the file."""
        with self._told(), self._connection() as connection, _transaction(connection, "BEGIN"):
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """A connection whose changes are all made, and on the disk, or none of them; one writer at a time."""
        if not self.path.exists():
            with self._told():
                made(self.path)
        with self._turn, self._told(), self._connection() as connection, _transaction(connection, "BEGIN IMMEDIATE"):
            yield connection

    def tidy(self) -> None:
        """Rewrite the file in the order of its keys and empty its log, so that neither tells what came first or was deleted.

        Where somebody else is at work just then the log is left for the next time.
        """
        with self._turn, self._told(), self._connection() as connection, suppress(sqlite3.OperationalError):
            connection.execute("VACUUM")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    @contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        if self._process != os.getpid():  # a connection does not survive a fork
            self._idle, self._process = [], os.getpid()
        try:
            connection = self._idle.pop()
        except IndexError:
            connection = opened(self.path)
        try:
            yield connection
        except sqlite3.Error:
            connection.close()
            raise
        except BaseException:
            self._idle.append(connection)
            raise
        self._idle.append(connection)

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, OSError) as error:
            raise worded(error, self.path) from error


@contextmanager
def _transaction(connection: sqlite3.Connection, begin: str) -> Iterator[None]:
    connection.execute(begin)
    try:
        yield
    except BaseException:
        with suppress(sqlite3.Error):
            connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def opened(path: Path) -> sqlite3.Connection:
    """A connection to a file of ballots; raises PlanningError for a file that is none, or that a newer version wrote."""
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True, isolation_level=None, check_same_thread=False, timeout=PATIENCE / 1000)
    try:
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("PRAGMA secure_delete=ON")
        mark, version = (connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version"))
    except BaseException:
        connection.close()
        raise
    if mark == MARK and version == VERSION:
        return connection
    connection.close()
    if mark == MARK and version > VERSION:
        raise PlanningError("{file} was written by a newer version of this suite. Install that version, or use another copy of the plan; the file was left as it is.", file=path)
    raise PlanningError("{file} is no file of votes of this suite, and was left as it is. Move it away; a new one is made with the next round.", file=path)


def made(path: Path) -> None:
    """Put an empty file of ballots in place, whole, unless another one has done so meanwhile."""
    with tempfile.TemporaryDirectory(prefix=".ballots-", dir=path.parent) as built:
        new = Path(built) / path.name
        connection = sqlite3.connect(new, isolation_level=None)
        connection.execute("PRAGMA journal_mode=WAL")
        connection.executescript(f"BEGIN; {TABLES} PRAGMA application_id={MARK}; PRAGMA user_version={VERSION}; COMMIT;")
        connection.close()
        new.chmod(0o600)
        try:
            os.link(new, path)
        except FileExistsError:
            return
        except OSError:  # a disk that knows no links
            if not path.exists():
                new.replace(path)


def worded(error: Exception, path: Path) -> PlanningError:
    """What a failure of the file means, in a sentence that says what to do."""
    why = str(error).lower()
    if "not a database" in why or "malformed" in why:
        return PlanningError("{file} is no file of votes, or it is damaged; it was left as it is. Move it away, or put a copy of it in its place.", file=path)
    if "full" in why or "no space" in why:
        return PlanningError("The disk is full, so nothing was written to {file}. Make room, and do it again.", file=path)
    if "locked" in why or "busy" in why:
        return PlanningError("Somebody else is writing into {file} just now. Try again in a moment.", file=path)
    return PlanningError("{file} cannot be read or written: {why}. See that the folder is there and that you may write into it.", file=path,
                         why=getattr(error, "strerror", None) or error)
