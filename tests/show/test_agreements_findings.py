"""What pages say of agreements, tasks, shared costs, referrals and promotions, read aloud in the singular and the plural."""

from __future__ import annotations

import pandas as pd
import pytest
from matplotlib.text import Text

from planning.show import html, language
from planning.show.charts import agreements as charts
from planning.show.findings import agreements, partnerships
from planning.show.tables import agreements as tables

NONE = float("nan")


@pytest.fixture(autouse=True)
def english_dollars() -> None:
    language.use("en", "USD")


def points(*rows: tuple[str, int]) -> pd.DataFrame:
    """Rows of agreement and the number of its points, of 14."""
    found = pd.DataFrame(rows, columns=["agreement_name", "points"]).assign(partner_name="School", asked=14)
    return found.assign(share=found["points"] / 14)


def tasks(*rows: tuple) -> pd.DataFrame:
    """Rows of task, who does it, gap, state, days."""
    return pd.DataFrame(rows, columns=["task_name", "done_by", "gap", "state", "days"]).assign(agreement_state="running")


def year(**values: float) -> pd.DataFrame:
    plain = {"fiscal_year": 2026.0, "leverage": 1.5, "library_hours": 1010.0, "partner_hours": 1725.0, "alike": 3.0, "library_change": 0.09, "partner_change": 0.06}
    return pd.DataFrame([plain | values])


def shared(*rows: tuple) -> pd.DataFrame:
    """Rows of thing, paid, alone, basis."""
    found = pd.DataFrame(rows, columns=["name", "paid", "alone", "basis"]).assign(fiscal_year=2026).astype({"paid": float, "alone": float})
    return found.assign(saved=found["alone"] - found["paid"])


def ways(*rows: tuple) -> pd.DataFrame:
    """Rows of partner, to the library, to the partner, way."""
    return pd.DataFrame(rows, columns=["partner_name", "to_library", "to_partner", "way"]).assign(partner=[f"P{place}" for place in range(len(rows))])


def totals(*rows: tuple) -> pd.DataFrame:
    """Rows of direction, people, share, low, high."""
    return pd.DataFrame(rows, columns=["direction", "people", "share", "low", "high"])


def told(*way: str) -> pd.DataFrame:
    return pd.DataFrame({"partner_name": [f"Partner {place}" for place in range(1, len(way) + 1)], "way": list(way)})


def test_points_that_were_never_asked_for_are_said_once() -> None:
    terms = pd.DataFrame({"not_asked": ["a shared aim; how both sides talk"] * 3})

    assert agreements.unasked(terms).text == "2 points are not asked for yet, since no agreement states them: a shared aim and how both sides talk."
    assert agreements.unasked(terms.assign(not_asked="a shared aim")).text == "One point is not asked for yet, since no agreement states it: a shared aim."
    assert agreements.unasked(terms.assign(not_asked="")) is None


def test_the_words_of_completeness_no_longer_count_to_seven() -> None:
    terms = pd.DataFrame({"state": ["running"], "complete": [True]})

    assert partnerships.complete(terms, pd.DataFrame()).text == "Of 1 running agreement, none lacks a point that is asked for."


def test_tasks_that_nobody_answers_for_are_named_with_the_partners_share() -> None:
    rows = tasks(("Cards", "partner", "x", "open", -3), ("Room", "library", "x", "open", -3), ("Visits", "both", "", "open", -3))

    assert agreements.answered(rows).text == ("Of 3 tasks under agreements, 2 have nobody in the library who answers for them: “Cards” and “Room”. "
                                              "In 1 of them the partner does all of the work.")
    assert agreements.answered(rows.head(1)).text == "Of 1 task under agreements, 1 has nobody in the library who answers for it: “Cards”. The partner does all of the work."
    assert agreements.answered(rows.tail(1)).tone == "good"


