"""What is said of three groups' ratings and of patrons' expectations, also where little or nothing can be said."""

from __future__ import annotations

import pandas as pd
import pytest

from planning.analysis import expectations, ratings
from planning.show import charts, language, tables
from planning.show.findings import expectations as findings
from planning.show.records import Chart, Table

NONE = float("nan")
SERVICES = pd.DataFrame({"service": ["S1", "S2"], "name": ["Van", "Desk"]})


@pytest.fixture(autouse=True)
def english():
    language.use("en", "USD")


def means(**by_group: list[float]) -> pd.DataFrame:
    """Mean ratings of the van and the desk by each group; a missing mean is a hidden one."""
    rows = [[name, group, 9.0, mean, mean, pd.isna(mean)] for group, both in by_group.items() for name, mean in zip(("Van", "Desk"), both)]
    return pd.DataFrame(rows, columns=["service_name", "group", "n", "quality", "relevance", "hidden"])


def placed(*rows: tuple[object, ...]) -> pd.DataFrame:
    columns = ["service", "service_name", "n", "minimum", "desired", "perceived", "adequacy", "low", "high", "superiority", "zone", "place", "blank", "reversed", "hidden"]
    return pd.DataFrame(rows, columns=columns)


LOW = ("S1", "Van", 30.0, 6.0, 8.0, 5.0, -1.0, -1.4, -0.6, -3.0, -0.5, "below the minimum", 2.0, 1.0, False)
FAIR = ("S2", "Desk", 25.0, 6.0, 8.0, 7.0, 1.0, 0.5, 1.5, -1.0, 0.5, "above the minimum", 0.0, 0.0, False)
HIDDEN = ("S3", "Copier", *[NONE] * 9, None, NONE, NONE, True)

GAPS = pd.DataFrame({"service": ["S1", "S2"], "service_name": ["Van", "Desk"], "patrons": [4.3, 3.0], "leadership": [2.6, 3.6], "difference": [1.7, -0.6], "low": [1.3, -1.4], "high": [2.1, 0.2],
                     "clear": [True, False], "hidden": False})
SEGMENTS = pd.DataFrame({"segment": ["A", "B", "C"], "segment_name": ["Newcomers", "Families", "Founders"], "n": [8.0, 20.0, NONE], "answers": [30.0, 80.0, NONE], "perceived": [5.6, 6.6, NONE],
                         "adequacy": [-0.5, 0.5, NONE], "low": [-1.6, 0.1, NONE], "high": [0.5, 0.9, NONE], "beside": [-1.1, 0.3, NONE], "beside_low": [-2.1, 0.1, NONE], "beside_high": [-0.2, 0.5, NONE], "hidden": [False, False, True]})


def test_three_groups_are_told_where_they_lie_furthest_apart_and_whom_staff_stand_nearer():
    rows = means(patrons=[4.3, 3.0], staff=[3.2, 3.1], leadership=[2.6, 3.6])

    assert findings.groups(rows).text == "The groups lie furthest apart on the relevance of Van: patrons 4.3, staff 3.2 and leadership 2.6."
    assert findings.staff(rows).text == "In what they say of relevance, staff stand nearer to patrons than to leadership on 1 of 2 services."
    assert findings.staff(rows[rows["group"] != "leadership"]) is None and findings.staff(rows[:0]) is None


def test_two_groups_are_told_without_the_third_and_one_group_says_nothing_of_others():
    assert findings.groups(means(patrons=[4.3, 3.0], staff=[3.2, 3.1])).text == "The groups lie furthest apart on the relevance of Van: patrons 4.3 and staff 3.2."
    assert findings.groups(means(patrons=[4.3, 3.0], staff=[4.3, 3.0])).text == "The groups give each service the same mean relevance: nothing parts them."
    assert findings.groups(means(patrons=[4.3, 3.0])) is None
    assert findings.groups(means(patrons=[NONE, NONE])) is None


