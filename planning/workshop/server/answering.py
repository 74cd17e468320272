"""What both applications share in answering: safe headers, bounds, plain sentences for whatever cannot be answered, no log of who asked."""

from __future__ import annotations

import logging

from tornado.web import Application, HTTPError, RequestHandler

from planning.model.errors import PlanningError
from planning.show.language import say
from planning.workshop.server import limits, pages
from planning.workshop.server.limits import Limits
from planning.workshop.server.room import Now, Room

FAULTS = {
    400: "That could not be understood. Go back to the ballot and try again.",
    403: "This form came from another page, so nothing was counted. Go back to the ballot and try again.",
    413: "That is far too much for a ballot, so nothing was counted. Shorten it and send it again.",
    429: "Too many requests came at once. Wait a few seconds; the page tries again by itself.",
    500: "Something went wrong on the facilitator's computer. Try again in a moment.",
    503: "The votes cannot be read or written just now. Try again in a moment.",
}
NOWHERE = "There is nothing here."


class Answering(RequestHandler):
    """One answer, by an application that holds a `Room` and its `Limits`."""

    @property
    def room(self) -> Room:
        """The store behind the pages."""
        return self.settings["room"]

    @property
    def limits(self) -> Limits:
        """The bounds of this server."""
        return self.settings["limits"]

    @property
    def now(self) -> Now:
        """What the room is doing."""
        return self.room.now()

    def set_default_headers(self) -> None:
        """The safe headers, and nothing that tells which program answers."""
        self.clear_header("Server")
        for name, value in pages.SAFE.items():
            self.set_header(name, value)

    def prepare(self) -> None:
        """Refuse what is too much before anything is done with it."""
        if not self.limits.may_ask(self.request.remote_ip or ""):
            raise HTTPError(429)
        if len(self.request.body) > limits.BODY:
            raise HTTPError(413)

    def compute_etag(self) -> None:
        """None: no answer is kept anywhere."""

    def wants_json(self) -> bool:
        """Whether the page's own script asks."""
        return "application/json" in self.request.headers.get("Accept", "")

    def write_error(self, status_code: int, **said: object) -> None:
        """A plain sentence without details, whatever went wrong; 503 where the store cannot be used."""
        if isinstance(dict(enumerate(said.get("exc_info") or ())).get(1), PlanningError):
            status_code = 503
            self.set_status(status_code)
        text = say(FAULTS.get(status_code, FAULTS[500] if status_code >= 500 else NOWHERE))
        if status_code == 429:
            self.set_header("Retry-After", "5")
        if self.wants_json():
            self.finish({"counted": False, "text": text})
        else:
            self.finish(pages.draw("message.html", title=say("The ballot"), text=text))

    def log_exception(self, typ: type[BaseException] | None, value: BaseException | None, tb: object) -> None:
        """Write a fault of the program down, and never who asked for what."""
        if not isinstance(value, HTTPError):
            logging.getLogger("planning.room").error("The room's server made a mistake", exc_info=(typ, value, tb))


class Nowhere(Answering):
    """Every address that is not a page."""

    def prepare(self) -> None:
        """There is nothing here, whatever is asked."""
        super().prepare()
        raise HTTPError(404)


class Part(Answering):
    """The pages' style and script."""

    def initialize(self, name: str) -> None:
        """One file, chosen by the application and never by who asks."""
        self.name = name

    def get(self) -> None:
        """The file; a phone may keep it, for its address changes with it."""
        self.set_header("Content-Type", pages.KINDS[self.name.rsplit(".", 1)[1]])
        self.set_header("Cache-Control", "private, max-age=43200")
        self.finish(pages.part(self.name))


def application(routes: list[tuple], room: Room, bounds: Limits, **settings: object) -> Application:
    """An application over the room that answers those routes and nothing else, and keeps no log of requests."""
    return Application(routes, default_handler_class=Nowhere, log_function=lambda handler: None, room=room, limits=bounds, compress_response=True, **settings)
