"""Step 6's control on what people would pay for: who gets something under each rule for another sum, and one rule's choice put into the draft."""

from __future__ import annotations

import ipywidgets as widgets
import pandas as pd

from planning.analysis import participation, picks
from planning.model.drafts import Draft
from planning.model.errors import Problem
from planning.show import findings, tables
from planning.show.findings import picks as broken
from planning.show.language import say
from planning.show.tables import allocations as shown
from planning.workshop.controls import try_services, tryit
from planning.workshop.controls.following import Built, Once, answer, fields, following

RESTS_ON = (*try_services.RESTS_ON, "allocations")
ballots = Once(("allocations",), lambda draft: participation.ballots(draft.tables["allocations"]))
wishes = Once(("allocations", "initiatives"), lambda draft: participation.wishes(ballots(draft), draft.tables["initiatives"], small_group=_small(draft)))
voters = Once(("allocations",), lambda draft: participation.groups(ballots(draft), small_group=_small(draft)))


def people(draft: Draft) -> None:
    """Show what people's ballots choose by each rule for the money that there is, live as it is moved; the button puts one rule's choice into the draft."""
    tryit.show(following(draft, RESTS_ON, lambda: (try_services.listed(draft), _can(draft)), lambda: _people(draft)))


def _small(draft: Draft) -> int:
    return int(draft.plan.facts["small_group"])


def _can(draft: Draft) -> bool:
    return len(wishes(draft)) > 0 and not wishes(draft)["hidden"].all() and len(try_services.best(draft)) > 0


def _money(draft: Draft) -> widgets.FloatSlider:
    """The money that the ballots are about, from none to twice what there is; without a ceiling, what all initiatives cost."""
    question = try_services.asked(draft)
    plan = participation.money_for(try_services.best(draft), question.limits)
    start = plan if pd.notna(plan) else float(question.valued["cost"].sum())
    money = tryit.slider(say("Money to divide"), 0, max(2 * start, 1.0), max(round(start / 20), 1), start)
    money.readout_format = ",.0f"
    return money


def _people(draft: Draft) -> Built:
    if not _can(draft):
        return [widgets.HTML(say("There is nothing to choose by ballot yet: it takes enough ballots of people (allocations.csv), and initiatives that can be chosen (initiatives.csv)."))], lambda: None
    rule = widgets.RadioButtons(description=say("Choose by"), options=[(say(words), name) for name, words in participation.RULES.items()], value="by_shares", style=tryit.WIDE, layout={"width": "auto"})
    money, place, note = _money(draft), widgets.HTML(), widgets.HTML()
    state: dict[str, pd.DataFrame] = {}

    def look(*_: object) -> None:
        small, own = _small(draft), ballots(draft)
        state["choices"] = participation.choices(own, try_services.best(draft), money=float(money.value), small_group=small)
        state["met"] = participation.fairness(own, state["choices"], small_group=small)
        state["unheard"] = participation.unheard(own, state["choices"], small_group=small)
        speak()

    def speak(*_: object) -> None:
        _told(draft, place, **state, rule=rule.value, money=float(money.value))

    def take() -> list[Problem]:
        return try_services.chosen(draft, participation.taken(state["choices"], try_services.asked(draft).valued, rule=rule.value))

    rule.observe(speak, "value")
    money.observe(look, "value")
    look()
    return [fields([money, rule]), tryit.taken(take, note), note, place], look


def _told(draft: Draft, place: widgets.HTML, *, choices: pd.DataFrame, met: pd.DataFrame, unheard: pd.DataFrame, rule: str, money: float) -> None:
    question = try_services.asked(draft)
    own = picks.picked(question.valued, participation.taken(choices, question.valued, rule=rule))
    said = [findings.funding.voters(voters(draft)), findings.funding.fairness(met, unheard), *broken.broken(picks.broken(own, question.links, question.limits))]
    if choices.empty:
        said.append(findings.funding.no_money())
    answer(place, [*said, shown.choices(choices) if len(choices) else None], above=shown.meters(choices, money=money), folded=[tables.funding.fairness(met)] if len(met) else [])