def test_a_group_that_was_not_asked_or_is_too_small_is_named_with_what_would_help():
    found = [item.text for item in findings.unheard(means(patrons=[4.3, 3.0], staff=[NONE, NONE]), small_group=5)]

    assert found == ["There are no ratings by leadership, so nobody can say where they and the others differ. Ask them about the same services, and add their answers to ratings.csv.",
                     "Too few ratings by staff came in for any one service: it takes 5 to show them. Ask more people, or leave the comparison out."]


def test_a_group_that_rates_all_alike_is_told_to_put_none_first():
    rows = means(patrons=[4.3, 3.0], staff=[3.2, 3.1], leadership=[3.0, 3.0])

    assert [item.text for item in findings.unheard(rows, small_group=5)] == [
        "Ratings by leadership give every service the same mean, so they put none before another. Ask for points to share out, or for an order."]
    assert findings.unheard(rows[:0], small_group=5) == []


def test_pairs_of_groups_are_read_out_for_one_question():
    rows = pd.DataFrame({"of": ["relevance"] * 2, "one": ["patrons", "patrons"], "other": ["leadership", "staff"], "compared": [15, 15], "clear": [4, 0], "service_name": ["Van", "Desk"],
                         "difference": [-1.7, 2.0], "low": [-2.2, -0.1], "high": [-1.2, 4.1], "agreement": [0.2, 0.4]})

    assert findings.pairs(rows).text == ("In what they say of relevance, groups clearly differ: patrons and leadership on 4 of 15 and patrons and staff on none of 15 services. "
                                         "Widest apart is Van, which leadership put 1.7 points above patrons.")
    assert findings.pairs(rows, told="relevance").text.endswith("patrons and staff on none of 15 services.")
    assert findings.pairs(rows.assign(clear=[4, 1]), told="relevance").text.endswith("Staff differ most on Desk, which patrons put 2.0 points above staff.")
    assert findings.pairs(rows.assign(clear=0)).text == "In what they say of relevance, no two groups differ on any of 15 services by more than chance could explain."
    assert findings.pairs(rows.assign(clear=0, low=NONE)).tone == "unknown"
    assert findings.pairs(rows, of="quality") is None
    assert tables.expectations.pairs(rows).rows["interval"].tolist() == ["−2.2 to −1.2", "−0.1 to +4.1"]


def test_a_service_below_what_patrons_accept_is_bad_news_with_its_range():
    found = findings.below(placed(LOW, FAIR, HIDDEN))

    assert (found.tone, found.text) == ("bad", "Patrons find 1 service of 2 below what they would still accept: Van (−1.0 points, between −1.4 and −0.6).")
    assert findings.below(placed(FAIR)).tone == "good"


def test_nothing_shown_or_no_range_is_told_as_not_known():
    assert findings.below(placed(HIDDEN)).text.startswith("Too few patrons gave three levels that can be used for any one service")
    assert findings.below(placed((*LOW[:7], NONE, NONE, -3.0, -0.5, "no range", 0.0, 0.0, False))).text.startswith("On each service the answers lie equally far from the minimum")
    assert findings.below(placed()) is None


def test_the_way_to_the_wish_is_told_for_the_best_service():
    full = ("S3", "Copier", 9.0, 4.0, 6.0, 6.5, 2.5, 2.0, 3.0, 0.5, 1.25, "at the wish", 0.0, 0.0, False)

    assert findings.wished(placed(LOW, FAIR)).text == "No service is all that patrons wish for; nearest comes Desk, 50% of the way from the least they would accept to what they wish for."
    assert findings.wished(placed(LOW, full)).text == "On 1 service patrons find, on average, all they wish for: Copier."
    assert findings.wished(placed(LOW)) is None and findings.wished(placed(HIDDEN)) is None


def test_answers_that_were_left_out_are_counted_by_reason():
    assert findings.left_out(placed(LOW, FAIR)).text == "3 answers were left out: 2 with a level left empty and 1 with a minimum above the wish."
    assert findings.left_out(placed(FAIR)) is None


