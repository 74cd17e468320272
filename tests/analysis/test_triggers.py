"""Trigger points: fired, near, quiet or not to be told, since when, and whether what was agreed was done."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

from planning.analysis import triggers

DAY = dt.date(2026, 6, 30)
COLUMNS = ["trigger", "name", "kpi", "side", "mark", "near", "window", "action", "owner", "agreed", "scenario", "initiative", "acted"]


def trigger(**cells: object) -> dict[str, object]:
    return {"trigger": "T1", "name": "Full", "kpi": "K1", "side": "above", "mark": 100.0, "near": 90.0, "window": 2, "action": "Move", "owner": "R1", "agreed": pd.Timestamp("2026-01-15"),
            "scenario": None, "initiative": None, "acted": pd.NaT} | cells


def found(values: dict[str, float], *rows: dict[str, object], status: str = "behind", **extra: object) -> pd.DataFrame:
    tables = {"triggers": pd.DataFrame(rows, columns=COLUMNS), "kpi_values": pd.DataFrame({"kpi": "K1", "period": list(values), "value": list(values.values())}),
              "roles": pd.DataFrame({"role": ["R1"], "name": ["Clerk"]}), "scenarios": pd.DataFrame({"scenario": ["SC1"], "name": ["Lean"]}),
              "initiatives": pd.DataFrame({"initiative": ["I1"], "name": ["Hall"], "status": ["candidate"]})}
    progress = pd.DataFrame({"kpi": ["K1"], "name": ["Attendance"], "unit": ["people"], "status": [status]})
    return triggers.states(tables, progress, as_of=DAY, **extra)


def test_a_trigger_fires_when_the_last_periods_of_its_window_are_all_at_the_mark_or_beyond() -> None:
    row = found({"2026-03": 90, "2026-04": 120, "2026-05": 100, "2026-06": 110}, trigger()).iloc[0]

    assert (row["state"], row["run"], row["since"], bool(row["due"])) == ("fired", 3, "2026-04", True)
    assert round(row["distance"], 3) == 0.1 and row["owner_name"] == "Clerk" and row["kpi_name"] == "Attendance"


@pytest.mark.parametrize(("values", "state"), [
    ({"2026-05": 99, "2026-06": 120}, "near"), ({"2026-05": 10, "2026-06": 90}, "near"), ({"2026-05": 10, "2026-06": 89.9}, "quiet"),
    ({"2026-04": 120, "2026-06": 120}, "cannot be told"), ({"2026-06": 120}, "cannot be told"), ({}, "cannot be told")])
def test_short_of_the_window_it_is_near_quiet_or_not_to_be_told(values: dict[str, float], state: str) -> None:
    assert found(values, trigger())["state"].tolist() == [state]


def test_a_gap_begins_the_row_anew_and_the_reason_says_so() -> None:
    row = found({"2026-03": 120, "2026-04": 120, "2026-06": 120}, trigger()).iloc[0]

    assert (row["run"], row["reason"], row["earlier"]) == (1, "too few periods", "2026-04")


def test_a_stale_kpi_cannot_be_told_but_one_that_had_fired_before_still_has() -> None:
    assert found({"2026-01": 50, "2026-02": 60}, trigger(), status="stale")[["state", "reason"]].values.tolist() == [["cannot be told", "stale"]]
    assert found({"2026-01": 120, "2026-02": 120}, trigger(), status="stale")["state"].tolist() == ["fired"]


def test_below_counts_the_other_way_round() -> None:
    rows = found({"2026-05": 40, "2026-06": 30}, trigger(side="below", mark=40.0, near=50.0), trigger(trigger="T2", side="below", mark=20.0, near=35.0), trigger(trigger="T3", side="below", mark=20.0, near=None))

    assert rows[["trigger", "state"]].values.tolist() == [["T1", "fired"], ["T2", "near"], ["T3", "quiet"]]
    assert rows["distance"].round(3).tolist() == [0.25, -0.5, -0.5]


def test_an_action_before_the_row_began_does_not_count_and_one_on_its_first_day_does() -> None:
    values = {"2026-04": 50, "2026-05": 120, "2026-06": 120}
    rows = found(values, trigger(acted=pd.Timestamp("2026-04-30")), trigger(trigger="T2", acted=pd.Timestamp("2026-05-01")))

    assert rows[["trigger", "due"]].values.tolist() == [["T1", True], ["T2", False]]


def test_a_mark_that_was_crossed_when_it_was_agreed_is_told() -> None:
    values = {"2025-11": 120, "2025-12": 130, "2026-05": 50, "2026-06": 50}

    assert found(values, trigger()).iloc[0][["crossed", "start_distance"]].tolist() == [True, 0.3]
    assert not found(values, trigger(agreed=pd.Timestamp("2025-10-31")))["crossed"].iloc[0]
    assert not found(values, trigger(agreed=pd.NaT))["crossed"].iloc[0]


def test_a_firing_that_went_back_is_remembered_only_when_it_came_after_the_agreement() -> None:
    values = {"2025-11": 120, "2025-12": 130, "2026-01": 50, "2026-02": 120, "2026-03": 120, "2026-04": 50, "2026-05": 50, "2026-06": 50}

    assert found(values, trigger(near=None))["earlier"].tolist() == ["2026-03"]
    assert found(values, trigger(near=None, agreed=pd.Timestamp("2026-04-15")))["earlier"].tolist() == [""]


def test_a_period_that_begins_after_the_day_is_not_looked_at() -> None:
    assert found({"2026-05": 50, "2026-06": 50, "2026-07": 500}, trigger())["period"].tolist() == ["2026-06"]


def test_a_mark_of_nought_has_no_distance() -> None:
    assert found({"2026-05": 1, "2026-06": 1}, trigger(mark=0.0, near=None))["distance"].isna().all()


def test_what_is_due_comes_first_then_fired_near_untold_and_quiet() -> None:
    values = {"2026-05": 120, "2026-06": 120}
    rows = found(values, trigger(trigger="T1", mark=500.0, near=None), trigger(trigger="T2", acted=pd.Timestamp("2026-06-01")), trigger(trigger="T3"), trigger(trigger="T4", mark=130.0, near=115.0),
                 trigger(trigger="T5", mark=500.0, near=None, window=3))

    assert rows["trigger"].tolist() == ["T3", "T2", "T4", "T5", "T1"]


def test_paths_say_what_is_done_now_soon_and_later() -> None:
    rows = found({"2026-05": 120, "2026-06": 120}, trigger(initiative="I1"), trigger(trigger="T2", acted=pd.Timestamp("2026-06-01")), trigger(trigger="T3", mark=130.0, near=115.0))
    paths = triggers.paths(rows, pd.DataFrame({"initiative": ["I1"], "status": ["candidate"]}))

    assert paths[["trigger", "when"]].values.tolist() == [["T1", "now"], ["T3", "soon"], ["T2", "done"]]
    assert paths.loc[0, ["initiative_name", "begun"]].tolist() == ["Hall", "candidate"]


def test_no_triggers_give_an_empty_frame_with_its_columns() -> None:
    empty = found({"2026-06": 1})

    assert empty.empty and empty.columns.tolist() == triggers.COLUMNS
    assert triggers.paths(empty, pd.DataFrame({"initiative": [], "status": []})).empty
