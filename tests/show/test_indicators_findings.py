"""What the page says of KPIs: their sheets, their sides, the targets that they meet, and what is missing."""

import pandas as pd
import pytest

from planning.show import html, language
from planning.show.charts import indicators as charts
from planning.show.findings import indicators
from planning.show.tables import indicators as tables


@pytest.fixture(autouse=True)
def english_dollars():
    language.use("en", "USD")


def card(**changes):
    row = {"perspective": "all", "kpis": 6, "met": 1, "partly": 2, "missed": 3, "unmeasured": 0, "aimless": 0, "measured": 6, "early": 0, "composite": -1 / 3}
    return pd.DataFrame([row | changes])


def test_an_empty_side_of_the_library_is_bad_news():
    rows = pd.DataFrame({"perspective": ["patrons", "process", "finance", "learning"], "kpis": [3, 1, 0, 0], "share": [0.75, 0.25, 0.0, 0.0]})

    assert (indicators.perspectives(rows).tone, indicators.perspectives(rows).text) == ("bad", "No KPI looks at finance or learning; 75% of the 4 KPIs look at patrons.")


def test_the_sheet_names_what_is_lacking_most():
    rows = pd.DataFrame({"kpi_name": ["Loans", "Visits"], "missing": [2, 0], "lacks": ["formula, source", ""]})

    assert indicators.sheet(rows).text == "1 of 2 KPIs lacks something: “Loans” has no formula or source."
    assert indicators.sheet(pd.concat([rows.head(1)] * 2)).text == "Each of the 2 KPIs lacks something, most of all “Loans”: no formula or source."
    assert (indicators.sheet(rows.tail(1)).tone, indicators.sheet(rows.head(0))) == ("good", None)


@pytest.mark.parametrize("changes, tone, text", [
    ({}, "bad", "Of 6 KPIs with a value and a target, 1 meets its target, 2 meet it in part and 3 do not: a composite of −0.33 on a scale from −1 to 1."),
    ({"early": 3}, "plain", "Of 6 KPIs with a value and a target, 1 meets its target, 2 meet it in part and 3 do not: a composite of −0.33 on a scale from −1 to 1. "
                            "None of these 3 is due yet."),
    ({"early": 2}, "bad", "Of 6 KPIs with a value and a target, 1 meets its target, 2 meet it in part and 3 do not: a composite of −0.33 on a scale from −1 to 1. "
                          "2 of these 3 are not due yet."),
    ({"met": 0, "partly": 0, "missed": 1, "measured": 1, "early": 1, "composite": -1.0}, "plain",
     "Of 1 KPI with a value and a target, none meets its target and 1 does not: a composite of −1.00 on a scale from −1 to 1. It is not due yet."),
    ({"met": 2, "partly": 1, "missed": 0, "measured": 3, "composite": 2 / 3}, "good",
     "Of 3 KPIs with a value and a target, 2 meet their target and 1 meets it in part: a composite of +0.67 on a scale from −1 to 1."),
])
def test_targets_met_in_full_and_in_part_are_told_with_their_day(changes, tone, text):
    found = indicators.scorecard(card(**changes))

    assert (found.tone, found.text) == (tone, text)


def test_what_cannot_be_judged_is_told():
    rows = pd.DataFrame({"name": ["Loans", "Talks", "Visits"], "met": ["no target", "not measured", "met"], "partial": [None, None, 4.0]})

    assert [found.text for found in indicators.unscored(rows)] == ["1 KPI has no target and is left out: set one in kpis.csv.", "“Talks” has a target, but was not measured lately."]
    assert [found.text for found in indicators.unscored(rows.head(1))] == [
        "No KPI has a target yet, so nothing can be met or missed: leadership sets target and due in kpis.csv, and partial where a part of the way counts."]
    assert [found.text for found in indicators.unscored(rows.tail(1).assign(partial=None))] == ["No KPI has a partial target, so a near miss counts as a miss."]
    assert [found.text for found in indicators.unscored(rows.head(0))] == ["There is no KPI yet, so no target can be met or missed."]
    assert indicators.scorecard(card().head(0)) is None


GAPS = pd.DataFrame({"kind": ["objective without a KPI", "side without a KPI"], "id": ["O1", ""], "name": ["Raise loans", "finance"]})
ROWS = pd.DataFrame({"kind": ["side without a KPI"] * 2, "id": ["", ""], "about": ["finance"] * 2, "name": ["Spending per loan", "Spending per visit"], "definition": "d", "formula": "f",
                     "limits": "l", "source": "s"})
ONE = pd.DataFrame({"kpi": ["K1"]})


def test_gaps_are_counted_with_those_that_the_list_can_fill_and_the_first_is_named():
    assert indicators.suggested(ROWS, GAPS, ONE).text == (
        "The KPIs leave 2 gaps; the list of library KPIs offers something for 1 of them. No KPI shows whether “Raise loans” is met.")
    assert indicators.suggested(ROWS, GAPS.tail(1), ONE).text == (
        "The KPIs leave 1 gap, and the list of library KPIs offers something for it. No KPI looks at finance.")
    both = pd.concat([ROWS, ROWS.assign(kind="objective without a KPI", id="O1", about="Raise loans")], ignore_index=True)
    assert indicators.suggested(both, GAPS, ONE).text.startswith("The KPIs leave 2 gaps, and the list of library KPIs offers something for each of them. ")


