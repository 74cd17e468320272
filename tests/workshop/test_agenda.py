"""The agenda for one plan: times, what gives way, what to bring, and names of the plan."""

from __future__ import annotations

import gettext
import html
import re
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import ROOT

from planning.model import agendas
from planning.model.agendas import Item
from planning.model.errors import UsageError
from planning.model.plan import Plan, open_plan
from planning.show import language
from planning.workshop import agenda

DAY = [Item("in", 0, "welcome", 10, 5, "Welcome"), Item("l1", 1, "look", 10, 4, "Look", round="a"), Item("v1", 1, "vote alone", 8, 8, "Vote", round="a"), Item("t1", 1, "talk", 20, 12, "Talk", round="a"),
       Item("a1", 1, "vote again", 5, 0, "Again", round="a"), Item("pause", 0, "break", 15, 15, "Break"), Item("v2", 2, "vote alone", 6, 6, "Vote", round="b", waits=True),
       Item("t2", 2, "talk", 10, 8, "Talk", round="b", waits=True), Item("out", 0, "close", 6, 3, "Close")]


@pytest.fixture(scope="module")
def plan() -> Plan:
    """The public sample."""
    return open_plan(ROOT / "data" / "riverbend_public")


def test_each_item_begins_where_the_one_before_ends() -> None:
    times = agenda.clock(DAY, "09:00")

    assert times[0] == ("09:00", "09:10") and times[-1] == ("10:24", "10:30")
    assert [end for _, end in times[:-1]] == [begin for begin, _ in times[1:]]


@pytest.mark.parametrize("start", ["25:00", "9", "09:60", "nine", "", "-1:00", "09:00:00", "٠٩:xx"])
def test_a_start_that_is_no_time_of_day_is_refused(start: str) -> None:
    with pytest.raises(UsageError, match="is no time of day. Write hours and minutes from 00:00 to 23:59, such as 09:00"):
        agenda.clock(DAY, start)


def test_a_meeting_past_midnight_is_refused_with_the_latest_start() -> None:
    with pytest.raises(UsageError, match="A meeting of 90 minutes that begins at 22:30 would go past midnight. Begin at 22:29 or before"):
        agenda.clock(DAY, "22:30")
    assert agenda.clock(DAY, "22:29")[-1] == ("23:53", "23:59")


@pytest.mark.parametrize(("minutes", "left", "lacking"), [
    (0, {"in": 10, "l1": 10, "v1": 8, "t1": 20, "a1": 5, "pause": 15, "v2": 6, "t2": 10, "out": 6}, 0),
    (4, {"in": 10, "l1": 6, "v1": 8, "t1": 20, "a1": 5, "pause": 15, "v2": 6, "t2": 10, "out": 6}, 0),
    (8, {"in": 10, "l1": 4, "v1": 8, "t1": 20, "pause": 15, "v2": 6, "t2": 10, "out": 6}, 0),
    (20, {"in": 5, "l1": 4, "v1": 8, "t1": 16, "pause": 15, "v2": 6, "t2": 10, "out": 6}, 0),
    (30, {"in": 7, "l1": 4, "v1": 8, "t1": 20, "pause": 15, "out": 6}, 0),
    (60, {"in": 5, "l1": 4, "v1": 8, "t1": 12, "pause": 15, "out": 3}, 17),
])
def test_looking_gives_way_first_then_second_votes_and_a_whole_round_only_when_that_is_not_enough(minutes: int, left: dict[str, int], lacking: int) -> None:
    shorter, missing = agenda.late(DAY, minutes)

    assert ({item.id: item.minutes for item in shorter}, missing) == (left, lacking)


@pytest.mark.parametrize("path", [path.path for path in agendas.paths()])
def test_a_meeting_that_is_fifteen_minutes_late_still_ends_in_time_with_its_breaks(path: str) -> None:
    for part in agendas.path(path).parts:
        shorter, lacking = agenda.late(part.items, 15)

        assert lacking == 0 and sum(item.minutes for item in shorter) <= part.minutes - 15
        assert [item for item in shorter if item.kind == "break"] == [item for item in part.items if item.kind == "break"]


def test_the_agenda_of_each_sample_names_its_library_and_leaves_no_gap(sample: Path) -> None:
    plan = open_plan(sample)
    for path in agendas.paths():
        rows = agenda.timed(plan, path.path, "13:30")
        told = " ".join([*rows[["title", "room", "decide", "who", "late"]].to_numpy().ravel(), *(text for name in ("notes", "says", "before", "include") for texts in rows[name] for text in texts)])

        assert list(rows.columns) == list(agenda.COLUMNS)
        assert rows["begin"].iloc[0] == "13:30" and rows["minutes"].sum() == path.minutes
        assert not re.search(r"[{}]", told), path.path
        assert rows["bring"].map(len).sum() == 0, path.path
        assert str(plan.facts["leadership"]) in told and plan.library in told, path.path


def test_every_meeting_of_a_path_begins_at_the_same_time(plan: Plan) -> None:
    rows = agenda.timed(plan, "four-meetings", "17:00")

    assert rows.groupby("part", sort=False)[["begin", "end"]].agg({"begin": "first", "end": "last"}).to_numpy().tolist() == [["17:00", "19:00"]] * 4


