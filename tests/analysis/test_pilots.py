"""A pilot is judged by what was written down before it began, and tried only when that is worth its price."""

import datetime as dt

import pandas as pd
import pytest

from planning.analysis import pilots

TODAY = dt.date(2026, 6, 30)
INITIATIVES = pd.DataFrame({"initiative": ["I1"], "name": ["Evening desk"], "cost": [190.0]})
DECISIONS = pd.DataFrame({"decision": ["D1"], "what": ["Open late"]})


def pilot(**facts: object) -> pd.DataFrame:
    row = {"pilot": "P1", "name": "Tuesdays", "initiative": "I1", "start": pd.Timestamp("2026-02-01"), "end": pd.Timestamp("2026-04-30"), "cost": 30.0, "full_cost": None,
           "worth": 800.0, "chance": 0.25, "hit": 0.6, "false_pass": 0.2, "status": "ended", "verdict": None, "decision": None}
    return pd.DataFrame([row | facts])


def criteria(*rows: tuple) -> pd.DataFrame:
    """Criterion, must, set, result; the mark is at least 10."""
    found = pd.DataFrame(rows, columns=["criterion", "weight", "set", "result"]).assign(pilot="P1", side="at least", mark=10.0, unit="people")
    return found.assign(set=pd.to_datetime(found["set"]), result=found["result"].astype(float))


def judged(about: pd.DataFrame, wanted: pd.DataFrame) -> pd.Series:
    return pilots.verdicts(about, pilots.marks(about, wanted), initiatives=INITIATIVES, decisions=DECISIONS, as_of=TODAY).iloc[0]


BEFORE = "2026-01-15"


@pytest.mark.parametrize(("rows", "result"), [
    ([("A", True, BEFORE, 10), ("B", False, BEFORE, 2)], "passed"),
    ([("A", True, BEFORE, 9), ("B", False, BEFORE, 20)], "failed"),
    ([("A", True, BEFORE, 9), ("B", True, BEFORE, None)], "failed"),
    ([("A", True, BEFORE, 12), ("B", False, BEFORE, None)], "not all measured"),
    ([("A", False, BEFORE, 12), ("B", False, BEFORE, 2)], "passed"),
    ([("A", False, BEFORE, 1), ("B", False, BEFORE, 2)], "failed"),
    ([], "no criteria"),
])
def test_the_result_is_read_from_the_criteria_alone(rows, result):
    assert judged(pilot(), criteria(*rows))["result"] == result


def test_at_most_is_met_at_the_mark_and_missed_above_it():
    wanted = criteria(("A", True, BEFORE, 10), ("B", True, BEFORE, 11)).assign(side="at most")
    assert pilots.marks(pilot(), wanted)["met"].tolist() == [True, False]


def test_results_of_a_pilot_that_still_runs_decide_nothing():
    assert judged(pilot(status="running", end=pd.Timestamp("2026-09-30")), criteria(("A", True, BEFORE, 2)))["result"] == "running"


def test_going_on_after_a_must_was_missed_is_said_with_its_name():
    found = judged(pilot(verdict="go on"), criteria(("Families", True, BEFORE, 4)))
    assert (found["against"], found["missed_must"]) == ("went on though it failed", "Families")


def test_stopping_what_failed_is_not_against_the_criteria_and_stopping_what_passed_is():
    assert judged(pilot(verdict="stop"), criteria(("A", True, BEFORE, 4)))["against"] == ""
    assert judged(pilot(verdict="stop"), criteria(("A", True, BEFORE, 14)))["against"] == "stopped though it passed"


def test_criteria_set_on_the_first_day_are_in_time_and_a_day_later_are_not():
    found = judged(pilot(), criteria(("A", True, "2026-02-01", 12), ("B", True, "2026-02-02", 12), ("C", True, None, 12)))
    assert (found["late"], found["undated"], found["result"]) == (1, 1, "passed")


def test_days_past_the_end_count_only_without_a_verdict():
    assert judged(pilot(status="running"), criteria(("A", True, BEFORE, 12)))["days_over"] == 61
    assert pd.isna(judged(pilot(verdict="go on"), criteria(("A", True, BEFORE, 12)))["days_over"])


def test_the_cost_of_the_whole_is_that_of_the_initiative_where_the_pilot_names_none():
    found = pilots.waited(pilot(), INITIATIVES).iloc[0]
    assert found["full_cost"] == 190 and found["best"] == "try first" and round(found["gain"], 6) == 23


def test_the_range_of_the_gain_holds_both_the_figure_and_a_chance_where_the_pilot_does_not_pay():
    found = pilots.waited(pilot(), INITIATIVES).iloc[0]
    assert found["gain_low"] == -30 and found["gain_high"] > found["gain"] and not found["firm"]


def test_the_highest_gain_is_found_where_committing_at_once_just_pays_though_that_lies_between_round_figures():
    # Chance 0.35 to 0.65, worth 75 to 125; at 0.35 and 40 / 0.35 committing just pays: 40 x (0.9 - (0.35 x 0.9 + 0.65 x 0.1)) - 5 = 15.8.
    figures = {"chance": 0.5, "worth": 100.0, "full_cost": 40.0, "hit": 0.9, "false_pass": 0.1}
    cheap, dear = (pilots.waited(pilot(cost=price, **figures), INITIATIVES).iloc[0] for price in (5.0, 20.79))
    assert cheap["gain_high"] == pytest.approx(15.8)
    assert dear["gain"] < 0 < dear["gain_high"] and not dear["firm"]


def test_a_chance_above_the_band_says_commit_and_one_below_says_leave():
    rows = pd.concat([pilot(), pilot(pilot="P2", chance=0.9), pilot(pilot="P3", chance=0.05)], ignore_index=True)
    assert pilots.waited(rows, INITIATIVES).set_index("pilot")["best"].to_dict() == {"P1": "try first", "P2": "commit at once", "P3": "leave it"}


def test_what_is_lacking_is_named_and_nothing_is_guessed():
    found = pilots.waited(pilot(hit=None, initiative=None), INITIATIVES).iloc[0]
    assert found["lacks"] == "cost of the whole; how likely it passes when it works" and pd.isna(found["gain"]) and found["best"] == "not known"


def test_no_pilot_gives_no_row_and_all_columns():
    none = pilot().head(0)
    wanted = criteria().astype({"set": "datetime64[ns]", "result": float})
    assert pilots.verdicts(none, pilots.marks(none, wanted), initiatives=INITIATIVES, decisions=DECISIONS, as_of=TODAY).columns.tolist() == pilots.VERDICTS
    assert pilots.waited(none, INITIATIVES).columns.tolist() == pilots.WORTHS
