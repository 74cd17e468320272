"""The control of step 5 for the sunset review: a verdict on one service after another, and who carries it out by when."""

from __future__ import annotations

import datetime as dt

import ipywidgets as widgets
import pandas as pd

from planning.analysis import reviews
from planning.model.drafts import Draft
from planning.model.errors import Problem
from planning.show import findings, tables
from planning.show.findings.flexibility import VERDICTS
from planning.show.language import say
from planning.workshop.controls import tryit
from planning.workshop.controls.following import STYLE, answer, fields, filled, names

NAMES = {"stop": "{service} ends", "transfer": "{service} passes on to {partner}", "merge": "{service} becomes part of {other}", "improve": "{service} gets better"}
NARROW = "<style>@media (max-width: 600px) {.plan-verdict .scroll td {min-width: 9em}}</style>"
ENDED = ("stop", "transfer", "merge")


def verdicts(draft: Draft, proposals: pd.DataFrame, losses: pd.DataFrame) -> None:
    """Show a control that takes the room's verdict on each service, beside the rule's proposal and what it would release.

    Takes `reviews.sunset` and `endings.losses`. A verdict other than to keep goes into the change plan of the draft
    as a change with its owner and its day; a service that ends at once is marked as ended.
    """
    if proposals.empty:
        return tryit.nothing()
    tryit.show(Verdicts(draft, proposals, losses).box)


class Verdicts:
    """The fields of one service's verdict, and the verdicts given so far."""

    def __init__(self, draft: Draft, proposals: pd.DataFrame, losses: pd.DataFrame) -> None:
        self.draft, self.proposals, self.losses = draft, proposals, losses
        self.given: dict[str, tuple[str, str]] = {}
        self.place, self.note = widgets.HTML(), widgets.HTML()
        wide = {"style": tryit.WIDE, "layout": {"width": "auto"}}
        self.service = widgets.Dropdown(description=say("Service"), options=names(proposals, "service", "service_name"), **wide)
        self.verdict = widgets.Dropdown(description=say("Verdict"), options=[(say(text), word) for word, text in VERDICTS.items()], **wide)
        self.owner = widgets.Dropdown(description=say("Who carries it out"), options=[(say("nobody yet"), ""), *names(draft.tables["roles"], "role")], **wide)
        self.due = widgets.DatePicker(description=say("Done by"), **wide)
        self.concerns = widgets.Text(description=say("Who will notice"), placeholder=say("Those who use it, work for it or pay for it"), continuous_update=False, **wide)
        self.now = widgets.Checkbox(description=say("It ends at once: mark it as ended"), value=False, indent=False, layout={"width": "auto"})
        self.fields = {"verdict": self.verdict, "owner": self.owner, "due": self.due, "concerns": self.concerns, "now": self.now}
        self.service.observe(lambda _: self.look(), "value")
        for field in (self.verdict, self.now):
            field.observe(self.speak, "value")
        own = fields([self.service, self.verdict, self.owner, self.due, self.concerns, self.now], least="24em")
        self.box = widgets.VBox([widgets.HTML(STYLE + NARROW, layout={"display": "none"}), own, tryit.taken(self.take, self.note), self.note, self.place], layout={"width": "100%"})
        for name in ("plan-control", "plan-verdict"):
            self.box.add_class(name)
        draft.observe(self.follow)
        self.look()

    def look(self) -> None:
        """Begin with what was given for the chosen service, else with what the rule proposes."""
        rule = dict(zip(self.proposals["service"], self.proposals["proposal"]))
        row = self._made() or {}
        due = dt.date.fromisoformat(row["due"]) if row.get("due") else self.draft.plan.as_of + dt.timedelta(days=365)
        self.note.value = ""
        for name in ("owner", "due", "concerns"):
            self.fields[name].value = due if name == "due" else row.get(name, "")
        ended = bool(row) and self.draft.row("services", self.service.value)["status"] == "ended"
        filled({name: self.fields[name] for name in ("verdict", "now")}, {"verdict": self.given.get(self.service.value, (rule[self.service.value],))[0], "now": ended}, self.speak)

    def follow(self) -> None:
        """Forget verdicts whose change was taken back, and answer anew."""
        there = set(zip(self.draft.tables["changes"]["service"], self.draft.tables["changes"]["name"]))
        self.given = {service: own for service, own in self.given.items() if not own[1] or (service, own[1]) in there}
        self.speak()

    def speak(self, *_: object) -> None:
        """Say the verdict beside the rule's proposal, what speaks against and for the service, and what all verdicts so far would release."""
        self.now.disabled = self.verdict.value not in ENDED
        self.now.tooltip = say("Only what is stopped, passed on or merged can end.") if self.now.disabled else ""
        for field in (self.owner, self.due, self.concerns):
            field.disabled = self.verdict.value == "keep"
        given = {service: verdict for service, (verdict, _) in self.given.items()}
        rows = reviews.judged(self.proposals, given | {self.service.value: self.verdict.value})
        own = rows[rows["service"] == self.service.value]
        hit = self.losses[self.losses["service"] == self.service.value].assign(proposal=self.verdict.value)
        answer(self.place, [findings.flexibility.verdict(rows, service=self.service.value), findings.change.losers(hit),
                            findings.flexibility.released(reviews.released(rows)), tables.flexibility.sunset(own)], folded=[tables.flexibility.verdicts(rows)])

    def take(self) -> list[Problem]:
        """Put the verdict into the draft's change plan, in the place of an earlier one of this sitting, and the service's end where it ends at once."""
        own = self.proposals.set_index("service").loc[self.service.value]
        ends = bool(self.now.value) and self.verdict.value in ENDED
        cells = self._cells(own)
        problems = self._change(cells)
        if not problems and (ends or self.draft.row("services", self.service.value)["status"] == "ended"):
            problems = self.draft.change("services", self.service.value, say("Verdict"), status="ended" if ends else own["status"])
        if not problems:
            self.given[self.service.value] = self.verdict.value, str(cells.get("name", ""))
            self.speak()
        return problems

    def _cells(self, own: pd.Series) -> dict[str, object]:
        """The change that the verdict stands for; nothing for keeping the service as it is."""
        if self.verdict.value == "keep":
            return {}
        known = {"partner": own["partner_name"] if isinstance(own["partner_name"], str) else say("a partner"),
                 "other": own["merge_name"] if isinstance(own["merge_name"], str) else say("another service")}
        return {"name": say(NAMES[self.verdict.value], service=own["service_name"], **known), "kind": "service", "service": self.service.value, "owner": self.owner.value,
                "start": self.draft.plan.as_of, "due": self.due.value, "concerns": self.concerns.value}

    def _change(self, cells: dict[str, object]) -> list[Problem]:
        """Put a change in the place of the one that this sitting made for the service, or take that out."""
        new = self._made()
        if not cells:
            return self.draft.remove("changes", new["change"], say("Verdict")) if new else []
        return self.draft.change("changes", new["change"], say("Verdict"), **cells) if new else self.draft.add("changes", say("Verdict"), **cells)[1]

    def _made(self) -> dict[str, str] | None:
        """The change that this sitting made for the chosen service, as text."""
        base = {row["change"] for row in self.draft.base.get("changes", [])}
        return next((row for row in self.draft.sheet("changes").rows if row["service"] == self.service.value and row["change"] not in base), None)
