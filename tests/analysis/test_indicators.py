"""KPIs as instruments: sheets, sides, targets met, gaps and what would fill them."""

import datetime as dt

import pandas as pd
import pytest

from planning.analysis import indicators

DAY = dt.date(2026, 6, 30)
GOALS = pd.DataFrame({"goal": ["G1", "G2"], "name": ["Children read", "People find work"], "weight": [0.3, 0.7]})
OBJECTIVES = pd.DataFrame({"objective": ["O1", "O2"], "goal": ["G1", None], "statement": ["Raise loans of picture books", "Cut the wait for an answer"]})
CATALOGUE = pd.DataFrame(
    [["loans", "Loans per person", "Items lent", "use", "patrons", "output", "lagging"],
     ["story", "Children who read a picture book", "Children asked about it", "learning", "patrons", "outcome", "leading"],
     ["wait", "Wait for an answer", "Days until the answer", "speed", "process", "output", "leading"],
     ["cost", "Spending per loan", "Money for each item lent", "money", "finance", "output", "lagging"],
     ["growth", "Partnership growth", "More done with others", "partnership", "learning", "output", "lagging"],
     ["jobs", "Seekers who found work", "Asked after three months", "impact", "patrons", "impact", "lagging"]],
    columns=["indicator", "name", "definition", "family", "perspective", "level", "timing"]).reindex(
        columns=["indicator", "name", "definition", "formula", "unit", "frequency", "source", "limits", "family", "perspective", "level", "timing", "direction"])


def kpi(name="Loans", **changes):
    return pd.DataFrame([{"kpi": "K1", "name": name, "definition": "Counted", "objective": "O1", "level": "output", "timing": "lagging", "perspective": "patrons"} | changes])


def kinds(found):
    return found[["kind", "name"]].values.tolist()


def test_an_indicator_sheet_counts_a_band_with_one_end_and_a_missing_formula_as_lacking():
    kpis = pd.DataFrame({"kpi": ["K1", "K2"], "name": ["Loans", "Seats"], "objective": None, "service": ["S1", None], "definition": "Counted", "formula": ["Loans added up", None],
                         "source": ["Log", None], "limits": "Few", "unit": "a month", "level": "output", "timing": "lagging", "perspective": "patrons", "direction": ["up", "band"],
                         "frequency": "monthly", "baseline": [1.0, 2.0], "baseline_period": "2025", "target": [5.0, None], "partial": None, "target_low": [None, 4.0],
                         "target_high": [None, None], "due": pd.to_datetime(["2027-06-30"] * 2)})
    found = indicators.sheet(kpis, pd.DataFrame({"service": ["S1"], "name": ["Lending"]}))

    assert found[["kpi_name", "missing", "lacks"]].values.tolist() == [["Seats", 3, "formula, source, target"], ["Loans", 0, ""]]
    assert found.loc[1, "service_name"] == "Lending"


def test_kpis_without_a_side_give_no_balance():
    assert indicators.perspectives(pd.DataFrame({"perspective": [None]})).empty


def test_the_scorecard_adds_up_by_side_and_leaves_what_was_not_measured_out_of_the_base():
    rows = pd.DataFrame({"perspective": ["patrons", "patrons", "patrons", "finance", None], "met": ["met", "not met", "not measured", "partly met", "no target"],
                         "due": pd.to_datetime(["2027-06-30", "2026-06-30", "2027-06-30", None, None])})
    found = indicators.scorecard(rows, as_of=DAY).drop(columns="composite").values.tolist()

    # perspective, kpis, met, partly, missed, unmeasured, aimless, measured, early
    assert found == [["all", 5, 1, 1, 1, 1, 1, 3, 0], ["patrons", 3, 1, 0, 1, 1, 0, 2, 0], ["finance", 1, 0, 1, 0, 0, 0, 1, 0], ["none named", 1, 0, 0, 0, 0, 1, 0, 0]]
    assert indicators.scorecard(rows, as_of=DAY)["composite"].fillna(-9).tolist() == [0.0, 0.0, 0.0, -9.0]


def test_a_miss_before_its_day_is_early():
    rows = pd.DataFrame({"perspective": ["patrons"], "met": ["not met"], "due": [pd.Timestamp("2026-07-01")]})

    assert indicators.scorecard(rows, as_of=DAY)["early"].tolist() == [1, 1]


def test_the_scorecard_equals_the_summary_of_2002_of_the_university_of_virginia_library():
    words = ["met"] * 4 + ["partly met"] * 4 + ["not met"] + ["not measured"] * 5 + ["met"] + ["partly met"] * 2 + ["not met"] * 2
    rows = pd.DataFrame({"perspective": ["patrons"] * 14 + ["process"] * 5, "met": words, "due": pd.NaT})
    found = indicators.scorecard(rows, as_of=DAY).set_index("perspective")

    assert found.loc[["patrons", "process"], "composite"].round(2).tolist() == [0.33, -0.20]


