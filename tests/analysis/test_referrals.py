import datetime as dt
import itertools

import pandas as pd
import pytest

from planning.analysis import referrals

DAY = dt.date(2026, 6, 30)
HERE, THERE = "to the library", "to the partner"
PARTNERS = pd.DataFrame({"partner": ["P1", "P2", "P3", "P4"], "name": ["School", "Clinic", "Office", "Cinema"], "status": ["active", "active", "active", "ended"]})


def sent(*rows: tuple) -> pd.DataFrame:
    """Rows of partner, period, direction, people, arrived."""
    return pd.DataFrame(rows, columns=["partner", "period", "direction", "people", "arrived"]).astype({"people": int, "arrived": float, "period": "str", "partner": "str", "direction": "str"})


def flows(*rows: tuple, **options: object) -> pd.DataFrame:
    return referrals.flows(sent(*rows), PARTNERS, **{"as_of": DAY, "small_group": 5} | options)


def totals(*rows: tuple) -> pd.DataFrame:
    return referrals.totals(sent(*rows), flows(*rows), as_of=DAY, small_group=5)


def test_people_of_twelve_months_are_added_up_and_older_ones_left_out():
    found = flows(("P1", "2025-Q2", HERE, 100, None), ("P1", "2025-Q3", HERE, 10, None), ("P1", "2026-Q2", HERE, 20, None), ("P1", "2026-Q3", HERE, 50, None))

    assert found[["partner_name", "direction", "people"]].values.tolist() == [["School", HERE, 30]]


def test_a_fiscal_year_that_began_within_the_twelve_months_counts():
    assert flows(("P1", "2026", HERE, 40, None), fiscal_year_start=7)["people"].tolist() == [40]


def test_the_share_that_arrived_has_the_range_of_the_wilson_example_of_newcombe_1998():
    found = flows(("P1", "2026-Q1", HERE, 263, 81)).iloc[0]

    assert found["share"] == pytest.approx(81 / 263)
    assert (round(found["low"], 4), round(found["high"], 4)) == (0.2553, 0.3662)


def test_arrivals_are_compared_with_those_whose_arrival_was_counted():
    found = flows(("P1", "2026-Q1", HERE, 40, 30), ("P1", "2026-Q2", HERE, 60, None)).iloc[0]

    assert found[["people", "counted", "arrived", "share"]].tolist() == [100, 40, 30, 0.75]


def test_a_direction_without_a_row_is_not_there_and_nobody_is_zero():
    found = flows(("P1", "2026-Q1", HERE, 40, None), ("P2", "2026-Q1", HERE, 0, None))

    assert found[["partner", "people", "hidden"]].values.tolist() == [["P1", 40, False], ["P2", 0, False]]


def test_a_small_count_is_hidden_and_the_next_smallest_with_it():
    found = flows(("P1", "2026-Q1", HERE, 3, 2), ("P2", "2026-Q1", HERE, 9, 8), ("P3", "2026-Q1", HERE, 40, None), ("P3", "2026-Q1", THERE, 20, None)).set_index(["partner", "direction"])

    assert found["hidden"].to_dict() == {("P1", HERE): True, ("P2", HERE): True, ("P3", HERE): False, ("P3", THERE): False}
    assert found.loc[["P1", "P2"], ["people", "counted", "arrived", "share", "low", "high"]].isna().all(axis=None)


@pytest.mark.parametrize(("people", "arrived"), [(40, 3), (40, 37), (40, 1), (40, 39)])
def test_an_arrival_that_tells_of_a_few_people_is_hidden(people, arrived):
    found = flows(("P1", "2026-Q1", HERE, people, arrived)).iloc[0]

    assert found["arrival_hidden"] and found["people"] == people
    assert found[["counted", "arrived", "share"]].isna().all()


def test_an_arrival_is_hidden_when_few_people_were_left_uncounted():
    found = flows(("P1", "2026-Q1", HERE, 40, 30), ("P1", "2026-Q2", HERE, 2, None)).iloc[0]

    assert found["arrival_hidden"] and pd.isna(found["share"])


@pytest.mark.parametrize("arrived", [0, 40])
def test_that_all_or_nobody_arrived_may_be_shown(arrived):
    assert flows(("P1", "2026-Q1", HERE, 40, arrived))["share"].tolist() == [arrived / 40]


