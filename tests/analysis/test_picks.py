"""A choice made by hand: what it uses, which rules it breaks, how near it comes to the best, and what it changes in the plan."""

from __future__ import annotations

import pandas as pd

from planning.analysis import picks

VALUED = pd.DataFrame({"initiative": ["I1", "I2", "I3", "I4", "I5", "I6"], "initiative_name": ["Tutors", "Desk", "Lift", "Sunday", "Scan", "Old"],
                       "value": [0.5, 0.3, 0.1, 0.2, 0.4, 0.9], "cost": [100.0, 50.0, 60.0, 40.0, None, 10.0], "hours": [10.0, 10.0, 5.0, 5.0, 1.0, 1.0],
                       "rate": [5.0, 6.0, 1.7, 5.0, None, 90.0], "part": ["free", "free", "must do", "running", "cost or hours not known", "done"],
                       "status": ["candidate", "chosen", "candidate", "running", "candidate", "done"], "hours of R1": [8.0, 2.0, 0.0, 0.0, 0.0, 0.0]})
LIMITS = pd.DataFrame({"ceiling": ["money", "hours", "hours of R1"], "ceiling_name": ["money", "hours", "Clerk"], "limit": [200.0, None, 9.0]})
NONE = pd.DataFrame(columns=["initiative", "link", "other"])


def links(*rows: tuple[str, str, str]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["initiative", "link", "other"])


def test_what_runs_counts_whether_it_is_ticked_or_not_and_what_is_done_or_unknown_never_does():
    own = picks.picked(VALUED, ["I1", "I5", "I6"])

    assert picks.taken(own) == ["I1", "I4"]
    assert picks.use(own, LIMITS)["used"].tolist() == [140.0, 15.0, 8.0]


def test_a_ceiling_that_is_met_exactly_is_not_broken():
    own = picks.picked(VALUED, ["I1", "I3"])

    assert picks.use(own, LIMITS)["left"].tolist()[0] == 0 and picks.broken(own, NONE, LIMITS).empty


def test_every_broken_rule_is_told_once_in_the_order_of_kinds():
    rules = links(("I1", "needs", "I5"), ("I2", "needs", "I3"), ("I1", "excludes", "I2"), ("I2", "excludes", "I1"), ("I1", "needs", "I6"), ("I4", "needs", "I3"))
    found = picks.broken(picks.picked(VALUED, ["I1", "I2"]), rules, LIMITS)

    assert found[["kind", "name", "other"]].values.tolist() == [
        [picks.OVER, "", ""], [picks.LEFT_OUT, "Lift", ""], [picks.NEEDS, "Desk", "Lift"], [picks.NOT_HAD, "Tutors", "Scan"], [picks.APART, "Tutors", "Desk"]]
    assert found.loc[0, ["ceiling_name", "excess"]].tolist() == ["Clerk", 1.0]


def test_an_exclusion_of_what_is_done_is_broken_only_by_what_is_taken():
    rules = links(("I1", "excludes", "I6"))

    assert picks.broken(picks.picked(VALUED, ["I1", "I3"]), rules, LIMITS)["kind"].tolist() == [picks.APART]
    assert picks.broken(picks.picked(VALUED, ["I3"]), rules, LIMITS).empty


def test_only_candidates_and_chosen_ones_change_their_status():
    assert picks.statuses(VALUED, ["I1", "I4", "I5", "I6"]).values.tolist() == [["I1", "chosen"], ["I2", "candidate"]]
    assert picks.statuses(VALUED, ["I2"]).empty


def test_a_choice_is_set_beside_the_best_one_and_without_one_stands_alone():
    own = picks.picked(VALUED, ["I2", "I3"])
    row = picks.reached(own, picks.picked(VALUED, ["I1", "I3"])).iloc[0]
    assert (row["taken"], round(row["value"], 9), round(row["share"], 3), row["missing"], row["instead"]) == (3, 0.6, 0.75, "Tutors", "Desk")

    alone = picks.reached(own, VALUED.head(0)).iloc[0]
    assert pd.isna(alone["share"]) and alone["missing"] == ""
