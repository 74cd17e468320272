"""Sentences, charts and tables of the network, of departures, of whom partners serve and of interviews."""

from __future__ import annotations

import pandas as pd
import pytest
from matplotlib.text import Text

from planning.analysis import interviews, network
from planning.show import charts, html, language, tables
from planning.show.findings import network as said


@pytest.fixture(autouse=True)
def english() -> None:
    language.use("en", "USD")


PARTNERS = pd.DataFrame(
    [("P1", "School", "education", "active"), ("P2", "Job office", "government", "active"), ("P3", "Pantry", "community", "active"), ("P4", "Press", "business", "active"),
     ("P5", "Clinic", "government", "prospect")], columns=["partner", "name", "kind", "status"]).assign(ethics="clear")


def links(*pairs: tuple[str, str]) -> pd.DataFrame:
    return network.links(PARTNERS, pd.DataFrame([[*pair, None] for pair in pairs], columns=["partner", "other", "through"]))


CHAIN = links(("P1", "P2"), ("P2", "P3"), ("P1", "P5"), ("P3", "P5"))


def test_who_works_with_no_other_and_who_only_with_each_other_is_said_of_the_record() -> None:
    assert said.groups(network.bridges(PARTNERS, CHAIN)).text == (
        "On record, 3 of 4 active partners work with one another, directly or through others; 33% of all pairs do so directly. Press works with no other.")
    assert said.groups(network.bridges(PARTNERS, links(("P1", "P2"), ("P3", "P4")))).text.endswith("Apart from them work Pantry and Press only with each other.")


def test_the_only_link_between_others_is_named_with_whom_it_would_part() -> None:
    found = said.bridging(network.bridges(PARTNERS, CHAIN))

    assert (found.tone, found.text) == ("bad", "1 active partner is the only link between others: without Job office, Pantry would lose touch with the rest of the group.")


def test_a_network_that_holds_without_any_one_is_good_news() -> None:
    assert said.bridging(network.bridges(PARTNERS, links(("P1", "P2"), ("P2", "P3"), ("P1", "P3")))).tone == "good"
    assert said.bridging(network.bridges(PARTNERS, links())) is None


def test_a_prospect_that_joins_or_relieves_is_named() -> None:
    assert said.joining(network.joining(PARTNERS, CHAIN)).text == (
        "With Clinic, a prospect that already works with School and Pantry, the others would depend less on Job office.")
    apart = links(("P1", "P2"), ("P3", "P4"), ("P1", "P5"), ("P4", "P5"))
    assert said.joining(network.joining(PARTNERS, apart)).text == "Clinic, a prospect, already works with School and Press, who do not meet otherwise."
    assert said.joining(network.joining(PARTNERS, links(("P1", "P5")))).text == "On record, no prospect works with partners who do not meet already."


LEFT = pd.DataFrame({"partner": ["P3", "P1"], "partner_name": ["Pantry", "School"], "kind": ["community", "education"], "audiences": ["Newcomers; Readers", ""], "audience_count": [2.0, 0.0],
                     "inclusion": ["Newcomers", ""], "inclusion_count": [1.0, 0.0], "goals": ["Everyone reads", ""], "goal_share": [0.3, 0.0], "agreements": ["Visits", ""],
                     "agreement_count": [1.0, 0.0], "services": ["Storytime", ""], "amount": [1400.0, None], "hours": [None, None], "roles": ["mentor", None], "parted": ["", ""], "parted_count": [0.0, 0.0]})


def test_the_departure_that_would_cost_most_is_told_with_what_is_lost() -> None:
    assert said.departures(LEFT).text == (
        "On record, the departure of Pantry would cost most: no other active partner reaches “Newcomers” (an inclusion group) and “Readers”; no other clearly supports “Everyone reads”.")
    assert said.departures(LEFT.tail(1)).tone == "plain"
    assert said.departures(LEFT.assign(audience_count=None, goal_share=None, amount=None)) is None


def test_of_several_only_links_the_first_is_told_in_full_and_the_others_are_named() -> None:
    rows = network.bridges(PARTNERS, CHAIN).assign(cut=True, parted="Pantry").head(3)
    names = list(rows["partner_name"])

    assert said.bridging(rows).text == (f"3 active partners are the only link between others: without {names[0]}, Pantry would lose touch with the rest of the group; "
                                        f"the others are {names[1]} and {names[2]}.")


def test_partners_of_whom_nothing_is_known_are_counted() -> None:
    rows = pd.concat([LEFT, LEFT.tail(1).assign(audience_count=None, goal_share=None)], ignore_index=True)

    assert said.departures(rows).text.endswith("For 1 active partner, neither reach nor goals are on record.")


