"""KPIs: progress, status, control charts, signals and what a process can meet."""

import datetime as dt

import pandas as pd
import pytest

from planning.analysis import kpis

DAY = dt.date(2026, 6, 30)
NO_EVENTS = pd.DataFrame({"event": pd.Series(dtype="str"), "date": pd.Series(dtype="datetime64[us]"), "name": pd.Series(dtype="str"),
                          "kpi": pd.Series(dtype="str"), "changes_process": pd.Series(dtype=bool)})


def indicator(kpi="K1", **changes):
    about = {"kpi": kpi, "name": f"KPI {kpi}", "unit": "visits", "direction": "up", "frequency": "monthly", "baseline": 10.0, "baseline_period": "2025-06",
             "target": 20.0, "due": pd.Timestamp("2027-06-30")}
    numbers = dict.fromkeys(["baseline", "target", "partial", "target_low", "target_high"], float)
    return pd.DataFrame([about | changes]).reindex(columns=kpis.ABOUT).astype(numbers)


def measured(pairs, kpi="K1"):
    rows = [(kpi, period, float(value), None) for period, value in pairs]
    return pd.DataFrame(rows, columns=["kpi", "period", "value", "note"]).astype({"kpi": "str", "period": "str"})


def months(values, start="2023-01", kpi="K1"):
    return measured([(str(pd.Period(start) + place), value) for place, value in enumerate(values)], kpi)


def event(date, kpi=None, name="New counters", changes=True):
    return pd.DataFrame({"event": ["E1"], "date": [pd.Timestamp(date)], "name": [name], "kpi": [kpi], "changes_process": [changes]})


def status_of(about, values, day=DAY):
    return kpis.progress(about, values, as_of=day).iloc[0]


@pytest.mark.parametrize(("value", "word"), [(14.6, "on target"), (14.4, "near"), (13.6, "near"), (13.4, "behind"), (9, "behind"), (25, "on target")])
def test_status_compares_the_share_done_with_the_straight_line(value, word):
    # Half of the time has passed, so the line asks for half of the way: 15.
    row = status_of(indicator(), measured([("2026-06", value)]))

    assert row["expected"] == pytest.approx(0.5)
    assert row["status"] == word


@pytest.mark.parametrize(("value", "period", "word"), [(20, "2026-06", "met"), (17, "2026-06", "partly met"), (16, "2026-06", "not met"), (20, "2026-01", "not measured")])
def test_a_target_is_met_in_full_or_in_part_and_a_stale_value_measures_nothing(value, period, word):
    assert status_of(indicator(partial=17.0), measured([(period, value)]))["met"] == word


def test_without_a_target_or_a_value_nothing_is_met_or_missed():
    rows = kpis.progress(pd.concat([indicator(target=None), indicator("K2"), indicator("K3", direction="band", target=None, target_low=4.0)]),
                         pd.concat([measured([("2026-06", 18)]), measured([("2026-06", 18)], "K3")]), as_of=DAY).set_index("kpi")

    assert rows["met"].to_dict() == {"K1": "no target", "K2": "not measured", "K3": "no target"}
    assert rows["achieved"].isna().all()


def test_after_due_the_line_asks_for_the_whole_way():
    row = status_of(indicator(due=pd.Timestamp("2026-03-31")), measured([("2026-06", 18)]))

    assert (row["expected"], row["share_done"], row["status"]) == (1.0, 0.8, "near")


def test_going_backwards_shows_in_raw_and_ahead_but_the_share_stops_at_zero():
    row = status_of(indicator(), measured([("2026-06", 8)]))

    assert (row["share_done"], row["raw"]) == (0.0, pytest.approx(-0.2))
    assert row["ahead"] == pytest.approx(-0.7)


def test_less_is_better_when_the_direction_is_down():
    row = status_of(indicator(direction="down", target=4.0), measured([("2026-06", 7)]))

    assert (row["share_done"], row["status"], row["achieved"]) == (0.5, "on target", False)


@pytest.mark.parametrize(("value", "achieved", "word"), [(50, True, "on target"), (64, False, "behind"), (40.5, False, "near")])
def test_a_band_is_held_or_not_and_has_no_line(value, achieved, word):
    about = indicator(direction="band", target=None, target_low=41.0, target_high=60.0, baseline=30.0)
    row = status_of(about, measured([("2026-06", value)]))

    assert pd.isna(row["expected"])
    assert (row["achieved"], row["status"]) == (achieved, word)


