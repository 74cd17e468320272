import pandas as pd

from planning.analysis import sequence

NO_LINKS = pd.DataFrame(columns=["initiative", "link", "other"])
ROLES = pd.DataFrame({"role": ["R1", "R2"], "name": ["Clerk", "Driver"]})
FACTS = {"fiscal_year_start": 7, "most_at_once": 1}


def planned(*rows: tuple) -> pd.DataFrame:
    """Rows of id, part, year, owner, start, end, value; the first coming year is fiscal year 2027, from July 2026."""
    found = pd.DataFrame(rows, columns=["initiative", "part", "year", "owner", "start", "end", "value"]).astype({"year": float})
    return found.assign(initiative_name="Name " + found["initiative"], start=pd.to_datetime(found["start"]), end=pd.to_datetime(found["end"]), fiscal_year=found["year"] + 2026, risk=2.0)


def links(*rows: tuple) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["initiative", "link", "other"])


def test_an_initiative_starts_in_the_month_of_its_own_start_in_the_year_that_it_was_given():
    found = sequence.months(planned(("A", "free", 1, "R1", "2026-09-01", "2026-12-20", 0.5), ("B", "free", 2, "R2", "2027-03-01", "2027-04-30", 0.5)), NO_LINKS, ROLES, FACTS).set_index("initiative")

    assert found[["first", "months", "late", "held"]].values.tolist() == [[2, 4, 0, ""], [20, 2, 12, ""]]
    assert [str(day.date()) for day in found.loc["A", ["begins", "ends"]]] == ["2026-09-01", "2026-12-31"]


def test_an_owner_who_leads_one_already_makes_the_next_wait_and_the_must_do_goes_first():
    rows = planned(("A", "free", 1, "R1", None, None, 0.9), ("B", "must do", 1, "R1", "2026-07-01", "2026-09-30", 0.1), ("C", "free", 1, "R2", None, None, 0.2))
    found = sequence.months(rows, NO_LINKS, ROLES, FACTS).set_index("initiative")

    assert found["first"].to_dict() == {"B": 0, "C": 0, "A": 3}
    assert found.loc["A", ["held", "assumed", "months", "owner_name", "slips"]].tolist() == ["owner", True, 12, "Clerk", False]
    assert pd.isna(found.loc["A", "late"])


def test_more_at_once_may_be_led_when_the_facts_say_so():
    rows = planned(("A", "free", 1, "R1", None, None, 0.9), ("B", "free", 1, "R1", None, None, 0.1))

    assert sequence.months(rows, NO_LINKS, ROLES, FACTS | {"most_at_once": 2})["first"].tolist() == [0, 0]
    assert sequence.months(rows, NO_LINKS, ROLES, FACTS)["first"].tolist() == [0, 12]
    assert sequence.months(rows, NO_LINKS, ROLES, FACTS)["slips"].tolist() == [False, True]


def test_a_need_is_finished_first_unless_the_plans_own_dates_let_the_two_overlap():
    apart = planned(("A", "free", 1, "R1", "2027-01-01", "2027-02-28", 0.9), ("B", "free", 1, "R2", "2026-07-01", "2026-12-31", 0.1))
    shifted = apart.assign(year=[1.0, 2.0], fiscal_year=[2027.0, 2028.0])
    overlap = apart.assign(start=pd.to_datetime(["2026-10-01", "2026-09-01"]))
    needs = links(("A", "needs", "B"))

    assert sequence.months(apart, needs, ROLES, FACTS).set_index("initiative")["first"].to_dict() == {"B": 0, "A": 6}
    late = sequence.months(shifted, needs, ROLES, FACTS).set_index("initiative")
    assert late.loc["A", ["first", "held", "after"]].tolist() == [18, "waits", "Name B"]
    assert sequence.months(overlap, needs, ROLES, FACTS).set_index("initiative")["first"].to_dict() == {"B": 2, "A": 3}


def test_a_need_whose_length_is_only_assumed_holds_up_until_it_has_started():
    rows = planned(("A", "free", 1, "R1", "2026-08-01", "2026-09-30", 0.9), ("B", "free", 1, "R2", None, None, 0.1), ("C", "free", 1, "R2", "2026-07-01", "2026-08-31", 0.5))
    found = sequence.months(rows, links(("A", "needs", "B"), ("B", "needs", "C")), ROLES, FACTS).set_index("initiative")

    # B waits for its owner, who leads C for two months; A, which could start in month 1, begins with B.
    assert found["first"].to_dict() == {"C": 0, "B": 2, "A": 2}
    assert found.loc["A", "held"] == "waits"


