import datetime as dt

import pandas as pd
import pytest

from planning.analysis import register

DAY = dt.date(2026, 6, 30)
ONE = {"partner": "P1", "name": "School", "kind": "education", "status": "active", "ethics": "clear", "since": "2020-01-01", "until": None, "checked": "2026-01-01"}
NO_ROLES = pd.DataFrame({"partner": pd.Series(dtype="str"), "role": pd.Series(dtype="str")})


def partners(*rows: dict) -> pd.DataFrame:
    found = pd.DataFrame([ONE | row for row in rows], columns=list(ONE))
    return found.assign(**{name: pd.to_datetime(found[name]) for name in ("since", "until", "checked")})


def pairs(*rows: tuple[str, str]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["partner", "role"])


def growth(*rows: dict, years: int = 3, as_of: dt.date = DAY, start: int = 7) -> pd.DataFrame:
    return register.growth(partners(*rows), as_of=as_of, fiscal_year_start=start, years=years)


def test_entries_never_checked_come_first_then_the_longest_ago_and_ended_ones_last():
    rows = partners({"partner": "P1"}, {"partner": "P2", "checked": "2025-06-29"}, {"partner": "P3", "checked": "2024-01-01"}, {"partner": "P4", "checked": None, "status": "prospect"},
                    {"partner": "P5", "checked": None}, {"partner": "P6", "checked": None, "status": "ended"})
    found = register.entries(rows, NO_ROLES, as_of=DAY)

    assert found["partner"].tolist() == ["P5", "P4", "P3", "P2", "P1", "P6"]
    assert found["check"].tolist() == ["never checked", "never checked", "stale", "stale", "checked", "ended"]


def test_a_check_is_stale_after_365_days_or_after_as_many_as_are_asked_for():
    rows = partners({"partner": "P1", "checked": "2025-06-30"}, {"partner": "P2", "checked": "2025-06-29"})

    assert dict(register.entries(rows, NO_ROLES, as_of=DAY)[["partner", "check"]].values.tolist()) == {"P1": "checked", "P2": "stale"}
    assert set(register.entries(rows, NO_ROLES, as_of=DAY, stale=400)["check"]) == {"checked"}


def test_roles_are_listed_in_their_own_order_and_years_run_to_the_last_day():
    rows = partners({"since": "2024-06-30"}, {"partner": "P2", "since": "2020-07-01", "until": "2022-07-01", "status": "ended"}, {"partner": "P3", "since": None})
    found = register.entries(rows, pairs(("P1", "hosts"), ("P1", "mentor")), as_of=DAY).set_index("partner")

    assert (found.loc["P1", "roles"], found.loc["P1", "roles_count"], found.loc["P2", "roles"]) == ("mentor; hosts", 2, "")
    assert found["years"].round(2).fillna(-1).to_dict() == {"P1": 2.0, "P3": -1.0, "P2": 2.0}


def test_all_eight_roles_are_listed_with_those_that_nobody_plays_first():
    rows = partners({}, {"partner": "P2", "name": "Club"}, {"partner": "P3", "name": "Clinic", "status": "prospect"},
                    {"partner": "P4", "name": "Lender", "status": "prospect", "ethics": "veto"}, {"partner": "P5", "name": "Cinema", "status": "ended"})
    found = register.roles(rows, pairs(("P1", "hosts"), ("P2", "hosts"), ("P2", "funds"), ("P3", "mentor"), ("P4", "funds"), ("P5", "delivers"))).set_index("role")

    assert len(found) == 8
    assert found.loc[["mentor", "funds", "hosts", "delivers"], "rests"].tolist() == ["nobody", "one partner", "several", "nobody"]
    assert found.loc[["mentor", "funds"], "prospect_names"].tolist() == ["Clinic", ""]
    assert found[["recorded", "active"]].iloc[0].tolist() == [2, 2]
    assert found["players"].is_monotonic_increasing


def test_while_no_role_of_an_active_partner_is_recorded_nobody_is_said_to_play_none():
    rows = partners({}, {"partner": "P2", "status": "prospect"})

    assert register.roles(rows, NO_ROLES).empty
    assert register.roles(rows, pairs(("P2", "hosts"))).empty


def test_growth_counts_from_the_first_to_the_last_day_both_included():
    found = growth({"since": "2024-06-30"}, {"partner": "P2", "since": "2024-07-01", "until": "2025-06-30", "status": "ended"},
                   {"partner": "P3", "since": "2019-01-01", "until": "2025-06-29", "status": "ended"}, {"partner": "P4", "since": "2026-01-01"},
                   {"partner": "P5", "status": "prospect"})

    assert found["fiscal_year"].tolist() == [2024, 2025, 2026]
    assert found["active"].tolist() == [2, 2, 2]
    assert found["started"].tolist() == [1, 1, 1]
    assert found["ended"].tolist() == [0, 1, 1]
    assert found["change"].fillna(-9).tolist() == [-9, 0, 0]
    assert register.reconciled(found)[["expected", "found"]].values.tolist() == [[2, 2]]


def test_growth_is_the_change_divided_by_the_year_before():
    found = growth({}, {"partner": "P2", "since": "2025-08-01"})

    assert found["growth"].fillna(-9).tolist() == [-9, 0.0, 1.0]
    assert growth({"since": "2025-08-01"})["growth"].isna().all()


@pytest.mark.parametrize(("as_of", "start", "year", "complete"), [
    (dt.date(2026, 6, 30), 7, 2026, True), (dt.date(2026, 7, 1), 7, 2027, False), (dt.date(2026, 6, 30), 1, 2026, False), (dt.date(2026, 12, 31), 1, 2026, True)])
def test_the_last_year_is_the_one_that_runs_and_is_counted_on_the_day(as_of, start, year, complete):
    last = growth({}, as_of=as_of, start=start).iloc[-1]

    assert (last["fiscal_year"], last["complete"], last["end"]) == (year, complete, pd.Timestamp(as_of))


def test_an_ended_partner_without_a_last_day_leaves_the_years_open_in_which_it_may_have_counted():
    found = growth({}, {"partner": "P2", "name": "Cinema", "since": "2024-08-01", "status": "ended"})

    assert found["active"].fillna(-1).tolist() == [1, -1, 1]
    assert found[["low", "high"]].values.tolist() == [[1, 1], [1, 2], [1, 1]]
    assert found["unclear"].tolist() == ["", "Cinema", ""]
    assert register.reconciled(found).empty


def test_an_active_partner_without_a_first_day_is_sure_only_on_the_day_itself():
    found = growth({"since": None})

    assert found[["low", "high"]].values.tolist() == [[0, 1], [0, 1], [1, 1]]


def test_a_last_day_before_the_first_is_no_day_at_all():
    assert growth({"status": "ended", "since": "2025-01-01", "until": "2020-01-01"})[["low", "high"]].values.tolist() == [[0, 1], [0, 1], [0, 0]]


def test_an_empty_register_gives_empty_results():
    none = partners().iloc[:0]

    assert register.entries(none, NO_ROLES, as_of=DAY).empty
    assert register.roles(none, NO_ROLES).empty
    assert register.growth(none, as_of=DAY, fiscal_year_start=7).empty
    assert growth({"status": "prospect"}).empty
    assert register.reconciled(growth({"status": "prospect"})).empty
