"""Votes that did not come by phone: ballots on paper, typed in one by one, and the votes of another device."""

from __future__ import annotations

from html import escape

import ipywidgets as widgets

from planning.model.ballots import forms as ballot_forms
from planning.model.ballots import papers as ballot_papers
from planning.model.ballots.forms import Box, Round
from planning.model.ballots.papers import Paper
from planning.model.errors import PlanningError
from planning.show.language import count, say
from planning.workshop.controls import tryit
from planning.workshop.panels.ask_prepare import Panel
from planning.workshop.controls.following import beside, button, fields


class Typing:
    """One field a place of the chosen round's ballot, the paper's number, and as whom the person spoke; made when it is unfolded."""

    def __init__(self, panel: Panel) -> None:
        self.panel, self.made = panel, None
        self.asked: Round | None = None
        self.cells: dict[str, widgets.Widget] = {}
        self.number = tryit.whole(say("Number printed on the paper"), 1, 9999, 1)
        self.group = widgets.Dropdown(description=say("Speaks as"), options=[(say("not asked"), "")], style=tryit.WIDE, layout={"width": "auto"})
        self.hint, self.note, self.box = widgets.HTML(), panel.noted(), widgets.VBox([])
        self.button = button(say("Type this paper in"), lambda: panel.do(self.act, self.note))
        self.parts = beside(say("4. Type in ballots from paper"), self.box)
        self.parts[0].observe(lambda _: self.look(), "selected_index")

    def look(self) -> None:
        """Make the fields of the round that is chosen, unless they are there already."""
        self.asked = self.panel.lead.asked
        self.hint.value = _told(_hint(self.asked)) if self.asked else ""
        wanted = (self.asked.uid, self.asked.options, self.asked.state == "adopted") if self.asked else "none"
        if wanted == self.made or self.parts[0].selected_index is None:
            return
        self.made = wanted
        if not self.asked or self.asked.state == "adopted":
            self.cells, told = {}, say("The votes of this round are in the plan already. Ask once more (6) to add to them.") if self.asked else say("Prepare a question first (1).")
            self.box.children = [widgets.HTML(_told(told))]
            return
        names = {option.id: option.label for option in self.asked.options}
        kept = {key: cell.value for key, cell in self.cells.items()}
        self.cells = {box.key: _field(self.asked, box, names) for box in ballot_forms.boxes(self.asked)}
        self._keep(kept)
        chosen = [self.group] if len(self.asked.groups) > 1 else []
        self.group.options = [(say(group), group) for group in self.asked.groups] or [(say("not asked"), "")]
        self.box.children = [self.hint, fields([self.number, *chosen], least="20em"), fields(self.cells.values(), least="20em"), self.button, self.note]

    def fold(self) -> None:
        """Fold the fields away, so that the result is in view."""
        self.parts[0].selected_index = None

    def _keep(self, typed: dict[str, str]) -> None:
        """Put back what was typed, where only another line of the ballot went."""
        for key in typed.keys() & self.cells.keys():
            if not isinstance(self.cells[key], widgets.Dropdown):
                self.cells[key].value = typed[key]

    def act(self) -> str:
        """Keep what is typed as the ballot with this number, and empty the fields for the next paper."""
        number, before = self.number.value, self.panel.ballots.count(self.asked)
        self.panel.ballots.type_in(self.asked.round, [Paper(str(number), self.content(), self.group.value)])
        again = self.panel.ballots.count(self.asked) == before
        for cell in self.cells.values():
            cell.value = ""
        self.number.value = number + 1
        next(iter(self.cells.values())).focus()
        return say("Paper {number} is counted, in place of what was typed for it before.", number=number) if again else say("Paper {number} is counted.", number=number)

    def content(self) -> object:
        """The vote that the fields stand for; raises PlanningError that names the field for what is no number."""
        typed = {key: cell.value.strip() for key, cell in self.cells.items() if cell.value.strip()}
        for key, text in typed.items():
            try:
                ballot_papers.vote(self.asked, {key: text.replace(",", ".")})
            except PlanningError:
                raise PlanningError("{label}: {text} is no number. Type it as it stands on the paper.", label=self.cells[key].description, text=text[:40]) from None
        return ballot_papers.vote(self.asked, typed if self.asked.form == "ideas" else {key: text.replace(",", ".") for key, text in typed.items()})


