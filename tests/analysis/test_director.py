"""The director's three measures, each year by year and against three years before."""

import pandas as pd
import pytest

from planning.analysis import director, peers

NOTHING = pd.DataFrame({"fiscal_year": [], "measure": [], "value": []})
NO_GROUPS = pd.DataFrame({"kind": [], "people": [], "active": []})
NO_GOALS = pd.DataFrame({"goal": [], "weight": []})
NO_LINKS = pd.DataFrame({"service": [], "goal": [], "strength": []})
NO_MONEY = pd.DataFrame({"fiscal_year": [], "service": [], "amount": []})


def statistics(**measures):
    return pd.DataFrame([(2026, measure, float(value)) for measure, value in measures.items()], columns=["fiscal_year", "measure", "value"])


def values(rows):
    return rows.set_index("measure")["value"].to_dict()


def test_engagement_is_counted_per_person_served():
    per_head = peers.per_head(statistics(population=1000, visits=3500, program_attendance=400, registered_patrons=520))
    groups = pd.DataFrame({"kind": ["age", "age", "role"], "people": [600, 400, 50], "active": [150, 150, 50]})

    assert values(director.engagement(per_head, groups, fiscal_year=2026)) == {"visits_per_head": 3.5, "attendance_per_head": 0.4, "registered_share": 0.52, "active_share": 0.3}


def test_what_was_not_counted_has_no_row():
    per_head = peers.per_head(statistics(population=1000, visits=3500))

    assert values(director.engagement(per_head, NO_GROUPS, fiscal_year=2026)) == {"visits_per_head": 3.5}


def test_money_follows_the_weights_as_far_as_the_smaller_of_weight_and_share_goes():
    spending = pd.DataFrame({"fiscal_year": 2026, "service": ["S1", "S2", "S3", None], "amount": [50.0, 30.0, 10.0, 10.0]})
    goals = pd.DataFrame({"goal": ["G1", "G2"], "weight": [0.25, 0.75]})
    links = pd.DataFrame({"service": ["S1", "S2", "S2", "S3"], "goal": ["G1", "G1", "G2", "G9"], "strength": [1.0, 0.4, 0.8, 1.0]})
    found = values(director.efficiency(NOTHING, spending, goals, alignment=links))

    # G1 gets 50 + 10, G2 gets 20; S3 supports an ended goal, the last line is shared.
    assert found["goal_share"] == pytest.approx(0.8)
    assert found["followed_share"] == pytest.approx(0.25 + 0.25)


def test_spending_per_visit_and_per_loan_come_from_the_yearly_figures():
    per_head = peers.per_head(statistics(population=1000, visits=500, circulation=2000, spending_total=10_000))

    assert values(director.efficiency(per_head, NO_MONEY, NO_GOALS, alignment=NO_LINKS)) == {"cost_per_visit": 20.0, "cost_per_loan": 5.0}


def test_a_year_without_money_for_goals_has_no_share():
    spending = pd.DataFrame({"fiscal_year": [2026], "service": [None], "amount": [10.0]})

    assert director.efficiency(NOTHING, spending, NO_GOALS, alignment=NO_LINKS).empty


def test_a_year_end_at_which_partners_cannot_be_counted_is_left_out():
    rows = director.partnership(pd.DataFrame({"fiscal_year": [2024, 2025, 2026], "active": [8.0, None, 10.0]}))

    assert rows[["fiscal_year", "value"]].values.tolist() == [[2024, 8.0], [2026, 10.0]]


def grown(*pairs):
    return director.partnership(pd.DataFrame(pairs, columns=["fiscal_year", "active"]))


def changed(rows, **options):
    return director.changes(director.engagement(NOTHING, NO_GROUPS, fiscal_year=2026), director.efficiency(NOTHING, NO_MONEY, NO_GOALS, alignment=NO_LINKS), rows, **options)


def test_the_latest_value_stands_beside_that_of_three_years_before():
    row = changed(grown((2021, 2), (2023, 8), (2025, 4), (2026, 10))).iloc[0]

    assert (row["first_year"], row["first"], row["value"], row["change"], row["relative"], row["years"]) == (2023, 8, 10, 2, 0.25, 3)
    assert changed(grown((2021, 2), (2023, 8), (2026, 10)), years=5).iloc[0]["first_year"] == 2021


def test_the_oldest_value_within_the_years_stands_in_and_a_single_one_has_no_change():
    assert changed(grown((2021, 2), (2025, 4), (2026, 10))).iloc[0]["first_year"] == 2025
    assert changed(grown((2026, 10)))[["value", "change"]].isna().values.tolist() == [[False, True]]
    assert pd.isna(changed(grown((2025, 0), (2026, 10))).iloc[0]["relative"])


def test_nothing_at_all_gives_the_columns_and_no_row():
    assert changed(grown()).columns.tolist() == director.CHANGES
    assert changed(grown()).empty
