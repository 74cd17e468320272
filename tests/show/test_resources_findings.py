"""Sentences of step 6: their wording for one and for many, and an honest tone."""

from __future__ import annotations

import pandas as pd
import pytest

from planning.show import language
from planning.show.findings import resources
from planning.show.findings import skills as skill_findings


@pytest.fixture(autouse=True)
def english():
    language.use("en", "USD")


def _goals(*shares):
    rows = pd.DataFrame({"goal_name": ["Read", "Work"], "kind": "goal", "weight": [0.5, 0.5], "share": shares})
    return rows.assign(difference=rows["share"] - rows["weight"])


def _year(**values):
    return pd.DataFrame([{"fiscal_year": 2026, "planned": 100.0, "amount": 103.0, "lines": 3, "known": 3, "difference": 3.0, "variance": 0.03, **values}])


def _costs(*rows):
    return pd.DataFrame(rows, columns=["service_name", "spent", "uses", "months", "cost", "cost_before", "change", "state"])


def _coverage(**states):
    return pd.DataFrame({"skill_name": list(states), "critical": 3, "state": list(states.values())})


@pytest.mark.parametrize(("shares", "tone"), [((0.52, 0.48), "good"), ((0.57, 0.43), "plain"), ((0.7, 0.3), "bad"), ((None, None), "unknown")])
def test_money_far_from_the_weights_is_bad_and_near_them_good(shares, tone):
    assert resources.against_weights(_goals(*shares).astype({"share": float}), year=2026).tone == tone


def test_a_goal_without_money_gets_nothing_in_words():
    assert resources.against_weights(_goals(1.0, 0.0), year=2026).text == (
        "In fiscal year 2026 “Read”, with 50% of the weight, takes 100% of the money that reaches goals; “Work”, with 50% of the weight, gets nothing.")


@pytest.mark.parametrize(("names", "words"), [(["Copier"], "goes to Copier, which supports no goal in force."),
                                              (["Copier", "Map room"], "goes to 2 services that support no goal in force: Copier and Map room.")])
def test_services_without_a_goal_are_named_in_singular_and_plural(names, words):
    by_goal = pd.DataFrame({"kind": ["goal", "shared"], "share_of_all": [0.5, 0.3]})
    found = resources.outside(by_goal, pd.DataFrame({"service_name": names, "amount": 1000.0, "share": 0.1}), year=2026)

    assert words in found.text
    assert found.text.endswith("Costs that all services share take another 30%.")
    assert found.tone == "bad"


@pytest.mark.parametrize(("variance", "tone"), [(0.03, "bad"), (0.015, "plain"), (0.0, "good"), (-0.03, "good"), (-0.2, "plain")])
def test_overspending_is_bad_and_a_large_rest_is_not_praised(variance, tone):
    assert resources.plan(_year(variance=variance), year=2026).tone == tone


@pytest.mark.parametrize(("known", "words"), [(3, "All figures of fiscal year 2026 are what was spent, on 3 lines."),
                                              (2, "For 1 of 3 lines of fiscal year 2026 no spending is known; what was planned stands in for it."),
                                              (0, "Nothing is known to be spent yet in fiscal year 2026; its figures are what was planned.")])
def test_what_the_figures_are_is_said(known, words):
    assert resources.basis(_year(known=known), year=2026).text == words


def test_services_without_a_cost_per_use_are_named_with_the_reason():
    costs = _costs(["Copier", 70.0, 0.0, 12, None, None, None, "no use"], ["Map room", 5.0, None, 0, None, None, None, "not counted"],
                   ["Van", 90.0, 30.0, 9, 3.0, None, None, "part of the year"])
    found = resources.unpriced(costs, year=2026)

    assert [one.text for one in found] == [
        "Copier was counted in fiscal year 2026 and not used once; $70.00 went into it. No cost per use can be given.",
        "No use was counted in fiscal year 2026 for Map room, so no cost per use can be given.",
        "The cost per use rests on part of fiscal year 2026 for Van (9 of 12 months counted); do not compare it with that of a full year."]
    assert [one.tone for one in found] == ["bad", "unknown", "unknown"]
    assert resources.cost_per_use(costs, year=2026) is None


def test_a_dearer_use_is_bad_news_and_none_is_good_news():
    dear = _costs(["Van", 90.0, 30.0, 12, 3.0, 2.0, 0.5, "counted"], ["Desk", 20.0, 10.0, 12, 2.0, 2.0, 0.0, "counted"])

    assert resources.dearer(dear).text == "One use of Van costs $3.00, 50% more than a year before."
    assert resources.dearer(dear.tail(1)).tone == "good"
    assert resources.dearer(dear.assign(change=float("nan"))) is None


def test_a_single_skill_and_several_read_as_english():
    assert skill_findings.single(_coverage(Spanish="one person")).text == "1 skill hangs on one person: “Spanish”. Without it a service stops."
    assert skill_findings.single(_coverage(Spanish="one person", Latin="one person")).text == (
        "2 skills hang on one person each: “Spanish” and “Latin”. 2 of them are so critical that a service stops without them.")
    assert skill_findings.single(_coverage(Spanish="several")).tone == "good"


def test_skills_that_nobody_counted_are_not_called_missing():
    assert skill_findings.nobody(_coverage(Spanish="not counted")).tone == "unknown"
    assert skill_findings.nobody(_coverage(Spanish="nobody", Latin="several")).text == "Nobody has the needed level in 1 of 2 skills: “Spanish”."


def test_training_names_what_no_offer_helps_with():
    closures = pd.DataFrame({"covered": ["closed", "open"], "cost_all": [360.0, None], "hours_all": [48.0, None], "skill_name": ["Mediation", "Spanish"],
                             "role_name": ["Desk", "Desk"]})
    offers = pd.DataFrame({"training": ["T1"]})

    assert skill_findings.training(closures, offers).text == (
        "Trainings on the list close 1 of 2 gaps; for all who are short the lowest fees come to $360, with 48 hours of staff time. None of them reaches the needed level in “Spanish”.")
    assert skill_findings.training(closures.head(1), offers).tone == "good"
    assert skill_findings.training(closures, offers.head(0)).tone == "unknown"


def test_nothing_to_say_is_none():
    nothing = pd.DataFrame({"kind": [], "fiscal_year": [], "variance": [], "state": [], "change": [], "category": []})

    assert [resources.against_weights(nothing, year=2026), resources.plan(nothing, year=2026), resources.dearer(nothing), resources.categories(nothing),
            skill_findings.nobody(nothing), skill_findings.staffed(nothing), resources.unpriced(nothing, year=2026)] == [None] * 6 + [[]]


def test_spending_without_a_plan_is_told_without_praise():
    found = resources.plan(_year(planned=None, amount=13562.0, variance=None), year=2026)

    assert (found.tone, found.text) == ("plain", "In fiscal year 2026 the library spent $13,562; without what was planned, nobody can say whether that was as meant.")
    assert resources.repeated(pd.DataFrame(), _year(planned=None, variance=None), year=2026) is None
