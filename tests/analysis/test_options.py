"""Cards of initiatives, whom a choice is for, floors of essential services, and cards not yet considered."""

from __future__ import annotations

import pandas as pd

from planning.analysis import options

NONE = float("nan")
GOALS = pd.DataFrame({"goal": ["G1", "G2"], "name": ["Read", "Work"], "weight": [0.6, 0.4]})
INITIATIVES = pd.DataFrame({
    "initiative": ["I1", "I2", "I3", "I4"], "name": ["Hosts", "Chat", "Kiosk", "Refit"], "description": ["Pays hosts", None, None, None], "service": ["S1", None, None, None],
    "status": ["candidate", "running", "rejected", "chosen"], "cost": [900.0, NONE, 5.0, 10.0], "hours": [40.0, 20.0, 5.0, 10.0], "cost_later": [NONE, 0.0, 0.0, 0.0],
    "hours_later": [30.0, 0.0, 0.0, 0.0], "risk": [3.0, NONE, 1.0, 1.0], "risks": ["Few hosts", None, None, None], "owner": ["R1", None, "R1", "R9"],
    "segment": ["SEG1", "SEG2", "SEG1", None], "accessible": ["partly", None, "yes", "no"], "option": ["language_welcome", "virtual_refrence", None, "zzz"]})
SEGMENTS = pd.DataFrame({"segment": ["SEG1", "SEG2", "SEG3"], "name": ["Newcomers", "Students", "Homebound"], "people": [300.0, 900.0, 50.0], "inclusion": [True, False, True]})
TABLES = {
    "initiatives": INITIATIVES, "segments": SEGMENTS,
    "services": pd.DataFrame({"service": ["S1"], "name": ["Desk"]}), "roles": pd.DataFrame({"role": ["R1"], "name": ["Librarian"]}),
    "initiative_goals": pd.DataFrame({"initiative": ["I1", "I1", "I1", "I4"], "goal": ["G2", "G1", "G0", "G1"], "contribution": [0.2, 0.5, 0.9, 0.0]}),
    "initiative_kpis": pd.DataFrame({"initiative": ["I1", "I1"], "kpi": ["K1", "K2"], "expected_change": [12.0, NONE]}),
    "kpis": pd.DataFrame({"kpi": ["K1", "K2"], "name": ["Cards", "Belonging"], "unit": ["cards", "%"]}),
    "initiative_skills": pd.DataFrame({"initiative": ["I1", "I1"], "skill": ["SK1", "SK2"]}), "skills": pd.DataFrame({"skill": ["SK1", "SK2"], "name": ["Spanish", "Hosting"]}),
    "initiative_links": pd.DataFrame({"initiative": ["I1", "I4"], "link": ["needs", "excludes"], "other": ["I2", "I1"]})}
VALUED = pd.DataFrame({"initiative": ["I1", "I2", "I4"], "value": [0.38, 0.0, 0.0]})
CHOSEN = pd.DataFrame({"initiative": ["I2", "I1", "I4", "I3"], "initiative_name": ["Chat", "Hosts", "Refit", "Kiosk"], "part": ["running", "free", "free", "rejected"],
                       "chosen": [False, True, False, False]})


def test_a_card_holds_everything_that_a_choice_asks_about() -> None:
    card = options.cards(TABLES, GOALS, VALUED).iloc[0]

    assert card[["initiative_name", "service_name", "owner", "made_for", "accessible"]].tolist() == ["Hosts", "Desk", "Librarian", "Newcomers", "partly"]
    assert card[["goals", "contributions"]].tolist() == ["Read; Work", "0.5; 0.2"]
    assert card[["kpis", "changes", "units"]].tolist() == ["Cards; Belonging", "12; ", "cards; %"]
    assert card[["skills", "needs", "excludes"]].tolist() == ["Spanish; Hosting", "Chat", "Refit"]
    assert card["inclusion"] and card["value"] == 0.38


def test_cards_leave_out_what_is_rejected_and_goals_not_in_force_and_keep_what_is_not_known_missing() -> None:
    found = options.cards(TABLES, GOALS, VALUED).set_index("initiative")

    assert found.index.tolist() == ["I1", "I2", "I4"]
    assert pd.isna(found.loc["I2", "cost"]) and pd.isna(found.loc["I1", "cost_later"]) and pd.isna(found.loc["I2", "risk"])
    assert found.loc["I2", ["goals", "kpis", "needs", "owner", "accessible"]].tolist() == ["", "", "", "", "not checked"]
    assert found.loc["I4", "owner"] == ""


def test_a_contribution_of_nothing_is_no_goal_of_a_card() -> None:
    assert options.cards(TABLES, GOALS, VALUED).set_index("initiative").loc["I4", ["goals", "contributions"]].tolist() == ["", ""]


def test_cards_of_a_plan_without_tables_are_an_empty_frame_with_every_column() -> None:
    full, empty = options.cards(TABLES, GOALS, VALUED), options.cards({}, GOALS.head(0), pd.DataFrame())

    assert empty.empty and list(empty.columns) == list(full.columns)