def test_the_group_that_finds_least_is_told_beside_everyone():
    told = "Measured by what they would accept, newcomers come off worst: −1.1 points beside everyone's answers on the same services (8 patrons, between −2.1 and {end}). {chance}1 group is too small to show."
    assert findings.by_segment(SEGMENTS).text == told.format(end="−0.2", chance="")
    assert findings.by_segment(SEGMENTS.assign(beside_high=0.1)).text == told.format(end="+0.1", chance="Chance alone could explain that. ")
    assert findings.by_segment(SEGMENTS[1:]) is None and findings.by_segment(SEGMENTS.assign(beside=0.0)) is None
    assert tables.expectations.by_segment(SEGMENTS).rows["interval"].fillna("").tolist() == ["−1.6 to +0.5", "+0.1 to +0.9", ""]


def test_charts_without_anything_to_draw_are_tables_that_say_why():
    zones, groups = charts.expectations.zones(placed(HIDDEN)), charts.expectations.groups(means(patrons=[NONE, NONE]), GAPS[:0])

    assert isinstance(zones, Table) and zones.caption.startswith("Too few patrons")
    assert isinstance(groups, Table) and groups.rows["hidden"].all()


def test_charts_say_their_numbers_in_words():
    zones, groups = charts.expectations.zones(placed(LOW, FAIR, HIDDEN)), charts.expectations.groups(means(patrons=[4.3, 3.0], staff=[3.2, NONE]), GAPS[:0])

    assert isinstance(zones, Chart) and "Van: accept 6.0, wish 8.0, find 5.0" in zones.alt and "Copier" not in zones.alt
    assert groups.alt.endswith("Van: patrons 4.3, staff 3.2; Desk: patrons 3.0")
    assert groups.basis == "ratings: 18 by patrons, 9 by staff" and groups.finding.text.startswith("The groups lie furthest apart")


def test_a_dark_line_and_the_title_tell_where_patrons_and_leadership_clearly_differ():
    chart = charts.expectations.groups(means(patrons=[4.3, 3.0], staff=[3.2, 3.1], leadership=[2.6, 3.6]), GAPS)
    axes = chart.figure.axes[0]

    assert [list(line.get_xdata()) for line in axes.lines] == [[4.3, 2.6]]
    assert "dark line" in axes.get_xlabel()
    assert chart.finding.text.startswith("Patrons and leadership clearly differ on the relevance of 1 of 2 services, most on Van")
    assert chart.table.rows[["service_name", "difference", "interval"]].values.tolist() == [["Van", 1.7, "+1.3 to +2.1"], ["Desk", -0.6, "−1.4 to +0.2"]]


@pytest.mark.parametrize("kept", [[], ["patrons"], ["patrons", "staff"], ["leadership"]])
def test_any_groups_can_be_absent_from_end_to_end(kept: list[str]):
    rows = [[f"{group}{place}", group, service, 3.0 + place % 2, 2.0 + place % 3] for group in kept for service in ("S1", "S2") for place in range(6)]
    rated = pd.DataFrame(rows, columns=["rater", "group", "service", "quality", "relevance"])
    shown = ratings.summary(rated, SERVICES, small_group=5)

    assert [item.text.startswith("There are no ratings by") for item in findings.unheard(shown, small_group=5)][:1] == ([True] if kept else [])
    assert ratings.pairs(rated, SERVICES, small_group=5, seed=1).empty is (not kept)
    assert ratings.gaps(rated, SERVICES, small_group=5, seed=1)["hidden"].all()


def test_no_expectations_say_nothing_at_all():
    none = pd.DataFrame(columns=["rater", "segment", "date", "service", "minimum", "desired", "perceived"])
    rows = expectations.gaps(none, SERVICES, small_group=5, seed=1)

    assert [findings.below(rows), findings.wished(rows), findings.left_out(rows)] == [None] * 3
