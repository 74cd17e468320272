"""Which votes fit their round, and what those who voted are told when one does not."""

from __future__ import annotations

import datetime as dt
import json
import math
from dataclasses import replace

import pytest

from planning.model.ballots import forms as ballot_forms
from planning.model.ballots.forms import BallotRefused, Option, Round
from planning.model.errors import PlanningError

ABC = (Option("A", "Loans"), Option("B", "Rooms"), Option("C", "Talks"))
SWOT = ("strength", "weakness", "opportunity", "threat")


def asked(form: str, options: tuple[Option, ...] = ABC, *, table: str = "", groups: tuple[str, ...] = (), **settings: object) -> Round:
    return ballot_forms.prepared(Round("R1", 1, form, "How is it?", () if form == "ideas" else options, settings, table, groups, "", "open", dt.date(2026, 6, 30)))


GOOD = [
    (asked("points"), {"A": 60, "B": 40.0}, {"A": 60, "B": 40, "C": 0}),
    (asked("points"), {"A": 33.3, "B": 33.3, "C": 33.4}, {"A": 33.3, "B": 33.3, "C": 33.4}),
    (asked("swing"), {"A": 100, "B": 0, "C": 55}, {"A": 100, "B": 0, "C": 55}),
    (asked("dots"), {"A": 3, "B": None}, {"A": 3, "B": 0, "C": 0}),
    (asked("ranks"), {"C": 1, "A": 2, "B": 3}, {"A": 2, "B": 3, "C": 1}),
    (asked("ranks", first=2), {"C": 1}, {"C": 1}),
    (asked("pairs"), {"A|B": 3, "C|A": 4, "B|C": 1}, {"A|B": 3, "A|C": 0.25, "B|C": 1}),
    (asked("scales"), {"A": 4, "B|": 1}, {"A": 4, "B": 1}),
    (asked("scales", asked=(("quality", "How good?"), ("relevance", "How much?"))), {"A|quality": 5}, {"A|quality": 5}),
    (asked("statements"), {"A": 1, "B": -1, "C": 0}, {"A": 1, "B": -1, "C": 0}),
    (asked("ideas"), [{"text": " A  quiet\nroom "}, {"text": ""}], [{"text": "A quiet room"}]),
    (asked("ideas", kinds=SWOT), [{"text": "Rooms", "kind": "strength"}, {"text": "Rooms", "kind": "threat"}], [{"text": "Rooms", "kind": "strength"}]),
]

BAD = [
    (asked("points"), {"A": 60}, "Share out 40 more"),
    (asked("points"), {"A": 60, "B": 50}, "Take 10 away"),
    (asked("points"), {"A": -10, "B": 110}, "out of range"),
    (asked("points"), {"A": 100, "Z": 0}, "no, or no longer, a line Z"),
    (asked("points"), {"A": math.nan, "B": 100}, "A number is expected"),
    (asked("points"), {"A": math.inf}, "A number is expected"),
    (asked("points"), {"A": 10**400}, "a very large number"),
    (asked("points"), {"A": 1e300}, "a very large number"),
    (asked("points"), {"A": "100"}, "A number is expected"),
    (asked("points"), {"A": True, "B": 99}, "A number is expected"),
    (asked("points"), {"A": {"A": [1]}}, "A number is expected"),
    (asked("points"), [["A", 100]], "not a vote on this question"),
    (asked("points"), None, "not a vote on this question"),
    (asked("points"), {"A" * 10_000: 100}, "a line A{40}\\."),
    (asked("points"), {7: 100}, "a line 7"),
    (asked("points"), {"\u202eA\x00": 100}, "a line A\\."),
    (asked("swing"), {"A": 90, "B": 10, "C": 0}, "Give 100 to what matters most"),
    (asked("swing"), {"A": 100}, "still without one: 2"),
    (asked("dots"), {"A": 6}, "out of range"),
    (asked("dots", most=2), {"A": 3}, "allowed is 0 to 2"),
    (asked("dots"), {"A": 3, "B": 3}, "Dots placed: 6. Place 1 to 5"),
    (asked("dots"), {"A": 1.5}, "whole number"),
    (asked("dots"), {}, "Dots placed: 0"),
    (asked("ranks"), {"A": 1, "B": 1, "C": 2}, "each place once"),
    (asked("ranks"), {"A": 1, "B": 2}, "still without one: 1"),
    (asked("ranks"), {"A": 2, "B": 3, "C": 4}, "out of range"),
    (asked("ranks", first=1), {"A": 1, "B": 2}, "up to 1"),
    (asked("pairs"), {"A|B": 3}, "still without an answer: 2"),
    (asked("pairs"), {"A|B": 10, "A|C": 1, "B|C": 1}, "out of range"),
    (asked("pairs"), {"B|A": 0, "A|C": 1, "B|C": 1}, "out of range"),
    (asked("scales"), {"A": 6}, "allowed is 1 to 5"),
    (asked("scales"), {"A": 2.5}, "whole number"),
    (asked("scales"), {}, "Answer at least one line"),
    (asked("scales", asked=(("quality", "How good?"),)), {"A|relevance": 3}, "no longer, a line A|relevance"),
    (asked("statements"), {"A": 2}, "allowed is -1 to 1"),
    (asked("ideas"), [{"text": "x" * 141}], "141 letters, where 140 fit"),
    (asked("ideas"), [{"text": "x" * 10_000}], "10000 letters, where 140 fit"),
    (asked("ideas"), [{"text": "a\x07b"}], "cannot be shown"),
    (asked("ideas"), [{"text": "a\u202eb"}], "cannot be shown"),
    (asked("ideas"), [{"text": "\ud800"}], "cannot be shown"),
    (asked("ideas"), [{"text": 5}], "not a list of ideas"),
    (asked("ideas"), {"text": "Rooms"}, "not a list of ideas"),
    (asked("ideas"), [{"text": "Rooms", "kind": ["strength"]}], "is not one of the kinds"),
    (asked("ideas", kinds=SWOT), [{"text": "Rooms", "kind": "strenght"}], "strenght is not one of the kinds"),
    (asked("ideas", kinds=SWOT, table="swot"), [{"text": "Rooms"}], "Choose for each idea"),
    (asked("ideas", most=1), [{"text": "One"}, {"text": "Two"}], "You wrote 2 ideas"),
    (asked("ideas"), [{"text": "  "}], "at least one idea"),
]


