"""People in a room for the tests of its server: rounds of every form, and guests who use it without a browser."""

from __future__ import annotations

import http.client
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from planning.model.ballots import Ballots
from planning.model.ballots.forms import Option, Round

GOALS = (Option("G1", "Every child reads by the end of grade three"), Option("G2", "Newcomers find their feet here"), Option("G3", "Nobody is left offline"))
SERVICES = (Option("S01", "Lending and reserves"), Option("S02", "Homework help after school"), Option("S03", "Help with computers and phones"), Option("S04", "Local history room"))
STATEMENTS = (Option("ST1", "We should open on Sundays, even if weekday evenings become shorter."), Option("ST2", "Fines do more harm than good."),
              Option("ST3", "Staff should spend a day a week outside the building."), Option("ST4", "The quiet room matters more than the maker space."))
ASKED = {
    "points": {"question": "How much does each goal count over the next three years?", "options": GOALS},
    "swing": {"question": "Which goal would you raise first?", "options": GOALS, "groups": ("patrons", "leadership", "staff")},
    "dots": {"question": "Which services deserve more of our hours?", "options": SERVICES, "settings": {"dots": 5, "most": 3}},
    "ranks": {"question": "In which order should we work on these services?", "options": SERVICES},
    "pairs": {"question": "Which goal matters more?", "options": GOALS},
    "scales": {"question": "How are these services doing?", "options": SERVICES[:2],
               "settings": {"asked": (("quality", "How good is it?"), ("relevance", "How much does it matter?")), "ends": ("poor", "excellent")}},
    "statements": {"question": "Do you agree?", "options": STATEMENTS},
    "ideas": {"question": "What is our library good at, and where does it fall short?", "settings": {"most": 3, "kinds": ("strength", "weakness")}},
}
VOTES: dict[str, dict[str, str]] = {
    "points": {"v:G1": "50", "v:G2": "30", "v:G3": "20"},
    "swing": {"v:G1": "100", "v:G2": "40", "v:G3": "0", "group": "staff"},
    "dots": {"v:S01": "3", "v:S03": "2", "v:S02": "", "v:S04": "0"},
    "ranks": {"v:S01": "2", "v:S02": "1", "v:S03": "3", "v:S04": "4"},
    "pairs": {"v:G1|G2": "3", "v:G1|G3": "0.2000", "v:G2|G3": "1"},
    "scales": {"v:S01|quality": "4", "v:S01|relevance": "5", "v:S02|quality": "", "v:S02|relevance": "2"},
    "statements": {"v:ST1": "1", "v:ST2": "-1", "v:ST3": "0"},
    "ideas": {"t:1": "Warm welcome at the desk", "k:1": "strength", "t:2": ""},
}


def opened(ballots: Ballots, form: str, **changed: object) -> Round:
    """A round of this form, open."""
    return ballots.open(ballots.prepare(step=1, form=form, **(ASKED[form] | changed)).round)


@dataclass
class Answer:
    """What came back."""

    status: int
    text: str
    headers: Mapping[str, str]


@dataclass
class Guest:
    """Somebody with a cookie and nothing else."""

    url: str
    cookie: str = ""
    headers: dict[str, str] = field(default_factory=dict)

    def ask(self, method: str, path: str, body: bytes | None = None, **headers: str) -> Answer:
        """One request on a connection of its own, redirects not followed."""
        place = urlsplit(self.url)
        wire = http.client.HTTPConnection(place.hostname, place.port, timeout=20)
        sent = self.headers | {name.replace("_", "-"): value for name, value in headers.items()} | ({"Cookie": self.cookie} if self.cookie else {})
        try:
            wire.request(method, path, body, sent)
            got = wire.getresponse()
            answer = Answer(got.status, got.read().decode("utf-8", "replace"), dict(got.getheaders()))
        finally:
            wire.close()
        if answer.headers.get("Set-Cookie"):
            self.cookie = answer.headers["Set-Cookie"].split(";")[0]
        return answer

    def get(self, path: str = "/", **headers: str) -> Answer:
        """A page."""
        return self.ask("GET", path, **headers)

    def post(self, path: str, fields: Mapping[str, str], **headers: str) -> Answer:
        """A form."""
        return self.ask("POST", path, urlencode(fields).encode(), **({"Content_Type": "application/x-www-form-urlencoded"} | headers))

    def join(self, code: str) -> Answer:
        """Come in with a code."""
        return self.post("/join", {"code": code})

    def vote(self, number: str, fields: Mapping[str, str], **headers: str) -> Answer:
        """Vote as the page's script does, with the mark that the page carries."""
        return self.post("/vote", {"form": self.mark(), "round": number} | dict(fields), **({"Accept": "application/json"} | headers))

    def mark(self) -> str:
        """The form's own mark; "" where the page has none."""
        found = re.search(r'name="form" value="(\w+)"', self.get().text)
        return found[1] if found else ""


def joined(url: str, code: str) -> Guest:
    """A guest who is in."""
    guest = Guest(url)
    assert guest.join(code).status == 303
    return guest


def plan_folder(folder: Path) -> Path:
    """A plan's folder with no more than its small group."""
    (folder / "plan.toml").write_text('library = "Mill Library"\nkind = "public"\nleadership = "Board of Trustees"\nas_of = 2026-06-30\ncurrency = "USD"\nsmall_group = 3\n', encoding="utf-8")
    return folder
