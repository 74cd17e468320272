"""Ready-made agendas: honest sums, a break in time, and every heading, ballot and table there that they name."""

from __future__ import annotations

import json
import re
from itertools import groupby

import pytest
from conftest import ROOT

from planning.model import agendas, schema
from planning.model.ballots import forms as ballot_forms
from planning.model.agendas import Item, Part, Path
from planning.model.errors import UsageError

PATHS = agendas.paths()
PARTS = [(path, part) for path in PATHS for part in path.parts]
ITEMS = list({item.id: item for path in PATHS for item in agendas.items(path)}.values())
NOTEBOOKS = sorted((ROOT / "notebooks").glob("0*.ipynb"))
FORMS = set(ballot_forms.FORMS)
INTO = {"points": {"goal_votes", "allocations"}, "swing": {"goal_votes"}, "ranks": {"goal_votes"}, "pairs": {"goal_pairs"}, "dots": {"allocations"}, "scales": {"ratings", "answers"},
        "ideas": {"swot"}, "statements": {"answers"}}
LONGEST = 75
ORDER = ("look", "vote alone", "see the spread", "talk", "vote again", "decide")
NAMED = {"leadership", "library", "small_group", "guests", "minutes"}


def cells(step: int) -> list[str]:
    notebook = json.loads(NOTEBOOKS[step - 1].read_text(encoding="utf-8"))
    return ["".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "markdown"]


def headings(step: int) -> set[str]:
    return {line.removeprefix("## ") for text in cells(step) for line in text.splitlines() if line.startswith("## ")}


def texts(item: Item) -> list[str]:
    return [item.title, item.room, item.decide, item.who, item.late, *item.does, *item.says, *item.materials, *item.before, *item.include]


def stretches(part: Part) -> list[int]:
    return [sum(item.minutes for item in group) for pause, group in groupby(part.items, lambda item: item.kind == "break") if not pause]


def named(value: object) -> str:
    return value.path if isinstance(value, Path) else value.id if isinstance(value, Item) else ""


@pytest.mark.parametrize(("path", "minutes"), [("half-day", [210]), ("full-day", [390]), ("four-meetings", [120, 120, 120, 120])])
def test_the_minutes_of_the_three_paths_add_up(path: str, minutes: list[int]) -> None:
    found = agendas.path(path)

    assert [sum(item.minutes for item in part.items) for part in found.parts] == minutes == [part.minutes for part in found.parts]
    assert found.minutes == sum(minutes)


def test_each_path_takes_up_the_steps_that_it_says() -> None:
    assert {path.path: path.steps for path in PATHS} == {"half-day": [1, 2, 5], "full-day": [1, 2, 4, 5, 6], "four-meetings": [1, 2, 3, 4, 5, 6, 7],
                                                         **{f"step-{step}": [step] for step in range(1, 8)}}


@pytest.mark.parametrize(("step", "said", "minutes"), [
    (1, "two meetings of 60 minutes in a workshop", [60, 60]), (2, "two meetings of 75 minutes in a workshop", [75, 75]), (3, "90 minutes in a workshop", [90]), (4, "half a day in a workshop", [180]),
    (5, "half a day in a workshop", [180]), (6, "half a day in a workshop", [180]), (7, "two hours in a workshop", [120])])
def test_a_step_alone_takes_as_long_as_the_card_of_its_notebook_says(step: int, said: str, minutes: list[int]) -> None:
    assert said in " ".join(cells(step)[:3])
    assert [part.minutes for part in agendas.path(f"step-{step}").parts] == minutes


@pytest.mark.parametrize(("path", "part"), PARTS, ids=named)
def test_nobody_sits_for_longer_than_75_minutes_without_a_break(path: Path, part: Part) -> None:
    assert max(stretches(part)) <= LONGEST


def test_the_check_of_breaks_sees_a_stretch_that_is_too_long() -> None:
    part = agendas.path("half-day").parts[0]
    without = Part("", tuple(item for item in part.items if item.kind != "break"))

    assert max(stretches(without)) == 185 > LONGEST


@pytest.mark.parametrize(("path", "part"), PARTS, ids=named)
def test_a_meeting_begins_with_a_welcome_ends_with_a_close_and_decides_something(path: Path, part: Part) -> None:
    kinds = [item.kind for item in part.items]

    assert (kinds[0], kinds[-1]) == ("welcome", "close")
    assert "decide" in kinds and kinds[1] != "break" and kinds[-2] != "break"


