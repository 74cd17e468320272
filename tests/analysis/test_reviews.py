"""The sunset review proposes by a rule that is written down, and protects what must be protected."""

import pandas as pd
import pytest

from planning.analysis import reviews

KNOWN = {
    "service": "S1", "service_name": "Discs", "status": "running", "essential": False, "fit": 0.02, "only_here": "", "yearly_change": -0.2, "years": 3.0, "cost": 100.0,
    "money": 60.0, "hours": 2.0, "per_use": 3.0, "per_use_before": 2.0, "cost_years": 2.0, "dearer": 0.5, "quality": 4.0, "relevance": 3.5, "n": 20.0, "hidden": False,
    "reviewed": True, "alternative": "Streaming", "elsewhere": 0.9, "segment_name": "Adults", "inclusion": False, "partner_name": None, "merge_name": None,
    "exit_cost": 10.0, "consulted": pd.Timestamp("2026-05-01")}


def proposed(**facts: object) -> pd.Series:
    return reviews.sunset(pd.DataFrame([KNOWN | facts])).iloc[0]


def test_a_service_that_fits_little_fades_and_is_served_elsewhere_is_proposed_to_stop():
    found = proposed()
    assert (found["proposal"], found["first"]) == ("stop", "")
    assert found["against"] == "fits little; use falls; one use costs more; served elsewhere"


def test_a_stop_without_a_hearing_says_consult_first():
    assert proposed(consulted=pd.NaT)["first"] == "consult first"


@pytest.mark.parametrize("facts", [{"essential": True}, {"only_here": "Every child reads"}])
def test_an_essential_service_and_one_that_alone_carries_a_goal_is_never_proposed_to_end(facts):
    assert proposed(fit=0.0, partner_name="Friends", merge_name="Desk", **facts)["proposal"] == "improve"


def test_when_a_group_often_missed_would_lose_the_service_is_passed_on_rather_than_stopped():
    assert proposed(inclusion=True, partner_name="Senior centre")["proposal"] == "transfer"


def test_with_too_few_served_elsewhere_and_no_partner_it_is_merged():
    assert proposed(elsewhere=0.5, merge_name="Print")["proposal"] == "merge"


def test_a_partner_comes_before_a_merger():
    assert proposed(elsewhere=0.5, partner_name="School", merge_name="Print")["proposal"] == "transfer"


def test_fitting_little_alone_ends_nothing():
    assert proposed(yearly_change=0.0, dearer=0.0)["proposal"] == "keep"


def test_supporting_no_goal_at_all_is_enough():
    assert proposed(fit=0.0, yearly_change=0.0, dearer=0.0)["proposal"] == "stop"


def test_a_service_that_fits_and_is_rated_low_is_to_be_improved():
    assert proposed(fit=0.3, yearly_change=0.1, dearer=0.0, quality=2.4)["proposal"] == "improve"


def test_missing_figures_are_no_sign_against_a_service():
    gaps = dict.fromkeys(["fit", "yearly_change", "dearer", "quality", "relevance", "elsewhere"], float("nan"))
    found = proposed(**gaps, reviewed=False)
    assert (found["proposal"], found["against"], found["unknown_end"]) == ("keep", "", False)


def test_the_limits_themselves_count():
    at = proposed(yearly_change=-0.05, dearer=0.2, elsewhere=0.8)
    under = proposed(yearly_change=-0.049, dearer=0.199, quality=3.0, relevance=3.0)
    assert (at["proposal"], under["proposal"]) == ("stop", "keep")


def test_released_money_adds_up_and_leaves_mergers_out():
    rows = pd.concat([reviews.sunset(pd.DataFrame([KNOWN | facts])) for facts in (
        {}, {"service": "S2", "partner_name": "School", "elsewhere": 0.1, "money": 40.0, "hours": 3.0, "exit_cost": None},
        {"service": "S3", "merge_name": "Print", "elsewhere": 0.1, "money": 999.0})])
    found = reviews.released(rows)
    assert found[["money", "hours", "exit_cost"]].iloc[-1].tolist() == [100.0, 5.0, 10.0]
    spending = pd.DataFrame({"fiscal_year": [2026, 2026, 2026, 2025], "service": ["S1", "S2", "S3", "S1"], "amount": [100.0, 70.0, 999.0, 5.0], "staff": [40.0, 30.0, 0.0, 0.0]})
    assert reviews.reconciled(found, spending)[["expected", "found"]].values.tolist() == [[100.0, 100.0]]


def test_one_use_is_compared_between_the_first_and_the_newest_year_counted_in_full():
    spending = pd.DataFrame({"fiscal_year": [2024, 2025, 2026], "service": "S1", "amount": [100.0, 120.0, 150.0], "staff": [0.0, 0.0, 75.0]})
    used = pd.DataFrame({"service": "S1", "fiscal_year": [2024, 2025, 2026], "uses": [10.0, 60.0, 50.0], "full": [False, True, True]})
    roles = pd.DataFrame({"fte": [1.0, 3.0], "hourly_cost": [40.0, 20.0]})
    found = reviews.costs(spending, used, roles).iloc[0]
    assert found[["per_use", "per_use_before", "cost_years", "money", "hours"]].tolist() == [3.0, 2.0, 1, 75.0, 3.0]
    assert found["dearer"] == pytest.approx(0.5)


