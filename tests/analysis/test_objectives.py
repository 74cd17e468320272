import datetime as dt

import pandas as pd
import pytest

from planning.analysis import objectives

GOALS = pd.DataFrame({"goal": ["G1", "G2"], "name": ["Read", "Work"], "weight": [0.4, 0.6], "horizon": pd.to_datetime(["2028-06-30", None])})
OBJECTIVES = pd.DataFrame({
    "objective": ["O1", "O2", "O3"], "goal": ["G1", "G0", None],
    "statement": ["Raise loans from 10 to 20 by June 2027", "Improve things", "Reach 60 % of families"],
    "level": ["outcome", "activity", None], "owner": ["R1", None, "R2"], "due": pd.to_datetime(["2027-06-30", None, "2026-01-31"])})
KPIS = pd.DataFrame({"kpi": ["K1", "K2", "K3"], "name": ["Loans", "Returns", "Visits"], "objective": ["O1", "O1", None],
                     "baseline": [10.0, None, None], "target": [20.0, None, None], "target_low": None, "target_high": None, "timing": ["lagging", "leading", None],
                     "perspective": ["patrons", "process", "finance"]})
INITIATIVES = pd.DataFrame({"initiative": ["I1", "I2", "I3"], "name": ["Storytime", "Café", "Tutors"], "status": ["candidate", "rejected", "running"]})
MOVED = pd.DataFrame({"initiative": ["I1", "I2"], "kpi": ["K1", "K2"], "expected_change": [4.0, 1.0]})
DAY = dt.date(2026, 6, 30)


def tree() -> pd.DataFrame:
    return objectives.tree(GOALS, OBJECTIVES, KPIS, INITIATIVES, MOVED)


def results(statement: str = "Raise loans from 10 to 20", **changes: object) -> dict[str, str]:
    return answers(statement, **changes)["result"].to_dict()


def answers(statement: str = "Raise loans from 10 to 20", kpis: pd.DataFrame = KPIS, **changes: object) -> pd.DataFrame:
    one = pd.DataFrame([{"objective": "O1", "goal": "G1", "statement": statement, "level": "outcome", "owner": "R1", "due": pd.Timestamp("2027-06-30")} | changes])
    return objectives.checks(one, kpis, GOALS, as_of=DAY).set_index("check")


def test_the_tree_starts_with_the_heaviest_goal_and_keeps_what_hangs_loose():
    found = tree()[["goal_name", "objective", "kpi", "initiative"]].astype(object)

    assert found.where(found.notna(), None).values.tolist() == [
        ["Work", None, None, None],
        ["Read", "O1", "K1", "I1"],
        ["Read", "O1", "K2", None],
        [None, "O2", None, None],
        [None, "O3", None, None],
        [None, None, "K3", None],
        [None, None, None, "I3"],
    ]


def test_rejected_initiatives_do_not_carry_a_kpi():
    assert "Café" not in tree()["initiative_name"].tolist()


def test_every_kind_of_loose_end_is_named():
    assert objectives.loose_ends(tree())[["kind", "name"]].values.tolist() == [
        ["goals without an objective", "Work"],
        ["objectives without a goal in force", "Improve things"],
        ["objectives without a goal in force", "Reach 60 % of families"],
        ["objectives without a KPI", "Improve things"],
        ["objectives without a KPI", "Reach 60 % of families"],
        ["KPIs without an objective", "Visits"],
        ["KPIs without an initiative", "Returns"],
        ["KPIs without an initiative", "Visits"],
        ["initiatives without a KPI", "Tutors"],
    ]


def test_the_ladder_counts_an_initiative_once_and_sees_where_a_goal_breaks_off():
    moved = pd.concat([MOVED, pd.DataFrame({"initiative": ["I1"], "kpi": ["K2"], "expected_change": [1.0]})])
    found = objectives.ladder(objectives.tree(GOALS, OBJECTIVES, KPIS, INITIATIVES, moved))

    assert found[["goal_name", "objectives", "kpis", "initiatives", "unbroken"]].values.tolist() == [["Work", 0, 0, 0, False], ["Read", 1, 2, 1, True]]


