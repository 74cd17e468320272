import pandas as pd
import pytest

from planning.show import charts, language
from planning.show.findings import partnerships
from planning.show.records import Table


@pytest.fixture(autouse=True)
def english_dollars():
    language.use("en", "USD")


def balance(*rows: tuple[str, float, float, str]) -> pd.DataFrame:
    """Rows of name, what the library gave, what the partner gave, balance in words."""
    found = pd.DataFrame(rows, columns=["partner_name", "library_gives", "partner_gives", "balance"])
    return found.assign(status="active", first_year=2025, last_year=2026)


def register(*attentions: str, complete: bool = True, lacks: str = "") -> pd.DataFrame:
    return pd.DataFrame({"agreement_name": [f"Agreement {n}" for n in range(len(attentions))], "state": "running", "attention": list(attentions),
                         "complete": complete, "lacks": lacks, "points": range(12, 12 + len(attentions)), "asked": 14})


def gaps(*rows: tuple[str, bool, str | None, float | None]) -> pd.DataFrame:
    """Rows of audience, whether it is reached, the prospect, its reach."""
    found = pd.DataFrame(rows, columns=["audience_name", "reached", "prospect", "reach"])
    return found.assign(concern=False, would_reach=found["reach"].fillna(0) >= 0.1, inclusion=True, combined=0.2)


def test_one_missed_audience_and_the_prospect_that_could_reach_it():
    rows = gaps(("Newcomers", False, "Network", 0.55), ("Children", True, None, None))
    found = partnerships.gaps(rows, rows)

    assert (found.tone, found.text) == (
        "bad", "Of 2 audiences, 1 is reached by no active partner: Newcomers. Network, a prospect, could reach 55% of this audience.")


def test_several_missed_audiences_and_one_that_no_prospect_reaches():
    rows = gaps(("Newcomers", False, "Network", 0.55), ("Farmers", False, "Clinic", 0.05))

    assert partnerships.gaps(rows, rows).text == (
        "Of 2 audiences, 2 are reached by no active partner: Newcomers and Farmers. Network, a prospect, could reach 55% of Newcomers. No prospect reaches enough of Farmers.")


def test_where_nobody_reaches_anyone_no_list_is_said_twice():
    nobody = gaps(("Newcomers", False, None, None), ("Farmers", False, "Clinic", 0.05))
    some = pd.concat([nobody, gaps(("Children", True, None, None))])

    assert partnerships.gaps(nobody, nobody).text == "Of 2 audiences, none is reached by an active partner, and no prospect reaches enough of any."
    assert partnerships.gaps(some, some).text == "Of 3 audiences, 2 are reached by no active partner: Newcomers and Farmers. No prospect reaches enough of any of them."


def test_a_prospect_with_a_concern_is_named_as_one():
    rows = gaps(("Newcomers", False, "Network", 0.55)).assign(concern=True)

    assert "Network, a prospect with an ethics concern, could reach" in partnerships.gaps(rows, rows).text


def test_no_missed_audience_is_good_news():
    rows = gaps(("Newcomers", True, None, None))

    assert (partnerships.gaps(rows, rows).tone, partnerships.inclusion(rows).tone) == ("good", "good")
    assert partnerships.inclusion(rows).text == "Of 1 inclusion group, active partners reach each; least of all Newcomers, with 20%."


def test_where_nothing_was_given_no_empty_picture_is_drawn():
    rows = balance(("Society", 0, 0, "about even"), ("School", 0, 0, "about even")).assign(leverage=None, reciprocity=None, library_hours=0.0, partner_hours=0.0, change=None)

    assert isinstance(charts.partnerships.balance(rows), Table)


def test_a_one_sided_partnership_is_named_with_both_amounts():
    found = partnerships.one_sided(balance(("Society", 900, 100, "the library gives far more"), ("School", 100, 100, "about even")))

    assert (found.tone, found.text) == ("bad", "In 1 of 2 active partnerships the library gives at least three times what it gets: Society ($900 against $100).")


def test_fair_partnerships_are_good_news_and_those_that_cannot_be_compared_are_said():
    found = partnerships.one_sided(balance(("School", 100, 100, "about even"), ("Clinic", 5, None, "only the library's side is recorded")))

    assert found.tone == "good"
    assert found.text.endswith("1 cannot be compared, since one side or a year is not recorded.")


def test_the_total_leaves_out_what_cannot_be_compared_and_says_so():
    found = partnerships.total(balance(("School", 200, 300, "the partner gives more"), ("Clinic", 500, None, "only the library's side is recorded")))

    assert found.text == ("Over fiscal years 2025 to 2026, active partners gave $300 and the library $200 where both sides are recorded: "
                          "$1.50 for each $1.00 of the library's.")


def test_a_library_that_gave_nothing_has_no_ratio():
    assert partnerships.total(balance(("School", 0, 300, "the partner gives all"))) is None


def test_overdue_reviews_are_named_and_counted_in_the_singular_and_the_plural():
    assert partnerships.due(register("overdue", "no date")).text == "Of 2 running agreements, 1 is overdue for review (“Agreement 0”) and 1 has no review date."
    assert partnerships.due(register("overdue", "overdue", "due soon")).text == (
        "Of 3 running agreements, 2 are overdue for review (“Agreement 0” and “Agreement 1”) and 1 falls due soon.")


def test_reviews_in_order_are_good_news():
    found = partnerships.due(register("later"))

    assert (found.tone, found.text) == ("good", "Of 1 running agreement, none is overdue for review or falls due soon.")


