"""Starting and stopping the room's server: two applications, two ports, one thread."""

from __future__ import annotations

import asyncio
import logging
import socket
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from tornado.http1connection import HTTP1ServerConnection
from tornado.httpserver import HTTPServer
from tornado.iostream import IOStream
from tornado.netutil import bind_sockets

from planning.model.ballots import Ballots
from planning.model.errors import PlanningError
from planning.workshop.server import limits, tokens
from planning.workshop.server.address import HOME, on_the_network
from planning.workshop.server.participants import participants
from planning.workshop.server.room import Room
from planning.workshop.server.screen import facilitator


class Bounded(HTTPServer):
    """A server that hears a bounded number of connections at once, each for a bounded time and size."""

    def handle_stream(self, stream: IOStream, address: tuple) -> None:
        """Serve the connection, or close it unheard where too many are open, in all or from one address."""
        own = sum(one.context.address[:1] == address[:1] for one in self._connections)
        if len(self._connections) >= limits.CONNECTIONS or own >= limits.FROM_ONE:
            stream.close()
        else:
            super().handle_stream(stream, address)

    async def drop_stalled(self) -> None:
        """Again and again close connections that wait to be read from one look to the next, so that nobody holds them for good."""
        waiting: set[HTTP1ServerConnection] = set()
        while True:
            now = {one for one in self._connections if one.stream.writing()}
            for one in waiting & now:
                one.stream.close()
            waiting = now
            await asyncio.sleep(limits.STALLED)


@dataclass(frozen=True)
class Serving:
    """A room's server at work in a thread of its own; the addresses and the code are those of the meeting that runs now."""

    participants_url: str
    facilitator_port: int
    ballots: Ballots
    thread: threading.Thread
    end: Callable[[], None]

    @property
    def facilitator_url(self) -> str:
        """The projector page, as this computer's own browser opens it; "" while no meeting runs."""
        meeting = self.ballots.meeting()
        return f"http://{HOME}:{self.facilitator_port}/{tokens.screen_key(meeting.secret)}/screen" if meeting else ""

    @property
    def code(self) -> str:
        """The join code; "" while no meeting runs."""
        meeting = self.ballots.meeting()
        return meeting.code if meeting else ""

    def wait(self, seconds: float | None = None) -> bool:
        """Block until the server has stopped, or so many seconds; whether it has stopped."""
        self.thread.join(seconds)
        return not self.thread.is_alive()

    def stop(self) -> None:
        """Stop the server and wait until it has; the meeting goes on, and a later start takes it up again."""
        self.end()
        self.thread.join()


def start(folder: str | Path, *, port: int = 0, network: bool = False, facilitator_port: int = 0, hours: float = 12.0, host: str = "",
          also: Sequence[tuple] = ()) -> Serving:
    """The room's server for a plan's folder, at work in a thread of its own until `stop()` is called; `wait()` blocks until then.

    A meeting that still runs is taken up again: its code, cookies and open round hold. Without `network` only this
    computer reaches the participants' page; the projector page is for this computer in any case. Port 0 takes a free
    one. `host` is the name or address under which the network finds this computer, where the one found is not the right one; `also` are
    further routes of the facilitator's application. Raises PlanningError when a port is taken or the folder's votes cannot be used.
    """
    folder = Path(folder)
    if not folder.is_dir():
        raise PlanningError("There is no folder {folder}.", folder=folder)
    outer, inner = _bound(port, "" if network else HOME), _bound(facilitator_port, HOME)
    url = f"http://{(host or on_the_network()) if network else HOME}:{_port(outer)}/"
    room = Room(folder)
    room.ballots.start_meeting(hours=hours, address=url)
    ready: Future[Callable[[], None]] = Future()
    thread = threading.Thread(target=lambda: (asyncio.run(_work(room, outer, inner, ready, also)), room.close()), name="room", daemon=True)
    thread.start()
    return Serving(url, _port(inner), room.ballots, thread, ready.result())


async def _work(room: Room, outer: list[socket.socket], inner: list[socket.socket], ready: Future[Callable[[], None]],
                also: Sequence[tuple]) -> None:
    """Answer until told to stop."""
    over, loop = asyncio.Event(), asyncio.get_running_loop()
    _keep_addresses_out_of_logs()
    bounds = limits.Limits()
    servers = []
    for application, sockets in ((participants(room, bounds), outer), (facilitator(room, limits.Limits(), _port(inner), also), inner)):
        server = Bounded(application, max_body_size=4 * limits.BODY, max_header_size=8 * 1024, idle_connection_timeout=30, body_timeout=15)
        server.add_sockets(sockets)
        servers.append(server)
    sweeping = [asyncio.create_task(server.drop_stalled()) for server in servers]

    def end() -> None:
        if not loop.is_closed():
            loop.call_soon_threadsafe(over.set)

    ready.set_result(end)
    await over.wait()
    for server, task in zip(servers, sweeping):
        task.cancel()
        server.stop()
        with suppress(TimeoutError):  # who sent thousands of requests at once is not waited for
            await asyncio.wait_for(server.close_all_connections(), limits.FAREWELL)


def _bound(port: int, address: str) -> list[socket.socket]:
    if not 0 <= port <= 65535:
        raise PlanningError("There is no port {port}. Choose one from 1024 to 65535, or 0 for any free one.", port=port)
    try:
        return bind_sockets(port, address or None, family=socket.AF_INET)
    except OSError as error:
        raise PlanningError("Port {port} cannot be used: another program has it, or it is not allowed. Choose another one, or 0 for any free one.", port=port) from error


def _port(sockets: list[socket.socket]) -> int:
    return sockets[0].getsockname()[1]


class _NoAddress(logging.Filter):
    """Lets no line through that names the address of who asked."""

    def filter(self, record: logging.LogRecord) -> bool:
        return "from %s" not in str(record.msg)


def _keep_addresses_out_of_logs() -> None:
    log = logging.getLogger("tornado.general")
    if not any(isinstance(item, _NoAddress) for item in log.filters):
        log.addFilter(_NoAddress())
