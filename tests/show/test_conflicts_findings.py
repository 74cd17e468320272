import pandas as pd

from planning.show.findings import roadmap, services
from planning.show.records import Finding


def problem(kind, names, **more):
    return {"kind": kind, "ceiling": "", "ceiling_name": "", "limit": None, "excess": None, "names": names, "lacks": "", "state": ""} | more


def told(*rows):
    return [found.text for found in services.conflicts(pd.DataFrame(list(rows)))]


def test_a_must_do_without_what_it_needs_names_both_and_what_would_help():
    assert told(problem("needs what cannot be had", "Doors", lacks="Ramp", state="rejected")) == [
        "No choice is possible: “Doors” must be done and needs “Ramp”, which was rejected. Take it up again, or drop the need."]
    assert told(problem("needs what cannot be had", "Doors", lacks="Ramp", state="cost or hours not known"))[0].endswith(
        "“Ramp”, whose cost or hours are not known. Estimate them, or drop the need.")
    assert told(problem("needs what cannot be had", "Doors", lacks="Ramp", state="excluded by one that is done"))[0].endswith(
        "“Ramp”, which one that is done excludes. Drop the need, or the exclusion.")


def test_more_than_two_short_roles_are_told_in_one_sentence_with_every_excess():
    rows = [problem("over the ceiling", "Doors; Signs", ceiling=f"hours of R{n}", ceiling_name=name, limit=10.0 * n, excess=float(n)) for n, name in enumerate(("Clerk", "Driver", "Cook"), 1)]

    assert told(*rows) == [
        "No choice is possible: what must be done or already runs needs more hours than 3 roles have: “Cook” 3 more than 30, “Driver” 2 more than 20 and “Clerk” 1 more than 10. "
        "Give these roles more hours, or look again at “Doors” and “Signs”."]
    assert len(told(*rows[:2])) == 2


def test_nothing_to_choose_says_why_and_what_would_help():
    assert told(problem("nothing to choose", "")) == ["There is nothing to choose from: every initiative is done or was rejected. Add to initiatives.csv what could come next."]
    assert told(problem("nothing to choose", "Doors")) == [
        "Nothing can be chosen: the cost or hours of “Doors”, the only initiative that is open, are not known. Estimate them in initiatives.csv."]
    assert told(problem("nothing to choose", "Doors; Signs"))[0].startswith("Nothing can be chosen: none of the 2 initiatives that are open, such as “Doors” and “Signs”, has both a cost and hours.")


def test_one_ceiling_broken_in_several_years_is_told_once_with_the_worst_year():
    rows = pd.DataFrame([problem("over the ceiling", "Doors", ceiling="hours", ceiling_name="hours", limit=limit, excess=excess, year=year, fiscal_year=2026 + year)
                         for year, limit, excess in ((2, 10.0, 1.0), (3, 8.0, 3.0))])

    assert [found.text for found in roadmap.conflicts(rows)] == [
        "No spread over the years is possible: in 2028 and 2029, what must be done or already runs needs more than there is, most in 2029: 3 hours more than the ceiling of 8 hours. "
        "Raise these ceilings, or look again at “Doors”."]


def test_without_any_contribution_the_choice_says_that_it_holds_only_what_must_be_done():
    chosen = pd.DataFrame({"part": ["must do", "free"], "chosen": [True, False], "value": [0.0, 0.0]})
    used = pd.DataFrame({"ceiling": ["money"], "limit": [5000.0], "left": [1000.0]})

    assert services.choice(chosen, used) == Finding(
        "No initiative that is open contributes to a goal in force (initiative_goals.csv), so the choice holds only what must be done or already runs.", "unknown", "counted", services.CHOICE)


def test_limits_of_single_roles_alone_leave_nothing_half_said():
    chosen = pd.DataFrame({"part": ["free"], "chosen": [True], "value": [0.3]})
    used = pd.DataFrame({"ceiling": ["money", "hours", "hours of R1"], "limit": [None, None, 10.0], "left": [None, None, 1.0]})

    assert services.choice(chosen, used).text == "Within the hours of single roles, the best choice takes 1 of 1 initiative."


def test_roles_with_0_hours_are_named_with_the_number_of_initiatives_that_they_shut_out():
    ceilings = pd.DataFrame({"ceiling": ["money", "hours of R1", "hours of R2"], "ceiling_name": ["money", "Clerk", "Driver"], "limit": [9.0, 0.0, 0.0], "plan": [9.0, 0.0, 0.0]})
    valued = pd.DataFrame({"part": ["free", "free", "rejected"], "hours of R1": [3.0, 0.0, 1.0], "hours of R2": [0.0, 0.0, 5.0]})

    assert [found.text for found in services.limits(ceilings, valued)] == [
        "“Clerk” has 0 hours for initiatives (free_hours in roles.csv), so 1 initiative that asks for them cannot be chosen. Leave the cell empty where nobody has set a limit."]
    assert services.limits(ceilings, valued.head(0)) == []
