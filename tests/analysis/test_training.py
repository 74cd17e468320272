"""Training: the choice within money, hours and seats, and the four levels of evaluation."""

from __future__ import annotations

from itertools import combinations

import pandas as pd
import pytest

from planning.analysis import training

GAPS = pd.DataFrame([["R1", "Desk", "SK1", "Mediation", 3, 2.0, 4.0, 4.0, 9.0], ["R2", "Van", "SK1", "Mediation", 2, 1.0, 2.0, 1.0, 6.0], ["R2", "Van", "SK2", "Spanish", 3, 3.0, 9.0, 1.0, 6.0], ["R3", "Head", "SK3", "Law", 4, 1.0, 3.0, None, None]],
                    columns=["role", "role_name", "skill", "skill_name", "required", "gap", "score", "short", "headcount"])
OFFERS = pd.DataFrame([["T1", "Course", "SK1", 3, 90.0, 12.0, 4.0], ["T2", "Taster", "SK1", 2, 20.0, 3.0, None], ["T3", "Spanish", "SK2", 3, 300.0, 36.0, None], ["T4", "Law", "SK3", 4, 500.0, 14.0, None]],
                      columns=["training", "name", "skill", "level", "cost", "hours", "seats"]).assign(provider="State")
OPTIONS = training.options(GAPS, OFFERS)


def taken(**limits: float) -> set[tuple[str, str]]:
    rows = training.plan(OPTIONS, **limits)
    return set(rows.loc[rows["taken"].astype(bool), ["role", "training"]].itertuples(index=False, name=None))


def test_only_trainings_that_reach_the_needed_level_are_options():
    assert OPTIONS[["role", "training"]].values.tolist() == [["R1", "T1"], ["R2", "T1"], ["R2", "T2"], ["R2", "T3"], ["R3", "T4"]]


def test_seats_part_the_people_of_a_gap_and_its_worth():
    few = training.options(GAPS.head(1), OFFERS.head(1).assign(seats=3.0)).iloc[0]

    assert few[["trained", "worth", "cost_all", "hours_all"]].tolist() == [3, 3, 270, 36]


def test_without_a_ceiling_every_gap_is_closed_the_cheapest_way_also_where_people_are_not_known():
    assert taken() == {("R1", "T1"), ("R2", "T2"), ("R2", "T3"), ("R3", "T4")}


def test_seats_of_one_training_are_shared_by_the_gaps():
    only = training.options(GAPS.head(2), OFFERS.head(1))
    rows = training.plan(only)

    # Four seats: the desk needs four, the van one. The desk closes more.
    assert rows.loc[rows["taken"], "role"].tolist() == ["R1"]


@pytest.mark.parametrize(("money", "hours"), [(400, 0), (300, 0), (0, 40), (680, 51), (650, 90)])
def test_no_other_set_of_trainings_within_the_ceilings_closes_more(money, hours):
    rows = OPTIONS.dropna(subset=["cost_all"]).reset_index(drop=True)
    best = 0.0
    for size in range(len(rows) + 1):
        for chosen in combinations(range(len(rows)), size):
            own = rows.loc[list(chosen)]
            fits = (not money or own["cost_all"].sum() <= money) and (not hours or own["hours_all"].sum() <= hours) and own.loc[own["training"] == "T1", "trained"].sum() <= 4
            if fits and not own.duplicated(["role", "skill"]).any():
                best = max(best, own["worth"].sum())
    found = training.plan(OPTIONS, money=money, hours=hours)

    assert found.loc[found["taken"], "worth"].sum() == best


def test_the_cheapest_first_can_leave_the_greatest_gap():
    rows = training.plan(OPTIONS, money=360).set_index(["role", "skill"])

    # Taster 20 and Spanish 300 close 2 + 9; the cheapest first takes the same here. With 300 only, it spends 20 first and Spanish no longer fits.
    assert rows.loc[("R2", "SK2"), ["taken", "first"]].tolist() == [True, True]
    tight = training.plan(OPTIONS, money=300).set_index(["role", "skill"])
    assert tight.loc[("R2", "SK2"), ["taken", "first"]].tolist() == [True, False]


def test_the_ceiling_that_holds_the_plan_down_is_named():
    rows = GAPS.dropna(subset=["short"])
    options = training.options(rows, OFFERS)

    assert training.ceilings(options, money=300, small_group=5).set_index("ceiling")["binds"].to_dict() == {"money": True, "hours": False, "seats": False}
    assert training.ceilings(options, hours=36, small_group=5).set_index("ceiling")["binds"].to_dict() == {"money": False, "hours": True, "seats": False}
    assert training.ceilings(options, small_group=5)["binds"].tolist() == [False] * 3
    short = training.options(rows, OFFERS.assign(seats=[2.0, None, None, None]))
    assert training.ceilings(short, small_group=5).set_index("ceiling")["binds"].to_dict() == {"money": False, "hours": False, "seats": True}


