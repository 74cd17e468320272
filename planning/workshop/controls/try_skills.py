"""Step 6's controls for skills: the level that a role needs, which gaps and trainings follow, and the places in trainings."""

from __future__ import annotations

import ipywidgets as widgets
import pandas as pd

from planning.analysis import skill_plans, skills
from planning.model.drafts import Draft
from planning.model.errors import Problem, Words
from planning.show import findings, tables
from planning.show.findings import skill_plans as said
from planning.show.language import say
from planning.show.tables import skill_plans as shown
from planning.workshop.controls import tryit
from planning.workshop.controls.following import Built, answer, fields, following, names

RESTS_ON = ("role_skills", "skills", "roles", "trainings")
WIDE = {"style": tryit.WIDE, "layout": {"width": "auto"}}


def levels(draft: Draft) -> None:
    """Show the levels of skills that one role after another needs, and tell which gaps and which trainings follow from another level."""
    tryit.show(following(draft, RESTS_ON, lambda: _listed(draft), lambda: _levels(draft)))


def _listed(draft: Draft) -> tuple[object, ...]:
    own = draft.tables
    return (tuple(own["role_skills"][["role", "skill"]].itertuples(index=False, name=None)), *(tuple(names(own[name], id)) for name, id in (("skills", "skill"), ("roles", "role"))))


def _levels(draft: Draft) -> Built:
    own = draft.tables
    if not own["role_skills"]["role"].isin(own["roles"]["role"]).any():
        return [widgets.HTML(say("There is nothing to try yet: it takes roles (roles.csv), skills (skills.csv) and the levels that roles need (role_skills.csv)."))], lambda: None
    form = Levels(draft)
    return form.parts, form.speak


def _small(draft: Draft) -> int:
    return int(draft.plan.facts["small_group"])


def _open(draft: Draft) -> set[str]:
    return skill_plans.open_roles(draft.plan.tables["roles"], small_group=_small(draft))


def closures(draft: Draft, role_skills: pd.DataFrame) -> pd.DataFrame:
    """The gaps with their trainings: of posts that few people hold as the plan has them, so that no level can be read off by trying."""
    own, kept = draft.tables, draft.plan.tables
    safe = skill_plans.guarded(role_skills, kept["role_skills"], kept["roles"], small_group=_small(draft))
    return skills.closures(skills.gaps(safe, own["skills"], kept["roles"]), own["trainings"])


class Levels:
    """The needed levels of one role, each skill with its own field."""

    def __init__(self, draft: Draft) -> None:
        self.draft, self.place, note = draft, widgets.HTML(), widgets.HTML()
        own = draft.tables
        held = own["roles"][own["roles"]["role"].isin(own["role_skills"]["role"])]
        held = held.assign(free=held["role"].isin(_open(draft))).sort_values(["free", "role"], ascending=[False, True])
        self.role = widgets.Dropdown(description=say("Role"), options=names(held, "role"), **WIDE)
        self.grid = widgets.VBox()
        self.role.observe(lambda _: self.look(), "value")
        self.parts = [fields([self.role]), self.grid, tryit.taken(self.take, note), note, self.place]
        self.look()

    def look(self) -> None:
        """Put the levels that the draft asks of the chosen role into fields."""
        own = self.draft.tables
        needed = own["role_skills"][own["role_skills"]["role"] == self.role.value].set_index("skill")["required"]
        steps = [(say("{level}: {words}", level=level, words=say(words)), level) for level, words in skill_plans.LEVELS.items()]
        named = [(label, skill) for label, skill in names(own["skills"], "skill") if skill in needed.index]
        self.level = {skill: widgets.Dropdown(description=say("{skill}: needed level", skill=label), options=steps, value=int(needed[skill]), **WIDE) for label, skill in named}
        for field in self.level.values():
            field.observe(self.speak, "value")
        self.grid.children = [fields(self.level.values())]
        self.speak()

    @property
    def rows(self) -> pd.DataFrame:
        """The rows that the fields make, against the draft."""
        required = {skill: int(field.value) for skill, field in self.level.items()}
        return skill_plans.changed(self.draft.tables["role_skills"], self.draft.plan.tables["role_skills"], role=self.role.value, required=required)

    def speak(self, *_: object) -> None:
        """Say which gaps the levels make, as far as that points to nobody, and which trainings reach them."""
        own, small, free = self.draft.tables, _small(self.draft), self.role.value in _open(self.draft)
        name = next(label for label, role in self.role.options if role == self.role.value)
        then = skill_plans.merged(own["role_skills"], self.rows)
        ways = skill_plans.ways(own["trainings"], own["skills"], {skill: int(field.value) for skill, field in self.level.items()})
        before, after = (closures(self.draft, rows) for rows in (own["role_skills"], then))
        words = [said.gaps(*(rows[rows["role"] == self.role.value] for rows in (before, after)), role=name, tried=len(self.rows)) if free else said.few(name, small_group=small),
                 said.uncounted(self.rows), said.unreached(ways)]
        gaps = skills.by_role(after[after["role"] == self.role.value], small_group=small)
        answer(self.place, [*words, tables.people.gaps(gaps) if free and len(gaps) else None, shown.ways(ways)])

    def take(self) -> list[Problem]:
        """Put the levels into the draft, in one step."""
        if self.rows.empty:
            return [Problem(Words("Levels"), None, None, Words("found the levels that stand in the draft already"), Words("another level"), Words("Choose another level first."))]
        return self.draft.put("role_skills", self.rows, say("Needed levels of skills"))


def places(draft: Draft) -> None:
    """Show the places in each training, and tell who finds none and what it costs."""
    tryit.show(following(draft, RESTS_ON, lambda: tuple(names(draft.tables["trainings"], "training")), lambda: _places(draft)))


def _places(draft: Draft) -> Built:
    offers = draft.tables["trainings"]
    if offers.empty:
        return [widgets.HTML(say("There is nothing to plan yet: it takes trainings (trainings.csv)."))], lambda: None
    place, note = widgets.HTML(), widgets.HTML()
    seats = dict(zip(offers["training"], offers["seats"]))
    own = {id: widgets.BoundedIntText(description=say("{training}: places", training=label), min=-1, max=9999, value=-1 if pd.isna(seats[id]) else int(seats[id]), **WIDE)
           for label, id in names(offers, "training")}

    def tried() -> pd.DataFrame:
        return skill_plans.seated(draft.tables["trainings"], {id: field.value for id, field in own.items()})

    def speak(*_: object) -> None:
        rows = skill_plans.places(skills.by_role(closures(draft, draft.tables["role_skills"]), small_group=_small(draft)), tried())
        answer(place, [said.places(rows), findings.skills.training(closures(draft, draft.tables["role_skills"]), draft.tables["trainings"]), shown.places(rows)])

    def take() -> list[Problem]:
        rows = skill_plans.seats_changed(draft.tables["trainings"], tried())
        if rows.empty:
            return [Problem(Words("Places"), None, None, Words("found the places that stand in the draft already"), Words("another number"), Words("Change a number first."))]
        return draft.put("trainings", rows, say("Places in trainings"))

    for field in own.values():
        field.observe(speak, "value")
    speak()
    return [fields(own.values()), tryit.taken(take, note), note, place], speak