def test_inclusion_groups_that_hang_on_one_partner_are_named() -> None:
    assert said.hanging(LEFT).text == "1 inclusion group is reached through one active partner alone: “Newcomers” (Pantry)."
    assert said.hanging(LEFT.tail(1)).text == "No inclusion group is reached through one active partner alone; each has several ways, or none."
    assert said.hanging(LEFT.assign(inclusion_count=None)) is None


def test_a_dash_is_not_on_record_and_none_is_none() -> None:
    item = tables.network.departures(LEFT)
    rows = html.records(item.rows, item.columns).splitlines()

    assert rows[1] == "Pantry | ◆ Newcomers and Readers | Everyone reads (30%) | Storytime | $1,400 | mentoring | none"
    assert rows[2] == "School | none | none | none | – | – | none"


def kinds(partners: list[int], audiences: list[int]) -> pd.DataFrame:
    return pd.DataFrame({"kind": ["patrons", "staff"], "partners": partners, "audiences": audiences, "partner_names": ["School; Pantry", "Press"]})


def test_a_kind_of_audience_that_hangs_on_one_or_on_nobody_is_named() -> None:
    assert said.served(kinds([2, 1], [3, 1])).text == "Of the five kinds of audience: one alone serves staff (Press)."
    assert said.served(kinds([2, 0], [3, 1])).tone == "bad"
    assert said.served(kinds([2, 0], [3, 0])).text == "Each kind of audience on record is served by at least two active partners. No audience is on record among staff."


def themes(**columns: object) -> pd.DataFrame:
    rows = {"group": "partners", "theme": ["T1", "T2", None], "theme_name": ["Openness", "Hours", None], "conversations": [4.0, None, None], "of": [9.0, 9.0, None], "people": [15.0, None, None],
            "strength": [interviews.SEVERAL, interviews.SOME, None], "held": [None, None, 2.0], "hidden": [False, False, True]}
    return pd.DataFrame(rows | columns)


def test_themes_are_told_by_conversations_and_held_ones_are_only_counted() -> None:
    assert [one.text for one in said.themes(themes())] == [
        "In conversations with partners, “Openness” came up most: in 4 of 9. Then “Hours” (at least one). 2 more themes came up among too few people to be named."]
    assert said.themes(themes().tail(1))[0].text == "What partners said in conversations is not shown by theme: 2 themes came up, each among too few people."
    assert said.themes(themes().head(0)) == []


def test_the_table_of_themes_has_a_word_where_a_number_would_tell() -> None:
    item = tables.network.themes(themes())

    assert html.records(item.rows, item.columns).splitlines()[2:] == [
        "Hours | partners | at least one of 9 | – | told in at least one conversation", "2 themes held back | partners | – | – | too few people"]


def test_groups_nobody_talked_with_are_named() -> None:
    rows = pd.DataFrame({"group": ["partners", "staff"], "conversations": [2, 0]})

    assert said.heard(rows).text == "2 conversations are on record: 2 with partners. None is on record with staff."
    assert said.heard(rows.head(0)) is None


def test_the_network_is_drawn_with_a_name_and_words_for_each_mark() -> None:
    chart = charts.network.network(network.bridges(PARTNERS, CHAIN), CHAIN, network.joining(PARTNERS, CHAIN))
    drawn = [text.get_text() for text in chart.figure.findobj(Text)]

    assert {"Job office\ngovernment; only link to 1 partner", "Clinic\nprospect, government", "Press\nbusiness; works with no other", "School\neducation"} <= set(drawn)
    assert "Job office works with School and Pantry" in chart.alt and "Clinic, a prospect, works with School and Pantry" in chart.alt
    assert chart.basis == "4 active partners, 2 links between them"


def test_what_links_two_partners_stands_beside_them() -> None:
    item = tables.network.links(CHAIN.assign(through="Job table"))

    assert html.records(item.rows, item.columns).splitlines()[1] == "School | Job office | Job table | no"


def test_a_large_network_is_cut_to_what_can_be_read() -> None:
    many = pd.DataFrame([(f"P{number:02}", f"Partner {number:02}", "community", "active", "clear") for number in range(60)], columns=PARTNERS.columns)
    found = network.links(many, pd.DataFrame([(f"P{number:02}", f"P{number + 1:02}", None) for number in range(59)], columns=["partner", "other", "through"]))
    chart = charts.network.network(network.bridges(many, found), found, network.joining(many, found))

    assert len(chart.figure.axes[0].get_yticks()) == charts.network.MOST
    assert len(chart.table.rows) == 60