def test_a_plan_without_gaps_without_proposals_and_without_kpis_is_told_so():
    assert indicators.suggested(ROWS.head(0), GAPS.head(0), ONE).tone == "good"
    assert indicators.suggested(ROWS.head(0), GAPS, ONE).text == (
        "The KPIs leave gaps for which the list of library KPIs has no proposal. No KPI shows whether “Raise loans” is met.")
    assert indicators.suggested(ROWS, GAPS, ONE.head(0)).text == (
        "The plan has no KPI yet. The list of library KPIs has 2 to begin from; two to five for each objective are enough.")


def test_every_kind_of_gap_has_its_sentence():
    from planning.analysis.indicators import KINDS

    assert set(KINDS) == set(indicators.REASONS)
    assert [text for text in (indicators.reason(kind, "patrons") for kind in KINDS) if "{" in text] == []


def test_the_proposals_give_their_reason_in_words():
    assert "No KPI looks at finance." in html.table(tables.suggested(ROWS))


def test_the_sheet_says_from_where_to_where_and_from_what_it_counts_in_part():
    row = {"kpi_name": "Loans", "definition": None, "formula": None, "limits": None, "source": None, "frequency": "monthly", "unit": "% of loans", "direction": "up", "baseline": 10.0,
           "target": 20.0, "partial": 15.0, "target_low": None, "target_high": None, "due": pd.Timestamp("2027-06-30")}
    ends = [tables.sheet(pd.DataFrame([row | changes])).rows["way"].iloc[0] for changes in (
        {}, {"partial": None, "target": None}, {"direction": "band", "target": None, "partial": None, "target_low": 5.0, "target_high": 8.0, "due": pd.NaT})]

    assert ends == ["from 10% to 20% of loans by 30 June 2027, partly met from 15%", "from 10%, no target by 30 June 2027", "from 10%, then within 5% to 8% of loans"]
    assert tables.sheet(pd.DataFrame([row])).rows["origin"].iloc[0] == "no source; monthly"


@pytest.mark.parametrize("definition, formula, text", [
    ("People present", "People present at all sessions, added up", "People present at all sessions, added up."),
    ("Talks held.", "Talks ÷ weeks", "Talks held. Worked out: talks ÷ weeks."), ("Talks held", None, "Talks held. No formula."), (None, "Talks ÷ weeks", "Not defined. Worked out: talks ÷ weeks."),
])
def test_definition_and_formula_stand_in_one_cell_and_not_twice(definition, formula, text):
    rows = pd.DataFrame({"kind": ["side without a KPI"], "about": ["finance"], "name": ["Talks"], "definition": [definition], "formula": [formula], "limits": ["l"]})

    assert tables.suggested(rows).rows["counted"].tolist() == [text]


def test_how_to_read_a_kpi_follows_from_its_direction_timing_and_level():
    rows = pd.DataFrame({"kpi_name": ["Loans", "Seats"], "direction": ["up", "band"], "timing": ["leading", None], "level": ["output", None], "perspective": "patrons",
                         "service_name": None, "lacks": ["formula, due", ""]})
    found = tables.readings(rows).rows

    assert found["reading"].tolist() == ["More is better. It moves before the objective does. It shows what comes out, not yet what changes.", "Best within its band."]
    assert found["lacking"].fillna("none").tolist() == ["formula, due day", "none"]


def test_each_kpi_stands_beside_its_two_targets_and_a_band_beside_its_ends():
    rows = pd.DataFrame({"name": ["Loans", "Seats", "Talks"], "unit": ["loans", "%", "talks"], "comparable": [12.0, 70.0, None], "partial": [11.0, None, None], "target": [15.0, None, None],
                         "target_low": [None, 60.0, None], "target_high": [None, 80.0, None], "direction": ["up", "band", "up"], "met": ["partly met", "met", "no target"],
                         "due": pd.to_datetime(["2027-06-30", None, None])})
    found = html.records(tables.two_targets(rows[::-1]).rows, tables.two_targets(rows).columns).splitlines()[1:]

    assert found == ["Loans | loans | 12 | 11 | 15 | Partly met | 30 June 2027", "Seats | % | 70% | – | 60% to 80% | Target met | –", "Talks | talks | – | – | – | No target | –"]


def test_the_scorecards_chart_says_its_numbers_in_words():
    rows = pd.concat([card(), card(perspective="finance", kpis=1, met=0, partly=0, missed=0, unmeasured=1, measured=0, composite=None)], ignore_index=True)
    found = charts.scorecard(rows)

    assert found.alt == ("Number of KPIs by result and side of the library. all KPIs: 1 met, 2 partly met, 3 not met, 0 not measured, 0 without a target, composite −0.33; "
                         "finance: 0 met, 0 partly met, 0 not met, 1 not measured, 0 without a target")
    assert (found.basis, found.finding.tone) == ("6 KPIs", "bad")
    assert "none measured" in [text.get_text() for text in found.figure.axes[0].texts]
