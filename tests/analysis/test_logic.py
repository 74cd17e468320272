"""Logic models: boxes in their stages, what is to be mended in them, and how far each service's model goes."""

from __future__ import annotations

import pandas as pd
import pytest

from planning.analysis import logic

SERVICES = pd.DataFrame({"service": ["S1", "S2", "S3"], "name": ["Storytime", "Desk", "Copier"], "status": ["running", "pilot", "ended"]})
KPIS = pd.DataFrame({"kpi": ["K1", "K2"], "name": ["Attendance", "Parents who read"], "level": ["output", "outcome"]})
WHOLE = [("L1", "S1", "input", "Books", None), ("L2", "S1", "activity", "Reading hour", None), ("L3", "S1", "output", "Families", "K1"),
         ("L4", "S1", "outcome", "They read", "K2"), ("L5", "S1", "impact", "Children read", None)]
WAY = [("L1", "L2"), ("L2", "L3"), ("L3", "L4"), ("L4", "L5")]


def nodes(*rows: tuple[str, str, str, str, str | None]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["node", "service", "stage", "name", "kpi"])


def links(*pairs: tuple[str, str], assumption: str | None = None) -> pd.DataFrame:
    return pd.DataFrame([(*pair, assumption) for pair in pairs], columns=["node", "leads_to", "assumption"])