@pytest.mark.parametrize("round, content, clean", GOOD, ids=[f"{row[0].form} {number}" for number, row in enumerate(GOOD)])
def test_a_vote_that_fits_comes_back_in_clean_form(round: Round, content: object, clean: object) -> None:
    found = ballot_forms.checked(round, content)

    assert found == clean
    assert [type(value) for value in json.loads(json.dumps(found, allow_nan=False))] == [type(value) for value in found]


@pytest.mark.parametrize("round, content, said", BAD, ids=[f"{row[0].form} {number}" for number, row in enumerate(BAD)])
def test_a_vote_that_does_not_fit_is_refused_with_a_plain_sentence(round: Round, content: object, said: str) -> None:
    with pytest.raises(BallotRefused, match=said.replace("|", "\\|")) as refused:
        ballot_forms.checked(round, content)

    assert len(str(refused.value)) < 200 and str(refused.value).isprintable()


def test_deeply_nested_content_is_refused() -> None:
    deep: object = 1
    for _ in range(100_000):
        deep = [deep]

    with pytest.raises(BallotRefused, match="A number is expected"):
        ballot_forms.checked(asked("points"), {"A": deep})


def test_who_speaks_is_asked_only_where_there_is_a_choice() -> None:
    everybody, one, several = asked("points"), asked("points", groups=("staff",)), asked("points", groups=("staff", "patrons"))

    assert [ballot_forms.speaking(everybody, ""), ballot_forms.speaking(one, ""), ballot_forms.speaking(several, "patrons")] == ["", "staff", "patrons"]
    for round, group in ((everybody, "staff"), (one, "patrons"), (several, ""), (several, "board"), (several, None), (several, ["staff"])):
        with pytest.raises(BallotRefused):
            ballot_forms.speaking(round, group)


def test_ranks_close_up_and_swings_stretch_when_an_option_is_taken_out() -> None:
    ranks, swing = (replace(asked(form), options=ABC[1:]) for form in ("ranks", "swing"))

    assert [row[2] for row in ballot_forms.tidy(ranks, {"A": 1, "B": 3, "C": 2})] == [2.0, 1.0]
    assert [row[2] for row in ballot_forms.tidy(swing, {"A": 100, "B": 50, "C": 25})] == [100.0, 50.0]


@pytest.mark.parametrize("change, said", [
    ({"form": "stars"}, "no form of ballot stars"), ({"options": ABC[:1]}, "takes 2 to 200 options; 1 were given"), ({"options": (*ABC, ABC[0])}, "id of its own"),
    ({"options": (Option("A|B", "x"), ABC[1])}, "id of its own"), ({"groups": ("board",)}, "no group board"), ({"settings": {"total": 0}}, "total of a ballot is 0"),
    ({"settings": {"total": math.nan}}, "whole number"), ({"form": "scales", "settings": {"low": 5, "high": 1}}, "from a lower to a higher"),
    ({"form": "ranks", "table": "goal_votes", "settings": {"first": 2}}, "every goal has a place"), ({"question": "x" * 400}, "too long"),
])
def test_a_round_that_nobody_could_answer_is_refused(change: dict[str, object], said: str) -> None:
    with pytest.raises(PlanningError, match=said):
        ballot_forms.prepared(replace(Round("", 1, "points", "How is it?", ABC, {}, "", (), "", "prepared", dt.date(2026, 6, 30)), **change))
