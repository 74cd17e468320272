"""Forecasts: the chance of meeting a target, why there is none, and what KPIs did around recorded events."""

import datetime as dt

import numpy as np
import pandas as pd
import pytest

from planning.analysis import forecasts, kpis

DAY = dt.date(2026, 6, 30)
NO_EVENTS = pd.DataFrame({"event": pd.Series(dtype="str"), "date": pd.Series(dtype="datetime64[us]"), "name": pd.Series(dtype="str"), "kpi": pd.Series(dtype="str"),
                          "changes_process": pd.Series(dtype=bool)})
NO_USE = pd.DataFrame({"service": pd.Series(dtype="str"), "month": pd.Series(dtype="datetime64[us]"), "uses": pd.Series(dtype=float)})


def indicator(kpi="K1", **changes):
    about = {"kpi": kpi, "name": f"KPI {kpi}", "service": "S1", "level": "output", "unit": "visits", "direction": "up", "frequency": "monthly", "baseline": 10.0,
             "baseline_period": "2025-06", "target": 40.0, "due": pd.Timestamp("2027-06-30")}
    numbers = dict.fromkeys(["baseline", "target", "partial", "target_low", "target_high"], float)
    return pd.DataFrame([about | changes]).reindex(columns=kpis.ABOUT).astype(numbers)


def months(values, end="2026-06", kpi="K1"):
    last = pd.Period(end)
    rows = [(kpi, str(last - len(values) + 1 + place), value, None) for place, value in enumerate(values) if value is not None]
    return pd.DataFrame(rows, columns=["kpi", "period", "value", "note"]).astype({"kpi": "str", "period": "str", "value": float})


def event(date, kpi="K1", changes=False, name="Longer hours", number=1):
    return pd.DataFrame({"event": [f"E{number}"], "date": [pd.Timestamp(date)], "name": [name], "kpi": [kpi], "changes_process": [changes]})


def told(about, values, events=NO_EVENTS, day=DAY, **options):
    return forecasts.outlook(kpis.progress(about, values, as_of=day), values, events, as_of=day, **options).iloc[0]


def test_a_steady_rise_goes_on_to_the_due_period():
    row = told(indicator(), months(range(9, 29)))

    # 28 in June 2026 and one more a month: 40 in June 2027.
    assert (row["by"], row["steps"], row["points"], row["method"]) == ("2027-06", 12, 20, "straight line")
    assert row["expected"] == pytest.approx(40)
    assert (row["chance"], row["word"], row["draws"], row["reason"]) == (1.0, "likely", 10_000, "")


def test_the_line_asks_for_its_part_of_the_way():
    # From 10 in June 2025 to 40 in June 2027: half of the time has passed.
    assert told(indicator(), months(range(9, 29)))["asked"] == pytest.approx(25, abs=0.05)


def test_on_target_today_and_unlikely_to_get_there_do_not_agree():
    level = told(indicator(target=20.0), months([15, 16, 14, 15, 16, 15, 14, 15, 16, 15, 15, 16]))
    rising = told(indicator(target=40.0), months(range(1, 21)))

    assert (level["status"], level["chance"] < 0.5, bool(level["agrees"])) == ("on target", True, False)
    assert (rising["status"], rising["chance"], bool(rising["agrees"])) == ("behind", 0.0, True)


@pytest.mark.parametrize(("about", "values", "reason"), [
    ({"due": pd.NaT}, range(10, 30), "no due day"),
    ({"target": 10.0}, range(10, 30), "baseline and target are the same"),
    ({"due": pd.Timestamp("2026-05-31")}, range(10, 30), "the due day has passed"),
    ({"due": pd.Timestamp("2026-06-30")}, range(10, 30), "its due period is measured"),
    ({}, [10, 11, 12], "fewer than eight values"),
    ({}, [], "no value yet"),
    ({"due": pd.Timestamp("2028-06-30")}, range(10, 20), "due further ahead than its values reach back")])
def test_each_lack_of_a_forecast_has_its_reason(about, values, reason):
    row = told(indicator(**about), months(list(values)))

    assert row["reason"] == reason
    assert np.isnan(row["chance"]) and pd.isna(row["agrees"])


def test_a_stale_kpi_is_not_forecast():
    assert told(indicator(), months(range(10, 30), end="2025-11"))["reason"] == "the latest value is too old"


def test_a_month_that_stands_twice_is_named_and_not_guessed_at():
    values = months(range(10, 30))
    twice = pd.concat([values, values.tail(1).assign(value=99.0)], ignore_index=True)
    progress = kpis.progress(indicator(), values, as_of=DAY)

    assert forecasts.outlook(progress, twice, NO_EVENTS, as_of=DAY)["reason"].item() == "a period stands twice"


