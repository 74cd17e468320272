"""The control of step 6 answers with what the page's own functions say."""

from __future__ import annotations

import pandas as pd
import pytest

from planning.analysis import budget
from planning.show import language
from planning.workshop import try_resources, tryit

LINES = budget.amounts(pd.DataFrame({"fiscal_year": 2026, "service": ["S1", "S2"], "category": "staff", "planned": [80.0, 20.0], "actual": [80.0, 20.0]}))
SERVICES = pd.DataFrame({"service": ["S1", "S2"], "name": ["Storytime", "Desk"], "form": ["physical", "physical"]})
GOALS = pd.DataFrame({"goal": ["G1", "G2"], "name": ["Read", "Work"], "weight": [0.5, 0.5]})
ALIGNMENT = pd.DataFrame({"service": ["S1", "S2"], "goal": ["G1", "G2"], "strength": [1.0, 1.0]})


@pytest.fixture
def shown(monkeypatch):
    kept = []
    language.use("en", "USD")
    monkeypatch.setattr(try_resources, "display", kept.append)
    monkeypatch.setattr(tryit, "display", kept.append)
    return kept


def test_moving_money_answers_at_once(shown):
    try_resources.moved_money(LINES, SERVICES, GOALS, ALIGNMENT, fiscal_year=2026)
    source, target, part, answer = shown[0].children

    part.value = 0.5  # 40 of 80 from storytime to the desk: 40 against 60
    assert (source.value, target.value) == ("S1", "S2")
    assert "“Work”, with 50% of the weight, takes 60% of the money that reaches goals" in answer.value
    assert "Supposed: $40 of fiscal year 2026 goes to Desk instead of Storytime." in answer.value

    part.value = 0.35  # 52 against 48
    assert "within 5 percentage points of its weight" in answer.value


def test_money_that_stays_where_it_is_is_not_said_to_move(shown):
    try_resources.moved_money(LINES, SERVICES, GOALS, ALIGNMENT, fiscal_year=2026)
    source, target, part, answer = shown[0].children

    part.value = 0
    assert "Nothing is moved." in answer.value and "Supposed" not in answer.value

    part.value, target.value = 0.5, "S1"
    assert "Nothing is moved." in answer.value


def test_without_alignment_there_is_nothing_to_try(shown):
    try_resources.moved_money(LINES, SERVICES, GOALS, ALIGNMENT.head(0), fiscal_year=2026)

    assert "There is nothing to try yet" in shown[0].value
