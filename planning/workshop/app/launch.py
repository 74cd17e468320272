"""A workshop from its start to its end: the room's server, the step pages and the home page; whatever was started is ended again."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path

from filelock import FileLock, Timeout

from planning.model.errors import PlanningError, UsageError
from planning.model.plan import Plan
from planning.show import language
from planning.workshop import agenda

PORTS = (8765, 8766)
"""The participants' and the facilitator's port where none is named: the same again after a restart, so that open phones find the room."""

NEEDED = ("voila", "tornado", "segno")


@dataclass(frozen=True)
class Asked:
    """How a workshop is to be held; port 0 takes the usual one, or a free one where that is taken."""

    network: bool = False
    host: str = ""
    port: int = 0
    hours: float = 12.0
    path: str = "half-day"
    start: str = agenda.START


@dataclass(frozen=True)
class Pages:
    """What the step pages are made of: the notebooks, what each is about, the style and the line at the foot of a page."""

    notebooks: Sequence[Path]
    steps: Sequence[dict[str, str]]
    style: str
    footer: str


class Workshop:
    """A workshop at work, between `with` and its end."""

    def __init__(self, plan: Plan, pages: Pages, asked: Asked) -> None:
        """Nothing is started yet; raises PlanningError or UsageError when it could not be."""
        _refuse_missing()
        language.use(str(plan.facts["language"]), str(plan.facts["currency"]))
        self.plan, self.pages, self.asked = plan, pages, asked
        self.timed = agenda.timed(plan, asked.path, asked.start)
        self._refuse_no_network()
        self._ends: list[Callable[[], None]] = []

    def __enter__(self) -> Workshop:
        """Start everything, or nothing."""
        try:
            self._alone()
            self._start()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def stop(self) -> None:
        """End everything that was started, the last one first, even where ending one of them fails."""
        while self._ends:
            end = self._ends.pop()
            with suppress(Exception):
                end()

    def wait(self) -> None:
        """Block while all is well; raises PlanningError when a part of it has ended by itself."""
        while not self.serving.wait(1):
            if self.steps.ended():
                raise PlanningError("The pages of the steps have ended by themselves, perhaps because the machine ran out of memory. Start the workshop again: "
                                    "votes and kept decisions are safe, and the same code still holds.")
        raise PlanningError("The room's server has ended by itself. Start the workshop again: votes are safe, and the same code still holds.")

    @property
    def home(self) -> str:
        """The address of the facilitator's home page."""
        return self.serving.facilitator_url.removesuffix("screen") + "home"

    @property
    def usual(self) -> int:
        """The port at which participants usually join."""
        return self.asked.port or PORTS[0]

    @property
    def moved(self) -> bool:
        """Whether another program had the usual port, so that this workshop took a free one."""
        return not self.serving.participants_url.endswith(f":{self.usual}/")

    def _start(self) -> None:
        from planning.workshop.app import copies, steps
        from planning.workshop.app.home import Home

        shown = Home(self.plan.library, self.pages.steps, self.timed, self.asked.network)
        self.serving = self._served(shown.routes())
        self._ends.append(self.serving.stop)
        folder = Path(tempfile.mkdtemp(prefix="planning-workshop-")).resolve()
        self._ends.append(lambda: shutil.rmtree(folder, ignore_errors=True))
        copies.written(self.pages.notebooks, folder, self.plan.folder.resolve())
        self.steps = steps.start(folder, steps.page(self.plan, self.pages.steps, home=self.home, style=self.pages.style, footer=self.pages.footer))
        self._ends.append(self.steps.stop)
        shown.addresses |= {path.stem: self.steps.address(path.stem) for path in self.pages.notebooks}

    def _served(self, routes: list[tuple]):
        from planning.workshop.server import serve

        def at(port: int, own: int):
            return serve.start(self.plan.folder, port=port, network=self.asked.network, facilitator_port=own, hours=self.asked.hours, host=self.asked.host, also=routes)

        usual = [(port, own) for port in (PORTS[0], 0) for own in (PORTS[1], 0)]
        for port, own in [(self.asked.port, PORTS[1])] if self.asked.port else usual[:-1]:
            try:
                return at(port, own)
            except PlanningError:
                continue
        return at(self.asked.port, 0)

    def _alone(self) -> None:
        """Hold the plan's workshop for this program; the system lets go of it whenever the program ends, however it ends."""
        name = sha256(str(self.plan.folder.resolve()).encode()).hexdigest()[:16]
        place = Path(tempfile.gettempdir()) / f"planning-workshop-{name}.lock"
        lock = FileLock(place, timeout=0, mode=0o600)
        try:
            lock.acquire()
        except Timeout:
            raise PlanningError("A workshop on this plan is running already, in another window on this computer. Use that one, or end it there with Ctrl+C. "
                                "A second room needs a copy of the plan.") from None
        except OSError as error:
            raise PlanningError("The workshop cannot hold {place} ({why}): another account on this computer may be leading a workshop on this plan, or have left the file behind. "
                                "End it there, or use a copy of the plan.", place=place, why=error.strerror or str(error)) from error
        self._ends += [lock.release, lambda: place.unlink(missing_ok=True)]

    def _refuse_no_network(self) -> None:
        from planning.workshop.server.address import HOME, on_the_network

        if self.asked.host and not self.asked.network:
            raise UsageError("--address goes with --network: without it only this computer can join.")
        if self.asked.network and not self.asked.host and on_the_network() == HOME:
            raise PlanningError("This computer is on no network, so no phone could join. Connect it to the room's Wi-Fi and start again; "
                                "or name the address under which phones find it with --address; or leave out --network to vote on this computer only.")


def _refuse_missing() -> None:
    """Raise PlanningError where what the app is built on is not installed."""
    missing = [name for name in NEEDED if find_spec(name) is None]
    if missing:
        raise PlanningError("The workshop needs {names}, which this installation lacks. Get it with: pip install \"planning[workshop]\", or in the project's folder: "
                            "python3 start.py lab", names=" and ".join(missing))