def test_the_outline_puts_what_has_no_parent_last():
    found = objectives.outline(tree())

    assert found["place"].tolist() == ["1", "2", "2.1", "2.1.1", "2.1.2", "3", "3.1", "3.2", "3.3", "3.3.1"]
    assert found[["depth", "name", "below", "missing"]].values.tolist() == [
        [0, "Work", "", "no objective"],
        [0, "Read", "", ""],
        [1, "Raise loans from 10 to 20 by June 2027", "", ""],
        [2, "Loans", "Storytime", ""],
        [2, "Returns", "", "no initiative"],
        [0, "Without a goal in force", "", "no goal"],
        [1, "Improve things", "", "no KPI"],
        [1, "Reach 60 % of families", "", "no KPI"],
        [1, "Without an objective", "", "no objective"],
        [2, "Visits", "", "no initiative"],
    ]


def test_a_sound_objective_passes_all_eight_checks():
    assert {check: result for check, result in results().items() if check in objectives.CHECKS} == dict.fromkeys(objectives.CHECKS, "pass")


@pytest.mark.parametrize("changes, check, result", [
    ({"statement": "Improve loans from 10 to 20"}, "opens with a verb", "warn"),
    ({"statement": "Raise loans to 35 by 2027"}, "number from and to", "warn"),
    ({"statement": "Raise loans by June 2027"}, "number from and to", "fail"),
    ({"statement": "Raise loans from 10 to 21"}, "number from and to", "warn"),
    ({"statement": "Raise loans from 10 to 20.001"}, "number from and to", "pass"),
    ({"statement": "Raise loans from 10 to 21", "objective": "O9"}, "number from and to", "pass"),
    ({"statement": "Raise loans from 10 to 20 by June 2027"}, "date", "pass"),
    ({"statement": "Raise loans from 10 to 20 by 2027"}, "date", "pass"),
    ({"statement": "Raise loans from 10 in May 2025 to 20"}, "date", "pass"),
    ({"statement": "Raise loans from 10 in May 2025 to 20 by May 2027"}, "date", "warn"),
    ({"statement": "Raise loans from 10 to 20 by 2028"}, "date", "warn"),
    ({"due": pd.NaT}, "date", "fail"),
    ({"due": pd.Timestamp("2026-06-29")}, "date", "warn"),
    ({"due": pd.Timestamp("2026-06-30")}, "date", "pass"),
    ({"due": pd.Timestamp("2028-07-01")}, "date", "warn"),
    ({"owner": None}, "owner", "fail"),
    ({"level": "output"}, "outcome, not output", "warn"),
    ({"level": "input"}, "outcome, not output", "fail"),
    ({"level": None}, "outcome, not output", "not checked"),
    ({"objective": "O9"}, "2 to 5 KPIs", "fail"),
    ({"objective": "O9"}, "leading and lagging KPIs", "not checked"),
    ({"goal": "G0"}, "goal in force", "fail"),
    ({"goal": None}, "goal in force", "fail"),
])
def test_each_check_answers_to_its_own_fault(changes, check, result):
    assert results(**changes)[check] == result


def test_one_kpi_and_one_kind_of_timing_are_warnings():
    found = objectives.checks(OBJECTIVES.head(1), KPIS.head(1), GOALS, as_of=DAY).set_index("check")

    assert found.loc["2 to 5 KPIs", "result"] == "warn"
    assert found.loc["leading and lagging KPIs", ["result", "mend"]].tolist() == ["warn", "Add a KPI that moves early (leading)."]


def test_six_kpis_are_more_than_tell_well():
    many = pd.concat([KPIS.head(1)] * 6, ignore_index=True)

    assert objectives.checks(OBJECTIVES.head(1), many, GOALS, as_of=DAY).set_index("check").loc["2 to 5 KPIs", "result"] == "warn"