def _told(text: str) -> str:
    return f"<p>{escape(text)}</p>"


def _hint(asked: Round) -> str:
    """How a paper of the round is typed in."""
    if asked.state in ("revealed", "adopted"):
        return say("The room has seen the result. Who sees it before and after one more paper can tell what stood on it, so type several in, or ask once more (6).")
    rules = asked.settings
    return {"points": say("Type the points as they stand on the paper; together they are {total}.", total=rules.get("total", 100)),
            "swing": say("Type 0 to 100 on every line; what matters most has 100."),
            "dots": say("Type how many dots stand on each line, up to {dots} in all.", dots=rules.get("dots", 5)),
            "ranks": say("Type 1 for the first place, 2 for the second, and so on."),
            "pairs": say("Type 3 where the first counts 3 times as much, -3 where the second does, and 1 where they are alike."),
            "scales": say("Type {low} to {high}; leave empty what was not answered.", low=rules.get("low", 1), high=rules.get("high", 5)),
            "statements": say("Choose what is marked; leave empty what was not answered."), "ideas": say("Type each idea as it was written, without names.")}[asked.form]


def _field(asked: Round, box: Box, names: dict[str, str]) -> widgets.Widget:
    """The field of one place of a ballot, called as on the paper."""
    wide = {"style": tryit.WIDE, "layout": {"width": "auto"}}
    label = " / ".join(names.get(part, part) for part in box.option.split(ballot_forms.BETWEEN)) if box.option else say(box.key.capitalize())
    if box.asked and box.option:
        label = f"{label}: {dict(asked.settings['asked']).get(box.asked, box.asked)}"
    if box.asked == "kind":
        return widgets.Dropdown(description=label, options=[("", ""), *((say(kind), kind) for kind in asked.settings["kinds"])], **wide)
    if asked.form == "statements":
        return widgets.Dropdown(description=label, options=[("", ""), (say("agree"), "1"), (say("disagree"), "-1"), (say("pass"), "0")], **wide)
    return widgets.Text(description=label, **wide)


def devices(panel: Panel) -> list[widgets.Widget]:
    """A folded part that takes in the ballots.sqlite of another device, which was used without a network."""
    upload = widgets.FileUpload(accept=".sqlite", multiple=False, description=say("Choose its ballots.sqlite"), layout={"width": "max-content"})

    def take() -> str:
        if not upload.value:
            raise PlanningError("Choose the file ballots.sqlite of the other device first.")
        merged = panel.ballots.merge(bytes(upload.value[0]["content"]))
        told = say("Votes of the other device: {new} new, {replaced} in place of an earlier one, {same} were here already.", new=merged.new, replaced=merged.replaced, same=merged.same)
        left = merged.unknown_votes + merged.late_votes + merged.unfit
        if merged.few_votes:
            told += " " + count("{n} vote stayed out: the room has seen the result already, and so small a change would tell what it says. Ask once more (6).",
                                "{n} votes stayed out: the room has seen the result already, and so small a change would tell what they say. Ask once more (6).", merged.few_votes)
        return told + (" " + count("{n} vote stayed out: its question is not asked here, it was taken over already, or the vote does not fit.",
                                   "{n} votes stayed out: their questions are not asked here, were taken over already, or the votes do not fit.", left) if left else "")

    note = panel.noted()
    return beside(say("Take in the votes of another device"), widgets.VBox([upload, button(say("Take them in"), lambda: panel.do(take, note)), note]))