def test_a_band_that_was_held_and_is_left_is_behind():
    about = indicator(direction="band", target=None, target_low=41.0, target_high=60.0, baseline=50.0)

    assert status_of(about, measured([("2026-06", 62)]))["status"] == "behind"


@pytest.mark.parametrize(("frequency", "period", "stale"), [("monthly", "2026-05", False), ("monthly", "2026-04", True), ("quarterly", "2026-Q1", False),
                                                            ("quarterly", "2025-Q4", True), ("yearly", "2025", False), ("yearly", "2023", True)])
def test_a_figure_is_stale_one_and_a_half_periods_after_its_period_ended(frequency, period, stale):
    row = status_of(indicator(frequency=frequency, baseline_period="2020"), measured([(period, 20)]))

    assert (row["status"] == "stale") == stale


@pytest.mark.parametrize(("changes", "reason", "word"), [
    ({"baseline": None}, "no baseline", "no data"), ({"target": None}, "no target", "no target"),
    ({"target": 10.0}, "baseline and target are the same", "on target"), ({"target": 8.0}, "target on the wrong side of the baseline", "on target"),
    ({"baseline": 20.0}, "baseline and target are the same", "behind")])
def test_a_share_that_cannot_be_told_says_why(changes, reason, word):
    row = status_of(indicator(**changes), measured([("2026-06", 15)]))

    assert pd.isna(row["share_done"])
    assert (row["reason"], row["status"]) == (reason, word)


def test_a_kpi_without_values_has_no_data_and_statuses_add_up():
    both = pd.concat([indicator("K1"), indicator("K2")], ignore_index=True)
    progress = kpis.progress(both, measured([("2026-06", 20)]), as_of=DAY)
    check = kpis.reconciled(progress, both).iloc[0]

    assert progress[["kpi", "status", "reason"]].values.tolist() == [["K2", "no data", "no value yet"], ["K1", "on target", ""]]
    assert (check["expected"], check["found"]) == (2, 2)


def test_values_after_as_of_are_not_known_and_a_running_year_is_not_stale():
    row = status_of(indicator(), measured([("2026-06", 15), ("2026-08", 20)]))

    assert (row["period"], row["value"], row["days"]) == ("2026-06", 15.0, 0.0)


def test_a_season_is_taken_out_before_the_latest_month_is_compared_with_the_baseline():
    season = [50, 60, 80, 100, 120, 200, 180, 120, 90, 80, 70, 50]
    row = status_of(indicator(baseline=200.0, baseline_period="2023-06", target=400.0), months(season * 3 + season[:3]), dt.date(2026, 3, 31))

    assert row["value"] == 80
    assert row["comparable"] == pytest.approx(200)
    assert row["share_done"] == pytest.approx(0)


def test_no_kpis_or_no_values_give_empty_tables():
    nothing = indicator().iloc[:0]
    empty = measured([])
    progress = kpis.progress(nothing, empty, as_of=DAY)

    assert list(progress.columns) == kpis.PROGRESS and progress.empty
    assert list(kpis.chart(nothing, empty, NO_EVENTS, kpi="").columns) == kpis.CHART
    assert kpis.chart(indicator(), empty, NO_EVENTS, kpi="K1").empty
    assert list(kpis.signals(indicator(), empty, NO_EVENTS, as_of=DAY).columns) == kpis.SIGNALS
    assert list(kpis.assurance(indicator(), empty, NO_EVENTS).columns) == kpis.ASSURED
    assert kpis.most_telling(kpis.signals(nothing, empty, NO_EVENTS, as_of=DAY), progress) == ""
    assert kpis.reconciled(progress, nothing).empty


def test_gaps_stay_gaps_in_the_chart():
    rows = kpis.chart(indicator(), measured([("2026-01", 5), ("2026-03", 6)]), NO_EVENTS, kpi="K1")

    assert rows["period"].tolist() == ["2026-01", "2026-02", "2026-03"]
    assert rows["value"].isna().tolist() == [False, True, False]
    assert not rows["enough"].any()


def test_limits_are_mean_plus_and_minus_2_66_mean_moving_ranges():
    rows = kpis.chart(indicator(), months([10, 12, 11, 13, 12, 11, 12, 11]), NO_EVENTS, kpi="K1")

    assert rows["mean"].iloc[0] == 11.5
    assert (round(rows["low"].iloc[0], 2), round(rows["high"].iloc[0], 2)) == (8.08, 14.92)


