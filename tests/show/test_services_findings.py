import pandas as pd
import pytest

from planning.analysis import objectives
from planning.show import language
from planning.show.charts import services as charts
from planning.show.findings import services
from planning.show.tables import services as tables


@pytest.fixture(autouse=True)
def english_dollars():
    language.use("en", "USD")


def chosen(*parts: str, status: str = "candidate") -> pd.DataFrame:
    """One initiative a part; all are chosen but those called out."""
    return pd.DataFrame({"initiative": [f"I{n}" for n in range(len(parts))], "initiative_name": [f"Plan {n}" for n in range(len(parts))],
                         "part": [part.removesuffix(" out") for part in parts], "chosen": [not part.endswith("out") for part in parts],
                         "in_order": True, "value": 0.5, "cost": 10.0, "status": status, "must_do": False})


def used(**changes: object) -> pd.DataFrame:
    rows = pd.DataFrame({"ceiling": ["money", "hours"], "ceiling_name": ["money", "hours"], "limit": [5000.0, 900.0], "used": [4000.0, 899.0], "left": [1000.0, 1.0], "gain": [0.0, 0.2], "lifted": [0.1, 0.4],
                         "binds": [True, True], "comes_in": ["", "Tutors; Signs, pages"], "drops_out": ["", ""]})
    return rows.assign(**changes)


def test_the_choice_names_both_ceilings_and_what_is_left():
    assert services.choice(chosen("free", "must do", "free out"), used()).text == (
        "Within $5,000 and 900 hours, the best choice takes 2 of 3 initiatives, 1 of which must be done or already runs, and leaves $1,000 and 1 hour.")


def test_the_choice_can_name_those_that_give_most_of_its_value():
    rows = chosen("free", "must do", "free", "free", "free out").assign(value=[0.1, 0.4, 0.3, 0.2, 0.9])

    assert services.choice(rows, used(), named=True).text.endswith(" 90% of its value comes from “Plan 1”, “Plan 2” and “Plan 3”.")
    assert "of its value" not in services.choice(rows.head(1), used(), named=True).text


@pytest.mark.parametrize("goals, initiatives, text", [
    (0, 0, "The plan has no goals in force and no initiatives yet, so there is nothing to choose from. It begins with goals.csv and initiatives.csv."),
    (1, 0, "The plan has no initiatives yet, so there is nothing to choose from. List in initiatives.csv what could be done for the goals."),
    (0, 1, "The plan has no goals in force, so it cannot be said what its initiatives are worth. Leadership sets the goals in goals.csv."),
])
def test_a_plan_without_goals_or_initiatives_is_told_what_is_missing(goals, initiatives, text):
    one = pd.DataFrame({"id": ["X1"]})

    assert (services.nothing(one.head(goals), one.head(initiatives)).text, services.nothing(one, one)) == (text, None)


def test_the_table_of_ceilings_says_what_is_left_in_money_and_in_hours():
    rows = tables.use(used(limit=[5000.0, None])).rows

    assert rows[["name", "amount"]].values.tolist() == [["Money", "$1,000 of $5,000"], ["Staff hours", "no ceiling"]]
    assert tables.use(used()).rows["amount"].tolist() == ["$1,000 of $5,000", "1 of 900 h"]


def test_the_choice_speaks_of_one_ceiling_when_only_one_is_given():
    assert services.choice(chosen("free"), used(limit=[5000.0, None])).text == "Within $5,000, the best choice takes 1 of 1 initiative, and leaves $1,000."


def test_a_choice_of_nothing_is_bad_news():
    found = services.choice(chosen("free out"), used())

    assert (found.tone, found.text) == ("bad", "No initiative fits into the money and hours there are.")


def test_the_ceiling_that_holds_back_most_comes_first_and_names_keep_their_commas():
    assert services.binding(used()).text == (
        "The choice is held back most by staff time, and also by money. A tenth more of staff time would bring in “Tutors” and “Signs, pages”.")


def test_a_role_that_holds_the_choice_back_is_named():
    rows = used(ceiling=["money", "hours of R1"], ceiling_name=["money", "Clerk"], binds=[False, True], gain=[0.0, 0.0])

    assert services.binding(rows).text == "The choice is held back by the hours of “Clerk” alone. A tenth more of it would change nothing yet."
    assert services.choice(chosen("free"), rows).text == "Within $5,000, the best choice takes 1 of 1 initiative, and leaves $1,000."