def test_what_runs_and_a_must_do_from_before_keep_their_dates_and_take_up_their_owner():
    rows = planned(("A", "running", 1, "R1", "2026-01-15", "2026-10-31", 0.1), ("B", "free", 1, "R1", None, None, 0.9), ("C", "must do", 1, "R2", "2026-05-01", "2026-08-31", 0.1))
    found = sequence.months(rows, NO_LINKS, ROLES, FACTS).set_index("initiative")

    assert found["first"].to_dict() == {"A": -6, "C": -2, "B": 4}
    assert found["fixed"].to_dict() == {"A": True, "C": True, "B": False}


def test_an_initiative_without_an_owner_waits_for_nobody():
    rows = planned(("A", "free", 1, None, None, None, 0.9), ("B", "free", 1, None, None, None, 0.1))

    assert sequence.months(rows, NO_LINKS, ROLES, FACTS)["first"].tolist() == [0, 0]


def test_owners_over_the_limit_by_the_plans_own_dates_are_told_with_months_and_names():
    rows = planned(("A", "free", 1, "R1", "2026-09-10", "2027-01-31", 0.9), ("B", "free", 1, "R1", "2026-12-01", "2027-06-30", 0.1), ("C", "free", None, "R1", "2026-09-01", "2027-06-30", 0.1),
                   ("D", "free", 1, "R2", "2026-09-01", None, 0.1))

    assert sequence.load(rows, ROLES, FACTS).astype(str).values.tolist() == [["Clerk", "2", "2", "2026-12-01", "2027-01-31", "Name A; Name B", "True"]]


def test_an_owner_who_leads_just_as_many_as_may_be_is_not_over_the_limit():
    rows = planned(("A", "free", 1, "R1", "2026-09-01", "2027-01-31", 0.9), ("B", "free", 1, "R1", "2026-12-01", "2027-06-30", 0.1))

    assert sequence.load(rows, ROLES, FACTS | {"most_at_once": 2})[["most", "over"]].values.tolist() == [[2, False]]


def test_a_need_that_is_done_or_runs_is_met_and_a_risk_of_four_is_not_low():
    rows = planned(("A", "free", 1, "R1", None, None, 0.9), ("B", "done", None, "R2", None, None, 0.5), ("C", "running", 1, "R2", None, None, 0.5), ("D", "free", 1, "R1", None, None, 0.1))
    found = sequence.first(rows.assign(risk=[3.0, 1.0, 1.0, 4.0]), links(("A", "needs", "B"), ("A", "needs", "C")), ROLES)

    assert found[["initiative", "ready", "low_risk"]].values.tolist() == [["A", True, True], ["D", True, False]]


def test_begin_with_the_one_of_greatest_value_that_passes_all_three_tests():
    rows = planned(("A", "free", 1, "R1", None, None, 0.9), ("B", "free", 1, "R2", None, None, 0.5), ("C", "free", 1, "R2", None, None, 0.6), ("D", "free", 2, "R2", None, None, 0.9),
                   ("E", "must do", 1, "R1", None, None, 0.1)).assign(risk=[2.0, 3.0, None, 1.0, 1.0])
    found = sequence.first(rows, links(("A", "needs", "B")), ROLES)

    assert found[["initiative", "ready", "low_risk", "owner_free", "passes", "first"]].values.tolist() == [
        ["B", True, True, True, 3, True], ["C", True, False, True, 2, False], ["A", False, True, False, 1, False]]


def test_nothing_is_to_begin_with_when_no_initiative_passes():
    rows = planned(("A", "free", 1, None, None, None, 0.9))

    assert sequence.first(rows, NO_LINKS, ROLES)[["passes", "first"]].values.tolist() == [[2, False]]


def test_without_a_spread_every_result_is_empty():
    rows = planned(("A", "free", None, "R1", None, None, 0.9))
    for one in (rows, rows.head(0)):
        assert [len(found) for found in (sequence.months(one, NO_LINKS, ROLES, FACTS), sequence.load(one, ROLES, FACTS), sequence.first(one, NO_LINKS, ROLES))] == [0] * 3