def test_a_ballot_counts_the_options_of_the_plan_and_says_when_they_are_too_many(plan: Plan) -> None:
    told = agenda.timed(plan, "step-1").set_index("item")["ballot"]

    assert told["weights_vote"] == "Ballot: 100 points to share out; 6 options to vote on."
    assert told["swot_ideas"] == "Ballot: short texts."
    item = next(item for item in agendas.items(agendas.path("step-4")) if item.id == "target_vote")
    assert agenda.ballot(plan, item) == ("Ballot: a scale from 1 to 5; 22 options to vote on. In 7 minutes a person manages about 14: choose these beforehand, or give each half of the room one half.")


def test_what_has_ended_is_done_or_sent_is_not_counted_as_an_option(plan: Plan) -> None:
    rows = plan.initiatives.assign(status=["done", "rejected", *["candidate"] * (len(plan.initiatives) - 2)])

    assert len(agenda.options(plan.with_tables(initiatives=rows), "initiatives")) == len(rows) - 2
    assert len(agenda.options(plan, "goals")) == len(plan.goals_in_force) < len(plan.goals)


def test_a_plan_without_goals_is_told_what_to_bring_first(empty_plan: Path) -> None:
    rows = agenda.timed(open_plan(empty_plan), "half-day").set_index("item")

    assert rows.loc["weights_vote", "bring"] == ("Bring the goals of the Board of Trustees first, each as one sentence, with the paper in which they stand. Type them into goals.csv, without weights if there are none.",)
    assert rows.loc["weights_vote", "ballot"] == "Ballot: 100 points to share out."
    assert rows.loc["choice_decide", "bring"][0].startswith("Bring a list of what could be done next first")
    assert rows.loc["break", "bring"] == ()


def test_the_leadership_is_named_once_with_its_article(plan: Plan) -> None:
    other = replace(plan, facts=plan.facts | {"leadership": "The Council"})

    assert "Check with the Council that" in agenda.timed(other).set_index("item").loc["weights_look", "before"][0]


def test_what_can_be_won_when_late_is_the_sum_of_what_items_can_give(plan: Plan) -> None:
    rows = agenda.timed(plan, "half-day")
    gives = sum(item.minutes - item.least for item in agendas.items(agendas.path("half-day")) if item.kind != "break")

    assert agenda.winnable(rows) == (f"When you are late: shortening wins up to {gives} minutes, first from looking and second votes, then from welcome and talk. "
                                     "If that is not enough, what stands from 11:38 to 12:20 may wait for another day, as a whole. Breaks stay.")
    assert "may wait" not in agenda.winnable(rows[~rows["waits"]])


def test_a_piece_of_the_page_shows_times_and_notes_and_takes_no_name_for_code(plan: Plan) -> None:
    other = replace(plan, facts=plan.facts | {"library": "<script>alert(1)</script>"})
    code = agenda.fragment(agenda.timed(other, "half-day"), title="Morning")
    words = " ".join(html.unescape(re.sub(r"<[^>]+>", " ", code)).split())

    assert "<script" not in code and "&lt;script&gt;" in code
    assert code.count("<li") == 21 and 'aria-label="Morning"' in code
    assert "09:00 to 09:10 Welcome, and how we work today 10 minutes · welcome" in words
    assert "When late: May be left out. Leave it out when the first spread was small, and say why." in words
    assert "Read the question and all its options aloud" not in words, "what holds for a whole kind is told once, elsewhere"
    assert "We go on in 15 minutes." in words


def test_the_sheet_for_the_room_has_no_notes(plan: Plan) -> None:
    code = agenda.fragment(agenda.timed(plan, "half-day"), notes=False)

    assert "The weights of the goals until the next review." in code
    assert "Say:" not in code and "When late" not in code and "Reveal the round" not in code


def test_what_holds_for_a_kind_stands_once_for_each_kind_that_is_there(plan: Plan) -> None:
    rows = agenda.timed(plan, "step-3")

    assert [kind["kind"] for kind in agenda.kinds(rows)] == ["welcome", "look", "vote alone", "see the spread", "talk", "decide", "break", "close"]
    assert "printed ballot" in agenda.kinds(rows)[2]["include"]


class _Marked(gettext.NullTranslations):
    """A catalogue that puts every text it gives into brackets."""

    def gettext(self, message: str) -> str:
        return f"⟦{message}⟧"

    def ngettext(self, one: str, many: str, n: int) -> str:
        return f"⟦{one if n == 1 else many}⟧"


def outside(text: str) -> str:
    """The text that stands in no bracket."""
    before = None
    while before != text:
        before, text = text, re.sub(r"⟦[^⟦⟧]*⟧", "", text)
    return text


@pytest.mark.parametrize("notes", [True, False])
def test_every_text_of_the_agenda_goes_through_the_language(monkeypatch: pytest.MonkeyPatch, empty_plan: Path, notes: bool) -> None:
    monkeypatch.setattr(language.gettext, "translation", lambda *_, **__: _Marked())
    language.use("en", "USD")
    rows = agenda.timed(open_plan(empty_plan), "four-meetings")
    code = agenda.fragment(rows, notes=notes, title=rows["part"].iloc[0]) + str(agenda.kinds(rows)) + agenda.winnable(rows)
    plain = re.sub(r"'(kind|room|include|materials)':", " ", re.sub(r"<[^>]+>", " ", html.unescape(code)))

    assert set(re.findall(r"[^\W\d_]{2,}", outside(plain))) - {"and", "nan"} == set()


@pytest.fixture(autouse=True)
def english() -> None:
    """The language as every test finds it."""
    language.use("en", "USD")
