"""Sentences of step 5 are right for one and for many, and say good news, bad news and gaps as what they are."""

import pandas as pd

from planning.show.findings import flexibility

REGISTER = pd.DataFrame({"scenario": ["SC1"], "name": ["Work first"], "weights": [1.12], "unknown": [0], "usable": [True]})
NONE = pd.DataFrame(columns=["kind", "ceiling", "limit", "excess", "names"])
LIMITS = pd.DataFrame({"ceiling": ["money", "hours"], "limit": [90.0, None]})


def choice(*rows: tuple) -> pd.DataFrame:
    """Name, value, chosen before, after, kept."""
    found = pd.DataFrame(rows, columns=["initiative_name", "value", "before", "after", "kept"])
    words = {(True, False): "drops out", (False, True): "comes in", (True, True): "stays", (False, False): "stays out"}
    return found.assign(what=[words[pair] for pair in zip(found["before"], found["after"])])


def test_a_shift_with_one_in_and_one_out_is_told_in_the_singular():
    rows = choice(("Tutors", 0.1, True, False, True), ("Desk", 0.4, False, True, False))
    found = flexibility.shift(rows, REGISTER, scenario="SC1")
    assert found.text == "Should “Work first” come true, “Tutors” drops out of the best choice, and “Desk” comes in; staying with today's choice would forgo 75% of the value."
    assert (found.tone, found.grade) == ("bad", "estimated")


def test_a_shift_that_changes_nothing_is_good_news():
    found = flexibility.shift(choice(("Tutors", 0.1, True, True, True)), REGISTER, scenario="SC1")
    assert (found.text, found.tone) == ("Should “Work first” come true, the best choice of initiatives stays as it is today.", "good")


def test_a_cut_that_drops_several_counts_the_rest():
    rows = choice(*[(name, 0.1, True, False, False) for name in "ABCD"], ("E", 0.6, True, True, True))
    found = flexibility.cut(rows, NONE, LIMITS, cut=0.25)
    assert found.text == "With 25% less money and staff time, “A”, “B” and 2 more drop out of the best choice; the choice keeps 60% of its value."


def test_a_cut_below_what_must_be_done_names_what_is_lacking():
    clash = pd.DataFrame([["over the ceiling", "money", 72000.0, 35500.0, "Ramp"], ["over the ceiling", "hours", 100.0, 1.0, "Ramp"]], columns=NONE.columns)
    found = flexibility.cut(choice(), clash, LIMITS, cut=0.6)
    assert found.text == "With 60% less, no choice is possible: what must be done or already runs needs $35,500 more than the $72,000 left and 1 hour more than the 100 hours left."
    assert found.tone == "bad"


def test_a_plan_without_ceilings_says_that_a_cut_cannot_be_tried():
    found = flexibility.cut(choice(("A", 0.1, True, True, True)), NONE, LIMITS.assign(limit=float("nan")), cut=0.1)
    assert found.tone == "unknown"


def test_a_scenario_with_wrong_weights_is_named_with_its_sum():
    found = flexibility.unusable(REGISTER.assign(usable=False))
    assert [one.text for one in found] == ["The scenario “Work first” is left out: its weights of goals add up to 1.12, not to 1. Correct scenario_changes.csv."]


def test_one_safe_initiative_and_no_safe_one_are_told_apart():
    rows = pd.DataFrame({"initiative": ["I1", "I1", "I2", "I2"], "initiative_name": ["Tutors", "Tutors", "Desk", "Desk"], "part": "free", "scenario": ["", "SC1"] * 2,
                         "place": ["in every future"] * 2 + ["in some"] * 2})
    assert flexibility.across(rows).text == "“Tutors” is chosen in each of the 2 futures; 1 other depends on the future."
    none = flexibility.across(rows[rows["initiative"] == "I2"])
    assert (none.text, none.tone) == ("Besides what must be done, no initiative is chosen in each of the 2 futures; 1 depends on the future.", "bad")


def review(**facts: object) -> pd.DataFrame:
    row = {"service_name": "Discs", "fit": 0.1, "reviewed": True, "proposal": "keep", "first": "", "unknown_end": False}
    return pd.DataFrame([row | facts])


def test_the_review_tells_ending_keeping_and_not_knowing_apart():
    assert flexibility.sunset(review(proposal="stop")).text == "The sunset review proposes to stop Discs."
    assert flexibility.sunset(review()).tone == "good"
    passed_on = review(service_name="Archive", proposal="transfer", partner_name="Historical Society")
    assert flexibility.sunset(passed_on).text == "The sunset review proposes to transfer Archive to Historical Society."
    joined = review(service_name="Van", proposal="merge", merge_name="Home delivery")
    assert flexibility.sunset(joined).text == "The sunset review proposes to merge Van with Home delivery."
    assert flexibility.sunset(review(reviewed=False)).tone == "unknown"
    assert flexibility.sunset(review(fit=float("nan"))).tone == "unknown"


def decided(*states: str) -> pd.DataFrame:
    return pd.DataFrame({"what": [f"Decision {place}" for place, _ in enumerate(states)], "state": list(states)})


def test_past_decisions_are_counted_in_words_that_fit_the_number():
    assert flexibility.decisions(decided("holds")).text == "The one past decision still holds."
    assert flexibility.decisions(decided("holds", "holds")).text == "All 2 past decisions still hold."
    assert flexibility.decisions(decided("no longer holds", "holds")).text == "Of 2 past decisions, 1 no longer holds (“Decision 0”) and 1 holds."
    assert flexibility.decisions(decided("look again")).text == "Of 1 past decision, 1 should be looked at again and none holds without doubt."


def test_nothing_is_said_where_there_is_nothing_to_say():
    empty = pd.DataFrame()
    assert [flexibility.decisions(empty), flexibility.sunset(empty), flexibility.paths(empty), flexibility.released(empty), flexibility.demand(empty),
            flexibility.regrets(empty), flexibility.across(empty), flexibility.shift(empty, REGISTER, scenario="SC1"), flexibility.evidence(empty), flexibility.overdue(empty)] == [None] * 10
