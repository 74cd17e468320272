"""Possible savings: each with its sum, how sure it is, and no money counted twice."""

from __future__ import annotations

import pandas as pd

from planning.analysis import savings

NO_PRICES = pd.DataFrame({"fiscal_year": pd.Series(dtype=int), "index": pd.Series(dtype=float)})
NONE_SHARED = pd.DataFrame({"name": pd.Series(dtype="str"), "saved": pd.Series(dtype=float), "basis": pd.Series(dtype="str")})
SUNSET = ["service", "service_name", "proposal", "essential", "money", "hours", "exit_cost", "consulted", "elsewhere", "cost", "dearer", "cost_years"]


def line(name: str, planned: list[float], spent: list[float], service: str | None = None) -> pd.DataFrame:
    years = list(range(2027 - len(planned), 2027))
    return pd.DataFrame({"line": name, "name": f"Line {name}", "service": service, "fiscal_year": years, "planned": planned, "amount": spent, "basis": "spent"})


def held(*rows: tuple[object, ...]) -> pd.DataFrame:
    found = pd.DataFrame(rows, columns=["name", "service", "line", "cost", "excess", "verdict"])
    return found.assign(service_name="Databases", must_keep=False)


def review(**changes: object) -> pd.DataFrame:
    row = {"service": "S1", "service_name": "Reels", "proposal": "keep", "essential": False, "money": 50.0, "hours": 9.0, "exit_cost": 10.0, "consulted": pd.Timestamp("2026-05-01"),
           "elsewhere": 0.9, "cost": 120.0, "dearer": 0.0, "cost_years": 2.0}
    return pd.DataFrame([row | changes])


def found(lines: pd.DataFrame | None = None, subscriptions: pd.DataFrame | None = None, sunset: pd.DataFrame | None = None, shared: pd.DataFrame = NONE_SHARED, prices: pd.DataFrame = NO_PRICES) -> pd.DataFrame:
    return savings.candidates(line("B0", [1.0], [1.0]) if lines is None else lines, held() if subscriptions is None else subscriptions, pd.DataFrame(columns=SUNSET) if sunset is None else sunset,
                              shared=shared, prices=prices, fiscal_year=2026)


def test_an_unused_subscription_is_firm_and_a_dear_one_likely() -> None:
    rows = found(subscriptions=held(("Songs", "S1", "B1", 40.0, 40.0, "not used"), ("Cases", "S1", "B1", 90.0, 30.0, "dearer"), ("News", "S1", "B1", 90.0, -5.0, "pays"), ("Films", "S1", "B1", 90.0, None, "uses not counted")))

    assert rows[["kind", "name", "money", "sure", "counted"]].values.tolist() == [["unused", "Songs", 40, "firm", True], ["dearer than one by one", "Cases", 30, "likely", True]]


def test_what_must_be_kept_is_no_saving() -> None:
    assert found(subscriptions=held(("Law", "S1", "B1", 40.0, 40.0, "not used")).assign(must_keep=True)).empty


def test_a_line_that_left_money_over_three_years_in_a_row_frees_the_smallest_sum_of_them() -> None:
    rows = found(pd.concat([line("B1", [100.0, 100.0, 100.0, 100.0], [120.0, 90.0, 80.0, 70.0]), line("B2", [100.0, 100.0, 100.0], [90.0, 99.0, 80.0]), line("B3", [100.0, 100.0], [10.0, 10.0])]))

    assert rows[["name", "money", "sure"]].values.tolist() == [["Line B1", 10, "firm"]]


def test_an_ending_counts_when_it_pays_back_within_a_year_and_is_likely_only_after_people_were_heard() -> None:
    assert found(sunset=review(proposal="stop"))[["kind", "money", "once", "hours", "sure"]].values.tolist() == [["ending", 50, 10, 9, "likely"]]
    assert found(sunset=review(proposal="stop", consulted=pd.NaT))["sure"].tolist() == ["open"]
    assert found(sunset=review(proposal="stop", elsewhere=0.5))["sure"].tolist() == ["open"]
    assert found(sunset=review(proposal="stop", exit_cost=51.0)).empty and found(sunset=review(proposal="stop", exit_cost=None)).empty


def test_a_use_that_grew_dearer_counts_above_the_rise_in_prices_only() -> None:
    prices = pd.DataFrame({"fiscal_year": [2024, 2026], "index": [100.0, 120.0]})

    assert found(sunset=review(dearer=0.5)).round(6)[["kind", "money", "sure"]].values.tolist() == [["grown dearer", 40, "open"]]
    assert found(sunset=review(dearer=0.5), prices=prices)["money"].round(6).tolist() == [24]
    assert found(sunset=review(dearer=0.4), prices=prices).empty
    assert found(sunset=review(dearer=0.5, essential=True)).empty


def test_a_shared_purchase_that_costs_more_than_alone_is_firm_with_an_offer() -> None:
    shared = pd.DataFrame({"name": ["Van", "Catalogue", "Tutors"], "saved": [-30.0, -20.0, 10.0], "basis": ["estimate", "offer", "offer"]})

    assert found(shared=shared)[["name", "money", "sure"]].values.tolist() == [["Van", 30, "likely"], ["Catalogue", 20, "firm"]]


def test_money_within_one_line_is_counted_once_by_its_surer_side() -> None:
    rows = found(line("B1", [100.0] * 3, [75.0] * 3), held(("Cases", "S1", "B1", 90.0, 60.0, "dearer"), ("Songs", "S1", "B1", 20.0, 20.0, "not used"))).set_index("name")

    assert rows["counted"].to_dict() == {"Cases": True, "Line B1": False, "Songs": True}
    assert rows.loc["Line B1", ["within_kind", "within"]].tolist() == ["dearer than one by one", "Cases"]


def test_an_ending_holds_the_lines_of_its_service_or_they_hold_it() -> None:
    lines = line("B1", [100.0] * 3, [90.0] * 3, "S1")

    open_ending = found(lines, sunset=review(proposal="stop", elsewhere=0.2)).set_index("kind")["counted"]
    assert open_ending.to_dict() == {"ending": False, "under plan": True}
    dear = found(sunset=review(proposal="stop", dearer=9.0)).set_index("kind")
    assert dear["counted"].to_dict() == {"grown dearer": False, "ending": True} and dear.loc["grown dearer", "within"] == "Reels"


def test_only_what_is_counted_is_added_up() -> None:
    rows = found(line("B1", [100.0] * 3, [75.0] * 3), held(("Cases", "S1", "B1", 90.0, 60.0, "dearer"), ("Songs", "S1", "B1", 20.0, 20.0, "not used")))
    sums = savings.by_sureness(rows)

    assert sums[["sure", "candidates", "money"]].values.tolist() == [["firm", 1, 20], ["likely", 1, 60]]
    assert savings.reconciled(rows, sums)[["expected", "found"]].values.tolist() == [[80, 80]]


def test_nothing_to_save_gives_empty_results_with_their_columns() -> None:
    rows = found()

    assert rows.empty and list(rows.columns) == savings.COLUMNS and savings.by_sureness(rows).empty and savings.reconciled(rows, savings.by_sureness(rows)).empty
