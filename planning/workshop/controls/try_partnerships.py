"""The controls of step 3: how well a partner fits, and what if a prospect became a partner."""

from __future__ import annotations

import ipywidgets as widgets
import pandas as pd

from planning.analysis import audiences as reach
from planning.analysis import partners
from planning.model.drafts import Draft
from planning.model.errors import Problem
from planning.show import findings, tables
from planning.show.language import say
from planning.show.records import Finding, Table
from planning.workshop.controls import tryit
from planning.workshop.controls.following import Built, answer, fields, filled, following, names

RATED = ("mission", "resources", "capacity", "history", "effort", "risk")
ETHICS = ("clear", "concern", "veto")
RESTS_ON = ("partners", "partner_goals", "partner_audiences", "goals")


def fit(draft: Draft) -> None:
    """Show a control that rates one partner after another from 1 to 5 and tells at once how well it then fits, and its place."""
    tryit.show(following(draft, RESTS_ON, lambda: tuple(names(_open(draft), "partner")), lambda: _fit(draft)))


def _open(draft: Draft) -> pd.DataFrame:
    own = draft.tables["partners"]
    return own[own["status"] != "ended"]


def _fit(draft: Draft) -> Built:
    if _open(draft).empty:
        return [widgets.HTML(say("There is nobody to rate yet: it takes an active partner or a prospect (partners.csv)."))], lambda: None
    form = Fit(draft)
    return form.parts, form.speak


class Fit:
    """The fields of one partner: what makes it fit, from 1 to 5 or not rated, and ethics, which no score makes up for."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.place, self.note = widgets.HTML(), widgets.HTML()
        self.partner = widgets.Dropdown(description=say("Partner"), options=names(_open(draft), "partner"), style=tryit.WIDE, layout={"width": "auto"})
        meant = {name: say(partners.MEANINGS[name][1]) for name in ("mission", "resources", "capacity", "history")}
        meant |= {"effort": say("what it takes to keep up"), "risk": say("what could go wrong")}
        steps = [(say("not rated"), ""), (say("1, the least"), 1), *((str(step), step) for step in range(2, 5)), (say("5, the most"), 5)]
        self.rated = {name: widgets.Dropdown(description=f"{_title(name)} ({meant[name]})", options=steps, value="", style=tryit.WIDE, layout={"width": "auto"}) for name in RATED}
        self.ethics = widgets.Dropdown(description=say("Ethics"), style=tryit.WIDE, layout={"width": "auto"},
                                       options=[(say("clear: no conflict with the library's values"), "clear"), (say("concern: to be talked about"), "concern"),
                                                (say("veto: not a partner, whatever the score"), "veto")])
        self.fields = {**self.rated, "ethics": self.ethics}
        self.partner.observe(self.turned, "value")
        for field in self.fields.values():
            field.observe(self.speak, "value")
        self.parts = [fields([self.partner], least="24em"), fields(self.fields.values(), least="24em"), tryit.taken(self.take, self.note), self.note, self.place]
        self.look()

    def turned(self, *_: object) -> None:
        """Begin with another partner; what was told of the one before goes."""
        self.note.value = ""
        self.look()

    def look(self) -> None:
        """Put what the draft says of the chosen partner into the fields."""
        own = self.draft.tables["partners"].set_index("partner").loc[self.partner.value]
        filled(self.fields, {name: "" if pd.isna(own[name]) else int(own[name]) for name in RATED} | {"ethics": own["ethics"]}, self.speak)

    def typed(self) -> dict[str, object]:
        """The cells that the fields stand for."""
        return {name: field.value if field.value != "" else None for name, field in self.fields.items()}

    def fitting(self, rows: pd.DataFrame) -> pd.DataFrame:
        own = self.draft.tables
        return partners.fit(rows, partners.support(self.draft.library.goals_in_force, own["partner_goals"]), own["partner_audiences"])

    def speak(self, *_: object) -> None:
        """Say how well the partner fits with what is typed, beside how it fits in the draft."""
        own = self.draft.tables["partners"]
        after = partners.rated(own, partner=self.partner.value, **self.typed())
        now, then = self.fitting(own), self.fitting(after)
        name = dict(map(reversed, self.partner.options))[self.partner.value]
        answer(self.place, [findings.partnerships.rated(now, then, partner=self.partner.value, name=name), findings.partnerships.fit(then)], folded=[tables.partnerships.fit(then)])

    def take(self) -> list[Problem]:
        """Put the ratings into the draft."""
        return self.draft.change("partners", self.partner.value, say("Fit of partners"), **self.typed())


def _title(name: str) -> str:
    return {"effort": say("Effort"), "risk": say("Risk")}.get(name) or say(partners.MEANINGS[name][0])


def prospect(draft: Draft) -> None:
    """Show a control that counts one prospect as a partner and tells which audiences would then be reached; the button makes it one."""
    note = widgets.HTML()
    tryit.show(following(draft, ("partners", "partner_audiences", "audiences"), lambda: tuple(names(_prospects(draft), "partner")), lambda: _prospect(draft, note)))


def _prospects(draft: Draft) -> pd.DataFrame:
    own = draft.tables["partners"]
    return own[(own["status"] == "prospect") & (own["ethics"] != "veto")]


def _prospect(draft: Draft, note: widgets.HTML) -> Built:
    """The prospects that are left, with what was told of the last one that was taken."""
    open_ones = _prospects(draft)
    if open_ones.empty or draft.tables["audiences"].empty:
        return [widgets.HTML(say("There is nothing to try yet: it takes a prospect (partners.csv) and an audience (audiences.csv).")), note], lambda: None
    place = widgets.HTML()
    partner = widgets.Dropdown(description=say("Prospect"), options=names(open_ones, "partner"), style=tryit.WIDE, layout={"width": "auto"})

    def speak(*_: object) -> None:
        answer(place, _joined(draft, partner.value))

    def take() -> list[Problem]:
        return draft.change("partners", partner.value, say("A new partner"), status="active", since=draft.plan.as_of)

    def turned(*_: object) -> None:
        note.value = ""
        speak()

    partner.observe(turned, "value")
    speak()
    return [fields([partner], least="24em"), tryit.taken(take, note), note, place], speak


def _joined(draft: Draft, partner: str) -> list[Finding | Table]:
    own = draft.tables
    asked = own["audiences"], own["partner_audiences"], own["partners"]
    then = reach.coverage(*asked, adding=[partner])
    moved = reach.change(reach.coverage(*asked), then)
    name = own["partners"].set_index("partner").loc[partner, "name"]
    said = findings.partnerships.joined(name, moved, then)
    return [said, tables.partnerships.change(moved)] if len(moved) else [said]
