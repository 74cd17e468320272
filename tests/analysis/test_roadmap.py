from itertools import product

import numpy as np
import pandas as pd
import pytest

from planning.analysis import roadmap

NO_LINKS = pd.DataFrame(columns=["initiative", "link", "other"])
NO_CEILINGS = pd.DataFrame({"fiscal_year": [], "money": [], "fte": []})


def valued(*rows: tuple) -> pd.DataFrame:
    """Rows of id, value, cost, hours, cost later, hours later, hours of R1, part."""
    found = pd.DataFrame(rows, columns=["initiative", "value", "cost", "hours", "cost_later", "hours_later", "hours of R1", "part"])
    return found.assign(initiative_name="Name " + found["initiative"], owner=None, risk=2.0, start=pd.NaT, end=pd.NaT, status="candidate", must_do=found["part"] == "must do")


def limits(money: float | None, hours: float | None = None, clerk: float | None = None, aside: float = 0.0) -> pd.DataFrame:
    return pd.DataFrame({"ceiling": ["money", "hours", "hours of R1"], "ceiling_name": ["money", "hours", "Clerk"], "limit": [money, hours, clerk],
                         "set_aside": [aside, 0.0, 0.0]}).astype({"limit": float})


def yearly(money: float | None, hours: float | None = None, clerk: float | None = None, given: pd.DataFrame = NO_CEILINGS, years: int = 3) -> pd.DataFrame:
    return roadmap.ceilings(limits(money, hours, clerk), given, fiscal_year=2027, hours_per_fte=100, years=years)


def of(found: pd.DataFrame, ceiling: str) -> list:
    return found.loc[found["ceiling"] == ceiling, ["limit", "since", "carried"]].values.tolist()


def test_a_year_takes_its_own_row_then_the_last_one_known_and_an_empty_figure_is_no_limit():
    given = pd.DataFrame({"fiscal_year": [2028, 2029], "money": [70.0, None], "fte": [None, 2.0]})
    found = yearly(90, 500, 12, given, years=4)

    assert of(found, "money")[:2] == [[90, 2027, False], [70, 2028, False]]
    assert [pd.isna(row[0]) for row in of(found, "money")] == [False, False, True, True]
    assert [of(found, "hours")[0], *of(found, "hours")[2:]] == [[500, 2027, False], [200, 2029, False], [200, 2029, True]]
    assert pd.isna(of(found, "hours")[1][0])
    assert [row[0] for row in of(found, "hours of R1")] == [12] * 4 and not found.loc[found["ceiling"] == "hours of R1", "carried"].any()


def test_only_a_past_year_in_the_table_is_carried_on_and_says_so():
    found = yearly(None, None, given=pd.DataFrame({"fiscal_year": [2025], "money": [60.0], "fte": [None]}), years=2)

    assert of(found, "money") == [[60, 2025, True], [60, 2025, True]]
    assert pd.isna(of(found, "hours")[0][0])


def test_where_the_plan_is_silent_the_tables_row_of_the_first_year_is_its_own_and_not_carried():
    given = pd.DataFrame({"fiscal_year": [2025, 2027], "money": [60.0, 75.0], "fte": [None, None]})

    assert of(yearly(None, given=given, years=2), "money") == [[75, 2027, False], [75, 2027, True]]


def test_nine_tenths_of_a_ceiling_or_of_a_roles_hours_are_tight_and_less_is_not():
    items = valued(("A", 0.9, 9, 4, 8.9, 4, 9, "free"))
    asked = yearly(10, clerk=10, years=2)
    planned = roadmap.spread(items, NO_LINKS, asked)
    table = pd.DataFrame({"role": ["R1"], "name": ["Clerk"], "free_hours": [10.0]})

    assert roadmap.years(planned, asked).query("ceiling == 'money'")[["share", "tight"]].values.tolist() == [[0.9, True], [0.89, False]]
    assert roadmap.roles(planned, table, asked)["tight"].tolist() == [True, True]


def test_the_plans_own_ceiling_comes_before_the_table_in_the_first_year_and_what_is_set_aside_is_off_every_year():
    given = pd.DataFrame({"fiscal_year": [2027, 2028], "money": [50.0, 80.0], "fte": [1.0, 1.0]})
    found = roadmap.ceilings(limits(90, aside=10.0), given, fiscal_year=2027, hours_per_fte=100, years=2)

    assert [row[0] for row in of(found, "money")] == [90, 70]


def test_an_early_start_counts_more_and_later_costs_fill_later_years():
    items = valued(("A", 0.9, 10, 1, 6, 1, 0, "free"), ("B", 0.6, 10, 1, 0, 1, 0, "free"), ("C", 0.1, 50, 1, 0, 0, 0, "free"))
    found = roadmap.spread(items, NO_LINKS, yearly(10, given=pd.DataFrame({"fiscal_year": [2028], "money": [16.0], "fte": [None]}))).set_index("initiative")

    assert found.loc[["A", "B"], ["year", "fiscal_year", "works"]].values.tolist() == [[1, 2027, 3], [2, 2028, 2]]
    assert found["gained"].tolist() == pytest.approx([0.9, 0.4, 0.0])
    assert pd.isna(found.loc["C", "year"]) and found["gap"].tolist() == [0, 0, 0]


