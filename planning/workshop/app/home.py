"""The facilitator's home page: how to join, the projector page, the seven steps in the order of the path, the agenda with its clock."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

import pandas as pd
from jinja2 import Environment

from planning.show import language
from planning.show.language import number, say
from planning.workshop import agenda
from planning.workshop.server import pages
from planning.workshop.server.address import qr
from planning.workshop.server.answering import Part
from planning.workshop.server.screen import Facilitator


@dataclass
class Home:
    """What the home page shows of a workshop; `addresses` (notebook to address) comes when the step pages are served."""

    library: str
    steps: Sequence[dict[str, str]]
    timed: pd.DataFrame
    network: bool
    addresses: dict[str, str] = field(default_factory=dict)

    def routes(self) -> list[tuple]:
        """The addresses that the facilitator's application answers beside its own; those with a key stand behind it."""
        return [("KEY/home", HomePage, {"home": self}), (r"/home\.css", HomePart, {"name": "home.css"}), (r"/home\.js", HomePart, {"name": "home.js"})]


def ordered(steps: Sequence[dict[str, str]], timed: pd.DataFrame) -> list[dict[str, str]]:
    """The steps in the order in which the agenda comes to them, with when; those that it leaves out come last.

    >>> steps = [{"number": "1", "short": "Needs"}, {"number": "2", "short": "Services"}]
    >>> rows = pd.DataFrame({"step": [0, 2], "part": ["", ""], "begin": ["09:00", "09:10"], "end": ["09:10", "09:30"]})
    >>> [(step["short"], step["when"]) for step in ordered(steps, rows)]
    [('Services', '09:10 to 09:30'), ('Needs', '')]
    """
    spans = timed[timed["step"] > 0].groupby("step", sort=False).agg(part=("part", "first"), begin=("begin", "first"), end=("end", "last"))
    places = {str(step): place for place, step in enumerate(spans.index)}
    told = {str(step): say("{begin} to {end}", begin=row.begin, end=row.end) for step, row in zip(spans.index, spans.itertuples())}
    found = [{**step, "when": told.get(step["number"], "")} for step in steps]
    return sorted(found, key=lambda step: places.get(step["number"], len(places)))


def meetings(timed: pd.DataFrame) -> list[dict[str, str]]:
    """Each meeting of the agenda: its name, and its items as HTML."""
    return [{"name": name, "items": agenda.fragment(rows, title=name or say("Agenda"))} for name, rows in timed.groupby("part", sort=False)]


class HomePage(Facilitator):
    """The home page."""

    def initialize(self, home: Home) -> None:
        """The workshop that is shown."""
        self.home = home

    def get(self) -> None:
        """The page as it stands now."""
        meeting, home = self.now.meeting, self.home
        url = meeting.address.rstrip("/")
        steps = [{**step, "address": home.addresses.get(step["file"].removesuffix(".html"), "")} for step in ordered(home.steps, home.timed)]
        self.finish(_template().render(library=home.library, steps=steps, meetings=meetings(home.timed), network=home.network, code=meeting.code, url=url,
                                       qr=qr(f"{url}/j/{meeting.code}", say("QR code of the address")), mark=pages.mark("room.css"), say=say, number=number, lang=language.code()))


class HomePart(Part):
    """The home page's own style and script."""

    def get(self) -> None:
        """The file."""
        self.set_header("Content-Type", pages.KINDS[self.name.rsplit(".", 1)[1]])
        self.finish((files(__package__) / "template" / self.name).read_bytes())


@cache
def _template():
    text = (files(__package__) / "template" / "home.html.j2").read_text(encoding="utf-8")
    return Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True).from_string(text)
