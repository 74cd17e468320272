"""The facilitator's application: the projector page, on this computer only, behind a key that nobody can guess."""

from __future__ import annotations

from collections.abc import Sequence

from tornado.web import Application, HTTPError

from planning.show.language import number, say
from planning.workshop.server import pages, results, tokens
from planning.workshop.server.address import qr
from planning.workshop.server.answering import Answering, Part, application
from planning.workshop.server.limits import Limits
from planning.workshop.server.room import Room

HERE = ("127.0.0.1", "localhost")


class Facilitator(Answering):
    """An answer to this computer's own browser, and to nobody who only knows the port."""

    def prepare(self) -> None:
        """Refuse every name but this computer's own, so that no website can be made to point here, and every other key."""
        super().prepare()
        name, _, port = self.request.host.rpartition(":")
        meeting = self.now.meeting
        if name not in HERE or port != str(self.settings["port"]):
            raise HTTPError(404)
        if not meeting or not tokens.same_key(self.path_args[0], meeting.secret):
            raise HTTPError(404)
        self.path_args = []


class Screen(Facilitator):
    """The projector page."""

    async def get(self) -> None:
        """Join address, code, question, count, and after the reveal what the room said."""
        now, asked = self.now, self.now.round
        url = now.meeting.address
        shown = {"title": asked.question if asked else say("Join the room"), "now": now, "round": asked, "url": url.rstrip("/"), "results": "", "live": ""}
        shown["qr"] = qr(f"{url.rstrip('/')}/j/{now.meeting.code}", say("QR code of the address"))
        if asked and asked.state not in ("open", "closed"):
            shown["results"] = await self.room.once(f"screen {now.version}", lambda: results.revealed(self.room.ballots, asked, sentences=2))
        elif asked and asked.state == "open" and asked.settings.get("live"):
            shown["live"] = await self.room.once(f"live {now.version} {now.count}", lambda: results.live(self.room.ballots, asked))
        self.finish(pages.draw("screen.html", **shown))


class Standing(Facilitator):
    """What the projector page's script asks more than once a second."""

    async def get(self) -> None:
        """The version of the page, how many have voted, and the code."""
        now = self.now
        self.finish({"version": now.version, "shown": number(now.count), "code": now.meeting.code})


def facilitator(room: Room, bounds: Limits, port: int, also: Sequence[tuple] = ()) -> Application:
    """The application on the facilitator's port; `also` are further routes, in whose addresses KEY stands for the key."""
    key = r"/([0-9a-f]{40})"
    routes = [(key + r"/screen", Screen), (key + r"/state", Standing),
              (r"/room\.css", Part, {"name": "room.css"}), (r"/bars\.css", Part, {"name": "bars.css"}),
              (r"/screen\.css", Part, {"name": "screen.css"}), (r"/screen\.js", Part, {"name": "screen.js"})]
    further = [(path.replace("KEY", key), *rest) for path, *rest in also]
    return application([*routes, *further], room, bounds, port=port)