def test_incomplete_agreements_say_what_they_lack_most():
    lacking = pd.DataFrame({"point_name": ["a KPI", "an owner"], "lacking": [1, 0]})

    assert partnerships.complete(register("later", complete=False), lacking).text == (
        "Of 1 running agreement, 1 lacks something that it should state, most often a KPI (1). “Agreement 0” states least: 12 of 14 points.")
    assert partnerships.complete(register("later", "later", complete=False).assign(points=12), lacking).text.endswith("2 state least: 12 of 14 points each, “Agreement 0” among them.")
    assert partnerships.complete(register("later"), lacking).tone == "good"


def test_agreements_whose_kpis_all_do_well_are_good_news_and_association_only():
    found = partnerships.working(pd.DataFrame({"status": ["on target", "near"]}))

    assert (found.tone, found.grade) == ("good", "associated")
    assert found.text == "2 agreements run: 2 have a KPI that is on its way to the target or near it."


def test_one_agreement_without_a_kpi_is_bad_news():
    found = partnerships.working(pd.DataFrame({"status": ["no KPI named"]}))

    assert (found.tone, found.text) == ("bad", "1 agreement runs: 1 names no KPI.")


def test_an_active_partner_with_a_veto_is_bad_news_and_a_vetoed_prospect_is_not():
    flags = pd.DataFrame({"partner_name": ["Lender"], "status": ["active"], "ethics": ["veto"]})

    assert partnerships.ethics(flags, flags).tone == "bad"
    assert "Lender is an active partner all the same." in partnerships.ethics(flags, flags).text
    assert partnerships.ethics(flags.assign(status="prospect"), flags).tone == "plain"
    assert partnerships.ethics(flags.iloc[:0], flags).tone == "good"


def test_a_prospect_alone_is_still_named_as_the_best_fit():
    fit = pd.DataFrame({"partner_name": ["Clinic"], "status": ["prospect"], "ethics": ["clear"], "score": [0.7], "low": [0.6], "high": [0.8]})

    assert partnerships.fit(fit).text == "Among prospects, Clinic fits best (0.70 of 1, from 0.60 to 0.80 once all is rated)."


def test_power_without_interest_is_told_in_the_singular_and_the_plural():
    placed = pd.DataFrame({"partner_name": ["Council", "Board", "School"], "quadrant": ["keep satisfied", "keep satisfied", "work closely"]})

    assert partnerships.influence(placed).text == (
        "School has much power and much interest: work closely with it. Council and Board have much power and less interest: keep them satisfied.")
    assert partnerships.influence(placed.head(1)).text == "Council has much power and less interest: keep it satisfied."
    assert partnerships.influence(placed.head(1).assign(quadrant="keep in view")).text == "No active partner and no prospect has much power over the plan."


def test_courses_are_told_apart():
    rows = pd.DataFrame({"partner_name": ["Society", "Cable", "Clinic", "Network", "School", "Park"], "course": ["leave", "talk first", "start", "start", "grow", "hold"],
                         "status": ["active", "active", "prospect", "prospect", "active", "active"], "missing": ["", "health", "", "", "fairness; health", ""]})

    assert partnerships.courses(rows).text == ("Of 4 active partners and 2 prospects, the figures suggest to leave 1 (Society), to talk first with 1 (Cable), to start with 2 (first Clinic) "
                                               "and to grow 1. For 2 active partners something is not recorded, or not lately, most often health.")
    assert partnerships.courses(rows.iloc[2:5]).text.startswith("Of 1 active partner and 2 prospects, the figures suggest to start with 2 (first Clinic) and to grow 1.")
    assert [partnerships.courses(rows.iloc[[place]]).tone for place in (0, 1, 2)] == ["bad", "bad", "plain"]
    assert partnerships.courses(rows.tail(1)).text == "The figures give no reason to start, grow, leave or talk over any partnership now."


def test_one_partner_can_be_enough():
    chosen = pd.DataFrame({"partner_name": ["School"], "status": ["active"], "covered": [3], "of": [3]})

    assert partnerships.smallest(chosen).text == "1 partner would be enough to reach all 3 audiences."
    assert partnerships.smallest(chosen.assign(of=4)).text == "1 partner would be enough to reach 3 of 4 audiences; nobody in the plan reaches enough of the rest."


def test_a_new_partner_that_adds_nobody_is_said_plainly():
    moved = pd.DataFrame({"audience_name": ["Children"], "newly": [False]})
    after = pd.DataFrame({"audience_name": ["Children", "Newcomers"], "reached": [True, False]})

    assert partnerships.joined("Clinic", moved, after).text == (
        "With Clinic as a partner, no further audience would be reached, and the reach of 1 other would grow. Nobody active would then reach Newcomers.")


def test_without_rows_nothing_is_said():
    none = pd.DataFrame(columns=["status", "balance", "state", "quadrant", "course", "reached", "inclusion", "partner_name", "active",
                                 "library_gives", "partner_gives"])

    assert [make(none) for make in (partnerships.kinds, partnerships.fit, partnerships.influence, partnerships.total, partnerships.one_sided, partnerships.due,
                                    partnerships.working, partnerships.inclusion, partnerships.smallest, partnerships.courses)] == [None] * 10
    assert partnerships.gaps(none, none) is None and partnerships.complete(none, none) is None and partnerships.without(none, none) is None
