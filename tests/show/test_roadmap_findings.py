import pandas as pd
import pytest

from planning.show import language
from planning.show.charts import roadmap as charts
from planning.show.findings import roadmap
from planning.show.tables import roadmap as tables


@pytest.fixture(autouse=True)
def english_dollars():
    language.use("en", "USD")


def planned(*years: float | None, gap: float = 0.0) -> pd.DataFrame:
    """One initiative a year given; none for those that do not start."""
    size = len(years)
    return pd.DataFrame({"initiative": [f"I{n}" for n in range(size)], "initiative_name": [f"Plan {n}" for n in range(size)], "part": "free", "year": years, "gap": gap, "hours": 5.0,
                         "fiscal_year": [None if year is None else 2026 + year for year in years], "works": [0 if year is None else 4 - year for year in years],
                         "cost_later": 1.0, "hours_later": 1.0, "hours of R1": 0.0}).astype({"year": float, "fiscal_year": float})


def months(**changes: object) -> pd.DataFrame:
    rows = pd.DataFrame({"initiative": ["I0", "I1"], "initiative_name": ["Plan 0", "Plan 1"], "part": ["must do", "free"], "owner_name": ["Clerk", None], "fiscal_year": [2027, 2027], "first": [0, 5],
                         "months": [3, 4], "assumed": False, "begins": pd.to_datetime(["2026-07-01", "2026-12-01"]), "ends": pd.to_datetime(["2026-09-30", "2027-03-31"]), "late": [0.0, 2.0],
                         "slips": False, "held": "", "after": ["", "Plan 0"], "fixed": False})
    return rows.assign(**changes)


def test_the_spread_tells_what_starts_in_which_year_and_what_finds_no_room():
    assert roadmap.spread(planned(1, 1, 2, None)).text == "Of 4 initiatives, 3 can start: 2 in 2027 and 1 in 2028; 1 finds no room in any year."
    assert roadmap.spread(planned(1)).text == "Of 1 initiative, 1 can start: 1 in 2027."
    assert (roadmap.spread(planned(None)).tone, roadmap.spread(planned())) == ("bad", None)


def test_looking_ahead_that_changes_the_first_year_is_told_both_ways():
    chosen = pd.DataFrame({"initiative": ["I0", "I1"], "initiative_name": ["Plan 0", "Plan 1"], "chosen": [True, False]})

    assert (roadmap.start(planned(1, None), chosen).tone, roadmap.changed(planned(1, None), chosen)) == ("good", None)
    assert roadmap.start(planned(None, 1), chosen).text == (
        "Looking further ahead changes the first year, since later money and hours count too: “Plan 1” would start in the first year, and “Plan 0” would not. "
        "The roadmap follows this first year.")
    assert roadmap.start(planned(2, None), chosen).text.endswith("count too: “Plan 0” would not. The roadmap follows this first year.")


def test_a_best_spread_that_was_not_proven_says_by_how_much_it_could_be_beaten():
    assert roadmap.proven(planned(1)) is None
    assert (roadmap.proven(planned(1, gap=0.0123)).tone, roadmap.proven(planned(1, gap=0.0123)).text) == (
        "unknown", "The search was stopped before this spread was proven to be the best: a better one could give up to 1.2% more value.")


def test_carried_and_missing_ceilings_are_named_with_their_years():
    rows = pd.DataFrame({"ceiling": ["money", "money", "hours", "hours", "hours of R1"], "fiscal_year": [2028, 2029, 2028, 2029, 2029], "limit": [5.0, 5.0, None, None, 2.0],
                         "since": [2027, 2027, 2028, 2028, 2027], "carried": [True, True, False, False, False]})

    assert roadmap.carried(rows, planned(1)).text == "Not every year has ceilings of its own (ceilings.csv): money of 2027 is carried on to 2028 and 2029; staff time has no ceiling in 2028 and 2029."
    assert roadmap.carried(rows.tail(1), planned(1)) is None
    assert roadmap.carried(rows, planned()) is None


