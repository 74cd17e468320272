"""The part of the facilitator's panel in which a question is prepared."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import Any, Protocol

import ipywidgets as widgets

from planning.model.ballots.forms import GROUPS, Option, Round
from planning.model.ballots.rounds import LONGEST_TEXT, text_of
from planning.model.ballots import Ballots, Meeting
from planning.model.drafts import Draft
from planning.model.errors import PlanningError
from planning.show.language import count, say
from planning.workshop.controls import tryit
from planning.workshop.panels import questions
from planning.workshop.controls.following import button, fields

MOST_ROWS = 12
"""Lines of a list that are seen at once."""
RATING = ("patrons", "leadership", "staff")
"""Who can rate a service."""


class Panel(Protocol):
    """What a part of the facilitator's panel needs of it."""

    draft: Draft
    step: int
    ballots: Ballots
    rounds: list[Round]
    lead: Any
    typing: Any
    meeting: Meeting | None

    def do(self, act: Callable[[], str], note: widgets.HTML) -> None: ...

    def noted(self) -> widgets.HTML: ...


class Prepare:
    """The fields in which a question is prepared: a ready one of the step, its words, what is voted on, and who speaks."""

    def __init__(self, panel: Panel) -> None:
        self.panel = panel
        self.ready = questions.ready(panel.draft.library, panel.step)
        wide = {"style": tryit.WIDE, "layout": {"width": "auto"}}
        self.question = widgets.Dropdown(description=say("Question"), options=[(say(one.title), number) for number, one in enumerate(self.ready)], **wide)
        self.text = widgets.Textarea(description=say("In these words"), rows=2, **wide)
        self.options = widgets.SelectMultiple(description=say("Voted on"), **wide)
        self.lines = widgets.Textarea(description=say("Own lines, one each"), rows=5, placeholder=say("One line for each statement"), **wide)
        self.chosen, self.note = widgets.HTML(), panel.noted()
        self.everything = button(say("Choose all"), self._all)
        self.groups = widgets.Dropdown(description=say("Who speaks"), **wide)
        self.live = widgets.Checkbox(description=say("Show the picture on the big screen while people vote"), value=False, indent=False, layout={"width": "auto"})
        self.question.observe(lambda _: self.look(), "value")
        self.options.observe(lambda _: self._count(), "value")
        own = [self.question, self.text, self.lines, self.options, self.chosen, self.everything, self.groups, self.live]
        self.parts = [widgets.HTML(f"<h4>{escape(say('1. Prepare a question'))}</h4>"), fields(own, least="100%"),
                      button(say("Prepare this question"), lambda: panel.do(self.act, self.note)), self.note]
        self.look()

    def look(self) -> None:
        """Fill the fields with the chosen question."""
        own = self.ready[self.question.value]
        found = self._choices()
        self.text.value = say(own.text)
        self._list(found, [id for _, id in found])
        self.lines.layout.display = "none" if found or own.form == "ideas" else ""
        allowed = RATING if own.into == "ratings" else GROUPS
        self.groups.options = [(say("not asked"), ()), *((say("everybody as {group}", group=say(group)), (group,)) for group in allowed), (say("each person chooses"), allowed)]
        self.groups.value = ("leadership",) if own.into in ("goal_votes", "goal_pairs") else ()

    def follow(self) -> None:
        """Bring the list in step with the draft: what was chosen stays chosen, and what is new is."""
        found, before = self._choices(), dict(map(reversed, self.options.options))
        if found != list(self.options.options):
            self._list(found, [id for _, id in found if id in self.options.value or id not in before])

    def _choices(self) -> list[tuple[str, str]]:
        return [(option.label, option.id) for option in questions.choices(self.panel.draft.library, self.ready[self.question.value])]

    def _list(self, found: list[tuple[str, str]], chosen: list[str]) -> None:
        shown = "" if found else "none"
        with self.options.hold_sync():
            self.options.rows = max(2, min(len(found), MOST_ROWS))
            self.options.options = found
            self.options.value = tuple(chosen)
        for part in (self.options, self.chosen, self.everything):
            part.layout.display = shown
        self._count()

    def _all(self) -> None:
        self.options.value = tuple(id for _, id in self.options.options)

    def _count(self) -> None:
        said = say("{n} of {all} chosen.", n=len(self.options.value), all=len(self.options.options))
        how = say("To choose some: hold Ctrl (on a Mac Cmd) and click. By keyboard: Shift with an arrow key for those next to it; Ctrl with an arrow key, then Ctrl and the space bar, for others.")
        self.chosen.value = f"<p><strong>{escape(said)}</strong> {escape(how)}</p>"
        self.everything.disabled = len(self.options.value) == len(self.options.options)

    def act(self) -> str:
        """Prepare the question as it stands in the fields, once."""
        own = self.ready[self.question.value]
        asked = {"step": self.panel.step, "form": own.form, "question": self._question(), "options": self._asked(own), "settings": self._settings(own),
                 "table": own.into, "groups": self.groups.value}
        known = next((one for one in self.panel.ballots.rounds() if one.state == "prepared" and not one.repeats and _same(one, asked)), None)
        found = known or self.panel.ballots.prepare(**asked)
        self.panel.lead.wanted = found.round
        if known:
            return say("{round} asks just this, and is prepared already.", round=found.round)
        return say("{round} is prepared. Open it when everybody is ready.", round=found.round)

    def _question(self) -> str:
        if not self.text.value.strip():
            raise PlanningError("Write the question in words first: it is what the room reads.")
        return _fitting(self.text.value, say("The question"))

    def _asked(self, own: questions.Question) -> list[Option]:
        """What is voted on: the chosen rows, or the lines that were typed, each once."""
        if own.form == "ideas":
            return []
        if self.options.options:
            found = [Option(id, label) for label, id in self.options.options if id in self.options.value]
        else:
            lines = dict.fromkeys(_fitting(line, say("Line {number}", number=number)) for number, line in enumerate(self.lines.value.splitlines(), start=1) if line.strip())
            found = [Option(f"L{number}", line) for number, line in enumerate(lines, start=1)]
        least = 1 if own.form in ("scales", "statements") else 2
        if len(found) < least:
            told = count("Choose at least {n} line to vote on.", "Choose at least {n} lines to vote on.", least)
            raise PlanningError("{told}", told=told if self.options.options else say("Write at least one line to vote on, each on a line of its own."))
        return found

    def _settings(self, own: questions.Question) -> dict[str, object]:
        found = questions.settings(own) | {"live": bool(self.live.value)}
        if own.form == "scales" and "asked" not in found:
            found["asked"] = (("", self._question()),)
        return found


def _same(one: Round, asked: dict[str, object]) -> bool:
    """Whether a prepared round asks just this."""
    held = {name: one.settings.get(name) for name in asked["settings"]}
    return (one.step, one.form, one.question, list(one.options), one.table, one.groups) == tuple(asked[name] for name in ("step", "form", "question", "options", "table", "groups")) \
        and all(_plain(held[name]) == _plain(value) for name, value in asked["settings"].items())


def _plain(value: object) -> object:
    return [_plain(one) for one in value] if isinstance(value, tuple | list) else value


def _fitting(text: str, which: str) -> str:
    try:
        return text_of(text, LONGEST_TEXT)
    except PlanningError as error:
        raise PlanningError("{which}: {why}", which=which, why=str(error)) from None