@pytest.mark.parametrize(("path", "part"), PARTS, ids=named)
def test_people_look_vote_alone_see_talk_vote_again_and_decide_in_this_order(path: Path, part: Part) -> None:
    for name in {item.round for item in part.items} - {""}:
        kinds = [ORDER.index(item.kind) for item in part.items if item.round == name]
        assert kinds == sorted(kinds), name
        assert ORDER.index("vote alone") in kinds, name


def test_homework_stands_between_meetings_and_only_there() -> None:
    for path in PATHS:
        assert all(part.homework for part in path.parts[:-1]), path.path
        assert not path.parts[-1].homework, path.path


@pytest.mark.parametrize("item", ITEMS, ids=named)
def test_every_heading_stands_in_the_notebook_of_its_step(item: Item) -> None:
    steps = [item.step] if item.step else range(1, 8)

    assert [step for step in steps if item.section and item.section not in headings(step)] == []
    assert item.section or not item.step


@pytest.mark.parametrize("item", ITEMS, ids=named)
def test_every_ballot_and_table_is_there(item: Item) -> None:
    tables = set(schema.tables())

    assert set(filter(None, [item.table, item.into, *item.needs])) <= tables
    assert item.form in FORMS if item.kind in ("vote alone", "vote again") else item.form == ""
    assert item.into in INTO[item.form] | {""} if item.form else not item.into
    assert bool(item.table) == (bool(item.form) and item.form != "ideas")


@pytest.mark.parametrize("item", ITEMS, ids=named)
def test_every_item_says_what_to_do_who_decides_and_how_all_take_part(item: Item) -> None:
    assert item.kind in agendas.KINDS and item.does and item.room and item.include and item.materials
    assert item.says or item.kind == "welcome"
    assert 0 <= item.least <= item.minutes
    assert (item.kind == "decide") <= bool(item.decide and item.who)
    assert item.kind not in ("decide", "vote alone") or item.least >= 2
    assert [text for text in [*item.does, *item.says, *item.before, *item.include, item.room] if not re.search(r"[.?”]$", text)] == []


@pytest.mark.parametrize("item", ITEMS, ids=named)
def test_texts_name_only_what_a_plan_can_fill_in_and_hold_no_shouting(item: Item) -> None:
    assert set(re.findall(r"\{(.*?)\}", " ".join(texts(item)))) <= NAMED
    assert not re.search(r"!|\busers?\b|\bcustomers?\b|\bcrucial\b|\bleverage\b", " ".join(texts(item)))


def test_what_may_be_left_out_says_so_and_breaks_hardly_give_way() -> None:
    assert {item.id for item in ITEMS if item.least == 0} == {"weights_again", "choice_again", "ending_again", "messages_again", "futures_try", "move_try"}
    assert all(item.late for item in ITEMS if item.least == 0)


def test_every_ballot_form_has_a_name_and_a_pace() -> None:
    assert set(agendas.forms()) == FORMS
    assert all(form["name"] and form["pace"] > 0 for form in agendas.forms().values())


def test_what_to_bring_is_said_for_each_table_that_an_item_needs_and_for_no_other() -> None:
    assert set(agendas.bring()) == {table for item in ITEMS for table in item.needs}
    assert [table for table, text in agendas.bring().items() if f"{table}.csv" not in text] == []


@pytest.mark.parametrize("kind", ["public", "academic", "corporate"])
def test_each_kind_of_library_has_its_guests(kind: str) -> None:
    assert agendas.words(kind)["guests"]


def test_there_are_several_items_for_each_step() -> None:
    counts = {step: sum(item.step == step for item in ITEMS) for step in range(1, 8)}

    assert min(counts.values()) >= 8
    assert len({item.id for item in ITEMS}) == len(ITEMS) == 92


@pytest.mark.parametrize(("word", "said"), [("halfday", "There is no path halfday through the steps. Did you mean half-day?"), ("Full-Day", "Did you mean full-day?"), ("x", "Allowed: half-day, full-day, four-meetings, step-1,")])
def test_an_unknown_path_is_answered_with_the_nearest(word: str, said: str) -> None:
    with pytest.raises(UsageError) as error:
        agendas.path(word)

    assert said in str(error.value)