def test_a_role_over_its_hours_is_named_with_the_rows_and_by_how_much():
    problems = pd.DataFrame({"kind": ["over the ceiling"], "ceiling": ["hours of R1"], "ceiling_name": ["Clerk"], "limit": [12.0], "excess": [3.0], "names": ["Doors"]})

    assert [found.text for found in services.conflicts(problems)] == [
        "No choice is possible: what must be done or already runs needs 3 hours more of “Clerk” than the 12 that the role has. Give the role more hours, or look again at “Doors”."]


def test_ceilings_that_hold_nothing_back_are_good_news():
    assert services.binding(used(binds=False)).tone == "good"


def test_must_dos_over_the_ceiling_say_by_how_much():
    problems = pd.DataFrame({"kind": ["over the ceiling"], "ceiling": ["hours"], "limit": [800.0], "excess": [1.0], "names": ["Doors; Signs, pages"]})

    assert [found.text for found in services.conflicts(problems)] == [
        "No choice is possible: what must be done or already runs needs 1 hour more than the ceiling of 800 hours. "
        "Raise the ceiling, or look again at “Doors” and “Signs, pages”."]


def test_missing_ceilings_are_not_known_and_changed_ones_are_said():
    ceilings = pd.DataFrame({"ceiling": ["money", "hours"], "limit": [None, 1600.0], "plan": [None, 4000.0]})

    assert [(found.tone, found.text) for found in services.limits(ceilings, chosen("free"))] == [
        ("unknown", "The plan names no ceiling of money (money_ceiling in plan.toml), so money limits nothing here."),
        ("plain", "This page was asked to use 1,600 hours instead of the plan's own 4,000 hours.")]
    assert services.limits(ceilings, chosen("free").head(0)) == []
    aside = pd.DataFrame({"ceiling": ["money"], "limit": [85.0], "plan": [175.0], "set_aside": [5.0]})
    assert services.limits(aside, chosen("free"))[0].text == "This page was asked to use $90.00 instead of the plan's own $180."
    assert "at most $5.00 instead" in services.limits(aside.assign(limit=0.0), chosen("free"))[0].text


@pytest.mark.parametrize("contributions, initiatives, tone, text", [
    ([0.0, 0.9], [0, 2], "bad", "The choice gives nothing to “Read”, a goal with 60% of the weight."),
    ([0.2, 0.0], [1, 0], "bad", "The choice gives nothing to “Work”, and little to “Read”; these 2 goals hold 100% of the weight."),
    ([0.9, 0.4], [2, 1], "good", "Every goal in force gets more than a little from the choice."),
])
def test_goals_that_the_choice_passes_by_are_named(contributions, initiatives, tone, text):
    rows = pd.DataFrame({"goal_name": ["Read", "Work"], "weight": [0.6, 0.4], "contribution": contributions, "initiatives": initiatives})
    found = services.untouched(rows)

    assert (found.tone, found.text) == (tone, text)


def test_an_unknown_cost_is_worse_for_a_must_do():
    rows = chosen("cost or hours not known")

    assert services.unknown(rows).text == "“Plan 0” cannot be chosen, because its cost or hours are not known."
    assert (services.unknown(rows.assign(must_do=True)).tone, services.unknown(chosen("free"))) == ("bad", None)


def test_value_for_money_is_told_against_the_best_choice():
    rows = chosen("free", "free").assign(in_order=[True, False])

    assert services.order(rows).text == "Taking initiatives in the order of value for money would reach 50% of the value of the best choice, and spend $10.00 less."
    assert services.order(chosen("free")).text == "Taking initiatives in the order of value for money gives the same value as the best choice."


def test_an_initiative_chosen_earlier_that_now_falls_out_is_said():
    assert services.changed(chosen("free out", status="chosen")).text == "“Plan 0” was chosen earlier; the best choice now leaves it out."
    assert services.changed(chosen("free", status="chosen")) is None


