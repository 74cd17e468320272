"""The facilitator's panel: put a question to the room, lead the round, see what it says, and take the votes over into the draft."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from html import escape
from pathlib import Path

import ipywidgets as widgets

from planning.model.ballots.forms import Round
from planning.model.ballots import Ballots, Meeting
from planning.model.drafts import Draft
from planning.model.errors import PlanningError
from planning.model.keeping import Kept
from planning.show import bars
from planning.show.language import say
from planning.workshop.controls import tryit
from planning.workshop.panels.ask_lead import Lead
from planning.workshop.panels.ask_prepare import Prepare
from planning.workshop.controls.following import STYLE
from planning.workshop.panels.paper import Typing, devices
from planning.workshop.server import results

LOOK = """<style>
.plan-ask h4 {margin: 0.2em 0}
.plan-ask p {margin: 0.3em 0; line-height: 1.4}
.plan-ask .ask-next {border-left: 0.35em solid #2a5f8a; padding: 0.4em 0.8em; background: #eef3f7; color: #1b242c; font-size: 1.1em}
.plan-ask .ask-code {font-weight: bold; font-size: 1.3em; letter-spacing: 0.08em}
.plan-ask .ask-said {font-size: 1.15em}
.plan-ask .ask-said .sentences h2 {font-size: 1.15em; margin: 0.6em 0 0.2em}
.plan-ask .ask-said .sentences li {margin: 0.25em 0; line-height: 1.4}
.plan-ask textarea, .plan-ask select[multiple] {width: 100%; max-width: 100%}
.plan-ask .widget-accordion {max-width: calc(100% - 4px)}
.plan-ask .widget-html:has(> .widget-html-content:empty) {display: none}
</style>"""
EVERY = 1.0
"""Seconds between two looks at the room."""


def room(draft: Draft, *, step: int) -> None:
    """Show the facilitator's panel for a step: prepare a question, open, close, show and repeat it, and take its votes over."""
    tryit.show(Asking(draft, step).box)


class Asking:
    """The panel's parts over the plan's ballots. Nothing is made in the plan's folder before the first question is prepared."""

    shown: dict[tuple[Path, int], Asking] = {}

    def __init__(self, draft: Draft, step: int) -> None:
        self.draft, self.step = draft, step
        self.ballots = Ballots(draft.plan.folder)
        self.rounds: list[Round] = []
        self.meeting: Meeting | None = None
        self.notes: list[widgets.HTML] = []
        self.drawn: object = None
        self.task: asyncio.Task | None = None
        self.next, self.where, self.place = (widgets.HTML() for _ in range(3))
        self.prepare, self.lead = Prepare(self), Lead(self)
        self.typing = Typing(self)
        self.box = self._laid_out()
        draft.kept_told.append(self.kept)
        draft.observe(self.changed)
        self._alone()
        self.look()

    def _laid_out(self) -> widgets.VBox:
        halves = widgets.GridBox([widgets.VBox(self.prepare.parts), widgets.VBox([*self.lead.parts, *self.typing.parts, *self.lead.later, *devices(self)])],
                                 layout={"grid_template_columns": "repeat(auto-fit, minmax(min(30em, 100%), 1fr))", "grid_gap": "8px 24px", "width": "100%"})
        box = widgets.VBox([widgets.HTML(f"<style>{bars.STYLE}</style>{STYLE}{LOOK}", layout={"display": "none"}), self.next, self.where, halves, self.place], layout={"width": "100%"})
        for name in ("plan-control", "plan-ask"):
            box.add_class(name)
        return box

    def _alone(self) -> None:
        """Let an earlier panel of this step, whose cell was run again, rest."""
        where = (self.draft.plan.folder.resolve(), self.step)
        if (earlier := Asking.shown.get(where)) and earlier.task:
            earlier.task.cancel()
        Asking.shown[where] = self

    def noted(self) -> widgets.HTML:
        """A place beside a button for what came of it."""
        self.notes.append(widgets.HTML())
        return self.notes[-1]

    def do(self, act: Callable[[], str], note: widgets.HTML) -> None:
        """Do one thing with the ballots and tell what came of it, or in plain words why it could not be done."""
        try:
            said = act()
        except PlanningError as error:
            said = str(error)
        self.look()
        for other in self.notes:
            other.value = ""
        note.value = f'<div class="ask-note" role="status" aria-live="polite"><p>{"<br>".join(map(escape, said.splitlines()))}</p></div>'

    def look(self) -> None:
        """Show the rounds, who has voted and what the room says as they are now."""
        try:
            self.meeting, self.rounds = self.ballots.meeting(), self.ballots.rounds()
            self.where.value = self._joining()
            self.lead.look()
            self.typing.look()
            self._draw()
        except PlanningError as error:
            self._tell(str(error))
        self.follow()

    def _draw(self) -> None:
        asked, many = self.lead.asked, self.lead.many
        self._tell(self.lead.comes_next())
        if (asked, many) != self.drawn:
            self.place.value = f'<div class="ask-said">{self._said(asked)}</div>' if asked else ""
            self.drawn = asked, many

    def _tell(self, text: str) -> None:
        self.next.value = f'<div class="ask-next" role="status" aria-live="polite">{escape(text)}</div>'

    def follow(self) -> None:
        """Look at the room again and again, as long as a meeting runs or a round is open and the kernel can wait."""
        if not self.moving() or (self.task and not self.task.done()):
            return
        try:
            self.task = asyncio.get_running_loop().create_task(self._following())
        except RuntimeError:  # no loop: a script or a test, which looks by itself
            self.task = None

    def moving(self) -> bool:
        """Whether something can change without a click here."""
        return self.meeting is not None or any(one.state == "open" for one in self.rounds)

    async def _following(self) -> None:
        while self.moving():
            await asyncio.sleep(EVERY)
            self.look()

    def _joining(self) -> str:
        if not self.meeting:
            return f"<p>{escape(say('Phones can join while `planning workshop` runs on this plan. Paper ballots can be typed in at any time.'))}</p>"
        told = say("Phones join at {address} with this code:", address=self.meeting.address or say("the address on the home page"))
        return f'<p>{escape(told)} <span class="ask-code">{escape(self.meeting.code)}</span></p>'

    def _said(self, asked: Round) -> str:
        if asked.state == "prepared":
            return ""
        if asked.state == "open":
            return str(results.live(self.ballots, asked))
        alone = f"<p><em>{escape(say('Only this page shows it until it is shown to the room (5).'))}</em></p>" if asked.state == "closed" else ""
        return alone + str(results.revealed(self.ballots, asked, sentences=6, full=True))

    def changed(self) -> None:
        """Bring what can be voted on, and what can be done next, in step with the draft."""
        self.prepare.follow()
        self.look()

    def kept(self, kept: Kept) -> None:
        """Mark the rounds whose rows went into the plan with a decision as taken over."""
        into = set(zip(kept.difference["table"], kept.difference["row"]))
        taken, self.lead.taken = self.lead.taken, {}
        for round, rows in taken.items():
            if any((table, kept.renamed.get((table, row), row)) in into for table, row in rows):
                self.do(lambda round=round: self._marked(round, kept.decision), self.lead.note)

    def _marked(self, round: str, decision: str) -> str:
        self.ballots.mark_adopted(round, decision)
        return say("{round} is taken over into the plan with decision {decision}.", round=round, decision=decision)
