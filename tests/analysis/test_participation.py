"""People's ballots: points brought to 100, small groups hidden, and what two rules choose beside the plan."""

from __future__ import annotations

import pandas as pd

from planning.analysis import participation

INITIATIVES = pd.DataFrame({"initiative": ["I1", "I2", "I3", "I4"], "name": ["Laptops", "Desk", "Tutors", "Ramp"]})
CHOSEN = pd.DataFrame({"initiative": ["I1", "I2", "I3", "I4"], "initiative_name": ["Laptops", "Desk", "Tutors", "Ramp"], "cost": [50.0, 45.0, 30.0, 20.0], "hours": [5.0, 5.0, 5.0, 5.0],
                       "part": ["free", "free", "free", "must do"], "chosen": [False, True, False, True]})


def cast(*votes: tuple[str, dict[str, float]]) -> pd.DataFrame:
    rows = [[f"B{place:02}", initiative, group, points] for place, (group, given) in enumerate(votes) for initiative, points in given.items()]
    return participation.ballots(pd.DataFrame(rows, columns=["ballot", "initiative", "group", "points"]))


TWO_CAMPS = cast(*[("patrons", {"I1": 60, "I2": 40})] * 12, *[("patrons", {"I3": 100})] * 8)


def test_points_that_do_not_add_up_are_brought_to_100_and_empty_ballots_left_out() -> None:
    found = cast(("patrons", {"I1": 60, "I2": 40}), ("patrons", {"I1": 30, "I2": 10}), ("staff", {"I3": 0}), ("staff", {"I3": 100}))

    assert found["state"].tolist() == ["as asked"] * 2 + ["brought to 100"] * 2 + ["nothing given", "as asked"]
    assert found["points"].tolist()[:4] == [60, 40, 75, 25]
    assert participation.groups(found, small_group=1).iloc[0][["n", "stretched", "nothing"]].tolist() == [3, 1, 1]


def test_money_out_of_another_sum_is_read_as_points_out_of_100() -> None:
    found = cast(("patrons", {"I1": 600, "I2": 400}), ("patrons", {"I1": 1000}))

    assert found["state"].unique().tolist() == ["as asked"] and found["points"].tolist() == [60, 40, 100]


def test_a_small_group_is_hidden_with_the_next_smallest_everywhere() -> None:
    votes = cast(*[("patrons", {"I1": 100})] * 12, *[("staff", {"I3": 100})] * 6, *[("leadership", {"I2": 100})] * 2)
    known = participation.groups(votes, small_group=5).set_index("group")
    picks = participation.choices(votes, CHOSEN, money=80, small_group=5)

    assert known["hidden"].to_dict() == {"everyone": False, "patrons": False, "leadership": True, "staff": True}
    for found in (participation.wishes(votes, INITIATIVES, small_group=5), participation.fairness(votes, picks, small_group=5)):
        hidden = found[found["hidden"]]
        assert set(hidden["group"]) == {"leadership", "staff"}
        assert hidden[[name for name in ("n", "points", "low", "high", "backers", "something", "met") if name in hidden]].isna().all(axis=None)


def test_too_few_ballots_choose_nothing() -> None:
    votes = cast(*[("patrons", {"I1": 100})] * 4)

    assert participation.choices(votes, CHOSEN, money=80, small_group=5).empty
    assert participation.wishes(votes, INITIATIVES, small_group=5)["points"].isna().all()
    assert participation.fairness(votes, participation.choices(votes, CHOSEN, money=80, small_group=5), small_group=5).empty


def test_mean_points_count_those_who_gave_none() -> None:
    found = participation.wishes(TWO_CAMPS, INITIATIVES, small_group=5)
    everyone = found[found["group"] == "everyone"].set_index("initiative_name")

    assert everyone["points"].round(6).to_dict() == {"Tutors": 40.0, "Laptops": 36.0, "Desk": 24.0}
    assert everyone["backers"].round(6).to_dict() == {"Tutors": 0.4, "Laptops": 0.6, "Desk": 0.6}
    assert (everyone["low"] < everyone["points"]).all() and (everyone["high"] <= 100).all()
    assert participation.reconciled(found)["found"].round(9).tolist() == [100.0]


def test_two_fifths_get_nothing_by_most_points_and_their_part_by_equal_shares() -> None:
    votes = cast(*[("patrons", {"I1": 55, "I2": 45})] * 12, *[("patrons", {"I3": 60, "I4": 40})] * 8)
    picks = participation.choices(votes, CHOSEN, money=participation.money_for(CHOSEN, pd.DataFrame({"ceiling": ["money"], "limit": [115.0]})), small_group=5).set_index("initiative_name")
    met = participation.fairness(votes, picks.reset_index(), small_group=5)
    lost = participation.unheard(votes, picks.reset_index(), small_group=5)

    assert "Ramp" not in picks.index
    assert picks.loc[picks["by_points"]].index.tolist() == ["Laptops", "Desk"]
    assert set(picks.loc[picks["by_shares"]].index) == {"Laptops", "Tutors"}
    assert met[met["group"] == "everyone"]["something"].round(6).tolist() == [0.6, 1.0, 0.6]
    assert met[met["group"] == "everyone"]["met"].round(6).tolist() == [0.6, 0.57, 0.27]
    assert lost[["initiative_name", "n", "by_shares", "something"]].values.tolist() == [["Tutors", 8, True, 1.0]]


def test_no_ballots_and_no_ceiling_give_empty_results_with_their_columns() -> None:
    empty = participation.ballots(pd.DataFrame(columns=["ballot", "initiative", "group", "points"]))

    assert participation.groups(empty, small_group=5).empty and participation.wishes(empty, INITIATIVES, small_group=5).empty
    assert participation.choices(TWO_CAMPS, CHOSEN, money=float("nan"), small_group=5).empty
