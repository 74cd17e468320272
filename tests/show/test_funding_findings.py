"""Sentences, charts and tables of step 6 about who gets the money and who gives it."""

from __future__ import annotations

import pandas as pd
import pytest

from planning.show import charts, language, tables
from planning.show.findings import funders, funding


@pytest.fixture(autouse=True)
def english():
    language.use("en", "USD")


DIVIDED = pd.DataFrame({"unit": ["U1", "U2"], "unit_name": ["Law", "Art"], "amount": [600.0, 400.0], "last": [500.0, 500.0], "change": [100.0, -100.0], "moved": [0.2, -0.2], "formula": [700.0, 300.0],
                        "binds": ["cap", "floor"], "share": [0.6, 0.4], "least": [None, 400.0], "most": [600.0, None]})
GROUPS = pd.DataFrame({"group": ["everyone", "patrons", "staff", "partners"], "n": [30.0, 22.0, None, None], "hidden": [False, False, True, True], "stretched": [1.0, None, None, None], "nothing": [2.0, None, None, None]})
MET = pd.DataFrame({"rule": ["most points", "equal shares", "the plan's choice"], "group": "everyone", "n": 30.0, "something": [0.6, 0.9, 0.3], "met": [0.5, 0.45, 0.2], "initiatives": 2, "cost": 90.0, "hidden": False})
LOST = pd.DataFrame({"initiative_name": ["Tutors"], "n": [8], "by_shares": [True], "something": [1.0]})
LEVELS = pd.DataFrame({"level": [-0.1, -0.05, 0.0, 0.05], "money": [90.0, 95.0, 100.0, 105.0], "hours": 10.0, "possible": [False, True, True, True], "initiatives": [None, 2.0, 2.0, 3.0], "kept": [None, 0.75, 1.0, 1.1],
                       "drops_out": ["", "Hosts; Ramp", "", ""], "comes_in": ["", "", "", "Ramp"]})
YEARS = pd.DataFrame({"fiscal_year": [2026], "amount": [127.0], "free": [97.0], "bound": [30.0], "unsaid": [0.0], "change": [0.27], "free_change": [-0.03], "effective": [1.4], "largest": [0.8], "largest_name": ["City"],
                      "lines": [3], "known": [3], "planned": [120.0], "gap": [0.0], "index": [0.7]})


def pipeline(**columns: list[object]) -> pd.DataFrame:
    given = {"grant_name": ["Tutors"], "status": ["idea"], "open": [True], "amount": [1000.0], "own_share": [400.0], "chance": [0.5], "expected": [500.0], "hours": [10.0], "per_hour": [50.0],
             "due": pd.to_datetime(["2026-07-24"]), "answer": pd.to_datetime([None]), "stage": ["soon"], "owner_name": [None], "short": [300.0], "running": [False], "initiative_name": [None], "goal_name": ["Read"], "funder": ["Trust"]}
    return pd.DataFrame(given | columns)


def test_what_the_formula_moves_and_what_binds_is_said() -> None:
    assert funding.division(DIVIDED, sum_to_divide=1000).text == (
        "The formula divides $1,000 among 2 units. Against last year Law gets $100 more (20%) and Art gets $100 less (20%). 2 units move by 10% or more.")
    assert funding.binds(DIVIDED, undivided=0.0).text == (
        "Art ($400, where the formula alone would give $300) stands on its floor. Law ($600, where the formula alone would give $700) is at its cap. What a cap cuts off goes to the others.")
    assert "stays undivided" in funding.binds(DIVIDED, undivided=50.0).text and funding.binds(DIVIDED, undivided=50.0).tone == "bad"
    assert funding.division(DIVIDED.assign(last=None, change=float("nan"), moved=float("nan")), sum_to_divide=1000).text.endswith("What they had last year is not known.")


@pytest.mark.parametrize(("kind", "names", "words"), [("no figure", "Loans; Law; Art", "“Loans” has no figure for Law and Art"), ("nothing counted", "Staff", "“Staff” is 0 for every unit"),
                                                      ("too little", "", "need $150, and there is $100"), ("no sum", "", "Give the sum as the parameter fund")])
