"""The part of the facilitator's panel that leads a round, step by step, and takes its votes over into the draft."""

from __future__ import annotations

from dataclasses import replace
from html import escape

import ipywidgets as widgets
import pandas as pd

from planning.model.ballots import adoption
from planning.model.ballots.forms import GROUPS, Round
from planning.model.ballots import SEEN
from planning.model.drafts import Draft
from planning.model.errors import PlanningError
from planning.show.language import count, day, listed, say
from planning.workshop.controls import tryit
from planning.workshop.panels.ask_prepare import Panel
from planning.workshop.controls.following import beside, button, fields

STATES = {"prepared": "prepared", "open": "open", "closed": "closed", "revealed": "shown to the room", "adopted": "taken over"}
AFTER = {"open": "close", "close": "reveal", "reveal": "repeat", "repeat": "open", "withdraw": "close", "adopt": "repeat"}
"""The button on which the keyboard goes on where the one that was pressed is switched off."""
NOBODY_SPEAKS = ("swot", "alignment")
"""Tables that do not say who gave a vote."""
LONGEST = 80


class Lead:
    """The rounds, the buttons that lead them, and the one that takes votes over into the draft."""

    def __init__(self, panel: Panel) -> None:
        self.panel, self.wanted, self.busy = panel, "", False
        self.asked: Round | None = None
        self.many = 0
        self.taken: dict[str, set[tuple[str, str]]] = {}
        self.note, self.standing = panel.noted(), widgets.HTML()
        wide = {"style": tryit.WIDE, "layout": {"width": "auto"}}
        self.round = widgets.Dropdown(description=say("Round"), options=[(say("none yet"), "")], **wide)
        self.option = widgets.Dropdown(description=say("What goes"), options=[(say("nothing"), "")], **wide)
        self.speaks = widgets.Dropdown(description=say("As whom the room speaks"), options=[(say("not said"), ""), *((say(group), group) for group in GROUPS)], **wide)
        self.round.observe(self._turned, "value")
        for field in (self.option, self.speaks):
            field.observe(self._turned, "value")
        self.buttons = {name: button(label, lambda name=name: self.press(name)) for name, label in _labels().items()}
        self.parts, self.later = self._laid_out()

    def _laid_out(self) -> tuple[list[widgets.Widget], list[widgets.Widget]]:
        """What stands before the ballots on paper, and what after them."""
        voting, showing = ([self.buttons[name] for name in names] for names in (("open", "close"), ("reveal", "repeat")))
        rows = [widgets.HBox(own, layout={"flex_flow": "row wrap"}) for own in (voting, showing, [self.buttons["adopt"]])]
        out = widgets.VBox([fields([self.option], least="100%"), self.buttons["withdraw"]])
        return ([widgets.HTML(f"<h4>{escape(say('2 to 7. Lead the round'))}</h4>"), fields([self.round], least="100%"), self.standing, rows[0]],
                [rows[1], fields([self.speaks], least="100%"), rows[2], self.note, *beside(say("Take something out of the vote"), out)])

    def press(self, name: str) -> None:
        """Do what a button is for, and let the keyboard go on where it is switched off by that."""
        self.panel.do(getattr(self, name), self.note)
        going = AFTER[name] if self.buttons[name].disabled else name
        if going != name and not self.buttons[going].disabled:
            self.buttons[going].focus()

    def _turned(self, _: object) -> None:
        if not self.busy:
            self.panel.look()

    def look(self) -> None:
        """Bring the list of rounds, what is known of the chosen one, and what can be done with it in step with the ballots."""
        rounds = sorted(reversed(self.panel.rounds), key=lambda one: one.step != self.panel.step)
        listed = [(say("{round} ({state}): {question}", round=one.round, state=say(STATES[one.state]), question=_short(one.question)), one.round) for one in rounds]
        self.busy = True
        try:
            _listed(self.round, listed or [(say("none yet"), "")], self.wanted or self.round.value or _open(rounds))
            self.wanted, self.asked = "", next((one for one in rounds if one.round == self.round.value), None)
            self.many = self.panel.ballots.count(self.asked) if self.asked else 0
            _listed(self.option, [(say("nothing"), ""), *((option.label, option.id) for option in (self.asked.options if self.asked else ()))], self.option.value)
        finally:
            self.busy = False
        self.standing.value = self._standing() if self.asked else ""
        self.speaks.layout.display = "" if self._must_say() else "none"
        for name, reason in self.reasons().items():
            own = self.buttons[name]
            own.disabled, own.tooltip = bool(reason), reason or own.description
            own.button_style = "primary" if name == self._first() and not reason else ""

    def _standing(self) -> str:
        named = {"round": self.asked.round, "state": say(STATES[self.asked.state])}
        told = count("{round}, {state}: {n} person has voted.", "{round}, {state}: {n} people have voted.", self.many, **named)
        told = say("{round}, {state}.", **named) if self.asked.state == "prepared" and not self.many else told
        other = _open(self.panel.rounds)
        also = say("The room is voting on {round} just now.", round=other) if other and other != self.asked.round else ""
        return f"<p><strong>{escape(told)}</strong> {escape(also)}</p>"

    def _first(self) -> str:
        """The button that is pressed next as a rule."""
        return {"prepared": "open", "open": "close", "closed": "reveal"}.get(self.asked.state, "") if self.asked else ""

    def comes_next(self) -> str:
        """What the facilitator does next, in words."""
        if not self.asked:
            return say("Next: choose a question (1), look at its words, and prepare it.")
        state, numbered = self.asked.state, {"round": self.asked.round}
        if self.drafted():
            return say("{round} was taken over into the plan elsewhere meanwhile. Its votes stand in this draft too and would count twice: take them back with Undo.", **numbered) if state == "adopted" else \
                say("The votes of {round} are in the draft. Next: keep the decision below, which writes them into the plan.", **numbered)
        if state == "open" and not self.panel.meeting:
            return say("No phone can vote in {round}: no meeting is running. Type in the ballots on paper (4), then close the vote (3).", **numbered)
        told = {"prepared": say("Next: read {round} out, then open the vote (2).", **numbered), "open": say("The room votes. Next: close the vote (3) when everybody has voted."),
                "closed": say("Next: type in ballots on paper, if there are any (4), then show the result to the room (5)."),
                "adopted": say("{round} is in the plan. Next: prepare another question (1).", **numbered)}
        talk = say("Next: talk about what stands out. Then ask once more (6), or take the votes over (7).") if self._fits() else say("Next: talk about what stands out. Then ask once more (6), or prepare another question (1).")
        return told.get(state, talk)

    def reasons(self) -> dict[str, str]:
        """Why each button is of no use now; an empty text where it is of use."""
        if not self.asked:
            return dict.fromkeys(self.buttons, say("Prepare a question first (1)."))
        state = self.asked.state
        early = {"prepared": say("The vote was not opened yet (2)."), "open": say("Close the vote first (3).")}.get(state, "")
        over = say("Its votes are in the plan already.") if state == "adopted" else ""
        shut = say("The vote is closed already.")
        return {"open": {"prepared": "", "open": say("The vote is open already.")}.get(state, say("A closed vote is not opened again. Ask once more instead (6).")),
                "close": "" if state == "open" else early or shut, "reveal": early or over or ("" if state == "closed" else say("The room sees it already.")), "repeat": early,
                "withdraw": say("Something can be taken out until the vote is closed.") if state in SEEN else "" if self.option.value else say("Choose first what is taken out of the vote."),
                "adopt": early or over or self._unfit()}

    def _unfit(self) -> str:
        """Why the votes of a closed round cannot go into the draft."""
        if not self._fits():
            return say("The plan has no table for these votes: their result is for the talk in the room.")
        if not self.many:
            return say("Nobody has voted, so there is nothing to take over.")
        if self.drafted():
            return say("The votes are in the draft already. Keep the decision below, or take them back with Undo.")
        return say("Say first as whom the room speaks.") if self._must_say() and not self.speaks.value else ""

    def _fits(self) -> bool:
        return self.asked.form in adoption.TAKES.get(self.asked.table, ())

    def _must_say(self) -> bool:
        """Whether the plan's table wants to know who voted and the round did not ask."""
        return bool(self.asked) and self.asked.state in ("closed", "revealed") and self._fits() and not self.asked.groups and self.asked.table not in NOBODY_SPEAKS

    def drafted(self) -> bool:
        """Whether rows of the chosen round stand in the draft."""
        return bool(self.taken.get(self.asked.round, set()) & rows_of(self.panel.draft))

    def _own(self) -> str:
        if not self.round.value:
            raise PlanningError("There is no round yet. Prepare a question first.")
        return self.round.value

    def open(self) -> str:
        """Let the room vote."""
        return say("{round} is open: the room can vote.", round=self.panel.ballots.open(self._own()).round)

    def close(self) -> str:
        """End the vote."""
        return say("{round} is closed.", round=self.panel.ballots.close_round(self._own()).round)

    def reveal(self) -> str:
        """Show the result on the projector and on the phones."""
        shown = self.panel.ballots.reveal(self._own()).round
        self.panel.typing.fold()
        return say("{round} is shown on the big screen and on the phones. What it says stands below.", round=shown)

    def repeat(self) -> str:
        """Ask the same once more."""
        self.wanted = self.panel.ballots.repeat(self._own()).round
        return say("{round} asks the same once more. Open it when the room has talked.", round=self.wanted)

    def withdraw(self) -> str:
        """Take one option out of the vote."""
        if not self.option.value:
            raise PlanningError("Choose first what is taken out of the vote.")
        name = dict(map(reversed, self.option.options))[self.option.value]
        return say("“{name}” is out of {round}. Votes that were given to it no longer count.", name=name, round=self.panel.ballots.withdraw(self._own(), self.option.value).round)

    def adopt(self) -> str:
        """Put the votes into the draft as rows of the plan's tables, all of them or none."""
        asked, draft = self.panel.ballots.round(self._own()), self.panel.draft
        if asked.state not in SEEN or asked.state == "adopted":
            raise PlanningError("{round} is {state}; only a closed round that was not taken over yet can be taken over.", round=asked.round, state=say(STATES[asked.state]))
        if self.drafted():
            raise PlanningError("The votes of {round} are in the draft already. Keep the decision below, or take them back with Undo.", round=asked.round)
        votes = self.panel.ballots.votes(asked)
        made = adoption.rows(asked, votes, tables=draft.tables, day=draft.plan.as_of, group=self.speaks.value)
        label, before = say("Votes of {round}", round=asked.round), rows_of(draft)
        trial = replace(draft, rows=dict(draft.rows), done=[], undone=[], told=[], kept_told=[], frames={})
        for table, rows in made.items():
            if problems := trial.put(table, rows, label):
                raise PlanningError("Nothing was taken over:\n{problems}", problems="\n".join(dict.fromkeys(problem.sentence() for problem in problems)))
        for table, rows in made.items():
            draft.put(table, rows, label)
        self.taken[asked.round] = rows_of(draft) - before
        many = sum(map(len, made.values()))
        told = count("{n} row is in the draft. Keep the decision below to write it into the plan.", "{n} rows are in the draft. Keep the decision below to write them into the plan.", many)
        dated = any("date" in rows for rows in made.values()) and draft.plan.as_of != asked.date
        caution = [] if asked.table in NOBODY_SPEAKS else _caution(votes, draft.plan.facts["small_group"])
        return " ".join([told, *([say("The votes bear the plan's own day, {day}.", day=day(draft.plan.as_of))] if dated else []), *caution])


