"""The participants' application: join with the code, see the question, vote, see what the room said. Nothing else is reachable."""

from __future__ import annotations

import datetime as dt
from urllib.parse import urlsplit

from tornado.web import Application, HTTPError

from planning.model.ballots.forms import BallotRefused
from planning.show.language import count, say
from planning.workshop.server import answers, forms, pages, results, tokens
from planning.workshop.server.answering import Answering, Part, application
from planning.workshop.server.limits import Limits
from planning.workshop.server.room import Room

COOKIE = "room"
COUNTED = "Counted. You can change it until the round is closed."


class Participant(Answering):
    """An answer to somebody who may have joined."""

    def voter(self) -> str | None:
        """The participant's token, or None for somebody who has not joined the running meeting."""
        meeting = self.now.meeting
        return tokens.read(self.get_cookie(COOKIE), meeting.secret) if meeting else None

    def own_site(self) -> None:
        """Refuse a form that another site sent."""
        origin = self.request.headers.get("Origin", "null")
        elsewhere = self.request.headers.get("Sec-Fetch-Site", "none") not in ("same-origin", "none")
        if elsewhere or (origin != "null" and urlsplit(origin).netloc != self.request.host):
            raise HTTPError(403)

    def show_join(self, error: str = "", *, code: str = "", go: bool = False) -> None:
        """The page that asks for the code."""
        if not self.now.meeting:
            text = say("No meeting is running just now. When the facilitator starts one, the code is on the screen.")
            self.finish(pages.draw("message.html", title=say("The ballot"), text=text))
            return
        self.finish(pages.draw("join.html", title=say("Join the room"), error=error, code=code, go=go))

    async def show_ballot(self, voter: str, *, error: str = "", given: dict[str, str] | None = None) -> None:
        """The room as this participant sees it: waiting, the open form with the own vote, closed, or the result."""
        now = self.now
        asked = now.round
        own = await self.room.own(asked.round, voter) if asked else None
        filled = given if given is not None else answers.fields(asked.form, own) if asked and own is not None else {}
        shown = {"title": asked.question if asked else say("You are in"), "round": asked, "version": now.version, "own": own is not None,
                 "error": error, "counted": say(COUNTED), "form_mark": tokens.form_mark(voter, now.meeting.secret), "results": ""}
        if asked and asked.state == "open":
            shown |= {"items": forms.items(asked, filled), "groups": forms.groups(asked, filled), "bounds": forms.bounds(asked),
                      "advice": forms.advice(asked), "ends": forms.ends(asked)}
        elif asked and asked.state != "closed":
            shown["results"] = await self.room.once(f"phone {now.version}", lambda: results.revealed(self.room.ballots, asked))
        self.finish(pages.draw("ballot.html", **shown))


class Home(Participant):
    """The one page of the ballot."""

    async def get(self) -> None:
        """The ballot, or the page that asks for the code."""
        voter = self.voter()
        if voter:
            await self.show_ballot(voter)
        else:
            came = self.get_cookie(COOKIE) and self.now.meeting
            self.show_join(say("The meeting that you had joined is over. Type the code of the new one.") if came else "")


class Scanned(Participant):
    """The page behind the QR code."""

    def get(self, code: str) -> None:
        """The code filled in; the page's script sends it, so that the cookie of somebody who is in already comes along."""
        self.show_join(code=tokens.tidied(code), go=True)


class Join(Participant):
    """The code as it was typed or scanned."""

    def post(self) -> None:
        """Let in whoever brings the right code; who is in already keeps the same token."""
        self.own_site()
        meeting, address = self.now.meeting, self.request.remote_ip or ""
        wait = self.limits.code_wait(address)
        if meeting and wait:
            self.set_status(429)
            self.set_header("Retry-After", str(wait))
            self.show_join(count("Too many wrong codes were tried here. Wait {n} second, then try again.",
                                 "Too many wrong codes were tried here. Wait {n} seconds, then try again.", wait))
        elif meeting and tokens.same(self.get_body_argument("code", ""), meeting.code):
            voter = self.voter()
            if not voter and not self.limits.joined.take(address):
                raise HTTPError(429)
            left = (meeting.expires - dt.datetime.now(dt.UTC)).total_seconds()
            self.set_cookie(COOKIE, tokens.signed(voter or tokens.fresh(), meeting.secret), httponly=True, samesite="Strict", path="/", max_age=max(int(left), 1))
            self.redirect("/", status=303)
        else:
            self.limits.code_was_wrong(address)
            self.set_status(403)
            self.show_join(say("This code does not fit. Look at the code on the screen and type it again."))


class Vote(Participant):
    """A vote, from the page's script or as a plain form."""

    async def post(self) -> None:
        """Write the vote down; the answer comes when it is on the disk."""
        voter = self.voter()
        if not voter:
            self.refuse(say("You are not in the running meeting. Join with the code on the screen, then vote again."), 401)
            return
        self.own_site()
        given = {name: self.get_body_argument(name, strip=False) for name in self.request.body_arguments}
        if "form" not in given:
            raise HTTPError(400)
        if not tokens.form_is_own(given["form"], voter, self.now.meeting.secret):
            raise HTTPError(403)
        if not self.limits.voted.take(voter):
            raise HTTPError(429)
        try:
            await self.counted(voter, given)
        except BallotRefused as error:
            await self.not_counted(voter, given, str(error))

    async def counted(self, voter: str, given: dict[str, str]) -> None:
        """Cast the vote and say so."""
        asked = self.room.opened(given.get("round", ""))
        content = answers.content(asked.form, given)
        await self.room.cast(asked.round, voter, content, given.get("group", ""))
        if self.wants_json():
            self.finish({"counted": True, "text": say(COUNTED), "button": say("Change my vote"), "version": self.now.version})
        else:
            self.redirect("/", status=303)

    async def not_counted(self, voter: str, given: dict[str, str], why: str) -> None:
        """Say why the vote was not counted; the plain page keeps what was filled in."""
        asked = self.room.fresh().round
        still = bool(asked and asked.state == "open" and asked.round == given.get("round"))
        if self.wants_json():
            self.refuse(why, 422 if still else 409)
        else:
            self.set_status(422 if still else 409)
            await self.show_ballot(voter, error=why, given=given if still else None)

    def refuse(self, why: str, status: int) -> None:
        """A sentence that says why nothing was counted."""
        self.set_status(status)
        if self.wants_json():
            self.finish({"counted": False, "text": why, "version": self.now.version})
        else:
            self.show_join(why)


class State(Participant):
    """What the page's script asks once a second: has anything changed?"""

    def get(self) -> None:
        """A version that changes with the room; nothing about anybody's vote."""
        if not self.voter():
            self.set_status(401)
            self.finish({"version": ""})
            return
        self.finish({"version": self.now.version})


def participants(room: Room, bounds: Limits) -> Application:
    """The application on the participants' port."""
    routes = [(r"/", Home), (r"/j/([A-Za-z0-9]{1,12})", Scanned), (r"/join", Join), (r"/vote", Vote), (r"/state", State),
              (r"/room\.css", Part, {"name": "room.css"}), (r"/bars\.css", Part, {"name": "bars.css"}),
              (r"/ballot\.js", Part, {"name": "ballot.js"})]
    return application(routes, room, bounds)
