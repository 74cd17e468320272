"""An order made by hand: one thing moved, and what going down an order of wishes takes."""

from __future__ import annotations

import pandas as pd

from planning.analysis import ranking

VALUED = pd.DataFrame({"initiative": ["I1", "I2", "I3", "I4"], "initiative_name": ["Tutors", "Desk", "Lift", "Sunday"], "value": [0.5, 0.3, 0.1, 0.2], "cost": [100.0, 50.0, 60.0, 40.0],
                       "hours": [10.0, 10.0, 5.0, 5.0], "rate": [5.0, 6.0, 1.7, 5.0], "part": ["free", "free", "must do", "running"], "hours of R1": [8.0, 2.0, 0.0, 0.0]})
LIMITS = pd.DataFrame({"ceiling": ["money", "hours", "hours of R1"], "ceiling_name": ["money", "hours", "Clerk"], "limit": [200.0, None, 9.0]})
NONE = pd.DataFrame(columns=["initiative", "link", "other"])


def test_an_order_of_wishes_passes_over_what_does_not_fit_and_takes_the_next():
    found = ranking.filled(VALUED, NONE, LIMITS.assign(limit=[160.0, None, 9.0]), ["I1", "I2"])

    assert found[["initiative", "chosen"]].values.tolist() == [["I3", True], ["I4", True], ["I1", False], ["I2", True]]
    assert found["place"].tolist()[2:] == [1.0, 2.0] and found["rate_place"].tolist()[2:] == [2.0, 1.0]


def test_an_order_is_not_filled_where_no_choice_is_possible():
    assert ranking.filled(VALUED, NONE, LIMITS.assign(limit=[50.0, None, 9.0]), ["I1", "I2"]).empty
    assert ranking.filled(VALUED.head(0), NONE, LIMITS, []).empty


def test_one_moved_lets_the_others_close_up():
    assert ranking.moved(["a", "b", "c", "d"], "a", 3) == ["b", "c", "a", "d"]
    assert ranking.moved(["a", "b"], "b", -5) == ["b", "a"]