def test_only_values_after_the_last_recorded_change_of_the_process_count():
    values = months([500, 510, 490, 505] * 5 + list(range(9, 29)))
    row = told(indicator(), values, event("2024-11-04", changes=True))

    assert (row["points"], row["expected"]) == (20, pytest.approx(40))
    assert told(indicator(), values, event("2026-02-01", changes=True))["reason"] == "fewer than eight values since its process changed"
    assert told(indicator(), values, event("2024-11-04", kpi="K2", changes=True))["points"] == 40


def test_a_gap_stays_a_gap():
    row = told(indicator(), months([*range(9, 19), None, None, *range(21, 29)]))

    assert row["points"] == 18
    assert row["expected"] == pytest.approx(40)


def test_a_count_and_a_share_keep_within_their_bounds():
    falling = told(indicator(direction="down", baseline=60.0, target=1.0), months([60, 55, 50, 44, 40, 35, 29, 25, 20, 14, 9, 4]))
    full = told(indicator(unit="% of seats"), months([40, 46, 52, 58, 63, 70, 75, 82, 88, 93, 97, 99]))

    assert falling["low"] == 0 and falling["expected"] >= 0
    assert full["high"] == 100


def test_a_seasonal_target_stands_on_the_footing_of_the_month_in_which_it_is_due():
    factors = np.tile([0.5] * 6 + [1.5] * 6, 5)
    values = months((100 * factors).tolist(), end="2025-12")
    row = told(indicator(baseline=50.0, baseline_period="2024-06", target=60.0, due=pd.Timestamp("2026-12-31")), values, day=dt.date(2025, 12, 31))

    # June has a third of December's factor: 60 in June is 180 in December.
    assert row["goal"] == pytest.approx(180, rel=0.05)
    assert row["expected"] == pytest.approx(150, rel=0.05)


def test_quarters_and_fiscal_years_reach_their_due_period():
    quarters = pd.DataFrame({"kpi": "K1", "period": [str(pd.Period("2026Q2") - place).replace("Q", "-Q") for place in range(9, -1, -1)], "value": np.arange(10.0), "note": None})
    years = pd.DataFrame({"kpi": "K1", "period": [str(year) for year in range(2016, 2026)], "value": np.arange(10.0), "note": None})
    by_quarter = told(indicator(frequency="quarterly", baseline_period="2025-Q2"), quarters)
    by_year = forecasts.outlook(kpis.progress(indicator(frequency="yearly", baseline_period="2024", due=pd.Timestamp("2027-06-30")), years, as_of=DAY, fiscal_year_start=7),
                                years, NO_EVENTS, as_of=DAY, fiscal_year_start=7).iloc[0]

    assert (by_quarter["by"], by_quarter["steps"]) == ("2027-Q2", 4)
    assert (by_year["by"], by_year["steps"], by_year["expected"]) == ("2027", 2, pytest.approx(11))


def test_the_course_runs_from_the_first_value_to_the_due_period():
    values = months([*[100.0] * 4, *range(9, 19), None, *range(20, 29)])
    progress = kpis.progress(indicator(), values, as_of=DAY)
    rows = forecasts.course(progress, values, event("2024-11-04", changes=True), kpi="K1", as_of=DAY)

    assert (rows["period"].iloc[0], rows["period"].iloc[-1], len(rows)) == ("2024-07", "2027-06", 36)
    assert rows["used"].tolist() == [False] * 4 + [True] * 20 + [False] * 12
    assert rows["measured"].isna().sum() == 1 + 12
    assert rows["expected"].iloc[-1] == pytest.approx(40)


def test_the_course_is_empty_without_a_kpi_or_a_forecast_and_refuses_an_unknown_one():
    values = months([1, 2, 3])
    progress = kpis.progress(indicator(), values, as_of=DAY)

    assert forecasts.course(progress, values, NO_EVENTS, kpi="", as_of=DAY).empty
    assert forecasts.course(progress, values, NO_EVENTS, kpi="K1", as_of=DAY).empty
    with pytest.raises(ValueError, match="found K9. There are K1"):
        forecasts.course(progress, values, NO_EVENTS, kpi="K9", as_of=DAY)