def test_late_tasks_are_counted_and_the_longest_named() -> None:
    rows = tasks(("Cards", "library", "", "overdue", 1), ("Room", "library", "", "overdue", 40), ("Visits", "both", "", "done late", NONE), ("Logs", "both", "", "no date", NONE))

    assert agreements.late(rows).text == ("Of 4 tasks under agreements, 1 is done (1 of them late), 2 are overdue (longest “Room”, by 40 days) "
                                          "and 1 is still to come or comes back all the time.")
    assert agreements.late(rows.head(1)).text == "Of 1 task under agreements, 1 is overdue (“Cards”, by 1 day)."
    assert [agreements.late(rows.iloc[[place]]).tone for place in (0, 2, 3)] == ["bad", "plain", "good"]


def test_the_role_that_answers_for_most_is_named_and_a_tie_too() -> None:
    rows = pd.DataFrame({"role_name": ["Librarian", "Director"], "answers": [4, 1]})

    assert agreements.load(rows).text == "Of 5 open tasks that a role answers for, the Librarian answers for 4."
    assert agreements.load(rows.assign(answers=2)).text == "Of 4 open tasks that a role answers for, the Librarian and the Director answer for 2 each."
    assert agreements.load(rows.assign(answers=0)) is None


def test_agreements_without_a_task_are_told_only_where_tasks_are_written_down() -> None:
    bare = pd.DataFrame({"agreement_name": ["Photographs"], "partner_name": ["Society"]})

    assert agreements.untasked(bare, tasks(("Cards", "both", "", "open", 0))).text == "1 running agreement has no task written down: “Photographs” (Society)."
    assert agreements.untasked(bare.head(0), tasks(("Cards", "both", "", "open", 0))).tone == "good"
    assert agreements.untasked(bare, tasks()) is None
    assert agreements.untasked(bare.head(0), tasks(("Cards", "both", "", "open", 0)).assign(agreement_state="not begun")) is None


def test_the_ledger_says_how_both_sides_moved() -> None:
    assert agreements.ledger(year()).text == ("In fiscal year 2026, active partners gave $1.50 for each $1.00 of the library's. Against the year before, and in the 3 partnerships "
                                              "recorded in both, the library gave 9% more and the partners 6% more.")
    assert agreements.ledger(year(library_change=NONE)).text == "In fiscal year 2026, active partners gave $1.50 for each $1.00 of the library's."
    assert agreements.ledger(year(alike=1.0, library_change=0.001, partner_change=-0.2)).text.endswith("in the 1 partnership recorded in both, the library gave as much and the partners 20% less.")
    assert [agreements.ledger(year(partner_change=change)).tone for change in (0.1, -0.1)] == ["plain", "bad"]
    assert agreements.ledger(year(leverage=NONE)) is None


def test_what_is_saved_is_said_with_what_it_rests_on_and_what_nobody_knows() -> None:
    found = agreements.pooling(shared(("Catalogue", 300, 400, "offer"), ("Tutors", 100, 150, "estimate"), ("Storage", 240, None, "not known")))

    assert (found.tone, found.grade) == ("good", "estimated")
    assert found.text == ("In fiscal year 2026, 2 things shared with partners cost the library $400, where it would have paid $550 alone: $150 less, "
                          "$50.00 of it by estimate only. For 1 thing nobody knows what it would cost alone; it is not counted.")


def test_sharing_that_costs_more_is_said_plainly() -> None:
    some = agreements.pooling(shared(("Catalogue", 300, 400, "offer"), ("Van", 560, 510, "offer")))
    assert (some.tone, some.text) == ("plain", "In fiscal year 2026, 2 things shared with partners cost the library $860, where it would have paid $910 alone: $50.00 less. "
                                               "1 costs more than alone (“Van”, by $50.00).")
    all_of_it = agreements.pooling(shared(("Van", 560, 510, "offer")))
    assert all_of_it.tone == "bad" and "cost the library $560, where it would have paid $510 alone: $50.00 more." in all_of_it.text
    assert "nothing saved" in agreements.pooling(shared(("Van", 510, 510, "offer"))).text


