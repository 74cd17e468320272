"""The controls that weigh the goals put weights into the draft that add up to 1, and say what follows from them."""

from __future__ import annotations

import csv
import re
from itertools import combinations
from pathlib import Path

from conftest import ROOT
import driving

from planning.model import drafts
from planning.workshop.controls import try_needs, try_ranking, try_weights

RIVERBEND = ROOT / "data" / "riverbend_public"
READ, WORK = "Every child reads by eight", "People find work and start businesses"


def weights(draft: drafts.Draft) -> dict[str, float]:
    in_force = draft.library.goals_in_force
    return dict(zip(in_force["goal"], in_force["weight"]))


def labels(draft: drafts.Draft) -> list[str]:
    return list(draft.library.goals_in_force["name"])


def test_points_start_at_the_weights_of_the_plan_and_go_into_the_draft_once_all_are_shared_out(sample: Path, monkeypatch):
    draft = driving.opened(sample)
    box = driving.control(monkeypatch, try_weights.points, draft)
    first, second = (driving.field(box, label) for label in labels(draft)[:2])
    assert "100 of 100" in driving.text(box)

    first.value -= 5
    assert "5 points of 100 are left to share out" in driving.text(box)
    driving.press(box)
    assert "found 95 shared out" in driving.text(box) and not changes_of(draft)

    second.value += 5
    driving.press(box)
    assert "It is in the draft" in driving.text(box)
    assert weights(draft)["G1"] == first.value / 100 and weights(draft)["G2"] == second.value / 100
    assert sum(round(100 * one) for one in weights(draft).values()) == 100
    assert draft.steps == ["Weights by points"]


def changes_of(draft: drafts.Draft) -> list[list[object]]:
    return driving.changes(draft)


def test_too_many_points_are_told_and_not_taken(monkeypatch):
    draft = driving.opened(RIVERBEND)
    box = driving.control(monkeypatch, try_weights.points, draft)

    driving.field(box, READ).value = 27
    driving.press(box)

    assert "1 point too many is shared out" in driving.text(box) and "found 101 shared out" in driving.text(box)
    assert not changes_of(draft)


def test_the_points_of_the_votes_are_the_medians_of_leadership(monkeypatch):
    draft = driving.opened(RIVERBEND)
    box = driving.control(monkeypatch, try_weights.points, draft)

    driving.press(box, "Fill in what the votes say")

    assert [driving.field(box, label).value for label in labels(draft)] == [25, 15, 28, 15, 6, 11]
    assert "the median of what the 7 members of leadership" in driving.text(box)
    driving.press(box, "Fill in the weights of now")
    assert [driving.field(box, label).value for label in labels(draft)] == [26, 20, 22, 16, 6, 10]


def test_votes_of_too_few_people_fill_in_nothing(monkeypatch):
    draft = driving.opened(RIVERBEND)
    draft.plan.facts = draft.plan.facts | {"small_group": 500}
    box = driving.control(monkeypatch, try_weights.points, draft)
    before = [driving.field(box, label).value for label in labels(draft)]

    driving.press(box, "Fill in what the votes say")

    assert "No group has 500 voters or more" in driving.text(box)
    assert [driving.field(box, label).value for label in labels(draft)] == before


def test_swings_need_a_hundred_and_become_shares(monkeypatch):
    draft = driving.opened(RIVERBEND)
    box = driving.control(monkeypatch, try_weights.swings, draft)
    for label, swing in zip(labels(draft), (100, 50, 50, 0, 0, 0)):
        driving.field(box, label).value = swing
    driving.press(box)
    assert list(weights(draft).values()) == [0.5, 0.25, 0.25, 0, 0, 0]
    assert "would weigh nothing" not in driving.text(box)

    driving.field(box, READ).value = 80
    assert "The highest swing is 80" in driving.text(box)
    driving.press(box)
    assert "found no weights yet" in driving.text(box) and weights(draft)["G1"] == 0.5


def test_pairs_give_weights_only_when_all_are_judged_and_name_the_pair_that_is_hardest_to_square(monkeypatch):
    draft = driving.opened(RIVERBEND)
    box = driving.control(monkeypatch, try_weights.pairs, draft)
    names = labels(draft)
    pairs = {(one, other): driving.field(box, f"“{one}” against “{other}”") for one, other in combinations(names, 2)}
    assert "15 pairs of 15 are not judged yet" in driving.text(box)

    for field in pairs.values():
        driving.pick(field, "as much")
    assert "The judgements hold together" in driving.text(box)
    driving.press(box)
    assert sorted(weights(draft).values()) == [0.16, 0.16, 0.17, 0.17, 0.17, 0.17]

    driving.pick(pairs[names[0], names[1]], "beyond compare more")
    assert f"Hardest to square with the rest is “{READ}” against “{WORK}”: judged 9.0 times as much" in driving.text(box)