def test_cards_need_no_other_table_than_initiatives() -> None:
    found = options.cards({"initiatives": INITIATIVES}, GOALS, pd.DataFrame())

    assert found["value"].isna().all() and found["goals"].tolist() == ["", "", ""]
    assert found["made_for"].tolist() == ["", "", ""] and not found["inclusion"].any()


def test_reach_says_for_each_initiative_in_play_for_whom_it_is_and_who_can_use_it() -> None:
    found = options.reach(CHOSEN, INITIATIVES, SEGMENTS)

    assert found[["initiative", "chosen", "made_for", "inclusion", "accessible"]].values.tolist() == [
        ["I1", True, "Newcomers", True, "partly"], ["I2", False, "Students", False, "not checked"], ["I4", False, "", False, "no"]]


def test_reach_leaves_out_what_is_done() -> None:
    assert options.reach(CHOSEN.assign(part=["done", "free", "free", "rejected"]), INITIATIVES, SEGMENTS)["initiative"].tolist() == ["I1", "I4"]


def test_reach_without_a_choice_or_without_segments_breaks_nothing() -> None:
    assert options.reach(CHOSEN.head(0), INITIATIVES, SEGMENTS).empty
    assert options.reach(CHOSEN, INITIATIVES, SEGMENTS.head(0))["made_for"].tolist() == ["", "", ""]


def test_inclusion_groups_that_get_nothing_come_first_with_what_was_left_out() -> None:
    reached = options.reach(CHOSEN.assign(chosen=[True, False, False, False]), INITIATIVES, SEGMENTS)
    found = options.included(reached, SEGMENTS)

    assert found[["segment_name", "chosen", "names", "left_out", "left_names"]].values.tolist() == [["Newcomers", 0, "", 1, "Hosts"], ["Homebound", 0, "", 0, ""]]


def test_a_group_with_something_chosen_comes_after_those_without() -> None:
    found = options.included(options.reach(CHOSEN, INITIATIVES, SEGMENTS), SEGMENTS)

    assert found[["segment_name", "chosen", "names"]].values.tolist() == [["Homebound", 0, ""], ["Newcomers", 1, "Hosts"]]
    assert options.included(options.reach(CHOSEN, INITIATIVES, SEGMENTS), SEGMENTS.assign(inclusion=False)).empty


SERVICES = pd.DataFrame({"service": ["S1", "S2", "S3", "S4", "S5"], "name": ["Lending", "Computers", "Desk", "Copier", "Old"], "status": ["running"] * 4 + ["ended"],
                         "essential": [True, True, True, False, True], "floor": [100.0, 50.0, NONE, 10.0, 70.0]})
BUDGET = pd.DataFrame({"fiscal_year": [2025, 2026, 2026, 2026], "service": ["S1", "S1", "S1", "S3"], "planned": [500.0, 60.0, 25.0, 9.0]})


def test_a_floor_is_short_by_what_the_newest_plan_lacks() -> None:
    found = options.floors(SERVICES, BUDGET)

    assert found["service"].tolist() == ["S1", "S2", "S3"]
    assert found.loc[0, ["floor", "planned", "short", "fiscal_year"]].tolist() == [100.0, 85.0, 15.0, 2026.0]
    assert found["short"].sum() == 15.0


def test_a_floor_without_a_budget_and_a_service_without_a_floor_are_not_known_and_not_zero() -> None:
    found = options.floors(SERVICES, BUDGET).set_index("service")

    assert pd.isna(found.loc["S2", "planned"]) and pd.isna(found.loc["S2", "short"])
    assert found.loc["S3", "planned"] == 9.0 and pd.isna(found.loc["S3", "short"])
    assert options.floors(SERVICES, BUDGET.head(0))["short"].isna().all()


def test_a_floor_that_is_kept_is_short_by_nothing_and_no_services_give_no_floors() -> None:
    assert options.floors(SERVICES.head(1), BUDGET.assign(planned=200.0))["short"].tolist() == [0.0]
    empty = options.floors(SERVICES.head(0), BUDGET)
    assert empty.empty and empty["short"].sum() == 0


LIST = pd.DataFrame({"option": ["virtual_reference", "makerspace", "language_welcome"], "name": ["Virtual reference", "Makerspace", "Welcome"]})


def test_ideas_are_the_cards_that_no_initiative_started_from() -> None:
    assert options.ideas(LIST, INITIATIVES)["option"].tolist() == ["virtual_reference", "makerspace"]
    assert len(options.ideas(LIST, pd.DataFrame())) == 3


def test_a_card_that_is_not_in_the_list_gets_the_nearest_spelling_or_none() -> None:
    assert options.unlisted(INITIATIVES, LIST)[["initiative_name", "option", "nearest"]].values.tolist() == [
        ["Chat", "virtual_refrence", "virtual_reference"], ["Refit", "zzz", ""]]
    assert options.unlisted(INITIATIVES.head(0), LIST).empty