@pytest.mark.parametrize("words", [[], ["no target", "not measured"]])
def test_without_a_measured_target_there_is_no_scorecard(words):
    rows = pd.DataFrame({"perspective": ["patrons"] * len(words), "met": words, "due": pd.Series([pd.NaT] * len(words), dtype="datetime64[us]")})
    found = indicators.scorecard(rows, as_of=DAY)

    assert found.empty and list(found.columns)[-1] == "composite"


def test_gaps_of_a_plan_come_in_their_order_heaviest_goal_first():
    assert kinds(indicators.gaps(kpi(), OBJECTIVES, GOALS)) == [
        ["goal without an objective", "People find work"],
        ["objective without a KPI", "Cut the wait for an answer"],
        ["side without a KPI", "process"], ["side without a KPI", "finance"], ["side without a KPI", "learning"],
        ["no result", ""], ["no partners", ""],
        ["objective without a result", "Raise loans of picture books"],
        ["objective without a leading KPI", "Raise loans of picture books"],
        ["objective with one KPI", "Raise loans of picture books"],
        ["side with one KPI", "patrons"],
    ]


@pytest.mark.parametrize("changes, gone", [
    ({"level": "outcome"}, "no result"), ({"level": "outcome"}, "objective without a result"), ({"level": None}, "objective without a result"),
    ({"timing": "leading"}, "objective without a leading KPI"), ({"timing": None}, "objective without a leading KPI"), ({"definition": "Partners who pay"}, "no partners")])
def test_a_gap_closes_when_its_kpi_is_there_or_its_entry_is_open(changes, gone):
    assert gone in indicators.gaps(kpi(), OBJECTIVES, GOALS)["kind"].tolist()
    assert gone not in indicators.gaps(kpi(**changes), OBJECTIVES, GOALS)["kind"].tolist()


def test_a_plan_with_an_outcome_still_lacks_an_impact_and_one_with_an_impact_does_not():
    assert "no impact" in indicators.gaps(kpi(level="outcome"), OBJECTIVES, GOALS)["kind"].tolist()
    assert "no impact" not in indicators.gaps(kpi(level="impact"), OBJECTIVES, GOALS)["kind"].tolist()


def test_a_plan_without_any_kpi_lacks_all_four_sides():
    found = indicators.gaps(kpi().head(0), OBJECTIVES.head(0), GOALS.head(0))

    assert kinds(found) == [["side without a KPI", side] for side in ("patrons", "process", "finance", "learning")] + [["no result", ""], ["no partners", ""]]


def suggestions(kpis, objectives=OBJECTIVES, goals=GOALS, catalogue=CATALOGUE):
    return indicators.suggested(indicators.gaps(kpis, objectives, goals), catalogue, kpis)


def test_each_gap_gets_the_kpi_that_shares_its_words_or_its_side_and_none_twice():
    assert suggestions(kpi("Visits"))[["name", "kind", "about"]].values.tolist() == [
        ["Wait for an answer", "objective without a KPI", "Cut the wait for an answer"],
        ["Spending per loan", "side without a KPI", "finance"],
        ["Partnership growth", "side without a KPI", "learning"],
        ["Children who read a picture book", "no result", ""],
        ["Loans per person", "objective with one KPI", "Raise loans of picture books"],
        ["Seekers who found work", "side with one KPI", "patrons"],
    ]


def test_words_shared_are_worth_more_the_rarer_they_are_and_a_goals_words_count_half():
    one = indicators.gaps(kpi("Visits"), OBJECTIVES, GOALS).query("kind == 'objective with one KPI'")
    found = indicators.suggested(one, CATALOGUE, kpi("Visits")).set_index("indicator")["fit"].to_dict()

    # story: picture 1, book 1, and of the goal child 1/2, read 1/2; loans, cost: loan is in two names.
    assert found == {"story": 3.0, "loans": 0.5, "cost": 0.5}


def test_a_lacking_result_is_filled_by_an_outcome_or_impact_only():
    gaps = indicators.gaps(kpi("Visits"), OBJECTIVES, GOALS).query("kind == 'objective without a result'")

    assert indicators.suggested(gaps, CATALOGUE, kpi("Visits"))["indicator"].tolist() == ["story"]


@pytest.mark.parametrize("name, kept", [("LOANS PER PERSON", False), ("Loans", False), ("Loans of films", True), ("Children who read the picture page", False), ("Children", True)])
def test_what_the_plan_measures_already_by_name_is_not_proposed(name, kept):
    rows = CATALOGUE[CATALOGUE["indicator"] == ("story" if name.startswith("Child") else "loans")]
    gaps = pd.DataFrame([["side without a KPI", "", "patrons", "", "patrons", "", "", ""]], columns=indicators.GAPS)

    assert (len(indicators.suggested(gaps, rows, kpi(name))) == 1) == kept


def test_a_gap_whose_words_nobody_shares_gets_nothing_and_no_catalogue_gives_no_proposal():
    odd = OBJECTIVES.tail(1).assign(statement="Zwiększyć liczbę")

    assert "objective without a KPI" not in suggestions(kpi("Visits"), odd)["kind"].tolist()
    found = suggestions(kpi(), catalogue=CATALOGUE.head(0))
    assert found.empty and list(found.columns) == indicators.SUGGESTED