@pytest.mark.parametrize("unbroken, tone, text", [
    ([True], "good", "The one goal in force has an unbroken way from objective to KPI to initiative."),
    ([True, True], "good", "Each of the 2 goals in force has at least one unbroken way from objective to KPI to initiative."),
    ([True, False], "bad", "“B”, with 50% of the weight, is not carried down to an initiative; the other goal is."),
    ([False, False], "bad", "None of the 2 goals in force is carried down to an initiative."),
])
def test_the_ladder_is_told_for_one_goal_and_for_many(unbroken, tone, text):
    rows = pd.DataFrame({"goal_name": ["A", "B"][: len(unbroken)], "weight": 0.5, "unbroken": unbroken})
    found = services.ladder(rows)

    assert (found.tone, found.text) == (tone, text)


def test_loose_ends_are_told_for_one_and_for_many():
    ends = pd.DataFrame({"kind": ["objectives without a KPI", "KPIs without an initiative", "KPIs without an initiative"], "id": ["O1", "K1", "K2"], "name": ["Raise", "Loans", "Visits"]})
    paths = pd.DataFrame({"objective": ["O1", "O2"], "initiative": ["I1", None]})

    assert [found.text for found in services.loose_ends(ends, paths)] == [
        "1 objective has no KPI, so nobody can tell whether it is met: “Raise”.", "2 KPIs are moved by no initiative: “Loans” and “Visits”."]
    assert [found.tone for found in services.loose_ends(ends.head(0), paths)] == ["good"]
    assert services.loose_ends(ends.head(0), paths.head(0)) == []


def test_a_plan_without_any_objective_or_initiative_is_not_told_kpi_by_kpi_that_each_lacks_one():
    ends = pd.DataFrame({"kind": ["KPIs without an objective", "KPIs without an initiative"], "id": ["K1", "K1"], "name": ["Loans", "Loans"]})

    assert services.loose_ends(ends, pd.DataFrame({"objective": [None], "initiative": [None]})) == []


def test_the_weakest_objective_is_named():
    rows = pd.DataFrame({"statement": ["Improve", "Raise"], "strength": [0.2, 1.0], "band": ["weak", "strong"], "passed": [1, 8], "checked": [7, 8]})

    assert services.strength(rows).text == "1 of 2 objectives is well put; the weakest, “Improve”, passes 1 of 7 checks."
    assert (services.strength(rows).tone, services.strength(rows.tail(1)).text) == ("bad", "The one objective is well put.")


def test_the_check_that_is_missed_most_is_one_of_the_objectives_own():
    checked = pd.DataFrame({"objective": ["O1", "O2", "O1", None], "check": ["owner", "owner", "date", "all four sides"], "result": ["fail", "pass", "pass", "fail"]})

    assert services.most_missed(checked).text == "The check that is missed most often is “owner”: 1 of 2 objectives do not pass it in full."
    assert services.most_missed(checked.tail(1)) is None


def test_less_money_is_told_only_when_it_gives_nine_tenths():
    steps = pd.DataFrame({"money": [100.0, 200.0, 400.0], "value": [0.5, 0.95, 1.0], "here": [False, False, True]})

    assert services.frontier(steps).text == "95% of the value of the choice could be had for $200 instead of $400."
    assert services.frontier(steps.drop(1)).text == "Nine tenths of the value of the choice need all of its money."


CHECKED = pd.DataFrame({"objective": ["O2", "O2", "O1", "O1", None], "statement": ["Raise", "Raise", "Cut", "Cut", None], "goal_name": "Read",
                        "check": ["owner", "date", "owner", "date", "all four sides"], "result": ["pass", "fail", "warn", "pass", "warn"],
                        "mend": ["", "Set a day", "Name a role", "", "Add a KPI"]})


def test_the_mends_name_the_plan_as_a_whole_and_leave_out_what_was_passed():
    rows = tables.mends(objectives.missed(CHECKED)).rows

    assert rows[["statement", "check", "mend"]].values.tolist() == [["Raise", "date", "Set a day"], ["Cut", "owner", "Name a role"], ["The plan as a whole", "all four sides", "Add a KPI"]]


def test_the_grid_of_checks_keeps_the_order_of_objectives_and_leaves_the_plan_as_a_whole_out():
    found = charts.checks(CHECKED)

    assert found.table.rows[["statement", "owner", "date"]].values.tolist() == [["Raise", "pass", "fail"], ["Cut", "warn", "pass"]]
    assert found.alt.startswith("A grid of 2 objectives by 2 checks: 2 passed, 1 warned, 1 failed. ")