def test_a_saving_that_nobody_can_tell_is_unknown() -> None:
    found = agreements.pooling(shared(("Van", 560, None, "not known"), ("Storage", 40, None, "not known")))

    assert (found.tone, found.text) == ("unknown", "Nobody can say what sharing with partners saved in fiscal year 2026. "
                                                   "For 2 things nobody knows what they would cost alone; they are not counted.")


def test_people_sent_each_way_are_told_with_the_range_of_those_who_arrived() -> None:
    found = agreements.exchange(totals(("to the library", 311.0, 0.72, 0.66, 0.78), ("to the partner", 1.0, NONE, NONE, NONE)))

    assert found.text == ("In the last twelve months, 311 people were sent to the library by partners, and 1 person was sent to partners by the library. "
                          "Of those whose arrival was counted and can be shown, 72% arrived at the library (66% to 78%).")
    assert found.grade == "estimated"


def test_a_way_that_nobody_wrote_down_and_one_that_is_too_small_are_told_apart() -> None:
    assert agreements.exchange(totals(("to the library", NONE, NONE, NONE, NONE))).text == (
        "In the last twelve months, too few people to show were sent to the library by partners, and nobody wrote down who was sent to partners by the library.")


def test_one_way_streets_are_named_with_both_figures() -> None:
    found = agreements.one_way(ways(("Office", 132.0, 9.0, "mostly to the library"), ("School", 64.0, NONE, "only one way is recorded"), ("Pantry", NONE, 71.0, "too few to show"),
                                    ("Centre", 41.0, 38.0, "both ways")))

    assert (found.tone, found.text) == ("bad", "Of 2 partners with which both ways can be compared, 1 is a one-way street or nearly so: Office (132 to the library, 9 to the partner).")
    assert agreements.one_way(ways(("Centre", 41.0, 38.0, "both ways"))).tone == "good"
    nothing = agreements.one_way(ways(("School", 64.0, NONE, "only one way is recorded"), ("Club", 6.0, NONE, "only one way is recorded")))
    assert (nothing.tone, nothing.text) == ("unknown", "With no partner can both ways be compared. For 2 partners only one way is written down.")


def test_who_tells_of_whom_is_counted_by_side() -> None:
    found = agreements.promotions(told("only the library", "only the partner", "neither", "both"))

    assert (found.tone, found.text) == ("bad", "Of 4 active partners, 1 told others about the library in the last twelve months and was told of in turn. "
                                               "Of the rest, 1 was only told of, 1 only told others and 1 did neither.")
    assert agreements.promotions(told("neither")).text == "Of 1 active partner, none told others about the library in the last twelve months and was told of in turn. Of these, 1 did neither."
    assert [agreements.promotions(told(*way)).tone for way in (("both", "both"), ("both", "neither"))] == ["good", "plain"]


def test_without_rows_nothing_is_said() -> None:
    none = pd.DataFrame(columns=["not_asked", "points", "way"])

    made = (agreements.unasked, agreements.answered, agreements.late, agreements.load, agreements.ledger, agreements.pooling, agreements.exchange, agreements.one_way, agreements.promotions)
    assert [make(none) for make in made] == [None] * len(made)


def flows(*rows: tuple) -> pd.DataFrame:
    """Rows of partner, direction, people, counted, share, low, high, hidden."""
    return pd.DataFrame(rows, columns=["partner", "direction", "people", "counted", "share", "low", "high", "hidden"])


def test_the_chart_of_referrals_says_what_is_hidden_and_what_nobody_wrote_down() -> None:
    rows = flows(("P0", "to the library", 132.0, 132.0, 0.67, 0.58, 0.74, False), ("P0", "to the partner", 49.0, 19.0, 0.74, 0.5, 0.9, False), ("P1", "to the library", NONE, NONE, NONE, NONE, NONE, True))
    chart = charts.referrals(rows, ways(("Office", 132.0, 49.0, "both ways"), ("Pantry", NONE, NONE, "too few to show")))

    drawn = [text.get_text() for text in chart.figure.findobj(Text)]
    assert {"132, 67% arrived", "49; of 19 counted, 74% arrived", "too few to show", "not recorded"} <= set(drawn)
    assert "Office: to the partner 49; of 19 counted, 74% arrived; to the library 132, 67% arrived; Pantry: to the partner not recorded; to the library too few to show" in chart.alt
    assert chart.table.rows["ours_range"].fillna("").tolist() == ["58% to 74%", ""]
    assert chart.basis == "2 partners"