def test_the_page_looks_at_a_kpi_whose_status_and_chance_disagree_first():
    rows = pd.DataFrame({"kpi": ["K1", "K2", "K3"], "chance": [0.5, 0.1, None], "agrees": pd.array([True, False, None], dtype="boolean")})

    assert forecasts.most_telling(rows) == "K2"
    assert forecasts.most_telling(rows.assign(agrees=pd.array([True, True, None], dtype="boolean"))) == "K1"
    assert forecasts.most_telling(rows, chosen="K3") == "K3"
    assert forecasts.most_telling(rows.tail(1)) == ""


def test_no_kpi_gives_the_columns_and_no_row():
    empty = kpis.progress(indicator().head(0), months([]), as_of=DAY)

    assert forecasts.outlook(empty, months([]), NO_EVENTS, as_of=DAY).columns.tolist() == forecasts.OUTLOOK
    assert forecasts.around_events(indicator().head(0), months([]), NO_EVENTS, uses=NO_USE).columns.tolist() == forecasts.AROUND


def use(service, values, end="2026-06"):
    last = pd.Period(end)
    return pd.DataFrame({"service": service, "month": [(last - len(values) + 1 + place).to_timestamp() for place in range(len(values))], "uses": values})


def around(values, events, uses=NO_USE, **about):
    return forecasts.around_events(indicator(**about), months(values), events, uses=uses)


NOISE = [0, 1, -1, 0, 2, -1, 1, -2, 0, 1, -1, 0]


def test_a_jump_at_a_recorded_event_is_told_beside_services_that_did_not_move():
    values = [50 + step for step in NOISE] + [62 + step for step in NOISE]
    row = around(values, event("2025-07-01"), pd.concat([use("S2", [100.0] * 24), use("S1", [7.0] * 24)])).iloc[0]

    assert row["level"] == pytest.approx(12, abs=2)
    assert (row["before"], row["after"], row["jumped"], bool(row["clear"]), bool(row["good"])) == (12, 12, 1, True, True)
    # Its own service does not stand beside it; S2 stayed, so the KPI moved by about 62 / 50 - 1 more.
    assert (row["others"], row["against"]) == (1, pytest.approx(0.24, abs=0.01))


def test_less_is_better_turns_a_jump_up_into_bad_news():
    values = [50 + step for step in NOISE] + [62 + step for step in NOISE]
    row = around(values, event("2025-07-01"), use("S2", [100.0] * 24), direction="down").iloc[0]

    assert not row["good"]
    assert row["others"] == 0


def test_a_jump_that_others_contradict_is_torn_and_not_clear():
    values = [50 + step for step in NOISE] + [62 + step for step in NOISE]
    row = around(values, event("2025-07-01"), use("S2", [100.0] * 12 + [200.0] * 12)).iloc[0]

    assert (row["jumped"], bool(row["torn"]), bool(row["clear"]), pd.isna(row["good"])) == (1, True, False, True)


def test_the_series_is_cut_at_other_changes_of_the_process():
    values = [500] * 10 + [50 + step for step in NOISE] + [62 + step for step in NOISE]
    cut = around(values, pd.concat([event("2024-07-01", changes=True, number=2), event("2025-07-01")]))
    row = cut[cut["event"] == "E1"].iloc[0]

    assert (row["before"], row["after"]) == (12, 12)
    assert cut["counted_anew"].tolist() == [False, True]


def test_an_event_with_seven_values_after_it_or_without_a_kpi_is_left_out():
    values = [50 + step for step in NOISE] + [62] * 7

    assert around(values, event("2025-12-01")).empty
    assert around([50.0] * 24, event("2025-07-01", kpi=None)).empty


def test_events_within_three_months_are_named_beside_it():
    near = pd.concat([event("2025-07-01"), event("2025-09-01", kpi=None, name="Goals revised", number=2), event("2026-06-01", kpi=None, name="Too late", number=3)])

    assert around([50.0 + step for step in NOISE * 2], near)["also"].item() == "Goals revised"


@pytest.mark.parametrize("about", [{"target": None}, {"direction": "band", "target_low": 5.0}])
def test_a_kpi_without_a_target_has_nothing_to_be_met(about):
    values = months(list(range(10, 30)))
    progress = kpis.progress(indicator(**about), values, as_of=DAY)

    assert forecasts.outlook(progress, values, NO_EVENTS, as_of=DAY).empty
    assert forecasts.course(progress, values, NO_EVENTS, kpi=progress["kpi"].iloc[0], as_of=DAY).empty


def test_a_baseline_of_a_quarter_beside_monthly_values_moves_no_target():
    season = [10, 12, 14, 20, 24, 30, 34, 30, 24, 18, 14, 10] * 3
    row = told(indicator(baseline_period="2025-Q2", target=25.0), months(season))

    assert row["reason"] == "" and row["chance"] >= 0