def test_an_order_of_goals_becomes_weights_by_places_alone(monkeypatch):
    draft = driving.opened(RIVERBEND)
    box = driving.control(monkeypatch, try_ranking.goals, draft)

    driving.field(box, WORK).value = 1
    assert [driving.field(box, label).value for label in (WORK, READ)] == [1, 2]
    driving.press(box)

    assert weights(draft)["G2"] == 0.41 and weights(draft)["G1"] == 0.24  # rank order centroid of six: 147/360 and 87/360


def test_dragging_goals_and_typing_places_stay_in_step(monkeypatch):
    from wigglystuff import SortableList

    draft = driving.opened(RIVERBEND)
    box = driving.control(monkeypatch, try_ranking.goals, draft)
    dragged = next(one for one in driving.parts(box) if isinstance(one, SortableList))

    driving.field(box, WORK).value = 1
    assert dragged.value[0] == WORK
    dragged.value = [*dragged.value[1:], WORK]
    assert driving.field(box, WORK).value == 6

    dragged.value = ["something else"]
    assert driving.field(box, WORK).value == 6


def test_without_the_package_for_dragging_the_numbers_are_there_alone(monkeypatch):
    monkeypatch.setattr(try_ranking, "find_spec", lambda _: None)
    draft = driving.opened(RIVERBEND)
    box = driving.control(monkeypatch, try_ranking.goals, draft)
    driving.field(box, WORK).value = 1

    assert driving.field(box, READ).value == 2 and not any(type(one).__name__ in ("Accordion", "SortableList") for one in driving.parts(box))


def test_one_goal_moved_leaves_the_others_their_proportions(monkeypatch):
    draft = driving.opened(RIVERBEND)
    box = driving.control(monkeypatch, try_needs.goal_weight, draft)
    driving.pick(driving.field(box, "Goal"), WORK)
    assert driving.field(box, "Its weight").value == 20

    driving.field(box, "Its weight").value = 60
    assert "Most weighted support then comes from Job and business desk" in driving.text(box)
    driving.press(box)

    assert list(weights(draft).values()) == [0.13, 0.6, 0.11, 0.08, 0.03, 0.05]


def test_what_one_control_takes_is_seen_by_the_others_and_undone_everywhere(monkeypatch):
    draft = driving.opened(RIVERBEND)
    swings, moved = (driving.control(monkeypatch, name, draft) for name in (try_weights.swings, try_needs.goal_weight))
    now = re.compile(rf"{READ} (\d+%)")

    driving.field(moved, "Its weight").value = 50
    driving.press(moved)
    assert now.search(driving.text(swings))[1] == "50%"
    assert draft.undo() == "Weight of one goal"
    assert now.search(driving.text(swings))[1] == "26%"


def test_a_plan_without_goals_says_so_and_the_control_comes_alive_with_the_first(empty_plan: Path, monkeypatch):
    draft = driving.opened(empty_plan)
    boxes = [driving.control(monkeypatch, name, draft) for name in (try_weights.points, try_weights.swings, try_weights.pairs, try_ranking.goals, try_needs.goal_weight)]
    assert all("no goal is in force" in driving.text(box) for box in boxes)

    draft.add("goals", name="Read", weight=1, valid_from="2026-01-01")

    assert driving.field(boxes[0], "Read").value == 100
    assert "only one goal is in force" in driving.text(boxes[2])


def test_what_stands_in_the_plan_stays_until_it_is_kept(monkeypatch, tmp_path: Path):
    draft = driving.opened(RIVERBEND)
    box = driving.control(monkeypatch, try_needs.goal_weight, draft)
    driving.field(box, "Its weight").value = 50
    driving.press(box)

    with (RIVERBEND / "goals.csv").open(encoding="utf-8") as file:
        assert {row["goal"]: row["weight"] for row in csv.DictReader(file)}["G1"] == "0.26"
    assert ["goals", "G1", "weight", "0.26", "0.5"] in changes_of(draft)
