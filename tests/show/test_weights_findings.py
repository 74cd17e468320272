"""What the controls of steps 1 and 2 say, for one and for many, and where nothing can be said."""

from __future__ import annotations

import pandas as pd
import pytest

from planning.analysis import picks as rules
from planning.show import language, meters
from planning.show.findings import picks, rated, weights
from planning.show.tables import picks as laid_out


@pytest.fixture(autouse=True)
def english():
    language.use("en", "USD")


def test_points_left_and_too_many_read_for_one_and_for_many():
    assert [weights.left(n, 100).text for n in (99, 93, 101, 100)] == [
        "1 point of 100 is left to share out.", "7 points of 100 are left to share out.", "1 point too many is shared out. Take it away from a goal.", "All 100 points are shared out."]


def test_a_new_first_service_is_told_with_the_one_of_now():
    given = pd.DataFrame({"service": ["S2", "S1"], "service_name": ["Desk", "Storytime"], "before": [0.2, 0.3], "after": [0.4, 0.3], "change": [0.2, 0.0], "place_before": [2, 1],
                          "place": [1, 2]})

    assert weights.change(given).text == "Most weighted support then comes from Desk (40%). Now it is Storytime. 2 services of 2 change their places."
    assert weights.change(given.head(0)) is None and weights.change(given.assign(after=0.0)) is None


def test_more_than_ten_goals_have_no_usual_measure():
    row = pd.DataFrame([[55, 0, float("nan"), False, None, None, float("nan"), float("nan")]], columns=["pairs", "missing", "ratio", "over", "goal_name", "other_name", "judged", "implied"])

    assert [one.text for one in weights.strain(row)] == ["For more than ten goals there is no usual measure of how far pairs contradict each other."]


def test_two_roles_without_hours_are_told_in_one_sentence():
    broken = pd.DataFrame([[rules.OVER, "money", "money", 1500.0, "", ""], [rules.OVER, "hours of R1", "Clerk", 5.0, "", ""], [rules.OVER, "hours of R2", "Caretaker", 9.0, "", ""],
                           [rules.LEFT_OUT, "", "", float("nan"), "Lift", ""]], columns=["kind", "ceiling", "ceiling_name", "excess", "name", "other"])

    assert [one.text for one in picks.broken(broken)] == [
        "The choice needs $1,500 more of money than there is.",
        "2 roles are asked for more hours than they have: “Caretaker” (9 hours) and “Clerk” (5 hours).", "“Lift” must be done and is not taken."]
    assert picks.broken(broken.head(0))[0].tone == "good"


def test_a_choice_of_nothing_and_a_best_choice_read_well():
    row = pd.DataFrame([[0, 0.0, float("nan"), float("nan"), "", ""]], columns=["taken", "value", "best", "share", "missing", "instead"])
    assert picks.reached(row, breaks=False).text == "No initiative is taken. No best choice can be set beside it."

    best = row.assign(taken=1, value=1.0, best=1.0, share=1.0)
    assert picks.reached(best, breaks=False).text == "1 initiative is taken. This is the best choice within these limits."


def test_a_meter_without_a_limit_has_no_bar_and_one_that_is_over_says_so_in_words():
    used = pd.DataFrame([["money", "money", float("nan"), 30.0, float("nan"), False, True], ["hours", "hours", 10.0, 12.0, -2.0, True, True]],
                        columns=["ceiling", "ceiling_name", "limit", "used", "left", "over", "asked"])
    shown = laid_out.meters(used)

    assert "the plan names no ceiling" in shown and "12 h of 10 h, 2 h too much" in shown
    assert shown.count("width:100%") == 1 and meters.OVER in shown


def test_means_of_a_group_and_how_they_lie_to_others_read_aloud():
    rows = pd.DataFrame({"group": ["patrons", "leadership", "staff"], "n": [107.0, 9.0, None], "relevance": [4.6, 4.3, None], "quality": [4.2, None, None], "hidden": [False, False, True]})

    assert rated.group(rows, group="leadership", service="Desk", small_group=5).text == "9 members of leadership rated “Desk”: relevance 4.3 of 5 on average."
    assert rated.others(rows, group="patrons").text.startswith("The mean relevance given by patrons lies 0.3 points above that of leadership.")
    assert rated.others(rows, group="staff") is None
