"""The network of partners: who is linked, who bridges, and what a departure would cost."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from planning.analysis import audiences, network

PARTNERS = pd.DataFrame(
    [("P1", "School", "education", "active", "clear"), ("P2", "Job office", "government", "active", "clear"), ("P3", "Pantry", "community", "active", "clear"),
     ("P4", "Parks", "internal department", "active", "concern"), ("P5", "Clinic", "government", "prospect", "clear"), ("P6", "Lender", "business", "prospect", "veto"),
     ("P7", "Cinema", "business", "ended", "clear"), ("P8", "Press", "business", "active", "clear")],
    columns=["partner", "name", "kind", "status", "ethics"])
PAIRS = [("P1", "P4"), ("P1", "P2"), ("P2", "P4"), ("P2", "P3"), ("P5", "P3"), ("P1", "P5"), ("P6", "P3"), ("P7", "P1")]


def linked(*pairs: tuple[str, str]) -> pd.DataFrame:
    rows = pd.DataFrame([[*pair, None] for pair in pairs], columns=["partner", "other", "through"])
    return network.links(PARTNERS, rows)


def test_each_pair_stands_once_and_vetoed_and_ended_partners_are_left_out() -> None:
    found = linked(*PAIRS, ("P4", "P1"), ("P3", "P3"))

    assert found[["partner_name", "other_name", "prospect"]].values.tolist() == [
        ["School", "Job office", False], ["School", "Parks", False], ["School", "Clinic", True], ["Job office", "Pantry", False], ["Job office", "Parks", False], ["Pantry", "Clinic", True]]


def test_the_partner_whose_loss_parts_the_others_comes_first() -> None:
    found = network.bridges(PARTNERS, linked(*PAIRS))

    assert found[["partner_name", "links", "cut", "parted", "bridge", "group"]].values.tolist() == [
        ["Job office", 3, True, "Pantry", True, 1], ["School", 2, False, "", False, 1], ["Pantry", 1, False, "", False, 1], ["Parks", 2, False, "", False, 1], ["Press", 0, False, "", False, 2]]
    assert found["density"].unique().tolist() == [0.4]
    assert found["betweenness"].round(9).tolist() == [round(2 / 6, 9), 0, 0, 0, 0]
    assert found["constraint"].isna().tolist() == [False] * 4 + [True]


def test_links_to_prospects_alone_make_no_network_of_active_partners() -> None:
    assert network.bridges(PARTNERS, linked(("P1", "P5"))).empty
    assert network.bridges(PARTNERS, linked()).columns.tolist() == network.BRIDGES


def test_a_prospect_with_a_second_way_relieves_the_only_link() -> None:
    first = network.joining(PARTNERS, linked(*PAIRS)).iloc[0]

    assert first[["partner_name", "links", "groups", "joins", "relieves", "relieves_count"]].tolist() == ["Clinic", 2, 1, False, "Job office", 1]


def test_a_prospect_that_only_hangs_on_to_the_group_relieves_nobody() -> None:
    first = network.joining(PARTNERS, linked(("P1", "P2"), ("P2", "P3"), ("P3", "P5"))).iloc[0]

    assert (first["relieves"], bool(first["joins"])) == ("", False)


def test_a_prospect_that_relieves_one_of_three_sides_is_named() -> None:
    star = [("P2", "P1"), ("P2", "P3"), ("P2", "P4")]

    assert network.joining(PARTNERS, linked(*star, ("P5", "P1"), ("P5", "P3"))).iloc[0]["relieves"] == "Job office"


def test_a_prospect_that_works_with_two_groups_would_join_them() -> None:
    first = network.joining(PARTNERS, linked(("P1", "P2"), ("P3", "P4"), ("P1", "P5"), ("P4", "P5"))).iloc[0]

    assert (first["partner_name"], first["groups"], bool(first["joins"])) == ("Clinic", 2, True)


WHO = pd.DataFrame({"audience": ["A1", "A2", "A3"], "name": ["Newcomers", "Readers", "Jobless"], "inclusion": [True, False, True]})
REACH = pd.DataFrame([("P1", "A2", 0.5), ("P2", "A3", 0.4), ("P3", "A3", 0.3), ("P3", "A1", 0.1), ("P1", "A1", 0.09), ("P5", "A1", 0.9)], columns=["partner", "audience", "reach"])


def test_an_audience_is_lost_when_one_active_partner_alone_reaches_a_tenth_of_it() -> None:
    found = network.audiences_lost(WHO, REACH, PARTNERS).set_index("partner")

    assert found["audiences"].to_dict() == {"P1": "Readers", "P2": "", "P3": "Newcomers"}
    assert found["inclusion_count"].to_dict() == {"P1": 0, "P2": 0, "P3": 1}


def test_the_share_that_counts_as_reached_is_that_of_the_coverage() -> None:
    assert network.LEAST == audiences.LEAST


def test_a_goal_is_lost_when_no_other_active_partner_clearly_supports_it() -> None:
    goals = pd.DataFrame({"goal": ["G1", "G2"], "name": ["Read", "Work"], "weight": [0.3, 0.1]})
    pairs = pd.DataFrame([("P1", "G1", 0.5), ("P2", "G1", 0.49), ("P2", "G2", 0.9), ("P3", "G2", 0.6), ("P5", "G1", 1.0), ("P2", "G0", 1.0)], columns=["partner", "goal", "strength"])
    found = network.goals_lost(goals, pairs, PARTNERS).set_index("partner")

    assert found["goals"].to_dict() == {"P1": "Read", "P2": "", "P3": ""}
    assert found["goal_share"].round(9).to_dict() == {"P1": 0.75, "P2": 0, "P3": 0}


def test_only_running_agreements_and_their_services_rest_on_a_partner() -> None:
    terms = pd.DataFrame({"partner": ["P1", "P1", "P1", "P2"], "name": ["Visits", "Old", "Coming", "Desk"], "service": ["S1", "S1", "S1", None],
                          "start": pd.to_datetime(["2024-01-01", "2020-01-01", "2026-07-01", "2026-06-30"]), "end": pd.to_datetime([None, "2026-06-29", None, "2026-06-30"])})
    found = network.terms_lost(terms, pd.DataFrame({"service": ["S1"], "name": ["Storytime"]}), PARTNERS, as_of=dt.date(2026, 6, 30)).set_index("partner")

    assert found.loc["P1"].tolist() == ["Visits", 1, "Storytime"]
    assert found.loc["P2"].tolist() == ["Desk", 1, ""]
    assert found.loc["P3", "agreement_count"] == 0


def test_what_was_not_written_down_is_missing_and_not_zero() -> None:
    gifts = network.gifts_lost(pd.DataFrame({"partner": ["P1", "P2"], "fiscal_year": [2026, 2025], "given_by": "partner", "amount": [100.0, 900.0], "hours": [None, 3.0]}), PARTNERS, last_year=2026)
    found = network.departures(PARTNERS, network.bridges(PARTNERS, linked(*PAIRS)), network.audiences_lost(WHO, REACH, PARTNERS), gifts).set_index("partner")

    assert found["amount"].fillna(-1).to_dict() == {"P3": -1, "P1": 100, "P2": -1, "P4": -1, "P8": -1}
    assert found["hours"].isna().all() and found["goal_share"].isna().all()
    assert found.loc["P4", "audience_count"] != 0 and pd.isna(found.loc["P4", "audience_count"])
    assert found.loc["P2", "parted"] == "Pantry"


def test_inclusion_groups_weigh_before_audiences_goals_and_money() -> None:
    def frame(column: str, **values: float) -> pd.DataFrame:
        return pd.DataFrame({"partner": list(values), column: list(values.values())})

    lost = [frame("inclusion_count", P1=0, P2=0, P3=1, P4=0, P8=0), frame("audience_count", P1=1, P2=3, P3=1, P4=1, P8=1),
            frame("goal_share", P1=0.1, P2=0.0, P3=0.0, P4=0.2, P8=0.1), frame("amount", P1=5, P2=0, P3=0, P4=0, P8=900)]

    assert network.departures(PARTNERS, *lost)["partner"].tolist() == ["P3", "P2", "P4", "P8", "P1"]


def test_a_role_played_by_one_active_partner_only_is_lost() -> None:
    played = pd.DataFrame({"partner": ["P1", "P1", "P2", "P7", "P2"], "role": ["mentor", "hosts", "hosts", "funds", "hosts"]})

    assert network.roles_lost(played, PARTNERS).values.tolist() == [["P1", "mentor"], ["P2", ""]]


def test_empty_tables_give_empty_results_with_their_columns() -> None:
    none, bare = PARTNERS.head(0), pd.DataFrame(columns=["partner", "other", "through"])

    assert network.joining(none, network.links(none, bare)).columns.tolist() == network.JOINING
    assert network.departures(none, network.bridges(none, network.links(none, bare)), network.audiences_lost(WHO.head(0), REACH.head(0), none)).empty
    assert network.departures(PARTNERS)[["audience_count", "amount"]].isna().all(axis=None)