def test_the_share_closed_is_not_told_where_it_would_tell_the_level_of_few():
    options = training.options(GAPS.dropna(subset=["short"]), OFFERS)

    # Within 300 the van's Spanish is closed (9 of 15): six people there, and fifteen in the roles that are left.
    assert training.ceilings(options, money=300, small_group=5)["share"].tolist() == pytest.approx([9 / 15] * 3)
    assert training.ceilings(options, money=300, small_group=7)["share"].isna().all()


def test_offers_add_up_what_is_booked_and_tell_no_score():
    found = training.offers(training.plan(OPTIONS, money=400))

    assert found[["training_name", "roles", "gaps", "people", "cost", "hours"]].values.tolist() == [["Taster", "Van", 1, 1, 20, 3], ["Spanish", "Van", 1, 1, 300, 36]]
    assert "score" not in found and "worth" not in found


def test_an_offer_for_an_unknown_number_of_people_has_no_price_and_is_not_booked_under_a_ceiling():
    unknown = training.options(GAPS.tail(1), OFFERS)

    assert training.offers(training.plan(unknown))[["people", "cost", "hours"]].isna().all().all()
    assert training.offers(training.plan(unknown, money=9000)).empty


RESULTS = pd.DataFrame([["T1", "2026-01-10", "reaction", "Liked", 12, 12, None], ["T1", "2026-03-10", "behaviour", "Uses it", 12, 1, None], ["T2", "2026-01-10", "reaction", "Liked", 3, 3, None],
                        ["T3", "2025-01-10", "reaction", "Liked", 9, 2, None], ["T3", "2026-01-10", "reaction", "Liked", 9, 8, None], ["T3", "2026-01-10", "learning", "Passed", 9, 8, None],
                        ["T3", "2026-04-10", "behaviour", "Uses it", 9, 6, None], ["T3", "2026-06-10", "results", "Noticed", 40, 29, "K1"], ["T4", "2026-06-01", "reaction", "Liked", 6, None, None]],
                       columns=["training", "date", "level", "measure", "people", "good", "kpi"]).assign(date=lambda rows: pd.to_datetime(rows["date"]))
KPIS = pd.DataFrame({"kpi": ["K1"], "name": ["Helped"]})
EVALUATED = training.evaluated(RESULTS, OFFERS, KPIS, small_group=5)


def test_every_training_that_was_measured_stands_on_all_four_levels():
    assert len(EVALUATED) == 16
    assert EVALUATED.loc[EVALUATED["training"] == "T1", "measured"].tolist() == [True, False, True, False]


def test_the_interval_is_that_of_wilson_and_the_last_measurement_counts():
    found = EVALUATED.set_index(["training", "level"])

    # Wilson interval of 1 of 12, by hand: 0.015 to 0.354.
    assert found.loc[("T1", "behaviour"), ["share", "low", "high"]].astype(float).tolist() == pytest.approx([1 / 12, 0.0149, 0.3539], abs=1e-4)
    assert found.loc[("T3", "reaction"), "share"] == pytest.approx(8 / 9)
    assert found.loc[("T3", "results"), "kpi_name"] == "Helped"


def test_few_people_are_hidden_and_their_number_too():
    row = EVALUATED.set_index(["training", "level"]).loc[("T2", "reaction")]

    assert row["hidden"] and row[["people", "share", "low", "high"]].isna().all()


def test_the_level_at_which_the_evidence_stops_and_what_it_skipped():
    found = training.reach(EVALUATED).set_index("training")

    assert found.loc["T1", ["measured", "highest", "missed", "state"]].tolist() == [2, "behaviour", "learning", "changed nothing at work"]
    assert found.loc["T3", ["measured", "highest", "missed", "state"]].tolist() == [4, "results", "", "proven to results"]
    assert found.loc["T2", ["highest", "state"]].tolist() == ["reaction", "reaction only"]
    assert pd.isna(found.loc["T4", "liked"])  # nobody wrote down how many were satisfied


def test_nothing_is_told_without_results_options_or_trainings():
    none = training.evaluated(RESULTS.head(0), OFFERS, KPIS, small_group=5)

    assert none.empty and training.reach(none).empty
    empty = training.options(GAPS, OFFERS.head(0))
    assert empty.empty and training.plan(empty, money=10).empty and training.offers(training.plan(empty)).empty and training.ceilings(empty, small_group=5).empty
    assert training.unevaluated(OFFERS, RESULTS.head(3))["training"].tolist() == ["T3", "T4"]


def test_a_booked_gap_of_unknown_size_leaves_the_cost_unknown():
    options = training.options(GAPS.assign(short=None), OFFERS)

    rows = training.ceilings(options, small_group=5).set_index("ceiling")
    assert rows.loc["money", "gaps"] > 0 and rows["used"].isna().all()