def test_what_must_be_done_and_what_runs_is_in_from_the_first_year_and_a_need_starts_no_later():
    items = valued(("A", 0.0, 5, 1, 0, 0, 0, "must do"), ("B", 0.1, 5, 1, 5, 0, 0, "running"), ("C", 0.9, 9, 1, 0, 0, 0, "free"), ("D", 0.1, 1, 1, 0, 0, 0, "free"))
    links = pd.DataFrame([["C", "needs", "D"]], columns=["initiative", "link", "other"])
    found = roadmap.spread(items, links, yearly(14)).set_index("initiative")

    assert found["year"].to_dict() == {"A": 1, "B": 1, "C": 2, "D": 1}


@pytest.mark.parametrize("seed", range(8))
def test_the_spread_under_money_hours_and_roles_is_the_one_found_by_trying_every_year(seed):
    chance = np.random.default_rng(seed)
    items = valued(*[(f"I{n}", int(chance.integers(1, 90)) / 100, float(chance.integers(5, 40)), float(chance.integers(5, 30)), float(chance.integers(0, 20)),
                      float(chance.integers(0, 15)), 5.0 * (n % 2), "free") for n in range(6)])
    asked = yearly(60, 40, 9)
    found = roadmap.spread(items, pd.DataFrame([["I0", "needs", "I1"], ["I2", "excludes", "I3"]], columns=["initiative", "link", "other"]), asked)
    first = items[["cost", "hours", "hours of R1"]].to_numpy()
    later = np.column_stack([items["cost_later"], items["hours_later"], items["hours of R1"] * items["hours_later"] / items["hours"]])
    best = 0.0
    for start in product(range(4), repeat=6):
        when = np.array(start)
        used = np.array([first[when == year].sum(axis=0) + later[when < year].sum(axis=0) for year in range(3)])
        if (used <= np.array([60, 40, 9]) + 1e-9).all() and (when[0] == 3 or when[1] <= when[0]) and not (when[2] < 3 and when[3] < 3):
            best = max(best, float((items["value"] * (3 - when)).sum() / 3))

    assert found["gained"].sum() == pytest.approx(best)
    assert roadmap.years(found, asked)["left"].min() >= -1e-9


def test_a_later_year_that_what_must_be_done_breaks_is_named_with_the_rows():
    items = valued(("A", 0.5, 5, 1, 9, 1, 0, "must do"), ("B", 0.5, 5, 1, 0, 0, 0, "free"))
    asked = yearly(10, given=pd.DataFrame({"fiscal_year": [2028], "money": [6.0], "fte": [None]}), years=2)

    assert roadmap.spread(items, NO_LINKS, asked).empty
    assert roadmap.conflicts(items, NO_LINKS, asked)[["kind", "year", "fiscal_year", "ceiling", "limit", "excess", "names"]].values.tolist() == [
        ["over the ceiling", 2, 2028, "money", 6.0, 3.0, "Name A"]]


def test_years_add_up_what_starts_and_what_was_begun_before():
    items = valued(("A", 0.9, 10, 4, 6, 2, 2, "free"), ("B", 0.6, 10, 4, 0, 1, 0, "free"))
    asked = yearly(10, given=pd.DataFrame({"fiscal_year": [2028], "money": [16.0], "fte": [None]}), years=2)
    found = roadmap.years(roadmap.spread(items, NO_LINKS, asked), asked)

    assert found.loc[found["ceiling"] == "money", ["starts", "names", "working", "used", "left", "tight"]].values.tolist() == [[1, "Name A", 1, 10, 0, True], [1, "Name B", 2, 16, 0, True]]
    assert found.loc[found["ceiling"] == "hours of R1", "used"].tolist() == [2, 1]
    assert found.loc[found["ceiling"] == "hours", "left"].isna().all()


def test_roles_show_what_is_needed_asked_and_free_and_later_years_are_split_as_the_first():
    items = valued(("A", 0.9, 10, 4, 6, 2, 2, "free"), ("B", 0.6, 100, 4, 0, 1, 3, "free"), ("C", 0.6, 1, 4, 0, 1, 3, "rejected"))
    table = pd.DataFrame({"role": ["R1", "R2"], "name": ["Clerk", "Driver"], "free_hours": [2.0, None]})
    asked = yearly(10, clerk=2.0, years=2)
    found = roadmap.roles(roadmap.spread(items, NO_LINKS, asked), table, asked)

    assert found.values.tolist() == [["Clerk", 2027, 2, 2, 1.0, True, 5], ["Clerk", 2028, 1, 2, 0.5, False, 5]]


def test_without_initiatives_or_known_costs_nothing_is_spread():
    unknown = valued(("A", 0.9, None, 4, 6, 2, 2, "cost or hours not known"))
    for items in (unknown, unknown.head(0), pd.DataFrame(columns=unknown.columns)):
        planned = roadmap.spread(items, NO_LINKS, yearly(10))
        roles = pd.DataFrame({"role": [], "name": [], "free_hours": []})
        assert [len(one) for one in (planned, roadmap.years(planned, yearly(10)), roadmap.roles(planned, roles, yearly(10)))] == [0] * 3
        assert roadmap.conflicts(items, NO_LINKS, yearly(10))["kind"].tolist() == ["nothing to choose"] * len(items)