def test_what_stands_in_the_way_of_a_division_is_named(kind: str, names: str, words: str) -> None:
    found = funding.obstacles(pd.DataFrame([[kind, names, 150.0, 100.0]], columns=["kind", "names", "needed", "money"]))[0]

    assert words in found.text and found.tone == "unknown" and found.conflict


def test_ballots_put_right_left_out_and_hidden_are_said() -> None:
    assert funding.voters(GROUPS).text == ("30 ballots were counted (patrons 22). On 1 of them the points did not add up to the same sum as on the others; they were brought to 100. "
                                           "2 more gave no point to anything and are left out. Staff and partners are not shown apart, since at least one of these groups gave too few ballots.")
    assert funding.voters(GROUPS.head(1).assign(hidden=True, n=None)).tone == "unknown"


def test_those_who_get_nothing_by_most_points_are_named() -> None:
    found = funding.fairness(MET, LOST)

    assert found.tone == "bad" and found.text.endswith("8 ballots whose first wish is “Tutors” get nothing by most points, and their part by equal shares.")
    assert found.text.startswith("The plan's own choice gives something that they asked for to 30% of the ballots on initiatives; if the ballots decided, it would be 60% by most points and 90% by equal shares.")
    assert funding.fairness(MET.assign(something=0.9), LOST.head(0)).tone == "good" and funding.fairness(MET.head(0), LOST) is None


def test_hours_that_people_did_not_vote_on_are_held_against_the_ceiling() -> None:
    picks = pd.DataFrame({"by_shares": [True, False], "by_plan": [False, True], "hours": [50.0, 20.0]})
    use = pd.DataFrame({"ceiling": ["money", "hours"], "limit": [1.0, 60.0], "used": [1.0, 40.0]})

    assert funding.beyond(picks, use).text.endswith("takes 50 hours of staff, and 40 are free for it.") and funding.beyond(picks, use).tone == "bad"
    assert funding.beyond(picks.assign(hours=[40.0, 20.0]), use).tone == "good" and funding.beyond(picks, use.assign(limit=None)) is None


def test_levels_are_told_from_the_mildest_cut_on_and_an_impossible_one_is_named() -> None:
    assert funding.levels(LEVELS).text == ("With 5% less money and staff time, “Hosts” and “Ramp” drop out; 75% of the value remains. "
                                           "With 10% less money and staff time, what must be done and what runs already no longer fits. With 5% more, “Ramp” comes in.")
    assert funding.levels(LEVELS.assign(money=float("nan"), hours=float("nan"))).tone == "unknown"
    assert funding.stuck(LEVELS.head(0), pd.DataFrame({"kind": ["over the ceiling"]})).conflict and funding.stuck(LEVELS, pd.DataFrame({"kind": ["x"]})) is None


def test_bound_money_that_hides_a_fall_is_bad_news() -> None:
    assert funders.free(YEARS, year=2026).text == ("$30 of the income, 24%, is bound to one purpose. All income rose by 27.0% on the year before, and the money that is free to follow a plan fell by 3.0%. "
                                                   "Whoever counts bound money as free sees more than there is.")
    assert funders.free(YEARS.assign(bound=0.0, free=0.0, unsaid=127.0), year=2026).tone == "unknown"
    assert funders.legs(YEARS, year=2026).text == "In fiscal year 2026 “City” brought 80% of the income. The 3 sources carry the library as 1.4 of equal size would."
    assert funders.legs(YEARS, year=1999) is None


def test_a_grant_without_an_owner_and_one_past_its_day_are_named() -> None:
    assert funders.due(pipeline())[0].text == "1 grant must be sent within 60 days: “Tutors” (24 July 2026, nobody answers for it)."
    assert funders.due(pipeline(stage=["overdue"]))[0].text == "Not sent, though the day has passed: “Tutors” (24 July 2026)."
    assert funders.due(pipeline(owner_name=["Director"]))[0].tone == "plain" and funders.due(pipeline().head(0)) == []