@pytest.mark.parametrize(("date", "first"), [("2023-09-06", "2023-09"), ("2023-09-25", "2023-10")])
def test_limits_start_anew_in_the_month_of_an_event_or_in_the_next(date, first):
    rows = kpis.chart(indicator(), months([5, 6] * 10), event(date, kpi="K1"), kpi="K1")

    assert rows.loc[rows["segment"] == 2, "period"].iloc[0] == first


def test_an_event_of_another_kpi_or_one_that_changes_no_process_leaves_the_limits():
    values = months([5, 6] * 10)

    assert kpis.chart(indicator(), values, event("2023-09-06", kpi="K2"), kpi="K1")["segment"].max() == 1
    assert kpis.chart(indicator(), values, event("2023-09-06", changes=False), kpi="K1")["segment"].max() == 1


STEP = [10, 11] * 9 + [20, 21] * 4 + [20]


def test_a_step_without_an_event_is_an_unexplained_signal_with_its_first_month():
    found = kpis.signals(indicator(), months(STEP, start="2024-04"), NO_EVENTS, as_of=DAY).iloc[0]

    assert (found["moved"], found["since"], found["until"], found["good"], found["explained"]) == ("up", "2025-10", "2026-06", True, False)
    assert (found["before"], found["average"]) == (10.5, pytest.approx(20.444, abs=0.001))


def test_an_event_up_to_two_months_before_the_step_explains_it():
    values = months(STEP, start="2024-04")

    assert kpis.signals(indicator(), values, event("2025-08-10", changes=False), as_of=DAY).iloc[0]["event"] == "New counters"
    assert not kpis.signals(indicator(), values, event("2025-06-10", changes=False), as_of=DAY).iloc[0]["explained"]


def test_a_step_up_is_bad_when_less_is_better_and_neither_for_a_band():
    values = months(STEP, start="2024-04")
    band = indicator(direction="band", target=None, target_low=5.0, target_high=30.0)

    assert kpis.signals(indicator(direction="down"), values, NO_EVENTS, as_of=DAY).iloc[0]["good"] == False  # noqa: E712
    assert pd.isna(kpis.signals(band, values, NO_EVENTS, as_of=DAY).iloc[0]["good"])


def test_an_old_signal_and_a_yearly_kpi_are_left_out():
    old = months([10, 11] * 9 + [20] + [10, 11] * 12, start="2022-12")
    yearly = measured([(str(year), value) for year, value in zip(range(2015, 2026), [5, 6] * 5 + [50])])

    assert kpis.signals(indicator(), old, NO_EVENTS, as_of=DAY).empty
    assert kpis.signals(indicator(frequency="yearly", baseline_period="2015"), yearly, NO_EVENTS, as_of=DAY).empty
    assert not kpis.chart(indicator(frequency="yearly"), yearly, NO_EVENTS, kpi="K1")["enough"].any()


@pytest.mark.parametrize(("target", "verdict"), [(40.0, "cannot meet"), (11.0, "may or may not meet"), (5.0, "always meets")])
def test_a_steady_process_meets_its_target_always_by_chance_or_never(target, verdict):
    found = kpis.assurance(indicator(target=target), months([10, 12] * 8), NO_EVENTS)

    assert found["verdict"].tolist() == [verdict]


def test_a_band_inside_the_limits_is_met_by_chance_and_one_around_them_always():
    values = months([10, 12] * 8)

    assert kpis.assurance(indicator(direction="band", target=None, target_low=10.5, target_high=11.5), values, NO_EVENTS)["verdict"].tolist() == ["may or may not meet"]
    assert kpis.assurance(indicator(direction="band", target=None, target_low=0.0, target_high=50.0), values, NO_EVENTS)["verdict"].tolist() == ["always meets"]


def test_no_verdict_on_a_process_that_is_moving_or_has_no_target():
    assert kpis.assurance(indicator(target=90.0), months(STEP), NO_EVENTS)["verdict"].tolist() == ["moving"]
    assert kpis.assurance(indicator(target=None), months([10, 12] * 8), NO_EVENTS).empty