def found(rows: pd.DataFrame, arrows: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    boxes = logic.models(rows, arrows, SERVICES, KPIS)
    rests = logic.assumptions(boxes, arrows)
    return boxes, rests, logic.faults(boxes, rests)


def told(rows: pd.DataFrame, arrows: pd.DataFrame) -> list[tuple[str, str | None]]:
    return [(row.kind, row.name_) for row in found(rows, arrows)[2].rename(columns={"name": "name_"}).itertuples()]


def test_a_whole_model_has_no_fault_and_is_complete():
    boxes, _, faults = found(nodes(*WHOLE), links(*WAY))
    seen = logic.overview(boxes, faults, SERVICES, support=pd.DataFrame({"service": ["S1"], "value": [0.4]})).iloc[0]

    assert faults.empty
    assert boxes["orphan"].tolist() == [""] * 5
    assert seen[["input", "activity", "output", "outcome", "impact", "measured", "faults", "state"]].tolist() == [1, 1, 1, 1, 1, 1.0, 0, "complete"]


def test_boxes_are_in_the_order_of_the_stages_and_say_what_leads_in_and_out():
    boxes = logic.models(nodes(*reversed(WHOLE)), links(*WAY), SERVICES, KPIS)

    assert boxes["node"].tolist() == ["L1", "L2", "L3", "L4", "L5"]
    assert boxes.loc[2, ["leads_in", "leads_out", "comes_from", "leads_to", "kpi_name", "kpi_level"]].tolist() == [1, 1, "Reading hour", "They read", "Attendance", "output"]


def test_boxes_that_lead_nowhere_or_come_from_nothing_or_stand_alone_are_orphans():
    rows = nodes(*WHOLE, ("L6", "S1", "output", "Sheets", None), ("L7", "S1", "activity", "Songs", None), ("L8", "S1", "input", "Puppets", None))

    assert told(rows, links(*WAY, ("L2", "L6"), ("L7", "L3"))) == [("stands alone", "Puppets"), ("nothing leads to it", "Songs"), ("leads nowhere", "Sheets")]


def test_an_input_needs_nothing_before_it_and_an_impact_nothing_after_it():
    boxes = logic.models(nodes(WHOLE[0], WHOLE[4]), links(("L1", "L5")), SERVICES, KPIS)

    assert boxes["orphan"].tolist() == ["", ""]


def test_an_outcome_without_a_kpi_is_a_fault_and_one_with_a_kpi_of_outputs_a_hint():
    rows = nodes(*WHOLE[:3], ("L4", "S1", "outcome", "They read", None), ("L6", "S1", "outcome", "They sing", "K1"), WHOLE[4])
    faults = found(rows, links(*WAY, ("L3", "L6"), ("L6", "L5")))[2]

    assert faults[["kind", "hint", "name", "kpi_name"]].values.tolist() == [
        ["outcome without a KPI", False, "They read", None], ["outcome with a KPI of an earlier stage", True, "They sing", "Attendance"]]


def test_a_stage_without_a_box_is_told_once_and_not_again_for_each_box_before_it():
    rows = nodes(*WHOLE[:3], ("L6", "S1", "output", "Sheets", None))

    assert told(rows, links(("L1", "L2"), ("L2", "L3"), ("L2", "L6"))) == [("no outcome", None), ("no impact", None)]


def test_a_missing_input_is_told_once_and_not_again_for_the_boxes_after_it():
    assert told(nodes(*WHOLE[1:]), links(*WAY[1:])) == [("no input", None)]


def test_a_model_without_arrows_is_told_as_one_fault():
    assert told(nodes(*WHOLE), links()) == [("no arrow", None)]


def test_a_circle_is_told_once_with_its_boxes_and_the_arrow_that_closes_it():
    faults = found(nodes(*WHOLE), links(*WAY, ("L4", "L2")))[2]

    assert faults[["kind", "node", "name", "to_name"]].values.tolist() == [["circle", "L4", "Reading hour; Families; They read", "Reading hour"]]


def test_a_circle_begins_at_its_earliest_stage_whatever_its_boxes_are_called():
    rows = nodes(*WHOLE, ("A0", "S1", "outcome", "They ask for more", "K2"))
    circle = found(rows, links(*WAY, ("L3", "A0"), ("A0", "L2")))[2].iloc[0]

    assert circle[["kind", "name", "node", "to_name"]].tolist() == ["circle", "Reading hour; Families; They ask for more", "A0", "Reading hour"]


def test_an_arrow_back_that_closes_no_circle_is_told_by_itself():
    rows = nodes(*WHOLE, ("L6", "S1", "activity", "Songs", None), ("L7", "S1", "output", "Sheets", None))

    assert told(rows, links(*WAY, ("L6", "L3"), ("L7", "L6"), ("L1", "L6"), ("L2", "L7"))) == [("arrow that goes back", "Sheets")]


def test_arrows_to_another_service_to_the_box_itself_and_over_a_stage_are_told_apart():
    other = [(f"M{node[1]}", "S2", stage, name, kpi) for node, _, stage, name, kpi in WHOLE]
    rows, arrows = nodes(*WHOLE, *other), links(*WAY, *[(f"M{a[1]}", f"M{b[1]}") for a, b in WAY], ("L4", "M5"), ("M2", "M2"), ("L1", "L3"))
    faults = found(rows, arrows)[2]

    assert faults[["service", "kind", "hint", "to_service_name"]].values.tolist() == [
        ["S1", "arrow to another service", False, "Desk"], ["S2", "arrow to itself", False, "Desk"], ["S1", "arrow that passes over a stage", True, "Storytime"]]


def test_an_arrow_inside_a_stage_is_no_fault():
    rows = nodes(*WHOLE, ("L6", "S1", "outcome", "They ask for more", "K2"))

    assert told(rows, links(*WAY, ("L4", "L6"), ("L6", "L5"))) == []


def test_arrows_without_an_assumption_come_first_where_the_library_no_longer_decides_alone():
    arrows = pd.concat([links(*WAY[:3]), links(WAY[3], assumption="Books at home")], ignore_index=True)
    rests = found(nodes(*WHOLE), arrows)[1]

    assert rests[["name", "to_name", "told"]].values.tolist() == [
        ["Families", "They read", False], ["They read", "Children read", True], ["Reading hour", "Families", False], ["Books", "Reading hour", False]]


def test_services_without_a_model_stand_by_their_support_and_ended_ones_are_left_out():
    boxes, _, faults = found(nodes(*WHOLE, ("X1", "S3", "input", "Paper", None)), links(*WAY))
    seen = logic.overview(boxes, faults, SERVICES, support=pd.DataFrame({"service": ["S1", "S2"], "value": [0.1, 0.3]}))

    assert seen[["service_name", "value", "boxes", "state"]].values.tolist() == [["Desk", 0.3, 0, "no model"], ["Storytime", 0.1, 5, "complete"]]
    assert pd.isna(seen.loc[0, "measured"])
    assert "S3" not in set(boxes["service"])


def test_the_model_drawn_is_the_one_asked_for_or_else_the_one_with_the_greatest_support():
    other = [(f"M{node[1]}", "S2", stage, name, kpi) for node, _, stage, name, kpi in WHOLE]
    boxes, _, faults = found(nodes(*WHOLE, *other), links(*WAY))
    seen = logic.overview(boxes, faults, SERVICES, support=pd.DataFrame({"service": ["S1", "S2"], "value": [0.1, 0.3]}))

    assert set(logic.model(boxes, seen)["service"]) == {"S2"}
    assert set(logic.model(boxes, seen, service="S1")["service"]) == {"S1"}
    assert logic.model(boxes, seen, service="S3").empty


def test_empty_tables_give_empty_results_with_their_columns():
    boxes, rests, faults = found(nodes(), links())
    seen = logic.overview(boxes, faults, SERVICES, support=pd.DataFrame({"service": [], "value": []}))

    assert (list(boxes), list(rests), list(faults)) == (logic.BOXES, logic.ARROWS, logic.FAULTS)
    assert seen[["boxes", "state"]].values.tolist() == [[0, "no model"]] * 2
    assert logic.model(boxes, seen).empty and logic.reconciled(boxes, rests, seen).empty


def test_boxes_and_arrows_add_up_however_tangled_the_model_is():
    boxes, rests, faults = found(nodes(*WHOLE), links(*WAY, ("L4", "L2"), ("L3", "L3"), ("L1", "L5")))
    seen = logic.overview(boxes, faults, SERVICES, support=pd.DataFrame({"service": [], "value": []}))

    assert logic.reconciled(boxes, rests, seen)[["expected", "found"]].values.tolist() == [[5, 5], [12, 12]]


@pytest.mark.parametrize("size", [25, 60])
def test_a_model_with_many_boxes_is_read_like_a_small_one(size):
    rows = nodes(*[(f"L{place:02}", "S1", logic.STAGES[place * 5 // size], f"Box {place}", "K2") for place in range(size)])
    arrows = links(*[(f"L{place:02}", f"L{place + size // 5:02}") for place in range(size - size // 5)])

    assert found(rows, arrows)[2].empty