def test_hours_are_missing_when_no_cost_of_an_hour_is_known():
    spending = pd.DataFrame({"fiscal_year": [2026], "service": ["S1"], "amount": [100.0], "staff": [50.0]})
    used = pd.DataFrame(columns=["service", "fiscal_year", "uses", "full"])
    assert reviews.costs(spending, used, pd.DataFrame({"fte": [1.0], "hourly_cost": [float("nan")]}))["hours"].isna().all()


def full_dossier(**tables: pd.DataFrame) -> pd.DataFrame:
    known = {
        "services": pd.DataFrame({"service": ["S1", "S2"], "name": ["Discs", "Reels"], "status": ["running", "ended"], "essential": [False, False]}),
        "exits": pd.DataFrame({"service": ["S1"], "alternative": ["Streaming"], "alternative_share": [0.9], "segment": ["A"], "partner": ["P1"], "merge_with": ["S2"],
                               "cost": [5.0], "consulted": [pd.NaT]}),
        "contribution": pd.DataFrame({"service": ["S1"], "service_name": ["Discs"], "value": [0.3], "only_here": [""]}),
        "trend": pd.DataFrame({"service": ["S1"], "yearly_change": [-0.1], "years": [3]}),
        "costs": pd.DataFrame([["S1", 9.0, 4.0, 1.0, 3.0, 2.0, 2, 0.5]], columns=["service", "cost", "money", "hours", "per_use", "per_use_before", "cost_years", "dearer"]),
        "ratings": pd.DataFrame({"service": ["S1", "S1"], "group": ["patrons", "staff"], "quality": [4.0, 1.0], "relevance": [3.0, 1.0], "n": [9, 9], "hidden": [False, False]}),
        "segments": pd.DataFrame({"segment": ["A"], "name": ["Newcomers"], "inclusion": [True]}),
        "partners": pd.DataFrame({"partner": ["P1"], "name": ["Loans Ltd"], "status": ["prospect"], "ethics": ["veto"]})} | tables
    return reviews.dossier(known.pop("services"), known.pop("exits"), **known)


def test_the_dossier_offers_no_vetoed_partner_and_no_ended_service():
    found = full_dossier()
    assert found["service"].tolist() == ["S1"]
    assert found[["partner_name", "merge_name"]].isna().all(axis=None)
    assert found[["quality", "segment_name", "inclusion", "fit"]].values.tolist() == [[4.0, "Newcomers", True, 0.3]]


def test_without_any_rated_support_fit_is_unknown_and_nothing_ends():
    found = full_dossier(contribution=pd.DataFrame({"service": ["S1"], "service_name": ["Discs"], "value": [0.0], "only_here": [""]}))
    assert found["fit"].isna().all()
    assert reviews.sunset(found)["proposal"].tolist() == ["improve"]


def test_use_over_the_years_leaves_out_years_that_were_not_counted_in_full():
    proposals = pd.DataFrame({"service": ["S1", "S2"], "service_name": ["Discs", "Desk"], "proposal": ["stop", "keep"]})
    used = pd.DataFrame({"service": ["S1"] * 3 + ["S2"], "fiscal_year": [2024, 2025, 2026, 2026], "uses": [200.0, 20.0, 50.0, 5.0], "full": [True, False, True, True]})
    assert reviews.paths(proposals, used, last_year=2026)[["service", "fiscal_year", "index", "change"]].values.tolist() == [["S1", 2024, 100.0, -0.75], ["S1", 2026, 25.0, -0.75]]


def test_a_proposal_that_hangs_on_one_limit_says_which_and_what_comes_out_else():
    found = reviews.firmness(pd.DataFrame([KNOWN | {"fit": 0.0, "merge_name": "Print", "elsewhere": 0.85}])).iloc[0]
    assert (found["proposal"], round(found["same"], 4), found["tried"]) == ("stop", 0.6667, 243)
    assert (found["other"], found["turned_by"], found["stands"]) == ("merge", "elsewhere", False)


def test_a_protected_service_stands_under_all_limits():
    found = reviews.firmness(pd.DataFrame([KNOWN | {"essential": True, "quality": 4.5}])).iloc[0]
    assert found["stands"] == (found["same"] == 1) and found["proposal"] == "improve"


def test_limits_moved_by_hand_move_the_proposal():
    row = pd.DataFrame([KNOWN | {"fit": 0.12}])
    assert reviews.sunset(row)["proposal"].tolist() == ["improve"]
    assert reviews.sunset(row, limits=reviews.Limits(little_fit=0.15))["proposal"].tolist() == ["stop"]