def test_later_costs_that_are_not_known_are_told_with_names_but_not_in_the_last_year():
    assert roadmap.later(planned(1, 3).assign(cost_later=None)).text == (
        "For “Plan 0”, cost or hours after the first year are not known and counted as nothing: later years show more room than there is.")
    assert roadmap.later(planned(3).assign(cost_later=None)) is None


def test_a_later_year_that_cannot_hold_what_was_begun_says_by_how_much():
    problems = pd.DataFrame({"kind": ["over the ceiling"] * 2, "year": [1, 2], "fiscal_year": [2027, 2028], "ceiling": ["money", "hours of R1"], "ceiling_name": ["money", "Clerk"], "limit": [5.0, 12.0],
                             "excess": [1.0, 1.0], "names": ["Doors", "Doors; Signs, pages"]})

    assert [found.text for found in roadmap.conflicts(problems)] == [
        "No spread over the years is possible: in 2028, what must be done or already runs needs 1 hour more of “Clerk” than the ceiling of 12 hours. "
        "Raise that ceiling, or look again at “Doors” and “Signs, pages”."]
    assert roadmap.conflicts(problems.head(1))[0].text.startswith("No spread over the years is possible, since the first year already has a conflict")
    assert roadmap.conflicts(problems.head(0)) == []


def test_the_role_of_which_most_is_asked_and_those_with_hardly_an_hour_left_are_named():
    rows = pd.DataFrame({"role_name": ["Clerk", "Clerk", "Driver"], "fiscal_year": [2027, 2028, 2027], "needed": [100.0, 95.0, 1.0], "free": [100.0, 100.0, 50.0], "share": [1.0, 0.95, 0.02],
                         "tight": [True, True, False], "asked": [300.0, 300.0, 1.0]})

    assert [found.text for found in roadmap.roles(rows)] == [
        "All initiatives together would ask 300 hours of “Clerk” in their first year; the role has 100 a year.",
        "1 role would have less than a tenth of its hours left: “Clerk” in 2027 and 2028."]
    assert [found.tone for found in roadmap.roles(rows.tail(1))] == ["good"]
    assert [found.tone for found in roadmap.roles(rows.assign(free=None))] == ["unknown"]
    assert roadmap.roles(rows.head(0)) == []


def test_hours_that_nobody_split_are_told_only_where_others_are():
    assert roadmap.unsplit(planned(1, None)).text == "Nobody has said yet which role gives the hours of “Plan 0”, so it limits no role."
    assert roadmap.unsplit(planned(1).drop(columns="hours of R1")) is None


def test_what_waits_slips_or_has_no_dates_is_told_with_its_month():
    assert [found.text for found in roadmap.late(months(held=["", "owner"], slips=[False, True], assumed=[True, True]))] == [
        "“Plan 1” (December 2026) slips beyond its year of start, because its owner leads others until then. Its money and hours are needed later, too.",
        "“Plan 0” and “Plan 1” have no start and end; 12 months are assumed for each."]
    assert [found.text for found in roadmap.late(months(held=["", "owner"]))] == ["“Plan 1” (December 2026) begins later because its owner leads others until then."]
    assert [found.text for found in roadmap.slips(months(held="waits", slips=True))] == [
        "“Plan 0” (July 2026) and “Plan 1” (December 2026) slip beyond their years of start, because what they need is not finished before. Their money and hours are needed later, too."]
    assert [found.text for found in roadmap.slips(months(slips=[False, True]))] == ["“Plan 1” (December 2026) slips beyond its year of start. Its money and hours are needed later, too."]
    assert [found.tone for found in roadmap.late(months())] == ["good"]
    assert roadmap.late(months().head(0)) == []


