"""Step 2's controls: the best choice of initiatives for other money and staff time, and a choice ticked by hand under live meters."""

from __future__ import annotations

from typing import NamedTuple

import ipywidgets as widgets
import pandas as pd

from planning.analysis import initiatives, options, picks
from planning.model.drafts import Draft
from planning.model.errors import Problem, Words
from planning.show import findings, tables
from planning.show.findings import picks as said
from planning.show.language import say
from planning.show.tables import picks as shown
from planning.workshop.controls import tryit
from planning.workshop.controls.following import Built, Once, answer, button, fields, filled, following

RESTS_ON = ("goals", "services", "budget", "initiatives", "initiative_goals", "initiative_links", "initiative_hours", "roles")


class Asked(NamedTuple):
    """What a choice is made of: the initiatives with their values, their links, and the ceilings."""

    valued: pd.DataFrame
    links: pd.DataFrame
    limits: pd.DataFrame


def _asked(draft: Draft) -> Asked:
    own = draft.tables
    valued = initiatives.values(own["initiatives"], own["initiative_goals"], draft.library.goals_in_force, by_role=own["initiative_hours"])
    return Asked(valued, own["initiative_links"], _limits(draft))


def _limits(draft: Draft, *, money: float = -1.0, fte: float = -1.0) -> pd.DataFrame:
    """The ceilings, with what essential services lack set aside first; the plan's own unless others are given."""
    own = draft.tables
    aside = float(options.floors(own["services"], own["budget"])["short"].sum())
    return initiatives.ceilings(draft.plan.facts, own["roles"], money=money, fte=fte, set_aside=aside)


asked = Once(RESTS_ON, _asked)
best = Once(RESTS_ON, lambda draft: initiatives.choice(*asked(draft)))


def listed(draft: Draft) -> tuple[object, ...]:
    """The initiatives by id, name, cost, hours and part: what the controls of the choice list."""
    valued = asked(draft).valued
    return tuple(map(tuple, valued.sort_values("initiative")[["initiative", "initiative_name", "cost", "hours", "part"]].astype(str).to_numpy()))


def nothing() -> Built:
    """What stands in place of a control while there is nothing to choose from."""
    return [widgets.HTML(say("There is nothing to choose from yet: it takes goals in force (goals.csv), initiatives (initiatives.csv) and what they contribute (initiative_goals.csv)."))], lambda: None


def chosen(draft: Draft, ids: list[str]) -> list[Problem]:
    """Put a choice into the draft as the status of the initiatives, one step; returns the problems, none when it was done."""
    rows = picks.statuses(asked(draft).valued, ids)
    if rows.empty:
        return [Problem(Words("Choice"), None, None, Words("found the choice that stands in the draft already"), Words("another one"), Words("Tick or untick an initiative first."))]
    return draft.put("initiatives", rows, say("Choice of initiatives"))


def ceilings(draft: Draft) -> None:
    """Show controls for money and full-time posts, and tell what the best choice then is; the hours of roles stay."""
    tryit.show(following(draft, RESTS_ON, lambda: bool(len(asked(draft).valued)), lambda: _ceilings(draft)))


def _ceilings(draft: Draft) -> Built:
    if asked(draft).valued.empty:
        return nothing()
    money_now, fte_now = _now(draft)
    money = tryit.slider(say("Money"), 0, _end(money_now), _step(money_now), money_now)
    fte = tryit.slider(say("Full-time posts"), 0, _end(fte_now), _step(fte_now), fte_now)
    money.readout_format, place, held = ",.0f", widgets.HTML(), widgets.HTML()

    def speak(*_: object) -> None:
        held.value = ""
        now = asked(draft)._replace(limits=_limits(draft, money=money.value, fte=fte.value))
        found, aside = initiatives.choice(*now), findings.roadmap.set_aside(now.limits)
        if found.empty:
            return answer(place, [aside, *findings.services.conflicts(initiatives.conflicts(*now))])
        return answer(place, [aside, findings.services.choice(found, picks.use(found, now.limits)), tables.services.chosen(found)])

    def hold() -> None:
        now = asked(draft)._replace(limits=_limits(draft, money=money.value, fte=fte.value))
        found = initiatives.choice(*now)
        answer(held, [findings.services.binding(initiatives.use(found, now.links, now.limits))] if len(found) else [])

    for field in (money, fte):
        field.observe(speak, "value")
    speak()
    return [fields([money, fte]), button(say("What holds this choice back?"), hold), held, place], speak


def _now(draft: Draft) -> tuple[float, float]:
    """The plan's ceilings of money and of full-time posts; where it names none, what all initiatives together ask for."""
    facts, valued = draft.plan.facts, asked(draft).valued
    money, fte = facts.get("money_ceiling"), facts.get("fte_ceiling")
    return (float(valued["cost"].sum()) if money is None else float(money),
            float(valued["hours"].sum()) / float(facts["hours_per_fte"]) if fte is None else float(fte))


def _end(now: float) -> float:
    return max(2 * now, 1.0)


def _step(now: float) -> float:
    """A fortieth of the way, which the starting point is a multiple of."""
    return max(now, 1.0) / 20


def choice(draft: Draft) -> None:
    """Show the initiatives to tick, with live meters of money and hours, the rules that are broken, and the value reached against the best choice."""
    tryit.show(following(draft, RESTS_ON, lambda: listed(draft), lambda: _choice(draft)))


def _choice(draft: Draft) -> Built:
    start = asked(draft).valued
    play = start[start["part"].isin(["free", "must do", "running", "cost or hours not known"])]
    if play.empty:
        return nothing()
    own = {row["initiative"]: _box(row) for row in play.to_dict("records")}
    free = {one: box for one, box in own.items() if not box.disabled}
    place, note = widgets.HTML(), widgets.HTML()

    def ids() -> list[str]:
        return [one for one, box in free.items() if box.value]

    def speak(*_: object) -> None:
        question = asked(draft)
        picked = picks.picked(question.valued, ids())
        broken = picks.broken(picked, question.links, question.limits)
        answer(place, [*said.broken(broken), said.reached(picks.reached(picked, best(draft)), breaks=len(broken) > 0)], above=shown.meters(picks.use(picked, question.limits)))

    def fill(wanted: list[str]) -> None:
        filled(free, {one: one in wanted for one in free}, speak)

    fill(picks.standing(start))
    buttons = [button(say("Tick the best choice"), lambda: fill(picks.taken(best(draft)))),
               button(say("Tick what the plan has chosen"), lambda: fill(picks.standing(asked(draft).valued)))]
    return [fields(own.values()), widgets.HBox(buttons, layout={"flex_flow": "row wrap"}), tryit.taken(lambda: chosen(draft, ids()), note), note, place], speak


def _box(row: dict[str, object]) -> widgets.Checkbox:
    """A box to tick for an initiative; what runs already stays ticked, and what is not known cannot be."""
    fixed = row["part"] in ("running", "cost or hours not known")
    return widgets.Checkbox(value=row["part"] == "running", description=shown.label(row), disabled=fixed, indent=False, layout={"width": "auto"})