def _caution(votes: pd.DataFrame, fewest: int) -> list[str]:
    """What to think of before votes are kept of which a small group's follow from what the room saw."""
    told = adoption.told_by_rest(votes, fewest=fewest)
    if not told:
        return []
    return [say("Fewer than {fewest} people spoke as {groups}. The plan's pages hide them, but who kept the room's picture could work out what they said from the groups that the pages show. "
                "Ask them whether they mind before you keep it, or take it back with Undo and ask once more without groups.", fewest=fewest, groups=listed(say(group) for group in told))]


def rows_of(draft: Draft) -> set[tuple[str, str]]:
    """Table and key of every row that a draft changes."""
    changed = draft.difference()
    return set(zip(changed["table"], changed["row"]))


def _labels() -> dict[str, str]:
    return {"open": say("2. Open the vote"), "close": say("3. Close the vote"), "reveal": say("5. Show the result to the room"), "repeat": say("6. Ask once more"),
            "adopt": say("7. Take the votes over into the draft"), "withdraw": say("Take it out")}


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST - 1].rstrip()}…"


def _open(rounds: list[Round]) -> str:
    return next((one.round for one in rounds if one.state == "open"), "")


def _listed(field: widgets.Dropdown, listed: list[tuple[str, str]], chosen: str) -> None:
    """Put other choices into a drop-down, only where they are other ones, and keep or set what is chosen."""
    with field.hold_sync():
        if list(field.options) != listed:
            field.options = listed
        ids = [id for _, id in listed]
        if field.value != (wanted := chosen if chosen in ids else ids[0]):
            field.value = wanted
