"""Sentences about those who answered: what their number allows, who is missing, and what weights do."""

import pandas as pd
import pytest

from planning.show import language
from planning.show.findings import response


@pytest.fixture(autouse=True)
def english():
    language.use("en", "USD")


def frame(*rows):
    return pd.DataFrame(list(rows))


RATES = {"survey_name": "Spring survey", "group": "patrons", "answered": 232.0, "invited": 1200.0, "rate": 0.193, "margin": 0.064, "claim": "chance", "missing": "People without a card.", "main": True}


def test_a_margin_is_given_for_a_draw_and_refused_for_an_open_survey():
    assert response.answered(frame(RATES)).text == ("Spring survey: 232 people answered of 1,200 asked, 19%. Chance leaves a share near one half open by 6 points either way. "
                                                   "Most of those asked stayed away, and the margin knows nothing of them.")
    found = response.answered(frame(RATES | {"claim": "open", "rate": None, "margin": None}))
    assert found.text == "Spring survey: 232 people answered who wanted to. No margin can be given, since nothing says how the others would have answered."
    assert found.tone == "unknown"


@pytest.mark.parametrize(("claim", "says"), [("not told", "is not put down, so no margin can be given."), ("too many", "Correct the numbers in surveys.csv."), ("no answers", "Spring survey: no answer names it.")])
def test_what_a_survey_cannot_claim_is_said(claim, says):
    found = response.answered(frame(RATES | {"claim": claim, "rate": None, "margin": None}))
    assert found.text.endswith(says) and found.tone == "unknown"


def test_everyone_asked_who_all_answered_is_everyone():
    assert response.answered(frame(RATES | {"answered": 9.0, "invited": 9.0, "rate": 1.0, "margin": 0.0})).text == "Spring survey: 9 people answered of 9 asked, 100%: everyone."


def test_who_is_missing_is_told_from_known_shares_and_from_the_way_of_asking():
    composition = frame({"group": "patrons", "value": "65 and over", "share": 0.28, "known": 0.12, "clear": True}, {"group": "patrons", "value": "Under 18", "share": 0.1, "known": 0.1, "clear": False})

    assert response.missing(composition, frame(RATES)).text == "Those who answered are not like all patrons: “65 and over” (28% of answers, 12% of all). The survey could not hear: people without a card."
    assert response.missing(composition.iloc[1:], frame(RATES)).text == "The survey could not hear: people without a card."
    assert response.missing(composition.iloc[1:], frame(RATES | {"missing": None})) is None


WEIGHTED = {"group": "patrons", "text": "It opened", "n": 218.0, "plain": 0.36, "weighted": 0.32, "moved": -0.04, "effective_n": 185.5, "status": "weighted", "hidden": False}
MARGIN = {"group": "patrons", "trait": "Age", "status": "used", "value": None, "found": None, "people": 232.0}


def test_weights_are_told_by_what_they_move_and_what_they_cost():
    assert response.moved(frame(WEIGHTED), frame(MARGIN, MARGIN | {"trait": "Town", "status": "sum"})).text == (
        "Weighted to the known shares by age, “It opened” moves most: from 36% to 32%. Weights cost certainty: its 218 answers then tell as much as 186 would.")
    assert response.moved(frame(WEIGHTED | {"moved": 0.014}), frame(MARGIN)).text == "Weighted to the known shares by age, no share moves by as much as 2 points."
    assert response.moved(frame(WEIGHTED | {"status": "too few"}), frame(MARGIN)) is None


@pytest.mark.parametrize(("status", "value", "found", "says"), [
    ("sum", None, 0.94, "its known shares add up to 94%, not to 100%. Correct them in trait_shares.csv."),
    ("empty cell", "On leave", 0.05, "“On leave” is 5% of all, and nobody who answered. Ask them, or merge it with another value in traits.csv and trait_shares.csv."),
    ("unknown value", "Child", None, "some who answered are “Child”, which has no known share above 0. Add or correct it in trait_shares.csv."),
    ("not asked", None, None, "it is on record for nobody who answered. Ask for it in the next survey, and add it to traits.csv."),
    ("hardly known", None, 0.6, "it is known for only 60% of those who answered."),
    ("too few", None, 20.0, "232 people answered, and weights need 30 or more."),
])
def test_why_answers_are_not_weighted_is_said_with_the_remedy(status, value, found, says):
    text = response.unweighted(frame(MARGIN | {"status": status, "value": value, "found": found}))[0].text
    assert text == f"The answers of patrons cannot be weighted by age: {says}"


def test_the_planner_tells_what_five_points_take():
    row = {"survey_name": "Spring survey", "people": 19800.0, "within_5": 377.0, "answered": 232.0, "claim": "chance", "invite_5": 1950.0, "reached": False}
    assert response.needed(frame(row)).text == "For a margin of 5 points a survey such as “Spring survey” needs 377 answers; it had 232. At the last response that means asking 1,950 people."
    assert response.needed(frame(row | {"reached": True})).text == "“Spring survey” has the 377 answers that a margin of 5 points asks for."
    assert response.needed(frame(row | {"claim": "open"})).text.startswith("Asked of people drawn by lot, a survey such as “Spring survey” would need 377 answers")
    assert response.needed(frame(row | {"people": 200.0})) is None
