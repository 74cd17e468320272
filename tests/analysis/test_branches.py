"""Branch by branch: what is compared and what is only named, who leaves the course of the others, and sums that agree."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd
import pytest
from conftest import ROOT

from planning.analysis import branches
from planning.methods import panel

DATA = ROOT.parent / "shared" / "data" / "series"
real = pytest.mark.skipif(not DATA.is_dir(), reason="the real series are not beside the project")
DAY = dt.date(2026, 12, 31)
NAMES = pd.DataFrame({"branch": ["B1", "B2", "B3"], "name": ["East", "West", "Van"], "closed": pd.NaT})
EVENTS = pd.DataFrame({"event": ["E1"], "date": pd.to_datetime(["2026-03-02"]), "name": ["Fines end"], "kpi": [None]})
NOTHING = pd.DataFrame({"branch": pd.Series(dtype=str), "measure": pd.Series(dtype=str), "period": pd.Series(dtype=str), "value": pd.Series(dtype=float)})


def months(first: str, figures: dict[str, list[float | None]]) -> pd.DataFrame:
    rows = [[branch, "Loans", str(period), value] for branch, own in figures.items() for period, value in zip(pd.period_range(first, periods=len(own), freq="M"), own) if value is not None]
    return pd.DataFrame(rows, columns=["branch", "measure", "period", "value"])


def years(figures: dict[str, dict[int, float]]) -> pd.DataFrame:
    return pd.DataFrame([[branch, "Loans", str(year), float(value)] for branch, own in figures.items() for year, value in own.items()], columns=["branch", "measure", "period", "value"])


def course(values: pd.DataFrame, names: pd.DataFrame = NAMES, **options: object) -> pd.DataFrame:
    return branches.course(values, names, **{"measure": "Loans", "as_of": DAY} | options)


def test_the_measure_with_most_figures_is_taken_and_the_first_among_equals() -> None:
    values = pd.DataFrame({"measure": ["Visits", "Loans", "Visits", "Loans", "Cards"], "value": [1.0, 2, 3, 4, None]})

    assert branches.most_counted(values) == "Visits"
    assert branches.most_counted(values, chosen="Loans") == "Loans"
    assert branches.most_counted(NOTHING) == ""
    with pytest.raises(ValueError, match="found Lonas. There are Visits, Loans"):
        branches.most_counted(values, chosen="Lonas")


def test_a_zero_where_much_is_usual_is_a_closure_and_where_little_is_usual_a_zero() -> None:
    found = course(months("2026-01", {"B1": [500, 480, 0, 0, 20, 510, 490], "B2": [3, 0, 2, 4, 0, 3, 5]})).set_index("branch")["state"]

    assert found["B1"].tolist() == ["counted", "part", "closed", "closed", "closed", "part", "counted"]
    assert found["B2"].tolist() == ["counted"] * 7


def test_gaps_beginnings_and_ends_are_told_apart_and_a_year_beside_them_is_part_of_one() -> None:
    found = course(years({"B1": {2018: 50, 2019: 50, 2021: 50, 2022: 50}, "B2": {2020: 30, 2021: 40, 2022: 40}, "B3": {2018: 30, 2019: 30}}))
    states = found.groupby("branch")["state"].apply(list)

    assert states["B1"] == ["counted", "part", "gap", "part", "counted"]
    assert states["B2"] == ["not yet", "not yet", "part", "counted", "counted"]
    assert states["B3"] == ["counted", "part", "stopped", "stopped", "stopped"]


def test_periods_after_the_day_and_those_of_the_rarer_length_are_left_out() -> None:
    values = pd.concat([months("2026-01", {"B1": [10, 10, 10, 10]}), years({"B1": {2024: 100, 2025: 120}})])

    assert course(values, as_of=dt.date(2026, 3, 31))["period"].tolist() == ["2026-01", "2026-02", "2026-03"]
    assert course(years({"B1": {2025: 1, 2026: 1}}), as_of=dt.date(2026, 6, 30), fiscal_year_start=7)["period"].tolist() == ["2025", "2026"]
    assert course(years({"B1": {2025: 1, 2026: 1}}), as_of=dt.date(2026, 6, 30))["period"].tolist() == ["2025"]


def test_change_is_set_against_the_others_by_hand() -> None:
    found = branches.standing(course(years({"B1": {2025: 1000, 2026: 1100}, "B2": {2025: 500, 2026: 400}, "B3": {2025: 500, 2026: 500}}))).set_index("branch")

    assert found.index.tolist() == ["B1", "B3", "B2"]
    assert found.loc["B1", ["value", "share", "before"]].tolist() == [1100, 0.55, 1000]
    assert found["change"].round(6).to_dict() == {"B1": 0.1, "B3": 0.0, "B2": -0.2}
    assert found["others"].round(6).to_dict() == {"B1": -0.1, "B3": 0.0, "B2": round(1600 / 1500 - 1, 6)}
    assert found.loc["B1", "against"] == pytest.approx(1.1 / 0.9 - 1)
    assert found["compared"].all() and (found["outside"] == "").all() and found["band_low"].isna().all()


def test_a_branch_closed_in_part_of_a_year_is_named_and_not_compared_and_does_not_move_the_others() -> None:
    steady = [100.0] * 24
    found = branches.standing(course(months("2025-01", {"B1": steady, "B2": [200.0] * 24, "B3": [100.0] * 4 + [0, 0] + [100.0] * 18}))).set_index("branch")

    assert not found.loc["B3", "compared"] and found.loc["B3", "why"] == "open for part of the year before"
    assert found.loc["B3", ["change", "others", "against"]].isna().all()
    assert found.loc[["B1", "B2"], "others"].tolist() == [0.0, 0.0]
    assert found["value"].sum() == 12 * 400


@pytest.mark.parametrize(("own", "why"), [
    ([100.0] * 12 + [0.0] * 12, "closed all year"), ([None] * 12 + [100.0] * 12, "not counted the year before"), ([100.0] * 12 + [None] * 12, "no longer counted"),
    ([100.0] * 12 + [100.0] * 6 + [None] + [100.0] * 5, "not counted in every period"), ([0.0] * 12 + [100.0] * 12, "open for part of the year"), ([0.0] * 24, "nothing counted the year before"),
])
def test_why_a_branch_is_not_compared(own: list[float | None], why: str) -> None:
    found = branches.standing(course(months("2025-01", {"B1": [50.0] * 24, "B2": own}))).set_index("branch")

    assert found.loc["B2", "why"] == why
    assert not found.loc["B2", "compared"]


def test_a_small_base_is_marked_and_never_outside_the_usual_range() -> None:
    names = pd.DataFrame({"branch": [f"B{n}" for n in range(10)], "name": [f"Branch {n}" for n in range(10)]})
    steady = {f"B{n}": {2025: 1000, 2026: 1000 + 10 * n} for n in range(8)}
    found = branches.standing(course(years(steady | {"B8": {2025: 40, 2026: 120}, "B9": {2025: 1000, 2026: 2000}}), names)).set_index("branch")
    fences = panel.fences(np.log([1 + n / 100 for n in range(8)] + [2.0]))

    assert found.loc["B9", "outside"] == "above" and found.loc["B8", "outside"] == ""
    assert found.loc["B8", "small"] and found.loc["B8", "change"] == 2.0 and not found.loc["B9", "small"]
    assert found.loc["B0", "band_high"] == pytest.approx(np.exp(fences.high) - 1)


def test_what_is_back_again_is_measured_from_the_year_asked_for_or_from_2019() -> None:
    values = years({"B1": {2018: 80, 2019: 100, 2020: 20, 2021: 60, 2022: 90}, "B2": {2018: 50, 2020: 10, 2021: 20, 2022: 40},
                    "B3": {2018: 50, 2019: 45, 2020: 10, 2021: 20, 2022: 40}})
    found, asked = (branches.standing(course(values), since=since).set_index("branch") for since in (0, 2018))

    assert found["base_until"].tolist() == ["2019"] * 3 and found.loc["B1", "recovered"] == 0.9
    assert pd.isna(found.loc["B2", "recovered"]) and not found.loc["B2", "since_compared"]
    assert asked.loc["B1", "recovered"] == 90 / 80 and asked.loc["B3", "recovered"] == 40 / 50
    assert not asked.loc["B2", "since_compared"]
    assert branches.standing(course(values), since=1999)["recovered"].isna().all()


def test_the_trend_is_a_share_a_year_and_asks_for_eight_points() -> None:
    found = branches.standing(course(years({"B1": {2015 + n: 1000 * 0.9**n for n in range(9)}, "B2": {2017 + n: 100 for n in range(7)}}))).set_index("branch")

    assert found.loc["B1", ["trend", "trend_low", "trend_high"]].astype(float).round(6).tolist() == [-0.1, -0.1, -0.1]
    assert pd.isna(found.loc["B2", "trend"])


def noisy(size: float, months_: int, seed: int) -> np.ndarray:
    return np.round(size * np.exp(np.random.default_rng(seed).normal(0, 0.03, months_)))


def test_a_branch_that_leaves_the_course_is_found_with_its_month_and_the_season_and_a_shared_fall_are_not() -> None:
    shared = np.tile([1.3, 1, 0.8, 1, 1.2, 0.7, 0.9, 1, 1.1, 1, 0.9, 0.6], 4) * np.linspace(1, 0.6, 48)
    own = {f"B{n}": (noisy(500 + 100 * n, 48, n) * shared).round().tolist() for n in range(1, 12)}
    own["B2"] = [value * (0.7 if place >= 38 else 1) for place, value in enumerate(own["B2"])]
    names = pd.DataFrame({"branch": [*own], "name": [f"Branch {n}" for n in own]})
    rows = course(months("2023-01", own), names)

    found = branches.moves(branches.distances(rows), branches.standing(rows), EVENTS)

    assert found["lasting"].sum() == 1
    assert found.loc[0, ["branch", "moved", "since", "until", "periods"]].tolist() == ["B2", "down", "2026-03", "2026-12", 10]
    assert found.loc[0, "gap"] == pytest.approx(-0.3, abs=0.03)
    assert found.loc[0, "event"] == "Fines end"
    assert found.loc[0, "watched"] == 11
    # Chance of its own lets neighbouring months resemble one another by about a tenth here.
    assert found.loc[0, "by_chance"] == pytest.approx(11 * panel.false_alarms(48, 12, alike=0.1))


def test_an_event_of_one_kpi_is_not_set_beside_a_branch() -> None:
    values = months("2023-01", {"B1": noisy(500, 48, 1).tolist(), "B2": [value * (0.6 if place >= 38 else 1) for place, value in enumerate(noisy(900, 48, 2))], "B3": noisy(700, 48, 3).tolist()})
    rows = course(values)

    found = branches.moves(branches.distances(rows), branches.standing(rows), EVENTS.assign(kpi="K01"))

    assert found.loc[0, "branch"] == "B2" and found.loc[0, "event"] == ""


def test_closed_months_are_no_distance_and_a_reopened_branch_is_no_signal() -> None:
    own = noisy(500, 36, 5)
    own[20:25] = 0
    rows = course(months("2024-01", {"B1": own.tolist(), "B2": noisy(900, 36, 6).tolist(), "B3": noisy(700, 36, 7).tolist()}))

    lines = branches.distances(rows)
    gone = lines[(lines["branch"] == "B1") & lines["distance"].isna()]["period"].tolist()
    found = branches.moves(lines, branches.standing(rows), EVENTS)

    assert gone == [str(month) for month in pd.period_range("2025-08", "2026-02", freq="M")]
    assert not found["lasting"].any()


def test_closures_are_told_by_kind_and_those_of_most_branches_once() -> None:
    ended = NAMES.assign(closed=pd.to_datetime([None, None, "2026-09-30"]))
    values = months("2025-01", {"B1": [100.0] * 6 + [0] * 2 + [100.0] * 16, "B2": [100.0] * 6 + [0] * 2 + [100.0] * 4 + [None] * 2 + [100.0] * 6 + [0] * 4,
                                "B3": [100.0] * 3 + [0] + [100.0] * 17 + [None] * 3})

    found = branches.closures(course(values, ended), ended)
    told = found[["branch", "kind", "since", "until", "periods"]].astype(object).where(found[["branch", "kind", "since", "until", "periods"]].notna(), None).values.tolist()

    assert told == [["B3", "closed for good", "2026-10", "2026-12", 3], ["B2", "closed", "2026-09", "2026-12", 4], ["B2", "not counted", "2026-01", "2026-02", 2],
                    [None, "closed together", "2025-07", "2025-08", 2], ["B3", "closed and back", "2025-04", "2025-04", 1]]


def test_half_of_the_use_is_carried_by_so_many() -> None:
    rows = pd.DataFrame({"branch_name": ["A", "B", "C", "D", "E"], "value": [40.0, 30, 20, 10, 0], "share": [0.4, 0.3, 0.2, 0.1, 0.0]})

    assert branches.concentration(rows).values.tolist() == [[4, 2, "A", 0.4]]


def test_two_branches_mirror_one_another_and_one_alone_is_not_watched() -> None:
    two = course(months("2023-01", {"B1": noisy(500, 48, 1).tolist(), "B2": [value * (0.6 if place >= 38 else 1) for place, value in enumerate(noisy(900, 48, 2))]}))
    one = course(months("2023-01", {"B1": noisy(500, 48, 1).tolist()}))

    found = branches.moves(branches.distances(two), branches.standing(two), EVENTS)

    assert found["moved"].tolist() in (["up", "down"], ["down", "up"])
    assert branches.moves(branches.distances(one), branches.standing(one), EVENTS).empty


@pytest.mark.parametrize("values", [NOTHING, years({"B1": {2026: 0}}), years({"B1": {2026: 5}, "B2": {2026: 0}}), months("2026-11", {"B1": [4, 5], "B2": [3, 2]})])
def test_with_next_to_nothing_every_result_keeps_its_columns(values: pd.DataFrame) -> None:
    rows = course(values)
    place, lines = branches.standing(rows), branches.distances(rows)
    found = branches.moves(lines, place, EVENTS)

    assert [list(frame.columns) for frame in (rows, place, lines, found)] == [branches.COURSE, branches.STANDING, branches.DISTANCES, branches.MOVES]
    assert list(branches.closures(rows, NAMES).columns) == branches.CLOSURES
    assert list(branches.concentration(place).columns) == ["branches", "half", "largest", "largest_share"]
    assert not place["compared"].any() and found.empty


def test_branches_add_up_to_the_figures_of_the_year() -> None:
    values = years({"B1": {2025: 1000, 2026: 1100}, "B2": {2026: 5}})

    assert branches.reconciled(branches.standing(course(values)), values, measure="Loans").values.tolist() == [["Branches add up to the figures of the latest year", 1105.0, 1105.0]]
    assert branches.reconciled(branches.standing(course(NOTHING)), NOTHING, measure="Loans").empty


@pytest.mark.parametrize(("sample", "measure", "same_as"), [
    ("riverbend_public", "Loans", ["S01", "S13"]), ("northfield_university", "Print loans", ["S01"]), ("calder_research", "Documents delivered", ["S02"]), ("calder_research", "Visits", ["S11"]),
])
def test_the_branches_of_a_sample_add_up_to_its_services_month_by_month(sample: str, measure: str, same_as: list[str]) -> None:
    values, usage = (pd.read_csv(ROOT / "data" / sample / name) for name in ("branch_values.csv", "usage.csv"))
    own = values[values["measure"] == measure].groupby("period")["value"].sum()

    assert own.to_dict() == usage[usage["service"].isin(same_as)].groupby("period")["uses"].sum().to_dict()


def test_visits_of_riverbends_buildings_are_those_of_its_yearly_statistics() -> None:
    values, yearly = (pd.read_csv(ROOT / "data" / "riverbend_public" / name) for name in ("branch_values.csv", "statistics.csv"))
    own = values[(values["measure"] == "Visits") & (values["branch"] != "B04")]
    fiscal = own["period"].str[:4].astype(int) + (own["period"].str[5:].astype(int) >= 7)

    assert own.groupby(fiscal)["value"].sum().to_dict() == yearly[(yearly["measure"] == "visits") & (yearly["fiscal_year"] >= 2022)].set_index("fiscal_year")["value"].to_dict()


@real
def test_toronto_in_2022_beside_2019_as_pandas_adds_it_up() -> None:
    wide = pd.read_csv(DATA / "toronto" / "tpl-visits-annual-by-branch-2012-2022.csv").pivot(index="BranchCode", columns="Year", values="Visits")
    values = wide.stack().rename("value").reset_index().rename(columns={"BranchCode": "branch", "Year": "period"}).astype({"period": str}).assign(measure="Visits")

    found = branches.standing(branches.course(values, pd.DataFrame({"branch": wide.index, "name": wide.index}), measure="Visits", as_of=dt.date(2022, 12, 31))).set_index("branch")

    assert found["value"].sum() == wide[2022].sum()
    assert found.loc["TRL", "recovered"] == wide.loc["TRL", 2022] / wide.loc["TRL", 2019]
    like = found[found["since_compared"]]
    assert set(wide.index) - set(like.index) >= {"CH", "WY", "MP", "SW", "SI"}
    assert like["value"].sum() / like["base"].sum() == pytest.approx(wide.loc[like.index, 2022].sum() / wide.loc[like.index, 2019].sum())


def test_without_a_whole_year_no_sum_is_promised_and_no_year_can_be_looked_back_to() -> None:
    values = months("2026-03", {"B1": [30, 40, 50], "B2": [20, 20, 20]})

    assert branches.reconciled(branches.standing(course(values)), values, measure="Loans").empty
    assert branches.years(course(values)) == [] and branches.years(course(values.head(0))) == []
    assert branches.years(course(months("2023-01", {"B1": [5.0] * 40, "B2": [5.0] * 40}))) == [2024, 2025]