def test_what_rests_on_an_empty_table_is_not_checked():
    found = objectives.checks(OBJECTIVES.head(1), KPIS.head(0), GOALS.head(0), as_of=DAY).set_index("check")["result"]

    assert found[["2 to 5 KPIs", "leading and lagging KPIs", "goal in force"]].tolist() == ["not checked"] * 3


def test_strength_leaves_out_what_was_not_checked_and_one_failure_is_not_strong():
    checked = pd.DataFrame({"objective": ["O1"] * 5 + ["O2"] * 2, "statement": "Raise loans", "goal_name": "Read",
                            "result": ["pass", "pass", "pass", "fail", "not checked", "fail", "warn"], "mend": ["", "", "", "Name an owner", "", "Set a day", "Hint"]})

    assert objectives.strength(checked)[["objective", "strength", "checked", "band", "mend"]].values.tolist() == [
        ["O2", 0.25, 2, "weak", "Set a day"], ["O1", 0.75, 4, "fair", "Name an owner"]]


def test_figures_outside_the_kpis_and_another_day_are_mended_in_both_places():
    found = answers("Raise loans from 10 to 25 by May 2027")

    assert found.loc["number from and to", "mend"] == "Its numbers are not the start and target of any of its KPIs: put the same in both."
    assert found.loc["date", "mend"] == "The day in its words is not its due day: put the same in both."


def test_the_numbers_of_a_band_are_its_two_ends():
    band = KPIS.head(1).assign(target=None, target_low=40.0, target_high=60.0)

    assert answers("Keep the hours between 40 and 60", band).loc["number from and to", "result"] == "pass"
    assert answers("Keep the hours between 40 and 70", band).loc["number from and to", "result"] == "warn"


@pytest.mark.parametrize("sides, result, mend", [
    (["patrons", "process", "finance", "learning"], "pass", ""),
    (["patrons", "process", "finance", None], "warn", "Add a KPI that shows what staff learn."),
    (["patrons", "patrons", "finance", None], "fail", "Add KPIs for the sides of the library that none looks at."),
    ([None, None, None, None], "not checked", "Say of each KPI at which side of the library it looks."),
])
def test_the_balance_of_sides_is_checked_once_for_the_plan_as_a_whole(sides, result, mend):
    kpis = pd.concat([KPIS, KPIS.head(1)], ignore_index=True).assign(perspective=sides)
    found = objectives.checks(OBJECTIVES, kpis, GOALS, as_of=DAY)

    assert found.iloc[-1][["check", "result", "mend"]].tolist() == ["all four sides", result, mend]
    assert found["objective"].isna().sum() == 1
    assert "all four sides" not in objectives.checks(OBJECTIVES.head(0), kpis, GOALS, as_of=DAY)["check"].tolist()


def test_the_check_of_the_plan_as_a_whole_does_not_change_an_objectives_strength():
    checked = objectives.checks(OBJECTIVES.head(1), KPIS, GOALS, as_of=DAY)

    assert objectives.strength(checked)[["passed", "checked"]].values.tolist() == [[8, 8]]


def test_empty_tables_give_empty_results_with_their_columns():
    empty = [table.head(0) for table in (GOALS, OBJECTIVES, KPIS, INITIATIVES, MOVED)]
    paths = objectives.tree(*empty)

    assert [len(found) for found in (paths, objectives.loose_ends(paths), objectives.ladder(paths), objectives.outline(paths))] == [0, 0, 0, 0]
    assert list(objectives.strength(objectives.checks(empty[1], empty[2], empty[0], as_of=DAY)).columns)[-3:] == ["strength", "band", "mend"]


def test_kpis_of_objectives_that_the_plan_does_not_hold_hang_loose():
    paths = objectives.tree(GOALS.head(0), OBJECTIVES.head(0), KPIS, INITIATIVES.head(0), MOVED.head(0))

    assert objectives.outline(paths)[["place", "name"]].values.tolist() == [
        ["1", "Without a goal in force"], ["1.1", "Without an objective"], ["1.1.1", "Loans"], ["1.1.2", "Returns"], ["1.1.3", "Visits"]]
