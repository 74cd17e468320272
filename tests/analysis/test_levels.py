"""The choice of initiatives with less and with more money and staff time."""

from __future__ import annotations

import pandas as pd

from planning.analysis import initiatives, levels

NONE = pd.DataFrame(columns=["initiative", "link", "other"])
VALUED = pd.DataFrame({"initiative": ["I1", "I2", "I3"], "initiative_name": ["Tutors", "Hosts", "Ramp"], "value": [0.5, 0.3, 0.1], "cost": [60.0, 40.0, 5.0], "hours": [1.0, 1.0, 1.0],
                       "part": ["free", "free", "free"]})


def limits(money: float, aside: float = 0.0) -> pd.DataFrame:
    return pd.DataFrame({"ceiling": ["money", "hours"], "ceiling_name": ["money", "hours"], "limit": [money, 100.0], "set_aside": [aside, 0.0]})


def test_what_drops_out_first_and_what_comes_in_is_told_by_level() -> None:
    found = levels.grid(VALUED, NONE, limits(100), chooser=initiatives)
    rows = levels.summary(found, limits(100)).set_index("level")

    assert rows.loc[-0.05, ["drops_out", "comes_in", "initiatives"]].tolist() == ["Hosts", "Ramp", 2]
    assert rows.loc[0.05, ["drops_out", "comes_in"]].tolist() == ["", "Ramp"]
    assert rows["kept"].round(3).to_dict() == {-0.1: 0.75, -0.05: 0.75, 0.0: 1.0, 0.05: 1.125}
    assert found.set_index(["initiative", "level"]).loc[("I2", -0.1), "what"] == "drops out"


def test_what_is_set_aside_stays_when_money_moves() -> None:
    assert levels.at(limits(80, aside=20), -0.1)["limit"].tolist() == [70.0, 90.0]


def test_a_level_at_which_what_must_be_done_no_longer_fits_is_not_possible() -> None:
    must = VALUED.assign(part=["must do", "free", "free"])
    rows = levels.summary(levels.grid(must, NONE, limits(62), chooser=initiatives), limits(62)).set_index("level")

    assert rows["possible"].to_dict() == {-0.1: False, -0.05: False, 0.0: True, 0.05: True}
    assert pd.isna(rows.loc[-0.1, "kept"])


def test_without_a_choice_there_are_no_levels() -> None:
    assert levels.grid(VALUED.head(0), NONE, limits(10), chooser=initiatives).empty
    assert levels.summary(levels.grid(VALUED.head(0), NONE, limits(10), chooser=initiatives), limits(10)).empty
