"""Ballots on paper: everything of the round is on them, each has its number, and nothing on them runs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from planning.model.ballots import papers as ballot_papers
from planning.model.ballots.forms import Option, boxes
from planning.model.ballots import Ballots
from planning.model.errors import PlanningError
from planning.model.plan import open_plan
from planning.reports import paper_ballots
from planning.show import language

ABC = (Option("A", "Loans"), Option("B", "Rooms & <i>quiet</i>"), Option("C", "Talks"))
FORMS = {"points": {}, "swing": {}, "dots": {"most": 2}, "ranks": {"first": 2}, "pairs": {}, "statements": {}, "ideas": {"kinds": ("strength", "threat")},
         "scales": {"asked": (("quality", "How good is it?"), ("relevance", "How much does it matter?")), "ends": ("poor", "excellent")}}


@pytest.fixture
def plan(empty_plan: Path) -> Path:
    """A plan with one prepared round of each form."""
    ballots = Ballots(empty_plan)
    for form, settings in FORMS.items():
        ballots.prepare(step=1, form=form, question=f"A question of {form}?", options=() if form == "ideas" else ABC, settings=settings, groups=("staff", "patrons"))
    ballots.close()
    return empty_plan


def test_each_round_gets_numbered_ballots_and_a_sheet_with_a_line_a_number(plan: Path, tmp_path: Path) -> None:
    made = paper_ballots.write(open_plan(plan), tmp_path / "out", copies=4, first=11)

    assert len(made) == 2 * len(FORMS)
    for page, sheet in zip(made[::2], made[1::2]):
        text, lines = page.read_text(encoding="utf-8"), sheet.read_text(encoding="utf-8-sig").splitlines()
        assert re.findall(r"No\. (\d+)", text) == ["11", "12", "13", "14"] and text.count("<section") == 4
        assert [line.split(",")[1] for line in lines] == ["paper", "11", "12", "13", "14"]
        assert "<script" not in text and "http" not in text and "I speak as" in text


def test_every_form_says_how_it_is_filled_in_and_shows_every_option(plan: Path) -> None:
    for round in Ballots(plan).rounds():
        page = paper_ballots.page("Mill Library", round, range(1, 2))
        assert round.question in page and paper_ballots.how(round) in page and "{" not in paper_ballots.how(round)
        assert round.form == "ideas" or ("Rooms &amp; &lt;i&gt;quiet&lt;/i&gt;" in page and "<i>" not in page)
    assert "up to 2" in paper_ballots.how(Ballots(plan).round("R4")) and "at most 2 to one" in paper_ballots.how(Ballots(plan).round("R3"))


def test_the_ends_of_a_scale_stand_over_its_boxes(plan: Path) -> None:
    page = paper_ballots.page("Mill Library", Ballots(plan).round("R8"), range(1, 2))

    assert "How good is it? (1: poor, 5: excellent)" in page and page.count('<span class="box">5</span>') == 6


def test_every_box_has_a_column_of_its_own(plan: Path) -> None:
    for round in Ballots(plan).rounds():
        headings = ballot_papers.entry_sheet(round, []).splitlines()[0]
        assert headings.count(",") == 2 + len(boxes(round)) and len({ballot_papers.heading(round, box) for box in boxes(round)}) == len(boxes(round))


def test_a_plan_without_rounds_says_where_to_prepare_one(empty_plan: Path, tmp_path: Path) -> None:
    with pytest.raises(PlanningError, match="No round is prepared or open"):
        paper_ballots.write(open_plan(empty_plan), tmp_path / "out")

    assert not (tmp_path / "out").exists() and not (empty_plan / "ballots.sqlite").exists()


def test_the_ballot_speaks_the_language_of_the_plan(plan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    round = Ballots(plan).round("R1")
    monkeypatch.setattr(paper_ballots, "say", lambda text, /, **values: "⟦" + text.format(**values) + "⟧")

    page = paper_ballots.page("Mill Library", round, range(1, 2))

    words = re.sub(r"⟦[^⟧]*⟧", " ", re.sub(r"<style>.*?</style>|<[^>]*>", " ", page, flags=re.DOTALL))
    assert set(re.findall(r"[A-Za-z]{2,}", words)) <= {"Mill", "Library", "question", "of", "points", "Loans", "Rooms", "amp", "lt", "gt", "quiet", "Talks", "R1"}
    assert language.code()