def test_the_page_looks_at_the_chosen_kpi_or_at_the_most_sudden_change():
    both = pd.concat([indicator("K1"), indicator("K2")], ignore_index=True)
    values = pd.concat([months([10, 12] * 12, start="2024-07"), months(STEP, start="2024-04", kpi="K2")], ignore_index=True)
    changes, progress = kpis.signals(both, values, NO_EVENTS, as_of=DAY), kpis.progress(both, values, as_of=DAY)

    assert kpis.most_telling(changes, progress) == "K2"
    assert kpis.most_telling(changes, progress, chosen="K1") == "K1"
    with pytest.raises(ValueError, match="found K9. There are K"):
        kpis.most_telling(changes, progress, chosen="K9")


def test_a_baseline_from_before_a_change_of_the_process_is_named():
    progress = kpis.progress(indicator(), measured([("2026-06", 15)]), as_of=DAY)

    assert kpis.unlike(progress, event("2026-01-06", kpi="K1"))["event"].tolist() == ["New counters"]
    assert kpis.unlike(progress, event("2026-01-06")).shape == (1, 4)
    assert kpis.unlike(progress, event("2025-01-06", kpi="K1")).empty
    assert kpis.unlike(progress, event("2026-01-06", kpi="K1", changes=False)).empty


@pytest.mark.parametrize("changes", [{"target": None}, {"direction": "band", "target": None, "target_low": 5.0}])
def test_a_measured_kpi_that_nobody_has_set_a_target_for_says_so_until_it_is_stale(changes):
    values = measured([("2026-06", 15)])

    assert status_of(indicator(**changes), values)["status"] == "no target"
    assert status_of(indicator(**changes), values, day=dt.date(2027, 6, 30))["status"] == "stale"
    assert status_of(indicator(**changes), values.head(0))["status"] == "no data"


def test_a_yearly_period_is_the_fiscal_year_that_ends_in_it():
    about = pd.DataFrame({"kpi": ["K1"], "name": ["Cards"], "direction": ["up"], "frequency": ["yearly"], "baseline": [10.0], "baseline_period": ["2024"],
                          "target": [20.0], "due": [pd.Timestamp("2028-06-30")]}).reindex(columns=kpis.ABOUT)
    values = pd.DataFrame({"kpi": ["K1", "K1"], "period": ["2025", "2026"], "value": [12.0, 15.0]})

    found = kpis.progress(about, values, as_of=dt.date(2026, 8, 31), fiscal_year_start=7).iloc[0]

    # from the end of June 2024 to the end of June 2028, half of the days have passed at the end of June 2026
    assert round(found["expected"], 3) == 0.5
    assert found["days"] == 62


def test_a_step_within_the_usual_moving_ranges_is_no_news_and_a_larger_one_is():
    # Steps of 2 each: the mean moving range is 2, and the largest usual step 3.268 times that.
    usual = kpis.steps(indicator(), months([10, 12] * 6), NO_EVENTS).iloc[0]
    large = kpis.steps(indicator(), months([10, 12] * 6 + [30]), NO_EVENTS).iloc[0]

    assert (usual["before"], usual["value"], usual["step"], usual["beyond"]) == (10, 12, 2, False)
    assert usual["most"] == pytest.approx(2 * 3.268, abs=0.002)
    # Eleven steps of 2 and one of 18: the mean is 40 / 12.
    assert (large["step"], large["beyond"]) == (18, True)
    assert large["most"] == pytest.approx(40 / 12 * 3.268, abs=0.004)


def test_no_step_is_told_over_a_gap_over_a_change_of_the_process_or_of_too_few_points():
    assert kpis.steps(indicator(), months([10, 12] * 3), NO_EVENTS).empty
    assert kpis.steps(indicator(), measured([(f"2025-{month:02}", 10 + month % 2) for month in range(1, 11)] + [("2025-12", 12)]), NO_EVENTS).empty
    assert kpis.steps(indicator(), months([10, 12] * 8), event("2024-04-02")).empty
    assert kpis.steps(indicator().head(0), months([]), NO_EVENTS).columns.tolist() == kpis.STEPS


@pytest.mark.filterwarnings("error")
def test_a_figure_that_never_moves_neither_signals_nor_warns():
    assert kpis.signals(indicator(), months([7.0] * 24), pd.DataFrame({"event": [], "date": pd.to_datetime([]), "name": [], "kpi": [], "changes_process": []}), as_of=DAY).empty
