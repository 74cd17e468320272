"""The control of step 2 solves the choice with the page's own function, the hours of roles among its ceilings."""

from __future__ import annotations

import pandas as pd
import pytest

from planning.show import language
from planning.workshop import try_services, tryit

VALUED = pd.DataFrame({"initiative": ["I1", "I2"], "initiative_name": ["Tutors", "Desk"], "value": [0.5, 0.3], "cost": [100.0, 50.0], "hours": [10.0, 10.0], "part": "free", "status": "candidate",
                       "must_do": False, "rate": [5.0, 6.0], "hours of R1": [8.0, 2.0]})
LINKS = pd.DataFrame(columns=["initiative", "link", "other"])
FACTS = {"money_ceiling": 150, "fte_ceiling": 1, "hours_per_fte": 1600}
ROLES = pd.DataFrame({"role": ["R1"], "name": ["Clerk"], "free_hours": [10.0]})


@pytest.fixture
def shown(monkeypatch):
    kept = []
    language.use("en", "USD")
    monkeypatch.setattr(try_services, "display", kept.append)
    monkeypatch.setattr(tryit, "display", kept.append)
    return kept


def test_moving_money_answers_at_once(shown):
    try_services.ceilings(VALUED, LINKS, FACTS, ROLES)
    money, _, answer = shown[0].children
    assert "takes 2 of 2 initiatives" in answer.value

    money.value = 52.5
    assert "takes 1 of 2 initiatives" in answer.value and "Desk" in answer.value


def test_a_role_with_too_few_hours_limits_what_is_tried_as_it_limits_the_page(shown):
    try_services.ceilings(VALUED, LINKS, FACTS, ROLES.assign(free_hours=8.0))

    assert "The choice is held back by the hours of “Clerk” alone." in shown[0].children[-1].value


def test_what_is_set_aside_is_off_the_money_that_is_tried(shown):
    try_services.ceilings(VALUED, LINKS, FACTS, ROLES, set_aside=60.0)

    assert "Within $90.00" in shown[0].children[-1].value


def test_without_initiatives_there_is_nothing_to_try(shown):
    try_services.ceilings(VALUED.head(0), LINKS, FACTS, ROLES)

    assert "There is nothing to try yet" in shown[0].value