def test_own_shares_beyond_the_free_money_and_what_won_money_keeps_running_are_said() -> None:
    assert funders.strings(pipeline(), free=100.0).text == "Winning can cost more than there is: “Tutors” asks for $400 of own money, and $100 is left beside the plan's choice."
    won = pipeline(status=["won"], open=[False], running=[True], initiative_name=["Sundays"])
    assert funders.results(won).text == ("On record, 1 grant was won ($1,000) and none was lost. Won money pays for “Sundays”, which runs already and has to be paid for when the grant ends.")
    assert funders.strings(pipeline(short=[0.0]), free=100.0) is None and funders.results(pipeline()) is None


def test_open_grants_that_nobody_judged_promise_nothing() -> None:
    outlook = pd.DataFrame({"grants": [2], "judged": [0], "asked": [900.0], "expected": [None], "low": [None], "high": [None], "none": [None]})

    assert funders.expected(outlook).tone == "unknown" and "Nobody has judged" in funders.expected(outlook).text


def test_charts_say_their_numbers_and_nothing_is_drawn_where_all_is_hidden() -> None:
    chart = charts.funding.division(DIVIDED, sum_to_divide=1000)
    hidden = pd.DataFrame({"initiative": ["I1"], "initiative_name": ["Tutors"], "group": ["everyone"], "n": [None], "points": [None], "low": [None], "high": [None], "backers": [None], "hidden": [True]})

    assert "Law: $500 last year, $600 (+20%), at its cap" in chart.alt
    assert charts.funding.wishes(hidden, pd.DataFrame(columns=["initiative", "by_points", "by_shares", "by_plan"])).finding is None
    assert "Tutors: $1,000 asked, 50%: $500, due 24 July 2026, nobody answers" in charts.funding.grants(pipeline(), pd.DataFrame({"grants": [1], "judged": [1], "asked": [1000.0], "expected": [500.0], "low": [0.0], "high": [1000.0], "none": [0.5]})).alt


def test_the_public_table_has_plain_words_and_no_column_for_persons_where_nobody_knows_how_many() -> None:
    rows = pd.DataFrame({"what": ["Storytime", "space", ""], "about": ["Reading hour", None, None], "kind": ["service", "shared", "all"], "amount": [60.0, 40.0, 100.0], "share": [0.6, 0.4, 1.0], "per_head": None,
                         "before": None, "change": None, "planned": False})
    found = tables.funding.public(rows, year=2026)

    assert found.rows["pays_for"].tolist() == ["Storytime", "Buildings: heat, cleaning, upkeep", "All together"]
    assert "per_head" not in [column.name for column in found.columns]
    assert funding.public(rows.assign(per_head=float("nan"), change=float("nan")), year=2026).text == "In fiscal year 2026 the library spent $100. The largest part, 60%, goes to Storytime."


@pytest.mark.parametrize(("income", "text"), [
    (1005.0, "Income and spending of fiscal year 2026 agree within 1%."),
    (1100.0, "In fiscal year 2026 $100 more came in than was spent; what is not spent is not free if it is bound."),
    (900.0, "In fiscal year 2026 $100 more was spent than came in."),
])
def test_income_and_spending_of_one_page_are_set_against_each_other(income, text):
    came, went = (pd.DataFrame({"fiscal_year": [2026], "amount": [amount], "known": [3], "lines": [3]}) for amount in (income, 1000.0))

    assert funders.against_spending(came, went, year=2026).text == text
    assert funders.against_spending(came, went.assign(known=2), year=2026) is None


def test_income_of_which_no_sum_is_known_is_drawn_as_such() -> None:
    rows = YEARS.assign(known=0, **dict.fromkeys(["amount", "free", "bound", "unsaid"], float("nan")))

    assert "not available" in charts.funding.income(rows, year=2026).alt
