import datetime as dt

import pandas as pd
import pytest

from planning.analysis import audiences

WHO = pd.DataFrame({"audience": ["A1", "A2", "A3"], "name": ["Children", "Newcomers", "Council"], "kind": ["patrons", "community", "government and funders"],
                    "inclusion": [False, True, False], "people": [1000.0, 500.0, None]})
PARTNERS = pd.DataFrame({"partner": ["P1", "P2", "P3", "P4", "P5"], "name": ["School", "Clinic", "Network", "Lender", "Cinema"],
                         "status": ["active", "active", "prospect", "prospect", "ended"], "ethics": ["clear", "clear", "concern", "veto", "clear"],
                         "effort": [2.0, 1.0, 2.0, 1.0, 1.0]})


def reach(*rows: tuple[str, str, float]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["partner", "audience", "reach"])


REACH = reach(("P1", "A1", 0.5), ("P2", "A1", 0.4), ("P2", "A3", 0.2), ("P3", "A2", 0.3), ("P4", "A2", 0.9), ("P5", "A2", 0.8))


def test_combined_reach_is_one_minus_what_all_miss():
    found = audiences.coverage(WHO, REACH, PARTNERS).iloc[0]

    assert found[["partners", "best", "best_partner"]].tolist() == [2, 0.5, "School"]
    assert found["combined"] == pytest.approx(1 - 0.5 * 0.6)
    assert found["people_reached"] == 700


def test_only_active_partners_count():
    found = audiences.coverage(WHO, REACH, PARTNERS).set_index("audience_name")

    assert found["reached"].to_dict() == {"Children": True, "Newcomers": False, "Council": True}
    assert found.loc["Newcomers", "combined"] == 0


def test_the_number_of_people_reached_is_missing_where_the_size_is():
    assert pd.isna(audiences.coverage(WHO, REACH, PARTNERS).set_index("audience").loc["A3", "people_reached"])


def test_a_prospect_can_be_counted_as_if_it_were_active():
    assert audiences.coverage(WHO, REACH, PARTNERS, adding=["P3"])["reached"].all()


def test_two_weak_partners_do_not_make_an_audience_reached():
    found = audiences.coverage(WHO, reach(("P1", "A2", 0.09), ("P2", "A2", 0.09), ("P1", "A1", 0.1)), PARTNERS).set_index("audience")

    assert found["reached"].to_dict() == {"A1": True, "A2": False, "A3": False}
    assert found.loc["A2", "combined"] == pytest.approx(0.1719)


def test_the_five_kinds_are_listed_whether_or_not_they_have_an_audience():
    found = audiences.kinds(audiences.coverage(WHO, REACH, PARTNERS)).set_index("kind")

    assert found["audiences"].tolist() == [1, 0, 1, 0, 1]
    assert found.loc["community", ["reached", "inclusion", "inclusion_reached", "unreached"]].tolist() == [0, 1, 0, "Newcomers"]


def test_missed_audiences_come_first_with_the_prospect_that_is_no_veto():
    found = audiences.gaps(audiences.coverage(WHO, REACH, PARTNERS), REACH, PARTNERS)

    assert found["audience_name"].tolist() == ["Newcomers", "Council", "Children"]
    assert found.iloc[0][["prospect", "reach", "prospects", "concern", "would_reach"]].tolist() == ["Network", 0.3, 1, True, True]
    assert found.iloc[1][["prospects", "would_reach"]].tolist() == [0, False]


def test_a_missed_inclusion_group_comes_before_other_missed_audiences():
    found = audiences.gaps(audiences.coverage(WHO, reach(("P3", "A1", 0.5)), PARTNERS), reach(("P3", "A1", 0.5)), PARTNERS)

    assert found["audience_name"].tolist() == ["Newcomers", "Children", "Council"]


def test_additions_name_what_each_prospect_would_bring():
    found = audiences.additions(WHO, reach(*REACH.values.tolist(), ("P3", "A1", 0.1)), PARTNERS)

    assert found[["partner_name", "newly", "newly_count", "inclusion", "raised"]].values.tolist() == [["Network", "Newcomers", 1, 1, 2]]


