"""Controls of step 1: one goal's weight moved, and what a group says of a service."""

from __future__ import annotations

import ipywidgets as widgets

from planning.analysis import goals, ratings
from planning.model.drafts import Draft
from planning.model.errors import Problem
from planning.show import findings
from planning.show.findings import rated as said
from planning.show.language import say
from planning.show.tables import rated as shown
from planning.workshop.controls import tryit
from planning.workshop.controls.following import Built, answer, fields, filled, following, names
from planning.workshop.controls.try_weights import RESTS_ON, consequences, goals_listed, no_goals, taken


def goal_weight(draft: Draft) -> None:
    """Show a control that moves one goal's weight while the others keep their proportions, and what each service then gives."""
    tryit.show(following(draft, RESTS_ON, lambda: goals_listed(draft), lambda: _goal_weight(draft)))


def _goal_weight(draft: Draft) -> Built:
    in_force = draft.library.goals_in_force
    if in_force.empty:
        return no_goals()
    goal = widgets.Dropdown(description=say("Goal"), options=names(in_force, "goal"), style=tryit.WIDE, layout={"width": "min(36em, 100%)"})
    percent = tryit.whole(say("Its weight in percent"), 0, 100, _percent(draft, goal.value))
    place, note = widgets.HTML(), widgets.HTML()

    def shares() -> dict[str, float]:
        moved = goals.shifted(draft.library.goals_in_force, goal=goal.value, weight=percent.value / 100)
        return dict(zip(moved["goal"], moved["weight"]))

    def speak(*_: object) -> None:
        items, folded = consequences(draft, shares())
        answer(place, items, folded=folded)

    def take() -> list[Problem]:
        return taken(draft, shares(), say("Weight of one goal"))

    percent.observe(speak, "value")
    goal.observe(lambda _: filled({"percent": percent}, {"percent": _percent(draft, goal.value)}, speak), "value")
    speak()
    return [fields([goal, percent]), tryit.taken(take, note), note, place], speak


def _percent(draft: Draft, goal: str) -> int:
    in_force = draft.library.goals_in_force
    return round(100 * float(in_force.loc[in_force["goal"] == goal, "weight"].iloc[0]))


def rated(draft: Draft) -> None:
    """Show drop-downs of a service and a group that tell how the group rates the service, and what a further round would need."""
    tables = ("ratings", "services")
    tryit.show(following(draft, tables, lambda: tuple(draft.tables["services"]["name"]), lambda: _rated(draft)))


def _rated(draft: Draft) -> Built:
    services, small_group = draft.tables["services"], draft.plan.facts["small_group"]
    if services.empty:
        return [widgets.HTML(say("There is nothing to rate yet: the plan has no services. Services stand in services.csv."))], lambda: None
    service = widgets.Dropdown(description=say("Service"), options=names(services, "service"), style=tryit.WIDE, layout={"width": "min(36em, 100%)"})
    group = widgets.Dropdown(description=say("Group"), options=[(say(one), one) for one in ratings.GROUPS], style=tryit.WIDE, layout={"width": "auto"})
    place, means = widgets.HTML(), {}

    def speak(*_: object) -> None:
        own = means["all"][means["all"]["service"] == service.value]
        asked = {"group": group.value, "service": service.label, "small_group": small_group}
        shown_rows = shown.groups(own, service=service.label)
        answer(place, [said.group(own, **asked), said.others(own, group=group.value), shown_rows if len(shown_rows.rows) else None,
                       *findings.expectations.unheard(means["all"], small_group=small_group)])

    def anew() -> None:
        means["all"] = ratings.summary(draft.tables["ratings"], draft.tables["services"], small_group=small_group)
        speak()

    for field in (service, group):
        field.observe(speak, "value")
    anew()
    return [fields([service, group]), place], anew