def test_the_table_of_points_says_in_words_what_lacks_in_each_group() -> None:
    rows = points(("Visits", 11)).assign(agreement="AG1", partner="P1", expectations="aim; partner_expects", given="", measures="kpi", care="answered", close="ending")
    shown = html.records(tables.completeness(rows).rows, tables.completeness(rows).columns).splitlines()

    assert shown[1] == (
        "Visits | School | 11 of 14 | expectations: shared aim and the partner's; success: KPI; looking after it: who answers for each task; ending: end date or way to end")


def test_the_table_of_tasks_names_who_does_what() -> None:
    plain = {"task_name": "Cards", "agreement_name": "Visits", "partner_name": "School", "done_by": "library", "responsible_name": "Librarian", "accountable_name": None, "consulted": None,
             "informed": "Board", "due": pd.Timestamp("2026-06-29"), "done": pd.NaT, "state": "overdue", "days": 1.0}
    rows = pd.DataFrame([plain, plain | {"done_by": "both", "accountable_name": "Director"}, plain | {"done_by": "partner", "state": "done late", "done": pd.Timestamp("2026-06-30")},
                         plain | {"responsible_name": None, "state": "no date", "due": pd.NaT}])
    shown = tables.tasks(rows).rows

    assert shown["work"].tolist() == ["Librarian", "Librarian with School", "School", "the library"]
    assert shown["answers"].tolist() == ["nobody", "Director", "nobody", "nobody"]
    assert shown["stands"].tolist() == ["due 29 June 2026, overdue by 1 day", "due 29 June 2026, overdue by 1 day", "done on 30 June 2026, late", "no due day"]
    assert shown["others"].tolist() == ["told: Board"] * 4


def test_the_ledger_says_how_many_years_it_leaves_out() -> None:
    rows = year(partnerships=3.0, left_out=2.0, library_gives=100.0, partner_gives=150.0, reciprocity=0.67)

    assert tables.ledger(rows).note.endswith("Left out: 2 years of partnerships of which one side is not recorded.")
    assert html.records(tables.ledger(rows).rows, tables.ledger(rows).columns).splitlines()[1] == "2026 | 3 | $100 | $150 | 1.50 | 0.67 | 1,010 and 1,725 | library +9%, partners +6%"


def test_who_told_whom_stands_with_channels_and_the_widest_reach() -> None:
    rows = pd.DataFrame({"partner_name": ["School"], "way": ["both"], "by_library": [2], "by_partner": [1], "library_channels": ["Newsletter; Poster"], "partner_channels": ["Letter"],
                         "library_reached": [5200.0], "partner_reached": [NONE]})

    assert tables.promotions(rows).rows[["ours", "theirs"]].values.tolist() == [["Newsletter and Poster (5,200), 2 times", "Letter"]]


def test_a_role_without_a_due_task_has_a_dash() -> None:
    made = tables.load(pd.DataFrame({"role_name": ["Librarian"], "answers": [2], "overdue": [0], "does": [1], "next_due": [pd.NaT]}))

    assert html.records(made.rows, made.columns).splitlines()[1] == "Librarian | 2 | 0 | 1 | –"


def test_a_cost_that_nobody_knows_alone_is_a_dash_and_one_that_saves_nothing_has_its_sign() -> None:
    rows = shared(("Van", 560, 510, "offer"), ("Storage", 240, None, "not known")).assign(partner_name="City", share=[-50 / 510, NONE], saved_before=NONE)
    shown = html.records(tables.pooling(rows).rows, tables.pooling(rows).columns).splitlines()

    assert shown[1:] == ["Van | City | $560 | $510 | −$50.00 | −10% | offer | –", "Storage | City | $240 | – | – | – | not known | –"]
