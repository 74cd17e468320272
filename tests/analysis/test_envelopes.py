"""Planned money by service, and the budget lines that carry it."""

from __future__ import annotations

import pandas as pd
import pytest

from planning.analysis import envelopes

BUDGET = pd.DataFrame({
    "line": ["B1", "B2", "B3", "B4", "B1", "B9"], "fiscal_year": [2026, 2026, 2026, 2026, 2025, 2026], "name": ["Staff", "Books", "Desk", "Rent", "Staff", "Gone"],
    "service": ["S1", "S1", "S2", None, "S1", "S3"], "category": "staff", "form": None, "planned": [60.0, 30.0, 10.0, 50.0, 80.0, None], "actual": [61.0, None, None, None, 79.0, None]})
SERVICES = pd.DataFrame({"service": ["S1", "S2", "S3"], "name": ["Lending", "Desk", "Lab"]})


def test_a_year_without_lines_stands_as_the_one_before_and_shared_costs_stand_last():
    rows = envelopes.standing(BUDGET, SERVICES, fiscal_year=2027)

    assert rows[["service", "service_name", "lines", "before", "planned"]].values.tolist() == [
        ["S1", "Lending", 2, 90.0, 90.0], ["S2", "Desk", 1, 10.0, 10.0], ["", "Shared by all services", 1, 50.0, 50.0]]


def test_a_year_with_lines_stands_beside_the_year_before_it_and_a_line_without_any_figure_is_left_out():
    rows = envelopes.standing(BUDGET, SERVICES, fiscal_year=2026).set_index("service")

    assert rows["before"]["S1"] == 80.0 and pd.isna(rows["before"]["S2"]) and "S3" not in rows.index


def test_lines_of_a_new_year_are_all_there_and_add_up_to_the_last_cent():
    rows = envelopes.rows(BUDGET, {"S1": 100.0}, fiscal_year=2027)

    assert rows[["line", "planned"]].values.tolist() == [["B1", 66.67], ["B2", 33.33], ["B3", 10.0], ["B4", 50.0]]
    assert set(rows["fiscal_year"]) == {2027}


def test_of_a_year_that_stands_only_lines_that_change_are_given_and_lines_of_nothing_are_filled_evenly():
    none = BUDGET.assign(planned=[0.0, 0.0, 10.0, 50.0, 80.0, None])

    assert envelopes.rows(BUDGET, {"S1": 90.0, "": 40.0}, fiscal_year=2026)[["line", "planned"]].values.tolist() == [["B4", 40.0]]
    assert envelopes.rows(none, {"S1": 0.05}, fiscal_year=2026)[["line", "planned"]].values.tolist() == [["B1", 0.03], ["B2", 0.02]]


def test_merged_rows_keep_what_was_spent_and_leave_the_rest_alone():
    then = envelopes.merged(BUDGET, envelopes.rows(BUDGET, {"S1": 45.0}, fiscal_year=2026))

    assert then.loc[(then["line"] == "B1") & (then["fiscal_year"] == 2026), ["planned", "actual"]].values.tolist() == [[30.0, 61.0]]
    assert len(then) == len(BUDGET) and envelopes.merged(BUDGET, BUDGET.head(0)) is BUDGET


def test_amounts_brought_to_a_total_add_up_to_it():
    found = envelopes.fitted(pd.DataFrame({"service": ["A", "B", "C"], "planned": [1.0, 1.0, 1.0]}), total=100.0)

    assert sum(found.values()) == pytest.approx(100.0) and sorted(found.values()) == [33.33, 33.33, 33.34]


def test_what_lacks_comes_off_the_money_for_initiatives_and_never_below_nothing():
    tried = pd.DataFrame({"planned": [120.0]})

    assert envelopes.room(tried, total=100.0, ceiling=30.0).values.tolist() == [[120.0, 100.0, -20.0, 10.0]]
    assert envelopes.room(tried, total=50.0, ceiling=30.0)["initiatives"].tolist() == [0.0]
    assert envelopes.room(tried, total=50.0)["initiatives"].isna().all()


def test_money_moved_keeps_the_sum_and_a_part_beyond_the_whole_is_refused():
    rows = pd.DataFrame({"service": ["S1", "S2"], "planned": [99.99, 10.0]})

    assert envelopes.moved(rows, source="S1", target="S2", part=1 / 3) == {"S1": 66.66, "S2": 43.33}
    assert envelopes.moved(rows, source="S1", target="S1", part=0.5) == {}
    with pytest.raises(ValueError, match="share from 0 to 1"):
        envelopes.moved(rows, source="S1", target="S2", part=1.2)


def test_a_choice_that_is_not_possible_any_more_says_so():
    base = pd.DataFrame({"initiative_name": ["Tutors"], "chosen": [True]})

    assert envelopes.fallen(base, base.head(0)).values.tolist() == [[False, "", ""]]
    assert envelopes.fallen(base.head(0), base).empty


def test_the_year_that_nobody_has_planned_comes_first():
    assert envelopes.years(BUDGET, last_full_year=2026) == [2027, 2028]
    assert envelopes.years(BUDGET, last_full_year=2025) == [2027, 2026]
    assert envelopes.standing(BUDGET.head(0), SERVICES, fiscal_year=2027).empty