def test_owners_over_the_limit_are_told_with_their_months():
    rows = pd.DataFrame({"owner_name": ["Clerk"], "most": [3], "since": pd.to_datetime(["2026-10-01"]), "until": pd.to_datetime(["2026-12-31"]), "over": [True]})

    assert roadmap.load(rows, most=2).text == "By the plan's own dates, 1 owner would lead more than 2 at once: “Clerk” 3 (October 2026 to December 2026)."
    assert roadmap.load(rows.assign(over=False), most=1).text == "By the plan's own dates, nobody leads more than 1 initiative at a time."


def test_the_one_to_begin_with_is_named_with_its_reason_or_with_what_it_fails():
    rows = pd.DataFrame({"initiative_name": ["Plan 0", "Plan 1"], "passes": [3, 3], "first": [True, False], "ready": True, "low_risk": True, "owner_free": [True, True]})

    assert roadmap.begin(rows).text == ("Begin with “Plan 0”: of the 2 that need nothing first, carry little risk and have an owner with nothing else that must be done, it gives most.")
    assert roadmap.begin(rows.assign(passes=1, first=False, low_risk=False, owner_free=False)).text == (
        "No initiative of the first year can simply be begun. “Plan 0” comes closest, but its risk is high or not known and its owner is not known or leads one that runs or must be done.")


@pytest.mark.parametrize("gain, drops, binding, text", [
    (0.1, "Plan 2", True, "The next $5,000 would bring in “Plan 1” in place of “Plan 2”, and raise the value by 25.0%."),
    (0.0, "", True, "The next $5,000 would buy nothing; it takes a larger sum to change the choice."),
    (0.0, "", False, "The next $5,000 would buy nothing, and no larger sum would: money does not hold the choice back."),
])
def test_the_next_amount_tells_what_it_buys(gain, drops, binding, text):
    rows = pd.DataFrame({"amount": [5000.0], "value": [0.5], "gain": [gain], "comes_in": ["Plan 1"], "drops_out": [drops], "possible": [True], "binding": [binding]})

    assert roadmap.next_amount(rows)[0].text == text


@pytest.mark.parametrize("gain, possible, text", [
    (-0.1, True, "$5,000 less would push out “Plan 2”, and cost 20.0% of the value."),
    (0.0, True, "$5,000 less would cost nothing: the choice does not need it."),
    (None, False, "With $5,000 less, what must be done and what runs already no longer fits."),
])
def test_as_much_less_tells_what_it_costs(gain, possible, text):
    rows = pd.DataFrame({"amount": [-5000.0], "value": [0.4], "gain": [gain], "comes_in": [""], "drops_out": ["Plan 2"], "possible": [possible], "binding": [True]})

    assert roadmap.next_amount(rows)[0].text == text


def test_money_set_aside_is_told_with_what_is_left():
    rows = pd.DataFrame({"ceiling": ["money", "hours"], "limit": [900.0, 5.0], "set_aside": [100.0, 0.0]})

    assert roadmap.set_aside(rows).text == "$100 is set aside so that essential services keep their floors; $900 is left for initiatives."
    assert roadmap.set_aside(rows.assign(set_aside=0.0)) is None


def test_the_drawn_roadmap_tells_every_bar_in_words_and_keeps_its_table():
    chart = charts.months(months(), planned(1, 1))

    assert chart.alt == "Bars over the months, one an initiative. Plan 0: July 2026 to September 2026; Plan 1: December 2026 to March 2027."
    assert chart.table.rows["waits"].tolist()[1] == "Plan 0"
    assert {"fiscal year 2027", "Clerk; must be done"} <= {text.get_text() for text in chart.figure.axes[0].texts}


def test_the_table_by_year_sets_use_beside_ceilings():
    rows = pd.DataFrame({"fiscal_year": [2027, 2027], "starts": 0, "names": "", "working": 2, "value": 0.4, "ceiling": ["money", "hours"], "limit": [9.0, None], "used": [8.0, 7.0]})

    assert tables.years(rows).rows[["year", "names", "uses"]].values.tolist() == [["2027: 2 at work", "none", "$8.00 of $9.00; 7 hours"]]
