"""Several files of a plan written as one: a crash at any moment leaves all of the old ones or all of the new ones.

The new files are first written beside the old ones. Then a small file, the journal, names what is to
be put where: from that moment the writing counts as done, and whoever opens the plan next finishes it.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from filelock import AcquireReturnProxy, FileLock, Timeout

from planning.model.errors import PlanningError

LOCK = ".planning.lock"
FILE = ".planning.keep"
BESIDE = ".planning.new."
PATIENCE = 10.0
"""Seconds to wait for another one who is at work on the plan."""


def alone(folder: Path) -> AcquireReturnProxy:
    """The plan's lock, to be used with `with`; what a crash left half done is finished first.

    Raises PlanningError when another one keeps it for too long, or the folder cannot be written into.
    """
    try:
        held = FileLock(folder / LOCK, timeout=PATIENCE).acquire()
    except Timeout as error:
        raise PlanningError("Somebody else is writing into {folder} just now. Try again in a moment.", folder=folder) from error
    except OSError as error:
        raise _refused(folder, error) from error
    try:
        _finish(folder)
        _sweep(folder)
    except BaseException as error:
        held.lock.release()
        if isinstance(error, OSError):
            raise _refused(folder, error) from error
        raise
    return held


def settle(folder: Path) -> None:
    """Finish what a crash left half done; where nothing was, nothing is touched, not even the lock.

    Raises PlanningError when it cannot be finished.
    """
    if (folder / FILE).exists():
        with alone(folder):
            pass


def write(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files of a folder (name to content), all or none, also when the machine stops in between; to be called by who holds the lock.

    Raises PlanningError, with every file as it was, when one cannot be written.
    """
    try:
        _write(folder, files)
    except OSError as error:
        raise _refused(folder, error) from error


def _write(folder: Path, files: Mapping[str, bytes]) -> None:
    before = {name: (folder / name).read_bytes() if (folder / name).exists() else None for name in files}
    beside: dict[str, str] = {}
    try:
        for name, content in files.items():
            _beside(folder, name, content, beside)
        _commit(folder, beside)
        _finish(folder)
    except BaseException:
        _put_back(folder, before, beside)
        raise


def _beside(folder: Path, name: str, content: bytes, beside: dict[str, str]) -> None:
    """Write a file's new content beside its place, and note where."""
    place = folder / name
    place.parent.mkdir(parents=True, exist_ok=True)
    descriptor, path = tempfile.mkstemp(dir=place.parent, prefix=BESIDE)
    beside[name] = Path(path).relative_to(folder).as_posix()
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    Path(path).chmod(place.stat().st_mode & 0o777 if place.exists() else 0o644)


def _commit(folder: Path, moves: Mapping[str, str | None]) -> None:
    """Put the journal there, whole: each name with what takes its place, None for a file that goes."""
    noted: dict[str, str] = {}
    _beside(folder, FILE, json.dumps(moves).encode("utf-8"), noted)
    (folder / noted[FILE]).replace(folder / FILE)
    _sync(folder)


def _finish(folder: Path) -> None:
    """Do what the journal says, as far as it is not done yet."""
    journal = folder / FILE
    if not journal.exists():
        return
    for name, new in _moves(journal).items():
        if new is None:
            (folder / name).unlink(missing_ok=True)
        elif (folder / new).exists():
            (folder / new).replace(folder / name)
    _sync(folder)
    journal.unlink()


def _moves(journal: Path) -> dict[str, str | None]:
    """What the journal says; raises PlanningError for one that was not written here."""
    try:
        moves = dict(json.loads(journal.read_text(encoding="utf-8")))
    except (ValueError, TypeError):
        moves = {"..": None}
    for name, new in moves.items():
        own = PurePosixPath(new) if isinstance(new, str) else None
        inside = [part for part in (PurePosixPath(name), own) if part and (part.is_absolute() or ".." in part.parts)] == []
        if not inside or (new is not None and (own is None or not own.name.startswith(BESIDE))):
            raise PlanningError("The file {file} in the plan's folder was not written by this suite. Remove it, then look at the plan with planning check.", file=FILE)
    return moves


def _put_back(folder: Path, before: Mapping[str, bytes | None], beside: Mapping[str, str]) -> None:
    """Set every file back to what it held, with a journal of its own, and leave nothing beside."""
    moved = [name for name, new in beside.items() if (folder / FILE).exists() and not (folder / new).exists()]
    back: dict[str, str | None] = {}
    for name in moved:
        if before[name] is None:
            back[name] = None
        else:
            _beside(folder, name, before[name], back)
    if (folder / FILE).exists():
        _commit(folder, back)
        _finish(folder)
    for new in beside.values():
        (folder / new).unlink(missing_ok=True)


def _sweep(folder: Path) -> None:
    """Take away what was written beside and never put in place."""
    for place in (folder, *(path for path in folder.iterdir() if path.is_dir() and path.name == "evidence")):
        for path in place.glob(f"{BESIDE}*"):
            path.unlink(missing_ok=True)


def _sync(folder: Path) -> None:
    """Have the folder's names on the disk, where the system can say so."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _refused(folder: Path, error: OSError) -> PlanningError:
    return PlanningError("Nothing was written: the folder {folder} cannot be written into ({why}). Make room on the disk, close the plan's files in other programs, "
                         "or see that you may write there; then try again.", folder=folder, why=error.strerror or str(error))
