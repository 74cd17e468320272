"""Controls of step 1 that weigh the goals: points to share out, swings against 100, and goals two at a time."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from itertools import combinations

import ipywidgets as widgets
import pandas as pd

from planning.analysis import alignment, weighing, weights
from planning.model.drafts import Draft
from planning.model.errors import Problem, Words
from planning.show.findings import weights as said
from planning.show.language import number, say
from planning.show.meters import meter
from planning.show.records import Finding, Table
from planning.show.tables import weights as shown
from planning.workshop.controls import tryit
from planning.workshop.controls.following import Built, Once, answer, button, fields, filled, following

RESTS_ON = ("goals", "services", "alignment")
TOTAL = 100
MOST = 200
NOT_YET = 0.0
JUDGED = {9.0: "counts beyond compare more", 7.0: "counts much more", 5.0: "counts clearly more", 3.0: "counts somewhat more", 1.0: "counts as much", 1 / 3: "counts somewhat less",
          1 / 5: "counts clearly less", 1 / 7: "counts much less", 1 / 9: "counts beyond compare less"}
Values = Mapping[Hashable, object]


def points(draft: Draft) -> None:
    """Show a control that shares out 100 points over the goals in force, and what their weights and services then are."""
    tryit.show(following(draft, (*RESTS_ON, "goal_votes", "goal_pairs"), lambda: goals_listed(draft), lambda: _points(draft)))


def swings(draft: Draft) -> None:
    """Show a control that gives 100 to the weightiest goal and sets the others against it."""
    tryit.show(following(draft, RESTS_ON, lambda: goals_listed(draft), lambda: _swings(draft)))


def pairs(draft: Draft) -> None:
    """Show a control that weighs the goals two at a time, and says how far the judgements hold together."""
    tryit.show(following(draft, RESTS_ON, lambda: goals_listed(draft), lambda: _pairs(draft)))


def goals_listed(draft: Draft) -> Hashable:
    """The goals in force by id and name: what the controls of the weights list."""
    in_force = draft.library.goals_in_force
    return tuple(zip(in_force["goal"], in_force["name"]))


def no_goals() -> Built:
    """What stands in place of a control while no goal is in force."""
    return [widgets.HTML(say("There is nothing to weigh yet: no goal is in force. Goals stand in goals.csv."))], lambda: None


_tried = Once(("services", "alignment"), lambda draft: {})


def given_by(draft: Draft, goals: pd.DataFrame) -> pd.DataFrame:
    """What each service gives to goals of these weights, worked out once for weights that were tried before."""
    tried, key = _tried(draft), tuple(zip(goals["goal"], goals["name"], goals["weight"]))
    if key not in tried:
        if len(tried) >= MOST:
            tried.clear()
        tried[key] = alignment.contribution(alignment.matrix(goals, draft.tables["services"], draft.tables["alignment"]))
    return tried[key]


def consequences(draft: Draft, shares: Mapping[str, float]) -> tuple[list[Finding | Table | None], list[Table]]:
    """The weights that follow from shares, and, to be folded away, what each service would then give to the goals."""
    in_force = draft.library.goals_in_force
    then = weights.proposed(in_force, shares)
    if then.empty:
        return [], []
    given = weights.given(given_by(draft, in_force), given_by(draft, in_force.assign(weight=then["weight"])))
    return [said.change(given), said.none_left(then), shown.weights(then)], [shown.given(given)] if len(given) else []


def taken(draft: Draft, shares: Mapping[str, float], label: str) -> list[Problem]:
    """Put the weights that follow from shares into the draft, one step for all goals; returns the problems, none when it was done."""
    then = weights.proposed(draft.library.goals_in_force, shares)
    if then.empty:
        return [Problem(Words("Weights"), None, None, Words("found no weights yet"), Words("weights for every goal in force"), Words("Fill in what is asked above first."))]
    return draft.put("goals", then[["goal", "weight"]], label)


def _weighed(draft: Draft, own: dict[Hashable, widgets.Widget], shares: Callable[[Values], Mapping[str, float]], first: Callable[[Values], tuple[str, list[Finding]]],
             label: str, refused: Callable[[Values], list[Problem]] = lambda _: []) -> tuple[list[widgets.Widget], Callable[..., None]]:
    """Fields, the button that takes the weights, and the place where they answer: `first` says what stands before the weights."""
    place, note = widgets.HTML(), widgets.HTML()

    def values() -> Values:
        return {key: field.value for key, field in own.items()}

    def speak(*_: object) -> None:
        above, items = first(values())
        then, folded = consequences(draft, shares(values()))
        answer(place, [*items, *then], above=above, folded=folded)

    def take() -> list[Problem]:
        return refused(values()) or taken(draft, shares(values()), label)

    for field in own.values():
        field.observe(speak, "value")
    speak()
    return [fields(own.values()), tryit.taken(take, note), note, place], speak


def _points(draft: Draft) -> Built:
    start = weights.points(draft.library.goals_in_force, total=TOTAL)
    if start.empty:
        return no_goals()
    own = {row.goal: tryit.whole(row.goal_name, 0, TOTAL, row.points) for row in start.itertuples()}
    parts, speak = _weighed(draft, own, lambda given: given, _left, say("Weights by points"), _not_all)
    told = widgets.HTML()

    def fill() -> None:
        voted = _voted(draft)
        told.value = tryit.spoken([said.votes(voted, small_group=draft.plan.facts["small_group"])])
        filled(own, dict(zip(voted["goal"], voted["points"].astype(int).tolist())), speak)

    def back() -> None:
        now = weights.points(draft.library.goals_in_force, total=TOTAL)
        filled(own, dict(zip(now["goal"], now["points"].tolist())), speak)

    buttons = widgets.HBox([button(say("Fill in what the votes say"), fill), button(say("Fill in the weights of now"), back)], layout={"flex_flow": "row wrap"})
    return [parts[0], buttons, told, *parts[1:]], speak


def _voted(draft: Draft) -> pd.DataFrame:
    in_force, small_group = draft.library.goals_in_force, draft.plan.facts["small_group"]
    cast = weighing.ballots(draft.tables["goal_votes"], draft.tables["goal_pairs"], in_force)
    return weights.voted(weighing.views(cast, small_group=small_group), in_force, total=TOTAL)


def _left(given: Values) -> tuple[str, list[Finding]]:
    used = sum(given.values())
    words = say("{used} of {total}", used=number(used), total=number(TOTAL))
    return meter(say("Points shared out"), used, TOTAL, words), [said.left(used, TOTAL)]


def _not_all(given: Values) -> list[Problem]:
    used = sum(given.values())
    return [] if used == TOTAL else [Problem(Words("Points"), None, None, Words("found {n} shared out", n=used), Words("{total}", total=TOTAL),
                                             Words("Share out all of them and no more."))]


def _swings(draft: Draft) -> Built:
    start = weights.swings(draft.library.goals_in_force)
    if start.empty:
        return no_goals()
    own = {row.goal: tryit.whole(row.goal_name, 0, 100, row.swing) for row in start.itertuples()}

    def first(given: Values) -> tuple[str, list[Finding]]:
        return "", [] if weights.by_swings(given) else [said.no_hundred(max(given.values()))]

    return _weighed(draft, own, weights.by_swings, first, say("Weights by swings"))


def _pairs(draft: Draft) -> Built:
    in_force = draft.library.goals_in_force
    if len(in_force) < 2:
        return no_goals() if in_force.empty else ([widgets.HTML(say("There is no pair to judge: only one goal is in force."))], lambda: None)
    names, scale = dict(zip(in_force["goal"], in_force["name"])), [(say("not judged yet"), NOT_YET), *((say(words), ratio) for ratio, words in JUDGED.items())]
    own = {pair: widgets.Dropdown(description=say("“{goal}” against “{other}”", goal=names[pair[0]], other=names[pair[1]]), options=scale, value=NOT_YET, style=tryit.WIDE,
                                  layout={"width": "auto"}) for pair in combinations(in_force["goal"], 2)}

    def judged(given: Values) -> dict[tuple[str, str], float]:
        return {pair: ratio for pair, ratio in given.items() if ratio != NOT_YET}

    return _weighed(draft, own, lambda given: weights.by_pairs(in_force, judged(given)), lambda given: ("", said.strain(weights.strain(in_force, judged(given)))),
                    say("Weights by pairs"))