def test_change_lists_only_what_differs():
    now, then = audiences.coverage(WHO, REACH, PARTNERS), audiences.coverage(WHO, REACH, PARTNERS, adding=["P3"])

    assert audiences.change(now, then)[["audience_name", "before", "after", "newly"]].values.tolist() == [["Newcomers", 0.0, 0.3, True]]
    assert audiences.change(now, now).empty


def test_the_smallest_set_takes_first_who_adds_most_and_never_a_veto():
    found = audiences.smallest_set(WHO, REACH, PARTNERS)

    assert found[["partner_name", "adds", "covered", "of"]].values.tolist() == [["Clinic", "Children; Council", 2, 3], ["Network", "Newcomers", 3, 3]]


def test_at_a_tie_an_active_partner_comes_before_a_prospect_and_little_effort_before_much():
    tie = reach(("P1", "A1", 0.5), ("P2", "A1", 0.5), ("P3", "A1", 0.9))

    assert audiences.smallest_set(WHO, tie, PARTNERS)["partner_name"].tolist() == ["Clinic"]
    assert audiences.smallest_set(WHO, tie, PARTNERS.assign(ethics=["clear", "concern", "clear", "veto", "clear"]))["partner_name"].tolist() == ["School"]


def test_an_audience_that_nobody_reaches_is_left_out_of_the_set_but_stays_in_the_total():
    found = audiences.smallest_set(WHO, reach(("P1", "A1", 0.5), ("P1", "A3", 0.05)), PARTNERS)

    assert found[["partner_name", "covered", "of"]].values.tolist() == [["School", 1, 3]]


def test_reach_that_is_not_recorded_at_all_says_nothing_about_audiences():
    for who, pairs, partners in ((WHO.iloc[:0], REACH, PARTNERS), (WHO, REACH.iloc[:0], PARTNERS), (WHO, REACH, PARTNERS.iloc[:0])):
        coverage = audiences.coverage(who, pairs, partners)
        empty = coverage, audiences.kinds(coverage), audiences.gaps(coverage, pairs, partners), audiences.additions(who, pairs, partners), audiences.smallest_set(who, pairs, partners)

        assert [len(rows) for rows in empty] == [0] * 5
        assert "newly_count" in empty[3] and "would_reach" in empty[2]


def test_who_serves_a_kind_is_who_reaches_a_tenth_of_one_of_its_audiences_and_is_active():
    found = audiences.benefits(WHO, reach(("P1", "A1", 0.5), ("P1", "A2", 0.09), ("P2", "A2", 0.1), ("P3", "A2", 0.9), ("P2", "A1", 0.2)), PARTNERS)

    assert found[["kind", "partner_name", "names", "inclusion"]].values.tolist() == [
        ["patrons", "School", "Children", 0], ["patrons", "Clinic", "Children", 0], ["community", "Clinic", "Newcomers", 1]]


def test_what_a_kind_is_served_for_are_the_services_of_running_agreements_with_those_who_reach_it():
    terms = pd.DataFrame({"partner": ["P1", "P1", "P2", "P3"], "service": ["S1", "S2", None, "S3"], "start": pd.to_datetime(["2025-01-01", "2025-01-01", "2025-01-01", "2025-01-01"]),
                          "end": pd.to_datetime([None, "2026-01-01", None, None])})
    services = pd.DataFrame({"service": ["S1", "S2", "S3"], "name": ["Storytime", "Van", "Desk"]})
    kinds = audiences.kinds(audiences.coverage(WHO, REACH, PARTNERS))
    found = audiences.purposes(kinds, audiences.benefits(WHO, REACH, PARTNERS), terms, services, as_of=dt.date(2026, 6, 30)).set_index("kind")

    assert found.loc["patrons", ["partners", "partner_names", "services"]].tolist() == [2, "School; Clinic", "Storytime"]
    assert found.loc["community", ["partners", "services", "unreached"]].tolist() == [0, "", "Newcomers"]


def test_without_audiences_nobody_serves_a_kind():
    empty = audiences.benefits(WHO.head(0), REACH.head(0), PARTNERS.head(0))
    kinds = audiences.kinds(audiences.coverage(WHO.head(0), REACH, PARTNERS))

    assert empty.empty and "inclusion" in empty
    assert audiences.purposes(kinds, empty, pd.DataFrame(columns=["partner", "service", "start", "end"]), pd.DataFrame(columns=["service", "name"]), as_of=dt.date(2026, 6, 30)).empty