@pytest.mark.parametrize("people", list(itertools.product([0, 1, 3, 5, 12], repeat=3)))
def test_no_hidden_count_can_be_worked_out_from_what_is_published(people):
    rows = [(f"P{place}", "2026-Q1", HERE, count, None) for place, count in enumerate(people, start=1)]
    shown, total = flows(*rows), totals(*rows)["people"].iloc[0]
    unknown = int(shown["hidden"].sum())
    if pd.isna(total):
        assert sum(people) < 5
        return
    rest = total - shown["people"].sum()
    fitting = [guess for guess in itertools.product(range(1, int(rest) + 1), repeat=unknown) if sum(guess) == rest] if unknown else []

    assert not unknown or (rest >= 5 and all(len({guess[place] for guess in fitting}) > 1 for place in range(unknown)))
    assert all(count >= 5 or count == 0 for count in shown["people"].dropna())


def test_totals_hold_the_hidden_and_shares_only_what_is_shown():
    found = totals(("P1", "2026-Q1", HERE, 3, 1), ("P2", "2026-Q1", HERE, 9, 4), ("P3", "2026-Q1", HERE, 40, 30), ("P3", "2026-Q1", THERE, 3, None))

    assert found[["direction", "partners", "hidden"]].values.tolist() == [[HERE, 3, 2], [THERE, 1, 1]]
    assert found.loc[0, ["people", "arrived", "counted", "share"]].tolist() == [52, 30, 40, 0.75]
    assert pd.isna(found.loc[1, "people"])


@pytest.mark.parametrize(("here", "there", "way"), [
    (30, 10, "mostly to the library"), (29, 10, "both ways"), (10, 30, "mostly to the partner"), (10, 0, "only to the library"), (0, 10, "only to the partner"),
    (0, 0, "nobody was sent"), (10, None, "only one way is recorded"), (3, 30, "too few to show")])
def test_one_way_streets_are_told_from_two_way_ones(here, there, way):
    rows = [("P1", "2026-Q1", HERE, here, None)] + ([("P1", "2026-Q1", THERE, there, None)] if there is not None else [])

    assert referrals.ways(flows(*rows))["way"].tolist() == [way]


def test_one_way_streets_come_first_and_partners_that_are_hidden_last():
    rows = [("P1", "2026-Q1", HERE, 12, None), ("P1", "2026-Q1", THERE, 10, None), ("P2", "2026-Q1", HERE, 50, None), ("P2", "2026-Q1", THERE, 0, None), ("P3", "2026-Q1", HERE, 2, None)]

    assert referrals.ways(flows(*rows))[["partner", "way"]].values.tolist() == [["P2", "only to the library"], ["P1", "too few to show"], ["P3", "too few to show"]]


def told(*rows: tuple) -> pd.DataFrame:
    """Rows of partner, date, by, channel, reached."""
    found = pd.DataFrame(rows, columns=["partner", "date", "by", "channel", "reached"]).astype({"reached": float, "partner": "str", "by": "str", "channel": "str"})
    return found.assign(date=pd.to_datetime(found["date"]))


def promotions(*rows: tuple) -> pd.DataFrame:
    return referrals.promotions(told(*rows), PARTNERS, as_of=DAY, small_group=5)


def test_each_active_partner_is_told_by_who_tells_of_whom():
    found = promotions(("P1", "2026-05-01", "library", "Newsletter", 900), ("P1", "2026-05-08", "partner", "Letter", None), ("P2", "2026-03-01", "library", "Poster", None),
                       ("P4", "2026-03-01", "library", "Poster", None))

    assert found[["partner", "by_library", "by_partner", "way"]].values.tolist() == [["P2", 1, 0, "only the library"], ["P3", 0, 0, "neither"], ["P1", 1, 1, "both"]]


def test_reach_is_that_of_the_widest_and_small_ones_are_hidden():
    found = promotions(("P1", "2026-05-01", "library", "Newsletter", 900), ("P1", "2026-04-01", "library", "Newsletter", 700), ("P1", "2026-05-08", "partner", "Talk", 4)).set_index("partner")

    assert found.loc["P1", ["library_channels", "library_reached"]].tolist() == ["Newsletter", 900]
    assert pd.isna(found.loc["P1", "partner_reached"])


def test_what_was_told_more_than_a_year_ago_is_not_counted():
    assert promotions(("P1", "2025-06-30", "library", "Poster", None), ("P2", "2025-07-01", "partner", "Poster", None))["way"].tolist() == ["neither", "neither", "only the partner"]


def test_no_rows_give_empty_results_and_no_promotions_at_all_are_not_known():
    none = flows()

    assert [len(rows) for rows in (none, totals(), referrals.ways(none), promotions())] == [0] * 4
    assert flows(("P1", "2020", HERE, 9, 9)).empty
