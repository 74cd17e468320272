"""The printed agenda: notes for the facilitator, and one sheet for the room."""

from __future__ import annotations

import gettext
import html
import re
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import ROOT

from planning.model import agendas
from planning.model.plan import Plan, open_plan
from planning.reports import agenda_page
from planning.show import language

PATHS = [path.path for path in agendas.paths()]
SHEETS = {"half-day": 6, "full-day": 8, "four-meetings": 14, "step-1": 5, "step-2": 5, "step-3": 4, "step-4": 5, "step-5": 5, "step-6": 5, "step-7": 4}


@pytest.fixture(scope="module")
def plan() -> Plan:
    """The public sample."""
    return open_plan(ROOT / "data" / "riverbend_public")


def read(code: str) -> str:
    """The words of a page, without its style."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", re.sub(r"<style>.*?</style>", "", code, flags=re.DOTALL))).split())


def sheets(browser: object, code: str, paper: str) -> int:
    """How many sheets of this paper a page prints on."""
    opened = browser.new_page()
    opened.set_content(code)
    data = opened.pdf(format=paper)
    opened.close()
    return len(re.findall(rb"/Type\s*/Page\b", data))


def test_the_page_says_how_long_it_takes_what_it_takes_up_and_what_is_left(plan: Plan) -> None:
    words = read(agenda_page.page(plan, "half-day", "09:00"))

    assert "Agenda: half a day Riverbend Public Library · 1 meeting, 3 hours 30 minutes in all; 25 minutes of it are breaks. It takes up steps 1, 2 and 5." in words
    assert "Partners, evaluation, resources and communication are left for reading" in words
    assert "Minute by minute: 09:00 to 12:30" in words


def test_four_meetings_have_their_homework_and_what_to_prepare_for_each(plan: Plan) -> None:
    words = read(agenda_page.page(plan, "four-meetings", "18:00"))

    assert words.count("Homework until the next meeting:") == 3
    assert words.count("Before this meeting:") == 3
    assert "Fourth meeting: money, skills, and what we tell people: 18:00 to 20:00" in words
    assert words.count("Send the decisions of the last meeting and the pages for this one a week before") == 1


@pytest.mark.parametrize("room", [True, False])
def test_every_page_of_an_empty_plan_holds_no_gap(empty_plan: Path, room: bool) -> None:
    plan = open_plan(empty_plan)
    for path in PATHS:
        words = read(agenda_page.page(plan, path, room=room))
        assert not re.search(r"[{}]|\bnan\b|\bNone\b", words), path
        assert ("Some tables that this agenda works on are still empty:" in words) != room, path


def test_the_sheet_for_the_room_has_titles_and_decisions_only(plan: Plan) -> None:
    words = read(agenda_page.page(plan, "full-day", room=True))

    assert "09:55 to 10:00 Vote again: the same question" in words and "Lunch" in words
    assert "The weights of the goals until the next review." in words
    assert not re.search("Say:|When late|Before the day|For the facilitator|First:", words)


def test_names_from_the_plan_are_never_taken_for_code(plan: Plan) -> None:
    other = replace(plan, facts=plan.facts | {"library": "<script>alert(1)</script>{{ 7 * 7 }}", "leadership": "<b>Board</b>"})
    code = agenda_page.page(other)

    assert "<script" not in code and "<b>" not in code and "{{ 7 * 7 }}" in code


def test_the_page_asks_for_nothing_from_outside(plan: Plan) -> None:
    assert re.findall(r"(?:src|href)=|url\(|@import", agenda_page.page(plan, "four-meetings")) == []


@pytest.mark.parametrize("path", PATHS)
def test_the_sheet_for_the_room_is_one_sheet_in_a_broad_typeface_too(browser: object, plan: Plan, path: str) -> None:
    code = agenda_page.page(plan, path, "13:30", room=True)
    broad = code.replace('Arial,Helvetica,"Liberation Sans",', "")

    assert broad != code
    assert [sheets(browser, broad, paper) for paper in ("A4", "Letter")] == [1, 1]


def test_every_sample_prints_its_three_paths_on_as_many_sheets_as_expected_or_one_less(browser: object, sample: Path) -> None:
    plan = open_plan(sample)
    for path in PATHS[:3]:
        notes, room = (agenda_page.page(plan, path, room=room) for room in (False, True))
        assert {SHEETS[path] - sheets(browser, notes, paper) for paper in ("A4", "Letter")} <= {0, 1}, path
        assert sheets(browser, room, "Letter") == 1, path


@pytest.mark.parametrize("path", PATHS[3:])
def test_a_step_alone_prints_on_as_many_sheets_as_expected_or_one_less(browser: object, plan: Plan, path: str) -> None:
    assert SHEETS[path] - sheets(browser, agenda_page.page(plan, path), "A4") in (0, 1)


@pytest.mark.parametrize("width", [380, 900])
def test_nothing_runs_out_of_a_narrow_screen(browser: object, plan: Plan, width: int) -> None:
    for path in ("half-day", "four-meetings"):
        for room in (False, True):
            opened = browser.new_page(viewport={"width": width, "height": 900})
            opened.set_content(agenda_page.page(plan, path, room=room))
            assert opened.evaluate("document.documentElement.scrollWidth") <= width
            opened.close()


class _Marked(gettext.NullTranslations):
    """A catalogue that puts every text it gives into brackets."""

    def gettext(self, message: str) -> str:
        return f"⟦{message}⟧"

    def ngettext(self, one: str, many: str, n: int) -> str:
        return f"⟦{one if n == 1 else many}⟧"


@pytest.mark.parametrize("room", [True, False])
def test_every_text_of_the_page_goes_through_the_language(monkeypatch: pytest.MonkeyPatch, empty_plan: Path, room: bool) -> None:
    monkeypatch.setattr(language.gettext, "translation", lambda *_, **__: _Marked())
    text, before = read(agenda_page.page(open_plan(empty_plan), "four-meetings", room=room)), None
    while before != text:
        before, text = text, re.sub(r"⟦[^⟦⟧]*⟧", "", text)

    assert set(re.findall(r"[^\W\d_]{2,}", text)) - {"Mill", "Library", "and", "June"} == set()


@pytest.fixture(autouse=True)
def english() -> None:
    """The language as every test finds it."""
    language.use("en", "USD")
